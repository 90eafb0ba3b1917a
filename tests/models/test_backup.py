"""Backups are whole or not there; restoring brings back what was; damage is named."""

import errno
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.models import backup, register
from desktop.models.actions.initiatives import AttachFile, RecordInitiative, RemoveInitiatives
from desktop.models.attachments import is_sound, keep, path_of
from desktop.models.backup.archive import hash_of, manifest_in, pool_path, read_back
from desktop.models.engines import sqlite
from desktop.models.engines.lock import WriterLock
from desktop.models.store import Store
from desktop.progress import SILENT, CancelledError
from desktop.text import _
from tests.stores import complete


def codes(store: Store) -> list[str]:
    with store.reading() as connection:
        return [row.code for row in register.stream(connection, register.Listing(order="code"))]


@pytest.fixture
def filled(store: Store, tmp_path: Path) -> Store:
    key = store.journal.do(RecordInitiative(complete(code="A"))).result
    scan = tmp_path / "quyết định.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")
    store.journal.do(AttachFile(key, keep(store.folder, scan), "decision"))
    return store


def test_a_restored_backup_is_the_store_as_it_was(
    filled: Store, tmp_path: Path, opened: Callable[..., Store]
) -> None:
    line = backup.back_up(filled, tmp_path / "b.skbackup")
    assert line.initiatives == 1
    filled.journal.do(RecordInitiative(complete(code="B", title="Sau khi sao lưu")))
    backup.restore(tmp_path / "b.skbackup", tmp_path / "again")
    again = opened(tmp_path / "again")
    assert codes(again) == ["A"]
    assert backup.verify(again) == []
    assert len(again.journal.history()) == 3


def test_restoring_over_a_store_keeps_what_was_there(
    filled: Store, tmp_path: Path, opened: Callable[..., Store]
) -> None:
    backup.back_up(filled, tmp_path / "b.skbackup")
    filled.journal.do(RecordInitiative(complete(code="B", title="Sau khi sao lưu")))
    filled.close()
    backup.restore(tmp_path / "b.skbackup", filled.folder)
    assert codes(opened(filled.folder)) == ["A"]
    aside = filled.folder / "store.db.before-restore-1"
    assert aside.exists()
    assert len(list((filled.folder / "changes").glob("*.before-restore-1.jsonl"))) == 1


def test_work_goes_on_after_a_restore(
    filled: Store, tmp_path: Path, opened: Callable[..., Store]
) -> None:
    backup.back_up(filled, tmp_path / "b.skbackup")
    filled.close()
    backup.restore(tmp_path / "b.skbackup", filled.folder)
    again = opened(filled.folder)
    again.journal.do(RecordInitiative(complete(code="C", title="Việc mới")))
    again.journal.undo()
    assert backup.verify(again) == []


@pytest.mark.parametrize("harm", ["cut", "flip", "noise", "empty"])
def test_a_backup_that_is_not_whole_is_refused_and_changes_nothing(
    filled: Store, tmp_path: Path, harm: str
) -> None:
    path = tmp_path / "b.skbackup"
    backup.back_up(filled, path)
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 8
    harmed = {"cut": content[:-900], "flip": content, "noise": b"abc" * 999, "empty": b""}
    path.write_bytes(bytes(harmed[harm]))
    before = (filled.folder / "store.db").read_bytes()
    with pytest.raises(UserError):
        backup.restore(path, filled.folder)
    assert (filled.folder / "store.db").read_bytes() == before


def test_a_backup_to_a_place_that_cannot_be_written_says_so(filled: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        backup.back_up(filled, tmp_path / "file" / "b.skbackup")
    assert caught.value.code == "backup.unwritable"


def test_backups_are_listed_newest_first_and_the_oldest_pruned_by_number(filled: Store) -> None:
    for _number in range(12):
        backup.back_up(filled)
    numbers = [int(line.path.stem.split("-")[1]) for line in backup.backups(filled.folder)]
    assert numbers == list(range(12, 2, -1))


def harm_record(folder: Path, change: str) -> None:
    """Change a record behind the journal's back, as bit rot would."""
    connection = sqlite.connect(folder, read_only=False)
    names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for (name,) in names:
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.execute(change)
    connection.close()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("UPDATE initiative SET benefit = benefit + 1", "A"),
        ("UPDATE person SET name = 'Ai đó' WHERE id = 1", "Ai đó"),
        ("DELETE FROM attachment", "1"),
        ("UPDATE journal_entry SET user = 'Kẻ lạ' WHERE id = 2", "2"),
        ("UPDATE journal_change SET after = '{}' WHERE id = 1", "1"),
        ("DELETE FROM journal_entry WHERE id = 2", "3"),
    ],
)
def test_verify_names_what_was_changed_behind_the_journals_back(
    filled: Store, change: str, named: str
) -> None:
    assert backup.verify(filled) == []
    harm_record(filled.folder, change)
    found = backup.verify(filled)
    assert any(named in damage.record for damage in found)


