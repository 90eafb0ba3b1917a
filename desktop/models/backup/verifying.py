"""The search for damage: every record, entry and file that is not as it was saved, by name."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from desktop.models import schema
from desktop.models.attachments import is_sound
from desktop.models.backup.making import Head
from desktop.models.change_file import ChangeFile, files_of
from desktop.models.deriving import stale_listing
from desktop.models.engines import sqlite
from desktop.models.engines.sqlite import Connection
from desktop.models.faults import engine_reason
from desktop.models.issuing import content_hash
from desktop.models.journal import (
    ENTRY_COLUMNS,
    START,
    change_hash,
    describe,
    entry_body,
    link,
    row_digest,
)
from desktop.models.lookalikes.soundness import stale as stale_lookalikes
from desktop.models.store import CHANGES, Store
from desktop.progress import SILENT, Progress
from desktop.text import _

_ROWS = 5000


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is wrong in a store: what kind, which record or file, and what was found."""

    kind: str
    record: str
    message: str


def verify(store: Store, progress: Progress = SILENT, head: Head | None = None) -> list[Damage]:
    """Everything that is wrong in a store: file, references, rows, journal, files.

    A journal that was cut at its end, or written anew by somebody who knew how, is whole in
    itself: only a ``head`` that was written down before shows it.
    """
    found: list[Damage] = []
    # A connection of its own: one that has searched before holds parts of the index it saw then.
    connection = sqlite.another(store.folder)
    try:
        steps = (
            (_("Checking the database file"), _file_damage),
            (_("Checking the records"), _row_damage),
            (_("Checking the journal"), _journal_damage),
            (_("Checking the list"), _listing_damage),
            (_("Checking the look-alikes"), _lookalike_damage),
        )
        for number, (doing, step) in enumerate(steps):
            progress.step(number, len(steps) + 1, doing)
            try:
                # One by one: what was found before the file gives out is told all the same.
                found.extend(step(connection))
            except (sqlite.Error, UnicodeDecodeError) as error:
                found.append(_unreadable(error))
        if head is not None:
            found += _head_damage(connection, head)
        progress.step(len(steps), len(steps) + 1, _("Checking the attachments"))
        found += _attachment_damage(store, connection)
        found += _issued_damage(store, connection)
        found += _change_file_damage(store, _newest_entry(connection))
    finally:
        connection.close()
    return found


def _unreadable(error: Exception) -> Damage:
    message = _("A part of it cannot be read: {reason}.").format(reason=engine_reason(error))
    return Damage("file", sqlite.STORE_FILE, message)


def _newest_entry(connection: Connection) -> int:
    try:
        row = connection.execute("SELECT coalesce(max(id), 0) FROM journal_entry").fetchone()
    except sqlite.Error:
        return 0
    return int(row[0])


def _file_damage(connection: Connection) -> Iterator[Damage]:
    for (line,) in connection.execute("PRAGMA integrity_check").fetchall():
        if line != "ok":
            message = _("Its structure is damaged ({words}).").format(words=line)
            yield Damage("file", sqlite.STORE_FILE, message)
    for table, row_id, parent, _key in connection.execute("PRAGMA foreign_key_check").fetchall():
        record = describe(connection, table, row_id or 0)
        yield Damage("reference", record, _("It points to a missing {kind}.").format(kind=parent))


def _row_damage(connection: Connection) -> Iterator[Damage]:
    thorough = _is_malformed(connection)
    for table in schema.journalled_columns():
        try:
            if thorough:
                yield from _rotted_rows_one_by_one(connection, table)
            else:
                yield from _rotted_rows(connection, table)
        except (sqlite.Error, UnicodeDecodeError):
            yield from _rotted_rows_one_by_one(connection, table)
        for (row_id,) in connection.execute(
            f'SELECT d.row_id FROM digest d LEFT JOIN "{table}" r ON r.id = d.row_id '
            "WHERE d.table_name = ? AND r.id IS NULL",
            (table,),
        ).fetchall():
            yield Damage("record", named(connection, table, row_id), _("It has disappeared."))


def _is_malformed(connection: Connection) -> bool:
    """Whether the file's own structure is harmed: then a row may be found one way and not another.

    Such rows are looked up one by one.
    """
    try:
        return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok")
    except sqlite.Error:
        return True


