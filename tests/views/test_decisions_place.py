"""Decisions: one recognises several initiatives at once, with its scan."""

import threading
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.models import reading
from desktop.models.actions.decisions import RecordDecision
from desktop.models.actions.initiatives import RecordInitiative, RemoveInitiatives
from desktop.models.engines import sqlite
from desktop.models.entry import DecisionDraft
from desktop.models.register import RowWindow
from desktop.vietnamese.dates import PartialDate
from desktop.views import decisions_list
from desktop.views.main_window import MainWindow
from desktop.views.messages import Question
from desktop.views.ticking import LineView, TickGrid
from tests.views.conftest import Hands, sample


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


@pytest.fixture
def many(window: MainWindow, hands: Hands, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Seven decisions, of which three are listed at once."""
    monkeypatch.setattr(decisions_list, "SHOWN", 3)
    for number in range(1, 7):
        issued, issuer = PartialDate(2022, 3, number), f"UBND huyện Mường Tè số {number}"
        draft = DecisionDraft(f"{number}/QĐ-UBND", issued, issuer)
        assert window.doing.do(RecordDecision(draft, (number % 3 + 2,))) is not None
    return hands.go("decisions")


def listed(place: Any) -> list[str]:
    return [one.draft.number for one in place.found.lines]


def test_the_newest_decisions_are_listed_and_how_many_there_are(many: Any) -> None:
    assert listed(many) == ["6/QĐ-UBND", "5/QĐ-UBND", "4/QĐ-UBND"]
    assert many.list.count() == 3
    assert "3 trong 7" in many.found.note.text()


def test_no_more_decisions_are_read_than_are_listed(window: MainWindow, many: Any) -> None:
    assert many.list.count() == 3
    asked: list[Any] = []

    class Spy:
        def execute(self, sql: str, values: Any = (), /) -> Any:
            store = window.desk.store
            assert store is not None
            with store.reading() as connection:
                asked.append(connection.execute(sql, values).fetchall())
                return connection.execute(sql, values)

    reading.find_decisions(Spy(), most=3)  # type: ignore[arg-type] # what it uses of one
    assert [len(rows) for rows in asked] == [3, 0, 3, 1]


@pytest.mark.parametrize(
    "words",
    ["1/qd-ubnd", "muong te so 1", "01/03/2022 ubnd", "1/3/2022", "1-3-22", "01.03.2022"],
)
def test_an_older_decision_is_found_by_number_issuer_or_day_and_opened_by_key(
    hands: Hands, many: Any, words: str
) -> None:
    assert "1/QĐ-UBND" not in listed(many)
    hands.control(Qt.Key.Key_F)
    assert many.found.search.hasFocus()
    hands.type(words)
    hands.rest()
    assert listed(many) == ["1/QĐ-UBND"]
    assert "UBND huyện Mường Tè số 1" in many.list.item(0).text()
    hands.press(Qt.Key.Key_Down)
    hands.rest()
    assert many.form.title.text() == "1/QĐ-UBND"
    hands.press(Qt.Key.Key_Return)
    assert many.form.grid.boxes["number"].hasFocus()


def test_the_open_decision_stays_in_the_list_however_old_it_is(hands: Hands, many: Any) -> None:
    hands.control(Qt.Key.Key_F)
    hands.type("1/qd-ubnd")
    hands.rest()
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    many.found.search.setFocus()
    hands.press(Qt.Key.Key_Escape)
    hands.rest()
    assert many.found.search.text() == ""
    assert listed(many)[3:] == ["1/QĐ-UBND"]
    assert many.list.currentRow() == 3
    assert many.form.title.text() == "1/QĐ-UBND"


def test_words_that_no_decision_holds_are_said(hands: Hands, many: Any) -> None:
    hands.control(Qt.Key.Key_F)
    hands.type("tau vu tru")
    hands.rest()
    assert many.list.count() == 0
    assert "Không có quyết định" in many.found.note.text()
    hands.press(Qt.Key.Key_Down)
    assert many.found.search.hasFocus()


def test_the_key_of_searching_goes_to_and_fro_between_decisions_and_initiatives(
    hands: Hands, many: Any
) -> None:
    for expected in (many.found.search, many.form.ticks.search, many.found.search):
        hands.control(Qt.Key.Key_F)
        assert expected.hasFocus()


def test_a_saved_decision_is_marked_in_the_list(hands: Hands, many: Any) -> None:
    hands.control(Qt.Key.Key_N)
    hands.type("7/QĐ-UBND")
    many.form.ticks.set_chosen((2,))
    hands.control(Qt.Key.Key_S)
    hands.rest()
    assert many.found.lines[many.list.currentRow()].draft.number == "7/QĐ-UBND"


def test_lines_out_of_sight_are_neither_asked_for_nor_counted(hands: Hands, many: Any) -> None:
    class Counting(TickGrid):
        asked = 0

        def rowCount(self, *parent: Any) -> int:  # noqa: N802 - Qt's name
            self.asked += 1
            return super().rowCount(*parent)

        def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
            self.asked += 1
            return None if role == Qt.ItemDataRole.DisplayRole else super().data(index, role)

    grid, view = Counting(), LineView()
    view.setModel(grid)
    view.show()
    grid.show_window(RowWindow(many.desk.connection, array("q", range(50_000))))
    hands.rest()
    view.scrollToBottom()
    hands.rest()
    assert view.rowAt(1) > 49_000
    assert grid.asked < 10_000
    view.close()


def test_home_and_end_go_to_the_first_and_the_last_line(hands: Hands, place: Any) -> None:
    place.form.ticks.only.setChecked(False)
    hands.rest()
    view, lines = place.form.ticks.view, place.form.ticks.grid.rowCount()
    assert lines > 2
    view.setFocus()
    for key, row in ((Qt.Key.Key_End, lines - 1), (Qt.Key.Key_Home, 0), (Qt.Key.Key_Down, 1)):
        hands.press(key)
        assert view.currentIndex().row() == row
    hands.press(Qt.Key.Key_Space)
    assert place.form.ticks.chosen() == (place.form.ticks.grid.ids()[1],)


@pytest.fixture
def gate(window: MainWindow) -> Iterator[threading.Event]:
    """Holds up whatever is to be read from now on, until it is set."""
    gate = threading.Event()
    yield gate
    gate.set()


def hold_reads(window: MainWindow, gate: threading.Event) -> None:
    window.desk.reads.run(lambda _progress: gate.wait(20))


def recognised(window: MainWindow, place: Any) -> list[tuple[int, ...]]:
    """What each listed decision recognises, as it is kept."""
    store = window.desk.store
    assert store is not None
    with store.reading() as connection:
        return [reading.decision_initiatives(connection, one.id) for one in place.found.lines]


def test_a_decision_saved_before_its_initiatives_are_read_keeps_its_own(
    window: MainWindow, hands: Hands, many: Any, gate: threading.Event
) -> None:
    many.list.setCurrentRow(0)
    hands.rest()
    before = recognised(window, many)
    hold_reads(window, gate)
    many.list.setCurrentRow(1)
    many.form.ticks.tick_all()
    many.form.grid.boxes["signer"].setText("Lò Văn Ký")
    hands.control(Qt.Key.Key_S)
    gate.set()
    hands.rest()
    assert many.found.lines[1].draft.signer == "Lò Văn Ký"
    assert recognised(window, many) == before
    assert many.form.ticks.chosen() == before[1]


def test_a_new_decision_takes_no_ticks_that_were_still_being_read(
    window: MainWindow, hands: Hands, many: Any, gate: threading.Event
) -> None:
    hold_reads(window, gate)
    many.list.setCurrentRow(1)
    hands.control(Qt.Key.Key_N)
    gate.set()
    hands.rest()
    assert many.form.ticks.chosen() == ()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down])
def test_a_search_is_finished_before_its_first_line_is_opened(
    hands: Hands, many: Any, key: Qt.Key
) -> None:
    hands.control(Qt.Key.Key_F)
    hands.type("1/qd-ubnd")
    hands.press(key)
    hands.rest()
    assert many.form.title.text() == "1/QĐ-UBND"
    assert many.list.hasFocus()


def test_who_types_on_after_enter_is_not_taken_out_of_the_search(
    window: MainWindow, hands: Hands, many: Any, gate: threading.Event
) -> None:
    hands.control(Qt.Key.Key_F)
    hands.type("1/qd")
    hold_reads(window, gate)
    hands.press(Qt.Key.Key_Return)
    hands.type("-ubnd")
    gate.set()
    hands.rest()
    assert many.found.search.hasFocus()
    assert many.form.decision == 0


def test_passing_through_the_list_keeps_what_is_typed(hands: Hands, many: Any) -> None:
    hands.control(Qt.Key.Key_N)
    hands.type("99/QĐ")
    hands.rest()
    many.found.search.setFocus()
    hands.press(Qt.Key.Key_Tab)
    hands.rest()
    assert many.list.hasFocus()
    assert many.form.grid.boxes["number"].text() == "99/QĐ"
    assert many.list.currentRow() == -1


def answer(hands: Hands, steps: int) -> None:
    """Answer the question with the button so many steps after the first."""
    hands.rest()
    (question,) = (one for one in hands.window.findChildren(Question) if one.isVisible())
    question.activateWindow()
    for _each in range(steps):
        hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Space)
    hands.window.activateWindow()
    hands.rest()


def look_elsewhere(hands: Hands, many: Any) -> None:
    """Type a new decision, then look up another one and turn to it by a click."""
    hands.control(Qt.Key.Key_N)
    hands.type("99/QĐ")
    many.found.look_up()
    hands.type("1/qd-ubnd")
    hands.rest()
    at = many.list.visualItemRect(many.list.item(0)).center()
    QTest.mouseClick(many.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    hands.rest()


def test_the_window_asks_about_a_typed_decision_before_it_closes(hands: Hands, many: Any) -> None:
    window, before, folder = hands.window, count_decisions(many), many.desk.store.folder
    window.asks = True
    hands.control(Qt.Key.Key_N)
    hands.type("99/QĐ")
    hands.go("initiatives")
    for step, stays in ((2, True), (0, False)):
        window.close()
        assert (window.isVisible(), window.current) == (True, "decisions")
        assert many.form.grid.boxes["number"].text() == "99/QĐ"
        answer(hands, step)
        assert window.isVisible() == stays
    connection = sqlite.connect(folder)
    assert len(reading.decisions(connection)) == before + 1
    connection.close()


@pytest.mark.parametrize(
    ("steps", "shown", "count"),
    [(0, "1/QĐ-UBND", 8), (1, "1/QĐ-UBND", 7), (2, "99/QĐ", 7)],
    ids=["saved", "given up", "gone back to"],
)
def test_a_typed_decision_is_asked_about_before_another_is_shown(
    hands: Hands, many: Any, steps: int, shown: str, count: int
) -> None:
    look_elsewhere(hands, many)
    assert many.form.grid.boxes["number"].text() == "99/QĐ"
    answer(hands, steps)
    assert many.form.grid.boxes["number"].text() == shown
    marked = [listed(many)[one.row()] for one in many.list.selectedIndexes()]
    assert marked == ([] if shown == "99/QĐ" else [shown])
    assert count_decisions(many) == count


def count_decisions(place: Any) -> int:
    with place.desk.store.reading() as connection:
        return len(reading.decisions(connection))


def test_a_decision_that_cannot_be_saved_is_not_left(hands: Hands, many: Any) -> None:
    hands.control(Qt.Key.Key_N)
    many.form.grid.boxes["issued"].setFocus()
    hands.type("hôm qua")
    hands.control(Qt.Key.Key_N)
    answer(hands, 0)
    assert many.form.grid.boxes["issued"].text() == "hôm qua"
    assert many.form.grid.boxes["issued"].hasFocus()


@pytest.mark.parametrize("other", ["new", "new_session"])
def test_ticks_and_a_session_are_asked_about_as_well(hands: Hands, many: Any, other: str) -> None:
    hands.control(Qt.Key.Key_N)
    many.form.ticks.set_chosen((2,))
    getattr(many, other)()
    answer(hands, 1)
    assert many.form.ticks.chosen() == (() if other == "new" else (2,))
    many.new_session()
    hands.type("Hội đồng")
    getattr(many, other)()
    answer(hands, 2)
    assert many.session.grid.boxes["council"].text() == "Hội đồng"


def test_what_is_only_looked_at_is_not_asked_about(hands: Hands, many: Any) -> None:
    for row in (0, 1):
        many.list.setCurrentRow(row)
        hands.rest()
    hands.control(Qt.Key.Key_N)
    many.new_session()
    many.list.setCurrentRow(2)
    hands.rest()
    assert not [one for one in hands.window.findChildren(Question) if one.isVisible()]
    assert many.form.title.text() == "4/QĐ-UBND"


def rename(hands: Hands, many: Any, number: str) -> Any:
    """Turn to the newest decision, and save it under another number; the number's box."""
    many.list.setCurrentRow(0)
    hands.rest()
    box = many.form.grid.boxes["number"]
    box.setText(number)
    hands.control(Qt.Key.Key_S)
    hands.rest()
    return box


def test_an_undo_shows_the_open_decision_as_it_was_before(
    window: MainWindow, hands: Hands, many: Any
) -> None:
    box = rename(hands, many, "66/X")
    many.form.ticks.set_chosen((4, 5))
    hands.control(Qt.Key.Key_S)
    hands.rest()
    window.undo()
    hands.rest()
    assert (box.text(), many.form.ticks.chosen()) == ("66/X", (2,))
    window.undo()
    hands.rest()
    assert (box.text(), many.form.title.text()) == ("6/QĐ-UBND", "6/QĐ-UBND")
    assert not many.form.changed


def test_an_undo_takes_nothing_that_is_typed_since(
    window: MainWindow, hands: Hands, many: Any
) -> None:
    box = rename(hands, many, "66/X")
    box.setText("67/X")
    window.undo()
    hands.rest()
    assert box.text() == "67/X"


def test_a_decision_whose_recording_is_undone_is_shown_no_more(
    window: MainWindow, hands: Hands, many: Any
) -> None:
    many.list.setCurrentRow(0)
    hands.rest()
    window.undo()
    hands.rest()
    assert (many.form.decision, many.form.grid.boxes["number"].text()) == (0, "")
    assert many.list.currentRow() == -1


def test_a_decision_can_be_turned_to_from_a_session(
    window: MainWindow, hands: Hands, many: Any
) -> None:
    many.list.setCurrentRow(0)
    hands.rest()
    many.new_session()
    hands.rest()
    assert window.doing.do(RemoveInitiatives((2,))) is not None
    hands.rest()
    at = many.list.visualItemRect(many.list.item(0)).center()
    QTest.mouseClick(many.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    hands.rest()
    assert many.pages.currentWidget() is many.form


def test_initiatives_recorded_meanwhile_can_be_ticked_in_the_open_decision(
    window: MainWindow, hands: Hands, many: Any
) -> None:
    many.list.setCurrentRow(0)
    hands.rest()
    hands.go("initiatives")
    outcome = window.doing.do(RecordInitiative(sample(1)))
    assert outcome is not None
    hands.go("decisions")
    assert int(outcome.result) in many.form.ticks.grid.ids()
    assert many.form.ticks.chosen() == (2,)


def test_a_new_decision_is_not_hidden_by_the_words_of_a_search(hands: Hands, many: Any) -> None:
    hands.control(Qt.Key.Key_F)
    hands.type("1/qd")
    hands.rest()
    hands.control(Qt.Key.Key_N)
    hands.type("88/X")
    hands.control(Qt.Key.Key_S)
    hands.rest()
    assert many.found.search.text() == ""
    assert many.found.lines[many.list.currentRow()].draft.number == "88/X"


def test_escape_drops_the_search_from_the_lines_as_well(hands: Hands, many: Any) -> None:
    hands.control(Qt.Key.Key_F)
    hands.type("1/qd-ubnd")
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    assert many.list.hasFocus()
    hands.press(Qt.Key.Key_Escape)
    hands.rest()
    assert many.found.search.text() == ""
    assert len(many.found.lines) == 4


def test_who_comes_in_can_search_at_once(hands: Hands, many: Any) -> None:
    assert many.found.search.hasFocus()
    hands.control(Qt.Key.Key_F)
    assert many.found.search.hasFocus()
    hands.control(Qt.Key.Key_N)
    hands.go("initiatives")
    hands.go("decisions")
    assert many.form.grid.boxes["number"].hasFocus()


def test_the_sessions_take_no_more_room_than_they_fill(hands: Hands, place: Any) -> None:
    assert place.held.isHidden()
    heights = []
    for day in range(1, 8):
        place.new_session()
        hands.type("Hội đồng sáng kiến huyện")
        hands.press(Qt.Key.Key_Return)
        hands.type(f"{day}/6/2022")
        hands.control(Qt.Key.Key_S)
        hands.rest()
        heights.append(place.held.height())
    one, two, *_more, last_but_one, last = heights
    assert one < two < 3 * place.held.sizeHintForRow(0) < last
    assert last == last_but_one


def test_nothing_unseen_lies_in_the_corner_of_the_lines() -> None:
    assert not LineView().isCornerButtonEnabled()
