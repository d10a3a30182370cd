"""Whose story it is: a mention beside a film, a dream, the family, the news or a thing, or the writer's after all.

The person who is named nearest decides: "in the film she has a fit" is the film's, but "in
the middle of the film my son had a fit" is told of a child; a new statement is the writer's.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from checker.model import Found, Token

THING, UNREAL = "thing", "unreal"  # the cues of "the laptop died", "I dreamt that"
_ELSEWHERE, FAMILY = "not-a-person", "family"
TITLE = "title"  # a film or book of that name: "we watched Insomnia"
TOLD = (_ELSEWHERE, "story", UNREAL, FAMILY)  # the cues of what is told of somebody or nobody

_JOINING, _TURN, _ASSERTING, _WITHIN = "{joining}", "{turn}", "{asserting}", "{within}"
_FIRST_PERSON, _WRITER, _PERSON, _SUBJECT = "{first-person}", "{writer}", "{person}", "{subject}"
_TELLING, _WOKE, _KIN, _FIGURE = "{telling}", "{woke}", "{family-word}", "{figure}"
_OTHERS, _BYGONE, _RECENT = "{others}", "{bygone}", "{recent}"


def of_thing(clause: Sequence[Token], named: Sequence[Found], cue: Found) -> list[int]:
    """Return which of *named* are said of the thing *cue*: all up to a turn or comma, or to where a person comes in.

    "The laptop died and I can't breathe": the first only.
    """
    last = cue.places[-1]
    end = last + 1
    while end < len(clause) and not clause[end].stop:
        if any(key in clause[end].keys for key in (_TURN, _SUBJECT, _FIRST_PERSON, _PERSON)):
            break
        end += 1
    return [number for number, found in enumerate(named) if last < found.places[0] and found.places[-1] < end]


def told_of(clause: Sequence[Token], named: Sequence[Found], cue: Found, beside: Sequence[int]) -> list[int]:
    """Return which of *named* the *cue* gives to a story or somebody else, of those that stand *beside* it."""
    if cue.phrase.target == _ELSEWHERE:
        first, last = cue.places[0], cue.places[-1]
        return [n for n in beside if not any(_WRITER in t.keys for t in _between(clause, named[n], first, last))]
    return [n for n in beside if _is_told(clause, named[n].places[0], cue)]


def is_within(clause: Sequence[Token], place: int) -> bool:
    """Say whether what stands at *place* is only where something happens: "in the car"."""
    return place > 0 and _WITHIN in clause[place - 1].keys


def speaks_of_others(clause: Sequence[Token]) -> bool:
    """Say whether *clause* speaks of a person, or of people."""
    return any(_PERSON in token.keys or _OTHERS in token.keys for token in clause)


def is_now(read: Sequence[Token], start: int) -> bool:
    """Say whether the sentence of *read* that names something at *start* tells of it as of today, not of long ago."""
    at = next(place for place, token in enumerate(read) if token.start >= start)
    first = next((place for place in range(at, 0, -1) if read[place].stop == "."), 0)
    end = next((place for place in range(at + 1, len(read)) if read[place].stop == "."), len(read))
    before, sentence = read[first:at], read[first:end]
    return not any(_BYGONE in token.keys for token in before) or any(_RECENT in token.keys for token in sentence)


def _between(clause: Sequence[Token], found: Found, first: int, last: int) -> Sequence[Token]:
    """Return the words between *found* and a cue from *first* to *last*."""
    return clause[last : found.places[0]] if found.places[0] > last else clause[found.places[-1] : first]


def _is_told(clause: Sequence[Token], place: int, cue: Found) -> bool:
    """Say whether what begins at *place* is of the story, dream or family that *cue* speaks of, and not the writer's.

    Who is named last before it decides: "in the film she has a fit", but "in the middle of the film my son had a fit";
    and a statement of its own is none of it: "I watched a film and had a fit".
    """
    kind, first, last = cue.phrase.target, cue.places[0], cue.places[-1]
    if place < first:
        own = next((p for p in range(place, -1, -1) if _names_somebody(clause[p])), None)
        if own is None:  # nobody is named
            return kind != FAMILY or any(_KIN in clause[p].keys for p in cue.places)
        return not (_WRITER in clause[own].keys or _is_mine(clause, own)) or _is_relative(clause, own, kind)
    told = any(_TELLING in clause[p].keys for p in range(first, place))
    apart = False  # by a comma
    for at in range(place, last, -1):
        token = clause[at]
        if kind == UNREAL:
            if _WOKE in token.keys or (_is_new(clause, at) and _SUBJECT in token.keys):
                return False
            continue
        if _names_somebody(token):
            return not (_WRITER in token.keys or _is_mine(clause, at)) or _is_relative(clause, at, kind)
        apart = apart or bool(token.stop)
        if _JOINING in token.keys and _is_new(clause, at + 1) and any(_names_somebody(t) for t in clause[:first]):
            following = clause[at + 1].keys if at + 1 < len(clause) else ()
            if not told or _ASSERTING in following:
                return False
    if kind == FAMILY:
        return any(_KIN in clause[p].keys for p in cue.places)
    return not apart or kind == UNREAL or _WITHIN in clause[first].keys


def _is_new(clause: Sequence[Token], place: int) -> bool:
    """Say whether a statement may begin at *place*: after "and" or a comma."""
    return place > 0 and (bool(place < len(clause) and clause[place].stop) or _JOINING in clause[place - 1].keys)


def _names_somebody(token: Token) -> bool:
    return any(key in token.keys for key in (_WRITER, _PERSON, _SUBJECT, _FIGURE))


def _is_mine(clause: Sequence[Token], place: int) -> bool:
    """Say whether the person at *place* is one of the writer's: "my son"."""
    return place > 0 and _WRITER in clause[place - 1].keys


def _is_relative(clause: Sequence[Token], place: int, kind: str) -> bool:
    """Say whether a story of the family is told of the one at *place*: "my dad had a heart attack at 50"."""
    return kind == FAMILY and any(_PERSON in token.keys for token in clause[place : place + 2])
