"""Sessions: conversations as data, lines through a pipe, and the program in a real pseudo-terminal."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import signal
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pyte
import pytest
import yaml
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from checker import earlier, session, summary
from checker.answer import Checker
from checker.completion import Completions
from checker.conversation import COMMANDS, Conversation
from checker.model import Answer
from checker.store import Knowledge

HERE = Path(__file__).parent
ROOT = HERE.parent
TURN = {"say", "urgency", "counts", "shows", "hides", "asks", "medicine"}
Make = Callable[..., Checker]


class Talk(Conversation):
    """A conversation on paper."""

    def __init__(self, checker: Checker, *, width: int = 88, height: int = 60) -> None:
        self.lines: list[str] = []
        super().__init__(checker, self.lines.append, lambda: (width, height))

    def hear(self, line: str) -> str:
        """Take *line*, or what is pasted; return what is said to it, in one line."""
        del self.lines[:]
        with contextlib.redirect_stdout(io.StringIO()):
            session._take(self, line.splitlines() if "\n" in line else [line])
        return " ".join(" ".join(self.lines).split())

    def page(self) -> str:
        return "\n".join(self.lines)


@pytest.fixture
def talk(make: Make) -> Talk:
    return Talk(make(["savella"], "GB"))


# --- conversations


def conversations() -> Iterator[object]:
    for path in sorted((HERE / "conversations").glob("*.yaml")):
        for item in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader):
            assert set(item) <= {"label", "drug", "country", "turns", "expect", "comment"}, item
            assert 3 <= len(item["turns"]) <= 8, item["label"]
            marks = [pytest.mark.xfail(reason=item["comment"])] if item.get("expect") == "fail" else []
            yield pytest.param(item, id=f"{path.stem}-{item['label']}", marks=marks)


@pytest.mark.parametrize("item", list(conversations()))
def test_conversation(item: dict[str, object], make: Make, knowledge: Knowledge) -> None:
    drug = str(item["drug"])
    talk = Talk(make([drug] if drug else [], str(item.get("country", ""))))
    turns = item["turns"]
    assert isinstance(turns, list)
    for turn in turns:
        assert set(turn) <= TURN, turn
        before = list(talk.answers)
        said = talk.hear(turn["say"])
        remembered = talk.answers != before and bool(talk.answers) and talk.answers[-1] not in before
        answer = talk.answers[-1] if remembered else None
        counts = list(earlier.standing(talk.answers, (), knowledge))
        where = f"{turn['say']!r}: {said}"
        assert (answer.urgency if answer else "talk") in turn["urgency"].split("|"), where
        assert narrowest(counts, knowledge) == narrowest(turn["counts"], knowledge), where
        assert (answer.question.text if answer and answer.question else "") == turn.get("asks", ""), where
        for words in turn.get("shows", []):
            assert words in said, where
        for words in turn.get("hides", []):
            assert words not in said, where
        if "medicine" in turn:
            assert talk.checker.drugs == turn["medicine"], where


def narrowest(symptoms: list[str], knowledge: Knowledge) -> set[str]:
    """Leave out what a narrower one says already: headache beside a severe one."""
    return set(symptoms) - {wide for name in symptoms for wide in knowledge.symptom(name).broader}


def test_the_session_in_the_readme_is_what_happens(make: Make, request: pytest.FixtureRequest) -> None:
    """With --update-golden the answers are written anew."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"(?<=```text\n)> .*?(?=```)", readme, re.DOTALL)
    assert block is not None
    talk = Talk(make(["fetzima"], "GB"))
    shown = []
    for line in re.findall(r"^> (.*)$", block[0], re.MULTILINE):
        talk.hear(line)
        shown += [f"> {line}", *talk.lines, ""]
    text = "\n".join(shown)
    if request.config.getoption("--update-golden"):
        (ROOT / "README.md").write_text(readme.replace(block[0], text), encoding="utf-8")
    else:
        assert block[0] == text


