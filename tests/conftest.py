"""What tests share: the knowledge, checkers, small knowledge of their own, the installed command."""

from __future__ import annotations

import functools
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import hypothesis
import pytest

from checker import cli, loading
from checker.answer import Checker
from checker.knowledge import Folder, KnowledgeError, Text, text, texts
from checker.phrases import ways
from checker.store import Knowledge, loads

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
SHIPPED = loading._shipped

hypothesis.settings.register_profile("same", derandomize=True, deadline=None, database=None, max_examples=100)
hypothesis.settings.load_profile("same")

# The smallest knowledge that answers: what a file of a test does not replace.
SMALL = {
    "symptoms/skin.yaml": """\
- id: hives
  name: Hives
  is_a: rash
  phrases: [hives, welts]
- id: rash
  name: Rash
  phrases: [rash, skin red]
""",
    "symptoms/heart.yaml": """\
- id: racing-heart
  name: Racing heart
  phrases: [heart racing, "heart {fast}"]
""",
    "monographs/testamine.yaml": """\
id: testamine
name: Testamine
brands: [Probarin]
source: {title: Testamine monograph, url: "https://example.org/testamine"}
effects:
  - id: rash
    name: Rash
    listed_as: common
    section: Side effects
    symptoms: [rash]
    guidance: Tell your doctor about a rash.
""",
    "topics.yaml": """\
- id: alcohol
  name: Alcohol
  phrases: [alcohol, drink wine]
  silent: The monograph does not say.
""",
    "red_flags.yaml": """\
- id: racing
  name: A racing heart with hives
  rules: [{urgency: emergency, all: [racing-heart, hives]}]
  advice: {emergency: ["Call {emergency} now."]}
  source: {title: A page}
""",
    "readings.yaml": """\
- id: pulse
  forms: ["pulse {n}"]
  plausible: [{first: [25, 250]}]
  bands: [{first_from: 101, symptom: racing-heart}, {first_from: 60, fine: racing-heart}]
  source: {title: A page}
""",
    "contacts.yaml": """\
- country: ""
  name: Anywhere
  emergency: {say: your local emergency number, source: {title: A page}}
""",
    "language/word_classes.yaml": """\
- {id: "no", words: ["no", not, never, without, dont]}
- {id: fast, words: [fast, quick]}
""",
    "language/structure.yaml": """\
- {id: joining, words: [and, or]}
- {id: or, words: [and, or]}
- {id: negator, words: ["no", not, never, without, dont]}
- {id: common, words: [take]}
- {id: turn, words: [but]}
- {id: light, words: [any, have]}
- {id: degree, words: [bad]}
""",
    "language/cues.yaml": """\
- {cue: negation, words: ["no", not, never, without, dont]}
""",
    "language/function_words.yaml": """\
dropped: [a, the, my, is, i, have, of, them, they]
light: [any]
""",
    "advice.yaml": """\
edition: "2026.01"
unknown: I did not understand this.
safety_line: If you feel very unwell, do not wait for this program.
disclaimer: This is not medical advice.
""",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")
    parser.addoption("--update-known-failures", action="store_true", help="write tests/blind/known-failures.yaml anew")


@functools.cache
def compiled_once() -> bytes | KnowledgeError:
    """The checkout's knowledge, compiled when it is first asked for, or what is wrong with it."""
    try:
        return SHIPPED().dumps()
    except KnowledgeError as error:
        return error


def shipped() -> Knowledge:
    made = compiled_once()
    if isinstance(made, KnowledgeError):
        raise made
    return loads(made)


def pytest_sessionstart() -> None:
    """Let `load` read what it compiled before, as it does in a wheel: tests and examples ask for it again and again."""
    loading._shipped = shipped


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
def compiled() -> bytes:
    """The checkout's knowledge, compiled once."""
    return shipped().dumps()


@pytest.fixture(scope="session")
def knowledge(compiled: bytes) -> Knowledge:
    return loads(compiled)


@pytest.fixture(scope="session")
def folder() -> Folder:
    """The checkout's knowledge as it is written."""
    return Folder(str(ROOT / "knowledge"))


@pytest.fixture(scope="session")
def make(knowledge: Knowledge) -> Callable[..., Checker]:
    """Make a checker for some medicines."""

    def made(drugs: Iterable[str] = (), country: str = "", *, explain: bool = False) -> Checker:
        return Checker(knowledge, drugs, country, explain=explain)

    return made


@pytest.fixture(scope="session")
def checker(make: Callable[..., Checker]) -> Checker:
    return make()


@pytest.fixture
def small(tmp_path: Path) -> Callable[[Mapping[str, str]], Path]:
    """Write a small folder of knowledge, some files of it replaced."""

    def written(files: Mapping[str, str] = {}) -> Path:  # only read
        for name, content in {**SMALL, **files}.items():
            path = tmp_path / "knowledge" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        return tmp_path / "knowledge"

    return written


@pytest.fixture(scope="session")
def spoken(folder: Folder) -> Callable[[str], str]:
    """Turn a phrase of the knowledge into what a person would type."""
    members: dict[str, str] = {"n": "3", "drug": "savella", "year": "2019"}
    classes = {str(entry[Text("id")]): entry[Text("words")] for entry in folder.entries["class"]}
    for name, words in classes.items():
        assert isinstance(words, list)
        members.setdefault(name, next((str(w) for w in words if not str(w).startswith("{")), ""))
    for name, words in classes.items():
        members[name] = members[name] or members[str(words[0]).strip("{}")]  # type: ignore[index] # a list

    def say(phrase: str) -> str:
        return re.sub(r"\{([^}]*)\}", lambda found: members[found[1]], phrase).replace("*", "big")

    return say


@pytest.fixture(scope="session")
def phrases(folder: Folder, spoken: Callable[[str], str]) -> dict[str, list[str]]:
    """What a person would type for each symptom: every way of every phrase."""
    kinds = ("phrases", "exact", "alone")
    return {
        str(text(entry, "id")): [spoken(p) for kind in kinds for written in texts(entry, kind) for p in ways(written)]
        for entry in folder.entries["symptom"]
    }


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., tuple[int, str, str]]:
    """Run the command in this process; return its status, what it said and what it complained of."""

    def ran(*arguments: str, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        for name in ("CHECKER_COUNTRY", "CHECKER_KNOWLEDGE", "NO_COLOR"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
        capsys.readouterr()
        try:
            status = cli.run(arguments)
        except SystemExit as leaving:
            status = leaving.code if isinstance(leaving.code, int) else 0
        out, err = capsys.readouterr()
        return status, out, err

    return ran


@pytest.fixture(scope="session", autouse=True)
def building(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, subprocess.Popen[str]] | None]:
    """The build of the wheel and the sdist, which runs beside the first tests; None where none asks for it."""
    if not any("built" in getattr(item, "fixturenames", ()) for item in request.session.items):
        yield None
        return
    room = tmp_path_factory.mktemp("built")
    with subprocess.Popen(
        [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-t", "wheel", "-d", str(room)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as process:  # fmt: skip
        yield room, process
        process.kill()


@pytest.fixture(scope="session")
def built(building: tuple[Path, subprocess.Popen[str]]) -> Path:
    """The wheel and the sdist, built from the checkout."""
    room, process = building
    said, _ = process.communicate()
    assert process.returncode == 0, said
    return room


@pytest.fixture(scope="session")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the commands of an environment that holds the wheel, away from the checkout.

    Nothing is downloaded: the other distributions are borrowed from this environment, whose own
    `checker` stays out of sight, since a path file read by a path file is not obeyed.
    """
    env = tmp_path_factory.mktemp("installed") / "env"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(env)], check=True)
    commands = env / ("Scripts" if os.name == "nt" else "bin")
    python = str(commands / "python")
    (wheel,) = built.glob("*.whl")
    install = ["-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run([sys.executable, *install], check=True)
    where = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    borrowed = sorted(
        {str(Path(path).resolve()) for path in sys.path if path.endswith(("site-packages", "dist-packages"))}
    )
    (Path(where) / "borrowed.pth").write_text("".join(f"{path}\n" for path in borrowed), encoding="utf-8")
    return commands


@pytest.fixture(scope="session")
def command(
    installed: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run the installed command in a process of its own, in an empty folder."""
    room = tmp_path_factory.mktemp("elsewhere")
    environ = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT") if key in os.environ}
    environ |= {"HOME": str(room), "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}

    def ran(*arguments: str, stdin: bytes = b"", name: str = "checker") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [str(installed / name), *arguments],
            input=stdin, capture_output=True, cwd=room, env=environ, check=False, timeout=60,
        )  # fmt: skip

    return ran


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare a text with a file beside the test, or write it with --update-golden."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update-golden"):
            path.write_text(text, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == text

    return compare
