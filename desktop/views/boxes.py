"""The boxes of a form: each gives a value for what is typed, or says what it cannot read."""

from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject, QSize, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QListView, QPlainTextEdit, QWidget
from shiboken6 import isValid

from desktop.text import _
from desktop.vietnamese.cleaning import clean
from desktop.vietnamese.dates import Moment, PartialDate, parse_date, parse_moment
from desktop.vietnamese.folding import fold
from desktop.views.amounts import grouped
from desktop.views.widgets import plain, set_property

Source = Callable[[str, Callable[[list[str]], None]], None]
"""Looks up what was typed before: takes the words, and hands over the suggestions later."""
_DEBOUNCE = 250
_MONEY_DIGITS = 15


class Box(Protocol):
    """What a form needs of a box."""

    edited: Any

    def value(self) -> Any:
        """The value, None or "" where nothing is said or it cannot be read."""

    def set_value(self, value: Any) -> None:
        """Show a value, without saying that the user changed it."""

    def trouble(self) -> str:
        """Why what is typed cannot be read, blank where it can."""


class LineBox(QLineEdit):
    """One line of text; offers what was typed before below it, never inside it.

    *Signals:* ``edited()`` when the user changes it.
    """

    edited = Signal()

    def __init__(self, source: Source | None = None, *, longest: int = 1000) -> None:
        super().__init__()
        self.setMaxLength(longest)
        self.textEdited.connect(lambda _text: self.edited.emit())
        if source is not None:
            attach_completer(self, source, self.edited)

    def value(self) -> Any:
        """The text, cleaned."""
        return clean(self.text())

    def set_value(self, value: Any) -> None:
        """Show a text from its start."""
        self.setText(value or "")
        self.setCursorPosition(0)
        self._judge()

    def trouble(self) -> str:
        """Any text can be read."""
        return ""

    def _judge(self) -> None:
        why = self.trouble()
        set_property(self, "wrong", "true" if why else "false")
        self.setToolTip(plain(why) if why else "")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show what was understood."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.settle()

    def settle(self) -> None:
        """Write the value as it is shown, or mark the box where it cannot be read."""
        self._judge()


def attach_completer(box: QLineEdit, source: Source, edited: Any) -> QCompleter:
    """Offer suggestions in a popup; inline completion breaks Vietnamese input (UniKey)."""
    model = QStringListModel(box)
    completer = QCompleter(model, box)
    completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setMaxVisibleItems(9)
    popup = QListView()
    popup.setObjectName("popup")
    popup.setAccessibleName(_("Suggestions"))
    completer.setPopup(popup)
    box.setCompleter(completer)
    timer = QTimer(box, singleShot=True, interval=_DEBOUNCE)

    def show(found: list[str]) -> None:
        # The answer may come when the form has gone.
        if isValid(box) and box.hasFocus() and found and found != [box.text()]:
            model.setStringList(found)
            completer.complete()

    def look() -> None:
        # What the form itself has written into the box since needs no suggestions.
        if box.isModified() and box.hasFocus() and box.text().strip():
            source(box.text(), show)

    # Enter or a click in the popup fills the box; that is a change by the user.
    completer.activated.connect(lambda _text: edited.emit())
    timer.timeout.connect(look)
    box.textEdited.connect(lambda _text: timer.start())
    return completer


class DateBox(LineBox):
    """A date to the day, the month or the year, as it is typed."""

    def __init__(self) -> None:
        super().__init__(longest=30)
        self.setPlaceholderText(_("dd/mm/yyyy"))

    def value(self) -> Any:
        """The date, None where there is none or it cannot be read."""
        try:
            return parse_date(self.text()) if self.text().strip() else None
        except ValueError:
            return None

    def set_value(self, value: Any) -> None:
        """Show a date as dd/mm/yyyy, mm/yyyy or yyyy."""
        super().set_value(str(value) if isinstance(value, PartialDate) else "")

    def trouble(self) -> str:
        """Why the date cannot be read."""
        if not self.text().strip() or self.value() is not None:
            return ""
        return _("“{text}” is no date. Write 15/09/2021, 09/2021 or 2021.").format(text=self.text())

    def settle(self) -> None:
        """Write the date as it was understood."""
        found = self.value()
        if found is not None and self.text() != str(found):
            self.setText(str(found))
        super().settle()

    def sizeHint(self) -> QSize:
        """A date wide."""
        hint = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance("00/00/0000") + 30, hint.height())


