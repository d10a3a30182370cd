"""Puts one answer together: what the monographs say, how soon to act, what to do next.

mentions -> look up -> triage -> answer
"""

from __future__ import annotations

from checker import segment, spelling, triage
from checker.hearing import MOST_SUGGESTIONS
from checker.model import (
    NEVER,
    NOTHING,
    URGENCIES,
    Answer,
    Asking,
    Correction,
    DrugNote,
    Earlier,
    Effect,
    Elsewhere,
    Flag,
    Follow,
    Match,
    Mention,
    Monograph,
    Question,
    RedFlag,
    RuledOut,
    Source,
    Suggestion,
    TopicAnswer,
    Unlisted,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from checker.answer import Checker
    from checker.heard import Heard

    There = tuple[frozenset[str], frozenset[str]]  # symptoms there now, and with those told before
    Raised = Sequence[tuple[Flag, str, tuple[str, ...]]]

FEW = 5  # with so many monographs, all of them answer where none is named
_MOST_OTHERS = 3
_REMEMBERED = 1_000  # sets of symptoms
_NO_SOURCE = Source("")
_SIDE_EFFECTS, _STOPPING = "side-effects", "stopping"
_STOPPED = ("stopping", "missed-dose")  # circumstances in which `stopping` speaks


class Composer:
    """Puts one answer together."""

    def __init__(self, checker: Checker, heard: Heard, earlier: Earlier = NEVER, follow: Follow = NOTHING) -> None:
        self.checker = checker
        self.knowledge = checker.knowledge
        self.heard = heard
        self.named_drugs = bool(heard.drugs or checker.drugs)
        drugs = heard.drugs or checker.drugs
        if not drugs:
            drugs = self.knowledge.monographs() if self.knowledge.monograph_count() <= FEW else []
        self.drugs = list(drugs)
        self.monographs = [self.knowledge.monograph(d) for d in self.drugs]
        there = [m for m in heard.mentions if m.assertion == segment.PRESENT]
        self.present = [m for m in there if not m.asked]
        self.asked = [m for m in there if m.asked]
        self.now = {s for m in self.present for s in self.closure(m.symptom)}
        self.earlier, self.follow = earlier, follow
        self.all = self.now | {s for name in earlier.standing for s in self.closure(name)}
        self.flags = self._flags() if self.now or earlier.told else []
        self.flag_urgency = {flag.id: raised.urgency for flag, raised in self.flags}

    def closure(self, symptom: str) -> tuple[str, ...]:
        """Return *symptom* and all that is broader."""
        return (symptom, *self.knowledge.symptom(symptom).broader)

    def answer(self, shown: str, *, truncated: bool) -> Answer:
        """Return the answer to the message *shown*; *truncated*: of which the middle was not read."""
        mentions = sorted((*self.present, *self.asked), key=lambda m: m.start)
        matches = self._matches(mentions)
        unlisted = self._unlisted(matches, mentions)
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
        corrections = self._corrections()
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
                advice=tuple(self._filled(line) for line in advice.get(urgency, ())),
                source=flag.source,
                before=told,
                ask_about=tuple(s for s in flag.ask_about if s not in self.all)[:_MOST_OTHERS],
            )
            found.append((flag, raised))
        raised_now = {flag.id for flag, _ in found}
        for old, mention in self.earlier.told:  # what has gone may come back: an emergency stays one
            if old.urgency == "emergency" and mention.assertion == segment.PAST and old.id not in raised_now:
                advice_ = (*old.advice, self.knowledge.advice("said_eased_now"))
                again = old.replace(advice=advice_, reported=(mention.reported,), before=(mention.symptom,))
                found.append((self.knowledge.flag(old.id), again))
        if len(found) < 2:
            return found
        listed = {e.id for m in self.monographs for e in m.effects}  # what the monograph warns of stands first
        found.sort(key=lambda f: (-URGENCIES.index(f[1].urgency), listed.isdisjoint((f[0].id, f[0].listed_effect))))
        return found

    def _raised(self) -> Sequence[tuple[Flag, str, tuple[str, ...]]]:
        """Return the flags that are up for what is there, each with its urgency and symptoms."""
        if not self.now:
            return ()
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

    def _filled(self, line: str) -> str:
        return self.checker.filled(line)

    # --- what the monographs say

    def _matches(self, mentions: Sequence[Mention]) -> tuple[Match, ...]:
        found: list[tuple[tuple[int, int, int], Match]] = []
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
        others: tuple[str, ...] = ()
        if only_sign:
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
            ask_about=others,
            source=Source(monograph.source.title, effect.section, monograph.source.url),
            sign=only_sign,
        )

    def _raised_for(self, effect: Effect) -> str:
        for flag, raised in self.flags:
            if effect.id in (flag.id, flag.listed_effect):
                return raised.urgency
        return "unknown"

    def _unlisted(self, matches: Sequence[Match], mentions: Sequence[Mention]) -> tuple[Unlisted, ...]:
        listed = {s for m in matches for s in m.symptoms}
        made: dict[str, Unlisted] = {}
        for mention in mentions:
            symptom = self.knowledge.symptom(mention.symptom)
            if (symptom.circumstance and not symptom.advice) or symptom.id in listed:
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
        stopped = any(s in self.now for s in _STOPPED) or any(m.symptom in _STOPPED for m in self.asked)
        found: list[TopicAnswer] = []
        for monograph in self.monographs:
            found.extend(self._topic(monograph, name) for name in wanted)
            if stopped and _STOPPING not in wanted:
                topic = next((t for t in monograph.topics if t.id == _STOPPING), None)
                asked = {m.symptom for m in self.asked}
                if topic is not None and (self.now | asked) & set(topic.symptoms):
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
        if self.heard.foreign or not (self.heard.bare or self.heard.hints):
            return ()
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
        return tuple(made.values())[:MOST_SUGGESTIONS]

    def _corrections(self) -> tuple[Correction, ...]:
        fixed = tuple(
            t.replace(read=self.heard.misread[t.start]) if t.start in self.heard.misread else t
            for t in self.heard.read
            if t.read or t.start in self.heard.misread
        )
        mine = () if self.heard.foreign else spelling.corrections(self.heard.text, fixed)
        return (*self.checker.corrections, *mine)

    def _question(self, urgency: str) -> Asking | None:
        if urgency == "emergency":
            return None
        if self.follow.question:
            return self.follow.question
        for symptom in sorted(self.now):
            for flag in self.knowledge.flags(symptom):
                asking = flag.question
                if (
                    asking
                    and symptom in asking.when
                    and asking.id not in self.earlier.asked
                    and self._matters(asking, urgency)
                ):
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
        for old, mention in self.earlier.told:
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
        say = self.checker.sentence
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
            if self.heard.foreign:
                lines.append(say("english_only"))
            elif not self.follow.kind:
                lines.append(say("unknown"))
            lines.append(say("safety_line"))
        if not self.monographs and urgency != "emergency":
            lines.extend(self._listed_by(one) for one in unlisted)
            lines.append(say("no_medicine_many"))
        if urgency in ("routine", "urgent") and (matches or unlisted):
            lines.extend(self.checker.report_lines())
        return tuple(dict.fromkeys(self._filled(line) for line in lines if line))

    def _listed_by(self, one: Unlisted) -> str:
        line = self.knowledge.advice("listed_by_many")
        count, every = self.knowledge.count_listing(one.symptom), self.knowledge.monograph_count()
        return line.replace("{count}", str(count)).replace("{all}", str(every)).replace("{symptom}", one.name)

    def _notes(
        self, matches: Sequence[Match], unlisted: Sequence[Unlisted], topics: Sequence[TopicAnswer]
    ) -> tuple[DrugNote, ...]:
        if not (matches or unlisted or topics):
            return ()
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
