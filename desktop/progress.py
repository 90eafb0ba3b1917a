"""What a long job may say while it works, and how it is told to stop."""

from typing import Protocol


class CancelledError(Exception):
    """The user asked a job to stop; nothing of it is kept."""


class Progress(Protocol):
    """Where a job reports its steps.

    ``step`` takes how many of ``total`` are done and what is being done, in the user's language; it
    raises CancelledError when the user has asked the job to stop. ``total`` is 0 while unknown.
    """

    def step(self, done: int, total: int, doing: str = "") -> None:
        """Report that ``done`` of ``total`` are finished."""


class Silent:
    """Progress that nobody watches."""

    def step(self, done: int, total: int, doing: str = "") -> None:
        """Report to nobody."""


SILENT = Silent()
