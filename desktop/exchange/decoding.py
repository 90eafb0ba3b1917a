"""What a cell of a column says: one reader for each kind of column."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from desktop.exchange.rows import (
    LISTS,
    NO_LISTS,
    PORTAL_STATE_KEYS,
    PROTECTION_KEYS,
    CellKind,
    Column,
    ProgrammeLists,
)
from desktop.exchange.sheets import Cell, plain_number
from desktop.programme.facts import Protection
from desktop.vietnamese.cleaning import clean
from desktop.vietnamese.dates import VIETNAM, Moment, PartialDate, parse_moment, read_date
from desktop.vietnamese.folding import fold
from desktop.vietnamese.identity import read_identity, read_phone
from desktop.vietnamese.money import MoneyUnit, read_money, unit_in_header
from desktop.vietnamese.unreadable import Read, Unreadable

LEAST_WORKING_AGE = 15
"""Labour Code 2019, article 143: nobody at work is younger; tells the century of a short year."""


class CellFault(Exception):  # noqa: N818 - it is the cell that is at fault
    """A cell cannot be read; ``code`` is in wording.FAULTS, ``values`` fill its sentence."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class Setting:
    """What reading a cell depends on beside the cell: the day, the header as written, the lists."""

    today: date
    header: str = ""
    lists: ProgrammeLists = NO_LISTS


Reader = Callable[[Cell, Setting], Read[Any]]

_NOTHING = frozenset({"-", "--", "---", "/", "...", "x x x"})
_YES = frozenset({"co", "x", "yes", "y", "true", "dung", "1", "v", "roi", "da co"})
_NO = frozenset({"khong", "no", "n", "false", "sai", "0", "chua", "khong co", "chua co", "k"})
_COUNCIL = frozenset({"hoi dong", "hoi dong sang kien", "hdsk", "hoi dong sk", "council"})
_HEAD = frozenset({"thu truong", "thu truong don vi", "thu truong co quan", "head"})
_CATEGORY = re.compile(r"(?:loai\s*)?(\d\.\d)(?:\D.*)?")
_MONTHS = re.compile(r"([-\u2212]?0*\d{1,6})\s*(?:thang)?")
_SHARE = re.compile(r"([-\u2212]?)\s*(\d{1,9}(?:[.,]\d{1,9})?)", re.ASCII)
_SHARE_STEP = Decimal("1e-9")
_SHARE_BOUND = Decimal("1e7")
_DAY_ZERO = datetime(1899, 12, 30, tzinfo=VIETNAM)
_SERIALS = range(10_000, 75_000)
_AS_TEXT = frozenset({CellKind.LINE, CellKind.TEXT})


def read_cell(cell: Cell, column: Column, setting: Setting) -> Read[Any]:
    """The value of the cell for the column's field, with the codes of what is doubtful.

    None stands for a cell in which nothing is said. Raises CellFault, or Unreadable from a parser.
    """
    if cell.mark == "error":
        raise CellFault("cell.error")
    if cell.mark == "formula":
        raise CellFault("cell.formula")
    if column.kind not in _AS_TEXT and fold(cell.line) in _NOTHING:
        return Read(None)
    return _READERS[column.kind](cell, setting)


def _line(cell: Cell, _setting: Setting) -> Read[str]:
    """One line of text; a date here is a text that the spreadsheet has taken for one."""
    if cell.mark in {"date", "month", "year", "moment", "time"}:
        raise CellFault("cell.kind", text=cell.text)
    return Read(clean(_percent_text(cell)))


def _text(cell: Cell, _setting: Setting) -> Read[str]:
    """Text of several lines."""
    return Read(clean(_percent_text(cell), multiline=True))


def _percent_text(cell: Cell) -> str:
    """The text of a cell, per cent as it is shown."""
    if cell.mark == "percent" and isinstance(cell.value, float):
        return f"{plain_number(float(Decimal(repr(cell.value)) * 100))}%".replace(".", ",")
    return cell.text