def test_a_conversation_is_data(make: Make) -> None:
    """The same messages after the same messages get the same answers."""
    lines = [
        "I feel faint",
        "1",
        "it's worse now",
        "that's gone",
        "no, I meant my ankles",
        "another person",
        "dry mouth",
    ]

    def run() -> list[Answer]:
        checker = make(["savella"], "GB")
        answers: list[Answer] = []
        for line in lines:
            answers.append(checker.answer(line, answers))
        return answers

    assert run() == run()


# --- one conversation, its corners


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("", "All right"), ("skip", "All right"), ("none", "All right"), ("I don't know", "All right"),
        ("savella", "Medicine: Milnacipran."), ("Fetzima", "Medicine: Levomilnacipran."),
        ("savella and fetzima", "Medicine: Milnacipran, Levomilnacipran."), ("savela", 'Read "savela" as "savella".'),
        ("sertraline", 'I do not know the medicine "sertraline"'), ("my mouth is dry", "Dry mouth"),
        ("I want to die", "EMERGENCY"), ("/help", "/drug"),
    ],
)  # fmt: skip
def test_the_medicine_is_asked_for_and_may_be_skipped(line: str, says: str, make: Make) -> None:
    talk = Talk(make())
    assert talk.start()
    talk.first(line)
    assert says in " ".join(talk.lines)


def test_a_medicine_that_is_nearly_known_is_a_numbered_question(make: Make) -> None:
    talk = Talk(make())
    talk.first("milnacipan hydro")
    assert "Which one is meant?" in talk.page()
    assert "  1. " in talk.page()
    assert "Medicine: " in talk.hear("1")
    assert talk.checker.drugs
    talk.hear("/drug milnacip")
    assert "All right" in talk.hear("no")


def test_a_medicine_of_the_command_line_is_said_and_not_asked_for(make: Make) -> None:
    talk = Talk(make(["savela"]))
    assert not talk.start()
    assert talk.lines == ['Read "savela" as "savella".', "Medicine: Milnacipran."]
    assert "savela" not in talk.hear("dry mouth")  # said once


def test_notes_and_disclaimer_are_said_once(talk: Talk) -> None:
    first, second = talk.hear("dry mouth"), talk.hear("headache")
    assert "no diagnosis" in first
    assert "no diagnosis" not in second
    assert "If you feel very unwell" in second
    talk.hear("/new")
    assert "no diagnosis" in talk.hear("dry mouth")


def test_an_answer_fits_a_screen(make: Make) -> None:
    talk = Talk(make(["savella"], "US"), width=80, height=24)
    for line in (
        "my heart is racing",
        "dry mouth",
        "I feel dizzy",
        "rash",
        "I feel faint",
        "what are the side effects",
    ):
        talk.hear(line)
        assert len(talk.lines) <= 24, line
        assert all(len(part) <= 80 for part in talk.lines)


@pytest.mark.parametrize("width", [20, 40, 80, 120])
def test_everything_is_wrapped(width: int, make: Make) -> None:
    talk = Talk(make(["fetzima"], "GB"), width=width, height=10)
    for line in ("my heart is racing and my lips are swollen", "x" * 300, "/why", "/summary", "/help", "/effects"):
        talk.hear(line)
        assert max(map(len, talk.lines)) <= width


HOSTILE = "dry mouth\x1b[2J\x1b]0;title\x07 \u202egnihton\u202c \x9b31m \x00 \udcff \u200b headache \r\x08"


