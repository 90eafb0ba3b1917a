"""Targets (chỉ tiêu) of units by period, and what share of a target has been reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Literal

from desktop.programme.reading import Source
from desktop.programme.shape import Rounding
from desktop.text import _

Origin = Literal["given", "pledged"]
"""Who set a target: the superior (chỉ tiêu giao) or the office itself (chỉ tiêu đăng ký)."""
ORIGINS: tuple[Origin, ...] = ("given", "pledged")
Dimension = Literal["", "group", "category", "field"]
"""What a target counts: every initiative, or one object group, category or field."""
DIMENSIONS: tuple[Dimension, ...] = ("", "group", "category", "field")


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target of a unit: how many in which period.

    ``period`` is a period's key (programme.periods), ``label`` the title of the plan's own column.
    """

    period: str
    value: int
    label: str = ""
    origin: str = "given"
    dimension: str = ""
    choice: str = ""


@dataclass(frozen=True, slots=True)
class UnitTarget:
    """What one unit is given: in all, and for each stage in the order of the stages."""

    unit: str
    total: int
    stages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TargetTable:
    """A table of targets as its document has it.

    ``columns`` are the original titles of the columns of figures, the total first; ``programme`` is
    the code of the programme they belong to, ``given_by`` the union that set them.
    """

    programme: str
    title: str
    document: str
    given_by: str
    columns: tuple[str, ...]
    units: tuple[UnitTarget, ...]

    @property
    def total(self) -> UnitTarget:
        """The sum over all units, in all and by stage."""
        stages = tuple(
            sum(column) for column in zip(*(one.stages for one in self.units), strict=True)
        )
        return UnitTarget(_("All units"), sum(one.total for one in self.units), stages)

    def of(self, unit: str) -> UnitTarget | None:
        """The targets of the unit of that name, None where it has none."""
        return next((one for one in self.units if one.unit == unit), None)


def load_targets(path: Path) -> TargetTable:
    """The table of targets in a TOML file.

    Raises UserError for a file that cannot be read, for keys and values that do not fit, and where
    the stages of a unit do not add up to its total (MT-03).
    """
    source = Source(path)
    table = source.build(TargetTable, source.data)
    for at, unit in enumerate(table.units):
        if len(unit.stages) + 1 != len(table.columns) or sum(unit.stages) != unit.total:
            message = _("the targets of the stages do not add up to {total}.").format(
                total=unit.total
            )
            raise source.refuse(("units", at, "stages"), message, code="targets-sum")
    return table


def stages_off_total(lines: Iterable[TargetLine]) -> tuple[int, int] | None:
    """A unit's target in all and the sum of its stages, where they differ; None where they agree.

    Such a plan is kept as it is and the difference shown: which of the two is meant, only its
    author knows (MT-03). ``lines`` are of one origin and dimension.
    """
    values = {line.period: line.value for line in lines}
    stages = [value for period, value in values.items() if period.startswith("stage")]
    if "total" not in values or not stages or sum(stages) == values["total"]:
        return None
    return values["total"], sum(stages)


def share_of_target(reached: int, target: int | Fraction | None) -> Decimal | None:
    """``reached`` as per cent of ``target``, unrounded; None without a target (CT-05)."""
    if not target:
        return None
    share = Fraction(reached * 100) / target
    return Decimal(share.numerator) / Decimal(share.denominator)


def rounded(percent: Decimal, rounding: Rounding) -> Decimal:
    """The percentage as a document shows it: rounded half up, or cut (MT-14)."""
    step = Decimal(1).scaleb(-rounding.decimals)
    mode = ROUND_HALF_UP if rounding.mode == "half_up" else ROUND_DOWN
    return percent.quantize(step, rounding=mode)


def days_early(reached_on: date, stage_end: date) -> int:
    """Days from reaching the target to the end of the stage (CT-06); negative if late."""
    return (stage_end - reached_on).days
