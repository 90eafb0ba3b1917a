"""The foot of the pages of a sealed paper: its code, page n of N, and the QR code to check it by.

N is known when the last page is done; until then each page points to a drawing still to be made.
"""

from datetime import date

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from desktop.printing import codes, seals
from desktop.printing.official import Cut, on_one_line
from desktop.printing.paper import Seal, Tag
from desktop.printing.typeface import Family
from desktop.vietnamese.dates import short_date

SIDE = 25 * mm
"""The side of the QR code: at 18 mm, copies at 100 dots to the inch could no longer be read."""
ROOM = SIDE + 4 * mm
"""What the foot takes from the page, the white above the code with it."""
TAG_SIDE, TAG_LOW, TAG_ROOM = 18 * mm, 6 * mm, 27 * mm
"""The side of the code on a sheet that comes back, where it begins, and where the text ends."""
SIZE = 10.5


class Foot:
    """What is the same on all pages of one sealed paper; ``name`` is its own in the file.

    ``width`` is that between the margins, in points.
    """

    def __init__(self, canvas: Canvas, seal: Seal, family: Family, width: float, name: str) -> None:
        self.canvas, self.seal, self.family, self.name = canvas, seal, family, name
        self.width = width
        canvas.beginForm(f"{name}-code", upperx=SIDE, uppery=SIDE)
        codes.draw(canvas, seals.payload(seal), 0, 0, SIDE)
        canvas.endForm()

    def draw(self, number: int, left: float, low: float) -> None:
        """The foot of a page: from the left margin, and so much above the edge, in points."""
        self._place(f"{self.name}-{number}", left, low)
        self._place(f"{self.name}-code", left + self.width - SIDE, low)

    def close(self, pages: int) -> None:
        """Every page is drawn; now it can be said on each how many they are."""
        room = self.width - SIDE - 6 * mm
        regular, italic = self.family.regular, self.family.italic
        issued = on_one_line(self.family.printable(_issued(self.seal)), italic, SIZE, room)
        for number in range(1, pages + 1):
            told = f"Mã bản in {self.seal.code} · trang {number}/{pages}"
            self.canvas.beginForm(f"{self.name}-{number}", upperx=room, uppery=SIDE)
            self._write(Cut(told, regular, SIZE), SIZE * 1.5)
            self._write(issued, SIZE * 0.25)
            self.canvas.endForm()

    def _write(self, cut: Cut, y: float) -> None:
        """A line from its left end."""
        self.canvas.setFont(cut.face.name, cut.size)
        self.canvas.drawString(0, y, cut.text)

    def _place(self, name: str, x: float, y: float) -> None:
        """A drawing of its own at a place."""
        self.canvas.saveState()
        self.canvas.translate(x, y)
        self.canvas.doForm(name)
        self.canvas.restoreState()


class TagFoot:
    """The code below the text by which a sheet that comes back is found again."""

    def __init__(self, canvas: Canvas, tag: Tag, family: Family) -> None:
        self.canvas, self.tag, self.family = canvas, tag, family

    def draw(self, _number: int, left: float, _low: float) -> None:
        """The same on every page, at the left margin."""
        codes.draw(self.canvas, self.tag.code, left, TAG_LOW, TAG_SIDE)
        face = self.family.regular
        self.canvas.setFont(face.name, SIZE)
        words = self.family.printable(self.tag.words)
        self.canvas.drawString(left + TAG_SIDE + 3 * mm, TAG_LOW + 0.5 * mm, words)

    def close(self, _pages: int) -> None:
        """Nothing was left open."""


def _issued(seal: Seal) -> str:
    """Under which number and when, as far as they are known."""
    parts = [f"Số {seal.number}"] if seal.number else []
    if seal.date:
        parts.append(f"ngày {short_date(date.fromisoformat(seal.date))}")
    return " ".join(parts)
