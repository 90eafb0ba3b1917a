"""The sheet of keys (Ctrl+/): every key of the program on one page."""

from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from desktop.text import N_, _
from desktop.views.widgets import button, column, label, line, rule

KEYS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        N_("Places"),
        (
            ("Ctrl+1 … Ctrl+6", N_("Go to a place")),
            ("Ctrl+7", N_("Issued papers")),
            ("Ctrl+8", N_("Wording of papers")),
            ("Ctrl+F", N_("Search")),
            ("F4", N_("Record beside the list")),
            ("Ctrl+/", N_("This sheet")),
            ("F1", N_("Help on the field")),
        ),
    ),
    (
        N_("List"),
        (
            ("Ctrl+N", N_("Add an initiative")),
            ("Enter, F2", N_("Open")),
            ("Delete", N_("Move to the recycle bin")),
            ("Ctrl+A", N_("Select all")),
            ("Ctrl+P", N_("Print")),
            ("Ctrl+I, Ctrl+E", N_("Import, export")),
        ),
    ),
    (
        N_("Form"),
        (
            ("Enter", N_("Next field")),
            ("Alt+1 … Alt+9", N_("Go to a field by its number")),
            ("F5, F6", N_("Add a line, take it out")),
            ("Ctrl+S", N_("Save")),
            ("Ctrl+Enter", N_("Save and add another")),
            ("Esc", N_("Close; what you typed is kept as a draft")),
        ),
    ),
    (
        N_("Preview of papers"),
        (
            ("Page Up, Page Down", N_("Turn pages")),
            ("Home, End", N_("First page, last page")),
            ("Ctrl+F, F3", N_("Search in the paper, go on")),
        ),
    ),
    (
        N_("Everywhere"),
        (
            ("Ctrl+Z, Ctrl+Y", N_("Undo, redo")),
            ("Ctrl+= , Ctrl+- , Ctrl+0", N_("Larger, smaller, usual letters")),
        ),
    ),
)


class KeySheet(QDialog):
    """All keys in two columns."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keys"))
        halves = (column(spacing=10), column(spacing=10))
        for number, (heading, keys) in enumerate(KEYS):
            halves[number % 2].addLayout(_group(_(heading), keys))
        for half in halves:
            half.addStretch(1)
        close = button(_("Close"), self.accept, kind="primary")
        both = line(*halves, spacing=34)
        self.setLayout(column(both, 6, line(None, close), margins=20))


def _group(heading: str, keys: tuple[tuple[str, str], ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(5)
    grid.addWidget(label(heading, role="heading"), 0, 0, 1, 2)
    grid.addWidget(rule(), 1, 0, 1, 2)
    for number, (key, words) in enumerate(keys, start=2):
        grid.addWidget(label(key, tone="calm"), number, 0)
        grid.addWidget(label(_(words)), number, 1)
    grid.setColumnStretch(1, 1)
    return grid
