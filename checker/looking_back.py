"""What a sentence says of the one before it: that it is over, or back: "It stopped in March." "They are back."."""

from __future__ import annotations

from checker import endings, scope, times
from checker.classes import (
    FIRST_PERSON,
    LIGHT,
    MONTH,
    NO_WORD,
    NUMBER,
    PRONOUN,
    SEVERAL,
    SUBJECT,
    THEN,
    TIME,
    TURN,
    WHOLLY,
)
from checker.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from checker.model import Found, Token


_QUESTION = "question"  # the cue
_WHOLE = (*endings.ALL_OVER, times.LONG_AGO, endings.RETURNED)  # of all that a sentence names
_TELLING = (endings.OVER, *_WHOLE)


class Said(Record):
    """A sentence, what it names and its cues."""

    first: int  # the number of its first mention in the message
    clause: Sequence[Token]
    named: Sequence[Found]
    cues: Sequence[Found]


class Over(Record):
    """What a sentence says of the one before it."""

    kind: str  # of the cue that says so
    returned: bool  # that it is back; else that it is over
    several: bool  # of the list that was named last
    denies: bool  # by a denial: "not any more"
    lasting: bool  # of what came again and again too


def says_over(said: Said) -> Over | None:
    """Return what a sentence says is over, or back, of the one before it; None where it does not.

    "It stopped." "Both have cleared up." "All gone now." "They are back."
    """
    asks = min((cue.places[0] for cue in said.cues if cue.phrase.target == _QUESTION), default=len(said.clause))
    for cue in (cue for cue in said.cues if cue.places[0] < asks):
        kind = cue.phrase.target
        if kind in _TELLING and _looks_back(said, cue):
            returned = endings.has_returned(said.clause, cue)
            if returned or not (kind == endings.RETURNED or endings.is_void(said.clause, said.named, cue, said.cues)):
                several = any(SEVERAL in token.keys for token in said.clause[: cue.places[-1] + 1])
                denies = NO_WORD in said.clause[cue.places[0]].keys
                return Over(kind, returned, several, denies, endings.is_by_now(said.clause, cue))
    return None


def _looks_back(said: Said, cue: Found) -> bool:
    """Say whether a sentence names nothing and nobody up to its *cue*, but stands for what was named before."""
    first, last = cue.places[0], cue.places[-1]
    if cue.phrase.target == endings.SINCE:
        first = last = times.turned(said.clause, first)
    if any(found.places[0] < first for found in said.named):
        return False
    if cue.phrase.target in endings.WORDLESS:
        before = said.clause[first - 1].keys
        held = (FIRST_PERSON in before or PRONOUN in before) and _says_no_more(said.clause, last + 1)
        return held or endings.closes(said.clause, cue)
    if cue.phrase.target == times.LONG_AGO and PRONOUN not in said.clause[0].keys:
        return False
    held = any(PRONOUN in said.clause[place].keys for place in cue.places)  # "I had put it all back on"
    for token in said.clause[:first]:
        if not held and (FIRST_PERSON in token.keys or (SUBJECT in token.keys and PRONOUN not in token.keys)):
            return False
        if not any(key in token.keys for key in (LIGHT, WHOLLY, THEN, TURN, NUMBER, TIME, MONTH)):
            return False
    if cue.phrase.target == times.LONG_AGO or len(cue.places) > 1:
        return cue.phrase.target != endings.OVER or endings.ends_statement(said.clause, cue, said.named)
    if cue.phrase.target == endings.SINCE or any(PRONOUN in t.keys for t in said.clause[: last + 1]):
        return True
    return any(WHOLLY in t.keys for t in said.clause[: last + 2])  # "Stopped." may be said of the medicine


def _says_no_more(clause: Sequence[Token], start: int) -> bool:
    """Say whether nothing of its own is told from *start* on: "I used to get them"; not "I used to drive a van"."""
    return all(any(key in token.keys for key in (LIGHT, PRONOUN, WHOLLY, TIME)) for token in clause[start:])


def ended(said: Said, over: Over) -> Sequence[int]:
    """Return which mentions of *said* the sentence after it speaks of; "dizzy when I get up" goes on."""
    if over.kind == endings.NO_LONGER and over.denies:
        return [n for n, found in enumerate(said.named) if not endings.is_negative(said.clause, found)]
    if over.kind in _WHOLE:
        return range(len(said.named))
    if any(cue.phrase.target == endings.RECURRING for cue in said.cues) and not over.lasting:
        return ()
    return endings.told_last(said.clause, scope.owners_of(said.named), len(said.clause), several=over.several)


def ends_named(said: Said, found: Found) -> bool:
    """Say whether *said* ends what it speaks of as known, as *found*: "had a rash in May. The rash has gone"."""
    kinds = [cue.phrase.target for cue in said.cues]
    one = PRONOUN in said.clause[max(found.places[0] - 1, 0)].keys  # "that headache I had at Easter"
    return endings.OVER in kinds and times.LONG_AGO not in kinds and endings.is_definite(said.clause, found) and not one


def goes_on(clause: Sequence[Token]) -> bool:
    """Say whether *clause* speaks on of what was named before it, as "It was vile." does."""
    return PRONOUN in clause[0].keys
