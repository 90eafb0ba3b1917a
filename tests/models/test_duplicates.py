"""Look-alikes are found for a reason, and an officer's word on them is remembered."""

from dataclasses import replace
from itertools import combinations

from desktop.models import duplicates, reading, register
from desktop.models.actions.initiatives import ImportInitiatives, RecordInitiative
from desktop.models.actions.lookalikes import RuleOnLookalike
from desktop.models.checking import check_draft
from desktop.models.entry import AuthorDraft
from desktop.models.store import Store
from tests.stores import complete

LONG = "Sào thao tác cách điện có đầu kẹp xoay lắp chụp chống thú leo cột trung áp khi có điện"
SHORT = "Sào thao tác có đầu kẹp xoay lắp chụp chống thú leo cột trung áp"


def failing(store: Store, key: int) -> set[str]:
    with store.reading() as connection:
        (dossier,) = reading.dossiers(connection, [key])
    assert dossier.verdict is not None
    return {f.rule for f in dossier.verdict.findings if f.result != "pass"}


def test_a_coauthor_who_enters_the_same_thing_again_is_noticed_on_both_sides(store: Store) -> None:
    first = store.journal.do(RecordInitiative(complete(title=LONG))).result
    assert "DK-19" not in failing(store, first)
    again = complete(title=SHORT, authors=(replace(complete().authors[1], credited=True),))
    second = store.journal.do(RecordInitiative(again)).result
    assert "DK-19" in failing(store, first)
    assert {"DK-19", "DK-12"} <= failing(store, second)


def test_undoing_the_second_takes_the_warning_off_the_first(store: Store) -> None:
    first = store.journal.do(RecordInitiative(complete(title=LONG))).result
    store.journal.do(RecordInitiative(complete(title=SHORT)))
    store.journal.undo()
    assert "DK-19" not in failing(store, first)


def test_what_an_officer_called_no_duplicate_is_not_shown_again(store: Store) -> None:
    first = store.journal.do(RecordInitiative(complete(title=LONG))).result
    second = store.journal.do(RecordInitiative(complete(title=SHORT))).result
    store.journal.do(RuleOnLookalike(first, second, duplicate=False))
    assert "DK-19" not in failing(store, first) | failing(store, second)
    store.journal.undo()
    assert "DK-19" in failing(store, first)


def test_a_duplicate_said_to_be_one_fails_the_rule_of_novelty(store: Store) -> None:
    first = store.journal.do(RecordInitiative(complete(title=LONG))).result
    second = store.journal.do(RecordInitiative(complete(title=SHORT))).result
    store.journal.do(RuleOnLookalike(second, first, duplicate=True))
    assert "DK-02" in failing(store, second)


def test_different_things_of_one_unit_are_no_lookalikes(store: Store) -> None:
    store.journal.do(RecordInitiative(complete(title="Bể lọc nước sạch điểm trường")))
    other = complete(title="Quy trình tiếp nhận hồ sơ một cửa", decision=None)
    key = store.journal.do(RecordInitiative(other)).result
    assert "DK-19" not in failing(store, key)


def test_a_form_is_compared_while_it_is_typed(store: Store) -> None:
    store.journal.do(RecordInitiative(complete(title=LONG, code="M07")))
    with store.reading() as connection:
        typed = complete(title=SHORT)
        verdict = check_draft(connection, store.programme, typed, now=store.clock())
    (finding,) = [one for one in verdict.findings if one.rule == "DK-19"]
    assert finding.result == "fail"
    assert "M07" in finding.message


def test_a_batch_finds_the_pairs_that_comparing_everything_finds(store: Store) -> None:
    words = ("lò héo", "bể lọc", "sổ tay", "máng rửa")
    drafts = tuple(
        complete(
            title=f"Cải tiến {words[n % 4]} kiểu {n % 7} cho tổ {n % 3}",
            unit=f"CĐCS {n % 5}",
            authors=(AuthorDraft(f"Người Thứ {n % 9}", credited=True),),
            decision=None,
        )
        for n in range(80)
    )
    store.journal.do(ImportInitiatives(drafts, "a.xlsx"))
    with store.reading() as connection:
        keys = list(register.ids(connection, register.Listing(order="code")))
        found = set(duplicates.pairs(connection, keys))
        probes = sorted(duplicates.probes(connection, "1", ()), key=lambda one: one.initiative_id)
    expected = {
        (a.initiative_id, b.initiative_id)
        for a, b in combinations(probes, 2)
        if duplicates.reason(a, b)[0]
    }
    assert expected
    assert found == expected
