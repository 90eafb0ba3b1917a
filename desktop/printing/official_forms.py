"""What may be changed of the papers of councils, commendations and reports: wording, dated bases.

Texts hold names in braces that papers fill in (``forms.fill``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Basis:
    """A legal basis (căn cứ) and the days on which papers may name it; open ends are None.

    It is written without the mark that ends its line.
    """

    text: str
    valid_from: date | None = None
    valid_to: date | None = None

    def holds(self, on: date) -> bool:
        """Whether a paper of that day names it."""
        return (self.valid_from or on) <= on <= (self.valid_to or on)


def bases_on(bases: Sequence[Basis], on: date) -> list[str]:
    """The texts of the bases in force on a day, in their order."""
    return [basis.text for basis in bases if basis.holds(on)]


@dataclass(frozen=True, slots=True)
class Departure:
    """What papers do otherwise than Nghị định 30/2020/NĐ-CP, Phụ lục I, on purpose, and why.

    ``papers`` are the keys of the papers that do so; none stands for all. ``rule`` is the place in
    Phụ lục I.
    """

    papers: tuple[str, ...]
    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs for the office: the lines over the signature, the name, and on which days.

    ``papers`` are the keys of the papers that they sign; none stands for all.
    """

    lines: tuple[str, ...]
    signer: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    papers: tuple[str, ...] = ()

    def signs(self, paper: str, on: date) -> bool:
        """Whether they sign that paper on that day."""
        in_office = (self.valid_from or on) <= on <= (self.valid_to or on)
        return in_office and (not self.papers or paper in self.papers)


@dataclass(frozen=True, slots=True)
class OfficeForm:
    """What stands on every paper of an office and changes with its days.

    ``organs`` are the lines at the head, the superior organ first. What is left empty is as the
    office's sheet has it. Of the ``signatories`` the first one who signs a paper on its day signs;
    ``authorities`` are the lines over signatures to choose from, parted by " / ".
    """

    organs: tuple[str, ...]
    place: str
    symbol: str
    signatories: tuple[Signatory, ...]
    authorities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    """What members give scores for: a criterion, or a part of one where ``sub`` says which.

    ``max`` and ``min_pass`` are points; with fewer than ``min_pass`` an initiative fails where
    ``kill_if_fail`` says so.
    """

    criterion: str
    max: int
    sub: str = ""
    min_pass: int = 0
    kill_if_fail: bool = False


@dataclass(frozen=True, slots=True)
class ScoreForm:
    """Phiếu đánh giá; ``pass_from`` of all points must be reached.

    ``authors_abstain``: members who are authors of an initiative do not score it.
    """

    code: str
    code_secret: str
    title: str
    subject: str
    remark: str
    rule: str
    signer: str
    hint: str
    secret_note: str
    total: str
    conclusion: str
    passed: str
    failed: str
    pass_from: int
    rubric: tuple[Criterion, ...]
    authors_abstain: bool = True


@dataclass(frozen=True, slots=True)
class MinutesForm:
    """Biên bản họp Hội đồng; a quorum is ``quorum_of`` out of ``quorum_in`` members."""

    code: str
    symbol: str
    title: str
    subject: str
    opening: str
    quorum_of: int
    quorum_in: int
    established: str
    union: str
    present: str
    absent: str
    columns: tuple[str, ...]
    results: str
    refused: str
    request: str
    closing: str
    secretary: str
    chair: str
    recipients: tuple[str, ...]
    nobody: str = "Không"


@dataclass(frozen=True, slots=True)
class RecognitionForm:
    """Quyết định công nhận sáng kiến, and the list that goes with it."""

    code: str
    symbol: str
    subject: str
    bases: tuple[Basis, ...]
    proposal: str
    recognise_one: str
    recognise_many: str
    rights: tuple[str, ...]
    duty: str
    recipients: tuple[str, ...]
    list_title: str
    list_subject: str
    attached: str
    list_closing: str = ""


@dataclass(frozen=True, slots=True)
class CertificateForm:
    """Giấy chứng nhận sáng kiến; ``per_author`` gives each author one of their own.

    ``summary_letters``: so long the summary of the content may be.
    """

    code: str
    title: str
    certifies: str
    holder: str
    claim: str
    investor: str
    summary: str
    benefit: str
    symbol: str
    per_author: bool
    summary_letters: int


@dataclass(frozen=True, slots=True)
class SubmissionForm:
    """Tờ trình đề nghị khen thưởng."""

    code: str
    symbol: str
    subject: str
    addressees: tuple[str, ...]
    bases: tuple[Basis, ...]
    review: str
    request: str
    closing: str
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AwardDecisionForm:
    """Quyết định khen thưởng; the amounts are dong for one, dots where nought."""

    code: str
    symbol: str
    subject: str
    bases: tuple[Basis, ...]
    proposal: str
    award: str
    money: str
    each_person: str
    each_collective: str
    person_amount: int
    collective_amount: int
    duty: str
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StockSpot:
    """Where a text stands on pre-printed stock: millimetres from the upper left corner, points."""

    text: str
    x: float
    y: float
    width: float
    size: float = 14.0
    lines: int = 1
    bold: bool = False
    italic: bool = False
    align: str = "centre"


@dataclass(frozen=True, slots=True)
class AwardStockForm:
    """Giấy khen on stock printed before: what is written where, and who signs."""

    giver: str
    decision: str
    book: str
    authority: str
    reason_person: str
    reason_collective: str
    sheet: str
    hints: tuple[str, ...]
    spots: tuple[StockSpot, ...]


@dataclass(frozen=True, slots=True)
class ReportForm:
    """Báo cáo kết quả thực hiện Chương trình; what only people can write is left dotted."""

    code: str
    symbol: str
    subject: str
    addressees: tuple[str, ...]
    opening: str
    parts: tuple[str, ...]
    result_parts: tuple[str, ...]
    guidance: tuple[str, ...]
    shortcomings: tuple[str, ...]
    directions: tuple[str, ...]
    closing: str
    recipients: tuple[str, ...]
    annex_title: str
    attached: str
