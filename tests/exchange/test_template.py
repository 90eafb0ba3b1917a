"""The template: what is written is read back equal, and other programs see the same."""

import subprocess
import sys
import zipfile
from dataclasses import fields, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from desktop.errors import UserError
from desktop.exchange.rows import COAUTHOR_COLUMNS, COLUMNS, NO_LISTS, Standing
from desktop.exchange.template_v1 import read_workbook, write_template
from desktop.models.entry import AuthorDraft, InitiativeDraft
from desktop.models.values import PortalState
from desktop.programme.facts import Protection
from desktop.vietnamese.dates import VIETNAM, Moment, PartialDate
from tests.exchange.drafts import FULL, LISTS
from tests.exchange.office import convert, shown
from tests.exchange.workbooks import TODAY

TEXTS = st.text(st.sampled_from("aăĐđệ =+-@;,%\"'<&\n0123_x"), max_size=30).map(
    lambda text: "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
)
LINES = TEXTS.map(lambda text: " ".join(text.split()))
NAMES = st.lists(st.sampled_from(["Lù", "Vàng", "A", "Sử", "Én", "Hoà", "Hòa"]), max_size=4).map(
    " ".join
)
DATES = st.none() | st.dates(date(1900, 1, 1), date(2200, 12, 31)).flatmap(
    lambda day: st.sampled_from(
        [
            PartialDate(day.year),
            PartialDate(day.year, day.month),
            PartialDate(day.year, day.month, day.day),
        ]
    )
)
SHARES = st.none() | st.decimals("0.01", "100", places=2)
AUTHORS = st.builds(AuthorDraft, name=NAMES, share=SHARES, birth=DATES, job=LINES).filter(
    lambda author: author != AuthorDraft()
)
ONCE = settings(
    max_examples=4,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
DRAFTS = st.builds(
    InitiativeDraft,
    code=st.integers(1, 99).map("SK-{}".format),
    title=LINES,
    content=TEXTS,
    trial=DATES,
    use=DATES,
    benefit=st.none() | st.integers(0, 10**15),
    benefit_months=st.integers(1, 120),
    protection=st.none() | st.sampled_from(Protection),
    public_order_contrary=st.none() | st.booleans(),
    portal_state=st.sampled_from(PortalState).map(str),
    sent=st.none()
    | st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001 - zone below
        lambda at: Moment(at.replace(tzinfo=VIETNAM, microsecond=0))
    ),
    authors=st.lists(AUTHORS, max_size=3).map(tuple),
)


def test_every_field_of_a_draft_has_a_column_and_comes_back(tmp_path: Path) -> None:
    blank = InitiativeDraft()
    names = [one.name for one in fields(FULL)]
    same = [name for name in names if getattr(FULL, name) == getattr(blank, name)]
    assert same == [], "the draft of this test must say something in every field"
    write_template(tmp_path / "t.xlsx", LISTS, [FULL, replace(FULL, code="SK22-0002", sent=None)])
    reading = read_workbook(tmp_path / "t.xlsx", LISTS, today=TODAY)
    assert (reading.problems, reading.unknown_columns, reading.notes) == ((), (), ())
    assert reading.rows[0].draft == FULL
    assert reading.rows[1].draft == replace(FULL, code="SK22-0002", sent=None)


@settings(
    max_examples=5,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(DRAFTS, min_size=20, max_size=25, unique_by=lambda draft: draft.code))
def test_what_is_written_is_read_back_equal(tmp_path: Path, drafts: list[InitiativeDraft]) -> None:
    write_template(tmp_path / "t.xlsx", LISTS, drafts)
    reading = read_workbook(tmp_path / "t.xlsx", LISTS, today=TODAY)
    assert reading.problems == ()
    for row, draft in zip(reading.rows, drafts, strict=True):
        assert row.draft == draft


