"""How the data change: do, undo, redo and audit are one mechanism.

An action runs in one transaction under one journal entry; triggers write each row before and after.
Undo is another action that puts the rows back. The entries are chained by hash; each committed
entry is also appended to the change file beside the store.
"""

import hashlib
import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from desktop.errors import UserError
from desktop.models import schema
from desktop.models.change_file import ChangeFile
from desktop.models.engines import sqlite
from desktop.models.engines.sqlite import Connection
from desktop.models.faults import explain
from desktop.models.labels import action_label, record_name
from desktop.programme.definition import Programme
from desktop.text import _

T_co = TypeVar("T_co", covariant=True)
START = "0" * 64
"""The chain's link before the first entry."""


@dataclass(frozen=True, slots=True)
class Context:
    """What an action works with.

    ``detail`` takes the words for its label; ``known`` what it has looked up already, so that a
    file of a thousand rows asks for each unit and decision once.
    """

    session: Session
    connection: Connection
    now: datetime
    user: str
    programme: Programme
    detail: dict[str, Any] = field(default_factory=dict)
    known: dict[object, Any] = field(default_factory=dict)


class Action(Protocol[T_co]):
    """A frozen dataclass in the imperative, with its effect.

    It validates, changes records and returns a result; it does not commit, log or tell anyone.
    ``bulk`` actions have their inserts journalled as ranges of ids.
    """

    @property
    def bulk(self) -> bool:
        """Whether inserts are journalled as ranges."""

    def __call__(self, context: Context) -> T_co:
        """Do it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an action: its entry (None: nothing changed), its result, what it touched.

    ``touched`` maps a record's kind (table) to the ids that changed. ``unsaved_copy`` is the reason
    why the change file could not be written, blank where it was.
    """

    entry: int | None
    result: Any
    touched: Mapping[str, frozenset[int]]
    unsaved_copy: str = ""


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One line of history; ``undone_by`` is the entry that reverses it and stands, if any."""

    entry: int
    time: str
    user: str
    action: str
    label: str
    records: int
    reverses: int | None
    undone_by: int | None


@dataclass(frozen=True, slots=True)
class Reverse:
    """Put back every row that an entry changed, where each still is as the entry left it."""

    entry_id: int
    bulk: bool = False

    def __call__(self, context: Context) -> None:
        """Undo the entry set-wise; UserError naming the record that has changed since."""
        connection = context.connection
        row = connection.execute(
            "SELECT action, detail FROM journal_entry WHERE id = ?", (self.entry_id,)
        ).fetchone()
        if row is None:
            raise UserError(_("There is nothing to undo."), code="undo.nothing")
        action, detail = row
        words = json.loads(detail)
        # Reversing a reversal is doing it again: the label names the act itself either way.
        context.detail.update({"of": action, "redone": False, **words})
        if action == Reverse.__name__:
            context.detail["redone"] = not words["redone"]
        connection.execute("PRAGMA defer_foreign_keys=ON")
        self._collect(connection)
        for table in schema.journalled_columns():
            self._refuse_changed(connection, table)
        for table in reversed(schema.journalled_columns()):
            _take_out(connection, table)
        for table in schema.journalled_columns():
            _put_back(connection, table)
        connection.execute("DROP TABLE temp.reversal")

    def _collect(self, connection: Connection) -> None:
        """Gather, for each row, how it was before the entry and how the entry left it."""
        connection.execute(
            "CREATE TEMP TABLE reversal (table_name TEXT, row_id INTEGER, before TEXT, after TEXT,"
            " PRIMARY KEY (table_name, row_id)) WITHOUT ROWID"
        )
        connection.execute(
            """INSERT INTO temp.reversal
               SELECT f.table_name, f.row_id, f.before, l.after
               FROM (SELECT min(id) AS first, max(id) AS last FROM journal_change
                     WHERE entry_id = ? GROUP BY table_name, row_id) AS span
               JOIN journal_change f ON f.id = span.first
               JOIN journal_change l ON l.id = span.last""",
            (self.entry_id,),
        )
        ranges = connection.execute(
            "SELECT table_name, first_id, last_id, digest FROM journal_range WHERE entry_id = ?",
            (self.entry_id,),
        ).fetchall()
        for table, first, last, digest in ranges:
            if range_digest(connection, table, first, last) != digest:
                raise _changed_since(connection, table, _first_changed(connection, self, table))
            connection.execute(
                f"INSERT OR REPLACE INTO temp.reversal SELECT '{table}', r.id, NULL, "
                f'{schema.image_sql(table, "r")} FROM "{table}" r WHERE r.id BETWEEN ? AND ?',
                (first, last),
            )

    def _refuse_changed(self, connection: Connection, table: str) -> None:
        now = f"CASE WHEN t.id IS NULL THEN NULL ELSE {schema.image_sql(table, 't')} END"
        row = connection.execute(
            f'SELECT r.row_id FROM temp.reversal r LEFT JOIN "{table}" t ON t.id = r.row_id '
            f"WHERE r.table_name = ? AND {now} IS NOT r.after LIMIT 1",
            (table,),
        ).fetchone()
        if row is not None:
            raise _changed_since(connection, table, row[0])


def _first_changed(connection: Connection, reverse: Reverse, table: str) -> int:
    row = connection.execute(
        "SELECT row_id FROM journal_change WHERE entry_id > ? AND table_name = ? "
        "ORDER BY id LIMIT 1",
        (reverse.entry_id, table),
    ).fetchone()
    return int(row[0]) if row else 0


def _take_out(connection: Connection, table: str) -> None:
    """Delete what the entry had inserted."""
    connection.execute(
        f'DELETE FROM "{table}" WHERE id IN (SELECT row_id FROM temp.reversal '
        "WHERE table_name = ? AND before IS NULL)",
        (table,),
    )


def _put_back(connection: Connection, table: str) -> None:
    """Insert again what the entry had deleted, and reset what it had changed."""
    columns = schema.journalled_columns()[table]
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(f"json_extract(r.before, '$.\"{name}\"')" for name in columns)
    connection.execute(
        f'INSERT INTO "{table}" ({names}) SELECT {values} FROM temp.reversal r '
        "WHERE r.table_name = ? AND r.before IS NOT NULL AND r.after IS NULL",
        (table,),
    )
    pairs = ", ".join(
        f'"{name}" = json_extract(r.before, \'$."{name}"\')' for name in columns if name != "id"
    )
    connection.execute(
        f'UPDATE "{table}" SET {pairs} FROM temp.reversal r WHERE r.table_name = ? '
        f'AND r.row_id = "{table}".id AND r.before IS NOT NULL AND r.after IS NOT NULL',
        (table,),
    )


def _changed_since(connection: Connection, table: str, row_id: int) -> UserError:
    return UserError(
        _(
            "This cannot be undone: {record} has been changed since. Undo the later change first."
        ).format(record=describe(connection, table, row_id)),
        code="undo.changed",
    )


def describe(connection: Connection, table: str, row_id: int) -> str:
    """A record in words: its kind and its code, name or number."""
    columns = schema.journalled_columns().get(table, ())
    for column in ("code", "number", "name", "title", "key"):
        if column in columns:
            row = connection.execute(
                f'SELECT "{column}" FROM "{table}" WHERE id = ?', (row_id,)
            ).fetchone()
            if row is not None and row[0]:
                return f"{record_name(table)} {row[0]}"
            break
    return f"{record_name(table)} {row_id}"


def range_digest(connection: Connection, table: str, first: int, last: int) -> str:
    """SHA-256 over the images of the rows with ids from first to last."""
    total = hashlib.sha256()
    for row_id, image in connection.execute(
        f'SELECT r.id, {schema.image_sql(table, "r")} FROM "{table}" r '
        "WHERE r.id BETWEEN ? AND ? ORDER BY r.id",
        (first, last),
    ):
        total.update(f"{row_id}:{image}\n".encode())
    return total.hexdigest()


def change_hash(table: str, row_id: int, before: str | None, after: str | None, salt: str) -> str:
    """The salted hash of one change; the chain covers it, so that a body may be erased one day."""
    content = json.dumps([salt, table, row_id, before, after])
    return hashlib.sha256(content.encode()).hexdigest()


def link(previous: str, entry: Mapping[str, Any]) -> str:
    """The chain's next link: SHA-256 over the previous one and the entry's own content."""
    keys = ("id", "op_id", "at", "user", "action", "detail", "reverses", "body")
    content = json.dumps([entry[key] for key in keys], ensure_ascii=False)
    return hashlib.sha256((previous + content).encode()).hexdigest()


Deriver = Callable[[Connection, Mapping[str, frozenset[int]], int], None]
"""Brings what is derived up to date with the rows that an entry touched."""


class Journal:
    """The one gate for every write of the office's data."""

    def __init__(
        self,
        engine: Engine,
        *,
        user: str,
        clock: Callable[[], datetime],
        programme: Callable[[], Programme],
        derive: Deriver,
        folder: Path,
        changes: Path | None,
        refusal: Callable[[], UserError | None] = lambda: None,
    ) -> None:
        self._engine = engine
        self._user = user
        self._clock = clock
        self._programme = programme
        self._derive = derive
        self._folder = folder
        self._changes = changes
        self._refusal = refusal
        self._behind = False

    def do(self, action: Action[Any]) -> Outcome:
        """Do an action: one transaction, one entry, its rows before and after.

        Raises UserError where the store is read-only, the action refuses, or saving failed; then
        nothing was changed.
        """
        return self._do(action, None)

    def _do(self, action: Action[Any], reverses: int | None) -> Outcome:
        refusal = self._refusal()
        if refusal is not None:
            raise refusal
        op_id = uuid.uuid4().hex
        with Session(self._engine, expire_on_commit=False, autoflush=False) as session:
            try:
                outcome, lines = self._perform(session, action, reverses, op_id)
                session.commit()
            except (IntegrityError, sqlite.IntegrityError) as error:
                session.rollback()
                raise UserError(
                    _("Nothing was changed: later records depend on this one. Undo them first."),
                    code="journal.dependent",
                ) from error
            except (DBAPIError, sqlite.Error) as error:
                session.rollback()
                if not self._was_committed(op_id):
                    raise explain(error, self._folder) or error from error
        if outcome.entry is None:
            return outcome
        return Outcome(outcome.entry, outcome.result, outcome.touched, self._copy(lines))

    def _copy(self, lines: dict[str, Any]) -> str:
        """Append an entry to the change file; the reason where the disk refuses.

        After a refusal the next entry first makes up for what is missing, so no gap stays.
        """
        if self._changes is None:
            return ""
        if self._behind:
            with self._engine.connect().execution_options(readonly=True) as connection:
                raw = connection.connection.driver_connection
                trouble = catch_up(raw, self._changes)  # type: ignore[arg-type] # the driver's own
        else:
            trouble = ChangeFile(self._changes).append(lines)
        self._behind = bool(trouble)
        return trouble

    def _perform(
        self, session: Session, action: Action[Any], reverses: int | None, op_id: str
    ) -> tuple[Outcome, dict[str, Any]]:
        raw = session.connection().connection.driver_connection
        connection: Connection = raw  # type: ignore[assignment] # the driver's own connection
        row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'journal_entry'")
        entry_id = (row.fetchone() or (0,))[0] + 1
        floors = _highest_ids(connection) if action.bulk else {}
        connection.execute(
            "UPDATE journal_state SET entry_id = ?, bulk = ?", (entry_id, int(action.bulk))
        )
        context = Context(session, connection, self._clock(), self._user, self._programme())
        result = action(context)
        session.flush()
        touched, ranges = _seal(connection, entry_id, floors, bulk=action.bulk)
        if not touched and reverses is None:
            connection.execute("UPDATE journal_state SET entry_id = NULL, bulk = 0")
            return Outcome(None, result, {}), {}
        self._derive(connection, touched, entry_id)
        entry = {
            "id": entry_id,
            "op_id": op_id,
            "at": context.now.isoformat(timespec="seconds"),
            "user": self._user,
            "action": type(action).__name__,
            "detail": json.dumps(context.detail, ensure_ascii=False, sort_keys=True),
            "reverses": reverses,
        }
        lines = _write_entry(connection, entry, ranges)
        connection.execute("UPDATE journal_state SET entry_id = NULL, bulk = 0")
        return Outcome(entry_id, result, touched), lines

    def _was_committed(self, op_id: str) -> bool:
        """Whether an act whose commit reported an error is in the journal all the same."""
        with self._engine.connect() as connection:
            found = connection.exec_driver_sql(
                "SELECT 1 FROM journal_entry WHERE op_id = ?", (op_id,)
            ).first()
        return found is not None

    def undoable(self) -> EntryLine | None:
        """The newest entry that can be undone: no reversal itself and not reversed by one."""
        return self._newest(
            "e.reverses IS NULL AND e.action <> 'CreateOffice' AND NOT EXISTS ("
            "SELECT 1 FROM journal_entry r WHERE r.reverses = e.id AND NOT EXISTS ("
            "SELECT 1 FROM journal_entry q WHERE q.reverses = r.id))"
        )

    def redoable(self) -> EntryLine | None:
        """The reversal that redo would reverse: the newest that stands since the last real act."""
        return self._newest(
            "e.reverses IS NOT NULL AND EXISTS (SELECT 1 FROM journal_entry o "
            "WHERE o.id = e.reverses AND o.reverses IS NULL) AND NOT EXISTS ("
            "SELECT 1 FROM journal_entry r WHERE r.reverses = e.id) AND e.id > ("
            "SELECT coalesce(max(id), 0) FROM journal_entry WHERE reverses IS NULL)"
        )

    def undo(self, entry_id: int | None = None) -> Outcome:
        """Undo an entry, by default the newest that stands; UserError where there is none."""
        if entry_id is None:
            line = self.undoable()
            if line is None:
                raise UserError(_("There is nothing to undo."), code="undo.nothing")
            entry_id = line.entry
        return self._do(Reverse(entry_id), entry_id)

    def redo(self) -> Outcome:
        """Do again what was undone last; UserError where nothing was."""
        line = self.redoable()
        if line is None:
            raise UserError(_("There is nothing to redo."), code="redo.nothing")
        return self._do(Reverse(line.entry), line.entry)

    def _newest(self, condition: str) -> EntryLine | None:
        lines = self._lines(f"WHERE {condition} ORDER BY e.id DESC LIMIT 1", ())
        return lines[0] if lines else None

    def history(
        self,
        *,
        initiative: int | None = None,
        limit: int = 1_000_000,
        before: int | None = None,
    ) -> list[EntryLine]:
        """The entries, newest first; those that touched one initiative, or all."""
        conditions, values = ["e.id < ?"], [before if before is not None else 2**62]
        if initiative is not None:
            conditions.append(
                "(e.id IN (SELECT entry_id FROM journal_change WHERE table_name = 'initiative' "
                "AND row_id = ?) OR e.id IN (SELECT entry_id FROM journal_range WHERE table_name = "
                "'initiative' AND ? BETWEEN first_id AND last_id) "
                "OR e.id IN (SELECT c.entry_id FROM authorship a JOIN journal_change c "
                "ON c.table_name = 'authorship' AND c.row_id = a.id WHERE a.initiative_id = ?) "
                "OR e.id IN (SELECT c.entry_id FROM attachment a JOIN journal_change c "
                "ON c.table_name = 'attachment' AND c.row_id = a.id WHERE a.initiative_id = ?))"
            )
            values += [initiative] * 4
        where = f"WHERE {' AND '.join(conditions)} ORDER BY e.id DESC LIMIT {int(limit)}"
        return self._lines(where, tuple(values))

    def _lines(self, where: str, values: tuple[Any, ...]) -> list[EntryLine]:
        sql = f"""SELECT e.id, e.at, e.user, e.action, e.detail, e.reverses,
            (SELECT count(DISTINCT table_name || row_id) FROM journal_change WHERE entry_id = e.id)
            + (SELECT coalesce(sum(last_id - first_id + 1), 0) FROM journal_range
               WHERE entry_id = e.id),
            (SELECT r.id FROM journal_entry r WHERE r.reverses = e.id AND NOT EXISTS
               (SELECT 1 FROM journal_entry q WHERE q.reverses = r.id))
            FROM journal_entry e {where}"""
        with self._engine.connect().execution_options(readonly=True) as connection:
            rows = connection.exec_driver_sql(sql, values).all()
        return [
            EntryLine(entry, at, user, action, _label(action, detail), records, reverses, undone)
            for entry, at, user, action, detail, reverses, records, undone in rows
        ]


