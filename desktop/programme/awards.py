"""Shortlists for awards: who is on each and why, and what keeps the others off.

An award of the definition says who receives it, over what time, within what circle and on what
terms; its rule (KT) gives the clause. Nobody is left out silently: whoever comes close is listed
with what is missing, ties share a place (1-1-3) and are left to the chair.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from desktop.programme import contest
from desktop.programme.case import Opinion, failed, passed, undecided
from desktop.programme.contest import Key, PersonCase, Place, UnitCase
from desktop.programme.periods import periods
from desktop.programme.rules import TESTS
from desktop.programme.rules.contests import emulation_line, may_give
from desktop.programme.shape import Award, BenefitTerm, Programme, Rule
from desktop.programme.standing import Period, PersonStanding, UnitStanding
from desktop.programme.verdict import Finding, Result
from desktop.programme.wording import amount
from desktop.text import _
from desktop.vietnamese.collation import sort_key
from desktop.vietnamese.folding import fold

NEAR = 5
"""So many places below the last one that is listed, and so many persons, are shown with what they
lack."""
GREAT_BY_MONEY, GREAT_BY_SOCIETY = "great_by_money", "great_by_society"
"""The keys of the two lists of great initiatives (QT-04)."""
EMULATION = "emulation_line"
"""The test of the rule that asks for one line a unit (KT-08), and the key of that list."""
GRASSROOTS = frozenset({"cdcs", "nghiep_doan"})
"""The kinds of grassroots unions (công đoàn cơ sở, nghiệp đoàn cơ sở)."""

Figures = Mapping[str, int | Decimal | Fraction | str | None]
C = TypeVar("C", UnitStanding, PersonStanding)


@dataclass(frozen=True, slots=True)
class GreatInitiative:
    """An eligible initiative that stands out by its benefit in money or to society (QT-04)."""

    initiative_id: int
    code: str
    title: str
    person: str
    unit_id: int | None
    unit: str
    benefit: int | None
    social_benefit: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a shortlist.

    ``rank`` is the place within ``circle``, None where nothing is ranked. ``qualifies``: None where
    a person must decide. ``why`` and ``missing`` are sentences in the language in use.
    """

    rank: int | None
    subject: UnitStanding | PersonStanding | GreatInitiative
    circle: str
    figures: Figures
    qualifies: bool | None
    why: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def unit(self) -> str:
        """The name of the unit, or of the unit that the person belongs to."""
        return self.subject.unit

    @property
    def person(self) -> str:
        """The name of the person, blank where a unit or a team stands here."""
        if isinstance(self.subject, PersonStanding):
            return self.subject.name
        return self.subject.person if isinstance(self.subject, GreatInitiative) else ""


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The candidates for an award in a period; ``flags`` are forms beyond the givers' authority."""

    award: Award
    period: Period
    clause: str
    entries: tuple[Entry, ...]
    flags: tuple[str, ...] = ()

    @property
    def listed(self) -> tuple[Entry, ...]:
        """Those who qualify, or may after a person has decided."""
        return tuple(one for one in self.entries if one.qualifies is not False)


@dataclass(frozen=True, slots=True)
class Contestants:
    """Who stands for an award: units, or teams as units, or persons, each once.

    ``yearly`` sums each person's one-year benefits in dong by the year of entry.
    """

    units: Sequence[UnitStanding] = ()
    persons: Sequence[PersonStanding] = ()
    yearly: Mapping[int, Mapping[int, int]] = field(default_factory=dict)


def awards_of(programme: Programme) -> tuple[Award, ...]:
    """The awards whose rule is on; where a rule asks for one line a unit (KT-08), that list too."""
    rules = {rule.id: rule for rule in programme.rules if rule.on}
    found = [award for award in programme.awards if award.rule in rules]
    served = {award.rule for award in found}
    lines = (rule for rule in rules.values() if rule.test == EMULATION and rule.id not in served)
    return (*found, *map(_line_award, lines))


def _line_award(rule: Rule) -> Award:
    """The list for the yearly emulation file: every unit with its share of the target."""
    name = rule.title or rule.id
    return Award(
        *(EMULATION, name, rule.id, "unit", "programme"),
        name_en=rule.title_en,
        ranked_by="percent",
        least=0,
    )


def newest_period(
    award: Award,
    programme: Programme,
    today: date,
    own: Sequence[Period] = (),
    last_entered: date | None = None,
) -> Period | None:
    """The newest period of an award that is over; the one that runs where none is, else the first.

    Periods that began after the last day on which anything was entered are left out, where one is
    over before. ``own`` are the office's own campaigns. None where the programme has no such
    period.
    """
    every = [*periods(award.period, programme)]
    if award.period == "campaign":
        every = [*every, *(one for one in own if one not in every)]
    ended = [one for one in every if one.last < today]
    filled = [one for one in ended if last_entered is None or one.first <= last_entered]
    if ended := filled or ended:
        return max(ended, key=lambda one: (one.last, one.first))
    begun = [one for one in every if one.first <= today]
    return begun[-1] if begun else next(iter(every), None)


