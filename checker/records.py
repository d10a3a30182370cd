"""From checked entries to the records of `model`: monographs, red flags, readings, contacts."""

from __future__ import annotations

from collections.abc import Container, Iterator

from checker.knowledge import Entry, Folder, Text, entries, flat, number, place, text, texts
from checker.lexicon import Lexicon
from checker.model import (
    URGENCIES,
    Contacts,
    Effect,
    Flag,
    LabelFact,
    Line,
    Monograph,
    Question,
    Reading,
    Rule,
    Source,
    Symptom,
    Topic,
)

_BAND = ("symptom", "fine", "first_from", "first_below", "second_from", "second_below")


def _source(entry: Entry, key: str = "source") -> Source:
    value = entry.get(Text(key))
    if not isinstance(value, dict):
        return Source("")
    return Source(str(text(value, "title")), str(text(value, "section")), str(text(value, "url")))


def readings(folder: Folder, lexicon: Lexicon, symptoms: dict[str, Symptom]) -> dict[str, Reading]:
    """Make the numbers with a meaning, by id."""
    made = {}
    faults = folder.faults
    for entry in folder.entries["reading"]:
        forms = []
        for form in texts(entry, "forms"):
            spaced = form.replace("/", " / ").replace("{n}", " {n} ").replace("{d}", " {d} ")
            forms.append(
                tuple(
                    w if w[0] == "{" or w == "/" else lexicon.root(lexicon.one_word(Text.at(w, form.where)))
                    for w in spaced.split()
                )
            )
        bands = []
        for band in entries(entry, "bands"):
            target = text(band, "symptom") or text(band, "fine")
            if target not in symptoms:
                faults.append(
                    f"{place(band)}: {text(entry, 'id')}: no such symptom: {target!s}; name one that symptoms/ holds"
                )
            for key in band:
                if key not in _BAND:
                    faults.append(
                        f"{key.where}: {text(entry, 'id')}: unknown key {key!s} in a band; known: {', '.join(_BAND)}"
                    )
            limits = tuple(
                (str(k), number(v, faults))
                for k, v in band.items()
                if k not in ("symptom", "fine") and isinstance(v, Text)
            )
            bands.append((limits, str(target), Text("fine") in band))
        plausible = [
            tuple(
                tuple(number(v, faults) for v in flat(between[key]))
                for key in (Text("first"), Text("second"))
                if key in between
            )
            for between in entries(entry, "plausible")
        ]
        vetoes = tuple(lexicon.root(w) for w in texts(entry, "not_after"))
        name = str(text(entry, "id"))
        telling = tuple(dict.fromkeys(max(form, key=lambda w: (w[0] != "{", len(w))) for form in forms))
        made[name] = Reading(name, tuple(dict.fromkeys(forms)), tuple(plausible), tuple(bands), vetoes, telling)  # type: ignore[arg-type] # pairs
    return made


