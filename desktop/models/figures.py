"""Counts for targets: what each unit has recorded, entered and brought to eligibility.

All units are counted in one pass over a covering index, grouped in its own order; that measured
better than kept counters, and nothing has to be kept in step (benchmarks/figures.py). Who belongs
to whom is the tree of units as it stood on the day.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from json import dumps, loads
from operator import add
from typing import NamedTuple

from desktop.models.engines.sqlite import Connection
from desktop.models.register import subtree, units
from desktop.models.tree import UnitTree
from desktop.programme.standing import Counts, Period

COLUMNS = {"group": "object_group", "category": "category", "field": "field"}
"""The column of the listing that each dimension of a target is counted by."""
NO_UNIT = 0
"""The unit of what belongs to none."""
_INDEX = "listing INDEXED BY ix_listing_figures"
_PEOPLE = "listing INDEXED BY ix_listing_people"


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """How far a unit has come, its subtree counted in.

    ``targets`` maps periods ("total", "stage1", "stage2") to their values. ``recorded`` counts all
    that is kept, ``entered`` what has a portal time, ``by_stage`` what was entered in each stage.
    ``benefit`` sums one-year benefits in dong; ``unconverted`` counts those without money.
    """

    unit_id: int
    unit: str
    targets: dict[str, int] = field(default_factory=dict)
    recorded: int = 0
    entered: int = 0
    eligible: int = 0
    ineligible: int = 0
    review: int = 0
    by_stage: dict[int, int] = field(default_factory=dict)
    benefit: int = 0
    unconverted: int = 0


def progress(connection: Connection, programme: str) -> list[UnitProgress]:
    """The progress today of each unit to which a target is given, in the order of the plan."""
    targets: dict[int, dict[str, int]] = {}
    for unit, period, value in connection.execute(
        "SELECT unit_id, period, value FROM target WHERE programme = ? AND origin = 'given' "
        "AND dimension = '' ORDER BY id",
        (programme,),
    ).fetchall():
        targets.setdefault(unit, {})[period] = value
    counted = _kept(connection)
    names = {line.id: line.name for line in units(connection)}
    return [
        _progress(
            unit,
            names[unit],
            found,
            [counted[key] for key in subtree(connection, unit) if key in counted],
        )
        for unit, found in targets.items()
    ]


def overall(connection: Connection) -> UnitProgress:
    """The progress of the whole store, whether or not its units have targets."""
    return _progress(NO_UNIT, "", {}, list(_kept(connection).values()))


def _kept(connection: Connection) -> dict[int, dict[str, int]]:
    """For each unit the counts of all that is kept, by verdict whether or not it is entered."""
    found: dict[int, dict[str, int]] = {}
    for unit, stage, verdict, count, entered, benefit, unconverted in connection.execute(
        f"""SELECT unit_id, stage, verdict, count(*), count(sent_on), coalesce(sum(benefit), 0),
              sum(benefit IS NULL) FROM {_INDEX} WHERE removed = 0 GROUP BY 1, 2, 3"""
    ).fetchall():
        counts = found.setdefault(unit or NO_UNIT, {})
        for name, value in (
            ("recorded", count),
            ("entered", entered),
            (verdict, count),
            (f"stage{stage}", count if stage is not None else 0),
            ("benefit", benefit),
            ("unconverted", unconverted),
        ):
            counts[name] = counts.get(name, 0) + value
    return found


def _progress(
    unit: int, name: str, targets: dict[str, int], counts: list[dict[str, int]]
) -> UnitProgress:
    def total(key: str) -> int:
        return sum(part.get(key, 0) for part in counts)

    stages = {
        key for part in counts for key in part if key.startswith("stage") and key[5:].isdigit()
    }
    return UnitProgress(
        unit,
        name,
        targets,
        total("recorded"),
        total("entered"),
        total("eligible"),
        total("ineligible"),
        total("review"),
        {int(key[5:]): total(key) for key in sorted(stages)},
        total("benefit"),
        total("unconverted"),
    )


def credited_people(connection: Connection, unit: int) -> int:
    """How many different people are credited with something eligible in a unit's subtree."""
    found = connection.execute(
        f"""SELECT count(DISTINCT credited_id) FROM {_PEOPLE} WHERE removed = 0
            AND verdict = 'eligible' AND unit_id IN (SELECT value FROM json_each(?))""",
        (dumps(subtree(connection, unit)),),
    ).fetchone()
    return int(found[0])


