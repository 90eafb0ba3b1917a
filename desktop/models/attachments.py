"""Attached files, named by their content: written and synced before the row that names them."""

import hashlib
import mimetypes
import os
import uuid
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import UserError, reason_of
from desktop.lasting import make_folder, replace, sync_folder
from desktop.models.dossiers import AttachmentLine
from desktop.text import _

FOLDER = "attachments"
LARGEST = 30 * 1024 * 1024
"""Bytes; a scan at 200 dpi in colour stays far below."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that lies in the store already; a row may now name it."""

    sha256: str
    name: str
    media_type: str
    size: int

    def line(self, kind: str) -> AttachmentLine:
        """The file as dossiers list it."""
        return AttachmentLine(self.name, self.media_type, self.size, self.sha256, kind)


def keep(store_folder: Path, source: Path) -> KeptFile:
    """Copy a file into the store under its SHA-256 and sync it; the same content is kept once.

    Raises UserError where the file cannot be read, is empty or too large, or the disk is full.
    """
    try:
        content = source.read_bytes()
    except OSError as error:
        raise UserError(
            _("The file {file} cannot be read: {reason}.").format(
                file=source.name, reason=reason_of(error)
            ),
            code="attachment.unreadable",
        ) from error
    if not content or len(content) > LARGEST:
        raise UserError(
            _("The file {file} is empty or larger than 30 MB. Choose a smaller scan.").format(
                file=source.name
            ),
            code="attachment.size",
        )
    digest = keep_content(store_folder, content)
    kind = mimetypes.guess_type(source.name)[0] or "application/octet-stream"
    return KeptFile(digest, source.name, kind, len(content))


def keep_content(store_folder: Path, content: bytes) -> str:
    """Keep a content in the store and sync it, once however often; its SHA-256.

    UserError where the disk refuses.
    """
    digest = hashlib.sha256(content).hexdigest()
    if not is_sound(store_folder, digest):
        write_content(store_folder, path_of(store_folder, digest), content)
    return digest


def write_content(store_folder: Path, target: Path, content: bytes) -> None:
    """Write a file into the store so that a power cut leaves it whole or not there.

    The folder that it lies in, its content and its name are synced, in this order. UserError where
    the disk refuses.
    """
    temporary = store_folder / FOLDER / "tmp" / uuid.uuid4().hex
    try:
        temporary.parent.mkdir(parents=True, exist_ok=True)
        make_folder(target.parent)
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        replace(temporary, target)
        sync_folder(target.parent)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise UserError(
            _(
                "The file could not be kept: {reason}. Check the disk and the folder, then try "
                "again."
            ).format(reason=reason_of(error)),
            code="attachment.unwritable",
        ) from error


def path_of(store_folder: Path, digest: str) -> Path:
    """Where the content with this SHA-256 lies."""
    return store_folder / FOLDER / digest[:2] / digest


def is_sound(store_folder: Path, digest: str) -> bool:
    """Whether the file is there and its content is what its name says."""
    return holds(path_of(store_folder, digest), digest)


def holds(path: Path, digest: str) -> bool:
    """Whether a file is there and its content has this SHA-256."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == digest
    except OSError:
        return False


def first_sound(paths: Iterable[Path], digest: str) -> Path | None:
    """The first of the files that holds what has this SHA-256; None where none does."""
    return next((path for path in paths if holds(path, digest)), None)
