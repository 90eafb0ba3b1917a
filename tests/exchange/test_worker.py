"""What the worker process may use is bounded, and its end in any way leaves this process whole."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from desktop.exchange import worker
from desktop.exchange.worker import Bounds, ExhaustedError, RefusedError, run_bounded
from desktop.progress import CancelledError
from tests.exchange.workbooks import CORNER_SHEET, hand_made, with_sheet

STEPS = (sys.executable, "-P", "-X", "utf8", "-m", "tests.exchange.steps")


@pytest.fixture(autouse=True)
def found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' own workers are found by the processes that are started."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[2]))


def test_what_the_function_yields_comes_back() -> None:
    assert run_bounded("echo", ["Sáng", "kiến"], command=STEPS) == [["Sáng", "kiến"]]


def test_a_refusal_comes_back_with_its_reason() -> None:
    with pytest.raises(RefusedError) as caught:
        run_bounded("refuse", ["workbook-damaged"], command=STEPS)
    assert caught.value.code == "workbook-damaged"


def test_a_bug_in_the_worker_is_a_bug_here_with_its_traceback() -> None:
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        run_bounded("stumble", [], command=STEPS)


@pytest.mark.skipif(worker.resource is None, reason="the system keeps no such limit")
def test_memory_beyond_the_bound_ends_the_worker_only() -> None:
    with pytest.raises(ExhaustedError):
        run_bounded("devour", [], command=STEPS, bounds=Bounds(memory=256 << 20))


@pytest.mark.parametrize("name", ["die", "exit"])
def test_a_worker_that_dies_is_exhausted(name: str) -> None:
    with pytest.raises(ExhaustedError):
        run_bounded(name, [], command=STEPS)


def test_time_beyond_the_bound_ends_the_worker_only() -> None:
    start = time.monotonic()
    with pytest.raises(ExhaustedError):
        run_bounded("sleep", [], command=STEPS, bounds=Bounds(seconds=0.5))
    assert time.monotonic() - start < 5


def test_stopping_ends_the_worker() -> None:
    class Stop:
        def step(self, done: int, total: int, doing: str = "") -> None:
            raise CancelledError

    with pytest.raises(CancelledError):
        run_bounded("sleep", [], command=STEPS, progress=Stop())


def test_the_module_itself_is_the_worker_from_a_checkout(tmp_path: Path) -> None:
    path = hand_made(tmp_path / "x.xlsx")
    command = [sys.executable, "-m", "desktop.exchange.worker", "cells"]
    command += [str(worker.MEMORY), "20", str(path), "xlsx"]
    done = subprocess.run(command, capture_output=True, check=True, timeout=30)
    assert done.stdout.splitlines()[0] == b'{"sheet":"S","merges":[]}'


def test_a_sheet_that_makes_the_reader_abort_ends_the_worker_only(tmp_path: Path) -> None:
    path = with_sheet(tmp_path / "x.xlsx", CORNER_SHEET)
    with pytest.raises(ExhaustedError):
        run_bounded("cells", [str(path), "xlsx"])
