"""Initiatives: recorded, revised, removed to the recycle bin, restored, imported."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from desktop.errors import UserError
from desktop.models.actions.decisions import (
    decision_for,
    get_initiative,
    initiative_gone,
    require_initiatives,
)
from desktop.models.actions.loading import code_taken, load
from desktop.models.actions.people import set_authors
from desktop.models.actions.units import standing_unit, unit_named
from desktop.models.attachments import KeptFile
from desktop.models.engines.sqlite import Connection
from desktop.models.entry import InitiativeDraft
from desktop.models.fields import INITIATIVE_FIELDS, columns_of
from desktop.models.journal import Context, describe
from desktop.models.records import Attachment
from desktop.models.rewriting import differing, rewrite, rewrite_many
from desktop.text import _
from desktop.vietnamese.cleaning import clean

_LARGEST_BENEFIT = 10**15
_CODE = re.compile(r"(SK\d\d-)(\d{4,9})")


def next_code(session: Session, year: int, taken: Collection[str] = ()) -> str:
    """The next free code (mã hồ sơ) of a year, such as ``SK22-0001``.

    Never one in use, nor one of ``taken``; codes of another shape do not count.
    """
    prefix = f"SK{year % 100:02d}-"
    matches = (_CODE.fullmatch(code) for code in taken)
    numbers = [int(match[2]) for match in matches if match and match[1] == prefix]
    return f"{prefix}{max(_highest(session, prefix), *numbers, 0) + 1:04d}"


_HIGHEST = text(
    " UNION ALL ".join(
        "SELECT * FROM (SELECT code FROM initiative "
        f"WHERE length(code) = length(:prefix) + {digits} "
        "AND code >= :prefix || '0' AND code < :prefix || ':' "
        f"AND code GLOB :prefix || '{'[0-9]' * digits}' ORDER BY code DESC LIMIT 1)"
        for digits in range(9, 3, -1)
    )
    + " LIMIT 1"
)


def _highest(session: Session, prefix: str) -> int:
    """The highest number in use under a prefix; looked up in the index of codes by their length."""
    found = session.execute(_HIGHEST, {"prefix": prefix}).scalar()
    return int(found.removeprefix(prefix)) if found else 0


def _refuse_absurd(draft: InitiativeDraft) -> None:
    """Refuse an amount that no column can hold."""
    if draft.benefit is not None and abs(draft.benefit) >= _LARGEST_BENEFIT:
        raise UserError(
            _("The benefit is too large to be true. Check its unit: it is written in dong."),
            code="initiative.benefit",
        )


def _stamp_public_order(context: Context, said: dict[str, Any], kept: Mapping[str, Any]) -> None:
    """Keep who answered DK-08's question and when, each time the answer changes."""
    answer = said["public_order_contrary"]
    if kept["public_order_contrary"] == answer:
        return
    said["public_order_by"] = None if answer is None else context.user
    said["public_order_at"] = None if answer is None else context.now.isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class RecordInitiative:
    """Add an initiative; its id. A blank code is given by the program."""

    draft: InitiativeDraft
    files: tuple[tuple[KeptFile, str], ...] = ()
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> int:
        """Record it with its authors, unit, decision and files (each with its kind)."""
        given = {self.draft.code} if self.draft.code else set()
        first = next_code(context.session, context.now.year, given)
        (key,) = load(context, (self.draft,), _refuse_absurd, first)
        for file, kind in self.files:
            context.session.add(_attachment(file, kind, key))
        context.detail["code"] = clean(self.draft.code) or first
        return key


@dataclass(frozen=True, slots=True)
class ReviseInitiative:
    """Make an initiative what the draft says.

    ``based_on`` is the revision the form was opened at; UserError where it has been changed since.
    """

    initiative_id: int
    draft: InitiativeDraft
    based_on: int | None = None
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> int:
        """Revise it; its id."""
        connection, key = context.connection, self.initiative_id
        kept = _kept(connection, key)
        _refuse_stale(context, key, self.based_on)
        _refuse_absurd(self.draft)
        said = columns_of(INITIATIVE_FIELDS, self.draft)
        said["code"] = said["code"] or kept["code"]
        _refuse_taken(context, said["code"], key)
        _stamp_public_order(context, said, kept)
        said["unit_id"] = self._unit(context)
        said["decision_id"] = decision_for(context, self.draft.decision, kept["decision_id"])
        set_authors(connection, key, said["unit_id"], self.draft.authors)
        rewrite(connection, "initiative", key, differing(kept, said))
        context.detail["code"] = said["code"]
        return key

    def _unit(self, context: Context) -> int | None:
        name, superior = self.draft.unit, self.draft.superior
        found = standing_unit(context.connection, name, superior)
        return unit_named(context.session, name, superior) if found is None else found


