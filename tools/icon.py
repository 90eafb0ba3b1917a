"""Draw the Windows icon, resources/icons/application.ico, from the drawing beside it."""

import io
import os
import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons"
# What Windows shows from the smallest list to the largest tile, at 100 to 200 per cent.
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)


def drawn(renderer: QSvgRenderer, size: int) -> Image.Image:
    """The drawing at a size of its own in pixels: sharper than one picture made smaller."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return Image.open(io.BytesIO(data.data()))


def main() -> None:
    """Write the icon."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication(sys.argv)
    renderer = QSvgRenderer(str(ICONS / "application.svg"))
    images = [drawn(renderer, size) for size in SIZES]
    target = ICONS / "application.ico"
    images[-1].save(target, sizes=[image.size for image in images], append_images=images[:-1])
    print(f"{target.name}: {', '.join(map(str, SIZES))} pixels")
    application.quit()


if __name__ == "__main__":
    main()
