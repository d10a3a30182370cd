"""How soon to act, and by which rule; sees symptoms, never text.

Rules only add up: there is no "not", so one more present symptom never lowers
the urgency.
"""

from __future__ import annotations

from checker.model import URGENCIES, Flag, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_RANK = {urgency: rank for rank, urgency in enumerate(URGENCIES)}


def higher(urgencies: Iterable[str]) -> str:
    """Return the most urgent of *urgencies*; "unknown" of none.

    >>> higher(["routine", "emergency", "urgent"])
    'emergency'
    """
    return max(urgencies, key=_RANK.__getitem__, default=URGENCIES[0])


def raised(flag: Flag, present: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """Return the urgency of the most urgent rule of *flag* that holds, and its symptoms.

    *present* holds every present symptom and all that is broader. ("", ()) where no
    rule holds.
    """
    for rule in flag.rules:  # the most urgent stand first
        used: list[str] = []
        if holds(rule, present, used):
            return rule.urgency, tuple(dict.fromkeys(used))
    return "", ()


def holds(rule: Rule, present: Collection[str], used: list[str]) -> bool:
    """Say whether *rule* holds for *present*; add the symptoms that made it hold to *used*."""
    count = 0
    for item in rule.of:
        if isinstance(item, Rule):
            count += holds(item, present, used)
        elif item in present:
            count += 1
            used.append(item)
    return count >= rule.least > 0
