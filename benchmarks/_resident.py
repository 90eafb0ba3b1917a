"""What a list of a whole store takes in memory and time, each way in a process of its own.

``python -m benchmarks._resident ids FOLDER``: the ids in order and a window of rows, as the program
lists; ``rows``: every row in memory; ``table``: Qt's own QSqlTableModel, scrolled to its end, with
the SQLite of Qt, which must never be in one process with ours. Prints the bytes that it took, and
the seconds.
"""

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtSql import QSqlDatabase, QSqlTableModel

from desktop.models import register
from desktop.models.engines.sqlite import STORE_FILE, connect
from desktop.models.register import Listing


def resident() -> int:
    """Resident memory of this process now, in bytes."""
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * resource.getpagesize()


def of_ids(folder: Path) -> object:
    """The whole order, and the rows around the first, the middle and the last place."""
    connection = connect(folder)
    window = register.RowWindow(connection, register.ids(connection, Listing(order="title")))
    for place in (0, len(window) // 2, len(window) - 1):
        window.row(place)
    return window


def of_rows(folder: Path) -> object:
    """Every row in memory."""
    connection = connect(folder)
    return register.rows(connection, register.ids(connection, Listing(order="title")))


def of_table(folder: Path) -> object:
    """Qt's table model in the same order, its rows fetched to the last."""
    database = QSqlDatabase.addDatabase("QSQLITE")
    database.setConnectOptions("QSQLITE_OPEN_READONLY")
    database.setDatabaseName(str(folder / STORE_FILE))
    if not database.open():
        raise RuntimeError(database.lastError().text())
    model = QSqlTableModel(None, database)
    model.setTable("listing")
    model.setFilter("removed = 0 ORDER BY title_sort, initiative_id")
    if not model.select():
        raise RuntimeError(model.lastError().text())
    while model.canFetchMore():
        model.fetchMore()
    return model


WAYS: dict[str, Callable[[Path], object]] = {"ids": of_ids, "rows": of_rows, "table": of_table}


def main() -> int:
    """List once and say what it took; 0."""
    way, folder = sys.argv[1:]
    application = QCoreApplication([])
    before, start = resident(), time.perf_counter()
    held = WAYS[way](Path(folder))
    print(resident() - before, time.perf_counter() - start)
    del held, application
    return 0


if __name__ == "__main__":
    sys.exit(main())
