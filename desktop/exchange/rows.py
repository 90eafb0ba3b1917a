"""The shared vocabulary of rows: the columns of the template, and what reading a workbook gives.

The header texts are the file format, fixed in Vietnamese; they are no words of the screen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from desktop.models.entry import InitiativeDraft

INITIATIVES_SHEET = "Sáng kiến"
COAUTHORS_SHEET = "Đồng tác giả"
GUIDE_SHEET = "Hướng dẫn"
LISTS_SHEET = "DanhMuc"
VERSION_NAME = "SK_MAU_PHIENBAN"
VERSION = "1"


class Owner(StrEnum):
    """Which draft a column's value belongs to."""

    INITIATIVE = "initiative"
    AUTHOR = "author"
    DECISION = "decision"


class CellKind(StrEnum):
    """What a cell of a column holds, and so how it is read and written."""

    LINE = "line"
    TEXT = "text"
    DATE = "date"
    BIRTH = "birth"
    MOMENT = "moment"
    MONEY = "money"
    MONTHS = "months"
    SHARE = "share"
    TRUTH = "truth"
    IDENTITY = "identity"
    PHONE = "phone"
    GENDER = "gender"
    CATEGORY = "category"
    RECOGNISER = "recogniser"
    PROTECTED = "protected"
    PROTECTION = "protection"
    PORTAL_STATE = "portal_state"
    COAUTHORS = "coauthors"


class Standing(StrEnum):
    """Whether the template has a column always, always but optional, or only where it is used."""

    MAIN = "main"
    OPTIONAL = "optional"
    ON_USE = "on_use"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header, the field of the draft that it fills, and how it looks.

    ``key`` is the field's name in the draft of ``owner``; ``width`` is in characters; ``help``
    stands beside the cell while it is filled in; ``choices`` is the name of a list, see ``LISTS``.
    """

    header: str
    key: str
    kind: CellKind = CellKind.LINE
    owner: Owner = Owner.INITIATIVE
    standing: Standing = Standing.MAIN
    required: bool = False
    width: int = 16
    help: str = ""
    choices: str = ""


YES = "Có"
NO = "Không"
LISTS: Mapping[str, tuple[str, ...]] = {
    "truth": (YES, NO),
    "gender": ("Nam", "Nữ"),
    "recogniser": ("Hội đồng", "Thủ trưởng"),
    "protection": ("Không", "Đang nộp đơn", "Đang bảo hộ", "Hết hiệu lực"),
    "portal_state": (
        "Chưa gửi",
        "Đã xuất",
        "Đã cập nhật",
        "Đang xem xét",
        "Hợp lệ",
        "Không hợp lệ",
    ),
}
"""Lists that are the same in every programme; the other four are the programme's own."""

RECOGNISER_KEYS = ("council", "head")
PROTECTION_KEYS = ("none", "pending", "protected", "expired")
PORTAL_STATE_KEYS = ("unsent", "exported", "sent", "under_review", "accepted", "refused")

_DATE_HELP = "Ghi dd/mm/yyyy, hoặc mm/yyyy, hoặc yyyy nếu chỉ biết tháng hay năm. Ví dụ 15/09/2021."
_K, _O, _S = CellKind, Owner, Standing

