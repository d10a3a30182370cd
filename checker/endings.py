"""What is over: how far back "gone", "it passed" and "both have settled" reach, and what makes them void.

What passes may come again ("dizzy when I get up, then it's gone"), may have come back, or is only
denied, hoped for or still to come ("not gone", "I want it to stop").
"""

from __future__ import annotations

from checker.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from checker.model import Found, Token

    Owners = dict[int, list[int]]  # place -> the mentions whose words stand there

OVER, SINCE = "past-before", "past-since"  # the cues "gone" and "none since"
RECURRING, RETURNED = "recurring", "returned"  # the cues "when I stand up", "came back"

_LIGHT, _JOINING, _DEGREE, _TIME, _NUMBER = "~", "{joining}", "{degree}", "{time}", "{n}"
_SUBJECT, _FIRST_PERSON, _PRONOUN, _SEVERAL = "{subject}", "{first-person}", "{pronoun}", "{several}"
_WHOLLY, _TURN, _THEN, _NOW, _NO = "{wholly}", "{turn}", "{then}", "{now}", "{no}"
_UNTIL = "{until}"
_TO, _MAY, _PERFECT, _ONWARD, _CAUSE, _DEFINITE = "{to}", "{may}", "{perfect}", "{onward}", "{since}", "{definite}"


def is_void(clause: Sequence[Token], named: Sequence[Found], cue: Found, bends: Sequence[Found]) -> bool:
    """Say whether what *cue* ends goes on all the same; *bends* are the cues of what comes again or back."""
    first = cue.places[0]
    back = min((c.places[0] for c in bends if _has_returned(clause, c) and c.places[0] > first), default=0)
    if back and not any(first < found.places[0] < back for found in named):
        return True
    if cue.phrase.target == SINCE:
        if _UNTIL in clause[first].keys:  # "never had a headache until they changed them"
            return any(_NO in token.keys for token in clause[:first])
        return first > 0 and _is_caused(clause, first)
    before = [c.places[0] for c in bends if c.phrase.target == RECURRING and c.places[0] < first]
    if before and not any(_TURN in token.keys for token in clause[before[-1] : first]):
        return True
    return is_to_come(clause, first)


def _has_returned(clause: Sequence[Token], cue: Found) -> bool:
    """Say whether *cue* tells that something is back; "hasn't come back" and "back to work" do not."""
    if cue.phrase.target != RETURNED:
        return False
    after = cue.places[-1] + 1
    if after < len(clause) and not clause[after].stop and _ONWARD in clause[after].keys:
        return False
    return not is_to_come(clause, cue.places[0])


def is_to_come(clause: Sequence[Token], first: int) -> bool:
    """Say whether what is said at *first* is denied or still to come: "not gone", "want it to stop".

    "Seems to have gone" is no hope.
    """
    perfect = False
    for place in range(first - 1, -1, -1):
        keys = clause[place].keys
        if clause[place + 1].stop or not (_LIGHT in keys or _WHOLLY in keys or _NO in keys):
            return False
        if _NO in keys or _MAY in keys or (_TO in keys and not perfect):
            return True
        perfect = perfect or _PERFECT in keys
    return False


def _is_caused(clause: Sequence[Token], first: int) -> bool:
    """Say whether "they changed her" at *first* is a cause: "off her food since they changed her"."""
    for place in range(first - 1, -1, -1):
        if clause[place + 1].stop:
            return False
        if _CAUSE in clause[place].keys:
            return True
        if _LIGHT not in clause[place].keys and _SUBJECT not in clause[place].keys:
            return False
    return False


def preceding(clause: Sequence[Token], owners: Owners, cue: Found, asides: Collection[int]) -> list[int]:
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
        elif _JOINING in keys:
            joined = bool(reached)
        elif _PRONOUN in keys and not reached and (clause[place].stop or _opens(clause, place)):
            return told_last(clause, owners, place, several=_SEVERAL in keys)
        elif _SUBJECT in keys:
            break  # "itchy lumps, and he's gone pale": the cue is of another statement
        elif not (
            _LIGHT in keys or _DEGREE in keys or _TIME in keys or _NUMBER in keys or in_slashes(clause, place)
            or (_WHOLLY in keys and not reached)
        ):  # fmt: skip
            break
        several = several or (_SEVERAL in keys and not reached)
    return told_last(clause, owners, end, several=True) if several and reached else reached


