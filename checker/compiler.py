"""Compiles checked knowledge into the tables of `store`.

Phrases become sets of stems and classes, filed under their rarest term; words
become the keys that a phrase may call them by. Weights follow soft TF-IDF
(Cohen and others 2003): the fewer symptoms a word may mean, the more it says.
"""

from __future__ import annotations

import hashlib
import math
import os
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator

from checker import followup
from checker.knowledge import Entry, Folder, KnowledgeError, Text, entries, flat, number, place, text, texts
from checker.match import LIGHT
from checker.model import (
    URGENCIES,
    Contacts,
    Effect,
    Flag,
    LabelFact,
    Line,
    Monograph,
    Question,
    Reading,
    Rule,
    Source,
    Symptom,
    Topic,
)
from checker.normalise import stem, tokens
from checker.spelling import sound
from checker.store import Knowledge, Table, pack

_DIRECTIONS = frozenset(
    "{" + name + "}" for name in ("no", "cant", "low", "less", "trouble", "more", "good", "bad", "gone")
)
_ORDERED = ("exact", "idiom", "cue", "frame")
_FRAMES = ("question", "report", "self-contrast", "not-a-person", "past-anywhere")  # cues of a whole clause
_KINDS = ("phrases", "exact", "alone", "bare", "fine")
_PLAIN_WEIGHT, _DIRECTION_WEIGHT = 100, 60
_BARE_SHARE = 0.4  # a bare noun loses against every other reading
_HINTS, _HINT_SHARE = 3, 0.25  # symptoms a word may hint at, and their least share of its phrases
_CIRCUMSTANCES = "circumstances"
_LONGEST_WORDING = 40  # letters of what completion offers
_NOT_PLAIN = frozenset("{}*|\t\n")


