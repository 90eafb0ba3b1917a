"""Other ways to print the papers of this program: the same words and cells, sizes and page breaks.

Each peer gets a paper as plain items (paragraphs, tables, two cells side by side), made into what
it reads, in one style a paragraph, which is less than our papers have. Peers that are not
installed are left out.
"""

import importlib
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from html import escape
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, NamedTuple

from docx import Document
from docx.shared import Mm, Pt
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import LongTable, PageBreak, Paragraph, SimpleDocTemplate
from reportlab.platypus.flowables import Flowable

from desktop.printing.official import COUNTRY, MOTTO
from desktop.printing.paper import (
    Addressees,
    Article,
    Block,
    Header,
    LabelledLine,
    LegalBases,
    Notes,
    Paper,
    Run,
    Signatures,
    Table,
    Text,
    TickBoxes,
    Title,
)
from desktop.printing.typeface import FILES

FACES = ("regular", "bold", "italic", "bold-italic")
OFFICE = "soffice"
FILES_A_CALL = 20
"""So many files LibreOffice converts in one call, so that its start hardly counts."""


class Words(NamedTuple):
    """A paragraph in one face."""

    text: str
    size: float = 14.0
    face: str = "regular"
    align: str = "justify"
    indent: bool = True


class Pair(NamedTuple):
    """Two cells side by side without lines."""

    left: list[Words]
    right: list[Words]


class Grid(NamedTuple):
    """A table with a repeated head; widths in millimetres."""

    heads: list[str]
    widths: list[float]
    rows: list[list[str]]
    size: float


Item = Words | Pair | Grid | None
"""None is a new page."""


def items(papers: Sequence[Paper]) -> Iterator[Item]:
    """The papers as plain items."""
    for number, paper in enumerate(papers):
        if number:
            yield None
        for block in paper.blocks:
            yield from _items(block)


def _items(block: Block) -> Iterator[Item]:  # noqa: C901 - one case for each block
    match block:
        case Header():
            yield _opening(block)
        case Title():
            for text in (*block.lines, *block.subject):
                yield Words(text, 14, "bold", "center", indent=False)
            for text in block.notes:
                yield Words(text, 13, "italic", "center", indent=False)
        case Addressees():
            yield Words(f"{block.label} {', '.join(block.names)}", 14, align="center")
        case Text():
            yield Words(_said(block.runs), face=_face(block.runs), indent=block.indent)
        case LabelledLine():
            text = f"{_said(block.label)} {block.value or '.' * 90}"
            yield from map(Words, text.splitlines())
        case LegalBases():
            yield from (Words(text, face="italic") for text in block.lines)
        case Article():
            yield from (Words(text) for text in (f"{block.name} {block.paragraphs[0]}",))
            yield from map(Words, block.paragraphs[1:])
        case TickBoxes():
            yield Words(f"{_said(block.label)} {' '.join(one.label for one in block.choices)}")
        case Notes():
            yield from (Words(f"{mark} {text}", 11, indent=False) for mark, text in block.lines)
        case Signatures():
            yield _closing(block)
        case Table():
            heads = [column.heading for column in block.columns]
            rows = [list(row.cells) + [""] * (len(heads) - len(row.cells)) for row in block.rows]
            size = 10.0 if block.dense else 12.0
            yield Grid(heads, [column.width for column in block.columns], rows, size)


def _said(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)


def _face(runs: Sequence[Run]) -> str:
    bold, italic = any(run.bold for run in runs), any(run.italic for run in runs)
    return FACES[bold + 2 * italic]


def _opening(block: Header) -> Pair:
    middle = {"align": "center", "indent": False}
    left = [Words(text, 12, "bold", **middle) for text in block.organs]  # type: ignore[arg-type]  # two of its fields
    right = [
        Words(COUNTRY, 12, "bold", "center", indent=False),
        Words(MOTTO, 13, "bold", "center", indent=False),
        Words(block.place_date, 13, "italic", "center", indent=False),
    ]
    return Pair([*left, Words(block.number, 13, "regular", "center", indent=False)], right)


def _closing(block: Signatures) -> Pair:
    left = [Words(text, 11, align="left", indent=False) for text in block.recipients]
    right = []
    for each in block.signers:
        lines = (each.place_date, *each.authority, each.hint, "", "", "", each.name)
        right += [Words(text, 14, "bold", "center", indent=False) for text in lines]
    return Pair(left, right)


def register_faces(fonts: Path) -> None:
    """Let reportlab's own paragraphs have the same letters, in fonts of their own."""
    for face, file in zip(FACES, FILES.values(), strict=True):
        pdfmetrics.registerFont(TTFont(f"Peer-{face}", str(fonts / file)))


_STYLES: dict[tuple[float, str, str, bool], ParagraphStyle] = {}
_ALIGNS: dict[str, Literal[0, 1, 2, 4]] = {"left": 0, "center": 1, "right": 2, "justify": 4}


