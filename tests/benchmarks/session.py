"""How the session feels: first paint, a key with 30,000 completions, messages in a row.

    python tests/benchmarks/session.py

Runs this checkout with compiled knowledge in a pseudo-terminal. Prints Markdown tables.
"""

from __future__ import annotations

import os
import random
import select
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

import pexpect

ROOT = Path(__file__).parents[2]
ROUNDS = 21
WORDINGS = 30_000
QUIET = 0.03  # seconds without output: the screen has settled
MESSAGES = (
    "dry mouth",
    "I feel dizzy",
    "headache",
    "it's worse now",
    "my heart is racing",
    "I can't sleep",
    "that's gone",
)
BARE = "import os; os.write(1, b'x')"
RUN = "import sys; sys.argv[0] = 'checker'; from checker.cli import main; main()"


def room(folder: Path) -> Path:
    """Lay out the package with its knowledge compiled, and many more wordings to complete."""
    sys.path.insert(0, str(ROOT))
    from checker.compiler import compile_folder

    shutil.copytree(ROOT / "checker", folder / "checker", ignore=shutil.ignore_patterns("__pycache__", "_knowledge"))
    shutil.copytree(ROOT / "knowledge", folder / "knowledge")
    pick = random.Random(7)  # noqa: S311 # the same wordings each time
    many = {"".join(pick.choices("abcdehilmnoprstuy ", k=pick.randint(4, 24))).strip() for _ in range(WORDINGS)}
    with open(folder / "knowledge/language/wordings.yaml", "a", encoding="utf-8") as file:
        file.write("many: [" + ", ".join(f'"{words}"' for words in sorted(many) if words) + "]\n")
    (folder / "checker/_knowledge").mkdir()
    (folder / "checker/_knowledge/compiled.txt").write_bytes(compile_folder(str(folder / "knowledge")).dumps())
    return folder


def first_byte(where: Path, code: str) -> float:
    """Return how long it takes until something stands on the screen."""
    began = time.perf_counter()
    child = pexpect.spawn(sys.executable, ["-c", code], cwd=str(where), env={**os.environ, "TERM": "xterm-256color"})
    select.select([child.child_fd], [], [], 10)
    took = time.perf_counter() - began
    child.close(force=True)
    return took


def key_times(where: Path) -> list[float]:
    """Return for each key how long it takes until the screen has settled."""
    env = {**os.environ, "TERM": "xterm-256color"}
    child = pexpect.spawn(sys.executable, ["-c", RUN], cwd=str(where), env=env, dimensions=(24, 80), timeout=10)
    child.expect("Which medicine")
    child.send("\r")
    child.expect("name it later")
    while select.select([child.child_fd], [], [], 1)[0]:
        child.read_nonblocking(65536)
    child.delaybeforesend = None
    found = []
    for key in "dry mou and a head" * 3:
        time.sleep(0.05)
        began = last = time.perf_counter()
        child.send(key)
        while select.select([child.child_fd], [], [], QUIET if last > began else 1)[0]:
            child.read_nonblocking(65536)
            last = time.perf_counter()
        found.append(last - began)
    child.close(force=True)
    return found


def in_a_row() -> list[tuple[int, float, int]]:
    """Return for each 40 messages how many there were, the median time of one, and the memory that they keep."""
    from checker import load
    from checker.answer import Checker
    from checker.conversation import Conversation

    talk = Conversation(Checker(load(), ["savella"]), lambda _: None, lambda: (80, 24))
    for message in MESSAGES:
        talk.take(message)
    found = []
    for forty in range(1, 5):
        times = []
        for number in range(40):
            began = time.perf_counter()
            talk.take(MESSAGES[number % len(MESSAGES)])
            times.append(time.perf_counter() - began)
        found.append((40 * forty, statistics.median(times), len(repr(talk.answers))))
    return found


def main() -> None:
    """Print the three tables."""
    with tempfile.TemporaryDirectory() as folder:
        where = room(Path(folder))
        first_byte(where, RUN)  # writes the bytecode
        bare, paint = zip(*((first_byte(where, BARE), first_byte(where, RUN)) for _ in range(ROUNDS)), strict=True)
        times = statistics.median(p / b for p, b in zip(paint, bare, strict=True))
        print("| first paint | ms | times the bare interpreter |\n|---|---|---|")
        print(f"| bare interpreter | {statistics.median(bare) * 1000:.0f} | 1.0 |")
        print(f"| session | {statistics.median(paint) * 1000:.0f} | {times:.2f} |\n")
        keys = sorted(key_times(where))
        print("| a key | median ms | 9 in 10 ms | worst ms |\n|---|---|---|---|")
        print(
            f"| {WORDINGS:,} completions | {statistics.median(keys) * 1000:.0f} | "
            f"{keys[len(keys) * 9 // 10] * 1000:.0f} | {keys[-1] * 1000:.0f} |\n"
        )
    print("| messages | median ms of the last 40 | KiB of answers |\n|---|---|---|")
    for count, took, used in in_a_row():
        print(f"| {count} | {took * 1000:.1f} | {used // 1024:,} |")


if __name__ == "__main__":
    main()
