"""How the initiatives are listed: a Listing in, ordered ids and windows of rows out.

Plain SQL over a prepared connection, so that the first page needs nothing heavy.
"""

from array import array
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from json import loads
from typing import Any, NamedTuple

from desktop.models.engines.sqlite import Connection, match_expression, tag, words_begun
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

_DAY_COLUMNS = {"used": "used", "decided": "decided", "sent": "sent_on", "recorded": "recorded_on"}
DAYS = tuple(_DAY_COLUMNS)
"""The days that a list can be narrowed by: put to use, decided, entered on the portal, recorded."""

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
    whole subtree counts; ``stage`` 0 means in no stage; ``group`` is an object group, ``field`` a
    field of application. ``since`` and
    ``until`` are days (ISO), both counted, of the day that ``dated_by`` names (see DAYS).
    """

    words: str = ""
    shelf: str = "all"
    unit: int | None = None
    stage: int | None = None
    verdict: str | None = None
    portal_state: str | None = None
    category: str | None = None
    group: str | None = None
    field: str | None = None
    decision: int | None = None
    dated_by: str = "used"
    since: str | None = None
    until: str | None = None
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


_TAGGED = {"category": "c", "portal_state": "p", "group": "g"}
"""The filters that stand in the search index as tags, by the letter of their tags."""
_STEP = 2_000
"""So many lines of an index are looked at in a step, where only the first hits are wanted."""
_FEW = 20_000
"""Up to so many hits are sorted; of more, the order's index is walked and the hits are picked."""


def tags_of(values: Mapping[str, object], shelf: str) -> list[str]:
    """The tags of one record beside its units': its values by the filters' names, its shelf."""
    found = [tag(letter, values[name]) for name, letter in _TAGGED.items()]
    found.append(tag("h", shelf))
    found += [tag(name, 1) for name in ("n", "b") if values[name]]
    return found


def unit_tags(units: Iterable[int]) -> list[str]:
    """The tags for the units that a record is of: its own and those above it."""
    return [tag("u", unit) for unit in units]


_BINNED = tag("b", 1)


def _search(listing: Listing, begun: Sequence[str]) -> str:
    """The expression for the words, units and tags of a listing; blank where it needs none.

    ``begun`` are the words that begin as the last one typed.
    """
    sought = _sought(listing)
    if sought is None:
        return ""
    words, has = sought
    if listing.shelf == "bin":
        there = words.strip() or has
        return match_expression(words, (*has, _BINNED), (), begun) if there else ""
    return match_expression(words, has, (_BINNED,), begun)


def _sought(listing: Listing) -> tuple[str, list[str]] | None:
    """The folded words and the tags that a listing looks for, None where it needs no search."""
    has = [
        tag(letter, getattr(listing, name))
        for name, letter in _TAGGED.items()
        if getattr(listing, name) is not None
    ]
    if listing.unit is not None:
        has.append(tag("u", listing.unit))
    if listing.shelf == "unsent":
        has.append(tag("n", 1))
    elif listing.shelf not in _SHELF_CONDITIONS:
        has.append(tag("h", listing.shelf))
    words = fold(listing.words)
    alone = listing.unit is None and listing.group is None and len(has) < 2
    if not words.strip() and alone:
        return None  # The list has an index of its own for it.
    return words, has


def _plain(listing: Listing, *, searched: bool) -> tuple[list[str], list[Any]]:
    """The conditions on the list's own columns; those that the search has met are left out."""
    parts: list[str] = []
    values: list[Any] = []
    wanted: list[tuple[str, object]] = [
        ("verdict", listing.verdict),
        ("decision_id", listing.decision),
        ("field", listing.field),
    ]
    if not searched:
        wanted += [
            ("category", listing.category),
            ("portal", listing.portal_state),
        ]
        parts.append(_SHELF_CONDITIONS.get(listing.shelf, "removed = 0 AND shelf = ?"))
        values += [] if listing.shelf in _SHELF_CONDITIONS else [listing.shelf]
    elif listing.shelf == "lookalike":
        parts.append("alike > 0")
    for column, value in wanted:
        if value is not None:
            parts.append(f"{column} = ?")
            values.append(value)
    if listing.stage is not None:
        parts.append("stage = ?" if listing.stage else "stage IS NULL")
        values += [listing.stage] if listing.stage else []
    column = _DAY_COLUMNS[listing.dated_by]
    if listing.since is not None:
        # A day known to the month or year counts where it may be late enough: "2022-09~" sorts
        # behind every day of that month. The first condition is for the index.
        parts += [f"{column} >= ?", f"({column} || '~') >= ?"]
        values += [listing.since[:4], listing.since]
    if listing.until is not None:
        parts.append(f"{column} <= ?")
        values.append(listing.until)
    return parts, values


def _impossible(listing: Listing) -> bool:
    """Whether words were typed that hold nothing to look for."""
    return bool(listing.words.strip()) and not match_expression(fold(listing.words))


