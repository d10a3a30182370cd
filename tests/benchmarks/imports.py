"""Measure the importer on the 40 labelled monographs, and the links on all of ../shared/monographs.

python tests/benchmarks/imports.py [--wrong] [--unlinked]
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from pathlib import Path

import yaml

from checker.imports import Linker, read_file, read_monograph
from checker.knowledge import KnowledgeError
from checker.normalise import tokens
from checker.store import load

HERE = Path(__file__).resolve().parent
SHARED = HERE.parent.parent.parent / "shared" / "monographs"


def key(name: str) -> str:
    """Fold a name: no brackets, no slash, small letters."""
    return " ".join(t.word for t in tokens(re.sub(r"\(.*?\)", " ", name).replace("/", " or ")))


def main() -> None:  # noqa: C901 # a report, from top to bottom
    knowledge = load()
    linker = Linker(knowledge)
    labels = yaml.safe_load((HERE / "imports_labels.yaml").read_text(encoding="utf-8"))
    wanted = right = stray = grouped = serious = kept = made = 0
    for file, groups in labels.items():
        expected = {}
        for group, names in groups.items():
            for name in names:
                ways = [key(way) for way in name.split("|")]
                expected[ways[0]] = (group, ways)
        found = {}
        try:
            one = read_monograph(read_file(str(SHARED / file)), file, linker)
            found = {key(e.found.name): e.found.group for e in one.effects}
        except KnowledgeError as error:
            print(error)
        made += len(found)
        left = dict(found)
        for group, ways in expected.values():
            wanted += 1
            serious += group == "serious"
            way = next((w for w in ways if w in found), None)
            if way is None:
                if "--wrong" in sys.argv:
                    print(f"{file}: missed {group} {ways[0]!r}")
                continue
            right += 1
            left.pop(way, None)
            grouped += found[way] == group
            kept += found[way] == group == "serious"
            if found[way] != group and "--wrong" in sys.argv:
                print(f"{file}: {way!r} is {group}, read as {found[way]}")
        stray += len(left)
        if left and "--wrong" in sys.argv:
            print(f"{file}: stray {sorted(left)}")
    print(
        f"40 labelled: found {right}/{wanted} = {right / wanted:.1%}; stray {stray}/{made} = {stray / max(made, 1):.1%}"
    )
    print(
        f"serious kept {kept}/{serious} = {kept / serious:.1%}; "
        f"grouping right {grouped}/{right} = {grouped / right:.1%}"
    )
    unlinked: Counter[str] = Counter()
    files = effects = 0
    start = time.perf_counter()
    for path in sorted(SHARED.glob("*/*.md")):
        try:
            one = read_monograph(read_file(str(path)), path.name, linker)
        except KnowledgeError as error:
            print(f"  {path.parent.name}: {error}")
            continue
        files += 1
        effects += len(one.effects)
        unlinked.update(key(name) for name in one.unlinked)
    took = time.perf_counter() - start
    missing = sum(unlinked.values())
    print(
        f"all: {files} files, {effects} side effects, linked {1 - missing / effects:.1%}; "
        f"{took / max(files, 1) * 1000:.1f} ms a file"
    )
    if "--unlinked" in sys.argv:
        for name, count in unlinked.most_common(150):
            print(f"  {count} {name}")


if __name__ == "__main__":
    main()
