"""What is shown, word for word: tests/golden, see the README there."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"
SAID = sorted(GOLDEN.glob("*.said"))


@pytest.mark.parametrize("said", SAID, ids=lambda path: path.stem)
def test_shown(run: Callable[..., tuple[int, str, str]], golden: Callable[[Path, str], None], said: Path) -> None:
    command, *arguments = shlex.split(said.read_text(encoding="utf-8"))
    assert command == "checker"
    _, out, err = run(*arguments)
    golden(said.with_suffix(".txt"), out + err)
    _, out, _ = run("--json", *arguments)
    answer = json.loads(out)
    assert answer.pop("knowledge")
    golden(said.with_suffix(".json"), json.dumps(answer, indent=1) + "\n")


def test_every_file_is_of_a_command() -> None:
    assert len(SAID) >= 12
    kept = {path.with_suffix(end).name for path in SAID for end in (".said", ".txt", ".json")}
    assert {path.name for path in GOLDEN.iterdir()} == {*kept, "README.md"}
