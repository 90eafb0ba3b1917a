"""What is derived from records, brought up to date with what an entry touched.

The listing's rows, the search index, the look-alikes and the verdicts follow from the journalled
rows and are not journalled themselves: undo brings them up to date like any other change.
"""

import json
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from desktop.models import reading
from desktop.models.checking import check_drafts
from desktop.models.engines.sqlite import ROOM_IN_SEARCH, Connection
from desktop.models.entry import InitiativeDraft
from desktop.models.fields import INITIATIVE_FIELDS
from desktop.models.journal import chunks
from desktop.models.lookalikes import renewing
from desktop.models.lookalikes.keys import SETTING as LOOKALIKE_KEYS
from desktop.models.lookalikes.lines import kept_lookalikes as kept_lookalikes  # noqa: PLC0414 - offered here, too
from desktop.models.register import tags_of, unit_tags
from desktop.models.rewriting import differing, insertion, rewrite
from desktop.models.values import PortalState
from desktop.models.verdicts import write_changed_verdicts, write_verdicts
from desktop.programme.definition import Programme
from desktop.programme.facts import Lookalike
from desktop.progress import SILENT, Progress
from desktop.text import _
from desktop.vietnamese.collation import person_key, sort_key
from desktop.vietnamese.dates import Moment
from desktop.vietnamese.folding import fold

_SLICE = 2_000
"""So many initiatives are derived at a time."""
_FEW = 1_000
"""In a store up to this size everything is compared anew when the keys of look-alikes change."""

_WAITING = frozenset({PortalState.UNSENT, PortalState.EXPORTED})
_OWNERS = {
    "initiative": "SELECT id FROM initiative WHERE id IN ({ids})",
    "authorship": "SELECT initiative_id FROM authorship WHERE id IN ({ids})",
    "person": "SELECT initiative_id FROM authorship WHERE person_id IN ({ids})",
    "decision": "SELECT id FROM initiative WHERE decision_id IN ({ids})",
    "unit": "SELECT id FROM initiative WHERE unit_id IN ({ids}) OR unit_id IN "
    "(SELECT unit_id FROM unit_parent WHERE parent_id IN ({ids}))",
    "unit_parent": "WITH RECURSIVE below (id) AS (SELECT unit_id FROM unit_parent "
    "WHERE id IN ({ids}) UNION SELECT p.unit_id FROM unit_parent p JOIN below b "
    "ON p.parent_id = b.id) SELECT id FROM initiative WHERE unit_id IN (SELECT id FROM below)",
    "attachment": "SELECT initiative_id FROM attachment WHERE id IN ({ids}) "
    "AND initiative_id IS NOT NULL UNION SELECT i.id FROM attachment a "
    "JOIN initiative i ON i.decision_id = a.decision_id WHERE a.id IN ({ids})",
    "overruling": "SELECT initiative_id FROM overruling WHERE id IN ({ids})",
    "lookalike_ruling": "SELECT first_id FROM lookalike_ruling WHERE id IN ({ids}) "
    "UNION SELECT second_id FROM lookalike_ruling WHERE id IN ({ids})",
}


def derive(
    connection: Connection,
    touched: Mapping[str, frozenset[int]],
    revision: int,
    *,
    programme: Programme,
    now: datetime,
    progress: Progress = SILENT,
    written: Mapping[int, reading.Written] | None = None,
) -> None:
    """Bring everything derived up to date; ``revision`` is the entry that touched the rows.

    ``written`` are the new initiatives that need not be read again.
    """
    ids = _affected(connection, touched, revision)
    if "setting" in touched and _are_keys_changed(connection, revision):
        ids |= _compared_anew(connection)
    if ids:
        entry = _Entry(revision, ids, _revised(connection, touched, revision), written or {})
        _derive_anew(connection, entry, programme=programme, now=now, progress=progress)
    if "programme_in_force" in touched:
        judge_anew(connection, programme=programme, now=now, progress=progress)


