"""The look-alikes of everything at once, each initiative with the most like of those before it.

The initiatives are taken in order. Each is compared with those before it of its unit, decision and
authors, in a large group with those that share one of its rarest syllables besides; and across
units with those that have a sample of its syllables in common. What most have is passed over. So
the work stays near linear, and what is found of one is given out before the next is looked at.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from desktop.models.engines.sqlite import Connection
from desktop.models.lookalikes.chains import Chains
from desktop.models.lookalikes.everything import BITS, NEVER, Everything
from desktop.models.lookalikes.groups import SMALL, Groups
from desktop.models.lookalikes.keys import Keys, Shared, compare_each, likeness, why_alike
from desktop.models.lookalikes.samples import Samples
from desktop.models.lookalikes.texts import CROWD, SHARED, closest, common, compared
from desktop.progress import Progress
from desktop.text import _

Mine = dict[int, tuple[str, float, bool, float]]
"""Those before one that look like it: key, likeness, whether apart, and the part of the text."""
Found = dict[int, Mine]

_RARE_WORDS = 4
_CROWD, _EQUALS, _LEAST = 16, 60, 2
_STEP = 500
_STRICT = 0.8
"""Below so much likeness it is letters more than syllables that titles have in common."""
_PRIME = 1_000_003


def find(connection: Connection, keys: Keys, progress: Progress) -> Found:
    """The look-alikes of everything that is kept and not in the recycle bin.

    Raises CancelledError between its steps.
    """
    return {key: mine for key, mine in each(connection, keys, progress) if mine}


def each(
    connection: Connection, keys: Keys, progress: Progress, first: int = 0
) -> Iterator[tuple[int, Mine]]:
    """As ``find``, one after the other in order of the ids, from the id ``first`` on.

    Takes about a kilobyte and a half of memory for each initiative, whatever is found.
    """
    everything = Everything(connection, progress)
    gathered = _Gathered(everything, keys)
    judge = _Judge(everything, keys)
    same = _Texts(connection, everything, keys)
    total = len(everything.ids)
    for place, key in enumerate(everything.ids):
        if place % _STEP == 0:
            progress.step(place, total, _("Looking for look-alikes"))
        if key < first:
            gathered.enter(place)
            same.enter(place)
            continue
        yield key, judge.look(place, gathered.before(place), same.before(place))


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Those that are worth comparing with one.

    ``linked``: those with a file, a decision, an author or the unit in common, each time with how
    alike a title must be for one of the keys. ``strangers``, who are many, have the same title or
    some of its syllables. None stands there twice. ``large``: one of its groups is so large that
    there may be others of it among the strangers.
    """

    linked: list[tuple[float, set[int]]]
    strangers: set[int]
    large: bool


