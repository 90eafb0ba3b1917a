"""Units and persons among their peers: their places, and how each stands to one term of an award.

Every term gives an opinion: kept, not kept, or for a person to decide (a tie for the last place, a
target or a headcount that nobody has entered).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import NamedTuple

from desktop.programme.case import Opinion, failed, passed, undecided
from desktop.programme.progress import figure_words, participation, percent_words, taking_part
from desktop.programme.shape import Programme
from desktop.programme.standing import PersonStanding, UnitStanding
from desktop.programme.targets import share_of_target
from desktop.programme.verdict import Result
from desktop.programme.wording import amount, share
from desktop.text import _, counted

Key = tuple[Decimal | int, ...]


class Great(NamedTuple):
    """How many great initiatives a unit has: by money, and by their worth to society."""

    money: int
    society: int


@dataclass(frozen=True, slots=True)
class UnitCase:
    """A unit, or a team within one, over a period and before its programme.

    ``peers`` are all that are counted over the same period, the unit among them; ``today`` the day
    of the question. ``running`` gives days in order and the count at the end of each. ``form`` is
    the form of commendation that the unit is to give. ``filled`` says for each kind of detail how
    many of the initiatives entered have it, ``great`` how many stand out; None where not counted.
    """

    programme: Programme
    standing: UnitStanding
    today: date
    peers: tuple[UnitStanding, ...] = ()
    running: tuple[tuple[date, int], ...] = ()
    form: str = ""
    filled: Mapping[str, int] = field(default_factory=dict)
    great: Great | None = None


@dataclass(frozen=True, slots=True)
class PersonCase:
    """A credited person over a period; ``peers`` are all persons of that period."""

    programme: Programme
    standing: PersonStanding
    today: date
    peers: tuple[PersonStanding, ...] = ()


class Place(NamedTuple):
    """A place among ``of``; ``tied`` share it. The next place is free as often: 1-1-3."""

    rank: int
    tied: int
    of: int


def places(keys: Sequence[Key]) -> list[Place]:
    """The place of each key, the largest first; equal keys share a place (handbook 5.5)."""
    tied = Counter(keys)
    ranks: dict[Key, int] = {}
    for at, key in enumerate(sorted(keys, reverse=True), start=1):
        ranks.setdefault(key, at)
    return [Place(ranks[key], tied[key], len(keys)) for key in keys]


def target_of_unit(standing: UnitStanding) -> int | Fraction | None:
    """The target that a unit is measured by: the given one, else the one it pledged.

    One that is worked out by days need not be a whole number.
    """
    if standing.exact is not None:
        return standing.exact
    return standing.pledged if standing.given is None else standing.given


def percent_of(standing: UnitStanding, counted_by: str) -> Decimal | None:
    """How much of its target a unit has reached, per cent, unrounded."""
    return share_of_target(standing.counts.of(counted_by), target_of_unit(standing))


def rate_of(standing: UnitStanding, programme: Programme) -> Decimal | None:
    """How many of a unit's people take part, per cent, unrounded; None without a headcount."""
    return participation(taking_part(standing, programme), standing.headcount)


def unit_key(standing: UnitStanding, programme: Programme, by: str, counted_by: str) -> Key:
    """What units are ranked by, the weightiest first.

    By their initiatives: the number, then the share of the target, then participation (handbook
    5.5). What is not known stands below everything that is.
    """
    count = standing.counts.of(counted_by)
    percent = _known(percent_of(standing, programme.switches.counted))
    rate = _known(rate_of(standing, programme))
    if by == "authors":
        return (standing.authors, count)
    if by == "benefit":
        return (standing.counts.benefit, count)
    return (percent, count, rate) if by == "percent" else (count, percent, rate)


def person_key(standing: PersonStanding, by: str) -> Key:
    """What persons are ranked by: the number of initiatives, or their benefit, then their worth."""
    if by == "benefit":
        return (standing.benefit, standing.social)
    return (standing.eligible,)


def _known(value: Decimal | None) -> Decimal:
    return Decimal(-1) if value is None else value


def combined(points: Iterable[Opinion]) -> Opinion:
    """What follows from several terms: one that is not kept decides, then one undecided.

    The message has what stands in the way, or all of it where nothing does.
    """
    found = list(points)
    results = {point.result for point in found}
    if results <= {Result.PASS}:
        return passed(" ".join(point.message for point in found))
    text = " ".join(point.message for point in found if point.result is not Result.PASS)
    return failed(text) if Result.FAIL in results else undecided(text)


