"""Runs the stages in order; the only module that knows the order.

    text -> normalise -> spell -> segment -> match -> look up -> triage -> answer

A message is understood against one vocabulary first; only then are monographs
asked whether they list what was understood.
"""

from __future__ import annotations

from checker import followup, match, readings, segment, spelling, triage
from checker.model import (
    URGENCIES,
    Answer,
    Asking,
    Contacts,
    Correction,
    DrugNote,
    Effect,
    Elsewhere,
    Flag,
    Found,
    Match,
    Mention,
    Monograph,
    Phrase,
    Question,
    RedFlag,
    RuledOut,
    Source,
    Suggestion,
    Token,
    TopicAnswer,
    Unlisted,
)
from checker.normalise import tokens

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from checker.store import Knowledge

    _There = tuple[frozenset[str], frozenset[str]]  # symptoms there now, and with those told before

FEW = 5  # with so many monographs, all of them answer where none is named
_MOST_SUGGESTIONS = 3
_MOST_OTHERS = 3
_REMEMBERED = 10_000  # sets of symptoms
_LARGEST = 1 << 20  # characters of a message that are read whole
_SHORT = 3  # words that may follow "I don't" where it only sets the writer apart
_MOST_REREAD = 100  # words of one message: the cost stays bounded
_NAMING = ("symptom", "circumstance", "topic")  # the layers that name something
_NO_SOURCE = Source("")
_SIDE_EFFECTS, _STOPPING = "side-effects", "stopping"
_STOPPED = ("stopping", "missed-dose")  # circumstances in which `stopping` speaks


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
        self._show(knowledge.contacts(country.upper()) or knowledge.contacts("") or _ANYWHERE)
        self.explain = explain
        self.corrections: list[Correction] = []
        self.unknown: list[str] = []
        self.drugs: list[str] = []
        self.raised: dict[_There, Sequence[tuple[Flag, str, tuple[str, ...]]]] = {}  # what triage said before
        self._reader = spelling.Reader(knowledge)
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
        return self.filled(self.knowledge.advice(name))

    def report_lines(self) -> tuple[str, ...]:
        """Return whom to tell of a side effect."""
        return tuple(f"{line.name}: {line.say}" if line.name else line.say for line in self.contacts.report)

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
        heard, read = self._heard(text)
        follow = followup.NOTHING
        if before:
            if followup.ANOTHER in followup.opening(text, self.knowledge)[0]:
                follow, before = followup.Follow(followup.ANOTHER), ()
            else:
                here = [m for m in heard.mentions if m.assertion == segment.PRESENT and not m.asked]
                alone = not heard.topics and bool(here if heard.mentions else heard.drugs)
                follow = followup.follow(text, heard.mentions, alone, before, self.knowledge, self._named)
            if follow.text:
                shown, heard, read = follow.text, _Heard(follow.text), ()
            heard.add(follow)
        return _Composer(self, heard, before, follow).answer(shown, read, truncated=truncated)

    def _heard(self, text: str) -> tuple[_Heard, Sequence[Token]]:
        read = self._reader.read(tokens(text))
        heard = _Heard(text)
        first, end = 0, 0  # the first mention of the sentence before, and where that sentence ends
        for clause in match.clauses(read):
            if "?" in text[end : clause[0].start] and segment.is_denial(clause):
                heard.deny(first)
            first, end = len(heard.mentions), clause[-1].end
            self._hear(heard, clause)
        heard.settle()
        return heard, read

    def _named(self, text: str) -> list[str]:
        """Return the symptoms that *text* reports."""
        return [m.symptom for m in self._heard(text)[0].mentions if m.assertion == segment.PRESENT]

    def _hear(self, heard: _Heard, clause: tuple[Token, ...]) -> None:
        measured = readings.find(clause, self.knowledge.readings()) if _has_number(clause) else []
        taken = [place for *_, at in measured for place in at]
        found = match.find(clause, self.knowledge.phrases, taken)
        if any(token.read for token in clause):
            clause, found = self._reread(heard, clause, found, taken)
        named = [f for f in found if f.phrase.layer in ("symptom", "circumstance") and f.phrase.kind != "bare"]
        for reading, symptom, well, at in measured:
            kind = "fine" if well else "reading"
            named.append(Found(Phrase("symptom", kind, symptom, 0, (reading.id,)), at))
        cues = [f for f in found if f.phrase.layer in ("cue", "frame")]
        meant = segment.assertions(clause, named, cues)
        for item, (assertion, asked) in zip(named, meant, strict=True):
            heard.name(clause, item, assertion, asked=asked)
        heard.topics.extend(f.phrase.target for f in found if f.phrase.layer == "topic" and not _covered(f, named))
        for item in found:
            if item.phrase.kind == "bare":
                heard.bare.append((item.phrase.target, heard.words(clause, item)))
        for cue in cues:
            rest = clause[cue.places[-1] + 1 :]
            if cue.phrase.target == "self-contrast" and (len(rest) < _SHORT or rest[0].stop):
                heard.contrast(clause[cue.places[0]].start)
        for token in clause:
            if "{drug}" in token.keys:
                self._hear_drug(heard, token)
            elif len(token.word) >= 5 and (token.read or len(token.keys) == 1) and not self.knowledge.word(token.word):
                self._name_drug(heard, token)
        if not any(f.phrase.layer in ("symptom", "topic", "idiom", "circumstance") for f in found) and not measured:
            for target, place in match.hinted(clause, self.knowledge.hints, _MOST_SUGGESTIONS):
                heard.hints.append((target, heard.text[clause[place].start : clause[place].end]))
        heard.leave(clause, found, taken)

    def _reread(
        self, heard: _Heard, clause: tuple[Token, ...], found: list[Found], taken: Sequence[int]
    ) -> tuple[tuple[Token, ...], list[Found]]:
        """Read a misspelt word that fits nothing as the next nearest one that fits its neighbours: "heart racnig"."""
        used = {p for f in found for p in f.places}
        for place, token in enumerate(clause):
            if not token.read or place in used or heard.reread >= _MOST_REREAD:
                continue
            heard.reread += 1
            for read, known in self._reader.others(token.word):
                again = (*clause[:place], token.replace(keys=known.keys, read=read), *clause[place + 1 :])
                better = match.find(again, self.knowledge.phrases, taken)
                if any(place in f.places and f.phrase.layer in _NAMING for f in better):
                    heard.misread[token.start] = read
                    clause, found = again, better
                    break
        return clause, found

    def _hear_drug(self, heard: _Heard, token: Token) -> None:
        drug = self.knowledge.drug(token.word)
        if drug is not None and drug not in heard.drugs:
            heard.drugs.append(drug)

    def _name_drug(self, heard: _Heard, token: Token) -> None:
        if self.knowledge.is_english(token.word):
            return
        read = spelling.drug_name(token.word, self.knowledge.drug_names())
        drug = self.knowledge.drug(read) if read else None
        if read is not None and drug is not None:
            heard.misread[token.start] = read
            if drug not in heard.drugs:
                heard.drugs.append(drug)


