"""The list of initiatives (danh sách sáng kiến): search, shelves, table, record beside it."""

from array import array
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QSignalBlocker, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from desktop.models import register
from desktop.models.engines.sqlite import Connection
from desktop.models.register import SHELVES, Listing, RowWindow
from desktop.models.values import ELIGIBILITY_NAMES
from desktop.text import _
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.grid import GridView, RegisterGrid
from desktop.views.place import Place
from desktop.views.places import open_part
from desktop.views.register_columns import SHELF_NAMES, register_columns
from desktop.views.widgets import (
    ChipRow,
    button,
    column,
    label,
    line,
    name,
    name_table,
    set_property,
    tell,
)

_DEBOUNCE = 250
"""Milliseconds after the last key before searching: Vietnamese input sends bursts of keys."""
_DETAIL_NEEDS = 1080
"""Width in pixels below which the record beside the list hides itself."""
_FIRST_SCREEN = 64
_FIRST_HITS = 200
"""So many hits are shown at once, before it is known how many there are."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What another place asks the list for: a listing, a record to stand on, the unit's name."""

    listing: Listing | None = None
    record: int = 0
    unit_name: str = ""


class RegisterPlace(Place):
    """The list of initiatives."""

    can = frozenset(
        {
            "look_up",
            "new",
            "open_current",
            "delete",
            "detail",
            "print_current",
            "import_file",
            "export_file",
        }
    )

    def __init__(self, desk: Desk, doing: Doing) -> None:
        super().__init__(desk, doing)
        self.listing = Listing()
        self.counts: dict[str, int] = {}
        self._acts: Any = None
        self._detail: Any = None
        self._filters: Any = None
        self._wanted = 0
        self._detail_wished: bool | None = None
        self._build_table()
        self._build_filters()
        self._compose()
        desk.changed.connect(self._changed)
        desk.opened.connect(self._store_opened)
        desk.dressed.connect(self._dress)
        if desk.connection is not None:
            self._show_first_screen()
        if desk.store is not None:
            self._store_opened()

    def _build_table(self) -> None:
        self.grid = RegisterGrid(register_columns())
        self.table = GridView(self.grid, self.desk.icons, self.desk.theme)
        name_table(self.table, _("List of initiatives"))
        self.table.opened.connect(lambda key: self.desk.go("entry", key))
        self.table.picked.connect(self._pick)
        self.table.sorted_by.connect(self._sort)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._tell_selection())
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._open_menu)
        header = self.table.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._choose_columns)
        self.table.show_columns(self._hidden())

    def _build_filters(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText(
            _("Search without tone marks: “duong ong nuoc”, title, author, code, unit…  (Ctrl+F)")
        )
        name(self.search, _("Search"))
        self.search.setClearButtonEnabled(True)
        self._icon = QAction(self.search)
        self.search.addAction(self._icon, QLineEdit.ActionPosition.LeadingPosition)
        self._timer = QTimer(self, singleShot=True, interval=_DEBOUNCE)
        self._timer.timeout.connect(self._search)
        self.search.textChanged.connect(lambda _text: self._timer.start())
        self.chips = ChipRow([(key, _(SHELF_NAMES[key])) for key in SHELVES], _("Shelves"))
        self.chips.chosen.connect(lambda key: self._list(replace(self.listing, shelf=key)))
        self.stages = _choice(
            _("Stage"),
            [(_("All stages"), None), (_("Stage 1"), 1), (_("Stage 2"), 2), (_("In no stage"), 0)],
        )
        self.stages.currentIndexChanged.connect(
            lambda _at: self._list(replace(self.listing, stage=self.stages.currentData()))
        )
        names = [(_(text), key) for key, text in ELIGIBILITY_NAMES.items()]
        self.verdicts = _choice(_("Check result"), [(_("All check results"), None), *names])
        self.verdicts.currentIndexChanged.connect(
            lambda _at: self._list(replace(self.listing, verdict=self.verdicts.currentData()))
        )
        self.unit_chip = button("", self._drop_unit, kind="chip", tip=_("Show all units again"))
        self.unit_chip.setCheckable(True)
        name(self.unit_chip, _("Show all units again"))
        self.unit_chip.hide()
        self.more_chip = button("", self._drop_more, kind="chip", tip=_("Drop these filters"))
        self.more_chip.setCheckable(True)
        name(self.more_chip, _("Drop these filters"))
        self.more_chip.hide()
        self.more = button(_("Filters"), tip=_("More filters, and those kept under a name"))
        self.more.setProperty("hasmenu", "true")
        self.more.setMenu(QMenu(self.more))
        self.more.menu().aboutToShow.connect(lambda: self._fill_filters(self.more.menu()))

    def _compose(self) -> None:
        self.add = button(_("Add"), self.new, kind="primary", tip="Ctrl+N")
        self.imports = button(_("Import Excel"), self.import_file, tip="Ctrl+I")
        self.mark = button(_("Mark"), tip=_("Mark the selected initiatives"))
        self.mark.setProperty("hasmenu", "true")
        self.mark.setMenu(QMenu(self.mark))
        self.mark.menu().aboutToShow.connect(lambda: self._fill_menu(self.mark.menu()))
        self.panes = button("", self.detail, tip=_("Show or hide the record beside the list (F4)"))
        name(self.panes, _("Record beside the list"))
        top = line(self.search, self.add, self.imports, self.mark, self.panes)
        top.setStretch(0, 1)
        filters = line(
            self.chips, self.unit_chip, self.more_chip, self.stages, self.verdicts, self.more
        )
        filters.setStretch(0, 1)
        self.empty = EmptyList(self)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.table)
        self.pages.addWidget(self.empty)
        self.side = QFrame()
        self.side.setObjectName("card")
        self.side.setLayout(column(margins=1))
        self.side.setFixedWidth(290)
        self.body = line(self.pages, self.side)
        self.body.setStretch(0, 1)
        self.setLayout(column(top, filters, self.body, margins=(6, 8, 10, 4)))
        self.setFocusProxy(self.table)
        self._dress()

    def _dress(self) -> None:
        icons, theme = self.desk.icons, self.desk.theme
        self._icon.setIcon(icons.icon("search", theme.quiet))
        self.add.setIcon(icons.icon("plus", theme.on_accent))
        for made, icon in (
            (self.imports, "file-import"),
            (self.mark, "checklist"),
            (self.panes, "layout-sidebar-right"),
        ):
            made.setIcon(icons.icon(icon, theme.quiet))
        self.table.dress(theme)
        self.side.setFixedWidth(max(250, self.fontMetrics().averageCharWidth() * 31))

    def _show_first_screen(self) -> None:
        """The first page at once, by LIMIT; the whole order follows from the worker."""
        connection = self.desk.connection
        if connection is None:
            return
        first = register.ids(connection, self.listing, limit=_FIRST_SCREEN)
        self.grid.show_window(RowWindow(connection, first))
        self.grid.sort_by(self.listing.order, descending=self.listing.descending)
        self.pages.setCurrentWidget(self.table if first else self.empty)
        QTimer.singleShot(0, self.refresh)

    def enter(self, wish: object = None) -> None:
        """Show what is wished: a listing or a record."""
        if isinstance(wish, Wish):
            self._wanted = wish.record
            if wish.listing is not None:
                self.unit_chip.setText(f"{wish.unit_name}  ✕")
                name(self.unit_chip, _("Only {unit}").format(unit=wish.unit_name))
                self._list(wish.listing)
            elif wish.record and not self.table.go_to(wish.record):
                self._list(Listing())
        self.table.setFocus()

    def _changed(self, _touched: object) -> None:
        self.refresh()
        if self._filters is not None:
            self._filters.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        self._list(self.listing)

    def _list(self, listing: Listing) -> None:
        """Read a listing on the worker; the old rows stay until the new ones are there."""
        again, self.listing = listing == self.listing, listing
        self.desk.listed = listing
        self._show_filters()
        if self.desk.connection is None:
            return
        limit = None if again else _FIRST_HITS

        def first(connection: Connection) -> "array[int]":
            return register.ids(connection, listing, limit=limit)

        self.desk.read(first, partial(self._show_first, listing, limit), key="listing")

    def _show_first(self, listing: Listing, limit: int | None, ids: "array[int]") -> None:
        """Show the first hits at once; the rest and the counts of the shelves follow."""
        if self.desk.connection is None:
            return

        def counts(connection: Connection) -> dict[str, int]:
            return register.counts(connection, listing)

        def rest(connection: Connection) -> "array[int]":
            return register.ids(connection, listing)

        self._show(listing, ids, whole=limit is None or len(ids) < limit)
        if limit is not None and len(ids) >= limit:
            self.desk.read(rest, self._show_rest, key="listing")
        self.desk.read(counts, partial(self._show_counts, listing), key="listing counts")

    def _show_rest(self, ids: "array[int]") -> None:
        """Put the rest of the list behind the hits that are shown."""
        if self.desk.connection is None:
            return
        self.grid.lengthen(RowWindow(self.desk.connection, ids))
        if self._wanted:
            self.table.go_to(self._wanted)
            self._wanted = 0
        self._tell_selection()

    def _show_counts(self, listing: Listing, counts: dict[str, int]) -> None:
        self.counts = counts
        self.chips.show_counts(counts)
        self.empty.explain(listing, counts.get("total", 0))
        self._tell_selection()

    def _show_filters(self) -> None:
        listing = self.listing
        for widget, value in ((self.stages, listing.stage), (self.verdicts, listing.verdict)):
            with QSignalBlocker(widget):
                widget.setCurrentIndex(max(0, widget.findData(value)))
        if self.search.text().strip() != listing.words:
            with QSignalBlocker(self.search):
                self.search.setText(listing.words)
        self.chips.select(listing.shelf)
        self.unit_chip.setVisible(listing.unit is not None)
        self.unit_chip.setChecked(True)
        words = self._filters.words() if self._filters is not None else ""
        self.more_chip.setText(f"{words}  ✕")
        name(self.more_chip, _("Only {filters}").format(filters=words))
        self.more_chip.setVisible(bool(words))
        self.more_chip.setChecked(True)

    def _show(self, listing: Listing, ids: "array[int]", *, whole: bool) -> None:
        if self.desk.connection is None:
            return
        self.grid.show_window(RowWindow(self.desk.connection, ids))
        self.grid.sort_by(listing.order, descending=listing.descending)
        if self._wanted:
            if self.table.go_to(self._wanted) or whole:
                self._wanted = 0
        elif ids and not self.table.current_id():
            self.table.selectRow(0)
        if not ids and self.table.hasFocus():
            # The table is about to vanish; without this the focus would wander to the edge.
            self.add.setFocus()
        self.pages.setCurrentWidget(self.table if ids else self.empty)
        self._show_side()
        self._tell_selection()

    def _search(self) -> None:
        words = self.search.text().strip()
        if words != self.listing.words:
            self._list(replace(self.listing, words=words))

    def _sort(self, order: str) -> None:
        """Sort by a column; the same column again turns the order round, a third time ends it."""
        self._wanted = self.table.current_id()
        if order != self.listing.order:
            self._list(replace(self.listing, order=order, descending=False))
        elif not self.listing.descending:
            self._list(replace(self.listing, descending=True))
        else:
            self._list(replace(self.listing, order="newest", descending=False))

    def _drop_unit(self) -> None:
        self._list(replace(self.listing, unit=None))

    def _drop_more(self) -> None:
        bare = Listing()
        names = ("category", "group", "field", "portal_state", "dated_by", "since", "until")
        self._list(replace(self.listing, **{one: getattr(bare, one) for one in names}))

    def show_listing(self, listing: Listing, *_checked: object) -> None:
        """Show a listing with all its filters; the unit's name is looked up."""
        if listing.unit is not None and self.desk.connection is not None:
            unit = register.unit_name(self.desk.connection, listing.unit)
            self.unit_chip.setText(f"{unit}  ✕")
        self._list(listing)
        self.table.setFocus()

    def _fill_filters(self, menu: QMenu) -> None:
        menu.clear()
        if self._filters is not None:
            self._filters.fill(menu)

    def drop_filters(self) -> None:
        """Show everything again."""
        self._list(Listing(order=self.listing.order, descending=self.listing.descending))

    def _tell_selection(self) -> None:
        window: Any = self.window()
        if hasattr(window, "tell_list"):
            shown, chosen = self.grid.rowCount(), self.table.selected_count()
            window.tell_list(self.counts, shown, chosen)

    def _store_opened(self) -> None:
        """The whole store is there: the record beside the list, and the acts, can come."""
        self._acts = open_part("acts")(self.desk, self.doing, self)
        self._filters = open_part("filters")(self.desk, self.doing, self)
        self._filters.refresh()
        self._detail = open_part("detail")(self.desk, self.doing)
        layout = self.side.layout()
        if layout is not None:
            layout.addWidget(self._detail)
        self._pick(self.table.current_id())

    def _pick(self, record: int) -> None:
        if self._detail is not None and self.side.isVisibleTo(self):
            self._detail.show_record(record)

    def _fill_menu(self, menu: QMenu) -> None:
        menu.clear()
        if self._acts is not None:
            self._acts.fill(menu)

    def _hidden(self) -> list[str]:
        """The columns that this PC hides."""
        kept = self.desk.app.settings.places.get("initiatives", {})
        return list(kept.get("hidden", ())) if isinstance(kept, dict) else []

    def columns_menu(self) -> QMenu:
        """The columns with a tick each; the title always stays."""
        menu = QMenu(self.table)
        hidden = self._hidden()
        for column_shown in self.grid.columns:
            action = menu.addAction(column_shown.title.replace("\n", " "))
            action.setCheckable(True)
            action.setChecked(column_shown.key not in hidden)
            action.setEnabled(column_shown.key != "title")
            key = column_shown.key
            action.triggered.connect(lambda on, key=key: self._turn_column(key, on))
        menu.addSeparator()
        menu.addAction(_("Show all columns"), partial(self._hide, []))
        return menu

    def _choose_columns(self, at: QPoint) -> None:
        self.columns_menu().exec(self.table.horizontalHeader().mapToGlobal(at))

    def _turn_column(self, key: str, shown: bool) -> None:
        others = [one for one in self._hidden() if one != key]
        self._hide(others if shown else [*others, key])

    def _hide(self, hidden: list[str]) -> None:
        """Hide these columns, and remember it on this PC."""
        settings = self.desk.app.settings
        settings.places["initiatives"] = {"hidden": hidden}
        settings.save()
        self.table.show_columns(hidden)

    def _open_menu(self, at: QPoint) -> None:
        menu = QMenu(self.table)
        self._fill_menu(menu)
        menu.exec(self.table.viewport().mapToGlobal(at))

    @property
    def pending(self) -> bool:
        """Whether a search is still to start."""
        return self._timer.isActive()

    # The window's commands.

    def look_up(self) -> None:
        """Go to the search box."""
        self.search.setFocus()
        self.search.selectAll()

    def new(self) -> None:
        """Open an empty form."""
        self.desk.go("entry", None)

    def open_current(self) -> None:
        """Open the current record's form."""
        if self.table.current_id():
            self.desk.go("entry", self.table.current_id())

    def delete(self) -> None:
        """Move the selected records to the recycle bin."""
        if self._acts is not None:
            self._acts.delete()

    def detail(self) -> None:
        """Show or hide the record beside the list."""
        self._detail_wished = not self.side.isVisible()
        self._show_side()

    def print_current(self) -> None:
        """Print the selected records."""
        self.desk.go("printing", tuple(self.table.selected_ids()))

    def import_file(self) -> None:
        """Import a workbook."""
        self.desk.go("exchange", "import")

    def export_file(self) -> None:
        """Export for the portal."""
        self.desk.go("exchange", "export")

    def _show_side(self) -> None:
        wide = self.width() >= _DETAIL_NEEDS
        wished = wide if self._detail_wished is None else self._detail_wished
        visible = wished and self.pages.currentWidget() is self.table
        if visible != self.side.isVisibleTo(self):
            self.side.setVisible(visible)
            self._pick(self.table.current_id())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down in the search box goes to the rows, Esc there drops the words."""
        if self.search.hasFocus() and event.key() == Qt.Key.Key_Escape:
            self.search.clear()
        elif self.search.hasFocus() and event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return}:
            self.table.setFocus()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide what does not fit."""
        super().resizeEvent(event)
        self._show_side()
        roomy = self.width() >= 900
        for made, words in ((self.imports, _("Import Excel")), (self.mark, _("Mark"))):
            made.setText(words if roomy else "")

    def minimumSizeHint(self) -> QSize:
        """Everything but the search box and a few rows can give way."""
        return QSize(620, 360)


