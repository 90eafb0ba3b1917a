"""Score sheets keyed into the window: read while they are typed, recorded as one act."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTableWidget

from desktop.models.actions.councils import RecordCouncil, RecordSession
from desktop.models.sittings import sitting
from desktop.models.store import Store
from desktop.printing.sheet_codes import SheetCode
from desktop.views.main_window import MainWindow
from desktop.views.scoring_sheet import ScoringSheet
from tests.views.conftest import TITLES, Hands

MEMBERS = (("Giàng A Chu", "", "Chủ tịch"), ("Lò Thị Mai Hoa", "", ""))


@pytest.fixture
def store(window: MainWindow) -> Store:
    assert window.desk.store is not None
    return window.desk.store


@pytest.fixture
def session(store: Store) -> int:
    """A session of a council of two."""
    council = store.journal.do(RecordCouncil("Hội đồng sáng kiến", members=MEMBERS)).result
    return int(store.journal.do(RecordSession(council, date(2022, 8, 4))).result)


@pytest.fixture
def sheet(session: int, hands: Hands) -> ScoringSheet:
    """The sheet, opened by its button."""
    place: Any = hands.go("decisions")
    place.score.setFocus()
    hands.press(Qt.Key.Key_Space)
    hands.rest()
    assert place.scoring.box.hasFocus()
    return place.scoring  # type: ignore[no-any-return]


def key_in(hands: Hands, *lines: str) -> None:
    """As a scanner and a clerk: the code, Enter, the points, Enter."""
    for words in lines:
        code, _blank, points = words.partition(" ")
        hands.type(code)
        hands.press(Qt.Key.Key_Return)
        hands.type(points)
        hands.press(Qt.Key.Key_Return)
    hands.rest()


def shown(table: QTableWidget) -> list[list[str]]:
    found = [
        [table.item(row, at) for at in range(table.columnCount())]
        for row in range(table.rowCount())
    ]
    return [[cell.text() if cell else "" for cell in row] for row in found]


def results(store: Store, session: int) -> list[tuple[str, str, Decimal | None]]:
    with store.reading() as connection:
        found = sitting(connection, session).results
    return [(one.title, one.outcome, one.score) for one in found]


def test_scanned_codes_and_typed_points_are_recorded_and_undone(
    window: MainWindow, hands: Hands, sheet: ScoringSheet, store: Store, session: int
) -> None:
    codes = [SheetCode(session, 2, 1).payload, SheetCode(session, 2, 2).text]
    codes.append(SheetCode(session, 3, 1).text)
    key_in(hands, *map(" ".join, zip(codes, ("28+25+36", "85,5", "40"), strict=True)))
    assert results(store, session) == []
    hands.control(Qt.Key.Key_Return)
    hands.rest()
    assert not sheet.isVisible()
    assert results(store, session) == [
        (TITLES[0], "passed", Decimal("87.25")),
        (TITLES[1], "failed", Decimal(40)),
    ]
    window.activateWindow()
    hands.rest()
    hands.control(Qt.Key.Key_Z)
    hands.rest()
    assert results(store, session) == []


def test_each_line_is_told_and_what_the_sheets_come_to(
    hands: Hands, sheet: ScoringSheet, session: int
) -> None:
    key_in(hands, f"{SheetCode(session, 2, 1).text} 85", f"{SheetCode(session, 3, 0).text} 40")
    told, found = shown(sheet.lines), shown(sheet.results)
    assert [row[:2] for row in told] == [["1", "Giàng A Chu"], ["2", "phiếu kín"]]
    assert TITLES[0] in told[0][2]
    assert [row[3] for row in told] == ["85 – đạt", "40 – không đạt"]
    assert [row[1:] for row in found] == [
        ["85", "1 / 0", "đạt", "Lò Thị Mai Hoa"],
        ["40", "0 / 1", "không đạt", "–"],
    ]
    assert "Hội đồng sáng kiến – 04/08/2022" in sheet.trouble.text()


@pytest.mark.parametrize(
    ("member", "rest", "said"),
    [(1, "70", "đã có ở dòng 1"), (2, "101", "không khớp"), (2, "", "Chưa có"), (9, "70", "mã")],
)
def test_a_line_that_is_wrong_is_said_and_nothing_is_recorded(
    *,
    member: int,
    rest: str,
    said: str,
    hands: Hands,
    sheet: ScoringSheet,
    store: Store,
    session: int,
) -> None:
    key_in(hands, f"{SheetCode(session, 2, 1).text} 85")
    hands.type(f"{SheetCode(session, 2, member).text} {rest}")
    hands.rest()
    assert any(said in cell for cell in shown(sheet.lines)[1])
    assert sheet.trouble.text().startswith("Dòng 2: ")
    assert not sheet.go.isEnabled()
    hands.control(Qt.Key.Key_Return)
    hands.rest()
    assert (sheet.isVisible(), results(store, session)) == (True, [])


def test_lines_stay_when_the_sheet_is_closed_and_nothing_is_recorded_of_none(
    hands: Hands, sheet: ScoringSheet, session: int
) -> None:
    assert not sheet.go.isEnabled()
    key_in(hands, f"{SheetCode(session, 2, 1).text} 85")
    hands.press(Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    sheet.ask()
    hands.rest()
    assert (len(shown(sheet.lines)), sheet.go.isEnabled()) == (1, True)


def test_the_sheet_fits_a_small_screen_and_is_worked_by_keys(
    hands: Hands, sheet: ScoringSheet, session: int
) -> None:
    hands.window.set_font_size(12)
    smallest = sheet.minimumSizeHint()
    assert (smallest.width() <= 1093, smallest.height() <= 574) == (True, True)
    key_in(hands, f"{SheetCode(session, 2, 1).text} 85")
    reached = []
    for _press in range(4):
        hands.press(Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert sheet.go in reached
