"""How a paper looks in a word processor: Paper to paragraphs and tables that can be changed there.

The same paper as ``layout`` sets it, by the same measures; but lines and pages are broken by the
word processor, so that an office can change a sentence. Lengths are points.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reportlab.lib.units import mm

from desktop.printing import layout
from desktop.printing.official import (
    COUNTRY,
    MOTTO,
    ORGAN_RULE,
    RIGHT_CELL,
    HalfSheet,
    balanced,
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
    PageBreak,
    Paper,
    Row,
    RowKind,
    Run,
    Scan,
    Signatures,
    Signer,
    Stock,
    Table,
    Text,
    TickBoxes,
    Title,
)
from desktop.printing.typeface import Face, Family
from desktop.printing.unparted import unparted
from desktop.printing.wordml import (
    TABLE,
    Cell,
    Cells,
    Element,
    Frame,
    Letters,
    Section,
    Shape,
    closing,
    keep,
    paragraph,
    section,
    table,
)

Placing = Callable[[Scan, tuple[float, float]], Element]
"""Makes a run of a scan's picture within a width and a height in points."""
_ALIGN = {
    Align.LEFT: "left",
    Align.CENTRE: "center",
    Align.RIGHT: "right",
    Align.JUSTIFY: "both",
}
_BOXES = {True: "\u2612", False: "\u2610"}
_BOX_FONT = "Segoe UI Symbol"
"""Its boxes stand in the text; where it is lacking, the word processor takes another."""
_SUMS = {RowKind.SUBTOTAL, RowKind.TOTAL}
_SNUG = 0.92
"""Slips are set a little smaller than in print, since a word processor breaks lines its own way."""
_LONG = 600
"""A row with a cell of so many letters may be cut at the end of a page."""
_NO_EDGE = 10 * mm
"""The margins of a sheet printed before: its texts stand in frames, whatever the margins."""


@dataclass(frozen=True, slots=True)
class _Setting:
    """What every block is set with; ``scale`` makes slips smaller, ``width`` is the text's."""

    family: Family
    width: float
    body: float
    scale: float = 1.0
    slip: bool = False
    placing: Placing | None = None
    height: float = 0.0

    def letters(self, runs: Sequence[Run], size: float | None = None) -> list[Letters]:
        """Runs in a size, that of the body where none is given."""
        return [
            Letters(
                unparted(run.text),
                (size or self.body) * self.scale,
                run.bold,
                run.italic,
                run.raised,
            )
            for run in runs
        ]

    @property
    def gap(self) -> float:
        """Between paragraphs."""
        return layout.SLIP_GAP if self.slip else layout.GAP

    def shape(self, align: Align = Align.JUSTIFY, **more: Any) -> Shape:
        """A paragraph of the body; lengths among ``more`` become smaller on slips."""
        lengths: dict[str, Any] = {
            key: value * self.scale if isinstance(value, float) else value
            for key, value in {"after": self.gap, **more}.items()
        }
        return Shape(_ALIGN[align], **lengths)

    def para(
        self,
        runs: Sequence[Run],
        align: Align = Align.JUSTIFY,
        *,
        size: float | None = None,
        **more: Any,
    ) -> Element:
        """One paragraph."""
        return paragraph(self.letters(runs, size), self.shape(align, **more))

    def rule(self, length: float, width: float, after: float = 0.0) -> Element:
        """A drawn line of this length in the middle of a width, never underlining."""
        side = max((width - length) / 2, 0.0)
        return paragraph((), Shape("left", left=side, right=side, after=after, exact=3, ruled=True))

    def extent(self, text: str, face: Face, size: float) -> float:
        """How wide a text is on one line."""
        return face.widths[self.family.printable(text)] * size * self.scale


