"""The office's own wording laid over a form set, each value on the papers of its own days."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from desktop.errors import UserError
from desktop.models.dossiers import OfficeSheet
from desktop.printing.form_fields import FIELDS, FORMS, Field
from desktop.printing.forms import FormSet, value_of
from desktop.text import _
from desktop.vietnamese.cleaning import clean

HEADING = "office"
"""The form of what stands on every paper."""
SIGNATORIES = f"{HEADING}.signatories"
"""The key under which an office keeps who signs."""


@dataclass(frozen=True, slots=True)
class Own:
    """A value of the office's own, on papers of these days; open ends are None.

    ``key`` names a field of the form set. ``instead_of`` is the shipped value it was set in place
    of, as a file has it (``plain``), None where that is not known; values are the same without it.
    """

    key: str
    value: Any
    valid_from: date | None = None
    valid_to: date | None = None
    instead_of: Any = field(default=None, compare=False)

    def holds(self, on: date) -> bool:
        """Whether a paper of that day bears it."""
        return (self.valid_from or on) <= on <= (self.valid_to or on)


class Wording:
    """A form set and what an office lays over it; the paper's day chooses.

    ``spoilt`` has, by their field, values of the office's own that papers cannot bear, as they are
    kept: the shipped ones count instead.
    """

    def __init__(
        self,
        shipped: FormSet,
        own: Iterable[Own] = (),
        spoilt: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.shipped = shipped
        self.own = tuple(own)
        self.spoilt = spoilt
        self._found: dict[tuple[int, ...], FormSet] = {}

    def on(self, day: date) -> FormSet:
        """The form set as papers of that day have it."""
        chosen: dict[str, int] = {}
        for at, one in enumerate(self.own):
            if one.holds(day):
                chosen.setdefault(one.key, at)
        wanted = tuple(chosen.values())
        if wanted not in self._found:
            self._found[wanted] = _laid_over(self.shipped, [self.own[at] for at in wanted])
        return self._found[wanted]

    def office(self, sheet: OfficeSheet, paper: str, day: date) -> OfficeSheet:
        """The office's sheet as that paper of that day has it: head, place, and who signs."""
        form = self.on(day).office
        signatory = next((one for one in form.signatories if one.signs(paper, day)), None)
        return replace(
            sheet,
            header=form.organs or sheet.header,
            place=form.place or sheet.place,
            symbol=form.symbol or sheet.symbol,
            signature=signatory.lines if signatory else sheet.signature,
            signer=signatory.signer if signatory else sheet.signer,
        )

    def of(self, key: str) -> tuple[Own, ...]:
        """The office's values of a field, in order of their days."""
        mine = [one for one in self.own if one.key == key]
        return tuple(sorted(mine, key=lambda one: one.valid_from or date.min))

    def hidden(self) -> tuple[Own, ...]:
        """The values that hide a shipped one which has changed since they were set."""
        return tuple(
            one
            for one in self.own
            if one.instead_of is not None
            and one.instead_of != plain(value_in(self.shipped, one.key))
        )


def _laid_over(shipped: FormSet, own: Sequence[Own]) -> FormSet:
    changes: dict[str, dict[str, Any]] = {}
    for one in own:
        form, _dot, name = one.key.partition(".")
        changes.setdefault(form, {})[name] = one.value
    forms: dict[str, Any] = {
        form: replace(getattr(shipped, form), **values) for form, values in changes.items()
    }
    return replace(shipped, **forms)


def value_in(form_set: FormSet, key: str) -> Any:
    """The value of a field in a form set."""
    form, _dot, name = key.partition(".")
    return getattr(getattr(form_set, form), name)


def field_of(key: str) -> Field:
    """The field of that key; UserError, naming the nearest one, where there is none."""
    if key in FIELDS:
        return FIELDS[key]
    near = get_close_matches(key, FIELDS, n=1, cutoff=0.5)
    if near:
        text = _("No paper has “{key}”. Did you mean “{near}”?").format(key=key, near=near[0])
    else:
        text = _("No paper has “{key}”. See the keys with: forms show PAPER.").format(key=key)
    raise UserError(text, code="forms.key")


def forms_named(word: str) -> tuple[str, ...]:
    """The forms that a word names: by their own key or by the key of their paper; none: ().

    What stands on every paper is named by "office" alone.
    """
    return tuple(
        one.form for one in FORMS if word == one.form or (word == one.paper and one.form != HEADING)
    )


# Values as files and the store have them.


def plain(value: Any) -> Any:
    """A value as JSON has it: lists, tables, ISO days; what an entry leaves unsaid is left out."""
    if isinstance(value, StrEnum):
        return str(value.value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        told = {one.name: (getattr(value, one.name), one.default) for one in fields(value)}
        return {name: plain(kept) for name, (kept, usual) in told.items() if kept != usual}
    return value


def typed(field: Field, kept: Any) -> Any:
    """A value of a field from what a file or the store has; texts cleaned. UserError.

    The error names the key.
    """
    found: Any = value_of(field.hint, _dated(kept), field.key)
    return found


def _dated(kept: Any) -> Any:
    """Cleaned texts; ISO days as days where a day is meant."""
    if isinstance(kept, str):
        return clean(kept)
    if isinstance(kept, Mapping):
        return {name: _day(one) if name in _DAYS else _dated(one) for name, one in kept.items()}
    return [_dated(one) for one in kept] if isinstance(kept, list) else kept


_DAYS = {"valid_from", "valid_to"}


def _day(kept: Any) -> Any:
    """A day of a text as JSON has it; what is none stays, to be refused."""
    try:
        return date.fromisoformat(kept) if isinstance(kept, str) else kept
    except ValueError:
        return kept


def own_text(own: Sequence[Own]) -> str:
    """The office's values of one field as the store keeps them; blank for none."""
    lines = [
        {
            "value": plain(one.value),
            "from": plain(one.valid_from),
            "to": plain(one.valid_to),
            "instead_of": one.instead_of,
        }
        for one in own
    ]
    return json.dumps(lines, ensure_ascii=False) if lines else ""


def own_values(key: str, text: str) -> Iterator[Own | None]:
    """The office's values of a field from what the store keeps; None for what cannot be read."""
    try:
        listed = json.loads(text)
    except (ValueError, RecursionError):
        listed = None
    for kept in listed if isinstance(listed, list) else [None]:
        yield _own_value(key, kept)


def _own_value(key: str, kept: Any) -> Own | None:
    try:
        first, last = (
            None if day is None else date.fromisoformat(day) for day in (kept["from"], kept["to"])
        )
        return Own(key, typed(FIELDS[key], kept["value"]), first, last, kept["instead_of"])
    except (ValueError, KeyError, TypeError, RecursionError, UserError):
        return None


def kept_words(text: str) -> str:
    """The words in what the store keeps of a field, a line a value, to be looked at and copied.

    The text itself where no words can be told in it.
    """
    try:
        listed = json.loads(text)
        lines = [" | ".join(_words_in(one["value"])) for one in listed]
    except (ValueError, KeyError, TypeError, RecursionError):
        return text
    return "\n".join(lines)


def _words_in(kept: Any) -> Iterator[str]:
    if isinstance(kept, dict):
        kept = list(kept.values())
    if not isinstance(kept, list):
        yield str(kept)
        return
    for one in kept:
        yield from _words_in(one)