# --- Over a period, as of a day -----------------------------------------------------------


class Window(NamedTuple):
    """The conditions of a period as of a day, as SQL on the listing; ``values`` are ?1, ?2."""

    recorded: str
    entered: str
    values: tuple[str | int, ...]


def period_window(period: Period, on: date) -> Window:
    """What counts as recorded, and what as entered.

    Entered is what was entered in a stage of the programme: in this stage, or on a day of this
    period. What came while the portal was closed counts in none. For a stage and the programme
    everything kept by that day is recorded; for shorter periods what was recorded in them.
    """
    day = on.isoformat()
    if period.kind == "stage":
        entered = "stage = ?2 AND sent_on <= ?1"
        return Window("recorded_on <= ?1", entered, (day, period.stage or 0))
    if period.kind == "programme":
        return Window("recorded_on <= ?1", "stage IS NOT NULL AND sent_on <= ?1", (day,))
    values = (min(period.last, on).isoformat(), period.first.isoformat())
    between = "BETWEEN ?2 AND ?1"
    return Window(f"recorded_on {between}", f"stage IS NOT NULL AND sent_on {between}", values)


_ELIGIBLE = "{entered} AND verdict = 'eligible'"
_COUNTED = f"""count(*) FILTER (WHERE {{recorded}}), count(*) FILTER (WHERE {{entered}}),
    count(*) FILTER (WHERE {_ELIGIBLE}),
    count(*) FILTER (WHERE {{entered}} AND verdict = 'ineligible'),
    count(*) FILTER (WHERE {{entered}} AND verdict = 'review'),
    coalesce(sum(benefit) FILTER (WHERE {{entered}}), 0),
    count(*) FILTER (WHERE {{entered}} AND benefit IS NULL),
    coalesce(sum(benefit) FILTER (WHERE {_ELIGIBLE}), 0),
    count(*) FILTER (WHERE {_ELIGIBLE} AND benefit IS NULL)"""
"""The numbers of Counts, in their order."""


def count_units(connection: Connection, period: Period, on: date) -> dict[int, Counts]:
    """What each unit has of its own over a period, as of the end of the day ``on``."""
    window = period_window(period, on)
    counted = _COUNTED.format(recorded=window.recorded, entered=window.entered)
    rows = connection.execute(
        f"SELECT unit_id, {counted} FROM {_INDEX} WHERE removed = 0 GROUP BY unit_id",
        window.values,
    ).fetchall()
    return {unit or NO_UNIT: Counts(*found) for unit, *found in rows if found[0] or found[1]}


def count_choices(
    connection: Connection, period: Period, on: date, dimension: str
) -> dict[str, Counts]:
    """What the whole store has of each object group, category or field over a period.

    ``dimension`` is group, category or field; the keys are as they stand in the records, blank
    where nothing was chosen.
    """
    window = period_window(period, on)
    counted = _COUNTED.format(recorded=window.recorded, entered=window.entered)
    rows = connection.execute(
        f"SELECT {COLUMNS[dimension]}, {counted} FROM listing WHERE removed = 0 GROUP BY 1",
        window.values,
    ).fetchall()
    return {choice: Counts(*numbers) for choice, *numbers in rows}


def all_of(counts: Iterable[Counts]) -> Counts:
    """The sum of them all."""
    return Counts(*(sum(column) for column in zip(Counts(), *counts, strict=True)))


