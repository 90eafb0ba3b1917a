"""A store: the folder an office's data lie in, opened with typed refusals and one writer."""

import shutil
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Self

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection as AlchemyConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from desktop.errors import UserError, reason_of
from desktop.lasting import make_folder, replace
from desktop.models import migrations, reserve, schema
from desktop.models.attachments import FOLDER as ATTACHMENTS
from desktop.models.deriving import derive
from desktop.models.dossiers import OfficeSheet
from desktop.models.engines import sqlite
from desktop.models.engines.lock import FENCE_FILE, LOCK_FILE, Owner, WriterLock
from desktop.models.engines.sqlite import Connection
from desktop.models.faults import engine_reason, explain
from desktop.models.in_force import Reader
from desktop.models.issuing import GIVEN
from desktop.models.journal import Journal, catch_up, is_behind
from desktop.models.office import read_office
from desktop.models.reading import Written
from desktop.models.synced import refusal_of
from desktop.programme.definition import Programme
from desktop.progress import SILENT, Progress
from desktop.text import _

CHANGES, BACKUPS = "changes", "backups"


class Store:
    """An open store.

    Attributes: ``folder``; ``shipped``, the programmes of this installation by code; ``owner``,
    who writes to it where that is somebody else; ``journal``,
    the gate for every write; ``store_id``.
    """

    def __init__(
        self,
        folder: Path,
        *,
        user: str,
        clock: Callable[[], datetime],
        programmes: Mapping[str, Programme],
        write: bool,
        keep: Callable[["Store"], object] | None = None,
        progress: Progress = SILENT,
    ) -> None:
        self.folder = folder
        self.clock = clock
        self.user = user
        self._in_force = Reader(programmes)
        self.shipped = programmes
        self._lock = WriterLock(folder)
        self.owner: Owner | None = None
        self._refusal: UserError | None = None
        self._thread = threading.get_ident()
        self._readers: dict[int, Connection] = {}
        self._reader: Connection | None = sqlite.connect(folder)
        try:
            self.store_id = self._info("store_id")
            self._refusal = None if write else _read_only(folder)
            if write:
                self._take_lock()
            if sqlite.is_older(folder):
                self._bring_up(keep, progress)
            self._in_force.read(self._reader)
            changes = folder / CHANGES / f"{self.store_id}.jsonl"
            if self._refusal is None and is_behind(self._reader, changes):
                self._lock.release()
                self._refusal = _behind(folder)
            trouble = "" if self._refusal is not None else catch_up(self._reader, changes)
            if self._refusal is None:
                reserve.keep(folder)
        except BaseException as error:
            self._reader.close()
            self._lock.release()
            if isinstance(error, sqlite.Error | UnicodeDecodeError):
                harmed = sqlite.damaged(folder / sqlite.STORE_FILE)
                raise explain(error, folder) or harmed from error
            raise
        self._engine = _engine(folder)
        self.journal = Journal(
            self._engine,
            user=user,
            clock=clock,
            programme=lambda: self.programme,
            derive=self._derive,
            folder=folder,
            changes=changes,
            reading=self.reading,
            behind=bool(trouble),
            refusal=self._look,
            make_room=lambda: reserve.release(folder),
        )

    @property
    def programme(self) -> Programme:
        """The programme in force now, also where undoing or another process has changed it.

        Raises UserError where it cannot be read here.
        """
        with self.reading() as connection:
            return self._in_force.read(connection)

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written, because somebody else writes or the folder forbids it."""
        return self._refusal is not None

    @property
    def refusal(self) -> UserError | None:
        """Why nothing can be written, None where it can."""
        return self._refusal

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for short reads; every thread has one of its own."""
        thread = threading.get_ident()
        if self._reader is not None and thread == self._thread:
            yield self._reader
            return
        if thread not in self._readers:
            self._readers[thread] = sqlite.another(self.folder)
        yield self._readers[thread]

    def office(self) -> OfficeSheet:
        """What papers say of the office itself."""
        with self.reading() as connection:
            return read_office(connection)

    @contextmanager
    def derived_writes(self) -> Iterator[Connection]:
        """A transaction for what is not journalled: drafts and kept verdicts."""
        refusal = self._look()
        if refusal is not None:
            raise refusal
        try:
            with self._engine.begin() as outer:
                raw = outer.connection.driver_connection
                connection: Connection = raw  # type: ignore[assignment] # the driver's own
                yield connection
                sqlite.commit(connection)
        except (DBAPIError, sqlite.Error) as error:
            raise explain(error, self.folder) or error from error

    def close(self) -> None:
        """Close everything and let the writer's lock go."""
        for reader in (self._reader, *self._readers.values()):
            if reader is not None:
                reader.close()
        self._reader = None
        self._readers.clear()
        self._engine.dispose()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _info(self, key: str) -> str:
        with self.reading() as connection:
            row = connection.execute(
                "SELECT value FROM store_info WHERE key = ?", (key,)
            ).fetchone()
        return str(row[0])

    def _bring_up(self, keep: Callable[["Store"], object] | None, progress: Progress) -> None:
        """Migrate a store of an older schema, after a backup; UserError where that cannot be."""
        if self._refusal is not None or keep is None:
            raise _older(self.folder)
        keep(self)
        migrations.bring_up(
            self.folder, programme=self._in_force.read, now=self.clock(), progress=progress
        )
        # A connection of before holds parts of the search index that it saw then.
        if self._reader is not None:
            self._reader.close()
        self._reader = sqlite.connect(self.folder)

    def _look(self) -> UserError | None:
        """Why nothing can be written now; looked at inside each transaction that writes."""
        if self._refusal is None and self._lock.is_overtaken():
            self._refusal = _overtaken(self.folder)
        return self._refusal

    def _take_lock(self) -> None:
        self._refusal = refusal_of(self.folder)
        if self._refusal is not None:
            return
        try:
            self.owner = self._lock.acquire(self.user, self.clock())
        except OSError as error:
            self._refusal = _unwritable(self.folder, reason_of(error))
            return
        if self.owner is not None:
            self._refusal = _locked(self.owner)

    def _derive(
        self,
        connection: Connection,
        touched: Mapping[str, frozenset[int]],
        revision: int,
        progress: Progress,
        written: Mapping[int, Written],
    ) -> None:
        derive(
            *(connection, touched, revision),
            programme=self._in_force.read(connection),
            now=self.clock(),
            progress=progress,
            written=written,
        )


