"""How the data change: do, undo, redo and audit are one mechanism.

An action runs in one transaction under one journal entry; triggers write each row before and after.
Undo is another action that puts the rows back. The entries are chained by hash; each committed
entry is also appended to the change file beside the store.
"""

import gc
import hashlib
import json
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from desktop.errors import UserError, reason_of
from desktop.models import schema
from desktop.models.change_file import ChangeFile, ToldEntry
from desktop.models.engines import sqlite
from desktop.models.engines.sqlite import Connection
from desktop.models.faults import engine_reason, explain
from desktop.models.labels import action_label, record_name
from desktop.models.reading import Written
from desktop.programme.definition import Programme
from desktop.progress import SILENT, Progress
from desktop.text import _

T_co = TypeVar("T_co", covariant=True)
START = "0" * 64
"""The chain's link before the first entry."""


@dataclass(frozen=True, slots=True)
class Context:
    """What an action works with.

    ``detail`` takes the words for its label; ``progress`` hears how far a long one has come.
    ``written`` takes new initiatives by id, so that what is derived from them need not read them.
    """

    session: Session
    connection: Connection
    now: datetime
    user: str
    programme: Programme
    detail: dict[str, Any] = field(default_factory=dict)
    progress: Progress = SILENT
    written: dict[int, Written] = field(default_factory=dict)


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
        _refuse_lasting(connection, self.entry_id)
        connection.execute("PRAGMA defer_foreign_keys=ON")
        ranged = self._collect(connection)
        tables = schema.journalled_columns()
        told = {table: _columns_told(connection, table, ranged) for table in tables}
        for table in tables:
            _refuse_changed(connection, table, told[table])
        for table in reversed(tables):
            _take_out(connection, table)
        for table in tables:
            _put_back(connection, table, told[table])
        connection.execute("DROP VIEW temp.reversed")
        connection.execute("DROP TABLE temp.reversal")

    def _collect(self, connection: Connection) -> dict[str, tuple[str, ...]]:
        """Gather which rows the entry touched; the columns that its ranges tell of, by table.

        ``temp.reversed`` gives for each row how it was before the entry and how the entry left it.
        A row of a range was not there before; that the entry left it as it is, its digest says.
        Images stay in the journal: those of a large import would fill the memory.
        """
        connection.execute(
            "CREATE TEMP TABLE reversal (table_name TEXT, row_id INTEGER, first INTEGER,"
            " last INTEGER, PRIMARY KEY (table_name, row_id)) WITHOUT ROWID"
        )
        connection.execute(
            """CREATE TEMP VIEW reversed AS
               SELECT r.table_name, r.row_id, r.first IS NULL AS ranged, f.before, l.after
               FROM temp.reversal r LEFT JOIN main.journal_change f ON f.id = r.first
               LEFT JOIN main.journal_change l ON l.id = r.last"""
        )
        connection.execute(
            """INSERT INTO temp.reversal SELECT table_name, row_id, min(id), max(id)
               FROM journal_change WHERE entry_id = ? GROUP BY table_name, row_id""",
            (self.entry_id,),
        )
        ranges = connection.execute(
            "SELECT table_name, first_id, last_id, digest FROM journal_range WHERE entry_id = ?",
            (self.entry_id,),
        ).fetchall()
        told = {}
        for table, first, last, digest in ranges:
            told[table] = _columns_digested(connection, table, first, last, digest)
            if not told[table]:
                raise _changed_since(connection, table, _first_changed(connection, self, table))
            connection.execute(
                f"INSERT OR REPLACE INTO temp.reversal SELECT '{table}', id, NULL, NULL "
                f'FROM "{table}" WHERE id BETWEEN ? AND ?',
                (first, last),
            )
        return told


