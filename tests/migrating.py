"""What tests of migrations look at, and a process of its own that is killed while it migrates.

Run as a program it waits for orders, one a line: a folder, and at which step of its progress to
kill itself or after how many seconds it is to be killed. Each order gets a fork of its own.
"""

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from alembic.operations import Operations

from desktop.models import schema
from desktop.models.engines import sqlite
from desktop.models.engines.sqlite import Connection
from desktop.models.migrations import running
from desktop.models.store import open_store
from desktop.programme.definition import load_programmes
from desktop.vietnamese.dates import VIETNAM
from tests import acts

ROOT = Path(__file__).resolve().parent.parent
BROKEN = "--broken"
"""Migrates without the transaction: then a kill must leave a store that is half old, half new."""


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


class Migrator:
    """The process that is killed while it migrates."""

    def __init__(self, *options: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.migrating", *options],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def migrate(self, folder: Path, *, step: int = 0, seconds: float = 0) -> float:
        """Migrate until the step or the time is reached; how many seconds it took."""
        pipes = self._process.stdin, self._process.stdout
        assert pipes[0] is not None
        assert pipes[1] is not None
        pipes[0].write(json.dumps([str(folder), step, seconds]) + "\n")
        pipes[0].flush()
        return float(pipes[1].readline())

    def close(self) -> None:
        self._process.communicate()


class Killer:
    """Progress that ends its process, as hard as can be, at a step."""

    def __init__(self, last: int) -> None:
        self._left = last

    def step(self, done: int, total: int, doing: str = "") -> None:
        del done, total, doing
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


_whole = running.transaction


@contextmanager
def _no_transaction(connection: Connection) -> Iterator[Operations]:
    with _whole(connection) as op:
        connection.execute("COMMIT")
        yield op
        connection.execute("BEGIN")


def _spilling(connection: Connection) -> Connection:
    """With hardly any cache a migration writes into the file long before it commits."""
    connection.execute("PRAGMA cache_size=10")
    return connection


def serve() -> None:
    """Do what the orders on standard input say; answer with how many seconds each took."""
    programmes = load_programmes(ROOT / "resources" / "programmes")
    connect = sqlite.connect
    begin = _no_transaction if BROKEN in sys.argv else running.transaction
    acts.warm_up()
    for order in sys.stdin:
        folder, step, seconds = json.loads(order)
        start = time.monotonic()
        child = os.fork()
        if child == 0:
            sqlite.connect = lambda place, **how: _spilling(connect(place, **how))
            running.transaction = begin
            with open_store(
                Path(folder),
                user="Lan",
                clock=lambda: datetime(2022, 6, 15, 9, 0, tzinfo=VIETNAM),
                programmes=programmes,
                keep=lambda _store: None,
                progress=Killer(step),
            ):
                os._exit(0)
        if seconds:
            time.sleep(seconds)
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        sys.stdout.write(f"{time.monotonic() - start}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
