"""Changing the programme of a store: what is proposed, how its values are typed and shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from desktop.errors import UserError
from desktop.models.actions.programme import AdoptProgramme
from desktop.models.in_force import Accepted, accepted, other_shipped, own_programme
from desktop.models.store import Store
from desktop.programme.definition import Installed, Programme, load_programme
from desktop.programme.overrides import (
    Override,
    Setting,
    Written,
    as_written,
    lay_over,
    overridable,
)
from desktop.programme.reading import did_you_mean
from desktop.programme.shape import PROFILES
from desktop.programme.wording import amount
from desktop.text import N_, _
from desktop.vietnamese.dates import VIETNAM, PartialDate, parse_date, parse_moment
from desktop.vietnamese.unreadable import Unreadable


@dataclass(frozen=True, slots=True)
class Standing:
    """The programme a store works under: what was accepted, and what that amounts to.

    ``programme`` is in force, ``own`` is it without the office's values, ``other`` the programme of
    that code that this installation ships, where that is another one.
    """

    line: Accepted
    programme: Programme
    own: Programme
    other: Programme | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A programme to be put in force: the candidate, its own part, and the office's values over it.

    ``another`` says that it has another code than the one in force.
    """

    programme: Programme
    own: Programme
    overrides: tuple[Override, ...]
    another: bool

    def action(self, reason: str = "", *, another: bool = False) -> AdoptProgramme:
        """The act that accepts it; ``another`` confirms a programme of another code."""
        return AdoptProgramme(
            self.own.text, self.overrides, reason, another=another, name=self.own.code
        )


def standing(store: Store) -> Standing:
    """What is in force in a store; UserError where the store was not set up or it is unreadable."""
    with store.reading() as connection:
        line = accepted(connection)
    if line is None:
        message = _("This store works under no programme yet. Make a new store for the office.")
        raise UserError(message, code="store.programme")
    own = own_programme(line, store.shipped)
    other = other_shipped(line, store.shipped)
    return Standing(line, lay_over(own, line.overrides), own, other)


def installed(resources: Path) -> Installed:
    """What a definition may name: the form sets and the portal's lists of columns that are here."""
    return Installed(
        tuple(sorted(file.stem for file in (resources / "forms").glob("*.toml"))), PROFILES
    )


def propose_file(store: Store, file: Path, resources: Path) -> Proposal:
    """The programme of a definition in a file; UserError where it is not right.

    The office's own values stay over another version of the same programme; over another programme
    there are none.
    """
    programme = load_programme(file, installed=installed(resources))
    return _proposed(standing(store), programme)


def propose_shipped(store: Store) -> Proposal | None:
    """The programme of the same code that this installation ships; None where it is in force."""
    now = standing(store)
    return None if now.other is None else _proposed(now, now.other)


def _proposed(now: Standing, own: Programme) -> Proposal:
    another = own.code != now.line.code
    overrides = () if another else now.line.overrides
    return Proposal(lay_over(own, overrides), own, overrides, another)


def propose_override(store: Store, key: str, typed: str, source: str) -> Proposal:
    """The programme in force with a value of the office's own, as it is typed, from a document.

    UserError for a key that cannot be set, a value that cannot be read or contradicts others, and a
    document that is not named.
    """
    now = standing(store)
    setting = setting_of(now.own, key)
    kept = tuple(one for one in now.line.overrides if one.key != key)
    value = read_value(setting, typed) if setting else typed
    return _with(now, (*kept, Override(key, value, source.strip())))


def propose_without(store: Store, key: str) -> Proposal:
    """The programme in force without the office's own value of a key; UserError if it has none."""
    now = standing(store)
    kept = tuple(one for one in now.line.overrides if one.key != key)
    if len(kept) == len(now.line.overrides):
        known = [one.key for one in now.line.overrides]
        message = _("The office has no value of its own for “{key}”.").format(key=key)
        near = did_you_mean(key, known) if known else ""
        raise UserError(f"{message} {near}".strip(), code="override-none")
    return _with(now, kept)


def _with(now: Standing, overrides: tuple[Override, ...]) -> Proposal:
    return Proposal(lay_over(now.own, overrides), now.own, overrides, another=False)


def setting_of(programme: Programme, key: str) -> Setting | None:
    """What an office may set under that key, None where there is nothing of that name."""
    return next((one for one in overridable(programme) if one.key == key), None)


