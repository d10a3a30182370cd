"""Marks of a form: an answered item, and what its words and signs are."""

from __future__ import annotations

from checker.classes import ANSWERING, JOINING, LIGHT, MARK, MARK_LETTER, MARK_YES
from checker.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from checker.model import Token

YES, NO, WELL, JUDGED, BLANK = "yes", "no", "well", "judged", "blank"  # what an answer says
WITH_ANSWER = (WELL, JUDGED)  # what is read together with its noun: "appetite: down"
FIRST_PICTURE = "\u2600"
PAIR = 2  # rows
SCORES = tuple(map(str, range(11)))
CLOSING, FIRST = ").:", (0, 1, ord("a"))  # of a count
STRONG, DASHES, TABLE = "?:=", "-–—", "|\t"  # what may part an item from its answer
CUTTING = (".", ",", ":")  # the stops that end an item; N/V/D is one
TOP = 10  # of a score
_RANGE = ("-", "–")
LONGEST_NOUN = 3  # words of what is judged


class Row(Record):
    """An answered item; its places are those of the tokens.

    Attributes:
        start: where it begins, with a box before it.
        first: where the item begins.
        end: behind the item.
        after: behind its answer, which begins at `end`.
        says: yes, no, well or judged.
        sure: whether its layout leaves no doubt.
    """

    start: int
    first: int
    end: int
    after: int
    says: str
    sure: bool = False


def is_picture(token: Token) -> bool:
    """Say whether *token* is an emoji or a sign."""
    return token.word >= FIRST_PICTURE


def is_answer_mark(token: Token) -> bool:
    """Say whether *token* is a mark; a letter is read as another word too ("n" is "and"), which is none."""
    return MARK_LETTER not in token.keys or len(token.word) == 1


def is_light(token: Token) -> bool:
    """Say whether *token* is a function word and no mark."""
    return LIGHT in token.keys and not (MARK in token.keys and is_answer_mark(token))


def mark_between(text: str, end: int, start: int) -> str:
    """Return what parts the word that begins at *start* from the one before: "?", ":", "-", "|", or ""."""
    gap = text[end:start]
    for mark in STRONG + TABLE:
        if mark in gap:
            return mark
    return "-" if any(mark in gap for mark in DASHES) else ""


def has_any(tokens: Sequence[Token], *keys: str) -> bool:
    """Say whether one of *tokens* is of one of the classes *keys*."""
    return any(key in token.keys for token in tokens for key in keys)


def score(token: Token) -> int | None:
    """Return the score from 0 to 10 that *token* is, if it is one."""
    return SCORES.index(token.word) if token.word in SCORES else None


def counted(read: Sequence[Token], text: str) -> set[int]:
    """Return the places of what counts the rows, one by one: "1) sick 2) dizzy", "a. sick b. dizzy"."""
    found: list[int] = []
    wanted, opens = -1, False
    for at, token in enumerate(read):
        word, closing = token.word, text[token.end : token.end + 1]
        if not closing or closing not in CLOSING or not (word.isdecimal() or len(word) == 1) or len(word) > 2:
            continue
        if at + 1 < len(read) and word == read[at + 1].word:
            continue  # "1. sick: 2. 2. dizzy: 0": an answer
        number = int(word) if word.isdecimal() else ord(word)
        if not found and number in FIRST and (not at or text[token.start - 1] != "("):
            opens = not at or closing == ")" or "\n" in text[read[at - 1].end : token.start]
            wanted = number
        if number == wanted:
            found.append(at)
            wanted += 1
    return set(found) if len(found) > (1 if opens else PAIR) else set()  # "nausea 1. rash 2." are scores


def legends(read: Sequence[Token], text: str) -> Iterator[int]:
    """Return the places of what only says how to answer: "(y/n)", "(0 none, 3 severe)"."""
    from bisect import bisect

    starts = [token.start for token in read]
    for opening, closing in ("()", "[]"):
        start = text.find(opening)
        while start != -1:
            end = text.find(closing, start)
            if end == -1:
                break
            inside = range(bisect(starts, start), bisect(starts, end))
            choice = any(mark in text[start:end] for mark in "/,-–")
            if len(inside) > 1 and choice and all(_is_choice(read[at]) for at in inside):
                yield from inside
            start = text.find(opening, start + 1)
    for at in range(1, len(read)):
        token = read[at]
        if (
            len(token.word) == 1
            and text[token.end : token.end + 1] == ":"
            and "?" in text[read[at - 1].end : token.start]
        ):
            yield at  # "A: no"
        if token.word.isdigit() and read[at - 1].word.isdigit() and text[read[at - 1].end : token.start] in _RANGE:
            yield from (at - 1, at)  # "0-3"
        both = read[at].stop == "/" and MARK in read[at - 1].keys and MARK in read[at].keys
        if both and (MARK_YES in read[at - 1].keys) != (MARK_YES in read[at].keys):
            yield from (at - 1, at)  # "yes/no"


def _is_choice(token: Token) -> bool:
    return token.word.isdigit() or has_any((token,), ANSWERING, JOINING)
