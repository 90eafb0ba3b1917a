"""A backup as a file: one ZIP with the database copied in one step, and a manifest.

The manifest says how many rows each table has, their digest, and which attachments belong to it.
They lie in the ZIP itself, or, for the backups of a series, once for all of them in a folder
beside it, named by their content.
"""

import errno
import hashlib
import json
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.errors import UserError, reason_of
from desktop.lasting import make_folder, replace, sync_folder
from desktop.models import schema
from desktop.models.attachments import FOLDER as ATTACHMENTS
from desktop.models.attachments import holds
from desktop.models.engines import sqlite
from desktop.models.engines.sqlite import Connection
from desktop.models.journal import START, row_digest
from desktop.progress import Progress
from desktop.text import _

MANIFEST = "manifest.json"
SUFFIX = ".skbackup"
POOL = "files"
"""The folder beside a series of backups in which their attachments lie."""
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, sqlite.Error, UnicodeDecodeError),
    *(KeyError, ValueError, TypeError, EOFError, NotImplementedError, RuntimeError),
)
"""What reading a damaged backup can raise."""
_SLICE = 1 << 20
_ROWS = 5000


@dataclass(frozen=True, slots=True)
class BackupLine:
    """A backup in a list.

    Its file, when it was made, the last entry, how many initiatives, bytes, why it was made, and
    how many of the records and files were no longer as saved when it was made.
    """

    path: Path
    made_at: datetime
    entry: int
    initiatives: int
    size: int
    reason: str = ""
    damaged: int = 0


def line_of(path: Path, manifest: dict[str, Any]) -> BackupLine:
    """The line of a backup with this manifest."""
    return BackupLine(
        path,
        datetime.fromisoformat(manifest["made_at"]),
        manifest["entry"],
        manifest["initiatives"],
        path.stat().st_size,
        manifest.get("reason", ""),
        manifest.get("damaged", 0) + len(manifest.get("missing", ())),
    )


def manifest_text(line: BackupLine) -> dict[str, object]:
    """A backup as commands print it."""
    return {**asdict(line), "path": str(line.path), "made_at": line.made_at.isoformat()}


def damage_told(line: BackupLine) -> str:
    """What is to be said where a backup had to be made of a store with damage; else blank."""
    if not line.damaged:
        return ""
    return _(
        "The backup was made, but {count} of the records and files are no longer as they were "
        "saved. Check the store (in the settings): that names them."
    ).format(count=line.damaged)


def manifest_in(path: Path) -> dict[str, Any]:
    """The manifest of a backup, unread otherwise; raises one of BROKEN or OSError."""
    with zipfile.ZipFile(path) as archive:
        found: dict[str, Any] = json.loads(archive.read(MANIFEST))
    return found


def contents(connection: Connection, progress: Progress) -> dict[str, Any]:
    """The last entry with its link, and for each table its rows' number and digest.

    ``damaged`` counts the rows that are not what was saved: the copy is what the store is.
    """
    head = connection.execute(
        "SELECT id, chain FROM journal_entry ORDER BY id DESC LIMIT 1"
    ).fetchone()
    tables, damaged = {}, 0
    for table, columns in schema.columns_kept(connection).items():
        count, rotted, digest = _digest_of(connection, table, columns, progress)
        tables[table] = [count, digest]
        damaged += rotted
    kept = connection.execute("SELECT count(*) FROM initiative WHERE removed_at IS NULL").fetchone()
    return {
        "entry": head[0] if head else 0,
        "chain": head[1] if head else START,
        "tables": tables,
        "initiatives": kept[0],
        "damaged": damaged,
    }


