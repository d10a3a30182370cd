"""Laws that hold whatever is typed (style, C3)."""

from __future__ import annotations

import json
import random
from collections.abc import Callable

import hypothesis
import pytest
from hypothesis import strategies as st

from checker.answer import Checker
from checker.knowledge import Folder, texts
from checker.match import clauses
from checker.model import URGENCIES, Answer, Match, RedFlag, RuledOut, Suggestion, Unlisted
from checker.normalise import tokens
from checker.phrases import ways
from checker.render import as_json, clean, plain
from checker.spelling import Reader
from checker.store import Knowledge
from checker.triage import higher, raised

WORDS = [
    "i",
    "my",
    "have",
    "a",
    "the",
    "no",
    "not",
    "never",
    "without",
    "and",
    "or",
    "but",
    "with",
    "is",
    "are",
    "was",
    "gone",
    "stopped",
    "if",
    "can",
    "does",
    "it",
    "cause",
    "nausea",
    "headache",
    "rash",
    "dry",
    "mouth",
    "dizzy",
    "sweating",
    "fever",
    "heart",
    "racing",
    "chest",
    "pain",
    "cant",
    "sleep",
    "breathe",
    "die",
    "kill",
    "myself",
    "wife",
    "weight",
    "gain",
    "hedache",
    "nausious",
    "savella",
    "fetzima",
    "38.5",
    "160/110",
    "three",
    "days",
    "alcohol",
    "dose",
    "normal",
    "fine",
    "xyzzy",
    "🤢",
    "\x1b[31m",
    "don't",
    "can’t",
    ",",
    ".",
    ";",
    ":",
    "!",
    "?",
    "(",
    ")",
    "-",
    "/",
    "\n",
    "\t",
]

anything = st.text(max_size=200)
messages = st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)
texts_typed = st.one_of(anything, messages)


@hypothesis.given(texts_typed)
def test_folding_twice_is_folding_once(text: str) -> None:
    words = [token.word for token in tokens(text)]
    assert [token.word for token in tokens(" ".join(words))] == words


@hypothesis.given(texts_typed)
def test_a_token_is_what_stands_at_its_place(text: str) -> None:
    found = tokens(text)
    for token in found:
        assert token.word in [part.word for part in tokens(text[token.start : token.end])]
    places = [(token.start, token.end) for token in found]
    assert places == sorted(places)


@hypothesis.given(texts_typed)
def test_clauses_are_ordered_disjoint_and_lose_nothing(knowledge: Knowledge, text: str) -> None:
    read = Reader(knowledge).read(tokens(text))
    assert [token for clause in clauses(read) for token in clause] == list(read)
    assert all(clauses(read))


@hypothesis.given(texts_typed)
def test_an_answer_is_about_what_was_typed(checker: Checker, text: str) -> None:
    answer = checker.answer(text)
    assert answer.message == text
    for mention in answer.mentions:
        assert text[mention.start :].startswith(mention.reported)
        assert mention.reported
    for words in answer.not_understood:
        assert words in text
    parts: list[RedFlag | Match | Unlisted | RuledOut | Suggestion] = [*answer.red_flags, *answer.matches]
    for part in [*parts, *answer.unlisted, *answer.ruled_out, *answer.did_you_mean]:
        assert part.reported
        assert all(words in text for words in part.reported)


@hypothesis.given(texts_typed)
def test_urgency_is_the_highest_of_what_is_there(checker: Checker, text: str) -> None:
    answer = checker.answer(text)
    present: list[RedFlag | Match | Unlisted] = [*answer.red_flags, *answer.matches, *answer.unlisted]
    parts = [part.urgency for part in present]
    assert answer.urgency == higher([*parts, *("routine" for _ in (*answer.topics, *answer.ruled_out))])
    recognised = answer.red_flags or answer.matches or answer.unlisted or answer.ruled_out or answer.topics
    assert (answer.urgency == "unknown") == (not recognised)


@hypothesis.given(texts_typed)
def test_the_screen_shows_no_control_character(checker: Checker, text: str) -> None:
    shown = plain(checker.answer(text), checker.name_of)
    assert all(line == clean(line) for line in shown.split("\n"))