class MomentBox(LineBox):
    """A day, with or without the time."""

    def __init__(self) -> None:
        super().__init__(longest=30)
        self.setPlaceholderText(_("dd/mm/yyyy hh:mm"))

    def value(self) -> Any:
        """The moment, None where there is none or it cannot be read."""
        try:
            return parse_moment(self.text()) if self.text().strip() else None
        except ValueError:
            return None

    def set_value(self, value: Any) -> None:
        """Show a moment."""
        super().set_value(str(value) if isinstance(value, Moment) else "")

    def trouble(self) -> str:
        """Why it cannot be read."""
        if not self.text().strip() or self.value() is not None:
            return ""
        return _("“{text}” is no time. Write 15/05/2022 09:30.").format(text=self.text())

    def settle(self) -> None:
        """Write the moment as it was understood."""
        found = self.value()
        if found is not None and self.text() != str(found):
            self.setText(str(found))
        super().settle()


class MoneyBox(LineBox):
    """Dong, with points between the thousands as they are typed."""

    def __init__(self) -> None:
        super().__init__(longest=30)
        self.textEdited.connect(self._group)

    def value(self) -> Any:
        """Whole dong, None where nothing is said or it cannot be read."""
        text = _bare(self.text())
        return int(text) if text.isdecimal() and len(text) <= _MONEY_DIGITS else None

    def set_value(self, value: Any) -> None:
        """Show an amount."""
        super().set_value("" if value is None else grouped(value))

    def trouble(self) -> str:
        """Why the amount cannot be read."""
        if not self.text().strip() or self.value() is not None:
            return ""
        return _("“{text}” is no amount. Write whole dong: 15.000.000.").format(text=self.text())

    def _group(self, text: str) -> None:
        """Set the points anew while digits are typed at the end."""
        bare = _bare(text)
        if bare.isdecimal() and self.cursorPosition() == len(text) and len(bare) <= _MONEY_DIGITS:
            shown = grouped(int(bare))
            if shown != text:
                self.setText(shown)

    def settle(self) -> None:
        """Write the amount with its points."""
        if self.value() is not None:
            self.setText(grouped(self.value()))
        super().settle()


def _bare(text: str) -> str:
    """What was typed without points, commas, spaces and the sign of the dong."""
    return "".join(c for c in text if c not in ".,  \t₫đĐ")


class NumberBox(LineBox):
    """A whole number, ``usual`` where nothing is typed."""

    def __init__(self, usual: int | None, lowest: int = 0, highest: int = 10**9) -> None:
        super().__init__(longest=12)
        self._usual, self._lowest, self._highest = usual, lowest, highest

    def value(self) -> Any:
        """The number."""
        text = _bare(self.text())
        if text.isdecimal() and self._lowest <= int(text) <= self._highest:
            return int(text)
        return self._usual

    def set_value(self, value: Any) -> None:
        """Show a number."""
        super().set_value("" if value is None else str(value))

    def trouble(self) -> str:
        """Why it cannot be taken."""
        text = _bare(self.text())
        if not text or (text.isdecimal() and self._lowest <= int(text) <= self._highest):
            return ""
        return _("Write a whole number from {low} to {high}.").format(
            low=self._lowest, high=self._highest
        )


def read_share(text: str) -> Decimal | None:
    """A share in per cent as typed ("33,3", "60 %"); None where there is none; ValueError."""
    bare = text.replace("%", "").replace(",", ".").strip()
    if not bare:
        return None
    try:
        share = Decimal(bare)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not share.is_finite() or not 0 <= share <= 100:
        raise ValueError(text)
    return share


