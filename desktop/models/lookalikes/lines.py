"""Pairs of look-alikes as they are kept: as lines of a list, and for the check."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from desktop.models.engines.sqlite import Connection
from desktop.models.lookalikes.finding import rulings_on
from desktop.programme.facts import Lookalike

_SQL = """SELECT s.code, s.title, coalesce(v.name, ''), f.code, f.title, coalesce(u.name, ''),
      a.why, a.score, a.text, a.apart,
      (SELECT r.duplicate FROM lookalike_ruling r WHERE
         (r.first_id = a.first_id AND r.second_id = a.second_id) OR
         (r.first_id = a.second_id AND r.second_id = a.first_id) ORDER BY r.id DESC LIMIT 1)
    FROM alike a JOIN initiative f ON f.id = a.first_id JOIN initiative s ON s.id = a.second_id
    LEFT JOIN unit u ON u.id = f.unit_id LEFT JOIN unit v ON v.id = s.unit_id
    WHERE a.apart <= ? ORDER BY a.second_id, a.apart, max(a.score, a.text) DESC, a.first_id DESC"""


@dataclass(frozen=True, slots=True)
class PairLine:
    """An initiative and an earlier one that looks like it: the key, and how alike they are.

    ``score``: their titles; ``text``: how much of their descriptions is the same.

    ``apart``: of different units, information only. ``confirmed``: an officer said so.
    """

    code: str
    title: str
    unit: str
    other_code: str
    other_title: str
    other_unit: str
    why: str
    score: float
    text: float
    apart: bool
    confirmed: bool


def pair_lines(connection: Connection, *, apart: bool) -> Iterator[PairLine]:
    """The kept pairs that no officer has ruled out; with ``apart`` those of different units too."""
    names = tuple(field.name for field in fields(PairLine))
    for *line, is_apart, ruling in connection.execute(_SQL, (int(apart),)):
        if ruling != 0:
            values = (*line, bool(is_apart), bool(ruling))
            yield PairLine(**dict(zip(names, values, strict=True)))


_ALIKE = """SELECT a.{own}, i.id, i.code, i.title, u.name, a.score, a.why, a.text,
      i.unit_id = o.unit_id
    FROM alike a JOIN initiative i ON i.id = a.{other} JOIN initiative o ON o.id = a.{own}
    LEFT JOIN unit u ON u.id = i.unit_id
    WHERE a.{own} IN ({marks}) AND i.removed_at IS NULL ORDER BY a.{own}, i.id"""


def kept_lookalikes(connection: Connection, ids: set[int]) -> dict[int, list[Lookalike]]:
    """The kept look-alikes of these initiatives; what an officer ruled out is left out."""
    found: dict[int, list[Lookalike]] = {}
    ordered = sorted(ids)
    for start in range(0, len(ordered), 500):
        chunk = ordered[start : start + 500]
        marks = ",".join("?" * len(chunk))
        ruled = rulings_on(connection, chunk)
        for own, other in (("first_id", "second_id"), ("second_id", "first_id")):
            sql = _ALIKE.format(own=own, other=other, marks=marks)
            for key, *line in connection.execute(sql, chunk).fetchall():
                ruling = ruled.get((min(key, line[0]), max(key, line[0])))
                if ruling is not False:
                    found.setdefault(key, []).append(_lookalike(*line, confirmed=bool(ruling)))
    return found


def _lookalike(
    key: int,
    code: str,
    title: str,
    unit: str | None,
    score: float,
    why: str,
    text: float,
    same: int | None,
    *,
    confirmed: bool,
) -> Lookalike:
    return Lookalike(
        *(key, code, title, unit or "", score, why),
        same_unit=bool(same),
        confirmed=confirmed,
        text=text,
    )
