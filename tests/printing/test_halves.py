"""Two slips on a sheet: each is A5 when the sheet is cut, whatever stands on it."""

import pytest

from desktop.printing.paper import (
    Block,
    Column,
    Halves,
    Header,
    Paper,
    Row,
    Signatures,
    Signer,
    Table,
    Text,
    Title,
    plain,
)
from tests.printing.conftest import Leaf, Reader

MIDDLE = 297 / 2


def slip(name: str, sentences: int = 1) -> tuple[Block, ...]:
    return (
        Header(("LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU",), "Số: 01/BN-LĐLĐ", "Lai Châu, ngày 04"),
        Title((name,)),
        Text(plain("Một câu ngắn. " * sentences)),
        Table((Column("TT", 20), Column("Nội dung", 140)), (Row(("1", "Đơn")),)),
        Signatures((Signer(("NGƯỜI NHẬN",), f"Người {name}"),)),
    )


def cut(leaf: Leaf) -> float:
    """Where the sheet is to be cut: the line across it that is drawn nearest the middle."""
    wide = [rule for rule in leaf.rules if rule.width > 159]
    return min((rule.top for rule in wide), key=lambda top: abs(top - MIDDLE))


@pytest.mark.parametrize("sentences", [1, 40, 90, 300])
def test_each_slip_keeps_to_its_half_whatever_it_holds(sentences: int, read: Reader) -> None:
    (leaf,) = read(Paper("x", "x", (Halves(slip("TRÊN", sentences), slip("DƯỚI", 1)),)))
    assert cut(leaf) == pytest.approx(MIDDLE, abs=0.3)
    assert leaf.box("Người TRÊN").bottom < MIDDLE - 7
    assert leaf.box("DƯỚI").top > MIDDLE + 7
    ink = leaf.ink()
    assert ink.left >= 29.5
    assert ink.right <= 190.5
    assert ink.bottom <= 277.5


def test_a_slip_with_little_on_it_is_not_set_smaller(read: Reader) -> None:
    (leaf,) = read(Paper("x", "x", (Halves(slip("TRÊN")),)))
    country = leaf.box("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert country.width == pytest.approx(88.3, abs=1)


def test_a_full_slip_is_set_smaller_and_still_reaches_both_margins(read: Reader) -> None:
    (leaf,) = read(Paper("x", "x", (Halves(slip("TRÊN", 60)),)))
    assert leaf.box("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").width < 85
    widest = max(rule.width for rule in leaf.rules)
    assert widest == pytest.approx(160, abs=0.5)
    assert leaf.ink().right == pytest.approx(190, abs=0.8)


def test_the_lower_half_may_stay_empty(read: Reader) -> None:
    (leaf,) = read(Paper("x", "x", (Halves(slip("TRÊN")),)))
    assert leaf.ink().bottom < MIDDLE
    assert cut(leaf) == pytest.approx(MIDDLE, abs=0.3)
