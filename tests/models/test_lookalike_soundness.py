"""The search for damage names what look-alikes are found by and is not what the records say."""

import pytest

from desktop.models import backup
from desktop.models.actions.initiatives import ImportInitiatives
from desktop.models.lookalikes import bits, soundness
from desktop.models.store import Store
from desktop.tasks.lookalikes import compare
from tests.models.test_same_descriptions import other
from tests.models.twins import any_drafts

SPOILS = {
    "words": "UPDATE likeness SET words = 'khac' WHERE initiative_id = 5",
    "missing": "DELETE FROM likeness WHERE initiative_id = 5",
    "gone": "INSERT INTO likeness VALUES (99, NULL, 'x', '', x'')",
    "bits": "DELETE FROM title_bits WHERE id = (SELECT min(id) FROM title_bits)",
    "marks": "DELETE FROM text_mark WHERE initiative_id = 61",
    "mark": "INSERT INTO text_mark VALUES (7, 61)",
    "pair": "UPDATE alike SET score = 0.123 WHERE first_id = (SELECT min(first_id) FROM alike)",
}


def tables(store: Store) -> list[list[tuple[object, ...]]]:
    with store.reading() as connection:
        return [
            connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
            for table in ("likeness", "title_bits", "text_mark", "alike")
        ]


@pytest.fixture
def filled(store: Store) -> Store:
    """Sixty initiatives with near-twins, and one with a description."""
    store.journal.do(ImportInitiatives((*any_drafts(60, 3, 3), other(1)), "a.xlsx"))
    return store


def test_a_sound_store_has_nothing_stale(filled: Store) -> None:
    with filled.reading() as connection:
        assert soundness.stale(connection) == []
    assert backup.verify(filled) == []


@pytest.mark.parametrize("spoil", SPOILS)
def test_what_is_spoilt_is_named_and_made_again(filled: Store, spoil: str) -> None:
    before = tables(filled)
    with filled.derived_writes() as connection:
        connection.execute(SPOILS[spoil])
        bits.log(connection, [(0, None)])
    damages = [one for one in backup.verify(filled) if one.kind == "lookalikes"]
    assert damages
    with filled.reading() as connection:
        (code,) = connection.execute("SELECT code FROM initiative WHERE id = 5").fetchone()
    if spoil in {"words", "missing"}:
        assert any(code in one.record for one in damages)
    compare(filled, everything=True)
    assert backup.verify(filled) == []
    assert tables(filled) == before


@pytest.mark.parametrize("key", [-3, 0, 62, 1 << 60])
def test_ids_that_no_initiative_was_given_are_damage_and_nothing_worse(
    filled: Store, key: int
) -> None:
    with filled.derived_writes() as connection:
        connection.execute("INSERT INTO likeness VALUES (?, NULL, 'lo che', '', x'')", (key,))
        connection.execute("INSERT INTO text_mark VALUES (7, ?)", (key,))
    assert any(one.kind == "lookalikes" for one in backup.verify(filled))
