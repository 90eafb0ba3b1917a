"""How the office numbers its papers, among the settings: series, patterns, first numbers."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QHeaderView, QTableWidgetItem, QWidget

from desktop.errors import UserError
from desktop.models import issuing
from desktop.models.actions.issuing import ReviseNumbering
from desktop.models.engines.sqlite import Connection
from desktop.models.numbering import TYPES, Mode, Numbering, Start, written
from desktop.models.registers import written_by_hand
from desktop.text import _
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.targets_table import TypedTable
from desktop.views.widgets import button, column, label, line, name, plain, tell

_TYPE, _PATTERN, _GROUP, _APART, _FIRST, _NEXT = range(6)


@dataclass(frozen=True, slots=True)
class Kept:
    """The numbering that is kept, and the next number of each type this year as it would stand.

    ``trouble`` says why the next numbers are not known, blank where they are.
    """

    numbering: Numbering
    year: int
    due: tuple[str, ...]
    trouble: str = ""


class NumberingForm(QWidget):
    """The numbers of papers."""

    def __init__(self, desk: Desk, doing: Doing) -> None:
        super().__init__()
        self._desk, self._doing = desk, doing
        self.kept: Kept | None = None
        self.mode = QComboBox()
        self.mode.addItem(_("Each type has its own series"), Mode.TYPE)
        self.mode.addItem(_("One series for all"), Mode.SHARED)
        self.mode.addItem(_("A series for each group"), Mode.GROUPS)
        name(self.mode, _("Which papers are counted together"))
        self.mode.currentIndexChanged.connect(lambda _at: self._show_groups())
        self.table = TypedTable(_("Numbers of papers"))
        self.trouble = label(tone="bad", wrap=True)
        self.keep = button(_("Save"), self.save, kind="primary")
        said = label(
            _(
                "{n} is the number, {symbol} the symbol that the form prints (QĐ-LĐLĐ); {type}, "
                "{organ} and {year} may stand too. Numbers that were given stay as they are."
            ),
            tone="quiet",
            wrap=True,
        )
        head = line(label(_("Numbers of papers"), role="heading"), None, self.keep)
        self.setLayout(
            column(head, line(self.mode, None), self.table, said, self.trouble, spacing=6)
        )
        self.trouble.hide()
        self.table.verticalHeader().hide()
        # All of its rows, so that only the page around it scrolls.
        rows = self.table.verticalHeader().defaultSectionSize() * len(TYPES)
        self.table.setFixedHeight(rows + self.fontMetrics().height() * 3)

    def read(self) -> None:
        """Show the numbering that is kept."""
        store = self._desk.store
        if store is None:
            return
        year = store.clock().year
        office, folder = store.office(), store.folder

        def work(connection: Connection) -> Kept:
            numbering = issuing.read_numbering(connection)
            counted = [one.type for one in numbering.types if not one.apart]
            lines = written_by_hand(connection, office.name)
            try:
                known = issuing.remembered(folder)
            except UserError as error:
                # First numbers are noted here where what was given before is lost.
                return Kept(numbering, year, ("–",) * len(numbering.types), str(error))
            floors = issuing.highest_of(issuing.written_down(lines, counted), known)
            due = []
            for one in numbering.types:
                count = issuing.next_ordinal(connection, numbering, one.type, year, floors)
                symbol = "-".join(part for part in (one.type, office.symbol) if part)
                due.append(written(one, count, symbol=symbol, organ=office.symbol, year=year))
            return Kept(numbering, year, tuple(due))

        self._desk.read(work, self._show, key="numbering")

    def _show(self, kept: Kept) -> None:
        self.kept = kept
        first = _("First in {year}").format(year=kept.year)
        heads = [
            _("Type of paper"),
            _("Written as"),
            _("Series group"),
            _("Own book"),
            first,
            _("Next number"),
        ]
        with QSignalBlocker(self.table), QSignalBlocker(self.mode):
            self.mode.setCurrentIndex(self.mode.findData(kept.numbering.mode))
            self.table.setColumnCount(len(heads))
            self.table.setHorizontalHeaderLabels(heads)
            self.table.setRowCount(len(kept.numbering.types))
            for row in range(len(kept.numbering.types)):
                self._show_row(row, kept)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_TYPE, QHeaderView.ResizeMode.Stretch)
        tell(self.trouble, kept.trouble, "bad")
        self.trouble.setVisible(bool(kept.trouble))
        self._show_groups()

    def _show_row(self, row: int, kept: Kept) -> None:
        rule = kept.numbering.types[row]
        first = next(
            (
                one.first
                for one in kept.numbering.starts
                if (one.year, one.type) == (kept.year, rule.type)
            ),
            None,
        )
        self.table.set_cell(row, _TYPE, f"{rule.type} · {rule.name}", typed=False)
        told = self.table.item(row, _TYPE)
        if told is not None:
            told.setToolTip(plain(told.text()))
        self.table.set_cell(row, _PATTERN, rule.pattern, right=False)
        self.table.set_cell(row, _GROUP, rule.group, right=False)
        self.table.set_cell(row, _FIRST, str(first) if first else "")
        self.table.set_cell(row, _NEXT, kept.due[row], typed=False, right=False)
        tick = QTableWidgetItem()
        tick.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
        tick.setCheckState(Qt.CheckState.Checked if rule.apart else Qt.CheckState.Unchecked)
        self.table.setItem(row, _APART, tick)

    def _show_groups(self) -> None:
        self.table.setColumnHidden(_GROUP, self.mode.currentData() != Mode.GROUPS)

    def numbering(self, kept: Kept) -> Numbering:
        """What stands in the boxes; ValueError with a first number that is no number."""
        types, starts = [], [one for one in kept.numbering.starts if one.year != kept.year]
        for row, rule in enumerate(kept.numbering.types):
            tick = self.table.item(row, _APART)
            types.append(
                replace(
                    rule,
                    pattern=self.table.cell(row, _PATTERN),
                    group=self.table.cell(row, _GROUP),
                    apart=tick is not None and tick.checkState() is Qt.CheckState.Checked,
                )
            )
            typed = self.table.cell(row, _FIRST)
            if typed:
                if not typed.isdecimal():
                    raise ValueError(typed)
                starts.append(Start(kept.year, rule.type, int(typed)))
        return Numbering(self.mode.currentData(), tuple(types), tuple(starts))

    def save(self) -> None:
        """Save the numbering."""
        self.table.setFocus()
        if self.kept is None:
            return
        try:
            numbering = self.numbering(self.kept)
        except ValueError as error:
            said = _("“{text}” is no whole number. Correct this cell.").format(text=error)
            tell(self.trouble, said, "bad")
            self.trouble.show()
            return
        if self._doing.do(ReviseNumbering(numbering), _("The numbering was saved.")) is not None:
            self.read()
