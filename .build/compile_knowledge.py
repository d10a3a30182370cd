"""Build hook: compiles knowledge/ and puts the result into the wheel."""

from __future__ import annotations

import os
import sys
import tempfile
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileKnowledge(BuildHookInterface):  # type: ignore[type-arg] # hatchling's own parameter
    """Adds `checker/_knowledge/compiled.txt` to a wheel; an editable install reads the YAML."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the checkout's knowledge into a temporary file and force-include it."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from checker.compiler import compile_folder

        knowledge = compile_folder(os.path.join(self.root, "knowledge"))
        target = os.path.join(tempfile.mkdtemp(), "compiled.txt")
        with open(target, "wb") as file:
            file.write(knowledge.dumps())
        build_data["force_include"][target] = "checker/_knowledge/compiled.txt"
