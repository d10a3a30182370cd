"""What a message means after what was said: an answer to a question, "it's worse now", "that's gone".

Sees the message's words and the earlier answers; gives mentions to add. What may
be said stands in knowledge/language/session.yaml.
"""

from __future__ import annotations

from checker.match import LIGHT
from checker.model import Answer, Asking, Mention, RedFlag
from checker.normalise import tokens
from checker.record import Record
from checker.segment import ABSENT, PAST, PRESENT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from checker.model import Token
    from checker.store import Knowledge

    Understand = Callable[[str], list[str]]

ANOTHER = "another-person"
WHICH = "which-gone"  # the question that a bare "that's gone" after several symptoms calls for
_WORSE = "getting-worse"  # the circumstance that "it's worse" is
_LONGEST_SAYING = 8  # words
_LONGEST_MESSAGE = 24  # words; a longer message speaks for itself
_MOST_OTHER_WORDS = 3
_MOST_CHOICES = 6
_HANGING = frozenset(("worse", "again", "all-gone", "gone", "better", "joking", "meant"))
_PRONOUNS = frozenset(("it", "that", "this", "they", "i", "you", "both", "all", "everything"))
_AUXILIARIES = frozenset(("is", "are", "am", "has", "have"))
_SPELT_OUT = {
    "its": "it", "thats": "that", "theyre": "they", "theyve": "they", "im": "i", "ive": "i", "youre": "you",
    "cannot": "cant", "goneaway": "gone away", "wentaway": "went away",
}  # fmt: skip


class Said(Record):
    """A run of words that is said to the program itself.

    Attributes:
        kinds: what it may be: yes, gone, thanks and the like.
        first: the place of its first word.
        last: the place of its last word.
    """

    kinds: tuple[str, ...]
    first: int
    last: int


class Follow(Record):
    """What a message adds to what was said before.

    Attributes:
        kind: answer, worse, gone and the like; "" where it stands for itself.
        text: the choice that it stands for.
        mentions: what to count as said in this message.
        drop: where mentions begin that are none after all ("should I worry?").
        question: what to ask back.
        says: the names of the sentences to say.
    """

    kind: str = ""
    text: str = ""
    mentions: tuple[Mention, ...] = ()
    drop: tuple[int, ...] = ()
    question: Asking | None = None
    says: tuple[str, ...] = ()


NOTHING = Follow()


def key(words: Sequence[str]) -> str:
    """Return what *words* are filed under: short and long forms alike.

    >>> key(["its", "gone"]) == key(["it", "has", "gone"])
    True
    """
    spelt = " ".join(_SPELT_OUT.get(w, w) for w in words).split()
    last = len(spelt) - 1
    return " ".join(
        w for n, w in enumerate(spelt) if not (0 < n < last and w in _AUXILIARIES and spelt[n - 1] in _PRONOUNS)
    )


def sayings(given: Sequence[Token], knowledge: Knowledge) -> list[Said]:
    """Return what is said to the program in *given*, the longest readings, in order."""
    found = []
    first, count = 0, min(len(given), _LONGEST_MESSAGE)
    while first < count:
        last = first
        while last + 1 < count and last - first + 1 < _LONGEST_SAYING and given[last + 1].stop not in (".", ":", "/"):
            last += 1
        while last >= first:
            kinds = knowledge.sayings(key([t.word for t in given[first : last + 1]]))
            if kinds:
                found.append(Said(kinds, first, last))
                first = last
                break
            last -= 1
        first += 1
    return found


def opening(text: str, knowledge: Knowledge) -> tuple[tuple[str, ...], str]:
    """Return what *text* opens with saying, up to a comma or its end, and the rest.

    "Next patient: chest pain" opens with another person, and goes on.
    """
    given = tokens(text[:1000])
    found = sayings(given, knowledge)
    if not found or found[0].first:
        return (), text
    last = found[0].last
    if last + 1 < len(given) and not given[last + 1].stop:
        return (), text
    rest = text[given[last + 1].start :] if last + 1 < len(given) else ""
    return found[0].kinds, rest


def since(before: Sequence[Answer]) -> Sequence[Answer]:
    """Return the answers since the last other person."""
    for number in range(len(before) - 1, -1, -1):
        if before[number].saying == ANOTHER:
            return before[number:]
    return before


def standing(before: Sequence[Answer], mentions: Sequence[Mention], knowledge: Knowledge) -> dict[str, Mention]:
    """Return what was reported and not taken back since, nor in *mentions*."""
    there: dict[str, Mention] = {}
    for group in (*(a.mentions for a in since(before)), mentions):
        for mention in group:
            if mention.asked:
                continue
            if mention.assertion == PRESENT:
                if group is not mentions:
                    there[mention.symptom] = mention
            elif mention.assertion in (ABSENT, PAST):
                for name in list(there):
                    if mention.symptom in (name, *knowledge.symptom(name).broader):
                        del there[name]
    return there


