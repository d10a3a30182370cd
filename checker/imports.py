"""Monographs from files: three layouts in, the entries of one monograph out.

    text -> blocks -> sections -> side effects and topics -> entries -> YAML

The layouts: list style (bold labels), heading style (#), plain article. Side
effects are quoted as they stand, with file and line; each is linked to the
vocabulary by the program's own matcher, whole names only.
"""

from __future__ import annotations

import hashlib
import os
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence

from checker import match, triage
from checker.folders import slug
from checker.knowledge import KnowledgeError
from checker.model import URGENCIES
from checker.normalise import stem, tokens
from checker.record import Record
from checker.spelling import Reader
from checker.store import Knowledge

COMMON, SERIOUS, OTHER = "common", "serious", "other"
_GRAVEST = (OTHER, COMMON, SERIOUS)
LARGEST = 4 << 20  # bytes of one file; the samples have 5,000
_LONGEST_NAME = 10  # words; longer ones are sentences
_WIDTH = 116
_MARK = "# checker-kb import 1"


class Block(Record):
    """A line of meaning.

    Attributes:
        kind: heading, label, item or text.
        depth: of a heading its level, of an item its indent.
        label: what stands before the colon of a label or item.
        text: the rest.
    """

    line: int
    kind: str
    depth: int
    label: str
    text: str


class Found(Record):
    """A side effect as a file names it."""

    name: str
    group: str
    urgency: str
    section: str
    line: int
    guidance: str
    glosses: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()


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
    """One file, read."""

    id: str
    name: str
    also: tuple[str, ...]
    file: str
    effects: tuple[Linked, ...]
    topics: tuple[Said, ...]
    notes: tuple[str, ...]
    disclaimer: str

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


# --- blocks ------------------------------------------------------------------

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*\Z")
_ITEM = re.compile(r"(\s*)(?:[*+•‣◦▪·-]|\d{1,2}[.)])\s+(.*)\Z")
_BOLD = re.compile(r"(?:\*\*|__)([^*_]{2,120}?)(?:\*\*|__)\s*(:?)\s*(.*)\Z")
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
    if bold and (bold[2] or bold[1].rstrip().endswith(":") or (not bold[3] and not bold[1].rstrip().endswith((".", "!")))):
        return Block(number, "label", 0, _plain(bold[1]).strip(": "), _plain(bold[3]))
    plain = _plain(text)
    if lone and len(plain.split()) <= 10 and plain[0].isupper() and plain[-1] not in ".:;,!?*)":
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


# --- sections ----------------------------------------------------------------

_SIDE = "side-effects"
_NOT_LISTED = re.compile(r"overdos|withdrawal|misus|abuse\b|discontinu", re.IGNORECASE)
_SECTIONS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("none", r"overdos|withdrawal symptom|leave a reply|comment|reference|see also|related|final thoughts|conclusion|^summary|bottom line"),
        ("disclaimer", r"disclaimer"),
        ("questions", r"\bfaqs?\b|frequently asked|questions"),
        (_SIDE, r"(side|adverse|undesirable|unwanted)[ -](effects?|reactions?|events?)"),
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
        ("before-starting", r"precaution|warning|contraindication|before (you )?(start|tak|us)|who should not|specific populations"),
        ("names", r"^(generic|brand|trade|other|chemical)( and brand)? names?\b|^also known"),
        ("note", r"^(important |please |special )?(note|consideration)s?\b|crucial|important|^in (summary|conclusion)"),
    )
)  # fmt: skip
_ITEM_SECTION = re.compile(
    r"(generic names?|usage|uses?|(potential |possible )?side effects|how it works|mechanism of action|faqs?|dosage|precautions|"
    r"(drug )?interactions)( \(.*\))?",
    re.IGNORECASE,
)
_BY_MATCHER = "questions"


def _section_of(label: str) -> str:
    if label.endswith("?"):
        return ""
    return next((name for name, pattern in _SECTIONS if pattern.search(label)), "")


_TITLE_TAIL = re.compile(
    r"(:| [-–—|] | side effects\b|['’]s? side effects| \(?(monograph|tablets?|capsules?|patient information|drug information|medication guide|leaflet|what you|everything)\b).*",
    re.IGNORECASE,
)
_TITLE_HEAD = re.compile(r"^(what is|about|all about|understanding|a guide to|guide to|taking|using|facts about) ", re.IGNORECASE)


class _Reading:
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
        self._find_title(made)
        self.side.components = self._components()
        for block in made:
            self._take(block)

    def _find_title(self, made: Sequence[Block]) -> None:
        first = next((b for b in made if b.kind == "heading"), None)
        if not self.title and first is not None:
            self.title = first.label
        if not self.title and made:
            self.title = (made[0].label or made[0].text).partition(":")[0]
        self.headline = " ".join(self.title.split())
        words = _TITLE_TAIL.sub("", self.headline)
        self.title = _TITLE_HEAD.sub("", words).strip(" .:?")

    def _components(self) -> frozenset[str]:
        return frozenset(t.word for t in tokens(self.title))

    def _take(self, block: Block) -> None:
        if block.kind in ("heading", "label"):
            if self._opens(block):
                return
        elif block.kind == "item":
            if _ITEM_SECTION.fullmatch(block.label):
                self._begin(_section_of(block.label), block.label, depth=block.depth)
                self._content(block.replace(kind="text", label="", depth=0))
                return
            if block.depth <= self._item_depth and not block.text and _same(block.label, self.side.components):
                self._begin("", block.label)
                return
        self._content(block)

    def _opens(self, block: Block) -> bool:
        """Say whether a heading or label began a section, or was part of one."""
        if block.kind == "heading" and block.label in (self.title, self.headline) and not block.text:
            self._begin("use" if block.depth == 2 else "", "Introduction")
            return True
        kind = _section_of(block.label)
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
        if kind == "note" and re.search(r"AI-generated|crowd-sourced|informational|general (knowledge|information)", block.text):
            self._begin(kind, block.label)
        elif self._kind not in ("", _SIDE, "disclaimer", "note") and block.kind == "label" and (not kind or kind == "note"):
            return bool(not kind and _same(block.label, self.side.components) and self._begin("", block.label))
        self._begin(kind, block.label, block.depth if block.kind == "heading" else 9)
        if kind == _SIDE:
            self.side.section = block.label
            self.side.heading(block.label, block.line, list_follows=False)
        if block.text:
            self._content(block.replace(kind="text", label=""))
        return True

    def _begin(self, kind: str, section: str, level: int = 9, depth: int = -1) -> bool:
        self._kind, self._section, self._level, self._item_depth = kind, section, level, depth
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
                target = inner if inner in ("other-medicines", "pregnancy", "children", "alcohol", "driving", "storage") else kind
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


