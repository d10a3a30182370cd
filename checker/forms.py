"""Forms: what a ticked list, a questionnaire or a table of a nurse answers, item by item.

An item is answered by a mark behind it ("nausea - no", "chest pain? N", "rash ✗", "headache 0/10"), by a box before
it ("[x] dry mouth"), or by a judgement of a bare noun ("appetite: down"). What repeats is the evidence: answers that
stand behind the same mark, in rows that end alike, are one layout. Else two answers side by side make a form; one alone
does only where it leaves no doubt. Whatever else a message holds is no form and is left as it stands.
"""

from __future__ import annotations

from checker.classes import (
    ANSWERING,
    CANT,
    CORRECTING,
    HAVING,
    JUDGING,
    LIGHT,
    LISTED_ABSENT,
    MARK,
    MARK_BOX,
    MARK_LETTER,
    MARK_TAIL,
    MARK_YES,
    NO_WORD,
    SET,
    TO,
)
from checker.marks import (
    CUTTING,
    FIRST_PICTURE,
    NO,
    SCORES,
    YES,
    Row,
    has_any,
    is_answer_mark,
    is_light,
    is_picture,
    mark_between,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from checker.model import Token

_PLAIN = ("", ".")  # parts the words of prose
_PARTING = ("?", ":", "=", "|", "\t", " - ", "–", "—")


def rows(read: Sequence[Token], text: str) -> list[Row]:
    """Return the answered items among the tokens *read* of *text*, in order; none where it is no form."""
    answering = [at for at, token in enumerate(read) if token.word < ":" or ANSWERING in token.keys]
    if not answering and text.isascii() and not any(mark in text for mark in _PARTING):
        return []
    marks = [
        at for at in answering if MARK in read[at].keys and is_answer_mark(read[at]) and not _in_slashes(text, read[at])
    ]
    if not text.isascii():
        thumbs = {at for at, token in enumerate(read) if is_picture(token) and JUDGING in token.keys}
        marks = sorted({*marks, *thumbs})
    boxes = [at for at in marks if is_picture(read[at]) and JUDGING not in read[at].keys]
    read = _lettered(read, boxes)
    marks = [at for at in marks if MARK in read[at].keys or JUDGING in read[at].keys]
    if len(boxes) > 1 and _stand_before(read, boxes):
        ticked = any(MARK_YES in read[at].keys or MARK_BOX in read[at].keys for at in boxes)
        return _boxed(read, boxes) if ticked else []  # crosses alone may be bullets
    heads = _headings(read, text, marks)
    if heads:
        return list(_headed(read, text, heads))
    below = list(_below(read, text)) if ":\n" in text else []
    if below:
        return below
    if "|" in text and text.count("\n") > 1:
        from checker import columns

        found = columns.rows(read, text)
        if found:
            return found
    if _may_repeat(read, text, answering):
        from checker.grids import Grid

        found = Grid(read, text).rows()
        if found:
            return _corrected(read, found)
    if any(_closes(read, at) for at in marks) or _has_nought(read, text) or _may_judge(read, text):
        from checker.cells import Cells

        return _corrected(read, Cells(read, text, marks).rows())
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


def beside(read: Sequence[Token], answered: Sequence[Row]) -> tuple[dict[int, bool], set[int]]:
    """Return where what stands before the items *answered* ends, and where what follows them begins.

    Each end says whether it is in the item's sentence.
    """
    before = {read[row.start - 1].end: read[row.start].stop != "." for row in answered if row.start > 0}
    return before, {read[row.after].start for row in answered if row.after < len(read)}


def is_part(clause: Sequence[Token], before: Mapping[int, bool], behind: Collection[int]) -> bool:
    """Say whether *clause* stands beside an answered item in its sentence, as *before* and *behind* (`beside`) say."""
    same = before.get(clause[-1].end)
    if same is not None and (same or len(clause) == 1):  # "1." counts it
        return True
    return clause[0].start in behind and clause[0].stop != "."


def with_answer(read: Sequence[Token], row: Row) -> tuple[Token, ...]:
    """Return the item of *row* and its answer as one statement: "appetite - down" as "appetite down"."""
    opening, item, answer = read[row.start : row.first], read[row.first : row.end], read[row.end : row.after]
    return (*opening, *(t.replace(stop="") for t in item[:1]), *item[1:], *(t.replace(stop="") for t in answer))


def _plain(read: Sequence[Token]) -> Sequence[Token]:
    """Return *read* without the marks that answer nothing."""
    if not any(token.word >= FIRST_PICTURE for token in read):
        return read
    kept: list[Token] = []
    held = ""
    for token in read:
        if is_picture(token) and (MARK in token.keys or JUDGING in token.keys):
            held = held or token.stop
            continue
        kept.append(token.replace(stop=token.stop or held) if held else token)
        held = ""
    return kept


def _in_slashes(text: str, token: Token) -> bool:
    """Say whether *token* is a letter of "N/V"."""
    return MARK_LETTER in token.keys and "/" in (text[token.start - 1 : token.start], text[token.end : token.end + 1])


def _closes(read: Sequence[Token], at: int) -> bool:
    """Say whether the mark at *at* may end an item."""
    return at + 1 == len(read) or bool(read[at + 1].stop) or is_picture(read[at]) or TO in read[at + 1].keys


def _has_nought(read: Sequence[Token], text: str) -> bool:
    return "0" in text and any(token.word == "0" for token in read)


def _stand_before(read: Sequence[Token], boxes: Sequence[int]) -> bool:
    """Say whether each of *boxes* stands before its item."""
    there = set(boxes)
    for at in boxes:
        if at + 1 == len(read) or read[at + 1].stop or at + 1 in there:
            return False
    return not all(is_light(token) for token in read[boxes[-1] + 1 :])


def _boxed(read: Sequence[Token], boxes: Sequence[int]) -> list[Row]:
    """Return the rows that begin with one of *boxes*, each up to the next or the end of its line."""
    found = []
    for at, end in zip(boxes, (*boxes[1:], len(read))):
        ends = (place for place in range(at + 2, end) if read[place].stop == "." or is_picture(read[place]))
        last = next(ends, end)
        found.append(Row(at, at + 1, last, last, YES if MARK_YES in read[at].keys else NO, True))
    return found


def _lettered(read: Sequence[Token], boxes: Sequence[int]) -> Sequence[Token]:
    """Return *read* with each letter before one of *boxes* as an item, which answers nothing: "N ✗ / V ✗"."""
    items = {at - 1 for at in boxes if at and not read[at].stop and MARK_LETTER in read[at - 1].keys}
    if not items:
        return read
    return [token.replace(keys=(token.word,)) if at in items else token for at, token in enumerate(read)]


def _below(read: Sequence[Token], text: str) -> Iterator[Row]:
    """Return the lines below a heading that denies them: "Not so far:", "Things I don't have:", up to a blank line."""
    denied, first = False, 0
    for at in range(1, len(read) + 1):
        gap = text[read[at - 1].end : read[at].start] if at < len(read) else "\n"
        if at < len(read) and "\n" not in gap:
            continue
        head = ":" in gap
        if head:
            denied = _denies(read[first:at])
        elif denied:
            yield Row(first, first, at, at, NO, True)
        denied = denied and "\n\n" not in gap.replace(" ", "").strip("-*•:")
        first = at


def _denies(head: Sequence[Token]) -> bool:
    """Say whether *head* tells that what stands below is not there, and nothing else."""
    denying = has_any(head, NO_WORD) and not has_any(head, CANT)
    return denying and all(has_any((t,), LIGHT, NO_WORD, MARK_TAIL, SET, HAVING) for t in head)


def _headings(read: Sequence[Token], text: str, marks: Sequence[int]) -> list[tuple[int, int]]:
    """Return where each list begins that is headed by a mark, and where its first item does: "YES - a. NO - b, c".

    None unless both a yes and a no head one, and no mark answers otherwise.
    """
    heads = []
    for at in [at for at in marks if MARK_LETTER not in read[at].keys] if len(marks) > 1 else ():
        first = at + 1 + (at + 1 < len(read) and TO in read[at + 1].keys)
        opens = not at or read[at].stop == "."
        if not opens or first == len(read) or not mark_between(text, read[first - 1].end, read[first].start):
            return []
        heads.append((at, first))
    return heads if len({MARK_YES in read[at].keys for at, _ in heads}) > 1 else []


def _headed(read: Sequence[Token], text: str, heads: Sequence[tuple[int, int]]) -> Iterator[Row]:
    """Return the lists that *heads* head, each up to the end of its sentence, or, below a heading, up to the next."""
    for (head, first), end in zip(heads, (*(at for at, _ in heads[1:]), len(read))):
        at, says = head, YES if MARK_YES in read[head].keys else NO
        last = end
        if read[first].stop != ".":
            stops = (place for place in range(first + 1, end) if read[place].stop == ".")
            last = next((at for at in stops if ";" not in text[read[at - 1].end : read[at].start]), end)
        lines = [first, *(place for place in range(first + 1, last) if read[place].stop == ".")]
        for start, stop in zip(lines, (*lines[1:], last)):
            yield Row(at, start, stop, stop, says, True)
            at = stop


def _corrected(read: Sequence[Token], found: Sequence[Row]) -> list[Row]:
    """Return the rows *found* with the answers that take the place of others: "no, wait, yes"."""
    kept: list[Row] = []
    for row in found:
        if kept and row.start == kept[-1].after and _only_corrects(read[row.first : row.end]):
            kept[-1] = kept[-1].replace(after=row.after, says=row.says)
        elif not _only_answers(read, row):
            kept.append(row)
    ends = (*(row.start for row in kept[1:]), len(read))
    return [_mended(read, row, end) for row, end in zip(kept, ends)]


def _only_corrects(item: Sequence[Token]) -> bool:
    """Say whether *item* is none: "no - sorry, yes"."""
    return has_any(item, CORRECTING) and all(is_light(token) or CORRECTING in token.keys for token in item)


def _only_answers(read: Sequence[Token], row: Row) -> bool:
    """Say whether *row* holds no item: "n n n" of "nausea n n n", "denies N, V"."""
    if any(MARK_LETTER not in token.keys for token in read[row.end : row.after]):
        return False
    return all(MARK_LETTER in token.keys or LISTED_ABSENT in token.keys for token in read[row.first : row.end])


def _mended(read: Sequence[Token], row: Row, end: int) -> Row:
    """Return *row* with the mark behind its answer that corrects it, before *end*."""
    corrects = False
    for at in range(row.after, end):
        token = read[at]
        if token.stop == "." and not (at == row.after and has_any(read[at : at + 2], CORRECTING)):
            break
        marks = MARK in token.keys and is_answer_mark(token)
        ends = at + 1 == len(read) or read[at + 1].stop or MARK_TAIL in read[at + 1].keys
        if marks and corrects and ends:
            return row.replace(after=at + 1, says=YES if MARK_YES in token.keys else NO)
        if not (marks or is_light(token) or CORRECTING in token.keys):
            break
        corrects = corrects or CORRECTING in token.keys
    return row


def _may_judge(read: Sequence[Token], text: str) -> bool:
    """Say whether a noun may be judged behind a mark of *text*: "appetite - poor"."""
    if not any(mark in text for mark in _PARTING):
        return False
    return any(
        token.stop in CUTTING and at and JUDGING in token.keys and mark_between(text, read[at - 1].end, token.start)
        for at, token in enumerate(read)
    )


def _may_repeat(read: Sequence[Token], text: str, answering: Sequence[int]) -> bool:
    """Say whether several of the tokens *answering* end a row, or stand behind more than a comma."""
    answers, last = 0, len(read) - 1
    closed = last in answering[-1:]
    for at in answering:
        token = read[at]
        if at and (token.word >= ":" or token.word in SCORES):
            after = read[at + 1] if at < last else token
            answers += (
                token.word == "0"
                or (closed and MARK in token.keys)
                or text[token.end : after.start] != " "
                or text[after.end : after.end + 1] == ")"  # a count
                or text[read[at - 1].end : token.start].strip(" \n,") not in _PLAIN
            )
    return answers > 1
