"""How long it takes: start-up, cost a message, throughput and growth, beside plain `process.extractOne` with WRatio.

    python tests/benchmarks/speed.py [--wheel FILE] [--rounds N] [startup] [imports] [messages] [batch] [growth]

The checker is installed from its wheel into an environment of its own, with a recent pip and bytecode written. Prints
Markdown tables.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from accuracy import EVAL, HERE, KINDS, ROOT, read, spoken, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

PARTS = ("startup", "imports", "messages", "batch", "growth")
RECENT_PIP = (25, 2)  # older ones write a script that alone takes 1.7 times
ROUNDS = 31
SHORT = 60  # characters
LENGTHS = (SHORT, 200, 2_000, 20_000, 200_000, 1 << 20)
LONGEST_FOR_WRATIO = 2_000
FEW = 40  # messages that WRatio is given
BATCH = 20_000  # lines
CHUNK = 2_500  # lines for each process of xargs
TURNS = 3  # of what is compared in turn; the quickest counts
TIMES = 10  # growth of the vocabulary
MONOGRAPHS = 200
DENYING = frozenset(("{no}", "{low}"))  # half of such a phrase may be denied by the other half
HELD = 0.5  # of the words of a synthetic phrase that are words of ours
PSEUDO = ("bra", "ne", "cul", "do", "fi", "gor", "ha", "jun", "kel", "lo", "mip", "nu", "pra", "ri", "stu", "va", "zen")

CASES = (  # what stands in issue 7: name, arguments, times `python -c pass` at most
    ("plain words", ("my heart is racing",), 2.0),
    ("misspelt", ("my mouht is dry",), 4.0),
    ("with an option", ("--drug", "savella", "dry mouth"), 3.3),
    ("--json", ("--json", "dry mouth"), 3.5),
    ("an option and misspelt", ("--drug", "savella", "my mouht is dry"), 4.8),
    ("--version", ("--version",), 1.3),
    ("--help", ("--help",), 3.2),
)
LAZY = ("re", "typing", "argparse", "json", "rapidfuzz.process", "yaml", "prompt_toolkit")
NAIVE = (  # what a user would otherwise run
    "import sys; from rapidfuzz import fuzz, process; "
    "print(process.extractOne(sys.argv[2], open(sys.argv[1]).read().split('\\n'), scorer=fuzz.WRatio))"
)
RUN = "import sys; sys.argv[0] = 'checker'; from checker.cli import main; main()"


class Room(NamedTuple):
    """The environment that holds the wheel, and what is measured in it."""

    folder: Path
    python: str
    checker: str
    environ: dict[str, str]

    def run(self, *command: str, text: str = "") -> str:
        """Run *command* away from the checkout; return what it says."""
        done = subprocess.run(
            command, input=text, text=True, encoding="utf-8", env=self.environ, cwd=self.folder,
            stdout=subprocess.PIPE, check=True,
        )  # fmt: skip
        return done.stdout


# --- the environment ---------------------------------------------------------


def installed(folder: Path, wheel: Path | None = None) -> Room:
    """Install the wheel (built from the checkout, where none is given) into an environment in *folder*."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "CHECKER", "COVERAGE"))}
    environ |= {"LC_ALL": "C.UTF-8"}
    if wheel is None:
        build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
        subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        (wheel,) = folder.glob("*.whl")
    where = folder / "env"
    subprocess.run([sys.executable, "-m", "venv", str(where)], check=True, env=environ)
    commands = where / ("Scripts" if os.name == "nt" else "bin")
    python = str(commands / "python")
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    wanted = f"pip>={RECENT_PIP[0]}.{RECENT_PIP[1]}"
    if subprocess.run([*pip, wanted], check=False, env=environ).returncode:
        print(f"{wanted} cannot be had here: every start-up below carries an older pip's script", file=sys.stderr)
    subprocess.run([*pip, str(wheel.resolve())], check=True, env=environ)
    return Room(folder, python, str(commands / "checker"), environ)


def sample() -> list[str]:
    """Return distinct short messages, the same ones each time, in one order."""
    paths = [
        *sorted((ROOT / "tests" / "blind").glob("everyday-*.yaml")),
        HERE / "polarity.yaml",
        HERE / "negation.yaml",
    ]
    said = [str(node["say"]) for path in paths for node in read(path)]
    for name, column in (("psytar_dev", 2), ("messages_dev", 1), ("wording_dev", 1), ("calm_dev", 1)):
        path = EVAL / f"{name}.tsv"
        if path.exists():
            lines = path.read_text(encoding="utf-8").splitlines()
            said += [line.split("\t")[column] for line in lines if line and not line.startswith("#")]
    short = [" ".join(say.split()) for say in said]
    short = sorted({say for say in short if 0 < len(say) <= SHORT})
    random.Random(7).shuffle(short)  # noqa: S311 # an order, no secret
    return short


