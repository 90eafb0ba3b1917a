"""What holds for every place: names for screen readers, plain labels, small screens, languages."""

import gc
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from desktop import text
from desktop.app import App
from desktop.models.actions.initiatives import RemoveInitiatives
from desktop.programme.periods import whole
from desktop.progress import SILENT, CancelledError
from desktop.views.main_window import MainWindow
from desktop.views.overview_reading import read_board
from desktop.views.pictures import Picture, draw
from desktop.views.places import PLACES, fetch_places
from tests.views.conftest import Hands

INTERACTIVE = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView)
# Parts of Qt's own inside another widget that has the name.
INNER = ("qt_spinbox_lineedit", "qt_menubar_ext_button")


def interactive(window: MainWindow) -> Iterator[QWidget]:
    for widget in window.findChildren(QWidget):
        inside_combo = isinstance(widget.parentWidget(), QComboBox) or (
            type(widget).__name__ in {"QComboBoxListView", "QTableCornerButton"}
        )
        clear = isinstance(widget.parentWidget(), QLineEdit)
        corner = widget.metaObject().className() in {"QTableCornerButton", "QComboBoxListView"}
        if isinstance(widget, INTERACTIVE) and not (inside_combo or clear or corner):
            yield widget


def wish_for(place: str) -> object:
    return 1 if place == "entry" else None


@pytest.mark.parametrize("place", PLACES)
def test_whatever_can_be_worked_has_a_name_for_screen_readers(place: str, hands: Hands) -> None:
    hands.go(place, wish_for(place))
    nameless = [
        f"{widget.metaObject().className()} in {type(widget.parentWidget()).__name__}"
        for widget in interactive(hands.window)
        if not widget.accessibleName() and widget.objectName() not in INNER
    ]
    assert nameless == []


@pytest.mark.parametrize("place", PLACES)
def test_every_label_shows_its_text_as_it_is(place: str, hands: Hands) -> None:
    hands.go(place, wish_for(place))
    guessing = [
        label.text()
        for label in hands.window.findChildren(QLabel)
        if label.textFormat() is not Qt.TextFormat.PlainText
    ]
    assert guessing == []


@pytest.mark.parametrize("points", [10, 12])
@pytest.mark.parametrize("place", PLACES)
def test_every_place_fits_a_small_screen(place: str, points: int, hands: Hands) -> None:
    hands.window.set_font_size(points)
    hands.go(place, wish_for(place))
    smallest = hands.window.minimumSizeHint()
    assert smallest.width() <= 1093
    assert smallest.height() <= 574


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_place_is_drawn_in_both_languages(
    language: str, app: App, tmp_path: Path, resources: Path
) -> None:
    app.settings.language = language
    pictures = [Picture(place, tmp_path / f"{place}.png", (1366, 728)) for place in PLACES]
    draw(app, pictures)
    assert all(picture.out.stat().st_size > 5000 for picture in pictures)
    text.install(resources / "locale", "vi")


def test_python_collects_again_once_the_pictures_are_drawn(app: App, tmp_path: Path) -> None:
    gc.enable()
    draw(app, [Picture("initiatives", tmp_path / "list.png", (1366, 728))])
    assert gc.isenabled()


def test_turning_the_language_round_keeps_the_store_open(
    window: MainWindow, hands: Hands, resources: Path
) -> None:
    hands.go("settings")
    store = window.desk.store
    text.install(resources / "locale", "en")
    window.speak("overview")
    QApplication.processEvents()
    hands.rest()
    assert window.current == "overview"
    assert window.actions_by_key["save"].text() == "Save"
    assert window.desk.store is store


def test_the_dark_theme_reaches_every_open_place(window: MainWindow, hands: Hands) -> None:
    hands.go("entry", 1)
    window.other_theme()
    hands.rest()
    ground = window.palette().window().color().name()
    assert ground == window.desk.theme.window
    assert window.desk.theme.name == "dark"


def test_keys_take_you_to_places_and_change_the_letters(window: MainWindow, hands: Hands) -> None:
    hands.control(Qt.Key.Key_1)
    assert window.current == "overview"
    hands.control(Qt.Key.Key_Equal)
    assert window.desk.app.settings.font_size == 11
    hands.control(Qt.Key.Key_0)
    assert window.desk.app.settings.font_size == 10


def test_issued_papers_and_wording_are_in_the_menu_with_keys_of_their_own(
    window: MainWindow, hands: Hands
) -> None:
    for key, place in ((Qt.Key.Key_7, "issued"), (Qt.Key.Key_8, "wording")):
        hands.go("initiatives")
        hands.control(key)
        hands.rest()
        assert window.current == place
        action = window.actions_by_key[f"go:{place}"]
        assert any(action in menu.actions() for menu in window.menuBar().findChildren(QMenu))
        assert action.text() in {"Văn bản đã phát hành", "Câu chữ giấy tờ"}


