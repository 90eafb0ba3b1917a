"""Entering targets: the table of the plan, pasted or typed, given and pledged."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, QSize
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QGridLayout,
    QHeaderView,
    QTableWidgetItem,
    QWidget,
)

from desktop.models import register
from desktop.models.actions.units import SetTargets, TargetDraft
from desktop.models.engines.sqlite import Connection
from desktop.models.standings import own_campaigns, target_lines
from desktop.programme import periods
from desktop.programme.shape import Programme
from desktop.programme.standing import Period
from desktop.programme.targets import ORIGINS, Origin, TargetLine, stages_off_total
from desktop.programme.wording import amount
from desktop.text import _, counted
from desktop.vietnamese.folding import syllable_key
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.targets_pasting import (
    PastedTable,
    number_of,
    period_guesses,
    read_pasted,
    sums_of,
)
from desktop.views.targets_table import TypedTable
from desktop.views.widgets import button, clear, column, label, line, name, scrolled, tell


@dataclass(frozen=True, slots=True)
class Plans:
    """The targets that stand, by origin and unit, and what they may be set for."""

    targets: dict[str, list[TargetLine]]
    periods: tuple[Period, ...]
    units: frozenset[str]


def read_plans(connection: Connection, programme: Programme) -> Plans:
    """Read the targets of a programme."""
    names = {line.id: line.name for line in register.units(connection)}
    found = target_lines(connection, programme.code)
    own = own_campaigns(connection, programme.code)
    offered = [periods.whole(programme), *periods.stages(programme)]
    for kind in ("year", "quarter", "month"):
        offered += periods.periods(kind, programme)
    offered += periods.campaigns(programme, own)
    return Plans(
        {names[unit]: lines for unit, lines in found.items()},
        tuple(offered),
        frozenset(syllable_key(one) for one in names.values()),
    )


class TargetsSheet(QDialog):
    """The table of targets of one origin at a time."""

    def __init__(self, parent: QWidget | None, desk: Desk, doing: Doing) -> None:
        super().__init__(parent)
        self._desk, self._doing = desk, doing
        self.setWindowTitle(_("Targets of the units"))
        self.plans: Plans | None = None
        self.titles: list[str] = []
        self.choices: list[QComboBox] = []
        self._sums: tuple[int | None, ...] = ()
        self._unread: tuple[str, ...] = ()
        self._shown: Origin = "given"
        self.origin = QComboBox()
        self.origin.addItem(_("Given by the superior union"), "given")
        self.origin.addItem(_("Pledged by the units themselves"), "pledged")
        name(self.origin, _("Whose targets"))
        self.origin.currentIndexChanged.connect(lambda _at: self._turn())
        self.table = TypedTable(_("Targets of the units"), _("Ctrl+V pastes the table of the plan"))
        self.table.pasted.connect(self.paste)
        self.table.itemChanged.connect(lambda _item: self._tell())
        self.heads = QGridLayout()
        self.told, self.trouble = label(wrap=True), label(tone="bad", wrap=True)
        self._compose()
        self._read()

    def _compose(self) -> None:
        self.keep = button(_("Save"), self.save, kind="primary")
        paste = button(_("Paste the table"), self.paste_clipboard, tip="Ctrl+V")
        more = button(_("Add a line"), self.add_line)
        less = button(_("Remove the line"), self.remove_line)
        said = label(
            _(
                "Copy the table of the plan in Excel or Word, with its column titles, and paste "
                "it here. Or type."
            ),
            tone="quiet",
            wrap=True,
        )
        top = line(self.origin, said, paste)
        top.setStretch(1, 1)
        holder = QWidget()
        holder.setLayout(self.heads)
        self.heads.setContentsMargins(0, 0, 6, 0)
        self.heads.setVerticalSpacing(3)
        self._heads_area = scrolled(holder)
        self._heads_area.setMaximumHeight(96)
        notes = QWidget()
        notes.setLayout(column(self.told, None))
        area = scrolled(notes)
        area.setFixedHeight(66)
        foot = line(more, less, self.trouble, button(_("Cancel"), self.reject), self.keep)
        foot.setStretch(2, 1)
        whole = column(top, self._heads_area, self.table, area, foot, margins=14, spacing=7)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.resize(880, 530)

    def _read(self) -> None:
        store = self._desk.store
        if store is None:
            return
        programme = store.programme

        def work(connection: Connection) -> Plans:
            return read_plans(connection, programme)

        self._desk.read(work, self._take, key="targets sheet")

    def _take(self, plans: Plans) -> None:
        self.plans = plans
        self._show_kept()

    def _turn(self) -> None:
        self._shown = self.origin.currentData()
        self._show_kept()

    def _kept(self, origin: str) -> dict[str, list[TargetLine]]:
        if self.plans is None:
            return {}
        return {
            unit: mine
            for unit, lines in self.plans.targets.items()
            if (mine := [one for one in lines if one.origin == origin])
        }

    def _show_kept(self) -> None:
        """Show the targets that stand; where there are none, empty lines to type into."""
        if self.plans is None or self._desk.store is None:
            return
        kept = self._kept(self._shown)
        lines = [one for mine in kept.values() for one in mine if not one.dimension]
        found = {one.period: one.label for one in lines}
        programme = self._desk.store.programme
        usual = {period.key: period.label for period in _usual(programme)}
        order = [period.key for period in self.plans.periods]
        keys = sorted(found or usual, key=lambda key: order.index(key) if key in order else 999)
        titles = [found.get(key) or self._label(key) for key in keys]
        rows = []
        for unit, mine in kept.items():
            values = {one.period: one.value for one in mine if not one.dimension}
            if values:
                rows.append((unit, tuple(values.get(key) for key in keys)))
        self._sums, self._unread = (), ()
        self._fill(titles, keys, rows)

    def _label(self, key: str) -> str:
        every = self.plans.periods if self.plans is not None else ()
        return next((period.label for period in every if period.key == key), key)

    def _fill(
        self,
        titles: Sequence[str],
        keys: Sequence[str],
        rows: Sequence[tuple[str, Sequence[int | None]]],
    ) -> None:
        self.titles = list(titles)
        self._fill_heads(keys)
        with QSignalBlocker(self.table):
            self.table.setColumnCount(1 + len(titles))
            self.table.setRowCount(len(rows) + (0 if rows else 3))
            self.table.setHorizontalHeaderLabels([_("Unit"), *titles])
            for row, (unit, values) in enumerate(rows):
                self.table.set_cell(row, 0, unit)
                for at, value in enumerate(values, start=1):
                    self.table.set_cell(row, at, "" if value is None else amount(value))
            header = self.table.horizontalHeader()
            header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._tell()

    def _fill_heads(self, keys: Sequence[str]) -> None:
        """For each column of figures the choice of the period that it means."""
        clear(self.heads)
        self.choices = []
        for at, (title, key) in enumerate(zip(self.titles, keys, strict=True)):
            choice = QComboBox()
            for period in self.plans.periods if self.plans is not None else ():
                choice.addItem(period.label, period.key)
            choice.setCurrentIndex(choice.findData(key))
            choice.currentIndexChanged.connect(lambda _at: self._tell())
            spoken = _("Column “{title}” is the target of").format(title=title)
            name(choice, spoken)
            self.choices.append(choice)
            row, across = divmod(at, 2)
            self.heads.addWidget(label(spoken, tone="quiet", wrap=True), row, across * 2)
            self.heads.addWidget(choice, row, across * 2 + 1)
            self.heads.setColumnStretch(across * 2, 1)

    # Pasting and typing.

    def paste_clipboard(self) -> None:
        """Paste what was copied elsewhere."""
        self.paste(QApplication.clipboard().text())

    def paste(self, text: str) -> None:
        """Take a table that was copied; a single cell goes where the cursor stands."""
        found = read_pasted(text)
        store = self._desk.store
        if not found.rows or not found.rows[0][1] or store is None:
            self._paste_cell(text)
            return
        self._take_pasted(found, store.programme)

    def _take_pasted(self, found: PastedTable, programme: Programme) -> None:
        keys = period_guesses(found.titles, programme)
        titles = [title or self._label(key) for title, key in zip(found.titles, keys, strict=True)]
        self._sums, self._unread = found.sums, found.unread
        self._fill(titles, keys, found.rows)

    def _paste_cell(self, text: str) -> None:
        words = text.strip()
        if not words or "\n" in words or "\t" in words:
            tell(
                self.trouble,
                _("What was copied is no table with units and figures. Copy the table again."),
                "bad",
            )
            return
        at, row = max(self.table.currentColumn(), 0), max(self.table.currentRow(), 0)
        self.table.set_cell(row, at, words)

    def add_line(self) -> None:
        """Add an empty line at the end, and stand on it."""
        self.table.insertRow(self.table.rowCount())
        self.table.setCurrentCell(self.table.rowCount() - 1, 0)
        self.table.setFocus()

    def remove_line(self) -> None:
        """Take the current line out."""
        if self.table.currentRow() >= 0:
            self.table.removeRow(self.table.currentRow())
            self._tell()

    # What is there.

    def lines(self) -> list[tuple[str, list[int | None]]]:
        """The units with their figures as they stand in the table."""
        found = []
        for row in range(self.table.rowCount()):
            unit = self.table.cell(row, 0)
            texts = [self.table.cell(row, at) for at in range(1, self.table.columnCount())]
            if unit or any(texts):
                found.append((unit, [number_of(text) for text in texts]))
        return found

    def drafts(self) -> list[TargetDraft]:
        """The targets as they would be saved."""
        keys = [str(choice.currentData() or "") for choice in self.choices]
        return [
            TargetDraft(unit, key, value, title, self._shown)
            for unit, values in self.lines()
            for key, title, value in zip(keys, self.titles, values, strict=True)
            if value is not None and key
        ]

    def _tell(self) -> None:
        """The sums, and what does not add up: shown, never put right."""
        tell(self.trouble, "", "bad")
        lines = self.lines()
        sums = sums_of((values for _unit, values in lines), len(self.titles))
        shown = "; ".join(
            f"{title}: {amount(value)}" for title, value in zip(self.titles, sums, strict=True)
        )
        said = [_("Sum of {count} units: {sums}.").format(count=len(lines), sums=shown)]
        off = [*self._off_sums(sums), *self._off_units(lines)]
        said += [*off, *self._new_units(lines)]
        if self._unread:
            said.append(
                _("Not read as figures: {cells}.").format(cells="; ".join(self._unread[:5]))
            )
        tell(self.told, "\n".join(said), "warn" if off or self._unread else "quiet")

    def _off_sums(self, sums: Sequence[int]) -> Iterable[str]:
        for title, mine, theirs in zip(self.titles, sums, self._sums, strict=False):
            if theirs is not None and mine != theirs:
                yield _(
                    "“{title}”: the plan's own row of sums says {theirs}, its lines add up to "
                    "{mine}. Both are kept as they stand; check the plan."
                ).format(title=title, theirs=amount(theirs), mine=amount(mine))

    def _off_units(self, lines: Sequence[tuple[str, list[int | None]]]) -> Iterable[str]:
        keys = [str(choice.currentData() or "") for choice in self.choices]
        for unit, values in lines:
            targets = [
                TargetLine(key, value)
                for key, value in zip(keys, values, strict=True)
                if value is not None
            ]
            off = stages_off_total(targets)
            if off is not None:
                yield _("{unit}: the stages add up to {stages}, in all it says {total}.").format(
                    unit=unit, stages=amount(off[1]), total=amount(off[0])
                )

    def _new_units(self, lines: Sequence[tuple[str, list[int | None]]]) -> Iterable[str]:
        known = self.plans.units if self.plans is not None else frozenset()
        fresh = [unit for unit, _values in lines if unit and syllable_key(unit) not in known]
        if fresh:
            said = counted(
                "{count} unit is new and will be added: {units}.",
                "{count} units are new and will be added: {units}.",
                len(fresh),
            )
            more = "…" if len(fresh) > 4 else ""
            yield said.format(count=len(fresh), units=", ".join(fresh[:4]) + more)

    def _wrong(self) -> str:
        """What keeps the table from being saved, the cursor put there; blank: nothing."""
        keys = [choice.currentData() for choice in self.choices]
        if len(set(keys)) < len(keys) or None in keys:
            return _("Two columns are the target of the same period. Choose another for one.")
        for row in range(self.table.rowCount()):
            texts = [self.table.cell(row, at) for at in range(self.table.columnCount())]
            for at, text in enumerate(texts[1:], start=1):
                if text and text not in {"-", "–"} and number_of(text) is None:
                    self.table.setCurrentCell(row, at)
                    return _("“{text}” is no whole number. Correct this cell.").format(text=text)
            if any(texts[1:]) and not texts[0]:
                self.table.setCurrentCell(row, 0)
                return _("This line has figures and no unit. Write the unit's name.")
        return ""

    def save(self) -> None:
        """Save the targets of this origin; those of the other one stay as they are."""
        self._leave_cell()
        wrong = self._wrong()
        if wrong:
            tell(self.trouble, wrong, "bad")
            return
        drafts = [*self.drafts(), *self._carried(self._shown, only_parts=True)]
        other: Origin = ORIGINS[1] if self._shown == ORIGINS[0] else ORIGINS[0]
        said = _("Saved the targets of {count} units.").format(
            count=len({one.unit for one in drafts})
        )
        if drafts:
            outcome = self._doing.do(SetTargets(tuple(drafts)), said)
        else:
            outcome = self._doing.do(SetTargets(()), said)
            rest = self._carried(other, only_parts=False)
            if rest and outcome is not None:
                outcome = self._doing.do(SetTargets(tuple(rest)), said)
        if outcome is not None:
            self.accept()

    def _leave_cell(self) -> None:
        """Take over what is still being typed into a cell."""
        item = self.table.currentItem() or QTableWidgetItem()
        self.table.setFocus()
        self.table.closePersistentEditor(item)

    def _carried(self, origin: Origin, *, only_parts: bool) -> list[TargetDraft]:
        """Targets that this sheet does not show, kept as they are."""
        return [
            TargetDraft(
                *(unit, one.period, one.value, one.label, origin),
                one.dimension,  # type: ignore[arg-type]
                one.choice,
            )
            for unit, lines in self._kept(origin).items()
            for one in lines
            if one.dimension or not only_parts
        ]

    def sizeHint(self) -> QSize:
        """Room for a district's plan."""
        return QSize(880, 530)


def _usual(programme: Programme) -> list[Period]:
    return [periods.whole(programme), *periods.stages(programme)]
