"""How soon to act: rules over symptoms."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import hypothesis
import pytest
from hypothesis import strategies as st

from checker.model import URGENCIES, Flag, Rule, Source
from checker.store import Knowledge
from checker.triage import higher, holds, raised

NAMES = tuple("abcde")
ALL = Rule("", 2, ("a", "b"))
ANY = Rule("", 1, ("a", "b"))


def flag(*rules: Rule) -> Flag:
    return Flag("f", "F", "", "", rules, (), (), None, Source("page"))


@pytest.mark.parametrize(
    ("rule", "present", "held"),
    [
        (ANY, "", ""),
        (ANY, "b", "b"),
        (ALL, "a", ""),
        (ALL, "ab", "ab"),
        (Rule("", 2, ("a", "b", "c")), "ac", "ac"),
        (Rule("", 2, ("c", ANY)), "ac", "ca"),
        (Rule("", 2, ("c", ALL)), "ac", ""),
        (Rule("", 2, ("c", ALL)), "abc", "cab"),
        (Rule("", 0, ("a",)), "a", ""),
        (Rule("", 0, ()), "a", ""),
    ],
    ids=str,
)
def test_a_rule_holds(rule: Rule, present: str, held: str) -> None:
    used: list[str] = []
    assert holds(rule, set(present), used) == bool(held)
    if held:
        assert used == list(held)


def test_the_most_urgent_rule_speaks() -> None:
    both = flag(Rule("emergency", 2, ("a", "b")), Rule("urgent", 1, ("a", "b")))
    assert raised(both, {"a"}) == ("urgent", ("a",))
    assert raised(both, {"a", "b"}) == ("emergency", ("a", "b"))
    assert raised(both, {"c"}) == ("", ())


def test_the_higher_of_urgencies() -> None:
    for one, other in itertools.product(URGENCIES, repeat=2):
        assert higher([one, other]) == max(one, other, key=URGENCIES.index)
    assert higher([]) == "unknown"


def rules() -> st.SearchStrategy[Rule]:
    items: st.SearchStrategy[str | Rule] = st.sampled_from(NAMES)
    for _ in range(2):  # two deep
        inner = st.builds(Rule, st.just(""), st.integers(1, 3), st.lists(items, max_size=3).map(tuple))
        items = st.one_of(st.sampled_from(NAMES), inner)
    urgent = st.sampled_from(URGENCIES[1:])
    return st.builds(Rule, urgent, st.integers(1, 3), st.lists(items, min_size=1, max_size=4).map(tuple))


@hypothesis.given(st.lists(rules(), min_size=1, max_size=4), st.sets(st.sampled_from(NAMES)), st.sampled_from(NAMES))
def test_one_more_symptom_never_lowers_the_urgency(some: list[Rule], present: set[str], more: str) -> None:
    some.sort(key=lambda rule: -URGENCIES.index(rule.urgency))
    before, _ = raised(flag(*some), present)
    after, used = raised(flag(*some), present | {more})
    assert higher([u for u in (before, after) if u]) == (after or "unknown")
    assert set(used) <= present | {more}


def _shipped_rules(rule: Rule) -> Iterator[Rule]:
    yield rule
    for item in rule.of:
        if isinstance(item, Rule):
            yield from _shipped_rules(item)


def test_every_shipped_rule_can_hold_and_does_not_hold_of_nothing(knowledge: Knowledge) -> None:
    everything = set(knowledge.symptoms())
    for name in knowledge.all_flags():
        for rule in knowledge.flag(name).rules:
            assert holds(rule, everything, []), (name, rule)
            assert not holds(rule, set(), []), (name, rule)
            for inner in _shipped_rules(rule):
                assert 1 <= inner.least <= len(inner.of), (name, inner)


def test_shipped_rules_stand_the_most_urgent_first(knowledge: Knowledge) -> None:
    for name in knowledge.all_flags():
        urgencies = [URGENCIES.index(rule.urgency) for rule in knowledge.flag(name).rules]
        assert urgencies == sorted(urgencies, reverse=True), name
        assert min(urgencies) >= URGENCIES.index("routine")
