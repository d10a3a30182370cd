"""From Python, in threads, over processes and over machines: the same answers in the same order."""

from __future__ import annotations

import concurrent.futures
import importlib
import importlib.util
import json
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import checker as package
from checker.answer import Checker
from checker.store import Knowledge

MESSAGES = [
    "my mouth is so dry", "hedache and nausious", "i want to die", "160/110", "no rash, but dizzy", "", "xyzzy",
    "can i drink wine", "stopped savella, brain zaps", "my wife gets headaches, i dont", "heart racing and hives",
]  # fmt: skip
MANY = [f"{message} {number}" for number in range(40) for message in MESSAGES]

Command = Callable[..., subprocess.CompletedProcess[bytes]]


def test_the_public_names_are_these() -> None:
    assert package.__all__ == ["Checker", "load"]
    assert package.Checker is Checker
    assert callable(package.load)
    with pytest.raises(AttributeError):
        _ = package.nothing


def test_it_is_typed(root: Path) -> None:
    assert (root / "checker" / "py.typed").exists()


def test_a_pickled_checker_answers_alike(make: Callable[..., Checker]) -> None:
    checker = make(["savella"], "GB", explain=True)
    before = [checker.answer(message) for message in MESSAGES]
    again = pickle.loads(pickle.dumps(checker))  # noqa: S301 # our own
    assert [again.answer(message) for message in MESSAGES] == before
    assert pickle.loads(pickle.dumps(before)) == before  # noqa: S301 # our own


def test_threads_may_share_a_checker(compiled: bytes, make: Callable[..., Checker]) -> None:
    """With fresh knowledge, so that they meet while it is read for the first time."""
    from checker.store import loads

    expected = [make().answer(message) for message in MANY]
    shared = Checker(loads(compiled))
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            assert list(pool.map(shared.answer, MANY)) == expected
    finally:
        sys.setswitchinterval(interval)


def test_checkers_share_no_state(knowledge: Knowledge) -> None:
    one, other = Checker(knowledge, ["savella"], "GB"), Checker(knowledge, ["fetzima"], "US")
    first = one.answer("my mouth is dry")
    other.answer("hedache")
    other.set_country("IN")
    assert one.answer("my mouth is dry") == first
    assert first.drugs == ("milnacipran",)


def _state(module: object) -> dict[str, str]:
    kinds = (dict, list, set)
    return {name: repr(value) for name, value in vars(module).items() if isinstance(value, kinds) and name[:2] != "__"}


def test_answering_changes_no_module(make: Callable[..., Checker]) -> None:
    """No global state: what is remembered belongs to a `Checker` or its knowledge."""
    modules = [module for name, module in sorted(sys.modules.items()) if name.startswith("checker")]
    before = [_state(module) for module in modules]
    assert any(before)
    checker = make(["savella"])
    for message in MESSAGES:
        checker.answer(message)
    assert [_state(module) for module in modules] == before


def _recipe(root: Path, language: str, holds: str) -> str:
    readme = (root / "README.md").read_text(encoding="utf-8")
    fenced = re.findall(rf"```{language}\n(.*?)```", readme, re.DOTALL)
    indented = ["".join(line[4:] for line in part) for part in _indented(readme)]
    (found,) = [text for text in (*fenced, *indented) if holds in text]
    return str(found)


def _indented(text: str) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for line in text.splitlines(keepends=True):
        if line.startswith("    "):
            parts[-1].append(line)
        elif parts[-1]:
            parts.append([])
    return parts


@pytest.mark.skipif(os.name == "nt", reason="a shell")
def test_the_recipe_for_all_processors(root: Path, installed: Path, tmp_path: Path, command: Command) -> None:
    recipe = _recipe(root, "sh", "xargs -P").replace("10000", "100").replace('"$(nproc)"', "2")
    text = "".join(f"{message}\n" for message in MANY)
    (tmp_path / "messages.txt").write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["sh", "-ec", recipe], cwd=tmp_path, capture_output=True, check=True,
        env={"PATH": f"{installed}{os.pathsep}{os.environ['PATH']}", "LC_ALL": "C.UTF-8", "HOME": str(tmp_path)},
    )  # fmt: skip
    assert len(list(tmp_path.glob("part-??"))) == len(MANY) // 100 + 1
    assert done.stdout == command("--json", stdin=text.encode()).stdout


@pytest.mark.skipif(importlib.util.find_spec("distributed") is None, reason="Dask is not installed (extra bench)")
def test_the_recipe_for_machines(root: Path, tmp_path: Path, command: Command) -> None:
    script = tmp_path / "answers.py"
    script.write_text(_recipe(root, "python", "map_partitions"), encoding="utf-8")
    text = "".join(f"{message}\n" for message in MANY)
    done = subprocess.run(
        [sys.executable, str(script)], input=text.encode(), cwd=tmp_path, capture_output=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr[-2000:]
    said = [json.loads(line)["message"] for line in done.stdout.splitlines()]
    assert said == MANY
    assert done.stdout == command("--json", stdin=text.encode()).stdout
