"""The look-alikes of everything at once, each initiative with the most like of those before it.

The initiatives are taken in order. Each is compared with those before it of its unit, decision and
authors, in a large group with those that share one of its rarest syllables besides; and across
units with those that have a sample of its syllables in common. What most have is passed over. So
the work stays near linear, and what is found of one is given out before the next is looked at.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.models.engines.sqlite import Connection
from desktop.models.lookalikes.chains import Chains
from desktop.models.lookalikes.everything import NEVER, Everything
from desktop.models.lookalikes.keys import Keys, Shared, compare, likeness, why_alike
from desktop.models.lookalikes.samples import Samples
from desktop.models.lookalikes.texts import CROWD, SHARED, closest, common, compared
from desktop.progress import Progress
from desktop.text import _

Mine = dict[int, tuple[str, float, bool, float]]
"""Those before one that look like it: key, likeness, whether apart, and the part of the text."""
Found = dict[int, Mine]

_SMALL = 100
"""Groups up to this size are compared whole."""
_RARE_WORDS = 4
_CROWD, _EQUALS, _LEAST = 16, 60, 2
_STEP = 500
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
    gathered = _Gathered(everything)
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

    ``decided`` are of its decision, ``mates`` of its unit, ``related`` may have an author or a file
    in common with it; ``strangers``, who are many, have the same title or some of its syllables.
    None stands in two of them. ``large``: its unit or decision is so large that there may be
    others of it among the strangers.
    """

    decided: set[int]
    mates: set[int]
    related: set[int]
    strangers: set[int]
    large: bool


