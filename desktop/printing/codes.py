"""Codes that cameras read: QR, drawn as one shape, so that no copy shows seams in it."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.pdfgen.canvas import Canvas

QUIET = 4
"""So many squares around a code stay white."""


@lru_cache(maxsize=64)
def squares(text: str) -> tuple[tuple[bool, ...], ...]:
    """The rows of a code from the top, True for black; 15 % of it may be spoilt (level M)."""
    code: Any = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    count = range(code.getModuleCount())
    return tuple(tuple(bool(code.isDark(row, column)) for column in count) for row in count)


def draw(canvas: Canvas, text: str, x: float, y: float, side: float) -> None:
    """Draw the code of a text with its lower left corner at ``x``, ``y``; its sides in points."""
    rows = squares(text)
    square = side / len(rows)
    path = canvas.beginPath()
    for number, row in enumerate(rows, 1):
        for start, stop in _runs(row):
            width = (stop - start) * square
            path.rect(x + start * square, y + side - number * square, width, square)
    canvas.drawPath(path, stroke=0, fill=1)


def _runs(row: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    """Where black begins and ends in a row."""
    start = None
    for at, dark in enumerate((*row, False)):
        if dark and start is None:
            start = at
        elif not dark and start is not None:
            yield start, at
            start = None
