"""The store at its own size: loading, saving, searching, listing, undoing; each beside its peers.

``python -m benchmarks.store`` fills a store with a million generated initiatives (``--records``, or
RECORDS in the environment: so many) through the program's own act of importing, journal, indexes
and change file kept, and then works in it. ``--store FOLDER`` keeps the store, or works in one that
was kept. A goal is met or missed by the figures of one run: machines drift.
"""

import argparse
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from sqlcipher3 import dbapi2

from desktop.models import register
from desktop.models.actions.initiatives import ImportInitiatives, RecordInitiative, ReviseInitiative
from desktop.models.engines.sqlite import Connection, connect, prepare
from desktop.models.entry import InitiativeDraft
from desktop.models.reading import drafts
from desktop.models.register import Listing
from desktop.models.store import Store, open_store
from desktop.programme.definition import Programme, load_programmes
from desktop.samples.generator import generate
from desktop.tasks.stores import new_store, plain_office
from desktop.vietnamese.dates import VIETNAM
from desktop.vietnamese.folding import fold

ROOT = Path(__file__).resolve().parent.parent
CODE = "1TR-2021-2023"
SUPERIORS = tuple(f"LĐLĐ huyện số {number}" for number in range(1, 84))
BATCH = 50_000
SMALL = 10_000
TABLES = ("unit", "decision", "person", "initiative", "authorship")


@dataclass(frozen=True, slots=True)
class Ground:
    """What every measurement stands on."""

    folder: Path
    programmes: dict[str, Programme]
    records: int

    def open(self) -> Store:
        """The store, for writing."""
        return open_store(
            self.folder,
            user="benchmark",
            clock=lambda: datetime.now(VIETNAM),
            programmes=self.programmes,
        )

    def make(self) -> None:
        """A new, empty store."""
        new_store(
            self.folder,
            programmes=self.programmes,
            programme=CODE,
            office=plain_office("LĐLĐ tỉnh"),
            user="benchmark",
            clock=lambda: datetime.now(VIETNAM),
        )

    def drafts(self, number: int, seed: int) -> Iterator[InitiativeDraft]:
        """So many generated initiatives."""
        return generate(number, seed, self.programmes[CODE], SUPERIORS)


class Bulky(ImportInitiatives):
    """The same import, but journalled row by row as single acts are."""

    bulk = False


def told(name: str, value: str) -> None:
    """One line of the report."""
    print(f"  {name:58} {value:>24}", flush=True)


def held(name: str, value: str, *, met: bool, goal: str) -> None:
    """One line of the report that is held against a goal."""
    print(f"  {name:58} {value:>24}   goal {goal}: {'met' if met else 'MISSED'}", flush=True)


def quantiles(times: list[float]) -> str:
    """Median and 99th percentile of seconds, in milliseconds."""
    return f"p50 {1000 * statistics.median(times):.2f}, p99 {1000 * p99(times):.2f} ms"


