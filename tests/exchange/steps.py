"""Workers for the tests: the real one with functions added that misbehave."""

import os
import signal
import sys
import time
from collections.abc import Iterator

from desktop.exchange import worker


def echo(*args: str) -> Iterator[list[str]]:
    yield list(args)


def refuse(code: str) -> Iterator[str]:
    yield "something before"
    raise worker.RefusedError(code)


def stumble() -> Iterator[float]:
    yield 1 / 0


def devour() -> Iterator[int]:
    yield len(bytearray(512 << 20))


def die() -> Iterator[int]:
    os.kill(os.getpid(), signal.SIGKILL)
    yield 0


def exit() -> Iterator[int]:  # noqa: A001 - what it does
    yield 0
    raise SystemExit(77)


def sleep() -> Iterator[int]:
    time.sleep(60)
    yield 0


if __name__ == "__main__":
    names = ("echo", "refuse", "stumble", "devour", "die", "exit", "sleep")
    own = {name: f"tests.exchange.steps:{name}" for name in names}
    worker.WORK = {**worker.WORK, **own}
    sys.exit(worker.main(sys.argv[1:]))
