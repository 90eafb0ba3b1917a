"""Verified copies of a store, their restoring, and the search for damage.

A backup is one ZIP file: the database copied in one step, the attachments by content, and a
manifest with row counts and digests. It is written under a temporary name, read back, then renamed.
"""

import errno
import hashlib
import json
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.errors import UserError, reason_of
from desktop.models import schema
from desktop.models.attachments import FOLDER as ATTACHMENTS
from desktop.models.attachments import is_sound, path_of, sync_folder
from desktop.models.change_file import ChangeFile
from desktop.models.deriving import stale_listing
from desktop.models.engines import sqlite
from desktop.models.engines.sqlite import Connection
from desktop.models.faults import explain
from desktop.models.journal import (
    START,
    change_hash,
    describe,
    entry_body,
    link,
    range_digest,
    row_digest,
)
from desktop.models.store import BACKUPS, CHANGES, Store, refuse_store_files
from desktop.progress import SILENT, Progress
from desktop.text import _

MANIFEST = "manifest.json"
_SUFFIX = ".skbackup"
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, sqlite.Error),
    *(KeyError, ValueError, EOFError, NotImplementedError, RuntimeError),
)
"""What reading a damaged backup can raise."""
_KEPT = 10


@dataclass(frozen=True, slots=True)
class BackupLine:
    """A backup in a list: its file, when it was made, the last entry and how many initiatives."""

    path: Path
    made_at: datetime
    entry: int
    initiatives: int
    size: int


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is wrong in a store: what kind, which record or file, and what was found."""

    kind: str
    record: str
    message: str


def back_up(store: Store, out: Path | None = None, progress: Progress = SILENT) -> BackupLine:
    """Make a verified backup at ``out``, or in the store's own folder of backups.

    Raises UserError where the place cannot be written or the copy does not read back equal; an
    older file of that name then stays as it was.
    """
    target = out if out is not None else _next_place(store)
    refuse_store_files(target)
    temporary = target.with_name(f".{target.name}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as work:
            copy = Path(work) / sqlite.STORE_FILE
            manifest = _copy(store, copy)
            files = _files(store.folder, copy.parent)
            with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                archive.write(copy, sqlite.STORE_FILE)
                for number, path in enumerate(files):
                    progress.step(number, len(files), _("Copying attachments"))
                    archive.write(path, f"{ATTACHMENTS}/{path.name}", zipfile.ZIP_STORED)
                manifest["attachments"] = [path.name for path in files]
                archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        _read_back(temporary)
        _sync(temporary)
        temporary.replace(target)
        sync_folder(target.parent)
    except sqlite.Error as error:
        known = explain(error, store.folder)
        if known is None or known.code == "store.damaged":
            raise known or error from error
        raise _unwritable(target, OSError(errno.ENOSPC, "")) from error
    except OSError as error:
        raise _unwritable(target, error) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    if out is None:
        _prune(store.folder)
    return _line(target, manifest)


def _unwritable(target: Path, error: OSError) -> UserError:
    return UserError(
        _("The backup could not be written to {file}: {reason}. Choose another place.").format(
            file=target, reason=reason_of(error)
        ),
        code="backup.unwritable",
    )


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _next_place(store: Store) -> Path:
    """The next place in the store's own folder; numbered, so that a wrong clock prunes nothing."""
    numbers = [int(path.stem.split("-")[1]) for path in _own(store.folder)]
    number = max(numbers, default=0) + 1
    day = store.clock().strftime("%Y%m%d-%H%M%S")
    return store.folder / BACKUPS / f"store-{number:05d}-{day}{_SUFFIX}"


def _own(folder: Path) -> list[Path]:
    return sorted((folder / BACKUPS).glob(f"store-[0-9]*-*{_SUFFIX}"))


def _prune(folder: Path) -> None:
    """Keep the newest by number, never by age."""
    for path in _own(folder)[:-_KEPT]:
        path.unlink()


def _files(folder: Path, copy: Path) -> list[Path]:
    """The attachments that the copied records name and that are sound.

    One that is missing or has rotted is left to ``verify`` to name; it must not keep the rest from
    being backed up.
    """
    connection = sqlite.connect(copy)
    try:
        rows = connection.execute("SELECT DISTINCT sha256 FROM attachment ORDER BY 1").fetchall()
    finally:
        connection.close()
    return [path_of(folder, digest) for (digest,) in rows if is_sound(folder, digest)]


