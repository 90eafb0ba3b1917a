"""Campaigns (đợt cao điểm) of the office's own: peak weeks and months beside the definition's."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sqlalchemy import delete, select

from desktop.errors import UserError
from desktop.models.journal import Context
from desktop.models.records import Campaign, Honour, Target
from desktop.models.standings import campaign_key
from desktop.text import _
from desktop.vietnamese.cleaning import clean
from desktop.vietnamese.folding import syllable_key


@dataclass(frozen=True, slots=True)
class CampaignDraft:
    """A campaign as given: its days, both counted, the count it starts from, and its target."""

    name: str
    first: date
    last: date
    baseline: int | None = None
    target: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecordCampaign:
    """Add a campaign to the programme in force; its id."""

    draft: CampaignDraft
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> int:
        """Record it; UserError for days or figures that make no sense."""
        _refuse(context, self.draft, None)
        campaign = Campaign(programme=context.programme.code)
        _fill(campaign, self.draft)
        context.session.add(campaign)
        context.session.flush()
        context.detail["name"] = campaign.name
        return campaign.id


@dataclass(frozen=True, slots=True)
class ReviseCampaign:
    """Change a campaign."""

    campaign_id: int
    draft: CampaignDraft
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> None:
        """Change it; UserError as for a new one."""
        campaign = _get(context, self.campaign_id)
        _refuse(context, self.draft, self.campaign_id)
        _fill(campaign, self.draft)
        context.detail["name"] = campaign.name


@dataclass(frozen=True, slots=True)
class RemoveCampaign:
    """Take a campaign away, with the targets that were set for it."""

    campaign_id: int
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> None:
        """Remove it; UserError where names stand on its honours list."""
        session = context.session
        campaign = _get(context, self.campaign_id)
        listed = session.scalars(select(Honour).where(Honour.campaign_id == campaign.id)).first()
        if listed is not None:
            raise UserError(
                _("“{name}” has an honours list. Take the names off it first.").format(
                    name=campaign.name
                ),
                code="campaign.honours",
            )
        period = f"campaign:{campaign_key(campaign.id)}"
        session.execute(
            delete(Target).where(Target.programme == campaign.programme, Target.period == period)
        )
        context.detail["name"] = campaign.name
        session.delete(campaign)


def _get(context: Context, campaign_id: int) -> Campaign:
    campaign = context.session.get(Campaign, campaign_id)
    if campaign is None:
        raise UserError(
            _("This campaign is not there any more. Look at the list again."),
            code="campaign.gone",
        )
    return campaign


def _fill(campaign: Campaign, draft: CampaignDraft) -> None:
    campaign.name = clean(draft.name)
    campaign.first, campaign.last = draft.first.isoformat(), draft.last.isoformat()
    campaign.baseline, campaign.target = draft.baseline, draft.target
    campaign.note = clean(draft.note)


def _refuse(context: Context, draft: CampaignDraft, campaign_id: int | None) -> None:
    if not clean(draft.name):
        raise UserError(_("Give the campaign a name."), code="campaign.name")
    if draft.first > draft.last:
        raise UserError(
            _("The campaign ends on {last}, before it begins on {first}. Correct its days.").format(
                first=f"{draft.first:%d/%m/%Y}", last=f"{draft.last:%d/%m/%Y}"
            ),
            code="campaign.days",
        )
    if min(draft.baseline or 0, draft.target or 0) < 0:
        raise UserError(
            _("What a campaign starts from and its target cannot be below 0. Correct them."),
            code="campaign.number",
        )
    _refuse_twice(context, draft, campaign_id)


def _refuse_twice(context: Context, draft: CampaignDraft, campaign_id: int | None) -> None:
    """The same campaign, by its name, does not run twice on one day."""
    wanted = syllable_key(clean(draft.name))
    rows = context.session.scalars(
        select(Campaign).where(
            Campaign.programme == context.programme.code,
            Campaign.first <= draft.last.isoformat(),
            Campaign.last >= draft.first.isoformat(),
        )
    )
    for other in rows:
        if other.id != campaign_id and syllable_key(other.name) == wanted:
            first, last = (date.fromisoformat(day) for day in (other.first, other.last))
            raise UserError(
                _(
                    "“{name}” already runs from {first} to {last}. Change that one, or choose "
                    "other days."
                ).format(name=other.name, first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}"),
                code="campaign.twice",
            )