def flags(folder: Folder, symptoms: dict[str, Symptom]) -> dict[str, Flag]:
    """Make the red flags, by id."""
    made: dict[str, Flag] = {}
    faults = folder.faults
    for entry in folder.entries["flag"]:
        name = text(entry, "id")
        grouped = entry.get(Text("groups"))
        groups = {str(k): flat(v) for k, v in grouped.items()} if isinstance(grouped, dict) else {}
        context = _RuleContext(str(name), groups, symptoms, faults)
        rules = [context.rule(rule) for rule in entries(entry, "rules")]
        rules.sort(key=lambda r: -URGENCIES.index(r.urgency))
        advice = entry.get(Text("advice"))
        for urgency in {rule.urgency for rule in rules} - set(map(str, advice if isinstance(advice, dict) else ())):
            faults.append(f"{place(entry)}: {name!s}: raises {urgency} without advice for it; add it to the advice")
        lines = tuple((str(k), tuple(map(str, flat(v)))) for k, v in advice.items()) if isinstance(advice, dict) else ()
        question = entry.get(Text("question"))
        asking = None
        if isinstance(question, dict):
            asking = Question(
                str(text(question, "id")),
                str(text(question, "text")),
                tuple(map(str, texts(question, "when"))),
                tuple((str(text(c, "say")), str(text(c, "means"))) for c in entries(question, "choices")),
            )
            for used in (*texts(question, "when"), *(text(c, "means") for c in entries(question, "choices"))):
                if used not in symptoms:
                    faults.append(f"{used.where}: {name!s}: no such symptom: {used!s}; name one that symptoms/ holds")
        for used in texts(entry, "ask_about"):
            if used not in symptoms:
                faults.append(f"{used.where}: {name!s}: no such symptom: {used!s}; name one that symptoms/ holds")
        made[str(name)] = Flag(
            str(name),
            str(text(entry, "name")),
            str(text(entry, "also_named")),
            str(text(entry, "listed_effect")),
            tuple(rules),
            lines,
            tuple(map(str, texts(entry, "ask_about"))),
            asking,
            _source(entry),
        )
    return made


class _RuleContext:
    """Reads the rules of one flag."""

    def __init__(
        self, flag: str, groups: dict[str, list[Text]], symptoms: dict[str, Symptom], faults: list[str]
    ) -> None:
        self.flag, self.groups, self.symptoms, self.faults = flag, groups, symptoms, faults
        for members in groups.values():
            for member in members:
                self._known(member)

    def _known(self, name: Text) -> str:
        if name not in self.symptoms:
            self.faults.append(f"{name.where}: {self.flag}: no such symptom: {name!s}; name one that symptoms/ holds")
        return str(name)

    def rule(self, node: Entry, depth: int = 0) -> Rule:
        urgency = text(node, "urgency", "" if depth else "?")
        if not depth and urgency not in URGENCIES:
            self.faults.append(f"{place(node)}: {self.flag}: a rule needs its urgency: {', '.join(URGENCIES[1:])}")
            urgency = Text("emergency")
        if depth > 2:
            self.faults.append(f"{place(node)}: {self.flag}: rules stand two deep at most; name a group")
        known = {"urgency", "any", "all", "at_least", "of"}
        for key in node:
            if key not in known:
                self.faults.append(
                    f"{key.where}: {self.flag}: unknown key {key!s} in a rule; known: {', '.join(sorted(known))}"
                )
        word = next((word for word in ("any", "all") if Text(word) in node), "of")
        of = self._items(node.get(Text(word), []), depth)
        wanted = text(node, "at_least", "1")
        least = len(of) if word == "all" else int(wanted) if wanted.isdecimal() else 0
        if not of:
            self.faults.append(f"{place(node)}: {self.flag}: a rule about nothing; add any, all, or at_least and of")
        elif not 1 <= least <= len(of):
            self.faults.append(
                f"{place(node)}: {self.flag}: at_least must be a number from 1 to {len(of)}, as many as stand there"
            )
        return Rule(str(urgency), least, of)

    def _items(self, node: object, depth: int) -> tuple[str | Rule, ...]:
        if isinstance(node, Text):
            if node in self.groups:
                return tuple(map(str, self.groups[node]))
            return (self._known(node),)
        found: list[str | Rule] = []
        for item in node if isinstance(node, list) else [node]:
            if isinstance(item, dict):
                found.append(self.rule(item, depth + 1))
            elif isinstance(item, Text) and item in self.groups:
                found.append(Rule("", 1, tuple(map(str, self.groups[item]))))
            elif isinstance(item, Text):
                found.append(self._known(item))
        return tuple(found)


def mentioned(rule: Rule) -> Iterator[str]:
    """Return every symptom that *rule* names, at any depth."""
    for item in rule.of:
        if isinstance(item, Rule):
            yield from mentioned(item)
        else:
            yield item


