"""How a paper looks: Paper to platypus flowables, by Nghị định 30/2020/NĐ-CP, Phụ lục I.

A4, margins 20 mm above, below and right and 30 mm left, Times letters of 12 to 14 pt. Widths of
columns are millimetres, everything else points.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from math import floor, sqrt
from typing import Any

from reportlab.lib.units import mm

from desktop.printing import foot
from desktop.printing.flowables import (
    Block as Piece,
)
from desktop.printing.flowables import (
    Carried,
    Fitted,
    Led,
    Ledger,
    Lines,
    Mark,
    NewPage,
    Sheet,
    Space,
    Style,
)
from desktop.printing.official import (
    ORGAN_RULE,
    AddressBlock,
    CutLine,
    HalfSheet,
    HeaderBlock,
    Rule,
    ShortRule,
    SignatureBlock,
    StockBlock,
    TickBlock,
    on_one_line,
)
from desktop.printing.paper import (
    Addressees,
    Align,
    Article,
    Block,
    Gap,
    Halves,
    Header,
    LabelledLine,
    LegalBases,
    Make,
    Notes,
    Orientation,
    PageBreak,
    Paper,
    Row,
    Run,
    Scan,
    Seal,
    Signatures,
    Stock,
    Table,
    Text,
    TickBoxes,
    Title,
)
from desktop.printing.scans import Pictures, ScanBlock, no_pictures
from desktop.printing.typeface import Family, Line, break_runs
from desktop.printing.typeface import Piece as Letters
from desktop.printing.unparted import unparted

MARGIN_TOP, MARGIN_BOTTOM, MARGIN_LEFT, MARGIN_RIGHT = 20 * mm, 20 * mm, 30 * mm, 20 * mm
INDENT = 12.7 * mm
"""First line of a paragraph: 10 or 12.7 mm."""
LARGE = 22.0
"""The name of a certificate, which no decree prescribes."""
FRAMED_SIZES = (12.5, 12.0, 11.5, 11.0, 10.5, 10.0)
"""Sizes that a certificate's text is tried in, one after another."""
GAP, SLIP_GAP = 6.0, 3.0
"""Between paragraphs: at least 6 pt; less on a slip, where room is dear."""
PAGE_NUMBER_SIZE = 14.0
SLIP = 12.0
"""The size of the text on slips that are half a sheet."""
SPACE, SLIP_SPACE = 25 * mm, 20 * mm
"""The room to sign in, on a sheet and on a slip."""
_SMALLEST, _USUAL = 8, 17
"""So many twentieths of their size the letters of a slip have at least, and mostly."""
_DATE = re.compile(r"ngày \S+ tháng \S+ năm \S+")
CUT = 12 * mm
"""The white between two slips, half of it above the line where they are cut apart."""


@dataclass(frozen=True, slots=True)
class Margins:
    """The edges that stay white, in points."""

    left: float
    right: float
    top: float
    bottom: float


