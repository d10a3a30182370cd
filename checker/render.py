"""An answer as plain text, styled fragments or JSON.

Urgency stands first and in words; colour only repeats it. Nothing that was typed
or read from a file reaches the terminal with a control character in it.
"""

from __future__ import annotations

from checker.record import Record

try:
    from _json import encode_basestring_ascii as quoted
except ImportError:  # another Python than the usual one
    from json.encoder import py_encode_basestring_ascii as quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from checker.model import Answer, Match, RedFlag, Source, TopicAnswer, Unlisted

    Fragment = tuple[str, str]
    Names = Callable[[str], str]

VERSION = 1  # of the JSON
WIDTH = 88
_LONG = 15  # lines; a longer emergency answer says the first thing again at its end
_ANSI = {"emergency": "1;31", "urgent": "1;33", "routine": "1;32", "unknown": "1", "heading": "1"}
_WORDS = {"emergency": "EMERGENCY", "urgent": "URGENT", "routine": "NOT URGENT BY ITSELF", "unknown": "NOT UNDERSTOOD"}
_LISTED = {"common": "common side effect", "serious": "serious side effect", "other": "side effect"}
_TAKEN_BACK, _ABOUT_BEFORE = ("joking", "meant"), ("again", "worse")  # Answer.saying
_WATCH = "Get medical help now if one of these comes too"
_MOST_OTHERS = 3
_INTERNAL = {"mentions", "sign", "before", "saying", "named"}  # places of records that are not in the JSON
_EMPTY: dict[object, str] = {(): "[]", None: "null", False: "false", "": '""'}
_RECURRING = {  # places that say what they said in other answers
    "drugs", "symptoms", "guidance", "notes", "source", "elsewhere", "advice", "disclaimer",
}  # fmt: skip
_REMEMBERED = 500  # values of each
# Each kind of record as JSON, with a gap for each value that is shown, and the places of these; those
# whose values recur have what was written for them.
_SHOWN: dict[type, tuple[str, list[tuple[int, dict[object, str] | None]]]] = {}


def clean(text: str) -> str:
    r"""Drop everything that is no visible character.

    >>> clean("a\x1b[2Jb\u202e")
    'a[2Jb'
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " if c in "\n\t\r" else "" for c in text)


def plain(answer: Answer, names: Names, width: int = WIDTH) -> str:
    """Return *answer* as plain text, lines of at most *width* columns.

    *names* gives the name of a medicine or symptom for its id.
    """
    return "".join(text for _, text in styled(answer, names, width))


def coloured(fragments: Iterable[Fragment]) -> str:
    """Return fragments with the terminal's own 16 colours."""
    return "".join(
        f"\x1b[{_ANSI[style]}m{text[:-1]}\x1b[0m{text[-1:]}" if style in _ANSI and text.strip() else text
        for style, text in fragments
    )


def styled(answer: Answer, names: Names, width: int = WIDTH) -> list[Fragment]:
    """Return *answer* as (style, line) fragments, each line ending in a newline."""
    page = _Page(names, max(width, 20))
    page.answer(answer)
    return page.fragments


def called(answer: Answer, width: int = WIDTH) -> list[Fragment]:
    """Return once more what an answer that cannot wait says first: whom to call."""
    page = _Page(str, max(width, 20))
    page.line(_call(answer), answer.urgency)
    return page.fragments


def _call(answer: Answer) -> str:
    if not answer.red_flags:
        return f"{_WORDS[answer.urgency]}: {_soon(answer)}"
    advice = answer.red_flags[0].advice or (answer.red_flags[0].name,)
    call = next((text for text in advice if any(c.isdigit() for c in text)), advice[0])
    return f"{_WORDS[answer.red_flags[0].urgency]}: {call}"


def _soon(answer: Answer) -> str:
    now = any(m.guidance.startswith("Now") for m in answer.matches if m.urgency == "urgent")
    return f"get medical help {'now' if now else 'today'}."


