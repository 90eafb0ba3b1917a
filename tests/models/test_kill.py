"""A program killed at any moment has kept every save that it acknowledged."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.models import backup, register
from desktop.models.store import Store

SAVER = """
import sys
from datetime import datetime
from pathlib import Path
from desktop.models.actions.initiatives import RecordInitiative
from desktop.models.store import open_store
from desktop.programme.definition import load_programmes
from desktop.vietnamese.dates import VIETNAM
from tests.stores import complete
programmes = load_programmes(Path("resources/programmes"))
store = open_store(Path(sys.argv[1]), user="Lan", programmes=programmes,
                   clock=lambda: datetime.now(VIETNAM))
number = int(sys.argv[2])
print("ready", flush=True)
while True:
    number += 1
    store.journal.do(RecordInitiative(complete(code=f"K{number:05d}", title=f"Việc {number}")))
    print(number, flush=True)
"""


def kill_while_saving(folder: Path, start: int, seconds: float) -> int:
    """Save in another process until it is killed; the last number it acknowledged."""
    with subprocess.Popen(
        [sys.executable, "-c", SAVER, str(folder), str(start)], stdout=subprocess.PIPE, text=True
    ) as saver:
        assert saver.stdout is not None
        assert saver.stdout.readline() == "ready\n"
        time.sleep(seconds)
        saver.send_signal(signal.SIGKILL)
        acknowledged = saver.stdout.read().split()
    return int(acknowledged[-1]) if acknowledged else start


def test_no_acknowledged_save_is_lost(store_folder: Path, opened: Callable[..., Store]) -> None:
    run_kills(store_folder, opened, kills=5)


@pytest.mark.slow
def test_no_acknowledged_save_is_lost_in_many_kills(
    store_folder: Path, opened: Callable[..., Store]
) -> None:
    run_kills(store_folder, opened, kills=150)


def run_kills(folder: Path, opened: Callable[..., Store], *, kills: int) -> None:
    dice = random.Random(7)
    last = 0
    for _number in range(kills):
        last = kill_while_saving(folder, last, dice.uniform(0.02, 0.25))
        store = opened(folder)
        with store.reading() as connection:
            rows = list(register.stream(connection, register.Listing(order="code")))
        numbers = [int(row.code[1:]) for row in rows]
        # The one after the last acknowledged may have been committed before the kill.
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) in {last, last + 1}
        assert backup.verify(store) == []
        last = len(numbers)
        store.close()
