"""What is only asked about: "can it make me sweat?" asks, "is it normal that my chest hurts?" reports."""

from __future__ import annotations

from checker import scope
from checker.classes import (
    ASSERTING,
    AT_HAND,
    BE,
    CANT,
    CAUSE,
    CAUSING,
    FIRST_PERSON,
    LIKE,
    OWN,
    RECENT,
    SUBJECT,
    TO,
    WRITER,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from checker.model import Found, Token

QUESTION, REPORT, ROUND = "question", "report", "asked-round"  # the cues "can it make me", "my", "is ... listed"
INDIRECT = "indirect"  # the cue "know whether it raises"
ASKS = (QUESTION, INDIRECT, ROUND)


def asked_of(
    clause: Sequence[Token], named: Sequence[Found], cue: Found, reports: Sequence[tuple[int, ...]]
) -> set[int]:
    """Return which of *named* the question *cue* asks about."""
    beside = scope.beside(clause, named, cue.places[0])
    if cue.phrase.target == ROUND:
        return {n for n in beside if _is_asked_round(clause, named[n], cue, reports)}
    if cue.phrase.target == QUESTION and not _opens(clause, cue.places[0]):
        return set()
    told = _told_after(clause, named, cue.places[-1])
    return {n for n in beside if named[n].places[0] < told and _is_asked(clause, named[n], cue, reports)}


def _opens(clause: Sequence[Token], place: int) -> bool:
    """Say whether a question opens at *place*; "I do the washing", "to do the shopping" ask nothing."""
    if place and not clause[place].stop and any(key in clause[place - 1].keys for key in (SUBJECT, TO)):
        return False
    return scope.begins(clause, place)


def _is_had(clause: Sequence[Token], place: int) -> bool:
    """Say whether what stands before *place* is somebody's: "the headaches I've been having", "pain like mine"."""
    after = clause[place : place + 2]
    if not after or after[0].stop:
        return False
    if FIRST_PERSON in after[0].keys:
        return any(ASSERTING in token.keys for token in after)
    return LIKE in after[0].keys and any(OWN in t.keys or (AT_HAND in t.keys) for t in after[1:])


def _is_asked(clause: Sequence[Token], found: Found, cue: Found, reports: Sequence[tuple[int, ...]]) -> bool:
    """Say whether the question *cue* asks about *found*: what follows it, or stands inside ("is a rash normal").

    "Can it make me sweat?" does; "is it normal that my chest hurts?" reports it.
    """
    start = found.places[0]
    if start < cue.places[0] or any(cue.places[0] < r[-1] and r[0] < start for r in reports):
        return False
    return not _is_had(clause, found.places[-1] + 1) and not any(
        FIRST_PERSON in clause[p].keys and not (p and CAUSING in clause[p - 1].keys)
        for p in range(start, found.places[-1])
    )


def _is_asked_round(clause: Sequence[Token], found: Found, cue: Found, reports: Sequence[tuple[int, ...]]) -> bool:
    """Say whether "is" before *found* and *cue* after it ask about it: "is chest pain listed"."""
    first = found.places[0]
    if found.places[-1] > cue.places[0]:
        return False
    for place in range(first - 1, -1, -1):
        if BE in clause[place].keys and scope.begins(clause, place):
            return not any(place < r[-1] and r[0] < first for r in reports)
        if clause[place + 1].stop:
            return False
    return False


def _told_after(clause: Sequence[Token], named: Sequence[Found], last: int) -> int:
    """Return where something is told after the question that ends at *last*.

    "What's this mania, I haven't slept"; "would a fit look like this: staring, jerking"; "can it wait, pain since noon"
    """
    first = min((found.places[0] for found in named if found.places[0] > last), default=len(clause))
    for place in range(last + 1, len(clause)):
        stop = clause[place].stop
        if not stop:
            continue
        states = any(key in clause[place].keys for key in (WRITER, ASSERTING, CANT))
        if states or (stop == ":" and place > first) or _is_timed(clause, place):
            return place
    return len(clause)


def is_at_hand(clause: Sequence[Token], found: Found) -> bool:
    """Say whether *found* is spoken of as there, whatever is asked of it: "what is this rash"."""
    before = clause[found.places[0] - 1 : found.places[0]]
    return any(AT_HAND in token.keys and FIRST_PERSON not in token.keys for token in before)


def _is_timed(clause: Sequence[Token], first: int) -> bool:
    """Say whether the item that begins at *first* tells since when: "chest pain since noon"."""
    end = next((place for place in range(first + 1, len(clause)) if clause[place].stop), len(clause))
    return any(CAUSE in token.keys or RECENT in token.keys for token in clause[first:end])


def asks_back(back: Sequence[Found], cues: Sequence[Found]) -> bool:
    """Say whether a sentence with the cues *back* only asks about the one before; "my" or "I have" reports."""
    inside = {place for cue in back for place in cue.places}
    return bool(back) and not any(cue.phrase.target == REPORT and inside.isdisjoint(cue.places) for cue in cues)


def asks_about(clause: Sequence[Token], topic: Found, asking: Sequence[Found]) -> bool:
    """Say whether one of *asking* asks about *topic*: in its part of the sentence, or after it ("I'm 16, is it ok")."""
    parts = scope.parts(clause) if asking else []
    return any(cue.places[0] > topic.places[-1] or parts[cue.places[0]] == parts[topic.places[0]] for cue in asking)
