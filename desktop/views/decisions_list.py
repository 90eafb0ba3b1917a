"""The decisions as a list: the newest some hundred, and every older one by the search above it."""

from functools import partial

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QWidget

from desktop.models import reading
from desktop.models.reading import DecisionLine
from desktop.text import _, counted
from desktop.views.amounts import grouped
from desktop.views.desk import Desk
from desktop.views.widgets import column, label, name

SHOWN = 300
"""So many lines stand in the list at once."""
_DEBOUNCE = 250

_TO_LINES = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter})

Found = tuple[list[DecisionLine], int]


class DecisionsList(QWidget):
    """The list, its search, and how many of how many are shown.

    ``current`` is the id of the decision that is open, 0 for none: it stays in the list.

    *Signals:* ``chosen(line)`` when a decision was turned to; ``opened()`` when Enter was pressed
    on it.
    """

    chosen = Signal(object)
    opened = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.lines: list[DecisionLine] = []
        self.current = 0
        self._words, self._going = "", False
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Number, issuer, day  (Ctrl+F)"))
        self.search.setClearButtonEnabled(True)
        name(self.search, _("Search decisions"), _("Number, issuer or day, without tone marks."))
        self._icon = QAction(self.search)
        self.search.addAction(self._icon, QLineEdit.ActionPosition.LeadingPosition)
        self.list = plain_list(_("Decisions"))
        self.note = label(tone="quiet", wrap=True)
        self._timer = QTimer(self, singleShot=True, interval=_DEBOUNCE)
        self._timer.timeout.connect(self.refresh)
        self.search.textChanged.connect(self._typed)
        self.list.currentRowChanged.connect(self._choose)
        self.list.activated.connect(lambda _index: self.opened.emit())
        body = column(self.search, self.list, self.note, spacing=5)
        body.setStretch(1, 1)
        self.setLayout(body)

    def dress(self) -> None:
        """Take the theme's colours."""
        self._icon.setIcon(self._desk.icons.icon("search", self._desk.theme.quiet))

    @property
    def pending(self) -> bool:
        """Whether a search is still to start."""
        return self._timer.isActive()

    def refresh(self) -> None:
        """Read the lines for what is typed."""
        self._timer.stop()
        if self._desk.connection is None:
            return
        words = self.search.text().strip()
        work = partial(reading.find_decisions, words=words, most=SHOWN, also=self.current)
        self._desk.read(work, partial(self._show, words), key="decisions")

    def _typed(self, _text: str) -> None:
        self._going = False
        self._timer.start()

    def _show(self, words: str, found: Found) -> None:
        self._words = words
        self.lines, count = found
        with QSignalBlocker(self.list):
            self.list.clear()
            self.list.addItems([_said(one, issuer=bool(words)) for one in self.lines])
        self.mark(self.current)
        self.note.setText(_shown(len(self.lines), count, searched=bool(words)))
        if self._going and self.search.hasFocus():
            self._go_to_lines()

    def mark(self, decision: int) -> None:
        """Stand on a decision, where it is shown, without turning to it; 0 for none."""
        self.current = decision
        at = next((row for row, one in enumerate(self.lines) if one.id == decision), -1)
        with QSignalBlocker(self.list):
            self.list.setCurrentRow(at)

    def _choose(self, at: int) -> None:
        if 0 <= at < len(self.lines):
            self.current = self.lines[at].id
            self.chosen.emit(self.lines[at])

    def look_up(self) -> None:
        """Go to the search box."""
        self.search.setFocus()
        self.search.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and Enter in the search box go to the lines; Esc drops the words, in these too."""
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
        elif self.search.hasFocus() and event.key() in _TO_LINES:
            self._go_to_lines()
        else:
            super().keyPressEvent(event)

    def _go_to_lines(self) -> None:
        """Go to the lines of what is typed, once they are there."""
        self._going = self._words != self.search.text().strip()
        if self._going and self.pending:
            self.refresh()
        if self._going or not self.lines:
            return
        self.list.setFocus()
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)

    def minimumSizeHint(self) -> QSize:
        """The search and a few lines."""
        return QSize(200, 150)


class _Lines(QListWidget):
    """Lines of which none is turned to only because the focus comes by."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stay on the current line, or on none."""
        before = self.currentRow()
        with QSignalBlocker(self):
            super().focusInEvent(event)
            if before < 0:
                self.setCurrentRow(before)


def plain_list(spoken: str) -> QListWidget:
    """A list of lines that are cut where they are too long."""
    made = _Lines()
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setTextElideMode(Qt.TextElideMode.ElideRight)
    name(made, spoken)
    return made


def fit_lines(lines: QListWidget) -> None:
    """Make a list no higher than its lines; without any it is not there."""
    lines.setVisible(lines.count() > 0)
    lines.setMaximumHeight(lines.sizeHintForRow(0) * lines.count() + 2 * lines.frameWidth())


def _said(one: DecisionLine, *, issuer: bool) -> str:
    """A decision in lines: number and day; its issuer where that was looked for; what it holds."""
    day = f" – {one.draft.issued}" if one.draft.issued else ""
    scan = "" if one.scan else " · " + _("no scan")
    count = counted("{count} initiative", "{count} initiatives", one.initiatives)
    head = f"{one.draft.number or one.draft.issuer}{day}"
    by = f"\n{one.draft.issuer}" if issuer and one.draft.number and one.draft.issuer else ""
    return f"{head}{by}\n{count.format(count=one.initiatives)}{scan}"


def _shown(shown: int, count: int, *, searched: bool) -> str:
    """How many of how many are shown."""
    numbers = {"shown": grouped(shown), "count": grouped(count)}
    if not count:
        return _("No decision holds these words.") if searched else _("No decision yet.")
    if shown < count and searched:
        return _("The newest {shown} of {count} found.").format(**numbers)
    if shown < count:
        return _("Shown: {shown} of {count}; the search finds the others.").format(**numbers)
    if searched:
        return _("Found: {count}.").format(**numbers)
    return counted("{count} decision", "{count} decisions", count).format(**numbers)
