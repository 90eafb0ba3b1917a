"""Dates as offices know them, to the day, month or year, and moments with or without a time.

Text as clerks type it goes in; values that say how precise they are come out.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from desktop.vietnamese.cleaning import clean
from desktop.vietnamese.folding import fold
from desktop.vietnamese.unreadable import Read, Unreadable
from desktop.vietnamese.zone import VIETNAM as VIETNAM  # noqa: PLC0414 - offered here, too


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the day, the month or the year: the interval from ``first`` to ``last``."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a day needs its month")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        """The whole day as a date."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def fromiso(cls, text: str) -> "PartialDate":
        """The date written ``2021-09-01``, ``2021-09`` or ``2021``; ValueError otherwise."""
        if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text, re.ASCII):
            raise ValueError(text)
        return cls(*(int(part) for part in text.split("-")))

    @property
    def precision(self) -> Precision:
        """Day, month or year."""
        if self.day is not None:
            return Precision.DAY
        return Precision.MONTH if self.month is not None else Precision.YEAR

    @property
    def first(self) -> date:
        """The first day it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day it can be."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def isoformat(self) -> str:
        """``2021-09-01``, ``2021-09`` or ``2021``: sorts in order of time as text."""
        text = f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
        if self.day is not None:
            text += f"-{self.day:02d}"
        return text

    def __str__(self) -> str:
        """As shown and typed: ``01/09/2021``, ``09/2021`` or ``2021``."""
        parts = [f"{self.year:04d}"]
        if self.month is not None:
            parts.insert(0, f"{self.month:02d}")
        if self.day is not None:
            parts.insert(0, f"{self.day:02d}")
        return "/".join(parts)


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time in Vietnam (UTC+7), or only its day where the time is not known.

    ``time_known`` is False where only the day was written; ``at`` is then the start of that day.
    """

    at: datetime
    time_known: bool = True

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a moment needs its zone")

    @classmethod
    def fromiso(cls, text: str) -> "Moment":
        """The moment of ``2022-01-08`` or ``2022-01-08T07:00:00+07:00``; ValueError otherwise."""
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            return cls(datetime.fromisoformat(text).replace(tzinfo=VIETNAM), time_known=False)
        at = datetime.fromisoformat(text)
        if at.tzinfo is None:
            raise ValueError(text)
        return cls(at.astimezone(VIETNAM))

    @property
    def day(self) -> date:
        """The day in Vietnam."""
        return self.at.astimezone(VIETNAM).date()

    def isoformat(self) -> str:
        """``2022-01-08`` or ``2022-01-08T07:00:00+07:00``."""
        if not self.time_known:
            return self.day.isoformat()
        return self.at.astimezone(VIETNAM).isoformat(timespec="seconds")

    def __str__(self) -> str:
        """As shown: ``08/01/2022`` or ``08/01/2022 07:00:00``."""
        pattern = "%d/%m/%Y %H:%M:%S" if self.time_known else "%d/%m/%Y"
        return self.at.astimezone(VIETNAM).strftime(pattern)


