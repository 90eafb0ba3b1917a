"""Where everything stands on the printed papers, in millimetres, as another library reads them.

Nghị định 30/2020/NĐ-CP, Phụ lục I; every paper is held to it, as its golden file has it.
"""

import gc
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from desktop.printing import papers
from desktop.printing.paper import Column, Orientation, Paper, Row, Table, Text, plain
from tests.printing.conftest import Box, Leaf, Reader

GOLDEN = Path(__file__).parents[1] / "golden"
COUNTRY, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
KEYS = [kind.key for kind in papers.PAPERS if not kind.on_stock]
SLIPS = {"receipt", "reply-slip"}
FLOWING = [key for key in KEYS if key not in {"certificate", *SLIPS}]
"""Papers of whole sheets without a frame; what stands on half a sheet is set to its size."""
ISSUED = ("recognition-decision", "commendation-decision", "support-team", "submission")
AUTHORITY = "TM. BAN THƯỜNG VỤ"
LEFT, INDENT, TOP, BOTTOM = 30.0, 42.7, 20.0, 277.0


@cache
def leaves(key: str) -> list[Leaf]:
    """The pages of a paper."""
    return [Leaf(page) for page in pdfium.PdfDocument(GOLDEN / f"{key}.pdf")]


@pytest.fixture(autouse=True, scope="module")
def _closed() -> Iterator[None]:
    """Let go of the files that were read."""
    yield
    leaves.cache_clear()
    gc.collect()


def headed(key: str) -> list[Leaf]:
    """The pages of a paper that open with the country."""
    return [leaf for leaf in leaves(key) if COUNTRY in leaf.text]


def number(leaf: Leaf) -> int:
    """The number that a page shows, 1 where it shows none."""
    first = leaf.text.split("\n")[0].strip()
    return int(first) if first.isdigit() and leaf.lines()[0].bottom < TOP else 1


@pytest.mark.parametrize("key", FLOWING)
def test_everything_but_the_number_of_the_page_stands_between_the_margins(key: str) -> None:
    # The foot of a sheet that is keyed back stands below the text.
    below = 5 if key.startswith("score-sheet") else 20
    for leaf in leaves(key):
        lines = leaf.lines()[number(leaf) > 1 :]
        assert min(line.left for line in lines) >= LEFT - 0.3
        assert max(line.right for line in lines) <= leaf.width - 20 + 0.3
        assert min(line.top for line in lines) >= TOP - 0.3
        assert max(line.bottom for line in lines) <= leaf.height - below + 0.3


@pytest.mark.parametrize("key", FLOWING)
def test_pages_are_numbered_from_the_second_of_each_part_above_the_middle(key: str) -> None:
    shown = [number(leaf) for leaf in leaves(key)]
    assert shown[0] == 1
    assert all(after in (1, before + 1) for before, after in pairwise(shown))
    for leaf, told in zip(leaves(key), shown, strict=True):
        if told > 1:
            line, setting = leaf.lines()[0], leaf.setting(str(told))
            assert (setting.face, setting.size) == ("", 14)
            assert line.centre == pytest.approx((leaf.width + 10) / 2, abs=0.5)
            assert 7 < line.top < line.bottom < 14


@pytest.mark.parametrize("key", ["recognition-decision", "commendation-decision", "submission"])
def test_an_annex_is_numbered_from_one_again(key: str) -> None:
    annex = next(leaf for leaf in leaves(key)[1:] if "DANH SÁCH" in leaf.text)
    assert number(annex) == 1


@pytest.mark.parametrize("key", KEYS)
def test_country_and_motto_never_wrap_and_the_line_is_as_long_as_the_motto(key: str) -> None:
    for leaf in headed(key):
        country, motto = leaf.box(COUNTRY), leaf.box(MOTTO)
        size = leaf.setting(COUNTRY).size
        assert leaf.setting(COUNTRY).face == leaf.setting(MOTTO).face == "Bold"
        assert leaf.setting(MOTTO).size / size == pytest.approx(13 / 12)
        assert key not in FLOWING or size == 12
        assert country.bottom - country.top < 6
        assert motto.centre == pytest.approx(country.centre, abs=0.3)
        line = below(leaf, motto)
        assert line.width == pytest.approx(motto.width, abs=0.9)
        assert line.centre == pytest.approx(motto.centre, abs=0.3)


def below(leaf: Leaf, words: Box) -> Box:
    """The line drawn close below words, around the same middle."""
    found = [
        rule
        for rule in leaf.rules
        if abs(rule.centre - words.centre) < 1 and -0.5 < rule.top - words.bottom < 3
    ]
    assert found, f"no line is drawn below {words}"
    return found[0]


ORGANS = sorted(key for key in FLOWING if any("\nSố:" in leaf.text for leaf in leaves(key)))


@pytest.mark.parametrize("key", ORGANS)
def test_the_right_cell_is_90_mm_and_the_organ_has_its_line_in_the_rest(key: str) -> None:
    leaf = headed(key)[0]
    country = leaf.box(COUNTRY)
    assert country.centre == pytest.approx(leaf.width - 20 - 45, abs=0.3)
    assert country.left >= leaf.width - 20 - 90
    (rule,) = (rule for rule in leaf.rules if rule.right < country.left and rule.top < 60)
    organ = above(leaf, rule)
    assert 1 / 3 <= rule.width / organ.width <= 1 / 2
    assert rule.centre == pytest.approx(organ.centre, abs=0.4)
    assert organ.right < country.left + 2


