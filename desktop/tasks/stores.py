"""Making a store for an office, and putting a backup in a store's place."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from desktop.errors import UserError, reason_of
from desktop.models import backup
from desktop.models.actions.office import CreateOffice
from desktop.models.dossiers import OfficeSheet
from desktop.models.engines.lock import WriterLock
from desktop.models.engines.sqlite import STORE_FILE
from desktop.models.store import create_store, open_store, sweep
from desktop.programme.definition import Programme
from desktop.text import _
from desktop.vietnamese.cleaning import clean

DEFAULT_PROGRAMME = "1TR-2021-2023"


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
            store.journal.do(CreateOffice(office, programme, definition.version))
    except BaseException:
        sweep(folder, made=made)
        raise


def restore_store(
    file: Path, folder: Path, *, user: str, clock: Callable[[], datetime]
) -> backup.BackupLine:
    """Restore a backup into a folder, holding the writer's lock of a store that is there.

    Raises UserError where somebody has the store open, or the backup is not whole.
    """
    if not (folder / STORE_FILE).exists():
        return backup.restore(file, folder)
    lock = WriterLock(folder)
    try:
        owner = lock.acquire(user, clock())
    except OSError as error:
        raise UserError(
            _("The backup cannot be restored to {folder}: {reason}.").format(
                folder=folder, reason=reason_of(error)
            ),
            code="backup.unwritable",
        ) from error
    if owner is not None:
        raise UserError(
            _("{user} on {computer} has the store open. Close the program there first.").format(
                user=owner.user, computer=owner.computer
            ),
            code="store.locked",
        )
    try:
        return backup.restore(file, folder)
    finally:
        lock.release()
