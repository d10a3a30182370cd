"""The nearest known word, or none; the only module that talks to rapidfuzz.

Distances are optimal string alignment: insert, drop, replace and swap cost one.
A word of the English list is never taken for a misspelling.
"""

from __future__ import annotations

from checker.model import Correction, Token, Word
from checker.normalise import squeezed, stem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from checker.store import Knowledge

# Word length -> edits allowed (reference/matching.md, recipe 3).
_EDITS = (0, 0, 0, 0, 1, 1, 2, 2, 2, 2, 2, 2, 3)
_LONGEST = 30  # letters; longer ones are no words
_LONGER_BY = 2  # letters that a word may have more or less than one that sounds like it
_SOUND = 4  # letters of a sound that says enough
_JOINED = 7  # letters of a word that was written apart ("head ake")
_REMEMBERED = 100_000  # words
_MOST_OTHERS = 4
_MOST_GUESSES = 1000  # different unknown words of one message; a mebibyte of nonsense must end too
_UNKNOWN = Word((), ())
_SOUNDS = (
    ("tion", "Sn"), ("sion", "Sn"), ("cian", "Sn"), ("shun", "Sn"), ("shon", "Sn"), ("cious", "Ss"), ("tious", "Ss"),
    ("ph", "f"), ("gh", ""), ("tch", "C"), ("sch", "sk"), ("ch", "C"), ("sh", "S"), ("ck", "k"), ("qu", "kw"),
    ("x", "ks"), ("dge", "j"), ("ce", "se"), ("ci", "si"), ("cy", "sy"), ("c", "k"), ("q", "k"), ("z", "s"),
    ("kn", "n"), ("wr", "r"), ("ps", "s"), ("v", "f"),
)  # fmt: skip
_NUMBER, _YEAR = "{n}", "{year}"


