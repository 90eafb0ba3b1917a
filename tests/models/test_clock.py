"""A PC whose clock is wrong: nothing is put in another order, no number given twice, none lost."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path

import pytest

from desktop.app import read_clock
from desktop.models import backup
from desktop.models.actions.initiatives import ImportInitiatives, RecordInitiative
from desktop.models.store import Store, open_store
from desktop.programme.definition import Programme
from desktop.vietnamese.dates import VIETNAM
from tests.models.conftest import Restorer, content_of
from tests.office_work import Worker
from tests.stores import complete

Clock = Callable[[], datetime]
START = datetime(2022, 6, 15, 9, 0, tzinfo=VIETNAM)
CLOCKS = {
    "battery dead": ["2000-01-01T00:00:03", "2000-01-01T00:00:02"],
    "ten years ahead": ["2032-06-15T09:00:00", "2022-06-16T09:00:00"],
    "back a day": ["2022-06-14T09:00:00", "2022-06-13T09:00:00"],
    "across midnight": ["2022-12-31T23:59:59", "2023-01-01T00:00:00"],
    "2099 and back": ["2099-12-31T23:59:59", "2022-06-15T09:00:01"],
    "back an hour, as where summer ends": ["2022-10-30T02:30:00", "2022-10-30T01:31:00"],
    "stands still": ["2022-06-15T09:00:00"],
}


@pytest.fixture
def kept_by(
    store_folder: Path, programmes: dict[str, Programme]
) -> Iterator[Callable[[Clock], Store]]:
    """Opens the store with a clock."""
    with ExitStack() as stack:
        yield lambda clock: stack.enter_context(
            open_store(store_folder, user="Lan", clock=clock, programmes=programmes)
        )


def told(*days: str) -> Clock:
    """A clock that says something else each time it is asked, over and over."""
    moments = cycle([START, *(datetime.fromisoformat(f"{day}+07:00") for day in days)])
    return lambda: next(moments)


def record(store: Store, title: str) -> int:
    key: int = store.journal.do(RecordInitiative(complete(title=title))).result
    return key


def times_of(store: Store) -> list[datetime]:
    """When each entry says that it was made, in the order of their numbers."""
    return [datetime.fromisoformat(line.time) for line in store.journal.history()][::-1]


@pytest.mark.parametrize("name", CLOCKS)
def test_a_wrong_clock_changes_no_order_no_number_and_prunes_nothing(
    kept_by: Callable[[Clock], Store], restored: Restorer, name: str
) -> None:
    store, heads = kept_by(told(*CLOCKS[name])), []
    for number in range(16):
        record(store, f"Việc {number}")
        heads.append(backup.head_of(store))
        backup.back_up(store)
    assert [line.entry for line in store.journal.history()] == list(range(17, 0, -1))
    assert [one.entry for one in backup.backups(store.folder)] == list(range(17, 7, -1))
    assert store.journal.undoable() == store.journal.history(limit=1)[0]
    assert all(backup.verify(store, head=head) == [] for head in heads[::5])
    wanted = content_of(store.folder)
    store.close()
    (store.folder / "store.db").unlink()
    restored(store.folder)
    assert content_of(store.folder) == wanted


@pytest.mark.parametrize("name", CLOCKS)
def test_each_entry_and_each_record_bear_the_time_that_the_clock_then_said(
    kept_by: Callable[[Clock], Store], name: str
) -> None:
    said: list[datetime] = []
    clock = told(*CLOCKS[name])

    def heard() -> datetime:
        said.append(clock())
        return said[-1]

    store = kept_by(heard)
    for number in range(4):
        before = len(said)
        key = record(store, f"Việc {number}")
        with store.reading() as connection:
            sql = "SELECT recorded_at FROM initiative WHERE id = ?"
            (at,) = connection.execute(sql, (key,)).fetchone()
        assert datetime.fromisoformat(at) == times_of(store)[-1] in said[before:]


def test_a_clock_that_goes_back_while_a_batch_is_saved_harms_nothing(
    kept_by: Callable[[Clock], Store], restored: Restorer
) -> None:
    """An hour back each time it is asked, from one year into the one before."""
    moments = (datetime(2023, 1, 1, 8, tzinfo=VIETNAM) - timedelta(hours=n) for n in range(9999))
    store = kept_by(lambda: next(moments))
    backup.back_up(store)
    drafts = tuple(complete(title=f"Nhập {number}") for number in range(60))
    store.journal.do(ImportInitiatives(drafts, "a.xlsx"))
    keys = [record(store, f"Việc {number}") for number in range(30)]
    store.journal.undo()
    assert keys == list(range(61, 91))
    assert times_of(store)[1:] == sorted(times_of(store)[1:], reverse=True)
    assert backup.verify(store) == []
    wanted = content_of(store.folder)
    store.close()
    (store.folder / "store.db").write_bytes(b"")
    assert restored(store.folder).replayed == 32
    assert content_of(store.folder) == wanted


def test_a_backup_is_due_whatever_the_clock_says(kept_by: Callable[[Clock], Store]) -> None:
    now, day = START, timedelta(days=1)
    store = kept_by(lambda: now)
    assert backup.is_due(store, day)
    backup.back_up(store)
    now = START + 9 * day
    assert not backup.is_due(store, day)
    record(store, "Bể lọc nước")
    assert backup.is_due(store, day)
    now = START
    assert not backup.is_due(store, day)
    for year in (2000, 2099):
        now = START.replace(year=year)
        assert backup.is_due(store, day)


# The zone that a PC is set to.


@pytest.fixture
def moved(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Sets the PC to another zone."""

    def moving(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield moving
    monkeypatch.undo()
    time.tzset()


ZONES = ["Asia/Ho_Chi_Minh", "UTC", "America/New_York", "Pacific/Kiritimati", "XXX+11YYY,0,364"]
"""The last has summer all the year, and is no zone of any country."""


@pytest.mark.parametrize("zone", ZONES)
def test_the_program_tells_the_time_of_vietnam_in_every_zone(
    moved: Callable[[str], None], zone: str
) -> None:
    moved(zone)
    assert read_clock().utcoffset() == timedelta(hours=7)
    assert abs(read_clock() - datetime.now(UTC)) < timedelta(seconds=5)


def test_what_was_saved_and_backed_up_reads_the_same_in_every_zone(
    kept_by: Callable[[Clock], Store], moved: Callable[[str], None], opened: Callable[..., Store]
) -> None:
    store = kept_by(read_clock)
    for zone in ZONES:
        moved(zone)
        record(store, f"Việc ở {zone}")
        backup.back_up(store)
    times, made = times_of(store), [line.made_at for line in backup.backups(store.folder)]
    assert times[1:] == sorted(times[1:])
    assert made == sorted(made, reverse=True)
    assert {one.utcoffset() for one in times + made} == {timedelta(hours=7)}
    store.close()
    for zone in ZONES:
        moved(zone)
        again = opened(store.folder)
        assert times_of(again) == times
        assert backup.verify(again) == []
        again.close()


# Months of it.


def any_moment(dice: random.Random) -> datetime:
    """Mostly soon after the last, at times a day, a year or an age away."""
    step = dice.choice([timedelta(minutes=1)] * 6 + [timedelta(days=1), timedelta(days=400)])
    ages = [START.replace(year=year) for year in (2000, 2021, 2022, 2099)]
    return dice.choice(ages) + step * dice.randint(-3, 3)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_an_office_works_on_whatever_the_clock_says(
    kept_by: Callable[[Clock], Store], restored: Restorer, tmp_path: Path, seed: int
) -> None:
    dice = random.Random(seed)
    store = kept_by(lambda: any_moment(dice))
    worker, heads = Worker(store, seed, tmp_path / "scan.pdf"), []
    for number in range(150):
        worker.act()
        if number % 12 == 0:
            heads.append(backup.head_of(store))
            backup.back_up(store)
    entries = [line.entry for line in store.journal.history()]
    assert entries == list(range(len(entries), 0, -1))
    numbers = [int(one.path.stem.split("-")[1]) for one in backup.backups(store.folder)]
    assert numbers == [*range(13, 3, -1)]
    assert all(backup.verify(store, head=head) == [] for head in heads)
    # Not the verdicts: what is eligible on one day is not on another.
    wanted = content_of(store.folder, ("digest",))
    store.close()
    (store.folder / "store.db").write_bytes(b"")
    assert restored(store.folder).replayed > 0
    assert content_of(store.folder, ("digest",)) == wanted
