"""How a mention is meant: present, absent, past, hypothetical, someone-else.

After NegEx and ConText: a cue outside the symptom's own words reaches over light
words and over lists closed by "or", "nor" or "and"; anything else ends its scope.
A cue inside a phrase ("can't breathe") is part of the phrase and denies nothing.
"""

from __future__ import annotations

from checker import endings, marks, stories

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from checker.model import Found, Token

    Owners = dict[int, list[int]]  # place -> the mentions whose words stand there

PRESENT, ABSENT, PAST, HYPOTHETICAL, SOMEONE_ELSE = (
    "present", "absent", "past", "hypothetical", "someone-else",
)  # fmt: skip
WRITER, OTHER = "writer", "other"  # whose it is
# cue -> what it makes of what follows it, of what stands before it
_FOLLOWING = {"negation": ABSENT, "denial": ABSENT, "past": PAST, "hypothetical": HYPOTHETICAL, "generic": HYPOTHETICAL}
_PRECEDING = {endings.OVER: PAST, "negated-before": ABSENT, "well-before": ABSENT}
_PAST_OF, _NEGATION, _LONG_AGO, _EARLIER, _SUPPOSED = "past", "negation", "past-anywhere", "past-earlier", "supposed"
_QUESTION, _REPORT, _ROUND = "question", "report", "asked-round"
_ASIDE, _CONFIRMED, _FEARED = "aside", "confirmed", "hypothetical"
_TOLD_IF, _GENERIC, _EXPECTED, _UNMET = "told-if", "generic", "expected", "unmet"
_LAST_TIME, _THIS_TIME, _OUTGROWN = "last-time", "this-time", "outgrown"
_BEFORE = {"answered-no": ABSENT, _OUTGROWN: PAST}  # cue -> what it makes of all that stands before it
_BENDS = (_ASIDE, endings.RECURRING, endings.RETURNED, _CONFIRMED, _UNMET, _THIS_TIME)
_OVER = (endings.OVER, endings.SINCE)  # what makes no event harmless: "I fainted, fine since"

_LIGHT, _OK_BETWEEN, _JOINING, _OR, _DEGREE = "~", "{light}", "{joining}", "{or}", "{degree}"
_FIRST_PERSON, _WRITER, _PERSON, _SUBJECT = "{first-person}", "{writer}", "{person}", "{subject}"
_OTHERS = "{others}"
_DRUG, _DAY, _TIME, _NUMBER = "{drug}", "{day}", "{time}", "{n}"
_PRONOUN, _WHOLLY, _VERY, _UNTIL, _NOW, _TOLD_OF = "{pronoun}", "{wholly}", "{very}", "{until}", "{now}", "{earlier}"
_BYGONE, _AT_HAND = "{bygone}", "{at-hand}"
_AILMENT = "{ailment}"
_ALTERNATIVE, _MEDICINE = "{alternative}", "{medicine}"
_NO, _TURN, _DETERMINER, _LIMITER, _ASSERTING = "{no}", "{turn}", "{determiner}", "{limiter}", "{asserting}"
_CAUSING, _BE, _STATING, _WITHOUT, _CANNOT = "{causing}", "{be}", "{stating}", "{without}", "{cannot}"
_RECENT, _LISTED = "{recent}", "{listed-absent}"
_LONGEST_ITEM = 5  # words of an item in a list that "denies" opens
_CONTRAST, _APART, _ONLY, _TAKER, _TOO = "self-contrast", "self-apart", "self-only", "taker", "{too}"
_FRONTED, _LAST = "self-fronted", "self-last"
_SHORT = 3  # words that may follow "I don't" where it only sets the writer apart


