"""The vocabulary of a paper: frozen blocks that say what stands on it, never how it looks.

A paper can be kept as JSON (``as_json``) and had back (``from_json``), so that what was issued can
be printed again for ever. Text is plain: what looks like markup is printed as it is written.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from types import MappingProxyType
from typing import cast


class Orientation(StrEnum):
    """How the A4 sheet lies; lists with many columns lie across."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class Make(StrEnum):
    """What a sheet is: plain, framed as certificates are, or printed before and filled in."""

    PLAIN = "plain"
    FRAMED = "framed"
    STOCK = "stock"


class Align(StrEnum):
    """Where lines stand between the margins or in a cell."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    JUSTIFY = "justify"


class RowKind(StrEnum):
    """What a row of a table is: a line of the list, the head of a group, or a sum."""

    BODY = "body"
    GROUP = "group"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; ``raised`` is the mark of a footnote."""

    text: str
    bold: bool = False
    italic: bool = False
    raised: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """What opens a paper: the organs on the left, the country and its motto on the right.

    ``organs`` runs from the superior organ to the issuing one, which is printed bold; without any
    (a personal paper) the country stands in the middle. ``number`` ("Số: 05/QĐ-CĐCS") and
    ``place_date`` ("Lai Châu, ngày 04 tháng 8 năm 2023") stand level with each other below.
    ``form_code`` ("Mẫu số 01") stands in the top right corner.
    """

    organs: tuple[str, ...] = ()
    number: str = ""
    place_date: str = ""
    form_code: str = ""


@dataclass(frozen=True, slots=True)
class Title:
    """The name of the paper in capitals, what it is about, and a note in italics below.

    ``rule`` draws the line that stands under the subject of a decision or a report. ``large`` sets
    the name as on a certificate.
    """

    lines: tuple[str, ...]
    subject: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    rule: bool = False
    large: bool = False


@dataclass(frozen=True, slots=True)
class Addressees:
    """To whom a paper goes ("Kính gửi:"): one beside the label, several below it with dashes.

    With nobody given, dots are printed.
    """

    label: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; ``lead`` keeps it on the page of what follows, ``indent`` opens it inwards.

    ``tail`` closes what stands before it: it never stands on a page without a line of that.
    """

    runs: tuple[Run, ...]
    align: Align = Align.JUSTIFY
    indent: bool = True
    lead: bool = False
    tail: bool = False


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """A label and what was filled in after it; with nothing filled in, ``blanks`` dotted lines.

    A value of several paragraphs (lines) begins below its label.
    """

    label: tuple[Run, ...]
    value: str = ""
    blanks: int = 1
    indent: bool = True


@dataclass(frozen=True, slots=True)
class LegalBases:
    """The legal bases (căn cứ), in italics, one a paragraph, punctuated as they are to be read."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An article (Điều): its bold name and its paragraphs."""

    name: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in millimetres, and how its cells stand.

    ``whole`` marks figures and dates, which are never broken: they are set smaller where they are
    too long.
    """

    heading: str
    width: float
    align: Align = Align.LEFT
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row; ``spans`` says how many columns each cell covers, one each where it is empty."""

    cells: tuple[str, ...]
    kind: RowKind = RowKind.BODY
    spans: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose heading is repeated on every page; ``dense`` sets it in smaller letters.

    ``dotted`` prints empty cells of the body as dots to be filled in by hand. ``unit`` is the note
    in italics above it on the right ("ĐVT: Sáng kiến").
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    dense: bool = False
    dotted: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One box to tick, drawn, with its words."""

    label: str
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class TickBoxes:
    """A label and boxes to tick."""

    label: tuple[Run, ...]
    choices: tuple[Choice, ...]
    indent: bool = True


@dataclass(frozen=True, slots=True)
class Signer:
    """One place to sign: the authority as written, a hint in italics, and the name.

    ``place_date`` stands above it on papers that do not have it in the header; ``number`` in the
    same line, upright, where nobody signs on that side.
    """

    authority: tuple[str, ...]
    name: str = ""
    hint: str = ""
    place_date: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """What closes a paper: places to sign, at most two side by side, and the recipients left.

    One signer stands on the right; ``recipients`` ("- Như trên;") stand level with the authority.
    The block never stands on a page without two lines of what it signs.
    """

    signers: tuple[Signer, ...]
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Notes:
    """Footnotes at the end of the text, under a short line; each begins with its raised mark."""

    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Empty space of ``height`` millimetres, gone at the top of a page."""

    height: float


@dataclass(frozen=True, slots=True)
class Spot:
    """A text on a sheet printed before: ``x`` and ``y`` millimetres from its top left corner.

    ``y`` is the foot of its first line; ``x`` its left edge, its middle or its right edge, as
    ``align`` says. It is set smaller than ``size`` points where it would need more than ``lines``
    lines of ``width`` millimetres. Empty text is printed as dots. ``cross`` marks its place.
    """

    text: str
    x: float
    y: float
    width: float
    size: float = 14.0
    lines: int = 1
    align: Align = Align.CENTRE
    bold: bool = False
    italic: bool = False
    cross: bool = False


