"""Fictional initiatives in any number: the same seed gives the same records."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from desktop.models.entry import AuthorDraft, DecisionDraft, InitiativeDraft
from desktop.programme.facts import Protection
from desktop.programme.shape import Programme
from desktop.vietnamese.dates import VIETNAM, Moment, PartialDate
from desktop.vietnamese.money import format_money

_FAMILY = (
    *("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Lò", "Lù", "Vàng"),
    *(
        "Giàng",
        "Tẩn",
        "Pờ",
        "Chang",
        "Mùa",
        "Sùng",
        "Lý",
        "Phùng",
        "Điêu",
        "Tao",
        "Khoàng",
        "Quàng",
    ),
)
_MIDDLE = {
    "Nam": ("Văn", "A", "Minh", "Đức", "Quang", "Hữu", "Mạnh", "Đình", "Xuân"),
    "Nữ": ("Thị", "Thị Thu", "Thị Thanh", "Ngọc", "Thị Minh", "Thùy", "Kim", "Thị Hồng"),
}
_GIVEN = {
    "Nam": (
        *("An", "Bình", "Chính", "Dũng", "Đạt", "Giang", "Hải", "Khánh", "Long", "Nam", "Phong"),
        *("Quân", "Sử", "Sơn", "Tài", "Tuấn", "Vinh", "Páo", "Dế", "Tủa", "Chinh", "Hặc"),
    ),
    "Nữ": (
        *("Ánh", "Bích", "Châm", "Dung", "Dợ", "Hà", "Hạnh", "Hoa", "Hương", "Lan", "Liên", "Mai"),
        *("Mẩy", "Nga", "Nhung", "Oanh", "Phượng", "Quyên", "Thảo", "Uyên", "Vân", "Yến"),
    ),
}
_VERBS = (
    *("Cải tiến", "Thiết kế", "Chế tạo", "Ứng dụng", "Xây dựng", "Tổ chức", "Số hóa", "Bố trí lại"),
    *("Lắp thêm", "Phối hợp", "Rút gọn", "Tận dụng", "Chuẩn hóa", "Lồng ghép"),
)
_THINGS = {
    "LĐLĐ": (
        *("quy trình tiếp nhận hồ sơ một cửa", "hệ thống tưới nhỏ giọt cho ruộng bậc thang"),
        *("máy tách hạt ngô đạp chân", "bảng theo dõi tiến độ giải ngân", "sổ họp thôn điện tử"),
        *("khung treo dụng cụ bảo dưỡng đường", "máng ăn chống rơi vãi cho gia súc"),
        *("giá sấy măng khô bằng năng lượng mặt trời", "mẫu biểu giao ban tuần"),
    ),
    "Y tế": (
        *("sơ đồ phân luồng người bệnh", "phiếu nhắc tái khám bằng tin nhắn", "xe tiêm lưu động"),
        *("bảng kiểm an toàn phẫu thuật", "hộp thuốc cấp cứu bản xa", "lịch trực liên khoa"),
    ),
    "Giáo dục": (
        *("bộ thẻ chữ song ngữ", "góc thư viện ngoài trời", "trò chơi toán từ vật liệu sẵn có"),
        *("sổ liên lạc bằng tranh", "bài giảng thí nghiệm ảo", "tiết học kỹ năng sống bán trú"),
    ),
    "Viên chức": (
        *("phần mềm quản lý văn bản đến", "kho dữ liệu dùng chung", "lịch công tác liên thông"),
        *("mẫu đánh giá cán bộ hằng tháng", "quy trình thẩm định nhanh", "hồ sơ đất đai số"),
    ),
}
_MANNERS = (
    *("bằng vật liệu tại chỗ", "theo nhóm nhỏ luân phiên", "có cảnh báo bằng đèn màu"),
    *("dùng mã QR dán tại vị trí", "trên điện thoại sẵn có", "theo ba bước rút gọn"),
    *("kèm bảng kiểm một trang", "bằng bảng tính dùng chung", "với khung tháo lắp nhanh"),
    *("có chốt an toàn hai tay", "theo ca kíp cố định", "kèm sổ nhật ký bằng tranh"),
    *("dùng lại phế liệu sắt", "chạy bằng pin mặt trời", "theo mẫu lời nói thống nhất"),
    *("có người kèm mới vào nghề", "bằng hai thứ tiếng Mông – Việt", "qua nhóm tin nhắn của tổ"),
)
_AIMS = (
    *("nhằm giảm thời gian chờ", "để bớt một lần vận chuyển", "nhằm tiết kiệm củi và điện"),
    *("để người mới làm được ngay", "nhằm giảm sai sót khi giao ca", "để tránh tai nạn ở máy cũ"),
    *("nhằm tăng số người được phục vụ", "để giữ vệ sinh nguồn nước", "nhằm giảm hao hụt vật tư"),
    *("để cha mẹ học sinh cùng theo dõi", "nhằm rút ngắn nửa ngày công", "để dễ kiểm tra chéo"),
    *("nhằm giữ chân lao động lành nghề", "để kịp mùa vụ", "nhằm hạn chế khiếu nại"),
    *("để bảo quản lâu hơn trong mùa mưa", "nhằm giảm khói bụi", "để thay việc ghi tay"),
)
_PLACES = (
    *(
        "tại bản Sin Suối Hồ",
        "ở các điểm trường vùng cao",
        "cho tổ sản xuất số 2",
        "tại phân xưởng",
    ),
    *(
        "cho đoàn viên làm ca đêm",
        "trong mùa mưa lũ",
        "tại trạm Mường So",
        "cho hộ mới thoát nghèo",
    ),
    *("tại khu nhà ở công nhân", "trên địa bàn xã biên giới", "trong giờ cao điểm", "cho ca trực"),
)
_WORKPLACES = {
    "LĐLĐ": ("UBND xã", "Công ty TNHH", "Hợp tác xã", "Trung tâm Dịch vụ nông nghiệp"),
    "Y tế": ("Trạm Y tế xã", "Trung tâm Y tế", "Khoa Dược", "Khoa Nội"),
    "Giáo dục": ("Trường Tiểu học", "Trường PTDTBT THCS", "Trường Mầm non", "Trường THPT"),
    "Viên chức": ("Sở Nội vụ, phòng", "Chi cục", "Văn phòng", "Trung tâm Công nghệ"),
}
_LOCAL = (
    *("Mường So", "Sà Dề Phìn", "Bản Bo", "Nậm Hàng", "Hua Bum", "Tà Tổng", "Pa Tần", "Dào San"),
    *("Khổng Lào", "Phúc Than", "Mường Kim", "Thân Thuộc", "Nùng Nàng", "San Thàng", "Bum Tở"),
)
_JOBS = ("Nhân viên", "Giáo viên", "Điều dưỡng", "Chuyên viên", "Kỹ thuật viên", "Tổ trưởng")


def generate(
    number: int, seed: int, programme: Programme, units: Sequence[str]
) -> Iterator[InitiativeDraft]:
    """So many fictional initiatives of grassroots unions under these units.

    About seven in ten are complete and eligible; the others lack something or break a rule, as in
    life.
    """
    dice = random.Random(seed)  # noqa: S311 - samples, not secrets
    for _record in range(number):
        yield _one(dice, programme, dice.choice(units), max(1, number // 3000))


def _sector(unit: str) -> str:
    return next((sector for sector in ("Y tế", "Giáo dục", "Viên chức") if sector in unit), "LĐLĐ")


def _workplace(dice: random.Random, sector: str, namesakes: int) -> str:
    """A grassroots union; of many records some unions bear a number, so that each has about 50."""
    number = dice.randrange(namesakes)
    name = f"CĐCS {dice.choice(_WORKPLACES[sector])} {dice.choice(_LOCAL)}"
    return f"{name} số {number + 1}" if number else name


def _title(dice: random.Random, thing: str) -> str:
    """A title as people write them, about twenty syllables; rarely one that was written before."""
    parts = [dice.choice(_VERBS), thing, dice.choice(_MANNERS)]
    if dice.random() < 0.8:
        parts.append(dice.choice(_PLACES))
    parts.append(dice.choice(_AIMS))
    if dice.random() < 0.5:
        parts.append(f"tại {dice.choice(_LOCAL)}")
    return " ".join(parts)


def _one(
    dice: random.Random, programme: Programme, superior: str, namesakes: int
) -> InitiativeDraft:
    sector = _sector(superior)
    unit = _workplace(dice, sector, namesakes)
    thing = dice.choice(_THINGS[sector])
    used = date(2021, 9, 1) + timedelta(days=dice.randrange(690))
    decided = _decided(used)
    sent = _sent(dice, decided)
    amount = dice.choice([None, None, dice.randrange(2, 400) * 500_000])
    trouble = dice.random()
    return InitiativeDraft(
        title=_title(dice, thing),
        category=dice.choice(programme.categories[:5]).code,
        field=dice.choice(programme.fields).name,
        object_group=dice.choice(programme.groups).name,
        region=dice.choice(programme.regions).name,
        unit=unit,
        superior=superior,
        before=f"Trước đây {thing} làm thủ công, mất nhiều thời gian và dễ sai sót.",
        content=(
            f"Khảo sát hiện trạng, vẽ lại các bước của {thing}; làm thử trong hai tuần, ghi số "
            "liệu hằng ngày, sửa những chỗ vướng rồi hướng dẫn cho cả tổ cùng làm theo một cách."
        ),
        novelty="" if trouble < 0.06 else f"Lần đầu đơn vị có {thing} theo cách làm thống nhất.",
        applicability="Dễ làm, ít tốn kém, các đơn vị bạn đều áp dụng được.",
        origin="Nảy sinh từ kiến nghị của đoàn viên trong buổi sinh hoạt tổ công đoàn.",
        scope=unit,
        use=None if 0.06 <= trouble < 0.1 else PartialDate.of(used),
        benefit=amount,
        benefit_method=f"{format_money(amount)} đ tiền công và vật tư giảm" if amount else "",
        social_benefit="Giảm thời gian chờ, người lao động đỡ vất vả.",
        protection=Protection.NONE,
        public_order_contrary=None if trouble > 0.92 else False,
        sent=sent if trouble > 0.3 else None,
        portal_state="sent" if trouble > 0.3 else "unsent",
        authors=_authors(dice, unit, honest=trouble < 0.97),
        decision=None if 0.1 <= trouble < 0.2 else _decision(unit, decided),
    )


def _decided(used: date) -> date:
    """The day of the council's session after an initiative was put to use: one a quarter."""
    at = used + timedelta(days=20)
    month = (at.month + 2) // 3 * 3
    last = date(at.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return min(last, date(2023, 8, 20))


def _sent(dice: random.Random, decided: date) -> Moment:
    first = max(decided + timedelta(days=dice.randrange(1, 9)), date(2022, 1, 9))
    at = datetime(first.year, first.month, first.day, dice.randrange(7, 22), tzinfo=VIETNAM)
    return Moment(at + timedelta(minutes=dice.randrange(60)))


def _authors(dice: random.Random, unit: str, *, honest: bool) -> tuple[AuthorDraft, ...]:
    shares = dice.choice([(100,), (100,), (60, 40), (70, 30), (50, 30, 20), (40, 35, 25)])
    if not honest:
        shares = (33, 33, 33)
    return tuple(
        _author(dice, unit, Decimal(share), credited=position == 0)
        for position, share in enumerate(shares)
    )


def _person(dice: random.Random) -> tuple[str, str]:
    """A person's gender and name."""
    gender = dice.choice(("Nam", "Nữ"))
    parts = (_FAMILY, _MIDDLE[gender], _GIVEN[gender])
    return gender, " ".join(dice.choice(part) for part in parts)


def _author(dice: random.Random, unit: str, share: Decimal, *, credited: bool) -> AuthorDraft:
    gender, name = _person(dice)
    born = date(1966, 1, 1) + timedelta(days=dice.randrange(13000))
    return AuthorDraft(
        name=name,
        birth=PartialDate.of(born),
        gender=gender,
        member=True,
        job=dice.choice(_JOBS),
        education=dice.choice(("Đại học", "Cao đẳng", "Trung cấp", "Thạc sĩ")),
        workplace=unit.removeprefix("CĐCS "),
        share=share,
        credited=credited,
    )


@lru_cache(maxsize=50_000)
def _decision(unit: str, decided: date) -> DecisionDraft:
    """The decision of a union's council on that day; it recognises all that was put before it."""
    dice = random.Random(f"{unit} {decided}")  # noqa: S311 - samples, not secrets
    place = unit.removeprefix("CĐCS ")
    return DecisionDraft(
        number=f"{dice.randrange(1, 900):02d}/QĐ-HĐSK",
        issued=PartialDate.of(decided),
        issuer=f"Hội đồng sáng kiến {place}",
        recogniser="council",
        signer=_person(random.Random(place))[1],  # noqa: S311 - samples, not secrets
        signer_post="Thủ trưởng đơn vị – Chủ tịch Hội đồng",
        summary=f"Về việc công nhận sáng kiến năm {decided.year}",
    )