def assertions(
    clause: Sequence[Token], named: Sequence[Found], cues: Sequence[Found], events: Sequence[int] = ()
) -> list[tuple[str, bool]]:
    """Return for each of *named* its assertion, and whether it is only asked about.

    *cues* are the cues of the clause; those inside a named phrase do not count, but for a question or a
    dream that begins before it ("can it make me" sweat). *events*: which of *named* are no less urgent for being over.
    """
    inside = {place for found in named for place in found.places}
    owners = endings.owners_of(named)
    meant = [ABSENT if f.phrase.kind == "fine" and not _undone(clause, f.places) else PRESENT for f in named]
    asked: set[int] = set()
    reports = [c.places for c in cues if c.phrase.target == _REPORT]
    lasting = [n for n in events if _is_one_event(clause, named[n])]
    asides = {place for c in cues if c.phrase.target == _ASIDE for place in c.places}
    bends = [c for c in cues if c.phrase.target in _BENDS]
    questions = {place for c in cues if c.phrase.target == _QUESTION for place in c.places}
    confirmed, unmet = _last_of(cues, _CONFIRMED), _last_of([c for c in bends if _is_unmet(clause, c)], _UNMET)
    lasting_on = any(c.phrase.target == _OUTGROWN and endings.is_void(clause, named, c, bends) for c in cues)
    for cue in (c for c in cues if inside.isdisjoint(c.places) or _overlaps(c, named, inside)):
        kind = cue.phrase.target
        if kind in _BENDS or (kind == _FEARED and questions.issuperset(cue.places)):
            continue
        if _says_nothing(clause, cue, confirmed, unmet) or (kind == _LONG_AGO and lasting_on):
            continue  # "migraines as a child and never grew out of them"
        if kind in (*_OVER, _EARLIER, _OUTGROWN) and endings.is_void(clause, named, cue, bends):
            continue
        if kind in (_QUESTION, _ROUND):
            asked |= _asked_of(clause, named, cue, reports)
            continue
        meaning, reached = _spoken_of(clause, named, owners, cue, asides)
        if kind == _GENERIC:
            reached = [n for n in reached if n not in asked]
        if kind in _OVER:
            over = [n for n in reached if n not in asked]  # "do the sweats ever stop" speaks of what is there
            asked.difference_update(n for n in reached if endings.is_definite(clause, named[n]))
            reached = [n for n in over if n not in lasting]
        _mean(meant, reached, meaning, only_present=kind not in _FOLLOWING)
    return [(m, number in asked and m == PRESENT) for number, m in enumerate(meant)]


def _says_nothing(clause: Sequence[Token], cue: Found, confirmed: int, unmet: int) -> bool:
    """Say whether *cue* is void: what it fears is there, what it expects came, what it ends goes on.

    "It says to call with chest pain, and I have it now"; "nothing has cured my headaches"
    """
    kind, first = cue.phrase.target, cue.places[0]
    if kind == _EXPECTED:
        return unmet <= max(first, confirmed)
    if kind == _PAST_OF:
        return endings.is_to_come(clause, first)
    return kind in (_FEARED, _TOLD_IF, _GENERIC) and first < confirmed


def _spoken_of(
    clause: Sequence[Token], named: Sequence[Found], owners: Owners, cue: Found, asides: Collection[int]
) -> tuple[str, list[int]]:
    """Return how *cue* means what it reaches, and which of *named* that is; it reaches over *asides*."""
    kind, first, last = cue.phrase.target, cue.places[0], cue.places[-1]
    if kind in _FOLLOWING:
        following = _following(clause, owners, last + 1, wide=kind == "denial")
        reached = [n for n in following if named[n].phrase.kind != "fine"]
        if kind == _FEARED:
            reached = [n for n in reached if not _is_at_hand(clause, last + 1, named[n])]
        void = kind == _NEGATION and (_ended_by_now(clause, named, reached) or _is_double_negative(clause, cue))
        return _FOLLOWING[kind], [] if void else reached
    if kind in _PRECEDING:
        over = _ends_statement(clause, cue, named)
        reached = endings.preceding(clause, owners, cue, asides) if over else []
        if over and not reached and kind == endings.OVER:
            reached = endings.understood(clause, owners, cue)
        return _PRECEDING[kind], reached
    if kind == _LONG_AGO or (kind == _EARLIER and any(_BYGONE in token.keys for token in clause)):
        return PAST, _long_ago(clause, named, first)
    if kind == endings.SINCE:
        return PAST, _before(clause, named, endings.turned(clause, first))
    if kind in (_SUPPOSED, _TOLD_IF, _EXPECTED):
        return HYPOTHETICAL, _thought_of(clause, named, owners, cue)
    if kind in _BEFORE:
        return _BEFORE[kind], _before(clause, named, first)
    return SOMEONE_ELSE, _of_another(clause, named, cue)


