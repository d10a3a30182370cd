"""What is in the wheel and the sdist, and that the wheel needs no checkout."""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
import tarfile
import zipfile
from collections.abc import Callable
from email.parser import Parser
from pathlib import Path

import pytest

from checker import __version__

NAME = f"side_effect_checker-{__version__}"


@pytest.fixture(scope="module")
def wheel(built: Path) -> zipfile.ZipFile:
    (path,) = built.glob("*.whl")
    assert path.name == f"{NAME}-py3-none-any.whl"
    return zipfile.ZipFile(path)


def test_the_wheel_holds_the_modules_and_compiled_knowledge_and_no_more(wheel: zipfile.ZipFile, root: Path) -> None:
    modules = {f"checker/{path.name}" for path in (root / "checker").glob("*.py")}
    about = {f"{NAME}.dist-info/{name}" for name in ("METADATA", "RECORD", "WHEEL", "entry_points.txt")}
    assert set(wheel.namelist()) == modules | about | {"checker/_knowledge/compiled.txt", "checker/py.typed"}


def test_the_wheel_says_what_it_needs(wheel: zipfile.ZipFile) -> None:
    about = Parser().parsestr(wheel.read(f"{NAME}.dist-info/METADATA").decode())
    assert about["Name"] == "side-effect-checker"
    assert about["Requires-Python"] == ">=3.11"
    needs = {line.split(";")[0].strip() for line in about.get_all("Requires-Dist", []) if "extra" not in line}
    names = {need.split("<")[0].split(">")[0].lower() for need in needs}
    assert names == {"rapidfuzz", "prompt-toolkit", "pyyaml"}
    commands = wheel.read(f"{NAME}.dist-info/entry_points.txt").decode()
    assert "checker = checker.cli:main" in commands
    assert "checker-kb = checker.kb:main" in commands


def test_the_sdist_holds_what_the_wheel_is_made_of(built: Path, root: Path) -> None:
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as sdist:
        held = {name.removeprefix(f"{NAME}/") for name in sdist.getnames()}
    sources = {f"checker/{p.name}" for p in (root / "checker").glob("*.py")} | {"checker/py.typed"}
    sources |= {str(p.relative_to(root).as_posix()) for p in (root / "knowledge").rglob("*") if p.is_file()}
    sources |= {".build/compile_knowledge.py", "pyproject.toml", "README.md", "PKG-INFO", "tests/conftest.py"}
    assert sources - held == set()
    tops = {name.split("/")[0] for name in held}
    assert tops <= {"checker", "knowledge", "tests", ".build", "README.md", "pyproject.toml", "PKG-INFO", ".gitignore"}
    assert not [name for name in held if name.endswith((".pyc", ".txt")) and name != "knowledge/language/english.txt"
                and not name.startswith("tests/")]  # fmt: skip


def test_the_wheel_answers_without_the_checkout(command: Callable[..., subprocess.CompletedProcess[bytes]]) -> None:
    done = command("--json", "--drug", "savella", "my mouth is so dry")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b'"effect": "Dry mouth"' in done.stdout


def test_the_wheel_answers_like_the_checkout(
    command: Callable[..., subprocess.CompletedProcess[bytes]], run: Callable[..., tuple[int, str, str]]
) -> None:
    messages = b"my heart is racing\nhedache\ni want to die\n160/110\ncan i drink wine\nxyzzy\n"
    assert command("--json", stdin=messages).stdout.decode() == run("--json", stdin=messages)[1]


def pythons() -> dict[str, str]:
    """Return the Pythons that we promise to run on and that can be had here, by their version."""
    found = {}
    for minor in range(11, 15):
        name = f"python3.{minor}"
        several = [
            shutil.which(name),
            *glob.glob(f"{os.environ.get('PYENV_ROOT', '')}/versions/3.{minor}.*/bin/{name}"),
        ]
        for path in filter(None, several):
            asked = [path, "-c", "import sys; print(*sys.version_info[:2], sep='.')"]
            said = subprocess.run(asked, capture_output=True, text=True, check=False)
            if said.stdout.strip() == f"3.{minor}":
                found[f"3.{minor}"] = path
    return found


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13", "3.14"])
def test_every_promised_python_answers_alike(
    wheel: zipfile.ZipFile, tmp_path: Path, command: Callable[..., subprocess.CompletedProcess[bytes]], version: str
) -> None:
    """With nothing but the wheel: plain words need no other distribution."""
    python = pythons().get(version)
    if python is None:
        pytest.skip(f"no Python {version} here")
    wheel.extractall(tmp_path)  # noqa: S202 # our own
    messages = b"my heart is racing\ni want to die\n160/110\ncan i drink wine\nno rash, but dizzy\n"
    said = subprocess.run(
        [python, "-m", "checker", "--json"],
        input=messages, cwd=tmp_path, capture_output=True, check=False, env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert (said.returncode, said.stderr) == (0, b"")
    assert said.stdout == command("--json", stdin=messages).stdout


def test_the_installed_modules_are_those_of_the_wheel(installed: Path, root: Path) -> None:
    python = next(installed.glob("python*"))
    done = subprocess.run(
        [str(python), "-c", "import checker; print(checker.__file__)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=installed,
    )
    assert not done.stdout.startswith(str(root))
