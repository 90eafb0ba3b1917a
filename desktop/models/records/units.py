"""Units (đơn vị công đoàn): a tree whose branches are dated, and what is known of each."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.records.base import Base


class Unit(Base):
    """A union organisation; ``key`` is the syllable key of its name, by which it is found again.

    ``kind`` is one of the handbook's kinds (ldld_huyen, cd_nganh_dp, cdcs ...), blank where
    unknown; ``headcount`` the number of workers, None where not given.
    """

    __tablename__ = "unit"

    name: Mapped[str]
    key: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(default="")
    headcount: Mapped[int | None]
    position: Mapped[int] = mapped_column(default=0)


class UnitParent(Base):
    """That a unit stands under another from a day to a day; open ends are None (ISO dates)."""

    __tablename__ = "unit_parent"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    parent_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    valid_from: Mapped[str | None]
    valid_to: Mapped[str | None]


class Headcount(Base):
    """How many workers a unit had on a day; the newest one up to a day counts for that day."""

    __tablename__ = "headcount"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    counted_on: Mapped[str]
    value: Mapped[int]


class EmulationGroup(Base):
    """An emulation group (cụm, khối thi đua) of one year; its members compete with one another."""

    __tablename__ = "emulation_group"

    name: Mapped[str]
    year: Mapped[int]
    leader_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)


class EmulationMember(Base):
    """That a unit belongs to an emulation group."""

    __tablename__ = "emulation_member"

    group_id: Mapped[int] = mapped_column(ForeignKey("emulation_group.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)


class SupportTeam(Base):
    """A unit's initiative-support team (Tổ hỗ trợ sáng kiến) and the decision that set it up."""

    __tablename__ = "support_team"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    decision_number: Mapped[str] = mapped_column(default="")
    decided: Mapped[str | None]
    note: Mapped[str] = mapped_column(default="")


class SupportMember(Base):
    """A member of a support team; ``role`` in the office's own words."""

    __tablename__ = "support_member"

    team_id: Mapped[int] = mapped_column(ForeignKey("support_team.id"), index=True)
    name: Mapped[str]
    role: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")


class Agreement(Base):
    """A unit's agreement (chương trình phối hợp) with the head of its employer."""

    __tablename__ = "agreement"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    signed_on: Mapped[str | None]
    partner: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