def _last_of(cues: Sequence[Found], kind: str) -> int:
    """Return where the last of *cues* that is of *kind* begins, or -1."""
    return max((cue.places[0] for cue in cues if cue.phrase.target == kind), default=-1)


def told_if(said: endings.Said) -> list[int]:
    """Return what *said* tells to act on: "told to ring if my lips swell"; not what a leaflet tells everybody."""
    read = min((cue.places[0] for cue in said.cues if cue.phrase.target == _FEARED), default=len(said.clause))
    ends = [c.places[-1] + 1 for c in said.cues if c.phrase.target == _TOLD_IF and c.places[0] <= read]
    return [n for end in ends for n in _on_condition(said.clause, said.named, end)]


def is_calm(clause: Sequence[Token], cues: Sequence[Found]) -> bool:
    """Say whether one of *cues* tells that what was feared or expected did not come."""
    return any(cue.phrase.target == _CONTRAST or _is_unmet(clause, cue) for cue in cues)


def _is_unmet(clause: Sequence[Token], cue: Found) -> bool:
    """Say whether *cue* tells that something did not come: "but no, it's my bowels"; "but no relief" does not."""
    after = cue.places[-1] + 1
    turns = _TURN in clause[cue.places[0]].keys
    return cue.phrase.target == _UNMET and not (turns and after < len(clause) and not clause[after].stop)


def confirms(before: endings.Said, clause: Sequence[Token], named: Sequence[Found], cues: Sequence[Found]) -> bool:
    """Say whether a sentence tells that what was feared in the one *before* it is there: "I have it now"; "Got one"."""
    told = any(cue.phrase.target == _TOLD_IF for cue in before.cues)
    if told and not named and any(key in clause[0].keys for key in (_PRONOUN, _ASSERTING)):
        return not any(_NO in token.keys for token in clause)
    for cue in cues:
        first, after = cue.places[0], cue.places[-1] + 1
        if cue.phrase.target != _CONFIRMED or any(found.places[0] < first for found in named):
            continue
        if after >= len(clause) or clause[after].stop or _NOW in clause[after].keys:
            return True
    return False


def unmet(said: endings.Said, after: endings.Said) -> list[int]:
    """Return what *said* expected, where the sentence *after* it says that it did not come."""
    if not any(_is_unmet(after.clause, cue) for cue in after.cues):
        return []
    owners = endings.owners_of(said.named)
    ends = [cue.places[-1] + 1 for cue in said.cues if cue.phrase.target == _EXPECTED]
    return [n for end in ends for n in _following(said.clause, owners, end, wide=False)]


def is_this_time(cues: Sequence[Found]) -> bool:
    """Say whether one of *cues* sets this time against one before."""
    return _last_of(cues, _THIS_TIME) >= 0


def last_time(clause: Sequence[Token], named: Sequence[Found], cues: Sequence[Found]) -> list[int]:
    """Return which of *named* are told of a time before, up to a turn or "this": "last time I was sick for days"."""
    parts = _parts(clause)
    reached: list[int] = []
    for first in (cue.places[0] for cue in cues if cue.phrase.target == _LAST_TIME):
        end = next((at for at in range(first, len(clause)) if _is_other_time(clause[at])), len(clause))
        start = parts.index(parts[first])
        reached += [n for n, found in enumerate(named) if start <= found.places[0] and found.places[-1] < end]
    return reached


def _is_other_time(token: Token) -> bool:
    return _TURN in token.keys or _NOW in token.keys


