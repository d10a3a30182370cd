"""What a message means after what was said: an answer to a question, "it's worse now", "that's gone".

Sees the message's words and the earlier answers; gives mentions to add.
"""

from __future__ import annotations

from checker import earlier, sayings
from checker.model import NOTHING, Answer, Asking, Follow, Mention, Question
from checker.normalise import tokens
from checker.sayings import Said, cut
from checker.segment import ABSENT, PAST, PRESENT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from checker.model import Token
    from checker.store import Knowledge

    Understand = Callable[[str], list[str]]

WHICH = "which-gone"  # the question that a bare "that's gone" after several symptoms calls for
_WORSE = "getting-worse"  # the circumstance that "it's worse" is
_MOST_CHOICES = 6
_ANSWER = "answer-"  # begins the sayings that answer a question in other words
_ASKED_ABOUT = "question: "  # why a mention is there that a question was about
_OVER = frozenset(("over", "gone", "all-gone"))
_NOT = frozenset(("not", "never", "no", "didnt", "wasnt", "isnt", "doesnt", "dont", "hasnt", "havent"))


def follow(
    text: str,
    mentions: Sequence[Mention],
    alone: bool,
    before: Sequence[Answer],
    knowledge: Knowledge,
    read: Understand,
) -> Follow:
    """Return what *text*, in which *mentions* were found, adds to the answers *before*.

    *alone*: it names a medicine or a circumstance and nothing else; *read* understands other words.
    """
    given = tokens(text)
    if not given or len(given) > sayings.LONGEST_MESSAGE:
        return NOTHING
    said = sayings.read(given, knowledge)
    last = Last(before, knowledge)
    inside = [
        (given[s.first].start, given[s.last].end)
        for s in said
        if not sayings.HANGING.isdisjoint(s.kinds) and "meant" not in s.kinds
    ]
    hanging = bool(last.targets or last.left)
    drop = tuple(m.start for m in mentions if hanging and any(a <= m.start < b for a, b in inside))
    own = [m for m in mentions if m.start not in drop and not knowledge.symptom(m.symptom).circumstance]
    kinds = {k: s for s in reversed(said) for k in s.kinds}
    short = sayings.other_words(given, said, knowledge) <= sayings.MOST_OTHER_WORDS
    reply = last.which(own, kinds, text, given) if short else NOTHING
    reply = reply if reply.kind else last.reply(given, said, text)
    if reply.kind == "answer" or (reply.kind and not own):
        return reply
    over = _over(own, said, last, text, given)
    if over.kind:
        return over
    if own:
        return _put_right(own, kinds, last, text, given) if last.targets else NOTHING
    if "back" in kinds and last.left and short:
        words, start = cut(text, given, None)
        returned = tuple(Mention(m.symptom, words, start, why="saying: back") for m in last.left)
        return Follow("again", mentions=returned, drop=drop)
    if not last.targets:
        return NOTHING
    found = _hanging(kinds, last, text, given, read, short=short).replace(drop=drop)
    return last.again(text, given) if alone and not found.kind else found


def _hanging(
    kinds: dict[str, Said], last: Last, text: str, given: Sequence[Token], read: Understand, *, short: bool
) -> Follow:
    """Return what a message without a symptom of its own says of those told last."""
    for kind in ("meant", "place", "where"):
        if kind in kinds and kinds[kind].last + 1 < len(given) and kinds[kind].first <= 1:
            return _other_place(kinds[kind], last, text, given, read, sure=kind != "where")
    if short:
        for kind in ("joking", "worse", "again", "all-gone", "gone", "better"):
            if kind in kinds:
                return last.said(kind, text, given, read)
    return NOTHING


def _put_right(own: Sequence[Mention], kinds: dict[str, Said], last: Last, text: str, given: Sequence[Token]) -> Follow:
    """Take back what *text* puts right: "No, I meant my ankles are swollen"."""
    if "meant" not in kinds:
        return NOTHING
    words, start = cut(text, given, kinds["meant"])
    now = {m.symptom for m in own}
    if any(m.assertion != PRESENT for m in own):
        return NOTHING
    wrong = [t for t in last.targets if t.symptom not in now]
    if len(last.targets) > 1:
        mine = {t.word for t in given}
        wrong = [t for t in wrong if mine & {w.word for w in tokens(t.reported) if len(w.word) > 3}]
    return Follow("meant", mentions=tuple(Mention(t.symptom, words, start, ABSENT, why="saying: meant") for t in wrong))


