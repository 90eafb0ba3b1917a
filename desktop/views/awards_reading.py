"""The shortlists of awards, read on the worker, with who is on an honours list already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.models import awards as kept
from desktop.models.awards import HonourLine
from desktop.models.engines.sqlite import Connection
from desktop.programme import awards, periods
from desktop.programme.awards import Entry, GreatInitiative, Shortlist
from desktop.programme.shape import Award, Programme, Rule
from desktop.programme.standing import Period, PersonStanding, UnitStanding

_GREAT = "great_initiatives"


@dataclass(frozen=True, slots=True)
class AwardChoice:
    """A list that can be looked at: an award, or one of the lists of great initiatives."""

    key: str
    label: str
    clause: str
    kind: str
    award: Award | None
    rule: Rule | None = None

    @property
    def honours(self) -> bool:
        """Whether names can be put on an honours list of this award."""
        return self.award is not None and self.award.to != "team" and self.key != awards.EMULATION


@dataclass(frozen=True, slots=True)
class Listed:
    """A shortlist, and the honours list of the same period."""

    shortlist: Shortlist
    honours: tuple[HonourLine, ...]

    def honour_of(self, entry: Entry) -> HonourLine | None:
        """The line of the honours list that names an entry, None where none does."""
        one = entry.subject
        for line in self.honours:
            if line.award != self.shortlist.award.key:
                continue
            if isinstance(one, PersonStanding) and line.person_id == one.person_id:
                return line
            if isinstance(one, UnitStanding) and line.unit_id == one.unit_id:
                return line
        return None


def choices_of(programme: Programme) -> list[AwardChoice]:
    """The lists of a programme: its awards, and both lists of great initiatives (QT-04)."""
    cites = programme.cites
    found = [
        AwardChoice(one.key, one.label, cites.get(one.rule, ""), one.period, one)
        for one in awards.awards_of(programme)
    ]
    rule = next((rule for rule in programme.rules if rule.on and rule.test == _GREAT), None)
    if rule is not None:
        span = periods.whole(programme)
        for key in (awards.GREAT_BY_MONEY, awards.GREAT_BY_SOCIETY):
            words = awards.great_list(programme, rule, span, key, ()).award.label
            cite = cites.get(rule.id, "")
            found.append(AwardChoice(key, words, cite, "programme", None, rule))
    return found


def award_periods(
    choice: AwardChoice, programme: Programme, campaigns: Sequence[Period], today: date
) -> list[Period]:
    """The periods of an award that have begun, the newest first."""
    every = campaigns if choice.kind == "campaign" else periods.periods(choice.kind, programme)
    begun = [one for one in every if one.first <= today]
    return sorted(begun, key=lambda one: one.first, reverse=True) or list(every)[:1]


def read_shortlist(
    connection: Connection, programme: Programme, choice: AwardChoice, when: tuple[Period, date]
) -> Listed:
    """Read a shortlist for a period as of a day."""
    period, _today = when
    return Listed(
        _shortlist(connection, programme, choice, when),
        tuple(kept.honours(connection, programme.code, period.key)),
    )


def _shortlist(
    connection: Connection, programme: Programme, choice: AwardChoice, when: tuple[Period, date]
) -> Shortlist:
    period, today = when
    if choice.award is not None:
        found = kept.contestants(connection, programme, choice.award, period, today)
        return awards.shortlist(programme, choice.award, period, found)
    return _great(connection, programme, choice, when)


def _great(
    connection: Connection, programme: Programme, choice: AwardChoice, when: tuple[Period, date]
) -> Shortlist:
    rule, (period, today) = choice.rule, when
    if rule is None:
        raise ValueError(choice.key)
    least = rule.parameters
    great: list[GreatInitiative]
    if choice.key == awards.GREAT_BY_MONEY:
        great = kept.great_initiatives(connection, period, today, least_benefit=least.least_benefit)
    else:
        great = kept.deep_initiatives(connection, period, today, least_letters=least.least_letters)
    return awards.great_list(programme, rule, period, choice.key, great)
