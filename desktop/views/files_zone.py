"""Where files are dropped or chosen, and the files that are attached."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QVBoxLayout

from desktop.text import _
from desktop.views.amounts import size
from desktop.views.widgets import button, clear, column, label, line, name, set_property

FILTER = "PDF, JPG, PNG, DOCX, XLSX (*.pdf *.jpg *.jpeg *.png *.docx *.doc *.xlsx *.xls);;* (*)"


class FilesZone(QFrame):
    """A dashed frame that takes files.

    *Signals:* ``dropped(paths)`` with the files dropped or chosen, ``opened(key)`` and
    ``removed(key)`` for a file that is listed.
    """

    dropped = Signal(object)
    opened = Signal(str)
    removed = Signal(str)

    def __init__(self, words: str, *, several: bool = True) -> None:
        super().__init__()
        self.setObjectName("drop")
        self.setAcceptDrops(True)
        self._several = several
        self._list: QVBoxLayout = column(spacing=2)
        hint = label(_("Drop files here"), tone="quiet")
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.choose = button(words, self._choose)
        middle = line(None, self.choose, None)
        self.setLayout(column(self._list, None, hint, middle, None, spacing=5, margins=9))
        name(self, words)

    def show_files(self, files: Sequence[tuple[str, str, int]]) -> None:
        """List files as (key, name, size in bytes)."""
        clear(self._list)
        for key, words, octets in files:
            see = button(f"{words} · {size(octets)}", partial(self.opened.emit, key), kind="link")
            name(see, _("Open {file}").format(file=words))
            drop = button("✕", partial(self.removed.emit, key), kind="link")
            name(drop, _("Remove {file}").format(file=words))
            see.setMinimumWidth(60)
            row = line(see, drop, spacing=2)
            row.setStretch(0, 1)
            self._list.addLayout(row)

    def _choose(self) -> None:
        if self._several:
            found, _kind = QFileDialog.getOpenFileNames(self, _("Choose files"), "", FILTER)
        else:
            one, _kind = QFileDialog.getOpenFileName(self, _("Choose a file"), "", FILTER)
            found = [one] if one else []
        if found:
            self.dropped.emit([Path(path) for path in found])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files of this PC."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            set_property(self, "over", "true")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Look as before."""
        set_property(self, "over", "false")
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand over what was dropped."""
        set_property(self, "over", "false")
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        files = [path for path in paths if path.is_file()]
        if files:
            self.dropped.emit(files if self._several else files[:1])

    def minimumSizeHint(self) -> QSize:
        """The button and the hint."""
        return QSize(120, 70)
