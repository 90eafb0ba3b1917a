"""Backups that nobody asks for, the second place, and restoring by mouse."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from desktop.app import App
from desktop.models import backup, drafts
from desktop.models.actions.initiatives import AttachFile, RecordInitiative
from desktop.models.attachments import KeptFile, keep_content, path_of
from desktop.models.engines import sqlite
from desktop.views import safekeeping
from desktop.views.main_window import MainWindow
from desktop.views.messages import Question
from tests.stores import complete
from tests.views.conftest import Hands


@pytest.fixture
def keeping(
    open_app: Callable[[App], MainWindow], monkeypatch: pytest.MonkeyPatch
) -> Callable[[App], MainWindow]:
    """Opens windows as the program itself does: they back up by themselves."""
    plain = MainWindow.__init__

    def built(self: MainWindow, *given: Any) -> None:
        plain(self, *given)
        self.keeps_safe = True

    monkeypatch.setattr(MainWindow, "__init__", built)
    return open_app


def folder_of(app: App) -> Path:
    assert app.store_folder is not None
    return app.store_folder


def record(window: MainWindow, code: str) -> None:
    assert window.desk.store is not None
    window.desk.store.journal.do(RecordInitiative(complete(code=code, title=f"Việc {code}")))


def test_a_store_is_backed_up_after_the_start_and_again_before_it_is_closed(
    keeping: Callable[[App], MainWindow], app: App
) -> None:
    window = keeping(app)
    Hands(window).rest()
    assert [one.reason for one in backup.backups(folder_of(app))] == ["start"]
    assert window.navigation._backup.text() == "Đã sao lưu 09:00 hôm nay"
    record(window, "M")
    window.close()
    lines = backup.backups(folder_of(app))
    assert [(one.reason, one.initiatives) for one in lines] == [("exit", 6), ("start", 5)]


def test_nothing_new_needs_no_new_backup(keeping: Callable[[App], MainWindow], app: App) -> None:
    for _each in range(2):
        window = keeping(app)
        Hands(window).rest()
        window.close()
    assert len(backup.backups(folder_of(app))) == 1


def test_what_takes_too_long_at_the_end_is_made_at_the_next_start(
    keeping: Callable[[App], MainWindow], app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = keeping(app)
    Hands(window).rest()
    record(window, "M")
    monkeypatch.setattr(safekeeping, "SMALL", 0)
    window.close()
    assert len(backup.backups(folder_of(app))) == 1
    Hands(keeping(app)).rest()
    assert [one.reason for one in backup.backups(folder_of(app))] == ["start", "start"]


def attach(window: MainWindow, content: bytes) -> str:
    """Attach a scan to the first initiative; its SHA-256."""
    store = window.desk.store
    assert store is not None
    digest = keep_content(store.folder, content)
    store.journal.do(
        AttachFile(1, KeptFile(digest, "a.pdf", "application/pdf", len(content)), "decision")
    )
    return digest


def test_scans_count_among_what_takes_too_long_at_the_end(
    keeping: Callable[[App], MainWindow], app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = keeping(app)
    Hands(window).rest()
    size = (folder_of(app) / "store.db").stat().st_size
    monkeypatch.setattr(safekeeping, "SMALL", 2 * size)
    attach(window, b"%PDF-1.4" + bytes(2 * size))
    window.close()
    assert [one.reason for one in backup.backups(folder_of(app))] == ["start"]


def test_a_file_that_is_sound_nowhere_is_said_at_the_start(
    keeping: Callable[[App], MainWindow], app: App
) -> None:
    window = keeping(app)
    Hands(window).rest()
    path_of(folder_of(app), attach(window, b"%PDF-1.4 a")).write_bytes(b"%PDF-1.4 b")
    window.close()
    assert [one.reason for one in backup.backups(folder_of(app))] == ["exit", "start"]
    window = keeping(app)
    Hands(window).rest()
    assert "không còn đúng như lúc lưu" in window.bar.text


def test_each_backup_goes_to_the_second_place_and_one_that_is_gone_is_said(
    keeping: Callable[[App], MainWindow], app: App, tmp_path: Path
) -> None:
    app.settings.backup_folder = str(tmp_path / "usb")
    window = keeping(app)
    Hands(window).rest()
    assert "usb" in window.bar.text
    (tmp_path / "usb").mkdir()
    record(window, "M")
    window.close()
    assert len(list((tmp_path / "usb").rglob("*.skbackup"))) == 1


@pytest.mark.parametrize(
    ("place", "days", "said"),
    [("", 6, ""), ("", 8, "chọn nơi thứ hai"), ("usb", 8, "cắm USB")],
)
def test_a_banner_says_that_seven_days_went_by_without_a_second_copy(
    open_app: Callable[[App], MainWindow], app: App, place: str, days: int, said: str
) -> None:
    start = app.clock()
    app.clock = lambda: start + timedelta(days=days)
    app.settings.backup_folder = place
    window = open_app(app)
    Hands(window).rest()
    assert said in window.bar.text
    assert bool(window.bar.text) == bool(said)


@pytest.mark.parametrize(
    ("minutes", "said"), [(-9, ""), (-60, "Đồng hồ máy tính"), (-3 * 10**6, "Đồng hồ máy tính")]
)
def test_a_clock_behind_the_newest_change_is_told(
    open_app: Callable[[App], MainWindow], app: App, minutes: int, said: str
) -> None:
    start = app.clock()
    app.clock = lambda: start + timedelta(minutes=minutes)
    window = open_app(app)
    Hands(window).rest()
    assert said in window.bar.text
    assert bool(window.bar.text) == bool(said)


def test_a_clock_that_is_wrong_is_told_beside_the_draft_that_is_offered(
    open_app: Callable[[App], MainWindow], app: App
) -> None:
    with app.open_store() as store, store.derived_writes() as connection:
        drafts.save(connection, "new", complete(title="Dở dang"), user="Lan", now=app.clock())
    start = app.clock()
    app.clock = lambda: start.replace(year=2000)
    window = open_app(app)
    Hands(window).rest()
    assert "Đồng hồ máy tính" in window.bar.text
    assert "Dở dang" in window.bar.text


def answering(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Answers the questions that come by clicking; what they said."""
    said, waiting = [], list(answers)

    def clicked(question: Question) -> int:
        said.append(question.children()[1].text())  # type: ignore[attr-defined] # the label
        question._take(waiting.pop(0))
        return 1

    monkeypatch.setattr(Question, "exec", clicked)
    return said