def elements(
    paper: Paper, family: Family, placing: Placing | None = None
) -> tuple[list[Element], Section]:
    """What stands on the pages of a paper, in order, and the pages themselves.

    ``placing`` makes a run of a scan's picture. What marks issued papers is left out.
    """
    paper = replace(paper, seal=None, tag=None)
    bare = tuple(block for block in paper.blocks if not isinstance(block, Scan))
    sheet, pieces = layout.fitted(replace(paper, blocks=bare), family)
    margins = sheet.margins
    edges = (margins.left, margins.right, margins.top, margins.bottom)
    if paper.make is Make.STOCK:
        edges = (_NO_EDGE, _NO_EDGE, _NO_EDGE, _NO_EDGE)
    pages = Section(sheet.width, sheet.height, edges, framed=paper.make is Make.FRAMED)
    setting = _Setting(
        family, sheet.text_width, sheet.body, placing=placing, height=sheet.text_height
    )
    slips = iter([piece for piece in pieces if isinstance(piece, HalfSheet)])
    made: list[Element] = []
    for block in paper.blocks:
        if isinstance(block, PageBreak):
            made.append(closing(section(pages)))
            pages = pages.going_on()
            continue
        if isinstance(block, Halves):
            made += _halves(setting, block, (next(slips), next(slips)))
            continue
        if made and (isinstance(block, Signatures) or (isinstance(block, Text) and block.tail)):
            _bind(made)
        made += _WAYS[type(block)](setting, block)
    return made, pages


def _bind(made: Sequence[Element]) -> None:
    """Keep what was set last with what follows: past the white below a table, the table's end."""
    for block in reversed(made):
        keep(block)
        if block.tag == TABLE or block.xpath("w:r"):
            return


def _header(setting: _Setting, block: Header) -> list[Element]:
    made = []
    if block.form_code:
        made.append(setting.para((Run(block.form_code, bold=True),), Align.RIGHT, size=12.0))
    if not block.organs:
        made += _country(setting, setting.width)
        if block.place_date:
            date = Run(block.place_date, italic=True)
            made.append(setting.para((date,), Align.RIGHT, size=13.0, before=6.0))
        return [*made, paragraph((), Shape(exact=6.0))]
    right = RIGHT_CELL * setting.scale
    left = min(setting.width - right, 110 * mm)
    widths = [left, setting.width - left - right, right]
    upper = [tuple(_organs(setting, block, left)), (_nothing(),), tuple(_country(setting, right))]
    number = setting.para((Run(block.number),), Align.CENTRE, size=13.0, before=4.0)
    date = setting.para((Run(block.place_date, italic=True),), Align.CENTRE, size=13.0, before=4.0)
    lower: list[tuple[Element, ...]] = [(number,), (_nothing(),), (date,)]
    if widths[1] < 1:
        widths, upper, lower = [left, right], upper[::2], lower[::2]
    rows = [Cells(tuple(Cell(blocks) for blocks in row), whole=True) for row in (upper, lower)]
    return [*made, table(rows, widths), paragraph((), Shape(exact=8.0))]


def _nothing() -> Element:
    return paragraph((), Shape(exact=2.0))


def _organs(setting: _Setting, block: Header, width: float) -> Iterator[Element]:
    """The organs above each other, the issuing one bold with its line below."""
    family, room = setting.family, width / setting.scale - 4 * mm
    for number, organ in enumerate(block.organs):
        last = number == len(block.organs) - 1
        face = family.bold if last else family.regular
        lines = balanced(family.printable(organ), face, 12, room)
        yield setting.para((Run("\n".join(lines), bold=last),), Align.CENTRE, size=12.0, after=0.0)
        if last:
            yield setting.rule(setting.extent(lines[-1], face, 12) * ORGAN_RULE, width)


def _country(setting: _Setting, width: float) -> list[Element]:
    """The country and its motto, and the line as long as the motto."""
    return [
        setting.para((Run(COUNTRY, bold=True),), Align.CENTRE, size=12.0, after=0.0),
        setting.para((Run(MOTTO, bold=True),), Align.CENTRE, size=13.0, after=0.0),
        setting.rule(setting.extent(MOTTO, setting.family.bold, 13), width),
    ]


