"""What a person fills in, as frozen drafts: an initiative, its authors, its decision.

Forms hold these, workbooks are read into these, actions take these, papers print these.
"""

from dataclasses import dataclass
from decimal import Decimal

from desktop.programme.facts import Protection
from desktop.vietnamese.dates import Moment, PartialDate


@dataclass(frozen=True, slots=True)
class AuthorDraft:
    """One author (tác giả, đồng tác giả) of an initiative as typed.

    ``share`` (tỷ lệ đóng góp) is per cent, None where not given; ``credited`` marks the author put
    forward for credit (người được ghi nhận); ``gender`` is "Nam", "Nữ" or what was written.
    """

    name: str = ""
    birth: PartialDate | None = None
    gender: str = ""
    identity: str = ""
    phone: str = ""
    email: str = ""
    member: bool | None = None
    member_code: str = ""
    job: str = ""
    education: str = ""
    workplace: str = ""
    team: str = ""
    leader_post: bool | None = None
    topic_leader: bool | None = None
    share: Decimal | None = None
    credited: bool = False


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """A recognition decision (quyết định công nhận) as typed; one recognises many initiatives.

    ``recogniser`` (hình thức công nhận) is "council" (Hội đồng), "head" (Thủ trưởng) or the words
    written instead; ``scan`` the name of the file that shows it.
    """

    number: str = ""
    issued: PartialDate | None = None
    issuer: str = ""
    recogniser: str = ""
    signer: str = ""
    signer_post: str = ""
    summary: str = ""
    scan: str = ""

    def is_blank(self) -> bool:
        """Whether nothing at all is filled in."""
        return self == DecisionDraft()


@dataclass(frozen=True, slots=True)
class InitiativeDraft:
    """An initiative (sáng kiến) as typed, with its authors; the credited author stands first.

    ``code`` (mã hồ sơ) is blank until given. ``unit`` is the grassroots union (công đoàn cơ sở)
    and ``superior`` the union above it, by name. ``before`` is the state before (tình trạng trước
    đó), ``content`` the solution, ``origin`` how the idea arose, ``scope`` where it is applied.
    ``benefit`` is dong over ``benefit_months`` months as declared, None where not convertible.
    ``sent`` is the portal time (thời điểm cập nhật Cổng), ``portal_state`` a value of PortalState.
    """

    code: str = ""
    title: str = ""
    category: str = ""
    field: str = ""
    object_group: str = ""
    region: str = ""
    unit: str = ""
    superior: str = ""
    before: str = ""
    content: str = ""
    novelty: str = ""
    applicability: str = ""
    origin: str = ""
    scope: str = ""
    conditions: str = ""
    secrets: str = ""
    investor: str = ""
    trial: PartialDate | None = None
    use: PartialDate | None = None
    benefit: int | None = None
    benefit_months: int = 12
    benefit_method: str = ""
    social_benefit: str = ""
    confidential: bool | None = None
    protection: Protection | None = None
    protected_from: PartialDate | None = None
    protected_to: PartialDate | None = None
    public_order_contrary: bool | None = None
    topic_level: str = ""
    topic_accepted: PartialDate | None = None
    effect_confirmed: bool | None = None
    effect_confirmed_by: str = ""
    effect_confirmed_on: PartialDate | None = None
    sent: Moment | None = None
    portal_code: str = ""
    portal_state: str = "unsent"
    authors: tuple[AuthorDraft, ...] = ()
    decision: DecisionDraft | None = None

    @property
    def credited(self) -> AuthorDraft | None:
        """The author put forward for credit, None where nobody is."""
        return next((author for author in self.authors if author.credited), None)

    @property
    def benefit_year(self) -> int | None:
        """The benefit of one year in dong: value x 12 / months, rounded half up.

        None, which is not 0, where nothing was declared or the months make no sense.
        """
        if self.benefit is None or self.benefit_months <= 0:
            return None
        return (self.benefit * 24 + self.benefit_months) // (2 * self.benefit_months)
