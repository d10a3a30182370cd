"""The nouns: frozen records, no behaviour.

Symptom, effect, flag and the like are knowledge; token, mention and the like are
what a message holds; an answer is made of both.
"""

from __future__ import annotations

from checker.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# How soon to act, the least first (ICH E2A keeps this apart from "listed as").
URGENCIES = ("unknown", "routine", "urgent", "emergency")
ANY = "*"  # of the terms of a phrase: any one word


class Source(Record):
    """Where a statement stands."""

    title: str
    section: str = ""
    url: str = ""


# --- knowledge ---------------------------------------------------------------


class Word(Record):
    """What the knowledge knows of a word.

    Attributes:
        keys: its stem, then every class it belongs to, in braces.
        units: what it begins, each the words that follow and the one word they make.
        read: the word that it is a known misspelling of, or "".
        after: the first word of each that follows in units.
    """

    keys: tuple[str, ...]
    units: tuple[tuple[tuple[str, ...], str], ...] = ()
    read: str = ""
    after: frozenset[str] = frozenset()


class Phrase(Record):
    """One wording, ready to be matched.

    Attributes:
        layer: symptom, circumstance, topic, idiom or cue; layers do not compete.
        kind: how it counts (phrases, exact, alone, whole, bare, fine; idiom, cue); whole is alone and exact.
        target: the id of what it names.
        weight: the rarer its words, the heavier.
        terms: stems and {classes}; in order and side by side where kind is exact.
    """

    layer: str
    kind: str
    target: str
    weight: int
    terms: tuple[str, ...]


class Symptom(Record):
    """An entry of the vocabulary: something a person may report.

    Attributes:
        circumstance: "yes" where only rules ask for it.
        event: "yes" where its danger is not over when it stops, as of a fit or an overdose.
    """

    id: str
    name: str
    term: str = ""
    broader: tuple[str, ...] = ()
    advice: str = ""
    circumstance: str = ""
    event: str = ""


class Reading(Record):
    """A form of words and numbers, and what the numbers mean.

    Attributes:
        forms: words in order, {n} for a number, {d} for one with tenths.
        plausible: for each number its lowest and highest value.
        bands: limits (first_from, 180, ...), symptom, and "fine" where it is well.
        vetoes: words after the number that make it another thing.
        telling: one word of each form; where none of these stands, no form does.
    """

    id: str
    forms: tuple[tuple[str, ...], ...]
    plausible: tuple[tuple[tuple[float, float], ...], ...]
    bands: tuple[tuple[tuple[tuple[str, float], ...], str, bool], ...]
    vetoes: tuple[str, ...]
    telling: tuple[str, ...]


class Effect(Record):
    """What a monograph lists: a side effect with its guidance."""

    id: str
    name: str
    listed_as: str
    urgency: str
    section: str
    symptoms: tuple[str, ...]
    signs: tuple[str, ...]
    sign_alone: str
    guidance: str
    notes: tuple[str, ...] = ()


class Topic(Record):
    """What a monograph says on a question."""

    id: str
    section: str
    guidance: str
    notes: tuple[str, ...] = ()
    symptoms: tuple[str, ...] = ()


class LabelFact(Record):
    """What the official label adds on a symptom or topic; never counts as listed."""

    about: str
    says: str
    source: Source


class Monograph(Record):
    """One medicine's document."""

    id: str
    name: str
    names: tuple[str, ...]
    drug_class: str
    source: Source
    notes: tuple[str, ...]
    disclaimer: str
    effects: tuple[Effect, ...]
    topics: tuple[Topic, ...]
    label: tuple[LabelFact, ...] = ()
    label_topics: tuple[LabelFact, ...] = ()


class Rule(Record):
    """A condition over symptoms: at least *least* of *of*.

    Each of *of* is a symptom id or another rule.
    """

    urgency: str
    least: int
    of: tuple[str | Rule, ...]


class Question(Record):
    """One clarifying question, asked only where the answer changes the urgency."""

    id: str
    text: str
    when: tuple[str, ...]
    choices: tuple[tuple[str, str], ...]


class Flag(Record):
    """A symptom or combination that needs urgent care whatever the medicine."""

    id: str
    name: str
    also_named: str
    listed_effect: str
    rules: tuple[Rule, ...]
    advice: tuple[tuple[str, tuple[str, ...]], ...]
    ask_about: tuple[str, ...]
    question: Question | None
    source: Source


class Line(Record):
    """Somebody to turn to: a name and what to do."""

    name: str
    say: str
    source: Source


class Contacts(Record):
    """The lines of one country, by kind."""

    country: str
    name: str
    emergency: str
    urgent: str
    crisis: tuple[Line, ...]
    poison: tuple[Line, ...]
    report: tuple[Line, ...]


