"""When something was: years ago, last time, at first, now."""

from __future__ import annotations

from checker import scope
from checker.classes import (
    BYGONE,
    NOW,
    PRONOUN,
    SUBJECT,
    THEN,
    TIME,
    TOLD_OF,
    TURN,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from checker.model import Found, Token


LONG_AGO = "past-anywhere"  # the cue of "years ago"
LAST_TIME, THIS_TIME = "last-time", "this-time"


def last_time(clause: Sequence[Token], named: Sequence[Found], cues: Sequence[Found]) -> list[int]:
    """Return which of *named* are told of a time before, up to a turn or "this": "last time I was sick for days"."""
    firsts = [cue.places[0] for cue in cues if cue.phrase.target == LAST_TIME]
    parts = scope.parts(clause) if firsts else []
    reached: list[int] = []
    for first in firsts:
        end = next((at for at in range(first, len(clause)) if _is_other_time(clause[at])), len(clause))
        start = parts.index(parts[first])
        reached += [n for n, found in enumerate(named) if start <= found.places[0] and found.places[-1] < end]
    return reached


def is_this_time(cues: Sequence[Found]) -> bool:
    """Say whether one of *cues* sets this time against one before."""
    return any(cue.phrase.target == THIS_TIME for cue in cues)


def _is_other_time(token: Token) -> bool:
    return TURN in token.keys or NOW in token.keys


def long_ago(clause: Sequence[Token], named: Sequence[Found], cue: Found) -> list[int]:
    """Return what *cue*, "years ago", speaks of.

    That is all from its comma on, up to a "now"; where it only looks back ("that's years ago"), all before it;
    else what stands next to its commas. "I want to cut myself, I did when I was sixteen" wants it now.
    """
    place, behind = cue.places[0], cue.places[-1] + 1
    parts = scope.parts(clause)
    first = parts.index(parts[place])
    now = next((at for at in range(place, len(clause)) if parts[at] > parts[place] and NOW in clause[at].keys), None)
    end = len(clause) if now is None else parts.index(parts[now])
    told = (n for n, found in enumerate(named) if found.phrase.kind != "fine")
    reached = [n for n in told if first <= named[n].places[0] < end]
    own = (at for at in range(behind, len(clause)) if parts[at] == parts[place])
    if place == first and not reached and any(BYGONE in clause[at].keys for at in own):
        return []  # "150 over 90, before these it was 120"
    if reached or (SUBJECT in clause[first].keys and PRONOUN not in clause[first].keys):
        return reached  # "..., I did when I was sixteen" is a statement of its own
    if PRONOUN in clause[first].keys:
        return [n for n, found in enumerate(named) if found.places[-1] < first]
    return [n for n, found in enumerate(named) if parts[found.places[0]] == parts[place] - 1]


def is_earlier(clause: Sequence[Token], place: int) -> bool:
    """Say whether what stands at *place* is told of a time before: "was sleeping badly", "at first I felt sick"."""
    return any(TOLD_OF in token.keys for token in clause[: place + 1])


def is_now(clause: Sequence[Token], place: int) -> bool:
    """Say whether what stands at *place* is told of today: "these days I sleep well", "then I slept fine"."""
    parts = scope.parts(clause)
    return any(parts[at] == parts[place] and (NOW in t.keys or THEN in t.keys) for at, t in enumerate(clause))


def turned(clause: Sequence[Token], first: int) -> int:
    """Return where the "now" of what is said at *first* begins: "now I eat well and nothing bothers me"."""
    for place in range(first, -1, -1):
        if NOW in clause[place].keys and (PRONOUN not in clause[place].keys or _is_time(clause, place + 1)):
            return place
        if clause[place].stop:
            break
    return first


def _is_time(clause: Sequence[Token], place: int) -> bool:
    """Say whether a time stands at *place*: "these days", not "these tablets"."""
    return place < len(clause) and TIME in clause[place].keys
