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
_PAGE = 1 << 11  # bytes that are searched as they stand, quicker than row by row


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

    __slots__ = ("_data", "_end", "_pages", "_start")

    def __init__(self, data: Data, start: int, end: int) -> None:
        self._data, self._start, self._end = data, start, end
        self._pages: list[tuple[bytes, int]] = []

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

    def index(self) -> None:
        """Note where each page begins and with which key, for those who look up many."""
        data, at = self._data, self._start
        while at < self._end:
            self._pages.append((data[at : data.find(b"\t", at) + 1], at))
            at = data.find(b"\n", min(at + _PAGE, self._end - 1)) + 1

    def find(self, key: str) -> str | None:
        """Return the value at *key*, or None."""
        data, wanted = self._data, key.encode("utf-8", "surrogatepass") + b"\t"
        low, high = self._page(wanted) if self._pages else (self._start, self._end)
        while high - low > _PAGE:
            start = data.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = data.find(b"\n", start)
            line = data[start:end]
            if line.startswith(wanted):
                return line[len(wanted) :].decode()
            if line < wanted:
                low = end + 1
            else:
                high = start
        if data[low : min(low + len(wanted), high)] != wanted:
            low = data.find(b"\n" + wanted, low, high) + 1
            if not low:
                return None
        return data[low + len(wanted) : data.find(b"\n", low)].decode()

    def _page(self, wanted: bytes) -> tuple[int, int]:
        """Return where the page begins and ends that would hold *wanted*."""
        pages = self._pages
        low, high = 0, len(pages)
        while high - low > 1:
            middle = (low + high) // 2
            if pages[middle][0] <= wanted:
                low = middle
            else:
                high = middle
        return pages[low][1], pages[high][1] if high < len(pages) else self._end

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
