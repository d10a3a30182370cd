"""What may be meant by the beginning of a clause: everyday wordings, medicines, commands.

Sorted tables and bisection: the cost of a key does not depend on how many there are.
"""

from __future__ import annotations

from bisect import bisect_left

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from checker.store import Knowledge

MOST = 12  # offered at once
_LONGEST = 6  # words of a wording
_SHORTEST = 2  # letters of a clause; 3 of a word further in
_ENDS = ",.;:!?()\n"
_SPELT = {"cant": "can't", "dont": "don't", "wont": "won't"}
_JOINING = (" and ", " but ", " or ", " also ", " plus ", " with ")


class Completions:
    """Completes what is typed.

    >>> class Words:
    ...     def wordings(self, prefix, most):
    ...         return [w for w in ("dizzy", "dry eyes", "dry mouth") if w.startswith(prefix)]
    ...     def drug_names(self):
    ...         return ["drixol"]
    ...     def countries(self):
    ...         return ["GB"]
    >>> words = Completions(Words(), ("/drug", "/help"))
    >>> words.offered("No rash, but dr")
    ('dr', ['dry eyes', 'dry mouth', 'drixol'])
    >>> words.offered("/d")
    ('/d', ['/drug'])
    """

    def __init__(self, knowledge: Knowledge, commands: Sequence[str]) -> None:
        self._knowledge = knowledge
        self._commands = sorted(commands)
        self._drugs: list[str] | None = None
        self.drugs_only = False

    def offered(self, typed: str) -> tuple[str, list[str]]:
        """Return the end of *typed* that may be completed, and by what."""
        if self.drugs_only:
            last = typed.rpartition(",")[2].lstrip().lower()
            return typed[len(typed) - len(last) :], self._starting(self.drugs(), last, ()) if last else []
        if typed.startswith("/"):
            return self._command(typed)
        clause = typed.lower()
        start = max((clause.rfind(mark) + 1 for mark in _ENDS), default=0)
        for word in _JOINING:
            place = clause.rfind(word)
            if place >= 0:
                start = max(start, place + len(word))
        clause = clause[start:].lstrip()
        words = clause.split(" ")
        for first in range(max(0, len(words) - _LONGEST), len(words)):
            prefix = " ".join(words[first:])
            if len(prefix.strip()) < _SHORTEST + bool(first):
                continue
            spelt = " ".join(_SPELT.get(w, w) for w in words[first:])
            found = [w for w in self._knowledge.wordings(spelt, MOST + 1) if w != spelt]
            found += self._starting(self.drugs(), prefix, found)
            if found:
                return typed[len(typed) - len(prefix) :], found[:MOST]
        return "", []

    def drugs(self) -> list[str]:
        """Return the name of every medicine, sorted."""
        if self._drugs is None:
            self._drugs = sorted(self._knowledge.drug_names())
        return self._drugs

    def _command(self, typed: str) -> tuple[str, list[str]]:
        command, space, rest = typed.partition(" ")
        if not space:
            return typed, self._starting(self._commands, typed, ())
        last = rest.rpartition(" ")[2].lower()
        if command == "/drug" and last:
            return last, self._starting(self.drugs(), last, ())
        if command == "/country":
            return last, self._starting(sorted(self._knowledge.countries()), last.upper(), ())
        return "", []

    def _starting(self, names: Sequence[str], prefix: str, but: Sequence[str]) -> list[str]:
        place = bisect_left(names, prefix)
        found: list[str] = []
        while place < len(names) and len(found) < MOST and names[place].startswith(prefix):
            if names[place] != prefix and names[place] not in but:
                found.append(names[place])
            place += 1
        return found
