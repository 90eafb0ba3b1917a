"""A page of an attached paper, printed as a picture: flat, grey or in colours, whole on its page.

The picture is a JPEG that somebody else made of what strangers sent; here only its head is read.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from reportlab.lib.units import mm
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream
from reportlab.pdfgen.canvas import Canvas

from desktop.printing.flowables import Block, Lines
from desktop.printing.paper import Scan

Pictures = Callable[[Scan], bytes]
"""Gives the JPEG of a scan: grey or RGB, eight bits, as the bounded worker has drawn it."""

COARSEST = 72
"""A picture is enlarged until so many of its dots make an inch, and no further."""
ROOM = 2 * mm
"""Between a picture and its words."""
_SIZED = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_SPACES = {1: "DeviceGray", 3: "DeviceRGB"}


class Picture(NamedTuple):
    """What the head of a JPEG says: its dots across and down, and its colour space in a file."""

    width: int
    height: int
    space: str


def no_pictures(scan: Scan) -> bytes:
    """Whoever prints scans must say where their pictures are; otherwise it is a bug.

    Raises ValueError.
    """
    raise ValueError(f"no picture for {scan.source}, page {scan.page}")


def kept_in(folder: Path) -> Pictures:
    """The pictures that lie in a folder: one for each source, in it the pages by their numbers."""

    def picture(scan: Scan) -> bytes:
        return (folder / scan.source / f"{scan.page}.jpg").read_bytes()

    return picture


def measured(jpeg: bytes) -> Picture:
    """The size and the colours of a JPEG, read from its head.

    Raises ValueError for what is no JPEG, and for one that an archive file may not hold: more than
    eight bits, four inks.
    """
    at = 2
    while jpeg[:2] == b"\xff\xd8" and at + 10 <= len(jpeg) and jpeg[at] == 0xFF:
        marker = jpeg[at + 1]
        if marker in _SIZED:
            bits, inks = jpeg[at + 4], jpeg[at + 9]
            size = Picture(_two(jpeg, at + 7), _two(jpeg, at + 5), _SPACES.get(inks, ""))
            if bits != 8 or not all(size):
                break
            return size
        # A marker may be preceded by any number of fill bytes; some stand without a length.
        at += 1 if marker == 0xFF else 2 if marker in _ALONE else 2 + _two(jpeg, at + 2)
    raise ValueError("no grey or RGB JPEG of eight bits")


def _two(data: bytes, at: int) -> int:
    """Two bytes as a number."""
    return int.from_bytes(data[at : at + 2], "big")


class ScanBlock(Block):
    """A picture as large as the page allows, in its middle, with its words above it."""

    def __init__(self, jpeg: bytes, words: Lines, width: float, tall: float) -> None:
        super().__init__(width)
        self.jpeg, self.words, self.tall = jpeg, words, tall - 0.01
        self.picture = measured(jpeg)
        self.above = words.extent(tall) + ROOM if words.broken else 0.0

    def extent(self, room: float) -> float:  # noqa: ARG002 - the whole page
        """The whole page."""
        return self.tall

    def draw(self) -> None:
        """The words, and the picture below them."""
        if self.words.broken:
            self.words.wrap(self.width, self.above)
            self.words.drawOn(self.canv, 0, self.tall - self.words.height)
        across, down, _space = self.picture
        room = self.tall - self.above
        scale = min(self.width / across, room / down, 72 / COARSEST)
        self.canv.saveState()
        self.canv.translate((self.width - across * scale) / 2, room - down * scale)
        self.canv.scale(across * scale, down * scale)
        self.canv.doForm(_kept(self.canv, self.jpeg, self.picture))
        self.canv.restoreState()


def _kept(canvas: Canvas, jpeg: bytes, picture: Picture) -> str:
    """The name of the picture in the file, where equal pictures are kept once, as they came."""
    name = hashlib.sha256(jpeg).hexdigest()[:24]
    if not canvas.hasForm(name):
        across, down, space = picture
        head = {
            "Type": PDFName("XObject"),
            "Subtype": PDFName("Image"),
            "Width": across,
            "Height": down,
            "ColorSpace": PDFName(space),
            "BitsPerComponent": 8,
            "Filter": PDFArray([PDFName("DCTDecode")]),
        }
        file = canvas._doc  # type: ignore[attr-defined]  # noqa: SLF001 - no way to add a finished stream
        file.Reference(PDFStream(PDFDictionary(head), jpeg), file.getXObjectName(name))
    return name
