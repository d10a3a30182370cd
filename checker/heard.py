"""What was heard so far in one message, and how what comes later changes it."""

from __future__ import annotations

from checker import fears, looking_back, match, segment, stories, times
from checker.classes import DRUG, LIGHT
from checker.model import Mention

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from checker.model import Follow, Found, Token


class Heard:
    """What was heard so far, in the message's order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.read: Sequence[Token] = ()
        self.mentions: list[Mention] = []
        self.topics: list[str] = []
        self.bare: list[tuple[str, str]] = []
        self.hints: list[tuple[str, str]] = []
        self.drugs: list[str] = []
        self.left: list[str] = []
        self.misread: dict[int, str] = {}
        self.reread = 0
        self.foreign = False  # most of its words are no English
        self.somebody = False
        self.taker = False  # another takes the medicine: it is told of them
        self.is_part = False  # the clause that is heard belongs to a sentence that a form answers
        self.is_bare = False  # the sentence that was heard last only names something: "Seizures?"
        self.said: list[looking_back.Said] = []  # the sentences that named something
        self.goes_on = False  # the sentence that was heard last names something, or speaks of what was named before it
        self.told_if: list[int] = []  # the mentions of what is to be acted on: "ring if my lips swell"
        self.calm = False  # it says that what was feared did not come
        self.this_time = False  # it is set against a time before
        self.former: list[int] = []  # the mentions of a time before
        self.queried: int | None = None  # its first mention, where it ends in a question mark

    def words(self, clause: Sequence[Token], found: Found) -> str:
        """Return the words of *clause* that name what was *found*."""
        return self.text[clause[found.places[0]].start : clause[found.places[-1]].end]

    def name(self, clause: Sequence[Token], found: Found, assertion: str, *, asked: bool) -> None:
        """Add what was *found* in *clause* to the mentions."""
        why = f"{found.phrase.kind}: {' '.join(found.phrase.terms)}"
        start = clause[found.places[0]].start
        whose = stories.whose(clause, found.places[0])
        words = self.words(clause, found)
        self.mentions.append(Mention.make((found.phrase.target, words, start, assertion, asked, why, whose)))

    def contrast(self, place: int, alarms: Callable[[str], bool]) -> None:
        """Give what stands before *place* to another ("my wife gets headaches, I don't"); not their emergency."""
        if self.somebody:
            self.mentions = [
                m.replace(assertion=segment.SOMEONE_ELSE)
                if m.assertion == segment.PRESENT
                and m.whose != stories.MINE
                and m.start + len(m.reported) <= place
                and not (alarms(m.symptom) and stories.is_now(self.read, m.start))
                else m
                for m in self.mentions
            ]

    def begin(self, place: int) -> None:
        """Take what others had, told before *place*, as a history: "dad had a stroke; do I say so before I start"."""
        self.mentions = [
            m.replace(assertion=segment.SOMEONE_ELSE)
            if m.assertion == segment.PRESENT
            and m.whose == stories.ANOTHERS
            and m.start < place
            and not stories.is_now(self.read, m.start)
            else m
            for m in self.mentions
        ]

    def leave_writer(self, place: int, outlasts: Callable[[str], bool]) -> None:
        """Set aside what the writer has, told from *place* on, where another takes the medicine; no emergency."""
        self.mentions = [
            m.replace(assertion=segment.SOMEONE_ELSE)
            if m.assertion == segment.PRESENT and m.start >= place and not outlasts(m.symptom)
            else m
            for m in self.mentions
        ]

    def take_back(self, place: int, alarms: Callable[[str], bool]) -> None:
        """Deny what stands next before *place*, said figuratively; never what may be an emergency."""
        for at in range(len(self.mentions) - 1, -1, -1):
            mention = self.mentions[at]
            if mention.start < place:
                if mention.assertion == segment.PRESENT and not alarms(mention.symptom):
                    self.mentions[at] = mention.replace(assertion=segment.ABSENT)
                break

    def retract(self, place: int) -> None:
        """Take as there what was denied last before *place*: "I said I had no such thoughts. I lied"."""
        if self.said:
            first = self.said[-1].first
            self.mentions[first:] = [
                m.replace(assertion=segment.PRESENT) if m.assertion == segment.ABSENT and m.start < place else m
                for m in self.mentions[first:]
            ]

    def leave(self, clause: Sequence[Token], found: Sequence[Found], taken: Sequence[int]) -> None:
        """Note the stretch of *clause* in which nothing was understood."""
        if self.is_part or taken or any(f.phrase.layer not in match.CUES for f in found):
            return
        if any(LIGHT not in t.keys and DRUG not in t.keys and t.start not in self.misread for t in clause):
            self.left.append(self.text[clause[0].start : clause[-1].end])

    def end(self, over: looking_back.Over, outlasts: Callable[[str], bool]) -> None:
        """Take what the sentence before names as *over*, or as there again: "It stopped in March." "They are back"."""
        said = self.said[-1]
        old = over.kind == times.LONG_AGO
        for place in (said.first + number for number in looking_back.ended(said, over)):
            mention = self.mentions[place]
            if over.returned and mention.assertion in (segment.PAST, segment.HYPOTHETICAL):
                self.mentions[place] = mention.replace(assertion=segment.PRESENT)
            elif not over.returned and _is_told(mention) and (old or not outlasts(mention.symptom)):
                self.mentions[place] = mention.replace(assertion=segment.PAST)

    def close(
        self, over: Mention, with_broader: Callable[[str], frozenset[str]], outlasts: Callable[[str], bool]
    ) -> None:
        """Take as over what was told before of what is *over* by its name: "a rash came. The rash has gone"."""
        for at, mention in enumerate(self.mentions):
            same = mention.start < over.start and over.symptom in with_broader(mention.symptom)
            if same and _is_told(mention) and not outlasts(mention.symptom):
                self.mentions[at] = mention.replace(assertion=segment.PAST)

    def answer_fear(self, said: looking_back.Said) -> None:
        """Take what the sentence before feared as there where *said* confirms it, what it expected as not come."""
        before = self.said[-1]
        if fears.confirms(before, said.clause, said.named, said.cues):
            for place in range(before.first, before.first + len(before.named)):
                if self.mentions[place].assertion == segment.HYPOTHETICAL:
                    self.mentions[place] = self.mentions[place].replace(assertion=segment.PRESENT)
        if fears.answered(said.clause, said.cues) >= 0:
            for place in range(before.first, before.first + len(before.named)):
                self.mentions[place] = self.mentions[place].replace(asked=False)
        for place in (before.first + number for number in fears.unmet(before, said)):
            if _is_told(self.mentions[place]):
                self.mentions[place] = self.mentions[place].replace(assertion=segment.HYPOTHETICAL)

    def alarm(self, outlasts: Callable[[str], bool]) -> None:
        """Take as there what would be an emergency, if it was to be acted on and nothing says that it did not come."""
        for place in () if self.calm else self.told_if:
            mention = self.mentions[place]
            if mention.assertion == segment.HYPOTHETICAL and outlasts(mention.symptom):
                self.mentions[place] = mention.replace(assertion=segment.PRESENT)

    def set_against(self, outlasts: Callable[[str], bool]) -> None:
        """Take as over what is told of a time before, where this time is set against it: "last time I was sick"."""
        for place in self.former if self.this_time else ():
            mention = self.mentions[place]
            if _is_told(mention) and not outlasts(mention.symptom):
                self.mentions[place] = mention.replace(assertion=segment.PAST)

    def outgrow(
        self,
        said: Sequence[looking_back.Said],
        well: Mention,
        with_broader: Callable[[str], frozenset[str]],
        outlasts: Callable[[str], bool],
    ) -> None:
        """Take as over what was *said* of a time before and is *well* now: "I slept badly. Now I sleep well"."""
        for one in said:
            for number, found in enumerate(one.named):
                mention = self.mentions[one.first + number]
                same = mention.start < well.start and well.symptom in with_broader(mention.symptom)
                was = same and _is_told(mention) and times.is_earlier(one.clause, found.places[0])
                if was and not outlasts(mention.symptom):
                    self.mentions[one.first + number] = mention.replace(assertion=segment.PAST)

    def ask(self, first: int) -> None:
        """Take what the sentence before names, from *first* on, as asked about: "Seizures?? How common is that"."""
        self.mentions[first:] = [
            m.replace(asked=True) if m.assertion == segment.PRESENT and m.whose != stories.MINE else m
            for m in self.mentions[first:]
        ]

    def settle(self, with_broader: Callable[[str], frozenset[str]], alarms: Callable[[str], bool]) -> None:
        """Put the mentions in order; what the writer denies of themself is another's where another has it.

        Their emergency that happens now stays present.

        "My sister had chest pain. My chest is fine."
        """
        self.mentions.sort(key=lambda m: m.start)
        denied = {m.symptom for m in self.mentions if m.assertion == segment.ABSENT and m.whose == stories.MINE}
        if denied:
            self.mentions = [
                m.replace(assertion=segment.SOMEONE_ELSE)
                if m.assertion == segment.PRESENT
                and m.whose == stories.ANOTHERS
                and with_broader(m.symptom) & denied
                and not (alarms(m.symptom) and stories.is_now(self.read, m.start))
                else m
                for m in self.mentions
            ]

    def add(self, follow: Follow) -> None:
        """Add what is understood from what was said before."""
        self.mentions = [m for m in self.mentions if m.start not in follow.drop]
        known = {(m.symptom, m.assertion) for m in self.mentions}
        self.mentions.extend(m for m in follow.mentions if (m.symptom, m.assertion) not in known)
        if follow.kind:
            self.left, self.bare, self.hints = [], [], []


def _is_told(mention: Mention) -> bool:
    """Say whether *mention* is told as present."""
    return mention.assertion == segment.PRESENT and not mention.asked
