"""Re-checking a store under a programme that is not in force yet: what would change, and why.

Nothing is written. The kept verdicts are compared with those that the candidate gives now, which
are those that accepting it then keeps.
"""

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from desktop.models import reading, register
from desktop.models.checking import check_drafts
from desktop.models.deriving import kept_lookalikes
from desktop.models.engines.sqlite import Connection
from desktop.models.store import Store
from desktop.models.verdicts import read_verdicts
from desktop.programme.definition import Programme
from desktop.programme.verdict import Finding, Result, Severity, Verdict
from desktop.progress import SILENT, Progress
from desktop.text import _

_SLICE = 500
_RANK = {"ineligible": 0, "review": 1, "eligible": 2}


@dataclass(frozen=True, slots=True)
class Change:
    """An initiative whose verdict or stage would be another, and the findings that differ.

    ``before`` and ``after`` are verdicts, ``before`` blank where there was none yet. ``why`` are
    the candidate's findings of the rules that say something else now, blocking ones first.
    """

    initiative_id: int
    code: str
    title: str
    before: str
    after: str
    stage_before: int | None
    stage_after: int | None
    why: tuple[Finding, ...]


@dataclass(slots=True)
class Changes:
    """What would change in a store: counts, and the ids of those that change.

    ``moves`` counts changed verdicts by (before, after), ``before`` and ``after`` all verdicts,
    ``stages`` those whose stage changes, ``remarks`` those of which only other findings change.
    ``ids`` stand in the order in which they are worth looking at: what becomes ineligible first,
    then what is up for review, what becomes eligible, and changes of stage alone.
    """

    programme: Programme
    now: datetime
    checked: int = 0
    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)
    moves: Counter[tuple[str, str]] = field(default_factory=Counter)
    stages: int = 0
    remarks: int = 0
    ids: "array[int]" = field(default_factory=lambda: array("q"))

    @property
    def verdicts(self) -> int:
        """How many verdicts change."""
        return self.moves.total()


def recheck(store: Store, candidate: Programme, progress: Progress = SILENT) -> Changes:
    """Check everything outside the recycle bin under ``candidate``, without writing.

    Memory does not grow with the store but for an id of each initiative. CancelledError where
    ``progress`` was told to stop.
    """
    found = Changes(candidate, store.clock())
    groups: dict[int, array[int]] = {}
    for change in each_change(store, found, progress):
        group = _RANK.get(change.after, 0) if change.before != change.after else len(_RANK)
        groups.setdefault(group, array("q")).append(change.initiative_id)
    for group in sorted(groups):
        found.ids.extend(groups[group])
    return found


def each_change(store: Store, found: Changes, progress: Progress = SILENT) -> Iterator[Change]:
    """Each change in order of codes as it is found; ``found`` is counted up meanwhile."""
    with store.reading() as connection:
        ordered = register.ids(connection, register.Listing(order="code"))
        for start in range(0, len(ordered), _SLICE):
            progress.step(start, len(ordered), _("Checking under the other programme"))
            part = list(ordered[start : start + _SLICE])
            yield from _compared(connection, found, part)
        progress.step(len(ordered), len(ordered), _("Checking under the other programme"))


def changes_in(connection: Connection, found: Changes, start: int, count: int) -> list[Change]:
    """So many of the changes from that place on, in the order of ``found.ids``.

    They are worked out anew, so that the changes of a large store need not be held in memory.
    """
    part = found.ids[start : start + count].tolist()
    anew = Changes(found.programme, found.now)
    by_id = {change.initiative_id: change for change in _compared(connection, anew, part)}
    return [by_id[key] for key in part if key in by_id]


def _compared(connection: Connection, found: Changes, part: Sequence[int]) -> Iterator[Change]:
    """Compare one slice, counting it up; the initiatives whose verdict or stage changes."""
    alike = kept_lookalikes(connection, set(part))
    drafts = reading.drafts(connection, part)
    anew = check_drafts(connection, found.programme, drafts, now=found.now, alike=alike)
    kept = read_verdicts(connection, part)
    for key in (key for key in part if key in anew):
        former, verdict = kept.get(key), anew[key]
        before = str(former.eligibility) if former else ""
        after, why = str(verdict.eligibility), _differing(former, verdict)
        stage = former.stage if former else None
        found.checked += 1
        found.before[before] += 1
        found.after[after] += 1
        found.stages += stage != verdict.stage
        if before != after:
            found.moves[before, after] += 1
        elif stage == verdict.stage:
            found.remarks += bool(why)
            continue
        draft = drafts[key]
        yield Change(key, draft.code, draft.title, before, after, stage, verdict.stage, why)


def _differing(former: Verdict | None, verdict: Verdict) -> tuple[Finding, ...]:
    """The candidate's findings that are others than the kept ones, which do not pass.

    Other words or values alone make no other finding.
    """
    known = {one.rule: one for one in former.findings} if former else {}
    differing = [one for one in verdict.findings if _said(one) != _said(known.get(one.rule))]
    there = {one.rule for one in verdict.findings}
    said = _("The programme no longer has this rule.")
    gone = [
        Finding(rule, one.severity, Result.PASS, one.clause, said, applies=False)
        for rule, one in known.items()
        if rule not in there
    ]
    return tuple(sorted([*differing, *gone], key=lambda one: one.severity != Severity.BLOCK))


def _said(finding: Finding | None) -> object:
    """What a finding amounts to, None where it passes."""
    if finding is None or finding.result is Result.PASS:
        return None
    return finding.severity, finding.result, finding.overruled is not None
