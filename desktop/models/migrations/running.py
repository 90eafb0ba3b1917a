"""Bringing a store to this program's schema: all of it in one transaction, or nothing.

The steps that change tables are alembic's operations on our own connection; the rest is made anew
from the records. Data are filled in with the triggers gone: a migration is no act of the office,
and the journal stays as it is. Columns and tables are only ever added.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import StaticPool, create_engine, event
from sqlalchemy.engine import Connection as AlchemyConnection
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from desktop.errors import UserError
from desktop.models import schema
from desktop.models.deriving import refresh
from desktop.models.engines import sqlite
from desktop.models.engines.sqlite import Connection
from desktop.models.faults import engine_reason, explain
from desktop.models.journal import row_digest
from desktop.models.migrations import schema_2, schema_3
from desktop.models.records import Base
from desktop.programme.definition import Programme
from desktop.progress import Progress
from desktop.text import _


class Revision(Protocol):
    """How one schema becomes the next."""

    def upgrade(self, op: Operations) -> None:
        """Add what is new."""

    def fill(self, connection: Connection) -> None:
        """Fill in what the records and the journal tell."""


REVISIONS: dict[int, Revision] = {2: schema_2, 3: schema_3}
"""For each schema version how the one before it becomes it."""

_SLICE = 5000
Columns = dict[str, tuple[str, ...]]


def bring_up(
    folder: Path,
    *,
    programme: Callable[[Connection], Programme],
    now: datetime,
    progress: Progress,
) -> None:
    """As desktop.models.migrations.bring_up says."""
    connection = sqlite.connect(folder, read_only=False)
    trouble: Exception | None = None
    try:
        connection.execute("PRAGMA foreign_keys=OFF")
        with transaction(connection) as op:
            _Migration(connection, folder, progress).run(op, programme, now)
    except (DBAPIError, sqlite.Error, UnicodeDecodeError) as error:
        trouble = error
    finally:
        connection.close()
    # A commit that reported an error may have been made all the same.
    if trouble is not None and not _was_committed(folder):
        raise _refusal(trouble, folder) from trouble


def _was_committed(folder: Path) -> bool:
    """Whether the store has this program's schema, once what was half done is rolled back."""
    try:
        connection = sqlite.connect(folder, read_only=False)
    except UserError:
        return False
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    finally:
        connection.close()
    return bool(version == sqlite.SCHEMA_VERSION)


@contextmanager
def transaction(connection: Connection) -> Iterator[Operations]:
    """Alembic's operations inside one transaction, committed if all went well."""
    engine = create_engine(
        "sqlite://", module=dbapi2, creator=lambda: connection, poolclass=StaticPool
    )

    @event.listens_for(engine, "begin")
    def begin(outer: AlchemyConnection) -> None:
        outer.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.begin() as outer:
        context = MigrationContext.configure(outer, opts={"target_metadata": Base.metadata})
        yield Operations(context)


def _refusal(error: BaseException, folder: Path) -> BaseException:
    """What the user is told where the store stayed as it was."""
    known = explain(error, folder)
    if known is None or known.code == "store.damaged":
        return known or error
    if known.code == "journal.busy":
        return UserError(
            _("The store in {folder} is busy just now. Please try again.").format(folder=folder),
            code="store.busy",
        )
    return _stayed(folder, engine_reason(error))


def _stayed(folder: Path, reason: str) -> UserError:
    return UserError(
        _(
            "The store in {folder} could not be brought to this version of the program: {reason}. "
            "Nothing was changed. Mend that, then open the store again."
        ).format(folder=folder, reason=reason),
        code="store.migration",
    )


