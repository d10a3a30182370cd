"""How a mention is meant: present, absent, past, hypothetical, someone-else.

After NegEx and ConText: a cue outside the symptom's own words reaches over light
words and over lists closed by "or", "nor" or "and"; anything else ends its scope.
A cue inside a phrase ("can't breathe") is part of the phrase and denies nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from checker.model import Found, Token

    Owners = dict[int, list[int]]  # place -> the mentions whose words stand there

PRESENT, ABSENT, PAST, HYPOTHETICAL, SOMEONE_ELSE = (
    "present", "absent", "past", "hypothetical", "someone-else",
)  # fmt: skip
# cue -> what it makes of what follows it, of what stands before it, of its part of the sentence
_FOLLOWING = {"negation": ABSENT, "denial": ABSENT, "past": PAST, "hypothetical": HYPOTHETICAL}
_PRECEDING = {"past-before": PAST, "negated-before": ABSENT}
_ANYWHERE = {"past-anywhere": PAST, "not-a-person": SOMEONE_ELSE}
_QUESTION, _REPORT = "question", "report"

_LIGHT, _OK_BETWEEN, _JOINING, _OR, _DEGREE = "~", "{light}", "{joining}", "{or}", "{degree}"
_FIRST_PERSON, _DRUG, _DAY, _TIME, _NUMBER = "{first-person}", "{drug}", "{day}", "{time}", "{n}"
_NO, _TURN, _DETERMINER = "{no}", "{turn}", "{determiner}"


def assertions(clause: Sequence[Token], named: Sequence[Found], cues: Sequence[Found]) -> list[tuple[str, bool]]:
    """Return for each of *named* its assertion, and whether it is only asked about.

    *cues* are the cues of the clause; those inside a named phrase do not count.
    """
    inside = {place for found in named for place in found.places}
    owners: Owners = {}
    for number, found in enumerate(named):
        for place in found.places:
            owners.setdefault(place, []).append(number)
    meant = [ABSENT if f.phrase.kind == "fine" and not _undone(clause, f.places) else PRESENT for f in named]
    asked: set[int] = set()
    reports = [c.places[0] for c in cues if c.phrase.target == _REPORT]
    for cue in (c for c in cues if inside.isdisjoint(c.places)):
        kind, first, last = cue.phrase.target, cue.places[0], cue.places[-1]
        if kind in _FOLLOWING:
            reached = [
                n for n in _following(clause, owners, last + 1, wide=kind == "denial") if named[n].phrase.kind != "fine"
            ]
            _mean(meant, reached, _FOLLOWING[kind], only_present=False)
        elif kind in _PRECEDING and _ends_statement(clause, cue, named):
            _mean(meant, _preceding(clause, owners, first), _PRECEDING[kind], only_present=True)
        elif kind in _ANYWHERE:
            _mean(meant, _beside(clause, named, first), _ANYWHERE[kind], only_present=True)
        elif kind == _QUESTION and _begins(clause, first):
            asked |= {n for n in _beside(clause, named, first) if _is_asked(clause, named[n], last, reports)}
    return [(m, number in asked and m == PRESENT) for number, m in enumerate(meant)]


def _mean(meant: list[str], reached: Sequence[int], assertion: str, *, only_present: bool) -> None:
    for number in reached:
        if meant[number] == PRESENT or not only_present:
            meant[number] = assertion


def _following(clause: Sequence[Token], owners: Owners, start: int, *, wide: bool) -> list[int]:
    """Return what a cue before *start* reaches; a *wide* one ("denies") reaches over any list."""
    reached: list[int] = []
    joined = False
    wide = wide or _is_bare_list(clause, owners, start)
    for place in range(start, len(clause)):
        token = clause[place]
        if token.stop == "," and not (
            reached and (_closed(clause, owners, place) or (wide and _is_item(clause, owners, place)))
        ):
            break
        if token.stop == ":" and reached:
            break
        if place in owners:
            reached.extend(n for n in owners[place] if n not in reached)
            joined = False
        elif _JOINING in token.keys:
            if not reached:
                break
            joined = True
        elif joined and not (_DEGREE in token.keys or _DETERMINER in token.keys):
            break  # "no nausea and I feel dizzy": a new statement
        elif not (_LIGHT in token.keys or _OK_BETWEEN in token.keys or _DEGREE in token.keys):
            break
    return reached


def _is_item(clause: Sequence[Token], owners: Owners, place: int) -> bool:
    """Say whether a list goes on at *place* with a mention: "denies fever, bad headache"."""
    for at in range(place, len(clause)):
        keys = clause[at].keys
        if at in owners:
            return True
        if not (_DEGREE in keys or _DETERMINER in keys or _JOINING in keys):
            return False
    return False


def _is_bare_list(clause: Sequence[Token], owners: Owners, start: int) -> bool:
    """Say whether *start* begins a list of three or more mentions and nothing else: "no fever, cough, rash"."""
    commas = sum(clause[at].stop == "," for at in range(start + 1, len(clause)))
    return commas >= 2 and all(
        at in owners or any(key in clause[at].keys for key in (_DEGREE, _DETERMINER, _JOINING))
        for at in range(start, len(clause))
    )


def _closed(clause: Sequence[Token], owners: Owners, place: int) -> bool:
    """Say whether the list that goes on at *place* ends in "or", "nor" or "and"."""
    for at in range(place, len(clause)):
        keys = clause[at].keys
        if _OR in keys:
            return any(p in owners for p in range(at + 1, min(at + 5, len(clause))))
        if at not in owners and not (_LIGHT in keys or _DEGREE in keys):
            return False
    return False


def _preceding(clause: Sequence[Token], owners: Owners, end: int) -> list[int]:
    """Return what a cue at *end* reaches backwards: the item before it, or a list."""
    reached: list[int] = []
    joined = True
    for place in range(end - 1, -1, -1):
        keys = clause[place].keys
        if place in owners:
            if not joined and reached and not any(n in reached for n in owners[place]):
                break
            reached.extend(n for n in owners[place] if n not in reached)
            joined = False
        elif _JOINING in keys:
            joined = bool(reached)
        elif not (_LIGHT in keys or _DEGREE in keys or _TIME in keys or _NUMBER in keys):
            break
    return reached


def _ends_statement(clause: Sequence[Token], cue: Found, named: Sequence[Found]) -> bool:
    """Say whether "gone" ends its statement ("gone up" does not), and "none" its item ("rash: none")."""
    first, last = cue.places[0], cue.places[-1]
    ends = last + 1 >= len(clause) or bool(clause[last + 1].stop)
    if cue.phrase.target == "negated-before":
        return ends and (clause[first].stop == ":" or last + 1 >= len(clause))
    if any(f.places[0] < first < f.places[-1] for f in named):
        return False
    return ends or any(key in clause[last + 1].keys for key in (_LIGHT, _DEGREE, _JOINING, _DAY, _TURN))


def _beside(clause: Sequence[Token], named: Sequence[Found], place: int) -> list[int]:
    """Return what stands in the same part of *clause* as *place*, between turns ("but", "although")."""
    part, parts = 0, []
    for token in clause:
        part += _TURN in token.keys
        parts.append(part)
    return [number for number, found in enumerate(named) if parts[found.places[0]] == parts[place]]


def _begins(clause: Sequence[Token], place: int) -> bool:
    """Say whether a question begins at *place*: only function words before it, or a comma."""
    for p in range(place - 1, -1, -1):
        if clause[p + 1].stop or _TURN in clause[p].keys:
            return True
        if not any(key in clause[p].keys for key in (_LIGHT, _JOINING, _DRUG)):
            return False
    return True


def _is_asked(clause: Sequence[Token], found: Found, last: int, reports: Sequence[int]) -> bool:
    """Say whether a question that ends at *last* asks about *found*.

    "Can it make me sweat?" does; "is it normal that my chest hurts?" reports it.
    """
    start = found.places[0]
    if start <= last or any(last < r < start for r in reports):
        return False
    return not any(_FIRST_PERSON in clause[p].keys for p in range(start, found.places[-1]))


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
