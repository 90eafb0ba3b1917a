"""What a rule is given, and what it answers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from desktop.programme.calendar import Span, earliest, span, today_in_vietnam
from desktop.programme.facts import Facts
from desktop.programme.shape import Programme, Rule
from desktop.programme.verdict import Result, Severity


@dataclass(frozen=True, slots=True)
class Case:
    """One initiative before its programme at one moment.

    ``today`` is the day in Vietnam; ``topic`` says whether it is a research topic (1.7), and
    ``topic_proved`` whether that topic has its acceptance and the confirmation of its effect, which
    then stand in for a recognition decision (MT-07).
    """

    programme: Programme
    facts: Facts
    now: datetime
    today: date
    topic: bool
    topic_proved: bool

    @classmethod
    def of(cls, programme: Programme, facts: Facts, now: datetime) -> "Case":
        """The case of these facts; ``now`` must carry its zone."""
        category = programme.category(facts.category)
        topic = category is not None and category.topic
        proved = (
            topic
            and programme.switches.topic_decision == "not_needed"
            and facts.topic_accepted is not None
            and facts.effect_confirmed is True
        )
        return cls(programme, facts, now, today_in_vietnam(now), topic, proved)

    @property
    def application(self) -> Span | None:
        """The application date: the earlier of trial and official use, or official use (MT-06)."""
        facts = self.facts
        if self.programme.switches.application_date == "use" and facts.use is not None:
            return span(facts.use)
        return earliest(facts.trial, facts.use)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a rule says; ``severity`` is only given where it differs from the rule's own."""

    result: Result
    message: str
    severity: Severity | None = None
    applies: bool = True


@dataclass(frozen=True, slots=True)
class Test:
    """A named function that a programme may choose for a rule, and the parameters it reads."""

    decide: Callable[[Case, Rule], Opinion]
    reads: tuple[str, ...] = ()


def passed(message: str) -> Opinion:
    """The rule is kept."""
    return Opinion(Result.PASS, message)


def failed(message: str, severity: Severity | None = None) -> Opinion:
    """The rule is broken."""
    return Opinion(Result.FAIL, message, severity)


def undecided(message: str, severity: Severity | None = None) -> Opinion:
    """A person must decide."""
    return Opinion(Result.REVIEW, message, severity)


def beside(message: str) -> Opinion:
    """The rule does not concern this initiative: it passes and says so."""
    return Opinion(Result.PASS, message, applies=False)
