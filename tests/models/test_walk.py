"""Random work: every undo and redo gives what was, and what is derived follows the records."""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop.errors import UserError
from desktop.models import backup
from desktop.models.actions.decisions import RecordDecision
from desktop.models.actions.initiatives import (
    ImportInitiatives,
    RecordInitiative,
    RemoveInitiatives,
    RestoreInitiatives,
    ReviseInitiative,
)
from desktop.models.actions.lookalikes import RuleOnLookalike
from desktop.models.actions.units import RecordUnits, UnitDraft
from desktop.models.deriving import refresh
from desktop.models.entry import AuthorDraft, DecisionDraft, InitiativeDraft
from desktop.models.store import Store
from tests.stores import complete

TITLES = ("Bể lọc nước", "Bể lọc nước sạch", "Sổ tay song ngữ", "Máng rửa chè", "Lò héo chè")
NAMES = ("Lù Văn Páo", "Vàng Thị Dợ", "Lò Thị Ân")
DERIVED = ("listing", "alike", "verdict")


def any_draft(dice: random.Random) -> InitiativeDraft:
    authors = tuple(
        AuthorDraft(name, share=None) for name in dice.sample(NAMES, dice.randint(1, 3))
    )
    return complete(
        title=dice.choice(TITLES),
        unit=f"CĐCS {dice.randrange(3)}",
        superior=dice.choice(["", "LĐLĐ huyện Một", "LĐLĐ huyện Hai"]),
        authors=(replace(authors[0], credited=True), *authors[1:]),
        decision=dice.choice([None, complete().decision, DecisionDraft("9/QĐ", summary="x")]),
    )


def any_act(dice: random.Random, ids: list[int]) -> object:
    if not ids or dice.random() < 0.3:
        return RecordInitiative(any_draft(dice))
    one = dice.choice(ids)
    acts: list[Callable[[], object]] = [
        lambda: ReviseInitiative(one, any_draft(dice)),
        lambda: RemoveInitiatives((one,)),
        lambda: RestoreInitiatives((one,)),
        lambda: RecordDecision(DecisionDraft(f"{dice.randrange(4)}/QĐ"), (one,)),
        lambda: RuleOnLookalike(one, dice.choice(ids), dice.random() < 0.5),
        lambda: ImportInitiatives((any_draft(dice), any_draft(dice)), "a.xlsx"),
        lambda: RecordUnits((UnitDraft(f"CĐCS {dice.randrange(3)}", "LĐLĐ huyện Ba"),)),
    ]
    return dice.choice(acts)()


