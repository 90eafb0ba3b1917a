"""Rules on when: application, entry on the portal, and the stage that both belong to."""

from typing import Any

from desktop.programme.calendar import (
    Position,
    Span,
    latest,
    of_days,
    of_moment,
    order,
    span,
)
from desktop.programme.case import Case, Opinion, Window, beside, failed, passed, undecided
from desktop.programme.saying import Joined, Said
from desktop.programme.shape import Rule
from desktop.programme.wording import stage_hours
from desktop.text import N_
from desktop.vietnamese.dates import Moment, PartialDate

_TRIED, _USED = Said(N_("The date of trial")), Said(N_("The date of official use"))
_WOULD = {
    Position.INSIDE: Said(N_("it would pass")),
    Position.OUTSIDE: Said(N_("it would fail")),
    Position.STRADDLING: Said(N_("it would be for review")),
}


def applied(case: Case, _rule: Rule) -> Opinion:
    """It has been applied, or tried, by today (DK-05, 46/HD-TLĐ I.2.2); a plan is not enough."""
    today, facts = case.today, case.facts
    given = [one for one in (case.trial, case.use) if one is not None]
    if not given:
        return failed(
            N_("There is no date of trial or of official use. Enter the day it was first applied.")
        )
    if min(one.last for one in given) <= today:
        return passed(N_("It has been applied or tried."))
    dates = [one for one in (facts.trial, facts.use) if one is not None]
    first = min(dates, key=lambda day: day.first)
    if min(one.first for one in given) <= today:
        text = N_(
            "Whether it has been applied yet cannot be told from “{date}”. Enter the exact day."
        )
        return undecided(text, date=first)
    text = N_(
        "The application date {date} lies in the future: so far it is only a plan. Enter it again "
        "once it has been applied or tried."
    )
    return failed(text, date=first)


def applied_in_window(case: Case, _rule: Rule) -> Opinion:
    """Applied within the programme's days (DK-07, 46/HD-TLĐ I.3 dash 1; MT-01, MT-06).

    The application date is the earlier of trial and official use, as the application form asks, or
    official use alone, by a switch. Where the two would be judged differently the message says so.
    """
    window = case.plan.apply
    application = case.application
    if application is None:
        return beside(N_("Without an application date there is nothing to compare."))
    name, day = _application_named(case)
    position = of_days(application, window)
    if position is Position.INSIDE:
        text = N_("{name} {date} lies within {window}.")
        found = passed(text, name=name, date=day, window=window)
        return _with_other_basis(case, position, found)
    if position is Position.OUTSIDE:
        text = N_(
            "{name} {date} lies outside {window}. Check the date on the papers; if it is right, "
            "the initiative cannot take part."
        )
        found = failed(text, name=name, date=day, window=window)
        return _with_other_basis(case, position, found)
    text = N_("{name} {date} may lie inside or outside {window}. Enter the exact day.")
    found = undecided(text, name=name, date=day, window=window)
    return _with_other_basis(case, position, found)


def _application_named(case: Case) -> tuple[Said, PartialDate | None]:
    """The date that the application date was taken from, and what it is called."""
    trial, use = case.facts.trial, case.facts.use
    if case.trial is None or (
        case.use is not None and (case.plan.by_use or case.use.first < case.trial.first)
    ):
        return _USED, use
    return _TRIED, trial


def _with_other_basis(case: Case, position: Position, found: Opinion) -> Opinion:
    """With a note for the chairperson where the other basis would be judged differently."""
    if case.trial is None or case.use is None:
        return found
    by_use, facts = case.plan.by_use, case.facts
    there = of_days(case.trial if by_use else case.use, case.plan.apply)
    if there is position:
        return found
    name = N_("date of trial") if by_use else N_("date of official use")
    date = facts.trial if by_use else facts.use
    note = Said(
        N_("Note: counted by the {name}, {date}, {verdict}."),
        {"name": Said(name), "date": date, "verdict": _WOULD[there]},
    )
    return found._replace(template="{all}", values={"all": Joined((found.said, note), " ")})


