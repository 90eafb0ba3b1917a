"""What awards ask of a store: persons, teams, great initiatives, groups, honours, support teams.

Each question is one statement, whatever the number of persons or units.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from json import dumps
from typing import Literal

from desktop.models import figures
from desktop.models.engines.sqlite import Connection
from desktop.models.standings import reporting_day, unit_standings
from desktop.models.tree import UnitTree, unit_tree
from desktop.programme.awards import Contestants, GreatInitiative
from desktop.programme.contest import Great, UnitCase
from desktop.programme.shape import Award, Programme
from desktop.programme.standing import Counts, Period, PersonStanding, UnitStanding
from desktop.vietnamese.cleaning import clean
from desktop.vietnamese.folding import syllable_key

Split = Literal["", "unit", "object_group"]
"""Whether a person stands once in all, or once for each unit or object group they are in."""

TEAM_KINDS = frozenset({"to_cd", "cd_bo_phan"})
"""The kinds of unit that are teams of the one above them (tổ công đoàn, công đoàn bộ phận)."""
_SPLITS = {"": "0", "unit": "l.unit_id", "object_group": "l.object_group"}
MOST_GREAT = 200
"""So many lines each list of great initiatives has at most."""

# --- Who stands for an award ---------------------------------------------------------------------


def contestants(
    connection: Connection,
    programme: Programme,
    award: Award,
    period: Period,
    on: date,
    counted: dict[str, list[UnitStanding]] | None = None,
) -> Contestants:
    """Everybody who may stand for an award over a period, as of the end of the day ``on``.

    ``counted`` keeps the units of each period, by its key, for the next award of the same day.
    """
    if award.to == "person":
        split: Split = "object_group" if award.within == "object_group" else ""
        split = "unit" if award.within == "grassroots" else split
        persons = person_standings(connection, period, on, split)
        terms = any(term.years > 1 for term in award.benefit_terms)
        return Contestants(persons=persons, yearly=yearly_benefits(connection, on) if terms else {})
    counted = {} if counted is None else counted
    if period.key not in counted:
        counted[period.key] = unit_standings(connection, programme, period, on)
    units = counted[period.key]
    if award.to == "unit":
        return Contestants(units)
    return Contestants([*team_standings(connection, period, on), *_team_units(units)])


def _team_units(units: list[UnitStanding]) -> list[UnitStanding]:
    return [one for one in units if one.kind in TEAM_KINDS]


def last_entered(connection: Connection) -> date | None:
    """The last day on which something was entered in a stage, None where nothing was."""
    row = connection.execute(
        "SELECT sent_on FROM listing WHERE removed = 0 AND stage IS NOT NULL "
        "AND sent_on IS NOT NULL ORDER BY sent_on DESC LIMIT 1"
    ).fetchone()
    return date.fromisoformat(row[0]) if row else None


def unit_case(
    connection: Connection, programme: Programme, period: Period, on: date, unit_id: int
) -> UnitCase:
    """Everything that rules ask of one unit over a period, its subtree counted in.

    LookupError where there is no such unit.
    """
    peers = tuple(unit_standings(connection, programme, period, on))
    mine = next((one for one in peers if one.unit_id == unit_id), None)
    if mine is None:
        raise LookupError(unit_id)
    tree = unit_tree(connection, reporting_day(period, on))
    below = tree.subtree(unit_id)
    days = figures.running_counts(connection, period, on, below)
    eligible = programme.switches.counted == "eligible"
    return UnitCase(
        programme,
        mine,
        on,
        peers,
        tuple((one.day, one.eligible if eligible else one.entered) for one in days),
        filled=filled_details(connection, tree, period, on).get(unit_id, {}),
        great=_count_great(connection, programme, (period, on), below),
    )


def _count_great(
    connection: Connection, programme: Programme, when: tuple[Period, date], below: list[int]
) -> Great | None:
    """How many great initiatives some units have, by the thresholds of the programme's rule."""
    rule = next((one for one in programme.rules if one.test == "great_initiatives"), None)
    if rule is None:
        return None
    window = figures.period_window(*when)
    asked = rule.parameters
    row = connection.execute(
        f"""SELECT coalesce(sum(l.benefit >= ?3), 0),
              coalesce(sum(length(i.social_benefit) >= ?4), 0)
            FROM listing l JOIN initiative i ON i.id = l.initiative_id
            WHERE l.removed = 0 AND l.verdict = 'eligible' AND {_of_listing(window.entered)}
              AND l.unit_id IN (SELECT value FROM json_each(?5))""",
        (
            *(*window.values, None)[:2],
            *(max(asked.least_benefit, 1), max(asked.least_letters, 1), dumps(below)),
        ),
    ).fetchone()
    return Great(*row)


