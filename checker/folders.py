"""A folder of the user's: its YAML read beside the shipped knowledge, and its compiled form.

A side effect that the vocabulary lacks becomes a symptom of the folder's own,
found by its name and the name's misspellings, never by everyday words.
"""

from __future__ import annotations

import contextlib
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from checker.classes import LIGHT
from checker.filed import by_terms
from checker.knowledge import Entry, KnowledgeError, check, read, text
from checker.model import Effect, Monograph, Symptom
from checker.normalise import stem, tokens
from checker.records import monograph
from checker.spelling import Reader
from checker.store import (
    BLOB_MAGIC,
    COMPILED,
    MONOGRAPHS,
    NAMES,
    SHELF_MAGIC,
    SHELF_TABLES,
    Knowledge,
    Shelf,
    by_beginning,
    loads_blob,
    loads_shelf,
)
from checker.tables import UNIT, Table, pack

Complain = Callable[[str], object]
UNREVIEWED = "Nobody has reviewed the {name} text. It was taken from a file as it stands there."
_WEIGHT = 640  # of one word: that of a word which only one of 600 symptoms uses
_LONGEST_PHRASE = 8  # words of a name


def slug(name: str) -> str:
    """Make an id of *name*.

    >>> slug("Stevens-Johnson syndrome (SJS)")
    'stevens-johnson-syndrome-sjs'
    """
    words = "-".join(t.word.replace(".", "-").replace("'", "") for t in tokens(name))
    return "-".join(
        part for part in "".join(c if c.isascii() and c.isalnum() else "-" for c in words).split("-") if part
    )


def read_folder(folder: str, knowledge: Knowledge, complain: Complain) -> Shelf:
    """Read the YAML of *folder* beside *knowledge*; tell *complain* of each file that is left out."""
    found: dict[str, Monograph] = {}
    for file, one in _all(folder, yaml_files(folder, complain), {}, knowledge, complain):
        _take(found, one, file, knowledge, complain)
    return _in_memory(found.values(), knowledge)


def newer(folder: str, shelf: Shelf, knowledge: Knowledge, complain: Complain) -> Shelf | None:
    """Return *shelf* without what is gone from *folder*; what is new there is added to *knowledge* at once."""
    rows = _rows(shelf)
    known = {row[0]: name for name, row in rows.items()}
    here = yaml_files(folder, complain)
    gone = {name for file, name in known.items() if file not in set(here)}
    found: dict[str, Monograph] = {}
    for file, one in _all(folder, [f for f in here if f not in known], {}, knowledge, complain):
        if one.id in rows and one.id not in gone:
            complain(f"{MONOGRAPHS}/{file}:1: {one.id} is known from {rows[one.id][0]} already; keep one")
        else:
            _take(found, one, file, knowledge, complain)
    if found:
        knowledge.add(_in_memory(found.values(), knowledge))
    return Shelf(shelf.tables, len(rows), shelf.blob, gone)


def read_one(folder: str, file: str, knowledge: Knowledge, complain: Complain) -> Monograph | None:
    """Read the YAML *file* of *folder*, or tell *complain* why not."""
    shown = f"{MONOGRAPHS}/{file}"
    faults: list[str] = []
    made: Monograph | None = None
    try:
        node = read(os.path.join(folder, MONOGRAPHS, file), shown, faults)
    except (RecursionError, ValueError, MemoryError):
        node = None
        faults.append(f"{shown}:1:1: cannot be read; is it YAML?")
    if node is None:
        faults = faults or [f"{shown}:1:1: is empty"]
    elif not faults:
        check(node, "monograph", shown, faults)
        if not faults and isinstance(node, dict):
            made = _record(node, knowledge, faults)
    if faults:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        complain(f"{faults[0]}; the file is left out{more}")
        return None
    return made


