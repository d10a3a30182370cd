"""The checker-kb command, for those who keep the knowledge."""

from __future__ import annotations

import argparse
import glob
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from checker.compiler import compile_folder
from checker.folders import compile_user_folder, write_whole
from checker.imports import Imported, as_yaml, is_edited, read_file, read_monograph
from checker.knowledge import KnowledgeError
from checker.links import Linker
from checker.linter import coverage, warnings
from checker.loading import data_folder, load, user_folders
from checker.store import MONOGRAPHS, Knowledge

OK, FAULTS, USAGE = 0, 1, 2
_READ = (".md", ".markdown", ".txt", ".text")  # what is taken from a folder; a file that is named may end as it likes
_BAR = 30  # characters


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return 0, or 1 where faults were found."""
    parser = argparse.ArgumentParser(
        prog="checker-kb", allow_abbrev=False, description="Keep the knowledge of checker."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    validate = commands.add_parser(
        "validate", help="report every fault of a folder of knowledge: file, line, column, reason"
    )
    validate.add_argument(
        "folder", nargs="?", default=_checkout(), help="the folder (default: the checkout's knowledge)"
    )
    importing = commands.add_parser(
        "import", help="read monographs from files (list style, heading style, plain article)"
    )
    importing.add_argument(
        "files", nargs="+", metavar="FILE", help="a file, a folder, or a pattern such as 'mine/*.md'"
    )
    importing.add_argument("--to", default="", metavar="DIR", help="where to write (default: your own data folder)")
    importing.add_argument("--dry-run", action="store_true", help="show what would be written, write nothing")
    importing.add_argument("--force", action="store_true", help="overwrite what was edited by hand")
    compiling = commands.add_parser("compile", help="make the compiled form of a folder of yours")
    compiling.add_argument("folder", nargs="?", default="", help="the folder (default: your own data folder)")
    listing = commands.add_parser("list", help="list medicines and count symptoms and red flags")
    listing.add_argument("folder", nargs="?", default="", help="a folder beside what is shipped (default: your own)")
    options = parser.parse_args(arguments)
    try:
        if options.command == "validate":
            return _validate(options.folder)
        if options.command == "import":
            return _Import(options.to or data_folder(), dry=options.dry_run, force=options.force).run(options.files)
        if options.command == "compile":
            return _compile(options.folder or data_folder())
        return _list(options.folder)
    except (KnowledgeError, ValueError, OSError) as error:
        _complain(_reason(error))
        return FAULTS


def _checkout() -> str:
    return os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "knowledge")


def _complain(text: str) -> None:
    shown = "".join(c if c.isprintable() or c == "\n" else "?" for c in text)
    print(f"checker-kb: {shown}", file=sys.stderr)


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.filename or 'a file'}: {error.strerror or error}"
    return str(error)


# --- validate, list, compile -------------------------------------------------


def _validate(folder: str) -> int:
    if not os.path.isdir(folder):
        _complain(f"{folder}: no such folder; name the folder of knowledge")
        return FAULTS
    if os.path.isdir(os.path.join(folder, "symptoms")):
        try:
            knowledge = compile_folder(folder)
        except KnowledgeError as error:
            for fault in error.faults:
                print(fault, file=sys.stderr)
            _complain(f"{len(error.faults)} faults")
            return FAULTS
    else:
        faults: list[str] = []
        knowledge = load([folder], faults.append)
        knowledge.monographs()
        for fault in faults:
            print(fault, file=sys.stderr)
        if faults:
            _complain(f"{len(faults)} faults")
            return FAULTS
    for line in warnings(knowledge):
        print(f"warning: {line}")
    print(_counted(knowledge))
    print(coverage(knowledge))
    return OK


def _list(folder: str) -> int:
    knowledge = load([folder] if folder else user_folders(), _complain)
    for name in knowledge.monographs():
        monograph = knowledge.monograph(name)
        print(f"{name}\t{', '.join(monograph.names)}\t{len(monograph.effects)} side effects")
    print(_counted(knowledge))
    return OK


def _compile(folder: str) -> int:
    if not os.path.isdir(os.path.join(folder, MONOGRAPHS)):
        _complain(f"{folder}: no folder named {MONOGRAPHS} in it; import writes one")
        return FAULTS
    faults: list[str] = []
    bar = _Bar("compiled")
    count = compile_user_folder(folder, load(), faults.append, bar.show)
    bar.clear()
    for fault in faults:
        _complain(fault)
    print(f"{folder}: {count} monographs compiled")
    return FAULTS if faults else OK


def _counted(knowledge: Knowledge) -> str:
    return (
        f"{knowledge.version}: {len(knowledge.monographs())} medicines, {len(knowledge.symptoms())} symptoms, "
        f"{len(knowledge.all_flags())} red flags, no faults"
    )


# --- import ------------------------------------------------------------------


class _Import:
    """Reads files, writes monographs, and tells what became of each."""

    def __init__(self, folder: str, *, dry: bool, force: bool) -> None:
        self.folder, self.dry, self.force = folder, dry, force
        self.knowledge = load()
        self.linker = Linker(self.knowledge)
        self.taken: dict[str, str] = {}
        self.failed: list[str] = []
        self.unlinked: Counter[str] = Counter()
        self.effects = 0

    def run(self, patterns: Sequence[str]) -> int:
        if not self.folder:
            _complain("there is no home folder to write to; name one with --to DIR")
            return USAGE
        files = list(dict.fromkeys(_expanded(patterns, self.failed.append)))
        bar = _Bar("imported")
        if not self.dry:
            for folder in (self.folder, os.path.join(self.folder, MONOGRAPHS)):
                os.makedirs(folder, mode=0o700, exist_ok=True)
        for count, path in enumerate(files, 1):
            bar.show(count, len(files))
            try:
                self._one(path)
            except KnowledgeError as error:
                self.failed.extend(_with_path(path, fault) for fault in error.faults)
            except RecursionError:
                self.failed.append(f"{path}: nested too deep")
            except OSError as error:
                bar.clear()
                _complain(f"cannot write: {_reason(error)}; what stood there before is still there")
                self._report(len(files))
                return FAULTS
        bar.clear()
        self._report(len(files))
        if self.taken and not self.dry:
            faults: list[str] = []
            compile_user_folder(self.folder, self.knowledge, faults.append, _Bar("compiled").show)
            _Bar("").clear()
            for fault in faults:
                _complain(fault)
            self.failed += faults
        return FAULTS if self.failed else OK

    def _one(self, path: str) -> None:
        name = os.path.basename(path)
        shown = "".join(c if c.isprintable() else "?" for c in name)
        one = read_monograph(read_file(path), shown, self.linker)
        if one.id in self.taken:
            raise KnowledgeError([f"{shown}: a second file for {one.id}; {self.taken[one.id]} was taken"])
        target = os.path.join(self.folder, MONOGRAPHS, f"{one.id}.yaml")
        text = as_yaml(one)
        if os.path.lexists(target) and not self.force and _edited(target):
            raise KnowledgeError([f"{shown}: {one.id}.yaml was edited by hand and is kept; --force overwrites it"])
        if self.dry:
            print(f"# would be written to {target}\n{text}")
        else:
            write_whole(target, text.encode())
        self.taken[one.id] = shown
        self._count(one)

    def _count(self, one: Imported) -> None:
        self.effects += len(one.effects)
        self.unlinked.update(e.found.name for e in one.effects if not e.symptoms)
        for line, words in one.left:
            _complain(f"{one.file}:{line}: too long for the name of a side effect, left out: {words}")
        if self.knowledge.has_monograph(one.id):
            _complain(f"{one.file}: {one.id} is shipped with the program; that text goes on answering")

    def _report(self, count: int) -> None:
        for line in self.failed:
            _complain(line)
        out = sys.stderr if self.dry else sys.stdout
        for name, often in self.unlinked.most_common():
            print(
                f"not linked, found by its name only: {name}" + (f" ({often} monographs)" if often > 1 else ""),
                file=out,
            )
        linked = self.effects - self.unlinked.total()
        done = "would be imported" if self.dry else "imported"
        print(f"{len(self.taken)} of {count} files {done}; {linked} of {self.effects} side effects linked", file=out)


def _with_path(path: str, fault: str) -> str:
    shown = "".join(c if c.isprintable() else "?" for c in os.path.basename(path))
    name = os.path.basename(path)
    for begin in (name, shown):
        if fault.startswith(begin):
            return os.path.join(os.path.dirname(path), fault)
    return f"{path}: {fault}"


def _edited(target: str) -> bool:
    try:
        with open(target, encoding="utf-8") as file:
            return is_edited(file.read())
    except (OSError, UnicodeDecodeError):
        return True


def _expanded(patterns: Sequence[str], fail: Callable[[str], object]) -> Iterator[str]:
    """Return the files that *patterns* name: files, folders (to any depth), and globs."""
    for pattern in patterns:
        if os.path.isdir(pattern):
            yield from _walk(pattern)
        elif os.path.lexists(pattern):
            yield pattern
        else:
            found = sorted(glob.glob(pattern, recursive=True)) if glob.has_magic(pattern) else []
            if not found:
                fail(f"{pattern}: no such file")
            for path in found:
                if os.path.isdir(path):
                    yield from _walk(path)
                else:
                    yield path


def _walk(folder: str) -> Iterator[str]:
    for room, folders, names in os.walk(folder):  # does not follow links, so no loop
        folders.sort()
        folders[:] = [f for f in folders if not f.startswith(".")]
        for name in sorted(names):
            if name.lower().endswith(_READ) and not name.startswith("."):
                yield os.path.join(room, name)


class _Bar:
    """A progress bar on a terminal; nothing elsewhere."""

    def __init__(self, done: str) -> None:
        self._done = done
        self._shown = -1
        self._terminal = sys.stderr is not None and sys.stderr.isatty()

    def show(self, count: int, of: int) -> None:
        share = count * _BAR // max(of, 1)
        if self._terminal and of > 10 and (share != self._shown or count % 100 == 0):
            self._shown = share
            print(
                f"\r[{'#' * share}{' ' * (_BAR - share)}] {count} of {of} {self._done}",
                end="",
                file=sys.stderr,
                flush=True,
            )

    def clear(self) -> None:
        if self._terminal:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
