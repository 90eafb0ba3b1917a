"""The wording of papers (câu chữ giấy tờ): fields in plain words, beside the page as it prints."""

import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import UserError
from desktop.models import drafts
from desktop.models.actions.office import ReviseWording
from desktop.models.dossiers import OfficeSheet
from desktop.models.store import Store
from desktop.printing.form_fields import FIELDS, FORMS, PLACEHOLDERS, FormName, fields_of
from desktop.printing.papers import Material
from desktop.printing.wording import (
    HEADING,
    Own,
    Wording,
    forms_named,
    kept_words,
    own_text,
    value_in,
)
from desktop.printing.wording_checks import MisfitError, check
from desktop.progress import Progress
from desktop.tasks import wording as task
from desktop.tasks.wording_preview import preview, preview_material, preview_sheet
from desktop.text import _, counted
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.place import Place
from desktop.views.preview import PdfPreview
from desktop.views.widgets import button, card, clear, column, label, line, name, rule, scrolled
from desktop.views.wording_boxes import DayBox, EntriesBox, FieldEditor

_DEBOUNCE = 250
_SUFFIX = ".toml"

Drafted = Mapping[str, tuple[Own, ...]]


@dataclass(frozen=True, slots=True)
class Looked:
    """A drawn paper: the file, what stands in the way of each field, and what it was made of."""

    file: Path
    wrong: Mapping[str, str]
    material: Material
    sheet: OfficeSheet


@dataclass(frozen=True, slots=True)
class Read:
    """What the store keeps: the wording, and what is half typed."""

    wording: Wording
    typed: Mapping[str, tuple[Own, ...]]


def _judged(wording: Wording, drafted: Drafted, resources: Path) -> tuple[Wording, dict[str, str]]:
    """The wording with the drafts that fit over it, and why the others do not."""
    lacking, wrong = task.lacking_in(resources), {}
    own = [one for one in wording.own if one.key not in drafted]
    for key, values in drafted.items():
        try:
            check(values, lacking)
            own += values
        except MisfitError as error:
            wrong[key] = error.why
            own += wording.of(key)
    return Wording(wording.shipped, own), wrong


