"""A small table that is typed into, and into which tables from elsewhere are pasted."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHeaderView, QTableWidget, QTableWidgetItem

from desktop.views.widgets import name_table


class TypedTable(QTableWidget):
    """Rows of texts.

    *Signals:* ``pasted(text)`` when a table is pasted; what is typed comes as ``itemChanged``.
    """

    pasted = Signal(str)

    def __init__(self, spoken: str, help_text: str = "") -> None:
        super().__init__()
        name_table(self, spoken, help_text)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(QFontMetrics(self.font()).height() + 10)
        self.setCornerButtonEnabled(False)

    def set_cell(
        self, row: int, at: int, text: str, *, typed: bool = True, right: bool = True
    ) -> None:
        """Write a cell; figures stand at the right behind the first column, unless that is off."""
        item = QTableWidgetItem(text)
        if at and right:
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if not typed:
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        self.setItem(row, at, item)

    def cell(self, row: int, at: int) -> str:
        """The text of a cell."""
        item = self.item(row, at)
        return item.text().strip() if item is not None else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V pastes a table; Delete empties the cells that are selected."""
        text = (
            QApplication.clipboard().text() if event.matches(QKeySequence.StandardKey.Paste) else ""
        )
        if text:
            self.pasted.emit(text)
        elif event.key() == Qt.Key.Key_Delete:
            for item in self.selectedItems():
                if item.flags() & Qt.ItemFlag.ItemIsEditable:
                    item.setText("")
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """A few rows; the rest scrolls."""
        return QSize(300, 120)
