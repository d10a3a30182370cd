"""What is said to the program itself: "thanks", "it's worse now", "next patient: ..."; words in session.yaml."""

from __future__ import annotations

from checker.classes import LIGHT
from checker.normalise import tokens
from checker.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from checker.model import Answer, Token
    from checker.store import Knowledge

LONGEST_MESSAGE = 24  # words; a longer message speaks for itself
MOST_OTHER_WORDS = 3
HANGING = frozenset(("worse", "again", "all-gone", "gone", "better", "joking", "meant"))
_LONGEST_SAYING = 8  # words
_INSTEAD = (("not",), ("instead", "of"), ("rather", "than"))
_MOST_BETWEEN = 2  # words between "not" and the name of a medicine
_PRONOUNS = frozenset(("it", "that", "this", "they", "i", "you", "both", "all", "everything"))
_AUXILIARIES = frozenset(("is", "are", "am", "has", "have"))
_SPELT_OUT = {
    "its": "it", "thats": "that", "theyre": "they", "theyve": "they", "im": "i", "ive": "i", "youre": "you",
    "cannot": "cant", "goneaway": "gone away", "wentaway": "went away",
}  # fmt: skip


class Said(Record):
    """A run of words that is said to the program itself.

    Attributes:
        kinds: what it may be: yes, gone, thanks and the like.
        first: the place of its first word.
        last: the place of its last word.
    """

    kinds: tuple[str, ...]
    first: int
    last: int


def key(words: Sequence[str]) -> str:
    """Return what *words* are filed under: short and long forms alike.

    >>> key(["its", "gone"]) == key(["it", "has", "gone"])
    True
    """
    spelt = " ".join(_SPELT_OUT.get(w, w) for w in words).split()
    last = len(spelt) - 1
    return " ".join(
        w for n, w in enumerate(spelt) if not (0 < n < last and w in _AUXILIARIES and spelt[n - 1] in _PRONOUNS)
    )


def read(given: Sequence[Token], knowledge: Knowledge) -> list[Said]:
    """Return what is said to the program in *given*, the longest readings, in order."""
    found = []
    first, count = 0, min(len(given), LONGEST_MESSAGE)
    while first < count:
        last = first
        while last + 1 < count and last - first + 1 < _LONGEST_SAYING and given[last + 1].stop not in (".", ":", "/"):
            last += 1
        while last >= first:
            kinds = knowledge.sayings(key([t.word for t in given[first : last + 1]]))
            if kinds:
                found.append(Said(kinds, first, last))
                first = last
                break
            last -= 1
        first += 1
    return found


def opening(text: str, knowledge: Knowledge) -> tuple[tuple[str, ...], str]:
    """Return what *text* opens with saying, up to a comma or its end, and the rest.

    "Next patient: chest pain" opens with another person, and goes on.
    """
    given = tokens(text[:1000])
    found = read(given, knowledge)
    if not found or found[0].first:
        return (), text
    last = found[0].last
    if last + 1 < len(given) and not given[last + 1].stop:
        return (), text
    rest = text[given[last + 1].start :] if last + 1 < len(given) else ""
    return found[0].kinds, rest


def asides(text: str, knowledge: Knowledge) -> set[str]:
    """Return what *text* says to the program, where it says little else ("ok thanks for that")."""
    given = tokens(text[:1000])
    said = read(given, knowledge)
    if len(given) > LONGEST_MESSAGE or other_words(given, said, knowledge) > MOST_OTHER_WORDS:
        return set()
    telling = (s for s in said if s.last > s.first or len(given) == 1 or not is_light(given[s.first].word, knowledge))
    return {k for s in telling for k in s.kinds}


def hangs(text: str, knowledge: Knowledge) -> bool:
    """Say whether *text* only makes sense after something else ("it's worse now")."""
    given = tokens(text[:1000])
    said = read(given, knowledge)
    hanging = any(not HANGING.isdisjoint(s.kinds) for s in said)
    return hanging and len(given) <= LONGEST_MESSAGE and other_words(given, said, knowledge) <= MOST_OTHER_WORDS


def asked(answer: Answer, knowledge: Knowledge) -> Answer:
    """Return *answer* with what its message only asks about marked so ("can I drink wine?" is no report of it)."""
    if not any(knowledge.symptom(m.symptom).circumstance for m in answer.mentions):
        return answer
    given = tokens(answer.message)
    spans = []
    for one in read(given, knowledge):
        first = one.first
        while first > 0 and not given[first].stop and is_light(given[first - 1].word, knowledge):
            first -= 1
        if "asking" in one.kinds and (not first or given[first].stop):
            end = one.last + 1
            while end < len(given) and not given[end].stop:
                end += 1
            spans.append((given[one.first].start, given[end - 1].end))
    return answer.replace(
        mentions=tuple(
            m.replace(asked=True)
            if knowledge.symptom(m.symptom).circumstance and any(a <= m.start < b for a, b in spans)
            else m
            for m in answer.mentions
        )
    )


def without_denied(text: str, knowledge: Knowledge) -> str:
    """Return *text* with blanks for a medicine that another is put in place of ("fetzima, not savella")."""
    given = tokens(text)
    named = [place for place, token in enumerate(given) if knowledge.drug(token.word)]
    out = {
        place: given[first].start
        for place in named
        for words in _INSTEAD
        for first in range(max(0, place - _MOST_BETWEEN - len(words)), place - len(words) + 1)
        if words == tuple(t.word for t in given[first : first + len(words)])
    }
    if len(out) == len(named):
        return text
    for place, start in out.items():
        end = given[place].end
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def other_words(given: Sequence[Token], said: Sequence[Said], knowledge: Knowledge) -> int:
    """Return how many words that mean something are no part of what is *said*."""
    covered = {p for s in said for p in range(s.first, s.last + 1)}
    return sum(place not in covered and not is_light(t.word, knowledge) for place, t in enumerate(given))


def is_light(word: str, knowledge: Knowledge) -> bool:
    """Say whether *word* is a function word."""
    known = knowledge.word(word)
    return known is not None and LIGHT in known.keys


def cut(text: str, given: Sequence[Token], said: Said | None) -> tuple[str, int]:
    """Return the words of *said* as they stand in *text* (all of it for None), and where."""
    first, last = (said.first, said.last) if said else (0, len(given) - 1)
    start = given[first].start
    return text[start : given[last].end], start
