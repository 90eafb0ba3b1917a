"""Progress that stops a job."""

from collections.abc import Callable

import pytest

from desktop.progress import CancelledError


class Stopping:
    """Stops the job at its n-th step."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def step(self, done: int, total: int, doing: str = "") -> None:
        self.left -= 1
        if self.left <= 0:
            raise CancelledError("stop")


@pytest.fixture
def stopping() -> Callable[[int], Stopping]:
    return Stopping
