"""Decisions and councils (quyết định, hội đồng): what recognised what, and its scan."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.errors import UserError
from desktop.models import attachments, reading
from desktop.models.actions.councils import (
    RecordCouncil,
    RecordResults,
    RecordSession,
    ResultDraft,
)
from desktop.models.actions.decisions import RecordDecision, ReviseDecision
from desktop.models.attachments import KeptFile
from desktop.models.dossiers import AttachmentLine
from desktop.models.engines.sqlite import Connection
from desktop.models.entry import DecisionDraft
from desktop.models.reading import DecisionLine, SessionLine
from desktop.text import _
from desktop.views.amounts import grouped, shown_date
from desktop.views.boxes import ChoiceBox, DateBox, LineBox, next_on_enter
from desktop.views.decisions_list import SHOWN, DecisionsList, fit_lines, plain_list
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.files_zone import FilesZone
from desktop.views.forms import (
    Asked,
    FormGrid,
    first_trouble,
    read_values,
    show_values,
    typed_values,
)
from desktop.views.initiative_form import decision_fields
from desktop.views.messages import Question
from desktop.views.place import Place
from desktop.views.scoring_sheet import ScoringSheet
from desktop.views.suggesting import suggestions_from
from desktop.views.ticking import TickList
from desktop.views.widgets import button, card, column, label, line, scrolled

if TYPE_CHECKING:
    from desktop.models.store import Store

Kept = tuple[list[DecisionLine], tuple[int, ...]]
"""A decision as it is kept, none where it is gone, and what it recognises."""
Sessions = tuple[list[SessionLine], int]


class DecisionsPlace(Place):
    """The decisions at the left, one of them in a form; below them the council sessions."""

    can = frozenset({"new", "save", "look_up"})

    def __init__(self, desk: Desk, doing: Doing) -> None:
        super().__init__(desk, doing)
        self.sessions: list[SessionLine] = []
        self._just_entered = False
        self.found = DecisionsList(desk)
        self.list = self.found.list
        self.found.chosen.connect(self._choose)
        self.found.opened.connect(self._go_to_form)
        self.held = plain_list(_("Council sessions"))
        self.held_note = label(tone="quiet", wrap=True)
        self.held_note.hide()
        self.form = DecisionForm(desk, doing)
        self.form.saved.connect(self._saved)
        self.session = SessionForm(desk, doing)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.form)
        self.pages.addWidget(self.session)
        self.add = button(_("New decision"), self.new, kind="primary", tip="Ctrl+N")
        self.meet = button(_("New council session"), self.new_session)
        self.scoring = ScoringSheet(self, desk, doing)
        self.score = button(_("Enter score sheets…"), self.scoring.ask)
        left = column(
            line(label(_("Decisions"), role="title"), None),
            self.add,
            self.found,
            label(_("Council sessions"), role="heading"),
            self.held,
            self.held_note,
            self.meet,
            self.score,
        )
        left.setStretch(2, 3)
        left.setStretch(4, 1)
        side = QWidget()
        side.setLayout(left)
        side.setFixedWidth(270)
        body = line(side, card(column(self.pages, margins=1)), margins=(6, 8, 10, 4))
        body.setStretch(1, 1)
        self.setLayout(body)
        desk.changed.connect(self._changed)
        desk.dressed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.add.setIcon(self.desk.icons.icon("plus", self.desk.theme.on_accent))
        self.meet.setIcon(self.desk.icons.icon("users", self.desk.theme.quiet))
        self.score.setIcon(self.desk.icons.icon("checklist", self.desk.theme.quiet))
        self.found.dress()
        self.form.dress()
        fit_lines(self.held)

    @property
    def decisions(self) -> list[DecisionLine]:
        """The decisions that are listed."""
        return self.found.lines

    def enter(self, wish: object = None) -> None:
        """Show the decisions; initiatives that are wished for are ticked in a new one."""
        self.refresh()
        if isinstance(wish, tuple):
            self._before_leaving(partial(self._start_new, wish))
            return
        self.open_form.ticks.refresh()
        if not self.pages.isAncestorOf(self.focusWidget() or self):
            self.found.look_up()
            self._just_entered = True

    def _changed(self, _touched: object) -> None:
        if self.isVisible():
            self.refresh()

    def _saved(self, new: bool) -> None:
        """Show what was saved in the list; the words of an earlier search might hide a new one."""
        if new:
            self.found.search.clear()
        self.refresh()

    def refresh(self) -> None:
        """Read the lists again."""

        def work(connection: Connection) -> Sessions:
            return reading.sessions(connection, SHOWN), reading.count_sessions(connection)

        self.found.current = self._shown_decision()
        self.found.refresh()
        self.form.read_again()
        if self.desk.connection is not None:
            self.desk.read(work, self._show_sessions, key="sessions")

    def _show_sessions(self, found: Sessions) -> None:
        self.sessions, count = found
        self.held.clear()
        for held in self.sessions:
            results = _("{count} results").format(count=held.results)
            self.held.addItem(f"{shown_date(held.held)} · {held.council} · {results}")
        more = _("The newest {shown} of {count}.")
        self.held_note.setText(more.format(shown=grouped(SHOWN), count=grouped(count)))
        self.held_note.setVisible(count > len(self.sessions))
        fit_lines(self.held)

    @property
    def open_form(self) -> "DecisionForm | SessionForm":
        """The form that is shown."""
        return self.form if self.pages.currentWidget() is self.form else self.session

    def _before_leaving(self, then: Callable[[], object]) -> None:
        """Do what shows something else in place of the form; ask first where it was changed."""
        form = self.open_form
        if not form.changed:
            then()
            return
        answers = [("save", _("Save")), ("drop", _("Do not save")), ("", _("Go back"))]
        text = _("What you typed in this form is not saved yet.")
        question = Question(self.window(), _("Not saved yet"), text, answers)

        def answered() -> None:
            if question.answer == "drop" or (question.answer == "save" and form.save()):
                then()
                self.refresh()
            else:
                self.found.mark(self._shown_decision())
                (form.focusWidget() or form).setFocus()

        question.finished.connect(answered)
        question.open()

    @property
    def unsaved(self) -> bool:
        """Whether the form that is open was changed: drafts of it are not kept."""
        return self.open_form.changed

    def settle_unsaved(self, then: Callable[[], object]) -> None:
        """Ask as before another decision is shown."""

        def settled() -> None:
            self.open_form.take_as_shown()
            QTimer.singleShot(0, then)

        self._before_leaving(settled)

    def _shown_decision(self) -> int:
        """The decision that is shown, 0 for none."""
        return self.form.decision if self.open_form is self.form else 0

    def _choose(self, one: DecisionLine) -> None:
        self._before_leaving(partial(self._turn_to, one))

    def _turn_to(self, one: DecisionLine) -> None:
        self.found.mark(one.id)
        self.pages.setCurrentWidget(self.form)
        self.form.show_line(one)

    def _go_to_form(self) -> None:
        self.form.grid.boxes["number"].setFocus()

    @property
    def pending(self) -> bool:
        """Whether a search or a reading is still to start."""
        searching = self.form.ticks.pending or self.session.ticks.pending
        return self.found.pending or searching or self.scoring.pending

    def new(self) -> None:
        """Start a new decision."""
        self._before_leaving(self._start_new)

    def _start_new(self, ticked: Sequence[int] = ()) -> None:
        self.found.mark(0)
        self.pages.setCurrentWidget(self.form)
        self.form.start_new()
        self.form.ticks.set_chosen(ticked)

    def new_session(self) -> None:
        """Start a new session."""
        self._before_leaving(self._start_session)

    def _start_session(self) -> None:
        self.found.mark(0)
        self.pages.setCurrentWidget(self.session)
        self.session.start_new()

    def save(self) -> None:
        """Save the form that is open."""
        self.open_form.save()

    def look_up(self) -> None:
        """Search among the decisions; from the form, among the initiatives that can be ticked.

        Pressed again it goes to the other of the two. Who has just come in is in the search
        already, and stays there.
        """
        ticks = self.open_form.ticks
        in_form = self.pages.isAncestorOf(self.focusWidget() or self)
        there = self.found.search.hasFocus() and not self._just_entered
        self._just_entered = False
        if there or (in_form and not ticks.search.hasFocus()):
            ticks.search.setFocus()
        else:
            self.found.look_up()

    def minimumSizeHint(self) -> QSize:
        """The form scrolls."""
        return QSize(840, 420)


class _TickForm(QWidget):
    """Boxes above initiatives with ticks; it knows whether it was changed since it was shown."""

    grid: FormGrid
    ticks: TickList
    _shown: tuple[object, ...]
    _ticked: tuple[int, ...]

    def _typed(self) -> tuple[object, ...]:
        return typed_values(self.grid.boxes)

    @property
    def changed(self) -> bool:
        """Whether something else stands in the form than was shown."""
        return self._typed() != self._shown or self.ticks.chosen() != self._ticked

    def take_as_shown(self) -> None:
        """Count what stands in the form as nothing new."""
        self._shown, self._ticked = self._typed(), self.ticks.chosen()


class DecisionForm(_TickForm):
    """One decision: its fields, its scan, and the initiatives it recognises.

    *Signals:* ``saved(new)`` once it stands in the store.
    """

    saved = Signal(bool)

    def __init__(self, desk: Desk, doing: Doing) -> None:
        super().__init__()
        self._desk, self._doing = desk, doing
        self.decision = 0
        self._scan: AttachmentLine | None = None
        self._fresh: KeptFile | None = None
        self._kept = DecisionDraft()
        self.title = label(_("New decision"), role="title")
        self.keep = button(_("Save  Ctrl+S"), self.save, kind="primary")
        self.grid = FormGrid(decision_fields(suggestions_from(desk)))
        self.zone = FilesZone(_("Choose the scan"), several=False)
        self.zone.dropped.connect(self._take_scan)
        self.zone.opened.connect(self._open_scan)
        self.zone.removed.connect(self._drop_scan)
        self.ticks = TickList(desk, _("Initiatives that this decision recognises"))
        fields = line(self.grid, self.zone, spacing=14)
        fields.setStretch(0, 3)
        fields.setStretch(1, 1)
        head = line(self.title, None, self.keep)
        inside = column(
            head,
            fields,
            4,
            label(_("It recognises these initiatives"), role="heading"),
            self.ticks,
            spacing=6,
            margins=14,
        )
        inside.setStretch(4, 1)
        page = QWidget()
        page.setLayout(inside)
        self.setLayout(column(scrolled(page)))
        self._enter = next_on_enter(self)
        self.take_as_shown()

    def dress(self) -> None:
        """Take the theme's colours."""
        icons, theme = self._desk.icons, self._desk.theme
        self.keep.setIcon(icons.icon("device-floppy", theme.on_accent))
        self.zone.choose.setIcon(icons.icon("paperclip", theme.quiet))

    def _typed(self) -> tuple[object, ...]:
        return (*super()._typed(), self._fresh)

    def start_new(self) -> None:
        """An empty form."""
        self._desk.reads.cancel("recognised")
        self.ticks.set_chosen(())
        self._show(0, DecisionDraft(), None)
        self.ticks.only.setChecked(True)
        self.ticks.refresh()
        self.grid.boxes["number"].setFocus()

    def show_line(self, one: DecisionLine) -> None:
        """Show a decision that is there."""
        self.ticks.await_chosen()
        self._show(one.id, one.draft, one.scan)

        def work(connection: Connection) -> tuple[int, ...]:
            return reading.decision_initiatives(connection, one.id)

        self._desk.read(work, self._show_recognised, key="recognised")

    def read_again(self) -> None:
        """Show the open decision as it is kept now, such as after an undo; a gone one no more."""
        decision = self.decision

        def work(connection: Connection) -> Kept:
            lines = reading.decision_lines(connection, [decision])
            return lines, reading.decision_initiatives(connection, decision)

        def show(kept: Kept) -> None:
            if decision == self.decision and not self.changed:
                self._show_kept(*kept)

        if decision and self._desk.connection is not None:
            self._desk.read(work, show, key="kept decision")

    def _show_kept(self, lines: list[DecisionLine], ids: tuple[int, ...]) -> None:
        if not lines:
            self.start_new()
            return
        (one,) = lines
        if (one.draft, one.scan) != (self._kept, self._scan):
            self._show(one.id, one.draft, one.scan)
        if ids != self._ticked:
            self.ticks.set_chosen(ids)
            self._ticked = ids

    def _show_recognised(self, ids: tuple[int, ...]) -> None:
        self.ticks.set_chosen(ids)
        self._ticked = ids
        self.ticks.only.setChecked(False)
        self.ticks.refresh()

    def _read_at_once(self, store: "Store") -> None:
        """Read what is ticked, where that is still awaited: nothing is saved without it."""
        if self.ticks.awaited:
            self._desk.reads.cancel("recognised")
            with store.reading() as connection:
                self._show_recognised(reading.decision_initiatives(connection, self.decision))

    def _show(self, decision: int, draft: DecisionDraft, scan: AttachmentLine | None) -> None:
        self.decision, self._kept, self._scan, self._fresh = decision, draft, scan, None
        self.title.setText(draft.number or _("New decision"))
        show_values(self.grid.boxes, draft)
        self._show_scan()
        self.take_as_shown()

    def _show_scan(self) -> None:
        one = self._fresh or self._scan
        self.zone.show_files([(one.sha256, one.name, one.size)] if one is not None else [])

    def _take_scan(self, paths: Sequence[Path]) -> None:
        if self._desk.folder is None:
            return
        try:
            self._fresh = attachments.keep(self._desk.folder, paths[0])
        except UserError as error:
            self._desk.say(str(error), "bad")
        self._show_scan()

    def _drop_scan(self, _digest: str) -> None:
        if self._fresh is None and self._scan is not None:
            self._desk.say(_("A saved scan can be replaced by another, not taken away."), "calm")
        self._fresh = None
        self._show_scan()

    def _open_scan(self, digest: str) -> None:
        if self._desk.folder is not None:
            path = attachments.path_of(self._desk.folder, digest)
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def save(self) -> bool:
        """Save the decision with the initiatives that are ticked; False where it is refused."""
        key, why = first_trouble(self.grid.boxes)
        if key:
            self.grid.boxes[key].setFocus()
            self._desk.say(
                _("{why} Correct this box or empty it, then save.").format(why=why), "bad"
            )
            return False
        store = self._doing.store()
        if store is None:
            return False
        self._read_at_once(store)
        values = read_values(self.grid.boxes)
        draft = DecisionDraft(**values, summary=self._kept.summary, scan=self._kept.scan)
        ids = self.ticks.chosen()
        said = _("Saved decision {number} for {count} initiatives.").format(
            number=draft.number, count=len(ids)
        )
        if self.decision:
            outcome = self._doing.do(ReviseDecision(self.decision, draft, ids, self._fresh), said)
        else:
            outcome = self._doing.do(RecordDecision(draft, ids, self._fresh), said)
        if outcome is not None:
            scan = self._fresh.line("decision") if self._fresh is not None else self._scan
            new = not self.decision
            self._show(int(outcome.result), draft, scan)
            self.saved.emit(new)
        return outcome is not None


