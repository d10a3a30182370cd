"""Forms: ticked lists, questionnaires, tables and notes, item by item; and prose, which is none."""

from __future__ import annotations

import random
from collections.abc import Iterator

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
    # one layout for all rows
    ("nausea 0 headache 3 rash 0", "headache"),
    ("fever no rash yes headache no", "rash"),
    ("out of 3: headache=0 nausea=2 rash=0 (0 none, 3 severe)", "nausea"),
    ("0 nausea 0 headache 0 rash. lovely", ""),
    ("Headache Yes / No -> No\nDry mouth Yes / No -> Yes", "dry-mouth"),
    ("i) nausea: no ii) headache: yes iii) rash: no", "headache"),
    ("have you had 1. a fit no 2. a rash no 3. a headache yes", "headache"),
    ('{"nausea": false, "headache": true, "chest pain": false}', "headache"),
    ("nausea: none that I know of; headache: not that I can tell; rash: yes", "rash"),
    ("The nurse asked about rash, hives, wheezing. No to all three.", ""),
    # signs between slashes, letters as items
    ("HA - / N + / V - / rash - / SI - / sleep ok", "nausea"),
    ("N + / V - / HA + / rash - / BO reg", "headache, nausea"),
    ("Ø rash, Ø fever, c/o headache", "headache"),
    ("CVS NAD, abdo NAD, skin NAD. c/o headache", "headache"),
    # a slash inside an item
    ("✗ headache ✗ nausea ✓ not hungry / losing weight ✗ rash", "poor-appetite, weight-loss"),
    ("✗ headache / migraine ✗ nausea ✓ no appetite / losing weight", "poor-appetite, weight-loss"),
    ("✗ no / trouble sleeping ✓ headache", "headache"),
    # headed lists
    ("YES - headache. NO - rash, nausea, suicidal thoughts", "headache"),
    ("Present: headache. Absent: chest pain, fits.", "headache"),
    ("Present: chest pain, rash. Absent: fits.", "chest-pain, rash"),
    ("Absent: chest pain, fits", ""),
    ("Yes:\nheadache\nrash\nNo:\nfits\nfever", "headache, rash"),
    ("no - rash, fever. no - headache", "headache, high-temperature, rash"),
    # an answer is taken back
    ("nausea - no, wait, yes. headache - no. rash - no.", "nausea"),
    ("headache - yes, no sorry that was before, no. rash - no.", ""),
    ("Rash? No. Headache? No. Thoughts of ending it? God no.", ""),
    ("Rash? No. Headache? No. Thoughts of ending it? God yes.", "suicidal-thoughts"),
    ("Rash: yes - sorry, no signal here. Fits: no.", "rash"),
    ("Chest pain - no - sorry, yes\nrash - no\nheadache - no", "chest-pain"),
    ("nausea\tn\tn\tn\nrash\ty\tn\ty", "rash"),
    ("morning: nausea 0 headache 0. evening: nausea 0 headache 2", "headache"),
    ("Any rash? Not that we've seen. Headache? Touch wood no. Fits? Never.", ""),
    ("Rash / headache / nausea -> none", ""),
    ("So far:\n- nausea\nNot so far:\n- headache\n- rash", "nausea"),
    ("Things I don't have:\n- headache\n- rash\n\nnausea every day", "nausea"),
    ("I can't stand:\n- the headache\n- the rash", "headache, rash"),
    ("Rate 0-3. Nausea 0. Rash 0. Can't sleep 2. Dizzy 0.", "insomnia"),
    ("🚫 headache 🚫 nausea 👍 mood", ""),
    # a long question
    ("Have you noticed any swelling of your face, lips or tongue? - No\nHave you had a rash? - Yes", "rash"),
    # a column for each answer
    ("| symptom | y | n |\n| nausea | x |   |\n| headache |   | x |\n| rash |   | x |", "nausea"),
    ("symptom|never|sometimes|often\nnausea|x||\nchest pain||x|\nrash|||x", "chest-pain, rash"),
    ("symptom | today | yesterday\nnausea | no | no\nrash | yes | yes", "rash"),
    # an answer that is still wanted
    ("Chest pain:\nRash: yes\nFits:\nHeadache: no\nFainting:", "rash"),
    ("Chest pain: yes/no\nRash: yes/no YES\nFits: yes/no", "rash"),
    # an emergency that is ticked, and one that is not
    ("[x] chest pain [ ] rash", "chest-pain"),
    ("[ ] chest pain [x] rash", "rash"),
    ("can't breathe: no, rash: yes", "rash"),
    ("seizure – yes  rash – no  fever – no", "seizure"),
    ("suicidal thoughts = 3; rash = 0; headache = 0", "suicidal-thoughts"),
    ("* chest pain = F\n* fainting = F\n* dry mouth = T", "dry-mouth"),
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
    ("i cant breathe, yes, please hurry, yes", "severe-breathlessness"),
    ("my chest hurts - not a bit - a lot - and the rash - a lot", "chest-pain, rash"),
    ("awful headache - no sleep - no food - no energy", "fatigue, insomnia, severe-headache"),
    ("awful headache\nno sleep\nno rash", "insomnia, severe-headache"),
    ("Headache: none before, terrible now. Rash: none before, everywhere now.", "headache, rash"),
    ("rash: no until yesterday. headache: no until today", "headache, rash"),
    ("2 headaches - 1 rash - 0 energy", "fatigue, headache, rash"),
]


