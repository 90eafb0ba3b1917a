"""Issuing from the window: the number is seen beforehand, the list shows what was issued."""

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.models import issuing as kept
from desktop.models import reading
from desktop.models.actions.initiatives import ReviseInitiative
from desktop.models.actions.office import ReviseOffice, ReviseWording
from desktop.models.dossiers import OfficeSheet
from desktop.models.numbering import Mode
from desktop.views.issued_place import DifferenceSheet, VoidSheet
from desktop.views.issuing_sheet import IssuingSheet
from desktop.views.main_window import MainWindow
from tests.stores import complete
from tests.views.conftest import Hands

OFFICE = OfficeSheet(
    "LĐLĐ huyện Tam Đường",
    ("LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU", "LIÊN ĐOÀN LAO ĐỘNG HUYỆN TAM ĐƯỜNG"),
    "Tam Đường",
    ("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"),
    "Lò Minh Sơn",
    "LĐLĐ",
)


@pytest.fixture
def place(hands: Hands, window: MainWindow) -> Any:
    window.doing.do(ReviseOffice(OFFICE))
    return hands.go("printing")


def sheet_of(kind: type[Any]) -> Any:
    (found,) = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()
    ]
    found.activateWindow()
    QApplication.processEvents()
    return found


def begin(hands: Hands, place: Any, paper: str) -> Any:
    """Choose a paper and press the button that issues it."""
    place.choose(paper=paper, group="all")
    hands.rest()
    place.acts.buttons["issue"].click()
    hands.rest()
    return sheet_of(IssuingSheet)


def issue(hands: Hands, place: Any, paper: str) -> Any:
    """Issue a paper as a clerk does, and give the place of issued papers."""
    begin(hands, place, paper)
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    # Without a window manager nobody gives the window back what the sheet had.
    hands.window.activateWindow()
    QApplication.processEvents()
    issued: Any = hands.window.place
    issued.list.setFocus()
    return issued


def lines(window: MainWindow) -> list[kept.IssuedLine]:
    store = window.desk.store
    assert store is not None
    with store.reading() as connection:
        return kept.issued(connection)


def test_the_sheet_says_number_day_and_signer_before_and_nothing_is_given_yet(
    hands: Hands, window: MainWindow, place: Any
) -> None:
    sheet = begin(hands, place, "recognition-decision")
    assert sheet.number.text() == "01/QĐ-LĐLĐ"
    assert sheet.day.text() == "15/06/2022"
    assert "Lò Minh Sơn" in sheet.signer.text()
    assert sheet.go.text() == "Phát hành 01/QĐ-LĐLĐ"
    hands.press(Qt.Key.Key_Escape)
    assert lines(window) == []


def test_return_issues_the_paper_and_shows_it_among_the_issued(
    hands: Hands, window: MainWindow, place: Any
) -> None:
    issued = issue(hands, place, "recognition-decision")
    assert [line.number for line in lines(window)] == ["01/QĐ-LĐLĐ"]
    assert issued.current.number == "01/QĐ-LĐLĐ"
    text = pypdfium2.PdfDocument(issued.preview.file)[0].get_textpage().get_text_range()
    assert "Số: 01/QĐ-LĐLĐ" in text
    assert "Đã phát hành 01/QĐ-LĐLĐ" in window.bar.text
    assert issued.state.text() == "Dữ liệu hiện nay giống bản đã phát hành."


def retype_day(hands: Hands, sheet: Any, day: str) -> None:
    sheet.day.setFocus()
    sheet.day.selectAll()
    hands.type(day)
    hands.press(Qt.Key.Key_Tab)
    hands.rest()


def test_another_date_typed_is_planned_anew_and_an_earlier_one_must_be_meant(
    hands: Hands, window: MainWindow, place: Any
) -> None:
    issue(hands, place, "recognition-decision")
    sheet = begin(hands, hands.go("printing"), "recognition-decision")
    retype_day(hands, sheet, "14/6/2022")
    assert "15/6/2022" in sheet.note.text()
    assert not sheet.go.isEnabled()
    sheet.anyway.setFocus()
    hands.press(Qt.Key.Key_Space)
    assert sheet.go.isEnabled()
    sheet.go.setFocus()
    hands.press(Qt.Key.Key_Space)
    hands.rest()
    assert {line.dated.day for line in lines(window)} == {14, 15}


def test_a_decision_with_blanks_is_issued_only_once_that_is_confirmed(
    hands: Hands, window: MainWindow, place: Any
) -> None:
    sheet = begin(hands, place, "commendation-decision")
    assert "Điều 2" in sheet.note.text()
    assert sheet.by_hand.isVisible()
    assert not sheet.go.isEnabled()
    sheet.by_hand.setFocus()
    hands.press(Qt.Key.Key_Space)
    sheet.go.setFocus()
    hands.press(Qt.Key.Key_Space)
    hands.rest()
    assert [line.kind for line in lines(window)] == ["commendation-decision"]


