"""Scans of strangers become flat A4 pictures, or are refused with a reason; never more."""

import random
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import ExifTags, Image, ImageDraw
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


def sealed(path: Path) -> Path:
    """A decision with a visible signature, as programs that sign put it on the page."""
    with pikepdf.open(pdf(path.with_suffix(".plain"), 1)) as document:
        form = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Form, "BBox": [0, 0, 200, 60]}
        stamp = document.make_stream(b"0.8 0 0 rg 0 0 200 60 re f", **form)
        widget = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, F=132
        )
        widget.T, widget.Rect = pikepdf.String("Signature1"), [300, 100, 500, 160]
        widget.AP = pikepdf.Dictionary(N=stamp)
        field = document.make_indirect(widget)
        document.pages[0].Annots = pikepdf.Array([field])
        document.Root.AcroForm = pikepdf.Dictionary(Fields=[field], SigFlags=3)
        document.save(path)
    return path


def test_the_seal_of_a_digital_signature_is_drawn_in_its_colour(tmp_path: Path) -> None:
    draw(sealed(tmp_path / "ký số.pdf"), tmp_path / "out")
    with Image.open(tmp_path / "out" / "1.jpg") as picture:
        at = (round(400 * picture.width / 595), round((842 - 130) * picture.height / 842))
        assert picture.getpixel(at) == pytest.approx((204, 0, 0), abs=12)


def deep(bits: int) -> Image.Image:
    """A sheet of so many bits a dot: black, grey, white."""
    levels = (0, (1 << bits) // 2, (1 << bits) - 1)
    row = b"".join(level.to_bytes(2, "little") * 100 for level in levels)
    return Image.frombytes("I;16", (300, 400), row * 400)


@pytest.mark.parametrize(("bits", "name"), [(16, "a.png"), (16, "a.tif"), (12, "a.tif")])
def test_a_scan_of_more_than_256_greys_keeps_them(bits: int, name: str, tmp_path: Path) -> None:
    deep(bits).save(tmp_path / name)
    draw(tmp_path / name, tmp_path / "out")
    with Image.open(tmp_path / "out" / "1.jpg") as picture:
        seen = [picture.getpixel((x, 200)) for x in (50, 150, 250)]
    assert seen == pytest.approx([0, 128, 255], abs=4)


def test_a_scan_of_more_than_256_greys_from_a_mac_keeps_them_too(tmp_path: Path) -> None:
    swapped = Image.frombytes("I;16B", (2, 3), bytes([0x80, 0, 0xFF, 0xFF]) * 3)
    swapped.save(tmp_path / "a.tif")
    draw(tmp_path / "a.tif", tmp_path / "out")
    with Image.open(tmp_path / "out" / "1.jpg") as picture:
        assert picture.getpixel((0, 1)) == pytest.approx(128, abs=8)


def test_a_sheet_scanned_at_600_dots_in_16_bits_fits_into_the_workers_memory(
    tmp_path: Path,
) -> None:
    Image.new("I;16", (4960, 7016), 40_000).save(tmp_path / "a.png")
    draw(tmp_path / "a.png", tmp_path / "out")
    with Image.open(tmp_path / "out" / "1.jpg") as picture:
        assert picture.getpixel((9, 9)) == pytest.approx(156, abs=2)


@pytest.mark.parametrize("mode", ["F", "I"])
def test_measurements_that_are_no_scan_are_refused(mode: str, tmp_path: Path) -> None:
    Image.new(mode, (50, 50), 100_000).save(tmp_path / "a.tif")
    assert draw(tmp_path / "a.tif", tmp_path / "out") == [{"refused": "scan-other"}]


def test_a_photo_whose_notes_are_broken_is_printed_and_upright_all_the_same(
    tmp_path: Path,
) -> None:
    notes = Image.Exif()
    notes[ExifTags.Base.Make] = "x"
    notes[ExifTags.Base.Orientation] = 6
    # A width in letters: what the library reads, but cannot write again.
    broken = notes.tobytes().replace(b"\x01\x0f\x00\x02", b"\x01\x00\x00\x02")
    with Image.open(photo(tmp_path / "a.jpg")) as picture:
        picture.save(tmp_path / "b.jpg", exif=broken)
    (page,) = draw(tmp_path / "b.jpg", tmp_path / "out")
    assert page == {"page": 1, "across": False, "pages": 1}


KINDS = {
    "jpg": "JPEG",
    "png": "PNG",
    "tif": "TIFF",
    "lzw.tif": "TIFF",
    "webp": "WEBP",
    "gif": "GIF",
    "pdf": "PDF",
}
"""What scanners and telephones make."""


def sound(name: str) -> bytes:
    """A small sound file of a kind, with notes of its camera, of two sheets where it can be."""
    picture = Image.frombytes("L", (48, 64), random.Random(name).randbytes(48 * 64))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2022:06:15 09:00:00"
    more: dict[str, Any] = {"exif": exif}
    if KINDS[name] == "TIFF":
        more |= {"save_all": True, "append_images": [picture.copy()]}
    if name == "lzw.tif":
        more["compression"] = "tiff_lzw"
    out = BytesIO()
    picture.convert("P" if name == "png" else "L").save(out, KINDS[name], **more)
    return out.getvalue()


def spoilt(data: bytes, dice: random.Random) -> bytes:
    """The file with a few bytes changed, most of them near its beginning or end, or cut short."""
    changed = bytearray(data)
    for _time in range(dice.randint(1, 6)):
        reach = dice.choice((60, 400, len(data)))
        at = dice.randrange(min(reach, len(data))) * dice.choice((1, 1, -1))
        changed[at] = dice.choice((0, 1, 0x7F, 0xFF, dice.randrange(256)))
    return bytes(changed[: dice.randrange(len(data))] if dice.random() < 0.1 else changed)


@pytest.mark.parametrize("name", KINDS)
def test_no_spoilt_file_hinders_another_from_being_drawn(name: str, tmp_path: Path) -> None:
    data = sound(name)
    dice = random.Random(name)
    where = []
    for number in range(200):
        file, folder = tmp_path / f"{number}.{name}", tmp_path / str(number)
        file.write_bytes(spoilt(data, dice) if number else data)
        folder.mkdir()
        where += [str(file), str(folder)]
    drawn = run_bounded("scans", where)
    assert len(drawn) == 200
    assert drawn[0]["pages"]
    known = {"", "scan-damaged", "scan-other", "scan-too-large", "scan-encrypted"}
    assert {one["refused"] for one in drawn} <= known
    assert all(bool(one["pages"]) != bool(one["refused"]) for one in drawn)