class Lexicon:
    """The words of the knowledge: classes, forms, variants, function words."""

    def __init__(self, folder: Folder) -> None:
        self.faults = folder.faults
        self.forms: dict[str, str] = {}
        for base, forms in folder.maps.get("language/word_forms.yaml", {}).items():
            word = _one_word(base, self.faults)
            root = word if base in flat(forms) else stem(word)  # named among its own forms: kept apart from its stem
            self.forms[base] = root
            for form in flat(forms):
                self.forms[_one_word(form, self.faults)] = root
        self.units: dict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
        for one, ways in folder.maps.get("language/variants.yaml", {}).items():
            for way in flat(ways):
                words = [t.word for t in tokens(way)]
                if len(words) > 1:
                    self.units[words[0]][tuple(words[1:])] = str(one)
                elif words and words[0] != one:
                    self.forms[words[0]] = self.root(str(one))
        words = folder.maps.get("language/function_words.yaml", {})
        self.dropped = {_one_word(w, self.faults) for w in flat(words.get(Text("dropped")))}
        self.light = self.dropped | {_one_word(w, self.faults) for w in flat(words.get(Text("light")))}
        self.light |= {stem(w) for w in self.light}
        self.members: dict[str, set[str]] = {}
        self._close(folder.entries["class"])
        self.classes: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self.members):
            for root in self.members[name]:
                self.classes[root].append("{" + name + "}")
        self.written: set[str] = set()
        self.numbers = {
            str(k): int(number(v, self.faults))
            for k, v in folder.maps.get("language/numbers.yaml", {}).items()
            if isinstance(v, Text)
        }

    def _close(self, classes: Iterable[Entry]) -> None:
        direct: dict[str, list[Text]] = {}
        for entry in classes:
            direct[text(entry, "id")] = texts(entry, "words")

        def members(name: str, within: tuple[str, ...]) -> set[str]:
            found: set[str] = set()
            for word in direct[name]:
                if word.startswith("{"):
                    inner = word.strip("{}")
                    if inner not in direct or inner in within:
                        self.faults.append(f"{word.where}: {name}: the class {word!s} is unknown or contains itself")
                    else:
                        found |= members(inner, (*within, inner))
                else:
                    found.add(self.root(_one_word(word, self.faults)))
            return found

        for name in direct:
            self.members[name] = members(name, (name,))

    def root(self, word: str) -> str:
        """Return the stem that *word* counts as."""
        if word in self.forms:
            return self.forms[word]
        base = stem(word)
        return self.forms.get(base, base)

    def is_hollow(self, terms: Iterable[str]) -> bool:
        """Say whether *terms* are function words, directions and everyday words only."""
        return all(t in self.light or t in _DIRECTIONS or t in self.members.get("common", ()) for t in terms)

    def words(self, phrase: str) -> list[str]:
        """Cut a phrase into words, units made one, {classes} and * whole."""
        found: list[str] = []
        pieces = [t.word for part in _outside_braces(phrase) for t in _pieces(part)]
        at = 0
        while at < len(pieces):
            used, one = 1, pieces[at]
            for rest, made in self.units.get(pieces[at], {}).items():
                if len(rest) + 1 > used and tuple(pieces[at + 1 : at + 1 + len(rest)]) == rest:
                    used, one = len(rest) + 1, made
            found.append(one)
            at += used
        return found

    def terms(self, phrase: Text, kind: str) -> tuple[str, ...]:
        """Return what must stand in a clause for *phrase* to be found there."""
        made = []
        dropping = kind not in _ORDERED
        words = self.words(phrase)
        if dropping:
            words = [w for w in words if w not in self.dropped] or words
        for word in words:
            if word.startswith("{"):
                if word != "{n}" and word.strip("{}") not in self.members and word != "{drug}" and word != "{year}":
                    self.faults.append(f"{phrase.where}: {phrase!s}: the class {word} is unknown")
                made.append(word)
                continue
            if word == "*":
                made.append(word)
                continue
            root = self.root(word)
            self.written.add(word)
            if dropping and root in self.members.get("cant", ()):
                made.append("{cant}")
            elif dropping and root in self.members.get("negator", ()):
                made.append("{no}")
            else:
                made.append(root)
        return tuple(sorted(set(made))) if dropping else tuple(made)


def _outside_braces(phrase: str) -> Iterator[str]:
    for number_, part in enumerate(phrase.replace("}", "{").split("{")):
        yield "{" + part + "}" if number_ % 2 else part


def _pieces(part: str) -> Iterable[_Piece]:
    if part.startswith("{"):
        yield _Piece(part)
        return
    for word in part.split():
        if word == "*":
            yield _Piece("*")
        else:
            yield from (_Piece(t.word) for t in tokens(word))


class _Piece(str):
    @property
    def word(self) -> str:
        return str(self)


def _one_word(word: Text | str, faults: list[str]) -> str:
    found = tokens(word)
    if len(found) != 1:
        faults.append(f"{place(word) if isinstance(word, Text) else ''}: {word!s}: must be one word")
        return str(word)
    return found[0].word


