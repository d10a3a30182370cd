"""How a mention is meant: present, absent, past, hypothetical, someone-else.

After NegEx and ConText: a cue outside the symptom's own words reaches over light
words and over lists closed by "or", "nor" or "and"; anything else ends its scope.
A cue inside a phrase ("can't breathe") is part of the phrase and denies nothing.
"""

from __future__ import annotations

from checker import asking, endings, fears, lists, marks, scope, stories, times
from checker.classes import (
    AILMENT,
    BYGONE,
    CANNOT,
    DETERMINER,
    FIRST_PERSON,
    LIGHT,
    LISTED_ABSENT,
    MEDICINE,
    NO_WORD,
    OK_BETWEEN,
    PERSON,
    PRONOUN,
    RECENT,
    UNTIL,
    WITHOUT,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from checker.model import Found, Token

PRESENT, ABSENT, PAST, HYPOTHETICAL, SOMEONE_ELSE = (
    "present", "absent", "past", "hypothetical", "someone-else",
)  # fmt: skip
_BEHIND = "negated-before"
_SET, _LIST, _OFFERED = "denied-set", "denied-list", "offered"  # the cues "none of the", "none of those", "of the ones"
# cue -> what it makes of what follows it, of what stands before it
_FOLLOWING = {
    "negation": ABSENT, "denial": ABSENT, _SET: ABSENT, _OFFERED: HYPOTHETICAL, "past": PAST,
    "hypothetical": HYPOTHETICAL, "generic": HYPOTHETICAL,
}  # fmt: skip
_DENYING = ("negation", "denial")
_PRECEDING = {endings.OVER: PAST, _BEHIND: ABSENT, _LIST: ABSENT, "well-before": ABSENT}
_PAST_OF, _NEGATION, _EARLIER, _SUPPOSED = "past", "negation", "past-earlier", "supposed"
_ASIDE, _GENERIC, _OUTGROWN, _BEST = "aside", "generic", "outgrown", "best-ever"
_BEFORE = {"answered-no": ABSENT, _OUTGROWN: PAST}  # cue -> what it makes of all that stands before it
_BENDS = frozenset(
    (
        _ASIDE,
        endings.RECURRING,
        endings.RETURNED,
        fears.CONFIRMED,
        fears.UNMET,
        fears.ANSWERED_YES,
        times.THIS_TIME,
    )
)
_IDLE = frozenset((asking.REPORT, stories.CONTRAST, stories.FRONTED))  # by themselves they mean nothing
_OVER = (endings.OVER, *endings.ALL_OVER)  # what makes no event harmless: "I fainted, fine since"


def assertions(
    clause: Sequence[Token],
    named: Sequence[Found],
    cues: Sequence[Found],
    events: Sequence[int] = (),
    grave: Sequence[int] = (),
) -> list[tuple[str, bool]]:
    """Return for each of *named* its assertion, and whether it is only asked about.

    *cues* are the cues of the clause; those inside a named phrase do not count, but for a question or a
    dream that begins before it ("can it make me" sweat). *events*: which of *named* are no less urgent for being over;
    *grave*: which are not for a mere "not now".
    """
    meant = [ABSENT if f.phrase.kind == "fine" and not _undone(clause, f.places) else PRESENT for f in named]
    inside = {place for found in named for place in found.places}
    acting = [
        c
        for c in cues
        if c.phrase.target not in _IDLE and (inside.isdisjoint(c.places) or _overlaps(clause, c, named, inside))
    ]
    if not (named and acting):
        return [(m, False) for m in meant]
    owners = scope.owners_of(named)
    asked: set[int] = set()
    reports = [c.places for c in cues if c.phrase.target == asking.REPORT]
    lasting = [n for n in events if _is_one_event(clause, named[n])]
    asides = {place for c in cues if c.phrase.target == _ASIDE for place in c.places}
    bends = [c for c in cues if c.phrase.target in _BENDS]
    questions = {place for c in cues if c.phrase.target == asking.QUESTION for place in c.places}
    answered = fears.answered(clause, cues)
    confirmed, unmet = (
        _last_of(cues, fears.CONFIRMED),
        _last_of([c for c in bends if fears.is_unmet(clause, c)], fears.UNMET),
    )
    lasting_on = any(c.phrase.target == _OUTGROWN and endings.is_void(clause, named, c, bends) for c in cues)
    for cue in acting:
        kind = cue.phrase.target
        if kind in _BENDS or (kind == fears.FEARED and questions.issuperset(cue.places)):
            continue
        told = max(confirmed, answered) if kind == _GENERIC else confirmed
        if _says_nothing(clause, cue, told, unmet) or (kind == times.LONG_AGO and lasting_on):
            continue  # "migraines as a child and never grew out of them"
        if kind in (*_OVER, times.LONG_AGO, _EARLIER, _OUTGROWN) and endings.is_void(clause, named, cue, bends):
            continue
        if kind in asking.ASKS:
            if answered < cue.places[-1]:
                asked |= asking.asked_of(clause, named, cue, reports)
            continue
        meaning, reached = _spoken_of(clause, named, owners, cue, asides)
        if kind == _GENERIC:
            reached = [n for n in reached if n not in asked]
        if kind in _OVER:
            over = [n for n in reached if n not in asked]  # "do the sweats ever stop" speaks of what is there
            asked.difference_update(n for n in reached if endings.is_definite(clause, named[n]))
            reached = [n for n in over if n not in lasting]
            if kind in endings.WORDLESS and endings.is_still_grave(clause, named, cue.places[0]):
                reached = [n for n in reached if n not in grave]
        _mean(meant, reached, meaning, only_present=kind not in _FOLLOWING)
    asked = {n for n in asked if not asking.is_at_hand(clause, named[n])}
    return [(m, number in asked and m == PRESENT) for number, m in enumerate(meant)]


def _says_nothing(clause: Sequence[Token], cue: Found, confirmed: int, unmet: int) -> bool:
    """Say whether *cue* is void: what it fears is there, what it expects came, what it ends goes on.

    "It says to call with chest pain, and I have it now"; "nothing has cured my headaches"
    """
    kind, first = cue.phrase.target, cue.places[0]
    if kind == fears.EXPECTED:
        return unmet <= max(first, confirmed)
    if kind == _PAST_OF:
        return endings.is_to_come(clause, first)
    if kind == fears.FEARED and fears.asks_what_if(clause, cue):
        return True
    return kind in (fears.FEARED, fears.TOLD_IF, _GENERIC) and max(first, unmet) < confirmed


def _spoken_of(
    clause: Sequence[Token], named: Sequence[Found], owners: scope.Owners, cue: Found, asides: Collection[int]
) -> tuple[str, list[int]]:
    """Return how *cue* means what it reaches, and which of *named* that is; it reaches over *asides*."""
    kind, first, last = cue.phrase.target, cue.places[0], cue.places[-1]
    if kind in _FOLLOWING:
        return _FOLLOWING[kind], _following(clause, named, owners, cue)
    if kind in _PRECEDING:
        return _PRECEDING[kind], _preceding(clause, named, owners, cue, asides)
    if kind == _BEST:
        return ABSENT, [n for n, found in enumerate(named) if any(first <= place <= last for place in found.places)]
    if kind in endings.ALL_OVER:
        return PAST, endings.all_over(clause, named, owners, cue)
    if kind == times.LONG_AGO or (kind == _EARLIER and any(BYGONE in token.keys for token in clause)):
        return PAST, times.long_ago(clause, named, cue)
    if kind in (_SUPPOSED, fears.TOLD_IF, fears.EXPECTED):
        return HYPOTHETICAL, fears.thought_of(clause, named, owners, cue)
    if kind in _BEFORE:
        return _BEFORE[kind], scope.before(clause, named, first)
    return SOMEONE_ELSE, stories.of_another(clause, named, cue)


def _following(clause: Sequence[Token], named: Sequence[Found], owners: scope.Owners, cue: Found) -> list[int]:
    """Return which of *named* behind *cue* it speaks of."""
    kind, after = cue.phrase.target, cue.places[-1] + 1
    if kind == _OFFERED:
        return lists.offered(clause, owners, cue.places[0], after)
    if kind == _SET and lists.is_parted(clause, owners, after):
        return lists.listed(clause, owners, after)
    following = scope.following(clause, owners, after, wide=kind == "denial")
    if kind == _NEGATION and lists.heads(clause, after):
        following = [*following, *lists.listed(clause, owners, after)]
    reached = [n for n in following if named[n].phrase.kind != "fine"]
    if kind == fears.FEARED:
        return [n for n in reached if not fears.is_at_hand(clause, after, named[n])]
    void = kind == _NEGATION and (_ended_by_now(clause, named, reached) or _is_double_negative(clause, cue))
    if _opens_well(cue, named):  # "no trouble sleeping and headaches every day"
        void = void or not lists.has_or(clause, after, named, reached)
    return [] if void else reached


def _preceding(
    clause: Sequence[Token], named: Sequence[Found], owners: scope.Owners, cue: Found, asides: Collection[int]
) -> list[int]:
    """Return which of *named* before *cue* it speaks of, or of the list that it heads: "absent: rash, fits"."""
    kind, after = cue.phrase.target, cue.places[-1] + 1
    if kind == _LIST:
        return lists.denied(clause, owners, cue)
    if kind == _BEHIND and not cue.places[0] and after < len(clause) and clause[after].stop == ":":
        return lists.items(clause, owners, after)
    if not (_ends_item(clause, cue) if kind == _BEHIND else endings.ends_statement(clause, cue, named)):
        return []
    reached = endings.preceding(clause, owners, cue, asides)
    return reached if reached or kind != endings.OVER else endings.understood(clause, owners, cue)


def _last_of(cues: Sequence[Found], kind: str) -> int:
    """Return where the last of *cues* that is of *kind* begins, or -1."""
    return max((cue.places[0] for cue in cues if cue.phrase.target == kind), default=-1)


def only_names(clause: Sequence[Token], named: Sequence[Found]) -> bool:
    """Say whether *clause* holds no word but those of *named*, and names nobody: "seizures", "and a coma"."""
    at = {place for found in named for place in found.places}
    return all(
        place in at
        or AILMENT in token.keys
        or (LIGHT in token.keys and FIRST_PERSON not in token.keys and PERSON not in token.keys)
        for place, token in enumerate(clause)
    )


def is_plain(named: Sequence[Found], cue: Found) -> bool:
    """Say whether one plain word names what stands last before *cue*: no image ("head splitting") of the true thing."""
    before = [found for found in named if found.places[-1] < cue.places[0]]
    return bool(before) and len(before[-1].phrase.terms) == 1


def answered(
    clause: Sequence[Token], named: Sequence[Found], meant: Sequence[tuple[str, bool]], says: str, item: Sequence[Token]
) -> list[tuple[str, bool]]:
    """Return how *named* are meant where a form answers the *item* that names them; none of them is asked about.

    "Chest pain: no" denies it; "sleeping well: no" undoes the well; "appetite: none" is read as it stands.
    """
    meaning = {marks.NO: ABSENT, marks.WELL: ABSENT, marks.BLANK: HYPOTHETICAL}.get(says)
    answers = {PRESENT: meaning} if meaning else {}
    undone = {ABSENT: PRESENT} if says == marks.NO else {}
    found = []
    for one, (assertion, _) in zip(named, meant, strict=True):
        inside = item[0].start <= clause[one.places[0]].start and clause[one.places[-1]].end <= item[-1].end
        change = (answers if one.phrase.kind != "fine" else undone) if inside else {}
        found.append((change.get(assertion, assertion), False))
    return found


def _ended_by_now(clause: Sequence[Token], named: Sequence[Found], reached: Sequence[int]) -> bool:
    """Say whether a denial held only until now: "never had a headache until these tablets"."""
    end = max((named[n].places[-1] for n in reached), default=len(clause)) + 1
    while end < len(clause) and not clause[end].stop and UNTIL not in clause[end].keys:
        end += 1
    if end + 1 >= len(clause) or UNTIL not in clause[end].keys:
        return False
    return any(key in clause[end + 1].keys for key in (DETERMINER, FIRST_PERSON, PRONOUN, MEDICINE))


def _is_double_negative(clause: Sequence[Token], cue: Found) -> bool:
    """Say whether the denial *cue* is denied itself: "can't stand up without feeling dizzy"."""
    first = cue.places[0]
    part = scope.parts(clause)
    return WITHOUT in clause[first].keys and any(
        CANNOT in token.keys and part[at] == part[first] for at, token in enumerate(clause[:first])
    )


def _mean(meant: list[str], reached: Sequence[int], assertion: str, *, only_present: bool) -> None:
    for number in reached:
        if meant[number] == PRESENT or not only_present:
            meant[number] = assertion


def _ends_item(clause: Sequence[Token], cue: Found) -> bool:
    """Say whether "none" ends its item: "rash: none", "fever: no"; not "I can't breathe oh no"."""
    first, after = cue.places[0], cue.places[-1] + 1
    if after < len(clause) and not clause[after].stop:
        return False
    if clause[first].stop == ":":
        return True
    return NO_WORD not in clause[first].keys and (after >= len(clause) or LISTED_ABSENT in clause[first].keys)


def _overlaps(clause: Sequence[Token], cue: Found, named: Sequence[Found], inside: Collection[int]) -> bool:
    """Say whether *cue* counts though it shares words with *named*.

    A question or a dream does that begins before them, "before she died", which holds all that it shares, and "no
    more" of "more sweating".
    """
    if _opens_well(cue, named):
        return True  # "without vomiting or fever"
    mine = set(cue.places)
    if cue.phrase.target == _BEST:
        return not any(mine.issubset(f.places) for f in named)  # "it never gets better"
    if cue.phrase.target == endings.SINCE:
        return cue.places[0] not in inside  # "sweating until they dropped the dose"
    if cue.phrase.target == endings.OVER and len(cue.places) > 1:
        held = PRONOUN in clause[cue.places[0]].keys and cue.places[-1] in inside  # "want it over"
        shared = (f.places for f in named if mine & set(f.places))
        return not held and cue.places[0] not in inside and not any(at[0] > cue.places[0] for at in shared)
    if cue.phrase.target == stories.FAMILY:
        return all(mine.issuperset(f.places) or mine.isdisjoint(f.places) for f in named)
    if cue.phrase.target == _PAST_OF and len(cue.places) > 1:
        return not any(place in inside for place in cue.places[:-1])
    if cue.phrase.target == fears.FEARED and any(f.places[0] < cue.places[0] for f in named if mine & set(f.places)):
        return False  # "excuses to avoid sex"
    anywhere = (asking.QUESTION, asking.INDIRECT, stories.UNREAL, fears.FEARED)
    return cue.phrase.target in anywhere and cue.places[0] not in inside


def _opens_well(cue: Found, named: Sequence[Found]) -> bool:
    """Say whether the denial *cue* opens something that is well: "no trouble sleeping"."""
    kind, first = cue.phrase.target, cue.places[0]
    return kind in _DENYING and any(f.phrase.kind == "fine" and f.places[0] == first for f in named)


def _is_one_event(clause: Sequence[Token], found: Found) -> bool:
    """Say whether *found* tells of what happened once or lately; "my seizures have stopped" tells of many."""
    last = clause[found.places[-1]]
    one = not last.word.endswith("s") or last.word.endswith("ss") or MEDICINE in last.keys  # "took all his tablets"
    return one or any(RECENT in token.keys for token in clause)


def _undone(clause: Sequence[Token], places: Sequence[int]) -> bool:
    """Say whether "sleeping well" is denied: "not sleeping well", "can't sleep well"."""
    for place in range(places[-1], -1, -1):
        token = clause[place]
        if NO_WORD in token.keys and place not in places:
            return True
        if place < places[0] and not (LIGHT in token.keys or OK_BETWEEN in token.keys):
            return False
        if token.stop and place <= places[0]:
            return False
    return False