_KEPT = (*INITIATIVE_FIELDS, "unit_id", "decision_id", "public_order_by", "public_order_at")


def _kept(connection: Connection, initiative_id: int) -> dict[str, Any]:
    """What is kept of an initiative, by column; UserError where it is no longer there."""
    listed = ", ".join(f'"{name}"' for name in _KEPT)
    row = connection.execute(
        f"SELECT {listed} FROM initiative WHERE id = ?", (initiative_id,)
    ).fetchone()
    if row is None:
        raise initiative_gone()
    return dict(zip(_KEPT, row, strict=True))


def revision_of(context: Context, initiative_id: int) -> int:
    """The entry that last touched an initiative or what it is derived from."""
    row = context.connection.execute(
        "SELECT revision FROM listing WHERE initiative_id = ?", (initiative_id,)
    ).fetchone()
    return int(row[0]) if row else 0


def _refuse_stale(context: Context, initiative_id: int, based_on: int | None) -> None:
    if based_on is not None and revision_of(context, initiative_id) != based_on:
        raise UserError(
            _(
                "{record} was changed while the form was open. Open it again and repeat your "
                "change; what you typed is kept as a draft."
            ).format(record=describe(context.connection, "initiative", initiative_id)),
            code="initiative.stale",
        )


def _refuse_taken(context: Context, code: str, initiative_id: int) -> None:
    """UserError where another initiative has the code."""
    other = context.connection.execute(
        "SELECT title FROM initiative WHERE code = ? AND id <> ?", (code, initiative_id)
    ).fetchone()
    if other is not None:
        raise code_taken(code, other[0])


@dataclass(frozen=True, slots=True)
class ReviseMany:
    """Set the same fields of several initiatives at once."""

    ids: tuple[int, ...]
    changes: Mapping[str, Any] = field(default_factory=dict)
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> None:
        """Revise them; KeyError for a field that drafts do not have."""
        require_initiatives(context.connection, self.ids)
        said = {name: INITIATIVE_FIELDS[name].keep(value) for name, value in self.changes.items()}
        if said:
            rewrite_many(context.connection, "initiative", self.ids, said)
        context.detail["count"] = len(self.ids)


@dataclass(frozen=True, slots=True)
class RemoveInitiatives:
    """Move initiatives to the recycle bin; they count and print no more until restored."""

    ids: tuple[int, ...]
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> None:
        """Remove them."""
        require_initiatives(context.connection, self.ids)
        now = context.now.isoformat(timespec="seconds")
        rewrite_many(context.connection, "initiative", self.ids, {"removed_at": now})
        context.detail["count"] = len(self.ids)


@dataclass(frozen=True, slots=True)
class RestoreInitiatives:
    """Take initiatives out of the recycle bin, as they were."""

    ids: tuple[int, ...]
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> None:
        """Restore them."""
        require_initiatives(context.connection, self.ids)
        rewrite_many(context.connection, "initiative", self.ids, {"removed_at": None})
        context.detail["count"] = len(self.ids)


@dataclass(frozen=True, slots=True)
class ImportInitiatives:
    """Record a whole file of initiatives as one act; their ids in order."""

    drafts: tuple[InitiativeDraft, ...]
    file: str
    bulk: ClassVar[bool] = True

    def __call__(self, context: Context) -> tuple[int, ...]:
        """Record them all, or none."""
        given = {draft.code for draft in self.drafts if draft.code}
        first = next_code(context.session, context.now.year, given)
        found = load(context, self.drafts, _refuse_absurd, first)
        context.detail.update(count=len(found), file=self.file)
        return tuple(found)


def _attachment(file: KeptFile, kind: str, initiative_id: int) -> Attachment:
    return Attachment(
        sha256=file.sha256,
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        kind=kind,
        initiative_id=initiative_id,
        decision_id=None,
    )


@dataclass(frozen=True, slots=True)
class AttachFile:
    """Attach a kept file to an initiative; the attachment's id. ``kind`` says what it shows."""

    initiative_id: int
    file: KeptFile
    kind: str
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> int:
        """Attach it."""
        get_initiative(context.session, self.initiative_id)
        attachment = _attachment(self.file, self.kind, self.initiative_id)
        context.session.add(attachment)
        context.session.flush()
        context.detail["name"] = self.file.name
        return attachment.id


@dataclass(frozen=True, slots=True)
class DetachFile:
    """Take an attached file off an initiative; its content stays in the store."""

    initiative_id: int
    sha256: str
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> None:
        """Detach it."""
        found = context.session.scalars(
            select(Attachment).where(
                Attachment.initiative_id == self.initiative_id, Attachment.sha256 == self.sha256
            )
        ).all()
        for attachment in found:
            context.detail["name"] = attachment.name
            context.session.delete(attachment)