class _Page:
    def __init__(self, names: Names, width: int) -> None:
        self.names = names
        self.width = width
        self.fragments: list[Fragment] = []
        self.sentences: set[str] = set()

    def line(self, text: str, style: str = "", indent: str = "") -> None:
        for number, part in enumerate(wrapped(clean(text), self.width - len(indent))):
            follow = "  " if number and part and text.startswith("- ") else ""
            self.fragments.append((style, f"{indent}{follow}{part}".rstrip() + "\n"))

    def gap(self) -> None:
        if self.fragments and self.fragments[-1][1] != "\n":
            self.fragments.append(("", "\n"))

    def answer(self, answer: Answer) -> None:
        emergency = answer.urgency == "emergency"
        flags = [f for f in answer.red_flags if f.urgency == answer.urgency or not emergency]
        for number, flag in enumerate(flags):
            self.red_flag(flag, also=flag.urgency == flags[0].urgency and number > 0)
        self.matches(answer, brief=emergency)
        self.unlisted(answer, brief=emergency)
        for topic in _alike(answer.topics):
            self.topic(*topic)
        self.reading(answer)
        if not emergency:
            self.closing(answer)
        elif len(self.fragments) > _LONG:
            self.gap()
            self.line(_call(answer), "emergency")
        if answer.question:
            self.gap()
            self.line(answer.question.text, "heading")
            for number, choice in enumerate(answer.question.choices, 1):
                self.line(f"{number}. {choice}", indent="  ")
        for text in answer.explain:
            self.line(f"why: {text}", indent="  ")

    def red_flag(self, flag: RedFlag, *, also: bool) -> None:
        """Say what to do; where it is as urgent as one before (*also*), only what was not said."""
        self.gap()
        action, *more = flag.advice or (flag.name,)
        if also:
            self.line(f"Also: {_within(flag.name)}.", flag.urgency)
            more = [text for text in (self.unsaid_of(text) for text in flag.advice) if text]
        else:
            self.line(f"{_WORDS[flag.urgency]}: {action}", flag.urgency)
        for text in more:
            self.line(text, indent="  ")
        for text in flag.advice:
            self.sentences.update(_sentences(text))
        told = "; ".join(f'"{words}"' for words in flag.reported)
        name = "" if also else f" {flag.name}."
        self.line(f"Why: {told}.{name}" if told else f"Why: {flag.name}.", indent="  ")
        if flag.before:
            earlier = ", ".join(self.names(s).lower() for s in flag.before)
            self.line(f"With what you told me before: {earlier}. Another person? Type /new.", indent="  ")
        self.line(f"Source: {_source(flag.source)}", indent="  ")

    def matches(self, answer: Answer, *, brief: bool) -> None:
        if answer.urgency == "urgent" and not answer.red_flags:  # the action stands first
            self.line(_call(answer), "urgent")
        groups: dict[tuple[object, ...], list[Match]] = {}
        for match in answer.matches:
            groups.setdefault((match.symptoms, match.reported, match.sign, match.asked), []).append(match)
        for group in groups.values():
            self.gap()
            self.match_group(group, answer, brief=brief)

    def match_group(self, group: Sequence[Match], answer: Answer, *, brief: bool) -> None:
        """Say what the monographs of *group* say of the same words, what they say alike once."""
        first = group[0]
        alike: dict[tuple[str, str], list[Match]] = {}
        for match in group:
            alike.setdefault((match.effect, match.listed_as), []).append(match)
        for (effect, listed_as), those in alike.items():
            medicines = _listing([self.names(m.drug) for m in those], "and")
            listed = f"{_LISTED[listed_as]} of {medicines}"
            heading = f"{effect} ({listed})"
            if first.sign and len(first.symptoms) == 1:
                heading = f"{self.names(first.symptoms[0])}: one sign of {_within(effect)}, a {listed}"
            elif first.sign:
                heading = f"Signs of {_within(effect)}, a {listed}"
            self.line(heading, "heading")
        self.line(_told(first, answer), indent="  ")
        others = dict.fromkeys(self.names(s).lower() for m in group for s in m.ask_about)
        if others and not brief:
            watch = "; ".join(list(others)[:_MOST_OTHERS])
            urgent = any(m.urgency == "urgent" for m in group)
            self.line(f"Tell them if you also have: {watch}." if urgent else f"{_WATCH}: {watch}.", indent="  ")
        said: dict[str, list[Match]] = {}
        for match in group:
            said.setdefault(match.guidance, []).append(match)
        for guidance, those in said.items():
            whose = f"{_listing([self.names(m.drug) for m in those], 'and')}: " if len(said) > 1 else ""
            text = self.unsaid(guidance) if first.urgency == "routine" else guidance
            self.line(f"{whose}{text}", indent="  ")
        if not brief:
            notes = dict.fromkeys(note for m in group for note in (m.notes if answer.explain else m.notes[:1]))
            for note in notes:
                self.line(f"Note: {note}", indent="  ")
        for source in dict.fromkeys(_source(m.source) for m in group):
            self.line(f"Source: {source}", indent="  ")

    def unsaid(self, guidance: str) -> str:
        """Return *guidance* without the sentences that stand on the page already, its first one always."""
        first, *more = _sentences(guidance)
        left = [text for text in more if text not in self.sentences]
        self.sentences.update(more)
        return " ".join([first, *left])

    def unsaid_of(self, text: str) -> str:
        return " ".join(part for part in _sentences(text) if part not in self.sentences)

    def unlisted(self, answer: Answer, *, brief: bool) -> None:
        for one in answer.unlisted:
            self.gap()
            medicines = _listing([self.names(d) for d in answer.drugs], "or")
            listed = f", not listed for {medicines}" if medicines else ""
            self.line(f"{one.name}: understood{listed}", "heading")
            self.line(_told(one, answer), indent="  ")
            if not brief:
                for other in one.elsewhere:
                    kind = f"From outside the {self.names(other.drug)} monograph: " if other.kind == "label" else ""
                    self.line(f"{kind}{other.says}", indent="  ")
                    self.line(f"Source: {_source(other.source)}", indent="  ")
        if answer.unlisted and answer.drugs and not brief:
            self.line("Not listed does not mean that it is safe, or that the medicine did not cause it.", indent="  ")

    def topic(self, drugs: Sequence[str], topic: TopicAnswer) -> None:
        self.gap()
        medicines = _listing([self.names(d) for d in drugs], "and")
        self.line(f"{self.names(topic.topic)} ({medicines})", "heading")
        self.line(topic.guidance, indent="  ")
        for note in topic.notes:
            self.line(f"Note: {note}", indent="  ")
        if topic.source.title:
            self.line(f"Source: {_source(topic.source)}", indent="  ")

    def reading(self, answer: Answer) -> None:
        self.gap()
        for fixed in answer.corrections:
            self.line(f'Read "{fixed.wrote}" as "{fixed.read}".')
        for out in answer.ruled_out:
            told = "; ".join(f'"{words}"' for words in out.reported)
            meant = {
                "absent": "not there", "past": "over", "hypothetical": "not there now", "someone-else": "not about you",
            }[out.assertion]  # fmt: skip
            if answer.saying in _TAKEN_BACK:
                self.line(f"Taken back: {out.name.lower()}.")
                continue
            self.line(f"Taken as {meant}: {out.name.lower()} ({told}).")
        for one in answer.did_you_mean:
            self.line(f"Did you mean: {one.name.lower()}? Say a little more about {_quoted(one.reported)}.")
        for text in answer.not_understood:
            self.line(f'Not understood: "{_short(text)}".')

    def closing(self, answer: Answer) -> None:
        self.gap()
        style = answer.urgency if not answer.red_flags and answer.urgency == "unknown" else ""
        for text in answer.advice:
            self.line(text, style)
            style = ""
        said: dict[str, list[str]] = {}
        for note in answer.notes:
            said.setdefault(note.drug, []).append(note.says)
        if said:
            self.gap()
        for drug, texts in said.items():
            self.line(f"About the {self.names(drug)} monograph: {' '.join(texts)}")
        if answer.urgency != "unknown" and answer.disclaimer:
            self.line(answer.disclaimer)


