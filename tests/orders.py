"""A process of its own that takes orders: one line of JSON each, answered by one line of JSON.

It has loaded everything once; each order is done in a fork of it, which may be killed.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parent.parent


class Ordered:
    """The process, seen from who gives the orders; ``module`` is what it runs."""

    module = ""

    def __init__(self, *options: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", self.module, *options],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def order(self, *given: object) -> Any:
        """Give an order, and wait for the answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(given) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate()


def serve(do: Callable[..., object]) -> None:
    """Do what the orders on standard input say."""
    for line in sys.stdin:
        sys.stdout.write(json.dumps(do(*json.loads(line))) + "\n")
        sys.stdout.flush()
