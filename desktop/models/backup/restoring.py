"""Restoring: a backup and the changes after it become a new store beside; then the two swap.

Nothing of the present store is touched before the swap, and it stays beside under another name.
"""

import errno
import json
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.errors import UserError, reason_of
from desktop.lasting import make_folder, sync_folder
from desktop.models.attachments import FOLDER as ATTACHMENTS
from desktop.models.attachments import is_sound, path_of, write_content
from desktop.models.backup import archive as archives
from desktop.models.backup.archive import BackupLine, line_of, read_back
from desktop.models.backup.generations import own
from desktop.models.backup.replaying import BROKEN_LINE, later_lines, renew_verdicts, replay
from desktop.models.change_file import files_of, last_entry_in
from desktop.models.engines import sqlite
from desktop.models.engines.lock import FENCE_FILE
from desktop.models.engines.sqlite import Connection
from desktop.models.faults import explain
from desktop.models.issuing import remember
from desktop.models.labels import action_label
from desktop.models.reserve import NAME as RESERVE
from desktop.models.store import BACKUPS, CHANGES, open_store
from desktop.models.synced import refusal_of
from desktop.programme.definition import Programme
from desktop.progress import SILENT, Progress
from desktop.text import _

WORK = ".restoring"
"""The folder in a store's own in which the restored one is built."""
_MOST_LOST = 20


