"""The units against their targets: a tree whose rows are drawn only where they are seen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPolygonF, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from desktop.models.figures import NO_UNIT
from desktop.programme.progress import percent_words
from desktop.programme.shape import Rounding
from desktop.programme.standing import Counts, UnitStanding
from desktop.programme.targets import share_of_target
from desktop.programme.wording import amount
from desktop.text import N_, _
from desktop.views.desk import Desk
from desktop.views.overview_reading import REPORT, Board, UnitLine, target_of_line
from desktop.views.widgets import name_table

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
FIGURES = ("recorded", "entered", "eligible", "ineligible", "review")
_TONES = {"eligible": "good", "ineligible": "bad", "review": "warn"}
SHOWN = (
    ("all", N_("All units")),
    ("targets", N_("Units with a target")),
    ("silent", N_("Units that entered nothing")),
    ("behind", N_("Units behind the pace line")),
)
"""Which units are shown: key and words."""
_WIDEST = 2.5
"""So many times its target a bar is drawn at most; an arrow says that it goes on."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its key, its title, and a text as wide as what stands in it."""

    key: str
    title: str
    sample: str


def headings(board: Board | None) -> tuple[Heading, ...]:
    """The columns; those of pledged targets only where there are such.

    No figure is wider than that of the total.
    """
    counts = board.total.standing.counts if board is not None else Counts()
    titles = {
        "recorded": _("In the\nstore"),
        "entered": _("On the\nportal"),
        "eligible": _("Found\neligible"),
        "ineligible": _("Not\neligible"),
        "review": _("To\nreview"),
    }
    pledged = (
        Heading("pledged", _("Target\npledged"), "0.000"),
        Heading("share2", _("% of\npledged"), "000,0%"),
    )
    return (
        Heading("unit", _("Unit"), ""),
        Heading("bar", _("Progress"), "M" * 6),
        Heading("given", _("Target\ngiven"), "0.000"),
        Heading("share", _("% of\ngiven"), "000,0%"),
        *(pledged if board is not None and board.pledges else ()),
        *(Heading(key, titles[key], amount(counts.of(key))) for key in FIGURES),
    )


def figure_name(key: str) -> str:
    """What a figure counts, in words."""
    words = {
        "recorded": _("recorded"),
        "entered": _("entered on the portal"),
        "eligible": _("eligible"),
        "ineligible": _("not eligible"),
        "review": _("to be reviewed"),
    }
    return words[key]


def share_words(board: Board, standing: UnitStanding, target: int | None) -> str:
    """A percentage as the programme has it rounded; a dash without a target."""
    rounding: Rounding = board.programme.rounding_of(REPORT)
    done = board.start_of(standing) + standing.measured.of(board.counted)
    return percent_words(share_of_target(done, target), rounding)


