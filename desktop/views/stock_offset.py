"""How far a printer of this PC prints beside on stock: two boxes of millimetres."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from desktop.printing.papers import FARTHEST
from desktop.settings import Settings
from desktop.text import _
from desktop.views.widgets import label, line, name

_KEY = "stock"


class StockOffset(QWidget):
    """The offset to the right and down of one printer; ``changed`` is called when it is."""

    def __init__(self, settings: Settings, changed: Callable[[], object]) -> None:
        super().__init__()
        self._settings, self._changed = settings, changed
        self._printer = ""
        self.right = self._box(_("To the right, in millimetres"))
        self.down = self._box(_("Down, in millimetres"))
        self._whose = label(tone="quiet", wrap=True)
        row = line(
            *(label(_("Right")), self.right, label(_("Down")), self.down, self._whose), spacing=6
        )
        row.setStretch(row.count() - 1, 1)
        self.setLayout(row)

    def _box(self, spoken: str) -> QDoubleSpinBox:
        box = QDoubleSpinBox()
        box.lineEdit().setTextMargins(5, 0, 0, 0)
        box.setRange(-FARTHEST, FARTHEST)
        box.setDecimals(1)
        box.setSingleStep(0.5)
        box.setSuffix(" mm")
        box.setKeyboardTracking(False)
        name(box, spoken)
        box.valueChanged.connect(self._keep)
        return box

    def show_printer(self, printer: str) -> None:
        """Show what is kept for a printer; blank: for any."""
        self._printer = printer
        right, down = self.value()
        for box, value in ((self.right, right), (self.down, down)):
            with QSignalBlocker(box):
                box.setValue(value)
        self._whose.setText(_("for {printer}").format(printer=printer) if printer else "")

    def value(self) -> tuple[float, float]:
        """The offset kept for the printer that is shown; none where nothing sensible is kept."""
        kept = self._all().get(self._printer)
        if isinstance(kept, list) and len(kept) == 2:
            right, down = (part if isinstance(part, int | float) else 0.0 for part in kept)
            if max(abs(right), abs(down)) <= FARTHEST:
                return float(right), float(down)
        return 0.0, 0.0

    def _all(self) -> dict[str, object]:
        kept = self._settings.places.get(_KEY)
        return kept if isinstance(kept, dict) else {}

    def _keep(self) -> None:
        """Remember it on this PC."""
        now = [self.right.value(), self.down.value()]
        self._settings.places[_KEY] = {**self._all(), self._printer: now}
        self._settings.save()
        self._changed()
