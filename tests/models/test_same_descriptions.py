"""Descriptions that are the same make two initiatives look alike, whatever their titles."""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop.models.actions.initiatives import (
    ImportInitiatives,
    RecordInitiative,
    ReviseInitiative,
)
from desktop.models.actions.lookalikes import ReviseLookalikeKeys, RuleOnLookalike
from desktop.models.entry import InitiativeDraft
from desktop.models.lookalikes import texts
from desktop.models.lookalikes.finding import Probe, lookalikes
from desktop.models.lookalikes.keys import Keys
from desktop.models.store import Store
from desktop.tasks.lookalikes import compare, kept_pairs
from desktop.vietnamese.folding import fold
from tests.stores import complete

_ONSETS = ("b", "c", "d", "g", "h", "l", "m", "n", "t", "v", "ch", "kh", "nh", "ph", "th", "tr")
_RHYMES = ("a", "an", "ang", "ăm", "ân", "em", "ên", "iêt", "ông", "oai", "ươn", "uy", "ưa")
SYLLABLES = [onset + rhyme for onset in _ONSETS for rhyme in _RHYMES]


def text(seed: int, syllables: int = 120) -> str:
    """A description; another seed gives another."""
    dice = random.Random(seed)
    return " ".join(dice.choice(SYLLABLES) for _number in range(syllables))


def other(seed: int) -> InitiativeDraft:
    """An initiative that has nothing in common with those of other seeds."""
    title = " ".join(random.Random(seed).sample(SYLLABLES, 9))
    return complete(title=title, content=text(seed), unit=f"CĐCS {seed}", authors=(), decision=None)


def mistyped(dice: random.Random, original: str) -> str:
    """One syllable in ten is another."""
    return " ".join(
        dice.choice(SYLLABLES) if dice.random() < 0.1 else one for one in original.split()
    )


def shuffled(dice: random.Random, original: str) -> str:
    """The same sentences in another order."""
    words = original.split()
    parts = [words[start : start + 20] for start in range(0, len(words), 20)]
    dice.shuffle(parts)
    return " ".join(" ".join(part) for part in parts)


def shortened(_dice: random.Random, original: str) -> str:
    """The first seven tenths of it."""
    words = original.split()
    return " ".join(words[: len(words) * 7 // 10])


def unmarked(_dice: random.Random, original: str) -> str:
    """Written in haste."""
    return fold(original)


@pytest.mark.parametrize("change", [mistyped, shuffled, shortened, unmarked])
def test_a_changed_description_is_found_nine_times_in_ten(
    store: Store, change: Callable[[random.Random, str], str]
) -> None:
    drafts = tuple(other(seed) for seed in range(60))
    ids = store.journal.do(ImportInitiatives(drafts, "a.xlsx")).result
    dice, found = random.Random(1), 0
    with store.reading() as connection:
        for key, draft in zip(ids, drafts, strict=True):
            alike = texts.alike(connection, change(dice, draft.content), 0, Keys())
            assert alike.keys() <= {key}
            found += key in alike
    assert found >= 54


def test_the_marks_of_a_description_are_those_that_stores_have_kept_from_the_beginning() -> None:
    kept = texts.marks_in(texts.marks_of(text(1), Keys()))
    assert kept[:4].tolist() == [9316395, 12010961, 32350303, 41428708]
    assert (len(kept), kept[-1]) == (12, 233416484)
    assert texts.marks_of(f"{text(1)}\n{text(1).upper()}", Keys()) == kept.tobytes()


def pairs(store: Store) -> list[tuple[object, ...]]:
    with store.reading() as connection:
        return connection.execute("SELECT * FROM alike ORDER BY 1, 2").fetchall()


def test_the_description_is_a_reason_of_its_own(store: Store) -> None:
    first = store.journal.do(RecordInitiative(other(1))).result
    store.journal.do(RecordInitiative(replace(other(2), content=other(1).content)))
    ((*_ids, score, why, apart, share),) = pairs(store)
    assert (why, apart, share) == ("K6", 1, 1.0)
    assert isinstance(score, float)
    assert score < 0.6
    with store.reading() as connection:
        typed = replace(other(3), content=other(1).content)
        found = lookalikes(connection, Probe.of_draft(connection, typed, None))
    assert first in {one.initiative_id for one in found}
    assert {one.nearness for one in found} == {1.0}


def test_a_title_and_a_description_are_told_beside_one_another(store: Store) -> None:
    store.journal.do(RecordInitiative(other(1)))
    store.journal.do(RecordInitiative(other(1)))
    (line,) = kept_pairs(store)
    assert (line.why, line.score, line.text) == ("K3", 1.0, 1.0)


def test_short_descriptions_and_quoted_law_say_nothing(store: Store) -> None:
    law = "Căn cứ Thông tư số 18/2013/TT-BKHCN ngày 01/8/2013 " * 10
    programme = "hưởng ứng chương trình 01 triệu sáng kiến " * 10
    for content in (text(1, 40), law, programme):
        store.journal.do(RecordInitiative(replace(other(2), content=content)))
        store.journal.do(RecordInitiative(replace(other(3), content=content)))
    assert all(pair[5] == 0 for pair in pairs(store))


def test_what_stands_in_many_descriptions_is_nobodys_own(store: Store) -> None:
    drafts = tuple(replace(other(seed), content=text(999)) for seed in range(texts.CROWD + 3))
    store.journal.do(ImportInitiatives(drafts, "a.xlsx"))
    compare(store, everything=True)
    assert pairs(store) == []


def test_descriptions_are_left_alone_where_the_key_is_off(store: Store) -> None:
    for seed in (1, 2):
        store.journal.do(RecordInitiative(replace(other(seed), content=text(9))))
    assert len(pairs(store)) == 1
    store.journal.do(ReviseLookalikeKeys(Keys(off=("K6",))))
    assert pairs(store) == []
    store.journal.undo()
    assert len(pairs(store)) == 1


def test_pairs_by_description_are_the_same_one_by_one_and_all_at_once(store: Store) -> None:
    dice = random.Random(4)
    drafts = [other(seed) for seed in range(20)]
    drafts += [replace(other(50 + n), content=mistyped(dice, drafts[n].content)) for n in range(15)]
    ids = store.journal.do(ImportInitiatives(tuple(drafts[:30]), "a.xlsx")).result
    for draft in drafts[30:]:
        store.journal.do(RecordInitiative(draft))
    store.journal.do(ReviseInitiative(ids[3], replace(other(3), content=text(70))))
    before = pairs(store)
    assert len(before) >= 12
    compare(store, everything=True)
    assert pairs(store) == before


def test_no_duplicate_stays_no_duplicate_whatever_follows(store: Store) -> None:
    copy = replace(other(2), content=other(1).content, unit=other(1).unit)
    first = store.journal.do(RecordInitiative(other(1))).result
    second = store.journal.do(RecordInitiative(copy)).result
    store.journal.do(RuleOnLookalike(second, first, duplicate=False))
    assert list(kept_pairs(store)) == []
    store.journal.do(RecordInitiative(other(3)))
    store.journal.undo()
    store.journal.redo()
    compare(store, everything=True)
    store.journal.do(ImportInitiatives(tuple(other(seed) for seed in range(60, 80)), "b.xlsx"))
    assert list(kept_pairs(store)) == []
    with store.reading() as connection:
        found = lookalikes(connection, Probe.of_draft(connection, copy, second))
    assert first not in {one.initiative_id for one in found}
