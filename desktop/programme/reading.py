"""Reading a TOML file into frozen dataclasses; misfits are refused with file, key and line."""

import dataclasses
import re
import tomllib
import types
from collections.abc import Hashable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from desktop.errors import UserError, reason_of, syntax_words
from desktop.text import N_, _
from desktop.vietnamese.dates import VIETNAM, PartialDate

Where = tuple[str | int, ...]
"""The way to a value in the file: names of keys, and positions in lists from 0."""

T = TypeVar("T")

_HEADER = re.compile(r"\s*\[(\[)?\s*([^\[\]]+?)\s*\]?\]\s*(#.*)?$")
_KEY = re.compile(r"""\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=""")
_PART = re.compile(r""""([^"]*)"|'([^']*)'|([\w-]+)""")

_EXPECTED = {
    str: N_("a text in quotation marks"),
    int: N_("a whole number"),
    bool: N_("true or false"),
    Decimal: N_("a number"),
    date: N_("a date such as 2021-09-01"),
    PartialDate: N_("a date such as 2021-09-01, or “2021-09” where only the month is known"),
    datetime: N_("a time with its zone, such as 2022-01-08T07:00:00+07:00"),
}


class Values:
    """Turns what a TOML parser gives into frozen dataclasses; says where a misfit stands."""

    def refuse(self, where: Where, message: str, *, code: str) -> UserError:
        """The error for what stands at ``where``; its place is said before the message."""
        raise NotImplementedError

    def build(self, kind: type[T], table: object, where: Where = ()) -> T:
        """The table as a value of the dataclass ``kind``; UserError where it does not fit."""
        if not isinstance(table, dict):
            raise self.refuse(where, _("a table is expected here."), code="definition-type")
        hints = _hints(cast("Hashable", kind))
        self._refuse_unknown(table, hints, where)
        missing = [name for name in _required(cast("Hashable", kind)) if name not in table]
        if missing:
            message = _("“{key}” is missing. Add it.").format(key=missing[0])
            raise self.refuse((*where, missing[0]), message, code="definition-missing-key")
        values = {
            name: self.value(hints[name], value, (*where, name)) for name, value in table.items()
        }
        return kind(**values)

    def _refuse_unknown(self, table: Mapping[str, Any], known: Iterable[str], where: Where) -> None:
        """Refuse the first key that the definition does not know, naming the nearest one."""
        names = list(known)
        for name in table:
            if name not in names:
                raise self.refuse((*where, name), did_you_mean(name, names), code="definition-key")

    def value(self, hint: Any, value: object, where: Where) -> Any:
        """``value`` as the type hint of a field asks; UserError where it does not fit."""
        origin = get_origin(hint)
        if origin in (Union, types.UnionType):
            return self.value(next(a for a in get_args(hint) if a is not type(None)), value, where)
        if origin is tuple:
            return self._items(get_args(hint)[0], value, where)
        if origin is Literal:
            return self._one_of(get_args(hint), value, where)
        if isinstance(hint, type) and issubclass(hint, Enum):
            return hint(self._one_of([member.value for member in hint], value, where))
        if dataclasses.is_dataclass(hint) and hint is not PartialDate and isinstance(hint, type):
            return self.build(hint, value, where)
        return self._plain(hint, value, where)

    def _items(self, hint: Any, value: object, where: Where) -> tuple[Any, ...]:
        """A list as a tuple of values of that type."""
        if not isinstance(value, list):
            raise self.refuse(where, _("a list in [ ] is expected here."), code="definition-type")
        return tuple(self.value(hint, item, (*where, at)) for at, item in enumerate(value))

    def _one_of(self, choices: Iterable[Any], value: object, where: Where) -> Any:
        """A value that must be one of the choices."""
        known = list(choices)
        if value not in known:
            raise self.refuse(where, did_you_mean(str(value), known), code="definition-choice")
        return value

    def _plain(self, hint: Any, value: object, where: Where) -> Any:
        """A text, number, date or time."""
        found = _converted(hint, value)
        if found is None:
            message = _("{expected} is expected here, not “{value}”.").format(
                expected=_(_EXPECTED[hint]), value=value
            )
            raise self.refuse(where, message, code="definition-type")
        return found


