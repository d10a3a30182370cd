"""Nothing leaves the machine; nothing is written; no other program is started."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pexpect
import pytest

WATCH = """
import os, sys
seen = []
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
CHANGES = (
    "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "shutil.",
    "tempfile.",
)
STARTS = ("subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile", "pty.spawn")
NETWORK = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser.", "ssl.")

def watch(event, details):
    if event == "open" and (details[2] & WRITING or set(str(details[1] or "r")) & set("wax+")):
        seen.append(f"{event} {details[0]!r}")
    elif event.startswith(CHANGES + STARTS + NETWORK):
        seen.append(f"{event} {details!r}")

sys.addaudithook(watch)
if sys.argv[1] == "--spoil":
    exec(sys.argv[2])
else:
    sys.argv[0] = "checker"
    from checker.cli import main
    try:
        main()
    except SystemExit:
        pass
print("\\n".join(seen), file=sys.stderr)
"""


def watched(installed: Path, room: Path, *arguments: str, stdin: bytes = b"") -> list[str]:
    python = next(installed.glob("python*"))
    done = subprocess.run(
        [str(python), "-B", "-c", WATCH, *arguments],
        input=stdin, cwd=room, capture_output=True, check=True,
        env={"PATH": "", "HOME": str(room), "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    return done.stderr.decode().split("\n")


@pytest.mark.parametrize(
    ("arguments", "stdin"),
    [
        (["i want to die"], b""),
        (["my hedache is bad"], b""),
        (["--json", "--drug", "savela", "--explain", "--country", "GB", "dry mouth"], b""),
        (["--drug", "prozac", "dry mouth"], b""),
        (["--color", "always", "dry mouth"], b""),
        (["--json"], b"dry mouth\nhedache\n\xff\xfe\n"),
        (["--help"], b""),
        (["--no-such-option"], b""),
    ],
    ids=str,
)
def test_nothing_is_sent_written_or_started(
    installed: Path, tmp_path: Path, arguments: list[str], stdin: bytes
) -> None:
    said = watched(installed, tmp_path, *arguments, stdin=stdin)
    assert [line for line in said if line and not line.startswith("checker: ")] == []
    assert list(tmp_path.iterdir()) == []


def test_a_session_sends_writes_and_starts_nothing(installed: Path, tmp_path: Path) -> None:
    """In a pseudo-terminal, with the line editor; the one socket pair is asyncio's own, inside the process."""
    python = next(installed.glob("python*"))
    child: pexpect.spawn[bytes] = pexpect.spawn(
        str(python), ["-B", "-c", WATCH, "--drug", "savella"],
        cwd=str(tmp_path), env={"PATH": "", "HOME": str(tmp_path), "TERM": "xterm", "LC_ALL": "C.UTF-8"}, timeout=20,
    )  # fmt: skip
    child.expect("Medicine: Milnacipran")
    for line, says in (("i want to die", "EMERGENCY"), ("/why", "Rule: "), ("/summary", "IN ORDER"), ("/undo", "back")):
        child.send(f"{line}\r")
        child.expect(says)
    child.send("/quit\r")
    left = child.read().decode()
    found = [line.strip() for line in left.split("\n") if line.strip().startswith(("open ", "os.", "socket.", "subp"))]
    assert [line for line in found if "AddressFamily.AF_UNIX" not in line and "1," not in line] == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "fault",
    [
        "open('leak.txt', 'w')",
        "os.open('leak.txt', os.O_WRONLY | os.O_CREAT)",
        "import socket; socket.socket()",
        "import subprocess; subprocess.run([sys.executable, '-c', ''])",
        "os.mkdir('leak')",
    ],
)
def test_the_watch_sees(installed: Path, tmp_path: Path, fault: str) -> None:
    assert [line for line in watched(installed, tmp_path, "--spoil", fault) if line]
