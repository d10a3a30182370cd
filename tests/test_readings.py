"""Numbers with a meaning."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.answer import Checker
from checker.model import Reading, Token
from checker.normalise import tokens
from checker.readings import find, numbers
from checker.store import Knowledge

LOW = ((("first_below", 50.0),), "slow", False)
HIGH = ((("first_from", 101.0),), "fast", False)
WELL = ((("first_from", 60.0),), "fast", True)
PULSE = Reading(
    "pulse", (("pulse", "{n}"), ("{n}", "bpm")), (((25.0, 250.0),),), (LOW, HIGH, WELL), ("mg",), ("pulse", "bpm")
)
PRESSURE = Reading(
    "pressure",
    (("{n}", "over", "{n}"), ("{n}", "/", "{n}"), ("bp", "{n}")),
    (((60.0, 300.0), (30.0, 200.0)), ((60.0, 300.0),)),
    (((("first_from", 180.0),), "very-high", False), ((("second_from", 120.0),), "very-high", False)),
    (),
    ("over", "/", "bp"),
)


Read = Callable[[str], tuple[Token, ...]]


@pytest.fixture(scope="module")
def read(knowledge: Knowledge) -> Read:
    """Give each word itself as its key, and to a number word its value."""

    def made(text: str) -> tuple[Token, ...]:
        found = []
        for token in tokens(text):
            known = knowledge.word(token.word)
            values = [key for key in known.keys if key.startswith("=")] if known else []
            found.append(token.replace(keys=(token.word, *values)))
        return tuple(found)

    return made


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("no number", []),
        ("38.5", [38.5]),
        ("1,500", [1500]),
        ("160/110", [160, 110]),
        ("twenty", [20]),
        ("forty two", [42]),
        ("one fifty six", [156]),
        ("a hundred and ten", [110]),
        ("two hundred", [200]),
        ("one sixty over one ten", [160, 110]),
        ("three and four", [3, 4]),
        ("zero", [0]),
        ("1.2.3", []),
        ("twelve, thirteen", [12, 13]),
    ],
)
def test_numbers(read: Read, text: str, values: list[float]) -> None:
    assert [value for value, _ in numbers(read(text)).values()] == values


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("pulse 120", ("fast", False)),
        ("pulse 101", ("fast", False)),
        ("pulse 100", ("fast", True)),
        ("pulse 49", ("slow", False)),
        ("pulse is at about 130", ("fast", False)),
        ("pulse one thirty", ("fast", False)),
        ("130 bpm", ("fast", False)),
        ("pulse 55", None),  # in no band
        ("pulse 20", None),  # not plausible
        ("pulse 1200", None),
        ("pulse 120 mg", None),  # vetoed by what follows
        ("pulse a b c d 120", None),  # too far away
        ("120", None),
        ("bp 180", ("very-high", False)),
        ("182 over 95", ("very-high", False)),
        ("150/125", ("very-high", False)),
        ("150/90", None),
        ("150, 125", None),
        ("150 over 900", None),
    ],
)
def test_meaning(read: Read, text: str, meant: tuple[str, bool] | None) -> None:
    found = [(symptom, well) for _, symptom, well, _ in find(read(text), [PULSE, PRESSURE])]
    assert found == ([meant] if meant else [])


@pytest.mark.parametrize(
    ("said", "symptoms"),
    [
        ("39.8 and stiff as a plank", ["high-temperature", "muscle-stiffness"]),
        ("40.1", ["very-high-temperature"]),
        ("39.99", []),  # a price
        ("39", []),
        ("i take 39.5 mg", []),
    ],
)
def test_tenths_that_only_a_thermometer_gives(checker: Checker, said: str, symptoms: list[str]) -> None:
    assert sorted(m.symptom for m in checker.answer(said).mentions) == symptoms


@pytest.mark.parametrize(
    ("text", "symptoms"),
    [
        ("118/76 then 182/95", ["very-high"]),
        ("190/80 and 150/125", ["very-high", "very-high"]),
        ("bp 184 over 122 then 118/76", ["very-high"]),
        ("118/76 then 122/78", []),
    ],
)
def test_of_several_pairs_each_is_read(read: Read, text: str, symptoms: list[str]) -> None:
    assert [symptom for _, symptom, _, _ in find(read(text), [PRESSURE])] == symptoms


@pytest.mark.parametrize(
    ("said", "assertions"),
    [
        ("138/88 last week and 144/92 today", ["present"]),
        ("bp was 124/78 on monday and 126/80 on friday", ["absent", "absent"]),
    ],
)
def test_of_several_pressures_the_one_that_is_high_counts(checker: Checker, said: str, assertions: list[str]) -> None:
    mentions = checker.answer(said).mentions
    assert [(m.symptom, m.assertion) for m in mentions] == [("high-blood-pressure", a) for a in assertions]


def test_places_are_those_of_the_words_and_numbers(read: Read) -> None:
    ((_, _, _, places),) = find(read("my pulse is one thirty now"), [PULSE])
    assert places == (1, 3, 4)


def test_shipped_bands_are_within_what_is_plausible(knowledge: Knowledge) -> None:
    for reading in knowledge.readings():
        for limits, symptom, _ in reading.bands:
            assert symptom in knowledge.symptoms(), reading.id
            for limit, bound in limits:
                place = 0 if limit.startswith("first") else 1
                ranges = [r[place] for r in reading.plausible if place < len(r)]
                assert any(low <= bound <= high for low, high in ranges), (reading.id, limit, bound)
