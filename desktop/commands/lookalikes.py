"""Look-alikes: compare what is due or everything, and print the pairs that were found."""

import argparse
import sys
from dataclasses import asdict

from desktop.app import App
from desktop.commands.output import print_json
from desktop.progress import SILENT, Progress
from desktop.tasks.lookalikes import compare, kept_pairs
from desktop.text import _, counted


def configure(parser: argparse.ArgumentParser, verb: str) -> None:
    """The arguments of lookalikes."""
    del verb
    parser.add_argument("--store", metavar="FOLDER", required=True)
    parser.add_argument(
        "--again", action="store_true", help=_("compare everything anew, not only what is due")
    )
    parser.add_argument(
        "--other-units",
        action="store_true",
        help=_("print look-alikes of other units too, which are information only"),
    )
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace, app: App) -> int:
    """Compare, then print the pairs."""
    with app.open_store() as store:
        done = compare(store, everything=arguments.again, progress=_progress())
        lines = list(kept_pairs(store, apart=arguments.other_units))
    if arguments.json:
        pairs = [asdict(line) for line in lines]
        print_json({"compared": done.initiatives, "count": len(lines), "pairs": pairs})
        return 0
    for line in lines:
        print(
            *(
                line.code,
                line.other_code,
                line.why,
                f"{line.score:.0%}",
                f"{line.text:.0%}",
                line.title,
            ),
            *(line.other_title, line.unit, line.other_unit),
            sep="\t",
        )
    text = counted("{count} pair looks alike.", "{count} pairs look alike.", len(lines))
    print(text.format(count=len(lines)))
    return 0


class _Line:
    """Progress as one line of a terminal that is written over."""

    def step(self, done: int, total: int, doing: str = "") -> None:
        print(f"\r{doing} {done}/{total}   ", end="", file=sys.stderr, flush=True)


def _progress() -> Progress:
    return _Line() if sys.stderr.isatty() else SILENT
