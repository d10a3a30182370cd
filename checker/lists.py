"""Lists that what denies or names them does not touch: behind a mark, below a heading, before "none of those".

"None of the usual ones - a rash, fits"; "absent: a rash, fits"; "of the ones named (a rash, fits) I have a rash".
"""

from __future__ import annotations

from checker import endings, scope
from checker.classes import (
    ALTERNATIVE,
    ARRIVING,
    EASING,
    JOINING,
    LIGHT,
    LIMITER,
    PERSON,
    SET,
    SEVERAL,
    STATING,
    SUBJECT,
    TURN,
    WRITER,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from checker.model import Found, Token


def listed(clause: Sequence[Token], owners: scope.Owners, start: int) -> list[int]:
    """Return the items of a list that a mark parts from what denies it, before *start*: "none of the usual - a, b".

    Not where something else is said of them than that they came: "none of the symptoms has eased: a, b".
    """
    stated = SEVERAL in clause[start - 1].keys
    for place in range(start, len(clause)):
        keys = clause[place].keys
        if clause[place].stop:
            return items(clause, owners, place)
        stated = stated or STATING in keys
        if EASING in keys or TURN in keys or (stated and not (LIGHT in keys or ARRIVING in keys)):
            break
    return []


def items(clause: Sequence[Token], owners: scope.Owners, start: int) -> list[int]:
    """Return the items of the list that begins at *start*, up to one that states something by itself."""
    reached: list[int] = []
    for place in range(start, len(clause)):
        token = clause[place]
        if (token.stop == ":" and place > start) or LIMITER in token.keys or TURN in token.keys:
            break
        if (place == start or token.stop or JOINING in clause[place - 1].keys) and not scope.is_item(clause, place):
            break
        reached.extend(n for n in owners.get(place, ()) if n not in reached)
    return reached


def is_parted(clause: Sequence[Token], owners: scope.Owners, start: int) -> bool:
    """Say whether a mark stands between *start* and what is named next."""
    return any(
        clause[at].stop for at in range(start, min((at for at in owners if at >= start), default=len(clause) - 1) + 1)
    )


def heads(clause: Sequence[Token], start: int) -> bool:
    """Say whether what ends before *start* heads a list: "not got: a rash, fits"."""
    at = next(
        (place for place in range(start, len(clause)) if LIGHT not in clause[place].keys or clause[place].stop), -1
    )
    return at >= 0 and clause[at].stop == ":"


def offered(clause: Sequence[Token], owners: scope.Owners, first: int, start: int) -> list[int]:
    """Return the items of a list that is only named, of which a statement behind it says what is there.

    "Of the ones you named (a rash, fits) I only have a rash"; what names it stands from *first* up to *start*.
    """
    reached = listed(clause, owners, start) if scope.begins(clause, first) else []
    end = max((place for place in owners if reached and owners[place][0] in reached), default=len(clause))
    told = any(place > end and SUBJECT in clause[place].keys for place in range(end, max(owners, default=0)))
    return reached if told and len(reached) > 1 else []


def denied(clause: Sequence[Token], owners: scope.Owners, cue: Found) -> list[int]:
    """Return the bare list that *cue* denies where both end there: "rash, fits, none of those"; not "I get ..."."""
    first, after = cue.places[0], cue.places[-1] + 1
    if after < len(clause) and not clause[after].stop:
        return []
    reached = endings.told_last(clause, owners, first, several=True)
    start = min((place for place in owners if owners[place][0] in reached), default=0)
    opens = next((place for place in range(start, 0, -1) if clause[place].stop in (":", ".")), 0)
    before = clause[opens:start]
    told = any(key in token.keys for token in before for key in (SUBJECT, WRITER, PERSON))
    return [] if told and not any(SET in token.keys for token in before) else reached


def has_or(clause: Sequence[Token], start: int, named: Sequence[Found], reached: Sequence[int]) -> bool:
    """Say whether an "or" stands between *start* and the last of *named* that is *reached*, or next to it."""
    end = max((named[n].places[-1] + 3 for n in reached), default=start)
    return any(ALTERNATIVE in token.keys for token in clause[start:end])
