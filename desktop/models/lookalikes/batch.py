"""The look-alikes of everything at once, each initiative with the most like of those before it.

Initiatives of one unit, decision or author are compared with one another where their group is
small; in a large one, those that share one of their rarest words. Across units those are compared
that share two runs of four syllables, in order of the alphabet. So the work stays near linear, and
a crowd of equal titles costs each of them no more than its nearest neighbours.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from desktop.models.engines.sqlite import Connection
from desktop.models.lookalikes.finding import are_close
from desktop.models.lookalikes.keys import Keys, compare, is_bare, likeness, without_marks
from desktop.progress import Progress
from desktop.text import _

Found = dict[int, dict[int, tuple[str, float, bool]]]
"""For each initiative those before it that look like it: key, likeness, and whether apart."""

_SMALL = 300
"""Groups up to this size are compared whole."""
_RARE_WORDS, _CROWD, _NEIGHBOURS = 4, 60, 20
_RUN, _RUNS_SHARED, _CHAIN = 4, 2, 30
_SHORT = 8
"""Of so few runs one that is shared is enough."""
_BUCKETS = 1 << 25
_STEP = 2000

_UNITS = "SELECT unit_id, initiative_id FROM likeness WHERE unit_id IS NOT NULL ORDER BY 1, 2"
_DECISIONS = """SELECT d.key || '|' || coalesce(d.issued, ''), l.initiative_id FROM likeness l
    JOIN initiative i ON i.id = l.initiative_id JOIN decision d ON d.id = i.decision_id
    WHERE d.key <> '' ORDER BY 1, 2"""
_AUTHORS = (
    """SELECT DISTINCT p.key || '|' || l.unit_id, l.initiative_id FROM likeness l
       JOIN authorship a ON a.initiative_id = l.initiative_id JOIN person p ON p.id = a.person_id
       WHERE l.unit_id IS NOT NULL ORDER BY 1, 2""",
    """SELECT DISTINCT p.key || '|' || substr(p.birth, 1, 4), l.initiative_id FROM likeness l
       JOIN authorship a ON a.initiative_id = l.initiative_id JOIN person p ON p.id = a.person_id
       WHERE p.birth <> '' ORDER BY 1, 2""",
    """SELECT DISTINCT p.identity, l.initiative_id FROM likeness l
       JOIN authorship a ON a.initiative_id = l.initiative_id JOIN person p ON p.id = a.person_id
       WHERE p.identity <> '' ORDER BY 1, 2""",
)
_FILES = """SELECT DISTINCT f.sha256, l.initiative_id FROM likeness l
    JOIN attachment f ON f.initiative_id = l.initiative_id ORDER BY 1, 2"""


def find(connection: Connection, keys: Keys, progress: Progress) -> Found:
    """The look-alikes of everything that is kept and not in the recycle bin.

    Takes about a kilobyte of memory for each initiative. Raises CancelledError between its steps.
    """
    everything = _Everything(connection, keys, progress)
    everything.units()
    everything.decisions()
    everything.authors()
    everything.files()
    everything.across_units()
    return everything.trimmed()


class _Everything:
    """All words in memory, and the pairs found so far."""

    def __init__(self, connection: Connection, keys: Keys, progress: Progress) -> None:
        self._connection, self._keys, self._progress = connection, keys, progress
        self._ids, self._units = array("q"), array("q")
        self._words: list[str] = []
        for key, unit, words in connection.execute(
            "SELECT initiative_id, unit_id, words FROM likeness ORDER BY initiative_id"
        ):
            self._ids.append(key)
            self._units.append(0 if unit is None else unit)
            self._words.append(words)
        self._places = {key: place for place, key in enumerate(self._ids)}
        self._bare = {place for place, words in enumerate(self._words) if is_bare(words)}
        self._found: Found = {}
        self._total = 6 * len(self._ids)
        self._done = 0

    def units(self) -> None:
        """K3 within units."""
        for _unit, group in self._groups(_UNITS):
            for first, second, score in self._alike(group, self._keys.same_unit):
                self._keep(first, second, "K3", score)

    def decisions(self) -> None:
        """K2."""
        for _key, group in self._groups(_DECISIONS):
            for first, second, score in self._alike(group, self._keys.same_decision):
                self._keep(first, second, "K2", score)

    def authors(self) -> None:
        """K4, and K1 where the words and the unit are the same besides."""
        used = dict(
            self._connection.execute("SELECT id, use FROM initiative WHERE use IS NOT NULL")
        )
        for number, sql in enumerate(_AUTHORS):
            for _token, group in self._groups(sql, 0 if number else 1):
                for first, second, score in self._alike(group, self._keys.same_author):
                    self._keep_author(first, second, score, used)

    def _keep_author(self, first: int, second: int, score: float, used: dict[int, str]) -> None:
        same_unit = self._units[first] and self._units[first] == self._units[second]
        days = self._keys.author_days
        if same_unit and self._words[first] == self._words[second]:
            self._keep(first, second, "K1", 1.0)
        if are_close(used.get(self._ids[first]), used.get(self._ids[second]), days):
            self._keep(first, second, "K4", score)

    def files(self) -> None:
        """K5, however unlike the titles."""
        for _digest, group in self._groups(_FILES):
            for place, second in enumerate(group):
                for first in group[max(0, place - _CROWD) : place]:
                    score = likeness(self._words[first], self._words[second])
                    self._keep(first, second, "K5", score)

    def across_units(self) -> None:
        """K3 between units, by the runs of syllables that they share."""
        keyed, floor = _Runs(self._words), self._keys.other_unit
        for place, words in enumerate(self._words):
            if place % _STEP == 0:
                self._tell(_STEP)
            bare, unit = place in self._bare, self._units[place]
            others = [
                other for other in keyed.sharing(place) if not unit or self._units[other] != unit
            ]
            plain = [other for other in others if (other in self._bare) == bare]
            texts = [self._words[other] for other in plain]
            near = {plain[at]: score for at, score in compare(words, texts, floor)}
            for other in set(others).difference(plain):
                near[other] = likeness(words, self._words[other])
            for other, score in near.items():
                if score >= floor:
                    self._keep(other, place, "K3", score)

    def _groups(self, sql: str, weight: int = 1) -> Iterator[tuple[Any, list[int]]]:
        """The groups of a query's rows that have more than one member, as places in order."""
        done = 0
        for token, rows in groupby(self._connection.execute(sql), key=lambda row: row[0]):
            group = [self._places[key] for _token, key in rows if key in self._places]
            done += len(group)
            if done >= _STEP:
                self._tell(done * weight)
                done = 0
            if len(group) > 1:
                yield token, group

    def _tell(self, more: int) -> None:
        self._done = min(self._total, self._done + more)
        self._progress.step(self._done, self._total, _("Looking for look-alikes"))

    def _alike(self, group: list[int], floor: float) -> Iterator[tuple[int, int, float]]:
        """The pairs of a group that are at least so alike, the earlier first."""
        seen: set[tuple[int, int]] = set()
        for part in [group] if len(group) <= _SMALL else self._blocks(group):
            reach = len(part) if len(part) <= _SMALL else _NEIGHBOURS
            texts = [self._words[place] for place in part]
            for at in range(1, len(part)):
                start = max(0, at - reach)
                near = dict(compare(texts[at], texts[start:at], floor))
                for other in self._bare_or_not(part, start, at):
                    near[other] = likeness(texts[start + other], texts[at])
                for other, score in near.items():
                    pair = min(part[start + other], part[at]), max(part[start + other], part[at])
                    if score >= floor and pair not in seen:
                        seen.add(pair)
                        yield (*pair, score)

    def _bare_or_not(self, part: list[int], start: int, at: int) -> Iterator[int]:
        """Those before one of which one was written without marks and the other with them."""
        bare = self._bare
        if bare:
            mine = part[at] in bare
            yield from (n for n, one in enumerate(part[start:at]) if (one in bare) != mine)

    def _blocks(self, group: list[int]) -> list[list[int]]:
        """Those of a large group that share a rare word; crowds in the order of their words."""
        plain = {place: set(without_marks(self._words[place]).split()) for place in group}
        counts = Counter(word for words in plain.values() for word in words)
        found: dict[str, list[int]] = {}
        for place in group:
            ranked = sorted((counts[word], word) for word in plain[place])
            for _count, word in ranked[:_RARE_WORDS]:
                found.setdefault(word, []).append(place)
        return [
            part if len(part) <= _CROWD else sorted(part, key=lambda one: (self._words[one], one))
            for part in found.values()
            if len(part) > 1
        ]

    def _keep(self, first: int, second: int, why: str, score: float) -> None:
        """Keep a pair under the first of its keys; drop what is beyond the most."""
        if why in self._keys.off:
            return
        mine = self._found.setdefault(self._ids[second], {})
        key = self._ids[first]
        if key not in mine or why < mine[key][0]:
            apart = not self._units[first] or self._units[first] != self._units[second]
            mine[key] = (why, score, apart)
        if len(mine) > 2 * self._keys.most:
            self._found[self._ids[second]] = _best(mine, self._keys.most)

    def trimmed(self) -> Found:
        """What was found, each initiative with no more than the most."""
        most = self._keys.most
        return {key: _best(mine, most) for key, mine in sorted(self._found.items())}


