"""The pages on request: the one for the doctor, and why an answer was given."""

from __future__ import annotations

import os

from checker import earlier
from checker.render import clean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from checker.model import Answer, Mention, Source
    from checker.store import Knowledge

    Names = Callable[[str], str]

_MARKS = "\\`*_{}[]<>#|~"
_LINE = 80  # letters of what was typed
_LISTED = {"common": "a common side effect", "serious": "a serious side effect", "other": "a side effect"}
_MEANT = {
    "absent": "not there",
    "past": "over",
    "hypothetical": "feared, not there",
    "someone-else": "of somebody else",
}


def page(
    answers: Sequence[Answer], drugs: Sequence[str], knowledge: Knowledge, names: Names, *, markdown: bool = False
) -> list[str]:
    """Return the lines of the page; *drugs* are the medicines chosen now."""

    def head(text: str) -> str:
        return f"## {text}" if markdown else text.upper()

    def said(text: str) -> str:
        return _escaped(clean(text)) if markdown else clean(text)

    lines = [
        "# Summary for a doctor, nurse or pharmacist" if markdown else "SUMMARY FOR A DOCTOR, NURSE OR PHARMACIST",
        "",
        "Made on this computer from what a person typed. It is no diagnosis.",
        "Words in quotes are the person's own; beside them stands what they were taken to mean.",
        "",
        f"Medicine: {', '.join(map(names, drugs)) or 'none chosen'}",
        f"Knowledge: {knowledge.version}",
    ]
    flags = {
        (f.urgency, f.name): f"- {f.urgency.upper()}: {f.name} ({_quoted(f.reported, said)})"
        for a in answers
        for f in a.red_flags
    }
    if flags:
        lines += ["", head("Warning signs shown"), "", *flags.values()]
    there = earlier.standing(answers, (), knowledge)
    now = [names(s) for s in there if not knowledge.symptom(s).circumstance]
    lines += ["", head("There at the end"), "", *([f"- {said(name)}" for name in now] or ["- nothing"])]
    lines += ["", head("In order"), ""]
    asked = ""
    for number, answer in enumerate(answers, 1):
        if asked:
            lines.append(f"   The program asked: {said(asked)}")
        lines.append(f'{number}. "{said(_short(answer.message))}"')
        lines.extend(f"   - {text}" for text in _understood(answer, names, said))
        asked = answer.question.text if answer.question else ""
    return lines


def _understood(answer: Answer, names: Names, said: Callable[[str], str]) -> Iterator[str]:
    listed: dict[str, list[str]] = {}
    for match in answer.matches:
        for symptom in match.symptoms:
            sign = "a sign of " if match.sign else ""
            listed.setdefault(symptom, []).append(
                f"{names(match.drug)} lists {sign}{match.effect} as {_LISTED[match.listed_as]}"
            )
    unlisted = {u.symptom for u in answer.unlisted}
    for symptom, mentions in _grouped(answer.mentions):
        first = mentions[0]
        name = said(names(symptom))
        words = _quoted(dict.fromkeys(m.reported for m in mentions), said)
        if first.assertion != "present":
            yield f"{name}: {_MEANT[first.assertion]} ({words})"
            continue
        text = f"{name}{', asked about' if first.asked else ''} ({words})"
        if symptom in listed:
            text += f": {'; '.join(listed[symptom])}"
        elif symptom in unlisted and answer.drugs:
            text += f": not listed for {', '.join(map(names, answer.drugs))}"
        yield text
    for topic in dict.fromkeys(t.topic for t in answer.topics):
        yield f"Question about: {names(topic).lower()}"
    for fixed in answer.corrections:
        yield f'"{said(fixed.wrote)}" was read as "{said(fixed.read)}"'
    for left in answer.not_understood:
        yield f'Not understood: "{said(_short(left))}"'
    if answer.saying == earlier.ANOTHER:
        yield "From here on: another person"


def _grouped(mentions: Sequence[Mention]) -> Iterator[tuple[str, list[Mention]]]:
    found: dict[tuple[str, str, bool], list[Mention]] = {}
    for mention in mentions:
        found.setdefault((mention.symptom, mention.assertion, mention.asked), []).append(mention)
    for (symptom, *_), group in found.items():
        yield symptom, group


def _quoted(words: Iterator[str] | Sequence[str] | dict[str, None], said: Callable[[str], str]) -> str:
    return "; ".join(f'"{said(w)}"' for w in words)


def _short(text: str, most: int = 400) -> str:
    return text if len(text) <= most else text[: most - 3] + "..."


def _escaped(text: str) -> str:
    return "".join("\\" + c if c in _MARKS else c for c in text)


def reasons(answer: Answer, names: Names) -> list[str]:
    """Return the words, the symptoms, the rules and the sources of *answer*."""
    lines = [f'You wrote: "{_short(answer.message, _LINE)}"']
    for mention in answer.mentions:
        how, _, words = mention.why.partition(": ")
        lines.append(f'"{_short(mention.reported, _LINE)}" was read as: {names(mention.symptom)} ({mention.symptom})')
        meant = "asked about" if mention.asked else mention.assertion.replace("someone-else", "somebody else's")
        lines.append(f"  Meant as: {meant}. Found by {how}: {words}")
    for flag in answer.red_flags:
        lines.append(f"Rule: {flag.id} ({flag.urgency}), by {', '.join(names(s).lower() for s in flag.symptoms)}")
        lines.append(f"  Source: {_source(flag.source)}")
        lines.extend([f"  {flag.source.url}"] if flag.source.url else [])
    for match in answer.matches:
        lines.append(f"Listed: {match.effect}, {match.listed_as}, {match.urgency}, for {names(match.drug)}")
        lines.append(f"  {match.guidance}")
        lines.append(f"  Source: {_source(match.source)}")
        lines.extend([f"  {match.source.url}"] if match.source.url else [])
        lines.extend(f"  Note: {note}" for note in match.notes)
    for one in answer.unlisted:
        lines.append(f"Not listed: {one.name}")
        for other in one.elsewhere:
            lines.append(f"  {other.says}")
            lines.append(f"  Source: {_source(other.source)}")
    for topic in answer.topics:
        lines.append(f"Question: {names(topic.topic)}")
        lines.append(f"  Source: {_source(topic.source) or 'none: the monograph is silent'}")
    lines.extend(f"Of the {names(note.drug)} text: {note.says}" for note in answer.notes)
    if len(lines) == 1:
        lines.append("Nothing was recognised in it.")
    elif any("{" in line for line in lines):
        lines.append("In braces: any word of that kind.")
    return lines


def _source(source: Source) -> str:
    return ", section ".join(part for part in (source.title, source.section) if part)


def write(path: str, text: str, *, over: bool = False) -> None:
    """Write *text* to a new file that only its owner may read; *over* an old one where asked.

    Raises:
        FileExistsError: it is there, and *over* is False.
        OSError: it cannot be written; nothing is left behind, what was there is untouched.
    """
    if os.path.lexists(path) and (not over or not os.path.isfile(path) or os.path.islink(path)):
        raise FileExistsError(path)
    part = f"{path}.{os.getpid()}.part" if over else path
    file = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(file, "w", encoding="utf-8") as stream:
            stream.write(text)
        if over:
            os.replace(part, path)
    except OSError:
        os.unlink(part)
        raise
