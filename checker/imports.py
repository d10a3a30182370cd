"""Monographs from files: three layouts in, the entries of one monograph out.

    text -> layouts -> effects -> links -> entries -> YAML

Side effects are quoted as they stand, with file and line; each is linked to the
vocabulary by `links`.
"""

from __future__ import annotations

import hashlib
import os
import re
import textwrap

from checker import triage
from checker.cutting import joined, same, sentences
from checker.effects import LONGEST_NAME, MOST_EFFECTS, SERIOUS
from checker.folders import slug
from checker.knowledge import KnowledgeError
from checker.layouts import Reading, asks_for, blocks
from checker.links import ALLERGY, ANAPHYLAXIS
from checker.normalise import tokens
from checker.record import Record
from checker.wording import CALLS_HELP, NO_DRUG, NOT_LISTED, VERB

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from checker.effects import Found
    from checker.links import Linker

LARGEST = 1 << 20  # bytes of one file; the samples have 5,000
_LONGEST_TITLE, _LONGEST_ID = 300, 120  # characters
_LONGEST_ALSO = 5  # words of a further name
_MOST_NAMES, _MOST_PARTS = 20, 6
_WIDTH = 116
_MARK = "# checker-kb import 1"


class Linked(Record):
    """A side effect with its place in the vocabulary."""

    found: Found
    id: str
    symptoms: tuple[str, ...]
    signs: tuple[str, ...]
    urgency: str
    sign_alone: str


class Said(Record):
    """What a file says on a topic."""

    topic: str
    section: str
    line: int
    guidance: str


class Imported(Record):
    """One file, read.

    Attributes:
        left: lines of side effects in which no name was found.
    """

    id: str
    name: str
    also: tuple[str, ...]
    file: str
    effects: tuple[Linked, ...]
    topics: tuple[Said, ...]
    notes: tuple[str, ...]
    disclaimer: str
    left: tuple[tuple[int, str], ...] = ()

    @property
    def unlinked(self) -> tuple[str, ...]:
        """The names that the vocabulary does not know."""
        return tuple(e.found.name for e in self.effects if not e.symptoms)


# --- files -------------------------------------------------------------------


