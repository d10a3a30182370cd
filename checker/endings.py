"""What is over: how far back "gone", "it passed" and "both have settled" reach, and what makes them void.

What passes may come again ("dizzy when I get up, then it's gone"), may have come back, or is only
denied, hoped for or still to come ("not gone", "I want it to stop").
"""

from __future__ import annotations

from checker import scope
from checker.classes import (
    CAUSE,
    DEFINITE,
    DEGREE,
    FIRST_PERSON,
    JOINING,
    LIGHT,
    MAY,
    NO_WORD,
    NOW,
    NUMBER,
    ONWARD,
    PERFECT,
    PERSON,
    PRONOUN,
    SET,
    SEVERAL,
    SUBJECT,
    THEN,
    TIME,
    TO,
    TOLD_OF,
    TURN,
    UNTIL,
    WHOLLY,
    WRITER,
)
from checker.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from checker.model import Found, Token


OVER, SINCE = "past-before", "past-since"  # the cues "gone" and "none since"
LAST_TIME, THIS_TIME = "last-time", "this-time"
RECURRING, RETURNED = "recurring", "returned"  # the cues "when I stand up", "came back"


def is_void(clause: Sequence[Token], named: Sequence[Found], cue: Found, bends: Sequence[Found]) -> bool:
    """Say whether what *cue* ends goes on all the same; *bends* are the cues of what comes again or back."""
    first = cue.places[0]
    back = min((c.places[0] for c in bends if _has_returned(clause, c) and c.places[0] > first), default=0)
    if back and not any(first < found.places[0] < back for found in named):
        return True
    if cue.phrase.target == SINCE:
        if UNTIL in clause[first].keys:  # "never had a headache until they changed them"
            return any(NO_WORD in token.keys for token in clause[:first])
        return first > 0 and _is_caused(clause, first)
    before = [c.places[0] for c in bends if c.phrase.target == RECURRING and c.places[0] < first]
    if before and not any(TURN in token.keys for token in clause[before[-1] : first]):
        return True
    return is_to_come(clause, first)


def _has_returned(clause: Sequence[Token], cue: Found) -> bool:
    """Say whether *cue* tells that something is back; "hasn't come back" and "back to work" do not."""
    if cue.phrase.target != RETURNED:
        return False
    after = cue.places[-1] + 1
    if after < len(clause) and not clause[after].stop and ONWARD in clause[after].keys:
        return False
    return not is_to_come(clause, cue.places[0])


def is_to_come(clause: Sequence[Token], first: int) -> bool:
    """Say whether what is said at *first* is denied or still to come: "not gone", "want it to stop".

    "Seems to have gone" is no hope.
    """
    perfect = False
    for place in range(first - 1, -1, -1):
        keys = clause[place].keys
        if clause[place + 1].stop or not (LIGHT in keys or WHOLLY in keys or NO_WORD in keys):
            return False
        if NO_WORD in keys or MAY in keys or (TO in keys and not perfect):
            return True
        perfect = perfect or PERFECT in keys
    return False


def _is_caused(clause: Sequence[Token], first: int) -> bool:
    """Say whether "they changed her" at *first* is a cause: "off her food since they changed her"."""
    for place in range(first - 1, -1, -1):
        if clause[place + 1].stop:
            return False
        if CAUSE in clause[place].keys:
            return True
        if LIGHT not in clause[place].keys and SUBJECT not in clause[place].keys:
            return False
    return False


def preceding(clause: Sequence[Token], owners: scope.Owners, cue: Found, asides: Collection[int]) -> list[int]:
    """Return what *cue* reaches backwards over *asides*: the item before it, or a list.

    "..., but those have gone": a pronoun before the cue stands for what was said before the turn.
    """
    end = cue.places[0]
    reached: list[int] = []
    joined, several = True, False
    for place in range(end - 1, -1, -1):
        keys = clause[place].keys
        if place in owners:
            if not joined and reached and not any(n in reached for n in owners[place]):
                break
            reached.extend(n for n in owners[place] if n not in reached)
            joined = clause[place].stop == "/"
        elif place in asides:
            continue  # "the nausea everyone warns of has gone"
        elif JOINING in keys:
            joined = bool(reached)
        elif PRONOUN in keys and not reached and (clause[place].stop or _opens(clause, place)):
            return told_last(clause, owners, place, several=SEVERAL in keys)
        elif SUBJECT in keys:
            break  # "itchy lumps, and he's gone pale": the cue is of another statement
        elif not (
            LIGHT in keys or DEGREE in keys or TIME in keys or NUMBER in keys or scope.in_slashes(clause, place)
            or (WHOLLY in keys and not reached)
        ):  # fmt: skip
            break
        several = several or (SEVERAL in keys and not reached)
    return told_last(clause, owners, end, several=True) if several and reached else reached


