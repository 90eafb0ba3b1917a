"""Whether a definition agrees with itself: windows, names given twice, rules, awards, levels.

Each check is given the reader that says where a misfit stands, so that a file is refused with its
line, and an office's own value with its key.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from desktop.errors import UserError
from desktop.programme.reading import Source, Values, Where, did_you_mean
from desktop.programme.shape import NO_TIME, Authority, Programme, Stage
from desktop.text import _

_NEEDED = ("documents", "categories", "stages", "rules")
_UNIQUE = (
    ("documents", "key"),
    ("categories", "code"),
    ("groups", "key"),
    ("regions", "key"),
    ("fields", "key"),
    ("stages", "number"),
    ("rules", "id"),
    ("awards", "key"),
    ("roundings", "report"),
    ("contradictions", "id"),
)

_CODE = re.compile(r"[\w.-]+")
_WITHOUT_AWARD = ("within_authority", "emulation_line")
"""Tests of rules on awards that are served by the table of authorities, and by a list alone."""


def check_lists(source: Values, programme: Programme) -> None:
    """Refuse lists without an entry that a programme cannot do without, and names given twice."""
    for name in ("code", "title", "organ"):
        if not getattr(programme, name).strip():
            message = _("this must not be empty.")
            raise source.refuse((name,), message, code="definition-empty")
    if not _CODE.fullmatch(programme.code):
        message = _("a code consists of letters, digits, “-”, “.” and “_” only.")
        raise source.refuse(("code",), message, code="definition-code")
    for name in _NEEDED:
        if not getattr(programme, name):
            message = _("at least one entry is needed here.")
            raise source.refuse((name,), message, code="definition-empty")
    for table, key in _UNIQUE:
        names = [str(getattr(one, key)) for one in getattr(programme, table)]
        _refuse_twice(source, table, key, names)


def check_windows(source: Values, programme: Programme) -> None:
    """Refuse windows that end before they start, and stages out of order."""
    windows = programme.windows
    for name, window in (("apply_to", windows.apply), ("recognise_to", windows.recognise)):
        if window.first and window.last and window.last < window.first:
            raise _reversed(source, ("windows", name))
    begin, end = windows.upload_from, windows.upload_before
    if begin and end and end <= begin:
        raise _reversed(source, ("windows", "upload_before"))
    for at, stage in enumerate(programme.stages):
        _check_stage_days(source, at, stage)
    for at, (above, stage) in enumerate(pairwise(programme.stages), start=1):
        if stage.upload_from < above.upload_before:
            message = _("this stage starts before the stage above it has ended.")
            name = "first" if stage.first else "upload_from"
            raise source.refuse(("stages", at, name), message, code="definition-window")
    _check_campaigns(source, programme)


@dataclass(frozen=True, slots=True)
class Installed:
    """What a definition may name: form sets, and lists of columns (profiles) for the portal."""

    form_sets: tuple[str, ...]
    profiles: tuple[str, ...]


def check_stages_open(source: Values, programme: Programme) -> None:
    """Refuse a stage that begins before the portal opens, or ends after it has closed."""
    opens, closes = programme.windows.upload_from, programme.windows.upload_before
    for at, stage in enumerate(programme.stages):
        if opens and stage.upload_from < opens:
            message = _(
                "the stage begins before the portal opens, at {moment}. Correct one of the two."
            ).format(moment=_moment(opens))
            name = "first" if stage.first else "upload_from"
            raise source.refuse(("stages", at, name), message, code="definition-window")
        if closes and stage.upload_before > closes:
            message = _(
                "the stage ends after the portal has closed, at {moment}. Correct one of the two."
            ).format(moment=_moment(closes))
            name = "last" if stage.last else "upload_before"
            raise source.refuse(("stages", at, name), message, code="definition-window")


def _moment(moment: datetime) -> str:
    return f"{moment:%H:%M %d/%m/%Y}"


def check_installed(source: Values, programme: Programme, installed: Installed) -> None:
    """Refuse a form set, or a list of columns for the portal, that is not installed."""
    if programme.form_set not in installed.form_sets:
        message = _("there is no such form set here. Installed are: {names}.").format(
            names=", ".join(installed.form_sets)
        )
        raise source.refuse(("form_set",), message, code="definition-choice")
    profile = programme.portal.profile
    if profile and profile not in installed.profiles:
        message = did_you_mean(profile, installed.profiles)
        raise source.refuse(("portal", "profile"), message, code="definition-choice")


def _check_stage_days(source: Values, at: int, stage: Stage) -> None:
    """Refuse a stage without its time, or with days that end before they start."""
    for name, instead in (("upload_from", "first"), ("upload_before", "last")):
        if getattr(stage, name) == NO_TIME:
            message = _(
                "“{key}” is missing. Add it, or “{other}” where only the day, month or year is "
                "known."
            ).format(key=name, other=instead)
            raise source.refuse(("stages", at, name), message, code="definition-missing-key")
    if stage.upload_before <= stage.upload_from:
        raise _reversed(source, ("stages", at, "last" if stage.last else "upload_before"))
    qualify = stage.qualify
    if qualify.first and qualify.last and qualify.last < qualify.first:
        raise _reversed(source, ("stages", at, "qualify_to"))


def _check_campaigns(source: Values, programme: Programme) -> None:
    """Refuse campaigns that end before they start, or lie outside all stages."""
    first, last = _outer_days(programme)
    for at, one in enumerate(programme.campaigns):
        if one.last < one.first:
            raise _reversed(source, ("campaigns", at, "last"))
        if one.first < first or one.last > last:
            name = "first" if one.first < first else "last"
            message = _(
                "the campaign lies outside the stages, which run from {first} to {last}."
            ).format(first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}")
            raise source.refuse(("campaigns", at, name), message, code="definition-window")


def _outer_days(programme: Programme) -> tuple[date, date]:
    """The first and the last day of what the programme's dates span."""
    starts = [stage.upload_from.date() for stage in programme.stages]
    moment = timedelta(microseconds=1)
    ends = [(stage.upload_before - moment).date() for stage in programme.stages]
    windows = programme.windows
    starts += [day for day in (windows.apply.first, windows.recognise.first) if day]
    return min(starts), max(ends)


