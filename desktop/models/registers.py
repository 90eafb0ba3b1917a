"""What the books of an office say: what came in, what went out, which support teams there are."""

import re
from collections.abc import Sequence
from datetime import date
from json import dumps

from desktop.models.awards import support_teams
from desktop.models.dossiers import OutgoingLine, Reception, SupportTeamSheet, TeamMember
from desktop.models.engines.sqlite import Connection
from desktop.models.issuing import IssuedLine, issued, read_numbering
from desktop.models.reading import superiors, unit_names
from desktop.vietnamese.dates import Moment, short_date
from desktop.vietnamese.decisions import decision_key
from desktop.vietnamese.folding import syllable_key

_RECEIVED = """WITH book AS (
    SELECT id, recorded_at, row_number() OVER (
      PARTITION BY substr(recorded_at, 1, 4) ORDER BY id) AS number
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


CERTIFICATE = "GCN"
"""The type of certificates of initiatives."""


def receptions(connection: Connection, initiatives: Sequence[int]) -> tuple[Reception, ...]:
    """How these initiatives came in, in the order of the ids.

    Numbers run through each year in the order of recording, whatever the clock then said; what lies
    in the recycle bin keeps its own, so no number is used twice.
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


def outgoing(connection: Connection, office: str) -> tuple[OutgoingLine, ...]:
    """The numbered papers of the office itself, oldest first.

    These are the papers that it has issued here, voided ones too, and of others its own decisions
    of recognition, of commendation and on its support team, where their number was written down.
    """
    issued_here, certificates = _issued(connection)
    known = {_place(line) for line in issued_here}
    others = [line for line in written_by_hand(connection, office) if _place(line) not in known]
    lines = [*sorted((*issued_here, *others), key=_count), *sorted(certificates, key=_count)]
    return tuple(sorted(lines, key=lambda line: line.issued or date.max))


def written_by_hand(connection: Connection, office: str) -> tuple[OutgoingLine, ...]:
    """The office's own papers whose number somebody has written down in a record.

    Whatever the programme they belong to: the office counts its papers through all of them.
    """
    return (
        *_recognitions(connection, office),
        *_commendations(connection),
        *_teams(connection, office),
    )


def _place(line: OutgoingLine) -> str:
    return decision_key(line.number, line.issued.year if line.issued else None)


def _count(line: OutgoingLine) -> tuple[int, str]:
    """Numbers in their own order: 9/QĐ before 10/QĐ."""
    digits = line.number[: len(line.number) - len(line.number.lstrip("0123456789"))]
    return (int(digits or 0), line.number)


def _issued(connection: Connection) -> tuple[list[OutgoingLine], list[OutgoingLine]]:
    """What was issued under a number of the register, and certificates; a voided one says so.

    Certificates are counted in a book of their own, and go out as other papers do.
    """
    numbering = read_numbering(connection)
    apart = {one.type for one in numbering.types if one.apart}
    every = issued(connection)
    return (
        [_outgoing_line(line) for line in every if line.type not in apart],
        [_outgoing_line(line) for line in every if line.type in apart & {CERTIFICATE}],
    )


def _outgoing_line(line: IssuedLine) -> OutgoingLine:
    listed = line.recipients.splitlines()
    return OutgoingLine(
        *(line.number, line.dated, line.subject, line.signer),
        recipients="\n".join(_recipient(one) for one in listed if not _keeper(one)),
        keeper="\n".join(filter(None, map(_keeper, listed))),
        note=f"ĐÃ HỦY {short_date(line.voided.date())}: {line.void_reason}" if line.voided else "",
    )


def _recipient(line: str) -> str:
    """Who gets it, of a line of recipients: "- Công an tỉnh (để b/c);" gives "Công an tỉnh"."""
    return _PURPOSE.sub("", line.strip().removeprefix("-").strip(" ;.")).strip(" ;.")


_PURPOSE = re.compile(r"\s*\(để [^)]*\)")


def _keeper(recipient: str) -> str:
    """Who has the copy that is kept, of a line of recipients: "- Lưu: VT." gives "VT"."""
    name = recipient.strip(" -.;")
    return name.partition(":")[2].strip() if name.lower().startswith("lưu:") else ""


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


def _commendations(connection: Connection) -> list[OutgoingLine]:
    rows = connection.execute(
        """SELECT decision_number, decided, group_concat(DISTINCT form) FROM commendation
           WHERE decision_number <> '' GROUP BY decision_number, decided"""
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
