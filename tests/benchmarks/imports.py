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


LABELLED = ("imports_labels.yaml", "imports_unseen.yaml", "imports_unseen_2.yaml")


class Scores:
    """What is found in the labelled files of *name*, compared with their labels."""

    def __init__(self, name: str, linker: Linker) -> None:
        labels = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
        self.name, self.files = name, len(labels)
        self.wanted = self.right = self.made = self.stray = self.serious = self.kept = self.grouped = 0
        self.wrong: list[str] = []
        for file, groups in labels.items():
            try:
                one = read_monograph(read_file(str(SHARED / file)), file, linker)
                found = {key(e.found.name): e.found.group for e in one.effects}
            except KnowledgeError as error:
                found = {}
                self.wrong.append(str(error))
            self._compare(file, groups, found)

    def _compare(self, file: str, groups: dict[str, list[str]], found: dict[str, str]) -> None:
        self.made += len(found)
        left = dict(found)
        for group, each in ((group, each) for group, names in groups.items() for each in names):
            ways = [key(way) for way in each.split("|")]
            self.wanted += 1
            self.serious += group == "serious"
            way = next((w for w in ways if w in found), None)
            if way is None:
                self.wrong.append(f"{file}: missed {group} {ways[0]!r}")
                continue
            self.right += 1
            left.pop(way, None)
            self.grouped += found[way] == group
            self.kept += found[way] == group == "serious"
            if found[way] != group:
                self.wrong.append(f"{file}: {way!r} is {group}, read as {found[way]}")
        self.stray += len(left)
        self.wrong += [f"{file}: stray {way!r}" for way in sorted(left)]

    def shares(self) -> dict[str, float]:
        """Return the shares that issue 6 bounds."""
        return {
            "found": self.right / self.wanted,
            "stray": self.stray / max(self.made, 1),
            "serious kept": self.kept / self.serious,
            "grouping right": self.grouped / max(self.right, 1),
        }


def main() -> None:
    knowledge = load()
    linker = Linker(knowledge)
    for name in LABELLED:
        scores = Scores(name, linker)
        if "--wrong" in sys.argv:
            print("\n".join(scores.wrong))
        shares = "; ".join(f"{what} {share:.1%}" for what, share in scores.shares().items())
        print(f"{name}, {scores.files} files, {scores.wanted} side effects: {shares}")
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
