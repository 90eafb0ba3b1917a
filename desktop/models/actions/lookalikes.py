"""An officer's word on two initiatives that look alike."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.models.journal import Context
from desktop.models.records import Initiative, LookalikeRuling


@dataclass(frozen=True, slots=True)
class RuleOnLookalike:
    """Say whether an initiative is a duplicate of another; remembered until said otherwise."""

    initiative_id: int
    other_id: int
    duplicate: bool
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> None:
        """Keep the word."""
        context.session.add(
            LookalikeRuling(
                first_id=self.initiative_id,
                second_id=self.other_id,
                duplicate=int(self.duplicate),
                ruled_by=context.user,
                ruled_at=context.now.isoformat(timespec="seconds"),
            )
        )
        initiative = context.session.get_one(Initiative, self.initiative_id)
        context.detail["code"] = initiative.code
