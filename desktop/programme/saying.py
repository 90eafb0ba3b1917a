"""What findings say, kept as a text and its values until somebody asks for the sentence.

A sentence is rendered in the language then in use: checking a million records renders none.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from desktop.programme.calendar import Days, Span
from desktop.text import _, language
from desktop.vietnamese.dates import Moment, PartialDate, short_date


class Named(NamedTuple):
    """A name that the data gives in both languages; English may be blank."""

    vietnamese: str
    english: str = ""

    def __str__(self) -> str:
        """The name in the language in use; Vietnamese where no English one is given."""
        return self.english if self.english and language() == "en" else self.vietnamese


class Said(NamedTuple):
    """A text of the program, English as in the source, and the values that stand in it."""

    template: str
    values: Mapping[str, object] = {}

    def __str__(self) -> str:
        """The sentence in the language in use."""
        return render(self.template, self.values)


class Joined(NamedTuple):
    """Several values, one after the other."""

    parts: tuple[object, ...]
    between: str = ", "

    def __str__(self) -> str:
        """The values as they are shown in the language in use."""
        return self.between.join(shown(part) for part in self.parts)


def render(template: str, values: Mapping[str, object]) -> str:
    """The sentence in the language in use; a text without values stands as it is."""
    if not values:
        return _(template) if template else ""
    return _(template).format(**{name: shown(value) for name, value in values.items()})


def shown(value: object) -> str:
    """A value as people read it in the language in use."""
    if isinstance(value, str):
        return value
    write = _SHOWN.get(type(value))
    return str(value) if write is None else write(value)


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


def _span(shown: Span) -> str:
    """A day, or the first and last day it may be."""
    first = str(PartialDate.of(shown.first))
    return first if shown.first == shown.last else f"{first} – {PartialDate.of(shown.last)}"


_SHOWN: dict[type, Callable[[Any], str]] = {int: amount, Decimal: share, Days: days, Span: _span}


def packed(template: str, values: Mapping[str, object]) -> list[Any]:
    """The text and its values as plain JSON, from which ``unpacked`` makes them again."""
    return [template, {name: _packed(value) for name, value in values.items()}]


def unpacked(data: list[Any]) -> Said:
    """What ``packed`` gave."""
    template, values = data
    return Said(template, {name: _unpacked(value) for name, value in values.items()})


def as_text(data: object) -> str:
    """Packed data as one line of JSON, always the same for the same values."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _packed(value: object) -> Any:
    """A value with a mark of its type; what is no known type becomes the text it shows."""
    if value is None or type(value) in (str, int):
        return value
    if isinstance(value, Said):
        return ["text", *packed(value.template, value.values)]
    if isinstance(value, Joined):
        return ["list", value.between, *map(_packed, value.parts)]
    if isinstance(value, Days):
        ends = (value.first, value.last)
        return ["days", *(None if end is None else end.isoformat() for end in ends)]
    if isinstance(value, Span):
        return ["span", value.first.isoformat(), value.last.isoformat()]
    if isinstance(value, Named):
        return ["name", *value]
    if isinstance(value, Decimal):
        return ["share", f"{value.normalize():f}"]
    if isinstance(value, PartialDate):
        return ["date", value.isoformat()]
    return ["time", value.isoformat()] if isinstance(value, Moment) else str(value)


def _unpacked(value: Any) -> object:
    return _MADE[value[0]](*value[1:]) if isinstance(value, list) else value


def _days(first: str | None, last: str | None) -> Days:
    return Days(
        None if first is None else date.fromisoformat(first),
        None if last is None else date.fromisoformat(last),
    )


_MADE: dict[str, Callable[..., object]] = {
    "text": lambda *data: unpacked(list(data)),
    "list": lambda between, *parts: Joined(tuple(map(_unpacked, parts)), between),
    "days": _days,
    "span": lambda first, last: Span(date.fromisoformat(first), date.fromisoformat(last)),
    "name": Named,
    "share": Decimal,
    "date": PartialDate.fromiso,
    "time": Moment.fromiso,
}