def _refuse_changed(connection: Connection, table: str, told: tuple[str, ...]) -> None:
    """UserError that names a row which is not as the entry left it."""
    now = f"CASE WHEN t.id IS NULL THEN NULL ELSE {schema.image_sql(table, 't', told)} END"
    row = connection.execute(
        f'SELECT r.row_id FROM temp.reversed r LEFT JOIN "{table}" t ON t.id = r.row_id '
        f"WHERE r.table_name = ? AND NOT r.ranged AND {now} IS NOT r.after LIMIT 1",
        (table,),
    ).fetchone()
    row = row or _changed_beyond(connection, table, told)
    if row is not None:
        raise _changed_since(connection, table, row[0])


def _refuse_lasting(connection: Connection, entry_id: int) -> None:
    """UserError for an act on rows that stay as they were written, such as papers issued."""
    for table in schema.FIXED_TABLES:
        row = connection.execute(
            """SELECT row_id, before IS NULL FROM journal_change
               WHERE entry_id = ? AND table_name = ? UNION ALL
               SELECT first_id, 1 FROM journal_range WHERE entry_id = ? AND table_name = ?
               LIMIT 1""",
            (entry_id, table) * 2,
        ).fetchone()
        if row is None:
            continue
        said = (
            _(
                "This cannot be undone: {record} has its number for good. Void it instead (issued "
                "papers, or sosangkien void); the number stays used."
            )
            if row[1]
            else _(
                "This cannot be undone: {record} was voided for good. Issue the paper anew; it "
                "gets the next number."
            )
        )
        raise UserError(
            said.format(record=describe(connection, table, row[0])), code="undo.lasting"
        )


def _columns_digested(
    connection: Connection, table: str, first: int, last: int, digest: str
) -> tuple[str, ...]:
    """The columns that a range's digest was made of; none where its rows have changed since.

    They are those of the schema under which the entry was written.
    """
    for columns in schema.generations(table):
        if range_digest(connection, table, first, last, columns) == digest:
            return columns
    return ()


def _columns_told(
    connection: Connection, table: str, ranged: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """The columns that the gathered images of a table tell of: those of their entry's schema."""
    row = connection.execute(
        "SELECT coalesce(after, before) FROM temp.reversed WHERE table_name = ? "
        "AND coalesce(after, before) IS NOT NULL LIMIT 1",
        (table,),
    ).fetchone()
    if row is not None:
        return tuple(json.loads(row[0]))
    return ranged.get(table, schema.journalled_columns()[table])


def _changed_beyond(connection: Connection, table: str, told: tuple[str, ...]) -> Any:
    """A row that has changed since in a column which the entry's older images do not tell of.

    How it was when the column came is told by the first image that has it; where there is none,
    nothing has changed the row since.
    """
    for column in schema.journalled_columns()[table]:
        if column in told:
            continue
        image, path = "coalesce(c.before, c.after)", f"'$.\"{column}\"'"
        row = connection.execute(
            f"""SELECT r.row_id FROM temp.reversed r JOIN "{table}" t ON t.id = r.row_id
                JOIN journal_change c ON c.id = (
                    SELECT min(c.id) FROM journal_change c WHERE c.table_name = r.table_name
                    AND c.row_id = r.row_id AND json_type({image}, {path}) IS NOT NULL)
                WHERE r.table_name = ? AND (r.ranged OR r.after IS NOT NULL)
                AND json_extract({image}, {path}) IS NOT t."{column}" LIMIT 1""",
            (table,),
        ).fetchone()
        if row is not None:
            return row
    return None


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
        f'DELETE FROM "{table}" WHERE id IN (SELECT row_id FROM temp.reversed '
        "WHERE table_name = ? AND before IS NULL)",
        (table,),
    )


