"""Gathers the phrases of the knowledge, and files each under its rarest term.

Weights follow soft TF-IDF (Cohen and others 2003): the fewer things a word may
mean, the more it says.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

from checker.filed import by_terms
from checker.knowledge import Text
from checker.lexicon import ORDERED, Lexicon
from checker.match import ABOUT, CUES, TOGETHER
from checker.model import Symptom

_WEIGHT, _DIRECTION_WEIGHT, _LIGHT_WEIGHT = 100, 60, 33
_BARE_SHARE = 0.4  # a bare noun loses against every other reading
_HINTS, _HINT_SHARE = 3, 0.25  # symptoms a word may hint at, and their least share of its phrases
_AS_IT_STANDS = {"phrases": "exact", "alone": "whole", "about": "about-exact"}
_DENIAL = {"{no}", "{low}"}
_MOST_WAYS = 700  # of saying one phrase: each is a row that a message may have to be compared with
_CLASS = re.compile(r"\{[^}]*\}")  # a class in a phrase
_PIECE = re.compile(r"\(([^)]*)\)|([^\s(]+)")  # what may be left out, or a word
# Layers of one kind, which may share phrases.
_LAYER_KINDS = {"idiom": "idiom"} | dict.fromkeys(CUES, "cue")  # layers of one kind, which may share phrases


def ways(written: Text) -> list[Text]:
    """Return every way of saying *written*: "dying of/with laughter", "died (suddenly/last year) of shame".

    "/" parts words of which one is said, brackets hold what may be left out. None where they are too many.
    """
    if "/" not in written and "(" not in written:
        return [written]
    said: list[list[str]] = [[]]
    for left_out, word in _PIECE.findall(written):
        choice = [way.split() for way in (left_out or word).split("/")]
        if left_out:
            choice.append([])
        said = [[*before, *way] for before in said for way in choice]
        if len(said) > _MOST_WAYS:
            return []
    return [Text.at(" ".join(way), written.where) for way in said]


class Phrases:
    """All phrases, and whose they are."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._owner: dict[tuple[str, tuple[str, ...], bool, str], tuple[str, Text]] = {}
        self._all: list[tuple[str, str, str, tuple[str, ...]]] = []
        self._denials: list[tuple[int, Text]] = []

    def add(self, layer: str, kind: str, target: str, written: Text) -> None:
        """File every way of saying what is *written*."""
        unknown = [name for name in _CLASS.findall(written) if not self.lexicon.knows(name)]
        if unknown:
            told = f"the class {unknown[0]} is unknown; name one of language/word_classes.yaml"
            self.lexicon.faults.append(f"{written.where}: {written!s}: {told}")
            return
        said = ways(written)
        if not said:
            self.lexicon.faults.append(
                f"{written.where}: {target}: {written!s}: more than {_MOST_WAYS} ways; put words into a class"
            )
        for phrase in said:
            self._add(layer, kind, target, phrase)

    def _add(self, layer: str, kind: str, target: str, phrase: Text) -> None:
        """File *phrase*; several words that come down to everyday ones ("take them", "no more") count as they stand."""
        ordered = kind if kind == TOGETHER else _LAYER_KINDS.get(layer, kind)
        terms = self.lexicon.terms(phrase, ordered)
        several = len(self.lexicon.words(phrase)) > 1
        if kind in _AS_IT_STANDS and several and (len(terms) == 1 or self.lexicon.is_hollow(terms)):
            kind = ordered = _AS_IT_STANDS[kind]
            terms = self.lexicon.terms(phrase, ordered)
        if all(t == "*" for t in terms):
            self.lexicon.faults.append(f"{phrase.where}: {target}: the phrase {phrase!s} holds no word; add one")
            return
        shared = kind in ("bare", "fine", *ABOUT)  # one noun may be bare, or one statement fine, for two symptoms
        key = (layer, terms, ordered in ORDERED, f"{kind} {target}" if shared else "")
        other = self._owner.get(key)
        if other is not None:
            if other[0] != target and layer not in _LAYER_KINDS:
                owner, there = other[0], other[1].where
                self.lexicon.faults.append(
                    f"{phrase.where}: {target}: the phrase {phrase!s} is also {owner}'s at {there}; keep one"
                )
            return
        self._owner[key] = (target, phrase)
        self._all.append((layer, kind, target, terms))
        if kind == "phrases" and not _DENIAL.isdisjoint(terms):
            self._denials.append((len(self._all) - 1, phrase))

    def add_names(self, target: str, *names: Text) -> None:
        """Let *target* be found by its own names, plain and medical, where nobody else is."""
        for name in names:
            outside, _, inside = name.partition("(")
            for part in (outside, inside.rstrip(") ")):
                terms = self.lexicon.terms(part, "phrases") if part.strip() else ()
                if terms and ("symptom", terms, False, "") not in self._owner:
                    self._add("symptom", "phrases", target, Text.at(part, name.where))

    def settle_denials(self, symptoms: Mapping[str, Symptom]) -> None:
        """Let "no way but suicide" count only as it stands: "no suicide" is a denial."""
        for at, phrase in self._denials:
            layer, _, target, terms = self._all[at]
            rest = tuple(t for t in terms if t not in _DENIAL)
            owner = self._owner.get((layer, rest, False, ""), ("", phrase))[0]
            if owner and not {owner, *symptoms[owner].broader}.isdisjoint((target, *symptoms[target].broader)):
                literal = self.lexicon.terms(phrase, "exact")
                if not _DENIAL.isdisjoint(literal):
                    denied = " ".join(rest)
                    self.lexicon.faults.append(
                        f"{phrase.where}: {target}: {phrase!s}: reads as a denial of {denied}; word it otherwise"
                    )
                self._all[at] = (layer, "exact", target, literal)

    def terms(self) -> set[str]:
        """Return every term of every phrase."""
        return {term for *_, terms in self._all for term in terms}

    def _heads(self) -> dict[str, str]:
        """Number what many phrases share: layer, kind and target."""
        return {head: str(n) for n, head in enumerate(sorted({"|".join(one[:3]) for one in self._all}))}

    def heads(self) -> dict[str, str]:
        """Return what phrases share by the number that stands for it in the `table`."""
        return {number: head for head, number in self._heads().items()}

    def table(self) -> dict[str, str]:
        """Return the phrases by their two rarest terms, as `store.Knowledge.phrases` reads them."""
        heads = self._heads()
        count: Counter[str] = Counter()
        meant: dict[str, set[str]] = defaultdict(set)
        for layer, _, target, terms in self._all:
            for term in set(terms):
                count[term] += 1
                meant[term].add(layer + target)
        targets = len({layer + target for layer, _, target, _ in self._all})
        light = self.lexicon.light
        filed: dict[tuple[str, str], list[str]] = defaultdict(list)
        for layer, kind, target, terms in self._all:
            weight = 0.0
            for term in terms:
                share = _DIRECTION_WEIGHT if term in self.lexicon.directions else _WEIGHT
                share = _LIGHT_WEIGHT if term in light or term == "*" else share
                weight += share * math.log(1 + targets / len(meant[term]))
            weight *= _BARE_SHARE if kind == "bare" else 1
            rare = sorted(set(terms) - {"*"}, key=lambda t: (t in light, t[0] == "{", count[t], t))
            filed[rare[0], rare[1 % len(rare)]].append(
                f"{heads[f'{layer}|{kind}|{target}']} {round(weight)} {' '.join(terms)}"
            )
        return by_terms(filed)

    def hints(self, unsaid: Collection[str]) -> dict[str, str]:
        """Say of each telling word which symptoms it mostly stands for, and how strongly; never one of *unsaid*."""
        count: dict[str, Counter[str]] = defaultdict(Counter)
        for layer, kind, target, terms in self._all:
            if layer == "symptom" and kind in ("phrases", "exact"):
                for term in set(terms):
                    if term[0] not in "{*" and not term.isdigit() and not self.lexicon.is_hollow([term]):
                        count[term][target] += 1
        targets = len({target for layer, _, target, _ in self._all if layer == "symptom"})
        made = {}
        for term, found in count.items():
            total = sum(found.values())
            rare = _WEIGHT * math.log(1 + targets / len(found))
            likely = [
                (t, n) for t, n in found.most_common(_HINTS) if n > 1 and n / total >= _HINT_SHARE and t not in unsaid
            ]
            if likely:
                made[term] = " ".join(f"{t}:{round(rare * n / total)}" for t, n in likely)
        return made
