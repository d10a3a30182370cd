"""Forms without one layout, cell by cell: two answers side by side; one alone where it leaves no doubt."""

from __future__ import annotations

from checker.classes import (
    CANNOT,
    DEGREE,
    DETERMINER,
    FIRST_PERSON,
    JOINING,
    JUDGING,
    LIGHT,
    MARK_ALONE,
    MARK_NO,
    MARK_TAIL,
    MARK_WELL,
    MARK_YES,
    NO_WORD,
    NUMBER,
    OUT_OF,
    PRONOUN,
    SEVERAL,
    SUBJECT,
    TO,
    TURN,
    UNTIL,
    WHOLLY,
)
from checker.marks import (
    CUTTING,
    JUDGED,
    LONGEST_NOUN,
    NO,
    TABLE,
    TOP,
    WELL,
    YES,
    Row,
    counted,
    has_any,
    is_light,
    is_picture,
    mark_between,
    score,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from checker.model import Token

_ASKED = "?"
_OF_ANOTHER = (DETERMINER, PRONOUN, SUBJECT)  # before "no", it is said of something else
_LONGEST_NONE = 3  # words of "0 headaches"
_NEAR = 6  # words that may stand between two answers of one form
_SLASH = " / "  # parts the rows of "HA - / N + / sleep ok", where it stands before one
_INSISTING = 3  # "no, no, no" answers nothing


class Cells:
    """Reads one message as a form, cell by cell."""

    def __init__(self, read: Sequence[Token], text: str, marks: Sequence[int]) -> None:
        self._read, self._text = read, text
        self._counts = counted(read, text)
        self._marks = self._with_scores(marks)  # place -> the place behind it, and what it says
        self._ends = {after: at for at, (after, _) in self._marks.items()}
        self._found: list[Row] = []

    def rows(self) -> list[Row]:
        """Return the rows that hold."""
        before: tuple[int, int] | None = None
        repeated = 0
        for first, end in self._cells():
            says = self._says(first, end)
            if says and before and self._answers(before, first, end, says):
                repeated = 1
            elif says in (YES, NO) and self._found and self._is_light(self._found[-1].after, first):
                repeated += 1
                if self._found[-1].says not in (says, JUDGED) or repeated >= _INSISTING:
                    self._found.pop()  # "0/10 yesterday, 9/10 now"; "no, no, no"
            elif says or not self._answered_behind(first, end):
                repeated = 0
            before = first, end
        starts = {row.start for row in self._found}
        return [row for number, row in enumerate(self._found) if self._holds(number, row, starts)]

    def _holds(self, number: int, row: Row, starts: Collection[int]) -> bool:
        """Say whether *row* leaves no doubt, or stands beside others, which begin at *starts*."""
        if self._goes_on(row, starts):
            return False
        beside = self._found[max(number - 1, 0) : number + 2]
        return row.sure or any(
            other is not row and other.start - row.after <= _NEAR and row.start - other.after <= _NEAR
            for other in beside
        )

    def _goes_on(self, row: Row, starts: Collection[int]) -> bool:
        """Say whether a statement goes on behind the score of *row*: "0/10 at rest"; no other row begins there."""
        read, at = self._read, row.after
        if row.after - row.end < 2 or at == len(read) or read[at].stop:
            return False
        if at in starts and not is_light(read[at]):
            return False
        for place in range(at, len(read)):
            if read[place].stop or not is_light(read[place]):
                return not read[place].stop
        return False

    def _is_light(self, first: int, end: int) -> bool:
        return all(is_light(token) for token in self._read[first:end])

    def _states(self, first: int, end: int, *keys: str) -> bool:
        return has_any(self._read[first:end], *keys)

    def _parting(self, at: int) -> str:
        return mark_between(self._text, self._read[at - 1].end, self._read[at].start)

    def _gap(self, at: int) -> str:
        return self._text[self._read[at - 1].end : self._read[at].start]

    def _with_scores(self, marks: Sequence[int]) -> dict[int, tuple[int, str]]:
        """Return the marks and scores: "0/10", "3 out of 10", and the nought of "headache: 0"."""
        read = self._read
        found = {
            at: (at + 1, YES if MARK_YES in read[at].keys else NO if MARK_NO in read[at].keys else JUDGED)
            for at in marks
        }
        for at, token in enumerate(read):
            points = score(token)
            if points is None or at in self._counts:
                continue
            says = YES if points else NO
            top = at + 1
            while top < len(read) and OUT_OF in read[top].keys and not read[top].stop:
                top += 1
            if top < len(read) and read[top].word == str(TOP) and (top > at + 1 or read[top].stop == "/"):
                found[at] = top + 1, says
            elif says == NO and token.stop == ":" and (top == len(read) or read[top].stop in CUTTING):
                found[at] = top, says
        return found

    def _cells(self) -> Iterator[tuple[int, int]]:
        """Cut the message where an item or an answer ends."""
        first = 0
        for at in range(1, len(self._read) + 1):
            if at == len(self._read) or self._begins(at, first):
                yield from self._cut(first, at)
                first = at

    def _begins(self, at: int, first: int) -> bool:
        """Say whether a cell begins at *at*, after the one that began at *first*."""
        token, mark = self._read[at], self._ends.get(at, -1)
        if token.stop in CUTTING or at in self._counts or self._read[first].word == token.word == "0":
            return True
        if mark >= first and (token.stop or at > mark + 1 or TURN in token.keys):
            return True
        if mark >= first and is_picture(self._read[mark]):
            return True
        gap = self._gap(at)
        return any(bar in gap for bar in TABLE) or (gap == _SLASH and first > 0 and self._gap(first) == gap)

    def _cut(self, first: int, end: int) -> Iterator[tuple[int, int]]:
        """Leave out counts, and cells that only count."""
        if first in self._counts:
            first += 1
        if first == end or (end - first == 1 and first not in self._marks and len(self._read[first].word) == 1):
            return  # "Q:", "a)"
        yield first, end

    def _says(self, first: int, end: int) -> str:
        """Return what the cell says where it is an answer and nothing else; else ""."""
        said: set[str] = set()
        at = first
        while at < end:
            token = self._read[at]
            if at in self._marks:
                at, says = self._marks[at]
                said.add(says)
                continue
            if MARK_ALONE in token.keys and at == first and end > first + 1:
                tail = all(MARK_TAIL in other.keys for other in self._read[first + 1 : end])
                return NO if tail else self._judges(first, end)  # "not really"
            if FIRST_PERSON in token.keys or not (is_light(token) or MARK_TAIL in token.keys):
                return self._judges(first, end)
            if said and UNTIL in token.keys:
                return ""  # "none before"
            if said and TO in token.keys and self._states(at, end, SEVERAL):
                break  # "no to all four"
            if not said and any(key in token.keys for key in _OF_ANOTHER):
                return ""  # "the other no"
            at += 1
        return said.pop() if len(said) == 1 else ""

    def _judges(self, first: int, end: int) -> str:
        """Return how the cell judges a noun where it does nothing else: "down", "no change"."""
        allowed = (JUDGING, LIGHT, DEGREE, WHOLLY, NUMBER)
        judging = False
        for token in self._read[first:end]:
            if FIRST_PERSON in token.keys or not any(key in token.keys for key in allowed):
                return ""
            judging = judging or JUDGING in token.keys
        return (WELL if MARK_WELL in self._read[first].keys else JUDGED) if judging else ""

    def _answers(self, item: tuple[int, int], first: int, end: int, says: str) -> bool:
        """Say whether the answer from *first* to *end* answers the *item* before it, and note so."""
        begin, last = item
        parting = mark_between(self._text, self._read[last - 1].end, self._read[first].start)
        if self._is_light(begin, last) or (self._found and self._found[-1].after > begin):
            return False
        judged = says in (JUDGED, WELL)
        if judged and (not parting or last - begin > LONGEST_NOUN or self._states(begin, last, SUBJECT, NO_WORD)):
            return False
        denies = says in (NO, WELL) and self._states(begin, last, NO_WORD, CANNOT)
        personal = self._states(begin, last, SUBJECT, FIRST_PERSON)
        on = parting == "-" and end < len(self._read) and self._parting(end) == "-"
        if (denies and personal) or ((denies or personal) and (on or not parting)):
            return False  # "I can't breathe - no - help"
        to_all = self._states(first, end, TO) and self._states(first, end, SEVERAL)
        if parting == _ASKED or to_all:
            begin = self._back(begin, told=to_all)
        opens = not begin or self._read[begin].stop == "." or begin - 1 in self._counts
        sure = parting == _ASKED or to_all or (parting in (":", "=") and opens and not personal)
        self._found.append(Row(begin, begin, last, end, says, sure))
        return True

    def _back(self, begin: int, *, told: bool) -> int:
        """Return where a question that holds several items begins: "any rash, fever or chest pain? no".

        Where it is *told*, it may name the writer: "asked me about rash, fever. No to both".
        """
        least = self._found[-1].after if self._found else 0
        while begin > least and self._read[begin].stop == ",":
            before = begin - 1
            while before > least and self._read[before].stop not in CUTTING:
                before -= 1
            if before in self._counts or (not told and self._states(before, begin, SUBJECT, FIRST_PERSON)):
                break
            begin = before
        return begin

    def _answered_behind(self, first: int, end: int) -> bool:
        """Say whether the cell ends in a mark, or begins with a nought; and note so."""
        read, last = self._read, end
        while last > first + 1 and last not in self._ends and MARK_TAIL in read[last - 1].keys:
            last -= 1  # "none whatsoever"
        mark = self._ends.get(last, -1)
        if mark <= first:
            nought = first not in self._marks and read[first].word == "0" and 1 < end - first <= _LONGEST_NONE
            if nought and not self._states(first + 1, end, LIGHT, NUMBER):
                self._found.append(Row(first, first + 1, end, end, NO, True))
            return nought
        says, scored = self._marks[mark][1], last > mark + 1
        personal = self._states(first, mark, SUBJECT, FIRST_PERSON)
        if JOINING in read[mark - 1].keys or (personal and not scored):
            return False
        if self._is_light(first, mark):
            if self._found and self._found[-1].says not in (says, JUDGED):
                self._found.pop()  # "0/10 before, now 9/10"
            return False
        if says == NO and not scored and self._states(first, mark, NO_WORD, CANNOT):
            return False
        self._found.append(Row(first, first, mark, end, says, scored and says == NO))
        return True
