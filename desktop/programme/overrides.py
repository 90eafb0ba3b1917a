"""An office's own dates, targets, rates and switches, laid over a programme (MT-18).

What the programme's documents say of its rules, clauses, awards and lists cannot be changed here:
for that an office makes a definition of its own from a copy.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from enum import Enum
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from desktop.errors import UserError
from desktop.programme.consistency import check_figures, check_windows
from desktop.programme.reading import Values, Where
from desktop.programme.shape import (
    NO_TIME,
    Campaign,
    Overridden,
    Participation,
    Programme,
    ReportRounding,
    Rounding,
    Stage,
    Switches,
    Windows,
)
from desktop.text import N_, _
from desktop.vietnamese.dates import PartialDate

Written = str | int | bool | Decimal | date | datetime | list[str]
"""A value as a TOML file has it."""

Form = Literal["date", "time", "day", "whole", "number", "choice", "choices"]
"""What is asked of an office: a date known in part, a time, a day, a number, a word, words."""


@dataclass(frozen=True, slots=True)
class Override:
    """What an office sets: the key as in a definition, the value as it is written there.

    Parts of a list are named by their number or key: ``stages.2.upload_before``. ``source`` is the
    office's own document, which must be named.
    """

    key: str
    value: Written
    source: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What an office may set: its key, its name, the value in force, and the programme's own.

    ``choices`` are the words to choose from; ``source`` is the office's document, blank where the
    programme's own value is in force.
    """

    key: str
    label: str
    form: Form
    value: object
    own: object
    choices: tuple[str, ...] = ()
    source: str = ""


class _Place(NamedTuple):
    """One key: the table it stands in, its position there if that is a list, and the field."""

    table: str
    at: int | None
    name: str

    @property
    def where(self) -> Where:
        """The way to it, as the checks of a definition name it."""
        return (self.table, self.name) if self.at is None else (self.table, self.at, self.name)


_TABLES: Mapping[str, Any] = {
    "windows": Windows,
    "participation": Participation,
    "rounding": Rounding,
    "switches": Switches,
}
_LISTS: Mapping[str, tuple[Any, tuple[str, ...]]] = {
    "stages": (
        Stage,
        ("upload_from", "upload_before", "first", "last", "qualify_from", "qualify_to", "target"),
    ),
    "campaigns": (Campaign, ("first", "last", "baseline", "target")),
    "roundings": (ReportRounding, ("decimals", "mode")),
}
_INSTEAD = {
    "upload_from": "first",
    "upload_before": "last",
    "first": "upload_from",
    "last": "upload_before",
}

_LABELS = {
    "windows.apply_from": N_("Put to use from"),
    "windows.apply_to": N_("Put to use until"),
    "windows.recognise_from": N_("Recognised from"),
    "windows.recognise_to": N_("Recognised until"),
    "windows.upload_from": N_("The portal opens"),
    "windows.upload_before": N_("The portal closes before"),
    "stages.upload_from": N_("Entered from"),
    "stages.upload_before": N_("Entered before"),
    "stages.first": N_("First day"),
    "stages.last": N_("Last day"),
    "stages.qualify_from": N_("Qualifies from"),
    "stages.qualify_to": N_("Qualifies until"),
    "stages.target": N_("Target"),
    "campaigns.first": N_("First day"),
    "campaigns.last": N_("Last day"),
    "campaigns.baseline": N_("Count it started from"),
    "campaigns.target": N_("Target"),
    "participation.percent": N_("Rate of participation, per cent"),
    "participation.counted": N_("Whose initiatives count for participation"),
    "rounding.decimals": N_("Decimals of percentages"),
    "rounding.mode": N_("Percentages are rounded or cut"),
    "roundings.decimals": N_("Decimals of percentages"),
    "roundings.mode": N_("Percentages are rounded or cut"),
    "switches.application_date": N_("Which date is the application date"),
    "switches.recognisers": N_("Who may recognise"),
    "switches.topic_decision": N_("Whether a topic needs a decision as well"),
    "switches.credit": N_("Who may be credited"),
    "switches.qualify_date": N_("Which date decides the stage it qualifies in"),
    "switches.crossing": N_("Qualified in one stage, entered in another"),
    "switches.non_members": N_("People outside the union"),
    "switches.quarter_target": N_("The target of a quarter"),
    "switches.campaign_length": N_("The length of a campaign"),
    "switches.counted": N_("What is counted against targets"),
}


