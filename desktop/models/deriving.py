"""What is derived from records, brought up to date with what an entry touched.

The listing's rows, the search index, the look-alikes and the verdicts follow from the journalled
rows and are not journalled themselves: undo brings them up to date like any other change.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desktop.models import duplicates, reading
from desktop.models.checking import check_kept
from desktop.models.engines.sqlite import Connection
from desktop.models.entry import InitiativeDraft
from desktop.models.values import PortalState
from desktop.models.verdicts import write_verdict
from desktop.programme.definition import Programme
from desktop.programme.facts import Lookalike
from desktop.programme.verdict import Verdict
from desktop.vietnamese.collation import person_key, sort_key
from desktop.vietnamese.folding import fold

_FEW = 50
"""Up to so many initiatives are compared one by one, more of them all together."""

_OWNERS = {
    "initiative": "SELECT id FROM initiative WHERE id IN ({ids})",
    "authorship": "SELECT initiative_id FROM authorship WHERE id IN ({ids})",
    "person": "SELECT initiative_id FROM authorship WHERE person_id IN ({ids})",
    "decision": "SELECT id FROM initiative WHERE decision_id IN ({ids})",
    "unit": "SELECT id FROM initiative WHERE unit_id IN ({ids}) OR unit_id IN "
    "(SELECT unit_id FROM unit_parent WHERE parent_id IN ({ids}))",
    "unit_parent": "SELECT i.id FROM unit_parent p JOIN initiative i ON i.unit_id = p.unit_id "
    "WHERE p.id IN ({ids})",
    "attachment": "SELECT initiative_id FROM attachment WHERE id IN ({ids}) "
    "AND initiative_id IS NOT NULL UNION SELECT i.id FROM attachment a "
    "JOIN initiative i ON i.decision_id = a.decision_id WHERE a.id IN ({ids})",
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
) -> None:
    """Bring everything derived up to date; ``revision`` is the entry that touched the rows."""
    ids = _affected(connection, touched, revision)
    if ids:
        refresh(connection, ids, revision, programme=programme, now=now)


def refresh(
    connection: Connection, ids: set[int], revision: int, *, programme: Programme, now: datetime
) -> None:
    """Derive these initiatives anew, and the verdicts of those that look like them."""
    former = _partners(connection, ids)
    _renew_alike(connection, ids)
    partners = (former | _partners(connection, ids)) - ids
    alike = kept_lookalikes(connection, ids | partners)
    everything = sorted(ids | partners)
    verdicts = check_kept(connection, programme, everything, now=now, alike=alike)
    drafts = reading.drafts(connection, sorted(ids))
    for key in sorted(ids):
        connection.execute("DELETE FROM search WHERE rowid = ?", (key,))
        if key not in drafts:
            for table in ("listing", "verdict"):
                connection.execute(f"DELETE FROM {table} WHERE initiative_id = ?", (key,))
    for key, verdict in verdicts.items():
        write_verdict(connection, key, verdict)
    _write_listing(connection, drafts, verdicts, alike, revision)
    for key in partners & verdicts.keys():
        connection.execute(
            "UPDATE listing SET verdict = ?, stage = ?, alike = ? WHERE initiative_id = ?",
            (verdicts[key].eligibility, verdicts[key].stage, len(alike.get(key, ())), key),
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
             AND table_name IN ('authorship', 'attachment', 'lookalike_ruling')""",
        (entry_id,),
    ).fetchall():
        found.update(name for name in names if name is not None)
    units = connection.execute(
        """SELECT i.id FROM journal_change c JOIN initiative i
             ON i.unit_id = json_extract(c.before, '$.unit_id')
           WHERE c.entry_id = ? AND c.table_name = 'unit_parent' AND c.before IS NOT NULL""",
        (entry_id,),
    ).fetchall()
    return found | {row[0] for row in units}


def _partners(connection: Connection, ids: set[int]) -> set[int]:
    found: set[int] = set()
    for key in ids:
        rows = connection.execute(
            "SELECT second_id FROM alike WHERE first_id = ? UNION "
            "SELECT first_id FROM alike WHERE second_id = ?",
            (key, key),
        ).fetchall()
        found.update(row[0] for row in rows)
    return found


def _renew_alike(connection: Connection, ids: set[int]) -> None:
    connection.executemany(
        "DELETE FROM alike WHERE first_id = ? OR second_id = ?", [(key, key) for key in ids]
    )
    found: dict[tuple[int, int], tuple[str, float]] = {}
    if len(ids) > _FEW:
        found = duplicates.pairs(connection, ids)
    else:
        marks = ",".join("?" * len(ids))
        for probe in duplicates.probes(connection, f"i.id IN ({marks})", sorted(ids)):
            for other in duplicates.lookalikes(connection, probe):
                pair = sorted((probe.initiative_id, other.initiative_id))
                found[pair[0], pair[1]] = (other.why, other.score)
    connection.executemany(
        "INSERT OR REPLACE INTO alike VALUES (?, ?, ?, ?)",
        [(first, second, score, why) for (first, second), (why, score) in found.items()],
    )


