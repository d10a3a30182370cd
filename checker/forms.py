"""Forms: what a ticked list, a questionnaire or a table of a nurse answers, item by item.

An item is answered by a mark behind it ("nausea - no", "chest pain? N", "rash ✗", "headache 0/10"), by a box before
it ("[x] dry mouth"), or by a judgement of a bare noun ("appetite: down"). What repeats is the evidence: answers that
stand behind the same mark, in rows that end alike, are one layout. Else two answers side by side make a form; one alone
does only where it leaves no doubt. Whatever else a message holds is no form and is left as it stands.
"""

from __future__ import annotations

from checker.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from checker.model import Token

YES, NO, WELL, JUDGED, BLANK = "yes", "no", "well", "judged", "blank"  # what an answer says
WITH_ANSWER = (WELL, JUDGED)  # what is read together with its noun: "appetite: down"

_MARK, _LETTER, _YES, _NO, _BOX = "{mark}", "{mark-letter}", "{mark-yes}", "{mark-no}", "{mark-box}"
_TAIL, _ALONE, _WELL, _JUDGING = "{mark-tail}", "{mark-alone}", "{mark-well}", "{judging}"
_LIGHT, _DEGREE, _WHOLLY, _NUMBER = "~", "{degree}", "{wholly}", "{n}"
_SUBJECT, _FIRST_PERSON, _NEGATION, _CANNOT, _JOINING = "{subject}", "{first-person}", "{no}", "{cannot}", "{joining}"
_CANT, _TO, _SEVERAL, _UNTIL = "{cant}", "{to}", "{several}", "{until}"
_OUT_OF, _TURN = "{out-of}", "{turn}"
_ANSWERING, _SOME, _NAUGHT, _DETERMINER, _VERY = "{answering}", "{mark-some}", "{mark-naught}", "{determiner}", "{very}"
_FIRST_PICTURE = "\u2600"
_PAIR = 2  # rows
_ONE_CHOICE = 2  # words of "yes/no"
_OF_PHRASE = (_ANSWERING, _TAIL, _JUDGING, _DEGREE, _WHOLLY, _VERY, _DETERMINER)  # of an answer of several words
_COUNTED = "#"  # a row is counted or has a bullet
_PLAIN = ("", ".")  # parts the words of prose
_SCORES = tuple(map(str, range(11)))
_BULLETS = "•*"
_PARTS = ("\n", "|", "\t", ";", "?", ":", "=", "..", "…", "/", "–", "—", "-", ".", ",", "  ")  # the strongest first
_WEAK = (" ", ",", "/", "-", "–", "—", "  ", ".")  # they part the words of prose too
_INLINE = (":", "=", "?", "..", "…", "-", "–", "—", "|", "\t")  # behind them rows may be parted by nothing
_HEADING = (":", "=")  # what stands before them heads what follows
_BLANKS = (":", "=", "..", "…")  # behind them an answer is wanted
_WITHIN = ("\n", _COUNTED, ".", ":", ";")  # an item does not go on behind them
_CLOSING, _FIRST = ").:", (0, 1, ord("a"))  # of a count
_LONGEST_ITEM = 8  # words
_ASKED, _STRONG, _DASHES, _TABLE = "?", "?:=", "-–—", "|\t"  # what may part an item from its answer
_PARTING = ("?", ":", "=", "|", "\t", " - ", "–", "—")
_CUTTING = (".", ",", ":")  # the stops that end an item; N/V/D is one
_OF_ANOTHER = (_DETERMINER, "{pronoun}", _SUBJECT)  # before "no", it is said of something else
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
    answering = [at for at, token in enumerate(read) if token.word < ":" or _ANSWERING in token.keys]
    marks = [
        at for at in answering if _MARK in read[at].keys and _is_mark(read[at]) and not _in_slashes(text, read[at])
    ]
    if not text.isascii():
        thumbs = {at for at, token in enumerate(read) if _is_picture(token) and _JUDGING in token.keys}
        marks = sorted({*marks, *thumbs})
    boxes = [at for at in marks if _is_picture(read[at]) and _JUDGING not in read[at].keys]
    if len(boxes) > 1 and _stand_before(read, boxes):
        ticked = any(_YES in read[at].keys or _BOX in read[at].keys for at in boxes)
        return _boxed(read, boxes) if ticked else []  # crosses alone may be bullets
    found = _Layout(read, text).rows() if _may_repeat(read, text, answering) else []
    if found:
        return found
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
    return _LETTER in token.keys and "/" in (text[token.start - 1 : token.start], text[token.end : token.end + 1])