class UnitsGrid(QAbstractTableModel):
    """The total and the units that are shown, as rows."""

    def __init__(self) -> None:
        super().__init__()
        self.board: Board | None = None
        self.columns = headings(None)
        self.opened: set[int] = set()
        self.shown = "all"
        self.rows: list[UnitLine] = []

    def show_board(self, board: Board, opened: set[int] | None) -> None:
        """Show another board; ``opened`` are the units that stand open."""
        self.beginResetModel()
        self.board, self.columns = board, headings(board)
        self.opened = set(board.opened) if opened is None else opened
        self.rows = list(self._visible())
        self.endResetModel()

    def show_only(self, shown: str) -> None:
        """Show all units as a tree, or a part of them as a list."""
        self.beginResetModel()
        self.shown = shown
        self.rows = list(self._visible())
        self.endResetModel()

    def turn(self, row: int, *, on: bool) -> None:
        """Open a unit, or close it."""
        line = self.rows[row]
        if not line.below or self.shown != "all" or on == (line.key in self.opened):
            return
        (self.opened.add if on else self.opened.discard)(line.key)
        after = list(self._visible())
        more = len(after) - len(self.rows)
        if more > 0:
            self.beginInsertRows(_NONE, row + 1, row + more)
            self.rows = after
            self.endInsertRows()
        else:
            self.beginRemoveRows(_NONE, row + 1, row - more)
            self.rows = after
            self.endRemoveRows()
        self.dataChanged.emit(self.index(row, 0), self.index(row, 0))

    def _visible(self) -> Sequence[UnitLine]:
        board = self.board
        if board is None:
            return []
        if self.shown == "all":
            inner = [one for one in board.lines if set(one.standing.ancestors) <= self.opened]
            return [board.total, *inner]
        wanted = _WANTED[self.shown]
        return [UnitLine(one.standing) for one in board.lines if wanted(board, one.standing)]

    def rowCount(self, parent: Index = _NONE) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NONE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The titles."""
        if orientation is Qt.Orientation.Horizontal and section < len(self.columns):
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].title
            if role == Qt.ItemDataRole.TextAlignmentRole and section > 1:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands in a cell; a screen reader hears what it counts."""
        if not index.isValid() or self.board is None:
            return None
        line, key = self.rows[index.row()], self.columns[index.column()].key
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(line, key)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(line, key)
        if role == Qt.ItemDataRole.ToolTipRole and key == "unit":
            return unit_words(line.standing)
        return None

    def text(self, line: UnitLine, key: str) -> str:
        """What stands in a cell; a bar has no words."""
        one, board = line.standing, self.board
        if board is None or key == "bar":
            return ""
        if key == "unit":
            return unit_words(one)
        if key in {"given", "pledged"}:
            value = one.given if key == "given" else one.pledged
            return "–" if value is None else amount(value)
        if key in {"share", "share2"}:
            return share_words(board, one, one.given if key == "share" else one.pledged)
        return amount(one.counts.of(key))

    def spoken(self, line: UnitLine, key: str) -> str:
        """The words for a screen reader."""
        unit, text = unit_words(line.standing), self.text(line, key)
        if key == "unit":
            state = _("opened") if line.key in self.opened else _("closed")
            return f"{unit}, {state}" if line.below and self.shown == "all" else unit
        if key == "bar" and self.board is not None:
            target = target_of_line(line.standing)
            return _("{unit}: {done} of {target}, {percent}").format(
                unit=unit,
                done=amount(line.standing.counts.of(self.board.counted)),
                target="–" if target is None else amount(target),
                percent=share_words(self.board, line.standing, target),
            )
        if key in FIGURES:
            return f"{unit}: {text} {figure_name(key)}"
        title = next(one.title for one in self.columns if one.key == key).replace("\n", " ")
        return f"{unit}: {title} {text}"


def unit_words(standing: UnitStanding) -> str:
    """The name of a unit; the total has none of its own."""
    return standing.unit if standing.unit_id != NO_UNIT else _("Total")


def _behind(board: Board, one: UnitStanding) -> bool:
    target = target_of_line(one)
    return target is not None and one.counts.of(board.counted) < target * board.share_gone


_WANTED: dict[str, Callable[[Board, UnitStanding], bool]] = {
    "targets": lambda _board, one: target_of_line(one) is not None,
    "silent": lambda _board, one: not one.counts.entered,
    "behind": _behind,
}


