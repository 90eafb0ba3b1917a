"""Rules on targets (CT) and on how the work is organised (QT), of a unit over a period."""

from fractions import Fraction
from math import ceil

from desktop.programme import contest
from desktop.programme.case import Opinion, beside, failed, passed, undecided
from desktop.programme.contest import UnitCase
from desktop.programme.progress import figure_words, percent_words, reached_on
from desktop.programme.shape import Rounding, Rule
from desktop.programme.targets import days_early, share_of_target
from desktop.programme.wording import amount
from desktop.text import N_, _, counted
from desktop.vietnamese.dates import short_date

DETAILS = {
    "content": N_("the description of the solution"),
    "novelty": N_("what is new"),
    "application": N_("when it was put to use"),
    "effect": N_("its benefit, in money or to society"),
    "value": N_("its benefit of one year in money"),
    "authors": N_("its authors with their shares"),
    "decision": N_("the decision that recognised it"),
    "evidence": N_("the scanned evidence"),
}
"""What can be asked of a complete record (1298/LĐLĐ 5), by the names used in ``required``."""


def stage_target(case: UnitCase, rule: Rule) -> Opinion:
    """The programme's own target of a stage is reached (46, II.1-2)."""
    del rule
    return _reached(case, case.standing.counts.of(_by(case)), case.standing.period.target)


def participation_rate(case: UnitCase, rule: Rule) -> Opinion:
    """So many per cent of the people take part (46, II.3); review without a headcount."""
    del rule
    return contest.takes_part(case.standing, case.programme)


def unit_target(case: UnitCase, rule: Rule) -> Opinion:
    """The unit's own target of the period is reached (Lai Châu II.3)."""
    del rule
    count = case.standing.counts.of(_by(case))
    return _reached(case, count, contest.target_of_unit(case.standing))


def campaign_target(case: UnitCase, rule: Rule) -> Opinion:
    """The target of a campaign is reached, counted from its own start (3990, 1).

    A target of the unit for the campaign counts what the campaign brought; the campaign's own
    counts its baseline in.
    """
    del rule
    mine = case.standing
    if mine.period.kind != "campaign":
        return beside(_("{period} is no campaign.").format(period=mine.period.label))
    count, own = mine.counts.of(_by(case)), contest.target_of_unit(mine)
    if own is not None:
        return _reached(case, count, own)
    return _reached(case, count + (mine.period.baseline or 0), mine.period.target)


def share_reached(case: UnitCase, rule: Rule) -> Opinion:
    """The share of the target, rounded as the rule's document does (1298, 1; MT-14)."""
    mine = case.standing
    count, target = mine.counts.of(_by(case)), contest.target_of_unit(mine)
    percent = share_of_target(count, target)
    if percent is None:
        return _no_target(case, count)
    said = _("{count} of {target} initiatives: {percent}.").format(
        count=amount(count),
        target=figure_words(Fraction(target or 0)),
        percent=percent_words(percent, case.programme.rounding_of(rule.document)),
    )
    return passed(said) if percent >= 100 else failed(said)


def reached_early(case: UnitCase, rule: Rule) -> Opinion:
    """The target was reached, and so many days before the end (1298, 1).

    It is worked out anew each time: a record that turns out not to be eligible may move the day.
    """
    del rule
    mine = case.standing
    target = contest.target_of_unit(mine)
    if not target:
        return _no_target(case, mine.counts.of(_by(case)))
    day = reached_on(case.running, ceil(target))
    if day is None:
        return _reached(case, mine.counts.of(_by(case)), target)
    early = days_early(day, mine.period.last)
    figures = {"target": figure_words(Fraction(target)), "day": short_date(day)}
    if early < 0:
        return failed(_("The target of {target} was reached on {day}, too late.").format(**figures))
    said = counted(
        "The target of {target} was reached on {day}, {count} day before the end on {last}.",
        "The target of {target} was reached on {day}, {count} days before the end on {last}.",
        early,
    )
    return passed(said.format(count=amount(early), last=short_date(mine.period.last), **figures))


def _by(case: UnitCase) -> str:
    """What is counted against targets (MT-16)."""
    return case.programme.switches.counted


def _no_target(case: UnitCase, count: int) -> Opinion:
    return undecided(
        _("{count} initiatives, but no target for {period}: enter the target.").format(
            count=amount(count), period=case.standing.period.label
        )
    )