def _of_another(clause: Sequence[Token], named: Sequence[Found], cue: Found) -> list[int]:
    """Return which of *named* the *cue* gives to a thing, a story, or somebody else."""
    kind, first = cue.phrase.target, cue.places[0]
    if kind == stories.TITLE:
        return [n for n, found in enumerate(named) if found.places[0] == cue.places[-1] + 1]
    if kind == stories.THING and stories.is_within(clause, first):
        return []  # "in the car I felt sick"
    if kind == stories.THING and (_begins(clause, first) or _JOINING in clause[first - 1].keys):
        return stories.of_thing(clause, named, cue)
    return stories.told_of(clause, named, cue, _beside(clause, named, first)) if kind in stories.TOLD else []


def _asked_of(
    clause: Sequence[Token], named: Sequence[Found], cue: Found, reports: Sequence[tuple[int, ...]]
) -> set[int]:
    """Return which of *named* the question *cue* asks about."""
    beside = _beside(clause, named, cue.places[0])
    if cue.phrase.target == _ROUND:
        return {n for n in beside if _is_asked_round(clause, named[n], cue, reports)}
    if not _begins(clause, cue.places[0]):
        return set()
    told = _told_after(clause, named, cue.places[-1])
    return {n for n in beside if named[n].places[0] < told and _is_asked(clause, named[n], cue, reports)}


def only_names(clause: Sequence[Token], named: Sequence[Found]) -> bool:
    """Say whether *clause* holds no word but those of *named*, and names nobody: "seizures", "and a coma"."""
    at = {place for found in named for place in found.places}
    return all(
        place in at
        or _AILMENT in token.keys
        or (_LIGHT in token.keys and _FIRST_PERSON not in token.keys and _PERSON not in token.keys)
        for place, token in enumerate(clause)
    )


def asks_back(back: Sequence[Found], cues: Sequence[Found]) -> bool:
    """Say whether a sentence with the cues *back* only asks about the one before; "my" or "I have" reports."""
    inside = {place for cue in back for place in cue.places}
    return bool(back) and not any(cue.phrase.target == _REPORT and inside.isdisjoint(cue.places) for cue in cues)


def is_taker(clause: Sequence[Token], cue: Found) -> bool:
    """Say whether *cue* tells that another takes the medicine; not that they do "too"."""
    after = cue.places[-1] + 1
    return cue.phrase.target == _TAKER and not (
        _is_writer(clause, cue.places[0]) or any(_TOO in token.keys for token in clause[after : after + _SHORT])
    )


def is_plain(named: Sequence[Found], cue: Found) -> bool:
    """Say whether one plain word names what stands last before *cue*: no image ("head splitting") of the true thing."""
    before = [found for found in named if found.places[-1] < cue.places[0]]
    return bool(before) and len(before[-1].phrase.terms) == 1


def sets_apart(clause: Sequence[Token], named: Sequence[Found], cue: Found, *, taker: bool) -> bool:
    """Say whether *cue* sets the writer apart from those told of before: "I don't", "I've only had" the cough.

    Where another is the *taker* of the medicine, only what the writer has sets them apart.
    """
    kind, before, after = cue.phrase.target, max(cue.places[0] - 1, 0), cue.places[-1] + 1
    if kind == _LAST:
        return any(found.places[-1] < after and whose(clause, found.places[0]) == WRITER for found in named)
    if kind == _ONLY:
        return any(found.places[0] >= after and _runs_on(clause, after, found.places[0]) for found in named)
    if taker:
        return kind == _FRONTED and _is_fronted(clause, cue.places[0], after) and _has_after(clause, named, after)
    if kind == _APART:
        return any(_is_writer(clause, place) for place in range(before, min(after + 1, len(clause))))
    if kind == _FRONTED:
        return _is_fronted(clause, cue.places[0], after)
    return kind == _CONTRAST and (len(clause) - after < _SHORT or bool(clause[after].stop))


def _has_after(clause: Sequence[Token], named: Sequence[Found], after: int) -> bool:
    """Say whether the writer has something of what is named from *after* on."""
    return any(found.places[0] > after and whose(clause, found.places[0]) == WRITER for found in named)


def _is_fronted(clause: Sequence[Token], first: int, after: int) -> bool:
    """Say whether what stands from *first* on opens a statement of the writer's: "Me, I sleep"; not "me too"."""
    opens = first == 0 or bool(clause[first].stop) or _TURN in clause[first - 1].keys
    if not opens or after >= len(clause) or not clause[after].stop or _WRITER not in clause[after].keys:
        return False
    return not any(_TOO in token.keys for token in clause[after : after + _SHORT + 1])


