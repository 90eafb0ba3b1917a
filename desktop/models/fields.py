"""How the fields of a draft are kept in a record's columns: the one table of both directions."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any

from desktop.models.entry import AuthorDraft, DecisionDraft, InitiativeDraft
from desktop.programme.facts import Protection
from desktop.vietnamese.cleaning import clean
from desktop.vietnamese.dates import Moment, PartialDate


@dataclass(frozen=True, slots=True)
class Codec:
    """How one kind of value is kept: ``keep`` to a column's value, ``give`` back to the draft's.

    ``blank`` is the same on both sides and needs neither: most fields of most records are blank.
    """

    keep: Callable[[Any], Any]
    give: Callable[[Any], Any]
    blank: Any = ...


class Fields(dict[str, Codec]):
    """The fields of one kind of draft by name, with what keeps a whole draft at once."""

    def __init__(self, codecs: Mapping[str, Codec]) -> None:
        super().__init__(codecs)
        self.names = tuple(codecs)
        self._take = attrgetter(*codecs)
        self._keeping = tuple((codec.keep, codec.blank) for codec in codecs.values())
        self._giving = tuple((codec.give, codec.blank) for codec in codecs.values())

    def kept(self, draft: "InitiativeDraft | AuthorDraft | DecisionDraft") -> list[Any]:
        """The columns' values, in the order of the names."""
        return [
            value if value is blank else keep(value)
            for value, (keep, blank) in zip(self._take(draft), self._keeping, strict=True)
        ]

    def unlike(
        self, draft: "InitiativeDraft | AuthorDraft", columns: Iterable[Any]
    ) -> dict[str, Any]:
        """What of a draft its columns give back otherwise, by name: its texts were cleaned, say.

        The columns come in the order of the names. Most of most drafts is kept as it is.
        """
        found = {}
        rows = zip(self.names, self._take(draft), columns, self._giving, strict=True)
        for name, value, column, (give, _blank) in rows:
            if value is column and (give is str or value is None):
                continue
            again = give(column)
            if not _is_same(value, again):
                found[name] = again
        return found

    def given(self, columns: Iterable[Any]) -> dict[str, Any]:
        """The draft's values by name; the columns come in the order of the names."""
        values = [
            value if value is blank else give(value)
            for value, (give, blank) in zip(columns, self._giving, strict=True)
        ]
        return dict(zip(self.names, values, strict=True))


def _is_same(value: Any, other: Any) -> bool:
    """Whether two values are equal and are written alike: 1 is not True, nor 5E+1 50."""
    return (
        value == other
        and type(value) is type(other)
        and (not isinstance(value, Decimal) or str(value) == str(other))
    )


def _optional(keep: Callable[[Any], Any], give: Callable[[Any], Any]) -> Codec:
    """A codec for values that may be missing: None is NULL."""
    return Codec(keep, give, None)


# Lines come again and again: kinds, posts, places, names; and so do days.
_line = lru_cache(maxsize=20_000)(clean)
_day = lru_cache(maxsize=20_000)(PartialDate.fromiso)
LINE = Codec(lambda value: _line(value) if value else "", str, "")
OWN = Codec(lambda value: clean(value) if value else "", str, "")
"""A line that hardly another record has: it would only push others out of memory."""
TEXT = Codec(lambda value: clean(value, multiline=True) if value else "", str, "")
WHOLE = _optional(int, int)
TRUTH = _optional(int, bool)
DATE = _optional(lambda value: value.isoformat(), _day)
MOMENT = _optional(lambda value: value.isoformat(), Moment.fromiso)
SHARE = _optional(lambda value: format(value, "f"), lru_cache(maxsize=1_000)(Decimal))
SHIELD = _optional(str, Protection)

_INITIATIVE: Mapping[str, Codec] = {
    "code": OWN,
    "title": OWN,
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
    "portal_code": OWN,
    "portal_state": LINE,
}
_AUTHOR: Mapping[str, Codec] = {
    "name": LINE,
    "birth": DATE,
    "gender": LINE,
    "identity": OWN,
    "phone": OWN,
    "email": OWN,
    "member": TRUTH,
    "member_code": OWN,
    "share": SHARE,
    "credited": Codec(int, bool),
    "topic_leader": TRUTH,
    "job": LINE,
    "education": LINE,
    "workplace": LINE,
    "team": LINE,
    "leader_post": TRUTH,
}
_DECISION: Mapping[str, Codec] = {
    "number": LINE,
    "issued": DATE,
    "issuer": LINE,
    "recogniser": LINE,
    "signer": LINE,
    "signer_post": LINE,
    "summary": TEXT,
    "scan": LINE,
}


INITIATIVE_FIELDS, AUTHOR_FIELDS, DECISION_FIELDS = map(Fields, (_INITIATIVE, _AUTHOR, _DECISION))


def columns_of(
    fields: Fields, draft: InitiativeDraft | AuthorDraft | DecisionDraft
) -> dict[str, Any]:
    """The columns that keep these fields of a draft, texts cleaned and NFC."""
    return dict(zip(fields.names, fields.kept(draft), strict=True))


def values_of(fields: Fields, columns: Mapping[str, Any]) -> dict[str, Any]:
    """The draft's values of these fields, given back from columns."""
    return fields.given([columns[name] for name in fields.names])
