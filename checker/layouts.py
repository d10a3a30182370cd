"""The layouts of monographs: list style, heading style, plain article.

text -> blocks -> sections: side effects, topics, names, notes
"""

from __future__ import annotations

import re

from checker.cutting import drug_name, same
from checker.effects import Block, SideEffects
from checker.normalise import tokens
from checker.wording import SIDE_EFFECTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*\Z")
_ITEM = re.compile(r"(\s*)(?:[*+•‣◦▪·-]|\d{1,2}[.)])\s+(.*)\Z")
_BOLD = re.compile(r"(?:\*\*|__)([^*_]{2,120}?)(?:\*\*|__)\s*(:?)\s*(.*)\Z")
_ASKS = re.compile(r"(what|how|who|when|why|can|is|are|does|do|should|may|which)\b[^.!]*\?\Z", re.IGNORECASE)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,80}>")


def blocks(text: str) -> tuple[str, list[Block]]:
    """Return the title of the front matter, and the blocks of *text* in order.

    >>> blocks("# Aspirin")[1]
    [Block(line=1, kind='heading', depth=1, label='Aspirin', text='')]
    """
    lines = text.split("\n")
    title, start = _front(lines)
    marked = any(_HEADING.match(line) or line.startswith("**") for line in lines[start:])
    made: list[Block] = []
    gap = True
    for number, raw in enumerate(lines[start:], start + 1):
        line = raw.expandtabs(4).rstrip()
        if not line.strip() or not line.strip("-=_* "):
            gap = True
            continue
        bare_next = number >= len(lines) or not lines[number].strip()
        block = _block(number, line, lone=gap and bare_next and not marked)
        if block.kind == "text" and made and not gap and made[-1].kind in ("text", "item", "label"):
            last = made[-1]
            made[-1] = last.replace(text=f"{last.text} {block.text}".strip())
        else:
            made.append(block)
        gap = False
    return title, made


def _front(lines: Sequence[str]) -> tuple[str, int]:
    """Read the title of the front matter; return it and the number of lines to leave out."""
    if not lines or lines[0].strip() != "---":
        return "", 0
    for number, line in enumerate(lines[1:40], 1):
        if line.strip() == "---":
            named = [one.partition(":")[2].strip(" '\"") for one in lines[1:number] if one.startswith("title:")]
            return (named[0] if named else ""), number + 1
    return "", 0


def _block(number: int, line: str, *, lone: bool) -> Block:
    heading = _HEADING.match(line.strip())
    if heading:
        label, _, rest = _plain(heading[2]).partition(": ")
        return Block(number, "heading", len(heading[1]), label.rstrip(": "), rest.strip())
    item = _ITEM.match(line)
    if item:
        text = item[2]
        label, rest = _label(text)
        return Block(number, "item", len(item[1]), label, rest)
    text = line.strip()
    bold = _BOLD.match(text)
    if bold and (
        bold[2] or bold[1].rstrip().endswith(":") or (not bold[3] and not bold[1].rstrip().endswith((".", "!")))
    ):
        return Block(number, "label", 0, _plain(bold[1]).strip(": "), _plain(bold[3]))
    plain = _plain(text)
    if lone and len(plain.split()) <= 10 and plain[0].isupper() and (plain[-1] not in ".:;,!?*)" or _ASKS.match(plain)):
        return Block(number, "heading", 2, plain, "")
    return Block(number, "text", 0, "", plain)


def _plain(text: str) -> str:
    """Take Markdown's marks off."""
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        import html

        text = html.unescape(text)
    text = _LINK.sub(r"\1", text) if "](" in text else text
    return " ".join(text.replace("*", "").replace("__", "").replace("`", "").split())


def _label(text: str) -> tuple[str, str]:
    """Cut an item into the name before the first colon or dash, and the rest."""
    bold = _BOLD.match(text)
    if bold and bold[1].rstrip().endswith("?"):
        return _plain(bold[1]), _plain(bold[3])
    plain = _plain(text)
    depth = 0
    for place, char in enumerate(plain):
        if char in "([":
            depth += 1
        elif char in ")]":
            depth -= 1
        elif char == ":" and depth <= 0 and plain[place + 1 : place + 2] in (" ", ""):
            if len(re.sub(r"\(.*?\)", "", plain[:place]).split()) <= 14:
                return plain[:place].strip(), plain[place + 1 :].strip()
            break
        elif char in "–—-" and depth <= 0 and plain[place - 1 : place] == " " and plain[place + 1 : place + 2] == " ":
            return plain[:place].strip(), plain[place + 1 :].strip()
    return "", plain


