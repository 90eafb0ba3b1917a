"""The mark of a voided paper: on every page, whole, and nothing below it is hidden."""

from datetime import date

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops

from desktop.printing import papers, pdf, voiding
from desktop.printing.paper import Orientation, Paper, Text, plain
from desktop.printing.papers import Material
from tests.printing.conftest import FONTS, leaves_of

DAY = date(2022, 6, 15)
LOUD = "NHẦM TÊN TÁC GIẢ VÀ ĐƠN VỊ CÔNG TÁC Ở DÒNG MƯỜI HAI, ĐÃ PHÁT HÀNH QUYẾT ĐỊNH KHÁC THAY THẾ"


def voided(data: bytes, reason: str = LOUD) -> bytes:
    return voiding.mark(data, day=DAY, reason=reason, fonts=FONTS)


@pytest.mark.parametrize("orientation", Orientation)
@pytest.mark.parametrize("reason", ["Sai tên", LOUD, "W" * 300, "Sai tên.\n" * 60, "Sai 👍"])
def test_the_line_with_the_reason_stands_whole_on_the_sheet(
    orientation: Orientation, reason: str
) -> None:
    paper = Paper("x", "Danh sách", (Text(plain("Một câu.")),), orientation=orientation)
    (page,) = pdfium.PdfDocument(voided(pdf.render([paper], fonts=FONTS)[0], reason))
    letters = page.get_textpage()
    text = letters.get_text_range()
    first = text.index("ĐÃ HỦY ngày 15/6/2022: ")
    said = text[first:].split("\r\n")[0]
    boxes = [letters.get_charbox(at) for at in range(first, first + len(said))]
    assert min(box[0] for box in boxes) >= 20
    assert max(box[2] for box in boxes) <= page.get_width() - 20
    assert said.endswith(("Sai tên", "THAY THẾ", "…", "□"))


def test_every_page_is_marked_and_says_what_it_said(material: Material) -> None:
    before, _pages = pdf.render(papers.kind("register-book").build(material), fonts=FONTS)
    after = leaves_of(voided(before))
    for old, new in zip(leaves_of(before), after, strict=True):
        assert "ĐÃ HỦY ngày 15/6/2022" in new.text
        assert set(old.text.split()) <= set(new.text.split())


def test_the_letters_of_the_paper_are_as_black_as_before(material: Material) -> None:
    data, _pages = pdf.render(papers.kind("submission").build(material), fonts=FONTS)
    first, marked = (seen(one) for one in (data, voided(data)))
    assert max(ImageChops.subtract(marked, first).tobytes()) <= 2
    assert sum(marked.histogram()[170:215]) > 5_000


def seen(data: bytes) -> Image.Image:
    """The first page in grey."""
    picture: Image.Image = pdfium.PdfDocument(data)[0].render(scale=2).to_pil().convert("L")
    return picture
