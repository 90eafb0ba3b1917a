"""The import template, version 1: an empty workbook to fill in, or one that holds drafts already.

What is written here is read back equal by ``read_workbook``.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from desktop.errors import UserError
from desktop.exchange.coauthors import fits_one_cell, format_coauthors, names_fit_one_cell
from desktop.exchange.reading import read_workbook
from desktop.exchange.rows import (
    COAUTHOR_COLUMNS,
    COAUTHORS_SHEET,
    COLUMNS,
    GUIDE_SHEET,
    INITIATIVES_SHEET,
    LISTS,
    LISTS_SHEET,
    NO,
    PORTAL_STATE_KEYS,
    PROTECTION_KEYS,
    RECOGNISER_KEYS,
    VERSION,
    VERSION_NAME,
    YES,
    CellKind,
    Column,
    Owner,
    ProgrammeLists,
    Standing,
)
from desktop.exchange.writing import (
    FIRST_REAL_YEAR,
    FONT,
    LONGEST_TEXT,
    PALE_BLUE,
    Book,
    Look,
    Page,
    header_look,
    lay_out_page,
    new_workbook,
    units_of,
)
from desktop.models.entry import AuthorDraft, DecisionDraft, InitiativeDraft
from desktop.programme.facts import Protection
from desktop.progress import SILENT, Progress
from desktop.text import _
from desktop.vietnamese.cleaning import clean
from desktop.vietnamese.dates import PartialDate
from desktop.vietnamese.money import format_share

__all__ = ["read_workbook", "write_template"]

_LAST_ENTRY_ROW = 9_999
_LEAST_BARE_MONEY = 10_000
"""A smaller bare amount would be asked for its unit when read; it is written with its unit."""
_OWN_LISTS = ("categories", "fields", "groups", "regions")
_LIST_TITLES = ("Loại giải pháp", "Lĩnh vực áp dụng", "Nhóm đối tượng", "Khu vực")
_GUIDE = """
Mỗi sáng kiến ghi một dòng ở trang “Sáng kiến”. Không cần ghi đủ mọi cột: dòng nào thiếu vẫn được
nhập, phần mềm sẽ chỉ ra chỗ thiếu khi kiểm tra điều kiện.

Có thể đổi thứ tự cột, thêm dòng tiêu đề phía trên hoặc dòng đánh số cột phía dưới, thêm cột riêng
của đơn vị; không đổi tên các cột.

Ngày ghi dd/mm/yyyy; chỉ biết tháng thì ghi mm/yyyy, chỉ biết năm thì ghi yyyy.

Tiền ghi bằng đồng, chỉ ghi chữ số, ví dụ 37500000. Không quy được thành tiền thì để trống, đừng ghi
số 0.

Số CCCD và điện thoại giữ nguyên số 0 ở đầu.

Người được ghi nhận ở cột “Họ và tên tác giả”; phần mềm không tự đổi. Đồng tác giả ghi ở cột “Đồng
tác giả”, hoặc mỗi người một dòng ở trang “Đồng tác giả” (ghi Mã hồ sơ hoặc đúng tên sáng kiến).

Không gộp ô (merge). Không dùng phông .VnTime, VNI; nên dùng Times New Roman (Unicode).

Trong phần mềm chọn Nhập từ Excel và chọn tệp này. Dòng có ô không đọc được sẽ không nhập và được
liệt kê kèm cách sửa; sửa rồi nhập lại những dòng đó.
"""
"""What the guide says, a paragraph each."""


def write_template(
    path: Path,
    lists: ProgrammeLists,
    drafts: Iterable[InitiativeDraft] = (),
    *,
    progress: Progress = SILENT,
) -> None:
    """Write the template to ``path``, with the programme's lists to choose from.

    ``drafts`` fill it. Raises UserError where the file cannot be written, or a text is longer than
    a cell can be (``text-too-long``, naming the initiative).
    """
    filled = tuple(drafts)
    columns = _columns_for(filled)
    with new_workbook(path, title="Mẫu nhập sáng kiến") as book:
        form = _Form(book, lists)
        sheet = form.page(INITIATIVES_SHEET, columns)
        for at, draft in enumerate(filled):
            if at % 64 == 0:
                progress.step(at, len(filled), _("Writing the workbook"))
            _write_row(form, sheet, at + 1, columns, _Record(draft))
        others = form.page(COAUTHORS_SHEET, COAUTHOR_COLUMNS)
        for at, record in enumerate(_coauthor_records(filled)):
            _write_row(form, others, at + 1, COAUTHOR_COLUMNS, record)
        _write_guide(book, columns)
        _write_lists(book, lists)
        book.define_name(VERSION_NAME, f'="{VERSION}"')


def _columns_for(drafts: Sequence[InitiativeDraft]) -> tuple[Column, ...]:
    """The columns of the template, and those only some drafts need."""
    return tuple(
        column
        for column in COLUMNS
        if column.standing is not Standing.ON_USE
        or any(_value(column, _Record(draft)) for draft in drafts)
    )


@dataclass(frozen=True, slots=True)
class _Record:
    """What one row tells of: an initiative, and an author of it, by default the credited one."""

    draft: InitiativeDraft
    author: AuthorDraft | None = None

    def of(self, owner: Owner) -> InitiativeDraft | AuthorDraft | DecisionDraft:
        """The draft that a column's value belongs to, an empty one where there is none."""
        if owner is Owner.AUTHOR:
            return self.author or self.draft.credited or AuthorDraft()
        if owner is Owner.DECISION:
            return self.draft.decision or DecisionDraft()
        return self.draft

    @property
    def coauthors(self) -> tuple[AuthorDraft, ...]:
        """Everyone but the credited author."""
        credited = self.draft.credited
        return tuple(one for one in self.draft.authors if one is not credited)


