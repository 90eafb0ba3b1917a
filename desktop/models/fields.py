"""How the fields of a draft are kept in a record's columns: the one table of both directions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from desktop.models.entry import AuthorDraft, DecisionDraft, InitiativeDraft
from desktop.programme.facts import Protection
from desktop.vietnamese.cleaning import clean
from desktop.vietnamese.dates import Moment, PartialDate


@dataclass(frozen=True, slots=True)
class Codec:
    """How one kind of value is kept: ``keep`` to a column's value, ``give`` back to the draft's."""

    keep: Callable[[Any], Any]
    give: Callable[[Any], Any]


def _optional(keep: Callable[[Any], Any], give: Callable[[Any], Any]) -> Codec:
    """A codec for values that may be missing: None is NULL."""
    return Codec(
        lambda value: None if value is None else keep(value),
        lambda value: None if value is None else give(value),
    )


# Most texts of most records are blank: they need no cleaning.
# Those of one line come again and again: kinds, posts, places, names.
_line = lru_cache(maxsize=20_000)(clean)
LINE = Codec(lambda value: _line(value) if value else "", str)
TEXT = Codec(lambda value: clean(value, multiline=True) if value else "", str)
WHOLE = _optional(int, int)
TRUTH = _optional(int, bool)
DATE = _optional(lambda value: value.isoformat(), PartialDate.fromiso)
MOMENT = _optional(lambda value: value.isoformat(), Moment.fromiso)
SHARE = _optional(lambda value: format(value, "f"), Decimal)
SHIELD = _optional(str, Protection)

INITIATIVE_FIELDS: Mapping[str, Codec] = {
    "code": LINE,
    "title": LINE,
    "category": LINE,
    "field": LINE,
    "object_group": LINE,
    "region": LINE,
    "before": TEXT,
    "content": TEXT,
    "novelty": TEXT,
    "applicability": TEXT,
    "origin": TEXT,
    "scope": TEXT,
    "conditions": TEXT,
    "secrets": TEXT,
    "investor": LINE,
    "trial": DATE,
    "use": DATE,
    "benefit": WHOLE,
    "benefit_months": WHOLE,
    "benefit_method": TEXT,
    "social_benefit": TEXT,
    "confidential": TRUTH,
    "protection": SHIELD,
    "protected_from": DATE,
    "protected_to": DATE,
    "public_order_contrary": TRUTH,
    "topic_level": LINE,
    "topic_accepted": DATE,
    "effect_confirmed": TRUTH,
    "effect_confirmed_by": LINE,
    "effect_confirmed_on": DATE,
    "sent": MOMENT,
    "portal_code": LINE,
    "portal_state": LINE,
}
AUTHOR_FIELDS: Mapping[str, Codec] = {
    "name": LINE,
    "birth": DATE,
    "gender": LINE,
    "identity": LINE,
    "phone": LINE,
    "email": LINE,
    "member": TRUTH,
    "member_code": LINE,
    "share": SHARE,
    "credited": Codec(int, bool),
    "topic_leader": TRUTH,
    "job": LINE,
    "education": LINE,
    "workplace": LINE,
    "team": LINE,
    "leader_post": TRUTH,
}
DECISION_FIELDS: Mapping[str, Codec] = {
    "number": LINE,
    "issued": DATE,
    "issuer": LINE,
    "recogniser": LINE,
    "signer": LINE,
    "signer_post": LINE,
    "summary": TEXT,
    "scan": LINE,
}


def columns_of(
    fields: Mapping[str, Codec], draft: InitiativeDraft | AuthorDraft | DecisionDraft
) -> dict[str, Any]:
    """The columns that keep these fields of a draft, texts cleaned and NFC."""
    return {name: codec.keep(getattr(draft, name)) for name, codec in fields.items()}


def values_of(fields: Mapping[str, Codec], columns: Mapping[str, Any]) -> dict[str, Any]:
    """The draft's values of these fields, given back from columns."""
    return {name: codec.give(columns[name]) for name, codec in fields.items()}
