"""Throws odd input at the installed command: on standard input, as arguments, and at a session on a terminal.

    python tests/benchmarks/fuzz.py [--count 10000] [--seed 7] [--checker COMMAND]

A fault is an input after which the command shows a traceback, ends by a signal or with a status of its own, is late,
answers other than once a line, or sends the terminal what it should not. Prints a table, and each input at fault.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

COUNT, SEED = 10_000, 7
CHUNK = 1_000  # lines for one process
ONE_BY_ONE = 0.03  # of the inputs, as arguments and at a terminal: each costs a process, or a redrawn line
LATE = 60  # seconds for a process
LEAVING = (3, 4, 26, 28)  # Ctrl-C, Ctrl-D, Ctrl-Z, Ctrl-\\
BESIDE = 7  # other inputs that a line is tried with, when the one at fault is looked for

WORDS = (
    "i", "my", "the", "no", "not", "never", "and", "or", "but", "with", "is", "was", "gone", "stopped", "if", "can",
    "does", "cause", "nausea", "headache", "rash", "dry", "mouth", "dizzy", "sweating", "fever", "heart", "racing",
    "chest", "pain", "cant", "sleep", "breathe", "die", "kill", "myself", "wife", "weight", "gain", "hedache",
    "nausious", "savella", "fetzima", "38.5", "160/110", "180", "over", "120", "three", "days", "alcohol", "dose",
    "normal", "fine", "better", "yes", "1", "2", "xyzzy", "🤢", "don't", "can’t",
)  # fmt: skip
MARKS = (".", ",", "!", "?", ";", ":", "-", "--", "/", "'", '"', "(", ")", "…", "\t", "*", "{", "}", "{no}", "{n}", "~")
PATTERNS = (
    "(a+)+$",
    "[",
    "\\",
    ".*",
    "(?P<x>",
    "%s%n",
    "{0.__class__}",
    "$(true)",
    "`id`",
    "'; --",
    "../../x",
    "\\x1b[2J",
)
CONTROLS = (
    "\x1b[2J",
    "\x1b]0;x\x07",
    "\x9b31m",
    "\u202e",
    "\u2066",
    "\u200f",
    "\x00",
    "\x08",
    "\x7f",
    "\u2028",
    "\ufeff",
)
OTHERS = (
    "me duele la cabeza", "j'ai mal à la tête", "голова болит", "头痛", "頭が痛い", "두통", "सिरदर्द", "צרעת", "صداع",
    "ปวดหัว", "dιzzy", "ｈｅａｄａｃｈｅ", "hе\u0430d\u0430che", "h\u0301e\u0300adache",
)  # fmt: skip
OPTIONS = (
    "--json", "--explain", "--accessible", "--drug", "--country", "--color", "--knowledge", "--version", "--help", "-h",
    "--", "-", "--drug=savella", "--color=always", "--js", "--jsonx", "-x", "savella", "GB", "never",
)  # fmt: skip


class Fault(NamedTuple):
    """What went wrong with which input."""

    way: str
    given: object
    what: str


def inputs(count: int, seed: int = SEED) -> list[bytes]:
    """Return *count* inputs of one line each, the same for the same *seed*."""
    draw = random.Random(seed)  # noqa: S311 # inputs, no secret
    kinds = (_bytes, _characters, _words, _words, _slips, _pieces, _numbers, _long)
    return [draw.choice(kinds)(draw).replace(b"\n", b" ").replace(b"\r", b" ") for _ in range(count)]


def _bytes(draw: random.Random) -> bytes:
    return draw.randbytes(draw.randrange(80))


def _characters(draw: random.Random) -> bytes:
    tops = (0x7F, 0xFF, 0x2FFF, 0xFFFF, 0x10FFFF)
    text = "".join(chr(draw.randrange(draw.choice(tops))) for _ in range(draw.randrange(60)))
    return text.encode("utf-8", "surrogatepass")


def _words(draw: random.Random) -> bytes:
    said = [draw.choice(WORDS) + draw.choice(("", "", "", *MARKS)) for _ in range(draw.randrange(20))]
    return draw.choice((" ", " ", "  ", "")).join(said).encode()


def _slips(draw: random.Random) -> bytes:
    letters = list(" ".join(draw.choice(WORDS) for _ in range(draw.randrange(1, 8))))
    for _ in range(draw.randrange(1, 6)):
        place = draw.randrange(len(letters))
        letters[place : place + draw.randrange(2)] = draw.choice(
            ("", "a", "e", " ", "ss", "\u0301", "'", letters[place])
        )
        letters = letters or ["x"]
    return "".join(letters).encode()


def _pieces(draw: random.Random) -> bytes:
    some = (*WORDS, *MARKS, *PATTERNS, *CONTROLS, *OTHERS)
    return draw.choice((" ", "")).join(draw.choice(some) for _ in range(draw.randrange(25))).encode()


def _numbers(draw: random.Random) -> bytes:
    some = (
        "0",
        "9" * 400,
        "1e999",
        "-1",
        "38,5",
        "1,000.5",
        "٣٨",
        "½",
        "١٢٠/٨٠",
        "160/110/90",
        "1.2.3.4",
        "٠",
        "Ⅷ",
        "nan",
        "inf",
    )
    said = ("bp", "temp", "pulse", "hours sleep", "over", "f", "c", "°", "%", "a hundred and", "seven")
    return " ".join(draw.choice((*some, *said)) for _ in range(draw.randrange(1, 9))).encode()


def _long(draw: random.Random) -> bytes:
    piece = draw.choice((*WORDS, *MARKS, *PATTERNS, *OTHERS, "a", " ", "no ", "pain, ", "and "))
    return (piece * draw.randrange(1, 600))[:3000].encode()


def shown_badly(text: str) -> list[str]:
    """Return the characters of *text* that a terminal might obey, ends of lines apart."""
    bad = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
    return [c for c in text if c not in "\r\n" and unicodedata.category(c) in bad]


class Fuzzer:
    """Runs one command, in an empty home."""

    def __init__(self, checker: str, home: str) -> None:
        self.checker = checker
        self.home = home
        kept = ("PATH", "SYSTEMROOT", "VIRTUAL_ENV")
        self.environ = {name: os.environ[name] for name in kept if name in os.environ} | {
            "HOME": home, "LC_ALL": "C.UTF-8", "TERM": "xterm",
        }  # fmt: skip

    def run(self, *arguments: bytes, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Run the command once."""
        return subprocess.run(
            [os.fsencode(self.checker), *arguments],
            input=stdin, capture_output=True, cwd=self.home, env=self.environ, timeout=LATE, check=False,
        )  # fmt: skip

    # --- standard input

    def lines(self, given: Sequence[bytes]) -> Iterator[Fault]:
        """Give all of *given* to one process as lines; where it fails, look for those that make it fail."""
        what = self._lines(given)
        if not what:
            return
        if len(given) == 1:
            yield Fault("standard input", given[0], what)
            return
        half = len(given) // 2
        halves = [*self.lines(given[:half]), *self.lines(given[half:])]
        yield from halves or [Fault("standard input", list(given[:BESIDE]), what)]

    def _lines(self, given: Sequence[bytes]) -> str:
        try:
            done = self.run(b"--json", stdin=b"".join(line + b"\n" for line in given))
        except subprocess.TimeoutExpired:
            return "late"
        if what := self._ended(done, (0, 1)):
            return what
        said = done.stdout.splitlines()
        if len(said) != len(given):
            return f"{len(said)} answers to {len(given)} lines"
        for line, answer in zip(given, said):
            data = json.loads(answer)
            if data["message"] != line.decode("utf-8", "replace").removeprefix("\ufeff"):
                return f"answers another message: {data['message'][:80]!r}"
            parts = (*data["red_flags"], *data["matches"], *data["unlisted"], *data["ruled_out"], *data["did_you_mean"])
            if stray := [words for part in parts for words in part["reported"] if words not in data["message"]]:
                return f"reports what was not written: {stray[:3]}"
        return ""

    # --- arguments

    def arguments(self, given: Sequence[bytes], draw: random.Random) -> Iterator[Fault]:
        """Give each of *given* as arguments, options among them."""
        for line in given:
            words = line.replace(b"\0", b"").split(b" ") if draw.random() < 0.5 else [line.replace(b"\0", b"")]
            for _ in range(draw.randrange(3)):
                words.insert(draw.randrange(len(words) + 1), draw.choice(OPTIONS).encode())
            try:
                what = self._ended(done := self.run(*words), (0, 1, 2))
            except subprocess.TimeoutExpired:
                what = "late"
            else:
                colours = b"--color=always" in words or b"always" in words
                text = (done.stdout + done.stderr).decode()
                if bad := shown_badly(re.sub(r"\x1b\[[0-9;]*m", "", text) if colours else text):
                    what = what or f"shows {bad[:3]}"
            if what:
                yield Fault("arguments", words, what)

    def _ended(self, done: subprocess.CompletedProcess[bytes], statuses: Sequence[int]) -> str:
        if b"Traceback" in done.stderr:
            return done.stderr.decode("utf-8", "replace").strip().splitlines()[-1]
        if done.returncode not in statuses:
            return f"ended with {done.returncode}: {done.stderr[-200:]!r}"
        return ""

    # --- a terminal

    def terminal(self, given: Sequence[bytes], *options: str) -> Iterator[Fault]:
        """Type all of *given* into one session, then leave it."""
        import pty

        leader, follower = pty.openpty()
        process = subprocess.Popen(
            [self.checker, *options], stdin=follower, stdout=follower, stderr=follower,
            cwd=self.home, env=self.environ, start_new_session=True,
        )  # fmt: skip
        os.close(follower)
        screen = _Screen(leader)
        last = b""
        screen.read(3)
        for line in given:
            if not screen.open:
                break
            last = line
            os.write(leader, bytes(c for c in line if c not in LEAVING)[:400] + b"\r")
            screen.read(0.05)
        end = time.monotonic() + LATE
        while screen.open and process.poll() is None and time.monotonic() < end:
            os.write(leader, b"\x03\x15\x04")
            screen.read(0.2)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            yield Fault("terminal", last, "does not leave")
        os.close(leader)
        if b"Traceback" in screen.said:
            said = screen.said[screen.said.rfind(b"Traceback") :]
            yield Fault("terminal", last, said.decode("utf-8", "replace")[-500:])
        elif process.returncode not in (0, 1):
            yield Fault("terminal", last, f"ended with {process.returncode}")