class _Gathered:
    """Those before each that are worth comparing with it."""

    def __init__(self, everything: Everything) -> None:
        self._all = everything
        self._chains = Chains(len(everything.ids))
        self._samples = Samples(list(everything.frequent), len(everything.ids))

    def enter(self, place: int) -> None:
        """Let those that follow find one."""
        syllables, rare = self._syllables(place)
        groups = [*self._kin(place), *self._unit(place), *self._decision(place)]
        self._enter(place, rare, groups, self._alone(syllables, rare))

    def before(self, place: int) -> _Candidates:
        """The candidates before one, which is entered after them."""
        syllables, rare = self._syllables(place)
        alone = self._alone(syllables, rare)
        kin, unit, decision = self._kin(place), self._unit(place), self._decision(place)
        related = self._grouped(kin, rare)
        decided = self._grouped(decision, rare) - related
        mates = self._grouped(unit, rare) - related - decided
        strangers = self._by_syllables(alone[1:])
        strangers.update(self._chains.newest(alone[0], _EQUALS))
        strangers.difference_update(related, decided, mates)
        large = any(self._chains.count(mark) > _SMALL for mark in (*unit, *decision))
        self._enter(place, rare, [*kin, *unit, *decision], alone)
        return _Candidates(decided, mates, related, strangers, large)

    def _grouped(self, marks: list[int], rare: list[int]) -> set[int]:
        """Those of these groups: all of small ones, of large ones those with a rare syllable."""
        chains, found = self._chains, set[int]()
        for mark in marks:
            if chains.count(mark) <= _SMALL:
                found.update(chains.newest(mark, _SMALL))
            else:
                for word in rare[:_RARE_WORDS]:
                    found.update(chains.newest(_joined(mark, word), _EQUALS))
        return found

    def _enter(self, place: int, rare: list[int], groups: list[int], alone: list[int]) -> None:
        chains = self._chains
        chains.add_all([*alone, *groups], place)
        for mark in groups:
            count = chains.count(mark)
            if count == _SMALL + 1:
                # From now on it is a large group: those that are in it are found by syllables too.
                for one in chains.newest(mark, count):
                    self._join(mark, one, self._syllables(one)[1])
            elif count > _SMALL:
                self._join(mark, place, rare)

    def _join(self, mark: int, place: int, rare: list[int]) -> None:
        self._chains.add_all([_joined(mark, word) for word in rare[:_RARE_WORDS]], place)

    def _syllables(self, place: int) -> tuple[list[int], list[int]]:
        """The syllables of one, the rarest first; and those that another has as well."""
        syllables = self._all.syllables(place)
        return syllables, self._samples.shared(syllables)

    def _kin(self, place: int) -> list[int]:
        """The marks of the authors and files of one."""
        return [*self._all.authors(place), *self._all.files(place)]

    def _unit(self, place: int) -> list[int]:
        """The mark of the unit of one."""
        unit = self._all.units[place]
        return [hash((1, unit))] if unit else []

    def _decision(self, place: int) -> list[int]:
        """The mark of the decision of one."""
        decision = self._all.decisions[place]
        return [decision] if decision else []

    def _alone(self, syllables: list[int], rare: list[int]) -> list[int]:
        """The mark of a title as a whole, then those of the samples of its syllables."""
        return [hash(tuple(syllables)), *self._samples.marks(rare)]

    def _by_syllables(self, marks: list[int]) -> set[int]:
        """Those with a sample in common; where many have each of them, the newest."""
        chains = self._chains
        found = set(chains.sharing(marks, _CROWD))
        if not found:
            for mark in sorted(marks, key=chains.count)[:_LEAST]:
                found.update(chains.newest(mark, _CROWD))
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
        known = self._all
        authors, files = frozenset(known.authors(place)), frozenset(known.files(place))
        mine: Mine = {}
        for floor, others in self._classes(place, candidates, authors, files).items():
            close = self._close(place, others, floor)
            if same:
                close = [other for other in close if other not in same]
            self._judge(place, self._scores(place, close, floor), authors, files, same, mine)
        if same:
            every = self._scores(place, list(same), 0.0)
            self._judge(place, every, authors, files, same, mine)
        return _best(mine, self._keys.most)

    def _classes(
        self,
        place: int,
        candidates: _Candidates,
        authors: frozenset[int],
        files: frozenset[int],
    ) -> dict[float, list[int]]:
        """Candidates by how alike a title must be for one of the keys."""
        keys, own = self._keys, list[int]()
        across = min(keys.same_unit, keys.other_unit)
        strangers = candidates.strangers
        if candidates.large:
            own = self._mates(place, self._close(place, strangers, across))
        found: defaultdict[float, list[int]] = defaultdict(list)
        found[min(across, keys.same_decision)].extend(candidates.decided)
        found[across].extend(candidates.mates)
        found[keys.other_unit].extend(strangers.difference(own))
        for other in (*candidates.related, *own):
            found[self._floor(other, place, authors, files)].append(other)
        return found

    def _mates(self, place: int, others: list[int]) -> list[int]:
        """Those of the same unit or decision."""
        units, decisions = self._all.units, self._all.decisions
        unit, decision = units[place] or -1, decisions[place] or -1
        return [one for one in others if units[one] == unit or decisions[one] == decision]

    def _floor(
        self, other: int, place: int, authors: frozenset[int], files: frozenset[int]
    ) -> float:
        """How alike a title must be for one of the keys, where an author may be the same."""
        known, keys = self._all, self._keys
        if not files.isdisjoint(known.files(other)):
            return 0.0
        asked = [keys.other_unit]
        if known.units[place] and known.units[place] == known.units[other]:
            asked.append(keys.same_unit)
        if known.decisions[place] and known.decisions[place] == known.decisions[other]:
            asked.append(keys.same_decision)
        if not authors.isdisjoint(known.authors(other)):
            asked.append(keys.same_author)
        return min(asked)

    def _close(self, place: int, others: Iterable[int], floor: float) -> list[int]:
        """The others with enough syllables in common to be so alike, or about enough."""
        bits, mine = self._all.bits, self._all.bits[place]
        size, needed = mine.bit_count(), (floor - 0.45) / 0.55 - 0.15
        return [
            other
            for other in others
            if 2 * ((its := bits[other]) & mine).bit_count() + 1
            >= needed * (size + its.bit_count())
        ]

    def _scores(self, place: int, others: list[int], floor: float) -> Iterator[tuple[int, float]]:
        """Those that are at least so alike."""
        words, bare = self._all.words, self._all.bare
        alike = [other for other in others if bare[other] == bare[place]]
        texts = [words[other] for other in alike]
        for at, score in compare(words[place], texts, floor) if texts else ():
            yield alike[at], score
        if len(alike) < len(others):
            for other in others:
                if bare[other] != bare[place]:
                    score = likeness(words[place], words[other])
                    if score >= floor:
                        yield other, score

    def _judge(
        self,
        place: int,
        scored: Iterable[tuple[int, float]],
        authors: frozenset[int],
        files: frozenset[int],
        same: dict[int, float],
        mine: Mine,
    ) -> None:
        """Put those that look alike among one's own."""
        known = self._all
        for other, score in scored:
            text = same.get(other, 0.0)
            why = self._why(place, other, score, authors, files, text)
            if why:
                apart = not known.units[place] or known.units[place] != known.units[other]
                mine[known.ids[other]] = why, score, apart, text

    def _why(
        self,
        place: int,
        other: int,
        score: float,
        authors: frozenset[int],
        files: frozenset[int],
        text: float,
    ) -> str:
        known, days = self._all, self._keys.author_days
        shared = Shared(
            words=known.words[place] == known.words[other],
            unit=bool(known.units[place]) and known.units[place] == known.units[other],
            decision=bool(known.decisions[place])
            and known.decisions[place] == known.decisions[other],
            author=not authors.isdisjoint(known.authors(other)),
            days=NEVER not in (known.used[place], known.used[other])
            and abs(known.used[place] - known.used[other]) <= days,
            file=not files.isdisjoint(known.files(other)),
            text=text > 0,
        )
        return why_alike(self._keys, score, shared)


def _best(mine: Mine, most: int) -> Mine:
    if len(mine) <= most:
        return mine
    ordered = sorted(mine, key=lambda key: (mine[key][2], -max(mine[key][1], mine[key][3]), -key))
    return {key: mine[key] for key in ordered[:most]}
