"""Opens what is shipped and the folders of the user's: the compiled form where it is fit, else the YAML."""

from __future__ import annotations

import os

from checker.store import COMPILED, MONOGRAPHS, NAMES, loads, loads_blob, loads_shelf
from checker.tables import UNIT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import BinaryIO

    from checker.model import Monograph
    from checker.store import Knowledge, Shelf
    from checker.tables import Data


def load(folders: Sequence[str] = (), complain: Callable[[str], object] | None = None) -> Knowledge:
    """Load the shipped knowledge (compiled in a wheel, YAML in a checkout), and *folders* of the user's beside it.

    What is wrong with those is told to *complain*, one line each, and left out.

    Raises:
        KnowledgeError: the YAML that is shipped has faults.
        ValueError: the compiled form that is shipped is damaged.
        OSError: there is none, or it cannot be read.
    """
    knowledge = _shipped()
    for folder in folders:
        shelf = _shelf(folder, knowledge, complain or (lambda _: None))
        if shelf is not None:
            knowledge.add(shelf)
    return knowledge


def user_folders(given: Sequence[str] = ()) -> list[str]:
    """Return the folders of knowledge that the user has: *given*, CHECKER_KNOWLEDGE, and the data directory."""
    environ = os.environ
    found = [*given, *environ.get("CHECKER_KNOWLEDGE", "").split(os.pathsep)]
    data = data_folder()
    if data and os.path.isdir(data):
        found.append(data)
    return list(dict.fromkeys(f for f in found if f))


def data_folder() -> str:
    """Return the user's own folder of knowledge, "" where there is no home."""
    base = os.environ.get("XDG_DATA_HOME", "")
    if not os.path.isabs(base):
        base = os.path.expanduser("~/.local/share")
    return os.path.join(base, "checker") if os.path.isabs(base) else ""


def _shipped() -> Knowledge:
    here = __file__.rpartition("loading.py")[0] or "./"
    try:
        with open(here + "_knowledge/compiled.txt", "rb") as file:
            return loads(_mapped(file))
    except FileNotFoundError:
        from checker.compiler import compile_folder

        return compile_folder(here + "../knowledge")


def _mapped(file: BinaryIO) -> Data:
    """Map *file* into memory: what is not looked at is not copied; read it where that cannot be."""
    import mmap

    try:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):
        return file.read()


def _shelf(folder: str, knowledge: Knowledge, complain: Callable[[str], object]) -> Shelf | None:
    """Open a folder of the user's: compiled where that is fit, else its YAML."""
    room = os.path.join(folder, MONOGRAPHS)
    try:
        stamp = os.stat(room).st_mtime_ns
    except OSError as error:
        complain(f"{room}: cannot be read ({error.strerror}); monographs stand in a folder of this name")
        return None
    reader = _Blobs(folder, knowledge, complain)
    try:
        with open(os.path.join(folder, COMPILED, NAMES), "rb") as file:
            shelf, made = loads_shelf(file.read(), reader.read)
    except FileNotFoundError:
        shelf, made = None, 0
    except (ValueError, OSError) as error:
        complain(f"{folder}: the compiled form is left out ({error}); run checker-kb compile {folder}")
        shelf, made = None, 0
    if shelf is not None and stamp == made:
        return shelf
    from checker.folders import newer, read_folder

    if shelf is None:
        return read_folder(folder, knowledge, complain)
    complain(f"{folder}: changed since it was compiled; run checker-kb compile {folder}")
    return newer(folder, shelf, knowledge, complain)


class _Blobs:
    """Reads the blobs of a compiled folder, and the YAML where that changed since."""

    def __init__(self, folder: str, knowledge: Knowledge, complain: Callable[[str], object]) -> None:
        self._folder, self._knowledge, self._complain = folder, knowledge, complain

    def read(self, name: str, row: str) -> Monograph:
        file, size, time = row.split(UNIT)
        compiled = os.path.join(self._folder, COMPILED, name)
        why = "changed since it was compiled"
        try:
            there = os.stat(os.path.join(self._folder, MONOGRAPHS, file))
            if (str(there.st_size), str(there.st_mtime_ns)) == (size, time):
                with open(compiled, "rb") as blob:
                    return loads_blob(blob.read())
        except (OSError, ValueError) as error:
            why = f"cannot be read compiled ({error})"
        self._complain(f"{self._folder}/{MONOGRAPHS}/{file}: {why}; run checker-kb compile {self._folder}")
        from checker.folders import read_one

        found = read_one(self._folder, file, self._knowledge, self._complain)
        if found is not None:
            return found
        with open(compiled, "rb") as blob:
            return loads_blob(blob.read())