_SIDE = "side-effects"
_SECTIONS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("none", (
            r"overdos|withdrawal symptom|leave a reply|comment|reference|see also|related|final thoughts|"
            r"conclusion|^summary|bottom line"
        )),
        ("disclaimer", r"disclaimer"),
        ("questions", r"\bfaqs?\b|frequently asked|questions"),
        (_SIDE, SIDE_EFFECTS.pattern),
        ("missed-dose", r"miss(ed)? (a )?dose"),
        ("how-it-works", r"how (it|they|.*\S) works?\b|mechanism|how does"),
        ("use", r"^(main |primary |common )?(usage|uses?)\b|indication|used for|^what (is|are)\b|^about\b|^overview"),
        ("other-medicines", r"interaction|other medic"),
        ("dose", r"\bdos(e|es|age|ages|ing)\b"),
        ("how-to-take", r"how (to|should|do)\b.*\b(take|use|taken|used)|administration"),
        ("storage", r"\bstor(e|age|ing)\b"),
        ("pregnancy", r"pregnan|breast-?feeding|lactation"),
        ("children", r"\b(children|pa?ediatric|teenagers)\b"),
        ("alcohol", r"\balcohol\b"),
        ("driving", r"\bdriving\b"),
        ("before-starting", (
            r"precaution|warning|contraindication|before (you )?(start|tak|us)|who should not|specific populations"
        )),
        ("names", r"^(generic|brand|trade|other|chemical)( and brand)? names?\b|^also known"),
        ("note", r"^(important |please |special )?(note|consideration)s?\b|crucial|important|^in (summary|conclusion)"),
    )
)  # fmt: skip
_ITEM_SECTION = re.compile(
    r"(generic names?|usage|uses?|(potential |possible )?side effects|how it works|mechanism of action|faqs?|"
    r"dosage|precautions|"
    r"(drug )?interactions)( \(.*\))?",
    re.IGNORECASE,
)
_BY_MATCHER = "questions"


def _section_of(label: str) -> str:
    if label.endswith("?"):
        return ""
    return next((name for name, pattern in _SECTIONS if pattern.search(label)), "")


_ASKED = ("missed-dose", "other-medicines", "storage", "pregnancy", "children", "alcohol", "driving", "how-to-take")


def asks_for(question: str) -> str:
    """Return the topic that the words of a *question* name, or "".

    >>> asks_for("Can I take this combination with alcohol?")
    'alcohol'
    """
    if re.search(r"\b(food|meals?)\b", question, re.IGNORECASE):
        return "food"
    kind = _section_of(question.rstrip("? "))
    return kind if kind in _ASKED else ""


_TITLE_TAIL = re.compile(
    r"(:| [-–—|] | side effects\b|['’]s? side effects| \(?(monograph|tablets?|capsules?|patient information|"
    r"drug information|medication guide|leaflet|what you|everything)\b).*",
    re.IGNORECASE,
)
_TITLE_HEAD = re.compile(
    r"^(what is|about|all about|understanding|a guide to|guide to|taking|using|facts about) ", re.IGNORECASE
)


