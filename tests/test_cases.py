"""Labelled messages: tests/cases/*.yaml, see the README there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from checker.answer import Checker
from checker.model import Answer

CASES = Path(__file__).parent / "cases"
LISTS = ("effects", "flags", "topics", "did_you_mean", "not_understood")
KEYS = {"label", "say", "drug", "mentions", "urgency", *LISTS, "comment", "expect"}
FILES = {
    path.stem: yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader) for path in CASES.glob("*.yaml")
}


def marks(case: dict[str, object]) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(strict=True)] if case.get("expect") == "fail" else []


def wanted(case: dict[str, object]) -> dict[str, object]:
    """Return the whole reading that *case* asks for; a list that is not there is empty."""
    return {
        "mentions": told(case),
        "urgency": case["urgency"],
        **{key: case.get(key, []) for key in LISTS},
    }


def told(case: dict[str, object]) -> set[tuple[str, str]]:
    mentions = case.get("mentions", [])
    assert isinstance(mentions, list)
    return {(mention["symptom"], mention["assertion"]) for mention in mentions}


def reading(answer: Answer) -> dict[str, object]:
    return {
        "mentions": {(m.symptom, "asked" if m.asked else m.assertion) for m in answer.mentions},
        "urgency": answer.urgency,
        "effects": list(dict.fromkeys(m.effect for m in answer.matches)),
        "flags": sorted(f.id for f in answer.red_flags),
        "topics": sorted({t.topic for t in answer.topics}),
        "did_you_mean": sorted(s.symptom for s in answer.did_you_mean),
        "not_understood": list(answer.not_understood),
    }


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=f"{stem}-{case['label']}", marks=marks(case))
        for stem, cases in sorted(FILES.items())
        for case in cases
    ],
)
def test_case(case: dict[str, object], make: Callable[..., Checker]) -> None:
    drug = str(case.get("drug", ""))
    answer = make([drug] if drug else []).answer(str(case["say"]))
    assert reading(answer) == wanted(case)


@pytest.mark.parametrize("stem", sorted(FILES))
def test_cases_have_their_shape(stem: str) -> None:
    cases = FILES[stem]
    assert cases
    assert [case["label"] for case in cases if set(case) - KEYS or not {"label", "say", "urgency"} <= set(case)] == []
    assert all(("expect" in case) == (stem == "known-failures") for case in cases)


def test_there_are_cases_of_every_kind() -> None:
    kinds = {"everyday", "misspelt", "negated", "mixed", "red-flags", "must-not-match", "topics", "known-failures"}
    assert set(FILES) == kinds
    assert sum(map(len, FILES.values())) >= 150


def test_every_denied_symptom_is_told_by_another_case() -> None:
    mentions = [mention for case in FILES["negated"] for mention in told(case)]
    present = {symptom for symptom, assertion in mentions if assertion == "present"}
    denied = {symptom for symptom, assertion in mentions} - present
    assert denied == set()
