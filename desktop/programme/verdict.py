"""What a check says: findings with their clauses, and the one verdict that follows from them."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from desktop.programme.saying import Said, as_text, packed, unpacked


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
class Overruling:
    """An officer's word against a finding: it no longer counts, and stays visible with the reason.

    It holds only while the rule finds the same again: ``cause`` is the finding's own.
    """

    rule: str
    cause: str
    reason: str
    ruled_by: str
    ruled_at: datetime


class Finding:
    """What one rule says of one initiative; equal where it says the same, never to be changed.

    ``message`` is a sentence in the language in use when it is asked for, with the value that
    caused it and, unless it passed, what to do; it may be given as a sentence or as what makes one.
    ``applies`` is False where the rule does not concern this initiative. ``cause`` is the same as
    long as the rule finds the same from the same values, whatever the language; ``overruled`` says
    who set the finding aside, None where nobody did.
    """

    __slots__ = ("_said", "applies", "clause", "overruled", "result", "rule", "severity")

    def __init__(
        self,
        rule: str,
        severity: Severity,
        result: Result,
        clause: str,
        message: str | Said,
        applies: bool = True,
        overruled: Overruling | None = None,
    ) -> None:
        self.rule, self.severity, self.result, self.clause = rule, severity, result, clause
        self.applies, self.overruled = applies, overruled
        self._said = message if isinstance(message, Said) else Said(message)

    @property
    def message(self) -> str:
        """The sentence in the language in use."""
        return str(self._said)

    @property
    def cause(self) -> str:
        """What the rule found and from which values, as one line of JSON."""
        return as_text(self.told())

    def told(self) -> list[Any]:
        """Rule, result, text and values as plain JSON; ``retold`` makes the finding of it again."""
        return [self.rule, self.result.value, *packed(*self._said)]

    @classmethod
    def retold(
        cls, told: list[Any], severity: Severity, clause: str, overruled: Overruling | None
    ) -> "Finding":
        """The finding that ``told`` was given by."""
        rule, result, *said = told
        return cls(rule, severity, Result(result), clause, unpacked(said), overruled=overruled)

    def __eq__(self, other: object) -> bool:
        """Whether the same was found, weighs the same, and was overruled alike."""
        return isinstance(other, Finding) and self._told() == other._told()

    def __hash__(self) -> int:
        """Equal findings have equal hashes."""
        return hash(self._told())

    def __repr__(self) -> str:
        """The finding in short, for failing tests and reports."""
        return f"Finding({self.rule}, {self.severity}, {self.result}, {self.message!r})"

    def _told(self) -> tuple[object, ...]:
        return (self.cause, self.severity, self.clause, self.applies, self.overruled)


def message_of(cause: str) -> str:
    """The sentence of a finding in the language in use, from its cause."""
    _rule, _result, *said = json.loads(cause)
    return str(unpacked(said))


class Verdict:
    """The verdict on one initiative; equal where it says the same, never to be changed.

    ``stage`` is the number of the stage in which the portal time lies, None if in none;
    ``can_send`` the numbers of the stages still open. ``findings`` stand in this order: those that
    do not pass first, by severity, then the others in the order of the rules; what an officer
    overruled follows the open ones of its severity. They may be given as a function, which is then
    called when they are first asked for; ``open_ones`` gives those alone that do not pass.
    """

    __slots__ = ("_findings", "_made", "_open", "can_send", "definition", "eligibility", "stage")

    def __init__(
        self,
        eligibility: Eligibility,
        stage: int | None,
        can_send: tuple[int, ...],
        findings: "tuple[Finding, ...] | Callable[[], tuple[Finding, ...]]",
        definition: str,
        open_ones: "Callable[[], tuple[Finding, ...]] | None" = None,
    ) -> None:
        self.eligibility, self.stage, self.can_send = eligibility, stage, can_send
        self.definition = definition
        self._findings, self._open = findings, open_ones
        self._made: tuple[Finding, ...] | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What each rule found."""
        if self._made is None:
            given = self._findings
            self._made = given() if callable(given) else given
            self._findings = self._made
        return self._made

    @property
    def open_findings(self) -> "tuple[Finding, ...]":
        """Those that do not pass, in the same order; asked for alone they cost less."""
        if self._made is None and self._open is not None:
            return self._open()
        return tuple(one for one in self.findings if one.result is not Result.PASS)

    def __eq__(self, other: object) -> bool:
        """Whether the same was found."""
        return isinstance(other, Verdict) and self._told() == other._told()

    def __hash__(self) -> int:
        """Equal verdicts have equal hashes."""
        return hash(self._told())

    def __repr__(self) -> str:
        """The verdict in short, for failing tests and reports."""
        return f"Verdict({self.eligibility}, stage {self.stage}, {self.findings})"

    def _told(self) -> tuple[object, ...]:
        return (self.eligibility, self.stage, self.can_send, self.definition, self.findings)
