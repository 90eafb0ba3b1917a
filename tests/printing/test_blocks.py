"""Addressees, texts on stock, frames, and the dots in tables, in millimetres."""

import pytest

from desktop.printing.paper import (
    Addressees,
    Align,
    Block,
    Column,
    Make,
    Orientation,
    Paper,
    Row,
    Spot,
    Stock,
    Table,
    Text,
    plain,
)
from tests.printing.conftest import Leaf, Reader

NASTY = ("<b>x</b> & “y”", "x" * 1000, "a\x00b\u202ec", "ướ" * 400, "👍")


def stock(*spots: Spot) -> Paper:
    return Paper("x", "x", (Stock(spots),), Orientation.LANDSCAPE, make=Make.STOCK)


def one(read: Reader, *blocks: Block) -> Leaf:
    (leaf,) = read(Paper("x", "x", blocks))
    return leaf


def test_one_addressee_stands_beside_the_label(read: Reader) -> None:
    leaf = one(read, Addressees("Kính gửi:", ("Ban Thường vụ LĐLĐ tỉnh",)))
    label, name = leaf.box("Kính gửi:"), leaf.box("Ban Thường vụ")
    assert name.top == pytest.approx(label.top, abs=1)
    whole = leaf.ink()
    assert (whole.left + whole.right) / 2 == pytest.approx(110, abs=0.6)


def test_several_addressees_stand_below_the_colon_behind_dashes(read: Reader) -> None:
    leaf = one(read, Addressees("Kính gửi:", ("Sở Nội vụ", "Sở Tài chính")))
    first, second = leaf.box("- Sở Nội vụ;"), leaf.box("- Sở Tài chính.")
    assert first.left == pytest.approx(second.left, abs=0.1)
    assert first.left == pytest.approx(leaf.box("Kính gửi").right, abs=0.8)
    assert first.left < leaf.box("Kính gửi:").right
    assert leaf.box("Kính gửi:").bottom < first.top < second.top


def test_nobody_addressed_is_dotted(read: Reader) -> None:
    assert "......" in one(read, Addressees("Kính gửi:")).text


@pytest.mark.parametrize(
    ("align", "edge"), [(Align.LEFT, "left"), (Align.CENTRE, "centre"), (Align.RIGHT, "right")]
)
def test_a_spot_begins_ends_or_has_its_middle_where_it_is_put(
    align: Align, edge: str, read: Reader
) -> None:
    (leaf,) = read(stock(Spot("Lù Văn Páo", 120, 90, 100, align=align)))
    assert getattr(leaf.box("Lù Văn Páo"), edge) == pytest.approx(120, abs=0.5)
    assert leaf.box("L").bottom == pytest.approx(90, abs=0.3)


def test_a_spot_of_several_lines_is_broken_before_it_is_made_smaller(read: Reader) -> None:
    words = "Đã có thành tích xuất sắc trong thực hiện Chương trình thi đua"
    (broken,) = read(stock(Spot(words, 148, 90, 80, lines=2)))
    (shrunk,) = read(stock(Spot(words, 148, 90, 80)))
    assert len(broken.text.split("\n")) == 2
    assert shrunk.box(words).width <= 80


@pytest.mark.parametrize("text", NASTY)
def test_any_text_on_stock_prints_inside_its_width(text: str, read: Reader) -> None:
    (leaf,) = read(stock(Spot(text, 148.5, 60, 200, lines=2)))
    assert leaf.ink().left >= 48
    assert leaf.ink().right <= 249


@pytest.mark.parametrize("text", NASTY)
def test_any_addressee_prints_inside_the_margins(text: str, read: Reader) -> None:
    for leaf in read(Paper("x", "x", (Addressees(text[:40], (text, text)),))):
        assert leaf.ink().left >= 29
        assert leaf.ink().right <= 191


def test_a_cell_that_ends_with_a_colon_is_dotted_on_two_lines(read: Reader) -> None:
    columns = (Column("A", 80), Column("B", 80))
    leaf = one(read, Table(columns, (Row(("Nhận xét:",), spans=(2,)),), dotted=True))
    lines = [line for line in leaf.text.splitlines() if "...." in line]
    assert len(lines) == 2
    assert lines[0].startswith("Nhận xét: ....")
    assert leaf.ink().right <= 190


def test_a_frame_is_drawn_on_every_page(read: Reader) -> None:
    words = Text(plain("Một câu. " * 900))
    leaves = read(Paper("x", "x", (words,), Orientation.LANDSCAPE, make=Make.FRAMED))
    assert len(leaves) > 1
    assert all(len(leaf.rules) == 2 for leaf in leaves)
