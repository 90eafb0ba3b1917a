"""Printing (in ấn): what, for whom, and the page as it will come out; then onto paper."""

import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog

from desktop.errors import UserError
from desktop.models.engines.sqlite import Connection
from desktop.models.store import Store
from desktop.printing.papers import PAPERS
from desktop.progress import Progress
from desktop.tasks.completeness import Lack, can_lack, lacks, with_troubles
from desktop.tasks.papers import (
    WHOLE,
    Apart,
    files_written,
    print_each_paper,
    print_papers,
    print_sample,
    unprintable_words,
)
from desktop.tasks.shown_files import ShownFiles, Trouble
from desktop.tasks.wording import spoilt_words, standing
from desktop.text import _, counted
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.messages import Offer, Question
from desktop.views.missing_sheet import MissingSheet
from desktop.views.paper_shelf import PaperShelf
from desktop.views.pdf_pages import contents
from desktop.views.place import Place
from desktop.views.preview import PdfPreview
from desktop.views.print_whom import LOOKED_THROUGH, PrintWhom
from desktop.views.printer_bar import PrinterBar
from desktop.views.printer_job import Order, order_of, refuse_size, send
from desktop.views.printing_acts import ActRow, Wanted
from desktop.views.stock_offset import StockOffset
from desktop.views.turning_sheet import TurningSheet
from desktop.views.widgets import button, card, column, label, line

SAMPLE = "MẪU"
"""Written across a page that is made of invented data."""
_KEY = "printing"
_KEPT_PREVIEWS = 8
"""An older preview is taken away once nothing can still be reading it."""
_AT_ONCE = 200
"""So many dossiers are looked through in one reading for what they lack."""
_NARROW = 1150
"""Width in pixels below which the two lists are as narrow as they can be."""


