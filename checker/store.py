"""Compiled knowledge: what is shipped, and folders of the user's beside it, each a `Shelf` of tables.

A record is made of its line when it is first asked for.
"""

from __future__ import annotations

from sys import intern  # terms are compared all the time: most are then the same object

from checker.filed import ROW, Filed
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
from checker.tables import UNIT, Table, unpack

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from typing import TypeVar

    from checker.tables import Data, Value

    Made = TypeVar("Made")

MAGIC = "checker knowledge 4"
SHELF_MAGIC, BLOB_MAGIC = "checker folder 4", "checker monograph 1"
TABLES = (
    "words", "english", "phrases", "heads", "symptoms", "flags", "triggers", "monographs",
    "names", "readings", "contacts", "topics", "advice", "listed", "spelling", "sounds", "slips", "hints",
    "sayings", "wordings",
)  # fmt: skip

# Of a folder: names -> monograph, its own words, phrases and symptoms (side effects
# that the vocabulary lacks), how many list each symptom, and the file of each monograph.
SHELF_TABLES = ("names", "words", "phrases", "symptoms", "spelling", "counts", "files")
_REMEMBERED = 20_000  # words of messages
_MANY = 500  # different words; from then on tables that are asked for each have an index
_BY_WORD = ("words", "english", "phrases", "hints", "spelling")
MONOGRAPHS, COMPILED, NAMES = "monographs", "compiled", "names.txt"  # in a folder of the user's


class Shelf:
    """A folder of the user's: tables like those of `Knowledge`, and one blob a monograph.

    Attributes:
        tables: by the names in SHELF_TABLES.
        size: how many monographs it holds.
    """

    def __init__(
        self,
        tables: Mapping[str, Table],
        size: int,
        blob: Callable[[str, str], Monograph],
        hidden: Collection[str] = (),
    ) -> None:
        """Make a shelf; *blob* gives the monograph of an id and its row in "files".

        What is *hidden* is gone since the tables were made.
        """
        self.tables = tables
        self.hidden = frozenset(hidden)
        self.size = size - len(self.hidden)
        self.blob = blob

    def monographs(self) -> list[str]:
        """Return the id of every monograph."""
        return [name for name in self.tables["files"].keys() if name not in self.hidden]  # noqa: SIM118 # no mapping

    def monograph(self, name: str) -> Monograph | None:
        """Return the monograph with the id *name*, or None."""
        row = self.tables["files"].find(name)
        return None if row is None or name in self.hidden else self.blob(name, row)

    def count(self, symptom: str) -> int:
        """Return how many monographs list *symptom*."""
        return int(self.tables["counts"].find(symptom) or 0)