def _date(cell: Cell, _setting: Setting) -> Read[PartialDate]:
    """A date with the precision that is shown; day before month, always."""
    value = cell.value
    if not isinstance(value, date):
        return read_date(cell.text)
    if not 1900 <= value.year <= 2200:
        raise Unreadable("date.year", cell.text)
    if cell.mark == "year":
        return Read(PartialDate(value.year))
    if cell.mark == "month":
        return Read(PartialDate(value.year, value.month))
    timed = isinstance(value, datetime) and value.time() != datetime.min.time()
    day = PartialDate(value.year, value.month, value.day)
    return Read(day, ("date.time_dropped",) if timed else ())


def _birth(cell: Cell, setting: Setting) -> Read[PartialDate]:
    """A date of birth: a year of two digits gives somebody old enough to work."""
    if isinstance(cell.value, date):
        return _date(cell, setting)
    return read_date(cell.text, newest_short_year=setting.today.year - LEAST_WORKING_AGE + 1)


def _moment(cell: Cell, _setting: Setting) -> Read[Moment]:
    """A point in time in Vietnam, or its day where no time is shown."""
    value = cell.value
    if isinstance(value, float) and int(value) in _SERIALS:
        at = _DAY_ZERO + timedelta(seconds=round(value * 86_400))
        return Read(Moment(at, time_known=value != int(value)), ("date.serial",))
    if not isinstance(value, date):
        return Read(parse_moment(cell.text))
    if cell.mark in {"month", "year"}:
        raise Unreadable("date.day_missing", cell.text)
    if not 1900 <= value.year <= 2200:
        raise Unreadable("date.year", cell.text)
    if isinstance(value, datetime):
        whole = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
        return Read(Moment(whole.replace(tzinfo=VIETNAM)))
    start = datetime(value.year, value.month, value.day, tzinfo=VIETNAM)
    return Read(Moment(start, time_known=False))


def _money(cell: Cell, setting: Setting) -> Read[int]:
    """An amount in dong; the header may say that it counts thousands or millions."""
    unit = unit_in_header(setting.header) or MoneyUnit.DONG
    value = cell.value
    if not isinstance(value, float) or value == int(value):
        return read_money(cell.text, unit=unit)
    exact = Decimal(plain_number(value)) * unit
    if exact != exact.to_integral_value():
        raise Unreadable("money.fraction", cell.text)
    if exact < 0:
        raise Unreadable("money.negative", cell.text)
    return Read(int(exact))


def _months(cell: Cell, _setting: Setting) -> Read[int]:
    """A whole number of months; whether there can be so many is for the rules (DK-20)."""
    match = _MONTHS.fullmatch(fold(cell.line))
    if match is None:
        raise CellFault("months.unreadable", text=cell.text)
    return Read(int(match[1].replace("\u2212", "-")))


def _share(cell: Cell, _setting: Setting) -> Read[Decimal]:
    """A share in per cent; 0.7 shown as 70 % is 70."""
    if not isinstance(cell.value, float):
        return Read(share_of(cell.text))
    share = Decimal(plain_number(cell.value))
    shown = cell.mark == "percent"
    if abs(share) >= _SHARE_BOUND:
        raise CellFault("share.unreadable", text=cell.text)
    share = (share * 100 if shown else share).quantize(_SHARE_STEP).normalize()
    return Read(share_of(f"{share:f}"), ("share.percent",) if shown else ())


def share_of(text: str) -> Decimal:
    """A share in per cent as written: "33,3", "33.3 %", "0", "-5".

    Any number is a share here: whether it can be right is for the rule on shares (DK-12). Raises
    CellFault (``share.unreadable``) for what is no number.
    """
    match = _SHARE.fullmatch(clean(text).removesuffix("%").strip())
    if match is None:
        raise CellFault("share.unreadable", text=text)
    share = Decimal(match[2].replace(",", "."))
    return -share if match[1] and share else share


