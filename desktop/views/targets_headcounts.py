"""Entering headcounts: how many workers each unit has on a day."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QDialog, QHeaderView, QWidget

from desktop.models import register
from desktop.models.actions.units import HeadcountDraft, RecordHeadcount
from desktop.models.engines.sqlite import Connection
from desktop.models.figures import headcounts
from desktop.models.tree import unit_tree
from desktop.programme.calendar import today_in_vietnam
from desktop.programme.wording import amount
from desktop.text import _
from desktop.vietnamese.dates import PartialDate
from desktop.vietnamese.folding import syllable_key
from desktop.views.boxes import DateBox
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.targets_pasting import number_of, read_pasted
from desktop.views.targets_table import TypedTable
from desktop.views.widgets import button, column, label, line, name, tell


@dataclass(frozen=True, slots=True)
class Heads:
    """Every unit in the order of the tree, with its headcount where one is known."""

    units: tuple[tuple[str, int, int | None], ...]


def read_heads(connection: Connection, on: date) -> Heads:
    """Read the headcounts of a day; the depth in the tree stands beside each name."""
    known = headcounts(connection, unit_tree(connection, on), on)
    lines = register.units(connection)
    return Heads(tuple((one.name, one.depth, known.get(one.id)) for one in lines))


class HeadcountSheet(QDialog):
    """A line for each unit."""

    def __init__(self, parent: QWidget | None, desk: Desk, doing: Doing) -> None:
        super().__init__(parent)
        self._desk, self._doing = desk, doing
        self.setWindowTitle(_("Headcounts of the units"))
        self.names: list[str] = []
        self._kept: list[str] = []
        today = today_in_vietnam(desk.app.clock())
        self._today = today
        self.day = DateBox()
        self.day.set_value(PartialDate(today.year, today.month, today.day))
        name(self.day, _("Counted on"))
        self.day.setFixedWidth(110)
        self.table = TypedTable(
            _("Headcounts of the units"), _("Ctrl+V pastes two columns: unit and number")
        )
        self.table.pasted.connect(self.paste)
        self.trouble = label(tone="bad", wrap=True)
        said = label(
            _("Participation is worked out from these. A superior without a number has the sum."),
            tone="quiet",
            wrap=True,
        )
        head = line(label(_("Counted on")), self.day, said)
        head.setStretch(2, 1)
        save = button(_("Save"), self.save, kind="primary")
        foot = line(self.trouble, button(_("Cancel"), self.reject), save)
        foot.setStretch(0, 1)
        whole = column(head, self.table, foot, margins=14)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.resize(620, 480)
        self._desk.read(lambda connection: read_heads(connection, today), self._show, key="heads")

    def _show(self, heads: Heads) -> None:
        self.names = [unit for unit, _depth, _count in heads.units]
        with QSignalBlocker(self.table):
            self.table.setColumnCount(2)
            self.table.setRowCount(len(heads.units))
            self.table.setHorizontalHeaderLabels([_("Unit"), _("Workers")])
            self._kept = []
            for row, (unit, depth, count) in enumerate(heads.units):
                self.table.set_cell(row, 0, "    " * depth + unit, typed=False)
                text = "" if count is None else amount(count)
                self._kept.append(text)
                self.table.set_cell(row, 1, text)
            header = self.table.horizontalHeader()
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
            self.table.setColumnWidth(1, 120)
        if heads.units:
            self.table.setCurrentCell(0, 1)
        self.table.setFocus()

    def paste(self, text: str) -> None:
        """Take numbers copied with the names of their units, or one number for this cell."""
        found = read_pasted(text)
        rows = {syllable_key(unit): row for row, unit in enumerate(self.names)}
        unknown = []
        for unit, values in found.rows:
            row = rows.get(syllable_key(unit))
            if row is None:
                unknown.append(unit)
            elif values and values[0] is not None:
                self.table.set_cell(row, 1, amount(values[0]))
        if not found.rows and number_of(text) is not None and self.table.currentRow() >= 0:
            self.table.set_cell(self.table.currentRow(), 1, text.strip())
        said = _("No unit of that name: {units}.").format(units=", ".join(unknown[:4]))
        tell(self.trouble, said if unknown else "", "bad")

    def drafts(self, day: date) -> list[HeadcountDraft]:
        """The numbers that were changed."""
        return [
            HeadcountDraft(unit, day, value)
            for row, unit in enumerate(self.names)
            if (text := self.table.cell(row, 1)) != self._kept[row]
            and (value := number_of(text)) is not None
        ]

    def save(self) -> None:
        """Save what was changed."""
        self.table.setFocus()
        day = self.day.value()
        if not isinstance(day, PartialDate) or day.day is None:
            tell(self.trouble, _("Give the day of the count, such as 31/12/2022."), "bad")
            return
        for row in range(len(self.names)):
            text = self.table.cell(row, 1)
            if text and number_of(text) is None:
                self.table.setCurrentCell(row, 1)
                said = _("“{text}” is no whole number. Correct this cell.")
                tell(self.trouble, said.format(text=text), "bad")
                return
        drafts = self.drafts(day.first)
        said = _("Saved the headcount of {count} units.").format(count=len(drafts))
        if not drafts or self._doing.do(RecordHeadcount(tuple(drafts)), said) is not None:
            self.accept()
