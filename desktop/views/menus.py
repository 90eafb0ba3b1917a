"""The menus and their keys: what each command is called, and where it stands."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow

from desktop.text import N_, _
from desktop.views.places import FURTHER, NAVIGATION


class Command(NamedTuple):
    """One command: its key in ``Place.can`` or of the window, its words, its keys."""

    key: str
    words: str
    keys: tuple[str, ...] = ()


MENUS: tuple[tuple[str, tuple[Command | None, ...]], ...] = (
    (
        N_("&File"),
        (
            Command("new", N_("Add an initiative"), ("Ctrl+N", "Ctrl+Ins")),
            Command("open_current", N_("Open"), ("F2",)),
            Command("save", N_("Save"), ("Ctrl+S",)),
            Command("save_and_add", N_("Save and add another"), ("Ctrl+Return", "Ctrl+Enter")),
            Command("close_form", N_("Close the form"), ("Esc",)),
            None,
            Command("import_file", N_("Import a workbook…"), ("Ctrl+I",)),
            Command("export_file", N_("Export for the portal…"), ("Ctrl+E",)),
            Command("print_current", N_("Print…"), ("Ctrl+P",)),
            None,
            Command("open_other", N_("Open another store…")),
            Command("quit", N_("Quit"), ("Ctrl+Q",)),
        ),
    ),
    (
        N_("&Edit"),
        (
            Command("undo", N_("Undo"), ("Ctrl+Z",)),
            Command("redo", N_("Redo"), ("Ctrl+Y",)),
            None,
            Command("look_up", N_("Search"), ("Ctrl+F",)),
            Command("delete", N_("Move to the recycle bin"), ("Del",)),
            None,
            Command("add_line", N_("Add a line"), ("F5",)),
            Command("drop_line", N_("Take the line out"), ("F6",)),
        ),
    ),
    (
        N_("&View"),
        (
            Command("detail", N_("Record beside the list"), ("F4",)),
            None,
            Command("larger", N_("Larger letters"), ("Ctrl+=", "Ctrl++")),
            Command("smaller", N_("Smaller letters"), ("Ctrl+-",)),
            Command("usual", N_("Usual letters"), ("Ctrl+0",)),
            Command("other_theme", N_("Light or dark")),
        ),
    ),
    (
        N_("&Help"),
        (
            Command("help_field", N_("Help on this field"), ("F1",)),
            Command("show_keys", N_("Keys"), ("Ctrl+/",)),
            Command("about", N_("About the program")),
        ),
    ),
)


def build_menus(window: QMainWindow, perform: Callable[[str], object]) -> dict[str, QAction]:
    """Fill the window's menu bar; the actions by key of their command."""
    actions: dict[str, QAction] = {}
    for number, (title, commands) in enumerate(MENUS):
        menu = window.menuBar().addMenu(_(title))
        menu.setToolTipsVisible(False)
        for command in commands:
            if command is None:
                menu.addSeparator()
                continue
            action = menu.addAction(_(command.words))
            action.setShortcuts([QKeySequence(keys) for keys in command.keys])
            action.triggered.connect(lambda _on=False, key=command.key: perform(key))
            actions[command.key] = action
        if number == 2:
            menu.addSeparator()
            actions |= _place_actions(window, menu.addAction, perform)
    return actions


def _place_actions(
    window: QMainWindow, add: Callable[[str], QAction], perform: Callable[[str], object]
) -> dict[str, QAction]:
    """One action a place, with Ctrl and its number."""
    actions = {}
    places = (*((place, word) for place, _icon, word in NAVIGATION), *FURTHER)
    for number, (place, word) in enumerate(places, start=1):
        action = add(_(word))
        action.setParent(window)
        action.setShortcut(QKeySequence(f"Ctrl+{number}"))
        action.triggered.connect(lambda _on=False, place=place: perform(f"go:{place}"))
        actions[f"go:{place}"] = action
    return actions