NEWEST_SHORT_YEAR = 2079
"""The latest year that a year of two digits may mean, unless the caller knows better."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_LONGEST = 100
"""More characters are no date, and would only keep the parser busy."""
_SERIAL_START = date(1899, 12, 30)
"""Day 0 of spreadsheets, from which their day counts are right after February 1900."""
_SERIALS = range(10_000, 75_000)
_LEAST_AGE, _GROWN_AGE, _OLD_AGE = 15, 18, 75

_DAY_FIRST = re.compile(r"(\d{1,2})\s*([/.\- ])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})")
_MONTH_FIRST = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})([/.\-])(\d{1,2})(?:\2(\d{1,2}))?")
_YEAR = re.compile(r"\d{4}")
_SERIAL = re.compile(r"(\d{5})(?:[.,]0+)?")
_IN_WORDS = re.compile(
    r"(?:(?:ngay\s*)?(?:mung\s*)?(\d{1,2})[\s,/]*)?(?:thang\s*(\d{1,2})[\s,/]*)?nam\s*(\d{4})"
)
_MIDNIGHT = re.compile(
    r"[ T](?:0{1,2}:00(?::00(?:\.0+)?)?|12:00(?::00)? (?:AM|SA))$", re.IGNORECASE
)
_CLOCK = r"(\d{1,2})\s*(?:[:h]|gio)\s*(?:(\d{1,2})\s*(?:(?:[:]|phut)\s*(\d{1,2})?)?)?(?:\s*giay)?"
_CLOCK_FIRST = re.compile(_CLOCK + r"[\s,]+(?:ngay\s*)?(\D*\d.*)")
_CLOCK_LAST = re.compile(r"(.*\d)(?:[\s,]+(?:luc\s*)?)" + _CLOCK)
_ISO_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?", re.IGNORECASE
)


def parse_date(text: str, *, newest_short_year: int = NEWEST_SHORT_YEAR) -> PartialDate:
    """The date as clerks type it; ``read_date`` says besides what is doubtful about it."""
    return read_date(text, newest_short_year=newest_short_year).value


def read_date(text: str, *, newest_short_year: int = NEWEST_SHORT_YEAR) -> Read[PartialDate]:
    """Read a date: 01/9/2021, 1-9-2021, 1.9.21, 9/2021, 2021, 2021-09-01, ngày 01 tháng 9 năm 2021.

    Day before month, always. A year of two digits is the latest that is not after
    ``newest_short_year`` (for a birth, this year less 15). Five digits are a spreadsheet's day
    count. Raises Unreadable with a code ``date...``.
    """
    plain = _MIDNIGHT.sub("", _typed(text))
    found = _numbers(fold(plain).strip(" .,;").removeprefix("ngay ").strip())
    if found is None:
        return _read_serial(plain, text)
    day, month, year = found
    warnings = []
    if len(year) == 2:
        warnings.append("date.short_year")
        year = str(newest_short_year - (newest_short_year - int(year)) % 100)
    return Read(_checked(day, month, int(year), text), tuple(warnings))


def _typed(text: str) -> str:
    """What was typed, cleaned; Unreadable where it is nothing, or far too long for a date."""
    typed = clean(text)
    if not typed or len(typed) > _LONGEST:
        raise Unreadable("date.unreadable" if typed else "date.empty", text)
    return typed


def _numbers(plain: str) -> tuple[int | None, int | None, str] | None:
    """Day, month and year as written, or None where the text has none of the known shapes."""
    if match := _DAY_FIRST.fullmatch(plain):
        return int(match[1]), int(match[3]), match[4]
    if match := _MONTH_FIRST.fullmatch(plain.removeprefix("thang ")):
        return None, int(match[1]), match[2]
    if match := _YEAR_FIRST.fullmatch(plain):
        return int(match[4]) if match[4] else None, int(match[3]), match[1]
    if match := _IN_WORDS.fullmatch(plain):
        if match[1] and not match[2]:
            return None
        return int(match[1]) if match[1] else None, int(match[2]) if match[2] else None, match[3]
    return (None, None, plain) if _YEAR.fullmatch(plain) else None


def _checked(day: int | None, month: int | None, year: int, text: str) -> PartialDate:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise Unreadable("date.year", text)
    if month is not None and not 1 <= month <= 12:
        swapped = day is not None and 1 <= day <= 12 and 13 <= month <= 31
        raise Unreadable("date.month_day_swapped" if swapped else "date.month", text)
    if day is not None and month is not None and not 1 <= day <= monthrange(year, month)[1]:
        raise Unreadable("date.day", text)
    return PartialDate(year, month, day)


def _read_serial(plain: str, text: str) -> Read[PartialDate]:
    match = _SERIAL.fullmatch(plain)
    if match and int(match[1]) in _SERIALS:
        day = _SERIAL_START + timedelta(days=int(match[1]))
        return Read(PartialDate.of(day), ("date.serial",))
    raise Unreadable("date.unreadable", text)


def parse_moment(text: str) -> Moment:
    """A moment as clerks and programs write it, in Vietnam's time where no zone is written.

    08/01/2022, 08/01/2022 07:00[:00], 07 giờ 00 ngày 08/01/2022, 7h30 08/01/2022, 2022-01-08,
    2022-01-08T07:00:00+07:00. Raises Unreadable with a code ``date...`` or ``moment...``.
    """
    typed = _typed(text)
    if match := _ISO_MOMENT.fullmatch(typed):
        return _iso_moment(match, text)
    plain = fold(typed).strip(" .,;")
    if match := _CLOCK_LAST.fullmatch(plain):
        return _at(match[1], match[2], match[3], match[4], text)
    if match := _CLOCK_FIRST.fullmatch(plain):
        return _at(match[4], match[1], match[2], match[3], text)
    return Moment(datetime.combine(_whole_day(typed, text), time.min, VIETNAM), time_known=False)


def _iso_moment(match: re.Match[str], text: str) -> Moment:
    zone = (match[3] or "+07:00").upper().replace("Z", "+00:00")
    try:
        return Moment(datetime.fromisoformat(f"{match[1]}T{match[2]}{zone}").astimezone(VIETNAM))
    except (ValueError, OverflowError):
        raise Unreadable("moment.time", text) from None


def _at(day: str, hour: str, minute: str | None, second: str | None, text: str) -> Moment:
    try:
        clock = time(int(hour), int(minute or 0), int(second or 0))
    except ValueError:
        raise Unreadable("moment.time", text) from None
    return Moment(datetime.combine(_whole_day(day, text), clock, VIETNAM))


def _whole_day(day: str, text: str) -> date:
    try:
        parsed = parse_date(day)
    except Unreadable as error:
        raise Unreadable(error.code, text) from None
    if parsed.day is None:
        raise Unreadable("date.day_missing", text)
    return parsed.first


def official_date(day: date | PartialDate) -> str:
    """As below the number of an official paper: "ngày 04 tháng 8 năm 2023".

    Days below 10 and the months 1 and 2 take a leading zero (Nghị định 30/2020/NĐ-CP, Phụ lục I).
    A date known to the month or year gives "tháng 8 năm 2023" or "năm 2023".
    """
    parts = [f"năm {day.year}"]
    if day.month is not None:
        parts.insert(0, f"tháng {_month(day.month)}")
    if day.day is not None:
        parts.insert(0, f"ngày {day.day:02d}")
    return " ".join(parts)


def short_date(day: date | PartialDate) -> str:
    """As running text of official papers writes it: 31/5/2022, 01/6/2022, 04/01/2022, 9/2021."""
    parts = [str(day.year)]
    if day.month is not None:
        parts.insert(0, _month(day.month))
    if day.day is not None:
        parts.insert(0, f"{day.day:02d}")
    return "/".join(parts)


def _month(month: int) -> str:
    return f"{month:02d}" if month < 3 else str(month)


def parse_birth(text: str, *, on: date) -> PartialDate:
    """The birth date alone; see ``read_birth``."""
    return read_birth(text, on=on).value


def read_birth(text: str, *, on: date) -> Read[PartialDate]:
    """Read a birth date, often only its year, and compare the age on the day ``on``.

    Two-digit years give somebody at least 14 years old in that year. Raises Unreadable: besides
    the codes ``date...`` also ``birth.future`` and ``birth.too_young`` (below 15, Labour Code 2019
    article 143: the least working age). Warns below 18 and above 75.
    """
    read = read_date(text, newest_short_year=on.year - _LEAST_AGE + 1)
    youngest, oldest = _age(read.value.last, on), _age(read.value.first, on)
    if read.value.first > on:
        raise Unreadable("birth.future", text)
    if oldest < _LEAST_AGE:
        raise Unreadable("birth.too_young", text)
    doubts = list(read.warnings)
    if youngest < _GROWN_AGE and oldest < _GROWN_AGE:
        doubts.append("birth.young")
    if youngest > _OLD_AGE:
        doubts.append("birth.old")
    return Read(read.value, tuple(doubts))


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
