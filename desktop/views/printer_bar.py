"""How a paper goes onto paper: printer, copies, pages, sides, order; remembered on this PC."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QWidget

from desktop.settings import Settings
from desktop.text import _
from desktop.views.printer_job import Sides, Wishes
from desktop.views.turning_sheet import Pile
from desktop.views.widgets import button, label, line, name

_KEY = "print"
_MOST_COPIES = 99
_SIDES = (Sides.ONE, Sides.LONG, Sides.SHORT, Sides.BY_HAND)


def printer_names() -> list[str]:
    """The printers that are set up on this PC."""
    return list(QPrinterInfo.availablePrinterNames())


def printer_called(wanted: str) -> QPrinter:
    """The printer of that name, ready to be printed on."""
    return QPrinter(QPrinterInfo.printerInfo(wanted), QPrinter.PrinterMode.HighResolution)


class PrinterBar(QWidget):
    """The row at the foot; ``changed`` is called when another printer is chosen."""

    def __init__(self, settings: Settings, changed: Callable[[], object]) -> None:
        super().__init__()
        self._settings, self._changed = settings, changed
        self.find_printers = printer_names
        self.find_printer = printer_called
        self._dialled: QPrinter | None = None
        self.printer, self.sides = QComboBox(), QComboBox()
        self.copies, self.pages = QSpinBox(), QLineEdit()
        self.collated = QCheckBox(_("Sorted sets"))
        self.more = button("…", self.show_options, tip=_("The printer's own options"))
        self._name_all()
        self._fit()
        row = line(
            *(_of(_("Printer"), self.printer), self.printer, self.more, 2),
            *(_of(_("Copies"), self.copies), self.copies, self.collated, 2),
            *(_of(_("Pages"), self.pages), self.pages, 2),
            *(_of(_("Sides"), self.sides), self.sides),
            spacing=5,
        )
        row.addStretch(1)
        row.setStretchFactor(self.printer, 3)
        row.setStretchFactor(self.sides, 2)
        self.setLayout(row)
        self.printer.currentIndexChanged.connect(lambda _at: self._turn())
        self.sides.currentIndexChanged.connect(lambda _at: self._keep())
        self.copies.valueChanged.connect(lambda count: self.collated.setEnabled(count > 1))
        self.refresh()

    def _name_all(self) -> None:
        for widget, spoken in (
            (self.printer, _("Printer")),
            (self.copies, _("Copies")),
            (self.pages, _("Pages")),
            (self.sides, _("Sides")),
            (self.more, _("The printer's own options")),
        ):
            name(widget, spoken)
        name(self.collated, _("Sorted sets: all pages of a copy, then the next copy"))
        name(self.pages, _("Pages"), _("Pages to print, such as 1-3,5; blank prints all."))

    def _fit(self) -> None:
        for box, letters in ((self.printer, 9), (self.sides, 12)):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(letters)
        self.copies.lineEdit().setTextMargins(5, 0, 0, 0)
        self.copies.setRange(1, _MOST_COPIES)
        self.pages.setPlaceholderText(_("all, or 1-3,5"))
        self.pages.setMinimumWidth(self.fontMetrics().averageCharWidth() * 13)
        self.pages.setMaximumWidth(self.fontMetrics().averageCharWidth() * 22)
        self.collated.setChecked(True)
        self.collated.setEnabled(False)

    def refresh(self) -> None:
        """Look again which printers there are."""
        names = self.find_printers()
        kept = self.printer.currentText() or str(self._kept.get("printer", ""))
        if not kept:
            kept = QPrinterInfo.defaultPrinterName()
        with QSignalBlocker(self.printer):
            self.printer.clear()
            self.printer.addItems(names or [_("No printer")])
            self.printer.setCurrentIndex(max(0, self.printer.findText(kept)))
        self.printer.setEnabled(bool(names))
        self.more.setEnabled(bool(names))
        self._show_sides()

    @property
    def _kept(self) -> dict[str, object]:
        kept = self._settings.places.get(_KEY)
        return kept if isinstance(kept, dict) else {}

    def _turn(self) -> None:
        self._dialled = None
        self._show_sides()
        self._keep()
        self._changed()

    def _show_sides(self) -> None:
        """Offer the sides that the printer can print by itself, and turning by hand."""
        words = {
            Sides.ONE: _("One side"),
            Sides.LONG: _("Both sides, as in a book"),
            Sides.SHORT: _("Both sides, as in a calendar"),
            Sides.BY_HAND: _("Both sides, turned by hand"),
        }
        able = set(QPrinterInfo.printerInfo(self.printer_name).supportedDuplexModes())
        modes = QPrinter.DuplexMode
        needed = {Sides.LONG: modes.DuplexLongSide, Sides.SHORT: modes.DuplexShortSide}
        kept = self._kept.get("sides")
        with QSignalBlocker(self.sides):
            self.sides.clear()
            for side in _SIDES:
                if side not in needed or needed[side] in able or modes.DuplexAuto in able:
                    self.sides.addItem(words[side], side.value)
            self.sides.setCurrentIndex(max(0, self.sides.findData(kept)))

    def _keep(self) -> None:
        now = {"printer": self.printer_name, "sides": self.sides.currentData()}
        self._settings.places[_KEY] = {**self._kept, **now}
        self._settings.save()

    @property
    def printer_name(self) -> str:
        """The name of the printer that is chosen; blank where there is none."""
        return self.printer.currentText() if self.printer.isEnabled() else ""

    def wishes(self) -> Wishes:
        """What was chosen."""
        return Wishes(
            self.pages.text(),
            self.copies.value(),
            Sides(self.sides.currentData()),
            self.collated.isChecked(),
        )

    def open_printer(self) -> QPrinter:
        """The printer that is chosen, with the options of its own that were set."""
        if self._dialled is None:
            self._dialled = self.find_printer(self.printer_name)
        return self._dialled

    def forget_printer(self) -> None:
        """Open the printer anew next time: the job before did not end well."""
        self._dialled = None

    def show_options(self) -> None:
        """Show what the printer itself can be told: tray, quality, toner."""
        QPrintDialog(self.open_printer(), self).exec()

    @property
    def pile(self) -> Pile:
        """How the pile was put back into this printer last time."""
        kept = self._kept.get("piles")
        way = kept.get(self.printer_name) if isinstance(kept, dict) else None
        return Pile(way) if way in set(Pile) else Pile.EMPTY_OF_LAST

    def keep_pile(self, pile: Pile) -> None:
        """Remember how the pile is put back into this printer."""
        kept = self._kept.get("piles")
        piles = {**kept} if isinstance(kept, dict) else {}
        piles[self.printer_name] = pile.value
        self._settings.places[_KEY] = {**self._kept, "piles": piles}
        self._settings.save()


def _of(words: str, widget: QWidget) -> QWidget:
    """The words before a box."""
    made = label(words, tone="quiet")
    made.setBuddy(widget)
    return made
