"""Writing never holds the window up: acts and drafts take their turn behind a job that writes."""

import threading
import time
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot

from desktop.models import drafts
from desktop.models.actions.initiatives import RecordInitiative
from desktop.progress import Progress
from desktop.views.main_window import MainWindow
from tests.stores import COMPLETE
from tests.views.conftest import Hands, sample


@pytest.fixture
def form(hands: Hands) -> Any:
    """The form of a new record, as a place."""
    return hands.go("entry")


def _hold_the_writer(window: MainWindow, seconds: float) -> threading.Event:
    """Start a job that has the store's only writing connection for so long."""
    store, writing = window.desk.store, threading.Event()
    assert store is not None

    def work(_progress: Progress) -> None:
        with store.derived_writes():
            writing.set()
            time.sleep(seconds)

    window.desk.jobs.run(work)
    assert writing.wait(5)
    return writing


def test_the_window_lives_while_a_save_waits_for_its_turn(
    window: MainWindow, hands: Hands, form: Any
) -> None:
    hands.type("Giá treo dụng cụ")
    _hold_the_writer(window, 0.6)
    beats: list[float] = []
    beat = QTimer(window, interval=20)
    beat.timeout.connect(lambda: beats.append(time.monotonic()))
    beat.start()
    assert form.save()
    assert len(beats) >= 10
    assert max(b - a for a, b in pairwise(beats)) < 0.4
    hands.rest()


def test_keeping_a_draft_does_not_wait_for_the_writer(
    window: MainWindow, hands: Hands, form: Any
) -> None:
    hands.type("Giá treo dụng cụ")
    _hold_the_writer(window, 0.6)
    began = time.monotonic()
    form.close_form()
    assert time.monotonic() - began < 0.4
    hands.rest()
    assert window.desk.store is not None
    with window.desk.store.reading() as connection:
        kept = drafts.load_all(connection, "Lan")
    assert [one.draft.title for one in kept] == ["Giá treo dụng cụ"]


def test_turning_to_another_place_does_not_wait_for_the_writer(
    window: MainWindow, hands: Hands
) -> None:
    _hold_the_writer(window, 0.6)
    began = time.monotonic()
    window.go("initiatives")
    assert time.monotonic() - began < 0.4
    hands.rest()


def test_a_draft_that_cannot_be_kept_is_said_and_never_a_bug(
    window: MainWindow, hands: Hands
) -> None:
    store = window.desk.store
    assert store is not None
    with store.derived_writes() as connection:
        connection.execute("PRAGMA max_page_count = 1")  # from now on the disk is full
    large = replace(COMPLETE, title="Giá treo dụng cụ " * 50_000)
    now = store.clock()
    window.doing.keep(lambda c: drafts.save(c, "new", large, user="Lan", now=now))
    hands.rest()
    assert "đĩa đầy" in window.bar.text


def refused(*_reading: object) -> None:
    """Stands for a disk that cannot be read just now."""
    raise OSError(5, "Input/output error")


def test_what_is_done_is_told_though_reading_it_back_fails(
    window: MainWindow, hands: Hands
) -> None:
    heard: list[object] = []
    window.desk.changed.connect(heard.append)
    assert window.doing.do(RecordInitiative(sample(1)), after=refused) is not None
    hands.rest()
    assert heard
    assert "Đã cất, nhưng chưa đọc lại được" in window.bar.text


def test_a_record_that_was_not_read_back_is_not_recorded_twice(
    window: MainWindow, hands: Hands, form: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands.type("Giá treo dụng cụ")
    with monkeypatch.context() as broken:
        broken.setattr("desktop.models.reading.drafts", refused)
        hands.control(Qt.Key.Key_S)
    hands.rest()
    assert form.record
    hands.type(" hai")
    hands.control(Qt.Key.Key_S)
    hands.rest()
    assert window.desk.store is not None
    with window.desk.store.reading() as connection:
        kept = connection.execute("SELECT title FROM initiative WHERE id >= ?", (form.record,))
        assert [row[0] for row in kept.fetchall()] == ["Giá treo dụng cụ hai"]


def test_a_bug_in_reading_back_is_reported_and_the_act_is_told(
    window: MainWindow, qtbot: QtBot
) -> None:
    def bug(*_reading: object) -> None:
        raise LookupError("gone")

    with qtbot.captureExceptions() as caught:
        assert window.doing.do(RecordInitiative(sample(1)), after=bug) is not None
        qtbot.waitUntil(lambda: bool(caught))
    assert [kind for kind, _error, _trace in caught] == [LookupError]
