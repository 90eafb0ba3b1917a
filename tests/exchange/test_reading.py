"""Workbooks as offices fill them in: every row that can be read, every other explained."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.errors import UserError
from desktop.exchange.reading import read_workbook
from desktop.exchange.rows import COLUMNS, ProgrammeLists, Reading
from desktop.models.entry import AuthorDraft, DecisionDraft, InitiativeDraft
from desktop.programme.facts import Protection
from desktop.vietnamese.dates import PartialDate
from desktop.vietnamese.legacy import encode
from tests.exchange.workbooks import TODAY, by_openpyxl

TITLE = "Tên sáng kiến"


def read(tmp_path: Path, *rows: Sequence[object], **more: Any) -> Reading:
    return read_workbook(by_openpyxl(tmp_path / "x.xlsx", rows), today=TODAY, **more)


def draft(tmp_path: Path, **cells: object) -> InitiativeDraft:
    """The draft of one row whose cells stand under the headers of these fields."""
    headers = {(column.key, column.header) for column in COLUMNS}
    names = [next(header for key, header in sorted(headers) if key == name) for name in cells]
    reading = read(tmp_path, [TITLE, *names], ["Máy tuốt lạc", *cells.values()])
    assert reading.problems == ()
    return reading.rows[0].draft


def test_only_a_sheet_without_the_column_of_titles_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read(tmp_path, ["Mã hồ sơ", "Họ và tên tác giả"], ["M1", "Lù Văn Páo"])
    assert caught.value.code == "workbook-no-title"
    assert read(tmp_path, [TITLE], ["Máy tuốt lạc"]).rows[0].draft.title == "Máy tuốt lạc"


@pytest.mark.parametrize(
    "header",
    ["TÊN SÁNG KIẾN", "ten sang kien", "Tên  sáng\nkiến (ghi đầy đủ)", "Tên sáng kiến *"],
)
def test_headers_are_found_case_and_marks_aside(tmp_path: Path, header: str) -> None:
    assert read(tmp_path, [header], ["Máy tuốt lạc"]).rows[0].draft.title == "Máy tuốt lạc"


def test_order_title_rows_numbers_and_unknown_columns_do_not_matter(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        ["LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU"],
        [None, "DANH SÁCH SÁNG KIẾN NĂM 2022"],
        [],
        ["STT", "Người ký", "Điện thoại", "Tên sáng kiến", "Ghi chú", "Mã hồ sơ"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        [1, "Đỗ Văn Ký", "0965616262", "Máy tuốt lạc", "gấp", "M1"],
        [],
        [2, None, None, "Máy gieo ngô", None, None],
    )
    assert [(row.row_number, row.draft.title) for row in reading.rows] == [
        (6, "Máy tuốt lạc"),
        (8, "Máy gieo ngô"),
    ]
    assert reading.unknown_columns == ("STT", "Ghi chú")
    assert reading.rows[0].draft.decision == DecisionDraft(signer="Đỗ Văn Ký")
    assert reading.read == 2


def test_a_header_over_two_rows_is_read(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        [TITLE, "Quyết định", None],
        [None, "Số quyết định", "Ngày quyết định"],
        ["Máy tuốt lạc", "118/QĐ-HĐSK", "20/12/2021"],
    )
    expected = DecisionDraft(number="118/QĐ-HĐSK", issued=PartialDate(2021, 12, 20))
    assert [row.draft.decision for row in reading.rows] == [expected]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("20/12/2021", PartialDate(2021, 12, 20)),
        ("9/2023", PartialDate(2023, 9)),
        ("2023", PartialDate(2023)),
        (2023, PartialDate(2023)),
        (date(2021, 9, 1), PartialDate(2021, 9, 1)),
        (datetime(2021, 9, 1), PartialDate(2021, 9, 1)),  # noqa: DTZ001 - as a workbook has it
        (44440, PartialDate(2021, 9, 1)),
        ("-", None),
    ],
)
def test_dates_keep_their_precision(
    tmp_path: Path, cell: object, expected: PartialDate | None
) -> None:
    assert draft(tmp_path, use=cell).use == expected


@pytest.mark.parametrize(
    ("look", "expected"),
    [
        ("mmm-yy", PartialDate(2021, 9)),
        ("mm/yyyy", PartialDate(2021, 9)),
        ('"tháng" m "năm" yyyy', PartialDate(2021, 9)),
        ("yyyy", PartialDate(2021)),
        ("dd/mm/yyyy", PartialDate(2021, 9, 1)),
        ("[$-42A]dd mmmm yyyy", PartialDate(2021, 9, 1)),
    ],
)
def test_a_real_date_is_as_precise_as_it_shows(
    tmp_path: Path, look: str, expected: PartialDate
) -> None:
    path = by_openpyxl(tmp_path / "x.xlsx", [[TITLE, "Ngày áp dụng thử"], ["A", date(2021, 9, 1)]])
    book = openpyxl.load_workbook(path)
    book["Sáng kiến"]["B2"].number_format = look
    book.save(path)
    assert read_workbook(path, today=TODAY).rows[0].draft.trial == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("12/01/2022", "2022-01-12"),
        ("12/01/2022 09:14", "2022-01-12T09:14:00+07:00"),
        ("31/05/2022 23:59:40", "2022-05-31T23:59:40+07:00"),
        (datetime(2022, 1, 8, 7), "2022-01-08T07:00:00+07:00"),  # noqa: DTZ001 - no zones there
        (datetime(2022, 6, 1), "2022-06-01T00:00:00+07:00"),  # noqa: DTZ001 - the same
        (date(2022, 6, 1), "2022-06-01"),
        (44569.5, "2022-01-08T12:00:00+07:00"),
    ],
)
def test_a_portal_time_may_have_a_time_or_not(tmp_path: Path, cell: object, expected: str) -> None:
    found = draft(tmp_path, sent=cell)
    assert found.sent is not None
    assert found.sent.isoformat() == expected
    assert found.portal_state == "sent"


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("Giá trị làm lợi kê khai (đồng)", 37500000, 37_500_000),
        ("Giá trị làm lợi kê khai (đồng)", "37.500.000", 37_500_000),
        ("Giá trị làm lợi kê khai", "37,5 triệu", 37_500_000),
        ("Giá trị làm lợi kê khai (triệu đồng)", 37.5, 37_500_000),
        ("Giá trị làm lợi kê khai (triệu đồng)", 1.234, 1_234_000),
        ("Giá trị làm lợi kê khai (nghìn đồng)", "37.500", 37_500_000),
        ("Giá trị làm lợi kê khai (đồng)", 0, 0),
        ("Giá trị làm lợi kê khai (đồng)", None, None),
    ],
)
def test_money_is_read_in_the_unit_of_its_header(
    tmp_path: Path, header: str, cell: object, expected: int | None
) -> None:
    reading = read(tmp_path, [TITLE, header], ["Máy tuốt lạc", cell])
    assert reading.rows[0].draft.benefit == expected


def test_the_benefit_is_for_the_months_beside_it(tmp_path: Path) -> None:
    assert draft(tmp_path, benefit=96_000_000, benefit_months=8).benefit_year == 144_000_000
    assert draft(tmp_path, benefit=96_000_000, benefit_months="8 tháng").benefit_months == 8
    assert draft(tmp_path, benefit=96_000_000).benefit_months == 12


def test_numbers_that_a_spreadsheet_made_of_texts_are_texts_again(tmp_path: Path) -> None:
    found = draft(
        tmp_path, category=1.1, code=15, number=118, identity=12086000123, phone=965616262
    )
    author = AuthorDraft(identity="012086000123", phone="0965616262", credited=True)
    assert (found.category, found.code) == ("1.1", "15")
    assert found.decision == DecisionDraft(number="118")
    assert found.authors == (author,)


def test_a_lost_zero_is_put_back_with_a_note_only_where_it_is_certain(tmp_path: Path) -> None:
    header = [TITLE, "Số CCCD"]
    good = read(tmp_path, header, ["A", 12086000123])
    assert good.rows[0].draft.authors[0].identity == "012086000123"
    assert len(good.rows[0].notes) == 1
    for doubtful in (99986000123, "12345678", "1.2E+11", 123):
        problems = read(tmp_path, header, ["A", doubtful]).problems
        assert [problem.code.split(".")[0] for problem in problems] == ["identity"], doubtful


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        *(("70", "70"), (33.3, "33.3"), ("33,3%", "33.3"), (99.9, "99.9"), (0.5, "0.5")),
        *((0, "0"), (110, "110"), (-5, "-5"), ("0", "0"), ("110 %", "110"), ("-5", "-5")),
    ],
)
def test_shares_are_exact(tmp_path: Path, cell: object, expected: str) -> None:
    assert draft(tmp_path, share=cell).authors[0].share == Decimal(expected)


def test_a_share_shown_as_per_cent_is_what_it_shows(tmp_path: Path) -> None:
    path = by_openpyxl(tmp_path / "x.xlsx", [[TITLE, "Tỷ lệ đóng góp (%)"], ["A", 0.7]])
    book = openpyxl.load_workbook(path)
    book["Sáng kiến"]["B2"].number_format = "0%"
    book.save(path)
    row = read_workbook(path, today=TODAY).rows[0]
    assert row.draft.authors[0].share == Decimal(70)
    assert len(row.notes) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Lò Thị Én – 30%; Vàng A Sử – 20%",
        "Lò Thị Én - 30, Vàng A Sử - 20",
        "Lò Thị Én (30%)\nVàng A Sử: 20",
    ],
)
def test_co_authors_in_one_cell_are_read(tmp_path: Path, text: str) -> None:
    found = draft(tmp_path, name="Lù Văn Páo", share=50, authors=text)
    assert found.authors == (
        AuthorDraft(name="Lù Văn Páo", share=Decimal(50), credited=True),
        AuthorDraft(name="Lò Thị Én", share=Decimal(30)),
        AuthorDraft(name="Vàng A Sử", share=Decimal(20)),
    )


def test_shares_that_cannot_be_are_read_for_the_rules_to_judge(tmp_path: Path) -> None:
    found = draft(tmp_path, name="Lù Văn Páo", share=110, authors="Lê B – 0; Lê C - -10; Lê D; –")
    assert [(one.name, one.share) for one in found.authors] == [
        ("Lù Văn Páo", Decimal(110)),
        ("Lê B", Decimal(0)),
        ("Lê C", Decimal(-10)),
        ("Lê D", None),
    ]


def test_a_number_of_months_that_cannot_be_is_read_for_the_rules_to_judge(tmp_path: Path) -> None:
    found = draft(tmp_path, benefit=96_000_000, benefit_months=0)
    assert (found.benefit_months, found.benefit_year) == (0, None)
    assert draft(tmp_path, benefit=96_000_000, benefit_months=1200).benefit_months == 1200


def test_a_row_without_a_title_is_read_and_noted(tmp_path: Path) -> None:
    rows = read(tmp_path, [TITLE, "Người ký"], [None, "Đỗ Văn Ký"], ["A", "Đỗ Văn Ký"]).rows
    assert [(row.draft.title, len(row.notes)) for row in rows] == [("", 1), ("A", 0)]
    assert TITLE in rows[0].notes[0]


def two_sheets(tmp_path: Path, *second: list[str]) -> Reading:
    path = by_openpyxl(tmp_path / "x.xlsx", [[TITLE, "Người ký"], ["A", "B"]])
    book = openpyxl.load_workbook(path)
    sheet = book.create_sheet("Đợt hai")
    for row in ([TITLE, "Người ký", "Mã hồ sơ"], *second):
        sheet.append(row)
    book.save(path)
    return read_workbook(path, today=TODAY)


def test_a_second_sheet_of_initiatives_that_is_not_read_is_named(tmp_path: Path) -> None:
    reading = two_sheets(tmp_path, ["C", "D"], ["E", "F"])
    assert [row.draft.title for row in reading.rows] == ["A"]
    (note,) = reading.notes
    assert "“Đợt hai”" in note
    assert "2" in note
    assert two_sheets(tmp_path).notes == (), "a header alone leaves nothing out"


def test_words_are_understood_and_other_words_kept(tmp_path: Path) -> None:
    found = draft(
        tmp_path, member="x", public_order_contrary="KHÔNG", recogniser="hội đồng", gender="nữ"
    )
    assert found.public_order_contrary is False
    assert found.decision == DecisionDraft(recogniser="council")
    assert found.authors == (AuthorDraft(member=True, gender="Nữ", credited=True),)
    other = draft(tmp_path, recogniser="Trưởng phòng", field="Tin học", object_group="Nông dân")
    assert other.decision == DecisionDraft(recogniser="Trưởng phòng")
    assert (other.field, other.object_group) == ("Tin học", "Nông dân")


@pytest.mark.parametrize(
    ("tick", "state", "expected", "notes"),
    [
        ("Có", None, Protection.PROTECTED, 0),
        ("Không", None, Protection.NONE, 0),
        ("Không", "Đang nộp đơn", Protection.PENDING, 0),
        (None, "Hết hiệu lực", Protection.EXPIRED, 0),
        ("Có", "Không", Protection.PROTECTED, 1),
        ("Không", "Đang bảo hộ", Protection.PROTECTED, 1),
        (None, None, None, 0),
    ],
)
def test_protection_is_one_state_out_of_two_columns(
    tmp_path: Path, tick: str | None, state: str | None, expected: Protection | None, notes: int
) -> None:
    header = [TITLE, "Đang được bảo hộ SHTT (Có/Không)", "Tình trạng SHTT"]
    row = read(tmp_path, header, ["A", tick, state]).rows[0]
    assert row.draft.protection is expected
    assert len(row.notes) == notes


def test_values_outside_the_lists_are_kept_and_listed_once(tmp_path: Path) -> None:
    lists = ProgrammeLists(("1.1 Giải pháp kỹ thuật",), ("Khác",), ("Công nhân",))
    header = [TITLE, "Loại giải pháp", "Lĩnh vực áp dụng", "Nhóm đối tượng"]
    rows = [["A", "Giải pháp kỹ thuật", "KHÁC", "Công nhân"], *[["B", "9.9", "Tin học", "Thợ"]] * 2]
    reading = read(tmp_path, header, *rows, lists=lists)
    first, second, _third = (row.draft for row in reading.rows)
    assert (first.category, first.field) == ("1.1", "Khác")
    assert (second.category, second.field, second.object_group) == ("9.9", "Tin học", "Thợ")
    assert len(reading.notes) == 3


@pytest.mark.parametrize(
    ("header", "cell", "code"),
    [
        ("Ngày áp dụng thử", "hôm qua", "date.unreadable"),
        ("Ngày áp dụng thử", "31/02/2022", "date.day"),
        ("Ngày quyết định", "12/31/2022", "date.month_day_swapped"),
        ("Thời điểm cập nhật Cổng", "01/06/2022 25:00", "moment.time"),
        ("Thời điểm cập nhật Cổng", "6/2022", "date.day_missing"),
        ("Giá trị làm lợi kê khai", "rất nhiều", "money.unreadable"),
        ("Giá trị làm lợi kê khai (đồng)", 37.5, "money.fraction"),
        ("Giá trị làm lợi kê khai (đồng)", 37, "money.ambiguous_unit"),
        ("Số tháng tính lợi ích", "cả năm", "months.unreadable"),
        ("Tỷ lệ đóng góp (%)", "một nửa", "share.unreadable"),
        ("Đồng tác giả", "Lò Thị Én 30 20", "coauthors.unreadable"),
        ("Đồng tác giả", "– 20; Lê B – 30", "coauthors.nameless"),
        ("Đồng tác giả", "Lê B – 30; 20%", "coauthors.nameless"),
        ("Giá trị làm lợi kê khai (đồng)", "=1000000*12", "cell.formula"),
        ("Người ký", "=A1", "cell.formula"),
        ("Điện thoại", "12", "phone.length"),
        ("Đoàn viên (Có/Không)", "có lẽ", "choice.unreadable"),
        ("Trạng thái Cổng", "mất", "choice.unreadable"),
        ("Số quyết định", date(2022, 9, 15), "cell.kind"),
        ("Người ký", "=1/0", "cell.error"),
    ],
)
def test_a_row_with_an_unreadable_cell_is_left_out_and_explained(
    tmp_path: Path, header: str, cell: object, code: str
) -> None:
    path = by_openpyxl(tmp_path / "x.xlsx", [[TITLE, header], ["A", cell], ["B", None]])
    if cell == "=1/0":
        book = openpyxl.load_workbook(path)
        book["Sáng kiến"]["B2"].value = "#DIV/0!"
        book["Sáng kiến"]["B2"].data_type = "e"
        book.save(path)
    reading = read_workbook(path, today=TODAY)
    assert [row.draft.title for row in reading.rows] == ["B"]
    (problem,) = reading.problems
    assert (problem.row, problem.code) == (2, code)
    assert problem.column.partition(" (")[0] == header.partition(" (")[0]
    assert header.partition(" (")[0] in problem.message
    assert reading.read == 2


def test_incomplete_and_rule_breaking_rows_are_read(tmp_path: Path) -> None:
    header = [TITLE, "Loại giải pháp", "Họ và tên tác giả", "Tỷ lệ đóng góp", "Đồng tác giả"]
    reading = read(tmp_path, header, [None, None, "Lù Văn Páo", 33.3, "A – 33,3; B – 33,3"], ["B"])
    assert reading.problems == ()
    assert [row.draft.title for row in reading.rows] == ["", "B"]
    assert reading.rows[1].draft.authors == ()


def test_rows_merged_over_an_initiative_are_not_taken_for_initiatives(tmp_path: Path) -> None:
    rows = [["DANH SÁCH"], [TITLE, "Họ và tên tác giả"], ["A", "Lù Văn Páo"], [None, "Lò Thị Én"]]
    path = by_openpyxl(tmp_path / "x.xlsx", rows)
    book = openpyxl.load_workbook(path)
    book["Sáng kiến"].merge_cells("A3:A4")
    book["Sáng kiến"].merge_cells("A1:B1")
    book.save(path)
    reading = read_workbook(path, today=TODAY)
    assert [row.draft.title for row in reading.rows] == ["A"]
    assert [(problem.row, problem.code) for problem in reading.problems] == [(4, "row.merged")]


@pytest.mark.parametrize("letters", ["tcvn3", "vni"])
def test_columns_in_old_letters_are_read_in_unicode_and_noted(tmp_path: Path, letters: str) -> None:
    titles = ["Cải tiến lò sấy chè bằng bã chè ép", "Thẻ song ngữ luyện phát âm", "Bẫy sâu hại ngô"]
    reading = read(tmp_path, [encode(TITLE, letters)], *[[encode(one, letters)] for one in titles])
    assert [row.draft.title for row in reading.rows] == titles
    assert len(reading.notes) == 1


def test_unicode_is_never_taken_for_old_letters(tmp_path: Path) -> None:
    titles = ["Bàn là", "Hà Nhì", "Công nhân", "Máy cày", "Có môn toán"]
    reading = read(tmp_path, [TITLE], *[[title] for title in titles])
    assert [row.draft.title for row in reading.rows] == titles
    assert reading.notes == ()