class DayCount(NamedTuple):
    """Running counts at the end of a day: entered since the period began, and eligible of them."""

    day: date
    entered: int
    eligible: int


def running_counts(
    connection: Connection, period: Period, on: date, below: Iterable[int] | None = None
) -> list[DayCount]:
    """The running counts over a period at the end of each day on which something was entered.

    ``below`` are the units that count (a subtree), None for the whole store.
    """
    window = period_window(period, on)
    where, values = "", window.values
    if below is not None:
        where = f"AND unit_id IN (SELECT value FROM json_each(?{len(values) + 1}))"
        values = (*values, dumps(list(below)))
    rows = connection.execute(
        f"""SELECT sent_on, count(*), count(*) FILTER (WHERE verdict = 'eligible') FROM {_INDEX}
            WHERE removed = 0 AND {window.entered} {where} GROUP BY 1 ORDER BY 1""",
        values,
    ).fetchall()
    found: list[DayCount] = []
    entered = eligible = 0
    for day, more, good in rows:
        entered, eligible = entered + more, eligible + good
        found.append(DayCount(date.fromisoformat(day), entered, eligible))
    return found


def count_people(
    connection: Connection, tree: UnitTree, period: Period, on: date, *, credited: bool = True
) -> dict[int, int]:
    """How many different people each unit's subtree has with something eligible over a period.

    Those credited, or all authors; somebody with initiatives in two units counts once above both.
    Under unit 0 stands the number of the whole store.
    """
    window = period_window(period, on)
    whose, source = "credited_id", _PEOPLE
    if not credited:
        whose = "a.person_id"
        source = f"{_PEOPLE} JOIN authorship a ON a.initiative_id = listing.initiative_id"
    rows = connection.execute(
        f"""SELECT unit_id, json_group_array({whose}) FROM {source}
            WHERE removed = 0 AND verdict = 'eligible' AND {window.entered}
              AND {whose} IS NOT NULL GROUP BY unit_id""",
        window.values,
    ).fetchall()
    return _different({unit or NO_UNIT: frozenset(loads(people)) for unit, people in rows}, tree)


def _different(own: Mapping[int, frozenset[int]], tree: UnitTree) -> dict[int, int]:
    """How many different people each subtree has, and with id 0 everybody.

    The units' own numbers are added up, and whoever stands in several units is counted down again
    above them: they are few, the others very many.
    """
    every: set[int] = set()
    again: set[int] = set()
    for people in own.values():
        again |= every & people
        every |= people
    counts = tree.summed({unit: len(people) for unit, people in own.items()}, add)
    met: Counter[tuple[int, int]] = Counter()
    for unit, people in own.items():
        for person in people & again:
            met.update((above, person) for above in (unit, *tree.ancestors(unit)))
    for (unit, _person), times in met.items():
        counts[unit] -= times - 1
    return {**counts, NO_UNIT: len(every)}


def headcounts(connection: Connection, tree: UnitTree, on: date) -> dict[int, int]:
    """How many workers each unit had on a day; units of which it is not known are left out.

    The newest count up to that day, else what stands with the unit. A unit without either has the
    sum of those below it, where each of them is known: a part of them would flatter every share.
    """
    found: dict[int, int] = dict(
        connection.execute("SELECT id, headcount FROM unit WHERE headcount > 0").fetchall()
    )
    found.update(
        connection.execute(
            "SELECT unit_id, value FROM headcount WHERE counted_on <= ? ORDER BY counted_on, id",
            (on.isoformat(),),
        ).fetchall()
    )
    found = {unit: value for unit, value in found.items() if value > 0}
    for unit in reversed(tree.order):
        parts = [found.get(part) for part in tree.below.get(unit, ())]
        known = [part for part in parts if part is not None]
        if unit not in found and parts and len(known) == len(parts):
            found[unit] = sum(known)
    return found
