"""Samples of a title's syllables, some of which a near-twin has too, whatever was put in or lost.

Each of some orders of all syllables, thought of as a circle, gives three samples of a title: those
of its syllables that come next after each third of the circle. Of two titles with most syllables in
common some samples are the same, where the added ones are rare as well as where they are not.
"""

import random
from bisect import bisect
from itertools import combinations

_ORDERS = 5
_TRIPLES_OF = 4
_LARGE, _HUGE = 30_000, 300_000
_LONG = 4


class Samples:
    """The samples of titles whose syllables are numbered, the rarest first.

    ``frequent`` says of each syllable how often it stands in a title, ``titles`` how many there
    are: the more titles, the larger the samples, so that few titles have one in common.
    """

    def __init__(self, frequent: "list[int]", titles: int) -> None:
        self._alone = next((rank for rank, count in enumerate(frequent) if count > 1), 0)
        self._size = _LONG + (titles > _LARGE) + (titles > _HUGE)
        dice = random.Random(5)  # noqa: S311 - samples, not secrets
        numbers = list(range(len(frequent)))  # the same ones in every order: the caches hold them
        self._orders = [numbers[:] for _order in range(_ORDERS)]
        for order in self._orders:
            dice.shuffle(order)
        self._starts = -1, len(frequent) // 3, len(frequent) * 2 // 3

    def shared(self, syllables: list[int]) -> list[int]:
        """Those of a title's syllables that stand in another title as well."""
        if not syllables or syllables[0] >= self._alone:
            return syllables
        return [one for one in syllables if one >= self._alone]

    def marks(self, shared: list[int]) -> list[int]:
        """A number for each sample: of the rarest, and of all in every order."""
        few = shared[:_TRIPLES_OF]
        if len(few) <= 3:
            return [hash(tuple(few))]
        size = self._size
        if len(shared) <= size:
            return [hash(three) for three in combinations(few, 3)]
        found = [hash(tuple(few[:3]))]
        for number, order in enumerate(self._orders):
            ordered = sorted(map(order.__getitem__, shared))
            ordered += ordered[:size]
            for start in self._starts:
                at = bisect(ordered, start, 0, len(shared))
                found.append(hash((number, *ordered[at : at + size])))
        return found
