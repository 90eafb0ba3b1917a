"""Fictional people of Lai Châu for the papers, the letters they are set in, and golden files."""

from collections.abc import Callable
from ctypes import c_double, c_int, create_string_buffer
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pytest
from pypdfium2 import raw

from desktop.models.dossiers import (
    AttachmentLine,
    CollectiveLine,
    CommendationLine,
    CountLine,
    Dossier,
    ListHead,
    MemberLine,
    OfficeSheet,
    OutgoingLine,
    Reception,
    ResultFigures,
    ResultLine,
    Sitting,
    StandingLine,
    SupportTeamSheet,
    TeamMember,
)
from desktop.models.entry import AuthorDraft, DecisionDraft, InitiativeDraft
from desktop.printing import forms as forms_module
from desktop.printing import pdf, typeface
from desktop.printing.forms import FormSet
from desktop.printing.paper import Paper
from desktop.printing.papers import Material
from desktop.printing.typeface import Family
from desktop.programme.verdict import Eligibility, Finding, Result, Severity, Verdict
from desktop.vietnamese.dates import PartialDate

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "resources" / "fonts"
FORMS = ROOT / "resources" / "forms"
MM = 72 / 25.4


class Box(NamedTuple):
    """Edges in millimetres from the top left corner of the page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def centre(self) -> float:
        """Halfway across."""
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        """From edge to edge."""
        return self.right - self.left


class Setting(NamedTuple):
    """How words are set: their face, the size in points, and the height of their baseline in mm."""

    face: str
    size: float
    baseline: float


class Leaf:
    """A printed page read back by another library, measured in millimetres from its top left."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.width, self.height = (side / MM for side in page.get_size())
        self.letters = page.get_textpage()
        self.text: str = self.letters.get_text_range().replace("\r\n", "\n")
        self.rules = [
            self.placed(*drawn.get_bounds()) for drawn in page.get_objects() if drawn.type == 2
        ]

    def placed(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of the file, in millimetres from the top left."""
        return Box(left / MM, self.height - top / MM, right / MM, self.height - bottom / MM)

    def box(self, words: str) -> Box:
        """Where the first such words stand, from their first letter to their last."""
        found = self.letters.search(words, match_case=True).get_next()
        assert found, f"{words!r} is not on the page"
        boxes = [self.letters.get_charbox(found[0] + at) for at in range(found[1])]
        edges = list(zip(*(box for box in boxes if box[2] > box[0]), strict=True))
        return self.placed(min(edges[0]), min(edges[1]), max(edges[2]), max(edges[3]))

    def setting(self, words: str) -> Setting:
        """How the first letter of the first such words is set."""
        found = self.letters.search(words, match_case=True).get_next()
        assert found, f"{words!r} is not on the page"
        page, at = self.letters.raw, found[0]
        name, flags = create_string_buffer(200), c_int()
        raw.FPDFText_GetFontInfo(page, at, name, 200, flags)
        x, y = c_double(), c_double()
        raw.FPDFText_GetCharOrigin(page, at, x, y)
        face = name.value.decode().rpartition("+")[2].removeprefix("LiberationSerif").strip("-")
        return Setting(face, raw.FPDFText_GetFontSize(page, at), self.height - y.value / MM)

    def lines(self) -> list[Box]:
        """The box of every line of text, in the order of the page."""
        boxes, at = [], 0
        for line in self.text.split("\n"):
            letters = [self.letters.get_charbox(at + n) for n in range(len(line))]
            edges = [box for box in letters if box[2] > box[0]]
            at += len(line) + 2
            if edges:
                left, bottom, right, top = zip(*edges, strict=True)
                boxes.append(self.placed(min(left), min(bottom), max(right), max(top)))
        return boxes

    def ink(self) -> Box:
        """The box around all letters."""
        count = self.letters.count_chars()
        boxes = [self.letters.get_charbox(at) for at in range(count)]
        edges = list(zip(*(box for box in boxes if box[2] > box[0]), strict=True))
        return self.placed(min(edges[0]), min(edges[1]), max(edges[2]), max(edges[3]))


def leaves_of(data: bytes) -> list[Leaf]:
    """The pages of a file, read back."""
    return [Leaf(page) for page in pdfium.PdfDocument(data)]


Reader = Callable[..., list[Leaf]]


@pytest.fixture
def read(fonts: Path) -> Reader:
    """Print papers and read their pages back."""

    def pages(*papers: Paper) -> list[Leaf]:
        data, count = pdf.render(papers, fonts=fonts)
        leaves = leaves_of(data)
        assert len(leaves) == count
        return leaves

    return pages


@pytest.fixture
def renew(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--renew-golden"))


@pytest.fixture
def fonts() -> Path:
    return FONTS


@pytest.fixture
def family() -> Family:
    return typeface.load(FONTS)


@pytest.fixture
def form_set() -> FormSet:
    return forms_module.read(FORMS, "tt18-2013")


@pytest.fixture
def office() -> OfficeSheet:
    return OfficeSheet(
        name="Liên đoàn Lao động tỉnh Lai Châu",
        header=("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU"),
        place="Lai Châu",
        signature=("TM. BAN THƯỜNG VỤ", "PHÓ CHỦ TỊCH"),
        signer="Lò Thị Mai Hoa",
        symbol="LĐLĐ",
        programme_title="01 triệu sáng kiến – nỗ lực vượt khó, sáng tạo, quyết tâm chiến thắng "
        "đại dịch Covid-19",
    )


@pytest.fixture
def tea() -> InitiativeDraft:
    """The heating of a withering room, by two workers of a tea factory."""
    return InitiativeDraft(
        code="SK22-0001",
        title="Cải tiến hệ thống cấp nhiệt lò héo chè bằng bã chè ép thay một phần củi đốt",
        category="1.1",
        field="Cơ khí, xây dựng, giao thông vận tải",
        unit="CĐCS Công ty Cổ phần Chè Bản Bo",
        superior="LĐLĐ huyện Tam Đường",
        before="Lò héo chè trước đây chỉ đốt bằng củi, mỗi năm dùng hết 96 tấn; nhiệt độ đầu ra "
        "phụ thuộc hoàn toàn vào tay người đốt lò, dao động từ 62 đến 91 °C nên chè héo không "
        "đều. Bã chè và chè thải phải thuê xe chở đi đổ.",
        content="Ép bã chè và chè thải thành bánh 1,2 kg, lắp thêm cửa nạp phụ và quạt gió "
        "0,75 kW ở buồng đốt để đốt trộn với củi theo tỷ lệ 40/60; bổ sung nhiệt kế đầu ra để "
        "giữ nhiệt độ trong khoảng 75–80 °C.\nCác bước thực hiện: (1) phơi bã chè đến độ ẩm dưới "
        "18%; (2) ép bánh bằng máy ép trục vít có sẵn; (3) nạp xen kẽ qua cửa phụ; (4) theo dõi "
        "nhiệt kế và chỉnh quạt gió.",
        novelty="Trước đây bã chè phải thuê xe đổ bỏ; tại Công ty chưa có lò nào đốt bã ép, chưa "
        "có cửa nạp phụ.",
        applicability="Áp dụng được cho tất cả lò héo đốt củi của Công ty và các cơ sở chế biến "
        "chè trong huyện; chi phí cải tạo một lò khoảng 11 triệu đồng.",
        origin="Giá củi tăng và khó mua trong mùa mưa.",
        conditions="Lò héo đốt củi có buồng đốt rời; máy ép trục vít 5,5 kW.",
        trial=PartialDate(2021, 11, 1),
        use=PartialDate(2021, 11, 15),
        benefit=37_500_000,
        benefit_method="Củi 96 → 58 tấn/năm: 38 tấn × 1.150.000 đ = 43.700.000 đ; trừ chi phí ép "
        "bã 6.200.000 đ.",
        social_benefit="Giảm mùi, giảm rác thải ra suối; công nhân đỡ bốc củi ban đêm.",
        portal_state="sent",
        authors=(
            AuthorDraft(
                name="Lù Văn Páo",
                birth=PartialDate(1986, 3, 19),
                gender="Nam",
                job="Tổ trưởng tổ nhiệt",
                education="Trung cấp",
                workplace="Xưởng chế biến",
                share=Decimal(70),
                credited=True,
            ),
            AuthorDraft(
                name="Vàng Thị Dợ",
                birth=PartialDate(1992, 11, 2),
                gender="Nữ",
                job="Công nhân lò héo",
                education="12/12",
                workplace="Xưởng chế biến",
                share=Decimal(30),
            ),
        ),
        decision=DecisionDraft(
            number="118/QĐ-HĐSK",
            issued=PartialDate(2021, 12, 20),
            issuer="Hội đồng sáng kiến Công ty Cổ phần Chè Bản Bo",
            recogniser="council",
            signer="Giàng A Chu",
        ),
    )


@pytest.fixture
def verdict() -> Verdict:
    """One failure, one warning, and what passes."""
    return Verdict(
        Eligibility.INELIGIBLE,
        1,
        (2,),
        (
            Finding(
                "DK-05", Severity.BLOCK, Result.FAIL, "HD 46, mục I.2.2",
                "Ngày áp dụng 01/11/2021 có trước ngày bắt đầu Chương trình. Hãy kiểm tra lại "
                "ngày áp dụng thử và ngày áp dụng chính thức.",
            ),
            Finding(
                "DK-12", Severity.WARN, Result.REVIEW, "HD 46, mục III.2",
                "Tổng tỷ lệ đóng góp là 99,9%. Hãy hỏi lại các tác giả.",
            ),
            Finding(
                "DK-01", Severity.BLOCK, Result.PASS, "HD 46, mục I.1", "Sáng kiến có tên.",
            ),
            Finding(
                "DK-10", Severity.BLOCK, Result.PASS, "HD 46, mục I.1.7",
                "Chỉ áp dụng với đề tài nghiên cứu (loại 1.7).", applies=False,
            ),
        ),
        "1TR-2021-2023",
    )  # fmt: skip


@pytest.fixture
def dossier(tea: InitiativeDraft, verdict: Verdict) -> Dossier:
    return Dossier(
        1,
        tea.code,
        tea,
        ("LĐLĐ tỉnh Lai Châu", "LĐLĐ huyện Tam Đường", tea.unit),
        verdict,
        (
            AttachmentLine("qd118.pdf", "application/pdf", 81_000, "0" * 64, "Bản sao Quyết định"),
            AttachmentLine("lo-heo.jpg", "image/jpeg", 90_000, "1" * 64, "Bản vẽ, sơ đồ"),
        ),
    )


@pytest.fixture
def blank() -> Dossier:
    """An initiative of which nothing is known."""
    return Dossier(2, "", InitiativeDraft())


@pytest.fixture
def dossiers(dossier: Dossier) -> tuple[Dossier, ...]:
    """Fifteen initiatives of four unions, one of them without money."""
    units = ("CĐCS Trường PTDTBT Tiểu học Sà Dề Phìn", "CĐCS Công ty Cổ phần Chè Bản Bo",
             "CĐCS Trung tâm Y tế huyện Phong Thổ", "CĐCS Điện lực Tân Uyên")  # fmt: skip
    titles = (
        "Bộ thẻ hình song ngữ Mông – Việt luyện phát âm cho học sinh lớp 1 vùng khó",
        dossier.entry.title,
        "Điều phối luồng lấy mẫu xét nghiệm lưu động bằng mã QR và khung giờ theo tổ dân phố",
        "Giá đỡ thang chữ A chống trượt cho công nhân sửa chữa lưới điện hạ áp",
    )
    entries = [
        replace(
            dossier.entry,
            code=f"SK22-{number:04d}",
            title=titles[number % 4],
            unit=units[number % 4],
            benefit=None if number % 5 == 0 else 37_500_000 * (number + 1),
        )
        for number in range(15)
    ]
    return tuple(
        replace(dossier, initiative_id=number, code=entry.code, entry=entry)
        for number, entry in enumerate(entries, 1)
    )


@pytest.fixture
def people() -> tuple[CommendationLine, ...]:
    names = ("Lù Văn Páo", "Vàng Thị Dợ", "Đỗ Quang Khải", "Tẩn Lở Mẩy", "Hoàng Văn Ước")
    return tuple(
        CommendationLine(
            name,
            "CĐCS Công ty Cổ phần Chè Bản Bo",
            "Bằng khen",
            birth_year=1980 + number,
            gender="Nữ" if number % 2 else "Nam",
            post="Tổ trưởng tổ nhiệt",
            initiatives=number + 1,
            title="Cải tiến hệ thống cấp nhiệt lò héo chè bằng bã chè ép thay một phần củi đốt",
            decision="QĐ 118/QĐ-HĐSK ngày 20/12/2021",
            benefit_year=None if number == 2 else 37_500_000 * (number + 1),
        )
        for number, name in enumerate(names)
    )


@pytest.fixture
def collectives() -> tuple[CollectiveLine, ...]:
    return (
        CollectiveLine("CĐCS Điện lực Tân Uyên", "Bằng khen", "LĐLĐ huyện Tân Uyên", 8, 9, 7, 52),
        CollectiveLine("CĐCS Công ty Cổ phần Chè Bản Bo", "Bằng khen", "LĐLĐ huyện Tam Đường", 12,
                       15, 11, 84),
    )  # fmt: skip


@pytest.fixture
def head() -> ListHead:
    return ListHead(date(2022, 8, 4), "Giai đoạn 1")


@pytest.fixture
def sitting(dossiers: tuple[Dossier, ...]) -> Sitting:
    """A session on the first four of the fifteen: two pass, one fails, one is withdrawn."""
    outcomes = (
        ("passed", Decimal("86.5"), 6, 0, ""),
        ("passed", Decimal(78), 5, 1, ""),
        ("failed", Decimal(41), 1, 5, "Không mới so với giải pháp năm 2020"),
        ("withdrawn", None, None, None, ""),
    )
    return Sitting(
        council="Hội đồng sáng kiến Công ty Cổ phần Chè Bản Bo",
        unit="Công ty Cổ phần Chè Bản Bo",
        established="Quyết định số 05/QĐ-CBB ngày 10/01/2022",
        held=date(2022, 8, 4),
        place="Phòng họp Công ty",
        chair="Giàng A Chu",
        secretary="Đỗ Quang Khải",
        present=6,
        total=9,
        members=(
            MemberLine("Giàng A Chu", "Giám đốc", "Chủ tịch Hội đồng", 1),
            MemberLine("Lò Thị Mai Hoa", "Chủ tịch Công đoàn cơ sở", "Ủy viên", 2),
            MemberLine("Đỗ Quang Khải", "Trưởng phòng Kỹ thuật", "Thư ký", 3),
        ),
        session_id=3,
        results=tuple(
            ResultLine(
                dossier.initiative_id,
                dossier.entry.title,
                ("Lù Văn Páo", "Vàng Thị Dợ"),
                dossier.entry.unit,
                *outcome,
            )
            for dossier, outcome in zip(dossiers, outcomes, strict=False)
        ),
    )


@pytest.fixture
def figures() -> ResultFigures:
    """The figures of a province with three units, one of them without target and headcount."""
    units = (
        StandingLine(
            "LĐLĐ huyện Phong Thổ",
            265,
            270,
            251,
            11,
            8,
            180,
            2100,
            1_350_000_000,
            12,
            1_290_000_000,
            10,
        ),
        StandingLine(
            "LĐLĐ huyện Tam Đường", 240, 132, 120, 4, 8, 96, 1840, 820_000_000, 40, 790_000_000, 36
        ),
        StandingLine(
            "Công đoàn ngành Y tế", None, 61, 60, 1, 0, 44, None, 104_300_000, 3, 104_300_000, 3
        ),
    )
    whole = StandingLine(
        "Cả chương trình", 505, 463, 431, 16, 16, 320, None, 2_274_300_000, 55, 2_184_300_000, 49
    )
    return ResultFigures(
        "Cả chương trình",
        date(2023, 7, 31),
        whole,
        units,
        (
            StandingLine("Giai đoạn 1", 265, 300, 290, 2, 8),
            StandingLine("Giai đoạn 2", 240, 163, 141, 14, 8),
        ),
        (CountLine("1.1 Giải pháp kỹ thuật", 300, 280), CountLine("", 163, 151)),
        (CountLine("Công nhân lao động trong doanh nghiệp", 463, 431),),
        (CountLine("Hành chính", 463, 431),),
        ("“Cải tiến lò héo chè” (Lù Văn Páo, CĐCS Chè Bản Bo; 37.500.000 đồng/năm)",),
        (),
        support_teams=7,
        commended_people=5,
        commended_units=2,
    )


@pytest.fixture
def receptions() -> tuple[Reception, ...]:
    """How the fifteen came in: in two years, the last without number, the third with a result."""
    came = [
        Reception(number, number, date(2022, 1, 9 + number), "Đỗ Quang Khải")
        for number in range(1, 13)
    ]
    came[2] = replace(came[2], to_council=date(2022, 8, 4), outcome="failed", note="Không mới")
    late = [Reception(12 + at, at, date(2023, 2, at), "Đỗ Quang Khải") for at in (1, 2)]
    return (*came, *late, Reception(15))


@pytest.fixture
def outgoing() -> tuple[OutgoingLine, ...]:
    """Papers of two years, the first known in every column."""
    return (
        OutgoingLine(
            "05/QĐ-LĐLĐ",
            date(2022, 2, 15),
            "Quyết định về việc thành lập Tổ hỗ trợ sáng kiến",
            "Lò Thị Mai Hoa",
            "Công đoàn cơ sở; các thành viên",
            "Văn phòng",
            5,
            date(2022, 2, 16),
            "Gửi cả bản điện tử",
        ),
        OutgoingLine("12/QĐ-LĐLĐ", date(2022, 8, 4), "Quyết định về việc tặng Bằng khen"),
        OutgoingLine("01/TTr-LĐLĐ", date(2023, 1, 4), "Tờ trình đề nghị khen thưởng"),
    )


@pytest.fixture
def teams() -> tuple[SupportTeamSheet, ...]:
    """The team of the office, and one of a grassroots union that has still to be decided."""
    return (
        SupportTeamSheet(
            "Liên đoàn Lao động tỉnh Lai Châu",
            "Tổng Liên đoàn Lao động Việt Nam",
            (TeamMember("Lò Thị Mai Hoa", "Tổ trưởng", "0912000118"), TeamMember("Giàng A Chu")),
            "05/QĐ-LĐLĐ",
            date(2022, 2, 15),
        ),
        SupportTeamSheet(
            "CĐCS Công ty Cổ phần Chè Bản Bo",
            "LĐLĐ huyện Tam Đường",
            (TeamMember("Lù Văn Páo", "Tổ trưởng"),),
        ),
    )


@pytest.fixture
def books(
    receptions: tuple[Reception, ...],
    outgoing: tuple[OutgoingLine, ...],
    teams: tuple[SupportTeamSheet, ...],
) -> dict[str, Any]:
    """What the office's books say, by the names that the material gives them."""
    return {"receptions": receptions, "outgoing": outgoing, "teams": teams}


@pytest.fixture
def material(
    office: OfficeSheet,
    form_set: FormSet,
    dossier: Dossier,
    head: ListHead,
    people: tuple[CommendationLine, ...],
    collectives: tuple[CollectiveLine, ...],
    sitting: Sitting,
    figures: ResultFigures,
    books: dict[str, Any],
) -> Material:
    return Material(
        *(office, form_set, date(2022, 8, 4), (dossier,), head, people, collectives),
        sitting=sitting,
        figures=figures,
        **books,
    )