def lay_over(programme: Programme, overrides: Iterable[Override]) -> Programme:
    """The programme with the office's values in force.

    Its version changes with them, and ``overridden`` keeps for each key the programme's own value
    beside the office's. Raises UserError for a key that is not known or cannot be set (with the
    nearest one that can), a value of the wrong type, a key given twice, a document that is not
    named, and dates that contradict each other.
    """
    given = list(overrides)
    if not given:
        return programme
    reader = _Given(programme, given)
    places: dict[str, _Place] = {}
    values: dict[_Place, object] = {}
    for one in given:
        place = _place(programme, one.key)
        if one.key in places:
            message = _("“{name}” is given twice.").format(name=one.key)
            raise reader.refuse(place.where, message, code="definition-twice")
        if not one.source.strip():
            message = _("name the office's own document in which it stands.")
            raise reader.refuse(place.where, message, code="definition-empty")
        places[one.key] = place
        values[place] = reader.value(_hint(place), one.value, place.where)
    laid = _with_values(programme, values, reader)
    check_windows(reader, laid)
    check_figures(reader, laid)
    remembered = dict(programme.overridden)
    for one in given:
        remembered[one.key] = _remembered(programme, one, places[one.key], values)
    return replace(laid, overridden=remembered, version=_version(programme, given))


def overridable(programme: Programme) -> tuple[Setting, ...]:
    """Everything an office may set, in the order of the definition, with what is in force now."""
    found = []
    for place in _places(programme):
        key = _key(programme, place)
        value = _present(programme, place)
        laid = programme.overridden.get(key)
        found.append(
            Setting(
                key=key,
                label=_label(programme, place),
                form=_form(_hint(place)),
                value=value,
                own=laid.own if laid else value,
                choices=_choices(_hint(place)),
                source=laid.source if laid else "",
            )
        )
    return tuple(found)


def as_written(value: object) -> Written | None:
    """A value of a programme as a definition's file has it; None stays None."""
    if isinstance(value, PartialDate):
        return date.fromisoformat(value.isoformat()) if value.day else value.isoformat()
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, tuple):
        return [str(as_written(one)) for one in value]
    if value is None or isinstance(value, (str, int, Decimal, date, list)):
        return value
    raise TypeError(value)


def overrides_to_json(overrides: Iterable[Override]) -> str:
    """The overrides as one JSON text, to be kept in a store."""
    lines = []
    for one in overrides:
        kind, text = _packed(one.value)
        lines.append({"key": one.key, "type": kind, "value": text, "source": one.source})
    return json.dumps(lines, ensure_ascii=False)


def overrides_from_json(text: str) -> tuple[Override, ...]:
    """The overrides of a text that ``overrides_to_json`` wrote; a blank text holds none.

    Raises UserError where it was written by something else.
    """
    if not text.strip():
        return ()
    try:
        return tuple(
            Override(one["key"], _UNPACK[one["type"]](one["value"]), one["source"])
            for one in json.loads(text)
        )
    except (ValueError, KeyError, TypeError, ArithmeticError) as error:
        message = _(
            "The office's own dates and targets cannot be read in this store. Set them again."
        )
        raise UserError(message, code="override-unreadable") from error


_UNPACK: Mapping[str, Any] = {
    "text": str,
    "whole": int,
    "truth": bool,
    "number": Decimal,
    "day": date.fromisoformat,
    "time": datetime.fromisoformat,
    "list": list,
}


def _packed(value: Written) -> tuple[str, object]:
    """A written value as JSON can hold it, and the name of its type."""
    if isinstance(value, bool):
        return "truth", value
    if isinstance(value, int):
        return "whole", value
    if isinstance(value, Decimal):
        return "number", str(value)
    if isinstance(value, datetime):
        return "time", value.isoformat()
    if isinstance(value, date):
        return "day", value.isoformat()
    return ("text", value) if isinstance(value, str) else ("list", list(value))


