"""How papers leave as a word-processor file (.docx): a copy in which a sentence can be changed.

It is there to work on and not the paper itself: it carries no code and no signature.
"""

from collections.abc import Iterable, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as Doc
from docx.image.image import Image
from docx.oxml.ns import qn
from docx.shared import Pt

from desktop.errors import UserError
from desktop.printing import editable, layout
from desktop.printing.paper import Paper, Scan, Stock
from desktop.printing.pdf import PROGRAM, keep
from desktop.printing.scans import Pictures, no_pictures
from desktop.printing.typeface import load
from desktop.printing.wordml import Element, Section, closing, element, field, legible, section
from desktop.progress import SILENT, Progress
from desktop.text import _

FONT = "Times New Roman"
_DAY = (1980, 1, 1, 0, 0, 0)
"""The time that the parts of a file bear: equal papers give equal files."""


def write(
    papers: Iterable[Paper],
    out: Path,
    *,
    fonts: Path,
    pictures: Pictures = no_pictures,
    progress: Progress = SILENT,
) -> int:
    """Write the papers one after another into the file ``out``; how many papers.

    The pages of each are numbered from 1. The file appears whole or not at all. Raises UserError
    where it cannot be written or a paper has no editable copy, CancelledError when told to stop.
    """
    data, count = render(papers, fonts=fonts, pictures=pictures, progress=progress)
    keep(data, out)
    return count


def render(
    papers: Iterable[Paper],
    *,
    fonts: Path,
    pictures: Pictures = no_pictures,
    progress: Progress = SILENT,
) -> tuple[bytes, int]:
    """The same file in memory, and the number of papers; ValueError where there is none.

    ``pictures`` gives the pictures of the scans among the papers.
    """
    family = load(fonts)
    document: Doc | None = None
    total = len(papers) if isinstance(papers, Sequence) else 0
    ended: Section | None = None
    count = 0
    for paper in papers:
        progress.step(count, total, paper.title)
        _refuse_scales(paper)
        document = document or _document(paper)
        if ended is not None:
            _append(document, [closing(section(ended))])
        placing = partial(_placed, document, pictures)
        blocks, ended = editable.elements(paper, family, placing)
        _append(document, blocks)
        count += 1
    if document is None or ended is None:
        raise ValueError("no paper to print")
    _finish(document, ended)
    sheet = BytesIO()
    document.save(sheet)
    return _even(sheet.getvalue()), count


def _placed(document: Doc, pictures: Pictures, scan: Scan, room: tuple[float, float]) -> Element:
    """A run with the picture of a scan, as large as the room (width and height, points) allows."""
    data = pictures(scan)
    image = Image.from_blob(data)
    scale = min(room[0] / image.px_width, room[1] / image.px_height)
    size = (Pt(image.px_width * scale), Pt(image.px_height * scale))
    inline = document.part.new_pic_inline(BytesIO(data), *size)
    return element("r", element("drawing", inline))


def _refuse_scales(paper: Paper) -> None:
    """A sheet for measuring a printer is no text that anybody changes."""
    if any(isinstance(block, Stock) and block.scales for block in paper.blocks):
        raise UserError(
            _("“{paper}” has no editable copy: it measures the printer. Print it as PDF.").format(
                paper=paper.title
            ),
            code="print.no-copy",
        )


def _document(first: Paper) -> Doc:
    """An empty file in Vietnamese letters that says of itself what its first paper says."""
    document = Document()
    font = document.styles["Normal"].font
    font.name, font.size = FONT, Pt(14)
    letters = document.styles["Normal"].element.get_or_add_rPr()
    letters.rFonts.set(qn("w:eastAsia"), FONT)
    letters.rFonts.set(qn("w:cs"), FONT)
    letters.append(element("lang", val=first.language, eastAsia=first.language))
    said = document.core_properties
    said.title = _said(first.bookmark[0] if first.bookmark else first.title)
    said.author, said.last_modified_by = _said(first.author) or PROGRAM, PROGRAM
    said.subject, said.comments, said.language = _said(first.title), "", first.language
    for told in list(said._element):  # noqa: SLF001 - nothing in the file tells a time
        if told.tag.endswith(("}created", "}modified")):
            said._element.remove(told)  # noqa: SLF001 - the same
    return document


def _said(text: str) -> str:
    """Text as the properties of a file hold it: one line of at most 255 letters."""
    return " ".join(legible(text).split())[:255]


def _append(document: Doc, blocks: Sequence[Element]) -> None:
    """Put blocks behind what is there."""
    last = document.element.body.sectPr
    for block in blocks:
        last.addprevious(block)


def _finish(document: Doc, last: Section) -> None:
    """Say what the last pages are, and number all of them in the upper margin."""
    body = document.element.body
    body.replace(body.sectPr, section(last))
    # What the first section says of its head holds for those after it.
    header = document.sections[0].header
    header.is_linked_to_previous = False
    number = header.paragraphs[0]._p  # noqa: SLF001 - the library has no fields
    number.get_or_add_pPr().append(element("jc", val="center"))
    number.append(field("PAGE", layout.PAGE_NUMBER_SIZE))


def _even(data: bytes) -> bytes:
    """The same file with nothing in it that tells when it was made."""
    sheet = BytesIO()
    with ZipFile(BytesIO(data)) as made, ZipFile(sheet, "w", ZIP_DEFLATED) as even:
        for name in made.namelist():
            part = ZipInfo(name, _DAY)
            part.compress_type = ZIP_DEFLATED
            even.writestr(part, made.read(name))
    return sheet.getvalue()
