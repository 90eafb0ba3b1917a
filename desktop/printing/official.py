"""The pieces peculiar to official papers: opening block, rules, signatures, boxes to tick.

Sizes, places and lines follow Nghị định 30/2020/NĐ-CP, Phụ lục I; each class names its field (ô).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from desktop.printing.flowables import Block
from desktop.printing.paper import Align, Choice, Header, Signer, Spot, Stock
from desktop.printing.pen import write_line
from desktop.printing.typeface import Face, Family, break_plain

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
RULE = 0.75
"""Thickness of drawn lines; they are never underlining (ND30, Phụ lục I, mục II)."""
ORGAN_RULE = 0.4
"""Length of the line under an organ or a subject: between 1/3 and 1/2 of its text."""
RIGHT_CELL = 90 * mm
"""The cell of the country and the motto, which never wrap; the organs take the rest."""
OPENERS = (
    "TỈNH", "THÀNH PHỐ", "HUYỆN", "THỊ XÃ", "QUẬN", "XÃ", "PHƯỜNG", "NGÀNH", "TRƯỜNG", "CÔNG TY",
    "TỔNG CÔNG TY", "TẬP ĐOÀN", "TRUNG TÂM", "BỆNH VIỆN", "CHI NHÁNH", "NHÀ MÁY", "XÍ NGHIỆP",
    "VIỆT NAM",
)  # fmt: skip
"""Words of an organ's name that may open its next line."""
BOUND = (
    "CÔNG TY", "CÔNG ĐOÀN", "LIÊN ĐOÀN", "LAO ĐỘNG", "CƠ SỞ", "CỔ PHẦN", "TẬP ĐOÀN", "THÀNH PHỐ",
    "THỊ XÃ", "TRUNG TÂM", "BỆNH VIỆN", "VIỆT NAM", "HỘI ĐỒNG", "SÁNG KIẾN", "TRÁCH NHIỆM",
    "HỮU HẠN", "KHU CÔNG", "CÔNG NGHIỆP", "TIỂU HỌC", "TRUNG HỌC", "CHI NHÁNH", "NHÀ MÁY",
    "XÍ NGHIỆP", "LAI CHÂU", "HỢP TÁC", "TÁC XÃ",
)  # fmt: skip
"""Pairs of words that no line end may part."""
CLOSER = "HỢP TÁC XÃ"
"""What ends a line well, though its last word may open one."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One line of letters: text, face, size in points."""

    text: str
    face: Face
    size: float

    @property
    def width(self) -> float:
        """Its width in points."""
        return self.face.widths[self.text] * self.size

    @property
    def leading(self) -> float:
        """The distance to the next line."""
        return self.size * 1.22

    def draw(self, canvas: Canvas, centre: float, baseline: float) -> None:
        """Write it around ``centre``."""
        write_line(canvas, centre - self.width / 2, baseline, self.text, self.face, self.size)


def on_one_line(text: str, face: Face, size: float, room: float) -> Cut:
    """A line that is never broken: set smaller where it is wider than ``room`` points."""
    width = face.widths[text]
    return Cut(text, face, min(size, room / width) if width else size)


def balanced(text: str, face: Face, size: float, room: float) -> list[str]:
    """The name of an organ on few lines of like length, broken where such names are broken.

    Of the ways that fit, the one wins that parts no pair of ``BOUND`` and ends no line with one
    of ``OPENERS``; then the one of fewer lines, of lines that open well, of even lines.
    """
    words = text.split()
    greedy = [line for line, _width in break_plain(text, face, size, room)]
    if len(greedy) == 1 or len(words) > 24:
        return greedy
    ways = [
        (parted, len(lines), -opened, longest, lines)
        for count in (len(greedy) - 1, len(greedy))
        for places in combinations(range(1, len(words)), count)
        for lines, parted, opened in [_way(words, places)]
        if (longest := max(face.widths[line] for line in lines) * size) <= room
    ]
    return min(ways)[-1] if ways else greedy


def _way(words: Sequence[str], places: Sequence[int]) -> tuple[list[str], int, int]:
    """The lines broken at these places, how many pairs that parts, and how many lines open well."""
    bounds = (0, *places, len(words))
    lines = [" ".join(words[a:b]) for a, b in pairwise(bounds)]
    parted = sum(f"{words[at - 1]} {words[at]}".upper() in BOUND for at in places)
    closed = [line.upper().endswith(CLOSER) for line in lines[:-1]]
    ends = zip(lines, closed, strict=False)
    parted += sum(line.upper().endswith(OPENERS) and not well for line, well in ends)
    begins = zip(lines[1:], closed, strict=True)
    opened = sum(line.upper().startswith(OPENERS) or well for line, well in begins)
    return lines, parted, opened


