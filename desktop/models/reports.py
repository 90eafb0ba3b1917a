"""The figures of a progress report, and the commendations kept, as frozen values for papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.models import awards, figures
from desktop.models.dossiers import CountLine, ResultFigures, StandingLine
from desktop.models.engines.sqlite import Connection
from desktop.models.standings import reporting_day, unit_standings
from desktop.programme import periods
from desktop.programme.awards import GreatInitiative
from desktop.programme.shape import Choice, Programme
from desktop.programme.standing import Counts, Period, UnitStanding
from desktop.vietnamese.money import format_money

_BEST = 5
"""So many initiatives stand as examples."""
_LEAST_LETTERS = 60
"""A benefit to society described in fewer letters is no example."""


def result_figures(
    connection: Connection, programme: Programme, period: Period, on: date
) -> ResultFigures:
    """The figures over a period as of the end of the day ``on``; the period's end where earlier."""
    until = reporting_day(period, on)
    standings = unit_standings(connection, programme, period, on)
    best = awards.great_initiatives(connection, period, on, least_benefit=1)
    deep = awards.deep_initiatives(connection, period, on, least_letters=_LEAST_LETTERS)
    people, units = _commended(connection, programme.code)
    return ResultFigures(
        period.label,
        until,
        _whole(connection, standings, period, on),
        tuple(_line(one) for one in _listed(standings)),
        _stages(connection, programme, on) if period.kind == "programme" else (),
        _categories(connection, programme, period, on),
        _counts(connection, "object_group", period, on, programme.groups),
        _counts(connection, "region", period, on, programme.regions),
        tuple(_example(one) for one in best[:_BEST]),
        tuple(_example(one) for one in deep[:_BEST]),
        sum(one.support_team is True for one in standings),
        people,
        units,
        programme.switches.counted,
    )


def _listed(standings: Sequence[UnitStanding]) -> list[UnitStanding]:
    """The units that have a target, and of the others those right below the topmost ones.

    Without a target a unit is listed where it has entered something, or where none has a target. A
    unit below one that is listed stands in its figures already. A topmost unit beside those that
    targets stand under is listed itself, after the others: the units below it are not the office's
    direct ones.
    """
    given = {one.unit_id for one in standings if one.given is not None and one.ancestors}
    above = {key for one in standings if one.unit_id in given for key in one.ancestors}

    def is_listed(one: UnitStanding) -> bool:
        if one.unit_id in given:
            return given.isdisjoint(one.ancestors)
        if not given:
            return len(one.ancestors) == 1
        is_direct = len(one.ancestors) == 1 and one.ancestors[0] in above
        is_aside = one.unit_id not in above and (is_direct or not one.ancestors)
        return is_aside and one.counts.entered > 0

    found = [one for one in standings if is_listed(one)] or list(standings)
    return sorted(found, key=lambda one: bool(given) and not one.ancestors)


def _line(one: UnitStanding) -> StandingLine:
    return _standing(one.unit, one.given, one.counts, one.credited, one.headcount)


def _standing(
    name: str, target: int | None, counts: Counts, people: int, headcount: int | None
) -> StandingLine:
    return StandingLine(
        name,
        target,
        counts.entered,
        counts.eligible,
        counts.review,
        counts.ineligible,
        people,
        headcount,
        counts.benefit,
        counts.unconverted,
        counts.eligible_benefit,
        counts.eligible_unconverted,
    )


def _whole(
    connection: Connection, standings: Sequence[UnitStanding], period: Period, on: date
) -> StandingLine:
    """The whole store; its target is that of the topmost unit, else the sum of the listed ones."""
    tops = [one for one in standings if not one.ancestors]
    listed = [one.given for one in _listed(standings) if one.given is not None]
    given = tops[0].given if len(tops) == 1 else None
    heads = [one.headcount for one in tops]
    known = [head for head in heads if head is not None]
    counted = figures.all_of(figures.count_units(connection, period, on).values())
    people = _people(connection, period, on)
    target = given if given is not None else sum(listed) if listed else None
    return _standing(
        period.label, target, counted, people, sum(known) if len(known) == len(heads) else None
    )


