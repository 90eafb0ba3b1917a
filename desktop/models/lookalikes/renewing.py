"""Keeping look-alikes up to date: the index of titles, and the pairs that are alike.

Of the initiatives before it by id each keeps the most like, no more than the office's keys say. So
the pairs of a million equal titles are bounded, and which they are does not hang on the order in
which things were done. What comes in large numbers waits in ``alike_due`` until it is asked for.
"""

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from json import dumps

from desktop.models.engines.sqlite import Connection
from desktop.models.lookalikes import batch, texts
from desktop.models.lookalikes.bits import Changes
from desktop.models.lookalikes.finding import Probe, hits, probes
from desktop.models.lookalikes.keys import Keys, read_keys
from desktop.models.lookalikes.texts import marks_of
from desktop.progress import SILENT

FEW = 200
"""Up to so many are compared at once whatever the size of the store: some seconds at most."""
SMALL = 10_000
"""In a store up to this size everything is compared at once."""
_MANY = 50
_LISTED = "(SELECT value FROM json_each(?))"

Row = tuple[int, int | None, str, str, bytes]


def renew(connection: Connection, ids: Iterable[int]) -> set[int]:
    """Bring the pairs of these initiatives up to date; the ids whose look-alikes are others now.

    What says nothing new of an initiative costs one look at it. More than ``FEW`` in a store of
    more than ``SMALL`` are written down as due, and lose their pairs until they are compared; of
    those that are new not even what is compared is made before.
    """
    keys, given = read_keys(connection), set(ids)
    many = len(given) > FEW and count_up_to(connection, SMALL) > SMALL
    changed = renew_rows(connection, given - _put_off(connection, given) if many else given, keys)
    if not changed:
        return set()
    touched, lacking = _take_away(connection, changed, keys)
    wanted = changed | lacking
    if len(wanted) > FEW and count_up_to(connection, SMALL) > SMALL:
        mark_due(connection, wanted)
        return touched
    most = 8 * len(wanted)
    if len(wanted) > _MANY and count_up_to(connection, most) < most:
        found = batch.find(connection, keys, SILENT)
        return touched | adopt(connection, found, 0, 2**62)
    return touched | seek(connection, wanted, keys)


def count_up_to(connection: Connection, most: int) -> int:
    """How many initiatives are compared, counted no further than one beyond ``most``."""
    sql = "SELECT count(*) FROM (SELECT 1 FROM likeness LIMIT ?)"
    return int(connection.execute(sql, (most + 1,)).fetchone()[0])


def _put_off(connection: Connection, ids: set[int]) -> set[int]:
    """Those of which nothing is compared yet: they are due, where they are still there."""
    listed = dumps(sorted(ids))
    known = connection.execute(
        f"SELECT initiative_id FROM likeness WHERE initiative_id IN {_LISTED}", (listed,)
    ).fetchall()
    fresh = ids - {row[0] for row in known}
    there = connection.execute(
        f"SELECT id FROM initiative WHERE id IN {_LISTED} AND removed_at IS NULL",
        (dumps(sorted(fresh)),),
    ).fetchall()
    present = {row[0] for row in there}
    mark_due(connection, present)
    gone = [(key,) for key in sorted(fresh - present)]
    connection.executemany("DELETE FROM alike_due WHERE initiative_id = ?", gone)
    return fresh


def renew_rows(connection: Connection, ids: Iterable[int], keys: Keys) -> set[int]:
    """Bring what is compared of these initiatives up to date; those of which it has changed."""
    wanted = sorted(ids)
    listed = dumps(wanted)
    rows = connection.execute(
        "SELECT initiative_id, unit_id, words, print, marks FROM likeness "
        f"WHERE initiative_id IN {_LISTED}",
        (listed,),
    ).fetchall()
    former: dict[int, Row] = {row[0]: row for row in rows}
    asked = repr(keys)
    fresh = {
        probe.initiative_id: row_of(probe, keys, asked)
        for probe in probes(connection, wanted, keys)
    }
    changed = {key for key in wanted if former.get(key) != fresh.get(key)}
    changes = Changes(connection)
    for key in sorted(changed):
        words = [rows[key][2] if key in rows else "" for rows in (former, fresh)]
        changes.renew(key, *words)
    changes.write()
    gone = [(key,) for key in changed - fresh.keys()]
    connection.executemany("DELETE FROM likeness WHERE initiative_id = ?", gone)
    connection.executemany("DELETE FROM alike_due WHERE initiative_id = ?", gone)
    connection.executemany(
        "INSERT OR REPLACE INTO likeness VALUES (?, ?, ?, ?, ?)",
        [fresh[key] for key in sorted(changed & fresh.keys())],
    )
    _renew_texts(connection, former, fresh)
    return changed


