"""What can be done with the paper that is chosen, besides printing it: one line for each act."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QLayout, QMenu, QPushButton, QWidget

from desktop.printing.papers import PaperKind, Scope, kind
from desktop.progress import Progress
from desktop.tasks import issuing
from desktop.tasks.papers import BLANK, WHOLE, print_papers, prints_each
from desktop.text import N_, _
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.issuing_sheet import IssuingSheet
from desktop.views.signing_sheet import PaperSigning
from desktop.views.stock_offset import StockOffset
from desktop.views.widgets import button, line, name

PREVIEWED, WHOLE_PREVIEWED = 10, 3
"""How many initiatives are drawn for the preview of papers of each, and of whole dossiers."""

MEASURING = frozenset({"award-calibration"})
"""Papers that measure a printer: nobody changes their words."""
LINES = 1000
"""How many lines of a list are drawn for the preview; a longer one takes many seconds."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper and the initiatives it is wanted for."""

    key: str
    ids: tuple[int, ...]

    @property
    def shown(self) -> tuple[int, ...]:
        """Those that the preview draws."""
        if self.kind.scope is Scope.INITIATIVE:
            return self.ids[: WHOLE_PREVIEWED if self.key == WHOLE else PREVIEWED]
        return self.ids[:LINES] if self.kind.scope is Scope.LIST else self.ids

    @property
    def kind(self) -> PaperKind:
        """The kind of paper."""
        return kind(self.key)

    @property
    def is_something(self) -> bool:
        """Whether there is anything to print."""
        return bool(self.ids) or not self.kind.of_initiatives

    @property
    def is_blank(self) -> bool:
        """Whether it is an empty form to fill in."""
        return self.ids == (BLANK,)


class Printing(Protocol):
    """What an act may use of the place: the desk, what is wanted, and the whole file made."""

    desk: Desk
    doing: Doing
    paper: str
    offset: StockOffset

    def window(self) -> QWidget:
        """The window that sheets are opened over."""

    @property
    def wanted(self) -> Wanted:
        """The paper and for whom."""

    def make_whole(self, done: Callable[[Path], None]) -> None:
        """Make the whole PDF on the worker, then hand its temporary file to ``done``."""

    def save_file(self) -> None:
        """Ask where to, and save the whole PDF there."""

    def save_each(self) -> None:
        """Ask for a folder, and save a PDF for each initiative or person there."""

    def save_copy(self) -> None:
        """Ask where to, and save a copy that can be changed in a word processor."""

    def open_other(self) -> None:
        """Open the whole PDF with the program of this PC."""


@dataclass(frozen=True, slots=True)
class PrintingAct:
    """A button of the place: its words and icon, what it is offered for, and what it does.

    It is hidden where ``offered`` says no, and greyed out while there is nothing to print, or where
    ``possible`` says no.
    """

    key: str
    words: str
    icon: str
    act: Callable[[Printing], object]
    offered: Callable[[Wanted], bool] = lambda _wanted: True
    possible: Callable[[Printing], bool] = lambda _place: True
    empty: bool = False


def _issue(place: Printing) -> None:
    """Show the number that the paper would get, and issue it; it is then shown as issued."""
    if place.doing.store() is not None:
        wanted = issuing.Wanted(place.paper, place.wanted.ids, offset=place.offset.value())
        IssuingSheet(
            *(place.window(), place.desk, place.doing, wanted),
            lambda ids: place.desk.go("issued", ids[0]),
        ).open()


def _can_issue(place: Printing) -> bool:
    store = place.desk.store
    return store is not None and not store.read_only and BLANK not in place.wanted.ids


def _sign(place: Printing) -> None:
    """Ask for a certificate, and save the whole PDF signed with it."""
    store, wanted = place.doing.store(), place.wanted
    resources, offset = place.desk.app.resources, place.offset.value()

    def printing(file: Path, progress: Progress) -> None:
        if store is not None:
            print_papers(store, wanted.key, wanted.ids, file, resources, progress, offset)

    if store is not None and wanted.is_something:
        PaperSigning(place.window(), place.desk, place.doing).ask(wanted.kind.name, printing)


