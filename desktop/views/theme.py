"""How the program looks: two palettes of our own over Fusion, a little QSS, one font.

Every pair of text and ground that the palettes allow has a contrast of at least 4.5 to 1 (WCAG 2.2,
1.4.3); ``contrast`` computes it, and a test goes through the pairs.
"""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

STYLE = "Fusion"
FONT_FAMILY = "Liberation Sans"
SMALLEST_FONT, LARGEST_FONT, USUAL_FONT = 9, 16, 10
"""The font's size in points that a user may choose."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one theme by what they are for, as ``#rrggbb``.

    ``good``, ``bad``, ``warn``, ``calm`` and ``quiet`` are colours of words on any of the grounds
    ``window``, ``base``, ``stripe``, ``soft`` and ``selected``.
    """

    name: str
    window: str
    base: str
    stripe: str
    soft: str
    selected: str
    border: str
    edge: str
    text: str
    quiet: str
    accent: str
    on_accent: str
    accent_down: str
    calm: str
    good: str
    bad: str
    warn: str
    good_ground: str
    bad_ground: str
    warn_ground: str

    @property
    def tones(self) -> dict[str, str]:
        """The colours that words may take, by name."""
        return {
            "": self.text,
            "quiet": self.quiet,
            "calm": self.calm,
            "good": self.good,
            "bad": self.bad,
            "warn": self.warn,
        }

    @property
    def grounds(self) -> tuple[str, ...]:
        """The grounds that words of any tone may stand on."""
        return (self.window, self.base, self.stripe, self.soft, self.selected)


LIGHT = Theme(
    name="light",
    window="#f3f6fa",
    base="#ffffff",
    stripe="#f7f9fc",
    soft="#e4edfb",
    selected="#d3e3fd",
    border="#d3dbe5",
    edge="#8796aa",
    text="#182230",
    quiet="#4d5a6b",
    accent="#1d4ed8",
    on_accent="#ffffff",
    accent_down="#173fb0",
    calm="#1a44bd",
    good="#11602f",
    bad="#a8190f",
    warn="#7d4303",
    good_ground="#e3f5e9",
    bad_ground="#fdeae8",
    warn_ground="#fdf1dc",
)

DARK = Theme(
    name="dark",
    window="#12161d",
    base="#1a2029",
    stripe="#1e2530",
    soft="#1d2a40",
    selected="#22406e",
    border="#303a48",
    edge="#67768a",
    text="#e8edf4",
    quiet="#b2bdcb",
    accent="#2a62e0",
    on_accent="#ffffff",
    accent_down="#2150bd",
    calm="#a3c6ff",
    good="#7fe0a2",
    bad="#ffb0a8",
    warn="#fac775",
    good_ground="#14301f",
    bad_ground="#3c1a19",
    warn_ground="#3a2a10",
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK)}


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def theme_of(choice: str, application: QApplication) -> Theme:
    """The theme that a user's choice means: "light", "dark", or the system's own."""
    if choice in THEMES:
        return THEMES[choice]
    dark = application.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return DARK if dark else LIGHT


def load_fonts(resources: Path) -> None:
    """Load the program's own font for the screen; a file that is missing is left out."""
    for face in ("Regular", "Bold"):
        path = resources / "fonts" / f"LiberationSans-{face}.ttf"
        if path.is_file():
            QFontDatabase.addApplicationFont(str(path))


def apply(application: QApplication, theme: Theme, points: int, resources: Path) -> None:
    """Give the whole program this theme and a font of so many points (9 to 16)."""
    application.setPalette(palette(theme))
    font = QFont(FONT_FAMILY, max(SMALLEST_FONT, min(LARGEST_FONT, points)))
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    application.setFont(font)
    application.setStyleSheet(style_sheet(theme, resources / "icons", font.pointSize()))


def palette(theme: Theme) -> QPalette:
    """The theme as Qt's palette."""
    roles = QPalette.ColorRole
    colours = {
        roles.Window: theme.window,
        roles.WindowText: theme.text,
        roles.Base: theme.base,
        roles.AlternateBase: theme.stripe,
        roles.Text: theme.text,
        roles.Button: theme.base,
        roles.ButtonText: theme.text,
        roles.BrightText: theme.bad,
        roles.ToolTipBase: theme.base,
        roles.ToolTipText: theme.text,
        roles.PlaceholderText: theme.quiet,
        roles.Highlight: theme.selected,
        roles.HighlightedText: theme.text,
        roles.Link: theme.calm,
        roles.LinkVisited: theme.calm,
        roles.Light: theme.base,
        roles.Midlight: theme.border,
        roles.Mid: theme.border,
        roles.Dark: theme.edge,
        roles.Shadow: theme.edge,
        roles.Accent: theme.accent,
    }
    made = QPalette()
    for role, colour in colours.items():
        made.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.edge))
    return made