def _title(setting: _Setting, block: Title) -> list[Element]:
    """Name, subject, line and notes; the name stands in the outline of the file."""
    size = layout.LARGE if block.large else 14.0
    shape = {"kept": True, "after": 2.0}
    made = [
        setting.para((Run(text, bold=True),), Align.CENTRE, size=size, level=0, **shape)
        for text in block.lines
    ]
    made += [
        setting.para((Run(text, bold=True),), Align.CENTRE, size=14.0, **shape)
        for text in block.subject
    ]
    if block.rule:
        last = (block.subject or block.lines)[-1]
        length = min(setting.extent(last, setting.family.bold, 14), setting.width) * ORGAN_RULE
        made.append(setting.rule(length, setting.width))
    made += [
        setting.para((Run(note, italic=True),), Align.CENTRE, size=13.0, **shape)
        for note in block.notes
    ]
    return [*made, paragraph((), Shape(exact=8.0 * setting.scale, kept=True))]


def _addressees(setting: _Setting, block: Addressees) -> list[Element]:
    """One name beside the label in the middle; several below it with dashes."""
    names = block.names or ("." * 60,)
    if len(names) == 1:
        return [setting.para((Run(f"{block.label} {names[0]}"),), Align.CENTRE, after=8.0)]
    regular = setting.family.regular
    under = 30 * mm + setting.extent(block.label.rstrip(":"), regular, setting.body)
    made = [setting.para((Run(block.label),), Align.LEFT, left=30 * mm, after=2.0)]
    for at, name in enumerate(names, 1):
        text = f"- {name}{';' if at < len(names) else '.'}"
        made.append(setting.para((Run(text),), Align.LEFT, left=under, after=2.0))
    return made


def _text(setting: _Setting, block: Text) -> list[Element]:
    indent = layout.INDENT if block.indent else 0.0
    return [
        setting.para(runs, block.align, first=indent, kept=block.lead)
        for runs in layout.paragraphs(block.runs)
    ]


def _labelled(setting: _Setting, block: LabelledLine) -> list[Element]:
    """The value after its label, below it where it has several paragraphs, or dotted lines."""
    indent = layout.INDENT if block.indent else 0.0
    if not block.value.strip():
        return _dotted(setting, block, indent)
    values = layout.paragraphs((Run(block.value.strip()),))
    if len(values) == 1:
        return [setting.para((*block.label, Run(" "), *values[0]), first=indent)]
    label = setting.para(block.label, first=indent, kept=True)
    return [label, *(setting.para(runs, first=layout.INDENT) for runs in values)]


def _dotted(setting: _Setting, block: LabelledLine, indent: float) -> list[Element]:
    shape = setting.shape(Align.LEFT, first=indent)
    lines = [setting.letters((*block.label, Run(" \t")))]
    lines += [setting.letters((Run("\t"),)) for _more in range(block.blanks - 1)]
    return [
        paragraph(line, replace(shape, first=0.0 if number else shape.first, dots=setting.width))
        for number, line in enumerate(lines)
    ]


def _legal_bases(setting: _Setting, block: LegalBases) -> list[Element]:
    return [setting.para((Run(line, italic=True),), first=layout.INDENT) for line in block.lines]


def _article(setting: _Setting, block: Article) -> list[Element]:
    first, *others = block.paragraphs or ("",)
    opening = (Run(block.name, bold=True), Run(" " + first))
    rest = [setting.para((Run(text),), first=layout.INDENT) for text in others]
    return [setting.para(opening, first=layout.INDENT), *rest]


