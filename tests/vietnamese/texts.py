"""Texts for the tests of the language: real prose, made names, and every string there can be."""

import random
from functools import cache
from itertools import islice
from pathlib import Path

from hypothesis import strategies as st

from desktop.vietnamese.letters import LETTERS, SHAPE_MARKS, TONE_MARKS

PROSE = Path(__file__).with_name("prose.txt")
"""Paragraphs written for this project: tales of invented people at work, the samples' accounts, the
guide, and messages of the program."""
_FAMILY = "Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Lò Lù Vàng Giàng Tẩn Chang Pờ Mùa Sùng Phàn Lý"
_MIDDLE = "Văn Thị A Thu Đức Minh Ngọc Hoài Xuân Thanh Hữu Quang Lở Mí Phương Bảo"
_GIVEN = (
    "An Ân Ăn Ánh Ảnh Anh Bình Bính Cường Dung Dũng Đê Dê Hoa Hòa Hoà Hóa Hoá Hoạ Họa Khoẻ Khỏe "
    "Thủy Thuỷ Thúy Thuý Uyên Ước Ươm Sử Páo Dợ Mẩy Phương Phượng Quý Quỳ Lan Làn Lản Lãn Lán Lạn "
    "H'Hen Ý Yến Ơn Ông Oanh Tú Từ Tư Sơn Sớn Giang Giàng Nga Ngà Nghĩa"
)
FAMILY, MIDDLE, GIVEN = _FAMILY.split(), _MIDDLE.split(), _GIVEN.split()

_SPECIAL = (
    f"{LETTERS}{SHAPE_MARKS}{''.join(TONE_MARKS)} aeiouydAEIOUYD.,-/'\u2019()0159\u00a0\u00ad"
)
_SPECIAL += "\u200b\u200d\ufeff\u202e\ud83d\ude00\ud800ÐðƢƣ\u0189\x00\x01\x1f\x85\n\r\t\u2028µ§¸®¬"
ANY_TEXT = st.text(
    st.sampled_from(_SPECIAL) | st.characters(exclude_categories=()), max_size=40
) | st.lists(st.sampled_from([*GIVEN, *FAMILY, "tr\u00adêng", "A\u0301\u0302", "Kế HOạCH"])).map(
    " ".join
)
"""Every string there can be, surrogates and controls included, Vietnamese more often."""


@cache
def prose_words() -> tuple[str, ...]:
    """The words of the prose, in order."""
    return tuple(PROSE.read_text(encoding="utf-8").split())


def cells(seed: int, count: int, words: tuple[int, ...]) -> list[str]:
    """Pieces of the prose that are not plain ASCII, each of one of these numbers of words."""
    chance, all_words = random.Random(seed), prose_words()

    def pieces() -> list[str]:
        size = chance.choice(words)
        start = chance.randrange(len(all_words) - size)
        return list(all_words[start : start + size])

    drawn = (" ".join(pieces()) for _ in iter(int, 1))
    return list(islice((cell for cell in drawn if not cell.isascii()), count))


def names(seed: int, count: int) -> list[str]:
    """Names of people, most in mixed case, some all in capitals or small letters, some alone."""
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        parts = [chance.choice(FAMILY), *chance.choices(MIDDLE, k=chance.randrange(3))]
        name = " ".join([*parts, chance.choice(GIVEN)]) if chance.random() > 0.02 else parts[0]
        case = chance.random()
        made.append(name.upper() if case < 0.05 else name.lower() if case < 0.08 else name)
    return made
