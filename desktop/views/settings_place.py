"""Settings (thiết lập): the office's sheet, how this PC shows things, backups, look-alikes."""

from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QComboBox, QWidget

from desktop import text
from desktop.models.actions.office import ReviseOffice
from desktop.models.dossiers import OfficeSheet
from desktop.text import _
from desktop.views.backups_section import BackupSection
from desktop.views.boxes import LineBox, TextBox
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.forms import Asked, FormGrid
from desktop.views.lookalikes_section import LookalikesForm
from desktop.views.numbering_section import NumberingForm
from desktop.views.place import Place
from desktop.views.programme_section import ProgrammeForm
from desktop.views.theme import LARGEST_FONT, SMALLEST_FONT
from desktop.views.widgets import button, card, column, label, line, scrolled


class SettingsPlace(Place):
    """Plain groups of settings."""

    can = frozenset({"save"})

    def __init__(self, desk: Desk, doing: Doing) -> None:
        super().__init__(desk, doing)
        self.office = OfficeForm(desk, doing)
        self.programme = ProgrammeForm(desk, doing)
        self.lookalikes = LookalikesForm(desk, doing)
        self.numbering = NumberingForm(desk, doing)
        self.this_pc = ScreenForm(desk)
        self.backups = BackupSection(desk, doing)
        inside = QWidget()
        self.wording = WordingForm(desk)
        left = column(
            card(column(self.office, margins=14)),
            card(column(self.wording, margins=14)),
            card(column(self.programme, margins=14)),
            card(column(self.lookalikes, margins=14)),
            None,
            spacing=10,
        )
        right = column(
            card(column(self.this_pc, margins=14)),
            card(column(self.backups, margins=14)),
            card(column(self.numbering, margins=14)),
            None,
            spacing=10,
        )
        both = line(left, right, spacing=10)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        inside.setLayout(both)
        area = scrolled(inside)
        whole = column(label(_("Settings"), role="title"), area, margins=(6, 8, 6, 6))
        whole.setStretch(1, 1)
        self.setLayout(whole)
        desk.opened.connect(self._read)

    def enter(self, wish: object = None) -> None:
        """Read what is kept."""
        del wish
        self._read()

    def _read(self) -> None:
        self.office.read()
        self.numbering.read()
        self.programme.read()
        self.lookalikes.read()
        self.backups.read()

    def save(self) -> None:
        """Save the office's sheet."""
        self.office.save()

    def minimumSizeHint(self) -> QSize:
        """The groups scroll."""
        return QSize(760, 380)


def _plain_field(key: str, words: str, span: int, box: QWidget, told: str = "") -> Asked:
    """A field without a number."""
    return Asked(key, words, span, box, told, numbered=False)


def _head_fields() -> list[Asked]:
    """What stands over papers."""
    organs = _("Lines over papers, superior organ first")
    order = _("One organ a line, as it stands at the top left.")
    return [
        _plain_field("name", _("Name of the office"), 12, LineBox()),
        _plain_field("header", organs, 12, TextBox(3), order),
        _plain_field("place", _("Place before the date"), 6, LineBox(), _("Such as: Lai Châu.")),
        _plain_field(
            "symbol", _("Abbreviation in paper numbers"), 6, LineBox(), _("Such as: LĐLĐ.")
        ),
    ]


def _signature_fields() -> list[Asked]:
    """What stands under papers, and the title of lists."""
    title, blank = _("Title of the programme on lists"), _("Blank: as the programme names itself.")
    post = _("TM. BAN THƯỜNG VỤ, then CHỦ TỊCH.")
    return [
        _plain_field("signature", _("Lines over the signature"), 6, TextBox(2), post),
        _plain_field("signer", _("Name under it"), 6, LineBox()),
        _plain_field("programme_title", title, 12, LineBox(), blank),
    ]


