"""Units: found again by name, made where new, and their targets."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from desktop.models.journal import Context
from desktop.models.records import Target, Unit, UnitParent
from desktop.vietnamese.cleaning import clean
from desktop.vietnamese.folding import syllable_key


def find_unit(session: Session, name: str) -> Unit | None:
    """The unit of that name, wherever its tone marks stand; None where there is none."""
    wanted = syllable_key(clean(name))
    return session.scalars(select(Unit).where(Unit.key == wanted).order_by(Unit.id)).first()


def unit_named(session: Session, name: str, superior: str = "") -> int | None:
    """The id of the unit of that name, made under its superior where it is new.

    None where no name is given. A unit that stands under nobody yet is put under the superior; one
    that stands under another stays there.
    """
    if not clean(name):
        return unit_named(session, superior) if clean(superior) else None
    unit = find_unit(session, name) or _make(session, name)
    if clean(superior) and syllable_key(clean(superior)) != unit.key:
        stands = session.scalars(
            select(UnitParent).where(UnitParent.unit_id == unit.id, UnitParent.valid_to.is_(None))
        ).first()
        above = find_unit(session, superior) or _make(session, superior)
        if stands is None and unit.id not in _path(session, above.id):
            session.add(UnitParent(unit_id=unit.id, parent_id=above.id))
            session.flush()
    return unit.id


def _path(session: Session, unit_id: int) -> list[int]:
    """A unit and those above it today; a unit is never put under one of its own."""
    path: list[int] = []
    above: int | None = unit_id
    while above is not None and above not in path:
        path.append(above)
        above = session.scalars(
            select(UnitParent.parent_id).where(
                UnitParent.unit_id == above, UnitParent.valid_to.is_(None)
            )
        ).first()
    return path


def _make(session: Session, name: str) -> Unit:
    text = clean(name)
    unit = Unit(name=text, key=syllable_key(text), kind="", headcount=None, position=0)
    session.add(unit)
    session.flush()
    return unit


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """A unit as given: name, the unit above it by name, kind, head count, place among siblings."""

    name: str
    superior: str = ""
    kind: str = ""
    headcount: int | None = None
    position: int = 0


@dataclass(frozen=True, slots=True)
class RecordUnits:
    """Add units, or bring those that are there up to date; the ids in the same order."""

    drafts: tuple[UnitDraft, ...]
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> tuple[int, ...]:
        """Record them."""
        found = []
        for draft in self.drafts:
            key = unit_named(context.session, draft.name, draft.superior)
            unit = context.session.get_one(Unit, key)
            unit.kind, unit.headcount, unit.position = draft.kind, draft.headcount, draft.position
            found.append(unit.id)
        context.detail["count"] = len(found)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """A unit's target for a period ("total", "stage1", "stage2") under the plan's column title."""

    unit: str
    period: str
    value: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class SetTargets:
    """Set the targets of the programme in force, in place of all that were set before."""

    drafts: tuple[TargetDraft, ...]
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> None:
        """Set them."""
        session, code = context.session, context.programme.code
        session.execute(delete(Target).where(Target.programme == code))
        for draft in self.drafts:
            unit_id = unit_named(session, draft.unit)
            if unit_id is not None:
                session.add(
                    Target(
                        programme=code,
                        unit_id=unit_id,
                        period=draft.period,
                        value=draft.value,
                        label=draft.label,
                    )
                )
        context.detail["count"] = len(self.drafts)