class Knowledge:
    """Everything that the program knows, read piece by piece as it is asked for."""

    def __init__(self, version: str, tables: Mapping[str, Table]) -> None:
        self.version = version
        self._tables = tables
        self._memo: dict[str, dict[str, object]] = {name: {} for name in TABLES}
        self._lists: dict[str, list[str]] = {}
        self._symptoms: dict[str, Symptom] = {}
        self._broader: dict[str, frozenset[str]] = {}
        self._entries: dict[tuple[str, str], tuple[tuple[Effect, bool], ...]] = {}
        self._labelled: dict[tuple[str, str], LabelFact | None] = {}
        self._words: dict[str, Word | None] = {}
        self._english: dict[str, bool] = {}
        self._filed = Filed([tables["phrases"]], tables["heads"])
        self._hints: dict[str, tuple[tuple[str, int], ...]] = {}
        self._shelves: list[Shelf] = []
        self._count: int | None = None
        self._readings: tuple[Reading, ...] | None = None

    def add(self, shelf: Shelf) -> None:
        """Let *shelf* stand beside what is known; what is known already comes first."""
        self._shelves.append(shelf)
        self._memo = {name: {} for name in TABLES}
        self._lists, self._entries, self._labelled = {}, {}, {}
        self._symptoms, self._broader = {}, {}
        self._words, self._hints = {}, {}
        shelves = (one.tables["phrases"] for one in self._shelves)
        self._filed = Filed([self._tables["phrases"], *shelves], self._tables["heads"])
        self._count = None

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
            for shelf in self._shelves:
                more = shelf.tables["words"].find(word)
                if more is not None:
                    keys, tab, rest = (line or "").partition("\t")
                    line = " ".join(dict.fromkeys((*keys.split(), *more.split()))) + tab + rest
            known = None
            if line is not None:
                keys, _, more = line.partition("\t")
                begun, _, read = more.partition("\t")
                pairs = [unit.partition(">") for unit in begun.split("|") if unit]
                units = tuple([(tuple(after.split()), made) for after, _, made in pairs])
                names = tuple([intern(key) for key in keys.split()])
                known = Word(names, units, read, frozenset([after[0] for after, _ in units]))
            if len(self._words) < _REMEMBERED:
                self._words[word] = known
            if len(self._words) == _MANY:
                for name in _BY_WORD:
                    self._tables[name].index()
            return known

    def is_english(self, word: str) -> bool:
        """Say whether *word* stands in the English list."""
        found = self._english.get(word)
        if found is None:
            found = self._tables["english"].find(word) is not None
            if len(self._english) < _REMEMBERED:
                self._english[word] = found
        return found

    def spellings(self, length: int, first: str) -> list[str]:
        """Return every word of *length* letters, *first* the first, that a misspelling may be read as."""
        return self._spelling(f"{length} {first}")

    def first_letters(self, rest: str) -> list[str]:
        """Return every letter that makes a word of `spellings` with the *rest* behind it."""
        return self._spelling(rest)

    def _spelling(self, key: str) -> list[str]:
        tables = [self._tables["spelling"], *(shelf.tables["spelling"] for shelf in self._shelves)]
        return [one for table in tables for one in (table.find(key) or "").split()]

    def sounding(self, sound: str) -> tuple[str, ...]:
        """Return the words that sound so."""
        return tuple((self._tables["sounds"].find(sound) or "").split())

    def slips(self, word: str) -> tuple[str, ...]:
        """Return what the English *word* is often typed for."""
        return tuple((self._tables["slips"].find(word) or "").split())

    def sayings(self, words: str) -> tuple[str, ...]:
        """Return what the folded *words* may say to the program itself ("yes", "gone")."""
        return tuple((self._tables["sayings"].find(words) or "").split())

    def wordings(self, prefix: str, most: int) -> list[str]:
        """Return at most *most* plain wordings that begin with *prefix*."""
        return self._tables["wordings"].starting(prefix, most)

    def phrases(self, there: Mapping[str, object]) -> list[tuple[Phrase, str]]:
        """Return the phrases of which all terms are *there*, each with its rarest, in order."""
        return self._filed.find(there)

    def hints(self, term: str) -> tuple[tuple[str, int], ...]:
        """Return the symptoms that *term* mostly stands for, and how strongly."""
        found = self._hints.get(term)
        if found is None:
            line = self._tables["hints"].find(term)
            pairs = (pair.rpartition(":") for pair in line.split()) if line else ()
            found = tuple((target, int(weight)) for target, _, weight in pairs)
            if len(self._hints) < _REMEMBERED:
                self._hints[term] = found
        return found

    def symptom(self, name: str) -> Symptom:
        """Return the symptom with the id *name*.

        Raises:
            KeyError: there is none.
        """
        found = self._symptoms.get(name)
        if found is None:
            found = self._symptoms[name] = self._record("symptoms", name, lambda v: Symptom(*v))
        return found

    def with_broader(self, name: str) -> frozenset[str]:
        """Return the symptom *name* and all that is broader."""
        found = self._broader.get(name)
        if found is None:
            found = self._broader[name] = frozenset((name, *self.symptom(name).broader))
        return found

    def has_symptom(self, name: str) -> bool:
        """Say whether there is a symptom with the id *name*."""
        return self._find("symptoms", name) is not None

    def symptoms(self) -> list[str]:
        """Return the id of every symptom."""
        return self._keys("symptoms")

    def shipped_symptoms(self) -> list[str]:
        """Return the id of every symptom of the vocabulary, without those of folders."""
        return self._tables["symptoms"].keys()

    def targets(self) -> set[str]:
        """Return the id of everything that a phrase names."""
        shelves = (shelf.tables["phrases"].text for shelf in self._shelves)
        rows = (row for text in shelves for part in text.split(ROW) for row in part.replace("\n", UNIT).split(UNIT))
        heads = [line.partition("\t")[2] for line in self._tables["heads"].text.splitlines()]
        named = (head.partition(" ")[0].split("|") for head in (*heads, *rows) if "|" in head)
        return {target for layer, _, target in named if layer in ("symptom", "circumstance")}

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
        memo = self._memo["monographs"]
        if name not in memo and self._tables["monographs"].find(name) is None:
            for shelf in self._shelves:
                found = shelf.monograph(name)
                if found is not None:
                    memo[name] = found
                    break
        return self._record("monographs", name, _monograph)

    def has_monograph(self, name: str) -> bool:
        """Say whether there is a monograph with the id *name*, opening none."""
        if self._tables["monographs"].find(name) is not None:
            return True
        return any(name not in s.hidden and s.tables["files"].find(name) is not None for s in self._shelves)

    def monographs(self) -> list[str]:
        """Return the id of every monograph."""
        if MONOGRAPHS not in self._lists:
            known = self._tables["monographs"].keys()
            self._lists[MONOGRAPHS] = list(dict.fromkeys((*known, *(m for s in self._shelves for m in s.monographs()))))
        return self._lists[MONOGRAPHS]

    def monograph_count(self) -> int:
        """Return how many monographs there are, without naming them."""
        if self._count is None:
            shipped = self._tables["monographs"].lines().count(b"\n")
            self._count = shipped + sum(shelf.size for shelf in self._shelves)
        return self._count

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
        return self._find("names", name)

    def drug_names(self) -> list[str]:
        """Return every folded name and brand."""
        return self._keys("names")

    def labelled(self, drug: str, symptom: str) -> LabelFact | None:
        """Return what the label of *drug* says of *symptom*, or of the next broader one that it speaks of."""
        key = (drug, symptom)
        if key not in self._labelled:
            facts = {fact.about: fact for fact in reversed(self.monograph(drug).label)}
            names = (symptom, *self.symptom(symptom).broader)
            self._labelled[key] = next((facts[name] for name in names if name in facts), None)
        return self._labelled[key]

    def listed_by(self, symptom: str) -> tuple[str, ...]:
        """Return the ids of the monographs that list *symptom*."""
        shipped = self._record("listed", symptom, lambda names: names, ())
        own = [m for s in self._shelves if s.count(symptom) for m in s.monographs() if self.entries(m, symptom)]
        return tuple(dict.fromkeys((*shipped, *own))) if own else shipped

    def count_listing(self, symptom: str) -> int:
        """Return how many monographs list *symptom*, opening none."""
        return len(self._record("listed", symptom, lambda names: names, ())) + sum(
            s.count(symptom) for s in self._shelves
        )

    def readings(self) -> tuple[Reading, ...]:
        """Return the numbers with a meaning."""
        if self._readings is None:
            self._readings = tuple(self._record("readings", name, _reading) for name in self._keys("readings"))
        return self._readings

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
            own = [key for shelf in self._shelves if table in shelf.tables for key in shelf.tables[table].keys()]  # noqa: SIM118 # no mapping
            self._lists[table] = [*self._tables[table].keys(), *own]
        return self._lists[table]

    def _find(self, table: str, key: str) -> str | None:
        line = self._tables[table].find(key)
        if line is None:
            for shelf in self._shelves:
                if table in shelf.tables and (line := shelf.tables[table].find(key)) is not None:
                    break
        return line

    def _record(self, table: str, key: str, make: Callable[[Value], Made], *otherwise: Made) -> Made:
        memo = self._memo[table]
        if key not in memo:
            line = self._find(table, key)
            if line is None and not otherwise:
                raise KeyError(key)
            memo[key] = otherwise[0] if line is None else make(unpack(line))
        return memo[key]  # type: ignore[return-value] # what *make* made


