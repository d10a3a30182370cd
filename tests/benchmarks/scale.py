"""Measure how answers and imports grow with the number of monographs: 2, 60, 640, 6,400.

    python tests/benchmarks/scale.py [COUNT...]

Monographs are made by giving the samples of ../shared (else tests/monographs) new names. What is measured runs as it
is installed: the package with the compiled knowledge, in a process of its own. "2" is the shipped knowledge alone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from checker.loading import load

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = ROOT.parent / "shared" / "monographs"
COUNTS = (2, 60, 640, 6400)
RUNS, MESSAGES = 15, 400
SAID = (
    "dry mouth",
    "my heart is racing and I feel dizy",
    "cant sleep, no appetite",
    "blotchy zigzag tingles",
    "no rash",
)
SHIPPED, FIRST = 2, "babababamab"  # medicines of the program's own; the first that is made
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "xu", "za")


def vary(room: Path, count: int) -> None:
    """Write *count* monographs to *room*, each with a name of its own."""
    texts = [
        path.read_text(encoding="utf-8")
        for path in sorted((SAMPLES if SAMPLES.is_dir() else ROOT / "tests" / "monographs").rglob("*.md"))
    ]
    room.mkdir(parents=True)
    for number in range(count):
        text = texts[number % len(texts)]
        digits = [number // 4096 % 16, number // 256 % 16, number // 16 % 16, number % 16]
        name = "".join(SYLLABLES[d] for d in digits) + "mab"
        lines = [f"title: {name}" if one.startswith("title:") else one for one in text.split("\n")]
        at = next((i for i, one in enumerate(lines) if one.startswith("# ")), None)
        if at is not None:
            lines[at] = f"# {name}"
        (room / f"{number:05}.md").write_text("\n".join(lines), encoding="utf-8")


def ran(site: Path, data: Path, *arguments: str, stdin: bytes = b"") -> float:
    """Run the command; return the seconds it took."""
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(site),
        "XDG_DATA_HOME": str(data),
        "PYTHONWARNINGS": "ignore",
    }
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments], env=environ, cwd=site, input=stdin, capture_output=True, check=False
    )
    took = time.perf_counter() - start
    if done.stderr and b"imported" not in done.stderr and b":" in done.stderr.split(b"\n")[0] and "-c" in arguments:
        print(done.stderr.decode()[:300])
    return took


def memory(site: Path, data: Path, drug: str) -> float:
    """Return the MiB that one answer needs at most (getrusage would count this process too)."""
    code = (
        "import sys; from checker.cli import run; run(sys.argv[1:]);"
        "print(next(l.split()[1] for l in open('/proc/self/status') if l.startswith('VmHWM')))"
    )
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(site), "XDG_DATA_HOME": str(data)}
    done = subprocess.run(
        [sys.executable, "-c", code, "--drug", drug, "my heart is racing and I feel dizy"],
        env=environ, cwd=site, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return int(done.stdout.split()[-1]) / 1024


def main() -> None:
    counts = [int(a) for a in sys.argv[1:]] or list(COUNTS)
    with tempfile.TemporaryDirectory() as name:
        room = Path(name)
        site = room / "site"
        shutil.copytree(ROOT / "checker", site / "checker", ignore=shutil.ignore_patterns("__pycache__", "_knowledge"))
        (site / "checker" / "_knowledge").mkdir()
        (site / "checker" / "_knowledge" / "compiled.txt").write_bytes(load().dumps())
        ran(site, room / "none", "-m", "checker", "warm up")
        for count in counts:
            if count > SHIPPED:
                vary(room / f"made{count}", count)
                before = os.times()
                took = ran(site, room / f"data{count}", "-m", "checker.kb", "import", str(room / f"made{count}"))
                after = os.times()
                busy = after.children_user + after.children_system - before.children_user - before.children_system
                print(f"{count} monographs imported in {took:.1f} s, {busy:.1f} s of a processor", flush=True)
        lines = "\n".join(SAID[n % len(SAID)] for n in range(MESSAGES)).encode()
        took_unnamed, took_named, took_batch = (dict.fromkeys(counts, 99.0) for _ in range(3))
        for turn in range(RUNS):  # in turns, the best of each: what else the machine does falls on all alike
            for count in counts:
                data, drug = room / f"data{count}", "savella" if count <= SHIPPED else FIRST
                say = ["-m", "checker", "my heart is racing"]
                took_unnamed[count] = min(took_unnamed[count], ran(site, data, *say))
                took_named[count] = min(took_named[count], ran(site, data, *say, "--drug", drug))
                if turn % 5 == 0:
                    took = ran(site, data, "-m", "checker", "--drug", drug, stdin=lines)
                    took_batch[count] = min(took_batch[count], took)
        print("medicines  none named   one named   a message     memory     on disk   times: named, message, memory")
        base: tuple[float, ...] = ()
        for count in counts:
            data, drug = room / f"data{count}", "savella" if count <= SHIPPED else FIRST
            each = (took_batch[count] - took_named[count]) / MESSAGES
            mib = memory(site, data, drug)
            size = sum(p.stat().st_size for p in data.rglob("*") if p.is_file()) / 2**20 if data.is_dir() else 0
            here = (took_named[count], each, mib)
            base = base or here
            print(
                f"{count:9} {took_unnamed[count] * 1000:8.1f} ms {took_named[count] * 1000:8.1f} ms"
                f" {each * 1000:8.2f} ms"
                f" {mib:6.1f} MiB {size:7.1f} MiB   " + " / ".join(f"{a / b:.2f}" for a, b in zip(here, base))
            )


if __name__ == "__main__":
    main()
