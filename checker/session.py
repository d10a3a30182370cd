"""Asks, answers, remembers, repeats; the only module that talks to prompt_toolkit.

A session is a list of answers: /undo drops the last, /new the list. Nothing is
written to disk unless it is asked for.
"""

from __future__ import annotations

import os
import sys

from checker.answer import Checker
from checker.model import Answer
from checker.render import clean, coloured, styled, wrapped
from checker.spelling import similar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Read = Callable[[str], str]

_COMMANDS = {
    "/drug": "choose the medicine, e.g. /drug savella; without a name: all of them",
    "/effects": "what this medicine lists",
    "/why": "the words, the symptom, the rule and the source of the last answer",
    "/country": "whose emergency numbers to show, e.g. /country GB",
    "/undo": "take the last message back",
    "/new": "forget everything: another person",
    "/help": "this list",
    "/quit": "leave",
}
_LEAVING = {"/quit", "quit", "exit", "q", ":q", "bye"}
_WELCOME = "checker: say what you feel in your own words; read what your medicine's monograph says."
_LEAVE = "Type /help for help, /quit or Ctrl-D to leave. In an emergency call your local emergency number."
_ASK_DRUG = "Which medicine? (Enter: go on without one) "
_PROMPT = "> "
_MOST_CHOICES = 3
_WIDEST = 88


def converse(checker: Checker, *, accessible: bool, color: str, read: Read | None = None) -> int:
    """Hold a session; return the exit status.

    *read* shows a prompt and returns a line; it raises EOFError to leave and
    KeyboardInterrupt to drop the line.
    """
    session = Session(checker, color=color)
    session.say(_WELCOME)
    session.say(_LEAVE)
    read = read or _reader(accessible=accessible)
    session.start(read)
    while not session.over:
        try:
            text = read(_PROMPT)
        except KeyboardInterrupt:
            session.say("Line dropped. /quit or Ctrl-D leaves.")
            continue
        except EOFError:
            break
        for line in text.splitlines():
            session.take(line)
            if session.over:
                break
    session.say("")
    return 0


class Session:
    """One conversation: the medicine, and what was said so far."""

    def __init__(self, checker: Checker, *, color: str) -> None:
        self.checker = checker
        self.color = color
        self.answers: list[Answer] = []
        self.choices: tuple[str, ...] = ()
        self.over = False

    def say(self, text: str) -> None:
        """Show *text*, wrapped to the window."""
        for line in text.split("\n"):
            for part in wrapped(clean(line), self.width()):
                print(part)

    def width(self) -> int:
        """Return the columns to use."""
        try:
            return max(20, min(os.get_terminal_size().columns, _WIDEST))
        except OSError:
            return _WIDEST

    def name(self, name: str) -> str:
        """Return the name to show for an id."""
        return self.checker.name_of(name)

    def start(self, read: Read) -> None:
        """Settle the medicine, or go on without one."""
        for unknown in self.checker.unknown:
            self._unknown_drug(unknown)
        self.checker.unknown.clear()
        if self.checker.drugs:
            self.say(f"Medicine: {', '.join(self.name(d) for d in self.checker.drugs)}.")
            return
        try:
            text = read(_ASK_DRUG).strip()
        except KeyboardInterrupt:
            return
        except EOFError:
            self.over = True
            return
        if text and (self.choices or self.checker.find_drug(text)):
            self.take(text if self.choices else f"/drug {text}")
        elif text:
            self.take(text)

    def take(self, line: str) -> None:
        """Answer one *line*: a command, a choice, or a message."""
        text = clean(line).strip()
        if not text:
            return
        if text.lower() in _LEAVING:
            self.over = True
        elif text.startswith("/"):
            self._command(text)
        elif text.isdigit() and 1 <= int(text) <= len(self.choices):
            choice = self.choices[int(text) - 1]
            self.choices = ()
            self.take(choice)
        else:
            self._message(text)

    def _message(self, text: str) -> None:
        self.choices = ()
        answer = self.checker.answer(text, self.answers)
        self.answers.append(answer)
        if answer.drugs != tuple(self.checker.drugs) and len(answer.drugs) == 1:
            self.checker.drugs = list(answer.drugs)
            self.say(f"Medicine: {self.name(answer.drugs[0])}.")
        if answer.question:
            self.choices = answer.question.choices
        fragments = styled(answer, self.name, self.width())
        show = "".join(t for _, t in fragments) if not self._colours() else coloured(fragments)
        print(show)

    def _colours(self) -> bool:
        if self.color != "auto":
            return self.color == "always"
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM", "dumb") != "dumb"

    def _command(self, text: str) -> None:
        word, _, rest = text.partition(" ")
        rest = rest.strip()
        if word == "/help":
            for command, means in _COMMANDS.items():
                self.say(f"{command}: {means}")
        elif word == "/new":
            self.answers.clear()
            self.choices = ()
            self.say("Started afresh. I remember nothing of what was said before.")
        elif word == "/undo":
            gone = self.answers.pop() if self.answers else None
            self.say(f'Taken back: "{gone.message}".' if gone else "There is nothing to take back.")
        elif word == "/why":
            self._why()
        elif word == "/effects":
            self._effects()
        elif word == "/drug":
            self._drug(rest)
        elif word == "/country":
            self.say(self.checker.set_country(rest))
        else:
            near = similar(word, list(_COMMANDS), 1)
            self.say(f"I do not know {word}." + (f" Did you mean {near[0]}?" if near else "") + " /help lists the commands.")

    def _drug(self, names: str) -> None:
        if not names:
            self.checker.drugs = []
            self.say("No medicine chosen: every one I know answers.")
            return
        found = self.checker.find_drug(names)
        drugs = [found] if found else [d for d in map(self.checker.find_drug, names.split()) if d]
        if drugs:
            self.checker.drugs = list(dict.fromkeys(drugs))
            self.say(f"Medicine: {', '.join(self.name(d) for d in drugs)}.")
        else:
            self._unknown_drug(names)

    def _unknown_drug(self, name: str) -> None:
        near = self.checker.similar_drugs(name, _MOST_CHOICES)
        self.choices = tuple(f"/drug {n}" for n in near)
        self.say(f"I do not know the medicine {name}." + (" Which one is meant?" if near else ""))
        for number, known in enumerate(near, 1):
            self.say(f"  {number}. {known}")

    def _effects(self) -> None:
        for drug in self.checker.drugs or self.checker.knowledge.monographs():
            monograph = self.checker.knowledge.monograph(drug)
            self.say(f"{monograph.name} lists:")
            for kind in ("common", "serious", "other"):
                names = [e.name for e in monograph.effects if e.listed_as == kind]
                if names:
                    self.say(f"  {kind}: {'; '.join(names)}")

    def _why(self) -> None:
        if not self.answers:
            self.say("Nothing was said yet.")
            return
        last = self.checker.explained(self.answers[-1], self.answers[:-1])
        for line in last or ("Nothing was recognised in it.",):
            self.say(line)


def _reader(*, accessible: bool) -> Read:
    """Return what reads a line: prompt_toolkit on a capable terminal, else input()."""
    simple = accessible or bool(os.environ.get("ACCESSIBLE")) or os.environ.get("TERM", "dumb") == "dumb"
    if simple or not sys.stdout.isatty():
        return input
    return _rich_reader()


def _rich_reader() -> Read:
    import signal

    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import InMemoryHistory

    def leave(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), leave)
    prompt: PromptSession[str] = PromptSession(history=InMemoryHistory(), enable_suspend=True)

    def read(text: str) -> str:
        return prompt.prompt(text)

    return read
