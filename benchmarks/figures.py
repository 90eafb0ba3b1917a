"""Figures of a province: 2,000 units, every initiative counted, against a bare scan of the table.

The listing is filled with generated rows, which is all that figures read; the tree has three
levels. Measured in turn, round by round: a bare scan of the table, one pass of grouped SQL over the
covering index (what the program does), the same without the index, counters kept by unit, stage,
verdict and days, and what is built on it: the standings of all units with their sub-totals, the
different people credited in each, and the counts by object group. The goal is for a million records
(``--records 1000000``).
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.models import figures, schema
from desktop.models.engines import sqlite
from desktop.models.engines.sqlite import Connection
from desktop.models.standings import unit_standings
from desktop.models.tree import unit_tree
from desktop.programme import periods
from desktop.programme.definition import Programme, load_programme

ROOT = Path(__file__).resolve().parent.parent
UNITS, DISTRICTS = 2_000, 12
ROUNDS = 3
GOAL_SECONDS = 1.0
MILLION = 1_000_000
FIRST = date(2022, 1, 8)
DAYS, FIRST_STAGE = 602, 144
ON = "2023-01-15"

OTHERS = """SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'listing'
    AND name NOT IN ('ix_listing_figures', 'ix_listing_people')"""
"""The indexes of the list, which figures do not read: without them the store fills sooner."""
SCAN = "SELECT count(*), sum(benefit), max(sent_on) FROM listing NOT INDEXED WHERE removed = 0"
GROUPED = """SELECT unit_id, verdict, count(*) FILTER (WHERE recorded_on <= ?1),
    count(*) FILTER (WHERE stage IS NOT NULL AND sent_on <= ?1),
    coalesce(sum(benefit) FILTER (WHERE stage IS NOT NULL AND sent_on <= ?1), 0),
    count(*) FILTER (WHERE stage IS NOT NULL AND sent_on <= ?1 AND benefit IS NULL)
    FROM listing NOT INDEXED WHERE removed = 0 GROUP BY unit_id, stage, verdict"""
KEEP = """CREATE TEMP TABLE tally AS SELECT unit_id, stage, verdict, sent_on, recorded_on,
    count(*) AS number, sum(benefit) AS money, count(benefit) AS converted
    FROM listing WHERE removed = 0 GROUP BY 1, 2, 3, 4, 5"""
KEPT = """SELECT unit_id, verdict, sum(number) FILTER (WHERE recorded_on <= ?1),
    sum(number) FILTER (WHERE stage IS NOT NULL AND sent_on <= ?1),
    sum(money) FILTER (WHERE stage IS NOT NULL AND sent_on <= ?1),
    sum(number - converted) FILTER (WHERE stage IS NOT NULL AND sent_on <= ?1)
    FROM tally GROUP BY unit_id, stage, verdict"""

ALIKE = {
    "code": "SK22-000001",
    "code_sort": "c" * 16,
    "title": "t" * 90,
    "title_sort": "s" * 90,
    "author": "Lù Văn Páo",
    "author_sort": "a" * 24,
    "authors": 2,
    "unit": "CĐCS Trường A",
    "unit_sort": "u" * 24,
    "superior": "LĐLĐ huyện Tam Đường",
    "used": "2021-11-15",
    "decided": "2021-12-20",
    "decision": "118/QĐ-HĐSK",
    "decision_id": 1,
    "portal": "sent",
    "shelf": "recognised",
    "unsent": 0,
    "alike": 0,
    "removed": 0,
    "revision": 1,
    "region": "Hành chính",
    "field": "Khác",
}
"""What stands alike in every line: no figure is counted from it, but a scan reads past it."""


def rows(number: int, columns: list[str]) -> Iterator[list[object]]:
    """The lines of so many generated initiatives."""
    dice = random.Random(1)
    days = [(FIRST + timedelta(n)).isoformat() for n in range(DAYS)]
    line: dict[str, object] = dict(ALIKE)
    for key in range(1, number + 1):
        day = dice.randrange(DAYS)
        sent = dice.random() < 0.9
        line.update(
            initiative_id=key,
            unit_id=dice.randrange(DISTRICTS + 2, UNITS + 1),
            sent_on=days[day] if sent else None,
            recorded_on=days[max(0, day - dice.randrange(9))],
            stage=None if not sent else 1 if day < FIRST_STAGE else 2,
            verdict=dice.choice(("eligible", "eligible", "eligible", "review", "ineligible")),
            benefit=dice.randrange(10**8) if dice.random() < 0.7 else None,
            credited_id=dice.randrange(1, number * 2 // 3 + 2),
            category=f"1.{dice.randrange(1, 8)}",
            object_group=f"nhóm {dice.randrange(5)}",
        )
        yield [line[name] for name in columns]


def fill(path: Path, number: int) -> None:
    """A store's database with a province, its districts, their grassroots unions and the lines."""
    connection = sqlite.create(path)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("BEGIN")
    schema.build(connection)
    connection.execute("INSERT INTO store_info VALUES ('store_id', 'benchmark')")
    connection.execute("UPDATE journal_state SET entry_id = 1")
    for unit in range(1, UNITS + 1):
        connection.execute(
            "INSERT INTO unit (id, name, key, kind, position) VALUES (?, ?, ?, '', 0)",
            (unit, f"Đơn vị {unit}", f"don vi {unit}"),
        )
        if unit > 1:
            above = 1 if unit <= DISTRICTS + 1 else 2 + unit % DISTRICTS
            connection.execute(
                "INSERT INTO unit_parent (unit_id, parent_id) VALUES (?, ?)", (unit, above)
            )
    connection.execute("UPDATE journal_state SET entry_id = NULL")
    for (name,) in connection.execute(OTHERS).fetchall():
        connection.execute(f"DROP INDEX {name}")
    columns = [row[1] for row in connection.execute("PRAGMA table_info(listing)").fetchall()]
    marks = ", ".join("?" * len(columns))
    connection.executemany(
        f"INSERT INTO listing ({', '.join(columns)}) VALUES ({marks})", rows(number, columns)
    )
    connection.execute("COMMIT")
    connection.close()


