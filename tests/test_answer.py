"""One answer: what issue 2 promises, in the order of the design."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.answer import Checker
from checker.model import Answer
from checker.render import plain

Make = Callable[..., Checker]


# --- "It holds when", issue 2 -------------------------------------------------


def test_serotonin_syndrome_is_named(make: Make) -> None:
    answer = make(["levomilnacipran"]).answer("fever, stiff muscles and a racing heart")
    assert answer.urgency == "emergency"
    flag = next(f for f in answer.red_flags if f.id == "serotonin-syndrome")
    assert flag.urgency == "emergency"
    assert "serotonin syndrome" in flag.name
    (match,) = answer.matches
    assert match.effect == "Serotonin syndrome"
    assert match.reported == ("fever", "stiff muscles", "racing heart")


@pytest.mark.parametrize("drugs", [(), ("savella",), ("prozac",)], ids=str)
def test_crisis_help_comes_first(make: Make, drugs: tuple[str, ...]) -> None:
    checker = make(drugs, "US")
    answer = checker.answer("i think about ending my life")
    assert answer.urgency == "emergency"
    text = plain(answer, checker.name_of)
    assert text.startswith("EMERGENCY: ")
    assert "988" in text[: text.index("\n\n")]


def test_dry_mouth(make: Make) -> None:
    (match,) = make(["savella"]).answer("my mouth is so dry").matches
    assert (match.drug, match.effect, match.listed_as, match.urgency) == (
        "milnacipran",
        "Dry mouth",
        "common",
        "routine",
    )
    assert match.reported == ("mouth is so dry",)
    assert match.source.title
    assert match.source.section


def test_weight_gain_is_understood_and_not_listed(make: Make) -> None:
    answer = make(["fetzima"]).answer("put on weight")
    assert answer.matches == ()
    assert [(one.symptom, one.urgency) for one in answer.unlisted] == [("weight-gain", "routine")]


def test_a_denial_raises_nothing(checker: Checker) -> None:
    answer = checker.answer("no chest pain")
    assert (answer.red_flags, answer.matches, answer.unlisted) == ((), (), ())
    assert [(out.symptom, out.assertion) for out in answer.ruled_out] == [("chest-pain", "absent")]


# --- urgency ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("i want to kill myself", "emergency"),
        ("my throat is closing up and i cant breathe", "emergency"),
        ("crushing chest pain down my left arm", "emergency"),
        ("my face has dropped on one side and my speech is slurred", "emergency"),
        ("she is having a seizure", "emergency"),
        ("i took a whole bottle of pills", "emergency"),
        ("dry mouth", "routine"),
        ("put on weight", "routine"),
        ("no rash", "routine"),
        ("can i drink alcohol with it", "routine"),
        ("xyzzy", "unknown"),
        ("", "unknown"),
    ],
)
def test_urgency(checker: Checker, text: str, urgency: str) -> None:
    assert checker.answer(text).urgency == urgency


@pytest.mark.parametrize(
    "text",
    [
        "i want to kil myself",
        "my husband wants to kill himself",
        "my mum cant breathe and her lips are blue",
        "CRUSHING CHEST PAIN!!!",
        "cant breath, throte swelling up",
    ],
)
@pytest.mark.parametrize("drugs", [(), ("prozac",), ("savella",)], ids=str)
def test_what_cannot_wait_needs_no_medicine_and_no_spelling(make: Make, drugs: tuple[str, ...], text: str) -> None:
    checker = make(drugs)
    answer = checker.answer(text)
    assert answer.urgency == "emergency"
    assert plain(answer, checker.name_of).startswith("EMERGENCY")


def test_asking_raises_no_urgency(make: Make) -> None:
    answer = make(["levomilnacipran"]).answer("can it cause seizures?")
    assert answer.urgency == "routine"
    assert answer.red_flags == ()
    assert all(match.asked for match in answer.matches)
    assert all(one.asked for one in answer.unlisted)


def test_matches_are_in_order_of_urgency_then_place_then_monograph(checker: Checker) -> None:
    answer = checker.answer("nausea, dry mouth and i fainted")
    order = ["emergency", "urgent", "routine"]
    ranks = [order.index(match.urgency) for match in answer.matches]
    assert ranks == sorted(ranks)
    routine = [match for match in answer.matches if match.urgency == "routine"]
    places = [answer.message.index(match.reported[0]) for match in routine]
    assert places == sorted(places)
    for effect in ("Nausea", "Dry mouth"):
        drugs = [match.drug for match in routine if match.effect == effect]
        assert drugs == sorted(drugs)


# --- signs --------------------------------------------------------------------


def test_one_sign_alone_says_that_it_is_one_and_names_others(make: Make) -> None:
    answer = make(["levomilnacipran"]).answer("my muscles are stiff")
    signs = [match for match in answer.matches if match.sign]
    assert signs
    for match in signs:
        assert 1 <= len(match.ask_about) <= 3
        assert "muscle-stiffness" not in match.ask_about
    assert answer.urgency != "emergency"


def test_a_racing_heart_is_not_an_irregular_one(make: Make) -> None:
    answer = make(["milnacipran"]).answer("my heart is racing")
    assert [match.effect for match in answer.matches if not match.sign] == []
    assert "racing-heart" in [m.symptom for m in answer.mentions]


# --- several messages ---------------------------------------------------------


def test_what_was_told_before_counts_and_is_said(make: Make) -> None:
    checker = make(["levomilnacipran"])
    first = checker.answer("i have a high fever")
    second = checker.answer("my muscles are stiff", [first])
    assert second.urgency == "emergency"
    flag = next(f for f in second.red_flags if f.id == "serotonin-syndrome")
    assert flag.before
    assert flag.reported == ("muscles are stiff",)
    assert "/new" in plain(second, checker.name_of)


@pytest.mark.parametrize("between", ["the fever has gone", "no fever"])
def test_what_was_taken_back_does_not(make: Make, between: str) -> None:
    checker = make(["levomilnacipran"])
    before: list[Answer] = []
    for text in ("i have a high fever", between):
        before.append(checker.answer(text, before))
    assert checker.answer("my muscles are stiff", before).urgency != "emergency"


def test_before_without_anything_new_raises_nothing(checker: Checker) -> None:
    first = checker.answer("crushing chest pain")
    assert checker.answer("my mouth is dry", [first]).urgency == "routine"


def test_the_same_after_the_same_is_the_same(make: Make) -> None:
    texts = ["fever", "hedache and dizzy", "stiff muscles", "can i drink wine"]
    runs = []
    for _ in range(2):
        checker, answers = make(["savella"]), list[Answer]()
        for text in texts:
            answers.append(checker.answer(text, answers))
        runs.append(answers)
    assert runs[0] == runs[1]


# --- not listed, medicines ----------------------------------------------------


def test_a_sibling_that_lists_it_is_named(make: Make) -> None:
    answer = make(["savella"]).answer("cant sleep")
    (one,) = answer.unlisted
    assert {(other.drug, other.kind) for other in one.elsewhere} >= {("levomilnacipran", "monograph")}
    assert all(other.says and other.source.title for other in one.elsewhere)


def test_with_no_medicine_named_all_answer(checker: Checker) -> None:
    answer = checker.answer("nausea")
    assert set(answer.drugs) == {"milnacipran", "levomilnacipran"}
    assert {match.drug for match in answer.matches} == set(answer.drugs)


def test_a_misspelt_medicine_is_said(make: Make) -> None:
    answer = make(["savela"]).answer("nausea")
    assert answer.drugs == ("milnacipran",)
    assert [(fixed.wrote, fixed.read) for fixed in answer.corrections] == [("savela", "savella")]
    answer = make().answer("i get nausea from savela")
    assert answer.drugs == ("milnacipran",)
    assert ("savela", "savella") in [(fixed.wrote, fixed.read) for fixed in answer.corrections]


def test_a_medicine_is_named_once(make: Make) -> None:
    assert make(["savella", "milnacipran", "Savella"]).answer("nausea").drugs == ("milnacipran",)


# --- topics -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("what if i miss a dose", "missed-dose"),
        ("can i drink alcohol with it", "alcohol"),
        ("is it addictive", "habit-forming"),
        ("how do i stop taking it", "stopping"),
        ("what are the side effects", "side-effects"),
        ("what is it used for", "use"),
        ("how does it work", "how-it-works"),
        ("how much should i take", "dose"),
        ("can i take ibuprofen with it", "other-medicines"),
    ],
)
def test_a_question_has_its_topic(make: Make, text: str, topic: str) -> None:
    for drug in ("milnacipran", "levomilnacipran"):
        answer = make([drug]).answer(text)
        (found,) = (t for t in answer.topics if t.topic == topic)
        assert found.guidance
        assert found.drug == drug


def test_where_the_monograph_is_silent_the_answer_says_so(make: Make) -> None:
    knowledge = make().knowledge
    silent = [
        (drug, topic)
        for drug in knowledge.monographs()
        for topic in ("alcohol", "habit-forming", "missed-dose", "pregnancy", "storage")
        if topic not in [t.id for t in knowledge.monograph(drug).topics]
    ]
    assert silent
    says = {"alcohol": "can i drink wine", "habit-forming": "is it addictive", "missed-dose": "what if i miss a dose",
            "pregnancy": "is it safe in pregnancy", "storage": "how do i store it"}  # fmt: skip
    for drug, topic in silent:
        (found,) = (t for t in make([drug]).answer(says[topic]).topics if t.topic == topic)
        assert found.guidance == knowledge.topic(topic)[1]
        assert found.source.title == ""


def test_side_effects_lists_every_one(make: Make) -> None:
    checker = make(["savella"])
    (topic,) = checker.answer("what are the side effects").topics
    for effect in checker.knowledge.monograph("milnacipran").effects:
        assert effect.name in topic.guidance


# --- what was not understood --------------------------------------------------


def test_what_was_not_understood_is_said(checker: Checker) -> None:
    answer = checker.answer("my mouth is dry. my flibberty jibbet is wonky")
    assert answer.not_understood == ("my flibberty jibbet is wonky",)
    assert answer.urgency == "routine"


def test_a_bare_noun_is_a_question_and_no_match(make: Make) -> None:
    answer = make(["fetzima"]).answer("sleep")
    assert (answer.matches, answer.unlisted, answer.urgency) == ((), (), "unknown")
    assert 1 <= len(answer.did_you_mean) <= 3
    assert "insomnia" in [one.symptom for one in answer.did_you_mean]


def test_a_message_beyond_a_mebibyte_is_read_at_both_ends(checker: Checker) -> None:
    filler = ("lorem" * 200 + " ") * 1100
    assert len(filler) > 1 << 20
    answer = checker.answer("i want to die. " + filler + ". my mouth is dry")
    assert [flag.urgency for flag in answer.red_flags] == ["emergency"]
    assert "dry-mouth" in [m.symptom for m in answer.mentions]
    quiet = checker.answer("nausea. " + filler + ". my mouth is dry")
    assert checker.knowledge.advice("truncated") in quiet.advice
    assert checker.knowledge.advice("truncated") not in checker.answer("nausea").advice


# --- contacts -----------------------------------------------------------------


def test_a_country_without_lines_falls_back(make: Make) -> None:
    for country in ("", "ZZ", "xx", "zzz"):
        checker = make(country=country)
        assert checker.answer("crushing chest pain").red_flags[0].advice
        assert "{" not in plain(checker.answer("i want to die"), checker.name_of)


def test_explain_is_filled_only_when_asked(make: Make) -> None:
    assert make().answer("nausea").explain == ()
    answer = make(explain=True).answer("nausea and i want to die")
    assert any("nausea" in line for line in answer.explain)
    assert any("red flag" in line for line in answer.explain)
