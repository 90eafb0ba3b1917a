"""Making backups: copied while the office works on, read back, then named."""

import errno
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from desktop.errors import UserError, reason_of
from desktop.lasting import make_folder
from desktop.models import schema
from desktop.models.attachments import first_sound, path_of, write_content
from desktop.models.backup.archive import (
    SUFFIX,
    BackupLine,
    contents,
    line_of,
    pool_path,
    unwritable,
    write,
)
from desktop.models.backup.generations import (
    MIGRATION,
    WORK,
    newest,
    next_place,
    prune,
    prune_changes,
    sweep,
    sweep_work,
)
from desktop.models.backup.turns import turn_in
from desktop.models.change_file import ChangeFile
from desktop.models.engines import sqlite
from desktop.models.engines.sqlite import Connection
from desktop.models.faults import engine_reason, explain
from desktop.models.journal import START
from desktop.models.store import BACKUPS, CHANGES, Store, refuse_store_files
from desktop.progress import SILENT, Progress
from desktop.text import _

_PAGES = 256
"""Pages (of 4 KiB) copied at a time; a save waits for no more than these."""
_RESTARTS = 5
"""So often a save may make the copying begin again; then all is copied at once, and saves wait."""


def back_up(
    store: Store, out: Path | None = None, progress: Progress = SILENT, *, reason: str = ""
) -> BackupLine:
    """Make a verified backup at ``out``, or as the next of the store's own series.

    Readers and saves go on meanwhile; another backup of the store waits its turn. One of the
    series closes the change file, and older ones that need not stay are deleted. Raises UserError
    where the place cannot be written or the copy does not read back equal; an older file of that
    name then stays as it was.
    """
    series = store.folder / BACKUPS
    with turn_in(series, store.user, store.clock(), progress) as alone:
        target = out if out is not None else next_place(series, store.clock())
        refuse_store_files(target)
        if alone:
            _sweep(store, target)
        with _said(store, target):
            line = _make(store, target, progress, reason, pooled=out is None)
            if out is None:
                # The backup is made: what cannot be tidied up now is after the next one.
                with suppress(OSError):
                    _tidy_up(store)
    return line


@contextmanager
def _said(store: Store, target: Path) -> Iterator[None]:
    """Say in words what disk or engine refuse."""
    try:
        yield
    except (sqlite.Error, UnicodeDecodeError) as error:
        if _is_damage(error):
            raise sqlite.damaged(store.folder / sqlite.STORE_FILE) from error
        if explain(error, store.folder) is None:
            raise
        raise unwritable(target, engine_reason(error)) from error
    except OSError as error:
        raise unwritable(target, reason_of(error)) from error


def _sweep(store: Store, target: Path) -> None:
    """Take away what backups of this store that were killed have left, as far as that goes."""
    with suppress(OSError):
        sweep(store.folder / BACKUPS)
        sweep_work(target.parent, _work_of(store))


def _work_of(store: Store) -> str:
    """How the folder begins in which a backup is made: in it lies a whole copy of this store."""
    return f"{WORK}{store.store_id[:8]}-"


def _tidy_up(store: Store) -> None:
    """Thin the series, and let a new change file begin."""
    prune(store.folder / BACKUPS)
    if store.refusal is None:
        ChangeFile(store.folder / CHANGES / f"{store.store_id}.jsonl").close()
        prune_changes(store.folder, store.store_id)


def _is_damage(error: Exception) -> bool:
    """Whether an error tells of a damaged database, with or without the engine's name for it."""
    known = explain(error, Path())
    return "malformed" in str(error) or (known is not None and known.code == "store.damaged")


def _make(
    store: Store, target: Path, progress: Progress, reason: str, *, pooled: bool
) -> BackupLine:
    make_folder(target.parent)
    with tempfile.TemporaryDirectory(
        dir=target.parent, prefix=_work_of(store), ignore_cleanup_errors=True
    ) as work:
        copy = Path(work) / sqlite.STORE_FILE
        _copy(store.folder, copy, progress)
        manifest, files = _describe(store, copy, progress)
        manifest["reason"] = reason
        write(target, copy, files, manifest, pooled=pooled, progress=progress)
    return line_of(target, manifest)


class _RestlessError(Exception):
    """Saves made the copying begin again too often."""


def _copy(folder: Path, target: Path, progress: Progress) -> None:
    """Copy the database as it is at one moment, with room for saves in between."""
    source = sqlite.another(folder)
    try:
        try:
            _copy_by_slices(source, target, progress)
        except _RestlessError:
            target.unlink()
            _copy_into(source, target, pages=-1)
    finally:
        source.close()


def _copy_by_slices(source: Connection, target: Path, progress: Progress) -> None:
    left, restarts = 2**62, 0

    def step(_status: int, remaining: int, total: int) -> None:
        nonlocal left, restarts
        restarts += remaining > left
        left = remaining
        if restarts > _RESTARTS:
            raise _RestlessError
        progress.step(total - remaining, total, _("Copying the database"))

    _copy_into(source, target, pages=_PAGES, progress=step)


