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
        self._entries = array("i")
        """For each entry where the one before it in its chain stands, and its place."""

    def add(self, mark: int, place: int) -> None:
        """Say that a place bears a mark."""
        self.add_all([mark], place)

    def add_all(self, marks: list[int], place: int) -> None:
        """Say that a place bears each of some marks."""
        mask, newest, counts = self._mask, self._newest, self._counts
        buckets = {mark & mask for mark in marks}
        entry, made = len(self._entries), list[int]()
        for bucket in buckets:
            made += newest[bucket], place
            newest[bucket] = entry
            entry += 2
            if counts[bucket] < _FULL:
                counts[bucket] += 1
        self._entries.fromlist(made)

    def count(self, mark: int) -> int:
        """How many places bear a mark; 255 for more of them."""
        return self._counts[mark & self._mask]

    def newest(self, mark: int, most: int) -> list[int]:
        """The places that bear a mark, the newest first and no more than ``most``."""
        entry = self._newest[mark & self._mask]
        entries, found = self._entries, list[int]()
        for _place in range(most):
            if entry < 0:
                break
            found.append(entries[entry + 1])
            entry = entries[entry]
        return found

    def sharing(self, marks: list[int], most: int) -> list[int]:
        """The places that bear one of the marks, of those that no more than ``most`` bear."""
        counts, newest, entries = self._counts, self._newest, self._entries
        mask, found = self._mask, list[int]()
        for mark in marks:
            bucket = mark & mask
            if 0 < counts[bucket] <= most:
                entry = newest[bucket]
                while entry >= 0:
                    found.append(entries[entry + 1])
                    entry = entries[entry]
        return found