def _digest_of(
    connection: Connection, table: str, columns: Sequence[str], progress: Progress
) -> tuple[int, int, str]:
    """How many rows, how many not as saved, and the SHA-256 over all of their images."""
    count, rotted, total = 0, 0, hashlib.sha256()
    rows = connection.execute(
        f'SELECT r.id, {schema.image_sql(table, "r", columns)}, d.hash FROM "{table}" r '
        "LEFT JOIN digest d ON d.table_name = ? AND d.row_id = r.id ORDER BY r.id",
        (table,),
    )
    while part := rows.fetchmany(_ROWS):
        progress.step(0, 0, _("Reading the backup back"))
        count += len(part)
        for row_id, image, kept in part:
            total.update(f"{row_id}:{image}\n".encode())
            rotted += kept != row_digest(image)
    return count, rotted, total.hexdigest()


def write(
    target: Path,
    copy: Path,
    files: Sequence[Path],
    manifest: dict[str, Any],
    *,
    pooled: bool,
    progress: Progress,
) -> None:
    """Write a backup of the database ``copy`` to ``target`` in one step, read back before.

    It is made beside ``copy``, on the disk of ``target``. ``pooled`` puts the attachments beside
    it, where those of earlier backups lie already. Raises UserError where it does not read back
    equal, OSError where the disk refuses; an older file of that name then stays as it was.
    """
    made = copy.with_name(f"made{SUFFIX}")
    manifest["attachments"] = [path.name for path in files]
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        _add(archive, copy, sqlite.STORE_FILE, progress)
        for number, path in enumerate(files):
            progress.step(number, len(files), _("Copying attachments"))
            if pooled:
                _put_into_pool(target.parent, path)
            else:
                archive.write(path, f"{ATTACHMENTS}/{path.name}", zipfile.ZIP_STORED)
        archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    try:
        # What lies in the pool was compared a moment ago, when it was put there.
        _read(made, progress, work=copy.parent, beside=None)
    except BROKEN as error:
        raise _unequal(target) from error
    sync(made)
    replace(made, target)
    sync_folder(target.parent)


@contextmanager
def suppress_disk() -> Iterator[None]:
    """Let what tidies up fail: the trouble itself is told already."""
    try:
        yield
    except OSError:
        return


def _add(archive: zipfile.ZipFile, path: Path, name: str, progress: Progress) -> None:
    """Add a file in slices, so that a job can be stopped and little memory is used."""
    with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as out:
        while part := source.read(_SLICE):
            out.write(part)
            progress.step(0, 0, _("Writing the backup"))


def pool_path(folder: Path, digest: str) -> Path:
    """Where a series of backups in ``folder`` keeps the content with this SHA-256."""
    return folder / POOL / digest[:2] / digest


def _put_into_pool(folder: Path, path: Path) -> None:
    """Copy an attachment beside the series, where it is not there unharmed; OSError."""
    target = pool_path(folder, path.name)
    if not holds(target, path.name):
        copy_synced(path, target, path.name)


def copy_synced(source: Path, target: Path, digest: str) -> None:
    """Copy a file to a temporary name, compare, sync and rename; OSError where it cannot be.

    ``digest`` is the SHA-256 that the copy must have.
    """
    make_folder(target.parent)
    temporary = target.with_name(f".{target.name}.tmp")
    try:
        shutil.copyfile(source, temporary)
        if hash_of(temporary) != digest:
            raise OSError(errno.EIO, "")
        sync(temporary)
        replace(temporary, target)
        sync_folder(target.parent)
    finally:
        with suppress_disk():
            temporary.unlink(missing_ok=True)


def hash_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Make a file's content lasting."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def read_back(path: Path, progress: Progress, *, work: Path | None = None) -> dict[str, Any]:
    """The manifest of a backup whose content is what it says.

    Its database is unpacked in the folder ``work``, or where the system keeps such things. Raises
    UserError (codes backup.damaged, backup.unreadable, backup.no_room) otherwise.
    """
    try:
        return _read(path, progress, work=work, beside=path.parent)
    except BROKEN as error:
        raise bad_backup(path) from error
    except OSError as error:
        # Reading alone fills no disk.
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise _no_room(path) from error
        raise unreadable(path, error) from error


