"""Folding, tokens and stems."""

from __future__ import annotations

import pytest

from checker.normalise import squeezed, stem, tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        (" \t\n ", ""),
        ("?!... ,,, --", ""),
        ("Dry Mouth", "dry mouth"),
        ("can't CAN’T can`t canʼt", "cant cant cant cant"),
        ("I'm he'll we've she'd they're mum's", "i he we she they mum"),
        ("'quoted' word'", "quoted word"),
        ("naïve café", "naive cafe"),
        ("ﬁt of ﬂu", "fit of flu"),
        ("ｄｉｚｚｙ", "dizzy"),
        ("сhest раin", "chest pain"),
        ("che\u200bst pa\u00adin", "chest pain"),
        ("dizzy\u202edizzy", "dizzy dizzy"),
        ("38.5°C and 38,5 C", "38.5 c and 38.5 c"),
        ("1,500 steps, 1,234,567 steps", "1500 steps 1234567 steps"),
        ("1,2,3", "1 2 3"),
        ("160/110", "160 110"),
        ("10lbs 3am", "10 lbs 3 am"),
        ("light-headed", "light headed"),
        ("rash\x1b[31m\x00red", "rash 31 m red"),
        ("sick 🤢 dizzy", "sick dizzy"),
        ("头痛", ""),
    ],
    ids=ascii,
)
def test_words(text: str, words: str) -> None:
    assert [t.word for t in tokens(text)] == words.split()


@pytest.mark.parametrize(
    ("text", "stops"),
    [
        ("sick, dizzy", " ,"),
        ("sick; dizzy! tired? numb", " . . ."),
        ("sick\ndizzy", " ."),
        ("sick… dizzy", " ."),
        ("bp: 160/110", " : /"),
        ("sick - dizzy -- tired", " , ,"),
        ("sick-dizzy", " "),
        ("(sick) dizzy", ", ,"),
        ("sick,. dizzy", " ."),
        ("sick and/or dizzy", "  / "),
    ],
    ids=ascii,
)
def test_marks_between_words(text: str, stops: str) -> None:
    assert [t.stop for t in tokens(text)] == _padded(stops, len(tokens(text)))


def _padded(stops: str, count: int) -> list[str]:
    """Read " , ." as no mark, a comma, a full stop: one for each word."""
    marks = stops.split(" ")
    return (marks + [""] * count)[:count]


def test_every_token_knows_its_place() -> None:
    text = "  My MOUTH’s dry… 38.5°C, naïve ﬁt"
    assert [text[t.start : t.end] for t in tokens(text)] == ["My", "MOUTH’s", "dry", "38.5", "C", "naïve", "ﬁt"]


@pytest.mark.parametrize(
    "words",
    [
        "sweat sweats sweated sweating",
        "race races raced racing",
        "stop stops stopped stopping",
        "dizzy dizzies",
        "itch itches itched itching",
        "vomit vomits vomited vomiting",
        "ache aches ached aching",
        "cry cries cried",
    ],
)
def test_inflections_share_a_stem(words: str) -> None:
    assert len({stem(w) for w in words.split()}) == 1, [stem(w) for w in words.split()]


@pytest.mark.parametrize(
    "words", ["bleed blood", "need ned", "red reed", "bus bu", "thing th", "us u", "sing s", "gas ga"]
)
def test_other_words_do_not(words: str) -> None:
    assert len({stem(w) for w in words.split()}) == 2


@pytest.mark.parametrize(
    ("word", "shorter"),
    [("sooo", ("soo", "so")), ("dizzzzy", ("dizzy", "dizy")), ("itchy", ("itchy", "itchy")), ("", ("", ""))],
)
def test_held_down_letters_are_let_go(word: str, shorter: tuple[str, str]) -> None:
    assert squeezed(word) == shorter