def shortlist(
    programme: Programme, award: Award, period: Period, contestants: Contestants
) -> Shortlist:
    """The shortlist for an award in a period.

    The contestants are those whom the award is for, over that period; whoever is not measured here
    (a unit with neither group nor target) is left out.
    """
    if award.to == "person":
        entries = _persons(programme, award, contestants)
    else:
        entries = _units(programme, award, _competing(award, contestants.units))
    clause = programme.cites.get(award.rule, "")
    flags = tuple(beyond_authority(programme, award, period.last))
    return Shortlist(award, period, clause, tuple(entries), flags)


def beyond_authority(programme: Programme, award: Award, on: date) -> Iterable[str]:
    """For each form of an award that none of its levels may give on a day: what is wrong (KT-04).

    Nothing is said where the definition has no table of authorities.
    """
    for form in award.forms if programme.authorities else ():
        opinions = [may_give(programme, level, form, on) for level in award.levels if level]
        if opinions and all(one.result is not Result.PASS for one in opinions):
            yield opinions[0].message


def judged(case: UnitCase | PersonCase) -> tuple[Finding, ...]:
    """What every rule about units, or about persons, that is on finds in one case, in order."""
    programme = case.programme
    subject = "unit" if isinstance(case, UnitCase) else "person"
    return tuple(
        _finding(programme, rule, TESTS[rule.test].decide(case, rule))
        for rule in programme.rules
        if rule.on and TESTS[rule.test].subject == subject
    )


def _finding(programme: Programme, rule: Rule, opinion: Opinion) -> Finding:
    return Finding(
        rule=rule.id,
        severity=opinion.severity or rule.severity,
        result=opinion.result,
        clause=programme.cites.get(rule.id, rule.clause),
        message=opinion.message,
        applies=opinion.applies,
    )


# --- Units ---------------------------------------------------------------------------------------


def _competing(award: Award, units: Sequence[UnitStanding]) -> list[UnitStanding]:
    """The units that an award is about.

    Teams all; grassroots unions with something; members of emulation groups and those beside them;
    otherwise the units with a target, and those beside them that have something.
    """
    if award.to == "team":
        return [one for one in units if one.authors]
    if award.within == "grassroots":
        above = {superior for one in units for superior in one.ancestors}
        return [one for one in units if _grassroots(one, above) and one.counts.entered]
    chosen = [one for one in units if one.group] if award.within == "emulation_group" else []
    chosen = chosen or [one for one in units if contest.target_of_unit(one) is not None]
    if not chosen:
        return [one for one in units if not one.ancestors and one.counts.entered]
    ids = {one.unit_id for one in chosen}
    beside = {one.ancestors[:1] for one in chosen}
    return [
        one
        for one in units
        if one.unit_id in ids or (one.ancestors[:1] in beside and one.counts.entered)
    ]


def _grassroots(standing: UnitStanding, above: set[int]) -> bool:
    """Whether a unit is a grassroots union; where its kind is not said, one with nobody below."""
    if standing.kind:
        return standing.kind in GRASSROOTS
    return bool(standing.ancestors) and standing.unit_id not in above


def _units(programme: Programme, award: Award, units: Sequence[UnitStanding]) -> Iterable[Entry]:
    by = award.counted or "eligible"
    found = _placed(
        units,
        lambda one: _circle(award, one),
        lambda one: contest.unit_key(one, programme, award.ranked_by, by),
    )
    test = next((rule.test for rule in programme.rules if rule.id == award.rule), "")
    for place, circle, one in found:
        if test == EMULATION:
            points = [_rated(programme, one, place)]
        else:
            points = list(_unit_points(programme, award, one, (place, circle)))
        entry = _entry(one, place, circle, points)
        if award.within == "emulation_group" and not one.group:
            entry = replace(entry, rank=None)
        if _shown(award, entry):
            yield replace(entry, figures=unit_figures(one, programme, award.counted))


def _circle(award: Award, standing: UnitStanding) -> tuple[object, str]:
    """Among whom a unit is ranked, and what that circle is called.

    Its emulation group; the teams of its unit; all grassroots unions; or the units under the same
    superior, for a union is not ranked against those that it is made of.
    """
    if award.within == "emulation_group":
        return standing.group or f"\0{standing.unit_id}", standing.group
    if award.to == "team":
        within = award.within == "grassroots"
        return standing.ancestors[:1] if within else "", standing.superior if within else ""
    if award.within == "grassroots":
        return "", ""
    return standing.ancestors[:1], standing.superior


