"""A PDF on the screen: the file that is printed, page by page, at any size, its text searched."""

from pathlib import Path

from PySide6.QtCore import QRectF, QSignalBlocker, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QImage, QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QStackedWidget,
    QWidget,
)

from desktop.progress import Progress
from desktop.text import _
from desktop.views.desk import Desk
from desktop.views.page_column import ROOM, WIDTH, PageColumn
from desktop.views.pdf_pages import (
    INCH,
    Contents,
    Hit,
    Sheet,
    contents,
    draw_page,
    draw_small,
    search,
)
from desktop.views.widgets import button, column, label, line, name, tell

_DOTS = 96
_PERCENT = (50, 75, 100, 125, 150, 200)
_WIDTH, _PAGE = "width", "page"
_FARTHEST_IN = 4.0
_MARGIN = 14
_DEBOUNCE = 250
_ROOMY = 64
"""Letters across from which on there are buttons for smaller and larger."""
_SPACIOUS = 60
"""Letters across a page that is left beside the small pages, where these are shown."""
_KEY = "preview"
_STEP = 60
"""Pixels that an arrow key moves a page."""
MARKED, CURRENT = QColor(255, 221, 87), QColor(255, 150, 50)
"""Grounds of the words that were found: any place, and the one that is stood on."""


class _Area(QScrollArea):
    """Where the page lies; its keys turn pages before they scroll."""

    def __init__(self, preview: "PdfPreview") -> None:
        super().__init__()
        self._preview = preview
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page keys, Home and End, arrows, plus and minus."""
        if not self._preview.take_key(event.key()):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A page that fits is drawn anew for the new room."""
        super().resizeEvent(event)
        self._preview.room_changed()


