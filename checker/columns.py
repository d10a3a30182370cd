"""Tables with a column for each answer: a tick below "yes" says yes.

The heading names the answers; a row with one tick below them is answered, one without is blank.
"""

from __future__ import annotations

from bisect import bisect_left

from checker.classes import ANSWERING, MARK_ALONE, MARK_NAUGHT, MARK_NO
from checker.marks import BLANK, NO, YES, Row, has_any, is_light

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from checker.model import Token

    Cell = tuple[int, int]  # its tokens, from the first up to the last

_BAR = "|"
_TICKS = "xX✓✔✅☑*•1"
_FEWEST = 2  # answers; rows


def rows(read: Sequence[Token], text: str) -> list[Row]:
    """Return the rows of a table in *text* that answers by columns; none where it is none."""
    starts = [token.start for token in read]
    answers: dict[int, str] = {}
    found: list[Row] = []
    start = 0
    for line in text.split("\n"):
        cells, at = [], start
        for cell in line.split(_BAR):
            cells.append((bisect_left(starts, at), bisect_left(starts, at + len(cell))))
            at += len(cell) + 1
        if not answers:
            answers = {n: says for n, cell in enumerate(cells) if (says := _says(read[slice(*cell)]))}
            if len(cells) > 1 and len(set(answers.values())) < _FEWEST:
                return []
        else:
            row = _row(line.split(_BAR), cells, answers)
            found += [row] if row else []
        start += len(line) + 1
    return found if len(found) >= _FEWEST else []


def _says(cell: Sequence[Token]) -> str:
    """Return what a heading answers: "yes", "not at all", "often"; "" where it is none."""
    if not has_any(cell, ANSWERING) or not all(is_light(token) or has_any((token,), ANSWERING) for token in cell):
        return ""
    return NO if has_any(cell, MARK_NO, MARK_NAUGHT, MARK_ALONE) else YES


def _row(written: Sequence[str], cells: Sequence[Cell], answers: dict[int, str]) -> Row | None:
    """Return the answered row of *cells*, as they are *written*; None where it is none."""
    item = next((n for n, (first, end) in enumerate(cells) if end > first), len(cells))
    if item >= min(answers) or len(cells) <= max(answers):
        return None
    ticks = {says: written[n].strip() for n, says in answers.items() if written[n].strip(" -")}
    if len(ticks) > 1 or not all(tick in _TICKS for tick in ticks.values()):
        return None
    first, end = cells[item]
    return Row(first, first, end, cells[-1][1], next(iter(ticks), BLANK), True)