class _Migration:
    """One store on its way; ``run`` is called inside the transaction."""

    def __init__(self, connection: Connection, folder: Path, progress: Progress) -> None:
        self.connection = connection
        self.folder = folder
        self.progress = progress

    def run(
        self, op: Operations, programme: Callable[[Connection], Programme], now: datetime
    ) -> None:
        """Bring the store up; does nothing where somebody has just done it."""
        version = self.connection.execute("PRAGMA user_version").fetchone()[0]
        if version >= sqlite.SCHEMA_VERSION:
            return
        self.progress.step(0, 0, _("Checking the database file"))
        self._check_file()
        before, counts = schema.columns_kept(self.connection), self._counts()
        broken = self._broken_references()
        self._drop_triggers()
        for step in range(version + 1, sqlite.SCHEMA_VERSION + 1):
            REVISIONS[step].upgrade(op)
            REVISIONS[step].fill(self.connection)
        self._renew_indexes()
        self._renew_digests(before)
        self._renew_derived(programme, now)
        schema.build_triggers(self.connection)
        self.progress.step(0, 0, _("Checking the database file"))
        self._check_file()
        now_there = self._counts()
        if self._broken_references() != broken or any(
            now_there.get(table) != count for table, count in counts.items()
        ):
            raise _stayed(self.folder, _("records would have been lost"))
        self.connection.execute(f"PRAGMA user_version={sqlite.SCHEMA_VERSION}")

    def _check_file(self) -> None:
        if self.connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            raise sqlite.damaged(self.folder / sqlite.STORE_FILE)

    def _broken_references(self) -> set[tuple[str, int]]:
        rows = self.connection.execute("PRAGMA foreign_key_check").fetchall()
        return {(table, row_id) for table, row_id, _parent, _key in rows}

    def _counts(self) -> dict[str, int]:
        """How many rows the records and the journal have, by table."""
        tables = [*schema.columns_kept(self.connection), *schema.JOURNAL_TABLES]
        return {
            table: self.connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
            for table in tables
        }

    def _drop_triggers(self) -> None:
        rows = self.connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in rows.fetchall():
            self.connection.execute(f'DROP TRIGGER "{name}"')

    def _renew_indexes(self) -> None:
        """Keep the indexes of the records that are as wanted, and make the others anew."""
        wanted = schema.index_ddl()
        rows = self.connection.execute(
            "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql <> ''"
        ).fetchall()
        for name, table, sql in rows:
            if table not in schema.journalled_columns():
                continue
            if wanted.get(name) == sql:
                del wanted[name]
            else:
                self.connection.execute(f'DROP INDEX "{name}"')
        for statement in wanted.values():
            self.connection.execute(statement)

    def _renew_digests(self, before: Columns) -> None:
        """Digest the rows as they are now.

        A row that was no longer as saved keeps its old digest: ``verify`` goes on naming it.
        """
        for table, columns in before.items():
            if columns == schema.journalled_columns()[table]:
                continue
            rows = self.connection.execute(
                f"SELECT r.id, d.hash, {schema.image_sql(table, 'r', columns)}, "
                f'{schema.image_sql(table, "r")} FROM "{table}" r '
                "JOIN digest d ON d.table_name = ? AND d.row_id = r.id ORDER BY r.id",
                (table,),
            )
            while part := rows.fetchmany(_SLICE):
                self.progress.step(0, 0, _("Checking the records"))
                sound = [
                    (row_digest(new), table, row_id)
                    for row_id, digest, old, new in part
                    if row_digest(old) == digest
                ]
                self.connection.executemany(
                    "UPDATE digest SET hash = ? WHERE table_name = ? AND row_id = ?", sound
                )

    def _renew_derived(self, programme: Callable[[Connection], Programme], now: datetime) -> None:
        """Make list, search, look-alikes and verdicts anew; each line keeps its revision."""
        self.connection.execute(
            "CREATE TEMP TABLE former AS SELECT initiative_id, revision FROM listing"
        )
        schema.drop_derived(self.connection)
        schema.build_derived(self.connection)
        in_force = programme(self.connection)
        ids = [row[0] for row in self.connection.execute("SELECT id FROM initiative ORDER BY id")]
        for start in range(0, len(ids), _SLICE):
            self.progress.step(start, len(ids), _("Bringing the store to this version"))
            part = set(ids[start : start + _SLICE])
            refresh(self.connection, part, 0, programme=in_force, now=now)
        self.connection.execute(
            "UPDATE listing SET revision = f.revision FROM temp.former f "
            "WHERE f.initiative_id = listing.initiative_id"
        )
        self.connection.execute("DROP TABLE temp.former")
