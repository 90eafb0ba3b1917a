"""Checking every initiative of a store as of now."""

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.models import reading, register
from desktop.models.checking import check_kept
from desktop.models.deriving import kept_lookalikes
from desktop.models.store import Store
from desktop.programme.verdict import Verdict
from desktop.progress import SILENT, Progress
from desktop.text import _

_SLICE = 200


@dataclass(frozen=True, slots=True)
class Checked:
    """An initiative with its verdict as of now."""

    initiative_id: int
    code: str
    title: str
    verdict: Verdict


def check_all(store: Store, progress: Progress = SILENT) -> Iterator[Checked]:
    """The verdicts as of now on everything that is not in the recycle bin, in order of codes."""
    now = store.clock()
    with store.reading() as connection:
        ordered = register.ids(connection, register.Listing(order="code"))
        for start in range(0, len(ordered), _SLICE):
            progress.step(start, len(ordered), _("Checking"))
            part = list(ordered[start : start + _SLICE])
            alike = kept_lookalikes(connection, set(part))
            verdicts = check_kept(connection, store.programme, part, now=now, alike=alike)
            drafts = reading.drafts(connection, part)
            for key in (key for key in part if key in drafts and key in verdicts):
                yield Checked(key, drafts[key].code, drafts[key].title, verdicts[key])
