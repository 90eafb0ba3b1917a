"""What the overview shows, read on the worker: every unit over a period, as of a day."""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import ceil

from desktop.models import figures, register
from desktop.models.engines.sqlite import Connection
from desktop.models.figures import NO_UNIT
from desktop.models.register import Listing
from desktop.models.standings import (
    PEOPLE,
    OffTotal,
    Tally,
    own_campaigns,
    reporting_day,
    standings_of,
    tally,
    target_lines,
    targets_off_total,
)
from desktop.models.tree import unit_tree
from desktop.programme import periods
from desktop.programme.progress import Pace, early, pace, reached, reached_on, target_of
from desktop.programme.shape import Programme
from desktop.programme.standing import Counts, Period, UnitStanding
from desktop.programme.targets import ORIGINS, Origin, TargetLine

KINDS = ("programme", "stage", "year", "quarter", "month", "week", "campaign")
"""The kinds of period that are offered."""
REPORT = "targets"
"""Under this name a programme may give this report a rounding of its own."""


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit in the tree: ``depth`` 0 stands under nobody; ``below`` says whether it opens."""

    standing: UnitStanding
    depth: int = 0
    below: bool = False

    @property
    def key(self) -> int:
        """The id of the unit, 0 for the total."""
        return self.standing.unit_id


@dataclass(frozen=True, slots=True)
class Board:
    """The overview of a period as of a day.

    ``lines`` are all units in the order of the tree, ``total`` is everything in the store, whatever
    unit it belongs to, or none. ``opened`` are the units above those that have a target.
    """

    programme: Programme
    period: Period
    on: date
    lines: tuple[UnitLine, ...]
    total: UnitLine
    opened: frozenset[int]
    campaigns: tuple[Period, ...]
    off_total: tuple[OffTotal, ...]
    counts: dict[str, int]
    review: int
    planned: bool

    @property
    def counted(self) -> str:
        """What is counted against the targets (MT-16)."""
        return self.programme.switches.counted

    @property
    def pledges(self) -> bool:
        """Whether anybody has a target of its own beside the one given."""
        return self.total.standing.pledged is not None

    @property
    def share_gone(self) -> float:
        """How much of the period has gone by at the end of the day, 0 to 1."""
        gone = (self.on - self.period.first).days + 1
        return min(max(gone / ((self.period.last - self.period.first).days + 1), 0.0), 1.0)

    def pace_of(self, standing: UnitStanding) -> Pace:
        """How fast a unit's count grows, and how fast it would have to."""
        start = self.start_of(standing)
        count = start + standing.measured.of(self.counted)
        return pace(count, target_of_line(standing), self.period, self.on, start=start)

    def start_of(self, standing: UnitStanding) -> int:
        """What the total of a campaign with a target of its own began with, otherwise 0."""
        own = standing.unit_id == NO_UNIT and self.period.target is not None
        return reached(self.period, 0) if own and self.period.kind == "campaign" else 0


def target_of_line(standing: UnitStanding) -> int | None:
    """The target by which a unit is drawn: the one given, else the one it pledged."""
    return standing.pledged if standing.given is None else standing.given


def read_campaigns(connection: Connection, programme: Programme) -> tuple[Period, ...]:
    """The campaigns of the definition and the office's own, as periods."""
    return periods.campaigns(programme, own_campaigns(connection, programme.code))


def read_board(connection: Connection, programme: Programme, period: Period, on: date) -> Board:
    """Count everything over a period as of the end of a day."""
    rule = programme.participation
    tallied = tally(connection, period, on, (rule.counted if rule is not None else PEOPLE[0],))
    standings = standings_of(connection, programme, tallied)
    targets = target_lines(connection, programme.code)
    above = frozenset(unit for one in standings if one.unit_id in targets for unit in one.ancestors)
    superiors = {one.ancestors[0] for one in standings if one.ancestors}
    lines = tuple(UnitLine(one, len(one.ancestors), one.unit_id in superiors) for one in standings)
    roots = {line.key for line in lines if line.depth == 0}
    return Board(
        programme,
        period,
        on,
        lines,
        UnitLine(_total(programme, tallied, standings, targets)),
        above or (frozenset(roots) if len(roots) == 1 else frozenset()),
        read_campaigns(connection, programme),
        tuple(targets_off_total(connection, programme.code)),
        register.counts(connection, Listing()),
        register.count(connection, Listing(verdict="review")),
        bool(targets),
    )


