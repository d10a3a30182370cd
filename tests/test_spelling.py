"""The nearest known word, or none."""

from __future__ import annotations

import pytest

from checker.normalise import tokens
from checker.spelling import Reader, allowed, corrections, drug_name, nearest, similar
from checker.store import Knowledge

NAMES = ["milnacipran", "savella", "levomilnacipran", "fetzima"]


@pytest.mark.parametrize(
    ("word", "read"),
    [
        ("nausia", "nausea"),  # one letter for another
        ("nuasea", "nausea"),  # two swapped
        ("nasea", "nausea"),  # one dropped
        ("nauseaa", "nausea"),  # one too many
        ("diarhea", "diarrhoea"),
        ("headahce", "headache"),
        ("constapation", "constipation"),
        ("sausage", None),
        ("xyzzy", None),
        ("rahs", "rash"),
        ("gash", None),  # four letters: the first must be right
    ],
)
def test_the_nearest_word(word: str, read: str | None) -> None:
    choices = ["nausea", "nasal", "diarrhoea", "headache", "constipation", "rash", "dizzy"]
    assert nearest(word, choices) == read


def test_longer_words_may_be_further_away() -> None:
    edits = [allowed(n) for n in range(40)]
    assert edits == sorted(edits)
    assert edits[3] == 0
    assert edits[4] == 1
    assert edits[39] == 3


@pytest.mark.parametrize(
    ("wrote", "read"),
    [
        ("savela", "savella"),
        ("savellla", "savella"),
        ("fetzma", "fetzima"),
        ("milnaciprn", "milnacipran"),
        ("milnacipram", "milnacipran"),
        ("levomilnacipramm", "levomilnacipran"),
        ("levomilnacipan", "levomilnacipran"),
        ("lvomilnacipran", None),  # three edits from the other medicine
        ("prozac", None),
        ("savex", None),  # two edits of a short name
        ("", None),
    ],
)
def test_a_medicine_is_read_only_when_it_is_close(wrote: str, read: str | None) -> None:
    assert drug_name(wrote, NAMES) == read


@pytest.mark.parametrize("wrote", ["emilnacipran", "lemilnacipran", "vomilnacipran", "evomilnacipran"])
def test_a_name_between_the_two_medicines_is_neither(wrote: str) -> None:
    assert drug_name(wrote, NAMES) in (None, "milnacipran" if wrote.startswith("emil") else None)


def test_the_two_medicines_are_never_each_others_correction() -> None:
    assert drug_name("milnacipran", ["levomilnacipran"]) is None
    assert drug_name("levomilnacipran", ["milnacipran"]) is None


def test_a_name_between_two_is_left_alone() -> None:
    assert drug_name("prozad", ["prozac", "prozan"]) is None  # both one edit away
    assert drug_name("prozad", ["prozac", "prxxac"]) is None  # the other within three
    assert drug_name("prozad", ["prozac", "savella"]) == "prozac"


def test_similar_names_come_in_order_and_are_few() -> None:
    assert similar("milnasipram", NAMES, 2) == ("milnacipran", "levomilnacipran")
    assert similar("zzz", NAMES, 5) == ()


@pytest.fixture(scope="module")
def reader(knowledge: Knowledge) -> Reader:
    return Reader(knowledge)


@pytest.mark.parametrize(
    ("wrote", "read"),
    [
        ("hedache", "headache"),
        ("nausious", "nauseous"),
        ("vommiting", "vomiting"),
        ("swetting", "sweating"),
        ("constipatd", "constipated"),
        ("dizzzzy", "dizzy"),
        ("unconshus", "unconscious"),  # by ear
        ("sweatn", "sweating"),
        ("skpin", "skipping"),  # rather than spin
        ("vmtng", "vomiting"),  # no vowels
        ("ead", "head"),
        ("🤢", "nauseous"),
    ],
)
def test_a_misspelt_word_is_read_and_said(reader: Reader, wrote: str, read: str) -> None:
    (token,) = reader.read(tokens(wrote, pictures=True))
    (right,) = reader.read(tokens(read))
    assert token.keys == right.keys
    assert (token.word, token.start, token.end) == (wrote, 0, len(wrote))
    (fixed,) = corrections(wrote, [token])
    assert fixed.wrote == wrote


@pytest.mark.parametrize(
    "word", ["headache", "dizzy", "table", "sausage", "the", "peach", "ratio", "xkqzjv", "38.5", "a" * 5000]
)
def test_a_right_or_hopeless_word_is_left_alone(reader: Reader, word: str) -> None:
    (token,) = reader.read(tokens(word))
    assert not token.read
    assert corrections(word, [token]) == ()


def test_words_run_together_are_two(reader: Reader) -> None:
    read = reader.read(tokens("my jawpain"))
    assert [(t.word, t.start, t.end) for t in read] == [("my", 0, 2), ("jaw", 3, 6), ("pain", 6, 10)]


def test_words_that_stand_for_one_are_one(reader: Reader) -> None:
    read = reader.read(tokens("so light headed now"))
    assert ("light headed", 3, 15) in [("so light headed now"[t.start : t.end], t.start, t.end) for t in read]


def test_nothing_but_the_guess_is_remembered(reader: Reader) -> None:
    first = reader.read(tokens("hedache and hedache"))
    assert [t.read for t in first] == [t.read for t in reader.read(tokens("hedache and hedache"))]


def test_what_looks_like_a_name_is_left_alone(reader: Reader) -> None:
    text = "we swapped the Sandero"
    assert reader.read(tokens("we swapped the sandero"), "we swapped the sandero")[-1].read
    assert not reader.read(tokens(text), text)[-1].read
    slip = "I have Insomina"
    assert reader.read(tokens(slip), slip)[-1].read == "insomnia"


@pytest.mark.parametrize("word", ["teachin", "disputin"])
def test_an_english_word_without_its_g_is_no_slip(reader: Reader, word: str) -> None:
    assert not reader.read(tokens(f"the {word}"))[-1].read


def test_an_english_word_is_read_as_another_only_beside_its_fellows(reader: Reader, knowledge: Knowledge) -> None:
    assert knowledge.slips("moth") == ("mouth",)
    assert not reader.read(tokens("dry moth"))[-1].read
    assert [(read, sure) for read, _, sure in reader.others("moth")] == [("mouth", False)]
    assert reader.others("table") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("feel so 🤢", "feel so 🤢"),
        ("🤮🤮 all morning", "🤮 🤮 all morning"),
        ("lovely eggs 🤮", "lovely eggs"),
        ("love you ❤ lots", "love you lots"),
        ("my ❤ races", "my ❤ races"),
        ("sick 🎂 dizzy", "sick dizzy"),
    ],
    ids=ascii,
)
def test_an_emoji_is_a_word_where_one_is_wanted(reader: Reader, text: str, words: str) -> None:
    assert [t.word for t in reader.read(tokens(text, pictures=True))] == words.split()


def test_a_mark_before_an_emoji_that_is_no_word_counts(reader: Reader) -> None:
    assert [t.stop for t in reader.read(tokens("sick, 🎂 dizzy", pictures=True))] == ["", ","]