def _truth(cell: Cell, _setting: Setting) -> Read[bool]:
    """Có or Không, or a tick."""
    word = fold(cell.line)
    if word in _YES | _NO:
        return Read(word in _YES)
    raise CellFault("choice.unreadable", text=cell.text, choices=", ".join(LISTS["truth"]))


def _identity(cell: Cell, _setting: Setting) -> Read[str]:
    """An identity number; a lost zero is put back only where the number proves it."""
    read = read_identity(cell.text)
    if "identity.lost_zero" in read.warnings:
        of_number = isinstance(cell.value, float)
        if "identity.province" in read.warnings or (len(read.value) == 9 and not of_number):
            raise Unreadable("identity.length", cell.text)
    return read


def _phone(cell: Cell, _setting: Setting) -> Read[str]:
    """A telephone number."""
    return read_phone(cell.text)


def _gender(cell: Cell, setting: Setting) -> Read[str]:
    """Nam, Nữ, or the words written instead."""
    known = {"nam": "Nam", "nu": "Nữ"}
    return Read(known.get(fold(cell.line)) or _line(cell, setting).value)


def _category(cell: Cell, setting: Setting) -> Read[str]:
    """A category's code where one is named; other words are kept."""
    text = _line(cell, setting).value
    wanted = fold(text)
    for label in setting.lists.categories:
        code = label.split(maxsplit=1)[0] if label else ""
        if wanted in {fold(label), fold(code)} or fold(label).partition(" ")[2] == wanted:
            return Read(code)
    match = _CATEGORY.fullmatch(wanted)
    return Read(match[1] if match else text)


def _recogniser(cell: Cell, setting: Setting) -> Read[str]:
    """Council or head; other words are kept, and fail the rule on recognition."""
    word = fold(cell.line)
    if word in _COUNCIL:
        return Read("council")
    return Read("head" if word in _HEAD else _line(cell, setting).value)


def _protection(cell: Cell, _setting: Setting) -> Read[Protection]:
    """The state of protection; a bare Có means protected, a bare Không none."""
    word = fold(cell.line)
    states = {fold(name): key for name, key in zip(_PROTECTION, PROTECTION_KEYS, strict=True)}
    if word in states:
        return Read(Protection(states[word]))
    if word in _YES | _NO:
        return Read(Protection.PROTECTED if word in _YES else Protection.NONE)
    raise CellFault("choice.unreadable", text=cell.text, choices=", ".join(_PROTECTION))


_PROTECTION = LISTS["protection"]
_PORTAL = LISTS["portal_state"]


def _portal_state(cell: Cell, _setting: Setting) -> Read[str]:
    """Where the initiative stands with the portal."""
    states = {fold(name): key for name, key in zip(_PORTAL, PORTAL_STATE_KEYS, strict=True)}
    state = states.get(fold(cell.line))
    if state is None:
        raise CellFault("choice.unreadable", text=cell.text, choices=", ".join(_PORTAL))
    return Read(state)


_READERS: Mapping[CellKind, Reader] = {
    CellKind.LINE: _line,
    CellKind.TEXT: _text,
    CellKind.DATE: _date,
    CellKind.BIRTH: _birth,
    CellKind.MOMENT: _moment,
    CellKind.MONEY: _money,
    CellKind.MONTHS: _months,
    CellKind.SHARE: _share,
    CellKind.TRUTH: _truth,
    CellKind.IDENTITY: _identity,
    CellKind.PHONE: _phone,
    CellKind.GENDER: _gender,
    CellKind.CATEGORY: _category,
    CellKind.RECOGNISER: _recogniser,
    CellKind.PROTECTED: _protection,
    CellKind.PROTECTION: _protection,
    CellKind.PORTAL_STATE: _portal_state,
    CellKind.COAUTHORS: _text,
}