def _runs_on(clause: Sequence[Token], start: int, end: int) -> bool:
    """Say whether what stands from *start* on is one statement up to *end*, and names nobody else."""
    between = clause[start : end + 1]
    return not any(token.stop or _SUBJECT in token.keys or _PERSON in token.keys for token in between)


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


def asks_about(clause: Sequence[Token], topic: Found, asking: Sequence[Found]) -> bool:
    """Say whether one of *asking* asks about *topic*: in its part of the sentence, or after it ("I'm 16, is it ok")."""
    parts = _parts(clause) if asking else []
    return any(cue.places[0] > topic.places[-1] or parts[cue.places[0]] == parts[topic.places[0]] for cue in asking)


def whose(clause: Sequence[Token], place: int) -> str:
    """Return whose symptom stands at *place*: "writer", "other", or "" where nobody is named before it."""
    for at in range(place, -1, -1):
        if _WRITER in clause[at].keys:
            return WRITER if _is_writer(clause, at) else OTHER
        if _PERSON in clause[at].keys:
            return OTHER
    return ""


def _is_writer(clause: Sequence[Token], place: int) -> bool:
    """Say whether the writer stands at *place*; not "my" before a person or "my reading group"."""
    if _WRITER not in clause[place].keys:
        return False
    following = clause[place + 1 : place + 3]
    if following and _PERSON in following[0].keys:
        return False
    group = len(following) > 1 and not following[1].stop and _LIGHT not in following[0].keys
    return not (group and _OTHERS in following[1].keys)


def _ended_by_now(clause: Sequence[Token], named: Sequence[Found], reached: Sequence[int]) -> bool:
    """Say whether a denial held only until now: "never had a headache until these tablets"."""
    end = max((named[n].places[-1] for n in reached), default=len(clause)) + 1
    while end < len(clause) and not clause[end].stop and _UNTIL not in clause[end].keys:
        end += 1
    if end + 1 >= len(clause) or _UNTIL not in clause[end].keys:
        return False
    return any(key in clause[end + 1].keys for key in (_DETERMINER, _FIRST_PERSON, _PRONOUN, _MEDICINE))


def _is_double_negative(clause: Sequence[Token], cue: Found) -> bool:
    """Say whether the denial *cue* is denied itself: "can't stand up without feeling dizzy"."""
    first = cue.places[0]
    part = _parts(clause)
    return _WITHOUT in clause[first].keys and any(
        _CANNOT in token.keys and part[at] == part[first] for at, token in enumerate(clause[:first])
    )


def _mean(meant: list[str], reached: Sequence[int], assertion: str, *, only_present: bool) -> None:
    for number in reached:
        if meant[number] == PRESENT or not only_present:
            meant[number] = assertion


def _following(clause: Sequence[Token], owners: Owners, start: int, *, wide: bool) -> list[int]:
    """Return what a cue before *start* reaches; a *wide* one ("denies") reaches over any list."""
    reached: list[int] = []
    joined = False
    wide = wide or (_is_bare_list(clause, owners, start) and not _is_repeated(clause, start - 1))
    for place in range(start, len(clause)):
        token = clause[place]
        listed = wide and _is_item(clause, place)
        if token.stop == "," and not ((listed and place > start) or (reached and _closed(clause, owners, place))):
            break
        if reached and (token.stop == ":" or (token.stop == "," and _NO in token.keys and place not in owners)):
            break  # the next item is denied by a "no" of its own
        if place in owners:
            reached.extend(n for n in owners[place] if n not in reached)
            joined = False
        elif _JOINING in token.keys:
            if not (reached or wide):
                break
            if _ALTERNATIVE not in token.keys and _states(clause, place + 1):
                break  # "no headache, and the nausea has gone"
            joined = _ALTERNATIVE not in token.keys
        elif reached and (_LIMITER in token.keys or _says_i_have(clause, place)):
            break  # "no chest pain, only a dull headache"; "instead of headaches I have a dry mouth"
        elif wide and listed:
            joined = False
        elif joined and not (_DEGREE in token.keys or _DETERMINER in token.keys):
            break  # "no nausea and I feel dizzy": a new statement
        elif not (
            _LIGHT in token.keys
            or _OK_BETWEEN in token.keys
            or _DEGREE in token.keys
            or endings.in_slashes(clause, place)
        ):
            break
    return reached


