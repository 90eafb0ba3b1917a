"""Doing an action for the user: errors said, change announced, undo offered."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from desktop.models.faults import explain
from desktop.progress import CancelledError, Progress
from desktop.text import _
from desktop.views.desk import Desk

if TYPE_CHECKING:
    from desktop.models.engines.sqlite import Connection
    from desktop.models.journal import EntryLine, Outcome
    from desktop.models.store import Store


class Doing:
    """Hands actions to the journal, and says what became of them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._undoable: EntryLine | None = None
        self._redoable: EntryLine | None = None

    def store(self) -> "Store | None":
        """The store once it is open; says so while it is not, and why where it cannot be."""
        if self._desk.store is None and self._desk.refused:
            self._desk.say(self._desk.refused, "bad")
        elif self._desk.store is None:
            self._desk.say(_("The store is still being opened. One moment, please."), "calm")
        return self._desk.store

    def do(
        self,
        action: Any,
        said: str = "",
        before: "Callable[[Store], object] | None" = None,
        after: "Callable[[Connection, Outcome], object] | None" = None,
    ) -> "Outcome | None":
        """Do an action on the worker and wait; None where it was refused, the reason being said.

        ``before`` is done first, such as a backup; where it is refused nothing is changed.
        ``after`` reads there too what has become of it, before any window hears of a change; what
        is done stays done, and is told, though that reading fails.
        The store has one writer: while a long piece of work holds it, this is refused.
        """
        store = self.store()
        if store is None or self._occupied():
            return None
        unread: list[Exception] = []

        def act() -> "Outcome":
            if before is not None:
                before(store)
            outcome = store.journal.do(action)
            try:
                if after is not None:
                    with store.reading() as connection:
                        after(connection, outcome)
            except Exception as error:
                unread.append(error)
            return outcome

        done = self._settle(act, said)
        for error in unread:
            self._tell_unread(error)
        return done

    def _tell_unread(self, error: Exception) -> None:
        """Say that what was saved was not read back; a bug is raised after the caller went on."""
        said = _("Saved, but it could not be read back. Do not enter it again; open it anew.")
        self._desk.say(said, "warn")
        if explain(error, self._desk.folder) is None:
            QTimer.singleShot(0, self._desk, partial(self.failed, error))

    def undo(self, entry: int | None = None) -> "Outcome | None":
        """Undo the newest act that stands, or one entry."""
        store = self.store()
        if store is None or self._occupied():
            return None
        lines: list[EntryLine | None] = []

        def act() -> "Outcome":
            lines.append(store.journal.undoable() if entry is None else None)
            return store.journal.undo(entry)

        outcome = self._settle(act, "")
        if outcome is not None:
            words = lines[0].label if lines[0] is not None else ""
            said = _("Undone: {act}").format(act=words) if words else _("Undone.")
            self._desk.say(said, "good", ((_("Redo"), self.redo),))
        return outcome

    def redo(self) -> "Outcome | None":
        """Do again what was undone last."""
        store = self.store()
        if store is None or self._occupied():
            return None
        return self._settle(store.journal.redo, _("Done again."))

    def undoable(self) -> "EntryLine | None":
        """What undo would undo, as it was when ``look_back`` read it."""
        return self._undoable

    def redoable(self) -> "EntryLine | None":
        """What redo would do again, as it was when ``look_back`` read it."""
        return self._redoable

    def look_back(self, done: Callable[[], object]) -> None:
        """Read on the worker what undo and redo would do, then call ``done``."""
        store = self._desk.store
        if store is None or store.read_only:
            self._undoable = self._redoable = None
            done()
            return
        journal = store.journal

        def remember(found: "tuple[EntryLine | None, EntryLine | None]") -> None:
            self._undoable, self._redoable = found
            done()

        self._desk.jobs.run(
            lambda _progress: (journal.undoable(), journal.redoable()),
            remember,
            self.failed,
            key="look back",
        )

    def _occupied(self) -> bool:
        """Whether a long piece of work holds the writer; says so."""
        title = self._desk.jobs.occupied_by
        if title:
            words = _("“{work}” is still under way. Save again when it has ended, or stop it.")
            self._desk.say(words.format(work=title), "warn")
        return bool(title)

    def _settle(self, act: "Callable[[], Outcome]", said: str) -> "Outcome | None":
        try:
            outcome: Outcome = self._desk.jobs.wait_for(act, _("Saving…"))
        except Exception as error:
            self.failed(error)
            return None
        self.announce(outcome, said)
        return outcome

    def announce(self, outcome: "Outcome", said: str = "") -> None:
        """Tell the windows what an outcome touched, and the user what was done."""
        self._desk.announce(outcome.touched)
        if outcome.unsaved_copy:
            self._desk.say(outcome.unsaved_copy, "warn")
        elif said:
            self._desk.say(said, "good", ((_("Undo"), self.undo),) if outcome.entry else ())

    def work(
        self,
        title: str,
        work: Callable[["Store", Progress], Any],
        done: Callable[[Any], None],
    ) -> None:
        """Run a long piece of work with progress and a way to cancel it."""
        store = self.store()
        if store is None:
            return
        self._desk.jobs.run(lambda progress: work(store, progress), done, self.failed, title=title)

    def keep(
        self,
        write: Callable[["Connection"], None],
        done: Callable[[Any], None] = lambda _nothing: None,
    ) -> None:
        """Write something that is not journalled, such as a draft, on the worker; nobody waits.

        It is written even if the window closes meanwhile; what goes wrong is said.
        """
        store = self._desk.store
        if store is None or store.read_only:
            return

        def work(_progress: Progress) -> None:
            with store.derived_writes() as connection:
                write(connection)

        self._desk.jobs.run(work, done, self.failed, kept=True)

    def failed(self, error: Exception) -> None:
        """Say why a piece of work did not end well; a bug is raised on."""
        known = explain(error, self._desk.folder)
        if isinstance(error, CancelledError):
            self._desk.say(_("Stopped. Nothing was changed."), "calm")
        elif known is not None:
            self._desk.say(str(known), "bad")
        else:
            raise error
