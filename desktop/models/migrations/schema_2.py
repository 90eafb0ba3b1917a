"""Schema 2: when an initiative was recorded; own definitions; campaigns, honours; more of units."""

from typing import Any

import sqlalchemy as sa
from alembic.operations import Operations

from desktop.models import schema
from desktop.models.engines.sqlite import Connection

_STRICT: dict[str, Any] = {"sqlite_strict": True, "sqlite_autoincrement": True}


def upgrade(op: Operations) -> None:
    """Add the columns and the tables that are new."""
    op.add_column("initiative", sa.Column("recorded_at", sa.Text()))
    op.add_column("programme_in_force", _text("definition", default=""))
    op.add_column("programme_in_force", _text("overrides", default="[]"))
    op.add_column("target", _text("origin", default="given"))
    op.add_column("target", _text("dimension", default=""))
    op.add_column("target", _text("choice", default=""))
    _add_office_tables(op)
    _add_unit_tables(op)
    _create(
        *(op, "overruling", _key("initiative"), _text("rule"), _text("cause"), _text("message")),
        *(_text("reason"), _text("ruled_by"), _text("ruled_at")),
    )


def fill(connection: Connection) -> None:
    """Say of each initiative when it was recorded, where the journal tells."""
    told = schema.completion("initiative", "recorded_at", "initiative.id")
    connection.execute(f"UPDATE initiative SET recorded_at = {told}")


def _add_office_tables(op: Operations) -> None:
    _create(
        *(op, "campaign", _text("programme"), _text("name"), _text("first"), _text("last")),
        *(_number("baseline"), _number("target"), _text("note")),
    )
    _create(
        *(op, "honour", _text("programme"), _text("award"), _text("period")),
        *(_key("campaign", needed=False), _key("unit", needed=False)),
        *(_key("person", needed=False), _text("listed"), _text("note")),
    )
    _create(op, "saved_filter", _text("name"), _text("body"), _number("position", needed=True))


def _add_unit_tables(op: Operations) -> None:
    _create(op, "headcount", _key("unit"), _text("counted_on"), _number("value", needed=True))
    _create(
        *(op, "emulation_group", _text("name"), _number("year", needed=True)),
        _key("unit", "leader_id", needed=False),
    )
    _create(op, "emulation_member", _key("emulation_group", "group_id"), _key("unit"))
    _create(
        *(op, "support_team", _key("unit"), _text("decision_number")),
        *(_text("decided", needed=False), _text("note")),
    )
    _create(
        *(op, "support_member", _key("support_team", "team_id")),
        *(_text("name"), _text("role"), _text("phone")),
    )
    _create(
        *(op, "agreement", _key("unit"), _text("signed_on", needed=False)),
        *(_text("partner"), _text("note")),
    )


def _create(op: Operations, table: str, *columns: "sa.Column[Any]") -> None:
    op.create_table(table, sa.Column("id", sa.Integer(), primary_key=True), *columns, **_STRICT)


def _text(name: str, *, needed: bool = True, default: str | None = None) -> "sa.Column[Any]":
    return sa.Column(name, sa.Text(), nullable=not needed, server_default=default)


def _number(name: str, *, needed: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, sa.Integer(), nullable=not needed)


def _key(table: str, name: str = "", *, needed: bool = True) -> "sa.Column[Any]":
    return sa.Column(
        name or f"{table}_id", sa.Integer(), sa.ForeignKey(f"{table}.id"), nullable=not needed
    )
