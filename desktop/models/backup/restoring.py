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
from desktop.lasting import make_folder, replace, sync_folder
from desktop.models.attachments import FOLDER as ATTACHMENTS
from desktop.models.attachments import is_sound, path_of, write_content
from desktop.models.backup import archive as archives
from desktop.models.backup.archive import BackupLine, line_of, read_back
from desktop.models.backup.carrying import (
    ask_store,
    carry_drafts,
    carry_numbers,
    home_of,
    take_files,
)
from desktop.models.backup.making import Head
from desktop.models.backup.replaying import BROKEN_LINE, later_lines, renew_verdicts, replay
from desktop.models.change_file import files_of, last_entry_in
from desktop.models.engines import sqlite
from desktop.models.engines.lock import FENCE_FILE
from desktop.models.engines.sqlite import Connection
from desktop.models.faults import explain
from desktop.models.issuing import GIVEN
from desktop.models.journal import START
from desktop.models.labels import action_label
from desktop.models.reserve import NAME as RESERVE
from desktop.models.store import BACKUPS, CHANGES, open_store
from desktop.models.synced import refusal_of
from desktop.programme.definition import Programme
from desktop.progress import SILENT, Progress
from desktop.text import _

WORK = ".restoring"
"""The folder in a store's own in which the restored one is built."""
_BESIDE = {
    *("store.lock", "store.lock-journal", FENCE_FILE, RESERVE, f"{RESERVE}.new"),
    *(GIVEN, f"{GIVEN}.tmp", ATTACHMENTS, CHANGES, BACKUPS, WORK),
    *("desktop.ini", "thumbs.db"),
}
"""What lies in a store's folder beside its database, in small letters; Windows leaves the last."""
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
    that would be gone, of ``lost_count`` in all; ``missing`` counts the attached and issued files
    that ``after`` names and that were found nowhere.
    """

    before: State | None
    after: State
    replayed: int
    lost: tuple[str, ...]
    lost_count: int
    missing: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """A restored store, whole in ``work`` within ``folder``, that waits for the swap.

    ``head`` is that of the store that was there when preparing began, None where none can be read.
    """

    backup: BackupLine
    folder: Path
    work: Path
    store_id: str
    head: Head | None
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
    manifest = read_back(backup, progress, work=folder if folder.is_dir() else None)
    refusal = refusal_of(folder)
    if refusal is not None:
        raise refusal
    _refuse_another_office(folder, manifest)
    work, head = folder / WORK, _head(folder)
    with _said(folder):
        _make_room(folder)
        _unpack(backup, manifest, work)
        replayed = 0
        if later:
            changes = _changes_for(backup, folder, manifest["store_id"])
            replayed = _replay(work, changes, manifest, programmes, clock, progress)
        missing = take_files(work, folder, backup, manifest["attachments"])
        comparison = _compare(folder, work, replayed, missing)
    line = line_of(backup, manifest)
    return Prepared(line, folder, work, manifest["store_id"], head, comparison)


def swap(prepared: Prepared) -> BackupLine:
    """Put what was prepared in the place of the store; what was there is kept beside it.

    The caller holds the writer's lock of a store that is there. Raises UserError; then the store
    that was there is there still, but for code backup.unfinished: then the restored one stands in
    its place, and restoring once more sets aside the changes of before.
    """
    folder = prepared.folder
    with _said(folder):
        _refuse_changed(prepared)
        for name in (ATTACHMENTS, CHANGES, BACKUPS):
            (folder / name).mkdir(exist_ok=True)
        _take_attachments(prepared)
        carry_numbers(folder, prepared.backup.path)
        carry_drafts(folder, prepared.work, prepared.backup.entry)
        with _set_aside(folder) as stamp:
            _take_the_place(prepared)
        _finish(prepared, stamp)
    prepared.drop()
    return prepared.backup


def _refuse_changed(prepared: Prepared) -> None:
    """Refuse where something was saved after preparing began: it would be neither told nor kept."""
    if _head(prepared.folder) != prepared.head:
        raise UserError(
            _("The store in {folder} has changed meanwhile. Restore again.").format(
                folder=prepared.folder
            ),
            code="store.changed",
        )


def _head(folder: Path) -> Head | None:
    """The head of the journal in a folder's store, None where there is none that can be read."""
    return ask_store(folder, _head_in)


