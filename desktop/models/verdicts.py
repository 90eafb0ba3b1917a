"""Kept verdicts: how they are written beside an initiative and read back."""

import json
from collections.abc import Sequence

from desktop.models.engines.sqlite import Connection
from desktop.programme.verdict import Eligibility, Finding, Result, Severity, Verdict


def write_verdict(connection: Connection, initiative_id: int, verdict: Verdict) -> None:
    """Keep the verdict; what can still be sent depends on the day and is not kept."""
    findings = [
        [f.rule, f.severity, f.result, f.clause, f.message, f.applies] for f in verdict.findings
    ]
    connection.execute(
        "INSERT OR REPLACE INTO verdict VALUES (?, ?, ?, ?, ?)",
        (
            initiative_id,
            verdict.eligibility,
            verdict.stage,
            verdict.definition,
            json.dumps(findings, ensure_ascii=False),
        ),
    )


def read_verdicts(connection: Connection, ids: Sequence[int]) -> dict[int, Verdict]:
    """The kept verdicts of these initiatives."""
    found: dict[int, Verdict] = {}
    for start in range(0, len(ids), 500):
        part = list(ids[start : start + 500])
        rows = connection.execute(
            "SELECT initiative_id, verdict, stage, findings, definition FROM verdict "
            f"WHERE initiative_id IN ({','.join('?' * len(part))})",
            part,
        ).fetchall()
        for key, eligibility, stage, findings, definition in rows:
            found[key] = Verdict(
                Eligibility(eligibility),
                stage,
                (),
                tuple(_finding(*values) for values in json.loads(findings)),
                definition,
            )
    return found


def _finding(
    rule: str,
    severity: str,
    result: str,
    clause: str,
    message: str,
    applies: bool,
) -> Finding:
    return Finding(rule, Severity(severity), Result(result), clause, message, applies)
