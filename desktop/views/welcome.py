"""The first start (lần đầu): make a store, open or restore one, or look at samples."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QComboBox, QFileDialog, QVBoxLayout, QWidget

from desktop.programme.definition import Programme
from desktop.progress import Progress
from desktop.tasks import demonstration, stores
from desktop.text import _
from desktop.views.boxes import LineBox, next_on_enter
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.forms import Asked, FormGrid
from desktop.views.place import Place
from desktop.views.restoring import Restoring
from desktop.views.widgets import button, card, column, label, line, scrolled

_SAMPLES = 150
"""How many generated records come with the samples."""


class WelcomePlace(Place):
    """The ways to begin."""

    def __init__(self, desk: Desk, doing: Doing) -> None:
        super().__init__(desk, doing)
        self.office, self.user, self.folder = LineBox(), LineBox(), LineBox()
        self.programme = QComboBox()
        self.user.set_value(desk.app.settings.user_name)
        self.folder.set_value(str(Path.home() / "SoSangKien"))
        self.make = button(_("Make the store"), self.make_store, kind="primary")
        self.open = button(_("Open a store that is there…"), self.open_store, kind="big")
        self._restoring = Restoring(self, desk, doing)
        self.restore = button(_("Restore a backup…"), self._restoring.choose, kind="big")
        self.samples = button(_("See sample data"), self.see_samples, kind="big")
        self._compose(card(self._new_store()), card(self._other_ways()))
        self._enter = next_on_enter(self)
        desk.dressed.connect(self._dress)
        self._dress()
        self._read_programmes()

    def _new_store(self) -> QVBoxLayout:
        """The form of a new store."""
        over, told = _("As it stands over your papers."), _("Written into the history of changes.")
        where, empty = _("Folder to keep everything in"), _("A new or an empty folder on this PC.")
        self.grid = FormGrid(
            [
                Asked("office", _("Name of your office"), 12, self.office, over, needed=True),
                Asked("programme", _("Programme"), 12, self.programme),
                Asked("user", _("Your name"), 12, self.user, told),
                Asked("folder", where, 9, self.folder, empty),
            ]
        )
        self.grid.put(button(_("Choose…"), self._choose_folder), "folder", 9, 3)
        head = label(_("Begin a new register"), role="heading")
        return column(head, self.grid, line(None, self.make), margins=20, spacing=10)

    def _other_ways(self) -> QVBoxLayout:
        """Opening a store, or looking at samples."""
        told = _("The samples are fictional, in a folder of their own; leave them when you like.")
        hint = label(told, tone="quiet", wrap=True)
        head = label(_("Or"), role="heading")
        return column(
            head, self.open, self.restore, self.samples, hint, None, margins=20, spacing=10
        )

    def _compose(self, first: QWidget, second: QWidget) -> None:
        first.setMaximumWidth(640)
        second.setMaximumWidth(380)
        both = line(None, first, second, None, spacing=14)
        both.setStretch(1, 5)
        both.setStretch(2, 3)
        title = label(_("Welcome to Sổ Sáng Kiến"), role="title")
        said = label(_("Everything stays on this PC; no network is needed."), tone="quiet")
        inside = QWidget()
        inside.setLayout(
            column(None, line(None, title, None), line(None, said, None), 12, both, None, None)
        )
        self.setLayout(column(scrolled(inside), margins=(6, 8, 10, 6)))

    def _dress(self) -> None:
        icons, theme = self.desk.icons, self.desk.theme
        self.make.setIcon(icons.icon("notebook", theme.on_accent))
        self.open.setIcon(icons.icon("folder-open", theme.calm, 22))
        self.restore.setIcon(icons.icon("file-import", theme.calm, 22))
        self.samples.setIcon(icons.icon("eye", theme.calm, 22))
        for made in (self.open, self.restore, self.samples):
            made.setIconSize(QSize(22, 22))

    def _read_programmes(self) -> None:
        def work(_progress: Progress) -> Mapping[str, Programme]:
            return self.desk.app.programmes

        self.desk.jobs.run(work, self._show_programmes, self.doing.failed)

    def _show_programmes(self, found: Mapping[str, Programme]) -> None:
        for code, one in found.items():
            self.programme.addItem(one.label, code)
        self.programme.setCurrentIndex(max(0, self.programme.findData(stores.DEFAULT_PROGRAMME)))

    def enter(self, wish: object = None) -> None:
        """Begin at the first field, or make the samples at once."""
        self.office.setFocus()
        if wish == "samples":
            self.see_samples()

    def _choose_folder(self) -> None:
        found = QFileDialog.getExistingDirectory(self, _("Folder to keep everything in"))
        if found:
            self.folder.set_value(found)

    def make_store(self) -> None:
        """Make the store and open it."""
        if not self.office.value() or not self.folder.value():
            self.desk.say(_("Give the name of your office and a folder."), "bad")
            self.office.setFocus()
            return
        app, folder = self.desk.app, Path(self.folder.value()).expanduser()
        app.settings.user_name = self.user.value()
        app.settings.save()
        sheet, code = stores.plain_office(self.office.value()), self.programme.currentData()
        user, programmes = app.user, app.programmes

        def work(_progress: Progress) -> Path:
            stores.new_store(
                folder,
                programmes=programmes,
                programme=code,
                office=sheet,
                user=user,
                clock=app.clock,
            )
            return folder

        self.desk.jobs.run(work, self._switch, self.doing.failed, title=_("Making the store"))

    def open_store(self) -> None:
        """Ask for the folder of a store, and open it."""
        found = QFileDialog.getExistingDirectory(self, _("Folder of the store"))
        if found:
            self._switch(Path(found))

    def see_samples(self) -> None:
        """Make a store of samples beside the others, once, and open it."""
        app = self.desk.app
        folder = Path(self.folder.value()).expanduser().with_name("SoSangKien-DuLieuMau")
        if (folder / "store.db").exists():
            self._switch(folder)
            return
        needs = demonstration.Needs(app.resources, app.programmes, app.user, app.clock)

        def work(progress: Progress) -> Path:
            demonstration.make_store(needs, folder, _SAMPLES, 1, progress)
            return folder

        self.desk.jobs.run(work, self._switch, self.doing.failed, title=_("Making the samples"))

    def _switch(self, folder: Path) -> None:
        window: Any = self.window()
        window.switch_store(folder)

    def minimumSizeHint(self) -> QSize:
        """The cards scroll."""
        return QSize(700, 380)
