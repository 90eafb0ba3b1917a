"""Recognition decisions: one recognises many initiatives and may carry its scan."""

from collections.abc import Collection
from dataclasses import dataclass
from json import dumps
from typing import Any, ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import UserError
from desktop.models.attachments import KeptFile
from desktop.models.engines.sqlite import Connection
from desktop.models.entry import DecisionDraft
from desktop.models.fields import DECISION_FIELDS, columns_of
from desktop.models.journal import Context
from desktop.models.records import Attachment, Decision, Initiative
from desktop.models.rewriting import differing, rewrite, rewrite_many
from desktop.text import _
from desktop.vietnamese.decisions import decision_key
from desktop.vietnamese.folding import syllable_key


def key_of(draft: DecisionDraft) -> str:
    """By what a decision is found again: number and year; blank where it has no number."""
    if not draft.number:
        return ""
    return decision_key(draft.number, draft.issued.year if draft.issued else None)


def decision_for(
    context: Context, draft: DecisionDraft | None, current: int | None = None
) -> int | None:
    """The id of the decision a draft speaks of, made where it is new; None for a blank one.

    The same number, day, issuer and signer is the same decision; what differs is never merged by
    the program itself. Where the draft corrects the decision
    that ``current`` names, and no other initiative rests on it, that one is corrected in place.
    """
    if draft is None or draft.is_blank():
        return None
    connection, said = context.connection, columns_of(DECISION_FIELDS, draft)
    found = _find(connection, draft)
    if found is not None:
        key, kept = found
        whole = key == current and _is_alone(connection, key)
        more = differing(kept, said)
        rewrite(
            *(connection, "decision", key),
            more if whole else {name: said[name] for name in more if said[name] and not kept[name]},
        )
        return key
    if current is not None and _is_alone(connection, current):
        rewrite(connection, "decision", current, {"key": key_of(draft), **said})
        return current
    return make(context.session, draft).id


def _find(connection: Connection, draft: DecisionDraft) -> tuple[int, dict[str, Any]] | None:
    """The decision with the same content, spelling of spaces, case and tone marks aside.

    Its id, and what is kept of it.
    """
    issued = draft.issued.isoformat() if draft.issued else None
    candidates = connection.execute(
        f"SELECT id, {', '.join(DECISION_FIELDS)} FROM decision "
        "WHERE key = ? AND issued IS ? ORDER BY id",
        (key_of(draft), issued),
    ).fetchall()
    wanted = content_of(draft)
    for key, *columns in candidates:
        if content_of(DecisionDraft(**DECISION_FIELDS.given(columns))) == wanted:
            return key, dict(zip(DECISION_FIELDS.names, columns, strict=True))
    return None


def content_of(decision: DecisionDraft) -> tuple[str, ...]:
    """What two decisions must share to be one: who issued, recognised and signed."""
    fields = (decision.issuer, decision.recogniser, decision.signer, decision.signer_post)
    return tuple(syllable_key(text) for text in fields)


def _is_alone(connection: Connection, decision_id: int) -> bool:
    """Whether no more than one initiative rests on a decision; others are not counted."""
    rows = connection.execute(
        "SELECT 1 FROM initiative WHERE decision_id = ? LIMIT 2", (decision_id,)
    ).fetchall()
    return len(rows) < 2


def get_initiative(session: Session, initiative_id: int) -> Initiative:
    """The initiative; UserError where it is no longer there."""
    initiative = session.get(Initiative, initiative_id)
    if initiative is None:
        raise initiative_gone()
    return initiative


def require_initiatives(connection: Connection, ids: Collection[int]) -> None:
    """UserError where one of these initiatives is no longer there."""
    (count,) = connection.execute(
        "SELECT count(*) FROM initiative WHERE id IN (SELECT value FROM json_each(?))",
        (dumps(list(ids)),),
    ).fetchone()
    if count < len(set(ids)):
        raise initiative_gone()


def initiative_gone() -> UserError:
    """The error for an initiative that is no longer there."""
    return UserError(
        _("This initiative is no longer there. Refresh the list."), code="initiative.gone"
    )


def make(session: Session, draft: DecisionDraft) -> Decision:
    """A new decision."""
    decision = Decision(key=key_of(draft), **columns_of(DECISION_FIELDS, draft))
    session.add(decision)
    session.flush()
    return decision


def _fill(decision: Decision, draft: DecisionDraft) -> None:
    decision.key = key_of(draft)
    for name, value in columns_of(DECISION_FIELDS, draft).items():
        setattr(decision, name, value)


def _get(session: Session, decision_id: int) -> Decision:
    decision = session.get(Decision, decision_id)
    if decision is None:
        raise UserError(
            _("This decision is no longer there. Refresh the list."), code="decision.gone"
        )
    return decision


@dataclass(frozen=True, slots=True)
class RecordDecision:
    """Record a decision with its scan, and the initiatives it recognises; its id."""

    draft: DecisionDraft
    initiative_ids: tuple[int, ...]
    scan: KeptFile | None = None
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> int:
        """Record it; UserError where it has no number and no issuer."""
        _refuse_nameless(self.draft)
        decision = make(context.session, self.draft)
        _recognise(context, decision, self.initiative_ids)
        _attach(context.session, decision, self.scan)
        context.detail.update(number=decision.number, count=len(self.initiative_ids))
        return decision.id


@dataclass(frozen=True, slots=True)
class ReviseDecision:
    """Make a decision what the draft says, recognising exactly these initiatives.

    ``scan`` replaces the scan where one is given; otherwise the scan stays.
    """

    decision_id: int
    draft: DecisionDraft
    initiative_ids: tuple[int, ...]
    scan: KeptFile | None = None
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> int:
        """Revise it; its id."""
        _refuse_nameless(self.draft)
        session = context.session
        decision = _get(session, self.decision_id)
        _fill(decision, self.draft)
        context.connection.execute(
            "UPDATE initiative SET decision_id = NULL WHERE decision_id = ? "
            "AND removed_at IS NULL AND id NOT IN (SELECT value FROM json_each(?))",
            (self.decision_id, dumps(self.initiative_ids)),
        )
        _recognise(context, decision, self.initiative_ids)
        if self.scan is not None:
            for old in session.scalars(
                select(Attachment).where(Attachment.decision_id == decision.id)
            ):
                session.delete(old)
        _attach(session, decision, self.scan)
        context.detail["number"] = decision.number
        return decision.id


def _refuse_nameless(draft: DecisionDraft) -> None:
    if not draft.number.strip() and not draft.issuer.strip():
        raise UserError(_("Give the decision's number or who issued it."), code="decision.nameless")


def _recognise(context: Context, decision: Decision, ids: tuple[int, ...]) -> None:
    require_initiatives(context.connection, ids)
    rewrite_many(context.connection, "initiative", ids, {"decision_id": decision.id})


def _attach(session: Session, decision: Decision, scan: KeptFile | None) -> None:
    if scan is None:
        return
    decision.scan = scan.name
    session.add(
        Attachment(
            sha256=scan.sha256,
            name=scan.name,
            media_type=scan.media_type,
            size=scan.size,
            kind="decision",
            initiative_id=None,
            decision_id=decision.id,
        )
    )
