"""Forms: ticked lists, questionnaires, tables and notes, item by item; and prose, which is none."""

from __future__ import annotations

import pytest

from checker.answer import Checker

FORMS = [
    # a mark behind its item
    ("nausea nope, rash yep, headache nope", "rash"),
    ("dizzyness nope, nausia nope, itchyness nope", ""),
    ("Nausea: no / Rash: yes / Headache: no", "rash"),
    ("nausea - n, rash - y, headache - n", "rash"),
    ("nausea\tno\nrash\tyes", "rash"),
    ("| nausea | no |\n| rash | yes |", "rash"),
    ("symptom,present\nnausea,no\nrash,yes", "rash"),
    ("1) nausea - n 2) rash - y, mostly at night 3) headache - n", "rash"),
    ("1. Nausea no 2. Rash yes 3. Headache no", "rash"),
    ("Q: nausea? A: no. Q: rash? A: yes", "rash"),
    ("nausea -ve, rash +ve", "rash"),
    ("nausea -, rash +", "rash"),
    ("rash/headache -ve, nausea +ve", "nausea"),
    ("rash ✓ nausea ✗ headache ✗", "rash"),
    ("rash 👎 nausea ❌ headache ❌", "rash"),
    ("rash [x]\nnausea [ ]", "rash"),
    # a mark before it
    ("[x] rash [ ] nausea", "rash"),
    ("☐ nausea ☑ rash ☐ headache", "rash"),
    ("✅ rash ❌ nausea, headache", "rash"),
    ("+rash, -nausea, -headache", "rash"),
    ("0 nausea, 0 headaches, rash", "rash"),
    ("0 appetite, rash", "poor-appetite, rash"),
    ("No: nausea, headache, fever. Yes: rash", "rash"),
    # asked and answered
    ("Rash? Y. Nausea? N.", "rash"),
    ("Nausea?\nno\nRash?\nyes", "rash"),
    ("Any nausea, headache or rash? None.", ""),
    ("Any nausea? Not really. Any rash? Yes, a bad one.", "rash"),
    ("Do you get a rash? Yes. Do you get headaches? No.", "rash"),
    ("Do you think of harming yourself? Yes. Rash? No.", "self-harm"),
    ("Do you think of harming yourself? No. Rash? Yes.", "rash"),
    ("Sleeping well? No. Rash? No.", "insomnia"),
    ("nausea?no rash?yes headache?no", "rash"),
    ("nausea none whatsoever, headaches naw, rash aye", "rash"),
    # scores
    ("nausea 0/10, rash 6/10", "rash"),
    ("nausea 0 out of 10, rash 6 out of 10", "rash"),
    ("nausea 0, rash 3, headache 0", "rash"),
    ("headaches 0/10", ""),
    ("headaches 2/10", "headache"),
    ("headache 0/10 yesterday, 6/10 now", "headache"),
    ("headache 0/10 at rest, 6/10 when I walk", "headache"),
    # a noun is judged
    ("Sleep - bad. Appetite - ok. Bowels - fine.", "insomnia"),
    ("Sleep - ok. Appetite - bad. Bowels - fine.", "poor-appetite"),
    ("Appetite? Down. Weight? Same.", "poor-appetite"),
    ("Weight? Down. Appetite? Normal.", "weight-loss"),
    ("libido: zero", "low-libido"),
    ("sleep 👎 appetite 👍", "insomnia"),
    ("headaches: ok, rash: bad", "rash"),
    ("ALLERGIES: none known. Rash: yes", "rash"),
    ("Allergies: NKDA", ""),
    # an emergency that is ticked, and one that is not
    ("[x] chest pain [ ] rash", "chest-pain"),
    ("[ ] chest pain [x] rash", "rash"),
    ("can't breathe: no, rash: yes", "rash"),
]
PROSE = [
    ("nausea n rash", "nausea, rash"),
    ("y do i get a rash", "rash"),
    ("me n my husband both have a rash", "rash"),
    ("no nausea or headache. rash", "rash"),
    ("does it cause a rash? not started it yet", ""),
    ("is a rash normal or not, yes or no", ""),
    ("i can't breathe, no, please, no, help", "severe-breathlessness"),
    ("i can't breathe - no - my head hurts - no", "headache, severe-breathlessness"),
    ("nausea no rash", "nausea"),
    ("rash, no nausea", "rash"),
    ("❌ rash ❌ nausea", "nausea, rash"),  # bullets
    ("the rash is back 👎", "rash"),
    ("no N/V, rash", "rash"),
]


def present(checker: Checker, text: str) -> str:
    found = {m.symptom for m in checker.answer(text).mentions if m.assertion == "present" and not m.asked}
    return ", ".join(sorted(s for s in found if not checker.knowledge.symptom(s).circumstance))


@pytest.mark.parametrize(("text", "there"), FORMS)
def test_form(checker: Checker, text: str, there: str) -> None:
    assert present(checker, text) == there


@pytest.mark.parametrize(("text", "there"), PROSE)
def test_prose_is_no_form(checker: Checker, text: str, there: str) -> None:
    assert present(checker, text) == there


def test_the_words_of_an_answered_item_are_said(checker: Checker) -> None:
    said = checker.answer("[x] Dry mouth [ ] Rash").mentions
    assert [(m.reported, m.assertion) for m in said] == [("Dry mouth", "present"), ("Rash", "absent")]
