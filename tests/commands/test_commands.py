"""The command line does the same work as the window, and says so as it promises."""

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdfium2 import PdfDocument
from python_calamine import CalamineWorkbook

from desktop.exchange.template_v1 import write_template
from desktop.models.engines import sqlite
from desktop.models.entry import InitiativeDraft
from desktop.printing.papers import PAPERS
from desktop.programme.definition import Programme
from desktop.samples.kept import sample_initiatives
from desktop.tasks.importing import programme_lists
from desktop.tasks.stores import DEFAULT_PROGRAMME
from tests.commands.conftest import Run
from tests.stores import complete


@pytest.fixture
def workbook(tmp_path: Path, programmes: dict[str, Programme]) -> Callable[..., Path]:
    """Writes a workbook of these initiatives."""

    def writing(*drafts: InitiativeDraft) -> Path:
        write_template(tmp_path / "a.xlsx", programme_lists(programmes[DEFAULT_PROGRAMME]), drafts)
        return tmp_path / "a.xlsx"

    return writing


@pytest.fixture
def sampled(run: Run, store_folder: Path, workbook: Callable[..., Path], resources: Path) -> Path:
    """A store into which the fifteen samples were imported."""
    path = workbook(*sample_initiatives(resources))
    assert run("import", path, "--store", store_folder)[0] == 0
    return store_folder


def as_json(run: Run, *words: object) -> Any:
    status, out, err = run(*words, "--json")
    assert (status, err) == (0, "")
    return json.loads(out)


def test_a_new_store_can_be_opened_by_the_other_commands(run: Run, tmp_path: Path) -> None:
    assert run("new", tmp_path / "kho", "--office", "CĐCS Trường A")[0] == 0
    assert as_json(run, "check", "--store", tmp_path / "kho") == []
    (entry,) = as_json(run, "history", "--store", tmp_path / "kho")
    assert "CĐCS Trường A" in entry["action"]


def test_a_folder_that_is_not_empty_is_refused_in_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    for verb in ("new", "demo"):
        status, out, err = run(verb, tmp_path)
        assert (status, out, err.count("\n")) == (1, "", 1)
        assert "không rỗng" in err
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_an_unknown_programme_is_refused_and_nothing_made(run: Run, tmp_path: Path) -> None:
    status, _out, err = run("new", tmp_path / "kho", "--programme", "2TR")
    assert status == 1
    assert "1TR-2021-2023" in err
    assert not (tmp_path / "kho").exists()


def test_the_samples_are_judged_as_their_names_say(run: Run, sampled: Path) -> None:
    found = {line["code"]: line for line in as_json(run, "check", "--store", sampled)}
    assert {found[f"M{n:02d}"]["verdict"] for n in range(1, 11)} == {"eligible"}
    blocking = {
        code: {
            f["rule"]
            for f in line["findings"]
            if f["result"] == "fail" and f["severity"] == "block"
        }
        for code, line in found.items()
        if line["verdict"] == "ineligible"
    }
    assert blocking == {
        "X01": {"DK-07"},
        "X02": {"DK-03"},
        "X03": {"DK-09"},
        "X04": {"DK-10"},
        "X05": {"DK-12"},
    }
    assert "DK-19" in {f["rule"] for f in found["X05"]["findings"] if f["result"] != "pass"}


def test_findings_that_do_not_pass_stand_first_with_clause_and_sentence(
    run: Run, sampled: Path
) -> None:
    for line in as_json(run, "check", "--store", sampled):
        results = [finding["result"] for finding in line["findings"]]
        passes = [result == "pass" for result in results]
        assert passes == sorted(passes)
        assert all(finding["clause"] and finding["message"] for finding in line["findings"])
        assert line["stage"] in {1, 2, None}


def test_finding_needs_no_diacritics_and_counts_everything(run: Run, sampled: Path) -> None:
    found = as_json(run, "find", "thao", "tac", "--store", sampled, "--limit", "1")
    assert found["count"] == 2
    assert len(found["rows"]) == 1
    assert set(found["rows"][0]) == {"code", "title", "author", "unit"}
    assert as_json(run, "find", "xyz%$", "--store", sampled) == {"count": 0, "rows": []}


