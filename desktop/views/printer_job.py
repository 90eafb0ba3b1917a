"""Sending pages of a PDF file to a printer: in their size, sheet by sheet, in little memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from desktop.errors import UserError
from desktop.printing import page_order
from desktop.printing.page_order import EMPTY
from desktop.progress import CancelledError, Progress
from desktop.text import _
from desktop.views.pdf_pages import INCH, contents, opened, picture_of

DOTS = 300
"""Dots an inch: what office printers print of text without visible steps, at 9 MB a grey page."""
_GLANCE = 30
"""Dots an inch at which a page is looked at for colours."""


class Sides(StrEnum):
    """How many sides of a sheet are printed, and how its back stands."""

    ONE = "one"
    LONG = "long"
    SHORT = "short"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a paper is wanted on paper: pages such as "1-3,5" (blank: all), copies, sides, order."""

    pages: str = ""
    copies: int = 1
    sides: Sides = Sides.ONE
    collated: bool = True


@dataclass(frozen=True, slots=True)
class Order:
    """What is sent at once: the pages in order (EMPTY stays empty) and whether both sides are.

    ``turn``: where sheets are turned by hand, what follows once they were put back.
    """

    pages: tuple[int, ...]
    sides: Sides = Sides.ONE
    turn: tuple[int, ...] = ()

    @property
    def sheets(self) -> int:
        """How many sheets of paper it takes."""
        both = self.sides in {Sides.LONG, Sides.SHORT}
        return (len(self.pages) + 1) // 2 if both else len(self.pages)

    def turned(self, *, last_on_top: bool) -> "Order":
        """What is sent once the pile of sheets was put back."""
        backs = self.turn[::-1] if last_on_top else self.turn
        return Order(tuple(backs), Sides.BY_HAND)


def order_of(wishes: Wishes, pages: int, starts: frozenset[int] = frozenset()) -> Order:
    """What is sent for these wishes of a file of so many pages; UserError for a wrong range.

    ``starts`` are pages on which a paper begins: printed on both sides, it begins on a new sheet.
    """
    chosen = page_order.chosen(wishes.pages, pages)
    if wishes.sides is Sides.ONE or len(chosen) == 1:
        single = page_order.repeated(chosen, wishes.copies, collated=wishes.collated)
        return Order(tuple(single))
    both = page_order.sides(chosen, starts)
    every = page_order.repeated(both, wishes.copies, collated=wishes.collated, step=2)
    if wishes.sides is not Sides.BY_HAND:
        return Order(tuple(every), wishes.sides)
    backs = page_order.backs(every, last_on_top=False)
    if not any(backs):
        return Order(tuple(page_order.fronts(every)))
    return Order(tuple(page_order.fronts(every)), Sides.BY_HAND, tuple(backs))


def refuse_size(printer: QPrinter) -> None:
    """UserError where a printer says which sizes of paper it takes, and A4 is none of them."""
    if printer.outputFormat() is not QPrinter.OutputFormat.NativeFormat:
        return
    sizes = QPrinterInfo(printer).supportedPageSizes()
    if sizes and QPageSize(QPageSize.PageSizeId.A4).id() not in {size.id() for size in sizes}:
        raise UserError(
            _(
                "The printer {printer} takes no A4 paper. Choose another printer, or save the "
                "paper as PDF."
            ).format(printer=printer.printerName()),
            code="printer.size",
        )


def send_as_asked(file: Path, printer: QPrinter, progress: Progress) -> int:
    """Print the pages and the sides that a printer's own dialog was asked for; how many sheets.

    Raises what ``send`` raises.
    """
    pages = f"{printer.fromPage()}-{printer.toPage()}" if printer.fromPage() else ""
    sides = {mode: side for side, mode in _DUPLEX.items()}.get(printer.duplex(), Sides.ONE)
    sides = Sides.ONE if sides is Sides.BY_HAND else sides
    inside = contents(file)
    return send(file, order_of(Wishes(pages, sides=sides), inside.pages), printer, progress)


def send(file: Path, order: Order, printer: QPrinter, progress: Progress) -> int:
    """Print the pages of an order; how many sheets it takes.

    Raises UserError where the printer does not take them, CancelledError when told to stop: the
    printer then forgets what it was sent.
    """
    refuse_size(printer)
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    printer.setDuplex(_DUPLEX[order.sides])
    with opened(file) as document:
        _turn_paper(printer, _size(document, order.pages, 0))
        painter = QPainter()
        if not painter.begin(printer):
            raise _refusal(printer)
        try:
            _send_pages(document, order.pages, printer, painter, progress)
        except CancelledError:
            printer.abort()
            raise
        finally:
            painter.end()
    if printer.printerState() is QPrinter.PrinterState.Error:
        raise _refusal(printer)
    return order.sheets


_DUPLEX = {
    Sides.ONE: QPrinter.DuplexMode.DuplexNone,
    Sides.BY_HAND: QPrinter.DuplexMode.DuplexNone,
    Sides.LONG: QPrinter.DuplexMode.DuplexLongSide,
    Sides.SHORT: QPrinter.DuplexMode.DuplexShortSide,
}


def _send_pages(
    document: Any, pages: Sequence[int], printer: QPrinter, painter: QPainter, progress: Progress
) -> None:
    for done, number in enumerate(pages):
        progress.step(done, len(pages), _("Printing"))
        if done:
            _turn_paper(printer, _size(document, pages, done))
            if not printer.newPage():
                raise _refusal(printer)
        if number != EMPTY:
            _paint(document[number - 1], printer, painter)


def _size(document: Any, pages: Sequence[int], at: int) -> tuple[float, float]:
    """The size of the page at a place of the order; an empty side is like the page before it."""
    number = pages[at] or (pages[at - 1] if at else 0) or next(filter(None, pages), 1)
    width, height = document[number - 1].get_size()
    return float(width), float(height)


def _turn_paper(printer: QPrinter, size: tuple[float, float]) -> None:
    """Put the paper upright or across; what comes next is printed on it so."""
    width, height = size
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    across = QPageLayout.Orientation.Landscape
    printer.setPageOrientation(across if width > height else QPageLayout.Orientation.Portrait)


def _paint(page: Any, printer: QPrinter, painter: QPainter) -> None:
    """Paint a page in its own size; one without colours in grey, in a third of the memory."""
    width, height = page.get_size()
    picture = picture_of(page, DOTS, grey=picture_of(page, _GLANCE).allGray())
    scale = printer.resolution() / INCH
    painter.drawImage(QRectF(0, 0, width * scale, height * scale), picture)


def _refusal(printer: QPrinter) -> UserError:
    said = _(
        "The printer {printer} did not take the pages. See that it is switched on, connected and "
        "has paper, then print again; or save the paper as PDF."
    )
    return UserError(said.format(printer=printer.printerName() or "PDF"), code="printer.refused")