@pytest.mark.parametrize(
    "line", [HOSTILE, f"/drug {HOSTILE}", f"/{HOSTILE}", f"/country {HOSTILE}", f"/summary {HOSTILE}/x"]
)
def test_no_control_character_comes_back(
    line: str, talk: Talk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for part in (HOSTILE, line, "/why", "/summary", "/undo"):
        talk.hear(part)
        assert all(text.isprintable() for text in talk.lines)


def test_undo_and_new(talk: Talk) -> None:
    assert "nothing to take back" in talk.hear("/undo")
    talk.hear("dry mouth")
    talk.hear("I take fetzima, headache")
    assert talk.checker.drugs == ["levomilnacipran"]
    assert 'Taken back: "I take fetzima, headache". Medicine: Milnacipran.' in talk.hear("/undo")
    talk.hear("/drug fetzima")
    assert "Medicine: Milnacipran." in talk.hear("/new")  # what the command line named
    assert talk.answers == []


@pytest.mark.parametrize("word", ["/quit", "quit", "exit", "q", ":q", "bye", "/q"])
def test_ways_to_leave(word: str, talk: Talk) -> None:
    talk.hear(word)
    assert talk.over


def test_what_is_pasted_is_answered_line_by_line_and_an_emergency_is_not_left_behind(talk: Talk) -> None:
    said = talk.hear("dry mouth\n\ni want to die\nheadache")
    assert [m.message for m in talk.answers] == ["dry mouth", "i want to die", "headache"]
    assert 'About "i want to die": EMERGENCY: ' in said
    assert said.rindex("EMERGENCY") > said.rindex("Headache")


@pytest.mark.parametrize("line", ["am i dying?", "what do i tell the ambulance people", "what does that mean"])
def test_a_question_back_says_again_what_cannot_wait(line: str, talk: Talk) -> None:
    talk.hear("I can't breathe")
    talk.hear("dry mouth")
    assert "EMERGENCY: Call 999 now." in talk.hear(line)
    talk.hear("/new")
    assert "EMERGENCY" not in talk.hear(line)


def test_a_long_emergency_answer_keeps_to_what_to_do(make: Make) -> None:
    talk = Talk(make(["savella"], "GB"), width=40, height=24)
    said = talk.hear("i want to die")
    assert "/why shows what your medicine's monograph says of it." in said
    assert "Milnacipran)" not in said
    assert "EMERGENCY: " in " ".join(talk.lines[-3:])
    assert "get medical help at once" in talk.hear("/why")


def test_what_was_shown_is_not_shown_at_length_again(talk: Talk) -> None:
    assert "From outside the Milnacipran monograph" in talk.hear("I can't sleep")
    again = talk.hear("I still can't sleep")
    assert "From outside the Milnacipran monograph" not in again
    assert "not listed for Milnacipran" in again


@pytest.mark.parametrize(
    ("first", "then", "over"),
    [
        ("dry mouth and headache", "the headache has gone", ["headache"]),
        ("tummy ache and the runs", "runs have stopped", ["diarrhoea"]),
        ("dry mouth and headache", "my mouth is still dry, the headache went away", ["headache"]),
        ("dry mouth and headache", "my appetite has gone", []),
    ],
)
def test_what_is_over_by_name(first: str, then: str, over: list[str], talk: Talk, knowledge: Knowledge) -> None:
    talk.hear(first)
    before = set(earlier.standing(talk.answers, (), knowledge))
    talk.hear(then)
    assert sorted(before - set(earlier.standing(talk.answers, (), knowledge))) == over


def test_an_emergency_that_has_gone_stays_one(talk: Talk) -> None:
    talk.hear("I have chest pain")
    assert "EMERGENCY" in talk.hear("the chest pain has gone")
    assert "EMERGENCY" in talk.hear("its back")


def test_what_a_monograph_wants_seen_at_once_holds_when_it_has_gone(talk: Talk) -> None:
    talk.hear("I have a rash")
    assert "Even if it has gone, this still holds: Now: get medical help at once" in talk.hear("that's gone")
    talk.hear("/new")
    talk.hear("dry mouth")
    assert "still holds" not in talk.hear("that's gone")


def test_what_is_said_of_a_symptom_is_over_with_it(talk: Talk, knowledge: Knowledge) -> None:
    for line in ("stomach ache", "it's worse now", "all gone now"):
        talk.hear(line)
    assert earlier.standing(talk.answers, (), knowledge) == {}


def test_a_question_is_no_report(talk: Talk, knowledge: Knowledge) -> None:
    talk.hear("so can i just stop taking it?")
    assert earlier.standing(talk.answers, (), knowledge) == {}
    talk.hear("I stopped taking it on Monday")
    assert list(earlier.standing(talk.answers, (), knowledge)) == ["stopping"]


def test_an_answer_never_makes_it_less_urgent(talk: Talk) -> None:
    talk.hear("I feel hopeless")
    assert talk.answers[-1].urgency == "urgent"
    talk.hear("no")
    assert talk.answers[-1].urgency == "urgent"


def test_another_person_with_an_emergency_reads_it_first(talk: Talk) -> None:
    talk.hear("dry mouth")
    assert talk.hear("next patient: chest pain").startswith("EMERGENCY: Call 999 now.")
    assert "Started afresh" in talk.page()
    assert talk.hear("next, headache").startswith("Started afresh")
    assert talk.page().count("Started afresh") == 1
    assert "Medicine: Levomilnacipran." in talk.hear("next patient is on fetzima")


def test_one_medicine_in_place_of_another(talk: Talk) -> None:
    talk.hear("I take fetzima, not savella")
    assert talk.checker.drugs == ["levomilnacipran"]
    talk.hear("I take savella instead of fetzima")
    assert talk.checker.drugs == ["milnacipran"]
    talk.hear("I am on savella and fetzima, not well")
    assert talk.checker.drugs == ["milnacipran", "levomilnacipran"]


def test_many_messages_cost_no_more(make: Make) -> None:
    """Forty messages: what is kept is one answer each, and no answer holds an earlier one."""
    talk = Talk(make(["savella"]))
    sizes = []
    for number in range(40):
        talk.hear(["dry mouth", "I feel dizzy", "headache", "it's worse now"][number % 4])
        sizes.append(len(repr(talk.answers[-1])))
    assert len(talk.answers) == 40
    assert max(sizes[20:]) <= max(sizes[:20])


# --- /summary


def test_summary_is_written_for_its_owner_only(talk: Talk, tmp_path: Path) -> None:
    talk.hear("my mouth is `so` dry, no rash")
    talk.hear("that's gone")
    path = tmp_path / "page.md"
    assert "Only you can read it" in talk.hear(f"/summary {path}")
    assert path.stat().st_mode & 0o777 == 0o600
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# Summary for a doctor")
    assert r'1. "my mouth is \`so\` dry, no rash"' in text
    assert "Rash: not there" in text
    assert "Dry mouth: over" in text
    assert "checker" not in str(os.listdir(tmp_path))


def test_summary_never_overwrites_unasked(talk: Talk, tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("precious", encoding="utf-8")
    talk.hear("dry mouth")
    assert "Overwrite it?" in talk.hear(f"/summary {path}")
    assert "left as it was" in talk.hear("no")
    assert path.read_text(encoding="utf-8") == "precious"
    talk.hear(f"/summary {path}")
    talk.hear("headache")  # anything else is a message
    assert path.read_text(encoding="utf-8") == "precious"
    talk.hear(f"/summary {path}")
    assert "Written" in talk.hear("yes")
    assert path.read_text(encoding="utf-8").startswith("SUMMARY")
    assert path.stat().st_mode & 0o777 == 0o600
    assert os.listdir(tmp_path) == ["page.txt"]


@pytest.mark.parametrize("name", ["no/such/folder/page.txt", ".", "/dev/full", "\0"])
def test_summary_that_cannot_be_written_loses_nothing(
    name: str, talk: Talk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    talk.hear("dry mouth")
    said = talk.hear(f"/summary {name}")
    if "Overwrite" in said:
        assert "leave it alone" in talk.hear("yes")
    assert len(talk.answers) == 1
    assert os.listdir(tmp_path) == ([] if name != "\0" else os.listdir(tmp_path))


def test_summary_to_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "page.txt"

    def full(*_: object, **__: object) -> io.StringIO:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(summary, "open", full, raising=False)
    with pytest.raises(OSError, match="No space"):
        summary.write(str(path), "text")
    assert os.listdir(tmp_path) == []


# --- completion


def test_every_wording_offered_is_understood(checker: Checker) -> None:
    groups = yaml.load((ROOT / "knowledge/language/wordings.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    lost = [w for words in groups.values() for w in words if not checker.answer(w).matches + checker.answer(w).unlisted]
    assert lost == []


@pytest.mark.parametrize(
    ("typed", "end", "offered"),
    [
        ("my heart ra", "heart ra", "heart racing"),
        ("No rash, but dry m", "dry m", "dry mouth"),
        ("I CANT SL", "CANT SL", "can't sleep"),
        ("i feel s", "feel s", "feel sick"),
        ("savel", "savel", "savella"),
        ("/dr", "/dr", "/drug"),
        ("/drug fet", "fet", "fetzima"),
        ("/country g", "g", "GB"),
    ],
)
def test_completion_of_the_clause(typed: str, end: str, offered: str, knowledge: Knowledge) -> None:
    got, found = Completions(knowledge, list(COMMANDS)).offered(typed)
    assert got == end
    assert offered in found


@pytest.mark.parametrize("typed", ["", "x", "zzzz", "heart ", " ", ",", "/summary ho", "/drug ", "\x1b", "é" * 50])
def test_completion_of_nothing(typed: str, knowledge: Knowledge) -> None:
    got, found = Completions(knowledge, list(COMMANDS)).offered(typed)
    assert typed.endswith(got)
    assert len(found) <= 12


def test_completion_puts_no_harm_into_words(knowledge: Knowledge) -> None:
    offered = knowledge.wordings("", 10_000)
    assert len(offered) > 300
    for word in ("kill", "jump", "hang", "pills", "overdose", "tablets", "die"):
        assert not [w for w in offered if word in w.split()]


# --- lines through prompt_toolkit, no terminal


def typed(checker: Checker, keys: str, capsys: pytest.CaptureFixture[str]) -> str:
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        pipe.send_text(keys)
        read = session._rich_reader(Completions(checker.knowledge, list(COMMANDS)))
        assert session.converse(lambda: checker, accessible=False, color="never", read=read) == 0
    return " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("keys", "shows", "hides"),
    [
        ("\rdry mouth\r\x04", ["Dry mouth (common"], []),
        ("savella\rdry mouth\r/quit\r", ["Medicine: Milnacipran.", "of Milnacipran"], []),
        ("\r\r\r   \r\x04", ["All right"], ["not understood"]),
        ("\rabc\x03dry mouth\r\x04", ["Line dropped", "Dry mouth (common"], ["abc"]),
        ("\x03dry mouth\r\x04", ["Dry mouth (common"], []),
        ("\x04", ["It is not medical advice"], ["Dry mouth"]),
        ("\r\x1b[200~dry mouth\nheadache\x1b[201~\r\x04", ["> dry mouth", "> headache", "Headache (common"], []),
        ("\rdry mouth\r\x1b[A\r\x04", ["Dry mouth (common"], []),
        ("\rdry mouth\x0c\r\x04", ["Dry mouth (common"], []),
    ],
)  # fmt: skip
def test_keys(keys: str, shows: list[str], hides: list[str], make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    said = typed(make(), keys, capsys)
    for words in shows:
        assert words in said
    for words in hides:
        assert words not in said


# --- the program in a real pseudo-terminal


@pytest.fixture(scope="session")
def swift(tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge) -> Path:
    """The package with its knowledge compiled, as a wheel has it."""
    room = tmp_path_factory.mktemp("swift")
    shutil.copytree(ROOT / "checker", room / "checker", ignore=shutil.ignore_patterns("__pycache__", "_knowledge"))
    (room / "checker" / "_knowledge").mkdir()
    (room / "checker" / "_knowledge" / "compiled.txt").write_bytes(knowledge.dumps())
    return room


class Screen:
    """A terminal with the program in it."""

    def __init__(
        self,
        room: Path,
        *arguments: str,
        size: tuple[int, int] = (24, 80),
        program: str = sys.executable,
        **environ: str,
    ) -> None:
        clear = {
            k: v
            for k, v in os.environ.items()
            if k not in ("NO_COLOR", "ACCESSIBLE", "COLUMNS", "LINES", "CHECKER_COUNTRY")
        }
        env = {**clear, "TERM": "xterm-256color", "PYTHONPATH": str(room), **environ}
        self.size = size
        words = list(arguments) if program == "/bin/sh" else ["-m", "checker", *arguments]
        self.child: pexpect.spawn[bytes] = pexpect.spawn(
            program, words, env=env, dimensions=size, timeout=8, cwd=str(room), echo=True
        )
        self.before = termios.tcgetattr(self.child.child_fd)
        self.raw = b""

    def until(self, words: str) -> str:
        """Read until *words* stand on the screen."""
        end = time.monotonic() + 8
        while words not in self.shown():
            assert time.monotonic() < end, f"{words!r} not in\n{self.shown()}"
            self._read(0.1)
        return self.shown()

    def _read(self, seconds: float) -> None:
        with contextlib.suppress(pexpect.TIMEOUT):
            self.raw += self.child.read_nonblocking(65536, timeout=seconds)

    def shown(self) -> str:
        screen = pyte.HistoryScreen(self.size[1], self.size[0], history=1000)
        pyte.ByteStream(screen).feed(self.raw)
        past = ["".join(row[x].data for x in range(self.size[1])).rstrip() for row in screen.history.top]
        return "\n".join([*past, *(line.rstrip() for line in screen.display)])

    def type(self, keys: str) -> None:
        self.child.send(keys)

    def settings(self) -> list[object]:
        return termios.tcgetattr(self.child.child_fd)

    def left(self) -> int | None:
        """Wait for the program's end; return its exit status, or the signal's number below zero."""
        end = time.monotonic() + 8
        while self.child.isalive() and time.monotonic() < end:
            try:
                self._read(0.05)
            except pexpect.EOF:
                break
        self.child.wait() if self.child.isalive() else None
        return self.child.exitstatus if self.child.exitstatus is not None else -int(self.child.signalstatus or 0)


@pytest.fixture
def screen(swift: Path) -> Iterator[Callable[..., Screen]]:
    opened: list[Screen] = []

    def made(
        *arguments: str, size: tuple[int, int] = (24, 80), program: str = sys.executable, **environ: str
    ) -> Screen:
        opened.append(Screen(swift, *arguments, size=size, program=program, **environ))
        return opened[-1]

    yield made
    for one in opened:
        one.child.close(force=True)


ECHO, ICANON = termios.ECHO, termios.ICANON


def test_a_session_from_welcome_to_leave(screen: Callable[..., Screen]) -> None:
    one = screen("--country", "GB")
    one.until("Which medicine?")
    one.type("savella\r")
    one.until("Medicine: Milnacipran.")
    one.type("my heart ra")
    one.until("heart racing")  # the menu
    one.type("\t\r")  # choose, and take: nothing is sent yet
    one.type("\r")
    one.until("understood, not listed for Milnacipran")
    one.type("\x1b[200~dry mouth\nheadache\x1b[201~\r")
    shown = one.until("> headache")
    assert "Dry mouth (common side effect of Milnacipran)" in shown
    one.type("\x04")
    assert one.left() == 0
    assert one.settings() == one.before
    assert b"\x1b[?2004l" in one.raw[-200:]  # bracketed paste is off again


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("early", [False, True], ids=["at the prompt", "while it starts"])
def test_a_signal_leaves_the_terminal_as_it_was(
    number: signal.Signals, early: bool, screen: Callable[..., Screen]
) -> None:
    one = screen()
    one.until("monograph says" if early else "Which medicine?")
    one.child.kill(number)
    assert one.left() == 128 + number
    assert one.settings() == one.before
    assert b"Traceback" not in one.raw


def test_what_is_typed_early_stands_once(screen: Callable[..., Screen]) -> None:
    one = screen()
    one.until("Say what you feel")
    one.type("savella")
    shown = one.until("savella")
    assert shown.count("savella") == 1
    assert "Which medicine? (Enter to go on without one) savella" in shown


@pytest.mark.parametrize("how", ["--accessible", "ACCESSIBLE", "dumb", "no TERM"])
def test_without_escape_codes(how: str, screen: Callable[..., Screen]) -> None:
    arguments = [how] if how == "--accessible" else []
    environ = {"ACCESSIBLE": {"ACCESSIBLE": "1"}, "dumb": {"TERM": "dumb"}, "no TERM": {"TERM": ""}}.get(how, {})
    one = screen(*arguments, **environ)
    one.until("Which medicine?")
    one.type("\n")
    one.until("name it later")
    one.type("I feel faint\xff\n")
    one.until("2. I only felt faint")
    one.type("1\n")
    one.until("URGENT")
    one.type("\x03")
    one.until("Line dropped")
    one.type("\x04")
    assert one.left() == 0
    assert b"\x1b" not in one.raw
    assert one.settings() == one.before


@pytest.mark.parametrize(("environ", "colour"), [({}, True), ({"NO_COLOR": "1"}, False)], ids=["colour", "NO_COLOR"])
def test_colour(environ: dict[str, str], colour: bool, screen: Callable[..., Screen]) -> None:
    one = screen("--drug", "savella", **environ)
    one.until(">")
    one.type("I can't breathe\r")
    one.until("EMERGENCY")
    one.type("/quit\r")
    one.left()
    assert (b"\x1b[1;31mEMERGENCY" in one.raw) is colour
    assert re.search(rb"\x1b\[[34]8;", one.raw) is None  # the terminal's own 16 colours only


@pytest.mark.parametrize("size", [(4, 20), (8, 40), (24, 120)])
def test_windows_of_all_sizes(size: tuple[int, int], screen: Callable[..., Screen]) -> None:
    one = screen("--drug", "savella", size=size)
    one.until(">")
    one.type("dry mo")
    one.until("dry mo")
    one.type("uth\r")
    one.until("Dry mouth")
    assert "too small" not in one.shown()
    one.type("\x04")
    assert one.left() == 0


def test_ctrl_z_stops_and_nothing_is_typed(screen: Callable[..., Screen]) -> None:
    """Under a shell: a program whose group no shell looks after is never stopped."""
    one = screen("-i", program="/bin/sh", PS1="$ ", ENV="")
    one.until("$")
    one.type(f"{sys.executable} -m checker --drug savella\r")
    one.until("\n>")
    one.type("dry \x1a")
    one.until("topped")
    one.type("stty -a | tr ' ;' '\\n' | grep -cx echo\r")
    one.until("\n1\n")  # the shell's own settings are back
    one.type("fg\r")
    one.type("mouth\r")
    one.until("Dry mouth (common")
    assert "^Z" not in one.shown()
    one.type("/quit\r")
    one.type("exit\r")
    assert one.left() == 0


def test_the_first_line_needs_nothing_loaded(screen: Callable[..., Screen]) -> None:
    """First paint before prompt_toolkit and before the knowledge: read in the order of -X importtime."""
    one = screen("--drug", "savella", PYTHONVERBOSE="1")
    one.until("Say what you feel")
    heavy = (
        b"prompt_toolkit",
        b"rapidfuzz",
        b"yaml",
        b"checker.answer",
        b"checker.render",
        b"asyncio",
        b"argparse.py",
    )
    for name in heavy:
        seen = one.raw.split(b"Say what you feel")[0]
        if name != b"argparse.py":
            assert b"import '" + name not in seen
    one.child.kill(signal.SIGTERM)


def test_output_that_goes_elsewhere_holds_no_prompt(swift: Path) -> None:
    child = pexpect.spawn(
        "/bin/sh", ["-c", f"{sys.executable} -m checker --drug savella > out.txt"],
        env={**os.environ, "PYTHONPATH": str(swift), "TERM": "xterm"}, cwd=str(swift), timeout=8,
    )  # fmt: skip
    child.expect(">")
    child.send("dry mouth\n")
    child.expect(">")
    child.send("\x04")
    child.expect(pexpect.EOF)
    text = (swift / "out.txt").read_text(encoding="utf-8")
    assert "Dry mouth (common" in text
    assert "\x1b" not in text
    assert "\n> " not in text