def test_an_import_reports_rows_and_problems(
    run: Run, store_folder: Path, workbook: Callable[..., Path]
) -> None:
    one = complete().authors[:1]
    path = workbook(
        complete(code="A", authors=one),
        complete(code="A", title="Lặp mã", authors=one),
        complete(title="C", authors=one),
    )
    found = as_json(run, "import", path, "--store", store_folder)
    assert (found["read"], found["imported"]) == (3, 2)
    (problem,) = found["problems"]
    assert (problem["row"], problem["column"], problem["code"]) == (3, "Mã hồ sơ", "code.twice")
    codes = [line["code"] for line in as_json(run, "check", "--store", store_folder)]
    assert codes[0] == "A"
    assert re.fullmatch(r"SK\d\d-0001", codes[1])


def test_a_trial_import_changes_nothing(
    run: Run, store_folder: Path, workbook: Callable[..., Path]
) -> None:
    found = as_json(run, "import", workbook(complete()), "--store", store_folder, "--dry-run")
    assert (found["read"], found["imported"]) == (1, 0)
    assert as_json(run, "check", "--store", store_folder) == []


def test_an_import_is_one_undo(run: Run, sampled: Path) -> None:
    assert run("undo", "--store", sampled)[0] == 0
    assert as_json(run, "check", "--store", sampled) == []
    newest, imported, _created = as_json(run, "history", "--store", sampled)
    assert imported["undone_by"] == newest["entry"]
    assert imported["records"] > 15