@dataclass(frozen=True, slots=True)
class State:
    """What a store holds: initiatives, entries of its journal, the last of them and its time."""

    initiatives: int
    entries: int
    last_change: str
    last_time: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What restoring would change.

    ``before`` is None where there is no store, or none that can be read; ``replayed`` counts the
    changes after the backup that are in ``after`` all the same; ``lost`` names the newest entries
    that would be gone, of ``lost_count`` in all.
    """

    before: State | None
    after: State
    replayed: int
    lost: tuple[str, ...]
    lost_count: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """A restored store, whole in ``work`` within ``folder``, that waits for the swap."""

    backup: BackupLine
    folder: Path
    work: Path
    store_id: str
    comparison: Comparison

    def drop(self) -> None:
        """Take the restored store away again; the present one stays as it is."""
        shutil.rmtree(self.work, ignore_errors=True)


def prepare(
    backup: Path,
    folder: Path,
    *,
    programmes: Mapping[str, Programme],
    clock: Callable[[], datetime],
    later: bool = True,
    progress: Progress = SILENT,
) -> Prepared:
    """Build in ``folder`` what restoring a backup gives, beside the store that is there.

    With ``later`` the changes after the backup are done again, as far as the change files hold.
    Raises UserError where the backup is not whole, the folder is another office's, holds other
    things or cannot be written; then nothing was changed.
    """
    manifest = read_back(backup, progress)
    refusal = refusal_of(folder)
    if refusal is not None:
        raise refusal
    _refuse_another_office(folder, manifest)
    work = folder / WORK
    with _said(folder):
        _make_room(folder)
        _unpack(backup, manifest, work)
        replayed = 0
        if later:
            changes = _changes_for(backup, folder, manifest["store_id"])
            replayed = _replay(work, changes, manifest, programmes, clock, progress)
        comparison = _compare(folder, work, replayed)
    line = line_of(backup, manifest)
    return Prepared(line, folder, work, manifest["store_id"], comparison)


def swap(prepared: Prepared) -> BackupLine:
    """Put what was prepared in the place of the store; what was there is kept beside it.

    The caller holds the writer's lock of a store that is there. Raises UserError; then the store
    that was there is there still.
    """
    folder = prepared.folder
    with _said(folder):
        for name in (ATTACHMENTS, CHANGES, BACKUPS):
            (folder / name).mkdir(exist_ok=True)
        _take_attachments(prepared)
        _remember_numbers(folder)
        entry = prepared.comparison.after.entries
        stamp = _set_aside(folder)
        # Before the database: after a power cut in between they are written again from it.
        _set_changes_aside(folder / CHANGES / f"{prepared.store_id}.jsonl", entry, stamp)
        sync_folder(folder / CHANGES)
        (prepared.work / sqlite.STORE_FILE).replace(folder / sqlite.STORE_FILE)
        # It is in place; after a power cut it may be the former one again, which is whole too.
        with suppress(OSError):
            sync_folder(folder)
    prepared.drop()
    return prepared.backup


def _remember_numbers(folder: Path) -> None:
    """Note which numbers of papers the present store gave, as far as it can be read.

    The restored one gives none of them again.
    """
    with suppress(UserError, OSError, UnicodeDecodeError, sqlite.Error):
        connection = sqlite.connect(folder)
        try:
            remember(folder, connection)
        finally:
            connection.close()


def restore(backup: Path, folder: Path) -> BackupLine:
    """Put a backup, exactly as it is, in the place of a store or into a new folder.

    As ``prepare`` without later changes, and ``swap``.
    """
    prepared = prepare(backup, folder, programmes={}, clock=datetime.now, later=False)
    return swap(prepared)


@contextmanager
def _said(folder: Path) -> Iterator[None]:
    """Say in words what disk or engine refuse, and leave no half-built store behind."""
    try:
        yield
    except BaseException as error:
        shutil.rmtree(folder / WORK, ignore_errors=True)
        if isinstance(error, OSError):
            raise _unwritable(folder, reason_of(error)) from error
        if isinstance(error, sqlite.Error):
            known = explain(error, folder)
            if known is not None:
                raise _unwritable(folder, str(known)) from error
        raise


def _unwritable(folder: Path, reason: str) -> UserError:
    return UserError(
        _("The backup cannot be restored to {folder}: {reason}.").format(
            folder=folder, reason=reason
        ),
        code="backup.unwritable",
    )


def _make_room(folder: Path) -> None:
    make_folder(folder)
    strangers = [path for path in folder.iterdir() if path.name not in _parts(folder)]
    if strangers and not (folder / sqlite.STORE_FILE).exists():
        raise UserError(
            _("The folder {folder} is not empty. Choose a new or an empty folder.").format(
                folder=folder
            ),
            code="store.not_empty",
        )
    shutil.rmtree(folder / WORK, ignore_errors=True)
    (folder / WORK).mkdir()


def _parts(folder: Path) -> set[str]:
    kept = {path.name for path in folder.glob(f"{sqlite.STORE_FILE}*")}
    locks = {"store.lock", "store.lock-journal", FENCE_FILE, RESERVE}
    return kept | locks | {ATTACHMENTS, CHANGES, BACKUPS, WORK}


def _refuse_another_office(folder: Path, manifest: dict[str, Any]) -> None:
    """Refuse to put one office's backup in the place of another office's sound store."""
    try:
        connection = sqlite.connect(folder)
    except UserError:
        return
    try:
        row = connection.execute("SELECT value FROM store_info WHERE key = 'store_id'").fetchone()
    finally:
        connection.close()
    if row[0] != manifest["store_id"]:
        raise UserError(
            _(
                "The store in {folder} is another one than the backup's. Restore the backup into a "
                "new folder."
            ).format(folder=folder),
            code="backup.other",
        )


def _unpack(backup: Path, manifest: dict[str, Any], work: Path) -> None:
    """Write the database, and the attachments that the store does not have, into ``work``."""
    try:
        with zipfile.ZipFile(backup) as archive:
            archives.extract(archive, sqlite.STORE_FILE, work / sqlite.STORE_FILE)
            archives.sync(work / sqlite.STORE_FILE)
            for name in manifest["attachments"]:
                if not is_sound(work.parent, name):
                    content = archives.attachment(archive, name, backup.parent)
                    write_content(work, path_of(work, name), content)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        # It was whole a moment ago: the disk gives it no longer.
        raise archives.unreadable(backup, OSError(errno.EIO, str(error))) from error


def _take_attachments(prepared: Prepared) -> None:
    """Move what was unpacked to where the store looks for it."""
    for source in (prepared.work / ATTACHMENTS).glob("??/*"):
        target = path_of(prepared.folder, source.name)
        target.parent.mkdir(exist_ok=True)
        source.replace(target)
        sync_folder(target.parent)
    sync_folder(prepared.folder / ATTACHMENTS)


def _changes_for(backup: Path, folder: Path, store_id: str) -> Path:
    """The change file that goes with a backup: the folder's own, else that of its own store."""
    own_file = folder / CHANGES / f"{store_id}.jsonl"
    if not files_of(own_file) and backup.resolve() in own(backup.resolve().parent):
        return backup.resolve().parent.parent / CHANGES / own_file.name
    return own_file


def _replay(
    work: Path,
    changes: Path,
    manifest: dict[str, Any],
    programmes: Mapping[str, Programme],
    clock: Callable[[], datetime],
    progress: Progress,
) -> int:
    """Do again what the change files tell of after the backup; how many changes that were."""
    lines = later_lines(changes, manifest["entry"], manifest["chain"])
    first = next(lines, None)
    if first is None:
        return 0
    programme = _programme_of(work, programmes, clock)
    whole = _in_one(work, lambda c: _all(c, changes, manifest, programme, clock(), progress))
    if _programme_of(work, programmes, clock) != programme:
        changed = _programme_of(work, programmes, clock)
        _in_one(work, lambda c: renew_verdicts(c, changed, clock()))
    return int(whole)


