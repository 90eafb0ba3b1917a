"""The series of backups in a store's own folder: numbered, listed, thinned by number.

Nothing here asks a clock: one that stands at the year 2000, or ten years ahead, prunes nothing.
"""

import re
import shutil
from datetime import datetime
from pathlib import Path

from desktop.models.backup.archive import BROKEN, POOL, SUFFIX, BackupLine, line_of, manifest_in
from desktop.models.change_file import ChangeFile
from desktop.models.store import BACKUPS, CHANGES

MIGRATION = "before-schema-"
"""How the names begin of the backups that are made before a migration; they are never pruned."""
WORK = ".backup-"
"""How the folders are called in which backups are made; a killed program leaves them behind."""
_NAME = re.compile(r"store-(\d{5,})-.*" + re.escape(SUFFIX))
_NEWEST, _THINNED = 10, 10
_STEPS = (10, 100)


def number_of(path: Path) -> int:
    """The number of a backup in its series, 0 where it belongs to none."""
    found = _NAME.fullmatch(path.name)
    return int(found[1]) if found else 0


def own(folder: Path) -> list[Path]:
    """The numbered backups in a folder of backups, oldest first."""
    if not folder.is_dir():
        return []
    return sorted((path for path in folder.iterdir() if number_of(path)), key=number_of)


def next_place(folder: Path, now: datetime) -> Path:
    """Where the next backup of a series goes; the time in its name is for people alone."""
    found = own(folder)
    number = number_of(found[-1]) + 1 if found else 1
    return folder / f"store-{number:05d}-{now:%Y%m%d-%H%M%S}{SUFFIX}"


def kept_numbers(numbers: list[int]) -> set[int]:
    """Which backups of a series stay: the newest ten, of the older ones every tenth, every 100th.

    Ten of each at most.
    """
    newest = sorted(numbers)
    kept = set(newest[-_NEWEST:])
    for step in _STEPS:
        kept |= set([one for one in newest if one % step == 0][-_THINNED:])
    return kept


def sweep(folder: Path) -> None:
    """Take away what programs that were killed amid a backup have left in the folder of a series.

    Only who is alone there may do so; OSError where the disk refuses.
    """
    sweep_work(folder, WORK)
    for pattern in (f".*{SUFFIX}.tmp", f"{POOL}/*/.*.tmp"):
        for path in folder.glob(pattern):
            path.unlink()


def sweep_work(folder: Path, start: str) -> None:
    """Take away the folders, with names that start so, in which backups were being made."""
    for path in folder.glob(f"{start}*"):
        shutil.rmtree(path, ignore_errors=True)


def prune(folder: Path) -> None:
    """Delete the backups of a series that need not stay, and the attachments of none that does."""
    found = own(folder)
    kept = kept_numbers([number_of(path) for path in found])
    gone = [path for path in found if number_of(path) not in kept]
    for path in gone:
        path.unlink()
    if gone:
        _empty_pool(folder)


def _empty_pool(folder: Path) -> None:
    """Delete the pooled attachments that no backup in the folder names any more."""
    named: set[str] = set()
    for path in folder.glob(f"*{SUFFIX}"):
        try:
            named.update(manifest_in(path)["attachments"])
        except (*BROKEN, OSError):
            # One that cannot be read may still be mended: nothing is thrown away then.
            return
    for path in (folder / POOL).glob("*/*"):
        if path.name not in named:
            path.unlink()


def prune_changes(folder: Path, store_id: str) -> None:
    """Delete the closed change files that no kept backup of a store can need."""
    entries = []
    for path in (folder / BACKUPS).glob(f"*{SUFFIX}"):
        try:
            entries.append(int(manifest_in(path)["entry"]))
        except (*BROKEN, OSError):
            return
    if entries:
        ChangeFile(folder / CHANGES / f"{store_id}.jsonl").prune(min(entries))


def backups(folder: Path) -> list[BackupLine]:
    """The backups in a store's own folder, newest first; what cannot be read is not offered.

    Those that were made before a migration come last.
    """
    lines = []
    kept = sorted((folder / BACKUPS).glob(f"{MIGRATION}*{SUFFIX}"), reverse=True)
    for path in (*reversed(own(folder / BACKUPS)), *kept):
        try:
            lines.append(line_of(path, manifest_in(path)))
        except (*BROKEN, OSError):
            continue
    return lines


def newest(folder: Path) -> tuple[BackupLine, dict[str, object]] | None:
    """The newest backup of the series that can be read, with its manifest."""
    for path in reversed(own(folder / BACKUPS)):
        try:
            manifest = manifest_in(path)
            return line_of(path, manifest), manifest
        except (*BROKEN, OSError):
            continue
    return None


def last_backup(folder: Path) -> datetime | None:
    """When the newest backup in the store's own folder was made; None where there is none."""
    found = newest(folder)
    return found[0].made_at if found else None