def in_group(standing: UnitStanding) -> Opinion:
    """Whether a unit stands in an emulation group (cụm, khối thi đua) of that year."""
    if standing.group:
        return passed(_("Stands in {group}.").format(group=standing.group))
    year = standing.period.last.year
    return failed(
        _("Stands in no emulation group of {year}: add it to one.").format(year=year),
    )


def leads(place: Place, first: int, circle: str = "") -> Opinion:
    """Whether a place is among the first ones; a tie that would bring in too many is for review."""
    found = _("Place {rank} of {count}").format(rank=place.rank, count=amount(place.of))
    if circle:
        found = _("{place} in {circle}").format(place=found, circle=circle)
    if not first or place.rank + place.tied - 1 <= first:
        return passed(_("{place}.").format(place=found))
    if place.rank > first:
        said = counted(
            "{place}; only the first is listed.",
            "{place}; only the first {first} are listed.",
            first,
        )
        return failed(said.format(place=found, first=first))
    others = place.tied - 1
    said = counted(
        "{place}, tied with {count} other: list all of them, the chair decides.",
        "{place}, tied with {count} others: list all of them, the chair decides.",
        others,
    )
    return undecided(said.format(place=found, count=others))


def above_target(standing: UnitStanding, counted_by: str) -> Opinion:
    """Whether a unit has strictly more than its target of the period ("cao hơn", "vượt")."""
    count, target = standing.counts.of(counted_by), target_of_unit(standing)
    if not target:
        return undecided(
            _("{count} initiatives, but no target for this period: enter the target.").format(
                count=amount(count)
            )
        )
    figures = {"count": amount(count), "target": figure_words(Fraction(target))}
    if count > target:
        return passed(_("{count} initiatives, more than the target of {target}.").format(**figures))
    if count == target:
        return failed(
            _(
                "{count} initiatives are just the target of {target}: reached, not exceeded. "
                "One more is needed."
            ).format(**figures)
        )
    return failed(
        _("{count} initiatives, target {target}: {missing} more are needed to exceed it.").format(
            missing=amount(floor(target) + 1 - count), **figures
        )
    )


def takes_part(standing: UnitStanding, programme: Programme) -> Opinion:
    """Whether the rate of participation is reached (46/HD-TLĐ II.3); review without a headcount."""
    rule = programme.participation
    if rule is None:
        return passed(_("The programme sets no rate of participation."))
    people, rate = taking_part(standing, programme), rate_of(standing, programme)
    if rate is None or standing.headcount is None:
        return undecided(
            _(
                "{people} people take part, but the headcount is not known: enter how many workers "
                "the unit has."
            ).format(people=amount(people))
        )
    figures = {
        "people": amount(people),
        "headcount": amount(standing.headcount),
        "rate": percent_words(rate, programme.rounding),
        "least": share(rule.percent),
    }
    if rate >= rule.percent:
        return passed(
            _("{people} of {headcount} people take part: {rate}, at least {least}.").format(
                **figures
            )
        )
    needed = -(-standing.headcount * rule.percent // 100)
    return failed(
        _(
            "{people} of {headcount} people take part: {rate}, below {least}. {missing} more are "
            "needed."
        ).format(missing=amount(int(needed) - people), **figures)
    )


def at_least(count: int, least: int) -> Opinion:
    """Whether there are as many initiatives as an award asks for."""
    if count >= least:
        said = counted("{count} initiative.", "{count} initiatives.", count)
        return passed(said.format(count=amount(count)))
    return failed(
        _("{count} eligible initiatives; at least {least} are asked for.").format(
            count=amount(count), least=amount(least)
        )
    )


def worth(benefit: int, least: int) -> Opinion:
    """Whether the one-year benefit (đồng) is as large as an award asks for."""
    figures = {"benefit": amount(benefit), "least": amount(least)}
    if benefit >= least:
        return passed(_("Benefit of one year {benefit} đồng, at least {least}.").format(**figures))
    return failed(
        _("Benefit of one year {benefit} đồng; at least {least} is asked for.").format(**figures)
    )


def honoured() -> Opinion:
    """The word for a unit that its superior lists among the leaders."""
    return passed(_("Listed among the leaders by the superior union."))
