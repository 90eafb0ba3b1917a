"""Hostile text prints as itself: nothing in it is read as markup, loaded, lost or hung upon."""

import random
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from reportlab import rl_config

from desktop.printing import pdf
from desktop.printing.paper import (
    Choice,
    Column,
    Header,
    LabelledLine,
    Orientation,
    Paper,
    Row,
    Signatures,
    Signer,
    Table,
    Text,
    TickBoxes,
    Title,
    plain,
)
from tests.printing.conftest import FONTS, Reader

NASTY = (
    "Nguyễn A <a@b.vn> & Cty <TLĐ>",
    "<b>x",
    "a<b && c>d",
    "</para><para>",
    "<!-- x --> <![CDATA[y]]>",
    '<font color="white">ẩn</font>',
    '<img src="/etc/passwd"/>',
    '<img src="http://127.0.0.1/x.png"/>',
    '<a href="file:///C:/x">liên kết</a>',
    "&lt;&amp;&#65;&nbsp;",
    "\"'`$(rm)%s{0}{office.name}\\",
    "=cmd|' /C calc'!A0",
    "( ) \\( \\) [ ] << >> endstream endobj",
    "40 °C ± 5 → 75–80 × 2 ≥ 1",
)
PIECES = ("<", ">", "&", '"', "'", "\\", "(", ")", "<b>", "</b>", "<img src='x'/>", "&amp;", "{}",
          "%", "ướ", "Đặng", "1.350", "–", "“", "a", "ỹ", "#")  # fmt: skip


def hostile(count: int) -> Iterator[str]:
    source = random.Random(7)
    for _each in range(count):
        yield "".join(source.choices(PIECES, k=source.randrange(2, 9)))


def everywhere(text: str) -> Paper:
    """A paper that holds the text wherever text can stand."""
    blocks = (
        Header((text,), text, "Lai Châu", text[:20]),
        Title((text,), (text,)),
        Text(plain(text)),
        LabelledLine(plain(text), text),
        TickBoxes(plain(text), (Choice(text), Choice(text))),
        Table((Column(text, 80), Column("B", 80)), (Row((text, text)),)),
        Signatures((Signer((text,), text, text),), (text,)),
    )
    return Paper("x", text, blocks, author=text, bookmark=(text, text))


@pytest.mark.parametrize("text", NASTY)
def test_markup_is_printed_as_it_is_written(text: str, read: Reader) -> None:
    (leaf,) = read(Paper("x", "x", (Text(plain(f"Đầu {text} cuối")),)))
    assert "".join(leaf.text.split()) == "".join(f"Đầu {text} cuối".split())


def test_two_thousand_hostile_strings_read_back_as_they_were_put_in(read: Reader) -> None:
    texts = list(hostile(2000))
    rows = tuple(Row((f"[{number}]", text)) for number, text in enumerate(texts))
    begun = time.perf_counter()
    columns = (Column("TT", 30), Column("Chuỗi", 217))
    leaves = read(Paper("x", "x", (Table(columns, rows, dense=True),), Orientation.LANDSCAPE))
    pages = ["".join(leaf.text.split()) for leaf in leaves]
    told = "".join(re.sub(r"^\d*TTChuỗi", "", page) for page in pages)
    assert told == "".join(f"[{n}]{text}" for n, text in enumerate(texts)).replace(" ", "")
    assert time.perf_counter() - begun < 20


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1000,
        "https://vi.du.vn/" + "a" * 980,
        "ướ" * 500,
        "<img src='/etc/passwd'/>" * 40,
        "a\x00b\u202ec\ufeff",
        "\n\n\t ",
        "👍" * 50,
        "\ud800 lẻ",
    ],
)
def test_text_of_any_kind_fits_wherever_text_can_stand(text: str, read: Reader) -> None:
    for leaf in read(everywhere(text)):
        ink = leaf.ink()
        assert ink.left >= 29
        assert ink.right <= 191
        assert ink.bottom <= 277.5


def test_a_description_of_twenty_thousand_characters_is_printed_whole(read: Reader) -> None:
    words = [f"chữ{number}" for number in range(3000)]
    text = " ".join(words)
    assert len(text) > 20_000
    leaves = read(Paper("x", "x", (LabelledLine(plain("- Nội dung:"), text),)))
    told = [word for leaf in leaves for word in leaf.text.split() if word.startswith("chữ")]
    assert told == words


def test_the_library_may_open_no_address() -> None:
    assert rl_config.trustedSchemes == []


def test_no_module_uses_the_librarys_own_markup_or_tables() -> None:
    for file in (Path(__file__).parents[2] / "desktop").rglob("*.py"):
        source = file.read_text(encoding="utf-8")
        assert not re.search(r"platypus(\.paragraph|\.tables| import)|\bParagraph\(", source), file


def test_a_list_of_long_words_takes_a_time_that_grows_with_it() -> None:
    def seconds(count: int) -> float:
        paper = Paper("x", "x", (Text(plain("x" * count)),))
        begun = time.perf_counter()
        pdf.render([paper], fonts=FONTS)
        return time.perf_counter() - begun

    seconds(1000)
    assert seconds(200_000) < 12 * max(seconds(50_000), 0.02)