def _copy(store: Store, target: Path) -> dict[str, Any]:
    """Copy the database in one step; what the copy must hold."""
    with store.reading() as connection:
        copy = sqlite.create(target)
        try:
            connection.backup(copy, pages=-1)
        finally:
            copy.close()
    checked = sqlite.connect(target.parent)
    try:
        return {
            "format": 1,
            "store_id": store.store_id,
            "made_at": store.clock().isoformat(timespec="seconds"),
            **_contents(checked),
        }
    finally:
        checked.close()


def _contents(connection: Connection) -> dict[str, Any]:
    """The last entry with its link, and for each table its rows' number and digest."""
    head = connection.execute(
        "SELECT id, chain FROM journal_entry ORDER BY id DESC LIMIT 1"
    ).fetchone()
    tables = {}
    for table in schema.journalled_columns():
        count = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
        tables[table] = [count, range_digest(connection, table, 0, 2**62)]
    kept = connection.execute("SELECT count(*) FROM initiative WHERE removed_at IS NULL").fetchone()
    return {
        "entry": head[0] if head else 0,
        "chain": head[1] if head else START,
        "tables": tables,
        "initiatives": kept[0],
    }


def _read_back(path: Path) -> dict[str, Any]:
    """The manifest of a backup whose content is what it says; UserError otherwise."""
    try:
        with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as work:
            manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
            (Path(work) / sqlite.STORE_FILE).write_bytes(archive.read(sqlite.STORE_FILE))
            connection = sqlite.connect(Path(work))
            try:
                found = _contents(connection)
                sound = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            finally:
                connection.close()
            if not sound or any(manifest[key] != value for key, value in found.items()):
                raise _bad_backup(path)
            for name in manifest["attachments"]:
                content = archive.read(f"{ATTACHMENTS}/{name}")
                if hashlib.sha256(content).hexdigest() != name:
                    raise _bad_backup(path)
    except _BROKEN as error:
        raise _bad_backup(path) from error
    except OSError as error:
        raise UserError(
            _("The backup {file} cannot be read: {reason}.").format(
                file=path, reason=reason_of(error)
            ),
            code="backup.unreadable",
        ) from error
    return manifest


def _bad_backup(path: Path) -> UserError:
    return UserError(
        _("{file} is not a whole backup of a store. Choose another backup.").format(file=path),
        code="backup.damaged",
    )


def _line(path: Path, manifest: dict[str, Any]) -> BackupLine:
    return BackupLine(
        path,
        datetime.fromisoformat(manifest["made_at"]),
        manifest["entry"],
        manifest["initiatives"],
        path.stat().st_size,
    )


def backups(folder: Path) -> list[BackupLine]:
    """The backups in a store's own folder, newest first; what cannot be read is not offered."""
    lines = []
    for path in reversed(_own(folder)):
        try:
            with zipfile.ZipFile(path) as archive:
                lines.append(_line(path, json.loads(archive.read(MANIFEST))))
        except (zipfile.BadZipFile, KeyError, ValueError, OSError):
            continue
    return lines


def restore(backup: Path, folder: Path) -> BackupLine:
    """Put a backup in the place of a store, or into a new folder.

    The backup is verified first. What was there is kept beside it under a name with the time; the
    change file stays, so that later changes are not lost from sight. The caller holds the writer's
    lock of a store that is there. Raises UserError; then nothing was changed.
    """
    manifest = _read_back(backup)
    _refuse_another_office(folder, manifest)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        strangers = [path for path in folder.iterdir() if path.name not in _parts(folder)]
        if strangers and not (folder / sqlite.STORE_FILE).exists():
            raise UserError(
                _("The folder {folder} is not empty. Choose a new or an empty folder.").format(
                    folder=folder
                ),
                code="store.not_empty",
            )
        for name in (ATTACHMENTS, CHANGES, BACKUPS):
            (folder / name).mkdir(exist_ok=True)
        _unpack(backup, manifest, folder)
    except OSError as error:
        raise UserError(
            _("The backup cannot be restored to {folder}: {reason}.").format(
                folder=folder, reason=reason_of(error)
            ),
            code="backup.unwritable",
        ) from error
    return _line(backup, manifest)


