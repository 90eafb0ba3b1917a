"""The acts that write to a disk, each done in a folder with a store: for tests of bad disks."""

import gc
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.models import backup, drafts
from desktop.models.actions.decisions import RecordDecision
from desktop.models.actions.initiatives import (
    AttachFile,
    ImportInitiatives,
    RecordInitiative,
    ReviseInitiative,
)
from desktop.models.attachments import keep
from desktop.models.engines.sqlite import STORE_FILE
from desktop.models.entry import DecisionDraft
from desktop.models.store import Store, open_store
from desktop.programme.definition import load_programmes
from desktop.tasks.papers import print_papers
from desktop.tasks.portal import export_portal
from desktop.tasks.stores import (
    DEFAULT_PROGRAMME,
    new_store,
    plain_office,
    prepare_restore,
    put_in_place,
)
from desktop.vietnamese.dates import VIETNAM, PartialDate
from tests.stores import COMPLETE, complete

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
PROGRAMMES = load_programmes(RESOURCES / "programmes")
SCAN, PAPER, WORKBOOK = "scan.pdf", "out.pdf", "out.xlsx"


def clock() -> datetime:
    return datetime(2022, 6, 15, 9, 0, tzinfo=VIETNAM)


def opened(folder: Path, name: str = "store", **how: Any) -> Store:
    return open_store(folder / name, user="Lan", clock=clock, programmes=PROGRAMMES, **how)


def make(folder: Path, programme: str = DEFAULT_PROGRAMME) -> None:
    """Make a store in a folder."""
    new_store(
        folder / "store",
        programmes=PROGRAMMES,
        programme=programme,
        office=plain_office("LĐLĐ huyện Tam Đường"),
        user="Lan",
        clock=clock,
    )


def prepare(folder: Path) -> None:
    """What the acts begin from: a store with two records and a backup of the first, and a scan."""
    (folder / "tmp").mkdir(parents=True)
    make(folder)
    with opened(folder) as store:
        store.journal.do(RecordInitiative(complete(code="A1")))
        backup.back_up(store)
        store.journal.do(RecordInitiative(complete(code="A2", title="Việc thứ hai")))
    (folder / SCAN).write_bytes(b"%PDF-1.4 scan")


Act = Callable[[Path], Callable[[], object]]
"""Given the folder it makes ready; what it gives is to be done while the disk is bad."""


def _in_store(act: Callable[[Store], object]) -> Act:
    """An act in a store that is open already when the disk begins to fail."""

    def ready(folder: Path) -> Callable[[], object]:
        store = opened(folder)
        return lambda: act(store)

    return ready


def _place(store: Store, name: str) -> Path:
    return store.folder.parent / name


def attach(store: Store) -> None:
    store.journal.do(AttachFile(1, keep(store.folder, _place(store, SCAN)), "decision"))


def decide(store: Store, number: str = "7/QĐ-LĐLĐ") -> None:
    scan = keep(store.folder, _place(store, SCAN))
    made = DecisionDraft(number, PartialDate(2022, 3, 1), "LĐLĐ huyện Tam Đường", "union")
    store.journal.do(RecordDecision(made, (1, 2), scan))


def save_draft(store: Store, key: str = "new") -> None:
    with store.derived_writes() as connection:
        drafts.save(connection, key, COMPLETE, user="Lan", now=clock())


def restore(folder: Path) -> None:
    file = min((folder / "store" / "backups").glob("*.skbackup"))
    prepared = prepare_restore(
        file, folder / "store", programmes=PROGRAMMES, clock=clock, later=False
    )
    put_in_place(prepared, user="Lan", clock=clock)


def mend(folder: Path) -> None:
    """Damage the store, and restore its newest backup with all changes after it."""
    (folder / "store" / STORE_FILE).write_bytes(b"\xa5" * 60_000)
    prepared = prepare_restore(None, folder / "store", programmes=PROGRAMMES, clock=clock)
    put_in_place(prepared, user="Lan", clock=clock)


def migrate(folder: Path) -> None:
    opened(folder, keep=lambda _store: None).close()


ROWS = tuple(complete(code=f"N{number}", title=f"Việc số {number}") for number in range(30))


def bring_in(store: Store) -> None:
    store.journal.do(ImportInitiatives(ROWS, "a.xlsx"))


def print_list(store: Store) -> None:
    print_papers(store, "summary-list", [1, 2], _place(store, PAPER), RESOURCES)


def save(store: Store) -> None:
    store.journal.do(RecordInitiative(complete(code="B")))


def revise(store: Store) -> None:
    store.journal.do(ReviseInitiative(1, complete(title="Sửa")))


def undo(store: Store) -> None:
    store.journal.undo()


def redo(store: Store) -> None:
    store.journal.redo()


def export(store: Store) -> None:
    export_portal(store, _place(store, WORKBOOK), ids=[1, 2])


IN_STORE: dict[str, Callable[[Store], object]] = {
    "save": save,
    "revise": revise,
    "undo": undo,
    "redo": redo,
    "import": bring_in,
    "attach": attach,
    "decide": decide,
    "draft": save_draft,
    "backup": backup.back_up,
    "export": export,
    "print": print_list,
}
ACTS: dict[str, Act] = {
    **{name: _in_store(act) for name, act in IN_STORE.items()},
    "restore": lambda folder: lambda: restore(folder),
    "migrate": lambda folder: lambda: migrate(folder),
}


def warm_up() -> None:
    """Do everything once, so that the forks of this process need not begin from nothing."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "warm"
        prepare(folder)
        with opened(folder) as store:
            for act in IN_STORE.values():
                act(store)
        restore(folder)
    gc.collect()
    gc.freeze()
