"""Scans on paper: the picture whole on its page, as it came, once in the file."""

import json
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image

from desktop.printing import pdf
from desktop.printing.paper import Make, Orientation, Paper, Scan, Text, as_json, from_json, plain
from desktop.printing.scans import Picture, measured
from tests.printing.conftest import FONTS, MM, Leaf

SOURCE = "ab" * 32


def jpeg(
    width: int = 827, height: int = 1169, mode: str = "RGB", *, progressive: bool = False
) -> bytes:
    """A picture of a page: white, with a dark corner above and left."""
    picture = Image.new(mode, (width, height), "white" if mode != "CMYK" else (0, 0, 0, 0))
    picture.paste(Image.new(mode, (width // 8, height // 8)), (0, 0))
    out = BytesIO()
    picture.save(out, "JPEG", quality=80, progressive=progressive)
    return out.getvalue()


def printed(picture: bytes, *scans: Scan, make: Make = Make.PLAIN) -> bytes:
    paper = Paper("x", "Hồ sơ", scans, make=make)
    return pdf.render([paper], fonts=FONTS, pictures=lambda _scan: picture)[0]


def placed(page: pdfium.PdfPage) -> tuple[float, float, float, float]:
    """Where the picture of a page lies: left, bottom, width and height in millimetres."""
    (image,) = [drawn for drawn in page.get_objects() if drawn.type == 3]
    left, bottom, right, top = (edge / MM for edge in image.get_bounds())
    return left, bottom, right - left, top - bottom


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize(("mode", "space"), [("RGB", "DeviceRGB"), ("L", "DeviceGray")])
def test_the_head_of_a_picture_says_its_size_and_colours(
    mode: str, space: str, progressive: bool
) -> None:
    assert measured(jpeg(300, 200, mode, progressive=progressive)) == Picture(300, 200, space)


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xd8", b"\x89PNG\r\n", jpeg(mode="CMYK"), jpeg()[:40], b"\xff\xd8" + b"\xff" * 99],
)
def test_what_an_archive_file_may_not_hold_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="no grey or RGB JPEG"):
        measured(data)


def test_a_scan_stands_whole_between_the_margins_below_its_words() -> None:
    file = pdfium.PdfDocument(printed(jpeg(), Scan(SOURCE, 1, "Quyết định 118 – trang 1/2")))
    left, bottom, width, height = placed(file[0])
    assert height / width == pytest.approx(1169 / 827, abs=0.01)
    assert left >= 29.9
    assert left + width <= 190.1
    assert left + width / 2 == pytest.approx(110, abs=0.2)
    assert 297 - bottom - height > Leaf(file[0]).box("Quyết định 118").bottom


def test_a_scan_without_margins_has_its_own_size() -> None:
    page = pdfium.PdfDocument(printed(jpeg(1654, 2339), Scan(SOURCE), make=Make.STOCK))[0]
    assert placed(page) == pytest.approx((0, 0, 210, 297), abs=0.3)


def test_a_small_picture_is_not_blown_up() -> None:
    _left, _bottom, width, _height = placed(
        pdfium.PdfDocument(printed(jpeg(72, 72), Scan(SOURCE)))[0]
    )
    assert width == pytest.approx(25.4, abs=0.1)


def test_a_picture_lies_in_the_file_once_and_as_it_came() -> None:
    picture = jpeg()
    data = printed(picture, *(Scan(SOURCE, number) for number in (1, 2, 3)))
    assert len(pdfium.PdfDocument(data)) == 3
    assert data.count(picture) == 1


def test_the_picture_seen_is_the_picture_given() -> None:
    page = pdfium.PdfDocument(printed(jpeg(1654, 2339), Scan(SOURCE), make=Make.STOCK))[0]
    seen = page.render(scale=1, grayscale=True).to_pil()
    assert seen.getpixel((20, 20)) < 20
    assert seen.getpixel((300, 400)) > 235


def test_text_and_scans_share_a_paper_and_each_scan_has_its_page() -> None:
    blocks = (Text(plain("Kèm theo:")), Scan(SOURCE), Text(plain("Hết.")))
    paper = Paper("x", "x", blocks, Orientation.LANDSCAPE)
    data, pages = pdf.render([paper], fonts=FONTS, pictures=lambda _scan: jpeg())
    assert pages == 3
    assert [len(list(page.get_objects())) > 0 for page in pdfium.PdfDocument(data)] == [True] * 3


def test_a_scan_is_kept_as_the_name_of_its_file() -> None:
    paper = Paper("x", "x", (Scan(SOURCE, 2, "Ảnh"),))
    assert from_json(json.loads(json.dumps(as_json(paper)))) == paper


def test_scans_without_pictures_are_a_bug(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no picture"):
        pdf.write([Paper("x", "x", (Scan(SOURCE),))], tmp_path / "x.pdf", fonts=FONTS)
    assert list(tmp_path.iterdir()) == []