def _people(connection: Connection, period: Period, on: date) -> int:
    """How many different people are credited with something eligible."""
    window = figures.period_window(period, on)
    row = connection.execute(
        "SELECT count(DISTINCT credited_id) FROM listing WHERE removed = 0 "
        f"AND verdict = 'eligible' AND {window.entered}",
        window.values,
    ).fetchone()
    return int(row[0])


def _stages(connection: Connection, programme: Programme, on: date) -> tuple[StandingLine, ...]:
    """Each stage that has begun, by the whole store."""
    found = []
    for stage in periods.stages(programme):
        if stage.first <= on:
            standings = unit_standings(connection, programme, stage, on, people=False)
            line = _whole(connection, standings, stage, on)
            found.append(line)
    return tuple(found)


def _categories(
    connection: Connection, programme: Programme, period: Period, on: date
) -> tuple[CountLine, ...]:
    """The kinds of solution, each by its code and name."""
    choices = [Choice(one.code, f"{one.code} {one.name}") for one in programme.categories]
    return _counts(connection, "category", period, on, choices, by_key=True)


def _counts(
    connection: Connection,
    column: str,
    period: Period,
    on: date,
    choices: Sequence[Choice],
    *,
    by_key: bool = False,
) -> tuple[CountLine, ...]:
    """What was entered by the choices of the programme, then by others; blank ones at the end."""
    window = figures.period_window(period, on)
    rows = connection.execute(
        f"SELECT {column}, count(*), count(*) FILTER (WHERE verdict = 'eligible') FROM listing "
        f"WHERE removed = 0 AND {window.entered} GROUP BY 1 ORDER BY 1 = '', 1",
        window.values,
    ).fetchall()
    counted = {choice: (entered, eligible) for choice, entered, eligible in rows}
    named = {(one.key if by_key else one.name): one.name for one in choices}
    order = [*named, *(choice for choice in counted if choice not in named)]
    return tuple(
        CountLine(named.get(choice, choice), *counted[choice])
        for choice in order
        if choice in counted
    )


def _example(one: GreatInitiative) -> str:
    """As in "Tên sáng kiến (Lù Văn Páo, CĐCS Chè Bản Bo; 37.500.000 đồng/năm)"."""
    who = ", ".join(part for part in (one.person, one.unit) if part)
    money = f"{format_money(one.benefit)} đồng/năm" if one.benefit else ""
    said = "; ".join(part for part in (who, money) if part)
    return f"“{one.title}” ({said})" if said else f"“{one.title}”"


def _commended(connection: Connection, programme: str) -> tuple[int, int]:
    """How many persons and units are kept as commended or proposed for it."""
    row = connection.execute(
        "SELECT count(DISTINCT person_id), count(DISTINCT unit_id) FILTER (WHERE person_id IS NULL)"
        " FROM commendation WHERE programme = ?",
        (programme,),
    ).fetchone()
    return int(row[0]), int(row[1])


@dataclass(frozen=True, slots=True)
class KeptCommendation:
    """A commendation as it is kept; ``amount`` is dong, None where not said."""

    person: str
    unit: str
    initiative_id: int | None
    form: str
    amount: int | None
    note: str


def kept_commendations(connection: Connection, programme: str) -> tuple[KeptCommendation, ...]:
    """The commendations proposed or given under a programme, in the order they were written."""
    rows = connection.execute(
        """SELECT coalesce(p.name, ''), coalesce(u.name, ''), c.initiative_id, c.form, c.amount,
             c.note FROM commendation c LEFT JOIN person p ON p.id = c.person_id
           LEFT JOIN unit u ON u.id = c.unit_id WHERE c.programme = ? ORDER BY c.id""",
        (programme,),
    ).fetchall()
    return tuple(KeptCommendation(*row) for row in rows)