def _closes(read: Sequence[Token], at: int) -> bool:
    """Say whether the mark at *at* may end an item."""
    return at + 1 == len(read) or bool(read[at + 1].stop) or _is_picture(read[at]) or _TO in read[at + 1].keys


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


def _may_repeat(read: Sequence[Token], text: str, answering: Sequence[int]) -> bool:
    """Say whether several of the tokens *answering* end a row, or stand behind more than a comma."""
    answers, last = 0, len(read) - 1
    closed = last in answering[-1:]
    for at in answering:
        token = read[at]
        if at and (token.word >= ":" or token.word in _SCORES):
            after = read[at + 1] if at < last else token
            answers += (
                token.word == "0"
                or (closed and _MARK in token.keys)
                or text[token.end : after.start] != " "
                or text[after.end : after.end + 1] == ")"  # a count
                or text[read[at - 1].end : token.start].strip(" \n,") not in _PLAIN
            )
    return answers > 1


class _Layout:
    """Reads one message as a form of one layout: each answer stands behind the same mark, each row ends alike."""

    def __init__(self, read: Sequence[Token], text: str) -> None:
        self._all, self._text = read, text
        self._counts = _counting(read, text)
        legends = set(_legends(read, text))
        aside = {*self._counts, *legends}
        self._fewest = 1 if len(legends) > _ONE_CHOICE else 2  # answers; a form that offers several choices is one
        self._kept = [at for at in range(len(read)) if at not in aside]
        self._read = [read[at] for at in self._kept]
        self._gaps = [self._gap(number) for number in range(len(self._kept) + 1)]
        self._kinds = [self._kind(number) for number in range(len(self._kept) + 1)]

    def rows(self) -> list[Row]:
        """Return the rows of the parting that most answers stand behind; none where it is no form."""
        best: list[Row] = []
        self._answers = {at: read for at in range(1, len(self._kept)) if (read := self._readings(at))}
        partings = [self._kinds[at] for at in self._answers]
        for parting in dict.fromkeys(partings):
            if partings.count(parting) < self._fewest:
                continue
            found = self._parted(parting)
            if len(found) > max(1, len(best)):
                best = found
        return best

    def _gap(self, number: int) -> str:
        """Return what stands before the token *number*, without counts and legends."""
        first = self._kept[number - 1] if number else -1
        last = self._kept[number] if number < len(self._kept) else len(self._all)
        gap = ""
        for at in range(first, last):
            end = self._all[at].end if at >= 0 else 0
            start = self._all[at + 1].start if at + 1 < len(self._all) else len(self._text)
            gap += self._text[end:start]
            if at + 1 in self._counts:
                gap += _COUNTED
        return gap

    def _kind(self, number: int) -> str:
        """Return the strongest mark before the token *number*; a bullet and a count part rows."""
        gap = self._gaps[number]
        if _COUNTED in gap or any(bullet in gap for bullet in _BULLETS):
            return _COUNTED
        return next((mark for mark in _PARTS if mark in gap), " ")

    def _parted(self, parting: str) -> list[Row]:
        """Return the rows whose answers stand behind *parting*."""
        answers: list[tuple[int, int, str]] = []
        for at, readings in self._answers.items():
            if self._kinds[at] != parting or (answers and answers[-1][1] >= at):
                continue  # an item stands between two answers
            for end, says, is_mark in readings:
                if (is_mark and parting == " ") or self._ends(end, parting):
                    answers.append((at, end, says))
                    break
        ends = [self._kinds[end] for _, end, _ in answers if end < len(self._kept)]
        if len(answers) < self._fewest:
            return []
        breaking = max(ends, key=ends.count, default="\n")
        if parting != " " in ends and len(answers) < self._kinds[1:-1].count(parting):
            return []  # "terrible headache - no sleep - no food"
        cuts = {parting, breaking, *_WITHIN} - {" "}
        found: list[Row] = []
        before, alternates = 0, True
        for at, end, says in answers:
            first = max((place for place in range(before + 1, at) if self._kinds[place] in cuts), default=before)
            found.extend(self._blanks(parting, cuts, before, first))
            alternates = alternates and first == before
            if self._is_item(parting, first, at, says):
                found.append(self._row(first, at, end, says))
            elif parting in _WEAK:
                return []
            before = end
        found.extend(self._blanks(parting, cuts, before, len(self._kept)))
        return found if parting not in _WEAK or self._convinces(found, alternates, parting, breaking) else []

    def _convinces(self, found: Sequence[Row], alternates: bool, parting: str, breaking: str) -> bool:
        """Say whether the rows *found* leave no doubt though prose is parted like them."""
        if parting == breaking and not (alternates and (parting != " " or self._covers(found))):
            return False
        inside = sum(row.after - row.first for row in found)
        if 2 * inside < len(self._all):
            return False
        denies = any(_states(self._all[row.first : row.end], _NEGATION, _CANNOT) for row in found)
        return not denies or (alternates and (breaking not in _WEAK or len({row.says for row in found}) > 1))

    def _covers(self, found: Sequence[Row]) -> bool:
        """Say whether the rows *found* are many and leave nothing out: "nausea 0 headache 2 rash 0"."""
        several = len(found) > _PAIR or len({row.says for row in found}) > 1
        items = [self._all[row.first : row.end] for row in found]
        several = several and not any(len(item) > _LONGEST_NOUN or _states(item, _JOINING) for item in items)
        return several and found[0].start == 0 and found[-1].after == len(self._all)

    def _is_item(self, parting: str, first: int, end: int, says: str) -> bool:
        """Say whether what stands from *first* to *end* may be answered with what *says*."""
        item = self._read[first:end]
        personal = _states(item, _SUBJECT, _FIRST_PERSON)
        if all(_is_light(token) for token in item) or len(item) > _LONGEST_ITEM or (personal and parting in _WEAK):
            return False
        if says in WITH_ANSWER:
            return len(item) <= _LONGEST_NOUN and parting not in (" ", ",") and not _states(item, _SUBJECT, _NEGATION)
        return not (personal and says == NO and _states(item, _NEGATION, _CANNOT))

    def _row(self, first: int, end: int, after: int, says: str) -> Row:
        """Return the row of kept tokens, with its count before it and its legends."""
        kept = self._kept
        start = kept[first - 1] + 1 if first else 0
        behind = kept[after - 1] + 1 if after < len(kept) else len(self._all)
        return Row(start, kept[first], kept[end - 1] + 1, behind, says, True)

    def _blanks(self, parting: str, cuts: Collection[str], first: int, end: int) -> Iterator[Row]:
        """Return the rows between *first* and *end* that wait for their answer."""
        if parting not in _BLANKS:
            return
        for place in range(first + 1, end + 1):
            gap = self._gaps[place]
            rest = gap.rpartition(parting)[2]
            if parting in gap and (place == len(self._kept) or rest.strip(" ") or "  " in rest):
                yield self._row(first, place, place, BLANK)
            if self._kinds[place] in cuts:
                first = place

    def _readings(self, at: int) -> list[tuple[int, str, bool]]:
        """Return where an answer that begins at *at* may end, what it says, and whether it is a mark."""
        read = [(*self._mark(at), True), (*self._phrase(at), False)]
        keys = self._read[at].keys
        if _SOME in keys or _NAUGHT in keys:  # one word: "headache = F trouble sleeping = T"
            read.insert(1, (at + 1, YES if _SOME in keys else NO, False))
        return [(end, says, is_mark) for end, says, is_mark in read if says]

    def _ends(self, at: int, parting: str) -> bool:
        """Say whether a row ends at *at*: at a mark, or where the item of the next row begins."""
        if self._kinds[at] != " " or at == len(self._kept):
            return self._kinds[at] not in _HEADING
        following = next((kind for kind in self._kinds[at:] if kind != " "), " ")
        return parting in _INLINE and following == parting

    def _mark(self, at: int) -> tuple[int, str]:
        """Read a mark or a score: "no", "none known", "n/a", "3", "3/10", "3 out of 10"."""
        token, end = self._read[at], at + 1
        if token.word.isdigit():
            while end < len(self._kept) and _OUT_OF in self._read[end].keys and self._kinds[end] == " ":
                end += 1
            if end == at + 1 < len(self._kept) and not self._gaps[end]:
                return at, ""  # "8h"
            topped = (
                end < len(self._kept) and self._read[end].word in _SCORES and (end > at + 1 or self._gaps[end] == "/")
            )
            if int(token.word) > _TOP or not (topped or end == at + 1):
                return at, ""
            return end + topped, YES if int(token.word) else NO
        if _MARK not in token.keys or not _is_mark(token):
            return at, ""
        if _LETTER in token.keys and self._gaps[end] == "/":
            applies = end < len(self._kept) and _DETERMINER in self._read[end].keys
            return (end + 1, NO) if applies else (at, "")
        return self._behind(end), YES if _YES in token.keys else NO

    def _behind(self, at: int) -> int:
        """Return the end of what only rounds off an answer: "none known", "none that I know of"."""
        for end in range(at, len(self._kept)):
            keys = self._read[end].keys
            if self._kinds[end] != " " or not (_TAIL in keys or (_FIRST_PERSON in keys and end > at)):
                return end
        return len(self._kept)

    def _phrase(self, at: int) -> tuple[int, str]:
        """Read a degree or a judgement: "a bit", "mild", "not at all", "much better"."""
        end = at
        while end < len(self._kept) and (end == at or self._kinds[end] == " "):
            token = self._read[end]
            if _CANT in token.keys or not _states((token,), *_OF_PHRASE):
                break
            end += 1
        phrase = self._read[at:end]
        if _states(phrase, _ALONE):
            if end < len(self._kept) and _ALONE in phrase[0].keys and _TAIL in phrase[-1].keys:
                end = self._behind(end - 1)
            return end, NO if all(_states((t,), _ALONE, _TAIL, _VERY, _DETERMINER) for t in phrase) else JUDGED
        if _states(phrase, _NAUGHT):
            return end, NO
        if _states(phrase, _WELL, _JUDGING):
            return end, WELL if _WELL in phrase[0].keys else JUDGED
        return end, YES if _states(phrase, _SOME) else ""


