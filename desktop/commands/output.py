"""How commands print: one JSON document, or lines for people."""

import argparse
import json
import sys
from typing import Any

from desktop.text import _


def whole_number(text: str) -> int:
    """A number of things, 0 or more; the error that the command line shows otherwise."""
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(_("“{text}” is no whole number.").format(text=text))
    return int(text)


def print_json(document: Any) -> None:
    """Print one JSON document and nothing else."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=1, default=str)
    sys.stdout.write("\n")


class Lines:
    """Progress on stderr, one line that renews itself; silent where nobody watches."""

    def __init__(self) -> None:
        self._shown = False

    def step(self, done: int, total: int, doing: str = "") -> None:
        """Show how far the job has come."""
        if sys.stderr.isatty():
            share = f"{done}/{total}" if total else str(done)
            sys.stderr.write(f"\r\x1b[K{doing} {share}")
            self._shown = True

    def end(self) -> None:
        """Clear the line."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