def _style(
    size: float, face: str, align: str, *, indent: bool, cell: bool = False
) -> ParagraphStyle:
    key = (size if not cell else -size, face, align, indent)
    if key not in _STYLES:
        _STYLES[key] = ParagraphStyle(
            str(key), fontName=f"Peer-{face}", fontSize=size, alignment=_ALIGNS[align],
            leading=size * (1.17 if cell else 1.25), spaceAfter=0 if cell else 6,
            firstLineIndent=12.7 * mm if indent else 0,
        )  # fmt: skip
    return _STYLES[key]


def platypus(wanted: Sequence[Item], *, across: bool = False) -> tuple[bytes, int]:
    """Printed by reportlab's own paragraphs and tables; the file and its pages."""
    out = BytesIO()
    template = SimpleDocTemplate(
        out, pagesize=landscape(A4) if across else A4, leftMargin=30 * mm, rightMargin=20 * mm,
        topMargin=20 * mm, bottomMargin=20 * mm,
    )  # fmt: skip
    template.build([_flowable(item) for item in wanted])
    return out.getvalue(), template.page


def _flowable(item: Item) -> Flowable:
    match item:
        case Words():
            return _paragraph(item)
        case Pair():
            cells = [[_paragraph(one) for one in side] for side in item]
            return LongTable([cells], colWidths=[70 * mm, 90 * mm])
        case Grid():
            cell = _style(item.size, "regular", "left", indent=False, cell=True)
            heads = _style(item.size, "bold", "center", indent=False, cell=True)
            cells = [[Paragraph(escape(text), heads) for text in item.heads]]
            cells += [[Paragraph(escape(text), cell) for text in row] for row in item.rows]
            widths = [width * mm for width in item.widths]
            lines: list[Any] = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
            padding = [(f"{side}PADDING", (0, 0), (-1, -1), 2.3)
                       for side in ("TOP", "BOTTOM", "LEFT", "RIGHT")]  # fmt: skip
            return LongTable(cells, colWidths=widths, repeatRows=1, style=lines + padding)
    return PageBreak()


def _paragraph(words: Words) -> Paragraph:
    style = _style(words.size, words.face, words.align, indent=words.indent)
    return Paragraph(escape(words.text), style)


