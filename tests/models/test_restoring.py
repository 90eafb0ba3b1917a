"""A damaged store comes back from its backup with every change since, or with what was chosen."""

import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.models import backup
from desktop.models.actions.initiatives import (
    AttachFile,
    RecordInitiative,
)
from desktop.models.attachments import keep
from desktop.models.backup.archive import contents, read_back
from desktop.models.change_file import ChangeFile, files_of
from desktop.models.engines import sqlite
from desktop.models.store import Store, open_store
from desktop.programme.definition import Programme
from desktop.progress import SILENT
from desktop.tasks.stores import comparison_lines, prepare_restore, put_in_place
from tests.office_work import Worker
from tests.stores import complete

Restorer = Callable[..., backup.Comparison]
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def restored(programmes: dict[str, Programme], clock: Callable[[], datetime]) -> Restorer:
    """Restores a folder's store, by default from its newest backup with later changes."""

    def restoring(folder: Path, file: Path | None = None, later: bool = True) -> backup.Comparison:
        prepared = prepare_restore(file, folder, programmes=programmes, clock=clock, later=later)
        put_in_place(prepared, user="Lan", clock=clock)
        return prepared.comparison

    return restoring


def content_of(folder: Path) -> str:
    """All rows by digest, the chain's head, the list, and what ids will be given next."""
    connection = sqlite.connect(folder)
    try:
        rows = [
            connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
            for table in ("listing", "verdict", "alike", "digest")
        ]
        given = "SELECT name, seq FROM sqlite_sequence WHERE seq > 0 ORDER BY 1"
        rows.append(connection.execute(given).fetchall())
        return json.dumps([contents(connection, SILENT), rows], sort_keys=True)
    finally:
        connection.close()


HARMS: dict[str, Callable[[Path], object]] = {
    "deleted": lambda path: path.unlink(),
    "emptied": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 3]),
    "noise": lambda path: path.write_bytes(b"\xa5" * 60_000),
}


