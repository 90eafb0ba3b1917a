"""Filters of the list that the office keeps under a name."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from desktop.errors import UserError
from desktop.models.filters import filter_text
from desktop.models.journal import Context
from desktop.models.records import SavedFilter
from desktop.models.register import Listing
from desktop.text import _
from desktop.vietnamese.cleaning import clean


@dataclass(frozen=True, slots=True)
class KeepFilter:
    """Keep a listing under a name; one of the same name is replaced. Its id."""

    name: str
    listing: Listing
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> int:
        """Keep it; UserError for a blank name."""
        name = clean(self.name)
        if not name:
            raise UserError(_("Give the filter a name."), code="filter.unnamed")
        session, body = context.session, filter_text(self.listing)
        kept = session.scalars(select(SavedFilter).where(SavedFilter.name == name)).first()
        if kept is None:
            kept = SavedFilter(name=name, body=body, position=0)
            session.add(kept)
        kept.body = body
        session.flush()
        context.detail["name"] = name
        return kept.id


@dataclass(frozen=True, slots=True)
class DropFilter:
    """Forget a kept filter; nothing that it listed changes."""

    filter_id: int
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> None:
        """Forget it."""
        kept = context.session.get(SavedFilter, self.filter_id)
        if kept is None:
            raise UserError(_("This filter is no longer there."), code="filter.gone")
        context.detail["name"] = kept.name
        context.session.delete(kept)
