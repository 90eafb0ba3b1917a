"""Look-alikes: one title against all, one save, and everything at once; beside rapidfuzz alone.

``python -m benchmarks.lookalikes --records 1000000`` compares that many generated initiatives, one
in a hundred of which is a near-twin of an earlier one. Without the option there are fewer, so that
it ends soon. Recall is measured against comparing with every title by the same likeness.
"""

import argparse
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from desktop.models import schema
from desktop.models.engines import sqlite
from desktop.models.engines.sqlite import Connection
from desktop.models.entry import InitiativeDraft
from desktop.models.lookalikes import batch, renewing
from desktop.models.lookalikes.finding import Probe, hits, probes
from desktop.models.lookalikes.keys import Keys, at_least, likeness, title_words
from desktop.programme.definition import load_programmes
from desktop.progress import SILENT
from desktop.samples.generator import generate
from desktop.vietnamese.folding import fold, syllable_key

ROOT = Path(__file__).resolve().parent.parent
CODE = "1TR-2021-2023"
SUPERIORS = tuple(f"LĐLĐ huyện số {number}" for number in range(1, 84))
KEYS = Keys()
SLICE = 5_000


def told(name: str, value: str, goal: str = "") -> None:
    """One line of the report."""
    print(f"  {name:58} {value:>24}{f'   goal {goal}' if goal else ''}", flush=True)


def timed(work: Callable[..., object], *arguments: object) -> float:
    """Seconds that something takes."""
    start = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - start


def quantiles(times: list[float]) -> str:
    """Median and 99th percentile of seconds, in milliseconds."""
    ordered = sorted(times)
    last = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    return f"p50 {1000 * statistics.median(times):.2f}, p99 {1000 * last:.2f} ms"


