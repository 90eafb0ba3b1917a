"""What the edge of the window says of the store: the last backup, and whether it may be written."""

from dataclasses import dataclass
from datetime import timedelta

from desktop.models import drafts
from desktop.models.backup import last_backup
from desktop.models.drafts import KeptDraft
from desktop.models.store import Store
from desktop.text import _

_OLD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Standing:
    """The line on backups and its tone, why nothing can be written (blank: it can), drafts."""

    backup: str
    tone: str
    refusal: str
    drafts: tuple[KeptDraft, ...]


def read_standing(store: Store) -> Standing:
    """How the store stands now."""
    refusal = str(store.refusal) if store.refusal is not None else ""
    with store.reading() as connection:
        kept = tuple(drafts.load_all(connection, store.user))
    return Standing(*_backup_line(store), refusal, kept)


def _backup_line(store: Store) -> tuple[str, str]:
    """When the last backup was made, and the tone to say it in."""
    made, now = last_backup(store.folder), store.clock()
    if made is None:
        return _("No backup yet"), "warn"
    if made.date() == now.date():
        return _("Backed up today at {time}").format(time=f"{made:%H:%M}"), "good"
    tone = "warn" if now - made > _OLD else "quiet"
    return _("Backed up on {day}").format(day=f"{made:%d/%m/%Y}"), tone
