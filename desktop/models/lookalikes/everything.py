"""What is compared of all initiatives, in arrays: about five hundred bytes for each of them."""

from array import array
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from itertools import groupby
from typing import Any

from desktop.models.engines.sqlite import Connection
from desktop.models.lookalikes.finding import author_tokens
from desktop.models.lookalikes.groups import Groups
from desktop.models.lookalikes.keys import is_bare, without_marks
from desktop.progress import Progress
from desktop.text import _
from desktop.vietnamese.dates import PartialDate

NEVER = -(1 << 30)
"""Where no day of use is known."""
BITS = 180
"""So many bits tell which syllables a title has: six digits of a number, 48 bytes with its head."""
_STEP = 2_000

_RECORDS = """SELECT l.initiative_id, coalesce(l.unit_id, 0), l.words, l.marks, i.use,
      CASE WHEN d.key <> '' THEN d.key || '|' || coalesce(d.issued, '') END
    FROM likeness l JOIN initiative i ON i.id = l.initiative_id
    LEFT JOIN decision d ON d.id = i.decision_id ORDER BY l.initiative_id"""
_AUTHORS = """SELECT a.initiative_id, p.key, p.birth, p.identity, i.unit_id FROM authorship a
    JOIN person p ON p.id = a.person_id JOIN initiative i ON i.id = a.initiative_id
    ORDER BY a.initiative_id"""
_FILES = """SELECT initiative_id, sha256 FROM attachment WHERE initiative_id IS NOT NULL
    ORDER BY initiative_id"""


class Everything:
    """All initiatives in order of their ids: place n of each array is of the same one.

    ``ids``, ``units`` (0: none), ``used`` (the first day it may have been, by ordinal), ``words``,
    ``decisions``, ``bare``: written without marks. ``bits`` tells roughly which syllables it has,
    ``sizes`` how many bits those are. ``by_unit`` and so on: who is of the same.
    """

    def __init__(self, connection: Connection, progress: Progress) -> None:
        self._progress = progress
        self.ids, self.units, self.used = array("q"), array("q"), array("i")
        self.decisions = array("q")
        self._texts, self._text_ends = array("I"), array("I")
        self.words: list[str] = []
        self.bits: list[int] = []
        self.bare, self.sizes = bytearray(), bytearray()
        self._read(connection)
        self.by_unit, self.by_decision = Groups(self.units), Groups(self.decisions)
        self.by_author = self._groups(connection, _AUTHORS, _author_marks)
        self.by_file = self._groups(connection, _FILES, _file_marks)
        self._rank_syllables()

    def _read(self, connection: Connection) -> None:
        days: dict[str, int] = {}
        decided: dict[str, int] = {"": 0}
        for key, unit, words, marks, used, decision in connection.execute(_RECORDS):
            self.ids.append(key)
            self.units.append(unit)
            self.words.append(words)
            self.bare.append(is_bare(words))
            self._texts.frombytes(marks)
            self._text_ends.append(len(self._texts))
            if decision and decision not in decided:
                decided[decision] = mark_of(decision)
            self.decisions.append(decided[decision or ""])
            if used and used not in days:
                days[used] = PartialDate.fromiso(used).first.toordinal()
            self.used.append(days[used] if used else NEVER)
            if len(self.ids) % _STEP == 0:
                self._progress.step(0, 0, _("Reading titles"))

    def _groups(self, connection: Connection, sql: str, marks: Any) -> Groups:
        """For each place the marks of its rows."""
        ends, found = array("I"), array("q")
        rows: Iterator[Any] = groupby(connection.execute(sql), key=lambda row: row[0])
        owner, group = next(rows, (None, ()))
        for place, key in enumerate(self.ids):
            while owner is not None and owner < key:
                owner, group = next(rows, (None, ()))
            if owner == key:
                found.extend(sorted(marks(group)))
            ends.append(len(found))
            if place % _STEP == 0:
                self._progress.step(0, 0, _("Reading titles"))
        return Groups(found, ends)

    def _rank_syllables(self) -> None:
        """Number the syllables, whatever their marks, the rarest first."""
        counts: Counter[str] = Counter()
        for words in self.words:
            counts.update(words.split())
        plain: Counter[str] = Counter()
        for word, count in counts.items():
            plain[without_marks(word)] += count
        ordered = sorted(plain, key=lambda word: (plain[word], word))
        ranks = {word: rank for rank, word in enumerate(ordered)}
        numbers = {word: ranks[without_marks(word)] for word in counts}
        self.frequent = array("q", (plain[word] for word in ordered))
        bits = [1 << rank % BITS for rank in range(len(ordered))]
        self._syllables, self._syllable_ends = array("I"), array("I")
        for words in self.words:
            mine = sorted({numbers[word] for word in words.split()})
            self._syllables.fromlist(mine)
            self._syllable_ends.append(len(self._syllables))
            union = _union(bits, mine)
            self.bits.append(union)
            self.sizes.append(union.bit_count())

    def syllables(self, place: int) -> list[int]:
        """The syllables of a title as numbers, the rarest first."""
        ends = self._syllable_ends
        return self._syllables[ends[place - 1] if place else 0 : ends[place]].tolist()

    def texts(self, place: int) -> "array[int]":
        """The marks of the description of one."""
        ends = self._text_ends
        return self._texts[ends[place - 1] if place else 0 : ends[place]]


def _union(bits: list[int], syllables: list[int]) -> int:
    found = 0
    for one in syllables:
        found |= bits[one]
    return found


def _author_marks(rows: Any) -> set[int]:
    tokens: set[str] = set()
    for _owner, name, birth, identity, unit in rows:
        tokens |= author_tokens(name, birth, identity, unit)
    return {mark_of(token) for token in tokens}


def _file_marks(rows: Any) -> set[int]:
    return {mark_of(digest) for _owner, digest in rows}


def mark_of(text: str) -> int:
    """A number for a text, the same in every process."""
    return int.from_bytes(blake2b(text.encode(), digest_size=7).digest(), "little") + 1
