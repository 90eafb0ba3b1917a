"""Work on the worker: results come back on this thread, stale ones are dropped, errors arrive."""

import gc
import threading
import weakref
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.progress import CancelledError, Progress
from desktop.views.jobs import Jobs
from desktop.views.rubbish import Collector


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    del qtbot
    made = Jobs()
    yield made
    made.close()


def test_a_job_runs_elsewhere_and_its_result_arrives_here(jobs: Jobs, qtbot: QtBot) -> None:
    threads: list[int] = []
    jobs.run(lambda _p: threading.get_ident(), threads.append)
    qtbot.waitUntil(lambda: bool(threads))
    assert threads[0] != threading.get_ident()
    assert not jobs.busy


def test_jobs_run_in_the_order_they_were_asked_for(jobs: Jobs, qtbot: QtBot) -> None:
    done: list[int] = []
    given = iter(range(5))
    for _number in range(5):
        jobs.run(lambda _p: next(given), done.append)
    qtbot.waitUntil(lambda: len(done) == 5)
    assert done == [0, 1, 2, 3, 4]


def test_a_newer_job_of_the_same_key_makes_the_older_stale(jobs: Jobs, qtbot: QtBot) -> None:
    gate, done = threading.Event(), list[str]()
    jobs.run(lambda _p: gate.wait(5))
    jobs.run(lambda _p: "old", done.append, key="listing")
    jobs.run(lambda _p: "new", done.append, key="listing")
    gate.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert done == ["new"]


def test_a_running_job_is_interrupted_when_it_is_stale(jobs: Jobs, qtbot: QtBot) -> None:
    started, stopped = threading.Event(), threading.Event()

    def reading(_progress: Progress) -> bool:
        started.set()
        return stopped.wait(5)

    jobs.run(reading, key="listing", stop=stopped.set)
    assert started.wait(5)
    jobs.cancel("listing")
    qtbot.waitUntil(lambda: not jobs.busy)
    assert stopped.is_set()


def test_what_a_job_raises_is_delivered(jobs: Jobs, qtbot: QtBot) -> None:
    errors: list[Exception] = []

    def failing(_progress: Progress) -> None:
        raise LookupError("gone")

    jobs.run(failing, lambda _r: None, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert repr(errors[0]) == "LookupError('gone')"


def test_a_cancelled_job_stops_at_its_next_step(jobs: Jobs, qtbot: QtBot) -> None:
    errors: list[Exception] = []
    gate = threading.Event()

    def long(progress: Progress) -> None:
        gate.wait(5)
        progress.step(1, 2, "đang làm")

    job = jobs.run(long, lambda _r: None, errors.append)
    job.cancel()
    gate.set()
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], CancelledError)


def test_draining_drops_everything_and_leaves_the_worker_alive(jobs: Jobs, qtbot: QtBot) -> None:
    done: list[str] = []
    jobs.run(lambda _p: "dropped", done.append)
    jobs.drain()
    assert not jobs.busy
    jobs.run(lambda _p: "kept", done.append)
    qtbot.waitUntil(lambda: not jobs.busy)
    assert done == ["kept"]


def test_progress_is_told_on_this_thread(jobs: Jobs, qtbot: QtBot) -> None:
    told: list[tuple[int, int, str]] = []
    jobs.progressed.connect(lambda _job, done, total, doing: told.append((done, total, doing)))
    jobs.run(lambda progress: progress.step(3, 3, "xong"))
    qtbot.waitUntil(lambda: bool(told))
    assert told == [(3, 3, "xong")]


def test_waiting_for_work_gives_its_result_and_raises_what_it_raised(jobs: Jobs) -> None:
    numbers: dict[str, int] = {}
    assert jobs.wait_for(threading.get_ident, "") != threading.get_ident()
    with pytest.raises(LookupError):
        jobs.wait_for(lambda: numbers["missing"], "")


@pytest.mark.parametrize("stop", ["drain", "close"])
def test_who_waits_hears_what_became_of_the_work_though_all_is_stopped(
    jobs: Jobs, stop: str
) -> None:
    patience = QTimer(jobs, singleShot=True, interval=5_000)
    patience.timeout.connect(QApplication.exit)
    patience.start()
    QTimer.singleShot(0, getattr(jobs, stop))
    assert jobs.wait_for(lambda: "kept", "") == "kept"


def test_kept_work_is_done_before_the_worker_closes(jobs: Jobs) -> None:
    gate, done = threading.Event(), list[str]()
    jobs.run(lambda _p: gate.wait(5), stop=gate.set)
    jobs.run(lambda _p: done.append("dropped"))
    jobs.run(lambda _p: done.append("kept"), kept=True)
    gate.set()
    jobs.close()
    assert done == ["kept"]


@pytest.mark.usefixtures("qapp")
def test_python_collects_again_once_the_last_collector_is_gone() -> None:
    gc.enable()
    first, second = Collector(), Collector()
    first.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not gc.isenabled()
    second.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert gc.isenabled()


@pytest.mark.usefixtures("qapp")
def test_a_collector_leaves_collecting_off_where_it_was_off() -> None:
    gc.disable()
    collector = Collector()
    collector.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not gc.isenabled()


class Ended:
    """Which thread takes each of its things away."""

    def __init__(self) -> None:
        self.by: list[int] = []

    def follow(self, thing: object) -> None:
        """Note the thread on which a thing is taken away."""
        weakref.finalize(thing, lambda: self.by.append(threading.get_ident()))


def same(thing: object, _progress: Progress) -> object:
    """Work that holds on to a thing."""
    return thing


class Thing:
    """Stands for a widget: where it may be taken away matters."""

    def take(self, _result: object) -> None:
        """Take a result."""


def test_what_waits_for_results_is_taken_away_on_this_thread(jobs: Jobs, qtbot: QtBot) -> None:
    ended = Ended()
    for _number in range(40):
        waiting = Thing()
        ended.follow(waiting)
        jobs.run(partial(same, waiting), waiting.take)
        del waiting
        qtbot.waitUntil(lambda: not jobs.busy)
    qtbot.waitUntil(lambda: len(ended.by) == 40)
    assert set(ended.by) == {threading.get_ident()}


def test_the_worker_never_takes_rubbish_away(jobs: Jobs, qtbot: QtBot) -> None:
    ended, collector = Ended(), Collector()
    ring = [Thing()]
    ended.follow(ring[0])
    ring.append(ring)  # type: ignore[arg-type] # a ring, which only a search for rubbish finds
    del ring
    jobs.run(lambda _p: [[] for _number in range(200_000)])
    qtbot.waitUntil(lambda: not jobs.busy)
    assert ended.by == []
    gc.collect(0)
    collector.collect()
    qtbot.waitUntil(lambda: bool(ended.by))
    assert ended.by == [threading.get_ident()]
