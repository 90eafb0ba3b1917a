"""How far a count has come: shares of targets, days left, paces, when a target was reached."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor
from typing import Literal

from desktop.programme.periods import TOTAL, stage_key, stages, whole
from desktop.programme.shape import Programme, Rounding
from desktop.programme.standing import Period, UnitStanding
from desktop.programme.targets import (
    ORIGINS,
    Origin,
    TargetLine,
    days_early,
    rounded,
    share_of_target,
)
from desktop.programme.wording import amount
from desktop.text import _, language

Basis = Literal["set", "named", "pro_rata", "whole"]
"""Where a target comes from: set for the period itself, in a column that names the year, worked out
of the stages by days, or the whole target of the programme."""


@dataclass(frozen=True, slots=True)
class Due:
    """What is due in a period: ``value`` exactly, ``basis`` says where it comes from."""

    value: Fraction
    basis: Basis

    @property
    def floor(self) -> int:
        """The value cut to a whole number: a count is above one just where it is above the other.

        That is what "cao hơn chỉ tiêu" asks (46/HD-TLĐ V.1).
        """
        return floor(self.value)


def target_of(
    period: Period, lines: Iterable[TargetLine], programme: Programme, *, origin: Origin = "given"
) -> Due | None:
    """What a unit has to reach in a period, None where nothing is set for it.

    A target set for the period counts first. A year takes the column that names it: the same 1.200
    under "CHỈ TIÊU NĂM 2022" is measured by the year in a report of the year, and by stage 1 in a
    report of the stage (MT-03). Shorter periods take their share of each stage by days, or the
    whole target by the programme's switch (MT-11). A week or month may lie in two stages.
    """
    mine = [line for line in lines if line.origin == origin and not line.dimension]
    found = {line.period: line.value for line in mine}
    if not found:
        return None
    if period.key in found:
        return Due(Fraction(found[period.key]), "set")
    by_stage = {key: found[key] for key in map(stage_key, programme.stages) if key in found}
    if period.kind == "programme":
        complete = by_stage and len(by_stage) == len(programme.stages)
        return Due(Fraction(sum(by_stage.values())), "set") if complete else None
    if period.kind == "stage":
        return None
    return _named(period, mine) or _worked_out(period, found, by_stage, programme)


def _named(period: Period, lines: Sequence[TargetLine]) -> Due | None:
    """The target of a year whose number stands in the title of the plan's column."""
    if period.kind != "year":
        return None
    naming = [line for line in lines if period.key in re.findall(r"\d{4}", line.label)]
    return Due(Fraction(naming[0].value), "named") if len(naming) == 1 else None


def _worked_out(
    period: Period, found: dict[str, int], by_stage: dict[str, int], programme: Programme
) -> Due | None:
    """The target of a shorter period, by the programme's switch (MT-11)."""
    if not by_stage and TOTAL not in found:
        return None
    if programme.switches.quarter_target == "whole":
        return Due(Fraction(found.get(TOTAL, sum(by_stage.values()))), "whole")
    spans = stages(programme) if by_stage else (whole(programme),)
    values = by_stage or {TOTAL: found[TOTAL]}
    parts = [
        Fraction(values[span.key] * overlap(period, span), length(span))
        for span in spans
        if span.key in values
    ]
    return Due(sum(parts, Fraction(0)), "pro_rata") if any(parts) else None


def length(period: Period) -> int:
    """The days of a period, both ends counted."""
    return (period.last - period.first).days + 1


