"""The programme in force in a store: the definition that was accepted, the office's own over it.

Accepting a programme keeps the whole text of its definition. So a store is judged by what somebody
accepted, on every PC and by every version of the program, until somebody accepts another. A line
that keeps no text, as stores of before have, stands for the programme of that code that ships.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.errors import UserError
from desktop.models.engines.sqlite import Connection
from desktop.programme.definition import Programme, programme_from_text
from desktop.programme.overrides import Override, lay_over, overrides_from_json
from desktop.text import _


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was accepted last: the line's id, the programme's code and version, the ISO day.

    ``definition`` is its text, blank for the shipped one of that code; ``overrides`` are the
    office's own values.
    """

    id: int
    code: str
    version: str
    since: str
    definition: str
    overrides: tuple[Override, ...]


def accepted(connection: Connection) -> Accepted | None:
    """What was accepted last, None in a store that was not set up yet.

    Raises UserError where the office's own values cannot be read.
    """
    row = connection.execute(
        "SELECT id, code, version, since, definition, overrides FROM programme_in_force "
        "ORDER BY id DESC LIMIT 1"
    ).fetchone()
    if row is None:
        return None
    key, code, version, since, definition, overrides = row
    return Accepted(key, code, version, since, definition, overrides_from_json(overrides))


def own_programme(line: Accepted, shipped: Mapping[str, Programme]) -> Programme:
    """The accepted programme without the office's own values.

    Raises UserError (code store.programme) where this installation does not have it or cannot read
    its definition.
    """
    there = shipped.get(line.code)
    if there is not None and line.definition in ("", there.text):
        return there
    if not line.definition:
        raise UserError(
            _(
                "The store works under the programme {code}, which this installation does not "
                "have. Install the newest version of the program."
            ).format(code=line.code),
            code="store.programme",
        )
    try:
        return programme_from_text(line.definition, line.code)
    except UserError as error:
        raise UserError(
            _(
                "The programme that this store works under cannot be read by this version of the "
                "program: {reason} Install the newest version of the program."
            ).format(reason=error),
            code="store.programme",
        ) from error


def programme_of(line: Accepted, shipped: Mapping[str, Programme]) -> Programme:
    """The programme in force: the accepted one with the office's own values over it; UserError."""
    return lay_over(own_programme(line, shipped), line.overrides)


def other_shipped(line: Accepted, shipped: Mapping[str, Programme]) -> Programme | None:
    """The programme of that code that ships, where it is another than the accepted one.

    None where it is the same, and where none of that code ships. The office's values are not over
    it.
    """
    there = shipped.get(line.code)
    if there is None:
        return None
    if line.definition:
        return there if own_programme(line, shipped).version != there.version else None
    return there if lay_over(there, line.overrides).version != line.version else None


class Reader:
    """Reads the programme in force, and keeps it until another line is the newest."""

    def __init__(self, shipped: Mapping[str, Programme]) -> None:
        self._shipped = shipped
        self._kept: tuple[tuple[int, str], Programme] | None = None

    def read(self, connection: Connection) -> Programme:
        """The programme in force as this connection sees it; UserError where it cannot be read."""
        row = connection.execute(
            "SELECT id, version FROM programme_in_force ORDER BY id DESC LIMIT 1"
        ).fetchone()
        if row is None:
            return next(iter(self._shipped.values()))
        kept = self._kept
        if kept is not None and kept[0] == tuple(row):
            return kept[1]
        line = accepted(connection)
        if line is None:
            raise AssertionError(row)
        programme = programme_of(line, self._shipped)
        self._kept = ((line.id, line.version), programme)
        return programme
