"""Titles for look-alikes: many that are unlike, and near-twins of some of them; seeded."""

import random
from dataclasses import replace

from desktop.models.entry import AuthorDraft, InitiativeDraft
from desktop.vietnamese.folding import fold
from tests.stores import complete

_WORDS = """
lò héo chè bể lọc nước sổ tay song ngữ máng rửa băng tải khuôn dập máy may bơm cấp tủ điện
điều khiển phần mềm hồ sơ bệnh án trạm biến áp quạt hút bụi giàn khoan cảm biến nhiệt độ ao
tôm vườn cao su kho lạnh đồng hồ đo cáp quang xe rác đường ống thép xỉ gốm kính gỗ ván sơn
bàn cắt vải ghế học sinh thư viện phòng mổ thuốc xét nghiệm lịch trực phiếu khám ca đêm bếp
ăn mái che rãnh thoát cột mốc bản đồ ruộng lúa ngô sắn trâu dê ong mật nấm măng giống cây
"""


def title(dice: random.Random) -> str:
    """A title of eight to fourteen syllables."""
    return " ".join(dice.sample(_WORDS.split(), dice.randint(8, 14)))


def twin(dice: random.Random, original: str) -> str:
    """The same title as somebody else would write it."""
    words = original.split()
    change = dice.randrange(5)
    if change == 0:
        words.insert(dice.randrange(len(words)), "mới")
    elif change == 1:
        del words[dice.randrange(len(words))]
    elif change == 2:
        words = [*words[4:], *words[:4]]
    elif change == 3:
        return fold(original)
    else:
        words = ["Giải", "pháp", *words, "tại", "đơn", "vị"]
    return " ".join(words)


def any_drafts(number: int, seed: int, units: int) -> tuple[InitiativeDraft, ...]:
    """So many initiatives; one in five is a near-twin of an earlier one."""
    dice = random.Random(seed)
    titles: list[str] = []
    for _number in range(number):
        again = titles and dice.random() < 0.2
        titles.append(twin(dice, dice.choice(titles)) if again else title(dice))
    return tuple(
        replace(
            complete(title=one, decision=None),
            unit=f"CĐCS {dice.randrange(units)}",
            authors=(AuthorDraft(f"Người Thứ {dice.randrange(number)}", credited=True),),
        )
        for one in titles
    )


_PHRASES = (
    *("cải tiến máy tách hạt ngô", "thiết kế góc thư viện ngoài trời", "bố trí lại lịch trực"),
    *("số hóa sổ họp thôn điện tử", "lắp thêm xe tiêm lưu động", "rút gọn mẫu biểu giao ban"),
    *("bằng vật liệu tại chỗ", "theo nhóm nhỏ luân phiên", "có cảnh báo bằng đèn màu"),
    *("dùng mã QR dán ở vị trí", "kèm bảng kiểm một trang", "với khung tháo lắp nhanh"),
    *("nhằm giảm thời gian chờ", "để bớt một lần vận chuyển", "nhằm tiết kiệm củi và điện"),
    *("để giữ vệ sinh nguồn nước", "nhằm giảm hao hụt vật tư", "để kịp mùa vụ mưa lũ"),
)
_PLACES = "bắc ninh hưng yên kon tum gia lai phú thọ lê lợi tây đô vạn xuân sao vàng hòa phát"


def with_places_added(number: int, seed: int) -> tuple[InitiativeDraft, ...]:
    """Titles of the same few phrases; then all again from other units, each with a place added."""
    dice = random.Random(seed)
    titles = [" ".join(dice.sample(_PHRASES, 5)) for _title in range(number // 2)]
    titles += [f"{one} {' '.join(dice.sample(_PLACES.split(), 3))}" for one in titles]
    return tuple(
        replace(
            complete(title=one, decision=None),
            unit=f"CĐCS {place % 400 // 2 + 200 * (place >= number // 2)}",
            authors=(AuthorDraft(f"Người Thứ {place}", credited=True),),
        )
        for place, one in enumerate(titles)
    )