class Reader:
    """Reads words against a vocabulary, and remembers what it has read."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._read: dict[str, tuple[str, Word] | None] = {}
        self._others: dict[str, list[tuple[str, Word]]] = {}
        self._targets: dict[int, list[str]] = {}

    def read(self, tokens: Sequence[Token]) -> tuple[Token, ...]:
        """Give every token its keys: of the word, or of the nearest known one.

        Words that stand for one ("not able", "light headed") become one token; a
        word that is two ("drymouth") becomes two.
        """
        words: list[Token] = []
        unknown: set[str] = set()
        for token in tokens:
            known = self._known(token.word)
            if known is not None:
                start, end, word, stop, _, _ = token  # a copy by places: `replace` costs ten times as much
                words.append(Token(start, end, word, stop, known.keys, known.read))
            elif token.word in unknown or len(unknown) < _MOST_GUESSES:
                unknown.add(token.word)
                self._guess(token, words)
            else:
                words.append(token.replace(keys=(stem(token.word),)))
        return self._units(words)

    def _units(self, words: list[Token]) -> tuple[Token, ...]:
        done: list[Token] = []
        at, count = 0, len(words)
        while at < count:
            token = words[at]
            known = self._known(token.read or token.word)
            if known is None or not known.units:
                done.append(token)
                at += 1
                continue
            used, one = 1, ""
            for rest, made in known.units:
                size = len(rest) + 1
                if size > used and at + size <= count:
                    following = words[at + 1 : at + size]
                    if all((t.read or t.word) == w and t.stop in ("", "/") for t, w in zip(following, rest)):
                        used, one = size, made
            if used == 1:
                done.append(token)
            else:
                parts = words[at : at + used]
                read = " ".join(t.read or t.word for t in parts) if any(t.read for t in parts) else ""
                word = self._known(one) or _UNKNOWN
                done.append(Token(token.start, parts[-1].end, one, token.stop, word.keys or (one,), read))
            at += used
        return tuple(done)

    def _known(self, word: str) -> Word | None:
        known = self._knowledge.word(word)
        if known is None:
            if word[0].isdigit():
                return Word((word, _NUMBER, _YEAR) if is_year(word) else (word, _NUMBER), ())
            base = stem(word)
            known = self._knowledge.word(base) if base != word else None
            if known is not None and known.units:
                known = Word(known.keys, ())
        return known

    def _guess(self, token: Token, words: list[Token]) -> None:
        """Add to *words* what the unknown *token* is read as: a word, two, or a part of the one before."""
        word = token.word
        guess = self._remembered(word)
        if guess is not None:
            words.append(token.replace(keys=guess[1].keys, read=guess[0]))
            return
        halves = self._halves(word)
        if halves:
            cut = token.start + len(halves[0][0])
            words.append(Token(token.start, cut, halves[0][0], token.stop, halves[0][1].keys, ""))
            words.append(Token(cut, token.end, halves[1][0], "", halves[1][1].keys, ""))
            return
        if words and not token.stop and not words[-1].read and not self._knowledge.is_english(word):
            before = words[-1]
            whole = self._remembered(before.word + word) if len(before.word + word) >= _JOINED else None
            if whole is not None and len(whole[0]) > len(before.word) + 1:
                words[-1] = Token(before.start, token.end, before.word + word, before.stop, whole[1].keys, whole[0])
                return
        words.append(token.replace(keys=(stem(word),)))

    def others(self, word: str) -> list[tuple[str, Word]]:
        """Return the words that are as near to *word* as the one it was read as."""
        found = self._others.get(word)
        if found is None:
            near = _ranked(word, self._near(len(word))) if len(word) <= _LONGEST else []
            equal = [choice for _, edits, *_, choice in near[1 : 1 + _MOST_OTHERS] if edits <= near[0][1]]
            found = [(read, known) for read in equal if (known := self._known(read))]
            if len(self._others) < _REMEMBERED:
                self._others[word] = found
        return found

    def _remembered(self, word: str) -> tuple[str, Word] | None:
        try:
            return self._read[word]
        except KeyError:
            if len(self._read) > _REMEMBERED:
                self._read.clear()
            found = self._read[word] = self._nearest(word)
            return found  # not looked up again: another thread may have cleared it

    def _nearest(self, word: str) -> tuple[str, Word] | None:
        if len(word) > _LONGEST or not word.isalpha() or not word.isascii() or self._knowledge.is_english(word):
            return None
        for shorter in squeezed(word):
            if shorter != word and (known := self._known(shorter)):
                return shorter, known
        if word.endswith("in") and (known := self._known(word + "g")):
            return word + "g", known
        if len(word) < len(_EDITS) and not _EDITS[len(word)]:
            return None
        read = nearest(word, self._near(len(word))) or self._alike(word)
        known = self._known(read) if read else None
        return (read, known) if read and known else None

    def _alike(self, word: str) -> str | None:
        """Return the one known word that sounds like *word*."""
        heard = sound(word)
        alike = self._knowledge.sounding(heard) if len(heard) >= _SOUND else ()
        found = [w for w in alike if abs(len(w) - len(word)) <= _LONGER_BY]
        roots = {stem(w) for w in found}
        return min(found, key=lambda w: (abs(len(w) - len(word)), w)) if len(roots) == 1 else None

    def _near(self, length: int) -> list[str]:
        if length not in self._targets:
            edits = allowed(length)
            sizes = range(length - edits, length + edits + 1)
            self._targets[length] = [word for size in sizes for word in self._knowledge.spellings(size)]
        return self._targets[length]

    def _halves(self, word: str) -> tuple[tuple[str, Word], ...]:
        if not 7 <= len(word) <= _LONGEST or self._knowledge.is_english(word):
            return ()
        for cut in range(3, len(word) - 2):
            left, right = self._known(word[:cut]), self._known(word[cut:])
            if left is not None and right is not None:
                return (word[:cut], left), (word[cut:], right)
        return ()


def is_year(word: str) -> bool:
    """Say whether *word* is a year that people speak of.

    >>> is_year("1974"), is_year("1500")
    (True, False)
    """
    return len(word) == 4 and word.isdigit() and word[:2] in ("19", "20")


def allowed(length: int) -> int:
    """Return how many edits a word of *length* letters may be away.

    >>> [allowed(n) for n in (3, 5, 6, 12)]
    [0, 1, 2, 3]
    """
    return _EDITS[min(length, len(_EDITS) - 1)]


def sound(word: str) -> str:
    """Return how *word* sounds, roughly: the consonants, those that sound alike made one.

    After Soundex and Metaphone (Philips 1990), simplified.

    >>> sound("halucinashuns") == sound("hallucinations")
    True
    """
    for letters, heard in _SOUNDS:
        word = word.replace(letters, heard)
    return squeezed(word[:1] + "".join(c for c in word[1:] if c not in "aeiouyhw"))[1]


def nearest(word: str, choices: Sequence[str]) -> str | None:
    """Return the one of *choices* that *word* most likely means, or None.

    One edit may fall anywhere; for more the beginning must be right. To sound alike is worth one.

    >>> nearest("nausia", ["nausea", "nasal"])
    'nausea'
    """
    ranked = _ranked(word, choices)
    return ranked[0][-1] if ranked else None


def _ranked(word: str, choices: Sequence[str]) -> list[tuple[int, int, bool, bool, int, int, str]]:
    """Return those of *choices* that *word* may mean, the likeliest first: edits and more first, the choice last."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    hits = process.extract(word, choices, scorer=OSA.distance, score_cutoff=allowed(len(word)), limit=12)
    heard = sound(word)
    ranked = []
    for choice, edits, _ in hits:
        alike = _alike(word, choice)
        if len(word) <= 4 and word[0] != choice[0]:
            continue
        if edits > 1 and alike < (2 if len(word) < 7 else 1):
            continue
        differs = sound(choice) != heard
        odd = _odd_letters(word, choice)
        ranked.append((edits + differs, edits, differs, alike == 0, odd, -alike, choice))
    return sorted(ranked, key=lambda r: (r[0], *r[2:]))


