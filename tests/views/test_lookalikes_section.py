"""Look-alikes among the settings: shown, changed as one act, compared anew, told."""

from dataclasses import replace
from typing import Any

import pytest

from desktop.models.actions.initiatives import ImportInitiatives
from desktop.models.lookalikes import renewing
from desktop.models.lookalikes.keys import Keys, read_keys
from desktop.progress import CancelledError
from desktop.views import lookalikes_section
from desktop.views.main_window import MainWindow
from tests.stores import complete
from tests.views.conftest import Hands


@pytest.fixture
def section(hands: Hands) -> Any:
    """The form, filled."""
    place: Any = hands.go("settings")
    hands.rest()
    return place.lookalikes


def kept(window: MainWindow) -> Keys:
    assert window.desk.store is not None
    with window.desk.store.reading() as connection:
        return read_keys(connection)


def pairs(window: MainWindow) -> int:
    assert window.desk.store is not None
    with window.desk.store.reading() as connection:
        row = connection.execute("SELECT count(*) FROM alike WHERE why <> ''").fetchone()
    return int(row[0])


def said(window: MainWindow) -> list[str]:
    """What is said from now on."""
    heard: list[str] = []
    window.desk.said.connect(lambda _tone, text, _offers: heard.append(text))
    return heard


def test_a_change_is_one_act_that_the_usual_key_undoes(
    window: MainWindow, hands: Hands, section: Any
) -> None:
    section.boxes["same_unit"].set_value(90)
    section.ticks["K5"].setChecked(False)
    section.stop_words.set_value("giải pháp, tại,  tại, trong")
    section.keep.click()
    hands.rest()
    hands.rest()
    assert kept(window) == replace(
        Keys(), same_unit=0.9, off=("K5",), stop_words=("giải pháp", "tại", "trong")
    )
    window.undo()
    hands.rest()
    hands.rest()
    assert kept(window) == Keys()
    assert section.boxes["same_unit"].value() == 85
    assert section.ticks["K5"].isChecked()


@pytest.mark.parametrize(("key", "value"), [("same_text", "40"), ("most", "0"), ("most", "")])
def test_a_figure_out_of_bounds_is_refused_in_words(
    window: MainWindow, section: Any, key: str, value: str
) -> None:
    heard = said(window)
    section.boxes[key].setText(value)
    section.keep.click()
    assert len(heard) == 1
    assert "số" in heard[0]
    assert kept(window) == Keys()


def test_the_usual_values_come_back_and_count_once_they_are_saved(
    window: MainWindow, hands: Hands, section: Any
) -> None:
    section.boxes["same_author"].set_value(99)
    section.keep.click()
    hands.rest()
    section.usual.click()
    assert section.keys() == Keys()
    assert kept(window).same_author == 0.99
    section.keep.click()
    hands.rest()
    assert kept(window) == Keys()


@pytest.fixture
def large(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """A store in which everything is compared by a job of its own."""
    monkeypatch.setattr("desktop.models.deriving._FEW", 1)
    monkeypatch.setattr(renewing, "FEW", 1)
    monkeypatch.setattr(renewing, "SMALL", 1)
    assert window.desk.store is not None
    drafts = (complete(title="Bể lọc nước cho điểm trường", decision=None),) * 3
    window.desk.store.journal.do(ImportInitiatives(drafts, "a.xlsx"))
    return window


def test_in_a_large_store_saving_compares_everything_anew_and_tells(
    large: MainWindow, hands: Hands, section: Any
) -> None:
    assert section.waiting.property("tone") == "warn"
    heard = said(large)
    section.boxes["most"].set_value(19)
    section.keep.click()
    hands.rest()
    hands.rest()
    assert section.waiting.property("tone") == "good"
    assert "toàn bộ sổ" in heard[-1]
    assert pairs(large) == 3


def test_what_was_stopped_is_told_and_goes_on(
    large: MainWindow, hands: Hands, section: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_given: object, **_named: object) -> None:
        raise CancelledError

    heard = said(large)
    with monkeypatch.context() as patch:
        patch.setattr(lookalikes_section, "compare", stopped)
        section.again.click()
        hands.rest()
    assert "Đã dừng" in heard[-1]
    assert pairs(large) == 0
    section._go_on()
    hands.rest()
    assert pairs(large) == 3
