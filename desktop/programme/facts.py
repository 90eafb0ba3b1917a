"""The facts of one initiative that a programme judges, free of any store or form."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from desktop.programme.verdict import Overruling
from desktop.vietnamese.dates import Moment, PartialDate


class Protection(StrEnum):
    """State of intellectual-property protection (tình trạng bảo hộ SHTT)."""

    NONE = "none"
    PENDING = "pending"
    PROTECTED = "protected"
    EXPIRED = "expired"


class Recogniser(StrEnum):
    """Who recognised the initiative (hình thức công nhận)."""

    COUNCIL = "council"
    HEAD = "head"


@dataclass(frozen=True, slots=True)
class AuthorFacts:
    """One author (tác giả) as the rules see it; ``share`` is per cent, None where not given."""

    name: str
    share: Decimal | None = None
    credited: bool = False
    topic_leader: bool | None = None
    member: bool | None = None


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """The recognition decision (quyết định công nhận).

    ``recogniser`` is a value of Recogniser, or the words found where they were neither.
    ``signer_post`` is the signer's post (chức vụ) as written, blank where not given.
    """

    number: str = ""
    issued: PartialDate | None = None
    issuer: str = ""
    recogniser: str = ""
    signer: str = ""
    signer_post: str = ""
    has_file: bool = False


@dataclass(frozen=True, slots=True)
class Lookalike:
    """Another initiative that resembles this one; ``score`` and ``text`` run from 0 to 1.

    ``score`` is how alike the titles are, ``text`` how much of the description is the same, 0 where
    that is too little. ``why`` names the key that found it: K1 to K6 of the look-alike keys.
    ``confirmed`` is set once an officer has said that it is a duplicate.
    """

    initiative_id: int
    code: str
    title: str
    unit: str
    score: float
    why: str
    same_unit: bool = True
    confirmed: bool = False
    text: float = 0.0

    @property
    def nearness(self) -> float:
        """How alike the two are, by title or by description, whichever is more."""
        return max(self.score, self.text)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one initiative; None and "" mean that nothing was said.

    ``public_order_contrary``: True where the office ticked "contrary to public order or morals",
    False where it ticked that it is not, None where nobody has looked.
    ``benefit``: dong over ``benefit_months`` months as declared; None is not 0.
    """

    title: str = ""
    category: str = ""
    novelty: str = ""
    trial: PartialDate | None = None
    use: PartialDate | None = None
    benefit: int | None = None
    benefit_months: int = 12
    social_benefit: str = ""
    public_order_contrary: bool | None = None
    protection: Protection | None = None
    protected_from: PartialDate | None = None
    protected_to: PartialDate | None = None
    topic_level: str = ""
    topic_accepted: PartialDate | None = None
    effect_confirmed: bool | None = None
    effect_confirmed_by: str = ""
    effect_confirmed_on: PartialDate | None = None
    confidential: bool | None = None
    unit: str = ""
    superior: str = ""
    applied_at: str = ""
    authors: tuple[AuthorFacts, ...] = ()
    decision: DecisionFacts | None = None
    sent: Moment | None = None
    lookalikes: tuple[Lookalike, ...] = field(default=())
    overrulings: tuple[Overruling, ...] = field(default=())
    today: date = date(1970, 1, 1)
