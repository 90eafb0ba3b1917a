"""How papers leave: pieces onto pages, pages into one PDF with its outline and page numbers.

Two runs over the same papers give the same bytes: nothing in the file tells the time.
"""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.flowables import Flowable
from reportlab.platypus.frames import Frame

from desktop.errors import UserError, reason_of
from desktop.lasting import replace, sync_folder
from desktop.printing import archive, layout
from desktop.printing.flowables import NewPage, Space
from desktop.printing.foot import Foot, TagFoot
from desktop.printing.official import draw_border
from desktop.printing.paper import Make, Paper
from desktop.printing.scans import Pictures, no_pictures
from desktop.printing.typeface import Family, load
from desktop.progress import SILENT, Progress
from desktop.text import _

PROGRAM = "Sổ Sáng Kiến"


def write(
    papers: Iterable[Paper],
    out: Path,
    *,
    fonts: Path,
    pictures: Pictures = no_pictures,
    progress: Progress = SILENT,
) -> int:
    """Print the papers one after another into the file ``out``; the number of pages.

    The pages of each paper are numbered from 1. The file appears whole or not at all; a file of
    that name is replaced. Raises UserError for a missing font and for a place that cannot be
    written, CancelledError when told to stop.
    """
    data, pages = render(papers, fonts=fonts, pictures=pictures, progress=progress)
    keep(data, out)
    return pages


def render(
    papers: Iterable[Paper],
    *,
    fonts: Path,
    pictures: Pictures = no_pictures,
    progress: Progress = SILENT,
) -> tuple[bytes, int]:
    """The same file in memory, for a preview, and its number of pages.

    ``pictures`` gives the pictures of the scans among the papers. Raises ValueError where there is
    no paper at all, and for pictures that no archive file may hold.
    """
    family = load(fonts)
    canvas, properties = None, None
    outline = _Outline()
    total = len(papers) if isinstance(papers, Sequence) else 0
    pages, begun = 0, []
    for done, paper in enumerate(papers):
        progress.step(done, total, paper.title)
        if canvas is None:
            canvas, properties = _canvas(), _properties(paper)
        outline.enter(canvas, paper)
        begun.append(pages)
        for _number in _pages(paper, layout.flowables(paper, family, pictures), family, canvas):
            pages += 1
            progress.step(done, total, paper.title)
    if canvas is None or properties is None:
        raise ValueError("no paper to print")
    # The pages of each paper are numbered from 1, for readers too.
    for at in begun if len(begun) > 1 else ():
        canvas.addPageLabel(at, "ARABIC", 1)
    return archive.finished(canvas, properties), pages


def lacking(papers: Iterable[Paper], *, fonts: Path) -> tuple[str, ...]:
    """The characters in the papers that the letters lack; a box is printed for each of them."""
    family = load(fonts)
    found: dict[str, None] = {}
    for paper in papers:
        for text in texts(paper):
            found.update(dict.fromkeys(family.lacking(text)))
    return tuple(found)


def texts(value: object) -> Iterator[str]:
    """Every text inside a block, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    else:
        for name in getattr(value, "__dataclass_fields__", ()):
            yield from texts(getattr(value, name))


def _canvas() -> Canvas:
    """An empty file."""
    canvas = Canvas(
        BytesIO(),
        pageCompression=1,
        invariant=1,
        pdfVersion=(1, 4),
        initialFontName="SoSerif",  # type: ignore[arg-type]  # the stubs are wrong
    )
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


def _properties(first: Paper) -> archive.Properties:
    """A file says of itself what its first paper says."""
    return archive.Properties(
        title=first.bookmark[0] if first.bookmark else first.title,
        author=first.author if first.author.strip() else PROGRAM,
        subject=first.title,
        program=PROGRAM,
        language=first.language,
    )


class _Outline:
    """The bookmarks of the file: each paper at its place, outer ones opened once."""

    def __init__(self) -> None:
        self.path: tuple[str, ...] = ()
        self.count = 0

    def enter(self, canvas: Canvas, paper: Paper) -> None:
        """Mark the page now begun as the paper's first."""
        path = paper.bookmark or (paper.title,)
        shared = 0
        while (
            path[shared : shared + 1] == self.path[shared : shared + 1] and shared < len(path) - 1
        ):
            shared += 1
        for level in range(shared, len(path)):
            self.count += 1
            key = f"p{self.count}"
            canvas.bookmarkPage(key)
            canvas.addOutlineEntry(archive.said(path[level]), key, level, closed=False)
        if len(path) > 1:
            canvas.showOutline()
        self.path = path


