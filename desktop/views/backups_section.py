"""Backups and health among the settings: made, looked through, restored; the second place."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QListWidget, QListWidgetItem, QWidget

from desktop.models import backup
from desktop.models.backup import BackupLine, Damage
from desktop.models.store import Store
from desktop.progress import Progress
from desktop.settings import LONGEST_BACKUP_DAYS
from desktop.tasks import stores
from desktop.tasks.stores import Kept
from desktop.text import N_, _, counted
from desktop.views.amounts import size
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.restoring import Restoring
from desktop.views.safekeeping import second_place
from desktop.views.standing import remember_copy
from desktop.views.widgets import button, column, label, line, name, tell

REASONS = {
    "start": N_("at the start"),
    "exit": N_("when closing"),
    "import": N_("before an import"),
    "bulk": N_("before a change of many"),
    "restore": N_("before a restore"),
    "migration": N_("before a new version"),
    "": N_("by hand"),
}
"""Why a backup was made, in words."""


class BackupSection(QWidget):
    """Backups of the store, and the search for damage."""

    def __init__(self, desk: Desk, doing: Doing) -> None:
        super().__init__()
        self._desk, self._doing = desk, doing
        self._restoring = Restoring(self, desk, doing)
        self._last = label(wrap=True)
        self.now = button(_("Back up now"), self.back_up, kind="primary")
        self.elsewhere = button(_("Back up to a USB stick…"), self.back_up_elsewhere)
        self.check = button(_("Check the store"), self.verify)
        self.restore = button(_("Restore…"), self.ask_restore)
        self.list = QListWidget()
        self.list.setMaximumHeight(130)
        name(self.list, _("Backups"))
        self.list.itemSelectionChanged.connect(self._update)
        self._folder, self._health = label(tone="quiet", wrap=True), label(wrap=True)
        self._second = label(tone="quiet", wrap=True)
        self.choose = button(_("Second place…"), self.choose_place)
        self.leave = button(_("None"), self.leave_place, kind="link")
        self.days = self._choice_of_days()
        self._compose()
        self._update()

    def _compose(self) -> None:
        second = line(self.choose, self.leave, None)
        often = line(label(_("At the start, back up if the last backup is")), self.days, None)
        self.setLayout(
            column(
                label(_("Backups and health"), role="heading"),
                self._last,
                self.list,
                line(self.now, self.restore, None),
                line(self.elsewhere, self.check, None),
                self._health,
                second,
                self._second,
                often,
                self._folder,
                spacing=6,
            )
        )

    def _choice_of_days(self) -> QComboBox:
        made = QComboBox()
        made.addItem(_("not of the last change"), 0)
        for days in range(1, LONGEST_BACKUP_DAYS + 1):
            words = counted("{count} day old", "{count} days old", days)
            made.addItem(words.format(count=days), days)
        made.setCurrentIndex(max(0, made.findData(self._desk.app.settings.backup_days)))
        name(made, _("At the start, back up if the last backup is"))
        made.activated.connect(lambda _at: self._keep_days())
        return made

    def _keep_days(self) -> None:
        self._desk.app.settings.backup_days = self.days.currentData()
        self._desk.app.settings.save()

    def _update(self) -> None:
        """Say what can be done, and where the second place is."""
        self.restore.setEnabled(bool(self.list.selectedItems()))
        place = self._desk.app.settings.backup_folder
        self._second.setText(
            _("Each backup is copied to {folder}.").format(folder=place)
            if place
            else _("There is no second place: choose a USB stick or a folder on another disk.")
        )
        self.leave.setVisible(bool(place))

    def read(self) -> None:
        """List the backups."""
        folder = self._desk.folder
        if folder is None:
            return
        self._folder.setText(_("Store: {folder}").format(folder=folder))

        def work(_progress: Progress) -> list[BackupLine]:
            return backup.backups(folder)

        self._desk.jobs.run(work, self._show, self._doing.failed, key="backups")

    def _show(self, lines: list[BackupLine]) -> None:
        self.list.clear()
        for one in lines:
            count = counted("{count} initiative", "{count} initiatives", one.initiatives)
            words = count.format(count=one.initiatives)
            why = _(REASONS[one.reason]) if one.reason in REASONS else one.reason
            item = QListWidgetItem(
                f"{one.made_at:%H:%M  %d/%m/%Y}   {words}   {size(one.size)}   {why}", self.list
            )
            item.setData(Qt.ItemDataRole.UserRole, str(one.path))
        if lines:
            time = f"{lines[0].made_at:%H:%M %d/%m/%Y}"
            tell(self._last, _("Last backup: {time}").format(time=time), "good")
        else:
            tell(self._last, _("No backup yet"), "warn")
        self._update()

    def back_up(self) -> None:
        """Back up into the store's own folder, and copy that to the second place."""
        second = second_place(self._desk.app.settings)

        def work(store: Store, progress: Progress) -> Kept:
            return stores.back_up_now(store, second, progress)

        self._doing.work(_("Backing up"), work, self._backed_up)

    def back_up_elsewhere(self) -> None:
        """Ask where to, and back up there."""
        start = f"so-sang-kien-{self._desk.app.clock():%Y%m%d}.skbackup"
        path, _kind = QFileDialog.getSaveFileName(
            self, _("Back up to"), start, _("Backup (*.skbackup)")
        )
        if path:
            self._doing.work(
                _("Backing up"),
                lambda store, progress: Kept(backup.back_up(store, Path(path), progress)),
                self._backed_up,
            )

    def _backed_up(self, kept: Kept) -> None:
        store = self._desk.store
        if kept.line is not None:
            self._desk.say(
                _("Backed up {count} initiatives to {file}, and read back.").format(
                    count=kept.line.initiatives, file=kept.line.path
                )
            )
        if kept.elsewhere is not None and store is not None:
            remember_copy(self._desk.app.settings, store.store_id, store.clock())
        damage = backup.damage_told(kept.line) if kept.line is not None else ""
        if damage or kept.trouble:
            self._desk.say(f"{damage} {kept.trouble}".strip(), "warn")
        self.read()
        window: Any = self.window()
        window.update_standing()

    def choose_place(self) -> None:
        """Ask for the second place for backups, and copy the newest one there."""
        found = QFileDialog.getExistingDirectory(self, _("Second place for backups"))
        if found:
            self._desk.app.settings.backup_folder = found
            self._desk.app.settings.save()
            self._update()
            self.back_up()

    def leave_place(self) -> None:
        """Copy backups to no second place any more."""
        self._desk.app.settings.backup_folder = ""
        self._desk.app.settings.save()
        self._update()

    def ask_restore(self) -> None:
        """Restore the chosen backup, after a comparison."""
        chosen, folder = self.list.selectedItems(), self._desk.folder
        if chosen and folder is not None:
            self._restoring.begin(Path(chosen[0].data(Qt.ItemDataRole.UserRole)), folder)

    def verify(self) -> None:
        """Look for damage."""
        self._doing.work(_("Checking the store"), backup.verify, self._verified)

    def _verified(self, found: list[Damage]) -> None:
        if not found:
            tell(self._health, _("The store is sound."), "good")
            return
        lines = [f"{one.record}: {one.message}" for one in found[:5]]
        head = counted("{count} damage found.", "{count} damages found.", len(found))
        tell(self._health, "\n".join([head.format(count=len(found)), *lines]), "bad")
