"""Running the window for people, and drawing places to files without a screen."""

import gc
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from PySide6.QtCore import QEvent, QMessageLogContext, QSize, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from desktop import text
from desktop.errors import UserError
from desktop.models import register
from desktop.text import _
from desktop.views.desk import Surroundings
from desktop.views.main_window import MainWindow, open_window, prepare_application

EXIT_AFTER_PAINT = "SOSANGKIEN_EXIT_AFTER_PAINT"
_NO_SIZE_HINTS = "This plugin does not support propagateSizeHints()"
_PATIENCE = 60
"""Seconds after which a place that does not come to rest is given up."""


class Picture(NamedTuple):
    """A place to draw, the file it goes to, and its size in pixels."""

    place: str
    out: Path
    size: tuple[int, int]


def run_window(app: Surroundings, report: Callable[[BaseException], Path] | None = None) -> int:
    """Open the window and stay until it is closed; the exit status.

    ``report`` writes what is known of a bug to a file, which the window then names. With
    SOSANGKIEN_EXIT_AFTER_PAINT set, the window leaves once its first page is on the screen.
    """
    window = open_window(app)
    window.painted.connect(gc.freeze)  # what a start makes stays: no search for rubbish looks there
    if report is not None:
        sys.excepthook = partial(_tell_bug, window, report)
    if os.environ.get(EXIT_AFTER_PAINT):
        window.opens_store = False
        window.painted.connect(QApplication.quit)
    return QApplication.exec()


def _tell_bug(
    window: MainWindow,
    report: Callable[[BaseException], Path],
    _kind: type[BaseException],
    error: BaseException,
    _trace: TracebackType | None,
) -> None:
    """Say that the program met a bug, and where its report lies; the work goes on."""
    said = _("The program met an error of its own. A report was written to {file}.")
    window.desk.say(said.format(file=report(error)), "bad")


def draw(app: Surroundings, pictures: Sequence[Picture]) -> None:
    """Draw places of the app's store to PNG files, offscreen, in the language of its settings.

    Raises UserError where the store cannot be opened or a file cannot be written.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    text.install(app.resources / "locale", app.settings.language)
    with _without_size_hints():
        application = prepare_application(app)
        window = MainWindow(app, application)
        try:
            for picture in pictures:
                _draw_one(application, window, picture)
        finally:
            window.close()
            window.deleteLater()
            application.processEvents()
            # Without an event loop nobody else deletes it, and Python would never collect again.
            application.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@contextmanager
def _without_size_hints() -> Iterator[None]:
    """Leave out what Qt says about size hints where there is no screen; pass on all else."""

    def hear(kind: QtMsgType, context: QMessageLogContext, said: str) -> None:
        if said == _NO_SIZE_HINTS:
            return
        if callable(before):
            before(kind, context, said)
        else:
            sys.stderr.write(f"{said}\n")

    before = qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


def _draw_one(application: QApplication, window: MainWindow, picture: Picture) -> None:
    window.resize(QSize(*picture.size))
    window.show()
    settle(application, window)
    wish: object = None
    if picture.place == "entry" and window.desk.connection is not None:
        wish = next(
            iter(register.ids(window.desk.connection, register.Listing(order="code"), 1)), None
        )
    window.go(picture.place, wish)
    settle(application, window)
    picture.out.parent.mkdir(parents=True, exist_ok=True)
    if not window.grab().save(str(picture.out)):
        raise UserError(
            _("The picture {file} cannot be written. Choose another place.").format(
                file=picture.out
            ),
            code="picture.unwritable",
        )


def settle(application: QApplication, window: MainWindow) -> None:
    """Wait until the window has come to rest; UserError where it does not."""
    end = time.monotonic() + _PATIENCE
    application.processEvents()
    while not window.settle():
        if time.monotonic() > end:
            raise UserError(_("The window does not come to rest."), code="picture.restless")
        time.sleep(0.005)
        application.processEvents()
    application.processEvents()