def p99(times: list[float]) -> float:
    """The 99th percentile."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]


def at_most(name: str, times: list[float], most: float) -> None:
    """Times whose 99th percentile is to be at most so many milliseconds."""
    met = 1000 * p99(times) <= most
    held(name, quantiles(times), met=met, goal=f"p99 <= {most:g} ms")


def timed(work: Callable[..., object], *arguments: object) -> float:
    """Seconds that something takes."""
    start = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - start


class Raw:
    """The same rows written into plain tables without any index, act by act beside ours."""

    def __init__(self, ground: Ground) -> None:
        self._folder = ground.folder
        self._path = ground.folder.parent / "raw.db"
        self._target = dbapi2.connect(str(self._path), isolation_level=None)
        self._last = dict.fromkeys(TABLES, 0)
        self.spent = 0.0

    def follow(self) -> None:
        """Write what has come into the store since the last time; only the writing is timed."""
        source = connect(self._folder)
        work = [self._new_rows(source, table) for table in TABLES]
        source.close()
        start = time.perf_counter()
        self._target.execute("BEGIN")
        for sql, rows in work:
            self._target.executemany(sql, rows)
        self._target.execute("COMMIT")
        self.spent += time.perf_counter() - start

    def _new_rows(self, source: Connection, table: str) -> tuple[str, list[tuple[object, ...]]]:
        names = [row[1] for row in source.execute(f"PRAGMA table_info({table})").fetchall()]
        listed = ", ".join(f'"{name}"' for name in names)
        self._target.execute(f"CREATE TABLE IF NOT EXISTS {table} ({listed})")
        rows = source.execute(
            f"SELECT {listed} FROM {table} WHERE id > ?", (self._last[table],)
        ).fetchall()
        place = names.index("id")
        self._last[table] = max((row[place] for row in rows), default=self._last[table])
        return f"INSERT INTO {table} VALUES ({', '.join('?' * len(names))})", rows

    def close(self) -> None:
        """Take the plain tables away."""
        self._target.close()
        self._path.unlink()


def fill(ground: Ground, raw: Raw | None = None) -> float:
    """Load the records in acts of 50,000, ``raw`` beside them; seconds spent loading."""
    ground.make()
    source, spent, done = ground.drafts(ground.records, 7), 0.0, 0
    with ground.open() as store:
        while part := tuple(islice(source, BATCH)):
            spent += timed(store.journal.do, ImportInitiatives(part, "generated"))
            done += len(part)
            if raw is not None:
                raw.follow()
            print(f"\r  loaded {done}, {done / spent:.0f}/s", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return spent


def loading(ground: Ground) -> None:
    """The load against raw rows, and against the same load with row triggers."""
    raw = Raw(ground)
    spent = fill(ground, raw)
    ratio = raw.spent / spent
    raw.close()
    told(f"load of {ground.records:,} through acts", f"{ground.records / spent:,.0f} records/s")
    told("raw executemany beside it, no index", f"{ground.records / raw.spent:,.0f} records/s")
    held("load against raw", f"{ratio:.3f}", met=ratio >= 0.10, goal=">= 0.10")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told(f"most memory while loading acts of {BATCH:,}", f"{peak:,.0f} MiB")
    many = min(5_000, ground.records)
    extra = tuple(ground.drafts(4 * many, 99))
    by_range, by_row = 0.0, 0.0
    with ground.open() as store:
        for start in (0, 2 * many):
            part, other = extra[start : start + many], extra[start + many : start + 2 * many]
            by_range += timed(store.journal.do, ImportInitiatives(part, "ranges"))
            store.journal.undo()
            by_row += timed(store.journal.do, Bulky(other, "rows"))
            store.journal.undo()
    ratio = by_row / by_range
    held("load by ranges against row triggers", f"{ratio:.2f}", met=ratio >= 1.7, goal=">= 1.7")


def saving(ground: Ground) -> None:
    """One record saved, many times; beside the disk's own sync of a bare commit."""
    times, revised, bare, worked = [], [], [], []
    dice, disk = random.Random(3), Disk(ground)
    with ground.open() as store, store.reading() as connection:
        for draft in ground.drafts(200, int(time.time())):
            began = time.process_time()
            times.append(timed(store.journal.do, RecordInitiative(draft)))
            worked.append(time.process_time() - began)
            bare.append(timed(disk.commit))
        for _try in range(200):
            key = dice.randrange(1, ground.records)
            draft = drafts(connection, [key])[key]
            changed = ReviseInitiative(key, replace(draft, conditions=f"Thử {_try} {time.time()}"))
            began = time.process_time()
            revised.append(timed(store.journal.do, changed))
            worked.append(time.process_time() - began)
            bare.append(timed(disk.commit))
    disk.close()
    told("a bare commit and a synced line, no work at all", quantiles(bare))
    told("processor time of a save", quantiles(worked))
    for name, found in (("new", times), ("changed", revised)):
        told(f"one save, {name} record", quantiles(found))
        beside = 1000 * (p99(found) - p99(bare))
        what, value = f"one save, {name} record, besides the disk", f"p99 {beside:.1f} ms"
        held(what, value, met=beside <= 10, goal="p99 <= 10 ms")