class HeaderBlock(Block):
    """Ô 1 to 4: organs left, country and motto right, number and place with date below."""

    def __init__(self, header: Header, family: Family, width: float) -> None:
        super().__init__(width, after=10)
        self.header = header
        self.family = family
        self.right = RIGHT_CELL if header.organs else width
        self.left = self._left_cell()
        self.organs = list(self._organ_lines())
        self.level = self._level()

    def _left_cell(self) -> float:
        """What the right cell leaves; across a wide sheet not more than the organs need."""
        return min(self.width - self.right, 110 * mm)

    def _organ_lines(self) -> Iterator[Cut]:
        """Superior organs upright, the issuing one bold, 12 pt all (ô 2)."""
        organs = self.header.organs
        for number, organ in enumerate(organs):
            face = self.family.bold if number == len(organs) - 1 else self.family.regular
            for line in balanced(self.family.printable(organ), face, 12, self.left - 4 * mm):
                yield Cut(line, face, 12)

    def _country(self) -> tuple[Cut, Cut]:
        """Quốc hiệu 12 pt, tiêu ngữ 13 pt, both bold (ô 1)."""
        return Cut(COUNTRY, self.family.bold, 12), Cut(MOTTO, self.family.bold, 13)

    def _level(self) -> float:
        """How far below the top the number and the date begin."""
        organs = sum(cut.leading for cut in self.organs)
        country = sum(cut.leading for cut in self._country())
        return max(organs, country) + 9 + self._corner()

    def _corner(self) -> float:
        """The height of the line that holds the form's code."""
        return 17.0 if self.header.form_code else 0.0

    def extent(self, room: float) -> float:  # noqa: ARG002 - known at once
        """All lines together."""
        return self.level + (19 if self.header.number or self.header.place_date else 0)

    def draw(self) -> None:
        """Write both cells and draw their lines."""
        if self.header.form_code:
            code = self._one(self.header.form_code, self.family.bold, 12, self.width / 2)
            code.draw(self.canv, self.width - code.width / 2, self.height - 12)
        top = self.height - self._corner()
        if self.organs:
            _column(self.canv, self.organs, self.left / 2, top, ORGAN_RULE)
        _column(self.canv, self._country(), self.width - self.right / 2, top, 1.0)
        self._below(self.height - self.level - 13)

    def _one(self, text: str, face: Face, size: float, room: float) -> Cut:
        """A text of the header that stands on one line."""
        return on_one_line(self.family.printable(text), face, size, room)

    def _below(self, baseline: float) -> None:
        """Number left in the middle of its cell, place and date right in italics, on one line."""
        number = self._one(self.header.number, self.family.regular, 13, self.left or self.width)
        number.draw(self.canv, max(self.left / 2, number.width / 2), baseline)
        room = self.width - (self.left if self.header.number else 0.0)
        date = self._one(self.header.place_date, self.family.italic, 13, room)
        centre = min(self.width - self.right / 2, self.width - date.width / 2)
        date.draw(self.canv, centre, baseline)


def _column(canvas: Canvas, lines: Sequence[Cut], centre: float, top: float, rule: float) -> None:
    """Lines around ``centre``, and a drawn line below, ``rule`` of the length of the last."""
    for cut in lines:
        top -= cut.leading
        cut.draw(canvas, centre, top + cut.size * 0.25)
    draw_rule(canvas, centre, top - 1.5, lines[-1].width * rule)


def draw_rule(canvas: Canvas, centre: float, y: float, length: float) -> None:
    """A line of ``length`` points around ``centre``."""
    canvas.setLineWidth(RULE)
    canvas.line(centre - length / 2, y, centre + length / 2, y)


class Rule(Block):
    """A line in the middle, as under a subject (ô 5a)."""

    def __init__(self, width: float, length: float, after: float) -> None:
        super().__init__(width, after=after)
        self.length = length

    def extent(self, room: float) -> float:  # noqa: ARG002 - known at once
        """A little air above the line."""
        return 4.0

    def lines(self) -> int:
        """No text."""
        return 0

    def draw(self) -> None:
        """Draw it."""
        draw_rule(self.canv, self.width / 2, 1.0, self.length)


class ShortRule(Rule):
    """The short line on the left above footnotes."""

    def draw(self) -> None:
        """Draw it."""
        self.canv.setLineWidth(RULE)
        self.canv.line(0, 1.0, self.length, 1.0)