def flags_told(before: Sequence[Answer], mentions: Sequence[Mention]) -> list[tuple[RedFlag, Mention]]:
    """Return the flags that were raised for what *mentions* say is over or not there."""
    found: dict[str, tuple[RedFlag, Mention]] = {}
    out = {m.symptom: m for m in mentions if m.assertion in (ABSENT, PAST) and not m.asked}
    for answer in since(before):
        for flag in answer.red_flags:
            for name in flag.symptoms:
                if name in out:
                    found[flag.id] = (flag, out[name])
    return list(found.values())


def hangs(text: str, knowledge: Knowledge) -> bool:
    """Say whether *text* only makes sense after something else ("it's worse now")."""
    given = tokens(text[:1000])
    said = sayings(given, knowledge)
    hanging = any(not _HANGING.isdisjoint(s.kinds) for s in said)
    return hanging and len(given) <= _LONGEST_MESSAGE and _other_words(given, said, knowledge) <= _MOST_OTHER_WORDS


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
    if not given or len(given) > _LONGEST_MESSAGE:
        return NOTHING
    said = sayings(given, knowledge)
    last = Last(before, knowledge)
    inside = [
        (given[s.first].start, given[s.last].end)
        for s in said
        if not _HANGING.isdisjoint(s.kinds) and "meant" not in s.kinds
    ]
    drop = tuple(m.start for m in mentions if any(a <= m.start < b for a, b in inside)) if last.targets else ()
    own = [m for m in mentions if m.start not in drop and not knowledge.symptom(m.symptom).circumstance]
    reply = last.reply(given, said)
    if reply.kind == "answer" or (reply.kind and not own):
        return reply
    if not last.targets:
        return NOTHING
    kinds = {k: s for s in reversed(said) for k in s.kinds}
    if own:
        return _put_right(own, kinds, last, text, given)
    for kind in ("meant", "place"):
        if kind in kinds and kinds[kind].last + 1 < len(given) and kinds[kind].first <= 1:
            return _other_place(kinds[kind], last, text, given, read)
    if _other_words(given, said, knowledge) <= _MOST_OTHER_WORDS:
        for kind in ("joking", "worse", "again", "all-gone", "gone", "better"):
            if kind in kinds:
                return last.said(kind, text, given, read).replace(drop=drop)
    return last.again(text, given) if alone else NOTHING


def _other_words(given: Sequence[Token], said: Sequence[Said], knowledge: Knowledge) -> int:
    covered = {p for s in said for p in range(s.first, s.last + 1)}
    return sum(place not in covered and not _is_light(t.word, knowledge) for place, t in enumerate(given))


def _is_light(word: str, knowledge: Knowledge) -> bool:
    known = knowledge.word(word)
    return known is not None and LIGHT in known.keys


def _cut(text: str, given: Sequence[Token], said: Said | None) -> tuple[str, int]:
    """Return the words of *said* as they stand in *text* (all of it for None), and where."""
    first, last = (said.first, said.last) if said else (0, len(given) - 1)
    start = given[first].start
    return text[start : given[last].end], start


def _put_right(own: Sequence[Mention], kinds: dict[str, Said], last: Last, text: str, given: Sequence[Token]) -> Follow:
    """Take back what *text* puts right: "No, I meant my ankles are swollen"."""
    if "meant" not in kinds:
        return NOTHING
    words, start = _cut(text, given, kinds["meant"])
    now = {m.symptom for m in own}
    if any(m.assertion != PRESENT for m in own):
        return NOTHING
    wrong = [t for t in last.targets if t.symptom not in now]
    if len(last.targets) > 1:
        mine = {t.word for t in given}
        wrong = [t for t in wrong if mine & {w.word for w in tokens(t.reported) if len(w.word) > 3}]
    return Follow("meant", mentions=tuple(Mention(t.symptom, words, start, ABSENT, why="saying: meant") for t in wrong))


