"""Nothing leaves the machine; nothing is written but what was asked for; no other program is started."""

from __future__ import annotations

import os
import pickle
import pty
import re
import stat
import subprocess
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest

# Lists every event that leaves a trace; each is written at once, so that a process that ends early hides none.
WATCH = """
import os, sys
log = os.open(os.environ["WATCH_LOG"], os.O_WRONLY | os.O_APPEND)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
CHANGES = (
    "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown",
    "os.utime", "os.setxattr", "os.mkfifo", "os.mknod", "shutil.", "tempfile.",
)
STARTS = (
    "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile", "pty.spawn",
    "webbrowser.", "ctypes.dlopen",
)
NETWORK = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "ssl.", "poplib.", "imaplib.", "telnetlib.")

def watch(event, details):
    if event == "open":
        name, mode, flags = details
        said = f"open {name!r}" if (flags or 0) & WRITING or set(str(mode or "r")) & set("wax+") else ""
    else:
        said = f"{event} {details!r}" if event.startswith(CHANGES + STARTS + NETWORK) else ""
    if said:
        os.write(log, (said + "\\n").encode("utf-8", "backslashreplace"))

sys.addaudithook(watch)
if sys.argv[1] == "--spoil":
    exec(sys.argv[2])
    os._exit(0)
name = sys.argv[0] = sys.argv.pop(1)
from checker import cli, kb
(cli if name == "checker" else kb).main()
"""

Watched = Callable[..., tuple[list[str], "subprocess.CompletedProcess[bytes]"]]


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """The folder that the command runs in, its home as well."""
    where = tmp_path / "room"
    where.mkdir()
    return where


@pytest.fixture
def watched(installed: Path, tmp_path: Path, room: Path) -> Watched:
    """Run a command of the installed wheel; return what it left a trace of, and how it ended."""
    log = tmp_path / "watch.log"
    python = str(next(installed.glob("python*")))

    def ran(*arguments: str, stdin: bytes = b"") -> tuple[list[str], subprocess.CompletedProcess[bytes]]:
        log.write_bytes(b"")
        done = subprocess.run(
            [python, "-B", "-c", WATCH, *arguments],
            input=stdin, cwd=room, capture_output=True, check=False,
            env={"PATH": "", "HOME": str(room), "LC_ALL": "C.UTF-8", "WATCH_LOG": str(log)},
        )  # fmt: skip
        return log.read_text(encoding="utf-8").splitlines(), done

    return ran


@pytest.mark.parametrize(
    ("arguments", "stdin", "status"),
    [
        (["i want to die"], b"", 0),
        (["my hedache is bad"], b"", 0),
        (["--json", "--drug", "savela", "--explain", "--country", "GB", "dry mouth"], b"", 0),
        (["--drug", "prozac", "dry mouth"], b"", 2),
        (["--color", "always", "dry mouth"], b"", 0),
        (["--json"], b"dry mouth\nhedache\n\xff\xfe\n", 0),
        (["--knowledge", "nowhere", "dry mouth"], b"", 0),
        (["--help"], b"", 0),
        (["--version"], b"", 0),
        (["--no-such-option"], b"", 2),
    ],
    ids=str,
)
def test_nothing_is_sent_written_or_started(
    watched: Watched, room: Path, arguments: list[str], stdin: bytes, status: int
) -> None:
    seen, done = watched("checker", *arguments, stdin=stdin)
    assert seen == []
    assert done.returncode == status
    assert list(room.iterdir()) == []


def test_a_session_sends_writes_and_starts_nothing(installed: Path, tmp_path: Path, room: Path) -> None:
    """In a pseudo-terminal, with the line editor; a pair of Unix sockets is asyncio's own, inside the process."""
    log = tmp_path / "watch.log"
    log.write_bytes(b"")
    child: pexpect.spawn[bytes] = pexpect.spawn(
        str(next(installed.glob("python*"))), ["-B", "-c", WATCH, "checker", "--drug", "savella"],
        cwd=str(room), timeout=20,
        env={"PATH": "", "HOME": str(room), "TERM": "xterm", "LC_ALL": "C.UTF-8", "WATCH_LOG": str(log)},
    )  # fmt: skip
    child.expect("Medicine: Milnacipran")
    for line, says in (("i want to die", "EMERGENCY"), ("/why", "Rule: "), ("/summary", "IN ORDER"), ("/undo", "back")):
        child.send(f"{line}\r")
        child.expect(says)
    child.send("/quit\r")
    child.expect(pexpect.EOF)
    seen = log.read_text(encoding="utf-8").splitlines()
    own = re.compile(r"socket\.__new__ .*(AF_UNIX|, 1, 1, 0\))|ctypes\.dlopen \(None,\)$")  # of the process itself
    assert [line for line in seen if not own.match(line)] == []
    assert list(room.iterdir()) == []


