"""Rules on when: application, entry on the portal, and the stage that both belong to."""

from desktop.programme.calendar import (
    Position,
    Span,
    in_future,
    latest,
    of_days,
    of_moment,
    order,
    span,
)
from desktop.programme.case import Case, Opinion, beside, failed, passed, undecided
from desktop.programme.shape import Rule, Stage
from desktop.programme.wording import days, hours
from desktop.text import _
from desktop.vietnamese.dates import PartialDate


def applied(case: Case, _rule: Rule) -> Opinion:
    """It has been applied, or tried, by today (DK-05, 46/HD-TLĐ I.2.2); a plan is not enough."""
    given = [day for day in (case.facts.trial, case.facts.use) if day is not None]
    if not given:
        return failed(
            _("There is no date of trial or of official use. Enter the day it was first applied.")
        )
    positions = [in_future(span(day), case.today) for day in given]
    if Position.INSIDE in positions:
        return passed(_("It has been applied or tried."))
    first = min(given, key=lambda day: day.first)
    if Position.STRADDLING in positions:
        text = _(
            "Whether it has been applied yet cannot be told from “{date}”. Enter the exact day."
        )
        return undecided(text.format(date=first))
    text = _(
        "The application date {date} lies in the future: so far it is only a plan. Enter it again "
        "once it has been applied or tried."
    )
    return failed(text.format(date=first))


def applied_in_window(case: Case, _rule: Rule) -> Opinion:
    """Applied within the programme's days (DK-07, 46/HD-TLĐ I.3 dash 1; MT-01, MT-06).

    The application date is the earlier of trial and official use, as the application form asks, or
    official use alone, by a switch. Where the two would be judged differently the message says so.
    """
    window = case.programme.windows.apply
    application = case.application
    if application is None:
        return beside(_("Without an application date there is nothing to compare."))
    name, day = _application_named(case)
    position = of_days(application, window)
    values = {"name": name, "date": day, "window": days(window)}
    if position is Position.INSIDE:
        text = _("{name} {date} lies within {window}.")
        return passed(text.format(**values) + _other_basis(case, position))
    if position is Position.OUTSIDE:
        text = _(
            "{name} {date} lies outside {window}. Check the date on the papers; if it is right, "
            "the initiative cannot take part."
        )
        return failed(text.format(**values) + _other_basis(case, position))
    text = _("{name} {date} may lie inside or outside {window}. Enter the exact day.")
    return undecided(text.format(**values) + _other_basis(case, position))


def _application_named(case: Case) -> tuple[str, PartialDate | None]:
    """The date that the application date was taken from, and what it is called."""
    trial, use = case.facts.trial, case.facts.use
    by_use = case.programme.switches.application_date == "use"
    if trial is None or (use is not None and (by_use or use.first < trial.first)):
        return _("The date of official use"), use
    return _("The date of trial"), trial


def _other_basis(case: Case, position: Position) -> str:
    """The note for the chairperson where the other basis would be judged differently."""
    trial, use = case.facts.trial, case.facts.use
    if trial is None or use is None:
        return ""
    by_use = case.programme.switches.application_date == "use"
    other, name = (trial, _("date of trial")) if by_use else (use, _("date of official use"))
    there = of_days(span(other), case.programme.windows.apply)
    if there is position:
        return ""
    verdict = {
        Position.INSIDE: _("it would pass"),
        Position.OUTSIDE: _("it would fail"),
        Position.STRADDLING: _("it would be for review"),
    }[there]
    text = _("Note: counted by the {name}, {date}, {verdict}.")
    return " " + text.format(name=name, date=other, verdict=verdict)


def entered_after_recognition(case: Case, _rule: Rule) -> Opinion:
    """First recognised, then entered; the same day is allowed (DK-13, 46/HD-TLĐ III.6)."""
    sent = case.facts.sent
    if sent is None:
        return beside(_("Not yet entered on the portal."))
    if case.topic_proved:
        return beside(_("A topic with acceptance and confirmation needs no decision."))
    issued = case.facts.decision.issued if case.facts.decision else None
    if issued is None:
        return undecided(
            _("The date of the decision is missing, so it cannot be compared with the portal time.")
        )
    values = {"issued": issued, "sent": sent}
    position = order(span(issued), Span(sent.day, sent.day))
    if position is Position.INSIDE:
        text = _("Recognised on {issued}, then entered on the portal on {sent}.")
        return passed(text.format(**values))
    if position is Position.OUTSIDE:
        text = _(
            "It was entered on the portal on {sent}, before the decision of {issued}. Check both "
            "dates; if they are right, enter it again after the decision."
        )
        return failed(text.format(**values))
    text = _("Whether the decision ({issued}) came before the entry on {sent} cannot be told.")
    return undecided(text.format(**values))


