"""Which places bear a mark, for millions of marks: chains in arrays, eight bytes an entry."""

from array import array

_FULL = 255


class Chains:
    """For each mark the places that bear it, the newest first.

    Two marks may share a chain, rarely: what is found is a candidate, which is looked at.
    """

    def __init__(self, places: int) -> None:
        size = 1 << min(26, max(12, (places * 48).bit_length()))
        self._mask = size - 1
        self._newest = array("i", [-1]) * size
        self._counts = bytearray(size)
        self._before, self._places = array("i"), array("i")

    def add(self, mark: int, place: int) -> None:
        """Say that a place bears a mark."""
        self.add_all([mark], place)

    def add_all(self, marks: list[int], place: int) -> None:
        """Say that a place bears each of some marks."""
        mask, newest, counts, entry = self._mask, self._newest, self._counts, len(self._places)
        buckets = [mark & mask for mark in marks]
        self._places.extend([place] * len(buckets))
        for bucket in buckets:
            self._before.append(newest[bucket])
            newest[bucket] = entry
            entry += 1
            if counts[bucket] < _FULL:
                counts[bucket] += 1

    def count(self, mark: int) -> int:
        """How many places bear a mark; 255 for more of them."""
        return self._counts[mark & self._mask]

    def newest(self, mark: int, most: int) -> list[int]:
        """The places that bear a mark, the newest first and no more than ``most``."""
        entry = self._newest[mark & self._mask]
        before, places, found = self._before, self._places, list[int]()
        while entry >= 0 and len(found) < most:
            found.append(places[entry])
            entry = before[entry]
        return found

    def sharing(self, marks: list[int], most: int) -> list[int]:
        """The places that bear one of the marks, of those that no more than ``most`` bear."""
        counts, newest, before, places = self._counts, self._newest, self._before, self._places
        mask, found = self._mask, list[int]()
        for mark in marks:
            bucket = mark & mask
            if counts[bucket] <= most:
                entry = newest[bucket]
                while entry >= 0:
                    found.append(places[entry])
                    entry = before[entry]
        return found
