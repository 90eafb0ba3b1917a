"""How the initiatives are listed: a Listing in, ordered ids and windows of rows out.

Plain SQL over a prepared connection, so that the first page needs nothing heavy.
"""

from array import array
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from desktop.models.engines.sqlite import Connection, match_expression
from desktop.vietnamese.collation import sort_key
from desktop.vietnamese.folding import fold

SHELVES = (
    *("all", "draft", "incomplete", "undecided", "recognised", "unsent", "lookalike", "bin"),
)
"""The shelves that are counted above the list."""

_ORDER_COLUMNS = {
    "newest": "initiative_id",
    "code": "code_sort",
    "title": "title_sort",
    "author": "author_sort",
    "unit": "unit_sort",
    "used": "used",
    "decided": "decided",
    "benefit": "benefit",
    "verdict": "verdict",
    "portal": "portal",
}
ORDERS = tuple(_ORDER_COLUMNS)
"""The orders that a list offers; "newest" is the default and runs from the newest."""

_SHELF_CONDITIONS = {
    "all": "removed = 0",
    "unsent": "removed = 0 AND unsent = 1",
    "lookalike": "removed = 0 AND alike > 0",
    "bin": "removed = 1",
}


@dataclass(frozen=True, slots=True)
class Listing:
    """What is listed and in which order; None and "" mean no restriction.

    ``words`` are found in any form, with or without diacritics; ``unit`` is the id of a unit whose
    whole subtree counts; ``stage`` 0 means in no stage.
    """

    words: str = ""
    shelf: str = "all"
    unit: int | None = None
    stage: int | None = None
    verdict: str | None = None
    portal_state: str | None = None
    category: str | None = None
    decision: int | None = None
    order: str = "newest"
    descending: bool = False


class Row(NamedTuple):
    """One line of the list; ``benefit`` is dong of one year, dates are ISO texts."""

    id: int
    code: str
    title: str
    author: str
    authors: int
    unit: str
    superior: str
    category: str
    used: str | None
    decided: str | None
    decision: str
    benefit: int | None
    verdict: str
    stage: int | None
    portal_state: str
    shelf: str


_ROW_SQL = (
    "SELECT initiative_id, code, title, author, authors, unit, superior, category, used, decided, "
    "decision, benefit, verdict, stage, portal, shelf FROM listing WHERE initiative_id IN "
)


class UnitLine(NamedTuple):
    """A unit in a choice, indented by its depth in the tree."""

    id: int
    name: str
    superior: str
    depth: int


def _conditions(connection: Connection, listing: Listing) -> tuple[str, list[Any]]:
    """The WHERE text and its values; no row where the words cannot match anything."""
    parts = [_SHELF_CONDITIONS.get(listing.shelf, "removed = 0 AND shelf = ?")]
    values: list[Any] = [] if listing.shelf in _SHELF_CONDITIONS else [listing.shelf]
    for column, wanted in (
        ("verdict", listing.verdict),
        ("portal", listing.portal_state),
        ("category", listing.category),
        ("decision_id", listing.decision),
    ):
        if wanted is not None:
            parts.append(f"{column} = ?")
            values.append(wanted)
    if listing.stage is not None:
        parts.append("stage = ?" if listing.stage else "stage IS NULL")
        values += [listing.stage] if listing.stage else []
    if listing.unit is not None:
        units = subtree(connection, listing.unit)
        parts.append(f"unit_id IN ({','.join('?' * len(units))})")
        values += units
    if listing.words.strip():
        expression = match_expression(fold(listing.words))
        parts.append("initiative_id IN (SELECT rowid FROM search WHERE search MATCH ?)")
        values.append(expression or '""')
    return " AND ".join(parts), values


def ids(connection: Connection, listing: Listing, limit: int | None = None) -> "array[int]":
    """The ids in order, all of them or the first ``limit``."""
    column = _ORDER_COLUMNS[listing.order]
    # The newest stand first unless turned round; everything else ascends unless turned round.
    downwards = listing.descending != (listing.order == "newest")
    direction = "DESC" if downwards else "ASC"
    where, values = _conditions(connection, listing)
    order = f"{column} {direction}"
    if column != "initiative_id":
        order += f", initiative_id {direction}"
    sql = f"SELECT initiative_id FROM listing WHERE {where} ORDER BY {order}"
    if limit is not None:
        sql += f" LIMIT {int(limit)}"
    cursor = connection.execute(sql, values)
    found = array("q")
    while part := cursor.fetchmany(5000):
        found.extend(row[0] for row in part)
    return found


