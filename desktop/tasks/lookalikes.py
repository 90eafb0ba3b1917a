"""Look-alikes of everything: what is due is compared, or all anew; and what was found, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from desktop.models.deriving import recheck
from desktop.models.lookalikes import batch, renewing
from desktop.models.lookalikes.keys import Keys, read_keys
from desktop.models.lookalikes.lines import PairLine, pair_lines
from desktop.models.lookalikes.soundness import mend, stale
from desktop.models.store import Store
from desktop.progress import SILENT, Progress
from desktop.text import _

_FEW = 2_000
"""Up to so many are compared one by one, more of them with everything at once."""
_ONE_BY_ONE = 50
_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Compared:
    """What a comparison did: how many initiatives were compared, and how many lines changed."""

    initiatives: int
    changed: int


def count_due(store: Store) -> int:
    """How many initiatives wait to be compared."""
    with store.reading() as connection:
        return renewing.count_due(connection)


def compare(store: Store, *, everything: bool = False, progress: Progress = SILENT) -> Compared:
    """Compare what is due, or everything anew; verdicts follow.

    With everything, what titles and descriptions are compared by is made anew where it is broken.

    What has been written stays when the user stops it (CancelledError); what is left remains due.
    UserError where the store cannot be written.
    """
    if everything:
        _mend(store, progress)
        with store.derived_writes() as connection:
            renewing.mark_everything_due(connection)
    with store.reading() as connection:
        due, keys = renewing.due(connection), read_keys(connection)
    if len(due) <= _FEW:
        changed = _one_by_one(store, due, keys, progress)
    else:
        _renew_rows(store, due, keys, progress)
        changed = _all_at_once(store, due, keys, progress)
    return Compared(len(due), changed)


def _mend(store: Store, progress: Progress) -> None:
    """Make anew what look-alikes are found by, where it is not what the records say."""
    with store.reading() as connection:
        broken = stale(connection, progress)
    for start in range(0, len(broken), _ONE_BY_ONE):
        progress.step(start, len(broken), _("Reading titles"))
        with store.derived_writes() as connection:
            touched = mend(connection, broken[start : start + _ONE_BY_ONE])
            recheck(connection, touched, programme=store.programme, now=store.clock())


def _one_by_one(store: Store, due: list[int], keys: Keys, progress: Progress) -> int:
    changed = 0
    for start in range(0, len(due), _ONE_BY_ONE):
        progress.step(start, len(due), _("Looking for look-alikes"))
        part = due[start : start + _ONE_BY_ONE]
        with store.derived_writes() as connection:
            touched = renewing.renew_due(connection, part, keys)
            changed += len(touched)
            recheck(connection, touched, programme=store.programme, now=store.clock())
    return changed


def _renew_rows(store: Store, due: list[int], keys: Keys, progress: Progress) -> None:
    """What is compared of each is brought up to date first: words change with the keys."""
    for start in range(0, len(due), _ROWS):
        progress.step(start, len(due), _("Reading titles"))
        with store.derived_writes() as connection:
            renewing.renew_rows(connection, due[start : start + _ROWS], keys)


def _all_at_once(store: Store, due: list[int], keys: Keys, progress: Progress) -> int:
    """Compare everything, and write down part by part what was found; verdicts follow each part.

    Where only the newest are due, those before them are left as they are.
    """
    with store.reading() as connection:
        first = renewing.first_touched(connection, due)
        source = batch.each(connection, keys, progress, first)
        changed, last = 0, first - 1
        while part := dict(islice(source, _ROWS)):
            begin, last = last + 1, max(part)
            changed += _keep(store, part, begin, last)
        return changed + _keep(store, {}, last + 1, 2**62)


def _keep(store: Store, found: batch.Found, first: int, last: int) -> int:
    """Write down what was found of the initiatives from first to last."""
    with store.derived_writes() as connection:
        touched = renewing.adopt(connection, found, first, last)
        recheck(connection, touched, programme=store.programme, now=store.clock())
        renewing.forget_due(connection, first, last)
    return len(touched)


def kept_pairs(store: Store, *, apart: bool = False) -> Iterator[PairLine]:
    """The pairs that are kept and not ruled out, the most alike first within each initiative.

    With ``apart`` those of different units as well, which are information only.
    """
    with store.reading() as connection:
        yield from pair_lines(connection, apart=apart)
