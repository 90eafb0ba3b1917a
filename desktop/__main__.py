"""Starts the program: a window, a command or a worker; decided before any heavy import."""

import gc
import io
import sys
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Protocol

from desktop.app import App, start
from desktop.commands import ARGUMENTS, REPORT, VERBS, WINDOW
from desktop.errors import UserError
from desktop.models.faults import explain
from desktop.progress import CancelledError
from desktop.text import _

if TYPE_CHECKING:
    import argparse

WORKERS = {"--worker": "desktop.exchange.worker", "--press": "desktop.printing.press"}
"""How the program is started to be a process of another's: each is imported only then."""
DONE, PROBLEM, INTERRUPTED = 0, 1, 130


class Verb(Protocol):
    """What a module of desktop.commands offers for a verb."""

    def configure(self, parser: "argparse.ArgumentParser", verb: str) -> None:
        """Add the verb's arguments."""

    def run(self, arguments: "argparse.Namespace", app: App) -> int:
        """Do it; the exit status."""


def main(argv: list[str] | None = None) -> int:
    """Run the program with these arguments; the exit status: 0 done, 1 a problem, 2 wrong usage."""
    arguments = sys.argv[1:] if argv is None else argv
    if _opens_window(arguments):
        # What a start makes stays until the end: looking through it for rubbish costs a sixth of
        # the start. The window looks after it once it is there.
        gc.disable()
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if arguments[:1] and arguments[0] in WORKERS:
        worker: int = import_module(WORKERS[arguments[0]]).main(arguments[1:])
        return worker
    return _run(arguments)


def _run(arguments: list[str]) -> int:
    app: App | None = None
    try:
        app = start()
        parsed, verb = _parse(arguments)
        folder = getattr(parsed, "store", None)
        app.store_folder = Path(folder).resolve() if folder else None
        return verb.run(parsed, app)
    except UserError as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return PROBLEM
    except (CancelledError, KeyboardInterrupt):
        print(_("Stopped. Nothing was changed."), file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        return PROBLEM
    except Exception as error:
        known = explain(error, app.store_folder if app else None)
        if known is not None:
            print(" ".join(str(known).split()), file=sys.stderr)
            return PROBLEM
        place = import_module(REPORT).write_report(app.reports if app else None, error)
        message = _("The program met an error of its own. A report was written to {file}.")
        print(message.format(file=place), file=sys.stderr)
        return PROBLEM


def _parse(arguments: list[str]) -> tuple[Any, Verb]:
    """The arguments and the module of the verb that they name; only that module is imported.

    For the window alone, the usual start, nothing that reads command lines is loaded.
    """
    if _opens_window(arguments):
        folder = arguments[1] if arguments else None
        return SimpleNamespace(verb=None, store=folder), import_module(VERBS[WINDOW].module)
    parsed: tuple[Any, Verb] = import_module(ARGUMENTS).parse(arguments)
    return parsed


def _opens_window(arguments: list[str]) -> bool:
    """Whether it is the usual start: no verb, at most the store's folder."""
    if not arguments:
        return True
    return len(arguments) == 2 and arguments[0] == "--store" and not arguments[1].startswith("-")


if __name__ == "__main__":
    sys.exit(main())