@pytest.mark.parametrize(("way", "codes"), [("later", ["M", "M2"]), ("exactly", ["M"])])
def test_a_backup_is_restored_by_mouse_after_a_comparison(
    window: MainWindow,
    hands: Hands,
    monkeypatch: pytest.MonkeyPatch,
    way: str,
    codes: list[str],
) -> None:
    record(window, "M")
    place: Any = hands.go("settings")
    place.backups.now.click()
    hands.rest()
    hands.rest()
    record(window, "M2")
    said = answering(monkeypatch, way, "restore")
    assert not place.backups.restore.isEnabled()
    place.backups.list.setCurrentRow(0)
    place.backups.restore.click()
    hands.rest()
    hands.rest()
    assert window.bar.text.startswith("Đã khôi phục")
    assert "7 sáng kiến" in said[1]
    assert window.desk.store is not None
    with window.desk.store.reading() as connection:
        rows = connection.execute("SELECT code FROM initiative WHERE code LIKE 'M%' ORDER BY 1")
        assert [row[0] for row in rows.fetchall()] == codes


def test_a_restore_that_is_not_wanted_after_all_changes_nothing(
    window: MainWindow, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    place: Any = hands.go("settings")
    place.backups.now.click()
    hands.rest()
    hands.rest()
    record(window, "M2")
    answering(monkeypatch, "exactly", "")
    place.backups.list.setCurrentRow(0)
    place.backups.restore.click()
    hands.rest()
    assert window.bar.text == "Không có gì thay đổi."
    assert window.desk.store is not None
    assert len(window.desk.store.journal.history()) == 7
    assert not (window.desk.store.folder / ".restoring").exists()


def test_a_damaged_store_is_restored_from_the_welcome(
    app: App, open_app: Callable[[App], MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.open_store() as store:
        line = backup.back_up(store)
        store.journal.do(RecordInitiative(complete(code="SAU")))
    (folder_of(app) / "store.db").write_bytes(b"")
    window = open_app(app)
    answering(monkeypatch, "later", "restore")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_words: (str(line.path), ""))
    place: Any = window.place
    place.restore.setFocus()
    hands = Hands(window)
    hands.press(Qt.Key.Key_Space)
    hands.rest()
    hands.rest()
    assert window.current == "initiatives"
    assert window.desk.store is not None
    assert window.desk.store.journal.history()[0].action == "RecordInitiative"


def test_why_a_store_could_not_be_opened_is_said_at_every_act(
    app: App, open_app: Callable[[App], MainWindow]
) -> None:
    connection = sqlite.connect(folder_of(app), read_only=False)
    connection.execute("DROP TRIGGER journal_programme_in_force_update")
    connection.execute("UPDATE programme_in_force SET definition = '[['")
    connection.close()
    window = open_app(app)
    Hands(window).rest()
    assert window.doing.store() is None
    assert window.bar.property("tone") == "bad"


def test_how_old_the_last_backup_may_be_is_kept(window: MainWindow, hands: Hands) -> None:
    place: Any = hands.go("settings")
    place.backups.days.setCurrentIndex(place.backups.days.findData(3))
    place.backups.days.activated.emit(0)
    assert window.desk.app.settings.backup_days == 3
