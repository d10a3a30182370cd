"""Symptoms (topics, circumstances, idioms, cues) named in a clause.

A phrase is found where all its terms stand within a few content words of each
other, in any order; the longest reading wins and a word is used once. Words that
only give a direction ("no", "hurts") may serve several in a list ("no sex drive
or appetite"). After MetaMap Lite and FastHPOCR: longest match, classes of words.
"""

from __future__ import annotations

from checker.classes import (
    BUT,
    CAUSE,
    COMMON,
    DEGREE,
    DIRECTION,
    FILLER,
    FIRST_PERSON,
    HEDGE,
    JOINING,
    LIGHT,
    LISTED_ABSENT,
    NO_OF,
    NO_WORD,
    PERSON,
    SHARED,
    SUBJECT,
    TIME,
    TURN,
)
from checker.model import ANY, Found, Phrase, Token

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    Where = dict[str, list[int]]  # a term -> the places where it stands
    Ranked = list[tuple[tuple[int, ...], Phrase]]  # the best first: places, phrase


TOGETHER = "together"  # the kind of an idiom whose words need not stand side by side: "we keep bees, three hives"
ABOUT = ("about", "about-exact")  # names a topic that something may ask about
ASKING = "asking"  # the layer of what asks about a topic
ASKS_BACK = "asks-back"  # the layer of what asks about the sentence before
BEHIND, ROUND = "behind", "round"  # the layers of what denies or asks about what stands before it
BENDING = "bending"  # the layer of what bends other cues: "the rash I told you about has gone"
CUES = frozenset(("cue", "frame", ASKING, ASKS_BACK, BEHIND, ROUND, BENDING))
_ORDERED = frozenset(("exact", "whole", "cue", "about-exact"))
_HOLLOW = (LIGHT, NO_WORD, COMMON, PERSON, TIME)  # words of these hint at nothing
_LONGER = 10_000  # the longest cue wins, whatever its words weigh
ALONE = ("alone", "whole")  # only where it is all that a list item says
# Content words that may stand between those of a phrase: the more everyday its words, the fewer (weight below, words).
_GAPS = ((700, 1), (900, 2))
_GAP = 3
_COMMA = 2  # what a comma counts in such words
_HINT = 240  # weight of words that together hint at a symptom (suggestions on unlisted phrases stay under 10%)
_LONGEST = 64  # tokens of a clause; a longer one is cut (keeps the cost linear)


def clauses(tokens: Sequence[Token]) -> list[tuple[Token, ...]]:
    """Cut *tokens* at the ends of sentences, and where one goes on for too long."""
    cut: list[list[Token]] = []
    for token in tokens:
        if not cut or token.stop == "." or len(cut[-1]) >= _LONGEST:
            cut.append([])
        cut[-1].append(token)
    return [tuple(clause) for clause in cut]


def find(
    clause: Sequence[Token],
    phrases: Callable[[Mapping[str, object]], list[tuple[Phrase, str]]],
    taken: Collection[int] = (),
) -> list[Found]:
    """Return what *clause* names, per layer the longest readings, in order.

    *phrases* gives those of which all terms are there, each with its rarest;
    the places in *taken* are not read.
    """
    where: Where = {}
    for place, token in enumerate(clause):
        if place not in taken:
            for key in token.keys:
                if key in where:
                    where[key].append(place)
                else:
                    where[key] = [place]
    found = phrases(where)
    return _chosen(clause, _ranked(clause, where, found)) if found else []


def _ranked(clause: Sequence[Token], where: Where, found: Sequence[tuple[Phrase, str]]) -> Ranked:
    """Return each way in which the phrases *found* stand in *clause*, idioms first, then the heaviest."""
    steps: list[int] = []
    hedged = HEDGE in where
    ranked: list[tuple[bool, bool, int, int, str, int, tuple[int, ...], Phrase]] = []
    for phrase, term in found:
        layer, kind, target, weight, terms = phrase
        for place in where[terms[0] if kind == "idiom" else term]:
            gap = 0
            if len(terms) == 1:
                at: tuple[int, ...] = (place,)
            elif kind == "idiom":
                at = _over(FILLER, clause, terms, place)
            elif kind in _ORDERED:
                at = _in_order(clause, terms, term, place)
                if hedged and not at and kind == "exact":
                    at = _over_hedges(clause, terms, terms.index(term), place)
            else:
                steps = steps or _steps(clause)
                at, gap = _together(steps, where, phrase, term, place)
            if at and (kind not in ALONE or _is_alone(clause, at)):
                score = weight * (100 - 4 * gap) // 100
                if layer in CUES:
                    score += _LONGER * len(at)
                ranked.append((layer != "idiom", kind == "bare", -score, at[0], target, len(ranked), at, phrase))
    ranked.sort()
    return [one[-2:] for one in ranked]


