"""Send – receive: a workbook is looked at before it is recorded, and taken back in one step."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.exchange import template_v1
from desktop.models import register
from desktop.tasks.importing import programme_lists
from desktop.views.main_window import MainWindow
from tests.stores import COMPLETE
from tests.views.conftest import Hands


@pytest.fixture
def place(hands: Hands) -> Any:
    return hands.go("exchange", "import")


@pytest.fixture
def workbook(window: MainWindow, tmp_path: Path) -> Path:
    """Two good rows and one whose code is taken."""
    assert window.desk.store is not None
    drafts = [
        replace(COMPLETE, title="Nhập một"),
        replace(COMPLETE, title="Nhập hai"),
        replace(COMPLETE, title="Trùng mã", code="SK22-0001"),
    ]
    file = tmp_path / "danh sách.xlsx"
    template_v1.write_template(file, programme_lists(window.desk.store.programme), drafts)
    return file


def total(window: MainWindow) -> int:
    assert window.desk.connection is not None
    return register.counts(window.desk.connection, register.Listing())["total"]


def test_a_workbook_is_shown_row_by_row_before_anything_is_recorded(
    window: MainWindow, hands: Hands, place: Any, workbook: Path
) -> None:
    place.receiving.read(workbook)
    hands.rest()
    table = place.receiving.table
    texts = [table.item(at, 1).text() for at in range(table.rowCount())]
    assert len(texts) == 3
    assert "SK22-0001" in texts[0]
    assert texts[1:] == ["Sẽ được nhập", "Sẽ được nhập"]
    assert total(window) == 5


def test_an_import_is_recorded_and_taken_back_in_one_step(
    window: MainWindow, hands: Hands, place: Any, workbook: Path
) -> None:
    place.receiving.read(workbook)
    hands.rest()
    place.receiving.record.click()
    hands.rest()
    assert total(window) == 7
    place.receiving.undo.click()
    hands.rest()
    assert total(window) == 5


def test_a_file_that_is_no_workbook_is_refused_with_the_reason(
    window: MainWindow, hands: Hands, place: Any, tmp_path: Path
) -> None:
    stranger = tmp_path / "ghi chú.xlsx"
    stranger.write_text("đây không phải bảng tính", encoding="utf-8")
    place.receiving.read(stranger)
    hands.rest()
    assert window.bar.property("tone") == "bad"
    assert place.receiving.found is None


def test_the_portal_workbook_is_written_and_sends_nothing(
    window: MainWindow, hands: Hands, place: Any, tmp_path: Path
) -> None:
    target = tmp_path / "cong.xlsx"
    place.sending.export_to(target)
    hands.rest()
    assert target.read_bytes()[:2] == b"PK"
    assert window.desk.connection is not None
    listing = register.Listing(portal_state="sent")
    assert register.count(window.desk.connection, listing) == 1
