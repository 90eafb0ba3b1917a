"""The fifteen fictional initiatives and the targets of the eleven units, read from resources."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from pathlib import Path
from typing import Any

from desktop.models.actions.units import TargetDraft, UnitDraft
from desktop.models.dossiers import OfficeSheet
from desktop.models.entry import AuthorDraft, DecisionDraft, InitiativeDraft
from desktop.programme.facts import Protection
from desktop.programme.targets import TargetTable
from desktop.vietnamese.dates import Moment, PartialDate

PROVINCE = "LĐLĐ tỉnh Lai Châu"
_DATES = frozenset(
    {
        *("trial", "use", "protected_from", "protected_to", "topic_accepted"),
        *("effect_confirmed_on", "birth", "issued"),
    }
)


def sample_initiatives(resources: Path) -> list[InitiativeDraft]:
    """The fifteen samples: M01 to M10 are eligible, X01 to X05 are not."""
    file = resources / "samples" / "initiatives.toml"
    kept = tomllib.loads(file.read_text(encoding="utf-8"))
    return [_initiative(one) for one in kept["initiatives"]]


def _initiative(values: Mapping[str, Any]) -> InitiativeDraft:
    own = _typed(InitiativeDraft, values)
    own["authors"] = tuple(AuthorDraft(**_typed(AuthorDraft, one)) for one in values["authors"])
    decision = values.get("decision")
    own["decision"] = DecisionDraft(**_typed(DecisionDraft, decision)) if decision else None
    return InitiativeDraft(**own)


def _typed(kind: type, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that a draft has fields for, in their types."""
    names = {field.name for field in fields(kind)}
    return {name: _value(name, value) for name, value in values.items() if name in names}


def _value(name: str, value: Any) -> Any:
    if name in _DATES:
        return PartialDate.fromiso(value)
    if name == "sent":
        return Moment.fromiso(value)
    if name == "share":
        return Decimal(str(value))
    if name == "protection":
        return Protection(value)
    return value


def sample_office(programme_title: str) -> OfficeSheet:
    """The sheet of the provincial union whose eleven units the samples belong to."""
    return OfficeSheet(
        name=PROVINCE,
        header=("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU"),
        place="Lai Châu",
        signature=("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"),
        signer="Lò Minh Sơn",
        symbol="LĐLĐ",
        programme_title=programme_title,
    )


def sample_units(table: TargetTable) -> tuple[UnitDraft, ...]:
    """The provincial union and the units of the table under it, in the table's order."""
    province = UnitDraft(PROVINCE, kind="ldld_tinh")
    below = (
        UnitDraft(one.unit, PROVINCE, _kind(one.unit), position=number)
        for number, one in enumerate(table.units, start=1)
    )
    return (province, *below)


def _kind(name: str) -> str:
    if "Viên chức" in name:
        return "cd_vien_chuc"
    return "ldld_huyen" if name.startswith("LĐLĐ") else "cd_nganh_dp"


def sample_targets(table: TargetTable) -> tuple[TargetDraft, ...]:
    """The targets of the table: in all and for each stage, under the table's own column titles."""
    found = []
    for unit in table.units:
        values = (unit.total, *unit.stages)
        periods = ("total", *(f"stage{number}" for number in range(1, len(values))))
        for period, value, label in zip(periods, values, table.columns, strict=True):
            found.append(TargetDraft(unit.unit, period, value, label))
    return tuple(found)