def _rotted_rows(connection: Connection, table: str) -> list[Damage]:
    rows, found = _images(connection, table, "1"), []
    while part := rows.fetchmany(_ROWS):
        found += [row_id for row_id, image, digest in part if digest != row_digest(image)]
    return [_rotted(connection, table, row_id) for row_id in found]


def _rotted_rows_one_by_one(connection: Connection, table: str) -> Iterator[Damage]:
    """Where a row cannot even be read: look at each by itself, so that it is named."""
    digests = connection.execute("SELECT row_id FROM digest WHERE table_name = ?", (table,))
    for (row_id,) in digests.fetchall():
        try:
            found = _images(connection, table, f"r.id = {int(row_id)}").fetchone()
            sound = found is None or (found[0], found[2]) == (row_id, row_digest(found[1]))
        except (sqlite.Error, UnicodeDecodeError):
            sound = False
        if not sound:
            yield _rotted(connection, table, row_id)


def _images(connection: Connection, table: str, condition: str) -> sqlite.Cursor:
    return connection.execute(
        f'SELECT r.id, {schema.image_sql(table, "r")}, d.hash FROM "{table}" r '
        f"LEFT JOIN digest d ON d.table_name = ? AND d.row_id = r.id WHERE {condition}",
        (table,),
    )


def _rotted(connection: Connection, table: str, row_id: int) -> Damage:
    return Damage(
        "record", named(connection, table, row_id), _("Its content is not what was saved.")
    )


_INITIATIVES = {
    "initiative": "SELECT code, title FROM initiative WHERE id = ?",
    "authorship": "SELECT i.code, i.title FROM authorship a JOIN initiative i "
    "ON i.id = a.initiative_id WHERE a.id = ?",
    "attachment": "SELECT i.code, i.title FROM attachment a JOIN initiative i "
    "ON i.id = a.initiative_id WHERE a.id = ?",
}


def named(connection: Connection, table: str, row_id: int) -> str:
    """A record by name, and the initiative that it belongs to by code and title.

    As far as they can still be read.
    """
    words = f"{table} {row_id}"
    with suppress(sqlite.Error, UnicodeDecodeError):
        words = describe(connection, table, row_id)
    if table in _INITIATIVES:
        with suppress(sqlite.Error, UnicodeDecodeError):
            row = connection.execute(_INITIATIVES[table], (row_id,)).fetchone()
            if row is not None:
                code = "" if table == "initiative" else f", {row[0]}"
                words = f"{words}{code} “{row[1]}”"
    return words


def _listing_damage(connection: Connection) -> Iterator[Damage]:
    """The list must say what the records say, and the search must know every one of them."""
    try:
        for key in stale_listing(connection):
            record = named(connection, "initiative", key)
            yield Damage("list", record, _("Its line in the list is not what the record says."))
    except (ValueError, KeyError, TypeError, ArithmeticError):
        # A record that has rotted holds what no record can; it is named already.
        yield Damage("list", sqlite.STORE_FILE, _("The list cannot be compared with the records."))


def _lookalike_damage(connection: Connection) -> Iterator[Damage]:
    """What look-alikes are found by must say what the records say."""
    message = _(
        "What its look-alikes are found by is not what the record says. Compare everything anew: "
        "that makes it again."
    )
    try:
        for key in stale_lookalikes(connection):
            yield Damage("lookalikes", named(connection, "initiative", key), message)
    except (ValueError, KeyError, TypeError, ArithmeticError):
        # As with the list: what has rotted is named already.
        message = _("The look-alikes cannot be compared with the records.")
        yield Damage("lookalikes", sqlite.STORE_FILE, message)


def _journal_damage(connection: Connection) -> Iterator[Damage]:
    previous, expected = START, 1
    keys = connection.execute("SELECT id FROM journal_entry ORDER BY id").fetchall()
    for (key,) in keys:
        record = _("journal entry {number}").format(number=key)
        if key != expected:
            yield Damage("journal", record, _("Entries before it are missing."))
        try:
            entry = _entry(connection, key)
            sound = link(previous, entry) == entry["chain"] and _body_holds(connection, entry)
            previous = str(entry["chain"])
        except (sqlite.Error, UnicodeDecodeError, TypeError):
            # Unreadable, found one way and not another, or empty where nothing may be.
            sound, previous = False, _chain_of(connection, key)
        if not sound:
            yield Damage("journal", record, _("Its content is not what was saved."))
        expected = key + 1
    given = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'journal_entry'")
    if (given.fetchone() or (0,))[0] != expected - 1:
        record = _("journal entry {number}").format(number=expected)
        yield Damage("journal", record, _("The newest entries are missing."))


