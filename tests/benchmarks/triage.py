"""How soon to act: recall and false alarms by flag, beside a symptom list matched by WRatio as a naive checker does.

    python tests/benchmarks/triage.py

Prints Markdown tables, then the Flesch-Kincaid grade of the sentences that the program says by itself.
"""

from __future__ import annotations

import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from accuracy import NAMES_CUTOFF, PHRASES_CUTOFF, ROOT, percent, read, shown, spoken, table

if TYPE_CHECKING:
    from checker.store import Knowledge

BLIND, CASES = ROOT / "tests" / "blind", ROOT / "tests" / "cases"
BURIED = "buried in chatter"
TIMES_BURIED = 20  # each emergency, in chatter drawn anew: more than 1,000 messages
MOST_CHATTER = 4  # lines before it, and after it
GRADE = 6  # issue 4: of our own sentences, a guide
SOON = {"emergency", "urgent"}

Triaging: TypeAlias = Callable[[str, str], str]


class Labelled(NamedTuple):
    """A message, its flag, and every urgency that is right for it."""

    flag: str
    say: str
    drug: str
    right: frozenset[str]

    @property
    def pressing(self) -> bool:
        """It cannot wait, by its label."""
        return self.right <= SOON

    @property
    def calm(self) -> bool:
        """It can wait, by its label; a look-alike."""
        return self.right.isdisjoint(SOON)


# --- the messages ------------------------------------------------------------


def labelled() -> list[Labelled]:
    """Read the labelled messages of tests/blind and tests/cases."""
    found = []
    for path in (BLIND / "flags.yaml", CASES / "red-flags.yaml"):
        if not path.exists():
            print(f"{path.name}: skipped, it is absent", file=sys.stderr)
            continue
        for node in read(path):
            flags = node.get("flags")
            flag = str(flags[0]) if isinstance(flags, list) and flags else str(node.get("flag", ""))
            stratum = flag.replace("_", "-") or "none"
            found.append(_labelled(stratum if path.parent == BLIND else f"{stratum} ({path.stem})", node))
    for path in sorted(BLIND.glob("everyday-*.yaml")):
        found.extend(_labelled(path.stem, node) for node in read(path))
    return [case for case in found if "" not in case.right]


def _labelled(stratum: str, node: Mapping[str, object]) -> Labelled:
    right = frozenset(str(node.get("urgency", "")).split("|"))
    return Labelled(stratum, str(node["say"]), str(node.get("drug", "")), right)


