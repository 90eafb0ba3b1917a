"""People: who is the same person as before, and the authors of an initiative.

What is said of an author stands with the authorship, as written; the person only tells which
authorships are one human being's, so that people can be counted. So no record ever changes what
another one says.
"""

from collections.abc import Collection, Sequence
from json import dumps
from typing import Any

from desktop.models.engines.sqlite import Connection
from desktop.models.entry import AuthorDraft
from desktop.models.fields import AUTHOR_FIELDS, columns_of
from desktop.models.rewriting import differing, insertion, rewrite
from desktop.vietnamese.folding import syllable_key

_PERSON = ("key", "name", "birth", "identity")
_AUTHORSHIP = ("person_id", "position", *AUTHOR_FIELDS)
_NAMED = (
    "SELECT id FROM person WHERE key = ? AND id NOT IN (SELECT value FROM json_each(?)) "
    "AND {more} ORDER BY id LIMIT 1"
)
_IDENTIFIED = _NAMED.format(more="identity = ? AND identity <> ''")
_NAMELESS = "(NOT ? OR identity = '')"
_BORN = _NAMED.format(more=f"{_NAMELESS} AND birth = ?")
_WORKS_THERE = _NAMED.format(
    more=f"{_NAMELESS} AND birth IS NULL AND EXISTS (SELECT 1 FROM authorship a "
    "JOIN initiative i ON i.id = a.initiative_id "
    "WHERE a.person_id = person.id AND i.unit_id = ?)"
)


def find_person(
    connection: Connection, author: AuthorDraft, unit_id: int | None, others: Collection[int] = ()
) -> int | None:
    """The person an author is, None where new; ``others`` are the persons it cannot be.

    The same name and the same identity number, or the same name and date of birth, are one person;
    two different identity numbers are two. A name without a date of birth is the same person only
    within one unit. An identity number alone proves nothing: clerks paste one into every row.
    """
    named = (syllable_key(author.name), dumps(sorted(others)))
    identified = bool(author.identity)
    if identified:
        same = _first(connection, _IDENTIFIED, (*named, author.identity))
        if same is not None:
            return same
    if author.birth is not None:
        return _first(connection, _BORN, (*named, identified, author.birth.isoformat()))
    if unit_id is None:
        return None
    return _first(connection, _WORKS_THERE, (*named, identified, unit_id))


def _first(connection: Connection, sql: str, values: tuple[Any, ...]) -> int | None:
    row = connection.execute(sql, values).fetchone()
    return int(row[0]) if row else None


def set_authors(
    connection: Connection, initiative_id: int, unit_id: int | None, authors: Sequence[AuthorDraft]
) -> None:
    """Make these the authors of an initiative, in this order; blank lines are left out.

    Who they are is looked up in the store as it was: write the initiative itself afterwards.
    """
    kept = connection.execute(
        f"SELECT id, {', '.join(_AUTHORSHIP)} FROM authorship WHERE initiative_id = ? "
        "ORDER BY position, id",
        (initiative_id,),
    ).fetchall()
    named = [author for author in authors if author.name.strip()]
    used: set[int] = set()
    lines = []
    for position, author in enumerate(named):
        old = kept[position][:2] if position < len(kept) else None
        person = _person_of(connection, author, unit_id, old, used)
        used.add(person)
        lines.append((person, position, *AUTHOR_FIELDS.kept(author)))
    for (row_id, *columns), line in zip(kept, lines, strict=False):
        both = (dict(zip(_AUTHORSHIP, values, strict=True)) for values in (columns, line))
        rewrite(connection, "authorship", row_id, differing(*both))
    connection.executemany(
        insertion("authorship", ("initiative_id", *_AUTHORSHIP)),
        [(initiative_id, *line) for line in lines[len(kept) :]],
    )
    connection.executemany(
        "DELETE FROM authorship WHERE id = ?", [line[:1] for line in kept[len(named) :]]
    )


def _said(author: AuthorDraft) -> dict[str, Any]:
    """What a person's row says of an author."""
    columns = columns_of(AUTHOR_FIELDS, author) | {"key": syllable_key(author.name)}
    return {name: columns[name] for name in _PERSON}


def _person_of(
    connection: Connection,
    author: AuthorDraft,
    unit_id: int | None,
    old: tuple[int, int] | None,
    others: Collection[int],
) -> int:
    """The person an author is, made where new; ``old`` is the authorship, and whose it was.

    A correction corrects the person who is author nowhere else.
    """
    found = find_person(connection, author, unit_id, others)
    if found is not None:
        return found
    if old is None or old[1] in others or _is_author_elsewhere(connection, *old):
        said = _said(author)
        made = connection.execute(insertion("person", said), tuple(said.values())).lastrowid
        if made is None:
            raise AssertionError(author)
        return made
    person = old[1]
    (kept,) = connection.execute(
        f"SELECT {', '.join(_PERSON)} FROM person WHERE id = ?", (person,)
    ).fetchall()
    rewrite(
        *(connection, "person", person),
        differing(dict(zip(_PERSON, kept, strict=True)), _said(author)),
    )
    return person


def _is_author_elsewhere(connection: Connection, authorship: int, person: int) -> bool:
    row = connection.execute(
        "SELECT 1 FROM authorship WHERE person_id = ? AND id <> ? LIMIT 1", (person, authorship)
    ).fetchone()
    return row is not None
