"""What a store consists of: the records' tables and triggers, the journal, what is derived."""

import re
from collections.abc import Sequence
from functools import cache

from sqlalchemy.dialects import sqlite as dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from desktop.models.engines import sqlite
from desktop.models.engines.sqlite import Connection
from desktop.models.records import JOURNALLED, Base

_JOURNAL_DDL = (
    """CREATE TABLE journal_entry (
        id INTEGER PRIMARY KEY AUTOINCREMENT, op_id TEXT NOT NULL UNIQUE, at TEXT NOT NULL,
        user TEXT NOT NULL, action TEXT NOT NULL, detail TEXT NOT NULL,
        reverses INTEGER REFERENCES journal_entry (id), body TEXT NOT NULL, chain TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX ix_journal_entry_reverses ON journal_entry (reverses)",
    """CREATE TABLE journal_change (
        id INTEGER PRIMARY KEY, entry_id INTEGER NOT NULL, table_name TEXT NOT NULL,
        row_id INTEGER NOT NULL, before TEXT, after TEXT, salt TEXT NOT NULL, hash TEXT
    ) STRICT""",
    "CREATE INDEX ix_journal_change_entry_id ON journal_change (entry_id)",
    "CREATE INDEX ix_journal_change_row ON journal_change (table_name, row_id)",
    """CREATE TABLE journal_range (
        id INTEGER PRIMARY KEY, entry_id INTEGER NOT NULL, table_name TEXT NOT NULL,
        first_id INTEGER NOT NULL, last_id INTEGER NOT NULL, digest TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX ix_journal_range_entry_id ON journal_range (entry_id)",
    """CREATE TABLE journal_state (
        id INTEGER PRIMARY KEY CHECK (id = 1), entry_id INTEGER, bulk INTEGER NOT NULL
    ) STRICT""",
    "INSERT INTO journal_state VALUES (1, NULL, 0)",
)

_DERIVED_DDL = (
    """CREATE TABLE listing (
        initiative_id INTEGER PRIMARY KEY, code TEXT NOT NULL, code_sort TEXT NOT NULL,
        title TEXT NOT NULL, title_sort TEXT NOT NULL, author TEXT NOT NULL,
        author_sort TEXT NOT NULL, authors INTEGER NOT NULL, unit_id INTEGER, unit TEXT NOT NULL,
        unit_sort TEXT NOT NULL, superior TEXT NOT NULL, category TEXT NOT NULL, used TEXT,
        decided TEXT, decision TEXT NOT NULL, decision_id INTEGER, benefit INTEGER,
        verdict TEXT NOT NULL, stage INTEGER, portal TEXT NOT NULL, shelf TEXT NOT NULL,
        unsent INTEGER NOT NULL, alike INTEGER NOT NULL, removed INTEGER NOT NULL,
        revision INTEGER NOT NULL, object_group TEXT NOT NULL, field TEXT NOT NULL,
        region TEXT NOT NULL, sent_on TEXT, recorded_on TEXT NOT NULL, credited_id INTEGER
    ) STRICT""",
    *(
        f"CREATE INDEX ix_listing_{name} ON listing (removed, {name}, initiative_id)"
        for name in (
            *("code_sort", "title_sort", "author_sort", "unit_sort", "used", "decided", "benefit"),
            *("verdict", "portal", "shelf", "unsent", "alike", "stage", "category", "unit_id"),
            *("sent_on", "recorded_on"),
        )
    ),
    "CREATE INDEX ix_listing_newest ON listing (removed, initiative_id)",
    "CREATE INDEX ix_listing_decision_id ON listing (decision_id)",
    # What figures of units are counted from in one pass, in the order in which they are grouped.
    """CREATE INDEX ix_listing_figures ON listing
        (unit_id, stage, verdict, sent_on, recorded_on, benefit) WHERE removed = 0""",
    """CREATE INDEX ix_listing_people ON listing (unit_id, credited_id, stage, sent_on)
        WHERE removed = 0 AND verdict = 'eligible'""",
    """CREATE TABLE verdict (
        initiative_id INTEGER PRIMARY KEY, verdict TEXT NOT NULL, stage INTEGER,
        definition TEXT NOT NULL, findings TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE alike (
        first_id INTEGER NOT NULL, second_id INTEGER NOT NULL, score REAL NOT NULL,
        why TEXT NOT NULL, apart INTEGER NOT NULL, text REAL NOT NULL,
        PRIMARY KEY (first_id, second_id)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX ix_alike_second_id ON alike (second_id)",
    # What look-alikes are found by: the words of titles, and their syllables as bits.
    """CREATE TABLE likeness (
        initiative_id INTEGER PRIMARY KEY, unit_id INTEGER, words TEXT NOT NULL,
        print TEXT NOT NULL, marks BLOB NOT NULL
    ) STRICT""",
    """CREATE TABLE text_mark (
        mark INTEGER NOT NULL, initiative_id INTEGER NOT NULL, PRIMARY KEY (mark, initiative_id)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX ix_likeness_unit_id ON likeness (unit_id)",
    "CREATE TABLE title_bits (id INTEGER PRIMARY KEY, bits BLOB NOT NULL) STRICT",
    # What was changed of the bits lately: what programs hold of them in memory follows it.
    """CREATE TABLE title_log (
        seq INTEGER PRIMARY KEY, token BLOB NOT NULL, initiative_id INTEGER NOT NULL, turned BLOB
    ) STRICT""",
    "CREATE TABLE alike_due (initiative_id INTEGER PRIMARY KEY) STRICT",
    """CREATE TABLE digest (
        table_name TEXT NOT NULL, row_id INTEGER NOT NULL, hash TEXT NOT NULL,
        PRIMARY KEY (table_name, row_id)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE draft (
        key TEXT NOT NULL, user TEXT NOT NULL, body TEXT NOT NULL, saved_at TEXT NOT NULL,
        based_on INTEGER, PRIMARY KEY (key, user)
    ) STRICT""",
    "CREATE TABLE store_info (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
)


JOURNAL_TABLES = ("journal_entry", "journal_change", "journal_range", "journal_state")
KEPT_TABLES = frozenset({"digest", "draft", "store_info"})
"""What is not derived from records and not journalled either: a migration leaves it as it is."""

ADDED_COLUMNS: dict[int, dict[str, tuple[str, ...]]] = {
    2: {
        "initiative": ("recorded_at",),
        "programme_in_force": ("definition", "overrides"),
        "target": ("origin", "dimension", "choice"),
    }
}
"""The columns that each schema version added to tables that were there before.

Columns are only ever added: the images in the journal go on naming those that they had.
"""

FIXED_TABLES = {"issued_paper": ("voided_at", "voided_by", "void_reason")}
"""Journalled tables whose rows stay as they were written, each with the columns that mark a row."""

_FIRST_WRITTEN = """coalesce(
    (SELECT e.at FROM journal_change c JOIN journal_entry e ON e.id = c.entry_id
     WHERE c.table_name = 'initiative' AND c.row_id = {row_id} AND c.before IS NULL
     ORDER BY c.id LIMIT 1),
    (SELECT e.at FROM journal_range g JOIN journal_entry e ON e.id = g.entry_id
     WHERE g.table_name = 'initiative' AND {row_id} BETWEEN g.first_id AND g.last_id
     ORDER BY g.id LIMIT 1))"""
"""When an initiative was first written down: the time of the entry that inserted its row."""


@cache
def journalled_columns() -> dict[str, tuple[str, ...]]:
    """The journalled tables, parents first, each with its columns in order."""
    return {table.name: tuple(column.name for column in table.columns) for table in JOURNALLED}


def generations(table: str) -> list[tuple[str, ...]]:
    """The columns that a table had in each released schema, the newest first, without repeats."""
    columns = journalled_columns()[table]
    found = [columns]
    for version in sorted(ADDED_COLUMNS, reverse=True):
        added = ADDED_COLUMNS[version].get(table, ())
        if added:
            columns = tuple(name for name in columns if name not in added)
            found.append(columns)
    return found


def columns_kept(connection: Connection) -> dict[str, tuple[str, ...]]:
    """The journalled tables that this database has, each with the columns that it has.

    They are those of its own schema, which may be an older one.
    """
    found = {}
    for table, columns in journalled_columns().items():
        rows = connection.execute(f"PRAGMA table_info('{table}')").fetchall()
        there = {row[1] for row in rows}
        if there:
            found[table] = tuple(name for name in columns if name in there)
    return found


def image_sql(table: str, alias: str, columns: Sequence[str] | None = None) -> str:
    """The expression for a row's image: the JSON text that the journal's triggers write.

    ``columns`` are those of an older schema, where an older image is meant.
    """
    names = journalled_columns()[table] if columns is None else columns
    return sqlite.image_of(alias, names)


def completion(table: str, column: str, row_id: str) -> str:
    """The expression for a column that images of an older schema lack.

    ``row_id`` is the expression for the row's id. It gives what the migration gave.
    """
    if (table, column) == ("initiative", "recorded_at"):
        return _FIRST_WRITTEN.format(row_id=row_id)
    default = Base.metadata.tables[table].columns[column].server_default
    value = getattr(default, "arg", None)
    return "NULL" if value is None else "'{}'".format(str(value).replace("'", "''"))


def build(connection: Connection) -> None:
    """Create everything in a new database, inside the transaction that is open."""
    for table in JOURNALLED:
        connection.execute(str(CreateTable(table).compile(dialect=dialect.dialect())))
    for statement in (*index_ddl().values(), *_JOURNAL_DDL):
        connection.execute(statement)
    build_derived(connection)
    build_triggers(connection)
    connection.execute(f"PRAGMA application_id={sqlite.APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={sqlite.SCHEMA_VERSION}")


def index_ddl() -> dict[str, str]:
    """The indexes of the records' tables: for each name the statement that creates it."""
    return {
        str(index.name): str(CreateIndex(index).compile(dialect=dialect.dialect()))
        for table in JOURNALLED
        for index in sorted(table.indexes, key=lambda index: str(index.name))
    }


def build_triggers(connection: Connection) -> None:
    """Create the triggers that journal every change and let the journal only grow."""
    for name, columns in journalled_columns().items():
        for statement in sqlite.journal_ddl(name, columns):
            connection.execute(statement)
    for name, marks in FIXED_TABLES.items():
        for statement in sqlite.fixed_ddl(name, journalled_columns()[name], marks):
            connection.execute(statement)
    for statement in sqlite.APPEND_ONLY_DDL:
        connection.execute(statement)


def build_derived(connection: Connection) -> None:
    """Create what is derived from the records, empty, and what is kept beside it, if not there."""
    there = _tables(connection) & KEPT_TABLES
    for statement in (*_DERIVED_DDL, sqlite.SEARCH_DDL):
        if _table_of(statement) not in there:
            connection.execute(statement)


def drop_derived(connection: Connection) -> None:
    """Take away every table that only says again what the records say; build_derived follows."""
    kept = set(journalled_columns()) | KEPT_TABLES | {*JOURNAL_TABLES, "sqlite_sequence"}
    # Search indexes go first: each takes the tables that it consists of with it.
    virtual = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'"
    for (table,) in connection.execute(virtual).fetchall():
        connection.execute(f'DROP TABLE "{table}"')
    for table in sorted(_tables(connection) - kept):
        connection.execute(f'DROP TABLE "{table}"')


def _tables(connection: Connection) -> set[str]:
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {row[0] for row in rows}


def _table_of(statement: str) -> str:
    """The table that a statement creates, or that its index belongs to, or that it fills."""
    pattern = r"CREATE (?:VIRTUAL )?TABLE (\w+)|CREATE (?:UNIQUE )?INDEX \w+\s+ON (\w+)|INTO (\w+)"
    found = re.search(pattern, statement)
    if found is None:
        raise ValueError(statement)
    return next(name for name in found.groups() if name)