def kept_lookalikes(connection: Connection, ids: set[int]) -> dict[int, list[Lookalike]]:
    """The kept look-alikes of these initiatives; what an officer ruled out is left out."""
    ruled = {
        (first, second): bool(duplicate)
        for first, second, duplicate in connection.execute(
            "SELECT min(first_id, second_id), max(first_id, second_id), duplicate "
            "FROM lookalike_ruling ORDER BY id"
        ).fetchall()
    }
    sql = """SELECT a.score, a.why, i.id, i.code, i.title, u.name, i.unit_id = o.unit_id
        FROM alike a JOIN initiative i ON i.id = a.{other} JOIN initiative o ON o.id = a.{own}
        LEFT JOIN unit u ON u.id = i.unit_id
        WHERE a.{own} = ? AND i.removed_at IS NULL"""
    found: dict[int, list[Lookalike]] = {}
    for key in ids:
        for own, other in (("first_id", "second_id"), ("second_id", "first_id")):
            rows = connection.execute(sql.format(own=own, other=other), (key,)).fetchall()
            for score, why, other_id, code, title, unit, same in rows:
                ruling = ruled.get((min(key, other_id), max(key, other_id)))
                if ruling is False:
                    continue
                line = Lookalike(
                    *(other_id, code, title, unit or "", score, why),
                    same_unit=bool(same),
                    confirmed=bool(ruling),
                )
                found.setdefault(key, []).append(line)
    return found


_PLACES = "SELECT id, unit_id, decision_id, removed_at FROM initiative WHERE id IN ({ids})"


def _write_listing(
    connection: Connection,
    drafts: Mapping[int, InitiativeDraft],
    verdicts: Mapping[int, Verdict],
    alike: Mapping[int, list[Lookalike]],
    revision: int,
) -> None:
    rows, words = [], []
    for place in reading.select(connection, _PLACES, sorted(drafts)):
        key = place["id"]
        draft, verdict = drafts[key], verdicts[key]
        rows.append(
            (
                *_from_record(draft, place),
                *(verdict.eligibility, verdict.stage, len(alike.get(key, ())), revision),
            )
        )
        words.append(_searched(key, draft))
    names = (*_RECORD_COLUMNS, "verdict", "stage", "alike", "revision")
    connection.executemany(
        f"INSERT OR REPLACE INTO listing ({', '.join(names)}) "
        f"VALUES ({', '.join('?' * len(names))})",
        rows,
    )
    connection.executemany(
        "INSERT INTO search (rowid, code, title, authors, unit, decision, body) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        words,
    )


_RECORD_COLUMNS = (
    *("initiative_id", "code", "code_sort", "title", "title_sort", "author", "author_sort"),
    *("authors", "unit_id", "unit", "unit_sort", "superior", "category", "used", "decided"),
    *("decision", "decision_id", "benefit", "portal", "shelf", "unsent", "removed"),
)
"""The listing's columns that follow from the record alone, whatever the day."""


def _from_record(draft: InitiativeDraft, place: Mapping[str, Any]) -> tuple[object, ...]:
    return (
        *_listed(place["id"], draft),
        *(place["unit_id"], draft.unit, sort_key(draft.unit), draft.superior),
        *(draft.category, _iso(draft.use or draft.trial)),
        *_decided(draft),
        *(place["decision_id"], draft.benefit_year),
        *(draft.portal_state, shelf_of(draft)),
        *(int(is_unsent(draft)), int(place["removed_at"] is not None)),
    )


def stale_listing(connection: Connection) -> list[int]:
    """The initiatives whose line in the list, or whose place in the search, is not up to date."""
    every = [row[0] for row in connection.execute("SELECT id FROM initiative").fetchall()]
    known = {row[0] for row in connection.execute("SELECT initiative_id FROM listing").fetchall()}
    searched = {row[0] for row in connection.execute("SELECT rowid FROM search").fetchall()}
    found = (known ^ set(every)) | (searched ^ set(every))
    columns = ", ".join(_RECORD_COLUMNS)
    for start in range(0, len(every), 500):
        part = every[start : start + 500]
        drafts = reading.drafts(connection, part)
        listed = f"SELECT {columns} FROM listing WHERE initiative_id IN ({{ids}})"
        lines = {
            row["initiative_id"]: tuple(row.values())
            for row in reading.select(connection, listed, part)
        }
        for place in reading.select(connection, _PLACES, part):
            key = place["id"]
            if lines.get(key) != _from_record(drafts[key], place):
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


def _searched(key: int, draft: InitiativeDraft) -> tuple[object, ...]:
    decision = draft.decision.number if draft.decision else ""
    body = " ".join((draft.content, draft.novelty, draft.before, draft.social_benefit))
    return (
        key,
        fold(draft.code),
        fold(draft.title),
        fold(" ".join(author.name for author in draft.authors)),
        fold(f"{draft.unit} {draft.superior}"),
        fold(decision),
        fold(body),
    )


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


def is_unsent(draft: InitiativeDraft) -> bool:
    """Whether it is recognised and has not been entered on the portal yet."""
    waiting = draft.portal_state in {PortalState.UNSENT, PortalState.EXPORTED}
    return shelf_of(draft) == "recognised" and draft.sent is None and waiting