@dataclass(frozen=True, slots=True)
class _Place:
    """One place to sign: the lines above the space, and the name below it."""

    date: Cut | None
    above: tuple[Cut, ...]
    name: tuple[Cut, ...]

    @property
    def height(self) -> float:
        """Everything above the space for the signature."""
        return sum(cut.leading for cut in self.above)


class SignatureBlock(Block):
    """Ô 7 and 9: places to sign, two side by side at most, the recipients level with the first."""

    def __init__(
        self,
        signers: Sequence[Signer],
        recipients: Sequence[str],
        family: Family,
        width: float,
        size: float,
        space: float = 25 * mm,
    ) -> None:
        super().__init__(width, before=8)
        self.family = family
        self.size = size
        self.space = space
        places = [self._place(signer) for signer in signers]
        self.rows = [places[at : at + 2] for at in range(0, len(places), 2)]
        self.recipients = self._cuts(recipients, family.regular, 11)

    def _place(self, signer: Signer) -> _Place:
        """Break the lines of one place to its half of the width; the date is never broken."""
        family, size = self.family, self.size
        above = self._cuts(signer.authority, family.bold, size)
        above += self._cuts((signer.hint,) if signer.hint else (), family.italic, size - 1)
        date = family.printable(signer.place_date or signer.number)
        face = family.italic if signer.place_date else family.regular
        return _Place(
            on_one_line(date, face, 13, self.width / 2) if date else None,
            tuple(above),
            tuple(
                self._cuts((signer.name,), family.bold, size)
                if signer.name
                else self._cuts(("." * 40,), family.regular, size)
            ),
        )

    def _cuts(self, texts: Sequence[str], face: Face, size: float) -> list[Cut]:
        """The texts as lines that fit half the width."""
        return [
            Cut(line, face, size)
            for text in texts
            for line, _width in break_plain(
                self.family.printable(text), face, size, self.width / 2 - 3 * mm
            )
        ]

    def _heights(self, row: Sequence[_Place]) -> tuple[float, float, float]:
        """Of a row of places: the date, down to where the names begin, and all of it."""
        date = 18.0 if any(place.date for place in row) else 0.0
        names = date + max(place.height for place in row) + self.space
        below = max(sum(cut.leading for cut in place.name) for place in row)
        return date, names, names + below + 8

    def extent(self, room: float) -> float:  # noqa: ARG002 - known at once
        """The rows of places, or the recipients where they reach lower."""
        places = self._places()
        listed = 15 + sum(cut.leading for cut in self.recipients)
        if self._beside():
            return max(places, listed)
        return places + (listed if self.recipients else 0)

    def _places(self) -> float:
        """The height of all places to sign."""
        return sum(self._heights(row)[2] for row in self.rows)

    def _beside(self) -> bool:
        """Whether the left half is free for the recipients; two signers leave it below them."""
        return all(len(row) == 1 for row in self.rows)

    def lines(self) -> int:
        """It signs text and is none."""
        return 0

    def draw(self) -> None:
        """Write the recipients and every row of places; one place alone stands on the right."""
        top = self.height
        for row in self.rows:
            for number, place in enumerate(row):
                side = 3 if len(row) == 1 else 1 + 2 * number
                self._draw_place(place, self.width * side / 4, top, row)
            top -= self._heights(row)[2]
        if self.recipients:
            self._draw_recipients()

    def _draw_place(self, place: _Place, centre: float, top: float, row: Sequence[_Place]) -> None:
        """One place around its centre; the names of a row stand level."""
        date, names, _all = self._heights(row)
        if place.date:
            place.date.draw(self.canv, min(centre, self.width - place.date.width / 2), top - 13)
        for cuts, start in ((place.above, top - date), (place.name, top - names)):
            y = start
            for cut in cuts:
                y -= cut.leading
                cut.draw(self.canv, centre, y + cut.size * 0.25)

    def _draw_recipients(self) -> None:
        """Recipients ("Nơi nhận:") 12 pt bold italic, the list 11 pt (ô 9b)."""
        y = self.height - 14 - (0 if self._beside() else self._places())
        write_line(self.canv, 0, y, "Nơi nhận:", self.family.bold_italic, 12)
        for cut in self.recipients:
            y -= cut.leading
            write_line(self.canv, 0, y, cut.text, cut.face, cut.size)


