"""Reading what strangers made in a process of its own, with little memory and little time.

A reader written in C or Rust may abort or eat all memory on a crafted file; the worker dies then,
and the window does not. The result comes back as lines of JSON on standard output.

The frozen program starts itself again with ``--worker``; from a checkout this module is started.
"""

import json
import pkgutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import IO, Any

from desktop.progress import SILENT, Progress

resource: ModuleType | None
try:
    import resource
except ImportError:  # Windows keeps no such limits
    resource = None

WORK: Mapping[str, str] = {
    "cells": "desktop.exchange.cells:read_cells",
    "scans": "desktop.exchange.scan_pages:draw_scans",
}
"""What a worker may be asked to do, and where it is written; each is opened only when asked for."""

MEMORY = 600 << 20
SECONDS = 20.0

DONE = 0
BUG = 1
REFUSED = 3
EXHAUSTED = 4


class RefusedError(Exception):
    """What was asked for cannot be read; ``code`` says why. Raised by the functions of WORK."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ExhaustedError(Exception):
    """The worker died, or ran out of memory or time."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a worker may use: bytes of memory (Linux), and seconds of wall time and of processor."""

    memory: int = MEMORY
    seconds: float = SECONDS


def run_bounded(
    function_name: str,
    args: Sequence[str],
    *,
    bounds: Bounds | None = None,
    command: Sequence[str] = (),
    progress: Progress = SILENT,
) -> list[Any]:
    """What the function of WORK yields for ``args``, worked out in a bounded process.

    ``command`` starts a program that calls ``main``; by default it is this one.
    Raises RefusedError with the function's own reason, ExhaustedError where the process died or
    went beyond its bounds, CancelledError when the user asked to stop, and RuntimeError with the
    worker's traceback where our own code failed.
    """
    bounds = bounds or Bounds()
    limits = [str(bounds.memory), str(max(1, round(bounds.seconds)))]
    whole = [*(command or _command()), function_name, *limits, *args]
    with tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as complaint:
        status = _run(whole, answer, complaint, bounds.seconds, progress)
        for file in (answer, complaint):
            file.seek(0)
        if status == BUG:
            raise RuntimeError(complaint.read().decode("utf-8", "replace"))
        if status not in (DONE, REFUSED):
            raise ExhaustedError(f"the worker ended with {status}")
        lines = [json.loads(line) for line in answer]
    if status == REFUSED:
        raise RefusedError(lines[-1]["refused"])
    return lines


def _command() -> list[str]:
    """How a worker is started: the frozen program itself, or this module by the interpreter."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--worker"]
    return [sys.executable, "-P", "-X", "utf8", "-m", "desktop.exchange.worker"]


def _run(
    command: list[str],
    answer: IO[bytes],
    complaint: IO[bytes],
    seconds: float,
    progress: Progress,
) -> int:
    """Run the worker to its end and give its status; kill it when time is up or the user stops."""
    quiet = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    process = subprocess.Popen(  # noqa: S603 - our own program with arguments as a list
        command, stdin=subprocess.DEVNULL, stdout=answer, stderr=complaint, creationflags=quiet
    )
    end = time.monotonic() + seconds
    try:
        while True:
            try:
                return process.wait(timeout=0.1)
            except subprocess.TimeoutExpired:
                progress.step(0, 0)
                if time.monotonic() > end:
                    raise ExhaustedError("time is up") from None
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def main(argv: Sequence[str]) -> int:
    """Be the worker: ``FUNCTION MEMORY SECONDS ARGS...``; gives the exit status.

    0: done; 1: our own code failed, with a traceback on stderr; 3: refused with a reason; 4: memory
    ran out.
    """
    name, memory, seconds, *args = argv
    _limit(int(memory), int(seconds))
    out = sys.stdout.buffer
    try:
        function: Callable[..., Iterable[Any]] = pkgutil.resolve_name(WORK[name])
        for line in function(*args):
            out.write(json.dumps(line, separators=(",", ":")).encode("ascii") + b"\n")
    except RefusedError as refused:
        out.write(json.dumps({"refused": refused.code}).encode("ascii") + b"\n")
        return REFUSED
    except MemoryError:
        return EXHAUSTED
    finally:
        out.flush()
    return DONE


def _limit(memory: int, seconds: int) -> None:
    """Bind this process to so many bytes of memory and seconds of processor time."""
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    # Started as a script, this module stands twice; RefusedError must be the one that WORK raises.
    sys.exit(pkgutil.resolve_name("desktop.exchange.worker:main")(sys.argv[1:]))
