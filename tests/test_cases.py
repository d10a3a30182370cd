"""Labelled messages: tests/cases/*.yaml, see the README there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from checker.answer import Checker

CASES = Path(__file__).parent / "cases"
KEYS = {
    "label",
    "say",
    "drug",
    "mentions",
    "effects",
    "urgency",
    "flags",
    "topics",
    "did_you_mean",
    "not_understood",
    "comment",
    "expect",
}


def cases() -> Iterator[object]:
    for path in sorted(CASES.glob("*.yaml")):
        for number, case in enumerate(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)):
            assert set(case) <= KEYS, f"{path.name}: case {number}: unknown keys {set(case) - KEYS}"
            marks = [pytest.mark.xfail(strict=True)] if case.get("expect") == "fail" else []
            yield pytest.param(case, id=f"{path.stem}-{number}-{case['say'][:40]}", marks=marks)


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, object], make: Callable[..., Checker]) -> None:
    """The whole reading is compared, never only what was found."""
    drug = str(case.get("drug", ""))
    answer = make([drug] if drug else []).answer(str(case["say"]))
    got: dict[str, object] = {
        "mentions": sorted(f"{m.symptom} {m.assertion}{' asked' if m.asked else ''}" for m in set(answer.mentions)),
        "effects": [m.effect for m in answer.matches],
        "urgency": answer.urgency,
        "flags": sorted(f.id for f in answer.red_flags),
        "topics": sorted({t.topic for t in answer.topics}),
        "did_you_mean": sorted(s.symptom for s in answer.did_you_mean),
        "not_understood": list(answer.not_understood),
    }
    if isinstance(case.get("mentions"), list):
        wanted = sorted(f"{m['symptom']} {m.get('assertion', 'present')}" for m in case["mentions"])  # type: ignore[attr-defined]
        got["mentions"] = sorted(set(got["mentions"]))  # type: ignore[call-overload]
        assert got["mentions"] == sorted(set(wanted))
    for key in ("effects", "urgency", "flags", "topics", "did_you_mean", "not_understood"):
        if key in case:
            wanted_value = case[key]
            assert (
                got[key]
                == (
                    wanted_value.split("|")[0]
                    if isinstance(wanted_value, str) and "|" not in wanted_value
                    else wanted_value
                )
                if key != "urgency"
                else got[key] in str(wanted_value).split("|")
            )
