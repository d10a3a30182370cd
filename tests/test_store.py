"""Compiled knowledge: tables, packing, damage."""

from __future__ import annotations

import pickle

import hypothesis
import pytest
from hypothesis import strategies as st

from checker.store import Knowledge, loads
from checker.tables import Table, pack, unpack

keys = st.text("abcé -'", min_size=1, max_size=4)
plain = st.text(st.characters(exclude_characters="\x02\x03\x1f", exclude_categories=["Cs"]), max_size=5)
nested = st.recursive(plain, lambda inner: st.lists(inner, max_size=4).map(tuple), max_leaves=20)


@hypothesis.given(st.dictionaries(keys, st.text("xyz\t|", max_size=3)), keys)
def test_a_table_finds_what_a_dictionary_finds(rows: dict[str, str], other: str) -> None:
    table = Table.of(rows)
    for key in {*rows, other}:
        assert table.find(key) == rows.get(key)
    assert table.keys() == sorted(rows)


@hypothesis.given(nested)
def test_unpack_reads_what_pack_wrote(value: object) -> None:
    line = pack(value)
    assert unpack(line) == value


def test_numbers_and_none_are_packed_as_text() -> None:
    assert unpack(pack((1, 2.5, None, True))) == ("1", "2.5", "", "True")


def test_what_is_written_is_read_again(knowledge: Knowledge) -> None:
    data = knowledge.dumps()
    again = loads(data)
    assert again.dumps() == data
    assert again.version == knowledge.version
    for name in knowledge.monographs():
        assert again.monograph(name) == knowledge.monograph(name)
    for name in knowledge.all_flags():
        assert again.flag(name) == knowledge.flag(name)
    assert again.readings() == knowledge.readings()


def test_knowledge_survives_pickling(knowledge: Knowledge) -> None:
    again = pickle.loads(pickle.dumps(knowledge))  # noqa: S301 # our own
    assert again.dumps() == knowledge.dumps()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\xff\n",
        b"checker knowledge 0 2026.01-abc 00000000\n",
        b"checker knowledge 2 2026.01-abc\n",
        b"\n" * 2000,
    ],
    ids=["empty", "bytes", "older", "short", "lines"],
)
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="of another version"):
        loads(data)


@pytest.mark.parametrize("place", [0.1, 0.5, 0.999])
def test_damage_anywhere_is_noticed(compiled: bytes, place: float) -> None:
    at = int(len(compiled) * place)
    with pytest.raises(ValueError, match="damaged"):
        loads(compiled[:at] + bytes([compiled[at] ^ 1]) + compiled[at + 1 :])
    with pytest.raises(ValueError, match="damaged"):
        loads(compiled[:at])


def test_what_is_unknown_is_none_or_a_key_error(knowledge: Knowledge) -> None:
    assert knowledge.word("xqzzq") is None
    assert knowledge.drug("prozac") is None
    assert knowledge.contacts("XX") is None
    assert knowledge.phrases({"xqzzq": [0]}) == []
    assert knowledge.flags("nothing-known") == ()
    assert knowledge.listed_by("nothing-known") == ()
    assert knowledge.advice("nothing-known") == ""
    assert not knowledge.is_english("xqzzq")
    for find in (knowledge.symptom, knowledge.flag, knowledge.monograph, knowledge.topic):
        with pytest.raises(KeyError):
            find("nothing-known")


def test_every_key_leads_to_its_record(knowledge: Knowledge) -> None:
    assert [knowledge.symptom(name).id for name in knowledge.symptoms()] == knowledge.symptoms()
    assert [knowledge.flag(name).id for name in knowledge.all_flags()] == knowledge.all_flags()
    assert [knowledge.monograph(name).id for name in knowledge.monographs()] == knowledge.monographs()
    assert {knowledge.drug(name) for name in knowledge.drug_names()} == set(knowledge.monographs())
