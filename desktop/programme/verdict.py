"""What a check says: findings with their clauses, and the one verdict that follows from them."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: only blocking ones make the verdict."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


class Result(StrEnum):
    """What a rule found (đạt, không đạt, cần xem xét)."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    REVIEW = "review"


class Eligibility(StrEnum):
    """The verdict (Đủ điều kiện, Không đủ điều kiện, Cần xem xét)."""

    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says of one initiative.

    ``message`` is a sentence in the language in use, with the value that caused it and, unless it
    passed, what to do. ``applies`` is False where the rule does not concern this initiative.
    """

    rule: str
    severity: Severity
    result: Result
    clause: str
    message: str
    applies: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on one initiative.

    ``stage`` is the number of the stage in which the portal time lies, None if in none;
    ``can_send`` the numbers of the stages still open. ``findings`` stand in this order: those that
    do not pass first, by severity, then the others in the order of the rules.
    """

    eligibility: Eligibility
    stage: int | None
    can_send: tuple[int, ...]
    findings: tuple[Finding, ...]
    definition: str
