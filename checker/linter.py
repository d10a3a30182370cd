"""What is no fault but worth a look: for the keepers of the knowledge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from checker.model import Rule
from checker.store import Knowledge

_WANTED = ("use", "missed-dose", "other-medicines", "alcohol", "pregnancy", "stopping")
_MOST = 10


def warnings(knowledge: Knowledge) -> Iterator[str]:
    """Return a line for each symptom without phrases, rule that cannot fire, and monograph with a gap."""
    said = _reachable(knowledge)
    for name in knowledge.symptoms():
        if name not in said:
            yield f"{name}: no phrase and no reading names this symptom"
    for name in knowledge.all_flags():
        for rule in knowledge.flag(name).rules:
            if not _may_fire(rule, said):
                yield f"{name}: a rule ({rule.urgency}) cannot fire; nothing names its symptoms"
    for name in knowledge.monographs():
        monograph = knowledge.monograph(name)
        topics = {t.id for t in monograph.topics} | {t.about for t in monograph.label_topics}
        missing = [_title(knowledge, t) for t in _WANTED if t not in topics]
        if missing:
            yield f"{name}: no section on {', '.join(missing)}"
        for effect in monograph.effects:
            if not effect.symptoms and not effect.signs:
                yield f"{name}: {effect.id}: no symptom names this side effect"


def _title(knowledge: Knowledge, topic: str) -> str:
    try:
        return knowledge.topic(topic)[0].lower()
    except KeyError:
        return topic


def coverage(knowledge: Knowledge) -> str:
    """Return how many side effects are linked, and the unlinked ones that most medicines have."""
    known = set(knowledge.shipped_symptoms())
    total, unlinked = 0, Counter[str]()
    for name in knowledge.monographs():
        for effect in knowledge.monograph(name).effects:
            total += 1
            if known.isdisjoint(effect.symptoms):
                unlinked[effect.name.partition(" (")[0].lower()] += 1
    linked = total - unlinked.total()
    share = f"{linked / total:.1%}" if total else "none"
    most = ", ".join(f"{name} ({count})" for name, count in unlinked.most_common(_MOST))
    return f"coverage: {linked} of {total} side effects linked ({share})" + (f"; not linked: {most}" if most else "")


def _reachable(knowledge: Knowledge) -> set[str]:
    named = set(knowledge.targets())
    named |= {symptom for reading in knowledge.readings() for _, symptom, _ in reading.bands}
    for flag in knowledge.all_flags():
        question = knowledge.flag(flag).question
        if question:
            named |= {means for _, means in question.choices}
    return named | {above for name in named if knowledge.has_symptom(name) for above in knowledge.symptom(name).broader}


def _may_fire(rule: Rule, said: set[str]) -> bool:
    return sum(_may_fire(item, said) if isinstance(item, Rule) else item in said for item in rule.of) >= rule.least