def _over(own: Sequence[Mention], said: Sequence[Said], last: Last, text: str, given: Sequence[Token]) -> Follow:
    """Return what is over by name: "the fever has gone", "runs have stopped"."""
    gone: dict[str, Mention] = {}
    drop = []
    for one in said:
        if _OVER.isdisjoint(one.kinds):
            continue
        words, start = cut(text, given, one)
        before = []
        for place in range(one.first - 1, max(-1, one.first - 4), -1):
            before.append(given[place])
            if given[place].stop:
                break
        for mention in own:
            ends = mention.start + len(mention.reported)
            beside = mention.start <= start < ends or any(t.start < ends <= t.end for t in before[:1])
            if mention.assertion == ABSENT and mention.symptom in last.there and beside:
                gone[mention.symptom] = mention.replace(assertion=PAST)
                drop.append(mention.start)
        named = {t.word for t in before if len(t.word) > 3 and not any(m.start <= t.start for m in own if m.asked)}
        for target in last.targets:
            mine = {t.word for t in tokens(target.reported)}
            untold = target.symptom not in {m.symptom for m in own}
            if named & mine and untold and before:
                whole = text[before[-1].start : start] + words
                gone[target.symptom] = Mention(target.symptom, whole, before[-1].start, PAST, why="saying: over")
    return Follow("gone", mentions=tuple(gone.values()), drop=tuple(drop)) if gone else NOTHING


def _other_place(
    said: Said, last: Last, text: str, given: Sequence[Token], read: Understand, *, sure: bool = True
) -> Follow:
    """Put the ankles where the hands were: "No, I meant my ankles".

    *sure*: they are meant instead; else they may only tell where it is.
    """
    end = said.last + 1
    while end < len(given) and (end == said.last + 1 or not given[end].stop):
        end += 1
    reported, start = cut(text, given, Said((), said.last + 1, end - 1))
    wrote, at = cut(text, given, said)
    rest = [t.word for t in given[said.last + 1 : end] if t.word not in ("my", "the", "in", "on", "it", "is")]
    for target in last.targets:
        for whole in (target.reported, last.message):
            mine = {t.word for t in tokens(target.reported)}
            for token in tokens(whole)[: sayings.LONGEST_MESSAGE]:
                found = read(whole[: token.start] + " ".join(rest) + whole[token.end :])
                new = [name for name in found if name not in last.names]
                if new:
                    out = Mention(target.symptom, wrote, at, ABSENT, why="saying: meant")
                    return Follow(
                        "meant", mentions=(out, *(Mention(n, reported, start, why="saying: meant") for n in new))
                    )
                if (
                    target.symptom in found
                    and token.word not in mine
                    and not sayings.is_light(token.word, last.knowledge)
                ):
                    return Follow("again", mentions=(Mention(target.symptom, reported, start, why="saying: meant"),))
    return Follow("meant", says=("said_meant_unclear",)) if sure else Follow("where", says=("said_noted",))


