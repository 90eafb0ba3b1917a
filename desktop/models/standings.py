"""How units stand over a period: counts, targets, people, and what else awards ask about them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from desktop.models import figures
from desktop.models.engines.sqlite import Connection
from desktop.models.figures import NO_UNIT
from desktop.models.tree import UnitTree, unit_tree
from desktop.programme.progress import Due, target_of
from desktop.programme.shape import Campaign, Programme
from desktop.programme.standing import Counts, Period, UnitStanding
from desktop.programme.targets import ORIGINS, Origin, TargetLine, stages_off_total

GRASSROOTS = frozenset({"cdcs", "nghiep_doan"})
"""The kinds of unit that are to have a support team and an agreement (46/HD-TLĐ III.1)."""


def own_campaigns(connection: Connection, programme: str) -> tuple[Campaign, ...]:
    """The peak weeks and months that the office has added to a programme, by their first day."""
    rows = connection.execute(
        "SELECT id, name, first, last, baseline, target FROM campaign WHERE programme = ? "
        "ORDER BY first, id",
        (programme,),
    ).fetchall()
    return tuple(
        Campaign(
            name,
            date.fromisoformat(first),
            date.fromisoformat(last),
            baseline=baseline,
            target=target,
            key=campaign_key(key),
        )
        for key, name, first, last, baseline, target in rows
    )


def campaign_key(campaign_id: int) -> str:
    """The key of an office's own campaign; those of a definition are plain numbers."""
    return f"own{campaign_id}"


def target_lines(connection: Connection, programme: str) -> dict[int, list[TargetLine]]:
    """The targets of each unit, in the order of the plan."""
    found: dict[int, list[TargetLine]] = {}
    for unit, *line in connection.execute(
        "SELECT unit_id, period, value, label, origin, dimension, choice FROM target "
        "WHERE programme = ? ORDER BY id",
        (programme,),
    ).fetchall():
        found.setdefault(unit, []).append(TargetLine(*line))
    return found


@dataclass(frozen=True, slots=True)
class OffTotal:
    """A unit whose targets for the stages do not add up to its target in all."""

    unit_id: int
    unit: str
    origin: Origin
    total: int
    stages: int


def targets_off_total(connection: Connection, programme: str) -> list[OffTotal]:
    """The units whose plan does not add up, shown as it was set (MT-03)."""
    names: dict[int, str] = dict(connection.execute("SELECT id, name FROM unit").fetchall())
    found = []
    for unit, lines in target_lines(connection, programme).items():
        for origin in ORIGINS:
            mine = [line for line in lines if line.origin == origin and not line.dimension]
            off = stages_off_total(mine)
            if off:
                found.append(OffTotal(unit, names[unit], origin, *off))
    return found


