"""Printing: the preview is the paper itself, for whom it was asked."""

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from desktop.views.main_window import MainWindow
from desktop.views.preview import draw_page
from tests.views.conftest import Hands


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
    text = pypdfium2.PdfDocument(place.preview.file)[0].get_textpage().get_text_range()
    assert "Cải tiến lò héo chè" in " ".join(text.split())


def test_the_saved_file_holds_everybody_of_the_group(
    hands: Hands, place: Any, tmp_path: Path
) -> None:
    target = tmp_path / "danh sách.pdf"
    place.choose(paper="summary-list", group="all")
    hands.rest()
    place.save_to(target)
    hands.rest()
    pages = pypdfium2.PdfDocument(target)
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    assert all(f"Lò Thị Số {number}" in text for number in range(4))


def test_an_empty_group_is_said_not_printed(hands: Hands, place: Any) -> None:
    place._groups["unsent"] = ()
    place.choose(group="unsent")
    hands.rest()
    assert not place.printer.isEnabled()
    assert place.preview.file is None


def test_without_a_printer_the_file_is_offered(
    window: MainWindow, hands: Hands, place: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    del place
    monkeypatch.setattr(
        "PySide6.QtPrintSupport.QPrinterInfo.availablePrinters", staticmethod(list), raising=True
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
    text = pypdfium2.PdfDocument(place.preview.file)[0].get_textpage().get_text_range()
    assert "sang phải 2,5 mm" in text
    place.choose(paper="dossier")
    hands.rest()
    assert place.offset.isHidden()


def test_a_report_is_printed_though_nobody_is_chosen(hands: Hands, place: Any) -> None:
    place._groups["unsent"] = ()
    place.choose(paper="progress-report", group="unsent")
    hands.rest()
    assert place.printer.isEnabled()
    assert place.preview.pages >= 2


def test_an_empty_form_is_printed_without_anybody_on_it(hands: Hands, place: Any) -> None:
    place.choose(paper="score-sheet-secret", group="blank")
    hands.rest()
    text = pypdfium2.PdfDocument(place.preview.file)[0].get_textpage().get_text_range()
    assert "Tên giải pháp: ....." in text
    assert place.printer.isEnabled()