def _source(listing: Listing, begun: Sequence[str]) -> tuple[str, str, list[Any]]:
    """Where the ids of a listing come from: the key's name, FROM with WHERE, the values."""
    expression = _search(listing, begun)
    parts, values = _plain(listing, searched=bool(expression))
    if not expression:
        return "initiative_id", f"listing WHERE {' AND '.join(parts)}", values
    if not parts:
        return "rowid", "search WHERE search MATCH ?", [expression]
    joined = "search s CROSS JOIN listing l ON l.initiative_id = s.rowid WHERE s.search MATCH ?"
    plain = " AND ".join(parts)
    return "s.rowid", f"{joined} AND {plain}", [expression, *values]


def ids(connection: Connection, listing: Listing, limit: int | None = None) -> "array[int]":
    """The ids in order, all of them or the first ``limit``.

    Newest first is the order in which every index gives the ids. Any other order is the order of
    an index of its own: few hits are sorted, of many the index is walked and the hits picked.
    """
    if _impossible(listing):
        return array("q")
    # The newest stand first unless turned round; everything else ascends unless turned round.
    downwards = listing.descending != (listing.order == "newest")
    direction = "DESC" if downwards else "ASC"
    key, source, values = _source(listing, words_begun(connection, fold(listing.words)))
    if listing.order == "newest":
        sql = f"SELECT {key} FROM {source} ORDER BY {key} {direction}"
        return _fetched(connection, sql, values, limit)
    column = _ORDER_COLUMNS[listing.order]
    order = f"{column} {direction}, initiative_id {direction}"
    if source == f"listing WHERE {_SHELF_CONDITIONS['all']}":
        sql = f"SELECT initiative_id FROM {source} ORDER BY {order}"
        return _fetched(connection, sql, values, limit)
    hits = _fetched(connection, f"SELECT {key} FROM {source}", values, None)
    if len(hits) <= _FEW:
        sql = (
            "SELECT l.initiative_id FROM json_each(?) j CROSS JOIN listing l "
            f"ON l.initiative_id = j.value ORDER BY l.{column} {direction}, "
            f"l.initiative_id {direction}"
        )
        return _fetched(connection, sql, [str(hits.tolist())], limit)
    removed = int(listing.shelf == "bin")
    walk = f"SELECT initiative_id FROM listing WHERE removed = {removed} ORDER BY {order}"
    return _picked(connection, walk, hits, limit)


def _fetched(
    connection: Connection, sql: str, values: Sequence[Any], limit: int | None
) -> "array[int]":
    """The ids that ``sql`` gives, in its order.

    They come as one text: a row for each would hand the interpreter over and back a hundred
    thousand times, while the window waits for it.
    """
    if limit is not None:
        sql += f" LIMIT {int(limit)}"
    whole = f"WITH hits (hit) AS ({sql}) SELECT json_group_array(hit) FROM hits"
    return array("q", loads(connection.execute(whole, values).fetchone()[0]))


def _picked(
    connection: Connection, walk: str, hits: "array[int]", limit: int | None
) -> "array[int]":
    """Of the ids that a walk along an index gives, in its order, those among the hits."""
    marked = bytearray(max(hits) + 1)
    for key in hits:
        marked[key] = 1
    wanted = len(hits) if limit is None else min(limit, len(hits))
    last = len(marked)
    found = array("q")
    if limit is None:
        every = _fetched(connection, walk, (), None)
        return array("q", [key for key in every if key < last and marked[key]])
    cursor = connection.execute(walk)
    while len(found) < wanted and (part := cursor.fetchmany(_STEP)):
        found.extend([row[0] for row in part if row[0] < last and marked[row[0]]])
    return found[:wanted]


def rows(connection: Connection, wanted: Sequence[int]) -> dict[int, Row]:
    """The rows with these ids; ids that are gone are left out."""
    found: dict[int, Row] = {}
    for start in range(0, len(wanted), 500):
        part = list(wanted[start : start + 500])
        sql = f"{_ROW_SQL}({','.join('?' * len(part))})"
        found.update((row[0], Row(*row)) for row in connection.execute(sql, part).fetchall())
    return found


_APART = ("draft", "incomplete", "undecided")
"""What is on one of these shelves or on "recognised" is on no other of the four."""


def counts(connection: Connection, listing: Listing) -> dict[str, int]:
    """How many there are on each shelf under the same words and filters; "total" of all kept.

    By far the most are recognised: they are what is left when the others are counted.
    """
    found = dict.fromkeys(SHELVES, 0)
    begun = words_begun(connection, fold(listing.words))
    for shelf in SHELVES:
        if shelf != "recognised":
            found[shelf] = _count(connection, replace(listing, shelf=shelf), begun)
    found["recognised"] = found["all"] - sum(found[shelf] for shelf in _APART)
    found["total"] = count(connection, Listing())
    return found


def count(connection: Connection, listing: Listing) -> int:
    """How many initiatives a listing has."""
    return _count(connection, listing, words_begun(connection, fold(listing.words)))


