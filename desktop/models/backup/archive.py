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
from desktop.lasting import make_folder, sync_folder
from desktop.models import schema
from desktop.models.attachments import FOLDER as ATTACHMENTS
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
    how many of its records were no longer as saved when it was made.
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
        manifest.get("damaged", 0),
    )


def manifest_text(line: BackupLine) -> dict[str, object]:
    """A backup as commands print it."""
    return {**asdict(line), "path": str(line.path), "made_at": line.made_at.isoformat()}


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

    ``pooled`` puts the attachments beside it, where those of earlier backups lie already. Raises
    UserError where it does not read back equal, OSError where the disk refuses; an older file of
    that name then stays as it was.
    """
    temporary = target.with_name(f".{target.name}.tmp")
    manifest["attachments"] = [path.name for path in files]
    try:
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            _add(archive, copy, sqlite.STORE_FILE, progress)
            for number, path in enumerate(files):
                progress.step(number, len(files), _("Copying attachments"))
                if pooled:
                    _put_into_pool(target.parent, path)
                else:
                    archive.write(path, f"{ATTACHMENTS}/{path.name}", zipfile.ZIP_STORED)
            archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        read_back(temporary, progress, pooled_at=target.parent if pooled else None)
        sync(temporary)
        temporary.replace(target)
        sync_folder(target.parent)
    finally:
        with suppress_disk():
            temporary.unlink(missing_ok=True)


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
    """Copy an attachment beside the series, where it is not there yet."""
    target = pool_path(folder, path.name)
    if target.exists() and target.stat().st_size == path.stat().st_size:
        return
    copy_synced(path, target)


def copy_synced(source: Path, target: Path) -> None:
    """Copy a file to a temporary name, compare, sync and rename; OSError where it cannot be."""
    make_folder(target.parent)
    temporary = target.with_name(f".{target.name}.tmp")
    try:
        shutil.copyfile(source, temporary)
        if hash_of(temporary) != hash_of(source):
            raise OSError(errno.EIO, "")
        sync(temporary)
        temporary.replace(target)
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


def read_back(path: Path, progress: Progress, *, pooled_at: Path | None = None) -> dict[str, Any]:
    """The manifest of a backup whose content is what it says.

    ``pooled_at`` is the folder with the attachments that are not in the file itself. Raises
    UserError (codes backup.damaged, backup.unreadable) otherwise.
    """
    try:
        with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as work:
            manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
            copy = Path(work) / sqlite.STORE_FILE
            extract(archive, sqlite.STORE_FILE, copy)
            if not _is_equal(copy, manifest, progress):
                raise bad_backup(path)
            for name in manifest["attachments"]:
                if not _holds(archive, name, pooled_at or path.parent):
                    raise bad_backup(path)
    except BROKEN as error:
        raise bad_backup(path) from error
    except OSError as error:
        raise unreadable(path, error) from error
    return manifest


def _is_equal(copy: Path, manifest: dict[str, Any], progress: Progress) -> bool:
    """Whether a database read back is sound and has the rows that the manifest tells of."""
    connection = sqlite.connect(copy.parent)
    try:
        found = contents(connection, progress)
        sound = connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
    finally:
        connection.close()
    # A backup of the first format says nothing of damage.
    told = {"damaged": found["damaged"], **manifest}
    return sound and all(told[key] == value for key, value in found.items())


def _holds(archive: zipfile.ZipFile, name: str, folder: Path) -> bool:
    """Whether the backup has an attachment, unharmed, in itself or beside it."""
    inside = f"{ATTACHMENTS}/{name}"
    if inside in archive.NameToInfo:
        return hashlib.sha256(archive.read(inside)).hexdigest() == name
    beside = pool_path(folder, name)
    return beside.exists() and hash_of(beside) == name


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


def unreadable(path: Path, error: OSError) -> UserError:
    """The error for a backup that the disk does not give."""
    return UserError(
        _("The backup {file} cannot be read: {reason}.").format(file=path, reason=reason_of(error)),
        code="backup.unreadable",
    )


def unwritable(target: Path, error: OSError) -> UserError:
    """The error for a backup that cannot be written to a place."""
    return UserError(
        _("The backup could not be written to {file}: {reason}. Choose another place.").format(
            file=target, reason=reason_of(error)
        ),
        code="backup.unwritable",
    )