def above(leaf: Leaf, rule: Box) -> Box:
    """The line of text close above a line that is drawn, within its half of the page."""
    boxes = [
        leaf.placed(*leaf.letters.get_charbox(at))
        for at in range(leaf.letters.count_chars())
        if not leaf.letters.get_text_range(at, 1).isspace()
    ]
    near = [
        box
        for box in boxes
        if 0 < rule.top - box.bottom < 3.2 and abs(box.centre - rule.centre) < 48
    ]
    return Box(
        min(box.left for box in near), min(box.top for box in near),
        max(box.right for box in near), max(box.bottom for box in near),
    )  # fmt: skip


def test_minutes_tell_place_and_day_in_their_text_alone() -> None:
    (leaf, _second) = leaves("council-minutes")
    assert leaf.setting(", ngày").face == ""
    assert leaf.box("Số:").bottom < leaf.box("BIÊN BẢN").top < leaf.box(", ngày").top


@pytest.mark.parametrize("key", [key for key in ORGANS if key != "council-minutes"])
def test_number_and_place_with_date_stand_on_one_line(key: str) -> None:
    for leaf in headed(key):
        if "\nSố:" not in leaf.text:
            continue
        told = leaf.setting("Số:")
        date = leaf.setting(", ngày")
        assert (told.face, told.size) == ("", 13)
        assert (date.face, date.size) == ("Italic", 13)
        assert told.baseline == pytest.approx(date.baseline, abs=0.05)


@pytest.mark.parametrize("key", FLOWING)
def test_lines_that_a_paragraph_goes_on_from_reach_the_right_margin(key: str) -> None:
    checked = 0
    for leaf in leaves(key):
        for line, following in pairwise(leaf.lines()):
            opens = min(abs(line.left - LEFT), abs(line.left - INDENT)) < 0.6
            goes_on = abs(following.left - LEFT) < 0.6 and 4.5 < following.top - line.top < 8
            if opens and goes_on and leaf.height > leaf.width and following.width > 100:
                assert line.right == pytest.approx(190, abs=1.5)
                checked += 1
    assert checked or key not in ISSUED


@pytest.mark.parametrize("key", ISSUED)
def test_paragraphs_of_issued_papers_open_half_an_inch_inwards(key: str) -> None:
    opening = "Điều 1." if "decision" in key or key == "support-team" else "Căn cứ"
    leaf = next(leaf for leaf in leaves(key) if opening in leaf.text)
    assert leaf.box(opening).left == pytest.approx(INDENT, abs=0.4)
    assert leaf.setting(opening).size == 14


@pytest.mark.parametrize("key", ISSUED)
def test_recipients_stand_level_with_the_authority_in_their_letters(key: str) -> None:
    leaf = next(leaf for leaf in leaves(key) if "Nơi nhận:" in leaf.text)
    label, listed = leaf.setting("Nơi nhận:"), leaf.setting("- Lưu:")
    authority = leaf.setting(AUTHORITY)
    assert (label.face, label.size) == ("BoldItalic", 12)
    assert (listed.face, listed.size) == ("", 11)
    assert (authority.face, authority.size) == ("Bold", 14)
    assert label.baseline == pytest.approx(authority.baseline, abs=0.5)
    assert leaf.box("Nơi nhận:").left == pytest.approx(LEFT, abs=0.4)
    assert leaf.box(AUTHORITY).centre == pytest.approx(150, abs=0.5)


@pytest.mark.parametrize("key", ISSUED)
def test_the_text_of_an_issued_paper_ends_with_its_mark_before_recipients(key: str) -> None:
    leaf = next(leaf for leaf in leaves(key) if "Nơi nhận:" in leaf.text)
    assert leaf.text.split(AUTHORITY)[0].rstrip().endswith("./.")


@pytest.mark.parametrize("key", ISSUED)
def test_there_is_room_to_sign_between_the_authority_and_the_name(key: str) -> None:
    leaf = next(leaf for leaf in leaves(key) if "Nơi nhận:" in leaf.text)
    first = leaf.box(AUTHORITY).top - 1
    lines = [line for line in leaf.lines() if line.left > 105 and line.top > first]
    gaps = [after.top - line.bottom for line, after in pairwise(lines)]
    assert 25 <= max(gaps) <= 30


@pytest.mark.parametrize(
    ("key", "head"), [("summary-list", "Tên sáng kiến"), ("register-book", "Người nộp")]
)
def test_every_page_of_a_list_has_the_heads_of_its_columns(key: str, head: str) -> None:
    tables = [leaf for leaf in leaves(key) if any(rule.width > 240 for rule in leaf.rules)]
    assert len(tables) > 1
    assert all(head in " ".join(leaf.text.split()) for leaf in tables)


def test_a_cell_of_twenty_thousand_letters_fills_its_pages_under_the_heads(read: Reader) -> None:
    words = [f"chữ{number}" for number in range(2600)]
    assert len(" ".join(words)) > 19_000
    columns = (Column("TT", 10), Column("Nội dung", 237))
    rows = (Row(("1", "Trước")), Row(("2", " ".join(words))), Row(("3", "Sau")))
    pages = read(Paper("x", "x", (Table(columns, rows, dense=True),), Orientation.LANDSCAPE))
    assert [word for leaf in pages for word in leaf.text.split() if "chữ" in word] == words
    for leaf in pages[:-1]:
        assert "Nội dung" in leaf.text
        assert leaf.ink().bottom > leaf.height - 20 - 8


def test_a_page_without_room_for_two_lines_of_a_paragraph_leaves_it_whole(read: Reader) -> None:
    pages = read(Paper("x", "x", tuple(Text(plain("Một câu ngắn. " * 30)) for _n in range(40))))
    for leaf in pages[1:]:
        lines = leaf.lines()[1:]
        assert lines[1].left == pytest.approx(LEFT, abs=0.4) or lines[0].left > LEFT + 5
        assert lines[0].top == pytest.approx(TOP, abs=2.5)