def _is_repeated(clause: Sequence[Token], place: int) -> bool:
    """Say whether the "no" at *place* repeats one: of "no rash, no fever, chest pain" the last is there."""
    return clause[place].stop == "," and any(_NO in token.keys for token in clause[:place])


def _says_i_have(clause: Sequence[Token], place: int) -> bool:
    """Say whether a statement of what somebody has begins at *place*: "I have", "she's getting"."""
    if _SUBJECT not in clause[place].keys or place + 1 == len(clause):
        return False
    return _ASSERTING in clause[place + 1].keys and _STATING not in clause[place - 1].keys


def _states(clause: Sequence[Token], place: int) -> bool:
    """Say whether a statement of its own stands from *place* up to a comma: "the nausea has gone"."""
    for token in clause[place:]:
        if token.stop or _JOINING in token.keys:
            return False
        if _STATING in token.keys:
            return True
    return False


def _is_item(clause: Sequence[Token], place: int) -> bool:
    """Say whether a list that "denies" opened goes on at *place*: a short item that states nothing by itself."""
    first, last = place, place
    while first > 0 and not clause[first].stop:
        first -= 1
    while last + 1 < len(clause) and not clause[last + 1].stop:
        last += 1
    item = clause[place : last + 1]
    states = any(key in token.keys for token in item for key in (_SUBJECT, _ASSERTING, _LIMITER, _TURN))
    return not states and (last - first < _LONGEST_ITEM or first <= place == last)


def _is_bare_list(clause: Sequence[Token], owners: Owners, start: int) -> bool:
    """Say whether *start* begins a list of three or more mentions and nothing else: "no fever, cough, rash"."""
    commas = [at for at in range(start + 1, len(clause)) if clause[at].stop == ","]
    if len(commas) < 2 or not all(_is_item(clause, at) for at in (start, *commas)):
        return False
    ends = (*commas[1:], len(clause))
    mentions = sum(any(at in owners for at in range(first, end)) for first, end in zip(commas, ends))
    return 2 * mentions > len(commas)


def _closed(clause: Sequence[Token], owners: Owners, place: int) -> bool:
    """Say whether the list that goes on at *place* ends in "or", "nor" or "and"."""
    for at in range(place, len(clause)):
        keys = clause[at].keys
        if _OR in keys:
            return any(p in owners for p in range(at + 1, min(at + 5, len(clause))))
        if at not in owners and (_SUBJECT in keys or not (_LIGHT in keys or _DEGREE in keys)):
            return False
    return False


def _ends_statement(clause: Sequence[Token], cue: Found, named: Sequence[Found]) -> bool:
    """Say whether "gone" ends its statement ("gone up", "gone pale" do not), and "none" its item ("rash: none")."""
    first, last = cue.places[0], cue.places[-1]
    after = last + 1
    if cue.phrase.target == "negated-before":
        if after < len(clause) and not clause[after].stop:
            return False
        if _NO in clause[first].keys:  # "fever: no"; not "I can't breathe oh no"
            return clause[first].stop == ":"
        return clause[first].stop == ":" or after >= len(clause) or _LISTED in clause[first].keys
    if any(f.places[0] < first < f.places[-1] for f in named):
        return False
    while after < len(clause) and _WHOLLY in clause[after].keys and not clause[after].stop:
        after += 1
    if after >= len(clause) or clause[after].stop:
        return True
    keys = clause[after].keys
    if _DEGREE in keys or _VERY in keys or (cue.phrase.target == "well-before" and _LIGHT in keys):
        return False
    return any(key in keys for key in (_LIGHT, _JOINING, _DAY, _TURN))


