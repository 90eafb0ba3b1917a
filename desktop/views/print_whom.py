"""For whom a paper is printed: a group with its count, a session, or initiatives ticked in a list.

Beside it stands how many of them lack something for the paper that is chosen.
"""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QWidget,
)

from desktop.models import reading, register, sittings
from desktop.models.engines.sqlite import Connection
from desktop.models.reading import SessionLine
from desktop.models.register import Listing, RowWindow
from desktop.tasks.completeness import Lack
from desktop.tasks.papers import BLANK
from desktop.text import N_, _
from desktop.views.amounts import grouped, shown_date
from desktop.views.desk import Desk
from desktop.views.printing_acts import Wanted
from desktop.views.ticking import Index, LineView, TickGrid, TickList
from desktop.views.widgets import button, column, label, name, name_table, plain, tell

LISTINGS: Mapping[str, Listing] = {
    "all": Listing(order="code"),
    "eligible": Listing(order="code", verdict="eligible"),
    "recognised": Listing(order="code", shelf="recognised"),
    "unsent": Listing(order="code", shelf="unsent"),
}
"""The groups that are always offered, as listings."""

GROUPS: tuple[tuple[str, str], ...] = (
    ("selection", N_("The selection")),
    ("listed", N_("What the list shows now")),
    ("all", N_("All initiatives")),
    ("eligible", N_("The eligible ones")),
    ("recognised", N_("The recognised ones")),
    ("unsent", N_("Those not sent yet")),
    ("session", N_("A council's session")),
    ("ticks", N_("Tick from the list")),
    ("blank", N_("An empty form to fill in")),
)
"""For whom a paper can be printed: key and words."""

LOOKED_THROUGH = 2000
"""So many dossiers are looked through for what they lack; of more, the first ones."""
_BELOW, _FEW_LINES = 190, 100
"""Pixels that stay for what is below the groups, and of them for the list of initiatives."""
_KEY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Found:
    """What was read: the counts of the groups, the sessions, and the ids of the group chosen."""

    counts: Mapping[str, int]
    sessions: tuple[SessionLine, ...]
    group: str
    ids: tuple[int, ...]