def judge_anew(
    connection: Connection,
    *,
    programme: Programme,
    now: datetime,
    progress: Progress = SILENT,
) -> None:
    """Give every verdict anew under another programme; what stays as it was is not rewritten."""
    every = array("q", (row[0] for row in connection.execute("SELECT id FROM initiative")))
    for start in range(0, len(every), _SLICE):
        progress.step(start, len(every), _("Checking"))
        part = list(every[start : start + _SLICE])
        alike = kept_lookalikes(connection, set(part))
        drafts = reading.drafts(connection, part)
        verdicts = check_drafts(connection, programme, drafts, now=now, alike=alike)
        changed = write_changed_verdicts(connection, verdicts)
        connection.executemany(
            "UPDATE listing SET verdict = ?, stage = ? WHERE initiative_id = ?",
            [(verdicts[key].eligibility, verdicts[key].stage, key) for key in changed],
        )
    connection.execute(
        "UPDATE verdict SET definition = ? WHERE definition <> ?",
        (programme.version, programme.version),
    )


def refresh(
    connection: Connection,
    ids: set[int],
    revision: int,
    *,
    programme: Programme,
    now: datetime,
    progress: Progress = SILENT,
) -> None:
    """Derive these initiatives anew, and the verdicts of those that look like them.

    Many are taken in slices, so that memory does not grow with their number.
    """
    entry = _Entry(revision, ids, {}, {})
    _derive_anew(connection, entry, programme=programme, now=now, progress=progress)


class _Entry(NamedTuple):
    """The entry whose initiatives are derived: those that it touched.

    ``before`` gives the draft's fields as they were, of those of which it revised nothing else;
    ``written`` the new ones that need not be read again.
    """

    revision: int
    ids: set[int]
    before: Mapping[int, Mapping[str, Any]]
    written: Mapping[int, reading.Written]


def _revised(
    connection: Connection, touched: Mapping[str, frozenset[int]], revision: int
) -> dict[int, dict[str, Any]]:
    """The fields of drafts as they were before an entry that revised nothing but these."""
    if touched.keys() != {"initiative"} or len(touched["initiative"]) > _SLICE:
        return {}
    found: dict[int, dict[str, Any]] = {}
    beside: set[int] = set()
    for key, *images in connection.execute(
        "SELECT row_id, before, after FROM journal_change WHERE entry_id = ? ORDER BY id",
        (revision,),
    ).fetchall():
        before, after = (json.loads(image or "{}") for image in images)
        if any(before.get(name, name) != after.get(name) for name in _BESIDE_DRAFT):
            beside.add(key)
        else:
            fields = INITIATIVE_FIELDS.given([before[name] for name in INITIATIVE_FIELDS])
            found.setdefault(key, fields)
    return {key: fields for key, fields in found.items() if key not in beside}


_BESIDE_DRAFT = ("unit_id", "decision_id", "removed_at")
"""What the list and the search take from an initiative's row beside its draft's fields."""


def _derive_anew(
    connection: Connection,
    entry: _Entry,
    *,
    programme: Programme,
    now: datetime,
    progress: Progress,
) -> None:
    touched = renewing.renew(connection, entry.ids)
    everything = sorted(entry.ids | touched | _partners(connection, entry.ids))
    if len(everything) > _SLICE:
        connection.execute(ROOM_IN_SEARCH)
    for start in range(0, len(everything), _SLICE):
        progress.step(start, len(everything), _("Checking"))
        _refresh(connection, everything[start : start + _SLICE], entry, programme, now)


def _are_keys_changed(connection: Connection, entry_id: int) -> bool:
    """Whether an entry changed the keys of look-alikes."""
    row = connection.execute(
        "SELECT 1 FROM journal_change WHERE entry_id = ? AND table_name = 'setting' "
        "AND json_extract(coalesce(after, before), '$.key') = ?",
        (entry_id, LOOKALIKE_KEYS),
    ).fetchone()
    return row is not None


def _compared_anew(connection: Connection) -> set[int]:
    """Everything in a small store; in a larger one it is written down as due, and none."""
    rows = connection.execute("SELECT initiative_id FROM likeness LIMIT ?", (_FEW + 1,)).fetchall()
    if len(rows) <= _FEW:
        return {row[0] for row in rows}
    renewing.mark_everything_due(connection)
    return set()


def recheck(connection: Connection, ids: set[int], *, programme: Programme, now: datetime) -> None:
    """Give the verdicts on these anew, whose look-alikes are others now."""
    ordered, nothing = sorted(ids), _Entry(0, set(), {}, {})
    for start in range(0, len(ordered), _SLICE):
        _refresh(connection, ordered[start : start + _SLICE], nothing, programme, now)


