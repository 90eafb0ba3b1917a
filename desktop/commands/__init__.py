"""The command line: the table of verbs and the modules that do them, imported when asked for."""

from typing import NamedTuple

from desktop.text import N_

WINDOW = "window"
"""The verb that is meant where none is named."""
REPORT = "desktop.commands.report"
"""The module that writes what is known of a bug, imported when there is one."""
ARGUMENTS = "desktop.commands.arguments"
"""The module that reads a command line with a verb, imported when there is one."""


class VerbLine(NamedTuple):
    """A verb: the module that does it and what it is for."""

    module: str
    help: str


VERBS = {
    "window": VerbLine("desktop.commands.window", N_("Open the program")),
    "new": VerbLine("desktop.commands.stores", N_("Make a new store")),
    "demo": VerbLine("desktop.commands.demo", N_("Make a store with samples and do the main job")),
    "template": VerbLine("desktop.commands.files", N_("Write the empty workbook to fill in")),
    "import": VerbLine("desktop.commands.files", N_("Read a workbook of initiatives into a store")),
    "export": VerbLine("desktop.commands.files", N_("Write the workbook for the portal")),
    "check": VerbLine(
        "desktop.commands.records", N_("Check every initiative against the programme")
    ),
    "targets": VerbLine(
        "desktop.commands.targets", N_("Show how far units have come towards their targets")
    ),
    "awards": VerbLine(
        "desktop.commands.awards", N_("Show who is on the shortlists for awards, and why")
    ),
    "programmes": VerbLine("desktop.commands.programmes", N_("List the programmes")),
    "programme": VerbLine(
        "desktop.commands.programmes", N_("A programme's definition: check, copy, print its rules")
    ),
    "lookalikes": VerbLine(
        "desktop.commands.lookalikes", N_("Find initiatives that may be the same")
    ),
    "find": VerbLine("desktop.commands.records", N_("Find initiatives by words")),
    "print": VerbLine("desktop.commands.papers", N_("Print a paper to a PDF file")),
    "issue": VerbLine("desktop.commands.issuing", N_("Give a paper its number and issue it")),
    "issued": VerbLine("desktop.commands.issuing", N_("List the papers that were issued")),
    "reprint": VerbLine("desktop.commands.issuing", N_("Print an issued paper again")),
    "void": VerbLine("desktop.commands.issuing", N_("Void an issued paper; its number stays used")),
    "forms": VerbLine(
        "desktop.commands.forms", N_("The wording of papers: show, change, reset, hand on")
    ),
    "score": VerbLine(
        "desktop.commands.scoring", N_("Score sheets that came back: what a code names, the points")
    ),
    "sign": VerbLine("desktop.commands.signing", N_("Sign a printed paper with a certificate")),
    "history": VerbLine("desktop.commands.records", N_("Show what was done, newest first")),
    "undo": VerbLine("desktop.commands.records", N_("Undo what was done last")),
    "backup": VerbLine("desktop.commands.stores", N_("Make a verified backup")),
    "restore": VerbLine("desktop.commands.stores", N_("Put a backup in place of a store")),
    "verify": VerbLine("desktop.commands.stores", N_("Look for damage in a store")),
    "screenshot": VerbLine("desktop.commands.window", N_("Draw a place of the program to a file")),
    "self-test": VerbLine(
        "desktop.commands.self_test", N_("Do a little of everything, and say how")
    ),
    "text": VerbLine("desktop.commands.text", N_("Vietnamese text: fold, sort, words, decode")),
}
"""The only way a module of commands is reached; one of the program's two tables of lazy imports."""