def _alike(word: str, choice: str) -> int:
    """How many letters agree from the beginning; one where the first two are swapped."""
    if word[:2] == choice[1::-1]:
        return 1
    agree = 0
    for a, b in zip(word, choice):
        if a != b:
            break
        agree += 1
    return agree


def _odd_letters(word: str, choice: str) -> int:
    """How many letters only one of the two has: none where letters only changed places."""
    return sum(abs(word.count(letter) - choice.count(letter)) for letter in {*word, *choice})


def drug_name(word: str, names: Sequence[str]) -> str | None:
    """Return the medicine's name that *word* is a slip of, or None.

    A name is taken when it is the only one within 1 edit (2 from 9 letters on)
    and no other lies within 3 (design, section 3).

    >>> drug_name("savela", ["savella", "fetzima"])
    'savella'
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    hits = process.extract(word, names, scorer=OSA.distance, score_cutoff=3, limit=3)
    if len(hits) != 1 or hits[0][1] > (2 if len(word) >= 9 else 1):
        return None
    return str(hits[0][0])


def similar(word: str, choices: Sequence[str], most: int) -> tuple[str, ...]:
    """Return at most *most* of *choices* that look like *word*, the likest first."""
    from rapidfuzz import fuzz, process

    hits = process.extract(word, choices, scorer=fuzz.ratio, score_cutoff=55, limit=most)
    return tuple(str(choice) for choice, _, _ in hits)


def corrections(text: str, tokens: Iterable[Token]) -> tuple[Correction, ...]:
    """Return every word of *text* that was read as another."""
    found = {t.start: Correction(text[t.start : t.end], t.read) for t in tokens if t.read}
    return tuple(dict.fromkeys(found.values()))
