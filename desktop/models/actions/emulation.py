"""Emulation groups (cụm, khối thi đua): made anew each year, a unit in at most one of them."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from desktop.errors import UserError
from desktop.models.actions.units import known_unit
from desktop.models.journal import Context
from desktop.models.records import EmulationGroup, EmulationMember, Unit
from desktop.text import _
from desktop.vietnamese.cleaning import clean
from desktop.vietnamese.folding import syllable_key


@dataclass(frozen=True, slots=True)
class RecordEmulationGroup:
    """Write down an emulation group of a year with its members and the unit that leads it.

    The units are given by name. The group of that name and year that is there already is put right:
    its members are then those given. Groups of other years stay as they are.
    """

    name: str
    year: int
    members: tuple[str, ...]
    leader: str = ""
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> int:
        """Record it; its id.

        UserError without a name or members, for a year that cannot be meant, for a unit that is not
        there, given twice, or in another group of that year, and for a leader who is no member.
        """
        session, name = context.session, clean(self.name)
        self._refuse(name)
        units = self._units(session)
        group = _group_named(session, name, self.year)
        _refuse_elsewhere(session, units, group, self.year)
        leader = self._leader(session, units)
        if group is None:
            group = EmulationGroup(name=name, year=self.year)
            session.add(group)
        group.name, group.leader_id = name, leader.id if leader else None
        session.flush()
        _set_members(session, group.id, units)
        context.detail.update(name=name, year=self.year, count=len(units))
        return group.id

    def _refuse(self, name: str) -> None:
        if not name:
            raise UserError(_("Give the emulation group a name."), code="emulation.name")
        if not 1900 <= self.year <= 2199:
            raise UserError(
                _("{year} is no year of an emulation group. Correct it.").format(year=self.year),
                code="emulation.year",
            )
        if not self.members:
            raise UserError(
                _("The group “{name}” has no members. Add the units that belong to it.").format(
                    name=name
                ),
                code="emulation.members",
            )

    def _units(self, session: Session) -> list[Unit]:
        found: list[Unit] = []
        for member in self.members:
            unit = known_unit(session, member)
            if unit in found:
                raise UserError(
                    _("{unit} is given twice. Keep it once.").format(unit=unit.name),
                    code="emulation.twice",
                )
            found.append(unit)
        return found

    def _leader(self, session: Session, units: list[Unit]) -> Unit | None:
        if not clean(self.leader):
            return None
        leader = known_unit(session, self.leader)
        if leader not in units:
            raise UserError(
                _(
                    "{unit} leads the group “{name}” but is not among its members. Add it, or "
                    "choose another leader."
                ).format(unit=leader.name, name=clean(self.name)),
                code="emulation.leader",
            )
        return leader


@dataclass(frozen=True, slots=True)
class RemoveEmulationGroup:
    """Take an emulation group away; its members then stand in none."""

    group_id: int
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> None:
        """Remove it; UserError where it is not there any more."""
        group = context.session.get(EmulationGroup, self.group_id)
        if group is None:
            raise UserError(
                _("This emulation group is not there any more. Look at the list again."),
                code="emulation.gone",
            )
        context.detail.update(name=group.name, year=group.year)
        _set_members(context.session, group.id, [])
        context.session.delete(group)


def _group_named(session: Session, name: str, year: int) -> EmulationGroup | None:
    wanted = syllable_key(name)
    groups = session.scalars(select(EmulationGroup).where(EmulationGroup.year == year))
    return next((group for group in groups if syllable_key(group.name) == wanted), None)


def _refuse_elsewhere(
    session: Session, units: list[Unit], group: EmulationGroup | None, year: int
) -> None:
    """Refuse a unit that stands in another group of that year."""
    mine = group.id if group else None
    names = {unit.id: unit.name for unit in units}
    rows = session.execute(
        select(EmulationMember.unit_id, EmulationGroup.name)
        .join(EmulationGroup, EmulationGroup.id == EmulationMember.group_id)
        .where(EmulationGroup.year == year, EmulationGroup.id != (mine or 0))
    )
    for unit, other in rows:
        if unit in names:
            raise UserError(
                _(
                    "{unit} already stands in the group “{other}” of {year}. Take it out there "
                    "first: a unit stands in one group a year."
                ).format(unit=names[unit], other=other, year=year),
                code="emulation.elsewhere",
            )


def _set_members(session: Session, group_id: int, units: list[Unit]) -> None:
    """Make these the members, leaving those that stay as they are."""
    wanted = [unit.id for unit in units]
    kept = set(
        session.scalars(select(EmulationMember.unit_id).where(EmulationMember.group_id == group_id))
    )
    session.execute(
        delete(EmulationMember).where(
            EmulationMember.group_id == group_id, EmulationMember.unit_id.notin_(wanted)
        )
    )
    for unit in wanted:
        if unit not in kept:
            session.add(EmulationMember(group_id=group_id, unit_id=unit))
    session.flush()
