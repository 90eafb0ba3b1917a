"""Kept verdicts: how they are written beside an initiative and read back.

Kept is what does not pass, as a text of the program with its values, so that it can be said in the
language in use later. What passes is worked out anew where a whole verdict is wanted (checking).
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from desktop.models.engines.sqlite import Connection
from desktop.programme.verdict import (
    Eligibility,
    Finding,
    Overruling,
    Severity,
    Verdict,
)


def write_verdicts(connection: Connection, verdicts: Mapping[int, Verdict]) -> None:
    """Keep the verdicts on these initiatives; a row that says the same already is not touched.

    What can still be sent depends on the day and is not kept.
    """
    connection.executemany(
        _KEEP,
        [
            (key, one.eligibility.value, one.stage, one.definition, _findings_text(one))
            for key, one in verdicts.items()
        ],
    )


_KEEP = """INSERT INTO verdict (initiative_id, verdict, stage, definition, findings)
    VALUES (?, ?, ?, ?, ?) ON CONFLICT (initiative_id) DO UPDATE SET verdict = excluded.verdict,
      stage = excluded.stage, definition = excluded.definition, findings = excluded.findings
    WHERE verdict IS NOT excluded.verdict OR stage IS NOT excluded.stage
      OR definition IS NOT excluded.definition OR findings IS NOT excluded.findings"""
_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _findings_text(verdict: Verdict) -> str:
    """The findings that do not pass, as they are kept."""
    findings = [
        [one.severity, one.clause, one.told(), _word_of(one.overruled)]
        for one in verdict.open_findings
    ]
    return _as_json(findings) if findings else "[]"


def _word_of(overruled: Overruling | None) -> list[str] | None:
    """An officer's word as it is kept with its finding."""
    if overruled is None:
        return None
    return [overruled.reason, overruled.ruled_by, overruled.ruled_at.isoformat()]


def write_changed_verdicts(connection: Connection, verdicts: Mapping[int, Verdict]) -> list[int]:
    """Keep those of the verdicts that say something else than the kept ones; their ids."""
    kept: dict[int, tuple[object, ...]] = {}
    ids = list(verdicts)
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        rows = connection.execute(
            "SELECT initiative_id, verdict, stage, findings FROM verdict "
            f"WHERE initiative_id IN ({','.join('?' * len(part))})",
            part,
        ).fetchall()
        kept.update((key, tuple(told)) for key, *told in rows)
    changed = {
        key: one
        for key, one in verdicts.items()
        if kept.get(key) != (one.eligibility, one.stage, _findings_text(one))
    }
    write_verdicts(connection, changed)
    return list(changed)


def read_verdicts(connection: Connection, ids: Sequence[int]) -> dict[int, Verdict]:
    """The kept verdicts of these initiatives: what does not pass of each."""
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


def _finding(severity: str, clause: str, told: list[Any], word: list[str] | None) -> Finding:
    """A finding as it was kept."""
    found = Finding.retold(told, Severity(severity), clause, None)
    if word is not None:
        reason, ruled_by, ruled_at = word
        at = datetime.fromisoformat(ruled_at)
        found.overruled = Overruling(found.rule, found.cause, reason, ruled_by, at)
    return found


def read_overrulings(
    connection: Connection, ids: Sequence[int]
) -> dict[int, tuple[Overruling, ...]]:
    """The officers' words against findings of these initiatives, in the order they were given."""
    found: dict[int, tuple[Overruling, ...]] = {}
    for start in range(0, len(ids), 500):
        part = list(ids[start : start + 500])
        rows = connection.execute(
            "SELECT initiative_id, rule, cause, reason, ruled_by, ruled_at FROM overruling "
            f"WHERE initiative_id IN ({','.join('?' * len(part))}) ORDER BY id",
            part,
        ).fetchall()
        for key, rule, cause, reason, ruled_by, ruled_at in rows:
            at = datetime.fromisoformat(ruled_at)
            word = Overruling(rule, cause, reason, ruled_by, at)
            found[key] = (*found.get(key, ()), word)
    return found
