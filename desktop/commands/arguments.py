"""Reading a command line with a verb or an option of its own."""

import argparse
from importlib import import_module
from typing import Any

from desktop import __version__
from desktop.commands import VERBS, WINDOW
from desktop.text import _


def parse(arguments: list[str]) -> tuple[argparse.Namespace, Any]:
    """The arguments and the module of the verb that they name; only that module is imported."""
    parser = argparse.ArgumentParser(
        prog="sosangkien", description=_("Keeps workers' initiatives.")
    )
    parser.add_argument("--version", action="version", version=f"sosangkien {__version__}")
    parser.add_argument("--store", metavar="FOLDER", help=_("the store to open"))
    verbs = parser.add_subparsers(dest="verb", metavar="VERB")
    named = _named(arguments)
    module: Any = None
    for name, verb in VERBS.items():
        if name == WINDOW:
            continue
        sub = verbs.add_parser(name, help=_(verb.help), description=_(verb.help))
        if name == named:
            module = import_module(verb.module)
            module.configure(sub, name)
    parsed = parser.parse_args(arguments)
    return parsed, module or import_module(VERBS[WINDOW].module)


def _named(arguments: list[str]) -> str | None:
    """The verb asked for: the first word that is neither an option nor the store's folder."""
    rest = iter(arguments)
    for word in rest:
        if word == "--store":
            next(rest, None)
        elif not word.startswith("-"):
            return word
    return None