class PrintingPlace(Place):
    """What to print, for whom, the preview, and the printer."""

    can = frozenset({"print_current", "look_up"})

    def __init__(self, desk: Desk, doing: Doing) -> None:
        super().__init__(desk, doing)
        self._folder = tempfile.TemporaryDirectory(prefix="so-sang-kien-")
        self._number = 0
        self._lacks: tuple[Lack, ...] = ()
        self._whole: Path | None = None
        self._shown: Wanted | None = None
        self._wording_told = ""
        self._files: tuple[Store, ShownFiles] | None = None
        self.paper = self._kept_paper()
        self.shelf, self.whom, self.preview = PaperShelf(), PrintWhom(desk), PdfPreview(desk)
        self.acts = ActRow(self)
        self.bar = PrinterBar(desk.app.settings, self._printer_turned)
        self.offset = StockOffset(desk.app.settings, self._draw)
        self.printer = button(_("Print  Ctrl+P"), self.print_current, kind="primary")
        self._compose()
        self.shelf.chosen.connect(lambda key: self.choose(paper=key))
        self.whom.chosen.connect(self._draw)
        self.whom.asked.connect(self.show_missing)
        self.whom.pointed.connect(self._show_member)
        desk.changed.connect(lambda _touched: self._read_if_seen())
        desk.opened.connect(self._read_if_seen)
        desk.dressed.connect(self._dress)
        self.shelf.show_paper(self.paper)
        self._dress()

    def _compose(self) -> None:
        self._what = card(column(label(_("What"), role="heading"), self.shelf, margins=10))
        self._whom = card(column(label(_("For whom"), role="heading"), self.whom, margins=10))
        self.offset.hide()
        head = line(label(_("Print"), role="title"), self.acts)
        head.setStretch(1, 1)
        body = line(self._what, self._whom, column(self.preview, self.offset, spacing=4))
        body.setStretch(2, 1)
        foot = line(self.bar, self.printer, spacing=10)
        foot.setStretch(0, 1)
        self.setLayout(column(head, body, foot, margins=(6, 8, 10, 6)))

    def _dress(self) -> None:
        icons, theme = self.desk.icons, self.desk.theme
        self.printer.setIcon(icons.icon("printer", theme.on_accent))
        self.acts.dress(self.desk)
        self.shelf.dress(self.desk.theme_colour("quiet"))
        self._set_widths()

    def _set_widths(self) -> None:
        """The lists take what their words need, less in a narrow window."""
        letter = self.fontMetrics().averageCharWidth()
        narrow = self.width() < _NARROW
        self._what.setFixedWidth(letter * (31 if narrow else 38))
        self._whom.setFixedWidth(letter * (29 if narrow else 36))

    def enter(self, wish: object = None) -> None:
        """Show the papers; a selection that is wished for is printed first.

        A selection may come with the key of the paper that is wanted.
        """
        group = self.whom.group
        if isinstance(wish, tuple) and wish and isinstance(wish[0], str):
            self.paper, self.whom.selection = wish
            group = "selection"
        elif isinstance(wish, tuple) and wish:
            self.whom.selection, group = wish, "selection"
            self.paper = WHOLE if len(wish) == 1 else self.paper
        self.bar.refresh()
        self.shelf.show_paper(self.paper)
        self.whom.choose(group)
        self.shelf.list.setFocus()
        self._wording_told = ""
        self._look_at_wording()

    def _read_if_seen(self) -> None:
        if self.isVisible():
            self.whom.read()
            self._look_at_wording()

    def _kept_paper(self) -> str:
        """The paper that was looked at last on this PC; the dossier where there is none."""
        kept = self.desk.app.settings.places.get(_KEY)
        key = kept.get("paper") if isinstance(kept, dict) else None
        return key if key in {one.key for one in PAPERS} else WHOLE

    def _keep_paper(self) -> None:
        settings = self.desk.app.settings
        settings.places[_KEY] = {"paper": self.paper}
        settings.save()

    def choose(self, paper: str = "", group: str = "") -> None:
        """Take a paper or a group, and draw the preview."""
        if paper and paper != self.paper:
            self.paper = paper
            self._keep_paper()
        self.shelf.show_paper(self.paper)
        if group:
            self.whom.choose(group)
        else:
            self._draw()

    @property
    def wanted(self) -> Wanted:
        """What is chosen."""
        return Wanted(self.paper, self.whom.ids)

    # The preview.

    def _draw(self) -> None:
        store, wanted = self.desk.store, self.wanted
        ready = store is not None and wanted.is_something
        self.printer.setEnabled(ready)
        self.acts.show_for(wanted, ready=ready)
        self.offset.setVisible(wanted.kind.on_stock)
        self.whom.tell(wanted)
        self._forget_lacks()
        if store is None or not self.whom.is_read:
            return
        if wanted.kind.on_stock:
            self.offset.show_printer(self.bar.printer_name)
        file, self._whole = self._temporary("preview"), None
        self._look_for_lacks(wanted)
        if wanted.is_something:
            shown = Wanted(wanted.key, wanted.shown)
            self._make(shown, file, self._show_preview, "preview")
        else:
            self._make_sample(wanted.key, file)

    def _show_preview(self, file: Path) -> None:
        if len(self.wanted.shown) == len(self.wanted.ids):
            self._whole = file
        stays, self._shown = self._shown == self.wanted, self.wanted
        self.preview.show_file(file, stay=stays)
        self._tell_lacks(self._lacks)

    def _make_sample(self, key: str, file: Path) -> None:
        store, resources = self.desk.store, self.desk.app.resources
        if store is None:
            return

        def work(progress: Progress) -> Path:
            print_sample(store, key, file, resources, progress)
            return file

        def show(made: Path) -> None:
            self.preview.show_file(made, SAMPLE)

        self.desk.papers.run(work, show, self._refused, key="preview")

    def _temporary(self, stem: str) -> Path:
        """A file of our own that nothing is in yet; older previews are not needed any more."""
        self._number += 1
        old = Path(self._folder.name) / f"preview-{self._number - _KEPT_PREVIEWS}.pdf"
        with suppress(OSError):
            old.unlink()
        return Path(self._folder.name) / f"{stem}-{self._number}.pdf"

    def _printer_turned(self) -> None:
        if self.wanted.kind.on_stock:
            self._draw()

    def _make(
        self, wanted: Wanted, file: Path, done: Callable[[Path], None], key: str = ""
    ) -> None:
        """Make the PDF on the worker; ``done`` gets the file."""
        store, resources, offset = self.desk.store, self.desk.app.resources, self.offset.value()
        if store is None:
            return

        def work(progress: Progress) -> Path:
            printed = (store, wanted.key, wanted.ids, file, resources, progress, offset)
            print_papers(*printed, self._files_of(store))
            return file

        title = "" if key else _("Making the paper")
        self.desk.papers.run(work, done, self._refused, key=key, title=title)

    def _files_of(self, store: Store) -> ShownFiles:
        """The pictures of the store's files, drawn once as long as the place is there."""
        if self._files is None or self._files[0] is not store:
            pictures = Path(self._folder.name) / "scans" / str(self._number)
            self._files = (store, ShownFiles(store.folder, pictures))
        return self._files[1]

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """The files that could not be printed whole in what was made last."""
        return self._files[1].troubles if self._files is not None else ()

    def _refused(self, error: Exception) -> None:
        self.bar.forget_printer()
        self.doing.failed(error)

    def _look_at_wording(self) -> None:
        """Say, once a visit, where papers cannot bear the office's own words; lead to them."""
        store, resources = self.desk.store, self.desk.app.resources
        if store is None:
            return

        def tell(said: str) -> None:
            before, self._wording_told = self._wording_told, said
            if said and said != before:
                lead = (_("Wording of papers"), lambda: self.desk.go("wording"))
                self.desk.say(said, "warn", (lead,))

        def work(_progress: Progress) -> str:
            return spoilt_words(standing(store, resources))

        self.desk.reads.run(work, tell, self.doing.failed, key="print-wording")

    def make_whole(self, done: Callable[[Path], None]) -> None:
        """Hand the whole PDF, a temporary file, to ``done``: the preview itself, or made now."""
        if self.doing.store() is None or not self.wanted.is_something:
            return
        if self._whole is not None and self._whole.is_file():
            done(self._whole)
        else:
            self._make(self.wanted, self._temporary(self.paper), done)

    def _show_member(self, at: int) -> None:
        """Turn the preview to the first page of one of the initiatives, where it has its own."""
        pages = self.preview.chapters
        if at < len(pages) == len(self.wanted.shown):
            self.preview.show_page(pages[at])

    # What is missing.

    def _forget_lacks(self) -> None:
        """What was chosen before is left: nothing more is told of it."""
        self.desk.reads.cancel("print-lacks")
        self._lacks = ()
        self.whom.show_lacks((), 0)

    def _look_for_lacks(self, wanted: Wanted) -> None:
        if self.desk.folder is not None and not wanted.is_blank and can_lack(wanted.key):
            self._look_on(wanted.key, wanted.ids[:LOOKED_THROUGH], self.desk.folder, ())

    def _look_on(
        self, key: str, ids: tuple[int, ...], folder: Path, found: tuple[Lack, ...], at: int = 0
    ) -> None:
        """Look through the next few dossiers: whatever else is to be read gets its turn between."""
        part = ids[at : at + _AT_ONCE]

        def work(connection: Connection) -> tuple[Lack, ...]:
            return tuple(lacks(connection, key, part, folder))

        def go_on(more: tuple[Lack, ...]) -> None:
            if at + _AT_ONCE < len(ids):
                self._look_on(key, ids, folder, found + more, at + _AT_ONCE)
            else:
                self._tell_lacks(found + more)

        self.desk.read(work, go_on, key="print-lacks")

    def _tell_lacks(self, found: tuple[Lack, ...]) -> None:
        """Say what is lacking, with the files that turned out not to be printable."""
        self._lacks = with_troubles(found, self.troubles)
        self.whom.show_lacks(self._lacks, len(self.wanted.ids[:LOOKED_THROUGH]))

    def show_missing(self) -> None:
        """Show which dossiers lack something, and what; each can be opened from there."""
        if self._lacks:
            paper = self.wanted.kind.name
            sheet = MissingSheet(
                self.window(), paper, self._lacks, lambda record: self.desk.go("entry", record)
            )
            sheet.open()

    # Onto paper, and elsewhere.

    def look_up(self) -> None:
        """Search in the paper that is shown."""
        self.preview.start_search()

    def save_file(self) -> None:
        """Ask where to, and save the whole PDF there."""
        start = f"{self.paper}.pdf"
        path, _kind = QFileDialog.getSaveFileName(self, _("Save as PDF"), start, "PDF (*.pdf)")
        if path:
            self.save_to(Path(path))

    def save_copy(self) -> None:
        """Ask where to, and save a copy that can be changed in a word processor."""
        said, start = _("Save a copy to change"), f"{self.paper}.docx"
        path, _kind = QFileDialog.getSaveFileName(self, said, start, "Word (*.docx)")
        if path:
            self.save_to(Path(path).with_suffix(".docx"))

    def save_to(self, file: Path) -> None:
        """Save the whole PDF to a file, or a copy to change where its name ends in .docx."""
        if self.doing.store() is not None:
            self._make(self.wanted, file, self._saved)

    def save_each(self) -> None:
        """Ask for a folder, and save a PDF for each initiative or person there."""
        said = _("Folder for the files of “{paper}”").format(paper=self.wanted.kind.name)
        found = QFileDialog.getExistingDirectory(self, said)
        if found:
            self.save_each_to(Path(found))

    def save_each_to(self, folder: Path, *, replacing: bool = False) -> None:
        """Save a PDF for each to a folder; asks before files that are there are replaced."""
        store, wanted, resources = self.doing.store(), self.wanted, self.desk.app.resources
        offset = self.offset.value()
        if store is None or not wanted.is_something:
            return

        def work(progress: Progress) -> Apart:
            printed = (store, wanted.key, wanted.ids, folder, resources, progress)
            files = self._files_of(store)
            return print_each_paper(*printed, files, offset=offset, replacing=replacing)

        def refused(error: Exception) -> None:
            if isinstance(error, UserError) and error.code == "print.there":
                self._ask_to_replace(folder, str(error))
            else:
                self._refused(error)

        title = _("Making the files")
        done = partial(self._saved_each, folder)
        self.desk.papers.run(work, done, refused, title=title)

    def _ask_to_replace(self, folder: Path, there: str) -> None:
        answers = [("other", _("Another folder…")), ("replace", _("Replace them"))]
        answers.append(("", _("Cancel")))
        title = _("Save each as its own PDF")
        question = Question(self.window(), title, there, answers)

        def answered() -> None:
            if question.answer == "replace":
                self.save_each_to(folder, replacing=True)
            elif question.answer:
                self.save_each()

        question.accepted.connect(answered)
        question.open()

    def _saved_each(self, folder: Path, apart: Apart) -> None:
        show = (_("Open the folder"), partial(self._hand_over, folder))
        self._tell_made(files_written(apart.files, folder), (show,))

    def _saved(self, file: Path) -> None:
        show = (_("Open"), partial(self._hand_over, file))
        said = _("Saved to {file}.").format(file=file)
        self._tell_made(said, (show,))

    def _tell_made(self, said: str, offers: tuple[Offer, ...] = ()) -> None:
        """Say what was made, and how many files of the dossiers are not in it."""
        count = len(self.troubles)
        boxes = unprintable_words(self._files[1].unprintable if self._files is not None else "")
        if not count:
            self.desk.say(f"{said} {boxes}".strip(), "warn" if boxes else "good", offers)
            return
        self._tell_lacks(self._lacks)
        left_out = counted(
            "{count} attached file could not be printed; a page says so in its place.",
            "{count} attached files could not be printed; a page says so in their place.",
            count,
        ).format(count=count)
        words = f"{said} {left_out} {boxes}".strip()
        self.desk.say(words, "warn", (*offers, (_("Show…"), self.show_missing)))

    def open_other(self) -> None:
        """Open the whole PDF with the program of this PC."""
        self.make_whole(self._hand_over)

    @staticmethod
    def _hand_over(file: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

    def print_current(self) -> None:
        """Print on paper; without a printer say so and offer the PDF."""
        if self.doing.store() is None or not self.wanted.is_something:
            return
        self.bar.refresh()
        if not self.bar.printer_name:
            self.desk.say(
                _("No printer is set up on this PC. Save the paper as PDF and print it elsewhere."),
                "warn",
                ((_("Save as PDF"), self.save_file),),
            )
            return
        printer, wishes = self.bar.open_printer(), self.bar.wishes()

        def plan(file: Path) -> None:
            def work(_progress: Progress) -> Order:
                refuse_size(printer)
                inside = contents(file)
                return order_of(wishes, inside.pages, inside.starts)

            self.desk.papers.run(work, partial(self._send, file, printer), self._refused)

        self.make_whole(plan)

    def _send(self, file: Path, printer: QPrinter, order: Order) -> None:
        """Send an order; where sheets are turned by hand, tell how, then send the backs."""

        def sent(sheets: int) -> None:
            if order.turn:
                self._ask_to_turn(file, printer, order)
            else:
                self._tell_made(_("{count} sheets sent to the printer.").format(count=sheets))

        self.desk.papers.run(
            lambda progress: send(file, order, printer, progress),
            sent,
            self._refused,
            title=_("Printing"),
        )

    def _ask_to_turn(self, file: Path, printer: QPrinter, order: Order) -> None:
        sheet = TurningSheet(self.window(), self.desk.theme, order.pages, self.bar.pile)

        def turned() -> None:
            self.bar.keep_pile(sheet.pile)
            self._send(file, printer, order.turned(last_on_top=sheet.pile.last_on_top))

        def later() -> None:
            again = partial(self._ask_to_turn, file, printer, order)
            offer = (_("Print the backs…"), again)
            self.desk.say(_("The backs have not been printed yet."), "warn", (offer,))

        sheet.accepted.connect(turned)
        sheet.rejected.connect(later)
        sheet.open()

    def leave(self) -> None:
        """Take the temporary files away."""
        self._folder.cleanup()

    @property
    def pending(self) -> bool:
        """Whether a search is still to start."""
        return self.whom.pending or self.preview.pending

    def minimumSizeHint(self) -> QSize:
        """The two lists, a corner of the page, and the printer."""
        return QSize(760, 400)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The lists give way to the page in a narrow window."""
        super().resizeEvent(event)
        self._set_widths()