def hinted(
    clause: Sequence[Token], hints: Callable[[str], tuple[tuple[str, int], ...]], most: int
) -> list[tuple[str, int]]:
    """Return at most *most* symptoms that the words of *clause* hint at, each with the place of its best word.

    For a clause in which nothing was named; a hint never claims a match.
    """
    score: dict[str, int] = {}
    best: dict[str, tuple[int, int]] = {}
    for place, token in enumerate(clause):
        mine: dict[str, int] = {}
        for key in () if any(k in token.keys for k in _HOLLOW) else token.keys:
            for target, weight in hints(key):
                mine[target] = max(mine.get(target, 0), weight)
        for target, weight in mine.items():
            score[target] = score.get(target, 0) + weight
            best[target] = max(best.get(target, (0, 0)), (weight, place))
    ranked = sorted((-value, target) for target, value in score.items() if value >= _HINT)
    return [(target, best[target][1]) for _, target in ranked[:most]]


def _steps(clause: Sequence[Token]) -> list[int]:
    """Places in content words: function words add nothing, a comma adds more."""
    steps, at = [], 0
    for token in clause:
        if token.stop or TURN in token.keys:
            at += _COMMA
        if LIGHT not in token.keys:
            at += 1
        steps.append(at)
    return steps


def _in_order(clause: Sequence[Token], terms: Sequence[str], term: str, place: int) -> tuple[int, ...]:
    first = at = place - terms.index(term)
    if first < 0 or first + len(terms) > len(clause):
        return ()
    for wanted in terms:
        token = clause[at]
        if (wanted not in token.keys and wanted != ANY) or (at > first and token.stop and token.stop != "/"):
            return ()
        at += 1
    if ANY in terms:
        return tuple([first + step for step, wanted in enumerate(terms) if wanted != ANY])
    return tuple(range(first, at))


def _over_hedges(clause: Sequence[Token], terms: Sequence[str], step: int, place: int) -> tuple[int, ...]:
    """Return where *terms* stand in order, the one at *step* at *place*, hedges between them left out."""
    for _ in range(step):
        place -= 1
        while place >= 0 and HEDGE in clause[place].keys:
            place -= 1
    return _over(HEDGE, clause, terms, place) if place >= 0 else ()


def _over(idle: str, clause: Sequence[Token], terms: Sequence[str], place: int) -> tuple[int, ...]:
    """Return where *terms* stand in order from *place* on; an *idle* word between them counts for nothing."""
    at: list[int] = []
    for wanted in terms:
        while at and place < len(clause) and idle in clause[place].keys and wanted not in clause[place].keys:
            place += 1
        if place == len(clause) or wanted not in (ANY, *clause[place].keys):
            return ()
        if at and any(token.stop and token.stop != "/" for token in clause[at[-1] + 1 : place + 1]):
            return ()
        at.append(place)
        place += 1
    return tuple(place for place, wanted in zip(at, terms) if wanted != ANY)


def _together(steps: Sequence[int], where: Where, phrase: Phrase, term: str, place: int) -> tuple[tuple[int, ...], int]:
    """Return where the terms of *phrase* stand nearest to *term* at *place*, and the gap; () where too far."""
    at = [place]
    for other in phrase.terms:
        if other == term:
            continue
        best = -1
        for choice in where[other]:
            if choice not in at and (best < 0 or abs(steps[choice] - steps[place]) < abs(steps[best] - steps[place])):
                best = choice
        if best < 0:
            return (), 0
        at.append(best)
    at.sort()
    gap = steps[at[-1]] - steps[at[0]] - len(at) + 1
    if gap > 0 and gap > next((most for weight, most in _GAPS if phrase.weight < weight), _GAP):
        return (), 0
    return tuple(at), max(gap, 0)


def _is_alone(clause: Sequence[Token], at: tuple[int, ...]) -> bool:
    """Say whether the list item that holds *at* says nothing else."""
    first, last = at[0], at[-1]
    while first > 0 and not clause[first].stop and JOINING not in clause[first - 1].keys:
        first -= 1
    while last + 1 < len(clause) and not clause[last + 1].stop:
        if JOINING in clause[last + 1].keys or BUT in clause[last + 1].keys:
            break
        last += 1
    if last > at[-1] and LISTED_ABSENT in clause[last].keys:  # "CP neg"
        last -= 1
    if first < at[0] and LISTED_ABSENT in clause[first].keys:  # "nil CP"
        first += 1
    return all(p in at or LIGHT in clause[p].keys or DEGREE in clause[p].keys for p in range(first, last + 1))


