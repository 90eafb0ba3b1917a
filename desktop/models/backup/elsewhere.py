"""The second place for backups: a USB stick or another disk, to which each one is copied."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

from desktop.errors import UserError, reason_of
from desktop.models.attachments import FOLDER as ATTACHMENTS
from desktop.models.attachments import first_sound, holds, path_of
from desktop.models.backup.archive import (
    BROKEN,
    BackupLine,
    bad_backup,
    copy_synced,
    hash_of,
    manifest_in,
    pool_path,
)
from desktop.models.backup.generations import prune, sweep
from desktop.models.backup.turns import turn_in
from desktop.models.store import refuse_store_files
from desktop.progress import SILENT, Progress
from desktop.text import _


def copy_elsewhere(line: BackupLine, place: Path, progress: Progress = SILENT) -> Path:
    """Copy a backup of a series into a folder of its store's own below ``place``; the copy's path.

    Each file is read back and compared, those too that lie there already. Older copies there are
    thinned as the series itself is. Raises UserError where the place is not there (code
    backup.elsewhere) or cannot be written.
    """
    if not place.is_dir():
        raise UserError(
            _(
                "The second place for backups, {folder}, is not there. Plug the stick in, or "
                "choose another folder in the settings."
            ).format(folder=place),
            code="backup.elsewhere",
        )
    try:
        manifest = manifest_in(line.path)
        folder = place / f"so-sang-kien-{manifest['store_id'][:8]}"
        target = folder / line.path.name
        refuse_store_files(target)
        with turn_in(folder, "", line.made_at, progress) as alone:
            if alone:
                sweep(folder)
            _copy(line.path, manifest["attachments"], target, progress)
            prune(folder)
    except BROKEN as error:
        raise bad_backup(line.path) from error
    except OSError as error:
        raise UserError(
            _(
                "The backup was made, but it could not be copied to {folder}: {reason}. Check the "
                "second place."
            ).format(folder=place, reason=reason_of(error)),
            code="backup.elsewhere",
        ) from error
    return target


def _copy(backup: Path, attachments: Sequence[str], target: Path, progress: Progress) -> None:
    """Copy what lies beside the backup, where it is not there unharmed, and then itself."""
    with zipfile.ZipFile(backup) as archive:
        inside = set(archive.namelist())
    names = [name for name in attachments if f"{ATTACHMENTS}/{name}" not in inside]
    for number, name in enumerate(names):
        progress.step(number, len(names), _("Copying to the second place"))
        if not holds(pool_path(target.parent, name), name):
            copy_synced(_sound(backup.parent, name), pool_path(target.parent, name), name)
    progress.step(0, 0, _("Copying to the second place"))
    copy_synced(backup, target, hash_of(backup))


def _sound(series: Path, name: str) -> Path:
    """Where the content with this SHA-256 lies unharmed beside a series, or in its store."""
    found = first_sound((pool_path(series, name), path_of(series.parent, name)), name)
    if found is None:
        raise OSError(_("the file is damaged"))
    return found
