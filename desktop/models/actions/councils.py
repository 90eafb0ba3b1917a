"""Councils, their sessions and what they found of each initiative."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from desktop.models.actions.units import unit_named
from desktop.models.journal import Context
from desktop.models.records import Council, CouncilMember, CouncilResult, CouncilSession
from desktop.vietnamese.cleaning import clean


@dataclass(frozen=True, slots=True)
class RecordCouncil:
    """Add a council with its members, each (name, post, role); its id."""

    name: str
    unit: str = ""
    established: str = ""
    members: tuple[tuple[str, str, str], ...] = ()
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> int:
        """Record it."""
        session = context.session
        council = Council(
            name=clean(self.name),
            unit_id=unit_named(session, self.unit),
            established=clean(self.established),
        )
        session.add(council)
        session.flush()
        for name, post, role in self.members:
            session.add(
                CouncilMember(
                    council_id=council.id, name=clean(name), post=clean(post), role=clean(role)
                )
            )
        context.detail["name"] = council.name
        return council.id


@dataclass(frozen=True, slots=True)
class RecordSession:
    """Add a session of a council: day, place, chair, secretary, members present of all; its id."""

    council_id: int
    held: date
    place: str = ""
    chair: str = ""
    secretary: str = ""
    present: int | None = None
    total: int | None = None
    minutes: str = ""
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> int:
        """Record it."""
        session = CouncilSession(
            council_id=self.council_id,
            held=self.held.isoformat(),
            place=clean(self.place),
            chair=clean(self.chair),
            secretary=clean(self.secretary),
            present=self.present,
            total=self.total,
            minutes=clean(self.minutes),
        )
        context.session.add(session)
        context.session.flush()
        context.detail["day"] = self.held.strftime("%d/%m/%Y")
        return session.id


@dataclass(frozen=True, slots=True)
class ResultDraft:
    """What a session found of one initiative: "passed", "failed", "withdrawn" or "struck"."""

    initiative_id: int
    outcome: str
    score: Decimal | None = None
    votes_for: int | None = None
    votes_against: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecordResults:
    """Record what a session found."""

    session_id: int
    results: tuple[ResultDraft, ...]
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> None:
        """Record them."""
        for result in self.results:
            context.session.add(
                CouncilResult(
                    session_id=self.session_id,
                    initiative_id=result.initiative_id,
                    outcome=result.outcome,
                    score=None if result.score is None else str(result.score),
                    votes_for=result.votes_for,
                    votes_against=result.votes_against,
                    note=clean(result.note),
                )
            )
        context.detail["count"] = len(self.results)
