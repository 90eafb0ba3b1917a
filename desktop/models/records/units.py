"""Units (đơn vị công đoàn): a tree whose branches are dated."""

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
