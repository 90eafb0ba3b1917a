"""What an act changed, field by field: the journal's images before and after, read as words."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from desktop.models.engines.sqlite import Connection
from desktop.models.labels import field_name, record_name
from desktop.models.values import portal_state_name
from desktop.text import N_, _
from desktop.vietnamese.dates import Moment, PartialDate
from desktop.vietnamese.money import format_money

_HIDDEN = frozenset(
    {"id", "key", "position", "initiative_id", "person_id", "council_id", "session_id", "sha256"}
    | {"public_order_by", "public_order_at", "recorded_at", "media_type", "size", "cause"}
)
"""Columns that say nothing to people."""
_LINKS = {"unit_id": ("unit", "name"), "decision_id": ("decision", "number")}
_DAYS = frozenset(
    {"trial", "use", "issued", "birth", "held", "decided", "protected_from", "protected_to"}
    | {"topic_accepted", "effect_confirmed_on", "valid_from", "valid_to"}
)
_MOMENTS = frozenset({"sent", "removed_at"})
_TRUTHS = frozenset(
    {"member", "credited", "topic_leader", "leader_post", "confidential", "effect_confirmed"}
    | {"public_order_contrary"}
)


_WORDS = {
    ("protection", "none"): N_("None"),
    ("protection", "pending"): N_("Applied for"),
    ("protection", "protected"): N_("Protected"),
    ("protection", "expired"): N_("Expired"),
    ("recogniser", "council"): N_("the initiative council"),
    ("recogniser", "head"): N_("the head of the unit"),
}


class Difference(NamedTuple):
    """One field that an act changed; ``before`` and ``after`` are blank where nothing stood.

    ``record`` names the author, decision or file it belongs to, blank for the initiative's own.
    """

    record: str
    field: str
    before: str
    after: str


def differences(
    connection: Connection, entry: int, initiative: int | None = None
) -> list[Difference]:
    """The fields that an entry changed, of one initiative and its authors, or of all records."""
    found: list[Difference] = []
    for table, before, after in _images(connection, entry):
        old, new = json.loads(before) if before else {}, json.loads(after) if after else {}
        if initiative is not None and not _concerns(table, old or new, initiative):
            continue
        record = "" if table == "initiative" else _record(table, new or old)
        for column in new or old:
            if column in _HIDDEN or old.get(column) == new.get(column):
                continue
            shown = [_shown(connection, column, image.get(column)) for image in (old, new)]
            if shown[0] != shown[1]:
                found.append(Difference(record, field_name(column), *shown))
    return found


def _images(connection: Connection, entry: int) -> list[tuple[str, str | None, str | None]]:
    """For each row of an entry, how it was before it and how the entry left it."""
    return connection.execute(
        """SELECT f.table_name, f.before, l.after
           FROM (SELECT min(id) AS first, max(id) AS last FROM journal_change
                 WHERE entry_id = ? GROUP BY table_name, row_id) AS span
           JOIN journal_change f ON f.id = span.first JOIN journal_change l ON l.id = span.last
           ORDER BY span.first""",
        (entry,),
    ).fetchall()


def _concerns(table: str, image: Mapping[str, Any], initiative: int) -> bool:
    if table == "initiative":
        return bool(image.get("id") == initiative)
    return bool(image.get("initiative_id") == initiative)


def _record(table: str, image: Mapping[str, Any]) -> str:
    for column in ("code", "name", "number", "title"):
        if image.get(column):
            return f"{record_name(table)} {image[column]}"
    return record_name(table)


def _shown(connection: Connection, column: str, value: Any) -> str:
    """A column's value as the screen writes it."""
    if value in {None, ""}:
        return ""
    if column in _LINKS:
        table, name = _LINKS[column]
        row = connection.execute(f"SELECT {name} FROM {table} WHERE id = ?", (value,)).fetchone()
        return str(row[0]) if row else ""
    if column in _DAYS:
        return str(PartialDate.fromiso(value))
    if column in _MOMENTS:
        return str(Moment.fromiso(value))
    if column in _TRUTHS:
        return _("Yes") if value else _("No")
    if (column, value) in _WORDS:
        return _(_WORDS[column, value])
    if column == "portal_state":
        return portal_state_name(value)
    if column in {"benefit", "amount"}:
        return format_money(value)
    return str(value)
