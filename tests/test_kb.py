"""checker-kb, and folders of the user's beside what is shipped."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from checker import kb, loading
from checker.loading import load
from checker.store import COMPILED, MONOGRAPHS, NAMES, Knowledge

HERE = Path(__file__).parent / "monographs"
Ran = Callable[..., tuple[int, str, str]]


@pytest.fixture
def keep(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Ran:
    """Run checker-kb in this process; return its status, what it said and what it complained of."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv("CHECKER_KNOWLEDGE", raising=False)

    def ran(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = kb.main(arguments)
        out, err = capsys.readouterr()
        return status, out, err

    return ran


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """The user's data folder."""
    return tmp_path / "checker"


def opened(*folders: Path) -> tuple[Knowledge, list[str]]:
    said: list[str] = []
    return load([str(f) for f in folders], said.append), said


def test_import_writes_compiles_and_answers(keep: Ran, run: Ran, mine: Path) -> None:
    status, out, err = keep("import", str(HERE))
    assert (status, err) == (0, "")
    assert "10 of 10 files imported" in out
    assert "found by its name only: Zorbling of the elbows" in out
    assert len(list((mine / MONOGRAPHS).glob("*.yaml"))) == 10
    assert (mine / COMPILED / NAMES).is_file()
    status, out, err = run("--drug", "borlimab", "nausea and vomiting")
    assert (status, err) == (0, "")
    assert "Vomiting" in out
    assert "Nobody has reviewed the Borlimab text" in out
    status, out, _ = run("--drug", "dorvanil", "zorbbling of the elbows")
    assert status == 0
    assert "Zorbling of the elbows" in out


def test_with_many_medicines_and_none_named_it_counts_and_asks(keep: Ran, run: Ran) -> None:
    keep("import", str(HERE))
    status, out, _ = run("dry mouth")
    assert status == 0
    assert "Dry mouth: 4 of the 12 medicines I know list it." in out
    assert "Which medicine is meant?" in out
    assert "not listed" not in out
    assert "EMERGENCY" in run("crushing chest pain and I cannot breathe")[1]


def test_dry_run_writes_nothing(keep: Ran, mine: Path) -> None:
    status, out, _ = keep("import", "--dry-run", str(HERE / "borlimab.md"))
    assert status == 0
    assert "id: borlimab" in out
    assert not mine.exists()


def test_importing_again_updates_but_keeps_a_hand_edit(keep: Ran, tmp_path: Path) -> None:
    source = tmp_path / "in" / "grellamine.md"
    source.parent.mkdir()
    source.write_text((HERE / "grellamine.md").read_text(encoding="utf-8"), encoding="utf-8")
    to = tmp_path / "to"
    keep("import", "--to", str(to), str(source))
    source.write_text(source.read_text(encoding="utf-8").replace("Tremor", "Hiccups"), encoding="utf-8")
    assert keep("import", "--to", str(to), str(source))[0] == 0
    target = to / MONOGRAPHS / "grellamine.yaml"
    assert "Hiccups" in target.read_text(encoding="utf-8")
    target.write_text(target.read_text(encoding="utf-8").replace("Hiccups", "Bumps"), encoding="utf-8")
    status, _, err = keep("import", "--to", str(to), str(source))
    assert status == 1
    assert "edited by hand" in err
    assert "Bumps" in target.read_text(encoding="utf-8")
    assert keep("import", "--force", "--to", str(to), str(source))[0] == 0
    assert "Bumps" not in target.read_text(encoding="utf-8")


def test_bad_files_are_named_and_the_rest_carries_on(keep: Ran, tmp_path: Path, mine: Path) -> None:
    room = tmp_path / "in put"
    (room / "deep").mkdir(parents=True)
    (room / "empty.md").write_text("")
    (room / "binary.md").write_bytes(b"\0\1")
    (room / "nothing.md").write_text("# Nothing\n\nNo section.\n")
    (room / "two\nlines.md").write_text("# Nada\n")
    (room / "deep" / "loop").symlink_to(room)
    for name in ("a.md", "b.md"):
        (room / name).write_text((HERE / "fentorax.md").read_text(encoding="utf-8"), encoding="utf-8")
    status, out, err = keep("import", str(room), str(room / "none*.md"), str(room / ".." / "in put" / "a.md"))
    assert status == 1
    assert "1 of 7 files imported" in out
    for reason in (
        "empty.md: is empty",
        "binary.md: is not text",
        "no side effects",
        "no such file",
        "a second file for fentorax",
    ):
        assert reason in err
    assert all(line.startswith("checker-kb: ") for line in err.splitlines())
    assert [p.name for p in (mine / MONOGRAPHS).iterdir()] == ["fentorax.yaml"]


def test_a_full_disk_leaves_what_was_there(keep: Ran, mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep("import", str(HERE / "borlimab.md"))
    before = {p: p.read_bytes() for p in mine.rglob("*") if p.is_file()}

    def full(path: str, _: bytes) -> None:
        raise OSError(28, "No space left on device", path)

    monkeypatch.setattr(kb, "write_whole", full)
    status, _, err = keep("import", str(HERE))
    assert status == 1
    assert "No space left on device" in err
    assert {p: p.read_bytes() for p in mine.rglob("*") if p.is_file()} == before


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("id: zed\n", "zed.yaml:1:1: zed: the key name is missing"),
        ("a: &a [x]\nb: [*a, *a]\n", "zed.yaml:1:4: an alias"),
        ("[" * 3000 + "]" * 3000, "nested too deep"),
        ("id: [\n", "zed.yaml:2:1:"),
        ("", "zed.yaml:1:1: is empty"),
    ],
)
def test_a_faulty_file_is_left_out_with_one_line(text: str, reason: str, keep: Ran, run: Ran, mine: Path) -> None:
    keep("import", str(HERE / "borlimab.md"))
    (mine / MONOGRAPHS / "zed.yaml").write_text(text, encoding="utf-8")
    status, out, err = run("--drug", "borlimab", "nausea")
    assert status == 0
    assert "Nausea" in out
    assert sum("zed.yaml" in line for line in err.splitlines()) == 1
    assert reason in err