def check_figures(source: Values, programme: Programme) -> None:
    """Refuse targets below 1, rates beyond 100 per cent, decimals beyond 6, and no recogniser."""
    if not programme.switches.recognisers:
        message = _("at least one entry is needed here.")
        raise source.refuse(("switches", "recognisers"), message, code="definition-empty")
    _check_targets(source, programme)
    part = programme.participation
    if part is not None and not 0 < part.percent <= 100:
        message = _("a rate lies above 0 and is at most 100 per cent.")
        raise source.refuse(("participation", "percent"), message, code="definition-figure")
    decimals: list[tuple[Where, int]] = [(("rounding", "decimals"), programme.rounding.decimals)]
    for at, one in enumerate(programme.roundings):
        decimals.append((("roundings", at, "decimals"), one.decimals))
    for where, number in decimals:
        if not 0 <= number <= 6:
            message = _("decimals are between 0 and 6.")
            raise source.refuse(where, message, code="definition-figure")


def _check_targets(source: Values, programme: Programme) -> None:
    """Refuse a target below 1."""
    places: list[tuple[Where, int | None]] = []
    for at, stage in enumerate(programme.stages):
        places.append((("stages", at, "target"), stage.target))
    for at, campaign in enumerate(programme.campaigns):
        places.append((("campaigns", at, "target"), campaign.target))
    for where, value in places:
        if value is not None and value < 1:
            raise source.refuse(where, _("a target is 1 or more."), code="definition-figure")