def _beside(clause: Sequence[Token], named: Sequence[Found], place: int) -> list[int]:
    """Return what stands in the same part of *clause* as *place*, between turns ("but", "although")."""
    part, parts = 0, []
    for token in clause:
        part += _TURN in token.keys
        parts.append(part)
    return [number for number, found in enumerate(named) if parts[found.places[0]] == parts[place]]


def _long_ago(clause: Sequence[Token], named: Sequence[Found], place: int) -> list[int]:
    """Return what "years ago" at *place* speaks of.

    That is all from its comma on, up to a "now"; where it only looks back ("that's years ago"), all before it;
    else what stands next to its commas. "I want to cut myself, I did when I was sixteen" wants it now.
    """
    parts = _parts(clause)
    first = parts.index(parts[place])
    now = next((at for at in range(place, len(clause)) if parts[at] > parts[place] and _NOW in clause[at].keys), None)
    end = len(clause) if now is None else parts.index(parts[now])
    reached = [n for n, found in enumerate(named) if first <= found.places[0] < end]
    if reached or (_SUBJECT in clause[first].keys and _PRONOUN not in clause[first].keys):
        return reached  # "..., I did when I was sixteen" is a statement of its own
    if _PRONOUN in clause[first].keys:
        return [n for n, found in enumerate(named) if found.places[-1] < first]
    return [n for n, found in enumerate(named) if parts[found.places[0]] == parts[place] - 1]


def _parts(clause: Sequence[Token]) -> list[int]:
    """Return for each place the number of its part, cut at commas, turns and "and now"."""
    part, parts = 0, []
    for place, token in enumerate(clause):
        and_now = _NOW in token.keys and place > 0 and _JOINING in clause[place - 1].keys
        part += bool(token.stop) or _TURN in token.keys or and_now
        parts.append(part)
    return parts


def is_earlier(clause: Sequence[Token], place: int) -> bool:
    """Say whether what stands at *place* is told of a time before: "was sleeping badly", "at first I felt sick"."""
    return any(_TOLD_OF in token.keys for token in clause[: place + 1])


def is_now(clause: Sequence[Token], place: int) -> bool:
    """Say whether what stands at *place* is told of today: "these days I sleep well", "on this I sleep fine"."""
    parts = _parts(clause)
    return any(parts[at] == parts[place] and _NOW in token.keys for at, token in enumerate(clause))


def _is_at_hand(clause: Sequence[Token], start: int, found: Found) -> bool:
    """Say whether what is feared is there: "worried about my chest pain"."""
    return any(_AT_HAND in token.keys for token in clause[start : found.places[0] + 1])


def _thought_of(clause: Sequence[Token], named: Sequence[Found], owners: Owners, cue: Found) -> list[int]:
    """Return which of *named* are of the condition or the expectation that *cue* opens."""
    kind, start = cue.phrase.target, cue.places[-1] + 1
    if kind == _TOLD_IF:
        return _on_condition(clause, named, start)
    if kind == _EXPECTED:
        return _following(clause, owners, start, wide=False)
    return [n for n in _supposed(clause, named, start) if not _is_at_hand(clause, start, named[n])]


def _supposed(clause: Sequence[Token], named: Sequence[Found], start: int) -> list[int]:
    """Return which of *named* are of the condition that "if I ever" before *start* opens, up to whoever acts on it."""
    end = start
    while end < len(clause) and not (clause[end].stop or _SUBJECT in clause[end].keys or _TURN in clause[end].keys):
        end += 1
    return [n for n, found in enumerate(named) if start <= found.places[0] < end]


def _on_condition(clause: Sequence[Token], named: Sequence[Found], start: int) -> list[int]:
    """Return which of *named* are of the condition that begins at *start*, up to a turn or a statement of its own.

    "Ring if I come out in a rash or my lips swell": both; "and I can't breathe", "and it has" state something.
    """
    end = start
    while end < len(clause) and _TURN not in clause[end].keys:
        keys = clause[end].keys
        added = end > start and _JOINING in clause[end - 1].keys and _ALTERNATIVE not in clause[end - 1].keys
        own = _SUBJECT in keys or _PRONOUN in keys or _NOW in keys
        if end > start and ((clause[end].stop and (own or _WRITER in keys)) or (added and (own or _ASSERTING in keys))):
            break
        end += 1
    return [n for n, found in enumerate(named) if start <= found.places[0] < end]