def compile_user_folder(
    folder: str, knowledge: Knowledge, complain: Complain, progress: Callable[[int, int], object] = lambda *_: None
) -> int:
    """Write the compiled form of *folder*; return how many monographs it holds.

    Blobs of files that did not change are kept. Each file is written beside its place
    and moved there; the names come last.

    Raises:
        OSError: it cannot be written; what was there before is still there.
    """
    room = os.path.join(folder, COMPILED)
    os.makedirs(room, mode=0o700, exist_ok=True)
    old: dict[str, tuple[str, tuple[str, ...]]] = {}
    try:
        with open(os.path.join(room, NAMES), "rb") as file:
            shelf, _ = loads_shelf(file.read(), _no_blob)
        old = {row[0]: (name, row) for name, row in _rows(shelf).items()}
    except (OSError, ValueError):
        pass
    stamp = os.stat(os.path.join(folder, MONOGRAPHS)).st_mtime_ns
    names = yaml_files(folder, complain)
    found: dict[str, Monograph] = {}
    rows: dict[str, str] = {}
    for count, (name, one) in enumerate(_all(folder, names, old, knowledge, complain), 1):
        progress(count, len(names))
        if not _take(found, one, name, knowledge, complain):
            continue
        there = os.stat(os.path.join(folder, MONOGRAPHS, name))
        row = (name, str(there.st_size), str(there.st_mtime_ns))
        rows[one.id] = UNIT.join(row)
        if old.get(name, ("", ()))[1] != row:
            write_whole(os.path.join(room, one.id), dumps_blob(one))
    tables = _tables(found.values(), knowledge, rows)
    write_whole(os.path.join(room, NAMES), _dumps(tables, len(rows), stamp))
    for left in set(os.listdir(room)) - set(rows) - {NAMES}:
        os.unlink(os.path.join(room, left))
    return len(rows)


def write_whole(path: str, data: bytes) -> None:
    """Write *data* to a temporary file and move it to *path*: there is never half a file, and nobody else reads it."""
    spare = f"{path}.{os.getpid()}.part"
    try:
        with open(spare, "wb", opener=_private) as file:
            file.write(data)
        os.replace(spare, path)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(spare)
        raise


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def dumps_blob(one: Monograph) -> bytes:
    """Return the compiled form of one monograph."""
    from binascii import crc32

    body = pack(one).encode()
    return f"{BLOB_MAGIC} {crc32(body):08x}\n".encode() + body


def own_names(monographs: Iterable[Monograph], knowledge: Knowledge) -> dict[str, str]:
    """Return id and name of every side effect that the vocabulary lacks."""
    return {
        name: effect.name
        for one in monographs
        for effect in one.effects
        for name in effect.symptoms
        if not knowledge.has_symptom(name)
    }


# --- reading -----------------------------------------------------------------


def yaml_files(folder: str, complain: Complain) -> list[str]:
    """Return the names of the monographs' files in *folder*, in order."""
    found = []
    for name in sorted(os.listdir(os.path.join(folder, MONOGRAPHS))):
        if not name.endswith(".yaml") or name.startswith("."):
            continue
        if not name.isprintable():
            complain(f"{MONOGRAPHS}/{name!r}:1: a name of a file with control characters; rename it")
            continue
        found.append(name)
    return found


def _all(
    folder: str,
    names: Iterable[str],
    old: Mapping[str, tuple[str, tuple[str, ...]]],
    knowledge: Knowledge,
    complain: Complain,
) -> Iterator[tuple[str, Monograph]]:
    for file in names:
        one = _kept(folder, file, old) or read_one(folder, file, knowledge, complain)
        if one is not None:
            yield file, one


def _kept(folder: str, file: str, old: Mapping[str, tuple[str, tuple[str, ...]]]) -> Monograph | None:
    if file not in old:
        return None
    name, row = old[file]
    try:
        there = os.stat(os.path.join(folder, MONOGRAPHS, file))
        if row[1:] != (str(there.st_size), str(there.st_mtime_ns)):
            return None
        with open(os.path.join(folder, COMPILED, name), "rb") as blob:
            return loads_blob(blob.read())
    except (OSError, ValueError):
        return None


def _take(found: dict[str, Monograph], one: Monograph, file: str, knowledge: Knowledge, complain: Complain) -> bool:
    if one.id in found:
        complain(f"{MONOGRAPHS}/{file}:1: a second file for {one.id}; keep one")
        return False
    if knowledge.has_monograph(one.id):  # from what is shipped or an earlier folder: that one answers
        return False
    found[one.id] = one
    return True


def _record(entry: Entry, knowledge: Knowledge, faults: list[str]) -> Monograph:
    one = monograph(entry, _Symptoms(knowledge), _Topics(knowledge), faults)
    effects = tuple(_with_own(effect) for effect in one.effects)
    notes = one.notes if text(entry, "reviewed") else (*one.notes, UNREVIEWED.replace("{name}", one.name))
    return one.replace(effects=effects, notes=notes)


class _Symptoms:
    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def __contains__(self, name: object) -> bool:
        return self._knowledge.has_symptom(str(name))


class _Topics:
    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def __contains__(self, name: object) -> bool:
        try:
            self._knowledge.topic(str(name))
        except KeyError:
            return False
        return True


def _with_own(effect: Effect) -> Effect:
    if effect.symptoms:
        return effect
    name = slug(effect.name.partition("(")[0]) or slug(effect.name)
    return effect.replace(symptoms=(name,)) if name else effect


