"""The base of all records: STRICT tables of INTEGER and TEXT, each with an integer key ``id``."""

from collections.abc import Iterator
from typing import Any, ClassVar

from sqlalchemy import MetaData, Table, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

STRICT: dict[str, Any] = {"sqlite_strict": True, "sqlite_autoincrement": True}
"""Table options: no BLOB or float slips in (the journal would lose it); no id is used twice."""


class Base(DeclarativeBase):
    """What every record has; its table is journalled."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {str: Text}
    __table_args__: Any = STRICT

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)


class _Journalled:
    """The tables whose every change is journalled, in order of dependence."""

    def __iter__(self) -> Iterator[Table]:
        return iter(Base.metadata.sorted_tables)

    def __contains__(self, name: object) -> bool:
        return name in Base.metadata.tables


JOURNALLED = _Journalled()
