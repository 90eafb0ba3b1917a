"""Fields and a draft: numbered boxes in sections, filled from a draft and read back into one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from desktop.text import _
from desktop.views.boxes import Box
from desktop.views.widgets import label, name

COLUMNS = 12
"""A form's grid is twelve columns wide."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A field of a form: the draft's field, its words, its width (of 12), its box and its help."""

    key: str
    words: str
    span: int
    box: QWidget
    help: str = ""
    needed: bool = False
    numbered: bool = True


class FormGrid(QWidget):
    """Boxes under their words, in rows of twelve columns; numbered from ``first`` on."""

    def __init__(self, fields: list[Asked], first: int = 1) -> None:
        super().__init__()
        self.boxes: dict[str, Any] = {}
        self.heads: dict[str, QLabel] = {}
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(2)
        for at in range(COLUMNS):
            self._grid.setColumnStretch(at, 1)
        self.setLayout(self._grid)
        self._row, self._at, self.last = 0, 0, first - 1
        for field in fields:
            self._place(field)

    def _place(self, field: Asked) -> None:
        if self._at + field.span > COLUMNS:
            self._row, self._at = self._row + 3, 0
        words = self._numbered(field)
        head = label(words)
        # The number's mnemonic (Alt+1) goes through the buddy; the label still shows plain text.
        head.setBuddy(field.box)
        spoken = field.words + (_(", needed") if field.needed else "")
        name(field.box, spoken, field.help or field.words)
        self._grid.addWidget(head, self._row, self._at, 1, field.span)
        tall = field.box.sizePolicy().verticalPolicy() is not QSizePolicy.Policy.Fixed
        where = (self._row + 1, self._at, 1, field.span)
        if tall:
            self._grid.addWidget(field.box, *where)
        else:
            self._grid.addWidget(field.box, *where, Qt.AlignmentFlag.AlignTop)
        self._grid.setRowMinimumHeight(self._row + 2, 3)
        self._at += field.span
        self.boxes[field.key] = field.box
        self.heads[field.key] = head

    def _numbered(self, field: Asked) -> str:
        star = " *" if field.needed else ""
        text = field.words.replace("&", "&&") + star
        if not field.numbered:
            return text
        self.last += 1
        digits = str(self.last)
        # Alt+1 to Alt+9 for the first nine, Alt+0 for the tenth; later numbers have no key.
        if self.last < 10:
            return f"&{digits}. {text}"
        return f"1&0. {text}" if self.last == 10 else f"{digits}. {text}"

    def put(self, widget: QWidget, key: str, at: int, span: int) -> None:
        """Put something into the row of a box, such as a button for it."""
        position: Any = self._grid.getItemPosition(self._grid.indexOf(self.boxes[key]))
        self._grid.addWidget(widget, position[0], at, 1, span)

    def add_beside(self, widget: QWidget, key: str, span: int) -> None:
        """Put something under a box, such as an amount in words."""
        at = self._grid.indexOf(self.boxes[key])
        position: Any = self._grid.getItemPosition(at)
        self._grid.addWidget(widget, position[0] + 1, position[1], 1, span)


def show_values(boxes: Mapping[str, Box], draft: object) -> None:
    """Show a draft's fields in the boxes of the same names."""
    for key, box in boxes.items():
        box.set_value(getattr(draft, key))


def read_values(boxes: Mapping[str, Box]) -> dict[str, Any]:
    """The values of the boxes by the names of the draft's fields."""
    return {key: box.value() for key, box in boxes.items()}


def typed_values(boxes: Mapping[str, Box]) -> tuple[object, ...]:
    """What stands in the boxes, that which cannot be read as well: tells what was typed since."""
    return tuple((box.value(), box.trouble()) for box in boxes.values())


def first_trouble(boxes: Mapping[str, Box]) -> tuple[str, str]:
    """The first box that cannot be read, and why; blanks where all can."""
    for key, box in boxes.items():
        why = box.trouble()
        if why:
            return key, why
    return "", ""
