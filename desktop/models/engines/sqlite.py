"""SQLite as this program uses it, by sqlcipher3 alone: opening, settings, triggers, search index.

The settings are those of which it was tried that no acknowledged save is lost in a power cut:
rollback journal kept and truncated, synchronous EXTRA, one library per process.
"""

import errno
import struct
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Any, Protocol
from unicodedata import ucd_3_2_0
from urllib.parse import quote

from sqlcipher3 import dbapi2

from desktop.errors import UserError, reason_of
from desktop.text import _

APPLICATION_ID = 0x534B4731  # "SKG1"
SCHEMA_VERSION = 3
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
_CACHE, _CACHE_OF_MANY = -32_000, -256_000
"""Kibibytes of pages in memory, as SQLite counts them: below zero."""
_PATIENCE = 11
"""So many times a commit is asked for again, each time with the whole busy timeout."""
_STATEMENTS = 512
"""So many statements stay compiled: one save asks for more than the hundred of the library."""


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
    def backup(self, target: Any, /, *, pages: int = ..., progress: Any = ...) -> None: ...  # noqa: D102 - as above
    def interrupt(self) -> None: ...  # noqa: D102 - as above
    def close(self) -> None: ...  # noqa: D102 - as above


def connect(folder: Path, *, read_only: bool = True) -> Connection:
    """A connection to the store in ``folder``, its settings read back and compared.

    Never creates a file. Raises UserError where the store is missing, empty, foreign, newer than
    this program or damaged (codes store.missing, .empty, .foreign, .newer, .damaged).
    """
    check_header(folder / STORE_FILE)
    return another(folder, read_only=read_only)


def another(folder: Path, *, read_only: bool = True) -> Connection:
    """One more connection to a store whose header this process has checked already.

    The file is not opened by hand: closing it would let go of every lock that the process holds on
    it (POSIX), in the middle of a save perhaps. Raises UserError (codes store.damaged, .busy).
    """
    path = folder / STORE_FILE
    connection = None
    try:
        connection = _opened(path)
        if read_only:
            connection.execute(_WORDS_DDL)
            connection.execute("PRAGMA query_only=ON")
            connection.execute("PRAGMA cache_size=-64000")
    except (dbapi2.DatabaseError, UnicodeDecodeError) as error:
        if connection is not None:
            connection.close()
        name = str(getattr(error, "sqlite_errorname", ""))
        if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_FULL")):
            refused = OSError(errno.ENOSPC if name == "SQLITE_FULL" else errno.EIO, str(error))
            raise _unreadable(folder, refused) from error
        if name.startswith("SQLITE_BUSY"):
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


def address(path: PurePath) -> str:
    """The file as SQLite's URI names it; one on a share has two more slashes, and no authority."""
    place = path.as_posix()
    return f"file://{'' if place.startswith('/') else '/'}{quote(place, safe='/:')}"


def _open(path: Path, mode: str) -> Connection:
    connection: Connection = dbapi2.connect(
        f"{address(path.resolve())}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=_STATEMENTS,
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
    connection.execute(f"PRAGMA cache_size={_CACHE}")


def let_writer_keep_its_pages(connection: Connection) -> None:
    """A bulk change must not spill: SQLite would lock every reader out before the commit."""
    connection.execute("PRAGMA cache_spill=OFF")


@contextmanager
def room_for_many(connection: Connection, *, many: bool = True) -> Iterator[None]:
    """With ``many``, room in memory for a large change.

    What it has written must stay there until the commit; without more room beside it, every page
    that is only read would be read anew from the file each time.
    """
    if many:
        connection.execute(f"PRAGMA cache_size={_CACHE_OF_MANY}")
    try:
        yield
    finally:
        if many:
            connection.execute(f"PRAGMA cache_size={_CACHE}")


def commit(connection: Connection) -> None:
    """Commit the open transaction, however long somebody reads, a minute at most.

    A commit waits for every statement that is being read; where the busy timeout has passed the
    transaction is still open and the commit is asked for again.
    """
    for again in range(_PATIENCE, -1, -1):
        try:
            connection.execute("COMMIT")
        except dbapi2.OperationalError as error:
            busy = str(getattr(error, "sqlite_errorname", "")).startswith("SQLITE_BUSY")
            if not (busy and again and connection.in_transaction):
                raise
        else:
            return


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
        raise _unreadable(path.parent, error) from error
    if len(head) < 512:
        raise UserError(
            _(
                "The store in {folder} is empty or cut short. Do not delete anything; restore the "
                "newest backup (“Restore a backup…”, or sosangkien restore)."
            ).format(folder=path.parent),
            code="store.empty",
        )
    _check_ids(path, head)


def _unreadable(folder: Path, error: OSError) -> UserError:
    return UserError(
        _("The store in {folder} cannot be read: {reason}. Check the rights on the folder.").format(
            folder=folder, reason=reason_of(error)
        ),
        code="store.unreadable",
    )


def is_older(folder: Path) -> bool:
    """Whether the store in ``folder`` has a schema of before this program's.

    Raises UserError as ``connect`` does.
    """
    path = folder / STORE_FILE
    check_header(path)
    with path.open("rb") as file:
        head = file.read(64)
    (version,) = struct.unpack(">I", head[60:64])
    return bool(version < SCHEMA_VERSION)


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
            "(“Restore a backup…”, or sosangkien restore)."
        ).format(folder=path.parent),
        code="store.damaged",
    )


