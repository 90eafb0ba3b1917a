"""SQLite as this program uses it, by sqlcipher3 alone: opening, settings, triggers, search index.

The settings are those of which it was tried that no acknowledged save is lost in a power cut:
rollback journal kept and truncated, synchronous EXTRA, one library per process.
"""

import struct
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from sqlcipher3 import dbapi2

from desktop.errors import UserError, reason_of
from desktop.text import _

APPLICATION_ID = 0x534B4731  # "SKG1"
SCHEMA_VERSION = 1
STORE_FILE = "store.db"
Error = dbapi2.Error
IntegrityError = dbapi2.IntegrityError

_SETTINGS: tuple[tuple[str, str, int | str], ...] = (
    ("busy_timeout", "5000", 5000),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("mmap_size", "0", 0),
    ("foreign_keys", "ON", 1),
    ("recursive_triggers", "ON", 1),
    ("secure_delete", "ON", 1),
    ("temp_store", "MEMORY", 2),
    ("journal_mode", "TRUNCATE", "truncate"),
    ("synchronous", "EXTRA", 3),
)


class Cursor(Protocol):
    """What the program uses of a DBAPI cursor."""

    rowcount: int
    lastrowid: int | None

    def fetchone(self) -> Any: ...  # noqa: D102 - the driver's own protocol
    def fetchall(self) -> list[Any]: ...  # noqa: D102 - as above
    def fetchmany(self, size: int = ...) -> list[Any]: ...  # noqa: D102 - as above
    def __iter__(self) -> Any: ...


class Connection(Protocol):
    """What the program uses of a DBAPI connection; statements end their own transactions."""

    isolation_level: str | None
    in_transaction: bool

    def execute(self, sql: str, parameters: Sequence[Any] = ..., /) -> Cursor: ...  # noqa: D102 - as above
    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]], /) -> Cursor: ...  # noqa: D102 - as above
    def backup(self, target: Any, /, *, pages: int = ...) -> None: ...  # noqa: D102 - as above
    def interrupt(self) -> None: ...  # noqa: D102 - as above
    def close(self) -> None: ...  # noqa: D102 - as above


def connect(folder: Path, *, read_only: bool = True) -> Connection:
    """A connection to the store in ``folder``, its settings read back and compared.

    Never creates a file. Raises UserError where the store is missing, empty, foreign, newer than
    this program or damaged (codes store.missing, .empty, .foreign, .newer, .damaged).
    """
    path = folder / STORE_FILE
    check_header(path)
    connection = None
    try:
        connection = _opened(path)
        if read_only:
            connection.execute("PRAGMA query_only=ON")
            connection.execute("PRAGMA cache_size=-64000")
    except (dbapi2.DatabaseError, UnicodeDecodeError) as error:
        if connection is not None:
            connection.close()
        if str(getattr(error, "sqlite_errorname", "")).startswith("SQLITE_BUSY"):
            raise UserError(
                _("The store in {folder} is busy just now. Please try again.").format(
                    folder=folder
                ),
                code="store.busy",
            ) from error
        raise damaged(path) from error
    return connection


def _opened(path: Path) -> Connection:
    """Open for writing, or, where folder or file cannot be written, for reading alone."""
    for mode in ("rw", "ro"):
        connection = None
        try:
            connection = _open(path, mode)
            _look_inside(connection)
        except dbapi2.OperationalError as error:
            if connection is not None:
                connection.close()
            busy = str(getattr(error, "sqlite_errorname", "")).startswith("SQLITE_BUSY")
            if busy or mode == "ro":
                raise
        else:
            return connection
    raise AssertionError(path)


def _open(path: Path, mode: str) -> Connection:
    place = quote(str(path.resolve()).replace("\\", "/"))
    connection: Connection = dbapi2.connect(
        f"file:{place}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
    )
    prepare(connection)
    return connection


def _look_inside(connection: Connection) -> None:
    connection.execute("SELECT value FROM store_info WHERE key = 'store_id'").fetchone()


def create(path: Path) -> Connection:
    """A connection to a new, empty database file at ``path``, which must not exist yet."""
    path.touch(exist_ok=False)
    return _open(path, "rw")


def prepare(connection: Connection) -> None:
    """Apply the settings to a new connection; RuntimeError where one does not take."""
    connection.isolation_level = None
    for name, value, expected in _SETTINGS:
        connection.execute(f"PRAGMA {name}={value}")
        found = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if found != expected:
            raise RuntimeError(f"PRAGMA {name} is {found!r}, not {expected!r}")
    connection.execute("PRAGMA cache_size=-32000")


def let_writer_keep_its_pages(connection: Connection) -> None:
    """A bulk change must not spill: SQLite would lock every reader out before the commit."""
    connection.execute("PRAGMA cache_spill=OFF")


