"""An officer's word on two initiatives that look alike, and what the office calls alike."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from desktop.errors import UserError
from desktop.models.journal import Context
from desktop.models.lookalikes.keys import NAMES, SETTING, Keys, keys_text
from desktop.models.records import Initiative, LookalikeRuling, Setting
from desktop.text import _

_MOST = 200


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


@dataclass(frozen=True, slots=True)
class ReviseLookalikeKeys:
    """Change what the office calls alike: thresholds, keys that are off, words left out of titles.

    A small store is compared anew at once; in a larger one everything is then due
    (tasks.lookalikes).
    """

    keys: Keys
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> None:
        """Change it; UserError for figures that no likeness or number of days can have."""
        _refuse_impossible(self.keys)
        kept = context.session.scalars(select(Setting).where(Setting.key == SETTING)).first()
        if kept is None:
            context.session.add(Setting(key=SETTING, value=keys_text(self.keys)))
        else:
            kept.value = keys_text(self.keys)


def _refuse_impossible(keys: Keys) -> None:
    for score in (keys.same_decision, keys.same_unit, keys.same_author, keys.other_unit):
        if not 0.5 <= score <= 1:
            raise UserError(
                _("A likeness lies between 50% and 100%. Correct the figure, then save again."),
                code="lookalikes.likeness",
            )
    if not 0 <= keys.author_days <= 3660 or not 1 <= keys.most <= _MOST:
        raise UserError(
            _(
                "Give 0 to 3,660 days between two initiatives of an author, and keep 1 to 200 "
                "look-alikes of each initiative."
            ),
            code="lookalikes.number",
        )
    unknown = set(keys.off) - set(NAMES)
    if unknown:
        raise UserError(
            _("There is no key {name}. The keys of look-alikes are K1 to K6.").format(
                name=", ".join(sorted(unknown))
            ),
            code="lookalikes.key",
        )
