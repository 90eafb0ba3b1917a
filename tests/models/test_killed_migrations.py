"""A migration killed at any moment leaves the old store or the new one, from every schema."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.models import backup, schema
from desktop.models.engines import sqlite
from tests import acts
from tests.migrating import AT_FAULT, BROKEN, STEPS, Migrator, state_of

STORES = Path(__file__).resolve().parent.parent / "golden" / "stores"


def version_in(path: Path) -> int:
    """The schema of a golden store, by its name: ``schema-<version>.skbackup``."""
    return int(path.stem.partition("-")[2])


OLDER = sorted(
    (path for path in STORES.glob("schema-*.skbackup") if version_in(path) < sqlite.SCHEMA_VERSION),
    key=version_in,
)
RELEASED = pytest.mark.parametrize("golden", OLDER, ids=[path.stem for path in OLDER])


@pytest.fixture(scope="module")
def migrator() -> Iterator[Migrator]:
    with Migrator() as process:
        yield process


class Kills:
    """Migrates copies of a store, each killed at another moment."""

    def __init__(self, migrator: Migrator, golden: Path, place: Path) -> None:
        self.migrator, self.old, self.new = migrator, place / "old", place / "new"
        self.version = version_in(golden)
        backup.restore(golden, self.old)
        connection = sqlite.connect(self.old)
        self.columns = schema.columns_kept(connection)
        connection.close()
        self.seconds = migrator.migrate(self.again())
        self.whole = {self.state(self.old), self.state(self.new)}
        self.hot = 0

    def state(self, folder: Path) -> tuple[int, str]:
        return state_of(folder, self.columns)

    def again(self) -> Path:
        shutil.rmtree(self.new, ignore_errors=True)
        return Path(shutil.copytree(self.old, self.new))

    def run(self, at_random: int) -> set[tuple[int, str]]:
        """Kill after each step, and so often at random; the states that were left."""
        dice = random.Random(5)
        orders: list[dict[str, Any]] = [{"step": step} for step in STEPS]
        orders += [
            {"seconds": dice.uniform(0.1, 1.05) * self.seconds} for _each in range(at_random)
        ]
        found = set()
        for number, order in enumerate(orders):
            self.migrator.migrate(self.again(), **order)
            self.hot += self.is_half_written()
            found.add(self.state(self.new))
            if number % 10 == 0:
                self.look()
        return found

    def is_half_written(self) -> bool:
        """Whether the killed process had begun to write into the store's own file."""
        name = sqlite.STORE_FILE
        left = self.new / f"{name}-journal"
        begun = left.exists() and left.stat().st_size > 0
        return begun and (self.new / name).read_bytes() != (self.old / name).read_bytes()

    def look(self) -> None:
        """What was left opens as the program opens it, and is sound."""
        with acts.opened(self.new.parent, self.new.name, keep=lambda _store: None) as store:
            assert backup.verify(store) == []


def run_kills(migrator: Migrator, golden: Path, place: Path, *, at_random: int) -> None:
    kills = Kills(migrator, golden, place)
    assert {version for version, _state in kills.whole} == {kills.version, sqlite.SCHEMA_VERSION}
    assert kills.run(at_random) <= kills.whole
    # Else the kills would have come too early or too late to prove anything.
    assert kills.hot > 0


def test_there_is_a_golden_store_of_every_schema_before_this_one() -> None:
    assert [version_in(path) for path in OLDER] == list(range(1, sqlite.SCHEMA_VERSION))


@RELEASED
def test_a_killed_migration_leaves_the_old_store_or_the_new_one(
    migrator: Migrator, golden: Path, place: Path
) -> None:
    run_kills(migrator, golden, place, at_random=12)


@pytest.mark.slow
@RELEASED
def test_300_killed_migrations_leave_the_old_store_or_the_new_one(
    migrator: Migrator, golden: Path, place: Path
) -> None:
    run_kills(migrator, golden, place, at_random=292)


@RELEASED
def test_a_golden_store_migrates_and_is_sound(golden: Path, place: Path) -> None:
    backup.restore(golden, place / "store")
    with acts.opened(place, keep=backup.before_migration) as store:
        entries = len(store.journal.history())
        assert backup.verify(store) == []
        line = backup.back_up(store)
    backup.restore(line.path, place / "again" / "store")
    with acts.opened(place / "again") as store:
        assert len(store.journal.history()) == entries


@RELEASED
def test_a_migration_that_commits_in_the_middle_is_caught_from_that_step_on(
    golden: Path, place: Path
) -> None:
    """The control."""
    half = []
    with Migrator(BROKEN) as process:
        kills = Kills(process, golden, place)
        for step in STEPS:
            process.migrate(kills.again(), step=step)
            if kills.state(kills.new) not in kills.whole:
                half.append(step)
    assert half == list(STEPS)[list(STEPS).index(AT_FAULT) :]