def _before(clause: Sequence[Token], named: Sequence[Found], place: int) -> list[int]:
    """Return what stands before *place* in its part of *clause*, or, where that is nothing, before its turn."""
    before = [number for number, found in enumerate(named) if found.places[-1] < place]
    beside = set(_beside(clause, named, place))
    return [number for number in before if number in beside] or before


def _begins(clause: Sequence[Token], place: int) -> bool:
    """Say whether a question begins at *place*: only function words before it, or a comma."""
    for p in range(place - 1, -1, -1):
        if clause[p + 1].stop or _TURN in clause[p].keys:
            return True
        if not any(key in clause[p].keys for key in (_LIGHT, _JOINING, _DRUG)):
            return False
    return True


def _told_after(clause: Sequence[Token], named: Sequence[Found], last: int) -> int:
    """Return where something is told after the question that ends at *last*.

    "What's this mania, I haven't slept"; "would a fit look like this: staring, jerking"
    """
    first = min((found.places[0] for found in named if found.places[0] > last), default=len(clause))
    for place in range(last + 1, len(clause)):
        stop = clause[place].stop
        if (stop and _WRITER in clause[place].keys) or (stop == ":" and place > first):
            return place
    return len(clause)


def _is_asked(clause: Sequence[Token], found: Found, cue: Found, reports: Sequence[tuple[int, ...]]) -> bool:
    """Say whether the question *cue* asks about *found*: what follows it, or stands inside ("is a rash normal").

    "Can it make me sweat?" does; "is it normal that my chest hurts?" reports it.
    """
    start = found.places[0]
    if start < cue.places[0] or any(cue.places[0] < r[-1] and r[0] < start for r in reports):
        return False
    return not any(
        _FIRST_PERSON in clause[p].keys and not (p and _CAUSING in clause[p - 1].keys)
        for p in range(start, found.places[-1])
    )


def _overlaps(cue: Found, named: Sequence[Found], inside: Collection[int]) -> bool:
    """Say whether *cue* counts though it shares words with *named*.

    A question or a dream does that begins before them, "before she died", which holds all that it shares, and "no
    more" of "more sweating".
    """
    mine = set(cue.places)
    if cue.phrase.target == stories.FAMILY:
        return all(mine.issuperset(f.places) or mine.isdisjoint(f.places) for f in named)
    if cue.phrase.target == _PAST_OF and len(cue.places) > 1:
        return not any(place in inside for place in cue.places[:-1])
    return cue.phrase.target in (_QUESTION, stories.UNREAL) and cue.places[0] not in inside


def _is_asked_round(clause: Sequence[Token], found: Found, cue: Found, reports: Sequence[tuple[int, ...]]) -> bool:
    """Say whether "is" before *found* and *cue* after it ask about it: "is chest pain listed"."""
    first = found.places[0]
    if found.places[-1] > cue.places[0]:
        return False
    for place in range(first - 1, -1, -1):
        if _BE in clause[place].keys and _begins(clause, place):
            return not any(place < r[-1] and r[0] < first for r in reports)
        if clause[place + 1].stop:
            return False
    return False


def _is_one_event(clause: Sequence[Token], found: Found) -> bool:
    """Say whether *found* tells of what happened once or lately; "my seizures have stopped" tells of many."""
    last = clause[found.places[-1]].word
    return not last.endswith("s") or last.endswith("ss") or any(_RECENT in token.keys for token in clause)


def _undone(clause: Sequence[Token], places: Sequence[int]) -> bool:
    """Say whether "sleeping well" is denied: "not sleeping well", "can't sleep well"."""
    for place in range(places[-1], -1, -1):
        token = clause[place]
        if _NO in token.keys and place not in places:
            return True
        if place < places[0] and not (_LIGHT in token.keys or _OK_BETWEEN in token.keys):
            return False
        if token.stop and place <= places[0]:
            return False
    return False
