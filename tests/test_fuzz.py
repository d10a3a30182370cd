"""Odd input, signals, full disks and missing homes: the command ends as promised, and shows no traceback."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType

import hypothesis
import pytest
from hypothesis import strategies as st

from checker.answer import Checker
from checker.model import URGENCIES
from checker.render import as_json, clean, plain

Command = Callable[..., subprocess.CompletedProcess[bytes]]

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such thing")


@pytest.fixture(scope="module")
def fuzz(root: Path) -> Iterator[ModuleType]:
    """The fuzzer of the benchmarks."""
    spec = importlib.util.spec_from_file_location("fuzz", root / "tests" / "benchmarks" / "fuzz.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["fuzz"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["fuzz"]


@posix
def test_a_thousand_odd_inputs(fuzz: ModuleType, installed: Path) -> None:
    ways, faults = fuzz.fuzz(str(installed / "checker"), 1_000, seed=1)
    assert sum(ways.values()) == 1_000
    assert faults == []


BROKEN = """#!{python}
import json, sys
keys = ("red_flags", "matches", "unlisted", "ruled_out", "did_you_mean")
if "--json" in sys.argv and not sys.stdin.isatty():
    for line in sys.stdin.buffer.read().split(b"\\n")[:-1]:
        said = line.decode("utf-8", "replace").removeprefix("\\ufeff")
        {fault}
        print(json.dumps({{"message": said}} | {{key: [] for key in keys}}), flush=True)
