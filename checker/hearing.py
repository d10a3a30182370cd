"""What a message says, sentence by sentence: symptoms with their assertion, topics, medicines, and what is left.

text -> normalise -> spell -> forms -> match and readings -> segment
"""

from __future__ import annotations

from checker import (
    asking,
    endings,
    fears,
    forms,
    looking_back,
    marks,
    match,
    readings,
    segment,
    spelling,
    stories,
    times,
    triage,
)
from checker.classes import ADDRESSED, DRUG, LIGHT, NUMBER, PERSON, WISH_NAME
from checker.heard import Heard
from checker.model import URGENCIES, Found, Phrase
from checker.normalise import tokens

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from checker.marks import Row
    from checker.model import Token
    from checker.store import Knowledge

    Keys = tuple[tuple[tuple[str, ...], str], ...]  # the keys and stops of a clause

MOST_SUGGESTIONS = 3
_LONGEST_SHORT = 8  # words of a clause that others may say too
_REMEMBERED = 4_000  # such clauses, some 4 MiB
_MANY_WORDS = 50  # that say which language it is
_MOST_REREAD = 100  # words of one message: the cost stays bounded
_MOST_BEFORE = 20  # sentences that a later "now I sleep well" is set against: likewise
_SHORTEST_NAME = 5  # letters of a medicine's name that may be misspelt
_WISH = "suicidal-thoughts"  # a question that carries the wish reports it; its name asks
_RETRACTED = "retracted"  # the cue of "that was a lie"
_FIGURATIVE = "figurative"  # the cue of "not literally"
_NAMING = ("symptom", "circumstance", "topic")  # the layers that name something


