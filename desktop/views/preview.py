"""A PDF on the screen: the same file that is printed, page by page, at any size."""

from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPixmap
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from desktop.progress import Progress
from desktop.text import _
from desktop.views.desk import Desk
from desktop.views.widgets import button, column, label, line, name, tell

_DOTS, _INCH = 96, 72
_PRINTED_DPI = 300
ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One drawn page: its picture, its number from 1, and how many there are."""

    picture: QImage
    number: int
    pages: int


def draw_page(file: Path, number: int, dots: float) -> Sheet:
    """Draw a page (from 1) of a PDF file at so many dots an inch."""
    document = pypdfium2.PdfDocument(file)
    try:
        pages = len(document)
        page = document[min(max(number, 1), pages) - 1]
        bitmap = page.render(scale=dots / _INCH, rev_byteorder=True)
        image = QImage(
            bytes(bitmap.buffer),
            bitmap.width,
            bitmap.height,
            bitmap.stride,
            _format(bitmap.n_channels),
        ).copy()
        return Sheet(image, min(max(number, 1), pages), pages)
    finally:
        document.close()


def _format(channels: int) -> QImage.Format:
    return {1: QImage.Format.Format_Grayscale8, 3: QImage.Format.Format_RGB888}.get(
        channels, QImage.Format.Format_RGBX8888
    )


def print_file(file: Path, printer: QPrinter, progress: Progress) -> int:
    """Print the pages of a PDF file that the printer was asked for; how many."""
    document = pypdfium2.PdfDocument(file)
    try:
        wanted = _wanted(printer, len(document))
        painter = QPainter(printer)
        for done, number in enumerate(wanted):
            progress.step(done, len(wanted), _("Printing"))
            if done:
                printer.newPage()
            sheet = draw_page(file, number, _PRINTED_DPI)
            painter.drawImage(QRectF(painter.viewport()), sheet.picture)
        painter.end()
        return len(wanted)
    finally:
        document.close()


def _wanted(printer: QPrinter, pages: int) -> list[int]:
    first = printer.fromPage() or 1
    last = printer.toPage() or pages
    return list(range(max(1, first), min(pages, last) + 1))


class PdfPreview(QWidget):
    """Shows a PDF file, one page at a time."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.file: Path | None = None
        self.page, self.pages = 1, 0
        self._zoom, self._stay = 2, False
        self._sheet = QLabel()
        self._sheet.setTextFormat(Qt.TextFormat.PlainText)
        self._sheet.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        name(self._sheet, _("Preview"))
        self._area = QScrollArea()
        self._area.setWidget(self._sheet)
        self._area.setWidgetResizable(True)
        self._area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        name(self._area, _("Preview"))
        self._where = label(tone="quiet")
        self.back = button("‹", lambda: self.turn(-1), tip=_("Page before (Page Up)"))
        self.on = button("›", lambda: self.turn(1), tip=_("Next page (Page Down)"))
        self.smaller = button("–", lambda: self.zoom(-1), tip=_("Smaller"))
        self.larger = button("+", lambda: self.zoom(1), tip=_("Larger"))
        for made, spoken in (
            (self.back, _("Page before")),
            (self.on, _("Next page")),
            (self.smaller, _("Smaller")),
            (self.larger, _("Larger")),
        ):
            name(made, spoken)
        bar = line(self.back, self._where, self.on, None, self.smaller, self.larger, spacing=6)
        self.setLayout(column(bar, self._area, spacing=6))
        self.say("")

    def say(self, text: str) -> None:
        """Show a sentence in place of a page."""
        self.file, self.pages = None, 0
        self._sheet.setPixmap(QPixmap())
        self._sheet.setText(text)
        self._tell()

    def show_file(self, file: Path, *, stay: bool = False) -> None:
        """Show a file from its first page; ``stay`` where another one was being looked at."""
        self.file, self.page, self._stay = file, self.page if stay else 1, stay
        self._draw()

    def turn(self, pages: int) -> None:
        """Turn forwards or back."""
        if self.file is not None:
            self.page = min(max(1, self.page + pages), max(1, self.pages))
            self._draw()

    def zoom(self, steps: int) -> None:
        """Larger or smaller."""
        self._zoom = min(max(0, self._zoom + steps), len(ZOOMS) - 1)
        self._draw()

    def _draw(self) -> None:
        file, page = self.file, self.page
        if file is None:
            return
        ratio = self.devicePixelRatioF()
        dots = _DOTS * ZOOMS[self._zoom] * ratio

        def work(_progress: Progress) -> Sheet:
            return draw_page(file, page, dots)

        self._desk.papers.run(work, self._show, key="preview-page")

    def _show(self, sheet: Sheet) -> None:
        picture = QPixmap.fromImage(sheet.picture)
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self._sheet.setPixmap(picture)
        self.page, self.pages = sheet.number, sheet.pages
        if not self._stay:
            self._area.verticalScrollBar().setValue(0)
        self._stay = False
        self._tell()

    def _tell(self) -> None:
        shown = _("Page {page} of {pages}").format(page=self.page, pages=self.pages)
        tell(self._where, shown if self.pages else "", "quiet")
        self.back.setEnabled(self.page > 1)
        self.on.setEnabled(self.page < self.pages)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Page Down turn pages."""
        if event.key() == Qt.Key.Key_PageDown:
            self.turn(1)
        elif event.key() == Qt.Key.Key_PageUp:
            self.turn(-1)
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """A corner of a page."""
        return QSize(300, 200)
