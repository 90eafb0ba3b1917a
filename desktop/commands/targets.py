"""Targets: how far each unit has come, by stage or in one period."""

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from desktop.app import App
from desktop.commands.output import print_json
from desktop.models import figures
from desktop.models.engines.sqlite import Connection
from desktop.models.standings import (
    OffTotal,
    own_campaigns,
    target_lines,
    targets_off_total,
    unit_standings,
)
from desktop.programme import periods
from desktop.programme.calendar import today_in_vietnam
from desktop.programme.progress import (
    Pace,
    early,
    figure_words,
    pace,
    percent_words,
    reached,
    reached_on,
    target_of,
)
from desktop.programme.shape import Programme
from desktop.programme.standing import Counts, Period, UnitStanding
from desktop.programme.targets import ORIGINS, Origin, TargetLine, share_of_target
from desktop.programme.wording import amount
from desktop.text import N_, _, counted
from desktop.vietnamese.dates import parse_date
from desktop.vietnamese.unreadable import Unreadable

REPORT = "targets"
"""Under this name a programme may give the report a rounding of its own."""
_COUNTED = {
    "entered": N_("entered on the portal"),
    "eligible": N_("entered and eligible"),
    "recorded": N_("recorded"),
}


def configure(parser: argparse.ArgumentParser, verb: str) -> None:
    """The arguments of targets."""
    del verb
    parser.add_argument("--store", metavar="FOLDER", required=True)
    parser.add_argument(
        "--as-of", metavar="YYYY-MM-DD", type=_day, help=_("as it was at the end of that day")
    )
    parser.add_argument(
        "--period",
        metavar="PERIOD",
        help=_("one period instead of the stages: total, stage1, 2022, 2022-Q1, 2022-04, 2022-W16"),
    )
    parser.add_argument("--all", action="store_true", help=_("every unit, with a target or not"))
    parser.add_argument("--json", action="store_true")


def _day(text: str) -> date:
    try:
        found = parse_date(text)
    except Unreadable:
        found = None
    if found is None or found.day is None:
        raise argparse.ArgumentTypeError(
            _("“{text}” is no day. Write it as in 2022-05-31.").format(text=text)
        )
    return found.first


@dataclass(frozen=True, slots=True)
class _Line:
    """What a unit has in a period; ``unit`` is None for the total.

    ``for_given`` and ``for_pledged`` are the counts of the units that have such a target: the unit
    itself, and of the total those whose targets add up to its own.
    """

    unit_id: int
    unit: str | None
    period: Period
    counts: Counts
    given: Fraction | None
    pledged: Fraction | None
    for_given: Counts
    for_pledged: Counts

    def percent(self, target: Fraction | None, counted_by: str = "entered") -> Decimal | None:
        return share_of_target(self.counts.of(counted_by), target)

    def share_given(self, counted_by: str) -> Decimal | None:
        return share_of_target(self.for_given.of(counted_by), self.given)

    def share_pledged(self, counted_by: str) -> Decimal | None:
        return share_of_target(self.for_pledged.of(counted_by), self.pledged)


@dataclass(frozen=True, slots=True)
class _Report:
    """Everything that is shown: lines by unit, totals by stage, the total, what does not add up."""

    programme: Programme
    on: date
    lines: tuple[_Line, ...]
    by_stage: tuple[_Line, ...]
    total: _Line
    running: tuple[tuple[date, int], ...]
    off_total: tuple[OffTotal, ...]
    own: frozenset[str]


def run(arguments: argparse.Namespace, app: App) -> int:
    """Show the targets."""
    with app.open_store(write=False) as store, store.reading() as connection:
        on = arguments.as_of or today_in_vietnam(app.clock())
        report = _report(connection, store.programme, on, arguments)
    if arguments.json:
        print_json(_document(report, arguments.period))
    else:
        _print(report)
    return 0


