"""Phrases filed by their two rarest terms: found by a clause's terms, and read when they are first met."""

from __future__ import annotations

from sys import intern  # terms are compared all the time: most are then the same object

from checker.model import ANY, Phrase
from checker.tables import UNIT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from checker.tables import Table

    Rarest = list[tuple[Phrase, str]]  # phrases, each with its rarest term
    Candidates = tuple[Rarest, list[tuple[str, ...]] | None]  # with those but the two rarest, where one has more
    Group = tuple[frozenset[str], dict[str, str | Candidates]]  # at a term: the next rarest, and the phrases of each

ROW = "\t"  # between the phrases that share their two rarest terms
_REMEMBERED = 20_000  # terms
_NONE: Group = (frozenset(), {})


class Filed:
    """The phrases of some tables."""

    def __init__(self, tables: Sequence[Table], heads: Table) -> None:
        """File what *tables* hold; *heads* says by number what many phrases share."""
        self._tables = tables
        self._numbered = heads
        self._heads: dict[str, tuple[str, ...]] = {}
        self._groups: dict[str, Group] = {}

    def find(self, there: Mapping[str, object]) -> Rarest:
        """Return the phrases of which all terms are *there*, each with its rarest, in order."""
        found: Rarest = []
        names = set(there)
        groups = self._groups
        for term in there:
            group = groups.get(term)
            partners, phrases = self._group(term) if group is None else group
            if names.isdisjoint(partners):
                continue
            both = names & partners  # sets know the hashes of what they hold: few of the terms are looked at
            for partner in sorted(both) if len(both) > 1 else both:
                met = phrases[partner]
                if isinstance(met, str):
                    met = phrases[partner] = self._candidates(met, term, partner)
                some, others = met
                found += some if others is None else [p for p, rest in zip(some, others) if names.issuperset(rest)]
        return found

    def _group(self, term: str) -> Group:
        phrases: dict[str, str | Candidates] = {}
        for table in self._tables:
            line = table.find(term)
            for part in line.split(UNIT) if line else ():
                partner, _, rows = part.partition(ROW)
                phrases[partner] = f"{phrases[partner]}{ROW}{rows}" if partner in phrases else rows
        made: Group = (frozenset(phrases), phrases) if phrases else _NONE
        if len(self._groups) < _REMEMBERED:
            self._groups[term] = made
        return made

    def _candidates(self, rows: str, term: str, partner: str) -> Candidates:
        phrases = [self._phrase(row) for row in rows.split(ROW)]
        others = [tuple([t for t in phrase.terms if t not in (term, partner, ANY)]) for phrase in phrases]
        return [(phrase, term) for phrase in phrases], others if any(others) else None

    def _phrase(self, row: str) -> Phrase:
        head, weight, *terms = row.split(" ")
        what = self._heads.get(head)
        if what is None:
            named = head if "|" in head else self._numbered.find(head) or ""
            what = self._heads[head] = tuple(map(intern, named.split("|")))
        return Phrase.make((*what, int(weight), tuple(map(intern, terms))))


def by_terms(filed: Mapping[tuple[str, str], Iterable[str]]) -> dict[str, str]:
    """File the rows of phrases by their two rarest terms, as `Filed` reads them."""
    made: dict[str, list[str]] = {}
    for (term, partner), rows in filed.items():
        made.setdefault(term, []).append(ROW.join((partner, *rows)))
    return {term: UNIT.join(groups) for term, groups in made.items()}