class _Phrases:
    """Gathers phrases; knows who has which."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.owner: dict[tuple[str, tuple[str, ...], bool, str], tuple[str, Text]] = {}
        self.all: list[tuple[str, str, str, tuple[str, ...]]] = []
        self.denials: list[tuple[int, Text]] = []

    def add(self, layer: str, kind: str, target: str, phrase: Text) -> None:
        """File *phrase*; several words that come down to one ("take them", "no more") count as they stand."""
        ordered = kind if layer not in ("idiom", "cue", "frame") else layer
        terms = self.lexicon.terms(phrase, ordered)
        several = len(self.lexicon.words(phrase)) > 1
        if kind == "phrases" and several and (len(terms) == 1 or self.lexicon.is_hollow(terms)):
            kind = ordered = "exact"
            terms = self.lexicon.terms(phrase, ordered)
        if not terms or all(t == "*" for t in terms):
            self.lexicon.faults.append(f"{phrase.where}: {target}: the phrase {phrase!s} holds no word")
            return
        shared = kind in ("bare", "fine")  # one noun may be bare, or one statement fine, for two symptoms
        key = (layer, terms, ordered in _ORDERED, f"{kind} {target}" if shared else "")
        other = self.owner.get(key)
        if other is not None:
            if other[0] != target and layer not in ("idiom", "cue", "frame"):
                self.lexicon.faults.append(
                    f"{phrase.where}: {target}: the phrase {phrase!s} is also {other[0]}'s at {other[1].where}; keep one"
                )
            return
        self.owner[key] = (target, phrase)
        self.all.append((layer, kind, target, terms))
        if kind == "phrases" and not {"{no}", "{low}"}.isdisjoint(terms):
            self.denials.append((len(self.all) - 1, phrase))

    def settle_denials(self, symptoms: dict[str, Symptom]) -> None:
        """Let "no way but suicide" count only as it stands: "no suicide" is a denial."""
        for number, phrase in self.denials:
            layer, _, target, terms = self.all[number]
            rest = tuple(t for t in terms if t not in ("{no}", "{low}"))
            owner = self.owner.get((layer, rest, False, ""), ("", phrase))[0]
            if owner and not {owner, *symptoms[owner].broader}.isdisjoint((target, *symptoms[target].broader)):
                literal = self.lexicon.terms(phrase, "exact")
                if not {"{no}", "{low}"}.isdisjoint(literal):
                    self.lexicon.faults.append(
                        f"{phrase.where}: {target}: {phrase!s}: reads as a denial of {' '.join(rest)}; word it otherwise"
                    )
                self.all[number] = (layer, "exact", target, literal)

    def add_names(self, target: str, *names: Text) -> None:
        """Let *target* be found by its own names, where nobody else is."""
        for name in names:
            outside, _, inside = name.partition("(")
            for part in (outside, inside.rstrip(") ")):
                terms = self.lexicon.terms(Text.at(part, name.where), "phrases") if part.strip() else ()
                if terms and ("symptom", terms, False, "") not in self.owner:
                    self.add("symptom", "phrases", target, Text.at(part, name.where))

    def hints(self) -> dict[str, str]:
        """Say of each telling word which symptoms it mostly stands for, and how strongly."""
        count: dict[str, Counter[str]] = defaultdict(Counter)
        for layer, kind, target, terms in self.all:
            if layer == "symptom" and kind in ("phrases", "exact"):
                for term in set(terms):
                    if not self.lexicon.is_hollow([term]) and term not in ("*", "{n}"):
                        count[term][target] += 1
        targets = len({target for layer, _, target, _ in self.all if layer == "symptom"})
        made = {}
        for term, found in count.items():
            total = sum(found.values())
            rare = _PLAIN_WEIGHT * math.log(1 + targets / len(found))
            likely = [(t, n) for t, n in found.most_common(_HINTS) if n > 1 and n / total >= _HINT_SHARE]
            if likely:
                made[term] = " ".join(f"{t}:{round(rare * n / total)}" for t, n in likely)
        return made

    def table(self) -> dict[str, str]:
        """File every phrase under its rarest term."""
        count: Counter[str] = Counter()
        meant: dict[str, set[str]] = defaultdict(set)
        for layer, _, target, terms in self.all:
            for term in set(terms):
                count[term] += 1
                meant[term].add(layer + target)
        targets = len({layer + target for layer, _, target, _ in self.all})
        filed: dict[str, list[str]] = defaultdict(list)
        for layer, kind, target, terms in self.all:
            weight = 0.0
            for term in terms:
                share = _DIRECTION_WEIGHT if term in _DIRECTIONS else _PLAIN_WEIGHT
                share = share // 3 if term in self.lexicon.light or term == "*" else share
                weight += share * math.log(1 + targets / len(meant[term]))
            if kind == "bare":
                weight *= _BARE_SHARE
            names = [t for t in terms if t != "*"]
            anchor = min(names, key=lambda t: (t in self.lexicon.light, count[t], t))
            filed[anchor].append(f"{layer}|{kind}|{target}|{round(weight)}|{' '.join(terms)}")
        return {term: "\x1f".join(rows) for term, rows in filed.items()}


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
    lexicon = Lexicon(folder)
    phrases = _Phrases(lexicon)
    symptoms = _symptoms(folder, phrases)
    _other_phrases(folder, phrases)
    phrases.settle_denials(symptoms)
    readings = _readings(folder, lexicon, symptoms)
    flags = _flags(folder, symptoms)
    monographs = _monographs(folder, symptoms)
    triggers: dict[str, set[str]] = defaultdict(set)
    for name, flag in flags.items():
        wanted = {s for rule in flag.rules for s in _mentioned(rule)}
        wanted |= set(flag.question.when) if flag.question else set()
        for one in symptoms.values():
            if wanted & {one.id, *one.broader}:
                triggers[one.id].add(name)
    listed: dict[str, list[str]] = defaultdict(list)
    for name, monograph in sorted(monographs.items()):
        named = {s for e in monograph.effects for s in (*e.symptoms, *e.signs)}
        for one in symptoms.values():
            if named & {one.id, *one.broader}:
                listed[one.id].append(name)
    names: dict[str, str] = {}
    for name, monograph in sorted(monographs.items()):
        for known in monograph.names:
            names.setdefault(_folded(known), name)
    topics = {str(text(e, "id")): pack((text(e, "name"), text(e, "silent"))) for e in folder.entries["topic"]}
    advice = {str(k): str(v) for k, v in folder.maps.get("advice.yaml", {}).items() if isinstance(v, Text)}
    words, spelling = _words(lexicon, phrases, names, readings)
    rows: dict[str, dict[str, str]] = {
        "words": words,
        "english": {w: "" for w in _english(folder.root)},
        "phrases": phrases.table(),
        "hints": phrases.hints(),
        "symptoms": {k: pack(v) for k, v in symptoms.items()},
        "flags": {k: pack(v) for k, v in flags.items()},
        "triggers": {k: pack(tuple(sorted(v))) for k, v in triggers.items()},
        "monographs": {k: pack(v) for k, v in monographs.items()},
        "names": names,
        "readings": {k: pack(v) for k, v in readings.items()},
        "contacts": {k: pack(v) for k, v in _contacts(folder).items()},
        "topics": topics,
        "advice": advice,
        "listed": {k: pack(tuple(v)) for k, v in listed.items()},
        "spelling": {w: "" for w in spelling},
        "sayings": _sayings(folder),
        "wordings": dict.fromkeys(_wordings(folder), ""),
        "sounds": _sounds(spelling),
    }
    tables = {name: Table.of(table) for name, table in rows.items()}
    digest = hashlib.sha256(b"".join(tables[n].lines() for n in sorted(tables))).hexdigest()
    month = str(folder.maps.get("advice.yaml", {}).get(Text("edition"), "2026.11"))
    return f"{month}-{digest[:6]}", tables


def _folded(name: str) -> str:
    return " ".join(t.word for t in tokens(name))


def _english(root: str) -> list[str]:
    try:
        with open(os.path.join(root, "language", "english.txt"), encoding="ascii") as file:
            return [line for line in file.read().splitlines() if line and not line.startswith("#")]
    except FileNotFoundError:
        return []


def _words(
    lexicon: Lexicon, phrases: _Phrases, names: dict[str, str], readings: dict[str, Reading]
) -> tuple[dict[str, str], set[str]]:
    keys: dict[str, str] = {}

    def learn(word: str, root: str) -> None:
        found = [root, *lexicon.classes.get(root, ())]
        if root in lexicon.light or word in lexicon.light:
            found.append(LIGHT)
        if word[0].isdigit():
            found.append("{n}")
        if word in lexicon.numbers:
            found += [f"={lexicon.numbers[word]}", "{n}"]
        if word in names:
            found += ["{drug}", "{medicine}"]
        keys[word] = " ".join(dict.fromkeys(found))

    roots = {t for *_, terms in phrases.all for t in terms if not t.startswith("{") and t != "*"}
    roots |= set(lexicon.classes) | lexicon.light
    roots |= {w for r in readings.values() for form in r.forms for w in form if not w.startswith("{")}
    roots |= {w for r in readings.values() for w in r.vetoes}
    for root in roots:
        learn(root, root)
    for word in (*lexicon.written, *lexicon.numbers):
        learn(word, lexicon.root(word))
    for form, root in lexicon.forms.items():
        if root in roots:
            learn(form, root)
    for name in names:
        if " " not in name:
            learn(name, lexicon.root(name))
    for first, units in lexicon.units.items():
        for made in units.values():
            if made not in keys:
                learn(made, lexicon.root(made))
        if first not in keys:
            learn(first, lexicon.root(first))
    spelling = {
        form
        for word in [*lexicon.written, *lexicon.forms]
        if word.isalpha() and len(word) > 3 and word not in lexicon.light
        for form in (word, *_inflections(word))
    }
    spelling -= set(names)  # a medicine's name has rules of its own
    spelling |= {w for w in lexicon.light if len(w) > 5 and w.isalpha()}
    for first, units in lexicon.units.items():
        rows = "|".join(f"{' '.join(rest)}>{made}" for rest, made in sorted(units.items()))
        keys[first] = keys[first] + "\t" + rows
    return keys, spelling


def _sounds(words: Iterable[str]) -> dict[str, str]:
    heard: dict[str, list[str]] = defaultdict(list)
    for word in words:
        heard[sound(word)].append(word)
    return {key: " ".join(sorted(found)) for key, found in heard.items() if key}


def _inflections(word: str) -> tuple[str, ...]:
    if word.endswith(("s", "ing", "ed", "ly", "ness", "tion")) or len(word) < 4:
        return ()
    if word.endswith("e"):
        return word + "s", word + "d", word[:-1] + "ing"
    if word.endswith("y") and word[-2] not in "aeiou":
        return (word[:-1] + "ies",)
    if word.endswith(("ch", "sh", "x", "ss")):
        return word + "es", word + "ed", word + "ing"
    return word + "s", word + "ed", word + "ing"


def _symptoms(folder: Folder, phrases: _Phrases) -> dict[str, Symptom]:
    where: dict[str, Entry] = {}
    for entry in folder.entries["symptom"]:
        name = text(entry, "id")
        if name in where:
            folder.faults.append(f"{name.where}: {name!s}: this id stands at {place(where[name])} too; keep one")
            continue
        where[str(name)] = entry
    made = {}
    for name, entry in where.items():
        broader: list[str] = []
        above = text(entry, "is_a")
        while above:
            if above not in where or above in broader or above == name:
                folder.faults.append(f"{above.where}: {name}: is_a {above!s} is unknown or leads in a circle")
                break
            broader.append(str(above))
            above = text(where[str(above)], "is_a")
        for other in texts(entry, "unlike"):
            if other not in where:
                folder.faults.append(f"{other.where}: {name}: unlike {other!s}: no such symptom")
        circumstance = text(entry, "system") == _CIRCUMSTANCES
        layer = "circumstance" if circumstance else "symptom"
        for kind in _KINDS:
            for phrase in texts(entry, kind):
                phrases.add(layer, kind, name, phrase)
        made[name] = Symptom(
            name,
            text(entry, "name"),
            text(entry, "term"),
            tuple(broader),
            text(entry, "advice"),
            "yes" if circumstance else "",
        )
    for name, entry in where.items():
        if not made[name].circumstance:
            phrases.add_names(name, text(entry, "name"), text(entry, "term"))
    return made


def _other_phrases(folder: Folder, phrases: _Phrases) -> None:
    for entry in folder.entries["topic"]:
        for kind in ("phrases", "exact", "alone"):
            for phrase in texts(entry, kind):
                phrases.add("topic", kind, text(entry, "id"), phrase)
    for entry in folder.entries["idioms"]:
        for phrase in texts(entry, "phrases"):
            phrases.add("idiom", "idiom", "idiom", phrase)
    for entry in folder.entries["cue"]:
        for phrase in texts(entry, "words"):
            name = text(entry, "cue")
            phrases.add("frame" if name in _FRAMES else "cue", "cue", name, phrase)


def _sayings(folder: Folder) -> dict[str, str]:
    """Return what may be said to the program itself: folded words, then each saying they may be."""
    made: dict[str, list[str]] = defaultdict(list)
    for entry in folder.entries["saying"]:
        for words in texts(entry, "words"):
            made[followup.key([t.word for t in tokens(words)])].append(str(text(entry, "saying")))
    return {key: " ".join(dict.fromkeys(names)) for key, names in made.items() if key}


def _wordings(folder: Folder) -> set[str]:
    """Return what a person may be typing: plain phrases, and the names of symptoms and side effects."""
    found = {text(e, "name") for kind in ("symptom", "topic") for e in folder.entries[kind]}
    found |= {text(f, "name") for e in folder.entries["monograph"] for f in entries(e, "effects")}
    found = {name.partition("(")[0].strip() for name in found}
    for entry in folder.entries["symptom"]:
        found.update(p for kind in ("phrases", "exact", "alone") for p in texts(entry, kind))
    lower = {name.lower() for name in found}
    return {name for name in lower if 3 < len(name) <= _LONGEST_WORDING and not set(name) & _NOT_PLAIN}


def _source(entry: Entry, key: str = "source") -> Source:
    value = entry.get(Text(key))
    if not isinstance(value, dict):
        return Source("")
    return Source(str(text(value, "title")), str(text(value, "section")), str(text(value, "url")))


def _readings(folder: Folder, lexicon: Lexicon, symptoms: dict[str, Symptom]) -> dict[str, Reading]:
    made = {}
    faults = folder.faults
    for entry in folder.entries["reading"]:
        forms = []
        for form in texts(entry, "forms"):
            spaced = form.replace("/", " / ").replace("{n}", " {n} ")
            words = [w for w in spaced.split()]
            forms.append(
                tuple(
                    w if w in ("{n}", "/") else lexicon.root(_one_word(Text.at(w, form.where), faults)) for w in words
                )
            )
        bands = []
        for band in entries(entry, "bands"):
            target = text(band, "symptom") or text(band, "fine")
            if target not in symptoms:
                faults.append(f"{place(band)}: {text(entry, 'id')}: no such symptom: {target!s}")
            limits = tuple(
                (str(k), number(v, faults))
                for k, v in band.items()
                if k not in ("symptom", "fine") and isinstance(v, Text)
            )
            bands.append((limits, str(target), Text("fine") in band))
        plausible = []
        for rng in entries(entry, "plausible"):
            plausible.append(
                tuple(
                    tuple(number(v, faults) for v in flat(rng[key]))
                    for key in (Text("first"), Text("second"))
                    if key in rng
                )
            )
        vetoes = tuple(lexicon.root(w) for w in texts(entry, "not_after"))
        name = str(text(entry, "id"))
        made[name] = Reading(name, tuple(forms), tuple(plausible), tuple(bands), vetoes)  # type: ignore[arg-type] # pairs
    return made


def _flags(folder: Folder, symptoms: dict[str, Symptom]) -> dict[str, Flag]:
    made: dict[str, Flag] = {}
    faults = folder.faults
    for entry in folder.entries["flag"]:
        name = text(entry, "id")
        if name in made:
            faults.append(f"{name.where}: {name!s}: this id stands twice; keep one")
        grouped = entry.get(Text("groups"))
        groups = {str(k): flat(v) for k, v in grouped.items()} if isinstance(grouped, dict) else {}
        context = _RuleContext(str(name), groups, symptoms, faults)
        rules = [context.rule(rule) for rule in entries(entry, "rules")]
        rules.sort(key=lambda r: -URGENCIES.index(r.urgency))
        advice = entry.get(Text("advice"))
        lines = tuple((str(k), tuple(map(str, flat(v)))) for k, v in advice.items()) if isinstance(advice, dict) else ()
        question = entry.get(Text("question"))
        asking = None
        if isinstance(question, dict):
            asking = Question(
                str(text(question, "id")),
                str(text(question, "text")),
                tuple(map(str, texts(question, "when"))),
                tuple((str(text(c, "say")), str(text(c, "means"))) for c in entries(question, "choices")),
            )
            for used in (*texts(question, "when"), *(text(c, "means") for c in entries(question, "choices"))):
                if used not in symptoms:
                    faults.append(f"{used.where}: {name!s}: no such symptom: {used!s}")
        for used in texts(entry, "ask_about"):
            if used not in symptoms:
                faults.append(f"{used.where}: {name!s}: no such symptom: {used!s}")
        made[str(name)] = Flag(
            str(name),
            str(text(entry, "name")),
            str(text(entry, "also_named")),
            str(text(entry, "listed_effect")),
            tuple(rules),
            lines,
            tuple(map(str, texts(entry, "ask_about"))),
            asking,
            _source(entry),
        )
    return made


class _RuleContext:
    """Reads the rules of one flag."""

    def __init__(
        self, flag: str, groups: dict[str, list[Text]], symptoms: dict[str, Symptom], faults: list[str]
    ) -> None:
        self.flag, self.groups, self.symptoms, self.faults = flag, groups, symptoms, faults
        for members in groups.values():
            for member in members:
                self._known(member)

    def _known(self, name: Text) -> str:
        if name not in self.symptoms:
            self.faults.append(f"{name.where}: {self.flag}: no such symptom: {name!s}")
        return str(name)

    def rule(self, node: Entry, depth: int = 0) -> Rule:
        urgency = text(node, "urgency", "" if depth else "?")
        if not depth and urgency not in URGENCIES:
            self.faults.append(f"{place(node)}: {self.flag}: a rule needs its urgency: {', '.join(URGENCIES[1:])}")
            urgency = Text("urgent")
        if depth > 2:
            self.faults.append(f"{place(node)}: {self.flag}: rules stand two deep at most")
        known = {"urgency", "any", "all", "at_least", "of"}
        for key in node:
            if key not in known:
                self.faults.append(
                    f"{key.where}: {self.flag}: unknown key {key!s} in a rule; known: {', '.join(sorted(known))}"
                )
        for key in ("any", "all"):
            if Text(key) in node:
                of = self._items(node[Text(key)], depth, spread=True)
                return Rule(str(urgency), 1 if key == "any" else len(of), of)
        least = text(node, "at_least", "1")
        of = self._items(node.get(Text("of"), []), depth, spread=True)
        return Rule(str(urgency), int(number(least, self.faults)), of)

    def _items(self, node: object, depth: int, *, spread: bool) -> tuple[str | Rule, ...]:
        if isinstance(node, Text):
            if node in self.groups:
                return tuple(map(str, self.groups[node]))
            return (self._known(node),)
        found: list[str | Rule] = []
        for item in node if isinstance(node, list) else [node]:
            if isinstance(item, dict):
                found.append(self.rule(item, depth + 1))
            elif isinstance(item, Text) and item in self.groups:
                found.append(Rule("", 1, tuple(map(str, self.groups[item]))))
            elif isinstance(item, Text):
                found.append(self._known(item))
        return tuple(found)


def _mentioned(rule: Rule) -> Iterator[str]:
    for item in rule.of:
        if isinstance(item, Rule):
            yield from _mentioned(item)
        else:
            yield item


def _monographs(folder: Folder, symptoms: Container[str]) -> dict[str, Monograph]:
    topics = {str(text(e, "id")) for e in folder.entries["topic"]}
    made = [monograph(entry, symptoms, topics, folder.faults) for entry in folder.entries["monograph"]]
    return {one.id: one for one in made}


def monograph(entry: Entry, symptoms: Container[str], topics: Container[str], faults: list[str]) -> Monograph:
    """Make the record of one checked *entry*; add what it names and nobody knows to *faults*."""
    name = str(text(entry, "id"))
    for node in [*entries(entry, "effects"), *entries(entry, "topics"), *entries(entry, "label")]:
        for key in ("symptoms", "signs", "symptom"):
            for used in texts(node, key):
                if used not in symptoms:
                    faults.append(f"{used.where}: {name}: no such symptom: {used!s}")
    for key, kind in (("topics", "id"), ("label_topics", "topic")):
        for node in entries(entry, key):
            if text(node, kind) not in topics:
                faults.append(f"{place(node)}: {name}: no such topic: {text(node, kind)!s}")
    return Monograph(
        name, str(text(entry, "name")),
        tuple(dict.fromkeys(map(str, (text(entry, "name"), *texts(entry, "also"), *texts(entry, "brands"))))),
        str(text(entry, "class")), _source(entry), tuple(map(str, texts(entry, "notes"))), str(text(entry, "disclaimer")),
        tuple(_effect(e) for e in entries(entry, "effects")),
        tuple(
            Topic(
                str(text(t, "id")), str(text(t, "section")), str(text(t, "guidance")), tuple(map(str, texts(t, "notes"))),
                tuple(map(str, texts(t, "symptoms"))),
            )
            for t in entries(entry, "topics")
        ),
        tuple(LabelFact(str(text(f, "symptom")), str(text(f, "says")), _source(f)) for f in entries(entry, "label")),
        tuple(LabelFact(str(text(f, "topic")), str(text(f, "says")), _source(f)) for f in entries(entry, "label_topics")),
    )  # fmt: skip


def _effect(entry: Entry) -> Effect:
    return Effect(
        str(text(entry, "id")),
        str(text(entry, "name")),
        str(text(entry, "listed_as")),
        str(text(entry, "urgency")) or "routine",
        str(text(entry, "section")),
        tuple(map(str, texts(entry, "symptoms"))),
        tuple(map(str, texts(entry, "signs"))),
        str(text(entry, "sign_alone")) or "routine",
        str(text(entry, "guidance")),
        tuple(map(str, texts(entry, "notes"))),
    )


def _line(entry: Entry) -> Line:
    return Line(str(text(entry, "name")), str(text(entry, "say")), _source(entry))


def _contacts(folder: Folder) -> dict[str, Contacts]:
    made: dict[str, Contacts] = {}
    for entry in folder.entries["contact"]:
        gaps = entry.get(Text("gap"))
        gap = {str(k): str(v) for k, v in gaps.items()} if isinstance(gaps, dict) else {}
        kinds = {
            kind: tuple(_line(e) for e in entries(entry, kind))
            or ((Line("", gap[kind], Source("")),) if kind in gap else ())
            for kind in ("crisis", "poison", "report")
        }
        for country in texts(entry, "countries") or [text(entry, "country")]:
            made[str(country)] = Contacts(
                str(country),
                str(text(entry, "name")),
                _say(entry, "emergency") or gap.get("emergency", ""),
                _say(entry, "urgent") or gap.get("urgent", ""),
                **kinds,
            )
    return made


def _say(entry: Entry, key: str) -> str:
    line = entry.get(Text(key))
    return str(text(line, "say")) if isinstance(line, dict) else ""