def person_standings(
    connection: Connection, period: Period, on: date, split: Split = ""
) -> list[PersonStanding]:
    """Every person credited with something eligible over a period, in the order of their ids.

    With ``split`` a person stands once for each unit or object group; what is counted is then what
    is theirs there. Education and post are those of the initiative that speaks for them: the one
    with the largest benefit, else the newest.
    """
    window = figures.period_window(period, on)
    within = f"PARTITION BY l.credited_id, {_SPLITS[split]}"
    rows = connection.execute(
        f"""WITH mine AS (
          SELECT l.credited_id AS person, l.initiative_id AS best, l.unit_id, l.unit,
            l.object_group, l.code, l.title,
            count(*) OVER part AS eligible, coalesce(sum(l.benefit) OVER part, 0) AS benefit,
            count(l.benefit) OVER part AS converted,
            sum(i.social_benefit <> '') OVER part AS social,
            row_number() OVER ({within}
              ORDER BY coalesce(l.benefit, -1) DESC, l.sent_on DESC, l.initiative_id DESC) AS place
          FROM listing l JOIN initiative i ON i.id = l.initiative_id
          WHERE l.removed = 0 AND l.verdict = 'eligible' AND l.credited_id IS NOT NULL
            AND {_of_listing(window.entered)}
          WINDOW part AS ({within}))
        SELECT m.person, a.name, m.unit_id, m.unit, m.object_group, m.eligible, m.benefit,
          m.social, m.best, m.code, m.title, a.education, a.leader_post,
          m.converted
        FROM mine m JOIN authorship a ON a.initiative_id = m.best AND a.person_id = m.person
        WHERE m.place = 1 ORDER BY m.person, m.unit_id, m.object_group""",
        window.values,
    ).fetchall()
    return [
        PersonStanding(*(*row, None if leader is None else bool(leader), converted))
        for *row, leader, converted in rows
    ]


def _of_listing(condition: str) -> str:
    """A condition on the listing where another table is read beside it."""
    for column in ("stage", "sent_on"):
        condition = condition.replace(column, f"l.{column}")
    return condition


def yearly_benefits(connection: Connection, on: date) -> dict[int, dict[int, int]]:
    """Each credited person's one-year benefits in dong, by the year in which they were entered."""
    found: dict[int, dict[int, int]] = {}
    for person, year, benefit in connection.execute(
        """SELECT credited_id, CAST(substr(sent_on, 1, 4) AS INTEGER), sum(benefit) FROM listing
           WHERE removed = 0 AND verdict = 'eligible' AND stage IS NOT NULL AND sent_on <= ?
             AND credited_id IS NOT NULL AND benefit IS NOT NULL GROUP BY 1, 2""",
        (on.isoformat(),),
    ).fetchall():
        found.setdefault(person, {})[year] = benefit
    return found


def team_standings(connection: Connection, period: Period, on: date) -> list[UnitStanding]:
    """The teams (tổ, đội, phòng) that authors are said to work in, each within its unit.

    The same team, however it is spelt, is one; it bears the name it has first. ``authors`` counts
    different people with something eligible.
    """
    window = figures.period_window(period, on)
    tree = unit_tree(connection, reporting_day(period, on))
    rows = connection.execute(
        f"""SELECT l.unit_id, a.team, a.person_id, l.initiative_id, l.credited_id
            FROM listing l JOIN authorship a ON a.initiative_id = l.initiative_id
            WHERE l.removed = 0 AND l.verdict = 'eligible' AND l.unit_id IS NOT NULL
              AND a.team <> '' AND {_of_listing(window.entered)}
            ORDER BY l.unit_id, a.id""",
        window.values,
    ).fetchall()
    teams: dict[tuple[int, str], _Team] = {}
    for unit, name, person, initiative, credited in rows:
        team = teams.setdefault((unit, syllable_key(clean(name))), _Team(name, set(), set(), set()))
        team.people.add(person)
        team.initiatives.add(initiative)
        if person == credited:
            team.credited.add(person)
    return [_team(tree, unit, period, team) for (unit, _key), team in teams.items()]