def test_an_empty_template_has_the_columns_in_order_and_no_row(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx", LISTS)
    assert read_workbook(tmp_path / "t.xlsx", today=TODAY).read == 0
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert book.sheetnames == ["Sáng kiến", "Đồng tác giả", "Hướng dẫn", "DanhMuc"]
    expected = [one.header for one in COLUMNS if one.standing is not Standing.ON_USE]
    assert [cell.value for cell in book["Sáng kiến"][1]] == expected
    assert [cell.value for cell in book["Đồng tác giả"][1]] == [
        one.header for one in COAUTHOR_COLUMNS
    ]
    assert len([one for one in COLUMNS if one.standing is Standing.MAIN]) == 38


def test_the_template_is_laid_out_for_clerks(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx", LISTS, [FULL])
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    sheet = book["Sáng kiến"]
    head = sheet["A1"]
    assert (head.font.bold, head.font.color.rgb, head.fill.fgColor.rgb) == (
        True,
        "FFFFFFFF",
        "FF1F3864",
    )
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C2", "A1:BI1")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in {(1, 0), (None, 0)}
    assert sheet.print_title_rows == "$1:$1"
    assert book.defined_names["SK_MAU_PHIENBAN"].value == '"1"'
    assert book["DanhMuc"].sheet_state == "hidden"
    looks = {cell.value: sheet[f"{cell.coordinate[:-1]}2"].number_format for cell in sheet[1]}
    assert (looks["Số CCCD"], looks["Điện thoại"]) == ("@", "@")
    assert looks["Ngày áp dụng chính thức"] == "dd/mm/yyyy"
    assert looks["Giá trị làm lợi kê khai (đồng)"] == "#,##0"


def test_lists_and_help_stand_beside_every_cell(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx", LISTS)
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["Sáng kiến"]
    rules = {
        str(rule.sqref).partition("2:")[0]: rule for rule in sheet.data_validations.dataValidation
    }
    by_header = {cell.value: rules[cell.coordinate[:-1]] for cell in sheet[1]}
    assert by_header["Loại giải pháp (1.1–1.7)"].formula1 == "DanhMuc!$A$2:$A$4"
    assert by_header["Nhóm đối tượng"].formula1 == "DanhMuc!$C$2:$C$2"
    assert by_header["Đoàn viên (Có/Không)"].formula1 == '"Có,Không"'
    assert all(rule.prompt and rule.promptTitle for rule in by_header.values())


def test_equal_content_gives_equal_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_template(tmp_path / name, LISTS, [FULL])
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert archive.testzip() is None


def test_a_text_longer_than_a_cell_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        write_template(tmp_path / "t.xlsx", LISTS, [FULL, replace(FULL, content="ă" * 32_768)])
    assert caught.value.code == "text-too-long"
    assert "SK22-0001" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_said_and_an_old_file_kept(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        write_template(tmp_path / "none" / "t.xlsx", NO_LISTS)
    assert caught.value.code == "workbook-not-written"
    (tmp_path / "folder").mkdir()
    with pytest.raises(UserError):
        write_template(tmp_path / "folder", NO_LISTS)
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_libreoffice_shows_the_same_values_and_finds_no_formula(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx", LISTS, [FULL])
    (header, row), formulas = shown(tmp_path / "t.xlsx", tmp_path)
    cells = dict(zip(header, row, strict=True))
    assert cells["Tên sáng kiến"] == "=Cải tiến lò héo chè"
    assert cells["Số CCCD"] == "012086000000"
    assert cells["Ngày áp dụng thử"] == "11/2021"
    assert cells["Ngày áp dụng chính thức"] == "15/11/2021"
    assert cells["Giá trị làm lợi kê khai (đồng)"] == "37,500,000"
    assert cells["Thời điểm cập nhật Cổng"] == "12/01/2022 09:14:00"
    assert cells["Nội dung giải pháp"] == "- Ép bã chè\n- Đốt trộn 40/60"
    assert formulas == []


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_template_saved_by_libreoffice_is_read_equal(tmp_path: Path, kind: str) -> None:
    write_template(tmp_path / "t.xlsx", LISTS, [FULL])
    (tmp_path / "out").mkdir()
    reading = read_workbook(
        convert(tmp_path / "t.xlsx", kind, tmp_path / "out"), LISTS, today=TODAY
    )
    assert reading.problems == ()
    assert [row.draft for row in reading.rows] == [FULL]


def test_the_vocabulary_of_rows_opens_no_workbook_library() -> None:
    code = "import desktop.exchange.rows, desktop.exchange.worker, desktop.exchange.preflight, sys;"
    code += "print([n for n in ('openpyxl', 'xlsxwriter', 'python_calamine') if n in sys.modules])"
    assert _printed(code) == "[]"
    code = code.replace("desktop.exchange.rows", "desktop.exchange.template_v1")
    assert _printed(code) == "['xlsxwriter']"


def _printed(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    return done.stdout.strip()


def test_shares_stay_exact(tmp_path: Path) -> None:
    shares = [
        Decimal(text) for text in ("33.3", "33.333333333", "0.1", "99.9", "100", "0", "110", "-5")
    ]
    drafts = [
        InitiativeDraft(
            title=str(share), authors=(AuthorDraft(name="A", share=share, credited=True),)
        )
        for share in shares
    ]
    write_template(tmp_path / "t.xlsx", LISTS, drafts)
    rows = read_workbook(tmp_path / "t.xlsx", today=TODAY).rows
    assert [row.draft.authors[0].share for row in rows] == shares
