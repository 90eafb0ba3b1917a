"""What several tests of the store do."""

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from desktop.models import backup, reading
from desktop.models.actions.decisions import ReviseDecision
from desktop.models.backup.archive import contents
from desktop.models.engines import sqlite
from desktop.models.store import Store
from desktop.programme.definition import Programme
from desktop.progress import SILENT
from desktop.tasks.stores import prepare_restore, put_in_place

Restorer = Callable[..., backup.Comparison]


@pytest.fixture
def revise_decision(store: Store) -> Callable[[int, tuple[int, ...]], None]:
    """Saves a decision's form with these initiatives ticked and nothing else changed."""

    def revising(decision_id: int, ids: tuple[int, ...]) -> None:
        with store.reading() as connection:
            (line,) = [one for one in reading.decisions(connection) if one.id == decision_id]
        store.journal.do(ReviseDecision(decision_id, line.draft, ids))

    return revising


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder in memory where there is one: its syncs cost nothing."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


@pytest.fixture
def restored(programmes: dict[str, Programme], clock: Callable[[], datetime]) -> Restorer:
    """Restores a folder's store, by default from its newest backup with later changes."""

    def restoring(folder: Path, file: Path | None = None, later: bool = True) -> backup.Comparison:
        prepared = prepare_restore(file, folder, programmes=programmes, clock=clock, later=later)
        put_in_place(prepared, user="Lan", clock=clock)
        return prepared.comparison

    return restoring


DERIVED = ("listing", "verdict", "alike", "digest")


def content_of(folder: Path, derived: Sequence[str] = DERIVED) -> str:
    """All rows by digest, the chain's head, the list, and what ids will be given next."""
    connection = sqlite.connect(folder)
    try:
        rows = [
            connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in derived
        ]
        given = "SELECT name, seq FROM sqlite_sequence WHERE seq > 0 ORDER BY 1"
        rows.append(connection.execute(given).fetchall())
        return json.dumps([contents(connection, SILENT), rows], sort_keys=True)
    finally:
        connection.close()
