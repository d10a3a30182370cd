"""Asks, answers, remembers, repeats; the only module that talks to prompt_toolkit.

The first lines stand before anything else is loaded; meanwhile the terminal does
not echo, so that what is typed early stands once, at the prompt.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    import signal
    from collections.abc import Callable, Iterator
    from typing import Any

    from prompt_toolkit.completion import CompleteEvent, Completer, Completion
    from prompt_toolkit.document import Document
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
    from prompt_toolkit.styles import Style

    from checker.answer import Checker
    from checker.completion import Completions
    from checker.conversation import Conversation

    Read = Callable[[str], str]
else:
    import _signal as signal  # signal itself would bring enum before the first line

WELCOME = (
    "Say what you feel in plain words; read what your medicine's monograph says.",
    "It is not medical advice. In an emergency call your emergency number.",
    "/help helps, /quit or Ctrl-D leaves.",
)
_PROMPT = "> "
_WIDEST = 88
_HIGHEST = 24  # rows, where nobody knows
_MENU = 6  # rows of completions
_ROWS_KEPT = 4  # of a small window
_ESCAPE_WAIT = 0.05  # seconds that Esc waits for more


def converse(
    load: Callable[[], Checker | None], *, accessible: bool, color: str, read: Read | None = None
) -> int | None:
    """Hold a session with what *load* gives; return the exit status, None where there is nothing to talk with.

    *read* shows a prompt and returns a line; it raises EOFError to leave and
    KeyboardInterrupt to drop the line.
    """
    simple = _is_simple(accessible=accessible)
    _leave_by_exit()
    with _Quiet(wanted=read is None and not simple):
        width = _size()[0]
        for line in WELCOME:
            for part in [line] if len(line) <= width else _folded(line, width):
                _show(part)
        checker = load()
        if checker is None:
            return None
        from checker.conversation import Conversation

        talk = Conversation(checker, _show, _size, colour=_may_colour(color, plain=_wants_accessible(accessible)))
        ask = talk.start()
        read = read or (_plain_reader() if simple else _rich_reader(talk.completions))
    if ask:
        _ask_first(talk, read)
    _go_on(talk, read)
    return 0


def _ask_first(talk: Conversation, read: Read) -> None:
    from checker.conversation import ASK_DRUG

    try:
        talk.completions.drugs_only = True
        given = read(ASK_DRUG).splitlines() or [""]
        talk.first(given[0])
        _take(talk, given[1:])
    except KeyboardInterrupt:
        _show("")
    except EOFError:
        talk.over = True
    finally:
        talk.completions.drugs_only = False


def _go_on(talk: Conversation, read: Read) -> None:
    while not talk.over:
        try:
            _show("")
            _take(talk, read(_PROMPT).splitlines())
        except KeyboardInterrupt:
            talk.say("Line dropped. /quit or Ctrl-D leaves.")
        except EOFError:
            break


def _take(talk: Conversation, lines: list[str]) -> None:
    several = len([line for line in lines if line.strip()]) > 1
    first = len(talk.answers)
    for line in lines:
        if talk.over or not line.strip():
            continue
        if several:  # pasted: show which line is answered
            _show("")
            talk.say(f"> {line}")
        talk.take(line)
    if several and not talk.over:
        talk.remind(first)


def _show(line: str) -> None:
    print(line, flush=True)


def _size() -> tuple[int, int]:
    """Return the columns and rows to use."""
    try:
        columns, rows = os.get_terminal_size(sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        return _WIDEST, _HIGHEST
    return (min(columns or _WIDEST, _WIDEST), rows or _HIGHEST)


def _folded(text: str, width: int) -> list[str]:
    from checker.render import wrapped

    return wrapped(text, max(20, width))


def _wants_accessible(accessible: bool) -> bool:
    return accessible or os.environ.get("ACCESSIBLE", "0") not in ("", "0")


def _is_simple(*, accessible: bool) -> bool:
    """Say whether lines are read without redrawing: no escape codes, nothing but lines."""
    dumb = os.environ.get("TERM", "") in ("", "dumb") and os.name != "nt"
    return dumb or _wants_accessible(accessible) or not sys.stdout.isatty()


def _may_colour(color: str, *, plain: bool) -> bool:
    if plain:
        return False
    if color != "auto":
        return color == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM", "") not in ("", "dumb")


def _leave_by_exit() -> None:
    """Leave in order when told to, so that the terminal is put back; a lost reader is an error, not a death."""

    def leave(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    for name, handler in (("SIGTERM", leave), ("SIGHUP", leave), ("SIGPIPE", signal.SIG_IGN)):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), handler)


class _Quiet:
    """The terminal without echo, and as it was afterwards."""

    def __init__(self, *, wanted: bool) -> None:
        self._wanted = wanted
        self._was: list[Any] | None = None  # what termios gives

    def __enter__(self) -> None:
        if not self._wanted:
            return
        try:
            import termios
        except ImportError:  # no terminal of this kind (Windows)
            return
        try:
            self._was = termios.tcgetattr(sys.stdin.fileno())
            now = termios.tcgetattr(sys.stdin.fileno())
            now[3] &= ~termios.ECHO
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, now)
        except (OSError, ValueError, termios.error):
            self._was = None

    def __exit__(self, *_: object) -> None:
        if self._was is not None:
            import termios

            termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, self._was)


def _plain_reader() -> Read:
    """Read by input(): append-only; the prompt of a terminal whose output goes elsewhere is a message."""
    sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr] # a real stream has it
    if sys.stdout.isatty():
        return input

    def read(prompt: str) -> str:
        print(prompt, end="", file=sys.stderr, flush=True)
        return input()

    return read


def _rich_reader(completions: Completions) -> Read:
    """Read by prompt_toolkit: completion, history in memory, editing."""
    os.environ.setdefault("PROMPT_TOOLKIT_NO_CPR", "1")  # no warning where a terminal does not answer
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import InMemoryHistory

    class Prompt(PromptSession[str]):
        """Keeps rows for the menu as the window has them now."""

        @property
        def reserve_space_for_menu(self) -> int:  # read at each redraw
            return max(0, min(_MENU, _size()[1] - _ROWS_KEPT))

        @reserve_space_for_menu.setter
        def reserve_space_for_menu(self, _: int) -> None:
            pass

    try:
        prompt = Prompt(
            history=InMemoryHistory(),
            completer=_completer(completions),
            complete_while_typing=True,
            enable_suspend=hasattr(os, "fork"),
            key_bindings=_keys(),
            style=_style(),
        )
    except Exception:  # noqa: BLE001 # a console that it cannot draw on (Windows): lines are read all the same
        return _plain_reader()
    prompt.app.ttimeoutlen = _ESCAPE_WAIT

    return prompt.prompt


def _completer(completions: Completions) -> Completer:
    from prompt_toolkit.completion import Completer, Completion

    class Words(Completer):
        def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:  # noqa: ARG002
            end, found = completions.offered(document.text_before_cursor)
            for text in found:
                yield Completion(text, start_position=-len(end))

    return Words()


def _keys() -> KeyBindings:
    from prompt_toolkit.filters import completion_is_selected
    from prompt_toolkit.key_binding import KeyBindings

    keys = KeyBindings()

    @keys.add("enter", filter=completion_is_selected)
    def _accept(event: KeyPressEvent) -> None:
        event.current_buffer.complete_state = None  # take the completion; the next Enter sends

    return keys


def _style() -> Style:
    from prompt_toolkit.styles import Style

    return Style.from_dict({
        "completion-menu": "bg:default fg:default",
        "completion-menu.completion": "bg:default fg:default",
        "completion-menu.completion.current": "bg:default fg:default reverse",
        "scrollbar.background": "bg:default",
        "scrollbar.button": "bg:default reverse",
    })  # fmt: skip
