"""The stamp of a digital signature: what it says, how it looks, and where on the paper it stands.

Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II: upright letters of 10 pt, black, the time with its zone.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pypdfium2 as pdfium
from PIL import Image
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from desktop.printing.official import Cut, on_one_line
from desktop.printing.typeface import Family, load

SIZE = 10.0
WIDTH, HEIGHT, LEAST = 74 * mm, 21 * mm, 14 * mm
"""The room a stamp takes, and the height below which it could not be read."""
EDGE = 20 * mm
"""No stamp stands nearer to the edge of the sheet."""
_PAD = 1.5 * mm
_WHITE = 250


class Spot(NamedTuple):
    """Where a stamp stands: the page, from 0, and its edges in points from the lower left."""

    page: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def edges(self) -> tuple[int, int, int, int]:
        """Its edges in whole points, which is how they are kept in a file."""
        return round(self.left), round(self.bottom), round(self.right), round(self.top)


def lines(name: str, office: str, moment: datetime, reason: str) -> list[str]:
    """What a stamp says: who signed, for which organ, when, and why where a reason was given."""
    zone = moment.strftime("%z")
    told = [f"Ký bởi: {name}"]
    told += [f"Cơ quan: {office}"] if office else []
    told += [f"Thời gian ký: {moment:%d/%m/%Y %H:%M:%S} {zone[:3]}:{zone[3:]}".rstrip(" :")]
    return told + ([f"Lý do: {reason}"] if reason else [])


def drawn(told: Sequence[str], spot: Spot, fonts: Path) -> bytes:
    """The stamp as a file of one page of its size, its letters embedded.

    Raises UserError for a missing font.
    """
    family = load(fonts)
    width, height = spot.right - spot.left, spot.top - spot.bottom
    out = BytesIO()
    canvas = Canvas(out, (width, height), pageCompression=1, invariant=1, initialFontName="SoSerif")  # type: ignore[arg-type]  # the stubs are wrong
    canvas.setLineWidth(0.5)
    canvas.rect(0.25, 0.25, width - 0.5, height - 0.5)
    cuts = _cuts(told, family, width - 2 * _PAD, (height - _PAD) / len(told))
    y = height - (height - sum(cut.leading for cut in cuts)) / 2
    for cut in cuts:
        y -= cut.leading
        canvas.setFont(cut.face.name, cut.size)
        canvas.drawString(_PAD, y + 0.25 * cut.size, cut.text)
    canvas.save()
    return out.getvalue()


def _cuts(told: Sequence[str], family: Family, width: float, each: float) -> list[Cut]:
    """The lines, each as large as its room allows."""
    size = min(SIZE, each / 1.22)
    return [on_one_line(family.printable(line), family.regular, size, width) for line in told]


def place(data: bytes, names: Sequence[str]) -> Spot | None:
    """Where to stamp a file: above the last place where one of these names stands, if it is free.

    Where none is, the lowest free place of the last page, looked for from the right; None where
    that page has no room.
    """
    with closing(pdfium.PdfDocument(data)) as file:
        for number in range(len(file) - 1, -1, -1):
            spot = _above(file[number], number, names)
            if spot is not None:
                return spot
        return _free(file[len(file) - 1], len(file) - 1)


def _above(page: pdfium.PdfPage, number: int, names: Sequence[str]) -> Spot | None:
    """The free room above a name, as high as a stamp or a little less."""
    width, height = page.get_size()
    for left, right, top in _found(page, names):
        start = min(max((left + right - WIDTH) / 2, EDGE), width - EDGE - WIDTH)
        spot = Spot(number, start, top + mm, start + WIDTH, top + mm + HEIGHT)
        sheet = _seen(page)
        while spot.top - spot.bottom >= LEAST:
            if spot.top < height and _is_white(sheet, spot, height):
                return spot
            spot = spot._replace(top=spot.top - mm)
    return None


def _found(page: pdfium.PdfPage, names: Sequence[str]) -> Iterator[tuple[float, float, float]]:
    """Where names stand, each from its last place: left, right and upper edge."""
    letters = page.get_textpage()
    # Letter by letter, so that the places in the text stay those in the file.
    text = "".join(_plain(letters.get_text_range(at, 1)) for at in range(letters.count_chars()))
    for name in names:
        wanted = "".join(map(_plain, unicodedata.normalize("NFC", name.strip())))
        at = text.rfind(wanted) if wanted else -1
        if at >= 0:
            boxes = [letters.get_charbox(at + step) for step in range(len(wanted))]
            yield min(b[0] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _plain(letter: str) -> str:
    """One letter to compare by, whatever its case."""
    return (letter.lower() or " ")[:1]


def _free(page: pdfium.PdfPage, number: int) -> Spot | None:
    """The lowest free room of a page, looked for from the right."""
    width, height = page.get_size()
    sheet = _seen(page)
    bottom = EDGE
    while bottom + HEIGHT <= height - EDGE:
        for left in (width - EDGE - WIDTH, (width - WIDTH) / 2, EDGE + 10 * mm):
            spot = Spot(number, left, bottom, left + WIDTH, bottom + HEIGHT)
            if _is_white(sheet, spot, height):
                return spot
        bottom += 2 * mm
    return None


def _seen(page: pdfium.PdfPage) -> Image.Image:
    """The page in grey, a dot a millimetre."""
    seen: Image.Image = page.render(scale=1 / mm, grayscale=True).to_pil()
    return seen


def _is_white(sheet: Image.Image, spot: Spot, height: float) -> bool:
    """Whether nothing is printed there."""
    left, right = round(spot.left / mm), round(spot.right / mm)
    upper, lower = round((height - spot.top) / mm), round((height - spot.bottom) / mm)
    return min(sheet.crop((left, upper, right, lower)).tobytes()) >= _WHITE
