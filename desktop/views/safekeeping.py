"""Backups that nobody asks for: after the start, and when the window closes."""

from collections.abc import Callable
from datetime import timedelta
from itertools import chain
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from desktop.errors import UserError
from desktop.models.attachments import FOLDER as ATTACHMENTS
from desktop.models.backup import damage_told, has_changed, newest
from desktop.models.engines.sqlite import STORE_FILE
from desktop.models.faults import explain
from desktop.models.store import Store
from desktop.progress import CancelledError, Progress
from desktop.settings import Settings
from desktop.tasks.stores import Kept, keep_safe
from desktop.text import _
from desktop.views.desk import Desk
from desktop.views.jobs import Job
from desktop.views.standing import is_owed, remember_copy, remember_owed

LONGEST_EXIT = 1000
"""Milliseconds that closing the window may wait for a backup."""
SMALL = 30 << 20
"""Bytes: a larger store with its files is not backed up within that time, so it is not begun."""


def second_place(settings: Settings) -> Path | None:
    """The second place for backups that this PC has chosen."""
    return Path(settings.backup_folder).expanduser() if settings.backup_folder else None


def _is_small(folder: Path) -> bool:
    """Whether a store and its files are few bytes; OSError where it cannot be read."""
    total = 0
    for path in chain((folder / STORE_FILE,), (folder / ATTACHMENTS).glob("??/*")):
        total += path.stat().st_size
        if total > SMALL:
            return False
    return True


class Safekeeping:
    """Backs the store up beside the work, on a worker of its own."""

    def __init__(self, desk: Desk, told: Callable[[], object]) -> None:
        self._desk, self._told = desk, told

    def begin(self) -> Job | None:
        """After the start: back up where the last backup is old, and copy to the second place."""
        store, settings = self._desk.store, self._desk.app.settings
        if store is None or store.read_only:
            return None
        owed = is_owed(settings, store.store_id)
        every = timedelta() if owed else timedelta(days=settings.backup_days)
        return self._run(store, "start", every)

    def end(self) -> None:
        """Before the window closes: back up what has changed, if that is quickly done.

        What is not finished within a second is made at the next start.
        """
        store = self._desk.store
        if store is None or store.read_only:
            return
        settings = self._desk.app.settings
        try:
            if not has_changed(store):
                return
            small = _is_small(store.folder)
        except (UserError, OSError):
            return
        remember_owed(settings, store.store_id, owed=True)
        if small and not self._desk.copies.busy:
            self._wait(self._run(store, "exit", timedelta()))

    def _run(self, store: Store, reason: str, every: timedelta) -> Job:
        second = second_place(self._desk.app.settings)

        def work(progress: Progress) -> tuple[Kept, str]:
            kept = keep_safe(store, reason=reason, second=second, every=every, progress=progress)
            # Nobody reads what is said while the window closes: it is said at the start, too.
            found = newest(store.folder)
            return kept, damage_told(found[0]) if found is not None else ""

        return self._desk.copies.run(work, lambda told: self._done(store, *told), self._failed)

    def _done(self, store: Store, kept: Kept, damage: str) -> None:
        settings = self._desk.app.settings
        remember_owed(settings, store.store_id, owed=False)
        if kept.elsewhere is not None:
            remember_copy(settings, store.store_id, store.clock())
        if damage or kept.trouble:
            self._desk.say(f"{damage} {kept.trouble}".strip(), "warn")
        self._told()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, CancelledError):
            return
        known = explain(error, self._desk.folder)
        if known is None:
            raise error
        words = _("No backup could be made by itself. {reason}").format(reason=known)
        self._desk.say(words, "warn")

    def _wait(self, job: Job) -> None:
        """Let the job work for a second at most; then it is told to stop."""
        loop = QEventLoop()
        self._desk.copies.idle.connect(loop.quit)
        QTimer.singleShot(LONGEST_EXIT, loop.quit)
        if self._desk.copies.busy:
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        self._desk.copies.idle.disconnect(loop.quit)
        job.cancel()