def _label(action: str, detail: str) -> str:
    words: dict[str, Any] = json.loads(detail)
    if action != Reverse.__name__:
        return action_label(action, words)
    message = _("Redone: {action}") if words["redone"] else _("Undone: {action}")
    return message.format(action=action_label(words["of"], words))


def _highest_ids(connection: Connection) -> dict[str, int]:
    """For each journalled table the highest id ever given."""
    return dict(connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall())


def _seal(
    connection: Connection, entry_id: int, floors: Mapping[str, int], *, bulk: bool
) -> tuple[dict[str, frozenset[int]], list[tuple[str, int, int, str]]]:
    """Hash the entry's changes, digest its rows; what it touched, and its ranges of new ids."""
    changes = connection.execute(
        "SELECT id, table_name, row_id, before, after, salt FROM journal_change WHERE entry_id = ?",
        (entry_id,),
    ).fetchall()
    connection.executemany(
        "UPDATE journal_change SET hash = ? WHERE id = ?",
        [(change_hash(*change), key) for key, *change in changes],
    )
    touched: dict[str, set[int]] = {}
    for _key, table, row_id, _before, _after, _salt in changes:
        touched.setdefault(table, set()).add(row_id)
    ranges = []
    for table, last in _highest_ids(connection).items() if bulk else ():
        first = floors.get(table, 0) + 1
        if table in schema.journalled_columns() and last >= first:
            ranges.append((table, first, last, range_digest(connection, table, first, last)))
            touched.setdefault(table, set()).update(range(first, last + 1))
    write_digests(connection, touched)
    return {table: frozenset(ids) for table, ids in touched.items()}, ranges


