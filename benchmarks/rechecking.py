"""A programme changes in a large store: what would change, and accepting it; records a second.

``python -m benchmarks.rechecking --records 100000`` fills a store with generated initiatives, then
re-checks all of them under a programme with other dates as the window's job does, accepts it, and
undoes that. Beside it stands the bare reading of the same records. Without the option there are
fewer, so that it ends soon. ``--store FOLDER`` keeps the store, or works in one that was kept.
"""

import argparse
import resource
import shutil
import sys
import tempfile
import time
from datetime import datetime
from itertools import islice
from pathlib import Path

from desktop.models import reading, register
from desktop.models.actions.initiatives import ImportInitiatives
from desktop.models.store import Store, open_store
from desktop.programme.definition import Programme, load_programmes
from desktop.samples.generator import generate
from desktop.tasks import adopting
from desktop.tasks.rechecking import changes_in, recheck
from desktop.tasks.stores import DEFAULT_PROGRAMME, new_store, plain_office
from desktop.vietnamese.dates import VIETNAM

ROOT = Path(__file__).resolve().parent.parent
SUPERIORS = tuple(f"LĐLĐ huyện số {number}" for number in range(1, 84))
BATCH = 20_000
PAGE = 100


def now() -> datetime:
    """What time it is in Vietnam."""
    return datetime.now(VIETNAM)


def told(words: str, seconds: float, records: int) -> None:
    """One line of the report."""
    rate = records / seconds
    print(f"  {words:52} {seconds:9.2f} s {rate:12,.0f} records/s", flush=True)


def fill(store: Store, records: int) -> None:
    """Load generated initiatives, twenty thousand at a time."""
    source = generate(records, 7, store.programme, SUPERIORS)
    while part := tuple(islice(source, BATCH)):
        store.journal.do(ImportInitiatives(part, "generated"))
        print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


def bare(store: Store) -> float:
    """Seconds to read every record and to do nothing with it."""
    start = time.perf_counter()
    with store.reading() as connection:
        ordered = register.ids(connection, register.Listing(order="code"))
        for at in range(0, len(ordered), 500):
            reading.drafts(connection, list(ordered[at : at + 500]))
    return time.perf_counter() - start


def resident() -> int:
    """Resident memory of this process now, in bytes."""
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * resource.getpagesize()


class Watch:
    """Progress that notes the most memory there was at any step."""

    def __init__(self) -> None:
        self.most = 0

    def step(self, done: int, total: int, doing: str = "") -> None:
        """Look."""
        del done, total, doing
        self.most = max(self.most, resident())


def measure(store: Store) -> None:
    """Re-check, show the first page, accept, undo."""
    proposal = adopting.propose_override(store, "windows.apply_to", "31/12/2021", "Công văn số 1")
    watch, before = Watch(), resident()
    start = time.perf_counter()
    found = recheck(store, proposal.programme, watch)
    spent = time.perf_counter() - start
    told("re-check, nothing written", spent, found.checked)
    print(f"  memory that it took at most: {(watch.most - before) / 1e6:.1f} MB")
    told("the bare reading of the same records", bare(store), found.checked)
    start = time.perf_counter()
    with store.reading() as connection:
        changes_in(connection, found, 0, PAGE)
    print(
        f"  first {PAGE} changes with their reasons: {1000 * (time.perf_counter() - start):.0f} ms"
    )
    print(f"  {found.verdicts:,} verdicts change, {found.remarks:,} stay with other remarks")
    start = time.perf_counter()
    store.journal.do(proposal.action())
    told(
        "accept: every verdict anew, in one transaction", time.perf_counter() - start, found.checked
    )
    start = time.perf_counter()
    store.journal.undo()
    told("undo: every verdict as before", time.perf_counter() - start, found.checked)


def main() -> int:
    """Fill a store, measure, and throw it away; 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=5_000)
    parser.add_argument("--store", type=Path)
    arguments = parser.parse_args()
    programmes: dict[str, Programme] = load_programmes(ROOT / "resources" / "programmes")
    room = Path(tempfile.mkdtemp(prefix="benchmark-rechecking-"))
    folder = arguments.store or room / "store"
    made = not (folder / "store.db").exists()
    try:
        if made:
            new_store(
                folder,
                programmes=programmes,
                programme=DEFAULT_PROGRAMME,
                office=plain_office("LĐLĐ tỉnh"),
                user="benchmark",
                clock=now,
            )
        with open_store(folder, user="benchmark", clock=now, programmes=programmes) as store:
            if made:
                fill(store, arguments.records)
            measure(store)
    finally:
        shutil.rmtree(room, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