def by_beginning(words: Collection[str]) -> dict[str, str]:
    """File *words* by length and first letter, and the first letters by what follows, as `Knowledge.spellings` reads.

    >>> by_beginning(["itch", "pitch"])
    {'4 i': 'itch', 'tch': 'i', '5 p': 'pitch', 'itch': 'p'}
    """
    filed: dict[str, list[str]] = {}
    for word in sorted(words):
        filed.setdefault(f"{len(word)} {word[0]}", []).append(word)
        filed.setdefault(word[1:], []).append(word[0])
    return {key: " ".join(same) for key, same in filed.items()}


def _records(kind: Callable[..., Made], values: Iterable[Value]) -> tuple[Made, ...]:
    return tuple(kind(*value) for value in values)


def _noted(value: Value) -> LabelFact:
    about, says, source = value
    return LabelFact(about, says, Source(*source))


def _monograph(value: Value) -> Monograph:
    *first, source, notes, disclaimer, effects, topics, label, label_topics = value
    name, shown, names, drug_class = first
    return Monograph(
        name,
        shown,
        names,
        drug_class,
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
    return Rule(urgency, int(least), tuple(v if isinstance(v, str) else _rule(v) for v in of))


def _flag(value: Value) -> Flag:
    name, shown, also, effect, rules, advice, ask_about, question, source = value
    return Flag(
        name, shown, also, effect,
        tuple(_rule(r) for r in rules),
        advice,
        ask_about,
        Question(*question) if question else None,
        Source(*source),
    )  # fmt: skip


def _reading(value: Value) -> Reading:
    name, forms, plausible, bands, vetoes, telling = value
    return Reading(
        name,
        forms,
        tuple(tuple((float(low), float(high)) for low, high in ranges) for ranges in plausible),
        tuple(
            (tuple((limit, float(bound)) for limit, bound in limits), symptom, well == "True")
            for limits, symptom, well in bands
        ),
        vetoes,
        telling,
    )


def _line(value: Value) -> Line:
    name, say, source = value
    return Line(name, say, Source(*source))


def _contacts(value: Value) -> Contacts:
    country, name, emergency, urgent, *lines = value
    return Contacts(country, name, emergency, urgent, *(tuple(_line(v) for v in some) for some in lines))


def loads(data: Data) -> Knowledge:
    """Read what `Knowledge.dumps` wrote.

    Raises:
        ValueError: it is not ours, of another version, or damaged.
    """
    try:
        (version,), tables = _opened(data, MAGIC, 1, TABLES)
    except ValueError as error:
        raise ValueError(f"the compiled knowledge is {error}; install the program again") from None
    return Knowledge(version, tables)


def loads_shelf(data: Data, blob: Callable[[str, str], Monograph]) -> tuple[Shelf, int]:
    """Read a folder's names file; return the shelf, and the time of the folder it was made from.

    Raises:
        ValueError: it is not ours, of another version, or damaged.
    """
    (size, stamp), tables = _opened(data, SHELF_MAGIC, 2, SHELF_TABLES)
    return Shelf(tables, int(size), blob), int(stamp)


def _opened(data: Data, magic: str, own: int, names: Sequence[str]) -> tuple[list[str], dict[str, Table]]:
    """Lay the tables *names* over *data*; return the *own* fields of its first line, before check sum and sizes."""
    from binascii import crc32

    at = data.find(b"\n", 0, 1000) + 1
    fields = data[: max(at - 1, 0)].decode("ascii", "replace").split(" ")
    if " ".join(fields[:3]) != magic or len(fields) != 4 + own + len(names):
        raise ValueError("of another version")
    mine, check_sum, sizes = fields[3 : 3 + own], fields[3 + own], fields[4 + own :]
    if f"{crc32(memoryview(data)[at:]):08x}" != check_sum:
        raise ValueError("damaged")
    tables = {}
    for name, size in zip(names, sizes):
        tables[name] = Table(data, at, at + int(size))
        at += int(size)
    return mine, tables


def loads_blob(data: bytes) -> Monograph:
    """Read one monograph of a compiled folder.

    Raises:
        ValueError: it is not ours, of another version, or damaged.
    """
    from binascii import crc32

    header, _, body = data.partition(b"\n")
    if header.decode("ascii", "replace") != f"{BLOB_MAGIC} {crc32(body):08x}":
        raise ValueError("damaged, or of another version")
    return _monograph(unpack(body.decode()))