def test_verify_names_a_missing_attachment(filled: Store) -> None:
    with filled.reading() as connection:
        (digest,) = connection.execute("SELECT sha256 FROM attachment").fetchone()
    path_of(filled.folder, digest).write_bytes(b"%PDF-1.4 scam")
    (damage,) = backup.verify(filled)
    assert (damage.kind, damage.record) == (
        "attachment",
        "quyết định.pdf, A “Cải tiến lò héo chè đốt bã ép”",
    )


def test_the_same_content_is_kept_once(filled: Store, tmp_path: Path) -> None:
    (tmp_path / "bản sao.pdf").write_bytes(b"%PDF-1.4 scan")
    kept = keep(filled.folder, tmp_path / "bản sao.pdf")
    files = [path for path in (filled.folder / "attachments").rglob("*") if path.is_file()]
    assert [path.name for path in files] == [kept.sha256]


@pytest.mark.parametrize("content", [b"", None])
def test_a_file_that_cannot_be_kept_is_refused(
    store: Store, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "a.pdf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UserError):
        keep(store.folder, path)


def test_a_backup_holds_what_lies_in_the_bin_too(
    filled: Store, tmp_path: Path, opened: Callable[..., Store]
) -> None:
    filled.journal.do(RemoveInitiatives((1,)))
    backup.back_up(filled, tmp_path / "b.skbackup")
    backup.restore(tmp_path / "b.skbackup", tmp_path / "again")
    with opened(tmp_path / "again").reading() as connection:
        assert list(register.ids(connection, register.Listing(shelf="bin"))) == [1]


# Rot, in the store and in the pool beside its backups.


def digest_in(store: Store) -> str:
    with store.reading() as connection:
        return str(connection.execute("SELECT sha256 FROM attachment").fetchone()[0])


def pooled(store: Store) -> Path:
    return pool_path(store.folder / "backups", digest_in(store))


def rot(path: Path) -> None:
    """Change the content and not the size."""
    path.write_bytes(path.read_bytes()[:-1] + b"\0")


def test_a_rotted_attachment_comes_back_from_the_pool_and_outlives_the_pruning(
    filled: Store,
) -> None:
    backup.back_up(filled)
    rot(path_of(filled.folder, digest_in(filled)))
    lines = [backup.back_up(filled) for _number in range(11)]
    assert {line.damaged for line in lines} == {0}
    assert is_sound(filled.folder, digest_in(filled))
    assert backup.verify(filled) == []
    assert manifest_in(lines[-1].path)["attachments"] == [digest_in(filled)]
    assert hash_of(pooled(filled)) == digest_in(filled)


def test_what_reads_only_mends_nothing_but_backs_up_the_sound_copy(
    filled: Store, tmp_path: Path, opened: Callable[..., Store]
) -> None:
    backup.back_up(filled)
    digest = digest_in(filled)
    rot(path_of(filled.folder, digest))
    reader = opened(filled.folder, write=False)
    line = backup.back_up(reader, tmp_path / "b.skbackup")
    assert not is_sound(filled.folder, digest)
    assert manifest_in(line.path)["attachments"] == [digest]
    backup.restore(line.path, tmp_path / "again")
    assert is_sound(tmp_path / "again", digest)


def test_what_is_sound_nowhere_is_counted_and_said_and_named_in_the_manifest(
    filled: Store,
) -> None:
    assert backup.damage_told(backup.back_up(filled)) == ""
    rot(path_of(filled.folder, digest_in(filled)))
    rot(pooled(filled))
    line = backup.back_up(filled)
    assert line.damaged == 1
    assert "1 hồ sơ hoặc tệp" in backup.damage_told(line)
    assert backup.backups(filled.folder)[0].damaged == 1
    assert manifest_in(line.path)["missing"] == [digest_in(filled)]


def test_a_file_that_rotted_in_the_pool_is_copied_anew(filled: Store) -> None:
    first = backup.back_up(filled)
    rot(pooled(filled))
    backup.back_up(filled)
    for path in (first.path, backup.backups(filled.folder)[0].path):
        read_back(path, SILENT)


@pytest.mark.parametrize("where", ["there", "here", "both"])
def test_a_file_that_rotted_in_the_second_place_is_copied_anew(
    filled: Store, tmp_path: Path, where: str
) -> None:
    (tmp_path / "usb").mkdir()
    line = backup.back_up(filled)
    there = backup.copy_elsewhere(line, tmp_path / "usb")
    if where != "there":
        rot(pooled(filled))
    if where != "here":
        rot(pool_path(there.parent, digest_in(filled)))
    read_back(backup.copy_elsewhere(line, tmp_path / "usb"), SILENT)


def test_what_is_sound_nowhere_is_not_copied_to_the_second_place_as_if_it_were(
    filled: Store, tmp_path: Path
) -> None:
    (tmp_path / "usb").mkdir()
    line = backup.back_up(filled)
    rot(pooled(filled))
    rot(path_of(filled.folder, digest_in(filled)))
    with pytest.raises(UserError) as caught:
        backup.copy_elsewhere(line, tmp_path / "usb")
    assert caught.value.code == "backup.elsewhere"
    assert "tệp bị hỏng" in str(caught.value)


# Backups take turns, and sweep what killed ones have left.


class Meanwhile:
    """Progress that does something in another thread at the first step of ``doing``."""

    def __init__(self, doing: str, act: Callable[[], object]) -> None:
        self.doing, self.thread = doing, threading.Thread(target=act)

    def step(self, done: int, total: int, doing: str = "") -> None:
        del done, total
        if doing == self.doing and self.thread.ident is None:
            self.thread.start()
            self.thread.join(timeout=1)


def test_two_backups_at_once_are_made_one_after_the_other(filled: Store) -> None:
    others: list[backup.BackupLine] = []
    meanwhile = Meanwhile(
        _("Copying attachments"), lambda: others.append(backup.back_up(filled, None))
    )
    line = backup.back_up(filled, None, meanwhile)
    meanwhile.thread.join()
    numbers = [one.path.name.split("-")[1] for one in (line, *others)]
    assert numbers == ["00001", "00002"]
    for one in backup.backups(filled.folder):
        read_back(one.path, SILENT)


class Waiting:
    """Progress that lets another program's lock go, or stops, once it is waited for."""

    def __init__(self, act: Callable[[], object]) -> None:
        self.act, self.waited = act, 0

    def step(self, done: int, total: int, doing: str = "") -> None:
        del done, total
        if doing == _("Waiting for another backup"):
            self.waited += 1
            self.act()


def stop() -> None:
    raise CancelledError


def test_a_backup_waits_for_another_program_and_can_be_stopped_meanwhile(filled: Store) -> None:
    backup.back_up(filled)
    other = WriterLock(filled.folder / "backups")
    assert other.acquire("Hoa", filled.clock()) is None
    with pytest.raises(CancelledError):
        backup.back_up(filled, None, Waiting(stop))
    waiting = Waiting(other.release)
    backup.back_up(filled, None, waiting)
    assert waiting.waited == 1
    assert len(backup.backups(filled.folder)) == 2


def test_a_folder_that_takes_no_lock_is_backed_up_all_the_same(
    filled: Store, tmp_path: Path
) -> None:
    (filled.folder / "backups").rmdir()
    (filled.folder / "backups").write_text("in the way", encoding="utf-8")
    backup.back_up(filled, tmp_path / "b.skbackup")
    read_back(tmp_path / "b.skbackup", SILENT)


def test_what_killed_backups_have_left_is_swept(filled: Store, tmp_path: Path) -> None:
    series = filled.folder / "backups"
    for place in (series / ".backup-old", tmp_path / f".backup-{filled.store_id[:8]}-b"):
        place.mkdir()
        (place / "store.db").write_bytes(b"a whole copy")
    backup.back_up(filled)
    cut = (series / ".store-00002-x.skbackup.tmp", pooled(filled).with_name(".abc.tmp"))
    for one in cut:
        one.write_bytes(b"torn")
    (tmp_path / ".backup-another").mkdir()
    backup.back_up(filled, tmp_path / "b.skbackup")
    hidden = {path.name for path in tmp_path.rglob(".*")}
    assert hidden == {".backup-another"}


def test_a_backup_leaves_nothing_but_itself_and_its_lock(filled: Store) -> None:
    line = backup.back_up(filled)
    names = {path.name for path in (filled.folder / "backups").iterdir()}
    assert names == {line.path.name, "files", "store.lock", "store.lock-journal", "store.writer"}


@pytest.mark.parametrize("doing", ["Checking the attachments", "Reading the backup back"])
def test_a_backup_can_be_stopped_at_every_attachment(
    filled: Store, tmp_path: Path, doing: str
) -> None:
    steps: list[int] = []

    class Counting:
        def step(self, done: int, total: int, told: str = "") -> None:
            steps.extend([done] if total and told == _(doing) else [])

    for number in range(3):
        scan = tmp_path / f"{number}.pdf"
        scan.write_bytes(b"%PDF-1.4 " + str(number).encode())
        filled.journal.do(AttachFile(1, keep(filled.folder, scan), "decision"))
    backup.back_up(filled, tmp_path / "b.skbackup", Counting())
    assert steps == [0, 1, 2, 3]


# What the disk refuses is told as what it is.


def test_a_backup_is_read_back_on_the_disk_that_it_is_written_to(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "full C"))
    read_back(backup.back_up(filled).path, SILENT, work=tmp_path)


def test_a_full_disk_is_told_as_that_and_not_as_a_backup_that_cannot_be_read(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = backup.back_up(filled)

    def full(*_given: object) -> None:
        raise OSError(errno.ENOSPC, "")

    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(UserError) as reading:
        read_back(line.path, SILENT)
    with pytest.raises(UserError) as writing:
        backup.back_up(filled)
    assert (reading.value.code, writing.value.code) == ("backup.no_room", "backup.unwritable")
    assert "đầy" in str(writing.value)
