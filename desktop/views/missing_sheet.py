"""Which dossiers lack something for a paper, and what: a list from which each is opened."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from desktop.tasks.completeness import Lack
from desktop.text import _
from desktop.views.widgets import button, column, label, line, name_table

_MOST = 500
"""So many lines are shown; the rest comes when these are done."""


class MissingSheet(QDialog):
    """The dossiers and what they lack; ``open_record`` is called for the one to complete."""

    def __init__(
        self,
        parent: QWidget | None,
        paper: str,
        lacks: Sequence[Lack],
        open_record: Callable[[int], object],
    ) -> None:
        super().__init__(parent)
        self._lacks, self._open = lacks[:_MOST], open_record
        self.setWindowTitle(_("What is missing"))
        said = _(
            "{count} dossiers lack something for “{paper}”. It is printed as dots, to be filled in "
            "by hand."
        ).format(count=len(lacks), paper=paper)
        self.table = QTableWidget(len(self._lacks), 3)
        self._fill()
        complete = button(_("Complete this one"), self._complete, kind="primary")
        row = line(None, button(_("Close"), self.reject), complete)
        head = label(said, role="heading", wrap=True)
        self.setLayout(column(head, self.table, row, margins=18, spacing=10))
        self.resize(760, 420)

    def _fill(self) -> None:
        table = self.table
        table.setObjectName("lines")
        table.setHorizontalHeaderLabels([_("Code"), _("Title"), _("Missing")])
        name_table(table, _("What is missing"))
        table.verticalHeader().hide()
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        for row, one in enumerate(self._lacks):
            for at, text in enumerate((one.code, one.title, ", ".join(one.parts))):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
                table.setItem(row, at, item)
        head = table.horizontalHeader()
        table.setColumnWidth(0, 90)
        table.setColumnWidth(1, 280)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.setCurrentCell(0, 0)
        table.itemActivated.connect(lambda _item: self._complete())

    def _complete(self) -> None:
        row = self.table.currentRow()
        if row >= 0:
            self.accept()
            self._open(self._lacks[row].initiative_id)