class _Heard:
    """What was heard so far, in the message's order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.mentions: list[Mention] = []
        self.topics: list[str] = []
        self.bare: list[tuple[str, str]] = []
        self.hints: list[tuple[str, str]] = []
        self.drugs: list[str] = []
        self.left: list[str] = []
        self.misread: dict[int, str] = {}
        self.reread = 0
        self.somebody = False

    def words(self, clause: Sequence[Token], found: Found) -> str:
        return self.text[clause[found.places[0]].start : clause[found.places[-1]].end]

    def name(self, clause: Sequence[Token], found: Found, assertion: str, *, asked: bool) -> None:
        why = f"{found.phrase.kind}: {' '.join(found.phrase.terms)}"
        start = clause[found.places[0]].start
        whose = segment.whose(clause, found.places[0])
        self.mentions.append(
            Mention(found.phrase.target, self.words(clause, found), start, assertion, asked, why, whose)
        )
        self.somebody = self.somebody or any("{person}" in t.keys for t in clause)

    def contrast(self, place: int) -> None:
        """Give what stands before *place* to another ("my wife gets headaches, I don't")."""
        if self.somebody:
            self.mentions = [
                m.replace(assertion=segment.SOMEONE_ELSE)
                if m.assertion == segment.PRESENT and m.whose != segment.WRITER and m.start + len(m.reported) <= place
                else m
                for m in self.mentions
            ]

    def leave(self, clause: Sequence[Token], found: Sequence[Found], taken: Sequence[int]) -> None:
        """Note the stretch of *clause* in which nothing was understood."""
        used = {p for f in found if f.phrase.layer not in ("cue", "frame") for p in f.places} | set(taken)
        unread = [
            t for p, t in enumerate(clause)
            if p not in used and match.LIGHT not in t.keys and "{drug}" not in t.keys and t.start not in self.misread
        ]  # fmt: skip
        if unread and not used:
            self.left.append(self.text[clause[0].start : clause[-1].end])

    def deny(self, first: int) -> None:
        """Take the mentions from *first* on as not there: "Chest pain? No."."""
        self.mentions[first:] = [
            m.replace(assertion=segment.ABSENT) if m.assertion == segment.PRESENT else m for m in self.mentions[first:]
        ]

    def settle(self) -> None:
        """Put the mentions in order; what the writer denies of themself is another's where another has it.

        "My sister had chest pain. My chest is fine."
        """
        self.mentions.sort(key=lambda m: m.start)
        denied = {m.symptom for m in self.mentions if m.assertion == segment.ABSENT and m.whose == segment.WRITER}
        self.mentions = [
            m.replace(assertion=segment.SOMEONE_ELSE)
            if m.symptom in denied and m.whose == segment.OTHER and m.assertion == segment.PRESENT
            else m
            for m in self.mentions
        ]

    def add(self, follow: followup.Follow) -> None:
        """Add what is understood from what was said before."""
        self.mentions = [m for m in self.mentions if m.start not in follow.drop]
        known = {(m.symptom, m.assertion) for m in self.mentions}
        self.mentions.extend(m for m in follow.mentions if (m.symptom, m.assertion) not in known)
        if follow.kind:
            self.left, self.bare, self.hints = [], [], []


def _covered(topic: Found, named: Sequence[Found]) -> bool:
    """Say whether a longer reading of the same words is a symptom."""
    return any(
        set(topic.places) <= set(f.places) and len(f.places) > len(topic.places)
        for f in named
        if f.phrase.layer == "symptom"
    )


def _has_number(clause: Sequence[Token]) -> bool:
    return any("{n}" in t.keys for t in clause)


_ANYWHERE = Contacts("", "", "your local emergency number", "", (), (), ())


class _Composer:
    """Puts one answer together."""

    def __init__(
        self, checker: Checker, heard: _Heard, before: Sequence[Answer], follow: followup.Follow = followup.NOTHING
    ) -> None:
        self.checker = checker
        self.knowledge = checker.knowledge
        self.heard = heard
        self.named_drugs = bool(heard.drugs or checker.drugs)
        drugs = heard.drugs or checker.drugs
        if not drugs:
            drugs = self.knowledge.monographs() if self.knowledge.monograph_count() <= FEW else []
        self.drugs = list(drugs)
        self.monographs = [self.knowledge.monograph(d) for d in self.drugs]
        self.present = [m for m in heard.mentions if m.assertion == segment.PRESENT and not m.asked]
        self.asked = [m for m in heard.mentions if m.assertion == segment.PRESENT and m.asked]
        self.now = {s for m in self.present for s in self.closure(m.symptom)}
        self.before, self.follow = before, follow
        self.earlier = followup.standing(before, heard.mentions, checker.knowledge) if before else {}
        self.told = followup.flags_told(before, heard.mentions) if before else []
        self.all = self.now | {s for name in self.earlier for s in self.closure(name)}
        self.flags = self._flags()
        self.flag_urgency = {flag.id: raised.urgency for flag, raised in self.flags}

    def closure(self, symptom: str) -> tuple[str, ...]:
        """Return *symptom* and all that is broader."""
        return (symptom, *self.knowledge.symptom(symptom).broader)

    def answer(self, shown: str, read: Sequence[Token], *, truncated: bool) -> Answer:
        matches = self._matches()
        unlisted = self._unlisted(matches)
        ruled_out = self._ruled_out()
        topics = self._topics()
        red_flags = tuple(raised for _, raised in self.flags)
        urgency = triage.higher(
            [
                *(f.urgency for f in red_flags),
                *(m.urgency for m in matches),
                *(u.urgency for u in unlisted),
                *("routine" for _ in (*topics, *ruled_out)),
            ]
        )
        suggestions = self._suggestions(matches, unlisted, ruled_out)
        corrections = self._corrections(read)
        return Answer(
            knowledge=self.knowledge.version,
            message=shown,
            drugs=tuple(self.drugs),
            unknown_drugs=tuple(self.checker.unknown),
            urgency=urgency,
            red_flags=red_flags,
            matches=matches,
            unlisted=unlisted,
            ruled_out=ruled_out,
            topics=topics,
            did_you_mean=suggestions,
            question=self._question(urgency),
            corrections=corrections,
            not_understood=tuple(dict.fromkeys(self.heard.left)),
            advice=self._advice(urgency, matches, unlisted, topics, truncated=truncated),
            notes=self._notes(matches, unlisted, topics),
            disclaimer=self.knowledge.advice("disclaimer"),
            explain=self._explain(red_flags) if self.checker.explain else (),
            mentions=tuple(self.heard.mentions),
            saying=self.follow.kind,
            named=tuple(self.heard.drugs),
        )

    # --- red flags

    def _flags(self) -> list[tuple[Flag, RedFlag]]:
        found = []
        for flag, urgency, symptoms in self._raised():
            mine = [m for m in self.present if set(self.closure(m.symptom)) & set(symptoms)]
            told = tuple(s for s in symptoms if s not in self.now)
            advice = dict(flag.advice)
            raised = RedFlag(
                id=flag.id,
                name=self._flag_name(flag),
                urgency=urgency,
                symptoms=tuple(dict.fromkeys((*(m.symptom for m in mine), *told))),
                reported=tuple(dict.fromkeys(m.reported for m in mine)),
                advice=tuple(self.filled(line) for line in advice.get(urgency, ())),
                source=flag.source,
                before=told,
                ask_about=tuple(s for s in flag.ask_about if s not in self.all)[:_MOST_OTHERS],
            )
            found.append((flag, raised))
        raised_now = {flag.id for flag, _ in found}
        for old, mention in self.told:  # what has gone may come back: an emergency stays one
            if old.urgency == "emergency" and mention.assertion == segment.PAST and old.id not in raised_now:
                advice_ = (*old.advice, self.knowledge.advice("said_eased_now"))
                again = old.replace(advice=advice_, reported=(mention.reported,), before=(mention.symptom,))
                found.append((self.knowledge.flag(old.id), again))
        listed = {e.id for m in self.monographs for e in m.effects}  # what the monograph warns of stands first
        found.sort(key=lambda f: (-URGENCIES.index(f[1].urgency), listed.isdisjoint((f[0].id, f[0].listed_effect))))
        return found

    def _raised(self) -> Sequence[tuple[Flag, str, tuple[str, ...]]]:
        """Return the flags that are up for what is there, each with its urgency and symptoms."""
        key = (frozenset(self.now), frozenset(self.all))
        raised = self.checker.raised.get(key)
        if raised is None:
            flags = dict.fromkeys(f for s in sorted(self.now) for f in self.knowledge.flags(s))
            up = [(flag, *triage.raised(flag, self.all)) for flag in flags]
            raised = [one for one in up if one[1] and not self.now.isdisjoint(one[2])]
            if len(self.checker.raised) < _REMEMBERED:
                self.checker.raised[key] = raised
        return raised

    def _flag_name(self, flag: Flag) -> str:
        if flag.also_named and self.named_drugs:
            listed = any(e.id == flag.listed_effect for m in self.monographs for e in m.effects)
            return flag.name if listed else flag.also_named
        return flag.name

    def filled(self, line: str) -> str:
        return self.checker.filled(line)

    # --- what the monographs say

    def _matches(self) -> tuple[Match, ...]:
        found: list[tuple[tuple[int, int, int], Match]] = []
        mentions = sorted((*self.present, *self.asked), key=lambda m: m.start)
        for number, monograph in enumerate(self.monographs):
            meant: dict[Effect, list[tuple[Mention, bool]]] = {}
            for mention in mentions:
                for effect, sign in self.knowledge.entries(monograph.id, mention.symptom):
                    meant.setdefault(effect, []).append((mention, sign))
            for effect, mine in meant.items():
                one = self._match(monograph, effect, mine)
                rank = -URGENCIES.index(one.urgency)
                found.append(((rank, mine[0][0].start, number), one))
        found.sort(key=lambda f: f[0])
        return tuple(one for _, one in found)

    def _match(self, monograph: Monograph, effect: Effect, mine: Sequence[tuple[Mention, bool]]) -> Match:
        reported = [(m, sign) for m, sign in mine if not m.asked]
        only_sign = all(sign for _, sign in mine)
        urgency = "routine"
        if reported:
            whole = any(not sign for _, sign in reported)
            urgency = triage.higher((effect.urgency if whole else effect.sign_alone, self._raised_for(effect)))
        there = {s for m, _ in mine for s in self.closure(m.symptom)} | self.all
        others = tuple(s for s in effect.signs if s not in there)[:_MOST_OTHERS]
        return Match(
            drug=monograph.id,
            effect=effect.name,
            listed_as=effect.listed_as,
            urgency=urgency,
            symptoms=tuple(dict.fromkeys(m.symptom for m, _ in mine)),
            reported=tuple(dict.fromkeys(m.reported for m, _ in mine)),
            asked=not reported,
            guidance=effect.guidance,
            notes=effect.notes,
            ask_about=others if only_sign else (),
            source=Source(monograph.source.title, effect.section, monograph.source.url),
            sign=only_sign,
        )

    def _raised_for(self, effect: Effect) -> str:
        for flag, raised in self.flags:
            if effect.id in (flag.id, flag.listed_effect):
                return raised.urgency
        return "unknown"

    def _unlisted(self, matches: Sequence[Match]) -> tuple[Unlisted, ...]:
        listed = {s for m in matches for s in m.symptoms}
        made: dict[str, Unlisted] = {}
        for mention in sorted((*self.present, *self.asked), key=lambda m: m.start):
            symptom = self.knowledge.symptom(mention.symptom)
            if symptom.circumstance or symptom.id in listed:
                continue
            if symptom.id in made:
                old = made[symptom.id]
                if mention.reported not in old.reported:
                    made[symptom.id] = old.replace(reported=(*old.reported, mention.reported))
                continue
            urgency = triage.higher(
                ["routine", *(r.urgency for _, r in self.flags if symptom.id in r.symptoms and not mention.asked)]
            )
            made[symptom.id] = Unlisted(
                symptom.id,
                symptom.name,
                (mention.reported,),
                urgency,
                mention.asked,
                self._elsewhere(symptom.id),
                symptom.advice,
            )
        return tuple(made.values())

    def _elsewhere(self, symptom: str) -> tuple[Elsewhere, ...]:
        found = []
        for drug in self.drugs:
            fact = self.knowledge.labelled(drug, symptom)
            if fact is not None:
                found.append(Elsewhere(drug, "label", fact.says, fact.source))
        if self.named_drugs and self.knowledge.monograph_count() <= FEW:
            for drug in self.knowledge.listed_by(symptom):
                if drug not in self.drugs:
                    other = self.knowledge.monograph(drug)
                    says = self.knowledge.advice("listed_elsewhere").replace("{drug}", other.name)
                    found.append(Elsewhere(drug, "monograph", says, other.source))
        return tuple(found)

    def _ruled_out(self) -> tuple[RuledOut, ...]:
        made: dict[str, RuledOut] = {}
        here = {m.symptom for m in (*self.present, *self.asked)}
        for mention in self.heard.mentions:
            symptom = self.knowledge.symptom(mention.symptom)
            if mention.assertion == segment.PRESENT or mention.symptom in here or symptom.circumstance:
                continue
            effects = [e.name for d in self.drugs for e, sign in self.knowledge.entries(d, symptom.id) if not sign]
            old = made.get(symptom.id)
            if old is None:
                made[symptom.id] = RuledOut(
                    symptom.id, symptom.name, (mention.reported,), mention.assertion, tuple(dict.fromkeys(effects))
                )
            elif mention.reported not in old.reported:
                made[symptom.id] = old.replace(reported=(*old.reported, mention.reported))
        return tuple(made.values())

    # --- topics

    def _topics(self) -> tuple[TopicAnswer, ...]:
        wanted = list(dict.fromkeys(self.heard.topics))
        stopped = any(s in self.now for s in _STOPPED)
        found: list[TopicAnswer] = []
        for monograph in self.monographs:
            found.extend(self._topic(monograph, name) for name in wanted)
            if stopped and _STOPPING not in wanted:
                topic = next((t for t in monograph.topics if t.id == _STOPPING), None)
                if topic is not None and self.now & set(topic.symptoms):
                    found.append(self._topic(monograph, _STOPPING))
        return tuple(found)

    def _topic(self, monograph: Monograph, name: str) -> TopicAnswer:
        _, silent = self.knowledge.topic(name)
        label = tuple(
            self.knowledge.advice("label_says").replace("{drug}", monograph.name).replace("{says}", f.says)
            for f in monograph.label_topics
            if f.about == name
        )
        if name == _SIDE_EFFECTS and monograph.effects:
            lines = []
            for kind in ("common", "serious", "other"):
                names = [e.name for e in monograph.effects if e.listed_as == kind]
                if names:
                    lines.append(f"{kind.capitalize()}: {'; '.join(names)}.")
            return TopicAnswer(
                monograph.id, name, " ".join(lines), (), monograph.source.replace(section=monograph.effects[0].section)
            )
        for topic in monograph.topics:
            if topic.id == name:
                source = monograph.source.replace(section=topic.section)
                return TopicAnswer(monograph.id, name, topic.guidance, (*topic.notes, *label), source)
        return TopicAnswer(monograph.id, name, silent, label, _NO_SOURCE)

    # --- the rest

    def _suggestions(
        self, matches: Sequence[Match], unlisted: Sequence[Unlisted], ruled_out: Sequence[RuledOut]
    ) -> tuple[Suggestion, ...]:
        known = {s for m in self.heard.mentions for s in self.closure(m.symptom)}
        made: dict[str, Suggestion] = {}
        named = bool(matches or unlisted or ruled_out or self.heard.topics)
        for target, reported in (*self.heard.bare, *(() if named else self.heard.hints)):
            if target in known or target in made:
                continue
            symptom = self.knowledge.symptom(target)
            drug, effect = "", ""
            for name in self.drugs:
                for one, sign in self.knowledge.entries(name, target):
                    if not effect and not sign:
                        drug, effect = name, one.name
            made[target] = Suggestion(target, symptom.name, effect, drug, (reported,))
        return tuple(made.values())[:_MOST_SUGGESTIONS]

    def _corrections(self, read: Sequence[Token]) -> tuple[Correction, ...]:
        fixed = tuple(
            t.replace(read=self.heard.misread[t.start]) if t.start in self.heard.misread else t
            for t in read
            if t.read or t.start in self.heard.misread
        )
        return (*self.checker.corrections, *spelling.corrections(self.heard.text, fixed))

    def _question(self, urgency: str) -> Asking | None:
        if urgency == "emergency":
            return None
        if self.follow.question:
            return self.follow.question
        asked = {a.question.id for a in followup.since(self.before) if a.question}
        for symptom in sorted(self.now):
            for flag in self.knowledge.flags(symptom):
                asking = flag.question
                if asking and symptom in asking.when and asking.id not in asked and self._matters(asking, urgency):
                    return Asking(asking.id, asking.text, tuple(say for say, _ in asking.choices))
        return None

    def _matters(self, asking: Question, urgency: str) -> bool:
        """Say whether an answer would make it more urgent."""
        for _, means in asking.choices:
            present = self.all | set(self.closure(means))
            for flag in self.knowledge.flags(means):
                if triage.higher((triage.raised(flag, present)[0] or "unknown", urgency)) != urgency:
                    return True
        return False

    def _follow_advice(self) -> list[str]:
        """Return what is said to a message that hangs on earlier ones."""
        say = self.knowledge.advice
        lines = [say(name) for name in self.follow.says]
        for old, mention in self.told:
            ended = mention.assertion == segment.PAST
            if self.follow.kind != "meant" and not (ended and old.urgency == "emergency"):
                lines.extend((say("said_eased" if ended else "said_holds"), *old.advice))
        return lines

    def _advice(
        self,
        urgency: str,
        matches: Sequence[Match],
        unlisted: Sequence[Unlisted],
        topics: Sequence[TopicAnswer],
        *,
        truncated: bool,
    ) -> tuple[str, ...]:
        say = self.knowledge.advice
        lines: list[str] = []
        if truncated:
            lines.append(say("truncated"))
        lines.extend(self._follow_advice())
        lines.extend(u.advice for u in unlisted if u.advice and not u.asked)
        if urgency == "routine":
            if matches:
                lines.append(say("routine_next"))
            elif unlisted:
                lines.append(say("unlisted_next"))
            if (matches or unlisted) and not topics:
                lines.append(say("keep_taking"))
            lines.append(say("safety_line"))
        elif urgency == "urgent":
            lines.append(say("keep_taking"))
            lines.append(say("safety_line"))
        elif urgency == "unknown":
            if not self.follow.kind:
                lines.append(say("unknown"))
            lines.append(say("safety_line"))
        if not self.monographs and urgency != "emergency":
            lines.extend(self._listed_by(one) for one in unlisted)
            lines.append(say("no_medicine_many"))
        if urgency in ("routine", "urgent") and (matches or unlisted):
            lines.extend(self.checker.report_lines())
        return tuple(dict.fromkeys(self.filled(line) for line in lines if line))

    def _listed_by(self, one: Unlisted) -> str:
        line = self.knowledge.advice("listed_by_many")
        count, every = self.knowledge.count_listing(one.symptom), self.knowledge.monograph_count()
        return line.replace("{count}", str(count)).replace("{all}", str(every)).replace("{symptom}", one.name)

    def _notes(
        self, matches: Sequence[Match], unlisted: Sequence[Unlisted], topics: Sequence[TopicAnswer]
    ) -> tuple[DrugNote, ...]:
        said = {m.drug for m in matches} | {t.drug for t in topics}
        return tuple(
            DrugNote(m.id, says)
            for m in self.monographs
            if m.id in said or (unlisted and self.named_drugs)
            for says in (*m.notes, *((m.disclaimer,) if m.disclaimer else ()))
        )

    def _explain(self, red_flags: Sequence[RedFlag]) -> tuple[str, ...]:
        lines = [
            f'"{m.reported}" -> {m.symptom} ({m.assertion}{", asked" if m.asked else ""}) by {m.why}'
            for m in self.heard.mentions
        ]
        lines.extend(
            f"red flag {f.id} ({f.urgency}): {', '.join(f.symptoms)}; source: {f.source.title}, {f.source.section}"
            for f in red_flags
        )
        return tuple(lines)


def _joined(lines: Sequence[object]) -> str:
    return " or ".join(f"{line.name}: {line.say}" if line.name else line.say for line in lines)  # type: ignore[attr-defined]
