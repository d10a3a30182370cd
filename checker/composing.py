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
    Flag,
    Follow,
    Match,
    Mention,
    Monograph,
    Question,
    RedFlag,
    RuledOut,
    Suggestion,
    TopicAnswer,
    Unlisted,
)
from checker.passages import FEW

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from checker.answer import Checker
    from checker.heard import Heard

_MOST_OTHERS = 3
_STOPPING = "stopping"
_STOPPED = ("stopping", "missed-dose")  # circumstances in which `stopping` speaks


class Composer:
    """Puts one answer together."""

    def __init__(self, checker: Checker, heard: Heard, earlier: Earlier = NEVER, follow: Follow = NOTHING) -> None:
        self.checker = checker
        self.knowledge, self.passages = checker.knowledge, checker.passages
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
        with_broader = self.knowledge.with_broader
        self.now: frozenset[str] = frozenset().union(*[with_broader(m.symptom) for m in self.present])
        self.earlier, self.follow = earlier, follow
        self.all = self.now.union(*map(with_broader, earlier.standing)) if earlier.standing else self.now
        self.flags = self._flags() if self.now or earlier.told else []

    def answer(self, shown: str, *, truncated: bool) -> Answer:
        """Return the answer to the message *shown*; *truncated*: of which the middle was not read."""
        mentions = [*self.present, *self.asked]
        mentions.sort(key=lambda m: m.start)
        matches = self._matches(mentions)
        unlisted = self._unlisted(matches, mentions)
        ruled_out = self._ruled_out()
        topics = self._topics()
        red_flags = tuple(raised for _, raised in self.flags)
        urgency = triage.higher(
            [
                *[f.urgency for f in red_flags],
                *[m.urgency for m in matches],
                *[u.urgency for u in unlisted],
                *(("routine",) if topics or ruled_out else ()),
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
        for flag, urgency, symptoms in self.passages.raised(self.now, self.all) if self.now else ():
            mine = [m for m in self.present if not self.knowledge.with_broader(m.symptom).isdisjoint(symptoms)]
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
        reported = [sign for m, sign in mine if not m.asked]
        only_sign = False not in [sign for _, sign in mine]
        urgency = "routine"
        if reported:
            urgency = effect.urgency if False in reported else effect.sign_alone
            if self.flags:
                urgency = triage.higher((urgency, self._raised_for(effect)))
        others: tuple[str, ...] = ()
        if only_sign:
            there = self.all.union(*[self.knowledge.with_broader(m.symptom) for m, _ in mine])
            others = tuple(s for s in effect.signs if s not in there)[:_MOST_OTHERS]
        return Match(
            drug=monograph.id,
            effect=effect.name,
            listed_as=effect.listed_as,
            urgency=urgency,
            symptoms=tuple(dict.fromkeys([m.symptom for m, _ in mine])),
            reported=tuple(dict.fromkeys([m.reported for m, _ in mine])),
            asked=not reported,
            guidance=effect.guidance,
            notes=effect.notes,
            ask_about=others,
            source=self.passages.source(monograph, effect.section),
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
            up = () if mention.asked else [r.urgency for _, r in self.flags if symptom.id in r.symptoms]
            urgency = triage.higher(["routine", *up])
            made[symptom.id] = Unlisted(
                symptom.id,
                symptom.name,
                (mention.reported,),
                urgency,
                mention.asked,
                self.passages.elsewhere(symptom.id, tuple(self.drugs), named=self.named_drugs),
                symptom.advice,
            )
        return tuple(made.values())

    def _ruled_out(self) -> tuple[RuledOut, ...]:
        made: dict[str, RuledOut] = {}
        if len(self.heard.mentions) == len(self.present) + len(self.asked):
            return ()
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
        stopped = not self.now.isdisjoint(_STOPPED) or any(m.symptom in _STOPPED for m in self.asked)
        if not (wanted or stopped):
            return ()
        found: list[TopicAnswer] = []
        for monograph in self.monographs:
            found.extend(self.passages.topic(monograph, name) for name in wanted)
            if stopped and _STOPPING not in wanted:
                topic = next((t for t in monograph.topics if t.id == _STOPPING), None)
                asked = {m.symptom for m in self.asked}
                if topic is not None and (self.now | asked) & set(topic.symptoms):
                    found.append(self.passages.topic(monograph, _STOPPING))
        return tuple(found)

    # --- the rest

    def _suggestions(
        self, matches: Sequence[Match], unlisted: Sequence[Unlisted], ruled_out: Sequence[RuledOut]
    ) -> tuple[Suggestion, ...]:
        if self.heard.foreign or not (self.heard.bare or self.heard.hints):
            return ()
        known = {s for m in self.heard.mentions for s in self.knowledge.with_broader(m.symptom)}
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
        mine = () if self.heard.foreign or not fixed else spelling.corrections(self.heard.text, fixed)
        return (*self.checker.corrections, *mine)

    def _question(self, urgency: str) -> Asking | None:
        if urgency == "emergency":
            return None
        if self.follow.question:
            return self.follow.question
        for symptom in sorted(self.now):
            for asking in self.passages.questions(symptom):
                if asking.id not in self.earlier.asked and self._matters(asking, urgency):
                    return Asking(asking.id, asking.text, tuple(say for say, _ in asking.choices))
        return None

    def _matters(self, asking: Question, urgency: str) -> bool:
        """Say whether an answer would make it more urgent."""
        for _, means in asking.choices:
            present = self.all | self.knowledge.with_broader(means)
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
        kind = (urgency, bool(matches), bool(unlisted), bool(topics), self.heard.foreign, bool(self.follow.kind))
        usual = self.checker.usual if self.monographs and not lines else {}
        if kind not in usual:
            lines.extend(self._general_advice(urgency, matches, unlisted, topics))
            usual[kind] = tuple(dict.fromkeys(self._filled(line) for line in lines if line))
        return usual[kind]

    def _general_advice(
        self, urgency: str, matches: Sequence[Match], unlisted: Sequence[Unlisted], topics: Sequence[TopicAnswer]
    ) -> list[str]:
        """Return what is said to every message that is as urgent and holds as much."""
        say = self.checker.sentence
        lines: list[str] = []
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
        return lines

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
        every = bool(unlisted) and self.named_drugs
        return self.passages.notes(tuple([drug for drug in self.drugs if every or drug in said]))

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
