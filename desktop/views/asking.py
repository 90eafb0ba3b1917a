"""Small forms that ask for one thing before an act: a moment, a field to change, a council."""

from typing import Any

from PySide6.QtWidgets import QComboBox, QDialog, QSizePolicy, QStackedWidget, QWidget

from desktop.programme.definition import Programme
from desktop.text import _
from desktop.vietnamese.dates import Moment
from desktop.views.boxes import Box, ChoiceBox, LineBox, MomentBox, TruthBox
from desktop.views.widgets import button, column, label, line, name


class AskForm(QDialog):
    """A small form with one primary button; ``accept`` comes only when ``ready`` says so."""

    def __init__(self, parent: QWidget | None, title: str, said: str, act: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(440)
        self.fields = column(spacing=6)
        self.trouble = label(tone="bad", wrap=True)
        go = button(act, self.accept, kind="primary")
        go.setDefault(True)
        cancel = button(_("Cancel"), self.reject)
        row = line(None, cancel, go)
        head = label(said, role="heading", wrap=True)
        self.setLayout(column(head, 4, self.fields, self.trouble, 4, row, margins=18, spacing=6))

    def add(self, words: str, widget: QWidget) -> None:
        """Add a field with its words above."""
        head = label(words)
        head.setBuddy(widget)
        name(widget, words)
        self.fields.addWidget(head)
        self.fields.addWidget(widget)

    def ready(self) -> str:
        """What is still missing, blank where nothing is."""
        return ""

    def accept(self) -> None:
        """Close, unless something is missing."""
        missing = self.ready()
        self.trouble.setText(missing)
        if not missing:
            super().accept()


class AskMoment(AskForm):
    """Asks when initiatives were entered on the portal."""

    def __init__(self, parent: QWidget | None, count: int, now: Moment) -> None:
        said = _("When were the {count} selected initiatives entered on the portal?")
        super().__init__(
            parent, _("Time of entry on the portal"), said.format(count=count), _("Mark")
        )
        self.box = MomentBox()
        self.box.set_value(now)
        self.add(_("Day and time (dd/mm/yyyy hh:mm)"), self.box)

    @property
    def moment(self) -> Moment | None:
        """The moment given."""
        found: Moment | None = self.box.value()
        return found

    def ready(self) -> str:
        """A moment must be readable."""
        return "" if self.moment is not None else _("Give the day, such as 15/05/2022 09:30.")


class AskChange(AskForm):
    """Asks for one field and the value that all the selected initiatives are to have."""

    def __init__(self, parent: QWidget | None, count: int, programme: Programme) -> None:
        said = _("The same value is set in all {count} selected initiatives. It can be undone.")
        super().__init__(parent, _("Change a field of all"), said.format(count=count), _("Change"))
        self._boxes: dict[str, Any] = {
            "category": ChoiceBox(
                [(one.code, f"{one.code} {one.label}") for one in programme.categories]
            ),
            "field": ChoiceBox([(one.name, one.label) for one in programme.fields]),
            "object_group": ChoiceBox([(one.name, one.label) for one in programme.groups]),
            "region": ChoiceBox([(one.name, one.label) for one in programme.regions]),
            "effect_confirmed_by": LineBox(),
            "public_order_contrary": TruthBox(),
        }
        words = {
            "category": _("Category"),
            "field": _("Field of application"),
            "object_group": _("Object group"),
            "region": _("Region"),
            "effect_confirmed_by": _("Effect confirmed by"),
            "public_order_contrary": _("Contrary to public order or morals"),
        }
        self.which, self._pages = QComboBox(), QStackedWidget()
        self._pages.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        for key, box in self._boxes.items():
            self.which.addItem(words[key], key)
            name(box, words[key])
            self._pages.addWidget(box)
        self.which.currentIndexChanged.connect(self._pages.setCurrentIndex)
        self.add(_("Field"), self.which)
        self.add(_("Value for all"), self._pages)

    def changes(self) -> dict[str, Any]:
        """The field and its value."""
        key = self.which.currentData()
        box: Box = self._boxes[key]
        return {key: box.value()}