def understood(clause: Sequence[Token], owners: scope.Owners, cue: Found) -> list[int]:
    """Return what *cue* ends that names nothing beside it: "dizzy at Easter, all gone now", "a cough, got over it"."""
    first = cue.places[0]
    held = any(PRONOUN in clause[place].keys for place in cue.places)
    several = any(SEVERAL in clause[place].keys for place in cue.places)
    after = cue.places[-1] + 1
    if not held and after < len(clause) and not clause[after].stop and JOINING in clause[after].keys:
        return []  # "felt sick, stopped and sat down"
    place = first
    while not held:
        if place == 0:
            return []
        several = several or SEVERAL in clause[place].keys
        if clause[place].stop or THEN in clause[place].keys or TURN in clause[place - 1].keys:
            break
        place -= 1
        keys = clause[place].keys
        if place in owners or SUBJECT in keys or not (LIGHT in keys or WHOLLY in keys):
            return []
    return told_last(clause, owners, place, several=several)


def told_last(clause: Sequence[Token], owners: scope.Owners, end: int, *, several: bool) -> list[int]:
    """Return the mention that stands last before *end*, or, of *several*, the list that does."""
    place = max((place for place in owners if place < end), default=-1)
    reached = list(owners[place]) if place >= 0 else []
    while several and place > 0:
        place -= 1
        keys = clause[place].keys
        if place in owners:
            reached.extend(n for n in owners[place] if n not in reached)
        elif SUBJECT in keys or THEN in keys or not (LIGHT in keys or DEGREE in keys or JOINING in keys):
            break
    return reached


def denied(clause: Sequence[Token], owners: scope.Owners, cue: Found) -> list[int]:
    """Return the bare list that *cue* denies where both end there: "rash, fits, none of those"; not "I get ..."."""
    first, after = cue.places[0], cue.places[-1] + 1
    if after < len(clause) and not clause[after].stop:
        return []
    reached = told_last(clause, owners, first, several=True)
    start = min((place for place in owners if owners[place][0] in reached), default=0)
    opens = next((place for place in range(start, 0, -1) if clause[place].stop in (":", ".")), 0)
    before = clause[opens:start]
    told = any(key in token.keys for token in before for key in (SUBJECT, WRITER, PERSON))
    return [] if told and not any(SET in token.keys for token in before) else reached


class Said(Record):
    """A sentence, what it names and its cues."""

    first: int  # the number of its first mention in the message
    clause: Sequence[Token]
    named: Sequence[Found]
    cues: Sequence[Found]


class Over(Record):
    """What a sentence says of the one before it."""

    returned: bool  # that it is back; else that it is over
    several: bool  # of the list that was named last
    whole: bool  # of all that it names


def says_over(said: Said) -> Over | None:
    """Return what a sentence says is over, or back, of the one before it; None where it does not.

    "It stopped." "Both have cleared up." "All gone now." "They are back."
    """
    for cue in said.cues:
        kind = cue.phrase.target
        if kind in (OVER, SINCE, RETURNED) and _looks_back(said, cue):
            returned = _has_returned(said.clause, cue)
            if returned or not (kind == RETURNED or is_void(said.clause, said.named, cue, said.cues)):
                several = any(SEVERAL in token.keys for token in said.clause[: cue.places[-1] + 1])
                return Over(returned, several, kind != OVER)
    return None


