"""Rewriting a row: of its columns those that are to say something else, and no other.

Each column has indexes of its own; setting one to what it says already would write them all.
"""

from collections.abc import Iterable, Mapping
from json import dumps
from typing import Any

from desktop.models.engines.sqlite import Connection


def differing(kept: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """What is said otherwise than it is kept, by column."""
    return {name: value for name, value in said.items() if kept[name] != value}


def rewrite(
    connection: Connection, table: str, row_id: int, values: Mapping[str, Any], key: str = "id"
) -> None:
    """Set these columns of the row that has this ``key``; nothing where there are none."""
    if values:
        pairs = ", ".join(f'"{name}" = ?' for name in values)
        connection.execute(
            f'UPDATE "{table}" SET {pairs} WHERE {key} = ?', (*values.values(), row_id)
        )


def rewrite_many(
    connection: Connection, table: str, ids: Iterable[int], values: Mapping[str, Any]
) -> None:
    """Set these columns of all rows with one of the ``ids``, where they say anything else."""
    pairs = ", ".join(f'"{name}" = ?' for name in values)
    unlike = " OR ".join(f'"{name}" IS NOT ?' for name in values)
    said = tuple(values.values())
    connection.execute(
        f'UPDATE "{table}" SET {pairs} WHERE id IN (SELECT value FROM json_each(?)) AND ({unlike})',
        (*said, dumps(list(ids)), *said),
    )


def insertion(table: str, names: Iterable[str]) -> str:
    """The statement that writes a new row with these columns."""
    listed = [f'"{name}"' for name in names]
    return f"INSERT INTO {table} ({', '.join(listed)}) VALUES ({', '.join('?' * len(listed))})"
