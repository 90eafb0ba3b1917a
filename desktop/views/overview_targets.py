"""The page of the overview that sets the units against their targets."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from desktop.models.engines.sqlite import Connection
from desktop.models.register import Listing
from desktop.programme.wording import amount
from desktop.text import _
from desktop.views.desk import Desk
from desktop.views.overview_pane import COUNTED_NAMES, UnitPane
from desktop.views.overview_period import PeriodChooser
from desktop.views.overview_reading import (
    Board,
    UnitLine,
    listing_of,
    read_arrival,
    read_board,
)
from desktop.views.overview_units import SHOWN, UnitsGrid, UnitsView, figure_name
from desktop.views.register_place import Wish
from desktop.views.widgets import button, card, clear, column, label, line, name, tell

_FIGURES = (
    ("recorded", ""),
    ("entered", "calm"),
    ("eligible", "good"),
    ("review", "warn"),
    ("ineligible", "bad"),
)


class TargetsPage(QWidget):
    """Figures of the period, the units with their bars, the unit beside them.

    *Signals:* ``wanted(sheet)`` asks for a sheet: "targets", "headcounts".
    """

    wanted = Signal(str)

    def __init__(self, desk: Desk, chooser: PeriodChooser) -> None:
        super().__init__()
        self._desk, self._chooser = desk, chooser
        self.board: Board | None = None
        self.cards: QHBoxLayout = line(spacing=8)
        self.grid = UnitsGrid()
        self.table = UnitsView(desk, self.grid)
        self.table.asked.connect(self._list)
        self.table.picked.connect(self._pick)
        self.shown = QComboBox()
        for key, words in SHOWN:
            self.shown.addItem(_(words), key)
        self.shown.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        name(self.shown, _("Which units are shown"))
        self.shown.currentIndexChanged.connect(
            lambda _at: self.table.show_only(self.shown.currentData())
        )
        self.note, self.off = label(tone="quiet", wrap=True), label(tone="warn", wrap=True)
        self.off.hide()
        self.pane = UnitPane(self._act)
        self._compose()

    def _compose(self) -> None:
        plan = button(_("Targets…"), lambda: self.wanted.emit("targets"))
        head = line(self.shown, self.note, plan, margins=(10, 8, 10, 0))
        head.setStretch(1, 1)
        off = line(self.off, margins=(10, 0, 10, 0))
        self.pages = QStackedWidget()
        self.pages.addWidget(self.table)
        self.pages.addWidget(self._empty())
        left = card(column(head, off, self.pages, margins=1, spacing=5))
        self.side: QFrame = card(column(self.pane, margins=1))
        body = line(left, self.side)
        body.setStretch(0, 1)
        whole = column(self.cards, body, spacing=8)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.dress()

    def _empty(self) -> QWidget:
        """What stands in place of units where there are none."""
        made = QWidget()
        enter = button(_("Enter targets"), lambda: self.wanted.emit("targets"), kind="primary")
        said = label(
            _("Paste the table of the plan from Excel or Word; two minutes are enough."),
            tone="quiet",
        )
        title = label(_("No targets have been set yet"), role="title")
        inside = column(None, line(None, title, None), line(None, said, None), 6)
        inside.addLayout(line(None, enter, None))
        inside.addStretch(2)
        made.setLayout(inside)
        return made

    def dress(self) -> None:
        """Take the theme's colours and the font."""
        self.table.dress()
        self.side.setFixedWidth(max(236, self.fontMetrics().averageCharWidth() * 34))
        if self.board is not None:
            self._show_unit(self.table.current)

    def refresh(self) -> None:
        """Count anew."""
        store, period, on = self._desk.store, self._chooser.period, self._chooser.on
        if store is None:
            return
        programme = store.programme

        def work(connection: Connection) -> Board | None:
            return read_board(connection, programme, period, on) if period is not None else None

        self._desk.read(work, self._show, key="overview")

    def _show(self, board: Board | None) -> None:
        if board is None:
            return
        before, self.board = self.board, board
        again = before is not None and before.opened == board.opened
        self._show_cards(board)
        words = _(COUNTED_NAMES[board.counted])
        tell(self.note, _("Measured by what is {what}").format(what=words), "quiet")
        self._show_off(board)
        self.pages.setCurrentIndex(0 if board.planned or len(board.lines) > 1 else 1)
        self.table.show_board(board, again=again)
        self.pane.show_today(board)

    def _show_off(self, board: Board) -> None:
        """Plans that do not add up are shown, and kept as they are (MT-03)."""
        said = [
            _("{unit}: stages {stages}, in all {total}").format(
                unit=one.unit, stages=amount(one.stages), total=amount(one.total)
            )
            for one in board.off_total[:3]
        ]
        more = len(board.off_total) - len(said)
        if more > 0:
            said.append(_("{count} more").format(count=more))
        text = _("The plan does not add up, and is kept as it stands: {units}.")
        self.off.setText(text.format(units="; ".join(said)))
        self.off.setVisible(bool(said))

    def _show_cards(self, board: Board) -> None:
        clear(self.cards)
        total = board.total.standing
        for key, tone in _FIGURES:
            self.cards.addWidget(self._card(board, key, tone), 2)
        counts = total.counts
        money = label(amount(counts.benefit), role="figure")
        text = _("đồng of benefit in one year")
        if counts.unconverted:
            text += " · " + _("{count} not converted").format(count=amount(counts.unconverted))
        said = label(text, tone="quiet", wrap=True)
        self.cards.addWidget(card(column(money, said, spacing=0, margins=(12, 4, 10, 5))), 4)

    def _card(self, board: Board, key: str, tone: str) -> QWidget:
        total = board.total.standing
        words, figure = figure_name(key), amount(total.counts.of(key))
        see = button(words, lambda: self._list(board.total, key), kind="link")
        name(see, f"{figure} {words}")
        number = label(figure, role="figure", tone=tone)
        return card(column(number, line(see, None), spacing=0, margins=(12, 4, 6, 5)))

    def _list(self, one: UnitLine, figure: str) -> None:
        """Open the list behind a figure."""
        if self.board is not None:
            listing = listing_of(self.board, one.standing, figure)
            self._desk.go("initiatives", Wish(listing=listing, unit_name=one.standing.unit))

    def _pick(self, one: object) -> None:
        if isinstance(one, UnitLine):
            self._show_unit(one)

    def _show_unit(self, one: UnitLine | None) -> None:
        board = self.board
        if board is None or one is None:
            return
        self.pane.show_unit(board, one.standing)

        def work(connection: Connection) -> object:
            return read_arrival(connection, board, one.standing)

        self._desk.read(work, self.pane.show_arrival, key="overview arrival")

    def _act(self, wish: object) -> None:
        if isinstance(wish, Listing):
            self._desk.go("initiatives", Wish(listing=wish))
        else:
            self.wanted.emit(str(wish))
