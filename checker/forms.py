"""Forms: what a ticked list, a questionnaire or a table of a nurse answers, item by item.

An item is answered by a mark behind it ("nausea - no", "chest pain? N", "rash ✗", "headache 0/10"), by a box before
it ("[x] dry mouth"), or by a judgement of a bare noun ("appetite: down"). Two answers side by side make a form; one
alone does only where its layout leaves no doubt. Whatever else a message holds is no form and is left as it stands.
"""

from __future__ import annotations

from checker.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from checker.model import Token

YES, NO, WELL, JUDGED = "yes", "no", "well", "judged"  # what an answer says
WITH_ANSWER = (WELL, JUDGED)  # what is read together with its noun: "appetite: down"

_MARK, _LETTER, _YES, _NO, _BOX = "{mark}", "{mark-letter}", "{mark-yes}", "{mark-no}", "{mark-box}"
_TAIL, _ALONE, _WELL, _JUDGING = "{mark-tail}", "{mark-alone}", "{mark-well}", "{judging}"
_LIGHT, _DEGREE, _WHOLLY, _NUMBER = "~", "{degree}", "{wholly}", "{n}"
_SUBJECT, _FIRST_PERSON, _NEGATION, _CANNOT, _JOINING = "{subject}", "{first-person}", "{no}", "{cannot}", "{joining}"
_OUT_OF, _TURN = "{out-of}", "{turn}"
_FIRST_PICTURE = "\u2600"
_ASKED, _STRONG, _DASHES, _TABLE = "?", "?:=", "-–—", "|\t"  # what may part an item from its answer
_PARTING = ("?", ":", "=", "|", "\t", " - ", "–", "—")
_CUTTING = (".", ",", ":")  # the stops that end an item; N/V/D is one
_OF_ANOTHER = ("{determiner}", "{pronoun}", _SUBJECT)  # before "no", it is said of something else
_TOP = 10  # of a score
_LONGEST_NOUN = 3  # words of what is judged
_LONGEST_NONE = 3  # words of "0 headaches"
_NEAR = 6  # words that may stand between two answers of one form
_INSISTING = 3  # "no, no, no" answers nothing


class Row(Record):
    """An answered item; its places are those of the tokens.

    Attributes:
        start: where it begins, with a box before it.
        first: where the item begins.
        end: behind the item.
        after: behind its answer, which begins at `end`.
        says: yes, no, well or judged.
        sure: whether its layout leaves no doubt.
    """

    start: int
    first: int
    end: int
    after: int
    says: str
    sure: bool = False


def rows(read: Sequence[Token], text: str) -> list[Row]:
    """Return the answered items among the tokens *read* of *text*, in order; none where it is no form."""
    marks = [
        at
        for at, token in enumerate(read)
        if _MARK in token.keys and _is_mark(token) and not (_LETTER in token.keys and _in_slashes(text, token))
    ]
    if not text.isascii():
        thumbs = {at for at, token in enumerate(read) if _is_picture(token) and _JUDGING in token.keys}
        marks = sorted({*marks, *thumbs})
    boxes = [at for at in marks if _is_picture(read[at]) and _JUDGING not in read[at].keys]
    if len(boxes) > 1 and _stand_before(read, boxes):
        ticked = any(_YES in read[at].keys or _BOX in read[at].keys for at in boxes)
        return _boxed(read, boxes) if ticked else []  # crosses alone may be bullets
    if any(_closes(read, at) for at in marks) or _has_nought(read, text) or _may_judge(read, text):
        return _Form(read, text, marks).rows()
    return []


def pieces(read: Sequence[Token], answered: Sequence[Row]) -> Iterator[tuple[Sequence[Token], Row | None]]:
    """Cut the tokens *read* into the items *answered*, each with its row, and what stands between."""
    at = 0
    for row in answered:
        if row.start > at:
            yield _plain(read[at : row.start]), None
        yield read[row.first : row.end], row
        at = row.after
    if at < len(read):
        yield _plain(read[at:]), None


