"""A file recorded at once gives the records that its rows would have given one by one."""

import gc
import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.errors import UserError
from desktop.models import change_file, reading
from desktop.models.actions import loading
from desktop.models.actions.initiatives import ImportInitiatives, RecordInitiative
from desktop.models.change_file import ChangeFile, InsertedRows, last_entry_in
from desktop.models.deriving import stale_listing
from desktop.models.entry import AuthorDraft, DecisionDraft, InitiativeDraft
from desktop.models.fields import AUTHOR_FIELDS, DECISION_FIELDS, INITIATIVE_FIELDS
from desktop.models.journal import Context, catch_up, is_behind
from desktop.models.store import Store
from desktop.vietnamese.dates import PartialDate
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


def content(number: int, size: int = 0) -> dict[str, Any]:
    return {"entry": {"id": number, "op_id": "x"}, "changes": [], "inserted": "y" * size}


def test_the_last_entry_is_read_from_a_file_whose_last_line_is_long_or_torn(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    for number, size in ((1, 0), (2, 300_000), (3, 200_000)):
        assert ChangeFile(file).append(content(number, size)) == ""
        assert last_entry_in(file) == number
    whole = file.read_bytes()
    file.write_bytes(whole + b'0123 {"entry":{"id":9,')
    assert last_entry_in(file) == 3
    assert ChangeFile(file).append(content(4)) == ""
    assert [line["entry"]["id"] for line in ChangeFile(file).lines()] == [1, 2, 3, 4]


def test_a_file_that_was_closed_meanwhile_begins_a_chain_of_its_own(tmp_path: Path) -> None:
    changes = ChangeFile(tmp_path / "a.jsonl")
    for number in (1, 2):
        changes.append(content(number))
    changes.close()
    changes.append(content(3))
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
    waiting = InsertedRows(tmp_path)
    for table, images in rows.items():
        waiting.add(table, images[:1])
        waiting.add(table, images[1:])
    head = {"entry": {"id": 1, "op_id": "x"}, "changes": [], "ranges": []}
    assert ChangeFile(tmp_path / "a.jsonl").append(head, waiting) == ""
    assert ChangeFile(tmp_path / "b.jsonl").append({**head, "inserted": rows}) == ""
    waiting.close()
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    assert json.loads(b"".join(InsertedRows(tmp_path).pieces())) == {}


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
