"""What an act changed is told field by field, in words."""

from dataclasses import replace
from decimal import Decimal

from desktop.models.actions.initiatives import RecordInitiative, RemoveInitiatives, ReviseInitiative
from desktop.models.differences import differences
from desktop.models.entry import AuthorDraft
from desktop.models.store import Store
from tests.stores import complete


def test_only_the_fields_that_changed_are_told_with_what_stood_before(store: Store) -> None:
    draft = complete(title="Máy tách hạt", benefit=36_000_000)
    key = store.journal.do(RecordInitiative(draft)).result
    changed = replace(draft, title="Máy tách hạt ngô", benefit=None, unit="CĐCS Mới")
    entry = store.journal.do(ReviseInitiative(key, changed)).entry
    assert entry is not None
    with store.reading() as connection:
        told = {one.field: (one.before, one.after) for one in differences(connection, entry, key)}
    assert told["Tên sáng kiến"] == ("Máy tách hạt", "Máy tách hạt ngô")
    assert told["Giá trị làm lợi kê khai (đồng)"] == ("36.000.000", "")
    assert told["Công đoàn cơ sở"][1] == "CĐCS Mới"
    assert len(told) == 3


def test_an_authors_field_names_the_author(store: Store) -> None:
    first = AuthorDraft("Lò Thị Ân", share=Decimal(60), credited=True)
    second = AuthorDraft("Vàng A Sử", share=Decimal(40))
    draft = complete(authors=(first, second))
    key = store.journal.do(RecordInitiative(draft)).result
    revised = replace(draft, authors=(first, replace(second, job="Thợ máy")))
    entry = store.journal.do(ReviseInitiative(key, revised)).entry
    assert entry is not None
    with store.reading() as connection:
        (told,) = differences(connection, entry, key)
    assert "Vàng A Sử" in told.record
    assert (told.field, told.before, told.after) == ("Chức danh", "", "Thợ máy")


def test_another_initiatives_changes_are_left_out(store: Store) -> None:
    keys = [store.journal.do(RecordInitiative(complete(title=f"Việc {n}"))).result for n in (1, 2)]
    entry = store.journal.do(RemoveInitiatives(tuple(keys))).entry
    assert entry is not None
    with store.reading() as connection:
        assert len(differences(connection, entry, keys[0])) == 1
        assert len(differences(connection, entry)) == 2