TITLE = Column(
    "Tên sáng kiến",
    "title",
    required=True,
    width=44,
    help="Tên đầy đủ của sáng kiến, không viết tắt. Dòng nào cũng phải có.",
)
CODE = Column(
    "Mã hồ sơ", "code", width=12, help="Để trống: phần mềm tự cấp. Ghi mã nếu đơn vị đã có."
)
CREDITED_SHARE = Column(
    "Tỷ lệ đóng góp (%)",
    "share",
    _K.SHARE,
    _O.AUTHOR,
    width=12,
    help="Tỷ lệ của người được ghi nhận, ví dụ 70 hoặc 33,3. Một tác giả: ghi 100 hoặc để trống.",
)
COAUTHORS = Column(
    "Đồng tác giả (tên – %; …)",
    "authors",
    _K.COAUTHORS,
    width=36,
    help="Mỗi người ghi tên – tỷ lệ, cách nhau dấu chấm phẩy: Lò Thị Én – 30; Vàng A Sử – 20. "
    "Cần ghi đủ ngày sinh, nơi công tác thì dùng trang “Đồng tác giả”.",
)
PROTECTED = Column(
    "Đang được bảo hộ SHTT (Có/Không)",
    "protection",
    _K.PROTECTED,
    width=14,
    choices="truth",
    help="Có: giải pháp đang được bảo hộ quyền sở hữu trí tuệ. Không: đã kiểm tra là không.",
)
PROTECTION = Column(
    "Tình trạng SHTT (Không/Đang nộp đơn/Đang bảo hộ/Hết hiệu lực)",
    "protection",
    _K.PROTECTION,
    standing=_S.OPTIONAL,
    width=18,
    choices="protection",
    help="Ghi rõ hơn cột “Đang được bảo hộ SHTT”.",
)
SENT = Column(
    "Thời điểm cập nhật Cổng",
    "sent",
    _K.MOMENT,
    width=20,
    help="Ghi dd/mm/yyyy hoặc dd/mm/yyyy hh:mm:ss, ví dụ 12/01/2022 09:14. Chưa gửi thì để trống.",
)
PORTAL_STATE = Column(
    "Trạng thái Cổng",
    "portal_state",
    _K.PORTAL_STATE,
    standing=_S.OPTIONAL,
    width=16,
    choices="portal_state",
    help="Trạng thái trên Cổng. Để trống: chưa gửi, hoặc đã cập nhật nếu có thời điểm cập nhật.",
)
MONTHS = Column(
    "Số tháng tính lợi ích",
    "benefit_months",
    _K.MONTHS,
    width=12,
    help="Giá trị làm lợi kê khai là của bao nhiêu tháng. Để trống: 12 tháng.",
)