def _report(
    connection: Connection, programme: Programme, on: date, arguments: argparse.Namespace
) -> _Report:
    spans: Sequence[Period] = periods.stages(programme)
    overall = periods.whole(programme)
    own = own_campaigns(connection, programme.code)
    if arguments.period:
        overall = periods.period_of(arguments.period, programme, own)
        spans = (overall,)
    targets = target_lines(connection, programme.code)
    by_period = {
        span.key: (span, unit_standings(connection, programme, span, on, people=False))
        for span in (*spans, overall)
    }
    lines = tuple(
        _line(standing, targets, programme)
        for span in spans
        for standing in _chosen(by_period[span.key][1], set(targets), every=arguments.all)
    )
    totals = {
        key: _total(connection, (span, on), standings, (targets, programme))
        for key, (span, standings) in by_period.items()
    }
    total = totals.pop(overall.key)
    running = tuple(
        (each.day, each.eligible if programme.switches.counted == "eligible" else each.entered)
        for each in figures.running_counts(connection, overall, on)
    )
    off_total = tuple(targets_off_total(connection, programme.code))
    by_stage = tuple(totals.values())
    keys = frozenset(f"campaign:{campaign.key}" for campaign in own)
    return _Report(programme, on, _by_unit(lines), by_stage, total, running, off_total, keys)


def _chosen(
    standings: Iterable[UnitStanding], targeted: set[int], *, every: bool
) -> list[UnitStanding]:
    """The units with a target, and those at the top with records that no target covers."""
    given = list(standings)
    covering = {above for one in given if one.unit_id in targeted for above in one.ancestors}
    return [
        one
        for one in given
        if every
        or one.unit_id in targeted
        or (not one.ancestors and one.counts.recorded and one.unit_id not in covering)
    ]


def _line(
    standing: UnitStanding, targets: dict[int, list[TargetLine]], programme: Programme
) -> _Line:
    mine, period = targets.get(standing.unit_id, []), standing.period
    given = target_of(period, mine, programme, origin="given")
    pledged = target_of(period, mine, programme, origin="pledged")
    return _Line(
        *(standing.unit_id, standing.unit, period, standing.counts),
        given.value if given else None,
        pledged.value if pledged else None,
        standing.counts,
        standing.counts,
    )


def _total(
    connection: Connection,
    when: tuple[Period, date],
    standings: Sequence[UnitStanding],
    plan: tuple[dict[int, list[TargetLine]], Programme],
) -> _Line:
    """Everything in the store over a period, whatever unit it belongs to, or none."""
    counts = figures.all_of(figures.count_units(connection, *when).values())
    (given, for_given), (pledged, for_pledged) = (
        _sum(standings, *plan, origin) for origin in ORIGINS
    )
    return _Line(figures.NO_UNIT, None, when[0], counts, given, pledged, for_given, for_pledged)


def _sum(
    standings: Sequence[UnitStanding],
    targets: dict[int, list[TargetLine]],
    programme: Programme,
    origin: Origin,
) -> tuple[Fraction | None, Counts]:
    """The sum of the outermost units' targets, and of what these units have.

    One within another counts nothing twice.
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
        return None, Counts()
    total = sum((due[one.unit_id] for one in outermost), Fraction(0))
    return total, figures.all_of(one.counts for one in outermost)


def _by_unit(lines: Iterable[_Line]) -> tuple[_Line, ...]:
    """Each unit's stages together, the units in the order of their first line."""
    found: dict[int, list[_Line]] = {}
    for line in lines:
        found.setdefault(line.unit_id, []).append(line)
    return tuple(line for mine in found.values() for line in mine)


def _document(report: _Report, period: str | None) -> dict[str, object]:
    """The JSON document; what was pledged and what does not add up only where there is such."""
    every = (*report.lines, report.total)
    document: dict[str, object] = {
        "units": [_cells(line) for line in report.lines],
        "total": _cells(report.total),
    }
    if period:
        document["period"] = report.total.period.key
    pledged = [
        {
            "unit": line.unit,
            "stage": line.period.stage,
            "target": _number(line.pledged),
            "percent": _number(line.percent(line.pledged)),
        }
        for line in every
        if line.pledged is not None
    ]
    if pledged:
        document["pledged"] = pledged
    if report.off_total:
        document["off_total"] = [
            {"unit": one.unit, "origin": one.origin, "total": one.total, "stages": one.stages}
            for one in report.off_total
        ]
    return document


def _cells(line: _Line) -> dict[str, object]:
    return {
        "unit": line.unit,
        "stage": line.period.stage,
        "target": _number(line.given),
        "recorded": line.counts.recorded,
        "entered": line.counts.entered,
        "eligible": line.counts.eligible,
        "percent": _number(line.percent(line.given)),
    }