def filled(messages: Sequence[str], length: int) -> Iterator[str]:
    """Yield messages of about *length* characters, made of *messages*."""
    made, size = [], 0
    for message in _round(messages):
        made.append(message)
        size += len(message) + 2
        if size >= length:
            yield ". ".join(made)[:length]
            made, size = [], 0


def _round(messages: Sequence[str]) -> Iterator[str]:
    while True:
        yield from messages


# --- start-up ----------------------------------------------------------------


class Took(NamedTuple):
    """The seconds that a process took by the clock and, where that is told, of the processor."""

    clock: float
    busy: float


def interleaved(
    commands: Mapping[str, Sequence[str]], rounds: int, environ: Mapping[str, str]
) -> dict[str, list[Took]]:
    """Time *commands* in turn, each round in another order; the first round does not count."""
    times: dict[str, list[Took]] = {name: [] for name in commands}
    draw = random.Random(7)  # noqa: S311 # an order, no secret
    for number in range(rounds + 1):
        for name in draw.sample(list(commands), len(commands)):
            start = time.perf_counter()
            process = subprocess.Popen(
                commands[name], env=environ, close_fds=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
            )
            busy = 0.0
            if hasattr(os, "wait4"):
                _, status, usage = os.wait4(process.pid, 0)
                process.returncode = os.waitstatus_to_exitcode(status)
                busy = usage.ru_utime + usage.ru_stime
            process.wait()
            if number:
                times[name].append(Took(time.perf_counter() - start, busy))
    return times


def startup(room: Room, rounds: int) -> str:
    """Compare start-ups with `python -c pass`, in one interleaved loop."""
    phrases = room.folder / "phrases.txt"
    phrases.write_text("\n".join(spoken().one), encoding="utf-8")
    commands: dict[str, Sequence[str]] = {"python -c pass": (room.python, "-c", "pass")}
    commands |= {name: (room.checker, *arguments) for name, arguments, _ in CASES}
    commands["extractOne, WRatio"] = (room.python, "-c", NAIVE, str(phrases), "my heart is racing")
    bounds = {name: bound for name, _, bound in CASES}
    times = interleaved(commands, rounds, room.environ)
    pairs = {name: (median_of(taken, 0), median_of(taken, 1)) for name, taken in times.items()}
    base, base_busy = pairs["python -c pass"]
    rows = []
    for name, (median, busy) in pairs.items():
        bound = bounds.get(name)
        verdict = "" if bound is None else "yes" if median / base <= bound else "NO"
        of_busy = f"{busy / base_busy:.2f}" if base_busy else "-"
        rows.append((name, f"{1e3 * median:.1f}", f"{median / base:.2f}", of_busy, bound or "", verdict))
    head = (f"start-up ({rounds} rounds)", "median ms", "times `pass`", "by processor", "at most", "holds")
    return table(head, rows)


def median_of(taken: Iterable[Took], which: int) -> float:
    """Return the median by the clock (0) or of the processor (1)."""
    return statistics.median(took[which] for took in taken)


