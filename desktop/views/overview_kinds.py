"""The page of the overview by category, object group or field: every figure leads to its list."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from desktop.models import figures
from desktop.models.engines.sqlite import Connection
from desktop.programme.shape import Programme
from desktop.programme.standing import Counts, Period
from desktop.programme.wording import amount
from desktop.text import N_, _
from desktop.views.desk import Desk
from desktop.views.overview_period import PeriodChooser
from desktop.views.overview_reading import listing_over
from desktop.views.overview_units import FIGURES, figure_name
from desktop.views.register_place import Wish
from desktop.views.widgets import card, column, label, line, name, only_read

DIMENSIONS = (
    ("category", N_("By category")),
    ("group", N_("By object group")),
    ("field", N_("By field of application")),
)
"""By what is counted: the name of the list's filter, and words."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_TONES = {"eligible": "good", "ineligible": "bad", "review": "warn"}


@dataclass(frozen=True, slots=True)
class KindLine:
    """What is kept of one choice: as it stands in the records (None: of all), and its name."""

    choice: str | None
    words: str
    counts: Counts


def read_kinds(
    connection: Connection, programme: Programme, period: Period, on: date, dimension: str
) -> list[KindLine]:
    """The sum, the choices of the programme in its order, then whatever else the records say."""
    counted = figures.count_choices(connection, period, on, dimension)
    known = choices_of(programme, dimension)
    others = sorted(one for one in counted if one and one not in known)
    lines = [KindLine(None, _("Total"), figures.all_of(counted.values()))]
    for choice, words in (*known.items(), *((one, one) for one in others)):
        lines.append(KindLine(choice, words, counted.get(choice, Counts())))
    if "" in counted:
        lines.append(KindLine("", _("Not said"), counted[""]))
    return lines


def choices_of(programme: Programme, dimension: str) -> dict[str, str]:
    """What the programme has to choose from, by what stands in the records, with its words."""
    if dimension == "category":
        return {one.code: f"{one.code}  {one.label}" for one in programme.categories}
    listed = programme.groups if dimension == "group" else programme.fields
    return {one.name: one.label for one in listed}


class KindsPage(QWidget):
    """A line a choice with its figures; Enter or a double click lists what stands behind one."""

    def __init__(self, desk: Desk, chooser: PeriodChooser) -> None:
        super().__init__()
        self._desk, self._chooser = desk, chooser
        self.lines: list[KindLine] = []
        self._over: tuple[Period, date] | None = None
        self.by = QComboBox()
        for key, words in DIMENSIONS:
            self.by.addItem(_(words), key)
        self.by.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        name(self.by, _("By what is counted"))
        self.by.currentIndexChanged.connect(lambda _at: self.refresh())
        self._build_table()
        hint = label(_("Enter or a double click on a figure opens its list."), tone="quiet")
        head = line(self.by, hint, None, margins=(10, 8, 10, 0))
        inside = column(head, self.table, margins=1, spacing=5)
        inside.setStretch(1, 1)
        self.setLayout(column(card(inside)))
        self.dress()

    def _build_table(self) -> None:
        self.table = QTableWidget(0, len(FIGURES) + 2)
        self.table.setObjectName("lines")
        only_read(self.table, _("By kind"), _("Enter on a figure opens its list"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads = self.table.horizontalHeader()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        heads.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        names = [f"{said[:1].upper()}{said[1:]}" for said in map(figure_name, FIGURES)]
        titles = [_("Kind"), *names, _("Benefit of one year (đồng)")]
        self.table.setHorizontalHeaderLabels(titles)
        for at in range(len(titles)):
            head = self.table.horizontalHeaderItem(at)
            if head is not None:
                head.setTextAlignment(_RIGHT if at else _LEFT)
        self.table.cellActivated.connect(self._list)

    def dress(self) -> None:
        """Take the theme's colours and the font."""
        self.table.verticalHeader().setDefaultSectionSize(QFontMetrics(self.font()).height() + 10)
        self._fill()

    @property
    def dimension(self) -> str:
        """By what is counted."""
        return str(self.by.currentData())

    def refresh(self) -> None:
        """Count anew."""
        store, period, on = self._desk.store, self._chooser.period, self._chooser.on
        if store is None or period is None:
            return
        programme, dimension = store.programme, self.dimension

        def work(connection: Connection) -> list[KindLine]:
            return read_kinds(connection, programme, period, on, dimension)

        def show(found: list[KindLine]) -> None:
            self.lines, self._over = found, (period, on)
            self._fill()

        self._desk.read(work, show, key="overview kinds")

    def _fill(self) -> None:
        with QSignalBlocker(self.table):
            at = self.table.currentRow(), self.table.currentColumn()
            self.table.setRowCount(len(self.lines))
            for row, one in enumerate(self.lines):
                self._fill_row(row, one)
            self.table.setCurrentCell(min(max(at[0], 0), len(self.lines) - 1), max(at[1], 0))

    def _fill_row(self, row: int, one: KindLine) -> None:
        texts = [one.words, *(amount(one.counts.of(key)) for key in FIGURES)]
        for at, text in enumerate((*texts, amount(one.counts.benefit))):
            item = QTableWidgetItem(text)
            if at:
                item.setTextAlignment(_RIGHT)
            key = FIGURES[at - 1] if 0 < at <= len(FIGURES) else ""
            empty = bool(key) and not one.counts.of(key)
            tone = "quiet" if empty else _TONES.get(key, "")
            item.setForeground(self._desk.theme_colour(tone))
            if key:
                spoken = f"{one.words}: {text} {figure_name(key)}"
                item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            if one.choice is None:
                font = item.font()
                font.setBold(True)
                item.setFont(font)
            self.table.setItem(row, at, item)

    def _list(self, row: int, at: int) -> None:
        """Open the list behind a figure; behind the name everything that is recorded."""
        if self._over is None or not 0 <= row < len(self.lines):
            return
        figure = FIGURES[at - 1] if 0 < at <= len(FIGURES) else "recorded"
        if at > len(FIGURES):
            figure = "entered"  # the benefit is that of what is entered
        made = listing_over(*self._over, figure)
        choice = self.lines[row].choice
        if choice is not None:
            narrowed: dict[str, Any] = {self.dimension: choice}
            made = replace(made, **narrowed)
        self._desk.go("initiatives", Wish(listing=made))
