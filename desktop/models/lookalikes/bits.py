"""The index of titles: for each of 512 groups of syllables one bit for each initiative.

The bits lie in the store in blocks of one page; writing a title changes as many blocks as it has
syllables. A log beside them says which bits were changed: what is held in memory follows it.
"""

import secrets
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

from desktop.models.engines.sqlite import Connection
from desktop.models.lookalikes.keys import without_marks

COLUMNS = 512
BLOCK = 32_000
"""So many initiatives have their bits in one block: 4,000 bytes, which a page holds."""
_TOGETHER = 8
PART = BLOCK * _TOGETHER
"""So many initiatives have their bits in one part of a column in memory, which the caches hold."""
LENGTHS = range(COLUMNS, COLUMNS + 5)
"""Beside the syllables, five columns hold by how much a title is shorter than 31 of them."""
_LONGEST = (1 << len(LENGTHS)) - 1
_BLOCKS = 1 << 16
_FEW = 50
"""Changes of so many initiatives at once are written down one by one, of more as one."""
_LOGGED = 1_000


@lru_cache(maxsize=1 << 15)
def _column(word: str) -> int:
    return crc32(without_marks(word).encode()) * 2_654_435_761 % (1 << 32) >> 23


def word_columns(words: str) -> list[int]:
    """The columns of a title's words, whatever their marks, in order."""
    return sorted(set(map(_column, words.split())))


def columns_of(words: str) -> frozenset[int]:
    """The columns of a title's words, and of their number."""
    columns = word_columns(words)
    missing = max(0, _LONGEST - len(columns)) if columns else 0
    return frozenset(columns) | {LENGTHS[place] for place in range(5) if missing >> place & 1}


@dataclass(frozen=True, slots=True)
class Logged:
    """One line of the log: an initiative and the columns in which its bit was turned over.

    ``token`` is like no other, so that a line that was rolled back is not taken for the one that
    came in its place. ``columns`` is None where many were changed at once.
    """

    seq: int
    token: bytes
    initiative_id: int
    columns: tuple[int, ...] | None

    @property
    def mark(self) -> tuple[int, bytes]:
        """By what one state of the index is told from any other."""
        return self.seq, self.token


class Changes:
    """Bits that are to be set or cleared, gathered so that each block is written once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._blocks: dict[int, bytearray] = {}
        self._turned: dict[int, set[int]] = {}

    def renew(self, initiative_id: int, former: str, words: str) -> None:
        """Say that an initiative's words are no longer ``former`` but ``words``; blank: none."""
        before, after = columns_of(former), columns_of(words)
        if before == after:
            return
        block, bit = divmod(initiative_id, BLOCK)
        place, mask = bit >> 3, 1 << (bit & 7)
        for column in before ^ after:
            bits = self._block(column * _BLOCKS + block, place)
            if column in after:
                bits[place] |= mask
            else:
                bits[place] &= ~mask & 255
        turned = self._turned.setdefault(initiative_id, set())
        turned ^= before ^ after

    def clear(self, initiative_id: int) -> None:
        """Take every bit of an initiative away, wherever it may stand."""
        block, bit = divmod(initiative_id, BLOCK)
        place, mask = bit >> 3, 1 << (bit & 7)
        for column in range(LENGTHS.stop):
            bits = self._block(column * _BLOCKS + block, place)
            if bits[place] & mask:
                bits[place] &= ~mask & 255
                self._turned.setdefault(initiative_id, set()).add(column)

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
        """Write the blocks, and into the log what was turned over."""
        if not self._blocks:
            return
        blocks = [(key, bytes(bits.rstrip(b"\0"))) for key, bits in sorted(self._blocks.items())]
        self._connection.executemany(
            "INSERT OR REPLACE INTO title_bits VALUES (?, ?)", [one for one in blocks if one[1]]
        )
        self._connection.executemany(
            "DELETE FROM title_bits WHERE id = ?", [one[:1] for one in blocks if not one[1]]
        )
        one_by_one = [(key, array("H", sorted(c)).tobytes()) for key, c in self._turned.items()]
        log(self._connection, one_by_one if len(one_by_one) <= _FEW else [(0, None)])
        self._blocks.clear()
        self._turned.clear()


def log(connection: Connection, lines: Iterable[tuple[int, bytes | None]]) -> None:
    """Write lines into the log, and take those off it that are too old to be asked for."""
    connection.executemany(
        "INSERT INTO title_log (token, initiative_id, turned) VALUES (?, ?, ?)",
        [(secrets.token_bytes(8), *line) for line in lines],
    )
    connection.execute(
        "DELETE FROM title_log WHERE seq <= (SELECT max(seq) FROM title_log) - ?", (_LOGGED,)
    )


def logged(connection: Connection, first: int) -> list[Logged]:
    """The log from a line on."""
    rows = connection.execute(
        "SELECT seq, token, initiative_id, turned FROM title_log WHERE seq >= ? ORDER BY seq",
        (first,),
    ).fetchall()
    return [
        Logged(seq, token, key, None if turned is None else tuple(array("H", turned)))
        for seq, token, key, turned in rows
    ]


def read_column(connection: Connection, column: int) -> list[int]:
    """A column as it lies in the store, in parts: one bit for each initiative, by its id."""
    first = column * _BLOCKS
    rows = connection.execute(
        "SELECT id - ?1, bits FROM title_bits WHERE id BETWEEN ?1 AND ?1 + ?2 ORDER BY id",
        (first, _BLOCKS - 1),
    ).fetchall()
    found: dict[int, list[bytes]] = {}
    for block, bits in rows:
        parts = found.setdefault(block // _TOGETHER, [b""] * _TOGETHER)
        parts[block % _TOGETHER] = bits
    return [
        int.from_bytes(b"".join(bits.ljust(BLOCK // 8, b"\0") for bits in found[part]), "little")
        if part in found
        else 0
        for part in range(max(found, default=-1) + 1)
    ]


def stored_bits(connection: Connection) -> Iterator[tuple[int, int]]:
    """Each column that has bits in the store, as one number."""
    rows = connection.execute("SELECT DISTINCT id / ? FROM title_bits", (_BLOCKS,)).fetchall()
    for (column,) in rows:
        parts = read_column(connection, column)
        yield column, sum(bits << (PART * place) for place, bits in enumerate(parts))
