"""The papers by what an office is doing when it needs them, as one list with headings."""

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from desktop.printing.papers import PAPERS, kind
from desktop.text import N_, _
from desktop.vietnamese.folding import fold
from desktop.views.widgets import column, name, plain

TASKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        N_("An initiative's dossier"),
        (
            *("dossier", "application", "description", "share-statement"),
            *("effect-confirmation", "application-enterprise", "application-education"),
        ),
    ),
    (N_("Taking in and answering"), ("receipt", "return-slip", "reply-slip")),
    (
        N_("Council"),
        (
            *("invitation", "score-sheet", "score-sheet-secret", "council-minutes"),
            *("recognition-decision", "certificate"),
        ),
    ),
    (N_("Lists and registers"), ("summary-list", "register-book", "outgoing-register")),
    (
        N_("Commendation"),
        (
            *("commendation-list", "submission", "commendation-decision"),
            *("award-paper", "award-calibration"),
        ),
    ),
    (N_("Reports and publicity"), ("progress-report", "publicity", "support-team")),
)
"""What an office is doing, and the papers that it needs for it, by key."""
_REST = N_("Others")
_KEY = Qt.ItemDataRole.UserRole


def grouped_papers() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The tasks with the keys of their papers; papers that no task names come last."""
    named = {key for _words, keys in TASKS for key in keys}
    yield from TASKS
    rest = tuple(paper.key for paper in PAPERS if paper.key not in named)
    if rest:
        yield _REST, rest


class PaperShelf(QWidget):
    """The list of papers, with a box to look one up without tone marks.

    *Signals:* ``chosen(key)`` when the user turns to another paper.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.words = QLineEdit()
        self.words.setPlaceholderText(_("Find a paper"))
        self.words.setClearButtonEnabled(True)
        name(self.words, _("Find a paper"))
        self.list = QListWidget()
        self.list.setObjectName("papers")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        name(self.list, _("What to print"))
        self._fill()
        self.words.textChanged.connect(self._narrow)
        self.words.returnPressed.connect(self._take_first)
        self.list.currentItemChanged.connect(lambda item, _before: self._turn(item))
        self.setLayout(column(self.words, self.list, spacing=6))

    def _fill(self) -> None:
        bold = QFont(self.list.font())
        bold.setBold(True)
        row = self.fontMetrics().height() + 7
        for words, keys in grouped_papers():
            heading = QListWidgetItem(_(words))
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            heading.setFont(bold)
            heading.setSizeHint(QSize(0, row + 8))
            self.list.addItem(heading)
            for key in keys:
                item = QListWidgetItem(f"  {kind(key).name}")
                item.setSizeHint(QSize(0, row))
                item.setData(_KEY, key)
                item.setToolTip(plain(kind(key).name))
                self.list.addItem(item)

    def dress(self, quiet: QColor) -> None:
        """Write the headings in the colour of quiet words."""
        for item in self._items():
            if not item.data(_KEY):
                item.setForeground(quiet)

    def _items(self) -> Iterator[QListWidgetItem]:
        return (self.list.item(row) for row in range(self.list.count()))

    def show_paper(self, key: str) -> None:
        """Stand on a paper without telling anyone."""
        for item in self._items():
            if item.data(_KEY) == key and self.list.currentItem() is not item:
                self.list.blockSignals(True)  # noqa: FBT003 - Qt takes it so
                self.list.setCurrentItem(item)
                self.list.blockSignals(False)  # noqa: FBT003 - Qt takes it so

    def _turn(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(_KEY):
            self.chosen.emit(item.data(_KEY))

    def _narrow(self, words: str) -> None:
        """Show the papers whose name holds the words; headings while there are none."""
        wanted = fold(words).strip()
        for item in self._items():
            is_paper = bool(item.data(_KEY))
            found = wanted in fold(item.text()) if is_paper else not wanted
            item.setHidden(not found)

    def _take_first(self) -> None:
        """Enter in the box turns to the first paper that is left."""
        for item in self._items():
            if item.data(_KEY) and not item.isHidden():
                self.list.setCurrentItem(item)
                self.list.setFocus()
                return

    def minimumSizeHint(self) -> QSize:
        """A few papers."""
        return QSize(170, 160)