def test_a_file_that_is_no_workbook_is_refused_in_one_line(
    run: Run, store_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.xlsx").write_text("không phải Excel", encoding="utf-8")
    status, out, err = run("import", tmp_path / "a.xlsx", "--store", store_folder, "--json")
    assert (status, out, err.count("\n")) == (1, "", 1)


def test_the_template_opens_and_has_the_promised_columns(run: Run, tmp_path: Path) -> None:
    assert run("template", "--out", tmp_path / "m.xlsx")[0] == 0
    rows = (
        CalamineWorkbook.from_path(tmp_path / "m.xlsx").get_sheet_by_name("Sáng kiến").to_python()
    )
    assert rows[0][:3] == ["Mã hồ sơ", "Tên sáng kiến", "Loại giải pháp (1.1–1.7)"]
    assert len(rows[0]) == 57


def test_the_workbook_for_the_portal_holds_what_is_not_ineligible(
    run: Run, sampled: Path, tmp_path: Path
) -> None:
    status, _out, _err = run("export", "portal", "--store", sampled, "--out", tmp_path / "p.xlsx")
    assert status == 0
    book = CalamineWorkbook.from_path(tmp_path / "p.xlsx")
    rows = book.get_sheet_by_index(0).to_python()
    codes = {cell for row in rows for cell in row} & {
        f"{k}{n:02d}" for k in "MX" for n in range(11)
    }
    assert codes == {f"M{n:02d}" for n in range(1, 11)}
    states = as_json(run, "history", "--store", sampled)[0]
    assert "p.xlsx" in states["action"]


@pytest.mark.parametrize(
    ("paper", "ids"),
    [
        ("application", "M01"),
        ("description", "M02"),
        ("dossier", "M03,X01"),
        ("summary-list", ""),
        ("commendation-list", ""),
        ("score-sheet", "M01"),
        ("council-minutes", ""),
        ("recognition-decision", ""),
        ("certificate", "M03"),
        ("submission", ""),
        ("commendation-decision", ""),
        ("progress-report", ""),
        ("register-book", ""),
        ("outgoing-register", ""),
        ("receipt", "M01"),
        ("effect-confirmation", "M08"),
        ("share-statement", "M03"),
        ("return-slip", "X01,X02"),
        ("reply-slip", "M03,X01"),
        ("support-team", ""),
        ("invitation", ""),
        ("application-enterprise", "M03"),
        ("application-education", "M02"),
    ],
)
def test_every_paper_is_printed(
    run: Run, sampled: Path, tmp_path: Path, paper: str, ids: str
) -> None:
    out = tmp_path / "p.pdf"
    chosen = ["--ids", ids] if ids else []
    assert run("print", paper, "--store", sampled, "--out", out, *chosen)[0] == 0
    document = PdfDocument(out)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in " ".join(text.split())


def test_a_paper_is_written_as_a_copy_that_can_be_changed(
    run: Run, sampled: Path, tmp_path: Path
) -> None:
    out = tmp_path / "p.docx"
    done = run("print", "dossier", "--store", sampled, "--out", out, "--ids", "M03,M01")
    assert done[0] == 0
    assert "10 " in done[1]
    assert zipfile.is_zipfile(out)


def test_papers_are_named(run: Run) -> None:
    status, out, _err = run("print", "--list")
    assert status == 0
    assert [line.split("\t")[0] for line in out.splitlines()] == [kind.key for kind in PAPERS]


def test_each_dossier_is_printed_to_a_file_named_by_its_code(
    run: Run, sampled: Path, tmp_path: Path
) -> None:
    paper = ("print", "dossier", "--store", sampled, "--out", tmp_path / "each", "--each")
    assert run(*paper, "--ids", "M02,M03")[0] == 0
    assert sorted(file.name for file in (tmp_path / "each").iterdir()) == ["M02.pdf", "M03.pdf"]
    run("print", "dossier", "--store", sampled, "--out", tmp_path / "a.pdf", "--ids", "M03")
    assert (tmp_path / "each" / "M03.pdf").read_bytes() == (tmp_path / "a.pdf").read_bytes()


def test_publicity_is_printed_and_given_as_text_to_paste(
    run: Run, sampled: Path, tmp_path: Path
) -> None:
    paper = ("print", "publicity", "--store", sampled, "--ids", "M02,M03")
    status, out, _err = run(*paper, "--text")
    assert status == 0
    assert out.count("GƯƠNG LAO ĐỘNG SÁNG TẠO") == 2
    assert "chị Nguyễn Thị Hoà" in out.replace("Chị", "chị")
    assert run(*paper, "--out", tmp_path / "p.pdf")[0] == 0
    assert len(PdfDocument(tmp_path / "p.pdf")) == 2


@pytest.mark.parametrize("offset", ["1", "a,b", "60,0", "nan,0", "1,2,3"])
def test_an_offset_that_is_none_is_refused(
    run: Run, sampled: Path, tmp_path: Path, offset: str
) -> None:
    out = tmp_path / "p.pdf"
    paper = ("print", "award-calibration", "--store", sampled, "--out", out)
    status, _out, err = run(*paper, f"--offset={offset}")
    assert status == 1
    assert "-50" in err
    assert not out.exists()
    assert run(*paper, "--offset=-1.5,2")[0] == 0
    assert (
        "sang phải -1,5 mm, xuống dưới 2 mm" in PdfDocument(out)[0].get_textpage().get_text_range()
    )


def test_a_code_that_is_not_there_is_named(run: Run, sampled: Path, tmp_path: Path) -> None:
    out = tmp_path / "p.pdf"
    status, _out, err = run("print", "dossier", "--store", sampled, "--out", out, "--ids", "Z9")
    assert status == 1
    assert "Z9" in err
    assert not out.exists()


def test_what_a_dossier_lacks_is_listed_alone_or_before_it_is_printed(
    run: Run, sampled: Path, tmp_path: Path
) -> None:
    paper = ("print", "dossier", "--store", sampled, "--ids", "M01,M02")
    status, listed, err = run(*paper, "--missing")
    assert (status, err) == (0, "")
    assert "M01 còn thiếu: bản quét quyết định" in listed
    out = tmp_path / "p.pdf"
    status, _said, err = run(*paper, "--out", out)
    assert (status, err) == (0, listed)
    assert out.exists()
    assert run("print", "invitation", "--store", sampled, "--missing")[1] == "Không thiếu gì.\n"


def test_a_backup_is_restored_by_command(run: Run, sampled: Path, tmp_path: Path) -> None:
    copy, again = tmp_path / "b.skbackup", tmp_path / "again"
    assert run("backup", "--store", sampled, "--out", copy)[0] == 0
    assert run("restore", copy, "--store", again)[0] == 0
    assert run("verify", "--store", again)[0] == 0
    assert as_json(run, "check", "--store", again) == as_json(run, "check", "--store", sampled)


def test_a_restore_without_a_name_takes_the_newest_and_compares_first(
    run: Run, sampled: Path
) -> None:
    assert run("undo", "--store", sampled)[0] == 0
    status, out, _err = run("restore", "--store", sampled, "--exactly", "--dry-run")
    assert status == 0
    # The import was backed up before; it and its undoing came after.
    assert "Thay đổi sẽ mất: 2" in out
    assert "Không có gì thay đổi." in out
    wanted = as_json(run, "history", "--store", sampled)
    (sampled / "store.db").write_bytes(b"")
    status, out, _err = run("restore", "--store", sampled)
    assert (status, "thực hiện lại: 2" in out) == (0, True)
    assert as_json(run, "history", "--store", sampled) == wanted


def test_a_restore_without_any_backup_says_so(run: Run, store_folder: Path) -> None:
    status, _out, err = run("restore", "--store", store_folder)
    assert status == 1
    assert "chưa có bản sao lưu nào" in err


def test_verify_ends_with_1_where_a_record_rotted(run: Run, sampled: Path) -> None:
    connection = sqlite.connect(sampled, read_only=False)
    connection.execute("DROP TRIGGER journal_initiative_update")
    connection.execute("UPDATE initiative SET benefit = 1 WHERE code = 'M04'")
    connection.close()
    status, out, _err = run("verify", "--store", sampled, "--json")
    assert status == 1
    assert any("M04" in damage["record"] for damage in json.loads(out)["damage"])


@pytest.mark.parametrize(
    "words",
    [
        ["find"],
        ["print"],
        ["print", "no-such-paper"],
        ["print", "dossier", "--store", "a", "--text"],
        ["print", "dossier", "--store", "a", "--out", "b", "--each", "--blank"],
        ["print", "publicity", "--store", "a", "--out", "b.pdf", "--text"],
        ["frobnicate"],
        ["check"],
        ["export", "elsewhere", "--store", "a", "--out", "b"],
        ["find", "a", "--store", "b", "--limit", "x"],
        ["screenshot", "nowhere"],
        ["screenshot", "overview", "--store", "a", "--out", "b.png", "--size", "huge"],
    ],
)
def test_wrong_usage_ends_with_2(run: Run, words: list[str]) -> None:
    assert run(*words)[0] == 2


def test_a_store_that_is_none_is_refused_by_every_command(run: Run, tmp_path: Path) -> None:
    for words in (["check"], ["history"], ["undo"], ["verify"], ["find", "a"]):
        status, out, err = run(*words, "--store", tmp_path / "không có")
        assert (status, out, err.count("\n")) == (1, "", 1)


def test_a_bug_leaves_a_report_and_no_traceback(
    run: Run, sampled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = sqlite.connect(sampled, read_only=False)
    connection.execute("DROP TABLE listing")
    connection.close()
    status, _out, err = run("check", "--store", sampled)
    assert status == 1
    assert "Traceback" not in err
    report = Path(err.strip().rpartition(" ")[2].rstrip("."))
    assert "desktop/models/register.py" in report.read_text(encoding="utf-8")


@pytest.mark.parametrize("verb", ["check", "history", "verify", "find", "undo", "backup"])
def test_commands_work_on_a_store_of_an_earlier_version(
    run: Run, tmp_path: Path, verb: str
) -> None:
    old = Path(__file__).resolve().parent.parent / "golden" / "stores" / "schema-1.skbackup"
    assert run("restore", old, "--store", tmp_path / "kho")[0] == 0
    wanted: dict[str, list[object]] = {
        "find": ["chè"],
        "backup": ["--out", tmp_path / "a.skbackup"],
    }
    more = wanted.get(verb, [])
    assert sqlite.is_older(tmp_path / "kho")
    status, out, err = run(verb, *more, "--store", tmp_path / "kho")
    assert (status, err) == (0, "")
    assert out
    assert not sqlite.is_older(tmp_path / "kho")
