"""Issued papers (văn bản đã phát hành): looked up, printed again, compared with today, voided."""

import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QFont
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from desktop.models import issuing as kept
from desktop.models.actions.issuing import VoidPaper
from desktop.models.engines.sqlite import Connection
from desktop.models.issuing import IssuedLine, code_digits
from desktop.printing import pdf
from desktop.progress import Progress
from desktop.tasks import issuing, recording
from desktop.tasks.issuing import Reprint
from desktop.tasks.line_differences import Difference
from desktop.text import _, counted
from desktop.vietnamese.dates import short_date
from desktop.views.amounts import when
from desktop.views.asking import AskForm
from desktop.views.boxes import LineBox, TextBox
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.place import Place
from desktop.views.preview import PdfPreview
from desktop.views.printer_job import send_as_asked
from desktop.views.signing_sheet import PaperSigning
from desktop.views.widgets import button, card, column, label, line, name, plain, tell

_MOST = 300
"""So many papers are listed at once; a search finds the others."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An issued paper on the screen: its file, what is to be said of it, where today differs."""

    file: Path
    reprint: Reprint
    differences: tuple[Difference, ...]


def _file_name(one: IssuedLine) -> str:
    """What a file of the paper is called, without its ending."""
    return one.number.replace("/", "-")


class VoidSheet(AskForm):
    """Asks why an issued paper is voided."""

    def __init__(self, parent: QWidget | None, one: IssuedLine) -> None:
        said = _("{number} becomes void. The number stays used; this cannot be undone.")
        super().__init__(
            parent, _("Void a paper"), said.format(number=one.number), _("Void the paper")
        )
        self.setMinimumWidth(540)
        self.fields.addWidget(label(one.subject, tone="quiet", wrap=True))
        self.box = TextBox(3)
        self.add(_("Reason (it stands in the register of outgoing papers)"), self.box)
        self.box.setFocus()

    @property
    def reason(self) -> str:
        """The reason given."""
        return str(self.box.value())

    def ready(self) -> str:
        """There must be a reason."""
        return "" if self.reason else _("Write the reason why it is voided.")


class DifferenceSheet(QDialog):
    """What was issued beside what today's data say, line by line."""

    def __init__(
        self, parent: QWidget | None, one: IssuedLine, found: tuple[Difference, ...]
    ) -> None:
        super().__init__(parent)
        title = _("{number}: issued and today").format(number=one.number)
        self.setWindowTitle(title)
        tree = QTreeWidget()
        tree.setHeaderLabels([_("As issued"), _("Today's data")])
        tree.setRootIsDecorated(False)
        tree.setWordWrap(True)
        tree.setAlternatingRowColors(True)
        tree.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        name(tree, title)
        for each in found:
            texts = [each.issued or "–", each.today or "–"]
            item = QTreeWidgetItem(texts)
            for at, text in enumerate(texts):
                item.setToolTip(at, plain(text))
                item.setTextAlignment(at, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, " → ".join(texts))
            tree.addTopLevelItem(item)
        said = label(_("What was issued stays as it is."), tone="quiet")
        close = button(_("Close"), self.accept, kind="primary")
        self.setLayout(column(tree, line(said, None, close), margins=14, spacing=8))
        self.resize(860, 440)


