"""The office itself: its store set up, its sheet, its proposals for commendation."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from desktop.models.dossiers import OfficeSheet
from desktop.models.journal import Context
from desktop.models.office import SHEET, sheet_text, wording_key
from desktop.models.records import Commendation, ProgrammeInForce, Setting


@dataclass(frozen=True, slots=True)
class CreateOffice:
    """The first act in a store: the office's sheet, and the programme it works under.

    ``definition`` is the programme's text, which then stays in force; blank: whatever ships.
    """

    sheet: OfficeSheet
    programme: str
    version: str
    definition: str = ""
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> None:
        """Set it up."""
        day = context.now.date().isoformat()
        context.session.add(
            ProgrammeInForce(
                code=self.programme, version=self.version, since=day, definition=self.definition
            )
        )
        context.session.add(Setting(key=SHEET, value=sheet_text(self.sheet)))
        context.detail["name"] = self.sheet.name


@dataclass(frozen=True, slots=True)
class ReviseOffice:
    """Change what papers say of the office."""

    sheet: OfficeSheet
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> None:
        """Change it."""
        kept = context.session.scalars(select(Setting).where(Setting.key == SHEET)).first()
        if kept is None:
            context.session.add(Setting(key=SHEET, value=sheet_text(self.sheet)))
        else:
            kept.value = sheet_text(self.sheet)


@dataclass(frozen=True, slots=True)
class ReviseWording:
    """Change the office's own wording of papers.

    ``values`` are the fields of the form set with what the store is to keep of each, already
    checked; a blank text lets the shipped wording count again. ``name`` is what history calls it.
    """

    form_set: str
    values: tuple[tuple[str, str], ...]
    name: str
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> None:
        """Change it; what is kept already stays untouched."""
        for field, text in self.values:
            key = wording_key(self.form_set, field)
            kept = context.session.scalars(select(Setting).where(Setting.key == key)).first()
            if kept is None and text:
                context.session.add(Setting(key=key, value=text))
            elif kept is not None and not text:
                context.session.delete(kept)
            elif kept is not None and kept.value != text:
                kept.value = text
        context.detail["name"] = self.name


@dataclass(frozen=True, slots=True)
class ProposeCommendations:
    """Propose people for a form of commendation, each by an initiative credited to them.

    ``proposals`` are (person id, unit id, initiative id); ``form`` the form of commendation.
    """

    form: str
    proposals: tuple[tuple[int, int | None, int], ...]
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> None:
        """Propose them."""
        for person, unit, initiative in self.proposals:
            context.session.add(
                Commendation(
                    programme=context.programme.code,
                    form=self.form,
                    state="proposed",
                    person_id=person,
                    unit_id=unit,
                    initiative_id=initiative,
                    decided=None,
                    amount=None,
                )
            )
        context.detail["count"] = len(self.proposals)
