"""Units: found again by name, made where new, their headcounts and their targets."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from desktop.errors import UserError
from desktop.models.engines.sqlite import Connection
from desktop.models.journal import Context
from desktop.models.records import Headcount, Target, Unit, UnitParent
from desktop.models.standings import own_campaigns
from desktop.programme.periods import period_of
from desktop.programme.targets import ORIGINS, Dimension, Origin
from desktop.text import _
from desktop.vietnamese.cleaning import clean
from desktop.vietnamese.folding import syllable_key

_LARGEST = 10**9


def find_unit(session: Session, name: str) -> Unit | None:
    """The unit of that name, wherever its tone marks stand; None where there is none."""
    wanted = syllable_key(clean(name))
    return session.scalars(select(Unit).where(Unit.key == wanted).order_by(Unit.id)).first()


def known_unit(session: Session, name: str) -> Unit:
    """The unit of that name; UserError where there is none."""
    unit = find_unit(session, name)
    if unit is None:
        raise UserError(
            _("There is no unit “{unit}” in this store. Add it first.").format(unit=clean(name)),
            code="unit.unknown",
        )
    return unit


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


def standing_unit(connection: Connection, name: str, superior: str) -> int | None:
    """The unit of that name, where nothing is to be made or put under a superior first."""
    wanted, above = syllable_key(clean(name)), clean(superior)
    row = connection.execute(
        "SELECT u.id, EXISTS (SELECT 1 FROM unit_parent p WHERE p.unit_id = u.id "
        "AND p.valid_to IS NULL) FROM unit u WHERE u.key = ? ORDER BY u.id LIMIT 1",
        (wanted,),
    ).fetchone()
    if not wanted or row is None:
        return None
    return int(row[0]) if row[1] or not above or syllable_key(above) == wanted else None


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
class HeadcountDraft:
    """How many workers a unit had on a day."""

    unit: str
    counted_on: date
    value: int


@dataclass(frozen=True, slots=True)
class RecordHeadcount:
    """Write down headcounts; one of a unit and day that is there already is put right."""

    drafts: tuple[HeadcountDraft, ...]
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> None:
        """Record them; UserError for a unit that is not there and for a number below 0."""
        session = context.session
        for draft in self.drafts:
            unit = known_unit(session, draft.unit)
            _refuse_negative(draft.value, unit.name)
            day = draft.counted_on.isoformat()
            kept = session.scalars(
                select(Headcount).where(Headcount.unit_id == unit.id, Headcount.counted_on == day)
            ).first()
            if kept is None:
                session.add(Headcount(unit_id=unit.id, counted_on=day, value=draft.value))
            else:
                kept.value = draft.value
            session.flush()
        context.detail["count"] = len(self.drafts)


def _refuse_negative(value: int, unit: str) -> None:
    if not 0 <= value < _LARGEST:
        raise UserError(
            _("{unit}: {value} is no number of people or initiatives. Correct it.").format(
                unit=unit, value=value
            ),
            code="unit.number",
        )


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """A unit's target for a period (its key in programme.periods) under the plan's column title.

    ``origin`` says who set it, "given" or "pledged". ``dimension`` is blank where every initiative
    counts, or group, category or field with the ``choice`` that is meant.
    """

    unit: str
    period: str
    value: int
    label: str = ""
    origin: Origin = "given"
    dimension: Dimension = ""
    choice: str = ""


@dataclass(frozen=True, slots=True)
class SetTargets:
    """Set the targets of the programme in force.

    They take the place of all targets of the same origin: a plan from above leaves what the office
    pledged itself as it is, and the other way round. No targets at all take every target away.
    Sums that do not agree are kept as the plan has them (standings.targets_off_total).
    """

    drafts: tuple[TargetDraft, ...]
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> None:
        """Set them; UserError for an unknown period, a number below 0, and a target given twice."""
        session, code = context.session, context.programme.code
        origins = {draft.origin for draft in self.drafts} or set(ORIGINS)
        session.execute(delete(Target).where(Target.programme == code, Target.origin.in_(origins)))
        own = own_campaigns(context.connection, code)
        seen: set[tuple[object, ...]] = set()
        for draft in self.drafts:
            _refuse_target(draft)
            period_of(draft.period, context.programme, own)
            unit_id = unit_named(session, draft.unit)
            if unit_id is None:
                continue
            line = (unit_id, draft.period, draft.origin, draft.dimension, draft.choice)
            if line in seen:
                raise UserError(
                    _("{unit} has two targets for {period}. Keep one of them.").format(
                        unit=draft.unit, period=draft.period
                    ),
                    code="target.twice",
                )
            seen.add(line)
            session.add(_target(draft, code, unit_id))
        context.detail["count"] = len(self.drafts)


def _refuse_target(draft: TargetDraft) -> None:
    _refuse_negative(draft.value, draft.unit)
    if bool(draft.dimension) != bool(draft.choice):
        raise UserError(
            _("{unit}: say what the target counts and which of it, or neither.").format(
                unit=draft.unit
            ),
            code="target.choice",
        )


def _target(draft: TargetDraft, code: str, unit_id: int) -> Target:
    return Target(
        programme=code,
        unit_id=unit_id,
        period=draft.period,
        value=draft.value,
        label=draft.label,
        origin=draft.origin,
        dimension=draft.dimension,
        choice=draft.choice,
    )