def _number(value: Fraction | Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if isinstance(value, Fraction) and value.denominator == 1 else float(value)


# For people.


def _print(report: _Report) -> None:
    """The table, and below it what a chairperson asks next."""
    programme = report.programme
    print(programme.label)
    print(
        _("As of {day}; counted against the targets: {what}").format(
            day=f"{report.on:%d/%m/%Y}", what=_(_COUNTED[programme.switches.counted])
        )
    )
    lines = (*report.lines, *report.by_stage, report.total)
    pledged = any(line.pledged is not None for line in lines)
    rows = [_heads(pledged=pledged)]
    rows += [_row(line, report, pledged=pledged) for line in lines]
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        # Words stand at the left, figures at the right.
        cells = [
            cell.ljust(width) if at < 2 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())
    for line in _said(report):
        print(line)


def _heads(*, pledged: bool) -> list[str]:
    promised = [_("Pledged"), _("% of pledged")] if pledged else []
    return [
        *(_("Unit"), _("Period"), _("Target given"), _("Recorded"), _("Entered"), _("Eligible")),
        *(_("% of given"), *promised, _("Days left"), _("Needed a day"), _("Held a day")),
    ]


def _row(line: _Line, report: _Report, *, pledged: bool) -> list[str]:
    rounding, by = report.programme.rounding_of(REPORT), report.programme.switches.counted
    mine = line.for_pledged if line.given is None and line.pledged else line.for_given
    done = (mine if line.given or line.pledged else line.counts).of(by)
    held = pace(done, line.given or line.pledged, line.period, report.on)
    promised = []
    if pledged:
        percent = percent_words(line.share_pledged(by), rounding)
        promised = [figure_words(line.pledged), percent]
    counts = line.counts
    return [
        *(_("Total") if line.unit is None else line.unit, line.period.label),
        *(figure_words(line.given), amount(counts.recorded)),
        *(amount(counts.entered), amount(counts.eligible)),
        *(percent_words(line.share_given(by), rounding), *promised),
        *_paces(held),
    ]


def _paces(held: Pace) -> list[str]:
    return [amount(held.days_left), figure_words(held.needed), figure_words(held.held)]


def _said(report: _Report) -> Iterable[str]:
    """When the target was reached, how a campaign stands, and what does not add up."""
    total = report.total
    by = report.programme.switches.counted
    outside = total.counts.of(by) - total.for_given.of(by)
    if total.given is not None and outside:
        yield _(
            "{count} initiatives belong to units without a target; the percentage of the total "
            "leaves them out."
        ).format(count=amount(outside))
    # The campaigns of the definition count the whole country, the office's own what it has itself.
    if total.period.target and total.period.key in report.own:
        yield _campaign(report)
    target = total.given if total.given is not None else total.pledged
    least = None if target is None else -(-target.numerator // target.denominator)
    day = reached_on(report.running, least)
    days = early(report.running, least, total.period)
    if day is not None and days is not None:
        said = counted(
            "The target was reached on {day}, {count} day before the end.",
            "The target was reached on {day}, {count} days before the end.",
            days,
        )
        yield said.format(day=f"{day:%d/%m/%Y}", count=amount(days))
    for one in report.off_total:
        yield _(
            "{unit}: the stages add up to {stages}, the plan says {total} in all. "
            "Both are kept as they stand."
        ).format(unit=one.unit, stages=amount(one.stages), total=amount(one.total))


def _campaign(report: _Report) -> str:
    """How far a campaign has come from where it started, and what it still needs a day."""
    period, programme = report.total.period, report.programme
    start = period.baseline or 0
    so_far = reached(period, report.total.counts.of(programme.switches.counted))
    held = pace(so_far, period.target, period, report.on, start=start)
    percent = share_of_target(so_far, period.target)
    return _(
        "{name}: {reached} of {target}, {percent}, from {start} at its beginning; {needed} a day "
        "are needed."
    ).format(
        name=period.label,
        reached=amount(so_far),
        target=amount(period.target or 0),
        percent=percent_words(percent, programme.rounding_of(REPORT)),
        start=amount(start),
        needed=figure_words(held.needed),
    )
