"""The overview (tổng quan): units against targets, awards; every figure leads to its list."""

from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QMenu, QStackedWidget

from desktop.models.engines.sqlite import Connection
from desktop.programme.calendar import today_in_vietnam
from desktop.programme.standing import Period
from desktop.text import _
from desktop.views.awards_groups import GroupsSheet
from desktop.views.awards_page import AwardsPage
from desktop.views.awards_teams import TeamsSheet
from desktop.views.campaign_sheet import CampaignSheet
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.overview_kinds import KindsPage
from desktop.views.overview_period import PeriodChooser
from desktop.views.overview_reading import read_campaigns
from desktop.views.overview_targets import TargetsPage
from desktop.views.place import Place
from desktop.views.targets_headcounts import HeadcountSheet
from desktop.views.targets_sheet import TargetsSheet
from desktop.views.widgets import ChipRow, button, column, label, line


class OverviewPlace(Place):
    """The whole at a glance."""

    can = frozenset({"new", "import_file", "export_file"})

    def __init__(self, desk: Desk, doing: Doing) -> None:
        super().__init__(desk, doing)
        self.chooser = PeriodChooser()
        self.tabs = ChipRow(
            [("targets", _("Targets")), ("kinds", _("Kinds")), ("awards", _("Awards"))],
            _("Pages of the overview"),
        )
        self.targets = TargetsPage(desk, self.chooser)
        self.kinds = KindsPage(desk, self.chooser)
        self.awards = AwardsPage(desk, doing)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.targets)
        self.pages.addWidget(self.kinds)
        self.pages.addWidget(self.awards)
        self.sheets = button(_("Enter"), tip=_("Targets, headcounts, campaigns, groups, teams"))
        self.sheets.setProperty("hasmenu", "true")
        self.sheets.setMenu(self._menu())
        head = line(label(_("Overview"), role="title"), 4, self.tabs, self.chooser, self.sheets)
        head.setStretch(2, 1)
        whole = column(head, self.pages, margins=(6, 6, 10, 4), spacing=7)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.tabs.chosen.connect(self.show_page)
        self.chooser.chosen.connect(self._count)
        self.targets.wanted.connect(self.open_sheet)
        self.awards.wanted.connect(self.open_sheet)
        desk.changed.connect(self._changed)
        desk.opened.connect(self.refresh)
        desk.dressed.connect(self._dress)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for key, words in (
            ("targets", _("Targets of the units…")),
            ("headcounts", _("Headcounts of the units…")),
            ("campaigns", _("Campaigns…")),
            ("groups", _("Emulation groups…")),
            ("teams", _("Support teams…")),
        ):
            menu.addAction(words, partial(self.open_sheet, key))
        return menu

    def enter(self, wish: object = None) -> None:
        """Count anew; the key of a page opens that page."""
        if isinstance(wish, str) and wish in {"targets", "kinds", "awards"}:
            self.tabs.select(wish)
            self.show_page(wish)
        self.refresh()

    def _changed(self, _touched: object) -> None:
        if self.isVisible():
            self.refresh()

    def _dress(self) -> None:
        self.targets.dress()
        self.kinds.dress()
        self.awards.dress()

    def show_page(self, key: str) -> None:
        """Turn to a page."""
        pages = {"targets": self.targets, "kinds": self.kinds, "awards": self.awards}
        self.pages.setCurrentWidget(pages[key])
        self.chooser.setVisible(key != "awards")
        self.refresh()

    def refresh(self) -> None:
        """Read the campaigns, then what is shown."""
        store = self.desk.store
        if store is None:
            return
        programme = store.programme

        def work(connection: Connection) -> tuple[Period, ...]:
            return read_campaigns(connection, programme)

        self.desk.read(work, self._offer, key="overview periods")

    def _offer(self, campaigns: tuple[Period, ...]) -> None:
        store = self.desk.store
        if store is None:
            return
        today = today_in_vietnam(store.clock())
        self.chooser.offer(store.programme, campaigns, today)
        if self.pages.currentWidget() is self.awards:
            self.awards.offer(store.programme, campaigns, today)
        else:
            self._count()

    def _count(self) -> None:
        """Count what the open page shows."""
        open_page = self.pages.currentWidget()
        (self.kinds if open_page is self.kinds else self.targets).refresh()

    def open_sheet(self, key: str) -> None:
        """Open one of the sheets in which targets and the like are entered."""
        store = self.doing.store()
        if store is None:
            return
        sheet = {
            "targets": TargetsSheet,
            "headcounts": HeadcountSheet,
            "campaigns": CampaignSheet,
            "groups": GroupsSheet,
            "teams": TeamsSheet,
        }[key](self.window(), self.desk, self.doing)
        sheet.open()

    # The window's commands.

    def new(self) -> None:
        """Open an empty form."""
        self.desk.go("entry")

    def import_file(self) -> None:
        """Import a workbook."""
        self.desk.go("exchange", "import")

    def export_file(self) -> None:
        """Export for the portal."""
        self.desk.go("exchange", "export")

    def minimumSizeHint(self) -> QSize:
        """The units scroll."""
        return QSize(780, 400)
