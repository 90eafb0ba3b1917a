"""The workbook for the portal, profile ``cong_1tr_v1``: one row for each initiative.

The portal takes no file by itself; an officer types from this one, or an administrator imports it,
and the code in the second column finds the initiative again when its state comes back.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from desktop.exchange.coauthors import format_coauthors
from desktop.exchange.rows import LISTS, NO_LISTS, RECOGNISER_KEYS, ProgrammeLists
from desktop.exchange.writing import (
    FIRST_REAL_YEAR,
    FONT,
    LONGEST_TEXT,
    Book,
    Look,
    Page,
    cut_to,
    digest_of,
    header_look,
    lay_out_page,
    new_workbook,
    units_of,
)
from desktop.models.dossiers import Dossier
from desktop.models.entry import AuthorDraft, DecisionDraft
from desktop.progress import SILENT, Progress
from desktop.text import _
from desktop.vietnamese.cleaning import clean
from desktop.vietnamese.dates import PartialDate
from desktop.vietnamese.folding import fold
from desktop.vietnamese.names import title_case

SHEET = "Sáng kiến"
ON_BEHALF = "Nộp hộ"
"""Who enters it (người nộp / nộp hộ): a union on the worker's behalf, as this program is used."""
_TOPMOST = "tong lien doan"
_LEVELS_WITH_PROVINCE = 3


@dataclass(frozen=True, slots=True)
class Cut:
    """A text that was longer than the profile allows: whose, which column, both lengths."""

    code: str
    label: str
    length: int
    limit: int


@dataclass(frozen=True, slots=True)
class PortalReport:
    """What was written: how many initiatives, which texts were cut, the file's SHA-256 in hex."""

    count: int
    cuts: tuple[Cut, ...]
    sha256: str

    def notes(self) -> list[str]:
        """A sentence for each text that was cut."""
        pattern = _("{code}: “{label}” was cut from {length} to {limit} characters.")
        return [
            pattern.format(code=cut.code, label=cut.label, length=cut.length, limit=cut.limit)
            for cut in self.cuts
        ]


Value = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class _Options:
    """What the profile asks for beside the columns."""

    lists: ProgrammeLists
    with_identity: bool


@dataclass(frozen=True, slots=True)
class _Line:
    """One initiative on its way into a row, with what columns need of it."""

    number: int
    dossier: Dossier
    options: _Options

    @property
    def author(self) -> AuthorDraft:
        """The author to be credited, a blank one where nobody is named."""
        return self.dossier.entry.credited or AuthorDraft()

    @property
    def decision(self) -> DecisionDraft:
        """The decision, a blank one where there is none."""
        return self.dossier.entry.decision or DecisionDraft()


@dataclass(frozen=True, slots=True)
class PortalColumn:
    """A column of the profile; ``limit`` is in characters, ``secret`` ones name the know-how.

    A ``secret`` column stays blank for a confidential initiative: of what it is about, only title
    and benefit are told (rule DK-22).
    """

    key: str
    label: str
    value: Callable[[_Line], Value]
    width: int = 16
    limit: int = LONGEST_TEXT
    secret: bool = False
    money: bool = False


def _day(value: PartialDate | None) -> Value:
    """A real date where the day is known, text where only month or year are."""
    if value is None:
        return None
    if value.day is None or value.year < FIRST_REAL_YEAR:
        return str(value)
    return value.first


def _applied(line: _Line) -> Value:
    """The earlier of trial and official use, as the application form asks (TT 18/2013)."""
    entry = line.dossier.entry
    known = [one for one in (entry.trial, entry.use) if one is not None]
    return _day(min(known, key=lambda one: (one.first, one.last))) if known else None


def _category(line: _Line) -> str:
    """The category's code with its name, where the programme's list has it."""
    code = line.dossier.entry.category
    labels = (one for one in line.options.lists.categories if one.split(maxsplit=1)[:1] == [code])
    return next(labels, code)


def _recogniser(line: _Line) -> str:
    """Hội đồng, Thủ trưởng, or the words written instead."""
    names = dict(zip(RECOGNISER_KEYS, LISTS["recogniser"], strict=True))
    return names.get(line.decision.recogniser, line.decision.recogniser)


def _superior(line: _Line) -> str:
    """The union directly above the grassroots union."""
    path = line.dossier.unit_path
    return line.dossier.entry.superior or (path[-2] if len(path) > 1 else "")


