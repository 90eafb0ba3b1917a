"""Issuing on the command line: what it promises, and what it refuses."""

import json
import re
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from desktop.models.actions.initiatives import RecordInitiative
from desktop.models.actions.office import ReviseOffice
from desktop.models.store import Store
from desktop.samples.kept import sample_initiatives, sample_office
from tests.commands.conftest import Run
from tests.stores import complete


@pytest.fixture
def office(store: Store, resources: Path) -> Path:
    """An office with two initiatives, whose store is closed again."""
    store.journal.do(ReviseOffice(sample_office("01 triệu sáng kiến")))
    for draft in sample_initiatives(resources)[:2]:
        store.journal.do(RecordInitiative(draft))
    store.close()
    return store.folder


def listed(run: Run, office: Path, *words: str) -> list[dict[str, object]]:
    status, out, _err = run("issued", "--store", office, "--json", *words)
    assert status == 0
    found: list[dict[str, object]] = json.loads(out)
    return found


def test_a_paper_is_issued_listed_printed_again_and_voided(
    run: Run, office: Path, tmp_path: Path
) -> None:
    first, again = tmp_path / "a.pdf", tmp_path / "b.pdf"
    at = ("--all", "--store", office, "--date", "04/08/2023", "--out", first)
    status, out, _err = run("issue", "recognition-decision", *at)
    assert (status, "01/QĐ-LĐLĐ ngày 04/8/2023" in out) == (0, True)
    assert run("reprint", "01/QĐ-LĐLĐ", "--store", office, "--out", again)[0] == 0
    assert again.read_bytes() == first.read_bytes()
    status, out, _err = run("void", "1/qđ-lđlđ", "--store", office, "--reason", "Sai nơi nhận")
    assert (status, "không dùng lại" in out) == (0, True)
    (row,) = listed(run, office)
    assert row["date"] == "2023-08-04"
    voided = row["voided"]
    assert isinstance(voided, dict)
    assert voided["reason"] == "Sai nơi nhận"
    status, out, _err = run("reprint", "--id", row["id"], "--store", office, "--out", again)
    assert (status, "ĐÃ HỦY" in out) == (0, True)
    assert "ĐÃ HỦY" in PdfDocument(again)[0].get_textpage().get_text_range()


def test_a_dry_run_says_the_number_and_gives_none(run: Run, office: Path, tmp_path: Path) -> None:
    words = ("issue", "certificate", "--all", "--store", office, "--out", tmp_path / "a.pdf")
    status, out, _err = run(*words, "--dry-run")
    assert (status, "01/GCN-LĐLĐ – 03/GCN-LĐLĐ" in out) == (0, True)
    assert listed(run, office) == []
    assert not (tmp_path / "a.pdf").exists()


def test_a_code_finds_its_paper_or_says_that_there_is_none(
    run: Run, office: Path, tmp_path: Path
) -> None:
    run("issue", "receipt", "--all", "--store", office, "--out", tmp_path / "a.pdf")
    second = listed(run, office)[0]
    assert listed(run, office, "--code", str(second["code"]).lower()) == [second]
    status, out, _err = run("issued", "--store", office, "--code", "0000-0000-0000-0000")
    assert (status, "Không có bản này" in out) == (1, True)


def test_the_list_says_where_todays_data_differ(run: Run, office: Path, tmp_path: Path) -> None:
    run("issue", "certificate", "--all", "--store", office, "--out", tmp_path / "a.pdf")
    assert [row["differs"] for row in listed(run, office, "--compare")] == [[], [], []]
    _status, out, _err = run("issued", "--store", office, "--compare")
    assert out.count("Dữ liệu hiện nay giống bản đã phát hành.") == 3


def test_what_cannot_be_issued_is_said_in_one_line(run: Run, office: Path, tmp_path: Path) -> None:
    where = ("--store", office, "--out", tmp_path / "a.pdf")
    out = ("--all", *where)
    assert run("issue", "application", *out)[0] == 2
    status, _said, err = run("issue", "receipt", *out, "--date", "8/2023")
    assert (status, "không phải là ngày" in err) == (1, True)
    assert run("issue", "receipt", *out, "--date", "04/08/2023")[0] == 0
    status, _said, err = run("issue", "receipt", *out, "--date", "03/08/2023")
    assert (status, "--out-of-order" in err) == (1, True)
    assert run("issue", "receipt", *out, "--date", "03/08/2023", "--out-of-order")[0] == 0
    status, _said, err = run("reprint", "99/QĐ", *where)
    assert (status, "Chưa phát hành văn bản nào số 99/QĐ" in err) == (1, True)