def test_the_sheet_says_of_which_papers_own_words_cannot_be_used(
    hands: Hands, window: MainWindow, place: Any
) -> None:
    store = window.desk.store
    assert store is not None
    spoilt = (("submission.closing", '[{"value": 5}]'),)
    window.doing.do(ReviseWording(store.programme.form_set, spoilt, "x"))
    sheet = begin(hands, place, "recognition-decision")
    assert "không dùng được nữa" in sheet.note.text()
    assert sheet.go.isEnabled()
    hands.press(Qt.Key.Key_Escape)


def test_a_date_that_is_none_is_said_and_nothing_can_be_issued(hands: Hands, place: Any) -> None:
    sheet = begin(hands, place, "recognition-decision")
    retype_day(hands, sheet, "6/2022")
    assert "đủ ngày" in sheet.trouble.text()
    assert not sheet.go.isEnabled()
    hands.press(Qt.Key.Key_Escape)


def test_papers_without_a_number_and_empty_forms_offer_no_issuing(hands: Hands, place: Any) -> None:
    place.choose(paper="summary-list", group="all")
    hands.rest()
    assert not place.acts.buttons["issue"].isEnabled()
    place.choose(paper="certificate", group="blank")
    hands.rest()
    assert not place.acts.buttons["issue"].isEnabled()


def test_certificates_for_all_get_their_numbers_at_one_press(
    hands: Hands, window: MainWindow, place: Any
) -> None:
    issue(hands, place, "certificate")
    numbers = sorted(line.number for line in lines(window))
    assert numbers == [f"{n:02d}/GCN-LĐLĐ" for n in range(1, len(numbers) + 1)]
    assert len(numbers) == 6


def resting(window: MainWindow) -> list[str]:
    """The numbers of the decisions on which the initiatives rest, blank where on none."""
    assert window.desk.store is not None
    with window.desk.store.reading() as connection:
        rows = connection.execute(
            "SELECT coalesce(d.number, '') FROM initiative i "
            "LEFT JOIN decision d ON d.id = i.decision_id ORDER BY i.id"
        ).fetchall()
    return [row[0] for row in rows]


def test_an_issued_decision_is_recorded_with_those_that_had_none_and_undone_alone(
    hands: Hands, window: MainWindow, place: Any
) -> None:
    before = resting(window)
    sheet = begin(hands, place, "recognition-decision")
    assert sheet.record.isChecked()
    assert "4 sáng kiến" in sheet.record.text()
    assert "1 sáng kiến đã có quyết định khác" in sheet.kept.text()
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    assert resting(window) == [before[0], *["01/QĐ-LĐLĐ"] * 4]
    assert "Đã ghi quyết định vào 4 sáng kiến" in window.bar.text
    window.activateWindow()
    hands.rest()
    hands.control(Qt.Key.Key_Z)
    hands.rest()
    assert resting(window) == before
    assert len(lines(window)) == 1
    hands.control(Qt.Key.Key_Y)
    hands.rest()
    assert resting(window)[1] == "01/QĐ-LĐLĐ"


def test_a_tick_taken_away_issues_without_recording(
    hands: Hands, window: MainWindow, place: Any
) -> None:
    before = resting(window)
    sheet = begin(hands, place, "recognition-decision")
    sheet.record.setFocus()
    hands.press(Qt.Key.Key_Space)
    assert not sheet.who.isVisible()
    sheet.go.setFocus()
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    assert len(lines(window)) == 1
    assert resting(window) == before


def test_who_recognised_is_recorded_as_it_was_chosen(
    hands: Hands, window: MainWindow, place: Any
) -> None:
    sheet = begin(hands, place, "recognition-decision")
    assert sheet.recogniser.value() == "head"
    sheet.recogniser.setFocus()
    hands.press(Qt.Key.Key_Up)
    sheet.go.setFocus()
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    assert window.desk.store is not None
    with window.desk.store.reading() as connection:
        draft = next(
            one.draft for one in reading.decisions(connection) if one.draft.number == "01/QĐ-LĐLĐ"
        )
    assert (draft.recogniser, draft.signer, draft.signer_post) == (
        *("council", "Lò Minh Sơn", "Chủ tịch"),
    )
    assert (str(draft.issued), draft.issuer) == ("15/06/2022", OFFICE.name)


def test_undo_of_an_issue_is_refused_with_what_to_do_instead(
    hands: Hands, window: MainWindow, place: Any
) -> None:
    issue(hands, place, "progress-report")
    hands.control(Qt.Key.Key_Z)
    hands.rest()
    assert "Hãy hủy văn bản" in window.bar.text
    assert len(lines(window)) == 1


def test_voiding_asks_for_a_reason_and_marks_list_and_print(
    hands: Hands, window: MainWindow, place: Any
) -> None:
    issued = issue(hands, place, "recognition-decision")
    issued.void.click()
    sheet = sheet_of(VoidSheet)
    sheet.accept()
    assert sheet.trouble.text() == "Hãy ghi lý do hủy."
    sheet.box.setFocus()
    hands.type("Sai tên tác giả")
    sheet.accept()
    hands.rest()
    assert lines(window)[0].void_reason == "Sai tên tác giả"
    assert "Sai tên tác giả" in issued.state.text()
    assert not issued.void.isEnabled()
    assert issued.list.topLevelItem(0).font(0).strikeOut()
    text = pypdfium2.PdfDocument(issued.preview.file)[0].get_textpage().get_text_range()
    assert "ĐÃ HỦY ngày 15/6/2022" in text


