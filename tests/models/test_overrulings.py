"""An officer's word against a finding: kept with its reason, heeded, undone, and outlived."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop import text
from desktop.errors import UserError
from desktop.models.actions.initiatives import RecordInitiative, ReviseInitiative
from desktop.models.actions.overrulings import OverruleFinding, WithdrawOverruling
from desktop.models.checking import check_draft, check_kept
from desktop.models.lookalikes.lines import kept_lookalikes
from desktop.models.store import Store
from desktop.models.verdicts import read_overrulings, read_verdicts
from desktop.programme.verdict import Eligibility, Finding, Result, Verdict
from desktop.vietnamese.dates import PartialDate
from tests.stores import complete

EARLY = complete(use=PartialDate(2021, 8, 31))
REASON = "Đã đối chiếu bản gốc."


@pytest.fixture
def early(store: Store) -> int:
    """An initiative put to use a day too early."""
    return int(store.journal.do(RecordInitiative(EARLY)).result)


def kept(store: Store, key: int) -> Verdict:
    with store.reading() as connection:
        return read_verdicts(connection, [key])[key]


def whole(store: Store, key: int) -> Verdict:
    with store.reading() as connection:
        alike = kept_lookalikes(connection, {key})
        now = store.clock()
        return check_kept(connection, store.programme, [key], now=now, alike=alike)[key]


def listed(store: Store, key: int) -> str:
    with store.reading() as connection:
        sql = "SELECT verdict FROM listing WHERE initiative_id = ?"
        return str(connection.execute(sql, (key,)).fetchone()[0])


def of_rule(verdict: Verdict, rule: str) -> Finding:
    return next(found for found in verdict.findings if found.rule == rule)


def test_what_is_overruled_no_longer_counts_and_stays_visible(store: Store, early: int) -> None:
    assert listed(store, early) == "ineligible"
    store.journal.do(OverruleFinding(early, "DK-07", f"  {REASON} "))
    assert listed(store, early) == "eligible"
    for verdict in (kept(store, early), whole(store, early)):
        assert verdict.eligibility is Eligibility.ELIGIBLE
        found = of_rule(verdict, "DK-07")
        assert found.result is Result.FAIL
        assert found.overruled is not None
        assert (found.overruled.reason, found.overruled.ruled_by) == (REASON, "Lan")
        assert found.overruled.ruled_at == store.clock().replace(microsecond=0)


def test_undo_and_withdrawal_let_it_count_again(store: Store, early: int) -> None:
    done = store.journal
    done.do(OverruleFinding(early, "DK-07", REASON))
    done.undo()
    assert listed(store, early) == "ineligible"
    done.redo()
    assert listed(store, early) == "eligible"
    done.do(WithdrawOverruling(early, "DK-07"))
    assert listed(store, early) == "ineligible"
    done.undo()
    assert listed(store, early) == "eligible"


def test_it_holds_while_the_same_is_found_and_no_longer(store: Store, early: int) -> None:
    store.journal.do(OverruleFinding(early, "DK-07", REASON))
    store.journal.do(ReviseInitiative(early, replace(EARLY, title="Cải tiến lò héo chè")))
    assert listed(store, early) == "eligible"
    store.journal.do(ReviseInitiative(early, replace(EARLY, use=PartialDate(2021, 8, 30))))
    assert listed(store, early) == "ineligible"
    assert of_rule(kept(store, early), "DK-07").overruled is None
    store.journal.do(ReviseInitiative(early, EARLY))
    assert listed(store, early) == "eligible"


def test_a_form_being_filled_in_heeds_it(store: Store, early: int) -> None:
    store.journal.do(OverruleFinding(early, "DK-07", REASON))
    with store.reading() as connection:
        check = [
            check_draft(
                connection, store.programme, draft, now=store.clock(), initiative_id=initiative
            ).eligibility
            for draft, initiative in (
                (EARLY, early),
                (replace(EARLY, use=PartialDate(2020)), early),
                (EARLY, None),
            )
        ]
    assert check == [Eligibility.ELIGIBLE, Eligibility.INELIGIBLE, Eligibility.INELIGIBLE]


def test_said_twice_the_later_word_stands(store: Store, early: int) -> None:
    store.journal.do(OverruleFinding(early, "DK-07", "Nhầm"))
    store.journal.do(OverruleFinding(early, "DK-07", REASON))
    with store.reading() as connection:
        words = read_overrulings(connection, [early])[early]
    assert [word.reason for word in words] == [REASON]


@pytest.mark.parametrize(
    ("rule", "reason", "code"),
    [
        ("DK-07", "  ", "overruling.reason"),
        ("DK-01", REASON, "overruling.passes"),
        ("DK-99", REASON, "overruling.rule"),
        ("KT-01", REASON, "overruling.rule"),
    ],
)
def test_nothing_is_set_aside_without_cause(
    store: Store, early: int, rule: str, reason: str, code: str
) -> None:
    with pytest.raises(UserError) as caught:
        store.journal.do(OverruleFinding(early, rule, reason))
    assert caught.value.code == code
    with pytest.raises(UserError) as caught:
        store.journal.do(WithdrawOverruling(early, rule))
    assert caught.value.code == "overruling.none"
    with pytest.raises(UserError) as caught:
        store.journal.do(OverruleFinding(early + 1, rule, REASON))
    assert caught.value.code in {"overruling.reason", "overruling.initiative"}


def test_only_what_does_not_pass_is_kept_and_it_speaks_either_language(
    store_folder: Path, opened: Callable[..., Store], resources: Path
) -> None:
    store = opened(store_folder)
    key = int(store.journal.do(RecordInitiative(EARLY)).result)
    found = kept(store, key).findings
    assert [one.rule for one in found] == [
        one.rule for one in whole(store, key).findings if one.result is not Result.PASS
    ]
    said = of_rule(kept(store, key), "DK-07")
    text.install(resources / "locale", "vi")
    assert "31/08/2021 nằm ngoài khoảng" in said.message
    text.install(resources / "locale", "en")
    assert "31/08/2021 lies outside" in said.message


def test_history_of_the_record_tells_of_the_word_and_of_its_withdrawal(
    store: Store, early: int
) -> None:
    store.journal.do(OverruleFinding(early, "DK-07", REASON))
    store.journal.do(WithdrawOverruling(early, "DK-07"))
    store.journal.do(RecordInitiative(complete(title="Sào thao tác", code="SK-2")))
    lines = store.journal.history(initiative=early)
    assert [line.action for line in lines] == [
        "WithdrawOverruling",
        "OverruleFinding",
        "RecordInitiative",
    ]
    with store.reading() as connection:
        sql = "SELECT code FROM initiative WHERE id = ?"
        (code,) = connection.execute(sql, (early,)).fetchone()
    assert all("DK-07" in line.label and code in line.label for line in lines[:2])