def entered_after_recognition(case: Case, _rule: Rule) -> Opinion:
    """First recognised, then entered; the same day is allowed (DK-13, 46/HD-TLĐ III.6)."""
    sent = case.facts.sent
    if sent is None:
        return beside(N_("Not yet entered on the portal."))
    if case.topic_proved:
        return beside(N_("A topic with acceptance and confirmation needs no decision."))
    decision = case.facts.decision
    if decision is None or case.issued is None:
        return undecided(
            N_(
                "The date of the decision is missing, so it cannot be compared with the portal "
                "time."
            )
        )
    issued, day = decision.issued, sent.day
    position = order(case.issued, Span(day, day))
    if position is Position.INSIDE:
        text = N_("Recognised on {issued}, then entered on the portal on {sent}.")
        return passed(text, issued=issued, sent=sent)
    if position is Position.OUTSIDE:
        text = N_(
            "It was entered on the portal on {sent}, before the decision of {issued}. Check both "
            "dates; if they are right, enter it again after the decision."
        )
        return failed(text, issued=issued, sent=sent)
    text = N_("Whether the decision ({issued}) came before the entry on {sent} cannot be told.")
    return undecided(text, issued=issued, sent=sent)


def entered_in_stage(case: Case, rule: Rule) -> Opinion:
    """Entered within the hours of the stage it falls to (DK-15 and DK-16, 46/HD-TLĐ IV; MT-09).

    A stage binds what was sent from the end of the stage before it until its own end; the last one
    also binds everything later. A time known to the day may straddle the opening hour.
    """
    sent = case.facts.sent
    if sent is None:
        return beside(N_("Not yet entered on the portal."))
    bound = _window_that_binds(case, sent)
    if bound is None or bound.stage.number != rule.parameters.stage:
        return beside(N_("The portal time {sent} falls under another stage."), sent=sent)
    stage = bound.stage
    position = of_moment(sent, bound.upload)
    if position is Position.INSIDE:
        return passed(N_("Entered on {sent}, within {stage}."), sent=sent, stage=bound.name)
    values: dict[str, Any] = {"sent": sent, "stage": bound.name, "window": stage_hours(stage)}
    if position is Position.STRADDLING:
        text = N_(
            "It was entered on {sent}; on that day the hour decides ({stage}: {window}). Enter the "
            "hour and minute shown on the portal."
        )
        return undecided(text, **values)
    text = N_(
        "The portal time {sent} lies outside {stage} ({window}), in no stage at all. Check the "
        "time; if it is right, enter it again in a stage that is open."
    )
    return failed(text, **values)


def _window_that_binds(case: Case, sent: Moment) -> Window | None:
    """The stage whose rule looks at the portal time: the first that had not ended, or the last."""
    windows = case.plan.stages
    for window in windows:
        if sent.at < window.before:
            return window
    return windows[-1] if windows else None


def qualified_in_stage(case: Case, _rule: Rule) -> Opinion:
    """It qualified in the stage in which it was entered (DK-17, 46/HD-TLĐ IV; MT-10).

    It qualifies with the later of application and decision (handbook 5.2), or with one of them by
    a switch. It is counted in the stage of its entry all the same.
    """
    if case.facts.sent is None:
        return beside(N_("Not yet entered on the portal."))
    window = case.entered
    if window is None:
        return beside(N_("The portal time lies in no stage."))
    qualified = _qualify_date(case)
    if qualified is None:
        return undecided(
            N_(
                "The date of application or of the decision is missing, so the stage in which it "
                "qualified cannot be told."
            )
        )
    stage, admitted = window.name, window.qualify
    date = qualified
    position = of_days(qualified, admitted)
    if position is Position.INSIDE:
        return passed(N_("It qualified on {date}, within {stage}."), date=date, stage=stage)
    if case.plan.switches.crossing == "accept":
        text = N_("It qualified on {date} and is counted in {stage}, where it was entered.")
        return passed(text, date=date, stage=stage)
    if position is Position.STRADDLING:
        text = N_("Whether it qualified within {stage} ({window}) cannot be told from {date}.")
        return undecided(text, date=date, stage=stage, window=admitted)
    text = N_(
        "It qualified on {date}, outside {window} of {stage}, in which it was entered. It is "
        "counted in {stage}; ask the superior union if it objects."
    )
    return failed(text, date=date, stage=stage, window=admitted)


def _qualify_date(case: Case) -> Span | None:
    """The days on which it may have qualified; a topic's acceptance stands for the decision."""
    basis = case.plan.switches.qualify_date
    application, decided = case.application, case.issued
    if case.topic_proved:
        accepted = case.facts.topic_accepted
        decided = span(accepted) if accepted is not None else None
    if basis == "decision":
        return decided
    if basis == "application":
        return application
    if application is None or decided is None:
        return None
    return latest(application, decided)
