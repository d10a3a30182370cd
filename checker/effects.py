"""Side effects from the text of a monograph: names, groups, signs.

A section of side effects is read block by block. What introduces a list (a heading,
a label, a sentence) says whether it is common or serious; lists in a sentence count.
"""

from __future__ import annotations

import re

from checker.cutting import joined, masked, same, sentences, signs_in, split_list, tail_off, taken_apart, unbracketed
from checker.normalise import tokens
from checker.record import Record
from checker.wording import (
    AFFECTS,
    BARE_SYSTEM,
    BEFORE,
    CALLS_HELP,
    CATEGORY,
    CLOSING,
    CLOSING_NAMES,
    COMMENT,
    COMPARES,
    GENERIC,
    GRAVE,
    ITSELF_COMMON,
    ITSELF_GRAVE,
    ITSELF_RARE,
    LISTS,
    MAY_HEAD,
    MAYBE,
    MIXED,
    NO_NAME,
    NOT_LISTED,
    OF_OVERDOSE,
    OFTEN,
    ONLY_GROUP,
    ONLY_THEN,
    ONLY_WHEN,
    OPENING,
    OPENS_RARE,
    RARE,
    ROUTE,
    SIDE_EFFECTS,
    URGENT,
    VERB,
    WITH_SIGNS,
)