@dataclass(frozen=True, slots=True)
class _Team:
    """Who is in a team, and what it has."""

    name: str
    people: set[int]
    initiatives: set[int]
    credited: set[int]


def _team(tree: UnitTree, unit: int, period: Period, team: _Team) -> UnitStanding:
    count = len(team.initiatives)
    return UnitStanding(
        unit_id=unit,
        unit=team.name,
        period=period,
        counts=Counts(count, count, count),
        kind="team",
        superior=tree.names[unit],
        credited=len(team.credited),
        authors=len(team.people),
        ancestors=(unit, *tree.ancestors(unit)),
    )


def great_initiatives(
    connection: Connection, period: Period, on: date, *, least_benefit: int
) -> list[GreatInitiative]:
    """The eligible initiatives of a period with so large a one-year benefit, the largest first."""
    condition, order = "l.benefit >= ?3", "l.benefit DESC, l.initiative_id"
    return _great(connection, period, on, (condition, order, max(least_benefit, 1)))


def deep_initiatives(
    connection: Connection, period: Period, on: date, *, least_letters: int
) -> list[GreatInitiative]:
    """Those whose benefit to society is described in so many letters or more, the longest first."""
    condition = "length(i.social_benefit) >= ?3"
    order = "length(i.social_benefit) DESC, l.initiative_id"
    return _great(connection, period, on, (condition, order, max(least_letters, 1)))


def _great(
    connection: Connection, period: Period, on: date, chosen: tuple[str, str, int]
) -> list[GreatInitiative]:
    window = figures.period_window(period, on)
    condition, order, least = chosen
    # The window may have one value only; the second place is then free.
    values = (*window.values, None)[:2]
    rows = connection.execute(
        f"""SELECT l.initiative_id, l.code, l.title, l.author, l.unit_id, l.unit, l.benefit,
              i.social_benefit FROM listing l JOIN initiative i ON i.id = l.initiative_id
            WHERE l.removed = 0 AND l.verdict = 'eligible' AND {_of_listing(window.entered)}
              AND {condition} ORDER BY {order} LIMIT {MOST_GREAT}""",
        (*values, least),
    ).fetchall()
    return [GreatInitiative(*row) for row in rows]


_FILLED = {
    "content": "i.content <> ''",
    "novelty": "i.novelty <> ''",
    "application": "(i.trial IS NOT NULL OR i.use IS NOT NULL)",
    "effect": "(i.benefit IS NOT NULL OR i.social_benefit <> '')",
    "value": "i.benefit IS NOT NULL",
    "authors": "NOT EXISTS (SELECT 1 FROM authorship a WHERE a.initiative_id = i.id "
    "AND a.share IS NULL)",
    "decision": "i.decision_id IS NOT NULL",
    "evidence": "EXISTS (SELECT 1 FROM attachment t WHERE t.initiative_id = i.id)",
}
"""For each detail of a complete record (rules.standings.DETAILS) when it is there."""


def filled_details(
    connection: Connection, tree: UnitTree, period: Period, on: date
) -> dict[int, dict[str, int]]:
    """For each unit, its subtree counted in, how many of its entries have each detail (QT-03)."""
    window = figures.period_window(period, on)
    names = tuple(_FILLED)
    sums = ", ".join(f"sum({_FILLED[name]})" for name in names)
    rows = connection.execute(
        f"""SELECT l.unit_id, {sums} FROM listing l JOIN initiative i ON i.id = l.initiative_id
            WHERE l.removed = 0 AND {_of_listing(window.entered)} GROUP BY l.unit_id""",
        window.values,
    ).fetchall()
    own = {row[0] or figures.NO_UNIT: dict(zip(names, row[1:], strict=True)) for row in rows}
    return tree.summed(own, _added)


