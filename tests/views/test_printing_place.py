"""Printing: the preview is the paper itself, for whom it was asked."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.app import App
from desktop.models.actions.initiatives import AttachFile, ReviseInitiative
from desktop.models.attachments import keep
from desktop.printing.papers import PAPERS
from desktop.tasks.papers import print_sample
from desktop.views.main_window import MainWindow
from desktop.views.messages import Question
from desktop.views.missing_sheet import MissingSheet
from desktop.views.paper_shelf import TASKS, grouped_papers
from desktop.views.pdf_pages import contents, draw_page
from desktop.views.preview import CURRENT
from desktop.views.printing_acts import ACTS, ActRow
from desktop.views.turning_sheet import Pile, TurningSheet
from tests.stores import complete
from tests.views.conftest import Hands


def words_of(file: Path) -> str:
    """The words of all pages of a file."""
    document = pypdfium2.PdfDocument(file)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(text.split())


@pytest.fixture
def place(hands: Hands) -> Any:
    return hands.go("printing")


def test_the_preview_shows_the_paper_page_by_page(hands: Hands, place: Any) -> None:
    assert place.preview.page == 1
    assert place.preview.pages >= 5
    place.preview.on.click()
    hands.rest()
    assert place.preview.page == 2
    assert not place.preview._sheet.pixmap().isNull()


def test_a_selection_is_printed_alone(hands: Hands) -> None:
    place: Any = hands.go("printing", (1,))
    assert place.paper == "dossier"
    assert place.wanted.ids == (1,)
    assert "Cải tiến lò héo chè" in words_of(place.preview.file)


def test_the_saved_file_holds_everybody_of_the_group(
    hands: Hands, place: Any, tmp_path: Path
) -> None:
    target = tmp_path / "danh sách.pdf"
    place.choose(paper="summary-list", group="all")
    hands.rest()
    place.save_to(target)
    hands.rest()
    text = words_of(target)
    assert all(f"Lò Thị Số {number}" in text for number in range(4))


def test_an_empty_group_shows_a_made_up_page_that_is_not_printed(hands: Hands, place: Any) -> None:
    place.choose(paper="application", group="ticks")
    hands.rest()
    assert not place.printer.isEnabled()
    assert not place.acts.buttons["save"].isEnabled()
    text = words_of(place.preview.file)
    assert "Cải tiến hệ thống cấp nhiệt lò héo chè" in text
    red = draw_page(place.preview.file, 1, 48)
    assert red.pages == place.preview.pages
    assert place.preview._watermark == "MẪU"


def test_every_paper_has_a_made_up_page(hands: Hands, place: Any, tmp_path: Path) -> None:
    store = place.desk.store
    for kind in PAPERS:
        if kind.of_initiatives:
            file = tmp_path / f"{kind.key}.pdf"
            assert print_sample(store, kind.key, file, place.desk.app.resources) >= 1


def test_without_a_printer_the_file_is_offered(
    window: MainWindow, hands: Hands, place: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    del place
    monkeypatch.setattr(
        "PySide6.QtPrintSupport.QPrinterInfo.availablePrinterNames", staticmethod(list)
    )
    hands.control(Qt.Key.Key_P)
    hands.rest()
    assert "Máy này chưa cài máy in" in window.bar.text


def test_a_page_is_drawn_black_on_white(place: Any) -> None:
    picture = draw_page(place.preview.file, 1, 48).picture
    assert picture.pixelColor(2, 2) == QColor("white")
    dark = [
        True
        for x in range(0, picture.width(), 2)
        for y in range(0, picture.height(), 2)
        if picture.pixelColor(x, y).lightness() < 60
    ]
    assert dark


def test_what_is_on_stock_is_moved_by_what_is_kept_for_the_printer(
    hands: Hands, place: Any, tmp_path: Path
) -> None:
    place.choose(paper="award-calibration", group="all")
    hands.rest()
    assert not place.offset.isHidden()
    place.offset.right.setValue(2.5)
    hands.rest()
    assert place.offset.value() == (2.5, 0.0)
    text = words_of(place.preview.file)
    assert "sang phải 2,5 mm" in text
    place.choose(paper="dossier")
    hands.rest()
    assert place.offset.isHidden()


def test_a_report_is_printed_though_nobody_is_chosen(hands: Hands, place: Any) -> None:
    place.choose(paper="progress-report", group="ticks")
    hands.rest()
    assert place.printer.isEnabled()
    assert place.preview.pages >= 2


def test_an_empty_form_is_printed_without_anybody_on_it(hands: Hands, place: Any) -> None:
    place.choose(paper="score-sheet-secret", group="blank")
    hands.rest()
    text = words_of(place.preview.file)
    assert "Tên giải pháp: ....." in text
    assert place.printer.isEnabled()


@pytest.fixture
def paper_printer(place: Any, tmp_path: Path) -> QPrinter:
    """A printer of Qt's own that prints into a file, as the only one of this PC."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    place.bar.find_printers = lambda: ["Canon LBP2900"]
    place.bar.find_printer = lambda _name: printer
    place.bar.refresh()
    return printer