COMMON, SERIOUS, OTHER = "common", "serious", "other"
_GRAVEST = (OTHER, COMMON, SERIOUS)
LONGEST_NAME = 14  # words; longer ones are sentences
MOST_EFFECTS = 500  # of one monograph; the samples have 50 at most
_LONGEST_IN_PROSE = 7  # words of a name in a sentence


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
        elif same(label, self.components) or CATEGORY.fullmatch(label) or ROUTE.fullmatch(label):
            self._group, self._urgent, self._intro = OTHER, False, ""
        elif not list_follows:
            self._add(label, line, label)

    def text(self, text: str, line: int) -> None:
        """Take a paragraph."""
        self._leave(-1)
        for sentence in sentences(text):
            self._sentence(sentence, line)

    def item(self, block: Block) -> None:
        """Take a line of a list."""
        self._leave(block.depth)
        label, text, line = block.label, block.text, block.line
        if not label:
            self._names(text, line)
        elif label.endswith("?"):
            return
        elif SIDE_EFFECTS.search(label) or (_group_of(label) and _only_group(label)):
            self._enter(block)
            self._under(text, line)
        elif same(label, self.components) or _heads(label, text):
            keep = self._group, self._urgent, self._intro
            self._intro = f"{self._intro} {label}:".strip()
            self._under(text, line)
            self._group, self._urgent, self._intro = keep
        elif not NOT_LISTED.search(label):
            self._add(label, line, f"{label}: {text}", text)

    def _under(self, text: str, line: int) -> None:
        for sentence in sentences(text) if text else ():
            self._sentence(sentence, line)

    def _enter(self, block: Block) -> None:
        """Take a line of a list that announces a group: "Serious: ..."."""
        label = block.label
        group = _group_of(label)
        self._above = self._above or (block.depth, self._group, self._urgent, self._intro)
        if group or RARE.search(label):
            self._group, self._urgent = group or OTHER, self._urgent or _calls(label)
        elif _calls(label):
            self._urgent = True
        self._intro = f"{label}:"

    def _leave(self, depth: int) -> None:
        """Return to the group that stood before a nested list."""
        if self._above is not None and depth <= self._above[0]:
            _, self._group, self._urgent, self._intro = self._above
            self._above = None

    # --- sentences

    def _sentence(self, sentence: str, line: int) -> None:
        if OF_OVERDOSE.match(sentence):
            return
        if BEFORE.search(sentence):
            self.before.append((line, sentence))
        elif sentence.endswith(":"):
            self._announce(sentence)
        elif CLOSING.match(sentence) and _calls(sentence):
            self._close(sentence, line)
        elif CLOSING.match(sentence) and not MAYBE.match(sentence):
            self.closing.append(sentence)
        elif VERB.search(unbracketed(sentence)):
            self._tell(sentence, line)
        else:
            keep = self._group
            if OPENS_RARE.match(sentence) and self._group == COMMON:
                self._group = OTHER
            self._names(sentence, line)
            self._group = keep

    def _announce(self, sentence: str) -> None:
        """Take "Serious side effects include:"."""
        group = _group_of(sentence)
        if group:
            self._group, self._urgent = group, _calls(sentence)
            self._intro = sentence
        else:
            self._urgent = self._urgent or _calls(sentence)
            self._intro = f"{self._intro} {sentence}".strip() if self._intro.endswith(".") else sentence

    def _tell(self, sentence: str, line: int) -> None:
        """Take a sentence that names side effects, or says of what sort the next ones are."""
        outside = unbracketed(sentence)
        group = _group_of(sentence)
        names = [] if COMMENT.match(outside) else self._in_prose(sentence)
        above = self._group, self._urgent
        softer = group == OTHER and self._group == SERIOUS and not SIDE_EFFECTS.search(outside)
        if group and not softer:  # "in rare cases" inside a list of serious ones
            self._group, self._urgent = group, _calls(sentence)
        elif _calls(sentence):
            self._urgent = True
        for name in names:
            self._add(name, line, sentence)
        if re.search(r"\b(side effects?|reactions?|effects)\b", outside, re.IGNORECASE) and not names:
            if group:
                self._intro = sentence
        elif group and not re.search(r"side effects?", outside, re.IGNORECASE):
            self._group, self._urgent = above

    def _close(self, sentence: str, line: int) -> None:
        """Take "seek help at once if ...": what it names is serious; else it speaks of what went before."""
        self.closing.append(sentence)
        named = CLOSING_NAMES.search(sentence)
        names = self._cut(named["list"]) if named else []
        keep = self._group, self._urgent
        self._group, self._urgent = SERIOUS, True
        for name in names:
            self._add(name, line, sentence)
        self._group, self._urgent = keep
        if names:
            return
        every = re.search(r"\b(any of (these|the)|these)\b", sentence, re.IGNORECASE) and not re.search(
            r"serious|severe|concerning", sentence, re.IGNORECASE
        )
        for key, one in self._found.items():
            if one.section == self.section and (one.group == SERIOUS or (every and one.group == keep[0] == SERIOUS)):
                self._found[key] = one.replace(urgency="urgent", guidance=joined(one.guidance, sentence))

    def _in_prose(self, sentence: str) -> list[str]:
        """Return the side effects that *sentence* names."""
        hidden = masked(sentence)
        signs = WITH_SIGNS.match(hidden)
        if signs:
            name = signs["name"].strip()
            if not GENERIC.match(name) and not _is_system(name) and self._cut(name):
                return [f"{name} (such as {sentence[signs.start('signs') : signs.end('signs')]})"]
        if ONLY_THEN.search(hidden):
            return []
        hits = [*(pattern.search(hidden) for pattern in LISTS), AFFECTS.search(sentence)]
        for hit in hits:
            if hit is None or ONLY_WHEN.search(hidden[: hit.start("list")]):
                continue
            names = self._cut(sentence[hit.start("list") : hit.end("list")])
            if names:
                return names
        return []

    def _cut(self, text: str) -> list[str]:
        good = []
        for piece in split_list(tail_off(OPENING.sub("", text)), prose=True):
            name = taken_apart(piece)[0]
            if name and len(name.split()) <= _LONGEST_IN_PROSE and not VERB.search(name) and self._is_name(name):
                good.append(piece)
        return good

    def _is_name(self, name: str) -> bool:
        return not GENERIC.match(name) and not NO_NAME.fullmatch(name) and not same(name, self.components)

    def _names(self, text: str, line: int) -> None:
        """Take a line that is one name, or a list of names."""
        text = OPENING.sub("", text)
        first, *rest = sentences(text)
        if VERB.search(unbracketed(first)) and (names := self._in_prose(first)):
            for name in names:
                self._add(name, line, text)
            return
        outside = unbracketed(text)
        if NOT_LISTED.search(outside) and not VERB.search(outside):
            first = ", ".join(p for p in split_list(first) if not NOT_LISTED.search(p))
        for name in split_list(first):
            self._add(name, line, name, " ".join(rest))

    # --- one name

    def _add(self, piece: str, line: int, quoted: str, told: str = "") -> None:
        if len(self._found) > MOST_EFFECTS:
            return
        name, glosses, signs, remarks = taken_apart(piece)
        if NOT_LISTED.search(" ".join((name, *remarks))) or not any(c.isalpha() for c in name):
            return
        if not self._is_name(name):
            return
        if len(name.split()) > LONGEST_NAME:
            self.left.append((line, piece))
            return
        group, urgent = self._own_group(remarks, told)
        signs += signs_in(told)
        brackets = [*glosses, *([", ".join(signs)] if signs and "(" in piece and not told else [])]
        if VERB.search(quoted) and quoted.endswith((".", "!")):
            guidance = quoted
        else:
            guidance = f"{self._intro} {quoted.strip(' .;')}.".strip()
        self._keep(
            Found(
                name + "".join(f" ({b})" for b in brackets),
                group,
                "urgent" if urgent else "routine",
                self.section,
                line,
                guidance,
                tuple(glosses),
                tuple(signs),
            ),
            " ".join(t.word for t in tokens(name)),
        )

    def _own_group(self, remarks: list[str], told: str) -> tuple[str, bool]:
        """Return the group of what is added now: that of its list, unless its own words say otherwise."""
        about = [*remarks, told]
        if told and re.search(r"\b(immediate|emergency)\b", told, re.IGNORECASE) and CALLS_HELP.search(told):
            return SERIOUS, True
        if any(ITSELF_GRAVE.search(one) for one in about):
            return SERIOUS, self._urgent
        if self._group == COMMON and any(ITSELF_RARE.match(one) for one in about):
            return OTHER, self._urgent
        if self._group == OTHER and any(ITSELF_COMMON.match(one) for one in about):
            return COMMON, self._urgent
        return self._group, self._urgent

    def _keep(self, made: Found, key: str) -> None:
        """Keep *made*; what is named twice stands once, in its gravest group."""
        old = self._found.get(key)
        if old is None:
            if len(self._found) <= MOST_EFFECTS:
                self._found[key] = made
            return
        first, second = (made, old) if _GRAVEST.index(made.group) > _GRAVEST.index(old.group) else (old, made)
        self._found[key] = first.replace(
            guidance=joined(first.guidance, second.guidance),
            signs=tuple(dict.fromkeys((*first.signs, *second.signs))),
            urgency="urgent" if "urgent" in (old.urgency, made.urgency) else "routine",
        )


