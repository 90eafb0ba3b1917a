"""What a store consists of: the records' tables and triggers, the journal, what is derived."""

from functools import cache

from sqlalchemy.dialects import sqlite as dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from desktop.models.engines import sqlite
from desktop.models.engines.sqlite import Connection
from desktop.models.records import JOURNALLED

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
        revision INTEGER NOT NULL
    ) STRICT""",
    *(
        f"CREATE INDEX ix_listing_{name} ON listing (removed, {name}, initiative_id)"
        for name in (
            *("code_sort", "title_sort", "author_sort", "unit_sort", "used", "decided", "benefit"),
            *("verdict", "portal", "shelf", "unsent", "alike", "stage", "category", "unit_id"),
        )
    ),
    "CREATE INDEX ix_listing_newest ON listing (removed, initiative_id)",
    "CREATE INDEX ix_listing_decision_id ON listing (decision_id)",
    """CREATE TABLE verdict (
        initiative_id INTEGER PRIMARY KEY, verdict TEXT NOT NULL, stage INTEGER,
        definition TEXT NOT NULL, findings TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE alike (
        first_id INTEGER NOT NULL, second_id INTEGER NOT NULL, score REAL NOT NULL,
        why TEXT NOT NULL, PRIMARY KEY (first_id, second_id)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX ix_alike_second_id ON alike (second_id)",
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


@cache
def journalled_columns() -> dict[str, tuple[str, ...]]:
    """The journalled tables, parents first, each with its columns in order."""
    return {table.name: tuple(column.name for column in table.columns) for table in JOURNALLED}


def image_sql(table: str, alias: str) -> str:
    """The expression for a row's image: the JSON text that the journal's triggers write."""
    pairs = ", ".join(f"'{name}', {alias}.\"{name}\"" for name in journalled_columns()[table])
    return f"json_object({pairs})"


def build(connection: Connection) -> None:
    """Create everything in a new database, inside the transaction that is open."""
    for table in JOURNALLED:
        connection.execute(str(CreateTable(table).compile(dialect=dialect.dialect())))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            connection.execute(str(CreateIndex(index).compile(dialect=dialect.dialect())))
    for statement in (*_JOURNAL_DDL, *_DERIVED_DDL, sqlite.SEARCH_DDL):
        connection.execute(statement)
    for name, columns in journalled_columns().items():
        for statement in sqlite.journal_ddl(name, columns):
            connection.execute(statement)
    for statement in sqlite.APPEND_ONLY_DDL:
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id={sqlite.APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={sqlite.SCHEMA_VERSION}")
