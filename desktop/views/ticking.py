"""A searchable list of initiatives with a tick each: those a decision or session is about."""

from array import array
from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QCheckBox,
    QHeaderView,
    QLineEdit,
    QTableView,
    QWidget,
)

from desktop.models import register
from desktop.models.engines.sqlite import Connection
from desktop.models.register import Listing, Row, RowWindow
from desktop.text import _
from desktop.views.desk import Desk
from desktop.views.widgets import button, column, label, line, name, name_table, tell

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_DEBOUNCE = 250


class TickGrid(QAbstractListModel):
    """Initiatives as lines with a tick.

    ``awaited`` while it is still being read which are ticked: until then nothing can be.

    *Signals:* ``ticked()`` when the ticks change.
    """

    ticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._window: RowWindow | None = None
        self.chosen: set[int] = set()
        self.awaited = False

    def show_window(self, window: RowWindow) -> None:
        """Show other lines; the ticks stay."""
        self.beginResetModel()
        self._window = window
        self.endResetModel()

    def ids(self) -> Sequence[int]:
        """The ids of the lines."""
        return self._window.ids if self._window is not None else array("q")

    def set_chosen(self, chosen: Iterable[int], *, awaited: bool = False) -> None:
        """Tick these, and nothing else."""
        self.beginResetModel()
        self.chosen, self.awaited = set(chosen), awaited
        self.endResetModel()
        self.ticked.emit()

    def rowCount(self, parent: Index = _NONE) -> int:
        """How many lines there are."""
        return 0 if parent.isValid() or self._window is None else len(self._window)

    def _row(self, index: Index) -> Row | None:
        return self._window.row(index.row()) if self._window is not None else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Code, title, author and decision of a line, and its tick."""
        if role == Qt.ItemDataRole.CheckStateRole:
            on = self.ids()[index.row()] in self.chosen
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        row = self._row(index)
        if role != Qt.ItemDataRole.DisplayRole or row is None:
            return None
        decision = f" · {row.decision}" if row.decision else ""
        return f"{row.code}   {row.title} – {row.author}{decision}"

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a line, or take its tick away."""
        if role != Qt.ItemDataRole.CheckStateRole or self.awaited:
            return False
        key = self.ids()[index.row()]
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self.chosen.add(key)
        else:
            self.chosen.discard(key)
        self.dataChanged.emit(index, index)
        self.ticked.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every line can be ticked."""
        del index
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsUserCheckable
        )


class LineView(QTableView):
    """Very many lines of one height.

    A table of one column knows where a line stands without having asked for those above it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("ticks")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setAlternatingRowColors(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(10)
        self.verticalHeader().hide()
        self._fit_lines()

    def _fit_lines(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 9)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the first and the last line, as in any list."""
        if event.key() == Qt.Key.Key_Home:
            self.setCurrentIndex(self.model().index(0, 0))
        elif event.key() == Qt.Key.Key_End:
            self.setCurrentIndex(self.model().index(self.model().rowCount() - 1, 0))
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Fit the lines to other letters."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit_lines()


class _TickView(LineView):
    """The list; Space or Enter ticks the current line."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ticks as Space does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            index = self.currentIndex()
            if index.isValid():
                on = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole))
                other = (
                    Qt.CheckState.Unchecked
                    if on is Qt.CheckState.Checked
                    else Qt.CheckState.Checked
                )
                self.model().setData(index, other, Qt.ItemDataRole.CheckStateRole)
            return
        super().keyPressEvent(event)


class TickList(QWidget):
    """The list with its search box; ``narrow`` puts what narrows it below the search.

    *Signals:* ``edited()`` when the ticks change.
    """

    edited = Signal()

    def __init__(self, desk: Desk, spoken: str, *, narrow: bool = False) -> None:
        super().__init__()
        self._desk = desk
        self.grid = TickGrid()
        self.view = _TickView()
        self.view.setModel(self.grid)
        name_table(self.view, spoken)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search without tone marks"))
        self.search.setClearButtonEnabled(True)
        name(self.search, _("Search initiatives"))
        self.only = QCheckBox(_("Only those awaiting recognition"))
        name(self.only, self.only.text())
        self._count = label(tone="calm")
        everything = button(_("Tick all shown"), self.tick_all, kind="link")
        self._timer = QTimer(self, singleShot=True, interval=_DEBOUNCE)
        self._timer.timeout.connect(self.refresh)
        self.search.textChanged.connect(lambda _text: self._timer.start())
        self.only.toggled.connect(lambda _on: self.refresh())
        self.grid.ticked.connect(self._tell)
        head: QBoxLayout = line(self.search, self.only)
        if narrow:
            head = column(self.search, self.only, spacing=4)
        else:
            head.setStretch(0, 1)
        self.setLayout(column(head, self.view, line(self._count, None, everything), spacing=4))

    @property
    def pending(self) -> bool:
        """Whether a search is still to start."""
        return self._timer.isActive()

    def chosen(self) -> tuple[int, ...]:
        """The ticked ids."""
        return tuple(sorted(self.grid.chosen))

    @property
    def awaited(self) -> bool:
        """Whether it is still being read which are ticked."""
        return self.grid.awaited

    def set_chosen(self, chosen: Iterable[int]) -> None:
        """Tick these."""
        self.grid.set_chosen(chosen)

    def await_chosen(self) -> None:
        """Tick nothing, and let nothing be ticked, until ``set_chosen`` says what is."""
        self.grid.set_chosen((), awaited=True)

    def refresh(self) -> None:
        """Read the lines for the words."""
        shelf = "undecided" if self.only.isChecked() else "all"
        listing = Listing(words=self.search.text().strip(), shelf=shelf, order="code")

        def work(connection: Connection) -> "array[int]":
            return register.ids(connection, listing)

        if self._desk.connection is not None:
            self._desk.read(work, self._show, key=f"ticks-{id(self)}")

    def _show(self, ids: "array[int]") -> None:
        if self._desk.connection is not None:
            self.grid.show_window(RowWindow(self._desk.connection, ids))

    def tick_all(self) -> None:
        """Tick every line that is shown."""
        if not self.awaited:
            self.grid.set_chosen(self.grid.chosen | set(self.grid.ids()))

    def _tell(self) -> None:
        tell(self._count, _("{count} ticked").format(count=len(self.grid.chosen)), "calm")
        self.edited.emit()

    def minimumSizeHint(self) -> QSize:
        """A few lines."""
        return QSize(260, 130)