def _provincial(line: _Line) -> str:
    """The provincial federation or central sector union: the topmost below the confederation.

    Of two levels the upper one is the district union, which the column before this one names.
    """
    path = line.dossier.unit_path
    if len(path) < _LEVELS_WITH_PROVINCE:
        return ""
    above = [name for name in path[:-1] if not fold(name).startswith(_TOPMOST)]
    return above[0] if above else ""


def _scans(line: _Line) -> str:
    """The files that show the decision, or the name that was given for them."""
    files = line.dossier.attachments
    shown = [one.name for one in files if one.kind == "decision"]
    return "; ".join(shown) or line.decision.scan


def _pictures(line: _Line) -> str:
    """The pictures that illustrate the initiative."""
    files = line.dossier.attachments
    wanted = [one for one in files if one.kind != "decision"]
    return "; ".join(one.name for one in wanted if one.media_type.startswith("image/"))


def _others(line: _Line) -> str:
    """Everyone but the author to be credited, with their shares."""
    credited = line.dossier.entry.credited
    return format_coauthors(one for one in line.dossier.entry.authors if one is not credited)


def _stage(line: _Line) -> Value:
    """The stage in which the portal time lies."""
    return line.dossier.verdict.stage if line.dossier.verdict else None


_C = PortalColumn
PROFILE: Sequence[PortalColumn] = (
    _C("stt", "STT", lambda line: line.number, 6),
    _C("ma_noi_bo", "Mã hồ sơ (đơn vị)", lambda line: line.dossier.code, 14),
    _C(
        "ho_ten",
        "Họ và tên tác giả (người được ghi nhận)",
        lambda line: title_case(line.author.name),
        26,
    ),
    _C("gioi_tinh", "Giới tính", lambda line: line.author.gender, 9),
    _C("ngay_sinh", "Ngày sinh", lambda line: _day(line.author.birth), 12),
    _C(
        "cccd",
        "Số CCCD",
        lambda line: line.author.identity if line.options.with_identity else "",
        15,
    ),
    _C("dien_thoai", "Điện thoại", lambda line: line.author.phone, 13),
    _C("email", "Email (tài khoản nộp)", lambda line: line.author.email, 22),
    _C("ma_doan_vien", "Mã số đoàn viên", lambda line: line.author.member_code, 14),
    _C("noi_cong_tac", "Nơi công tác", lambda line: line.author.workplace, 26),
    _C("cdcs", "Công đoàn cơ sở", lambda line: line.dossier.entry.unit, 26),
    _C("cd_cap_tren", "Công đoàn cấp trên trực tiếp", _superior, 26),
    _C("ldld", "LĐLĐ tỉnh/CĐ ngành TW", _provincial, 26),
    _C("nhom_doi_tuong", "Nhóm đối tượng", lambda line: line.dossier.entry.object_group, 24),
    _C("khu_vuc", "Khu vực/loại hình", lambda line: line.dossier.entry.region, 18),
    _C("ten_sang_kien", "Tên sáng kiến", lambda line: line.dossier.entry.title, 44, 300),
    _C("loai", "Loại giải pháp", _category, 20),
    _C("linh_vuc", "Lĩnh vực áp dụng", lambda line: line.dossier.entry.field, 24),
    _C(
        "mo_ta",
        "Tóm tắt nội dung",
        lambda line: line.dossier.entry.content,
        50,
        2_000,
        secret=True,
    ),
    _C("tinh_moi", "Tính mới", lambda line: line.dossier.entry.novelty, 40, 1_000, secret=True),
    _C("ngay_ap_dung", "Ngày áp dụng/áp dụng thử (sớm hơn)", _applied, 13),
    _C("pham_vi", "Phạm vi áp dụng", lambda line: line.dossier.entry.scope, 24, secret=True),
    _C("co_quan_cong_nhan", "Nơi công nhận", lambda line: line.decision.issuer, 28),
    _C("hinh_thuc_cn", "Hội đồng / Thủ trưởng", _recogniser, 14),
    _C("so_qd", "Số QĐ", lambda line: line.decision.number, 18),
    _C("ngay_qd", "Ngày QĐ", lambda line: _day(line.decision.issued), 12),
    _C("nguoi_ky", "Người ký", lambda line: line.decision.signer, 22),
    _C(
        "loi_ich_dong",
        "Giá trị làm lợi ước tính 01 năm (đồng)",
        lambda line: line.dossier.entry.benefit_year,
        18,
        money=True,
    ),
    _C(
        "cach_tinh",
        "Cách tính",
        lambda line: line.dossier.entry.benefit_method,
        36,
        500,
        secret=True,
    ),
    _C(
        "loi_ich_xh",
        "Lợi ích xã hội, cộng đồng",
        lambda line: line.dossier.entry.social_benefit,
        36,
        1_000,
    ),
    _C("dong_tac_gia", "Đồng tác giả (tên – %)", _others, 30),
    _C(
        "ty_le",
        "Tỷ lệ đóng góp của người được ghi nhận (%)",
        lambda line: line.author.share,
        12,
    ),
    _C("tep_qd", "Tệp QĐ", _scans, 22, secret=True),
    _C("anh", "Ảnh minh họa", _pictures, 22, secret=True),
    _C("giai_doan", "Giai đoạn", _stage, 9),
    _C("nguon_nhap", "Người nộp / nộp hộ", lambda _line: ON_BEHALF, 12),
)
"""The columns in order; what the profile counts as one (decision, files) stands in its parts."""


