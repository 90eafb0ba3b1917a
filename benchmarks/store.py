"""The store at its own size: loading, saving, searching, listing, undoing; each beside its peers.

``python -m benchmarks.store --records 1000000`` fills a store with that many generated initiatives
through the program's own act of importing, journal, indexes and change file kept, and then works in
it. Without the option it does the same with fewer, so that it ends soon. ``--store FOLDER`` keeps
the store, or works in one that was kept.
"""

import argparse
import os
import random
import resource
import shutil
import statistics
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
from desktop.models.engines.sqlite import Connection, connect
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
BATCH = 20_000
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


class Bulky(ImportInitiatives):
    """The same import, but journalled row by row as single acts are."""

    bulk = False


def told(name: str, value: str, goal: str = "") -> None:
    """One line of the report."""
    print(f"  {name:58} {value:>24}{f'   goal {goal}' if goal else ''}", flush=True)


def quantiles(times: list[float]) -> str:
    """Median and 99th percentile of seconds, in milliseconds."""
    return f"p50 {1000 * statistics.median(times):.2f}, p99 {1000 * p99(times):.2f} ms"


def p99(times: list[float]) -> float:
    """The 99th percentile."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]


def timed(work: Callable[..., object], *arguments: object) -> float:
    """Seconds that something takes."""
    start = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - start


def fill(ground: Ground) -> float:
    """Load the records in acts of 20,000; seconds spent loading."""
    source = generate(ground.records, 7, ground.programmes[CODE], SUPERIORS)
    spent, done = 0.0, 0
    with ground.open() as store:
        while part := tuple(islice(source, BATCH)):
            act = ImportInitiatives(part, "generated")
            spent += timed(store.journal.do, act)
            done += len(part)
            print(f"\r  loaded {done}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return spent


def raw_rows(ground: Ground, most: int = 40_000) -> tuple[float, int]:
    """Write the same rows into plain tables without any index; seconds, and initiatives."""
    source = connect(ground.folder)
    place = ground.folder.parent / "raw.db"
    place.unlink(missing_ok=True)
    target = dbapi2.connect(str(place), isolation_level=None)
    kept = []
    for table in TABLES:
        names = [row[1] for row in source.execute(f"PRAGMA table_info({table})").fetchall()]
        listed = ", ".join(f'"{name}"' for name in names)
        key = "initiative_id" if table == "authorship" else "id"
        where = f"WHERE {key} <= {most}" if table in {"initiative", "authorship"} else ""
        limit = f"LIMIT {3 * most}" if table in {"person", "decision"} else ""
        rows = source.execute(f"SELECT {listed} FROM {table} {where} {limit}").fetchall()
        target.execute(f"CREATE TABLE {table} ({listed})")
        kept.append((f"INSERT INTO {table} VALUES ({', '.join('?' * len(names))})", rows))
    count = len(kept[TABLES.index("initiative")][1])
    start = time.perf_counter()
    target.execute("BEGIN")
    for sql, rows in kept:
        target.executemany(sql, rows)
    target.execute("COMMIT")
    spent = time.perf_counter() - start
    target.close()
    source.close()
    place.unlink()
    return spent, count


def loading(ground: Ground, spent: float) -> None:
    """The load against raw rows, and against the same load with row triggers."""
    raw, count = raw_rows(ground)
    ours, rate = ground.records / spent, count / raw
    told("load through acts", f"{ours:,.0f} records/s")
    told("raw executemany, no index", f"{rate:,.0f} records/s")
    told("load against raw", f"{ours / rate:.3f}", ">= 0.10")
    many = min(5_000, ground.records)
    extra = tuple(generate(2 * many, 99, ground.programmes[CODE], SUPERIORS))
    with ground.open() as store:
        by_range = timed(store.journal.do, ImportInitiatives(extra[:many], "ranges"))
        store.journal.undo()
        by_row = timed(store.journal.do, Bulky(extra[many:], "rows"))
        store.journal.undo()
    told("load by ranges against row triggers", f"{by_row / by_range:.2f}", ">= 1.7")


def saving(ground: Ground) -> None:
    """One record saved, many times; beside the disk's own sync."""
    source = generate(200, 5, ground.programmes[CODE], SUPERIORS)
    times, revised = [], []
    dice = random.Random(3)
    with ground.open() as store, store.reading() as connection:
        for draft in source:
            act = RecordInitiative(draft)
            times.append(timed(store.journal.do, act))
        for _try in range(100):
            key = dice.randrange(1, ground.records)
            draft = drafts(connection, [key])[key]
            changed = ReviseInitiative(key, replace(draft, conditions=f"Thử {_try}"))
            revised.append(timed(store.journal.do, changed))
    syncs = [timed(sync, ground.folder) for _try in range(100)]
    told("one save, new record", quantiles(times))
    told("one save, changed record", quantiles(revised))
    told("the disk's own sync, twice", quantiles([2 * one for one in syncs]))
    beside = 1000 * (p99([*times, *revised]) - 2 * statistics.median(syncs))
    told("one save besides the disk's syncs, p99", f"{beside:.1f} ms", "<= 10 ms")