def _added(one: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    return {name: one[name] + other[name] for name in one}


# --- What an office keeps of groups, honours, support teams --------------------------------------


@dataclass(frozen=True, slots=True)
class GroupLine:
    """An emulation group (cụm, khối thi đua) of a year; ``members`` are units by id and name."""

    group_id: int
    name: str
    year: int
    leader_id: int | None
    leader: str
    members: Mapping[int, str]


def emulation_groups(connection: Connection, year: int | None = None) -> list[GroupLine]:
    """The emulation groups of a year, or of all years, the newest first."""
    members: dict[int, dict[int, str]] = {}
    for group, unit, name in connection.execute(
        "SELECT m.group_id, u.id, u.name FROM emulation_member m JOIN unit u ON u.id = m.unit_id "
        "ORDER BY m.id"
    ).fetchall():
        members.setdefault(group, {})[unit] = name
    rows = connection.execute(
        """SELECT g.id, g.name, g.year, g.leader_id, coalesce(u.name, '') FROM emulation_group g
           LEFT JOIN unit u ON u.id = g.leader_id WHERE ?1 IS NULL OR g.year = ?1
           ORDER BY g.year DESC, g.id""",
        (year,),
    ).fetchall()
    return [GroupLine(*(key, *row, members.get(key, {}))) for key, *row in rows]


@dataclass(frozen=True, slots=True)
class HonourLine:
    """A name on an honours list: of an award or campaign, in a period."""

    honour_id: int
    award: str
    period: str
    campaign_id: int | None
    unit_id: int | None
    unit: str
    person_id: int | None
    person: str
    listed: str
    note: str


def honours(connection: Connection, programme: str, period: str = "") -> list[HonourLine]:
    """The honours lists of a programme, of one period where it is given, as they were written."""
    rows = connection.execute(
        """SELECT h.id, h.award, h.period, h.campaign_id, h.unit_id, coalesce(u.name, ''),
             h.person_id, coalesce(p.name, ''), h.listed, h.note FROM honour h
           LEFT JOIN unit u ON u.id = h.unit_id LEFT JOIN person p ON p.id = h.person_id
           WHERE h.programme = ?1 AND (?2 = '' OR h.period = ?2) ORDER BY h.listed, h.id""",
        (programme, period),
    ).fetchall()
    return [HonourLine(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class SupportTeamLine:
    """A support team; ``members`` are name, role and telephone."""

    team_id: int
    unit_id: int
    unit: str
    decision_number: str
    decided: str | None
    note: str
    members: tuple[tuple[str, str, str], ...]


def support_teams(connection: Connection) -> list[SupportTeamLine]:
    """The support teams, in the order in which they were written down."""
    members: dict[int, list[tuple[str, str, str]]] = {}
    for team, *member in connection.execute(
        "SELECT team_id, name, role, phone FROM support_member ORDER BY id"
    ).fetchall():
        members.setdefault(team, []).append((member[0], member[1], member[2]))
    rows = connection.execute(
        """SELECT t.id, t.unit_id, u.name, t.decision_number, t.decided, t.note
           FROM support_team t JOIN unit u ON u.id = t.unit_id ORDER BY t.id"""
    ).fetchall()
    return [SupportTeamLine(*(key, *row, tuple(members.get(key, ())))) for key, *row in rows]


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """An agreement of a unit with the head of its employer."""

    agreement_id: int
    unit_id: int
    unit: str
    signed_on: str | None
    partner: str
    note: str


def agreements(connection: Connection) -> list[AgreementLine]:
    """The agreements, in the order in which they were written down."""
    rows = connection.execute(
        """SELECT a.id, a.unit_id, u.name, a.signed_on, a.partner, a.note
           FROM agreement a JOIN unit u ON u.id = a.unit_id ORDER BY a.id"""
    ).fetchall()
    return [AgreementLine(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """One of the office's own campaigns, with the names on its honours list."""

    campaign_id: int
    name: str
    first: date
    last: date
    baseline: int | None
    target: int | None
    note: str
    honoured: tuple[str, ...]


def own_campaign_lines(connection: Connection, programme: str) -> list[CampaignLine]:
    """The campaigns that the office has added to a programme, by their first day."""
    listed: dict[int | None, list[str]] = {}
    for line in honours(connection, programme):
        listed.setdefault(line.campaign_id, []).append(line.unit or line.person)
    rows = connection.execute(
        "SELECT id, name, first, last, baseline, target, note FROM campaign WHERE programme = ? "
        "ORDER BY first, id",
        (programme,),
    ).fetchall()
    return [
        CampaignLine(
            *(key, name, date.fromisoformat(first), date.fromisoformat(last)),
            *(baseline, target, note, tuple(listed.get(key, ()))),
        )
        for key, name, first, last, baseline, target, note in rows
    ]