class Reading:
    """Walks the blocks of one file and sorts what they say."""

    def __init__(self, front: str, made: Sequence[Block]) -> None:
        self.title = self.headline = front
        self.generic: list[str] = []
        self.notes: list[str] = []
        self.disclaimer: list[str] = []
        self.said: dict[str, tuple[str, int, list[str]]] = {}
        self.questions: list[tuple[str, str, int, str]] = []
        self.side = SideEffects()
        self._kind, self._section, self._level, self._item_depth = "", "", 0, -1
        self._aside: tuple[int, str, str, int] | None = None
        self._find_title(made)
        self.side.components = self._components(made)
        for block in made:
            self._take(block)

    def _find_title(self, made: Sequence[Block]) -> None:
        first = next((b for b in made if b.kind == "heading" and _section_of(b.label) in ("", "use")), None)
        if not self.title and first is not None:
            self.title = first.label
        if not self.title and made:
            self.title = (made[0].label or made[0].text).partition(":")[0]
        self.headline = " ".join(self.title.split())
        words = _TITLE_TAIL.sub("", self.headline)
        self.title = _TITLE_HEAD.sub("", words).strip(" .:?")

    def _components(self, made: Sequence[Block]) -> frozenset[str]:
        """Return the words of the medicine's names: of the title, and of the list that tells how each one works."""
        known, kind = {t.word for t in tokens(self.title)}, ""
        for block in made:
            if block.kind != "item":
                kind = _section_of(block.label) if block.label else kind
            elif _ITEM_SECTION.fullmatch(block.label):
                kind = _section_of(block.label)
            elif kind == "how-it-works" and block.text:
                known.add(drug_name(block.label))
        return frozenset(known)

    def _take(self, block: Block) -> None:
        if block.kind in ("heading", "label"):
            if self._opens(block):
                return
        elif block.kind == "item":
            if self._aside is not None and block.depth <= self._aside[0]:
                _, self._kind, self._section, self._level = self._aside
                self._aside = None
            if self._kind != "before-starting" and _ITEM_SECTION.fullmatch(block.label):
                inside = self._kind == _SIDE and self._item_depth < 0  # one line of this list, no list of sections
                self._aside = (block.depth, self._kind, self._section, self._level) if inside else None
                if inside:
                    self._kind, self._section = _section_of(block.label), block.label
                else:
                    self._begin(_section_of(block.label), block.label, depth=block.depth)
                self._content(block.replace(kind="text", label="", depth=0))
                return
            if block.depth <= self._item_depth and not block.text and same(block.label, self.side.components):
                self._begin("", block.label)
                return
        self._content(block)

    def _opens(self, block: Block) -> bool:
        """Say whether a heading or label began a section, or was part of one."""
        if block.kind == "heading" and block.label in (self.title, self.headline) and not block.text:
            self._begin("use" if block.depth == 2 else "", "Introduction")
            return True
        asked = block.kind == "heading" or self._kind != "questions"  # there it is one of the questions
        kind = _section_of(block.label.rstrip("?") if asked else block.label)
        if block.kind == "heading" and block.depth == 1 and not kind:
            self._begin("use", "Introduction")
            return True
        if self._kind == _SIDE and (kind == _SIDE or not kind) and (block.kind == "label" or block.depth > self._level):
            self.side.heading(block.label, block.line, list_follows=not block.text)
            if block.text:
                self.side.text(block.text, block.line)
            return True
        if self._kind == "questions" and block.label.endswith("?"):
            return False
        if kind == "note" and re.search(
            r"AI-generated|crowd-sourced|informational|general (knowledge|information)", block.text
        ):
            self._begin(kind, block.label)
        elif (
            self._kind not in ("", _SIDE, "disclaimer", "note")
            and block.kind == "label"
            and (not kind or kind == "note")
        ):
            return bool(not kind and same(block.label, self.side.components) and self._begin("", block.label))
        self._begin(kind, block.label, block.depth if block.kind == "heading" else 9)
        if kind == _SIDE:
            self.side.section = block.label
            self.side.heading(block.label, block.line, list_follows=False)
        if block.text:
            self._content(block.replace(kind="text", label=""))
        return True

    def _begin(self, kind: str, section: str, level: int = 9, depth: int = -1) -> bool:
        self._kind, self._section, self._level, self._item_depth = kind, section, level, depth
        self._aside = None
        if kind == _SIDE:
            self.side.section = section
            self.side.restart()
        return True

    def _content(self, block: Block) -> None:
        kind, words = self._kind, _whole(block)
        if not words:
            return
        if kind == _SIDE:
            if block.kind == "text":
                self.side.text(block.text, block.line)
            else:
                self.side.item(block)
        elif kind == "names":
            self.generic.append(words)
        elif kind == "disclaimer":
            self.disclaimer.append(words)
        elif kind == "note":
            self.notes.append(words)
        elif kind == _BY_MATCHER:
            self._question(block)
        elif kind and kind != "none":
            target = kind
            if kind == "before-starting" and block.kind == "item":
                inner = _section_of(block.label)
                target = (
                    inner
                    if inner in ("other-medicines", "pregnancy", "children", "alcohol", "driving", "storage")
                    else kind
                )
            self._say(target, self._section, block.line, words)

    def _say(self, topic: str, section: str, line: int, words: str) -> None:
        where = self.said.setdefault(topic, (section, line, []))
        where[2].append(words)

    def _question(self, block: Block) -> None:
        asked, told = block.label, block.text
        if block.kind != "item" and "?" not in asked:
            asked, told = "", block.text
        if not asked.endswith("?"):
            asked, mark, told = f"{asked} {told}".strip().partition("?")
            asked += mark
        if asked.endswith("?"):
            asked = re.sub(r"^Q\d*[:.]?\s*", "", asked)
            told = re.sub(r"^A\d*[:.]\s*", "", told.strip(" ()"))
            self.questions.append((asked, self._section, block.line, told))
        elif self.questions and not block.label.endswith("?"):
            last = self.questions[-1]
            self.questions[-1] = (*last[:3], f"{last[3]} {re.sub(r'^A[:.] ', '', _whole(block))}".strip())


def _whole(block: Block) -> str:
    return f"{block.label}: {block.text}" if block.label and block.text else block.label or block.text