@pytest.mark.parametrize(
    "fault",
    [
        "open('leak.txt', 'w')",
        "open('leak.txt', 'x')",
        "os.open('leak.txt', os.O_WRONLY | os.O_CREAT)",
        "import socket; socket.socket()",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import subprocess; subprocess.run([sys.executable, '-c', ''])",
        "os.system('true')",
        "os.fork() or os._exit(0)",
        "os.mkdir('leak')",
        "open('leak.txt', 'w').close(); os.rename('leak.txt', 'other.txt')",
        "open('leak.txt', 'w').close(); os.remove('leak.txt')",
        "open('leak.txt', 'w').close(); os.chmod('leak.txt', 0o644)",
        "os.symlink('a', 'b')",
        "import urllib.request\ntry: urllib.request.urlopen('http://localhost:9')\nexcept OSError: pass",
    ],
)
def test_the_watch_sees(watched: Watched, fault: str) -> None:
    seen, done = watched("--spoil", fault)
    assert done.returncode == 0, done.stderr
    assert seen


MONOGRAPH = """\
id: testamine
name: Testamine
source: {title: Testamine monograph, url: "https://example.org/testamine"}
effects:
  - {id: rash, name: Rash, listed_as: common, section: Side effects, symptoms: [rash], guidance: Tell your doctor.}
"""


def _modes(folder: Path) -> dict[str, int]:
    return {str(p.relative_to(folder)): stat.S_IMODE(p.stat().st_mode) for p in sorted(folder.rglob("*"))}


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_compiling_writes_private_files_into_the_folder_named_and_nowhere_else(watched: Watched, room: Path) -> None:
    mine = room / "mine"
    (mine / "monographs").mkdir(parents=True, mode=0o755)
    (mine / "monographs" / "testamine.yaml").write_text(MONOGRAPH, encoding="utf-8")
    before = set(room.rglob("*"))
    seen, done = watched("checker-kb", "compile", "mine")
    assert done.returncode == 0, done.stderr
    made = {path: mode for path, mode in _modes(room).items() if room / path not in before}
    assert made
    assert {mode for path, mode in made.items() if (room / path).is_dir()} <= {0o700}
    assert {mode for path, mode in made.items() if (room / path).is_file()} == {0o600}
    assert all(path.startswith("mine/compiled") for path in made)
    assert seen
    assert not [line for line in seen if not re.match(r"(open|os\.|tempfile\.|shutil\.)", line)]
    assert not [line for line in seen if "mine" not in line]
    seen, done = watched("checker", "--knowledge", "mine", "--drug", "testamine", "i have a rash")
    assert (seen, done.returncode, done.stderr) == ([], 0, b"")
    assert b"Testamine" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_importing_writes_private_files_into_the_folder_named_and_nowhere_else(
    watched: Watched, room: Path, root: Path
) -> None:
    source = min((root / "tests" / "monographs").glob("*.md"))
    seen, done = watched("checker-kb", "import", "--to", "mine", str(source))
    assert done.returncode in (0, 1), done.stderr
    modes = _modes(room)
    assert [path for path in modes if path.endswith(".yaml")]
    assert {mode for path, mode in modes.items() if (room / path).is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if (room / path).is_file()} == {0o600}
    assert all(path.startswith("mine") for path in modes)
    assert not [line for line in seen if "mine" not in line]


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_a_wide_mode_is_seen(room: Path) -> None:
    (room / "leak.txt").write_text("")
    (room / "leak.txt").chmod(0o644)
    assert _modes(room) == {"leak.txt": 0o644}


