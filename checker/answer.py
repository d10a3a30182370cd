"""Answers messages for some medicines: hears what is said, then composes what is said to it.

    text -> hearing (normalise, spell, match, segment) -> composing (look up, triage) -> answer

A message is understood against one vocabulary first; only then are monographs
asked whether they list what was understood.
"""

from __future__ import annotations

from checker import segment, spelling
from checker.composing import Composer
from checker.heard import Heard
from checker.hearing import Hearer
from checker.model import NEVER, NOTHING, Answer, Contacts, Correction, Follow
from checker.normalise import tokens
from checker.passages import Passages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from checker.store import Knowledge

    Kind = tuple[str, bool, bool, bool, bool, bool]  # urgency, and what is there

_LARGEST = 1 << 20  # characters of a message that are read whole
_ANYWHERE = Contacts("", "", "your local emergency number", "", (), (), ())


class Checker:
    """Answers messages for some medicines.

    >>> from checker import load
    >>> checker = Checker(load(), drugs=["savella"])
    >>> checker.answer("my mouth is so dry").matches[0].effect
    'Dry mouth'
    """

    def __init__(
        self, knowledge: Knowledge, drugs: Iterable[str] = (), country: str = "", *, explain: bool = False
    ) -> None:
        """Set the medicines by *drugs* (generic or brand names, misspelt too).

        *country* is a code of two letters; *explain* fills `Answer.explain`.
        """
        self.knowledge = knowledge
        self._said: dict[str, str] = {}
        self._show(knowledge.contacts(country.upper()) or knowledge.contacts("") or _ANYWHERE)
        self.explain = explain
        self.corrections: list[Correction] = []
        self.unknown: list[str] = []
        self.drugs: list[str] = []
        self.passages = Passages(knowledge)
        self._hearer = Hearer(knowledge)
        for name in drugs:
            found = self.find_drug(name)
            if found is None:
                self.unknown.append(name)
            elif found not in self.drugs:
                self.drugs.append(found)

    def find_drug(self, name: str) -> str | None:
        """Return the id of the medicine called *name*, or None; notes what was read."""
        folded = " ".join(t.word for t in tokens(name))
        found = self.knowledge.drug(folded)
        if found is None and folded:
            read = spelling.drug_name(folded, self.knowledge.drug_names())
            if read is not None:
                self.corrections.append(Correction(name, read))
                found = self.knowledge.drug(read)
        return found

    def name_of(self, name: str) -> str:
        """Return the name to show for the id of a medicine, symptom or topic."""
        knowledge = self.knowledge
        if knowledge.has_monograph(name):
            return knowledge.monograph(name).name
        try:
            return knowledge.symptom(name).name
        except KeyError:
            return knowledge.topic(name)[0]

    def set_country(self, code: str) -> str:
        """Show the lines of the country *code*; return what to say about it."""
        found = self.knowledge.contacts(code.upper()) if code else None
        for other in () if found or not code else self.knowledge.countries():
            lines = self.knowledge.contacts(other)
            initials = "".join(word[0] for word in lines.name.split()) if lines else ""
            if lines and code.lower() in (lines.name.lower(), initials.lower()):  # the United Kingdom is GB
                found = lines
        if found is None:
            return f"Countries I know: {', '.join(self.knowledge.countries())}."
        self._show(found)
        return f"Emergency number for {found.name}: {found.emergency}."

    def _show(self, lines: Contacts) -> None:
        anywhere = self.knowledge.contacts("") or _ANYWHERE
        self.contacts = lines
        self._said = {}
        self.usual: dict[Kind, tuple[str, ...]] = {}  # the advice to most messages
        self._report = tuple(f"{line.name}: {line.say}" if line.name else line.say for line in lines.report)
        self._places = {
            "{emergency}": lines.emergency or anywhere.emergency,
            "{urgent}": lines.urgent or anywhere.urgent,
            "{crisis}": _joined(lines.crisis or anywhere.crisis),
            "{poison}": _joined(lines.poison or anywhere.poison),
        }

    def explained(self, answer: Answer, before: Sequence[Answer]) -> tuple[str, ...]:
        """Return the words, symptoms, rules and sources of *answer*."""
        keep, self.explain = self.explain, True
        try:
            return self.answer(answer.message, before).explain
        finally:
            self.explain = keep

    def filled(self, line: str) -> str:
        """Put the country's lines into a sentence."""
        if "{" not in line:
            return line
        for place, says in self._places.items():
            line = line.replace(place, says)
        return line

    def sentence(self, name: str) -> str:
        """Return what the program says by the *name* of a sentence."""
        said = self._said.get(name)
        if said is None:
            said = self._said[name] = self.filled(self.knowledge.advice(name))
        return said

    def report_lines(self) -> tuple[str, ...]:
        """Return whom to tell of a side effect."""
        return self._report

    def similar_drugs(self, name: str, most: int) -> tuple[str, ...]:
        """Return the names of at most *most* known medicines, those that look like *name* first."""
        folded = " ".join(t.word for t in tokens(name))
        near = spelling.similar(folded, self.knowledge.drug_names(), 4 * most)
        names = {self.knowledge.drug(n): n for n in reversed(near)}
        known = [n for n in near if n in names.values()] or [
            self.knowledge.monograph(d).name for d in self.knowledge.monographs()
        ]
        return tuple(known[:most])

    def answer(self, text: str, before: Sequence[Answer] = ()) -> Answer:
        """Return the answer to *text*, given the earlier answers of the session."""
        shown = text
        truncated = len(text) > _LARGEST
        if truncated:
            text = text[: _LARGEST // 2] + "\n" + text[-(_LARGEST // 2) :]
        heard = self._hearer.hear(text)
        follow, told = NOTHING, NEVER
        if before:
            from checker import earlier, followup, sayings

            if earlier.ANOTHER in sayings.opening(text, self.knowledge)[0]:
                follow, before = Follow(earlier.ANOTHER), ()
            else:
                here = [m for m in heard.mentions if m.assertion == segment.PRESENT and not m.asked]
                alone = not heard.topics and bool(here if heard.mentions else heard.drugs)
                follow = followup.follow(text, heard.mentions, alone, before, self.knowledge, self._hearer.named)
            if follow.text:
                shown, heard = follow.text, Heard(follow.text)
            heard.add(follow)
            told = earlier.told(before, heard.mentions, self.knowledge)
        return Composer(self, heard, told, follow).answer(shown, truncated=truncated)


def _joined(lines: Sequence[object]) -> str:
    return " or ".join(f"{line.name}: {line.say}" if line.name else line.say for line in lines)  # type: ignore[attr-defined]
