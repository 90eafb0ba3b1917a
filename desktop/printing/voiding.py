"""The mark of a voided paper: "ĐÃ HỦY" across every page of its file, with day and reason."""

from contextlib import ExitStack
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
from reportlab.pdfgen.canvas import Canvas

from desktop.printing.official import Cut, on_one_line
from desktop.printing.typeface import Face, load
from desktop.vietnamese.dates import short_date

WORDS = "ĐÃ HỦY"
_SIZE, _FOOT, _LEAST, _SLANT = 96, 10, 6.5, 35
"""Points of the words across, of the line below and at the least; degrees."""
_EDGE = 24
"""Points that the line keeps from the edges of the sheet."""
_RED, _PALE = (0.75, 0.1, 0.1), (0.93, 0.74, 0.74)
"""An archive file knows no transparency, so what is to look clear is pale."""


def mark(data: bytes, *, day: date, reason: str, fonts: Path) -> bytes:
    """The file with every page marked; what stood there can still be read.

    It stays an archive file where it was one. The words stand below what is printed, the line with
    day and reason above it; of a reason without room the beginning is told, the register has it
    whole.
    """
    said = f"{WORDS} ngày {short_date(day)}: {reason}"
    with pikepdf.open(BytesIO(data)) as file, ExitStack() as opened:
        sheets: dict[tuple[float, float], pikepdf.Pdf] = {}
        for page in file.pages:
            box = pikepdf.Rectangle(page.mediabox)
            size = box.width, box.height
            if size not in sheets:
                drawn = BytesIO(_sheets(*size, said, fonts))
                sheets[size] = opened.enter_context(pikepdf.open(drawn))
            below, above = sheets[size].pages
            page.add_underlay(below, box)
            page.add_overlay(above, box)
        out = BytesIO()
        file.save(out, deterministic_id=True)
    return out.getvalue()


def _sheets(width: float, height: float, said: str, fonts: Path) -> bytes:
    """Two pages of that size: the words across, and the line with day and reason."""
    family = load(fonts)
    face, out = family.bold, BytesIO()
    canvas = Canvas(out, (width, height), pageCompression=1, invariant=1, initialFontName=face.name)  # type: ignore[arg-type]  # the stubs are wrong
    canvas.setFillColorRGB(*_PALE)
    canvas.translate(width / 2, height / 2)
    canvas.rotate(_SLANT)
    words = on_one_line(WORDS, face, _SIZE, 0.9 * min(width, height))
    words.draw(canvas, 0, -words.size / 3)
    canvas.showPage()
    canvas.setFillColorRGB(*_RED)
    line = _line(" ".join(family.printable(said).split()), face, width - 2 * _EDGE)
    line.draw(canvas, width / 2, _FOOT * 1.4)
    canvas.save()
    return out.getvalue()


def _line(said: str, face: Face, room: float) -> Cut:
    """The text on one line as large as its room allows, cut where it could no longer be read."""
    most = room / _LEAST
    ends = face.cumulated(said)
    if ends[-1] > most:
        fits = sum(end <= most - face.widths["…"] for end in ends)
        said = f"{said[:fits].rstrip()}…"
    return on_one_line(said, face, _FOOT, room)
