"""Side effects from the text of a monograph: names, groups, signs.

A section of side effects is read block by block. What introduces a list (a heading,
a label, a sentence) says whether it is common or serious; lists in a sentence count.
"""

from __future__ import annotations

import re

from checker.normalise import tokens
from checker.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

COMMON, SERIOUS, OTHER = "common", "serious", "other"
_GRAVEST = (OTHER, COMMON, SERIOUS)
LONGEST_NAME = 10  # words; longer ones are sentences


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


SIDE_EFFECTS = re.compile(r"(side|adverse|undesirable|unwanted)[ -](effects?|reactions?|events?)", re.IGNORECASE)
NOT_LISTED = re.compile(r"overdos|withdrawal|misus|abuse\b|discontinu", re.IGNORECASE)
_URGENT = re.compile(
    r"immediate(ly)?\b|right away|at once|straight ?away|without delay|emergency|\burgent(ly)?\b|as soon as possible",
    re.IGNORECASE,
)
CALLS_HELP = re.compile(
    r"medical|doctor|physician|help|care|attention|provider|emergency|professional|hospital", re.IGNORECASE
)
_GRAVE = re.compile(r"\b(serious|severe|dangerous|life-?threatening|grave)\b", re.IGNORECASE)
_MIXED = re.compile(
    r"\bsome\b[^.]{0,40}\b(mild|serious|severe)|\bmild\b[^.]{0,40}\b(severe|serious)\b|\b(vary|varies|range|"
    r"severity)\b",
    re.IGNORECASE,
)
_RARE = re.compile(
    r"\b(less (common|frequent)|uncommon|infrequent|rare(ly)?|occasional(ly)?)\b|<\s*\d|\b(other|long-term|"
    r"potential|possible) side",
    re.IGNORECASE,
)
_OFTEN = re.compile(
    r"\b(common(ly)?|frequent(ly)?|most (often|people|patients)|often|usual)\b|>\s*1?0\s*%", re.IGNORECASE
)
_ITSELF_GRAVE = re.compile(
    r"\brare(ly)?,?\s+(but|and|though)\s+(a\s+)?(potentially\s+)?(very\s+)?(serious|severe|life-?threatening)|"
    r"\bthis (is|can be) (a )?(potentially |very )?(serious|life-?threatening)|"
    r"^\W*(a )?(potentially )?(serious|life-?threatening)\b|"
    r"\b(require|requires|requiring|need|needs|seek) (urgent|immediate|emergency)|medical emergency|"
    r"\bpotentially (serious|life-?threatening|fatal)\b",
    re.IGNORECASE,
)
VERB = re.compile(
    r"\b(is|are|was|were|be|been|can|cannot|may|might|could|should|would|will|has|have|had|occurs?|do|does|"
    r"did|include[sd]?|you|your doctor|they|these|"
    r"this|it|its|it's|not|there|who|which|depends?|consult|contact (your|a|the|us)|seek|report (any|to)|"
    r"inform|avoid|stop|aren't|isn't|carr(y|ies)|var(y|ies)|warrant|tends?|allows?|require[sd]?|needs?|"
    r"needed)\b",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"^(any|all|some|other|others|more|many|these|those|such|certain|various|unforeseen|unexpected|the|an?|"
    r"further|several)?\s*"
    r"(other\s+|more\s+|of (these|the)( above)?\s*|unusual\s+|new\s+|concerning\s+|serious\s+|severe\s+|"
    r"mild\s+|common\s+|rare\s+|worsening\s+|adverse\s+|"
    r"bothersome\s+|potential\s+|systemic\s+|unwanted\s+|side\s+|or\s+|and\s+|persistent\s+|following\s+|"
    r"additive\s+|combined\s+|dangerous\s+|unpredictable\s+|significant\s+)*"
    r"(side[ -]effects?|effects?|reactions?|symptoms?|events?|ones|issues?|others?|these|conditions?|"
    r"complications?|concerns?|interactions?|etc|them|it|"
    r"list|following|individuals?|people|patients|severity|frequency|risks?|signs?)?\W*\Z",
    re.IGNORECASE,
)
# No name of a side effect: how often or how bad it is, where it points, what it speaks of.
_NO_NAME = re.compile(
    r"((generally|usually|typically|often|mostly|very|extremely|numerous|locali[sz]ed|relatively|more|less|"
    r"most|rare(ly)?|common(ly)?|uncommon|infrequent(ly)?|frequent(ly)?|occasional(ly)?|sometimes|"
    r"possible|potential(ly)?|mild|moderate|severe|serious|temporary|transient|significant|minor|"
    r"well[ -]tolerated|well|tolerated|wide|range|of|and|or|but|likely|in|some|"
    r"cases|also|though|life-?threatening|to|manageable|minimal|limited|unknown|reported|few|short-lived|"
    r"important|with)[\s,]*)+"
    r"|(to|for|in|at|while|from|with|by|on|leading|warrant|depending|dependent|their|your|its|each|both|"
    r"either|more likely|less likely|most likely|among|within|upon|as|under|the combined|generally|usually|"
    r"typically|mostly|relatively|if|resolve|extremely|unknown|infrequent|uncommon|unlikely|reliable)\b.*"
    r"|(rare|common|possible|less common|mild) (with|in|but|and|when|at|if)\b.*"
    r"|.*\badministration|injection|inhalation|vaccine|.*\b(side effects?|adverse (reactions?|effects?|"
    r"events?)|other medic\w+|(with|other) (medications?|medicines?|drugs?)|doctor|pharmacist|attention|"
    r"provider|"
    r"not limited|individuals?|patients?|people|following|medications?|profile|formulation|ingredients?|"
    r"components?|dosages?)\b.*",
    re.IGNORECASE,
)
_CATEGORY = re.compile(
    r"(?:(?:gastro-?intestinal|digestive|cardio-?vascular|cardiac|heart-related|neurolog\w+|nervous system|"
    r"central nervous system|cns|psychiatric|psychological|mental|"
    r"respiratory|dermatolog\w+|skin|cutaneous|h(?:a?)ematolog\w+|blood|hepatic|liver|renal|kidney|urinary|"
    r"genitourinary|metabolic|endocrine|hormonal|musculoskeletal|muscular|"
    r"ocular|eyes?|eye|nose|throat|mouth|bones?|muscles?|heart|kidneys|ears|ophthalmic|otic|ear|oral|nasal|"
    r"local|systemic|topical|injection|general|other|others|miscellaneous|immune|immunologic\w*|allergic|"
    r"reproductive|"
    r"sexual|laboratory|combined|body as a whole|constitutional|vascular|mild|moderate|stomach|combination|"
    r"application site|infusion|long-term|short-term|and|&|or|/|,)[\s-]*)+"
    r"(?:system|issues|problems|effects|side effects|related|disorders|symptoms|reactions|adverse effects|"
    r"events|disturbances|upset|changes|complications)?\W*",
    re.IGNORECASE,
)
_BODY_ADJECTIVE = re.compile(
    r"(gastro-?intestinal|digestive|cardio-?vascular|neurolog|nervous|cns|psych|respiratory|dermatolog|"
    r"h(a?)ematolog|hepatic|renal|genitourinary|urinary|metabolic|endocrine|"
    r"musculoskeletal|ocular|ophthalm|general|other|miscell|local|systemic|topical|eye-related|eye|skin|"
    r"combin|oral|long-term|short-term|mild|central|cardiac|mental|blood|"
    r"(liver|kidneys?|heart|stomach|immune system|bones?|muscles?|ears?|nose|throat|mouth|eyes?)\Z)",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"(the |your )?(face|lips?|tongue|throat|mouth|eyes?|hands?|feet|foot|legs?|arms?|ankles?|skin|nose|ears?|"
    r"fingers?|toes?|neck|chest|back|airways?|eyelids?|extremities)"
    r"( (and|or|and/or) (the |your )?(face|lips?|tongue|throat|mouth|eyes?|hands?|feet|legs?|arms?|ankles?|skin))*",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"(rare|common|uncommon|infrequent|(less|more|most) (common|frequent|likely|often|serious|severe)|"
    r"especially|particularly|usually|generally|typically|potentially|possibl|with|in\b|if\b|when|at\b|after|"
    r"during|due|seen|"
    r"this|also|frequent|though|although|mild|moderate|temporary|transient|serious|severe\b|\d|see\b|reported|"
    r"increased risk|significant|sometimes|often|because|including in|"
    r"dose|depend|rarely|occasional|can\b|may\b|which|not\b|from\b|to\b|ranging|for\b|by\b|on\b|over|under|"
    r"as\b|even|extremely|very|primarily|mainly|\>|\<)",
    re.IGNORECASE,
)
_SIGNS = re.compile(
    r"\b(?:characteri[sz]ed by|symptoms? (?:may |can |might |could )?(?:include|are|range from)|signs (?:may |"
    r"can )?include|such as|including|include|like|manifest(?:s|ing)? as|appear(?:s|ing)? as|e\.g\.,?|"
    r"involving|leading to|causing|with symptoms of)\s+(?P<list>[^.;]+)",
    re.IGNORECASE,
)
_LISTS = (
    re.compile(
        r"\b(?:include|includes|including)\b(?:,? but (?:are )?not limited to,?)?\s*:?\s*(?P<list>.+)$", re.IGNORECASE),
    re.compile(
        r"\b(?:side effects?|reactions?|effects?|these|they|those|symptoms|risks?|problems?|following)\b(?:[^:,]|"
        r",(?! \w+,))*?\b(?:include|includes|including|included|involve|involves|such as|are|"
        r"like)\b(?:,? but (?:are )?not limited to,?)?\s*:?\s*(?P<list>.+)$", re.IGNORECASE),
    re.compile(
        r"\b(?:experience[sd]?|notice|cause[sd]?|lead(?:s|ing)? to|result(?:s|ing)? in|develop|report(?:ed)?|have|"
        r"occur(?:s|red)?:|suffer(?:s)?(?: from)?|increase(?:s)? the risk of|such as)\s+(?P<list>.+)$", re.IGNORECASE),
    re.compile(
        r"^(?P<list>.+?)\s+(?:(?:can|may|might|could)(?: also)? (?:rarely |sometimes |occasionally )?(?:occur|"
        r"happen|develop|appear|be seen|result|arise|be experienced)|(?:is|are)(?: also| all)? (?:(?:rare|"
        r"uncommon) but )?(?:possible|common|rare|uncommon|reported|seen|serious|potential|frequent)|(?:has|"
        r"have)(?: also)? been (?:reported|observed|noted|associated|seen)|should be (?:addressed|reported)|"
        r"require[sd]?|need(?:s)?|was|were|occur(?:s|red)?)\b", re.IGNORECASE),
)  # fmt: skip
_CLOSING = re.compile(
    r"^\W*(if|contact|call|seek|consult|report|always|inform|tell|stop|it['’]?s|it is|you should|get|go to|"
    r"discontinue|talk|speak|any|some individuals may|patients should)\b",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(,?\s+(?:which|that|who|although|though|so|because|since|when|while|if|especially|particularly|usually|"
    r"depending|as well as other|however)\b.*"
    r"|,?\s+but\b.*|,?\s+and (?:should|require|may|can|is|are|necessitate|in rare|others?\b).*|\s*[–—]\s.*|"
    r",?\s+(?:at|in) (?:some|rare|certain|very rare|high|higher|large)\b.*"
    r"|,?\s+(?:is|are|can|may|should|have been|has been|occurs?|requires?|in some)\b.*|\s+(?:are|is)$)",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^\W*(?:(?:and|or|also|any|potentially|possibly|possible|potential|occasionally|sometimes|usually|"
    r"typically|commonly|very|even|as well as|such as|including|like|e\.g\.,?|the following|"
    r"rarely|in rare cases|in some cases|some|certain|though rare|although rare|less commonly|more rarely|"
    r"most commonly|a|an|the risk of|feelings of|episodes of|rare cases of|"
    r"include|includes|other|various forms of|more rarely|on rare occasions|rare but|mostly)\b[,:]?\s+)+",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(before (you )?(start|tak|us)\w*|medical history|(if you )?have a history|more information|"
    r"discuss (the|any|your)|weigh the)\b",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^\W*(rarely|in rare cases|in some cases|very rarely|occasionally|less commonly|less frequently|"
    r"sometimes|more rarely|additionally|also|however|in addition|most commonly)[,:]\s+",
    re.IGNORECASE,
)
_PROPER = re.compile(
    r"(Stevens|Johnson|Clostrid|Cushing|Raynaud|Parkinson|Guillain|Torsade|Quincke|Reye|Herpes|Peyronie|"
    r"Stevens-Johnson|Alzheimer|Fanconi|Achilles|Lyell|Red Man)"
)


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
        if SIDE_EFFECTS.search(label) or group:
            self._group, self._urgent = group or OTHER, _calls(label)
            self._intro = f"{label.rstrip(':')}:" if group else ""
        elif same(label, self.components) or _CATEGORY.fullmatch(label):
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
        sided = SIDE_EFFECTS.search(label) is not None
        if sided or (group and _only_group(label)):
            self._above = self._above or (block.depth, self._group, self._urgent, self._intro)
            if group or _RARE.search(label):
                self._group, self._urgent = group or OTHER, self._urgent or _calls(label)
            elif _calls(label):
                self._urgent = True
            self._intro = f"{label}:"
            self._sentences(text, line)
        elif same(label, self.components) or self._is_category(label, text):
            if text:
                keep = self._group, self._urgent, self._intro
                self._intro = f"{self._intro} {label}:".strip()
                self._sentences(text, line)
                self._group, self._urgent, self._intro = keep
        elif NOT_LISTED.search(label):
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
        first = sentences(text)[0]
        return (
            "," in first
            or not VERB.search(first)
            or re.match(r"(such as|including|these|side effects|may|can)", first, re.IGNORECASE) is not None
        )

    # --- sentences

    def _sentences(self, text: str, line: int) -> None:
        for sentence in sentences(text):
            self._sentence(sentence, line)

    def _sentence(self, sentence: str, line: int) -> None:  # noqa: C901, PLR0912 # one branch for each kind of sentence
        group = _group_of(sentence)
        calls = _calls(sentence)
        outside = re.sub(r"\(.*?\)", "", sentence)
        if re.match(
            r"\W*(symptoms|signs) of (an? )?\w* ?overdos|in (the )?case of (an )?overdos", sentence, re.IGNORECASE
        ):
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
        fragment = not VERB.search(outside) and not _CLOSING.match(sentence)
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
        if _CLOSING.match(sentence) and not re.match(
            r"\W*(some|it(['’]s| is) (also )?possible)", sentence, re.IGNORECASE
        ):
            self.closing.append(sentence)
            return
        names = self._in_prose(sentence)
        above = self._group, self._urgent
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
            self._group, self._urgent = above

    def _close(self, sentence: str, line: int) -> None:
        """Take "seek help at once if ...": what it names is serious; else it speaks of what went before."""
        self.closing.append(sentence)
        keep = self._group, self._urgent
        named = re.search(
            r"\b(?:such as|including|experience|notice|develop|have)\b(?! any)\s+(?P<list>.+)$", sentence, re.IGNORECASE
        )
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
                if one.section == self.section and (
                    one.group == SERIOUS or (every and one.group == keep[0] == SERIOUS)
                ):
                    self._found[key] = one.replace(urgency="urgent", guidance=joined(one.guidance, sentence))

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
            usable = name and len(name.split()) <= 7 and not VERB.search(name)
            if usable and not _GENERIC.match(name) and not _NO_NAME.fullmatch(name) and not same(name, self.components):
                good.append(piece)
        return good

    def _names(self, text: str, line: int) -> None:
        """Take a line that is one name, or a list of names."""
        text = _OPENING.sub("", text)
        outside = re.sub(r"\(.*?\)", "", text)
        first, *rest = sentences(text)
        if VERB.search(re.sub(r"\(.*?\)", "", first)) and (names := self._in_prose(first)):
            for name in names:
                self._add(name, line, text)
            return
        if NOT_LISTED.search(outside) and not VERB.search(outside):
            first = ", ".join(p for p in split_list(first) if not NOT_LISTED.search(p))
        for name in split_list(first):
            self._add(name, line, name, " ".join(rest))

    # --- one name

    def _add(self, piece: str, line: int, quoted: str, told: str = "") -> None:
        name, glosses, signs, remarks = taken_apart(piece)
        if NOT_LISTED.search(" ".join((name, *remarks))) or not any(c.isalpha() for c in name):
            return
        if _GENERIC.match(name) or _NO_NAME.fullmatch(name) or same(name, self.components):
            return
        if len(name.split()) > LONGEST_NAME:
            self.left.append((line, piece))
            return
        group, urgent = self._group, self._urgent
        about = [*remarks, told]
        if any(_ITSELF_GRAVE.search(one) for one in about):
            group = SERIOUS
        if told and re.search(r"\b(immediate|emergency)\b", told, re.IGNORECASE) and CALLS_HELP.search(told):
            group, urgent = SERIOUS, True
        signs += _signs_in(told)
        full = name + "".join(
            f" ({b})" for b in (*glosses, *([", ".join(signs)] if signs and "(" in piece and not told else []))
        )
        guidance = (
            quoted
            if VERB.search(quoted) and quoted.endswith((".", "!"))
            else f"{self._intro} {quoted.strip(' .;')}.".strip()
        )
        made = Found(
            full, group, "urgent" if urgent else "routine", self.section, line, guidance, tuple(glosses), tuple(signs)
        )
        key = " ".join(t.word for t in tokens(name))
        old = self._found.get(key)
        if old is None:
            self._found[key] = made
        elif _GRAVEST.index(group) > _GRAVEST.index(old.group):
            self._found[key] = made.replace(
                guidance=joined(made.guidance, old.guidance), signs=tuple(dict.fromkeys((*made.signs, *old.signs)))
            )
        else:
            self._found[key] = old.replace(
                guidance=joined(old.guidance, made.guidance),
                signs=tuple(dict.fromkeys((*old.signs, *made.signs))),
                urgency="urgent" if "urgent" in (old.urgency, made.urgency) else "routine",
            )


def joined(first: str, second: str) -> str:
    """Put *second* after *first*, unless it stands there already."""
    return first if second in first else f"{first} {second}"


def _calls(sentence: str) -> bool:
    return _URGENT.search(sentence) is not None and CALLS_HELP.search(sentence) is not None


def _group_of(sentence: str) -> str:
    """Return the group that *sentence* announces, or "".

    >>> [_group_of(s) for s in ("Common side effects:", "Less common, serious:", "Rare:", "Some mild, some serious.")]
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
        return (
            OTHER
            if not re.search(r"(other|potential|possible) side", outside, re.IGNORECASE) or not _OFTEN.search(outside)
            else COMMON
        )
    return COMMON if _OFTEN.search(outside) else ""


def _only_group(label: str) -> bool:
    """Say whether *label* says how often or how bad, and nothing else ("Rare but serious")."""
    words = re.sub(r"\(.*?\)", " ", label)
    words = re.sub(
        r"\b(less|more|very|most|common(ly)?|but|and|or|potentially|serious|severe|rare(ly)?|frequent(ly)?|"
        r"uncommon|infrequent|occasional|mild|moderate|"
        r"side|effects?|reactions?|adverse|important|though|life-?threatening|possible|other|long-term|"
        r"usually|reported)\b",
        " ",
        words,
        flags=re.IGNORECASE,
    )
    return not any(c.isalpha() for c in words)


def sentences(text: str) -> list[str]:
    """Cut *text* at the ends of sentences, outside brackets.

    >>> sentences("Rash (e.g. hives). Seek help.")
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
            if char == ":" and not re.search(
                r"includ\w*|effects?|limited to|these|following|experience|are|notice", before
            ):
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
            or re.match(
                r"(including|such as|even|especially|particularly|e\.g\.|which|like|usually|although|though|"
                r"but|with|sometimes|often)\b",
                piece,
                re.IGNORECASE,
            )
        ):
            joined[-1] += ", " + piece
        else:
            joined.append(piece)
    if len(joined) > 1:
        last = joined[-1]
        shared = re.match(r"(and|or) \S+( \S+)? (at|in|on|around|near) (the|your|site)\b", last) or re.match(
            r"(and|or) \S+ (at|of) \S+ site", last
        )
        if shared and all(len(p.split()) == 1 for p in joined[:-1]):
            return [text]
    if re.match(r"(and|or)\s", joined[-1] if joined else ""):
        joined[-1] = re.sub(r"^(and|or)\s+", "", joined[-1])
    elif len(joined) > 1 or prose:
        outside = re.sub(r"\([^)]*\)", lambda m: "\x00" * len(m[0]), joined[-1]) if joined else ""
        both = re.search(
            r" (?:and|as well as) " if len(joined) < 2 or not re.search(r" or ", outside) else r" or ", outside
        )
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
        example = re.match(
            r"(?:e\.g\.|such as|including|like|symptoms? (?:may )?include|for example)[,:]?\s*", inner, re.IGNORECASE
        )
        if example:
            signs += split_list(inner[example.end() :], prose=True)
        elif re.match(r"(an? |the )", inner, re.IGNORECASE):
            remarks.append(inner)
            signs += _signs_in(inner)
        elif _REMARK.match(inner) or VERB.search(inner):
            remarks.append(inner)
        elif "," in inner:
            signs += split_list(inner)
        elif inner:
            glosses.append(inner)
    outside = re.sub(r"\([^()]*\)", " ", piece)
    outside, *after = re.split(
        r",?\s+(?:including|such as|especially|particularly|e\.g\.,?|characterized by|like|which|that|"
        r"requiring|although|though|but|with the|due to|if\b|when\b|depending|associated with|after|during|"
        r"in (?:individuals|people|patients|those|susceptible|some|women|men|children|both|rare|severe)|"
        r"with (?:prolonged|long-term|high|higher|overuse|use|extended|excessive|continued))\b",
        outside,
        maxsplit=1,
    )
    if after:
        rest = after[0].strip(" ,.")
        if re.search(r"including|such as|e\.g\.|characterized by|like", piece) and not VERB.search(rest):
            signs += split_list(rest, prose=True)
        else:
            remarks.append(rest)
    name = " ".join(_LEADING.sub("", outside.strip(" .,;:*")).replace("(", " ").replace(")", " ").split()).strip(
        " .,;:*"
    )
    return _sentence_case(name), glosses, signs, remarks


def _sentence_case(name: str) -> str:
    name = " or ".join(part.strip() for part in name.split("/")) if re.search(r"[a-z]/[A-Za-z]", name) else name
    words = name.split()
    if len(words) > 1 and all(
        w[:1].isupper() or w in ("of", "or", "and", "in", "the", "to", "with", "on") for w in words
    ):
        words = [words[0], *(w if _PROPER.match(w) or not w[1:].islower() else w.lower() for w in words[1:])]
    made = " ".join(words)
    return made[:1].upper() + made[1:]


def _signs_in(told: str) -> list[str]:
    """Return what *told* names as the signs of a side effect."""
    if not told:
        return []
    first = sentences(told)[0]
    hit = _SIGNS.search(told)
    if hit:
        pieces = split_list(_tail_off(hit["list"]), prose=True)
    elif "," in first and not VERB.search(re.sub(r"\(.*?\)", "", first)):
        pieces = split_list(first)
    else:
        return []
    return [p for p in (_LEADING.sub("", one).strip(" .") for one in pieces) if p and len(p.split()) <= 7]


def same(label: str, components: Iterable[str]) -> bool:
    """Say whether *label* is a medicine's name (of those in the title), and no more.

    >>> same("From Metoprolol Succinate", ["metoprolol", "succinate"])
    True
    """
    known = frozenset(components)
    outside = re.sub(r"\(.*?\)", "", label)
    words = [t.word for t in tokens(outside) if t.word not in _AROUND_DRUG]
    return bool(words) and all(w in known for w in words)


_AROUND_DRUG = frozenset(
    (
        "from",
        "with",
        "due",
        "to",
        "related",
        "component",
        "of",
        "for",
        "side",
        "effects",
        "the",
        "and",
        "only",
        "alone",
        "generic",
        "name",
        "drug",
        "specific",
        "common",
        "effect",
    )
)
