"""The pages of a paper as small pictures in a column, each drawn when it is first seen."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.text import _
from desktop.views.widgets import name

ROOM = QSize(66, 92)
"""Pixels that a picture fits into."""
WIDTH = 104
"""Pixels across the column with its scroll bar."""
_KEPT = 200
"""So many pictures are kept; those seen longest ago go first."""
_GAP = 4
_EDGE = QColor(128, 136, 148)
_Index = QModelIndex | QPersistentModelIndex


class PagesGrid(QAbstractListModel):
    """A row a page: its picture, an empty sheet until it is drawn, and its number."""

    def __init__(self) -> None:
        super().__init__()
        self.pages = 0
        self._pictures: dict[int, QPixmap] = {}
        self._older: set[int] = set()

    def start(self, pages: int, *, alike: bool) -> None:
        """Show another file; ``alike`` keeps the old pictures until new ones are drawn."""
        if alike and pages == self.pages:
            self._older = set(self._pictures)
            self.dataChanged.emit(self.index(0), self.index(max(0, pages - 1)))
            return
        self.beginResetModel()
        self.pages = pages
        self._pictures.clear()
        self._older.clear()
        self.endResetModel()

    def take(self, page: int, picture: QImage, ratio: float) -> None:
        """Keep the picture of a page; ``ratio`` is how many dots a pixel of the screen has."""
        self._pictures[page] = _framed(picture, ratio)
        self._older.discard(page)
        if len(self._pictures) > _KEPT:
            self._pictures.pop(next(iter(self._pictures)))
        at = self.index(page - 1)
        self.dataChanged.emit(at, at)

    def has(self, page: int) -> bool:
        """Whether the page's picture is there and of the file that is shown."""
        return page in self._pictures and page not in self._older

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """A row a page."""
        return 0 if parent.isValid() else self.pages

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The number below, the picture above it."""
        page = index.row() + 1
        if role == Qt.ItemDataRole.DisplayRole:
            return str(page)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _("Page {page} of {pages}").format(page=page, pages=self.pages)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._pictures.get(page, _blank())
        return None


class _PageRow(QStyledItemDelegate):
    """A page with its number below, on a ground of its own where it is looked at."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """The ground, the picture and the number, one below the other in the middle."""
        whole = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(whole.adjusted(2, 1, -2, -1), option.palette.highlight())
        left = whole.left() + (whole.width() - ROOM.width()) // 2
        painter.drawPixmap(left, whole.top() + _GAP, index.data(Qt.ItemDataRole.DecorationRole))
        below = whole.adjusted(0, ROOM.height() + _GAP, 0, 0)
        painter.setPen(option.palette.text().color())
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(index.row() + 1))

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """As high as the picture and its number."""
        del index
        return QSize(ROOM.width(), ROOM.height() + option.fontMetrics.height() + 3 * _GAP)


class PageColumn(QListView):
    """The column; the page that is looked at is marked.

    *Signals:* ``chosen(page)`` when the user turns to a page here; ``wanted(page)`` for the next
    picture that is to be drawn.
    """

    chosen = Signal(int)
    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.grid = PagesGrid()
        self.setModel(self.grid)
        self._drawing = False
        self.setItemDelegate(_PageRow(self))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedWidth(WIDTH)
        name(self, _("Pages in small"), _("The pages in small; up and down turn to one."))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().valueChanged.connect(lambda _at: self._see())
        self.selectionModel().currentChanged.connect(lambda now, _before: self._turned(now.row()))

    def halt(self) -> None:
        """Ask for no picture until another file is shown."""
        self._drawing = True

    def start(self, pages: int, page: int, *, alike: bool) -> None:
        """Show the pages of another file, standing on one."""
        self.grid.start(pages, alike=alike)
        self.mark(page)
        self._drawing = False
        self._see()

    def mark(self, page: int) -> None:
        """Mark the page that is looked at."""
        at = self.grid.index(page - 1)
        if at.isValid() and at != self.currentIndex():
            self.selectionModel().blockSignals(True)  # noqa: FBT003 - Qt's own switch
            self.setCurrentIndex(at)
            self.selectionModel().blockSignals(False)  # noqa: FBT003 - the same
            self.scrollTo(at)
            self.viewport().update()

    def take(self, page: int, picture: QImage) -> None:
        """Show a page that was asked for, and ask for the next one that is seen."""
        self.grid.take(page, picture, self.devicePixelRatioF())
        self._drawing = False
        self._see()

    def _turned(self, row: int) -> None:
        if row >= 0:
            self.chosen.emit(row + 1)

    def _see(self) -> None:
        """Ask for the first page that is seen and not drawn yet, one at a time."""
        if self._drawing or not self.isVisible() or not self.grid.pages:
            return
        self.executeDelayedItemsLayout()
        high, top = max(1, self.sizeHintForRow(0)), self.verticalScrollBar().value()
        last = min(self.grid.pages, (top + self.viewport().height()) // high + 1)
        page = next((one for one in range(top // high + 1, last + 1) if not self.grid.has(one)), 0)
        if page:
            self._drawing = True
            self.wanted.emit(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More pages may be seen."""
        super().resizeEvent(event)
        self._see()

    def showEvent(self, event: QShowEvent) -> None:
        """The pages are seen."""
        super().showEvent(event)
        self._see()


def _framed(picture: QImage, ratio: float) -> QPixmap:
    """The picture in the middle of its room, with an edge around the page."""
    whole = _empty(ratio)
    painter = QPainter(whole)
    wide, high = picture.width() / ratio, picture.height() / ratio
    left, top = (ROOM.width() - wide) / 2, (ROOM.height() - high) / 2
    page = QPixmap.fromImage(picture)
    page.setDevicePixelRatio(ratio)
    painter.drawPixmap(round(left), round(top), page)
    painter.setPen(_EDGE)
    painter.drawRect(round(left), round(top), round(wide) - 1, round(high) - 1)
    painter.end()
    return whole


def _blank() -> QPixmap:
    """An empty page, for one that is not drawn yet."""
    sheet = QImage(ROOM.width() - 2, ROOM.height(), QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.white)
    return _framed(sheet, 1.0)


def _empty(ratio: float) -> QPixmap:
    whole = QPixmap(ROOM * ratio)
    whole.setDevicePixelRatio(ratio)
    whole.fill(Qt.GlobalColor.transparent)
    return whole
