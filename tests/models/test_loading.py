"""A file recorded at once gives the records that its rows would have given one by one."""

import gc
import json
import random
import tracemalloc
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import Any

import pytest

from desktop.errors import UserError
from desktop.models import change_file, reading
from desktop.models.actions import loading
from desktop.models.actions.initiatives import (
    ImportInitiatives,
    RecordInitiative,
    ReviseInitiative,
)
from desktop.models.backup import verify
from desktop.models.change_file import ChangeFile, ToldEntry, last_entry_in
from desktop.models.deriving import stale_listing
from desktop.models.engines import sqlite
from desktop.models.entry import AuthorDraft, DecisionDraft, InitiativeDraft
from desktop.models.fields import AUTHOR_FIELDS, DECISION_FIELDS, INITIATIVE_FIELDS
from desktop.models.journal import Context, catch_up, is_behind
from desktop.models.store import Store
from desktop.vietnamese.dates import Moment, PartialDate
from tests.stores import complete

NAMES = ("Lê Thị Hoa", "Lê Thị Hoà", "Lê Thị Hòa", "Vàng A Sử", "Giàng A Dê")
BORN = (None, PartialDate(1986), PartialDate(1990, 5, 2))
NUMBERS = ("12/QĐ-HĐSK", "012/QĐ- HĐSK", "15/QĐ-UBND")
KEPT = {
    "initiative": "code, title, unit_id, decision_id, public_order_by",
    "authorship": "initiative_id, person_id, position, name, birth, identity, share",
    "person": "id, key, name, birth, identity",
    "decision": "id, key, number, issued, issuer, signer, summary",
    "unit": "id, name",
    "unit_parent": "unit_id, parent_id",
}


def any_drafts(seed: int, number: int) -> tuple[InitiativeDraft, ...]:
    """Rows as clerks paste them: people, units and decisions come again, spelt this way or that."""
    dice = random.Random(seed)

    def author() -> AuthorDraft:
        identity = dice.choice(("", "", "012086000001", "012090000002"))
        return AuthorDraft(dice.choice(NAMES), birth=dice.choice(BORN), identity=identity)

    def decision() -> DecisionDraft | None:
        number, summary = dice.choice(NUMBERS), dice.choice(("", "Về việc công nhận"))
        signed = PartialDate(2022, dice.choice((3, 4)), 1)
        made = DecisionDraft(number, signed, "Hội đồng", "council", "Tống Văn Hợp", "", summary)
        return dice.choice((made, made, None))

    return tuple(
        complete(
            code=dice.choice(("", "", f"R-{at}")),
            title=f"Việc số {at}",
            unit=dice.choice(("CĐCS Một", "CĐCS  một", "CĐCS Hai", "")),
            superior=dice.choice(("LĐLĐ huyện A", "LĐLĐ huyện B", "")),
            authors=tuple(author() for _one in range(dice.randrange(1, 4))),
            decision=decision(),
        )
        for at in range(number)
    )


