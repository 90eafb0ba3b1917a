"""One initiative whole, and its office, as frozen values for forms, papers and files."""

from dataclasses import dataclass, field
from datetime import date

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
    convertible; ``form`` the form of commendation (hình thức đề nghị).
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


@dataclass(frozen=True, slots=True)
class ListHead:
    """What stands over a list: the day it was drawn up and the stage it covers (None: all)."""

    drawn_up: date
    stage: str = ""
    unit: str = ""
