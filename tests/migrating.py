"""What tests of migrations look at, and a process of its own that is killed while it migrates.

Its orders: a folder, and after which step it is to kill itself or after how many seconds it is to
be killed.
"""

import hashlib
import json
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic.operations import Operations

from desktop.models import schema
from desktop.models.engines import sqlite
from desktop.models.engines.sqlite import Connection
from desktop.models.migrations import running
from tests import acts
from tests.orders import Ordered, serve

BROKEN = "--broken"
"""Commits in the middle: a kill after that must leave a store that is half old, half new."""


def shape_of(connection: Connection) -> dict[str, str]:
    """Everything that the database consists of, each as its statement without odd spaces."""
    rows = connection.execute("SELECT type || ' ' || name, sql FROM sqlite_master").fetchall()
    return {name: re.sub(r"\s*([(),])\s*|\s+", r" \1 ", sql or "").strip() for name, sql in rows}


def version_of(connection: Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def rows_of(connection: Connection, columns: dict[str, tuple[str, ...]]) -> dict[str, list[object]]:
    """The images of all rows, with these columns of these tables."""
    return {
        table: connection.execute(
            f'SELECT {schema.image_sql(table, "r", names)} FROM "{table}" r ORDER BY r.id'
        ).fetchall()
        for table, names in columns.items()
    }


def state_of(folder: Path, columns: dict[str, tuple[str, ...]]) -> tuple[int, str]:
    """The version that a store says it has, and a hash of its shape and of the old data."""
    connection = sqlite.connect(folder)
    try:
        content = json.dumps([shape_of(connection), rows_of(connection, columns)], sort_keys=True)
        sound = connection.execute("PRAGMA integrity_check").fetchone()[0]
        return version_of(connection), hashlib.sha256((content + sound).encode()).hexdigest()
    finally:
        connection.close()


class Migrator(Ordered):
    """The process that is killed while it migrates."""

    module = "tests.migrating"

    def migrate(self, folder: Path, *, step: str = "", seconds: float = 0) -> float:
        """Migrate until a step of STEPS is done or the time is up; how many seconds it took."""
        return float(self.order(str(folder), step, seconds))


NEWEST = running.REVISIONS[sqlite.SCHEMA_VERSION]
STEPS: dict[str, tuple[Any, str]] = {
    "file checked": (running._Migration, "_check_file"),
    "triggers dropped": (running._Migration, "_drop_triggers"),
    "columns added": (NEWEST, "upgrade"),
    "columns filled": (NEWEST, "fill"),
    "indexes renewed": (running._Migration, "_renew_indexes"),
    "digests renewed": (running._Migration, "_renew_digests"),
    "list renewed": (running._Migration, "_renew_derived"),
    "triggers built": (schema, "build_triggers"),
}
"""The steps of a migration in their order, each by where its function stands."""
AT_FAULT = "columns filled"
"""After this step the broken migration commits what it has done so far."""


def _then(step: str, act: Callable[[], object]) -> None:
    """From now on ``act`` follows when a step is done."""
    owner, name = STEPS[step]
    function = getattr(owner, name)

    def followed(*given: Any) -> None:
        function(*given)
        act()

    setattr(owner, name, followed)


def _migrate(folder: Path, step: str) -> None:
    """Bring a store up, and die after a step where one is named."""
    whole, connect = running.transaction, sqlite.connect

    @contextmanager
    def transaction(connection: Connection) -> Iterator[Operations]:
        with whole(connection) as op:
            if BROKEN in sys.argv:
                _then(AT_FAULT, lambda: [connection.execute(word) for word in ("COMMIT", "BEGIN")])
            if step:
                _then(step, lambda: os.kill(os.getpid(), signal.SIGKILL))
            yield op

    def spilling(folder: Path, *, read_only: bool = True) -> Connection:
        """With hardly any cache a migration writes into the file long before it commits."""
        connection = connect(folder, read_only=read_only)
        connection.execute("PRAGMA cache_size=10")
        return connection

    running.transaction, sqlite.connect = transaction, spilling
    acts.opened(folder.parent, folder.name, keep=lambda _store: None).close()


def _killed(name: str, step: str, seconds: float) -> float:
    """Migrate a folder's store in a fork until it is killed or done; how many seconds it took."""
    start = time.monotonic()
    child = os.fork()
    if child == 0:
        try:
            _migrate(Path(name), step)
        finally:
            os._exit(0)
    if seconds:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return time.monotonic() - start


if __name__ == "__main__":
    acts.warm_up()
    serve(_killed)
