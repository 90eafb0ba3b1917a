"""Awards: the shortlists, each with why somebody is on it and what is missing."""

import argparse
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from desktop.app import App
from desktop.commands.output import print_json
from desktop.errors import UserError
from desktop.models import awards as kept
from desktop.models.engines.sqlite import Connection
from desktop.models.standings import own_campaigns
from desktop.programme import awards, periods
from desktop.programme.awards import Entry, Shortlist
from desktop.programme.calendar import today_in_vietnam
from desktop.programme.progress import figure_words, percent_words
from desktop.programme.shape import Award, Programme, Rule
from desktop.programme.standing import Period, PersonStanding, UnitStanding
from desktop.programme.wording import amount
from desktop.text import _

_GREAT = "great_initiatives"
_ANY_AWARD = ("year", "week", "days")
"""Kinds of period that no award names: asked for, they are shown for every award."""


def configure(parser: argparse.ArgumentParser, verb: str) -> None:
    """The arguments of awards."""
    del verb
    parser.add_argument("--store", metavar="FOLDER", required=True)
    parser.add_argument("--kind", metavar="KEY", help=_("one award instead of all"))
    parser.add_argument(
        "--period",
        metavar="PERIOD",
        help=_("the period instead of the newest: total, stage1, 2022-Q1, 2022-04"),
    )
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace, app: App) -> int:
    """Show the shortlists."""
    with app.open_store(write=False) as store, store.reading() as connection:
        programme, today = store.programme, today_in_vietnam(app.clock())
        chosen = _chosen(connection, programme, today, arguments)
        counted: dict[str, list[UnitStanding]] = {}
        lists = [_list(connection, programme, one, (today, counted)) for one in chosen]
    if arguments.json:
        print_json([_document(one) for one in lists])
    else:
        _print(programme, lists)
    return 0


Asked = tuple[Award | tuple[Rule, str], Period]
"""An award, or a rule with the key of one of its lists of great initiatives; and the period."""


def _chosen(
    connection: Connection, programme: Programme, today: date, arguments: argparse.Namespace
) -> list[Asked]:
    """What is to be shown: the awards asked for, each with its period."""
    own = own_campaigns(connection, programme.code)
    given = periods.period_of(arguments.period, programme, own) if arguments.period else None
    known = _known(programme)
    if arguments.kind is not None and arguments.kind not in known:
        raise UserError(
            _("“{key}” is no award of this programme. Give one of: {known}.").format(
                key=arguments.kind, known=", ".join(known) or "–"
            ),
            code="award.unknown",
        )
    last = kept.last_entered(connection)
    found: list[Asked] = []
    for key, (kind, one) in known.items():
        if arguments.kind not in (None, key):
            continue
        if given is not None:
            if arguments.kind or given.kind in (kind, *_ANY_AWARD):
                found.append((one, given))
            continue
        period = _newest(programme, one, (today, last), periods.campaigns(programme, own))
        if period is not None:
            found.append((one, period))
    return found


def _known(programme: Programme) -> dict[str, tuple[str, Award | tuple[Rule, str]]]:
    """Every list of the programme by key, with the kind of period that it is made for."""
    found: dict[str, tuple[str, Award | tuple[Rule, str]]] = {
        award.key: (award.period, award) for award in awards.awards_of(programme)
    }
    rule = next((rule for rule in programme.rules if rule.on and rule.test == _GREAT), None)
    for key in (awards.GREAT_BY_MONEY, awards.GREAT_BY_SOCIETY) if rule else ():
        found[key] = ("programme", (rule, key)) if rule else found[key]
    return found


def _newest(
    programme: Programme,
    one: Award | tuple[Rule, str],
    days: tuple[date, date | None],
    own: Sequence[Period],
) -> Period | None:
    if isinstance(one, Award):
        return awards.newest_period(one, programme, days[0], own, days[1])
    return periods.whole(programme)