class UnitDelegate(QStyledItemDelegate):
    """Paints the cells: the tree's arrows, the bars, the figures."""

    def __init__(self, desk: Desk, grid: UnitsGrid, view: "UnitsView") -> None:
        super().__init__(view)
        self._desk, self._grid, self._view = desk, grid, view
        self.scale = 1.2

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        theme, rect = self._desk.theme, option.rect
        line, key = self._grid.rows[index.row()], self._grid.columns[index.column()].key
        current = self._view.currentIndex()
        if index.row() == current.row():
            painter.fillRect(rect, QColor(theme.selected))
        elif index.row() % 2:
            painter.fillRect(rect, QColor(theme.stripe))
        if key == "bar":
            self._paint_bar(painter, rect, line.standing)
        else:
            self._paint_text(painter, rect, line, key)
        if index == current and self._view.hasFocus():
            painter.setPen(QColor(theme.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _paint_text(self, painter: QPainter, rect: QRect, line: UnitLine, key: str) -> None:
        theme, inner = self._desk.theme, rect.adjusted(6, 0, -6, 0)
        text = self._grid.text(line, key)
        painter.save()
        font = painter.font()
        font.setBold(line.key == NO_UNIT)
        painter.setFont(font)
        align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if key == "unit":
            inner = self._paint_arrow(painter, inner, line)
            align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(theme.tones[self._tone(line.standing, key, text)]))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, align, shown)
        painter.restore()

    def _tone(self, one: UnitStanding, key: str, text: str) -> str:
        if key in FIGURES:
            return _TONES.get(key, "") if one.counts.of(key) else "quiet"
        board = self._grid.board
        if key in {"share", "share2"} and board is not None and text != "–":
            target = one.given if key == "share" else one.pledged
            done = board.start_of(one) + one.measured.of(board.counted)
            return "good" if target and done >= target else ""
        return "quiet" if text == "–" else ""

    def _paint_arrow(self, painter: QPainter, inner: QRect, line: UnitLine) -> QRect:
        """The arrow of a unit that opens; where its name stands."""
        step = painter.fontMetrics().height()
        deep = min(line.depth, 6) * step if line.key != NO_UNIT else 0
        if self._grid.shown != "all":
            return inner
        middle = inner.center().y() + 0.5
        left = inner.left() + deep + step * 0.15
        if line.below:
            side = step * 0.5
            points = [(0.0, -side / 2), (side * 0.7, 0.0), (0.0, side / 2)]
            if line.key in self._grid.opened:
                points = [
                    (-side * 0.1, -side * 0.3),
                    (side * 0.9, -side * 0.3),
                    (side * 0.4, side * 0.4),
                ]
            arrow = QPolygonF()
            for across, down in points:
                arrow.append(QRectF(left + across, middle + down, 0, 0).topLeft())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._desk.theme.quiet))
            painter.drawPolygon(arrow)
        return inner.adjusted(deep + (step if line.key != NO_UNIT else 0), 0, 0, 0)

    def _paint_bar(self, painter: QPainter, rect: QRect, one: UnitStanding) -> None:
        """Ground, what was done, what goes past the mark, the pace line, the mark."""
        board, theme, target = self._grid.board, self._desk.theme, target_of_line(one)
        if board is None or not target:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        room = QRectF(rect).adjusted(6, 7, -8, -7)
        mark = room.width() / self.scale
        share = (board.start_of(one) + one.measured.of(board.counted)) / target
        painter.setBrush(QColor(theme.border))
        painter.drawRoundedRect(QRectF(room.left(), room.top(), mark, room.height()), 3, 3)
        painter.setBrush(QColor(theme.good if share >= 1 else theme.accent))
        width = min(share, self.scale) * mark
        painter.drawRoundedRect(QRectF(room.left(), room.top(), width, room.height()), 3, 3)
        painter.setBrush(QColor(theme.text))
        painter.drawRect(QRectF(room.left() + mark - 1, room.top() - 4, 2, room.height() + 8))
        if 0 < board.share_gone < 1:
            at = room.left() + mark * board.share_gone
            painter.setBrush(QColor(theme.warn))
            painter.drawRect(QRectF(at - 1, room.top() - 2, 2, room.height() + 4))
        if share > self.scale:
            painter.setBrush(QColor(theme.on_accent if theme.name == "light" else theme.base))
            end, middle = room.left() + width - 3, room.center().y()
            tip = QPolygonF()
            for across, down in ((-5, -3.5), (0, 0), (-5, 3.5)):
                tip.append(QRectF(end + across, middle + down, 0, 0).topLeft())
            painter.drawPolygon(tip)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's
        """One line of text."""
        return QSize(60, QFontMetrics(self._view.font()).height() + 10)


