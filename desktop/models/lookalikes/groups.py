"""Who is of the same group, as of one unit, one decision or one author: all told beforehand.

Twelve bytes for each time that one is of a group.
"""

from array import array

SMALL = 100
"""Groups up to this size are compared whole."""


class Groups:
    """Places by marks; a mark that several places bear makes them a group.

    ``ends`` says where the marks of each place end in ``marks``; without it each place has the one
    mark that stands there, 0 for none. ``large``: the marks that more than ``SMALL`` bear.
    """

    def __init__(self, marks: "array[int]", ends: "array[int] | None" = None) -> None:
        self._marks, self._ends = marks, ends
        ordered = array("i", sorted(range(len(marks)), key=marks.__getitem__))
        self._at, self._first = array("i", [0]) * len(marks), array("i", [0]) * len(marks)
        self.large: set[int] = set()
        first, mark = 0, 0
        for at, entry in enumerate(ordered):
            if marks[entry] != mark:
                first, mark = at, marks[entry]
            elif at - first == SMALL:
                self.large.add(mark)
            self._at[entry], self._first[entry] = at, first
        self._members = ordered if ends is None else _owners(ordered, ends)

    def of(self, place: int) -> "array[int]":
        """The marks of one."""
        start, end = self._span(place)
        return self._marks[start:end]

    def large_of(self, place: int) -> list[int]:
        """The marks of one that make large groups."""
        return [mark for mark in self.of(place) if mark in self.large] if self.large else []

    def before(self, place: int) -> "list[tuple[int, array[int]]]":
        """The marks that places before one bear as well, each with these.

        No more than one beyond ``SMALL``: it was a large group before.
        """
        start, end = self._span(place)
        found = []
        for entry in range(start, end):
            at, first = self._at[entry], self._first[entry]
            if at > first and self._marks[entry]:
                earlier = self._members[max(first, at - SMALL - 1) : at]
                found.append((self._marks[entry], earlier))
        return found

    def _span(self, place: int) -> tuple[int, int]:
        ends = self._ends
        if ends is None:
            return place, place + 1
        return ends[place - 1] if place else 0, ends[place]


def _owners(entries: "array[int]", ends: "array[int]") -> "array[int]":
    """The places that entries are of."""
    owners, start = array("i"), 0
    for place, end in enumerate(ends):
        owners.extend([place] * (end - start))
        start = end
    return array("i", map(owners.__getitem__, entries))
