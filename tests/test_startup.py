"""Between `checker WORDS` and its answer: our own modules and cheap built-ins (design, section 5)."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

HEAVY = {
    "argparse", "re", "typing", "dataclasses", "enum", "json", "yaml", "rapidfuzz", "prompt_toolkit", "collections",
    "pathlib", "inspect", "ast", "tokenize", "logging", "subprocess", "socket", "asyncio", "importlib.metadata",
    "hashlib",
}  # fmt: skip
REPORT = """
import os, sys
sys.argv[0] = "checker"
os._exit = sys.exit  # main leaves no time for the report
from checker.cli import main
try:
    main()
except SystemExit as leaving:
    status = leaving.code
loaded = sorted(sys.modules)
import json
print(json.dumps([status, loaded]), file=sys.stderr)
"""


@pytest.fixture
def loaded(installed: Path, tmp_path: Path) -> Callable[..., set[str]]:
    """Run the installed command in a fresh process; return the modules that it imported."""
    python = next(installed.glob("python*"))

    def ran(*arguments: str, status: int = 0) -> set[str]:
        done = subprocess.run(
            [str(python), "-c", REPORT, *arguments],
            cwd=tmp_path, capture_output=True, text=True, check=True, env={"PATH": "", "LC_ALL": "C.UTF-8"},
        )  # fmt: skip
        assert done.stdout
        ended, modules = json.loads(done.stderr.splitlines()[-1])
        assert ended == status
        return set(modules)

    return ran


def _tops(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules} | modules


@pytest.mark.parametrize(
    "message",
    [
        "my heart is racing",
        "i want to die",
        "no chest pain",
        "my mouth is so dry and i cant sleep",
        "my blood pressure is 190 over 120",
    ],
)
def test_a_plain_answer_imports_nothing_heavy(loaded: Callable[..., set[str]], message: str) -> None:
    modules = loaded(message)
    assert "checker.answer" in modules
    assert _tops(modules) & HEAVY == set()
    assert not {"checker.compiler", "checker.knowledge", "checker.session", "checker.imports"} & modules


def test_rapidfuzz_comes_at_the_first_unknown_word(loaded: Callable[..., set[str]]) -> None:
    assert "rapidfuzz" not in loaded("i have a headache")
    assert "rapidfuzz" in loaded("i have a hedache")


@pytest.mark.parametrize("arguments", [["--drug", "savella"], ["--json"]], ids=["drug", "json"])
def test_an_option_brings_argparse_and_no_more(loaded: Callable[..., set[str]], arguments: list[str]) -> None:
    modules = _tops(loaded(*arguments, "my mouth is dry"))
    assert "argparse" in modules
    assert not {"json", "yaml", "prompt_toolkit", "rapidfuzz", "asyncio"} & modules