class OfficeForm(QWidget):
    """What papers say of the office."""

    def __init__(self, desk: Desk, doing: Doing) -> None:
        super().__init__()
        self._desk, self._doing = desk, doing
        self.grid = FormGrid([*_head_fields(), *_signature_fields()])
        self.keep = button(_("Save  Ctrl+S"), self.save, kind="primary")
        head = line(label(_("The office"), role="heading"), None, self.keep)
        self.setLayout(column(head, self.grid, spacing=6))

    def read(self) -> None:
        """Show the sheet that is kept."""
        store = self._desk.store
        if store is None:
            return
        sheet, boxes = store.office(), self.grid.boxes
        for key in ("name", "place", "symbol", "signer", "programme_title"):
            boxes[key].set_value(getattr(sheet, key))
        boxes["header"].set_value("\n".join(sheet.header))
        boxes["signature"].set_value("\n".join(sheet.signature))

    def sheet(self) -> OfficeSheet:
        """What stands in the boxes."""
        values: dict[str, Any] = {key: box.value() for key, box in self.grid.boxes.items()}
        for key in ("header", "signature"):
            values[key] = tuple(part.strip() for part in values[key].splitlines() if part.strip())
        return OfficeSheet(**values)

    def save(self) -> None:
        """Save the sheet."""
        self._doing.do(ReviseOffice(self.sheet()), _("The office's sheet was saved."))


class WordingForm(QWidget):
    """The way to the wording of papers."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        told = _(
            "Legal bases, form codes, sentences, recipients and who signs, each from one day to "
            "another, beside the paper as it prints."
        )
        self.open = button(_("Change the wording of papers…"), lambda: desk.go("wording"))
        head = label(_("Wording of papers"), role="heading")
        self.setLayout(
            column(head, label(told, tone="quiet", wrap=True), line(self.open, None), spacing=6)
        )


class ScreenForm(QWidget):
    """How this PC shows things."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        settings = desk.app.settings
        self.language = _choice([("vi", "Tiếng Việt"), ("en", "English")], settings.language)
        self.theme = _choice([("light", _("Light")), ("dark", _("Dark"))], settings.theme)
        sizes = [(points, f"{points} pt") for points in range(SMALLEST_FONT, LARGEST_FONT + 1)]
        self.letters = _choice(sizes, settings.font_size)
        self.user = LineBox()
        self.user.set_value(settings.user_name)
        grid = FormGrid(
            [
                Asked(
                    "user", _("Your name, written into the history"), 12, self.user, numbered=False
                ),
                Asked("language", _("Language"), 4, self.language, numbered=False),
                Asked("theme", _("Colours"), 4, self.theme, numbered=False),
                Asked("letters", _("Letters"), 4, self.letters, numbered=False),
            ]
        )
        self.setLayout(column(label(_("This PC"), role="heading"), grid, spacing=6))
        self.language.activated.connect(lambda _at: self._speak())
        self.theme.activated.connect(lambda _at: self._dress())
        self.letters.activated.connect(lambda _at: self._dress())
        self.user.editingFinished.connect(self._rename)
        desk.dressed.connect(self._follow)

    def _follow(self) -> None:
        """Show what the keys have changed."""
        settings = self._desk.app.settings
        self.theme.setCurrentIndex(self.theme.findData(settings.theme))
        self.letters.setCurrentIndex(self.letters.findData(settings.font_size))

    def _dress(self) -> None:
        settings = self._desk.app.settings
        settings.theme, settings.font_size = self.theme.currentData(), self.letters.currentData()
        settings.save()
        window: Any = self.window()
        window.dress()

    def _speak(self) -> None:
        settings = self._desk.app.settings
        if self.language.currentData() != settings.language:
            settings.language = self.language.currentData()
            settings.save()
            text.install(self._desk.app.resources / "locale", settings.language)
            window: Any = self.window()
            window.speak("settings")

    def _rename(self) -> None:
        settings = self._desk.app.settings
        if self.user.value() != settings.user_name:
            settings.user_name = self.user.value()
            settings.save()
            self._desk.say(_("Your name is used from the next start on."), "calm")


def _choice(entries: list[tuple[Any, str]], current: object) -> QComboBox:
    made = QComboBox()
    for value, words in entries:
        made.addItem(words, value)
    made.setCurrentIndex(max(0, made.findData(current)))
    return made
