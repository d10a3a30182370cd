"""Arguments, exit status, streams: design, section 3."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from checker import __version__

Run = Callable[..., tuple[int, str, str]]
Command = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("'my mouth is dry'", 0),
        ("my mouth is dry", 0),
        ("no chest pain", 0),  # ruled out is recognised too
        ("can i drink alcohol", 0),
        ("xyzzy", 1),
        ("''", 1),
        ("--drug savella xyzzy", 1),
        ("--drug prozac dry mouth", 2),
        ("--drug prozac xyzzy", 2),
        ("--no-such-option dry mouth", 2),
        ("--drug", 2),
        ("--color purple dry mouth", 2),
        ("--dru savella dry mouth", 2),  # never abbreviated
        ("--version", 0),
        ("--help", 0),
        ("-h", 0),
        ("-- dry mouth", 0),
        ("-- --drug", 1),
    ],
)
def test_exit_status(run: Run, line: str, status: int) -> None:
    got, out, err = run(*shlex.split(line))
    assert got == status
    assert bool(err) == (status == 2)
    assert "Traceback" not in out + err
    assert all(line.startswith("checker: ") for line in err.splitlines())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("--json 'dry mouth' --drug savella", '"drugs": ["milnacipran"]'),
        ("dry --json mouth --drug=savella", '"message": "dry mouth"'),
        ("--drug savella --drug fetzima --json dry mouth", '"drugs": ["milnacipran", "levomilnacipran"]'),
        ("--json -- --drug savella", '"message": "--drug savella"'),
        ("--json -- -5", '"message": "-5"'),
    ],
)
def test_options_stand_anywhere(run: Run, line: str, said: str) -> None:
    assert said in run(*shlex.split(line))[1]


def test_every_promised_option_is_in_the_help(run: Run) -> None:
    _, out, _ = run("--help")
    options = "--drug NAME|--country XX|--json|--explain|--accessible|--color|--knowledge DIR|--version|--help"
    for option in options.split("|"):
        assert option in out


def test_version(run: Run) -> None:
    status, out, _ = run("--version")
    assert (status, out.split()[:2]) == (0, ["checker", __version__])


def test_explain_names_the_words_the_symptom_and_the_source(run: Run) -> None:
    _, out, _ = run("--explain", "--drug", "savella", "my mouth is so dry")
    why = [line for line in out.splitlines() if "why" in line]
    assert any("dry-mouth" in line and "mouth is so dry" in line for line in why)
    _, out, _ = run("--explain", "--json", "i want to die")
    assert any("red flag" in line for line in json.loads(out)["explain"])
    _, out, _ = run("--json", "i want to die")
    assert json.loads(out)["explain"] == []


def test_a_country_has_its_own_numbers(run: Run) -> None:
    assert "999" in run("--country", "GB", "i have crushing chest pain")[1]
    assert "911" in run("--country", "us", "i have crushing chest pain")[1]
    status, out, _ = run("--country", "ZZ", "i have crushing chest pain")
    assert status == 0
    assert out.startswith("EMERGENCY")


@pytest.mark.parametrize(("color", "coloured"), [("auto", False), ("always", True), ("never", False)])
def test_colour(run: Run, color: str, coloured: bool) -> None:
    assert ("\x1b[" in run("--color", color, "i want to die")[1]) == coloured


# --- an unknown medicine ------------------------------------------------------


def test_red_flags_speak_before_an_unknown_medicine(run: Run) -> None:
    status, out, err = run("--drug", "prozac", "i want to die")
    assert status == 2
    assert out.startswith("EMERGENCY: ")
    assert len(err.splitlines()) == 1
    assert "prozac" in err


def test_the_nearest_known_medicines_are_named(run: Run) -> None:
    status, _, err = run("--drug", "savelox", "dry mouth")
    assert status == 2
    assert len(err.splitlines()) == 1
    assert "savella" in err


@pytest.mark.parametrize(
    ("name", "drug"),
    [
        ("Savella", "milnacipran"), ("SAVELLA", "milnacipran"), ("savela", "milnacipran"),
        ("milnaciprn", "milnacipran"), ("fetzima", "levomilnacipran"), ("fetzma", "levomilnacipran"),
        ("levo-milnacipran", "levomilnacipran"),
    ],
)  # fmt: skip
def test_a_medicine_has_many_names(run: Run, name: str, drug: str) -> None:
    status, out, _ = run("--json", "--drug", name, "nausea")
    answer = json.loads(out)
    assert (status, answer["drugs"], answer["unknown_drugs"]) == (0, [drug], [])
    misspelt = name.lower() in ("savela", "milnaciprn", "fetzma")
    assert bool(answer["corrections"]) == misspelt


def test_a_medicine_named_in_the_message_is_the_one(run: Run) -> None:
    assert json.loads(run("--json", "savella gives me a dry mouth")[1])["drugs"] == ["milnacipran"]
    assert json.loads(run("--json", "fetzima gives me nausea")[1])["drugs"] == ["levomilnacipran"]
    assert json.loads(run("--json", "dry mouth")[1])["drugs"] == ["levomilnacipran", "milnacipran"]


# --- standard input -----------------------------------------------------------


def test_every_line_has_one_answer_in_order(run: Run) -> None:
    status, out, _ = run("--json", stdin=b"dry mouth\n\nxyzzy\r\nmy heart is racing")
    answers = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [answer["message"] for answer in answers] == ["dry mouth", "", "xyzzy", "my heart is racing"]
    assert [answer["urgency"] == "unknown" for answer in answers] == [False, True, True, False]


def test_nothing_is_remembered_from_the_line_before(run: Run) -> None:
    alone = run("--json", stdin=b"stiff muscles\n")[1]
    after = run("--json", stdin=b"high fever and a racing heart\nstiff muscles\n")[1]
    assert after.splitlines()[1] == alone.strip()


@pytest.mark.parametrize(
    ("stdin", "status"), [(b"", 1), (b"\n\n", 1), (b"xyzzy\n", 1), (b"xyzzy\nnausea\n", 0)], ids=ascii
)
def test_status_of_lines(run: Run, stdin: bytes, status: int) -> None:
    assert run(stdin=stdin)[0] == status


def test_the_same_message_gets_the_same_answer(run: Run) -> None:
    first, again = run("--json", "dry mouth")[1], run("--json", stdin=b"dry mouth\n")[1]
    assert first == again == run("--json", "dry mouth")[1]


# --- processes ----------------------------------------------------------------


def test_answers_are_flushed_line_by_line(installed: Path) -> None:
    with subprocess.Popen(
        [str(installed / "checker"), "--json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for message in ("dry mouth", "xyzzy"):
            process.stdin.write(message.encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["message"] == message  # waits for ever where it is not flushed
        process.stdin.close()
        assert process.wait(timeout=20) == 0


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_an_interrupt_ends_by_the_signal(installed: Path) -> None:
    with subprocess.Popen(
        [str(installed / "checker"), "--json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"dry mouth\n")
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert process.returncode == -signal.SIGINT
    assert b"Traceback" not in err


def test_python_m_checker_is_checker(installed: Path, tmp_path: Path) -> None:
    python = next(installed.glob("python*"))
    done = subprocess.run([str(python), "-m", "checker", "dry mouth"], capture_output=True, cwd=tmp_path, check=False)
    assert done.returncode == 0
    assert b"Dry mouth" in done.stdout


@pytest.mark.parametrize(("line", "status"), [("nonsense", 2), ("", 2), ("list", 0), ("validate /no/such/folder", 1)])
def test_checker_kb(command: Command, line: str, status: int) -> None:
    done = command(*line.split(), name="checker-kb")
    assert done.returncode == status
    assert b"Traceback" not in done.stderr
    assert bool(done.stderr) == (status != 0)


def test_checker_kb_validates_a_folder(command: Command, small: Callable[..., Path]) -> None:
    assert command("validate", str(small()), name="checker-kb").returncode == 0
    done = command("validate", str(small({"symptoms/skin.yaml": "- {id: rash}\n"})), name="checker-kb")
    assert done.returncode == 1
    assert b"symptoms/skin.yaml:1:" in done.stderr


def test_checker_kb_list_names_both_medicines(command: Command) -> None:
    out = command("list", name="checker-kb").stdout.decode()
    for name in ("milnacipran", "levomilnacipran", "Savella", "Fetzima"):
        assert name in out
