"""Measure the importer on the labelled monographs, and the links on all of ../shared/monographs.

python tests/benchmarks/imports.py [--wrong] [--unlinked]
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from pathlib import Path

import yaml

from checker.imports import read_file, read_monograph
from checker.knowledge import KnowledgeError
from checker.links import Linker
from checker.loading import load
from checker.normalise import tokens

HERE = Path(__file__).resolve().parent
SHARED = HERE.parent.parent.parent / "shared" / "monographs"


def key(name: str) -> str:
    """Fold a name: no brackets, no slash, small letters."""
    return " ".join(t.word for t in tokens(re.sub(r"\(.*?\)", " ", name).replace("/", " or ")))


def scored(name: str, linker: Linker) -> None:
    """Compare what is found in the labelled files of *name* with their labels; print the shares."""
    labels = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    wanted = right = stray = grouped = serious = kept = made = 0
    for file, groups in labels.items():
        expected = [(group, [key(way) for way in each.split("|")]) for group, names in groups.items() for each in names]
        try:
            one = read_monograph(read_file(str(SHARED / file)), file, linker)
        except KnowledgeError as error:
            print(error)
            one = None
        found = {key(e.found.name): e.found.group for e in one.effects} if one else {}
        left = dict(found)
        wrong = []
        for group, ways in expected:
            wanted += 1
            serious += group == "serious"
            way = next((w for w in ways if w in found), None)
            if way is None:
                wrong.append(f"missed {group} {ways[0]!r}")
                continue
            right += 1
            left.pop(way, None)
            grouped += found[way] == group
            kept += found[way] == group == "serious"
            if found[way] != group:
                wrong.append(f"{way!r} is {group}, read as {found[way]}")
        made += len(found)
        stray += len(left)
        wrong += [f"stray {way!r}" for way in sorted(left)]
        if "--wrong" in sys.argv:
            for line in wrong:
                print(f"{file}: {line}")
    print(
        f"{name}, {len(labels)} files: found {right}/{wanted} = {right / wanted:.1%}; "
        f"stray {stray}/{made} = {stray / max(made, 1):.1%}; serious kept {kept}/{serious} = {kept / serious:.1%}; "
        f"grouping right {grouped}/{right} = {grouped / right:.1%}"
    )


def main() -> None:
    knowledge = load()
    linker = Linker(knowledge)
    for name in ("imports_labels.yaml", "imports_unseen.yaml", "imports_unseen_2.yaml"):
        scored(name, linker)
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