# --- tables ------------------------------------------------------------------


def _in_memory(monographs: Iterable[Monograph], knowledge: Knowledge) -> Shelf:
    there = {one.id: one for one in monographs}
    tables = _tables(there.values(), knowledge, dict.fromkeys(there, ""))
    return Shelf(tables, len(there), lambda name, _: there[name])


def _tables(monographs: Iterable[Monograph], knowledge: Knowledge, files: Mapping[str, str]) -> dict[str, Table]:
    every = sorted(monographs, key=lambda m: m.id)
    names: dict[str, str] = {}
    own_name = [(known, one.id) for one in every for known in (one.name, one.id)]
    for known, name in (*own_name, *((known, one.id) for one in every for known in one.names)):
        folded = " ".join(t.word for t in tokens(known))
        if folded and knowledge.drug(folded) is None:
            names.setdefault(folded, name)
    own = own_names(every, knowledge)
    phrases, words, spelling = _own_phrases(own, knowledge)
    for name in names:
        if " " not in name:
            words[name] = f"{words.get(name, stem(name))} {{drug}} {{medicine}}"
            spelling.discard(name)
    rows: dict[str, Mapping[str, str]] = {
        "names": names,
        "words": words,
        "phrases": phrases,
        "symptoms": {name: pack(Symptom(name, shown)) for name, shown in own.items()},
        "spelling": by_beginning(spelling),
        "counts": {name: str(count) for name, count in _counts(every, own, knowledge).items()},
        "files": files,
    }
    return {name: Table.of(table) for name, table in rows.items()}


def _counts(monographs: Iterable[Monograph], own: Mapping[str, str], knowledge: Knowledge) -> Counter[str]:
    narrower: dict[str, set[str]] = defaultdict(set)
    for name in knowledge.symptoms():
        for above in (name, *knowledge.symptom(name).broader):
            narrower[above].add(name)
    counts: Counter[str] = Counter()
    for one in monographs:
        named = {s for effect in one.effects for s in (*effect.symptoms, *effect.signs)}
        counts.update({below for name in named for below in (narrower.get(name) or ({name} if name in own else ()))})
    return counts


def _own_phrases(own: Mapping[str, str], knowledge: Knowledge) -> tuple[dict[str, str], dict[str, str], set[str]]:
    reader = Reader(knowledge)
    filed: dict[tuple[str, str], list[str]] = defaultdict(list)
    words: dict[str, str] = {}
    spelling: set[str] = set()
    for target in sorted(own):
        outside, _, inside = own[target].partition("(")
        for phrase in dict.fromkeys((outside.strip(), inside.rstrip(" )") if "," not in inside else "")):
            terms = []
            fresh = []
            for token in tokens(phrase):
                known = reader.read((token,))
                if len(known) == 1 and known[0].keys and not known[0].read and knowledge.word(token.word):
                    terms.append(known[0].keys[0])
                    light = LIGHT in known[0].keys
                else:
                    root = stem(token.word)
                    terms.append(root)
                    words.setdefault(token.word, root)
                    words.setdefault(root, root)
                    light = False
                    if len(token.word) > 3 and token.word.isalpha() and token.word.isascii():
                        spelling.add(token.word)
                fresh.append((light, terms[-1] not in words.values(), -len(terms[-1]), terms[-1]))
            if (
                not terms
                or len(terms) > _LONGEST_PHRASE
                or all(f[0] for f in fresh)
                or any(c in "|\t" for c in "".join(terms))
            ):
                continue
            kind = "exact" if len(terms) > 1 else "phrases"
            rare = list(dict.fromkeys(term for *_, term in sorted(fresh)))
            row = f"symptom|{kind}|{target} {_WEIGHT * len(terms)} {' '.join(terms)}"
            filed[rare[0], rare[1 % len(rare)]].append(row)
    return by_terms({key: dict.fromkeys(rows) for key, rows in filed.items()}), words, spelling


def _rows(shelf: Shelf) -> dict[str, tuple[str, ...]]:
    lines = (line.partition("\t") for line in shelf.tables["files"].text.splitlines())
    return {name: tuple(row.split(UNIT)) for name, _, row in lines}


def _dumps(tables: Mapping[str, Table], size: int, stamp: int) -> bytes:
    from binascii import crc32

    parts = [tables[name].lines() for name in SHELF_TABLES]
    body = b"".join(parts)
    sizes = " ".join(str(len(part)) for part in parts)
    return f"{SHELF_MAGIC} {size} {stamp} {crc32(body):08x} {sizes}\n".encode() + body


def _no_blob(name: str, row: str) -> Monograph:
    raise KnowledgeError([f"{name}: {row}"])