def test_the_pages_that_were_typed_are_printed(
    window: MainWindow, hands: Hands, place: Any, paper_printer: QPrinter
) -> None:
    place.choose(paper="application")
    hands.rest()
    place.bar.pages.setFocus()
    hands.type("2-3")
    hands.control(Qt.Key.Key_P)
    hands.rest()
    assert "2 tờ" in window.bar.text
    assert contents(Path(paper_printer.outputFileName())).pages == 2


def test_pages_that_are_not_there_are_said_and_nothing_is_printed(
    window: MainWindow, hands: Hands, place: Any, paper_printer: QPrinter
) -> None:
    place.bar.pages.setFocus()
    hands.type("99-200")
    hands.control(Qt.Key.Key_P)
    hands.rest()
    assert "Không có trang “99-200”" in window.bar.text
    assert not Path(paper_printer.outputFileName()).exists()


def test_turning_by_hand_is_told_and_the_backs_follow(
    window: MainWindow, hands: Hands, place: Any, paper_printer: QPrinter, tmp_path: Path
) -> None:
    place.choose(paper="summary-list")
    place.bar.sides.setCurrentIndex(place.bar.sides.findData("by_hand"))
    hands.rest()
    pages = place.preview.pages
    assert pages >= 2
    place.print_current()
    hands.rest()
    sheet = window.findChild(TurningSheet)
    assert sheet is not None
    assert contents(Path(paper_printer.outputFileName())).pages == (pages + 1) // 2
    paper_printer.setOutputFileName(str(tmp_path / "backs.pdf"))
    QTest.keyClick(sheet.ways[Pile.PRINTED_OF_FIRST], Qt.Key.Key_Space)
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    hands.rest()
    assert contents(tmp_path / "backs.pdf").pages == (pages + 1) // 2
    assert place.bar.pile is Pile.PRINTED_OF_FIRST


def test_backs_put_off_are_offered_again(
    window: MainWindow, hands: Hands, place: Any, paper_printer: QPrinter
) -> None:
    place.choose(paper="summary-list")
    place.bar.sides.setCurrentIndex(place.bar.sides.findData("by_hand"))
    place.print_current()
    hands.rest()
    sheet = window.findChild(TurningSheet)
    assert sheet is not None
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert "Mặt sau chưa in" in window.bar.text


def test_words_are_found_without_tone_marks_and_stepped_through(hands: Hands, place: Any) -> None:
    place.choose(paper="summary-list", group="all")
    hands.rest()
    hands.control(Qt.Key.Key_F)
    hands.type("lo thi so")
    hands.rest()
    assert len(place.preview.hits) == 4
    assert place.preview.hit == 0
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_F3)
    hands.rest()
    assert place.preview.hit == 2
    assert place.preview.page == place.preview.hits[2].page
    picture = place.preview._sheet.pixmap().toImage()
    assert any(
        picture.pixelColor(x, y) == CURRENT
        for x in range(0, picture.width(), 2)
        for y in range(picture.height())
    )
    hands.press(Qt.Key.Key_Escape)
    hands.rest()
    assert (place.preview.hits, place.preview.finding.isVisible()) == ((), False)


def test_the_page_keys_read_through_a_paper(hands: Hands, place: Any) -> None:
    preview = place.preview
    preview.size_box.setCurrentIndex(1)
    hands.rest()
    preview._area.setFocus()
    hands.press(Qt.Key.Key_PageDown)
    hands.rest()
    assert preview.page == 2
    hands.press(Qt.Key.Key_End)
    hands.rest()
    assert preview.page == preview.pages
    preview.number.setFocus()
    preview.number.selectAll()
    hands.type("3")
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    assert preview.page == 3


def test_a_paper_is_looked_up_and_taken_by_keys(hands: Hands, place: Any) -> None:
    place.shelf.words.setFocus()
    hands.type("bien ban")
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    assert place.paper == "council-minutes"
    hands.press(Qt.Key.Key_Down)
    hands.rest()
    assert place.paper == "council-minutes"


def test_ticked_initiatives_are_printed_alone(hands: Hands, place: Any) -> None:
    place.choose(paper="application", group="ticks")
    hands.rest()
    place.whom.ticks.search.setFocus()
    hands.type("chuong trai")
    hands.rest()
    place.whom.ticks.view.setFocus()
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Space)
    hands.rest()
    assert len(place.wanted.ids) == 1
    assert "Giải pháp giữ ấm chuồng trại" in words_of(place.preview.file)


