"""Compiled knowledge: sorted tables of plain text, looked up by bisection.

A table is one string of lines `key<TAB>value`, sorted; nothing is parsed until
it is asked for, so loading costs the same for any size. Values are nested tuples
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
    from collections.abc import Iterable, Iterator, Mapping

    Value = str | tuple["Value", ...]

MAGIC = "checker knowledge 1"
_OPEN, _CLOSE, _NEXT = "\x02", "\x03", "\x1f"
TABLES = (
    "words", "english", "phrases", "symptoms", "flags", "triggers", "monographs",
    "names", "readings", "contacts", "topics", "advice", "listed", "spelling",
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
    """One sorted text.

    >>> Table.of({"b": "2", "a": "1"}).find("a")
    '1'
    """

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    @classmethod
    def of(cls, rows: Mapping[str, str]) -> Table:
        """Make a table of *rows*."""
        return cls("".join(f"{key}\t{rows[key]}\n" for key in sorted(rows)))

    def find(self, key: str) -> str | None:
        """Return the value at *key*, or None."""
        text, wanted = self.text, key + "\t"
        low, high = 0, len(text)
        while low < high:
            start = text.rfind("\n", low, (low + high) // 2) + 1 or low
            end = text.find("\n", start)
            line = text[start:end]
            if line.startswith(wanted):
                return line[len(wanted) :]
            if line < wanted:
                low = end + 1
            else:
                high = start
        return None

    def keys(self) -> list[str]:
        """Return every key, in order."""
        return [line.partition("\t")[0] for line in self.text.splitlines()]


class Knowledge:
    """Everything that the program knows, read piece by piece as it is asked for."""

    def __init__(self, version: str, tables: Mapping[str, str]) -> None:
        self.version = version
        self._tables = {name: Table(tables[name]) for name in TABLES}
        self._memo: dict[tuple[str, str], object] = {}
        self._words: dict[str, Word | None] = {}
        self._phrases: dict[str, tuple[Phrase, ...]] = {}

    def __reduce__(self) -> tuple[type[Knowledge], tuple[str, dict[str, str]]]:
        return Knowledge, (self.version, {n: t.text for n, t in self._tables.items()})

    def dumps(self) -> bytes:
        """Return the compiled form: a header, a check sum, then the tables."""
        from binascii import crc32

        body = "".join(f"\x1c{name}\n{self._tables[name].text}" for name in TABLES).encode()
        return f"{MAGIC} {self.version} {crc32(body):08x}\n".encode() + body

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
        return self._tables["spelling"].keys()

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
        return self._tables["symptoms"].keys()

    def flags(self, symptom: str) -> tuple[Flag, ...]:
        """Return the flags that *symptom* may help to raise."""
        line = self._tables["triggers"].find(symptom)
        return tuple(self.flag(name) for name in line.split()) if line else ()

    def flag(self, name: str) -> Flag:
        """Return the red flag with the id *name*."""
        return self._record("flags", name, _flag)

    def all_flags(self) -> list[str]:
        """Return the id of every red flag."""
        return self._tables["flags"].keys()

    def monograph(self, name: str) -> Monograph:
        """Return the monograph with the id *name*."""
        return self._record("monographs", name, _monograph)

    def monographs(self) -> list[str]:
        """Return the id of every monograph."""
        return self._tables["monographs"].keys()

    def drug(self, name: str) -> str | None:
        """Return the id of the monograph that answers to the folded *name*."""
        return self._tables["names"].find(name)

    def drug_names(self) -> list[str]:
        """Return every folded name and brand."""
        return self._tables["names"].keys()

    def listed_by(self, symptom: str) -> tuple[str, ...]:
        """Return the ids of the monographs that list *symptom*."""
        line = self._tables["listed"].find(symptom)
        return tuple(line.split()) if line else ()

    def readings(self) -> tuple[Reading, ...]:
        """Return the numbers with a meaning."""
        names = self._tables["readings"].keys()
        return tuple(self._record("readings", name, _reading) for name in names)

    def contacts(self, country: str) -> Contacts | None:
        """Return the lines of *country* ("" is anywhere), or None."""
        if self._tables["contacts"].find(country) is None:
            return None
        return self._record("contacts", country, _contacts)

    def countries(self) -> list[str]:
        """Return the code of every country with lines of its own."""
        return [c for c in self._tables["contacts"].keys() if c]

    def topic(self, name: str) -> tuple[str, str]:
        """Return the name of a topic, and what is said where a monograph is silent."""
        return self._record("topics", name, lambda v: (v[0], v[1]))

    def advice(self, key: str) -> str:
        """Return a sentence that the program says by itself."""
        return self._tables["advice"].find(key) or ""

    def _record(self, table: str, key: str, make):  # type: ignore[no-untyped-def] # one memo for all records
        if (table, key) not in self._memo:
            line = self._tables[table].find(key)
            if line is None:
                raise KeyError(key)
            self._memo[table, key] = make(unpack(line))
        return self._memo[table, key]


def loads(data: bytes) -> Knowledge:
    """Read what `Knowledge.dumps` wrote.

    Raises:
        ValueError: it is not ours, of another version, or damaged.
    """
    from binascii import crc32

    header, _, body = data.partition(b"\n")
    fields = header.decode("ascii", "replace").split(" ")
    if " ".join(fields[:3]) != MAGIC or len(fields) != 5:
        raise ValueError("not compiled knowledge of this version")
    if f"{crc32(body):08x}" != fields[4]:
        raise ValueError("damaged")
    tables = {}
    for part in body.decode().split("\x1c")[1:]:
        name, _, text = part.partition("\n")
        tables[name] = text
    return Knowledge(fields[3], tables)


def load(folder: str = "") -> Knowledge:
    """Load the shipped knowledge: compiled inside the wheel, YAML in a checkout.

    With *folder*, the YAML of that folder instead.

    Raises:
        KnowledgeError: the YAML has faults.
        ValueError: the compiled form is damaged.
        OSError: there is none, or it cannot be read.
    """
    here = __file__.rpartition("store.py")[0] or "./"
    if not folder:
        try:
            with open(here + "_knowledge/compiled.txt", "rb") as file:
                return loads(file.read())
        except FileNotFoundError:
            folder = here + "../knowledge"
    from checker.compiler import compile_folder

    return compile_folder(folder)
