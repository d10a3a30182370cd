"""How far words reach: over the list that follows a cue, over a part of the sentence, over a condition."""

from __future__ import annotations

from checker.classes import (
    ALTERNATIVE,
    ASSERTING,
    CANT,
    DEGREE,
    DETERMINER,
    DRUG,
    EASING,
    JOINING,
    LIGHT,
    LIMITER,
    NO_OF,
    NO_WORD,
    NOW,
    OK_BETWEEN,
    OR,
    PRELUDE,
    PRONOUN,
    STATING,
    SUBJECT,
    TURN,
    WRITER,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from checker.model import Found, Token

    Owners = dict[int, list[int]]  # place -> the mentions whose words stand there

_LONGEST_ITEM = 5  # words of an item in a list that "denies" opens


def following(clause: Sequence[Token], owners: Owners, start: int, *, wide: bool) -> list[int]:
    """Return what a cue before *start* reaches; a *wide* one ("denies") reaches over any list."""
    reached: list[int] = []
    joined = False
    start = _behind_or(clause, owners, start)
    wide = wide or (_is_bare_list(clause, owners, start) and not _is_repeated(clause, start - 1))
    for place in range(start, len(clause)):
        token = clause[place]
        listed = wide and is_item(clause, place)
        if token.stop == "," and not ((listed and place > start) or (reached and _closed(clause, owners, place))):
            break
        if reached and (token.stop == ":" or (token.stop == "," and NO_WORD in token.keys and place not in owners)):
            break  # the next item is denied by a "no" of its own
        if place in owners:
            reached.extend(n for n in owners[place] if n not in reached)
            joined = False
        elif JOINING in token.keys:
            if not (reached or wide):
                break
            if ALTERNATIVE not in token.keys and _states(clause, place + 1):
                break  # "no headache, and the nausea has gone"
            joined = ALTERNATIVE not in token.keys
        elif reached and (LIMITER in token.keys or _says_i_have(clause, place)):
            break  # "no chest pain, only a dull headache"; "instead of headaches I have a dry mouth"
        elif wide and listed:
            joined = False
        elif joined and not (DEGREE in token.keys or DETERMINER in token.keys):
            break  # "no nausea and I feel dizzy": a new statement
        elif not (_is_between(clause, place) or (reached and _is_word(clause, place))):
            break
    return reached


def _is_between(clause: Sequence[Token], place: int) -> bool:
    """Say whether what stands at *place* may stand between a cue and what it reaches."""
    return any(key in clause[place].keys for key in (LIGHT, OK_BETWEEN, DEGREE)) or in_slashes(clause, place)


def _behind_or(clause: Sequence[Token], owners: Owners, start: int) -> int:
    """Return where a denied list goes on whose first item, one word, names nothing: "no redness or swelling"."""
    after = start + 2
    if after >= len(clause) or start in owners or NO_OF not in clause[start - 1].keys:
        return start
    inside = clause[start : after + 1]
    own = any(key in inside[-1].keys for key in (NO_WORD, CANT, SUBJECT, WRITER))
    return after if ALTERNATIVE in inside[1].keys and not own and not any(t.stop for t in inside) else start


def _is_repeated(clause: Sequence[Token], place: int) -> bool:
    """Say whether the "no" at *place* repeats one: of "no rash, no fever, chest pain" the last is there."""
    return clause[place].stop == "," and any(NO_WORD in token.keys for token in clause[:place])


def _says_i_have(clause: Sequence[Token], place: int) -> bool:
    """Say whether a statement of what somebody has begins at *place*: "I have", "she's getting"."""
    if SUBJECT not in clause[place].keys or place + 1 == len(clause):
        return False
    return ASSERTING in clause[place + 1].keys and STATING not in clause[place - 1].keys


def _states(clause: Sequence[Token], place: int) -> bool:
    """Say whether a statement of its own stands from *place* up to a comma: "the nausea has gone"."""
    for token in clause[place:]:
        if token.stop or JOINING in token.keys:
            return False
        if STATING in token.keys:
            return True
    return False


def is_item(clause: Sequence[Token], place: int) -> bool:
    """Say whether a list that "denies" opened goes on at *place*: a short item that states nothing by itself."""
    first, last = place, place
    while first > 0 and not (clause[first].stop or JOINING in clause[first - 1].keys):
        first -= 1
    while last + 1 < len(clause) and not (clause[last + 1].stop or JOINING in clause[last + 1].keys):
        last += 1
    item = clause[place : last + 1]
    states = any(key in token.keys for token in item for key in (SUBJECT, ASSERTING, LIMITER, TURN))
    return not states and (last - first < _LONGEST_ITEM or first <= place == last)


def _is_bare_list(clause: Sequence[Token], owners: Owners, start: int) -> bool:
    """Say whether *start* begins a list of three or more mentions and nothing else: "no fever, cough, rash"."""
    commas = [at for at in range(start + 1, len(clause)) if clause[at].stop == ","]
    if len(commas) < 2 or not all(is_item(clause, at) for at in (start, *commas)):
        return False
    if any(EASING in token.keys for token in clause[start : commas[0]]):
        return False  # "none of the tablets helped - chest pain, fits"
    ends = (*commas[1:], len(clause))
    mentions = sum(any(at in owners for at in range(first, end)) for first, end in zip(commas, ends))
    return 2 * mentions > len(commas)


def _is_word(clause: Sequence[Token], place: int) -> bool:
    """Say whether one word is a whole item of a list: "no rash, appetite, sweats or fever"."""
    after = clause[place + 1] if place + 1 < len(clause) else clause[place]
    return bool(clause[place].stop and (after.stop or ALTERNATIVE in after.keys))


def _closed(clause: Sequence[Token], owners: Owners, place: int) -> bool:
    """Say whether the list that goes on at *place* ends in "or", "nor" or "and"."""
    for at in range(place, len(clause)):
        keys = clause[at].keys
        if OR in keys:
            ends = ALTERNATIVE in keys and at + 2 == len(clause)
            return ends or any(p in owners for p in range(at + 1, min(at + 5, len(clause))))
        if at not in owners and (SUBJECT in keys or not (LIGHT in keys or DEGREE in keys or _is_word(clause, at))):
            return False
    return False


def before(clause: Sequence[Token], named: Sequence[Found], place: int) -> list[int]:
    """Return what stands before *place* in its part of *clause*, or, where that is nothing, before its turn."""
    before = [number for number, found in enumerate(named) if found.places[-1] < place]
    here = set(beside(clause, named, place))
    return [number for number in before if number in here] or before


def beside(clause: Sequence[Token], named: Sequence[Found], place: int) -> list[int]:
    """Return what stands in the same part of *clause* as *place*, between turns ("but", "although")."""
    part, parts = 0, []
    for token in clause:
        part += TURN in token.keys
        parts.append(part)
    return [number for number, found in enumerate(named) if parts[found.places[0]] == parts[place]]


def parts(clause: Sequence[Token]) -> list[int]:
    """Return for each place the number of its part, cut at commas, turns and "and now"."""
    part, parts = 0, []
    for place, token in enumerate(clause):
        and_now = NOW in token.keys and place > 0 and JOINING in clause[place - 1].keys
        part += bool(token.stop) or TURN in token.keys or and_now
        parts.append(part)
    return parts


def begins(clause: Sequence[Token], place: int) -> bool:
    """Say whether a question begins at *place*: only function words before it, or a comma."""
    for p in range(place - 1, -1, -1):
        if clause[p + 1].stop or TURN in clause[p].keys:
            return True
        if not any(key in clause[p].keys for key in (LIGHT, JOINING, DRUG, PRELUDE)):
            return False
    return True


def supposed(clause: Sequence[Token], named: Sequence[Found], start: int) -> list[int]:
    """Return which of *named* are of the condition that "if I ever" before *start* opens, up to whoever acts on it."""
    end = start
    while end < len(clause) and not (clause[end].stop or SUBJECT in clause[end].keys or TURN in clause[end].keys):
        end += 1
    return [n for n, found in enumerate(named) if start <= found.places[0] < end]


def on_condition(clause: Sequence[Token], named: Sequence[Found], start: int) -> list[int]:
    """Return which of *named* are of the condition that begins at *start*, up to a turn or a statement of its own.

    "Ring if I come out in a rash or my lips swell": both; "and I can't breathe", "and it has" state something.
    """
    end = start
    while end < len(clause) and TURN not in clause[end].keys:
        keys = clause[end].keys
        added = end > start and JOINING in clause[end - 1].keys and ALTERNATIVE not in clause[end - 1].keys
        own = SUBJECT in keys or PRONOUN in keys or NOW in keys
        if end > start and ((clause[end].stop and (own or WRITER in keys)) or (added and (own or ASSERTING in keys))):
            break
        end += 1
    return [n for n, found in enumerate(named) if start <= found.places[0] < end]


def in_slashes(clause: Sequence[Token], place: int) -> bool:
    """Say whether *place* is an item of "n/v/d"."""
    return clause[place].stop == "/" or (place + 1 < len(clause) and clause[place + 1].stop == "/")


def owners_of(named: Sequence[Found]) -> Owners:
    """Return which of *named* stand at which place."""
    owners: Owners = {}
    for number, found in enumerate(named):
        for place in found.places:
            owners.setdefault(place, []).append(number)
    return owners