def _head_damage(connection: Connection, head: Head) -> Iterator[Damage]:
    """The entry that was the newest once must be there still, and what it was."""
    if _chain_of(connection, head.entry) != head.chain:
        record = _("journal entry {number}").format(number=head.entry)
        yield Damage("journal", record, _("It is not the entry whose mark was written down."))


def _entry(connection: Connection, key: int) -> dict[str, Any]:
    row = connection.execute(
        f"SELECT {', '.join(ENTRY_COLUMNS)} FROM journal_entry WHERE id = ?", (key,)
    ).fetchone()
    return dict(zip(ENTRY_COLUMNS, row, strict=True))


def _chain_of(connection: Connection, key: int) -> str:
    """The link of an entry that cannot be read whole, blank where it cannot be read either."""
    with suppress(sqlite.Error, UnicodeDecodeError):
        row = connection.execute("SELECT chain FROM journal_entry WHERE id = ?", (key,)).fetchone()
        return str(row[0]) if row else ""
    return ""


def _body_holds(connection: Connection, entry: dict[str, Any]) -> bool:
    hashes = []
    for *change, kept in connection.execute(
        "SELECT table_name, row_id, before, after, salt, hash FROM journal_change "
        "WHERE entry_id = ? ORDER BY id",
        (entry["id"],),
    ).fetchall():
        if change_hash(*change) != kept:
            return False
        hashes.append(kept)
    ranges = connection.execute(
        "SELECT table_name, first_id, last_id, digest FROM journal_range WHERE entry_id = ? "
        "ORDER BY id",
        (entry["id"],),
    ).fetchall()
    return bool(entry_body(hashes, [tuple(line) for line in ranges]) == entry["body"])


def _attachment_damage(store: Store, connection: Connection) -> Iterator[Damage]:
    try:
        rows = connection.execute(
            """SELECT min(a.id), a.sha256, a.name, coalesce(i.code, ''), coalesce(i.title, '')
               FROM attachment a LEFT JOIN initiative i ON i.id = a.initiative_id
               GROUP BY a.sha256, a.name ORDER BY 1"""
        ).fetchall()
    except (sqlite.Error, UnicodeDecodeError) as error:
        yield _unreadable(error)
        return
    for _key, digest, name, code, title in rows:
        if not is_sound(store.folder, digest):
            owner = f", {code} “{title}”" if code else ""
            yield Damage("attachment", f"{name}{owner}", _("The file is missing or damaged."))


def _issued_damage(store: Store, connection: Connection) -> Iterator[Damage]:
    """Each issued paper must say what it said, and its file must be there as it was."""
    try:
        rows = connection.execute(
            "SELECT id, content, content_hash, pdf FROM issued_paper ORDER BY id"
        )
        for row_id, content, digest, pdf in rows:
            record = named(connection, "issued_paper", row_id)
            if content_hash(content) != digest:
                yield Damage("issued", record, _("Its content is not what was issued."))
            if not is_sound(store.folder, pdf):
                yield Damage(
                    "issued",
                    record,
                    _("Its file is missing or damaged; print it again, and it is made anew."),
                )
    except (sqlite.Error, UnicodeDecodeError) as error:
        yield Damage("file", sqlite.STORE_FILE, str(error))


def _change_file_damage(store: Store, newest: int) -> Iterator[Damage]:
    """The change files must be whole and tell of the newest entry."""
    path = store.folder / CHANGES / f"{store.store_id}.jsonl"
    found, last = files_of(path), 0
    for one in found:
        whole = end = 0
        for entry, reached in ChangeFile(one).measured():
            whole, end = whole + 1, reached
            if last and entry != last + 1:
                message = _("The changes after number {entry} are missing.").format(entry=last)
                yield Damage("changes", one.name, message)
            last = entry
        if end != one.stat().st_size:
            message = _("Line {number} of the change file is damaged.").format(number=whole + 1)
            yield Damage("changes", one.name, message)
            return
    if found and ChangeFile(path).last_entry() != newest:
        yield Damage("changes", path.name, _("The newest entries are missing."))
