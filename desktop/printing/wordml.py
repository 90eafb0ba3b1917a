"""The words of word-processor files (WordprocessingML, ECMA-376): paragraphs, tables, sections.

Nothing here knows what a paper is. Lengths are points; the format counts twentieths of them, and
eighths for the thickness of lines. Children stand in the order that the standard's schema asks for.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement

from desktop.vietnamese.cleaning import compose, without_unseen

Element: TypeAlias = BaseOxmlElement
_ILLEGAL = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
PARAGRAPH, TABLE = qn("w:p"), qn("w:tbl")
RULE = 6
"""Thickness of drawn lines in eighths of a point: 0.75 pt."""


@dataclass(frozen=True, slots=True)
class Letters:
    """A stretch of text in one style; a line end in it stays one. ``font`` names another font."""

    text: str
    size: float
    bold: bool = False
    italic: bool = False
    raised: bool = False
    font: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a paragraph stands: ``align`` as the format calls it, indents and gaps in points.

    ``first``: the first line's own indent. ``exact``: a height that its line has whatever stands in
    it. ``kept``: on the page of what follows. ``dots``: how far from the left a tab is filled with
    dots. ``level``: its place in the outline, outermost 0.
    """

    align: str = "both"
    first: float = 0.0
    left: float = 0.0
    right: float = 0.0
    before: float = 0.0
    after: float = 0.0
    leading: float = 1.09
    exact: float = 0.0
    kept: bool = False
    dots: float = 0.0
    ruled: bool = False
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a paragraph stands on the sheet whatever is around it: its upper left corner."""

    x: float
    y: float
    width: float


def element(name: str, *children: Element, **attributes: object) -> Element:
    """A word of the language with what stands in it; attributes are words of it, too."""
    made = OxmlElement(
        f"w:{name}", attrs={qn(f"w:{key}"): str(value) for key, value in attributes.items()}
    )
    made.extend(children)
    return made


def twentieths(points: float) -> int:
    """Points as the format counts lengths."""
    return round(points * 20)


def legible(text: str) -> str:
    """The text as XML may hold it: composed, nothing unseen, half characters marked as lost."""
    text = text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n")
    return _ILLEGAL.sub("", compose(without_unseen(text.replace("\r", "\n"))))


def paragraph(
    letters: Sequence[Letters], shape: Shape = Shape(), frame: Frame | None = None
) -> Element:
    """A paragraph of stretches of text."""
    return element("p", _shaped(shape, frame), *(run for one in letters for run in _runs(one)))


def _shaped(shape: Shape, frame: Frame | None) -> Element:
    made = element("pPr")
    if shape.kept:
        made.append(element("keepNext"))
    if frame is not None:
        made.append(_framed(frame))
    if shape.ruled:
        line = element("bottom", val="single", sz=RULE, space=0, color="auto")
        made.append(element("pBdr", line))
    if shape.dots:
        stop = element("tab", val="right", leader="dot", pos=twentieths(shape.dots))
        made.append(element("tabs", stop))
    made.extend((_spaced(shape), _indented(shape), element("jc", val=shape.align)))
    if shape.level is not None:
        made.append(element("outlineLvl", val=shape.level))
    return made


def _framed(frame: Frame) -> Element:
    return element(
        "framePr",
        w=twentieths(frame.width),
        wrap="around",
        vAnchor="page",
        hAnchor="page",
        x=max(twentieths(frame.x), 1),
        y=max(twentieths(frame.y), 1),
    )


def _spaced(shape: Shape) -> Element:
    line, rule = (
        (twentieths(shape.exact), "exact") if shape.exact else (round(240 * shape.leading), "auto")
    )
    return element(
        "spacing",
        before=twentieths(shape.before),
        after=twentieths(shape.after),
        line=line,
        lineRule=rule,
    )


def _indented(shape: Shape) -> Element:
    return element(
        "ind",
        left=twentieths(shape.left),
        right=twentieths(shape.right),
        firstLine=twentieths(shape.first),
    )


def _runs(letters: Letters) -> Iterator[Element]:
    """The text with its line ends and tabs, in runs of one style."""
    for number, line in enumerate(legible(letters.text).split("\n")):
        if number:
            yield element("r", element("br"))
        for place, part in enumerate(line.split("\t")):
            if place:
                yield element("r", _styled(letters), element("tab"))
            if part:
                yield element("r", _styled(letters), _text(part))


def _text(text: str) -> Element:
    made = element("t")
    made.text = text
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def _styled(letters: Letters) -> Element:
    made = element("rPr")
    if letters.font:
        font = letters.font
        made.append(element("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font))
    if letters.bold:
        made.append(element("b"))
    if letters.italic:
        made.append(element("i"))
    halves = max(round(letters.size * 2), 2)
    made.extend((element("sz", val=halves), element("szCs", val=halves)))
    if letters.raised:
        made.append(element("vertAlign", val="superscript"))
    return made


def field(name: str, size: float) -> Element:
    """A run whose text the word processor finds itself, such as the number of the page."""
    shown = element("r", _styled(Letters("", size)), _text("2"))
    return element("fldSimple", shown, instr=name)


def keep(block: Element) -> None:
    """Bind a paragraph, or the last two rows of a table, to the page of what follows."""
    rows = block.findall(qn("w:tr"))
    for place in [block] if block.tag == PARAGRAPH else rows[-2:]:
        for made in place.iter(qn("w:pPr")):
            if made.find(qn("w:keepNext")) is None:
                made.insert(0, element("keepNext"))


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its paragraphs and tables, how many columns it covers, how it stands in its row.

    ``below``: it goes on in the row below; ``above``: it is the rest of the cell above it.
    """

    blocks: tuple[Element, ...]
    span: int = 1
    align: str = "top"
    below: bool = False
    above: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Cells:
    """A row; ``heading``: repeated on every page; ``whole``: never cut; ``height``: at least."""

    cells: tuple[Cell, ...]
    heading: bool = False
    whole: bool = False
    height: float = 0.0


