"""The entry form: typed without a mouse, checked while typed, never lost."""

import threading
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCompleter, QPushButton
from pytestqt.qtbot import QtBot

from desktop.app import App
from desktop.models import drafts, reading
from desktop.models.actions.initiatives import ReviseInitiative
from desktop.models.actions.overrulings import OverruleFinding
from desktop.models.entry import AuthorDraft
from desktop.vietnamese.dates import PartialDate
from desktop.views.main_window import MainWindow
from tests.stores import COMPLETE
from tests.views.conftest import TITLES, Hands, sample


def kept_draft(window: MainWindow, title: str) -> Any:
    """The initiative of that title as it is kept, None where there is none."""
    store = window.desk.store
    assert store is not None
    with store.reading() as connection:
        ids = [row[0] for row in connection.execute("SELECT id FROM initiative").fetchall()]
        found = reading.drafts(connection, ids).values()
    return next((draft for draft in found if draft.title == title), None)


def block(window: MainWindow) -> threading.Event:
    """Hold up whatever is read from now on, until it is set."""
    gate = threading.Event()
    window.desk.reads.run(lambda _progress: gate.wait(20))
    return gate


@pytest.fixture
def form(window: MainWindow, hands: Hands) -> Any:
    hands.control(Qt.Key.Key_N)
    hands.rest()
    place: Any = window.place
    return place.form


def test_an_initiative_is_entered_without_the_mouse(
    window: MainWindow, hands: Hands, form: Any
) -> None:
    hands.type("Máy gieo hạt ngô đạp chân")
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return)
    hands.type("Khác")
    hands.press(Qt.Key.Key_Return)
    for words in ("Giàng A Sử", "100", "1990"):
        hands.type(words)
        hands.press(Qt.Key.Key_Return)
    form.boxes["unit"].setFocus()
    hands.type("CĐCS xã Tả Phìn")
    hands.press(Qt.Key.Key_Return)
    hands.control(Qt.Key.Key_S)
    hands.rest()
    kept = kept_draft(window, "Máy gieo hạt ngô đạp chân")
    assert kept.category == "1.1"
    assert kept.unit == "CĐCS xã Tả Phìn"
    assert [author.name for author in kept.authors] == ["Giàng A Sử"]
    assert kept.authors[0].birth == PartialDate(1990)
    assert kept.code == "SK22-0006"


def test_enter_walks_to_the_next_field_and_shift_enter_back(hands: Hands, form: Any) -> None:
    assert QApplication.focusWidget() is form.boxes["title"]
    hands.press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is form.boxes["category"]
    hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is form.boxes["title"]


def test_tab_leaves_a_box_of_several_lines(hands: Hands, form: Any) -> None:
    form.boxes["before"].setFocus()
    hands.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is form.boxes["content"]
    assert form.boxes["before"].value() == ""


def test_the_check_speaks_while_the_form_is_typed(
    window: MainWindow, hands: Hands, form: Any
) -> None:
    hands.type("Cải tiến lò héo")
    hands.rest()
    place: Any = window.place
    failing = {f.rule for f in place.verdict.verdict.findings if f.result == "fail"}
    assert "DK-01" in failing
    form.boxes["category"].set_value("1.1")
    form.boxes["category"].edited.emit()
    hands.rest()
    failing = {f.rule for f in place.verdict.verdict.findings if f.result == "fail"}
    assert "DK-01" not in failing


def test_a_near_twin_is_shown_before_the_page_is_typed(
    window: MainWindow, hands: Hands, form: Any
) -> None:
    form.show_draft(replace(COMPLETE, code="", authors=COMPLETE.authors))
    form.edited.emit()
    hands.rest()
    place: Any = window.place
    buttons = [one.accessibleName() for one in place.verdict.findChildren(type(place.add))]
    assert "Xem SK22-0001" in buttons


def test_saving_is_never_blocked_by_the_check(window: MainWindow, hands: Hands, form: Any) -> None:
    hands.type("Chỉ mới có tên")
    hands.control(Qt.Key.Key_S)
    hands.rest()
    assert kept_draft(window, "Chỉ mới có tên") is not None
    assert "SK22-0006" in window.bar.text


