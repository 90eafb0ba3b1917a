"""Descriptions that are the same: runs of four syllables, of which each text keeps twelve as marks.

The marks are the least of a text's runs by a number that is given to each, so two texts have as
many of them in common as they have runs. Short texts say too little and have none; quoted laws and
the boiler-plate of the office are left out; what stands in many texts is nobody's own.
"""

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from json import dumps
from zlib import crc32

from desktop.models.engines.sqlite import Connection
from desktop.models.lookalikes.keys import Keys, without_law, without_phrases
from desktop.vietnamese.folding import fold

CROWD = 60
"""A mark that more texts have than so many is nobody's own."""
SHARED = 2
"""So many marks in common make two texts worth comparing."""
_CLOSEST = 10
_MARKS, _RUN, _SHORT = 12, 4, 50
_FACTORS = (0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F)
_LAST_FACTOR = 0x2545F491
_TOP = (1 << 32) - 1
_WORD = re.compile(r"[^\W_]+")
_LISTED = "(SELECT value FROM json_each(?))"


@lru_cache(maxsize=1 << 15)
def _numbers(word: str) -> tuple[int, ...]:
    return tuple(crc32(part.encode()) for part in _WORD.findall(word))


@lru_cache(maxsize=16)
def runs(text: str, keys: Keys) -> frozenset[int]:
    """The runs of four syllables of a description as numbers; none where it is short."""
    return frozenset(_runs(text, keys))


def _runs(text: str, keys: Keys) -> "array[int]":
    """The runs in order, with those that stand there more than once."""
    plain = without_phrases(fold(without_law(text)), keys)
    numbers = array("Q", chain.from_iterable(map(_numbers, plain.split())))
    return _mixed(numbers) if len(numbers) >= _SHORT else array("Q")


def _mixed(numbers: "array[int]") -> "array[int]":
    """A number for each four that follow one another, made of all of them at once.

    They stand in one long number, each in 64 bits of it, of which no step needs more.
    """
    wide, count = int.from_bytes(numbers.tobytes(), "little"), len(numbers)
    lows = int.from_bytes(array("Q", [_TOP]).tobytes() * count, "little")
    mixed = 0
    for place, factor in enumerate(_FACTORS):
        mixed += (wide >> 64 * place) * factor & lows
    made = ((mixed & lows) * _LAST_FACTOR >> 7) & (lows >> 64 * (_RUN - 1))
    return array("Q", made.to_bytes(8 * count, "little"))[: 1 - _RUN]


def marks_of(text: str, keys: Keys) -> bytes:
    """The marks of a description as they are kept; none where texts are not compared."""
    if "K6" in keys.off or len(text) < 2 * _SHORT:
        return b""
    found = sorted(_runs(text, keys))
    least = dict.fromkeys(found[: 2 * _MARKS])
    if len(least) < _MARKS:
        least = dict.fromkeys(found)
    return array("I", list(least)[:_MARKS]).tobytes()


def marks_in(kept: bytes) -> "array[int]":
    """The marks that are kept, as numbers."""
    return array("I", kept)


def same_text(first: frozenset[int], second: frozenset[int]) -> float:
    """How much of the shorter of two descriptions stands in the other, 0 to 1, by their runs."""
    shorter = min(len(first), len(second))
    return len(first & second) / shorter if shorter else 0.0


def renew(connection: Connection, former: Mapping[int, bytes], fresh: Mapping[int, bytes]) -> None:
    """Put the marks of texts in place of those of before; blank: none."""
    gone = [(mark, key) for key, kept in former.items() for mark in marks_in(kept)]
    come = [(mark, key) for key, kept in fresh.items() for mark in marks_in(kept)]
    connection.executemany(
        "DELETE FROM text_mark WHERE mark = ? AND initiative_id = ?", sorted(gone)
    )
    connection.executemany("INSERT INTO text_mark VALUES (?, ?)", sorted(come))


def alike(connection: Connection, text: str, initiative_id: int, keys: Keys) -> dict[int, float]:
    """The initiatives whose descriptions are so much the same as this one; how much, 0 to 1."""
    kept = marks_of(text, keys)
    if not kept:
        return {}
    counts: Counter[int] = Counter()
    for mark in marks_in(kept):
        rows = connection.execute(
            "SELECT initiative_id FROM text_mark WHERE mark = ? LIMIT ?", (mark, CROWD + 2)
        ).fetchall()
        if len(rows) <= CROWD + 1:
            counts.update(row[0] for row in rows if row[0] != initiative_id)
    return compared(connection, text, closest(counts, initiative_id), keys)


def closest(counts: Mapping[int, int], beside: int) -> list[int]:
    """The few that have the most marks in common, the nearest by id where many have as many."""
    shared = [key for key, count in counts.items() if count >= SHARED]
    return sorted(shared, key=lambda key: (-counts[key], abs(key - beside)))[:_CLOSEST]


def compared(
    connection: Connection, text: str, others: Iterable[int], keys: Keys
) -> dict[int, float]:
    """How much of a description these have, of those that have enough of it."""
    listed = dumps(sorted(others))
    if listed == "[]":
        return {}
    rows = connection.execute(
        f"SELECT id, content FROM initiative WHERE id IN {_LISTED} AND removed_at IS NULL",
        (listed,),
    ).fetchall()
    mine = runs(text, keys)
    shares = {key: same_text(mine, runs(other, keys)) for key, other in rows}
    return {key: share for key, share in shares.items() if share >= keys.same_text}


def common(connection: Connection) -> Iterator[tuple[int, int]]:
    """The marks that more than one text has, each with how many have it."""
    yield from connection.execute(
        "SELECT mark, count(*) FROM text_mark GROUP BY mark HAVING count(*) > 1"
    )
