"""Rules on awards (KT): who leads, who is above the target, who may give what."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from desktop.programme import contest
from desktop.programme.case import Opinion, failed, passed, undecided
from desktop.programme.contest import Key, PersonCase, UnitCase
from desktop.programme.progress import figure_words, percent_words
from desktop.programme.shape import Authority, Programme, Rule
from desktop.programme.standing import PersonStanding
from desktop.programme.verdict import Result
from desktop.programme.wording import amount
from desktop.text import _
from desktop.vietnamese.dates import short_date


def quarter_leader(case: UnitCase, rule: Rule) -> Opinion:
    """Most initiatives in its emulation group, and more than the quarter's target (46, V.1).

    The quarter's target is the stage's by days, or the whole, by the switch (MT-11).
    """
    del rule
    group = contest.in_group(case.standing)
    above = contest.above_target(case.standing, case.programme.switches.counted)
    if not case.standing.group:
        return contest.combined((group, above))
    return contest.combined((_leads_group(case), above))


def stage_leader(case: UnitCase, rule: Rule) -> Opinion:
    """Listed among the leaders, or first in its emulation group with the rate reached (46, V.1).

    The rate is that of II.3 (MT-12).
    """
    del rule
    if case.standing.honoured:
        return contest.honoured()
    rate = contest.takes_part(case.standing, case.programme)
    if not case.standing.group:
        return contest.combined((contest.in_group(case.standing), rate))
    return contest.combined((_leads_group(case), rate))


def _leads_group(case: UnitCase) -> Opinion:
    """First in its emulation group by eligible initiatives, share of the target, participation."""
    mine, programme = case.standing, case.programme
    rivals = [one for one in case.peers if one.group == mine.group and one != mine]
    keys = [contest.unit_key(one, programme, "initiatives", "eligible") for one in (mine, *rivals)]
    if not mine.counts.eligible:
        return contest.at_least(0, 1)
    return contest.leads(contest.places(keys)[0], 1, mine.group)


def outstanding_person(case: PersonCase, rule: Rule) -> Opinion:
    """Among the best of an object group by benefit, then by worth to society (46, V.1).

    Parameters ``first`` and ``least_benefit``. The council (Hội đồng TĐKT) chooses among them.
    """
    mine = case.standing
    if not mine.object_group.strip():
        return undecided(
            _("{name}: the object group of the initiative is not given. Choose it.").format(
                name=mine.name
            )
        )
    rivals = [one for one in case.peers if one.object_group == mine.object_group]
    points = [_person_place(mine, rivals, "benefit", rule.parameters.first, mine.object_group)]
    if rule.parameters.least_benefit:
        points.append(contest.worth(mine.benefit, rule.parameters.least_benefit))
    found = contest.combined(points)
    if found.result is Result.PASS:
        chosen = _("The council chooses among those on this list.")
        return passed(f"{found.message} {chosen}")
    return found


def monthly_list(case: PersonCase, rule: Rule) -> Opinion:
    """Something eligible entered in the month, for the unit's own list (46, V.3).

    Parameter ``least``: how many there must be.
    """
    return contest.at_least(case.standing.eligible, rule.parameters.least)


def above_target(case: UnitCase, rule: Rule) -> Opinion:
    """Strictly more than the target ("vượt chỉ tiêu"; Lai Châu III.1)."""
    del rule
    return contest.above_target(case.standing, case.programme.switches.counted)


def team_by_authors(case: UnitCase, rule: Rule) -> Opinion:
    """Among the teams (tổ, đội, phòng) of a unit with most different authors (3990, 2).

    Parameters ``first`` and ``least``, the smallest number of authors.
    """
    mine = case.standing
    rivals = [one for one in case.peers if one.ancestors[:1] == mine.ancestors[:1] and one != mine]
    if mine.authors < rule.parameters.least:
        return failed(
            _("{count} authors with something eligible; at least {least} are asked for.").format(
                count=amount(mine.authors), least=amount(rule.parameters.least)
            )
        )
    keys: list[Key] = [(one.authors,) for one in (mine, *rivals)]
    place = contest.leads(contest.places(keys)[0], rule.parameters.first, mine.superior)
    people = _("{count} different authors.").format(count=amount(mine.authors))
    return contest.combined((place, passed(people)))


def emulation_line(case: UnitCase, rule: Rule) -> Opinion:
    """What the yearly emulation file says of a unit: its share of the target (3990, 2)."""
    del rule
    mine, by = case.standing, case.programme.switches.counted
    percent = contest.percent_of(mine, by)
    if percent is None:
        return undecided(
            _("No target for {period}: enter it, so that the unit can be rated.").format(
                period=mine.period.label
            )
        )
    said = _("{count} of {target} initiatives: {percent}.").format(
        count=amount(mine.counts.of(by)),
        target=figure_words(Fraction(contest.target_of_unit(mine) or 0)),
        percent=percent_words(percent, case.programme.rounding),
    )
    return passed(said) if percent >= 100 else failed(said)


def _person_place(
    mine: PersonStanding, rivals: Sequence[PersonStanding], by: str, first: int, circle: str
) -> Opinion:
    others = [one for one in rivals if one.person_id != mine.person_id]
    keys = [contest.person_key(one, by) for one in (mine, *others)]
    return contest.leads(contest.places(keys)[0], first, circle)


# --- Who may give what ---------------------------------------------------------------------------


def authority_of(programme: Programme, level: str, on: date) -> Authority | None:
    """The line of the table of authorities that holds for a level on a day, None without one."""
    return next((one for one in programme.authorities if _holds(one, level, on)), None)


def _holds(line: Authority, level: str, on: date) -> bool:
    begun = line.valid_from is None or line.valid_from <= on
    return line.level == level and begun and (line.valid_to is None or on <= line.valid_to)


def may_give(programme: Programme, level: str, form: str, on: date) -> Opinion:
    """Whether a level of the union may give a form of commendation on a day (46, V.2)."""
    known = [one for one in programme.authorities if one.level == level]
    if not known:
        return undecided(
            _("The table of authorities has no line for the level “{level}”: add it.").format(
                level=level or "–"
            )
        )
    line, day = authority_of(programme, level, on), short_date(on)
    name = (line or known[-1]).name or level
    if line is None:
        said = _("{level} gives no commendations on {day}: its authority has ended or not begun.")
        return failed(said.format(level=name, day=day))
    if form in line.forms:
        return passed(
            _("{level} may give “{form}” ({basis}).").format(
                level=name, form=form, basis=line.basis
            )
        )
    others = [
        one.name or one.level
        for one in programme.authorities
        if form in one.forms and _holds(one, one.level, on)
    ]
    if not others:
        return failed(
            _("{level} may not give “{form}”, nor may any other level on {day}.").format(
                level=name, form=form, day=day
            )
        )
    return failed(
        _("{level} may not give “{form}”: propose it to {others}.").format(
            level=name, form=form, others=", ".join(others)
        )
    )


def within_authority(case: UnitCase, rule: Rule) -> Opinion:
    """A form of commendation is given by a level that may give it (46, V.2)."""
    del rule
    if not case.form:
        return undecided(_("No form of commendation is proposed: choose one."))
    return may_give(case.programme, case.standing.kind, case.form, case.today)
