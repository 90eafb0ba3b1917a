"""The page of awards: shortlists with their clauses, names honoured and proposed."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from desktop.models.awards import emulation_groups, honours, support_teams
from desktop.views.awards_sheet import FormSheet
from desktop.views.main_window import MainWindow
from tests.views.conftest import Hands

CODE = "1TR-2021-2023"
DISTRICT = "LĐLĐ huyện Tam Đường"


@pytest.fixture
def place(hands: Hands) -> Any:
    found: Any = hands.go("overview", "awards")
    hands.rest()
    return found


def choose(place: Any, hands: Hands, key: str) -> Any:
    page = place.awards
    page.list.setCurrentRow([one.key for one in page.choices].index(key))
    hands.rest()
    return page


def about(page: Any) -> list[str]:
    return [one.text() for one in page.why.findChildren(QLabel) if one.text()]


def kept(window: MainWindow, read: Any) -> Any:
    assert window.desk.store is not None
    with window.desk.store.reading() as connection:
        return read(connection)


def sheet_of(window: MainWindow) -> Any:
    return [one for one in window.findChildren(QDialog) if one.isVisible()][-1]


def test_every_award_stands_there_with_its_clause(place: Any) -> None:
    texts = [place.awards.list.item(at).text() for at in range(place.awards.list.count())]
    assert "Ghi nhận hàng quý của Tổng Liên đoàn\n46/HD-TLĐ V.1 gạch 1" in texts
    assert all(text.split("\n")[1] for text in texts)


def test_the_shortlist_says_why_and_what_is_missing(place: Any, hands: Hands) -> None:
    page = choose(place, hands, "final_persons")
    assert page.table.rowCount() == 1
    assert page.table.item(0, 0).text() == "1"
    assert page.table.item(0, 1).text() == "Lù Văn Páo (CĐCS Công ty Chè Bản Bo)"
    shown = about(page)
    assert "Có 1 sáng kiến." in shown
    assert any("Hội đồng Thi đua - Khen thưởng Tổng Liên đoàn" in one for one in shown)


def test_a_name_is_honoured_and_taken_off_again(
    window: MainWindow, place: Any, hands: Hands
) -> None:
    page = choose(place, hands, "final_persons")
    page.honour.setFocus()
    hands.press(Qt.Key.Key_Space)
    hands.rest()
    (line,) = kept(window, lambda connection: honours(connection, CODE))
    assert (line.award, line.person) == ("final_persons", "Lù Văn Páo")
    assert page.table.item(0, 5).text() == "có, 15/06/2022"
    assert page.honour.text() == "Bỏ khỏi danh sách vinh danh"
    page.honour.setFocus()
    hands.press(Qt.Key.Key_Space)
    hands.rest()
    assert kept(window, lambda connection: honours(connection, CODE)) == []
    assert page.table.item(0, 5).text() == ""


def test_a_ticked_person_is_proposed_for_a_form(
    window: MainWindow, place: Any, hands: Hands
) -> None:
    page = choose(place, hands, "final_persons")
    page.table.setCurrentCell(0, 0)
    page.table.setFocus()
    hands.press(Qt.Key.Key_Space)
    assert page.told.text() == "Đã đánh dấu 1"
    page.propose.click()
    sheet = sheet_of(window)
    assert isinstance(sheet, FormSheet)
    sheet.box.setCurrentIndex(1)
    sheet.accept()
    hands.rest()
    rows = kept(
        window,
        lambda connection: connection.execute(
            "SELECT form, state, initiative_id FROM commendation"
        ).fetchall(),
    )
    assert [tuple(row) for row in rows] == [("Bằng Lao động sáng tạo", "proposed", 1)]


def test_the_list_goes_to_the_printing_place(window: MainWindow, place: Any, hands: Hands) -> None:
    page = choose(place, hands, "final_persons")
    page.paper.click()
    hands.rest()
    printing: Any = window.place
    assert window.current == "printing"
    assert printing.wanted.key == "commendation-list"
    assert printing.wanted.ids == (1,)


def test_an_emulation_group_is_written_down(window: MainWindow, place: Any, hands: Hands) -> None:
    place.open_sheet("groups")
    hands.rest()
    sheet = sheet_of(window)
    sheet.name_box.setFocus()
    hands.type("Cụm số 1")
    sheet.save()
    hands.rest()
    assert "Cụm số 1" in sheet.trouble.text()
    items = [sheet.members.item(at) for at in range(sheet.members.count())]
    item = next(one for one in items if one.text() == DISTRICT)
    sheet.members.setCurrentItem(item)
    sheet.members.setFocus()
    hands.press(Qt.Key.Key_Space)
    sheet.leader.setCurrentIndex(sheet.leader.findText(DISTRICT))
    sheet.save()
    hands.rest()
    (group,) = kept(window, emulation_groups)
    assert (group.name, group.year, group.leader) == ("Cụm số 1", 2022, DISTRICT)
    assert list(group.members.values()) == [DISTRICT]
    sheet.close()


def test_a_support_team_is_written_down(window: MainWindow, place: Any, hands: Hands) -> None:
    place.open_sheet("teams")
    hands.rest()
    sheet = sheet_of(window)
    sheet.unit.setCurrentIndex(sheet.unit.findText("CĐCS Công ty Chè Bản Bo"))
    sheet.grid.boxes["decision_number"].set_value("05/QĐ-CĐCS")
    sheet.members.set_cell(0, 0, "Hoàng Văn Minh", right=False)
    sheet.members.set_cell(0, 1, "Tổ trưởng", right=False)
    sheet.save()
    hands.rest()
    (team,) = kept(window, support_teams)
    assert (team.unit, team.decision_number) == ("CĐCS Công ty Chè Bản Bo", "05/QĐ-CĐCS")
    assert team.members == (("Hoàng Văn Minh", "Tổ trưởng", ""),)
    QApplication.processEvents()
    sheet.close()