def _table(setting: _Setting, block: Table) -> list[Element]:
    """The table with its heading on every page, its columns as in print."""
    size = 10.0 if block.dense else 12.0
    scale = setting.width / (sum(column.width for column in block.columns) * mm)
    scale = scale if setting.slip else min(scale, 1.0)
    widths = [column.width * mm * scale for column in block.columns]
    headings = Row(tuple(column.heading for column in block.columns))
    heading_size = size if block.dense else size - 1
    heads = tuple(_cells(setting, block, headings, widths, heading_size, heads=True))
    rows = [
        Cells(tuple(_cells(setting, block, row, widths, size)), whole=_is_low(row))
        for row in block.rows
    ]
    rows.insert(0, Cells(heads, heading=True, whole=True))
    made = [table(rows, widths, lines=True, pad=2.3 * setting.scale)]
    if block.unit:
        unit = Run(block.unit, italic=True)
        made.insert(0, setting.para((unit,), Align.RIGHT, size=size + 1, after=2.0, kept=True))
    return [*made, paragraph((), Shape(exact=8.0 * setting.scale))]


def _is_low(row: Row) -> bool:
    """Whether a row is so low that it is not cut at the end of a page."""
    return all(len(text) <= _LONG for text in row.cells)


def _cells(
    setting: _Setting,
    block: Table,
    row: Row,
    widths: Sequence[float],
    size: float,
    *,
    heads: bool = False,
) -> Iterator[Cell]:
    """The cells of a row; ``heads``: of the heading."""
    column = 0
    for number, text in enumerate(row.cells):
        span = row.spans[number] if row.spans else 1
        align = Align.CENTRE if heads else block.columns[column].align
        if span > 1:
            align = Align.CENTRE if row.kind in _SUMS else Align.LEFT
        room = sum(widths[column : column + span]) - 5
        strong = heads or row.kind is not RowKind.BODY
        dots = block.dotted and not heads and (not text or text.endswith(":"))
        shape = Shape("left" if dots else _ALIGN[align], leading=1.0, dots=room if dots else 0.0)
        runs = setting.letters((Run(f"{text} \t" if dots else text, bold=strong),), size)
        yield Cell((paragraph(runs, shape),), span, "center")
        column += span


def _ticks(setting: _Setting, block: TickBoxes) -> list[Element]:
    letters = setting.letters((*block.label, Run("  ")))
    for choice in block.choices:
        box = Letters(_BOXES[choice.ticked], setting.body * setting.scale, font=_BOX_FONT)
        letters += [box, *setting.letters((Run(f"\u00a0{choice.label}    "),))]
    indent = layout.INDENT if block.indent else 0.0
    return [paragraph(letters, setting.shape(Align.LEFT, first=indent))]


def _signatures(setting: _Setting, block: Signatures) -> list[Element]:
    """Places to sign side by side, one alone on the right with the recipients beside it."""
    signers = block.signers
    alone = len(signers) == 1
    pairs = [signers[at : at + 2] for at in range(0, len(signers), 2)]
    recipients = tuple(_recipients(setting, block.recipients))
    rows: list[Cells] = []
    for pair in pairs:
        places = [(_above(setting, one), _name(setting, one)) for one in pair]
        beside = [] if len(pair) > 1 else [recipients if alone and recipients else (_nothing(),)]
        rows += _signed(places, beside)
    made = [paragraph((), Shape(exact=6.0, kept=True))]
    made.append(table(rows, [setting.width / 2] * 2))
    return [*made, *(() if alone else recipients)]


def _signed(
    places: Sequence[tuple[list[Element], Element]], beside: Sequence[tuple[Element, ...]]
) -> Iterator[Cells]:
    """Two rows: who signs, and the names level with each other."""
    left = tuple(Cell(blocks, below=True) for blocks in beside)
    rest = tuple(Cell((_nothing(),), above=True) for _blocks in beside)
    upper = Cells((*left, *(Cell(tuple(above)) for above, _name in places)), whole=True)
    for cell in upper.cells:
        for block in cell.blocks:
            keep(block)
    yield upper
    yield Cells((*rest, *(Cell((name,)) for _above, name in places)), whole=True)


