"""The programme among the settings: shown, changed only after what would change was seen."""

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from desktop.app import App
from desktop.models.store import open_store
from desktop.programme.definition import programme_from_text
from desktop.tasks import adopting
from desktop.tasks.adopting import Proposal
from desktop.tasks.stores import DEFAULT_PROGRAMME
from desktop.views.main_window import MainWindow
from desktop.views.programme_change import AskOverride, ReviewSheet
from tests.views.conftest import Hands

KEY, SOURCE = "windows.apply_to", "Công văn 12/LĐLĐ"


def proposed(window: MainWindow) -> Proposal:
    assert window.desk.store is not None
    return adopting.propose_override(window.desk.store, KEY, "31/10/2021", SOURCE)


def sheet_of(window: MainWindow, hands: Hands, proposal: Proposal) -> ReviewSheet:
    """The sheet once its check has ended and its first lines are there."""
    hands.go("settings").programme.review(proposal, "Đổi hạn áp dụng")  # type: ignore[attr-defined] # the settings
    hands.rest()
    sheets = [one for one in window.findChildren(ReviewSheet) if one.isVisible()]
    assert len(sheets) == 1
    return sheets[0]


def verdicts(window: MainWindow) -> list[tuple[int, str]]:
    assert window.desk.store is not None
    with window.desk.store.reading() as connection:
        return connection.execute(
            "SELECT initiative_id, verdict FROM listing ORDER BY 1"
        ).fetchall()


def words_in(widget: Any) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def test_a_change_is_shown_as_a_table_before_it_is_accepted(
    window: MainWindow, hands: Hands
) -> None:
    before = verdicts(window)
    sheet = sheet_of(window, hands, proposed(window))
    row = [sheet.grid.index(0, at).data() for at in range(5)]
    assert sheet.grid.rowCount() == 1
    assert row[2:4] == ["Đủ điều kiện", "Không đủ điều kiện"]
    assert "31/10/2021" in row[4]
    assert "DK-07" in words_in(sheet.detail)
    sheet.leave.click()
    assert verdicts(window) == before


def test_accepting_changes_verdicts_and_is_undone_with_the_usual_key(
    window: MainWindow, hands: Hands
) -> None:
    before = verdicts(window)
    sheet_of(window, hands, proposed(window)).go.click()
    hands.rest()
    QApplication.processEvents()
    hands.rest()
    after = verdicts(window)
    assert [was[0] for was, now in zip(before, after, strict=True) if was != now] == [1]
    section: Any = hands.go("settings")
    told = words_in(section.programme)
    assert "31/10/2021" in told
    assert "01/09/2023" in told
    assert SOURCE in told
    window.undo()
    hands.rest()
    assert verdicts(window) == before
    section = hands.go("settings")
    assert "31/10/2021" not in words_in(section.programme)


def test_the_office_names_its_value_and_the_document(window: MainWindow, hands: Hands) -> None:
    hands.go("settings")
    assert window.desk.store is not None
    form = AskOverride(window, window.desk.store, KEY)
    assert "01/09/2023" in form.own.text()
    form.accept()
    assert form.trouble.text() == "Hãy ghi văn bản của đơn vị có quy định này."
    form.source.set_value(SOURCE)
    form._line.set_value("31/10/2019")
    form.accept()
    assert KEY in form.trouble.text()
    assert form.result() == 0
    form._line.set_value("31/10/2021")
    form.accept()
    assert form.proposal is not None
    assert form.proposal.programme.overridden[KEY].source == SOURCE


@pytest.mark.parametrize("key", ["switches.credit", "switches.recognisers", "stages.2.target"])
def test_every_kind_of_value_is_offered_as_it_is_in_force(
    window: MainWindow, hands: Hands, key: str
) -> None:
    hands.go("settings")
    assert window.desk.store is not None
    form = AskOverride(window, window.desk.store, key)
    form.source.set_value(SOURCE)
    form.accept()
    assert form.proposal is not None
    laid = form.proposal.programme.overridden[key]
    assert laid.office == laid.own


def test_a_stopped_check_says_so_and_can_be_started_again(window: MainWindow, hands: Hands) -> None:
    sheet = sheet_of(window, hands, proposed(window))
    sheet.start()
    sheet.stop.click()
    hands.rest()
    assert sheet.told.text() == "Đã dừng. Chưa thay đổi gì."
    assert not sheet.go.isEnabled()
    sheet.again.click()
    hands.rest()
    assert sheet.go.isEnabled()
    sheet.leave.click()


def test_another_programme_needs_a_tick(window: MainWindow, hands: Hands) -> None:
    store = window.desk.store
    assert store is not None
    other = next(one for code, one in store.shipped.items() if code != DEFAULT_PROGRAMME)
    sheet = sheet_of(window, hands, Proposal(other, other, (), another=True))
    assert sheet.sure.isVisible()
    assert not sheet.go.isEnabled()
    sheet.sure.click()
    sheet.go.click()
    hands.rest()
    assert store.programme.code == other.code


def test_a_store_that_cannot_be_written_is_looked_at_and_not_changed(
    app: App, open_app: Any
) -> None:
    assert app.store_folder is not None
    with open_store(app.store_folder, user="Mai", clock=app.clock, programmes=app.programmes):
        window = open_app(app)
        hands = Hands(window)
        sheet = sheet_of(window, hands, proposed(window))
        assert sheet.grid.rowCount() == 1
        assert not sheet.go.isEnabled()
        assert "Mai" in sheet.trouble.text()
        sheet.leave.click()


def test_another_version_that_ships_is_offered_without_a_question(app: App, open_app: Any) -> None:
    shipped = app.programmes[DEFAULT_PROGRAMME]
    text = shipped.text.replace("apply_to = 2023-09-01", "apply_to = 2021-10-31", 1)
    app._programmes[DEFAULT_PROGRAMME] = programme_from_text(text, "newer")
    window = open_app(app)
    hands = Hands(window)
    section: Any = hands.go("settings")
    assert section.programme.see_offer.isVisible()
    section.programme.see_offer.click()
    hands.rest()
    sheet = next(one for one in window.findChildren(ReviewSheet) if one.isVisible())
    assert sheet.grid.rowCount() == 1
    sheet.go.click()
    hands.rest()
    QApplication.processEvents()
    section = hands.go("settings")
    assert not section.programme.see_offer.isVisible()
    assert section.programme.findChildren(QPushButton)
