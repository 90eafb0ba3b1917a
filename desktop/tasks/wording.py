"""The wording of papers: what ships and what the office lays over it, changed, reset, handed on."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from desktop import text
from desktop.errors import UserError, reason_of
from desktop.models.actions.office import ReviseWording
from desktop.models.dossiers import OfficeSheet
from desktop.models.drafts import load_wording
from desktop.models.engines.sqlite import Connection
from desktop.models.office import read_wording
from desktop.models.store import Store, refuse_store_files
from desktop.printing import forms, typeface, wording_file
from desktop.printing.form_fields import FIELDS, FORMS, Field, fields_of
from desktop.printing.forms import FormSet
from desktop.printing.wording import (
    SIGNATORIES,
    Own,
    Wording,
    field_of,
    forms_named,
    own_text,
    own_values,
    plain,
    typed,
    value_in,
)
from desktop.printing.wording_checks import Lacking, check, refused, sound_values
from desktop.text import _

_NAMED = 3
"""So many fields history names; of more it says how many."""
_SAID = 80
"""So many letters of a value are repeated where it is refused."""


def wording_of(store: Store, connection: Connection, resources: Path) -> Wording:
    """The programme's form set with the office's own values, where papers can bear them."""
    shipped = forms.read(resources / "forms", store.programme.form_set)
    kept = read_wording(connection, shipped.code)
    return Wording(shipped, *sound_values(kept, lacking_in(resources)))


def standing(store: Store, resources: Path) -> Wording:
    """As ``wording_of``, over a connection of its own."""
    with store.reading() as connection:
        return wording_of(store, connection, resources)


def spoilt_words(wording: Wording) -> str:
    """That values of the office's own do not stand on papers, and what to do; blank for none."""
    if not wording.spoilt:
        return ""
    return _(
        "The office's own words of “{names}” cannot be used any more, so papers bear the shipped "
        "ones. Write them anew, or let the shipped ones count (Wording of papers)."
    ).format(names=_names(list(wording.spoilt)))


def half_typed(store: Store) -> dict[str, tuple[Own, ...]]:
    """The wording that somebody typed and did not save, by field; what is unreadable is not."""
    with store.reading() as connection:
        kept = load_wording(connection, store.user)
    found: dict[str, tuple[Own, ...]] = {}
    for key, typed_text in kept.items():
        read = tuple(own_values(key, typed_text)) if typed_text and key in FIELDS else ()
        own = tuple(one for one in read if one is not None)
        if key in FIELDS and own == read:
            found[key] = own
    return found


def dated_sheet(
    wording: Wording, sheet: OfficeSheet, paper: str
) -> Callable[[date], tuple[OfficeSheet, FormSet]]:
    """What the office's sheet and the forms are on that paper on any day."""

    def on(day: date) -> tuple[OfficeSheet, FormSet]:
        return wording.office(sheet, paper, day), wording.on(day)

    return on


def lacking_in(resources: Path) -> Lacking:
    """Which characters the letters of papers lack."""
    fonts = resources / "fonts"
    # Read when there is a text to be looked at: most offices have no words of their own.
    return lambda text: typeface.load(fonts).lacking(text)


def revise(
    wording: Wording, changed: Mapping[str, Sequence[Own]], resources: Path
) -> ReviseWording | None:
    """The act that gives these fields these values, none letting the shipped one count.

    None where that changes nothing. UserError where a value does not fit, naming its key.
    """
    check([one for own in changed.values() for one in own], lacking_in(resources))
    values = []
    for key, own in changed.items():
        field_of(key)
        kept = own_text(_remembered(wording, key, own))
        if kept != own_text(wording.of(key)) or key in wording.spoilt:
            values.append((key, kept))
    if not values:
        return None
    return ReviseWording(wording.shipped.code, tuple(values), _names([key for key, _t in values]))


def _remembered(wording: Wording, key: str, own: Sequence[Own]) -> list[Own]:
    """The values with the shipped one beside them; what only repeats it is none."""
    shipped = value_in(wording.shipped, key)
    ordered = sorted(own, key=lambda one: one.valid_from or date.min)
    known = {(one.value, one.valid_from, one.valid_to): one for one in wording.of(key)}
    found = []
    for one in ordered:
        if one.value == shipped and one.valid_from is one.valid_to is None:
            continue
        before = known.get((one.value, one.valid_from, one.valid_to))
        found.append(before or replace(one, instead_of=plain(shipped)))
    return found


def with_value(wording: Wording, new: Own) -> list[Own]:
    """The office's values of a field with another one, which takes the place of one of its days.

    One that would still hold when the new one begins ends the day before.
    """
    found = [new]
    for one in wording.of(new.key):
        if (one.valid_from, one.valid_to) == (new.valid_from, new.valid_to):
            continue
        begins_later = new.valid_from and (one.valid_from or date.min) < new.valid_from
        if new.valid_from and begins_later and one.valid_to is None:
            found.append(replace(one, valid_to=new.valid_from - timedelta(days=1)))
        else:
            found.append(one)
    return sorted(found, key=lambda one: one.valid_from or date.min)


_TRUTHS = {"true": True, "yes": True, "có": True, "false": False, "no": False, "không": False}