class UnitsView(QTableView):
    """The table.

    *Signals:* ``asked(line, figure)`` when a number is clicked or Enter pressed on it;
    ``picked(line)`` when another row is the current one.
    """

    asked = Signal(object, str)
    picked = Signal(object)

    def __init__(self, desk: Desk, grid: UnitsGrid) -> None:
        super().__init__()
        self._desk, self._grid = desk, grid
        self.setModel(grid)
        self._delegate = UnitDelegate(desk, grid, self)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        header, rows = self.horizontalHeader(), self.verticalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(40)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.hide()
        name_table(
            self,
            _("Units against their targets"),
            _("Enter on a number lists it; Right and Left on a unit open and close it"),
        )
        self.clicked.connect(self._click)
        self.selectionModel().currentRowChanged.connect(lambda *_: self._pick())
        self.entered.connect(self._hover)
        self.dress()

    def dress(self) -> None:
        """Take the theme's font and colours."""
        self.verticalHeader().setDefaultSectionSize(QFontMetrics(self.font()).height() + 10)
        self.fit_columns()
        self.viewport().update()

    @property
    def current(self) -> UnitLine | None:
        """The line of the current row."""
        at = self.currentIndex().row()
        return self._grid.rows[at] if 0 <= at < len(self._grid.rows) else None

    def show_board(self, board: Board, *, again: bool) -> None:
        """Show a board; with ``again`` the units that stand open stay so, and the current one."""
        kept = self.current.key if self.current is not None else NO_UNIT
        self._grid.show_board(board, self._grid.opened if again else None)
        self._measure()
        self._go_to(kept)

    def show_only(self, shown: str) -> None:
        """Show a part of the units."""
        kept = self.current.key if self.current is not None else NO_UNIT
        self._grid.show_only(shown)
        self._measure()
        self._go_to(kept)

    def _measure(self) -> None:
        """How far bars go: to the largest share that is shown, within reason."""
        board, shares = self._grid.board, [1.12]
        for line in self._grid.rows:
            target = target_of_line(line.standing)
            if board is not None and target:
                done = board.start_of(line.standing) + line.standing.measured.of(board.counted)
                shares.append(done / target * 1.03)
        self._delegate.scale = min(max(shares), _WIDEST)
        self.fit_columns()

    def _go_to(self, key: int) -> None:
        rows = self._grid.rows
        at = next((at for at, line in enumerate(rows) if line.key == key), 0)
        if rows:
            self.setCurrentIndex(self._grid.index(at, 0))
        self._pick()

    def _pick(self) -> None:
        self.picked.emit(self.current)
        self.viewport().update()

    def _click(self, index: QModelIndex) -> None:
        key = self._grid.columns[index.column()].key
        if key == "unit":
            line = self._grid.rows[index.row()]
            self._grid.turn(index.row(), on=line.key not in self._grid.opened)
        elif key in FIGURES:
            self._ask(index)

    def _ask(self, index: QModelIndex) -> None:
        self.asked.emit(self._grid.rows[index.row()], self._grid.columns[index.column()].key)

    def _hover(self, index: QModelIndex) -> None:
        key = self._grid.columns[index.column()].key
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if key in FIGURES else Qt.CursorShape.ArrowCursor
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter lists a number; on a unit Enter, Right and Left open and close it."""
        index = self.currentIndex()
        key = self._grid.columns[index.column()].key if index.isValid() else ""
        line = self.current
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and key in FIGURES:
            self._ask(index)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and key == "unit":
            self._click(index)
        elif event.key() == Qt.Key.Key_Right and key == "unit" and self._closed(line):
            self._grid.turn(index.row(), on=True)
        elif event.key() == Qt.Key.Key_Left and key == "unit" and line is not None:
            self._grid.turn(index.row(), on=False)
        else:
            super().keyPressEvent(event)

    def _closed(self, line: UnitLine | None) -> bool:
        return (
            line is not None
            and line.below
            and self._grid.shown == "all"
            and line.key not in self._grid.opened
        )

    def fit_columns(self) -> None:
        """Give each figure the width of its sample; unit and bar share the rest."""
        metrics, rest = QFontMetrics(self.font()), self.viewport().width()
        for at, column in enumerate(self._grid.columns):
            if column.sample and column.key != "bar":
                heads = [
                    metrics.horizontalAdvance(part) * 1.12 for part in column.title.split("\n")
                ]
                width = int(max(metrics.horizontalAdvance(column.sample) * 1.1, *heads)) + 14
                self.setColumnWidth(at, width)
                rest -= width
        least, bar = metrics.horizontalAdvance("M" * 14), metrics.horizontalAdvance("M" * 6)
        wide = max(least, int(rest * 0.64))
        self.setColumnWidth(0, wide)
        self.setColumnWidth(1, max(bar, rest - wide))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the width."""
        super().resizeEvent(event)
        self.fit_columns()

    def minimumSizeHint(self) -> QSize:
        """A few columns and rows; the rest scrolls."""
        return QSize(300, 140)
