"""The alphabet of the papers as one page of 256 codes, and the fonts that are cut down to it.

What papers are written with fits one page: ASCII, the 134 Vietnamese letters beyond it, and the
signs of figures and quotation. So the part of a font that goes into a file is the same in every
file: it is made and packed once, text becomes bytes in one step, and files that are bound together
share it. A letter beyond the alphabet comes in a page that its file alone has.
"""

import codecs
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from weakref import ref

from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont, makeToUnicodeCMap

VIETNAMESE = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
)
SIGNS = "–—…“”‘’•°±×÷²³≥≤□€·½«»→←µ§"
_OTHERS = "".join(sign for sign in VIETNAMESE + VIETNAMESE.upper() + SIGNS if not sign.isascii())
_FREE = 31
"""So many codes lie between 0, which stands for no letter, and the space."""
PAGE = "\0" + _OTHERS[:_FREE] + "".join(map(chr, range(32, 127))) + _OTHERS[_FREE:]
"""The letter of each code; those of ASCII have their own, so that a space is known as one."""
_CODES = codecs.charmap_build(PAGE)


def encoded(text: str) -> bytes | None:
    """The text in codes of the page; None where a letter of it is beyond the alphabet."""
    try:
        return codecs.charmap_encode(text, "strict", _CODES)[0]
    except UnicodeEncodeError:
        return None


class _Ready(pdfdoc.PDFObject):
    """A part of a file whose bytes are known."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def format(self, document: object) -> bytes:  # noqa: ARG002 - the library's signature
        """Its bytes."""
        return self.content


@dataclass(frozen=True, slots=True)
class _Cut:
    """A font cut down to some letters: its name in files, widths, and streams already packed."""

    name: str
    widths: bytes
    letters: bytes
    outlines: bytes
    length: int


class PageFont(TTFont):
    """A font of which every file gets the same page of letters, and further pages as it needs."""

    def __init__(self, name: str, file: str) -> None:
        super().__init__(name, file, shapable=False)
        self._cut = lru_cache(maxsize=2)(self._made)
        self._latest: tuple[Callable[[], object], str] = (lambda: None, "")

    def operands(self, text: str, document: object) -> list[tuple[str, str]]:
        """The text as a page of a file names it: the resource of its letters, and their string.

        Parted where a letter is beyond the alphabet. A space that does not break is a space.
        """
        codes = encoded(text)
        if codes is None:
            codes = encoded(text.replace("\xa0", " "))
        if codes is not None:
            return [(self._first_page(document), f"({escapePDF(codes)})")]
        return [
            (self.getSubsetInternalName(number, document), f"({escapePDF(part)})")
            for number, part in self.splitString(text, document)
        ]

    def _first_page(self, document: object) -> str:
        """The resource of the alphabet in this file, remembered for the file that is written."""
        known, resource = self._latest
        if known() is not document:
            self._primed(document)
            resource = self.getSubsetInternalName(0, document)
            self._latest = (ref(document), resource)
        return resource

    def splitString(  # noqa: N802 - the library's name
        self, text: str, doc: object, encoding: str = "utf-8"
    ) -> list[tuple[int, bytes]]:
        """What the library's own writing asks for: pages and the codes on them."""
        self._primed(doc)
        parts: list[tuple[int, bytes]] = super().splitString(text, doc, encoding)
        return parts

    def _primed(self, document: object) -> None:
        """See to it that the first page of a file is the alphabet."""
        if document not in self.state:
            state: Any = TTFont.State(asciiReadable=0, ttf=self)
            self.state[document] = state
            state.assignments = {ord(letter): code for code, letter in enumerate(PAGE)}
            state.subsets = [list(map(ord, PAGE))]
            state.nextCode = len(PAGE)

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - the library's name
        """Put the pages that a file used into it."""
        state = self.state.pop(doc)
        fonts = doc.idToObject["BasicFonts"].dict
        for number, letters in enumerate(state.subsets):
            name = f"{state.internalName}+{number}"
            fonts[name] = self._placed(doc, name, self._cut(number, tuple(letters)))

    def _placed(self, document: Any, name: str, cut: _Cut) -> Any:
        """A cut-down font with its streams and its description, as parts of a file."""
        font: Any = pdfdoc.PDFTrueTypeFont()
        font.Name, font.BaseFont = name, cut.name
        font.FirstChar, font.LastChar = 0, cut.widths.count(b" ")
        font.Widths = _Ready(cut.widths)
        font.ToUnicode = document.Reference(_packed(cut.letters), f"letters:{cut.name}")
        outlines = _packed(cut.outlines)
        outlines.dictionary["Length1"] = cut.length
        described = self._description(cut.name)
        described["FontFile2"] = document.Reference(outlines, f"outlines:{cut.name}")
        font.FontDescriptor = document.Reference(described, f"description:{cut.name}")
        document.Reference(font, name)
        return font

    def _description(self, name: str) -> pdfdoc.PDFDictionary:
        """The measures of the font; it is symbolic (4), not of the standard letters (32)."""
        face = self.face
        return pdfdoc.PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": pdfdoc.PDFName(name),
                "Flags": face.flags & ~32 | 4,
                "FontBBox": pdfdoc.PDFArray(face.bbox),
                "Ascent": face.ascent,
                "CapHeight": face.capHeight,
                "Descent": face.descent,
                "ItalicAngle": face.italicAngle,
                "StemV": face.stemV,
                "MissingWidth": face.defaultWidth,
            }
        )

    def _made(self, number: int, letters: tuple[int, ...]) -> _Cut:
        """The font cut down to these letters."""
        face: Any = self.face
        name = f"{SUBSETN(number).decode()}+{face.name.decode()}"
        widths = " ".join(f"{face.getCharWidth(code):.10g}" for code in letters)
        outlines = face.makeSubset(letters)
        return _Cut(
            name,
            f"[{widths}]".encode(),
            zlib.compress(makeToUnicodeCMap(name, letters).encode(), 9),
            zlib.compress(outlines, 9),
            len(outlines),
        )


def _packed(content: bytes) -> pdfdoc.PDFStream:
    """A stream that is packed already."""
    stream = pdfdoc.PDFStream(content=content, filters=[])
    stream.dictionary["Filter"] = "/FlateDecode"
    return stream
