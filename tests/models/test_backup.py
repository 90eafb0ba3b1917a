"""Backups are whole or not there; restoring brings back what was; damage is named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.models import backup, register
from desktop.models.actions.initiatives import AttachFile, RecordInitiative, RemoveInitiatives
from desktop.models.attachments import keep, path_of
from desktop.models.engines import sqlite
from desktop.models.store import Store
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
