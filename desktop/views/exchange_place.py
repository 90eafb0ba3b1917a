"""Send – receive (gửi – nhận): the workbook for the portal, and workbooks that are read in."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QHeaderView,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.models import register
from desktop.models.engines.sqlite import Connection
from desktop.models.register import Listing
from desktop.models.store import Store
from desktop.models.values import PORTAL_STATE_NAMES, PortalState
from desktop.progress import Progress
from desktop.tasks import importing, portal
from desktop.tasks.importing import ImportReport, Preview
from desktop.text import _
from desktop.views.amounts import grouped, money
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.files_zone import FilesZone
from desktop.views.grid import row_height
from desktop.views.place import Place
from desktop.views.register_place import Wish
from desktop.views.widgets import button, card, clear, column, label, line, name, only_read, tell

_SHOWN = 500
"""How many rows of a workbook the preview shows."""


@dataclass(frozen=True, slots=True)
class Shelves:
    """How many initiatives are ready for the portal, and how many stand in each state there."""

    ready: int
    states: dict[str, int]


class ExchangePlace(Place):
    """What goes out at the left, what comes in at the right."""

    can = frozenset({"import_file", "export_file"})

    def __init__(self, desk: Desk, doing: Doing) -> None:
        super().__init__(desk, doing)
        self.sending = Sending(desk, doing)
        self.receiving = Receiving(desk, doing)
        body = line(
            card(column(self.sending, margins=14)), card(column(self.receiving, margins=14))
        )
        body.setStretch(0, 2)
        body.setStretch(1, 5)
        self.setLayout(
            column(label(_("Send – receive"), role="title"), body, margins=(6, 8, 10, 6))
        )
        desk.changed.connect(self._changed)
        desk.opened.connect(self.sending.refresh)

    def enter(self, wish: object = None) -> None:
        """Show the shelves; begin with what is wished."""
        self.sending.refresh()
        if wish == "import":
            self.receiving.zone.choose.setFocus()
        else:
            self.sending.go.setFocus()

    def _changed(self, _touched: object) -> None:
        if self.isVisible():
            self.sending.refresh()

    def import_file(self) -> None:
        """Choose a workbook."""
        self.receiving.choose()

    def export_file(self) -> None:
        """Write the workbook for the portal."""
        self.sending.export()

    def minimumSizeHint(self) -> QSize:
        """Both columns."""
        return QSize(780, 420)


class Sending(QWidget):
    """The shelves of the portal, and the button that writes its workbook."""

    def __init__(self, desk: Desk, doing: Doing) -> None:
        super().__init__()
        self._desk, self._doing = desk, doing
        self._ready: tuple[int, ...] = ()
        self.figure = label("–", role="figure")
        self._words = label(_("ready to be entered on the portal"), tone="quiet", wrap=True)
        self._shelves: QVBoxLayout = column(spacing=1)
        self.go = button(_("Write the workbook  Ctrl+E"), self.export, kind="primary")
        self._result = label(wrap=True)
        hint = label(
            _("Writing the workbook does not send anything: mark them as entered once they are."),
            tone="quiet",
            wrap=True,
        )
        self.setLayout(
            column(
                label(_("For the portal"), role="heading"),
                self.figure,
                self._words,
                self.go,
                hint,
                self._result,
                6,
                label(_("On the portal"), role="heading"),
                self._shelves,
                None,
            )
        )

    def refresh(self) -> None:
        """Count the shelves again."""

        def work(connection: Connection) -> Shelves:
            states = {
                str(state): register.count(connection, Listing(portal_state=state))
                for state in PortalState
            }
            ready = sum(
                register.count(connection, Listing(verdict="eligible", portal_state=state))
                for state in (PortalState.UNSENT, PortalState.EXPORTED)
            )
            return Shelves(ready, states)

        if self._desk.connection is not None:
            self._desk.read(work, self._show, key="shelves")

    def _show(self, shelves: Shelves) -> None:
        self.figure.setText(grouped(shelves.ready))
        self.go.setEnabled(shelves.ready > 0)
        clear(self._shelves)
        for state, words in PORTAL_STATE_NAMES.items():
            count = grouped(shelves.states[str(state)])
            wish = Wish(listing=Listing(portal_state=str(state)))
            made = button(
                f"{_(words)}   {count}",
                partial(self._desk.go, "initiatives", wish),
                kind="row",
            )
            name(made, f"{_(words)} {count}")
            self._shelves.addWidget(made)

    def export(self) -> None:
        """Ask where to, and write the workbook there."""
        day = f"{self._desk.app.clock():%Y-%m-%d}"
        start = f"cong-sang-kien-{day}.xlsx"
        path, _kind = QFileDialog.getSaveFileName(
            self, _("Write the workbook for the portal"), start, "Excel (*.xlsx)"
        )
        if path:
            self.export_to(Path(path))

    def export_to(self, file: Path) -> None:
        """Write what is ready to a file."""

        def work(store: Store, progress: Progress) -> Any:
            return portal.export_portal(store, file, ids=portal.ready(store), progress=progress)

        self._doing.work(
            _("Writing the workbook"), work, lambda report: self._exported(report, file)
        )

    def _exported(self, report: Any, file: Path) -> None:
        text = _("{count} initiatives written to {file}.").format(count=report.count, file=file)
        tell(self._result, text, "good")
        self._desk.announce({"initiative": frozenset()})

        def show() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))

        self._desk.say(text, "good", ((_("Open the folder"), show),))


class Receiving(QWidget):
    """The import, step by step: choose, look, record, and one undo for all of it."""

    def __init__(self, desk: Desk, doing: Doing) -> None:
        super().__init__()
        self._desk, self._doing = desk, doing
        self.found: Preview | None = None
        self.report: ImportReport | None = None
        self.zone = FilesZone(_("Choose a workbook  Ctrl+I"), several=False)
        self.zone.dropped.connect(lambda paths: self.read(paths[0]))
        self._step = label(role="heading")
        self._summary = label(wrap=True)
        self.table = QTableWidget(0, 0)
        only_read(self.table, _("Rows of the workbook"))
        self.record = button(_("Record them"), self.commit, kind="primary")
        self.again = button(_("Another workbook"), self.start)
        self.undo = button(_("Undo this import"), self.take_back)
        self.see = button(_("See them in the list"), lambda: desk.go("initiatives"))
        self._steps = QStackedWidget()
        template = button(_("Save the empty template"), self.save_template, kind="link")
        hint = label(
            _("A workbook made from the template, or any with a “Tên sáng kiến” column."),
            tone="quiet",
            wrap=True,
        )
        first = QWidget()
        explained = label(
            _(
                "Columns are found by their headings, in any order. You see every row before "
                "anything is recorded, and the whole import is one step that can be undone."
            ),
            tone="quiet",
            wrap=True,
        )
        self.zone.setMinimumHeight(170)
        first.setLayout(column(self.zone, hint, explained, line(template, None), None, spacing=8))
        second = QWidget()
        foot = line(None, self.again, self.undo, self.see, self.record)
        looked = column(self._summary, self.table, foot, spacing=8)
        looked.setStretch(1, 1)
        second.setLayout(looked)
        self._steps.addWidget(first)
        self._steps.addWidget(second)
        self.setLayout(column(self._step, self._steps, spacing=8))
        self.start()

    def start(self) -> None:
        """Begin anew."""
        self.found = self.report = None
        self._step.setText(_("Read a workbook in · 1 Choose → 2 Look → 3 Done"))
        self._steps.setCurrentIndex(0)

    def choose(self) -> None:
        """Ask for a workbook."""
        kinds = "Excel (*.xlsx *.xls *.ods);;* (*)"
        path, _kind = QFileDialog.getOpenFileName(self, _("Choose a workbook"), "", kinds)
        if path:
            self.read(Path(path))

    def read(self, file: Path) -> None:
        """Read a workbook and show what recording it would do."""
        self._doing.work(
            _("Reading the workbook"),
            lambda store, progress: importing.preview(store, file, progress),
            self._show,
        )

    def _show(self, found: Preview) -> None:
        self.found = found
        self._step.setText(_("2 Look: {file}").format(file=found.file.name))
        text = _("{read} rows read: {good} can be recorded, {bad} problems.").format(
            read=found.reading.read, good=len(found.drafts), bad=len(found.problems)
        )
        tell(
            self._summary, "\n".join([text, *found.notes[:6]]), "warn" if found.problems else "good"
        )
        self._fill(found)
        self.record.setText(_("Record {count} initiatives").format(count=len(found.drafts)))
        name(self.record, self.record.text())
        self._steps.setCurrentIndex(1)
        self._arrange(done=False)
        self.record.setEnabled(bool(found.drafts))
        self.record.setFocus()

    def _arrange(self, *, done: bool) -> None:
        self.record.setVisible(not done)
        self.undo.setVisible(done)
        self.see.setVisible(done)

    def _fill(self, found: Preview) -> None:
        """The rows in order, those with a problem marked and explained."""
        titles = [_("Row"), _("Result"), _("Title"), _("Author"), _("Unit"), _("Benefit (đ)")]
        lines: list[tuple[int, str, list[str]]] = []
        for row, draft in zip(found.rows, found.drafts, strict=True):
            author = draft.authors[0].name if draft.authors else ""
            lines.append(
                (
                    row,
                    "",
                    [_("Will be recorded"), draft.title, author, draft.unit, money(draft.benefit)],
                )
            )
        for problem in found.problems:
            where = f"{problem.column}: " if problem.column else ""
            lines.append((problem.row, "bad", [f"✕ {where}{problem.message}", "", "", "", ""]))
        lines.sort(key=lambda one: (one[1] == "", one[0]))
        self.table.clear()
        self.table.setColumnCount(len(titles))
        self.table.setHorizontalHeaderLabels(titles)
        self.table.setRowCount(min(len(lines), _SHOWN))
        for at, (row, tone, cells) in enumerate(lines[:_SHOWN]):
            self._fill_line(at, [str(row), *cells], tone)
        self._fit()

    def _fit(self) -> None:
        """Give each column its width; the title takes what is left."""
        head, metrics = self.table.horizontalHeader(), self.table.fontMetrics()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for at, wide in enumerate(
            ("0000", "Sẽ được nhập M", "", "Nguyễn Thị Hương", "M" * 12, "0" * 13)
        ):
            stretched = (
                QHeaderView.ResizeMode.Stretch if not wide else QHeaderView.ResizeMode.Interactive
            )
            head.setSectionResizeMode(at, stretched)
            self.table.setColumnWidth(at, metrics.horizontalAdvance(wide) + 16)
        self.table.verticalHeader().setDefaultSectionSize(row_height(self.table))

    def _fill_line(self, at: int, cells: list[str], tone: str) -> None:
        for number, text in enumerate(cells):
            item = QTableWidgetItem(text)
            if number == len(cells) - 1:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if tone:
                item.setForeground(self._desk.theme_colour(tone))
            self.table.setItem(at, number, item)
        if tone:
            self.table.setSpan(at, 1, 1, len(cells) - 1)

    def commit(self) -> None:
        """Record what was looked at, as one act."""
        found = self.found
        if found is not None:
            self.record.setEnabled(False)
            self._doing.work(
                _("Recording"),
                lambda store, progress: importing.commit(store, found, progress),
                self._committed,
            )

    def _committed(self, report: ImportReport) -> None:
        self.report = report
        self._step.setText(_("3 Done"))
        tell(self._summary, "\n".join(report.sentences()[:2]), "good")
        for at in range(self.table.rowCount()):
            item = self.table.item(at, 1)
            if item is not None and self.table.columnSpan(at, 1) == 1:
                item.setText(_("Recorded"))
        self._arrange(done=True)
        self._desk.announce({"initiative": frozenset()})
        text = _("{count} initiatives recorded.").format(count=report.imported)
        self._desk.say(text, "good", ((_("Undo this import"), self.take_back),))

    def take_back(self) -> None:
        """Undo the whole import."""
        entry = self.report.entry if self.report is not None else None
        if entry is not None and self._doing.undo(entry) is not None:
            self._desk.say(_("The import was taken back; nothing of it is left."))
            self.start()

    def save_template(self) -> None:
        """Ask where to, and write the empty template."""
        path, _kind = QFileDialog.getSaveFileName(
            self, _("Save the empty template"), "mau-nhap-sang-kien.xlsx", "Excel (*.xlsx)"
        )
        if not path:
            return
        file = Path(path)
        self._doing.work(
            _("Writing the template"),
            lambda store, _progress: importing.write_empty_template(file, store.programme),
            lambda _nothing: self._desk.say(_("Saved to {file}.").format(file=file)),
        )
