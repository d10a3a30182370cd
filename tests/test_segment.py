"""Assertions: present, absent, past, hypothetical, someone-else; asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.answer import Checker


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("headache", "headache present"),
        # what follows is denied, over light words and lists
        ("no headache", "headache absent"),
        ("no more headache", "headache past"),
        ("i don't have any headache", "headache absent"),
        ("never had a rash", "rash absent"),
        ("without nausea", "nausea absent"),
        ("no headache, nausea or rash", "headache absent, nausea absent, rash absent"),
        ("no headache or nausea", "headache absent, nausea absent"),
        ("neither nausea nor headache", "headache absent, nausea absent"),
        # and no further
        ("no headache but nausea", "headache absent, nausea present"),
        ("no headache. nausea", "headache absent, nausea present"),
        ("nausea, no headache", "headache absent, nausea present"),
        ("i have nausea and no rash", "nausea present, rash absent"),
        # what stands before
        ("rash: none", "rash absent"),
        ("headache has gone", "headache past"),
        ("my nausea went away", "nausea past"),
        # over, feared, another's
        ("i used to have headaches", "headache past"),
        ("i had headaches as a child", "headache past"),
        ("worried about getting a rash", "rash hypothetical"),
        ("what if i get a rash", "rash hypothetical"),
        ("in case of nausea", "nausea hypothetical"),
        ("my wife has headaches, i don't", "headache someone-else"),
        # asked
        ("does it cause headaches?", "headache asked"),
        ("can savella cause nausea", "nausea asked"),
        ("is it normal that i have a headache", "headache present"),
        # a cue inside a phrase denies nothing
        ("i can't sleep", "insomnia present"),
        ("no appetite", "poor-appetite present"),
        # looks like a denial and is none
        ("not only nausea", "nausea present"),
        ("the headache is not going away", "headache present"),
        ("no doubt this is a rash", "rash present"),
    ],
)
def test_how_it_is_meant(checker: Checker, text: str, meant: str) -> None:
    found = {
        f"{m.symptom} {'asked' if m.asked else m.assertion}"
        for m in checker.answer(text).mentions
        if not checker.knowledge.symptom(m.symptom).circumstance
    }
    assert ", ".join(sorted(found)) == meant


@pytest.mark.parametrize("assertion", ["absent", "past", "hypothetical", "someone-else"])
def test_only_what_is_present_is_matched(make: Callable[..., Checker], assertion: str) -> None:
    text = {
        "absent": "no nausea",
        "past": "i used to have nausea",
        "hypothetical": "worried about getting nausea",
        "someone-else": "my wife gets nausea, i don't",
    }[assertion]
    answer = make(["savella"]).answer(text)
    assert answer.matches == ()
    assert [(out.symptom, out.assertion, out.effects) for out in answer.ruled_out] == [
        ("nausea", assertion, ("Nausea",))
    ]
    assert answer.urgency == "routine"
