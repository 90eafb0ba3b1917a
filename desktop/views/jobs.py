"""Long work: the only module that knows threads.

A job is a plain function with a ``progress`` argument. One worker runs the jobs in order; each end
is delivered on the window's thread.
"""

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QEventLoop, QObject, Qt, Signal, Slot

from desktop.progress import CancelledError, Progress

Work = Callable[[Progress], Any]
_TOLD_EVERY = 0.1
"""Seconds between two reports of progress that reach the window."""
_LONGEST_REST = 60
"""Seconds that a stopped worker may take to come to rest before it is left behind."""


def _nothing(_value: Any) -> None:
    """Take a result that nobody waits for."""


@dataclass(eq=False)
class Job:
    """One piece of work that was asked for; its own progress, and how to stop it.

    ``key`` names what it is for: a new job of the same key makes the older ones stale, so that
    their results are dropped. ``title`` is said while it works, blank for work nobody watches.
    ``kept`` is work that is done whatever happens, such as keeping what was typed: no newer job
    and no closing window stops it.
    """

    work: Work
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    key: str
    title: str
    stop: Callable[[], None]
    tell: Callable[["Job", int, int, str], None]
    kept: bool = False
    cancelled: threading.Event = field(default_factory=threading.Event)
    running: bool = False
    told: float = 0.0

    def step(self, done: int, total: int, doing: str = "") -> None:
        """Report progress; CancelledError where the job was told to stop."""
        if self.cancelled.is_set():
            raise CancelledError
        now = time.monotonic()
        if now - self.told >= _TOLD_EVERY or done == total:
            self.told = now
            self.tell(self, done, total, doing)

    def cancel(self) -> None:
        """Ask the job to stop; what it was reading is interrupted. Kept work goes on."""
        if self.kept:
            return
        self.cancelled.set()
        if self.running:
            self.stop()


End = tuple[Job, Any, Exception | None]
"""A job that has ended: its result, or what it raised."""


class Jobs(QObject):
    """The one worker and its queue.

    *Signals:* ``progressed(job, done, total, doing)`` while a job works, ``idle()`` once all have
    ended, ``started(job)`` and ``ended(job)`` around each one.
    """

    progressed = Signal(object, int, int, str)
    started = Signal(object)
    ended = Signal(object)
    idle = Signal()
    _told = Signal(object, int, int, str)
    _finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._ends: queue.SimpleQueue[End] = queue.SimpleQueue()
        self._waiting: list[Job] = []
        self._loops: list[QEventLoop] = []
        self._told.connect(self.progressed, Qt.ConnectionType.QueuedConnection)
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)
        self._thread.start()

    def run(
        self,
        work: Work,
        done: Callable[[Any], None] = _nothing,
        failed: Callable[[Exception], None] | None = None,
        *,
        key: str = "",
        title: str = "",
        stop: Callable[[], None] = lambda: None,
        kept: bool = False,
    ) -> Job:
        """Run ``work`` on the worker and hand its result to ``done`` on this thread.

        ``failed`` gets what it raised; without it the error is raised on this thread. ``stop``
        interrupts what the work is reading. ``kept`` work is done even if the window closes.
        """
        if key:
            self.cancel(key)
        job = Job(work, done, failed or _raise, key, title, stop, self._told.emit, kept)
        self._waiting.append(job)
        self.started.emit(job)
        self._queue.put(job)
        return job

    def wait_for(self, work: Callable[[], Any], title: str) -> Any:
        """Run kept work on the worker and wait for its result; what it raised is raised here.

        Meanwhile the window paints and hears of other jobs; keys and clicks wait their turn. Where
        all else is stopped meanwhile, the result is still what became of the work.
        """
        ended: list[tuple[Any, Exception | None]] = []
        loop = QEventLoop()

        def act(_progress: Progress) -> None:
            try:
                ended.append((work(), None))
            except Exception as error:
                ended.append((None, error))

        self.run(act, lambda _nothing: loop.quit(), title=title, kept=True)
        self._loops.append(loop)
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        self._loops.remove(loop)
        if not ended:
            raise CancelledError
        result, error = ended[0]
        if error is not None:
            raise error
        return result

    def cancel(self, key: str) -> None:
        """Stop the jobs of this key; their results are dropped."""
        for job in self._waiting:
            if job.key == key:
                job.cancel()

    @property
    def busy(self) -> bool:
        """Whether any job has not ended yet."""
        return bool(self._waiting)

    @property
    def occupied_by(self) -> str:
        """The title of the long work that runs or waits, blank where there is none."""
        return next((job.title for job in self._waiting if job.title and not job.kept), "")

    def drain(self) -> None:
        """Stop all jobs but kept ones, wait until the worker rests, and drop every result."""
        for job in self._waiting:
            job.cancel()
        rested = threading.Event()
        self._queue.put(_rest(rested, self._told.emit))
        if self._thread.is_alive():
            rested.wait(timeout=self._longest_rest())
        self._forget()

    def _forget(self) -> None:
        """Drop every result; who waits for one is woken, since none arrives any more."""
        self._waiting.clear()
        for loop in self._loops:
            loop.quit()

    def _longest_rest(self) -> float | None:
        """Seconds to wait for the worker; as long as it takes where something is to be kept."""
        return None if any(job.kept for job in self._waiting) else _LONGEST_REST

    def close(self) -> None:
        """Stop all jobs but kept ones and wait for the worker to end."""
        for job in self._waiting:
            job.cancel()
        self._queue.put(None)
        self._thread.join(timeout=self._longest_rest())
        self._forget()

    def _run(self) -> None:
        # An end is put down before it is told, and nothing of the job is kept: whatever was the
        # last to hold a widget, it lets go of it on the window's thread.
        while (job := self._queue.get()) is not None:
            self._ends.put(_worked(job))
            del job
            self._finished.emit()

    @Slot()
    def _deliver(self) -> None:
        job, result, error = self._ends.get()
        if job not in self._waiting:
            return
        self._waiting.remove(job)
        self.ended.emit(job)
        try:
            if job.cancelled.is_set() and job.key:
                pass
            elif error is not None:
                job.failed(error)
            else:
                job.done(result)
        finally:
            if not self._waiting:
                self.idle.emit()


def _worked(job: Job) -> End:
    """Do one job on the thread that asks; how it ended."""
    if job.cancelled.is_set():
        return job, None, CancelledError()
    job.running = True
    try:
        return job, job.work(job), None
    except Exception as caught:
        return job, None, caught
    finally:
        job.running = False


def _rest(rested: threading.Event, tell: Callable[[Job, int, int, str], None]) -> Job:
    """A job that does nothing but say that the worker has come this far."""

    def work(_progress: Progress) -> None:
        rested.set()

    return Job(work, _nothing, _raise, "", "", lambda: None, tell)


def _raise(error: Exception) -> None:
    raise error