def _unit_points(
    programme: Programme, award: Award, one: UnitStanding, at: tuple[Place, str]
) -> Iterable[Opinion]:
    """How a unit stands to each term of an award."""
    if award.honoured and one.honoured:
        yield contest.honoured()
        return
    place, circle = at
    counted_by = award.counted or programme.switches.counted
    if award.within == "emulation_group" and not one.group:
        yield contest.in_group(one)
    else:
        yield contest.leads(place, award.first, circle)
    count = one.counts.of(award.counted or "eligible")
    if not award.above_target or count < award.least:
        yield contest.at_least(count, award.least)
    if award.above_target:
        yield contest.above_target(one, counted_by)
    if award.participation:
        yield contest.takes_part(one, programme)
    if award.least_benefit:
        yield contest.worth(one.counts.benefit, award.least_benefit)


def _rated(programme: Programme, one: UnitStanding, place: Place) -> Opinion:
    """The unit's line in the emulation file: it is there whatever the share is."""
    rule = next(rule for rule in programme.rules if rule.test == EMULATION)
    said = emulation_line(UnitCase(programme, one, one.period.last), rule)
    if said.result is Result.REVIEW:
        return said
    return contest.combined((passed(said.message), contest.leads(place, 0, one.superior)))


def unit_figures(standing: UnitStanding, programme: Programme, counted_by: str = "") -> Figures:
    """The figures of a unit; percentages unrounded, None where there is no target or headcount."""
    counts = standing.counts
    return {
        "recorded": counts.recorded,
        "entered": counts.entered,
        "eligible": counts.eligible,
        "target": contest.target_of_unit(standing),
        "percent": contest.percent_of(standing, counted_by or programme.switches.counted),
        "people": standing.credited,
        "authors": standing.authors,
        "headcount": standing.headcount,
        "participation": contest.rate_of(standing, programme),
        "benefit": counts.benefit,
        "unconverted": counts.unconverted,
    }


# --- Persons -------------------------------------------------------------------------------------


def _persons(programme: Programme, award: Award, contestants: Contestants) -> Iterable[Entry]:
    del programme
    found = _placed(
        contestants.persons,
        lambda one: _person_circle(award, one),
        lambda one: contest.person_key(one, award.ranked_by),
    )
    short: Counter[str] = Counter()
    for place, circle, one in found:
        points = list(_person_points(award, one, (place, circle), contestants))
        entry = _entry(one, place, circle, points)
        short[circle] += entry.qualifies is False
        if _shown(award, entry) and (entry.qualifies is not False or short[circle] <= NEAR):
            yield _for_selection(award, replace(entry, figures=person_figures(one)))


def _person_circle(award: Award, standing: PersonStanding) -> tuple[object, str]:
    if award.within == "object_group":
        return standing.object_group.strip(), standing.object_group.strip()
    if award.within == "grassroots":
        return standing.unit_id, standing.unit
    return "", ""


def _person_points(
    award: Award, one: PersonStanding, at: tuple[Place, str], contestants: Contestants
) -> Iterable[Opinion]:
    """How a person stands to each term of an award."""
    place, circle = at
    if award.within == "object_group" and not circle:
        yield undecided(
            _("{name}: the object group of the initiative is not given. Choose it.").format(
                name=one.name
            )
        )
    else:
        yield contest.leads(place, award.first, circle)
    yield contest.at_least(one.eligible, award.least)
    if award.least_benefit:
        yield contest.worth(one.benefit, award.least_benefit)
    if award.benefit_terms:
        yield _benefit_terms(award.benefit_terms, one, contestants.yearly.get(one.person_id, {}))


def _benefit_terms(
    terms: Sequence[BenefitTerm], one: PersonStanding, yearly: Mapping[int, int]
) -> Opinion:
    """Whether a person has the benefit asked of somebody of that education and post.

    For review where the education or the post is not said and more than one term might be meant.
    """
    chances = [
        (term, concerned, _within_years(term, one, yearly))
        for term in terms
        if (concerned := _concerns(term, one)) is not False
    ]
    if not chances:
        return failed(
            _("{name}: no term of this award is for that education and post.").format(name=one.name)
        )
    for term, concerned, reached in chances:
        if concerned and reached >= term.least:
            return contest.worth(reached, term.least)
    if any(reached >= term.least for term, _concerned, reached in chances):
        return undecided(
            _(
                "{name}: education or post is not given, on which the benefit asked for depends. "
                "Enter it."
            ).format(name=one.name)
        )
    term, _concerned, reached = min(chances, key=lambda chance: chance[0].least - chance[2])
    return contest.worth(reached, term.least)


def _concerns(term: BenefitTerm, one: PersonStanding) -> bool | None:
    """Whether a term is for somebody of that education and post, None where one is not said."""
    if term.leader is not None and one.leader_post is not None and term.leader != one.leader_post:
        return False
    schooling = fold(one.education)
    if term.education and schooling:
        if not any(fold(word) in schooling for word in term.education):
            return False
    elif term.education:
        return None
    return None if term.leader is not None and one.leader_post is None else True


