"""Hostile text prints as itself: nothing in it is read as markup, loaded, lost or hung upon."""

import random
import re
import time
from collections.abc import Iterator
from itertools import chain, cycle, repeat
from pathlib import Path

import pytest
from reportlab import rl_config

from desktop.printing import pdf
from desktop.printing.paper import (
    Addressees,
    Align,
    Article,
    Choice,
    Column,
    Halves,
    Header,
    LabelledLine,
    LegalBases,
    Make,
    Notes,
    Paper,
    Row,
    RowKind,
    Run,
    Signatures,
    Signer,
    Spot,
    Stock,
    Table,
    Text,
    TickBoxes,
    Title,
    plain,
)
from desktop.vietnamese.cleaning import clean
from tests.printing.conftest import FONTS, Leaf, Reader, leaves_of

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
SEEN = (
    "<", ">", "&", '"', "'", "\\", "(", ")", "<b>", "</b>", "<img src='x'/>", "&amp;", "{}", "%",
    "%s", "ướ", "Đặng", "1.350", "–", "“", "a", "ỹ", "#", "<a@b.vn>", "/-._?&=,;:@", "BT", "Tj",
    "endstream", "Ω", "ж", "fi", "½", "€", "$(rm)", "\\n", "~", "]]>", "=1+1", "NaN", "…",
)  # fmt: skip
UNSEEN = (
    "\u202e", "\u200b", "\ufeff", "\x07", "\x00", "\xad", "\u2066", "\u3000", "\xa0", "\t", "\n",
    "\r\n", " ",
)  # fmt: skip
CHANGED = {
    "e\u0302\u0301": "ế", "a\u0301": "á", "U\u031b\u0309": "Ử", "👍": "□", "字": "□", "①": "1",
    "\ufb01": "fi", "\ud800": "□",
}  # fmt: skip
PIECES = {**dict(zip(SEEN, SEEN, strict=True)), **dict.fromkeys(UNSEEN, ""), **CHANGED}
"""What hostile strings are made of, and what of it is seen on paper, spaces aside."""


def hostile(count: int) -> Iterator[tuple[str, str]]:
    """Strings as strangers write them, and what of each is to be read on paper."""
    source = random.Random(7)
    pieces = list(PIECES)
    for number in range(count):
        parts = source.choices(pieces, k=source.randrange(1, 7))
        begin, end = f"[{number}:", f":{number}]"
        seen = "".join(PIECES[part].replace(" ", "") for part in parts)
        yield begin + "".join(parts) + end, begin + seen + end


def everywhere(words: Iterator[str]) -> Paper:
    """A paper that holds the next words wherever words can stand."""
    w = words.__next__
    column, signer = Column(w(), 80), Signer((w(), w()), w(), w(), w())
    grouped, summed = Row((w(),), RowKind.GROUP, (2,)), Row((w(), w()), RowKind.TOTAL)
    table = Table((column, Column(w(), 80)), (grouped, Row((w(), w())), summed), unit=w())
    runs = (Run(w()), Run(w(), bold=True), Run(w(), italic=True), Run(w(), raised=True))
    blocks = (
        Header((w(), w()), w(), w(), w()),
        Title((w(),), (w(),), (w(),), rule=True),
        Addressees(w(), (w(), w())),
        LegalBases((w(), w())),
        Text(runs),
        Article(w(), (w(), w())),
        LabelledLine(plain(w()), w()),
        TickBoxes(plain(w()), (Choice(w()), Choice(w()))),
        table,
        Signatures((signer,), (w(), w())),
        Notes(((w(), w()),)),
    )
    return Paper("x", w(), blocks, author=w(), bookmark=(w(), w()))


def slips(words: Iterator[str]) -> Paper:
    """Two slips on a sheet."""
    w = words.__next__
    upper, lower = (Title((w(),)), Text(plain(w()))), (Signatures((Signer((w(),), w()),)),)
    return Paper("x", "x", (Halves(upper, lower),))


def stock(words: Iterator[str]) -> Paper:
    """A sheet that was printed before."""
    spots = tuple(Spot(next(words), 60, 20 + 12 * n, 100, 12, 2, Align.LEFT) for n in range(20))
    return Paper("x", "x", (Stock(spots),), make=Make.STOCK)


def told(leaves: list[Leaf]) -> str:
    """What is on the pages, without the numbers of the pages and without spaces."""
    pages = [leaf.text.replace("\ufffe", "-").replace("\x02", "-") for leaf in leaves]
    return "".join("".join(re.sub(r"^\d+\n", "", page).split()) for page in pages)


@pytest.mark.parametrize("text", NASTY)
def test_markup_is_printed_as_it_is_written(text: str, read: Reader) -> None:
    (leaf,) = read(Paper("x", "x", (Text(plain(f"Đầu {text} cuối")),)))
    assert "".join(leaf.text.split()) == "".join(f"Đầu {text} cuối".split())


def test_ten_thousand_hostile_strings_are_read_back_from_every_kind_of_block(read: Reader) -> None:
    given = list(hostile(10_000))
    words = chain((clean(text) for text, _seen in given), repeat("đủ"))
    ways = (everywhere, everywhere, everywhere, slips, stock)
    printed = [ways[at % 5](words) for at in range(320)]
    assert next(words) == "đủ"
    data, _pages = pdf.render(printed, fonts=FONTS)
    seen = told(leaves_of(data))
    unprinted = {text for paper in printed for text in (paper.title, paper.author, *paper.bookmark)}
    for text, expected in given:
        assert clean(text) in unprinted or expected in seen, (text, expected)
    assert set(pdf.lacking(printed, fonts=FONTS)) == {"👍", "字", "\ufffd"}


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
    for leaf in read(everywhere(cycle([text]))):
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