def test_a_date_that_cannot_be_read_is_not_lost_but_asked_for(
    window: MainWindow, hands: Hands, form: Any
) -> None:
    hands.type("Sáng kiến có ngày sai")
    form.boxes["use"].setFocus()
    hands.type("31/02/2022")
    hands.control(Qt.Key.Key_S)
    hands.rest()
    assert kept_draft(window, "Sáng kiến có ngày sai") is None
    assert QApplication.focusWidget() is form.boxes["use"]
    assert "31/02/2022" in window.bar.text


def test_saving_and_adding_starts_an_empty_form(
    window: MainWindow, hands: Hands, form: Any
) -> None:
    hands.type("Phiếu thứ nhất")
    hands.control(Qt.Key.Key_Return)
    hands.rest()
    assert kept_draft(window, "Phiếu thứ nhất") is not None
    assert form.boxes["title"].value() == ""
    assert QApplication.focusWidget() is form.boxes["title"]


def test_a_half_typed_form_is_kept_and_offered_at_the_next_start(
    window: MainWindow,
    hands: Hands,
    form: Any,
    app: App,
    open_app: Callable[[App], MainWindow],
) -> None:
    hands.type("Bản nháp dở dang")
    hands.rest()
    assert form.window() is window
    window.close()
    second = open_app(app)
    assert "Bản nháp dở dang" in second.bar.text
    buttons = second.bar.findChildren(QPushButton)
    next(one for one in buttons if one.text() == "Mở tiếp").click()
    Hands(second).rest()
    place: Any = second.place
    assert place.form.boxes["title"].value() == "Bản nháp dở dang"


def test_closing_a_changed_form_keeps_the_draft(
    window: MainWindow, hands: Hands, form: Any
) -> None:
    hands.type("Đóng khi chưa cất")
    hands.press(Qt.Key.Key_Escape)
    hands.rest()
    assert window.current == "initiatives"
    store = window.desk.store
    assert store is not None
    with store.reading() as connection:
        kept = drafts.load_all(connection, "Lan")
    assert [one.draft.title for one in kept] == ["Đóng khi chưa cất"]


def test_saving_forgets_the_draft(window: MainWindow, hands: Hands, form: Any) -> None:
    hands.type("Cất rồi thì không còn nháp")
    hands.rest()
    hands.control(Qt.Key.Key_S)
    hands.rest()
    store = window.desk.store
    assert store is not None
    with store.reading() as connection:
        assert drafts.load_all(connection, "Lan") == []


def test_every_field_comes_back_as_it_was_kept(window: MainWindow, hands: Hands) -> None:
    place: Any = hands.go("entry", 1)
    assert place.form.draft() == replace(COMPLETE, code="SK22-0001")


def test_saving_an_unchanged_record_changes_nothing(window: MainWindow, hands: Hands) -> None:
    hands.go("entry", 1)
    store = window.desk.store
    assert store is not None
    before = store.journal.history(limit=1)[0].entry
    hands.control(Qt.Key.Key_S)
    hands.rest()
    assert store.journal.history(limit=1)[0].entry == before


def test_a_change_can_be_undone_and_done_again(window: MainWindow, hands: Hands) -> None:
    place: Any = hands.go("entry", 2)
    place.form.boxes["title"].setFocus()
    place.form.boxes["title"].selectAll()
    hands.type("Tên mới")
    hands.control(Qt.Key.Key_S)
    hands.rest()
    assert kept_draft(window, TITLES[0]) is None
    window.actions_by_key["undo"].trigger()
    hands.rest()
    assert kept_draft(window, TITLES[0]) is not None
    window.actions_by_key["redo"].trigger()
    hands.rest()
    assert kept_draft(window, "Tên mới") is not None