def write_portal(
    path: Path,
    dossiers: Iterable[Dossier],
    *,
    lists: ProgrammeLists = NO_LISTS,
    with_identity: bool = False,
    progress: Progress = SILENT,
) -> PortalReport:
    """Write the portal workbook of these initiatives to ``path``, in the order given.

    ``lists`` give the names of categories. Identity numbers are written only ``with_identity``:
    where the portal asks for them. Equal content gives equal bytes. Raises UserError where the file
    cannot be written.
    """
    options = _Options(lists, with_identity)
    cuts: list[Cut] = []
    count = 0
    with new_workbook(path, title="Sáng kiến cập nhật lên Cổng") as book:
        looks = _Looks(book)
        sheet = _new_sheet(book, looks)
        for count, dossier in enumerate(dossiers, start=1):
            if count % 64 == 1:
                progress.step(count - 1, 0, _("Writing the portal workbook"))
            cuts.extend(_write(sheet, looks, _Line(count, dossier, options)))
    return PortalReport(count, tuple(cuts), digest_of(path))


class _Looks:
    """The formats of the workbook."""

    def __init__(self, book: Book) -> None:
        top = {**FONT, "valign": "top", "border": 1}
        self.header = header_look(book)
        self.text: Look = book.add_format({**top, "num_format": "@", "text_wrap": True})
        self.long: Look = book.add_format({**top, "text_wrap": True})
        self.number: Look = book.add_format(top)
        self.money: Look = book.add_format({**top, "num_format": "#,##0"})
        self.date: Look = book.add_format({**top, "num_format": "dd/mm/yyyy"})


def _new_sheet(book: Book, looks: _Looks) -> Page:
    """The sheet with its header."""
    sheet = book.add_worksheet(SHEET)
    for at, column in enumerate(PROFILE):
        sheet.set_column(at, at, column.width)
    lay_out_page(sheet, columns=len(PROFILE))
    sheet.ignore_errors({"number_stored_as_text": "A1:AJ1048576"})
    for at, column in enumerate(PROFILE):
        sheet.write_string(0, at, column.label, looks.header)
    return sheet


def _write(sheet: Page, looks: _Looks, line: _Line) -> Iterable[Cut]:
    """Write one initiative; gives the texts that had to be cut."""
    hidden = line.dossier.entry.confidential is True
    for at, column in enumerate(PROFILE):
        value = None if hidden and column.secret else column.value(line)
        if value is None or value == "":
            sheet.write_blank(line.number, at, None, looks.text)
        elif isinstance(value, str):
            text = clean(value, multiline=True)
            if units_of(text) > column.limit:
                yield Cut(line.dossier.code, column.label, units_of(text), column.limit)
            look = looks.long if len(text) > 250 else looks.text
            sheet.write_string(line.number, at, cut_to(text, column.limit), look)
        elif isinstance(value, date):
            sheet.write_datetime(line.number, at, datetime.combine(value, time.min), looks.date)
        else:
            look = looks.money if column.money else looks.number
            sheet.write_number(line.number, at, float(value), look)
