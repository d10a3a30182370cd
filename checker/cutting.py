"""Cuts the text of a monograph: sentences, lists in a sentence, one side effect into name, glosses and signs."""

from __future__ import annotations

import re

from checker.normalise import tokens
from checker.wording import (
    AFTER_NAME,
    AROUND_DRUG,
    EXAMPLE,
    GOES_ON,
    LEADING,
    PARTS,
    PROPER,
    REMARK,
    SIGNS,
    TAIL,
    VERB,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LONGEST_SIGN = 7  # words; longer ones are sentences
_NO_ENDS = ("e.g.", "i.e.", " vs.", " approx.", " dr.", " st.", "etc.")


def masked(text: str) -> str:
    r"""Blank what stands in brackets; every place stays.

    >>> masked("rash (hives).").replace("\0", "-")
    'rash -------.'
    """
    return re.sub(r"\([^)]*\)", lambda hit: "\0" * len(hit[0]), text)


def unbracketed(text: str) -> str:
    """Leave out what stands in brackets."""
    return re.sub(r"\(.*?\)", "", text)


def _outside(text: str) -> Iterator[tuple[int, str]]:
    """Return place and character of what stands outside brackets."""
    depth = 0
    for place, char in enumerate(text):
        if char == "(":
            depth += 1
        elif char == ")":
            depth = max(depth - 1, 0)
        elif not depth:
            yield place, char


def sentences(text: str) -> list[str]:
    """Cut *text* at the ends of sentences, outside brackets.

    >>> sentences("Rash (e.g. hives). Seek help.")
    ['Rash (e.g. hives).', 'Seek help.']
    """
    cut, start = [], 0
    for place, char in _outside(text):
        if char in ".!?:" and text[place + 1 : place + 2] == " " and _ends(text, start, place):
            cut.append(text[start : place + 1].strip())
            start = place + 1
    cut.append(text[start:].strip())
    return [s for s in cut if s] or [""]


def _ends(text: str, start: int, place: int) -> bool:
    before = text[start : place + 1].lower()
    if text[place] == ":":
        return bool(re.search(r"includ\w*|effects?|limited to|these|following|experience|are|notice", before))
    following = text[place + 1 :].lstrip()[:1]
    return not before.endswith(_NO_ENDS) and (following.isupper() or following in "(\"'" or following.isdigit())


def tail_off(text: str) -> str:
    """Cut off what follows a list in a sentence: relative clauses, verbs, remarks outside brackets.

    >>> tail_off("rash (which itches) and hives, which need care")
    'rash (which itches) and hives'
    """
    hit = TAIL.search(masked(text))
    return text[: hit.start()] if hit else text


def split_list(text: str, *, prose: bool = False) -> list[str]:
    """Cut an inline list into its items; brackets stay whole, and so does a shared ending.

    >>> split_list("nausea, vomiting and headache (mild, short)")
    ['nausea', 'vomiting', 'headache (mild, short)']
    >>> split_list("Burning, stinging, or itching at the site")
    ['Burning, stinging, or itching at the site']
    >>> split_list("Chest pain or irregular heartbeat")
    ['Chest pain or irregular heartbeat']
    >>> split_list("NMS, a rare but serious condition, swelling of the face, lips, or tongue (angioedema)")
    ['NMS, a rare but serious condition', 'swelling of the face, lips, or tongue (angioedema)']
    """
    text = text.strip(" .;")
    pieces = _together(_pieces(text))
    if not pieces or _shares_ending(pieces):
        return [text] if pieces else []
    last = pieces[-1]
    if re.match(r"(and|or)\s", last):
        pieces[-1] = re.sub(r"^(and|or)\s+", "", last)
    elif (len(pieces) > 1 or prose) and "," not in masked(last):  # with a comma it was put together
        outside = masked(last)
        either = " or " in outside and (len(pieces) > 1 or " and " not in outside)
        both = re.search(r" or " if either else r" (?:and|as well as) ", outside)
        if both and not _one_thing(outside[: both.start()], outside[both.end() :]):
            pieces[-1:] = [last[: both.start()], last[both.end() :]]
    return [p.strip(" .;") for p in pieces if p.strip(" .;")]


def _pieces(text: str) -> list[str]:
    """Cut *text* at its commas and semicolons, not inside brackets or numbers."""
    pieces, start = [], 0
    for place, char in _outside(text):
        if char in ",;" and not (text[place - 1].isdigit() and text[place + 1 : place + 2].isdigit()):
            pieces.append(text[start:place].strip())
            start = place + 1
    pieces.append(text[start:].strip())
    return [p for p in pieces if p]


def _together(pieces: list[str]) -> list[str]:
    """Put what belongs to the piece before it back: parts of the body, remarks."""
    made: list[str] = []
    for piece in pieces:
        bare = unbracketed(re.sub(r"^(and|or|and/or)\s+", "", piece)).strip()
        parts = PARTS.fullmatch(bare) and made and re.search(r"\b(of|in|on|around)\b", made[-1])
        if made and (parts or GOES_ON.match(piece)):
            made[-1] += ", " + piece
        else:
            made.append(piece)
    return made


def _shares_ending(pieces: list[str]) -> bool:
    """Say whether all *pieces* share the place that the last names: "burning, or itching at the site"."""
    shared = re.match(r"(and|or) \S+( \S+)? (at|in|on|around|near) (the|your|site)\b", pieces[-1]) or re.match(
        r"(and|or) \S+ (at|of) \S+ site", pieces[-1]
    )
    return len(pieces) > 1 and shared is not None and all(len(p.split()) == 1 for p in pieces[:-1])


def _one_thing(first: str, second: str) -> bool:
    """Say whether "*first* and *second*" is one side effect: "cold hands and feet", "changes in sugar and fat"."""
    changes = re.match(r"\W*(changes|increases|decreases|alterations|fluctuations) in\b", first, re.IGNORECASE)
    return bool(changes or re.match(r"(feet|legs|toes|throat|eyes|ankles|lower|redness and)", second))


def taken_apart(piece: str) -> tuple[str, list[str], list[str], list[str]]:
    """Cut a side effect into name, glosses, signs and remarks.

    >>> taken_apart("Pruritus (itching)")
    ('Pruritus', ['itching'], [], [])
    >>> taken_apart("Severe Allergic Reactions (rash, swelling)")
    ('Severe allergic reactions', [], ['rash', 'swelling'], [])
    >>> taken_apart("stroke (rare but serious)")
    ('Stroke', [], [], ['rare but serious'])
    >>> taken_apart("paralysis, temporary or permanent, of the legs")
    ('Paralysis', [], [], ['temporary or permanent, of the legs'])
    """
    glosses: list[str] = []
    signs: list[str] = []
    remarks: list[str] = []
    for inside in re.findall(r"\(([^()]*)\)", piece):
        inner = inside.strip()
        example = EXAMPLE.match(inner)
        if example:
            signs += split_list(inner[example.end() :], prose=True)
        elif re.match(r"(an? |the )", inner, re.IGNORECASE):
            remarks.append(inner)
            signs += signs_in(inner)
        elif REMARK.match(inner) or VERB.search(inner):
            remarks.append(inner)
        elif "," in inner:
            signs += split_list(inner)
        elif inner:
            glosses.append(inner)
    outside, *after = AFTER_NAME.split(re.sub(r"\([^()]*\)", " ", piece), maxsplit=1)
    if after:
        rest = after[0].strip(" ,.")
        if re.search(r"including|such as|e\.g\.|characterized by|like", piece) and not VERB.search(rest):
            signs += split_list(rest, prose=True)
        elif rest:
            remarks.append(rest)
    name = LEADING.sub("", outside.strip(" .,;:*")).replace("(", " ").replace(")", " ")
    return _sentence_case(" ".join(name.split()).strip(" .,;:*")), glosses, signs, remarks


def _sentence_case(name: str) -> str:
    name = " or ".join(part.strip() for part in name.split("/")) if re.search(r"[a-z]/[A-Za-z]", name) else name
    words = name.split()
    if len(words) > 1 and all(
        w[:1].isupper() or w in ("of", "or", "and", "in", "the", "to", "with", "on") for w in words
    ):
        words = [words[0], *(w if PROPER.match(w) or not w[1:].islower() else w.lower() for w in words[1:])]
    made = " ".join(words)
    return made[:1].upper() + made[1:]


def signs_in(told: str) -> list[str]:
    """Return what *told* names as the signs of a side effect.

    >>> signs_in("Symptoms include rash, swelling, and trouble breathing.")
    ['rash', 'swelling', 'trouble breathing']
    """
    if not told:
        return []
    first = sentences(told)[0]
    hit = SIGNS.search(told)
    if hit:
        pieces = split_list(tail_off(hit["list"]), prose=True)
    elif "," in first and not VERB.search(unbracketed(first)):
        pieces = split_list(first)
    else:
        return []
    return [p for p in (LEADING.sub("", one).strip(" .") for one in pieces) if p and len(p.split()) <= _LONGEST_SIGN]


def joined(first: str, second: str) -> str:
    """Put *second* after *first*, unless it stands there already."""
    return first if second in first else f"{first} {second}"


def drug_name(label: str) -> str:
    """Fold a *label* to the name of the medicine it may be.

    >>> drug_name("Side effects of Metoprolol (only)")
    'metoprolol'
    """
    return " ".join(t.word for t in tokens(unbracketed(label)) if t.word not in AROUND_DRUG)


def same(label: str, components: Iterable[str]) -> bool:
    """Say whether *label* is a medicine's name and no more: one of *components*, or made of them.

    >>> same("From Metoprolol Succinate", ["metoprolol", "succinate"])
    True
    """
    known = frozenset(components)
    names = [drug_name(part) for part in unbracketed(label).split("/")]
    return any(name in known or (name != "" and all(word in known for word in name.split())) for name in names)
