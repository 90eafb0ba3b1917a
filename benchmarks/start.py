"""Start of the program to its first painted page, against a bare window, in time and in memory.

Each round starts every contender once, so that all of them meet the same mood of the machine. The
bare window is the floor: a main window with an empty table, painted once. The program opens a
store, paints its list with the first page and leaves (``SOSANGKIEN_EXIT_AFTER_PAINT=1``).
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = int(os.environ.get("ROUNDS", "11"))
RECORDS = "2000"
TIME_GOAL = 1.4
MEMORY_GOAL = 1.25

BARE = """
import sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, application.quit)
        return False

application = QApplication(sys.argv)
window = QMainWindow()
table = QTableView()
table.setModel(QStandardItemModel(0, 7))
window.setCentralWidget(table)
window.resize(1366, 728)
painted = Painted()
table.viewport().installEventFilter(painted)
window.show()
sys.exit(application.exec())
"""


@dataclass(frozen=True)
class Cost:
    """What one start took: seconds from starting the process to its end, and its peak in MiB."""

    seconds: float
    mebibytes: float


def start(command: list[str], environment: dict[str, str]) -> Cost:
    """Run a program to its end; RuntimeError if it fails."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    said = process.stderr.read().decode(errors="replace") if process.stderr else ""
    if process.returncode:
        raise RuntimeError(f"{' '.join(command[:4])} ... ended with {process.returncode}: {said}")
    # Linux counts in KiB, macOS in bytes.
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return Cost(seconds, usage.ru_maxrss / unit)


def contenders(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """The programs that are started, the floor first, by name."""
    python = sys.executable
    yield "bare window", [python, "-c", BARE]
    for name, records in (("demo", "0"), (f"demo and {RECORDS} more", RECORDS)):
        store = folder / records
        make = [python, "-m", "desktop", "demo", str(store), "--records", records]
        start(make, environment(folder))
        yield name, [python, "-m", "desktop", "--store", str(store)]


def environment(folder: Path) -> dict[str, str]:
    """Offscreen, with settings of its own, leaving after the first paint."""
    own = {f"XDG_{name}_HOME": str(folder / name) for name in ("CONFIG", "DATA", "CACHE", "STATE")}
    own |= {"QT_QPA_PLATFORM": "offscreen", "SOSANGKIEN_EXIT_AFTER_PAINT": "1"}
    # Compiled files are part of every installation; without them the compiler is measured.
    inherited = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**inherited, **own}


def compare(costs: dict[str, list[Cost]]) -> Iterator[str]:
    """The lines of the result: medians, and the ratios to the floor within each round."""
    floor, *others = costs
    for name, taken in costs.items():
        seconds = statistics.median(each.seconds for each in taken)
        memory = statistics.median(each.mebibytes for each in taken)
        yield f"{name:24} {seconds * 1000:6.0f} ms {memory:7.1f} MiB"
    for name in others:
        pairs = list(zip(costs[name], costs[floor], strict=True))
        times = statistics.median(a.seconds / b.seconds for a, b in pairs)
        memory = statistics.median(a.mebibytes / b.mebibytes for a, b in pairs)
        yield f"{name}: time {times:.2f}x bare (goal at most {TIME_GOAL})"
        yield f"{name}: memory {memory:.2f}x bare (goal at most {MEMORY_GOAL})"


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        programs = dict(contenders(Path(folder)))
        around = environment(Path(folder))
        for command in programs.values():
            start(command, around)  # compiled files and the page cache are there for all of them
        costs: dict[str, list[Cost]] = {name: [] for name in programs}
        for _ in range(ROUNDS):
            for name, command in programs.items():
                costs[name].append(start(command, around))
    print(f"start to the first painted page, medians of {ROUNDS} rounds")
    print("\n".join(compare(costs)))


if __name__ == "__main__":
    main()