def check_header(path: Path) -> None:
    """Refuse what is no store of ours, by its first bytes alone; the file is not touched."""
    try:
        with path.open("rb") as file:
            head = file.read(512)
    except FileNotFoundError as error:
        raise UserError(
            _(
                "There is no store in {folder}. Choose another folder, or create a new store."
            ).format(folder=path.parent),
            code="store.missing",
        ) from error
    except OSError as error:
        raise UserError(
            _(
                "The store in {folder} cannot be read: {reason}. Check the rights on the folder."
            ).format(folder=path.parent, reason=reason_of(error)),
            code="store.unreadable",
        ) from error
    if len(head) < 512:
        raise UserError(
            _(
                "The store in {folder} is empty or cut short. Do not delete anything; restore the "
                "newest backup (sosangkien restore)."
            ).format(folder=path.parent),
            code="store.empty",
        )
    _check_ids(path, head)


def _check_ids(path: Path, head: bytes) -> None:
    (version,) = struct.unpack(">I", head[60:64])
    (application,) = struct.unpack(">I", head[68:72])
    if not head.startswith(b"SQLite format 3\0"):
        raise damaged(path)
    if application != APPLICATION_ID:
        raise UserError(
            _("{file} was not made by Sổ Sáng Kiến. Choose the folder of a store.").format(
                file=path
            ),
            code="store.foreign",
        )
    if version > SCHEMA_VERSION:
        raise UserError(
            _(
                "The store in {folder} was made by a newer version of the program. Nothing was "
                "changed; update the program, then open it again."
            ).format(folder=path.parent),
            code="store.newer",
        )


def damaged(path: Path) -> UserError:
    """The error for a store whose file is damaged."""
    return UserError(
        _(
            "The store in {folder} is damaged. Do not delete anything; restore the newest backup "
            "(sosangkien restore)."
        ).format(folder=path.parent),
        code="store.damaged",
    )


def journal_ddl(table: str, columns: Sequence[str]) -> list[str]:
    """The triggers that journal every change of ``table``, whoever makes it.

    Each writes the row before and after under the entry that journal_state names. Where it names
    none the write is stray and fails. While journal_state says bulk, inserts are journalled as a
    range of ids by the journal itself.
    """
    entry = "(SELECT entry_id FROM journal_state)"
    stray = (
        f"SELECT RAISE(ABORT, 'stray write to {table}: only Journal.do may write') "
        f"WHERE {entry} IS NULL;"
    )

    def image(alias: str) -> str:
        pairs = ", ".join(f"'{name}', {alias}.\"{name}\"" for name in columns)
        return f"json_object({pairs})"

    def trigger(verb: str, row: str, before: str, after: str, condition: str) -> str:
        return (
            f'CREATE TRIGGER journal_{table}_{verb} AFTER {verb.upper()} ON "{table}" '
            f"BEGIN {stray} "
            "INSERT INTO journal_change (entry_id, table_name, row_id, before, after, salt) "
            f"SELECT {entry}, '{table}', {row}.id, {before}, {after}, hex(randomblob(16)) "
            f"WHERE {condition}; END"
        )

    return [
        trigger("insert", "NEW", "NULL", image("NEW"), "(SELECT bulk FROM journal_state) = 0"),
        trigger("update", "NEW", image("OLD"), image("NEW"), f"{image('OLD')} <> {image('NEW')}"),
        trigger("delete", "OLD", image("OLD"), "NULL", "1"),
    ]


APPEND_ONLY_DDL = (
    """CREATE TRIGGER journal_entry_fixed BEFORE UPDATE ON journal_entry
       BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER journal_entry_kept BEFORE DELETE ON journal_entry
       BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER journal_change_fixed BEFORE UPDATE ON journal_change
       WHEN NOT (OLD.hash IS NULL AND NEW.hash IS NOT NULL AND OLD.before IS NEW.before
                 AND OLD.after IS NEW.after AND OLD.entry_id = NEW.entry_id
                 AND OLD.table_name = NEW.table_name AND OLD.row_id = NEW.row_id
                 AND OLD.salt = NEW.salt)
       BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER journal_change_kept BEFORE DELETE ON journal_change
       BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER journal_range_fixed BEFORE UPDATE ON journal_range
       BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER journal_range_kept BEFORE DELETE ON journal_range
       BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
)

SEARCH_DDL = """CREATE VIRTUAL TABLE search USING fts5(
    code, title, authors, unit, decision, body,
    content='', contentless_delete=1, prefix='1 2 3 4',
    tokenize="unicode61 remove_diacritics 2")"""
"""Finding by words: folded text in (no marks, d for đ), row ids out."""


def match_expression(folded: str) -> str:
    """The FTS5 expression for what was typed, folded: all words, the last one as a prefix.

    Takes at most 12 words of 200 characters in all; blank where there is nothing to look for. No
    input can make the search fail: only letters and digits come through, each word quoted.
    """
    words = "".join(c if c.isalnum() else " " for c in folded[:200]).split()[:12]
    if not words:
        return ""
    return " ".join(f'"{word}"' for word in words) + ("*" if folded[-1:].isalnum() else "")
