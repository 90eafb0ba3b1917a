"""The unit beside the table: shares, days, paces, people, benefit; below it what is to be done."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.register import Listing
from desktop.programme.progress import (
    Pace,
    figure_words,
    participation,
    participation_words,
    taking_part,
)
from desktop.programme.standing import UnitStanding
from desktop.programme.wording import amount, share
from desktop.text import N_, _, counted
from desktop.views.overview_reading import REPORT, Arrival, Board, target_of_line
from desktop.views.overview_units import share_words, unit_words
from desktop.views.widgets import button, clear, column, label, line, name, rule, scrolled

COUNTED_NAMES = {
    "entered": N_("entered on the portal"),
    "eligible": N_("entered and eligible"),
    "recorded": N_("recorded"),
}
_SOON = 45
"""Days before the end of a period from which it is shown as a warning."""


def days_words(board: Board) -> tuple[str, str]:
    """How long the period still runs, and the tone to say it in."""
    period, on = board.period, board.on
    if on < period.first:
        days = (period.first - on).days
        return counted("Opens in {count} day", "Opens in {count} days", days).format(
            count=amount(days)
        ), "quiet"
    if on > period.last:
        days = (on - period.last).days
        said = counted("Ended {count} day ago", "Ended {count} days ago", days)
        return said.format(count=amount(days)), "quiet"
    days = (period.last - on).days + 1
    said = counted("{count} day left, today included", "{count} days left, today included", days)
    return said.format(count=amount(days)), "warn" if days <= _SOON else "good"


class UnitPane(QWidget):
    """One unit, or the total, over the period.

    ``act`` is called with what is wanted: "headcounts" or a Listing.
    """

    def __init__(self, act: Callable[[object], None]) -> None:
        super().__init__()
        self._act = act
        self._unit: QVBoxLayout = column(spacing=3)
        self._today: QVBoxLayout = column(spacing=1)
        self.arrival = label(wrap=True)
        inside = QWidget()
        inside.setLayout(column(self._unit, 4, rule(), self._today, None, spacing=6, margins=12))
        self.setLayout(column(scrolled(inside)))
        name(self, _("The unit beside the table"))

    def show_unit(self, board: Board, one: UnitStanding) -> None:
        """Show a unit; when it reached its target follows by ``show_arrival``."""
        clear(self._unit)
        self.arrival = label(tone="good", wrap=True)
        self.arrival.hide()
        self._unit.addWidget(label(unit_words(one), role="heading", wrap=True))
        days, tone = days_words(board)
        span = f"{board.period.first:%d/%m/%Y} – {board.period.last:%d/%m/%Y}"
        self._unit.addWidget(label(span, tone="quiet", wrap=True))
        self._unit.addWidget(label(days, tone=tone, wrap=True))
        self._show_shares(board, one)
        self._unit.addWidget(self.arrival)
        self._show_pace(board, board.pace_of(one))
        self._show_people(board, one)
        self._show_benefit(one)

    def _pair(self, words: str, figure: str, tone: str = "") -> None:
        """A figure at the right of its words."""
        said = label(words, tone="quiet", wrap=True)
        number = label(figure, tone=tone)
        row = line(said, number, spacing=6)
        row.setStretch(0, 1)
        self._unit.addLayout(row)

    def _show_shares(self, board: Board, one: UnitStanding) -> None:
        self._unit.addSpacing(4)
        done = board.start_of(one) + one.measured.of(board.counted)
        words = _(COUNTED_NAMES[board.counted])
        self._pair(_("Counted against the target: {what}").format(what=words), amount(done))
        for target, said in (
            (one.given, _("Target given: {target}")),
            (one.pledged, _("Target pledged: {target}")),
        ):
            if target is not None:
                percent = share_words(board, one, target)
                self._pair(
                    said.format(target=amount(target)), percent, "good" if done >= target else ""
                )
        if target_of_line(one) is None:
            self._unit.addWidget(label(_("No target for this period"), tone="quiet", wrap=True))

    def show_arrival(self, arrival: Arrival) -> None:
        """Say when the target was reached."""
        words = arrival_words(arrival.day, arrival.days)
        self.arrival.setText(words)
        self.arrival.setVisible(bool(words))

    def _show_pace(self, board: Board, found: Pace) -> None:
        self._unit.addSpacing(4)
        self._pair(_("Held a day"), figure_words(found.held))
        if board.on <= board.period.last:
            self._pair(_("Needed a day"), figure_words(found.needed))
            projected = "–" if found.projected is None else amount(found.projected)
            self._pair(_("At this pace by the end"), projected)

    def _show_people(self, board: Board, one: UnitStanding) -> None:
        self._unit.addSpacing(4)
        people = taking_part(one, board.programme)
        rate = participation(people, one.headcount)
        wanted = board.programme.participation
        tone = "quiet" if rate is None else ""
        if rate is not None and wanted is not None:
            tone = "good" if rate >= wanted.percent else "warn"
        words = _("People taking part: {people}").format(people=amount(people))
        if one.headcount is not None:
            words = _("People taking part: {people} of {all}").format(
                people=amount(people), all=amount(one.headcount)
            )
        rounding = board.programme.rounding_of(REPORT)
        self._pair(words, participation_words(rate, rounding), tone)
        if wanted is not None:
            least = _("At least {least} are asked for").format(least=share(wanted.percent))
            self._unit.addWidget(label(least, tone="quiet", wrap=True))
        if rate is None:
            made = button(_("Enter headcounts…"), lambda: self._act("headcounts"), kind="link")
            self._unit.addLayout(line(made, None))

    def _show_benefit(self, one: UnitStanding) -> None:
        self._unit.addSpacing(4)
        self._pair(_("Benefit of one year (đồng)"), amount(one.counts.benefit))
        if one.counts.unconverted:
            self._pair(_("Not converted into money"), amount(one.counts.unconverted), "warn")

    def show_today(self, board: Board) -> None:
        """What waits for somebody."""
        clear(self._today)
        self._today.addWidget(label(_("To do today"), role="heading"))
        counts = board.counts
        for count, words, listing in (
            (counts["incomplete"], _("to be completed"), Listing(shelf="incomplete")),
            (counts["undecided"], _("awaiting recognition"), Listing(shelf="undecided")),
            (counts["unsent"], _("to be entered on the portal"), Listing(shelf="unsent")),
            (board.review, _("to be reviewed"), Listing(verdict="review")),
            (counts["lookalike"], _("look alike: which is right?"), Listing(shelf="lookalike")),
            (counts["draft"], _("drafts"), Listing(shelf="draft")),
        ):
            if count:
                self._today.addWidget(self._task(f"{amount(count)}  {words}", listing))
        if self._today.count() == 1:
            self._today.addWidget(
                label(_("Nothing is waiting. Well done."), tone="good", wrap=True)
            )

    def _task(self, text: str, listing: Listing) -> QWidget:
        return button(text, lambda: self._act(listing), kind="row")


def arrival_words(day: date | None, days: int | None) -> str:
    """When a target was reached, and how many days before the end of the period (CT-06)."""
    if day is None or days is None:
        return ""
    said = counted(
        "Target reached on {day}, {count} day before the end",
        "Target reached on {day}, {count} days before the end",
        days,
    )
    return said.format(day=f"{day:%d/%m/%Y}", count=amount(days))
