"""Narrowing the list by a form, keeping filters under a name, and the history of a record."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from desktop.models.register import Listing
from desktop.views import history_sheet, register_filters
from tests.views.conftest import Hands


def entries(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def test_a_form_narrows_the_list_and_a_chip_widens_it_again(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    place: Any = hands.window.place
    everything = place.grid.rowCount()

    def fill(form: register_filters.AskFilters) -> bool:
        form.boxes["category"].set_value("1.2")
        QTest.keyClicks(form.since, "2021")
        form.since.settle()
        return True

    monkeypatch.setattr(register_filters.AskFilters, "exec", fill)
    place._filters.ask()
    hands.rest()
    assert place.listing == Listing(category="1.2", since="2021-01-01")
    assert place.grid.rowCount() == 0 < everything
    assert "1.2" in place.more_chip.text()
    QTest.mouseClick(place.more_chip, Qt.MouseButton.LeftButton)
    hands.rest()
    assert place.grid.rowCount() == everything
    assert not place.more_chip.isVisible()


def test_a_form_refuses_a_last_day_before_the_first(hands: Hands) -> None:
    place: Any = hands.window.place
    store = hands.window.desk.store
    assert store is not None
    form = register_filters.AskFilters(place, Listing(), store.programme, [])
    QTest.keyClicks(form.since, "9/2022")
    QTest.keyClicks(form.until, "8/2022")
    assert "sớm hơn" in form.ready()
    form.until.clear()
    QTest.keyClicks(form.until, "9/2022")
    assert form.ready() == ""
    assert (form.listing.since, form.listing.until) == ("2022-09-01", "2022-09-30")


def keep_eligible(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> int:
    """Keep what is eligible under a name, then show everything; how many are eligible."""
    place: Any = hands.window.place
    place.show_listing(Listing(verdict="eligible"))
    hands.rest()
    count: int = place.grid.rowCount()

    def call_it(form: register_filters.AskName) -> bool:
        form.box.set_value("Đủ điều kiện")
        return True

    monkeypatch.setattr(register_filters.AskName, "exec", call_it)
    place._filters.keep()
    hands.rest()
    place.drop_filters()
    hands.rest()
    return count


def test_a_filter_kept_under_a_name_lists_the_same_again_with_its_number(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    place: Any = hands.window.place
    count = keep_eligible(hands, monkeypatch)
    menu = QMenu()
    place._fill_filters(menu)
    (kept,) = [action for action in menu.actions() if action.text().startswith("Đủ điều kiện")]
    assert kept.text() == f"Đủ điều kiện  –  {count}"
    kept.trigger()
    hands.rest()
    assert place.listing == Listing(verdict="eligible")
    assert place.grid.rowCount() == count


def test_a_kept_filter_can_be_forgotten(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    place: Any = hands.window.place
    keep_eligible(hands, monkeypatch)
    place._filters._drop(place._filters._kept[0][0])
    hands.rest()
    menu = QMenu()
    place._fill_filters(menu)
    assert not any(text.startswith("Đủ điều kiện") for text in entries(menu))


def test_the_history_of_a_record_tells_fields_before_and_after(hands: Hands) -> None:
    window = hands.window
    place: Any = window.place
    sheet = history_sheet.HistorySheet(window, window.desk, place.table.current_id(), "X")
    hands.rest()
    assert sheet.tree.topLevelItemCount() >= 1
    top = sheet.tree.topLevelItem(sheet.tree.topLevelItemCount() - 1)
    assert top is not None
    assert top.childCount() > 5
    fields = [top.child(at).text(0) for at in range(top.childCount())]  # type: ignore[union-attr] # there
    assert "Tên sáng kiến" in fields
    sheet.close()