def sync(folder: Path) -> None:
    """Append a page to a file and sync it."""
    with (folder.parent / "sync.bin").open("ab") as file:
        file.write(b"x" * 4096)
        file.flush()
        os.fsync(file.fileno())


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


def searching(ground: Ground) -> float:
    """Keys pressed, counts, filters; the median of a key press."""
    connection = connect(ground.folder)
    typed = list(keystrokes(connection, 400, 11))
    bare = [timed(hits, connection, Listing()) for _try in range(50)]
    times = [timed(hits, connection, Listing(words=text)) for text in typed]
    told("key press to the 200 newest hits with their rows", quantiles(times), "p99 <= 16 ms")
    told("the bare 200 newest rows", quantiles(bare))
    counts = [timed(register.count, connection, Listing(words=text)) for text in typed]
    told("exact count of what was typed", quantiles(counts), "p99 <= 60 ms")
    units = [row[0] for row in connection.execute("SELECT id FROM unit ORDER BY id").fetchall()]
    dice = random.Random(5)
    filtered = [
        Listing(
            words=text,
            unit=dice.choice(units[:200]),
            category=f"1.{dice.randrange(1, 6)}",
            portal_state=dice.choice(("sent", "unsent")),
        )
        for text in typed
    ]
    narrowed = [timed(hits, connection, one) for one in filtered]
    told("text, unit subtree, category and state", quantiles(narrowed), "p99 <= 50 ms")
    peers(connection, typed)
    connection.close()
    return statistics.median(times)


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
    before = resident()
    ordered = register.ids(connection, Listing(order="title"))
    window = register.RowWindow(connection, ordered)
    window.row(0)
    firsts, jumps = [], []
    dice = random.Random(9)
    for _try in range(200):
        window.forget()
        firsts.append(timed(window.row, 0))
        at = len(ordered) // 2 + dice.randrange(1000)
        jumps.append(timed(window.row, at))
    told(
        "a jump to the middle against the first page",
        f"{statistics.median(jumps) / statistics.median(firsts):.2f}",
        "<= 2",
    )
    own = resident() - before
    everything = register.rows(connection, ordered)
    loaded = resident() - before - own
    told("memory of the list against all rows", f"{own / max(1, loaded):.3f}", "<= 0.08")
    del everything
    shelves = [timed(register.counts, connection, Listing()) for _try in range(5)]
    told("counts of all shelves", quantiles(shelves))
    connection.close()


def resident() -> int:
    """Resident memory of this process now, in bytes."""
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * resource.getpagesize()


def undoing(ground: Ground) -> None:
    """Undo of a large import against its insert."""
    many = max(1_000, min(100_000, ground.records // 10))
    extra: tuple[InitiativeDraft, ...] = tuple(
        generate(many, 123, ground.programmes[CODE], SUPERIORS)
    )
    with ground.open() as store:
        insert = timed(store.journal.do, ImportInitiatives(extra, "undone"))
        undo = timed(store.journal.undo)
    told(f"undo of {many} rows against their insert", f"{undo / insert:.2f}", "<= 2")


def opening(ground: Ground) -> None:
    """Opening the store for writing, and closing it."""
    opened, closed = [], []
    for _try in range(5):
        start = time.perf_counter()
        store = ground.open()
        opened.append(time.perf_counter() - start)
        closed.append(timed(store.close))
    told("opening the store", quantiles(opened), "< 300 ms")
    told("closing it", quantiles(closed), "< 1000 ms")


def main() -> int:
    """Measure everything; 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--store", type=Path)
    arguments = parser.parse_args()
    programmes = load_programmes(ROOT / "resources" / "programmes")
    room = Path(tempfile.mkdtemp(prefix="benchmark-store-"))
    folder = arguments.store or room / "store"
    ground = Ground(folder, programmes, arguments.records)
    try:
        if not (folder / "store.db").exists():
            new_store(
                folder,
                programmes=programmes,
                programme=CODE,
                office=plain_office("LĐLĐ tỉnh"),
                user="benchmark",
                clock=lambda: datetime.now(VIETNAM),
            )
            loading(ground, fill(ground))
        for measure in (opening, searching, listing, saving, undoing):
            measure(ground)
    finally:
        shutil.rmtree(room, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
