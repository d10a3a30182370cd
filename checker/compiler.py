"""Compiles checked knowledge into the tables of `store`."""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Mapping

from checker import records, sayings
from checker.knowledge import Entry, Folder, KnowledgeError, Text, entries, flat, text, texts
from checker.lexicon import Lexicon, sounds
from checker.match import ASKING, ASKS_BACK, BEHIND, BENDING, ROUND, TOGETHER
from checker.model import Flag, Monograph, Symptom
from checker.normalise import tokens
from checker.phrases import Phrases, ways
from checker.store import Knowledge, by_beginning
from checker.tables import Table, pack

_KINDS = ("phrases", "exact", "alone", "bare", "fine")
_CIRCUMSTANCES = "circumstances"
_OWN_LAYERS = {  # which share words with other cues
    "asking": ASKING,
    "asks-back": ASKS_BACK,
    "negated-before": BEHIND,
    "denied-list": BEHIND,
    "asked-round": ROUND,
    "aside": BENDING,
    "recurring": BENDING,
    "returned": BENDING,
    "confirmed": BENDING,
    "answered-yes": BENDING,
    "self-starting": BENDING,
    "unmet": BENDING,
    "this-time": BENDING,
    "offered": BENDING,
}
_FRAMES = (
    "question",
    "indirect",
    "report",
    "self-contrast",
    "self-apart",
    "self-only",
    "self-fronted",
    "self-last",
    "self-untaken",
    "told-if",
    "expected",
    "last-time",
    "outgrown",
    "taker",
    "title",
    "not-a-person",
    "story",
    "unreal",
    "family",
    "past-anywhere",
    "past-since",
    "past-earlier",
    "thing",
    "answered-no",
)  # cues of a whole clause
_REACHING = (
    "negation",
    "denial",
    "negated-before",
    "denied-set",
    "denied-list",
    "offered",
    "past",
    "past-before",
    "hypothetical",
)  # cues of what stands beside
_LONGEST_WORDING = 40  # letters of what completion offers
_NOT_PLAIN = frozenset("{}*|\t\n")


def compile_folder(root: str) -> Knowledge:
    """Read, check and compile the knowledge in the folder *root*.

    Raises:
        KnowledgeError: with every fault found.
    """
    folder = Folder(root)
    if not folder.entries["symptom"]:
        folder.faults.append(f"{root}: holds no symptoms; name a folder of knowledge")
    version, tables = _tables(folder)
    if folder.faults:
        raise KnowledgeError(sorted(set(folder.faults)))
    return Knowledge(version, tables)


def _tables(folder: Folder) -> tuple[str, dict[str, Table]]:
    english = _english(folder.root)
    lexicon = Lexicon(folder, frozenset(english))
    phrases = Phrases(lexicon)
    symptoms = _symptoms(folder, phrases)
    _other_phrases(folder, phrases)
    _refuse_cues(folder, lexicon)
    phrases.settle_denials(symptoms)
    readings = records.readings(folder, lexicon, symptoms)
    flags = records.flags(folder, symptoms)
    monographs = records.monographs(folder, symptoms)
    names = {_folded(known): name for name in sorted(monographs) for known in reversed(monographs[name].names)}
    spellings = lexicon.spellings(names, frozenset(english))
    rows: dict[str, dict[str, str]] = {
        "words": lexicon.table(phrases.terms(), readings.values(), names),
        "english": dict.fromkeys(english, ""),
        "phrases": phrases.table(),
        "heads": phrases.heads(),
        "hints": phrases.hints(_unsaid(folder)),
        "symptoms": {name: pack(symptom) for name, symptom in symptoms.items()},
        "flags": {name: pack(flag) for name, flag in flags.items()},
        "triggers": _triggers(flags, symptoms),
        "monographs": {name: pack(monograph) for name, monograph in monographs.items()},
        "names": names,
        "readings": {name: pack(reading) for name, reading in readings.items()},
        "contacts": {country: pack(lines) for country, lines in records.contacts(folder).items()},
        "topics": {str(text(e, "id")): pack((text(e, "name"), text(e, "silent"))) for e in folder.entries["topic"]},
        "advice": {str(k): str(v) for k, v in folder.maps.get("advice.yaml", {}).items() if isinstance(v, Text)},
        "listed": _listed(monographs, symptoms),
        "spelling": by_beginning(spellings),
        "sounds": sounds(spellings),
        "slips": _slips(folder),
        "sayings": _sayings(folder),
        "wordings": dict.fromkeys(_wordings(folder), ""),
    }
    tables = {name: Table.of(table) for name, table in rows.items()}
    digest = hashlib.sha256(b"".join(tables[n].lines() for n in sorted(tables))).hexdigest()
    return f"{rows['advice'].get('edition', '')}-{digest[:6]}", tables


def _triggers(flags: Mapping[str, Flag], symptoms: Mapping[str, Symptom]) -> dict[str, str]:
    """Return for each symptom the flags that it may help to raise, or that ask about it."""
    made: dict[str, list[str]] = defaultdict(list)
    for name, flag in sorted(flags.items()):
        wanted = {s for rule in flag.rules for s in records.mentioned(rule)}
        wanted |= set(flag.question.when) if flag.question else set()
        for one in symptoms.values():
            if not wanted.isdisjoint((one.id, *one.broader)):
                made[one.id].append(name)
    return {symptom: pack(tuple(names)) for symptom, names in made.items()}


def _listed(monographs: Mapping[str, Monograph], symptoms: Mapping[str, Symptom]) -> dict[str, str]:
    """Return for each symptom the medicines whose monographs list it."""
    made: dict[str, list[str]] = defaultdict(list)
    for name, monograph in sorted(monographs.items()):
        named = {s for e in monograph.effects for s in (*e.symptoms, *e.signs)}
        for one in symptoms.values():
            if not named.isdisjoint((one.id, *one.broader)):
                made[one.id].append(name)
    return {symptom: pack(tuple(names)) for symptom, names in made.items()}