def _alike(topics: Sequence[TopicAnswer]) -> Iterator[tuple[list[str], TopicAnswer]]:
    """Say once what several monographs say alike."""
    said: dict[tuple[str, str, tuple[str, ...]], list[TopicAnswer]] = {}
    for topic in topics:
        said.setdefault((topic.topic, topic.guidance, topic.notes), []).append(topic)
    for group in said.values():
        yield [t.drug for t in group], group[0]


def _sentences(text: str) -> list[str]:
    *parts, last = text.split(". ")
    return [*(f"{part}." for part in parts), last]


def _within(name: str) -> str:
    """Return *name* as it stands inside a sentence."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def _told(one: Match | Unlisted, answer: Answer) -> str:
    """Return the person's words for *one*; in a session they may stand for what was said before."""
    words = f"{'You asked about' if one.asked else 'You wrote'}: {_quoted(one.reported)}"
    return f"{words}, about what you told me before" if answer.saying in _ABOUT_BEFORE else words


def _source(source: Source) -> str:
    return f"{source.title}, section {source.section}" if source.section else source.title


def _quoted(words: Sequence[str]) -> str:
    return "; ".join(f'"{w}"' for w in words)


def _listing(items: Sequence[str], joining: str) -> str:
    return f" {joining} ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def _short(text: str, most: int = 120) -> str:
    return text if len(text) <= most else text[: most - 3] + "..."


