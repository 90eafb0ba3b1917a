"""Initiatives (sáng kiến), their authors, their files, and what officers ruled on them.

Columns carry the names of the draft's fields (entry.py). Dates are ISO texts of their precision,
truth values 0, 1 or NULL for "not said", shares decimal texts, money whole dong.
"""

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.records.base import STRICT, Base


class Person(Base):
    """Who is the same person across initiatives (see actions.people).

    What is said of an author stands with the authorship, as written there.
    """

    __tablename__ = "person"
    __table_args__ = (
        Index("ix_person_key_birth", "key", "birth"),
        Index("ix_person_identity", "identity", sqlite_where=text("identity <> ''")),
        STRICT,
    )

    key: Mapped[str]
    name: Mapped[str]
    birth: Mapped[str | None]
    identity: Mapped[str]


class Initiative(Base):
    """An initiative; ``removed_at`` is set while it lies in the recycle bin.

    ``recorded_at`` is when it was first written down. ``public_order_by`` and ``public_order_at``
    keep who answered DK-08's question, and when.
    """

    __tablename__ = "initiative"
    __table_args__ = (Index("ix_initiative_code_length", text("length(code)"), "code"), STRICT)

    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    category: Mapped[str]
    field: Mapped[str]
    object_group: Mapped[str]
    region: Mapped[str]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"), index=True)
    before: Mapped[str]
    content: Mapped[str]
    novelty: Mapped[str]
    applicability: Mapped[str]
    origin: Mapped[str]
    scope: Mapped[str]
    conditions: Mapped[str]
    secrets: Mapped[str]
    investor: Mapped[str]
    trial: Mapped[str | None]
    use: Mapped[str | None]
    benefit: Mapped[int | None]
    benefit_months: Mapped[int]
    benefit_method: Mapped[str]
    social_benefit: Mapped[str]
    confidential: Mapped[int | None]
    protection: Mapped[str | None]
    protected_from: Mapped[str | None]
    protected_to: Mapped[str | None]
    public_order_contrary: Mapped[int | None]
    public_order_by: Mapped[str | None]
    public_order_at: Mapped[str | None]
    topic_level: Mapped[str]
    topic_accepted: Mapped[str | None]
    effect_confirmed: Mapped[int | None]
    effect_confirmed_by: Mapped[str]
    effect_confirmed_on: Mapped[str | None]
    sent: Mapped[str | None]
    portal_code: Mapped[str]
    portal_state: Mapped[str]
    removed_at: Mapped[str | None]
    recorded_at: Mapped[str | None]


class Authorship(Base):
    """That a person is an author of an initiative: everything as it was written for this one."""

    __tablename__ = "authorship"

    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    position: Mapped[int]
    name: Mapped[str]
    birth: Mapped[str | None]
    gender: Mapped[str]
    identity: Mapped[str]
    phone: Mapped[str]
    email: Mapped[str]
    member: Mapped[int | None]
    member_code: Mapped[str]
    share: Mapped[str | None]
    credited: Mapped[int]
    topic_leader: Mapped[int | None]
    job: Mapped[str]
    education: Mapped[str]
    workplace: Mapped[str]
    team: Mapped[str]
    leader_post: Mapped[int | None]


class Attachment(Base):
    """A kept file that belongs to an initiative or to a decision."""

    __tablename__ = "attachment"

    sha256: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    kind: Mapped[str]
    initiative_id: Mapped[int | None] = mapped_column(ForeignKey("initiative.id"), index=True)
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"), index=True)


class LookalikeRuling(Base):
    """An officer's word on two initiatives that look alike: a duplicate (1) or not (0)."""

    __tablename__ = "lookalike_ruling"

    first_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), index=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), index=True)
    duplicate: Mapped[int]
    ruled_by: Mapped[str]
    ruled_at: Mapped[str]


class Overruling(Base):
    """An officer's word against a finding of the check, with the reason.

    ``cause`` is the finding's own: where the record changes so that the rule finds something else,
    the overruling no longer holds. ``message`` is what the finding said.
    """

    __tablename__ = "overruling"

    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), index=True)
    rule: Mapped[str]
    cause: Mapped[str]
    message: Mapped[str]
    reason: Mapped[str]
    ruled_by: Mapped[str]
    ruled_at: Mapped[str]
