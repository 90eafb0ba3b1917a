"""One initiative whole, and its office, as frozen values for forms, papers and files."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from desktop.models.entry import InitiativeDraft
from desktop.programme.verdict import Verdict


@dataclass(frozen=True, slots=True)
class AttachmentLine:
    """A kept file: its name, media type, size in bytes, SHA-256 in hex and what it shows."""

    name: str
    media_type: str
    size: int
    sha256: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ShownFile:
    """How an attached file is printed: whether each page that was drawn lies across.

    ``pages`` counts all its pages; ``trouble`` names why nothing of it could be drawn.
    """

    across: tuple[bool, ...] = ()
    pages: int = 0
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """An initiative with everything that papers say of it.

    ``unit_path`` runs from the topmost union to the grassroots union, by full name.
    """

    initiative_id: int
    code: str
    entry: InitiativeDraft
    unit_path: tuple[str, ...] = ()
    verdict: Verdict | None = None
    attachments: tuple[AttachmentLine, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class OfficeSheet:
    """What papers say of the office itself.

    ``header`` are the organ lines top left, superior organ first, issuing organ last; ``place`` the
    place name before the date (địa danh); ``signature`` the authority lines ("TM. BAN THƯỜNG VỤ",
    "CHỦ TỊCH") and ``signer`` the name under them; ``symbol`` the organ's abbreviation in paper
    numbers ("LĐLĐ").
    """

    name: str
    header: tuple[str, ...]
    place: str
    signature: tuple[str, ...]
    signer: str = ""
    symbol: str = ""
    programme_title: str = ""


@dataclass(frozen=True, slots=True)
class CommendationLine:
    """One person or collective put forward for commendation (đề nghị khen thưởng).

    ``initiatives`` counts the eligible ones credited to them; ``title`` names the typical one and
    ``decision`` the decision that recognised it; ``benefit_year`` is dong, None where none was
    convertible; ``form`` the form of commendation (hình thức đề nghị). ``amount`` is the money that
    goes with it in dong, None where not known.
    """

    name: str
    unit: str
    form: str
    birth_year: int | None = None
    gender: str = ""
    post: str = ""
    initiatives: int = 0
    title: str = ""
    decision: str = ""
    benefit_year: int | None = None
    note: str = ""
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class CollectiveLine:
    """One collective (tập thể) put forward for commendation.

    ``target`` (chỉ tiêu) and ``result`` (kết quả) count initiatives, ``people`` those who have one
    of ``headcount``; None where not known.
    """

    name: str
    form: str
    superior: str = ""
    target: int | None = None
    result: int | None = None
    people: int | None = None
    headcount: int | None = None
    note: str = ""
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class ListHead:
    """What stands over a list: the day it was drawn up and the stage it covers (None: all)."""

    drawn_up: date
    stage: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member of a council: name, post, and role in the office's own words; id 0 if not kept.

    ``gender`` is blank where the store does not know it.
    """

    name: str
    post: str = ""
    role: str = ""
    member_id: int = 0
    gender: str = ""


@dataclass(frozen=True, slots=True)
class ResultLine:
    """What a session found of one initiative.

    ``outcome`` is passed, failed, withdrawn or struck, blank where nothing is decided. ``score`` is
    the mean of the members' scores; votes are None where not counted.
    """

    initiative_id: int
    title: str
    authors: tuple[str, ...] = ()
    unit: str = ""
    outcome: str = ""
    score: Decimal | None = None
    votes_for: int | None = None
    votes_against: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sitting:
    """A session of a council with its members and what it found, in the order of the findings.

    ``established`` names the decision that set the council up; ``present`` of ``total`` members
    were there, None where not known; ``held`` is None for a session still to come, and its id is 0
    where it is not kept. ``number`` is that of its minutes, blank where they have none yet.
    """

    council: str = ""
    unit: str = ""
    established: str = ""
    held: date | None = None
    place: str = ""
    chair: str = ""
    secretary: str = ""
    present: int | None = None
    total: int | None = None
    minutes: str = ""
    members: tuple[MemberLine, ...] = ()
    results: tuple[ResultLine, ...] = ()
    session_id: int = 0
    number: str = ""


@dataclass(frozen=True, slots=True)
class StandingLine:
    """A unit, or a stage, in the table of a report; targets and heads are None where not known.

    ``benefit`` sums one-year benefits in dong, ``unconverted`` counts those without money;
    ``eligible_benefit`` and ``eligible_unconverted`` do so for the eligible ones alone.
    """

    name: str
    target: int | None = None
    entered: int = 0
    eligible: int = 0
    review: int = 0
    ineligible: int = 0
    people: int = 0
    headcount: int | None = None
    benefit: int = 0
    unconverted: int = 0
    eligible_benefit: int = 0
    eligible_unconverted: int = 0


@dataclass(frozen=True, slots=True)
class CountLine:
    """How many initiatives of a kind, a group or a region were entered, and how many eligible."""

    name: str
    entered: int
    eligible: int


@dataclass(frozen=True, slots=True)
class ResultFigures:
    """The figures of a progress report over a period until a day, that day counted.

    ``whole`` sums the whole store. ``best`` are titles of initiatives with the greatest benefit,
    ``social`` of those that describe one to society, each with author, unit and money in words.
    ``percent_of`` names what the targets are measured by ("entered", "eligible").
    """

    period: str
    until: date
    whole: StandingLine
    units: tuple[StandingLine, ...] = ()
    stages: tuple[StandingLine, ...] = ()
    categories: tuple[CountLine, ...] = ()
    groups: tuple[CountLine, ...] = ()
    regions: tuple[CountLine, ...] = ()
    best: tuple[str, ...] = ()
    social: tuple[str, ...] = ()
    support_teams: int = 0
    commended_people: int = 0
    commended_units: int = 0
    percent_of: str = "entered"


@dataclass(frozen=True, slots=True)
class Reception:
    """How an initiative came in and went on.

    ``number`` is its place in the register book of the year in which it was ``received`` (by whom
    is ``receiver``); ``to_council`` the day of the session that dealt with it, ``outcome`` and
    ``note`` what that found. What is not known is None or blank.
    """

    initiative_id: int
    number: int | None = None
    received: date | None = None
    receiver: str = ""
    to_council: date | None = None
    outcome: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class OutgoingLine:
    """A paper that the office has sent out (văn bản đi), as the register of them lists it.

    ``number`` is number and symbol, ``subject`` the kind of paper and what it is about, ``keeper``
    who has the copy that is kept, ``copies`` how many were made, None where not known.
    """

    number: str
    issued: date | None
    subject: str
    signer: str = ""
    recipients: str = ""
    keeper: str = ""
    copies: int | None = None
    sent: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class TeamMember:
    """A member of a support team, ``role`` in the office's own words."""

    name: str
    role: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class SupportTeamSheet:
    """A support team (Tổ hỗ trợ sáng kiến) of a unit, and the decision that set it up, if any."""

    unit: str
    superior: str = ""
    members: tuple[TeamMember, ...] = ()
    number: str = ""
    decided: date | None = None