def _choice(spoken: str, entries: list[tuple[str, object]]) -> QComboBox:
    made = QComboBox()
    for text, value in entries:
        made.addItem(text, value)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    name(made, spoken)
    return made


class EmptyList(QWidget):
    """What stands in place of a list without rows: what to do next."""

    def __init__(self, place: RegisterPlace) -> None:
        super().__init__()
        self._place = place
        self._title = label(role="title")
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text = label(tone="quiet")
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._starts = [
            self._start(_("Enter the first initiative"), "plus", place.new),
            self._start(_("Import from Excel"), "file-import", place.import_file),
            self._start(_("See sample data"), "eye", lambda: place.desk.go("welcome", "samples")),
        ]
        self._drop = button(_("Drop the filters"), place.drop_filters, kind="primary")
        row = line(None, *self._starts, self._drop, None, spacing=14)
        self.setLayout(column(None, self._title, self._text, 10, row, None, None))

    def _start(self, words: str, icon: str, act: Callable[[], None]) -> QPushButton:
        made = button(words, act, kind="big")
        made.setIcon(self._place.desk.icons.icon(icon, self._place.desk.theme.calm, 22))
        made.setIconSize(QSize(22, 22))
        return made

    def explain(self, listing: Listing, total: int) -> None:
        """Say why there is nothing to list."""
        for made in self._starts:
            made.setVisible(total == 0)
        filtered = listing != Listing(order=listing.order, descending=listing.descending)
        self._drop.setVisible(total > 0 and filtered)
        if total == 0:
            tell(self._title, _("No initiatives yet"))
            tell(self._text, _("Start with one of these; everything can be undone."), "quiet")
            return
        shelf = _(SHELF_NAMES[listing.shelf])
        tell(self._title, _("Nothing found"))
        if listing.words:
            text = _("No “{words}” under “{shelf}”.").format(words=listing.words, shelf=shelf)
        else:
            text = _("Nothing stands under “{shelf}” with these filters.").format(shelf=shelf)
        tell(self._text, text, "quiet")
        set_property(self._text, "tone", "quiet")
