"""What the edge of the window says of the store: its backups, and whether it may be written."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from desktop.models import drafts
from desktop.models.backup import last_backup
from desktop.models.drafts import KeptDraft
from desktop.models.store import Store
from desktop.settings import Settings
from desktop.text import _

_OLD = timedelta(days=7)
_APART = timedelta(minutes=10)
"""So far the clocks of two PCs may be apart without a word."""
_FIRST = "SELECT at FROM journal_entry ORDER BY id LIMIT 1"
_NEWEST = "SELECT at FROM journal_entry ORDER BY id DESC LIMIT 1"
_KEY = "backups"
"""Under this key the settings of this PC remember what became of backups."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a store stands.

    The line on backups and its tone; what is to be said of the second place and of the PC's clock
    (blank: nothing); why nothing can be written (blank: it can); half-typed forms.
    """

    backup: str
    tone: str
    elsewhere: str
    clock: str
    refusal: str
    drafts: tuple[KeptDraft, ...]


def read_standing(store: Store, settings: Settings) -> Standing:
    """How the store stands now."""
    refusal = str(store.refusal) if store.refusal is not None else ""
    with store.reading() as connection:
        kept = tuple(drafts.load_all(connection, store.user))
    elsewhere = "" if store.read_only else _elsewhere_line(store, settings)
    return Standing(*_backup_line(store), elsewhere, _clock_line(store), refusal, kept)


def _backup_line(store: Store) -> tuple[str, str]:
    """When the last backup was made, and the tone to say it in."""
    made, now = last_backup(store.folder), store.clock()
    if made is None:
        return _("No backup yet"), "warn"
    if made.date() == now.date():
        return _("Backed up today at {time}").format(time=f"{made:%H:%M}"), "good"
    tone = "quiet" if -_APART <= now - made <= _OLD else "warn"
    return _("Backed up on {day}").format(day=f"{made:%d/%m/%Y}"), tone


def _elsewhere_line(store: Store, settings: Settings) -> str:
    """What is to be said where the second place has had no backup for more than seven days."""
    now, last = store.clock(), copied_at(settings, store.store_id)
    since = last or _time_of(store, _FIRST)
    # A time in the future was told by another clock: it says nothing of how long ago that was.
    if since is None or -_APART <= now - since <= _OLD:
        return ""
    if not settings.backup_folder:
        return _(
            "All backups lie on this disk. Choose a second place for them: a USB stick or another "
            "disk."
        )
    return _(
        "The second place has had no backup for more than seven days. Plug in the stick, then "
        "back up."
    )


def _clock_line(store: Store) -> str:
    """What is to be said where the clock stands before the newest change in the store."""
    now, last = store.clock(), _time_of(store, _NEWEST)
    if last is None or last - now <= _APART:
        return ""
    return _(
        "The clock of this PC says {now}, but the newest change in the store was made at {last}. "
        "Look at the PC's date and time: papers and the history are dated by it."
    ).format(now=f"{now:%H:%M %d/%m/%Y}", last=f"{last:%H:%M %d/%m/%Y}")


def _time_of(store: Store, change: str) -> datetime | None:
    """When a change was made, as the journal says."""
    with store.reading() as connection:
        row = connection.execute(change).fetchone()
    return datetime.fromisoformat(row[0]) if row else None


def _remembered(settings: Settings, what: str) -> dict[str, Any]:
    kept = settings.places.setdefault(_KEY, {})
    if not isinstance(kept, dict):
        kept = settings.places[_KEY] = {}
    found = kept.setdefault(what, {})
    if not isinstance(found, dict):
        found = kept[what] = {}
    return found


def copied_at(settings: Settings, store_id: str) -> datetime | None:
    """When a backup of a store last came to the second place, as far as this PC knows."""
    try:
        return datetime.fromisoformat(str(_remembered(settings, "copied")[store_id]))
    except (KeyError, ValueError):
        return None


def remember_copy(settings: Settings, store_id: str, now: datetime) -> None:
    """Remember that the second place has the newest backup of a store."""
    _remembered(settings, "copied")[store_id] = now.isoformat(timespec="seconds")
    settings.save()


def is_owed(settings: Settings, store_id: str) -> bool:
    """Whether the program was closed before it could back up what had changed."""
    return bool(_remembered(settings, "owed").get(store_id, False))


def remember_owed(settings: Settings, store_id: str, *, owed: bool) -> None:
    """Remember whether a backup is owed to a store at the next start."""
    if is_owed(settings, store_id) != owed:
        _remembered(settings, "owed")[store_id] = owed
        settings.save()