def _reached(case: UnitCase, count: int, target: int | Fraction | None) -> Opinion:
    """Whether a target is reached; how many are missing, and how long there is time."""
    if not target:
        return _no_target(case, count)
    figures = {
        "count": amount(count),
        "target": figure_words(Fraction(target)),
        "percent": percent_words(share_of_target(count, target), _rounding(case)),
    }
    if count >= target:
        return passed(_("{count} of {target} initiatives ({percent}): reached.").format(**figures))
    figures["missing"] = amount(ceil(target) - count)
    last = case.standing.period.last
    figures["last"] = short_date(last)
    if case.today > last:
        said = _(
            "{count} of {target} initiatives ({percent}): {missing} were missing when the period "
            "ended on {last}."
        )
        return failed(said.format(**figures))
    said = _("{count} of {target} initiatives ({percent}): {missing} more are needed by {last}.")
    return failed(said.format(**figures))


def _rounding(case: UnitCase) -> Rounding:
    return case.programme.rounding


# --- How the work is organised -------------------------------------------------------------------


def support_team(case: UnitCase, rule: Rule) -> Opinion:
    """A grassroots union has a support team (Tổ hỗ trợ sáng kiến; 46, III.1)."""
    del rule
    unit, has = case.standing.unit, case.standing.support_team
    if has is None:
        return beside(_("{unit} needs no support team of its own.").format(unit=unit))
    if has:
        return passed(_("{unit} has a support team.").format(unit=unit))
    return failed(
        _("{unit} has no support team: set one up and record its decision and members.").format(
            unit=unit
        )
    )


def agreement(case: UnitCase, rule: Rule) -> Opinion:
    """A grassroots union has an agreement with the head of its employer (46, III.1)."""
    del rule
    unit, has = case.standing.unit, case.standing.agreement
    if has is None:
        return beside(_("{unit} needs no agreement with an employer.").format(unit=unit))
    if has:
        return passed(_("{unit} has an agreement with the head of its employer.").format(unit=unit))
    return failed(
        _(
            "{unit} has no agreement with the head of its employer on record: sign one, or record "
            "it."
        ).format(unit=unit)
    )


def complete_and_honest(case: UnitCase, rule: Rule) -> Opinion:
    """The unit's records say all that is asked for (1298, 5): a share of complete details.

    Parameters ``required`` (names of DETAILS) and ``least_percent``. Whether they are true, only a
    person can tell.
    """
    mine, entered = case.standing, case.standing.counts.entered
    required = [name for name in rule.parameters.required if name in DETAILS]
    if not entered or not required:
        return beside(_("{unit} has entered nothing yet.").format(unit=mine.unit))
    filled = {name: min(case.filled.get(name, 0), entered) for name in required}
    percent = share_of_target(sum(filled.values()), entered * len(required))
    figures = {
        "unit": mine.unit,
        "percent": percent_words(percent, _rounding(case)),
    }
    if percent is not None and percent >= rule.parameters.least_percent:
        return passed(
            _(
                "{unit}: {percent} of the details are there. Whether they are true is to be seen."
            ).format(**figures)
        )
    lacking = [
        _("{detail} ({count})").format(detail=_(DETAILS[name]), count=amount(entered - number))
        for name, number in filled.items()
        if number < entered
    ]
    return failed(
        _("{unit}: {percent} of the details are there. To be added: {details}.").format(
            details="; ".join(lacking), **figures
        )
    )


def great_initiatives(case: UnitCase, rule: Rule) -> Opinion:
    """The unit has initiatives for the lists of great ones, by money and by worth (1298, 5).

    The documents give no thresholds; parameters ``least_benefit`` (đồng in one year) and
    ``least_letters`` (of the benefit to society described) are the office's own.
    """
    mine, great = case.standing, case.great
    if great is None:
        return undecided(_("{unit}: not counted yet.").format(unit=mine.unit))
    if not any(great):
        return failed(
            _(
                "{unit}: none has a benefit of {benefit} đồng or more in one year, or its benefit "
                "to society described at length."
            ).format(unit=mine.unit, benefit=amount(rule.parameters.least_benefit))
        )
    return passed(
        _(
            "{unit}: {money} by benefit in money, {society} by benefit to society. Gather them."
        ).format(unit=mine.unit, money=amount(great.money), society=amount(great.society))
    )
