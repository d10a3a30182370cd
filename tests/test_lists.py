"""Lists nobody wrote, in every layout: denied, headed, asked, excepted, ticked; each is there as it says."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest

from checker.answer import Checker

ITEMS = {
    "nausea": "nausea", "a rash": "rash", "headaches": "headache", "a dry mouth": "dry-mouth",
    "night sweats": "night-sweats", "constipation": "constipation", "dizzy spells": "dizziness",
    "blurred vision": "blurred-vision", "seizures": "seizure", "chest pain": "chest-pain",
    "a swollen face": "swelling-face", "fever": "high-temperature", "jaundice": "yellow-skin",
    "vomiting": "vomiting", "palpitations": "palpitations", "trouble sleeping": "insomnia", "hives": "hives",
    "tiredness": "fatigue", "weight gain": "weight-gain",
}  # fmt: skip
SETS = (
    "none of the side effects you listed", "I haven't had any of the usual ones",
    "not one of the things on the sheet", "she has none of the symptoms in the leaflet",
    "he doesn't get any of the ones you warned us of", "I've had none of them", "none of the following",
    "without any of the common ones", "not a single one of these",
    "haven't noticed any of the things the chemist talked about",
)  # fmt: skip
DENIALS = (
    "no", "I have no", "without", "never had", "I haven't had", "he denies", "not had any", "she doesn't get",
    "free of", "no sign of", "I've not had", "there's been no", "haven't noticed any", "I can't say I've had",
    "nil", "she denied any", "two weeks in and no", "still no",
)  # fmt: skip
EXCEPTING = (
    "nothing apart from", "nothing bar", "nothing other than", "no side effects except", "all fine except for",
    "no problems besides", "nothing to report but", "no complaints other than", "everything's fine bar",
    "nothing, just", "none of the listed ones, only", "no issues aside from", "no trouble apart from",
)  # fmt: skip
HEADS = (
    ("YES", "NO"), ("Yes", "No"), ("Present", "Absent"), ("POS", "NEG"), ("+ve", "-ve"), ("Positive", "Negative"),
    ("yes to", "no to"),
)  # fmt: skip
QUESTIONS = (
    "Do you have {}?", "Have you had any {} since you started?", "Any {} at all?", "Are you troubled by {}?",
    "Have you noticed {} this week?", "Have you at any time this week been troubled by {}?",
)  # fmt: skip
REPLIES = (
    ("Yes", "No"), ("yes", "no"), ("Y", "N"), ("Yes I have", "No I haven't"), ("a bit", "not at all"),
    ("Yep", "Nope"), ("Yes, some", "None"), ("yes - every day", "no - none"), ("✓", "✗"),
    ("Sadly yes", "Thankfully not"),
)  # fmt: skip
COLUMNS = (("yes", "no"), ("y", "n"), ("Present", "Absent"), ("often", "never"), ("true", "false"))
TICKS = (("✓", "✗"), ("[x]", "[ ]"), ("☑", "☐"), ("✔", "✘"), ("✅", "❌"))
MOST_WRONG = 0.03


class Chance(random.Random):
    """Draws items, and which of them are there."""

    def items(self, fewest: int, most: int) -> list[str]:
        found = self.sample(sorted(ITEMS), self.randint(fewest, most))
        return found if len({ITEMS[i] for i in found}) == len(found) else self.items(fewest, most)

    def halves(self) -> tuple[list[str], list[str]]:
        found = self.items(3, 6)
        return found[:2], found[2:]

    def told(self, items: list[str]) -> str:
        last = self.choice((", ", " or ", ", or ", " and "))
        return last.join((", ".join(items[:-1]), items[-1])) if len(items) > 1 else items[0]


def denied_set(chance: Chance) -> tuple[str, list[str]]:
    there, items = chance.halves()
    opening, closing = chance.choice(((" - ", ""), (": ", ""), (" (", ")")))
    said = f"{chance.choice(SETS)}{opening}{chance.told(items)}{closing}"
    ending = chance.choice(("", ". Only {}", ", only {}", " - just {}", ". I do have {} though", ". But {}"))
    return said + ending.format(there[0]), there[: "{}" in ending]


def closed_set(chance: Chance) -> tuple[str, list[str]]:
    items = chance.items(3, 5)
    end = chance.choice(
        (": none of them", ", none of those", " - none of the above", ": none of these", "? None of them")
    )
    return ", ".join(items) + end, []


def or_list(chance: Chance) -> tuple[str, list[str]]:
    there, items = chance.halves()
    said = f"{chance.choice(DENIALS)} {chance.choice((' or ', ', or ')).join(items)}".replace("any a ", "any ")
    ending = chance.choice(("", ", but {}", ". {} though", ", just {}", ". Only {}", "; {} yes"))
    return said + ending.format(there[0]), there[: "{}" in ending]


def neither_nor(chance: Chance) -> tuple[str, list[str]]:
    items = chance.items(2, 4)
    return "neither " + " nor ".join(items), []


def excepted(chance: Chance) -> tuple[str, list[str]]:
    items = chance.items(1, 2)
    return f"{chance.choice(EXCEPTING)} {' and '.join(items)}", items


def headed(chance: Chance) -> tuple[str, list[str]]:
    there, items = chance.halves()
    yes, no = chance.choice(HEADS)
    colon, join = chance.choice(
        ((": ", ", "), (" - ", ", "), (":\n", "\n"), (": ", " / "), (": ", "; "), (":\n- ", "\n- "))
    )
    parts = [yes + colon + join.join(there), no + colon + join.join(items)]
    chance.shuffle(parts)
    return chance.choice((". ", "\n", "\n\n")).join(parts), there


def asked(chance: Chance) -> tuple[str, list[str]]:
    items = chance.items(3, 5)
    there = [item for item in items if chance.random() < 0.4]
    yes, no = chance.choice(REPLIES)
    question, parting = chance.choice(QUESTIONS), chance.choice((" ", " - ", "\n", " A: ", " -> "))
    ending = "\n" if parting == "\n" else chance.choice(("\n", ". ", "; ", " / "))
    rows = [question.format(i).replace("any a ", "a ") + parting + (yes if i in there else no) for i in items]
    return ending.join(rows), there


def table(chance: Chance) -> tuple[str, list[str]]:
    items = chance.items(3, 5)
    there = [item for item in items if chance.random() < 0.4]
    head, tick = chance.choice(COLUMNS), chance.choice(("x", "X", "✓", "*"))
    left, bar, right = chance.choice((("| ", " | ", " |"), ("", "|", ""), ("", " | ", "")))
    rows = [("symptom", *head), *((i, tick, " ") if i in there else (i, " ", tick) for i in items)]
    return "\n".join(left + bar.join(row) + right for row in rows), there


def ticked(chance: Chance) -> tuple[str, list[str]]:
    items = chance.items(6, 6)
    pairs = [items[at : at + 2] for at in (0, 2, 4)]
    there = [chance.random() < 0.5 for _ in pairs]
    there[0] = not any(there[1:])
    yes, no = chance.choice(TICKS)
    slash = chance.choice(("/", " / ", " or "))
    rows = [f"{yes if is_there else no} {slash.join(pair)}" for pair, is_there in zip(pairs, there)]
    return chance.choice((" ", "\n", ", ")).join(rows), [i for pair, yes in zip(pairs, there) if yes for i in pair]


def signed(chance: Chance) -> tuple[str, list[str]]:
    items = chance.items(3, 6)
    there = [item for item in items if chance.random() < 0.4]
    yes, no = chance.choice((("+", "-"), ("++", "-"), ("+ve", "-ve"), ("(+)", "(-)"), ("pos", "neg"), ("✓", "✗")))
    return chance.choice((" / ", ", ", "; ", "\n", " | ")).join(
        f"{i} {yes if i in there else no}" for i in items
    ), there


def mended(chance: Chance) -> tuple[str, list[str]]:
    items = chance.items(3, 5)
    there = [item for item in items if chance.random() < 0.4]
    back = chance.choice(items)
    parting, wait = (
        chance.choice((" - ", ": ", "? ")),
        chance.choice((", wait, ", " - sorry, ", ", actually ", "... no wait, ")),
    )
    said = {item: "yes" if item in there else "no" for item in items}
    other = {"yes": "no", "no": "yes"}
    rows = [i + parting + (other[said[i]] + wait if i == back else "") + said[i] for i in items]
    return chance.choice((". ", "\n", "; ")).join(rows), there


def present(checker: Checker, text: str) -> str:
    found = {m.symptom for m in checker.answer(text).mentions if m.assertion == "present" and not m.asked}
    return ", ".join(sorted(s for s in found if not checker.knowledge.symptom(s).circumstance))


LAYOUTS = (
    denied_set, closed_set, or_list, neither_nor, excepted, headed, asked, table, ticked, signed, mended,
)  # fmt: skip


def made(layout: Callable[[Chance], tuple[str, list[str]]], seed: int, most: int) -> Iterator[tuple[str, str]]:
    chance = Chance(seed)
    for _ in range(most):
        text, there = layout(chance)
        yield text, ", ".join(sorted(ITEMS[item] for item in there))


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_lists_of_every_layout(checker: Checker, layout: Callable[[Chance], tuple[str, list[str]]]) -> None:
    wrong = [(text, there) for text, there in made(layout, 2026, 60) if present(checker, text) != there]
    assert len(wrong) <= 60 * MOST_WRONG, wrong