def read_file(path: str) -> str:
    """Return the text of the file *path*.

    Raises:
        KnowledgeError: it is no text that could be a monograph; the reason.
    """
    name = os.path.basename(path)
    try:
        if not os.path.isfile(path) and not os.path.islink(path):
            raise KnowledgeError([f"{name}: is no file"])
        with open(path, "rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise KnowledgeError([f"{name}: cannot be read ({getattr(error, 'strerror', None) or error})"]) from error
    if not data.strip():
        raise KnowledgeError([f"{name}: is empty"])
    if len(data) > LARGEST:
        raise KnowledgeError([f"{name}: is larger than {LARGEST >> 20} MiB; a monograph has a few pages"])
    if b"\0" in data:
        raise KnowledgeError([f"{name}: is not text; save the monograph as text (UTF-8)"])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise KnowledgeError([f"{name}:{line}: is not UTF-8 text; save it as UTF-8"]) from error
    if re.match(r"\s*(<!--.*?-->\s*)?<(!doctype|html|head|body|\?xml)", text, re.IGNORECASE | re.DOTALL):
        raise KnowledgeError([f"{name}: is a web page; save its text, not its HTML"])
    return "".join(c if c.isprintable() or c in "\n\t" else " " for c in text.replace("\r\n", "\n").replace("\r", "\n"))


# --- the whole file ----------------------------------------------------------


def read_monograph(text: str, file: str, linker: Linker) -> Imported:
    """Read the *text* of a monograph that stands in *file*.

    Raises:
        KnowledgeError: there is no name or no side effect in it; the reason.
    """
    front, made = blocks(text)
    reading = Reading(front, made)
    name = reading.title
    if not name or len(name) > _LONGEST_TITLE or not slug(name):
        raise KnowledgeError([f"{file}:1: no medicine's name; begin with a heading that names it"])
    if len(reading.side.found()) > MOST_EFFECTS:
        raise KnowledgeError([f"{file}: more than {MOST_EFFECTS} side effects; is it one monograph?"])
    effects = _linked(reading.side.found(), reading.side.closing, linker)
    if not effects:
        raise KnowledgeError([f'{file}: no side effects found; write them under a heading "Side Effects"'])
    topics = _topics(reading, linker)
    return Imported(
        slug(name)[:_LONGEST_ID].strip("-"),
        name,
        _other_names(name, reading.generic),
        os.path.basename(file),
        effects,
        topics,
        tuple(dict.fromkeys(reading.notes)),
        " ".join(reading.disclaimer),
        tuple(reading.side.left),
    )


def _linked(found: Sequence[Found], closing: Sequence[str], linker: Linker) -> tuple[Linked, ...]:
    made: list[Linked] = []
    ids: set[str] = set()
    for one in found:
        symptoms = linker.symptoms(one.name, one.glosses)
        signs = tuple(
            dict.fromkeys(s for sign in (*one.signs, *one.glosses) for s in linker.symptoms(sign) if s not in symptoms)
        )
        urgency = triage.higher((one.urgency, linker.alone(symptoms) if one.group == SERIOUS else "routine"))
        allergic = ALLERGY in symptoms or ANAPHYLAXIS in symptoms
        grave = one.group == SERIOUS or urgency != "routine"
        name = base = slug(re.sub(r"\(.*?\)", "", one.name)) or slug(one.name) or "effect"
        count = 2
        while name in ids:
            name, count = f"{base}-{count}", count + 1
        ids.add(name)
        if one.group == SERIOUS and one.urgency == "routine":
            extra = [c for c in closing if CALLS_HELP.search(c)]
            one = one.replace(guidance=joined(one.guidance, extra[-1]) if extra else one.guidance)  # noqa: PLW2901 # the same one, told in full
        made.append(
            Linked(one, name, symptoms, signs, urgency, "urgent" if signs and allergic and grave else "routine")
        )
    return tuple(made)


def _topics(reading: Reading, linker: Linker) -> tuple[Said, ...]:
    said = {
        topic: Said(topic, section, line, " ".join(words)) for topic, (section, line, words) in reading.said.items()
    }
    for asked, section, line, told in reading.questions:
        if not told or (NOT_LISTED.search(asked) and "stop" not in asked.lower()):
            continue
        topic = linker.topic(asked) or asks_for(asked)
        if topic and topic not in said:
            said[topic] = Said(topic, section, line, told)
        elif topic and told not in said[topic].guidance:
            said[topic] = said[topic].replace(guidance=f"{said[topic].guidance} {told}")
    for line, sentence in reading.side.before:
        if "before" in sentence.lower() and "before-starting" not in said:
            said["before-starting"] = Said("before-starting", reading.side.section, line, sentence)
    if reading.side.closing and "side-effects" not in said:
        said["side-effects"] = Said(
            "side-effects", reading.side.section, 1, " ".join(dict.fromkeys(reading.side.closing))
        )
    return tuple(said.values())


def _other_names(name: str, generic: Sequence[str]) -> tuple[str, ...]:
    """Return further names: generic ones, and a combination's with "and", in any order of two."""
    made: list[str] = []
    own = frozenset(t.word for t in tokens(name))
    parts = _ingredients(name)
    for text in generic:
        first = sentences(re.sub(r"\(.*?\)", " ", text))[0]
        for part in re.split(r"[,;]| or ", first) if len(first.split()) <= LONGEST_NAME else ():
            clean = " ".join(part.partition(":")[0].split()).strip(" .")
            named = len(slug(clean)) > 3 and len(clean.split()) <= _LONGEST_ALSO and not VERB.search(clean)
            whole = len(_ingredients(clean)) >= len(parts)  # one ingredient is not the combination
            if named and whole and not NO_DRUG.search(clean) and not same(clean, own):
                made.append(clean)
    if 1 < len(parts) <= _MOST_PARTS:
        made.append(" and ".join(parts))
        made.append(" ".join(parts))
        if len(parts) == 2:
            made += [f"{parts[1]} {parts[0]}", f"{parts[1]} and {parts[0]}"]
    return tuple(dict.fromkeys(m for m in made if m.lower() != name.lower() and slug(m) != ""))[:_MOST_NAMES]


def _ingredients(name: str) -> list[str]:
    return [p.strip() for p in re.split(r"\s*[+/&]\s*|\s+and\s+", name) if p.strip()]


# --- YAML --------------------------------------------------------------------


def as_yaml(one: Imported) -> str:
    """Write *one* as a file of knowledge; its first line holds a check sum that tells hand edits."""
    title = f"{one.name} (your file {one.file})"
    lines = [f"id: {one.id}", f"name: {_quoted(one.name)}"]
    if one.also:
        lines.append(f"also: [{', '.join(_quoted(n) for n in one.also)}]")
    lines.append(f"source: {{title: {_quoted(title)}}}")
    lines.append(
        "# reviewed: 2026-01-31     # write the date here when somebody who knows has compared it with its source"
    )
    if one.notes:
        lines.append("notes:")
        for note in one.notes:
            lines += _item(note)
    if one.disclaimer:
        lines += _folded("disclaimer", one.disclaimer, "")
    lines += ["", "effects:"]
    for effect in one.effects:
        found = effect.found
        lines += [f"  - id: {effect.id}", f"    name: {_quoted(found.name)}", f"    listed_as: {found.group}"]
        if effect.urgency != "routine":
            lines.append(f"    urgency: {effect.urgency}")
        lines.append(f"    section: {_quoted(f'{found.section}, line {found.line}')}")
        if effect.symptoms:
            lines.append(f"    symptoms: [{', '.join(effect.symptoms)}]")
        else:
            lines.append("    # not linked: found by its name only; symptoms: [...] links it")
        if effect.signs:
            lines.append(f"    signs: [{', '.join(effect.signs)}]")
        if effect.sign_alone != "routine":
            lines.append(f"    sign_alone: {effect.sign_alone}")
        now = "" if found.urgency == "routine" else "Now: get medical help at once. "
        lines += _folded("guidance", now + found.guidance, "    ")
    if one.topics:
        lines += ["", "topics:"]
        for topic in one.topics:
            lines += [f"  - id: {topic.topic}", f"    section: {_quoted(f'{topic.section}, line {topic.line}')}"]
            lines += _folded("guidance", topic.guidance, "    ")
    body = "\n".join(lines) + "\n"
    return f"{_MARK} {_sum(body)}; a hand edit is kept until --force\n{body}"


def is_edited(text: str) -> bool:
    """Say whether the written file *text* was edited since, or is not ours."""
    head, _, body = text.partition("\n")
    if not head.startswith(_MARK):
        return True
    return head[len(_MARK) + 1 :].split(";")[0] != _sum(body)


def _sum(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()[:16]


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _folded(key: str, text: str, indent: str) -> list[str]:
    wrapped = textwrap.wrap(text, _WIDTH - len(indent) - 2, break_long_words=False, break_on_hyphens=False) or ["-"]
    return [f"{indent}{key}: >-", *(f"{indent}  {line}" for line in wrapped)]


def _item(text: str) -> Iterator[str]:
    wrapped = textwrap.wrap(text, _WIDTH - 4, break_long_words=False, break_on_hyphens=False)
    yield "  - >-"
    for line in wrapped:
        yield f"    {line}"