class Disk:
    """What the disk alone takes for a save: a commit under the store's settings, a synced line."""

    def __init__(self, ground: Ground) -> None:
        self._paths = [ground.folder.parent / name for name in ("bare.db", "bare.jsonl")]
        self._connection = dbapi2.connect(str(self._paths[0]), isolation_level=None)
        prepare(self._connection)
        self._connection.execute("CREATE TABLE one (id INTEGER PRIMARY KEY, value TEXT)")

    def commit(self) -> None:
        """One row, one line."""
        self._connection.execute("INSERT INTO one (value) VALUES (?)", ("x" * 3000,))
        with self._paths[1].open("ab") as file:
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())

    def close(self) -> None:
        """Take it away."""
        self._connection.close()
        for path in (*self._paths, self._paths[0].with_name("bare.db-journal")):
            path.unlink(missing_ok=True)


def keystrokes(connection: Connection, count: int, seed: int) -> Iterator[str]:
    """What stands in the search box key by key, while titles of the store are typed."""
    dice = random.Random(seed)
    last = connection.execute("SELECT max(initiative_id) FROM listing").fetchone()[0]
    made = 0
    while made < count:
        row = connection.execute(
            "SELECT title FROM listing WHERE initiative_id >= ? LIMIT 1", (dice.randrange(last),)
        ).fetchone()
        words = row[0].split()
        start = dice.randrange(max(1, len(words) - 3))
        typed = " ".join(words[start : start + dice.randrange(1, 4)])
        for end in range(1, len(typed) + 1):
            yield typed[:end]
            made += 1


def hits(connection: Connection, listing: Listing) -> None:
    """The first screen of a search: ids of the newest 200, and their rows."""
    register.rows(connection, register.ids(connection, listing, 200))


def pressed(connection: Connection, typed: list[str]) -> list[float]:
    """Seconds from each key press to the 200 newest hits with their rows."""
    return [timed(hits, connection, Listing(words=text)) for text in typed]


def searching(ground: Ground, small: Ground) -> None:
    """Keys pressed, here and among few; counts, filters."""
    connection, other = connect(ground.folder), connect(small.folder)
    typed = list(keystrokes(connection, 400, 11))
    bare = [timed(hits, connection, Listing()) for _try in range(50)]
    among_few = pressed(other, list(keystrokes(other, 400, 11)))
    times = pressed(connection, typed)
    at_most("key press to the 200 newest hits with their rows", times, 16)
    told(f"the same among {SMALL:,}", quantiles(among_few))
    growth = statistics.median(times) / statistics.median(among_few)
    held(f"key press against {SMALL:,}, p50", f"{growth:.2f}", met=growth <= 2, goal="<= 2")
    told("the bare 200 newest rows", quantiles(bare))
    counts = [timed(register.count, connection, Listing(words=text)) for text in typed]
    at_most("exact count of what was typed", counts, 60)
    narrowed = [timed(hits, connection, one) for one in filtered(connection, typed)]
    at_most("text, unit subtree, category and state", narrowed, 50)
    peers(connection, typed)
    connection.close()
    other.close()


def filtered(connection: Connection, typed: list[str]) -> list[Listing]:
    """What was typed, each time under a unit, in a category and in a state."""
    units = [row[0] for row in connection.execute("SELECT id FROM unit ORDER BY id").fetchall()]
    dice = random.Random(5)
    return [
        Listing(
            words=text,
            unit=dice.choice(units[:200]),
            category=f"1.{dice.randrange(1, 6)}",
            portal_state=dice.choice(("sent", "unsent")),
        )
        for text in typed
    ]


_LIKE = "SELECT initiative_id FROM listing WHERE title LIKE ? LIMIT 200"
_RANKED = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY bm25(search) LIMIT 50"


def asked(connection: Connection, sql: str, value: str) -> None:
    """Ask a question with one value and take every row."""
    connection.execute(sql, (value,)).fetchall()


