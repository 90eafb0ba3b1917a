"""The pieces that papers flow in: platypus flowables of our own, which read no markup.

Platypus's paragraphs parse markup, and its tables copy what is left of them at every page. These
break lines with remembered widths and split by index, so a long list costs as many times more as
it has rows more. All measures are in points; y runs upwards from the lower edge of the piece.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import floor
from typing import NamedTuple

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.flowables import Flowable

from desktop.printing.paper import Align, Row, RowKind
from desktop.printing.pen import Pen
from desktop.printing.typeface import RAISED, Face, Family, Line, break_plain
from desktop.printing.unparted import torn, unparted

HAIRLINE = 0.5
_NARROW = 2.3
_SPACES = re.compile(r"[ \n]")
_SUMS = {RowKind.SUBTOTAL, RowKind.TOTAL}
_DESCENT = 0.22
"""How far letters reach below their line, and the share of the leading kept below it."""


class Block(Flowable):
    """A piece that knows its height and where it may be cut; ``leads`` binds it to the next."""

    leads = False

    def __init__(self, width: float, before: float = 0.0, after: float = 0.0) -> None:
        super().__init__()
        self.width = width
        self.spaceBefore = before
        self.spaceAfter = after

    def extent(self, room: float) -> float:
        """The height; once it exceeds ``room``, any height above ``room`` will do."""
        raise NotImplementedError

    def cut(self, room: float, leave: int = 0) -> "tuple[Block, Block] | None":  # noqa: ARG002 - the default is atomic
        """The piece in two, the first at most ``room`` high, None where it cannot be.

        ``leave`` is the number of lines (rows of a table) that stay with the second at least.
        """
        return None

    def lines(self) -> int:
        """How many lines of text it holds, for the rule of the signature."""
        return 2

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: ARG002, N803 - platypus
        """The size wanted by platypus; the width was settled by the page."""
        self.height = self.extent(aH)
        return self.width, self.height

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: ARG002, N803 - platypus
        """The pieces for this page and the next, none where it must move whole."""
        parts = self.cut(aH)
        return list(parts) if parts else []


@dataclass(frozen=True, slots=True)
class Style:
    """How lines are set: letter size, distance of lines, and where they stand."""

    size: float
    leading: float
    align: Align = Align.LEFT


class Lines(Block):
    """Broken lines of text; after a cut each half holds its own."""

    def __init__(
        self,
        lines: Sequence[Line],
        style: Style,
        width: float,
        before: float = 0.0,
        after: float = 0.0,
    ) -> None:
        super().__init__(width, before, after)
        self.broken = lines
        self.style = style

    def extent(self, room: float) -> float:  # noqa: ARG002 - known at once
        """Lines times leading."""
        return len(self.broken) * self.style.leading

    def lines(self) -> int:
        """Each line counts."""
        return len(self.broken)

    def cut(self, room: float, leave: int = 0) -> tuple[Block, Block] | None:
        """Between two lines, never one line alone on either side."""
        count = len(self.broken)
        here = min(floor(room / self.style.leading + 1e-6), count - max(leave, 2))
        if here < 2:
            return None
        first = Lines(self.broken[:here], self.style, self.width, self.spaceBefore)
        rest = Lines(self.broken[here:], self.style, self.width, 0.0, self.spaceAfter)
        return first, rest

    def draw(self) -> None:
        """Write the lines from the top."""
        draw_lines(self.canv, self.broken, 0.0, self.height, self.width, self.style)


def draw_lines(
    canvas: Canvas, lines: Sequence[Line], x: float, top: float, width: float, style: Style
) -> None:
    """Write broken lines below ``top``; the edges are ``x`` and ``x + width``."""
    pen = Pen(canvas)
    baseline = top - style.leading + _DESCENT * style.size + (style.leading - 1.15 * style.size) / 2
    for line in lines:
        pen.spread(_spread(line, width, style.align))
        pen.to(x + _start(line.width, line.indent, width, style.align), baseline)
        for piece in line.pieces:
            if piece.raised:
                pen.write(piece.text, piece.face, style.size * RAISED, style.size * 0.35)
            else:
                pen.write(piece.text, piece.face, style.size)
        baseline -= style.leading
    pen.done(canvas)


def _spread(line: Line, width: float, align: Align) -> float:
    """What is added to each space so that a justified line reaches both edges."""
    if align is not Align.JUSTIFY or line.last or not line.gaps:
        return 0.0
    space = max((width - line.indent - line.width) / line.gaps, 0.0)
    # A line cut short by a word of a whole line's length stays as it is.
    return space if space < 20.0 else 0.0


def _start(extent: float, indent: float, width: float, align: Align) -> float:
    """Where a line begins, from the left edge."""
    if align is Align.CENTRE:
        return (width - extent) / 2
    if align is Align.RIGHT:
        return width - extent
    return indent


class Space(Block):
    """Empty space, dropped at the top of a page."""

    def __init__(self, height: float) -> None:
        super().__init__(0.0)
        self.tall = height

    def extent(self, room: float) -> float:  # noqa: ARG002 - known at once
        """Its height."""
        return self.tall

    def lines(self) -> int:
        """No text."""
        return 0

    def draw(self) -> None:
        """Nothing to see."""


class NewPage(Space):
    """What follows begins on a new page."""

    def __init__(self) -> None:
        super().__init__(0.0)


class Led(Block):
    """Headings kept on the page of what they head: at least the first lines of ``body``.

    ``page`` is the height of an empty page, on which they part when nothing else would fit.
    """

    def __init__(self, lead: Block, body: Block, page: float) -> None:
        super().__init__(body.width, lead.spaceBefore, body.spaceAfter)
        self.lead = lead
        self.body = body
        self.page = page
        self.between = max(lead.spaceAfter, body.spaceBefore)

    def extent(self, room: float) -> float:
        """Both together."""
        above = self.lead.extent(room) + self.between
        return above + self.body.extent(max(room - above, 0.0))

    def lines(self) -> int:
        """The text of both."""
        return self.lead.lines() + self.body.lines()

    def cut(self, room: float, leave: int = 0) -> tuple[Block, Block] | None:
        """Inside the body; in or after the heading only where a whole page does not hold more."""
        above = self.lead.extent(room) + self.between
        parts = self.body.cut(room - above, leave) if room > above else None
        if parts:
            return Led(self.lead, parts[0], self.page), parts[1]
        if room < self.page - 1:
            return None
        if above <= room:
            return self.lead, self.body
        parts = self.lead.cut(room)
        return (parts[0], Led(parts[1], self.body, self.page)) if parts else None

    def draw(self) -> None:
        """One under the other."""
        _draw_stacked(self.canv, self.lead, self.between, self.body, self.height)


class Fitted(Block):
    """A piece that cannot be cut, drawn smaller where it is higher than ``limit``."""

    def __init__(self, piece: Block, limit: float) -> None:
        super().__init__(piece.width, piece.spaceBefore, piece.spaceAfter)
        self.piece = piece
        self.full = piece.extent(limit)
        self.scale = min(limit / self.full, 1.0)

    def extent(self, room: float) -> float:  # noqa: ARG002 - known at once
        """Its height, smaller or not."""
        return self.full * self.scale

    def lines(self) -> int:
        """Those of the piece."""
        return self.piece.lines()

    def draw(self) -> None:
        """The piece, scaled around the middle of the page."""
        self.piece.wrap(self.width, self.full)
        self.canv.translate(self.width * (1 - self.scale) / 2, 0)
        self.canv.scale(self.scale, self.scale)
        self.piece.drawOn(self.canv, 0, 0)


class Carried(Block):
    """A tail, the signatures, that takes the last lines of ``body`` along to its page.

    ``leave`` is how many lines of the body it must have with it; ``page`` the height of an empty
    page, on which the rule yields when nothing else would fit.
    """

    def __init__(self, body: Block, tail: Block, leave: int, page: float) -> None:
        super().__init__(body.width, body.spaceBefore, tail.spaceAfter)
        self.body = body
        self.tail = tail
        self.leave = leave
        self.page = page
        self.between = max(body.spaceAfter, tail.spaceBefore)

    def extent(self, room: float) -> float:
        """Both together."""
        return self.body.extent(room) + self.between + self.tail.extent(room)

    def lines(self) -> int:
        """The text of both."""
        return self.body.lines() + self.tail.lines()

    def cut(self, room: float, leave: int = 0) -> tuple[Block, Block] | None:  # noqa: ARG002 - its own rule is stricter
        """In the body, as long as enough of it stays with the tail."""
        parts = self.body.cut(room, self.leave)
        if parts:
            return parts[0], Carried(parts[1], self.tail, self.leave, self.page)
        if room < self.page - 1:
            return None
        loose = self.body.cut(room)
        if loose:
            return loose[0], Carried(loose[1], self.tail, self.leave, self.page)
        return (self.body, self.tail) if self.body.extent(room) <= room else None

    def draw(self) -> None:
        """One under the other."""
        _draw_stacked(self.canv, self.body, self.between, self.tail, self.height)


def _draw_stacked(
    canvas: Canvas, upper: Block, between: float, lower: Block, height: float
) -> None:
    """Draw two pieces that fill a height together."""
    _width, above = upper.wrap(upper.width, height)
    below = max(height - above - between, 0.0)
    lower.wrap(lower.width, below)
    upper.drawOn(canvas, 0, height - above)
    lower.drawOn(canvas, 0, height - above - between - lower.height)


class Mark(NamedTuple):
    """A place in a table: a row, and a line inside it where a tall row is cut."""

    row: int
    line: int


@dataclass(slots=True)
class _LaidRow:
    """A row with its lines broken: per cell x, width, lines, face, size and place."""

    cells: list[tuple[float, float, list[tuple[str, float]], Face, float, Align]]
    edges: tuple[float, ...]
    count: int


@dataclass(slots=True)
class Sheet:
    """What all parts of one table share: its rows, its columns in points, and rows laid out.

    ``laid`` keeps only the rows between their measuring and their drawing. ``heading_style`` is
    how the heads of the columns are set; ``pad`` and ``side`` are the white above and below the
    text of a cell, and at its sides; heads need less.
    """

    family: Family
    heading: Row
    rows: Sequence[Row]
    edges: tuple[float, ...]
    aligns: tuple[Align, ...]
    whole: tuple[bool, ...]
    style: Style
    heading_style: Style
    page: float
    dotted: bool = False
    pad: float = 2.3
    side: float = _NARROW
    laid: dict[int, _LaidRow] = field(default_factory=dict)

    def row(self, index: int) -> _LaidRow:
        """The row laid out; -1 is the heading."""
        laid = self.laid.get(index)
        if laid is None:
            laid = self.laid[index] = self._lay(index)
        return laid

    def _lay(self, index: int) -> _LaidRow:
        """Break the lines of each cell of a row."""
        row = self.heading if index < 0 else self.rows[index]
        strong = index < 0 or row.kind is not RowKind.BODY
        face = self.family.bold if strong else self.family.regular
        cells, edges, column = [], [0.0], 0
        for number, text in enumerate(row.cells):
            span = row.spans[number] if row.spans else 1
            left, right = self.edges[column], self.edges[column + span]
            align = Align.CENTRE if index < 0 else self.aligns[column]
            if span > 1:
                align = Align.CENTRE if row.kind in _SUMS or index < 0 else Align.LEFT
            side = _NARROW if index < 0 else self.side
            room = right - left - 2 * side
            if index < 0:
                size = self.heading_style.size
                lines = break_plain(self.family.printable(text), face, size, room)
            else:
                size, lines = self._fit(text, face, room, keep=self.whole[column])
            cells.append((left + side, room, lines, face, size, align))
            edges.append(right)
            column += span
        return _LaidRow(cells, tuple(edges), max(len(cell[2]) for cell in cells))

    def _fit(
        self, text: str, face: Face, room: float, *, keep: bool
    ) -> tuple[float, list[tuple[str, float]]]:
        """The size and the lines of a cell; a figure is set smaller rather than broken."""
        text = self.family.printable(text)
        size = self.style.size
        if not text and self.dotted:
            return size, [self._dots(face, size, room)]
        if keep:
            longest = max((face.widths[word] for word in text.split()), default=0.0)
            size = max(min(size, room / longest if longest else size), 6.0)
        lines = break_plain(text, face, size, room)
        if any(torn(one, other) for (one, _), (other, _) in pairwise(lines)):
            lines = break_plain(self._bound(text, face, size, room), face, size, room)
        if self.dotted and text.endswith(":"):
            lines = [*lines, self._dots(face, size, room)]
            if (left := room - lines[-2][1] - face.space * size) > room / 3:
                said, dots = lines[-2][0], self._dots(face, size, left)[0]
                lines[-2] = (f"{said} {dots}", face.widths[f"{said} {dots}"] * size)
        return size, lines

    @staticmethod
    def _bound(text: str, face: Face, size: float, room: float) -> str:
        """The text with its numbers bound to their words, as it is where a column has no room."""
        bound = unparted(text)
        words = (word for word in _SPACES.split(bound) if "\xa0" in word)
        return bound if all(face.widths[word] * size <= room for word in words) else text

    @staticmethod
    def _dots(face: Face, size: float, room: float) -> tuple[str, float]:
        """Dots to write on, as many as the room holds."""
        dots = "." * max(floor(room / (face.widths["."] * size)), 1)
        return dots, face.widths[dots] * size

    def height(self, index: int, start: int = 0, stop: int | None = None) -> float:
        """The height of a row, or of its lines from ``start`` to ``stop``."""
        count = self.row(index).count if stop is None else stop
        return (count - start) * self._leading(index) + 2 * self.pad

    def _leading(self, index: int) -> float:
        """The distance of lines in a row, or in the heading."""
        return self.heading_style.leading if index < 0 else self.style.leading

    def fit_heading(self) -> None:
        """Set the heads smaller where they would leave less than half of a page to the rows."""
        while self.height(-1) > self.page / 2:
            style = self.heading_style
            self.heading_style = Style(style.size * 0.8, style.size * 0.8 * 1.17)
            del self.laid[-1]

    def draw(
        self, canvas: Canvas, index: int, top: float, start: int = 0, stop: int | None = None
    ) -> None:
        """Write the cells of a row below ``top``."""
        laid = self.row(index)
        leading = self._leading(index)
        count = (laid.count if stop is None else stop) - start
        pen = Pen(canvas)
        for left, room, lines, face, size, align in laid.cells:
            shown = lines[start:stop]
            slack = 0.0 if start or stop is not None else (count - len(shown)) * leading / 2
            y = top - self.pad - slack - leading + _DESCENT * size + (leading - 1.15 * size) / 2
            for words, extent in shown:
                pen.to(left + _start(extent, 0.0, room, align), y)
                pen.write(words, face, size)
                y -= leading
        pen.done(canvas)


class Ledger(Block):
    """A table, or the part of one that runs from ``start`` to before ``stop``."""

    def __init__(
        self,
        sheet: Sheet,
        start: Mark,
        stop: Mark,
        before: float = 0.0,
        after: float = 0.0,
    ) -> None:
        super().__init__(sheet.edges[-1], before, after)
        self.sheet = sheet
        self.start = start
        self.stop = stop

    def extent(self, room: float) -> float:
        """The height, measured no further than just beyond ``room``."""
        used = self.sheet.height(-1)
        for index, first, last in self._parts():
            used += self.sheet.height(index, first, last)
            if used > room:
                break
        return used

    def _parts(self) -> "_Parts":
        """The rows of this part, each with its first line and the line it ends before."""
        return _Parts(self.start, self.stop)

    def cut(self, room: float, leave: int = 0) -> tuple[Block, Block] | None:
        """Between two rows, or inside one that is taller than a third of a page."""
        mark = self._mark(room, self._limit(leave))
        if mark is None or mark <= self.start:
            return None
        first = Ledger(self.sheet, self.start, mark, self.spaceBefore)
        return first, Ledger(self.sheet, mark, self.stop, 0.0, self.spaceAfter)

    def _limit(self, leave: int) -> Mark:
        """How far the first part may reach, so that ``leave`` rows stay."""
        if not leave:
            return self.stop
        end = self.stop.row + (1 if self.stop.line else 0)
        return Mark(max(end - leave, self.start.row), 0)

    def _mark(self, room: float, limit: Mark) -> Mark | None:
        """Where the room ends."""
        used = self.sheet.height(-1)
        for index, first, last in _Parts(self.start, limit):
            height = self.sheet.height(index, first, last)
            if used + height > room + 1e-6:
                alone = index == self.start.row and room >= self.sheet.page - 1
                inside = self._inside(index, first, room - used, alone=alone)
                return inside or self._between(index, room)
            used += height
        if limit >= self.stop:
            return None
        return self._between(limit.row, room)

    def _inside(self, index: int, first: int, room: float, *, alone: bool) -> Mark | None:
        """A place inside a tall row, so that no page stays half empty because of it.

        ``alone``: it stands first on a page and fits on none.
        """
        sheet = self.sheet
        if sheet.height(index) < sheet.page / 3 and not alone:
            return None
        fitting = floor((room - 2 * sheet.pad) / sheet.style.leading + 1e-6)
        fitting = min(fitting, sheet.row(index).count - first - 2)
        return Mark(index, first + fitting) if fitting >= (1 if alone else 4) else None

    def _between(self, index: int, room: float) -> Mark:
        """Before a row, but no head of a group last on a page and no sum first on one.

        Where that leaves nothing for this page, the start; on an empty page the rule yields.
        """
        rows = self.sheet.rows
        at = index
        while at > self.start.row and (
            rows[at - 1].kind is RowKind.GROUP or rows[at].kind in _SUMS
        ):
            at -= 1
        if at <= self.start.row and room >= self.sheet.page - 1:
            at = index
        return Mark(at, 0) if at > self.start.row else self.start

    def draw(self) -> None:
        """The heading, the rows and the lines between them; rows drawn whole are forgotten."""
        top = self.height
        rules = _Rules(self.sheet.edges, top)
        self.sheet.draw(self.canv, -1, top)
        top -= self.sheet.height(-1)
        rules.below(self.sheet.row(-1).edges, top)
        for index, first, last in self._parts():
            self.sheet.draw(self.canv, index, top, first, last)
            top -= self.sheet.height(index, first, last)
            rules.below(self.sheet.row(index).edges, top)
            if last is None:
                del self.sheet.laid[index]
        self.canv.setLineWidth(HAIRLINE)
        self.canv.lines(rules.finished(top))


class _Parts:
    """Walks the rows between two marks: row, first line, and the line it ends before or None."""

    def __init__(self, start: Mark, stop: Mark) -> None:
        self.at = start
        self.stop = stop

    def __iter__(self) -> "_Parts":
        return self

    def __next__(self) -> tuple[int, int, int | None]:
        if self.at >= self.stop:
            raise StopIteration
        row, line = self.at
        last = self.stop.line if row == self.stop.row else None
        self.at = Mark(row + 1, 0)
        return row, line, last


class _Rules:
    """The lines of a table: one across below each row, upright ones as long as they run on."""

    def __init__(self, edges: Sequence[float], top: float) -> None:
        self.width = edges[-1]
        self.open: dict[float, float] = {}
        self.drawn: list[tuple[float, float, float, float]] = [(0.0, top, self.width, top)]
        self.top = top

    def below(self, edges: Sequence[float], bottom: float) -> None:
        """Close a row with these upright edges at ``bottom``."""
        for edge in [edge for edge in self.open if edge not in edges]:
            self.drawn.append((edge, self.open.pop(edge), edge, self.top))
        for edge in edges:
            self.open.setdefault(edge, self.top)
        self.drawn.append((0.0, bottom, self.width, bottom))
        self.top = bottom

    def finished(self, bottom: float) -> list[tuple[float, float, float, float]]:
        """All lines, the upright ones down to ``bottom``."""
        return self.drawn + [(edge, top, edge, bottom) for edge, top in self.open.items()]
