"""Look-alikes are found for a reason, and an officer's word on them is remembered."""

import random
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import combinations

import pytest

from desktop.errors import UserError
from desktop.models import reading
from desktop.models.actions.initiatives import (
    AttachFile,
    ImportInitiatives,
    RecordInitiative,
    RemoveInitiatives,
    RestoreInitiatives,
    ReviseInitiative,
)
from desktop.models.actions.lookalikes import ReviseLookalikeKeys, RuleOnLookalike
from desktop.models.attachments import KeptFile
from desktop.models.checking import check_draft
from desktop.models.engines.sqlite import Connection
from desktop.models.entry import AuthorDraft, DecisionDraft, InitiativeDraft
from desktop.models.lookalikes import batch, renewing
from desktop.models.lookalikes.finding import Probe, hits, lookalikes, probes, reason
from desktop.models.lookalikes.keys import Keys, likeness, read_keys, title_words
from desktop.models.lookalikes.keys import compare as compare_titles
from desktop.models.store import Store
from desktop.progress import SILENT, CancelledError
from desktop.tasks.lookalikes import compare, count_due, kept_pairs
from desktop.vietnamese.dates import PartialDate
from desktop.vietnamese.folding import fold
from tests.models.twins import any_drafts, title, twin, with_places_added
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


def pairs(store: Store) -> list[tuple[object, ...]]:
    with store.reading() as connection:
        return connection.execute("SELECT * FROM alike ORDER BY 1, 2").fetchall()


def everyone(connection: Connection) -> list[Probe]:
    ids = [row[0] for row in connection.execute("SELECT id FROM initiative").fetchall()]
    return probes(connection, ids, read_keys(connection))


@contextmanager
def small_stores(monkeypatch: pytest.MonkeyPatch, few: int, small: int) -> Iterator[None]:
    """Meanwhile a store counts as large from ``small`` on."""
    with monkeypatch.context() as patch:
        patch.setattr(renewing, "FEW", few)
        patch.setattr(renewing, "SMALL", small)
        yield


ANNA = AuthorDraft("Lù Thị Một", birth=PartialDate(1986), credited=True)
PLAIN = "Bể lọc nước bằng cát và than cho điểm trường bản xa"
NEAR = "Bể lọc nước bằng cát cho điểm trường bản Hua Bum"
FIRST = complete(title=PLAIN, unit="CĐCS Một", authors=(ANNA,), decision=None)
ELSEWHERE = replace(FIRST, unit="CĐCS Hai", authors=())
KEY_CASES = {
    "K1": (FIRST, FIRST),
    "K2": (
        replace(FIRST, decision=DecisionDraft("9/QĐ", issued=PartialDate(2022, 5, 4))),
        replace(ELSEWHERE, title=NEAR, decision=DecisionDraft("09/QĐ", PartialDate(2022, 5, 4))),
    ),
    "K3": (FIRST, replace(FIRST, title=f"{PLAIN} Nậm Hàng", authors=())),
    "K4": (FIRST, replace(ELSEWHERE, title=NEAR, authors=(ANNA,))),
    "": (FIRST, replace(ELSEWHERE, title=NEAR)),
}


@pytest.mark.parametrize("why", KEY_CASES)
def test_each_key_says_why_two_look_alike(store: Store, why: str) -> None:
    for draft in KEY_CASES[why]:
        store.journal.do(RecordInitiative(draft))
    assert [pair[3] for pair in pairs(store)] == [why] * bool(why)


def test_the_same_file_is_the_fifth_key(store: Store) -> None:
    kept = KeptFile("ab" * 32, "a.pdf", "application/pdf", 3)
    for draft in (FIRST, replace(ELSEWHERE, title="Sổ họp thôn điện tử")):
        store.journal.do(AttachFile(store.journal.do(RecordInitiative(draft)).result, kept, "x"))
    assert [pair[3] for pair in pairs(store)] == ["K5"]


def test_a_key_that_is_off_finds_nothing(store: Store) -> None:
    store.journal.do(ReviseLookalikeKeys(Keys(off=("K1", "K3", "K4"))))
    for draft in KEY_CASES["K1"]:
        store.journal.do(RecordInitiative(draft))
    assert pairs(store) == []