def _coauthor_records(drafts: Iterable[InitiativeDraft]) -> Iterable[_Record]:
    """The rows of the sheet of co-authors: of initiatives where one cell cannot say everything."""
    for draft in drafts:
        others = _Record(draft).coauthors
        if not fits_one_cell(others):
            yield from (_Record(draft, one) for one in others)


def _value(column: Column, record: _Record) -> Any:
    """The field's value that the column shows."""
    if column.kind is CellKind.COAUTHORS:
        others = record.coauthors
        return format_coauthors(others) if names_fit_one_cell(others) else ""
    return getattr(record.of(column.owner), column.key)


class _Form:
    """The looks of a workbook in the making, and how its pages begin."""

    def __init__(self, book: Book, lists: ProgrammeLists) -> None:
        self.book = book
        self.lists = lists
        top = {**FONT, "valign": "top"}
        self.header = header_look(book)
        self.line = book.add_format({**top, "num_format": "@", "text_wrap": True})
        self.text = book.add_format({**top, "text_wrap": True})
        self.date = book.add_format({**top, "num_format": "dd/mm/yyyy"})
        self.money = book.add_format({**top, "num_format": "#,##0"})
        self.number = book.add_format(top)

    def look(self, kind: CellKind) -> Look:
        """The format of a kind of column."""
        if kind in {CellKind.DATE, CellKind.BIRTH}:
            return self.date
        if kind is CellKind.MONEY:
            return self.money
        if kind in {CellKind.SHARE, CellKind.MONTHS}:
            return self.number
        if kind in {CellKind.TEXT, CellKind.COAUTHORS}:
            return self.text
        return self.line

    def page(self, name: str, columns: Sequence[Column]) -> Page:
        """A new sheet with the header, the lists and the help of its columns."""
        sheet = self.book.add_worksheet(name)
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width, self.look(column.kind))
            sheet.data_validation(1, at, _LAST_ENTRY_ROW, at, self._validation(column))
        lay_out_page(sheet, columns=len(columns))
        last = f"A2:{_letters(len(columns))}{_LAST_ENTRY_ROW + 1}"
        sheet.ignore_errors({"number_stored_as_text": last})
        for at, column in enumerate(columns):
            sheet.write_string(0, at, column.header, self.header)
        return sheet

    def _validation(self, column: Column) -> dict[str, Any]:
        """The list and the help of a column; other values are possible after a warning."""
        help_text = f"Bắt buộc. {column.help}" if column.required else column.help
        rule: dict[str, Any] = {
            "validate": "any",
            "input_title": column.header.partition("(")[0].strip()[:32],
            "input_message": help_text[:255],
            "error_type": "warning",
            "error_title": "Ngoài danh sách",
            "error_message": "Giá trị này không có trong danh sách. Vẫn ghi?",
        }
        if column.choices in LISTS:
            rule |= {"validate": "list", "source": list(LISTS[column.choices])}
        elif column.choices and self.lists.named(column.choices):
            at = _OWN_LISTS.index(column.choices) + 1
            count = len(self.lists.named(column.choices))
            letter = _letters(at)
            source = f"={LISTS_SHEET}!${letter}$2:${letter}${count + 1}"
            rule |= {"validate": "list", "source": source}
        return rule


