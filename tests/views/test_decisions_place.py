"""Decisions: one recognises several initiatives at once, with its scan."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from desktop.models import reading
from desktop.views.main_window import MainWindow
from tests.views.conftest import Hands


@pytest.fixture
def place(hands: Hands) -> Any:
    return hands.go("decisions")


def test_a_decision_recognises_several_initiatives_with_its_scan(
    window: MainWindow, hands: Hands, place: Any, tmp_path: Path
) -> None:
    scan = tmp_path / "qd-205.pdf"
    scan.write_bytes(b"%PDF-1.7 fictional")
    hands.control(Qt.Key.Key_N)
    hands.type("205/QĐ-HĐSK")
    hands.press(Qt.Key.Key_Return)
    hands.type("20/5/2022")
    hands.rest()
    place.form.zone.dropped.emit([scan])
    place.form.ticks.set_chosen((2, 3, 4))
    hands.control(Qt.Key.Key_S)
    hands.rest()
    store = window.desk.store
    assert store is not None
    with store.reading() as connection:
        line = next(d for d in reading.decisions(connection) if d.draft.number == "205/QĐ-HĐSK")
        assert reading.decision_initiatives(connection, line.id) == (2, 3, 4)
    assert line.scan is not None
    assert line.scan.name == "qd-205.pdf"
    assert str(line.draft.issued) == "20/05/2022"


def test_initiatives_are_found_without_tone_marks_and_ticked_by_key(
    hands: Hands, place: Any
) -> None:
    hands.control(Qt.Key.Key_N)
    hands.rest()
    hands.control(Qt.Key.Key_F)
    hands.type("song ngu mong")
    hands.rest()
    assert list(place.form.ticks.grid.ids()) == [3]
    place.form.ticks.view.setFocus()
    place.form.ticks.view.setCurrentIndex(place.form.ticks.grid.index(0, 0))
    hands.press(Qt.Key.Key_Return)
    assert place.form.ticks.chosen() == (3,)


def test_choosing_a_decision_shows_what_it_recognises(hands: Hands, place: Any) -> None:
    place.list.setCurrentRow(0)
    hands.rest()
    assert place.form.title.text() == "118/QĐ-HĐSK"
    assert place.form.ticks.chosen() == (1,)


def test_a_nameless_decision_is_refused_with_the_reason(
    window: MainWindow, hands: Hands, place: Any
) -> None:
    hands.control(Qt.Key.Key_N)
    hands.control(Qt.Key.Key_S)
    hands.rest()
    assert "số quyết định" in window.bar.text.lower()
    assert len(place.decisions) == 1


def test_a_council_session_keeps_its_results(window: MainWindow, hands: Hands, place: Any) -> None:
    place.new_session()
    hands.type("Hội đồng sáng kiến huyện")
    hands.press(Qt.Key.Key_Return)
    hands.type("14/6/2022")
    place.session.ticks.set_chosen((2, 3))
    hands.control(Qt.Key.Key_S)
    hands.rest()
    assert [(one.council, one.held, one.results) for one in place.sessions] == [
        ("Hội đồng sáng kiến huyện", "2022-06-14", 2)
    ]