def reporting_day(period: Period, on: date) -> date:
    """The day whose tree of units a report shows: that of the report, or the period's end."""
    return min(period.last, on)


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted over a period as of a day.

    ``tree`` is that of the day of the report or, after the period, of its last day: what has ended
    since is still in the reports of its time. ``own`` is what each unit has of its own. The people
    are the different ones of each subtree, under unit 0 of the whole store; ``credited`` or
    ``authors`` is empty where nobody asked for it.
    """

    period: Period
    on: date
    tree: UnitTree
    own: dict[int, Counts]
    credited: dict[int, int]
    authors: dict[int, int]


PEOPLE = ("credited", "all_authors")
"""Whose part can be counted, as a programme says it (CT-02)."""


def tally(
    connection: Connection, period: Period, on: date, people: Collection[str] = PEOPLE
) -> Tally:
    """Count over a period as of the end of the day ``on``.

    ``people`` says whose part is asked for: counting all authors takes the longest.
    """
    tree = unit_tree(connection, reporting_day(period, on))
    credited, authors = (
        figures.count_people(connection, tree, period, on, credited=one == "credited")
        if one in people
        else {}
        for one in PEOPLE
    )
    own = figures.count_units(connection, period, on)
    return Tally(period, on, tree, own, credited, authors)


def unit_standings(
    connection: Connection, programme: Programme, period: Period, on: date, *, people: bool = True
) -> list[UnitStanding]:
    """How every unit stands over a period as of the end of the day ``on``, in the tree's order.

    Each has its subtree counted in. ``people`` False leaves the people uncounted, where nobody asks
    for them: they take the longest.
    """
    tallied = tally(connection, period, on, PEOPLE if people else ())
    return standings_of(connection, programme, tallied)


def standings_of(
    connection: Connection, programme: Programme, tallied: Tally
) -> list[UnitStanding]:
    """How every unit stands by what was counted, in the tree's order, its subtree counted in."""
    tree, period = tallied.tree, tallied.period
    day = reporting_day(period, tallied.on)
    counts = tree.summed(tallied.own, Counts.plus)
    credited, authors = tallied.credited, tallied.authors
    heads = figures.headcounts(connection, tree, day)
    given, pledged = (_due(connection, programme, period, origin) for origin in ORIGINS)
    known = _Known(connection, programme.code, period, day)
    return [
        UnitStanding(
            unit_id=unit,
            unit=tree.names[unit],
            period=period,
            counts=counts.get(unit, Counts()),
            kind=tree.kinds[unit],
            group=known.groups.get(unit, ""),
            superior=tree.names.get(tree.above.get(unit, NO_UNIT), ""),
            given=given[unit].floor if unit in given else None,
            pledged=pledged[unit].floor if unit in pledged else None,
            credited=credited.get(unit, 0),
            authors=authors.get(unit, 0),
            headcount=heads.get(unit),
            honoured=unit in known.honoured,
            support_team=known.needed(tree, unit, known.teams),
            agreement=known.needed(tree, unit, known.agreements),
            ancestors=tree.ancestors(unit),
            exact=_exact(given.get(unit) or pledged.get(unit)),
        )
        for unit in tree.order
    ]


def _due(
    connection: Connection, programme: Programme, period: Period, origin: Origin
) -> dict[int, Due]:
    """Each unit's target for a period."""
    found = {}
    for unit, lines in target_lines(connection, programme.code).items():
        due = target_of(period, lines, programme, origin=origin)
        if due is not None:
            found[unit] = due
    return found


def _exact(due: Due | None) -> Fraction | None:
    """A target that is no whole number, as it is before it is cut."""
    return None if due is None or due.value.denominator == 1 else due.value


class _Known:
    """What else is known of units on a day: groups, honours, teams, agreements."""

    def __init__(self, connection: Connection, code: str, period: Period, day: date) -> None:
        self.groups: dict[int, str] = dict(
            connection.execute(
                "SELECT m.unit_id, g.name FROM emulation_member m "
                "JOIN emulation_group g ON g.id = m.group_id WHERE g.year = ? ORDER BY m.id",
                (day.year,),
            ).fetchall()
        )
        own = period.key.removeprefix("campaign:own") if period.kind == "campaign" else ""
        self.honoured = _ids(
            connection.execute(
                "SELECT unit_id FROM honour WHERE unit_id IS NOT NULL AND programme = ?1 "
                "AND (period = ?2 OR campaign_id = ?3)",
                (code, period.key, int(own) if own.isdigit() else None),
            ).fetchall()
        )
        until = day.isoformat()
        self.teams = _ids(
            connection.execute(
                "SELECT unit_id FROM support_team WHERE decided IS NULL OR decided <= ?", (until,)
            ).fetchall()
        )
        self.agreements = _ids(
            connection.execute(
                "SELECT unit_id FROM agreement WHERE signed_on IS NULL OR signed_on <= ?", (until,)
            ).fetchall()
        )

    @staticmethod
    def needed(tree: UnitTree, unit: int, having: frozenset[int]) -> bool | None:
        """Whether a unit has what grassroots unions need; None where it need not."""
        return True if unit in having else False if tree.kinds[unit] in GRASSROOTS else None


def _ids(rows: Iterable[tuple[int]]) -> frozenset[int]:
    return frozenset(row[0] for row in rows)