def _folded(name: str) -> str:
    return " ".join(t.word for t in tokens(name))


def _slips(folder: Folder) -> dict[str, str]:
    """Return for each English word that is often typed for another those others."""
    made: dict[str, list[str]] = defaultdict(list)
    for right, typed in folder.maps.get("language/slips.yaml", {}).items():
        for way in flat(typed):
            made[str(way)].append(str(right))
    return {way: " ".join(right) for way, right in made.items()}


def _english(root: str) -> list[str]:
    try:
        with open(os.path.join(root, "language", "english.txt"), encoding="ascii") as file:
            return [line for line in file.read().splitlines() if line and not line.startswith("#")]
    except FileNotFoundError:
        return []


def _symptoms(folder: Folder, phrases: Phrases) -> dict[str, Symptom]:
    where: dict[str, Entry] = {}
    for entry in folder.entries["symptom"]:
        where.setdefault(str(text(entry, "id")), entry)
    made: dict[str, Symptom] = {}
    for name, entry in where.items():
        for other in texts(entry, "unlike"):
            if other not in where:
                folder.faults.append(
                    f"{other.where}: {name}: unlike {other!s}: no such symptom; name another or take it out"
                )
        circumstance = text(entry, "system") == _CIRCUMSTANCES
        for kind in _KINDS:
            for written in texts(entry, kind):
                phrases.add("circumstance" if circumstance else "symptom", kind, name, written)
        made[name] = Symptom(
            name,
            str(text(entry, "name")),
            str(text(entry, "term")),
            _broader(name, where, folder.faults),
            str(text(entry, "advice")),
            "yes" if circumstance else "",
            "yes" if text(entry, "event") else "",
        )
    for name, entry in where.items():
        if not made[name].circumstance:
            phrases.add_names(name, text(entry, "name"), text(entry, "term"))
    return made


def _broader(name: str, where: Mapping[str, Entry], faults: list[str]) -> tuple[str, ...]:
    found: list[str] = []
    above = text(where[name], "is_a")
    while above:
        if above not in where or above in found or above == name:
            faults.append(
                f"{above.where}: {name!s}: is_a {above!s} is unknown or leads in a circle; name a broader symptom"
            )
            break
        found.append(str(above))
        above = text(where[above], "is_a")
    return tuple(found)


def _other_phrases(folder: Folder, phrases: Phrases) -> None:
    for entry in folder.entries["topic"]:
        for kind in ("phrases", "exact", "alone", "about"):
            for written in texts(entry, kind):
                phrases.add("topic", kind, text(entry, "id"), written)
    for entry in folder.entries["idioms"]:
        for written in texts(entry, "phrases"):
            phrases.add("idiom", "idiom", "idiom", written)
        for written in texts(entry, "together"):
            phrases.add("idiom", TOGETHER, "idiom", written)
    for entry in folder.entries["cue"]:
        name = text(entry, "cue")
        layer = _OWN_LAYERS.get(name, "frame" if name in _FRAMES else "cue")
        for written in texts(entry, "words"):
            phrases.add(layer, "cue", name, written)


def _refuse_cues(folder: Folder, lexicon: Lexicon) -> None:
    """Report every phrase that is a cue: each denial would name its symptom."""
    cues = {
        tuple(lexicon.words(phrase)): phrase.where
        for entry in folder.entries["cue"]
        if text(entry, "cue") in _REACHING
        for written in texts(entry, "words")
        for phrase in ways(written)
    }
    for entry in folder.entries["symptom"]:
        if text(entry, "system") != _CIRCUMSTANCES:
            for phrase in (way for kind in _KINDS for written in texts(entry, kind) for way in ways(written)):
                where = cues.get(tuple(lexicon.words(phrase)))
                if where:
                    told = f"{phrase.where}: {text(entry, 'id')}: the phrase {phrase!s} is a cue at {where}"
                    folder.faults.append(f"{told}; say what it is about")


def _sayings(folder: Folder) -> dict[str, str]:
    """Return what may be said to the program itself: folded words, then each saying they may be."""
    made: dict[str, list[str]] = defaultdict(list)
    for entry in folder.entries["saying"]:
        for words in texts(entry, "words"):
            made[sayings.key([t.word for t in tokens(words)])].append(str(text(entry, "saying")))
    return {key: " ".join(dict.fromkeys(names)) for key, names in made.items() if key}


def _unsaid(folder: Folder) -> set[str]:
    """Return the symptoms of the flags whose advice names the crisis lines.

    They are never offered: the program must not put a way to harm oneself into words, nor frighten with it.
    """
    return {
        str(name)
        for flag in folder.entries["flag"]
        if any("{crisis}" in line for line in flat(flag.get(Text("advice"))))
        for name in (*flat(flag.get(Text("rules"))), *flat(flag.get(Text("groups"))))
    }


def _wordings(folder: Folder) -> set[str]:
    """Return what a person may be typing: the names of symptoms, side effects and topics, and everyday wordings."""
    unsaid = _unsaid(folder)
    shown = [
        e for e in folder.entries["symptom"] if text(e, "id") not in unsaid and text(e, "system") != _CIRCUMSTANCES
    ]
    names = [text(e, "name") for e in (*shown, *folder.entries["topic"])]
    names += [text(f, "name") for e in folder.entries["monograph"] for f in entries(e, "effects")]
    found = {name.partition("(")[0].strip() for name in names}
    found.update(flat(folder.maps.get("language/wordings.yaml")))
    return {name.lower() for name in found if len(name) <= _LONGEST_WORDING and not set(name) & _NOT_PLAIN}
