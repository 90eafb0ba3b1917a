"""The window: opened for people, or drawn to files without a screen."""

import os
import sys
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app import App
from desktop.commands import REPORT
from desktop.errors import UserError
from desktop.progress import SILENT, Progress
from desktop.settings import Settings
from desktop.text import _
from desktop.views.pictures import Picture, draw, run_window
from desktop.views.places import PLACES

if TYPE_CHECKING:
    import argparse


def configure(parser: "argparse.ArgumentParser", verb: str) -> None:
    """The arguments of screenshot."""
    del verb
    parser.add_argument("place", nargs="?", choices=list(PLACES))
    parser.add_argument("--list", action="store_true", help=_("name the places"))
    parser.add_argument("--store", metavar="FOLDER")
    parser.add_argument("--out", metavar="FILE.png", type=Path)
    parser.add_argument("--size", metavar="1366x768", type=_size, default=(1366, 768))
    parser.add_argument("--language", choices=["vi", "en"])
    parser.add_argument("--theme", choices=["light", "dark"], default="light")
    parser.set_defaults(usage_error=parser.error)


def _size(text: str) -> tuple[int, int]:
    width, _x, height = text.partition("x")
    if not (200 <= int(width) <= 10_000 and 200 <= int(height) <= 10_000):
        raise ValueError(text)
    return int(width), int(height)


def run(arguments: "argparse.Namespace", app: App) -> int:
    """Open the window, or draw a place."""
    if arguments.verb == "screenshot":
        return _screenshot(arguments, app)
    if sys.platform == "linux" and not (
        os.environ.get("DISPLAY")
        or os.environ.get("WAYLAND_DISPLAY")
        or os.environ.get("QT_QPA_PLATFORM")
    ):
        raise UserError(
            _("There is no screen here. Use the commands instead: sosangkien --help."),
            code="window.screen",
        )
    if app.store_folder is None and app.settings.last_store:
        last = Path(app.settings.last_store)
        app.store_folder = last if last.exists() else None
    return run_window(app, partial(_write_report, app.reports))


def _write_report(folder: Path | None, error: BaseException) -> Path:
    """Write a bug's report; its module is loaded when there is a bug."""
    written: Path = import_module(REPORT).write_report(folder, error)
    return written


def _screenshot(arguments: "argparse.Namespace", app: App) -> int:
    if arguments.list:
        for place in PLACES:
            print(place)
        return 0
    if not (arguments.place and arguments.store and arguments.out):
        arguments.usage_error(_("PLACE, --store and --out are needed"))
    app.settings = Settings(
        language=arguments.language or app.settings.language, theme=arguments.theme
    )
    draw(app, [Picture(arguments.place, arguments.out.resolve(), arguments.size)])
    return 0


def picture_places(app: App, folder: Path, progress: Progress = SILENT) -> list[Path]:
    """Draw every place of the open store into a folder; the files."""
    folder.mkdir(parents=True, exist_ok=True)
    before = app.settings
    app.settings = Settings(language=before.language)
    pictures = [Picture(place, folder / f"{place}.png", (1366, 768)) for place in PLACES]
    try:
        progress.step(0, len(pictures), _("Drawing the places"))
        draw(app, pictures)
    finally:
        app.settings = before
    return [picture.out for picture in pictures]