def _above(setting: _Setting, signer: Signer) -> list[Element]:
    """Date, authority and hint; something always."""
    lines = [(Run(signer.place_date, italic=True), 13.0)] if signer.place_date else []
    lines += [(Run(signer.number), 13.0)] if signer.number else []
    lines += [(Run(line, bold=True), setting.body) for line in signer.authority]
    lines += [(Run(signer.hint, italic=True), setting.body - 1)] if signer.hint else []
    made = [
        setting.para((run,), Align.CENTRE, size=size, after=0.0, kept=True) for run, size in lines
    ]
    return made or [_nothing()]


def _name(setting: _Setting, signer: Signer) -> Element:
    """The name below the room for the signature."""
    space = layout.SLIP_SPACE if setting.slip else layout.SPACE
    run = Run(signer.name, bold=True) if signer.name else Run("." * 40)
    return setting.para((run,), Align.CENTRE, before=float(space), after=0.0)


def _recipients(setting: _Setting, names: Sequence[str]) -> Iterator[Element]:
    """The recipients: 12 pt bold italic, the list 11 pt."""
    if names:
        label = Run("Nơi nhận:", bold=True, italic=True)
        yield setting.para((label,), Align.LEFT, size=12.0, after=0.0)
    for name in names:
        yield setting.para((Run(name),), Align.LEFT, size=11.0, after=0.0)


def _notes(setting: _Setting, block: Notes) -> list[Element]:
    """A short line, then the notes in small letters."""
    rule = Shape("left", right=setting.width - 50 * mm, exact=10, ruled=True, after=2, kept=True)
    notes = [
        setting.para((Run(mark, raised=True), Run(" " + text)), size=11.0, after=2.0)
        for mark, text in block.lines
    ]
    return [paragraph((), rule), *notes]


def _stock(setting: _Setting, block: Stock) -> list[Element]:
    """Texts in frames at their places; an office that moves one sees where it stands."""
    made = []
    for spot in block.spots:
        size = min(spot.size, spot.size * spot.lines)
        shift = {Align.LEFT: 0.0, Align.RIGHT: 1.0}.get(spot.align, 0.5)
        x = (spot.x + block.right - shift * spot.width) * mm
        y = (spot.y + block.down) * mm - size
        run = Run(spot.text or "." * 30, bold=spot.bold, italic=spot.italic)
        shape = Shape(_ALIGN[spot.align], leading=1.0)
        frame = Frame(x, y, spot.width * mm)
        made.append(paragraph(setting.letters((run,), size), shape, frame))
    return made


def _halves(setting: _Setting, block: Halves, slips: tuple[HalfSheet, HalfSheet]) -> list[Element]:
    """Two slips one above the other in a table, with a dashed line to cut along."""
    rows: list[Cells] = []
    for half, slip in zip((block.upper, block.lower), slips, strict=True):
        scale = slip.scale * (_SNUG if slip.scale < 1 else 1.0)
        small = replace(setting, body=layout.SLIP, scale=scale, slip=True)
        blocks = [made for one in half for made in _WAYS[type(one)](small, one)]
        white = paragraph((), Shape(exact=layout.CUT / 2 if rows else 1.0))
        height = slip.tall + layout.CUT / 2 - 6
        cell = Cell((white, *blocks), cut=not rows)
        rows.append(Cells((cell,), whole=True, height=height))
    return [table(rows, [setting.width])]


def _scan(setting: _Setting, block: Scan) -> list[Element]:
    """The picture under its words, as large as a page allows."""
    made = []
    if block.caption:
        words = Run(block.caption, italic=True)
        made.append(setting.para((words,), Align.CENTRE, size=12.0, kept=True))
    if setting.placing is None:
        raise ValueError("no picture for a scan")
    picture = paragraph((), Shape("center", leading=1.0))
    picture.append(setting.placing(block, (setting.width, setting.height - 40)))
    return [*made, picture]


def _gap(setting: _Setting, block: Gap) -> list[Element]:
    return [paragraph((), Shape(exact=max(block.height * mm * setting.scale, 1.0)))]


_WAYS: dict[type[Block], Callable[[_Setting, Any], list[Element]]] = {
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
    Scan: _scan,
}
"""One way to set each block; slips and new pages are seen to where the paper is put together."""
