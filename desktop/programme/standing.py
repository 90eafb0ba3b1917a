"""What units and persons have achieved in a period, free of any store: counts, targets, people."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

Counted = Literal["entered", "eligible", "recorded"]
"""What is counted against a target (MT-16)."""


class Counts(NamedTuple):
    """Numbers of initiatives; ``benefit`` sums one-year benefits in dong.

    ``recorded`` counts what is kept, ``entered`` what has a portal time in the period;
    ``eligible``, ``ineligible`` and ``review`` are those entered, by verdict; ``unconverted``
    counts the entered ones without a benefit in money. ``eligible_benefit`` and
    ``eligible_unconverted`` say the same of the eligible ones.
    """

    recorded: int = 0
    entered: int = 0
    eligible: int = 0
    ineligible: int = 0
    review: int = 0
    benefit: int = 0
    unconverted: int = 0
    eligible_benefit: int = 0
    eligible_unconverted: int = 0

    def plus(self, other: "Counts") -> "Counts":
        """The sum of both."""
        return Counts(*(one + two for one, two in zip(self, other, strict=True)))

    def of(self, counted: str) -> int:
        """The number that a target is measured by."""
        return int(getattr(self, counted))


@dataclass(frozen=True, slots=True)
class Period:
    """A period over which is counted.

    ``kind``: programme, stage, year, quarter, month, week, campaign or days. ``key`` names it:
    "total", "stage1", "2022", "2022-Q1", "2022-04", "2022-W16", "campaign:<key>". ``first`` and
    ``last`` are its days, both counted. A stage is told by its hours, so it carries its number.
    """

    kind: str
    key: str
    label: str
    first: date
    last: date
    stage: int | None = None
    baseline: int | None = None
    target: int | None = None


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """A unit over a period, its subtree counted in.

    ``kind`` is the kind of unit (ldld_huyen, cdcs, to_cd ...), ``group`` the name of its emulation
    group, blank where it has none. ``given`` is the target set by the superior, ``pledged`` the
    office's own, None where there is none. ``credited`` and ``authors`` count different people with
    something eligible: the credited ones, and all. ``headcount`` is that of the period's end, None
    where not known. ``honoured``: listed among the leaders by the superior.
    ``support_team`` and ``agreement`` say whether the unit has them, None where it needs none.
    ``ancestors`` are the ids of the units above it, the nearest first. ``exact`` is the target it
    is measured by, where that is worked out by days and no whole number; ``given`` is then cut.
    ``covered``: of a total, the counts of the units whose targets add up to its own, None where
    that is all it counts.
    """

    unit_id: int
    unit: str
    period: Period
    counts: Counts = field(default_factory=Counts)
    kind: str = ""
    group: str = ""
    superior: str = ""
    given: int | None = None
    pledged: int | None = None
    credited: int = 0
    authors: int = 0
    headcount: int | None = None
    honoured: bool = False
    support_team: bool | None = None
    agreement: bool | None = None
    ancestors: tuple[int, ...] = ()
    covered: Counts | None = None
    exact: Fraction | None = None

    @property
    def measured(self) -> Counts:
        """The counts that its targets are measured by."""
        return self.counts if self.covered is None else self.covered


@dataclass(frozen=True, slots=True)
class PersonStanding:
    """A credited person over a period: what is eligible and theirs.

    ``benefit`` sums one-year benefits in dong, ``converted`` counts those that have one, which is
    not the same as 0 dong; ``social`` counts initiatives with a benefit to society described.
    ``best_id``, ``best_code`` and ``best_title`` are their initiative with the largest benefit,
    else the newest.
    """

    person_id: int
    name: str
    unit_id: int | None
    unit: str
    object_group: str
    eligible: int
    benefit: int = 0
    social: int = 0
    best_id: int = 0
    best_code: str = ""
    best_title: str = ""
    education: str = ""
    leader_post: bool | None = None
    converted: int = 0
