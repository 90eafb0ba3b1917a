"""The tree of units as it stood on a day: its branches are dated, and units end."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from desktop.models.engines.sqlite import Connection
from desktop.vietnamese.collation import sort_key

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class UnitTree:
    """Who stood under whom on a day.

    ``names``, ``kinds`` and ``headcounts`` are by id; ``above`` gives the unit above, ``below``
    those below in the order in which they are listed, under None those that stand under nobody.
    ``order`` names every unit, each after the one above it.
    """

    names: Mapping[int, str]
    kinds: Mapping[int, str]
    above: Mapping[int, int]
    below: Mapping[int | None, tuple[int, ...]] = field(default_factory=dict)
    order: tuple[int, ...] = ()

    def ancestors(self, unit: int) -> tuple[int, ...]:
        """The units above a unit, the nearest first."""
        found: list[int] = []
        at = self.above.get(unit)
        while at is not None:
            found.append(at)
            at = self.above.get(at)
        return tuple(found)

    def subtree(self, unit: int) -> list[int]:
        """A unit and all below it."""
        found = [unit]
        for at in found:
            found.extend(self.below.get(at, ()))
        return found

    def outermost(self, units: Iterable[int]) -> list[int]:
        """Those of the units that stand under none of the others: their sums count none twice."""
        given = list(units)
        known = set(given)
        return [unit for unit in given if known.isdisjoint(self.ancestors(unit))]

    def summed(
        self, own: Mapping[int, Value], plus: Callable[[Value, Value], Value]
    ) -> dict[int, Value]:
        """For each unit that has something, the sum of what its subtree has of its own."""
        found = dict(own)
        for unit in reversed(self.order):
            superior = self.above.get(unit)
            if superior is not None and unit in found:
                mine = found[unit]
                found[superior] = plus(found[superior], mine) if superior in found else mine
        return found


def unit_tree(connection: Connection, on: date) -> UnitTree:
    """The tree on a day.

    A branch counts from its first to its last day, an open end for ever; where two of a unit's
    branches count on the same day, the one that began later. A unit that has ended stays in the
    reports of the time in which it stood, with what it had.
    """
    units = connection.execute("SELECT id, name, kind, position FROM unit").fetchall()
    names = {key: name for key, name, _kind, _position in units}
    places = {key: (position, sort_key(name), key) for key, name, _kind, position in units}
    above = _above(connection, on)
    grouped: dict[int | None, list[int]] = {}
    for key in sorted(names, key=places.__getitem__):
        grouped.setdefault(above.get(key), []).append(key)
    below = {key: tuple(found) for key, found in grouped.items()}
    order: list[int] = []
    _walk(below, order)
    kinds = {key: kind for key, _name, kind, _position in units}
    return UnitTree(names, kinds, above, below, tuple(order))


def _above(connection: Connection, on: date) -> dict[int, int]:
    day = on.isoformat()
    above: dict[int, int] = {}
    for unit, parent in connection.execute(
        """SELECT unit_id, parent_id FROM unit_parent
           WHERE (valid_from IS NULL OR valid_from <= ?1) AND (valid_to IS NULL OR valid_to >= ?1)
           ORDER BY valid_from, id""",
        (day,),
    ).fetchall():
        path = {unit}
        at: int | None = parent
        # Dated branches may cross so that a unit would stand under itself: the later one yields.
        while at is not None and at not in path:
            path.add(at)
            at = above.get(at)
        if at is None:
            above[unit] = parent
    return above


def _walk(below: Mapping[int | None, tuple[int, ...]], order: list[int]) -> None:
    waiting = list(reversed(below.get(None, ())))
    while waiting:
        unit = waiting.pop()
        order.append(unit)
        waiting.extend(reversed(below.get(unit, ())))
