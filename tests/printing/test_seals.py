"""The seals of issued papers: what is printed on every page is read back from a poor copy."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageFilter
from pyzbar.pyzbar import ZBarSymbol, decode

from desktop.models.dossiers import Dossier
from desktop.models.issuing import code_digits
from desktop.printing import papers, pdf, seals
from desktop.printing.foot import SIDE
from desktop.printing.paper import (
    Make,
    Orientation,
    Paper,
    Seal,
    Tag,
    Text,
    as_json,
    from_json,
    plain,
)
from desktop.printing.papers import Material
from tests.printing.conftest import FONTS, MM, Leaf, Reader

DIGEST = sha256("danh sách".encode()).digest()
DAY = date(2023, 8, 4)
SEAL = seals.seal(DIGEST, "05/QĐ-CĐCS", DAY)
LISTS = ("summary-list", "commendation-list", "register-book", "council-minutes")


def copied(page: pdfium.PdfPage, dpi: int, spread: float) -> Image.Image:
    """A page as a poor scanner sees it: tilted and blurred."""
    seen: Image.Image = page.render(scale=dpi / 72, grayscale=True).to_pil()
    tilted = seen.rotate(2.5, fillcolor=255, expand=True, resample=Image.Resampling.BILINEAR)
    return tilted.filter(ImageFilter.GaussianBlur(spread))


def read_back(picture: Image.Image) -> list[str]:
    """The codes that are seen in a picture."""
    return [found.data.decode() for found in decode(picture, symbols=[ZBarSymbol.QRCODE])]


def issued(key: str, material: Material, dossiers: Sequence[Dossier]) -> list[Paper]:
    """The papers of a kind about many initiatives, each sealed by its own content."""
    many = replace(material, dossiers=tuple(dossiers) * 12)
    made = list(papers.kind(key).build(many))
    digests = [sha256(json.dumps(as_json(paper)).encode()).digest() for paper in made]
    return [
        replace(paper, seal=seals.seal(digest, "12/QĐ-LĐLĐ", DAY))
        for paper, digest in zip(made, digests, strict=True)
    ]


@pytest.mark.parametrize("key", LISTS)
def test_each_page_of_a_sealed_list_is_read_back_from_a_poor_copy(
    key: str, material: Material, dossiers: tuple[Dossier, ...]
) -> None:
    for paper in issued(key, material, dossiers):
        assert paper.seal
        data, pages = pdf.render([paper], fonts=FONTS)
        for number, page in enumerate(pdfium.PdfDocument(data), 1):
            assert f"Mã bản in {paper.seal.code} · trang {number}/{pages}\n" in Leaf(page).text
            assert read_back(copied(page, 150, 0.75)) == [seals.payload(paper.seal)]


def test_a_copy_that_is_far_too_poor_is_not_read() -> None:
    data, _pages = pdf.render([Paper("x", "x", (), seal=SEAL)], fonts=FONTS)
    page = pdfium.PdfDocument(data)[0]
    assert read_back(copied(page, 150, 0.75)) == [seals.payload(SEAL)]
    assert read_back(copied(page, 150, 8)) == []


@pytest.mark.parametrize("make", [Make.PLAIN, Make.FRAMED])
@pytest.mark.parametrize("orientation", list(Orientation))
def test_text_ends_above_the_foot(make: Make, orientation: Orientation, read: Reader) -> None:
    words = (Text(plain("Một câu ngắn. " * 1500)),)
    for leaf in read(Paper("x", "x", words, orientation, make=make, seal=SEAL)):
        boxes = [
            leaf.placed(*leaf.letters.get_charbox(at)) for at in range(leaf.letters.count_chars())
        ]
        code = leaf.box("Mã bản in")
        square = leaf.height - (16 if make is Make.FRAMED else 8) - SIDE / MM
        text = [box for box in boxes if box.top < code.top - 1 and box.width > 0]
        assert max(box.bottom for box in text) < square - 2
        assert max(box.right for box in boxes) <= leaf.width - 19.5


def test_the_code_is_at_least_25_millimetres_wide_and_as_high(read: Reader) -> None:
    (leaf,) = read(Paper("x", "x", (), seal=SEAL))
    (code,) = leaf.rules
    assert code.width >= 25
    assert code.bottom - code.top >= 25


def test_each_paper_of_a_file_has_its_own_seal_and_its_own_count(read: Reader) -> None:
    long, other = "Một câu ngắn. " * 900, seals.seal(sha256(b"2").digest())
    first = Paper("x", "x", (Text(plain(long)),), seal=SEAL)
    second = Paper("x", "x", (Text(plain("Ngắn.")),), seal=other)
    *pages, last = read(first, second)
    assert [
        f"{SEAL.code} · trang {number}/{len(pages)}" in leaf.text
        for number, leaf in enumerate(pages, 1)
    ] == [True] * len(pages)
    assert f"{other.code} · trang 1/1" in last.text


def test_nothing_is_printed_beside_on_stock(material: Material, read: Reader) -> None:
    (paper, *_others) = papers.kind("award-paper").build(material)
    (leaf, *_more) = read(replace(paper, seal=SEAL))
    assert "Mã bản in" not in leaf.text


def test_a_tag_stands_below_the_text_of_every_page_and_above_the_edge(read: Reader) -> None:
    words = (Text(plain("Một câu ngắn. " * 900)),)
    pages = read(Paper("x", "x", words, tag=Tag("SKP1:3-1-1-25", "Mã phiếu 3-1-1-25")))
    assert len(pages) > 1
    for leaf in pages:
        (code,) = leaf.rules
        words_of = leaf.box("Mã phiếu 3-1-1-25")
        assert words_of.left > code.right
        assert code.bottom == pytest.approx(leaf.height - 6, abs=0.1)
        above = leaf.letters.get_text_range().index("Mã phiếu")
        boxes = [leaf.placed(*leaf.letters.get_charbox(at)) for at in range(above)]
        assert max(box.bottom for box in boxes if box.width) < code.top - 2


def test_a_seal_is_kept_with_its_paper_and_older_papers_are_read_without() -> None:
    paper = Paper("x", "x", (), seal=SEAL)
    kept = json.loads(json.dumps(as_json(paper)))
    assert from_json(kept) == paper
    del kept["seal"]
    assert from_json(kept) == replace(paper, seal=None)


@pytest.mark.parametrize("number", ["", "05/QĐ-CĐCS", "1234/QĐ-BTVLĐLĐ-CSPL&QHLĐ", "| \x00 字👍ướ"])
def test_what_the_code_says_is_short_plain_and_read_back(number: str) -> None:
    said = seals.payload(seals.seal(DIGEST, number, DAY))
    assert len(said) <= seals.LONGEST
    assert said.isascii()
    assert said.startswith(f"SKG1|{SEAL.digest}|")
    assert said.endswith("|2023-08-04")
    assert code_digits(said) == code_digits(SEAL.code) == DIGEST.hex()[:20]


def test_the_code_is_the_beginning_of_the_digest() -> None:
    assert Seal(SEAL.digest, "05/QĐ-CĐCS", "2023-08-04") == SEAL
    assert SEAL.digest.startswith(SEAL.code.replace("-", ""))
    with pytest.raises(ValueError, match="20 bytes"):
        seals.seal(b"short")
