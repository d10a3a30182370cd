"""Arguments, exit status, wiring."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    import signal
    from collections.abc import Iterable, Iterator, Sequence
    from typing import NoReturn

    from _typeshed import SupportsWrite

    from checker.answer import Checker
    from checker.model import Answer
else:
    import _signal as signal  # signal itself would bring enum to every start-up

ANSWERED, NOTHING_RECOGNISED, WRONG_USAGE, NO_KNOWLEDGE = 0, 1, 2, 3
_NEAREST = 5


class Options:
    """What the arguments ask for."""

    def __init__(self) -> None:
        self.words: Sequence[str] = ()  # a list would make argparse warn
        self.drugs: list[str] = []
        self.country = ""
        self.json = False
        self.explain = False
        self.accessible = False
        self.color = "auto"
        self.knowledge: list[str] = []


def main() -> None:
    """Run the command and leave with its exit status.

    Python is not taken down piece by piece: that takes as long as an answer.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # not ignored, as it is behind `nohup`
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    if sys.stdout is None:  # closed: there is nobody to answer
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 # to the end
    try:
        try:
            status = run(sys.argv[1:])
        except SystemExit as leaving:  # argparse has said it all
            status = int(leaving.code or 0)
        sys.stdout.flush()
    except KeyboardInterrupt:  # in a session
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
        raise
    except BrokenPipeError:
        status = ANSWERED
    except OSError as error:
        _complain(f"cannot write the answer ({error.strerror})")
        status = WRONG_USAGE
    os._exit(status)


def run(arguments: Sequence[str]) -> int:
    """Run the command with *arguments*; return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.reconfigure(errors="replace")  # type: ignore[union-attr] # real streams have it
    options = Options()
    if "--version" in arguments and "--" not in arguments:
        from checker import __version__

        print(f"checker {__version__}")
        return ANSWERED
    if any(a.startswith("-") for a in arguments):
        options = _parsed(arguments)
    else:
        options.words = arguments
    if not options.words and not options.json and sys.stdin is not None and sys.stdin.isatty():
        if signal.getsignal(signal.SIGINT) == signal.SIG_DFL:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        from checker.session import converse

        status = converse(lambda: _loaded(options), accessible=options.accessible, color=options.color)
        return NO_KNOWLEDGE if status is None else status
    checker = _loaded(options)
    if checker is None:
        return NO_KNOWLEDGE
    if options.words:
        return _say(checker, options, [" ".join(options.words)])
    if sys.stdin is None:
        return WRONG_USAGE
    return _say(checker, options, _lines())


def _loaded(options: Options) -> Checker | None:
    from checker.loading import load, user_folders

    try:
        knowledge = load(user_folders(options.knowledge), _complain)
    except Exception as error:  # noqa: BLE001 # whatever is wrong with it, it cannot be read
        for line in str(error).splitlines()[:20] or [type(error).__name__]:
            _complain(f"the knowledge cannot be read: {line}")
        return None
    from checker.answer import Checker

    country = options.country or os.environ.get("CHECKER_COUNTRY", "")
    return Checker(knowledge, options.drugs, country, explain=options.explain)


def _lines() -> Iterator[str]:
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace").rstrip("\r\n").removeprefix("\ufeff")


def _say(checker: Checker, options: Options, messages: Iterable[str]) -> int:
    from checker.render import as_json

    recognised = False
    first = True
    for message in messages:
        answer = checker.answer(_printable(message))
        recognised = recognised or bool(
            answer.red_flags or answer.matches or answer.unlisted or answer.ruled_out or answer.topics
        )
        if options.json:
            print(as_json(answer), flush=True)
        else:
            if not first:
                print()
            show(checker, answer, color=options.color)
        first = False
    for name in checker.unknown:
        known = ", ".join(checker.similar_drugs(name, _NEAREST))
        _complain(f"unknown medicine {name!r}; the nearest known names: {known}")
    if checker.unknown:
        return WRONG_USAGE
    return ANSWERED if recognised else NOTHING_RECOGNISED


def show(checker: Checker, answer: Answer, *, color: str) -> None:
    """Print *answer* as text, in colour where that is wanted."""
    from checker.render import coloured, styled

    fragments = styled(answer, checker.name_of, _width())
    wanted = color == "always" or (color == "auto" and _may_colour())
    sys.stdout.write(coloured(fragments) if wanted else "".join(text for _, text in fragments))
    sys.stdout.flush()


def _may_colour() -> bool:
    environ = os.environ
    if environ.get("NO_COLOR") or environ.get("TERM", "dumb") == "dumb":
        return False
    return sys.stdout is not None and sys.stdout.isatty()


def _width() -> int:
    from checker.render import WIDTH

    if sys.stdout is None or not sys.stdout.isatty():
        return WIDTH
    try:
        return min(os.get_terminal_size(sys.stdout.fileno()).columns, WIDTH)
    except OSError:
        return WIDTH


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _complain(text: str) -> None:
    from checker.render import clean

    try:
        if sys.stderr is not None:
            print(f"checker: {clean(text)}", file=sys.stderr)
    except OSError:
        pass  # there is nowhere to say it


def _parsed(arguments: Sequence[str]) -> Options:
    import argparse

    class Parser(argparse.ArgumentParser):
        def print_help(self, file: SupportsWrite[str] | None = None) -> None:
            print(self.format_help(), end="", file=file)  # argparse's own hides that the disk is full

        def error(self, message: str) -> NoReturn:
            _complain(f"{message}; words that begin with a dash stand after --, and --help lists the options")
            raise SystemExit(WRONG_USAGE)

    parser = Parser(
        prog="checker",
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Say what you feel in your own words; read what your medicine's monograph says about it.",
        epilog=(
            "examples:\n"
            '  checker "my heart is racing"\n'
            '  checker --drug savella "dry mouth and cant sleep"\n'
            "  checker --json < messages.txt\n\n"
            "exit status: 0 answered, 1 nothing recognised, 2 wrong usage or unknown medicine,\n"
            "3 the program's knowledge cannot be read\n\n"
            "Not medical advice, no diagnosis. In an emergency call your local emergency number.\n"
            "Words given here can be seen by others in the list of running programs; a session\n"
            "or standard input keeps them private."
        ),
    )
    parser.add_argument(
        "words", nargs="*", metavar="WORDS", help="what you feel; none: a session, or one message a line"
    )
    parser.add_argument(
        "--drug", action="append", default=[], metavar="NAME", dest="drugs", help="for one medicine; may be repeated"
    )
    parser.add_argument(
        "--country",
        default="",
        metavar="XX",
        help="whose emergency numbers to show, e.g. US, GB, IN (or CHECKER_COUNTRY)",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a message")
    parser.add_argument("--explain", action="store_true", help="show words, symptom, rule and source")
    parser.add_argument("--accessible", action="store_true", help="a session for screen readers: no redrawing")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="colour (default: auto)")
    parser.add_argument(
        "--knowledge", action="append", default=[], metavar="DIR", help="a folder of knowledge; may be repeated"
    )
    parser.add_argument("--version", action="store_true", help="show the version and leave")
    end = arguments.index("--") if "--" in arguments else len(arguments)  # argparse forgets it between its two passes
    options: Options = parser.parse_intermixed_args(list(arguments[:end]), namespace=Options())
    options.words = [*options.words, *arguments[end + 1 :]]
    return options