def _states(tokens: Sequence[Token], *keys: str) -> bool:
    return any(key in token.keys for token in tokens for key in keys)


def _counting(read: Sequence[Token], text: str) -> set[int]:
    """Return the places of what counts the rows, one by one: "1) sick 2) dizzy", "a. sick b. dizzy"."""
    found: list[int] = []
    wanted, opens = -1, False
    for at, token in enumerate(read):
        word, closing = token.word, text[token.end : token.end + 1]
        if not closing or closing not in _CLOSING or not (word.isdigit() or len(word) == 1) or len(word) > 2:
            continue
        if at + 1 < len(read) and word == read[at + 1].word:
            continue  # "1. sick: 2. 2. dizzy: 0": an answer
        number = int(word) if word.isdigit() else ord(word)
        if not found and number in _FIRST and (not at or text[token.start - 1] != "("):
            opens = not at or closing == ")" or "\n" in text[read[at - 1].end : token.start]
            wanted = number
        if number == wanted:
            found.append(at)
            wanted += 1
    return set(found) if len(found) > (1 if opens else _PAIR) else set()  # "nausea 1. rash 2." are scores


def _legends(read: Sequence[Token], text: str) -> Iterator[int]:
    """Return the places of what only says how to answer: "(y/n)", "(0 none, 3 severe)"."""
    for opening, closing in ("()", "[]"):
        start = text.find(opening)
        while start != -1:
            end = text.find(closing, start)
            inside = [at for at, token in enumerate(read) if start < token.start < end]
            choice = any(mark in text[start:end] for mark in "/,-–")
            if len(inside) > 1 and choice and all(_is_choice(read[at]) for at in inside):
                yield from inside
            start = text.find(opening, start + 1)
    for at in range(1, len(read)):
        both = read[at].stop == "/" and _MARK in read[at - 1].keys and _MARK in read[at].keys
        if both and (_YES in read[at - 1].keys) != (_YES in read[at].keys):
            yield from (at - 1, at)  # "yes/no"