def write_digests(connection: Connection, touched: Mapping[str, set[int]]) -> None:
    """Keep, for each touched row, the digest of its image, so that bit rot is noticed."""
    for table, ids in touched.items():
        rows = []
        for chunk in chunks(sorted(ids)):
            marks = ",".join("?" * len(chunk))
            rows += connection.execute(
                f'SELECT r.id, {schema.image_sql(table, "r")} FROM "{table}" r '
                f"WHERE r.id IN ({marks})",
                chunk,
            ).fetchall()
            connection.execute(
                f"DELETE FROM digest WHERE table_name = ? AND row_id IN ({marks})", (table, *chunk)
            )
        connection.executemany(
            "INSERT INTO digest VALUES (?, ?, ?)",
            [(table, row_id, row_digest(image)) for row_id, image in rows],
        )


def row_digest(image: str) -> str:
    """128 bits of SHA-256 over a row's image, in hex."""
    return hashlib.sha256(image.encode()).hexdigest()[:32]


def chunks(ids: list[int], size: int = 500) -> list[list[int]]:
    """The ids in runs short enough for one statement."""
    return [ids[start : start + size] for start in range(0, len(ids), size)]


def _write_entry(
    connection: Connection, entry: dict[str, Any], ranges: list[tuple[str, int, int, str]]
) -> dict[str, Any]:
    """Write the sealed entry; what the change file is to say of it."""
    hashes = [
        row[0]
        for row in connection.execute(
            "SELECT hash FROM journal_change WHERE entry_id = ? ORDER BY id", (entry["id"],)
        )
    ]
    connection.executemany(
        "INSERT INTO journal_range (entry_id, table_name, first_id, last_id, digest) "
        "VALUES (?, ?, ?, ?, ?)",
        [(entry["id"], *line) for line in ranges],
    )
    entry["body"] = entry_body(hashes, ranges)
    last = connection.execute("SELECT chain FROM journal_entry ORDER BY id DESC LIMIT 1").fetchone()
    entry["chain"] = link(last[0] if last else START, entry)
    names = ", ".join(entry)
    connection.execute(
        f"INSERT INTO journal_entry ({names}) VALUES ({', '.join('?' * len(entry))})",
        tuple(entry.values()),
    )
    return entry_content(connection, entry)


