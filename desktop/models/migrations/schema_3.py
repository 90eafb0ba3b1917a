"""Schema 3: the papers that the office has issued, each with its number and its content."""

from typing import Any

import sqlalchemy as sa
from alembic.operations import Operations

from desktop.models.engines.sqlite import Connection

_TEXTS_BEFORE = ("number", "kind", "type", "subject", "dated", "signer", "recipients")
_TEXTS_AFTER = ("initiatives", "form_set", "content_hash", "pdf")


def upgrade(op: Operations) -> None:
    """Add the table that is new."""
    op.create_table(
        *("issued_paper", sa.Column("id", sa.Integer(), primary_key=True)),
        *(_number("year"), _text("series"), _number("ordinal")),
        *map(_text, (*_TEXTS_BEFORE, *_TEXTS_AFTER)),
        *(_number("pages"), _text("issued_at"), _text("issued_by")),
        *(sa.Column("voided_at", sa.Text()), _text("voided_by"), _text("void_reason")),
        _text("content"),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )


def fill(connection: Connection) -> None:
    """Nothing: what went out before had its number written by hand, and stays in its own books."""
    del connection


def _text(name: str) -> "sa.Column[Any]":
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str) -> "sa.Column[Any]":
    return sa.Column(name, sa.Integer(), nullable=False)