COLUMNS: tuple[Column, ...] = (
    CODE,
    TITLE,
    Column(
        "Loại giải pháp (1.1–1.7)",
        "category",
        _K.CATEGORY,
        required=True,
        width=14,
        choices="categories",
        help="Chọn một loại trong danh sách, ví dụ 1.1.",
    ),
    Column(
        "Lĩnh vực áp dụng",
        "field",
        width=24,
        choices="fields",
        help="Chọn trong danh sách; lĩnh vực khác thì ghi rõ.",
    ),
    Column(
        "Họ và tên tác giả",
        "name",
        owner=_O.AUTHOR,
        required=True,
        width=24,
        help="Người được ghi nhận: chủ nhiệm hoặc người đóng góp nhiều nhất.",
    ),
    Column("Ngày sinh", "birth", _K.BIRTH, _O.AUTHOR, width=12, help=_DATE_HELP),
    Column("Giới tính", "gender", _K.GENDER, _O.AUTHOR, width=9, choices="gender", help="Nam/Nữ."),
    Column(
        "Số CCCD",
        "identity",
        _K.IDENTITY,
        _O.AUTHOR,
        width=15,
        help="12 chữ số, giữ nguyên số 0 ở đầu. Có thể để trống.",
    ),
    Column(
        "Điện thoại",
        "phone",
        _K.PHONE,
        _O.AUTHOR,
        width=13,
        help="10 chữ số, giữ nguyên số 0 ở đầu. Có thể để trống.",
    ),
    Column("Chức danh", "job", owner=_O.AUTHOR, width=18, help="Ví dụ: Tổ trưởng tổ nhiệt."),
    Column("Trình độ chuyên môn", "education", owner=_O.AUTHOR, width=16, help="Ví dụ: Trung cấp."),
    Column(
        "Nhóm đối tượng",
        "object_group",
        width=24,
        choices="groups",
        help="Chọn trong danh sách; nhóm khác thì ghi rõ.",
    ),
    Column(
        "Đoàn viên (Có/Không)",
        "member",
        _K.TRUTH,
        _O.AUTHOR,
        width=11,
        choices="truth",
        help="Tác giả là đoàn viên công đoàn: Có hoặc Không.",
    ),
    CREDITED_SHARE,
    COAUTHORS,
    Column(
        "Công đoàn cơ sở",
        "unit",
        required=True,
        width=28,
        help="Tên đầy đủ của công đoàn cơ sở. Tên chưa có sẽ được tạo mới và báo lại.",
    ),
    Column(
        "Công đoàn cấp trên",
        "superior",
        width=28,
        help="Công đoàn cấp trên trực tiếp của công đoàn cơ sở.",
    ),
    Column("Tình trạng trước đó", "before", _K.TEXT, width=36, help="Trước đây làm thế nào?"),
    Column("Nội dung giải pháp", "content", _K.TEXT, width=44, help="Làm gì, theo các bước nào?"),
    Column(
        "Tính mới",
        "novelty",
        _K.TEXT,
        required=True,
        width=36,
        help="Điểm mới trong phạm vi đơn vị so với cách làm trước đó.",
    ),
    Column("Khả năng áp dụng", "applicability", _K.TEXT, width=30, help="Áp dụng được ở đâu?"),
    Column(
        "Ngày áp dụng thử",
        "trial",
        _K.DATE,
        width=12,
        help=f"Cần ít nhất một trong hai ngày áp dụng. {_DATE_HELP}",
    ),
    Column("Ngày áp dụng chính thức", "use", _K.DATE, width=12, help=_DATE_HELP),
    Column(
        "Giá trị làm lợi kê khai (đồng)",
        "benefit",
        _K.MONEY,
        width=18,
        help="Số tiền bằng đồng của số tháng ghi ở cột bên. Không quy được thành tiền: để trống.",
    ),
    MONTHS,
    Column("Cách tính", "benefit_method", _K.TEXT, width=36, help="Cách tính ra số tiền làm lợi."),
    Column(
        "Lợi ích xã hội",
        "social_benefit",
        _K.TEXT,
        width=36,
        help="Lợi ích cho người lao động, cộng đồng, môi trường.",
    ),
    PROTECTED,
    Column(
        "Trái trật tự, đạo đức (Có/Không)",
        "public_order_contrary",
        _K.TRUTH,
        width=14,
        choices="truth",
        help="Không: đơn vị đã xem và xác nhận không trái trật tự công cộng, đạo đức xã hội.",
    ),
    Column("Cấp đề tài", "topic_level", width=14, help="Chỉ ghi với loại 1.7: tỉnh, bộ, ngành."),
    Column("Ngày nghiệm thu", "topic_accepted", _K.DATE, width=12, help=_DATE_HELP),
    Column(
        "Có xác nhận hiệu quả (Có/Không)",
        "effect_confirmed",
        _K.TRUTH,
        width=14,
        choices="truth",
        help="Nơi áp dụng đã xác nhận hiệu quả của đề tài.",
    ),
    Column(
        "Số quyết định",
        "number",
        owner=_O.DECISION,
        width=18,
        help="Ví dụ 118/QĐ-HĐSK. Một quyết định công nhận nhiều sáng kiến thì ghi giống nhau.",
    ),
    Column("Ngày quyết định", "issued", _K.DATE, _O.DECISION, width=12, help=_DATE_HELP),
    Column(
        "Cơ quan công nhận",
        "issuer",
        owner=_O.DECISION,
        width=28,
        help="Cơ quan, đơn vị ra quyết định.",
    ),
    Column(
        "Hình thức công nhận (Hội đồng/Thủ trưởng)",
        "recogniser",
        _K.RECOGNISER,
        _O.DECISION,
        width=16,
        choices="recogniser",
        help="Hội đồng sáng kiến hoặc thủ trưởng đơn vị công nhận.",
    ),
    Column(
        "Người ký", "signer", owner=_O.DECISION, width=24, help="Họ và tên người ký quyết định."
    ),
    SENT,
    Column(
        "Chức vụ người ký",
        "signer_post",
        owner=_O.DECISION,
        standing=_S.OPTIONAL,
        width=20,
        help="Ví dụ: Giám đốc; Chủ tịch Hội đồng.",
    ),
    PROTECTION,
    Column(
        "Bảo hộ từ",
        "protected_from",
        _K.DATE,
        standing=_S.OPTIONAL,
        width=12,
        help=_DATE_HELP,
    ),
    Column(
        "Bảo hộ đến",
        "protected_to",
        _K.DATE,
        standing=_S.OPTIONAL,
        width=12,
        help=_DATE_HELP,
    ),
    Column(
        "Chủ nhiệm đề tài (Có/Không)",
        "topic_leader",
        _K.TRUTH,
        _O.AUTHOR,
        _S.OPTIONAL,
        width=12,
        choices="truth",
        help="Tác giả được ghi nhận là chủ nhiệm đề tài.",
    ),
    Column(
        "Nơi xác nhận hiệu quả",
        "effect_confirmed_by",
        standing=_S.OPTIONAL,
        width=24,
        help="Cơ quan, đơn vị đã xác nhận.",
    ),
    Column(
        "Ngày xác nhận",
        "effect_confirmed_on",
        _K.DATE,
        standing=_S.OPTIONAL,
        width=12,
        help=_DATE_HELP,
    ),
    Column(
        "Bí mật công nghệ (Có/Không)",
        "confidential",
        _K.TRUTH,
        standing=_S.OPTIONAL,
        width=12,
        choices="truth",
        help="Có: khi gửi Cổng chỉ ghi tên và tóm tắt hiệu quả.",
    ),
    Column(
        "Khu vực",
        "region",
        standing=_S.OPTIONAL,
        width=20,
        choices="regions",
        help="Chọn trong danh sách.",
    ),
    Column(
        "Nơi công tác",
        "workplace",
        owner=_O.AUTHOR,
        standing=_S.OPTIONAL,
        width=24,
        help="Tên cơ quan, đơn vị nơi tác giả làm việc.",
    ),
    Column(
        "Tổ, đội, phòng",
        "team",
        owner=_O.AUTHOR,
        standing=_S.OPTIONAL,
        width=18,
        help="Tổ, đội, phòng, ban của tác giả.",
    ),
    Column(
        "Chức vụ lãnh đạo (Có/Không)",
        "leader_post",
        _K.TRUTH,
        _O.AUTHOR,
        _S.OPTIONAL,
        width=12,
        choices="truth",
        help="Tác giả giữ chức vụ lãnh đạo, quản lý.",
    ),
    Column(
        "Hoàn cảnh hình thành",
        "origin",
        _K.TEXT,
        standing=_S.OPTIONAL,
        width=30,
        help="Vì sao có sáng kiến này?",
    ),
    Column(
        "Phạm vi áp dụng",
        "scope",
        _K.TEXT,
        standing=_S.OPTIONAL,
        width=24,
        help="Đã áp dụng ở những nơi nào?",
    ),
    Column(
        "Email",
        "email",
        owner=_O.AUTHOR,
        standing=_S.OPTIONAL,
        width=22,
        help="Tài khoản dùng để nộp trên Cổng.",
    ),
    Column(
        "Mã đoàn viên",
        "member_code",
        owner=_O.AUTHOR,
        standing=_S.OPTIONAL,
        width=14,
        help="Mã số đoàn viên, giữ nguyên số 0 ở đầu.",
    ),
    Column(
        "Tệp quyết định",
        "scan",
        owner=_O.DECISION,
        standing=_S.OPTIONAL,
        width=22,
        help="Tên tệp quét của quyết định, ví dụ qd118.pdf.",
    ),
    Column(
        "Mã Cổng",
        "portal_code",
        standing=_S.OPTIONAL,
        width=14,
        help="Mã mà Cổng đã cấp cho sáng kiến.",
    ),
    PORTAL_STATE,
    Column("Điều kiện áp dụng", "conditions", _K.TEXT, standing=_S.ON_USE, width=24),
    Column("Thông tin cần bảo mật", "secrets", _K.TEXT, standing=_S.ON_USE, width=24),
    Column("Chủ đầu tư", "investor", standing=_S.ON_USE, width=24),
    Column("Trích yếu quyết định", "summary", _K.TEXT, _O.DECISION, _S.ON_USE, width=24),
)
"""The columns of the sheet “Sáng kiến”, in the order of the template."""