def _within_years(term: BenefitTerm, one: PersonStanding, yearly: Mapping[int, int]) -> int:
    """The largest sum of so many years in a row; the period's own sum where it is one year."""
    if term.years <= 1 or not yearly:
        return one.benefit
    sums = [sum(yearly.get(year + more, 0) for more in range(term.years)) for year in yearly]
    return max(sums)


def person_figures(standing: PersonStanding) -> Figures:
    """The figures of a person, and the initiative that speaks for them."""
    return {
        "eligible": standing.eligible,
        "benefit": standing.benefit,
        "social": standing.social,
        "best_code": standing.best_code,
        "best_title": standing.best_title,
        "object_group": standing.object_group,
    }


def _for_selection(award: Award, entry: Entry) -> Entry:
    """A person who meets every term is still to be chosen where a body chooses."""
    if not award.selected_by or entry.qualifies is False:
        return entry
    chosen = _("To be chosen by {body}.").format(body=award.selected_by)
    return replace(entry, qualifies=None, missing=(*entry.missing, chosen))


# --- Great initiatives ---------------------------------------------------------------------------


def great_list(
    programme: Programme, rule: Rule, period: Period, key: str, found: Sequence[GreatInitiative]
) -> Shortlist:
    """One of the two lists of great initiatives (QT-04): ``key`` says by money or by society.

    Money gives the places; how deep a benefit to society goes, people decide.
    """
    by_money = key == GREAT_BY_MONEY
    name = _("Great benefit in money") if by_money else _("Deep meaning for society")
    award = Award(key, name, rule.id, "person", "programme")
    keys: list[Key] = [(one.benefit or 0,) for one in found]
    entries = [
        Entry(
            place.rank if by_money else None,
            *(one, "", {"benefit": one.benefit, "code": one.code, "title": one.title}),
            True if by_money else None,
            (_money(one) if by_money else one.social_benefit,),
            () if by_money else (_("Meaning and reach are to be judged by people."),),
        )
        for place, one in zip(contest.places(keys), found, strict=True)
    ]
    return Shortlist(award, period, programme.cites.get(rule.id, ""), tuple(entries))


def _money(one: GreatInitiative) -> str:
    return _("Benefit of one year {benefit} đồng.").format(benefit=amount(one.benefit or 0))


# --- Both ----------------------------------------------------------------------------------------


def _placed(
    contestants: Sequence[C],
    circle_of: Callable[[C], tuple[object, str]],
    key_of: Callable[[C], Key],
) -> Iterable[tuple[Place, str, C]]:
    """Everybody with the place within the circle; circles by name, then by place and name."""
    circles: dict[object, list[C]] = {}
    names: dict[object, str] = {}
    for one in contestants:
        circle, name = circle_of(one)
        circles.setdefault(circle, []).append(one)
        names[circle] = name
    for circle in sorted(circles, key=lambda each: (not names[each], sort_key(names[each]))):
        members = circles[circle]
        ranked = zip(contest.places([key_of(one) for one in members]), members, strict=True)
        for place, one in sorted(ranked, key=lambda pair: (pair[0].rank, sort_key(_name(pair[1])))):
            yield place, names[circle], one


def _name(standing: UnitStanding | PersonStanding) -> str:
    return standing.name if isinstance(standing, PersonStanding) else standing.unit


def _entry(
    subject: UnitStanding | PersonStanding, place: Place, circle: str, points: Sequence[Opinion]
) -> Entry:
    results = {point.result for point in points}
    qualifies = None if Result.REVIEW in results else True
    if Result.FAIL in results:
        qualifies = False
    why = tuple(point.message for point in points if point.result is Result.PASS)
    missing = tuple(point.message for point in points if point.result is not Result.PASS)
    if missing and isinstance(subject, UnitStanding):
        missing = (*missing, *_not_eligible(subject))
    return Entry(place.rank, subject, circle, {}, qualifies, why, missing)


def _not_eligible(standing: UnitStanding) -> Iterable[str]:
    """What was entered and does not count as eligible, where something is missing."""
    counts = standing.counts
    if counts.ineligible or counts.review:
        yield _(
            "Of {entered} initiatives entered, {ineligible} are not eligible and {review} are to "
            "be reviewed."
        ).format(
            entered=amount(counts.entered),
            ineligible=amount(counts.ineligible),
            review=amount(counts.review),
        )


def _shown(award: Award, entry: Entry) -> bool:
    """Whether an entry is near enough: units always, of persons and teams the next few places."""
    if award.to == "unit" or entry.qualifies is not False:
        return True
    return not award.first or (entry.rank or 0) <= award.first + NEAR
