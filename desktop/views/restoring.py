"""Restoring a backup in the window: which way is asked, what it would change shown, then swapped.

It needs no store that can be opened: that is when it is needed most.
"""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.models.backup import Prepared
from desktop.models.store import BACKUPS
from desktop.progress import Progress
from desktop.tasks import stores
from desktop.text import _
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.messages import ask


class Restoring:
    """One restore after another, asked for by a widget of the window."""

    def __init__(self, asker: QWidget, desk: Desk, doing: Doing) -> None:
        self._asker, self._desk, self._doing = asker, desk, doing

    def choose(self) -> None:
        """Ask for a backup and, unless it is the store's own, for the folder to restore it to."""
        folder = self._desk.folder
        own = folder / BACKUPS if folder is not None else None
        start = str(own) if own is not None and own.is_dir() else str(Path.home())
        file, _kind = QFileDialog.getOpenFileName(
            self._asker, _("Backup to restore"), start, _("Backup (*.skbackup)")
        )
        if not file:
            return
        if folder is None or Path(file).parent != own:
            found = QFileDialog.getExistingDirectory(self._asker, _("New or empty folder for it"))
            if not found:
                return
            folder = Path(found)
        self.begin(Path(file), folder)

    def begin(self, file: Path, folder: Path) -> None:
        """Build what a backup gives for ``folder``, then show the comparison and ask."""
        app, later = self._desk.app, self._ask_later()
        if later is None:
            return

        def work(progress: Progress) -> Prepared:
            return stores.prepare_restore(
                file,
                folder,
                programmes=app.programmes,
                clock=app.clock,
                later=later,
                progress=progress,
            )

        self._desk.jobs.run(
            work, self._compare, self._doing.failed, title=_("Preparing to restore")
        )

    def _ask_later(self) -> bool | None:
        """Whether the changes after the backup are to be done again; None: leave all as it is."""
        text = _(
            "Restore this backup together with all changes after it (after damage to the store), "
            "or exactly as it was when it was made? Nothing is changed before you have seen a "
            "comparison."
        )
        answers = [
            ("later", _("With later changes")),
            ("exactly", _("Exactly as it was")),
            ("", _("Cancel")),
        ]
        answer = ask(self._asker.window(), _("Restore"), text, answers)
        return {"later": True, "exactly": False}.get(answer)

    def _compare(self, prepared: Prepared) -> None:
        text = "\n".join(stores.comparison_lines(prepared.comparison))
        kept = _("The store as it is now stays beside the restored one.")
        answers = [("restore", _("Restore")), ("", _("Cancel"))]
        window = self._asker.window()
        if ask(window, _("Restore"), f"{text}\n\n{kept}", answers) == "restore":
            self._put_in_place(prepared)
        else:
            prepared.drop()
            self._desk.say(_("Nothing was changed."), "calm")

    def _put_in_place(self, prepared: Prepared) -> None:
        """Close the store, swap, and open what was restored."""
        desk, app = self._desk, self._desk.app
        window: Any = self._asker.window()
        failure: Exception | None = None
        desk.close_store()
        try:
            desk.jobs.wait_for(
                lambda: stores.put_in_place(prepared, user=app.user, clock=app.clock),
                _("Restoring"),
            )
        except Exception as error:
            failure = error
        window.switch_store(prepared.folder)
        if failure is not None:
            self._doing.failed(failure)
        else:
            desk.say(_("The backup was restored. What was there is kept beside it."))
