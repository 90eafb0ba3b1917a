"""The mark of a voided paper: "ĐÃ HỦY" across every page of its file, with day and reason."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
from reportlab.pdfgen.canvas import Canvas

from desktop.printing.typeface import load
from desktop.vietnamese.dates import short_date

WORDS = "ĐÃ HỦY"
_SIZE, _FOOT, _SLANT = 96, 10, 35
_LETTERS = 110
"""So many letters of the reason stand below; the register has it whole."""


def mark(data: bytes, *, day: date, reason: str, fonts: Path) -> bytes:
    """The file with every page marked; what stood there can still be read."""
    said = f"{WORDS} ngày {short_date(day)}: {reason}"
    said = said if len(said) <= _LETTERS else said[: _LETTERS - 1].rstrip() + "…"
    with pikepdf.open(BytesIO(data)) as file:
        for page in file.pages:
            _left, _foot, width, height = (float(part) for part in page.mediabox)
            with pikepdf.open(BytesIO(_sheet(width, height, said, fonts))) as over:
                page.add_overlay(over.pages[0], pikepdf.Rectangle(page.mediabox))
        out = BytesIO()
        file.save(out, deterministic_id=True)
    return out.getvalue()


def _sheet(width: float, height: float, said: str, fonts: Path) -> bytes:
    """A page with nothing but the mark."""
    family = load(fonts)
    sheet = BytesIO()
    canvas = Canvas(sheet, pagesize=(width, height), invariant=1)
    canvas.setFillColorRGB(0.75, 0.1, 0.1)
    canvas.setFont(family.bold.name, _FOOT)
    canvas.drawCentredString(width / 2, _FOOT * 1.4, said)
    canvas.setFillAlpha(0.3)
    canvas.setFont(family.bold.name, _SIZE)
    canvas.translate(width / 2, height / 2)
    canvas.rotate(_SLANT)
    canvas.drawCentredString(0, -_SIZE / 3, WORDS)
    canvas.save()
    return sheet.getvalue()