ACTS: tuple[PrintingAct, ...] = (
    PrintingAct(
        "issue",
        N_("Give a number and issue…"),
        "check",
        _issue,
        lambda wanted: bool(wanted.kind.type),
        _can_issue,
    ),
    PrintingAct("save", N_("Save as PDF"), "download", lambda place: place.save_file()),
    PrintingAct(
        "each",
        N_("Save each as its own PDF…"),
        "folder",
        lambda place: place.save_each(),
        lambda wanted: prints_each(wanted.kind),
        lambda place: BLANK not in place.wanted.ids,
    ),
    PrintingAct(
        "other",
        N_("Open with another program"),
        "external-link",
        lambda place: place.open_other(),
    ),
    PrintingAct("sign", N_("Sign…"), "pencil", _sign),
    PrintingAct(
        "copy",
        N_("Save a copy to change (.docx)"),
        "file-export",
        lambda place: place.save_copy(),
        lambda wanted: wanted.key not in MEASURING,
    ),
    PrintingAct(
        "wording",
        N_("Wording…"),
        "notebook",
        lambda place: place.desk.go("wording", place.paper),
        empty=True,
    ),
    PrintingAct(
        "issued",
        N_("Issued papers"),
        "checklist",
        lambda place: place.desk.go("issued"),
        empty=True,
    ),
)
"""The acts in their order, the most wanted first; what does not fit goes into a menu."""


class ActRow(QWidget):
    """The acts as buttons in a row; those that do not fit stand in a menu at the end."""

    def __init__(self, place: Printing, acts: Sequence[PrintingAct] = ACTS) -> None:
        super().__init__()
        self._place, self._acts = place, acts
        self._offered: list[str] = [one.key for one in acts]
        self.buttons: dict[str, QPushButton] = {}
        row = line(None, spacing=6)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        for one in acts:
            made = button(_(one.words), partial(one.act, place))
            self.buttons[one.key] = made
            row.addWidget(made)
        self.more = button(_("More"))
        name(self.more, _("More that can be done with this paper"))
        self.more.setMenu(QMenu(self.more))
        self.more.setProperty("hasmenu", "true")
        row.addWidget(self.more)
        self.setLayout(row)

    def dress(self, desk: Desk) -> None:
        """Draw the icons in the colours of the theme."""
        for one in self._acts:
            self.buttons[one.key].setIcon(desk.icons.icon(one.icon, desk.theme.quiet))
        self._arrange()

    def show_for(self, wanted: Wanted, *, ready: bool) -> None:
        """Offer what there is for a paper; ``ready`` says whether there is something to print."""
        self._offered = [one.key for one in self._acts if one.offered(wanted)]
        for one in self._acts:
            possible = one.empty or (ready and one.possible(self._place))
            self.buttons[one.key].setEnabled(possible and one.key in self._offered)
        self._arrange()

    def _arrange(self) -> None:
        """Show as many as there is room for, the others in the menu."""
        room, gap = self.width(), 6
        widths = {key: self.buttons[key].sizeHint().width() + gap for key in self._offered}
        if sum(widths.values()) > room:
            room -= self.more.sizeHint().width() + gap
        menu = self.more.menu()
        menu.clear()
        for one in self._acts:
            offered = one.key in widths
            fits = offered and widths[one.key] <= room
            room = room - widths[one.key] if fits else (0 if offered else room)
            self.buttons[one.key].setVisible(fits)
            if offered and not fits:
                action = QAction(_(one.words), menu)
                action.setEnabled(self.buttons[one.key].isEnabled())
                action.triggered.connect(partial(self._perform, one))
                menu.addAction(action)
        self.more.setVisible(not menu.isEmpty())

    def _perform(self, one: PrintingAct, _on: object = None) -> None:
        one.act(self._place)

    def minimumSizeHint(self) -> QSize:
        """Room for the menu."""
        return QSize(self.more.sizeHint().width() + 6, self.more.sizeHint().height())

    def sizeHint(self) -> QSize:
        """Room for everything that is offered."""
        width = sum(self.buttons[key].sizeHint().width() + 6 for key in self._offered)
        return QSize(width, self.more.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the acts anew."""
        super().resizeEvent(event)
        self._arrange()