class Last:
    """What was said and asked last."""

    def __init__(self, before: Sequence[Answer], knowledge: Knowledge) -> None:
        before = earlier.since(before)
        self.knowledge = knowledge
        self.asking = before[-1].question if before else None
        self.there = there = earlier.standing(before, (), knowledge)
        self.targets: list[Mention] = []
        self.left: list[Mention] = []  # what was over in the last answer that told of anything
        self.message = ""
        for answer in reversed(before):
            mine = {
                m.symptom: m
                for m in answer.mentions
                if m.symptom in there
                and m.assertion == PRESENT
                and not m.asked
                and not knowledge.symptom(m.symptom).circumstance
            }
            if not mine and not self.left:
                self.left = [m for m in answer.mentions if m.assertion == PAST and m.symptom not in there]
            if mine:
                self.targets = list(mine.values())
                self.message = answer.message
                break
        self.names = {t.symptom for t in self.targets}
        self.emergency = any(
            f.urgency == "emergency" and not self.names.isdisjoint(f.symptoms) for a in before for f in a.red_flags
        )

    def which(self, own: Sequence[Mention], kinds: dict[str, Said], text: str, given: Sequence[Token]) -> Follow:
        """Return what *given* names as gone, where that was asked: "the headache", "both"."""
        if self.asking is None or self.asking.id != WHICH or "again" in kinds or "worse" in kinds:
            return NOTHING
        words, start = cut(text, given, None)
        mine = {t.word for t in given if len(t.word) > 3}
        named = {m.symptom for m in own}
        gone = [t for t in self.targets if t.symptom in named or mine & {w.word for w in tokens(t.reported)}]
        if "all-gone" in kinds or ("all" in kinds and not sayings.other_words(given, [kinds["all"]], self.knowledge)):
            gone = self.targets
        if any(m.assertion != PRESENT for m in own) or not named <= self.names or not gone:
            return NOTHING
        out = tuple(Mention(t.symptom, words, start, PAST, why=f"answer: {WHICH}") for t in gone)
        return Follow("answer", mentions=out, drop=tuple(m.start for m in own))

    def reply(self, given: Sequence[Token], said: Sequence[Said], text: str) -> Follow:
        """Return what *given* answers to the question that is open."""
        if self.asking is None:
            return NOTHING
        choices = self.asking.choices
        words = [t.word for t in given]
        first = said[0] if said and not said[0].first else None
        whole = first is not None and first.last + 1 == len(given)
        for number, choice in enumerate(choices):
            by_number = words == [str(number + 1)] or (whole and first and str(number + 1) in first.kinds)
            if by_number or words == [t.word for t in tokens(choice)]:
                return self._chosen(number)
        if len(given) == 1 and words[0].isdigit() and len(words[0]) == 1:
            return self._unclear()
        own_words = self._own_words(given, said)
        if own_words is not None:
            return self._chosen(own_words, whole=False, given=given, words=text)
        if first is None:
            return NOTHING
        for kind in ("yes", "no"):
            if kind in first.kinds and (whole or kind == "yes" or given[first.last + 1].stop):
                meant = [n for n, choice in enumerate(choices) if kind in sayings.opening(choice, self.knowledge)[0]]
                return self._chosen(meant[0], whole=whole, given=given) if len(meant) == 1 else self._unclear()
        if whole and "unsure" in first.kinds:
            return Follow("unsure", says=("said_unsure",))
        return NOTHING

    def _own_words(self, given: Sequence[Token], said: Sequence[Said]) -> int | None:
        """Return the one choice that says the same as *given* in other words ("it crept up": slowly)."""
        if self.asking is None:
            return None
        kinds: set[str] = set()
        for one in said:
            first = one.first
            while first > 0 and not given[first].stop:
                first -= 1
            if _NOT.isdisjoint(t.word for t in given[first : one.first]):
                kinds.update(k for k in one.kinds if k.startswith(_ANSWER))
        fits = [
            number
            for number, choice in enumerate(self.asking.choices)
            if any(kinds & set(s.kinds) for s in sayings.read(tokens(choice), self.knowledge))
        ]
        return fits[0] if len(fits) == 1 else None

    def _chosen(self, number: int, *, whole: bool = True, given: Sequence[Token] = (), words: str = "") -> Follow:
        """Return the choice as a message; with more words it is added to them.

        What was asked about counts again: an answer never makes it sound less urgent.
        """
        if self.asking is None:
            return NOTHING
        choice = words or self.asking.choices[number]
        start = given[0].start if given else 0
        if self.asking.id == WHICH:
            gone = self.targets[number : number + 1] or self.targets
            mentions = tuple(Mention(t.symptom, choice, start, PAST, why=f"answer: {self.asking.id}") for t in gone)
        else:
            question = self._question()
            if question is None:
                return NOTHING
            means = question.choices[number][1]
            mentions = (
                Mention(means, choice, start, PRESENT, why=f"answer: {question.id}"),
                *(
                    Mention(name, choice, start, PRESENT, why=_ASKED_ABOUT + question.id)
                    for name in question.when
                    if name in self.there and name != means
                ),
            )
        return Follow("answer", choice if whole else "", mentions)

    def _question(self) -> Question | None:
        questions = (self.knowledge.flag(name).question for name in self.knowledge.all_flags())
        return next((q for q in questions if q and self.asking and q.id == self.asking.id), None)

    def _unclear(self) -> Follow:
        return Follow("unclear", question=self.asking, says=("said_unclear",))

    def again(self, text: str, given: Sequence[Token]) -> Follow:
        """Return what was said last, as said again."""
        words, start = cut(text, given, None)
        return Follow(
            "again", mentions=tuple(Mention(t.symptom, words, start, why="saying: again") for t in self.targets)
        )

    def said(self, kind: str, text: str, given: Sequence[Token], read: Understand) -> Follow:
        """Return what a saying of *kind* means after what was said last."""
        words, start = cut(text, given, None)
        if kind == "better":
            return Follow(kind, says=("said_better",))
        if kind == "joking":
            told = [t for t in self.targets if not t.why.startswith(_ASKED_ABOUT)]
            out = tuple(Mention(t.symptom, words, start, ABSENT, why="saying: joking") for t in told)
            return Follow(kind, text, out)  # nothing else in it counts
        if kind == "gone" and len(self.targets) > 1 and not self.emergency:
            names = [self.knowledge.symptom(t.symptom).name for t in self.targets[:_MOST_CHOICES]]
            choices = (*names, self.knowledge.advice("said_all"))
            return Follow(kind, question=Asking(WHICH, self.knowledge.advice("said_which"), choices))
        if kind in ("gone", "all-gone"):
            out = tuple(Mention(t.symptom, words, start, PAST, why="saying: gone") for t in self.targets)
            return Follow("gone", mentions=out)
        still = [Mention(t.symptom, words, start, why=f"saying: {kind}") for t in self.targets]
        if kind == "worse":
            still.extend(self._narrower(words, start, read))
            still.append(Mention(_WORSE, words, start, why="saying: worse"))
        return Follow(kind, mentions=tuple(still), says=("said_worse",) if kind == "worse" else ())

    def _narrower(self, words: str, start: int, read: Understand) -> list[Mention]:
        """Return what is a symptom of its own where it is worse, such as a low mood."""
        found: list[Mention] = []
        for target in self.targets:
            mine = {target.symptom, *self.knowledge.symptom(target.symptom).broader}
            found.extend(
                Mention(name, words, start, why="saying: worse")
                for name in read(f"worse {target.reported}")
                if name != target.symptom and mine & set(self.knowledge.symptom(name).broader)
            )
        return found
