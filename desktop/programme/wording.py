"""How findings write figures, days and windows in the language in use."""

import re
from datetime import date, datetime, timedelta

from desktop.programme.calendar import Hours
from desktop.programme.saying import amount as amount  # noqa: PLC0414 - offered here, too
from desktop.programme.saying import days as days  # noqa: PLC0414
from desktop.programme.saying import share as share  # noqa: PLC0414
from desktop.programme.shape import Stage
from desktop.text import _
from desktop.vietnamese.dates import VIETNAM, PartialDate, short_date

_LETTER = re.compile(r"[^\W_]")


def hours(window: Hours) -> str:
    """A window of hours: 07:00 08/01/2022 – 24:00 31/5/2022."""
    parts = []
    if window.start is not None:
        parts.append(_hour(window.start))
    if window.before is not None:
        parts.append(_last_hour(window.before))
    return " – ".join(parts)


def stage_hours(stage: Stage) -> str:
    """When a stage is open: its hours, or its days, months or years where only these are known."""
    if stage.first is None or stage.last is None:
        return hours(stage.upload)
    return f"{_known(stage.first)} – {_known(stage.last)}"


def stage_line(stage: Stage) -> str:
    """A stage in one line: its name, when it is open, and its target."""
    line = f"{stage.label}: {stage_hours(stage)}"
    if stage.target is None:
        return line
    return line + "; " + _("target {count}").format(count=amount(stage.target))


def _known(day: PartialDate) -> str:
    """A date as far as it is known: 15/4/2025, 4/2025 or 2025."""
    return short_date(day.first) if day.day is not None else str(day)


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
    return _LETTER.search(text) is not None
