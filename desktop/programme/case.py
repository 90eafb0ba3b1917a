"""What a rule is given, and what it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from desktop.programme.calendar import (
    Days,
    Hours,
    Position,
    Span,
    of_moment,
    span,
    today_in_vietnam,
)
from desktop.programme.facts import Facts
from desktop.programme.saying import Named, Said, render
from desktop.programme.shape import Category, Programme, Rule, Stage
from desktop.programme.verdict import Result, Severity
from desktop.vietnamese.dates import Moment


class Window(NamedTuple):
    """A stage with its name and its windows at hand."""

    stage: Stage
    name: Named
    upload: Hours
    starts: datetime
    before: datetime
    qualify: Days


class Plan:
    """What follows from a programme alone, worked out once and not for each record."""

    __slots__ = (
        *("programme", "switches", "apply", "recognise", "categories", "recognisers"),
        *("stages", "by_use", "needs_no_decision", "_moment"),
    )

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.switches = programme.switches
        self.apply, self.recognise = programme.windows.apply, programme.windows.recognise
        self.categories: dict[str, Category] = {}
        for category in programme.categories:
            self.categories.setdefault(category.code, category)
        self.recognisers = frozenset(one.value for one in programme.switches.recognisers)
        self.stages = tuple(
            Window(
                *(one, Named(one.name, one.name_en), one.upload),
                *(one.upload_from, one.upload_before, one.qualify),
            )
            for one in programme.stages
        )
        self.by_use = programme.switches.application_date == "use"
        self.needs_no_decision = programme.switches.topic_decision == "not_needed"
        self._moment: tuple[datetime | None, date, tuple[int, ...]] = (None, date.min, ())

    def at(self, now: datetime) -> tuple[date, tuple[int, ...]]:
        """The day in Vietnam and the numbers of the stages open; many records share one moment."""
        known, today, still_open = self._moment
        if now is not known:
            today = today_in_vietnam(now)
            still_open = tuple(
                one.stage.number for one in self.stages if one.starts <= now < one.before
            )
            self._moment = (now, today, still_open)
        return today, still_open


class Case:
    """One initiative before its programme at one moment.

    ``today`` is the day in Vietnam; ``topic`` says whether it is a research topic (1.7), and
    ``topic_proved`` whether that topic has its acceptance and the confirmation of its effect, which
    then stand in for a recognition decision (MT-07). ``trial``, ``use`` and ``issued`` are the days
    that these dates may be, None where they are not given; ``first_use`` the earlier of trial and
    official use, ``application`` the application date: that, or official use (MT-06). ``entered``
    is the stage in which the portal time lies; None in none, or where a day alone does not tell.
    """

    __slots__ = (
        *("plan", "programme", "facts", "now", "today", "category", "topic", "topic_proved"),
        *("trial", "use", "issued", "first_use", "application", "entered"),
    )

    def __init__(self, plan: Plan, facts: Facts, now: datetime, today: date) -> None:
        self.plan, self.programme, self.facts = plan, plan.programme, facts
        self.now, self.today = now, today
        category = plan.categories.get(facts.category.strip())
        self.category = category
        self.topic = category is not None and category.topic
        self.topic_proved = (
            self.topic
            and plan.needs_no_decision
            and facts.topic_accepted is not None
            and facts.effect_confirmed is True
        )
        trial, use, decision = facts.trial, facts.use, facts.decision
        self.trial = tried = None if trial is None else span(trial)
        self.use = used = None if use is None else span(use)
        issued = None if decision is None else decision.issued
        self.issued = None if issued is None else span(issued)
        first = _earlier(tried, used)
        self.first_use = first
        self.application = used if plan.by_use and used is not None else first
        self.entered = None if facts.sent is None else _entered(plan, facts.sent)


def _earlier(tried: Span | None, used: Span | None) -> Span | None:
    """The days that the earlier of two dates may be."""
    if tried is None or used is None:
        return tried or used
    return Span(min(tried.first, used.first), min(tried.last, used.last))


def _entered(plan: Plan, sent: Moment) -> Window | None:
    """The stage in which the portal time lies."""
    for window in plan.stages:
        if of_moment(sent, window.upload) is Position.INSIDE:
            return window
    return None


class Opinion(NamedTuple):
    """What a rule says; ``severity`` is only given where it differs from the rule's own.

    ``template`` is a text of the program as it stands in the source, ``values`` what is put in it;
    a text without values may also be a whole sentence.
    """

    result: Result
    template: str
    values: Mapping[str, object] = {}
    severity: Severity | None = None
    applies: bool = True

    @property
    def message(self) -> str:
        """The sentence in the language in use."""
        return render(self.template, self.values)

    @property
    def said(self) -> Said:
        """The text and its values."""
        return Said(self.template, self.values)


@dataclass(frozen=True, slots=True)
class Test:
    """A named function that a programme may choose for a rule.

    ``decide`` is given the case of its ``subject`` (Case, or the case of a unit or person) and the
    rule. ``reads`` are the parameters it reads, ``inputs`` says in plain words what it looks at, as
    texts to be translated where they are shown.
    """

    decide: Callable[[Any, Rule], Opinion]
    reads: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    subject: Literal["initiative", "unit", "person"] = "initiative"


def passed(template: str, /, **values: object) -> Opinion:
    """The rule is kept."""
    return Opinion(Result.PASS, template, values)


def failed(template: str, /, severity: Severity | None = None, **values: object) -> Opinion:
    """The rule is broken."""
    return Opinion(Result.FAIL, template, values, severity)


def undecided(template: str, /, severity: Severity | None = None, **values: object) -> Opinion:
    """A person must decide."""
    return Opinion(Result.REVIEW, template, values, severity)


def beside(template: str, /, **values: object) -> Opinion:
    """The rule does not concern this initiative: it passes and says so."""
    return Opinion(Result.PASS, template, values, applies=False)