def picture(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """All that is kept and derived, but for the number of the entry that derived it."""
    found = {}
    with store.reading() as connection:
        for table in ("initiative", "authorship", "person", "unit", "unit_parent", "decision"):
            found[table] = connection.execute(f'SELECT * FROM "{table}" ORDER BY id').fetchall()
        for table in DERIVED:
            every = connection.execute(f"PRAGMA table_info({table})").fetchall()
            names = ", ".join(column[1] for column in every if column[1] != "revision")
            found[table] = connection.execute(
                f"SELECT {names} FROM {table} ORDER BY 1, 2"
            ).fetchall()
    return found


@pytest.mark.parametrize("seed", range(6))
def test_every_undo_and_redo_of_a_random_walk_gives_what_was(store: Store, seed: int) -> None:
    dice = random.Random(seed)
    states = [picture(store)]
    for _step in range(18):
        ids = [int(str(row[0])) for row in states[-1]["initiative"]]
        if store.journal.do(any_act(dice, ids)).entry is not None:  # type: ignore[arg-type]
            states.append(picture(store))
    for expected in reversed(states[:-1]):
        store.journal.undo()
        assert picture(store) == expected
    for expected in states[1:]:
        store.journal.redo()
        assert picture(store) == expected
    assert backup.verify(store) == []


@pytest.mark.parametrize("seed", range(6))
def test_what_is_derived_step_by_step_is_what_a_rebuild_gives(store: Store, seed: int) -> None:
    dice = random.Random(100 + seed)
    for _step in range(18):
        with store.reading() as connection:
            ids = [row[0] for row in connection.execute("SELECT id FROM initiative").fetchall()]
        store.journal.do(any_act(dice, ids))  # type: ignore[arg-type]
    before = picture(store)
    with store.derived_writes() as connection:
        everyone = {row[0] for row in connection.execute("SELECT id FROM initiative").fetchall()}
        refresh(connection, everyone, 1, programme=store.programme, now=store.clock())
    assert picture(store) == before


def test_a_unit_that_gets_its_superior_later_is_listed_under_it(store: Store) -> None:
    first = complete(unit="CĐCS Ba", superior="")
    key = store.journal.do(RecordInitiative(first)).result
    store.journal.do(RecordInitiative(replace(first, title="Khác", superior="LĐLĐ huyện Hai")))
    with store.reading() as connection:
        sql = "SELECT superior FROM listing WHERE initiative_id = ?"
        assert connection.execute(sql, (key,)).fetchone() == ("LĐLĐ huyện Hai",)


def test_units_never_stand_under_one_another_in_a_ring(store: Store) -> None:
    store.journal.do(RecordUnits((UnitDraft("Một", "Hai"), UnitDraft("Hai", "Một"))))
    with store.reading() as connection:
        rows = connection.execute("SELECT count(*) FROM unit_parent").fetchone()
    assert rows == (1,)


def test_one_identity_number_on_two_people_renames_neither(store: Store) -> None:
    number = "0" * 12
    names = ("Lò Thị Một", "Giàng A Hai")
    drafts = tuple(
        complete(title=name, authors=(AuthorDraft(name, identity=number, credited=True),))
        for name in names
    )
    store.journal.do(ImportInitiatives(drafts, "a.xlsx"))
    with store.reading() as connection:
        found = connection.execute("SELECT author FROM listing ORDER BY initiative_id").fetchall()
    assert [row[0] for row in found] == list(names)


def test_two_authors_of_one_name_in_one_initiative_are_two_people(store: Store) -> None:
    twins = (AuthorDraft("Lò Văn A", phone="1", credited=True), AuthorDraft("Lò Văn A", phone="2"))
    store.journal.do(RecordInitiative(complete(authors=twins)))
    with store.reading() as connection:
        found = connection.execute("SELECT phone, person_id FROM authorship ORDER BY id").fetchall()
    assert [row[0] for row in found] == ["1", "2"]
    assert found[0][1] != found[1][1]


def test_a_decision_stays_with_what_lies_in_the_bin(
    store: Store, revise_decision: Callable[[int, tuple[int, ...]], None]
) -> None:
    ids = [store.journal.do(RecordInitiative(complete(title=t))).result for t in TITLES[:2]]
    decision = DecisionDraft("7/QĐ", issuer="Hội đồng")
    key = store.journal.do(RecordDecision(decision, tuple(ids))).result
    store.journal.do(RemoveInitiatives((ids[1],)))
    revise_decision(key, (ids[0],))
    store.journal.do(RestoreInitiatives((ids[1],)))
    with store.reading() as connection:
        rows = connection.execute("SELECT decision_id FROM initiative ORDER BY id").fetchall()
    assert rows == [(key,), (key,)]


def test_an_amount_that_cannot_be_true_is_refused(store: Store) -> None:
    with pytest.raises(UserError) as caught:
        store.journal.do(RecordInitiative(complete(benefit=10**19)))
    assert caught.value.code == "initiative.benefit"


def test_a_code_in_the_file_is_never_given_to_a_row_without_one(store: Store) -> None:
    drafts = (complete(), complete(code="SK22-0001", title="Hai"), complete(title="Ba"))
    store.journal.do(ImportInitiatives(drafts, "a.xlsx"))
    with store.reading() as connection:
        codes = [row[0] for row in connection.execute("SELECT code FROM initiative ORDER BY id")]
    assert codes == ["SK22-0002", "SK22-0001", "SK22-0003"]
