"""Both sides by hand, told step by step: fronts printed, the pile put back, then the backs."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QDialog, QRadioButton, QWidget

from desktop.text import _, counted
from desktop.views.theme import Theme
from desktop.views.widgets import button, column, label, line, name


class _Pile(QWidget):
    """Draws the pile that came out, the arrow, and the pile in the tray with the white side up."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedSize(QSize(440, 118))
        name(self, _("A drawing: the pile goes back into the tray with its empty side to print"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it in the colours of the theme."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._pile(painter, 26, written=True)
        self._arrow(painter)
        self._pile(painter, 296, written=False)
        painter.setPen(QColor(self._theme.quiet))
        for x, words in ((0, _("just printed")), (270, _("back in the tray"))):
            painter.drawText(QRectF(x, 94, 170, 22), Qt.AlignmentFlag.AlignCenter, words)
        painter.end()

    def _pile(self, painter: QPainter, left: float, *, written: bool) -> None:
        painter.setPen(QPen(QColor(self._theme.edge), 1.4))
        painter.setBrush(QColor("#ffffff"))
        for lift in range(3):
            sheet = [(left, 76), (left + 84, 76), (left + 118, 30), (left + 34, 30)]
            painter.drawPolygon(QPolygonF([QPointF(x, y - 7 * lift) for x, y in sheet]))
        if not written:
            return
        painter.setPen(QPen(QColor("#4d5a6b"), 2))
        for row in range(4):
            y = 24 + row * 9
            x = left + 40 - row * 6.6
            painter.drawLine(QPointF(x, y), QPointF(x + 58, y))

    def _arrow(self, painter: QPainter) -> None:
        painter.setPen(QPen(QColor(self._theme.accent), 3))
        painter.drawLine(QPointF(186, 48), QPointF(262, 48))
        painter.setBrush(QColor(self._theme.accent))
        head = [QPointF(274, 48), QPointF(258, 40), QPointF(258, 56)]
        painter.drawPolygon(QPolygonF(head))


class TurningSheet(QDialog):
    """Tells how the pile is put back; accepted when the backs are to be printed.

    ``last_on_top`` is what the user sees on top of the pile: the sheet printed last, or the first.
    """

    def __init__(
        self,
        parent: QWidget | None,
        theme: Theme,
        sheets: tuple[int, ...],
        *,
        last_on_top: bool,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Both sides by hand"))
        self.setMinimumWidth(520)
        count = counted(
            "1. Wait until the printer has put out {count} sheet.",
            "1. Wait until the printer has put out {count} sheets.",
            len(sheets),
        ).format(count=len(sheets))
        question = label(_("2. Look at the pile as it lies there. On top is:"))
        self.last = QRadioButton(_("the sheet printed last (page {page})").format(page=sheets[-1]))
        self.first = QRadioButton(_("the first sheet (page {page})").format(page=sheets[0]))
        for made in (self.last, self.first):
            name(made, f"{question.text()} {made.text()}")
        (self.last if last_on_top else self.first).setChecked(True)
        steps = (
            _(
                "3. Take the whole pile, do not shuffle it, and put it back into the tray so that "
                "the empty side is printed; the top of the pages goes in first, as before."
            ),
            _("4. Press “Print the backs”. Not sure which side? Try it with two pages first."),
        )
        go = button(_("Print the backs"), self.accept, kind="primary")
        go.setDefault(True)
        row = line(None, button(_("Not now"), self.reject), go)
        drawing = line(None, _Pile(theme), None)
        self.setLayout(
            column(
                label(_("The fronts are on their way to the printer."), role="heading"),
                *(label(count, wrap=True), question),
                *(line(22, self.last), line(22, self.first)),
                label(steps[0], wrap=True),
                drawing,
                label(steps[1], wrap=True),
                row,
                margins=18,
                spacing=9,
            )
        )
        go.setFocus()

    @property
    def last_on_top(self) -> bool:
        """Whether the sheet printed last lies on top."""
        return self.last.isChecked()