OFFICIAL = Margins(MARGIN_LEFT, MARGIN_RIGHT, MARGIN_TOP, MARGIN_BOTTOM)
MARGINS = {
    Make.PLAIN: OFFICIAL,
    Make.FRAMED: Margins(30 * mm, 30 * mm, 18 * mm, 20 * mm),
    Make.STOCK: Margins(0, 0, 0, 0),
}


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet: its size and the part between the margins, in points."""

    width: float
    height: float
    body: float
    margins: Margins = OFFICIAL

    @property
    def text_width(self) -> float:
        """Between the left and the right margin."""
        return self.width - self.margins.left - self.margins.right

    @property
    def text_height(self) -> float:
        """Between the upper and the lower margin."""
        return self.height - self.margins.top - self.margins.bottom


PAGES = {
    Orientation.PORTRAIT: Page(210 * mm, 297 * mm, 14.0),
    Orientation.LANDSCAPE: Page(297 * mm, 210 * mm, 13.0),
}
"""``body`` is the size of the text: 13 to 14 pt."""


def page(paper: Paper) -> Page:
    """The sheet a paper is printed on; the text ends above a foot."""
    margins = MARGINS[paper.make]
    if sealed(paper):
        margins = replace(margins, bottom=foot_low(paper) + foot.ROOM)
    elif paper.tag is not None:
        margins = replace(margins, bottom=max(margins.bottom, foot.TAG_ROOM))
    return replace(PAGES[paper.orientation], margins=margins)


def foot_low(paper: Paper) -> float:
    """Where the foot of a page begins: above what printers leave white, and inside a frame."""
    return (16 if paper.make is Make.FRAMED else 8) * mm


def sealed(paper: Paper) -> Seal | None:
    """The seal that is printed on the foot of each page; never on sheets printed before."""
    return None if paper.make is Make.STOCK else paper.seal


def flowables(paper: Paper, family: Family, pictures: Pictures = no_pictures) -> list[Piece]:
    """The pieces of a paper in order, ready for frames of its page's text area.

    What is framed is set smaller where that brings it onto one page. ``pictures`` gives the
    pictures of scans.
    """
    return fitted(paper, family, pictures)[1]


def fitted(
    paper: Paper, family: Family, pictures: Pictures = no_pictures
) -> tuple[Page, list[Piece]]:
    """The pieces, and the sheet with the size of letters at which they fit."""
    sheet = page(paper)
    pieces = _set(paper, family, sheet, pictures)
    for size in FRAMED_SIZES if paper.make is Make.FRAMED else ():
        if _height(pieces, sheet) <= sheet.text_height:
            break
        sheet = replace(sheet, body=size)
        pieces = _set(paper, family, sheet, pictures)
    return sheet, pieces


def _height(pieces: Sequence[Piece], sheet: Page) -> float:
    """How high the pieces stand one under the other; what is cut at a page's end aside."""
    gaps = sum(max(one.spaceAfter, other.spaceBefore) for one, other in pairwise(pieces))
    return gaps + sum(piece.extent(sheet.text_height) for piece in pieces)


def _set(paper: Paper, family: Family, sheet: Page, pictures: Pictures) -> list[Piece]:
    """The pieces with the letters of this sheet."""
    setting = _Setting(family, sheet, pictures)
    pieces: list[Piece] = []
    for block in paper.blocks:
        made = _WAYS[type(block)](setting, block)
        if isinstance(block, Signatures) or (isinstance(block, Text) and block.tail):
            made = [_carried(pieces, made[0], setting.page.text_height)]
        pieces += made
    return _joined(pieces, setting.page.text_height)


def _carried(pieces: list[Piece], signatures: Piece, page_height: float) -> Piece:
    """The signatures with the pieces before them that hold the two lines they must carry.

    A wide gap or a new page before them was asked for, and ends what they carry.
    """
    tail = signatures
    while pieces and tail.lines() < 2:
        if isinstance(pieces[-1], Space) and (
            isinstance(pieces[-1], NewPage) or pieces[-1].tall > page_height / 8
        ):
            break
        tail = Carried(pieces.pop(), tail, 2 - tail.lines(), page_height)
    return tail


def _joined(pieces: Sequence[Piece], page_height: float) -> list[Piece]:
    """Headings bound to what follows them."""
    joined: list[Piece] = []
    for piece in reversed(pieces):
        if piece.leads and joined and not isinstance(joined[-1], NewPage):
            joined.append(Led(piece, joined.pop(), page_height))
        else:
            joined.append(piece)
    return joined[::-1]


