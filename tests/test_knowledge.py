"""Broken knowledge is reported; the shipped knowledge keeps its laws."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from checker import classes
from checker.answer import Checker
from checker.compiler import compile_folder
from checker.hearing import Hearer
from checker.knowledge import Folder, KnowledgeError, Text, entries, text, texts
from checker.store import Knowledge

INVALID = Path(__file__).parent / "invalid"
DRUGS = ("levomilnacipran", "milnacipran")


# --- broken files -------------------------------------------------------------


@pytest.mark.parametrize("broken", sorted(INVALID.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_broken_file_is_reported(small: Callable[..., Path], broken: Path) -> None:
    """Line 1 is a comment with the fault; its file says what is broken."""
    written = broken.read_bytes()
    expected = written.split(b"\n")[0].decode().removeprefix("# ")
    name = expected.split(":")[0]
    folder = small()
    (folder / name).write_bytes(written)
    with pytest.raises(KnowledgeError) as caught:
        compile_folder(str(folder))
    assert caught.value.faults == [expected]


def test_there_are_broken_files() -> None:
    assert len(list(INVALID.glob("*.yaml"))) >= 25


def test_a_scalar_is_the_string_that_stands_there(small: Callable[..., Path]) -> None:
    entry = '- id: thing\n  name: Off\n  phrases: [no on, 12:30, 0x1F, 1_000, ~, null thing, "true"]\n'
    folder = Folder(str(small({"symptoms/thing.yaml": entry})))
    (thing,) = (e for e in folder.entries["symptom"] if text(e, "id") == "thing")
    assert texts(thing, "phrases") == ["no on", "12:30", "0x1F", "1_000", "~", "null thing", "true"]
    assert text(thing, "name").where == "symptoms/thing.yaml:2:9"


# --- the shipped files --------------------------------------------------------


def test_every_class_that_the_code_asks_for_is_there(folder: Folder) -> None:
    written = {f"{{{text(entry, 'id')}}}" for entry in folder.entries["class"]}
    built_in = {
        classes.LIGHT,
        classes.NUMBER,
        classes.DECIMAL,
        classes.YEAR,
        classes.DRUG,
        classes.MEDICINE,
        classes.NO_WORD,
    }
    asked = {value for name, value in vars(classes).items() if name.isupper()}
    assert asked - built_in <= written


def effects() -> Iterator[object]:
    """One test id for each effect, read without compiling."""
    root = Path(__file__).parent.parent / "knowledge" / "monographs"
    for drug in DRUGS:
        name = ""
        for line in (root / f"{drug}.yaml").read_text(encoding="utf-8").splitlines():
            if line.startswith("effects:"):
                name = "effects"
            elif name and not line.startswith(" "):
                name = "" if line and not line.startswith("#") else name
            elif name and line.startswith("  - id: "):
                effect = line.removeprefix("  - id: ").split("#")[0].strip()
                yield pytest.param(drug, effect, id=f"{drug}-{effect}")


EFFECTS = list(effects())


def _named(checker: Checker, said: str) -> set[str]:
    return {match.effect for match in checker.answer(said).matches}


def test_every_effect_has_its_test(knowledge: Knowledge) -> None:
    assert len(EFFECTS) == sum(len(knowledge.monograph(drug).effects) for drug in DRUGS) > 20


@pytest.mark.parametrize(("drug", "name"), EFFECTS)
def test_an_effect_is_found_by_its_own_name(make: Callable[..., Checker], drug: str, name: str) -> None:
    checker = make([drug])
    (effect,) = (e for e in checker.knowledge.monograph(drug).effects if e.id == name)
    assert effect.name in _named(checker, effect.name)


@pytest.mark.parametrize(("drug", "name"), EFFECTS)
def test_an_effect_is_found_by_three_everyday_phrases(
    make: Callable[..., Checker], phrases: dict[str, list[str]], drug: str, name: str
) -> None:
    checker = make([drug])
    (effect,) = (e for e in checker.knowledge.monograph(drug).effects if e.id == name)
    known = [phrase for symptom in effect.symptoms for phrase in phrases[symptom]]
    chosen = random.Random(f"{drug} {name}").sample(known, 3)  # noqa: S311 # a seed, no secret
    missed = [phrase for phrase in chosen if effect.name not in _named(checker, phrase)]
    assert missed == []


@pytest.mark.parametrize(("drug", "name"), EFFECTS)
def test_an_effect_is_found_misspelt(
    make: Callable[..., Checker], phrases: dict[str, list[str]], drug: str, name: str
) -> None:
    """One slip in the longest word of a name of one of its symptoms, or of its first phrases."""
    checker = make([drug])
    (effect,) = (e for e in checker.knowledge.monograph(drug).effects if e.id == name)
    chance = random.Random(f"{drug} {name}")  # noqa: S311 # a seed, no secret
    for symptom in effect.symptoms:
        for phrase in (checker.knowledge.symptom(symptom).name.partition(" (")[0], *phrases[symptom][:5]):
            word = max(phrase.split(), key=len)
            slipped = _slip(word, chance) if len(word) > 4 and word.isalpha() else word
            if checker.knowledge.word(slipped) is None and not checker.knowledge.is_english(slipped):
                said = phrase.replace(word, slipped)
                assert effect.name in _named(checker, said), said
                return
    pytest.fail("no word to misspell")


def _slip(word: str, chance: random.Random) -> str:
    """Swap two letters, or drop, double or change one, behind the first two."""
    at = chance.randrange(2, len(word) - 1)
    return chance.choice(
        [
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + chance.choice("aeiou") + word[at + 1 :],
        ]
    )


@pytest.fixture(scope="module")
def hearer(knowledge: Knowledge) -> Hearer:
    """Hears what an answer would be made of, at two thirds of the cost: the phrases are many."""
    return Hearer(knowledge)


def _heard(hearer: Hearer, said: str) -> set[str]:
    """The symptoms that are present in what was said, and all that is broader."""
    found = set(hearer.named(said))
    return found | {above for name in found for above in hearer.knowledge.symptom(name).broader}


def test_every_symptom_is_found_by_its_own_name(hearer: Hearer) -> None:
    missed = []
    for name in hearer.knowledge.symptoms():
        symptom = hearer.knowledge.symptom(name)
        said = symptom.name.partition("(")[0]
        if not symptom.circumstance and name not in _heard(hearer, said):
            missed.append(f"{name}: {said}")
    assert missed == []


@pytest.fixture(scope="module")
def heard(hearer: Hearer, phrases: dict[str, list[str]]) -> list[tuple[str, str, set[str]]]:
    """Every other phrase of every symptom: whose it is, its words, what was heard."""
    return [(name, said, _heard(hearer, said)) for name, some in phrases.items() for said in some[::2]]


def test_what_is_heard_is_what_an_answer_mentions(checker: Checker, heard: list[tuple[str, str, set[str]]]) -> None:
    for _, said, found in heard[::25]:
        mentioned = {m.symptom for m in checker.answer(said).mentions if m.assertion == "present"}
        above = {above for name in mentioned for above in checker.knowledge.symptom(name).broader}
        assert found == mentioned | above, said


def test_every_phrase_finds_its_own_symptom(heard: list[tuple[str, str, set[str]]]) -> None:
    """A class may put other words into a phrase than its author thought of; those are few."""
    missed = [f"{name}: {said} -> {sorted(found)}" for name, said, found in heard if name not in found]
    assert len(heard) > 10_000
    assert len(missed) <= len(heard) // 200, "\n".join(missed)


def test_no_phrase_finds_what_its_symptom_is_unlike(folder: Folder, heard: list[tuple[str, str, set[str]]]) -> None:
    unlike: dict[str, set[str]] = {}
    for entry in folder.entries["symptom"]:
        for other in texts(entry, "unlike"):
            unlike.setdefault(str(text(entry, "id")), set()).add(str(other))
            unlike.setdefault(str(other), set()).add(str(text(entry, "id")))
    assert unlike
    crossed = [
        f"{name}: {said} -> {sorted(found & unlike[name])}"
        for name, said, found in heard
        if name in unlike and found & unlike[name] and name not in found
    ]
    assert not crossed, "\n".join(crossed)


def test_no_before_a_phrase_denies_it(hearer: Hearer, folder: Folder, heard: list[tuple[str, str, set[str]]]) -> None:
    """ "no " + any phrase that holds no cue is never present, unless the whole is a phrase itself."""
    (denials,) = (texts(e, "words") for e in folder.entries["class"] if text(e, "id") == "negator")
    wrong = [
        f"no {said}"
        for name, said, found in heard[::2]
        if name in found and not {"n't", *denials}.intersection(said.replace("'", "").split())
        and name in _heard(hearer, f"no {said}")
    ]  # fmt: skip
    assert len(wrong) <= len(heard) // 2 // 50, "\n".join(wrong)


def test_a_phrase_that_holds_a_denial_is_present(folder: Folder, heard: list[tuple[str, str, set[str]]]) -> None:
    """ "can't breathe" denies nothing: the worst bug that this program could have."""
    (denials,) = (texts(e, "words") for e in folder.entries["class"] if text(e, "id") == "negator")
    cues = {*denials, "cant", "cannot"}
    with_cue = [(name, said, found) for name, said, found in heard if cues.intersection(said.replace("'", "").split())]
    assert len(with_cue) > 500
    missed = [f"{name}: {said}" for name, said, found in with_cue if name not in found]
    assert len(missed) <= len(with_cue) // 100, "\n".join(missed)


@pytest.mark.parametrize("drug", DRUGS)
def test_a_monograph_is_whole(knowledge: Knowledge, drug: str) -> None:
    monograph = knowledge.monograph(drug)
    assert monograph.name
    assert len(monograph.names) > 1
    assert monograph.source.title
    assert monograph.source.url.startswith("https://") or not monograph.source.url  # of one the page is not known
    for effect in monograph.effects:
        assert effect.section, effect.id
        assert effect.guidance, effect.id
        assert effect.symptoms or effect.signs, effect.id
        assert effect.listed_as in ("common", "serious", "other")
    assert len({effect.id for effect in monograph.effects}) == len(monograph.effects)
    assert len({topic.id for topic in monograph.topics}) == len(monograph.topics)
    for fact in (*monograph.label, *monograph.label_topics):
        assert fact.says
        assert fact.source.title


def test_levomilnacipran_says_that_it_is_machine_made(knowledge: Knowledge) -> None:
    monograph = knowledge.monograph("levomilnacipran")
    assert any("AI" in note for note in monograph.notes)
    assert "not medical advice" in monograph.disclaimer


def test_where_the_source_says_immediately_the_guidance_begins_with_now(knowledge: Knowledge) -> None:
    """An emergency has no such words of its own: its red flag says what to do, before the guidance."""
    urgent = [e for drug in DRUGS for e in knowledge.monograph(drug).effects if e.urgency == "urgent"]
    assert len(urgent) >= 4
    assert [e.id for e in urgent if not e.guidance.startswith("Now: get medical help at once")] == []


def test_entries_stand_in_order(folder: Folder) -> None:
    for kind in ("symptom", "flag", "topic", "reading"):
        by_file: dict[str, list[str]] = {}
        for entry in folder.entries[kind]:
            by_file.setdefault(text(entry, "id").where.split(":")[0], []).append(str(text(entry, "id")))
        for file, names in by_file.items():
            assert names == sorted(names), file


def test_flags_advise_for_every_urgency_they_raise(knowledge: Knowledge) -> None:
    for name in knowledge.all_flags():
        flag = knowledge.flag(name)
        assert flag.source.title, name
        advised = dict(flag.advice)
        for rule in flag.rules:
            assert advised.get(rule.urgency), (name, rule.urgency)


def test_every_statement_has_its_source(folder: Folder) -> None:
    for kind in ("monograph", "flag", "reading"):
        for entry in folder.entries[kind]:
            source = entry[Text("source")]
            assert isinstance(source, dict)
            assert text(source, "title"), text(entry, "id")
    for entry in folder.entries["monograph"]:
        for fact in (*entries(entry, "label"), *entries(entry, "label_topics")):
            assert Text("source") in fact
