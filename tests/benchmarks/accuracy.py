"""How well messages are understood: the checker beside plain WRatio matches and negspaCy, in one run.

    python tests/benchmarks/accuracy.py [--negspacy]

Prints a Markdown table. Every system is a command that reads one message a line and writes one JSON object a line,
so that all are scored alike, on shared/eval by its own evaluate.py.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
EVAL = ROOT.parent / "shared" / "eval"
sys.path.append(str(ROOT))  # the checkout is measured, unless an installed checker stands before it

CHECKER, BY_NAME, BY_PHRASE, NEGSPACY = "checker", "WRatio, names", "WRatio, phrases", "negspaCy"
NAMES_CUTOFF = 60  # as in shared/eval/README.md
PHRASES_CUTOFF = 86  # as in shared/style.md, B.2: everything with a common word reaches 85.5
MOST_WORDINGS = 24  # of one phrase that holds {classes}
KINDS = ("phrases", "exact", "alone")  # what names a symptom
CONTRACTED = re.compile(r"\b(ca|do|wo|did|does|is|was|has|have|had|could|would|are|were)nt\b")  # as phrases spell it
EVALUATED = (  # evaluate.py's kind and file, and which of its figures
    ("phrases", "psytar_dev", ("named first", "named or suggested", "unlisted, none named", "suggested on unlisted")),
    ("sentences", "psytar_dev", ("F1", "sentences with none, none named")),
    ("messages", "messages_dev", ("effects named", "named, nothing stray")),
    ("messages", "wording_dev", ("effects named", "named, nothing stray")),
    ("messages", "calm_dev", ("named, nothing stray",)),
)

Answering: TypeAlias = Callable[[str], str]


class Wordings(NamedTuple):
    """The phrases of the knowledge as a person would type them, each with its symptom."""

    one: dict[str, str]  # one wording of each phrase
    all: dict[str, str]  # up to MOST_WORDINGS of each


class Said(NamedTuple):
    """What a system made of a message: side effects named, side effects suggested."""

    named: list[str]
    suggested: list[str]


class Case(NamedTuple):
    """A message, and which side effects a right answer names."""

    say: str
    drug: str
    effects: list[str]
    denied: list[str]


class Row(NamedTuple):
    """A line of the table; a figure is None where a system has none."""

    messages: str
    figure: str
    figures: dict[str, float | None]


Ask: TypeAlias = Callable[[str, Sequence[Case]], list[Said]]


# --- the same phrases for everybody ------------------------------------------


def spoken() -> Wordings:
    """Read the phrases of the knowledge; in place of a class stand its words."""
    from checker.knowledge import Folder, text, texts
    from checker.phrases import ways

    folder = Folder(str(ROOT / "knowledge"))
    classes = {str(text(entry, "id")): [str(w) for w in texts(entry, "words")] for entry in folder.entries["class"]}
    one: dict[str, str] = {}
    every: dict[str, str] = {}
    for entry in folder.entries["symptom"]:
        name = str(text(entry, "id"))
        phrases = [str(p) for kind in KINDS for written in texts(entry, kind) for p in ways(written)]
        for phrase in (str(text(entry, "name")), *phrases):
            made = worded(phrase, classes)
            one.setdefault(made[0], name)
            for wording in made:
                every.setdefault(wording, name)
    return Wordings(one, every)


def worded(phrase: str, classes: Mapping[str, Sequence[str]]) -> list[str]:
    """Return up to MOST_WORDINGS of what *phrase* stands for, the first the plainest.

    >>> worded("heart {fast}", {"fast": ["racing", "quick"]})
    ['heart racing', 'heart quick']
    """
    parts = re.split(r"(\{[^}]*\})", phrase.replace("*", "big"))
    ways = [_members(part[1:-1], classes, ()) if part.startswith("{") else [part] for part in parts]
    return ["".join(way) for way in itertools.islice(itertools.product(*ways), MOST_WORDINGS)]


def _members(name: str, classes: Mapping[str, Sequence[str]], within: tuple[str, ...]) -> list[str]:
    found: list[str] = []
    for word in classes.get(name, {"n": ["3"], "drug": ["savella"], "year": ["2019"]}.get(name, [name])):
        inner = word.strip("{}")
        if inner == word:
            found.append(word)
        elif inner not in within:
            found.extend(_members(inner, classes, (*within, name)))
    return found


def prepare(room: Path) -> None:
    """Write into *room* what the commands need: compiled knowledge, side effects and phrases."""
    from checker import load

    knowledge = load()
    (room / "compiled.txt").write_bytes(knowledge.dumps())
    effects = {
        drug: {s: [effect.name for effect, _ in knowledge.entries(drug, s)] for s in knowledge.symptoms()}
        for drug in knowledge.monographs()
    }
    names = {drug: [effect.name for effect in knowledge.monograph(drug).effects] for drug in knowledge.monographs()}
    wordings = spoken()
    plain = {"effects": effects, "names": names, "one": wordings.one, "all": wordings.all}
    (room / "plain.json").write_text(json.dumps(plain), encoding="utf-8")


# --- the systems, each a command ---------------------------------------------


def answer_as(system: str, room: Path, drug: str) -> Answering:
    """Return the way in which *system* answers a message on *drug* (all, where it is empty)."""
    if system == CHECKER:
        from checker.answer import Checker
        from checker.render import as_json
        from checker.store import loads

        checker = Checker(loads((room / "compiled.txt").read_bytes()), [drug] if drug else [])
        return lambda text: as_json(checker.answer(text))
    plain = json.loads((room / "plain.json").read_text(encoding="utf-8"))
    drugs = [drug] if drug else list(plain["effects"])

    def effects_of(symptom: str) -> list[str]:
        return [effect for d in drugs for effect in plain["effects"][d].get(symptom, ())]

    if system == BY_NAME:
        return _by_wratio({name: [name] for d in drugs for name in plain["names"][d]}, NAMES_CUTOFF)
    if system == BY_PHRASE:
        return _by_wratio({wording: effects_of(symptom) for wording, symptom in plain["one"].items()}, PHRASES_CUTOFF)
    return _by_negspacy(plain["all"], effects_of)


def _naming(effects: Iterable[str]) -> str:
    named = [{"effect": effect} for effect in dict.fromkeys(effects)]
    return json.dumps({"urgency": "routine" if named else "unknown", "matches": named})


def _by_wratio(effects: Mapping[str, list[str]], cutoff: float) -> Answering:
    from rapidfuzz import fuzz, process, utils

    choices = {known: utils.default_process(known) for known in effects}

    def answer(text: str) -> str:
        typed = utils.default_process(text)
        best = process.extractOne(typed, choices, scorer=fuzz.WRatio, score_cutoff=cutoff)
        return _naming(effects[best[2]] if best else ())

    return answer


def _by_negspacy(wordings: Mapping[str, str], effects_of: Callable[[str], list[str]]) -> Answering:
    import spacy  # type: ignore[import-not-found, unused-ignore] # stands only in the environment made for it
    from negspacy.negation import Negex  # type: ignore[import-not-found, unused-ignore] # noqa: F401 # registers "negex"

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    both = {CONTRACTED.sub(r"\1n't", w): symptom for w, symptom in wordings.items()} | dict(wordings)
    ruler.add_patterns([{"label": "SYMPTOM", "pattern": w, "id": symptom} for w, symptom in both.items()])
    nlp.add_pipe("negex", config={"ent_types": ["SYMPTOM"]})

    def answer(text: str) -> str:
        found = nlp(text.replace("\u2019", "'")).ents
        return _naming(effect for e in found if not e._.negex for effect in effects_of(e.ent_id_))

    return answer


def command(system: str, room: Path, python: str = sys.executable) -> list[str]:
    """Return the command that answers as *system*."""
    return [python, str(HERE / "accuracy.py"), "--room", str(room), "--answer-as", system]


def negspacy_python(room: Path) -> str:
    """Make an environment that holds negspaCy in *room*; return its interpreter."""
    where = room / "negspacy"
    subprocess.run([sys.executable, "-m", "venv", str(where)], check=True)
    python = str(where / ("Scripts" if os.name == "nt" else "bin") / "python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", "negspacy"], check=True)
    return python


def asking(commands: Mapping[str, Sequence[str]]) -> Ask:
    """Return a function that has a system answer cases, in their order."""

    def ask(system: str, cases: Sequence[Case]) -> list[Said]:
        by_drug: dict[str, list[int]] = defaultdict(list)
        for number, case in enumerate(cases):
            by_drug[case.drug].append(number)
        said: dict[int, Said] = {}
        for drug, numbers in by_drug.items():
            lines = "".join(" ".join(cases[n].say.split()) + "\n" for n in numbers)
            full = [*commands[system], *(["--drug", drug] if drug else [])]
            done = subprocess.run(full, input=lines, text=True, encoding="utf-8", stdout=subprocess.PIPE, check=True)
            for number, line in zip(numbers, done.stdout.splitlines(), strict=True):
                said[number] = _said(line)
        return [said[n] for n in range(len(cases))]

    return ask


def _said(line: str) -> Said:
    answer = json.loads(line)
    return Said(
        [m["effect"] for m in answer["matches"]],
        [s["effect"] for s in answer.get("did_you_mean", ())],
    )


# --- what is measured --------------------------------------------------------


def percent(right: Iterable[bool]) -> float | None:
    """Return how many of *right* hold, of a hundred; None of none.

    >>> percent([True, False])
    50.0
    """
    every = list(right)
    return 100 * sum(every) / len(every) if every else None


def cases_of(nodes: Iterable[Mapping[str, object]]) -> list[Case]:
    """Read labelled messages; those that leave the side effects open are left out."""
    found = []
    for node in nodes:
        effects, denied = node.get("effects"), node.get("denied", [])
        if isinstance(effects, list) and isinstance(denied, list):
            found.append(Case(str(node["say"]), str(node.get("drug", "")), effects, denied))
    return found


def blind(path: Path, systems: Sequence[str], ask: Ask) -> list[Row]:
    """Measure messages that nobody tuned on, by how many side effects they tell of."""
    cases = cases_of(read(path))
    said = {system: ask(system, cases) for system in systems}
    rows = []

    def row(stratum: str, figure: str, of: Sequence[int], right: Callable[[Case, Said], bool]) -> None:
        figures = {s: percent(right(cases[n], said[s][n]) for n in of) for s in systems}
        if "suggest" in figure:
            figures = {s: value if s == CHECKER else None for s, value in figures.items()}
        rows.append(Row(f"{path.stem}, {stratum} ({len(of)})", figure, figures))

    several = [n for n, case in enumerate(cases) if len(case.effects) > 1]
    one = [n for n, case in enumerate(cases) if len(case.effects) == 1]
    none = [n for n, case in enumerate(cases) if not case.effects]
    row("one effect", "named", one, lambda c, s: set(c.effects) <= set(s.named))
    row("one effect", "named, nothing stray", one, lambda c, s: set(c.effects) == set(s.named))
    row("one effect", "named or suggested", one, lambda c, s: set(c.effects) <= {*s.named, *s.suggested})
    row("several effects", "all named", several, lambda c, s: set(c.effects) <= set(s.named))
    row("several effects", "all named, nothing stray", several, lambda c, s: set(c.effects) == set(s.named))
    row("none listed", "none named", none, lambda _, s: not s.named)
    row("none listed", "suggested", none, lambda _, s: bool(s.suggested))
    return rows


def probes(systems: Sequence[str], ask: Ask) -> list[Row]:
    """Measure lines that say "this is fine", and lines that deny one thing and tell of another."""
    fine = cases_of(read(HERE / "polarity.yaml"))
    mixed = cases_of(read(HERE / "negation.yaml"))
    quiet, kept, denied = {}, {}, {}
    for system in systems:
        quiet[system] = percent(not said.named for said in ask(system, fine))
        answers = ask(system, mixed)
        kept[system] = percent(e in s.named for c, s in zip(mixed, answers, strict=True) for e in c.effects)
        denied[system] = percent(e not in s.named for c, s in zip(mixed, answers, strict=True) for e in c.denied)
    return [
        Row(f"polarity: this is fine ({len(fine)})", "none named", quiet),
        Row(f"negation: told of ({sum(len(c.effects) for c in mixed)})", "named", kept),
        Row(f"negation: denied ({sum(len(c.denied) for c in mixed)})", "not named", denied),
    ]


def evaluated(commands: Mapping[str, Sequence[str]]) -> list[Row]:
    """Measure the development cases of shared/eval by their own evaluate.py."""
    rows = []
    for kind, name, wanted in EVALUATED:
        path = EVAL / f"{name}.tsv"
        if not path.exists():
            print(f"{name}: skipped, ../shared/eval is absent", file=sys.stderr)
            continue
        outputs = {}
        for system, full in commands.items():
            print(f"{name} {kind}: {system}", file=sys.stderr)
            score = [sys.executable, str(EVAL / "evaluate.py"), kind, str(path), "--", *full]
            outputs[system] = subprocess.run(
                score, text=True, encoding="utf-8", stdout=subprocess.PIPE, check=True
            ).stdout
        for figure in wanted:
            figures = {
                s: None if "suggest" in figure and s != CHECKER else printed(output, figure)
                for s, output in outputs.items()
            }
            rows.append(Row(f"{name}, {kind}", figure, figures))
    return rows


def printed(output: str, figure: str) -> float | None:
    """Return the percentage that stands behind *figure* in *output*.

    >>> printed("named first   97.5%  (39/40)", "named first")
    97.5
    """
    found = re.search(rf"(?:^|  ){re.escape(figure)}\s+([\d.]+)%", output, re.MULTILINE)
    return float(found[1]) if found else None


def read(path: Path) -> list[dict[str, object]]:
    """Read a YAML list of labelled messages, every scalar as it stands."""
    import yaml

    nodes = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # it makes texts only
    return [node for node in nodes if isinstance(node, dict)]


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table.

    >>> print(table(["a", "b"], [["x", 1]]))
    | a | b |
    | --- | ---: |
    | x | 1 |
    """
    texts = [head, ["---" if n == 0 else "---:" for n in range(len(head))], *([str(v) for v in row] for row in rows)]
    return "\n".join(f"| {' | '.join(text)} |" for text in texts)


