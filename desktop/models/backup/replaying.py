"""Replaying: what the change files tell of after a backup, done again in a restored copy.

The entries, their changes and their place in the chain come out equal to the last byte; a line that
does not fit ends it.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.models import schema
from desktop.models.change_file import ChangeFile, files_of
from desktop.models.deriving import derive, refresh
from desktop.models.engines import sqlite
from desktop.models.engines.sqlite import Connection
from desktop.models.journal import (
    ENTRY_COLUMNS,
    change_hash,
    entry_body,
    link,
    write_digests,
)
from desktop.programme.definition import Programme
from desktop.progress import Progress
from desktop.text import _

Line = dict[str, Any]


def later_lines(path: Path, entry: int, chain: str) -> Iterator[Line]:
    """The lines that follow an entry in the change files of a store, as far as they hold.

    ``path`` is the open file; the closed ones lie beside it. A line follows where its number is the
    next, its link of the chain fits the one before, and its changes are those that it was made of.
    """
    for one in files_of(path):
        for line in ChangeFile(one).lines():
            kept = line["entry"]
            if kept["id"] == entry + 1 and link(chain, kept) == kept["chain"] and _is_whole(line):
                entry, chain = kept["id"], kept["chain"]
                yield line


def _is_whole(line: Line) -> bool:
    """Whether the changes of a line are those that its entry is bound to."""
    if "ranges" not in line or any(len(change) != 5 for change in line["changes"]):
        # Written by a version that left out the salts.
        return False
    hashes = [change_hash(*change) for change in line["changes"]]
    ranges = [tuple(one) for one in line["ranges"]]
    return bool(entry_body(hashes, ranges) == line["entry"]["body"])


def replay(
    connection: Connection,
    lines: Iterator[Line],
    *,
    programme: Programme,
    now: datetime,
    progress: Progress,
) -> int:
    """Do the lines again in the open transaction of a store of this program's schema; how many.

    What is derived follows, under ``programme``. Raises the engine's errors where a line does not
    fit the records.
    """
    count = 0
    connection.execute("PRAGMA defer_foreign_keys=ON")
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in rows:
        connection.execute(f'DROP TRIGGER "{name}"')
    for line in lines:
        progress.step(0, 0, _("Doing later changes again"))
        touched = _apply(connection, line)
        write_digests(connection, touched)
        frozen = {table: frozenset(ids) for table, ids in touched.items()}
        derive(connection, frozen, line["entry"]["id"], programme=programme, now=now)
        count += 1
    schema.build_triggers(connection)
    return count


def renew_verdicts(connection: Connection, programme: Programme, now: datetime) -> None:
    """Derive everything anew under a programme that came into force among the lines."""
    revisions = connection.execute(
        "SELECT revision, json_group_array(initiative_id) FROM listing GROUP BY revision"
    ).fetchall()
    for revision, ids in revisions:
        refresh(connection, set(json.loads(ids)), revision, programme=programme, now=now)


def _apply(connection: Connection, line: Line) -> dict[str, set[int]]:
    """Put in the rows of one line and its entry; which rows it touched."""
    touched: dict[str, set[int]] = {}
    order = list(schema.journalled_columns())
    for table in sorted(line["inserted"], key=order.index):
        for image in line["inserted"][table]:
            row = json.loads(image)
            _put(connection, table, row)
            touched.setdefault(table, set()).add(row["id"])
    for table, row_id, _before, after, _salt in line["changes"]:
        if after is None:
            connection.execute(f'DELETE FROM "{_known(table)}" WHERE id = ?', (row_id,))
        else:
            _put(connection, table, json.loads(after))
        touched.setdefault(table, set()).add(row_id)
    _write_entry(connection, line)
    return touched


def _known(table: str) -> str:
    """A table's name that is one; sqlite.Error's kin KeyError where the line names none of ours."""
    if table not in schema.journalled_columns():
        raise KeyError(table)
    return table


def _put(connection: Connection, table: str, row: Mapping[str, Any]) -> None:
    """Insert a row, or set the one with its id, to what an image says."""
    there = connection.execute(f'SELECT 1 FROM "{_known(table)}" WHERE id = ?', (row["id"],))
    if there.fetchone() is not None:
        told = [name for name in schema.journalled_columns()[table] if name in row]
        pairs = ", ".join(f'"{name}" = ?' for name in told)
        values = [*(row[name] for name in told), row["id"]]
        connection.execute(f'UPDATE "{table}" SET {pairs} WHERE id = ?', values)
        return
    columns = schema.journalled_columns()[table]
    names = ", ".join(f'"{name}"' for name in columns)
    # What an image of an older schema does not tell of is completed as its migration did.
    marks = ", ".join(
        "?" if name in row else schema.completion(table, name, str(int(row["id"])))
        for name in columns
    )
    values = [row[name] for name in columns if name in row]
    connection.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', values)


def _write_entry(connection: Connection, line: Line) -> None:
    """Write the entry with its changes and ranges as they were."""
    entry = line["entry"]
    connection.execute(
        f"INSERT INTO journal_entry ({', '.join(ENTRY_COLUMNS)}) "
        f"VALUES ({', '.join('?' * len(ENTRY_COLUMNS))})",
        [entry[name] for name in ENTRY_COLUMNS],
    )
    connection.executemany(
        "INSERT INTO journal_change (entry_id, table_name, row_id, before, after, salt, hash) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(entry["id"], *change, change_hash(*change)) for change in line["changes"]],
    )
    for table, first, last, digest in line["ranges"]:
        connection.execute(
            "INSERT INTO journal_range (entry_id, table_name, first_id, last_id, digest) "
            "VALUES (?, ?, ?, ?, ?)",
            (entry["id"], table, first, last, digest),
        )
        # Ids that were given once are not given again, though their rows be gone.
        connection.execute(
            "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (last, table)
        )


BROKEN_LINE = (sqlite.Error, KeyError, ValueError, TypeError)
"""What doing a line again raises where it does not fit the records."""
