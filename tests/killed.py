"""A process of its own works in a store until it is killed.

Run as a program it waits for orders, one a line: a folder, a seed, after how many commits and how
many seconds more to kill. Each order gets a fork of its own; what was acknowledged comes over a
pipe.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.models.backup import verifying
from desktop.models.engines import sqlite
from desktop.models.store import Store
from tests import acts
from tests.office_work import Worker
from tests.recorded_disk import settings

ROOT = Path(__file__).resolve().parent.parent
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


class Worked:
    """The process that takes orders."""

    def __init__(self, *options: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.killed", *options],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def kill(self, folder: Path, seed: int, commits: int, seconds: float) -> Killed:
        """Work in a folder's store until so many commits and seconds later."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([str(folder), seed, commits, seconds]) + "\n")
        self._process.stdin.flush()
        return Killed(*json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        self._process.communicate()


def newest(store: Store) -> tuple[int, str]:
    """The newest entry and its link of the chain."""
    with store.reading() as connection:
        entry = verifying._newest_entry(connection)
        return entry, verifying._chain_of(connection, entry)


def _work(folder: Path, seed: int, tell: Callable[[str], object]) -> None:
    store = acts.opened(folder)
    worker = Worker(store, seed, folder / acts.SCAN)
    last = newest(store)
    while True:
        if BOASTFUL in sys.argv:
            tell(f"{last[0] + 1} ?\n")
        worker.act()
        found = newest(store)
        if found != last and BOASTFUL not in sys.argv:
            tell(f"{found[0]} {found[1]}\n")
        last = found


def _kill(folder: Path, seed: int, commits: int, seconds: float) -> Killed:
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
    return Killed(int(entry), chain, len(told_all), bool(journal.stat().st_size))


def serve() -> None:
    """Do what the orders on standard input say."""
    if SPILLING in sys.argv:
        settings(journal_mode="memory")()
        setattr(sqlite, "let_writer_keep_its_pages", lambda _connection: None)  # noqa: B010 - for mypy
        for name in ("_CACHE", "_CACHE_OF_MANY"):
            setattr(sqlite, name, 10)
    acts.warm_up()
    for line in sys.stdin:
        folder, *order = json.loads(line)
        found = _kill(Path(folder), *order)
        answer = [found.entry, found.chain, found.commits, found.hot]
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
