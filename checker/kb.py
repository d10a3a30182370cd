"""The checker-kb command, for those who keep the knowledge."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from checker.compiler import compile_folder
from checker.knowledge import KnowledgeError
from checker.store import Knowledge, load

OK, FAULTS = 0, 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return 0, or 1 where faults were found."""
    parser = argparse.ArgumentParser(prog="checker-kb", allow_abbrev=False, description="Keep the knowledge of checker.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    validate = commands.add_parser("validate", help="report every fault of a folder of knowledge: file, line, column, reason")
    validate.add_argument("folder", nargs="?", default=_checkout(), help="the folder (default: the checkout's knowledge)")
    listing = commands.add_parser("list", help="list medicines, symptoms and red flags")
    listing.add_argument("folder", nargs="?", default="", help="the folder (default: what is shipped)")
    options = parser.parse_args(arguments)
    if options.command == "validate":
        return _validate(options.folder)
    return _list(options.folder)


def _checkout() -> str:
    return os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "knowledge")


def _validate(folder: str) -> int:
    if not os.path.isdir(folder):
        print(f"checker-kb: {folder}: no such folder; name the folder of knowledge", file=sys.stderr)
        return FAULTS
    try:
        knowledge = compile_folder(folder)
    except KnowledgeError as error:
        for fault in error.faults:
            print(fault, file=sys.stderr)
        print(f"checker-kb: {len(error.faults)} faults", file=sys.stderr)
        return FAULTS
    print(_counted(knowledge))
    return OK


def _list(folder: str) -> int:
    try:
        knowledge = load(folder)
    except (KnowledgeError, ValueError, OSError) as error:
        print(f"checker-kb: {error}", file=sys.stderr)
        return FAULTS
    for name in knowledge.monographs():
        monograph = knowledge.monograph(name)
        print(f"{name}\t{', '.join(monograph.names)}\t{len(monograph.effects)} side effects")
    print(_counted(knowledge))
    return OK


def _counted(knowledge: Knowledge) -> str:
    return (
        f"{knowledge.version}: {len(knowledge.monographs())} medicines, {len(knowledge.symptoms())} symptoms, "
        f"{len(knowledge.all_flags())} red flags, no faults"
    )


if __name__ == "__main__":
    sys.exit(main())
