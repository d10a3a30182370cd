"""Forms of one layout: answers that stand behind the same mark, in rows that end alike.

What repeats is the evidence; an item without an answer is blank.
"""

from __future__ import annotations

from checker.classes import (
    ANSWERING,
    CANNOT,
    CANT,
    DEGREE,
    DETERMINER,
    FIRST_PERSON,
    JOINING,
    JUDGING,
    MARK,
    MARK_ALONE,
    MARK_LEAD,
    MARK_LETTER,
    MARK_NAUGHT,
    MARK_SOME,
    MARK_TAIL,
    MARK_WELL,
    MARK_YES,
    NO_WORD,
    OUT_OF,
    SUBJECT,
    VERY,
    WHOLLY,
)
from checker.marks import (
    BLANK,
    JUDGED,
    LONGEST_NOUN,
    NO,
    PAIR,
    SCORES,
    WELL,
    WITH_ANSWER,
    YES,
    Row,
    counted,
    has_any,
    is_answer_mark,
    is_light,
    legends,
    score,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from checker.model import Token

_MOST_LEADS, _LONGEST_LABEL = 3, 2  # words
_ONE_CHOICE = 2  # words of "yes/no"
_OF_PHRASE = (ANSWERING, MARK_TAIL, JUDGING, DEGREE, WHOLLY, VERY, DETERMINER)  # of an answer of several words
_COUNTED = "#"  # a row is counted or has a bullet
_BULLETS = "•*"
_PARTS = ("\n", "|", "\t", ";", "?", ":", "=", "..", "…", "/", "–", "—", "-", ".", ",", "  ")  # the strongest first
_WEAK = (" ", ",", "/", "-", "–", "—", "  ", ".")  # they part the words of prose too
_INLINE = (":", "=", "?", "..", "…", "-", "–", "—", "|", "\t")  # behind them rows may be parted by nothing
_HEADING = (":", "=")  # what stands before them heads what follows
_BLANKS = (":", "=", "..", "…")  # behind them an answer is wanted
_WITHIN = ("\n", _COUNTED, ".", ":", ";")  # an item does not go on behind them
_LONGEST_ITEM, _LONGEST_QUESTION, _LONGEST_ANSWER = 8, 24, 8  # words


class Grid:
    """Reads one message as a form of one layout: each answer stands behind the same mark, each row ends alike."""

    def __init__(self, read: Sequence[Token], text: str) -> None:
        self._all, self._text = read, text
        self._counts = counted(read, text)
        choices = set(legends(read, text))
        aside = {*self._counts, *choices}
        self._fewest = 1 if len(choices) > _ONE_CHOICE else 2  # answers; a form that offers several choices is one
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
            labelled = self._kinds[first] == ":" and first - before <= _LONGEST_LABEL  # "evening: nausea 0 rash 2"
            opens = not before and self._kinds[first] in (".", "\n")
            alternates = alternates and (first == before or labelled or opens)
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
        denies = any(has_any(self._all[row.first : row.end], NO_WORD, CANNOT) for row in found)
        return not denies or (alternates and (breaking not in _WEAK or len({row.says for row in found}) > 1))

    def _covers(self, found: Sequence[Row]) -> bool:
        """Say whether the rows *found* are many and leave nothing out: "nausea 0 headache 2 rash 0"."""
        several = len(found) > PAIR or len({row.says for row in found}) > 1
        items = [self._all[row.first : row.end] for row in found]
        several = several and not any(len(item) > LONGEST_NOUN or has_any(item, JOINING) for item in items)
        first = found[0].start
        return several and (not first or self._all[first].stop == ":") and found[-1].after == len(self._all)

    def _is_item(self, parting: str, first: int, end: int, says: str) -> bool:
        """Say whether what stands from *first* to *end* may be answered with what *says*."""
        item = self._read[first:end]
        personal = has_any(item, SUBJECT, FIRST_PERSON)
        longest = _LONGEST_QUESTION if "?" in self._gaps[end] else _LONGEST_ITEM
        if all(is_light(token) for token in item) or len(item) > longest or (personal and parting in _WEAK):
            return False
        if says in WITH_ANSWER:
            return len(item) <= LONGEST_NOUN and parting not in (" ", ",") and not has_any(item, SUBJECT, NO_WORD)
        return not (personal and says == NO and has_any(item, NO_WORD, CANNOT))

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
        lead = at
        while lead + 1 < len(self._kept) and MARK_LEAD in self._read[lead].keys and self._kinds[lead + 1] in (" ", ","):
            lead += 1
            if lead - at == _MOST_LEADS:
                break
        if lead > at:
            leads = [(*self._mark(lead), True), (*self._phrase(lead), False)]  # "God no", "touch wood not"
            return [one for one in leads if one[1] == NO or (one[2] and one[1])]
        read = [(*self._mark(at), True), (*self._phrase(at), False)]
        keys = self._read[at].keys
        if MARK_SOME in keys or MARK_NAUGHT in keys:  # one word: "headache = F trouble sleeping = T"
            read.insert(1, (at + 1, YES if MARK_SOME in keys else NO, False))
        return [(end, says, is_mark) for end, says, is_mark in read if says]

    def _ends(self, at: int, parting: str) -> bool:
        """Say whether a row ends at *at*: at a mark, or where the item of the next row begins."""
        if self._kinds[at] != " " or at == len(self._kept):
            return self._kinds[at] not in _HEADING
        beside = self._kinds[at : at + _LONGEST_ITEM]
        following = next((kind for kind in beside if kind != " "), " ")
        return parting in _INLINE and following == parting

    def _mark(self, at: int) -> tuple[int, str]:
        """Read a mark or a score: "no", "none known", "n/a", "3", "3/10", "3 out of 10"."""
        token, end = self._read[at], at + 1
        last = min(at + _LONGEST_ANSWER, len(self._kept))
        if token.word.isdecimal():
            while end < last and OUT_OF in self._read[end].keys and self._kinds[end] == " ":
                end += 1
            if end == at + 1 < len(self._kept) and not self._gaps[end]:
                return at, ""  # "8h"
            topped = (
                end < len(self._kept) and self._read[end].word in SCORES and (end > at + 1 or self._gaps[end] == "/")
            )
            points = score(token)
            if points is None or not (topped or end == at + 1):
                return at, ""
            return end + topped, YES if points else NO
        if MARK not in token.keys or not is_answer_mark(token):
            return at, ""
        if MARK_LETTER in token.keys and self._gaps[end] == "/":
            applies = end < len(self._kept) and DETERMINER in self._read[end].keys
            return (end + 1, NO) if applies else (at, "")
        return self._behind(end), YES if MARK_YES in token.keys else NO

    def _behind(self, at: int) -> int:
        """Return the end of what only rounds off an answer: "none known", "none that I know of"."""
        last = min(at + _LONGEST_ANSWER, len(self._kept))
        for end in range(at, last):
            keys = self._read[end].keys
            tail = MARK_TAIL in keys or (FIRST_PERSON in keys and (end > at or MARK_TAIL in self._after(end)))
            if self._kinds[end] not in (" ", ",") or not tail:
                return end
        return last

    def _after(self, at: int) -> Sequence[str]:
        """Return the keys of the word behind *at*."""
        return self._read[at + 1].keys if at + 1 < len(self._kept) else ()

    def _phrase(self, at: int) -> tuple[int, str]:
        """Read a degree or a judgement: "a bit", "mild", "not at all", "much better"."""
        end, last = at, min(at + _LONGEST_ANSWER, len(self._kept))
        while end < last and (end == at or self._kinds[end] == " "):
            token = self._read[end]
            if CANT in token.keys or not has_any((token,), *_OF_PHRASE):
                break
            end += 1
        phrase = self._read[at:end]
        if has_any(phrase, MARK_ALONE):
            if end < len(self._kept) and MARK_ALONE in phrase[0].keys and MARK_TAIL in phrase[-1].keys:
                end = self._behind(end - 1)
            return end, NO if all(has_any((t,), MARK_ALONE, MARK_TAIL, VERY, DETERMINER) for t in phrase) else JUDGED
        if has_any(phrase, MARK_NAUGHT):
            return end, NO
        if has_any(phrase, MARK_WELL, JUDGING):
            return end, WELL if MARK_WELL in phrase[0].keys else JUDGED
        return end, YES if has_any(phrase, MARK_SOME) else ""