def run_damage(
    store: Store, scan: Path, opened: Callable[..., Store], restored: Restorer, *, acts: int
) -> None:
    """Work, back up now and then, damage the store, restore: as it was to the last digest."""
    folder, worker = store.folder, Worker(store, acts, scan)
    for number in range(acts):
        worker.act()
        if number in {acts // 5, acts // 2}:
            backup.back_up(store)
    wanted = content_of(folder)
    store.close()
    list(HARMS.values())[acts % len(HARMS)](folder / sqlite.STORE_FILE)
    comparison = restored(folder)
    assert comparison.replayed > 0
    assert content_of(folder) == wanted
    again = opened(folder)
    assert backup.verify(again) == []
    again.journal.undo()
    assert backup.verify(again) == []


@pytest.mark.parametrize("acts", [20, 21, 22, 23])
def test_a_damaged_store_comes_back_with_every_change_since_its_backup(
    store: Store, tmp_path: Path, opened: Callable[..., Store], restored: Restorer, acts: int
) -> None:
    run_damage(store, tmp_path / "scan.pdf", opened, restored, acts=acts)


@pytest.mark.slow
def test_500_changes_come_back(
    store: Store, tmp_path: Path, opened: Callable[..., Store], restored: Restorer
) -> None:
    run_damage(store, tmp_path / "scan.pdf", opened, restored, acts=500)


def test_a_digest_that_is_off_by_one_row_would_be_noticed(store: Store, restored: Restorer) -> None:
    """The control: with its change file gone the same restore is not equal."""
    store.journal.do(RecordInitiative(complete(code="A")))
    backup.back_up(store)
    store.journal.do(RecordInitiative(complete(code="B", title="Sau sao lưu")))
    wanted = content_of(store.folder)
    store.close()
    for path in (store.folder / "changes").iterdir():
        path.unlink()
    assert restored(store.folder).replayed == 0
    assert content_of(store.folder) != wanted


def test_changes_are_replayed_as_far_as_the_file_holds(
    store: Store, opened: Callable[..., Store], restored: Restorer
) -> None:
    backup.back_up(store)
    for code in "ABC":
        store.journal.do(RecordInitiative(complete(code=code, title=f"Việc {code}")))
    changes = store.folder / "changes" / f"{store.store_id}.jsonl"
    content = bytearray(changes.read_bytes())
    content[-40] ^= 1
    changes.write_bytes(content)
    store.close()
    comparison = restored(store.folder)
    assert (comparison.replayed, comparison.lost_count) == (2, 1)
    assert "C" in comparison.lost[0]
    assert backup.verify(opened(store.folder)) == []


def test_a_dry_run_compares_and_changes_nothing(
    store: Store, programmes: dict[str, Programme], clock: Callable[[], datetime]
) -> None:
    backup.back_up(store)
    store.journal.do(RecordInitiative(complete(code="A")))
    before = content_of(store.folder)
    prepared = prepare_restore(None, store.folder, programmes=programmes, clock=clock, later=False)
    said = "\n".join(comparison_lines(prepared.comparison))
    prepared.drop()
    assert "Thay đổi sẽ mất: 1" in said
    assert content_of(store.folder) == before
    assert not (store.folder / ".restoring").exists()


def test_what_was_given_up_by_a_restore_does_not_come_back_at_the_next(
    store: Store, opened: Callable[..., Store], restored: Restorer
) -> None:
    store.journal.do(RecordInitiative(complete(code="A")))
    first = backup.back_up(store).path
    store.journal.do(RecordInitiative(complete(code="LỖI", title="Ghi nhầm")))
    backup.back_up(store)
    store.close()
    restored(store.folder, first, later=False)
    again = opened(store.folder)
    again.journal.do(RecordInitiative(complete(code="B", title="Việc mới")))
    wanted = content_of(store.folder)
    again.close()
    (store.folder / sqlite.STORE_FILE).unlink()
    restored(store.folder, first)
    assert content_of(store.folder) == wanted


def test_a_backup_in_another_folder_brings_its_attachments_and_changes(
    store: Store, tmp_path: Path, opened: Callable[..., Store], restored: Restorer
) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 a")
    key = store.journal.do(RecordInitiative(complete(code="A"))).result
    store.journal.do(AttachFile(key, keep(store.folder, tmp_path / "a.pdf"), "decision"))
    line = backup.back_up(store)
    store.journal.do(RecordInitiative(complete(code="B", title="Sau sao lưu")))
    assert restored(tmp_path / "khác", line.path).replayed == 1
    assert content_of(tmp_path / "khác") == content_of(store.folder)
    assert backup.verify(opened(tmp_path / "khác")) == []


def test_the_newest_backup_that_is_whole_is_taken(store: Store, restored: Restorer) -> None:
    store.journal.do(RecordInitiative(complete(code="A")))
    backup.back_up(store)
    newest = backup.back_up(store).path
    newest.write_bytes(newest.read_bytes()[:-300])
    wanted = content_of(store.folder)
    store.close()
    (store.folder / sqlite.STORE_FILE).write_bytes(b"")
    restored(store.folder)
    assert content_of(store.folder) == wanted


def test_a_backup_of_an_earlier_version_takes_the_changes_made_since(
    tmp_path: Path,
    programmes: dict[str, Programme],
    clock: Callable[[], datetime],
    restored: Restorer,
) -> None:
    folder = tmp_path / "cũ"
    backup.restore(ROOT / "tests" / "golden" / "stores" / "schema-1.skbackup", folder)
    keep_old = backup.before_migration
    with open_store(folder, user="Lan", clock=clock, programmes=programmes, keep=keep_old) as store:
        store.journal.do(RecordInitiative(complete(code="SAU", title="Sau khi nâng cấp")))
        line = backup.backups(folder)[0]
    wanted = content_of(folder)
    restored(folder, line.path)
    assert content_of(folder) == wanted


# The series of backups.


def test_a_verified_backup_closes_the_change_file(store: Store) -> None:
    backup.back_up(store)
    store.journal.do(RecordInitiative(complete(code="A")))
    backup.back_up(store)
    store.journal.do(RecordInitiative(complete(code="B", title="Việc khác")))
    path = store.folder / "changes" / f"{store.store_id}.jsonl"
    assert [one.name for one in files_of(path)] == [f"{path.stem}-0000000002.jsonl", path.name]
    assert [line["entry"]["id"] for line in ChangeFile(path).lines()] == [3]
    assert backup.verify(store) == []


def test_change_files_stay_as_long_as_a_backup_needs_them(store: Store) -> None:
    path = store.folder / "changes" / f"{store.store_id}.jsonl"
    for number in range(25):
        store.journal.do(RecordInitiative(complete(code=f"A{number}", title=f"Việc {number}")))
        backup.back_up(store)
    entries = [line.entry for line in backup.backups(store.folder)]
    first = min(line["entry"]["id"] for one in files_of(path) for line in ChangeFile(one).lines())
    assert first <= min(entries) + 1
    assert first > 2
    numbers = [int(one.path.stem.split("-")[1]) for one in backup.backups(store.folder)]
    assert numbers == [*range(25, 15, -1), 10]


def test_attachments_of_a_series_are_kept_once(store: Store, tmp_path: Path) -> None:
    key = store.journal.do(RecordInitiative(complete(code="A"))).result
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 a" * 9000)
    store.journal.do(AttachFile(key, keep(store.folder, tmp_path / "a.pdf"), "decision"))
    lines = [backup.back_up(store) for _each in range(3)]
    pool = [path for path in (store.folder / "backups" / "files").rglob("*") if path.is_file()]
    assert len(pool) == 1
    pool[0].write_bytes(b"%PDF-1.4 b")
    with pytest.raises(UserError):
        read_back(lines[0].path, SILENT)


def keep_time(now: datetime) -> datetime:
    return now


CLOCKS = {
    "year 2000": ["2000-01-01", "2000-01-02"],
    "ten years ahead": ["2032-06-15", "2022-06-16"],
    "back a day": ["2022-06-14", "2022-06-13"],
}


@pytest.mark.parametrize("name", CLOCKS)
def test_a_wrong_clock_changes_no_order_no_number_and_prunes_nothing(
    store: Store, opened: Callable[..., Store], restored: Restorer, name: str
) -> None:
    start = store.clock()
    wrong = [datetime.fromisoformat(f"{day}T09:00:00+07:00") for day in CLOCKS[name]]
    for number, now in enumerate([start, *wrong, start + timedelta(days=1)] * 4):
        store.clock = store.journal._clock = partial(keep_time, now)
        title = f"Việc {number}"
        code = store.journal.do(RecordInitiative(complete(title=title))).entry
        assert code == number + 2
        backup.back_up(store)
    assert [line.entry for line in store.journal.history()] == list(range(17, 0, -1))
    assert [one.entry for one in backup.backups(store.folder)] == list(range(17, 7, -1))
    assert store.journal.undoable() == store.journal.history(limit=1)[0]
    wanted = content_of(store.folder)
    store.close()
    (store.folder / sqlite.STORE_FILE).unlink()
    restored(store.folder)
    assert content_of(store.folder) == wanted


def test_a_backup_is_due_whatever_the_clock_says(store: Store) -> None:
    now = store.clock()
    day = timedelta(days=1)
    assert backup.is_due(store, day)
    backup.back_up(store)
    store.clock = lambda: now + 9 * day
    assert not backup.is_due(store, day)
    store.journal.do(RecordInitiative(complete(code="A")))
    assert backup.is_due(store, day)
    store.clock = lambda: now
    assert not backup.is_due(store, day)
    store.clock = lambda: now.replace(year=2000)
    assert backup.is_due(store, day)


def test_saves_go_on_while_a_backup_is_made(store: Store) -> None:
    class Saver:
        """Progress that saves in the middle of the copying, a few times."""

        saved = 0

        def step(self, done: int, total: int, doing: str = "") -> None:
            if total and self.saved < 9:
                self.saved += 1
                title = f"Giữa chừng {self.saved}"
                store.journal.do(RecordInitiative(complete(title=title)))

    saver = Saver()
    text = "".join(f"{number:x} " for number in range(100_000))
    store.journal.do(RecordInitiative(complete(code="DÀI", content=text)))
    line = backup.back_up(store, None, saver)
    assert saver.saved > 1
    read_back(line.path, SILENT)


BACKER = """
import sys
from datetime import datetime
from pathlib import Path
from desktop.models import backup
from desktop.models.store import open_store
from desktop.programme.definition import load_programmes
from desktop.vietnamese.dates import VIETNAM
store = open_store(Path(sys.argv[1]), user="Lan", clock=lambda: datetime.now(VIETNAM),
                   programmes=load_programmes(Path("resources/programmes")))
print("ready", flush=True)
while True:
    backup.back_up(store)
"""


def run_killed_backups(folder: Path, kills: int) -> None:
    """Kill backups at any moment; each that is offered is whole."""
    dice = random.Random(5)
    for _number in range(kills):
        with subprocess.Popen(
            [sys.executable, "-c", BACKER, str(folder)], stdout=subprocess.PIPE, cwd=ROOT
        ) as backer:
            assert backer.stdout is not None
            assert backer.stdout.readline() == b"ready\n"
            time.sleep(dice.uniform(0.01, 0.2))
            backer.kill()
        for line in backup.backups(folder):
            read_back(line.path, SILENT)


def test_a_killed_backup_is_never_offered(store: Store) -> None:
    store.journal.do(RecordInitiative(complete(code="A")))
    store.close()
    run_killed_backups(store.folder, 3)


@pytest.mark.slow
def test_40_killed_backups_are_never_offered(store: Store) -> None:
    store.journal.do(RecordInitiative(complete(code="A")))
    store.close()
    run_killed_backups(store.folder, 40)


# The second place.


def test_each_backup_is_whole_in_the_second_place_too(
    store: Store, tmp_path: Path, opened: Callable[..., Store], restored: Restorer
) -> None:
    (tmp_path / "usb").mkdir()
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 a")
    key = store.journal.do(RecordInitiative(complete(code="A"))).result
    store.journal.do(AttachFile(key, keep(store.folder, tmp_path / "a.pdf"), "decision"))
    copied = backup.copy_elsewhere(backup.back_up(store), tmp_path / "usb")
    wanted = content_of(store.folder)
    store.close()
    shutil.rmtree(store.folder)
    restored(store.folder, copied)
    assert content_of(store.folder) == wanted
    assert backup.verify(opened(store.folder)) == []


def test_a_second_place_that_is_not_there_is_said(store: Store, tmp_path: Path) -> None:
    line = backup.back_up(store)
    with pytest.raises(UserError) as caught:
        backup.copy_elsewhere(line, tmp_path / "usb")
    assert caught.value.code == "backup.elsewhere"
