"""Writing on a page: lines of letters at their places, as the operators that a page holds.

The library's own text objects look at every letter and every setting each time; these write a line
that was broken and measured before.
"""

from reportlab.pdfgen.canvas import Canvas

from desktop.printing.typeface import Face


class Pen:
    """Writes lines onto one page; what was written is there after ``done``."""

    __slots__ = ("_document", "_held", "_operators", "_spread")

    def __init__(self, canvas: Canvas) -> None:
        self._document = canvas._doc  # type: ignore[attr-defined]  # noqa: SLF001 - as the library's own do
        self._operators = ["BT"]
        self._held: tuple[str, float] | None = None
        self._spread = 0.0

    def spread(self, space: float) -> None:
        """Add so many points to every space from here on."""
        if space != self._spread:
            self._spread = space
            self._operators.append(f"{space:.4f} Tw")

    def to(self, x: float, y: float) -> None:
        """Go to where the next letters begin."""
        self._operators.append(f"1 0 0 1 {x:.3f} {y:.3f} Tm")

    def write(self, text: str, face: Face, size: float, rise: float = 0.0) -> None:
        """Write letters and stand behind them; ``rise`` lifts them above the line."""
        add = self._operators.append
        if rise:
            add(f"{rise:.3f} Ts")
        for resource, letters in face.font.operands(text, self._document):
            if self._held != (resource, size):
                self._held = (resource, size)
                add(f"{resource} {size:.6g} Tf")
            add(f"{letters} Tj")
        if rise:
            add("0 Ts")

    def done(self, canvas: Canvas) -> None:
        """Put everything onto the page."""
        # The spread of spaces outlives the text and would spread what others write after it.
        self.spread(0.0)
        self._operators.append("ET")
        canvas.drawText(self)  # type: ignore[arg-type]  # it asks for getCode alone

    def getCode(self) -> str:  # noqa: N802 - the library's name
        """The operators."""
        return "\n".join(self._operators)


def write_line(canvas: Canvas, x: float, y: float, text: str, face: Face, size: float) -> None:
    """Write one line that begins at (x, y)."""
    pen = Pen(canvas)
    pen.to(x, y)
    pen.write(text, face, size)
    pen.done(canvas)