def test_a_dropped_file_is_kept_with_the_new_record(
    window: MainWindow, hands: Hands, form: Any, tmp_path: Path
) -> None:
    photo = tmp_path / "ảnh minh họa.jpg"
    photo.write_bytes(b"\xff\xd8\xff fictional")
    hands.type("Có ảnh")
    place: Any = window.place
    place.zone.dropped.emit([photo])
    hands.control(Qt.Key.Key_S)
    hands.rest()
    store = window.desk.store
    assert store is not None
    with store.reading() as connection:
        files = reading.attachments(connection, [place.record])[place.record]
    assert [one.name for one in files] == ["ảnh minh họa.jpg"]


def test_shares_are_summed_and_can_be_made_even(hands: Hands, form: Any) -> None:
    authors = form.boxes["authors"]
    three = tuple(AuthorDraft(f"Tác giả {n}", share=Decimal(30)) for n in range(3))
    authors.set_value(three)
    assert authors._sum.text() == "Tổng 90 %, còn thiếu 10 % —"
    authors._evenly.click()
    assert [author.share for author in authors.value()] == [
        Decimal("33.34"),
        Decimal("33.33"),
        Decimal("33.33"),
    ]
    assert authors._sum.text() == "Tổng tỷ lệ đóng góp: 100 %"


def test_f5_adds_an_author_and_f6_takes_it_out(hands: Hands, form: Any) -> None:
    authors = form.boxes["authors"]
    hands.press(Qt.Key.Key_F5)
    hands.type("Lý Mỷ Dợ")
    hands.press(Qt.Key.Key_Return)
    assert [author.name for author in authors.value()] == ["Lý Mỷ Dợ"]
    authors.table.setFocus()
    authors.table.setCurrentIndex(authors.table.grid.index(1, 0))
    hands.press(Qt.Key.Key_F6)
    assert authors.value() == ()


def test_the_amount_stands_in_words_below_its_box(hands: Hands, form: Any) -> None:
    form.boxes["benefit"].setFocus()
    hands.type("15050000")
    assert form.boxes["benefit"].text() == "15.050.000"
    assert form._money_words.text() == "Mười lăm triệu không trăm năm mươi nghìn đồng"


def test_a_unit_is_offered_without_tone_marks_and_never_inside_the_box(
    hands: Hands, form: Any, qtbot: QtBot
) -> None:
    box = form.boxes["superior"]
    box.setFocus()
    hands.type("tam duong")
    model: Any = box.completer().model()
    qtbot.waitUntil(lambda: model.stringList() == ["LĐLĐ huyện Tam Đường"])
    assert box.text() == "tam duong"
    assert box.completer().completionMode() is not QCompleter.CompletionMode.InlineCompletion
    box.completer().popup().hide()


def test_an_undo_is_seen_in_the_form_that_is_open(window: MainWindow, hands: Hands) -> None:
    place: Any = hands.go("entry", 2)
    place.form.boxes["title"].setFocus()
    place.form.boxes["title"].selectAll()
    hands.type("Tên khác")
    hands.control(Qt.Key.Key_S)
    hands.rest()
    window.actions_by_key["undo"].trigger()
    hands.rest()
    assert place.form.boxes["title"].value() == TITLES[0]
    assert not place.changed


def test_an_officers_word_that_it_is_no_duplicate_is_remembered(
    window: MainWindow, hands: Hands, form: Any
) -> None:
    form.show_draft(replace(COMPLETE, code=""))
    hands.control(Qt.Key.Key_S)
    hands.rest()
    place: Any = window.place
    place._start_check()
    hands.rest()
    buttons = place.verdict.findChildren(QPushButton)
    next(one for one in buttons if one.accessibleName() == "Không trùng với SK22-0001").click()
    hands.rest()
    names = [one.accessibleName() for one in place.verdict.findChildren(QPushButton)]
    assert "Xem SK22-0001" not in names


def test_an_undo_that_arrives_late_takes_nothing_that_is_typed(
    window: MainWindow, hands: Hands
) -> None:
    place: Any = hands.go("entry", 1)
    title = place.form.boxes["title"]
    hands.press(Qt.Key.Key_End)
    hands.type(" hai")
    hands.control(Qt.Key.Key_S)
    hands.rest()
    gate = block(window)
    window.undo()
    title.setFocus()
    hands.press(Qt.Key.Key_End)
    hands.type(" ba")
    gate.set()
    hands.rest()
    hands.control(Qt.Key.Key_S)
    hands.rest()
    assert title.text().endswith(" hai ba")
    assert "đã bị sửa trong lúc phiếu đang mở" in window.bar.text