def read_value(setting: Setting, typed: str) -> Written:
    """A typed value as a definition would have it; UserError where it cannot be read.

    Days are 15/09/2021 or 2021-09-15, also only the month or the year; times 07:00 08/01/2022;
    several words are separated by commas.
    """
    text = typed.strip()
    try:
        return _READERS[setting.form](setting, text)
    except (Unreadable, ValueError, InvalidOperation) as error:
        told = _(_EXAMPLES[setting.form]).format(choices=", ".join(setting.choices))
        raise UserError(
            _("“{text}” does not fit “{name}”. {told}").format(
                text=text, name=setting.label, told=told
            ),
            code="override-value",
        ) from error


def _date(_setting: Setting, text: str) -> Written:
    found = as_written(_partial(text))
    if found is None:
        raise ValueError(text)
    return found


def _day(_setting: Setting, text: str) -> Written:
    found = _partial(text)
    if found.day is None:
        raise ValueError(text)
    return found.first


def _partial(text: str) -> PartialDate:
    found = parse_date(text)
    if found is None:
        raise ValueError(text)
    return found


def _time(_setting: Setting, text: str) -> Written:
    return parse_moment(text).at


def _whole(_setting: Setting, text: str) -> Written:
    bare = text.replace(".", "").replace(" ", "")
    if not bare.isascii() or not bare.isdigit():
        raise ValueError(text)
    return int(bare)


def _number(_setting: Setting, text: str) -> Written:
    found = Decimal(text.removesuffix("%").strip().replace(",", "."))
    if not found.is_finite():
        raise ValueError(text)
    return found


def _choice(setting: Setting, text: str) -> Written:
    return _word(setting, text)


def _choices(setting: Setting, text: str) -> Written:
    found = [_word(setting, part) for part in text.split(",") if part.strip()]
    if not found:
        raise ValueError(text)
    return found


def _word(setting: Setting, text: str) -> str:
    """The word of the definition for what is typed: itself, or its name on the screen."""
    wanted = text.strip().casefold()
    for word in setting.choices:
        if wanted in {word.casefold(), choice_name(setting.key, word).casefold()}:
            return word
    raise ValueError(text)


_READERS: Mapping[str, Callable[[Setting, str], Written]] = {
    "date": _date,
    "day": _day,
    "time": _time,
    "whole": _whole,
    "number": _number,
    "choice": _choice,
    "choices": _choices,
}
_EXAMPLES = {
    "date": N_("Write a day as in 15/09/2021, a month as in 09/2021, or a year."),
    "day": N_("Write a day as in 15/09/2021."),
    "time": N_("Write a time as in 08/01/2022 07:00."),
    "whole": N_("Write a whole number."),
    "number": N_("Write a number, such as 10 or 33,3."),
    "choice": N_("Choose one of: {choices}."),
    "choices": N_("Choose one or more of: {choices}."),
}

_CHOICE_NAMES = {
    "counted.credited": N_("Only the credited person's"),
    "counted.all_authors": N_("Those of all authors"),
    "counted.entered": N_("Entered on the portal"),
    "counted.eligible": N_("Entered and eligible"),
    "counted.recorded": N_("Recorded in the store"),
    "mode.half_up": N_("Rounded half up"),
    "mode.cut": N_("Cut"),
    "application_date.earlier": N_("The earlier of trial and official use"),
    "application_date.use": N_("Official use alone"),
    "recognisers.council": N_("The council"),
    "recognisers.head": N_("The head of the unit"),
    "topic_decision.not_needed": N_("Not needed"),
    "topic_decision.needed": N_("Needed"),
    "credit.leader_or_highest": N_("The topic's leader, or the highest share"),
    "credit.highest": N_("Only the highest share"),
    "qualify_date.later": N_("The later of use and decision"),
    "qualify_date.decision": N_("The decision"),
    "qualify_date.application": N_("The use"),
    "crossing.flag": N_("Pointed out"),
    "crossing.accept": N_("Accepted in silence"),
    "non_members.allowed": N_("Admitted"),
    "non_members.flagged": N_("Pointed out"),
    "quarter_target.pro_rata": N_("By the days of its stage"),
    "quarter_target.whole": N_("The whole target of its stage"),
    "campaign_length.as_named": N_("As its name says"),
    "campaign_length.counted": N_("Counted from its days"),
}


def choice_name(key: str, word: str) -> str:
    """A word of a definition as it is shown; the word itself where it has no name."""
    found = _CHOICE_NAMES.get(f"{key.rpartition('.')[2]}.{word}")
    return _(found) if found else word


def shown_value(key: str, value: object) -> str:
    """A value of a programme for people: days as dd/mm/yyyy, a dash where there is none."""
    if value is None:
        return "–"
    if isinstance(value, tuple | list):
        return ", ".join(choice_name(key, str(one)) for one in value)
    if isinstance(value, datetime):
        return f"{value.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int):
        return amount(value)
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    return choice_name(key, str(value))