def _copy_into(source: Connection, target: Path, **how: Any) -> None:
    """Copy a database; OSError where the disk of the copy refuses.

    The driver's error names nothing here. Raises UserError where the store cannot be read.
    """
    copy = sqlite.create(target)
    try:
        source.backup(copy, **how)
    except sqlite.Error as error:
        if "malformed" in str(error) or "not a database" in str(error):
            raise
        if "full" in str(error):
            raise OSError(errno.ENOSPC, str(error)) from error
        _refuse_unreadable(source)
        _write_more(target)
        raise OSError(errno.EIO, str(error)) from error
    finally:
        copy.close()


def _refuse_unreadable(source: Connection) -> None:
    """Raise UserError where the store itself is what cannot be read, page by page."""
    try:
        source.execute("PRAGMA quick_check(1)").fetchall()
    except sqlite.Error as error:
        raise UserError(
            _(
                "No backup could be made: the store cannot be read ({reason}). Its disk may be "
                "failing; copy the store's folder to another disk, earlier backups with it."
            ).format(reason=engine_reason(error)),
            code="store.unreadable",
        ) from error


def _write_more(target: Path) -> None:
    """Write on in a copy that failed: where the disk refuses, the system says why; OSError."""
    with target.open("ab") as file:
        file.write(bytes(_PAGES << 12))
        file.flush()
        os.fsync(file.fileno())


def _describe(store: Store, copy: Path, progress: Progress) -> tuple[dict[str, Any], list[Path]]:
    """What the copy holds, and the attachments that its records name and that are sound.

    What is sound nowhere must not keep the rest from being backed up: the manifest names it as
    missing, and ``verify`` says whose it was.
    """
    try:
        connection = sqlite.connect(copy.parent)
    except UserError as error:
        # The store opened a moment ago: it is the copy that cannot be read.
        raise OSError(errno.EIO, str(error)) from error
    try:
        names = files_named(connection)
        manifest = {
            "format": 2,
            "store_id": store.store_id,
            "made_at": store.clock().isoformat(timespec="seconds"),
            **contents(connection, progress),
        }
    finally:
        connection.close()
    files = _sound_files(store, names, progress)
    manifest["missing"] = sorted(set(names) - {path.name for path in files})
    return manifest, files


def _sound_files(store: Store, names: Sequence[str], progress: Progress) -> list[Path]:
    """Where each of these contents lies unharmed: in the store, else beside its backups."""
    files = []
    for number, name in enumerate(names):
        progress.step(number, len(names), _("Checking the attachments"))
        own = path_of(store.folder, name)
        found = first_sound((own, pool_path(store.folder / BACKUPS, name)), name)
        if found is not None:
            files.append(found)
            if found != own and store.refusal is None:
                # A store that does not take it back has it in this backup all the same.
                with suppress(UserError, OSError):
                    write_content(store.folder, own, found.read_bytes())
    return files


def files_named(connection: Connection) -> list[str]:
    """The files that attachments and issued papers name, by their SHA-256."""
    named = [("attachment", "sha256"), ("issued_paper", "pdf")]
    there = schema.columns_kept(connection)
    found = {
        row[0]
        for table, column in named
        if table in there
        for row in connection.execute(f'SELECT {column} FROM "{table}"').fetchall()
    }
    return sorted(found)


def before_migration(store: Store) -> BackupLine:
    """Make a verified backup of a store that is about to be migrated.

    It is named after the schema to come and the newest entry, and never pruned. Another one of the
    same state takes its place. Raises UserError as ``back_up`` does.
    """
    entry, chain = head_of(store)
    name = f"{MIGRATION}{sqlite.SCHEMA_VERSION}-{entry:05d}-{chain[:8]}{SUFFIX}"
    return back_up(store, store.folder / BACKUPS / name, reason="migration")


class Head(NamedTuple):
    """The newest entry of a journal and its link of the chain, which stands for all before it."""

    entry: int
    chain: str

    @property
    def mark(self) -> str:
        """As people write it down."""
        return f"{self.entry}-{self.chain}"


def read_mark(mark: str) -> Head:
    """The head that a mark tells of; UserError where it is none."""
    found = re.fullmatch(r"(\d{1,12})-([0-9a-f]{64})", mark.strip().lower())
    if found is None:
        raise UserError(
            _("{mark} is no mark of a journal. It is a number, a dash and 64 signs.").format(
                mark=mark
            ),
            code="verify.mark",
        )
    return Head(int(found[1]), found[2])


def head_of(store: Store) -> Head:
    """The head of a store's journal."""
    connection = sqlite.another(store.folder)
    try:
        head = connection.execute(
            "SELECT id, chain FROM journal_entry ORDER BY id DESC LIMIT 1"
        ).fetchone()
    finally:
        connection.close()
    return Head(int(head[0]), str(head[1])) if head else Head(0, START)


def has_changed(store: Store) -> bool:
    """Whether the store is no longer as its newest backup holds it."""
    found = newest(store.folder)
    if found is None:
        return True
    return (found[1].get("entry"), found[1].get("chain")) != head_of(store)


def is_due(store: Store, every: timedelta) -> bool:
    """Whether a backup is to be made now: something changed, and the last one is so old.

    A last backup from the future was made under another clock; how old it is nobody knows.
    """
    found = newest(store.folder)
    if found is None:
        return True
    age = store.clock() - found[0].made_at
    return (age >= every or age < timedelta()) and has_changed(store)
