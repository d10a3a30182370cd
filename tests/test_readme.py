"""What README.md and --help show is what happens."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from checker import kb

Run = Callable[..., tuple[int, str, str]]

README = Path(__file__).parent.parent / "README.md"
BLOCKS = re.findall(r"(?<=```console\n).*?(?=```)", README.read_text(encoding="utf-8"), re.DOTALL)
COMMANDS = ("validate", "import", "compile", "list")  # of checker-kb
OPTION = re.compile(r"(?<![\w-])--[a-z-]*[a-z]")


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.splitlines()[0])
def test_an_example_is_what_happens(run: Run, request: pytest.FixtureRequest, block: str) -> None:
    """With --update-golden the output is written anew."""
    line = block.splitlines()[0]
    dollar, command, *arguments = shlex.split(line)
    assert (dollar, command) == ("$", "checker")
    _, out, err = run(*arguments)
    assert err == ""
    if request.config.getoption("--update-golden"):
        text = README.read_text(encoding="utf-8")
        README.write_text(text.replace(block, f"{line}\n{out}"), encoding="utf-8")
        return
    assert f"{line}\n{out}" == block


def test_there_are_examples() -> None:
    assert len(BLOCKS) >= 2
    assert README.read_text(encoding="utf-8").count("\n$ checker") == len(BLOCKS)


def test_every_option_is_in_the_readme_and_the_other_way_round(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    offered = set(OPTION.findall(run("--help")[1]))
    for command in COMMANDS:
        with pytest.raises(SystemExit):
            kb.main([command, "--help"])
    of_the_keeper = set(OPTION.findall(capsys.readouterr().out))
    text = README.read_text(encoding="utf-8")
    written = set(OPTION.findall(text))
    assert {"--drug", "--json"} <= offered
    assert offered - written == set()
    assert written - offered - of_the_keeper == set()
    assert f"checker-kb {'|'.join(COMMANDS)}" in text


def test_the_examples_of_the_help_run(run: Run) -> None:
    examples = re.findall(r"^  (checker .*)$", run("--help")[1], re.MULTILINE)
    assert len(examples) >= 3
    for example in examples:
        command, redirected, _ = example.partition(" < ")
        status, out, err = run(*shlex.split(command)[1:], stdin=b"dry mouth\n" if redirected else b"")
        assert (status, err) == (0, ""), example
        assert out