class SessionForm(_TickForm):
    """A council session: when it met, and what it found of the initiatives."""

    def __init__(self, desk: Desk, doing: Doing) -> None:
        super().__init__()
        self._desk, self._doing = desk, doing
        sources = suggestions_from(desk)
        self.grid = FormGrid(
            [
                Asked("council", _("Council"), 8, LineBox(sources("issuer")), needed=True),
                Asked("held", _("Met on"), 4, DateBox(), needed=True),
                Asked("place", _("Place"), 4, LineBox()),
                Asked("chair", _("Chair"), 4, LineBox(sources("person"))),
                Asked("secretary", _("Secretary"), 4, LineBox(sources("person"))),
                Asked("outcome", _("Result of the ticked ones"), 8, ChoiceBox(_outcomes())),
            ]
        )
        self.keep = button(_("Save  Ctrl+S"), self.save, kind="primary")
        self.ticks = TickList(desk, _("Initiatives of this session"))
        head = line(label(_("New council session"), role="title"), None, self.keep)
        inside = column(
            head,
            self.grid,
            4,
            label(_("Initiatives it looked at"), role="heading"),
            self.ticks,
            spacing=6,
            margins=14,
        )
        inside.setStretch(4, 1)
        page = QWidget()
        page.setLayout(inside)
        self.setLayout(column(scrolled(page)))
        self._enter = next_on_enter(self)
        self.take_as_shown()

    def start_new(self) -> None:
        """An empty form."""
        for box in self.grid.boxes.values():
            box.set_value("passed" if isinstance(box, ChoiceBox) else None)
        self.ticks.set_chosen(())
        self.take_as_shown()
        self.ticks.refresh()
        self.grid.boxes["council"].setFocus()

    def save(self) -> bool:
        """Record the council, the session and its results; False where it is refused."""
        values = read_values(self.grid.boxes)
        held = values["held"]
        if not values["council"] or held is None or held.day is None:
            self._desk.say(_("Give the council and the day it met."), "bad")
            return False
        council = self._doing.do(RecordCouncil(values["council"]))
        if council is None:
            return False
        day: date = held.first
        session = self._doing.do(
            RecordSession(
                int(council.result), day, values["place"], values["chair"], values["secretary"]
            )
        )
        if session is None:
            return False
        results = tuple(ResultDraft(key, values["outcome"]) for key in self.ticks.chosen())
        if results:
            self._doing.do(RecordResults(int(session.result), results))
        self._desk.say(_("Saved the session with {count} results.").format(count=len(results)))
        self.start_new()
        return True


def _outcomes() -> list[tuple[str, str]]:
    """What a session may find."""
    return [
        ("passed", _("Passed")),
        ("failed", _("Not passed")),
        ("withdrawn", _("Withdrawn")),
        ("struck", _("Struck from the list")),
    ]