def test_what_is_of_another_unit_is_information_only(store: Store) -> None:
    first = store.journal.do(RecordInitiative(FIRST)).result
    store.journal.do(RecordInitiative(ELSEWHERE))
    with store.reading() as connection:
        listed = connection.execute("SELECT alike FROM listing ORDER BY initiative_id").fetchall()
        (probe,) = probes(connection, [first], Keys())
        (found,) = lookalikes(connection, probe)
    assert listed == [(0,), (0,)]
    assert (found.why, found.same_unit) == ("K3", False)
    assert [line.apart for line in kept_pairs(store, apart=True)] == [True]
    assert list(kept_pairs(store)) == []


def test_new_keys_are_used_at_once_and_taken_back_by_undo(store: Store) -> None:
    for draft in (FIRST, replace(FIRST, title=NEAR, authors=())):
        store.journal.do(RecordInitiative(draft))
    assert [pair[3] for pair in pairs(store)] == ["K3"]
    store.journal.do(ReviseLookalikeKeys(Keys(same_unit=0.95)))
    assert pairs(store) == []
    store.journal.undo()
    assert [pair[3] for pair in pairs(store)] == ["K3"]


@pytest.mark.parametrize(
    "keys", [Keys(same_unit=1.2), Keys(same_author=0.1), Keys(most=0), Keys(off=("K9",))]
)
def test_keys_that_make_no_sense_are_refused(store: Store, keys: Keys) -> None:
    with pytest.raises(UserError) as caught:
        store.journal.do(ReviseLookalikeKeys(keys))
    assert caught.value.code.startswith("lookalikes.")


@pytest.mark.parametrize(
    "other",
    [
        f"Giải pháp {PLAIN}",
        f"Sáng kiến: {PLAIN} hưởng ứng Chương trình 01 triệu sáng kiến",
        f"{PLAIN} theo Thông tư số 18/2013/TT-BKHCN ngày 01/8/2013",
        PLAIN.upper(),
    ],
)
def test_boiler_plate_is_stripped_before_comparing(other: str) -> None:
    assert title_words(other, Keys()) == title_words(PLAIN, Keys())


def test_a_stop_phrase_takes_no_word_out_of_another() -> None:
    assert "cao" in title_words("Tưới cây cao su", Keys()).split()
    assert title_words("Một số giải pháp", Keys())


def test_a_title_without_marks_is_the_same_title() -> None:
    words = [title_words(one, Keys()) for one in (PLAIN, fold(f"Giải pháp {PLAIN}"))]
    assert likeness(words[0], words[1]) == 1.0


@pytest.mark.parametrize("floor", [0.6, 0.75, 0.85, 0.92])
def test_many_titles_are_compared_as_two_are(floor: float) -> None:
    dice, wanted = random.Random(8), 0
    titles = [title(dice) for _number in range(300)]
    titles += [twin(dice, twin(dice, one)) for one in titles]
    titles += [f"{one} {dice.choice(titles)}" for one in titles]
    words = [title_words(one, Keys()) for one in titles if fold(one) != one]
    for one in words[:40]:
        found = dict(compare_titles(one, words, floor))
        every = [(place, likeness(one, other)) for place, other in enumerate(words)]
        expected = {place: score for place, score in every if score >= floor}
        wanted += len(expected)
        assert found == pytest.approx(expected)
    assert wanted > 50


def test_one_title_finds_what_comparing_it_with_all_would_find(store: Store) -> None:
    drafts = any_drafts(1500, 1, 30)
    store.journal.do(ImportInitiatives(drafts, "a.xlsx"))
    dice, keys, wanted, found = random.Random(2), Keys(), 0, 0
    with store.reading() as connection:
        others = everyone(connection)
        for _probe in range(60):
            one = replace(dice.choice(others), initiative_id=0)
            one = replace(one, words=title_words(twin(dice, one.title), keys))
            expected = {other.initiative_id for other in others if reason(one, other, keys)[0]}
            wanted += len(expected)
            got = {hit.other.initiative_id for hit in hits(connection, one, keys)}
            assert got <= expected
            found += len(got)
    assert wanted > 60
    assert found >= 0.97 * wanted


