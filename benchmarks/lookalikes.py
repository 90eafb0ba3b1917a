"""Look-alikes: a title and a description against all, a save, everything at once; beside peers.

``python -m benchmarks.lookalikes`` compares a million generated initiatives (``--records``, or
RECORDS in the environment: so many), one in a hundred of which is a near-twin of an earlier one,
whichever. A million take half an hour (writing them the most of it) and three gigabytes of disk;
how far it is stands on the error output. Recall of a title is measured against comparing with every
title by the same likeness, of everything against the near-twins that were put in. Peers in the same
run: rapidfuzz over all, of which a handful of titles are enough among a million, and datasketch's
LSH of a hundred thousand at most, where it is installed (requirements/bench.txt).
"""

import argparse
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process

from desktop.models import schema
from desktop.models.engines import sqlite
from desktop.models.engines.sqlite import Connection
from desktop.models.entry import InitiativeDraft
from desktop.models.lookalikes import batch, renewing, texts
from desktop.models.lookalikes.finding import Hit, Probe, hits, probes, reason
from desktop.models.lookalikes.keys import Keys, at_least, likeness, title_words
from desktop.programme.definition import load_programmes
from desktop.samples.generator import generate
from desktop.vietnamese.folding import fold, syllable_key
from desktop.vietnamese.syllables import ONSETS, RHYMES

try:
    import datasketch
except ImportError:  # a peer that is not installed is not measured
    datasketch = None

ROOT = Path(__file__).resolve().parent.parent
CODE = "1TR-2021-2023"
SUPERIORS = tuple(f"LĐLĐ huyện số {number}" for number in range(1, 84))
KEYS = Keys()
WARM, PEER, MILLION = 30, 100_000, 1_000_000
SLICE = 5_000
FORCED = 40_000_000
"""So many titles at most are compared by force, however many that are at a time."""
GOALS = "100k 30 s, 1M 600 s"
SYLLABLES = [f"{onset}{rhyme}" for onset in ONSETS for rhyme in sorted(RHYMES)]
random.Random(1).shuffle(SYLLABLES)


def told(name: str, value: str, goal: str = "", *, met: bool | None = None) -> None:
    """One line of the report; with a goal, whether it was met, where it is for so many."""
    verdict = {True: ": met", False: ": MISSED", None: ""}[met]
    said = f"   goal {goal}{verdict}" if goal else ""
    print(f"  {name:58} {value:>24}{said}", flush=True)


class Told:
    """How far a long part is, on the error output, every few seconds."""

    def __init__(self) -> None:
        self._start = self._last = time.monotonic()

    def step(self, done: int, total: int, doing: str = "") -> None:
        """Say it, if it was not said a moment ago."""
        now = time.monotonic()
        if done and now - self._last > 10:
            self._last = now
            left = (now - self._start) * (total - done) / max(1, done)
            print(f"    {doing} {done:,} of {total:,}, {left:.0f} s left", file=sys.stderr)


def spent(work: Callable[..., object], *arguments: object) -> float:
    """Seconds of this process's own time that something takes."""
    start = time.process_time()
    work(*arguments)
    return time.process_time() - start


def timed(work: Callable[..., object], *arguments: object) -> float:
    """Seconds that something takes."""
    start = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - start


def last(times: list[float]) -> float:
    """The 99th percentile of seconds, in milliseconds."""
    return 1000 * sorted(times)[min(len(times) - 1, int(len(times) * 0.99))]


def middle(times: list[float]) -> float:
    """The median of seconds, in milliseconds."""
    return 1000 * statistics.median(times)


def quantiles(times: list[float]) -> str:
    """Median and 99th percentile of seconds, in milliseconds."""
    return f"p50 {middle(times):.2f}, p99 {last(times):.2f} ms"


def twin(dice: random.Random, original: str) -> str:
    """The same title as somebody else would write it."""
    return dice.choice(WAYS)(dice, original)


def with_words(dice: random.Random, original: str, phrases: tuple[str, ...]) -> str:
    """Some words put in anywhere."""
    words = original.split()
    words.insert(dice.randrange(len(words)), dice.choice(phrases))
    return " ".join(words)