"""


@posix
@pytest.mark.parametrize(
    ("fault", "found"),
    [
        ("pass", ""),
        ("assert b'rash' not in line", "AssertionError"),
        ("if b'rash' in line: raise SystemExit(7)", "ended with 7"),
        ("if b'rash' in line: __import__('os').abort()", "ended with -6"),
        ("if b'rash' in line: continue", "0 answers to 1 lines"),
        ("said = said.replace('rash', 'itch')", "answers another message"),
    ],
)
def test_the_fuzzer_sees(fuzz: ModuleType, tmp_path: Path, fault: str, found: str) -> None:
    broken = tmp_path / "broken"
    broken.write_text(BROKEN.format(python=sys.executable, fault=fault), encoding="utf-8")
    broken.chmod(0o755)
    faults = list(fuzz.Fuzzer(str(broken), str(tmp_path)).lines([b"dry mouth", b"a rash", b"dizzy"]))
    assert [(f.given, found in f.what) for f in faults] == ([(b"a rash", True)] if found else [])


@hypothesis.settings(max_examples=300)
@hypothesis.given(st.one_of(st.text(st.characters(), max_size=300), st.binary(max_size=300).map(os.fsdecode)))
def test_any_text_is_answered_from_python(checker: Checker, text: str) -> None:
    """Lone surrogates too, which no encoding takes."""
    answer = checker.answer(text)
    assert json.loads(as_json(answer))["message"] == text
    assert all(line == clean(line) for line in plain(answer, checker.name_of).split("\n"))


# --- found by fuzzing ---------------------------------------------------------


def test_an_option_that_is_no_text_is_none_that_we_know(command: Command) -> None:
    """`--country` with a byte that no encoding gives was looked up, and showed a traceback."""
    done = command("--country", b"G\xff", "dry mouth")
    assert done.returncode == 0
    assert done.stderr == b""


def test_without_standard_error_nothing_strays_into_the_answers(installed: Path, tmp_path: Path) -> None:
    """`print(file=None)` prints to standard output: `2>&-` put complaints among the JSON."""
    script = f'"{installed / "checker"}" --json --drug nosuch "dry mouth" 2>&-'
    done = subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 2
    assert len(done.stdout.splitlines()) == 1


@posix
@pytest.mark.parametrize(("closed", "status"), [(">&-", 0), ("2>&-", 0), ("<&-", 0), (">&- 2>&-", 0)])
def test_a_closed_stream_is_no_fault(installed: Path, tmp_path: Path, closed: str, status: int) -> None:
    """Standard output that is closed had no `flush`."""
    script = f'"{installed / "checker"}" "dry mouth" {closed}'
    done = subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (status, b"")


@pytest.mark.parametrize("text", ["-", "--", "+-", "- -", "a --", "[", "+ +"])
def test_signs_without_an_item_are_read(checker: Checker, text: str) -> None:
    """A message of two dashes had no letter behind them."""
    assert checker.answer(text).urgency == "unknown"


# --- signals ------------------------------------------------------------------


@posix
def test_an_interrupt_at_any_moment_ends_by_the_signal(installed: Path, tmp_path: Path) -> None:
    """From the first line of `main` on; before it, and while it is imported, Python itself shows a traceback."""
    start = time.perf_counter()
    subprocess.run([str(installed / "checker"), "my hedache is bad"], cwd=tmp_path, capture_output=True, check=True)
    whole = time.perf_counter() - start
    ended = {}
    for step in range(24):
        with subprocess.Popen(
            [str(installed / "checker"), "--json"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path,
        ) as process:  # fmt: skip
            assert process.stdin is not None
            process.stdin.write(b"my hedache is bad\n" * 200)
            process.stdin.flush()
            time.sleep(whole * step / 12)
            process.send_signal(signal.SIGINT)
            said, complaint = process.communicate(timeout=30)
        if b"site" in complaint or (b"Traceback" in complaint and b", in run" not in complaint and not said):
            continue  # Python was not up yet, or still importing
        ended[step] = (process.returncode, b"Traceback" in complaint)
        assert all(json.loads(line) for line in said.splitlines()[:-1])
    assert set(ended.values()) <= {(-signal.SIGINT, False)}
    assert ended


@posix
def test_an_ignored_interrupt_stays_ignored(installed: Path, tmp_path: Path) -> None:
    """As behind `nohup`, and in the background of a script."""
    with subprocess.Popen(
        [str(installed / "checker"), "--json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=tmp_path,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),  # noqa: PLW1509 # no threads here
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"dry mouth\n")
        process.stdin.flush()
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        process.stdin.write(b"dry mouth\n")
        process.stdin.close()
        assert process.stdout.readline()
    assert process.returncode == 0


@posix
@pytest.mark.parametrize("options", ["--json", ""])
def test_a_reader_that_leaves_ends_the_program_silently(installed: Path, tmp_path: Path, options: str) -> None:
    script = f'yes "dry mouth" | head -n 3000 | "{installed / "checker"}" {options} | head -n 1'
    done = subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0
    assert done.stderr == b""
    assert len(done.stdout.splitlines()) == 1


# --- files, homes and encodings -----------------------------------------------


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
@pytest.mark.parametrize("arguments", ["'dry mouth'", "--json", "", "--help", "--version"])
def test_a_full_disk_is_said_in_one_line(installed: Path, tmp_path: Path, arguments: str) -> None:
    script = f'echo "dry mouth" | "{installed / "checker"}" {arguments} > /dev/full'
    done = subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, check=False, timeout=60)
    assert done.returncode == 2
    assert done.stderr == b"checker: cannot write the answer (No space left on device)\n"


@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"HOME": "/nonexistent"},
        {"HOME": ""},
        {"HOME": "relative"},
        {"HOME": "/dev/null"},
        {"XDG_DATA_HOME": "relative", "XDG_CONFIG_HOME": "relative", "XDG_STATE_HOME": "relative"},
        {"XDG_DATA_HOME": "", "HOME": "/"},
        {"XDG_DATA_HOME": "/dev/null"},
        {"CHECKER_COUNTRY": "\udcff"},
        {"CHECKER_COUNTRY": "Atlantis"},
        {"TERM": "no-such-terminal", "COLUMNS": "x", "NO_COLOR": "1"},
    ],
    ids=str,
)
def test_no_home_and_odd_variables_change_no_answer(
    installed: Path, tmp_path: Path, command: Command, environ: Mapping[str, str]
) -> None:
    done = subprocess.run(
        [str(installed / "checker"), "dry mouth"],
        cwd=tmp_path, capture_output=True, check=False, env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", **environ},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == command("dry mouth").stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1", "utf-16"])
def test_an_encoding_changes_no_json_and_stops_no_answer(
    installed: Path, tmp_path: Path, command: Command, encoding: str
) -> None:
    environ = {"PATH": os.defpath, "HOME": str(tmp_path), "PYTHONIOENCODING": encoding}
    message = "naïve café “dry mouth” 🤢"
    done = subprocess.run(
        [str(installed / "checker"), "--json"],
        input=f"{message}\n".encode(), cwd=tmp_path, capture_output=True, check=False, env=environ,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    said = done.stdout.decode(encoding)
    assert said == command("--json", stdin=f"{message}\n".encode()).stdout.decode()
    shown = subprocess.run(
        [str(installed / "checker"), "dry mouth ☃"], cwd=tmp_path, capture_output=True, check=False, env=environ
    )
    assert (shown.returncode, shown.stderr) == (0, b"")
    assert "Dry mouth" in shown.stdout.decode(encoding)


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8", "nowhere"])
def test_a_locale_stops_no_answer(installed: Path, tmp_path: Path, locale: str) -> None:
    environ = {"PATH": os.defpath, "HOME": str(tmp_path), "LC_ALL": locale}
    done = subprocess.run(
        [str(installed / "checker"), os.fsencode("café, dry mouth ☃")],
        cwd=tmp_path, capture_output=True, check=False, env=environ,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Dry mouth" in done.stdout


# --- long messages ------------------------------------------------------------

LONG: dict[str, Callable[[int], str]] = {
    "words without a stop": lambda size: ("my head hurts and i feel sick " * (size // 30))[:size],
    "unknown words": lambda size: " ".join(f"xq{n}zzk" for n in range(size // 9))[:size],
    "slips": lambda size: ("hedache nausious dizy vomitting " * (size // 32))[:size],
    "one word": lambda size: "a" * size,
    "one number": lambda size: "9" * size,
    "commas": lambda size: ("no pain, rash, " * (size // 15))[:size],
    "apostrophes": lambda size: "'" * size,
    "points": lambda size: "1." * (size // 2),
    "questions": lambda size: ("dizzy? no. " * (size // 11))[:size],
    "rows": lambda size: ("nausea: no\n" * (size // 11))[:size],
    "scores": lambda size: ("0/10 pain 3/10 rash " * (size // 20))[:size],
    "letters": lambda size: ("n y " * (size // 4))[:size],
    "marks": lambda size: ("no no no " * (size // 9))[:size],
    "signs": lambda size: ("rash +, -sick ++ -- " * (size // 20))[:size],
    "now well": lambda size: ("i slept badly. now i sleep well. " * (size // 33))[:size],
    "mixed scripts": lambda size: ("dιzzy голова 头痛 صداع " * (size // 20))[:size],
    "marks upon marks": lambda size: "e" + "\u0301" * size,
}


@pytest.mark.parametrize("number", ["9" * 5_000, "፩", "²", "007", "10" * 9], ids=ascii)
def test_an_odd_number_in_a_form_stops_no_answer(checker: Checker, number: str) -> None:
    """One of 5,000 digits, or of digits that Python counts with none, was no number to `int`."""
    for form in ("sick: no, rash: {0}, sore: yes", "pain {0}/10, rash {0}/10", "rash: no\nsick: no\npain {0}"):
        assert checker.answer(form.format(number)).urgency in URGENCIES


@pytest.mark.parametrize("kind", LONG)
def test_the_time_for_a_long_message_is_linear(checker: Checker, kind: str) -> None:
    """Ten times the length costs about ten times the time: no more than twenty, for whom shares a processor."""

    def cost(size: int) -> float:
        text = LONG[kind](size)
        taken = []
        for _ in range(3):
            start = time.process_time()
            checker.answer(text)
            taken.append(time.process_time() - start)
        return statistics.median(taken)

    cost(1_000)
    assert cost(20_000) < 20 * max(cost(2_000), 0.001)


@pytest.mark.parametrize(
    ("text", "count"),
    [("pain " * 10_000, 10_000), ("x" * 100_000, 1), ("(a+)+$ " * 5_000, 5_000), ("头痛 голова צרעת " * 3_000, 9_000)],
    ids=["words", "word", "patterns", "scripts"],
)
def test_a_long_message_ends_and_names_nothing_wrongly(checker: Checker, text: str, count: int) -> None:
    start = time.process_time()
    answer = checker.answer(text)
    assert time.process_time() - start < 1e-3 * count + 2
    named = {m.symptom for m in answer.mentions}
    assert named == set() or "pain" in text


def test_a_mebibyte_is_read_whole_and_of_more_the_ends(command: Command) -> None:
    text = (b"z" * 2_000 + b" ") * 520  # long words, which cost little
    done = command("--json", stdin=text + b"i want to die\n" + text + text + b"crushing chest pain\n")
    first, second = map(json.loads, done.stdout.splitlines())
    assert first["urgency"] == second["urgency"] == "emergency"