def buried() -> dict[str, list[str]]:
    """Bury every emergency of tests/blind/buried.yaml in routine chatter, TIMES_BURIED times, the same way each time.

    Return the messages by the emergency that each holds; tests/test_blind.py asks for every one of them.
    """
    import yaml

    nodes = yaml.load((BLIND / "buried.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # texts
    draw = random.Random(4)  # noqa: S311 # chatter is no secret
    found: dict[str, list[str]] = {}
    for node in nodes["emergencies"]:
        for _ in range(TIMES_BURIED):
            before = draw.sample(nodes["chatter"], draw.randint(1, MOST_CHATTER))
            after = draw.sample(nodes["chatter"], draw.randint(1, MOST_CHATTER))
            found.setdefault(node["say"], []).append(" ".join([*before, f"{node['say']}.", *after]))
    return found


# --- who triages -------------------------------------------------------------


def by_checker(knowledge: Knowledge) -> Triaging:
    """Return the triage of the program."""
    from checker.answer import Checker

    checkers: dict[str, Checker] = {}

    def triage(say: str, drug: str) -> str:
        if drug not in checkers:
            checkers[drug] = Checker(knowledge, [drug] if drug else [])
        return checkers[drug].answer(say).urgency

    return triage


def by_wratio(knowledge: Knowledge, symptoms: Mapping[str, str], cutoff: float) -> Triaging:
    """Return the triage of the symptom list that a message is most like.

    *symptoms* gives each entry's symptom, whose urgency is what it alone raises by our own rules.
    """
    from rapidfuzz import fuzz, process, utils

    from checker import triage as rules

    urgency = {}
    for name in knowledge.symptoms():
        present = {name, *knowledge.symptom(name).broader}
        urgency[name] = rules.higher(
            ["routine", *(u for f in knowledge.flags(name) if (u := rules.raised(f, present)[0]))]
        )
    choices = {entry: utils.default_process(entry) for entry in symptoms}

    def triage(say: str, _: str) -> str:
        typed = utils.default_process(say)
        best = process.extractOne(typed, choices, scorer=fuzz.WRatio, score_cutoff=cutoff)
        return urgency[symptoms[best[2]]] if best else "unknown"

    return triage


# --- what is measured --------------------------------------------------------


def measured(cases: Sequence[Labelled], said: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Return a row for each flag, and one for all of them: recall and false alarms of each system."""
    strata: dict[str, list[int]] = defaultdict(list)
    for number, case in enumerate(cases):
        strata[case.flag].append(number)
    first = next(iter(said))
    rows = []
    strata["all but buried"] = [number for number, case in enumerate(cases) if case.flag != BURIED]
    for stratum, numbers in strata.items():
        pressing = [n for n in numbers if cases[n].pressing]
        strict = [n for n in numbers if cases[n].right == {"emergency"}]
        calm = [n for n in numbers if cases[n].calm]
        row = [stratum, str(len(pressing)), *(shown(percent(u[n] in SOON for n in pressing)) for u in said.values())]
        row.append(shown(percent(said[first][n] == "emergency" for n in strict)))
        row += [str(len(calm)), *(shown(percent(u[n] in SOON for n in calm)) for u in said.values())]
        row.append(shown(percent(said[first][n] in cases[n].right for n in numbers)))
        rows.append(row)
    return rows


def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade of *text*; what the program puts in counts as one short word.

    >>> round(grade("Call your doctor today."), 1)
    3.7
    """
    plain = re.sub(r"\{[^}]*\}", "this", text)
    words = re.findall(r"[A-Za-z']+|\d", plain)
    sentences = len(re.findall(r"[.!?](?:\s|$)", plain)) or 1
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / max(len(words), 1) - 15.59


def syllables(word: str) -> int:
    """Count the syllables of *word*, about.

    >>> [syllables(w) for w in ("take", "medicine", "stopped", "bottle", "side")]
    [1, 3, 1, 2, 1]
    """
    sound = re.sub(r"[^a-z]", "", word.lower())
    if not re.search(r"[^aeiouy]le$", sound):
        sound = re.sub(r"(?<=[a-z])(?:(?<![td])ed|(?<![sxzc])es|e)$", "", sound)
    return max(len(re.findall(r"[aeiouy]+", sound)), 1)


def own_sentences() -> dict[str, str]:
    """Return what the program says by itself, by where it stands."""
    import yaml

    def loaded(name: str) -> object:
        return yaml.load((ROOT / "knowledge" / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # texts

    advice, flags = loaded("advice.yaml"), loaded("red_flags.yaml")
    found: dict[str, str] = {}
    if isinstance(advice, dict):
        found |= {f"advice.yaml: {key}": str(said) for key, said in advice.items() if key != "edition"}
    for flag in flags if isinstance(flags, list) else ():
        for urgency, lines in flag["advice"].items():
            for number, line in enumerate(lines, 1):
                found[f"red_flags.yaml: {flag['id']}, {urgency} {number}"] = str(line)
    return found


def reading_ease(sentences: Mapping[str, str]) -> Iterable[str]:
    """Yield what is to be said of the grade of *sentences*."""
    grades = {where: grade(text) for where, text in sentences.items()}
    hard = {where: value for where, value in grades.items() if value > GRADE}
    yield (
        f"Flesch-Kincaid grade of our own sentences: {grade(' '.join(sentences.values())):.1f} together; "
        f"{len(grades) - len(hard)} of {len(grades)} texts at grade {GRADE} or less, {len(hard)} above:"
    )
    for where, value in sorted(hard.items(), key=lambda item: -item[1]):
        yield f"- {value:.1f} {where}"


def measure() -> str:
    """Measure everything; return the Markdown tables."""
    from checker import load

    knowledge = load()
    names = {knowledge.symptom(s).name: s for s in knowledge.symptoms()}
    systems = {
        "checker": by_checker(knowledge),
        "naive names": by_wratio(knowledge, names, NAMES_CUTOFF),
        "naive phrases": by_wratio(knowledge, spoken().one, PHRASES_CUTOFF),
    }
    hidden = [Labelled(BURIED, say, "", frozenset(("emergency",))) for says in buried().values() for say in says]
    cases = [*labelled(), *hidden]
    said = {name: [triage(case.say, case.drug) for case in cases] for name, triage in systems.items()}
    head = ["flag", "cannot wait, n", *(f"recall %, {name}" for name in systems), "emergencies said as such %"]
    head += ["can wait, n", *(f"false alarms %, {name}" for name in systems), "urgency right %"]
    return table(head, measured(cases, said))


def main() -> None:
    """Measure and print."""
    print(measure())
    print()
    for line in reading_ease(own_sentences()):
        print(line)


if __name__ == "__main__":
    main()
