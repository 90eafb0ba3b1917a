"""Which places bear a mark, for millions of marks: chains in arrays, eight bytes an entry."""

from array import array

_FULL = 255
_COUNT = 8
"""The last bits of an entry tell how many are in its chain, itself among them."""


class Chains:
    """For each mark the places that bear it, the newest first.

    Two marks may share a chain, rarely: what is found is a candidate, which is looked at.
    """

    def __init__(self, places: int) -> None:
        size = 1 << min(26, max(12, (places * 32).bit_length()))
        self._mask = size - 1
        self._newest = array("I", bytes(4)) * size
        self._entries = array("I", (0, 0))
        """For each entry where the one before it in its chain stands, and its place and count."""

    def add_all(self, marks: list[int], place: int) -> None:
        """Say that a place bears each of some marks."""
        mask, newest, entries = self._mask, self._newest, self._entries
        entry, made = len(entries), list[int]()
        for bucket in {mark & mask for mark in marks}:
            before = newest[bucket]
            count = entries[before + 1] & _FULL
            made += before, place << _COUNT | (count + 1 if count < _FULL else count)
            newest[bucket] = entry
            entry += 2
        entries.fromlist(made)

    def count(self, mark: int) -> int:
        """How many places bear a mark; 255 for more of them."""
        return self._entries[self._newest[mark & self._mask] + 1] & _FULL

    def newest(self, mark: int, most: int) -> list[int]:
        """The places that bear a mark, the newest first and no more than ``most``."""
        entry = self._newest[mark & self._mask]
        entries, found = self._entries, list[int]()
        while entry and len(found) < most:
            found.append(entries[entry + 1] >> _COUNT)
            entry = entries[entry]
        return found

    def meet(self, marks: list[int], place: int, most: int) -> set[int]:
        """Say that a place bears some marks; those before it with one of them in common.

        What more than ``most`` bear is passed over.
        """
        mask, newest, entries = self._mask, self._newest, self._entries
        entry, made, found = len(entries), list[int](), list[int]()
        for bucket in {mark & mask for mark in marks}:
            before = newest[bucket]
            newest[bucket] = entry
            entry += 2
            if not before:
                made += 0, place << _COUNT | 1
                continue
            last = entries[before + 1]
            count = last & _FULL
            made += before, place << _COUNT | (count + 1 if count < _FULL else count)
            if count <= most:
                found.append(last)
                while before := entries[before]:
                    found.append(entries[before + 1])
        entries.fromlist(made)
        return {last >> _COUNT for last in found}
