"""A disk that fails: a process of its own does an act, and a file-system call of it fails."""

import errno
import sys
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import astuple, dataclass
from pathlib import Path

from desktop.errors import UserError
from desktop.models.faults import explain
from desktop.models.journal import Journal
from tests.acts import ACTS, warm_up
from tests.disk_calls import CALLS, Asked, watch
from tests.orders import Ordered, serve

FORGETFUL = "--forgetful"
"""Does not look whether a save whose commit reported an error was made all the same."""


@dataclass(frozen=True)
class Order:
    """What to do in a folder, which call is to fail (0: none), how, and whether all after it do."""

    folder: str
    act: str
    at: int = 0
    error: int = errno.EIO
    lasting: bool = False


@dataclass(frozen=True)
class Answer:
    """What became of an order.

    ``result`` is "done", "refused" (said in words) or "crashed"; ``words`` what was said; ``calls``
    how many calls there were, ``failed`` the name of the first that failed.
    """

    result: str
    words: str
    calls: int
    failed: str


class FaultyDisk(Ordered):
    """The process that takes orders."""

    module = "tests.faulty_disk"

    def do(self, order: Order) -> Answer:
        return Answer(*self.order(*astuple(order)))


# What the process does.


def _said(act: Callable[[], object], folder: Path) -> str:
    """Do an act; what became of it."""
    try:
        act()
    except UserError as error:
        return f"refused {error.code}: {error}"
    except Exception as error:
        known = explain(error, folder)
        if known is not None:
            return f"refused {known.code}: {known}"
        return f"crashed {traceback.format_exc()}"
    return "done "


class _Failing:
    """Counts the calls that concern a folder, and lets the ordered one fail."""

    def __init__(self, order: Order) -> None:
        self.order, self.calls, self.failed = order, 0, ""

    def __call__(self, asked: Asked) -> int:
        order = self.order
        over = order.at and self.calls >= order.at and not order.lasting
        if over or not asked.place().startswith(order.folder):
            return 0
        self.calls += 1
        if not order.at or self.calls < order.at:
            return 0
        self.failed = self.failed or asked.call.name
        return order.error


def carry_out(order: Order) -> Answer:
    """Do the order's act in a fork with a disk that fails, and say what became of it."""
    folder = Path(order.folder)

    def work(begin: Callable[[], None]) -> str:
        tempfile.tempdir = str(folder / "tmp")
        act = ACTS[order.act](folder)
        begin()
        return _said(act, folder)

    failing = _Failing(order)
    watched = (at for at, call in CALLS.items() if order.error == errno.EIO or call.takes_room)
    said = watch(work, failing, sorted(watched))
    word, _space, words = said.partition(" ")
    return Answer(word or "crashed", words, failing.calls, failing.failed)


def main() -> None:
    """Do what the orders on standard input say."""
    if FORGETFUL in sys.argv:
        setattr(Journal, "_was_committed", lambda _self, _op_id: False)  # noqa: B010 - for mypy
    warm_up()
    serve(lambda *given: astuple(carry_out(Order(*given))))


if __name__ == "__main__":
    main()