def _letters(column: int) -> str:
    """The name of a column counted from 1."""
    return (
        chr(64 + column)
        if column <= 26
        else _letters((column - 1) // 26) + chr(65 + (column - 1) % 26)
    )


def _write_row(
    form: _Form, sheet: Page, row: int, columns: Sequence[Column], record: _Record
) -> None:
    """Write one record; a blank cell stays unwritten."""
    for at, column in enumerate(columns):
        shown = _SHOWN.get(column.kind, _shown_text)(_value(column, record), record)
        look = form.look(column.kind)
        if isinstance(shown, str):
            if shown:
                sheet.write_string(row, at, _fitting(shown, column, record), look)
        elif isinstance(shown, date):
            sheet.write_datetime(row, at, datetime.combine(shown, time.min), look)
        elif shown is not None:
            sheet.write_number(row, at, shown, look)


def _fitting(text: str, column: Column, record: _Record) -> str:
    """The text, if a cell can hold it."""
    if units_of(text) <= LONGEST_TEXT:
        return text
    name = record.draft.code or record.draft.title[:60]
    raise UserError(
        _(
            "In initiative “{name}” the text of “{column}” is longer than the {limit} characters "
            "that an Excel cell holds. Shorten it."
        ).format(name=name, column=column.header, limit=LONGEST_TEXT),
        code="text-too-long",
    )


Shown = str | date | float | None
Show = Callable[[Any, _Record], Shown]


def _shown_text(value: Any, _record: _Record) -> Shown:
    """Text, cleaned."""
    return clean(value, multiline=True)


def _shown_date(value: PartialDate | None, _record: _Record) -> Shown:
    """A real date where the day is known; otherwise text, so that it stays no more precise."""
    if value is None:
        return None
    if value.day is None or value.year < FIRST_REAL_YEAR:
        return str(value)
    return value.first


def _shown_moment(value: object, _record: _Record) -> Shown:
    """Text to the second: a spreadsheet in another language would turn day and month round."""
    return None if value is None else str(value)


def _shown_money(value: int | None, _record: _Record) -> Shown:
    """A number, or text with its unit where a bare number would be doubtful."""
    if value is None or value == 0 or _LEAST_BARE_MONEY <= value <= 10**15:
        return value
    return f"{value} đồng"


def _shown_months(value: int, record: _Record) -> Shown:
    """The months where they say anything: beside an amount, or other than the usual twelve."""
    return None if record.draft.benefit is None and value == 12 else value


def _shown_share(value: Decimal | None, _record: _Record) -> Shown:
    """A number where a spreadsheet keeps it exactly, else text."""
    if value is None:
        return None
    exact = Decimal(repr(float(value))) == value
    return float(value) if exact else format_share(value)


def _shown_truth(value: bool | None, _record: _Record) -> Shown:
    """Có or Không."""
    return None if value is None else (YES if value else NO)


def _shown_key(keys: Sequence[str], names: Sequence[str]) -> Show:
    """A key by its name; other words as they are."""
    known = dict(zip(keys, names, strict=True))

    def show(value: str | None, _record: _Record) -> Shown:
        return None if value is None else known.get(str(value), str(value))

    return show


def _shown_protected(value: Protection | None, _record: _Record) -> Shown:
    """The tick for the state of protection."""
    return None if value is None else (YES if value is Protection.PROTECTED else NO)


_portal_state_name = _shown_key(PORTAL_STATE_KEYS, LISTS["portal_state"])


def _shown_portal_state(value: str, record: _Record) -> Shown:
    """The state, unless it follows from there being a portal time or none."""
    implied = "unsent" if record.draft.sent is None else "sent"
    return None if value == implied else _portal_state_name(value, record)


_SHOWN: Mapping[CellKind, Show] = {
    CellKind.DATE: _shown_date,
    CellKind.BIRTH: _shown_date,
    CellKind.MOMENT: _shown_moment,
    CellKind.MONEY: _shown_money,
    CellKind.MONTHS: _shown_months,
    CellKind.SHARE: _shown_share,
    CellKind.TRUTH: _shown_truth,
    CellKind.RECOGNISER: _shown_key(RECOGNISER_KEYS, LISTS["recogniser"]),
    CellKind.PROTECTED: _shown_protected,
    CellKind.PROTECTION: _shown_key(PROTECTION_KEYS, LISTS["protection"]),
    CellKind.PORTAL_STATE: _shown_portal_state,
}


def _write_guide(book: Book, columns: Sequence[Column]) -> None:
    """How to fill in the workbook, in plain words, and what each column takes."""
    sheet = book.add_worksheet(GUIDE_SHEET)
    title = book.add_format({**FONT, "bold": True, "font_size": 14})
    text = book.add_format({**FONT, "text_wrap": True, "valign": "top", "border": 1})
    plain = book.add_format({**FONT, "text_wrap": True, "valign": "top"})
    needed = book.add_format({**FONT, "valign": "top", "border": 1, "bg_color": PALE_BLUE})
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, 2, 86)
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, "HƯỚNG DẪN GHI MẪU NHẬP SÁNG KIẾN", title)
    paragraphs = [" ".join(text.split()) for text in _GUIDE.strip().split("\n\n")]
    for at, paragraph in enumerate(paragraphs, start=1):
        sheet.set_row(at, 34)
        sheet.merge_range(at, 0, at, 2, f"{at}. {paragraph}", plain)
    start = len(paragraphs) + 2
    for at, name in enumerate(("Cột", "Cần có", "Cách ghi")):
        sheet.write_string(start, at, name, header_look(book))
    for at, column in enumerate(columns, start=start + 1):
        sheet.write_string(at, 0, column.header, text)
        sheet.write_string(at, 1, "Cần có" if column.required else "", needed)
        sheet.write_string(at, 2, column.help, text)


def _write_lists(book: Book, lists: ProgrammeLists) -> None:
    """The programme's lists on a hidden sheet: too long to stand in a cell's rule."""
    sheet = book.add_worksheet(LISTS_SHEET)
    columns = [
        (title, *lists.named(name)) for title, name in zip(_LIST_TITLES, _OWN_LISTS, strict=True)
    ]
    for row in range(max(len(column) for column in columns)):
        for at, column in enumerate(columns):
            if row < len(column):
                sheet.write_string(row, at, column[row])
    sheet.hide()
