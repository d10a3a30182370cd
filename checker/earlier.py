"""What the answers before still say: the symptoms that stand, the warnings that were given."""

from __future__ import annotations

from checker.model import Earlier
from checker.segment import ABSENT, PAST, PRESENT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from checker.model import Answer, Mention, RedFlag
    from checker.store import Knowledge

ANOTHER = "another-person"
_OF_SYMPTOMS = frozenset((  # circumstances that are over with what they were said of
    "getting-worse", "sudden-onset", "severe-degree", "will-not-stop", "after-food", "during-exercise", "lying-down",
))  # fmt: skip


def since(before: Sequence[Answer]) -> Sequence[Answer]:
    """Return the answers since the last other person."""
    for number in range(len(before) - 1, -1, -1):
        if before[number].saying == ANOTHER:
            return before[number:]
    return before


def standing(before: Sequence[Answer], mentions: Sequence[Mention], knowledge: Knowledge) -> dict[str, Mention]:
    """Return what was reported and not taken back since, nor in *mentions*."""
    there: dict[str, Mention] = {}
    borne: dict[str, set[str]] = {}  # what is said of symptoms, and of which
    for answer in since(before):
        _take_back(there, answer.mentions, knowledge)
        there |= {m.symptom: m for m in answer.mentions if m.assertion == PRESENT and not m.asked}
        for name in _OF_SYMPTOMS.intersection(m.symptom for m in answer.mentions):
            bearers = {name for name in there if not knowledge.symptom(name).circumstance}
            borne[name] = borne.get(name, set()) | bearers
        for name, those in borne.items():
            if those and those.isdisjoint(there):
                there.pop(name, None)
    _take_back(there, mentions, knowledge)
    return there


def _take_back(there: dict[str, Mention], mentions: Sequence[Mention], knowledge: Knowledge) -> None:
    """Drop from *there* what *mentions* say is not there, or over."""
    out = {m.symptom for m in mentions if m.assertion in (ABSENT, PAST) and not m.asked}
    for name in list(there) if out else ():
        if not out.isdisjoint((name, *knowledge.symptom(name).broader)):
            del there[name]


def flags_told(before: Sequence[Answer], mentions: Sequence[Mention]) -> list[tuple[RedFlag, Mention]]:
    """Return the flags that were raised for what *mentions* say is over or not there."""
    found: dict[str, tuple[RedFlag, Mention]] = {}
    out = {m.symptom: m for m in mentions if m.assertion in (ABSENT, PAST) and not m.asked}
    for answer in since(before):
        for flag in answer.red_flags:
            for name in flag.symptoms:
                if name in out:
                    found[flag.id] = (flag, out[name])
    return list(found.values())


def told(before: Sequence[Answer], mentions: Sequence[Mention], knowledge: Knowledge) -> Earlier:
    """Return what the answers *before* still say to a message that holds *mentions*."""
    asked = frozenset(a.question.id for a in since(before) if a.question)
    return Earlier(standing(before, mentions, knowledge), flags_told(before, mentions), asked)
