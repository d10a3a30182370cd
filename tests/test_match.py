"""Symptoms named in a clause, against a brute-force oracle."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence

import hypothesis
import pytest
from hypothesis import strategies as st

from checker.classes import LIGHT
from checker.match import clauses, find
from checker.model import Found, Phrase, Token
from checker.normalise import tokens

# Words of the little language of these tests, and what else they may be called.
KEYS = {
    "the": (LIGHT,), "is": (LIGHT,), "my": (LIGHT,), "and": ("{joining}", LIGHT), "or": ("{joining}", LIGHT),
    "but": ("{turn}", LIGHT), "very": ("{degree}",), "swollen": ("{shared}",),
    "no": ("{no}", "{shared}", "{direction}"), "a": ("{filler}", LIGHT), "massive": ("{filler}",),
}  # fmt: skip


def read(text: str) -> tuple[Token, ...]:
    return tuple(token.replace(keys=(token.word, *KEYS.get(token.word, ()))) for token in tokens(text))


def phrase(words: str, kind: str = "phrases", layer: str = "symptom", target: str = "", weight: int = 1000) -> Phrase:
    terms = tuple(words.split())
    return Phrase(layer, kind, target or words, weight * len(terms), terms)


def index(*phrases: Phrase) -> Callable[[Mapping[str, object]], list[tuple[Phrase, str]]]:
    """Give each phrase of which all terms are there with one of them, as compiled knowledge does."""
    rarest = [(p, next(t for t in p.terms if t != "*")) for p in phrases]
    return lambda there: [one for one in rarest if {*there, "*"}.issuperset(one[0].terms)]


def named(text: str, *phrases: Phrase) -> list[tuple[str, str]]:
    """Return each phrase found in *text*, a single clause, and the words that name it."""
    (clause,) = clauses(read(text))
    return [(f.phrase.target, " ".join(clause[p].word for p in f.places)) for f in find(clause, index(*phrases))]


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("a b", 1), ("a. b", 2), ("a, b", 1), ("a but b", 1), ("but a", 1), ("a; b? c", 3), ("a " * 200, 4)],
    ids=repr,
)
def test_clauses(text: str, count: int) -> None:
    assert len(clauses(read(text))) == count


def test_words_of_a_phrase_stand_in_any_order_a_few_words_apart() -> None:
    dry_mouth = phrase("dry mouth")
    assert named("dry mouth", dry_mouth) == [("dry mouth", "dry mouth")]
    assert named("mouth is the dry", dry_mouth) == [("dry mouth", "mouth dry")]
    assert named("mouth x y z dry", dry_mouth) == [("dry mouth", "mouth dry")]
    assert named("mouth x y z w dry", dry_mouth) == []
    assert named("mouth is the my is the my dry", dry_mouth) == [("dry mouth", "mouth dry")]  # light words: no gap
    assert named("mouth", dry_mouth) == []
    everyday = phrase("dry mouth", weight=400)  # the more everyday its words, the nearer they stand
    assert named("mouth x y dry", everyday) == [("dry mouth", "mouth dry")]
    assert named("mouth x y z dry", everyday) == []


def test_a_comma_parts_what_says_something_on_both_sides() -> None:
    assert named("dry, x mouth", phrase("dry mouth")) == [("dry mouth", "dry mouth")]
    found = named("head, sick", phrase("head sick"), phrase("head"), phrase("sick"))
    assert found == [("head", "head"), ("sick", "sick")]
    assert named("dry but mouth", phrase("dry mouth")) == []


def test_an_exact_phrase_stands_side_by_side() -> None:
    exact = phrase("take them all", "exact")
    assert named("x take them all y", exact) == [("take them all", "take them all")]
    for text in ("take all them", "take x them all", "take, them all", "them all"):
        assert named(text, exact) == [], text


def test_a_star_is_any_one_word() -> None:
    assert named("not x enough", phrase("not * enough", "cue", "cue")) == [("not * enough", "not enough")]
    assert named("not enough", phrase("not * enough", "cue", "cue")) == []


def test_the_longest_reading_wins_and_a_word_is_used_once() -> None:
    pain, chest_pain, chest = phrase("pain"), phrase("chest pain"), phrase("chest")
    assert named("chest pain", pain, chest_pain, chest) == [("chest pain", "chest pain")]
    assert named("chest pain x pain", pain, chest_pain) == [("chest pain", "chest pain"), ("pain", "pain")]


def test_a_shared_word_serves_every_item_of_a_list() -> None:
    found = named("swollen lip and tongue", phrase("swollen lip"), phrase("swollen tongue"))
    assert found == [("swollen lip", "swollen lip"), ("swollen tongue", "swollen tongue")]
    assert named("x lip and tongue", phrase("x lip"), phrase("x tongue")) == [("x lip", "x lip")]


def test_a_direction_is_not_torn_from_its_word() -> None:
    assert named("appetite fine and no rash", phrase("no appetite")) == []
    assert named("no appetite", phrase("no appetite")) == [("no appetite", "no appetite")]
    assert len(named("no drive or appetite", phrase("no drive"), phrase("no appetite"))) == 2


def test_alone_says_nothing_else_in_its_item() -> None:
    alone = phrase("hot", "alone")
    for text in ("hot", "very hot", "the hot, dog x", "x, hot", "x and hot", "hot and x"):
        assert named(text, alone) == [("hot", "hot")], text
    for text in ("hot dog", "a dog hot"):
        assert named(text, alone) == [], text


def test_an_idiom_takes_its_words_away() -> None:
    idiom = phrase("heart sinks", "idiom", "idiom", "idiom")
    assert named("heart sinks", idiom, phrase("heart")) == [("idiom", "heart sinks")]
    assert named("heart sinks fast", idiom, phrase("heart sinks fast")) == [("heart sinks fast", "heart sinks fast")]


def test_a_filler_between_the_words_of_an_idiom_counts_for_nothing() -> None:
    tax, spin, hurt = (phrase(words, "idiom", "idiom") for words in ("tax is headache", "a spin", "hurt * feelings"))
    headache = phrase("headache")
    for text in ("tax is headache", "tax is a headache", "tax is a massive headache"):
        assert named(text, tax, headache) == [("tax is headache", "tax is headache")], text
    for text in ("tax is, a headache", "tax is a, headache", "tax is one headache", "is headache tax"):
        assert named(text, tax, headache) == [("headache", "headache")], text
    assert named("spin", spin) == []  # at its beginning a filler must be said
    assert named("hurt a big feelings", hurt) == [("hurt * feelings", "hurt feelings")]


def test_an_idiom_may_be_a_symptom_and_no_circumstance() -> None:
    idiom, bloated = phrase("look pregnant", "idiom", "idiom"), phrase("look pregnant", target="bloating")
    pregnant = phrase("pregnant", layer="circumstance")
    assert named("look pregnant", idiom, bloated, pregnant) == [
        ("look pregnant", "look pregnant"),
        ("bloating", "look pregnant"),
    ]


def test_a_bare_noun_loses_against_every_reading() -> None:
    bare, whole = phrase("sleep", "bare", target="insomnia"), phrase("bad sleep")
    assert named("sleep", bare, whole) == [("insomnia", "sleep")]
    assert named("bad sleep", bare, whole) == [("bad sleep", "bad sleep")]


def test_layers_do_not_compete() -> None:
    found = named("stop pill", phrase("stop", "cue", "cue"), phrase("stop pill", "phrases", "topic"))
    assert sorted(target for target, _ in found) == ["stop", "stop pill"]


def test_places_taken_are_not_read() -> None:
    (clause,) = clauses(read("bp x"))
    assert find(clause, index(phrase("bp")), taken=[0]) == []


# --- the oracle ---------------------------------------------------------------


def brute_force(clause: Sequence[Token], phrases: Sequence[Phrase]) -> list[Found]:
    """The same in ten lines: every choice of places, the heaviest first, no word twice."""
    steps = list(itertools.accumulate(2 * bool(t.stop) + (LIGHT not in t.keys) for t in clause))
    ranked = []
    for one in phrases:
        for at in itertools.permutations(range(len(clause)), len(one.terms)):
            if all(term in clause[p].keys for term, p in zip(one.terms, at, strict=True)):
                gap = max(steps[max(at)] - steps[min(at)] - len(at) + 1, 0)
                if gap <= 3:
                    ranked.append((-(one.weight * (100 - 4 * gap) // 100), tuple(sorted(at)), one))
    readings = [set(at) for _, at, _ in ranked]
    chosen: list[Found] = []
    for _, at, one in sorted(ranked, key=lambda r: (r[0], r[1][0], r[2].target, r[1])):
        if not any(set(at) & set(found.places) for found in chosen) and not parted(clause, at, readings):
            chosen.append(Found(one, at))
    return sorted(chosen, key=lambda found: found.places)


def parted(clause: Sequence[Token], at: tuple[int, ...], readings: Sequence[set[int]]) -> bool:
    """Say whether a comma inside *at* has a reading on each side: of no other places, or of all that *at* has there."""
    for cut in range(at[0] + 1, at[-1] + 1):
        sides = set(range(at[0], cut)), set(range(cut, at[-1] + 1))
        if clause[cut].stop == "," and all(
            any(other <= side & set(at) or side & set(at) <= other <= side for other in readings) for side in sides
        ):
            return True
    return False


def said(*, again: bool) -> st.SearchStrategy[tuple[Token, ...]]:
    """Return clauses of a few known words, unknown words, function words and commas; known words may come *again*."""
    word = st.tuples(st.sampled_from(["a", "b", "c", "d", "e", "the", "x"]), st.sampled_from(["", "", "", ","]))
    once = None if again else lambda pair: pair[0] if pair[0] in "abcde" else object()
    many = st.lists(word, min_size=1, max_size=9, unique_by=once)
    return many.map(lambda pairs: read(" ".join(word + mark for word, mark in pairs)))


def vocabularies(longest: int) -> st.SearchStrategy[list[Phrase]]:
    one = st.sets(st.sampled_from("abcde"), min_size=1, max_size=longest).map(lambda s: phrase(" ".join(sorted(s))))
    return st.lists(one, min_size=1, max_size=4, unique=True)


@hypothesis.settings(max_examples=400)
@hypothesis.given(said(again=False), vocabularies(longest=4))
def test_find_agrees_with_brute_force(clause: tuple[Token, ...], phrases: list[Phrase]) -> None:
    assert find(clause, index(*phrases)) == brute_force(clause, phrases)


@hypothesis.settings(max_examples=400)
@hypothesis.given(said(again=True), vocabularies(longest=3))
def test_words_said_again_hide_nothing(clause: tuple[Token, ...], phrases: list[Phrase]) -> None:
    """Each phrase by itself: which of two equal words it takes is free."""
    for one in phrases:
        found = find(clause, index(one))
        assert bool(found) == bool(brute_force(clause, [one]))
        places = [place for each in found for place in each.places]
        assert len(places) == len(set(places))
