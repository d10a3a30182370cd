"""What tests share: the knowledge, checkers, golden files, the installed command."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import hypothesis
import pytest

from checker.answer import Checker
from checker.store import Knowledge, load, loads

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"

hypothesis.settings.register_profile("same", derandomize=True, deadline=None, max_examples=200)
hypothesis.settings.load_profile("same")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the checkout that holds seeds and evaluation cases."""
    if not (SHARED / "eval").is_dir():
        pytest.skip("../shared is absent")
    return SHARED


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The checkout's knowledge, compiled once, written and read again."""
    return loads(load().dumps())


@pytest.fixture(scope="session")
def make(knowledge: Knowledge) -> Callable[..., Checker]:
    """Make a checker for some medicines."""

    def made(drugs: Iterable[str] = (), country: str = "", *, explain: bool = False) -> Checker:
        return Checker(knowledge, drugs, country, explain=explain)

    return made


@pytest.fixture(scope="session")
def checker(make: Callable[..., Checker]) -> Checker:
    return make()


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout and installed in an environment of its own."""
    room = tmp_path_factory.mktemp("installed")
    built = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(room), str(ROOT)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    (wheel,) = room.glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", str(room / "env")], check=True)
    python = room / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", "--upgrade", "pip"], check=True)
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", str(wheel)], check=True)
    return python.parent


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare a text with a file beside the test, or write it with --update-golden."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update-golden"):
            path.write_text(text, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == text

    return compare