class _UnequalError(ValueError):
    """A backup holds something else than its manifest tells of."""


def _read(
    path: Path, progress: Progress, *, work: Path | None, beside: Path | None
) -> dict[str, Any]:
    """Compare a backup with its manifest, which is given; raises one of BROKEN or OSError.

    ``beside`` is the folder whose pool holds what the file itself does not, None where that is
    known already.
    """
    with (
        zipfile.ZipFile(path) as archive,
        tempfile.TemporaryDirectory(dir=work, ignore_cleanup_errors=True) as unpacked,
    ):
        manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
        copy = Path(unpacked) / sqlite.STORE_FILE
        extract(archive, sqlite.STORE_FILE, copy)
        if not _is_equal(copy, manifest, progress):
            raise _UnequalError
        names = manifest["attachments"]
        for number, name in enumerate(names):
            progress.step(number, len(names), _("Reading the backup back"))
            if not _holds(archive, name, beside):
                raise _UnequalError
    return manifest


def _is_equal(copy: Path, manifest: dict[str, Any], progress: Progress) -> bool:
    """Whether a database read back is sound and has the rows that the manifest tells of."""
    try:
        connection = sqlite.connect(copy.parent)
    except UserError as error:
        if error.code == "store.newer":
            raise
        # It lies where nobody looks for it: what it lacks is the backup's fault.
        return False
    try:
        found = contents(connection, progress)
        sound = connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
    finally:
        connection.close()
    # A backup of the first format says nothing of damage.
    told = {"damaged": found["damaged"], **manifest}
    return sound and all(told[key] == value for key, value in found.items())


def _holds(archive: zipfile.ZipFile, name: str, beside: Path | None) -> bool:
    """Whether the backup has an attachment, unharmed, in itself or beside it."""
    inside = f"{ATTACHMENTS}/{name}"
    if inside in archive.NameToInfo:
        return hashlib.sha256(archive.read(inside)).hexdigest() == name
    return beside is None or holds(pool_path(beside, name), name)


def attachment(archive: zipfile.ZipFile, name: str, folder: Path) -> bytes:
    """An attachment of a backup, from the file itself or from beside it."""
    inside = f"{ATTACHMENTS}/{name}"
    if inside in archive.NameToInfo:
        return archive.read(inside)
    return pool_path(folder, name).read_bytes()


def extract(archive: zipfile.ZipFile, name: str, target: Path) -> None:
    """Write one member to a file, in slices."""
    with archive.open(name) as source, target.open("wb") as out:
        shutil.copyfileobj(source, out, _SLICE)


def bad_backup(path: Path) -> UserError:
    """The error for a file that is no whole backup."""
    return UserError(
        _("{file} is not a whole backup of a store. Choose another backup.").format(file=path),
        code="backup.damaged",
    )


def _unequal(target: Path) -> UserError:
    """The error for a backup that was being made and does not read back."""
    return UserError(
        _(
            "What was written for the backup {file} does not read back as it should. Check the "
            "store and the disk, or choose another place."
        ).format(file=target),
        code="backup.damaged",
    )


def _no_room(path: Path) -> UserError:
    return UserError(
        _(
            "There is no room on the disk to look through the backup {file}. Make room, then try "
            "again."
        ).format(file=path),
        code="backup.no_room",
    )


def unreadable(path: Path, error: OSError) -> UserError:
    """The error for a backup that the disk does not give."""
    return UserError(
        _("The backup {file} cannot be read: {reason}.").format(file=path, reason=reason_of(error)),
        code="backup.unreadable",
    )


def unwritable(target: Path, reason: str) -> UserError:
    """The error for a backup that cannot be written to a place."""
    return UserError(
        _("The backup could not be written to {file}: {reason}. Choose another place.").format(
            file=target, reason=reason
        ),
        code="backup.unwritable",
    )