class _Members(TickGrid):
    """The initiatives of a group as plain lines."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Code, title and author; no tick."""
        return None if role == Qt.ItemDataRole.CheckStateRole else super().data(index, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Lines to look at."""
        del index
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class PrintWhom(QWidget):
    """The choice for whom.

    *Signals:* ``chosen()`` when another group, session or tick was chosen and read; ``asked()``
    when the user wants to see what is missing; ``pointed(at)`` when one of the initiatives was
    turned to, by its place.
    """

    chosen = Signal()
    asked = Signal()
    pointed = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.group = "all"
        self.selection: tuple[int, ...] = ()
        self.ids: tuple[int, ...] = ()
        self.is_read = False
        self._sessions: tuple[SessionLine, ...] = ()
        self.list = QListWidget()
        self.list.setObjectName("papers")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        name(self.list, _("For whom"))
        for key, words in GROUPS:
            item = QListWidgetItem(_(words))
            item.setData(_KEY, key)
            item.setSizeHint(QSize(0, self.fontMetrics().height() + 9))
            self.list.addItem(item)
        self.list.currentItemChanged.connect(lambda item, _before: self._turn(item))
        self._compose()

    def _compose(self) -> None:
        self.session = QComboBox()
        self.session.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.session.setMinimumContentsLength(14)
        name(self.session, _("Session"))
        self.session.currentIndexChanged.connect(lambda _at: self.read())
        self.ticks = TickList(self._desk, _("Initiatives to print for"), narrow=True)
        self.ticks.setMinimumHeight(_FEW_LINES)
        self.ticks.edited.connect(self._ticked)
        self.note = label(tone="quiet", wrap=True)
        self.missing = button("", self.asked.emit, kind="link")
        self._grid, self.members = _Members(), LineView()
        self.members.setModel(self._grid)
        name_table(self.members, _("Who it is printed for"), _("Enter opens the initiative."))
        self.members.activated.connect(
            lambda index: self._desk.go("entry", self._grid.ids()[index.row()])
        )
        self.members.selectionModel().currentChanged.connect(
            lambda index, _before: self.pointed.emit(index.row())
        )
        self.pages = QStackedWidget()
        session = column(self.session, self.members, spacing=6)
        group = QWidget()
        group.setLayout(session)
        for page in (group, self.ticks):
            self.pages.addWidget(page)
        self.missing.hide()
        body = column(self.list, self.pages, self.note, self.missing, spacing=6)
        body.setStretch(1, 1)
        self.setLayout(body)

    def choose(self, group: str) -> None:
        """Take a group and read who is in it."""
        self.group = group
        with QSignalBlocker(self.list):
            for row, (key, _words) in enumerate(GROUPS):
                if key == group:
                    self.list.setCurrentRow(row)
        self.read()

    def _turn(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.group = item.data(_KEY)
            self.read()

    def _ticked(self) -> None:
        if self.group == "ticks":
            self.ids = self.ticks.chosen()
            self._show_count("ticks", len(self.ids))
            self.chosen.emit()

    @property
    def _listed(self) -> Listing | None:
        """What the list of initiatives is narrowed to; None where it shows everything."""
        listing = self._desk.listed
        if listing is None or replace(listing, order="code", descending=False) == LISTINGS["all"]:
            return None
        return listing

    def read(self) -> None:
        """Read the counts, the sessions, and who is in the group that is chosen."""
        if self._desk.connection is None:
            return
        if self.group == "listed" and self._listed is None:
            self.group = "all"
        group, session = self.group, self.session.currentData()
        listings = dict(LISTINGS)
        if self._listed is not None:
            listings["listed"] = self._listed
        known = {
            "selection": self.selection,
            "ticks": self.ticks.chosen(),
            "blank": (BLANK,),
        }

        def work(connection: Connection) -> Found:
            counts = {key: register.count(connection, one) for key, one in listings.items()}
            sessions = tuple(reading.sessions(connection))
            ids = known.get(group, ())
            if group in listings:
                ids = tuple(register.ids(connection, listings[group]))
            elif group == "session" and sessions:
                kept = session if session is not None else sessions[0].id
                ids = sittings.initiatives_of(connection, kept)
            counts |= {key: len(each) for key, each in known.items()}
            return Found(counts, sessions, group, ids)

        self._desk.read(work, self._show, key="print-groups")

    def _show(self, found: Found) -> None:
        if found.group != self.group:
            return
        self.ids, self.is_read = found.ids, True
        with QSignalBlocker(self.list), QSignalBlocker(self.session):
            self._show_sessions(found.sessions)
            for row, (key, words) in enumerate(GROUPS):
                self._show_group(self.list.item(row), key, _(words), found)
        self._show_page()
        self.chosen.emit()

    def _show_group(self, item: QListWidgetItem, key: str, words: str, found: Found) -> None:
        """Write the count behind a group; groups that make no sense now are hidden."""
        count = found.counts.get(key)
        uncounted = key in {"blank", "session"} or count is None
        item.setText(words if uncounted else f"{words}  ({grouped(count or 0)})")
        item.setToolTip(plain(item.text()))
        gone = (
            (key == "selection" and not count)
            or (key == "listed" and count is None)
            or (key == "session" and not found.sessions)
        )
        item.setHidden(gone)
        if key == self.group:
            self.list.setCurrentItem(item)

    def _show_count(self, group: str, count: int) -> None:
        for row, (key, words) in enumerate(GROUPS):
            if key == group:
                self.list.item(row).setText(f"{_(words)}  ({grouped(count)})")

    def _show_sessions(self, sessions: tuple[SessionLine, ...]) -> None:
        if sessions == self._sessions:
            return
        self._sessions, kept = sessions, self.session.currentData()
        self.session.clear()
        for one in sessions:
            self.session.addItem(f"{shown_date(one.held)} · {one.council}", one.id)
        self.session.setCurrentIndex(max(0, self.session.findData(kept)))

    def _show_page(self) -> None:
        ticking = self.group == "ticks"
        if ticking and self.pages.currentIndex() == 0:
            self.ticks.refresh()
        self.pages.setCurrentIndex(int(ticking))
        self.session.setVisible(self.group == "session")
        ids = [each for each in self.ids if each != BLANK]
        if self._desk.connection is not None and not ticking:
            self._grid.show_window(RowWindow(self._desk.connection, array("q", ids)))
        self.members.setVisible(bool(ids))
        self._fit_list()

    def _fit_list(self) -> None:
        """Make the list of groups as high as its lines, where there is room."""
        rows = [row for row in range(self.list.count()) if not self.list.item(row).isHidden()]
        needed = sum(self.list.sizeHintForRow(row) for row in rows) + 6
        self.list.setFixedHeight(min(needed, max(100, self.height() - _BELOW)))

    def tell(self, wanted: Wanted) -> None:
        """Say for how many a paper is made, or that it needs nobody chosen."""
        self.list.setEnabled(wanted.kind.of_initiatives)
        self.pages.setEnabled(wanted.kind.of_initiatives)
        if not wanted.kind.of_initiatives:
            text = _("This paper is about the whole office: nobody is to be chosen.")
        elif wanted.is_blank:
            text = _("Printed with dots, to be filled in by hand.")
        elif not wanted.ids:
            text = _("Nobody is chosen. The page beside shows a made-up example.")
        else:
            text = _("Initiatives: {count}.").format(count=grouped(len(wanted.ids)))
            if len(wanted.shown) < len(wanted.ids):
                text += " " + _("The preview shows the first {count}.").format(
                    count=len(wanted.shown)
                )
        tell(self.note, text, "quiet")

    def show_lacks(self, lacks: tuple[Lack, ...], looked: int) -> None:
        """Say how many of those looked through lack something; none: nothing is said."""
        self.missing.setVisible(bool(lacks))
        text = _("{count} dossiers lack something…").format(count=grouped(len(lacks)))
        if looked >= LOOKED_THROUGH:
            text = _("Incomplete: {count} of {looked}…").format(
                count=grouped(len(lacks)), looked=grouped(looked)
            )
        self.missing.setText(text)
        name(self.missing, text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self._fit_list()

    @property
    def pending(self) -> bool:
        """Whether a search in the ticks is still to start."""
        return self.ticks.pending

    def minimumSizeHint(self) -> QSize:
        """The groups and a few lines."""
        return QSize(190, 180)