ENTRY_COLUMNS = ("id", "op_id", "at", "user", "action", "detail", "reverses", "body", "chain")


def entry_content(connection: Connection, entry: Mapping[str, Any]) -> dict[str, Any]:
    """What the change file says of an entry: itself, its changes, the rows that it inserted."""
    changes = connection.execute(
        "SELECT table_name, row_id, before, after FROM journal_change WHERE entry_id = ? "
        "ORDER BY id",
        (entry["id"],),
    ).fetchall()
    inserted = {
        table: [
            image
            for (image,) in connection.execute(
                f'SELECT {schema.image_sql(table, "r")} FROM "{table}" r '
                "WHERE r.id BETWEEN ? AND ? ORDER BY r.id",
                (first, last),
            )
        ]
        for table, first, last in connection.execute(
            "SELECT table_name, first_id, last_id FROM journal_range WHERE entry_id = ? "
            "ORDER BY id",
            (entry["id"],),
        ).fetchall()
    }
    return {"entry": dict(entry), "changes": changes, "inserted": inserted}


def catch_up(connection: Connection, path: Path) -> str:
    """Append to the change file the entries that it lacks; the reason where the disk refuses.

    That is what was committed just before the program was killed, or while the disk refused. A
    file that cannot be read is set aside, and a new one tells of what comes from now on.
    """
    changes = ChangeFile(path)
    last = changes.last_entry()
    if last is None:
        return changes.set_aside()
    for values in connection.execute(
        f"SELECT {', '.join(ENTRY_COLUMNS)} FROM journal_entry WHERE id > ? ORDER BY id",
        (last,),
    ).fetchall():
        entry = dict(zip(ENTRY_COLUMNS, values, strict=True))
        trouble = changes.append(entry_content(connection, entry))
        if trouble:
            return trouble
    return ""


def entry_body(hashes: list[str], ranges: list[tuple[str, int, int, str]]) -> str:
    """The hash that binds an entry to its changes and ranges."""
    return hashlib.sha256(
        json.dumps([hashes, [list(line) for line in ranges]]).encode()
    ).hexdigest()


__all__ = ["Action", "Context", "EntryLine", "Journal", "Outcome", "Reverse", "sqlite"]
