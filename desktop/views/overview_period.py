"""Choosing the period that is looked at, and the day as of which."""

from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from desktop.programme import periods
from desktop.programme.shape import Programme
from desktop.programme.standing import Period
from desktop.text import N_, _
from desktop.vietnamese.dates import PartialDate
from desktop.views.boxes import DateBox
from desktop.views.overview_reading import KINDS
from desktop.views.widgets import label, line, name

KIND_NAMES = {
    "programme": N_("Whole programme"),
    "stage": N_("Stage"),
    "year": N_("Year"),
    "quarter": N_("Quarter"),
    "month": N_("Month"),
    "week": N_("Week"),
    "campaign": N_("Campaign"),
}


def periods_of(kind: str, programme: Programme, campaigns: tuple[Period, ...]) -> list[Period]:
    """The periods of a kind that are offered, in order."""
    return list(campaigns) if kind == "campaign" else list(periods.periods(kind, programme))


def usual_period(found: list[Period], today: date) -> int:
    """The place of the period that runs today, else of the last one that has begun."""
    running = [at for at, one in enumerate(found) if one.first <= today <= one.last]
    begun = [at for at, one in enumerate(found) if one.first <= today]
    return (running or begun or [0])[-1]


class PeriodChooser(QWidget):
    """Kind of period, the period, and the day as of which is counted.

    *Signals:* ``chosen()`` when another period or day is asked for.
    """

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._programme: Programme | None = None
        self._campaigns: tuple[Period, ...] = ()
        self._today = date.min
        self.kind, self.which, self.day = QComboBox(), QComboBox(), DateBox()
        for key in KINDS:
            self.kind.addItem(_(KIND_NAMES[key]), key)
        for box in (self.kind, self.which):
            box.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.which.setMaximumWidth(260)
        name(self.kind, _("Kind of period"))
        name(self.which, _("Period"))
        name(self.day, _("As of the day"))
        self.day.setFixedWidth(104)
        self.kind.currentIndexChanged.connect(lambda _at: self._turn())
        self.which.currentIndexChanged.connect(lambda _at: self.chosen.emit())
        self.day.editingFinished.connect(self._read_day)
        self._read = date.min
        self.setLayout(line(self.kind, self.which, label(_("As of"), tone="quiet"), self.day))

    def offer(self, programme: Programme, campaigns: tuple[Period, ...], today: date) -> None:
        """Offer the periods of a programme; what is chosen stays where it can."""
        same = self._programme is not None and self._programme.code == programme.code
        if same and self._campaigns == campaigns and self._programme == programme:
            return
        self._programme, self._campaigns = programme, campaigns
        if not same:
            self._today = self._read = today
            self.day.set_value(PartialDate(today.year, today.month, today.day))
        self._fill()

    def choose(self, key: str) -> None:
        """Choose a period by its key."""
        if self._programme is None:
            return
        for kind in KINDS:
            found = periods_of(kind, self._programme, self._campaigns)
            if any(one.key == key for one in found):
                with QSignalBlocker(self.kind):
                    self.kind.setCurrentIndex(self.kind.findData(kind))
                self._fill(key)
                self.chosen.emit()
                return

    def _turn(self) -> None:
        self._fill()
        self.chosen.emit()

    def _fill(self, key: str = "") -> None:
        if self._programme is None:
            return
        kept = key or (self.which.currentData().key if self.which.currentData() else "")
        found = periods_of(str(self.kind.currentData()), self._programme, self._campaigns)
        with QSignalBlocker(self.which):
            self.which.clear()
            for one in found:
                self.which.addItem(one.label, one)
            at = next((at for at, one in enumerate(found) if one.key == kept), None)
            if found:
                self.which.setCurrentIndex(usual_period(found, self._read) if at is None else at)
        self.which.setVisible(self.kind.currentData() != "programme")

    def _read_day(self) -> None:
        value = self.day.value()
        day = value.first if isinstance(value, PartialDate) and value.day else self._today
        if not self.day.text().strip():
            self.day.set_value(PartialDate(day.year, day.month, day.day))
        if day != self._read and not self.day.trouble():
            self._read = day
            self.chosen.emit()

    @property
    def period(self) -> Period | None:
        """The period that is chosen, None where there is none of that kind."""
        found: Period | None = self.which.currentData()
        return found

    @property
    def on(self) -> date:
        """The day as of which is counted."""
        return self._read