@hypothesis.given(texts_typed)
def test_json_is_one_ascii_line_and_reads_back(checker: Checker, text: str) -> None:
    answer = checker.answer(text)
    line = as_json(answer)
    assert line.isascii()
    assert "\n" not in line
    data = json.loads(line)
    assert data["message"] == text
    assert data["urgency"] == answer.urgency
    assert [match["effect"] for match in data["matches"]] == [match.effect for match in answer.matches]
    assert json.dumps(data) == line


@hypothesis.given(texts_typed)
def test_nothing_is_said_of_a_medicine_that_is_not_in_the_knowledge(checker: Checker, text: str) -> None:
    answer = checker.answer(text)
    for match in answer.matches:
        effects = checker.knowledge.monograph(match.drug).effects
        assert (match.effect, match.guidance, match.notes) in [(e.name, e.guidance, e.notes) for e in effects]
    for flag in answer.red_flags:
        known = checker.knowledge.flag(flag.id)
        assert flag.source == known.source
        assert flag.name in (known.name, known.also_named)


@hypothesis.given(messages, messages)
def test_a_message_says_the_same_whatever_was_asked_before(make: Callable[..., Checker], one: str, other: str) -> None:
    """A checker remembers spellings, never messages."""
    checker = make()
    fresh = checker.answer(one)
    checker.answer(other)
    assert checker.answer(one) == fresh == make().answer(one)


# --- triage -------------------------------------------------------------------


def _urgency(knowledge: Knowledge, symptoms: list[str]) -> str:
    present = {s for name in symptoms for s in (name, *knowledge.symptom(name).broader)}
    return higher(urgency for name in knowledge.all_flags() if (urgency := raised(knowledge.flag(name), present)[0]))


@hypothesis.given(data=st.data())
def test_one_more_symptom_never_lowers_the_urgency(knowledge: Knowledge, data: st.DataObject) -> None:
    some = st.sampled_from(knowledge.symptoms())
    present, more = data.draw(st.lists(some, max_size=6)), data.draw(some)
    assert URGENCIES.index(_urgency(knowledge, present)) <= URGENCIES.index(_urgency(knowledge, [*present, more]))


@hypothesis.given(data=st.data())
def test_order_and_repetition_change_no_urgency(knowledge: Knowledge, data: st.DataObject) -> None:
    present = data.draw(st.lists(st.sampled_from(knowledge.symptoms()), max_size=6))
    shuffled = data.draw(st.permutations([*present, *present]))
    assert _urgency(knowledge, present) == _urgency(knowledge, list(shuffled))


@pytest.fixture(scope="module")
def plain_phrases(folder: Folder, spoken: Callable[[str], str], checker: Checker) -> list[tuple[str, Answer]]:
    """A few hundred phrases that by themselves report what they name, and the answers to them."""
    symptoms = folder.entries["symptom"]
    every = [spoken(p) for entry in symptoms for written in texts(entry, "phrases") for p in ways(written)]
    chosen = random.Random("phrases").sample(every, 600)  # noqa: S311 # a seed, no secret
    answers = [(said, checker.answer(said)) for said in chosen]
    return [(said, answer) for said, answer in answers if answer.mentions and not answer.ruled_out]


@hypothesis.settings(max_examples=400)
@hypothesis.given(data=st.data())
def test_one_more_sentence_never_lowers_the_urgency(
    checker: Checker, plain_phrases: list[tuple[str, Answer]], data: st.DataObject
) -> None:
    pairs = st.sampled_from(plain_phrases)
    (one, first), (other, second) = data.draw(st.tuples(pairs, pairs))
    together = checker.answer(f"{one}. {other}.")
    wanted = higher([first.urgency, second.urgency])
    assert URGENCIES.index(together.urgency) >= URGENCIES.index(wanted)
    assert {m.symptom for m in together.mentions} == {m.symptom for m in (*first.mentions, *second.mentions)}


@hypothesis.settings(max_examples=200)
@hypothesis.given(data=st.data())
def test_case_spaces_and_apostrophes_carry_no_meaning(
    checker: Checker, plain_phrases: list[tuple[str, Answer]], data: st.DataObject
) -> None:
    said, answer = data.draw(st.sampled_from(plain_phrases))
    dressed = data.draw(
        st.sampled_from(
            [said.upper(), said.title(), f"  {said}  ", said.replace(" ", "   "), said.replace("'", "’"), said + "!!!"]
        )
    )
    again = checker.answer(dressed)
    assert [(m.symptom, m.assertion) for m in again.mentions] == [(m.symptom, m.assertion) for m in answer.mentions]