def test_what_the_list_shows_is_offered(hands: Hands) -> None:
    register: Any = hands.go("initiatives")
    register.search.setFocus()
    hands.type("song ngu")
    hands.rest()
    place: Any = hands.go("printing")
    place.choose(paper="application", group="listed")
    hands.rest()
    assert len(place.wanted.ids) == 1


def test_what_is_missing_is_said_and_leads_to_the_form(hands: Hands, place: Any) -> None:
    place.choose(paper="dossier", group="all")
    hands.rest()
    assert "hồ sơ thiếu mục" in place.whom.missing.text()
    place.whom.missing.click()
    sheet = hands.window.findChild(MissingSheet)
    assert sheet is not None
    lacking: Any = sheet.table.item(0, 2)
    assert "bản quét quyết định" in lacking.text()
    QTest.keyClick(sheet.table, Qt.Key.Key_Return)
    hands.rest()
    assert hands.window.current == "entry"


def test_what_lacks_is_not_told_of_a_choice_that_is_left(
    hands: Hands, place: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.views.printing_place._AT_ONCE", 1)
    place.choose("application", "all")
    hands.rest()
    assert place.whom.missing.isVisible()
    place.choose("description")
    hands.rest()
    place.choose("application")
    place.choose(group="blank")
    hands.rest()
    assert place.whom.missing.isHidden()


def test_so_many_as_were_looked_through_are_said(
    hands: Hands, place: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.views.printing_place.LOOKED_THROUGH", 3)
    monkeypatch.setattr("desktop.views.print_whom.LOOKED_THROUGH", 3)
    place.choose("application", "all")
    hands.rest()
    assert len(place.wanted.ids) > 3
    assert "trong 3" in place.whom.missing.text()


def test_each_paper_stands_in_one_task() -> None:
    keys = [key for _words, keys in TASKS for key in keys]
    assert sorted(keys) == sorted(paper.key for paper in PAPERS)
    assert [key for _words, keys in grouped_papers() for key in keys] == keys


def test_acts_that_do_not_fit_stand_in_the_menu(place: Any, qtbot: QtBot) -> None:
    row = ActRow(place)
    qtbot.addWidget(row)
    row.show_for(place.wanted, ready=True)
    row.resize(row.minimumSizeHint())
    row.show()
    assert len(row.more.menu().actions()) == sum(one.offered(place.wanted) for one in ACTS)
    row.resize(row.sizeHint())
    assert row.more.isHidden()


def test_turning_to_an_initiative_shows_its_page(hands: Hands, place: Any) -> None:
    place.choose(paper="application", group="all")
    hands.rest()
    place.whom.members.setFocus()
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Down)
    hands.rest()
    row = place.whom.members.currentIndex().row()
    assert row >= 1
    assert place.preview.page == place.preview.chapters[row] > 1


def test_what_is_printed_is_the_file_that_is_shown(
    hands: Hands, place: Any, paper_printer: QPrinter
) -> None:
    place.choose(paper="application", group="all")
    hands.rest()
    given: list[Path] = []
    place.make_whole(given.append)
    assert given == [place.preview.file]


def test_a_file_that_is_no_scan_is_said_when_the_dossier_is_saved(
    window: MainWindow, hands: Hands, place: Any, tmp_path: Path
) -> None:
    (tmp_path / "mô tả.docx").write_bytes(b"PK\x03\x04 word")
    kept = keep(place.desk.folder, tmp_path / "mô tả.docx")
    place.doing.do(AttachFile(1, kept, "other"))
    hands.rest()
    place.choose(paper="dossier", group="all")
    hands.rest()
    place.save_to(tmp_path / "hồ sơ.pdf")
    hands.rest()
    assert "1 tệp đính kèm không in được" in window.bar.text
    assert "không phải bản quét" in words_of(tmp_path / "hồ sơ.pdf")
    assert any("mô tả.docx" in part for one in place._lacks for part in one.parts)


def test_the_page_stays_where_it_was_when_the_store_changes(hands: Hands, place: Any) -> None:
    place.choose(paper="application", group="all")
    hands.rest()
    place.preview.show_page(3)
    hands.rest()
    place.doing.do(AttachFile(1, keep(place.desk.folder, Path(__file__)), "other"))
    hands.rest()
    assert place.preview.page == 3


def test_the_paper_that_was_looked_at_last_is_shown_again(
    hands: Hands, place: Any, app: App, open_app: Callable[[App], MainWindow]
) -> None:
    place.choose(paper="summary-list")
    hands.rest()
    again = Hands(open_app(app))
    other: Any = again.go("printing")
    assert other.paper == "summary-list"


def names_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder that Qt's dialog gives, as if it had been chosen there."""
    folder = tmp_path / "nộp lên trên"
    folder.mkdir()
    chosen = staticmethod(lambda *_about: str(folder))
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getExistingDirectory", chosen)
    return folder


def press_each(hands: Hands, place: Any) -> None:
    """Press the button that saves each as its own file, where it stands."""
    hands.window.activateWindow()
    hands.rest()
    place.acts.buttons["each"].setVisible(True)
    place.acts.buttons["each"].setFocus()
    hands.press(Qt.Key.Key_Space)
    hands.rest()


def test_each_is_saved_as_its_own_file_and_folder_and_number_are_said(
    window: MainWindow, hands: Hands, place: Any, shelf: Path
) -> None:
    place.choose(paper="application", group="all")
    hands.rest()
    press_each(hands, place)
    count = len(place.wanted.ids)
    assert len(names_in(shelf)) == count > 1
    assert f"Đã ghi {count} tệp vào thư mục {shelf}" in window.bar.text


def test_files_that_are_there_are_replaced_only_after_a_question(
    hands: Hands, place: Any, shelf: Path
) -> None:
    place.choose(paper="application", group="all")
    hands.rest()
    press_each(hands, place)
    one = shelf / names_in(shelf)[0]
    one.write_bytes(b"before")
    for steps, kept in ((2, True), (1, False)):
        press_each(hands, place)
        (question,) = (each for each in hands.window.findChildren(Question) if each.isVisible())
        assert one.name in question.findChildren(QLabel)[0].text()
        question.activateWindow()
        for _each in range(steps):
            hands.press(Qt.Key.Key_Tab)
        hands.press(Qt.Key.Key_Space)
        hands.rest()
        assert (one.read_bytes() == b"before") == kept


def test_a_stop_leaves_no_file_behind(
    window: MainWindow, hands: Hands, place: Any, shelf: Path
) -> None:
    place.choose(paper="application", group="all")
    hands.rest()
    window.desk.papers.started.connect(lambda _job: window._cancel_job())
    press_each(hands, place)
    assert "Đã dừng" in window.bar.text
    assert names_in(shelf) == []


def test_a_list_and_an_empty_form_are_not_saved_for_each(hands: Hands, place: Any) -> None:
    place.choose(paper="summary-list", group="all")
    hands.rest()
    assert not place.acts.buttons["each"].isEnabled()
    place.choose(paper="application", group="blank")
    hands.rest()
    assert not place.acts.buttons["each"].isEnabled()


def test_the_pages_in_small_are_drawn_when_seen_and_turned_to_by_keys(
    hands: Hands, place: Any
) -> None:
    preview, column = place.preview, place.preview.column
    place.choose(paper="dossier", group="all")
    hands.rest()
    assert column.isVisible()
    assert column.grid.rowCount() == preview.pages > 8
    assert column.grid.has(1)
    assert not column.grid.has(preview.pages)
    column.setFocus()
    hands.press(Qt.Key.Key_Down)
    hands.rest()
    assert preview.page == 2
    hands.press(Qt.Key.Key_End)
    hands.rest()
    assert preview.page == preview.pages
    assert column.grid.has(preview.pages)


def test_the_page_that_is_shown_is_marked_among_the_small_ones(hands: Hands, place: Any) -> None:
    preview, column = place.preview, place.preview.column
    preview._area.setFocus()
    hands.press(Qt.Key.Key_End)
    hands.rest()
    assert column.currentIndex().row() + 1 == preview.page == preview.pages
    place.choose(paper="award-calibration", group="all")
    hands.rest()
    assert preview.pages == 1
    assert not column.isVisible()


def test_the_pages_in_small_give_way_in_a_narrow_window_and_where_unwanted(
    window: MainWindow, hands: Hands, place: Any
) -> None:
    window.resize(1093, 574)
    hands.rest()
    assert not place.preview.column.isVisible()
    assert not place.preview.overview.isVisible()
    window.resize(1366, 728)
    hands.rest()
    assert place.preview.column.isVisible()
    place.preview.overview.setFocus()
    hands.press(Qt.Key.Key_Space)
    assert not place.preview.column.isVisible()
    assert window.desk.app.settings.places["preview"] == {"column": False}


def test_small_pages_follow_another_file_of_as_many_pages(hands: Hands, place: Any) -> None:
    column = place.preview.column
    before = column.grid.index(0).data(Qt.ItemDataRole.DecorationRole).toImage()
    draft = complete(title="Một tên khác hẳn, dài hơn tên cũ rất nhiều để trang giấy đổi")
    place.doing.do(ReviseInitiative(5, draft))
    hands.rest()
    place.doing.do(ReviseInitiative(1, draft))
    hands.rest()
    assert column.grid.has(1)
    assert column.grid.index(0).data(Qt.ItemDataRole.DecorationRole).toImage() != before