def _same(label: str, components: Iterable[str]) -> bool:
    """Say whether *label* is a medicine's name (of those in the title), and no more.

    >>> _same("From Metoprolol Succinate", ["metoprolol", "succinate"])
    True
    """
    known = frozenset(components)
    outside = re.sub(r"\(.*?\)", "", label)
    words = [t.word for t in tokens(outside) if t.word not in _AROUND_DRUG]
    return bool(words) and all(w in known for w in words)


_AROUND_DRUG = frozenset(
    ("from", "with", "due", "to", "related", "component", "of", "for", "side", "effects", "the", "and", "only", "alone", "generic", "name", "drug", "specific", "common", "effect")
)


# --- side effects ------------------------------------------------------------

_URGENT = re.compile(
    r"immediate(ly)?\b|right away|at once|straight ?away|without delay|emergency|\burgent(ly)?\b|as soon as possible", re.IGNORECASE
)
_HELP = re.compile(r"medical|doctor|physician|help|care|attention|provider|emergency|professional|hospital", re.IGNORECASE)
_GRAVE = re.compile(r"\b(serious|severe|dangerous|life-?threatening|grave)\b", re.IGNORECASE)
_MIXED = re.compile(r"\bsome\b[^.]{0,40}\b(mild|serious|severe)|\bmild\b[^.]{0,40}\b(severe|serious)\b|\b(vary|varies|range|severity)\b", re.IGNORECASE)
_RARE = re.compile(
    r"\b(less (common|frequent)|uncommon|infrequent|rare(ly)?|occasional(ly)?)\b|<\s*\d|\b(other|long-term|potential|possible) side", re.IGNORECASE
)
_OFTEN = re.compile(r"\b(common(ly)?|frequent(ly)?|most (often|people|patients)|often|usual)\b|>\s*1?0\s*%", re.IGNORECASE)
_ITSELF_GRAVE = re.compile(
    r"\brare(ly)?,?\s+(but|and|though)\s+(a\s+)?(potentially\s+)?(very\s+)?(serious|severe|life-?threatening)|"
    r"\bthis (is|can be) (a )?(potentially |very )?(serious|life-?threatening)|^\W*(a )?(potentially )?(serious|life-?threatening)\b|"
    r"\b(require|requires|requiring|need|needs|seek) (urgent|immediate|emergency)|medical emergency|\bpotentially (serious|life-?threatening|fatal)\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(is|are|was|were|be|been|can|cannot|may|might|could|should|would|will|has|have|had|occurs?|do|does|did|include[sd]?|you|your doctor|they|these|"
    r"this|it|its|it's|not|there|who|which|depends?|consult|contact (your|a|the|us)|seek|report (any|to)|inform|avoid|stop|aren't|isn't|carr(y|ies)|var(y|ies)|warrant|tends?|allows?)\b",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"^(any|all|some|other|others|more|many|these|those|such|certain|various|unforeseen|unexpected|the|an?|further|several)?\s*"
    r"(other\s+|more\s+|of (these|the)( above)?\s*|unusual\s+|new\s+|concerning\s+|serious\s+|severe\s+|mild\s+|common\s+|rare\s+|worsening\s+|adverse\s+|"
    r"bothersome\s+|potential\s+|systemic\s+|unwanted\s+|side\s+|or\s+|and\s+|persistent\s+|following\s+|additive\s+|combined\s+|dangerous\s+|unpredictable\s+|significant\s+)*"
    r"(side[ -]effects?|effects?|reactions?|symptoms?|events?|ones|issues?|others?|these|conditions?|complications?|concerns?|interactions?|etc|them|it|"
    r"list|following|individuals?|people|patients|severity|frequency|risks?|signs?)?\W*\Z",
    re.IGNORECASE,
)
# No name of a side effect: how often or how bad it is, where it points, what it speaks of.
_NO_NAME = re.compile(
    r"((generally|usually|typically|often|mostly|very|relatively|more|less|most|rare(ly)?|common(ly)?|uncommon|infrequent(ly)?|frequent(ly)?|occasional(ly)?|sometimes|"
    r"possible|potential(ly)?|mild|moderate|severe|serious|temporary|transient|significant|minor|well[ -]tolerated|well|tolerated|wide|range|of|and|or|but|likely|in|some|"
    r"cases|also|though|life-?threatening|to|manageable|minimal|limited|unknown|reported|few|short-lived|important|with)[\s,]*)+"
    r"|(to|for|in|at|while|from|with|by|on|leading|warrant|depending|dependent|their|your|its|each|both|either|more likely|less likely|most likely|among|within|upon|as|under|the combined|generally|usually|typically|mostly|relatively|unknown|infrequent|uncommon|unlikely|reliable)\b.*"
    r"|(rare|common|possible|less common|mild) (with|in|but|and|when|at|if)\b.*"
    r"|.*\b(side effects?|adverse (reactions?|effects?|events?)|other medic\w+|(with|other) (medications?|medicines?|drugs?)|doctor|pharmacist|attention|provider|"
    r"not limited|individuals?|patients?|people|following|medications?|profile|formulation|ingredients?|components?|dosages?)\b.*",
    re.IGNORECASE,
)
_CATEGORY = re.compile(
    r"(?:(?:gastro-?intestinal|digestive|cardio-?vascular|cardiac|heart-related|neurolog\w+|nervous system|central nervous system|cns|psychiatric|psychological|mental|"
    r"respiratory|dermatolog\w+|skin|cutaneous|h(?:a?)ematolog\w+|blood|hepatic|liver|renal|kidney|urinary|genitourinary|metabolic|endocrine|hormonal|musculoskeletal|muscular|"
    r"ocular|eyes?|eye|nose|throat|mouth|bones?|muscles?|heart|kidneys|ears|ophthalmic|otic|ear|oral|nasal|local|systemic|topical|injection|general|other|others|miscellaneous|immune|immunologic\w*|allergic|reproductive|"
    r"sexual|laboratory|combined|body as a whole|constitutional|vascular|mild|moderate|stomach|combination|application site|infusion|long-term|short-term|and|&|or|/|,)[\s-]*)+"
    r"(?:system|issues|problems|effects|side effects|related|disorders|symptoms|reactions|adverse effects|events|disturbances|upset|changes|complications)?\W*",
    re.IGNORECASE,
)
_BODY_ADJECTIVE = re.compile(
    r"(gastro-?intestinal|digestive|cardio-?vascular|neurolog|nervous|cns|psych|respiratory|dermatolog|h(a?)ematolog|hepatic|renal|genitourinary|urinary|metabolic|endocrine|"
    r"musculoskeletal|ocular|ophthalm|general|other|miscell|local|systemic|topical|eye-related|eye|skin|combin|oral|long-term|short-term|mild|central|cardiac|mental|blood|"
    r"(liver|kidneys?|heart|stomach|immune system|bones?|muscles?|ears?|nose|throat|mouth|eyes?)\Z)",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"(the |your )?(face|lips?|tongue|throat|mouth|eyes?|hands?|feet|foot|legs?|arms?|ankles?|skin|nose|ears?|fingers?|toes?|neck|chest|back|airways?|eyelids?|extremities)"
    r"( (and|or|and/or) (the |your )?(face|lips?|tongue|throat|mouth|eyes?|hands?|feet|legs?|arms?|ankles?|skin))*",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"(rare|common|uncommon|infrequent|less|more|most|especially|particularly|usually|generally|typically|potentially|possibl|with|in\b|if\b|when|at\b|after|during|due|seen|"
    r"this|also|frequent|though|although|mild|moderate|temporary|transient|serious|severe\b|\d|see\b|reported|increased risk|significant|sometimes|often|because|including in|"
    r"dose|depend|rarely|occasional|can\b|may\b|which|not\b|from\b|to\b|ranging|for\b|by\b|on\b|over|under|as\b|even|primarily|mainly|\>|\<)",
    re.IGNORECASE,
)
_SIGNS = re.compile(
    r"\b(?:characteri[sz]ed by|symptoms? (?:may |can |might |could )?(?:include|are|range from)|signs (?:may |can )?include|such as|including|include|like|manifest(?:s|ing)? as|appear(?:s|ing)? as|e\.g\.,?|involving|leading to|causing|with symptoms of)\s+(?P<list>[^.;]+)",
    re.IGNORECASE,
)
_LISTS = (
    re.compile(r"\b(?:include|includes|including)\b(?:,? but (?:are )?not limited to,?)?\s*:?\s*(?P<list>.+)$", re.IGNORECASE),
    re.compile(r"\b(?:side effects?|reactions?|effects?|these|they|those|symptoms|risks?|problems?|following)\b(?:[^:,]|,(?! \w+,))*?\b(?:include|includes|including|included|involve|involves|such as|are|like)\b(?:,? but (?:are )?not limited to,?)?\s*:?\s*(?P<list>.+)$", re.IGNORECASE),
    re.compile(r"\b(?:experience[sd]?|notice|cause[sd]?|lead(?:s|ing)? to|result(?:s|ing)? in|develop|report(?:ed)?|have|occur(?:s|red)?:|suffer(?:s)?(?: from)?|increase(?:s)? the risk of|such as)\s+(?P<list>.+)$", re.IGNORECASE),
    re.compile(r"^(?P<list>.+?)\s+(?:(?:can|may|might|could)(?: also)? (?:rarely |sometimes |occasionally )?(?:occur|happen|develop|appear|be seen|result|arise|be experienced)|(?:is|are)(?: also| all)? (?:(?:rare|uncommon) but )?(?:possible|common|rare|uncommon|reported|seen|serious|potential|frequent)|(?:has|have)(?: also)? been (?:reported|observed|noted|associated|seen)|should be (?:addressed|reported)|require[sd]?|need(?:s)?|was|were|occur(?:s|red)?)\b", re.IGNORECASE),
)  # fmt: skip
_CLOSING = re.compile(
    r"^\W*(if|contact|call|seek|consult|report|always|inform|tell|stop|it['’]?s|it is|you should|get|go to|discontinue|talk|speak|any|some individuals may|patients should)\b",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(,?\s+(?:which|that|who|although|though|so|because|since|when|while|if|especially|particularly|usually|depending|as well as other|however)\b.*"
    r"|,?\s+but\b.*|,?\s+and (?:should|require|may|can|is|are|necessitate|in rare|others?\b).*|\s*[–—]\s.*|,?\s+(?:at|in) (?:some|rare|certain|very rare|high|higher|large)\b.*"
    r"|,?\s+(?:is|are|can|may|should|have been|has been|occurs?|requires?|in some)\b.*|\s+(?:are|is)$)",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^\W*(?:(?:and|or|also|any|potentially|possibly|possible|potential|occasionally|sometimes|usually|typically|commonly|very|even|as well as|such as|including|like|e\.g\.,?|the following|"
    r"rarely|in rare cases|in some cases|some|certain|though rare|although rare|less commonly|more rarely|most commonly|a|an|the risk of|feelings of|episodes of|rare cases of|"
    r"include|includes|other|various forms of|more rarely|on rare occasions|rare but|mostly)\b[,:]?\s+)+",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\b(before (you )?(start|tak|us)\w*|medical history|(if you )?have a history|more information|discuss (the|any|your)|weigh the)\b", re.IGNORECASE)
_OPENING = re.compile(
    r"^\W*(rarely|in rare cases|in some cases|very rarely|occasionally|less commonly|less frequently|sometimes|more rarely|additionally|also|however|in addition|most commonly)[,:]\s+",
    re.IGNORECASE,
)
_PROPER = re.compile(r"(Stevens|Johnson|Clostrid|Cushing|Raynaud|Parkinson|Guillain|Torsade|Quincke|Reye|Herpes|Peyronie|Stevens-Johnson|Alzheimer|Fanconi|Achilles|Lyell|Red Man)")


class SideEffects:
    """Reads the section of side effects, block by block.

    >>> side = SideEffects()
    >>> side.text("Common side effects include nausea, dry mouth and headache.", 3)
    >>> [(e.name, e.group) for e in side.found()]
    [('Nausea', 'common'), ('Dry mouth', 'common'), ('Headache', 'common')]
    """

    def __init__(self) -> None:
        self.section = "Side effects"
        self.components: frozenset[str] = frozenset()
        self.closing: list[str] = []
        self.before: list[tuple[int, str]] = []
        self.left: list[tuple[int, str]] = []
        self._found: dict[str, Found] = {}
        self._group, self._urgent, self._intro = OTHER, False, ""
        self._above: tuple[int, str, bool, str] | None = None
        self._category_depth = -1

    def found(self) -> list[Found]:
        """Return the side effects, in the order of the file."""
        return list(self._found.values())

    def restart(self) -> None:
        """Forget the group: another section or another medicine begins."""
        self._group, self._urgent, self._intro, self._above = OTHER, False, "", None

    def heading(self, label: str, line: int, *, list_follows: bool) -> None:
        """Take a heading of the section: a group, a medicine, a body system, or a side effect."""
        self._leave(-1)
        group = _group_of(label)
        if _SECTIONS[3][1].search(label) or group:
            self._group, self._urgent = group or OTHER, _calls(label)
            self._intro = f"{label.rstrip(':')}:" if group else ""
        elif _same(label, self.components) or _CATEGORY.fullmatch(label):
            self._group, self._urgent, self._intro = OTHER, False, ""
        elif not list_follows:
            self._add(label, line, label)

    def text(self, text: str, line: int) -> None:
        """Take a paragraph."""
        self._leave(-1)
        self._sentences(text, line)

    def item(self, block: Block) -> None:
        """Take a line of a list."""
        self._leave(block.depth)
        if self._category_depth >= 0 and block.depth > self._category_depth:
            self._bullet(block)
            return
        self._category_depth = -1
        self._bullet(block)

    def _leave(self, depth: int) -> None:
        """Return to the group that stood before a nested list."""
        if self._above is not None and depth <= self._above[0]:
            _, self._group, self._urgent, self._intro = self._above
            self._above = None

    def _bullet(self, block: Block) -> None:
        label, text, line = block.label, block.text, block.line
        if not label:
            self._names(text, line)
            return
        if label.endswith("?"):
            return
        group = _group_of(label)
        sided = _SECTIONS[3][1].search(label) is not None
        if sided or (group and _only_group(label)):
            self._above = self._above or (block.depth, self._group, self._urgent, self._intro)
            if group or _RARE.search(label):
                self._group, self._urgent = group or OTHER, self._urgent or _calls(label)
            elif _calls(label):
                self._urgent = True
            self._intro = f"{label}:"
            self._sentences(text, line)
        elif _same(label, self.components) or self._is_category(label, text):
            if text:
                keep = self._group, self._urgent, self._intro
                self._intro = f"{self._intro} {label}:".strip()
                self._sentences(text, line)
                self._group, self._urgent, self._intro = keep
        elif _NOT_LISTED.search(label):
            return
        else:
            self._add(label, line, f"{label}: {text}", text)

    def _is_category(self, label: str, text: str) -> bool:
        outside = re.sub(r"\(.*?\)", "", label).strip()
        if re.match(r"(at|on|in|with) (the )?", outside, re.IGNORECASE) and text:
            return True
        if not _CATEGORY.fullmatch(outside) or not _BODY_ADJECTIVE.match(outside):
            return False
        if not text:
            return True
        first = _sentences(text)[0]
        return "," in first or not _VERB.search(first) or re.match(r"(such as|including|these|side effects|may|can)", first, re.IGNORECASE) is not None

    # --- sentences

    def _sentences(self, text: str, line: int) -> None:
        for sentence in _sentences(text):
            self._sentence(sentence, line)

    def _sentence(self, sentence: str, line: int) -> None:
        group = _group_of(sentence)
        calls = _calls(sentence)
        outside = re.sub(r"\(.*?\)", "", sentence)
        if re.match(r"\W*(symptoms|signs) of (an? )?\w* ?overdos|in (the )?case of (an )?overdos", sentence, re.IGNORECASE):
            return
        if _BEFORE.search(sentence):
            self.before.append((line, sentence))
            return
        if sentence.endswith(":"):
            if group:
                self._group, self._urgent = group, calls
                self._intro = sentence
            else:
                self._urgent = self._urgent or calls
                self._intro = f"{self._intro} {sentence}".strip() if self._intro.endswith(".") else sentence
            return
        fragment = not _VERB.search(outside) and not _CLOSING.match(sentence)
        if fragment:
            rare = re.match(r"\W*(rarely|in rare cases|occasionally|less commonly)\b", sentence, re.IGNORECASE)
            keep = self._group
            if rare and self._group == COMMON:
                self._group = OTHER
            self._names(sentence, line)
            self._group = keep
            return
        if calls and _CLOSING.match(sentence):
            self._close(sentence, line)
            return
        if _CLOSING.match(sentence) and not re.match(r"\W*(some|it(['’]s| is) (also )?possible)", sentence, re.IGNORECASE):
            self.closing.append(sentence)
            return
        names = self._in_prose(sentence)
        keep = self._group, self._urgent
        if group:
            self._group, self._urgent = group, calls
        elif calls:
            self._urgent = True
        for name in names:
            self._add(name, line, sentence)
        if re.search(r"\b(side effects?|reactions?|effects)\b", outside, re.IGNORECASE) and not names:
            if group:
                self._intro = sentence
        elif group and names and not re.search(r"side effects?", outside, re.IGNORECASE):
            self._group, self._urgent = keep

    def _close(self, sentence: str, line: int) -> None:
        """Take "seek help at once if ...": what it names is serious; else it speaks of what went before."""
        self.closing.append(sentence)
        keep = self._group, self._urgent
        named = re.search(r"\b(?:such as|including|experience|notice|develop|have)\b(?! any)\s+(?P<list>.+)$", sentence, re.IGNORECASE)
        names = self._cut(named["list"]) if named else []
        if sentence.endswith(":"):
            self._group, self._urgent, self._intro = SERIOUS, True, sentence
            return
        self._group, self._urgent = SERIOUS, True
        for name in names:
            self._add(name, line, sentence)
        self._group, self._urgent = keep
        if not names:
            every = re.search(r"\b(any of (these|the)|these)\b", sentence, re.IGNORECASE) and not re.search(
                r"serious|severe|concerning", sentence, re.IGNORECASE
            )
            for key, one in self._found.items():
                if one.section == self.section and (one.group == SERIOUS or (every and one.group == keep[0] == SERIOUS)):
                    self._found[key] = one.replace(urgency="urgent", guidance=_joined(one.guidance, sentence))

    def _in_prose(self, sentence: str) -> list[str]:
        for pattern in _LISTS:
            hit = pattern.search(sentence)
            if hit and (names := self._cut(hit["list"])):
                return names
        return []

    def _cut(self, text: str) -> list[str]:
        pieces = split_list(_tail_off(_OPENING.sub("", text)), prose=True)
        good = []
        for piece in pieces:
            name = taken_apart(piece)[0]
            usable = name and len(name.split()) <= 7 and not _VERB.search(name)
            if usable and not _GENERIC.match(name) and not _NO_NAME.fullmatch(name) and not _same(name, self.components):
                good.append(piece)
        return good

    def _names(self, text: str, line: int) -> None:
        """Take a line that is one name, or a list of names."""
        text = _OPENING.sub("", text)
        outside = re.sub(r"\(.*?\)", "", text)
        first, *rest = _sentences(text)
        if _VERB.search(re.sub(r"\(.*?\)", "", first)) and (names := self._in_prose(first)):
            for name in names:
                self._add(name, line, text)
            return
        if _NOT_LISTED.search(outside) and not _VERB.search(outside):
            first = ", ".join(p for p in split_list(first) if not _NOT_LISTED.search(p))
        for name in split_list(first):
            self._add(name, line, name, " ".join(rest))

    # --- one name

    def _add(self, piece: str, line: int, quoted: str, told: str = "") -> None:
        name, glosses, signs, remarks = taken_apart(piece)
        if _NOT_LISTED.search(" ".join((name, *remarks))) or not any(c.isalpha() for c in name):
            return
        if _GENERIC.match(name) or _NO_NAME.fullmatch(name) or _same(name, self.components):
            return
        if len(name.split()) > _LONGEST_NAME:
            self.left.append((line, piece))
            return
        group, urgent = self._group, self._urgent
        about = [*remarks, told]
        if any(_ITSELF_GRAVE.search(one) for one in about):
            group = SERIOUS
        if told and re.search(r"\b(immediate|emergency)\b", told, re.IGNORECASE) and _HELP.search(told):
            group, urgent = SERIOUS, True
        signs = (*signs, *_signs_in(told))
        full = name + "".join(f" ({b})" for b in (*glosses, *([", ".join(signs)] if signs and "(" in piece and not told else [])))
        guidance = quoted if _VERB.search(quoted) and quoted.endswith((".", "!")) else f"{self._intro} {quoted.strip(' .;')}.".strip()
        made = Found(full, group, "urgent" if urgent else "routine", self.section, line, guidance, tuple(glosses), tuple(signs))
        key = " ".join(t.word for t in tokens(name))
        old = self._found.get(key)
        if old is None:
            self._found[key] = made
        elif _GRAVEST.index(group) > _GRAVEST.index(old.group):
            self._found[key] = made.replace(
                guidance=_joined(made.guidance, old.guidance), signs=tuple(dict.fromkeys((*made.signs, *old.signs)))
            )
        else:
            self._found[key] = old.replace(
                guidance=_joined(old.guidance, made.guidance),
                signs=tuple(dict.fromkeys((*old.signs, *made.signs))),
                urgency="urgent" if "urgent" in (old.urgency, made.urgency) else "routine",
            )


def _joined(first: str, second: str) -> str:
    return first if second in first else f"{first} {second}"


def _calls(sentence: str) -> bool:
    return _URGENT.search(sentence) is not None and _HELP.search(sentence) is not None


def _group_of(sentence: str) -> str:
    """Return the group that *sentence* announces, or "".

    >>> [_group_of(s) for s in ("Common side effects:", "Less common but serious:", "Rare:", "Some are mild, some serious.")]
    ['common', 'serious', 'other', '']
    """
    outside = re.sub(r"\((?![^)]*(?:%|require|immediate|common|rare|serious|threat))[^)]*\)", "", sentence)
    if _calls(outside) and re.search(r"\b(seek|require|need|get|call)", outside, re.IGNORECASE):
        return SERIOUS
    if _GRAVE.search(outside) and not _MIXED.search(outside):
        return SERIOUS
    if _RARE.search(outside) and not re.search(r"\bmore common", outside):
        if _OFTEN.search(re.sub(_RARE, " ", outside)) and not _RARE.search(outside):
            return COMMON
        return OTHER if not re.search(r"(other|potential|possible) side", outside, re.IGNORECASE) or not _OFTEN.search(outside) else COMMON
    return COMMON if _OFTEN.search(outside) else ""


def _only_group(label: str) -> bool:
    """Say whether *label* says how often or how bad, and nothing else ("Rare but serious")."""
    words = re.sub(r"\(.*?\)", " ", label)
    words = re.sub(
        r"\b(less|more|very|most|common(ly)?|but|and|or|potentially|serious|severe|rare(ly)?|frequent(ly)?|uncommon|infrequent|occasional|mild|moderate|"
        r"side|effects?|reactions?|adverse|important|though|life-?threatening|possible|other|long-term|usually|reported)\b",
        " ",
        words,
        flags=re.IGNORECASE,
    )
    return not any(c.isalpha() for c in words)


def _sentences(text: str) -> list[str]:
    """Cut *text* at the ends of sentences, outside brackets.

    >>> _sentences("Rash (e.g. hives). Seek help.")
    ['Rash (e.g. hives).', 'Seek help.']
    """
    cut, depth, start = [], 0, 0
    for place, char in enumerate(text):
        if char == "(":
            depth += 1
        elif char == ")":
            depth = max(depth - 1, 0)
        elif char in ".!?:" and text[place + 1 : place + 2] == " " and not depth:
            following = text[place + 1 :].lstrip()[:1]
            before = text[start : place + 1].lower()
            if char == ":" and not re.search(r"includ\w*|effects?|limited to|these|following|experience|are|notice", before):
                continue
            if before.endswith(("e.g.", "i.e.", " vs.", " approx.", " dr.", " st.", "etc.")) or not (
                following.isupper() or following in "(\"'" or following.isdigit() or char == ":"
            ):
                continue
            cut.append(text[start : place + 1].strip())
            start = place + 1
    cut.append(text[start:].strip())
    return [s for s in cut if s] or [""]


def _tail_off(text: str) -> str:
    """Cut off what follows a list in a sentence: relative clauses, verbs, remarks outside brackets."""
    hidden = re.sub(r"\([^)]*\)", lambda m: "\x00" * len(m[0]), text)
    hit = _TAIL.search(hidden)
    return text[: hit.start()] if hit else text


def split_list(text: str, *, prose: bool = False) -> list[str]:
    """Cut an inline list into its items; brackets stay whole, and so does a shared ending.

    >>> split_list("nausea, vomiting and headache (mild, short)")
    ['nausea', 'vomiting', 'headache (mild, short)']
    >>> split_list("Burning, stinging, or itching at the site")
    ['Burning, stinging, or itching at the site']
    >>> split_list("Chest pain or irregular heartbeat")
    ['Chest pain or irregular heartbeat']
    """
    text = text.strip(" .;")
    pieces, depth, start = [], 0, 0
    for place, char in enumerate(text):
        if char == "(":
            depth += 1
        elif char == ")":
            depth = max(depth - 1, 0)
        elif char in ",;" and not depth and not (text[place - 1].isdigit() and text[place + 1 : place + 2].isdigit()):
            pieces.append(text[start:place].strip())
            start = place + 1
    pieces.append(text[start:].strip())
    pieces = [p for p in pieces if p]
    joined: list[str] = []
    for piece in pieces:
        bare = re.sub(r"^(and|or|and/or)\s+", "", piece)
        if joined and (
            (_PARTS.fullmatch(bare) and re.search(r"\b(of|in|on|around)\b", joined[-1]))
            or re.match(r"(including|such as|even|especially|particularly|e\.g\.|which|like|usually|although|though|but|with|sometimes|often)\b", piece, re.IGNORECASE)
        ):
            joined[-1] += ", " + piece
        else:
            joined.append(piece)
    if len(joined) > 1:
        last = joined[-1]
        shared = re.match(r"(and|or) \S+( \S+)? (at|in|on|around|near) (the|your|site)\b", last) or re.match(r"(and|or) \S+ (at|of) \S+ site", last)
        if shared and all(len(p.split()) == 1 for p in joined[:-1]):
            return [text]
    if re.match(r"(and|or)\s", joined[-1] if joined else ""):
        joined[-1] = re.sub(r"^(and|or)\s+", "", joined[-1])
    elif len(joined) > 1 or prose:
        outside = re.sub(r"\([^)]*\)", lambda m: "\x00" * len(m[0]), joined[-1]) if joined else ""
        both = re.search(r" (?:and|as well as) " if len(joined) < 2 or not re.search(r" or ", outside) else r" or ", outside)
        if both and not re.match(r"(feet|legs|toes|throat|eyes|ankles|lower|redness and)", outside[both.end() :]):
            joined[-1:] = [joined[-1][: both.start()], joined[-1][both.end() :]]
    return [p.strip(" .;") for p in joined if p.strip(" .;")]


def taken_apart(piece: str) -> tuple[str, list[str], list[str], list[str]]:
    """Cut a side effect into name, glosses, signs and remarks.

    >>> taken_apart("Pruritus (itching)")
    ('Pruritus', ['itching'], [], [])
    >>> taken_apart("Severe Allergic Reactions (rash, swelling)")
    ('Severe allergic reactions', [], ['rash', 'swelling'], [])
    >>> taken_apart("stroke (rare but serious)")
    ('Stroke', [], [], ['rare but serious'])
    """
    glosses: list[str] = []
    signs: list[str] = []
    remarks: list[str] = []
    for inside in re.findall(r"\(([^()]*)\)", piece):
        inner = inside.strip()
        example = re.match(r"(?:e\.g\.|such as|including|like|symptoms? (?:may )?include|for example)[,:]?\s*", inner, re.IGNORECASE)
        if example:
            signs += split_list(inner[example.end() :], prose=True)
        elif re.match(r"(an? |the )", inner, re.IGNORECASE):
            remarks.append(inner)
            signs += _signs_in(inner)
        elif _REMARK.match(inner) or _VERB.search(inner):
            remarks.append(inner)
        elif "," in inner:
            signs += split_list(inner)
        elif inner:
            glosses.append(inner)
    outside = re.sub(r"\([^()]*\)", " ", piece)
    outside, *after = re.split(
        r",?\s+(?:including|such as|especially|particularly|e\.g\.,?|characterized by|like|which|that|requiring|although|though|but|with the|due to|if\b|when\b|depending|associated with|after|during|"
        r"in (?:individuals|people|patients|those|susceptible|some|women|men|children|both|rare|severe)|with (?:prolonged|long-term|high|higher|overuse|use|extended|excessive|continued))\b",
        outside,
        maxsplit=1,
    )
    if after:
        rest = after[0].strip(" ,.")
        if re.search(r"including|such as|e\.g\.|characterized by|like", piece) and not _VERB.search(rest):
            signs += split_list(rest, prose=True)
        else:
            remarks.append(rest)
    name = " ".join(_LEADING.sub("", outside.strip(" .,;:*")).replace("(", " ").replace(")", " ").split()).strip(" .,;:*")
    return _sentence_case(name), glosses, signs, remarks


def _sentence_case(name: str) -> str:
    name = " or ".join(part.strip() for part in name.split("/")) if re.search(r"[a-z]/[A-Za-z]", name) else name
    words = name.split()
    if len(words) > 1 and all(w[:1].isupper() or w in ("of", "or", "and", "in", "the", "to", "with", "on") for w in words):
        words = [words[0], *(w if _PROPER.match(w) or not w[1:].islower() else w.lower() for w in words[1:])]
    made = " ".join(words)
    return made[:1].upper() + made[1:]


def _signs_in(told: str) -> list[str]:
    """Return what *told* names as the signs of a side effect."""
    if not told:
        return []
    first = _sentences(told)[0]
    hit = _SIGNS.search(told)
    if hit:
        pieces = split_list(_tail_off(hit["list"]), prose=True)
    elif "," in first and not _VERB.search(re.sub(r"\(.*?\)", "", first)):
        pieces = split_list(first)
    else:
        return []
    return [p for p in (_LEADING.sub("", one).strip(" .") for one in pieces) if p and len(p.split()) <= 7]


# --- links -------------------------------------------------------------------

_ALONGSIDE = frozenset(
    """severe serious mild moderate potential possible transient temporary occasional rare increased risk of persistent sudden
    sign symptom problem issue reaction episode mildly severely worsening new acute chronic general""".split()
)


_ALLERGY, _ANAPHYLAXIS = "allergic-reaction", "anaphylaxis"


class Linker:
    """Finds the symptoms that the name of a side effect means."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._reader = Reader(knowledge)
        self._read: dict[str, tuple[str, ...]] = {}
        self._alongside = _ALONGSIDE | {stem(w) for w in _ALONGSIDE}

    def whole(self, name: str) -> tuple[str, ...]:
        """Return the symptoms that *name* means, none where any of its words is left over."""
        key = name.lower()
        if key not in self._read:
            self._read[key] = self._whole(key)
        return self._read[key]

    def _whole(self, name: str) -> tuple[str, ...]:
        read = self._reader.read(tokens(name))
        if not read or any(t.read for t in read):
            return ()
        found: list[str] = []
        for clause in match.clauses(read):
            here = [
                f for f in match.find(clause, self._knowledge.phrases)
                if f.phrase.layer == "symptom" and f.phrase.kind not in ("bare", "fine")
            ]  # fmt: skip
            covered = {p for f in here for p in f.places}
            left = [t for p, t in enumerate(clause) if p not in covered and not self._is_light(t.word, t.keys)]
            if left or not here:
                return ()
            found += [f.phrase.target for f in here]
        return tuple(dict.fromkeys(found))

    def _is_light(self, word: str, keys: Sequence[str]) -> bool:
        return match.LIGHT in keys or "{degree}" in keys or word in self._alongside

    def symptoms(self, name: str, glosses: Iterable[str] = ()) -> tuple[str, ...]:
        """Return the symptoms of a side effect called *name*, explained by *glosses*."""
        outside = re.sub(r"\(.*?\)", "", name).strip()
        parts = [self.whole(part) for part in re.split(r"\s+(?:or|and|and/or)\s+|/|,\s*", outside)]
        here = () if all(parts) and len(parts) > 1 else self.whole(outside)
        here = here or tuple(dict.fromkeys(s for part in parts for s in part))
        if not here:
            for gloss in glosses:
                here = here or self.whole(gloss)
        if not here:
            made = slug(outside)
            if self._knowledge.has_symptom(made):
                here = (made,)
        if _ANAPHYLAXIS in here and "allerg" in outside.lower():
            here = (*here, _ALLERGY)  # "severe allergic reactions" answers to an allergic reaction
        return tuple(dict.fromkeys(here))

    def alone(self, symptoms: Iterable[str]) -> str:
        """Return how soon to act by the red flags that each of *symptoms* raises alone."""
        least = []
        for name in symptoms:
            there = frozenset((name, *self._knowledge.symptom(name).broader))
            alone = [triage.raised(flag, there)[0] for flag in self._knowledge.flags(name)]
            least.append(triage.higher(["routine", *(u for u in alone if u)]))
        return min(least, key=URGENCIES.index, default="routine")

    def topic(self, question: str) -> str:
        """Return the topic that *question* asks for, or ""."""
        for clause in match.clauses(self._reader.read(tokens(question))):
            named = [f for f in match.find(clause, self._knowledge.phrases) if f.phrase.layer == "topic"]
            if named:
                return named[0].phrase.target
        return ""


# --- the whole file ----------------------------------------------------------


def read_monograph(text: str, file: str, linker: Linker) -> Imported:
    """Read the *text* of a monograph that stands in *file*.

    Raises:
        KnowledgeError: there is no name or no side effect in it; the reason.
    """
    front, made = blocks(text)
    reading = _Reading(front, made)
    name = reading.title
    if not name or len(name) > 300 or not slug(name):
        raise KnowledgeError([f"{file}:1: no medicine's name; begin with a heading that names it"])
    effects = _linked(reading.side.found(), reading.side.closing, linker)
    if not effects:
        raise KnowledgeError([f"{file}: no side effects found; write them under a heading \"Side Effects\""])
    topics = _topics(reading, linker)
    return Imported(
        slug(name)[:120].strip("-"), name, _other_names(name, reading.generic), os.path.basename(file), effects, topics,
        tuple(dict.fromkeys(reading.notes)), " ".join(reading.disclaimer),
    )  # fmt: skip


def _linked(found: Sequence[Found], closing: Sequence[str], linker: Linker) -> tuple[Linked, ...]:
    made: list[Linked] = []
    ids: set[str] = set()
    for one in found:
        symptoms = linker.symptoms(one.name, one.glosses)
        signs = tuple(
            dict.fromkeys(s for sign in (*one.signs, *one.glosses) for s in linker.symptoms(sign) if s not in symptoms)
        )
        urgency = max(one.urgency, linker.alone(symptoms), key=URGENCIES.index)
        allergic = _ALLERGY in symptoms or _ANAPHYLAXIS in symptoms
        grave = one.group == SERIOUS or urgency != "routine"
        name = base = slug(re.sub(r"\(.*?\)", "", one.name)) or slug(one.name) or "effect"
        count = 2
        while name in ids:
            name, count = f"{base}-{count}", count + 1
        ids.add(name)
        if one.group == SERIOUS and one.urgency == "routine":
            extra = [c for c in closing if _HELP.search(c)]
            one = one.replace(guidance=_joined(one.guidance, extra[-1]) if extra else one.guidance)  # noqa: PLW2901 # the same one, told in full
        made.append(Linked(one, name, symptoms, signs, urgency, "urgent" if signs and allergic and grave else "routine"))
    return tuple(made)


def _topics(reading: _Reading, linker: Linker) -> tuple[Said, ...]:
    said = {
        topic: Said(topic, section, line, " ".join(words)) for topic, (section, line, words) in reading.said.items()
    }
    for asked, section, line, told in reading.questions:
        if not told or _NOT_LISTED.search(asked) and "stop" not in asked.lower():
            continue
        topic = linker.topic(asked)
        if topic and topic not in said:
            said[topic] = Said(topic, section, line, told)
        elif topic and told not in said[topic].guidance:
            said[topic] = said[topic].replace(guidance=f"{said[topic].guidance} {told}")
    for line, sentence in reading.side.before:
        if "before" in sentence.lower() and "before-starting" not in said:
            said["before-starting"] = Said("before-starting", reading.side.section, line, sentence)
    if reading.side.closing and "side-effects" not in said:
        said["side-effects"] = Said("side-effects", reading.side.section, 1, " ".join(dict.fromkeys(reading.side.closing)))
    return tuple(said.values())


def _other_names(name: str, generic: Sequence[str]) -> tuple[str, ...]:
    """Return further names: generic ones, and a combination's with "and", in any order of two."""
    made: list[str] = []
    own = frozenset(t.word for t in tokens(name))
    for text in generic:
        first = _sentences(re.sub(r"\(.*?\)", " ", text))[0]
        for part in re.split(r"[,;]| or ", first) if len(first.split()) <= _LONGEST_NAME else ():
            clean = " ".join(part.partition(":")[0].split()).strip(" .")
            if len(slug(clean)) > 3 and len(clean.split()) <= 5 and not _VERB.search(clean) and not _same(clean, own):
                made.append(clean)
    parts = [p.strip() for p in re.split(r"\s*[+/&]\s*|\s+and\s+", name) if p.strip()]
    if 1 < len(parts) <= 6:
        made.append(" and ".join(parts))
        made.append(" ".join(parts))
        if len(parts) == 2:
            made += [f"{parts[1]} {parts[0]}", f"{parts[1]} and {parts[0]}"]
    return tuple(dict.fromkeys(m for m in made if m.lower() != name.lower() and slug(m) != ""))[:20]


# --- YAML --------------------------------------------------------------------


def as_yaml(one: Imported) -> str:
    """Write *one* as a file of knowledge; its first line holds a check sum that tells hand edits."""
    title = f"{one.name} (your file {one.file})"
    lines = [f"id: {one.id}", f"name: {_quoted(one.name)}"]
    if one.also:
        lines.append(f"also: [{', '.join(_quoted(n) for n in one.also)}]")
    lines.append(f"source: {{title: {_quoted(title)}}}")
    lines.append("# reviewed: 2026-01-31     # write the date here when somebody who knows has compared it with its source")
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