def imports(room: Room, rounds: int) -> str:
    """Say what each import costs (others than ours by package), then the lazy ones as whole processes."""
    lines = []
    for name, arguments in (("plain words", CASES[0][1]), ("misspelt", CASES[1][1]), ("--json", CASES[3][1])):
        taken: dict[str, list[float]] = {}
        for _ in range(max(rounds // 4, 3)):
            for module, cost in _imported(room, arguments).items():
                taken.setdefault(module, []).append(cost)
        costs = {module: statistics.median(some) for module, some in taken.items()}
        listed = ", ".join(f"{module} {cost:.1f}" for module, cost in sorted(costs.items(), key=lambda c: -c[1]))
        lines.append(f"Imports of {name}, own ms by -X importtime (together {sum(costs.values()):.1f}): {listed}.")
    commands = {"pass": (room.python, "-c", "pass")}
    commands |= {module: (room.python, "-c", f"import {module}") for module in LAZY}
    times = {name: median_of(taken, 0) for name, taken in interleaved(commands, rounds, room.environ).items()}
    listed = ", ".join(f"{module} {1e3 * (times[module] - times['pass']):.1f}" for module in LAZY)
    lines.append(f"Whole processes, ms more than `pass`: {listed}.")
    return "\n\n".join(lines)


def _imported(room: Room, arguments: Sequence[str]) -> dict[str, float]:
    def seen(*code: str) -> dict[str, float]:
        command = [room.python, "-X", "importtime", "-c", *code]
        where = room.folder  # where no checkout is in sight
        done = subprocess.run(command, env=room.environ, cwd=where, capture_output=True, text=True, check=False)
        found = re.findall(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)", done.stderr)
        return {module: int(own) / 1e3 for own, module in found}

    bare = seen("pass")
    found: dict[str, float] = {}
    for module, cost in seen(RUN, *arguments).items():
        if module not in bare:
            name = module if module.startswith("checker") else module.partition(".")[0].strip("_")
            found[name] = found.get(name, 0) + cost
    return found


# --- the cost of a message, measured inside the environment ------------------


def timed(work: Callable[[str], object], messages: Iterable[str]) -> list[float]:
    """Return how many milliseconds of the processor *work* takes for each message."""
    taken = []
    for message in messages:
        start = time.process_time()
        work(message)
        taken.append(1e3 * (time.process_time() - start))
    return taken


def inside(given: Mapping[str, object]) -> dict[str, float]:
    """Measure in the process that holds the wheel; *given* says what, by name of a list of messages."""
    from checker import Checker
    from checker.loading import load
    from checker.render import as_json
    from checker.store import loads

    compiled = given.get("compiled")
    knowledge = loads(Path(str(compiled)).read_bytes()) if compiled else load()
    drug = str(given.get("drug", ""))
    found: dict[str, float] = {}
    checker = Checker(knowledge, [drug] if drug else [])
    lists = given["lists"]
    assert isinstance(lists, dict)
    for name, messages in lists.items():
        first = timed(lambda text: as_json(checker.answer(text)), messages)
        again = timed(lambda text: as_json(checker.answer(text)), messages)
        found |= {name: statistics.median(first), f"{name} again": statistics.median(again)}
        found[f"{name} mean"] = statistics.fmean(first)
    return found


def by_wratio(phrases: Sequence[str], messages: Sequence[str]) -> float:
    """Return the median cost of a message, in milliseconds, for whom has rapidfuzz alone."""
    from rapidfuzz import fuzz, process

    return statistics.median(timed(lambda text: process.extractOne(text, phrases, scorer=fuzz.WRatio), messages))


def ask_inside(room: Room, given: Mapping[str, object]) -> dict[str, float]:
    """Run `inside` with the environment's interpreter."""
    said = room.run(room.python, str(HERE / "speed.py"), "--inside", text=json.dumps(given))
    found: dict[str, float] = json.loads(said)
    return found


def messages(room: Room) -> str:
    """Say what a message costs, by its length."""
    short = sample()
    lists: dict[str, list[str]] = {str(SHORT): short}
    for length in LENGTHS[1:]:
        source = filled(short, length)
        lists[str(length)] = [next(source) for _ in range(max(3, min(FEW, 200_000 // length)))]
    costs = ask_inside(room, {"lists": lists})
    phrases = list(spoken().one)
    rows = []
    for length in LENGTHS:
        some = lists[str(length)]
        naive = f"{by_wratio(phrases, some[:FEW]):.1f}" if length <= LONGEST_FOR_WRATIO else "-"
        bound = {SHORT: "0.2", 2_000: "15"}.get(length, "")
        cost, again = costs[str(length)], costs[f"{length} again"]
        size = statistics.median(map(len, some))
        rows.append(
            (f"{size:,.0f}", len(some), f"{cost:.3f}", f"{again:.3f}", f"{1e3 * cost / size:.1f}", bound, naive)
        )
    head = (
        "characters (median)",
        "messages",
        "median ms",
        "seen before, ms",
        "µs a character",
        "ms at most",
        "extractOne, WRatio, ms",
    )
    return table(head, rows)


# --- batch -------------------------------------------------------------------


def batch(room: Room) -> str:
    """Measure `checker --json < messages`: speed, memory, and two processes against one."""
    short = sample()
    lines = [message for message, _ in zip(_round(short), range(BATCH))]
    whole = room.folder / "messages.txt"
    whole.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    few = room.folder / "few.txt"
    few.write_text("".join(line + "\n" for line in lines[: BATCH // 10]), encoding="utf-8")
    few_memory = _batch(room, few).memory
    took, busy, memory, one = _batch(room, whole)
    naive = by_wratio(list(spoken().one), short[:FEW])
    rows = [
        ("messages a second, one process, by the clock", f"{BATCH / took:,.0f}", "at least 5,000"),
        ("the same by the processor's time", f"{BATCH / busy:,.0f}" if busy else "-", ""),
        ("extractOne, WRatio, messages a second", f"{1e3 / naive:,.0f}", ""),
        (f"memory after {BATCH // 10:,} lines, MiB", few_memory, ""),
        (f"memory after {BATCH:,} lines, MiB", memory, "flat"),
    ]
    if shutil.which("xargs"):
        two_took, two = _xargs(room, lines)
        same = "the same answers" if two == one else "OTHER ANSWERS"
        rows.append((f"xargs -P 2 (of {os.cpu_count()} cores), times as fast", f"{took / two_took:.2f}", same))
    return table((f"checker --json < {BATCH:,} short messages ({len(short):,} distinct)", "measured", "wanted"), rows)


class Ran(NamedTuple):
    """How long a batch took by the clock and by the processor, the memory it needed, and what it said."""

    took: float
    busy: float
    memory: str
    said: str


def _batch(room: Room, messages: Path) -> Ran:
    out = room.folder / "answers.jsonl"
    with messages.open("rb") as source, out.open("wb") as target:
        start = time.perf_counter()
        process = subprocess.Popen([room.checker, "--json"], stdin=source, stdout=target, env=room.environ)
        memory, busy = "-", 0.0
        if hasattr(os, "wait4"):
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            busy = usage.ru_utime + usage.ru_stime
            memory = f"{usage.ru_maxrss / (1 << 20 if sys.platform == 'darwin' else 1 << 10):.1f}"
        process.wait()
        took = time.perf_counter() - start
    return Ran(took, busy, memory, hashlib.sha256(out.read_bytes()).hexdigest())


def _xargs(room: Room, lines: Sequence[str]) -> tuple[float, str]:
    parts = []
    for number, at in enumerate(range(0, len(lines), CHUNK)):
        part = room.folder / f"part-{number:04}"
        part.write_text("".join(line + "\n" for line in lines[at : at + CHUNK]), encoding="utf-8")
        parts.append(part)
    each = f'"{room.checker}" --json < "$1" > "$1.jsonl"'
    start = time.perf_counter()
    room.run("xargs", "-P", "2", "-n", "1", "sh", "-c", each, "sh", text="".join(f"{part}\n" for part in parts))
    took = time.perf_counter() - start
    answers = b"".join(part.with_name(part.name + ".jsonl").read_bytes() for part in parts)
    return took, hashlib.sha256(answers).hexdigest()


# --- growth ------------------------------------------------------------------


def growth(room: Room) -> str:
    """Measure ten times the vocabulary, and many monographs, against what is shipped."""
    short = sample()
    drug = "levomilnacipran"
    folders = {"as it is": ROOT / "knowledge", f"{TIMES} times the vocabulary": _larger(room.folder)}
    folders[f"{MONOGRAPHS} monographs more"] = _more_monographs(room.folder)
    phrases = list(spoken().one)
    naive = by_wratio(phrases, short[:FEW])
    given, entries = {}, {}
    for number, (name, folder) in enumerate(folders.items()):
        compiled = room.folder / f"compiled-{number}.txt"
        entries[name] = _compiled(folder, compiled)
        given[name] = {"lists": {"short": short}, "drug": drug, "compiled": str(compiled)}
    costs = {name: ask_inside(room, ask) for name, ask in given.items()}
    for _ in range(TURNS - 1):
        for name, ask in given.items():
            costs[name] = {key: min(costs[name][key], cost) for key, cost in ask_inside(room, ask).items()}
    base = costs["as it is"]
    rows = []
    for name, cost in costs.items():
        grown = TIMES if "vocabulary" in name else 1
        other = naive if grown == 1 else by_wratio(_recombined(phrases, grown), short[:FEW])
        of = [f"{cost[key] / base[key]:.2f}" for key in ("short", "short mean")]
        bound = "1.5" if grown > 1 else ""
        row = (f"{entries[name]:,}", f"{cost['short']:.3f}", *of, bound, f"{other:.1f}", f"{other / naive:.1f}")
        rows.append((name, *row))
    head = ("knowledge", "phrases", "median ms", "times", "times, mean", "at most", "extractOne, WRatio, ms", "times")
    return table(head, rows)


def _compiled(folder: Path, target: Path) -> int:
    """Compile *folder* into *target*; return how many phrases name its symptoms."""
    from checker.compiler import compile_folder
    from checker.knowledge import Folder, texts
    from checker.phrases import ways

    target.write_bytes(compile_folder(str(folder)).dumps())
    symptoms = Folder(str(folder)).entries["symptom"]
    return sum(len(ways(written)) for entry in symptoms for kind in KINDS for written in texts(entry, kind))


def _pseudo(number: int) -> str:
    """Return a word that is none, another for every number."""
    parts = []
    number += len(PSEUDO) ** 2
    while number:
        number, digit = divmod(number, len(PSEUDO))
        parts.append(PSEUDO[digit])
    return "".join(parts) + "ox"  # which no inflection ends in: each is its own stem


class _Recombiner:
    """Makes phrases that share words with ours and are none of them."""

    def __init__(self) -> None:
        self.draw = random.Random(7)  # noqa: S311 # phrases, no secret
        self.made = 0

    def phrase(self, phrase: str, words: dict[str, str]) -> str:
        """Replace about half of the words of *phrase*, one at least; *words* remembers by what."""
        pieces = re.split(r"(\{[^}]*\}|[\s*]+)", phrase)
        plain = [n for n, piece in enumerate(pieces) if piece.strip(" *") and not piece.startswith("{")]
        made = {n: words.setdefault(pieces[n], self.word(pieces[n])) for n in plain}
        if all(pieces[n] == word for n, word in made.items()):
            made |= {n: words.setdefault(f"another {pieces[n]}", self.word("")) for n in plain[-1:]}
        return "".join(made.get(n, piece) for n, piece in enumerate(pieces)) + ("" if plain else f" {self.word('')}")

    def word(self, word: str) -> str:
        """Return *word* itself for half of the words, else one that is none; for "" always so."""
        if word and self.draw.random() < HELD:
            return word
        self.made += 1
        return _pseudo(self.made)


def _recombined(phrases: Sequence[str], times: int) -> list[str]:
    make = _Recombiner()
    return [*phrases, *(make.phrase(phrase, {}) for _ in range(times - 1) for phrase in phrases)]


def _larger(folder: Path) -> Path:
    """Copy the knowledge; give each symptom nine synthetic ones of as many phrases."""
    from checker.knowledge import Folder, texts
    from checker.phrases import ways

    target = folder / "larger"
    shutil.copytree(ROOT / "knowledge", target)
    make = _Recombiner()
    symptoms = Folder(str(target)).entries["symptom"]
    for time_ in range(1, TIMES):
        made = []
        for number, entry in enumerate(symptoms):
            words: dict[str, str] = {}
            one = {"id": f"synthetic-{time_}-{number}", "name": make.word("")}
            kinds = {
                kind: [
                    make.phrase(str(p), words)
                    for written in texts(entry, kind)
                    for p in ways(written)
                    if DENYING.isdisjoint(str(p).split())
                ]
                for kind in ("phrases", "exact", "alone")
            }
            made.append(one | {kind: list(dict.fromkeys(some)) for kind, some in kinds.items() if some})
        (target / "symptoms" / f"synthetic-{time_}.yaml").write_text(json.dumps(made), encoding="utf-8")
    return target


def _more_monographs(folder: Path) -> Path:
    from checker.knowledge import Folder, Text

    target = folder / "more"
    shutil.copytree(ROOT / "knowledge", target)
    known = Folder(str(target)).entries["monograph"]
    for number in range(MONOGRAPHS):
        entry = {k: v for k, v in known[number % len(known)].items() if k not in ("system", "also", "brands")}
        entry |= {Text("id"): Text(f"synthetic-{number}"), Text("name"): Text(_pseudo(number).capitalize())}
        (target / "monographs" / f"synthetic-{number}.yaml").write_text(json.dumps(entry), encoding="utf-8")
    return target


def measure(parts: Sequence[str] = PARTS, *, wheel: Path | None = None, rounds: int = ROUNDS) -> Iterator[str]:
    """Yield the tables of *parts*."""
    with tempfile.TemporaryDirectory() as folder:
        room = installed(Path(folder), wheel)
        work: dict[str, Callable[[], str]] = {
            "startup": lambda: startup(room, rounds),
            "imports": lambda: imports(room, rounds),
            "messages": lambda: messages(room),
            "batch": lambda: batch(room),
            "growth": lambda: growth(room),
        }
        for part in PARTS:
            if part in parts:
                print(part, file=sys.stderr)
                yield work[part]()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure how long it takes.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)} (default: all)")
    parser.add_argument("--wheel", type=Path, help="measure this wheel (default: one built from the checkout)")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"of the start-up loop (default: {ROUNDS})")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        print(json.dumps(inside(json.load(sys.stdin))))
        return
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    for said in measure(options.parts or PARTS, wheel=options.wheel, rounds=options.rounds):
        print(said, end="\n\n", flush=True)


if __name__ == "__main__":
    main()