def _put_back(connection: Connection, table: str, told: tuple[str, ...]) -> None:
    """Insert again what the entry had deleted, and reset what it had changed.

    What images of an older schema do not tell of is completed in new rows and left in others.
    """
    columns = schema.journalled_columns()[table]
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(
        f"json_extract(r.before, '$.\"{name}\"')"
        if name in told
        else schema.completion(table, name, "r.row_id")
        for name in columns
    )
    connection.execute(
        f'INSERT INTO "{table}" ({names}) SELECT {values} FROM temp.reversed r '
        "WHERE r.table_name = ? AND r.before IS NOT NULL AND r.after IS NULL",
        (table,),
    )
    pairs = ", ".join(
        f'"{name}" = json_extract(r.before, \'$."{name}"\')' for name in told if name != "id"
    )
    connection.execute(
        f'UPDATE "{table}" SET {pairs} FROM temp.reversed r WHERE r.table_name = ? '
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


def range_digest(
    connection: Connection,
    table: str,
    first: int,
    last: int,
    columns: tuple[str, ...] | None = None,
) -> str:
    """SHA-256 over the images of the rows with ids from first to last.

    ``columns`` are those of an older schema, where its images are meant.
    """
    total = hashlib.sha256()
    for row_id, image in connection.execute(
        f'SELECT r.id, {schema.image_sql(table, "r", columns)} FROM "{table}" r '
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


Deriver = Callable[
    [Connection, Mapping[str, frozenset[int]], int, Progress, Mapping[int, Written]], None
]
"""Brings what is derived up to date with the rows that an entry touched."""


@dataclass(frozen=True, slots=True)
class _Inserted:
    """The rows that a bulk act inserted into a table: their ids, their digest."""

    table: str
    first: int
    last: int
    digest: str


class Journal:
    """The one gate for every write of the office's data.

    ``behind`` says that the change file lacks entries already: the next act makes up for them.
    """

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
        reading: Callable[[], AbstractContextManager[Connection]],
        behind: bool = False,
        refusal: Callable[[], UserError | None] = lambda: None,
        make_room: Callable[[], bool] = lambda: False,
    ) -> None:
        self._engine = engine
        self._user = user
        self._clock = clock
        self._programme = programme
        self._derive = derive
        self._folder = folder
        self._changes = ChangeFile(changes) if changes is not None else None
        self._reading = reading
        self._refusal = refusal
        self._make_room = make_room
        self._behind = behind

    def do(self, action: Action[Any], progress: Progress = SILENT) -> Outcome:
        """Do an action: one transaction, one entry, its rows before and after.

        Raises UserError where the store is read-only, the action refuses, or saving failed, and
        CancelledError where ``progress`` was told to stop; then nothing was changed. On a full disk
        a single record is saved in the room kept for that.
        """
        return self._do(action, None, progress)

    def _do(
        self, action: Action[Any], reverses: int | None, progress: Progress = SILENT
    ) -> Outcome:
        try:
            return self._try(action, reverses, progress)
        except UserError as error:
            if error.code != "journal.full" or action.bulk or not self._make_room():
                raise
        outcome = self._try(action, reverses, progress)
        said = _("Saved in the last room on the disk. Make room now, before anything else.")
        return replace(outcome, unsaved_copy=said)

    def _try(self, action: Action[Any], reverses: int | None, progress: Progress) -> Outcome:
        refusal = self._refusal()
        if refusal is not None:
            raise refusal
        op_id = uuid.uuid4().hex
        with closing(self._told()) as told, self._session() as session:
            try:
                connection = _driver(session)
                many = action.bulk or reverses is not None
                with sqlite.room_for_many(connection, many=many), _uncollected(action.bulk):
                    identity = (reverses, op_id)
                    outcome = self._perform(session, action, identity, told, progress)
                    sqlite.commit(connection)
                session.commit()
            except (IntegrityError, sqlite.IntegrityError) as error:
                session.rollback()
                raise _dependent(error) from error
            except (DBAPIError, sqlite.Error) as error:
                session.rollback()
                if not self._is_known_to_be_committed(op_id):
                    raise explain(error, self._folder) or error from error
            session.close()
            if outcome.entry is None:
                return outcome
            return replace(outcome, unsaved_copy=self._copy(told))

    def _session(self) -> Session:
        return Session(self._engine, expire_on_commit=False, autoflush=False)

    def _told(self) -> ToldEntry:
        """Where what an entry did waits until it is committed."""
        return ToldEntry(self._changes.path.parent if self._changes else self._folder)

    def _copy(self, told: ToldEntry) -> str:
        """Append an entry to the change file; the reason where the disk refuses.

        After a refusal the next entry first makes up for what is missing, so no gap stays. The
        entry is committed: whatever goes wrong here is told beside that, never instead of it.
        """
        if self._changes is None:
            return ""
        try:
            if self._behind:
                with self._reading() as connection:
                    trouble = catch_up(connection, self._changes.path)
            else:
                trouble = self._changes.append(told)
        except (UserError, DBAPIError, sqlite.Error) as error:
            trouble = engine_reason(error)
        self._behind = bool(trouble)
        return trouble

    def _perform(
        self,
        session: Session,
        action: Action[Any],
        identity: tuple[int | None, str],
        told: ToldEntry,
        progress: Progress,
    ) -> Outcome:
        """Do it inside the transaction; ``identity`` is what it reverses, and its operation id.

        ``told`` takes what the change file is to say.
        """
        reverses, op_id = identity
        connection = _driver(session)
        refusal = self._refusal()
        if refusal is not None:
            raise refusal
        row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'journal_entry'")
        entry_id = (row.fetchone() or (0,))[0] + 1
        floors = _highest_ids(connection) if action.bulk else {}
        connection.execute(
            "UPDATE journal_state SET entry_id = ?, bulk = ?", (entry_id, int(action.bulk))
        )
        context = Context(
            session, connection, self._clock(), self._user, self._programme(), progress=progress
        )
        result = action(context)
        session.flush()
        sealing = _Sealing(connection, entry_id, told)
        touched = sealing.seal(floors if action.bulk else None)
        if not touched and reverses is None:
            connection.execute("UPDATE journal_state SET entry_id = NULL, bulk = 0")
            return Outcome(None, result, {})
        self._derive(connection, touched, entry_id, progress, context.written)
        entry = {
            "id": entry_id,
            "op_id": op_id,
            "at": context.now.isoformat(timespec="seconds"),
            "user": self._user,
            "action": type(action).__name__,
            "detail": json.dumps(context.detail, ensure_ascii=False, sort_keys=True),
            "reverses": reverses,
        }
        sealing.write_entry(entry)
        connection.execute("UPDATE journal_state SET entry_id = NULL, bulk = 0")
        return Outcome(entry_id, result, touched)

    def _is_known_to_be_committed(self, op_id: str) -> bool:
        """As ``_was_committed``; UserError where the disk does not even tell that."""
        try:
            return self._was_committed(op_id)
        except (UserError, DBAPIError, sqlite.Error) as error:
            raise UserError(
                _(
                    "The disk does not answer: whether this was saved is not known. Close the "
                    "program; once the disk works again, look it up in the history."
                ),
                code="journal.in_doubt",
            ) from error

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
                "ON c.table_name = 'attachment' AND c.row_id = a.id WHERE a.initiative_id = ?) "
                "OR e.id IN (SELECT entry_id FROM journal_change WHERE table_name = 'overruling' "
                "AND json_extract(coalesce(after, before), '$.initiative_id') = ?))"
            )
            values += [initiative] * 5
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
        with self._reading() as connection:
            rows = connection.execute(sql, values).fetchall()
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