def test_an_issue_is_not_undone_by_the_command_either(
    run: Run, office: Path, tmp_path: Path
) -> None:
    run("issue", "progress-report", "--store", office, "--out", tmp_path / "a.pdf")
    status, _out, err = run("undo", "--store", office)
    assert (status, "sosangkien void" in err) == (1, True)
    assert run("verify", "--store", office)[0] == 0


def test_a_decision_is_recorded_on_demand_and_the_record_is_undone_alone(
    run: Run, store: Store, tmp_path: Path
) -> None:
    store.journal.do(ReviseOffice(sample_office("01 triệu sáng kiến")))
    store.journal.do(RecordInitiative(complete(decision=None)))
    store.close()
    at = ("--all", "--store", store.folder, "--out", tmp_path / "a.pdf", "--record-decision")
    assert run("issue", "certificate", *at)[0] == 2
    words = ("issue", "recognition-decision", *at, "--recogniser", "council")
    status, out, _err = run(*words)
    assert (status, "Đã ghi quyết định vào 1 sáng kiến." in out) == (0, True)
    status, out, _err = run("undo", "--store", store.folder)
    assert (status, "QĐ-LĐLĐ" in out) == (0, True)
    assert len(listed(run, store.folder)) == 1


def test_a_decision_with_blanks_needs_the_word_that_they_are_meant(
    run: Run, office: Path, tmp_path: Path
) -> None:
    at = ("--all", "--store", office, "--out", tmp_path / "a.pdf")
    words = ("issue", "commendation-decision", *at)
    status, _out, err = run(*words)
    assert (status, "Điều 2" in err, "--with-blanks" in err) == (1, True, True)
    assert run(*words, "--with-blanks")[0] == 0
    assert len(listed(run, office)) == 1


@pytest.mark.parametrize("named", [(), ("--ids", ""), ("--ids", " , "), ("--ids", "M01", "--all")])
def test_initiatives_are_named_or_all_of_them_are_meant_in_so_many_words(
    run: Run, office: Path, tmp_path: Path, named: tuple[str, ...]
) -> None:
    at = ("--store", office, "--out", tmp_path / "a.pdf")
    status, _out, err = run("issue", "certificate", *at, *named)
    assert (status, "--ids" in err, "--all" in err) == (2, True, True)
    assert listed(run, office) == []


def test_how_many_blanks_are_left_is_said_before_and_after(
    run: Run, office: Path, tmp_path: Path
) -> None:
    words = ("issue", "submission", "--all", "--store", office, "--out", tmp_path / "a.pdf")
    for more in (("--dry-run",), ()):
        status, out, _err = run(*words, *more)
        assert status == 0
        assert re.search(r"Còn \d+ chỗ trống", out)


def test_a_file_that_cannot_take_its_name_is_not_said_to_be_written(
    run: Run, office: Path, tmp_path: Path
) -> None:
    out = tmp_path / "a.pdf"
    (out / "inside").mkdir(parents=True)
    status, said, _err = run("issue", "receipt", "--all", "--store", office, "--out", out)
    assert (status, "không ghi được" in said, "ghi vào" in said) == (0, True, False)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    assert len(listed(run, office)) == 2


def test_a_paper_is_named_by_number_or_by_its_id_and_the_list_says_how(
    run: Run, office: Path, tmp_path: Path
) -> None:
    at = ("--store", office, "--out", tmp_path / "a.pdf")
    run("issue", "receipt", "--all", *at)
    _status, out, _err = run("issued", "--store", office)
    assert out.splitlines()[-1].startswith("--id 1\t01/BN-LĐLĐ")
    assert run("reprint", "--id", "1", *at)[0] == 0
    assert run("reprint", "--id", "9" * 30, *at)[0] == 1
    for named in ((), ("01/BN-LĐLĐ", "--id", "1")):
        assert run("void", *named, "--store", office, "--reason", "Sai")[0] == 2
    status, _out, err = run("void", "1", "--store", office, "--reason", "Sai")
    assert (status, "--id 1 là văn bản 01/BN-LĐLĐ" in err) == (1, True)
    assert "voided" not in listed(run, office)[-1]