class _Gathered:
    """Those before each that are worth comparing with it."""

    def __init__(self, everything: Everything, keys: Keys) -> None:
        self._all = everything
        self._chains = Chains(len(everything.ids))
        self._samples = Samples(list(everything.frequent), len(everything.ids))
        kinds = (
            (0.0, everything.by_file),
            (min(keys.same_decision, keys.other_unit), everything.by_decision),
            (min(keys.same_author, keys.other_unit), everything.by_author),
            (min(keys.same_unit, keys.other_unit), everything.by_unit),
        )
        self._kinds = sorted(kinds, key=lambda kind: kind[0])

    def enter(self, place: int) -> None:
        """Let those that follow find one."""
        title, marks, rare = self._syllables(place)
        self._chains.add_all([title, *marks, *self._joined(place, rare)], place)

    def before(self, place: int) -> _Candidates:
        """The candidates before one, which is entered after them."""
        title, marks, rare = self._syllables(place)
        linked, seen, large = [], set[int](), False
        for floor, groups in self._kinds:
            found = set[int]()
            for mark, earlier in groups.before(place):
                if len(earlier) <= SMALL:
                    found.update(earlier)
                else:
                    large = True
                    found.update(self._with_rare(mark, rare))
            if found:
                found -= seen
                seen |= found
                linked.append((floor, found))
        strangers = self._strangers(place, title, marks)
        strangers -= seen
        self._chains.add_all([title, *self._joined(place, rare)], place)
        return _Candidates(linked, strangers, large)

    def _with_rare(self, mark: int, rare: list[int]) -> Iterator[int]:
        """Those of a large group that have a rare syllable in common."""
        for word in rare[:_RARE_WORDS]:
            yield from self._chains.newest(_joined(mark, word), _EQUALS)

    def _joined(self, place: int, rare: list[int]) -> list[int]:
        """The marks by which one is found in its large groups."""
        return [
            _joined(mark, word)
            for _floor, groups in self._kinds
            for mark in groups.large_of(place)
            for word in rare[:_RARE_WORDS]
        ]

    def _syllables(self, place: int) -> tuple[int, list[int], list[int]]:
        """The mark of a title as a whole, those of the samples of its syllables, and its rarest."""
        syllables = self._all.syllables(place)
        rare = self._samples.shared(syllables)
        return hash(tuple(syllables)), self._samples.marks(rare), rare

    def _strangers(self, place: int, title: int, marks: list[int]) -> set[int]:
        """Those with a sample in common; where many have each of them, the newest.

        The samples of this one are entered by the way.
        """
        chains = self._chains
        found = chains.meet(marks, place, _CROWD)
        if not found:
            for mark in sorted(marks, key=chains.count)[:_LEAST]:
                found.update(chains.newest(mark, _CROWD + 1)[1:])
        found.update(chains.newest(title, _EQUALS))
        found.discard(place)
        return found


def _joined(mark: int, word: int) -> int:
    return mark * _PRIME + word