class TextBox(QPlainTextEdit):
    """Several lines of text; Tab leaves it, and so does Ctrl+Enter's own command.

    *Signals:* ``edited()`` when the user changes it.
    """

    edited = Signal()

    def __init__(self, lines: int = 3) -> None:
        super().__init__()
        self._lines, self._showing = lines, False
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._changed)

    def _changed(self) -> None:
        if not self._showing:
            self.edited.emit()

    def value(self) -> Any:
        """The text, cleaned."""
        return clean(self.toPlainText(), multiline=True)

    def set_value(self, value: Any) -> None:
        """Show a text."""
        self._showing = True
        self.setPlainText(value or "")
        self._showing = False

    def trouble(self) -> str:
        """Any text can be read."""
        return ""

    def sizeHint(self) -> QSize:
        """So many lines high."""
        return QSize(200, self.fontMetrics().lineSpacing() * self._lines + 14)

    def minimumSizeHint(self) -> QSize:
        """At least as high as it asks for."""
        return QSize(90, self.sizeHint().height())


class ChoiceBox(QComboBox):
    """A choice from a list; an unknown value is kept and shown as it is written.

    *Signals:* ``edited()`` when the user changes it.
    """

    edited = Signal()

    def __init__(self, choices: Sequence[tuple[Any, str]], *, editable: bool = False) -> None:
        super().__init__()
        self._known = list(choices)
        self.addItem("", None if choices and not isinstance(choices[0][0], str) else "")
        for value, text in choices:
            self.addItem(text, value)
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMaxVisibleItems(12)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(lambda _at: self.edited.emit())
        if editable:
            self._let_type()

    def _let_type(self) -> None:
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        names = [text for _value, text in self._known]
        line = self.lineEdit()
        if line is None:
            return
        line.setAccessibleName(_("Value"))
        completer = attach_completer(
            line, lambda words, show: show(matching(names, words)), self.edited
        )
        completer.setMaxVisibleItems(12)
        line.textEdited.connect(lambda _text: self.edited.emit())

    def value(self) -> Any:
        """The value chosen, or the text typed."""
        if self.isEditable():
            text = clean(self.currentText())
            return next((value for value, shown in self._known if shown == text), text)
        return self.currentData()

    def set_value(self, value: Any) -> None:
        """Show a value."""
        at = self.findData(value) if value not in {None, ""} else 0
        if at < 0 and self.isEditable():
            self.setCurrentIndex(0)
            self.setEditText(str(value))
            return
        if at < 0:
            self.addItem(str(value), value)
            at = self.count() - 1
        self.setCurrentIndex(at)
        line = self.lineEdit()
        if line is not None:
            line.setCursorPosition(0)

    def trouble(self) -> str:
        """Any choice can be taken."""
        return ""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the form, it does not change a value by accident."""
        event.ignore()


def matching(names: Sequence[str], words: str) -> list[str]:
    """The names that hold all the words, tone marks aside; names that start with them first."""
    from_start = fold(words)
    parts = from_start.split()
    found = [name for name in names if all(part in fold(name) for part in parts)]
    return sorted(found, key=lambda name: not fold(name).startswith(from_start))


class TruthBox(ChoiceBox):
    """Yes, no, or nothing said."""

    def __init__(self) -> None:
        super().__init__([(True, _("Yes")), (False, _("No"))])


def next_on_enter(form: QWidget) -> QObject:
    """Make Enter go to the next field in the boxes of a form; the object that does it."""
    return _EnterGoesOn(form)


class _EnterGoesOn(QObject):
    """Turns Enter in a one-line box into a step to the next field."""

    def __init__(self, form: QWidget) -> None:
        super().__init__(form)
        self._form = form
        for box in form.findChildren(QWidget):
            if isinstance(box, QLineEdit | QComboBox):
                box.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Step on at Enter, unless a popup of suggestions takes it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(watched, QLineEdit | QComboBox):
            key, held = event.key(), event.modifiers()  # type: ignore[attr-defined] # a key event
            enter = key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            bare = not held & ~Qt.KeyboardModifier.KeypadModifier
            if enter and bare:
                self._form.focusNextPrevChild(True)  # noqa: FBT003 - Qt's own: forwards
                return True
            if enter and held == Qt.KeyboardModifier.ShiftModifier:
                self._form.focusNextPrevChild(False)  # noqa: FBT003 - Qt's own: backwards
                return True
        return super().eventFilter(watched, event)
