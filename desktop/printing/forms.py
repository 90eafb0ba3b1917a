"""The wording of papers that offices change, read from a form set: dated data, never code."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar, get_args, get_origin, get_type_hints

from desktop.errors import UserError, reason_of, syntax_words
from desktop.printing.office_forms import (
    BookForm,
    EffectForm,
    InvitationForm,
    PublicityForm,
    ReceiptForm,
    ReplyForm,
    ReturnForm,
    ShareForm,
    SupportTeamForm,
)
from desktop.printing.official_forms import (
    AwardDecisionForm,
    AwardStockForm,
    CertificateForm,
    Departure,
    MinutesForm,
    OfficeForm,
    RecognitionForm,
    ReportForm,
    ScoreForm,
    SubmissionForm,
)
from desktop.text import _

_FIELD = re.compile(r"\{(\w+)\}")
COUNTS: Mapping[str, int] = MappingProxyType(
    {
        "application.triers_columns": 7,
        "council_minutes.columns": 7,
        "register_book.columns": 14,
        "outgoing_register.columns": 10,
        "receipt.columns": 4,
        "receipt.copies": 2,
        "progress_report.parts": 4,
        "progress_report.result_parts": 5,
    }
)
"""So many lines a list of titles must have: the widths of the columns are code."""


class Variant(StrEnum):
    """How an application is laid out: as prescribed, as enterprises or as schools have it."""

    OFFICIAL = "official"
    ENTERPRISE = "enterprise"
    EDUCATION = "education"


@dataclass(frozen=True, slots=True)
class ApplicationForm:
    """Đơn yêu cầu công nhận sáng kiến.

    ``notes`` prints the footnotes; with ``all_sign`` every author signs, else the first as
    ``representative``. ``education_signer`` signs the variant of schools; enterprises have
    ``confirmer`` confirm theirs.
    """

    code: str
    notes: bool
    all_sign: bool
    statement: str
    signer: str
    representative: str
    hint: str
    footnotes: tuple[str, ...]
    variant: Variant
    confirmer: str
    confirmer_hint: str
    enterprise_signer: str
    education_signer: str
    conditions: str
    benefit_author: str
    benefit_others: str
    triers: str
    triers_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DescriptionForm:
    """Mô tả sáng kiến."""

    code: str
    serial: str
    confirmer: str
    confirmer_hint: str
    signer: str
    hint: str


@dataclass(frozen=True, slots=True)
class VerdictForm:
    """Phiếu kiểm tra điều kiện."""

    code: str
    title: str
    subject: str
    checker: str
    hint: str


@dataclass(frozen=True, slots=True)
class SummaryForm:
    """Danh sách tổng hợp sáng kiến."""

    code: str
    title: str
    subject: str
    attached: str
    maker: str


@dataclass(frozen=True, slots=True)
class CommendationForm:
    """Danh sách đề nghị khen thưởng; ``order`` is "name" or "given".

    ``usual_form`` is the form of commendation where nobody said another; blank: by the level of the
    organ that gives it.
    """

    code: str
    title: str
    subject: str
    attached: str
    maker: str
    closing: str
    order: str
    usual_form: str = ""


@dataclass(frozen=True, slots=True)
class FormSet:
    """All forms under one code ("tt18-2013"), and when they are in force; None is open.

    ``departures`` state what they do otherwise than the rules for official papers.
    """

    code: str
    name: str
    office: OfficeForm
    application: ApplicationForm
    description: DescriptionForm
    verdict_sheet: VerdictForm
    summary_list: SummaryForm
    commendation_list: CommendationForm
    score_sheet: ScoreForm
    council_minutes: MinutesForm
    recognition_decision: RecognitionForm
    certificate: CertificateForm
    submission: SubmissionForm
    commendation_decision: AwardDecisionForm
    commended_list: CommendationForm
    award_stock: AwardStockForm
    progress_report: ReportForm
    register_book: BookForm
    outgoing_register: BookForm
    receipt: ReceiptForm
    effect_confirmation: EffectForm
    share_statement: ShareForm
    return_slip: ReturnForm
    reply_slip: ReplyForm
    support_team: SupportTeamForm
    invitation: InvitationForm
    publicity: PublicityForm
    valid_from: date | None = None
    valid_to: date | None = None
    departures: tuple[Departure, ...] = ()


_Read = TypeVar("_Read")


def read(folder: Path, code: str) -> FormSet:
    """The form set ``code`` from the file of that name in ``folder``.

    Raises UserError where the file is missing or cannot be read, or where an entry is unknown,
    missing or of the wrong kind, naming it.
    """
    file = folder / f"{code}.toml"
    try:
        with file.open("rb") as source:
            kept = tomllib.load(source)
    except (OSError, ValueError) as error:
        why = reason_of(error) if isinstance(error, OSError) else syntax_words(error)
        raise _unreadable(file.name, why) from error
    found = _whole(FormSet, kept, file.name)
    for key, count in COUNTS.items():
        table, _dot, name = key.partition(".")
        if len(getattr(getattr(found, table), name)) != count:
            raise _unreadable(f"{file.name}: {key}", f"≠ {count}")
    return found


def value_of(hint: object, kept: object, where: str) -> object:
    """What was read from a file as a field of that type has it; UserError naming ``where``."""
    return _value(hint, kept, where)


def sets(folder: Path) -> tuple[str, ...]:
    """The codes of the form sets in ``folder``, in order."""
    return tuple(sorted(file.stem for file in folder.glob("*.toml")))


def fill(text: str, **values: str) -> str:
    """The text with each ``{name}`` replaced by its value; unknown names are left as they are.

    Filling is by name only: nothing in a form can run or look at anything.
    """
    return _FIELD.sub(lambda found: values.get(found[1], found[0]), text)


def _whole(kind: type[_Read], kept: Mapping[str, object], where: str) -> _Read:
    """A table of the file as the dataclass ``kind``, every entry checked."""
    hints = get_type_hints(kind)
    known = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]  # only dataclasses
    for name in kept:
        if name not in known:
            raise _unreadable(where, f"{name}?")
    values = {}
    for name, field in known.items():
        if name in kept:
            values[name] = _value(hints[name], kept[name], f"{where}: {name}")
        elif field.default is MISSING:
            raise _unreadable(where, f"{name} = ?")
    return kind(**values)


def _value(hint: object, value: object, where: str) -> object:
    """One entry as the field wants it."""
    if isinstance(hint, type) and isinstance(value, Mapping):
        return _whole(hint, value, where)
    if get_origin(hint) is tuple and isinstance(value, list):
        return tuple(_value(get_args(hint)[0], one, where) for one in value)
    if hint is float and type(value) is int:
        return float(value)
    if isinstance(hint, type) and issubclass(hint, StrEnum) and isinstance(value, str):
        if value in set(hint):
            return hint(value)
        raise _unreadable(where, repr(value))
    if type(value) is (date if hint == date | None else hint):
        return value
    raise _unreadable(where, repr(value))


def _unreadable(where: str, why: str) -> UserError:
    """What to say of a form set that cannot be used."""
    return UserError(
        _(
            "The set of forms {file} cannot be used ({reason}). Bring the shipped set back, or "
            "correct the file."
        ).format(file=where, reason=why),
        code="forms-unreadable",
    )
