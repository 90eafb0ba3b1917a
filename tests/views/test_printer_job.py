"""What reaches a printer: the right pages in order, in their size, on the right sides."""

import tracemalloc
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from desktop.errors import UserError
from desktop.printing import pdf
from desktop.printing.paper import Orientation, Paper, Text, plain
from desktop.progress import SILENT, CancelledError
from desktop.views.pdf_pages import contents, draw_page
from desktop.views.printer_job import Order, Sides, Wishes, order_of, send

HIGH = QPrinter.PrinterMode.HighResolution


def sheet(number: int, orientation: Orientation = Orientation.PORTRAIT) -> Paper:
    """A page that can be told from the others by how much of it is black."""
    lines = tuple(Text(plain("nnn " * 8), indent=False) for _ in range(number))
    return Paper("test", f"Trang {number}", lines, orientation)


@pytest.fixture
def file(tmp_path: Path, resources: Path) -> Path:
    out = tmp_path / "năm trang.pdf"
    across = sheet(5, Orientation.LANDSCAPE)
    pdf.write([*(sheet(n) for n in range(1, 5)), across], out, fonts=resources / "fonts")
    return out


@pytest.fixture
def printer(qtbot: QtBot, tmp_path: Path) -> QPrinter:
    """Qt's own printer, printing into a file."""
    made = QPrinter(HIGH)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "printed.pdf"))
    return made


def printed(printer: QPrinter) -> list[int]:
    """How many lines stand on each side that came out, which is the number of the page."""
    file = Path(printer.outputFileName())
    return [lines(draw_page(file, page, 72).picture) for page in range(1, contents(file).pages + 1)]


def lines(picture: QImage) -> int:
    inked = [
        any(picture.pixelColor(x, y).lightness() < 128 for x in range(0, picture.width(), 3))
        for y in range(picture.height())
    ]
    return sum(now and not before for before, now in pairwise(inked))


class Stop:
    def step(self, done: int, total: int, doing: str = "") -> None:
        if done:
            raise CancelledError


def test_the_pages_of_a_range_come_out_in_their_order(file: Path, printer: QPrinter) -> None:
    assert send(file, order_of(Wishes("4,1-2"), 5), printer, SILENT) == 3
    assert printed(printer) == [4, 1, 2]


def test_both_sides_leave_the_last_back_empty(file: Path, printer: QPrinter) -> None:
    order = order_of(Wishes("1-3", 2, Sides.LONG), 5, frozenset({1}))
    assert send(file, order, printer, SILENT) == 4
    assert printed(printer) == [1, 2, 3, 0, 1, 2, 3, 0]


def test_by_hand_the_fronts_come_first_and_then_the_backs_of_the_pile(
    file: Path, printer: QPrinter
) -> None:
    order = order_of(Wishes("", 1, Sides.BY_HAND), 5)
    send(file, order, printer, SILENT)
    assert printed(printer) == [1, 3, 5]
    printer.setOutputFileName(printer.outputFileName() + "-backs.pdf")
    send(file, order.turned(last_on_top=True), printer, SILENT)
    assert printed(printer) == [0, 4, 2]


def test_what_has_no_backs_is_not_turned() -> None:
    assert order_of(Wishes("", 1, Sides.BY_HAND), 3, frozenset({1, 2, 3})) == Order((1, 2, 3))


def inked(picture: QImage) -> tuple[int, int, int, int]:
    """The box around everything black: left, top, right, bottom."""
    dark = [
        (x, y)
        for y in range(picture.height())
        for x in range(picture.width())
        if picture.pixelColor(x, y).lightness() < 128
    ]
    across, down = sorted(x for x, _y in dark), sorted(y for _x, y in dark)
    return across[0], down[0], across[-1], down[-1]


@pytest.mark.parametrize(("page", "size"), [(1, (595, 842)), (5, (842, 595))])
def test_a_page_is_printed_in_its_own_size_upright_or_across(
    file: Path, printer: QPrinter, page: int, size: tuple[int, int]
) -> None:
    send(file, order_of(Wishes(f"4,{page}"), 5), printer, SILENT)
    sent = draw_page(Path(printer.outputFileName()), 2, 72)
    assert sent.size == pytest.approx(size)
    assert inked(sent.picture) == pytest.approx(inked(draw_page(file, page, 72).picture), abs=1)


def test_a_long_job_needs_no_more_memory_than_a_page(file: Path, printer: QPrinter) -> None:
    tracemalloc.start()
    send(file, order_of(Wishes("", 3), 5), printer, SILENT)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 30 << 20


def test_stopping_ends_a_job_between_two_pages(file: Path, printer: QPrinter) -> None:
    with pytest.raises(CancelledError):
        send(file, order_of(Wishes("", 50), 5), printer, Stop())
    assert printer.printerState() is not QPrinter.PrinterState.Active


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_said(file: Path, printer: QPrinter) -> None:
    printer.setOutputFileName("/nowhere/at/all.pdf")
    with pytest.raises(UserError, match="không nhận trang in") as caught:
        send(file, order_of(Wishes(), 5), printer, SILENT)
    assert caught.value.code == "printer.refused"