def monographs(folder: Folder, symptoms: Container[str]) -> dict[str, Monograph]:
    """Make the monographs, by id."""
    topics = {str(text(e, "id")) for e in folder.entries["topic"]}
    made = [monograph(entry, symptoms, topics, folder.faults) for entry in folder.entries["monograph"]]
    return {one.id: one for one in made}


def monograph(entry: Entry, symptoms: Container[str], topics: Container[str], faults: list[str]) -> Monograph:
    """Make the record of one checked *entry*; add what it names and nobody knows to *faults*."""
    name = str(text(entry, "id"))
    nodes = [*entries(entry, "effects"), *entries(entry, "topics"), *entries(entry, "label")]
    named = [used for node in nodes for key in ("symptoms", "signs", "symptom") for used in texts(node, key)]
    faults.extend(
        f"{s.where}: {name}: no such symptom: {s!s}; name one that symptoms/ holds" for s in named if s not in symptoms
    )
    about = [text(t, "id") for t in entries(entry, "topics")]
    about += [text(f, "topic") for f in entries(entry, "label_topics")]
    faults.extend(f"{t.where}: {name}: no such topic: {t!s}; name one of topics.yaml" for t in about if t not in topics)
    known = (text(entry, "name"), *texts(entry, "also"), *texts(entry, "brands"))
    return Monograph(
        name,
        str(text(entry, "name")),
        tuple(dict.fromkeys(map(str, known))),
        str(text(entry, "class")),
        _source(entry),
        _strings(entry, "notes"),
        str(text(entry, "disclaimer")),
        tuple(_effect(e) for e in entries(entry, "effects")),
        tuple(_topic(t) for t in entries(entry, "topics")),
        tuple(_fact(f, "symptom") for f in entries(entry, "label")),
        tuple(_fact(f, "topic") for f in entries(entry, "label_topics")),
    )


def _strings(entry: Entry, key: str) -> tuple[str, ...]:
    return tuple(map(str, texts(entry, key)))


def _topic(entry: Entry) -> Topic:
    return Topic(
        str(text(entry, "id")),
        str(text(entry, "section")),
        str(text(entry, "guidance")),
        _strings(entry, "notes"),
        _strings(entry, "symptoms"),
    )


def _fact(entry: Entry, about: str) -> LabelFact:
    return LabelFact(str(text(entry, about)), str(text(entry, "says")), _source(entry))


def _effect(entry: Entry) -> Effect:
    return Effect(
        str(text(entry, "id")),
        str(text(entry, "name")),
        str(text(entry, "listed_as")),
        str(text(entry, "urgency")) or "routine",
        str(text(entry, "section")),
        _strings(entry, "symptoms"),
        _strings(entry, "signs"),
        str(text(entry, "sign_alone")) or "routine",
        str(text(entry, "guidance")),
        _strings(entry, "notes"),
    )


def _line(entry: Entry) -> Line:
    return Line(str(text(entry, "name")), str(text(entry, "say")), _source(entry))


def contacts(folder: Folder) -> dict[str, Contacts]:
    """Make the lines to call, by country."""
    made: dict[str, Contacts] = {}
    for entry in folder.entries["contact"]:
        gaps = entry.get(Text("gap"))
        gap = {str(k): str(v) for k, v in gaps.items()} if isinstance(gaps, dict) else {}
        kinds = {
            kind: tuple(_line(e) for e in entries(entry, kind))
            or ((Line("", gap[kind], Source("")),) if kind in gap else ())
            for kind in ("crisis", "poison", "report")
        }
        for country in texts(entry, "countries") or [text(entry, "country")]:
            made[str(country)] = Contacts(
                str(country),
                str(text(entry, "name")),
                _say(entry, "emergency") or gap.get("emergency", ""),
                _say(entry, "urgent") or gap.get("urgent", ""),
                **kinds,
            )
    return made


def _say(entry: Entry, key: str) -> str:
    line = entry.get(Text(key))
    return str(text(line, "say")) if isinstance(line, dict) else ""