# Forms nobody wrote: items with given answers, in every layout that a careful reader could read.
ITEMS = {
    "nausea": "nausea", "feeling sick": "nausea", "rash": "rash", "Headache": "headache", "headaches": "headache",
    "dry mouth": "dry-mouth", "Constipation": "constipation", "sweating": "sweating", "Dizziness": "dizziness",
    "blurred vision": "blurred-vision", "Chest pain": "chest-pain", "swollen face": "swelling-face",
    "trouble sleeping": "insomnia", "Fever": "high-temperature", "can't sleep": "insomnia", "vomiting": "vomiting",
}  # fmt: skip
NUMBERINGS = ("", "1) ", "1. ", "a) ", "- ", "* ", "• ")
PARTINGS = (": ", ":", " - ", " – ", "=", " = ", "?", "? ", " ", "......", " | ", "\t", " (y/n): ", ", ")
ANSWERS = (
    ("yes", "no"), ("Y", "N"), ("y", "n"), ("T", "F"), ("true", "false"), ("+", "-"), ("+++", "-"), ("✓", "✗"),
    ("✅", "❌"), ("1", "0"), ("2", "0"), ("7/10", "0/10"), ("present", "absent"), ("some", "none"), ("mild", "nil"),
    ("a bit", "not at all"), ("yes", "n/a"),
)  # fmt: skip
BREAKS = (", ", "; ", "  ", " / ", "\n", ". ", " | ", " ")
WEAK = (" ", ", ", " - ", " – ", "  ", " / ", ". ")  # they part the words of prose too
MOST_WRONG = 1  # of 300
QUALIFYING = ("some", "mild", "a bit")  # may speak of what follows


def is_readable(numbering: str, parting: str, answers: tuple[str, str], breaking: str) -> bool:
    """Say whether a careful reader could tell which answer is of which item."""
    if answers[1] == "-" and (breaking == " " or (numbering == "- " and breaking != "\n")):
        return False  # "nausea - rash +", "- nausea -  - rash +": does a minus answer, or part?
    if breaking == " ":  # nothing parts the rows but what parts item and answer
        return bool(numbering.strip(" -*")) or (parting not in (" ", ", ") and answers[0] not in QUALIFYING)
    return True


def forms(seed: int, most: int) -> Iterator[tuple[str, str]]:
    """Make at most *most* forms, each with what is present by its answers."""
    chance = random.Random(seed)  # noqa: S311 # a sample, no secret
    while most:
        numbering, parting, breaking = (chance.choice(of) for of in (NUMBERINGS, PARTINGS, BREAKS))
        answers = chance.choice(ANSWERS)
        items = chance.sample(sorted(ITEMS), chance.choice((3, 3, 4, 5, 6)))
        there = [chance.random() < 0.4 for _ in items]
        if len({ITEMS[item] for item in items}) < len(items) or not is_readable(numbering, parting, answers, breaking):
            continue
        if parting in WEAK and breaking in WEAK and not _is_firm(items, there, numbering):
            continue
        rows = [
            _counted(numbering, count) + item + parting + answers[not yes]
            for count, (item, yes) in enumerate(zip(items, there))
        ]
        present = sorted(ITEMS[item] for item, yes in zip(items, there) if yes)
        yield breaking.join(rows), ", ".join(present)
        most -= 1


def _is_firm(items: list[str], there: list[bool], numbering: str) -> bool:
    """Say whether "can't sleep, no, please, no" cannot be meant: rows are counted, or one is answered otherwise."""
    return len(set(there)) > 1 or bool(numbering.strip(" -")) or not any("can't" in item for item in items)


def _counted(numbering: str, count: int) -> str:
    return numbering.replace("1", str(count + 1)).replace("a", "abcdef"[count])


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


def test_forms_of_every_layout(checker: Checker) -> None:
    """A sample of all layouts; each item is present or not as it is answered."""
    wrong = [(text, there) for text, there in forms(seed=2026, most=300) if present(checker, text) != there]
    assert len(wrong) <= MOST_WRONG, wrong
