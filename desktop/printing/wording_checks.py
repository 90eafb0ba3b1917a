"""What is wrong with a value that an office wants on its papers, said with its key and a remedy."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from desktop.errors import UserError
from desktop.printing.form_fields import FIELDS, FORMS, MOST_LINES, Field
from desktop.printing.wording import SIGNATORIES, Own, field_of, own_values
from desktop.text import _
from desktop.vietnamese.dates import short_date

Lacking = Callable[[str], Sequence[str]]
"""The characters of a text that the letters of papers lack."""

_NAMED = re.compile(r"\{(\w*)\}")
_ALONE = re.compile(r"[{}]")
_PAPERS = frozenset(one.paper for one in FORMS)


def check(own: Sequence[Own], lacking: Lacking) -> None:
    """Refuse the first value that does not fit, or values of one field whose days overlap.

    UserError with a code "forms.…", naming the key, what is wrong and what to do.
    """
    by_key: dict[str, list[Own]] = {}
    for one in own:
        field = field_of(one.key)
        check_value(field, one.value, lacking)
        _in_order(field, one.valid_from, one.valid_to)
        by_key.setdefault(one.key, []).append(one)
    for key, mine in by_key.items():
        _apart(field_of(key), mine)


def sound_values(
    kept: Mapping[str, str], lacking: Lacking
) -> tuple[tuple[Own, ...], dict[str, str]]:
    """The office's values that papers can bear, from what the store keeps by field.

    And what is kept of the fields of which another value cannot be read or does not fit: another
    version of the program may have taken it. What this one has no field for is left alone.
    """
    found: list[Own] = []
    spoilt: dict[str, str] = {}
    for key, text in kept.items():
        sound: list[Own] = []
        for one in own_values(key, text) if key in FIELDS else ():
            if one is not None and _fits([*sound, one], lacking):
                sound.append(one)
            else:
                spoilt[key] = text
        found += sound
    return tuple(found), spoilt


def _fits(own: Sequence[Own], lacking: Lacking) -> bool:
    try:
        check(own, lacking)
    except MisfitError:
        return False
    return True


def check_value(field: Field, value: Any, lacking: Lacking) -> None:
    """Refuse a value that the field cannot take; UserError as of ``check``."""
    if isinstance(value, str):
        _check_text(field, value, lacking)
    elif isinstance(value, tuple):
        _check_list(field, value, lacking)
    elif type(value) in {int, float} and not field.least <= value <= field.most:
        raise refused(
            field,
            "number",
            _("Write a number from {low} to {high}.").format(
                low=f"{field.least:g}", high=f"{field.most:g}"
            ),
        )


class MisfitError(UserError):
    """A value that a field cannot take; ``why`` is the sentence without the field's name."""

    def __init__(self, text: str, *, code: str, why: str) -> None:
        super().__init__(text, code=code)
        self.why = why


def refused(field: Field, code: str, why: str) -> MisfitError:
    """What is said of a field: its key, its name, and why."""
    text = _("“{key}” ({name}): {why}").format(key=field.key, name=_(field.label), why=why)
    return MisfitError(text, code=f"forms.{code}", why=why)


def _check_text(field: Field, text: str, lacking: Lacking) -> None:
    for code, why in _wrong(field, text, lacking):
        raise refused(field, code, why)


def _wrong(field: Field, text: str, lacking: Lacking) -> Iterator[tuple[str, str]]:
    """All that is wrong with a text: a code, and the sentence."""
    if field.choices and text not in dict(field.choices):
        words = ", ".join(word for word, _said in field.choices)
        yield "choice", _("Choose one of: {words}.").format(words=words)
    if field.needed and not text.strip():
        yield "blank", _("It cannot be left empty.")
    if len(text) > field.longest:
        yield (
            "long",
            _("It has {count} letters; {most} are the most. Make it shorter.").format(
                count=len(text), most=field.longest
            ),
        )
    unknown = [name for name in _NAMED.findall(text) if name not in field.fills]
    if unknown:
        yield "placeholder", _unknown(unknown[0], field)
    elif _ALONE.search(_NAMED.sub("", text)):
        yield (
            "braces",
            _("A brace stands alone. Braces hold a name to fill in, as in {programme}."),
        )
    missing = lacking(text)
    if missing:
        yield (
            "letters",
            _("The letters of papers have no “{letters}”. Write it otherwise.").format(
                letters=" ".join(missing)
            ),
        )


def _unknown(name: str, field: Field) -> str:
    """That nothing fills in a name, and which names are filled in there."""
    braced = "{" + name + "}"
    if not field.fills:
        return _("Nothing fills in {name} here. Take it out.").format(name=braced)
    known = ", ".join("{" + one + "}" for one in field.fills)
    return _("Nothing fills in {name} here. These can be: {known}.").format(
        name=braced, known=known
    )


def _check_list(field: Field, value: tuple[Any, ...], lacking: Lacking) -> None:
    if field.count is not None and len(value) != field.count:
        why = _("It needs {count} lines; there are {found}.")
        raise refused(field, "count", why.format(count=field.count, found=len(value)))
    if len(value) > MOST_LINES:
        why = _("It has {found} lines; {count} are the most.")
        raise refused(field, "count", why.format(count=MOST_LINES, found=len(value)))
    for one in value:
        if isinstance(one, str):
            _check_text(field, one, lacking)
        else:
            _check_entry(field, one, lacking)


def _check_entry(field: Field, entry: Any, lacking: Lacking) -> None:
    """One entry of a list of entries."""
    for part in field.parts:
        value = getattr(entry, part.name)
        if part.name == "lines" and isinstance(value, tuple) and not value:
            raise refused(field, "blank", _("Say over which lines they sign."))
        check_value(part, value, lacking)
    if hasattr(entry, "valid_from"):
        _in_order(field, entry.valid_from, entry.valid_to)
    if field.key == SIGNATORIES:
        for paper in entry.papers:
            if paper not in _PAPERS:
                why = _("There is no paper “{name}”. Take one of: {names}.")
                names = ", ".join(sorted(_PAPERS))
                raise refused(field, "paper", why.format(name=paper, names=names))


def _in_order(field: Field, first: date | None, last: date | None) -> None:
    if first is not None and last is not None and last < first:
        why = _("It ends on {last}, before it begins on {first}.")
        raise refused(field, "days", why.format(first=short_date(first), last=short_date(last)))


def _apart(field: Field, own: Sequence[Own]) -> None:
    """Refuse values whose days overlap: a paper's day must find one."""
    ordered = sorted(own, key=lambda one: one.valid_from or date.min)
    for one, following in pairwise(ordered):
        if one.valid_to is None or one.valid_to >= (following.valid_from or date.min):
            day = following.valid_from or one.valid_from
            why = _("Two values hold at once{day}. End the first one before the next begins.")
            said = _(" from {day} on").format(day=short_date(day)) if day else ""
            raise refused(field, "overlap", why.format(day=said))
