"""Compiled knowledge: sorted tables of plain text, looked up by bisection.

A table is a stretch of lines `key<TAB>value`, sorted, in a file mapped into memory;
nothing is read until it is asked for, so loading costs the same for any size. Values are nested tuples
of strings in a notation of four control characters, which no text may hold.
"""

from __future__ import annotations

from checker.model import (
    Contacts,
    Effect,
    Flag,
    LabelFact,
    Line,
    Monograph,
    Phrase,
    Question,
    Reading,
    Rule,
    Source,
    Symptom,
    Topic,
    Word,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from mmap import mmap
    from typing import Any, TypeVar

    Data = bytes | mmap

    Value = Any  # str, or a tuple of values; a record's maker knows which
    Made = TypeVar("Made")

MAGIC = "checker knowledge 1"
_OPEN, _CLOSE, _NEXT = "\x02", "\x03", "\x1f"
TABLES = (
    "words", "english", "phrases", "symptoms", "flags", "triggers", "monographs",
    "names", "readings", "contacts", "topics", "advice", "listed", "spelling", "sounds",
)  # fmt: skip


def pack(value: object) -> str:
    r"""Write a nested tuple of strings, numbers and None as one line.

    >>> unpack(pack(("a", ("b", ()), "")))
    ('a', ('b', ()), '')
    """
    return _NEXT.join(_packed(value))


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
    for item in line.split(_NEXT):
        if item == _OPEN:
            stack.append([])
        elif item == _CLOSE:
            done = tuple(stack.pop())
            stack[-1].append(done)
        else:
            stack[-1].append(item)
    return stack[0][0]


class Table:
    """A stretch of sorted lines in *data*, which may be a file mapped into memory.

    >>> Table.of({"b": "2", "a": "1"}).find("a")
    '1'
    """

    __slots__ = ("_data", "_end", "_start")

    def __init__(self, data: Data, start: int, end: int) -> None:
        self._data, self._start, self._end = data, start, end

    @classmethod
    def of(cls, rows: Mapping[str, str]) -> Table:
        """Make a table of *rows*."""
        data = "".join(f"{key}\t{rows[key]}\n" for key in sorted(rows)).encode()
        return cls(data, 0, len(data))

    def lines(self) -> bytes:
        """Return the whole table."""
        return bytes(self._data[self._start : self._end])

    def find(self, key: str) -> str | None:
        """Return the value at *key*, or None."""
        data, wanted = self._data, key.encode() + b"\t"
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

    def keys(self) -> list[str]:
        """Return every key, in order."""
        return [line.partition("\t")[0] for line in self.lines().decode().splitlines()]


class Knowledge:
    """Everything that the program knows, read piece by piece as it is asked for."""

    def __init__(self, version: str, tables: Mapping[str, Table]) -> None:
        self.version = version
        self._tables = tables
        self._memo: dict[str, dict[str, object]] = {name: {} for name in TABLES}
        self._lists: dict[str, list[str]] = {}
        self._entries: dict[tuple[str, str], tuple[tuple[Effect, bool], ...]] = {}
        self._words: dict[str, Word | None] = {}
        self._phrases: dict[str, tuple[Phrase, ...]] = {}

    def __reduce__(self) -> tuple[Callable[[bytes], Knowledge], tuple[bytes]]:
        return loads, (self.dumps(),)

    def dumps(self) -> bytes:
        """Return the compiled form: a line with version, check sum and sizes, then the tables."""
        from binascii import crc32

        tables = [self._tables[name].lines() for name in TABLES]
        body = b"".join(tables)
        sizes = " ".join(str(len(table)) for table in tables)
        return f"{MAGIC} {self.version} {crc32(body):08x} {sizes}\n".encode() + body

    def word(self, word: str) -> Word | None:
        """Return what is known of *word* (as written, or a stem), or None."""
        try:
            return self._words[word]
        except KeyError:
            line = self._tables["words"].find(word)
            known = None
            if line is not None:
                keys, _, units = line.partition("\t")
                known = Word(
                    tuple(keys.split()),
                    tuple(
                        (tuple(rest.split()), made)
                        for rest, _, made in (u.partition(">") for u in units.split("|") if u)
                    ),
                )
            if len(self._words) < 100_000:
                self._words[word] = known
            return known

    def is_english(self, word: str) -> bool:
        """Say whether *word* stands in the English list."""
        return self._tables["english"].find(word) is not None

    def spellings(self) -> list[str]:
        """Return every word that a misspelling may be read as."""
        return self._keys("spelling")

    def sounding(self, sound: str) -> tuple[str, ...]:
        """Return the words that sound so."""
        return tuple((self._tables["sounds"].find(sound) or "").split())

    def phrases(self, term: str) -> tuple[Phrase, ...]:
        """Return the phrases whose rarest term is *term*."""
        try:
            return self._phrases[term]
        except KeyError:
            line = self._tables["phrases"].find(term)
            found = []
            for item in line.split(_NEXT) if line else ():
                layer, kind, target, weight, terms = item.split("|")
                found.append(Phrase(layer, kind, target, int(weight), tuple(terms.split())))
            if len(self._phrases) < 100_000:
                self._phrases[term] = tuple(found)
            return tuple(found)

    def symptom(self, name: str) -> Symptom:
        """Return the symptom with the id *name*.

        Raises:
            KeyError: there is none.
        """
        return self._record("symptoms", name, lambda v: Symptom(*v))

    def symptoms(self) -> list[str]:
        """Return the id of every symptom."""
        return self._keys("symptoms")

    def flags(self, symptom: str) -> tuple[Flag, ...]:
        """Return the flags that *symptom* may help to raise."""
        return self._record("triggers", symptom, lambda names: tuple(self.flag(n) for n in names), ())

    def flag(self, name: str) -> Flag:
        """Return the red flag with the id *name*."""
        return self._record("flags", name, _flag)

    def all_flags(self) -> list[str]:
        """Return the id of every red flag."""
        return self._keys("flags")

    def monograph(self, name: str) -> Monograph:
        """Return the monograph with the id *name*."""
        return self._record("monographs", name, _monograph)

    def monographs(self) -> list[str]:
        """Return the id of every monograph."""
        return self._keys("monographs")

    def entries(self, drug: str, symptom: str) -> tuple[tuple[Effect, bool], ...]:
        """Return the side effects of *drug* that *symptom* is, or (True) is a sign of."""
        key = (drug, symptom)
        if key not in self._entries:
            names = {symptom, *self.symptom(symptom).broader}
            self._entries[key] = tuple(
                (effect, names.isdisjoint(effect.symptoms))
                for effect in self.monograph(drug).effects
                if not (names.isdisjoint(effect.symptoms) and names.isdisjoint(effect.signs))
            )
        return self._entries[key]

    def drug(self, name: str) -> str | None:
        """Return the id of the monograph that answers to the folded *name*."""
        return self._tables["names"].find(name)

    def drug_names(self) -> list[str]:
        """Return every folded name and brand."""
        return self._keys("names")

    def listed_by(self, symptom: str) -> tuple[str, ...]:
        """Return the ids of the monographs that list *symptom*."""
        return self._record("listed", symptom, lambda names: names, ())

    def readings(self) -> tuple[Reading, ...]:
        """Return the numbers with a meaning."""
        return tuple(self._record("readings", name, _reading) for name in self._keys("readings"))

    def contacts(self, country: str) -> Contacts | None:
        """Return the lines of *country* ("" is anywhere), or None."""
        return self._record("contacts", country, _contacts, None)

    def countries(self) -> list[str]:
        """Return the code of every country with lines of its own."""
        return [country for country in self._keys("contacts") if country]

    def topic(self, name: str) -> tuple[str, str]:
        """Return the name of a topic, and what is said where a monograph is silent."""
        return self._record("topics", name, lambda v: (v[0], v[1]))

    def advice(self, key: str) -> str:
        """Return a sentence that the program says by itself."""
        return self._record("advice", key, str, "")

    def _keys(self, table: str) -> list[str]:
        if table not in self._lists:
            self._lists[table] = self._tables[table].keys()
        return self._lists[table]

    def _record(self, table: str, key: str, make: Callable[[Value], Made], *otherwise: Made) -> Made:
        memo = self._memo[table]
        if key not in memo:
            line = self._tables[table].find(key)
            if line is None and not otherwise:
                raise KeyError(key)
            memo[key] = otherwise[0] if line is None else make(unpack(line))
        return memo[key]  # type: ignore[return-value] # what *make* made


def _records(kind: Callable[..., Made], values: Iterable[Value]) -> tuple[Made, ...]:
    return tuple(kind(*value) for value in values)


def _noted(value: Value) -> LabelFact:
    about, says, source = value
    return LabelFact(about, says, Source(*source))  # type: ignore[arg-type] # packed texts


def _monograph(value: Value) -> Monograph:
    *first, source, notes, disclaimer, effects, topics, label, label_topics = value
    return Monograph(
        *first,  # type: ignore[arg-type] # packed texts
        Source(*source),
        notes,
        disclaimer,
        _records(Effect, effects),
        _records(Topic, topics),
        tuple(_noted(v) for v in label),
        tuple(_noted(v) for v in label_topics),
    )


def _rule(value: Value) -> Rule:
    urgency, least, of = value
    return Rule(urgency, int(least), tuple(v if isinstance(v, str) else _rule(v) for v in of))  # type: ignore[arg-type]


def _flag(value: Value) -> Flag:
    name, shown, also, effect, rules, advice, ask_about, question, source = value
    return Flag(
        name, shown, also, effect,  # type: ignore[arg-type] # packed texts
        tuple(_rule(r) for r in rules),
        advice,
        ask_about,
        Question(*question) if question else None,
        Source(*source),
    )  # fmt: skip


def _reading(value: Value) -> Reading:
    name, forms, plausible, bands, vetoes = value
    return Reading(
        name,  # type: ignore[arg-type] # packed texts
        forms,
        tuple(tuple((float(low), float(high)) for low, high in ranges) for ranges in plausible),
        tuple(
            (tuple((limit, float(bound)) for limit, bound in limits), symptom, well == "True")
            for limits, symptom, well in bands
        ),
        vetoes,
    )


def _line(value: Value) -> Line:
    name, say, source = value
    return Line(name, say, Source(*source))  # type: ignore[arg-type] # packed texts


def _contacts(value: Value) -> Contacts:
    country, name, emergency, urgent, *lines = value
    return Contacts(country, name, emergency, urgent, *(tuple(_line(v) for v in some) for some in lines))  # type: ignore[arg-type]


def loads(data: bytes) -> Knowledge:
    """Read what `Knowledge.dumps` wrote.

    Raises:
        ValueError: it is not ours, of another version, or damaged.
    """
    from binascii import crc32

    knowledge = _opened(data)
    header = data[: data.find(b"\n")].split(b" ")
    if f"{crc32(data[data.find(10) + 1 :]):08x}".encode() != header[4]:
        raise ValueError("the compiled knowledge is damaged; install the program again")
    return knowledge


def _opened(data: Data) -> Knowledge:
    """Lay the tables over *data*; compares the sizes, which costs nothing, and not the sum."""
    end = data.find(b"\n", 0, 1000)
    header = data[: max(end, 0)].decode("ascii", "replace").split(" ")
    if " ".join(header[:3]) != MAGIC or len(header) != 5 + len(TABLES):
        raise ValueError("not compiled knowledge of this version; install the program again")
    tables, at = {}, end + 1
    for name, size in zip(TABLES, header[5:]):
        tables[name] = Table(data, at, at + int(size))
        at += int(size)
    if at != len(data):
        raise ValueError("the compiled knowledge is cut short; install the program again")
    return Knowledge(header[3], tables)


def load(folder: str = "") -> Knowledge:
    """Load the shipped knowledge: compiled inside the wheel, YAML in a checkout.

    With *folder*, the YAML of that folder instead.

    Raises:
        KnowledgeError: the YAML has faults.
        ValueError: the compiled form is not ours or cut short.
        OSError: there is none, or it cannot be read.
    """
    here = __file__.rpartition("store.py")[0] or "./"
    if not folder:
        try:
            with open(here + "_knowledge/compiled.txt", "rb") as file:
                return _opened(_mapped(file.fileno()))
        except FileNotFoundError:
            folder = here + "../knowledge"
    from checker.compiler import compile_folder

    return compile_folder(folder)


def _mapped(number: int) -> Data:
    from mmap import ACCESS_READ, mmap

    return mmap(number, 0, access=ACCESS_READ)
