"""What every place shares: the store, the worker, the icons, and the one announcement of change."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor

from desktop.models.engines import sqlite
from desktop.models.engines.sqlite import Connection
from desktop.models.faults import explain
from desktop.models.register import Listing
from desktop.progress import SILENT, Progress
from desktop.settings import Settings
from desktop.views.icons import Icons
from desktop.views.jobs import Job, Jobs
from desktop.views.theme import Theme

if TYPE_CHECKING:
    from desktop.models.store import Store
    from desktop.programme.definition import Programme


class Surroundings(Protocol):
    """What the program is started with.

    ``resources`` is the folder of icons, fonts, programmes and catalogues; ``settings`` what this
    PC prefers; ``store_folder`` the store to open, None at the first start.
    """

    resources: Path
    settings: Settings
    store_folder: Path | None

    @property
    def clock(self) -> Callable[[], datetime]:
        """What time it is, with its zone."""

    @property
    def user(self) -> str:
        """The name written into history."""

    @property
    def programmes(self) -> "Mapping[str, Programme]":
        """The programmes of this installation by code (slow at the first use)."""

    def open_store(self, *, write: bool = True, progress: Progress = SILENT) -> "Store":
        """Open the store whole (slow); UserError where it cannot be opened."""


class Desk(QObject):
    """What windows work with, and how they hear of each other.

    *Signals:* ``changed(touched)`` with the ids that changed by kind of record; ``opened()`` once
    the store is there; ``wished(place, wish)`` when one place asks for another; ``said(tone, text,
    offers)`` for the message bar, offers being pairs of a label and what it does; ``dressed()``
    when theme or font have changed.

    Four workers run side by side: ``jobs`` what may write, in its order; ``reads`` what a place
    shows; ``papers`` printing; ``copies`` backups that nobody asked for. So lists stay alive while
    a file is recorded, and saves while a backup is made. ``listed`` is what the list of initiatives
    was last narrowed to, for other places to take up. ``refused`` says why the store could not be
    opened whole, blank while that is not so.
    """

    changed = Signal(object)
    opened = Signal()
    wished = Signal(str, object)
    said = Signal(str, str, object)
    dressed = Signal()

    def __init__(self, app: Surroundings, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.app = app
        self.theme = theme
        self.icons = Icons(app.resources / "icons")
        self.jobs = Jobs(self)
        self.reads = Jobs(self)
        self.papers = Jobs(self)
        self.copies = Jobs(self)
        self.store: Store | None = None
        self.connection: Connection | None = None
        self.older = False
        self.refused = ""
        self.listed: Listing | None = None
        self._reader: Connection | None = None

    @property
    def folder(self) -> Path | None:
        """The folder of the store."""
        return self.app.store_folder

    def connect_store(self) -> None:
        """Open the store for reading, at once and without anything heavy; UserError.

        A store of an older schema stays closed (``older``) until it is opened whole.
        """
        self.close_store()
        self.refused = ""
        self.older = self.folder is not None and sqlite.is_older(self.folder)
        if self.folder is not None and not self.older:
            self.connection = sqlite.connect(self.folder, read_only=True)

    def close_store(self) -> None:
        """Let go of the store and of every connection to it."""
        self.drain()
        for connection in (self.connection, self._reader):
            if connection is not None:
                connection.close()
        self.connection = self._reader = None
        if self.store is not None:
            self.store.close()
        self.store = None

    @property
    def lanes(self) -> tuple[Jobs, ...]:
        """The workers."""
        return self.jobs, self.reads, self.papers, self.copies

    @property
    def busy(self) -> bool:
        """Whether any worker has not ended yet."""
        return any(lane.busy for lane in self.lanes)

    def drain(self) -> None:
        """Stop what can be stopped, and wait until every worker rests."""
        for lane in self.lanes:
            lane.drain()

    def read(
        self,
        work: Callable[[Connection], Any],
        done: Callable[[Any], None],
        *,
        key: str = "",
        failed: Callable[[Exception], None] | None = None,
    ) -> Job:
        """Read the store on the worker; a later read of the same key interrupts this one.

        Without ``failed``, an error of the engine or the disk is said, and a bug is raised.
        """

        def reading(_progress: Progress) -> Any:
            return work(self._worker_connection())

        return self.reads.run(reading, done, failed or self._refused, key=key, stop=self._interrupt)

    def _refused(self, error: Exception) -> None:
        known = explain(error, self.folder)
        if known is None:
            raise error
        self.say(str(known), "bad")

    def _worker_connection(self) -> Connection:
        if self._reader is None:
            if self.folder is None:
                raise RuntimeError("there is no store to read")
            self._reader = sqlite.another(self.folder)
        return self._reader

    def _interrupt(self) -> None:
        if self._reader is not None:
            self._reader.interrupt()

    def announce(self, touched: Mapping[str, frozenset[int]]) -> None:
        """Tell every window what has changed."""
        self.changed.emit(dict(touched))

    def say(
        self,
        text: str,
        tone: str = "good",
        offers: tuple[tuple[str, Callable[[], object]], ...] = (),
    ) -> None:
        """Show a sentence in the message bar, with buttons for what it offers."""
        self.said.emit(tone, text, offers)

    def go(self, place: str, wish: object = None) -> None:
        """Ask the window for a place, with what is wanted there."""
        self.wished.emit(place, wish)

    def theme_colour(self, tone: str) -> QColor:
        """The colour of a tone of words in the theme."""
        return QColor(self.theme.tones[tone])
