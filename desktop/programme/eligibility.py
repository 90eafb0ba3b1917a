"""The check: the facts of one initiative before its programme, a verdict with findings out.

Only blocking findings make the verdict: any that fails makes it ineligible, otherwise any that is
undecided puts it up for review. Everything else is listed and changes nothing.
"""

from datetime import datetime

from desktop.programme.case import Case, Opinion
from desktop.programme.facts import Facts
from desktop.programme.rules import TESTS
from desktop.programme.rules.timing import stage_entered
from desktop.programme.shape import Programme, Rule
from desktop.programme.verdict import Eligibility, Finding, Result, Severity, Verdict

_WEIGHT = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.INFO: 2}
_RANK = {Result.FAIL: 0, Result.REVIEW: 1, Result.PASS: 2}


def check(programme: Programme, facts: Facts, *, now: datetime) -> Verdict:
    """The verdict of the programme on these facts at ``now`` (with its zone; ValueError without).

    Messages are in the language in use. ``facts.today`` is not read: the day is that of ``now`` in
    Vietnam.
    """
    if now.tzinfo is None:
        raise ValueError("now needs its zone")
    case = Case.of(programme, facts, now)
    findings = [
        _finding(programme, rule, TESTS[rule.test].decide(case, rule))
        for rule in programme.rules
        if rule.on
    ]
    stage = stage_entered(case)
    return Verdict(
        eligibility=_eligibility(findings),
        stage=stage.number if stage else None,
        can_send=tuple(
            one.number for one in programme.stages if one.upload_from <= now < one.upload_before
        ),
        findings=_ordered(findings),
        definition=programme.version,
    )


def _finding(programme: Programme, rule: Rule, opinion: Opinion) -> Finding:
    """What a rule said, with the rule's clause and, unless it said otherwise, its severity."""
    return Finding(
        rule=rule.id,
        severity=opinion.severity or rule.severity,
        result=opinion.result,
        clause=programme.cites.get(rule.id, rule.clause),
        message=opinion.message,
        applies=opinion.applies,
    )


def _eligibility(findings: list[Finding]) -> Eligibility:
    """The verdict that follows from the blocking findings."""
    results = {found.result for found in findings if found.severity is Severity.BLOCK}
    if Result.FAIL in results:
        return Eligibility.INELIGIBLE
    if Result.REVIEW in results:
        return Eligibility.REVIEW
    return Eligibility.ELIGIBLE


def _ordered(findings: list[Finding]) -> tuple[Finding, ...]:
    """Those that do not pass first, by severity, failures first; then the rest in rule order."""
    open_ones = [found for found in findings if found.result is not Result.PASS]
    open_ones.sort(key=lambda found: (_WEIGHT[found.severity], _RANK[found.result]))
    return (*open_ones, *(found for found in findings if found.result is Result.PASS))
