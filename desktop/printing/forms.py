"""The wording of papers that offices change, read from a form set: dated data, never code."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from pathlib import Path
from typing import TypeVar, get_type_hints

from desktop.errors import UserError
from desktop.text import _

_FIELD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class ApplicationForm:
    """Đơn yêu cầu công nhận sáng kiến.

    ``notes`` prints the footnotes; with ``all_sign`` every author signs, else the first as
    ``representative``.
    """

    code: str
    notes: bool
    all_sign: bool
    statement: str
    signer: str
    representative: str
    hint: str
    footnotes: tuple[str, ...]


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
    """Danh sách đề nghị khen thưởng; ``order`` is "name" or "given"."""

    code: str
    title: str
    subject: str
    attached: str
    maker: str
    closing: str
    order: str


@dataclass(frozen=True, slots=True)
class FormSet:
    """All forms under one code ("tt18-2013"), and when they are in force; None is open."""

    code: str
    name: str
    application: ApplicationForm
    description: DescriptionForm
    verdict_sheet: VerdictForm
    summary_list: SummaryForm
    commendation_list: CommendationForm
    valid_from: date | None = None
    valid_to: date | None = None


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
        raise _unreadable(file.name, str(error)) from error
    return _whole(FormSet, kept, file.name)


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
    if hint == tuple[str, ...] and isinstance(value, list):
        if all(isinstance(item, str) for item in value):
            return tuple(value)
    elif type(value) is (date if hint == date | None else hint):
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