class PdfPreview(QWidget):
    """Shows a PDF file, one page at a time; ``chapters`` are the pages that its outline names."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.file: Path | None = None
        self.page, self.pages = 1, 0
        self.chapters: tuple[int, ...] = ()
        self._size = (595.0, 842.0)
        self._watermark = ""
        self.hits: tuple[Hit, ...] = ()
        self.hit = -1
        self._to_foot = self._stay = False
        self._build_page()
        self._build_bar()
        self._build_finding()
        self._build_column()
        self._room = QTimer(self, singleShot=True, interval=80)
        self._room.timeout.connect(self._draw)
        body = line(self.column, self._pages, spacing=4)
        body.setStretch(1, 1)
        whole = column(self._bar, self.finding, body, spacing=6)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.say("")
        desk.dressed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        icons, quiet = self._desk.icons, self._desk.theme.quiet
        self.seek.setIcon(icons.icon("search", quiet))
        self.overview.setIcon(icons.icon("layout-sidebar", quiet))

    def _build_column(self) -> None:
        kept = self._desk.app.settings.places.get(_KEY)
        wished = not isinstance(kept, dict) or kept.get("column") is not False
        self.overview.setCheckable(True)
        self.overview.setChecked(wished)
        self.overview.clicked.connect(self._keep_column)
        self.column = PageColumn()
        self.column.hide()
        self.column.chosen.connect(self.show_page)
        self.column.wanted.connect(self._draw_small)

    def _build_page(self) -> None:
        self._sheet, self._said = QLabel(), label(tone="quiet", wrap=True)
        self._sheet.setTextFormat(Qt.TextFormat.PlainText)
        self._sheet.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        name(self._sheet, _("Preview"))
        self._area = _Area(self)
        self._area.setWidget(self._sheet)
        self._area.setWidgetResizable(True)
        self._area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        name(self._area, _("Preview"), _("Page Up and Page Down turn pages, Ctrl+F searches."))
        self._pages = QStackedWidget()
        self._pages.addWidget(self._area)
        self._pages.addWidget(self._said)

    def _build_bar(self) -> None:
        self.number = QSpinBox()
        self.number.lineEdit().setTextMargins(5, 0, 0, 0)
        self.number.setKeyboardTracking(False)
        self.number.setFixedWidth(self.fontMetrics().averageCharWidth() * 9)
        name(self.number, _("Page"), _("The page that is shown. Type a number to go there."))
        self.number.valueChanged.connect(self.show_page)
        self._of = label(tone="quiet")
        self.size_box = QComboBox()
        self.size_box.addItem(_("Fit the width"), _WIDTH)
        self.size_box.addItem(_("Whole page"), _PAGE)
        for percent in _PERCENT:
            self.size_box.addItem(f"{percent}%", percent)
        name(self.size_box, _("Size of the page"))
        self.size_box.currentIndexChanged.connect(lambda _at: self._draw())
        self.back = button("‹", lambda: self.turn(-1), tip=_("Page before (Page Up)"))
        self.on = button("›", lambda: self.turn(1), tip=_("Next page (Page Down)"))
        self.smaller = button("–", lambda: self.zoom(-1), tip=_("Smaller (-)"))
        self.larger = button("+", lambda: self.zoom(1), tip=_("Larger (+)"))
        self.seek = button(_("Search"), self.start_search, tip=_("Search in the paper (Ctrl+F)"))
        for made, spoken in (
            (self.back, _("Page before")),
            (self.on, _("Next page")),
            (self.smaller, _("Smaller")),
            (self.larger, _("Larger")),
            (self.seek, _("Search in the paper")),
        ):
            name(made, spoken)
        self.overview = button("", tip=_("The pages in small beside the page"))
        name(self.overview, _("Pages in small"))
        for made in (self.back, self.on, self.smaller, self.larger, self.overview):
            made.setFixedWidth(32)
        self._bar = QWidget()
        paging = (self.overview, self.back, self.number, self._of, self.on)
        sizing = (self.smaller, self.size_box, self.larger)
        self._bar.setLayout(line(*paging, None, *sizing, 4, self.seek, spacing=5))

    def _build_finding(self) -> None:
        self.words = QLineEdit()
        self.words.setPlaceholderText(_("Words in the paper, without tone marks"))
        self.words.setClearButtonEnabled(True)
        name(self.words, _("Words in the paper"))
        self._found = label(tone="quiet")
        before = button("‹", lambda: self.step(-1), tip=_("Found before (Shift+F3)"))
        after = button("›", lambda: self.step(1), tip=_("Found next (F3, Enter)"))
        close = button("✕", self.end_search, tip=_("Close the search (Esc)"))
        for made, spoken in (
            (before, _("Found before")),
            (after, _("Found next")),
            (close, _("Close the search")),
        ):
            name(made, spoken)
            made.setFixedWidth(32)
        self._waiting = QTimer(self, singleShot=True, interval=_DEBOUNCE)
        self._waiting.timeout.connect(self._search)
        self.words.textChanged.connect(lambda _text: self._waiting.start())
        self.words.returnPressed.connect(lambda: self.step(1))
        self.finding = QWidget()
        row = line(self.words, self._found, before, after, close, spacing=5)
        row.setStretch(0, 1)
        self.finding.setLayout(row)
        self.finding.hide()

    # What is shown.

    def say(self, text: str) -> None:
        """Show a sentence in place of a page."""
        self.file, self.pages, self.hits = None, 0, ()
        self._sheet.setPixmap(QPixmap())
        self._said.setText(text)
        self._pages.setCurrentWidget(self._said)
        self._fit_column()
        self._tell()

    def show_file(self, file: Path, watermark: str = "", *, stay: bool = False) -> None:
        """Show a file from its first page; ``watermark`` is drawn across it.

        ``stay`` keeps the page and the place on it where another file was being looked at.
        """
        self.file, self._watermark, self._stay = file, watermark, stay
        self.page = self.page if stay else 1
        self._pages.setCurrentWidget(self._area)
        self._desk.papers.cancel("preview-page")
        self._desk.papers.cancel("preview-small")
        self.column.halt()

        def work(_progress: Progress) -> Contents:
            return contents(file)

        self._desk.papers.run(work, self._take_contents, key="preview-contents")
        if self.words.text() and self.finding.isVisible():
            self._search()

    def _take_contents(self, found: Contents) -> None:
        self.pages, self._size = found.pages, found.size
        self.chapters = tuple(page for _words, depth, page in found.outline if depth == 0)
        self.column.start(self.pages, self.page, alike=self._stay)
        self._fit_column()
        self._draw()

    # The pages in small.

    def _keep_column(self, wished: bool) -> None:
        """Show the pages in small, or no longer; kept on this PC."""
        settings = self._desk.app.settings
        settings.places[_KEY] = {"column": wished}
        settings.save()
        self._fit_column()

    def _fit_column(self) -> None:
        """The pages in small are there where there are several, and room for them."""
        letter = self.fontMetrics().averageCharWidth()
        room = self.pages > 1 and self.width() > WIDTH + letter * _SPACIOUS
        self.overview.setVisible(room)
        self.column.setVisible(room and self.overview.isChecked())

    def _draw_small(self, page: int) -> None:
        file, watermark = self.file, self._watermark
        if file is None:
            return
        room = ROOM * self.devicePixelRatioF()

        def work(_progress: Progress) -> QImage:
            picture = draw_small(file, page, room.width(), room.height())
            if watermark:
                _write_across(picture, watermark)
            return picture

        self._desk.papers.run(work, lambda made: self.column.take(page, made), key="preview-small")

    def show_page(self, page: int) -> None:
        """Go to a page, the nearest there is."""
        if self.file is not None and page != self.page:
            self.page = min(max(1, page), max(1, self.pages))
            self._draw()

    def turn(self, pages: int) -> None:
        """Turn forwards or back."""
        self.show_page(self.page + pages)

    def zoom(self, steps: int) -> None:
        """Larger or smaller by one step, from whatever size it has now."""
        now = self._scale() * 100
        wider = [one for one in _PERCENT if (one > now + 1 if steps > 0 else one < now - 1)]
        if wider:
            self.size_box.setCurrentIndex(
                self.size_box.findData(wider[0] if steps > 0 else wider[-1])
            )

    def _scale(self) -> float:
        """How many times its real size the page is drawn."""
        kept = self.size_box.currentData()
        if isinstance(kept, int):
            return kept / 100
        view = self._area.viewport().size()
        width = (view.width() - _MARGIN) / (self._size[0] * _DOTS / INCH)
        height = (view.height() - _MARGIN) / (self._size[1] * _DOTS / INCH)
        fitting = min(width, height) if kept == _PAGE else width
        return min(max(0.2, fitting), _FARTHEST_IN)

    def room_changed(self) -> None:
        """Draw anew where the page is to fit its room."""
        if self.file is not None and not isinstance(self.size_box.currentData(), int):
            self._room.start()

    def _draw(self) -> None:
        file, page = self.file, self.page
        if file is None or not self.pages:
            return
        dots, watermark = _DOTS * self._scale() * self.devicePixelRatioF(), self._watermark

        def work(_progress: Progress) -> Sheet:
            sheet = draw_page(file, page, dots)
            if watermark:
                _write_across(sheet.picture, watermark)
            return sheet

        self._desk.papers.run(work, self._show, key="preview-page")

    def _show(self, sheet: Sheet) -> None:
        turned = (sheet.size[0] > sheet.size[1]) != (self._size[0] > self._size[1])
        self.page, self.pages, self._size = sheet.number, sheet.pages, sheet.size
        if turned and not isinstance(self.size_box.currentData(), int):
            self._draw()
            return
        picture = QPixmap.fromImage(self._marked(sheet))
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self._sheet.setPixmap(picture)
        self._settle_scroll()
        self._tell()

    def _marked(self, sheet: Sheet) -> QImage:
        """The page with the places that were found, the one stood on in a ground of its own."""
        mine = [(at, hit) for at, hit in enumerate(self.hits) if hit.page == sheet.number]
        if not mine:
            return sheet.picture
        picture = sheet.picture.convertToFormat(QImage.Format.Format_RGB32)
        painter = QPainter(picture)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        wide, high = picture.width(), picture.height()
        for at, hit in mine:
            for left, top, right, bottom in hit.boxes:
                place = QRectF(
                    left * wide, top * high, (right - left) * wide, (bottom - top) * high
                )
                painter.fillRect(
                    place.adjusted(-2, -2, 2, 2), CURRENT if at == self.hit else MARKED
                )
        painter.end()
        return picture

    def _settle_scroll(self) -> None:
        """Stand at the top of a new page, at its foot where one came back, or on what was found."""
        bar = self._area.verticalScrollBar()
        if 0 <= self.hit < len(self.hits) and self.hits[self.hit].page == self.page:
            boxes = self.hits[self.hit].boxes
            height = self._sheet.pixmap().deviceIndependentSize().height()
            bar.setValue(int(boxes[0][1] * height) - self._area.viewport().height() // 3)
        elif not self._stay:
            bar.setValue(bar.maximum() if self._to_foot else 0)
        self._to_foot = self._stay = False

    def _tell(self) -> None:
        with QSignalBlocker(self.number):
            self.number.setRange(1, max(1, self.pages))
            self.number.setValue(self.page)
        self._of.setText(_("of {pages}").format(pages=self.pages) if self.pages else "")
        for made in (self.number, self.size_box, self.smaller, self.larger, self.seek):
            made.setEnabled(self.pages > 0)
        self.column.mark(self.page)
        self.back.setEnabled(self.page > 1)
        self.on.setEnabled(self.page < self.pages)

    # Keys.

    def take_key(self, key: int) -> bool:
        """Do what a key of the page asks for; False where it means nothing here."""
        keys, bar = Qt.Key, self._area.verticalScrollBar()
        if key in {keys.Key_PageDown, keys.Key_Space}:
            self._move(1)
        elif key == keys.Key_PageUp:
            self._move(-1)
        elif key == keys.Key_Home:
            self.show_page(1)
        elif key == keys.Key_End:
            self.show_page(self.pages)
        elif key in {keys.Key_Down, keys.Key_Up}:
            bar.setValue(bar.value() + (_STEP if key == keys.Key_Down else -_STEP))
        elif key in {keys.Key_Plus, keys.Key_Minus}:
            self.zoom(1 if key == keys.Key_Plus else -1)
        elif key == keys.Key_Escape and not self.finding.isHidden():
            self.end_search()
        else:
            return False
        return True

    def _move(self, way: int) -> None:
        """A screen on or back on this page; at its end to the next page."""
        bar = self._area.verticalScrollBar()
        at = bar.value()
        bar.setValue(at + way * int(bar.pageStep() * 0.9))
        if bar.value() == at:
            self._to_foot = way < 0 and self.page > 1
            self.turn(way)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F3 goes on among what was found, Esc closes the search."""
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_F3:
            self.step(-1 if back else 1)
        elif event.key() == Qt.Key.Key_Escape and not self.finding.isHidden():
            self.end_search()
        else:
            super().keyPressEvent(event)

    # Searching.

    @property
    def pending(self) -> bool:
        """Whether a search or a drawing is still to start."""
        return self._waiting.isActive() or self._room.isActive()

    def start_search(self) -> None:
        """Open the line of the search and stand in it."""
        if self.pages:
            self.finding.show()
            self.words.setFocus()
            self.words.selectAll()
            self._search()

    def end_search(self) -> None:
        """Close the search; its marks go."""
        self.finding.hide()
        self._waiting.stop()
        self.hits, self.hit = (), -1
        self._area.setFocus()
        self._draw()

    def _search(self) -> None:
        file, words = self.file, self.words.text()
        self._waiting.stop()
        if file is None:
            return

        def work(progress: Progress) -> tuple[Hit, ...]:
            return search(file, words, progress)

        self._desk.papers.run(work, self._take_hits, key="preview-search")

    def _take_hits(self, hits: tuple[Hit, ...]) -> None:
        self.hits = hits
        after = [at for at, hit in enumerate(hits) if hit.page >= self.page]
        self.hit = (after[0] if after else 0) if hits else -1
        self._go_to_hit()

    def step(self, way: int) -> None:
        """The next place that was found, or the one before; round at the ends."""
        if self._waiting.isActive():
            self._search()
        elif self.hits:
            self.hit = (self.hit + way) % len(self.hits)
            self._go_to_hit()

    def _go_to_hit(self) -> None:
        text, tone = "", "quiet"
        if self.hits:
            text = _("{at} of {count}").format(at=self.hit + 1, count=len(self.hits))
            self.page = self.hits[self.hit].page
        elif self.words.text().strip():
            text, tone = _("not found"), "warn"
        tell(self._found, text, tone)
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the size is chosen from its box alone."""
        super().resizeEvent(event)
        roomy = self.width() > self.fontMetrics().averageCharWidth() * _ROOMY
        self.smaller.setVisible(roomy)
        self.larger.setVisible(roomy)
        self._fit_column()

    def minimumSizeHint(self) -> QSize:
        """A corner of a page."""
        return QSize(300, 200)


def _write_across(picture: QImage, words: str) -> None:
    """Write a word across a page, large and light, so that nobody takes it for a real one."""
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    font = QFont("Liberation Sans")
    font.setBold(True)
    font.setPixelSize(max(20, picture.width() // 4))
    painter.setFont(font)
    painter.setPen(QColor(190, 30, 30, 56))
    painter.translate(picture.width() / 2, picture.height() / 2)
    painter.rotate(-38)
    wide = picture.width() * 1.4
    painter.drawText(
        QRectF(-wide / 2, -wide / 4, wide, wide / 2), Qt.AlignmentFlag.AlignCenter, words
    )
    painter.end()