def _heads(label: str, text: str) -> bool:
    """Say whether *label* is no side effect but what those in *text* have in common: "Gastrointestinal: nausea"."""
    outside = unbracketed(label).strip()
    if text and (ROUTE.fullmatch(outside) or BARE_SYSTEM.fullmatch(outside)):
        return True
    if not _is_system(outside):
        return False
    first = sentences(text)[0]
    return (
        not text
        or "," in first
        or not VERB.search(first)
        or re.match(r"(such as|including|these|side effects|may|can)", first, re.IGNORECASE) is not None
    )


def _is_system(name: str) -> bool:
    return CATEGORY.fullmatch(name) is not None and MAY_HEAD.match(name) is not None


def _calls(sentence: str) -> bool:
    return URGENT.search(sentence) is not None and CALLS_HELP.search(sentence) is not None


def _group_of(sentence: str) -> str:
    """Return the group that *sentence* announces, or "".

    >>> [_group_of(s) for s in ("Common side effects:", "Less common, serious:", "Rare:", "Some mild, some serious.")]
    ['common', 'serious', 'other', '']
    """
    sentence = COMPARES.sub(" ", sentence)
    outside = re.sub(r"\((?![^)]*(?:%|require|immediate|common|rare|serious|threat))[^)]*\)", "", sentence)
    if _calls(outside) and re.search(r"\b(seek|require|need|get|call)", outside, re.IGNORECASE):
        return SERIOUS
    if GRAVE.search(outside) and not MIXED.search(outside):
        return SERIOUS
    if RARE.search(outside) and not re.search(r"\bmore common", outside):
        vague = re.search(r"(other|potential|possible) side", outside, re.IGNORECASE)
        return COMMON if vague and OFTEN.search(outside) else OTHER
    return COMMON if OFTEN.search(outside) else ""


def _only_group(label: str) -> bool:
    """Say whether *label* says how often or how bad, and nothing else ("Rare but serious")."""
    words = ONLY_GROUP.sub(" ", re.sub(r"\(.*?\)", " ", label))
    return not any(c.isalpha() for c in words)
