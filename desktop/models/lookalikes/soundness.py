"""Whether what look-alikes are found by says what the records say, and mending it where not."""

from array import array
from collections.abc import Iterable, Iterator
from json import dumps

from desktop.models.engines.sqlite import Connection
from desktop.models.lookalikes import texts
from desktop.models.lookalikes.bits import Changes, columns_of, stored_bits
from desktop.models.lookalikes.finding import probes
from desktop.models.lookalikes.keys import Keys, likeness, read_keys
from desktop.models.lookalikes.renewing import renew_due, row_of
from desktop.progress import SILENT, Progress
from desktop.text import _

_SLICE = 2_000
_SLACK = 1e-6
_LISTED = "(SELECT value FROM json_each(?))"


def stale(connection: Connection, progress: Progress = SILENT) -> list[int]:
    """The initiatives of which the tables of look-alikes do not say what their records say.

    Their words, the bits of their titles, the marks of their descriptions, and the pairs that are
    kept. What waits to be compared is not asked. Raises CancelledError between its steps.
    """
    keys = read_keys(connection)
    return sorted(
        {
            *_other_rows(connection, keys, progress),
            *_other_bits(connection),
            *_other_marks(connection),
            *_other_pairs(connection),
        }
    )


def _other_rows(connection: Connection, keys: Keys, progress: Progress) -> Iterator[int]:
    """Those whose words and marks are not those of the record; due ones may still have others."""
    asked = repr(keys)
    every = [row[0] for row in connection.execute("SELECT id FROM initiative ORDER BY id")]
    due = {row[0] for row in connection.execute("SELECT initiative_id FROM alike_due")}
    kept = [row[0] for row in connection.execute("SELECT initiative_id FROM likeness")]
    yield from set(kept).difference(every)
    for start in range(0, len(every), _SLICE):
        progress.step(start, len(every), _("Checking the look-alikes"))
        part = [key for key in every[start : start + _SLICE] if key not in due]
        rows = connection.execute(
            "SELECT initiative_id, unit_id, words, print, marks FROM likeness "
            f"WHERE initiative_id IN {_LISTED}",
            (dumps(part),),
        ).fetchall()
        fresh = {row_of(probe, keys, asked) for probe in probes(connection, part, keys)}
        yield from (row[0] for row in fresh.symmetric_difference(rows))


def _other_bits(connection: Connection) -> Iterator[int]:
    """Those whose bits are not those of their words."""
    wanted: dict[int, bytearray] = {}
    newest = _newest(connection)
    size = newest // 8 + 1
    for key, words in connection.execute("SELECT initiative_id, words FROM likeness"):
        if not 0 < key <= newest:
            yield key
            continue
        for column in columns_of(words):
            bits = wanted.setdefault(column, bytearray(size))
            bits[key >> 3] |= 1 << (key & 7)
    for column, found in stored_bits(connection):
        expected = int.from_bytes(wanted.pop(column, b""), "little")
        yield from _set_in(expected ^ found)
    for bits in wanted.values():
        yield from _set_in(int.from_bytes(bits, "little"))


def _newest(connection: Connection) -> int:
    """The newest id that an initiative was given; a damaged store may say any other elsewhere."""
    sql = "SELECT seq FROM sqlite_sequence WHERE name = 'initiative'"
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0


def _set_in(bits: int) -> Iterator[int]:
    """The places of the bits; there are none, or few."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _other_marks(connection: Connection) -> Iterator[int]:
    """Those whose marks are not found where they are looked for."""
    newest = _newest(connection)
    sums = array("q", bytes(8 * (newest + 1)))
    for mark, key in connection.execute("SELECT mark, initiative_id FROM text_mark"):
        if not 0 < key <= newest:
            yield key
            continue
        sums[key] += mark + 1
    for key, marks in connection.execute("SELECT initiative_id, marks FROM likeness"):
        if 0 < key <= newest:
            sums[key] -= sum(mark + 1 for mark in texts.marks_in(marks))
    yield from (key for key, left in enumerate(sums) if left)


def _other_pairs(connection: Connection) -> Iterator[int]:
    """Those of a pair that is kept though one is gone or the titles are not so alike."""
    rows = connection.execute(
        """SELECT a.first_id, a.second_id, a.score, f.words, s.words FROM alike a
           LEFT JOIN likeness f ON f.initiative_id = a.first_id
           LEFT JOIN likeness s ON s.initiative_id = a.second_id
           WHERE a.first_id NOT IN (SELECT initiative_id FROM alike_due)
             AND a.second_id NOT IN (SELECT initiative_id FROM alike_due)"""
    )
    for first, second, score, one, other in rows:
        gone = first >= second or one is None or other is None
        if gone or abs(likeness(one, other) - score) > _SLACK:
            yield from (first, second)


def mend(connection: Connection, ids: Iterable[int]) -> set[int]:
    """Make what is kept of these anew from their records; whose look-alikes are others now."""
    wanted, keys = sorted(set(ids)), read_keys(connection)
    listed = dumps(wanted)
    touched = connection.execute(
        f"DELETE FROM alike WHERE first_id IN {_LISTED} OR second_id IN {_LISTED} "
        "RETURNING first_id, second_id",
        (listed, listed),
    ).fetchall()
    connection.execute(f"DELETE FROM text_mark WHERE initiative_id IN {_LISTED}", (listed,))
    connection.execute(f"DELETE FROM likeness WHERE initiative_id IN {_LISTED}", (listed,))
    changes = Changes(connection)
    for key in wanted:
        changes.clear(key)
    changes.write()
    every = {key for pair in touched for key in pair}
    return every | renew_due(connection, every.union(wanted), keys)
