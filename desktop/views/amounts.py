"""How figures and days are shown: points between thousands, days as dd/mm/yyyy."""

from datetime import date

from desktop.text import _


def grouped(number: int) -> str:
    """A whole number with points between the thousands: ``15.050.000``."""
    return f"{number:,}".replace(",", ".")


def shown_date(iso: str | None) -> str:
    """A kept date (``2021-09-01``, ``2021-09``, ``2021``) as ``PartialDate`` shows it; blank: none.

    Turned round as text: the first page is painted without the reading of dates.
    """
    return "/".join(reversed(iso.split("-"))) if iso else ""


def money(dong: int | None) -> str:
    """Dong as shown in a list; a dash where the benefit is not counted in money."""
    return "–" if dong is None else grouped(dong)


def size(octets: int) -> str:
    """A file's size, such as ``1,4 MB``."""
    if octets < 1_000_000:
        return f"{max(1, octets // 1000)} kB"
    return f"{octets / 1_000_000:.1f} MB".replace(".", ",")


def when(iso: str, today: date) -> str:
    """A moment in a history: the time today, the day before that."""
    day, _t, clock = iso.partition("T")
    if day == today.isoformat():
        return _("today {time}").format(time=clock[:5])
    return f"{shown_date(day)} {clock[:5]}".strip()