class WordingPlace(Place):
    """The form editor: which paper, its fields with the office's own values, and the page.

    What is typed stays drafted, over any number of papers, until one save keeps all of it.
    """

    can = frozenset({"save", "close_form", "add_line", "drop_line"})

    def __init__(self, desk: Desk, doing: Doing) -> None:
        super().__init__(desk, doing)
        self._folder = tempfile.TemporaryDirectory(prefix="so-sang-kien-")
        self._number = 0
        self.wording: Wording | None = None
        self.drafted: dict[str, tuple[Own, ...]] = {}
        self.wrong: Mapping[str, str] = {}
        self.spoilt: frozenset[str] = frozenset()
        self.editors: dict[str, FieldEditor] = {}
        self._stock: dict[str, tuple[Material, OfficeSheet]] = {}
        self._timer = QTimer(self, singleShot=True, interval=_DEBOUNCE)
        self._timer.timeout.connect(self._draw)
        self._timer.timeout.connect(self._keep_typed)
        self._shown_form = self._sought = ""
        self._compose()
        desk.changed.connect(self._changed)
        desk.opened.connect(self._read)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._help_for)

    # How it is laid out.

    def _compose(self) -> None:
        self.paper = QComboBox()
        self.paper.setMaxVisibleItems(26)
        name(self.paper, _("Paper"), _("Which paper's wording is shown"))
        for one in FORMS:
            self.paper.addItem(task.form_name(one.form), one.form)
        self.paper.activated.connect(lambda _at: self.choose(self.paper.currentData()))
        head = label(_("&Paper"))
        head.setBuddy(self.paper)
        choice = line(head, self.paper, spacing=8)
        choice.setStretch(1, 1)
        self._fields = column(spacing=10, margins=(12, 8, 12, 8))
        inside = QWidget()
        inside.setLayout(self._fields)
        self._area = scrolled(inside)
        self._help = label(
            _("Choose a field: here stand the shipped words, and the names that are filled in."),
            tone="quiet",
            wrap=True,
        )
        self._help.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._help.setFixedHeight(self.fontMetrics().lineSpacing() * 4 + 4)
        body = column(self._area, rule(), column(self._help, margins=(12, 4, 12, 6)), spacing=0)
        body.setStretch(0, 1)
        left = column(choice, card(body), spacing=6)
        left.setStretch(1, 1)
        both = line(left, self._compose_right(), spacing=10)
        both.setStretch(0, 11)
        both.setStretch(1, 10)
        whole = column(self._compose_head(), both, margins=(6, 8, 10, 6))
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _compose_head(self) -> QHBoxLayout:
        self.keep = button(_("Save  Ctrl+S"), self.save, kind="primary")
        self.close_button = button(_("Close  Esc"), self.close_form)
        self.take = button(_("Take from a file…"), self.ask_take, kind="link")
        self.hand = button(_("Hand on as a file…"), self.ask_hand, kind="link")
        self.back = button(_("This paper as shipped"), self.reset_paper, kind="link")
        self.all_back = button(_("All as shipped"), self.reset_all, kind="link")
        return line(
            *(label(_("Wording of papers"), role="title"), None),
            *(self.take, self.hand, self.back, self.all_back, self.close_button, self.keep),
            spacing=6,
        )

    def _compose_right(self) -> QVBoxLayout:
        self.preview = PdfPreview(self.desk)
        self.day = DayBox()
        name(self.day, _("The paper's day"), _("The wording of that day is shown"))
        self.day.edited.connect(self._timer.start)
        self.day.setFixedWidth(self.day.sizeHint().width())
        self._note = label(tone="warn")
        asked = label(_("As of the paper's &day"))
        asked.setBuddy(self.day)
        right = column(line(asked, self.day, None, self._note, spacing=8), self.preview, spacing=6)
        right.setStretch(1, 1)
        return right

    # What is there.

    def enter(self, wish: object = None) -> None:
        """Show the wording; a form that is wished for first, by its key or that of its paper."""
        if self.day.value() is None:
            self.day.set_value(self.desk.app.clock().date())
        named = forms_named(wish) if isinstance(wish, str) else ()
        if named:
            self.paper.setCurrentIndex(self.paper.findData(named[0]))
        self.paper.setFocus()
        self._read()

    def _changed(self, touched: Mapping[str, object]) -> None:
        self._stock.clear()
        if self.isVisible() and ("setting" in touched or "programme_in_force" in touched):
            self._read()

    def _read(self) -> None:
        """Read the wording that is kept; what is drafted stays."""
        store, resources = self.desk.store, self.desk.app.resources
        if store is None:
            return

        first = self.wording is None

        def work(_progress: Progress) -> Read:
            found = task.standing(store, resources)
            return Read(found, task.half_typed(store) if first else {})

        self.desk.reads.run(work, self._show_wording, self.doing.failed, key="wording")

    def _show_wording(self, read: Read) -> None:
        found = read.wording
        self.drafted |= {key: own for key, own in read.typed.items() if own != found.of(key)}
        before, self.wording = self.wording, found
        known, self.spoilt = self.spoilt, frozenset(found.spoilt)
        alike = before is not None and before.shipped == found.shipped and known == self.spoilt
        if alike and before is not None and before.hidden() == found.hidden():
            self._renew()
        else:
            self._shown_form = ""
        self.choose(self.paper.currentData())
        if self.spoilt - known:
            self._tell_spoilt(min(self.spoilt))

    def _renew(self) -> None:
        """Show what is kept now where it is another value; the focus stays where it is."""
        if self.wording is None:
            return
        for key, editor in self.editors.items():
            own = self.drafted.get(key, self.wording.of(key))
            if editor.own() != own:
                editor.show_own(own)
        self._tell()
        self._draw()

    @property
    def form(self) -> FormName:
        """The form that is shown."""
        return next(one for one in FORMS if one.form == self.paper.currentData())

    def choose(self, form: str) -> None:
        """Show the fields of a form, and its paper."""
        self.paper.setCurrentIndex(self.paper.findData(form))
        if self.wording is None or form == self._shown_form:
            return
        self._shown_form = form
        clear(self._fields)
        self.editors = {}
        authorities = self.wording.on(self._today()).office.authorities
        for field in fields_of(form):
            shipped = value_in(self.wording.shipped, field.key)
            editor = FieldEditor(field, shipped, authorities)
            editor.show_own(self.drafted.get(field.key, self.wording.of(field.key)))
            editor.edited.connect(self._edited)
            if form == HEADING:
                editor.say_where_empty(_("Empty: as under Settings – The office."))
            self.editors[field.key] = editor
            self._fields.addWidget(editor)
            self._offer_shipped(field.key)
            self._offer_reset(field.key)
        self._fields.addStretch(1)
        self._area.verticalScrollBar().setValue(0)
        self._tell()
        self._draw(stay=False)

    def _offer_shipped(self, key: str) -> None:
        """Say where the office's value hides a shipped one that has changed; offer to leave it."""
        wording = self.wording
        if wording is None or all(one.key != key for one in wording.hidden()):
            return
        said = label(
            _("The shipped wording has changed: {words}").format(words=_told(wording, key)),
            tone="warn",
            wrap=True,
        )
        keep = button(_("Keep the office's own"), lambda: self._keep_own(key), kind="link")
        self._fields.addLayout(column(said, line(keep, None), spacing=0))

    def _offer_reset(self, key: str) -> None:
        """Say where the office's value cannot be used, with what is kept; offer to reset it."""
        if self.wording is None or key not in self.spoilt:
            return
        said = label(
            _(
                "The office's own words of this field cannot be used any more, so papers bear the "
                "shipped ones. Write them anew and save, or reset the field. Kept is: {words}"
            ).format(words=kept_words(self.wording.spoilt[key])),
            tone="bad",
            wrap=True,
        )
        reset = button(_("Reset this field"), lambda: self._reset(key))
        name(reset, _("Reset {field}").format(field=task.field_name(key)))
        reset.setObjectName(f"reset {key}")
        self._fields.addLayout(column(said, line(reset, None), spacing=4))

    def _tell_spoilt(self, key: str) -> None:
        """Say that a value cannot be used, wherever it is, and what to do."""
        said = _(
            "The office's own words of “{field}” cannot be used any more, so papers bear the "
            "shipped ones. Write them anew, or reset them."
        ).format(field=task.field_name(key))
        show = (_("Show the field"), lambda: self.show_field(key))
        self.desk.say(said, "bad", (show, (_("Reset it"), lambda: self._reset(key))))

    def show_field(self, key: str) -> None:
        """Go to a field, whichever paper it is of."""
        form = key.partition(".")[0]
        if key in FIELDS and form != self._shown_form:
            self.choose(form)
            # Fields that were just made have no place yet: once more when the page is there.
            self._sought = key
        editor = self.editors.get(key)
        if editor is not None:
            editor.periods[0].kind.box.setFocus()
            self._bring_whole(key)

    def _bring_whole(self, key: str) -> None:
        """Scroll to a field, and to the way out where it cannot be used."""
        below = self.findChild(QPushButton, f"reset {key}")
        for one in (below, self.editors.get(key)):
            if isinstance(one, QWidget):
                self._area.ensureWidgetVisible(one)

    def _keep_own(self, key: str) -> None:
        if self.wording is not None:
            self.doing.do(
                task.accept_shipped(self.wording, key), _("The office's own wording stays.")
            )

    def _today(self) -> date:
        return self.day.value() or self.desk.app.clock().date()

    # While it is typed.

    def _edited(self, key: str) -> None:
        if self.wording is None:
            return
        own = self.editors[key].own()
        if own == self.wording.of(key):
            self.drafted.pop(key, None)
        else:
            self.drafted[key] = own
        self._tell()
        self._timer.start()

    @property
    def pending(self) -> bool:
        """Whether the page is still to follow what was typed."""
        return self._timer.isActive()

    def _tell(self) -> None:
        """Write how many fields are the office's own, and how many are not saved yet."""
        if self.wording is None:
            return
        for at, one in enumerate(FORMS):
            count = task.changed_in(self.wording, one.form)
            text = task.form_name(one.form)
            own = f"{text}  ({count})" if count else text
            spoilt = any(key.partition(".")[0] == one.form for key in self.spoilt)
            said = _("{paper} – cannot be used").format(paper=own) if spoilt else own
            self.paper.setItemText(at, said)
        count = len(self.drafted)
        said = counted("{count} change is not saved", "{count} changes are not saved", count)
        self._note.setText(said.format(count=count) if count else "")
        self.keep.setEnabled(bool(count))
        spoilt = any(key in self.editors for key in self.spoilt)
        self.back.setEnabled(spoilt or task.changed_in(self.wording, self.form.form) > 0)
        self.all_back.setEnabled(bool(self.wording.own or self.spoilt))
        self.hand.setEnabled(bool(self.wording.own))

    def _draw(self, *, stay: bool = True) -> None:
        """Draw the page with what is typed, on the worker; a later draw takes its place."""
        store, wording = self.desk.store, self.wording
        if store is None or wording is None:
            return
        self._number += 1
        file = Path(self._folder.name) / f"wording-{self._number}.pdf"
        work = self._drawing(store, wording, file)
        self.desk.papers.run(
            work,
            lambda looked: self._show(looked, stay=stay),
            self._refused,
            key="wording-preview",
        )

    def _drawing(self, store: Store, wording: Wording, file: Path) -> Callable[[Progress], Looked]:
        resources, form, day = self.desk.app.resources, self.form, self._today()
        drafted, kept = dict(self.drafted), self._stock.get(form.paper)

        def work(progress: Progress) -> Looked:
            material, sheet = kept or (
                preview_material(store, form.paper, resources, wording),
                preview_sheet(store),
            )
            laid, wrong = _judged(wording, drafted, resources)
            preview(
                *(material, form, laid, sheet, day, file, resources / "fonts"), progress=progress
            )
            return Looked(file, wrong, material, sheet)

        return work

    def _show(self, looked: Looked, *, stay: bool) -> None:
        self._stock[self.form.paper] = (looked.material, looked.sheet)
        before, self.wrong = self.preview.file, looked.wrong
        self.preview.show_file(looked.file, stay=stay)
        if before is not None and before != looked.file:
            with suppress(OSError):  # it may still be drawn from; the folder goes at the end
                before.unlink(missing_ok=True)
        now = QApplication.focusWidget()
        for key, editor in self.editors.items():
            editor.tell(editor.unreadable() or looked.wrong.get(key, ""))
            if editor.trouble.text() and now is not None and editor.isAncestorOf(now):
                QTimer.singleShot(0, editor, lambda it=editor: self._bring_up(it))
        if self._sought:
            self._bring_whole(self._sought)
            self._sought = ""

    def _bring_up(self, editor: FieldEditor) -> None:
        """Scroll to a field with what is said below it."""
        self._area.ensureWidgetVisible(editor.trouble, 0, 8)

    def _keep_typed(self) -> None:
        """Keep what is typed and not saved, to be there after a power cut."""
        store = self.desk.store
        if store is not None:
            typed = {key: own_text(own) for key, own in self.drafted.items()}
            user, now = store.user, store.clock()
            self.doing.keep(
                lambda connection: drafts.save_wording(connection, typed, user=user, now=now)
            )

    def _refused(self, error: Exception) -> None:
        self.preview.say(str(error))
        self.doing.failed(error)

    def _help_for(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Say of the field with the focus what ships and what may be filled in."""
        wording = self.wording
        for key, editor in self.editors.items():
            if wording is not None and now is not None and editor.isAncestorOf(now):
                names = "; ".join(
                    f"{{{one}}}: {_(PLACEHOLDERS[one])}" for one in editor.field.fills
                )
                shipped = _("Shipped: {words}").format(words=_told(wording, key) or "–")
                filled = _("Filled in by name: {names}.").format(names=names) if names else ""
                self._help.setText(f"{shipped}\n{filled}".strip())
                self._help.setToolTip("")
                self._area.ensureWidgetVisible(now)

    def add_line(self) -> None:
        """Add an entry to the list with the focus."""
        box = self._entries()
        if box is not None:
            box.add_line()

    def drop_line(self) -> None:
        """Take the entry with the focus out of its list."""
        box = self._entries()
        if box is not None:
            box.drop_line()

    def _entries(self) -> EntriesBox | None:
        now = QApplication.focusWidget()
        found = (one for one in self.findChildren(EntriesBox) if now and one.isAncestorOf(now))
        return next(found, None)

    # Kept, taken back, handed on.

    def save(self) -> None:
        """Keep everything that is drafted, as one act; what does not fit is shown."""
        wording = self.wording
        if wording is None or self.doing.store() is None:
            return
        for key, editor in self.editors.items():
            why = editor.unreadable()
            if why:
                self._go_to(key, why)
                return
        try:
            act = task.revise(wording, self.drafted, self.desk.app.resources)
        except UserError as error:
            self.desk.say(str(error), "bad")
            _laid, self.wrong = _judged(wording, self.drafted, self.desk.app.resources)
            self._go_to(next(iter(self.wrong)), str(error))
            return
        if act is None or self._do(act, _("The wording of papers was saved.")):
            self.drafted.clear()
            self._keep_typed()
            self._read()

    def _do(self, act: ReviseWording, said: str) -> bool:
        return self.doing.do(act, said) is not None

    def _go_to(self, key: str, why: str) -> None:
        """Go to a field that does not fit."""
        self.show_field(key)
        self.editors[key].tell(why)

    def reset_paper(self) -> None:
        """Let the shipped wording of this paper count again, as one act."""
        self._reset(self.form.form)

    def reset_all(self) -> None:
        """Let the shipped wording of all papers count again, as one act."""
        self._reset(None)

    def _reset(self, word: str | None) -> None:
        """Let the shipped wording of a field, of a form, or of all (None) count again."""
        store = self.doing.store()
        if store is None:
            return
        self.drafted = {
            key: own
            for key, own in self.drafted.items()
            if word is not None and word not in {key, key.partition(".")[0]}
        }
        self._keep_typed()
        act = task.reset(store, word)
        if act is None:
            self._read()
        else:
            self._do(act, _("The shipped wording counts again."))

    def ask_hand(self) -> None:
        """Ask where to, and write the office's own wording there."""
        start = _("wording-of-papers") + _SUFFIX
        path, _kind = QFileDialog.getSaveFileName(
            self, _("Hand the wording on"), start, _("Wording (*.toml)")
        )
        if path:
            self.hand_to(Path(path))

    def hand_to(self, file: Path) -> None:
        """Write the office's own wording to a file."""
        if self.wording is None:
            return
        try:
            task.hand_out(self.wording, file)
        except UserError as error:
            self.desk.say(str(error), "bad")
            return
        self.desk.say(_("Saved to {file}.").format(file=file), "good")

    def ask_take(self) -> None:
        """Ask for a file, and take its wording over."""
        path, _kind = QFileDialog.getOpenFileName(
            self, _("Take wording from a file"), "", _("Wording (*.toml)")
        )
        if path:
            self.take_from(Path(path))

    def take_from(self, file: Path) -> None:
        """Take the wording of a file over, as one act."""
        if self.wording is None:
            return
        try:
            act = task.take_in(self.wording, file, self.desk.app.resources)
        except UserError as error:
            self.desk.say(str(error), "bad")
            return
        if act is None:
            self.desk.say(_("The wording of that file is in force already."), "calm")
        else:
            self._do(act, _("The wording of the file was taken over."))

    def close_form(self) -> None:
        """Go back to the settings; what is not saved stays drafted."""
        self.desk.go("settings")

    def leave(self) -> None:
        """Keep what is typed, and take the temporary files away."""
        if self._timer.isActive():
            self._timer.stop()
            self._keep_typed()
        self._folder.cleanup()

    def minimumSizeHint(self) -> QSize:
        """Fields beside a corner of the page."""
        return QSize(760, 380)


def _told(wording: Wording, key: str) -> str:
    """The shipped value of a field in short."""
    value = value_in(wording.shipped, key)
    if isinstance(value, tuple):
        return " | ".join(
            one if isinstance(one, str) else getattr(one, "text", "…") for one in value
        )
    return str(value)
