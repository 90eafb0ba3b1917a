"""Records read back as frozen values: drafts, dossiers, decisions; short plain reads."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

from desktop.models.dossiers import AttachmentLine, Dossier
from desktop.models.engines.sqlite import Connection
from desktop.models.entry import AuthorDraft, DecisionDraft, InitiativeDraft
from desktop.models.fields import (
    AUTHOR_FIELDS,
    DECISION_FIELDS,
    INITIATIVE_FIELDS,
    values_of,
)
from desktop.models.verdicts import read_verdicts
from desktop.vietnamese.dates import PartialDate, parse_date
from desktop.vietnamese.folding import fold


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision in a list, with how many initiatives it recognises and its scan."""

    id: int
    draft: DecisionDraft
    initiatives: int
    scan: AttachmentLine | None


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A council session in a list: council, ISO day, place, chair, number of results."""

    id: int
    council: str
    held: str
    place: str
    chair: str
    results: int


def select(connection: Connection, sql: str, ids: Sequence[int]) -> Iterator[dict[str, Any]]:
    """The rows of ``sql``, whose ``{ids}`` becomes the ids, read in slices of 500."""
    for start in range(0, len(ids), 500):
        part = list(ids[start : start + 500])
        cursor: Any = connection.execute(sql.replace("{ids}", _marks(part)), part)
        names = [column[0] for column in cursor.description]
        for row in cursor.fetchall():
            yield dict(zip(names, row, strict=True))


_FEW = 50


def superiors(connection: Connection) -> dict[int, int]:
    """For each unit the unit above it today."""
    return dict(
        connection.execute(
            "SELECT unit_id, parent_id FROM unit_parent WHERE valid_to IS NULL ORDER BY id"
        ).fetchall()
    )


def unit_names(connection: Connection) -> dict[int, str]:
    """The units' names by id."""
    return dict(connection.execute("SELECT id, name FROM unit").fetchall())


def lineage(connection: Connection, ids: Sequence[int]) -> "Lineage":
    """The names of the units of these initiatives and of those above them; what is above each.

    Of a few initiatives only their own units are read, of many all units.
    """
    if len(ids) > _FEW:
        return unit_names(connection), superiors(connection)
    rows = connection.execute(
        f"""WITH RECURSIVE up (id, parent_id) AS (
              SELECT u.id, (SELECT p.parent_id FROM unit_parent p WHERE p.unit_id = u.id
                AND p.valid_to IS NULL ORDER BY p.id DESC LIMIT 1) FROM unit u
              WHERE u.id IN (SELECT unit_id FROM initiative WHERE id IN ({_marks(ids)}))
              UNION SELECT u.id, (SELECT p.parent_id FROM unit_parent p WHERE p.unit_id = u.id
                AND p.valid_to IS NULL ORDER BY p.id DESC LIMIT 1)
              FROM up JOIN unit u ON u.id = up.parent_id)
            SELECT up.id, up.parent_id, u.name FROM up JOIN unit u ON u.id = up.id""",
        list(ids),
    ).fetchall()
    names = {key: name for key, _parent, name in rows}
    return names, {key: parent for key, parent, _name in rows if parent is not None}


def _marks(ids: Sequence[int]) -> str:
    return ",".join("?" * len(ids))


@dataclass(frozen=True, slots=True)
class Kept:
    """An initiative as it is kept: its draft, and what no draft says of it.

    Its unit and decision by id, when it was removed and recorded (ISO texts), and the person who is
    put forward for credit.
    """

    draft: InitiativeDraft
    unit_id: int | None
    decision_id: int | None
    removed_at: str | None
    recorded_at: str | None
    credited_id: int | None


@dataclass(frozen=True, slots=True)
class Written:
    """A new initiative as it was just written: its draft, and what of that is kept otherwise.

    Beside it unit and decision by id, when it was recorded, and the person put forward for credit.
    """

    draft: InitiativeDraft
    otherwise: dict[str, Any]
    unit_id: int | None
    decision_id: int | None
    recorded_at: str
    credited_id: int | None


