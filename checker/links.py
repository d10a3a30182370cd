"""Links the names of side effects to the vocabulary, by the program's own matcher; whole names only."""

from __future__ import annotations

import re

from checker import match, triage
from checker.classes import DEGREE, LIGHT
from checker.folders import slug
from checker.model import URGENCIES
from checker.normalise import stem, tokens
from checker.spelling import Reader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from checker.store import Knowledge

_BESIDE = (  # words that change no link: "increased risk of falls"
    "severe serious mild moderate potential possible transient temporary occasional rare increased risk of "
    "persistent sudden sign symptom problem issue reaction episode mildly severely worsening new acute chronic "
    "general elevated syndrome cardiac changes"
)
_ALONGSIDE = frozenset(_BESIDE.split()) | {stem(w) for w in _BESIDE.split()}
# What means one thing in a message and another in a monograph.
_OTHERWISE = frozenset(("death", "irritation", "dryness", "purging"))
_OF_PARTS = re.compile(r"(.+? (?:of|in|on|around) )(.+,.+)")  # swelling of the lips, tongue, or throat
ALLERGY, ANAPHYLAXIS = "allergic-reaction", "anaphylaxis"


class Linker:
    """Finds the symptoms that the name of a side effect means."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._reader = Reader(knowledge)
        self._read: dict[str, tuple[str, ...]] = {}

    def whole(self, name: str) -> tuple[str, ...]:
        """Return the symptoms that *name* means, none where any of its words is left over."""
        key = name.lower()
        if key not in self._read:
            self._read[key] = self._whole(key)
        return self._read[key]

    def _whole(self, name: str) -> tuple[str, ...]:
        read = self._reader.read(tokens(name))
        if name in _OTHERWISE or not read or any(t.read for t in read):
            return ()
        found: list[str] = []
        for clause in match.clauses(read):
            here = [
                f for f in match.find(clause, self._knowledge.phrases)
                if f.phrase.layer == "symptom" and f.phrase.kind not in ("bare", "fine")
            ]  # fmt: skip
            covered = {p for f in here for p in f.places}
            left = [t for p, t in enumerate(clause) if p not in covered and not self._is_light(t.word, t.keys)]
            if left or not here:
                return ()
            found += [f.phrase.target for f in here]
        return tuple(dict.fromkeys(found))

    def _is_light(self, word: str, keys: Sequence[str]) -> bool:
        return LIGHT in keys or DEGREE in keys or word in _ALONGSIDE

    def symptoms(self, name: str, glosses: Iterable[str] = ()) -> tuple[str, ...]:
        """Return the symptoms of a side effect called *name*, explained by *glosses*."""
        outside = re.sub(r"\(.*?\)", "", name).strip()
        parts = [self.whole(part) for part in re.split(r"\s+(?:or|and|and/or)\s+|/|,\s*", outside)]
        here = () if all(parts) and len(parts) > 1 else self.whole(outside)
        if not here and not re.search(r"\b(leading to|causing|resulting)\b", outside):
            here = tuple(dict.fromkeys(s for part in parts for s in part))
        shared = _OF_PARTS.fullmatch(outside)
        if not here and shared:
            places = re.split(r",\s*(?:and |or )?|\s+(?:and|or)\s+", shared[2])
            here = tuple(dict.fromkeys(s for place in places for s in self.whole(shared[1] + place)))
        if not here:
            for gloss in glosses:
                here = here or (() if gloss.isupper() else self.whole(gloss))  # a sign, no acronym
        if not here:
            made = slug(outside)
            if self._knowledge.has_symptom(made):
                here = (made,)
        if ANAPHYLAXIS in here and "allerg" in outside.lower():
            here = (*here, ALLERGY)  # "severe allergic reactions" answers to an allergic reaction
        return tuple(dict.fromkeys(here))

    def alone(self, symptoms: Iterable[str]) -> str:
        """Return how soon to act by the red flags that each of *symptoms* raises alone."""
        least = []
        for name in symptoms:
            there = frozenset((name, *self._knowledge.symptom(name).broader))
            alone = [triage.raised(flag, there)[0] for flag in self._knowledge.flags(name)]
            least.append(triage.higher(["routine", *(u for u in alone if u)]))
        return min(least, key=URGENCIES.index, default="routine")

    def topic(self, question: str) -> str:
        """Return the topic that *question* asks for, or ""."""
        for clause in match.clauses(self._reader.read(tokens(question))):
            named = [f for f in match.find(clause, self._knowledge.phrases) if f.phrase.layer == "topic"]
            if named:
                return named[0].phrase.target
        return ""
