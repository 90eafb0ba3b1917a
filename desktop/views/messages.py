"""What the program says to the user: the bar above a place, and questions; always plain text."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QWidget

from desktop.text import _
from desktop.views.icons import Icons
from desktop.views.theme import Theme
from desktop.views.widgets import button, clear, column, label, line, name, set_property, tell

Offer = tuple[str, Callable[[], object]]
_STAYS = 9000
"""Milliseconds that good news stays; trouble stays until it is closed."""
_ICONS = {
    "good": "circle-check",
    "bad": "circle-x",
    "warn": "alert-triangle",
    "calm": "info-circle",
}


class MessageBar(QFrame):
    """One sentence with buttons for what it offers."""

    def __init__(self, icons: Icons, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("bar")
        self._icons, self._theme = icons, theme
        self._icon, self._text = QLabel(), label(wrap=True)
        self._icon.setTextFormat(self._text.textFormat())
        self._offers = QHBoxLayout()
        close = button("✕", self.hide, kind="link", tip=_("Close this message"))
        name(close, _("Close this message"))
        row = line(self._icon, self._text, spacing=9, margins=(11, 6, 8, 6))
        row.setStretch(1, 1)
        row.addLayout(self._offers)
        row.addWidget(close)
        self.setLayout(row)
        self._timer = QTimer(self, singleShot=True, interval=_STAYS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """What it says, blank when it says nothing."""
        return "" if self.isHidden() else self._text.text()

    def dress(self, theme: Theme) -> None:
        """Take another theme's colours."""
        self._theme = theme

    def say(self, tone: str, text: str, offers: Sequence[Offer] = ()) -> None:
        """Say something; good news goes away by itself."""
        set_property(self, "tone", tone)
        tell(self._text, text)
        colour = self._theme.tones.get(tone, self._theme.calm)
        self._icon.setPixmap(self._icons.pixmap(_ICONS.get(tone, "info-circle"), colour, 20))
        clear(self._offers)
        for words, act in offers:
            self._offers.addWidget(button(words, partial(self._take, act)))
        self.show()
        announce(self, text)
        if tone in {"good", "calm"} and not offers:
            self._timer.start()
        else:
            self._timer.stop()

    def _take(self, act: Callable[[], object]) -> None:
        self.hide()
        act()


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say it."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


class Question(QDialog):
    """A question with the answers as buttons; ``answer`` is the key of the one chosen."""

    def __init__(
        self, parent: QWidget | None, title: str, text: str, answers: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.answer = ""
        words = label(text, wrap=True)
        words.setMinimumWidth(420)
        row = line(None)
        for number, (key, spoken) in enumerate(answers):
            made = button(spoken, partial(self._take, key), kind="primary" if number == 0 else "")
            made.setDefault(number == 0)
            row.addWidget(made)
        self.setLayout(column(words, 6, row, margins=18, spacing=12))

    def _take(self, key: str) -> None:
        self.answer = key
        self.accept()


def ask(parent: QWidget | None, title: str, text: str, answers: Sequence[tuple[str, str]]) -> str:
    """Ask, and give the key of the answer; blank where the question was closed."""
    question = Question(parent, title, text, answers)
    question.exec()
    return question.answer
