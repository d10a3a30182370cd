"""Reads and validates the YAML; the only module that talks to yaml.

Every scalar is read as the string that stands there (plain YAML reads `no` as
False) and knows its line and column. All faults are reported together.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

import yaml

Node: TypeAlias = "Text | list[Node] | dict[Text, Node]"
Entry: TypeAlias = "dict[Text, Node]"

_LARGEST = 8 << 20  # bytes of one file
_DEEPEST = 24  # levels of nesting
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class KnowledgeError(Exception):
    """Knowledge that cannot be used.

    Attributes:
        faults: each `file:line:column: what is wrong and what to do`.
    """

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class Text(str):
    """A scalar that knows where it stands."""

    __slots__ = ("where",)
    where: str

    @classmethod
    def at(cls, text: str, where: str) -> Text:
        """Make a text that stands at *where*."""
        made = cls(text)
        made.where = where
        return made


def read(path: str, shown: str, faults: list[str]) -> Node | None:
    """Read one YAML file without typing; *shown* is its name in messages.

    Returns None, and adds to *faults*, where it cannot be read.
    """
    try:
        with open(path, "rb") as file:
            data = file.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            faults.append(f"{shown}:1:1: larger than 8 MiB; split the file")
            return None
        node = yaml.compose(data.decode(), Loader=_LOADER)
        return None if node is None else _plain(node, shown, faults, set(), 0)
    except OSError as error:
        faults.append(f"{shown}:1:1: cannot be read ({error.strerror}); check the file and its rights")
    except UnicodeDecodeError:
        faults.append(f"{shown}:1:1: is not UTF-8 text; save it as UTF-8")
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{mark.line + 1}:{mark.column + 1}" if mark else "1:1"
        problem = getattr(error, "problem", None) or "is not YAML"
        if any(tab in str(problem) for tab in ("\\t", "\t", "tab character")):
            problem = "a tab; indent with spaces"
        elif "nesting depth" in str(problem):
            problem = "nested too deep; flatten it"
        else:
            problem = f"{problem}; look at the quotes, brackets and spaces here and on the line before"
        faults.append(f"{shown}:{place}: {problem}")
    except RecursionError:
        faults.append(f"{shown}:1:1: nested too deep; flatten it")
    return None


def _plain(node: yaml.Node, shown: str, faults: list[str], seen: set[int], depth: int) -> Node:
    where = f"{shown}:{node.start_mark.line + 1}:{node.start_mark.column + 1}"
    if id(node) in seen:
        faults.append(f"{where}: an alias; write the text out")
        return Text.at("alias", where)
    seen.add(id(node))
    if depth > _DEEPEST:
        faults.append(f"{where}: nested too deep; flatten it")
        return Text.at("", where)
    if isinstance(node, yaml.MappingNode):
        made: dict[Text, Node] = {}
        for key_node, value in node.value:
            key = _plain(key_node, shown, faults, seen, depth + 1)
            if not isinstance(key, Text):
                faults.append(f"{where}: a key must be a word")
            elif key in made:
                faults.append(f"{key.where}: the key {key} stands here twice; keep one")
            else:
                made[key] = _plain(value, shown, faults, seen, depth + 1)
        return made
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, shown, faults, seen, depth + 1) for item in node.value]
    value = node.value if isinstance(node.value, str) else ""
    control = "" if value.isprintable() else "".join(c for c in value if not c.isprintable() and c != "\n")
    if control:
        faults.append(f"{where}: holds a control character ({control[0]!r}); remove it")
        value = "".join(c for c in value if c.isprintable() or c == "\n")
    return Text.at(" ".join(value.split()), where)


# --- shapes ------------------------------------------------------------------
# key -> kind; "!" marks a key that must be there.

_SOURCE = {"title": "text!", "section": "text", "url": "text", "checked": "text"}
_NOTED = {"says": "text!", "source": "source!"}
SHAPES: dict[str, dict[str, str]] = {
    "source": _SOURCE,
    "symptom": {
        "id": "id!", "name": "text!", "term": "text", "is_a": "id", "phrases": "texts", "exact": "texts",
        "alone": "texts", "bare": "texts", "fine": "texts", "unlike": "texts", "advice": "text", "event": "text",
    },
    "class": {"id": "id!", "words": "texts!"},
    "cue": {"cue": "id!", "words": "texts!"},
    "saying": {"saying": "id!", "words": "texts!"},
    "idioms": {"about": "text!", "phrases": "texts!", "together": "texts"},
    "topic": {
        "id": "id!", "name": "text!", "phrases": "texts", "exact": "texts", "alone": "texts", "about": "texts",
        "silent": "text!",
    },
    "monograph": {
        "id": "id!", "name": "text!", "also": "texts", "brands": "texts", "class": "text", "source": "source!",
        "notes": "texts", "disclaimer": "text", "effects": "effects!", "topics": "statements", "label": "facts",
        "label_topics": "topic-facts", "reviewed": "text",
    },
    "effect": {
        "id": "id!", "name": "text!", "listed_as": "text!", "urgency": "text", "section": "text!", "symptoms": "texts",
        "signs": "texts", "sign_alone": "text", "guidance": "text!", "notes": "texts",
    },
    "statement": {"id": "id!", "section": "text!", "guidance": "text!", "notes": "texts", "symptoms": "texts"},
    "fact": {"symptom": "id!", **_NOTED},
    "topic-fact": {"topic": "id!", **_NOTED},
    "flag": {
        "id": "id!", "name": "text!", "also_named": "text", "listed_effect": "id", "groups": "map", "rules": "rules!",
        "advice": "map!", "ask_about": "texts", "question": "question", "source": "source!",
    },
    "question": {"id": "id!", "text": "text!", "when": "texts!", "choices": "choices!"},
    "choice": {"say": "text!", "means": "id!"},
    "reading": {
        "id": "id!", "forms": "texts!", "plausible": "ranges!", "bands": "bands!", "not_after": "texts", "unit": "text",
        "source": "source!",
    },
    "contact": {
        "country": "text", "countries": "texts", "name": "text", "emergency": "line", "urgent": "line",
        "crisis": "lines", "poison": "lines", "report": "lines", "gap": "map",
    },
    "line": {"name": "text", "say": "text!", "source": "source!"},
}  # fmt: skip
_WITH_IDS = ("symptom", "topic", "monograph", "flag", "reading")
_LISTS_OF = {
    "effects": "effect", "statements": "statement", "facts": "fact", "topic-facts": "topic-fact", "choices": "choice",
    "lines": "line",
}  # fmt: skip
_MAY_BE_EMPTY = {
    ("symptom", "term"), ("source", "section"), ("source", "url"), ("contact", "country"), ("contact", "name"),
    ("line", "name"),
}  # fmt: skip
_ONE_OF = {
    ("effect", "listed_as"): ("common", "serious", "other"),
    ("effect", "urgency"): ("routine", "urgent", "emergency"),
    ("effect", "sign_alone"): ("routine", "urgent", "emergency"),
}
FILES: dict[str, str] = {  # where a kind of entry stands
    "monographs/*.yaml": "monograph",
    "symptoms/*.yaml": "symptom",
    "topics.yaml": "topic",
    "readings.yaml": "reading",
    "red_flags.yaml": "flag",
    "contacts.yaml": "contact",
    "language/word_classes.yaml": "class",
    "language/structure.yaml": "class",
    "language/cues.yaml": "cue",
    "language/session.yaml": "saying",
    "language/wordings.yaml": "map",
    "language/idioms.yaml": "idioms",
    "language/variants.yaml": "map",
    "language/misspellings.yaml": "map",
    "language/slips.yaml": "map",
    "language/word_forms.yaml": "map",
    "language/numbers.yaml": "map",
    "language/function_words.yaml": "map",
    "advice.yaml": "map",
}


class Folder:
    """One folder of knowledge, read and checked.

    Attributes:
        entries: kind -> entries, in the order of the files and their places.
        maps: file -> mapping, for the files that are one mapping.
        faults: what is wrong.
    """

    def __init__(self, root: str) -> None:
        self.root = root
        self.faults: list[str] = []
        self.entries: dict[str, list[Entry]] = {kind: [] for kind in FILES.values()}
        self.maps: dict[str, Entry] = {}
        for shown, kind in self._files():
            node = read(os.path.join(root, shown), shown, self.faults)
            if node is not None:
                self._take(shown, kind, node)
        for kind in _WITH_IDS:
            self._refuse_doubles(self.entries[kind])
        for monograph in self.entries["monograph"]:
            self._refuse_doubles(entries(monograph, "effects"))
            self._refuse_doubles(entries(monograph, "topics"))

    def _refuse_doubles(self, some: list[Entry]) -> None:
        seen: dict[str, Text] = {}
        for entry in some:
            name = text(entry, "id")
            other = seen.setdefault(name, name)
            if other is not name:
                self.faults.append(f"{name.where}: {name!s}: this id stands at {other.where} too; keep one")

    def _files(self) -> Iterator[tuple[str, str]]:
        for pattern, kind in FILES.items():
            folder, _, name = pattern.rpartition("/")
            if name != "*.yaml":
                if os.path.exists(os.path.join(self.root, pattern)):
                    yield pattern, kind
                continue
            try:
                names = sorted(os.listdir(os.path.join(self.root, folder)))
            except OSError:
                names = []
            for found in names:
                if found.endswith(".yaml") and not found.startswith("."):
                    yield f"{folder}/{found}", kind

    def _take(self, shown: str, kind: str, node: Node) -> None:
        if kind == "map":
            if isinstance(node, dict):
                self.maps[shown] = node
            else:
                self.faults.append(f"{shown}:1:1: must be one mapping, key: value")
        elif kind == "monograph":
            if self._checked(shown, kind, node) and isinstance(node, dict):
                node[Text.at("system", shown)] = Text.at(shown, shown)
                self.entries[kind].append(node)
        elif isinstance(node, list):
            for item in node:
                if self._checked(shown, kind, item) and isinstance(item, dict):
                    system = os.path.basename(shown).removesuffix(".yaml")
                    item[Text.at("system", shown)] = Text.at(system, shown)
                    self.entries[kind].append(item)
        else:
            self.faults.append(f"{shown}:1:1: must be a list of entries, each beginning with a dash")

    def _checked(self, shown: str, kind: str, node: Node) -> bool:
        before = len(self.faults)
        check(node, kind, shown, self.faults)
        return len(self.faults) == before


def check(node: Node, kind: str, where: str, faults: list[str]) -> None:
    """Compare an entry with its shape; add what is wrong to *faults*."""
    if not isinstance(node, dict):
        faults.append(f"{place(node, where)}: must be a {kind}: keys with values")
        return
    shape = SHAPES[kind]
    name = node.get(Text("id"), "")
    label = f"{name}: " if isinstance(name, str) and name else ""
    for key, value in node.items():
        if key not in shape:
            faults.append(f"{key.where}: {label}unknown key {key}; known: {', '.join(shape)}")
            continue
        if value != "" or (kind, str(key)) not in _MAY_BE_EMPTY:
            _check_value(value, shape[key].rstrip("!"), f"{key.where}: {label}{key}", key.where, faults)
        allowed = _ONE_OF.get((kind, str(key)))
        if allowed and value not in allowed:
            faults.append(f"{place(value, key.where)}: {label}{key} must be one of {', '.join(allowed)}")
    for needed, wanted in shape.items():
        if wanted.endswith("!") and needed not in node:
            start = next(iter(node)).where if node else where
            faults.append(f"{start}: {label}the key {needed} is missing; add it")


def _check_value(value: Node, kind: str, label: str, where: str, faults: list[str]) -> None:
    if kind in SHAPES:
        check(value, kind, where, faults)
    elif kind in _LISTS_OF:
        if not isinstance(value, list):
            faults.append(f"{label} must be a list")
        else:
            for item in value:
                check(item, _LISTS_OF[kind], where, faults)
    elif kind in ("text", "id"):
        _check_text(value, kind, label, faults)
    elif kind == "texts":
        if not isinstance(value, list) or not all(isinstance(v, Text) for v in value):
            faults.append(f"{label} must be a list of texts (quote what begins with a brace)")
        elif "" in value:
            faults.append(f"{label} holds an empty text; write it or take it out")
    elif kind == "map" and not isinstance(value, dict):
        faults.append(f"{label} must be keys with values")
    elif kind in ("ranges", "bands", "rules") and not isinstance(value, list):
        faults.append(f"{label} must be a list")


def _check_text(value: Node, kind: str, label: str, faults: list[str]) -> None:
    if not isinstance(value, Text):
        faults.append(f"{label} must be one text")
    elif kind == "id" and not _ID.match(value):
        faults.append(f"{value.where}: {value!s}: an id is small letters, digits and dashes")
    elif not value:
        faults.append(f"{label} is empty; write it or leave the key out")


def place(node: Node, otherwise: str = "") -> str:
    """Return where *node* begins: file:line:column."""
    if isinstance(node, Text):
        return node.where
    if isinstance(node, dict):
        return next(iter(node)).where if node else otherwise
    return place(node[0], otherwise) if node else otherwise


def flat(node: Node | None) -> list[Text]:
    """Return every text in *node*, in order."""
    if node is None:
        return []
    if isinstance(node, Text):
        return [node]
    items = node.values() if isinstance(node, dict) else node
    return [text for item in items for text in flat(item)]


def text(entry: Mapping[Text, Node], key: str, otherwise: str = "") -> Text:
    """Return the text at *key* of a checked entry."""
    value = entry.get(Text(key))
    return value if isinstance(value, Text) else Text.at(otherwise, place(dict(entry)))


def texts(entry: Mapping[Text, Node], key: str) -> list[Text]:
    """Return the texts at *key* of a checked entry, none where it is absent."""
    return flat(entry.get(Text(key)))


def entries(entry: Mapping[Text, Node], key: str) -> list[Entry]:
    """Return the entries at *key* of a checked entry."""
    value = entry.get(Text(key))
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def number(value: Text, faults: list[str], convert: Callable[[str], float] = float) -> float:
    """Read a number; add a fault where it is none."""
    try:
        return convert(value)
    except ValueError:
        faults.append(f"{value.where}: {value!s}: must be a number; write it in digits")
        return 0
