"""Carrying over: what a restored store takes from beside its backup.

The files that later changes name, the numbers of papers that were given, and half-typed forms.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, TypeVar

from desktop.errors import UserError
from desktop.models.actions.initiatives import RecordInitiative, ReviseInitiative
from desktop.models.actions.office import ReviseWording
from desktop.models.attachments import is_sound, path_of, write_content
from desktop.models.backup.archive import pool_path
from desktop.models.backup.making import files_named
from desktop.models.drafts import WORDING
from desktop.models.engines import sqlite
from desktop.models.engines.sqlite import Connection
from desktop.models.issuing import given_in, highest_of, note, remembered
from desktop.models.store import BACKUPS

T = TypeVar("T")


def ask_store(folder: Path, question: Callable[[Connection], T]) -> T | None:
    """What the store in a folder answers, None where there is none or none that can be read."""
    with (
        suppress(UserError, sqlite.Error, UnicodeDecodeError),
        closing(sqlite.connect(folder)) as c,
    ):
        return question(c)
    return None


def home_of(backup: Path) -> Path | None:
    """The folder of the store that a backup lies with, None where it lies elsewhere."""
    place = backup.resolve().parent
    return place.parent if place.name == BACKUPS else None


def take_files(work: Path, folder: Path, backup: Path, known: Collection[str]) -> int:
    """Write into ``work`` the files that its records name and ``folder`` lacks; how many are gone.

    ``known`` are those that the backup brings itself. The others came with later changes: they lie
    in the store that the backup belongs to, or beside a backup. UserError where the disk refuses.
    """
    with closing(sqlite.connect(work)) as connection:
        named = files_named(connection)
    missing = 0
    for name in named:
        if name in known or is_sound(folder, name):
            continue
        content = next(_contents(name, folder, backup), None)
        if content is None:
            missing += 1
        else:
            write_content(work, path_of(work, name), content)
    return missing


def _contents(name: str, folder: Path, backup: Path) -> Iterator[bytes]:
    """The content with this SHA-256, from each place that has it whole."""
    home = home_of(backup)
    places = [pool_path(backup.parent, name), pool_path(folder / BACKUPS, name)]
    if home is not None:
        places.insert(0, path_of(home, name))
    for place in places:
        try:
            content = place.read_bytes()
        except OSError:
            continue
        if hashlib.sha256(content).hexdigest() == name:
            yield content


def carry_numbers(folder: Path, backup: Path) -> None:
    """Note which numbers of papers were given, so that the restored store gives none again.

    They are those of the store in ``folder``, as far as it can be read, and those noted beside the
    store that the backup belongs to. OSError where the disk refuses.
    """
    home = home_of(backup)
    noted = remembered(home) if home is not None else {}
    note(folder, highest_of(noted, ask_store(folder, given_in) or {}))


def carry_drafts(folder: Path, work: Path, entry: int) -> None:
    """Let the half-typed forms of the store in ``folder`` take the place of the backup's.

    Where they cannot be read, the backup's stay, and where some have rotted, the backup's stand in
    for them; ``entry`` is its newest. What later changes have recorded for good is half-typed no
    more.
    """
    rows, since = ask_store(folder, _drafts), ask_store(folder, _newest)
    with closing(sqlite.connect(work, read_only=False)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        if rows is None:
            since = entry
        elif rows != (former := _drafts(connection)):
            _replace_drafts(connection, _sound(rows, former))
        if since is not None:
            _forget_recorded(connection, since)
        connection.execute("COMMIT")


def _drafts(connection: Connection) -> list[Any]:
    return connection.execute("SELECT key, user, body, saved_at, based_on FROM draft").fetchall()


def _sound(rows: list[Any], former: list[Any]) -> list[Any]:
    """The forms of a store of which some may have rotted; then the ``former`` of the others."""
    sound = {row[:2]: row for row in rows if _is_form(*row)}
    lost = len(sound) < len(rows)
    return [*sound.values(), *(row for row in former if lost and row[:2] not in sound)]


def _is_form(key: object, user: object, body: object, saved_at: object, based_on: object) -> bool:
    texts = (key, user, body, saved_at)
    if not all(isinstance(text, str) and text and "\0" not in text for text in texts):
        return False
    try:
        json.loads(str(body))
    except ValueError:
        return False
    return based_on is None or isinstance(based_on, int)


def _newest(connection: Connection) -> int:
    row = connection.execute("SELECT coalesce(max(id), 0) FROM journal_entry").fetchone()
    return int(row[0])


def _replace_drafts(connection: Connection, rows: list[Any]) -> None:
    connection.execute("DELETE FROM draft")
    connection.executemany(
        "INSERT INTO draft (key, user, body, saved_at, based_on) VALUES (?, ?, ?, ?, ?)", rows
    )
    # What was typed over a record that is there no more goes on as a new one, where none waits.
    connection.execute(
        "UPDATE OR IGNORE draft SET key = 'new', based_on = NULL WHERE key LIKE 'initiative:%' "
        "AND CAST(substr(key, 12) AS INTEGER) NOT IN (SELECT id FROM initiative)"
    )


def _forget_recorded(connection: Connection, since: int) -> None:
    """Forget each form that its user recorded in an entry after ``since``."""
    for key, action in (("new", RecordInitiative), (WORDING, ReviseWording)):
        connection.execute(
            "DELETE FROM draft WHERE key = ? AND user IN "
            "(SELECT user FROM journal_entry WHERE id > ? AND action = ?)",
            (key, since, action.__name__),
        )
    connection.execute(
        """DELETE FROM draft WHERE (key, user) IN (
               SELECT 'initiative:' || iif(c.table_name = 'initiative', c.row_id,
                   json_extract(coalesce(c.after, c.before), '$.initiative_id')), e.user
               FROM journal_entry e JOIN journal_change c ON c.entry_id = e.id
               WHERE e.id > ? AND e.action = ?)""",
        (since, ReviseInitiative.__name__),
    )
