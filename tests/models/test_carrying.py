"""A restored store has the files of later changes, gives no number twice, keeps what is typed."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.models import backup, drafts, issuing
from desktop.models.actions.initiatives import AttachFile, RecordInitiative, ReviseInitiative
from desktop.models.actions.issuing import IssuePapers, PaperToIssue
from desktop.models.actions.office import ReviseWording
from desktop.models.attachments import keep, keep_content, path_of
from desktop.models.engines import sqlite
from desktop.models.entry import AuthorDraft
from desktop.models.store import Store
from desktop.tasks.stores import comparison_lines
from tests.models.conftest import Restorer
from tests.stores import complete

# Files.


def paper(store: Store) -> PaperToIssue:
    return PaperToIssue(
        type="QĐ",
        ordinal=1,
        number="01/QĐ-LĐLĐ",
        kind="recognition-decision",
        subject="Quyết định về việc công nhận sáng kiến",
        dated=date(2022, 6, 15),
        signer="Lò Minh Sơn",
        recipients="- Lưu: VT.",
        initiatives=(1,),
        form_set="tt18-2013",
        content='[{"block":"Paper","key":"QĐ1"}]',
        pdf=keep_content(store.folder, b"%PDF-1.4 signed"),
        pages=1,
    )


@pytest.fixture
def older(store: Store, tmp_path: Path) -> backup.BackupLine:
    """A backup, after which a scan was attached and a paper issued."""
    key = store.journal.do(RecordInitiative(complete(code="A"))).result
    line = backup.back_up(store)
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 a")
    store.journal.do(AttachFile(key, keep(store.folder, tmp_path / "a.pdf"), "decision"))
    store.journal.do(IssuePapers((paper(store),)))
    return line


def files_of(folder: Path) -> list[Path]:
    return [path for path in (folder / "attachments").rglob("*") if path.is_file()]


def test_files_of_later_changes_come_along_into_another_folder(
    store: Store,
    older: backup.BackupLine,
    tmp_path: Path,
    opened: Callable[..., Store],
    restored: Restorer,
) -> None:
    comparison = restored(tmp_path / "khác", older.path)
    assert (comparison.replayed, comparison.missing) == (2, 0)
    assert backup.verify(opened(tmp_path / "khác")) == []
    assert len(files_of(tmp_path / "khác")) == len(files_of(store.folder)) == 2


def test_files_of_later_changes_come_from_beside_later_backups_too(
    store: Store, older: backup.BackupLine, opened: Callable[..., Store], restored: Restorer
) -> None:
    backup.back_up(store)
    store.close()
    scan, issued_file = files_of(store.folder)
    scan.unlink()
    issued_file.write_bytes(b"%PDF-1.4 rotten")
    assert restored(store.folder, older.path).missing == 0
    assert backup.verify(opened(store.folder)) == []


def test_files_that_are_found_nowhere_are_counted_and_said(
    store: Store, older: backup.BackupLine, tmp_path: Path, restored: Restorer
) -> None:
    path_of(store.folder, issuing.content_hash("%PDF-1.4 a")).write_bytes(b"%PDF-1.4 rotten")
    comparison = restored(tmp_path / "khác", older.path)
    assert comparison.missing == 1
    said = "Tệp đính kèm hoặc văn bản đã phát hành không tìm thấy: 1"
    assert said in comparison_lines(comparison)
    assert said[:-1] not in "".join(comparison_lines(replace(comparison, missing=0)))


# Numbers.


def test_numbers_that_were_given_are_known_in_another_folder_too(
    store: Store, tmp_path: Path, restored: Restorer
) -> None:
    line = backup.back_up(store)
    (store.folder / issuing.GIVEN).write_text(json.dumps([[2022, "QĐ", 9]]), encoding="utf-8")
    restored(tmp_path / "khác", line.path, later=False)
    assert issuing.remembered(tmp_path / "khác") == {(2022, "QĐ"): 9}


# Half-typed forms.


def type_in(store: Store, key: str, title: str, user: str = "Lan") -> None:
    with store.derived_writes() as connection:
        drafts.save(connection, key, complete(title=title), user=user, now=store.clock())


def typed_in(store: Store, user: str = "Lan") -> dict[str, str]:
    with store.reading() as connection:
        return {one.key: one.draft.title for one in drafts.load_all(connection, user)}


@pytest.mark.parametrize("later", [False, True])
def test_what_is_half_typed_now_stays_and_what_was_saved_does_not_come_back(
    store: Store, opened: Callable[..., Store], restored: Restorer, later: bool
) -> None:
    type_in(store, "new", "Đã cất", "Hoa")
    type_in(store, "new", "Đã cất")
    backup.back_up(store)
    store.journal.do(RecordInitiative(complete(code="A")))
    type_in(store, "new", "Đang gõ")
    with store.derived_writes() as connection:
        drafts.discard(connection, "new", user="Hoa")
    store.close()
    restored(store.folder, later=later)
    again = opened(store.folder)
    assert (typed_in(again), typed_in(again, "Hoa")) == ({"new": "Đang gõ"}, {})


def test_of_a_damaged_store_only_forms_that_nobody_saved_since_come_back(
    store: Store, opened: Callable[..., Store], restored: Restorer
) -> None:
    for number in (1, 2):
        store.journal.do(RecordInitiative(complete(title=f"Việc {number}")))
    for key in ("new", "initiative:1", "initiative:2"):
        type_in(store, key, key)
        type_in(store, key, key, "Hoa")
    backup.back_up(store)
    store.journal.do(RecordInitiative(complete(title="new")))
    others = complete(title="Việc 1", authors=(AuthorDraft("Lù Văn Páo"),))
    store.journal.do(ReviseInitiative(1, others))
    store.close()
    (store.folder / sqlite.STORE_FILE).write_bytes(b"")
    restored(store.folder)
    again = opened(store.folder)
    assert set(typed_in(again)) == {"initiative:2"}
    assert set(typed_in(again, "Hoa")) == {"new", "initiative:1", "initiative:2"}


def test_forms_that_have_rotted_do_not_stop_a_restore_and_the_backup_stands_in_for_them(
    store: Store, opened: Callable[..., Store], restored: Restorer
) -> None:
    type_in(store, "new", "Của Hoa", "Hoa")
    type_in(store, "new", "Trước")
    backup.back_up(store)
    type_in(store, "new", "Sau", "Vân")
    with store.derived_writes() as connection:
        # Pages that a power cut left half written hold what no statement would have written.
        connection.execute("CREATE TABLE rotten AS SELECT * FROM draft WHERE user <> 'Hoa'")
        connection.execute("INSERT INTO rotten VALUES (NULL, NULL, NULL, NULL, NULL)")
        connection.execute("UPDATE rotten SET body = char(0), saved_at = '' WHERE user = 'Lan'")
        connection.execute("DROP TABLE draft")
        connection.execute("ALTER TABLE rotten RENAME TO draft")
    store.close()
    restored(store.folder)
    again = opened(store.folder)
    typed = [typed_in(again, user) for user in ("Hoa", "Lan", "Vân")]
    assert typed == [{"new": "Của Hoa"}, {"new": "Trước"}, {"new": "Sau"}]


def test_wording_that_was_saved_since_is_half_typed_no_more(
    store: Store, opened: Callable[..., Store], restored: Restorer
) -> None:
    with store.derived_writes() as connection:
        for user in ("Lan", "Hoa"):
            drafts.save_wording(connection, {"a": "b"}, user=user, now=store.clock())
    backup.back_up(store)
    store.journal.do(ReviseWording("tt18-2013", (("closing", "Trân trọng."),), "Lời kết"))
    store.close()
    (store.folder / sqlite.STORE_FILE).write_bytes(b"")
    restored(store.folder)
    with opened(store.folder).reading() as connection:
        kept = [drafts.load_wording(connection, user) for user in ("Lan", "Hoa")]
    assert kept == [{}, {"a": "b"}]


def test_what_was_typed_over_a_record_that_is_given_up_goes_on_as_a_new_one(
    store: Store, opened: Callable[..., Store], restored: Restorer
) -> None:
    backup.back_up(store)
    key = store.journal.do(RecordInitiative(complete(code="A"))).result
    type_in(store, f"initiative:{key}", "Đang sửa")
    store.close()
    restored(store.folder, later=False)
    assert typed_in(opened(store.folder)) == {"new": "Đang sửa"}
