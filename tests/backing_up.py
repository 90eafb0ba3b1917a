"""A process of its own makes one backup after another until it is killed.

Its orders: the folder of a store, and how many seconds after it was opened to kill.
"""

import os
import signal
import time
from pathlib import Path

from desktop.models import backup
from tests import acts
from tests.orders import Ordered, serve


class BackingUp(Ordered):
    """The process that takes orders."""

    module = "tests.backing_up"

    def kill(self, folder: Path, seconds: float) -> None:
        """Back a store up until so many seconds later."""
        assert self.order(str(folder), seconds) == signal.SIGKILL


def _kill(name: str, seconds: float) -> int:
    """Back up in a fork and kill it; the signal that ended it."""
    end, told = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            store = acts.opened(Path(name).parent, Path(name).name)
            os.write(told, b".")
            while True:
                backup.back_up(store)
        finally:
            os._exit(1)
    os.close(told)
    os.read(end, 1)
    os.close(end)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.WTERMSIG(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    acts.warm_up()
    serve(_kill)