def wrapped(text: str, width: int) -> list[str]:
    """Break *text* at spaces into lines of at most *width* columns.

    >>> wrapped("one two three", 7)
    ['one two', 'three']
    """
    lines, line = [], ""
    for whole in text.split():
        word = whole
        while len(word) > width:
            if line:
                lines.append(line)
                line = ""
            lines.append(word[:width])
            word = word[width:]
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    lines.append(line)
    return lines


def as_json(answer: Answer) -> str:
    """Return *answer* as one line of JSON, ASCII only."""
    return f'{{"version": {VERSION}, {_written(answer)[1:]}'


def _written(value: object) -> str:
    """Write *value* as `json.dumps` does, without the import that costs a start-up as much as all of ours."""
    if isinstance(value, Record):
        return _placed(value)
    if isinstance(value, tuple):
        return "[" + ", ".join([quoted(v) if type(v) is str else _written(v) for v in value]) + "]"
    if isinstance(value, str):
        return quoted(value)
    return "true" if value else _EMPTY[value]


def _placed(record: Record) -> str:
    kind = type(record)
    if kind not in _SHOWN:
        fields = [(place, f) for place, f in enumerate(kind._fields) if f not in _INTERNAL]
        gaps = ", ".join(f'"{f}": %s' for _, f in fields)
        _SHOWN[kind] = f"{{{gaps}}}", [(place, {} if f in _RECURRING else None) for place, f in fields]
    form, places = _SHOWN[kind]
    shown = []
    for place, kept in places:
        value = record[place]
        if type(value) is str and kept is None:
            shown.append(quoted(value))
        elif not value:
            shown.append(_EMPTY[value])
        elif kept is None:
            shown.append(_written(value))
        else:
            shown.append(kept[value] if value in kept else _keep(value, kept))
    return form % tuple(shown)


def _keep(value: object, kept: dict[object, str]) -> str:
    written = _written(value)
    if len(kept) < _REMEMBERED:
        kept[value] = written
    return written
