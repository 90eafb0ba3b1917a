"""The overview, the settings and the record beside the list, on the store as it is."""

from typing import Any

from desktop.models.dossiers import Dossier
from desktop.models.entry import DecisionDraft, InitiativeDraft
from desktop.views.detail_pane import checklist, next_step
from desktop.views.main_window import MainWindow
from desktop.views.register_place import Wish
from tests.stores import COMPLETE, complete
from tests.views.conftest import Hands


def test_a_figure_of_the_overview_leads_to_its_list(window: MainWindow, hands: Hands) -> None:
    place: Any = hands.go("overview")
    buttons = place.findChildren(type(place.desk.parent().navigation._buttons["overview"]))
    see = next(one for one in buttons if one.accessibleName() == "1 đủ điều kiện")
    see.click()
    hands.rest()
    register: Any = window.place
    assert register.listing.verdict == "eligible"
    assert register.grid.rowCount() == 1


def test_the_list_stands_on_the_record_that_was_wished_for(hands: Hands) -> None:
    place: Any = hands.go("initiatives", Wish(record=3))
    assert place.table.current_id() == 3


def test_the_offices_sheet_is_saved_line_by_line(window: MainWindow, hands: Hands) -> None:
    place: Any = hands.go("settings")
    place.office.grid.boxes["header"].set_value("TỔNG LIÊN ĐOÀN\n\n LIÊN ĐOÀN TỈNH ")
    place.save()
    hands.rest()
    assert window.desk.store is not None
    assert window.desk.store.office().header == ("TỔNG LIÊN ĐOÀN", "LIÊN ĐOÀN TỈNH")


def test_a_backup_is_made_and_listed_at_once(window: MainWindow, hands: Hands) -> None:
    place: Any = hands.go("settings")
    place.backups.now.click()
    hands.rest()
    hands.rest()
    assert place.backups.list.count() == 1
    assert "5 sáng kiến" in place.backups.list.item(0).text()
    assert window.navigation._backup.text() == "Đã sao lưu 09:00 hôm nay"


def test_a_sound_store_is_said_to_be_sound(hands: Hands) -> None:
    place: Any = hands.go("settings")
    place.backups.check.click()
    hands.rest()
    assert place.backups._health.property("tone") == "good"


def test_the_dossier_list_says_what_is_missing() -> None:
    bare = Dossier(1, "SK22-0001", InitiativeDraft(title="Chỉ có tên"))
    assert [done for done, _text in checklist(bare)] == [False, False, False, False]
    whole = Dossier(1, "SK22-0001", COMPLETE)
    assert [done for done, _text in checklist(whole)] == [True, True, True, False]


def test_there_is_one_next_step_for_every_state() -> None:
    unsent = complete(portal_state="unsent", sent=None)
    cases = [
        (InitiativeDraft(), "entry"),
        (complete(decision=None), "decisions"),
        (complete(decision=DecisionDraft(issuer="Hội đồng")), "decisions"),
        (unsent, "exchange"),
        (COMPLETE, "printing"),
    ]
    assert [next_step(Dossier(1, "", draft))[2] for draft, _p in cases] == [p for _d, p in cases]


def test_markup_in_a_title_is_shown_not_obeyed(window: MainWindow, hands: Hands) -> None:
    window.desk.say('<img src="x"><b>Máy</b>', "warn")
    hands.rest()
    assert window.bar.text == '<img src="x"><b>Máy</b>'
    labels = window.bar.findChildren(type(window._counts))
    assert {one.textFormat().name for one in labels} == {"PlainText"}