def test_a_batch_finds_what_comparing_everything_would_find(store: Store) -> None:
    store.journal.do(ImportInitiatives(any_drafts(600, 3, 10), "a.xlsx"))
    with store.reading() as connection:
        every, keys = everyone(connection), read_keys(connection)
        found = batch.find(connection, keys, SILENT)
    expected = {
        (a.initiative_id, b.initiative_id)
        for a, b in combinations(every, 2)
        if reason(a, b, keys)[0]
    }
    got = {(first, second) for second, mine in found.items() for first in mine}
    assert len(expected) > 60
    assert got <= expected
    assert len(got) >= 0.95 * len(expected)


def test_a_batch_finds_the_titles_of_other_units_to_which_rare_words_were_added(
    store: Store,
) -> None:
    drafts = with_places_added(2_400, 5)
    ids = store.journal.do(ImportInitiatives(drafts, "a.xlsx")).result
    halves = len(drafts) // 2
    with store.reading() as connection:
        every, keys = everyone(connection), read_keys(connection)
        found = batch.find(connection, keys, SILENT)
    twins = [
        (a.initiative_id, b.initiative_id)
        for a, b in zip(every[:halves], every[halves:], strict=True)
        if reason(a, b, keys)[0] == "K3" and a.unit_id != b.unit_id
    ]
    assert len(ids) == len(every)
    assert len(twins) > 500
    lost = [(a, b) for a, b in twins if a not in found.get(b, ()) and len(found.get(b, ())) < 20]
    assert len(lost) <= 0.02 * len(twins)


@pytest.mark.parametrize("seed", range(4))
def test_step_by_step_gives_the_pairs_that_a_batch_gives(store: Store, seed: int) -> None:
    dice = random.Random(seed)
    store.journal.do(ReviseLookalikeKeys(Keys(most=2)))
    ids = list(store.journal.do(ImportInitiatives(any_drafts(12, seed, 2), "a.xlsx")).result)
    titles = [title(dice) for _number in range(2)]
    for _step in range(25):
        one = dice.choice(ids)
        draft = replace(any_drafts(1, dice.randrange(99), 2)[0], title=dice.choice(titles))
        acts: list[Callable[[], object]] = [
            lambda draft=draft: ids.append(store.journal.do(RecordInitiative(draft)).result),  # type: ignore[misc] # now
            lambda one=one, draft=draft: store.journal.do(ReviseInitiative(one, draft)),  # type: ignore[misc] # now
            lambda one=one: store.journal.do(RemoveInitiatives((one,))),  # type: ignore[misc] # now
            lambda one=one: store.journal.do(RestoreInitiatives((one,))),  # type: ignore[misc] # now
        ]
        dice.choice(acts)()
    before = pairs(store)
    assert before
    compare(store, everything=True)
    assert pairs(store) == before
    with store.derived_writes() as connection:
        found = batch.find(connection, read_keys(connection), SILENT)
        assert renewing.adopt(connection, found, 0, 2**62) == set()


def pairs_kept(store: Store) -> list[tuple[int, int, str]]:
    with store.reading() as connection:
        sql = "SELECT first_id, second_id, why FROM alike ORDER BY 1, 2"
        return connection.execute(sql).fetchall()


def strangers(number: int) -> list[InitiativeDraft]:
    """Initiatives that have nothing in common."""
    return [
        complete(
            title=f"xyz{n}",
            unit=f"CĐCS x{n}",
            decision=None,
            authors=(AuthorDraft(f"Ông {n}", credited=True),),
        )
        for n in range(number)
    ]