def _refresh(
    connection: Connection,
    part: list[int],
    entry: _Entry,
    programme: Programme,
    now: datetime,
) -> None:
    """Derive one slice: those of the entry whole, their look-alikes' verdicts alone."""
    alike = kept_lookalikes(connection, set(part))
    above = reading.lineage(connection, part)
    kept = reading.kept(connection, part, above, entry.written)
    drafts = {key: one.draft for key, one in kept.items()}
    verdicts = check_drafts(connection, programme, drafts, now=now, alike=alike)
    touched = [key for key in part if key in entry.ids]
    former = _lines(connection, touched)
    _take_out(connection, [key for key in touched if key not in kept])
    write_verdicts(connection, verdicts)
    judged = {
        key: (one.eligibility.value, one.stage, _concerning(alike.get(key, ())))
        for key, one in verdicts.items()
    }
    own = {key: kept[key] for key in touched if key in kept}
    state = entry, _Units(above), former
    _write_listing(connection, own, judged, state)
    _write_search(connection, own, state)
    # Setting a value that is there already would write its indexes all the same.
    connection.executemany(
        "UPDATE listing SET verdict = ?, stage = ?, alike = ? WHERE initiative_id = ? "
        "AND (verdict IS NOT ? OR stage IS NOT ? OR alike IS NOT ?)",
        [(*judged[key], key, *judged[key]) for key in kept if key not in entry.ids],
    )


def _lines(connection: Connection, part: list[int]) -> dict[int, dict[str, object]]:
    """The lines that the list has of these, by column."""
    found: dict[int, dict[str, object]] = {}
    for chunk in chunks(part):
        marks = ",".join("?" * len(chunk))
        rows = connection.execute(
            f"SELECT {', '.join(_COLUMNS)} FROM listing WHERE initiative_id IN ({marks})", chunk
        ).fetchall()
        found.update((row[0], dict(zip(_COLUMNS, row, strict=True))) for row in rows)
    return found


def _take_out(connection: Connection, gone: Iterable[int]) -> None:
    """Take what is gone out of the list, and its verdicts."""
    for table in ("listing", "verdict"):
        connection.executemany(
            f"DELETE FROM {table} WHERE initiative_id = ?", [(key,) for key in gone]
        )


def _affected(
    connection: Connection, touched: Mapping[str, frozenset[int]], revision: int
) -> set[int]:
    """The initiatives that touched rows belong to, gone ones included."""
    found = set(touched.get("initiative", ()))
    for table, ids in touched.items():
        if table not in _OWNERS:
            continue
        ordered = sorted(ids)
        for start in range(0, len(ordered), 500):
            part = ordered[start : start + 500]
            sql = _OWNERS[table]
            marks = ",".join("?" * len(part))
            values = part * sql.count("{ids}")
            rows = connection.execute(sql.replace("{ids}", marks), values).fetchall()
            found.update(row[0] for row in rows)
    return found | _former_owners(connection, revision)


def _former_owners(connection: Connection, entry_id: int) -> set[int]:
    """The initiatives that rows belonged to before this entry took them away or moved them."""
    found: set[int] = set()
    for names in connection.execute(
        """SELECT json_extract(before, '$.initiative_id'), json_extract(before, '$.first_id'),
             json_extract(before, '$.second_id')
           FROM journal_change WHERE entry_id = ? AND before IS NOT NULL
             AND table_name IN ('authorship', 'attachment', 'lookalike_ruling', 'overruling')""",
        (entry_id,),
    ).fetchall():
        found.update(name for name in names if name is not None)
    units = connection.execute(
        """WITH RECURSIVE below (id) AS (
             SELECT json_extract(before, '$.unit_id') FROM journal_change
             WHERE entry_id = ? AND table_name = 'unit_parent' AND before IS NOT NULL
             UNION SELECT p.unit_id FROM unit_parent p JOIN below b ON p.parent_id = b.id)
           SELECT id FROM initiative WHERE unit_id IN (SELECT id FROM below)""",
        (entry_id,),
    ).fetchall()
    return found | {row[0] for row in units}


def _partners(connection: Connection, ids: set[int]) -> set[int]:
    found: set[int] = set()
    for chunk in chunks(sorted(ids)):
        marks = ",".join("?" * len(chunk))
        rows = connection.execute(
            f"SELECT second_id FROM alike WHERE first_id IN ({marks}) UNION "
            f"SELECT first_id FROM alike WHERE second_id IN ({marks})",
            (*chunk, *chunk),
        ).fetchall()
        found.update(row[0] for row in rows)
    return found


def _concerning(alike: Sequence[Lookalike]) -> int:
    """How many look-alikes ask for a decision: what is of another unit is information only."""
    return sum(one.same_unit or one.confirmed for one in alike)


def _write_listing(
    connection: Connection,
    kept: Mapping[int, reading.Kept],
    judged: Mapping[int, tuple[str, int | None, int]],
    state: tuple[_Entry, "_Units", Mapping[int, Mapping[str, object]]],
) -> None:
    """Write the lines of the list.

    ``judged`` is each one's verdict, stage and number of look-alikes that concern it; ``state`` the
    entry, the units, and the lines that are there: of those only what is other is set.
    """
    entry, units, former = state
    rows = []
    for key, one in sorted(kept.items()):
        record = _from_record(key, one, units[one.unit_id], shelf_of(one.draft))
        line = (*record, *judged[key], entry.revision)
        if key in former:
            more = differing(former[key], dict(zip(_COLUMNS, line, strict=True)))
            rewrite(connection, "listing", key, more, _COLUMNS[0])
        else:
            rows.append(line)
    connection.executemany(insertion("listing", _COLUMNS), rows)


def _write_search(
    connection: Connection,
    kept: Mapping[int, reading.Kept],
    state: tuple[_Entry, "_Units", Mapping[int, object]],
) -> None:
    """Put these in their places in the search, those that are gone out of it.

    ``state`` is the entry, the units, and what the list had before. What the entry left as it is
    found by stays: taking it out and putting it in again makes the index merge for nothing.
    """
    entry, units, former = state
    words, stay = [], set()
    for key, one in sorted(kept.items()):
        unit = units[one.unit_id]
        said = _searched(key, one, unit)
        if key in former and key in entry.before:
            before = replace(one, draft=replace(one.draft, **entry.before[key]))
            if _searched(key, before, unit) == said:
                stay.add(key)
                continue
        words.append(said)
    out = [(key,) for key in former if key not in stay]
    connection.executemany("DELETE FROM search WHERE rowid = ?", out)
    connection.executemany(
        "INSERT INTO search (rowid, code, title, authors, unit, decision, body, tags) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        words,
    )


class _Unit(NamedTuple):
    """What the list and the search say of a unit, the same for all its initiatives."""

    listed: tuple[int | None, str, str, str]
    folded: str
    tags: tuple[str, ...]


class _Units(dict[int | None, _Unit]):
    """The units by id, each put into words when it is first asked for."""

    def __init__(self, above: reading.Lineage) -> None:
        super().__init__()
        self._names, self._superiors = above

    def __missing__(self, unit_id: int | None) -> _Unit:
        path: list[int] = []
        at = unit_id
        while at is not None and at not in path:
            path.append(at)
            at = self._superiors.get(at)
        name = self._names.get(unit_id or 0, "")
        superior = self._names.get(self._superiors.get(unit_id or 0, 0), "")
        listed = (unit_id, name, sort_key(name), superior)
        self[unit_id] = _Unit(listed, fold(f"{name} {superior}"), tuple(unit_tags(path)))
        return self[unit_id]


_RECORD_COLUMNS = (
    *("initiative_id", "code", "code_sort", "title", "title_sort", "author", "author_sort"),
    *("authors", "unit_id", "unit", "unit_sort", "superior", "category", "used", "decided"),
    *("decision", "decision_id", "benefit", "portal", "shelf", "unsent", "removed"),
    *("object_group", "field", "region", "sent_on", "recorded_on", "credited_id"),
)
"""The listing's columns that follow from the record alone, whatever the day."""
_COLUMNS = (*_RECORD_COLUMNS, "verdict", "stage", "alike", "revision")
"""All of its columns."""


def _from_record(key: int, kept: reading.Kept, unit: _Unit, shelf: str) -> tuple[object, ...]:
    draft = kept.draft
    return (
        *_listed(key, draft),
        *unit.listed,
        *(draft.category, _iso(draft.use or draft.trial)),
        *_decided(draft),
        *(kept.decision_id, draft.benefit_year),
        *(draft.portal_state, shelf),
        *(int(is_unsent(draft, shelf)), int(kept.removed_at is not None)),
        *(draft.object_group, draft.field, draft.region),
        *_known_since(draft, kept.recorded_at),
        kept.credited_id,
    )