def _list(
    connection: Connection,
    programme: Programme,
    asked: Asked,
    at: tuple[date, dict[str, list[UnitStanding]]],
) -> Shortlist:
    """One list as of a day; the units counted for one award are kept for the next."""
    (one, period), (today, counted) = asked, at
    if isinstance(one, Award):
        who = kept.contestants(connection, programme, one, period, today, counted)
        return awards.shortlist(programme, one, period, who)
    rule, key = one
    least = rule.parameters
    if key == awards.GREAT_BY_MONEY:
        found = kept.great_initiatives(connection, period, today, least_benefit=least.least_benefit)
    else:
        found = kept.deep_initiatives(connection, period, today, least_letters=least.least_letters)
    return awards.great_list(programme, rule, period, key, found)


def _document(shortlist: Shortlist) -> dict[str, object]:
    """One list as JSON; what its givers may not give only where there is such."""
    award = shortlist.award
    document: dict[str, object] = {
        "kind": award.key,
        "name": award.label,
        "rule": award.rule,
        "clause": shortlist.clause,
        "period": shortlist.period.key,
        "entries": [_cells(one) for one in shortlist.entries],
    }
    if shortlist.flags:
        document["flags"] = list(shortlist.flags)
    return document


def _cells(entry: Entry) -> dict[str, object]:
    cells: dict[str, object] = {"rank": entry.rank}
    if entry.person:
        cells["person"] = entry.person
    cells["unit"] = entry.unit
    if isinstance(entry.subject, UnitStanding) and entry.subject.superior:
        cells["superior"] = entry.subject.superior
    if entry.circle:
        cells["circle"] = entry.circle
    return {
        **cells,
        "figures": {
            name: float(value) if isinstance(value, Decimal | Fraction) else value
            for name, value in entry.figures.items()
        },
        "qualifies": entry.qualifies,
        "why": list(entry.why),
        "missing": list(entry.missing),
    }


# For people.


def _print(programme: Programme, lists: Sequence[Shortlist]) -> None:
    """Each list under its name, clause and period; below each name why, and what is missing."""
    print(programme.label)
    if not lists:
        print(_("No award of this programme is made for that period."))
    for shortlist in lists:
        print()
        print(f"{shortlist.award.label} – {shortlist.period.label} ({shortlist.clause})")
        for flag in shortlist.flags:
            print(f"  ! {flag}")
        if not shortlist.entries:
            print("  " + _("Nobody yet."))
        circle = ""
        for entry in shortlist.entries:
            if entry.circle != circle:
                circle = entry.circle
                print(f"  {circle}")
            for line in _lines(entry, programme):
                print(line)


def _lines(entry: Entry, programme: Programme) -> Iterable[str]:
    rank = "–" if entry.rank is None else str(entry.rank)
    marks = {True: _("qualifies"), False: _("does not qualify"), None: _("to be decided")}
    name = entry.unit if not entry.person else f"{entry.person} ({entry.unit})"
    yield f"  {rank:>3}  {name}: {_figures(entry, programme)} – {marks[entry.qualifies]}"
    yield from (f"         + {said}" for said in entry.why)
    yield from (f"         - {said}" for said in entry.missing)


def _figures(entry: Entry, programme: Programme) -> str:
    """The figures that a chairperson looks at first."""
    subject = entry.subject
    if isinstance(subject, UnitStanding):
        eligible, percent = amount(subject.counts.eligible), entry.figures["percent"]
        if not isinstance(percent, Decimal):
            return _("{count} eligible, no target").format(count=eligible)
        return _("{count} eligible of {entered} entered; {percent} of the target").format(
            count=eligible,
            entered=amount(subject.counts.entered),
            percent=percent_words(percent, programme.rounding),
        )
    if isinstance(subject, PersonStanding) and not subject.converted:
        return _("{count} eligible, none converted into money").format(
            count=amount(subject.eligible)
        )
    if isinstance(subject, PersonStanding):
        return _("{count} eligible, benefit of one year {benefit} đồng").format(
            count=amount(subject.eligible), benefit=amount(subject.benefit)
        )
    return f"{subject.code} {subject.title} ({figure_words(_decimal(subject.benefit))})"


def _decimal(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)