def _chosen(clause: Sequence[Token], ranked: Ranked) -> list[Found]:
    """Take the best first; a word is used once in a layer, but for those that a list may share."""
    used: dict[str, set[int]] = {}
    idiomatic: set[int] = set()
    idioms: set[tuple[int, ...]] = set()  # those that take away a circumstance, and so leave a symptom of their words
    chosen: list[Found] = []
    for at, phrase in ranked:
        layer, kind = phrase.layer, phrase.kind
        if layer == "idiom":
            if idiomatic.isdisjoint(at) and not _is_outdone(at, ranked):
                idiomatic.update(at)
                if any(p.layer == "circumstance" and set(other) <= set(at) for other, p in ranked):
                    idioms.add(at)
                chosen.append(Found(phrase, at))
            continue
        if idiomatic and not idiomatic.isdisjoint(at) and not (layer == "symptom" and at in idioms):
            continue  # "I look 6 months pregnant" is bloating, and no pregnancy
        mine = used.get(layer)
        if mine is None:
            mine = used[layer] = set()
        elif not mine.isdisjoint(at):
            shared = [p for p in at if p in mine]
            if kind == "bare" or len(shared) == len(at) or any(SHARED not in clause[p].keys for p in shared):
                continue
        if kind != "bare":  # a noun may be bare for several symptoms
            loose = len(at) > 1 and kind not in _ORDERED
            if loose and (_is_torn(clause, at, ranked) or not _crosses_well(clause, at, chosen)):
                continue
            mine.update(at)
        chosen.append(Found.make((phrase, at)))
    if len(chosen) > 1:
        chosen.sort(key=_places)
    return chosen


def _places(found: Found) -> tuple[int, ...]:
    return found.places


def _is_outdone(at: tuple[int, ...], ranked: Ranked) -> bool:
    """Say whether a symptom holds all places of the idiom *at* and more."""
    mine = set(at)
    return any(mine < set(other) for other, phrase in ranked if phrase.layer == "symptom" and phrase.kind != "bare")


def _is_torn(clause: Sequence[Token], at: tuple[int, ...], ranked: Ranked) -> bool:
    """Say whether *at* is parted by a turn, a "no" of another thing, or a comma where each side says something.

    "headaches, feeling sick"; "pain, no trouble breathing"; "hives, and my face is swelling"
    """
    for cut in range(at[0] + 1, at[-1] + 1):
        keys = clause[cut].keys
        if TURN in keys or (NO_OF in keys and cut not in at):
            return True
        if SUBJECT in keys and (clause[cut].stop or JOINING in clause[cut - 1].keys):
            return True
        if clause[cut].stop in (",", "/") and _says(ranked, at[0], cut, at) and _says(ranked, cut, at[-1] + 1, at):
            return True
        if FIRST_PERSON in keys and JOINING in clause[cut - 1].keys and _says(ranked, cut, len(clause), at):
            return True
    return False


def _says(ranked: Ranked, first: int, end: int, at: tuple[int, ...]) -> bool:
    """Say whether one phrase in *clause* from *first* up to *end* holds all places of *at* that stand there."""
    mine = {place for place in at if first <= place < end}
    return any(
        mine.issuperset(other) or (mine.issubset(other) and other[0] >= first and other[-1] < end)
        for other, phrase in ranked
        if phrase.layer == "symptom" and phrase.kind in ("phrases", "exact", *ALONE)
    )


def _is_apart(clause: Sequence[Token], place: int) -> bool:
    """Say whether a slash with spaces stands before *place*: "not hungry / losing weight"."""
    return clause[place].stop == "/" and clause[place].start > clause[place - 1].end + 1


def _crosses_well(clause: Sequence[Token], at: tuple[int, ...], chosen: Sequence[Found]) -> bool:
    """Say whether the words of a phrase are not torn apart by a list.

    A direction belongs to what stands beside it; it reaches over "and", "or" and
    commas only where the items between have been given it too.
    """
    directed = [p for p in at if DIRECTION in clause[p].keys]
    if not directed or len(directed) == len(at):
        return True
    for p in directed:
        others = [o for o in at if o not in directed]
        other = min(others, key=lambda o: abs(o - p))
        low, high = min(p, other), max(p, other)
        torn = any(
            clause[q].stop in (",", ":") or _is_apart(clause, q) or JOINING in clause[q].keys or TURN in clause[q].keys
            for q in range(low + 1, high + 1)
        )
        if p > other and any(SUBJECT in t.keys or CAUSE in t.keys for t in clause[other + 1 : p]):
            return False
        if torn and not any(p in f.places and any(low < q < high for q in f.places) for f in chosen):
            return False
    return True