def _driver(session: Session) -> Connection:
    """The driver's own connection of a session, its transaction begun."""
    return session.connection().connection.driver_connection  # type: ignore[return-value] # SQLAlchemy's type says less


def _dependent(error: Exception) -> UserError:
    """The error for an act that would leave a record without another, or two with one code."""
    cause = getattr(error, "orig", None) or error
    if str(cause).startswith("UNIQUE"):
        said = _(
            "Nothing was changed: a code that must be one record's own is another's by now. Give "
            "that one another code first."
        )
        return UserError(said, code="journal.taken")
    said = _("Nothing was changed: later records depend on this one. Undo them first.")
    return UserError(said, code="journal.dependent")


@contextmanager
def _uncollected(bulk: bool) -> Iterator[None]:
    """During a bulk act, no search for rings of garbage: it costs a third of a long import.

    Such an act makes millions of values that all go away by themselves.
    """
    pausing = bulk and gc.isenabled()
    if pausing:
        gc.disable()
    try:
        yield
    finally:
        if pausing:
            gc.enable()


def _highest_ids(connection: Connection) -> dict[str, int]:
    """For each journalled table the highest id ever given."""
    return dict(connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall())


class _Sealing:
    """Closes an entry: its changes hashed, its rows digested, all of it told, in slices.

    An import or its undo touches hundreds of thousands of rows; none of their images stays in
    memory.
    """

    def __init__(self, connection: Connection, entry_id: int, told: ToldEntry) -> None:
        self._connection, self._entry_id, self._told = connection, entry_id, told
        self._hashes: list[str] = []
        self._inserted: list[_Inserted] = []

    def seal(self, floors: Mapping[str, int] | None) -> dict[str, frozenset[int]]:
        """Hash the changes and digest the rows; the ids that the entry touched, by table.

        ``floors`` are the highest ids before a bulk act, whose new rows are ranges.
        """
        touched = self._hash_changes()
        for table, last in _highest_ids(self._connection).items() if floors is not None else ():
            first = (floors or {}).get(table, 0) + 1
            if table in schema.journalled_columns() and last >= first:
                self._digest_range(table, (first, last))
                old = {key for key in touched.get(table, ()) if not first <= key <= last}
                touched[table] = old
        write_digests(self._connection, touched)
        for one in self._inserted:
            touched[one.table].update(range(one.first, one.last + 1))
        return {table: frozenset(ids) for table, ids in touched.items()}

    def _hash_changes(self) -> dict[str, set[int]]:
        touched: dict[str, set[int]] = {}
        for part in _changes_of(self._connection, self._entry_id):
            hashes = [change_hash(*change) for _key, *change in part]
            self._connection.executemany(
                "UPDATE journal_change SET hash = ? WHERE id = ?",
                [(digest, change[0]) for digest, change in zip(hashes, part, strict=True)],
            )
            self._hashes += hashes
            self._told.changes.add([change[1:] for change in part])
            for change in part:
                touched.setdefault(change[1], set()).add(change[2])
        return touched

    def _digest_range(self, table: str, span: tuple[int, int]) -> None:
        """Read the new rows of a table once: the digest of each and of all, their images aside."""
        cursor = _images(self._connection, table, *span)
        self._connection.execute(
            "DELETE FROM digest WHERE table_name = ? AND row_id BETWEEN ? AND ?", (table, *span)
        )
        sha256 = hashlib.sha256
        total = sha256()
        while part := cursor.fetchmany(_READ):
            total.update(b"".join([b"%d:%b\n" % line for line in part]))
            self._connection.executemany(
                "INSERT INTO digest VALUES (?, ?, ?)",
                [(table, key, sha256(image).hexdigest()[:32]) for key, image in part],
            )
            self._told.inserted.add(table, [image for _id, image in part])
        self._inserted.append(_Inserted(table, *span, total.hexdigest()))

    def write_entry(self, entry: dict[str, Any]) -> None:
        """Write the sealed entry and its link of the chain."""
        connection = self._connection
        ranges = [(one.table, one.first, one.last, one.digest) for one in self._inserted]
        connection.executemany(
            "INSERT INTO journal_range (entry_id, table_name, first_id, last_id, digest) "
            "VALUES (?, ?, ?, ?, ?)",
            [(self._entry_id, *line) for line in ranges],
        )
        entry["body"] = entry_body(self._hashes, ranges)
        last = connection.execute(
            "SELECT chain FROM journal_entry ORDER BY id DESC LIMIT 1"
        ).fetchone()
        entry["chain"] = link(last[0] if last else START, entry)
        connection.execute(
            f"INSERT INTO journal_entry ({', '.join(entry)}) "
            f"VALUES ({', '.join('?' * len(entry))})",
            tuple(entry.values()),
        )
        self._told.entry, self._told.ranges = entry, ranges


