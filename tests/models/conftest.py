"""What several tests of the store do."""

from collections.abc import Callable

import pytest

from desktop.models import reading
from desktop.models.actions.decisions import ReviseDecision
from desktop.models.store import Store


@pytest.fixture
def revise_decision(store: Store) -> Callable[[int, tuple[int, ...]], None]:
    """Saves a decision's form with these initiatives ticked and nothing else changed."""

    def revising(decision_id: int, ids: tuple[int, ...]) -> None:
        with store.reading() as connection:
            (line,) = [one for one in reading.decisions(connection) if one.id == decision_id]
        store.journal.do(ReviseDecision(decision_id, line.draft, ids))

    return revising