def table(
    rows: Sequence[Cells], widths: Sequence[float], *, lines: bool = False, pad: float = 0.0
) -> Element:
    """A table of fixed columns; ``lines`` draws them, ``pad`` is the white inside of cells."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    kind = {"val": "single", "sz": 4, "space": 0, "color": "auto"} if lines else {"val": "nil"}
    properties = element(
        "tblPr",
        element("tblW", w=twentieths(sum(widths)), type="dxa"),
        element("tblBorders", *(element(side, **kind) for side in sides)),
        element("tblLayout", type="fixed"),
        element(
            "tblCellMar",
            *(
                element(side, w=twentieths(pad), type="dxa")
                for side in ("top", "left", "bottom", "right")
            ),
        ),
    )
    grid = element("tblGrid", *(element("gridCol", w=twentieths(width)) for width in widths))
    return element("tbl", properties, grid, *(_row(row, widths) for row in rows))


def _row(row: Cells, widths: Sequence[float]) -> Element:
    properties = element("trPr")
    if row.whole:
        properties.append(element("cantSplit"))
    if row.height:
        properties.append(element("trHeight", val=twentieths(row.height), hRule="atLeast"))
    if row.heading:
        properties.append(element("tblHeader"))
    made, column = element("tr", properties), 0
    for cell in row.cells:
        made.append(_cell(cell, sum(widths[column : column + cell.span])))
        column += cell.span
    return made


def _cell(cell: Cell, width: float) -> Element:
    properties = element("tcPr", element("tcW", w=twentieths(width), type="dxa"))
    if cell.span > 1:
        properties.append(element("gridSpan", val=cell.span))
    if cell.below or cell.above:
        properties.append(element("vMerge", val="restart" if cell.below else "continue"))
    if cell.cut:
        line = element("bottom", val="dashed", sz=4, space=0, color="auto")
        properties.append(element("tcBorders", line))
    properties.append(element("vAlign", val=cell.align))
    made = element("tc", properties, *cell.blocks)
    if made[-1].tag != PARAGRAPH:
        # A cell ends with a paragraph; this one takes no room.
        made.append(closing())
    return made


def closing(section: Element | None = None) -> Element:
    """A paragraph that takes no room; with a section, what stands before it ends that section."""
    made = paragraph((), Shape(align="left", exact=1.0))
    if section is not None:
        made[0].append(section)
    return made


@dataclass(frozen=True, slots=True)
class Section:
    """Pages of one kind: the sheet, its margins (left, right, top, bottom), how they are numbered.

    ``restart``: from 1, and the first shows no number. ``framed``: with a border around the page.
    """

    width: float
    height: float
    margins: tuple[float, float, float, float]
    restart: bool = True
    framed: bool = False

    def going_on(self) -> "Section":
        """The pages after these, numbered further."""
        return replace(self, restart=False)


def section(pages: Section) -> Element:
    """The properties of a section that begins on a new page."""
    left, right, top, bottom = (twentieths(margin) for margin in pages.margins)
    size = {"w": twentieths(pages.width), "h": twentieths(pages.height)}
    if pages.width > pages.height:
        size["orient"] = "landscape"  # type: ignore[assignment] # an attribute is any text
    edges = {"top": top, "right": right, "bottom": bottom, "left": left}
    head = max(top // 2 - 140, 0)
    made = element(
        "sectPr",
        element("type", val="nextPage"),
        element("pgSz", **size),
        element("pgMar", **edges, header=head, footer=bottom // 2, gutter=0),
    )
    if pages.framed:
        made.append(_border())
    if pages.restart:
        made.extend((element("pgNumType", start=1), element("titlePg")))
    return made


def _border() -> Element:
    """Two lines around the page, a bold one outside and a fine one inside."""
    line = {"val": "thickThinSmallGap", "sz": 18, "space": 28, "color": "auto"}
    sides = (element(side, **line) for side in ("top", "left", "bottom", "right"))
    return element("pgBorders", *sides, offsetFrom="page")
