"""Labelled messages that nobody tunes on: tests/blind/*.yaml, see the README there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
import yaml
from triage import buried  # the benchmark's own: what it measures and what is asked here are the same messages

from checker.answer import Checker
from checker.knowledge import Folder
from checker.normalise import tokens
from checker.render import plain

Case: TypeAlias = "dict[str, str]"

BLIND = Path(__file__).parent / "blind"
KNOWN = BLIND / "known-failures.yaml"
KEYS = {"label", "say", "drug", "flag", "effects", "urgency", "note"}
URGENCIES = {"emergency", "urgent", "routine", "unknown"}
CALM = {"routine", "unknown"}
EACH_FLAG = 20  # messages, half of them look-alikes (issue 4)
LEAST_BURIED = 1000


def read(path: Path) -> list[Case]:
    found: list[Case] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return found


FILES = {path.stem: read(path) for path in sorted(BLIND.glob("*.yaml")) if path.stem not in ("buried", KNOWN.stem)}
BURIED = buried()
FAILING = yaml.load(KNOWN.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def fails(name: str, kind: str) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(strict=True)] if name in FAILING[kind] else []


def is_right(case: Case, make: Callable[..., Checker]) -> bool:
    """Say whether the urgency is one of those that are right, and the effects named are those of the label."""
    drug = case.get("drug", "")
    answer = make([drug] if drug else []).answer(case["say"])
    named = {match.effect for match in answer.matches}
    return answer.urgency in case["urgency"].split("|") and named == set(case.get("effects", named))


def first_line(say: str, checker: Checker) -> str:
    return plain(checker.answer(say), checker.name_of).splitlines()[0]


def stays_first(emergency: str, checker: Checker) -> bool:
    return all(first_line(say, checker).startswith("EMERGENCY") for say in BURIED[emergency])


# --- the labels ---------------------------------------------------------------


@pytest.mark.parametrize("stem", FILES)
def test_messages_have_their_shape(stem: str) -> None:
    cases = FILES[stem]
    assert [case for case in cases if set(case) - KEYS or not {"label", "say", "urgency"} <= set(case)] == []
    assert [case["label"] for case in cases if not set(case["urgency"].split("|")) <= URGENCIES] == []
    assert len({case["label"] for case in cases}) == len(cases)
    assert len({case["say"] for case in cases}) == len(cases)


def test_every_flag_has_its_messages_half_of_them_look_alikes() -> None:
    calm = Counter(case["flag"] for case in FILES["flags"] if not CALM.isdisjoint(case["urgency"].split("|")))
    every = Counter(case["flag"] for case in FILES["flags"])
    assert len(FILES["flags"]) >= 480
    assert {flag: count for flag, count in every.items() if count < EACH_FLAG or calm[flag] * 2 < count - 1} == {}


# --- what is read of them -----------------------------------------------------


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case["label"], marks=fails(case["label"], "flags")) for case in FILES["flags"]]
)
def test_a_flag_speaks_and_its_look_alike_does_not(case: Case, make: Callable[..., Checker]) -> None:
    assert is_right(case, make)


@pytest.mark.parametrize("stem", [stem for stem in FILES if stem != "flags"])
def test_as_many_are_right_as_were_measured(stem: str, make: Callable[..., Checker]) -> None:
    right = sum(is_right(case, make) for case in FILES[stem])
    assert right >= int(FAILING["right"][stem]), f"{right} of {len(FILES[stem])}"


@pytest.mark.parametrize("emergency", [pytest.param(say, id=say[:50], marks=fails(say, "buried")) for say in BURIED])
def test_an_emergency_is_never_buried(emergency: str, checker: Checker) -> None:
    assert stays_first(emergency, checker)


def test_buried_emergencies_are_many_and_in_no_phrase_list(folder: Folder, spoken: Callable[[str], str]) -> None:
    said = [" ".join(t.word for t in tokens(say)) for say in BURIED]
    listed = {
        " ".join(t.word for t in tokens(spoken(phrase)))
        for entry in folder.entries["symptom"]
        for value in entry.values()
        if isinstance(value, list)
        for phrase in map(str, value)
    }
    assert sum(map(len, BURIED.values())) >= LEAST_BURIED
    assert len(listed) > LEAST_BURIED
    assert [say for say in said if say in listed] == []


def test_known_failures_are_messages(
    request: pytest.FixtureRequest, make: Callable[..., Checker], checker: Checker
) -> None:
    """With --update-known-failures the list is written anew."""
    if request.config.getoption("--update-known-failures"):
        failing = {
            "flags": [case["label"] for case in FILES["flags"] if not is_right(case, make)],
            "buried": [say for say in BURIED if not stays_first(say, checker)],
            "right": {
                stem: sum(is_right(case, make) for case in cases) for stem, cases in FILES.items() if stem != "flags"
            },
        }
        note = "# Written by: pytest tests/test_blind.py --update-known-failures\n"
        KNOWN.write_text(note + yaml.dump(failing, sort_keys=False, width=120, allow_unicode=True), encoding="utf-8")
    assert set(FAILING["flags"]) <= {case["label"] for case in FILES["flags"]}
    assert set(FAILING["buried"]) <= set(BURIED)
    assert set(FAILING["right"]) == set(FILES) - {"flags"}