_NAMES = tuple(one.name for one in fields(InitiativeDraft))
_values_of = attrgetter(*_NAMES)


def drafts(connection: Connection, ids: Sequence[int]) -> dict[int, InitiativeDraft]:
    """The initiatives with these ids as drafts; ids that are not there are left out."""
    return {key: one.draft for key, one in kept(connection, ids, lineage(connection, ids)).items()}


Lineage = tuple[dict[int, str], dict[int, int]]
_PLACE = ("id", "unit_id", "decision_id", "removed_at", "recorded_at")
_INITIATIVES = f"""SELECT {", ".join((*_PLACE, *(f'"{name}"' for name in INITIATIVE_FIELDS)))}
    FROM initiative WHERE id IN ({{ids}})"""
_AUTHORSHIPS = f"""SELECT initiative_id, person_id, {", ".join(AUTHOR_FIELDS)} FROM authorship
    WHERE initiative_id IN ({{ids}}) ORDER BY initiative_id, position, id"""
_DECISIONS = f"SELECT id, {', '.join(DECISION_FIELDS)} FROM decision WHERE id IN ({{ids}})"


def kept(
    connection: Connection,
    ids: Sequence[int],
    above: Lineage,
    written: Mapping[int, Written] | None = None,
) -> dict[int, Kept]:
    """The initiatives with these ids as they are kept; ``above`` is the lineage of their units.

    Those in ``written`` have just been written and need not be read again.
    """
    there = {key: written[key] for key in ids if key in written} if written else {}
    others = [key for key in ids if key not in there] if there else ids
    return _settled(connection, there, above) | _read(connection, others, above)


def _settled(
    connection: Connection, written: Mapping[int, Written], above: Lineage
) -> dict[int, Kept]:
    """What was just written as it would be read, unit and decision named as they are kept."""
    names, superior = above
    decided = _decisions(connection, {one.decision_id for one in written.values()})
    found = {}
    for key, one in written.items():
        unit, draft = one.unit_id or 0, one.draft
        decision = decided.get(one.decision_id)
        beside = (names.get(unit, ""), names.get(superior.get(unit, 0), ""), decision)
        if one.otherwise or (draft.unit, draft.superior, draft.decision) != beside:
            values = dict(zip(_NAMES, _values_of(draft), strict=True)) | one.otherwise
            values["unit"], values["superior"], values["decision"] = beside
            draft = InitiativeDraft(**values)
        kept_by = (one.unit_id, one.decision_id, None, one.recorded_at, one.credited_id)
        found[key] = Kept(draft, *kept_by)
    return found


def _read(connection: Connection, ids: Sequence[int], above: Lineage) -> dict[int, Kept]:
    names, superior = above
    authors = _authors(connection, ids)
    lines = list(_rows(connection, _INITIATIVES, ids))
    decided = _decisions(connection, {line[2] for line in lines})
    found = {}
    for key, unit_id, decision_id, removed, recorded, *columns in lines:
        persons, named = authors.get(key, ((), ()))
        draft = InitiativeDraft(
            **INITIATIVE_FIELDS.given(columns),
            unit=names.get(unit_id, ""),
            superior=names.get(superior.get(unit_id, 0), ""),
            authors=tuple(named),
            decision=decided.get(decision_id),
        )
        pairs = zip(persons, named, strict=True)
        credited = next((person for person, author in pairs if author.credited), None)
        found[key] = Kept(draft, unit_id, decision_id, removed, recorded, credited)
    return found