@dataclass(frozen=True, slots=True)
class _Setting:
    """What every block is set with; ``slip``: for half a sheet, where room is dear."""

    family: Family
    page: Page
    pictures: Pictures = no_pictures
    slip: bool = False

    @property
    def width(self) -> float:
        """The width of the text."""
        return self.page.text_width

    @property
    def gap(self) -> float:
        """Between paragraphs."""
        return SLIP_GAP if self.slip else GAP

    def style(self, align: Align = Align.JUSTIFY, size: float | None = None) -> Style:
        """Lines of the body: single spacing with a little air."""
        size = size or self.page.body
        return Style(size, size * 1.25, align)

    def para(
        self,
        runs: Sequence[Run],
        align: Align = Align.JUSTIFY,
        *,
        indent: bool = False,
        size: float | None = None,
        after: float | None = None,
    ) -> Lines:
        """The one way text comes onto paper: made printable, never read as markup."""
        after = self.gap if after is None else after
        style = self.style(align, size)
        lines: list[Line] = []
        first = INDENT if indent else 0.0
        for paragraph in paragraphs(runs):
            lines += break_runs(self.letters(paragraph), style.size, self.width, first)
        return Lines(lines, style, self.width, after=after)

    def balanced(self, text: str, size: float, *, bold: bool = False) -> Lines:
        """Centred lines of like length: on as few as fit, the longest as short as can be.

        A name in quotation marks has a line of its own where it fits on one; a date is never
        parted.
        """
        whole = _DATE.sub(lambda date: date[0].replace(" ", "\xa0"), text)
        letters = self.letters((Run(whole, bold=bold, italic=not bold),))
        lines = break_runs(letters, size, self.width)
        if len(lines) > 1:
            lines = self._quoted(letters[0], size) or self._narrowed(letters, size, lines)
        return Lines(lines, self.style(Align.CENTRE, size), self.width)

    def _quoted(self, piece: Letters, size: float) -> tuple[Line, ...]:
        """Two lines parted before the quotation mark, none where that does not fit."""
        before, mark, name = piece.text.partition(" “")
        parts = (piece._replace(text=before), piece._replace(text=mark.strip() + name))
        lines = tuple(line for part in parts for line in break_runs([part], size, self.width))
        return lines if mark and len(lines) == 2 else ()

    def _narrowed(
        self, letters: Sequence[Letters], size: float, lines: tuple[Line, ...]
    ) -> tuple[Line, ...]:
        """As many lines as these, in the least width that they need."""
        narrow, wide = self.width / 3, self.width
        while wide - narrow > 2:
            middle = (narrow + wide) / 2
            tried = break_runs(letters, size, middle)
            if len(tried) > len(lines):
                narrow = middle
            else:
                wide, lines = middle, tried
        return lines

    def whole(self, piece: Piece) -> Piece:
        """A piece that is never cut, set smaller where absurdly long words make it too high."""
        limit = self.page.text_height * 0.7
        return Fitted(piece, limit) if piece.extent(limit) > limit else piece

    def letters(self, runs: Sequence[Run]) -> list[Letters]:
        """Runs as pieces of a face."""
        return [
            Letters(
                self.family.face(bold=run.bold, italic=run.italic),
                unparted(self.family.printable(run.text)),
                run.raised,
            )
            for run in runs
        ]


