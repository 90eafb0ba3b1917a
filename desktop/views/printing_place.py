"""Printing (in ấn): which paper, for whom, and the page as it will come out."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from desktop.models import register
from desktop.models.engines.sqlite import Connection
from desktop.models.register import Listing
from desktop.models.store import Store
from desktop.printing.papers import PAPERS, PaperKind, Scope, kind
from desktop.progress import Progress
from desktop.tasks import issuing
from desktop.tasks.papers import BLANK, print_papers
from desktop.text import N_, _
from desktop.views.amounts import grouped
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.issuing_sheet import IssuingSheet
from desktop.views.place import Place
from desktop.views.preview import PdfPreview, print_file
from desktop.views.signing_sheet import PaperSigning
from desktop.views.stock_offset import StockOffset
from desktop.views.widgets import button, card, column, label, line, name, plain, rule, scrolled

_PREVIEWED = 10
"""How many initiatives are drawn for the preview of papers that each has its own."""

GROUPS: tuple[tuple[str, str, Listing], ...] = (
    ("all", N_("All initiatives"), Listing(order="code")),
    ("eligible", N_("The eligible ones"), Listing(order="code", verdict="eligible")),
    ("recognised", N_("The recognised ones"), Listing(order="code", shelf="recognised")),
    ("unsent", N_("Those not sent yet"), Listing(order="code", shelf="unsent")),
)
"""For whom a paper can be printed, besides a selection: key, words, listing."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper and the initiatives it is wanted for."""

    key: str
    ids: tuple[int, ...]

    @property
    def shown(self) -> tuple[int, ...]:
        """Those that the preview draws."""
        return self.ids[:_PREVIEWED] if self.kind.scope is Scope.INITIATIVE else self.ids

    @property
    def kind(self) -> PaperKind:
        """The kind of paper."""
        return kind(self.key)

    @property
    def is_something(self) -> bool:
        """Whether there is anything to print."""
        return bool(self.ids) or not self.kind.of_initiatives