def open_store(
    folder: Path,
    *,
    user: str,
    clock: Callable[[], datetime],
    programmes: Mapping[str, Programme],
    write: bool = True,
    keep: Callable[[Store], object] | None = None,
    progress: Progress = SILENT,
) -> Store:
    """Open the store in ``folder``.

    With ``write`` the writer's lock is taken; where somebody else has it the store is open for
    reading and says so. A store of an older schema is brought to this program's while nobody else
    writes, after ``keep`` has made a backup of it; otherwise it is refused (code store.older).
    Raises UserError where it cannot be opened at all.
    """
    return Store(
        folder,
        user=user,
        clock=clock,
        programmes=programmes,
        write=write,
        keep=keep,
        progress=progress,
    )


def create_store(folder: Path) -> None:
    """Create an empty store in a folder that is new or empty.

    Raises UserError where the folder is not empty or cannot be written; then nothing is left there.
    """
    refusal = refusal_of(folder)
    if refusal is not None:
        raise refusal
    made = not folder.exists()
    try:
        if not made and any(folder.iterdir()):
            raise UserError(
                _("The folder {folder} is not empty. Choose a new or an empty folder.").format(
                    folder=folder
                ),
                code="store.not_empty",
            )
        make_folder(folder)
    except OSError as error:
        raise _not_made(folder, reason_of(error)) from error
    try:
        for name in (ATTACHMENTS, CHANGES, BACKUPS):
            (folder / name).mkdir()
        _build(folder)
    except (OSError, sqlite.Error) as error:
        sweep(folder, made=made)
        reason = reason_of(error) if isinstance(error, OSError) else engine_reason(error)
        raise _not_made(folder, reason) from error


