"""Numbers with a meaning: blood pressure, temperature, pulse, hours of sleep.

A form is words in order with up to three others between, but for "she", "is" and
the like, whose number stands beside them; its numbers must be plausible, and the
first band that they fall into says what they mean.
"""

from __future__ import annotations

from checker.classes import BE, DECIMAL, NUMBER, PERSON, ROUGHLY, SUBJECT
from checker.model import Reading, Token

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_BETWEEN = 3
_SLASH = "/"
_VALUE = "="  # a key that holds the value of a number word


def numbers(clause: Sequence[Token]) -> dict[int, tuple[float, int]]:
    """Return the numbers of *clause*: place -> value and the place behind it.

    Digits, and words: "one fifty six" is 156, "a hundred and ten" 110.
    """
    found: dict[int, tuple[float, int]] = {}
    place = 0
    while place < len(clause):
        word = clause[place].word
        if word[0].isdigit():
            value = _digits(word)
            if value is not None:
                found[place] = (value, place + 1)
            place += 1
            continue
        value, end = _worded(clause, place)
        if value is not None:
            found[place] = (value, end)
            place = end
        else:
            place += 1
    return found


def _digits(word: str) -> float | None:
    try:
        return float(word)
    except ValueError:
        return None


def _value(token: Token) -> int | None:
    for key in token.keys:
        if key[0] == _VALUE:
            return int(key[1:])
    return None


def _worded(clause: Sequence[Token], place: int) -> tuple[float | None, int]:
    total: int | None = None
    at = place
    while at < len(clause) and (at == place or not clause[at].stop):
        value = _value(clause[at])
        if value is None:
            joins = clause[at].word == "and" and total is not None and total % 100 == 0
            if not joins or at + 1 >= len(clause) or _value(clause[at + 1]) is None:
                break
        elif total is None:
            total = value
        elif value == 100 and total < 10:
            total *= 100  # one hundred
        elif (total % 100 == 0 and value < 100) or (total % 100 >= 20 and total % 10 == 0 and 0 < value < 10):
            total += value  # a hundred and ten, fifty six
        elif total in (1, 2, 3) and 10 <= value < 100:
            total = 100 * total + value  # one fifty six
        else:
            break
        at += 1
    return (None if total is None else float(total)), at


def find(clause: Sequence[Token], readings: Sequence[Reading]) -> list[tuple[Reading, str, bool, tuple[int, ...]]]:
    """Return what the numbers of *clause* mean: reading, symptom, whether well, places."""
    values = numbers(clause)
    if not values:
        return []
    where = _where(clause, values)
    there = set(where)
    found: list[tuple[Reading, str, bool, tuple[int, ...]]] = []
    taken: set[int] = set()
    for reading in readings:
        if there.isdisjoint(reading.telling):
            continue
        said: list[tuple[int, int, tuple[int, ...], str, bool, bool]] = []
        for form in reading.forms:
            if not there.issuperset(form):
                continue
            pair = form.count(NUMBER) > 1
            for start in where[form[0]]:
                at = _matched(clause, values, form, start)
                meant = _meant(reading, at[0]) if at and taken.isdisjoint(at[1]) else None
                if at and meant and not _vetoed(clause, values, reading, at[1]):
                    over = sum(at[1][0] < place < at[1][-1] for place in values.keys() - at[1])
                    said.append((over, -len(at[1]), at[1], *meant, pair))
        said.sort(key=lambda one: one[:2])
        mine: list[tuple[Reading, str, bool, tuple[int, ...]]] = []
        used: set[int] = set()
        for *_, places, symptom, well, pair in said:
            if used.isdisjoint(places) and (pair or not used):
                used.update(places)
                if symptom:
                    mine.append((reading, symptom, well, places))
                    taken.update(places)
        ill = any(not well for _, _, well, _ in mine)  # of several the one that is out of bounds counts
        found.extend(one for one in mine if not (ill and one[2]))
    return found


def _where(clause: Sequence[Token], values: Collection[int]) -> dict[str, list[int]]:
    """Return where each word and class of *clause* stands, and each kind of number; a slash has no place of its own."""
    where: dict[str, list[int]] = {}
    for place, token in enumerate(clause):
        for key in token.keys:
            where.setdefault(key, []).append(place)
    where[NUMBER] = [*values]
    if any(_has_tenths(clause[at]) for at in values):
        where[DECIMAL] = where[NUMBER]
    if any(token.stop == _SLASH for token in clause):
        where[_SLASH] = []
    return where


def _matched(
    clause: Sequence[Token], values: dict[int, tuple[float, int]], form: tuple[str, ...], start: int
) -> tuple[list[float], tuple[int, ...]] | None:
    got: list[float] = []
    used: list[int] = []
    place = start
    for step, wanted in enumerate(form):
        near = step > 0 and wanted == NUMBER and any(k in clause[place - 1].keys for k in (SUBJECT, PERSON, BE))
        for at in range(place, min(place + (_BETWEEN if step else 0) + 1, len(clause))):
            if at in values and (wanted == NUMBER or (wanted == DECIMAL and _has_tenths(clause[at]))):
                got.append(values[at][0])
                used.extend(range(at, values[at][1]))
                place = values[at][1]
                break
            if wanted == _SLASH:
                if at < len(clause) and clause[at].stop == _SLASH:
                    place = at
                    break
            elif wanted in clause[at].keys:
                used.append(at)
                place = at + 1
                break
            if (step and clause[at].stop in (",", ".")) or (near and ROUGHLY not in clause[at].keys):
                return None
        else:
            return None
    return got, tuple(used)


def _has_tenths(token: Token) -> bool:
    return token.word[-2:-1] == "."


def _meant(reading: Reading, got: list[float]) -> tuple[str, bool] | None:
    for ranges in reading.plausible:
        if len(got) <= len(ranges) and all(low <= v <= high for v, (low, high) in zip(got, ranges)):
            break
    else:
        return None
    for limits, symptom, well in reading.bands:
        if all(_holds(limit, value, got) for limit, value in limits):
            return symptom, well
    return "", False


def _holds(limit: str, value: float, got: list[float]) -> bool:
    which, _, side = limit.partition("_")
    place = 0 if which == "first" else 1
    if place >= len(got):
        return False
    return got[place] >= value if side == "from" else got[place] < value


def _vetoed(
    clause: Sequence[Token], values: dict[int, tuple[float, int]], reading: Reading, at: tuple[int, ...]
) -> bool:
    """Say whether a word that gives the number another meaning stands behind it, or behind all: "took 40 mg of it"."""
    behind = {at[-1] + 1, *(values[place][1] for place in at if place in values)}
    return any(v in clause[place].keys for place in behind if place < len(clause) for v in reading.vetoes)