def test_no_key_uses_control_and_shift(window: MainWindow) -> None:
    keys = [
        key.toString() for action in window.actions_by_key.values() for key in action.shortcuts()
    ]
    assert not [key for key in keys if re.search("Ctrl.*Shift|Shift.*Ctrl", key)]
    assert len(set(keys)) == len(keys)


def test_a_narrow_window_keeps_icons_with_their_names(window: MainWindow, hands: Hands) -> None:
    window.resize(1093, 614)
    hands.rest()
    buttons = window.navigation.findChildren(QAbstractButton)
    assert {one.text() for one in buttons} == {""}
    assert "Gửi – nhận" in {one.accessibleName() for one in buttons}


def test_without_a_store_the_window_welcomes(
    app: App, open_app: Callable[[App], MainWindow]
) -> None:
    app.store_folder = None
    window = open_app(app)
    assert window.current == "welcome"
    assert not window.navigation.isVisible()


def test_a_damaged_store_is_said_and_another_way_offered(
    app: App, open_app: Callable[[App], MainWindow]
) -> None:
    assert app.store_folder is not None
    (app.store_folder / "store.db").write_bytes(b"")
    window = open_app(app)
    assert window.current == "welcome"
    assert window.bar.property("tone") == "bad"


def test_what_the_places_stand_on_is_loaded_after_the_store_is_open(window: MainWindow) -> None:
    fetching = [timer for timer in window.findChildren(QTimer) if timer.interval() == 1_500]
    assert [timer.isActive() for timer in fetching] == [True]
    fetching[0].timeout.emit()
    assert window.desk.papers.busy


def test_loading_for_the_places_ends_when_the_window_is_closed() -> None:
    class Stopping:
        def step(self, done: int, total: int, doing: str = "") -> None:
            del total, doing
            if done:
                raise CancelledError

    with pytest.raises(CancelledError):
        fetch_places(Stopping())


def test_what_was_loaded_for_the_places_is_not_looked_through_for_rubbish(
    request: pytest.FixtureRequest,
) -> None:
    request.addfinalizer(gc.unfreeze)
    fetch_places(SILENT)
    assert gc.get_freeze_count() > 10_000


def read_keys(window: MainWindow, hands: Hands, act: Callable[[], object]) -> list[str]:
    """What the window reads because of an act, by the keys of the readings."""
    keys: list[str] = []
    window.desk.reads.started.connect(lambda job: keys.append(job.key))
    act()
    hands.rest()
    return keys


def test_places_out_of_sight_read_nothing_when_something_is_changed(
    window: MainWindow, hands: Hands
) -> None:
    for place in (*PLACES, "initiatives"):
        if place != "welcome":
            hands.go(place)
    hands.go("entry", 1)
    hands.go("initiatives")
    removed = RemoveInitiatives((2,))
    keys = read_keys(window, hands, lambda: window.doing.do(removed))
    assert sorted(keys) == ["detail", "kept filters", "listing", "listing counts"]


def test_a_form_that_is_saved_reads_no_suggestions_and_no_decisions(
    window: MainWindow, hands: Hands
) -> None:
    hands.go("entry", 1)
    hands.press(Qt.Key.Key_End)
    hands.type(" hai")
    keys = read_keys(window, hands, lambda: hands.control(Qt.Key.Key_S))
    assert sorted(keys) == ["check", "detail", "kept filters", "listing", "listing counts"]


def test_a_record_that_is_opened_is_checked_without_waiting_for_a_key(
    window: MainWindow, hands: Hands
) -> None:
    hands.go("initiatives")
    keys = read_keys(window, hands, lambda: window.go("entry", 1))
    assert keys[-2:] == ["open", "check"]
    place: Any = window.place
    assert not place.awaits_check


def test_the_overview_counts_everything_once_and_authors_only_where_they_count(
    window: MainWindow,
) -> None:
    asked: list[str] = []
    store: Any = window.desk.store

    class Spy:
        def execute(self, sql: str, values: Any = (), /) -> Any:
            asked.append(sql)
            with store.reading() as connection:
                return connection.execute(sql, values)

    spy: Any = Spy()
    read_board(spy, store.programme, whole(store.programme), date(2022, 6, 15))
    for index in ("ix_listing_figures", "ix_listing_people"):
        assert sum(index in sql for sql in asked) == 1
    assert not any("authorship" in sql for sql in asked)