def _is_choice(token: Token) -> bool:
    return token.word.isdigit() or _states((token,), _ANSWERING, _JOINING)


class _Form:
    """Reads one message as a form, cell by cell."""

    def __init__(self, read: Sequence[Token], text: str, marks: Sequence[int]) -> None:
        self._read, self._text = read, text
        self._counts = _counting(read, text)
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
        return _states(self._read[first:end], *keys)

    def _parting(self, at: int) -> str:
        return _parting(self._text, self._read[at - 1].end, self._read[at].start)

    def _gap(self, at: int) -> str:
        return self._text[self._read[at - 1].end : self._read[at].start]

    def _with_scores(self, marks: Sequence[int]) -> dict[int, tuple[int, str]]:
        """Return the marks and scores: "0/10", "3 out of 10", and the nought of "headache: 0"."""
        read = self._read
        found = {at: (at + 1, YES if _YES in read[at].keys else NO if _NO in read[at].keys else JUDGED) for at in marks}
        for at, token in enumerate(read):
            if not token.word.isdigit() or int(token.word) > _TOP or at in self._counts:
                continue
            says = YES if int(token.word) else NO
            top = at + 1
            while top < len(read) and _OUT_OF in read[top].keys and not read[top].stop:
                top += 1
            if top < len(read) and read[top].word == str(_TOP) and (top > at + 1 or read[top].stop == "/"):
                found[at] = top + 1, says
            elif says == NO and token.stop == ":" and (top == len(read) or read[top].stop in _CUTTING):
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
        if token.stop in _CUTTING or at in self._counts or self._read[first].word == token.word == "0":
            return True
        if mark >= first and (token.stop or at > mark + 1 or _TURN in token.keys):
            return True
        if mark >= first and _is_picture(self._read[mark]):
            return True
        return any(bar in self._gap(at) for bar in _TABLE)

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
            if _ALONE in token.keys and at == first and end > first + 1:
                tail = all(_TAIL in other.keys for other in self._read[first + 1 : end])
                return NO if tail else self._judges(first, end)  # "not really"
            if _FIRST_PERSON in token.keys or not (_is_light(token) or _TAIL in token.keys):
                return self._judges(first, end)
            if said and _UNTIL in token.keys:
                return ""  # "none before"
            if said and _TO in token.keys and self._states(at, end, _SEVERAL):
                break  # "no to all four"
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
        if judged and (not parting or last - begin > _LONGEST_NOUN or self._states(begin, last, _SUBJECT, _NEGATION)):
            return False
        denies = says in (NO, WELL) and self._states(begin, last, _NEGATION, _CANNOT)
        personal = self._states(begin, last, _SUBJECT, _FIRST_PERSON)
        on = parting == "-" and end < len(self._read) and self._parting(end) == "-"
        if (denies and personal) or ((denies or personal) and (on or not parting)):
            return False  # "I can't breathe - no - help"
        to_all = self._states(first, end, _TO) and self._states(first, end, _SEVERAL)
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
            while before > least and self._read[before].stop not in _CUTTING:
                before -= 1
            if before in self._counts or (not told and self._states(before, begin, _SUBJECT, _FIRST_PERSON)):
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
