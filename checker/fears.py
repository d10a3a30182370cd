"""What is feared, expected or to be acted on, and whether it came: "told to ring if my lips swell"; "got one"."""

from __future__ import annotations

from checker import looking_back, scope, stories
from checker.classes import (
    ASSERTING,
    AT_HAND,
    IF_ONLY,
    LASTING,
    MAY,
    NO_WORD,
    NOW,
    OWN,
    PRONOUN,
    SUBJECT,
    TURN,
    UNHURT,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from checker.model import Found, Token

FEARED, TOLD_IF, EXPECTED = "hypothetical", "told-if", "expected"  # the cues "worried about", "ring if", "warned of"
CONFIRMED, UNMET = "confirmed", "unmet"  # the cues "and I have it now", "did not come"
ANSWERED_YES = "answered-yes"  # the cue "I've got them" after a question


def told_if(said: looking_back.Said) -> list[int]:
    """Return what *said* tells to act on: "told to ring if my lips swell"; not what a leaflet tells everybody."""
    if not any(cue.phrase.target == TOLD_IF for cue in said.cues):
        return []
    read = min((cue.places[0] for cue in said.cues if cue.phrase.target == FEARED), default=len(said.clause))
    ends = [c.places[-1] + 1 for c in said.cues if c.phrase.target == TOLD_IF and c.places[0] <= read]
    return [n for end in ends for n in scope.on_condition(said.clause, said.named, end)]


def is_calm(clause: Sequence[Token], cues: Sequence[Found]) -> bool:
    """Say whether one of *cues* tells that what was feared or expected did not come."""
    return any(cue.phrase.target == stories.CONTRAST or is_unmet(clause, cue) for cue in cues)


def is_unmet(clause: Sequence[Token], cue: Found) -> bool:
    """Say whether *cue* tells that something did not come: "but no, it's my bowels"; "but no relief" does not."""
    after = cue.places[-1] + 1
    turns = TURN in clause[cue.places[0]].keys
    return cue.phrase.target == UNMET and not (turns and after < len(clause) and not clause[after].stop)


def confirms(before: looking_back.Said, clause: Sequence[Token], named: Sequence[Found], cues: Sequence[Found]) -> bool:
    """Say whether a sentence tells that what the one *before* it fears is there: "I have it"; "I've had both"."""
    told = any(cue.phrase.target == TOLD_IF for cue in before.cues)
    if told and not named and any(key in clause[0].keys for key in (PRONOUN, ASSERTING)):
        return not any(NO_WORD in token.keys for token in clause)
    for cue in cues:
        first, after = cue.places[0], cue.places[-1] + 1
        if cue.phrase.target not in (CONFIRMED, ANSWERED_YES) or any(found.places[0] < first for found in named):
            continue
        if after >= len(clause) or clause[after].stop or NOW in clause[after].keys:
            return True
    return False


def answered(clause: Sequence[Token], cues: Sequence[Found]) -> int:
    """Return where what was asked about is told as there, or -1: "because I am", "I've had it since noon".

    "Mine is fine" tells of nothing.
    """
    for cue in cues:
        first, after = cue.places[0], cue.places[-1] + 1
        if cue.phrase.target != ANSWERED_YES or not scope.begins(clause, first):
            continue
        keys = clause[after].keys if after < len(clause) and not clause[after].stop else ()
        if not keys or NOW in keys or LASTING in keys:
            return first
        stands = OWN in clause[first].keys or PRONOUN in clause[first].keys  # "mine is all over the place"
        if stands and NO_WORD not in keys and UNHURT not in keys:
            return first
    return -1


def unmet(said: looking_back.Said, after: looking_back.Said) -> list[int]:
    """Return what *said* expected, where the sentence *after* it says that it did not come."""
    if not any(is_unmet(after.clause, cue) for cue in after.cues):
        return []
    owners = scope.owners_of(said.named)
    ends = [cue.places[-1] + 1 for cue in said.cues if cue.phrase.target == EXPECTED]
    return [n for end in ends for n in scope.following(said.clause, owners, end, wide=False)]


def asks_what_if(clause: Sequence[Token], cue: Found) -> bool:
    """Say whether the condition that *cue* opens asks what to do about it: "if I got headaches, would that matter"."""
    for place in range(cue.places[-1] + 1, len(clause) - 1):
        if clause[place].stop and MAY in clause[place].keys and IF_ONLY in clause[cue.places[0]].keys:
            return PRONOUN in clause[place + 1].keys or SUBJECT in clause[place + 1].keys
    return False


def thought_of(clause: Sequence[Token], named: Sequence[Found], owners: scope.Owners, cue: Found) -> list[int]:
    """Return which of *named* are of the condition or the expectation that *cue* opens."""
    kind, start = cue.phrase.target, cue.places[-1] + 1
    if kind == TOLD_IF:
        return scope.on_condition(clause, named, start)
    if kind == EXPECTED:
        return scope.following(clause, owners, start, wide=False)
    return [n for n in scope.supposed(clause, named, start) if not is_at_hand(clause, start, named[n])]


def is_at_hand(clause: Sequence[Token], start: int, found: Found) -> bool:
    """Say whether what is feared is there: "worried about my chest pain"."""
    return any(AT_HAND in token.keys for token in clause[start : found.places[0] + 1])
