"""Schema 3: only what is derived is others now; it is made anew with every migration."""

from alembic.operations import Operations

from desktop.models.engines.sqlite import Connection


def upgrade(op: Operations) -> None:
    """The tables of the records stay as they are."""
    del op


def fill(connection: Connection) -> None:
    """There is nothing to fill in."""
    del connection