def test_a_changed_file_is_read_and_said(keep: Ran, run: Ran, mine: Path) -> None:
    keep("import", str(HERE / "borlimab.md"))
    target = mine / MONOGRAPHS / "borlimab.yaml"
    with target.open("r+", encoding="utf-8") as file:  # in place: the folder's time stays
        text = file.read().replace("Common: Nausea.", "Common: a very queasy stomach.")
        file.seek(0)
        file.write(text)
    _, out, err = run("--drug", "borlimab", "nausea")
    assert "queasy" in out
    assert "run checker-kb compile" in err
    assert keep("compile")[0] == 0
    _, out, err = run("--drug", "borlimab", "nausea")
    assert "queasy" in out
    assert err == ""


@pytest.mark.parametrize("damage", [b"", b"checker folder 0 1 1 1\n", b"\x80\x04pickle"])
def test_a_damaged_compiled_form_is_left_out(damage: bytes, keep: Ran, mine: Path) -> None:
    keep("import", str(HERE / "borlimab.md"))
    (mine / COMPILED / NAMES).write_bytes(damage)
    knowledge, said = opened(mine)
    assert knowledge.drug("borlimab") == "borlimab"
    assert len(said) == 1
    assert "compiled form is left out" in said[0]


def test_files_that_came_and_went_since(keep: Ran, mine: Path) -> None:
    keep("import", str(HERE / "borlimab.md"), str(HERE / "dorvanil.md"))
    (mine / MONOGRAPHS / "dorvanil.yaml").rename(mine / "dorvanil.yaml")
    knowledge, said = opened(mine)
    assert not knowledge.has_monograph("dorvanil")
    assert knowledge.has_monograph("borlimab")
    assert len(said) == 1
    keep("compile")
    (mine / "dorvanil.yaml").rename(mine / MONOGRAPHS / "dorvanil.yaml")
    knowledge, said = opened(mine)
    assert knowledge.monograph("dorvanil").name == "Dorvanil"


def test_compiled_and_yaml_answer_alike(keep: Ran, mine: Path) -> None:
    keep("import", str(HERE))
    compiled, _ = opened(mine)
    for path in (mine / COMPILED).iterdir():
        path.unlink()
    plain, said = opened(mine)
    assert said == []
    assert compiled.monographs() == plain.monographs()
    for name in plain.monographs():
        assert compiled.monograph(name) == plain.monograph(name)
    assert compiled.drug_names() == plain.drug_names()
    for symptom in plain.symptoms():
        assert compiled.count_listing(symptom) == plain.count_listing(symptom)
        assert compiled.count_listing(symptom) == sum(bool(plain.entries(m, symptom)) for m in plain.monographs())


def test_folders_are_named_by_option_variable_and_data_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("CHECKER_KNOWLEDGE", os.pathsep.join(("b", "c", "a")))
    assert loading.user_folders(["a"]) == ["a", "b", "c"]
    (tmp_path / "checker").mkdir()
    assert loading.user_folders(["a"])[-1] == str(tmp_path / "checker")


def test_what_is_shipped_goes_on_answering(keep: Ran, mine: Path, tmp_path: Path) -> None:
    source = tmp_path / "savella.md"
    source.write_text("# Milnacipran\n\n**Side Effects:** Common: green ears.\n", encoding="utf-8")
    status, _, err = keep("import", str(source))
    assert status == 0
    assert "shipped with the program" in err
    knowledge, _ = opened(mine)
    assert knowledge.monograph("milnacipran").effects[0].name == "Nausea"


def test_validate_list_and_compile(keep: Ran, mine: Path) -> None:
    keep("import", str(HERE))
    status, out, err = keep("validate", str(mine))
    assert (status, err) == (0, "")
    assert "warning: borlimab: no section on" in out
    assert "coverage: " in out.splitlines()[-1]
    assert "zorbling of the elbows" in out.splitlines()[-1]
    assert "borlimab\tBorlimab\t8 side effects" in keep("list", str(mine))[1]
    (mine / MONOGRAPHS / "bad.yaml").write_text("id: bad\n", encoding="utf-8")
    status, _, err = keep("validate", str(mine))
    assert status == 1
    assert "bad.yaml:1:1" in err
    assert keep("validate", str(mine / "nowhere"))[0] == 1
    assert keep("compile", str(mine / "nowhere"))[0] == 1


def test_answering_writes_nothing(keep: Ran, run: Ran, mine: Path) -> None:
    keep("import", str(HERE))
    before = {p: p.stat().st_mtime_ns for p in mine.rglob("*")}
    run("--drug", "borlimab", "nausea")
    assert {p: p.stat().st_mtime_ns for p in mine.rglob("*")} == before