class AddressBlock(Block):
    """Ô 9a: the label, and one name on its line or several below each other behind dashes.

    Several end with ";", the last with "."; they stand under the colon.
    """

    def __init__(
        self, label: str, names: Sequence[str], family: Family, width: float, size: float
    ) -> None:
        super().__init__(width, before=2, after=8)
        self.family, self.size = family, size
        self.label = Cut(family.printable(label), family.regular, size)
        self.colon = Cut(self.label.text.rstrip(":"), family.regular, size).width
        self.several = len(names) > 1
        self.names = [list(self._broken(text)) for text in self._marked(names)]

    def _marked(self, names: Sequence[str]) -> list[str]:
        """The names as they are punctuated."""
        if not self.several:
            return list(names)
        return [f"- {one}{';' if at < len(names) else '.'}" for at, one in enumerate(names, 1)]

    def _broken(self, text: str) -> Iterator[Cut]:
        """The lines of one name beside or below the label."""
        room = self.width * 0.8 - self.label.width - 2 * mm
        words = self.family.printable(text)
        for line, _width in break_plain(words, self.family.regular, self.size, room):
            yield Cut(line, self.family.regular, self.size)

    def extent(self, room: float) -> float:  # noqa: ARG002 - known at once
        """All lines."""
        count = sum(len(lines) for lines in self.names) + self.several
        return count * self.label.leading

    def draw(self) -> None:
        """Label and names together in the middle of the page."""
        widest = max(cut.width for lines in self.names for cut in lines)
        left = max((self.width - self.label.width - 2 * mm - widest) / 2, 0.0)
        baseline = self.height - self.label.leading + self.size * 0.25
        self.label.draw(self.canv, left + self.label.width / 2, baseline)
        start = left + (self.colon if self.several else self.label.width + 2 * mm)
        baseline -= self.label.leading if self.several else 0
        for lines in self.names:
            for cut in lines:
                cut.draw(self.canv, start + cut.width / 2, baseline)
                baseline -= self.label.leading


class StockBlock(Block):
    """Texts at their places on a sheet printed before, which it covers from edge to edge."""

    SMALLEST = 6.0
    FROM = 15
    """Where the scales begin, so that they do not cross in the corner."""

    def __init__(self, stock: Stock, family: Family, width: float, height: float) -> None:
        super().__init__(width)
        self.stock, self.family, self.tall = stock, family, height - 0.01
        self.cuts = [(spot, list(self._cuts(spot))) for spot in stock.spots]

    def _cuts(self, spot: Spot) -> Iterator[Cut]:
        """The lines of a text, set smaller until they are few enough."""
        face = self.family.face(bold=spot.bold, italic=spot.italic)
        text, size, room = self.family.printable(spot.text), spot.size, spot.width * mm
        text = text or "." * int(room / (face.widths["."] * size))
        lines = break_plain(text, face, size, room)
        while len(lines) > spot.lines and size > self.SMALLEST:
            size = max(size - 0.5, self.SMALLEST)
            lines = break_plain(text, face, size, room)
        for line, _width in lines:
            yield Cut(line, face, size)

    def extent(self, room: float) -> float:  # noqa: ARG002 - the sheet
        """The sheet."""
        return self.tall

    def draw(self) -> None:
        """Everything moved by what the printer prints beside."""
        self.canv.translate(self.stock.right * mm, -self.stock.down * mm)
        if self.stock.scales:
            self._scales()
        for spot, cuts in self.cuts:
            if spot.cross:
                _cross(self.canv, spot.x * mm, self.tall - spot.y * mm)
            y = self.tall - spot.y * mm
            for cut in cuts:
                shift = {Align.LEFT: 0.5, Align.RIGHT: -0.5}.get(spot.align, 0.0)
                cut.draw(self.canv, spot.x * mm + shift * cut.width, y)
                y -= cut.leading

    def _scales(self) -> None:
        """Millimetres from the upper and the left edge, each tenth with its number."""
        face, canvas = self.family.regular, self.canv
        canvas.setLineWidth(0.3)
        for at in range(self.FROM, int(self.width / mm) - 5):
            canvas.line(at * mm, self.tall - 6 * mm, at * mm, self.tall - _tick(at))
            if not at % 10:
                Cut(str(at), face, 7).draw(canvas, at * mm, self.tall - 14 * mm)
        for at in range(self.FROM, int(self.tall / mm) - 5):
            y = self.tall - at * mm
            canvas.line(6 * mm, y, _tick(at), y)
            if not at % 10:
                Cut(str(at), face, 7).draw(canvas, 14 * mm, y - 2.4)


def _tick(at: int) -> float:
    """How far from the edge the line of a millimetre ends: longer at 5, longest at 10."""
    return (11 if not at % 10 else 9 if not at % 5 else 7.5) * mm


def _cross(canvas: Canvas, x: float, y: float) -> None:
    """A cross that a text stands on."""
    canvas.setLineWidth(0.3)
    canvas.line(x - 3 * mm, y, x + 3 * mm, y)
    canvas.line(x, y - 3 * mm, x, y + 3 * mm)


