"""Sorted tables of plain text, looked up by bisection, and values written as one line.

A table is a stretch of lines `key<TAB>value`, sorted; no line is read until it is
asked for, so that loading costs little for any size. Values are nested tuples
of strings in a notation of three control characters, which no text may hold.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from mmap import mmap
    from typing import Any

    Data = bytes | mmap
    Value = Any  # str, or a tuple of values; a record's maker knows which

_OPEN, _CLOSE = "\x02", "\x03"
UNIT = "\x1f"  # between the items of a value


def pack(value: object) -> str:
    r"""Write a nested tuple of strings, numbers and None as one line.

    >>> unpack(pack(("a", ("b", ()), "")))
    ('a', ('b', ()), '')
    """
    return UNIT.join(_packed(value))


def _packed(value: object) -> Iterator[str]:
    if isinstance(value, tuple):
        yield _OPEN
        for item in value:
            yield from _packed(item)
        yield _CLOSE
    else:
        yield "" if value is None else str(value)


def unpack(line: str) -> Value:
    """Read what `pack` wrote."""
    stack: list[list[Value]] = [[]]
    for item in line.split(UNIT):
        if item == _OPEN:
            stack.append([])
        elif item == _CLOSE:
            done = tuple(stack.pop())
            stack[-1].append(done)
        else:
            stack[-1].append(item)
    return stack[0][0]


class Table:
    """A stretch of sorted lines in *data*.

    >>> Table.of({"b": "2", "a": "1"}).find("a")
    '1'
    """

    __slots__ = ("_data", "_end", "_rows", "_start")

    def __init__(self, data: Data, start: int, end: int) -> None:
        self._data, self._start, self._end = data, start, end
        self._rows: dict[str, str] | None = None

    @classmethod
    def of(cls, rows: Mapping[str, str]) -> Table:
        """Make a table of *rows*."""
        data = "".join(f"{key}\t{rows[key]}\n" for key in sorted(rows)).encode()
        return cls(data, 0, len(data))

    @property
    def text(self) -> str:
        """The whole table, as text."""
        return self.lines().decode()

    def lines(self) -> bytes:
        """Return the whole table."""
        return bytes(self._data[self._start : self._end])

    def hold(self) -> None:
        """Take all rows to hand, for those who look up many."""
        rows = (line.partition("\t") for line in self.text.split("\n") if line)
        self._rows = {key: value for key, _, value in rows}

    def find(self, key: str) -> str | None:
        """Return the value at *key*, or None."""
        if self._rows is not None:
            return self._rows.get(key)
        data, wanted = self._data, key.encode("utf-8", "surrogatepass") + b"\t"
        low, high = self._start, self._end
        while low < high:
            start = data.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = data.find(b"\n", start)
            line = data[start:end]
            if line.startswith(wanted):
                return line[len(wanted) :].decode()
            if line < wanted:
                low = end + 1
            else:
                high = start
        return None

    def starting(self, prefix: str, most: int) -> list[str]:
        """Return the first *most* keys that begin with *prefix*, in order.

        >>> Table.of({"dry eyes": "", "dry mouth": "", "rash": ""}).starting("dry", 9)
        ['dry eyes', 'dry mouth']
        """
        data, wanted = self._data, prefix.encode("utf-8", "surrogatepass")
        low, high = self._start, self._end
        while low < high:
            start = data.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = data.find(b"\n", start)
            if data[start:end] < wanted:
                low = end + 1
            else:
                high = start
        found: list[str] = []
        while low < self._end and len(found) < most and data[low : low + len(wanted)] == wanted:
            end = data.find(b"\n", low)
            found.append(data[low:end].partition(b"\t")[0].decode())
            low = end + 1
        return found

    def keys(self) -> list[str]:
        """Return every key, in order."""
        return [line.partition("\t")[0] for line in self.lines().decode().splitlines()]