def image_of(alias: str, columns: Sequence[str]) -> str:
    """The expression for a row's image: these columns as a JSON object, in this order."""
    pairs = ", ".join(f"'{name}', {alias}.\"{name}\"" for name in columns)
    return f"json_object({pairs})"


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
        return image_of(alias, columns)

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


def fixed_ddl(table: str, columns: Sequence[str], marks: Sequence[str]) -> tuple[str, str]:
    """The triggers that keep the rows of ``table`` as they were written, whoever writes.

    None is deleted, and none changed but once: in its ``marks``, of which the first is NULL before
    and given afterwards.
    """
    same = " AND ".join(f'OLD."{name}" IS NEW."{name}"' for name in columns if name not in marks)
    told = f"SELECT RAISE(ABORT, 'a row of {table} stays as it is')"
    return (
        f"""CREATE TRIGGER {table}_fixed BEFORE UPDATE ON "{table}"
        WHEN NOT (OLD."{marks[0]}" IS NULL AND NEW."{marks[0]}" IS NOT NULL AND {same})
        BEGIN {told}; END""",
        f'CREATE TRIGGER {table}_kept BEFORE DELETE ON "{table}" BEGIN {told}; END',
    )


SEARCH_COLUMNS = ("code", "title", "authors", "unit", "decision", "body")
"""What words are looked for in; beside them stand the tags, which nobody types."""

SEARCH_DDL = f"""CREATE VIRTUAL TABLE search USING fts5(
    {", ".join(SEARCH_COLUMNS)}, tags,
    content='', contentless_delete=1, prefix='1 2 3 4', detail=column,
    tokenize="unicode61 remove_diacritics 2")"""
"""Finding by words and filters: folded text and tags in, row ids out.

Ids follow the list's default order, so the newest hits are the first that the index gives.
"""

ROOM_IN_SEARCH = "INSERT INTO search (search, rank) VALUES ('hashsize', 33554432)"
"""So many bytes of new words wait in memory: the megabyte of FTS5 is written and merged too often.

The index remembers it; what a single save gathers stays far below either.
"""

_TAG = "\u03c9"
"""Before every tag stands a letter that no folded word begins with: typing never meets one."""


@lru_cache(maxsize=20_000, typed=True)
def tag(kind: str, value: object) -> str:
    """The word in the search index that says that a record has this value."""
    content = f"{kind}{value}".encode().hex() if not str(value).isalnum() else f"{kind}{value}"
    return f"{_TAG}{content}"


_BEGINNINGS = 4
"""Beginnings of words up to so many letters stand in the search index themselves."""
_MOST_WORDS = 16
_WORDS_DDL = "CREATE VIRTUAL TABLE temp.search_word USING fts5vocab(main, search, instance)"
_WORD = "SELECT term FROM temp.search_word WHERE term >= ? LIMIT 1"


def words_begun(connection: Connection, folded: str) -> list[str]:
    """The words in the search that begin with the last one typed; none where that is not needed.

    A longer beginning stands for a word or two. FTS5 would gather all their places before it gives
    the first of them; asked for the words themselves it goes from hit to hit.
    """
    words, is_open = _typed(folded)
    if not is_open or len(words[-1]) <= _BEGINNINGS or not words[-1].isascii():
        return []
    found: list[str] = []
    wanted = words[-1]
    while len(found) <= _MOST_WORDS:
        row = connection.execute(_WORD, (f"{found[-1]}\x01" if found else wanted,)).fetchone()
        if row is None or not row[0].startswith(wanted):
            return found or [wanted]
        found.append(row[0])
    return []


def _typed(folded: str) -> tuple[list[str], bool]:
    """The words of what was typed, and whether the last one may go on."""
    words = "".join(c if _is_token(c) else " " for c in folded[:200]).split()[:12]
    return words, bool(words) and _is_token(folded[-1:])


def match_expression(
    folded: str,
    has: Iterable[str] = (),
    lacks: Iterable[str] = (),
    begun: Sequence[str] = (),
    columns: Sequence[str] = SEARCH_COLUMNS,
) -> str:
    """The FTS5 expression for what was typed, folded: all words, the last one as a prefix.

    ``has`` and ``lacks`` are tags that the records must and must not have, ``begun`` the words that
    begin as the last one does, where they are known; the words are looked for in ``columns``. Takes
    at most 12 words of 200 characters in all; blank where there is nothing to look for. No input
    can make the search fail: only letters and digits that the tokenizer knows come through, each
    word quoted.
    """
    words, is_open = _typed(folded)
    parts = [f'tags:"{one}"' for one in has]
    if words:
        quoted = [f'"{word}"' for word in words]
        if begun:
            whole = " OR ".join(f'"{word}"' for word in begun)
            quoted[-1] = f"({whole})"
        elif is_open:
            quoted[-1] += "*"
        # Naming the columns keeps tags from being typed, and costs a look at each place of a word.
        anywhere = columns == SEARCH_COLUMNS and "".join(words).isascii()
        apart = "" if anywhere else f"{{{' '.join(columns)}}}:"
        parts.insert(0, f"{apart}({' AND '.join(quoted)})")
    if not parts:
        return ""
    without = "".join(f' NOT tags:"{one}"' for one in lacks)
    return f"({' AND '.join(parts)}){without}"


def _is_token(letter: str) -> bool:
    """Whether the tokenizer takes a character for part of a word: letters, digits of Unicode 3.2.

    Newer ones it takes for a separator; a quoted word that falls in two would be a phrase, which
    an index without positions cannot look for.
    """
    return bool(letter) and letter.isalnum() and ucd_3_2_0.category(letter)[0] in "LN"