def test_where_today_differs_is_said_and_shown(
    hands: Hands, window: MainWindow, place: Any
) -> None:
    issued = issue(hands, place, "recognition-decision")
    window.doing.do(ReviseInitiative(1, complete(title="Tên khác hẳn")))
    hands.rest()
    assert "khác bản đã phát hành ở 1 dòng" in issued.state.text()
    issued.differs.click()
    sheet = sheet_of(DifferenceSheet)
    assert "Tên khác hẳn" in sheet.findChildren(type(issued.list))[0].topLevelItem(0).text(1)
    sheet.accept()


def test_the_search_finds_by_number_and_by_the_code_of_a_print(
    hands: Hands, window: MainWindow, place: Any
) -> None:
    issue(hands, place, "certificate")
    issued: Any = hands.go("issued")
    wanted = lines(window)[2]
    issued.look_up()
    hands.type(wanted.code.lower())
    hands.rest()
    assert [one.id for one in issued.lines] == [wanted.id]
    issued.search.selectAll()
    hands.type("0000-0000-0000-0000")
    hands.rest()
    assert "Không có bản này" in issued.told.text()
    issued.search.selectAll()
    hands.type("vang thi do")
    hands.rest()
    assert len(issued.lines) == 1


def test_a_saved_reprint_is_the_file_that_was_issued(
    hands: Hands, place: Any, tmp_path: Path
) -> None:
    issued = issue(hands, place, "recognition-decision")
    issued.save_to(tmp_path / "again.pdf")
    hands.rest()
    assert kept.content_hash_of((tmp_path / "again.pdf").read_bytes()) == issued.current.pdf


def test_the_numbering_is_set_among_the_settings(
    hands: Hands, window: MainWindow, place: Any
) -> None:
    del place
    form: Any = hands.go("settings").numbering  # type: ignore[attr-defined] # the settings' own
    assert form.table.cell(0, 5) == "01/QĐ-LĐLĐ"
    form.mode.setCurrentIndex(form.mode.findData(Mode.SHARED))
    form.table.setCurrentCell(0, 4)
    form.table.setFocus()
    hands.type("48")
    hands.press(Qt.Key.Key_Return)
    form.table.item(0, 1).setText("{n}/QĐ-CĐCS")
    form.keep.click()
    hands.rest()
    assert form.table.cell(0, 5) == "48/QĐ-CĐCS"
    assert form.table.cell(2, 5) == "48/BC-LĐLĐ"
    assert issue(hands, hands.go("printing"), "progress-report").current.number == "48/BC-LĐLĐ"


def test_numbers_that_cannot_be_read_are_told_and_first_numbers_can_still_be_noted(
    hands: Hands, window: MainWindow, place: Any
) -> None:
    store = window.desk.store
    assert store is not None
    (store.folder / kept.GIVEN).write_text("torn", encoding="utf-8")
    sheet = begin(hands, place, "recognition-decision")
    assert kept.GIVEN in sheet.trouble.text()
    assert not sheet.go.isEnabled()
    hands.press(Qt.Key.Key_Escape)
    form: Any = hands.go("settings").numbering  # type: ignore[attr-defined] # the settings' own
    assert kept.GIVEN in form.trouble.text()
    form.table.item(0, 4).setText("48")
    form.keep.click()
    hands.rest()
    (store.folder / kept.GIVEN).unlink()
    form.read()
    hands.rest()
    assert (form.table.cell(0, 5), form.trouble.text()) == ("48/QĐ-LĐLĐ", "")


def test_a_pattern_without_a_number_is_refused_in_words(
    hands: Hands, window: MainWindow, place: Any
) -> None:
    del place
    form: Any = hands.go("settings").numbering  # type: ignore[attr-defined] # the settings' own
    form.table.item(0, 1).setText("QĐ-CĐCS")
    form.keep.click()
    hands.rest()
    assert "không dùng làm số" in window.bar.text
    form.table.item(0, 4).setText("mười")
    form.save()
    assert "không phải" in form.trouble.text()


def test_voiding_a_recorded_decision_tells_who_still_rests_on_it(
    hands: Hands, window: MainWindow, place: Any
) -> None:
    issued = issue(hands, place, "recognition-decision")
    issued.void.click()
    sheet = sheet_of(VoidSheet)
    sheet.box.setFocus()
    hands.type("Sai ngày")
    sheet.accept()
    hands.rest()
    assert "4 sáng kiến vẫn ghi quyết định này" in window.bar.text
    again = begin(hands, hands.go("printing"), "recognition-decision")
    assert "4 sáng kiến" in again.record.text()
