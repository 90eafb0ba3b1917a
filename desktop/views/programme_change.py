"""A change of the programme, seen before it is accepted: what is asked, what would change."""

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QHeaderView,
    QProgressBar,
    QTableView,
    QWidget,
)

from desktop.errors import UserError
from desktop.models.faults import explain
from desktop.models.store import Store
from desktop.models.values import eligibility_name
from desktop.programme.overrides import Setting, overridable
from desktop.progress import CancelledError, Progress
from desktop.tasks import adopting
from desktop.tasks.adopting import Proposal, choice_name, shown_value
from desktop.tasks.rechecking import Change, Changes, changes_in, recheck
from desktop.text import _, counted
from desktop.views.amounts import grouped
from desktop.views.asking import AskForm
from desktop.views.boxes import ChoiceBox, LineBox
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.jobs import Job
from desktop.views.widgets import (
    button,
    clear,
    column,
    label,
    line,
    name,
    only_read,
    plain,
    scrolled,
    tell,
)

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_PAGE = 100
"""So many lines are worked out when the table asks for more."""
_TONES = {"eligible": "good", "review": "warn", "ineligible": "bad"}


class ChangesGrid(QAbstractTableModel):
    """What would change, a line an initiative; more are worked out as the table is scrolled."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._found: Changes | None = None
        self._reading = False
        self.lines: list[Change] = []

    def show_changes(self, found: Changes) -> None:
        """Show these changes from the start."""
        self.beginResetModel()
        self._found, self.lines, self._reading = found, [], False
        self.endResetModel()
        self.fetchMore()

    def rowCount(self, parent: Index = _NONE) -> int:
        """How many lines are there already."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _NONE) -> int:
        """Code, title, before, after, why."""
        return 0 if parent.isValid() else 5

    def canFetchMore(self, parent: Index = _NONE) -> bool:
        """Whether there are more."""
        if parent.isValid() or self._found is None or self._reading:
            return False
        return len(self.lines) < len(self._found.ids)

    def fetchMore(self, parent: Index = _NONE) -> None:
        """Work the next lines out on the worker."""
        if not self.canFetchMore(parent):
            return
        found, start = self._found, len(self.lines)
        if found is None:
            raise AssertionError(start)
        self._reading = True
        self._desk.read(
            lambda connection: changes_in(connection, found, start, _PAGE), self._add, key="changes"
        )

    def _add(self, more: list[Change]) -> None:
        self._reading = False
        if not more:
            return
        start = len(self.lines)
        self.beginInsertRows(_NONE, start, start + len(more) - 1)
        self.lines += more
        self.endInsertRows()

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The titles of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return (_("Code"), _("Title"), _("Before"), _("After"), _("Why"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell; the verdict to come in its colour."""
        change = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(change)[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 3:
            return self._desk.theme_colour(_TONES.get(change.after, "quiet"))
        if role == Qt.ItemDataRole.ToolTipRole and index.column() in {1, 4}:
            return plain(self._words(change)[index.column()])
        return None

    @staticmethod
    def _words(change: Change) -> tuple[str, ...]:
        before, after = eligibility_name(change.before) or "–", eligibility_name(change.after)
        if change.stage_before != change.stage_after:
            before = f"{before} · {_stage_words(change.stage_before)}"
            after = f"{after} · {_stage_words(change.stage_after)}"
        why = "  ".join(one.message for one in change.why)
        return change.code, change.title, before, after, why


def _stage_words(number: int | None) -> str:
    return _("no stage") if number is None else _("stage {number}").format(number=number)


class ReviewSheet(QDialog):
    """What a programme would change: checked as a job, shown as a table, then accepted or not.

    Until it is accepted nothing is written. ``outcome`` is what accepting gave.
    """

    def __init__(
        self, parent: QWidget | None, desk: Desk, doing: Doing, proposal: Proposal, said: str
    ) -> None:
        super().__init__(parent)
        self._desk, self._doing, self._proposal = desk, doing, proposal
        self._job: Job | None = None
        self._accepting = False
        self.found: Changes | None = None
        self.setWindowTitle(_("What would change"))
        self._compose(said)
        desk.reads.progressed.connect(self._progressed)
        desk.jobs.progressed.connect(self._progressed)
        room = parent.size() if parent is not None else QSize(1000, 640)
        self.resize(min(1040, room.width() - 90), min(620, room.height() - 70))
        self.start()

    def _compose(self, said: str) -> None:
        self.head = label(said, role="heading", wrap=True)
        self.told = label(wrap=True)
        self.moves = label(tone="quiet", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        name(self.bar, _("Progress"))
        self.stop = button(_("Stop"), self.cancel_job, kind="link")
        self.again = button(_("Check again"), self.start, kind="link")
        self._compose_table()
        self.trouble = label(tone="bad", wrap=True)
        self.sure = QCheckBox(_("Yes, put another programme in the place of the one in force"))
        self.sure.setVisible(self._proposal.another)
        self.sure.toggled.connect(lambda _on: self._update())
        self.reason = LineBox(longest=300)
        self.reason.setPlaceholderText(_("Reason, kept in the history"))
        name(self.reason, _("Reason, kept in the history"))
        self.go = button(_("Accept"), self.accept_programme, kind="primary")
        self.leave = button(_("Leave it"), self.reject)
        working = line(self.bar, self.stop, self.again)
        working.setStretch(0, 1)
        foot = line(self.reason, self.leave, self.go)
        foot.setStretch(0, 1)
        # It keeps its room while there is nothing to show, so that nothing jumps.
        body = QWidget()
        body.setLayout(column(self.table, self.detail, spacing=8))
        whole = column(
            *(self.head, self.told, self.moves, working, body),
            *(self.sure, self.trouble, foot),
            margins=16,
            spacing=8,
        )
        whole.setStretch(4, 1)
        self.setLayout(whole)

    def _compose_table(self) -> None:
        self.grid = ChangesGrid(self._desk)
        self.table = QTableView()
        self.table.setModel(self.grid)
        only_read(self.table, _("Initiatives that change"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._why = label(wrap=True)
        self._why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside = QWidget()
        inside.setLayout(column(self._why, None, margins=(4, 2, 4, 2)))
        self.detail = scrolled(inside)
        self.detail.setFixedHeight(self.fontMetrics().lineSpacing() * 4 + 10)
        name(self.detail, _("Why it changes"))
        self.table.selectionModel().currentRowChanged.connect(self._show_why)
        self.grid.rowsInserted.connect(self._first_lines)

    def _first_lines(self, _parent: QModelIndex, first: int, _last: int) -> None:
        if first == 0:
            self._arrange()
            self.table.selectRow(0)

    def _arrange(self) -> None:
        """Give the verdicts the width of their words; title and reasons share what is left."""
        header = self.table.horizontalHeader()
        for at in (0, 2, 3):
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.ResizeToContents)
        for at in (1, 4):
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)

    def _show_why(self, current: QModelIndex, _former: QModelIndex) -> None:
        if not current.isValid():
            self._why.clear()
            return
        change = self.grid.lines[current.row()]
        lines = [f"{one.rule} ({one.clause}): {one.message}" for one in change.why]
        self._why.setText("\n".join([f"{change.code}  {change.title}", *lines]))

    # The check.

    def start(self) -> None:
        """Check every initiative under the programme, as a job; nothing is written."""
        store = self._desk.store
        if store is None:
            return
        self.found, candidate = None, self._proposal.programme
        tell(self.told, _("Checking every initiative under the programme as proposed…"), "quiet")
        self.trouble.clear()
        self._job = self._desk.reads.run(
            lambda progress: recheck(store, candidate, progress), self._show, self._failed
        )
        self._update()

    def cancel_job(self) -> None:
        """Stop what is under way."""
        if self._job is not None:
            self._job.cancel()

    def _progressed(self, job: Job, done: int, total: int, _doing: str) -> None:
        if job is self._job:
            self.bar.setRange(0, total)
            self.bar.setValue(done)

    def _show(self, found: Changes) -> None:
        self._job, self.found = None, found
        if self._is_left():
            return
        count, everything = grouped(found.verdicts), grouped(found.checked)
        if found.verdicts:
            said = counted(
                "{count} initiative of {all} gets another verdict.",
                "{count} initiatives of {all} get another verdict.",
                found.verdicts,
            )
            tell(self.told, said.format(count=count, all=everything), "warn")
        else:
            said = _("No verdict changes; {all} initiatives were checked.")
            tell(self.told, said.format(all=everything), "good")
        self.moves.setText("   ".join(_move_words(found)))
        self.grid.show_changes(found)
        self._update()

    def _is_left(self) -> bool:
        """Whether the sheet was closed while its job still ran; then it goes now."""
        if self.isHidden():
            self.deleteLater()
        return self.isHidden()

    def _failed(self, error: Exception) -> None:
        self._job, self._accepting = None, False
        known = explain(error, self._desk.folder)
        if isinstance(error, CancelledError) and self._is_left():
            return
        if isinstance(error, CancelledError):
            tell(self.told, _("Stopped. Nothing was changed."), "quiet")
        elif known is not None:
            self.trouble.setText(str(known))
        else:
            self._update()
            raise error
        self._update()

    def _update(self) -> None:
        """Show and allow what fits what is under way."""
        working, done = self._job is not None, self.found is not None
        store = self._desk.store
        refusal = store.refusal if store is not None else None
        self.bar.setVisible(working)
        self.stop.setVisible(working)
        self.again.setVisible(not working and not done)
        there = self.found is not None and bool(self.found.ids)
        for piece in (self.table, self.detail):
            piece.setVisible(there)
        self.moves.setVisible(bool(self.moves.text()))
        self.sure.setEnabled(not working)
        self.reason.setEnabled(not working)
        self.reason.setVisible(refusal is None)
        if refusal is not None and not self.trouble.text():
            self.trouble.setText(str(refusal))
        self.trouble.setVisible(bool(self.trouble.text()))
        meant = self.sure.isChecked() or not self._proposal.another
        self.go.setEnabled(done and not working and meant and refusal is None)

    # The end.

    def accept_programme(self) -> None:
        """Put the programme in force; every verdict follows. Stopping leaves all as it was."""
        store = self._doing.store()
        if store is None or not self.go.isEnabled():
            return
        act = self._proposal.action(self.reason.value(), another=self.sure.isChecked())
        tell(self.told, _("Putting the programme in force…"), "quiet")

        def work(progress: Progress) -> Any:
            return store.journal.do(act, progress)

        self._accepting = True
        self._job = self._desk.jobs.run(work, self._accepted, self._failed)
        self._update()

    def _accepted(self, outcome: Any) -> None:
        self._job, self._accepting = None, False
        self.accept()
        self._doing.announce(outcome, _("The programme is in force; every verdict follows it."))

    def reject(self) -> None:
        """Leave everything as it is; what is under way is stopped, and says so if it was more."""
        self.cancel_job()
        if not self._accepting:
            super().reject()

    def done(self, result: int) -> None:
        """Close; a sheet whose job still runs goes when that has ended."""
        super().done(result)
        if self._job is None:
            self.deleteLater()


def _move_words(found: Changes) -> list[str]:
    """From which verdict to which, and how many; stages and remarks that change."""
    words = [
        f"{eligibility_name(before) or '–'} → {eligibility_name(after)}: {grouped(count)}"
        for (before, after), count in sorted(found.moves.items())
    ]
    if found.stages:
        words.append(_("Another stage: {count}").format(count=grouped(found.stages)))
    if found.remarks:
        words.append(_("Only other remarks: {count}").format(count=grouped(found.remarks)))
    return words


class AskOverride(AskForm):
    """Asks what the office sets for itself: which value, what it is to be, by which document."""

    def __init__(self, parent: QWidget | None, store: Store, key: str = "") -> None:
        super().__init__(
            parent,
            _("The office's own value"),
            _("What does the office set for itself? The programme's own value stays beside it."),
            _("See what changes"),
        )
        self._store = store
        self.proposal: Proposal | None = None
        self._settings = {one.key: one for one in overridable(store.programme)}
        self.which = ChoiceBox(
            [(one.key, one.label) for one in self._settings.values()], editable=True
        )
        self.own = label(tone="quiet", wrap=True)
        self._line, self._word = LineBox(), ChoiceBox([])
        self._ticks = QWidget()
        self._marks = column(spacing=2)
        self._ticks.setLayout(self._marks)
        self._pages = QWidget()
        self._pages.setLayout(column(self._line, self._word, self._ticks))
        for page in (self._line, self._word, self._ticks):
            name(page, _("The office's value"))
        self.source = LineBox(longest=300)
        self.add(_("What is set"), self.which)
        self.fields.addWidget(self.own)
        self.add(_("The office's value"), self._pages)
        self.add(_("The office's document that says so"), self.source)
        self.which.edited.connect(self._turn)
        if key:
            self.which.set_value(key)
        self._turn()

    @property
    def setting(self) -> Setting | None:
        """What is to be set."""
        return self._settings.get(self.which.value() or "")

    def _turn(self) -> None:
        """Ask for the value in the way that fits it."""
        setting = self.setting
        self._pages.setEnabled(setting is not None)
        if setting is None:
            self._show_page(self._line)
            self.own.setText(_("Type a few words of it, or choose from the list."))
            return
        told = _("The programme's own: {value}")
        self.own.setText(told.format(value=shown_value(setting.key, setting.own)))
        self.source.set_value(setting.source)
        if setting.form == "choice":
            self._ask_word(setting)
        elif setting.form == "choices":
            self._ask_words(setting)
        else:
            self._line.set_value(_typed(setting))
            self._show_page(self._line)

    def _show_page(self, page: QWidget) -> None:
        self._page = page
        for each in (self._line, self._word, self._ticks):
            each.setVisible(each is page)

    def _ask_word(self, setting: Setting) -> None:
        self._word.clear()
        for word in setting.choices:
            self._word.addItem(choice_name(setting.key, word), word)
        self._word.setCurrentIndex(self._word.findData(str(setting.value)))
        self._show_page(self._word)

    def _ask_words(self, setting: Setting) -> None:
        clear(self._marks)
        present = {str(one) for one in setting.value} if isinstance(setting.value, tuple) else set()
        for word in setting.choices:
            tick = QCheckBox(choice_name(setting.key, word))
            tick.setProperty("word", word)
            tick.setChecked(word in present)
            self._marks.addWidget(tick)
        self._show_page(self._ticks)

    def typed(self) -> str:
        """The value as it would be typed."""
        if self._page is self._word:
            return str(self._word.currentData() or "")
        if self._page is self._ticks:
            ticks = self._ticks.findChildren(QCheckBox)
            return ", ".join(tick.property("word") for tick in ticks if tick.isChecked())
        return str(self._line.value())

    def ready(self) -> str:
        """A value that fits, and a document, are needed."""
        setting = self.setting
        if setting is None:
            return _("Choose what the office sets.")
        if not self.source.value():
            return _("Name the office's document that says so.")
        try:
            self.proposal = adopting.propose_override(
                self._store, setting.key, self.typed(), self.source.value()
            )
        except UserError as error:
            return str(error)
        return ""


def _typed(setting: Setting) -> str:
    """The value in force as it would be typed, blank where there is none."""
    return "" if setting.value is None else shown_value(setting.key, setting.value)
