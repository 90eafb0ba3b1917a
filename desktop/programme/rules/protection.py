"""The rule on intellectual property: nothing that is under protection takes part."""

from datetime import date

from desktop.programme.calendar import Days, Position, Span, of_days
from desktop.programme.case import Case, Opinion, failed, passed, undecided
from desktop.programme.facts import Protection
from desktop.programme.saying import Said
from desktop.programme.shape import Rule
from desktop.programme.verdict import Severity
from desktop.text import N_
from desktop.vietnamese.dates import PartialDate


def not_protected(case: Case, _rule: Rule) -> Opinion:
    """Not under protection when recognised and when entered (DK-09, 46/HD-TLĐ I.3 dash 4).

    Protection without dates counts as protection today. An application that has been filed but not
    granted is only a warning.
    """
    state = case.facts.protection
    if state is None:
        return undecided(
            N_(
                "It is not said whether it is under intellectual-property protection. Ask the "
                "author and choose “Yes” or “No”."
            )
        )
    if state is Protection.NONE:
        return passed(N_("Not under intellectual-property protection."))
    if state is Protection.PENDING:
        return undecided(
            N_(
                "Protection has been applied for but not granted. Follow the application: once it "
                "is granted the initiative may not take part."
            ),
            Severity.WARN,
        )
    return _by_dates(case, state)


def _by_dates(case: Case, state: Protection) -> Opinion:
    """The answer for a right that is or was in force, from its dates on the days that count."""
    start, end = case.facts.protected_from, case.facts.protected_to
    if state is Protection.EXPIRED and end is None:
        return passed(N_("The protection is no longer in force."))
    if start is None and end is None:
        return failed(
            N_(
                "It is under intellectual-property protection. It may not take part while the "
                "protection lasts; if it has ended, enter until when it lasted."
            )
        )
    if start is not None and end is not None and end.last < start.first:
        text = N_("The protection ends ({end}) before it starts ({start}). Correct the dates.")
        return undecided(text, start=start, end=end)
    positions = [_in_force(start, end, day) for day in _days_that_count(case)]
    period = _period(start, end)
    if Position.INSIDE in positions and state is Protection.PROTECTED:
        text = N_(
            "It is under intellectual-property protection {period}, which covers the day of "
            "recognition or of entry on the portal. It may not take part."
        )
        return failed(text, period=period)
    if Position.INSIDE in positions or Position.STRADDLING in positions:
        text = N_(
            "The protection ran {period}; whether it was in force on the day of recognition or "
            "entry must be looked at. Enter the exact days."
        )
        return undecided(text, period=period)
    text = N_("The protection ({period}) was not in force on the days that count.")
    return passed(text, period=period)


def _period(start: PartialDate | None, end: PartialDate | None) -> Said:
    """From when to when the right is in force, as far as it is known."""
    if start is not None and end is not None:
        return Said(N_("from {start} to {end}"), {"start": start, "end": end})
    if start is not None:
        return Said(N_("from {date}"), {"date": start})
    return Said(N_("until {date}"), {"date": end})


def _days_that_count(case: Case) -> list[Span]:
    """The day of the decision, and the day of entry or, until then, today (rules.json, DK-09)."""
    facts = case.facts
    entry: date = facts.sent.day if facts.sent is not None else case.today
    counted = [Span(entry, entry)]
    if case.issued is not None:
        counted.insert(0, case.issued)
    return counted


def _in_force(start: PartialDate | None, end: PartialDate | None, day: Span) -> Position:
    """Whether the right covers the day: surely (INSIDE), surely not (OUTSIDE), or perhaps."""
    widest = Days(start.first if start else None, end.last if end else None)
    narrowest = Days(start.last if start else None, end.first if end else None)
    if of_days(day, widest) is Position.OUTSIDE:
        return Position.OUTSIDE
    empty = (
        narrowest.first is not None
        and narrowest.last is not None
        and narrowest.last < narrowest.first
    )
    if not empty and of_days(day, narrowest) is Position.INSIDE:
        return Position.INSIDE
    return Position.STRADDLING