class PrintingPlace(Place):
    """What to print, for whom, and the preview."""

    can = frozenset({"print_current"})

    def __init__(self, desk: Desk, doing: Doing) -> None:
        super().__init__(desk, doing)
        self._folder = tempfile.TemporaryDirectory(prefix="so-sang-kien-")
        self._groups: dict[str, tuple[int, ...]] = {}
        self._number = 0
        self.paper, self.group = PAPERS[0].key, "all"
        self._papers: dict[str, QPushButton] = {}
        self._whom: dict[str, QPushButton] = {}
        self.preview = PdfPreview(desk)
        self._build_left()
        self._compose()
        desk.changed.connect(self._changed)
        desk.opened.connect(self._store_opened)
        desk.dressed.connect(self._dress)
        self._dress()

    def _build_left(self) -> None:
        box = column(spacing=2, margins=12)
        box.addWidget(label(_("What"), role="heading"))
        for paper in PAPERS:
            made = button(paper.name, partial(self.choose, paper=paper.key), kind="row")
            made.setCheckable(True)
            made.setToolTip(plain(paper.name))
            made.setMinimumWidth(80)
            self._papers[paper.key] = made
            box.addWidget(made)
        box.addSpacing(8)
        box.addWidget(rule())
        box.addSpacing(4)
        box.addWidget(label(_("For whom"), role="heading"))
        for key in ("selection", *(group for group, _words, _listing in GROUPS), "blank"):
            made = button("", partial(self.choose, group=key), kind="row")
            made.setCheckable(True)
            self._whom[key] = made
            box.addWidget(made)
        self._whom["selection"].hide()
        box.addStretch(1)
        inside = QWidget()
        inside.setLayout(box)
        self._left = card(column(scrolled(inside), margins=1))

    def _compose(self) -> None:
        self.printer = button(_("Print  Ctrl+P"), self.print_current, kind="primary")
        self.save_pdf = button(_("Save as PDF"), self.save_file)
        self.other = button(_("Open with another program"), self.open_other)
        self.signing = button(_("Sign…"), self.sign_file)
        self._note = label(tone="quiet", wrap=True)
        words = button(_("Wording…"), lambda: self.desk.go("wording", self.paper), kind="link")
        foot = line(self._note, words, self.other, self.signing, self.save_pdf, self.printer)
        foot.setStretch(0, 1)
        self.offset = StockOffset(self.desk.app.settings, self._draw)
        self.offset.hide()
        right = column(self.preview, self.offset, foot, spacing=8)
        body = line(self._left, right)
        body.setStretch(1, 1)
        self.issue = button(_("Give a number and issue…"), self.issue_paper)
        issued = button(_("Issued papers"), partial(self.desk.go, "issued"), kind="link")
        head = line(label(_("Print"), role="title"), None, issued, self.issue)
        whole = column(head, body, margins=(6, 8, 10, 6))
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _dress(self) -> None:
        icons, theme = self.desk.icons, self.desk.theme
        self.printer.setIcon(icons.icon("printer", theme.on_accent))
        self._left.setFixedWidth(max(280, self.fontMetrics().averageCharWidth() * 44))
        self.save_pdf.setIcon(icons.icon("download", theme.quiet))
        self.signing.setIcon(icons.icon("pencil", theme.quiet))
        self.other.setIcon(icons.icon("external-link", theme.quiet))

    def enter(self, wish: object = None) -> None:
        """Show the papers; a selection that is wished for is printed first.

        A selection may come with the key of the paper that is wanted.
        """
        if isinstance(wish, tuple) and wish and isinstance(wish[0], str):
            self.paper, self._groups["selection"] = wish
            self.group = "selection"
        elif isinstance(wish, tuple) and wish:
            self._groups["selection"] = wish
            self.group = "selection"
            self.paper = "dossier" if len(wish) == 1 else self.paper
        self._read()

    def _changed(self, _touched: object) -> None:
        if self.isVisible():
            self._read()

    def _store_opened(self) -> None:
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        """Read whom there is to print for, then draw the preview."""

        def work(connection: Connection) -> dict[str, tuple[int, ...]]:
            return {key: tuple(register.ids(connection, wanted)) for key, _w, wanted in GROUPS}

        if self.desk.connection is not None:
            self.desk.read(work, self._show_groups, key="print-groups")

    def _show_groups(self, found: dict[str, tuple[int, ...]]) -> None:
        chosen = self._groups.get("selection", ())
        self._groups = {**found, "selection": chosen, "blank": (BLANK,)}
        words = {"selection": _("The selection"), **{key: _(text) for key, text, _l in GROUPS}}
        blank = _("An empty form to fill in")
        self._whom["blank"].setText(blank)
        name(self._whom["blank"], blank)
        for key, made in self._whom.items():
            if key not in words:
                continue
            count = grouped(len(self._groups[key]))
            made.setText(f"{words[key]}  ({count})")
            name(made, f"{words[key]} {count}")
        self._whom["selection"].setVisible(bool(chosen))
        self.choose()

    def choose(self, paper: str = "", group: str = "") -> None:
        """Take a paper or a group, and draw the preview."""
        self.paper, self.group = paper or self.paper, group or self.group
        for key, made in self._papers.items():
            made.setChecked(key == self.paper)
        for key, made in self._whom.items():
            made.setChecked(key == self.group)
        self._draw()

    @property
    def wanted(self) -> Wanted:
        """What is chosen."""
        return Wanted(self.paper, self._groups.get(self.group, ()))

    def _draw(self) -> None:
        store, wanted = self.desk.store, self.wanted
        for made in (self.printer, self.save_pdf, self.signing, self.other):
            made.setEnabled(store is not None and wanted.is_something)
        numbered = bool(wanted.kind.type) and wanted.is_something and BLANK not in wanted.ids
        self.issue.setEnabled(store is not None and not store.read_only and numbered)
        self.offset.setVisible(wanted.kind.on_stock)
        if store is None:
            return
        if wanted.kind.on_stock:
            self.offset.show_printer(QPrinterInfo.defaultPrinterName())
        if not wanted.is_something:
            self.preview.say(_("Nobody to print for. Choose another group."))
            return
        self._number += 1
        file = Path(self._folder.name) / f"preview-{self._number}.pdf"
        self._make(store, Wanted(wanted.key, wanted.shown), file, self._show_preview, "preview")

    def _show_preview(self, file: Path) -> None:
        self.preview.show_file(file)
        wanted = self.wanted
        left_out = len(wanted.ids) - len(wanted.shown)
        if wanted.ids == (BLANK,) or not wanted.kind.of_initiatives:
            self._note.setText("")
            return
        text = _("Initiatives: {count}.").format(count=grouped(len(wanted.ids)))
        if left_out:
            text += " " + _("The preview shows the first {count}.").format(count=len(wanted.shown))
        self._note.setText(text)

    def _make(
        self, store: Store, wanted: Wanted, file: Path, done: Callable[[Path], None], key: str
    ) -> None:
        """Make the PDF on the worker; ``done`` gets the file."""
        resources, offset = self.desk.app.resources, self.offset.value()

        def work(progress: Progress) -> Path:
            print_papers(store, wanted.key, wanted.ids, file, resources, progress, offset)
            return file

        title = "" if key else _("Printing")
        self.desk.papers.run(work, done, self._refused, key=key, title=title)

    def _refused(self, error: Exception) -> None:
        self.preview.say(str(error))
        self.doing.failed(error)

    def issue_paper(self) -> None:
        """Show the number that the paper would get, and issue it; it is then shown as issued."""
        if self.doing.store() is not None:
            wanted = issuing.Wanted(self.paper, self.wanted.ids, offset=self.offset.value())
            IssuingSheet(
                *(self.window(), self.desk, self.doing, wanted),
                lambda ids: self.desk.go("issued", ids[0]),
            ).open()

    def save_file(self) -> None:
        """Ask where to, and save the whole PDF there."""
        start = f"{self.paper}.pdf"
        path, _kind = QFileDialog.getSaveFileName(self, _("Save as PDF"), start, "PDF (*.pdf)")
        if path:
            self.save_to(Path(path))

    def save_to(self, file: Path) -> None:
        """Save the whole PDF to a file."""
        store = self.doing.store()
        if store is not None:
            self._make(store, self.wanted, file, self._saved, "")

    def _saved(self, file: Path) -> None:
        def show() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

        self.desk.say(_("Saved to {file}.").format(file=file), "good", ((_("Open"), show),))

    def sign_file(self) -> None:
        """Ask for a certificate, and save the whole PDF signed with it."""
        store, wanted = self.doing.store(), self.wanted
        resources, offset = self.desk.app.resources, self.offset.value()

        def printing(file: Path, progress: Progress) -> None:
            if store is not None:
                print_papers(store, wanted.key, wanted.ids, file, resources, progress, offset)

        if store is not None and wanted.is_something:
            PaperSigning(self, self.desk, self.doing).ask(wanted.kind.name, printing)

    def open_other(self) -> None:
        """Open the whole PDF with the program of this PC."""
        store = self.doing.store()
        if store is not None:
            self._number += 1
            file = Path(self._folder.name) / f"{self.paper}-{self._number}.pdf"
            self._make(store, self.wanted, file, self._hand_over, "")

    @staticmethod
    def _hand_over(file: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

    def print_current(self) -> None:
        """Print on paper; without a printer say so and offer the PDF."""
        store = self.doing.store()
        if store is None or not self.wanted.is_something:
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
            self.offset.show_printer(printer.printerName())
            self._number += 1
            file = Path(self._folder.name) / f"print-{self._number}.pdf"

            def send(made: Path) -> None:
                self.desk.papers.run(
                    lambda progress: print_file(made, printer, progress),
                    lambda pages: self.desk.say(
                        _("{count} pages sent to the printer.").format(count=pages)
                    ),
                    self.doing.failed,
                    title=_("Printing"),
                )

            self._make(store, self.wanted, file, send, "")

    def leave(self) -> None:
        """Take the temporary files away."""
        self._folder.cleanup()

    def minimumSizeHint(self) -> QSize:
        """The papers and a corner of the page."""
        return QSize(760, 400)
