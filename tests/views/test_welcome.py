"""The first start: a store is made and opened, all from the keyboard."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from desktop.app import App
from desktop.views.main_window import MainWindow
from tests.views.conftest import Hands


@pytest.fixture
def hands(app: App, open_app: Callable[[App], MainWindow]) -> Hands:
    app.store_folder = None
    return Hands(open_app(app))


def test_a_new_store_is_made_and_opened_empty(hands: Hands, tmp_path: Path) -> None:
    window, place = hands.window, hands.window.place
    shown: Any = place
    hands.type("CĐCS Trường Tiểu học Mù Cả")
    shown.folder.set_value(str(tmp_path / "sổ mới"))
    shown.make.click()
    hands.rest()
    hands.rest()
    assert window.current == "initiatives"
    assert window.desk.store is not None
    assert window.desk.store.office().name == "CĐCS Trường Tiểu học Mù Cả"
    register: Any = window.place
    assert register.pages.currentWidget() is register.empty


def test_without_an_office_nothing_is_made(hands: Hands, tmp_path: Path) -> None:
    place: Any = hands.window.place
    place.folder.set_value(str(tmp_path / "không tạo"))
    place.make.setFocus()
    hands.press(Qt.Key.Key_Space)
    assert hands.window.bar.property("tone") == "bad"
    assert not (tmp_path / "không tạo").exists()


def test_a_folder_that_is_not_empty_is_refused(hands: Hands, tmp_path: Path) -> None:
    place: Any = hands.window.place
    taken = tmp_path / "đã dùng"
    taken.mkdir()
    (taken / "ghi chú.txt").write_text("của người khác", encoding="utf-8")
    hands.type("CĐCS thử")
    place.folder.set_value(str(taken))
    place.make.click()
    hands.rest()
    assert hands.window.current == "welcome"
    assert [path.name for path in taken.iterdir()] == ["ghi chú.txt"]


def test_the_samples_open_with_their_units(hands: Hands, tmp_path: Path) -> None:
    place: Any = hands.window.place
    place.folder.set_value(str(tmp_path / "sổ"))
    place.samples.click()
    hands.rest()
    hands.rest()
    assert hands.window.current == "initiatives"
    assert hands.window.desk.folder == tmp_path / "SoSangKien-DuLieuMau"
    register: Any = hands.window.place
    assert register.counts["total"] > 100