def _renew_texts(
    connection: Connection, former: Mapping[int, Row], fresh: Mapping[int, Row]
) -> None:
    """Bring the marks of descriptions up to date where they are others."""
    before = {key: row[4] for key, row in former.items()}
    after = {key: row[4] for key, row in fresh.items()}
    others = [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
    texts.renew(
        connection,
        {key: before[key] for key in others if key in before},
        {key: after[key] for key in others if key in after},
    )


def renew_due(connection: Connection, ids: Iterable[int], keys: Keys) -> set[int]:
    """Compare these with all, changed or not, and take them off what is due; whom it touched."""
    wanted = set(ids)
    renew_rows(connection, wanted, keys)
    touched, lacking = _take_away(connection, wanted, keys)
    touched |= seek(connection, wanted | lacking, keys)
    connection.executemany(
        "DELETE FROM alike_due WHERE initiative_id = ?", [(key,) for key in sorted(wanted)]
    )
    return touched


def row_of(probe: Probe, keys: Keys, asked: str) -> Row:
    """What is kept to compare with; the print tells whether anything that counts has changed.

    ``asked`` is what the keys say, which counts as well.
    """
    facts = (
        *(probe.words, probe.unit_id, probe.decision, sorted(probe.authors), probe.used),
        *(sorted(probe.files), probe.text),
    )
    mark = blake2b(f"{facts!r}{asked}".encode(), digest_size=8).hexdigest()
    return probe.initiative_id, probe.unit_id, probe.words, mark, marks_of(probe.text, keys)


def _take_away(connection: Connection, ids: set[int], keys: Keys) -> tuple[set[int], set[int]]:
    """Delete the pairs of these; whom they touched, and who may now keep others instead."""
    listed = dumps(sorted(ids))
    pairs = connection.execute(
        f"SELECT first_id, second_id FROM alike WHERE first_id IN {_LISTED} UNION "
        f"SELECT first_id, second_id FROM alike WHERE second_id IN {_LISTED}",
        (listed, listed),
    ).fetchall()
    later = {second for _first, second in pairs} - ids
    full = connection.execute(
        f"SELECT second_id FROM alike WHERE second_id IN {_LISTED} "
        "GROUP BY second_id HAVING count(*) >= ?",
        (dumps(sorted(later)), keys.most),
    ).fetchall()
    connection.executemany("DELETE FROM alike WHERE first_id = ? AND second_id = ?", pairs)
    return {key for pair in pairs for key in pair}, {row[0] for row in full}


def seek(connection: Connection, ids: Iterable[int], keys: Keys) -> set[int]:
    """Compare each of these with all, and keep the pairs; the ids whose look-alikes are others."""
    touched: set[int] = set()
    for probe in probes(connection, ids, keys):
        key, pairs = probe.initiative_id, []
        for hit in hits(connection, probe, keys):
            first, second = sorted((key, hit.other.initiative_id))
            pairs.append((first, second, hit.score, hit.why, int(hit.apart), hit.text))
        connection.executemany("INSERT OR REPLACE INTO alike VALUES (?, ?, ?, ?, ?, ?)", pairs)
        dropped = _trim(connection, {pair[1] for pair in pairs}, keys.most)
        added = {(pair[0], pair[1]) for pair in pairs}
        touched.update(one for pair in added ^ dropped for one in pair)
    return touched


def _trim(connection: Connection, seconds: set[int], most: int) -> set[tuple[int, int]]:
    """Of more earlier look-alikes than ``most`` drop the least; the pairs that were dropped."""
    rows = connection.execute(
        f"""DELETE FROM alike WHERE (first_id, second_id) IN (
              SELECT first_id, second_id FROM (
                SELECT first_id, second_id, row_number() OVER (
                  PARTITION BY second_id
                  ORDER BY apart, max(score, text) DESC, first_id DESC) AS place
                FROM alike WHERE second_id IN {_LISTED})
              WHERE place > ?) RETURNING first_id, second_id""",
        (dumps(sorted(seconds)), most),
    ).fetchall()
    return {(first, second) for first, second in rows}


def adopt(connection: Connection, found: batch.Found, first: int, last: int) -> set[int]:
    """Put what a batch found in place of the pairs whose later id is from first to last.

    The ids whose look-alikes are others now.
    """
    kept = set(
        connection.execute(
            "SELECT first_id, second_id, score, why, apart, text FROM alike "
            "WHERE second_id BETWEEN ? AND ?",
            (first, last),
        ).fetchall()
    )
    fresh = {
        (other, key, score, why, int(apart), text)
        for key, mine in found.items()
        if first <= key <= last
        for other, (why, score, apart, text) in mine.items()
    }
    connection.executemany(
        "DELETE FROM alike WHERE first_id = ? AND second_id = ?",
        [row[:2] for row in kept - fresh],
    )
    connection.executemany("INSERT INTO alike VALUES (?, ?, ?, ?, ?, ?)", sorted(fresh - kept))
    return {key for row in kept ^ fresh for key in row[:2]}


def mark_due(connection: Connection, ids: Iterable[int]) -> None:
    """Write down that these are to be compared."""
    connection.executemany(
        "INSERT OR IGNORE INTO alike_due VALUES (?)", [(key,) for key in sorted(ids)]
    )


def mark_everything_due(connection: Connection) -> None:
    """Write down that everything is to be compared."""
    connection.execute("INSERT OR IGNORE INTO alike_due SELECT initiative_id FROM likeness")


def due(connection: Connection) -> list[int]:
    """The initiatives that have not been compared since they came in or the keys changed."""
    rows = connection.execute("SELECT initiative_id FROM alike_due ORDER BY 1").fetchall()
    return [row[0] for row in rows]


def count_due(connection: Connection) -> int:
    """How many wait to be compared."""
    return int(connection.execute("SELECT count(*) FROM alike_due").fetchone()[0])


def first_touched(connection: Connection, due: list[int]) -> int:
    """From which initiative on pairs may be others once these are compared.

    Of two that look alike the later one keeps the pair. Where all that are due are newer than all
    others, the others keep what they have.
    """
    row = connection.execute(
        "SELECT count(*) FROM likeness WHERE initiative_id >= ?", (min(due, default=0),)
    ).fetchone()
    return min(due, default=0) if row[0] == len(due) else 0


def forget_due(connection: Connection, first: int, last: int) -> None:
    """Write down that the initiatives from first to last have been compared."""
    connection.execute("DELETE FROM alike_due WHERE initiative_id BETWEEN ? AND ?", (first, last))
