"""Numbers with a meaning: blood pressure, temperature, pulse, hours of sleep.

A form is words in order with up to three others between; its numbers must be
plausible, and the first band that they fall into says what they mean.
"""

from __future__ import annotations

from checker.model import Reading, Token

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_BETWEEN = 3
_UNITS = {w: n for n, w in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen".split()
)}  # fmt: skip
_TENS = {w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}


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


def _worded(clause: Sequence[Token], place: int) -> tuple[float | None, int]:
    parts: list[int] = []
    at = place
    while at < len(clause) and (at == place or clause[at].stop in ("", "-")):
        word = clause[at].word
        if word in _TENS:
            parts.append(_TENS[word])
        elif word in _UNITS:
            if parts and parts[-1] % 100 >= 20 and parts[-1] % 10 == 0 and 0 < _UNITS[word] < 10:
                parts[-1] += _UNITS[word]
            else:
                parts.append(_UNITS[word])
        elif word == "hundred":
            parts[-1:] = [(parts[-1] if parts else 1) * 100]
        elif word == "and" and parts and parts[-1] >= 100 and at + 1 < len(clause) and (
            clause[at + 1].word in _TENS or clause[at + 1].word in _UNITS
        ):
            pass
        else:
            break
        if len(parts) == 2 and parts[0] % 100 == 0 and parts[0]:
            parts = [parts[0] + parts[1]]
        elif len(parts) == 2 and parts[0] in (1, 2, 3) and 10 <= parts[1] < 100:
            parts = [parts[0] * 100 + parts[1]]
        elif len(parts) > 1:
            break
        at += 1
    if not parts:
        return None, place
    return float(parts[0]), at


def find(
    clause: Sequence[Token], readings: Sequence[Reading]
) -> list[tuple[Reading, str, bool, tuple[int, ...]]]:
    """Return what the numbers of *clause* mean: reading, symptom, whether well, places."""
    values = numbers(clause)
    if not values:
        return []
    found: list[tuple[Reading, str, bool, tuple[int, ...]]] = []
    taken: set[int] = set()
    for reading in readings:
        best: tuple[str, bool, tuple[int, ...]] | None = None
        for form in reading.forms:
            for start in range(len(clause)):
                at = _matched(clause, values, form, start)
                if not at or not taken.isdisjoint(at[1]):
                    continue
                meant = _meant(reading, at[0])
                if meant and not _vetoed(clause, reading, at[1]):
                    if best is None or len(at[1]) > len(best[2]):
                        best = (*meant, at[1])
        if best and best[0]:
            found.append((reading, *best))
            taken.update(best[2])
    return found


def _matched(
    clause: Sequence[Token], values: dict[int, tuple[float, int]], form: tuple[str, ...], start: int
) -> tuple[list[float], tuple[int, ...]] | None:
    got: list[float] = []
    used: list[int] = []
    place = start
    for step, wanted in enumerate(form):
        for at in range(place, min(place + (_BETWEEN if step else 0) + 1, len(clause))):
            if wanted == "{n}" and at in values:
                got.append(values[at][0])
                used.extend(range(at, values[at][1]))
                place = values[at][1]
                break
            if wanted == "/":
                if at < len(clause) and clause[at].stop == "/":
                    place = at
                    break
            elif wanted in clause[at].keys:
                used.append(at)
                place = at + 1
                break
            if step and clause[at].stop in (",", "."):
                return None
        else:
            return None
    return got, tuple(used)


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


def _vetoed(clause: Sequence[Token], reading: Reading, at: tuple[int, ...]) -> bool:
    behind = at[-1] + 1
    return behind < len(clause) and any(v in clause[behind].keys for v in reading.vetoes)