def is_part(read: Sequence[Token], clause: Sequence[Token], answered: Sequence[Row]) -> bool:
    """Say whether *clause* stands beside one of the items *answered* in its sentence."""
    for row in answered:
        before = row.start > 0 and read[row.start - 1].end == clause[-1].end
        if before and (read[row.start].stop != "." or len(clause) == 1):  # "1." counts it
            return True
        if row.after < len(read) and read[row.after].start == clause[0].start and clause[0].stop != ".":
            return True
    return False


def with_answer(read: Sequence[Token], row: Row) -> tuple[Token, ...]:
    """Return the item of *row* and its answer as one statement: "appetite - down" as "appetite down"."""
    opening, item, answer = read[row.start : row.first], read[row.first : row.end], read[row.end : row.after]
    return (*opening, *(t.replace(stop="") for t in item[:1]), *item[1:], *(t.replace(stop="") for t in answer))


def _plain(read: Sequence[Token]) -> Sequence[Token]:
    """Return *read* without the marks that answer nothing."""
    if not any(_is_picture(token) for token in read):
        return read
    kept: list[Token] = []
    held = ""
    for token in read:
        if _is_picture(token) and (_MARK in token.keys or _JUDGING in token.keys):
            held = held or token.stop
            continue
        kept.append(token.replace(stop=token.stop or held) if held else token)
        held = ""
    return kept


def _is_picture(token: Token) -> bool:
    return token.word >= _FIRST_PICTURE


def _is_mark(token: Token) -> bool:
    """Say whether *token* is a mark; a letter is read as another word too ("n" is "and"), which is none."""
    return _LETTER not in token.keys or len(token.word) == 1


def _in_slashes(text: str, token: Token) -> bool:
    """Say whether *token* is a letter of "N/V"."""
    return "/" in (text[token.start - 1 : token.start], text[token.end : token.end + 1])


def _closes(read: Sequence[Token], at: int) -> bool:
    """Say whether the mark at *at* may end an item."""
    return at + 1 == len(read) or bool(read[at + 1].stop) or _is_picture(read[at])


def _has_nought(read: Sequence[Token], text: str) -> bool:
    return "0" in text and any(token.word == "0" for token in read)


def _is_light(token: Token) -> bool:
    return _LIGHT in token.keys and not (_MARK in token.keys and _is_mark(token))


def _stand_before(read: Sequence[Token], boxes: Sequence[int]) -> bool:
    """Say whether each of *boxes* stands before its item."""
    for at in boxes:
        if at + 1 == len(read) or read[at + 1].stop in _CUTTING or at + 1 in boxes:
            return False
    return not all(_is_light(token) for token in read[boxes[-1] + 1 :])


def _boxed(read: Sequence[Token], boxes: Sequence[int]) -> list[Row]:
    """Return the rows that begin with one of *boxes*, each up to the next or the end of its line."""
    found = []
    for at, end in zip(boxes, (*boxes[1:], len(read))):
        last = next((place for place in range(at + 2, end) if read[place].stop == "."), end)
        found.append(Row(at, at + 1, last, last, YES if _YES in read[at].keys else NO, True))
    return found


def _may_judge(read: Sequence[Token], text: str) -> bool:
    """Say whether a noun may be judged behind a mark of *text*: "appetite - poor"."""
    if not any(mark in text for mark in _PARTING):
        return False
    return any(
        token.stop in _CUTTING and at and _JUDGING in token.keys and _parting(text, read[at - 1].end, token.start)
        for at, token in enumerate(read)
    )


def _parting(text: str, end: int, start: int) -> str:
    """Return what parts the word that begins at *start* from the one before: "?", ":", "-", "|", or ""."""
    gap = text[end:start]
    for mark in _STRONG + _TABLE:
        if mark in gap:
            return mark
    return "-" if any(mark in gap for mark in _DASHES) else ""


