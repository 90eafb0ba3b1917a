"""The Qt binding is sound: 6.12.0 lost a reference to None with each call without a result."""

import sys

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_calls_that_return_nothing_lose_no_reference_to_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(1000):
        label.setToolTip("Cất")
    # Other code holds a few more or fewer meanwhile; the fault lost all of the thousand.
    assert abs(sys.getrefcount(None) - before) < 100