class Hearer:
    """Hears messages against one vocabulary."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self._reader = spelling.Reader(knowledge)
        self._found: dict[Keys, Sequence[Found]] = {}

    def hear(self, text: str) -> Heard:
        """Return what *text* says."""
        heard = Heard(text)
        heard.read = self._reader.read(tokens(text, pictures=True), text)
        first, end = 0, 0  # the first mention of the sentence before, and where that sentence ends
        rows = forms.rows(heard.read, text)
        before, behind = forms.beside(heard.read, rows) if rows else ({}, set())
        for clause, row in self._clauses(heard.read, rows):
            queried = row is None and "?" in text[end : clause[0].start]
            heard.queried = first if queried and heard.is_bare else None
            heard.is_part = bool(rows) and row is None and forms.is_part(clause, before, behind)
            first, end = len(heard.mentions), clause[-1].end
            self._hear(heard, clause, row)
        heard.set_against(self._outlasts)
        heard.alarm(self._outlasts)
        heard.settle(self.knowledge.with_broader, self._alarms)
        if not heard.mentions:
            heard.foreign = self._is_foreign(heard.read) or (not heard.read and any(c.isalpha() for c in text))
        return heard

    def _is_foreign(self, read: Sequence[Token]) -> bool:
        words = [t.word for t in read if not t.word[0].isdigit()][:_MANY_WORDS]
        english = sum(self.knowledge.word(w) is not None or self.knowledge.is_english(w) for w in words)
        return len(words) > 1 and english <= len(words) // 2

    def _alarms(self, symptom: str) -> bool:
        """Say whether *symptom* by itself is an emergency."""
        present = self.knowledge.with_broader(symptom)
        return any(triage.raised(f, present)[0] == URGENCIES[-1] for s in present for f in self.knowledge.flags(s))

    def named(self, text: str) -> list[str]:
        """Return the symptoms that *text* reports."""
        return [m.symptom for m in self.hear(text).mentions if m.assertion == segment.PRESENT]

    def _hear(self, heard: Heard, clause: tuple[Token, ...], row: Row | None = None) -> None:
        there = {key for token in clause for key in token.keys}
        measured = readings.find(clause, self.knowledge.readings()) if NUMBER in there else []
        taken = [place for *_, at in measured for place in at if PERSON not in clause[place].keys]
        found = self._find(clause, taken)
        if len({p for f in found for p in f.places}) < len(clause):
            reread, found = self._reread(heard, clause, found, taken, asked=row is not None)
            if reread is not clause:
                clause, there = reread, {key for token in reread for key in token.keys}
        named = [f for f in found if f.phrase.layer in ("symptom", "circumstance") and f.phrase.kind != "bare"]
        for reading, symptom, well, at in measured:
            kind = "fine" if well else "reading"
            named.append(Found(Phrase("symptom", kind, symptom, 0, (reading.id,)), at))
        cues = [f for f in found if f.phrase.layer in match.CUES and f.phrase.layer != match.ASKING]
        meant = self._meant(heard, clause, named, cues, row)
        first = len(heard.mentions)
        for item, (assertion, asked) in zip(named, meant, strict=True):
            wish = _WISH in self.knowledge.with_broader(item.phrase.target)
            reported = wish and not any(WISH_NAME in clause[place].keys for place in item.places)
            heard.name(clause, item, assertion, asked=asked and not reported)
        heard.somebody = heard.somebody or (bool(named) and not there.isdisjoint(stories.PEOPLE))
        ends = self._look_back(heard, looking_back.Said(first, clause, named, cues))
        topical = [f for f in found if f.phrase.layer == "topic"]
        if topical:
            heard.topics.extend(f.phrase.target for f in _topics(clause, found) if not _covered(f, named))
        if not ends:
            self._note_bare(heard, clause, found, topical)
        if heard.queried is not None and asking.asks_back(_asking_back(found), cues):
            heard.ask(heard.queried)
        self._set_apart(heard, clause, named, cues)
        for token in clause:
            if len(token.keys) == 1 or token.read or DRUG in there:
                self._hear_drug(heard, token)
        if topical:
            found = [f for f in found if f.phrase.kind not in match.ABOUT or f.phrase.target in heard.topics]
        heard.is_bare = bool(named) and "?" in heard.text and segment.only_names(clause, named)
        if not ends:
            self._suggest(heard, clause, found, taken)
            heard.leave(clause, found, taken)

    def _find(self, clause: Sequence[Token], taken: Sequence[int] = ()) -> Sequence[Found]:
        """Return what *clause* names; what is short is said again and again, and is remembered for a while."""
        if taken or len(clause) > _LONGEST_SHORT:
            return match.find(clause, self.knowledge.phrases, taken)
        key = tuple([(token.keys, token.stop) for token in clause])
        found = self._found.get(key)
        if found is None:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            found = self._found[key] = match.find(clause, self.knowledge.phrases)
        return found

    def _note_bare(
        self, heard: Heard, clause: Sequence[Token], found: Sequence[Found], topical: Sequence[Found]
    ) -> None:
        """Note the bare nouns of *clause*, but for those of a topic or of "back"."""
        bare = [f for f in found if f.phrase.kind == "bare"]
        if bare:
            back = [f for f in found if f.phrase.target == endings.RETURNED]
            told = {p for f in (*topical, *back) for p in f.places}
            heard.bare.extend((f.phrase.target, heard.words(clause, f)) for f in bare if not told.issuperset(f.places))

    def _suggest(self, heard: Heard, clause: tuple[Token, ...], found: Sequence[Found], taken: Sequence[int]) -> None:
        """Note what *clause* hints at, where it names nothing and holds no reading."""
        if not (taken or any(f.phrase.layer in ("symptom", "topic", "idiom", "circumstance") for f in found)):
            for target, place in match.hinted(clause, self.knowledge.hints, MOST_SUGGESTIONS):
                heard.hints.append((target, heard.text[clause[place].start : clause[place].end]))

    def _meant(
        self,
        heard: Heard,
        clause: Sequence[Token],
        named: Sequence[Found],
        cues: Sequence[Found],
        row: Row | None,
    ) -> list[tuple[str, bool]]:
        """Return how *named* are meant, and whether they are only asked about, where *row* answers them or not."""
        events = [n for n, f in enumerate(named) if self.knowledge.symptom(f.phrase.target).event]
        wordless = any(cue.phrase.target in endings.WORDLESS for cue in cues)
        grave = [n for n, f in enumerate(named) if self._outlasts(f.phrase.target)] if wordless else []
        meant = segment.assertions(clause, named, cues, events, grave)
        if row is None:
            return meant
        return segment.answered(clause, named, meant, row.says, heard.read[row.first : row.end])

    def _look_back(self, heard: Heard, said: looking_back.Said) -> bool:
        """Take what was told before as over where *said* says so, and say whether it does.

        "It stopped in March." "Now I sleep well."
        """
        over = looking_back.says_over(said) if heard.said and heard.goes_on else None
        if over is not None:
            heard.end(over, self._outlasts)
        if heard.said and heard.goes_on:
            heard.answer_fear(said)
        if said.cues:
            heard.told_if.extend(said.first + n for n in fears.told_if(said))
            heard.calm = heard.calm or fears.is_calm(said.clause, said.cues)
            heard.this_time = heard.this_time or times.is_this_time(said.cues)
            heard.former.extend(said.first + n for n in times.last_time(said.clause, said.named, said.cues))
        for number, found in enumerate(said.named):
            mention = heard.mentions[said.first + number]
            if mention.assertion == segment.PAST and looking_back.ends_named(said, found):
                heard.close(mention, self.knowledge.with_broader, self._outlasts)
            well = found.phrase.kind == "fine" and mention.assertion == segment.ABSENT
            if well and times.is_now(said.clause, found.places[0]):
                heard.outgrow((*heard.said[-_MOST_BEFORE:], said), mention, self.knowledge.with_broader, self._outlasts)
        if said.named:
            heard.said.append(said)
        heard.goes_on = bool(said.named) or over is not None or looking_back.goes_on(said.clause)
        return over is not None

    def _outlasts(self, symptom: str) -> bool:
        """Say whether *symptom* is no less urgent for being over."""
        known = self.knowledge.with_broader(symptom)
        return _WISH in known or self._alarms(symptom) or any(self.knowledge.symptom(s).event for s in known)

    def _clauses(self, read: Sequence[Token], rows: Sequence[Row]) -> Iterator[tuple[tuple[Token, ...], Row | None]]:
        """Cut the tokens *read* into clauses and the answered items of a form, each with its row."""
        for piece, row in forms.pieces(read, rows):
            if row is None:
                for clause in match.clauses(piece):
                    yield clause, None
                continue
            whole = forms.with_answer(read, row)
            joined = row.says in marks.WITH_ANSWER or not self._names(piece) or self._names(whole, by=match.ALONE)
            yield (whole if joined else tuple(piece)), row

    def _names(self, clause: Sequence[Token], by: Collection[str] = ()) -> bool:
        """Say whether *clause* names a symptom by more than a bare noun, or by several words of the kinds *by*."""
        named = [f for f in self._find(clause) if f.phrase.layer in ("symptom", "circumstance")]
        if by:
            return any(f.phrase.kind in by and len(f.places) > 1 for f in named)
        return any(f.phrase.kind != "bare" for f in named)

    def _set_apart(self, heard: Heard, clause: Sequence[Token], named: Sequence[Found], cues: Sequence[Found]) -> None:
        """Give to others, or take back, what was named before those of *cues* that say so."""
        for cue in cues:
            heard.taker = heard.taker or stories.is_taker(clause, cue)
            if stories.sets_apart(clause, named, cue, taker=heard.taker):
                heard.contrast(clause[cue.places[0]].start, self._alarms)
            elif cue.phrase.target == stories.STARTING:
                heard.begin(clause[cue.places[0]].start)
            elif cue.phrase.target == stories.UNTAKEN and heard.taker:
                heard.leave_writer(clause[cue.places[0]].start, self._outlasts)
            elif cue.phrase.target == _RETRACTED:
                heard.retract(clause[cue.places[0]].start)
            elif cue.phrase.target == _FIGURATIVE and segment.is_plain(named, cue):
                heard.take_back(clause[cue.places[0]].start, self._alarms)

    def _reread(
        self, heard: Heard, clause: tuple[Token, ...], found: Sequence[Found], taken: Sequence[int], *, asked: bool
    ) -> tuple[tuple[Token, ...], Sequence[Found]]:
        """Read a misspelt word that fits nothing as the next nearest one that fits its neighbours: "heart racnig".

        Where a form *asked*, "yourself" is the one who answers.
        """
        used = {p for f in found for p in f.places}
        for place, token in enumerate(clause):
            if ADDRESSED in token.keys:
                if not asked or any(place in f.places for f in found if f.phrase.layer in _NAMING):
                    continue
            elif place in used or LIGHT in token.keys or heard.reread >= _MOST_REREAD:
                continue
            if not token.read and spelling.is_named(token, heard.text):
                continue
            others = self._reader.others(token.word)
            heard.reread += bool(others)
            for read, known, near in others:
                sure = near or ADDRESSED in token.keys
                again = (*clause[:place], token.replace(keys=known.keys, read=read), *clause[place + 1 :])
                better = self._find(again, taken)
                if any(
                    place in f.places and f.phrase.layer in _NAMING and (sure or _is_close(clause, place, f.places))
                    for f in better
                ):
                    heard.misread[token.start] = read
                    clause, found = again, better
                    break
        return clause, found

    def _hear_drug(self, heard: Heard, token: Token) -> None:
        name: str | None = token.word
        if DRUG not in token.keys:
            known = len(token.keys) > 1 and not token.read
            if known or len(token.word) < _SHORTEST_NAME or self.knowledge.word(token.word):
                return
            if self.knowledge.is_english(token.word):
                return
            name = spelling.drug_name(token.word, self.knowledge.drug_names())
        drug = self.knowledge.drug(name) if name else None
        if name is None or drug is None:
            return
        if name != token.word:
            heard.misread[token.start] = name
        if drug not in heard.drugs:
            heard.drugs.append(drug)


def _is_close(clause: Sequence[Token], place: int, places: Sequence[int]) -> bool:
    """Say whether the word at *place* stands beside another of *places*, function words left out."""
    return any(
        other != place
        and all(LIGHT in t.keys for t in clause[min(place, other) + 1 : max(place, other)])
        and all(not t.stop for t in clause[min(place, other) + 1 : max(place, other) + 1])
        for other in places
    )


def _asking_back(found: Sequence[Found]) -> list[Found]:
    return [f for f in found if f.phrase.layer == match.ASKS_BACK]


def _topics(clause: Sequence[Token], found: Sequence[Found]) -> list[Found]:
    """Return the topics of *found*; what a topic is about ("alcohol") counts where something asks about it."""
    asks = [f for f in found if f.phrase.layer == match.ASKING]
    return [
        f
        for f in found
        if f.phrase.layer == "topic" and (f.phrase.kind not in match.ABOUT or asking.asks_about(clause, f, asks))
    ]


def _covered(topic: Found, named: Sequence[Found]) -> bool:
    """Say whether a longer reading of the same words is a symptom."""
    return any(
        set(topic.places) <= set(f.places) and len(f.places) > len(topic.places)
        for f in named
        if f.phrase.layer == "symptom"
    )