def _pages(
    paper: Paper, pieces: Sequence[Flowable], family: Family, canvas: Canvas
) -> Iterator[int]:
    """Draw the pages of one paper, saying each number when it is done."""
    sheet, foot = layout.page(paper), _foot(paper, family, canvas)
    flow: deque[Flowable] = deque(pieces)
    number = 0
    while flow or not number:
        number += 1
        canvas.setPageSize((sheet.width, sheet.height))
        if paper.make is Make.FRAMED:
            draw_border(canvas, sheet.width, sheet.height)
        if number > 1:
            _number(canvas, sheet, family, number)
        _place(flow, _frame(sheet), canvas)
        if foot is not None:
            foot.draw(number, sheet.margins.left, layout.foot_low(paper))
        canvas.showPage()
        yield number
    if foot is not None:
        foot.close(number)


def _foot(paper: Paper, family: Family, canvas: Canvas) -> Foot | TagFoot | None:
    """What stands below on each page: a seal, else a tag, else nothing."""
    seal = layout.sealed(paper)
    if seal is not None:
        name = f"foot{canvas.getPageNumber()}"
        return Foot(canvas, seal, family, layout.page(paper).text_width, name)
    return TagFoot(canvas, paper.tag, family) if paper.tag else None


def _frame(sheet: layout.Page) -> Frame:
    """The part of a page between its margins."""
    return Frame(
        sheet.margins.left,
        sheet.margins.bottom,
        sheet.text_width,
        sheet.text_height,
        leftPadding=0,
        bottomPadding=0,
        rightPadding=0,
        topPadding=0,
    )


def _place(flow: deque[Flowable], frame: Frame, canvas: Canvas) -> None:
    """Take pieces from the flow until the page is full; what is cut ends its page."""
    placed = False
    while flow:
        if isinstance(flow[0], NewPage):
            flow.popleft()
            return
        if isinstance(flow[0], Space) and not placed:
            flow.popleft()
            continue
        if frame.add(flow[0], canvas, trySplit=1):
            flow.popleft()
            placed = True
            continue
        parts = frame.split(flow[0], canvas)
        if parts:
            flow.popleft()
            flow.extendleft(reversed(parts[1:]))
            placed = bool(frame.add(parts[0], canvas, trySplit=1))
        if not placed:
            raise AssertionError(f"a piece is higher than a page: {parts or flow[0]}")
        return


def _number(canvas: Canvas, sheet: layout.Page, family: Family, number: int) -> None:
    """The page's number in the middle of the upper margin; the first page shows none."""
    size = layout.PAGE_NUMBER_SIZE
    canvas.setFont(family.regular.name, size)
    canvas.drawCentredString(
        sheet.margins.left + sheet.text_width / 2,
        sheet.height - sheet.margins.top / 2 - size * 0.35,
        str(number),
    )


def keep(data: bytes, out: Path) -> None:
    """Write a file whole or not at all: beside ``out``, renamed when everything is on the disk.

    Raises UserError where it cannot be written.
    """
    kept = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        with kept.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        replace(kept, out)
        with suppress(OSError):  # it is written; some shares cannot say that its name is, too
            sync_folder(out.parent)
    except OSError as error:
        with suppress(OSError):
            kept.unlink(missing_ok=True)
        raise UserError(
            _(
                "The file {file} cannot be written ({reason}). Close it if it is open in another "
                "program, or choose another folder."
            ).format(file=out, reason=reason_of(error)),
            code="cannot-write",
        ) from error
