"""Fold spelling differences that carry no meaning; every token knows its place.

Characters are folded one by one, so that a token's place in the folded text is
its place in the raw text. No regular expressions: `re` costs half a start-up.
"""

from __future__ import annotations

from checker.model import Token

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_KEPT = frozenset(_LETTERS + "0123456789'")
_STOPS = dict.fromkeys(".;!?\n\r\x0b\x0c\x85…", ".") | dict.fromkeys(',()[]"—–•', ",")
_STOPS |= {":": ":", "→": ":", "/": "/", "|": "/", "+": "/", "&": "/"}
# Cyrillic and Greek letters that look like Latin ones (Unicode confusables.txt).
_LOOKALIKES = dict(zip("аеорсухіѕјһԁɡкмнтвԝοαιυνρκτεηχɑ", "aeopcyxisjhdgkmhtbwoaiuvpktenxa", strict=True))
_APOSTROPHES = "’‘ʼ`´′＇"
_NAUGHTS = "Øø∅⌀"  # a clinician's "Ø rash"
_UNSEEN = frozenset("\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_FIRST_PICTURE = "\u2600"  # an emoji may be a word; what they mean, the knowledge says
_BOXES = (
    ("[ ]", " ☐ "), ("[_]", " ☐ "), ("[]", "☐ "), ("( )", " ☐ "),
    ("[x]", " ☑ "), ("[X]", " ☑ "), ("(x)", " ☑ "), ("(X)", " ☑ "),
)  # fmt: skip
_ENDING, _ENDS = ",.;|/\t\r\n", ("  ", " /", " |")  # what follows a sign that answers
_BEFORE = ("", " ", "\n", "(")  # "-ve"
_USUAL = {"": "", " ": "", ", ": ",", ". ": ".", "\n": ".", "/": "/", "-": ""}  # gaps between words, and their stop
_CONTRACTED = frozenset(("ll", "re", "ve", "d", "m", "s"))

_ASCII = {chr(n): (chr(n).lower() if chr(n).lower() in _KEPT else " ") for n in range(128)} | {"`": "'"}
_FLAT = str.maketrans(_ASCII)


def tokens(text: str, *, pictures: bool = False) -> tuple[Token, ...]:
    """Cut *text* into tokens, in order; emoji are left out but where *pictures* are wanted.

    >>> [t.word for t in tokens("I can’t   SLEEP… 38.5°C")]
    ['i', 'cant', 'sleep', '38.5', 'c']
    >>> [t.word for t in tokens("feel 🤢", pictures=True)]
    ['feel', '🤢']
    >>> [t.stop for t in tokens("dizzy, sick. Tired")]
    ['', ',', '.']
    """
    places: list[int] | None = None
    folded = _boxed(text) if pictures else text
    if not folded.isascii():
        folded, places = _fold(folded, pictures=pictures)
    if ".e." in folded or ".g." in folded:
        folded = folded.replace("i.e.", "    ").replace("e.g.", "    ")
    if folded.count('"') > 1:
        folded = _unquoted(folded)
    if "(-)" in folded or "(+)" in folded:
        folded = folded.replace("(-)", "neg").replace("(+)", "pos")  # a clinician's "(-) fever"; the places stay
    if "ve" in folded and ("-ve" in folded or "+ve" in folded):
        folded = _signed(folded)
    flat = folded.translate(_FLAT)
    if "." in folded or "," in folded:
        flat = _keep_decimals(folded, flat)
    found = []
    end = 0
    for piece in flat.split():
        start = flat.find(piece, end)
        gap = folded[end:start]
        stop = _USUAL[gap] if gap in _USUAL else _stop(gap)
        end = start + len(piece)
        if piece.isalpha() and places is None:
            found.append(Token.make((start, end, piece, stop, (), "")))
            continue
        cut = start
        for part in _parts(piece):
            word = _bare(part)
            if word:
                at = (cut, cut + len(part))
                if places is not None:
                    at = (places[at[0]], places[at[1] - 1] + 1)
                found.append(Token(at[0], at[1], word, stop, (), ""))
                stop = ""
            cut += len(part)
    return tuple(found)


def stem(word: str) -> str:
    """Return what the everyday inflections of *word* have in common.

    >>> [stem(w) for w in ("sweating", "sweats", "races", "racing", "dizzy")]
    ['sweat', 'sweat', 'rac', 'rac', 'dizzi']
    """
    if len(word) <= 3:
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word[-1] == "s" and word[-2] not in "siu":
        word = word[:-1]
    if word.endswith("ing") and len(word) > 5 and _voiced(word[:-3]):
        word = word[:-3]
    elif word.endswith("ied") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith("ed") and not word.endswith("eed") and _voiced(word[:-2]):
        word = word[:-2] if len(word) > 4 else word
    if len(word) > 3 and word[-1] == "e":
        word = word[:-1]
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeou":
        word = word[:-1]
    if len(word) > 3 and word[-1] == "y":
        word = word[:-1] + "i"
    return word


def squeezed(word: str) -> tuple[str, ...]:
    """Return *word* without letters held down: first two of each left, then one.

    >>> squeezed("sooo")
    ('soo', 'so')
    """
    two, one = "", ""
    for letter in word:
        if not two.endswith(letter * 2):
            two += letter
        if not one.endswith(letter):
            one += letter
    return two, one


def _boxed(text: str) -> str:
    """Draw the boxes and signs of a form as pictures: "[ ] rash", "N/V -, CP +", "+CP -rash"; the places stay."""
    if "[" in text or "( )" in text:
        for written, box in _BOXES:
            text = text.replace(written, box)
    return _drawn(text) if "+" in text or "-" in text else text


def _drawn(text: str) -> str:
    """Draw each plus and minus behind an item, and those before items where both kinds stand there."""
    before, behind = [], []
    last, end = len(text) - 1, -1
    for first in [place for place, char in enumerate(text) if char in "+-"]:
        if first <= end:
            continue
        end = first
        while end < last and text[end + 1] == text[end]:  # "+++"
            end += 1
        if (first and text[first - 1].isalnum()) or text[end + 1 : end + 3] == "ve":
            continue  # a hyphen, "-ve"
        after = text[end + 1 : end + 3]
        closes = not after or after[0] in _ENDING or after in _ENDS
        if closes and (first == end or text[end] == "+"):
            behind.append((first, end))
        elif (not first or text[first - 1] in " ,\n(") and after[:1].isalpha():
            before.append((first, end))
    signed = before if {text[first] for first, _ in before} == {"+", "-"} else []
    letters = list(text)
    for first, end in (*signed, *(behind if len(behind) > 1 else ())):
        letters[first : end + 1] = ({"+": "✓", "-": "✗"}[text[first]], *" " * (end - first))
    return "".join(letters)


def _unquoted(text: str) -> str:
    """Take off the quotes round each single word: ticked "no" for pain; the places stay."""
    parts = text.split('"')
    made = parts[0]
    for number in range(1, len(parts)):
        word = parts[number] if number % 2 else parts[number - 1]
        made += (" " if word.isalpha() and (number % 2 == 0 or number + 1 < len(parts)) else '"') + parts[number]
    return made


def _signed(folded: str) -> str:
    """Write out a clinician's "CP -ve", "trop +ve"; the places stay."""
    for sign, word in (("-ve", "neg"), ("+ve", "pos")):
        place = folded.find(sign)
        while place != -1:
            if folded[place - 1 : place] in _BEFORE and not folded[place + 3 : place + 4].isalnum():
                folded = folded[:place] + word + folded[place + 3 :]
            place = folded.find(sign, place + 3)
    return folded


def _voiced(word: str) -> bool:
    return any(v in word for v in "aeiouy")


def _fold(text: str, *, pictures: bool) -> tuple[str, list[int]]:
    import unicodedata

    folded, places = [], []
    for place, char in enumerate(text):
        if char < "\x80":
            plain = char
        elif char in _UNSEEN:
            continue
        elif char in _APOSTROPHES:
            plain = "'"
        elif char in _NAUGHTS and not (text[place - 1 : place].isalnum() or text[place + 1 : place + 2].isalnum()):
            plain = "neg"
        elif char in _STOPS:
            plain = {".": ".", ",": ","}[_STOPS[char]]
        elif pictures and char >= _FIRST_PICTURE and unicodedata.category(char) == "So":
            plain = f" {char} "
        else:
            plain = "".join(
                _LOOKALIKES.get(c, c if c < "\x80" else "'" if c in _APOSTROPHES else " ")
                for c in unicodedata.normalize("NFKD", char).casefold()
                if not unicodedata.combining(c)
            )
        for c in plain:
            folded.append(c)
            places.append(place)
    return "".join(folded), places


def _keep_decimals(folded: str, flat: str) -> str:
    """Put back the point of 38.5 and 38,5, and the comma of 1,500."""
    kept: dict[int, str] = {}
    for mark in ".,":
        place = folded.find(mark)
        while place != -1:
            if folded[place + 1 : place + 2].isdigit() and folded[place - 1 : place].isdigit():
                before, after = folded[max(place - 2, 0) : place], folded[place + 1 : place + 4]
                if mark == "," and len(after) == 3 and after.isdigit():
                    kept[place] = ","  # 1,500: `_bare` closes it up
                elif mark == "." or (len(before) == 2 and before.isdigit() and not after[1:2].isdigit()):
                    kept[place] = "."  # 38.5, and 38,5 as much of Europe writes it
            place = folded.find(mark, place + 1)
    if not kept:
        return flat
    letters = list(flat)
    for place, mark in kept.items():
        letters[place] = mark
    return "".join(letters)


def _stop(gap: str) -> str:
    marks = {_STOPS.get(c, "") for c in gap}
    if "->" in gap or "=>" in gap:
        marks.add(":")
    if " - " in gap or "--" in gap or " * " in gap:
        marks.add(",")
    for mark in ".:,/":
        if mark in marks:
            return mark
    return ""


def _parts(piece: str) -> tuple[str, ...]:
    """Cut 10lbs into 10 and lbs, and leave the rest whole."""
    if not piece[0].isdigit() or piece[-1].isdigit():
        return (piece,)
    n = 0
    while n < len(piece) and (piece[n].isdigit() or piece[n] in ".,"):
        n += 1
    return piece[:n], piece[n:]


def _bare(part: str) -> str:
    part = part.replace(",", "")
    if "'" not in part:
        return part.strip(".")
    part = part.strip("'")
    head, _, tail = part.rpartition("'")
    if tail in _CONTRACTED and head:
        part = head
    return part.replace("'", "")
