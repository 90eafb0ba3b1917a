"""Both sides by hand, told step by step: fronts printed, the pile put back, then the backs."""

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QDialog, QRadioButton, QWidget

from desktop.text import _, counted
from desktop.views.theme import Theme
from desktop.views.widgets import button, column, label, line, name


class Pile(StrEnum):
    """How the pile lies in the tray: which side is seen from above, and of which sheet.

    Laser printers put sheets out with the print down, inkjets with the print up; most trays print
    on the upper side, drawers on the lower one.
    """

    EMPTY_OF_LAST = "empty_of_last"
    EMPTY_OF_FIRST = "empty_of_first"
    PRINTED_OF_FIRST = "printed_of_first"

    @property
    def last_on_top(self) -> bool:
        """Whether the sheet printed last is drawn in first."""
        return self is Pile.EMPTY_OF_LAST


class _Drawing(QWidget):
    """Draws the pile as it is put into the printer: its upper side, empty or printed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pile = Pile.EMPTY_OF_LAST
        self.setFixedSize(QSize(400, 112))
        name(self, _("A drawing of the pile going into the printer"))

    def show_pile(self, pile: Pile) -> None:
        """Draw another pile."""
        self._pile = pile
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it in the colours of the theme."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_pile(painter)
        self._draw_arrow(painter)
        self._draw_printer(painter)
        painter.end()

    def _draw_pile(self, painter: QPainter) -> None:
        painter.setPen(QPen(QColor(self._theme.edge), 1.4))
        painter.setBrush(QColor("#ffffff"))
        for lift in range(4):
            sheet = [(10, 96), (94, 96), (136, 40), (52, 40)]
            painter.drawPolygon(QPolygonF([QPointF(x, y - 6 * lift) for x, y in sheet]))
        painter.setPen(QPen(QColor("#4d5a6b"), 2))
        if self._pile is Pile.PRINTED_OF_FIRST:
            for row in range(4):
                left = QPointF(58 - row * 7.6, 32 + row * 10)
                painter.drawLine(left, left + QPointF(60, 0))
        else:
            box = QRectF(30, 40, 92, 24)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _("empty"))

    def _draw_arrow(self, painter: QPainter) -> None:
        painter.setPen(QPen(QColor(self._theme.accent), 3))
        painter.drawLine(QPointF(152, 58), QPointF(214, 58))
        painter.setBrush(QColor(self._theme.accent))
        head = [QPointF(226, 58), QPointF(210, 50), QPointF(210, 66)]
        painter.drawPolygon(QPolygonF(head))

    def _draw_printer(self, painter: QPainter) -> None:
        painter.setPen(QPen(QColor(self._theme.edge), 1.6))
        painter.setBrush(QColor(self._theme.soft))
        painter.drawRoundedRect(QRectF(252, 22, 136, 66), 7, 7)
        painter.setBrush(QColor(self._theme.base))
        painter.drawRect(QRectF(240, 74, 110, 8))
        painter.drawRect(QRectF(276, 14, 88, 8))
        painter.setBrush(QColor(self._theme.good))
        painter.drawEllipse(QRectF(370, 34, 7, 7))


class TurningSheet(QDialog):
    """Tells how the pile is put back; accepted when the backs are to be printed.

    ``sheets`` are the pages on the fronts in their order; ``pile`` how it was put back last time.
    """

    def __init__(
        self, parent: QWidget | None, theme: Theme, sheets: tuple[int, ...], pile: Pile
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Both sides by hand"))
        self.setMinimumWidth(540)
        count = counted(
            "1. Wait until the printer has put out {count} sheet, then take the pile as it lies.",
            "1. Wait until the printer has put out {count} sheets, then take the pile as it lies.",
            len(sheets),
        ).format(count=len(sheets))
        self._drawing = _Drawing(theme)
        question = label(_("2. Put it back into the tray. Seen from above, on top lies:"))
        self.ways = self._build_ways(sheets, question.text())
        self.ways[pile].setChecked(True)
        self._drawing.show_pile(pile)
        last = _(
            "3. The top of the pages goes in first, as before. Then press “Print the backs”. Not "
            "sure? Try it with two pages first."
        )
        go = button(_("Print the backs"), self.accept, kind="primary")
        go.setDefault(True)
        self.setLayout(
            column(
                label(_("The fronts are on their way to the printer."), role="heading"),
                *(label(count, wrap=True), question),
                *(line(18, made) for made in self.ways.values()),
                line(None, self._drawing, None),
                label(last, wrap=True),
                line(None, button(_("Not now"), self.reject), go),
                margins=18,
                spacing=9,
            )
        )
        go.setFocus()

    def _build_ways(self, sheets: tuple[int, ...], question: str) -> dict[Pile, QRadioButton]:
        """A choice for each way in which the pile can lie."""
        first, last = sheets[0], sheets[-1]
        words = {
            Pile.EMPTY_OF_LAST: _("the empty side of the last sheet (page {page}) – most lasers"),
            Pile.EMPTY_OF_FIRST: _("the empty side of the first sheet (page {page}) – inkjets"),
            Pile.PRINTED_OF_FIRST: _("the printed side of the first sheet (page {page}) – drawers"),
        }
        ways = {}
        for pile, text in words.items():
            made = QRadioButton(text.format(page=last if pile.last_on_top else first))
            name(made, f"{question} {made.text()}")
            made.clicked.connect(lambda _on=False, pile=pile: self._drawing.show_pile(pile))
            ways[pile] = made
        return ways

    @property
    def pile(self) -> Pile:
        """How the pile lies."""
        return next(pile for pile, made in self.ways.items() if made.isChecked())
