"""The programme in force: another one accepted, or the office's own values over it changed."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.errors import UserError
from desktop.models.engines.sqlite import Connection
from desktop.models.in_force import accepted
from desktop.models.journal import Context
from desktop.models.records import ProgrammeInForce
from desktop.programme.definition import programme_from_text
from desktop.programme.overrides import Override, lay_over, overrides_to_json
from desktop.text import _
from desktop.vietnamese.cleaning import clean


@dataclass(frozen=True, slots=True)
class AdoptProgramme:
    """Put a programme in force: the whole text of its definition, and the office's own values.

    Every verdict follows in the same transaction, and again when this is undone. ``another`` lets a
    programme of another code take the place of one that initiatives were recorded under: stages,
    categories and targets are then others. ``name`` is what errors call the definition.
    """

    definition: str
    overrides: tuple[Override, ...] = ()
    reason: str = ""
    another: bool = False
    name: str = "chuong-trinh.toml"
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> None:
        """Accept it; nothing changes where it is what was accepted last.

        UserError for a definition or a value that does not fit, and for another programme (code
        programme.another) where that was not confirmed.
        """
        programme = lay_over(programme_from_text(self.definition, self.name), self.overrides)
        former = accepted(context.connection)
        differs = former is None or former.code != programme.code
        if differs and not self.another and _holds_initiatives(context.connection):
            raise _another(former.code if former else "-", programme.code)
        kept = overrides_to_json(self.overrides)
        if former is not None and (former.definition, overrides_to_json(former.overrides)) == (
            self.definition,
            kept,
        ):
            return
        context.session.add(
            ProgrammeInForce(
                code=programme.code,
                version=programme.version,
                since=context.now.date().isoformat(),
                definition=self.definition,
                overrides=kept,
            )
        )
        context.detail.update(
            name=_said(programme.code, self.overrides, former.overrides if former else ()),
            reason=clean(self.reason),
        )


def _said(code: str, now: tuple[Override, ...], before: tuple[Override, ...]) -> str:
    """The programme and what the office has set anew or given up, for the history."""
    kept, former = {one.key: one for one in now}, {one.key: one for one in before}
    parts = [f"{one.key} = {one.value}" for key, one in kept.items() if former.get(key) != one]
    parts += [f"{key} = –" for key in former if key not in kept]
    return f"{code} ({'; '.join(parts)})" if parts else code


def _holds_initiatives(connection: Connection) -> bool:
    return connection.execute("SELECT 1 FROM initiative LIMIT 1").fetchone() is not None


def _another(former: str, code: str) -> UserError:
    return UserError(
        _(
            "This store holds initiatives under the programme {former}, and {code} is another one: "
            "its stages, categories and targets are others. Confirm that this is meant "
            "(--another)."
        ).format(former=former, code=code),
        code="programme.another",
    )
