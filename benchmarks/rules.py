"""Checking records that are in memory: all rules with the verdict, against empty calls.

The fictional samples are varied into a ring of different records (dates, units, posts, shares,
benefits, what is missing), which is gone round until as many were checked as asked for
(``--records 1000000``). Each round, in turn: as many calls of an empty function as there are rules,
and the checks. The program remembers how the names of units and the posts of signers read (4,096
of each); the first round, with nothing remembered, stands apart. Putting messages into words is not
part of a check and is measured besides.
"""

import argparse
import random
import statistics
import time
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from desktop import text
from desktop.programme.definition import Programme, load_programme
from desktop.programme.eligibility import check
from desktop.programme.facts import AuthorFacts, Facts, Lookalike, Protection
from desktop.programme.verdict import Result
from desktop.vietnamese.dates import VIETNAM, Moment, PartialDate
from tests.programme.situations import facts_of

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2023, 8, 4, 9, 0, tzinfo=VIETNAM)
RING, UNITS = 4_096, 2_000
GOAL_MICROSECONDS = 60
POSTS = (
    *("Giám đốc", "Phó Giám đốc", "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC", "Hiệu trưởng", "Chủ tịch UBND xã"),
    *("TUQ. Giám đốc, Trưởng phòng", "Trưởng phòng Kỹ thuật", "Chủ tịch Hội đồng sáng kiến"),
    *("Chủ tịch Công đoàn", "Phó Hiệu trưởng", "Quản đốc", ""),
)


def varied(sample: Facts, dice: random.Random) -> Facts:
    """A record of its own: a sample on other days, in another unit, with other people."""
    shift = timedelta(dice.randrange(-60, 400))
    unit = f"CĐCS Trường Tiểu học số {dice.randrange(UNITS)}"
    decision = sample.decision and replace(
        sample.decision,
        number=f"{dice.randrange(1, 999)}/QĐ-HĐSK",
        issued=moved(sample.decision.issued, shift, dice),
        issuer=dice.choice((unit, "Trường Tiểu học số 7", sample.decision.issuer)),
        signer_post=dice.choice(POSTS),
    )
    return replace(
        sample,
        title=f"{sample.title} {dice.randrange(10**6)}",
        trial=moved(sample.trial, shift, dice),
        use=moved(sample.use, shift, dice),
        benefit=dice.choice((None, 0, dice.randrange(10**8), dice.randrange(10**9))),
        benefit_months=dice.choice((12, 12, 12, 6, 24)),
        public_order_contrary=dice.choice((False, False, False, None)),
        protection=dice.choice((Protection.NONE, Protection.NONE, Protection.PENDING, None)),
        confidential=dice.choice((False, False, True, None)),
        unit=unit,
        applied_at=unit,
        superior=f"LĐLĐ huyện số {dice.randrange(12)}",
        authors=authors(dice),
        decision=decision,
        sent=sent(dice),
        lookalikes=(alike(dice),) if dice.random() < 0.1 else (),
    )


def moved(day: PartialDate | None, shift: timedelta, dice: random.Random) -> PartialDate | None:
    """The date later or earlier, sometimes known to the month only."""
    if day is None:
        return None
    there = PartialDate.of(day.first + shift)
    return PartialDate(there.year, there.month) if dice.random() < 0.1 else there


def authors(dice: random.Random) -> tuple[AuthorFacts, ...]:
    """One to four authors whose shares mostly add up."""
    number = dice.choice((1, 1, 2, 3, 4))
    shares: list[Decimal | None] = [Decimal(100 // number) for _one in range(number)]
    shares[0] = 100 - Decimal(100 // number) * (number - 1)
    if dice.random() < 0.1:
        shares[-1] = None
    return tuple(
        AuthorFacts(f"Lù Văn {dice.randrange(10**5)}", share, credited=at == 0)
        for at, share in enumerate(shares)
    )


def sent(dice: random.Random) -> Moment | None:
    """Not yet, a moment, or a day alone."""
    if dice.random() < 0.2:
        return None
    at = datetime(2021, 12, 20, tzinfo=VIETNAM) + timedelta(minutes=dice.randrange(850_000))
    return Moment.fromiso(at.date().isoformat()) if dice.random() < 0.1 else Moment(at)


def alike(dice: random.Random) -> Lookalike:
    """Something that resembles it, in the same unit or another."""
    return Lookalike(
        1, "SK22-1", "Cải tiến", "CĐCS B", dice.random(), "K3", same_unit=dice.random() < 0.5
    )


def ring() -> list[Facts]:
    """Different records, in no order."""
    data = tomllib.loads((ROOT / "resources/samples/initiatives.toml").read_text(encoding="utf-8"))
    samples = [facts_of(one) for one in data["initiatives"]]
    dice = random.Random(1)
    return [varied(dice.choice(samples), dice) for _one in range(RING)]


def nothing() -> None:
    """The floor: what it costs to call."""


def empty_calls(records: Sequence[Facts], rules: int) -> float:
    """Seconds for as many empty calls as there are rules for each record."""
    start = time.perf_counter()
    for _record in records:
        for _rule in range(rules):
            nothing()
    return time.perf_counter() - start


def checks(programme: Programme, records: Sequence[Facts]) -> float:
    """Seconds for all rules and the verdict on each record."""
    start = time.perf_counter()
    for record in records:
        check(programme, record, now=NOW)
    return time.perf_counter() - start


def messages(programme: Programme, records: Sequence[Facts]) -> tuple[float, int]:
    """Seconds for putting what does not pass into words, and how many sentences that made."""
    made = [check(programme, record, now=NOW) for record in records]
    start = time.perf_counter()
    said = [
        finding.message
        for verdict in made
        for finding in verdict.findings
        if finding.result is not Result.PASS
    ]
    return time.perf_counter() - start, len(said)


def main() -> None:
    """Check as many as asked for, round by round, and print medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=150_000)
    number = parser.parse_args().records
    text.install(ROOT / "resources" / "locale", "vi")
    programme = load_programme(ROOT / "resources" / "programmes" / "1TR-2021-2023.toml")
    rules, records = len(programme.rules_of("eligibility")), ring()
    first = checks(programme, records)
    seconds: list[float] = []
    floors: list[float] = []
    done = 0
    while done < number:
        part = records[: number - done]
        floors.append(empty_calls(part, rules) / len(part))
        seconds.append(checks(programme, part) / len(part))
        done += len(part)
    found = Counter(check(programme, one, now=NOW).eligibility.value for one in records)
    print(f"{RING:,} different records: {dict(found)}")
    print(f"first round, nothing remembered: {first / RING * 1e6:.1f} µs a record")
    each, floor = statistics.median(seconds), statistics.median(floors)
    print(
        f"{number:,} records, {rules} rules: {each * 1e6:.1f} µs a record "
        f"(goal {GOAL_MICROSECONDS})"
    )
    print(f"{rules} empty calls: {floor * 1e6:.2f} µs; a check costs {each / floor:.1f} times that")
    spent, said = messages(programme, records)
    print(
        f"messages put into words: {said / RING:.1f} a record that do not pass, "
        f"{spent / RING * 1e6:.1f} µs a record besides; by the check itself none"
    )


if __name__ == "__main__":
    main()