def without_a_word(dice: random.Random, original: str) -> str:
    """One word left out."""
    words = original.split()
    del words[dice.randrange(len(words))]
    return " ".join(words)


def turned(_dice: random.Random, original: str) -> str:
    """Its parts in another order."""
    words = original.split()
    return " ".join([*words[len(words) // 3 :], *words[: len(words) // 3]])


def slipped(dice: random.Random, original: str) -> str:
    """A letter left out of one word in seven."""
    words = original.split()
    for place in dice.sample(range(len(words)), max(1, len(words) // 7)):
        at = dice.randrange(len(words[place]))
        words[place] = words[place][:at] + words[place][at + 1 :] or "a"
    return " ".join(words)


def half_marked(dice: random.Random, original: str) -> str:
    """The marks of every second word lost."""
    return " ".join(fold(word) if dice.random() < 0.5 else word for word in original.split())


def shortened(_dice: random.Random, original: str) -> str:
    """Words that people shorten, shortened."""
    for whole, short in (("học sinh", "HS"), ("sản xuất", "SX"), ("phân xưởng", "PX")):
        original = original.replace(whole, short)
    return original.replace("năng lượng", "NL").replace("hồ sơ", "HS")


FILLERS = ("mới", "nhanh", "số", "bằng khí nén", "theo tiêu chuẩn ISO 9001", "từ xa")
PLACES = ("tại Công ty Hòa Phát Bắc Ninh", "của Trường Lê Lợi Phú Thọ", "ở Bệnh viện Tây Sơn")
WAYS: tuple[Callable[[random.Random, str], str], ...] = (
    lambda dice, title: with_words(dice, title, FILLERS),
    lambda dice, title: f"{title} {dice.choice(PLACES)}",
    lambda _dice, title: f"Một số giải pháp {title}",
    lambda _dice, title: fold(title),
    *(without_a_word, turned, slipped, half_marked, shortened),
)


def own_words(dice: random.Random, number: int) -> str:
    """Syllables as names and things have them: few often, most of them rarely."""
    random_number, size = dice.random, len(SYLLABLES)
    return " ".join([SYLLABLES[int(random_number() ** 3 * size)] for _word in range(number)])


class Record(NamedTuple):
    """A generated initiative with a title, a unit and a description of its own."""

    title: str
    unit: str
    content: str
    plain: InitiativeDraft


def records(number: int, twins: dict[int, int]) -> Iterator[Record]:
    """Generated initiatives, each with a description; one in a hundred is a near-twin.

    Every second title has syllables of its own, the others are made of the same phrases throughout;
    every second near-twin is of another unit. ``twins`` gets the place of each near-twin with the
    place of the one that it is a twin of.
    """
    dice, known = random.Random(3), dict[int, tuple[str, str]]()
    programme = load_programmes(ROOT / "resources" / "programmes")[CODE]
    for count, plain in enumerate(generate(number, 7, programme, SUPERIORS), 1):
        title = f"{plain.title} {own_words(dice, dice.choice((0, 3)))}".strip()
        unit, content = plain.unit, own_words(dice, dice.randrange(60, 260))
        if dice.random() < 0.01 and len(known) > 10:
            twins[count] = dice.choice(list(known))
            first, its_unit = known.pop(twins[count])
            title = twin(dice, first)
            if dice.random() < 0.5:
                unit = its_unit
        elif dice.random() < 0.05:
            known[count] = title, unit
        yield Record(title, unit, content, plain)


COLUMNS = {
    "unit": ("id", "key", "name"),
    "person": ("id", "key", "name", "birth"),
    "decision": ("id", "key", "number", "issued"),
    "initiative": ("id", "code", "title", "unit_id", "content", "decision_id", "use"),
    "authorship": ("initiative_id", "person_id", "position"),
}


class Rows:
    """Plain rows of the store's own tables: only what look-alikes read of them is filled in."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sql = {table: self._insertion(table) for table in COLUMNS}
        self._known: dict[str, dict[Any, int]] = {"unit": {}, "person": {}, "decision": {}}
        self._rows: dict[str, list[tuple[object, ...]]] = {table: [] for table in COLUMNS}

    def write(self, first: int, made: tuple[Record, ...]) -> None:
        """Write some initiatives with ids from ``first`` on."""
        for key, record in enumerate(made, first):
            self._initiative(key, record)
        for table, rows in self._rows.items():
            self._connection.executemany(self._sql[table], rows)
            rows.clear()

    def _initiative(self, key: int, record: Record) -> None:
        unit, plain = record.unit, record.plain
        decided, decision = plain.decision, None
        if decided:
            issued = decided.issued.isoformat() if decided.issued else None
            decision = self._place("decision", (decided.number, issued), decided.number, issued)
        used = plain.use.isoformat() if plain.use else None
        row = (key, f"B{key}", record.title, self._place("unit", unit, unit), record.content)
        self._rows["initiative"].append((*row, decision, used))
        for place, author in enumerate(plain.authors):
            birth = author.birth.isoformat() if author.birth else None
            person = self._place("person", (author.name, birth or unit), author.name, birth)
            self._rows["authorship"].append((key, person, place))

    def _place(self, table: str, mark: object, name: str, *values: object) -> int:
        """The id of a unit, a person or a decision, which is written where it is new."""
        known = self._known[table]
        found = known.get(mark)
        if found is None:
            found = known[mark] = len(known) + 1
            self._rows[table].append((found, syllable_key(name), name, *values))
        return found

    def _insertion(self, table: str) -> str:
        """How a row is put in: what has to be there and is not looked at is nought or blank."""
        blank = {
            name: "0" if kind == "INTEGER" else "''"
            for _place, name, kind, needed, _default, key in self._connection.execute(
                f"PRAGMA table_info({table})"
            ).fetchall()
            if needed and not key
        }
        filled = blank | dict.fromkeys(COLUMNS[table], "?")
        values = {name: filled.pop(name) for name in COLUMNS[table]} | filled
        return f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join(values.values())})"


def fill(connection: Connection, number: int, twins: dict[int, int]) -> float:
    """Write the records and index them; seconds spent on the index alone."""
    connection.execute("PRAGMA foreign_keys=OFF")
    schema.build(connection)
    connection.execute("UPDATE journal_state SET entry_id = 1, bulk = 1")
    rows, first, seconds = Rows(connection), 1, 0.0
    source, far = records(number, twins), Told()
    with sqlite.room_for_many(connection):
        while part := tuple(islice(source, SLICE)):
            rows.write(first, part)
            ids = range(first, first + len(part))
            seconds += spent(renewing.renew_rows, connection, ids, KEYS)
            first += len(part)
            far.step(first - 1, number, "Writing initiatives:")
    return seconds


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
    own, walls, forced = list[float](), list[float](), list[float]()
    wanted = found = 0
    every = max(1, tries // max(5, min(40, FORCED // len(ids))))
    for place in range(-WARM, tries):
        probe = typed(connection, dice, dice.choice(ids))
        start, began = time.perf_counter(), time.process_time()
        got = {hit.other.initiative_id for hit in hits(connection, probe, KEYS)}
        own.append(time.process_time() - began)
        walls.append(time.perf_counter() - start)
        if place >= 0 and place % every == 0:
            expected = by_force(probe, ids, words, units)
            wanted, found = wanted + len(expected), found + len(expected & got)
            forced.append(spent(extracted, probe.words, words))
    told("the first title after the start, process time", f"{1000 * own[0]:.1f} ms")
    told(
        "one title against all, process time",
        quantiles(own[WARM:]),
        "p99 <= 25 ms",
        met=last(own[WARM:]) <= 25,
    )
    told("  by the clock, whoever else is at work", quantiles(walls[WARM:]))
    told("the same by rapidfuzz alone", quantiles(forced))
    ratio = statistics.median(forced) / statistics.median(own[WARM:])
    told(
        "times as fast as rapidfuzz over all",
        f"{ratio:.0f}",
        ">= 50 at 1M",
        met=ratio >= 50 if len(ids) >= MILLION else None,
    )
    share = found / max(1, wanted)
    told(f"recall of one title ({found} of {wanted})", f"{share:.3f}", ">= 0.97", met=share >= 0.97)


def typed(connection: Connection, dice: random.Random, key: int) -> Probe:
    """A near-twin of a kept initiative, as it is typed."""
    (kept,) = probes(connection, [key], KEYS)
    words = title_words(twin(dice, kept.title), KEYS)
    return replace(kept, initiative_id=0, words=words, text="")


def extracted(words: str, others: list[str]) -> None:
    """What rapidfuzz alone does for one title: compare it with all."""
    process.extract(words, others, scorer=fuzz.token_sort_ratio, score_cutoff=60, limit=10)


def datasketch_lsh(connection: Connection, tries: int) -> None:
    """Datasketch's LSH over syllables, of no more than a hundred thousand titles."""
    if datasketch is None:
        told("datasketch (not installed: requirements/bench.txt)", "-")
        return
    ids, words, _units = all_words(connection)
    lsh = datasketch.MinHashLSH(threshold=0.5, num_perm=64)
    some = list(zip(ids[:PEER], words[:PEER], strict=True))
    seconds = spent(lambda: [lsh.insert(key, sketch(text)) for key, text in some])
    told(f"datasketch LSH of {len(some):,} titles: built", f"{seconds:.1f} s")
    dice, times, own, found, mine = random.Random(15), list[float](), list[float](), 0, 0
    for _try in range(tries):
        key, _text = dice.choice(some)
        probe, got, hit = typed(connection, dice, key), list[int](), list[Hit]()
        times.append(spent(lambda probe=probe, got=got: got.extend(lsh.query(sketch(probe.words)))))
        own.append(spent(lambda probe=probe, hit=hit: hit.extend(hits(connection, probe, KEYS))))
        found += key in got
        mine += key in {one.other.initiative_id for one in hit}
    told("  one title, without comparing what is found", quantiles(times))
    told(f"  the same titles here, among {len(ids):,}, compared", quantiles(own))
    told("  p99 here as a part of its p99", f"{last(own) / last(times):.2f}")
    told("  near-twins among what is to be compared, datasketch", f"{found / tries:.3f}")
    told("  near-twins given, here", f"{mine / tries:.3f}")


def sketch(words: str) -> Any:
    """A title's minhash."""
    made = datasketch.MinHash(num_perm=64)
    made.update_batch([word.encode() for word in words.split()])
    return made


def descriptions(connection: Connection, tries: int) -> None:
    """A description, changed as copies are, against all."""
    dice = random.Random(14)
    newest = all_words(connection)[0][-1]
    times = list[float]()
    for name, change in CHANGES.items():
        found = 0
        for _try in range(tries):
            key = dice.randrange(1, newest + 1)
            (probe,) = probes(connection, [key], KEYS)
            words = change(dice, probe.text.split())
            got = set[int]()
            work = lambda words=words, got=got: got.update(  # noqa: E731 - timed
                texts.alike(connection, " ".join(words), 0, KEYS)
            )
            times.append(spent(work))
            found += key in got
        share = found / tries
        told(f"descriptions: {name}, recall", f"{share:.3f}", ">= 0.9", met=share >= 0.9)
    told("  one description against all", quantiles(times), "p99 <= 25 ms", met=last(times) <= 25)


def mistyped(dice: random.Random, words: list[str]) -> list[str]:
    """One word in ten is another."""
    return [own_words(dice, 1) if dice.random() < 0.1 else word for word in words]


def shuffled(dice: random.Random, words: list[str]) -> list[str]:
    """Its sentences in another order."""
    parts = [words[start : start + 15] for start in range(0, len(words), 15)]
    dice.shuffle(parts)
    return [word for part in parts for word in part]


CHANGES: dict[str, Callable[[random.Random, list[str]], list[str]]] = {
    "a tenth of the words changed": mistyped,
    "sentences in another order": shuffled,
    "marks lost": lambda _dice, words: [fold(word) for word in words],
    "three tenths cut": lambda _dice, words: words[: len(words) * 7 // 10],
}


def one_save(connection: Connection, tries: int) -> None:
    """A title changed in its record, and the pairs kept up to date."""
    dice = random.Random(12)
    ids = all_words(connection)[0]
    for asked in (True, False):
        times = []
        for _try in range(tries):
            key = dice.choice(ids)
            connection.execute("UPDATE initiative SET title = title || ' mới' WHERE id = ?", (key,))
            if asked:
                hits(connection, probes(connection, [key], KEYS)[0], KEYS)
            times.append(spent(renewing.renew, connection, [key]))
        name = "that was looked up while typed" if asked else "by itself"
        met = middle(times) <= 3
        told(f"a changed title {name}: index and pairs", quantiles(times), "p50 <= 3 ms", met=met)
    again = [spent(renewing.renew, connection, [dice.choice(ids)]) for _ in range(tries)]
    told("a save that leaves the title alone", quantiles(again))


def everything(connection: Connection, number: int, twins: dict[int, int]) -> None:
    """Everything at once, what is found written down; and how many of the near-twins it found."""
    began, start = time.process_time(), time.perf_counter()
    pairs = found = wanted = 0
    source = batch.each(connection, KEYS, Told())
    while part := dict(islice(source, SLICE)):
        renewing.adopt(connection, part, min(part), max(part))
        pairs += sum(map(len, part.values()))
        for key in part.keys() & twins.keys():
            outcome = twin_found(connection, key, twins[key], part[key])
            wanted, found = wanted + (outcome is not None), found + bool(outcome)
    seconds, share = time.process_time() - began, found / max(1, wanted)
    allowed = 30 if number <= PEER else 600
    told("everything at once, process time", f"{seconds:.1f} s", GOALS, met=seconds <= allowed)
    told("  by the clock", f"{time.perf_counter() - start:.1f} s")
    told("  initiatives a second", f"{number / seconds:,.0f}")
    told("  pairs", f"{pairs:,}")
    name = f"  recall of near-twins ({found} of {wanted})"
    told(name, f"{share:.3f}", ">= 0.95", met=share >= 0.95)
    told(
        "  memory, all of the process at most",
        f"{memory():,.0f} MB",
        "< 2,048 MB",
        met=memory() < 2_048,
    )


def twin_found(connection: Connection, key: int, original: int, mine: batch.Mine) -> bool | None:
    """Whether a twin was found, or the most that are no less like; None: no twin by the keys."""
    one, other = probes(connection, [key, original], KEYS)
    why, score = reason(one, other, KEYS)
    if not why:
        return None
    crowded = len(mine) == KEYS.most and min(line[1] for line in mine.values()) >= score
    return original in mine or crowded


def memory() -> float:
    """The most memory that was taken so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    asked = int(os.environ.get("RECORDS") or 1_000_000)
    parser.add_argument("--records", type=int, default=asked)
    number, twins = parser.parse_args().records, dict[int, int]()
    print(f"Look-alikes among {number:,} initiatives")
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite.create(Path(folder) / sqlite.STORE_FILE)
        connection.execute("BEGIN")
        seconds = fill(connection, number, twins)
        told("index of titles and descriptions, each", f"{1e6 * seconds / number:.0f} us")
        size = connection.execute("SELECT sum(length(bits)) FROM title_bits").fetchone()[0]
        told("  bits", f"{size / 1e6:.1f} MB")
        connection.execute("COMMIT")
        connection.execute("PRAGMA cache_size=-64000")
        connection.execute("BEGIN")
        everything(connection, number, twins)
        connection.execute("COMMIT")
        one_title(connection, 300)
        descriptions(connection, 100)
        connection.execute("BEGIN")
        one_save(connection, 200)
        datasketch_lsh(connection, 200)
        connection.close()


if __name__ == "__main__":
    main()
