"""Plain text, styled fragments, JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.answer import Checker
from checker.model import Answer, Match, RedFlag, RuledOut, Unlisted
from checker.render import as_json, clean, coloured, plain, styled, wrapped

KEYS = [
    "version", "knowledge", "message", "drugs", "unknown_drugs", "urgency", "red_flags", "matches", "unlisted",
    "ruled_out", "topics", "did_you_mean", "question", "corrections", "not_understood", "advice", "notes", "disclaimer",
    "explain",
]  # fmt: skip
PARTS = {
    "red_flags": {"id", "name", "urgency", "symptoms", "reported", "advice", "source"},
    "matches": {
        "drug", "effect", "listed_as", "urgency", "symptoms", "reported", "asked", "guidance", "notes", "ask_about",
        "source",
    },
    "unlisted": {"symptom", "name", "reported", "urgency", "asked", "elsewhere"},
    "ruled_out": {"symptom", "name", "reported", "assertion", "effects"},
    "topics": {"drug", "topic", "guidance", "notes", "source"},
    "did_you_mean": {"symptom", "name", "effect", "drug", "reported"},
    "corrections": {"wrote", "read"},
    "notes": {"drug", "says"},
}  # fmt: skip
MESSAGES = [
    "i want to die",
    "my mouth is so dry and my hair is falling out, no rash",
    "can i drink alcohol with it, and does it cause nausea?",
    "sleep",
    "hedache",
    "xyzzy plugh",
    "",
    "fever, stiff muscles and a racing heart",
    "i get chest pain",
]


@pytest.mark.parametrize("message", MESSAGES)
def test_json_has_every_key_and_no_other_type(make: Callable[..., Checker], message: str) -> None:
    line = as_json(make(["savella"], explain=True).answer(message))
    assert line.isascii()
    assert "\n" not in line
    data = json.loads(line)
    assert list(data) == KEYS
    assert data["version"] == 1
    assert data["message"] == message
    assert data["urgency"] in ("emergency", "urgent", "routine", "unknown")
    for key, wanted in PARTS.items():
        assert isinstance(data[key], list)
        for part in data[key]:
            assert set(part) >= wanted, key
            assert all(value is not None for value in part.values())
            for name in ("notes", "symptoms", "ask_about", "effects", "elsewhere"):
                assert isinstance(part.get(name, []), list)
            assert key != "red_flags" or isinstance(part["advice"], list)
            if "source" in part:
                assert set(part["source"]) == {"title", "section", "url"}
            for reported in part.get("reported", []):
                assert reported in message
            assert part.get("listed_as", "common") in ("common", "serious", "other")
            assert part.get("assertion", "past") in ("absent", "past", "hypothetical", "someone-else")
    for key in ("drugs", "unknown_drugs", "not_understood", "advice", "explain"):
        assert all(isinstance(text, str) for text in data[key])
    assert data["question"] is None or set(data["question"]) >= {"id", "text", "choices"}


def test_json_keys_are_those_of_the_design(shared: Path) -> None:
    """Keys may be added; none is renamed or removed."""
    promised = (shared / "design.md").read_text(encoding="utf-8")
    for key in KEYS:
        assert f'"{key}"' in promised


def test_an_emergency_is_said_first_and_in_words(checker: Checker) -> None:
    text = plain(checker.answer("my mouth is dry and i want to die"), checker.name_of)
    assert text.startswith("EMERGENCY: ")
    assert text.index("EMERGENCY") < text.index("Dry mouth")


def test_a_long_emergency_answer_says_the_first_thing_again(checker: Checker) -> None:
    text = plain(checker.answer("my mouth is dry, nausea, rash, headache, sweating and i want to die"), checker.name_of)
    first, *_, last = text.strip().split("\n\n")
    assert len(text.splitlines()) > 15
    assert last.startswith("EMERGENCY: ")
    assert " ".join(last.removeprefix("EMERGENCY: ").split()) in " ".join(first.split())
    assert "call your local emergency number" in " ".join(last.split())


def test_a_second_emergency_says_only_what_the_first_did_not(make: Callable[..., Checker]) -> None:
    text = plain(make(country="GB").answer("my chest hurts and my face droops on one side"), str)
    assert text.count("EMERGENCY: ") == 1 + (len(text.splitlines()) > 15)
    assert "Also: signs that can mean a stroke." in text
    assert "Note the time it began." in text
    assert text.count("Do not drive") == 2  # in other words


def test_what_monographs_say_of_the_same_words_stands_together(checker: Checker) -> None:
    text = plain(checker.answer("my mouth is so dry"), checker.name_of)
    assert text.startswith("Dry mouth (common side effect of Levomilnacipran and Milnacipran)\n")
    assert text.count("You wrote") == 1


def test_a_sign_names_what_the_person_has(checker: Checker) -> None:
    text = " ".join(plain(checker.answer("my heart is racing"), checker.name_of).split())
    assert text.startswith("Fast, racing or pounding heart: one sign of serotonin syndrome, a serious side effect of")
    assert text.index("Get medical help now if one of these comes too") < text.index("They are signs of serotonin")


def test_an_urgent_answer_says_first_what_to_do(make: Callable[..., Checker]) -> None:
    text = plain(make(["savella"]).answer("i have a rash"), str)
    assert text.startswith("URGENT: get medical help now.\n")


@pytest.mark.parametrize("message", MESSAGES)
@pytest.mark.parametrize("width", [20, 40, 80])
def test_lines_keep_to_the_width(checker: Checker, message: str, width: int) -> None:
    for line in plain(checker.answer(message), checker.name_of, width).splitlines():
        assert len(line) <= width
        assert line == line.rstrip()


@pytest.mark.parametrize("message", MESSAGES)
def test_colour_only_repeats_what_is_said(checker: Checker, message: str) -> None:
    answer = checker.answer(message)
    fragments = styled(answer, checker.name_of)
    bare = coloured(fragments)
    for code in ("\x1b[1;31m", "\x1b[1;33m", "\x1b[1;32m", "\x1b[1m", "\x1b[0m"):
        bare = bare.replace(code, "")
    assert bare == plain(answer, checker.name_of)
    assert all(text.endswith("\n") for _, text in fragments)


@pytest.mark.parametrize("message", [m for m in MESSAGES if m])
def test_what_was_read_is_shown(make: Callable[..., Checker], message: str) -> None:
    checker = make(["savella"])
    answer: Answer = checker.answer(message)
    text = " ".join(plain(answer, checker.name_of).split())
    parts: list[RedFlag | Match | Unlisted | RuledOut] = [*answer.red_flags, *answer.matches, *answer.unlisted]
    for part in [*parts, *answer.ruled_out]:
        assert all(" ".join(words.split()) in text for words in part.reported)
    for fixed in answer.corrections:
        assert f'"{fixed.wrote}" as "{fixed.read}"' in text
    for words in answer.not_understood:
        assert words in text
    for match in answer.matches:
        assert match.effect in text
        assert " ".join(match.guidance.split()) in text
        assert match.source.title in text
        assert match.source.section in text


def test_not_listed_never_reads_as_harmless(make: Callable[..., Checker]) -> None:
    checker = make(["fetzima"])
    text = " ".join(plain(checker.answer("put on weight"), checker.name_of).split())
    assert "not listed" in text
    assert "does not mean" in text
    for soothing in ("you are fine", "not a side effect", "nothing to worry", "harmless"):
        assert soothing not in text.lower()


def test_an_unknown_answer_ends_with_the_safety_line(checker: Checker) -> None:
    answer = checker.answer("xyzzy plugh")
    assert answer.urgency == "unknown"
    safety = checker.sentence("safety_line")
    assert " ".join(plain(answer, checker.name_of).split()).endswith(safety)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("plain", "plain"),
        ("a\x1b[2Jb", "a[2Jb"),
        ("a\tb\nc\rd", "a b c d"),
        ("a\x00\x07\x7f\x9bb", "ab"),
        ("a\u202e\u2066b\ufeff", "ab"),
        ("naïve 🤢 头", "naïve 🤢 头"),
        ("\ud800", ""),
    ],
    ids=ascii,
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("one  two", 20, ["one two"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("x abcdefgh y", 4, ["x", "abcd", "efgh", "y"]),
    ],
)
def test_wrapped(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines
