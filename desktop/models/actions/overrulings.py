"""An officer's word against a finding of the check: a person has the last word."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import delete, select

from desktop.errors import UserError
from desktop.models.checking import check_kept
from desktop.models.journal import Context
from desktop.models.lookalikes.lines import kept_lookalikes
from desktop.models.records import Initiative, Overruling
from desktop.programme.verdict import Finding, Result
from desktop.text import _


@dataclass(frozen=True, slots=True)
class OverruleFinding:
    """Set a finding of the check aside, with the reason; it holds while the same is found.

    Said twice of the same finding, the later word stands.
    """

    initiative_id: int
    rule: str
    reason: str
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> None:
        """Keep the word; UserError without a reason, or where there is nothing to set aside."""
        reason = self.reason.strip()
        if not reason:
            raise UserError(
                _("Give the reason why this finding is set aside; it is kept and printed."),
                code="overruling.reason",
            )
        context.detail.update(code=_code_of(context, self.initiative_id), rule=self.rule)
        found = _finding(context, self.initiative_id, self.rule)
        if found.result is Result.PASS:
            raise UserError(
                _("Rule {rule} is kept: there is nothing to set aside.").format(rule=self.rule),
                code="overruling.passes",
            )
        cause = found.cause
        of_this = select(Overruling).where(
            Overruling.initiative_id == self.initiative_id,
            Overruling.rule == self.rule,
            Overruling.cause == cause,
        )
        word = context.session.scalars(of_this).first()
        if word is None:
            word = Overruling(initiative_id=self.initiative_id, rule=self.rule, cause=cause)
            context.session.add(word)
        word.message, word.reason = found.message, reason
        word.ruled_by = context.user
        word.ruled_at = context.now.isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class WithdrawOverruling:
    """Let the findings of a rule on an initiative count again."""

    initiative_id: int
    rule: str
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> None:
        """Take the word back; UserError where none was given."""
        context.detail.update(code=_code_of(context, self.initiative_id), rule=self.rule)
        taken = context.session.execute(
            delete(Overruling)
            .where(Overruling.initiative_id == self.initiative_id, Overruling.rule == self.rule)
            .returning(Overruling.id)
        ).all()
        if not taken:
            raise UserError(
                _("Nobody has set a finding of rule {rule} aside.").format(rule=self.rule),
                code="overruling.none",
            )


def _code_of(context: Context, initiative_id: int) -> str:
    """The code of the initiative; UserError where it is gone."""
    initiative = context.session.get(Initiative, initiative_id)
    if initiative is None:
        raise UserError(
            _("This initiative is no longer there. Open the list again."),
            code="overruling.initiative",
        )
    return initiative.code


def _finding(context: Context, initiative_id: int, rule: str) -> Finding:
    """What the rule says of the kept initiative now; UserError for a rule that is not asked."""
    connection = context.connection
    alike = kept_lookalikes(connection, {initiative_id})
    verdicts = check_kept(
        connection, context.programme, [initiative_id], now=context.now, alike=alike
    )
    for found in verdicts[initiative_id].findings:
        if found.rule == rule:
            return found
    raise UserError(
        _("The programme has no rule {rule} on initiatives, or it is switched off.").format(
            rule=rule
        ),
        code="overruling.rule",
    )