def test_a_new_form_stays_new_though_an_older_opening_arrives(
    window: MainWindow, hands: Hands
) -> None:
    place: Any = hands.go("entry", 2)
    gate = block(window)
    window.go("entry", 1)
    window.go("entry", None)
    hands.type("moi")
    gate.set()
    hands.rest()
    assert place.form.boxes["title"].text() == "moi"
    assert place.record == 0


def test_keys_before_another_record_is_shown_go_nowhere_and_do_not_stop_it(
    window: MainWindow, hands: Hands
) -> None:
    place: Any = hands.go("entry", 2)
    gate = block(window)
    window.go("entry", 1)
    hands.type("x ")
    hands.press(Qt.Key.Key_F5)
    hands.control(Qt.Key.Key_S)
    assert "Đang mở sáng kiến" in window.bar.text
    gate.set()
    hands.rest()
    assert (place.record, place.form.boxes["title"].text()) == (1, COMPLETE.title)
    hands.type("y")
    assert place.form.boxes["title"].text() == f"y{COMPLETE.title}"


def test_a_change_elsewhere_does_not_stop_an_opening(window: MainWindow, hands: Hands) -> None:
    place: Any = hands.go("entry", 2)
    gate = block(window)
    window.go("entry", 1)
    assert window.doing.do(ReviseInitiative(2, sample(1))) is not None
    gate.set()
    hands.rest()
    assert place.form.boxes["title"].text() == COMPLETE.title


def test_the_form_is_given_back_where_another_record_cannot_be_read(
    window: MainWindow, hands: Hands, form: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_reading: object) -> None:
        raise OSError(5, "Input/output error")

    hands.type("Đang gõ dở")
    with monkeypatch.context() as broken:
        broken.setattr("desktop.models.reading.drafts", refused)
        hands.go("entry", 1)
    hands.type(" tiếp")
    assert form.boxes["title"].text() == "Đang gõ dở tiếp"


def test_returning_to_what_is_half_typed_stops_the_other_opening(
    window: MainWindow, hands: Hands
) -> None:
    place: Any = hands.go("entry", 2)
    hands.type("Sửa ")
    gate = block(window)
    window.go("entry", 1)
    window.go("entry", 2)
    hands.type("nữa ")
    gate.set()
    hands.rest()
    assert place.record == 2
    assert "nữa" in place.form.boxes["title"].text()


def test_a_kept_form_is_checked_anew_when_it_is_shown(window: MainWindow, hands: Hands) -> None:
    place: Any = hands.go("entry", 2)
    hands.press(Qt.Key.Key_End)
    hands.type(" hai")
    hands.rest()
    finding = next(one for one in place.verdict.verdict.findings if one.result == "fail")
    hands.go("initiatives")
    action = OverruleFinding(2, finding.rule, "Hội đồng cấp trên đã xác nhận.")
    assert window.doing.do(action) is not None
    hands.rest()
    hands.go("entry", 2)
    shown = [one for one in place.verdict.verdict.findings if one.rule == finding.rule]
    assert shown[0].overruled is not None
    assert place.form.boxes["title"].text().endswith(" hai")


def test_decisions_that_were_not_read_are_read_at_the_next_visit(
    window: MainWindow, hands: Hands
) -> None:
    window.go("entry")
    window.desk.drain()
    place: Any = hands.go("entry")
    assert place.form.chooser.count() == 2


def test_decisions_that_change_while_they_are_read_are_read_again(
    window: MainWindow, hands: Hands
) -> None:
    keys: list[str] = []
    window.go("entry")
    window.go("initiatives")
    window.desk.announce({"decision": frozenset({1})})
    hands.rest()
    window.desk.reads.started.connect(lambda job: keys.append(job.key))
    hands.go("entry")
    assert "choices" in keys