@dataclass(frozen=True, slots=True)
class Stock:
    """What is written on one sheet printed before; ``scales`` draws millimetres along its edges.

    The scales, and the crosses of texts, are for finding out how far a printer prints beside.
    ``right`` and ``down`` move everything by so many millimetres.
    """

    spots: tuple[Spot, ...]
    right: float = 0.0
    down: float = 0.0
    scales: bool = False


@dataclass(frozen=True, slots=True)
class Halves:
    """Two slips on one sheet, one above the other, to be cut apart at the dashed line between.

    Each takes half of the sheet, so it is A5 when cut, and is set smaller where it needs more; the
    lower half may be empty. No table in them is continued elsewhere.
    """

    upper: "tuple[Block, ...]"
    lower: "tuple[Block, ...]" = ()


@dataclass(frozen=True, slots=True)
class Scan:
    """One page of an attached paper as a picture on a page of its own, its words above it.

    ``source`` is the SHA-256 that names the attached file, ``page`` counts its pages from 1.
    Whoever prints the paper says where the pictures are.
    """

    source: str
    page: int = 1
    caption: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page of the same paper."""


Block = (
    Header
    | Title
    | Addressees
    | Text
    | LabelledLine
    | LegalBases
    | Article
    | Table
    | TickBoxes
    | Signatures
    | Notes
    | Gap
    | Stock
    | Halves
    | Scan
    | PageBreak
)


@dataclass(frozen=True, slots=True)
class Seal:
    """What marks every page of a paper that was issued, so that it can be checked later.

    ``digest`` is 160 bits of the hash of what was issued, as 32 letters and figures (base32);
    ``number`` and ``date`` (ISO) are those under which it was issued.
    """

    digest: str
    number: str = ""
    date: str = ""

    @property
    def code(self) -> str:
        """The code that people read and type, 80 bits of the hash: XXXX-XXXX-XXXX-XXXX."""
        return "-".join(self.digest[at : at + 4] for at in range(0, 16, 4))


@dataclass(frozen=True, slots=True)
class Tag:
    """What a sheet that comes back is found again by: a small QR code and words beside it."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: pages numbered from 1, the blocks on them, and what the file says of itself.

    ``key`` names its kind; ``bookmark`` is its place in the outline of a file, outermost first;
    ``author`` the office that printed it. A ``seal`` is printed on the foot of every page, except
    on sheets printed before; where there is none, a ``tag`` stands there.
    """

    key: str
    title: str
    blocks: tuple[Block, ...]
    orientation: Orientation = Orientation.PORTRAIT
    author: str = ""
    bookmark: tuple[str, ...] = ()
    language: str = "vi-VN"
    make: Make = Make.PLAIN
    seal: Seal | None = None
    tag: Tag | None = None


_KINDS: Mapping[str, type] = MappingProxyType(
    {
        kind.__name__: kind
        for kind in (
            Run, Header, Title, Addressees, Text, LabelledLine, LegalBases, Article, Column, Row,
            Table, Choice, TickBoxes, Signer, Signatures, Notes, Gap, Spot, Stock, PageBreak, Paper,
            Halves, Scan, Seal, Tag,
        )
    }
)  # fmt: skip
_WORDS: Mapping[str, type[StrEnum]] = MappingProxyType(
    {"orientation": Orientation, "align": Align, "kind": RowKind, "make": Make}
)


def as_json(paper: Paper) -> dict[str, object]:
    """The paper as what ``json.dumps`` takes; ``from_json`` gives the equal paper back."""
    return cast("dict[str, object]", _plain(paper))


def from_json(kept: Mapping[str, object]) -> Paper:
    """The paper that ``as_json`` wrote.

    Raises ValueError for what is no paper, and for blocks or fields that this program does not
    know.
    """
    paper = _whole(kept)
    if not isinstance(paper, Paper):
        raise ValueError("no paper")  # noqa: TRY004 - what was kept is wrong, not its type
    return paper


def _plain(value: object) -> object:
    """A block as a dictionary that names its kind; tuples as lists."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    name = type(value).__name__
    if _KINDS.get(name) is type(value):
        named = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}  # type: ignore[arg-type]  # every kind is a dataclass
        return {"block": name, **named}
    return value


def _whole(value: object) -> object:
    """The reverse of ``_plain``."""
    if isinstance(value, list):
        return tuple(_whole(item) for item in value)
    if not isinstance(value, Mapping):
        return value
    named = dict(value)
    kind = _KINDS.get(str(named.pop("block", "")))
    if kind is None:
        raise ValueError(f"unknown block: {value.get('block')!r}")
    try:
        return kind(**{name: _word(name, _whole(item)) for name, item in named.items()})
    except TypeError as error:
        raise ValueError(str(error)) from error


def _word(name: str, value: object) -> object:
    """A choice as the member of its set, everything else as it is."""
    words = _WORDS.get(name)
    return words(str(value)) if words is not None else value


def plain(text: str) -> tuple[Run, ...]:
    """One upright run."""
    return (Run(text),)


def bold(text: str) -> tuple[Run, ...]:
    """One bold run."""
    return (Run(text, bold=True),)


def italic(text: str) -> tuple[Run, ...]:
    """One run in italics."""
    return (Run(text, italic=True),)