# --- what a message holds ----------------------------------------------------


class Token(Record):
    """A word of the message.

    Attributes:
        start: where it begins in the raw text.
        end: where it ends there.
        word: folded.
        stop: the mark before it: "", ",", ":", "/" or "." for any end of sentence.
        keys: what a phrase may call it: stem and classes; empty while unread.
        read: the word it was read as, where that is another.
    """

    start: int
    end: int
    word: str
    stop: str = ""
    keys: tuple[str, ...] = ()
    read: str = ""


class Found(Record):
    """A phrase found in a clause.

    Attributes:
        phrase: which.
        places: the places in the clause of the tokens that name it, in order.
    """

    phrase: Phrase
    places: tuple[int, ...]


class Mention(Record):
    """A symptom found in a message, with the words that name it.

    Attributes:
        symptom: its id.
        reported: the person's own words, cut from the message unchanged.
        start: where they begin.
        assertion: present, absent, past, hypothetical or someone-else.
        asked: the message asks about it and does not report it.
        why: what named it, for --explain.
        whose: the writer's, another's, or "" where nobody is named.
    """

    symptom: str
    reported: str
    start: int
    assertion: str = "present"
    asked: bool = False
    why: str = ""
    whose: str = ""


# --- an answer ---------------------------------------------------------------


class RedFlag(Record):
    """A flag that is up."""

    id: str
    name: str
    urgency: str
    symptoms: tuple[str, ...]
    reported: tuple[str, ...]
    advice: tuple[str, ...]
    source: Source
    before: tuple[str, ...] = ()
    ask_about: tuple[str, ...] = ()


class Match(Record):
    """What a monograph says to a mention."""

    drug: str
    effect: str
    listed_as: str
    urgency: str
    symptoms: tuple[str, ...]
    reported: tuple[str, ...]
    asked: bool
    guidance: str
    notes: tuple[str, ...]
    ask_about: tuple[str, ...]
    source: Source
    sign: bool = False


class Elsewhere(Record):
    """Who else lists it: a sibling's monograph, or the official label."""

    drug: str
    kind: str
    says: str
    source: Source


class Unlisted(Record):
    """A symptom that is understood and not listed."""

    symptom: str
    name: str
    reported: tuple[str, ...]
    urgency: str
    asked: bool
    elsewhere: tuple[Elsewhere, ...]
    advice: str = ""


class RuledOut(Record):
    """A symptom that is not there: denied, over, feared, or another's."""

    symptom: str
    name: str
    reported: tuple[str, ...]
    assertion: str
    effects: tuple[str, ...]


class TopicAnswer(Record):
    """What a monograph says on a question, or that it says nothing."""

    drug: str
    topic: str
    guidance: str
    notes: tuple[str, ...]
    source: Source


class Suggestion(Record):
    """What may have been meant; never claims a match."""

    symptom: str
    name: str
    effect: str
    drug: str
    reported: tuple[str, ...]


class Asking(Record):
    """A question to the person."""

    id: str
    text: str
    choices: tuple[str, ...]


class Correction(Record):
    """A word that was read as another."""

    wrote: str
    read: str


class DrugNote(Record):
    """What a monograph says of itself."""

    drug: str
    says: str


class Answer(Record):
    """Everything that is said to one message."""

    knowledge: str
    message: str
    drugs: tuple[str, ...]
    unknown_drugs: tuple[str, ...]
    urgency: str
    red_flags: tuple[RedFlag, ...]
    matches: tuple[Match, ...]
    unlisted: tuple[Unlisted, ...]
    ruled_out: tuple[RuledOut, ...]
    topics: tuple[TopicAnswer, ...]
    did_you_mean: tuple[Suggestion, ...]
    question: Asking | None
    corrections: tuple[Correction, ...]
    not_understood: tuple[str, ...]
    advice: tuple[str, ...]
    notes: tuple[DrugNote, ...]
    disclaimer: str
    explain: tuple[str, ...]
    mentions: tuple[Mention, ...] = ()
    saying: str = ""
    named: tuple[str, ...] = ()


# --- a session ---------------------------------------------------------------


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


class Earlier(Record):
    """What earlier answers still say to a message.

    Attributes:
        standing: the symptoms that were reported and still hold, each with its mention.
        told: flags that were raised, each with the mention that speaks of it now.
        asked: the ids of the questions that were asked.
    """

    standing: Mapping[str, Mention]
    told: Sequence[tuple[RedFlag, Mention]]
    asked: frozenset[str]


NOTHING, NEVER = Follow(), Earlier({}, (), frozenset())
