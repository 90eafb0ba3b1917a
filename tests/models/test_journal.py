"""Do, undo, redo and audit are one mechanism, and nothing writes beside it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

import pytest

from desktop.errors import UserError
from desktop.models import reading, register
from desktop.models.actions.decisions import RecordDecision
from desktop.models.actions.initiatives import (
    ImportInitiatives,
    RecordInitiative,
    RemoveInitiatives,
    RestoreInitiatives,
    ReviseInitiative,
    ReviseMany,
)
from desktop.models.change_file import ChangeFile
from desktop.models.engines import sqlite
from desktop.models.entry import DecisionDraft
from desktop.models.journal import Context
from desktop.models.store import Store
from tests.stores import complete


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """All journalled rows and the list, to compare a store with itself."""
    tables = ("initiative", "authorship", "person", "unit", "unit_parent", "decision", "listing")
    found = {}
    with store.reading() as connection:
        for table in tables:
            columns = "*" if table != "listing" else "initiative_id, code, title, verdict, removed"
            rows = connection.execute(f'SELECT {columns} FROM "{table}" ORDER BY 1').fetchall()
            found[table] = rows
    return found


def test_a_write_outside_the_journal_fails(store: Store) -> None:
    connection = sqlite.connect(store.folder, read_only=False)
    with pytest.raises(sqlite.Error, match="stray write"):
        connection.execute("INSERT INTO setting (key, value) VALUES ('a', '1')")
    connection.close()


@pytest.mark.parametrize("table", ["journal_entry", "journal_change"])
def test_the_journal_can_only_be_appended_to(store: Store, table: str) -> None:
    store.journal.do(RecordInitiative(complete()))
    connection = sqlite.connect(store.folder, read_only=False)
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id + 100"):
        with pytest.raises(sqlite.Error, match="append-only"):
            connection.execute(statement)
    connection.close()


def test_undoing_a_new_initiative_takes_all_of_it_back(store: Store) -> None:
    before = everything(store)
    store.journal.do(RecordInitiative(complete()))
    store.journal.undo()
    assert everything(store) == before


def test_redo_brings_back_what_undo_took(store: Store) -> None:
    store.journal.do(RecordInitiative(complete()))
    after = everything(store)
    store.journal.undo()
    store.journal.redo()
    assert everything(store) == after


def test_undo_and_redo_walk_through_several_acts(store: Store) -> None:
    states = [everything(store)]
    key = store.journal.do(RecordInitiative(complete())).result
    states.append(everything(store))
    store.journal.do(ReviseInitiative(key, complete(title="Lò héo chè kiểu mới")))
    states.append(everything(store))
    store.journal.do(RemoveInitiatives((key,)))
    states.append(everything(store))
    for expected in reversed(states[:-1]):
        store.journal.undo()
        assert everything(store) == expected
    for expected in states[1:]:
        store.journal.redo()
        assert everything(store) == expected


def test_a_new_act_ends_what_could_be_redone(store: Store) -> None:
    store.journal.do(RecordInitiative(complete()))
    store.journal.undo()
    store.journal.do(RecordInitiative(complete(title="Việc khác")))
    with pytest.raises(UserError) as caught:
        store.journal.redo()
    assert caught.value.code == "redo.nothing"


def test_a_whole_import_is_one_undo(store: Store) -> None:
    before = everything(store)
    drafts = tuple(complete(title=f"Sáng kiến số {n}", unit=f"CĐCS {n}") for n in range(30))
    store.journal.do(ImportInitiatives(drafts, "tam-duong.xlsx"))
    after = everything(store)
    assert len(after["initiative"]) == 30
    store.journal.undo()
    assert everything(store) == before
    store.journal.redo()
    assert everything(store) == after


def test_an_import_with_later_changes_is_not_undone_and_names_the_record(store: Store) -> None:
    drafts = (complete(code="A1"), complete(code="A2", title="Khác hẳn"))
    outcome = store.journal.do(ImportInitiatives(drafts, "a.xlsx"))
    store.journal.do(ReviseMany((outcome.result[1],), {"scope": "Toàn huyện"}))
    with pytest.raises(UserError, match="A2") as caught:
        store.journal.undo(outcome.entry)
    assert caught.value.code == "undo.changed"


def test_undo_of_an_older_act_names_the_record_that_has_changed_since(store: Store) -> None:
    outcome = store.journal.do(RecordInitiative(complete(code="M77")))
    store.journal.do(ReviseInitiative(outcome.result, complete(code="M77", scope="Cả tỉnh")))
    with pytest.raises(UserError, match="M77") as caught:
        store.journal.undo(outcome.entry)
    assert caught.value.code == "undo.changed"


def test_what_later_records_rest_on_is_not_undone(store: Store) -> None:
    draft = DecisionDraft("9/QĐ", issuer="Hội đồng")
    outcome = store.journal.do(RecordDecision(draft, ()))
    store.journal.do(RecordInitiative(replace(complete(), decision=draft)))
    with pytest.raises(UserError) as caught:
        store.journal.undo(outcome.entry)
    assert caught.value.code == "journal.dependent"


@dataclass(frozen=True)
class FailsHalfway:
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> None:
        RecordInitiative(complete())(context)
        raise UserError("no", code="test")


def test_an_act_that_fails_halfway_leaves_nothing(store: Store) -> None:
    before = everything(store)
    with pytest.raises(UserError):
        store.journal.do(FailsHalfway())
    assert everything(store) == before
    assert len(store.journal.history()) == 1


def test_an_act_that_changes_nothing_leaves_no_entry(store: Store) -> None:
    key = store.journal.do(RecordInitiative(complete())).result
    entries = len(store.journal.history())
    assert store.journal.do(ReviseInitiative(key, complete())).entry is None
    assert len(store.journal.history()) == entries


def test_history_says_who_did_what_when_and_what_undid_it(store: Store) -> None:
    store.journal.do(RecordInitiative(complete(code="M01")))
    undone = store.journal.undo()
    newest, recorded, created = store.journal.history()
    assert (recorded.user, recorded.time) == ("Lan", "2022-06-15T09:00:00+07:00")
    assert recorded.undone_by == undone.entry == newest.entry
    assert "M01" in recorded.label
    assert created.undone_by is None


def test_the_history_of_one_initiative_leaves_the_others_out(store: Store) -> None:
    one = store.journal.do(RecordInitiative(complete(code="A"))).result
    store.journal.do(RecordInitiative(complete(code="B", title="Việc khác hẳn")))
    store.journal.do(RemoveInitiatives((one,)))
    store.journal.do(RestoreInitiatives((one,)))
    assert len(store.journal.history(initiative=one)) == 3


def test_the_change_file_says_every_change_in_a_chain(store: Store) -> None:
    store.journal.do(ImportInitiatives((complete(), complete(title="Hai")), "a.xlsx"))
    store.journal.undo()
    (path,) = (store.folder / "changes").glob("*.jsonl")
    lines = list(ChangeFile(path).lines())
    assert [line["entry"]["action"] for line in lines] == [
        "CreateOffice",
        "ImportInitiatives",
        "Reverse",
    ]
    titles = [json.loads(image)["title"] for image in lines[1]["inserted"]["initiative"]]
    assert titles == [complete().title, "Hai"]


def test_a_torn_line_at_the_end_of_the_change_file_is_cut_off(store: Store) -> None:
    (path,) = (store.folder / "changes").glob("*.jsonl")
    path.write_bytes(path.read_bytes() + b"0123 {torn")
    store.journal.do(RecordInitiative(complete()))
    assert len(list(ChangeFile(path).lines())) == 2
    assert b"torn" not in path.read_bytes()


def test_what_was_committed_just_before_a_kill_is_appended_at_the_next_start(
    store: Store, opened: Callable[..., Store]
) -> None:
    (path,) = (store.folder / "changes").glob("*.jsonl")
    before = path.read_bytes()
    store.journal.do(ImportInitiatives((complete(), complete(title="Hai")), "a.xlsx"))
    whole = path.read_bytes()
    store.close()
    path.write_bytes(before)
    opened(store.folder)
    assert path.read_bytes() == whole


def test_a_removed_initiative_lies_in_the_bin_and_comes_back_as_it_was(store: Store) -> None:
    key = store.journal.do(RecordInitiative(complete())).result
    store.journal.do(RemoveInitiatives((key,)))
    with store.reading() as connection:
        assert list(register.ids(connection, register.Listing())) == []
        assert list(register.ids(connection, register.Listing(shelf="bin"))) == [key]
    store.journal.do(RestoreInitiatives((key,)))
    with store.reading() as connection:
        assert list(register.ids(connection, register.Listing())) == [key]


def test_a_form_opened_before_somebody_elses_change_is_not_saved_over_it(store: Store) -> None:
    outcome = store.journal.do(RecordInitiative(complete()))
    store.journal.do(ReviseInitiative(outcome.result, complete(scope="Cả tỉnh")))
    with pytest.raises(UserError) as caught:
        store.journal.do(
            ReviseInitiative(outcome.result, complete(scope="Xã"), based_on=outcome.entry)
        )
    assert caught.value.code == "initiative.stale"


def test_what_is_recorded_is_read_back_equal(store: Store) -> None:
    key = store.journal.do(RecordInitiative(complete(code="M01"))).result
    with store.reading() as connection:
        assert reading.drafts(connection, [key])[key] == complete(code="M01")


def test_a_disk_that_refuses_the_change_file_is_told_and_loses_nothing(
    store_folder: Path, opened: Callable[..., Store]
) -> None:
    store = opened(store_folder)
    (path,) = (store_folder / "changes").glob("*.jsonl")
    path.unlink()
    path.mkdir()
    outcome = store.journal.do(RecordInitiative(complete()))
    assert outcome.unsaved_copy
    assert len(everything(store)["initiative"]) == 1