def test_a_batch_keeps_a_pair_of_one_decision_that_shares_letters_more_than_syllables(
    store: Store,
) -> None:
    titles = (
        "Độ viện nước chè bệnh cây xe máng rãnh rửa",
        "ruong may lo bien cap rua kinh kho ngu vuon",
    )
    pair = [
        replace(one, title=title, decision=DecisionDraft("77/QĐ"), unit=f"CĐCS {title}")
        for one, title in zip(strangers(2), titles, strict=True)
    ]
    drafts = (*pair, *strangers(60)[2:])
    first, second, *_ = store.journal.do(ImportInitiatives(drafts, "a.xlsx")).result
    at_once = pairs_kept(store)
    store.journal.do(RemoveInitiatives((second,)))
    store.journal.do(RestoreInitiatives((second,)))
    assert at_once == pairs_kept(store) == [(first, second, "K2")]


def test_a_crowd_of_equals_keeps_no_more_pairs_than_the_most(store: Store) -> None:
    crowd = (FIRST,) * 1000
    ids = store.journal.do(ImportInitiatives(crowd, "a.xlsx")).result
    assert len(pairs(store)) == 20 * 1000 - sum(range(21))
    store.journal.do(ReviseInitiative(ids[500], replace(FIRST, title="Sổ họp thôn điện tử")))
    assert len(pairs(store)) == 20 * 999 - sum(range(21))


@pytest.mark.parametrize("crowd", [1, 40])
def test_no_query_is_made_for_a_candidate(store: Store, crowd: int) -> None:
    store.journal.do(ImportInitiatives((FIRST,) * crowd, "a.xlsx"))
    asked: list[str] = []
    with store.reading() as connection:
        probe = Probe.of_draft(connection, FIRST, None)
        connection.set_trace_callback(asked.append)  # type: ignore[attr-defined] # the driver's
        found = lookalikes(connection, probe)
        connection.set_trace_callback(None)  # type: ignore[attr-defined] # the driver's
    assert len(found) == crowd
    assert len(asked) - sum("title_bits" in sql for sql in asked) <= 26


def test_a_save_that_says_nothing_new_compares_nothing(store: Store) -> None:
    key = store.journal.do(RecordInitiative(FIRST)).result
    store.journal.do(RecordInitiative(FIRST))
    with store.derived_writes() as connection:
        assert renewing.renew(connection, [key]) == set()
    assert len(pairs(store)) == 1


def test_what_comes_in_large_numbers_is_compared_when_asked_for(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts: tuple[InitiativeDraft, ...] = any_drafts(60, 5, 2)
    with small_stores(monkeypatch, few=10, small=20):
        store.journal.do(ImportInitiatives(drafts, "a.xlsx"))
    assert (count_due(store), pairs(store)) == (60, [])
    done = compare(store)
    assert (done.initiatives, count_due(store)) == (60, 0)
    with store.reading() as connection:
        listed = connection.execute("SELECT count(*) FROM listing WHERE alike > 0").fetchone()
    assert 0 < len(pairs(store)) <= done.changed * 60
    assert listed[0] == len({key for pair in pairs(store) if not pair[4] for key in pair[:2]})


class Impatient:
    """Stops a job when a little of it is done."""

    steps = 0

    def step(self, done: int, total: int, doing: str = "") -> None:
        self.steps += 1
        if self.steps > 2:
            raise CancelledError


def test_a_comparison_that_is_stopped_goes_on_where_it_was(store: Store) -> None:
    store.journal.do(ImportInitiatives(any_drafts(120, 6, 2), "a.xlsx"))
    whole = pairs(store)
    with pytest.raises(CancelledError):
        compare(store, everything=True, progress=Impatient())
    assert 0 < count_due(store) < 120
    compare(store)
    assert (count_due(store), pairs(store)) == (0, whole)


def test_the_memory_of_a_batch_does_not_grow_with_what_it_finds(store: Store) -> None:
    drafts = (*any_drafts(50, 7, 4), *(FIRST,) * 400)
    store.journal.do(ImportInitiatives(drafts, "a.xlsx"))
    with store.reading() as connection:
        source = batch.each(connection, Keys(), SILENT)
        next(source)
        tracemalloc.start()
        found = sum(len(mine) for _key, mine in source)
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert found > 7_000
    assert most < 400_000
