"""What may be changed of an office's everyday papers: books, slips, confirmations, invitations.

Texts hold names in braces that papers fill in (``forms.fill``).
"""

from dataclasses import dataclass

from desktop.printing.official_forms import Basis


@dataclass(frozen=True, slots=True)
class BookForm:
    """A register that is printed by years; ``empty_rows`` lines are left where nothing is known."""

    code: str
    title: str
    subject: str
    columns: tuple[str, ...]
    empty_rows: int


@dataclass(frozen=True, slots=True)
class DossierPart:
    """A part of a dossier, and the kind of attached file that shows it; blank: none does."""

    name: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptForm:
    """Giấy biên nhận hồ sơ.

    ``parts`` are what a dossier consists of, ``topic_part`` what a topic needs besides. The months
    are those of the Charter of initiatives: to add what is missing, and to decide.
    """

    code: str
    symbol: str
    title: str
    subject: str
    copies: tuple[str, ...]
    received_from: str
    unit: str
    phone: str
    initiative: str
    columns: tuple[str, ...]
    supplement: str
    complete: str
    answer: str
    parts: tuple[DossierPart, ...]
    topic_part: str
    kept_as: str
    supplement_months: int
    decide_months: int
    submitter: str
    receiver: str
    hint: str


@dataclass(frozen=True, slots=True)
class EffectForm:
    """Giấy xác nhận hiệu quả áp dụng."""

    code: str
    symbol: str
    title: str
    confirms: str
    conclusion: str
    signer: str
    hint: str
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShareForm:
    """Bản xác nhận tỷ lệ đóng góp; ``total`` is the sum in per cent that shares must reach."""

    code: str
    title: str
    subject: str
    statement: str
    total: int
    confirmer: str
    confirmer_hint: str
    signer: str
    hint: str


@dataclass(frozen=True, slots=True)
class ReturnForm:
    """Phiếu trả hồ sơ; within ``months`` the author may add what is missing."""

    code: str
    symbol: str
    title: str
    subject: str
    opening: str
    reasons: str
    overruled: str
    deadline: str
    months: int
    closing: str
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReplyForm:
    """Phiếu trả lời tác giả: a sentence for each stage that an initiative has reached.

    ``half_sheet``: two on a sheet, to be cut apart; else each has a sheet of its own.
    """

    code: str
    symbol: str
    title: str
    opening: str
    recognised: str
    passed: str
    failed: str
    withdrawn: str
    struck: str
    eligible: str
    review: str
    ineligible: str
    portal: str
    closing: str = ""
    recipients: tuple[str, ...] = ()
    half_sheet: bool = True
    subject: str = ""


@dataclass(frozen=True, slots=True)
class SupportTeamForm:
    """Quyết định thành lập Tổ hỗ trợ sáng kiến.

    ``unit_symbol`` and ``authority`` stand for units that are not the office itself.
    """

    code: str
    symbol: str
    unit_symbol: str
    subject: str
    bases: tuple[Basis, ...]
    proposal: str
    establish: str
    tasks: tuple[str, ...]
    duty: str
    recipients: tuple[str, ...]
    authority: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InvitationForm:
    """Giấy mời họp Hội đồng; ``per_member`` gives each member one of their own."""

    code: str
    symbol: str
    title: str
    subject: str
    invites: str
    attend: str
    content: str
    closing: str
    recipients: tuple[str, ...]
    per_member: bool


@dataclass(frozen=True, slots=True)
class PublicityForm:
    """Bài giới thiệu gương sáng tạo; ``letters``: so many its parts hold, to keep to one page."""

    code: str
    title: str
    person: str
    origin: str
    change: str
    reach: str
    confidential: str
    closing: str
    letters: int
