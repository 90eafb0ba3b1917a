"""The entry form (phiếu nhập): an initiative typed, checked while it is typed, never lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop.errors import UserError
from desktop.models import attachments, drafts, reading
from desktop.models.actions.initiatives import (
    AttachFile,
    DetachFile,
    RecordInitiative,
    ReviseInitiative,
)
from desktop.models.actions.lookalikes import RuleOnLookalike
from desktop.models.attachments import KeptFile
from desktop.models.checking import check_draft
from desktop.models.dossiers import AttachmentLine
from desktop.models.drafts import KeptDraft
from desktop.models.engines.sqlite import Connection
from desktop.models.entry import InitiativeDraft
from desktop.models.journal import Outcome
from desktop.models.lookalikes.finding import Probe, lookalikes
from desktop.models.reading import DecisionLine
from desktop.programme.facts import Lookalike
from desktop.programme.verdict import Verdict
from desktop.text import _
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.files_zone import FilesZone
from desktop.views.initiative_form import InitiativeForm
from desktop.views.place import Place
from desktop.views.register_place import Wish
from desktop.views.suggesting import suggestions_from
from desktop.views.verdict_pane import VerdictPane
from desktop.views.widgets import button, card, clear, column, label, line, scrolled, tell

NEW = "new"
_OFFERED = 300
"""So many decisions can be chosen, the newest; what is typed of an older one finds it again."""
_CHECK_AFTER, _KEEP_AFTER = 350, 2000
"""Milliseconds after the last key before the check, and before the draft is kept."""
_ANY_TIME = frozenset({"close_form", "new", "look_up"})
"""What can be done while another record is being opened."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A record as it was read for the form."""

    record: int
    draft: InitiativeDraft
    revision: int | None
    files: tuple[AttachmentLine, ...]
    kept: KeptDraft | None


def _read(connection: Connection, record: int, user: str | None = None) -> Opened | None:
    """A record for the form, None where it is gone; with the draft that ``user`` has of it."""
    found = reading.drafts(connection, [record]).get(record)
    if found is None:
        return None
    files = reading.attachments(connection, [record]).get(record, ())
    every = drafts.load_all(connection, user) if user is not None else ()
    mine = next((one for one in every if one.key.endswith(f":{record}")), None)
    return Opened(record, found, reading.revision(connection, record), files, mine)


