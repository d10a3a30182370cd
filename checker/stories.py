"""Whose story it is: a mention beside a film, a dream, the family, the news or a thing, or the writer's after all.

The person who is named nearest decides: "in the film she has a fit" is the film's, but "in
the middle of the film my son had a fit" is told of a child; a new statement is the writer's.
"""

from __future__ import annotations

from checker import scope
from checker.classes import (
    AFAR,
    ASSERTING,
    BYGONE,
    FIGURE,
    FIRST_PERSON,
    JOINING,
    KIN,
    LIGHT,
    OTHERS,
    PERSON,
    RECENT,
    SUBJECT,
    TELLING,
    TOO,
    TURN,
    WITHIN,
    WOKE,
    WRITER,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from checker.model import Found, Token

THING, UNREAL = "thing", "unreal"  # the cues of "the laptop died", "I dreamt that"
_ELSEWHERE, FAMILY = "not-a-person", "family"
TITLE = "title"  # a film or book of that name: "we watched Insomnia"
CONTRAST, APART, ONLY = "self-contrast", "self-apart", "self-only"  # the cues "I don't", "I'm fine", "I only have"
FRONTED, LAST = "self-fronted", "self-last"  # the cues "me, I sleep", "it's me that"
STARTING, UNTAKEN = "self-starting", "self-untaken"  # the cues "before I start", "it's me whose"
TAKER = "taker"  # the cue of another who takes the medicine
PEOPLE = (PERSON, OTHERS)  # of a sentence that speaks of somebody
MINE, ANOTHERS = "writer", "other"  # whose it is
_FARTHEST = 100  # words of a sentence that are looked at before and behind
_SHORT = 3  # words that may follow "I don't" where it only sets the writer apart
TOLD = (_ELSEWHERE, "story", UNREAL, FAMILY)  # the cues of what is told of somebody or nobody


def of_thing(clause: Sequence[Token], named: Sequence[Found], cue: Found) -> list[int]:
    """Return which of *named* are said of the thing *cue*: all up to a turn or comma, or to where a person comes in.

    "The laptop died and I can't breathe": the first only.
    """
    last = cue.places[-1]
    end = last + 1
    while end < len(clause) and not clause[end].stop:
        if any(key in clause[end].keys for key in (TURN, SUBJECT, FIRST_PERSON, PERSON)):
            break
        end += 1
    return [number for number, found in enumerate(named) if last < found.places[0] and found.places[-1] < end]


def told_of(clause: Sequence[Token], named: Sequence[Found], cue: Found, beside: Sequence[int]) -> list[int]:
    """Return which of *named* the *cue* gives to a story or somebody else, of those that stand *beside* it."""
    if cue.phrase.target == _ELSEWHERE:
        first, last = cue.places[0], cue.places[-1]
        return [n for n in beside if not any(WRITER in t.keys for t in _between(clause, named[n], first, last))]
    return [n for n in beside if _is_told(clause, named[n].places[0], cue)]


def is_within(clause: Sequence[Token], place: int) -> bool:
    """Say whether what stands at *place* is only where something happens: "in the car"."""
    return place > 0 and WITHIN in clause[place - 1].keys


def is_now(read: Sequence[Token], start: int) -> bool:
    """Say whether the sentence of *read* that names something at *start* tells of today: no old or far tale."""
    from bisect import bisect_left

    at = bisect_left(read, start, key=lambda token: token.start)
    low, high = max(at - _FARTHEST, 0), min(at + _FARTHEST, len(read))
    first = next((place for place in range(at, low, -1) if read[place].stop == "."), low)
    end = next((place for place in range(at + 1, high) if read[place].stop == "."), high)
    before, sentence = read[first:at], read[first:end]
    then = any(BYGONE in token.keys for token in before) or any(AFAR in token.keys for token in sentence)
    return not then or any(RECENT in token.keys for token in sentence)


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
            return kind != FAMILY or any(KIN in clause[p].keys for p in cue.places)
        return not (WRITER in clause[own].keys or _is_mine(clause, own)) or _is_relative(clause, own, kind)
    told = any(TELLING in clause[p].keys for p in range(first, place))
    apart = False  # by a comma
    for at in range(place, last, -1):
        token = clause[at]
        if kind == UNREAL:
            if WOKE in token.keys or (_is_new(clause, at) and SUBJECT in token.keys):
                return False
            continue
        if _names_somebody(token):
            return not (WRITER in token.keys or _is_mine(clause, at)) or _is_relative(clause, at, kind)
        apart = apart or bool(token.stop)
        if JOINING in token.keys and _is_new(clause, at + 1) and any(_names_somebody(t) for t in clause[:first]):
            following = clause[at + 1].keys if at + 1 < len(clause) else ()
            if not told or ASSERTING in following:
                return False
    if kind == FAMILY:
        return any(KIN in clause[p].keys for p in cue.places)
    acts = FIGURE in clause[last].keys and not clause[last + 1].stop  # "the hero is shot, collapses"
    return not apart or acts or kind == UNREAL or WITHIN in clause[first].keys


def _is_new(clause: Sequence[Token], place: int) -> bool:
    """Say whether a statement may begin at *place*: after "and" or a comma."""
    return place > 0 and (bool(place < len(clause) and clause[place].stop) or JOINING in clause[place - 1].keys)


def _names_somebody(token: Token) -> bool:
    return any(key in token.keys for key in (WRITER, PERSON, SUBJECT, FIGURE))


def _is_mine(clause: Sequence[Token], place: int) -> bool:
    """Say whether the person at *place* is one of the writer's: "my son"."""
    return place > 0 and WRITER in clause[place - 1].keys


def _is_relative(clause: Sequence[Token], place: int, kind: str) -> bool:
    """Say whether a story of the family is told of the one at *place*: "my dad had a heart attack at 50"."""
    return kind == FAMILY and any(PERSON in token.keys for token in clause[place : place + 2])


def whose(clause: Sequence[Token], place: int) -> str:
    """Return whose symptom stands at *place*: "writer", "other", or "" where nobody is named before it."""
    for at in range(place, -1, -1):
        if WRITER in clause[at].keys:
            return MINE if _is_writer(clause, at) else ANOTHERS
        if PERSON in clause[at].keys:
            return ANOTHERS
    return ""


def _is_writer(clause: Sequence[Token], place: int) -> bool:
    """Say whether the writer stands at *place*; not "my" before a person or "my reading group"."""
    if WRITER not in clause[place].keys:
        return False
    following = clause[place + 1 : place + 3]
    if following and PERSON in following[0].keys:
        return False
    group = len(following) > 1 and not following[1].stop and LIGHT not in following[0].keys
    return not (group and OTHERS in following[1].keys)


def is_taker(clause: Sequence[Token], cue: Found) -> bool:
    """Say whether *cue* tells that another takes the medicine; not that they do "too"."""
    after = cue.places[-1] + 1
    return cue.phrase.target == TAKER and not (
        _is_writer(clause, cue.places[0]) or any(TOO in token.keys for token in clause[after : after + _SHORT])
    )


def sets_apart(clause: Sequence[Token], named: Sequence[Found], cue: Found, *, taker: bool) -> bool:
    """Say whether *cue* sets the writer apart from those told of before: "I don't", "I've only had" the cough.

    Where another is the *taker* of the medicine, only what the writer has sets them apart.
    """
    kind, before, after = cue.phrase.target, max(cue.places[0] - 1, 0), cue.places[-1] + 1
    if kind == LAST:
        return any(found.places[-1] < after and whose(clause, found.places[0]) == MINE for found in named)
    if kind == ONLY:
        return any(found.places[0] >= after and _runs_on(clause, after, found.places[0]) for found in named)
    if taker:
        return kind == FRONTED and _is_fronted(clause, cue.places[0], after) and _has_after(clause, named, after)
    if kind == APART:
        return any(_is_writer(clause, place) for place in range(before, min(after + 1, len(clause))))
    if kind == FRONTED:
        return _is_fronted(clause, cue.places[0], after)
    if kind != CONTRAST:
        return False
    return len(clause) - after < _SHORT or bool(clause[after].stop) or TURN in clause[after].keys


def _has_after(clause: Sequence[Token], named: Sequence[Found], after: int) -> bool:
    """Say whether the writer has something of what is named from *after* on."""
    return any(found.places[0] > after and whose(clause, found.places[0]) == MINE for found in named)


def _is_fronted(clause: Sequence[Token], first: int, after: int) -> bool:
    """Say whether what stands from *first* on opens a statement of the writer's: "Me, I sleep"; not "me too"."""
    opens = first == 0 or bool(clause[first].stop) or TURN in clause[first - 1].keys
    if not opens or after >= len(clause) or not clause[after].stop or WRITER not in clause[after].keys:
        return False
    return not any(TOO in token.keys for token in clause[after : after + _SHORT + 1])


def _runs_on(clause: Sequence[Token], start: int, end: int) -> bool:
    """Say whether what stands from *start* on is one statement up to *end*, and names nobody else."""
    between = clause[start : end + 1]
    return not any(token.stop or SUBJECT in token.keys or PERSON in token.keys for token in between)


def of_another(clause: Sequence[Token], named: Sequence[Found], cue: Found) -> list[int]:
    """Return which of *named* the *cue* gives to a thing, a story, or somebody else."""
    kind, first = cue.phrase.target, cue.places[0]
    if kind == TITLE:
        return [n for n, found in enumerate(named) if found.places[0] == cue.places[-1] + 1]
    if kind == THING and is_within(clause, first):
        return []  # "in the car I felt sick"
    if kind == THING and (scope.begins(clause, first) or JOINING in clause[first - 1].keys):
        return of_thing(clause, named, cue)
    return told_of(clause, named, cue, scope.beside(clause, named, first)) if kind in TOLD else []
