"""A real window over a real store, and hands that type into it key by key."""

import gc
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import App
from desktop.models.actions.initiatives import RecordInitiative
from desktop.models.entry import AuthorDraft, InitiativeDraft
from desktop.models.store import open_store
from desktop.programme.definition import Programme
from desktop.settings import Settings
from desktop.vietnamese.dates import PartialDate
from desktop.views.main_window import MainWindow, prepare_application
from desktop.views.pictures import settle
from desktop.views.place import Place
from tests.stores import COMPLETE

HERE = Path(__file__).resolve().parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The platform without a screen says that it has no window manager; that is no fault."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(autouse=True)
def rubbish() -> Iterator[None]:
    """Python collects no widgets on a worker's thread, not even those of an earlier test."""
    gc.disable()
    yield
    gc.enable()


TITLES = (
    "Làm giá phơi đường ống nước khu tập thể",
    "Bộ thẻ hình song ngữ Mông – Việt",
    "Quy trình tiếp nhận hồ sơ khám bệnh một cửa",
    "Giải pháp giữ ấm chuồng trại mùa đông",
)


class Hands:
    """Types and presses keys as a person does, and waits until the window has come to rest."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window

    def type(self, words: str) -> None:
        """Type a text into whatever has the focus, one key event a letter."""
        for letter in words:
            widget = QApplication.focusWidget()
            assert widget is not None
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(widget, event)

    def press(
        self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, held)
        QApplication.processEvents()

    def control(self, key: Qt.Key) -> None:
        """Press a key with Ctrl."""
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def rest(self) -> None:
        """Wait until nothing is under way any more; what a place waits for comes at once."""
        for timer in self.window.findChildren(QTimer):
            if isinstance(timer.parent(), Place) and timer.isActive():
                timer.setInterval(0)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        settle(application, self.window)

    def go(self, place: str, wish: object = None) -> QWidget:
        """Go to a place, and wait until it is there."""
        self.window.go(place, wish)
        self.rest()
        return self.window.place


def sample(number: int) -> InitiativeDraft:
    """One of several initiatives that differ in title, author and unit; no decision yet."""
    return replace(
        COMPLETE,
        title=TITLES[number],
        unit=f"CĐCS số {number}",
        use=PartialDate(2022, 3, 1 + number),
        authors=(AuthorDraft(f"Lò Thị Số {number}", share=Decimal(100), credited=True),),
        decision=None,
        sent=None,
        portal_state="unsent",
    )


@pytest.fixture(scope="session")
def stocked(
    template_store: Path,
    tmp_path_factory: pytest.TempPathFactory,
    programmes: dict[str, Programme],
) -> Path:
    """A store with a complete initiative and four more, made through the journal."""
    folder = Path(shutil.copytree(template_store, tmp_path_factory.mktemp("stocked") / "store"))
    now = datetime.fromisoformat("2022-06-15T09:00:00+07:00")
    with open_store(folder, user="Lan", clock=lambda: now, programmes=programmes) as store:
        store.journal.do(RecordInitiative(COMPLETE))
        for number in range(len(TITLES)):
            store.journal.do(RecordInitiative(sample(number)))
    return folder


@pytest.fixture
def app(
    stocked: Path,
    tmp_path: Path,
    resources: Path,
    clock: Callable[[], datetime],
    programmes: dict[str, Programme],
) -> App:
    folder = Path(shutil.copytree(stocked, tmp_path / "store"))
    app = App(resources, Settings(user_name="Lan"), clock, folder)
    app._programmes.update(programmes)
    return app


@pytest.fixture
def open_app(qtbot: QtBot) -> Iterator[Callable[[App], MainWindow]]:
    """Opens windows, and closes them at the end."""
    windows: list[MainWindow] = []

    def opening(app: App) -> MainWindow:
        application = prepare_application(app)
        window = MainWindow(app, application)
        window.resize(1366, 728)
        window.show()
        window.activateWindow()
        qtbot.waitExposed(window)
        windows.append(window)
        settle(application, window)
        return window

    yield opening
    for window in windows:
        window.close()
        window.deleteLater()
    # Without an event loop nobody else deletes them, and each new style would dress them all.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


@pytest.fixture
def window(open_app: Callable[[App], MainWindow], app: App) -> MainWindow:
    return open_app(app)


@pytest.fixture
def hands(window: MainWindow) -> Hands:
    return Hands(window)
