"""An office's own wording as a file to hand to other offices: TOML, checked before it is taken."""

import json
import os
import tomllib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from desktop.errors import UserError, reason_of, syntax_words
from desktop.lasting import replace
from desktop.printing.wording import Own, field_of, plain, typed
from desktop.text import _

FORMAT = "so-sang-kien-wording"
VERSION = 1
MOST_BYTES = 1_000_000
"""No office writes more; a larger file is something else."""
_SAID = 80
"""So many letters of a value are repeated where it is refused."""


def to_toml(form_set: str, own: Iterable[Own]) -> str:
    """The text of the file: the form set it is for, and each value with its days."""
    lines = [
        "# Câu chữ riêng của cơ quan trên giấy tờ. Sổ Sáng Kiến đọc tệp này bằng: forms import.",
        f'format = "{FORMAT}"',
        f"version = {VERSION}",
        f"form_set = {_written(form_set)}",
    ]
    for one in own:
        lines += ["", "[[values]]", f"key = {_written(one.key)}"]
        if one.valid_from:
            lines.append(f"from = {one.valid_from.isoformat()}")
        if one.valid_to:
            lines.append(f"to = {one.valid_to.isoformat()}")
        lines.append(f"value = {_written(plain(one.value))}")
    return "\n".join(lines) + "\n"


def _written(value: Any) -> str:
    """A value as TOML writes it; JSON's texts, numbers and truth values are TOML's as well."""
    if isinstance(value, list):
        inside = ",\n  ".join(_written(one) for one in value)
        return f"[\n  {inside},\n]" if value else "[]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_written(one)}" for name, one in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


def from_toml(data: bytes, name: str) -> tuple[str, tuple[Own, ...]]:
    """The form set that a file is for, and its values; their fit is for ``wording_checks``.

    UserError where it is no such file, or names what no paper has, or a value is of the wrong kind.
    """
    if len(data) > MOST_BYTES:
        raise _unreadable(name, f"> {MOST_BYTES}")
    try:
        kept = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _unreadable(name, syntax_words(error)) from error
    listed = kept.get("values", [])
    if kept.get("format") != FORMAT or not isinstance(kept.get("form_set"), str):
        raise _unreadable(name, f'format = "{FORMAT}"?')
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise _unreadable(name, "values?")
    if kept.get("version") != VERSION:
        text = _(
            "The file {file} was made by another version of the program. Install the newest "
            "version, or ask for the file anew."
        )
        raise UserError(text.format(file=name), code="forms.version")
    return kept["form_set"], tuple(_own(one, name) for one in listed)


def _own(entry: Mapping[str, Any], name: str) -> Own:
    extra = set(entry) - {"key", "from", "to", "value"}
    if extra or not isinstance(entry.get("key"), str) or "value" not in entry:
        raise _unreadable(name, ", ".join(sorted(extra)) or "key, value?")
    days = []
    for end in ("from", "to"):
        day = entry.get(end)
        if day is not None and type(day) is not date:
            raise _unreadable(name, f"{entry['key']}: {end} = {_shortened(day)}")
        days.append(day)
    field = field_of(entry["key"])
    try:
        return Own(field.key, typed(field, entry["value"]), *days)
    except (UserError, RecursionError) as error:
        raise _unreadable(name, f"{field.key} = {_shortened(entry['value'])}") from error


def _shortened(value: Any) -> str:
    """A value as it can be said in a sentence."""
    try:
        told = repr(value)
    except RecursionError:
        return "[…"
    return told if len(told) <= _SAID else f"{told[:_SAID]}…"


def _unreadable(name: str, why: str) -> UserError:
    return UserError(
        _(
            "The file {file} is no wording that this program can take ({reason}). Ask whoever made "
            "it to export it again."
        ).format(file=name, reason=why),
        code="forms.file",
    )


def write(text: str, out: Path) -> None:
    """Put the text at ``out``, whole or not at all; UserError where it cannot be written."""
    kept = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        kept.write_text(text, encoding="utf-8", newline="\n")
        replace(kept, out)
    except OSError as error:
        with suppress(OSError):
            kept.unlink(missing_ok=True)
        raise UserError(
            _(
                "The file {file} cannot be written ({reason}). Close it if it is open in another "
                "program, or choose another folder."
            ).format(file=out, reason=reason_of(error)),
            code="cannot-write",
        ) from error
