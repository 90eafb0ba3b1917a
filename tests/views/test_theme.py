"""Both themes can be read: every pair of words and ground has contrast enough."""

import itertools

import pytest
from PySide6.QtGui import QColor, QPalette
from pytestqt.qtbot import QtBot

from desktop.views.theme import DARK, LIGHT, Theme, contrast, palette

ENOUGH = 4.5
"""WCAG 2.2, 1.4.3, for text of normal size."""


def test_contrast_of_black_and_white_is_the_largest() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: str(theme.name))
def test_words_of_every_tone_can_be_read_on_every_ground(theme: Theme) -> None:
    pairs = itertools.product(theme.tones.items(), theme.grounds)
    poor = [(tone, ground) for (tone, colour), ground in pairs if contrast(colour, ground) < ENOUGH]
    assert poor == []


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: str(theme.name))
def test_words_on_buttons_and_bars_can_be_read(theme: Theme) -> None:
    pairs = [
        (theme.on_accent, theme.accent),
        (theme.on_accent, theme.accent_down),
        *((theme.text, ground) for ground in (theme.good_ground, theme.bad_ground)),
        (theme.text, theme.warn_ground),
        (theme.quiet, theme.border),
    ]
    assert [pair for pair in pairs if contrast(*pair) < ENOUGH] == []


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: str(theme.name))
def test_selected_words_can_be_read_in_qts_own_palette(theme: Theme, qtbot: QtBot) -> None:
    del qtbot
    made, roles = palette(theme), QPalette.ColorRole
    words = made.color(roles.HighlightedText).name()
    ground = QColor(made.color(roles.Highlight)).name()
    assert contrast(words, ground) >= ENOUGH