class _Given(Values):
    """Reads an office's values; says in words which key does not fit, and of which document."""

    def __init__(self, programme: Programme, overrides: Sequence[Override]) -> None:
        self._programme = programme
        self._sources = {one.key: one.source for one in overrides}

    def refuse(self, where: Where, message: str, *, code: str) -> UserError:
        """The error for what stands at ``where``, with its key and the office's document."""
        table = str(where[0])
        at = _position(where) if table in _LISTS else None
        key = _key(self._programme, _Place(table, at, _last_name(where)))
        source = self._sources.get(key, "").strip()
        if source:
            place = _("The office's own value of “{key}” ({source}): {message}")
        else:
            place = _("What the office set does not fit “{key}”: {message}")
        text = place.format(key=key, source=source, message=message)
        return UserError(text, code=code.replace("definition", "override"))


def _position(where: Where) -> int | None:
    """The position in a list that a way leads through, None where it leads through none."""
    return next((part for part in where if isinstance(part, int)), None)


def _last_name(where: Where) -> str:
    """The last name on a way."""
    return next(part for part in reversed(where) if isinstance(part, str))


def _place(programme: Programme, key: str) -> _Place:
    """The place that a key names; UserError where there is none that an office may set."""
    for place in (*_places(programme), *_instead(programme)):
        if _key(programme, place) == key:
            return place
    known = [_key(programme, place) for place in _places(programme)]
    near = get_close_matches(key, known, n=1, cutoff=0.5)
    table = key.split(".", maxsplit=1)[0]
    if table in {one.name for one in fields(Programme)} - {*_TABLES, *_LISTS}:
        text = _(
            "“{key}” stays as the programme's documents have it. An office may set: {names}."
        ).format(key=key, names=", ".join((*_TABLES, *_LISTS)))
    elif near:
        text = _("There is no “{key}” that an office may set. Did you mean “{near}”?").format(
            key=key, near=near[0]
        )
    else:
        text = _("There is no “{key}” that an office may set. It may set: {names}.").format(
            key=key, names=", ".join((*_TABLES, *_LISTS))
        )
    raise UserError(text, code="override-key")


def _places(programme: Programme) -> list[_Place]:
    """Every place that an office may set; of hours and days of a stage those that are in use."""
    found = [
        _Place(table, None, one.name) for table, kind in _TABLES.items() for one in fields(kind)
    ]
    for table, (_kind, names) in _LISTS.items():
        for at, entry in enumerate(getattr(programme, table)):
            unused = _unused(entry)
            found += [_Place(table, at, name) for name in names if name not in unused]
    return found


def _unused(entry: object) -> set[str]:
    """Of the hours and days of a stage those that do not bear its start and its end."""
    if not isinstance(entry, Stage):
        return set()
    start = "upload_from" if entry.first else "first"
    return {start, "upload_before" if entry.last else "last"}


def _instead(programme: Programme) -> list[_Place]:
    """The places by which a stage may be given days instead of hours, and the other way round."""
    return [
        _Place("stages", at, name)
        for at, stage in enumerate(programme.stages)
        for name in sorted(_unused(stage))
    ]


def _key(programme: Programme, place: _Place) -> str:
    """The key of a place as an office writes it."""
    if place.at is None:
        return place.table if place.name == place.table else f"{place.table}.{place.name}"
    entry = getattr(programme, place.table)[place.at]
    return f"{place.table}.{_entry_name(entry, place.at)}.{place.name}"


def _entry_name(entry: Stage | Campaign | ReportRounding, at: int) -> str:
    """What an entry of a list is called in a key."""
    if isinstance(entry, Stage):
        return str(entry.number)
    if isinstance(entry, Campaign):
        return entry.key or str(at + 1)
    return entry.report


def _hint(place: _Place) -> Any:
    """The type that a value must have there."""
    kind = _TABLES[place.table] if place.at is None else _LISTS[place.table][0]
    return get_type_hints(kind)[place.name]


