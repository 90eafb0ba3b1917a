"""Councils (hội đồng sáng kiến), their sessions and results, and the recognition decisions."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.records.base import STRICT, Base


class Council(Base):
    """An initiative council and the decision that set it up."""

    __tablename__ = "council"

    name: Mapped[str]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    established: Mapped[str] = mapped_column(default="")


class CouncilMember(Base):
    """A member of a council; ``role`` is chair, secretary or member in the office's own words."""

    __tablename__ = "council_member"

    council_id: Mapped[int] = mapped_column(ForeignKey("council.id"), index=True)
    name: Mapped[str]
    post: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(default="")


class CouncilSession(Base):
    """A sitting of a council (đợt xét): the day, the place, who was there."""

    __tablename__ = "council_session"

    council_id: Mapped[int] = mapped_column(ForeignKey("council.id"), index=True)
    held: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    chair: Mapped[str] = mapped_column(default="")
    secretary: Mapped[str] = mapped_column(default="")
    present: Mapped[int | None]
    total: Mapped[int | None]
    minutes: Mapped[str] = mapped_column(default="")


class CouncilResult(Base):
    """What a session found of an initiative: passed, failed, withdrawn or struck."""

    __tablename__ = "council_result"

    session_id: Mapped[int] = mapped_column(ForeignKey("council_session.id"), index=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), index=True)
    outcome: Mapped[str]
    score: Mapped[str | None]
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")


class Decision(Base):
    """A recognition decision; one recognises many initiatives. ``key`` finds it again."""

    __tablename__ = "decision"
    # Every unit numbers its decisions from 1 each year: one key is that of hundreds.
    __table_args__ = (Index("ix_decision_key_issued", "key", "issued"), STRICT)

    key: Mapped[str]
    number: Mapped[str]
    issued: Mapped[str | None]
    issuer: Mapped[str]
    recogniser: Mapped[str]
    signer: Mapped[str]
    signer_post: Mapped[str]
    summary: Mapped[str]
    scan: Mapped[str]
    session_id: Mapped[int | None] = mapped_column(ForeignKey("council_session.id"), index=True)
