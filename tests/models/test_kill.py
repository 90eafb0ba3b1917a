"""A program killed at any moment has kept every save that it acknowledged, and none half."""

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.models import backup
from desktop.models.backup import archive, verifying
from desktop.models.engines import sqlite
from desktop.models.engines.sqlite import Connection
from desktop.progress import SILENT
from tests import acts
from tests.killed import BOASTFUL, SPILLING, Killed, Worked

_FRESH = 8
"""After so many kills a new store: the work is to be saving, not looking through what was saved."""


@pytest.fixture
def worked() -> Iterator[Callable[..., Worked]]:
    """Processes that work until they are killed."""
    with ExitStack() as started:
        yield lambda *options: started.enter_context(Worked(*options))


def trouble_after(folder: Path, killed: Killed) -> str:
    """What is wrong in a store after a kill, blank where nothing is."""
    if not killed.commits:
        return "partial: nobody could work in it"
    try:
        connection = sqlite.connect(folder / "store")
    except UserError as error:
        return f"partial: {error.code}"
    try:
        return trouble_in(connection, killed)
    except (sqlite.Error, UnicodeDecodeError) as error:
        return f"partial: {error}"
    finally:
        connection.close()


def trouble_in(connection: Connection, killed: Killed) -> str:
    if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
        return "partial: file"
    if list(verifying._journal_damage(connection)):
        return "partial: journal"
    if archive.contents(connection, SILENT)["damaged"]:
        return "partial: rows"
    newest = verifying._newest_entry(connection)
    # The one after the last acknowledged may have been committed before the kill.
    if newest not in {killed.entry, killed.entry + 1}:
        return f"lost: {newest} of {killed.entry}"
    same = verifying._chain_of(connection, killed.entry) == killed.chain
    return "" if same or killed.chain == "?" else "lost: another one is there"


def run_kills(
    worked: Worked, place: Path, *, kills: int, most: int = 4, seed: int = 1, control: bool = False
) -> Counter[str]:
    """Kill so often; how many commits and hot journals there were, and which troubles.

    A control ends with the first.
    """
    dice, found = random.Random(seed), Counter[str]()
    acts.prepare(place / "source")
    for number in range(kills):
        folder = place / "work"
        if number % _FRESH == 0 or found["trouble"]:
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(place / "source", folder)
        killed = worked.kill(
            folder, dice.randrange(2**32), dice.randint(1, most), dice.uniform(0, 0.03)
        )
        said = trouble_after(folder, killed)
        found.update(commits=killed.commits, hot=killed.hot, trouble=bool(said))
        if said:
            found.update([said.partition(":")[0], said])
            if control:
                break
        elif number % _FRESH == _FRESH - 1:
            with acts.opened(folder) as store:
                assert backup.verify(store) == []
    return found


def test_no_acknowledged_save_is_lost(worked: Callable[..., Worked], place: Path) -> None:
    found = run_kills(worked(), place, kills=150)
    assert found["trouble"] == 0, found
    assert found["hot"] > 75


@pytest.mark.slow
@pytest.mark.parametrize("tenth", range(10))
def test_no_acknowledged_save_is_lost_in_a_thousand_kills(
    worked: Callable[..., Worked], place: Path, tenth: int
) -> None:
    found = run_kills(worked(), place, kills=100, most=21, seed=1 + tenth)
    assert found["trouble"] == 0, found
    assert found["commits"] >= 1000
    assert found["hot"] >= 60


def test_a_program_that_acknowledges_before_it_saves_is_caught(
    worked: Callable[..., Worked], place: Path
) -> None:
    """The control of what is lost."""
    assert run_kills(worked(BOASTFUL), place, kills=60, control=True)["lost"] > 0


def test_a_program_that_writes_before_it_commits_is_caught(
    worked: Callable[..., Worked], place: Path
) -> None:
    """The control of what is half done: the way back is in the memory of the killed."""
    assert run_kills(worked(SPILLING), place, kills=60, control=True)["partial"] > 0