def twin(dice: random.Random, original: str) -> str:
    """The same title as somebody else would write it."""
    words = original.split()
    change = dice.randrange(6)
    if change == 0:
        words.insert(dice.randrange(len(words)), dice.choice(("mới", "nhanh", "số", "lớn")))
    elif change == 1:
        del words[dice.randrange(len(words))]
    elif change == 2:
        words = [*words[len(words) // 3 :], *words[: len(words) // 3]]
    elif change == 3:
        return fold(original)
    elif change == 4:
        words = ["Một", "số", "giải", "pháp", *words]
    else:
        words[dice.randrange(len(words))] = "xyz"
    return " ".join(words)


def records(number: int) -> Iterator[InitiativeDraft]:
    """Generated initiatives; one in a hundred is a near-twin of one of the last thousand."""
    dice, recent = random.Random(3), [""] * 1000
    programme = load_programmes(ROOT / "resources" / "programmes")[CODE]
    for count, draft in enumerate(generate(number, 7, programme, SUPERIORS)):
        title = draft.title
        if dice.random() < 0.01 and count > 1000:
            title = twin(dice, dice.choice(recent))
        recent[count % 1000] = title
        yield replace(draft, title=title)


class Rows:
    """Plain rows of the store's own tables: only what look-alikes read of them is filled in."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._units: dict[str, int] = {}
        self._people: dict[tuple[str, str], int] = {}
        self._decisions: dict[str, int] = {}
        self._blank: dict[str, dict[str, object]] = {}

    def write(self, first: int, drafts: tuple[InitiativeDraft, ...]) -> None:
        """Write some initiatives with ids from ``first`` on."""
        for key, draft in enumerate(drafts, first):
            number = draft.decision.number if draft.decision else ""
            self._insert(
                "initiative",
                id=key,
                code=f"B{key}",
                title=draft.title,
                unit_id=self._known("unit", self._units, draft.unit, name=draft.unit),
                decision_id=self._known("decision", self._decisions, number, number=number)
                if number
                else None,
                use=draft.use.isoformat() if draft.use else None,
            )
            for place, author in enumerate(draft.authors):
                birth = author.birth.isoformat() if author.birth else None
                named = (author.name, birth or draft.unit)
                person = self._known("person", self._people, named, name=author.name, birth=birth)
                self._insert("authorship", initiative_id=key, person_id=person, position=place)

    def _known(self, table: str, known: dict[Any, int], mark: Any, **values: object) -> int:
        if mark not in known:
            known[mark] = len(known) + 1
            text = mark if isinstance(mark, str) else mark[0]
            self._insert(table, id=known[mark], key=syllable_key(text), **values)
        return known[mark]

    def _insert(self, table: str, **values: object) -> None:
        if table not in self._blank:
            self._blank[table] = {
                name: 0 if kind == "INTEGER" else ""
                for _place, name, kind, needed, _default, key in self._connection.execute(
                    f"PRAGMA table_info({table})"
                ).fetchall()
                if needed and not key
            }
        row = self._blank[table] | values
        self._connection.execute(
            f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
            tuple(row.values()),
        )


def fill(connection: Connection, number: int) -> float:
    """Write the records and index them; seconds spent on the index alone."""
    connection.execute("PRAGMA foreign_keys=OFF")
    schema.build(connection)
    connection.execute("UPDATE journal_state SET entry_id = 1, bulk = 1")
    rows, first, spent = Rows(connection), 1, 0.0
    source = records(number)
    while part := tuple(islice(source, SLICE)):
        rows.write(first, part)
        ids = range(first, first + len(part))
        spent += timed(renewing.renew_rows, connection, ids, KEYS)
        first += len(part)
    return spent


def all_words(connection: Connection) -> tuple[list[int], list[str], dict[int, int | None]]:
    """The ids, words and units of everything."""
    rows = connection.execute("SELECT initiative_id, words, unit_id FROM likeness").fetchall()
    return [row[0] for row in rows], [row[1] for row in rows], {row[0]: row[2] for row in rows}


def by_force(
    probe: Probe, ids: list[int], words: list[str], units: dict[int, int | None]
) -> set[int]:
    """What looks like a title (K3), by comparing it with every other."""
    near = process.extract(
        probe.words, words, scorer=fuzz.ratio, score_cutoff=at_least(KEYS.same_unit), limit=None
    )
    found = set()
    for text, _ratio, place in near:
        same = units[ids[place]] == probe.unit_id
        if likeness(probe.words, text) >= (KEYS.same_unit if same else KEYS.other_unit):
            found.add(ids[place])
    return found - {probe.initiative_id}


def one_title(connection: Connection, tries: int) -> None:
    """A title as it is typed, against all; beside comparing it with each by rapidfuzz."""
    dice = random.Random(11)
    ids, words, units = all_words(connection)
    times, forced = [], []
    wanted = found = 0
    for place in range(tries):
        (kept,) = probes(connection, [dice.choice(ids)], KEYS)
        typed = title_words(twin(dice, kept.title), KEYS)
        probe = replace(kept, initiative_id=0, words=typed)
        start = time.perf_counter()
        got = {hit.other.initiative_id for hit in hits(connection, probe, KEYS)}
        times.append(time.perf_counter() - start)
        if place % max(1, tries // 40) == 0:
            expected = by_force(probe, ids, words, units)
            wanted, found = wanted + len(expected), found + len(expected & got)
            forced.append(timed(extracted, typed, words))
    told("one title against all", quantiles(times), "p99 <= 25 ms")
    told("the same by rapidfuzz alone", quantiles(forced))
    told("times as fast", f"{statistics.median(forced) / statistics.median(times):.0f}", ">= 50")
    told(f"recall of one title ({found} of {wanted})", f"{found / wanted:.3f}", ">= 0.97")


def extracted(typed: str, words: list[str]) -> None:
    """What rapidfuzz alone does for one title: compare it with all."""
    process.extract(typed, words, scorer=fuzz.token_sort_ratio, score_cutoff=60, limit=10)


def one_save(connection: Connection, tries: int) -> None:
    """A title changed in its record, and the pairs kept up to date."""
    dice, times = random.Random(12), []
    ids = all_words(connection)[0]
    for _try in range(tries):
        key = dice.choice(ids)
        connection.execute("UPDATE initiative SET title = title || ' mới' WHERE id = ?", (key,))
        times.append(timed(renewing.renew, connection, [key]))
    told("a changed title: index and pairs", quantiles(times))
    again = [timed(renewing.renew, connection, [dice.choice(ids)]) for _ in range(tries)]
    told("a save that leaves the title alone", quantiles(again))


def everything(connection: Connection, number: int) -> None:
    """Everything at once, and what of it a sample of records would have found by force."""
    found: dict[str, batch.Found] = {}
    spent = timed(lambda: found.update(all=batch.find(connection, KEYS, SILENT)))
    pairs = {(first, second) for second, mine in found["all"].items() for first in mine}
    told("everything at once", f"{spent:.1f} s", "100k 30 s, 1M 600 s")
    told("  initiatives a second", f"{number / spent:,.0f}")
    told("  pairs", f"{len(pairs):,}")
    ids, words, units = all_words(connection)
    wanted = got = 0
    for probe in probes(connection, random.Random(13).sample(ids, 100), KEYS):
        expected = [one for one in by_force(probe, ids, words, units) if one < probe.initiative_id]
        if len(expected) <= KEYS.most:
            wanted += len(expected)
            got += sum((one, probe.initiative_id) in pairs for one in expected)
    told(f"  recall ({got} of {wanted})", f"{got / max(1, wanted):.3f}", ">= 0.95")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told("  most memory, the benchmark's own lists included", f"{memory:,.0f} MB", "< 2,048 MB")


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=20_000)
    number = parser.parse_args().records
    print(f"Look-alikes among {number:,} initiatives")
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite.create(Path(folder) / sqlite.STORE_FILE)
        connection.execute("BEGIN")
        spent = fill(connection, number)
        told("index of titles, each", f"{1e6 * spent / number:.0f} us")
        size = connection.execute("SELECT sum(length(bits)) FROM title_bits").fetchone()[0]
        told("  bits", f"{size / 1e6:.1f} MB")
        connection.execute("COMMIT")
        everything(connection, number)
        one_title(connection, 300)
        connection.execute("BEGIN")
        one_save(connection, 200)
        connection.close()


if __name__ == "__main__":
    main()
