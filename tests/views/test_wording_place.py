"""The form editor: typed into by keys alone, the page following, kept by one act."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from desktop.app import App
from desktop.models.actions.office import ReviseWording
from desktop.printing.form_fields import FORMS
from desktop.printing.official_forms import Signatory
from desktop.printing.wording import Own, Wording
from desktop.tasks import wording as task
from desktop.views.main_window import MainWindow
from desktop.views.printing_place import PrintingPlace
from desktop.views.wording_boxes import FieldEditor, SwitchBox
from desktop.views.wording_place import Read, WordingPlace
from tests.views.conftest import Hands

KEY = "submission.closing"


@pytest.fixture
def place(hands: Hands) -> WordingPlace:
    found = hands.go("wording", "submission")
    assert isinstance(found, WordingPlace)
    # Fitted to its room, a page is drawn anew once its scroll bar has come.
    found.preview.size_box.setCurrentIndex(found.preview.size_box.findData(100))
    hands.rest()
    return found


def page(place: WordingPlace) -> bytes:
    """The picture of the page that is looked at."""
    picture = place.preview._sheet.pixmap().toImage()
    assert not picture.isNull()
    return bytes(picture.constBits())


def kept(place: WordingPlace) -> tuple[Own, ...]:
    store = place.desk.store
    assert store is not None
    return task.standing(store, place.desk.app.resources).own


def focus(editor: FieldEditor) -> None:
    editor.periods[0].kind.box.setFocus()


def test_the_page_follows_what_is_typed_and_one_save_keeps_it(
    place: WordingPlace, hands: Hands
) -> None:
    before = page(place)
    focus(place.editors["submission.code"])
    hands.type("Mẫu 08")
    hands.rest()
    assert page(place) != before
    assert kept(place) == ()
    hands.control(Qt.Key.Key_S)
    hands.rest()
    assert [(one.key, one.value) for one in kept(place)] == [("submission.code", "Mẫu 08")]
    assert not place.keep.isEnabled()
    hands.window.undo()
    hands.rest()
    assert kept(place) == ()
    assert page(place) == before


def test_the_focus_stays_in_the_field_when_it_is_saved(place: WordingPlace, hands: Hands) -> None:
    box = place.editors["submission.code"].periods[0].kind.box
    box.setFocus()
    hands.type("Mẫu 08")
    hands.control(Qt.Key.Key_S)
    hands.rest()
    assert QApplication.focusWidget() is box
    hands.type("a")
    hands.rest()
    assert list(place.drafted) == ["submission.code"]
    hands.press(Qt.Key.Key_Backspace)
    assert place.drafted == {}


def test_enter_goes_on_to_the_next_field(place: WordingPlace, hands: Hands) -> None:
    focus(place.editors["submission.code"])
    hands.press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is place.editors["submission.symbol"].periods[0].kind.box


def test_nothing_waits_while_somebody_types(place: WordingPlace, hands: Hands) -> None:
    focus(place.editors["submission.code"])
    number = place._number
    hands.type("Mẫu số mười hai")
    assert place.pending
    hands.rest()
    assert place._number == number + 1


def test_what_does_not_fit_is_said_below_the_field_and_not_kept(
    place: WordingPlace, hands: Hands
) -> None:
    editor = place.editors[KEY]
    focus(editor)
    before = page(place)
    hands.control(Qt.Key.Key_End)
    hands.type(" {unit}")
    hands.rest()
    assert "{superior}" in editor.trouble.text()
    assert page(place) == before
    hands.control(Qt.Key.Key_S)
    hands.rest()
    assert kept(place) == ()
    assert place.drafted


def test_changes_on_several_papers_are_kept_by_one_act(place: WordingPlace, hands: Hands) -> None:
    focus(place.editors["submission.code"])
    hands.type("Mẫu 08")
    place.choose("receipt")
    hands.rest()
    focus(place.editors["receipt.code"])
    hands.type("Mẫu 05")
    place.choose("submission")
    assert place.editors["submission.code"].periods[0].kind.box.value() == "Mẫu 08"
    place.save()
    hands.rest()
    assert [one.key for one in kept(place)] == ["receipt.code", "submission.code"]
    store = place.desk.store
    assert store is not None
    store.journal.undo()
    assert kept(place) == ()


def test_words_for_other_days_are_asked_with_their_days(place: WordingPlace, hands: Hands) -> None:
    editor = place.editors["submission.code"]
    focus(editor)
    hands.type("Mẫu 08")
    editor.periods[0].last.setFocus()
    hands.type("30/06/2025")
    editor.more.setFocus()
    hands.press(Qt.Key.Key_Space)
    hands.type("Mẫu 09")
    editor.periods[1].first.setFocus()
    hands.type("1/7/2025")
    place.save()
    hands.rest()
    assert [(one.value, one.valid_from, one.valid_to) for one in kept(place)] == [
        ("Mẫu 08", None, date(2025, 6, 30)),
        ("Mẫu 09", date(2025, 7, 1), None),
    ]


def test_the_day_of_the_paper_chooses_what_the_page_shows(
    place: WordingPlace, hands: Hands
) -> None:
    before = page(place)
    place.editors["submission.code"].show_own((Own("submission.code", "Mẫu 08", date(2026, 1, 1)),))
    place._edited("submission.code")
    hands.rest()
    assert page(place) == before
    place.day.setFocus()
    hands.control(Qt.Key.Key_A)
    hands.type("02/01/2026")
    hands.rest()
    assert page(place) != before


def test_a_signer_is_entered_by_keys(hands: Hands) -> None:
    place = hands.go("wording", "office")
    assert isinstance(place, WordingPlace)
    place.editors["office.signatories"].periods[0].kind.box.add.setFocus()
    hands.press(Qt.Key.Key_F5)
    hands.type("TM. BAN THƯỜNG VỤ / PHÓ CHỦ TỊCH")
    hands.press(Qt.Key.Key_Tab)
    hands.type("Lò Thị Mai")
    hands.press(Qt.Key.Key_Tab)
    hands.type("01/01/2022")
    place.save()
    hands.rest()
    (own,) = kept(place)
    lines = ("TM. BAN THƯỜNG VỤ", "PHÓ CHỦ TỊCH")
    assert own.value == (Signatory(lines, "Lò Thị Mai", date(2022, 1, 1)),)


def test_an_entry_is_taken_out_by_its_key(place: WordingPlace, hands: Hands) -> None:
    editor = place.editors["submission.bases"]
    box = editor.periods[0].kind.box
    count = len(box.value())
    next(iter(box._entries[0][1].values())).box.setFocus()
    hands.press(Qt.Key.Key_F6)
    hands.rest()
    assert len(box.value()) == count - 1
    editor.reset()
    assert (
        len(box.value() if box in editor.periods else editor.periods[0].kind.box.value()) == count
    )


def test_a_field_goes_back_to_the_shipped_words(place: WordingPlace, hands: Hands) -> None:
    editor = place.editors["submission.code"]
    focus(editor)
    hands.type("Mẫu 08")
    place.save()
    hands.rest()
    place.editors["submission.code"].back.setFocus()
    hands.press(Qt.Key.Key_Space)
    place.save()
    hands.rest()
    assert kept(place) == ()


@pytest.mark.parametrize("everything", [True, False])
def test_a_paper_or_all_go_back_by_one_act(
    place: WordingPlace, hands: Hands, everything: bool
) -> None:
    for form in ("receipt", "submission"):
        place.choose(form)
        focus(place.editors[f"{form}.code"])
        hands.type("Mẫu 08")
    place.save()
    hands.rest()
    place.reset_all() if everything else place.reset_paper()
    hands.rest()
    assert [one.key for one in kept(place)] == ([] if everything else ["receipt.code"])


def test_words_are_handed_on_and_taken(place: WordingPlace, hands: Hands, tmp_path: Path) -> None:
    focus(place.editors["submission.code"])
    hands.type("Mẫu 08")
    place.save()
    hands.rest()
    file = tmp_path / "cau-chu.toml"
    place.hand_to(file)
    place.reset_all()
    hands.rest()
    place.take_from(file)
    hands.rest()
    assert [one.value for one in kept(place)] == ["Mẫu 08"]


def test_a_changed_shipped_value_that_is_hidden_is_shown_with_a_way_to_keep_ones_own(
    place: WordingPlace, hands: Hands
) -> None:
    store = place.desk.store
    assert store is not None
    shipped = place.wording.shipped if place.wording else None
    assert shipped is not None
    old = Wording(shipped, [Own(KEY, "Kính trình.", instead_of="Bản cũ.")])
    place._show_wording(Read(old, {}))
    hands.rest()
    assert [one.key for one in old.hidden()] == [KEY]
    place._keep_own(KEY)
    hands.rest()
    assert [(one.key, one.instead_of) for one in kept(place)] == [(KEY, shipped.submission.closing)]


@pytest.mark.parametrize("form", [one.form for one in FORMS])
def test_every_form_is_shown_as_it_ships_with_names_for_screen_readers(
    form: str, hands: Hands
) -> None:
    place = hands.go("wording", form)
    assert isinstance(place, WordingPlace)
    assert [key for key, editor in place.editors.items() if editor.own()] == []
    boxes = [one.periods[0].kind.box for one in place.editors.values()]
    assert all(box.accessibleName() for box in boxes)
    assert place.preview.pages > 0
    assert place.minimumSizeHint().width() <= 1093


def test_the_keyboard_reaches_every_field(place: WordingPlace, hands: Hands) -> None:
    focus(place.editors["submission.code"])
    met = set()
    for _step in range(60):
        now = QApplication.focusWidget()
        met |= {key for key, one in place.editors.items() if now and one.isAncestorOf(now)}
        hands.press(Qt.Key.Key_Tab)
    assert met == set(place.editors)


def test_escape_goes_back_to_the_settings_and_what_is_typed_waits(
    place: WordingPlace, hands: Hands, window: MainWindow
) -> None:
    focus(place.editors["submission.code"])
    hands.type("Mẫu 08")
    hands.press(Qt.Key.Key_Escape)
    hands.rest()
    assert window.current == "settings"
    hands.go("wording", "submission")
    assert place.editors["submission.code"].periods[0].kind.box.value() == "Mẫu 08"


def test_what_was_typed_is_there_again_after_the_window_was_closed(
    place: WordingPlace, hands: Hands, open_app: Callable[[App], MainWindow], app: App
) -> None:
    focus(place.editors["submission.code"])
    hands.type("Mẫu 08")
    hands.window.close()
    again = Hands(open_app(app))
    found = again.go("wording", "submission")
    assert isinstance(found, WordingPlace)
    assert found.editors["submission.code"].periods[0].kind.box.value() == "Mẫu 08"
    assert kept(found) == ()
    found.save()
    again.rest()
    assert [one.value for one in kept(found)] == ["Mẫu 08"]


def test_a_switch_is_changed_by_the_space_bar(hands: Hands) -> None:
    place = hands.go("wording", "certificate")
    assert isinstance(place, WordingPlace)
    box = place.editors["certificate.per_author"].periods[0].kind.box
    assert isinstance(box, SwitchBox)
    box.setFocus()
    hands.press(Qt.Key.Key_Space)
    place.save()
    hands.rest()
    assert [one.value for one in kept(place)] == [False]


def test_the_settings_lead_to_the_editor(hands: Hands, window: MainWindow) -> None:
    hands.go("settings")
    window.place.wording.open.click()  # type: ignore[attr-defined]  # the settings
    hands.rest()
    assert window.current == "wording"


def test_an_empty_store_shows_samples(
    open_app: Callable[[App], MainWindow], app: App, template_store: Path, tmp_path: Path
) -> None:
    app.store_folder = Path(shutil.copytree(template_store, tmp_path / "empty"))
    hands = Hands(open_app(app))
    place = hands.go("wording", "council_minutes")
    assert isinstance(place, WordingPlace)
    assert place.preview.pages > 0


@pytest.fixture
def spoilt(hands: Hands) -> WordingPlace:
    """The editor over a store with a value that cannot be used, at another paper."""
    store = hands.window.desk.store
    assert store is not None
    form_set = store.programme.form_set
    store.journal.do(ReviseWording(form_set, ((KEY, '[{"value": 5}]'),), "x"))
    found = hands.go("wording", "receipt")
    assert isinstance(found, WordingPlace)
    return found


def press_offer(hands: Hands, words: str) -> None:
    """Press a button of the message bar by the keyboard."""
    found = (one for one in hands.window.bar.findChildren(QPushButton) if one.text() == words)
    next(found).setFocus()
    hands.press(Qt.Key.Key_Space)
    hands.rest()


def reset_button(place: WordingPlace) -> QPushButton | None:
    found: QPushButton | None = place.findChild(QPushButton, f"reset {KEY}")
    return found


def test_an_unusable_value_is_said_shown_and_reset_by_a_button(
    spoilt: WordingPlace, hands: Hands
) -> None:
    assert "không dùng được" in spoilt.paper.itemText(spoilt.paper.findData("submission"))
    assert "không dùng được nữa" in hands.window.bar.text
    assert spoilt.preview.pages >= 1
    press_offer(hands, "Xem ô này")
    assert spoilt.form.form == "submission"
    found = reset_button(spoilt)
    assert found is not None
    found.setFocus()
    hands.press(Qt.Key.Key_Space)
    hands.rest()
    assert (spoilt.spoilt, reset_button(spoilt)) == (frozenset(), None)
    assert kept(spoilt) == ()


def test_an_unusable_value_is_written_anew_and_undo_brings_it_back(
    spoilt: WordingPlace, hands: Hands
) -> None:
    spoilt.show_field(KEY)
    hands.control(Qt.Key.Key_A)
    hands.type("Kính đề nghị xem xét./.")
    hands.control(Qt.Key.Key_S)
    hands.rest()
    assert [one.value for one in kept(spoilt)] == ["Kính đề nghị xem xét./."]
    assert spoilt.spoilt == frozenset()
    hands.window.undo()
    hands.rest()
    assert spoilt.spoilt == {KEY}
    assert reset_button(spoilt) is not None


def test_an_unusable_value_is_reset_from_the_message_too(
    spoilt: WordingPlace, hands: Hands
) -> None:
    press_offer(hands, "Đặt lại về bản gốc")
    assert spoilt.spoilt == frozenset()


def test_the_printing_place_leads_to_the_value_that_cannot_be_used(
    spoilt: WordingPlace, hands: Hands
) -> None:
    del spoilt
    place = hands.go("printing")
    hands.rest()
    assert isinstance(place, PrintingPlace)
    assert "không dùng được nữa" in hands.window.bar.text
    assert place.preview.pages > 0
    press_offer(hands, "Câu chữ giấy tờ")
    assert hands.window.current == "wording"