def _plain(hint: Any) -> Any:
    """A type without its None."""
    if get_origin(hint) is Union or type(hint) is type(int | None):
        return next(one for one in get_args(hint) if one is not type(None))
    return hint


def _form(hint: Any) -> Form:
    """How a value of that type is asked for."""
    plain = _plain(hint)
    if get_origin(plain) is Literal:
        return "choice"
    if get_origin(plain) is tuple:
        return "choices"
    forms: dict[Any, Form] = {PartialDate: "date", datetime: "time", date: "day", int: "whole"}
    return forms.get(plain, "number")


def _choices(hint: Any) -> tuple[str, ...]:
    """The words that a value of that type is chosen from."""
    plain = _plain(hint)
    if get_origin(plain) is Literal:
        return tuple(str(one) for one in get_args(plain))
    if get_origin(plain) is tuple:
        return tuple(str(one.value) for one in get_args(plain)[0])
    return ()


def _present(programme: Programme, place: _Place) -> object:
    """The value in force at a place, None where there is none."""
    table = getattr(programme, place.table)
    entry = table if place.at is None else table[place.at]
    value: object = getattr(entry, place.name, None)
    return None if value == NO_TIME else value


def _with_values(
    programme: Programme, values: Mapping[_Place, object], reader: _Given
) -> Programme:
    """The programme with the values put in their places."""
    tables: dict[str, Any] = {}
    for place, value in values.items():
        if place.at is None:
            present = tables.get(place.table, getattr(programme, place.table))
            tables[place.table] = _with(present, place, value, reader)
            continue
        entries = list(tables.get(place.table, getattr(programme, place.table)))
        changes = {place.name: value}
        if isinstance(entries[place.at], Stage) and place.name in _INSTEAD:
            _check_one_way(place, values, reader)
            # The other way of saying the same gives way, and is worked out anew.
            other = _INSTEAD[place.name]
            changes[other] = None if other in ("first", "last") else NO_TIME
        entries[place.at] = replace(entries[place.at], **changes)
        tables[place.table] = tuple(entries)
    return replace(programme, **tables)


def _with(present: Any, place: _Place, value: object, reader: _Given) -> Any:
    """A table with one value put in; a rate of participation makes the table if it is missing."""
    if present is not None:
        return replace(present, **{place.name: value})
    if place.name != "percent" or not isinstance(value, Decimal):
        message = _("this programme has no rate of participation. Set “participation.percent” too.")
        raise reader.refuse(place.where, message, code="definition-missing-key")
    return Participation(value)


def _check_one_way(place: _Place, values: Mapping[_Place, object], reader: _Given) -> None:
    """Refuse the start or the end of a stage that is given as hours and as days at once."""
    other = _INSTEAD[place.name]
    if place._replace(name=other) in values:
        message = _("“{key}” says the same: give one of the two.").format(key=other)
        raise reader.refuse(place.where, message, code="definition-window")


def _remembered(
    programme: Programme, one: Override, place: _Place, values: Mapping[_Place, object]
) -> Overridden:
    """What is kept of an override: the programme's own value beside the office's."""
    before = programme.overridden.get(one.key)
    own = before.own if before else _present(programme, place)
    return Overridden(one.key, own, values[place], one.source.strip())


def _label(programme: Programme, place: _Place) -> str:
    """What a place is called, with the stage or campaign it belongs to."""
    name = _(_LABELS[f"{place.table}.{place.name}"])
    if place.at is None:
        return name
    entry = getattr(programme, place.table)[place.at]
    if isinstance(entry, ReportRounding):
        numbers = {one.key: one.number for one in programme.documents}
        return f"{numbers.get(entry.report, entry.report)}: {name}"
    return f"{entry.label}: {name}"


def _version(programme: Programme, overrides: Iterable[Override]) -> str:
    """Twelve hex digits that change with the definition and with what is laid over it."""
    lines = sorted([one.key, *map(str, _packed(one.value))] for one in overrides)
    text = json.dumps([programme.version, lines], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
