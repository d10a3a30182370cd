"""What is said of the same symptoms and medicines in every answer; put together once, and remembered."""

from __future__ import annotations

from checker import triage
from checker.model import DrugNote, Elsewhere, Source, TopicAnswer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeVar

    from checker.model import Flag, Monograph, Question
    from checker.store import Knowledge

    _Key = TypeVar("_Key")
    _Said = TypeVar("_Said")
    Raised = Sequence[tuple[Flag, str, tuple[str, ...]]]

FEW = 5  # with so many monographs, all of them answer where none is named
_REMEMBERED = 1_000  # of each kind
_NO_SOURCE = Source("")
_SIDE_EFFECTS = "side-effects"


class Passages:
    """What the knowledge says of symptoms and medicines, whoever asks."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._raised: dict[tuple[frozenset[str], frozenset[str]], Raised] = {}
        self._sources: dict[tuple[str, str], Source] = {}
        self._elsewhere: dict[tuple[str, tuple[str, ...], bool], tuple[Elsewhere, ...]] = {}
        self._notes: dict[tuple[str, ...], tuple[DrugNote, ...]] = {}
        self._topics: dict[tuple[str, str], TopicAnswer] = {}
        self._questions: dict[str, tuple[Question, ...]] = {}

    def raised(self, now: frozenset[str], there: frozenset[str]) -> Raised:
        """Return the flags that what is there *now* raises with all that is *there*, each with urgency and symptoms."""
        found = self._raised.get((now, there))
        if found is None:
            flags = dict.fromkeys(f for s in sorted(now) for f in self._knowledge.flags(s))
            up = [(flag, *triage.raised(flag, there)) for flag in flags]
            found = _kept(self._raised, (now, there), [one for one in up if one[1] and not now.isdisjoint(one[2])])
        return found

    def questions(self, symptom: str) -> tuple[Question, ...]:
        """Return what may be asked where *symptom* is there."""
        found = self._questions.get(symptom)
        if found is None:
            asked = (flag.question for flag in self._knowledge.flags(symptom))
            found = _kept(self._questions, symptom, tuple([q for q in asked if q and symptom in q.when]))
        return found

    def source(self, monograph: Monograph, section: str) -> Source:
        """Return a *section* of *monograph* as a source."""
        found = self._sources.get((monograph.id, section))
        if found is None:
            found = _kept(self._sources, (monograph.id, section), monograph.source.replace(section=section))
        return found

    def elsewhere(self, symptom: str, drugs: tuple[str, ...], *, named: bool) -> tuple[Elsewhere, ...]:
        """Return who else lists *symptom*: the labels of *drugs* and, where those were *named*, other monographs."""
        key = (symptom, drugs, named)
        found = self._elsewhere.get(key)
        if found is None:
            found = _kept(self._elsewhere, key, (*self._labelled(symptom, drugs), *self._others(symptom, drugs, named)))
        return found

    def _labelled(self, symptom: str, drugs: Sequence[str]) -> list[Elsewhere]:
        facts = [(drug, self._knowledge.labelled(drug, symptom)) for drug in drugs]
        return [Elsewhere(drug, "label", fact.says, fact.source) for drug, fact in facts if fact is not None]

    def _others(self, symptom: str, drugs: Sequence[str], named: bool) -> list[Elsewhere]:
        found = []
        if named and self._knowledge.monograph_count() <= FEW:
            for drug in self._knowledge.listed_by(symptom):
                if drug not in drugs:
                    other = self._knowledge.monograph(drug)
                    says = self._knowledge.advice("listed_elsewhere").replace("{drug}", other.name)
                    found.append(Elsewhere(drug, "monograph", says, other.source))
        return found

    def notes(self, drugs: tuple[str, ...]) -> tuple[DrugNote, ...]:
        """Return what the monographs of *drugs* say of themselves."""
        found = self._notes.get(drugs)
        if found is None:
            monographs = map(self._knowledge.monograph, drugs)
            says = [(m.id, says) for m in monographs for says in (*m.notes, *((m.disclaimer,) if m.disclaimer else ()))]
            found = _kept(self._notes, drugs, tuple([DrugNote(*one) for one in says]))
        return found

    def topic(self, monograph: Monograph, name: str) -> TopicAnswer:
        """Return what *monograph* says on the topic *name*."""
        found = self._topics.get((monograph.id, name))
        if found is None:
            found = _kept(self._topics, (monograph.id, name), self._said_on(monograph, name))
        return found

    def _said_on(self, monograph: Monograph, name: str) -> TopicAnswer:
        _, silent = self._knowledge.topic(name)
        label = tuple(
            self._knowledge.advice("label_says").replace("{drug}", monograph.name).replace("{says}", f.says)
            for f in monograph.label_topics
            if f.about == name
        )
        if name == _SIDE_EFFECTS and monograph.effects:
            lines = []
            for kind in ("common", "serious", "other"):
                names = [e.name for e in monograph.effects if e.listed_as == kind]
                if names:
                    lines.append(f"{kind.capitalize()}: {'; '.join(names)}.")
            source = self.source(monograph, monograph.effects[0].section)
            return TopicAnswer(monograph.id, name, " ".join(lines), (), source)
        for topic in monograph.topics:
            if topic.id == name:
                source = self.source(monograph, topic.section)
                return TopicAnswer(monograph.id, name, topic.guidance, (*topic.notes, *label), source)
        return TopicAnswer(monograph.id, name, silent, label, _NO_SOURCE)


def _kept(memory: dict[_Key, _Said], key: _Key, said: _Said) -> _Said:
    if len(memory) < _REMEMBERED:
        memory[key] = said
    return said