class IssuedPlace(Place):
    """The issued papers at the left, the one that is chosen as it was printed."""

    can = frozenset({"print_current", "look_up"})

    def __init__(self, desk: Desk, doing: Doing) -> None:
        super().__init__(desk, doing)
        self._folder = tempfile.TemporaryDirectory(prefix="so-sang-kien-")
        self.lines: list[IssuedLine] = []
        self.opened: Opened | None = None
        self._wish = 0
        self._number = 0
        self._typing = QTimer(self, singleShot=True, interval=200)
        self._typing.timeout.connect(self.refresh)
        self._build_list()
        self._build_paper()
        self._compose()
        desk.changed.connect(self._changed)
        desk.opened.connect(self._store_opened)
        desk.dressed.connect(self._dress)
        self._dress()

    def _build_list(self) -> None:
        self.search = LineBox()
        self.search.setPlaceholderText(_("Number, subject, signer – or the code of a print"))
        self.search.setClearButtonEnabled(True)
        name(self.search, _("Search the issued papers"))
        self.search.textEdited.connect(lambda _text: self._typing.start())
        self.list = QTreeWidget()
        self.list.setHeaderLabels([_("Number and symbol"), _("Dated"), _("What it is about")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAlternatingRowColors(True)
        name(self.list, _("Issued papers"))
        name(self.list.header(), _("{table}: column headings").format(table=_("Issued papers")))
        self.list.currentItemChanged.connect(lambda _now, _before: self._choose())
        self.told = label(tone="quiet", wrap=True)

    def _build_paper(self) -> None:
        self.preview = PdfPreview(self.desk)
        self.facts = label(tone="quiet", wrap=True)
        self.state = label(wrap=True)
        self.differs = button(_("Show the differences…"), self.show_differences, kind="link")
        self.printer = button(_("Print  Ctrl+P"), self.print_current, kind="primary")
        self.save_pdf = button(_("Save as PDF"), self.save_file)
        self.other = button(_("Open with another program"), self.open_other, kind="link")
        self.sign = button(_("Sign…"), self.ask_sign)
        self.void = button(_("Void…"), self.ask_void)

    def _compose(self) -> None:
        back = button(_("‹ Print"), lambda: self.desk.go("printing"), kind="link")
        head = line(label(_("Issued papers"), role="title"), None, back)
        inside = column(self.search, self.list, self.told, margins=10)
        inside.setStretch(1, 1)
        self._left = card(inside)
        state = line(self.state, self.differs, self.other)
        state.setStretch(0, 1)
        foot = line(self.void, None, self.sign, self.save_pdf, self.printer)
        right = column(self.preview, state, self.facts, foot, spacing=6)
        right.setStretch(0, 1)
        body = line(self._left, right)
        body.setStretch(0, 5)
        body.setStretch(1, 6)
        whole = column(head, body, margins=(6, 8, 10, 6))
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self._update()

    def _dress(self) -> None:
        icons, theme = self.desk.icons, self.desk.theme
        self.printer.setIcon(icons.icon("printer", theme.on_accent))
        self.save_pdf.setIcon(icons.icon("download", theme.quiet))
        self.sign.setIcon(icons.icon("pencil", theme.quiet))
        self.void.setIcon(icons.icon("circle-x", theme.quiet))
        letter = self.fontMetrics().averageCharWidth()
        self.list.setColumnWidth(0, letter * 20)
        self.list.setColumnWidth(1, letter * 13)
        self._paint_rows()

    @property
    def pending(self) -> bool:
        """Whether a search is still to start."""
        return self._typing.isActive()

    def enter(self, wish: object = None) -> None:
        """List the papers; a wish is the id of the one to show."""
        if isinstance(wish, int):
            self._wish = wish
            self.search.set_value("")
        self.refresh()
        self.list.setFocus()

    def _changed(self, touched: object) -> None:
        if self.isVisible() and isinstance(touched, dict):
            self.refresh()

    def _store_opened(self) -> None:
        if self.isVisible():
            self.refresh()

    def look_up(self) -> None:
        """Search among the issued papers."""
        self.search.setFocus()
        self.search.selectAll()

    def refresh(self) -> None:
        """Read the papers that the search finds."""
        self._typing.stop()
        words, also = self.search.text(), self._wish or (self.current.id if self.current else 0)

        def work(connection: Connection) -> tuple[list[IssuedLine], int]:
            return kept.find_issued(connection, words, _MOST, also=also)

        if self.desk.connection is not None:
            self.desk.read(work, self._show, key="issued")

    def _show(self, found: tuple[list[IssuedLine], int]) -> None:
        chosen = self._wish or (self.current.id if self.current else 0)
        self._wish = 0
        self.lines, count = found
        self.list.blockSignals(True)  # noqa: FBT003 - Qt's own switch
        self.list.clear()
        for one in self.lines:
            self.list.addTopLevelItem(self._row(one))
        at = next((at for at, one in enumerate(self.lines) if one.id == chosen), 0)
        item = self.list.topLevelItem(at)
        if item is not None:
            self.list.setCurrentItem(item)
        self.list.blockSignals(False)  # noqa: FBT003 - the same
        self._paint_rows()
        self._tell(count)
        self._choose()

    def _tell(self, count: int) -> None:
        words = self.search.text().strip()
        if not count and code_digits(words):
            tell(self.told, _("There is no such print: this code was never issued."), "bad")
        elif not count:
            said = _("Nothing found.") if words else _("Nothing has been issued yet.")
            tell(self.told, said, "quiet")
        else:
            said = counted("{count} paper", "{count} papers", count).format(count=count)
            more = _("; the newest {most} are listed").format(most=_MOST) if count > _MOST else ""
            tell(self.told, said + more, "quiet")

    @staticmethod
    def _row(one: IssuedLine) -> QTreeWidgetItem:
        texts = [one.number, short_date(one.dated), one.subject]
        said = texts
        if one.voided is not None:
            reason = _("Void: {reason}").format(reason=one.void_reason)
            texts = [*texts[:2], f"{reason} · {one.subject}"]
            said = [one.number, reason, one.subject]
        item = QTreeWidgetItem(texts)
        for at, text in enumerate(texts):
            item.setToolTip(at, plain(text))
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, ", ".join(said))
        return item

    def _paint_rows(self) -> None:
        """Strike the numbers of voided papers out."""
        struck = QFont(self.list.font())
        struck.setStrikeOut(True)
        for at, one in enumerate(self.lines):
            item = self.list.topLevelItem(at)
            if item is None:
                continue
            item.setSizeHint(0, QSize(0, self.fontMetrics().height() + 10))
            if one.voided is not None:
                item.setFont(0, struck)
                item.setForeground(2, self.desk.theme_colour("bad"))

    @property
    def current(self) -> IssuedLine | None:
        """The paper that is chosen."""
        item = self.list.currentItem()
        at = self.list.indexOfTopLevelItem(item) if item is not None else -1
        return self.lines[at] if 0 <= at < len(self.lines) else None

    def _choose(self) -> None:
        """Show the chosen paper as it was printed, and compare it with today's data."""
        self.opened = None
        self._update()
        store, one = self.desk.store, self.current
        if store is None or one is None:
            self.preview.say("" if one is None else _("Reading…"))
            return
        self._number += 1
        file = Path(self._folder.name) / f"issued-{self._number}.pdf"
        resources = self.desk.app.resources

        def work(_progress: Progress) -> Opened:
            data, done = issuing.reprint(store, one, resources)
            pdf.keep(data, file)
            differ = () if one.voided else issuing.differences(store, one, resources)
            return Opened(file, done, differ)

        self.desk.papers.run(work, self._show_paper, self._refused, key="issued paper")

    def _refused(self, error: Exception) -> None:
        self.preview.say(str(error))
        self.doing.failed(error)

    def _show_paper(self, opened: Opened) -> None:
        self.opened = opened
        self.preview.show_file(opened.file)
        self._update()

    def _update(self) -> None:
        """Say what is known of the chosen paper, and what can be done with it."""
        one, opened, store = self.current, self.opened, self.desk.store
        writable = store is not None and not store.read_only
        for made in (self.printer, self.save_pdf, self.other):
            made.setEnabled(opened is not None)
        valid = one is not None and one.voided is None
        self.sign.setEnabled(opened is not None and valid)
        self.void.setEnabled(valid and writable)
        self.differs.setVisible(bool(opened and opened.differences))
        self.facts.setText(self._facts(one) if one else "")
        tell(self.state, *self._state(one, opened))

    def _facts(self, one: IssuedLine) -> str:
        today = self.desk.app.clock().date()
        said = _("Issued by {user}, {time}. Signed by {signer}. Code of the print: {code}")
        return said.format(
            user=one.issued_by or "–",
            time=when(one.issued_at.isoformat(), today),
            signer=one.signer or "–",
            code=one.code,
        )

    def _state(self, one: IssuedLine | None, opened: Opened | None) -> tuple[str, str]:
        """How the paper stands, in words, and their tone."""
        if one is None or opened is None:
            return "", ""
        if one.voided is not None:
            said = _("Void since {day} ({user}): {reason}")
            day = short_date(one.voided.date())
            return said.format(day=day, user=one.voided_by, reason=one.void_reason), "bad"
        words = issuing.difference_words(opened.differences)
        said = " ".join(filter(None, (opened.reprint.said, words)))
        return said, "warn" if opened.differences or opened.reprint.said else "quiet"

    def show_differences(self) -> None:
        """Show where today's data differ."""
        if self.current is not None and self.opened is not None:
            DifferenceSheet(self.window(), self.current, self.opened.differences).open()

    def ask_void(self) -> None:
        """Ask for the reason, then void the chosen paper."""
        one = self.current
        if one is None:
            return
        sheet = VoidSheet(self.window(), one)
        sheet.accepted.connect(lambda: self._void(one, sheet.reason))
        sheet.open()

    def _void(self, one: IssuedLine, reason: str) -> None:
        outcome = self.doing.do(VoidPaper(one.id, reason))
        if outcome is not None:
            said = _("{number} is void. Its number stays used.").format(number=one.number)
            left = recording.still_resting(self.desk.store, one) if self.desk.store else ""
            offers = ((_("Decisions"), partial(self.desk.go, "decisions")),) if left else ()
            self.desk.say(f"{said} {left}".strip(), "warn" if left else "good", offers)

    def ask_sign(self) -> None:
        """Ask for a certificate, and save the kept file of the chosen paper signed with it."""
        store, one, resources = self.doing.store(), self.current, self.desk.app.resources
        if store is None or one is None or one.voided is not None:
            return

        def printing(file: Path, _progress: Progress) -> None:
            issuing.reprint_to(store, one, file, resources)

        PaperSigning(self, self.desk, self.doing).ask(_file_name(one), printing)

    def save_file(self) -> None:
        """Ask where to, and save the paper there."""
        one = self.current
        if one is None:
            return
        start = f"{_file_name(one)}.pdf"
        path, _kind = QFileDialog.getSaveFileName(self, _("Save as PDF"), start, "PDF (*.pdf)")
        if path:
            self.save_to(Path(path))

    def save_to(self, file: Path) -> None:
        """Save the paper to a file, the same for ever."""
        store, one, resources = self.doing.store(), self.current, self.desk.app.resources
        if store is None or one is None:
            return
        said = _("Saved to {file}.").format(file=file)
        show = partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(file)))
        self.desk.papers.run(
            lambda _progress: issuing.reprint_to(store, one, file, resources),
            lambda _done: self.desk.say(said, "good", ((_("Open"), show),)),
            self.doing.failed,
        )

    def open_other(self) -> None:
        """Open the paper with the program of this PC."""
        if self.opened is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.opened.file)))

    def print_current(self) -> None:
        """Print the paper again; without a printer say so and offer the PDF."""
        opened = self.opened
        if opened is None:
            return
        if not QPrinterInfo.availablePrinters():
            self.desk.say(
                _("No printer is set up on this PC. Save the paper as PDF and print it elsewhere."),
                "warn",
                ((_("Save as PDF"), self.save_file),),
            )
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec():
            self.desk.papers.run(
                lambda progress: send_as_asked(opened.file, printer, progress),
                lambda sheets: self.desk.say(
                    _("{count} sheets sent to the printer.").format(count=sheets)
                ),
                self.doing.failed,
                title=_("Printing"),
            )

    def leave(self) -> None:
        """Take the temporary files away."""
        self._folder.cleanup()

    def minimumSizeHint(self) -> QSize:
        """The list and a corner of the page."""
        return QSize(760, 400)
