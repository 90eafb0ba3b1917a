"""The history of one record: who changed what and when, field by field, from the newest back."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTreeWidget, QTreeWidgetItem, QWidget

from desktop.models.differences import Difference, differences
from desktop.models.engines.sqlite import Connection
from desktop.models.journal import EntryLine
from desktop.text import _
from desktop.views.amounts import when
from desktop.views.desk import Desk
from desktop.views.widgets import button, column, label, line, name, plain

_MOST = 200
"""So many acts are shown; older ones are in the journal all the same."""
_LONG = 160


@dataclass(frozen=True, slots=True)
class Act:
    """One act, and the fields of the record that it changed."""

    line: EntryLine
    changed: tuple[Difference, ...]


class HistorySheet(QDialog):
    """Every act that touched a record, with the fields before and after."""

    def __init__(self, parent: QWidget | None, desk: Desk, record: int, code: str) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle(_("History of {code}").format(code=code))
        self.tree = QTreeWidget()
        self.tree.setColumnCount(3)
        self.tree.setHeaderLabels([_("What was changed"), _("Before"), _("After")])
        self.tree.setRootIsDecorated(True)
        self.tree.setWordWrap(True)
        self.tree.setAlternatingRowColors(True)
        name(self.tree, _("History of {code}").format(code=code))
        self._told = label(_("Reading…"), tone="quiet")
        close = button(_("Close"), self.accept, kind="primary")
        self.setLayout(column(self.tree, line(self._told, None, close), margins=14, spacing=8))
        self.resize(860, 520)
        self._read(record)

    def _read(self, record: int) -> None:
        store = self._desk.store
        if store is None:
            return

        def work(connection: Connection) -> list[Act]:
            lines = store.journal.history(initiative=record, limit=_MOST)
            return [Act(one, tuple(differences(connection, one.entry, record))) for one in lines]

        self._desk.read(work, self._show, key="history")

    def _show(self, acts: list[Act]) -> None:
        today = self._desk.app.clock().date()
        self.tree.clear()
        for act in acts:
            said = f"{when(act.line.time, today)} · {act.line.user}: {act.line.label}"
            if act.line.undone_by:
                said = _("{act} (undone)").format(act=said)
            top = QTreeWidgetItem([said])
            self.tree.addTopLevelItem(top)
            top.setFirstColumnSpanned(True)
            for one in act.changed:
                top.addChild(self._line(one))
            top.setExpanded(act is acts[0])
        for at, share in enumerate((0.34, 0.33)):
            self.tree.setColumnWidth(at, int(self.tree.viewport().width() * share))
        self._told.setText(_("{count} changes").format(count=len(acts)))

    @staticmethod
    def _line(one: Difference) -> QTreeWidgetItem:
        field = f"{one.record}: {one.field}" if one.record else one.field
        texts = [field, one.before or "–", one.after or "–"]
        shown = [text if len(text) <= _LONG else f"{text[:_LONG]}…" for text in texts]
        item = QTreeWidgetItem(shown)
        for at, text in enumerate(texts):
            item.setTextAlignment(at, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            item.setToolTip(at, plain(text))
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, ", ".join(shown))
        return item