def _other_place(said: Said, last: Last, text: str, given: Sequence[Token], read: Understand) -> Follow:
    """Put the ankles where the hands were: "No, I meant my ankles"."""
    end = said.last + 1
    while end < len(given) and (end == said.last + 1 or not given[end].stop):
        end += 1
    reported, start = _cut(text, given, Said((), said.last + 1, end - 1))
    wrote, at = _cut(text, given, said)
    rest = [t.word for t in given[said.last + 1 : end] if t.word not in ("my", "the", "in", "on", "it", "is")]
    for target in last.targets:
        for whole in (target.reported, last.message):
            words = [t.word for t in tokens(whole)][:_LONGEST_MESSAGE]
            for place in range(len(words)):
                found = read(" ".join([*words[:place], *rest, *words[place + 1 :]]))
                new = [name for name in found if name not in last.names]
                if new:
                    out = Mention(target.symptom, wrote, at, ABSENT, why="saying: meant")
                    return Follow(
                        "meant", mentions=(out, *(Mention(n, reported, start, why="saying: meant") for n in new))
                    )
                mine = {t.word for t in tokens(target.reported)}
                if target.symptom in found and words[place] not in mine and not _is_light(words[place], last.knowledge):
                    return Follow("again", mentions=(Mention(target.symptom, reported, start, why="saying: meant"),))
    return Follow("meant", says=("said_meant_unclear",))


class Last:
    """What was said and asked last."""

    def __init__(self, before: Sequence[Answer], knowledge: Knowledge) -> None:
        before = since(before)
        self.knowledge = knowledge
        self.asking = before[-1].question if before else None
        there = standing(before, (), knowledge)
        self.targets: list[Mention] = []
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
            if mine:
                self.targets = list(mine.values())
                self.message = answer.message
                break
        self.names = {t.symptom for t in self.targets}
        self.emergency = any(
            f.urgency == "emergency" and not self.names.isdisjoint(f.symptoms) for a in before for f in a.red_flags
        )

    def reply(self, given: Sequence[Token], said: Sequence[Said]) -> Follow:
        """Return what *given* answers to the question that is open."""
        if self.asking is None:
            return NOTHING
        choices = self.asking.choices
        words = [t.word for t in given]
        for number, choice in enumerate(choices):
            if words == [t.word for t in tokens(choice)]:
                return self._chosen(number)
        if len(given) == 1 and words[0].isdigit() and len(words[0]) == 1:
            number = int(words[0]) - 1
            return self._chosen(number) if 0 <= number < len(choices) else self._unclear()
        if not said or said[0].first:
            return NOTHING
        first = said[0]
        whole = first.last + 1 == len(given)
        for number in range(len(choices)):
            if whole and str(number + 1) in first.kinds:
                return self._chosen(number)
        for kind in ("yes", "no"):
            if kind in first.kinds and (whole or kind == "yes" or given[first.last + 1].stop):
                meant = [n for n, choice in enumerate(choices) if kind in opening(choice, self.knowledge)[0]]
                return self._chosen(meant[0], whole=whole, given=given) if len(meant) == 1 else self._unclear()
        if whole and "unsure" in first.kinds:
            return Follow("unsure", says=("said_unsure",))
        return NOTHING

    def _chosen(self, number: int, *, whole: bool = True, given: Sequence[Token] = ()) -> Follow:
        """Return the choice as a message; with more words it is added to them."""
        if self.asking is None:
            return NOTHING
        choice = self.asking.choices[number]
        start = given[0].start if given else 0
        if self.asking.id == WHICH:
            gone = self.targets[number : number + 1] or self.targets
            mentions = tuple(Mention(t.symptom, choice, start, PAST, why=f"answer: {self.asking.id}") for t in gone)
        else:
            means = next((means for name in self.knowledge.all_flags() for means in self._means(name, choice)), "")
            if not means:
                return NOTHING
            mentions = (Mention(means, choice, start, PRESENT, why=f"answer: {self.asking.id}"),)
        return Follow("answer", choice if whole else "", mentions)

    def _means(self, flag: str, choice: str) -> list[str]:
        question = self.knowledge.flag(flag).question
        if question is None or self.asking is None or question.id != self.asking.id:
            return []
        return [means for say, means in question.choices if say == choice]

    def _unclear(self) -> Follow:
        return Follow("unclear", question=self.asking, says=("said_unclear",))

    def again(self, text: str, given: Sequence[Token]) -> Follow:
        """Return what was said last, as said again."""
        words, start = _cut(text, given, None)
        return Follow(
            "again", mentions=tuple(Mention(t.symptom, words, start, why="saying: again") for t in self.targets)
        )

    def said(self, kind: str, text: str, given: Sequence[Token], read: Understand) -> Follow:
        """Return what a saying of *kind* means after what was said last."""
        words, start = _cut(text, given, None)
        if kind == "better":
            return Follow(kind, says=("said_better",))
        if kind == "joking":
            out = tuple(Mention(t.symptom, words, start, ABSENT, why="saying: joking") for t in self.targets)
            return Follow(kind, mentions=out)
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
