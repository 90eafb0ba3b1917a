"""Half-typed work: forms kept every few moments, offered again after a power cut."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from desktop.models.engines.sqlite import Connection
from desktop.models.entry import AuthorDraft, DecisionDraft, InitiativeDraft
from desktop.models.fields import (
    AUTHOR_FIELDS,
    DECISION_FIELDS,
    INITIATIVE_FIELDS,
    Fields,
    columns_of,
    values_of,
)

WORDING = "wording"
"""Under this key stands wording of papers that is not saved yet."""


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A half-typed form: its key ("new" or "initiative:<id>"), when it was kept, and its content.

    ``based_on`` is the revision (journal entry) the form was opened at, None for a new record.
    """

    key: str
    saved_at: datetime
    draft: InitiativeDraft
    based_on: int | None


def save(
    connection: Connection,
    key: str,
    draft: InitiativeDraft,
    *,
    user: str,
    now: datetime,
    based_on: int | None = None,
) -> None:
    """Keep a half-typed form, in place of the one kept under the same key."""
    connection.execute(
        "INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?, ?)",
        (key, user, to_json(draft), now.isoformat(timespec="seconds"), based_on),
    )


def load_all(connection: Connection, user: str) -> list[KeptDraft]:
    """The user's half-typed forms, newest first."""
    rows = connection.execute(
        "SELECT key, saved_at, body, based_on FROM draft WHERE user = ? AND key <> ? "
        "ORDER BY saved_at DESC",
        (user, WORDING),
    ).fetchall()
    return [
        KeptDraft(key, datetime.fromisoformat(saved), from_json(body), based_on)
        for key, saved, body, based_on in rows
    ]


def discard(connection: Connection, key: str, *, user: str) -> None:
    """Forget a half-typed form."""
    connection.execute("DELETE FROM draft WHERE key = ? AND user = ?", (key, user))


def save_wording(
    connection: Connection, typed: Mapping[str, str], *, user: str, now: datetime
) -> None:
    """Keep wording that is not saved yet, by the fields it is of; none forgets it."""
    if not typed:
        discard(connection, WORDING, user=user)
        return
    connection.execute(
        "INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?, NULL)",
        (WORDING, user, json.dumps(typed, ensure_ascii=False), now.isoformat(timespec="seconds")),
    )


def load_wording(connection: Connection, user: str) -> dict[str, str]:
    """The user's wording that is not saved yet, by the fields it is of."""
    row = connection.execute(
        "SELECT body FROM draft WHERE user = ? AND key = ?", (user, WORDING)
    ).fetchone()
    kept: dict[str, str] = json.loads(row[0]) if row else {}
    return kept


def to_json(draft: InitiativeDraft) -> str:
    """A draft as JSON text, nothing lost."""
    body = _plain(INITIATIVE_FIELDS, draft)
    body |= {"unit": draft.unit, "superior": draft.superior}
    body["authors"] = [_plain(AUTHOR_FIELDS, author) for author in draft.authors]
    if draft.decision is not None:
        body["decision"] = _plain(DECISION_FIELDS, draft.decision)
    return json.dumps(body, ensure_ascii=False)


def _plain(table: Fields, draft: Any) -> dict[str, Any]:
    return {
        name: value.value
        if isinstance(value, Enum)
        else str(value)
        if isinstance(value, Decimal)
        else value
        for name, value in columns_of(table, draft).items()
    }


def _whole(
    table: Fields, blank: AuthorDraft | DecisionDraft, kept: Mapping[str, Any]
) -> dict[str, Any]:
    """What was kept, with blanks for the fields that an older version did not know."""
    return {**columns_of(table, blank), **{key: kept[key] for key in kept if key in table}}


def from_json(text: str) -> InitiativeDraft:
    """The draft that ``to_json`` wrote; fields it does not know are left out."""
    body = json.loads(text)
    known = {field.name for field in fields(InitiativeDraft)}
    blank = columns_of(INITIATIVE_FIELDS, InitiativeDraft())
    scalars = {name: body.get(name, blank[name]) for name in INITIATIVE_FIELDS if name in known}
    decision = body.get("decision")
    return InitiativeDraft(
        **values_of(INITIATIVE_FIELDS, scalars),
        unit=body.get("unit", ""),
        superior=body.get("superior", ""),
        authors=tuple(
            AuthorDraft(**values_of(AUTHOR_FIELDS, _whole(AUTHOR_FIELDS, AuthorDraft(), one)))
            for one in body.get("authors", ())
        ),
        decision=DecisionDraft(
            **values_of(DECISION_FIELDS, _whole(DECISION_FIELDS, DecisionDraft(), decision))
        )
        if decision
        else None,
    )