class _Evil:
    def __reduce__(self) -> tuple[Callable[..., object], tuple[str]]:
        return os.mkdir, ("leak",)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00" * 5000,
        pickle.dumps(_Evil()),
        b"checker folder 0 0 0 00000000\n",
        b"checker folder 2 1 0 0 0 0 0 0 0 0 00000000\n",
        b"checker knowledge 2 x 00000000 " + b"9 " * 17 + b"9\n",
        b"!!python/object/apply:os.mkdir [leak]\n",
    ],
    ids=["empty", "zeros", "pickle", "older", "sum", "huge", "yaml"],
)
def test_compiled_knowledge_that_is_not_ours_is_refused(watched: Watched, room: Path, data: bytes) -> None:
    mine = room / "mine"
    (mine / "monographs").mkdir(parents=True)
    (mine / "monographs" / "testamine.yaml").write_text(MONOGRAPH, encoding="utf-8")
    (mine / "compiled").mkdir()
    (mine / "compiled" / "names.txt").write_bytes(data)
    seen, done = watched("checker", "--knowledge", "mine", "--drug", "testamine", "i have a rash")
    assert seen == []
    assert done.returncode == 0
    assert b"Testamine" in done.stdout  # from the YAML
    assert b"checker: mine: the compiled form is left out" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "text",
    [
        "!!python/object/apply:os.mkdir [leak]\n",
        'a: &a ["x","x"]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n',
        "[" * 5000,
        "id: " + "x" * 3_000_000,
        "\x00",
    ],
    ids=["object", "aliases", "deep", "long", "binary"],
)
def test_yaml_is_read_safely_and_with_limits(watched: Watched, room: Path, text: str) -> None:
    (room / "mine" / "monographs").mkdir(parents=True)
    (room / "mine" / "monographs" / "odd.yaml").write_text(text, encoding="utf-8")
    start = time.monotonic()
    seen, done = watched("checker", "--knowledge", "mine", "my mouth is dry")
    assert time.monotonic() - start < 20
    assert seen == []
    assert done.returncode == 0
    assert b"Dry mouth" in done.stdout
    assert done.stderr.startswith(b"checker: ")
    assert b"Traceback" not in done.stderr


# --- what reaches the terminal ------------------------------------------------

NASTY = "dry mouth \x1b[2J\x1b]0;title\x07 \x9b31m \u202egnp.exe\u2066 \u200f\x08\x7f \ud800 \u2028 hedache\x1b[0m"


def shown_badly(text: str) -> list[str]:
    """Return the characters of *text* that a terminal might obey, line feeds apart."""
    return [c for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")]


def test_a_control_character_is_seen() -> None:
    assert len(shown_badly(NASTY)) == 12
    assert shown_badly("plain\ntext, naïve ☃") == []


@pytest.mark.parametrize(
    "arguments",
    [
        [NASTY],
        ["--drug", NASTY, "dry mouth"],
        ["--explain", "--drug", "savella", NASTY],
        ["--json", NASTY],
        ["--knowledge", NASTY.replace("\ud800", ""), "dry mouth"],
        ["--country", NASTY, "dry mouth"],
        [f"--{NASTY}"],
        ["--color", NASTY, "dry mouth"],
    ],
    ids=["words", "drug", "explain", "json", "knowledge", "country", "option", "choice"],
)
def test_no_control_character_of_an_argument_reaches_the_terminal(
    command: Callable[..., subprocess.CompletedProcess[bytes]], arguments: list[str]
) -> None:
    done = command(*(os.fsencode(a.replace("\ud800", "\udc80")) for a in arguments))
    for said in (done.stdout, done.stderr):
        assert shown_badly(said.decode("utf-8")) == []
    assert b"Traceback" not in done.stderr


def test_no_control_character_of_standard_input_reaches_the_terminal(
    command: Callable[..., subprocess.CompletedProcess[bytes]],
) -> None:
    done = command(stdin=NASTY.encode("utf-8", "surrogatepass") + b"\xff\xfe\x80\n" + bytes(range(256)))
    assert shown_badly(done.stdout.decode("utf-8")) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminal")
def test_on_a_terminal_only_our_own_colours_are_sent(installed: Path, room: Path) -> None:
    leader, follower = pty.openpty()
    environ = {"PATH": "", "HOME": str(room), "TERM": "xterm", "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        [str(installed / "checker"), NASTY.replace("\ud800", "")],
        stdin=follower, stdout=follower, stderr=follower, env=environ, cwd=room,
    ) as process:  # fmt: skip
        os.close(follower)
        said = b""
        while True:
            try:
                part = os.read(leader, 65536)
            except OSError:
                break
            if not part:
                break
            said += part
    os.close(leader)
    assert process.returncode == 0
    text = said.decode().replace("\r\n", "\n")
    assert "\x1b[" in text
    assert shown_badly(re.sub(r"\x1b\[(0|1|1;3[123])m", "", text)) == []
