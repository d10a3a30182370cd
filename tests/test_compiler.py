"""From checked YAML to tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from checker.answer import Checker
from checker.compiler import compile_folder
from checker.knowledge import KnowledgeError, Text
from checker.phrases import ways

Small = Callable[..., Path]


def found(small: Small, files: Mapping[str, str], text: str) -> list[str]:
    return [m.symptom for m in Checker(compile_folder(str(small(files)))).answer(text).mentions]


def test_the_small_knowledge_answers(small: Small) -> None:
    checker = Checker(compile_folder(str(small())), ["probarin"])
    answer = checker.answer("my skin is red and my heart is fast, welts")
    assert [m.effect for m in answer.matches] == ["Rash"]
    assert set(answer.matches[0].symptoms) == {"rash", "hives"}
    assert [(f.id, f.urgency, f.advice) for f in answer.red_flags] == [
        ("racing", "emergency", ("Call your local emergency number now.",))
    ]


def test_the_same_folder_gives_the_same_bytes(small: Small) -> None:
    assert compile_folder(str(small())).dumps() == compile_folder(str(small())).dumps()


def test_another_word_gives_another_version(small: Small) -> None:
    one = compile_folder(str(small())).version
    other = compile_folder(str(small({"topics.yaml": "[]\n"}))).version
    assert one.startswith("2026.01-")
    assert one != other


def test_the_order_of_files_and_entries_changes_nothing(small: Small) -> None:
    """A symptom may stand in any file, at any place."""
    skin = small()
    before = Checker(compile_folder(str(skin)))
    moved = (skin / "symptoms/skin.yaml").read_text(encoding="utf-8")
    (skin / "symptoms/skin.yaml").unlink()
    first, second = moved.split("- id: rash")
    (skin / "symptoms/a.yaml").write_text("- id: rash" + second + first, encoding="utf-8")
    after = Checker(compile_folder(str(skin)))
    for text in ("hives", "my skin is red", "no rash, welts and heart racing", "red skin hives", "pulse 120"):
        one, other = before.answer(text), after.answer(text)
        assert one.replace(knowledge="") == other.replace(knowledge="")


@pytest.mark.parametrize(
    ("phrase", "said", "is_found"),
    [
        ("heart thumping", "heart thumping", True),
        ("heart thumping", "thumping of the heart", True),
        ("heart thumping", "my heart thumps", True),  # inflections come along
        ("heart thumping", "heart", False),
        ("heart {fast}", "quick heart", True),  # any of the class
        ("heart {fast}", "fast heart", True),
        ("heart {fast}", "heart red", False),
        ("not red", "never red", True),  # every "not" of English
        ("not red", "red", False),
        ("take them", "take them", True),  # hollow: counts only as it stands
        ("take them", "them they take", False),
    ],
)
def test_phrases(small: Small, phrase: str, said: str, is_found: bool) -> None:
    entry = f'- id: thing\n  name: Strange complaint\n  phrases: ["{phrase}"]\n'
    files = {"symptoms/heart.yaml": "- {id: racing-heart, name: Racing heart}\n", "symptoms/thing.yaml": entry}
    assert (found(small, files, said) == ["thing"]) == is_found


def test_a_symptom_is_found_by_its_name_and_term(small: Small) -> None:
    files = {"symptoms/thing.yaml": "- id: thing\n  name: Heavy head\n  term: cephalgravity\n"}
    assert found(small, files, "heavy head") == ["thing"]
    assert found(small, files, "cephalgravity") == ["thing"]


@pytest.mark.parametrize(
    ("kind", "said", "is_found"),
    [
        ("exact", "zip zap", True),
        ("exact", "zap zip", False),
        ("alone", "zip zap", True),
        ("alone", "zip zap heart", False),
        ("phrases", "heart zap now zip", True),
    ],
)
def test_kinds_of_phrases(small: Small, kind: str, said: str, is_found: bool) -> None:
    files = {"symptoms/thing.yaml": f"- id: thing\n  name: Strange complaint\n  {kind}: [zip zap]\n"}
    assert (found(small, files, said) == ["thing"]) == is_found


def test_fine_denies_and_bare_only_suggests(small: Small) -> None:
    entry = "- id: thing\n  name: Strange complaint\n  fine: [zip good]\n  bare: [zip]\n"
    checker = Checker(compile_folder(str(small({"symptoms/thing.yaml": entry}))))
    answer = checker.answer("zip")
    assert (answer.mentions, [s.symptom for s in answer.did_you_mean]) == ((), ["thing"])
    assert [(m.symptom, m.assertion) for m in checker.answer("zip good").mentions] == [("thing", "absent")]


def test_look_up_and_rules_climb_to_what_is_broader(small: Small) -> None:
    knowledge = compile_folder(str(small()))
    assert knowledge.symptom("hives").broader == ("rash",)
    assert [(effect.id, sign) for effect, sign in knowledge.entries("testamine", "hives")] == [("rash", False)]
    assert knowledge.listed_by("hives") == knowledge.listed_by("rash") == ("testamine",)
    assert [flag.id for flag in knowledge.flags("hives")] == ["racing"]
    assert knowledge.flags("rash") == ()


def test_every_fault_is_reported_at_once(small: Small) -> None:
    files = {
        "symptoms/skin.yaml": "- {id: hives, nmae: Hives}\n- {id: hives, name: Hives, is_a: nothing}\n",
        "topics.yaml": "- {id: alcohol}\n",
    }
    with pytest.raises(KnowledgeError) as caught:
        compile_folder(str(small(files)))
    faults = caught.value.faults
    assert len(faults) >= 4
    assert {fault.split(":")[0] for fault in faults} >= {"symptoms/skin.yaml", "topics.yaml"}
    assert faults == sorted(set(faults))
    assert str(caught.value) == "\n".join(faults)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError):
        compile_folder(str(tmp_path))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("dying of shame", ["dying of shame"]),
        ("dying of/with shame", ["dying of shame", "dying with shame"]),
        (
            "died (last year/suddenly) of {fatal}",
            ["died last year of {fatal}", "died suddenly of {fatal}", "died of {fatal}"],
        ),
        ("had (*) (a/an) fit", ["had * a fit", "had * an fit", "had * fit", "had a fit", "had an fit", "had fit"]),
    ],
)
def test_ways_of_saying(written: str, said: list[str]) -> None:
    assert ways(Text.at(written, "idioms.yaml:1:1")) == said
