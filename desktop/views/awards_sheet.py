"""Asks for the form of commendation that persons are proposed for."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QWidget

from desktop.text import _, counted
from desktop.vietnamese.cleaning import clean
from desktop.views.asking import AskForm


class FormSheet(AskForm):
    """The forms of the award, or any other that is typed."""

    def __init__(self, parent: QWidget | None, forms: Sequence[str], count: int) -> None:
        said = counted(
            "Which commendation is {count} person to be proposed for?",
            "Which commendation are {count} persons to be proposed for?",
            count,
        )
        super().__init__(
            parent, _("Propose for commendation"), said.format(count=count), _("Propose")
        )
        self.box = QComboBox()
        self.box.setEditable(True)
        self.box.addItems(list(forms))
        self.add(_("Form of commendation"), self.box)
        line = self.box.lineEdit()
        if line is not None:
            line.setAccessibleName(_("Form of commendation"))
        self.setMinimumWidth(560)

    @property
    def form(self) -> str:
        """The form chosen."""
        return clean(self.box.currentText())

    def ready(self) -> str:
        """A form must be given."""
        return "" if self.form else _("Choose the form of commendation.")
