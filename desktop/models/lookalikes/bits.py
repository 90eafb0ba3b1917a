"""The index of titles: for each of 512 groups of syllables one bit for each initiative.

A title's columns are added up with a counter sliced into bits, so that one pass over some two
megabytes tells, of a million initiatives, which differ from it in the fewest syllables. The bits
lie in the store in blocks of one page; writing a title changes as many blocks as it has syllables.
"""

import re
from bisect import bisect
from collections.abc import Iterable, Iterator
from functools import lru_cache
from zlib import crc32

from desktop.models.engines.sqlite import Connection
from desktop.models.lookalikes.keys import without_marks

COLUMNS = 512
BLOCK = 32_000
"""So many initiatives have their bits in one block: 4,000 bytes, which a page holds."""
_BLOCKS = 1 << 16
_LENGTHS = 5
_LONGEST = (1 << _LENGTHS) - 1
"""Beside the syllables, five columns hold by how much a title is shorter than 31 of them."""
_SET = re.compile(rb"[^\0]")


@lru_cache(maxsize=1 << 15)
def _column(word: str) -> int:
    return crc32(without_marks(word).encode()) * 2_654_435_761 % (1 << 32) >> 23


def columns_of(words: str) -> frozenset[int]:
    """The columns of a title's words, whatever their marks, and of their number."""
    columns = frozenset(map(_column, words.split()))
    missing = max(0, _LONGEST - len(columns)) if columns else 0
    return columns | {COLUMNS + place for place in range(_LENGTHS) if missing >> place & 1}


class Changes:
    """Bits that are to be set or cleared, gathered so that each block is written once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._blocks: dict[int, bytearray] = {}

    def renew(self, initiative_id: int, former: str, words: str) -> None:
        """Say that an initiative's words are no longer ``former`` but ``words``; blank: none."""
        before, after = columns_of(former), columns_of(words)
        block, bit = divmod(initiative_id, BLOCK)
        place, mask = bit >> 3, 1 << (bit & 7)
        for column in before ^ after:
            bits = self._block(column * _BLOCKS + block, place)
            if column in after:
                bits[place] |= mask
            else:
                bits[place] &= ~mask & 255

    def _block(self, key: int, place: int) -> bytearray:
        bits = self._blocks.get(key)
        if bits is None:
            row = self._connection.execute(
                "SELECT bits FROM title_bits WHERE id = ?", (key,)
            ).fetchone()
            bits = self._blocks[key] = bytearray(row[0] if row else b"")
        if len(bits) <= place:
            bits.extend(bytes(place + 1 - len(bits)))
        return bits

    def write(self) -> None:
        """Write the blocks."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO title_bits VALUES (?, ?)",
            [(key, bytes(bits.rstrip(b"\0"))) for key, bits in sorted(self._blocks.items())],
        )
        self._blocks.clear()


class Counted:
    """How near every initiative's title is to some words.

    The measure is twice the columns shared, and what the title is shorter than 31: the more of it,
    the fewer columns stand in one of the two alone.
    """

    def __init__(self, connection: Connection, words: str) -> None:
        wanted = sorted(set(map(_column, words.split())))
        shared: list[int] = []
        for column in wanted:
            _increase(shared, _read(connection, column))
        lengths = [_read(connection, COLUMNS + place) for place in range(_LENGTHS)]
        self._planes = _sum([0, *shared], lengths)

    def _at_least(self, number: int) -> int:
        """The initiatives that share so many columns or more, as bits."""
        if number >> len(self._planes):
            return 0
        more, equal = 0, -1
        for place in range(len(self._planes) - 1, -1, -1):
            plane = self._planes[place]
            if number >> place & 1:
                equal &= plane
            else:
                more |= equal & plane
                equal &= ~plane
        return more | equal

    def closest(self, wanted: int, within: int = -1, beside: int = 0) -> list[int]:
        """About ``wanted`` initiatives that share the most columns.

        ``within`` has a bit set for each initiative that is meant, and is -1 for all. Where many
        tie, those are given whose ids lie around ``beside``; the newest where that is 0.
        """
        low, high = 1, (1 << len(self._planes)) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if (self._at_least(middle) & within).bit_count() >= wanted:
                low = middle
            else:
                high = middle - 1
        near = self._at_least(low) & within
        nearer = self._at_least(low + 1) & within
        ties = list(_ids(near ^ nearer))
        middle = bisect(ties, beside) if beside else len(ties)
        start = max(0, min(middle - wanted // 2, len(ties) - wanted))
        return [*_ids(nearer), *ties[start : start + wanted]]


def _increase(planes: list[int], carry: int) -> None:
    """Add one wherever ``carry`` has a bit, to numbers that are sliced into planes."""
    for place, plane in enumerate(planes):
        planes[place] = plane ^ carry
        carry &= plane
        if not carry:
            return
    if carry:
        planes.append(carry)


def _sum(first: list[int], second: list[int]) -> list[int]:
    """The sums of two numbers sliced into planes, the lowest plane first."""
    planes, carry = [], 0
    for place in range(max(len(first), len(second))):
        one = first[place] if place < len(first) else 0
        other = second[place] if place < len(second) else 0
        either = one ^ other
        planes.append(either ^ carry)
        carry = (one & other) | (either & carry)
    return [*planes, carry] if carry else planes


def mask_of(ids: Iterable[int]) -> int:
    """These initiatives as bits."""
    ordered = sorted(ids)
    bits = bytearray(ordered[-1] // 8 + 1 if ordered else 0)
    for key in ordered:
        bits[key >> 3] |= 1 << (key & 7)
    return int.from_bytes(bits, "little")


def _read(connection: Connection, column: int) -> int:
    first = column * _BLOCKS
    rows = connection.execute(
        "SELECT id, bits FROM title_bits WHERE id BETWEEN ? AND ? ORDER BY id",
        (first, first + _BLOCKS - 1),
    ).fetchall()
    if not rows:
        return 0
    size = BLOCK // 8
    parts = dict(rows)
    last = rows[-1][0]
    whole = [parts.get(key, b"").ljust(size, b"\0") for key in range(first, last)]
    return int.from_bytes(b"".join([*whole, parts[last]]), "little")


def _ids(bits: int) -> Iterator[int]:
    for found in _SET.finditer(bits.to_bytes(bits.bit_length() // 8 + 1, "little")):
        value, base = found.group()[0], found.start() << 3
        while value:
            lowest = value & -value
            yield base + lowest.bit_length() - 1
            value ^= lowest