def read_value(field: Field, words: str) -> object:
    """A value as it is typed on the command line; UserError where it is none for the field.

    The lines of a list are parted by "|", or written as TOML has a list, as are lists of entries.
    """
    kept: object = words
    try:
        if words.lstrip().startswith("["):
            kept = tomllib.loads(f"value = {words}")["value"]
        elif field.is_list:
            kept = [line for line in words.split("|") if line.strip()]
        elif field.hint is bool:
            kept = _TRUTHS[words.strip().casefold()]
        elif field.hint in {int, float}:
            kept = field.hint(words)
        return typed(field, kept)
    except (ValueError, KeyError, RecursionError, UserError) as error:
        said = words if len(words) <= _SAID else f"{words[:_SAID]}…"
        why = _("“{value}” is no value for it.").format(value=said)
        raise refused(field, "value", why) from error


def accept_shipped(wording: Wording, key: str) -> ReviseWording:
    """The act that keeps the office's values although the shipped one has changed."""
    shipped = plain(value_in(wording.shipped, key))
    own = [replace(one, instead_of=shipped) for one in wording.of(key)]
    return ReviseWording(wording.shipped.code, ((key, own_text(own)),), _names([key]))


def reset(store: Store, word: str | None) -> ReviseWording | None:
    """The act that lets the shipped wording count: of a field, of a paper, of all (None).

    None where the office has nothing of its own there; UserError for a word that names nothing.
    """
    with store.reading() as connection:
        kept = list(read_wording(connection, store.programme.form_set))
    if word is not None and word not in kept:
        named = forms_named(word)
        if not named:
            field_of(word)
        kept = [key for key in kept if key.partition(".")[0] in named]
    elif word is not None:
        kept = [word]
    if not kept:
        return None
    values = tuple((key, "") for key in kept)
    return ReviseWording(store.programme.form_set, values, _names(kept))


def form_name(form: str) -> str:
    """What a form is called in the language in use."""
    one = next(one for one in FORMS if one.form == form)
    return one.vietnamese if text.language() == "vi" else one.english


def field_name(key: str) -> str:
    """What a field is called in the language in use, after its form; the key where it is none."""
    if key not in FIELDS:
        return key
    return f"{form_name(FIELDS[key].form)} – {_(FIELDS[key].label)}"


def _names(keys: Sequence[str]) -> str:
    """The fields in plain words, for history."""
    named = [field_name(key) for key in keys[:_NAMED]]
    more = len(keys) - len(named)
    said = "; ".join(named)
    return _("{names}, and {count} more").format(names=said, count=more) if more else said


def hand_out(wording: Wording, out: Path) -> int:
    """Write the office's own wording to a file for other offices; how many values it holds.

    Who signs is left out: that is nobody else's. UserError where there is nothing to write, or the
    file cannot be written.
    """
    own = [one for field in FIELDS for one in wording.of(field) if field != SIGNATORIES]
    if not own:
        raise UserError(_("The office has no wording of its own to hand on."), code="forms.nothing")
    refuse_store_files(out)
    wording_file.write(wording_file.to_toml(wording.shipped.code, own), out)
    return len(own)


def read_file(file: Path, resources: Path) -> tuple[str, tuple[Own, ...]]:
    """The form set that a file is for, and its values, checked; UserError."""
    try:
        size = file.stat().st_size
        data = file.read_bytes() if size <= wording_file.MOST_BYTES else b"\n" * (size + 1)
    except OSError as error:
        raise UserError(
            _("The file {file} cannot be read ({reason}). Choose another one.").format(
                file=file, reason=reason_of(error)
            ),
            code="forms.file",
        ) from error
    code, own = wording_file.from_toml(data, file.name)
    check(own, lacking_in(resources))
    return code, own


def check_file(file: Path, resources: Path) -> tuple[str, int]:
    """Check a file of wording, or a whole form set; its code, and how many values it holds.

    UserError, naming what does not fit.
    """
    try:
        whole = "format" not in tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        whole = False
    if not whole:
        code, own = read_file(file, resources)
        return code, len(own)
    form_set = forms.read(file.parent, file.name.removesuffix(".toml"))
    check([Own(key, value_in(form_set, key)) for key in FIELDS], lacking_in(resources))
    return form_set.code, len(FIELDS)


def take_in(wording: Wording, file: Path, resources: Path) -> ReviseWording | None:
    """The act that takes the values of a file in place of the office's own of the same fields.

    None where they are there already. UserError where a value does not fit, or the file is for
    another form set.
    """
    code, own = read_file(file, resources)
    if code != wording.shipped.code:
        raise UserError(
            _(
                "The file {file} is for the forms {theirs}; this store works with {ours}. Ask for "
                "one made for these."
            ).format(file=file.name, theirs=code, ours=wording.shipped.code),
            code="forms.set",
        )
    changed: dict[str, list[Own]] = {}
    for one in own:
        changed.setdefault(one.key, []).append(one)
    return revise(wording, changed, resources)


def changed_in(wording: Wording, form: str) -> int:
    """How many fields of a form the office has of its own."""
    return sum(bool(wording.of(one.key)) for one in fields_of(form))
