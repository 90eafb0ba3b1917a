"""The million-row table: ids and a window of loaded rows, painted straight from them."""

import html
from array import array
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.models.register import Row, RowWindow
from desktop.views.icons import Icons
from desktop.views.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_PLAIN_ALIGNMENT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT_ALIGNMENT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a register: its title, what it shows, in which tone and with which icon.

    ``order`` is the register's order that its header sorts by; ``sample`` the text its width is
    measured by, blank for the column that takes the room that is left.
    """

    key: str
    title: str
    text: Callable[[Row], str]
    order: str = ""
    sample: str = ""
    right: bool = False
    tone: Callable[[Row], str] = lambda _row: ""
    icon: Callable[[Row], str] = lambda _row: ""


class RegisterGrid(QAbstractTableModel):
    """A register's rows for Qt: positions are ids in order, a row is loaded when it is shown."""

    def __init__(self, columns: tuple[Column, ...]) -> None:
        super().__init__()
        self.columns = columns
        self.order, self.descending = "newest", False
        self._window: RowWindow | None = None
        self._place = {column.order: at for at, column in enumerate(columns) if column.order}

    def show_window(self, window: RowWindow) -> None:
        """Show other rows; the old ones stay until this is called."""
        self.beginResetModel()
        self._window = window
        self.endResetModel()

    def lengthen(self, window: RowWindow) -> None:
        """Show a window that begins with the rows shown and goes on; another one anew."""
        shown = self.ids
        if self._window is None or window.ids[: len(shown)] != shown:
            self.show_window(window)
        elif len(window) > len(shown):
            self.beginInsertRows(_NONE, len(shown), len(window) - 1)
            self._window = window
            self.endInsertRows()

    def sort_by(self, order: str, *, descending: bool) -> None:
        """Mark the header that the rows are in order of."""
        self.order, self.descending = order, descending
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    @property
    def ids(self) -> "array[int]":
        """The ids in order."""
        return self._window.ids if self._window is not None else array("q")

    def row_at(self, position: int) -> Row | None:
        """The row at a position, None where there is none."""
        if self._window is None or not 0 <= position < len(self._window):
            return None
        return self._window.row(position)

    def position_of(self, record: int) -> int:
        """Where a record stands, -1 where it does not."""
        try:
            return self.ids.index(record)
        except ValueError:
            return -1

    def rowCount(self, parent: Index = _NONE) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() or self._window is None else len(self._window)

    def columnCount(self, parent: Index = _NONE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell; the delegate asks the rest of the row itself."""
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        row = self.row_at(index.row())
        if row is None:
            return ""
        text = self.columns[index.column()].text(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<p>{html.escape(text)}</p>" if len(text) > 20 else None
        return text

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The column's title, with an arrow where the rows are in its order."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT_ALIGNMENT if column.right else _PLAIN_ALIGNMENT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        arrow = (" ↓" if self.descending else " ↑") if column.order == self.order else ""
        return column.title + arrow


class RowDelegate(QStyledItemDelegate):
    """Paints a cell straight from its row: ground, icon, text in its tone."""

    def __init__(self, grid: RegisterGrid, icons: Icons, theme: Theme, view: QTableView) -> None:
        super().__init__(view)
        self._grid, self._icons, self._view = grid, icons, view
        self.dress(theme)

    def dress(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._pens = {tone: QColor(colour) for tone, colour in theme.tones.items()}
        self._selected, self._stripe = QColor(theme.selected), QColor(theme.stripe)
        self._focus = QColor(theme.accent)
        self._tones = theme.tones

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        row = self._grid.row_at(index.row())
        rect: QRect = option.rect
        # Asked of the selection: the style's own flags cost the binding's largest class.
        if self._view.selectionModel().isSelected(index):
            painter.fillRect(rect, self._selected)
        elif index.row() % 2:
            painter.fillRect(rect, self._stripe)
        if row is None:
            return
        column = self._grid.columns[index.column()]
        self._paint_text(painter, rect, column, row)
        if index == self._view.currentIndex() and self._view.hasFocus():
            painter.fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), self._focus)

    def _paint_text(self, painter: QPainter, rect: QRect, column: Column, row: Row) -> None:
        inner = rect.adjusted(7, 0, -7, 0)
        tone, icon = column.tone(row), column.icon(row)
        if icon:
            side = min(16, rect.height() - 6)
            picture = self._icons.pixmap(icon, self._tones[tone], side)
            painter.drawPixmap(inner.left(), inner.center().y() - side // 2, picture)
            inner = inner.adjusted(side + 5, 0, 0, 0)
        painter.setPen(self._pens[tone])
        text = painter.fontMetrics().elidedText(
            column.text(row), Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, _RIGHT_ALIGNMENT if column.right else _PLAIN_ALIGNMENT, text)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's
        """One line of text."""
        return QSize(80, row_height(self._view))


def row_height(widget: QWidget) -> int:
    """The height of a line of a table in the font in use."""
    return QFontMetrics(widget.font()).height() + 9


class GridView(QTableView):
    """A register as a table.

    *Signals:* ``opened(id)`` when a row is opened, ``picked(id)`` when the current row changes (0:
    none), ``sorted_by(order)`` when a header is clicked.
    """

    opened = Signal(int)
    picked = Signal(int)
    sorted_by = Signal(str)

    def __init__(self, grid: RegisterGrid, icons: Icons, theme: Theme) -> None:
        super().__init__()
        self._grid = grid
        self.setModel(grid)
        self._delegate = RowDelegate(grid, icons, theme, self)
        self.setItemDelegate(self._delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._prepare_headers()
        self.doubleClicked.connect(self._open_index)
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        grid.modelAboutToBeReset.connect(self._remember)
        grid.modelReset.connect(self._restore)
        self._kept = self._kept_at = 0

    def _prepare_headers(self) -> None:
        header = self.horizontalHeader()
        # With the table's own selection model, selecting all would walk every row for the header.
        header.setSelectionModel(QItemSelectionModel(self._grid, header))
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setMinimumSectionSize(50)
        header.sectionClicked.connect(self._sort)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.hide()
        self.dress_font()

    def dress(self, theme: Theme) -> None:
        """Take another theme's colours and font."""
        self._delegate.dress(theme)
        self.dress_font()
        self.viewport().update()

    def dress_font(self) -> None:
        """Measure rows and columns in the font in use."""
        self.verticalHeader().setDefaultSectionSize(row_height(self))
        self.fit_columns()

    def fit_columns(self) -> None:
        """Give each column the width of its sample; the column without one takes the rest."""
        metrics, rest = QFontMetrics(self.font()), self.viewport().width()
        stretched = -1
        for at, column in enumerate(self._grid.columns):
            if not column.sample:
                stretched = at
                continue
            if self.isColumnHidden(at):
                continue
            # Headings are bold and may stand in two lines.
            heads = [
                metrics.horizontalAdvance(f"{part} ↓") * 1.1 for part in column.title.split("\n")
            ]
            width = int(max(metrics.horizontalAdvance(column.sample) + 10, *heads, 0) + 6)
            self.setColumnWidth(at, width)
            rest -= width
        if stretched >= 0:
            self.setColumnWidth(stretched, max(metrics.horizontalAdvance("M" * 14), rest))

    def selected_ids(self) -> list[int]:
        """The ids of the selected rows, in their order; read as ranges."""
        spans = sorted((span.top(), span.bottom()) for span in self._spans())
        ids = self._grid.ids
        return [key for top, bottom in spans for key in ids[top : bottom + 1]]

    def show_columns(self, hidden: Collection[str]) -> None:
        """Hide the columns of these keys, and show all others."""
        for at, column in enumerate(self._grid.columns):
            self.setColumnHidden(at, column.key in hidden)
        self.fit_columns()

    def _spans(self) -> list[QItemSelectionRange]:
        selection = self.selectionModel().selection()
        return [selection.at(number) for number in range(selection.count())]

    def selected_count(self) -> int:
        """How many rows are selected."""
        return sum(span.height() for span in self._spans())

    def current_id(self) -> int:
        """The id of the current row, 0 where there is none."""
        at = self.currentIndex().row()
        return self._grid.ids[at] if 0 <= at < self._grid.rowCount() else 0

    def go_to(self, record: int) -> bool:
        """Make a record the current row; False where it is not listed."""
        at = self._grid.position_of(record)
        if at >= 0:
            self.selectRow(at)
            self.scrollTo(self._grid.index(at, 0))
        return at >= 0

    def _sort(self, section: int) -> None:
        if self._grid.columns[section].order:
            self.sorted_by.emit(self._grid.columns[section].order)

    def _open_index(self, index: QModelIndex) -> None:
        self.opened.emit(self._grid.ids[index.row()])

    def _tell_current(self) -> None:
        self.picked.emit(self.current_id())

    def _remember(self) -> None:
        self._kept, self._kept_at = self.current_id(), self.currentIndex().row()

    def _restore(self) -> None:
        """Keep the current record where it is still listed, else its neighbour."""
        if self._kept and self.go_to(self._kept):
            return
        if self._kept and self._grid.rowCount():
            self.selectRow(min(self._kept_at, self._grid.rowCount() - 1))
            return
        self.picked.emit(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current row."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            if self.current_id():
                self.opened.emit(self.current_id())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the width."""
        super().resizeEvent(event)
        self.fit_columns()

    def minimumSizeHint(self) -> QSize:
        """A few columns and rows; the rest scrolls."""
        return QSize(260, 160)
