"""Rules on research topics (đề tài nghiên cứu khoa học), category 1.7."""

from desktop.programme.calendar import Days, Position, in_future, of_days, span
from desktop.programme.case import Case, Opinion, beside, failed, passed, undecided
from desktop.programme.rules.words import has_phrase, plain, plain_all
from desktop.programme.saying import Joined, Said
from desktop.programme.shape import Parameters, Rule
from desktop.programme.verdict import Result
from desktop.programme.wording import has_words
from desktop.text import N_

_KEPT = (Result.PASS, Said(""))


def topic_level(case: Case, rule: Rule) -> Opinion:
    """A topic of a province, a ministry or a branch (DK-10, 46/HD-TLĐ I.1.7).

    A state-level topic is not listed there and is for review; any lower one fails.
    """
    if not case.topic:
        return beside(N_("Not a research topic; this rule does not apply."))
    level = case.facts.topic_level
    if not has_words(level):
        return undecided(N_("The level of the topic is missing. Enter it as on the acceptance."))
    result = _level_result(level, rule.parameters)
    if result is Result.PASS:
        return passed(N_("Level of the topic: {level}."), level=level)
    if result is Result.REVIEW:
        text = N_(
            "The topic's level is “{level}”. The guideline names the provincial, ministry and "
            "branch levels; ask the superior union whether this one is admitted."
        )
        return undecided(text, level=level)
    text = N_(
        "The topic's level is “{level}”; only topics of a province, a ministry or a branch are "
        "admitted. If a council or the head has recognised it as an initiative, enter it as one of "
        "1.1 to 1.6."
    )
    return failed(text, level=level)


def _level_result(level: str, words: Parameters) -> Result:
    """Pass, fail or review for a level as it was typed."""
    rest = plain(level)
    lower, rest = _without(rest, words.other_levels)
    unlisted, rest = _without(rest, words.open_levels)
    admitted, rest = _without(rest, words.levels)
    if unlisted or (admitted and lower):
        return Result.REVIEW
    if admitted:
        return Result.PASS
    return Result.FAIL if lower else Result.REVIEW


def _without(text: str, phrases: tuple[str, ...]) -> tuple[bool, str]:
    """Whether any of the phrases stands in the text, and the text without them.

    Longer phrases go first, so that "bộ môn" is not read as "bộ".
    """
    found = False
    for phrase in plain_all(phrases):
        if has_phrase(text, phrase):
            found = True
            text = f" {text} ".replace(f" {phrase} ", " | ").strip()
    return found, text


def topic_accepted(case: Case, rule: Rule) -> Opinion:
    """Accepted and applied from 9/2021 on, and its effect confirmed (DK-11, 46/HD-TLĐ I.2.3).

    A topic accepted earlier but applied since is for review: the sentence can be read both ways.
    """
    if not case.topic:
        return beside(N_("Not a research topic; this rule does not apply."))
    start = rule.parameters.accepted_from or case.programme.windows.apply_from
    window = Days(start.first if start else None)
    findings = [
        _confirmation(case),
        _acceptance(case, window),
        _application(case, window),
    ]
    accepted = findings[1][0]
    if accepted is Result.FAIL and findings[2][0] is Result.PASS and not _accepted_later(case):
        text = N_(
            "The topic was accepted on {accepted}, not {window}, but applied since. Ask the "
            "superior union whether it counts."
        )
        values = {"accepted": case.facts.topic_accepted, "window": window}
        findings[1] = (Result.REVIEW, Said(text, values))
    return _worst(findings)


def _worst(findings: list[tuple[Result, Said]]) -> Opinion:
    """All that failed, else all that is for review, else the pass."""
    for worst, say in ((Result.FAIL, failed), (Result.REVIEW, undecided)):
        found = tuple(said for result, said in findings if result is worst)
        if len(found) == 1:
            return say(found[0].template, None, **found[0].values)
        if found:
            return say("{all}", None, all=Joined(found, " "))
    return passed(N_("The topic was accepted, applied and confirmed as required."))


def _confirmation(case: Case) -> tuple[Result, Said]:
    """The confirmation of its effect by the head of the place where it is applied."""
    confirmed = case.facts.effect_confirmed
    if confirmed is None:
        return Result.REVIEW, Said(
            N_("It is not said whether the place of application has confirmed its effect.")
        )
    if not confirmed:
        return Result.FAIL, Said(
            N_(
                "The confirmation of its effect is missing: ask the head of the place where it is "
                "applied to sign one."
            )
        )
    return _KEPT


def _acceptance(case: Case, window: Days) -> tuple[Result, Said]:
    """The acceptance (nghiệm thu) of the topic, within the window and not in the future."""
    accepted = case.facts.topic_accepted
    if accepted is None:
        return Result.REVIEW, Said(N_("The date of acceptance is missing. Enter it."))
    if _accepted_later(case):
        text = N_("The date of acceptance {accepted} lies in the future. Correct it.")
        return Result.FAIL, Said(text, {"accepted": accepted})
    values = {"accepted": accepted, "window": window}
    position = of_days(span(accepted), window)
    if position is Position.OUTSIDE:
        text = N_("The topic was accepted on {accepted}; it must be {window}.")
        return Result.FAIL, Said(text, values)
    if position is Position.STRADDLING:
        text = N_("The acceptance ({accepted}) needs its exact day; it must be {window}.")
        return Result.REVIEW, Said(text, values)
    return _KEPT


def _accepted_later(case: Case) -> bool:
    """Whether the date of acceptance lies after today."""
    accepted = case.facts.topic_accepted
    return accepted is not None and in_future(span(accepted), case.today) is Position.OUTSIDE


def _application(case: Case, window: Days) -> tuple[Result, Said]:
    """The application in practice; official use, else the trial."""
    used = case.facts.use or case.facts.trial
    if used is None:
        return Result.REVIEW, Said(
            N_("The date on which the topic was applied is missing. Enter it.")
        )
    values = {"used": used, "window": window}
    position = of_days(span(used), window)
    if position is Position.OUTSIDE:
        text = N_("The topic was applied on {used}; it must be {window}.")
        return Result.FAIL, Said(text, values)
    if position is Position.STRADDLING:
        text = N_("The application ({used}) needs its exact day; it must be {window}.")
        return Result.REVIEW, Said(text, values)
    return _KEPT