def installed(name: str) -> ModuleType | None:
    """A peer's library, None where it is not there."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


Printer = Callable[[Sequence[Item]], bytes]


def typst(fonts: Path) -> Printer | None:
    """Printed by typst, without the tags that make its files large."""
    library: Any = installed("typst")
    if library is None:
        return None
    folder = [str(fonts)]

    def printed(wanted: Sequence[Item]) -> bytes:
        source = _TYPST + "\n\n".join(map(_typst, wanted))
        file: bytes = library.compile(
            source.encode(), font_paths=folder, ignore_system_fonts=True, pdf_tags=False
        )
        return file

    return printed


_TYPST = """#set page(paper: "a4", margin: (left: 30mm, rest: 20mm))
#set text(font: "Liberation Serif", size: 14pt, lang: "vi", hyphenate: false)
#set par(justify: true, leading: 5.6pt, spacing: 11.6pt)
"""


def _typst_text(text: str) -> str:
    return "".join(
        f"\\{letter}" if letter in r'\#$*_`<>@~"/=-+' + "[]'" else letter for letter in text
    )


def _typst_words(words: Words) -> str:
    options = f"size: {words.size}pt"
    options += ', weight: "bold"' if "bold" in words.face else ""
    options += ', style: "italic"' if "italic" in words.face else ""
    text = f"#text({options})[{_typst_text(words.text)}]"
    if words.align == "center":
        return f"#align(center)[{text}]"
    return f"#h(12.7mm){text}" if words.indent else text


def _typst(item: Item) -> str:
    match item:
        case Words():
            return _typst_words(item)
        case Pair():
            sides = ("\n\n".join(map(_typst_words, side)) for side in item)
            return "#grid(columns: (70mm, 90mm), " + ", ".join(f"[{side}]" for side in sides) + ")"
        case Grid():
            widths = ", ".join(f"{width}mm" for width in item.widths)
            heads = ", ".join(f"[*{_typst_text(text)}*]" for text in item.heads)
            cells = ", ".join(f"[{_typst_text(text)}]" for row in item.rows for text in row)
            return (
                f"#text(size: {item.size}pt)[#set par(justify: false, leading: 4pt)\n"
                f"#table(columns: ({widths}), inset: 2.3pt, stroke: 0.5pt, "
                f"table.header({heads}), {cells})]"
            )
    return "#pagebreak()"


def weasyprint(fonts: Path) -> Printer | None:
    """Printed by WeasyPrint."""
    library: Any = installed("weasyprint")
    if library is None:
        return None
    faces = "".join(
        f"@font-face {{ font-family: Peer; src: url({(fonts / file).as_uri()});"
        f" font-weight: {'bold' if 'Bold' in file else 'normal'};"
        f" font-style: {'italic' if 'Italic' in file else 'normal'} }}\n"
        for file in FILES.values()
    )

    def printed(wanted: Sequence[Item]) -> bytes:
        page = f"<html lang=vi><style>{faces}{_CSS}</style>{''.join(map(_html, wanted))}</html>"
        file: bytes = library.HTML(string=page).write_pdf()
        return file

    return printed


_CSS = """@page { size: A4; margin: 20mm 20mm 20mm 30mm }
body { font: 14pt/1.25 Peer; margin: 0 } p { margin: 0 0 6pt; text-align: justify }
table { border-collapse: collapse; width: 160mm; table-layout: fixed }
thead { display: table-header-group }
table.grid td, table.grid th { border: 0.5pt solid black; padding: 2.3pt; line-height: 1.17 }
"""


def _html_words(words: Words) -> str:
    style = f"font-size:{words.size}pt;text-align:{words.align}"
    style += ";font-weight:bold" if "bold" in words.face else ""
    style += ";font-style:italic" if "italic" in words.face else ""
    style += ";text-indent:12.7mm" if words.indent else ""
    return f'<p style="{style}">{escape(words.text)}</p>'


def _html(item: Item) -> str:
    match item:
        case Words():
            return _html_words(item)
        case Pair():
            sides = ("".join(map(_html_words, side)) for side in item)
            return f"<table><tr>{''.join(f'<td>{side}</td>' for side in sides)}</tr></table>"
        case Grid():
            columns = "".join(f'<col style="width:{width}mm">' for width in item.widths)
            heads = "".join(f"<th>{escape(text)}</th>" for text in item.heads)
            rows = "".join(
                "<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>"
                for row in item.rows
            )
            return (
                f'<table class=grid style="font-size:{item.size}pt">{columns}'
                f"<thead><tr>{heads}</tr></thead>{rows}</table>"
            )
    return '<div style="break-after:page"></div>'


Batch = Callable[[Sequence[Item], Path], None]


def office() -> Batch | None:
    """Filled in by docxtpl and converted by LibreOffice, several files a call; or None."""
    library: Any = installed("docxtpl")
    if library is None or shutil.which(OFFICE) is None:
        return None

    def printed(wanted: Sequence[Item], folder: Path) -> None:
        model = folder / "model.docx"
        if not model.exists():
            _model(wanted).save(str(model))
        files = [folder / f"{number}.docx" for number in range(FILES_A_CALL)]
        for file in files:
            filled = library.DocxTemplate(model)
            filled.render(_filling(wanted), autoescape=True)
            filled.save(file)
        home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
        command = [OFFICE, home, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
        subprocess.run([*command, *files], check=True, capture_output=True)

    return printed


def _filling(wanted: Sequence[Item]) -> dict[str, Any]:
    """What is filled into the model: the texts of each item."""
    told: list[Any] = []
    for item in wanted:
        match item:
            case Words():
                told.append(item.text)
            case Pair():
                told.append([[one.text for one in side] for side in item])
            case Grid():
                told.append(item.rows)
            case None:
                told.append("")
    return {"item": told}


def _model(wanted: Sequence[Item]) -> Any:
    """A word-processor file of which the texts are to be filled in."""
    document: Any = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    for at, item in enumerate(wanted):
        match item:
            case Words():
                _fill(document.add_paragraph(), item, f"{{{{ item[{at}] }}}}")
            case Pair():
                cells = document.add_table(1, 2).rows[0].cells
                for side, lines in enumerate(item):
                    for number, words in enumerate(lines):
                        place = f"{{{{ item[{at}][{side}][{number}] }}}}"
                        _fill(cells[side].add_paragraph(), words, place)
            case Grid():
                _model_grid(document, item, at)
            case None:
                document.add_page_break()
    return document


def _fill(paragraph: Any, words: Words, place: str) -> None:
    run = paragraph.add_run(place)
    run.font.name, run.font.size = "Liberation Serif", Pt(words.size)
    run.bold, run.italic = "bold" in words.face, "italic" in words.face
    paragraph.paragraph_format.space_after = Pt(6)
    paragraph.paragraph_format.alignment = {"left": 0, "center": 1, "right": 2, "justify": 3}[
        words.align
    ]
    if words.indent:
        paragraph.paragraph_format.first_line_indent = Mm(12.7)


def _model_grid(document: Any, grid: Grid, at: int) -> None:
    """A table with its head, and a row that is repeated for each of those filled in."""
    table = document.add_table(4, len(grid.heads), style="Table Grid")
    for column, head in enumerate(grid.heads):
        table.columns[column].width = Mm(grid.widths[column])
        cells = [row.cells[column].paragraphs[0] for row in table.rows]
        _fill(cells[0], Words(head, grid.size, "bold", "center", indent=False), head)
        body = Words("", grid.size, align="left", indent=False)
        _fill(cells[2], body, f"{{{{ row[{column}] }}}}")
    table.rows[1].cells[0].text = f"{{%tr for row in item[{at}] %}}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