def style_sheet(theme: Theme, icons: Path, points: int) -> str:
    """The QSS of the theme; ``icons`` is the folder of the arrows and ticks it draws."""
    folder = icons.as_posix()
    values = {name: getattr(theme, name) for name in Theme.__dataclass_fields__}
    return (
        _SHEET.format(**values, title_points=points + 5, figure_points=points + 9)
        .replace("ARROWUP", f'"{folder}/arrow-up-{theme.name}.svg"')
        .replace("ARROW", f'"{folder}/arrow-{theme.name}.svg"')
        .replace("TICK", f'"{folder}/tick-white.svg"')
    )


_SHEET = """
QToolTip {{ background: {base}; color: {text}; border: 1px solid {edge}; padding: 4px; }}
QFrame#card, QScrollArea#card {{ background: {base}; border: 1px solid {border};
  border-radius: 8px; }}
QScrollArea {{ border: none; background: transparent; }}
QWidget#page {{ background: {base}; }}
QLabel[role="title"] {{ font-size: {title_points}pt; font-weight: bold; }}
QLabel[role="figure"] {{ font-size: {figure_points}pt; font-weight: bold; }}
QLabel[role="heading"] {{ font-weight: bold; }}
QLabel[tone="quiet"] {{ color: {quiet}; }}
QLabel[tone="calm"] {{ color: {calm}; }}
QLabel[tone="good"] {{ color: {good}; }}
QLabel[tone="bad"] {{ color: {bad}; }}
QLabel[tone="warn"] {{ color: {warn}; }}

QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QDoubleSpinBox {{
  background: {base}; color: {text}; border: 1px solid {edge}; border-radius: 5px;
  padding: 3px 7px; selection-background-color: {accent}; selection-color: {on_accent}; }}
QPlainTextEdit {{ padding: 1px 3px; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus,
  QDoubleSpinBox:focus {{
  border: 2px solid {accent}; padding: 2px 6px; }}
QPlainTextEdit:focus {{ padding: 0px 2px; }}
QLineEdit[wrong="true"] {{ border: 2px solid {bad}; padding: 2px 6px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{
  background: {window}; color: {quiet}; border-color: {border}; }}
QSpinBox::up-button, QSpinBox::down-button,
  QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {{ subcontrol-origin: border; width: 20px;
  border: none; background: transparent; }}
QSpinBox::up-button, QDoubleSpinBox::up-button {{ subcontrol-position: top right; }}
QSpinBox::down-button, QDoubleSpinBox::down-button {{ subcontrol-position: bottom right; }}
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow {{ image: url(ARROWUP); width: 11px; height: 11px; }}
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow {{ image: url(ARROW); width: 11px; height: 11px; }}
QComboBox {{ padding-right: 22px; }}
QComboBox::drop-down {{ border: none; width: 22px; }}
QComboBox::down-arrow {{ image: url(ARROW); width: 14px; height: 14px; }}
QComboBox QAbstractItemView, QAbstractItemView#popup {{
  background: {base}; border: 1px solid {edge}; selection-background-color: {selected};
  selection-color: {text}; outline: none; }}

QPushButton {{ background: {base}; color: {text}; border: 1px solid {edge}; border-radius: 6px;
  padding: 5px 12px; }}
QPushButton:hover {{ background: {soft}; }}
QPushButton:pressed {{ background: {selected}; }}
QPushButton:focus {{ border: 2px solid {accent}; padding: 4px 11px; }}
QPushButton:disabled {{ color: {edge}; border-color: {border}; background: {window}; }}
QPushButton[kind="primary"] {{ background: {accent}; color: {on_accent}; border-color: {accent};
  font-weight: bold; }}
QPushButton[kind="primary"]:hover,
  QPushButton[kind="primary"]:pressed {{ background: {accent_down}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {text}; }}
QPushButton[kind="primary"]:disabled {{ background: {border}; color: {quiet};
  border-color: {border}; }}
QPushButton[kind="link"] {{ background: transparent; border: 1px solid transparent; color: {calm};
  padding: 1px 0px; text-align: left; }}
QPushButton[kind="link"]:hover {{ text-decoration: underline; }}
QPushButton[kind="link"]:focus {{ border: 1px solid {accent}; }}
QPushButton[kind="chip"] {{ border-radius: 11px; padding: 3px 10px; border-color: {border}; }}
QPushButton[kind="chip"]:focus {{ border: 2px solid {accent}; padding: 2px 9px; }}
QPushButton[kind="chip"]:checked {{ background: {accent}; color: {on_accent};
  border-color: {accent}; }}
QPushButton[kind="chip"]:checked:focus {{ border: 2px solid {text}; }}
QPushButton[kind="big"] {{ padding: 12px 18px; text-align: left; }}
QPushButton[kind="big"]:focus {{ padding: 11px 17px; }}
QPushButton[kind="row"] {{ border: 1px solid transparent; text-align: left; padding: 4px 8px; }}
QPushButton[kind="row"]:hover {{ background: {soft}; }}
QPushButton[kind="row"]:checked {{ background: {selected}; font-weight: bold; }}
QPushButton[kind="row"]:focus {{ border: 2px solid {accent}; padding: 3px 7px; }}
QPushButton::menu-indicator {{ image: url(ARROW); width: 12px; height: 12px;
  subcontrol-position: right center; right: 6px; }}
QPushButton[hasmenu="true"] {{ padding-right: 22px; }}
QToolButton {{ border: 1px solid transparent; border-radius: 5px; padding: 3px; }}
QToolButton:hover {{ background: {soft}; }}
QToolButton:focus {{ border: 2px solid {accent}; padding: 2px; }}

QWidget#navigation {{ background: {window}; }}
QPushButton[kind="place"] {{ border: 1px solid transparent; border-radius: 7px;
  background: transparent;
  text-align: left; padding: 7px 9px; }}
QPushButton[kind="place"]:hover {{ background: {soft}; }}
QPushButton[kind="place"]:checked {{ background: {selected}; color: {calm}; font-weight: bold; }}
QPushButton[kind="place"]:focus {{ border: 2px solid {accent}; padding: 6px 8px; }}

QTableView, QListWidget, QListView {{ background: {base}; alternate-background-color: {stripe};
  border: 1px solid {border}; border-radius: 6px; gridline-color: {border};
  selection-background-color: {selected}; selection-color: {text}; outline: none; }}
QTableView:focus, QListWidget:focus, QListView:focus {{ border: 1px solid {accent}; }}
QTableView#lines::item {{ padding: 4px 6px; }}
QTableView QLineEdit, QTableView QComboBox {{ border-radius: 0; }}
QListWidget::item {{ padding: 4px 6px; }}
QTableView#ticks::item {{ padding: 0px 6px; }}
QListWidget#papers::item {{ padding: 0px 6px; }}
QListWidget::item:selected {{ background: {selected}; color: {text}; }}
QHeaderView {{ background: {window}; border: none; }}
QHeaderView::section {{ background: {window}; color: {quiet}; border: none; font-weight: bold;
  border-bottom: 1px solid {border}; border-right: 1px solid {border}; padding: 5px 6px; }}
QHeaderView::up-arrow, QHeaderView::down-arrow {{ width: 0px; height: 0px; }}
QTableCornerButton::section {{ background: {window}; border: none; }}

QFrame#bar {{
  margin: 4px 0px 2px 0px; border-radius: 7px; border: 1px solid {border}; background: {base}; }}
QFrame#bar[tone="good"] {{ background: {good_ground}; border-color: {good}; }}
QFrame#bar[tone="bad"] {{ background: {bad_ground}; border-color: {bad}; }}
QFrame#bar[tone="warn"] {{ background: {warn_ground}; border-color: {warn}; }}
QFrame#drop {{ border: 2px dashed {edge}; border-radius: 8px; background: {window}; }}
QFrame#drop[over="true"] {{ border-color: {accent}; background: {soft}; }}
QFrame#line {{ background: {border}; border: none; }}

QMenuBar {{ background: {window}; color: {text}; }}
QMenuBar::item {{ padding: 4px 9px; background: transparent; border-radius: 4px; }}
QMenuBar::item:selected {{ background: {selected}; }}
QMenu {{ background: {base}; color: {text}; border: 1px solid {edge}; padding: 4px; }}
QMenu::item {{ padding: 5px 26px 5px 24px; border-radius: 4px; }}
QMenu::item:selected {{ background: {selected}; color: {text}; }}
QMenu::item:disabled {{ color: {edge}; }}
QMenu::separator {{ height: 1px; background: {border}; margin: 4px 8px; }}
QStatusBar {{ background: {window}; color: {text}; }}
QStatusBar::item {{ border: none; }}
QProgressBar {{ border: 1px solid {edge}; border-radius: 5px; background: {base};
  text-align: center; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 4px; }}
QCheckBox, QRadioButton {{ spacing: 7px; }}
QCheckBox::indicator {{ width: 15px; height: 15px; border: 1px solid {edge}; border-radius: 4px;
  background: {base}; }}
QCheckBox::indicator:checked {{ background: {accent}; border-color: {accent}; image: url(TICK); }}
QCheckBox:focus {{ color: {calm}; }}
QListView::indicator {{ width: 15px; height: 15px; border: 1px solid {edge}; border-radius: 4px;
  background: {base}; }}
QListView::indicator:checked {{ background: {accent}; border-color: {accent}; image: url(TICK); }}
QTableView::indicator {{ width: 15px; height: 15px; border: 1px solid {edge}; border-radius: 4px;
  background: {base}; }}
QTableView::indicator:checked {{ background: {accent}; border-color: {accent}; image: url(TICK); }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QSplitter::handle {{ background: transparent; }}

QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {edge}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {quiet}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
