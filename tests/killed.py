"""A process of its own works in a store until it is killed.

Its orders: a folder, a seed, after how many commits and how many seconds more to kill. What was
acknowledged comes over a pipe.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.models.backup import verifying
from desktop.models.engines import sqlite
from desktop.models.engines.sqlite import Connection
from tests import acts
from tests.office_work import Worker
from tests.orders import Ordered, serve
from tests.recorded_disk import settings

BOASTFUL, SPILLING = "--boastful", "--spilling"
"""Acknowledges before it saves; keeps the way back in its memory, and writes before it commits."""


@dataclass(frozen=True)
class Killed:
    """What a killed process had acknowledged: its newest entry, and how many there were.

    ``hot`` is whether it left a rollback journal behind: it was in the middle of a save.
    """

    entry: int
    chain: str
    commits: int
    hot: bool


class Worked(Ordered):
    """The process that takes orders."""

    module = "tests.killed"

    def kill(self, folder: Path, seed: int, commits: int, seconds: float) -> Killed:
        """Work in a folder's store until so many commits and seconds later."""
        return Killed(*self.order(str(folder), seed, commits, seconds))


def newest(connection: Connection) -> tuple[int, str]:
    """The newest entry and its link of the chain."""
    entry = verifying._newest_entry(connection)
    return entry, verifying._chain_of(connection, entry)


def _work(folder: Path, seed: int, tell: Callable[[str], object]) -> None:
    store = acts.opened(folder)
    worker = Worker(store, seed, folder / acts.SCAN)
    # One reader for all: to open one costs more than to ask.
    reader = sqlite.connect(store.folder)
    last = newest(reader)
    while True:
        if BOASTFUL in sys.argv:
            tell(f"{last[0] + 1} ?\n")
        worker.act()
        found = newest(reader)
        if found != last and BOASTFUL not in sys.argv:
            tell(f"{found[0]} {found[1]}\n")
        last = found


def _kill(name: str, seed: int, commits: int, seconds: float) -> tuple[int, str, int, bool]:
    folder = Path(name)
    end, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(end)
        try:
            _work(folder, seed, lambda words: os.write(told, words.encode()))
        finally:
            os._exit(1)
    os.close(told)
    lines = b""
    while lines.count(b"\n") < commits:
        part = os.read(end, 65536)
        if not part:
            break
        lines += part
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    while part := os.read(end, 65536):
        lines += part
    os.close(end)
    os.waitpid(child, 0)
    journal = folder / "store" / f"{sqlite.STORE_FILE}-journal"
    told_all = lines.decode().splitlines()
    # Nothing was told where the store could not be worked in.
    entry, chain = told_all[-1].split(" ") if told_all else ("0", "?")
    return int(entry), chain, len(told_all), bool(journal.stat().st_size)


def main() -> None:
    """Do what the orders on standard input say."""
    if SPILLING in sys.argv:
        settings(journal_mode="memory")()
        setattr(sqlite, "let_writer_keep_its_pages", lambda _connection: None)  # noqa: B010 - for mypy
        for name in ("_CACHE", "_CACHE_OF_MANY"):
            setattr(sqlite, name, 10)
    acts.warm_up()
    serve(_kill)


if __name__ == "__main__":
    main()
