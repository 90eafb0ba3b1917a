"""A process that opens a store over and over, adds one to a record's benefit, and closes it.

Run with the store's folder, a user's name and how many times; it prints who was in the way.
"""

import json
import sys
import time
from collections import Counter
from pathlib import Path

from desktop.models.actions.initiatives import ReviseInitiative
from desktop.models.engines.lock import WriterLock
from desktop.models.store import Store, open_store
from tests import acts
from tests.stores import complete

LOCKLESS = "--lockless"
"""Takes no lock, as if its folder's locks did not hold and nobody noticed."""


def benefit(store: Store) -> int:
    """What is counted."""
    with store.reading() as connection:
        row = connection.execute("SELECT benefit FROM initiative WHERE id = 1").fetchone()
    return int(row[0])


def count(folder: Path, user: str, times: int) -> Counter[str]:
    """Add one so many times; who was in the way how often."""
    in_the_way, done = Counter[str](), 0
    while done < times:
        with open_store(folder, user=user, clock=acts.clock, programmes=acts.PROGRAMMES) as store:
            if store.owner is not None:
                in_the_way[store.owner.user] += 1
                continue
            draft = complete(code="A1", benefit=benefit(store) + 1)
            store.journal.do(ReviseInitiative(1, draft))
            done += 1
        time.sleep(0.001)
    return in_the_way


def main() -> None:
    """As said above; starts when a line comes."""
    folder, user, times = sys.argv[1:4]
    if LOCKLESS in sys.argv:
        setattr(WriterLock, "acquire", lambda *_given: None)  # noqa: B010 - for mypy
    sys.stdin.readline()
    sys.stdout.write(json.dumps(count(Path(folder), user, int(times))))


if __name__ == "__main__":
    main()
