"""Honours lists (danh sách vinh danh): names of units and persons, of an award or a campaign."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sqlalchemy import select

from desktop.errors import UserError
from desktop.models.actions.units import known_unit
from desktop.models.journal import Context
from desktop.models.records import Campaign, Honour, Person
from desktop.models.standings import campaign_key, own_campaigns
from desktop.programme.periods import period_of
from desktop.text import _
from desktop.vietnamese.cleaning import clean


@dataclass(frozen=True, slots=True)
class RecordHonour:
    """Put a unit (by name) or a person (by id) on an honours list.

    The list is that of a period (programme.periods), of an award in a period, or of one of the
    office's own campaigns. ``listed`` is the day of the list, None for today.
    """

    unit: str = ""
    person_id: int | None = None
    period: str = ""
    award: str = ""
    campaign_id: int | None = None
    listed: date | None = None
    note: str = ""
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> int:
        """Record it; its id.

        UserError unless it is one unit or one person, for a period, an award or a campaign that is
        not there, and for a name that is on that list already.
        """
        name, unit_id = self._who(context)
        period = self._period(context)
        _refuse_award(context, self.award)
        self._refuse_twice(context, name, unit_id, period)
        honour = Honour(
            programme=context.programme.code,
            award=self.award,
            period=period,
            campaign_id=self.campaign_id,
            unit_id=unit_id,
            person_id=self.person_id,
            listed=(self.listed or context.now.date()).isoformat(),
            note=clean(self.note),
        )
        context.session.add(honour)
        context.session.flush()
        context.detail["name"] = name
        return honour.id

    def _who(self, context: Context) -> tuple[str, int | None]:
        """The name to be listed, and the unit's id where it is a unit."""
        if bool(clean(self.unit)) == (self.person_id is not None):
            raise UserError(_("Name one unit or one person to be listed."), code="honour.who")
        if self.person_id is None:
            unit = known_unit(context.session, self.unit)
            return unit.name, unit.id
        person = context.session.get(Person, self.person_id)
        if person is None:
            raise UserError(
                _("This person is not there any more. Look at the list again."),
                code="honour.person",
            )
        return person.name, None

    def _period(self, context: Context) -> str:
        """The key of the list's period."""
        own = own_campaigns(context.connection, context.programme.code)
        if self.campaign_id is not None:
            if context.session.get(Campaign, self.campaign_id) is None:
                raise UserError(
                    _("This campaign is not there any more. Look at the list again."),
                    code="honour.campaign",
                )
            return f"campaign:{campaign_key(self.campaign_id)}"
        if not self.period:
            raise UserError(
                _("Say which period or campaign the honours list is of."), code="honour.period"
            )
        return period_of(self.period, context.programme, own).key

    def _refuse_twice(self, context: Context, name: str, unit_id: int | None, period: str) -> None:
        same = context.session.scalars(
            select(Honour).where(
                Honour.programme == context.programme.code,
                Honour.period == period,
                Honour.award == self.award,
                Honour.unit_id.is_(unit_id),
                Honour.person_id.is_(self.person_id),
            )
        ).first()
        if same is not None:
            raise UserError(
                _("{name} is on this honours list already.").format(name=name), code="honour.twice"
            )


@dataclass(frozen=True, slots=True)
class RemoveHonour:
    """Take a name off an honours list."""

    honour_id: int
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> None:
        """Remove it; UserError where it is not there any more."""
        honour = context.session.get(Honour, self.honour_id)
        if honour is None:
            raise UserError(
                _("This name is not on the honours list any more. Look at the list again."),
                code="honour.gone",
            )
        context.detail["name"] = _name_of(context, honour)
        context.session.delete(honour)


def _name_of(context: Context, honour: Honour) -> str:
    row = context.connection.execute(
        "SELECT coalesce((SELECT name FROM unit WHERE id = ?1), "
        "(SELECT name FROM person WHERE id = ?2), '')",
        (honour.unit_id, honour.person_id),
    ).fetchone()
    return str(row[0])


def _refuse_award(context: Context, key: str) -> None:
    """Refuse the key of an award that the programme does not have."""
    known = [award.key for award in context.programme.awards]
    if key and key not in known:
        raise UserError(
            _("“{key}” is no award of this programme. Give one of: {known}.").format(
                key=key, known=", ".join(known) or "–"
            ),
            code="honour.award",
        )
