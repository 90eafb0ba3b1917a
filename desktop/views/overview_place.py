"""The overview (tổng quan): how far each unit has come, how long stages run, what to do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.models import figures, register
from desktop.models.engines.sqlite import Connection
from desktop.models.figures import UnitProgress
from desktop.models.register import Listing
from desktop.programme.definition import Programme
from desktop.programme.shape import Stage
from desktop.programme.targets import rounded, share_of_target
from desktop.text import _, counted
from desktop.views.amounts import grouped
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.place import Place
from desktop.views.register_place import Wish
from desktop.views.widgets import button, card, clear, column, label, line, name, scrolled

_SOON = 45
"""Days before the end of a stage from which it is shown as a warning."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the overview shows."""

    units: list[UnitProgress]
    overall: UnitProgress
    counts: dict[str, int]


class Bar(QWidget):
    """A bar of what was done against a target; past 100 % it is drawn on past the mark."""

    def __init__(self, desk: Desk, done: int, target: int | None, scale: float) -> None:
        super().__init__()
        self._desk, self._done, self._target, self._scale = desk, done, target, scale
        share = share_of_target(done, target)
        spoken = _("{done} of {target}").format(done=done, target=target or "–")
        name(self, spoken if share is None else f"{spoken}, {share:.1f} %")
        self.setMinimumHeight(self.fontMetrics().height() + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, what was done, what goes past the mark, the mark."""
        del event
        theme, painter = self._desk.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        room = QRectF(0, 4, self.width() - 2, self.height() - 8)
        mark = room.width() / self._scale
        painter.setBrush(QColor(theme.soft))
        painter.drawRoundedRect(QRectF(0, room.top(), mark, room.height()), 4, 4)
        if self._target:
            share = self._done / self._target
            painter.setBrush(QColor(theme.good if share >= 1 else theme.accent))
            painter.drawRoundedRect(
                QRectF(0, room.top(), min(share, self._scale) * mark, room.height()), 4, 4
            )
        painter.setBrush(QColor(theme.text))
        painter.drawRect(QRectF(mark - 1, 1, 2, self.height() - 2))
        painter.end()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(260, self.fontMetrics().height() + 8)


class OverviewPlace(Place):
    """The whole at a glance; every figure leads to its list."""

    can = frozenset({"new", "import_file", "export_file"})

    def __init__(self, desk: Desk, doing: Doing) -> None:
        super().__init__(desk, doing)
        self._figures = line(spacing=10)
        self._units = QGridLayout()
        self._units.setHorizontalSpacing(12)
        self._units.setVerticalSpacing(8)
        self._stages: QVBoxLayout = column(spacing=6)
        self._today: QVBoxLayout = column(spacing=2)
        inside = QWidget()
        inside.setLayout(column(self._units, None, margins=14))
        self._plan = label(role="heading", wrap=True)
        left = card(column(line(self._plan, margins=(14, 11, 14, 0)), scrolled(inside), margins=1))
        right = QWidget()
        right.setLayout(
            column(
                card(column(label(_("Stages"), role="heading"), self._stages, margins=14)),
                card(
                    column(label(_("To do today"), role="heading"), self._today, None, margins=14)
                ),
                spacing=10,
            )
        )
        right.setFixedWidth(300)
        body = line(left, right, spacing=10)
        body.setStretch(0, 1)
        head = label(_("Overview"), role="title")
        whole = column(head, self._figures, body, margins=(6, 8, 10, 6), spacing=10)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        desk.changed.connect(self._changed)
        desk.opened.connect(self.refresh)
        desk.dressed.connect(self.refresh)

    def enter(self, wish: object = None) -> None:
        """Count anew."""
        del wish
        self.refresh()

    def _changed(self, _touched: object) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Count anew."""
        store = self.desk.store
        if store is None:
            return
        code = store.programme.code

        def work(connection: Connection) -> Standing:
            return Standing(
                figures.progress(connection, code),
                figures.overall(connection),
                register.counts(connection, Listing()),
            )

        self.desk.read(work, self._show, key="overview")

    def _show(self, standing: Standing) -> None:
        store = self.desk.store
        if store is None:
            return
        self._show_figures(standing)
        self._show_units(standing.units, store.programme)
        self._show_stages(store.programme, store.clock())
        self._show_today(standing)

    def _show_figures(self, standing: Standing) -> None:
        clear(self._figures)
        whole = standing.overall
        for figure, words, tone, listing in (
            (whole.recorded, _("recorded"), "", Listing()),
            (whole.entered, _("entered on the portal"), "calm", Listing(order="portal")),
            (whole.eligible, _("eligible"), "good", Listing(verdict="eligible")),
            (whole.review, _("to be reviewed"), "warn", Listing(verdict="review")),
            (whole.ineligible, _("not eligible"), "bad", Listing(verdict="ineligible")),
        ):
            self._figures.addWidget(self._figure(grouped(figure), words, tone, listing), 1)
        money = label(grouped(whole.benefit), role="figure")
        said = label(_("đồng of benefit in one year"), tone="quiet")
        self._figures.addWidget(card(column(money, said, spacing=0, margins=(14, 8, 14, 8))), 2)

    def _figure(self, figure: str, words: str, tone: str, listing: Listing) -> QWidget:
        see = button(words, self._seeing(Wish(listing=listing)), kind="link")
        name(see, f"{figure} {words}")
        number = label(figure, role="figure", tone=tone)
        return card(column(number, line(see, None), spacing=0, margins=(14, 8, 8, 8)))

    def _seeing(self, wish: Wish) -> Callable[[], None]:
        return lambda: self.desk.go("initiatives", wish)

    def _show_units(self, units: list[UnitProgress], programme: Programme) -> None:
        clear(self._units)
        self._plan.setText(
            _("Units against their targets: {programme}").format(programme=programme.label)
            if units
            else _("No targets have been set yet")
        )
        shares = [one.entered / one.targets["total"] for one in units if one.targets.get("total")]
        scale = min(max([1.15, *(share * 1.05 for share in shares)]), 2.5)
        heads = (_("Unit"), "", _("Entered / target"), _("Share"))
        for at, head in enumerate(heads if units else ()):
            self._units.addWidget(label(head, tone="quiet"), 0, at)
        for row, one in enumerate(units, start=1):
            self._show_unit(row, one, scale, programme)
        self._units.setColumnStretch(1, 1)

    def _show_unit(self, row: int, one: UnitProgress, scale: float, programme: Programme) -> None:
        target = one.targets.get("total")
        wish = Wish(listing=Listing(unit=one.unit_id), unit_name=one.unit)
        see = button(one.unit, self._seeing(wish), kind="link")
        self._units.addWidget(see, row, 0)
        self._units.addWidget(Bar(self.desk, one.entered, target, scale), row, 1)
        text = f"{grouped(one.entered)} / {grouped(target) if target is not None else '–'}"
        count = label(text)
        count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._units.addWidget(count, row, 2)
        share = share_of_target(one.entered, target)
        shown = (
            "–" if share is None else f"{rounded(share, programme.rounding)} %".replace(".", ",")
        )
        percent = label(shown, tone="good" if share is not None and share >= 100 else "")
        percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._units.addWidget(percent, row, 3)

    def _show_stages(self, programme: Programme, now: datetime) -> None:
        clear(self._stages)
        for stage in programme.stages:
            words, tone = stage_words(stage, now)
            dates = f"{stage.upload_from:%d/%m/%Y} – {stage.upload_before:%d/%m/%Y}"
            head = label(stage.label or _("Stage {number}").format(number=stage.number), wrap=True)
            said = label(words, tone=tone, wrap=True)
            self._stages.addLayout(column(head, label(dates, tone="quiet"), said, spacing=0))

    def _show_today(self, standing: Standing) -> None:
        clear(self._today)
        counts, whole = standing.counts, standing.overall
        for count, words, listing in (
            (counts["incomplete"], _("to be completed"), Listing(shelf="incomplete")),
            (counts["undecided"], _("awaiting recognition"), Listing(shelf="undecided")),
            (counts["unsent"], _("to be entered on the portal"), Listing(shelf="unsent")),
            (whole.review, _("to be reviewed"), Listing(verdict="review")),
            (counts["lookalike"], _("look alike: which is right?"), Listing(shelf="lookalike")),
            (counts["draft"], _("drafts"), Listing(shelf="draft")),
        ):
            if count:
                text = f"{grouped(count)}  {words}"
                self._today.addWidget(button(text, self._seeing(Wish(listing=listing)), kind="row"))
        if self._today.count() == 0:
            self._today.addWidget(
                label(_("Nothing is waiting. Well done."), tone="good", wrap=True)
            )

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


def stage_words(stage: Stage, now: datetime) -> tuple[str, str]:
    """How long a stage still runs, and the tone to say it in."""
    if now < stage.upload_from:
        days = (stage.upload_from.date() - now.date()).days
        said = counted("Opens in {count} day", "Opens in {count} days", days)
        return said.format(count=days), "quiet"
    if now >= stage.upload_before:
        days = (now.date() - stage.upload_before.date()).days
        said = counted("Closed {count} day ago", "Closed {count} days ago", days)
        return said.format(count=grouped(days)), "quiet"
    days = (stage.upload_before.date() - now.date()).days
    said = counted("{count} day left", "{count} days left", days)
    return said.format(count=grouped(days)), "warn" if days <= _SOON else "good"