class EntryPlace(Place):
    """One initiative in a form."""

    can = frozenset(
        {
            "save",
            "save_and_add",
            "close_form",
            "add_line",
            "drop_line",
            "new",
            "print_current",
            "look_up",
        }
    )

    def __init__(self, desk: Desk, doing: Doing) -> None:
        super().__init__(desk, doing)
        self.form: InitiativeForm | None = None
        self.record = 0
        self.changed = False
        self._revision: int | None = None
        self._files: tuple[AttachmentLine, ...] = ()
        self._pending: list[KeptFile] = []
        self._wish: object = None
        self._opening: tuple[int, KeptDraft | None] | None = None
        self._choices_due = True
        self._check = QTimer(self, singleShot=True, interval=_CHECK_AFTER)
        self._check.timeout.connect(self._start_check)
        self._keep = QTimer(self, singleShot=True, interval=_KEEP_AFTER)
        self._keep.timeout.connect(self._keep_draft)
        self._compose()
        desk.opened.connect(self._store_opened)
        desk.dressed.connect(self._dress)
        desk.changed.connect(self._follow)
        if desk.store is not None:
            self._store_opened()

    def _compose(self) -> None:
        self.title = label(_("New initiative"), role="title")
        self.note = label(tone="good")
        self.add = button(_("Save and add  Ctrl+Enter"), self.save_and_add, kind="primary")
        self.keep = button(_("Save  Ctrl+S"), self.save)
        self.copy = button(_("Duplicate"), self.duplicate, tip=_("A new record with the same text"))
        self.close_it = button(_("Close  Esc"), self.close_form)
        top = line(self.title, self.note, None, self.add, self.keep, self.copy, self.close_it)
        self._left = QFrame()
        self._left.setObjectName("card")
        waiting = label(_("The store is being opened…"), tone="quiet")
        self._left.setLayout(column(waiting, margins=1))
        self.verdict = VerdictPane(
            self.desk,
            self.doing,
            lambda key: self.desk.go("initiatives", Wish(record=key)),
            self._not_alike,
        )
        self.verdict.overruling.unsaved = lambda: self.changed
        self.zone = FilesZone(_("Attach files  Ctrl+O"))
        self.zone.choose.setShortcut("Ctrl+O")
        self.zone.dropped.connect(self._attach)
        self.zone.opened.connect(self._open_file)
        self.zone.removed.connect(self._detach)
        self._jumps = column(spacing=0)
        right = column(card(column(self.verdict, margins=1)), self.zone, self._jumps, spacing=8)
        right.setStretch(0, 1)
        self._right = QWidget()
        self._right.setLayout(right)
        body = line(self._left, self._right)
        body.setStretch(0, 1)
        self.setLayout(column(top, body, margins=(6, 8, 10, 4)))
        self._dress()

    def _dress(self) -> None:
        icons, theme = self.desk.icons, self.desk.theme
        self.add.setIcon(icons.icon("device-floppy", theme.on_accent))
        self.zone.choose.setIcon(icons.icon("paperclip", theme.quiet))
        self._right.setFixedWidth(max(250, self.fontMetrics().averageCharWidth() * 38))
        self.verdict.dress()

    def _store_opened(self) -> None:
        """The programme is known: the form can be built."""
        store = self.desk.store
        if store is None or self.form is not None:
            return
        self.form = InitiativeForm(store.programme, suggestions_from(self.desk))
        self.form.edited.connect(self._edited)
        area = scrolled(self.form, framed=False)
        self.form.setObjectName("page")
        self._area: QScrollArea = area
        inside: Any = self._left.layout()
        clear(inside)
        inside.addWidget(area)
        self._build_jumps()
        self._show_draft(InitiativeDraft())
        self.enter(self._wish)

    def _build_jumps(self) -> None:
        if self.form is None:
            return
        row = line(spacing=12)
        for words, head in self.form.sections:
            row.addWidget(button(words, partial(self._jump, head), kind="link"))
        row.addStretch(1)
        self._jumps.addLayout(row)

    def _jump(self, head: QWidget) -> None:
        """Scroll a section to the top and go to its first box."""
        self._area.verticalScrollBar().setValue(head.y() - 6)
        head.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _follow(self, touched: Mapping[str, frozenset[int]]) -> None:
        """Show a record anew that an undo has changed, unless it is being typed.

        What nobody sees is read when the form is entered again.
        """
        if "decision" in touched:
            self.desk.reads.cancel("choices")
            self._choices_due = True
        if not self.isVisible():
            return
        self._read_choices()
        if self._opening is not None:
            self._open(*self._opening)
        elif self.record in touched.get("initiative", ()) and not self.changed:
            self._open(self.record, None)
        elif "overruling" in touched:
            self._start_check()

    def _read_choices(self) -> None:
        """Read the decisions that can be chosen, where they have changed."""

        def show(found: list[DecisionLine]) -> None:
            if self.form is not None:
                self.form.show_decisions(found)
                self._choices_due = False

        if self.form is not None and self._choices_due:
            self.desk.read(partial(reading.decisions, most=_OFFERED), show, key="choices")

    # What is shown.

    def enter(self, wish: object = None) -> None:
        """Show what is wished: None a new record, a number an old one, a draft that was kept."""
        self._wish = wish
        if self.form is None:
            return
        self._read_choices()
        if isinstance(wish, KeptDraft):
            self._open(self._record_of(wish.key), wish)
        elif self.changed and (wish or 0) == self.record:
            self._let_type()
            self._start_check()
        elif isinstance(wish, int) and wish:
            self._open(wish, None)
        else:
            self._start_new(InitiativeDraft())
        self._focus_first()

    @staticmethod
    def _record_of(key: str) -> int:
        return int(key.partition(":")[2]) if ":" in key else 0

    @property
    def key(self) -> str:
        """Under what the draft is kept."""
        return f"initiative:{self.record}" if self.record else NEW

    def _focus_first(self) -> None:
        if self.form is not None:
            self.form.boxes["title"].setFocus()
            self._area.verticalScrollBar().setValue(0)

    def perform(self, command: str) -> bool:
        """Carry out a command; what is about a record waits until the record is shown."""
        if self._opening is None or command in _ANY_TIME or command not in self.can:
            return super().perform(command)
        self.desk.say(_("The initiative is still being opened. One moment, please."), "calm")
        return True

    def _hold(self, record: int, kept: KeptDraft | None) -> None:
        """While another record is being opened nothing is typed: it would go into the wrong one."""
        self._opening = record, kept
        self.setFocus()
        self._set_typing(able=False)

    def _let_type(self) -> None:
        """The form that is shown is the one that is typed; what was being opened comes too late."""
        self.desk.reads.cancel("open")
        self._opening = None
        self._set_typing(able=True)
        if self.hasFocus():
            self._focus_first()

    def _set_typing(self, *, able: bool) -> None:
        for part in (self._left, self._right, self.add, self.keep, self.copy):
            part.setEnabled(able)

    def _start_new(self, draft: InitiativeDraft) -> None:
        self._let_type()
        self._keep_draft()
        self.record, self._revision, self._files, self._pending = 0, None, (), []
        self._show_draft(draft)

    def _show_draft(self, draft: InitiativeDraft) -> None:
        if self.form is None:
            return
        self.form.show_draft(draft)
        self.changed = False
        self._tell_title(draft)
        tell(self.note, "", "good")
        self._show_files()
        self.verdict.wait()
        if draft != InitiativeDraft():
            self._start_check()

    def _tell_title(self, draft: InitiativeDraft) -> None:
        self.title.setText(draft.code if self.record else _("New initiative"))
        self.copy.setVisible(bool(self.record))

    def _open(self, record: int, kept: KeptDraft | None) -> None:
        """Read a record for the form; a draft that was kept goes over it."""
        store = self.desk.store
        if store is None:
            return
        self._keep_draft()
        if not record:
            self._start_new(kept.draft if kept else InitiativeDraft())
            self._mark_kept(kept)
            return
        if record == self.record and kept is None:
            self._let_type()
        else:
            self._hold(record, kept)

        def work(connection: Connection) -> Opened | None:
            return _read(connection, record, store.user)

        def show(opened: Opened | None) -> None:
            self._show_opened(opened, kept)

        self.desk.read(work, show, key="open", failed=self._not_opened)

    def _not_opened(self, error: Exception) -> None:
        self._let_type()
        self.doing.failed(error)

    def _show_opened(self, opened: Opened | None, kept: KeptDraft | None) -> None:
        self._let_type()
        if opened is None:
            self.desk.say(_("This initiative is no longer there."), "warn")
            return
        self.record, self._revision, self._files = opened.record, opened.revision, opened.files
        self._pending = []
        self._show_draft(kept.draft if kept else opened.draft)
        if kept:
            self._revision = kept.based_on or opened.revision
            self._mark_kept(kept)
        elif opened.kept is not None:
            found = opened.kept
            words = _("There is a draft of this record from {time}, not saved yet.")
            self.desk.say(
                words.format(time=f"{found.saved_at:%H:%M %d/%m}"),
                "calm",
                (
                    (_("Continue it"), lambda: self._open(opened.record, found)),
                    (_("Discard it"), lambda: self._discard(found.key)),
                ),
            )

    def _mark_kept(self, kept: KeptDraft | None) -> None:
        if kept is not None:
            self.changed = True
            tell(self.note, _("Draft of {time}").format(time=f"{kept.saved_at:%H:%M}"), "warn")

    # While it is typed.

    def _edited(self) -> None:
        self._let_type()
        self.changed = True
        self._check.start()
        self._keep.start()

    @property
    def pending(self) -> bool:
        """Whether a check or the keeping of a draft is still to start."""
        return self.awaits_check or self._keep.isActive()

    @property
    def awaits_check(self) -> bool:
        """Whether a check of what was typed is still to start."""
        return self._check.isActive()

    def _start_check(self) -> None:
        self._check.stop()
        store, form = self.desk.store, self.form
        if store is None or form is None:
            return
        draft, record, now = form.draft(), self.record or None, store.clock()
        self.verdict.overruling.record = self.record
        if any(file for file in self._pending) and draft.decision is not None:
            draft = replace(draft, decision=replace(draft.decision, scan=self._pending[0].name))

        def work(connection: Connection) -> tuple[Verdict, tuple[Lookalike, ...]]:
            alike = lookalikes(connection, Probe.of_draft(connection, draft, record))
            programme = store.programme
            verdict = check_draft(
                connection, programme, draft, now=now, initiative_id=record, alike=alike
            )
            return verdict, alike

        self.desk.read(work, lambda found: self.verdict.show_verdict(*found), key="check")

    def _keep_draft(self) -> None:
        """Keep the half-typed form as it is now, on the worker."""
        store, form = self.desk.store, self.form
        if store is None or form is None or store.read_only or not self.changed:
            return
        self._keep.stop()
        key, draft, now, based = self.key, form.draft(), store.clock(), self._revision

        def write(connection: Connection) -> None:
            drafts.save(connection, key, draft, user=store.user, now=now, based_on=based)

        self.doing.keep(write, lambda _nothing: self._tell_kept(key, f"{now:%H:%M}"))

    def _tell_kept(self, key: str, time: str) -> None:
        if self.changed and key == self.key:
            tell(self.note, _("Draft kept {time}").format(time=time), "good")

    def _discard(self, key: str) -> None:
        """Forget the draft of this key, one that is just being kept as well."""
        store = self.desk.store
        if store is not None:
            self.doing.keep(lambda connection: drafts.discard(connection, key, user=store.user))

    def _not_alike(self, other: int) -> None:
        """Remember the officer's word that this record is no duplicate of another."""
        if not self.record:
            self.desk.say(_("Save the record first, then say that it is not a duplicate."), "calm")
            return
        said = _("Remembered: not a duplicate.")
        if self.doing.do(RuleOnLookalike(self.record, other, duplicate=False), said):
            self._read_revision()
            self._check.start()

    # Files.

    def _attach(self, paths: Sequence[Path]) -> None:
        """Keep files: with an old record at once, with a new one when it is saved."""
        folder = self.desk.folder
        if folder is None or self.doing.store() is None:
            return
        for path in paths:
            try:
                kept = attachments.keep(folder, path)
            except UserError as error:
                self.desk.say(str(error), "bad")
                continue
            if self.record:
                self._attach_to_record(kept)
            else:
                self._pending.append(kept)
                self._edited()
        self._show_files()

    def _attach_to_record(self, kept: KeptFile) -> None:
        said = _("Attached {file}.").format(file=kept.name)
        if self.doing.do(AttachFile(self.record, kept, "other"), said):
            self._files = (*self._files, kept.line("other"))
            self._read_revision()

    def _detach(self, digest: str) -> None:
        self._pending = [kept for kept in self._pending if kept.sha256 != digest]
        mine = next((one for one in self._files if one.sha256 == digest), None)
        if mine is not None and mine.kind == "decision":
            self.desk.say(_("This scan belongs to the decision; change it there."), "calm")
        elif mine is not None:
            said = _("Removed {file}.").format(file=mine.name)
            if self.doing.do(DetachFile(self.record, digest), said):
                self._files = tuple(one for one in self._files if one.sha256 != digest)
                self._read_revision()
        self._show_files()

    def _show_files(self) -> None:
        shown = [(one.sha256, one.name, one.size) for one in self._files]
        shown += [(one.sha256, one.name, one.size) for one in self._pending]
        self.zone.show_files(shown)

    def _open_file(self, digest: str) -> None:
        if self.desk.folder is not None:
            path = attachments.path_of(self.desk.folder, digest)
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _read_revision(self) -> None:
        """After an act of our own: the form stands on the record as it is now."""
        store = self.desk.store
        if store is not None and self.record:
            with store.reading() as connection:
                self._revision = reading.revision(connection, self.record)

    # The window's commands.

    def save(self) -> bool:
        """Save the record (Cất): what can be read is always saved, whatever the check says."""
        form = self.form
        if form is None:
            return False
        box, why = form.trouble()
        if box is not None:
            box.setFocus()
            self.desk.say(
                _("{why} Correct this box or empty it, then save.").format(why=why), "bad"
            )
            return False
        draft = form.draft()
        files = tuple((kept, "other") for kept in self._pending)
        action: Any = RecordInitiative(draft, files)
        if self.record:
            action = ReviseInitiative(self.record, draft, self._revision)
        key = self.key
        found: list[Opened | None] = []

        def read_back(connection: Connection, outcome: Outcome) -> None:
            found.append(_read(connection, int(outcome.result)))

        outcome = self.doing.do(action, after=read_back)
        if outcome is None:
            return False
        self._saved(int(outcome.result), found[0] if found else None, key)
        return True

    def _saved(self, record: int, saved: Opened | None, key: str) -> None:
        """Show the record as it is kept now; it is read once more where that failed."""
        self._keep.stop()
        self.changed = False
        self._discard(key)
        self.record, self._pending = record, []
        if saved is None or self.form is None:
            self._open(record, None)
            return
        self._revision, self._files = saved.revision, saved.files
        self.form.show_draft(saved.draft)
        self._start_check()
        self._tell_title(saved.draft)
        self._show_files()
        tell(self.note, _("Saved"), "good")
        said = _("Saved {code}.").format(code=saved.draft.code)
        self.desk.say(said, "good", ((_("Undo"), self._undo_saving),))

    def _undo_saving(self) -> None:
        self.doing.undo()
        self.desk.go("initiatives")

    def save_and_add(self) -> None:
        """Save, then start the next record."""
        if self.save():
            self._start_new(InitiativeDraft())
            self._focus_first()

    def new(self) -> None:
        """Start a new record."""
        self.enter(None)

    def duplicate(self) -> None:
        """Start a new record with the text of this one."""
        if self.form is not None:
            draft = replace(
                self.form.draft(), code="", sent=None, portal_code="", portal_state="unsent"
            )
            self._start_new(draft)
            self._edited()
            self._focus_first()

    def close_form(self) -> None:
        """Back to the list; what is not saved is kept as a draft."""
        changed, record = self.changed, self.record
        self._keep_draft()
        if changed:
            self.desk.say(
                _("Not saved yet; what you typed is kept as a draft."),
                "calm",
                ((_("Continue"), lambda: self.desk.go("entry", record or None)),),
            )
        self.desk.go("initiatives", Wish(record=record))

    def leave(self) -> None:
        """The window closes: keep what is half typed."""
        self._keep_draft()

    def add_line(self) -> None:
        """Add an author."""
        if self.form is not None:
            self.form.boxes["authors"].table.add_line()

    def drop_line(self) -> None:
        """Take the current author out."""
        if self.form is not None:
            self.form.boxes["authors"].table.drop_line()

    def print_current(self) -> None:
        """Print this record."""
        if self.record:
            self.desk.go("printing", (self.record,))

    def look_up(self) -> None:
        """Search in the list."""
        self.close_form()
        window: Any = self.window()
        window.perform("look_up")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons shorten in a narrow window."""
        super().resizeEvent(event)
        roomy = self.width() > 980
        self.add.setText(_("Save and add  Ctrl+Enter") if roomy else _("Save and add"))
        self.keep.setText(_("Save  Ctrl+S") if roomy else _("Save"))
        self.close_it.setText(_("Close  Esc") if roomy else _("Close"))

    def minimumSizeHint(self) -> QSize:
        """The form scrolls."""
        return QSize(860, 400)
