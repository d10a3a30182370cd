"""How a mention is meant: present, absent, past, hypothetical, someone-else.

After NegEx and ConText: a cue outside the symptom's own words reaches over light
words and over lists closed by "or", "nor" or "and"; anything else ends its scope.
A cue inside a phrase ("can't breathe") is part of the phrase and denies nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from checker.model import Found, Token

    Owners = dict[int, list[int]]  # place -> the mentions whose words stand there

PRESENT, ABSENT, PAST, HYPOTHETICAL, SOMEONE_ELSE = (
    "present", "absent", "past", "hypothetical", "someone-else",
)  # fmt: skip
WRITER, OTHER = "writer", "other"  # whose it is
# cue -> what it makes of what follows it, of what stands before it
_FOLLOWING = {"negation": ABSENT, "denial": ABSENT, "past": PAST, "hypothetical": HYPOTHETICAL}
_PRECEDING = {"past-before": PAST, "negated-before": ABSENT, "well-before": ABSENT}
_NEGATION, _LONG_AGO, _SINCE, _ELSEWHERE = "negation", "past-anywhere", "past-since", "not-a-person"
_QUESTION, _REPORT, _THING = "question", "report", "thing"

_LIGHT, _OK_BETWEEN, _JOINING, _OR, _DEGREE = "~", "{light}", "{joining}", "{or}", "{degree}"
_FIRST_PERSON, _WRITER, _PERSON, _SUBJECT = "{first-person}", "{writer}", "{person}", "{subject}"
_DRUG, _DAY, _TIME, _NUMBER = "{drug}", "{day}", "{time}", "{n}"
_PRONOUN, _WHOLLY, _VERY, _THEN, _UNTIL, _NOW = "{pronoun}", "{wholly}", "{very}", "{then}", "{until}", "{now}"
_AILMENT = "{ailment}"
_ALTERNATIVE, _MEDICINE = "{alternative}", "{medicine}"
_NO, _TURN, _DETERMINER, _LIMITER, _ASSERTING = "{no}", "{turn}", "{determiner}", "{limiter}", "{asserting}"
_LONGEST_ITEM = 5  # words of an item in a list that "denies" opens


def assertions(clause: Sequence[Token], named: Sequence[Found], cues: Sequence[Found]) -> list[tuple[str, bool]]:
    """Return for each of *named* its assertion, and whether it is only asked about.

    *cues* are the cues of the clause; those inside a named phrase do not count.
    """
    inside = {place for found in named for place in found.places}
    owners: Owners = {}
    for number, found in enumerate(named):
        for place in found.places:
            owners.setdefault(place, []).append(number)
    meant = [ABSENT if f.phrase.kind == "fine" and not _undone(clause, f.places) else PRESENT for f in named]
    asked: set[int] = set()
    reports = [c.places[0] for c in cues if c.phrase.target == _REPORT]
    for cue in (c for c in cues if inside.isdisjoint(c.places)):
        kind, first, last = cue.phrase.target, cue.places[0], cue.places[-1]
        if kind in _FOLLOWING:
            reached = [
                n for n in _following(clause, owners, last + 1, wide=kind == "denial") if named[n].phrase.kind != "fine"
            ]
            if kind == _NEGATION and _ended_by_now(clause, named, reached):
                continue
            _mean(meant, reached, _FOLLOWING[kind], only_present=False)
        elif kind in _PRECEDING and _ends_statement(clause, cue, named):
            _mean(meant, _preceding(clause, owners, first), _PRECEDING[kind], only_present=True)
        elif kind == _LONG_AGO:
            _mean(meant, _long_ago(clause, named, first), PAST, only_present=True)
        elif kind == _SINCE:
            _mean(meant, _before(clause, named, first), PAST, only_present=True)
        elif kind == _ELSEWHERE:
            _mean(meant, _beside(clause, named, first), SOMEONE_ELSE, only_present=True)
        elif kind == _THING and (_begins(clause, first) or _JOINING in clause[first - 1].keys):
            _mean(meant, _of_thing(clause, named, last), SOMEONE_ELSE, only_present=True)
        elif kind == _QUESTION and _begins(clause, first):
            told = _told_after(clause, named, last)
            asked |= {
                n
                for n in _beside(clause, named, first)
                if named[n].places[0] < told and _is_asked(clause, named[n], cue, reports)
            }
    return [(m, number in asked and m == PRESENT) for number, m in enumerate(meant)]


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


def is_denial(clause: Sequence[Token]) -> bool:
    """Say whether *clause* is a bare "no"."""
    return len(clause) == 1 and _NO in clause[0].keys


def asks_about(clause: Sequence[Token], topic: Found, asking: Sequence[Found]) -> bool:
    """Say whether one of *asking* asks about *topic*: in its part of the sentence, or after it ("I'm 16, is it ok")."""
    parts = _parts(clause) if asking else []
    return any(cue.places[0] > topic.places[-1] or parts[cue.places[0]] == parts[topic.places[0]] for cue in asking)


def whose(clause: Sequence[Token], place: int) -> str:
    """Return whose symptom stands at *place*: "writer", "other", or "" where nobody is named before it."""
    for at in range(place, -1, -1):
        if _WRITER in clause[at].keys:
            return OTHER if at + 1 < len(clause) and _PERSON in clause[at + 1].keys else WRITER
        if _PERSON in clause[at].keys:
            return OTHER
    return ""


def _ended_by_now(clause: Sequence[Token], named: Sequence[Found], reached: Sequence[int]) -> bool:
    """Say whether a denial held only until now: "never had a headache until these tablets"."""
    end = max((named[n].places[-1] for n in reached), default=len(clause)) + 1
    while end < len(clause) and not clause[end].stop and _UNTIL not in clause[end].keys:
        end += 1
    if end + 1 >= len(clause) or _UNTIL not in clause[end].keys:
        return False
    return any(key in clause[end + 1].keys for key in (_DETERMINER, _FIRST_PERSON, _PRONOUN, _MEDICINE))


def _mean(meant: list[str], reached: Sequence[int], assertion: str, *, only_present: bool) -> None:
    for number in reached:
        if meant[number] == PRESENT or not only_present:
            meant[number] = assertion


def _following(clause: Sequence[Token], owners: Owners, start: int, *, wide: bool) -> list[int]:
    """Return what a cue before *start* reaches; a *wide* one ("denies") reaches over any list."""
    reached: list[int] = []
    joined = False
    wide = wide or _is_bare_list(clause, owners, start)
    for place in range(start, len(clause)):
        token = clause[place]
        listed = wide and _is_item(clause, place)
        if token.stop == "," and not ((listed and place > start) or (reached and _closed(clause, owners, place))):
            break
        if token.stop == ":" and reached:
            break
        if place in owners:
            reached.extend(n for n in owners[place] if n not in reached)
            joined = False
        elif _JOINING in token.keys:
            if not (reached or wide):
                break
            joined = _ALTERNATIVE not in token.keys
        elif reached and _LIMITER in token.keys:
            break  # "no chest pain, only a dull headache"
        elif wide and listed:
            joined = False
        elif joined and not (_DEGREE in token.keys or _DETERMINER in token.keys):
            break  # "no nausea and I feel dizzy": a new statement
        elif not (
            _LIGHT in token.keys or _OK_BETWEEN in token.keys or _DEGREE in token.keys or _in_slashes(clause, place)
        ):
            break
    return reached


def _passes(token: Token) -> bool:
    """Say whether *token* may stand between a cue and what it reaches."""
    return any(key in token.keys for key in (_LIGHT, _OK_BETWEEN, _DEGREE))


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


def _in_slashes(clause: Sequence[Token], place: int) -> bool:
    """Say whether *place* is an item of "n/v/d"."""
    return clause[place].stop == "/" or (place + 1 < len(clause) and clause[place + 1].stop == "/")


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


def _preceding(clause: Sequence[Token], owners: Owners, end: int) -> list[int]:
    """Return what a cue at *end* reaches backwards: the item before it, or a list.

    "..., but those have gone": a pronoun before the cue stands for what was said before the turn.
    """
    reached: list[int] = []
    joined = True
    for place in range(end - 1, -1, -1):
        keys = clause[place].keys
        if place in owners:
            if not joined and reached and not any(n in reached for n in owners[place]):
                break
            reached.extend(n for n in owners[place] if n not in reached)
            joined = clause[place].stop == "/"
        elif _JOINING in keys:
            joined = bool(reached)
        elif _PRONOUN in keys and not reached and (clause[place].stop or _opens(clause, place)):
            return _last_named(owners, place)
        elif _SUBJECT in keys:
            break  # "itchy lumps, and he's gone pale": the cue is of another statement
        elif not (_LIGHT in keys or _DEGREE in keys or _TIME in keys or _NUMBER in keys):
            break
    return reached


def _opens(clause: Sequence[Token], place: int) -> bool:
    """Say whether a statement begins at *place*."""
    return place == 0 or any(key in clause[place - 1].keys for key in (_TURN, _JOINING, _THEN))


def _last_named(owners: Owners, end: int) -> list[int]:
    """Return the mention that stands last before *end*."""
    before = [place for place in owners if place < end]
    return list(owners[max(before)]) if before else []


def _ends_statement(clause: Sequence[Token], cue: Found, named: Sequence[Found]) -> bool:
    """Say whether "gone" ends its statement ("gone up", "gone pale" do not), and "none" its item ("rash: none")."""
    first, last = cue.places[0], cue.places[-1]
    after = last + 1
    if cue.phrase.target == "negated-before":
        ends = after >= len(clause) or bool(clause[after].stop)
        return ends and (clause[first].stop == ":" or after >= len(clause))
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


def _of_thing(clause: Sequence[Token], named: Sequence[Found], last: int) -> list[int]:
    """Return what is said of a thing that ends at *last*: all up to a turn or comma, or to where a person comes in.

    "The laptop died and I can't breathe": the first only.
    """
    end = last + 1
    while end < len(clause) and not clause[end].stop:
        if any(key in clause[end].keys for key in (_TURN, _SUBJECT, _FIRST_PERSON, _PERSON)):
            break
        end += 1
    return [number for number, found in enumerate(named) if last < found.places[0] and found.places[-1] < end]


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


def _is_asked(clause: Sequence[Token], found: Found, cue: Found, reports: Sequence[int]) -> bool:
    """Say whether the question *cue* asks about *found*: what follows it, or stands inside ("is a rash normal").

    "Can it make me sweat?" does; "is it normal that my chest hurts?" reports it.
    """
    start = found.places[0]
    if start < cue.places[0] or any(cue.places[-1] < r < start for r in reports):
        return False
    return not any(_FIRST_PERSON in clause[p].keys for p in range(start, found.places[-1]))


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