def _looks_back(said: Said, cue: Found) -> bool:
    """Say whether a sentence names nothing and nobody up to its *cue*, but stands for what was named before."""
    first, last = cue.places[0], cue.places[-1]
    if cue.phrase.target == SINCE:
        first = last = turned(said.clause, first)
    if any(found.places[0] < first for found in said.named):
        return False
    for token in said.clause[:first]:
        if FIRST_PERSON in token.keys or (SUBJECT in token.keys and PRONOUN not in token.keys):
            return False
        if not any(key in token.keys for key in (LIGHT, WHOLLY, THEN, TURN)):
            return False
    if cue.phrase.target == SINCE or any(PRONOUN in t.keys for t in said.clause[: last + 1]):
        return True
    return any(WHOLLY in t.keys for t in said.clause[: last + 2])  # "Stopped." may be said of the medicine


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


def ended(said: Said, over: Over) -> Sequence[int]:
    """Return which mentions of *said* the sentence after it speaks of; "dizzy when I get up" goes on."""
    if over.whole:
        return range(len(said.named))
    if any(cue.phrase.target == RECURRING for cue in said.cues):
        return ()
    return told_last(said.clause, scope.owners_of(said.named), len(said.clause), several=over.several)


def goes_on(clause: Sequence[Token]) -> bool:
    """Say whether *clause* speaks on of what was named before it, as "It was vile." does."""
    return PRONOUN in clause[0].keys


def is_definite(clause: Sequence[Token], found: Found) -> bool:
    """Say whether *found* is spoken of as there: "the night sweats", "my rash"."""
    first = found.places[0]
    return any(DEFINITE in token.keys for token in clause[max(first - 1, 0) : first + 1])


def _opens(clause: Sequence[Token], place: int) -> bool:
    """Say whether a statement begins at *place*."""
    return place == 0 or any(key in clause[place - 1].keys for key in (TURN, JOINING, THEN))


def last_time(clause: Sequence[Token], named: Sequence[Found], cues: Sequence[Found]) -> list[int]:
    """Return which of *named* are told of a time before, up to a turn or "this": "last time I was sick for days"."""
    parts = scope.parts(clause)
    reached: list[int] = []
    for first in (cue.places[0] for cue in cues if cue.phrase.target == LAST_TIME):
        end = next((at for at in range(first, len(clause)) if _is_other_time(clause[at])), len(clause))
        start = parts.index(parts[first])
        reached += [n for n, found in enumerate(named) if start <= found.places[0] and found.places[-1] < end]
    return reached


def is_this_time(cues: Sequence[Found]) -> bool:
    """Say whether one of *cues* sets this time against one before."""
    return any(cue.phrase.target == THIS_TIME for cue in cues)


def _is_other_time(token: Token) -> bool:
    return TURN in token.keys or NOW in token.keys


def long_ago(clause: Sequence[Token], named: Sequence[Found], place: int) -> list[int]:
    """Return what "years ago" at *place* speaks of.

    That is all from its comma on, up to a "now"; where it only looks back ("that's years ago"), all before it;
    else what stands next to its commas. "I want to cut myself, I did when I was sixteen" wants it now.
    """
    parts = scope.parts(clause)
    first = parts.index(parts[place])
    now = next((at for at in range(place, len(clause)) if parts[at] > parts[place] and NOW in clause[at].keys), None)
    end = len(clause) if now is None else parts.index(parts[now])
    reached = [n for n, found in enumerate(named) if first <= found.places[0] < end]
    if reached or (SUBJECT in clause[first].keys and PRONOUN not in clause[first].keys):
        return reached  # "..., I did when I was sixteen" is a statement of its own
    if PRONOUN in clause[first].keys:
        return [n for n, found in enumerate(named) if found.places[-1] < first]
    return [n for n, found in enumerate(named) if parts[found.places[0]] == parts[place] - 1]


def is_earlier(clause: Sequence[Token], place: int) -> bool:
    """Say whether what stands at *place* is told of a time before: "was sleeping badly", "at first I felt sick"."""
    return any(TOLD_OF in token.keys for token in clause[: place + 1])


def is_now(clause: Sequence[Token], place: int) -> bool:
    """Say whether what stands at *place* is told of today: "these days I sleep well", "on this I sleep fine"."""
    parts = scope.parts(clause)
    return any(parts[at] == parts[place] and NOW in token.keys for at, token in enumerate(clause))