_OF_AUTHORS = ("birth", "gender", "identity", "phone", "email", "job", "education", "workplace")
_ALSO_OF_AUTHORS = ("team", "member", "member_code", "leader_post", "topic_leader")
COAUTHOR_NAME = Column(
    "Họ và tên", "name", owner=_O.AUTHOR, required=True, width=24, help="Tên đồng tác giả."
)
_AUTHOR_COLUMNS = {column.key: column for column in COLUMNS if column.owner is Owner.AUTHOR}

COAUTHOR_COLUMNS: tuple[Column, ...] = (
    CODE,
    TITLE,
    COAUTHOR_NAME,
    CREDITED_SHARE,
    *(_AUTHOR_COLUMNS[key] for key in (*_OF_AUTHORS, *_ALSO_OF_AUTHORS)),
)
"""The columns of the sheet “Đồng tác giả”, one row a co-author, found by Mã hồ sơ or by title."""

ALIASES: Mapping[str, str] = {
    "Họ và tên": "Họ và tên tác giả",
    "Họ tên tác giả": "Họ và tên tác giả",
    "Tác giả": "Họ và tên tác giả",
    "Số điện thoại": "Điện thoại",
    "CCCD": "Số CCCD",
    "Số căn cước công dân": "Số CCCD",
}
"""Headers met in offices' own lists, and the column they mean where that one is missing."""