def _rows(connection: Connection, sql: str, ids: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    """The rows of ``sql``, whose ``{ids}`` becomes the ids, read in slices of 500."""
    for start in range(0, len(ids), 500):
        part = list(ids[start : start + 500])
        yield from connection.execute(sql.replace("{ids}", _marks(part)), part).fetchall()


def _authors(
    connection: Connection, ids: Sequence[int]
) -> dict[int, tuple[list[int], list[AuthorDraft]]]:
    """The authors of each initiative in their order, the persons that they are beside them."""
    found: dict[int, tuple[list[int], list[AuthorDraft]]] = {}
    for key, person, *columns in _rows(connection, _AUTHORSHIPS, ids):
        persons, named = found.setdefault(key, ([], []))
        persons.append(person)
        named.append(AuthorDraft(**AUTHOR_FIELDS.given(columns)))
    return found


def _decisions(
    connection: Connection, ids: Iterable[int | None]
) -> dict[int | None, DecisionDraft]:
    return {
        key: DecisionDraft(**DECISION_FIELDS.given(columns))
        for key, *columns in _rows(connection, _DECISIONS, sorted(filter(None, ids)))
    }


def attachments(
    connection: Connection, ids: Sequence[int]
) -> dict[int, tuple[AttachmentLine, ...]]:
    """The files of these initiatives, those of their decisions after their own."""
    columns = "a.name, a.media_type, a.size, a.sha256, a.kind"
    found: dict[int, list[AttachmentLine]] = {}
    for link in ("a.initiative_id = i.id", "a.decision_id = i.decision_id"):
        sql = (
            f"SELECT i.id AS owner, {columns} FROM initiative i JOIN attachment a ON {link} "
            "WHERE i.id IN ({ids}) ORDER BY a.id"
        )
        for row in select(connection, sql, ids):
            found.setdefault(row.pop("owner"), []).append(AttachmentLine(**row))
    return {key: tuple(lines) for key, lines in found.items()}


def dossiers(connection: Connection, ids: Sequence[int]) -> Iterator[Dossier]:
    """The initiatives whole, in the order of the ids, read in slices; missing ones left out."""
    names, above = lineage(connection, ids)
    for start in range(0, len(ids), 200):
        part = list(ids[start : start + 200])
        entries, verdicts = drafts(connection, part), read_verdicts(connection, part)
        files = attachments(connection, part)
        units = dict(_unit_ids(connection, part))
        for key in part:
            if key in entries:
                path = _path(units.get(key), above, names)
                entry = entries[key]
                yield Dossier(key, entry.code, entry, path, verdicts.get(key), files.get(key, ()))


def dossier(connection: Connection, initiative_id: int) -> Dossier | None:
    """One initiative whole, None where there is none."""
    return next(dossiers(connection, [initiative_id]), None)


def _unit_ids(connection: Connection, ids: Sequence[int]) -> Iterable[tuple[int, int | None]]:
    for row in select(connection, "SELECT id, unit_id FROM initiative WHERE id IN ({ids})", ids):
        yield row["id"], row["unit_id"]


def _path(unit: int | None, above: dict[int, int], names: dict[int, str]) -> tuple[str, ...]:
    path: list[str] = []
    seen: set[int] = set()
    while unit is not None and unit not in seen:
        seen.add(unit)
        path.insert(0, names.get(unit, ""))
        unit = above.get(unit)
    return tuple(path)


def decisions(connection: Connection, most: int = -1) -> list[DecisionLine]:
    """All decisions, newest first; with ``most`` no more than so many."""
    rows = connection.execute(f"SELECT id FROM decision {_NEWEST} LIMIT ?", (most,)).fetchall()
    return decision_lines(connection, [row[0] for row in rows])


_NEWEST = "ORDER BY issued DESC, id DESC"
_DECISION_LINES = """SELECT d.*, (SELECT count(*) FROM initiative i WHERE i.decision_id = d.id
      AND i.removed_at IS NULL) AS initiatives FROM decision d WHERE d.id IN ({ids})"""
_SCANS = """SELECT decision_id, name, media_type, size, sha256, kind FROM attachment
    WHERE decision_id IN ({ids}) ORDER BY id"""


def decision_lines(connection: Connection, ids: Sequence[int]) -> list[DecisionLine]:
    """The decisions with these ids, in their order; those that are gone are left out."""
    scans = {key: AttachmentLine(*scan) for key, *scan in _rows(connection, _SCANS, ids)}
    found = {
        row["id"]: DecisionLine(
            row["id"],
            DecisionDraft(**values_of(DECISION_FIELDS, row)),
            row["initiatives"],
            scans.get(row["id"]),
        )
        for row in select(connection, _DECISION_LINES, ids)
    }
    return [found[key] for key in ids if key in found]


def find_decisions(
    connection: Connection, words: str = "", most: int = -1, *, also: int = 0
) -> tuple[list[DecisionLine], int]:
    """The newest decisions that hold the words, no more than ``most``, and how many there are.

    The words are looked for in the number, the issuer and the day, with or without diacritics; a
    day as it is shown or as clerks type it (5-3-2022). Without words the decision ``also`` stands
    among them, however old it is.
    """
    wanted = [_ways_of(word) for word in fold(words).split()]
    if wanted:
        hits = [key for key, said in _said_of_decisions(connection) if _holds(said, wanted)]
        return decision_lines(connection, hits[:most] if most >= 0 else hits), len(hits)
    found = decisions(connection, most)
    if also and all(one.id != also for one in found):
        found += decision_lines(connection, [also])
    (count,) = connection.execute("SELECT count(*) FROM decision").fetchone()
    return found, int(count)


def _ways_of(word: str) -> tuple[str, ...]:
    """A word as it is typed and, where it is a date of several parts, as that date is shown."""
    if not any(sign in word for sign in "/-."):
        return (word,)
    try:
        return word, str(parse_date(word))
    except ValueError:
        return (word,)


def _holds(said: tuple[str, ...], wanted: Sequence[tuple[str, ...]]) -> bool:
    return all(any(way in one for one in said for way in ways) for ways in wanted)


def _said_of_decisions(connection: Connection) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Of every decision, newest first, what it is found by, folded: number, issuer, day.

    Many share an issuer, a number or a day: each is folded once.
    """
    folded: dict[str, str] = {}
    shown: dict[str | None, str] = {None: ""}
    sql = f"SELECT id, number, issuer, issued FROM decision {_NEWEST}"
    for key, number, issuer, issued in connection.execute(sql).fetchall():
        for text in (number, issuer):
            if text not in folded:
                folded[text] = fold(text)
        if issued not in shown:
            shown[issued] = str(PartialDate.fromiso(issued))
        yield key, (folded[number], folded[issuer], shown[issued])


def decision_initiatives(connection: Connection, decision_id: int) -> tuple[int, ...]:
    """The ids of the initiatives that a decision recognises."""
    rows = connection.execute(
        "SELECT id FROM initiative WHERE decision_id = ? AND removed_at IS NULL ORDER BY id",
        (decision_id,),
    ).fetchall()
    return tuple(row[0] for row in rows)


def resting_on(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    """The decision on which each of these initiatives rests, by its key; without those on none.

    Blank for a decision that says neither number nor day.
    """
    sql = """SELECT i.id, d.key, d.issued FROM initiative i JOIN decision d ON d.id = i.decision_id
             WHERE i.id IN ({ids})"""
    rows = select(connection, sql, ids)
    return {row["id"]: row["key"] or (row["issued"] or "") for row in rows}


def sessions(connection: Connection, most: int = -1) -> list[SessionLine]:
    """All council sessions, newest first; with ``most`` no more than so many."""
    rows = connection.execute(
        """SELECT s.id, c.name, s.held, s.place, s.chair,
             (SELECT count(*) FROM council_result r WHERE r.session_id = s.id)
           FROM council_session s JOIN council c ON c.id = s.council_id
           ORDER BY s.held DESC, s.id DESC LIMIT ?""",
        (most,),
    ).fetchall()
    return [SessionLine(*row) for row in rows]


def count_sessions(connection: Connection) -> int:
    """How many council sessions there are."""
    return int(connection.execute("SELECT count(*) FROM council_session").fetchone()[0])


def revision(connection: Connection, initiative_id: int) -> int | None:
    """The entry that an initiative's line in the list was derived at; None where it is gone."""
    row = connection.execute(
        "SELECT revision FROM listing WHERE initiative_id = ?", (initiative_id,)
    ).fetchone()
    return None if row is None else int(row[0])