def draw_border(canvas: Canvas, width: float, height: float) -> None:
    """The frame of a certificate: a bold line 10 mm from the edges, a fine one inside it."""
    for inset, thick in ((10 * mm, 2.0), (12 * mm, 0.6)):
        canvas.setLineWidth(thick)
        canvas.rect(inset, inset, width - 2 * inset, height - 2 * inset)


class TickBlock(Block):
    """Boxes to tick, drawn because no font has them, each with its words; they wrap like words."""

    def __init__(
        self, label: Cut, choices: Sequence[Choice], family: Family, width: float, indent: float
    ) -> None:
        super().__init__(width, after=6)
        self.label = label
        self.indent = indent
        self.leading = label.size * 1.5
        self.boxes = list(self._spread(choices, family))

    def _spread(
        self, choices: Sequence[Choice], family: Family
    ) -> Iterator[tuple[Choice, Cut, float, int]]:
        """Each choice, its words, its left edge and its line."""
        x, line = self.indent + self.label.width + 4 * mm, 0
        for choice in choices:
            room = self.width - self.indent - 6 * mm
            words = family.printable(choice.label)
            cut = on_one_line(words, family.regular, self.label.size, room)
            extent = 6 * mm + cut.width
            if x + extent > self.width + 0.01:
                x, line = self.indent, line + 1
            yield choice, cut, x, line
            x += extent + 5 * mm

    def extent(self, room: float) -> float:  # noqa: ARG002 - known at once
        """One line or more."""
        return (1 + max((line for _choice, _cut, _x, line in self.boxes), default=0)) * self.leading

    def lines(self) -> int:
        """It counts as text."""
        return 1

    def draw(self) -> None:
        """The label, then each box; a ticked one is crossed."""
        top = self.height - self.leading + self.label.size * 0.4
        self.label.draw(self.canv, self.indent + self.label.width / 2, top)
        for choice, cut, x, line in self.boxes:
            y = top - line * self.leading
            _draw_box(self.canv, x, y - 0.5 * mm, 3.6 * mm, ticked=choice.ticked)
            cut.draw(self.canv, x + 5.5 * mm + cut.width / 2, y)


class HalfSheet(Block):
    """The pieces of a slip that is half a sheet: always as high, set smaller where they need more.

    They are set ``inner`` points wide and drawn ``width`` points wide; ``room`` is then the height
    over what they need. Nothing in them is cut.
    """

    def __init__(self, pieces: Sequence[Block], inner: float, width: float, height: float) -> None:
        super().__init__(width)
        self.pieces, self.inner, self.tall = pieces, inner, height
        tops: list[float] = []
        below, gap = 0.0, 0.0
        for piece in pieces:
            below += max(gap, piece.getSpaceBefore()) if tops else 0.0
            tops.append(below)
            below += piece.wrap(inner, 1e6)[1]
            gap = piece.getSpaceAfter()
        self.tops = tops
        self.room = height / (below * width / inner) if below else 1.0
        self.scale = min(self.room, 1.0) * width / inner

    def extent(self, room: float) -> float:  # noqa: ARG002 - half the sheet
        """Its half of the sheet."""
        return self.tall

    def draw(self) -> None:
        """The pieces from the top, smaller around the middle of the sheet where they must be."""
        self.canv.translate((self.width - self.inner * self.scale) / 2, self.tall)
        self.canv.scale(self.scale, self.scale)
        for piece, top in zip(self.pieces, self.tops, strict=True):
            piece.drawOn(self.canv, 0, -top - piece.height)


class CutLine(Block):
    """Where a sheet is cut apart: a dashed line in the middle of ``height``."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__(width)
        self.tall = height

    def extent(self, room: float) -> float:  # noqa: ARG002 - known at once
        """The white around the line."""
        return self.tall

    def lines(self) -> int:
        """No text."""
        return 0

    def draw(self) -> None:
        """Draw it."""
        self.canv.setLineWidth(0.5)
        self.canv.setDash(4, 3)
        self.canv.line(0, self.tall / 2, self.width, self.tall / 2)


def _draw_box(canvas: Canvas, x: float, y: float, side: float, *, ticked: bool) -> None:
    """A square with its lower left corner at (x, y), crossed where ticked."""
    canvas.setLineWidth(RULE)
    canvas.rect(x, y, side, side)
    if ticked:
        edge = side * 0.18
        canvas.setLineWidth(1.2)
        canvas.lines(
            [
                (x + edge, y + edge, x + side - edge, y + side - edge),
                (x + edge, y + side - edge, x + side - edge, y + edge),
            ]
        )