def check_awards(source: Values, programme: Programme) -> None:
    """Refuse awards of unknown rules or levels, and rules on awards that no award follows."""
    _check_authorities(source, programme.authorities)
    rules = {rule.id: rule for rule in programme.rules if rule.kind == "award"}
    levels = {one.level for one in programme.authorities}
    for at, award in enumerate(programme.awards):
        if award.rule not in rules:
            message = did_you_mean(award.rule, rules)
            raise source.refuse(("awards", at, "rule"), message, code="definition-choice")
        for place, level in enumerate(award.levels):
            if level and levels and level not in levels:
                message = did_you_mean(level, sorted(levels))
                where: Where = ("awards", at, "levels", place)
                raise source.refuse(where, message, code="definition-choice")
        if award.within == "emulation_group" and award.to != "unit":
            message = _("only units stand in emulation groups.")
            raise source.refuse(("awards", at, "within"), message, code="definition-choice")
        if award.within == "object_group" and award.to != "person":
            message = _("only persons belong to object groups.")
            raise source.refuse(("awards", at, "within"), message, code="definition-choice")
        _check_forms(source, programme, at)
    _check_served(source, programme)


def _check_forms(source: Values, programme: Programme, at: int) -> None:
    """Refuse a form that none of the award's levels may give at any time."""
    award = programme.awards[at]
    may = {form for one in programme.authorities if one.level in award.levels for form in one.forms}
    for place, form in enumerate(award.forms if may else ()):
        if form not in may:
            where: Where = ("awards", at, "forms", place)
            raise source.refuse(where, did_you_mean(form, sorted(may)), code="definition-choice")


def _check_served(source: Values, programme: Programme) -> None:
    """Refuse a rule on awards that no award follows."""
    served = {award.rule for award in programme.awards}
    for at, rule in enumerate(programme.rules):
        needs = rule.kind == "award" and rule.on and rule.test not in _WITHOUT_AWARD
        if needs and rule.id not in served:
            message = _("no award follows this rule. Add one to [[awards]], or set on = false.")
            raise source.refuse(("rules", at, "kind"), message, code="definition-award")


def _check_authorities(source: Values, authorities: Sequence[Authority]) -> None:
    """Refuse a level without forms, dates in the wrong order, and a level twice at one time."""
    for at, one in enumerate(authorities):
        if not one.level.strip() or not one.forms:
            name = "forms" if one.level.strip() else "level"
            message = _("this must not be empty.")
            raise source.refuse(("authorities", at, name), message, code="definition-empty")
        if one.valid_from and one.valid_to and one.valid_to < one.valid_from:
            raise _reversed(source, ("authorities", at, "valid_to"))
        for other in authorities[:at]:
            if other.level == one.level and _overlap(one, other):
                message = _("“{name}” is given twice for the same time.").format(name=one.level)
                raise source.refuse(("authorities", at, "level"), message, code="definition-twice")


def _overlap(one: Authority, other: Authority) -> bool:
    """Whether two lines of the table hold on some day together."""
    first = max(one.valid_from or date.min, other.valid_from or date.min)
    last = min(one.valid_to or date.max, other.valid_to or date.max)
    return first <= last


def check_answers(source: Source, programme: Programme) -> None:
    """Refuse a contradiction whose answer is said to stand under a key that is not there."""
    for at, one in enumerate(programme.contradictions):
        found: Any = source.data
        for name in one.kept_in.split(".") if one.kept_in else ():
            found = found.get(name) if isinstance(found, dict) else None
        if found is None:
            message = _("there is no key “{key}” in this file.").format(key=one.kept_in)
            raise source.refuse(("contradictions", at, "kept_in"), message, code="definition-key")


def _reversed(source: Values, where: Where) -> UserError:
    """The error for a window that ends before it starts."""
    return source.refuse(where, _("the window ends before it starts."), code="definition-window")


def _refuse_twice(source: Values, table: str, key: str, names: Iterable[str]) -> None:
    """Refuse a name that is given a second time."""
    seen: set[str] = set()
    for at, name in enumerate(names):
        if name in seen:
            message = _("“{name}” is given twice.").format(name=name)
            raise source.refuse((table, at, key), message, code="definition-twice")
        seen.add(name)
