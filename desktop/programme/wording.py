"""How findings write figures, days and windows in the language in use."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from desktop.programme.calendar import Days, Hours
from desktop.text import _, language
from desktop.vietnamese.dates import VIETNAM, short_date


def amount(value: int) -> str:
    """A whole number with its thousands apart: 96.000.000, in English 96,000,000."""
    text = f"{value:,}"
    return text if language() == "en" else text.replace(",", ".")


def share(value: Decimal) -> str:
    """A share in per cent without needless zeros: 33,3%, in English 33.3%."""
    text = f"{value.normalize():f}%"
    return text if language() == "en" else text.replace(".", ",")


def days(window: Days) -> str:
    """A window of days as the documents write it: 01/9/2021 – 01/9/2023."""
    if window.first is not None and window.last is not None:
        return f"{short_date(window.first)} – {short_date(window.last)}"
    if window.first is not None:
        return _("from {date}").format(date=short_date(window.first))
    if window.last is not None:
        return _("until {date}").format(date=short_date(window.last))
    return _("any day")


def hours(window: Hours) -> str:
    """A window of hours: 07:00 08/01/2022 – 24:00 31/5/2022."""
    parts = []
    if window.start is not None:
        parts.append(_hour(window.start))
    if window.before is not None:
        parts.append(_last_hour(window.before))
    return " – ".join(parts)


def _hour(at: datetime) -> str:
    """A time and its day."""
    local = at.astimezone(VIETNAM)
    return f"{local:%H:%M} {short_date(local.date())}"


def _last_hour(before: datetime) -> str:
    """The end of a window; midnight is written as 24:00 of the day before, as the documents do."""
    local = before.astimezone(VIETNAM)
    if local.hour or local.minute or local.second:
        return _hour(local)
    day: date = local.date() - timedelta(days=1)
    return f"24:00 {short_date(day)}"


def has_words(text: str) -> bool:
    """Whether a text says anything: a dash or dots alone do not."""
    return any(letter.isalnum() for letter in text)