class Source(Values):
    """One TOML text: its data, and the line on which each key stands."""

    def __init__(self, path: Path, text: str | None = None) -> None:
        """Parse the file, or ``text``, which is then only called by the path's name.

        Raises UserError where the file cannot be read or is no TOML.
        """
        self.path = path
        if text is None:
            text = _read(path)
        try:
            self.data: dict[str, Any] = tomllib.loads(text, parse_float=Decimal)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            message = _("{file} is not valid TOML: {reason}. Correct that line.")
            raise UserError(
                message.format(file=path.name, reason=syntax_words(error)),
                code="definition-syntax",
            ) from error
        self.text = text
        self._lines = _lines_of_keys(text)

    def refuse(self, where: Where, message: str, *, code: str) -> UserError:
        """The error for what stands at ``where``, with file, line and key before it."""
        line = self._line(where)
        key = key_name(where)
        if line is None:
            place = _("{file}, key “{key}”: {message}")
        else:
            place = _("{file}, line {line}, key “{key}”: {message}")
        text = place.format(file=self.path.name, line=line, key=key, message=message)
        return UserError(text, code=code)

    def _line(self, where: Where) -> int | None:
        """The line of the key, or of the nearest table around it."""
        for length in range(len(where), 0, -1):
            if where[:length] in self._lines:
                return self._lines[where[:length]]
        return None


def _read(path: Path) -> str:
    """The text of a file; UserError where it cannot be read."""
    try:
        # Editors on Windows put a byte order mark before the text.
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        message = _("The file “{file}” does not exist.").format(file=path)
        raise UserError(message, code="definition-missing") from error
    except (OSError, UnicodeDecodeError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else syntax_words(error)
        message = _("The file “{file}” cannot be read: {reason}").format(file=path, reason=reason)
        raise UserError(message, code="definition-unreadable") from error


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The sentence for an unknown word, with the nearest known one where there is one."""
    names = [str(one) for one in known]
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    if near:
        return _("“{name}” is not known here. Did you mean “{near}”?").format(
            name=name, near=near[0]
        )
    return _("“{name}” is not known here. Known are: {names}.").format(
        name=name, names=", ".join(names)
    )


def key_name(where: Where) -> str:
    """The key as it is written: ``stages[2].upload_from``; positions are counted from 1."""
    text = ""
    for part in where:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            text += f".{part}" if text else part
    return text


def _converted(hint: Any, value: object) -> Any:
    """The value as that plain type, None where it is not one."""
    if hint is PartialDate:
        return _partial(value)
    if hint is Decimal:
        number = isinstance(value, (int, Decimal)) and not isinstance(value, bool)
        found = Decimal(str(value)) if number else None
        return found if found is not None and found.is_finite() else None
    if hint is datetime:
        zoned = isinstance(value, datetime) and value.tzinfo is not None
        return value.astimezone(VIETNAM) if zoned and isinstance(value, datetime) else None
    if type(value) is hint:
        return value
    return None


def _partial(value: object) -> PartialDate | None:
    """A TOML date, or a text such as "2021-09", as a date known in part."""
    if type(value) is date:
        return PartialDate.of(value)
    try:
        return PartialDate.fromiso(value) if isinstance(value, str) else None
    except ValueError:
        return None


@cache
def _hints(kind: Any) -> dict[str, Any]:
    """The fields of a dataclass that a file may set, with their types."""
    hints = get_type_hints(kind)
    return {
        one.name: hints[one.name]
        for one in dataclasses.fields(kind)
        if not one.metadata.get("computed")
    }


@cache
def _required(kind: Any) -> tuple[str, ...]:
    """The fields of a dataclass without a default."""
    return tuple(
        one.name
        for one in dataclasses.fields(kind)
        if one.default is dataclasses.MISSING
        and one.default_factory is dataclasses.MISSING
        and one.name in _hints(kind)
    )


def _lines_of_keys(text: str) -> dict[Where, int]:
    """The line of every table and key that starts a line; the parser itself keeps none."""
    lines: dict[Where, int] = {}
    counts: dict[Where, int] = {}
    table: Where = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            names = _parts(header[2])
            if header[1]:
                counts[names] = counts.get(names, -1) + 1
            table = _indexed(names, counts)
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            lines.setdefault((*table, *_parts(key[1])), number)
    return lines


def _parts(dotted: str) -> Where:
    """The names in a dotted key."""
    return tuple(one[0] or one[1] or one[2] for one in _PART.findall(dotted))


def _indexed(names: Where, counts: Mapping[Where, int]) -> Where:
    """The way to a table, with the position put after each name that is a list of tables."""
    way: Where = ()
    for length in range(1, len(names) + 1):
        way = (*way, names[length - 1])
        if names[:length] in counts:
            way = (*way, counts[names[:length]])
    return way