def understood(clause: Sequence[Token], owners: Owners, cue: Found) -> list[int]:
    """Return what *cue* ends that names nothing beside it: "dizzy at Easter, all gone now", "a cough, got over it"."""
    first = cue.places[0]
    held = any(_PRONOUN in clause[place].keys for place in cue.places)
    several = any(_SEVERAL in clause[place].keys for place in cue.places)
    after = cue.places[-1] + 1
    if not held and after < len(clause) and not clause[after].stop and _JOINING in clause[after].keys:
        return []  # "felt sick, stopped and sat down"
    place = first
    while not held:
        if place == 0:
            return []
        several = several or _SEVERAL in clause[place].keys
        if clause[place].stop or _THEN in clause[place].keys or _TURN in clause[place - 1].keys:
            break
        place -= 1
        keys = clause[place].keys
        if place in owners or _SUBJECT in keys or not (_LIGHT in keys or _WHOLLY in keys):
            return []
    return told_last(clause, owners, place, several=several)


def told_last(clause: Sequence[Token], owners: Owners, end: int, *, several: bool) -> list[int]:
    """Return the mention that stands last before *end*, or, of *several*, the list that does."""
    place = max((place for place in owners if place < end), default=-1)
    reached = list(owners[place]) if place >= 0 else []
    while several and place > 0:
        place -= 1
        keys = clause[place].keys
        if place in owners:
            reached.extend(n for n in owners[place] if n not in reached)
        elif _SUBJECT in keys or _THEN in keys or not (_LIGHT in keys or _DEGREE in keys or _JOINING in keys):
            break
    return reached


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
                several = any(_SEVERAL in token.keys for token in said.clause[: cue.places[-1] + 1])
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
        if _FIRST_PERSON in token.keys or (_SUBJECT in token.keys and _PRONOUN not in token.keys):
            return False
        if not any(key in token.keys for key in (_LIGHT, _WHOLLY, _THEN, _TURN)):
            return False
    if cue.phrase.target == SINCE or any(_PRONOUN in t.keys for t in said.clause[: last + 1]):
        return True
    return any(_WHOLLY in t.keys for t in said.clause[: last + 2])  # "Stopped." may be said of the medicine


def turned(clause: Sequence[Token], first: int) -> int:
    """Return where the "now" of what is said at *first* begins: "now I eat well and nothing bothers me"."""
    for place in range(first, -1, -1):
        if _NOW in clause[place].keys and (_PRONOUN not in clause[place].keys or _is_time(clause, place + 1)):
            return place
        if clause[place].stop:
            break
    return first


def _is_time(clause: Sequence[Token], place: int) -> bool:
    """Say whether a time stands at *place*: "these days", not "these tablets"."""
    return place < len(clause) and _TIME in clause[place].keys


def ended(said: Said, over: Over) -> Sequence[int]:
    """Return which mentions of *said* the sentence after it speaks of; "dizzy when I get up" goes on."""
    if over.whole:
        return range(len(said.named))
    if any(cue.phrase.target == RECURRING for cue in said.cues):
        return ()
    return told_last(said.clause, owners_of(said.named), len(said.clause), several=over.several)


def goes_on(clause: Sequence[Token]) -> bool:
    """Say whether *clause* speaks on of what was named before it, as "It was vile." does."""
    return _PRONOUN in clause[0].keys


def owners_of(named: Sequence[Found]) -> Owners:
    """Return which of *named* stand at which place."""
    owners: Owners = {}
    for number, found in enumerate(named):
        for place in found.places:
            owners.setdefault(place, []).append(number)
    return owners


def is_definite(clause: Sequence[Token], found: Found) -> bool:
    """Say whether *found* is spoken of as there: "the night sweats", "my rash"."""
    first = found.places[0]
    return any(_DEFINITE in token.keys for token in clause[max(first - 1, 0) : first + 1])


def in_slashes(clause: Sequence[Token], place: int) -> bool:
    """Say whether *place* is an item of "n/v/d"."""
    return clause[place].stop == "/" or (place + 1 < len(clause) and clause[place + 1].stop == "/")


def _opens(clause: Sequence[Token], place: int) -> bool:
    """Say whether a statement begins at *place*."""
    return place == 0 or any(key in clause[place - 1].keys for key in (_TURN, _JOINING, _THEN))
