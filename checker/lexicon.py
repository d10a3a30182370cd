"""The words of the knowledge: classes, forms, variants, function words.

Turns a phrase as it is written into the terms that must stand in a clause, and a
word into the keys that a phrase may call it by.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from checker.classes import CANT, DRUG, LIGHT, MEDICINE, NO_WORD, NUMBER, YEAR
from checker.knowledge import Entry, Folder, Text, flat, number, place, text, texts
from checker.model import Reading
from checker.normalise import stem, tokens
from checker.spelling import INFLECTED, is_year
from checker.spelling import sounds as heard_as

ORDERED = ("exact", "whole", "idiom", "cue", "about-exact")  # kinds that count as they stand
_ANY = "*"
_LONG = 8  # letters of a misspelling of which another misspelling is told
_BUILT_IN = (NUMBER, DRUG, YEAR, MEDICINE)  # classes that the program fills


class Lexicon:
    """What the language files say of words.

    Attributes:
        forms: a word -> the root that it counts as, where that is not its stem.
        units: a word -> the words that may follow, and the one word they make.
        dropped: function words that phrases do without.
        light: these and others that never fill a gap, as words and as stems.
        members: a class -> its roots.
        directions: the classes that give a noun its direction, in braces.
        written: every word that a phrase holds -> its root.
        misspelt: words that are known misspellings -> what they are read as.
        numbers: number words and their values.
    """

    def __init__(self, folder: Folder, english: Collection[str]) -> None:
        self.faults = folder.faults
        self._pieces: dict[str, list[str]] = {}  # what a piece of a phrase is cut into
        self._words: dict[str, list[str]] = {}  # and a whole phrase
        self.forms: dict[str, str] = {}
        self.units: dict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
        self.members: dict[str, set[str]] = {}
        self.directions: set[str] = set()
        self.written: dict[str, str] = {}
        self.misspelt: dict[str, str] = {}
        self._typed: set[str] = set()
        self._apart: dict[str, str] = {}  # a word in -e -> its root, where another word has its stem
        self._read_forms(folder.maps.get("language/word_forms.yaml", {}))
        self._keep_apart(english)
        self._read_variants(folder.maps.get("language/variants.yaml", {}))
        self._read_misspellings(folder.maps.get("language/misspellings.yaml", {}))
        function_words = folder.maps.get("language/function_words.yaml", {})
        self.dropped = {self.one_word(w) for w in flat(function_words.get(Text("dropped")))}
        self._hollow = self.dropped | {self.one_word(w) for w in flat(function_words.get(Text("light")))}
        self.light = self._hollow | {stem(w) for w in self._hollow}
        self.numbers = {
            str(word): int(number(value, self.faults))
            for word, value in folder.maps.get("language/numbers.yaml", {}).items()
            if isinstance(value, Text)
        }
        self._read_classes(folder.entries["class"])
        self.classes: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self.members):
            for root in self.members[name]:
                self.classes[root].append("{" + name + "}")

    def _read_forms(self, entry: Entry) -> None:
        for base, forms in entry.items():
            word = self.one_word(base)
            root = word if base in flat(forms) else stem(word)  # named among its own forms: kept apart from its stem
            self.forms[word] = root
            for form in flat(forms):
                self.forms[self.one_word(form)] = root

    def _read_variants(self, entry: Entry) -> None:
        for one, ways in entry.items():
            for way in flat(ways):
                words = [t.word for t in tokens(way)]
                if len(words) > 1:
                    self.units[words[0]][tuple(words[1:])] = str(one)
                elif words and words[0] != one:
                    self._typed.add(words[0])
                    self.forms[words[0]] = self.root(str(one))

    def _read_misspellings(self, entry: Entry) -> None:
        for one, ways in entry.items():
            for way in flat(ways):
                self.misspelt[self.one_word(way)] = str(one)
                self._typed.add(self.one_word(way))
                self.forms[self.one_word(way)] = self.root(self.one_word(one))

    def _keep_apart(self, english: Collection[str]) -> None:
        """Give a word in -e a root of its own where another English one has its stem: "scare" beside "scar"."""
        for word in english:
            short = word[:-1]
            if word[-1] != "e" or word in self.forms or not _doubles(short):
                continue
            if short in english or short + short[-1] in english:
                self._apart |= {form: word for form in (word, *_inflections(word)) if form in english}

    def _read_classes(self, classes: Iterable[Entry]) -> None:
        direct: dict[str, list[Text]] = {}
        for entry in classes:
            known = text(entry, "id")
            if known in direct:
                self.faults.append(f"{known.where}: {known!s}: this class stands twice; make them one")
            direct[str(known)] = texts(entry, "words")

        def members(name: str, within: tuple[str, ...]) -> set[str]:
            if "direction" in within:
                self.directions.add("{" + name + "}")
            found: set[str] = set()
            for word in direct[name]:
                inner = word.strip("{}")
                if inner == word:
                    found.add(self.root(self.one_word(word)))
                elif inner in direct and inner not in within:
                    found |= members(inner, (*within, inner))
                else:
                    self.faults.append(
                        f"{word.where}: {name}: the class {word!s} is unknown or contains itself; name another"
                    )
            return found

        for name in direct:
            self.members[name] = members(name, (name,))

    def one_word(self, word: Text) -> str:
        """Return *word* folded; a fault where it is several."""
        found = tokens(word, pictures=True)
        if len(found) != 1:
            self.faults.append(f"{place(word)}: {word!s}: must be one word; write it as one or leave it out")
            return str(word)
        return found[0].word

    def root(self, word: str) -> str:
        """Return the stem that *word* counts as."""
        base = stem(word)
        apart = self.forms.get(word) or self._apart.get(word)
        return apart or (self.forms.get(base, base) if len(base) >= INFLECTED else base)

    def knows(self, name: str) -> bool:
        """Say whether there is a class of this *name*, in braces."""
        return name in _BUILT_IN or name.strip("{}") in self.members

    def is_hollow(self, terms: Iterable[str]) -> bool:
        """Say whether *terms* are function words, directions and everyday words only."""
        common = self.members.get("common", set())
        return all(t in self.light or t in self.directions or t in common for t in terms)

    def words(self, phrase: str) -> list[str]:
        """Cut a phrase into words, units made one, {classes} and * whole; remembered, for it is asked again."""
        found = self._words.get(phrase)
        if found is None:
            found = self._words[phrase] = self._read_words(phrase)
        return found

    def _read_words(self, phrase: str) -> list[str]:
        pieces = [p for piece in phrase.replace("{", " {").replace("}", "} ").split() for p in self._cut(piece)]
        if self.units.keys().isdisjoint(pieces):
            return pieces
        found: list[str] = []
        at = 0
        while at < len(pieces):
            used, one = 1, pieces[at]
            for rest, made in self.units.get(pieces[at], {}).items():
                if len(rest) + 1 > used and tuple(pieces[at + 1 : at + 1 + len(rest)]) == rest:
                    used, one = len(rest) + 1, made
            found.append(one)
            at += used
        return found

    def _cut(self, piece: str) -> list[str]:
        """Cut a *piece* of a phrase into words, as a message is cut; remembered, for the same ones come often."""
        words = self._pieces.get(piece)
        if words is None:
            whole = piece == _ANY or piece.startswith("{")
            words = self._pieces[piece] = [piece] if whole else [t.word for t in tokens(piece)]
        return words

    def terms(self, phrase: str, kind: str) -> tuple[str, ...]:
        """Return what must stand in a clause for *phrase* to be found there.

        In order for the kinds in ORDERED; else sorted, without function words, and
        with "not" and "can't" standing for all that says so.
        """
        words = self.words(phrase)
        if kind in ORDERED:
            return tuple(self._term(word) for word in words)
        kept = [w for w in words if w not in self.dropped] or words
        terms = {self._term(word) for word in kept}
        for name, roots in ((CANT, "cant"), (NO_WORD, "negator")):
            denying = terms & self.members.get(roots, set())
            if denying:
                terms = (terms - denying) | {name}
        return tuple(sorted(terms))

    def _term(self, word: str) -> str:
        if word == _ANY or word.startswith("{"):
            return word
        root = self.written.get(word)
        if root is None:
            root = self.written[word] = self.root(word)
        return root

    def keys(self, word: str, root: str, names: Collection[str]) -> str:
        """Return what a phrase may call *word*, whose root is *root*; *names* are those of medicines."""
        found = [root, *self.classes.get(root, ())]
        if root in self.light or word in self.light:
            found.append(LIGHT)
        if word[0].isdigit() or word in self.numbers:
            found.append(NUMBER)
        if is_year(word):
            found.append(YEAR)
        if word in self.numbers:
            found.append(f"={self.numbers[word]}")
        if word in names:
            found += [DRUG, MEDICINE]
        return " ".join(dict.fromkeys(found))

    def table(self, terms: Iterable[str], readings: Iterable[Reading], names: Collection[str]) -> dict[str, str]:
        """Return every known word with its keys and units; *terms* are those of all phrases."""
        roots = {t for t in terms if not t.startswith("{") and t != _ANY}
        roots |= set(self.classes) | self.light
        for reading in readings:
            roots |= {w for form in reading.forms for w in form if not w.startswith("{")} | set(reading.vetoes)
        known = {root: root for root in roots}
        known |= self.written | {word: self.root(word) for word in self.numbers}
        known |= {form: root for form, root in self.forms.items() if root in roots}
        known |= {form: root for form, root in self._apart.items() if form not in self.forms and stem(form) in roots}
        known |= {name: self.root(name) for name in names if " " not in name}
        for first, units in self.units.items():
            for word in (first, *units.values()):
                known.setdefault(word, self.root(word))
        rows = {word: self.keys(word, root, names) for word, root in known.items()}
        for first, units in self.units.items():
            rows[first] += "\t" + "|".join(f"{' '.join(rest)}>{made}" for rest, made in sorted(units.items()))
        for word, read in self.misspelt.items():
            if word in rows:
                rows[word] += ("\t" if word in self.units else "\t\t") + read
        return rows

    def spellings(self, names: Collection[str], english: frozenset[str]) -> set[str]:
        """Return every word that a misspelling may be read as, with its inflections that are *english*.

        The name of a medicine, one of *names*, has rules of its own.
        """
        found = {
            form
            for word in (*self.written, *self.forms)
            if word.isalpha() and len(word) > 3 and word not in self.light and word not in names
            if len(word) >= _LONG or word in english or word not in self._typed
            for form in (word, *(w for w in _inflections(word) if w in english))
        }
        return found | {w for w in self._hollow & english if len(w) > 4}


def sounds(words: Iterable[str]) -> dict[str, str]:
    """Return *words* by how they sound."""
    heard: dict[str, list[str]] = defaultdict(list)
    for word in words:
        for way in heard_as(word):
            heard[way].append(word)
    return {key: " ".join(sorted(found)) for key, found in heard.items() if key}


def _doubles(word: str) -> bool:
    """Say whether *word* doubles its last letter before -ing: "scar", but not "wait" or "sing"."""
    return len(word) > 2 and word[-1] not in "aeiouwxy" and word[-2] in "aeiou" and word[-3] not in "aeiou"


def _inflections(word: str) -> tuple[str, ...]:
    if word.endswith(("s", "ing", "ed", "ly", "ness", "tion")):
        return ()
    if word.endswith("e"):
        return word + "s", word + "d", word[:-1] + "ing"
    if word.endswith("y") and word[-2] not in "aeiou":
        return (word[:-1] + "ies",)
    if word.endswith(("ch", "sh", "x", "ss")):
        return word + "es", word + "ed", word + "ing"
    return word + "s", word + "ed", word + "ing"