def _best(
    mine: dict[int, tuple[str, float, bool]], most: int
) -> dict[int, tuple[str, float, bool]]:
    if len(mine) <= most:
        return mine
    ordered = sorted(mine, key=lambda key: (mine[key][2], -mine[key][1], -key))
    return {key: mine[key] for key in ordered[:most]}


class _Runs:
    """Which earlier titles share runs of syllables with a title, in order of the alphabet.

    A word more or less breaks no more than four runs. The runs stand in a table of chains: for each
    bucket the newest entry, for each entry the one before it.
    """

    def __init__(self, words: Sequence[str]) -> None:
        known = {word for text in words for word in text.split()}
        plain = {word: without_marks(word) for word in known}
        places = {word: place for place, word in enumerate(sorted(set(plain.values())))}
        self._places = {word: places[plain[word]] for word in known}
        self._words = words
        size = min(_BUCKETS, 1 << max(12, (len(words) * 32).bit_length()))
        self._mask = size - 1
        self._newest = array("i", [-1]) * size
        self._before = array("i")
        self._owner = array("i")

    def sharing(self, place: int) -> Iterable[int]:
        """The earlier ones that share enough with this one, which is entered after them."""
        newest, before, owner = self._newest, self._before, self._owner
        shared: Counter[int] = Counter()
        runs = self._runs(self._words[place])
        for run in runs:
            bucket = hash(run) & self._mask
            first = entry = newest[bucket]
            found: list[int] = []
            while entry >= 0 and len(found) < _CHAIN:
                found.append(owner[entry])
                entry = before[entry]
            shared.update(found)
            newest[bucket] = len(owner)
            before.append(first)
            owner.append(place)
        enough = _RUNS_SHARED if len(runs) > _SHORT else 1
        return [other for other, count in shared.items() if count >= enough and other != place]

    def _runs(self, text: str) -> list[tuple[int, ...]]:
        ordered = sorted({self._places[word] for word in text.split()})
        return [*zip(*(ordered[start:] for start in range(_RUN)), strict=False)] or [(*ordered,)]
