"""The check: the facts of one initiative before its programme, a verdict with findings out.

Only blocking findings make the verdict: any that fails makes it ineligible, otherwise any that is
undecided puts it up for review. Everything else is listed and changes nothing, and so is what an
officer overruled.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from desktop.programme.case import Case, Opinion, Plan
from desktop.programme.facts import Facts
from desktop.programme.rules import TESTS
from desktop.programme.shape import Programme, Rule
from desktop.programme.verdict import (
    Eligibility,
    Finding,
    Overruling,
    Result,
    Severity,
    Verdict,
)

_WEIGHT = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.INFO: 2}
_RANK = {Result.FAIL: 0, Result.REVIEW: 1, Result.PASS: 2}
_MOST_PLANS = 32


class _Line(NamedTuple):
    """A rule on initiatives with its function, weight and clause as shown."""

    rule: Rule
    decide: Callable[[Case, Rule], Opinion]
    severity: Severity
    clause: str


class _Check(NamedTuple):
    """A programme with what follows from it alone."""

    programme: Programme
    plan: Plan
    lines: tuple[_Line, ...]


_checks: dict[int, _Check] = {}


def _check_of(programme: Programme) -> _Check:
    """What follows from the programme, worked out once for each that is in use.

    Told by identity; the programme is kept with it, so that no other can take its place.
    """
    known = _checks.get(id(programme))
    if known is None or known.programme is not programme:
        if len(_checks) >= _MOST_PLANS:
            _checks.clear()
        lines = (
            _Line(
                rule,
                TESTS[rule.test].decide,
                rule.severity,
                programme.cites.get(rule.id, rule.clause),
            )
            for rule in programme.rules_of("eligibility")
            if TESTS[rule.test].subject == "initiative"
        )
        known = _checks[id(programme)] = _Check(programme, Plan(programme), tuple(lines))
    return known


def check(programme: Programme, facts: Facts, *, now: datetime) -> Verdict:
    """The verdict of the programme on these facts at ``now`` (with its zone; ValueError without).

    Its rules on initiatives that are on are asked, and what officers overruled does not count.
    Messages are put into words when they are asked for, in the language then in use.
    ``facts.today`` is not read: the day is that of ``now`` in Vietnam.
    """
    if now.tzinfo is None:
        raise ValueError("now needs its zone")
    known = _check_of(programme)
    today, still_open = known.plan.at(now)
    case = Case(known.plan, facts, now, today)
    opinions = [line.decide(case, line.rule) for line in known.lines]
    found = _Found(known.lines, opinions, facts.overrulings)
    stage = case.entered
    return Verdict(
        _eligibility(found),
        stage.stage.number if stage else None,
        still_open,
        found.findings,
        programme.version,
        found.open_ones,
    )


class _Found(NamedTuple):
    """What the rules said, in their order."""

    lines: tuple[_Line, ...]
    opinions: list[Opinion]
    overrulings: tuple[Overruling, ...]

    def findings(self) -> tuple[Finding, ...]:
        """Those that do not pass first, by severity, failures first; then the rest in rule order.

        What was overruled follows the open ones of its severity.
        """
        pairs = zip(self.lines, self.opinions, strict=True)
        rest = [_finding(*pair, ()) for pair in pairs if pair[1].result is Result.PASS]
        return (*self.open_ones(), *rest)

    def open_ones(self) -> tuple[Finding, ...]:
        """Those that do not pass."""
        pairs = zip(self.lines, self.opinions, strict=True)
        made = [
            _finding(*pair, self.overrulings) for pair in pairs if pair[1].result is not Result.PASS
        ]
        made.sort(
            key=lambda found: (
                _WEIGHT[found.severity],
                found.overruled is not None,
                _RANK[found.result],
            )
        )
        return tuple(made)


def _finding(line: _Line, opinion: Opinion, overrulings: tuple[Overruling, ...]) -> Finding:
    """What a rule said, with the rule's clause and, unless it said otherwise, its severity."""
    severity = opinion.severity or line.severity
    found = Finding(
        line.rule.id, severity, opinion.result, line.clause, opinion.said, opinion.applies
    )
    if overrulings and opinion.result is not Result.PASS:
        cause = found.cause
        for one in overrulings:
            if one.rule == found.rule and one.cause == cause:
                found.overruled = one
    return found


def _eligibility(found: _Found) -> Eligibility:
    """The verdict that follows from the blocking findings."""
    verdict = Eligibility.ELIGIBLE
    for line, opinion in zip(found.lines, found.opinions, strict=True):
        if opinion.result is Result.PASS:
            continue
        if (opinion.severity or line.severity) is not Severity.BLOCK:
            continue
        if found.overrulings and _finding(line, opinion, found.overrulings).overruled:
            continue
        if opinion.result is Result.FAIL:
            return Eligibility.INELIGIBLE
        verdict = Eligibility.REVIEW
    return verdict