def overlap(one: Period, other: Period) -> int:
    """How many days lie in both periods."""
    days = (min(one.last, other.last) - max(one.first, other.first)).days + 1
    return max(days, 0)


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a count grows and how fast it would have to.

    ``days_gone`` and ``days_left`` are days of the period, the day itself in both: it counts for
    what was done, and something may still be done on it. ``held`` is what came in a day so far,
    ``needed`` what must come a day from now on: 0 once the target is reached, None without a target
    or without a day left. ``projected`` is the count at the end if the pace held goes on.
    """

    days_gone: int
    days_left: int
    held: Decimal | None
    needed: Decimal | None
    projected: int | None


def reached(period: Period, count: int) -> int:
    """What a campaign has reached: the count it started from and what came within its days."""
    return (period.baseline or 0) + count


def pace(
    count: int, target: int | Fraction | None, period: Period, on: date, *, start: int = 0
) -> Pace:
    """The pace of a count as of the day ``on``.

    ``start`` is the part of ``count`` that was there before the period's first day, as a campaign
    has it: it adds nothing to the pace held.
    """
    gone = max(0, min((on - period.first).days + 1, length(period)))
    left = max(0, min((period.last - on).days + 1, length(period)))
    held = Decimal(count - start) / gone if gone else None
    rest = max(0, gone + left - length(period))
    projected = None
    if held is not None:
        more = (held * (left - rest)).quantize(Decimal(1), ROUND_HALF_UP)
        projected = count + int(more)
    return Pace(gone, left, held, _needed(count, target, left), projected)


def _needed(count: int, target: int | Fraction | None, left: int) -> Decimal | None:
    if not target:
        return None
    missing = max(Fraction(target) - count, Fraction(0))
    if not left:
        return None if missing else Decimal(0)
    return Decimal(missing.numerator) / Decimal(missing.denominator * left)


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage and what it is of: the target given by the superior, or the one pledged."""

    origin: Origin
    target: int
    percent: Decimal | None

    def words(self, rounding: Rounding) -> str:
        """The percentage with what it is of, so that the two are never taken for one another."""
        shown = percent_words(self.percent, rounding)
        if self.origin == "pledged":
            return _("{percent} of the target pledged").format(percent=shown)
        return _("{percent} of the target given").format(percent=shown)


def shares(standing: UnitStanding, counted: str) -> tuple[Share, ...]:
    """What share of each of its targets a unit has reached, the given one first."""
    reached = standing.counts.of(counted)
    targets = zip(ORIGINS, (standing.given, standing.pledged), strict=True)
    return tuple(
        Share(origin, target, share_of_target(reached, target))
        for origin, target in targets
        if target is not None
    )


def percent_words(percent: Decimal | None, rounding: Rounding) -> str:
    """A percentage as it is shown: 55,1%, in English 55.1%; a dash where there is none.

    ``rounding`` is the programme's, or that of the report at hand (MT-14).
    """
    if percent is None:
        return "–"
    figure = rounded(percent, rounding)
    # The whole part is grouped like any other number: a share can be 1.250%.
    head, point, decimals = f"{figure:f}".partition(".")
    mark = point if language() == "en" else "," if point else ""
    return f"{amount(int(head))}{mark}{decimals}%"


def figure_words(value: Fraction | Decimal | None) -> str:
    """A target or a pace as it is shown: whole where it is, else with one decimal; a dash for none.

    77,8 in Vietnamese, 77.8 in English; what would show as 0 and is more is "< 0,1". A target
    close to a whole number has as many decimals as tell it from that number (up to three): 8 are
    more than 7,99, and would not be more than 8.
    """
    if value is None:
        return "–"
    exact = Fraction(value)
    if 0 < exact < Fraction(1, 20):
        return f"< {figure_words(Fraction(1, 10))}"
    mark = "." if language() == "en" else ","
    head = 0
    for places in (1, 2, 3) if isinstance(value, Fraction) else (1,):
        head, decimals = divmod(floor(exact * 10**places + Fraction(1, 2)), 10**places)
        if decimals:
            return f"{amount(head)}{mark}{decimals:0{places}}"
    return amount(head)


def reached_on(by_day: Iterable[tuple[date, int]], target: int | None) -> date | None:
    """The day on which a running count first reached the target (CT-06).

    ``by_day`` gives days in order and the count at the end of each. None where it was not reached.
    It is worked out anew each time: a record that turns out not to be eligible may move it.
    """
    if not target:
        return None
    return next((day for day, count in by_day if count >= target), None)


def early(by_day: Iterable[tuple[date, int]], target: int | None, period: Period) -> int | None:
    """How many days before the end of the period its target was reached; None where it was not."""
    day = reached_on(by_day, target)
    return None if day is None else days_early(day, period.last)


def participation(people: int, headcount: int | None) -> Decimal | None:
    """The people taking part as per cent of the headcount, unrounded (CT-02).

    None where the headcount is not known or 0: that is "no figures yet", never an endless share.
    """
    return share_of_target(people, headcount)


def taking_part(standing: UnitStanding, programme: Programme) -> int:
    """Whose part counts: those credited, or by the programme's switch all authors (CT-02)."""
    rule = programme.participation
    every = rule is not None and rule.counted == "all_authors"
    return standing.authors if every else standing.credited


def participation_words(percent: Decimal | None, rounding: Rounding) -> str:
    """A participation as it is shown."""
    return _("no figures yet") if percent is None else percent_words(percent, rounding)
