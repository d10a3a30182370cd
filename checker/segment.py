"""How a mention is meant: present, absent, past, hypothetical, someone-else.

After NegEx and ConText: a cue outside the symptom's own words reaches over light
words and over lists closed by "or", "nor" or "and"; anything else ends its scope.
A cue inside a phrase ("can't breathe") is part of the phrase and denies nothing.
"""

from __future__ import annotations

from checker.model import Found, Token

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

PRESENT, ABSENT, PAST, HYPOTHETICAL, SOMEONE_ELSE = (
    "present", "absent", "past", "hypothetical", "someone-else",
)  # fmt: skip
_LIGHT, _OK_BETWEEN, _JOINING, _OR, _DEGREE = "~", "{light}", "{joining}", "{or}", "{degree}"
_FIRST_PERSON = "{first-person}"
_NO, _TURN = "{no}", "{turn}"


def assertions(
    clause: Sequence[Token], named: Sequence[Found], cues: Sequence[Found]
) -> list[tuple[str, bool]]:
    """Return for each of *named* its assertion, and whether it is only asked about.

    *cues* are the cues of the clause; those inside a named phrase do not count.
    """
    inside = {p for found in named for p in found.places}
    result = [
        (ABSENT if f.phrase.kind == "fine" and not _undone(clause, f.places) else PRESENT, False) for f in named
    ]
    owner: dict[int, list[int]] = {}
    for number, found in enumerate(named):
        for place in found.places:
            owner.setdefault(place, []).append(number)
    outside = [c for c in cues if inside.isdisjoint(c.places)]
    reports = [c.places[0] for c in cues if c.phrase.target == "report"]
    parts = _parts(clause)
    for cue in outside:
        kind, first, last = cue.phrase.target, cue.places[0], cue.places[-1]
        if kind == "negation":
            for number in _following(clause, owner, last + 1):
                if named[number].phrase.kind != "fine":
                    result[number] = (ABSENT, False)
        elif kind in ("past", "hypothetical"):
            assertion = PAST if kind == "past" else HYPOTHETICAL
            for number in _following(clause, owner, last + 1):
                result[number] = (assertion, False)
        elif kind in ("past-before", "negated-before"):
            assertion = PAST if kind == "past-before" else ABSENT
            if kind == "past-before" and not _settles(clause, last, named, first):
                continue
            if kind == "negated-before" and not _ends_item(clause, last, owner):
                continue
            for number in _preceding(clause, owner, first):
                if result[number][0] == PRESENT:
                    result[number] = (assertion, False)
        elif kind in ("past-anywhere", "not-a-person"):
            assertion = PAST if kind == "past-anywhere" else SOMEONE_ELSE
            for number, found in enumerate(named):
                if parts[found.places[0]] == parts[first] and result[number][0] == PRESENT:
                    result[number] = (assertion, False)
        elif kind == "question" and _begins(clause, first):
            for number, found in enumerate(named):
                start = found.places[0]
                if parts[start] != parts[first]:
                    continue
                told = any(last < r < start for r in reports) or any(
                    _FIRST_PERSON in clause[p].keys for p in range(start, found.places[-1])
                )
                if start > last and not told and result[number][0] == PRESENT:
                    result[number] = (PRESENT, True)
    return result


def _undone(clause: Sequence[Token], places: Sequence[int]) -> bool:
    """Say whether "sleeping well" is denied: "not sleeping well", "can't sleep well"."""
    for place in range(places[-1], -1, -1):
        token = clause[place]
        if _NO in token.keys:
            return True
        if place < places[0] and not (_LIGHT in token.keys or _OK_BETWEEN in token.keys):
            return False
        if token.stop and place <= places[0]:
            return False
    return False


def _parts(clause: Sequence[Token]) -> list[int]:
    """Number the parts of *clause* between turns ("but", "although")."""
    parts, part = [], 0
    for token in clause:
        part += _TURN in token.keys
        parts.append(part)
    return parts


def _settles(clause: Sequence[Token], last: int, named: Sequence[Found], first: int) -> bool:
    """Say whether "gone" ends its statement ("gone up" does not) and stands outside a mention."""
    if any(f.places[0] < first < f.places[-1] for f in named):
        return False
    if last + 1 >= len(clause) or clause[last + 1].stop:
        return True
    keys = clause[last + 1].keys
    return _LIGHT in keys or _DEGREE in keys or _JOINING in keys or "{day}" in keys


def _begins(clause: Sequence[Token], place: int) -> bool:
    """Say whether a question begins at *place*: only function words before it, or a comma."""
    for p in range(place - 1, -1, -1):
        if clause[p + 1].stop or _TURN in clause[p].keys:
            return True
        if not (_LIGHT in clause[p].keys or _JOINING in clause[p].keys or "{drug}" in clause[p].keys):
            return False
    return True


def _following(clause: Sequence[Token], owner: dict[int, list[int]], start: int) -> list[int]:
    """Return what a cue before *start* reaches."""
    reached: list[int] = []
    place, joined, count = start, False, len(clause)
    while place < count:
        token = clause[place]
        if token.stop == "," and (not reached or not _closed(clause, owner, place)):
            break
        if token.stop == ":" and reached:
            break
        if place in owner:
            reached.extend(n for n in owner[place] if n not in reached)
            joined = False
        elif _JOINING in token.keys:
            if not reached:
                break
            joined = True
        elif joined and not (_DEGREE in token.keys or token.word in ("any", "a", "an", "the", "other")):
            break
        elif not (_LIGHT in token.keys or _OK_BETWEEN in token.keys or _DEGREE in token.keys):
            break
        elif reached and not joined and token.stop != "," and place - 1 in owner:
            # "no headache today": what follows an item belongs to it
            pass
        place += 1
    return reached


def _closed(clause: Sequence[Token], owner: dict[int, list[int]], place: int) -> bool:
    """Say whether the list that goes on at *place* ends in "or", "nor" or "and"."""
    for at in range(place, len(clause)):
        token = clause[at]
        if _OR in token.keys:
            return any(p in owner for p in range(at + 1, min(at + 5, len(clause))))
        if at not in owner and not (_LIGHT in token.keys or _DEGREE in token.keys):
            return False
    return False


def _preceding(clause: Sequence[Token], owner: dict[int, list[int]], end: int) -> list[int]:
    """Return what a cue at *end* reaches backwards: the item before it, or a list."""
    reached: list[int] = []
    joined = True
    for place in range(end - 1, -1, -1):
        token = clause[place]
        if place in owner:
            if not joined and not any(n in reached for n in owner[place]):
                if clause[place + 1].stop != "/":
                    break
            reached.extend(n for n in owner[place] if n not in reached)
            joined = False
        elif _JOINING in token.keys:
            joined = bool(reached)
        elif not (_LIGHT in token.keys or _DEGREE in token.keys or "{time}" in token.keys or "{n}" in token.keys):
            break
        if clause[place].stop == "," and not reached and place != end:
            continue
    return reached


def _ends_item(clause: Sequence[Token], last: int, owner: dict[int, list[int]]) -> bool:
    """Say whether nothing but the end of the item follows *last* ("rash: none")."""
    if last + 1 >= len(clause) or clause[last + 1].stop:
        return clause[last].stop == ":" or last + 1 >= len(clause)
    return False
