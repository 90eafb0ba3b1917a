"""The window over a hundred thousand initiatives: how long a clerk waits, by real key events.

Two figures for each act: the answer, from the key to the window at rest with what was asked for
painted, and the stall, the longest time in which the window heard nothing. A person notices a
stall of more than 100 ms, and waits knowingly after a second. ``--records`` and ``--store`` as for
the store. It works in a copy of nothing: what it enters it also takes back.
"""

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from benchmarks.store import ROOT, Ground, at_most, fill
from desktop import text
from desktop.app import App
from desktop.programme.definition import load_programmes
from desktop.settings import Settings
from desktop.vietnamese.dates import VIETNAM
from desktop.views.main_window import MainWindow, prepare_application
from desktop.views.pictures import settle

RECORDS = 100_000
ANSWER, STALL = 1_000, 100
TYPED = ("tiết kiệm điện", "quy trinh", "bao tri may", "nguyễn văn", "an toan lao dong")
HELD = Qt.KeyboardModifier.ControlModifier
PLACES = ("overview", "decisions", "printing", "issued", "exchange", "settings", "initiatives")


class Pulse(QTimer):
    """Beats every few milliseconds as long as the window hears; ``longest`` is the worst pause."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = time.perf_counter()
        self.timeout.connect(self.beat)
        self.start(2)

    def beat(self) -> None:
        """Take note of the pause since the last beat."""
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now

    def anew(self) -> None:
        """Forget the pauses so far."""
        self._last = time.perf_counter()
        self.longest = 0.0


@dataclass
class Clerk:
    """Hands on the keyboard, and a watch."""

    application: QApplication
    window: MainWindow
    pulse: Pulse = field(default_factory=Pulse)
    answers: dict[str, list[float]] = field(default_factory=dict)
    stalls: dict[str, list[float]] = field(default_factory=dict)

    @property
    def place(self) -> Any:
        """The place that is shown."""
        return self.window.place

    @contextmanager
    def timed(self, act: str, rests: Callable[[], bool] | None = None) -> Iterator[None]:
        """From the key until ``rests``, by default until nothing is under way in the window."""
        self.pulse.anew()
        print(f"\r  {act:60}", end="", file=sys.stderr, flush=True)
        began = time.perf_counter()
        yield
        while rests is not None and not rests():
            self.pause(2)
        if rests is None:
            settle(self.application, self.window)
        self.answers.setdefault(act, []).append(time.perf_counter() - began)
        self.application.processEvents()
        self.pulse.beat()
        self.stalls.setdefault(act, []).append(self.pulse.longest)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, held)

    def type(self, words: str) -> Iterator[str]:
        """Type letter by letter into what has the focus; what was typed so far."""
        for end, letter in enumerate(words, 1):
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(QApplication.focusWidget() or self.window, event)
            yield words[:end]

    def pause(self, milliseconds: int) -> None:
        """Let the window live for a while, as between two keys of a person."""
        end = time.perf_counter() + milliseconds / 1000
        while time.perf_counter() < end:
            self.application.processEvents()
            time.sleep(0.001)

    def report(self) -> None:
        """Each act with its answers and its worst stall."""
        for act, answers in self.answers.items():
            at_most(f"{act}: answer", answers, ANSWER)
            at_most(f"{act}: stall", self.stalls[act], STALL)


def searching(clerk: Clerk) -> None:
    """Words typed at the pace of a fast typist, and taken away again."""
    for words in TYPED:
        clerk.key(Qt.Key.Key_F, HELD)
        for _so_far in clerk.type(words[:-1]):
            clerk.pause(90)
        with clerk.timed("a word searched, from its last key"):
            list(clerk.type(words[-1]))
        with clerk.timed("the search left with Esc"):
            clerk.key(Qt.Key.Key_Escape)


def keys(clerk: Clerk) -> None:
    """Each key of a search by itself."""
    for words in TYPED[:3]:
        clerk.key(Qt.Key.Key_F, HELD)
        for letter in words:
            with clerk.timed("one key in the search"):
                list(clerk.type(letter))
        clerk.key(Qt.Key.Key_Escape)
        settle(clerk.application, clerk.window)


def filtering(clerk: Clerk) -> None:
    """Every shelf chosen in turn by a click on its chip."""
    chips = clerk.place.chips.findChildren(QPushButton)
    shown = [chip for chip in chips if chip.isCheckable() and chip.isVisible()]
    for chip in (*shown[1:], shown[0]):
        with clerk.timed("a shelf chosen"):
            QTest.mouseClick(chip, Qt.MouseButton.LeftButton)


def sorting(clerk: Clerk) -> None:
    """Every header clicked twice: up, down."""
    table = clerk.place.table
    header = table.horizontalHeader()
    for section in range(header.count()):
        if header.isSectionHidden(section):
            continue
        for _turn in range(2):
            at = QPoint(header.sectionViewportPosition(section) + 12, header.height() // 2)
            with clerk.timed("a header clicked"):
                QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)


def leafing(clerk: Clerk) -> None:
    """Pages down, the end, the beginning."""
    clerk.place.table.setFocus()
    for key in [Qt.Key.Key_PageDown] * 20 + [Qt.Key.Key_End, Qt.Key.Key_Home] * 5:
        with clerk.timed("a page turned, the end, the beginning"):
            clerk.key(key, HELD if key != Qt.Key.Key_PageDown else Qt.KeyboardModifier.NoModifier)


def editing(clerk: Clerk, dice: random.Random) -> None:
    """A record opened, its title lengthened, saved, undone."""
    for number in range(8):
        clerk.place.table.setFocus()
        for _row in range(dice.randrange(1, 9)):
            clerk.key(Qt.Key.Key_Down)
        settle(clerk.application, clerk.window)
        with clerk.timed("a record opened"):
            clerk.key(Qt.Key.Key_Return)
        clerk.place.form.boxes["title"].setFocus()
        clerk.key(Qt.Key.Key_End)
        for _so_far in clerk.type(f" lần {number}"):
            clerk.pause(90)
        with clerk.timed("a change saved"):
            clerk.key(Qt.Key.Key_S, HELD)
        clerk.window.go("initiatives")
        settle(clerk.application, clerk.window)
        with clerk.timed("a save undone"):
            clerk.key(Qt.Key.Key_Z, HELD)


def is_checked(clerk: Clerk) -> bool:
    """Whether the check of the form has come; its draft is kept a while later."""
    return not (clerk.place.awaits_check or clerk.window.desk.busy)


def entering(clerk: Clerk) -> None:
    """A new record typed and saved, then taken back."""
    for words in TYPED[:4]:
        with clerk.timed("a blank form"):
            clerk.key(Qt.Key.Key_N, HELD)
        for _so_far in clerk.type(f"Giải pháp {words} tại phân xưở"):
            clerk.pause(90)
        with clerk.timed("a title's last key, look-alikes shown", partial(is_checked, clerk)):
            list(clerk.type("ng"))
        with clerk.timed("a new record saved"):
            clerk.key(Qt.Key.Key_S, HELD)
        clerk.window.go("initiatives")
        settle(clerk.application, clerk.window)
        with clerk.timed("a save undone"):
            clerk.key(Qt.Key.Key_Z, HELD)


def deleting(clerk: Clerk) -> None:
    """A row to the bin and back."""
    for _try in range(5):
        clerk.place.table.setFocus()
        with clerk.timed("a row deleted"):
            clerk.key(Qt.Key.Key_Delete)
        with clerk.timed("a deletion undone"):
            clerk.key(Qt.Key.Key_Z, HELD)


def walking(clerk: Clerk) -> None:
    """Every place visited."""
    for name in PLACES * 2:
        with clerk.timed(f"to the place {name}"):
            clerk.window.go(name)


def work(app: App) -> None:
    """One clerk's work in one window."""
    application = prepare_application(app)
    clerk = Clerk(application, MainWindow(app, application))
    with clerk.timed("the window opened"):
        clerk.window.resize(1366, 728)
        clerk.window.show()
        clerk.window.activateWindow()
    acts: tuple[Callable[[Clerk], None], ...] = (
        *(searching, keys, filtering, sorting, leafing),
        lambda one: editing(one, random.Random(4)),
        *(entering, deleting, walking),
    )
    for act in acts:
        act(clerk)
    with clerk.timed("the window closed"):
        clerk.window.close()
    clerk.report()


def main() -> int:
    """Measure everything; 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=RECORDS)
    parser.add_argument("--store", type=Path)
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    resources = ROOT / "resources"
    room = Path(tempfile.mkdtemp(prefix="benchmark-window-"))
    folder = arguments.store or room / "store"
    try:
        if not (folder / "store.db").exists():
            fill(Ground(folder, load_programmes(resources / "programmes"), arguments.records))
        text.install(resources / "locale", "vi")
        work(App(resources, Settings(user_name="Lan"), lambda: datetime.now(VIETNAM), folder))
    finally:
        shutil.rmtree(room, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