class _Screen:
    """What a terminal was sent."""

    def __init__(self, leader: int) -> None:
        self.leader = leader
        self.said = bytearray()
        self.open = True

    def read(self, quiet: float) -> None:
        """Read until nothing comes for *quiet* seconds; say where the cursor is, where that is asked."""
        import select

        while self.open and select.select([self.leader], [], [], quiet)[0]:
            try:
                part = os.read(self.leader, 65536)
            except OSError:
                part = b""
            self.open = bool(part)
            self.said.extend(part)
            if b"\x1b[6n" in part:
                os.write(self.leader, b"\x1b[1;1R")


def fuzz(checker: str, count: int, seed: int = SEED) -> tuple[Mapping[str, int], list[Fault]]:
    """Return how many inputs went which way, and all faults."""
    some = inputs(count, seed)
    draw = random.Random(seed)  # noqa: S311 # inputs, no secret
    few = max(1, int(ONE_BY_ONE * count))
    ways: dict[str, tuple[list[bytes], Callable[[Fuzzer, list[bytes]], Iterator[Fault]]]] = {
        "arguments": (some[:few], lambda f, given: f.arguments(given, draw)),
        "standard input": (some[2 * few :], lambda f, given: f.lines(given)),
    }
    if os.name != "nt":
        ways["terminal"] = (some[few : few + few // 2], lambda f, given: f.terminal(given))
        ways["terminal, accessible"] = (
            some[few + few // 2 : 2 * few],
            lambda f, given: f.terminal(given, "--accessible"),
        )
    faults: list[Fault] = []
    with tempfile.TemporaryDirectory() as home:
        fuzzer = Fuzzer(checker, home)

        def tried(given: list[bytes], way: Callable[[Fuzzer, list[bytes]], Iterator[Fault]]) -> list[Fault]:
            return [f for at in range(0, len(given), CHUNK) for f in way(fuzzer, given[at : at + CHUNK])]

        with ThreadPoolExecutor() as pool:  # side by side: at a terminal most of the time is waited
            for task in [pool.submit(tried, *way) for way in ways.values()]:
                faults.extend(task.result())
        if left := os.listdir(home):
            faults.append(Fault("home", left, "left behind"))
    return {name: len(given) for name, (given, _) in ways.items()}, faults


def main() -> None:
    """Fuzz and print."""
    parser = argparse.ArgumentParser(description="Throw odd input at the installed command.")
    parser.add_argument("--count", type=int, default=COUNT, help=f"of inputs (default: {COUNT})")
    parser.add_argument("--seed", type=int, default=SEED, help="of the inputs")
    parser.add_argument("--checker", help="the command (default: the one beside this Python)")
    options = parser.parse_args()
    beside = str(Path(sys.executable).parent / "checker")
    checker = options.checker or shutil.which(beside) or shutil.which("checker") or beside
    start = time.monotonic()
    ways, faults = fuzz(checker, options.count, options.seed)
    print("| way | inputs | faults |\n| --- | ---: | ---: |")
    for way, count in ways.items():
        print(f"| {way} | {count:,} | {sum(f.way == way for f in faults)} |")
    print(f"\n{options.count:,} inputs, seed {options.seed}, {time.monotonic() - start:.0f} s")
    for fault in faults:
        print(f"- {fault.way}: {fault.what}\n  {fault.given!r:.600}")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
