"""Counts for targets: what each unit has recorded, entered and brought to eligibility."""

from dataclasses import dataclass, field

from desktop.models.engines.sqlite import Connection
from desktop.models.register import subtree, units


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """How far a unit has come, its subtree counted in.

    ``targets`` maps periods ("total", "stage1", "stage2") to their values. ``recorded`` counts all
    that is kept, ``entered`` what has a portal time, ``by_stage`` what was entered in each stage.
    ``benefit`` sums one-year benefits in dong; ``unconverted`` counts those without money.
    """

    unit_id: int
    unit: str
    targets: dict[str, int] = field(default_factory=dict)
    recorded: int = 0
    entered: int = 0
    eligible: int = 0
    ineligible: int = 0
    review: int = 0
    by_stage: dict[int, int] = field(default_factory=dict)
    benefit: int = 0
    unconverted: int = 0


def progress(connection: Connection, programme: str) -> list[UnitProgress]:
    """The progress of each unit that has a target, in the order of the plan."""
    targets: dict[int, dict[str, int]] = {}
    for unit, period, value in connection.execute(
        "SELECT unit_id, period, value FROM target WHERE programme = ? ORDER BY id", (programme,)
    ).fetchall():
        targets.setdefault(unit, {})[period] = value
    counted = _counted(connection)
    names = {line.id: line.name for line in units(connection)}
    return [
        _progress(
            unit,
            names[unit],
            found,
            [counted[key] for key in subtree(connection, unit) if key in counted],
        )
        for unit, found in targets.items()
    ]


def overall(connection: Connection) -> UnitProgress:
    """The progress of the whole store, whether or not its units have targets."""
    return _progress(0, "", {}, list(_counted(connection).values()))


def _counted(connection: Connection) -> dict[int, dict[str, int]]:
    """For each unit its counts; unit 0 gathers what belongs to none."""
    found: dict[int, dict[str, int]] = {}
    for unit, verdict, stage, entered, count, benefit, unconverted in connection.execute(
        """SELECT coalesce(l.unit_id, 0), l.verdict, l.stage, i.sent IS NOT NULL, count(*),
             coalesce(sum(l.benefit), 0), sum(l.benefit IS NULL)
           FROM listing l JOIN initiative i ON i.id = l.initiative_id
           WHERE l.removed = 0 GROUP BY 1, 2, 3, 4"""
    ).fetchall():
        counts = found.setdefault(unit, {})
        for name, value in (
            ("recorded", count),
            ("entered", count if entered else 0),
            (verdict, count),
            (f"stage{stage}", count if stage is not None else 0),
            ("benefit", benefit),
            ("unconverted", unconverted),
        ):
            counts[name] = counts.get(name, 0) + value
    return found


def _progress(
    unit: int, name: str, targets: dict[str, int], counts: list[dict[str, int]]
) -> UnitProgress:
    def total(key: str) -> int:
        return sum(part.get(key, 0) for part in counts)

    stages = {
        key for part in counts for key in part if key.startswith("stage") and key[5:].isdigit()
    }
    return UnitProgress(
        unit,
        name,
        targets,
        total("recorded"),
        total("entered"),
        total("eligible"),
        total("ineligible"),
        total("review"),
        {int(key[5:]): total(key) for key in sorted(stages)},
        total("benefit"),
        total("unconverted"),
    )


def credited_people(connection: Connection, unit: int) -> int:
    """How many different people are credited with something eligible in a unit's subtree."""
    below = subtree(connection, unit)
    found = connection.execute(
        """SELECT count(DISTINCT a.person_id) FROM authorship a
           JOIN listing l ON l.initiative_id = a.initiative_id
           WHERE a.credited = 1 AND l.removed = 0 AND l.verdict = 'eligible' AND l.unit_id IN """
        f"({','.join('?' * len(below))})",
        below,
    ).fetchone()
    return int(found[0])
