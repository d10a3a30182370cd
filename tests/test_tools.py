"""Linters and type checkers."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SCRIPTS = Path(sys.executable).parent
TOOLS = ("ruff check", "ruff format --check", "mypy", "lint-imports")


@pytest.fixture(scope="module")
def started(root: Path) -> Iterator[dict[str, subprocess.Popen[str]]]:
    """All tools, side by side."""
    with contextlib.ExitStack() as stack:
        found = {}
        for tool in TOOLS:
            name, *arguments = tool.split()
            process = subprocess.Popen(
                [str(SCRIPTS / name), *arguments], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
            )
            found[tool] = stack.enter_context(process)
        yield found


@pytest.mark.tools
@pytest.mark.parametrize("tool", TOOLS)
def test_tool(started: dict[str, subprocess.Popen[str]], tool: str) -> None:
    said, _ = started[tool].communicate()
    assert started[tool].returncode == 0, said