def records(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    with store.reading() as connection:
        return {
            table: connection.execute(f"SELECT {names} FROM {table} ORDER BY id").fetchall()
            for table, names in KEPT.items()
        }


@pytest.mark.parametrize("slice_size", [1, 7, 500])
@pytest.mark.parametrize("seed", range(4))
def test_at_once_is_the_same_as_one_by_one(
    store: Store, seed: int, slice_size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = any_drafts(seed, 40)
    for draft in drafts:
        store.journal.do(RecordInitiative(draft))
    singly = records(store)
    for _draft in drafts:
        store.journal.undo()
    assert records(store)["initiative"] == []
    monkeypatch.setattr(loading, "_SLICE", slice_size)
    store.journal.do(ImportInitiatives(drafts, "a.xlsx"))
    at_once = records(store)
    for table, rows in singly.items():
        assert len(at_once[table]) == len(rows), table
    assert shape(at_once) == shape(singly)


def shape(found: dict[str, list[tuple[Any, ...]]]) -> list[tuple[Any, ...]]:
    """What belongs together, whatever the numbers of the rows: ids of a second run go on."""
    people, units, decisions = (
        {row[0]: at for at, row in enumerate(found[table])}
        for table in ("person", "unit", "decision")
    )
    firsts = sorted({row[0] for row in found["authorship"]})
    places = {key: at for at, key in enumerate(firsts)}
    lines: list[tuple[Any, ...]] = [
        (title, units.get(unit), decisions.get(decision), by)
        for _code, title, unit, decision, by in found["initiative"]
    ]
    lines += [(places[row[0]], people[row[1]], *row[2:]) for row in found["authorship"]]
    lines += [row[1:] for table in ("person", "decision", "unit") for row in found[table]]
    return [*lines, *((units[one], units[above]) for one, above in found["unit_parent"])]


def test_a_code_that_stands_twice_in_a_file_records_nothing(store: Store) -> None:
    twice = (complete(code="K1", title="Một"), complete(code="K1", title="Hai"))
    with pytest.raises(UserError) as refused:
        store.journal.do(ImportInitiatives(twice, "a.xlsx"))
    assert refused.value.code == "initiative.code"
    assert records(store)["initiative"] == []


def test_codes_go_on_after_the_highest_and_past_four_digits(store: Store) -> None:
    year = store.clock().year % 100
    taken = (f"SK{year}-9999", f"SK{year}-0007", f"SK{year}-12AB", "SK99-0001")
    store.journal.do(ImportInitiatives(tuple(complete(code=code) for code in taken), "a.xlsx"))
    store.journal.do(RecordInitiative(complete(code="")))
    assert records(store)["initiative"][-1][0] == f"SK{year}-10000"


class Failing(ImportInitiatives):
    """A bulk act that breaks off while no garbage is collected."""

    def __call__(self, context: Context) -> tuple[int, ...]:
        super().__call__(context)
        assert not gc.isenabled()
        raise UserError("no", code="test.no")


def test_garbage_is_collected_again_after_a_bulk_act_however_it_ends(store: Store) -> None:
    with pytest.raises(UserError):
        store.journal.do(Failing((complete(),), "a.xlsx"))
    assert gc.isenabled()
    store.journal.do(ImportInitiatives((complete(),), "a.xlsx"))
    assert gc.isenabled()


def append(changes: ChangeFile, number: int, size: int = 0) -> str:
    with closing(ToldEntry(changes.path.parent)) as told:
        told.entry = {"id": number, "op_id": "x"}
        told.inserted.add("unit", [b"y" * size])
        return changes.append(told)


def test_the_last_entry_is_read_from_a_file_whose_last_line_is_long_or_torn(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    for number, size in ((1, 0), (2, 300_000), (3, 200_000)):
        assert append(ChangeFile(file), number, size) == ""
        assert last_entry_in(file) == number
    whole = file.read_bytes()
    file.write_bytes(whole + b'0123 {"entry":{"id":9,')
    assert last_entry_in(file) == 3
    assert append(ChangeFile(file), 4) == ""
    assert [line["entry"]["id"] for line in ChangeFile(file).lines()] == [1, 2, 3, 4]


def test_a_file_that_was_closed_meanwhile_begins_a_chain_of_its_own(tmp_path: Path) -> None:
    changes = ChangeFile(tmp_path / "a.jsonl")
    for number in (1, 2):
        append(changes, number)
    changes.close()
    append(changes, 3)
    assert [line["entry"]["id"] for line in changes.lines()] == [3]


@pytest.mark.parametrize("draft", [complete(), InitiativeDraft(), *any_drafts(9, 5)])
def test_a_draft_comes_back_from_its_columns_as_it_was(draft: InitiativeDraft) -> None:
    names = ("unit", "superior", "authors", "decision")
    beside = {name: getattr(draft, name) for name in names}
    assert (
        InitiativeDraft(**INITIATIVE_FIELDS.given(INITIATIVE_FIELDS.kept(draft)), **beside) == draft
    )
    for author in draft.authors:
        assert AuthorDraft(**AUTHOR_FIELDS.given(AUTHOR_FIELDS.kept(author))) == author
    decision = draft.decision or DecisionDraft()
    assert DecisionDraft(**DECISION_FIELDS.given(DECISION_FIELDS.kept(decision))) == decision


class Watched(ImportInitiatives):
    """A bulk act that asks whether what it says it has written is what is read."""

    def __call__(self, context: Context) -> tuple[int, ...]:
        found = super().__call__(context)
        above = reading.lineage(context.connection, found)
        said = reading.kept(context.connection, found, above, context.written)
        assert said.keys() == set(found) <= context.written.keys()
        assert repr(said) == repr(reading.kept(context.connection, found, above))
        return found


def untidy(draft: InitiativeDraft, at: int) -> InitiativeDraft:
    """The draft with values that are kept otherwise than they came."""
    sent = datetime(2022, 5, 6, 20, 30, 1, 999, UTC)
    author = AuthorDraft(" Lò  Thị\u200b Á ", share=Decimal("5E+1"), credited=True, member=True)
    return replace(
        draft,
        title=f" Việc  số\t{at} ",
        content="Bệ\u0323nh\r\nviện  ",
        sent=Moment(sent),
        confidential=1,  # type: ignore[arg-type] # as it would come from elsewhere
        authors=(AuthorDraft(" "), author, *draft.authors) if at % 2 else draft.authors,
    )


def test_what_an_import_has_written_is_what_would_be_read(store: Store) -> None:
    for seed in range(2):
        drafts = (replace(draft, code="") for draft in any_drafts(seed, 60))
        mixed = tuple(untidy(one, at) if at % 3 else one for at, one in enumerate(drafts))
        store.journal.do(Watched(mixed, "a.xlsx"))
    with store.reading() as connection:
        assert stale_listing(connection) == []


def test_what_is_derived_in_an_import_is_up_to_date(store: Store) -> None:
    for seed in range(2):
        drafts = tuple(replace(draft, code="") for draft in any_drafts(seed, 60))
        store.journal.do(ImportInitiatives(drafts, "a.xlsx"))
    with store.reading() as connection:
        assert stale_listing(connection) == []
        kept = reading.drafts(connection, range(1, 121))
    assert len(kept) == 120


def questions(store: Store, drafts: tuple[InitiativeDraft, ...], table: str) -> int:
    """How many times an import asks for rows of a table."""
    asked: list[str] = []
    with store._engine.connect() as outer:
        driver: Any = outer.connection.driver_connection
    driver.set_trace_callback(asked.append)
    store.journal.do(ImportInitiatives(drafts, "a.xlsx"))
    driver.set_trace_callback(None)
    return sum(one.startswith("SELECT") and f" {table} " in one for one in asked)


@pytest.mark.parametrize("table", ["person", "initiative", "authorship", "decision"])
def test_twice_as_many_rows_of_a_file_ask_no_more_questions(store: Store, table: str) -> None:
    def drafts(first: int, number: int) -> tuple[InitiativeDraft, ...]:
        born = PartialDate(1980, 1, 1)
        return tuple(
            complete(code="", title=f"Việc {at}", authors=(AuthorDraft(f"Lò Thị {at}", born),))
            for at in range(first, first + number)
        )

    questions(store, drafts(0, 2), table)
    few = questions(store, drafts(100, 60), table)
    assert questions(store, drafts(500, 120), table) == few


@pytest.mark.parametrize("in_memory", [1 << 20, 10])
def test_rows_that_waited_outside_memory_stand_in_the_line_as_any_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_memory: int
) -> None:
    monkeypatch.setattr(change_file, "_IN_MEMORY", in_memory)
    rows = {"unit": ['{"id":1,"name":"Tổ \\"A\\""}'], "person": [f'{{"id":{n}}}' for n in range(9)]}
    changes = [["unit", 1, None, rows["unit"][0], "ab"], ["person", 3, '{"a":1}', None, "cd"]]
    with closing(ToldEntry(tmp_path)) as waiting:
        waiting.entry = {"id": 1, "op_id": "x"}
        for table, told in rows.items():
            images = [image.encode() for image in told]
            waiting.inserted.add(table, images[:1])
            waiting.inserted.add(table, images[1:])
        waiting.changes.add(changes[:1])
        waiting.changes.add(changes[1:])
        assert ChangeFile(tmp_path / "a.jsonl").append(waiting) == ""
    said = {"entry": waiting.entry, "changes": changes, "ranges": [], "inserted": rows}
    assert list(ChangeFile(tmp_path / "a.jsonl").lines()) == [said]
    with closing(ToldEntry(tmp_path)) as blank:
        assert json.loads(b"".join(blank.pieces()))["inserted"] == {}


def test_every_character_of_a_row_stands_in_the_line_as_it_was(store: Store) -> None:
    text = "".join(map(chr, range(1, 128))) + "\u2028ệ\U0001f600"
    with store.reading() as connection, closing(ToldEntry(store.folder)) as told:
        (image,) = connection.execute("SELECT json_object('name', ?)", (text,)).fetchone()
        told.inserted.add("unit", [image.encode()] * 2)
        said = json.loads(b"".join(told.pieces()))["inserted"]
    assert said == {"unit": [image] * 2}
    assert json.loads(image) == {"name": text}


def test_rows_that_could_not_wait_are_said_and_made_up_for(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = next((store.folder / "changes").glob("*.jsonl"))
    monkeypatch.setattr(change_file, "_IN_MEMORY", 10)
    folder = store.folder / "changes"
    aside = folder.rename(store.folder / "aside")
    folder.write_bytes(b"")
    assert store.journal.do(ImportInitiatives(any_drafts(1, 9), "a.xlsx")).unsaved_copy
    folder.unlink()
    aside.rename(folder)
    assert not store.journal.do(RecordInitiative(complete())).unsaved_copy
    lines = list(ChangeFile(path).lines())
    assert [line["entry"]["id"] for line in lines] == [1, 2, 3]
    assert len(lines[1]["inserted"]["initiative"]) == 9


def test_a_change_file_whose_end_cannot_be_read_goes_on_after_its_last_whole_line(
    store: Store,
) -> None:
    for number in range(3):
        store.journal.do(RecordInitiative(complete(title=f"Việc {number}")))
    (path,) = (store.folder / "changes").glob("*.jsonl")
    told = [line["entry"]["id"] for line in ChangeFile(path).lines()]
    torn = path.read_bytes().rstrip(b"\n").rpartition(b"\n")[0] + b"\n" + bytes(700) + b"\n"
    path.write_bytes(torn)
    assert last_entry_in(path) is None
    with store.reading() as connection:
        assert not is_behind(connection, path)
        assert catch_up(connection, path) == ""
    assert [line["entry"]["id"] for line in ChangeFile(path).lines()] == told
    assert path.with_name(f"{path.name}.broken-1").read_bytes() == torn


def test_a_line_torn_in_its_middle_is_made_up_for_when_the_store_is_opened(
    store: Store, opened: Callable[..., Store]
) -> None:
    for number in range(3):
        store.journal.do(RecordInitiative(complete(title=f"Việc {number}")))
    (path,) = (store.folder / "changes").glob("*.jsonl")
    whole = path.read_bytes()
    store.close()
    path.write_bytes(whole[:-900] + bytes(512) + whole[-388:])
    assert last_entry_in(path) is not None
    opened(store.folder).journal.do(RecordInitiative(complete()))
    told = [line["entry"]["id"] for line in ChangeFile(path).lines()]
    assert told == list(range(told[0], told[0] + len(told)))
    assert ChangeFile(path).is_whole()


def test_entries_that_could_not_be_told_at_opening_are_told_with_the_next(
    store: Store, opened: Callable[..., Store]
) -> None:
    (path,) = (store.folder / "changes").glob("*.jsonl")
    aside = path.rename(path.with_name("aside"))
    path.mkdir()
    assert store.journal.do(RecordInitiative(complete(title="Một"))).unsaved_copy
    store.close()
    again = opened(store.folder)
    path.rmdir()
    aside.rename(path)
    assert not again.journal.do(RecordInitiative(complete(title="Hai"))).unsaved_copy
    told = [line["entry"]["id"] for line in ChangeFile(path).lines()]
    assert told == [1, 2, 3]
    assert verify(again) == []


def test_a_gap_in_the_change_file_is_found(store: Store) -> None:
    (path,) = (store.folder / "changes").glob("*.jsonl")
    assert append(ChangeFile(path), 7) == ""
    assert [damage.kind for damage in verify(store)] == ["changes", "changes"]


def test_a_code_of_another_is_refused_by_its_name(store: Store) -> None:
    first = store.journal.do(RecordInitiative(complete(code="A1", title="Một"))).result
    store.journal.do(RecordInitiative(complete(code="A2", title="Hai")))
    with pytest.raises(UserError) as refused:
        store.journal.do(ReviseInitiative(first, complete(code="A2", title="Một")))
    assert refused.value.code == "initiative.code"
    assert "“Hai”" in str(refused.value)


def test_a_code_that_is_used_again_since_is_told_where_an_undo_would_bring_it_back(
    store: Store,
) -> None:
    first = store.journal.do(RecordInitiative(complete(code="A1", title="Một"))).result
    freed = store.journal.do(ReviseInitiative(first, complete(code="B1", title="Một"))).entry
    store.journal.do(RecordInitiative(complete(code="A1", title="Hai")))
    with pytest.raises(UserError) as refused:
        store.journal.undo(freed)
    assert refused.value.code == "journal.taken"


def test_a_change_file_that_cannot_be_read_is_told_beside_what_was_saved(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = store.folder / "changes"
    aside = folder.rename(store.folder / "aside")
    folder.write_bytes(b"")
    for _try in range(2):
        assert store.journal.do(RecordInitiative(complete())).unsaved_copy
    folder.unlink()
    aside.rename(folder)
    monkeypatch.setattr(store.journal, "_reading", refusing)
    assert store.journal.do(RecordInitiative(complete())).unsaved_copy


def refusing() -> AbstractContextManager[Any]:
    raise UserError("busy", code="store.busy")


def test_the_undo_of_an_import_keeps_no_images_in_memory(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(change_file, "_IN_MEMORY", 1 << 16)
    store.journal.do(ImportInitiatives(any_drafts(3, 2_000), "a.xlsx"))
    derive, peaks = store.journal._derive, []

    def measured(*rest: Any) -> None:
        peaks.append(tracemalloc.get_traced_memory()[1])
        derive(*rest)

    monkeypatch.setattr(store.journal, "_derive", measured)
    tracemalloc.start()
    store.journal.undo()
    tracemalloc.stop()
    with store.reading() as connection:
        size = connection.execute(
            "SELECT sum(length(before)) FROM journal_change WHERE before IS NOT NULL"
        ).fetchone()[0]
    assert peaks[0] < 1.5 * size  # their ids and hashes; each image takes two bytes a letter


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (
            PureWindowsPath(r"\\may-chu\chung\Sổ\store.db"),
            "file:////may-chu/chung/S%E1%BB%95/store.db",
        ),
        (PureWindowsPath(r"D:\a b\store.db"), "file:///D:/a%20b/store.db"),
        (PurePosixPath("/a?b/store.db"), "file:///a%3Fb/store.db"),
    ],
)
def test_a_store_is_found_on_shares_and_under_any_name(path: PurePath, uri: str) -> None:
    assert sqlite.address(path) == uri
