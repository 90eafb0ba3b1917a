"""Half-typed work comes back as it was typed."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.models import drafts
from desktop.models.entry import AuthorDraft, InitiativeDraft
from desktop.models.store import Store
from desktop.vietnamese.cleaning import clean
from desktop.vietnamese.dates import VIETNAM
from tests.stores import complete

NOON = datetime(2022, 6, 15, 12, 0, tzinfo=VIETNAM)


def test_a_draft_is_kept_and_offered_newest_first(store: Store) -> None:
    with store.derived_writes() as connection:
        drafts.save(connection, "new", complete(), user="Lan", now=NOON)
        later = NOON + timedelta(minutes=1)
        drafts.save(
            connection, "initiative:3", complete(title="B"), user="Lan", now=later, based_on=7
        )
        drafts.save(connection, "new", complete(title="C"), user="Hoa", now=NOON)
    with store.reading() as connection:
        newest, first = drafts.load_all(connection, "Lan")
    assert (newest.key, newest.draft.title, newest.based_on) == ("initiative:3", "B", 7)
    assert (first.key, first.draft, first.saved_at) == ("new", complete(), NOON)


def test_a_draft_that_was_saved_for_good_is_forgotten(store: Store) -> None:
    with store.derived_writes() as connection:
        drafts.save(connection, "new", complete(), user="Lan", now=NOON)
        drafts.discard(connection, "new", user="Lan")
    with store.reading() as connection:
        assert drafts.load_all(connection, "Lan") == []


@given(title=st.text(), name=st.text(), benefit=st.none() | st.integers(0, 2**60))
def test_whatever_was_typed_survives(title: str, name: str, benefit: int | None) -> None:
    typed = InitiativeDraft(title=title, benefit=benefit, authors=(AuthorDraft(name),))
    back = drafts.from_json(drafts.to_json(typed))
    assert (back.title, back.benefit) == (clean(title), benefit)
    assert back.authors[0].name == clean(name)