def _known_since(draft: InitiativeDraft, recorded_at: str | None) -> tuple[str | None, str]:
    """The day of entry on the portal, and since when it counts as recorded: ISO days in Vietnam.

    What was on the portal before it was written down here was known that early. Blank, which is
    before every day, where nobody noted when it was written down.
    """
    sent = draft.sent.day.isoformat() if draft.sent else None
    recorded = Moment.fromiso(recorded_at).day.isoformat() if recorded_at else ""
    return sent, min(sent, recorded) if sent else recorded


def stale_listing(connection: Connection) -> list[int]:
    """The initiatives whose line in the list, or whose place in the search, is not up to date."""
    every = [row[0] for row in connection.execute("SELECT id FROM initiative").fetchall()]
    known = {row[0] for row in connection.execute("SELECT initiative_id FROM listing").fetchall()}
    searched = {row[0] for row in connection.execute("SELECT rowid FROM search").fetchall()}
    found = (known ^ set(every)) | (searched ^ set(every))
    columns = ", ".join(_RECORD_COLUMNS)
    for start in range(0, len(every), 500):
        part = every[start : start + 500]
        above = reading.lineage(connection, part)
        units = _Units(above)
        listed = f"SELECT {columns} FROM listing WHERE initiative_id IN ({{ids}})"
        lines = {
            row["initiative_id"]: tuple(row.values())
            for row in reading.select(connection, listed, part)
        }
        for key, one in reading.kept(connection, part, above).items():
            told = _from_record(key, one, units[one.unit_id], shelf_of(one.draft))
            if lines.get(key) != told:
                found.add(key)
    return sorted(found)


def _listed(key: int, draft: InitiativeDraft) -> tuple[object, ...]:
    author = draft.credited or (draft.authors[0] if draft.authors else None)
    name = author.name if author else ""
    return (
        *(key, draft.code, sort_key(draft.code), draft.title, sort_key(draft.title)),
        *(name, person_key(name), len(draft.authors)),
    )


def _decided(draft: InitiativeDraft) -> tuple[str | None, str]:
    if draft.decision is None:
        return None, ""
    return _iso(draft.decision.issued), draft.decision.number


def _iso(date: object) -> str | None:
    return date.isoformat() if hasattr(date, "isoformat") else None


def _searched(key: int, kept: reading.Kept, unit: _Unit) -> tuple[object, ...]:
    draft = kept.draft
    decision = draft.decision.number if draft.decision else ""
    body = " ".join((draft.content, draft.novelty, draft.before, draft.social_benefit))
    return (
        key,
        fold(draft.code),
        fold(draft.title),
        fold(" ".join([author.name for author in draft.authors])),
        unit.folded,
        fold(decision),
        fold(body),
        _tagged(kept, unit),
    )


def _tagged(kept: reading.Kept, unit: _Unit) -> str:
    """The tags of a record, by which the search narrows what it finds."""
    draft, shelf = kept.draft, shelf_of(kept.draft)
    values = {
        "category": draft.category,
        "portal_state": draft.portal_state,
        "group": draft.object_group,
        "n": is_unsent(draft, shelf),
        "b": kept.removed_at is not None,
    }
    return " ".join((*unit.tags, *tags_of(values, shelf)))


def shelf_of(draft: InitiativeDraft) -> str:
    """Where an initiative stands in the office's work: draft, incomplete, undecided, recognised."""
    if not (draft.title and draft.category and draft.content and draft.authors):
        return "draft"
    has_benefit = draft.benefit is not None or bool(draft.social_benefit)
    if not (draft.novelty and (draft.trial or draft.use) and has_benefit and draft.unit):
        return "incomplete"
    if draft.decision is None and not (draft.topic_accepted and draft.effect_confirmed):
        return "undecided"
    return "recognised"


def is_unsent(draft: InitiativeDraft, shelf: str) -> bool:
    """Whether what stands on a shelf is recognised and has not been entered on the portal yet."""
    return shelf == "recognised" and draft.sent is None and draft.portal_state in _WAITING
