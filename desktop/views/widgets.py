"""Small pieces that every place is built from: plain in their text, named for screen readers."""

import html
from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.text import _

Box = TypeVar("Box", bound=QBoxLayout)


def label(text: str = "", *, role: str = "", tone: str = "", wrap: bool = False) -> QLabel:
    """A label that shows its text as it is; ``role`` is "title" or "heading", ``tone`` a colour."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        made.setMinimumWidth(60)
    return made


def tell(made: QLabel, text: str, tone: str = "") -> None:
    """Change what a label says, and its tone."""
    made.setText(text)
    set_property(made, "tone", tone)


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def button(
    text: str, pressed: Callable[[], object] | None = None, *, kind: str = "", tip: str = ""
) -> QPushButton:
    """A button; ``kind`` is "primary", "link", "chip", "row" or "big"; ``tip`` its key or more."""
    made = QPushButton(text)
    made.setAccessibleName(text.replace("&", ""))
    if kind:
        made.setProperty("kind", kind)
    if tip:
        made.setToolTip(plain(tip))
    if kind in {"link", "chip"}:
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    if pressed is not None:
        made.clicked.connect(lambda _checked=False: pressed())
    return made


def plain(text: str) -> str:
    """A text for a tool tip, in which nothing is taken for markup."""
    return f"<p>{html.escape(text)}</p>"


def name(widget: QWidget, spoken: str, description: str = "") -> None:
    """Give a widget the words that a screen reader says."""
    widget.setAccessibleName(spoken)
    if description:
        widget.setAccessibleDescription(description)


def name_table(table: QTableView, spoken: str, description: str = "") -> None:
    """Give a table and its headings the words that a screen reader says."""
    name(table, spoken, description)
    name(table.horizontalHeader(), _("{table}: column headings").format(table=spoken))
    name(table.verticalHeader(), _("{table}: row numbers").format(table=spoken))


def only_read(table: QTableView, spoken: str, description: str = "") -> None:
    """Dress a table that is not typed into: striped, a line a row, and Tab goes past its cells."""
    name_table(table, spoken, description)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setAlternatingRowColors(True)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.horizontalHeader().setHighlightSections(False)


def column(
    *pieces: object, spacing: int = 8, margins: int | tuple[int, int, int, int] = 0
) -> QVBoxLayout:
    """A column of widgets, layouts, spaces (numbers) and stretch (None)."""
    return _fill(QVBoxLayout(), pieces, spacing, margins)


def line(
    *pieces: object, spacing: int = 8, margins: int | tuple[int, int, int, int] = 0
) -> QHBoxLayout:
    """A row of widgets, layouts, spaces (numbers) and stretch (None)."""
    return _fill(QHBoxLayout(), pieces, spacing, margins)


def _fill(
    box: Box, pieces: Sequence[object], spacing: int, margins: int | tuple[int, int, int, int]
) -> Box:
    box.setSpacing(spacing)
    sides = (margins,) * 4 if isinstance(margins, int) else margins
    box.setContentsMargins(*sides)
    for piece in pieces:
        if piece is None:
            box.addStretch(1)
        elif isinstance(piece, int):
            box.addSpacing(piece)
        elif isinstance(piece, QLayout):
            box.addLayout(piece)
        elif isinstance(piece, QWidget):
            box.addWidget(piece)
    return box


def card(layout: QLayout) -> QFrame:
    """A framed sheet around a layout."""
    frame = QFrame()
    frame.setObjectName("card")
    frame.setLayout(layout)
    return frame


def rule() -> QFrame:
    """A thin line across."""
    frame = QFrame()
    frame.setObjectName("line")
    frame.setFixedHeight(1)
    return frame


def scrolled(inside: QWidget, *, framed: bool = False) -> QScrollArea:
    """A widget in an area that scrolls down, never sideways."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    if framed:
        area.setObjectName("card")
        inside.setObjectName("page")
    area.setWidget(inside)
    # setWidget makes both paint a ground of their own; the card below is to show.
    inside.setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def clear(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        _discard(item)


def _discard(item: QLayoutItem) -> None:
    widget, inner = item.widget(), item.layout()
    if widget is not None:
        widget.hide()
        widget.setParent(None)
        widget.deleteLater()
    elif inner is not None:
        clear(inner)


class ChipRow(QWidget):
    """A row of chips, one of them on; what does not fit goes into a menu behind "…".

    *Signals:* ``chosen(key)`` when the user turns to another chip.
    """

    chosen = Signal(str)

    def __init__(self, chips: Sequence[tuple[str, str]], spoken: str) -> None:
        super().__init__()
        self._names = dict(chips)
        self._chips: dict[str, QPushButton] = {}
        self._current = chips[0][0]
        row = line(spacing=6)
        for key, text in chips:
            chip = button(text, kind="chip")
            chip.setCheckable(True)
            chip.clicked.connect(lambda _on=False, key=key: self._turn(key))
            self._chips[key] = chip
            row.addWidget(chip)
        self._more = button("…", kind="chip", tip=_("More"))
        name(self._more, _("More"))
        self._more.setMenu(QMenu(self._more))
        self._more.setProperty("hasmenu", "true")
        row.addWidget(self._more)
        row.addStretch(1)
        self.setLayout(row)
        name(self, spoken)
        self.select(self._current)

    @property
    def current(self) -> str:
        """The key of the chip that is on."""
        return self._current

    def select(self, key: str) -> None:
        """Turn to a chip without telling anyone."""
        self._current = key
        for each, chip in self._chips.items():
            chip.setChecked(each == key)
        self._arrange()

    def show_counts(self, counts: dict[str, int]) -> None:
        """Write the numbers into the chips."""
        for key, chip in self._chips.items():
            if key in counts:
                number = f"{counts[key]:,}".replace(",", ".")
                chip.setText(f"{self._names[key]}  {number}")
                name(chip, f"{self._names[key]} {number}")
        self._arrange()

    def _turn(self, key: str) -> None:
        changed = key != self._current
        self.select(key)
        if changed:
            self.chosen.emit(key)

    def _arrange(self) -> None:
        """Show the chips that fit, the current one always; the others go into the menu."""
        room = self.width() - self._more.sizeHint().width() - 12
        needed = sum(chip.sizeHint().width() + 6 for chip in self._chips.values())
        everything = needed <= self.width()
        room -= 0 if everything else self._chips[self._current].sizeHint().width() + 6
        menu = self._more.menu()
        menu.clear()
        for key, chip in self._chips.items():
            width = chip.sizeHint().width() + 6
            fits = everything or key == self._current or width <= room
            room -= width if fits and key != self._current else 0
            room = room if fits else 0
            chip.setVisible(fits)
            if not fits:
                action = QAction(chip.text().replace("  ", " – "), menu)
                action.triggered.connect(lambda _on=False, key=key: self._turn(key))
                menu.addAction(action)
        self._more.setVisible(not menu.isEmpty())

    def minimumSizeHint(self) -> QSize:
        """Room for the current chip and the menu."""
        chip = max(chip.sizeHint().width() for chip in self._chips.values())
        return QSize(chip + self._more.sizeHint().width() + 12, self._more.sizeHint().height())

    def sizeHint(self) -> QSize:
        """No more than the place gives."""
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the chips anew."""
        super().resizeEvent(event)
        self._arrange()