def _all(
    connection: Connection,
    changes: Path,
    manifest: dict[str, Any],
    programme: Programme,
    now: datetime,
    progress: Progress,
) -> int:
    lines = later_lines(changes, manifest["entry"], manifest["chain"])
    return replay(connection, lines, programme=programme, now=now, progress=progress)


def _programme_of(
    work: Path, programmes: Mapping[str, Programme], clock: Callable[[], datetime]
) -> Programme:
    """The programme in force in the store being built, which is brought to this schema first."""
    older = sqlite.is_older(work)
    with open_store(
        work, user="", clock=clock, programmes=programmes, write=older, keep=lambda _store: None
    ) as store:
        return store.programme


def _in_one(work: Path, act: Callable[[Connection], Any]) -> Any:
    """Do something to the store being built in one transaction."""
    connection = sqlite.connect(work, read_only=False)
    try:
        sqlite.let_writer_keep_its_pages(connection)
        connection.execute("BEGIN IMMEDIATE")
        result = act(connection)
        connection.execute("COMMIT")
    except BROKEN_LINE as error:
        known = explain(error, work)
        if known is not None and known.code == "journal.full":
            raise known from error
        raise UserError(
            _(
                "The changes after the backup do not fit it. Restore the backup without them, or "
                "choose an earlier one."
            ),
            code="backup.changes",
        ) from error
    finally:
        connection.close()
    return result


def _compare(folder: Path, work: Path, replayed: int) -> Comparison:
    """What the folder's store holds and what the restored one does."""
    connection = sqlite.connect(work)
    try:
        after = _state(connection)
        heads = _chains(connection)
    finally:
        connection.close()
    before, lost, count = _before(folder, heads)
    return Comparison(before, after, replayed, lost, count)


def _before(folder: Path, heads: set[str]) -> tuple[State | None, tuple[str, ...], int]:
    """What the present store holds, and which of its entries the restored one lacks."""
    try:
        connection = sqlite.connect(folder)
    except UserError:
        return None, (), 0
    try:
        state = _state(connection)
        rows = connection.execute(
            "SELECT chain, at, action, detail FROM journal_entry ORDER BY id DESC"
        ).fetchall()
        gone = [_told(*row[1:]) for row in rows if row[0] not in heads]
    except (*BROKEN_LINE, UnicodeDecodeError):
        return None, (), 0
    finally:
        connection.close()
    return state, tuple(gone[:_MOST_LOST]), len(gone)


def _chains(connection: Connection) -> set[str]:
    return {row[0] for row in connection.execute("SELECT chain FROM journal_entry").fetchall()}


def _state(connection: Connection) -> State:
    kept = connection.execute("SELECT count(*) FROM initiative WHERE removed_at IS NULL").fetchone()
    row = connection.execute(
        "SELECT id, at, action, detail FROM journal_entry ORDER BY id DESC LIMIT 1"
    ).fetchone()
    if row is None:
        return State(kept[0], 0, "", "")
    return State(kept[0], row[0], _told(*row[1:]), row[1])


def _told(at: str, action: str, detail: str) -> str:
    """An entry in a line: when, and what."""
    words: dict[str, Any] = json.loads(detail)
    time = datetime.fromisoformat(at).strftime("%H:%M %d/%m/%Y")
    return f"{time}  {action_label(str(words.get('of', action)), words)}"


def _set_aside(folder: Path) -> str:
    """Keep a copy of the database with its rollback journal; the ending of their new names.

    The database itself stays until the restored one takes its name in one step.
    """
    stamp = _free_stamp(folder)
    journal = folder / f"{sqlite.STORE_FILE}-journal"
    for path in (folder / sqlite.STORE_FILE, journal):
        if path.exists() and path.stat().st_size:
            tail = path.name[len(sqlite.STORE_FILE) :]
            kept = folder / f"{sqlite.STORE_FILE}.{stamp}{tail}"
            shutil.copy2(path, kept)
            archives.sync(kept)
    # A journal left behind would be rolled into the restored database.
    journal.unlink(missing_ok=True)
    return stamp


def _free_stamp(folder: Path) -> str:
    number = 1
    while (folder / f"{sqlite.STORE_FILE}.before-restore-{number}").exists():
        number += 1
    return f"before-restore-{number}"


def _set_changes_aside(path: Path, entry: int, stamp: str) -> None:
    """Rename the change files that tell of more than the restored store knows.

    What it knows beyond the files that stay is written again when it is next opened.
    """
    for one in files_of(path):
        last = last_entry_in(one)
        if one == path or last is None or last > entry:
            one.replace(one.with_name(f"{one.stem}.{stamp}.jsonl"))
