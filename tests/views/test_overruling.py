"""Deciding otherwise than the check: beside the list and beside the form, by keyboard."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton

from desktop.models.actions.initiatives import RecordInitiative
from desktop.vietnamese.dates import Moment
from desktop.views.main_window import MainWindow
from desktop.views.register_place import Wish
from tests.stores import complete
from tests.views.conftest import Hands

OTHERWISE, WITHDRAW = "Quyết định khác…", "Rút quyết định này"
REASON = "Hội đồng cấp trên đã xác nhận."


@pytest.fixture
def record(window: MainWindow, hands: Hands) -> int:
    """An initiative entered before the portal opened: the check says no."""
    early = Moment.fromiso("2022-01-07T09:00:00+07:00")
    outcome = window.doing.do(RecordInitiative(complete(title="Nhập quá sớm", sent=early)))
    assert outcome is not None
    hands.rest()
    return int(outcome.result)


def buttons(pane: Any, text: str) -> list[QPushButton]:
    return [one for one in pane.findChildren(QPushButton) if one.text() == text]


def struck(pane: Any) -> list[str]:
    return [one.text() for one in pane.findChildren(QLabel) if one.font().strikeOut()]


def decide(window: MainWindow, hands: Hands, pane: Any, reason: str = REASON) -> None:
    made = buttons(pane, OTHERWISE)[0]
    made.setFocus()
    hands.press(Qt.Key.Key_Space)
    sheet: Any = [one for one in window.findChildren(QDialog) if one.isVisible()][-1]
    sheet.box.setFocus()
    hands.type(reason)
    hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Space)
    hands.rest()
    hands.rest()


def overrulings(window: MainWindow) -> list[tuple[str, str]]:
    assert window.desk.store is not None
    with window.desk.store.reading() as connection:
        found = connection.execute("SELECT reason, ruled_by FROM overruling").fetchall()
    return [tuple(row) for row in found]


def test_beside_the_list_a_finding_is_set_aside_and_counts_again(
    window: MainWindow, hands: Hands, record: int
) -> None:
    place: Any = hands.go("initiatives", Wish(record=record))
    hands.rest()
    pane = place._detail
    before = len(buttons(pane, OTHERWISE))
    message = buttons(pane, OTHERWISE)[0].accessibleName().removeprefix("Quyết định khác về: ")
    decide(window, hands, pane)
    assert overrulings(window) == [(REASON, "Lan")]
    assert struck(pane) == [message]
    texts = [one.text() for one in pane.findChildren(QLabel)]
    assert f"Đã quyết định khác: {REASON}" in texts
    assert "Lan · hôm nay 09:00" in texts
    assert len(buttons(pane, OTHERWISE)) == before - 1
    window.activateWindow()
    QApplication.processEvents()
    assert QApplication.focusWidget() is buttons(pane, WITHDRAW)[0]
    hands.press(Qt.Key.Key_Space)
    hands.rest()
    hands.rest()
    assert overrulings(window) == []
    assert struck(pane) == []


def test_without_a_reason_the_finding_stands(window: MainWindow, hands: Hands, record: int) -> None:
    place: Any = hands.go("initiatives", Wish(record=record))
    hands.rest()
    decide(window, hands, place._detail, reason="")
    sheet: Any = [one for one in window.findChildren(QDialog) if one.isVisible()][-1]
    assert "lý do" in sheet.trouble.text()
    assert overrulings(window) == []
    sheet.reject()


def test_beside_the_form_it_is_set_aside_too_and_undo_brings_it_back(
    window: MainWindow, hands: Hands, record: int
) -> None:
    place: Any = hands.go("entry", record)
    hands.rest()
    decide(window, hands, place.verdict)
    assert struck(place.verdict)
    assert overrulings(window) == [(REASON, "Lan")]
    assert window.doing.undo() is not None
    hands.rest()
    hands.rest()
    assert struck(place.verdict) == []
    assert overrulings(window) == []


def test_a_form_that_is_not_saved_is_to_be_saved_first(
    window: MainWindow, hands: Hands, record: int
) -> None:
    place: Any = hands.go("entry", record)
    hands.rest()
    place.form.boxes["title"].setFocus()
    hands.type("x")
    hands.rest()
    buttons(place.verdict, OTHERWISE)[0].click()
    assert not [one for one in window.findChildren(QDialog) if one.isVisible()]
    assert "cất hồ sơ trước" in window.bar.text.lower()


def test_a_new_form_offers_no_decision(hands: Hands) -> None:
    place: Any = hands.go("entry")
    place.form.boxes["title"].setFocus()
    hands.type("Mới")
    hands.rest()
    hands.rest()
    assert place.verdict.verdict is not None
    assert buttons(place.verdict, OTHERWISE) == []
