"""The program's icons: outlines drawn in the colours of the theme."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_SHARPNESS = 3
"""Icons are drawn three times as large as they show, so that they stay sharp at 200 %."""


class Icons:
    """Icons by name from a folder of SVG files, in any colour; each is drawn once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._drawn: dict[tuple[str, str, int], QPixmap] = {}

    def icon(self, name: str, colour: str, size: int = 18) -> QIcon:
        """The icon called ``name`` in the colour ``#rrggbb``, ``size`` pixels wide."""
        return QIcon(self.pixmap(name, colour, size))

    def pixmap(self, name: str, colour: str, size: int = 18) -> QPixmap:
        """The same as a picture."""
        key = (name, colour, size)
        if key not in self._drawn:
            self._drawn[key] = self._draw(name, colour, size)
        return self._drawn[key]

    def _draw(self, name: str, colour: str, size: int) -> QPixmap:
        picture = QPixmap(size * _SHARPNESS, size * _SHARPNESS)
        picture.fill(Qt.GlobalColor.transparent)
        path = self._folder / f"{name}.svg"
        if path.is_file():
            text = path.read_text(encoding="utf-8").replace("currentColor", colour)
            painter = QPainter(picture)
            QSvgRenderer(QByteArray(text.encode())).render(
                painter, QRectF(0, 0, picture.width(), picture.height())
            )
            painter.end()
        picture.setDevicePixelRatio(_SHARPNESS)
        return picture
