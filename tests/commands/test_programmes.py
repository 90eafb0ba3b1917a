"""Programmes on the command line: listed, checked, copied, their rules printed."""

import json
from pathlib import Path

import pytest

from desktop.programme.definition import Programme, load_programme
from tests.commands.conftest import Run


def test_every_programme_is_listed(run: Run, programmes: dict[str, Programme]) -> None:
    status, out, err = run("programmes", "--json")
    listed = json.loads(out)
    assert (status, err) == (0, "")
    assert [one["code"] for one in listed] == list(programmes)
    assert len(listed) == 5
    first = listed[0]
    keys = "code title organ windows stages rules version shipped"
    assert set(first) == set(keys.split())
    assert first["stages"][0]["upload_from"] == "2022-01-08T07:00:00+07:00"
    assert first["windows"]["apply_to"] == "2023-09-01"
    assert first["version"] == programmes[first["code"]].version
    assert listed[1]["windows"]["apply_from"] == "2021-02"
    lines = run("programmes")[1].splitlines()
    assert [line.split("\t")[0] for line in lines if not line.startswith("\t")] == list(programmes)


def test_every_shipped_definition_is_right(run: Run, resources: Path) -> None:
    for path in (resources / "programmes").glob("*.toml"):
        status, out, err = run("programme", "check", path)
        assert (status, err) == (0, "")
        assert path.name in out
        assert load_programme(path).version in out


def test_a_slip_is_told_with_file_line_and_the_nearest_word(
    run: Run, resources: Path, tmp_path: Path
) -> None:
    text = (resources / "programmes" / "75K-2021.toml").read_text(encoding="utf-8")
    wrong = tmp_path / "mine.toml"
    wrong.write_text(text.replace("apply_to =", "aply_to =", 1), encoding="utf-8")
    line = next(n for n, one in enumerate(text.splitlines(), 1) if one.startswith("apply_to ="))
    status, out, err = run("programme", "check", wrong)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert f"mine.toml, dòng {line}" in err
    assert "“apply_to”" in err


def test_a_copy_is_right_at_once_and_never_overwrites(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "rieng.toml"
    assert run("programme", "copy", "1TR-2021-2023", mine)[0] == 0
    assert run("programme", "check", mine)[0] == 0
    assert load_programme(mine).code == "1TR-2021-2023-RIENG"
    assert "# The programme of one million initiatives" in mine.read_text(encoding="utf-8")
    before = mine.read_bytes()
    status, out, err = run("programme", "copy", "75K-2021", mine)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert mine.read_bytes() == before


def test_a_copy_may_be_named_but_not_as_a_shipped_one(run: Run, tmp_path: Path) -> None:
    assert run("programme", "copy", "75K-2021", tmp_path / "a.toml", "--as", "LC-2024")[0] == 0
    assert load_programme(tmp_path / "a.toml").code == "LC-2024"
    for code in ("THIDUA-2026", 'a"b'):
        assert run("programme", "copy", "75K-2021", tmp_path / "b.toml", "--as", code)[0] == 1
    assert not (tmp_path / "b.toml").exists()


def test_a_definition_with_the_code_of_a_shipped_one_is_refused(
    run: Run, resources: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "same.toml"
    copy.write_bytes((resources / "programmes" / "75K-2021.toml").read_bytes())
    status, _out, err = run("programme", "check", copy)
    assert status == 1
    assert "75K-2021" in err
    assert "same.toml, dòng" in err


@pytest.mark.parametrize("words", [("copy", "75K-2012", "x.toml"), ("rules", "75K-2012")])
def test_an_unknown_code_names_the_nearest(
    run: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    status, _out, err = run("programme", *(tmp_path / one if "." in one else one for one in words))
    assert status == 1
    assert "“75K-2021”" in err


def test_the_rules_are_printed_with_their_clauses(
    run: Run, programmes: dict[str, Programme]
) -> None:
    programme = programmes["1TR-2021-2023"]
    lines = run("programme", "rules", programme.code)[1].splitlines()
    assert [line.split("\t")[0] for line in lines] == [rule.id for rule in programme.rules]
    table = run("programme", "rules", programme.code, "--markdown")[1]
    for rule in programme.rules:
        assert f"| {rule.id} | {programme.cites[rule.id]}" in table


def test_usage_is_told_without_a_part(run: Run) -> None:
    assert run("programme")[0] == 2
    assert run("programme", "chek", "a.toml")[0] == 2
