"""Making a store for an office, keeping it backed up, and putting a backup in its place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from desktop.errors import UserError, reason_of
from desktop.models import backup
from desktop.models.actions.office import CreateOffice
from desktop.models.dossiers import OfficeSheet
from desktop.models.engines.lock import WriterLock
from desktop.models.engines.sqlite import STORE_FILE
from desktop.models.store import Store, create_store, open_store, sweep
from desktop.programme.definition import Programme
from desktop.progress import SILENT, Progress
from desktop.text import _
from desktop.vietnamese.cleaning import clean

DEFAULT_PROGRAMME = "1TR-2021-2023"
MANY = 200
"""So many records changed at once are many: the store is backed up before."""


def plain_office(name: str) -> OfficeSheet:
    """The sheet of an office of which only the name is known; the rest is filled in later."""
    text = clean(name)
    header = (text.upper(),) if text else ()
    return OfficeSheet(text, header, "", ("TM. BAN CHẤP HÀNH", "CHỦ TỊCH"))


def new_store(
    folder: Path,
    *,
    programmes: Mapping[str, Programme],
    programme: str,
    office: OfficeSheet,
    user: str,
    clock: Callable[[], datetime],
) -> None:
    """Make a store for an office under a programme.

    Raises UserError for a programme that is not known, a folder that is not empty or cannot be
    written; then no store is left behind.
    """
    if programme not in programmes:
        raise UserError(
            _("There is no programme {code}. Known are: {known}.").format(
                code=programme, known=", ".join(programmes)
            ),
            code="programme.unknown",
        )
    made = not folder.exists()
    create_store(folder)
    definition = programmes[programme]
    try:
        with open_store(
            folder, user=user, clock=clock, programmes={programme: definition}
        ) as store:
            store.journal.do(CreateOffice(office, programme, definition.version, definition.text))
    except BaseException:
        sweep(folder, made=made)
        raise


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a backup that the program makes by itself.

    ``line`` is the backup, None where nothing was to be backed up; ``elsewhere`` its copy in the
    second place; ``trouble`` why there is none, blank where all went well.
    """

    line: backup.BackupLine | None = None
    elsewhere: Path | None = None
    trouble: str = ""


def keep_safe(
    store: Store,
    *,
    reason: str,
    second: Path | None = None,
    every: timedelta = timedelta(),
    progress: Progress = SILENT,
) -> Kept:
    """Back up where something has changed and the last backup is as old as ``every``.

    The newest backup is then in the second place too, if one is named. Raises UserError where the
    backup cannot be made; a second place that fails is told of in ``trouble``.
    """
    if not store.read_only and backup.is_due(store, every):
        line = backup.back_up(store, None, progress, reason=reason)
    else:
        found = backup.backups(store.folder)
        if second is None or not found:
            return Kept()
        line = found[0]
    return _copied(line, second, progress)


def back_up_now(store: Store, second: Path | None, progress: Progress = SILENT) -> Kept:
    """Back up because somebody asked for it, and copy that to the second place if one is named."""
    line = backup.back_up(store, None, progress)
    return _copied(line, second, progress)


def _copied(line: backup.BackupLine, second: Path | None, progress: Progress) -> Kept:
    if second is None:
        return Kept(line)
    try:
        return Kept(line, backup.copy_elsewhere(line, second, progress))
    except UserError as error:
        return Kept(line, None, str(error))


def before_bulk(store: Store, count: int, reason: str, progress: Progress = SILENT) -> None:
    """Back up before an act that changes many records, where the last backup is not the store.

    Raises UserError where that cannot be done: then nothing is to be changed either.
    """
    if count >= MANY and not store.read_only and backup.has_changed(store):
        backup.back_up(store, None, progress, reason=reason)


def newest_backup(folder: Path) -> Path:
    """The newest backup of a store that is whole; UserError where there is none."""
    for line in backup.backups(folder):
        return line.path
    raise UserError(
        _("There is no backup of the store in {folder}. Name the file of one.").format(
            folder=folder
        ),
        code="backup.none",
    )


def prepare_restore(
    file: Path | None,
    folder: Path,
    *,
    programmes: Mapping[str, Programme],
    clock: Callable[[], datetime],
    later: bool = True,
    progress: Progress = SILENT,
) -> backup.Prepared:
    """Build what restoring a backup gives beside the store, by default the newest that is whole.

    Nothing of the store is changed: ``put_in_place`` does, ``Prepared.drop`` does not. Raises
    UserError where no backup is whole or the folder cannot take it.
    """
    refused: UserError | None = None
    for candidate in [file] if file is not None else _candidates(folder):
        try:
            return backup.prepare(
                candidate,
                folder,
                programmes=programmes,
                clock=clock,
                later=later,
                progress=progress,
            )
        except UserError as error:
            if error.code not in {"backup.damaged", "backup.unreadable"}:
                raise
            refused = error
    if refused is None:
        raise AssertionError(folder)
    raise refused


def _candidates(folder: Path) -> list[Path]:
    newest_backup(folder)
    return [line.path for line in backup.backups(folder)]


def put_in_place(
    prepared: backup.Prepared, *, user: str, clock: Callable[[], datetime]
) -> backup.BackupLine:
    """Put a prepared store in the place of the one that is there, under the writer's lock.

    Raises UserError where somebody has the store open, something was saved since it was prepared
    (code store.changed) or the disk refuses; it stays as it was, but as ``backup.swap`` says.
    """
    folder = prepared.folder
    if not (folder / STORE_FILE).exists():
        return backup.swap(prepared)
    lock = WriterLock(folder)
    try:
        owner = lock.acquire(user, clock())
    except OSError as error:
        prepared.drop()
        raise UserError(
            _("The backup cannot be restored to {folder}: {reason}.").format(
                folder=folder, reason=reason_of(error)
            ),
            code="backup.unwritable",
        ) from error
    if owner is not None:
        prepared.drop()
        raise UserError(
            _("{user} on {computer} has the store open. Close the program there first.").format(
                user=owner.user, computer=owner.computer
            ),
            code="store.locked",
        )
    try:
        return backup.swap(prepared)
    finally:
        lock.release()


def comparison_lines(comparison: backup.Comparison) -> list[str]:
    """What restoring would change, as lines for people."""
    lines = []
    for words, state in ((_("Now"), comparison.before), (_("Once restored"), comparison.after)):
        if state is None:
            lines.append(_("{when}: no store that can be read").format(when=words))
            continue
        lines.append(
            _("{when}: {initiatives} initiatives, {entries} changes; the last: {last}").format(
                when=words,
                initiatives=state.initiatives,
                entries=state.entries,
                last=state.last_change or "-",
            )
        )
    if comparison.replayed:
        lines.append(
            _("Changes after the backup that are done again: {count}").format(
                count=comparison.replayed
            )
        )
    if comparison.before is not None:
        lines.append(_("Changes that would be lost: {count}").format(count=comparison.lost_count))
        lines += [f"  {one}" for one in comparison.lost]
    if comparison.missing:
        lines.append(
            _("Attached or issued files that were found nowhere: {count}").format(
                count=comparison.missing
            )
        )
    return lines
