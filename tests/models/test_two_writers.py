"""Two who write to one store take turns: nothing is counted twice or lost, and each is told who."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.models import backup
from desktop.models.engines.lock import WriterLock
from tests import acts
from tests.counting import LOCKLESS, benefit

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def counted(place: Path) -> Callable[..., tuple[int, list[dict[str, int]]]]:
    """Lets two processes add one so many times each; how much was counted, who was in whose way."""

    def counting(times: int, *options: str) -> tuple[int, list[dict[str, int]]]:
        acts.prepare(place / "two")
        folder = place / "two" / "store"
        with acts.opened(place / "two") as store:
            before = benefit(store)
        running = [
            subprocess.Popen(
                [sys.executable, "-m", "tests.counting", str(folder), user, str(times), *options],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for user in ("Hoa", "Minh")
        ]
        for one in running:
            assert one.stdin is not None
            one.stdin.write("\n")
            one.stdin.flush()
        said = [one.communicate()[0] for one in running]
        with acts.opened(place / "two", write=False) as store:
            assert backup.verify(store) == [] or options
            return benefit(store) - before, [json.loads(each or "{}") for each in said]

    return counting


def test_two_writers_count_right(counted: Callable[..., tuple[int, list[dict[str, int]]]]) -> None:
    total, in_the_way = counted(25)
    assert total == 50
    assert set(in_the_way[0]) <= {"Minh"}
    assert set(in_the_way[1]) <= {"Hoa"}


@pytest.mark.slow
def test_two_writers_count_to_600(
    counted: Callable[..., tuple[int, list[dict[str, int]]]],
) -> None:
    total, in_the_way = counted(300)
    assert total == 600
    assert sum(sum(one.values()) for one in in_the_way) > 0


def test_without_the_lock_they_miscount(
    counted: Callable[..., tuple[int, list[dict[str, int]]]],
) -> None:
    """The control."""
    assert counted(25, LOCKLESS)[0] < 50


HOLDER = """
import sys, time
from datetime import datetime, UTC
from pathlib import Path
from desktop.models.engines.lock import WriterLock
lock = WriterLock(Path(sys.argv[1]))
lock.acquire("Hoa", datetime.now(UTC))
print("held", flush=True)
time.sleep(60)
"""


def test_the_lock_of_a_killed_writer_is_free_within_a_second(place: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(place)], stdout=subprocess.PIPE, cwd=ROOT
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        lock = WriterLock(place)
        owner = lock.acquire("Lan", acts.clock())
        assert owner is not None
        assert owner.user == "Hoa"
        holder.send_signal(signal.SIGKILL)
        start = time.monotonic()
        while lock.acquire("Lan", acts.clock()) is not None:
            assert time.monotonic() - start < 1
    lock.release()