def _not_made(folder: Path, reason: str) -> UserError:
    return UserError(
        _("No store can be made in {folder}: {reason}. Choose another folder.").format(
            folder=folder, reason=reason
        ),
        code="store.unwritable",
    )


def sweep(folder: Path, *, made: bool) -> None:
    """Take away what a store that could not be made has left in its new or empty folder."""
    if not folder.exists():
        return
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    if made:
        with suppress(OSError):
            folder.rmdir()


def refuse_store_files(out: Path) -> None:
    """Refuse to write over a store's own files, whichever store they belong to; UserError."""
    for folder in out.resolve().parents:
        if not (folder / sqlite.STORE_FILE).exists():
            continue
        first = out.resolve().relative_to(folder).parts[0]
        own = first.startswith(
            (sqlite.STORE_FILE, LOCK_FILE, FENCE_FILE, reserve.NAME, GIVEN)
        ) or first in {ATTACHMENTS, CHANGES}
        if own:
            raise UserError(
                _("{file} belongs to a store. Choose another name or another folder.").format(
                    file=out
                ),
                code="store.own_file",
            )


def _build(folder: Path) -> None:
    """Write the database under a temporary name, then give it its own."""
    temporary = folder / f"{sqlite.STORE_FILE}.new"
    connection = sqlite.create(temporary)
    try:
        connection.execute("BEGIN IMMEDIATE")
        schema.build(connection)
        connection.execute("INSERT INTO store_info VALUES ('store_id', ?)", (uuid.uuid4().hex,))
        connection.execute("COMMIT")
    finally:
        connection.close()
    # The rollback journal is kept empty beside its database; this one goes with the old name.
    temporary.with_name(f"{temporary.name}-journal").unlink(missing_ok=True)
    replace(temporary, folder / sqlite.STORE_FILE)


def _engine(folder: Path) -> Engine:
    """The writer's engine: one connection, explicit transactions, BEGIN IMMEDIATE."""
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: _writer(folder),
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: AlchemyConnection) -> None:
        reads = connection.get_execution_options().get("readonly", False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def _writer(folder: Path) -> Connection:
    connection = sqlite.connect(folder, read_only=False)
    sqlite.let_writer_keep_its_pages(connection)
    return connection


def _locked(owner: Owner) -> UserError:
    return UserError(
        _(
            "{user} on {computer} has had this store open since {since}. You can read; to write, "
            "ask them to close the program first."
        ).format(
            user=owner.user,
            computer=owner.computer,
            since=datetime.fromisoformat(owner.since).strftime("%H:%M %d/%m/%Y"),
        ),
        code="store.locked",
    )


def _unwritable(folder: Path, reason: str) -> UserError:
    return UserError(
        _(
            "The folder {folder} cannot be written: {reason}. You can read; to write, mend "
            "that first."
        ).format(folder=folder, reason=reason),
        code="store.read_only",
    )


def _overtaken(folder: Path) -> UserError:
    return UserError(
        _(
            "Somebody else has begun to write to the store in {folder}: the locks of that folder "
            "do not hold. Nothing more is written here. Close the program on all PCs but one."
        ).format(folder=folder),
        code="store.overtaken",
    )


def _behind(folder: Path) -> UserError:
    return UserError(
        _(
            "The store in {folder} lacks its newest changes, which stand in its change file: the "
            "disk has lost them. Nothing is written here until they are back. Restore the newest "
            "backup with later changes; where there is none, make one first."
        ).format(folder=folder),
        code="store.behind",
    )


def _older(folder: Path) -> UserError:
    return UserError(
        _(
            "The store in {folder} was last written by an earlier version of the program. Open it "
            "once for writing, on a PC that may write to it and while nobody else has it open; "
            "then it can be read here."
        ).format(folder=folder),
        code="store.older",
    )


def _read_only(folder: Path) -> UserError:
    return UserError(
        _("The store in {folder} was opened for reading only.").format(folder=folder),
        code="store.read_only",
    )