def _parts(folder: Path) -> set[str]:
    kept = {path.name for path in folder.glob(f"{sqlite.STORE_FILE}*")}
    return kept | {"store.lock", "store.lock-journal", ATTACHMENTS, CHANGES, BACKUPS}


def _unpack(backup: Path, manifest: dict[str, Any], folder: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        for name in manifest["attachments"]:
            target = folder / ATTACHMENTS / name[:2] / name
            if not is_sound(folder, name):
                target.parent.mkdir(exist_ok=True)
                target.write_bytes(archive.read(f"{ATTACHMENTS}/{name}"))
                _sync(target)
        fresh = folder / f"{sqlite.STORE_FILE}.restored"
        fresh.write_bytes(archive.read(sqlite.STORE_FILE))
        _sync(fresh)
    _set_aside(folder, manifest)
    fresh.replace(folder / sqlite.STORE_FILE)
    sync_folder(folder)


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


def _set_aside(folder: Path, manifest: dict[str, Any]) -> None:
    """Keep a copy of what was there: the database with its rollback journal, the change file.

    The database itself stays until the restored one takes its name in one step.
    """
    stamp = _free_stamp(folder)
    journal = folder / f"{sqlite.STORE_FILE}-journal"
    for path in (folder / sqlite.STORE_FILE, journal):
        if path.exists() and path.stat().st_size:
            tail = path.name[len(sqlite.STORE_FILE) :]
            shutil.copy2(path, folder / f"{sqlite.STORE_FILE}.{stamp}{tail}")
            _sync(folder / f"{sqlite.STORE_FILE}.{stamp}{tail}")
    # A journal left behind would be rolled into the restored database.
    journal.unlink(missing_ok=True)
    changes = folder / CHANGES / f"{manifest['store_id']}.jsonl"
    if changes.exists():
        changes.replace(changes.with_name(f"{changes.stem}.{stamp}.jsonl"))


def _free_stamp(folder: Path) -> str:
    number = 1
    while (folder / f"{sqlite.STORE_FILE}.before-restore-{number}").exists():
        number += 1
    return f"before-restore-{number}"


def verify(store: Store, progress: Progress = SILENT) -> list[Damage]:
    """Everything that is wrong in a store: file, references, rows, journal, attachments."""
    found: list[Damage] = []
    # A connection of its own: one that has searched before holds parts of the index it saw then.
    connection = sqlite.connect(store.folder)
    try:
        steps = (
            (_("Checking the database file"), _file_damage),
            (_("Checking the records"), _row_damage),
            (_("Checking the journal"), _journal_damage),
            (_("Checking the list"), _listing_damage),
        )
        for number, (doing, step) in enumerate(steps):
            progress.step(number, len(steps) + 1, doing)
            try:
                found += step(connection)
            except (sqlite.Error, UnicodeDecodeError) as error:
                found.append(Damage("file", sqlite.STORE_FILE, str(error)))
        progress.step(len(steps), len(steps) + 1, _("Checking the attachments"))
        found += _attachment_damage(store, connection)
        found += _change_file_damage(store, _newest_entry(connection))
    finally:
        connection.close()
    return found


def _newest_entry(connection: Connection) -> int:
    try:
        row = connection.execute("SELECT coalesce(max(id), 0) FROM journal_entry").fetchone()
    except sqlite.Error:
        return 0
    return int(row[0])


def _file_damage(connection: Connection) -> Iterator[Damage]:
    for (line,) in connection.execute("PRAGMA integrity_check").fetchall():
        if line != "ok":
            yield Damage("file", sqlite.STORE_FILE, line)
    for table, row_id, parent, _key in connection.execute("PRAGMA foreign_key_check").fetchall():
        record = describe(connection, table, row_id or 0)
        yield Damage("reference", record, _("It points to a missing {kind}.").format(kind=parent))


def _row_damage(connection: Connection) -> Iterator[Damage]:
    for table in schema.journalled_columns():
        rows = connection.execute(
            f'SELECT r.id, {schema.image_sql(table, "r")}, d.hash FROM "{table}" r '
            "LEFT JOIN digest d ON d.table_name = ? AND d.row_id = r.id",
            (table,),
        )
        for row_id, image, digest in rows:
            if digest != row_digest(image):
                yield Damage(
                    "record",
                    describe(connection, table, row_id),
                    _("Its content is not what was saved."),
                )
        for (row_id,) in connection.execute(
            f'SELECT d.row_id FROM digest d LEFT JOIN "{table}" r ON r.id = d.row_id '
            "WHERE d.table_name = ? AND r.id IS NULL",
            (table,),
        ).fetchall():
            yield Damage("record", describe(connection, table, row_id), _("It has disappeared."))


def _listing_damage(connection: Connection) -> Iterator[Damage]:
    """The list must say what the records say, and the search must know every one of them."""
    for key in stale_listing(connection):
        record = describe(connection, "initiative", key)
        yield Damage("list", record, _("Its line in the list is not what the record says."))


def _journal_damage(connection: Connection) -> Iterator[Damage]:
    previous, expected = START, 1
    names = ("id", "op_id", "at", "user", "action", "detail", "reverses", "body", "chain")
    for values in connection.execute(
        f"SELECT {', '.join(names)} FROM journal_entry ORDER BY id"
    ).fetchall():
        entry = dict(zip(names, values, strict=True))
        record = _("journal entry {number}").format(number=entry["id"])
        if entry["id"] != expected:
            yield Damage("journal", record, _("Entries before it are missing."))
        if link(previous, entry) != entry["chain"] or not _body_holds(connection, entry):
            yield Damage("journal", record, _("Its content is not what was saved."))
        previous, expected = entry["chain"], entry["id"] + 1
    given = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'journal_entry'")
    if (given.fetchone() or (0,))[0] != expected - 1:
        record = _("journal entry {number}").format(number=expected)
        yield Damage("journal", record, _("The newest entries are missing."))


def _body_holds(connection: Connection, entry: dict[str, Any]) -> bool:
    hashes = []
    for *change, kept in connection.execute(
        "SELECT table_name, row_id, before, after, salt, hash FROM journal_change "
        "WHERE entry_id = ? ORDER BY id",
        (entry["id"],),
    ).fetchall():
        if change_hash(*change) != kept:
            return False
        hashes.append(kept)
    ranges = connection.execute(
        "SELECT table_name, first_id, last_id, digest FROM journal_range WHERE entry_id = ? "
        "ORDER BY id",
        (entry["id"],),
    ).fetchall()
    return bool(entry_body(hashes, [tuple(line) for line in ranges]) == entry["body"])


def _attachment_damage(store: Store, connection: Connection) -> Iterator[Damage]:
    try:
        rows = connection.execute("SELECT DISTINCT sha256, name FROM attachment").fetchall()
    except sqlite.Error as error:
        yield Damage("file", sqlite.STORE_FILE, str(error))
        return
    for digest, name in rows:
        if not is_sound(store.folder, digest):
            yield Damage("attachment", name, _("The file is missing or damaged."))


def _change_file_damage(store: Store, newest: int) -> Iterator[Damage]:
    """The change file must be whole and tell of the newest entry."""
    path = store.folder / CHANGES / f"{store.store_id}.jsonl"
    if not path.exists():
        return
    count = sum(1 for _line in ChangeFile(path).lines())
    with path.open("rb") as file:
        written = sum(1 for _line in file)
    if count < written:
        message = _("Line {number} of the change file is damaged.").format(number=count + 1)
        yield Damage("changes", path.name, message)
    elif ChangeFile(path).last_entry() != newest:
        yield Damage("changes", path.name, _("The newest entries are missing."))


def last_backup(folder: Path) -> datetime | None:
    """When the newest backup in the store's own folder was made; None where there is none."""
    lines = backups(folder)
    return lines[0].made_at if lines else None


def manifest_text(line: BackupLine) -> dict[str, object]:
    """A backup as commands print it."""
    return {**asdict(line), "path": str(line.path), "made_at": line.made_at.isoformat()}
