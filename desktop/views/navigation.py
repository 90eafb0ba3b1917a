"""The left edge: the places by icon and word, by icon alone where the window is narrow."""

from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.text import _
from desktop.views.icons import Icons
from desktop.views.places import NAVIGATION
from desktop.views.theme import Theme
from desktop.views.widgets import button, column, label, name, plain, tell


class Navigation(QWidget):
    """The places to go to.

    *Signals:* ``chosen(place)``.
    """

    chosen = Signal(str)

    def __init__(self, icons: Icons, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("navigation")
        self._icons = icons
        self._buttons: dict[str, QPushButton] = {}
        self._narrow = False
        box = column(spacing=3, margins=(8, 8, 4, 8))
        for number, (place, _icon, word) in enumerate(NAVIGATION, start=1):
            made = button(_(word), partial(self.chosen.emit, place), kind="place")
            made.setCheckable(True)
            made.setAutoExclusive(False)
            made.setToolTip(plain(f"{_(word)} (Ctrl+{number})"))
            made.setIconSize(QSize(20, 20))
            self._buttons[place] = made
            box.addWidget(made)
        box.addStretch(1)
        self._backup = label(tone="quiet", wrap=True)
        box.addWidget(self._backup)
        self.setLayout(box)
        name(self, _("Places"))
        self.dress(theme)
        self.mark("initiatives")

    def dress(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._theme = theme
        self.mark(next((key for key, made in self._buttons.items() if made.isChecked()), ""))
        self._fit()

    def mark(self, place: str) -> None:
        """Show which place is open."""
        for key, icon, _word in NAVIGATION:
            on = key == place
            self._buttons[key].setChecked(on)
            colour = self._theme.calm if on else self._theme.quiet
            self._buttons[key].setIcon(self._icons.icon(icon, colour, 20))

    def tell_backup(self, text: str, tone: str) -> None:
        """Say when the last backup was made."""
        tell(self._backup, text, tone)
        self._backup.setToolTip(plain(text))

    def set_narrow(self, narrow: bool) -> None:
        """Show icons alone, or icons and words."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._fit()

    def _fit(self) -> None:
        for key, _icon, word in NAVIGATION:
            self._buttons[key].setText("" if self._narrow else _(word))
        self._backup.setVisible(not self._narrow)
        words = max(
            self.fontMetrics().horizontalAdvance(_(word) + "M") for _k, _i, word in NAVIGATION
        )
        self.setFixedWidth(52 if self._narrow else words + 54)

    def sizeHint(self) -> QSize:
        """As wide as it is fixed to be."""
        return QSize(self.width(), 300)

    def minimumSizeHint(self) -> QSize:
        """Room for the icons."""
        return QSize(52, 300)
