"""What is over: how far back "gone", "it passed" and "both have settled" reach, and what makes them void.

What passes may come again ("dizzy when I get up, then it's gone"), may have come back, or is only
denied, hoped for or still to come ("not gone", "I want it to stop").
"""

from __future__ import annotations

from checker import scope, times
from checker.classes import (
    BE,
    BY_WHICH,
    BYGONE,
    CANT,
    CAUSE,
    DAY,
    DEFINITE,
    DEGREE,
    DETERMINER,
    ENDING_VERB,
    FINISHED,
    IF_ONLY,
    INVERTED,
    JOINING,
    LIGHT,
    MAY,
    MONTH,
    NO_WORD,
    NOW,
    NUMBER,
    OK_BETWEEN,
    ONWARD,
    PARTLY,
    PERFECT,
    PRONOUN,
    RECENT,
    SEVERAL,
    SUBJECT,
    THEN,
    TIME,
    TO,
    TURN,
    UNTIL,
    VERY,
    WHOLLY,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from checker.model import Found, Token


OVER, SINCE, NO_LONGER = "past-before", "past-since", "no-longer"  # the cues "gone", "none since", "not any more"
WELL_AGAIN = "well-again"  # the cue "fine now"
WORDLESS = (NO_LONGER, WELL_AGAIN)  # that name no end
ALL_OVER = (SINCE, *WORDLESS)  # of all that stands before them
_NEAR = 3  # words behind an end that may say how far it went
RECURRING, RETURNED = "recurring", "returned"  # the cues "when I stand up", "came back"


def is_void(clause: Sequence[Token], named: Sequence[Found], cue: Found, bends: Sequence[Found]) -> bool:
    """Say whether what *cue* ends goes on all the same; *bends* are the cues of what comes again or back."""
    first = cue.places[0]
    if _is_back(clause, named, cue, bends):
        return True
    if cue.phrase.target == times.LONG_AGO:
        return UNTIL in clause[first].keys and _is_denied(clause, named, first)
    if cue.phrase.target == SINCE:
        if UNTIL in clause[first].keys:
            return _is_denied(clause, named, first)
        if first > 0 and _is_caused(clause, first):
            return True
        return NO_WORD not in clause[first].keys and is_to_come(clause, first)  # "not been well since"
    if any(ENDING_VERB in clause[place].keys and _is_unfinished(clause, place) for place in cue.places):
        return True
    before = [c.places[0] for c in bends if c.phrase.target == RECURRING and c.places[0] < first]
    if before and not any(TURN in token.keys for token in clause[before[-1] : first]):
        return not is_by_now(clause, cue)
    return is_to_come(clause, first)


def _is_back(clause: Sequence[Token], named: Sequence[Found], cue: Found, bends: Sequence[Found]) -> bool:
    """Say whether what *cue* ended is there again: "gone on Monday, but it's back"; not "I put it all back on"."""
    first, last = cue.places[0], cue.places[-1]
    back = min((c.places[0] for c in bends if has_returned(clause, c) and c.places[0] > last), default=0)
    return back > 0 and not any(first < found.places[0] < back for found in named)


def _is_denied(clause: Sequence[Token], named: Sequence[Found], first: int) -> bool:
    """Say whether what held until *first* was a denial: "never had a headache until they changed them"."""
    inside = {place for found in named for place in found.places}
    return any(NO_WORD in token.keys and place not in inside for place, token in enumerate(clause[:first]))


def _is_unfinished(clause: Sequence[Token], first: int) -> bool:
    """Say whether "passes", "clearing" or "the end" stands at *first*: only "passed" and "ended" are over."""
    word = clause[first].word
    if word.endswith(("ing", "s")):
        return True
    return first > 0 and not clause[first].stop and DETERMINER in clause[first - 1].keys


def is_by_now(clause: Sequence[Token], cue: Found) -> bool:
    """Say whether *cue* ends for good what came again and again: "sick every morning, over now"."""
    after = cue.places[-1] + 1
    if any(NOW in clause[place].keys or FINISHED in clause[place].keys for place in cue.places):
        return True
    return after < len(clause) and not clause[after].stop and NOW in clause[after].keys


def closes(clause: Sequence[Token], cue: Found) -> bool:
    """Say whether *cue* says of what stands before it that it no longer is: "sick at first, not any more"."""
    first, after = cue.places[0], cue.places[-1] + 1
    opens = first == 0 or clause[first].stop or any(key in clause[first - 1].keys for key in (TURN, JOINING))
    if not (opens or BE in clause[first].keys):
        return False
    if any(CAUSE in clause[place].keys for place in cue.places):
        return True  # "haven't since about Easter"
    while after < len(clause) and WHOLLY in clause[after].keys and not clause[after].stop:
        after += 1
    return after >= len(clause) or bool(clause[after].stop) or TURN in clause[after].keys


def no_longer(clause: Sequence[Token], named: Sequence[Found], first: int, end: int) -> list[int]:
    """Return what stands before *end*, for the "not any more" at *first*.

    "Can't sleep, not any more" goes on, without "but".
    """
    before = scope.before(clause, named, end)
    repeated = NO_WORD in clause[first].keys and not (first > 0 and TURN in clause[first - 1].keys)
    return [n for n in before if not (repeated and is_negative(clause, named[n]))]


def all_over(clause: Sequence[Token], named: Sequence[Found], owners: scope.Owners, cue: Found) -> list[int]:
    """Return what is over by *cue*: "none since", "fine now", "not any more"; what follows "I no longer"."""
    if cue.phrase.target == SINCE:
        return since(clause, named, cue)
    if closes(clause, cue):
        return no_longer(clause, named, cue.places[0], cue.places[0])
    return scope.following(clause, owners, cue.places[-1] + 1, wide=False) if cue.phrase.target == NO_LONGER else []


def is_still_grave(clause: Sequence[Token], named: Sequence[Found], first: int) -> bool:
    """Say whether what may be an emergency stands though *first* says that it is over: not what "was" long before."""
    inside = {place for found in named for place in found.places}
    before = [token for place, token in enumerate(clause[:first]) if place not in inside]
    return any(RECENT in t.keys for t in before) or not any(BYGONE in t.keys for t in before)


def is_negative(clause: Sequence[Token], found: Found) -> bool:
    """Say whether a denial names *found*, which another denial only repeats: "can't sleep. Haven't since Monday"."""
    return any(NO_WORD in clause[place].keys or CANT in clause[place].keys for place in found.places)


def has_returned(clause: Sequence[Token], cue: Found) -> bool:
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
        known = any(key in keys for key in (LIGHT, WHOLLY, NO_WORD, CANT, IF_ONLY))
        if clause[place + 1].stop or not known:
            return False
        to_come = (NO_WORD, MAY, INVERTED, CANT, IF_ONLY)
        if any(key in keys for key in to_come) or (TO in keys and not perfect):
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
            any(key in keys for key in (LIGHT, OK_BETWEEN, DEGREE, TIME, MONTH, NUMBER))
            or (WHOLLY in keys and not reached) or scope.in_slashes(clause, place)
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


def since(clause: Sequence[Token], named: Sequence[Found], cue: Found) -> list[int]:
    """Return what *cue* ends: all before it; what follows "until they changed the dose" where that opens its part."""
    first, last = cue.places[0], cue.places[-1]
    opens = scope.begins(clause, first) and not any(found.places[0] < first for found in named)
    if not (UNTIL in clause[first].keys and opens):
        return no_longer(clause, named, first, times.turned(clause, first))
    start = min((found.places[0] for found in named if found.places[0] > last), default=len(clause))
    end = next((at for at in range(start + 1, len(clause)) if clause[at].stop or TURN in clause[at].keys), len(clause))
    denied = any(NO_WORD in token.keys for token in clause[last:start])
    return [] if denied else [n for n, found in enumerate(named) if start <= found.places[0] < end]


def is_definite(clause: Sequence[Token], found: Found) -> bool:
    """Say whether *found* is spoken of as there: "the night sweats", "my rash"."""
    first = found.places[0]
    return any(DEFINITE in token.keys for token in clause[max(first - 1, 0) : first + 1])


def _opens(clause: Sequence[Token], place: int) -> bool:
    """Say whether a statement begins at *place*."""
    return place == 0 or any(key in clause[place - 1].keys for key in (TURN, JOINING, THEN))


def ends_statement(clause: Sequence[Token], cue: Found, named: Sequence[Found]) -> bool:
    """Say whether "gone" ends its statement: "gone up", "gone pale" do not."""
    first, last = cue.places[0], cue.places[-1]
    after = last + 1
    if any(f.places[0] < first < f.places[-1] and f.places[-1] not in cue.places for f in named):
        return False
    if BY_WHICH in clause[last].keys:
        return True
    while after < len(clause) and WHOLLY in clause[after].keys and not clause[after].stop:
        after += 1
    if after >= len(clause) or clause[after].stop:
        return True
    keys = clause[after].keys
    if any(PARTLY in token.keys for token in clause[after : after + _NEAR]):
        return False  # "eased off by about half"
    if DEGREE in keys or VERY in keys or (cue.phrase.target == "well-before" and LIGHT in keys):
        return False
    if NUMBER in keys and after + 1 < len(clause) and MONTH in clause[after + 1].keys:
        return True  # "resolved 14 March"
    return any(key in keys for key in (LIGHT, JOINING, DAY, TURN, MONTH))
