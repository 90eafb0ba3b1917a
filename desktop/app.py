"""The composition root: finds resources, settings, clock and user, and hands them down."""

import getpass
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_config_path, user_data_path

from desktop import text
from desktop.errors import UserError
from desktop.progress import SILENT, Progress
from desktop.settings import Settings
from desktop.text import _
from desktop.vietnamese.zone import VIETNAM

if TYPE_CHECKING:
    from desktop.models.store import Store
    from desktop.programme.definition import Programme

NAME = "so-sang-kien"


def find_resources() -> Path:
    """The folder of resources: beside the package, or in the frozen program's own folder."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parent.parent
    return root / "resources"


def read_clock() -> datetime:
    """What time it is in Vietnam; SOSANGKIEN_NOW (ISO, with zone) sets it for demonstrations."""
    fixed = os.environ.get("SOSANGKIEN_NOW")
    if fixed:
        return datetime.fromisoformat(fixed).astimezone(VIETNAM)
    return datetime.now(VIETNAM)


@dataclass
class App:
    """What the program runs with.

    Attributes: ``resources``, the folder of fonts, icons, programmes, catalogues; ``settings`` of
    this PC; ``clock``; ``store_folder``, the store to open, None at the first start.
    """

    resources: Path
    settings: Settings
    clock: Callable[[], datetime]
    store_folder: Path | None = None
    reports: Path | None = None
    _programmes: "dict[str, Programme]" = field(default_factory=dict)

    @property
    def user(self) -> str:
        """The name written into history: as set on this PC, else the login name."""
        return self.settings.user_name or _login_name()

    @property
    def programmes(self) -> "Mapping[str, Programme]":
        """The programmes of this installation by code; read at the first use."""
        if not self._programmes:
            definition = import_module("desktop.programme.definition")
            self._programmes.update(definition.load_programmes(self.resources / "programmes"))
        return self._programmes

    def open_store(self, *, write: bool = True, progress: Progress = SILENT) -> "Store":
        """Open the store whole; UserError where there is none or it cannot be opened.

        A store of an older schema is backed up and brought to this program's first, also where it
        is only to be read; ``progress`` tells how far that is.
        """
        try:
            return self._open_store(write=write, progress=progress)
        except UserError as error:
            if write or error.code != "store.older":
                raise
        self._open_store(write=True, progress=progress).close()
        return self._open_store(write=False, progress=progress)

    def _open_store(self, *, write: bool, progress: Progress) -> "Store":
        if self.store_folder is None:
            raise UserError(
                _("No store was named. Give its folder with --store."), code="store.unnamed"
            )
        store: Store = import_module("desktop.models.store").open_store(
            self.store_folder,
            user=self.user,
            clock=self.clock,
            programmes=self.programmes,
            write=write,
            keep=lambda opened: import_module("desktop.models.backup").before_migration(opened),
            progress=progress,
        )
        return store


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "?"


def start(store_folder: Path | None = None) -> App:
    """Find everything and speak the language of this PC's settings."""
    resources = find_resources()
    settings = Settings.load(user_config_path(NAME, appauthor=False))
    language = os.environ.get("SOSANGKIEN_LANGUAGE", settings.language)
    if language in text.LANGUAGES:
        settings.language = language
    text.install(resources / "locale", settings.language)
    return App(
        resources,
        settings,
        read_clock,
        store_folder=store_folder,
        reports=user_data_path(NAME, appauthor=False) / "reports",
    )
