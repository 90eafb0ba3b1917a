"""What the office itself keeps: its programme, settings, targets, commendations, export batches."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.records.base import Base


class ProgrammeInForce(Base):
    """The programme this store works under, with the version of its definition."""

    __tablename__ = "programme_in_force"

    code: Mapped[str]
    version: Mapped[str]
    since: Mapped[str]


class Setting(Base):
    """A setting that the office shares; ``value`` is JSON."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(unique=True)
    value: Mapped[str]


class Target(Base):
    """A target (chỉ tiêu) of a unit for a period: total, stage1, stage2.

    ``label`` is the title of the plan's own column.
    """

    __tablename__ = "target"

    programme: Mapped[str]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    period: Mapped[str]
    value: Mapped[int]
    label: Mapped[str] = mapped_column(default="")


class Commendation(Base):
    """A commendation (khen thưởng) proposed for or given to a person or a unit; money in dong."""

    __tablename__ = "commendation"

    programme: Mapped[str]
    form: Mapped[str]
    state: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    initiative_id: Mapped[int | None] = mapped_column(ForeignKey("initiative.id"), index=True)
    decision_number: Mapped[str] = mapped_column(default="")
    decided: Mapped[str | None]
    amount: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")


class ExportBatch(Base):
    """A file that was made for the portal: its name, digest and number of initiatives."""

    __tablename__ = "export_batch"

    profile: Mapped[str]
    made_at: Mapped[str]
    file_name: Mapped[str]
    sha256: Mapped[str]
    count: Mapped[int]


class ExportItem(Base):
    """That an initiative was in an export batch."""

    __tablename__ = "export_item"

    batch_id: Mapped[int] = mapped_column(ForeignKey("export_batch.id"), index=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), index=True)