def rows(connection: Connection, wanted: Sequence[int]) -> dict[int, Row]:
    """The rows with these ids; ids that are gone are left out."""
    found: dict[int, Row] = {}
    for start in range(0, len(wanted), 500):
        part = list(wanted[start : start + 500])
        sql = f"{_ROW_SQL}({','.join('?' * len(part))})"
        found.update((row[0], Row(*row)) for row in connection.execute(sql, part).fetchall())
    return found


def counts(connection: Connection, listing: Listing) -> dict[str, int]:
    """How many there are on each shelf under the same words and filters; "total" of all kept."""
    found = {}
    for shelf in SHELVES:
        where, values = _conditions(connection, replace(listing, shelf=shelf))
        sql = f"SELECT count(*) FROM listing WHERE {where}"
        found[shelf] = connection.execute(sql, values).fetchone()[0]
    total = connection.execute("SELECT count(*) FROM listing WHERE removed = 0").fetchone()
    found["total"] = total[0]
    return found


def count(connection: Connection, listing: Listing) -> int:
    """How many initiatives a listing has."""
    where, values = _conditions(connection, listing)
    found = connection.execute(f"SELECT count(*) FROM listing WHERE {where}", values).fetchone()
    return int(found[0])


def stream(connection: Connection, listing: Listing) -> Iterator[Row]:
    """All rows of a listing in its order, read by pages."""
    ordered = ids(connection, listing)
    for start in range(0, len(ordered), 500):
        part = ordered[start : start + 500]
        page = rows(connection, part)
        yield from (page[key] for key in part if key in page)


class RowWindow:
    """The loaded part of a list: pages of rows by position, the last few kept."""

    def __init__(
        self, connection: Connection, ordered: "array[int]", page: int = 64, keep: int = 32
    ) -> None:
        self.ids = ordered
        self._connection = connection
        self._page = page
        self._keep = keep
        self._pages: OrderedDict[int, dict[int, Row]] = OrderedDict()

    def __len__(self) -> int:
        return len(self.ids)

    def row(self, position: int) -> Row | None:
        """The row at a position; None where the record is gone since."""
        number = position // self._page
        page = self._pages.get(number)
        if page is None:
            start = number * self._page
            page = rows(self._connection, self.ids[start : start + self._page])
            self._pages[number] = page
            if len(self._pages) > self._keep:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page.get(self.ids[position])

    def forget(self) -> None:
        """Drop the loaded rows, so that they are read again."""
        self._pages.clear()


def subtree(connection: Connection, unit: int) -> list[int]:
    """A unit and all units below it today."""
    rows_found = connection.execute(
        """WITH RECURSIVE below (id) AS (
             SELECT ? UNION SELECT p.unit_id FROM unit_parent p JOIN below b ON p.parent_id = b.id
             WHERE p.valid_to IS NULL)
           SELECT id FROM below""",
        (unit,),
    ).fetchall()
    return [row[0] for row in rows_found]


def units(connection: Connection) -> list[UnitLine]:
    """The units as a tree from the top, siblings in Vietnamese order."""
    names = dict(connection.execute("SELECT id, name FROM unit").fetchall())
    positions = dict(connection.execute("SELECT id, position FROM unit").fetchall())
    above = dict(
        connection.execute(
            "SELECT unit_id, parent_id FROM unit_parent WHERE valid_to IS NULL"
        ).fetchall()
    )
    below: dict[int | None, list[int]] = {}
    for unit in sorted(names, key=lambda key: (positions[key], sort_key(names[key]))):
        below.setdefault(above.get(unit), []).append(unit)
    found: list[UnitLine] = []

    def walk(parent: int | None, depth: int) -> None:
        for unit in below.get(parent, ()):
            found.append(UnitLine(unit, names[unit], names.get(parent or 0, ""), depth))
            walk(unit, depth + 1)

    walk(None, 0)
    return found


_SUGGESTED = {
    "unit": "SELECT name FROM unit",
    "superior": "SELECT DISTINCT u.name FROM unit u JOIN unit_parent p ON p.parent_id = u.id",
    "person": "SELECT DISTINCT name FROM authorship",
    "title": "SELECT DISTINCT title FROM listing WHERE removed = 0",
    "issuer": "SELECT DISTINCT issuer FROM decision WHERE issuer <> ''",
    "signer": "SELECT DISTINCT signer FROM decision WHERE signer <> ''",
    "job": "SELECT DISTINCT job FROM authorship WHERE job <> ''",
}


def suggestions(
    connection: Connection, kind: str, typed: str = "", limit: int | None = None
) -> list[str]:
    """What was entered before in a field, in Vietnamese order, that holds the words typed."""
    wanted = fold(typed).split()
    names = [row[0] for row in connection.execute(_SUGGESTED[kind]).fetchall()]
    if wanted:
        names = [name for name in names if all(word in fold(name) for word in wanted)]
    return sorted(names, key=sort_key)[:limit]