def contenders(connection: Connection, programme: Programme) -> dict[str, Callable[[], object]]:
    """What is measured, by name, the floor first."""
    on, whole = date.fromisoformat(ON), periods.whole(programme)

    tree = unit_tree(connection, on)
    return {
        "bare scan of the table": lambda: connection.execute(SCAN).fetchall(),
        "one pass over the index": lambda: figures.count_units(connection, whole, on),
        "one pass without it": lambda: connection.execute(GROUPED, (ON,)).fetchall(),
        "kept counters": lambda: connection.execute(KEPT, (ON,)).fetchall(),
        "standings of all units": lambda: unit_standings(
            connection, programme, whole, on, people=False
        ),
        "people credited": lambda: figures.count_people(connection, tree, whole, on),
        "by object group": lambda: figures.count_choices(connection, whole, on, "group"),
    }


def measure(folder: Path, number: int) -> None:
    """Print the medians of the rounds, each as a ratio to the bare scan."""
    connection = sqlite.connect(folder, read_only=False)
    connection.execute("PRAGMA cache_size=-64000")
    start = time.perf_counter()
    connection.execute(KEEP)
    made = time.perf_counter() - start
    programme = load_programme(ROOT / "resources" / "programmes" / "1TR-2021-2023.toml")
    doing = contenders(connection, programme)
    times: dict[str, list[float]] = {name: [] for name in doing}
    for _round in range(ROUNDS):
        for name, work in doing.items():
            start = time.perf_counter()
            work()
            times[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(found) for name, found in times.items()}
    floor = medians["bare scan of the table"]
    for name, seconds in medians.items():
        print(f"{name:26} {seconds:8.3f} s  {seconds / floor:6.2f} x the bare scan")
    (tallies,) = connection.execute("SELECT count(*) FROM temp.tally").fetchone()
    print(f"counters: {tallies:,} rows, made in {made:.2f} s; each write would have to keep them")
    seconds = medians["standings of all units"]
    print(
        f"figures of {UNITS:,} units at {number:,} records: {seconds:.3f} s "
        f"(goal {GOAL_SECONDS:g} s at {MILLION:,})"
    )
    connection.close()


def main() -> None:
    """Fill a store, measure, and throw it away."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    number = parser.parse_args().records
    with TemporaryDirectory() as folder:
        fill(Path(folder) / sqlite.STORE_FILE, number)
        measure(Path(folder), number)


if __name__ == "__main__":
    main()