def _changes_of(connection: Connection, entry_id: int) -> Iterator[list[tuple[Any, ...]]]:
    """The changes of an entry in slices: id, table, row, before, after, salt."""
    last = 0
    while part := connection.execute(
        "SELECT id, table_name, row_id, before, after, salt FROM journal_change "
        "WHERE entry_id = ? AND id > ? ORDER BY id LIMIT ?",
        (entry_id, last, _READ // 4),
    ).fetchall():
        yield part
        last = part[-1][0]


_READ = 1000


def _images(connection: Connection, table: str, first: int, last: int) -> sqlite.Cursor:
    """The images of the rows with ids from first to last as bytes, each behind its id."""
    return connection.execute(
        f'SELECT r.id, CAST({schema.image_sql(table, "r")} AS BLOB) FROM "{table}" r '
        "WHERE r.id BETWEEN ? AND ? ORDER BY r.id",
        (first, last),
    )


def write_digests(connection: Connection, touched: Mapping[str, set[int]]) -> None:
    """Keep, for each touched row, the digest of its image, so that bit rot is noticed."""
    for table, ids in touched.items():
        for chunk in chunks(sorted(ids)):
            marks = ",".join("?" * len(chunk))
            rows = connection.execute(
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


ENTRY_COLUMNS = ("id", "op_id", "at", "user", "action", "detail", "reverses", "body", "chain")


def _tell(connection: Connection, entry: dict[str, Any], told: ToldEntry) -> None:
    """Tell of an entry that was committed, its inserted rows as they stand."""
    told.entry = entry
    for part in _changes_of(connection, entry["id"]):
        told.changes.add([change[1:] for change in part])
    told.ranges = connection.execute(
        "SELECT table_name, first_id, last_id, digest FROM journal_range WHERE entry_id = ? "
        "ORDER BY id",
        (entry["id"],),
    ).fetchall()
    for table, first, last, _digest in told.ranges:
        cursor = _images(connection, table, first, last)
        while part := cursor.fetchmany(_READ):
            images = [image for _id, image in part]
            b"".join(images).decode()  # text that has rotted is not told on as if it were sound
            told.inserted.add(table, images)


def catch_up(connection: Connection, path: Path) -> str:
    """Append to the change file the entries that it lacks; the reason where the disk refuses.

    That is what was committed just before the program was killed, or while the disk refused. A
    file whose end cannot be read, or does not fit what is before it, goes on after its last whole
    line.
    """
    changes = ChangeFile(path)
    try:
        last = changes.last_entry() if changes.is_end_whole() else None
        if last is None:
            trouble = changes.mend()
            if trouble:
                return trouble
            last = changes.last_entry() or 0
    except OSError as error:
        return reason_of(error)
    for values in connection.execute(
        f"SELECT {', '.join(ENTRY_COLUMNS)} FROM journal_entry WHERE id > ? ORDER BY id",
        (last,),
    ).fetchall():
        with closing(ToldEntry(path.parent)) as told:
            _tell(connection, dict(zip(ENTRY_COLUMNS, values, strict=True)), told)
            trouble = changes.append(told)
        if trouble:
            return trouble
    return ""


def is_behind(connection: Connection, path: Path) -> bool:
    """Whether the change file tells of entries that the store has lost, as a bad disk loses them.

    A new entry would take the place of one of them: none may be written before they are back. What
    cannot be read tells of nothing.
    """
    changes = ChangeFile(path)
    try:
        told = changes.last_entry()
        if told is None:
            told = changes.last_whole_entry()
    except OSError:
        return False
    newest = connection.execute("SELECT coalesce(max(id), 0) FROM journal_entry").fetchone()
    return bool(told > newest[0])


def entry_body(hashes: list[str], ranges: list[tuple[str, int, int, str]]) -> str:
    """The hash that binds an entry to its changes and ranges."""
    return hashlib.sha256(
        json.dumps([hashes, [list(line) for line in ranges]]).encode()
    ).hexdigest()


__all__ = ["Action", "Context", "EntryLine", "Journal", "Outcome", "Reverse", "sqlite"]
