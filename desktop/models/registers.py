"""What the books of an office say: what came in, what went out, which support teams there are."""

from collections.abc import Sequence
from datetime import date
from json import dumps

from desktop.models.awards import support_teams
from desktop.models.dossiers import OutgoingLine, Reception, SupportTeamSheet, TeamMember
from desktop.models.engines.sqlite import Connection
from desktop.models.reading import superiors, unit_names
from desktop.vietnamese.dates import Moment
from desktop.vietnamese.folding import syllable_key

_RECEIVED = """WITH book AS (
    SELECT id, recorded_at, row_number() OVER (
      PARTITION BY substr(recorded_at, 1, 4) ORDER BY recorded_at, id) AS number
    FROM initiative WHERE recorded_at IS NOT NULL)
  SELECT i.id, b.number, b.recorded_at, coalesce(
      (SELECT e.user FROM journal_change c JOIN journal_entry e ON e.id = c.entry_id
       WHERE c.table_name = 'initiative' AND c.row_id = i.id AND c.before IS NULL
       ORDER BY c.id LIMIT 1),
      (SELECT e.user FROM journal_range g JOIN journal_entry e ON e.id = g.entry_id
       WHERE g.table_name = 'initiative' AND i.id BETWEEN g.first_id AND g.last_id
       ORDER BY g.id LIMIT 1), ''), s.held, coalesce(r.outcome, ''), coalesce(r.note, '')
  FROM initiative i LEFT JOIN book b ON b.id = i.id
  LEFT JOIN council_result r ON r.id = (
    SELECT n.id FROM council_result n JOIN council_session t ON t.id = n.session_id
    WHERE n.initiative_id = i.id ORDER BY t.held DESC, n.id DESC LIMIT 1)
  LEFT JOIN council_session s ON s.id = r.session_id
  WHERE i.id IN (SELECT value FROM json_each(?))"""


def receptions(connection: Connection, initiatives: Sequence[int]) -> tuple[Reception, ...]:
    """How these initiatives came in, in the order of the ids.

    Numbers run through each year in the order of recording; what lies in the recycle bin keeps its
    own, so no number is used twice.
    """
    rows = connection.execute(_RECEIVED, (dumps(list(initiatives)),)).fetchall()
    found = {
        key: Reception(
            *(key, number, _day(recorded), receiver), _held(held), outcome=outcome, note=note
        )
        for key, number, recorded, receiver, held, outcome, note in rows
    }
    return tuple(found[key] for key in initiatives if key in found)


def _day(moment: str | None) -> date | None:
    return Moment.fromiso(moment).day if moment else None


def _held(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None


def support_sheets(connection: Connection) -> tuple[SupportTeamSheet, ...]:
    """The support teams with the units above theirs, in the order in which they were recorded."""
    names, above = unit_names(connection), superiors(connection)
    return tuple(
        SupportTeamSheet(
            team.unit,
            names.get(above.get(team.unit_id, 0), ""),
            tuple(TeamMember(*member) for member in team.members),
            team.decision_number,
            _held(team.decided),
        )
        for team in support_teams(connection)
    )


def outgoing(connection: Connection, office: str, programme: str) -> tuple[OutgoingLine, ...]:
    """The numbered decisions of the office itself, oldest first.

    These are its own decisions of recognition, of commendation and on its support team; papers
    whose number nobody has written down are not known.
    """
    lines = [
        *_recognitions(connection, office),
        *_commendations(connection, programme),
        *_teams(connection, office),
    ]
    return tuple(sorted(lines, key=lambda line: (line.issued or date.max, line.number)))


def _recognitions(connection: Connection, office: str) -> list[OutgoingLine]:
    rows = connection.execute(
        "SELECT number, issued, issuer, summary, signer FROM decision WHERE number <> ''"
    ).fetchall()
    key = syllable_key(office)
    return [
        OutgoingLine(
            number,
            date.fromisoformat(issued) if issued and len(issued) == 10 else None,
            f"Quyết định {summary[:1].lower()}{summary[1:]}"
            if summary
            else "Quyết định về việc công nhận sáng kiến",
            signer,
        )
        for number, issued, issuer, summary, signer in rows
        if key and syllable_key(issuer) == key
    ]


def _commendations(connection: Connection, programme: str) -> list[OutgoingLine]:
    rows = connection.execute(
        """SELECT decision_number, decided, group_concat(DISTINCT form) FROM commendation
           WHERE programme = ? AND decision_number <> '' GROUP BY decision_number, decided""",
        (programme,),
    ).fetchall()
    return [
        OutgoingLine(number, _held(decided), f"Quyết định về việc tặng {forms.replace(',', ', ')}")
        for number, decided, forms in rows
    ]


def _teams(connection: Connection, office: str) -> list[OutgoingLine]:
    key = syllable_key(office)
    return [
        OutgoingLine(team.number, team.decided, "Quyết định về việc thành lập Tổ hỗ trợ sáng kiến")
        for team in support_sheets(connection)
        if team.number and syllable_key(team.unit) == key
    ]
