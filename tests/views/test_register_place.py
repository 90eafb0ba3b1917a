"""The list: found without tone marks, sorted, filtered, deleted, restored."""

from typing import Any

from PySide6.QtCore import Qt

from desktop.models.register import Listing
from desktop.views.main_window import MainWindow
from tests.views.conftest import Hands


def titles(window: MainWindow) -> list[str]:
    place: Any = window.place
    rows = [place.grid.row_at(at) for at in range(place.grid.rowCount())]
    return [row.title for row in rows]


def test_the_window_opens_on_the_list_with_all_initiatives(window: MainWindow) -> None:
    assert window.current == "initiatives"
    assert len(titles(window)) == 5


def test_words_without_tone_marks_find_words_with_them(window: MainWindow, hands: Hands) -> None:
    hands.control(Qt.Key.Key_F)
    hands.type("duong ong nuoc")
    hands.rest()
    assert titles(window) == ["Làm giá phơi đường ống nước khu tập thể"]


def test_words_that_are_nowhere_lead_to_a_way_back(window: MainWindow, hands: Hands) -> None:
    place: Any = window.place
    hands.control(Qt.Key.Key_F)
    hands.type("khong co dau")
    hands.rest()
    assert place.pages.currentWidget() is place.empty
    place.drop_filters()
    hands.rest()
    assert len(titles(window)) == 5


def test_a_header_sorts_then_turns_round_then_lets_go(window: MainWindow, hands: Hands) -> None:
    place: Any = window.place
    usual = titles(window)
    seen = []
    for _click in range(3):
        place.table.sorted_by.emit("title")
        hands.rest()
        seen.append(titles(window))
    assert seen[0] == list(reversed(seen[1]))
    assert seen[2] == usual


def test_delete_moves_to_the_bin_and_undo_brings_back(window: MainWindow, hands: Hands) -> None:
    place: Any = window.place
    place.table.setFocus()
    gone = place.grid.row_at(0).title
    hands.press(Qt.Key.Key_Delete)
    hands.rest()
    assert gone not in titles(window)
    hands.control(Qt.Key.Key_Z)
    hands.rest()
    assert gone in titles(window)


def test_the_bin_gives_back_what_was_deleted(window: MainWindow, hands: Hands) -> None:
    place: Any = window.place
    gone = place.grid.row_at(0).title
    hands.press(Qt.Key.Key_Delete)
    hands.rest()
    place.chips.chosen.emit("bin")
    hands.rest()
    assert titles(window) == [gone]
    hands.press(Qt.Key.Key_Delete)
    hands.rest()
    assert titles(window) == []


def test_the_undo_menu_names_what_it_would_undo(window: MainWindow, hands: Hands) -> None:
    hands.press(Qt.Key.Key_Delete)
    hands.rest()
    undo, redo = window.actions_by_key["undo"], window.actions_by_key["redo"]
    assert undo.text() == "Hoàn tác: Chuyển 1 sáng kiến vào thùng rác"
    assert not redo.isEnabled()
    undo.trigger()
    hands.rest()
    assert redo.isEnabled()
    redo.trigger()
    hands.rest()
    assert len(titles(window)) == 4


def test_selecting_all_is_read_as_one_range(window: MainWindow, hands: Hands) -> None:
    place: Any = window.place
    place.table.setFocus()
    hands.control(Qt.Key.Key_A)
    assert place.table.selectionModel().selection().count() == 1
    assert len(place.table.selected_ids()) == 5


def test_marking_the_selection_is_one_act_that_one_undo_takes_back(
    window: MainWindow, hands: Hands
) -> None:
    place: Any = window.place
    place.table.selectAll()
    place._acts.set_state("under_review")
    hands.rest()
    assert {place.grid.row_at(at).portal_state for at in range(5)} == {"under_review"}
    hands.control(Qt.Key.Key_Z)
    hands.rest()
    assert "under_review" not in {place.grid.row_at(at).portal_state for at in range(5)}


def test_the_record_beside_the_list_is_the_current_one(window: MainWindow, hands: Hands) -> None:
    place: Any = window.place
    place._list(Listing(order="title"))
    hands.rest()
    place.table.selectRow(2)
    hands.rest()
    labels = [one.text() for one in place.side.findChildren(type(window._counts))]
    assert place.grid.row_at(2).title in labels


def test_chips_that_do_not_fit_stand_in_the_menu(window: MainWindow, hands: Hands) -> None:
    place: Any = window.place
    window.resize(900, 600)
    hands.rest()
    shown = [key for key, chip in place.chips._chips.items() if chip.isVisible()]
    hidden = len(place.chips._more.menu().actions())
    assert "all" in shown
    assert hidden > 0
    assert len(shown) + hidden == 8


def test_a_hidden_column_stays_hidden_on_this_pc(window: MainWindow, hands: Hands) -> None:
    place: Any = window.place
    menu = place.columns_menu()
    unit = next(one for one in menu.actions() if one.text() == "Đơn vị")
    unit.trigger()
    at = [column.key for column in place.grid.columns].index("unit")
    assert place.table.isColumnHidden(at)
    assert window.desk.app.settings.places["initiatives"] == {"hidden": ["unit"]}
    place.columns_menu().actions()[-1].trigger()
    assert not place.table.isColumnHidden(at)