class _Form:
    """Reads one message as a form, cell by cell."""

    def __init__(self, read: Sequence[Token], text: str, marks: Sequence[int]) -> None:
        self._read, self._text = read, text
        self._counts = self._numbered()
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
        return [row for number, row in enumerate(self._found) if self._holds(number, row)]

    def _holds(self, number: int, row: Row) -> bool:
        """Say whether *row* leaves no doubt, or stands beside others."""
        if self._goes_on(row):
            return False
        beside = self._found[max(number - 1, 0) : number + 2]
        return row.sure or any(
            other is not row and other.start - row.after <= _NEAR and row.start - other.after <= _NEAR
            for other in beside
        )

    def _goes_on(self, row: Row) -> bool:
        """Say whether a statement goes on behind the score of *row*: "0/10 at rest"."""
        read, at = self._read, row.after
        if row.after - row.end < 2 or at == len(read) or read[at].stop:
            return False
        end = next((place for place in range(at, len(read)) if read[place].stop), len(read))
        begins = not _is_light(read[at]) and any(other.start == at for other in self._found)
        return not begins and not self._is_light(at, end)

    def _is_light(self, first: int, end: int) -> bool:
        return all(_is_light(token) for token in self._read[first:end])

    def _states(self, first: int, end: int, *keys: str) -> bool:
        return any(key in token.keys for token in self._read[first:end] for key in keys)

    def _parting(self, at: int) -> str:
        return _parting(self._text, self._read[at - 1].end, self._read[at].start)

    def _gap(self, at: int) -> str:
        return self._text[self._read[at - 1].end : self._read[at].start]

    def _with_scores(self, marks: Sequence[int]) -> dict[int, tuple[int, str]]:
        """Return the marks and scores: "0/10", "3 out of 10", and bare numbers where one of several is a nought."""
        read = self._read
        found = {at: (at + 1, YES if _YES in read[at].keys else NO if _NO in read[at].keys else JUDGED) for at in marks}
        bare = {}
        for at, token in enumerate(read):
            if not token.word.isdigit() or int(token.word) > _TOP or at in self._counts:
                continue
            says = YES if int(token.word) else NO
            top = at + 1
            while top < len(read) and _OUT_OF in read[top].keys and not read[top].stop:
                top += 1
            if top == len(read):
                bare[at] = top, says
            elif read[top].word == str(_TOP) and (top > at + 1 or read[top].stop == "/"):
                found[at] = top + 1, says
            elif read[top].stop in _CUTTING and at - 1 not in found:
                bare[at] = top, says
        if len(bare) > 1 and any(says == NO for _, says in bare.values()):
            found |= bare
        else:
            found |= {at: mark for at, mark in bare.items() if mark[1] == NO and read[at].stop == ":"}
        return found

    def _numbered(self) -> set[int]:
        """Return the places of the numbers that count the items: "1) dizzy - n 2) sick - y"."""
        read, text = self._read, self._text
        counting = [
            (at, int(token.word))
            for at, token in enumerate(read[:-1])
            if token.word.isdigit() and text[token.end : token.end + 1] in (")", ".", ":")
        ]
        numbers = {number for _, number in counting}
        return {at for at, number in counting if not numbers.isdisjoint((number - 1, number + 1))}

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
        if token.stop in _CUTTING or at in self._counts:
            return True
        if mark >= first and (token.stop or at > mark + 1 or _TURN in token.keys):
            return True
        if mark >= first and _is_picture(self._read[mark]):
            return True
        if mark == first > 0 and self._text[self._read[mark].start - 1] == _ASKED:
            return True  # "sick?no dizzy?yes"
        return any(bar in self._gap(at) for bar in _TABLE)

    def _cut(self, first: int, end: int) -> Iterator[tuple[int, int]]:
        """Cut a cell behind each mark where it alternates items with marks of both kinds: "nausea yes rash no"."""
        if first in self._counts:
            first += 1
        if first == end or (end - first == 1 and first not in self._marks and len(self._read[first].word) == 1):
            return  # "Q:", "a)"
        inside = [at for at in self._marks if first < at < end]
        kinds = {self._marks[at][1] for at in inside}
        if len(kinds) < 2 or self._ends.get(end) not in inside or self._states(first, end, _SUBJECT, _FIRST_PERSON):
            yield first, end
            return
        for at in sorted(inside):
            yield first, self._marks[at][0]
            first = self._marks[at][0]

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
            if _ALONE in token.keys and at == first and end > first + 1:
                tail = all(_TAIL in other.keys for other in self._read[first + 1 : end])
                return NO if tail else self._judges(first, end)  # "not really"
            if _FIRST_PERSON in token.keys or not (_is_light(token) or _TAIL in token.keys):
                return self._judges(first, end)
            if not said and any(key in token.keys for key in _OF_ANOTHER):
                return ""  # "the other no"
            at += 1
        return said.pop() if len(said) == 1 else ""

    def _judges(self, first: int, end: int) -> str:
        """Return how the cell judges a noun where it does nothing else: "down", "no change"."""
        allowed = (_JUDGING, _LIGHT, _DEGREE, _WHOLLY, _NUMBER)
        judging = False
        for token in self._read[first:end]:
            if _FIRST_PERSON in token.keys or not any(key in token.keys for key in allowed):
                return ""
            judging = judging or _JUDGING in token.keys
        return (WELL if _WELL in self._read[first].keys else JUDGED) if judging else ""

    def _answers(self, item: tuple[int, int], first: int, end: int, says: str) -> bool:
        """Say whether the answer from *first* to *end* answers the *item* before it, and note so."""
        begin, last = item
        parting = _parting(self._text, self._read[last - 1].end, self._read[first].start)
        if self._is_light(begin, last) or (self._found and self._found[-1].after > begin):
            return False
        judged = says in (JUDGED, WELL)
        if judged and (not parting or last - begin > _LONGEST_NOUN or self._states(begin, last, _SUBJECT)):
            return False
        denies = says in (NO, WELL) and self._states(begin, last, _NEGATION, _CANNOT)
        personal = self._states(begin, last, _SUBJECT, _FIRST_PERSON)
        on = parting == "-" and end < len(self._read) and self._parting(end) == "-"
        if (denies and personal) or ((denies or personal) and (on or not parting)):
            return False  # "I can't breathe - no - help"
        if parting == _ASKED:
            begin = self._back(begin)
        opens = not begin or self._read[begin].stop == "." or begin - 1 in self._counts
        sure = parting == _ASKED or (parting in (":", "=") and opens and not personal)
        self._found.append(Row(begin, begin, last, end, says, sure))
        return True

    def _back(self, begin: int) -> int:
        """Return where a question that holds several items begins: "any rash, fever or chest pain? no"."""
        least = self._found[-1].after if self._found else 0
        while begin > least and self._read[begin].stop == ",":
            before = begin - 1
            while before > least and self._read[before].stop not in _CUTTING:
                before -= 1
            if before in self._counts or self._states(before, begin, _SUBJECT, _FIRST_PERSON):
                break
            begin = before
        return begin

    def _answered_behind(self, first: int, end: int) -> bool:
        """Say whether the cell ends in a mark, or begins with a nought; and note so."""
        read, last = self._read, end
        while last > first + 1 and last not in self._ends and _TAIL in read[last - 1].keys:
            last -= 1  # "none whatsoever"
        mark = self._ends.get(last, -1)
        if mark <= first:
            nought = first not in self._marks and read[first].word == "0" and 1 < end - first <= _LONGEST_NONE
            if nought and not self._states(first + 1, end, _LIGHT, _NUMBER):
                self._found.append(Row(first, first + 1, end, end, NO, True))
            return nought
        says, scored = self._marks[mark][1], last > mark + 1
        personal = self._states(first, mark, _SUBJECT, _FIRST_PERSON)
        if _JOINING in read[mark - 1].keys or (personal and not scored):
            return False
        if self._is_light(first, mark):
            if self._found and self._found[-1].says not in (says, JUDGED):
                self._found.pop()  # "0/10 before, now 9/10"
            return False
        if says == NO and not scored and self._states(first, mark, _NEGATION, _CANNOT):
            return False
        self._found.append(Row(first, first, mark, end, says, scored and says == NO))
        return True
