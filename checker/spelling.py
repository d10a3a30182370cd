"""The nearest known word, or none; the only module that talks to rapidfuzz.

Distances are optimal string alignment: insert, drop, replace and swap cost one.
A word of the English list is never taken for a misspelling.
"""

from __future__ import annotations

from checker.classes import ASSERTING, DIRECTION, JUDGING, LIGHT, MARK, NUMBER, WHOLLY, YEAR
from checker.model import Correction, Token, Word
from checker.normalise import squeezed, stem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from checker.store import Knowledge

# Word length -> edits allowed (reference/matching.md, recipe 3).
_EDITS = (0, 0, 0, 0, 1, 1, 2, 2, 2, 2, 2, 2, 3)
_LONGEST = 30  # letters; longer ones are no words
_SOUND = 3  # letters of a sound that says enough
_FEW = 2  # edits that a word may be away that sounds alike, where the sound is as short as that
_JOINED = 7  # letters of a word that was written apart ("head ake")
_REMEMBERED = 20_000  # words
_LOOK_BACK = 60  # letters before a word that tell whether every word has a capital
_OF_A_NAME = 5  # letters for each slip in a word that looks like a name
_SHORTEST_SLIP = 5  # letters of a word that may be meant for an abbreviation
_MOST_OTHERS = 8
_MOST_DOUBTFUL = 10
_MOST_RANKED = 30
_MOST_GUESSES = 1000  # different unknown words of one message; a mebibyte of nonsense must end too
_UNKNOWN = Word((), ())
INFLECTED = 5  # letters of a stem from which on the forms of a word that stands for another stand for it too
_SOUNDS = (
    ("tion", "Sn"), ("sion", "Sn"), ("cian", "Sn"), ("shun", "Sn"), ("shon", "Sn"), ("scious", "Ss"), ("cious", "Ss"),
    ("tious", "Ss"), ("ph", "f"), ("gh", ""), ("tch", "C"), ("sch", "sk"), ("ch", "C"), ("sh", "S"), ("ck", "k"),
    ("qu", "kw"),
    ("x", "ks"), ("dge", "j"), ("ce", "se"), ("ci", "si"), ("cy", "sy"), ("c", "k"), ("q", "k"), ("z", "s"),
    ("kn", "n"), ("wr", "r"), ("ps", "s"), ("v", "f"), ("mb", "m"),
)  # fmt: skip
_FIRST_PICTURE = "\u2600"  # emoji; everything else is written in ASCII by now
_LEADING = frozenset((LIGHT, DIRECTION, ASSERTING, WHOLLY))  # of words that a picture may follow as a word
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Reader:
    """Reads words against a vocabulary, and remembers what it has read."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._words: dict[str, Word | None] = {}
        self._read: dict[str, tuple[str, Word] | None] = {}
        self._others: dict[str, list[tuple[str, Word, bool]]] = {}
        self._targets: dict[tuple[str, int], list[str]] = {}

    def read(self, tokens: Sequence[Token], text: str = "") -> tuple[Token, ...]:
        """Give every token its keys: of the word, or of the nearest known one.

        Words that stand for one ("not able", "light headed") become one token; a
        word that is two ("drymouth") becomes two. What stands in *text* like a name
        is left alone where it is no clear slip.
        """
        words: list[Token] = []
        unknown: set[str] = set()
        held = ""
        joins = False
        after: Collection[str] = ()  # what may follow the last word in a unit
        for written in tokens:
            token = written.replace(stop=written.stop or held) if held else written
            held = ""
            start, end, word, stop, _, _ = token  # a copy by places: `replace` costs ten times as much
            if word >= _FIRST_PICTURE and not self._is_said(token, words):
                held = stop
                continue
            known = self._known(word)
            if known is not None:
                joins = joins or word in after or known.read != ""
                after = known.after
                words.append(Token.make((start, end, word, stop, known.keys, known.read)))
                continue
            joins = True
            if word in unknown or len(unknown) < _MOST_GUESSES:
                unknown.add(word)
                if is_named(token, text) and not self._is_slip(word):
                    words.append(token.replace(keys=(stem(word),)))
                else:
                    self._guess(token, words)
            else:
                words.append(token.replace(keys=(stem(word),)))
        return self._units(words) if joins else tuple(words)

    def _is_slip(self, word: str) -> bool:
        from rapidfuzz.distance import OSA

        guess = self._remembered(word)
        if guess is None or guess[0][0] != word[0]:
            return False
        return OSA.distance(word, guess[0]) <= len(word) // _OF_A_NAME

    def _is_said(self, picture: Token, before: Sequence[Token]) -> bool:
        """Say whether *picture* is said as a word: known, and first or after a word that wants another ("so 🤢")."""
        known = self._knowledge.word(picture.word)
        if known is None or MARK in known.keys or JUDGING in known.keys:
            return known is not None
        last = before[-1] if before and not picture.stop else None
        if last is None or last.word == picture.word:
            return True
        return "you" not in last.keys and any(key in _LEADING for key in last.keys)  # not "love you ❤"

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
            after = words[at + 1].read or words[at + 1].word if at + 1 < count else ""
            for rest, made in known.units:
                if rest[0] == after and len(rest) >= used and _stand(rest, words[at : at + 1 + len(rest)]):
                    used, one = len(rest) + 1, made
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
        try:
            return self._words[word]
        except KeyError:
            known = self._word(word)
            if len(self._words) < _REMEMBERED:
                self._words[word] = known
            return known

    def _word(self, word: str) -> Word | None:
        known = self._knowledge.word(word)
        if known is None:
            if word[0].isdigit():
                return Word((word, NUMBER, YEAR) if is_year(word) else (word, NUMBER), ())
            base = stem(word)
            known = self._knowledge.word(base) if base != word else None
            if known is not None and len(base) < INFLECTED and known.keys[0] != base:
                return None  # "dated" is no form of "dat", which stands for "that"
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
        if words and not token.stop and not words[-1].read and self._is_unknown(word) and LIGHT not in words[-1].keys:
            before = words[-1]
            whole = self._remembered(before.word + word) if len(before.word + word) >= _JOINED else None
            if whole is not None and whole[0].startswith(before.word) and len(whole[0]) > len(before.word) + 2:
                words[-1] = Token(before.start, token.end, before.word + word, before.stop, whole[1].keys, whole[0])
                return
        words.append(token.replace(keys=(stem(word),)))

    def others(self, word: str) -> list[tuple[str, Word, bool]]:
        """Return what else *word* may be meant for, and whether it is as near as the one it was read as.

        A word that is not is taken only where it fits its neighbours, as is another English one ("dry moth").
        """
        found = self._others.get(word)
        if found is None:
            found = [(read, known, sure) for read, sure in self._doubtful(word) if (known := self._known(read))]
            if len(self._others) < _REMEMBERED:
                self._others[word] = found
        return found

    def _doubtful(self, word: str) -> list[tuple[str, bool]]:
        slips = self._knowledge.slips(word)
        if slips or not self._is_no_word(word) or any(self._is_word(way) for way in _as_spoken(word)):
            return [(read, False) for read in slips]
        near = _ranked(word, self._all_near(word), strict=False)
        least = min((edits for _, edits, *_ in near), default=0)
        sure = [choice for _, edits, *_, choice in near[1:] if edits <= least and _is_likely(word, choice, edits)]
        if len(word) < _SHORTEST_SLIP:
            sure = [choice for choice in sure if self._knowledge.is_english(choice)]  # "ROMS" is no "RFMs"
        if self._known(word) or any(self._is_word(plain) for plain in squeezed(word)):
            sure = []  # "worde" may be "word", "rrust" may be "rust"
        rest = [*self._echoes(word), *(choice for *_, choice in near)]
        found = dict.fromkeys(sure[:_MOST_OTHERS], True) | {w: w in sure for w in rest[:_MOST_DOUBTFUL]}
        return list(found.items())

    def _remembered(self, word: str) -> tuple[str, Word] | None:
        try:
            return self._read[word]
        except KeyError:
            if len(self._read) > _REMEMBERED:
                self._read.clear()
            found = self._read[word] = self._nearest(word)
            return found  # not looked up again: another thread may have cleared it

    def _is_unknown(self, word: str) -> bool:
        return self._is_no_word(word) and self._known(word) is None

    def _is_no_word(self, word: str) -> bool:
        """Say whether *word* stands nowhere as it is; it may be a form of a known one."""
        return (
            2 < len(word) <= _LONGEST
            and word.isalpha()
            and word.isascii()
            and self._knowledge.word(word) is None
            and not self._knowledge.is_english(word)
        )

    def _nearest(self, word: str) -> tuple[str, Word] | None:
        if not self._is_unknown(word):
            return None
        everyday = _plain(word)
        for plain in everyday:
            if known := self._known(plain):
                return known.read or plain, known
        if any(self._knowledge.is_english(plain) for plain in everyday) or self._is_plural(word):
            return None  # "sittin", "oooops"
        if not allowed(len(word)):
            return None
        near = _ranked(word, self._near(word))
        if word.endswith("in"):  # "skpin": skipping rather than spin
            whole = _ranked(word + "g", self._near(word + "g"))
            if whole and (not near or whole[0][0] <= near[0][0]):
                near = whole
        read = near[0][-1] if near else self._echo(word)
        known = self._known(read) if read else None
        return (read, known) if read and known else None

    def _is_word(self, word: str) -> bool:
        return self._known(word) is not None or self._knowledge.is_english(word)

    def _is_plural(self, word: str) -> bool:
        return word[-1] == "s" and self._knowledge.is_english(word[:-1])

    def _echo(self, word: str) -> str | None:
        """Return the one known word that sounds like *word*."""
        found = self._echoes(word)
        return found[0] if found and len({stem(w) for w in found}) == 1 else None

    def _echoes(self, word: str) -> list[str]:
        """Return the known words that sound like *word*, the nearest first."""
        from rapidfuzz.distance import OSA

        hollow = not any(v in word for v in "aeiouy")  # "strtd"
        found: dict[str, int] = {}
        for heard in sounds(word):
            if len(heard) < _SOUND + hollow:
                continue
            for choice in self._knowledge.sounding(heard):
                edits = OSA.distance(word, choice)
                if hollow or edits <= (allowed(len(word)) + 1 if len(heard) > _SOUND else _FEW):
                    found[choice] = edits
        return sorted(found, key=lambda choice: (found[choice], choice))

    def _near(self, word: str) -> list[str]:
        """Return all known words that a strict ranking may keep, few enough to be compared with *word* one by one.

        They begin like it, or its first letter alone is wrong.
        """
        if not allowed(len(word)):
            return []
        first, second, rest = word[0], word[1], word[1:]
        letters = self._knowledge.first_letters
        near = [known for known in self._beginning(second, len(word)) if known[1] == first]  # swapped
        near += [letter + rest for letter in letters(rest)]  # another
        near += [letter + word for letter in letters(word)]  # dropped
        near += [rest] if second in letters(word[2:]) else []  # one too many
        return list(dict.fromkeys((*self._beginning(first, len(word)), *near)))

    def _all_near(self, word: str) -> list[str]:
        """Return all known words that are about as long as *word*."""
        return self._beginning(_LETTERS, len(word))

    def _beginning(self, first: str, length: int) -> list[str]:
        """Return the known words that begin with one of *first*, about as long as a word of *length* letters."""
        found = self._targets.get((first, length))
        if found is None:
            edits = allowed(length)
            sizes = range(length - edits, length + edits + 1)
            found = [word for size in sizes for letter in first for word in self._knowledge.spellings(size, letter)]
            self._targets[first, length] = found
        return found

    def _halves(self, word: str) -> tuple[tuple[str, Word], ...]:
        if not 7 <= len(word) <= _LONGEST or self._knowledge.is_english(word):
            return ()
        for cut in range(3, len(word) - 2):
            left, right = self._known(word[:cut]), self._known(word[cut:])
            if left is not None and right is not None:
                return (word[:cut], left), (word[cut:], right)
        return ()


def _stand(rest: Sequence[str], words: Sequence[Token]) -> bool:
    """Say whether behind the first of *words* stand the words *rest*, with nothing before them but a slash."""
    return len(rest) + 1 == len(words) and all(
        (t.read or t.word) == w and (not t.stop or (t.stop == "/" and t.start == before.end + 1))
        for before, t, w in zip(words, words[1:], rest)
    )


def is_named(token: Token, text: str) -> bool:
    """Say whether *token* is written in *text* as a name is, within a sentence that is not.

    >>> from checker.normalise import tokens
    >>> [t.word for t in tokens("My Skoda, SICK") if is_named(t, "My Skoda, SICK")]
    ['skoda']
    """
    start = token.start
    if not start or token.stop == "." or not text[start : start + 1].isupper() or text[start + 1 : start + 2].isupper():
        return False
    before = text[max(start - _LOOK_BACK, 0) : start].split()
    return bool(before) and 2 * sum(word[0].islower() for word in before[1:]) >= len(before) - 1


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


def sounds(word: str) -> list[str]:
    """Return how *word* may sound: also without the r that many do not speak, "gh" as f, "th" as f.

    >>> set(sounds("froat")) & set(sounds("throat")), set(sounds("yorning")) & set(sounds("yawning"))
    ({'frt'}, {'yng'})
    """
    quiet = "".join(
        letter for letter, after in zip(word, word[1:] + " ") if letter != "r" or after in "aeiouy" or word[0] == "r"
    )
    made = [word, quiet, word.replace("gh", "f"), word.replace("th", "f"), quiet.replace("th", "f")]
    return list(dict.fromkeys(sound(way) for way in made if way))


def _plain(word: str) -> list[str]:
    """Return what *word* is where it is said or typed in everyday ways: "sooo", "swellin", "sweatn", "ead"."""
    return [*(shorter for shorter in squeezed(word) if shorter != word), *_as_spoken(word)]


def _as_spoken(word: str) -> list[str]:
    """Return what *word* is where it is written as it is said: "swellin", "sweatn", "ead", "shakey"."""
    found = []
    if word.endswith("ey"):
        found.append(word[:-2] + "y")
    if word.endswith("in"):
        found.append(word + "g")
    elif word.endswith("n") and word[-2] not in "aeiou":
        found.append(word[:-1] + "ing")
    if word[0] in "aeiou":
        found.append("h" + word)
    return found


def nearest(word: str, choices: Sequence[str]) -> str | None:
    """Return the one of *choices* that *word* most likely means, or None.

    One edit may fall anywhere; for more the beginning must be right. To sound alike is worth one, and so is a
    letter that should be double, or should not.

    >>> nearest("nausia", ["nausea", "nasal"]), nearest("blod", ["bold", "bled", "blood"])
    ('nausea', 'blood')
    """
    ranked = _ranked(word, choices)
    return ranked[0][-1] if ranked else None


def _ranked(
    word: str, choices: Sequence[str], *, strict: bool = True
) -> list[tuple[int, int, bool, bool, int, int, str]]:
    """Return those of *choices* that *word* may mean, the likeliest first: edits and more first, the choice last."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    hits = process.extract(word, choices, scorer=OSA.distance, score_cutoff=allowed(len(word)), limit=None)
    likely = [hit for hit in hits if not strict or _is_likely(word, hit[0], hit[1])]
    heard, plain = sound(word), squeezed(word)[1]
    ranked = []
    for choice, away, _ in likely[:_MOST_RANKED]:
        alike = _alike(word, choice)
        differs = sound(choice) != heard
        edits = away - (squeezed(choice)[1] == plain)  # a letter doubled or not is the least of slips: "blod"
        odd = _odd_letters(word, choice)
        ranked.append((edits + differs, edits, differs, alike == 0, odd, -alike, choice))
    return sorted(ranked, key=lambda r: (r[0], *r[2:]))


def _is_likely(word: str, choice: str, edits: int) -> bool:
    """Say whether so many slips are likely where they fall: the first letters are seldom wrong."""
    if len(word) <= 4 and word[0] != choice[0]:
        return False
    return edits <= 1 or _alike(word, choice) >= (2 if len(word) < 7 else 1)


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