def entered_in_stage(case: Case, rule: Rule) -> Opinion:
    """Entered within the hours of the stage it falls to (DK-15 and DK-16, 46/HD-TLĐ IV; MT-09).

    A stage binds what was sent from the end of the stage before it until its own end; the last one
    also binds everything later. A time known to the day may straddle the opening hour.
    """
    sent = case.facts.sent
    if sent is None:
        return beside(_("Not yet entered on the portal."))
    stage = case.programme.stage(rule.parameters.stage)
    bound = stage_that_binds(case)
    if stage is None or bound is not stage:
        return beside(_("The portal time {sent} falls under another stage.").format(sent=sent))
    values = {"sent": sent, "stage": stage.label, "window": hours(stage.upload)}
    position = of_moment(sent, stage.upload)
    if position is Position.INSIDE:
        return passed(_("Entered on {sent}, within {stage}.").format(**values))
    if position is Position.STRADDLING:
        text = _(
            "It was entered on {sent}; on that day the hour decides ({stage}: {window}). Enter the "
            "hour and minute shown on the portal."
        )
        return undecided(text.format(**values))
    text = _(
        "The portal time {sent} lies outside {stage} ({window}), in no stage at all. Check the "
        "time; if it is right, enter it again in a stage that is open."
    )
    return failed(text.format(**values))


def stage_that_binds(case: Case) -> Stage | None:
    """The stage whose rule looks at the portal time: the first that had not ended, or the last."""
    sent = case.facts.sent
    if sent is None or not case.programme.stages:
        return None
    for stage in case.programme.stages:
        if sent.at < stage.upload_before:
            return stage
    return case.programme.stages[-1]


def stage_entered(case: Case) -> Stage | None:
    """The stage in which the portal time lies; None in none, or where a day alone does not tell."""
    sent = case.facts.sent
    if sent is None:
        return None
    for stage in case.programme.stages:
        if of_moment(sent, stage.upload) is Position.INSIDE:
            return stage
    return None


def qualified_in_stage(case: Case, _rule: Rule) -> Opinion:
    """It qualified in the stage in which it was entered (DK-17, 46/HD-TLĐ IV; MT-10).

    It qualifies with the later of application and decision (handbook 5.2), or with one of them by
    a switch. It is counted in the stage of its entry all the same.
    """
    if case.facts.sent is None:
        return beside(_("Not yet entered on the portal."))
    stage = stage_entered(case)
    if stage is None:
        return beside(_("The portal time lies in no stage."))
    qualified = _qualify_date(case)
    if qualified is None:
        return undecided(
            _(
                "The date of application or of the decision is missing, so the stage in which it "
                "qualified cannot be told."
            )
        )
    values = {"stage": stage.label, "window": days(stage.qualify), "date": _span_shown(qualified)}
    position = of_days(qualified, stage.qualify)
    if position is Position.INSIDE:
        return passed(_("It qualified on {date}, within {stage}.").format(**values))
    if case.programme.switches.crossing == "accept":
        text = _("It qualified on {date} and is counted in {stage}, where it was entered.")
        return passed(text.format(**values))
    if position is Position.STRADDLING:
        text = _("Whether it qualified within {stage} ({window}) cannot be told from {date}.")
        return undecided(text.format(**values))
    text = _(
        "It qualified on {date}, outside {window} of {stage}, in which it was entered. It is "
        "counted in {stage}; ask the superior union if it objects."
    )
    return failed(text.format(**values))


def _qualify_date(case: Case) -> Span | None:
    """The days on which it may have qualified; a topic's acceptance stands for the decision."""
    basis = case.programme.switches.qualify_date
    application = case.application
    facts = case.facts
    issued = facts.decision.issued if facts.decision else None
    if case.topic_proved:
        issued = facts.topic_accepted
    decided = span(issued) if issued is not None else None
    if basis == "decision":
        return decided
    if basis == "application":
        return application
    if application is None or decided is None:
        return None
    return latest(application, decided)


def _span_shown(shown: Span) -> str:
    """A day, or the first and last day it may be."""
    first = str(PartialDate.of(shown.first))
    return first if shown.first == shown.last else f"{first} – {PartialDate.of(shown.last)}"
