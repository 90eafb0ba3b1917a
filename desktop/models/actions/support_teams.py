"""Support teams (Tổ hỗ trợ sáng kiến) and agreements with employers (chương trình phối hợp)."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sqlalchemy import delete, select

from desktop.errors import UserError
from desktop.models.actions.units import known_unit
from desktop.models.journal import Context
from desktop.models.records import Agreement, SupportMember, SupportTeam
from desktop.text import _
from desktop.vietnamese.cleaning import clean


@dataclass(frozen=True, slots=True)
class MemberDraft:
    """A member of a support team as given."""

    name: str
    role: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class RecordSupportTeam:
    """Write down a unit's support team with its members; the one that is there is put right."""

    unit: str
    members: tuple[MemberDraft, ...] = ()
    decision_number: str = ""
    decided: date | None = None
    note: str = ""
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> int:
        """Record it; its id. UserError for a unit that is not there, and a member without a name.

        Blank lines of members are left out.
        """
        session = context.session
        unit = known_unit(session, self.unit)
        members = [one for one in self.members if any(map(clean, (one.name, one.role, one.phone)))]
        for one in members:
            if not clean(one.name):
                raise UserError(
                    _("A member of the support team of {unit} has no name. Add it.").format(
                        unit=unit.name
                    ),
                    code="support.name",
                )
        team = session.scalars(select(SupportTeam).where(SupportTeam.unit_id == unit.id)).first()
        if team is None:
            team = SupportTeam(unit_id=unit.id)
            session.add(team)
        team.decision_number = clean(self.decision_number)
        team.decided = self.decided.isoformat() if self.decided else None
        team.note = clean(self.note)
        session.flush()
        session.execute(delete(SupportMember).where(SupportMember.team_id == team.id))
        for one in members:
            name, role, phone = clean(one.name), clean(one.role), clean(one.phone)
            session.add(SupportMember(team_id=team.id, name=name, role=role, phone=phone))
        session.flush()
        context.detail["unit"] = unit.name
        return team.id


@dataclass(frozen=True, slots=True)
class RecordAgreement:
    """Write down a unit's agreement; one with the same partner that is there is put right."""

    unit: str
    partner: str
    signed_on: date | None = None
    note: str = ""
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> int:
        """Record it; its id. UserError for a unit that is not there, and without a partner."""
        session, partner = context.session, clean(self.partner)
        unit = known_unit(session, self.unit)
        if not partner:
            raise UserError(
                _("Say with whom {unit} has the agreement: its head or its employer.").format(
                    unit=unit.name
                ),
                code="agreement.partner",
            )
        found = session.scalars(
            select(Agreement).where(Agreement.unit_id == unit.id, Agreement.partner == partner)
        ).first()
        if found is None:
            found = Agreement(unit_id=unit.id, partner=partner)
            session.add(found)
        found.signed_on = self.signed_on.isoformat() if self.signed_on else None
        found.note = clean(self.note)
        session.flush()
        context.detail["unit"] = unit.name
        return found.id