def paragraphs(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs cut at their line ends; empty paragraphs are left out, but one always stays."""
    paragraphs: list[list[Run]] = [[]]
    for run in runs:
        first, *others = run.text.split("\n")
        paragraphs[-1].append(_with(run, first))
        paragraphs += [[_with(run, other)] for other in others]
    filled = [part for part in paragraphs if any(run.text.strip() for run in part)]
    return filled or paragraphs[:1]


def _with(run: Run, text: str) -> Run:
    """The run with another text."""
    return Run(text, run.bold, run.italic, run.raised)


def _header(setting: _Setting, block: Header) -> list[Piece]:
    return [setting.whole(HeaderBlock(block, setting.family, setting.width))]


def _title(setting: _Setting, block: Title) -> list[Piece]:
    """Name, subject, line and notes, all in the middle (ô 5a)."""
    pieces: list[Piece] = [
        setting.balanced(text, LARGE if block.large else 14, bold=True) for text in block.lines
    ]
    pieces += [setting.balanced(text, 14, bold=True) for text in block.subject]
    last = pieces[-1] if pieces else None
    if block.rule and isinstance(last, Lines):
        length = last.broken[-1].width * ORGAN_RULE
        pieces.append(Rule(setting.width, length, after=2 if block.notes else 0))
    pieces += [setting.balanced(note, 13) for note in block.notes]
    pieces[0].spaceBefore = setting.gap
    pieces[-1].spaceAfter = 2 * setting.gap
    return _leading(pieces)


def _leading(pieces: list[Piece]) -> list[Piece]:
    """Mark pieces as headings of what follows."""
    for piece in pieces:
        piece.leads = True
    return pieces


def _text(setting: _Setting, block: Text) -> list[Piece]:
    """Each line of the text is a paragraph of its own."""
    pieces: list[Piece] = [
        setting.para(runs, block.align, indent=block.indent) for runs in paragraphs(block.runs)
    ]
    return _leading(pieces) if block.lead else pieces


def _labelled(setting: _Setting, block: LabelledLine) -> list[Piece]:
    """The value after its label, below it where it has several paragraphs, or dots."""
    if not block.value.strip():
        return [_dotted(setting, block)]
    if len(paragraphs((Run(block.value),))) == 1:
        runs = (*block.label, Run(" " + block.value.strip()))
        return [setting.para(runs, indent=block.indent)]
    label = setting.para(block.label, indent=block.indent)
    values = [setting.para(runs, indent=True) for runs in paragraphs((Run(block.value),))]
    return [*_leading([label]), *values]


def _dotted(setting: _Setting, block: LabelledLine) -> Piece:
    """The label, dots to the end of its line, and further lines of dots to write on."""
    piece = setting.para(block.label, indent=block.indent)
    lines = list(piece.broken)
    last = lines.pop()
    size = piece.style.size
    room = setting.width - last.indent - last.width - setting.family.regular.space * size
    if room > 15 * mm:
        dots = _dots(setting, room, size)
        pieces = (*last.pieces, dots._replace(text=" " + dots.text))
        width = last.width + (dots.width + setting.family.regular.space) * size
        lines.append(Line(pieces, width, 0, last.indent, last=True))
    else:
        lines += [last, _dot_line(setting, size)]
    lines += [_dot_line(setting, size) for _more in range(block.blanks - 1)]
    return Lines(lines, piece.style, setting.width, after=setting.gap)


def _dots(setting: _Setting, room: float, size: float) -> Letters:
    """As many dots as the room (points) holds."""
    face = setting.family.regular
    return Letters(face, "." * max(floor(room / (face.widths["."] * size) + 1e-6), 1))


def _dot_line(setting: _Setting, size: float) -> Line:
    """A whole line of dots."""
    dots = _dots(setting, setting.width, size)
    return Line((dots,), dots.width * size, 0, last=True)


def _legal_bases(setting: _Setting, block: LegalBases) -> list[Piece]:
    """Each on its own line, in italics (ô 6)."""
    return [setting.para((Run(line, italic=True),), indent=True) for line in block.lines]


def _article(setting: _Setting, block: Article) -> list[Piece]:
    """The name ("Điều n.") bold, its first paragraph beside it."""
    first, *others = block.paragraphs or ("",)
    opening = setting.para((Run(block.name, bold=True), Run(" " + first)), indent=True)
    return [opening, *(setting.para((Run(text),), indent=True) for text in others)]


def _table(setting: _Setting, block: Table) -> list[Piece]:
    """The table; columns are narrowed together where they are wider than the page.

    On a slip, where a millimetre becomes less, they fill the width.
    """
    size = 10.0 if block.dense else 12.0
    scale = setting.width / (sum(column.width for column in block.columns) * mm)
    scale = scale if setting.slip else min(scale, 1.0)
    widths = [column.width * mm * scale for column in block.columns]
    sheet = Sheet(
        setting.family,
        Row(tuple(column.heading for column in block.columns)),
        block.rows,
        tuple(accumulate(widths, initial=0.0)),
        tuple(column.align for column in block.columns),
        tuple(column.whole for column in block.columns),
        Style(size, size * 1.17),
        Style(size if block.dense else size - 1, size * 1.17),
        setting.page.text_height,
        dotted=block.dotted,
        side=2.3 if block.dense else 3.4,
    )
    sheet.fit_heading()
    table = Ledger(sheet, Mark(0, 0), Mark(len(block.rows), 0), before=2, after=8)
    if not block.unit:
        return [table]
    unit = setting.para((Run(block.unit, italic=True),), Align.RIGHT, size=size + 1, after=2)
    return [*_leading([unit]), table]


def _ticks(setting: _Setting, block: TickBoxes) -> list[Piece]:
    face = setting.family.face(bold=any(run.bold for run in block.label))
    words = setting.family.printable("".join(run.text for run in block.label))
    label = on_one_line(words, face, setting.page.body, setting.width / 2)
    indent = INDENT if block.indent else 0.0
    boxes = TickBlock(label, block.choices, setting.family, setting.width, indent)
    return [setting.whole(boxes)]


def _signatures(setting: _Setting, block: Signatures) -> list[Piece]:
    body, space = setting.page.body, SLIP_SPACE if setting.slip else SPACE
    places = SignatureBlock(
        block.signers, block.recipients, setting.family, setting.width, body, space
    )
    return [setting.whole(places)]


def _notes(setting: _Setting, block: Notes) -> list[Piece]:
    """A short line, then the notes in small letters."""
    rule = ShortRule(setting.width, 50 * mm, after=2)
    rule.spaceBefore = 10
    notes = [
        setting.para((Run(mark, raised=True), Run(" " + text)), size=11, after=2)
        for mark, text in block.lines
    ]
    return [*_leading([rule]), *notes]


def _addressees(setting: _Setting, block: Addressees) -> list[Piece]:
    """The label and whom it names (ô 9a)."""
    family, size = setting.family, setting.page.body
    names = block.names or ("." * 60,)
    address = AddressBlock(block.label, names, family, setting.width, size)
    return [setting.whole(address)]


def _stock(setting: _Setting, block: Stock) -> list[Piece]:
    return [StockBlock(block, setting.family, setting.page.width, setting.page.height)]


def _halves(setting: _Setting, block: Halves) -> list[Piece]:
    """Two slips and the line between them, in the middle of the sheet."""
    tall = (setting.page.text_height - CUT - 0.1) / 2
    upper, twentieth = _half(setting, block.upper, tall, _USUAL)
    lower, _same = _half(setting, block.lower, tall, twentieth)
    return [upper, CutLine(setting.width, CUT), lower]


def _half(
    setting: _Setting, blocks: Sequence[Block], tall: float, likely: int
) -> tuple[Piece, int]:
    """A slip ``tall`` high with the largest letters that fit, and how many twentieths they have.

    Letters so much larger, shorter lines: a slip grows at least as its letters do, and mostly as
    their square. So a slip that is laid out once tells which sizes need not be tried; ``likely``
    is tried first.
    """
    sheet = _slip(setting, blocks, tall, likely)
    for larger in range(min(floor(likely * sheet.room), 20), likely, -1):
        tried = _slip(setting, blocks, tall, larger)
        if tried.room >= 1:
            return tried, larger
    while sheet.room < 1 and likely > _SMALLEST:
        likely = max(min(floor(likely * sqrt(sheet.room)) + 1, likely - 1), _SMALLEST)
        sheet = _slip(setting, blocks, tall, likely)
    return sheet, likely


def _slip(setting: _Setting, blocks: Sequence[Block], tall: float, twentieth: int) -> HalfSheet:
    """A slip with letters so many twentieths of their size."""
    wide = setting.page.width + setting.width * (20 / twentieth - 1)
    slip = replace(setting, page=replace(setting.page, width=wide, body=SLIP), slip=True)
    pieces = [piece for one in blocks for piece in _WAYS[type(one)](slip, one)]
    return HalfSheet(pieces, slip.width, setting.width, tall)


def _scan(setting: _Setting, block: Scan) -> list[Piece]:
    """A page that is nothing but a picture and its words."""
    words = setting.para((Run(block.caption, italic=True),), Align.CENTRE, size=12.0)
    words.broken = words.broken if block.caption else ()
    tall = setting.page.text_height
    return [ScanBlock(setting.pictures(block), words, setting.width, tall)]


def _gap(_setting: _Setting, block: Gap) -> list[Piece]:
    return [Space(block.height * mm)]


def _page_break(_setting: _Setting, _block: PageBreak) -> list[Piece]:
    return [NewPage()]


_WAYS: dict[type[Block], Callable[[_Setting, Any], list[Piece]]] = {
    Header: _header,
    Title: _title,
    Addressees: _addressees,
    Text: _text,
    LabelledLine: _labelled,
    LegalBases: _legal_bases,
    Article: _article,
    Table: _table,
    TickBoxes: _ticks,
    Signatures: _signatures,
    Notes: _notes,
    Gap: _gap,
    Stock: _stock,
    Halves: _halves,
    Scan: _scan,
    PageBreak: _page_break,
}
"""One way to set each block; a new block is one class in paper.py and one line here."""