def shown(value: float | None) -> str:
    """Return a percentage as text.

    >>> shown(97.52), shown(None)
    ('97.5', '-')
    """
    return "-" if value is None else f"{value:.1f}"


def measure(room: Path, *, negspacy: bool) -> str:
    """Measure everything in the folder *room*; return the Markdown table."""
    prepare(room)
    commands = {system: command(system, room) for system in (CHECKER, BY_NAME, BY_PHRASE)}
    if negspacy:
        commands[NEGSPACY] = command(NEGSPACY, room, negspacy_python(room))
    else:
        print("negspaCy: skipped; --negspacy makes an environment for it", file=sys.stderr)
    systems, ask = list(commands), asking(commands)
    everyday = sorted((ROOT / "tests" / "blind").glob("everyday-*.yaml"))
    rows = [row for path in everyday for row in blind(path, systems, ask)]
    rows += probes(systems, ask)
    rows += evaluated(commands)
    head = ["messages (how many)", "figure, %", *systems]
    return table(head, ([r.messages, r.figure, *(shown(r.figures[s]) for s in systems)] for r in rows))


def main() -> None:
    """Measure and print, or answer as one of the systems."""
    parser = argparse.ArgumentParser(description="Measure how well messages are understood.")
    parser.add_argument("--negspacy", action="store_true", help="make an environment with negspaCy, measure it too")
    parser.add_argument("--answer-as", default="", help=argparse.SUPPRESS)
    parser.add_argument("--room", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--drug", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.answer_as:
        sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr] # a real stream
        answer = answer_as(options.answer_as, options.room, options.drug)
        for line in sys.stdin:
            print(answer(line.rstrip("\n")))
        return
    with tempfile.TemporaryDirectory() as room:
        print(measure(Path(room), negspacy=options.negspacy))


if __name__ == "__main__":
    main()