COAUTHOR_ALIASES: Mapping[str, str] = {
    "Họ và tên đồng tác giả": "Họ và tên",
    "Họ tên đồng tác giả": "Họ và tên",
    "Tên đồng tác giả": "Họ và tên",
    "Đồng tác giả": "Họ và tên",
    "Họ tên": "Họ và tên",
    "Tên": "Họ và tên",
    "Họ và tên tác giả": "Họ và tên",
    "Họ tên tác giả": "Họ và tên",
    "Tên tác giả": "Họ và tên",
    "Tác giả": "Họ và tên",
    "Tỷ lệ": "Tỷ lệ đóng góp",
    "Số điện thoại": "Điện thoại",
}
"""The same for the sheet of co-authors; of several the first of this list counts."""


@dataclass(frozen=True, slots=True)
class ProgrammeLists:
    """What a programme lets one choose from; ``categories`` begin with their code ("1.1 …")."""

    categories: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()

    def named(self, name: str) -> tuple[str, ...]:
        """The list of a column's ``choices``, empty where the programme has none."""
        own = {
            "categories": self.categories,
            "fields": self.fields,
            "groups": self.groups,
            "regions": self.regions,
        }
        return LISTS.get(name) or own.get(name, ())


NO_LISTS = ProgrammeLists()
"""No programme: every value is kept as written, and none is noted."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that was left out and the cell that is to blame.

    ``row`` is the row's number as Excel shows it, ``column`` the header text, ``code`` the kind of
    fault for scripts, ``message`` one sentence in the user's language.
    """

    row: int
    column: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row that could be read: its number in the sheet, the draft, and what to look at."""

    row_number: int
    draft: InitiativeDraft
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What came out of a workbook.

    ``read`` counts the filled rows met, those left out included; ``unknown_columns`` are headers
    that were ignored; ``notes`` concern the file as a whole.
    """

    rows: tuple[ReadRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    unknown_columns: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    read: int = 0