class _Texts:
    """Those before each whose descriptions are the same."""

    def __init__(self, connection: Connection, everything: Everything, keys: Keys) -> None:
        self._connection, self._all, self._keys = connection, everything, keys
        size = 1 << (len(everything.ids) * 12).bit_length()
        self._shared, self._mask = bytearray(size), size - 1
        self._crowded: set[int] = set()
        for mark, count in common(connection):
            self._shared[mark & self._mask] = 1
            if count > CROWD + 1:
                self._crowded.add(mark)
        self._chains = Chains(sum(self._shared) // 48)

    def enter(self, place: int) -> list[int]:
        """Let those that follow find one; the marks of its description that others may have too."""
        shared, mask = self._shared, self._mask
        marks = [mark for mark in self._all.texts(place) if shared[mark & mask]]
        if marks:
            marks = [mark for mark in marks if mark not in self._crowded]
            self._chains.add_all(marks, place)
        return marks

    def before(self, place: int) -> dict[int, float]:
        """The places before one with the same description; how much of it is the same."""
        marks = self.enter(place)
        if len(marks) < SHARED:
            return {}
        counts: Counter[int] = Counter()
        for mark in marks:
            counts.update(self._chains.newest(mark, 2 * CROWD))
        del counts[place]
        near = closest(counts, place)
        if not near:
            return {}
        ids = self._all.ids
        places = {ids[other]: other for other in near}
        (text,) = self._connection.execute(
            "SELECT content FROM initiative WHERE id = ?", (ids[place],)
        ).fetchone()
        shares = compared(self._connection, text, places, self._keys)
        return {places[key]: share for key, share in shares.items()}


class _Judge:
    """Which candidates look alike, and why."""

    def __init__(self, everything: Everything, keys: Keys) -> None:
        self._all, self._keys = everything, keys

    def look(self, place: int, candidates: _Candidates, same: dict[int, float]) -> Mine:
        """Those of the candidates that look like one, no more than the most.

        ``same`` are those whose description is the same, each with how much of it.
        """
        others, floors = list[int](), list[float]()
        for floor, found in self._classes(place, candidates):
            close = self._close(place, found, floor)
            if same:
                close = [other for other in close if other not in same]
            others += close
            floors += [floor] * len(close)
        mine: Mine = {}
        known, own = self._all, self._all.units[place]
        scored = self._scores(place, [*others, *same], [*floors, *(0.0 for _other in same)])
        for other, score in scored:
            text = same.get(other, 0.0)
            why = self._why(place, other, score, text)
            if why:
                apart = not own or own != known.units[other]
                mine[known.ids[other]] = why, score, apart, text
        return _best(mine, self._keys.most)

    def _classes(
        self, place: int, candidates: _Candidates
    ) -> Iterator[tuple[float, Collection[int]]]:
        """Candidates by how alike a title must be for one of the keys."""
        keys, strangers = self._keys, candidates.strangers
        yield from candidates.linked
        if candidates.large:
            across = min(keys.same_unit, keys.other_unit)
            own = self._mates(place, self._close(place, strangers, across))
            yield from ((self._floor(other, place), (other,)) for other in own)
            strangers = strangers.difference(own)
        yield keys.other_unit, strangers

    def _mates(self, place: int, others: list[int]) -> list[int]:
        """Those of the same unit or decision."""
        units, decisions = self._all.units, self._all.decisions
        unit, decision = units[place] or -1, decisions[place] or -1
        return [one for one in others if units[one] == unit or decisions[one] == decision]

    def _floor(self, other: int, place: int) -> float:
        """How alike the title of a mate must be for one of the keys."""
        known, keys = self._all, self._keys
        if _meet(known.by_file, place, other):
            return 0.0
        asked = [keys.other_unit]
        if known.units[place] and known.units[place] == known.units[other]:
            asked.append(keys.same_unit)
        if known.decisions[place] and known.decisions[place] == known.decisions[other]:
            asked.append(keys.same_decision)
        if _meet(known.by_author, place, other):
            asked.append(keys.same_author)
        return min(asked)

    def _close(self, place: int, others: Collection[int], floor: float) -> list[int]:
        """The others with enough syllables in common to be so alike, or about enough."""
        bits, sizes, mine = self._all.bits, self._all.sizes, self._all.bits[place]
        least = _least(floor, sizes[place])
        return [
            other for other in others if (bits[other] & mine).bit_count() >= least[sizes[other]]
        ]

    def _scores(
        self, place: int, others: list[int], floors: list[float]
    ) -> Iterator[tuple[int, float]]:
        """Those that are at least as alike as each has to be."""
        words, bare = self._all.words, self._all.bare
        own = bare[place]
        if own or any(map(bare.__getitem__, others)):
            alike = [at for at, other in enumerate(others) if bare[other] == own]
            for at in set(range(len(others))).difference(alike):
                score = likeness(words[place], words[others[at]])
                if score >= floors[at]:
                    yield others[at], score
            others, floors = [others[at] for at in alike], [floors[at] for at in alike]
        texts = [words[other] for other in others]
        for at, score in compare_each(words[place], texts, floors):
            yield others[at], score

    def _why(self, place: int, other: int, score: float, text: float) -> str:
        known, days = self._all, self._keys.author_days
        shared = Shared(
            words=known.words[place] == known.words[other],
            unit=bool(known.units[place]) and known.units[place] == known.units[other],
            decision=bool(known.decisions[place])
            and known.decisions[place] == known.decisions[other],
            author=_meet(known.by_author, place, other),
            days=NEVER not in (known.used[place], known.used[other])
            and abs(known.used[place] - known.used[other]) <= days,
            file=_meet(known.by_file, place, other),
            text=text > 0,
        )
        return why_alike(self._keys, score, shared)


def _meet(groups: Groups, one: int, other: int) -> bool:
    """Whether two are together in one of the groups."""
    return not set(groups.of(one)).isdisjoint(groups.of(other))


@lru_cache(maxsize=1_024)
def _least(floor: float, size: int) -> bytes:
    """For a title with so many bits: how many of them another needs to have, by its own number."""
    needed = 1.6 * floor - (0.79 if floor >= _STRICT else 0.89)
    return bytes(max(0, ceil((needed * (size + its) - 1) / 2)) for its in range(BITS + 1))


def _best(mine: Mine, most: int) -> Mine:
    if len(mine) <= most:
        return mine
    ordered = sorted(mine, key=lambda key: (mine[key][2], -max(mine[key][1], mine[key][3]), -key))
    return {key: mine[key] for key in ordered[:most]}
