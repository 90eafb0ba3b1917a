"""Sessions of councils read back whole: who was there, and what was found of which initiative."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from json import dumps

from desktop.models.dossiers import MemberLine, ResultLine, Sitting
from desktop.models.engines.sqlite import Connection
from desktop.models.reading import drafts
from desktop.vietnamese.folding import syllable_key


def sitting_of(connection: Connection, initiatives: Sequence[int]) -> Sitting | None:
    """The newest session that dealt with one of these initiatives, else the newest of all.

    Its results are those of these initiatives; with none of them in it, it has no results. None
    where the store has no session.
    """
    row = connection.execute(
        """SELECT s.id FROM council_session s ORDER BY EXISTS (
             SELECT 1 FROM council_result r WHERE r.session_id = s.id
               AND r.initiative_id IN (SELECT value FROM json_each(?))) DESC,
           s.held DESC, s.id DESC LIMIT 1""",
        (dumps(list(initiatives)),),
    ).fetchone()
    return None if row is None else sitting(connection, row[0], frozenset(initiatives))


def sitting(
    connection: Connection, session_id: int, initiatives: frozenset[int] | None = None
) -> Sitting:
    """One session, with the results of all initiatives or of these.

    LookupError where there is no such session.
    """
    row = connection.execute(
        """SELECT c.id, c.name, coalesce(u.name, ''), c.established, s.held, s.place, s.chair,
             s.secretary, s.present, s.total, s.minutes
           FROM council_session s JOIN council c ON c.id = s.council_id
           LEFT JOIN unit u ON u.id = c.unit_id WHERE s.id = ?""",
        (session_id,),
    ).fetchone()
    if row is None:
        raise LookupError(session_id)
    return Sitting(
        council=row[1],
        unit=row[2],
        established=row[3],
        held=date.fromisoformat(row[4]),
        place=row[5],
        chair=row[6],
        secretary=row[7],
        present=row[8],
        total=row[9],
        minutes=row[10],
        members=_members(connection, row[0]),
        results=_results(connection, session_id, initiatives),
        session_id=session_id,
    )


def initiatives_of(connection: Connection, session_id: int) -> tuple[int, ...]:
    """The initiatives that a session dealt with and that are kept, in the order of its results."""
    rows = connection.execute(
        """SELECT r.initiative_id FROM council_result r
           JOIN initiative i ON i.id = r.initiative_id AND i.removed_at IS NULL
           WHERE r.session_id = ? GROUP BY r.initiative_id ORDER BY min(r.id)""",
        (session_id,),
    ).fetchall()
    return tuple(row[0] for row in rows)


def _members(connection: Connection, council: int) -> tuple[MemberLine, ...]:
    rows = connection.execute(
        "SELECT name, post, role, id FROM council_member WHERE council_id = ? ORDER BY id",
        (council,),
    ).fetchall()
    genders = _genders(connection, [row[0] for row in rows])
    return tuple(
        MemberLine(name, post, role, key, genders.get(syllable_key(name), ""))
        for name, post, role, key in rows
    )


def _genders(connection: Connection, names: Sequence[str]) -> dict[str, str]:
    """The gender of all authors of a name, by the key of the name; none where they differ."""
    rows = connection.execute(
        """SELECT p.key, min(a.gender) FROM person p JOIN authorship a ON a.person_id = p.id
           WHERE p.key IN (SELECT value FROM json_each(?)) AND a.gender <> ''
           GROUP BY p.key HAVING min(a.gender) = max(a.gender)""",
        (dumps([syllable_key(name) for name in names]),),
    ).fetchall()
    return dict(rows)


def _results(
    connection: Connection, session_id: int, initiatives: frozenset[int] | None
) -> tuple[ResultLine, ...]:
    """The results in the order in which they were recorded; the last word on each counts."""
    rows = connection.execute(
        """SELECT initiative_id, outcome, score, votes_for, votes_against, note
           FROM council_result WHERE session_id = ? ORDER BY id""",
        (session_id,),
    ).fetchall()
    found = {row[0]: row for row in rows if initiatives is None or row[0] in initiatives}
    entries = drafts(connection, list(found))
    return tuple(
        ResultLine(
            key,
            entries[key].title,
            tuple(author.name for author in entries[key].authors),
            entries[key].unit,
            outcome,
            None if score is None else Decimal(score),
            votes_for,
            votes_against,
            note,
        )
        for key, outcome, score, votes_for, votes_against, note in found.values()
        if key in entries
    )