def _count(connection: Connection, listing: Listing, begun: Sequence[str]) -> int:
    if _impossible(listing):
        return 0
    expression = _search(listing, begun)
    parts, values = _plain(listing, searched=bool(expression))
    if expression and not parts:
        return _matches(connection, listing, begun)
    if expression and listing.shelf == "lookalike":
        return _among_alike(connection, expression, (parts, values))
    _key, source, values = _source(listing, begun)
    if source == f"listing WHERE {_SHELF_CONDITIONS['all']}":
        # Everything is counted page by page, a condition row by row.
        return _number(connection, "listing", f"listing WHERE {_SHELF_CONDITIONS['bin']}")
    return _number(connection, source, values=values)


def _number(
    connection: Connection, source: str, without: str = "", values: Sequence[Any] = ()
) -> int:
    """How many rows a source gives, less those that ``without`` gives, at one moment."""
    less = f" - (SELECT count(*) FROM {without})" if without else ""
    sql = f"SELECT (SELECT count(*) FROM {source}){less}"
    return int(connection.execute(sql, values).fetchone()[0])


def _matches(connection: Connection, listing: Listing, begun: Sequence[str]) -> int:
    """How many the search alone finds: what is in the bin is few, and counted by itself."""
    words, has = _sought(listing) or ("", [])
    source = "search WHERE search MATCH ?"
    binned = match_expression(words, (*has, _BINNED), (), begun)
    if listing.shelf == "bin":
        return _number(connection, source, values=(binned,))
    return _number(connection, source, source, (match_expression(words, has, (), begun), binned))


def _among_alike(
    connection: Connection, expression: str, plain: tuple[list[str], list[Any]]
) -> int:
    """How many of a search's hits look like others: those are gathered, no hit is looked up."""
    parts, values = plain
    alike = " AND ".join((_SHELF_CONDITIONS["lookalike"], *parts))
    gathered = f"SELECT initiative_id FROM listing WHERE {alike}"
    source = f"search WHERE search MATCH ? AND +rowid IN ({gathered})"
    return _number(connection, source, values=(expression, *values))


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


def unit_name(connection: Connection, unit: int) -> str:
    """The name of a unit, blank where there is none."""
    row = connection.execute("SELECT name FROM unit WHERE id = ?", (unit,)).fetchone()
    return str(row[0]) if row else ""


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
    "issuer": "SELECT DISTINCT issuer FROM decision WHERE issuer <> ''",
    "signer": "SELECT DISTINCT signer FROM decision WHERE signer <> ''",
    "job": "SELECT DISTINCT job FROM authorship WHERE job <> ''",
}
"""What each kind of field is offered from; of these there are few."""
_FOUND = {
    "title": ("title", "SELECT title FROM listing WHERE initiative_id IN"),
    "person": ("authors", "SELECT name FROM authorship WHERE initiative_id IN"),
}
"""Of these there are as many as initiatives: the column of the search that finds them, the rows."""
_LOOKED_AT, _MOST_LOOKED_AT = 200, 4_000
"""Of the initiatives that hold the words so many, the newest, are looked at for a suggestion; of
them the names that do not hold all the words themselves are left, and others looked for further on.
"""


def suggestions(
    connection: Connection, kind: str, typed: str = "", limit: int | None = None
) -> list[str]:
    """What was entered before in a field, in Vietnamese order, that holds the words typed.

    Titles and persons are found as the list finds them, the last word by its beginning, among the
    newest initiatives that hold the words.
    """
    wanted = fold(typed).split()
    if kind in _FOUND:
        names = _found_before(connection, kind, typed, limit or _LOOKED_AT)
    else:
        names = [name for name in _all_of(connection, kind) if _holds(name, wanted)]
    return sorted(names, key=sort_key)[:limit]


def _holds(name: str, wanted: Sequence[str]) -> bool:
    folded = fold(name)
    return all(word in folded for word in wanted)


def _all_of(connection: Connection, kind: str) -> list[str]:
    return [row[0] for row in connection.execute(_SUGGESTED[kind]).fetchall()]


def _found_before(connection: Connection, kind: str, typed: str, enough: int) -> list[str]:
    """Titles or persons that hold the words, each once, the newest initiatives looked at first."""
    wanted = fold(typed).split()
    if not match_expression(fold(typed)):
        return []
    column, rows_of = _FOUND[kind]
    expression = match_expression(fold(typed), lacks=[tag("b", 1)], columns=(column,))
    sql = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC"
    hits = _fetched(connection, sql, [expression], _MOST_LOOKED_AT)
    found: dict[str, None] = {}
    for start in range(0, len(hits), _LOOKED_AT):
        part = hits[start : start + _LOOKED_AT].tolist()
        marks = ",".join("?" * len(part))
        rows = connection.execute(f"{rows_of} ({marks})", part).fetchall()
        found.update((row[0], None) for row in rows if _holds(row[0], wanted))
        if len(found) >= enough:
            break
    return list(found)