def _total(
    programme: Programme,
    tallied: Tally,
    standings: list[UnitStanding],
    targets: dict[int, list[TargetLine]],
) -> UnitStanding:
    """Everything in the store; its targets are the sums of the outermost units'."""
    period = tallied.period
    (given, covered), (pledged, promised) = (
        _sum(standings, targets, programme, origin) for origin in ORIGINS
    )
    if period.kind == "campaign" and given is None:
        given = period.target if period.key.startswith("campaign:own") else None
    heads = [one.headcount for one in standings if not one.ancestors]
    known = [value for value in heads if value is not None]
    return UnitStanding(
        NO_UNIT,
        "",
        period,
        figures.all_of(tallied.own.values()),
        given=given,
        pledged=pledged,
        credited=tallied.credited.get(NO_UNIT, 0),
        authors=tallied.authors.get(NO_UNIT, 0),
        headcount=sum(known) if known and len(known) == len(heads) else None,
        covered=covered if covered is not None else promised,
    )


def _sum(
    standings: list[UnitStanding],
    targets: dict[int, list[TargetLine]],
    programme: Programme,
    origin: Origin,
) -> tuple[int | None, Counts | None]:
    """The sum of the outermost units' targets, rounded up, and what these units have.

    One within another counts once.
    """
    due: dict[int, Fraction] = {}
    for one in standings:
        found = target_of(one.period, targets.get(one.unit_id, []), programme, origin=origin)
        if found is not None:
            due[one.unit_id] = found.value
    outermost = [
        one for one in standings if one.unit_id in due and due.keys().isdisjoint(one.ancestors)
    ]
    if not outermost:
        return None, None
    total = sum((due[one.unit_id] for one in outermost), Fraction(0))
    return ceil(total), figures.all_of(one.counts for one in outermost)


@dataclass(frozen=True, slots=True)
class Arrival:
    """When a unit reached its target, and how many days before the end; None: not yet (CT-06)."""

    unit_id: int
    day: date | None = None
    days: int | None = None


def read_arrival(connection: Connection, board: Board, standing: UnitStanding) -> Arrival:
    """When a unit, or with id 0 everybody, reached the target of the period."""
    start, target = board.start_of(standing), target_of_line(standing)
    if not target:
        return Arrival(standing.unit_id)
    below = None
    if standing.unit_id != NO_UNIT:
        tree = unit_tree(connection, reporting_day(board.period, board.on))
        below = tree.subtree(standing.unit_id)
    running = [
        (each.day, start + (each.eligible if board.counted == "eligible" else each.entered))
        for each in figures.running_counts(connection, board.period, board.on, below)
    ]
    return Arrival(
        standing.unit_id, reached_on(running, target), early(running, target, board.period)
    )


def listing_of(board: Board, standing: UnitStanding, figure: str) -> Listing:
    """The list behind a figure of a unit: recorded, entered, eligible, ineligible or review."""
    made = listing_over(board.period, board.on, figure)
    return replace(made, unit=standing.unit_id or None)


def listing_over(period: Period, on: date, figure: str) -> Listing:
    """The list behind a figure over a period as of a day, whatever unit it is of."""
    last = min(period.last, on).isoformat()
    short = period.kind not in {"programme", "stage"}
    made = Listing(
        dated_by="recorded" if figure == "recorded" else "sent",
        until=on.isoformat() if figure == "recorded" and not short else last,
    )
    if figure == "recorded":
        return replace(made, since=period.first.isoformat() if short else None)
    verdict = figure if figure in {"eligible", "ineligible", "review"} else None
    if period.stage is not None:
        return replace(made, verdict=verdict, stage=period.stage, until=on.isoformat())
    return replace(made, verdict=verdict, since=period.first.isoformat())