def peers(connection: Connection, typed: list[str]) -> None:
    """LIKE over titles, and the same index ranked by bm25."""
    some = [text for text in typed if len(text) > 3][:12]
    like = [timed(asked, connection, _LIKE, f"%{text} zz%") for text in some]
    told("peer: LIKE over titles, a miss", quantiles(like))
    ranked = [
        timed(asked, connection, _RANKED, f'title:"{fold(text).split()[0]}"*') for text in some
    ]
    told("peer: ranked by bm25", quantiles(ranked))


def listing(ground: Ground) -> None:
    """Orders, a jump to the middle, and the memory that the list takes."""
    connection = connect(ground.folder)
    for order in register.ORDERS:
        first = timed(hits, connection, Listing(order=order))
        whole = timed(register.ids, connection, Listing(order=order))
        told(f"order {order}: first screen, all ids", f"{1000 * first:.1f}, {1000 * whole:.0f} ms")
    window = register.RowWindow(connection, register.ids(connection, Listing(order="title")))
    firsts, jumps = [], []
    dice = random.Random(9)
    for _try in range(200):
        window.forget()
        firsts.append(timed(window.row, 0))
        jumps.append(timed(window.row, len(window) // 2 + dice.randrange(1000)))
    ratio = statistics.median(jumps) / statistics.median(firsts)
    held("a jump to the middle against the first page", f"{ratio:.2f}", met=ratio <= 2, goal="<= 2")
    shelves = [timed(register.counts, connection, Listing()) for _try in range(5)]
    told("counts of all shelves", quantiles(shelves))
    connection.close()
    memory(ground)


def memory(ground: Ground) -> None:
    """What listing takes in memory: our way, every row, and Qt's table model."""
    taken = {way: measured(way, ground.folder) for way in ("ids", "rows", "table")}
    own, everything = taken["ids"][0], taken["rows"][0]
    ratio = own / everything
    held("memory of the list against all rows", f"{ratio:.3f}", met=ratio <= 0.08, goal="<= 0.08")
    names = {"ids": "the list", "rows": "all rows", "table": "peer: QSqlTableModel to its end"}
    for way, (size, seconds) in taken.items():
        told(f"{names[way]}: memory and time", f"{size / 2**20:,.1f} MiB, {seconds:.2f} s")


def measured(way: str, folder: Path) -> tuple[float, float]:
    """Bytes and seconds of one way to list, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks._resident", way, str(folder)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    size, seconds = done.stdout.split()
    return float(size), float(seconds)


def undoing(ground: Ground) -> None:
    """Undo of a large import against its insert."""
    many = max(1_000, min(100_000, ground.records // 10))
    extra = tuple(ground.drafts(many, 123))
    with ground.open() as store:
        insert = timed(store.journal.do, ImportInitiatives(extra, "undone"))
        ratio = timed(store.journal.undo) / insert
    held(f"undo of {many:,} rows against insert", f"{ratio:.2f}", met=ratio <= 2, goal="<= 2")


def opening(ground: Ground) -> None:
    """Opening the store for writing, and closing it."""
    opened, closed = [], []
    for _try in range(5):
        start = time.perf_counter()
        store = ground.open()
        opened.append(time.perf_counter() - start)
        closed.append(timed(store.close))
    at_most("opening the store", opened, 300)
    at_most("closing it", closed, 1000)


def main() -> int:
    """Measure everything; 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    asked = int(os.environ.get("RECORDS") or 1_000_000)
    parser.add_argument("--records", type=int, default=asked)
    parser.add_argument("--store", type=Path)
    arguments = parser.parse_args()
    programmes = load_programmes(ROOT / "resources" / "programmes")
    room = Path(tempfile.mkdtemp(prefix="benchmark-store-"))
    ground = Ground(arguments.store or room / "store", programmes, arguments.records)
    small = Ground(room / "small", programmes, min(SMALL, arguments.records))
    try:
        fill(small)
        if not (ground.folder / "store.db").exists():
            loading(ground)
        opening(ground)
        searching(ground, small)
        for measure in (listing, saving, undoing, opening):
            measure(ground)
    finally:
        shutil.rmtree(room, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
