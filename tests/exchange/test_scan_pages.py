"""Scans of strangers become flat A4 pictures, or are refused with a reason; never more."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from desktop.exchange.scan_pages import ACROSS, DOWN, MOST_PAGES
from desktop.exchange.worker import Bounds, ExhaustedError, run_bounded


def draw(path: Path, folder: Path, bounds: Bounds | None = None) -> list[dict[str, object]]:
    folder.mkdir(exist_ok=True)
    (said,) = run_bounded("scans", [str(path), str(folder)], bounds=bounds)
    assert bool(said["pages"]) != bool(said["refused"])
    return said["pages"] or [{"refused": said["refused"]}]


def pdf(path: Path, pages: int = 2, size: tuple[float, float] = (595, 842)) -> Path:
    canvas = Canvas(str(path), pagesize=size)
    for number in range(pages):
        canvas.drawString(100, 100, f"page {number}")
        canvas.showPage()
    canvas.save()
    return path


def photo(path: Path, size: tuple[int, int] = (3000, 2000), colour: str = "#a02020") -> Path:
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).ellipse((200, 200, 700, 700), fill=colour)
    picture.save(path)
    return path


def test_a_pdf_is_drawn_page_by_page_at_two_hundred_dots_in_grey(tmp_path: Path) -> None:
    pages = draw(pdf(tmp_path / "quyết định.pdf"), tmp_path / "out")
    assert pages == [{"page": n, "across": False, "pages": 2} for n in (1, 2)]
    with Image.open(tmp_path / "out" / "2.jpg") as picture:
        assert (picture.mode, picture.format) == ("L", "JPEG")
        assert picture.size == pytest.approx((ACROSS, 1784), abs=2)


def test_a_photo_keeps_its_colours_and_lies_as_it_does(tmp_path: Path) -> None:
    (page,) = draw(photo(tmp_path / "ảnh.jpg"), tmp_path / "out")
    assert page["across"]
    with Image.open(tmp_path / "out" / "1.jpg") as picture:
        assert picture.mode == "RGB"
        assert picture.size == (1890, ACROSS)


def test_a_photo_taken_sideways_is_turned_upright(tmp_path: Path) -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    with Image.open(photo(tmp_path / "a.jpg")) as picture:
        picture.save(tmp_path / "b.jpg", exif=turned)
    (page,) = draw(tmp_path / "b.jpg", tmp_path / "out")
    assert not page["across"]


def test_what_is_clear_is_laid_on_white(tmp_path: Path) -> None:
    Image.new("RGBA", (50, 80), (0, 0, 0, 0)).save(tmp_path / "a.png")
    draw(tmp_path / "a.png", tmp_path / "out")
    with Image.open(tmp_path / "out" / "1.jpg") as picture:
        assert picture.getpixel((20, 20)) == 255


def test_a_large_but_sensible_picture_is_made_smaller(tmp_path: Path) -> None:
    Image.new("1", (13_000, 2_000)).save(tmp_path / "a.png")
    draw(tmp_path / "a.png", tmp_path / "out")
    with Image.open(tmp_path / "out" / "1.jpg") as picture:
        assert picture.width == DOWN


def test_of_a_long_file_so_many_pages_are_drawn(tmp_path: Path) -> None:
    pages = draw(pdf(tmp_path / "a.pdf", MOST_PAGES + 2), tmp_path / "out")
    assert (len(pages), pages[-1]["pages"]) == (MOST_PAGES, MOST_PAGES + 2)


def test_every_page_of_a_fax_is_drawn(tmp_path: Path) -> None:
    sheets = [Image.new("1", (200, 300), n) for n in (0, 1)]
    sheets[0].save(tmp_path / "a.tif", save_all=True, append_images=sheets[1:])
    assert len(draw(tmp_path / "a.tif", tmp_path / "out")) == 2


def encrypted(path: Path) -> None:
    with pikepdf.open(pdf(path.with_suffix(".plain"))) as document:
        document.save(path, encryption=pikepdf.Encryption(user="x", owner="y"))


def bomb(path: Path) -> None:
    Image.new("1", (13_000, 13_000)).save(path, "PNG")


def cut(path: Path) -> None:
    whole = photo(path.with_suffix(".png")).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def word(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("word/document.xml", "<w:document/>")


def broken(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n1 0 obj <</Type /Catalog /Pages 2 0 R>>")


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (encrypted, "scan-encrypted"),
        (bomb, "scan-too-large"),
        (cut, "scan-damaged"),
        (word, "scan-other"),
        (broken, "scan-damaged"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_its_reason(
    make: Callable[[Path], None], reason: str, tmp_path: Path
) -> None:
    make(tmp_path / "hostile")
    assert draw(tmp_path / "hostile", tmp_path / "out") == [{"refused": reason}]


def test_one_hostile_file_among_others_hinders_none(tmp_path: Path) -> None:
    bomb(tmp_path / "b")
    files = [pdf(tmp_path / "a.pdf"), tmp_path / "b", photo(tmp_path / "c.png")]
    where = []
    for number, file in enumerate(files):
        (tmp_path / str(number)).mkdir()
        where += [str(file), str(tmp_path / str(number))]
    drawn = run_bounded("scans", where)
    assert [(len(one["pages"]), one["refused"]) for one in drawn] == [
        *((2, ""), (0, "scan-too-large")),
        (1, ""),
    ]


def endless(path: Path) -> None:
    """A page that draws a form that draws ten forms, ten times over."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(595, 842))
    inner = document.make_stream(
        b"0 0 9 9 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9]
    )
    for _depth in range(10):
        within = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=inner))
        inner = document.make_stream(b"/X Do " * 10, Resources=within, Subtype=pikepdf.Name.Form)
        inner.Type, inner.BBox = pikepdf.Name.XObject, [0, 0, 9, 9]
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=inner))
    page.Contents = document.make_stream(b"/X Do")
    document.save(path)


def test_a_pdf_that_never_ends_ends_the_worker_only(tmp_path: Path) -> None:
    endless(tmp_path / "a.pdf")
    with pytest.raises(ExhaustedError):
        draw(tmp_path / "a.pdf", tmp_path / "out", Bounds(seconds=1))