def _head_in(connection: Connection) -> Head:
    row = connection.execute(
        "SELECT id, chain FROM journal_entry ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return Head(*row) if row else Head(0, START)


def _take_the_place(prepared: Prepared) -> None:
    """Give the restored database its name; Windows refuses while anybody has the former open."""
    folder = prepared.folder
    try:
        replace(prepared.work / sqlite.STORE_FILE, folder / sqlite.STORE_FILE)
    except OSError as error:
        raise UserError(
            _(
                "The store in {folder} cannot be replaced: {reason}. Close the program on all PCs, "
                "then restore again."
            ).format(folder=folder, reason=reason_of(error)),
            code="store.in_use",
        ) from error


def _finish(prepared: Prepared, stamp: str) -> None:
    """Set the changes of before aside, once the restored database is in its place for good.

    After a power cut in between the store is behind them: it is not written, and restored again.
    """
    folder = prepared.folder
    changes = folder / CHANGES / f"{prepared.store_id}.jsonl"
    try:
        sync_folder(folder)
        _set_changes_aside(changes, prepared.comparison.after.entries, stamp)
        sync_folder(folder / CHANGES)
    except OSError as error:
        raise UserError(
            _(
                "The backup is in its place in {folder}, but the changes of before could not be "
                "set aside: {reason}. Restore it once more."
            ).format(folder=folder, reason=reason_of(error)),
            code="backup.unfinished",
        ) from error


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
    strangers = [path for path in folder.iterdir() if not _is_part(path.name.lower())]
    if strangers and not (folder / sqlite.STORE_FILE).exists():
        raise UserError(
            _("The folder {folder} is not empty. Choose a new or an empty folder.").format(
                folder=folder
            ),
            code="store.not_empty",
        )
    shutil.rmtree(folder / WORK, ignore_errors=True)
    (folder / WORK).mkdir()


def _is_part(name: str) -> bool:
    return name in _BESIDE or name.startswith(sqlite.STORE_FILE)


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
    own_file, home = folder / CHANGES / f"{store_id}.jsonl", home_of(backup)
    if not files_of(own_file) and home is not None:
        return home / CHANGES / own_file.name
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


def _compare(folder: Path, work: Path, replayed: int, missing: int) -> Comparison:
    """What the folder's store holds and what the restored one does."""
    connection = sqlite.connect(work)
    try:
        after = _state(connection)
        heads = _chains(connection)
    finally:
        connection.close()
    before, lost, count = _before(folder, heads)
    return Comparison(before, after, replayed, lost, count, missing)


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


@contextmanager
def _set_aside(folder: Path) -> Iterator[str]:
    """Keep the database and its rollback journal under other names; the ending of these.

    The database itself stays until the restored one takes its name in one step. Where that fails,
    all is as it was.
    """
    stamp = _free_stamp(folder)
    store, kept = folder / sqlite.STORE_FILE, folder / f"{sqlite.STORE_FILE}.{stamp}"
    journal, kept_journal = (one.with_name(f"{one.name}-journal") for one in (store, kept))
    try:
        if _has_content(store):
            shutil.copy2(store, kept)
            archives.sync(kept)
        if _has_content(journal):
            # Left behind, it would be rolled into the restored database.
            replace(journal, kept_journal)
        sync_folder(folder)
        yield stamp
    except BaseException:
        with suppress(OSError):
            if kept_journal.exists():
                replace(kept_journal, journal)
            kept.unlink(missing_ok=True)
        raise


def _has_content(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _free_stamp(folder: Path) -> str:
    """An ending under which nothing was set aside yet, be it database, journal or changes."""
    number = 1
    while any(folder.glob(f"{sqlite.STORE_FILE}.before-restore-{number}*")) or any(
        (folder / CHANGES).glob(f"*.before-restore-{number}.jsonl")
    ):
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
