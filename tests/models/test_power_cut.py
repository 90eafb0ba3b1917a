"""After a power cut at any moment all that was acknowledged is there, and nothing is half done.

What the program asks of its disk in real sessions is recorded; images of the disk are made at
random moments of it (``tests/power_cut.py``), and each is opened as the program would. Each thing
that keeps a store safe is left out once: the images must tell.
"""

import functools
import hashlib
import random
import shutil
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.models import backup, drafts, reserve
from desktop.models.attachments import is_sound
from desktop.models.backup import archive, verifying
from desktop.models.change_file import ChangeFile, files_of
from desktop.models.engines import sqlite
from desktop.models.engines.sqlite import Connection
from desktop.progress import SILENT
from desktop.tasks.stores import prepare_restore, put_in_place
from tests import acts
from tests.disk_calls import is_offered
from tests.power_cut import Disk, Image, Recording, write_image
from tests.recorded_disk import RecordedDisk

OLD = Path(__file__).resolve().parent.parent / "golden" / "stores" / "schema-1.skbackup"
IMAGES = [
    *(("day", 1500) for _third in range(3)),
    *(("days", 1250) for _half in range(2)),
    *(("migrate", 1500), ("restore", 1000), ("new", 500)),
]
"""How many images of which session each part of the long run looks at: ten thousand together."""
JOURNAL = f"{Path(sqlite.STORE_FILE).suffix}-journal"
pytestmark = pytest.mark.skipif(
    not is_offered(), reason="this kernel lets nobody stand between a program and its disk"
)


@pytest.fixture(scope="module")
def disk() -> Iterator[RecordedDisk]:
    with RecordedDisk() as made:
        yield made


Recorder = Callable[..., Recording]


@pytest.fixture(scope="module")
def recorded(disk: RecordedDisk, tmp_path_factory: pytest.TempPathFactory) -> Recorder:
    """Records a session once, by default a careful one."""
    place = tmp_path_factory.mktemp("recorded")

    @functools.cache
    def recording(session: str, careless: str = "") -> Recording:
        folder = place / f"{session} {careless}".strip()
        folder.mkdir()
        if session in {"new", "migrate"}:
            (folder / "tmp").mkdir()
        else:
            acts.prepare(folder)
        if session == "migrate":
            backup.restore(OLD, folder / "store")
        made = disk.record(session, folder, careless)
        made.before.pop(f"store/{reserve.NAME}", None)
        made.after.pop(f"store/{reserve.NAME}", None)
        shutil.rmtree(folder)
        return made

    return recording


class Told:
    """What a user was told until a power cut."""

    def __init__(self, lines: list[str]) -> None:
        self.entry, self.chain, self.drafts, self.version = 0, "", 0, 0
        self.restored = False
        self.backups, self.workbooks = set[str](), set[str]()
        for line in lines:
            kind, *words = line.split(" ")
            if kind == "entry":
                self.entry, self.chain = int(words[0]), words[1]
            elif kind in {"backup", "workbook"}:
                (self.backups if kind == "backup" else self.workbooks).add(words[0])
            elif kind in {"drafts", "version"}:
                setattr(self, kind, int(words[0]))
            self.restored |= kind == "restored"


@dataclass(frozen=True)
class Database:
    """What a database holds: what is wrong with it (blank: nothing), and what users are told of."""

    trouble: str
    version: int = 0
    drafts: int = 0
    newest: int = 0
    chains: dict[int, str] = field(default_factory=dict)
    attachments: tuple[str, ...] = ()


def held_by(connection: Connection) -> Database:
    """Look through a database."""
    if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
        return Database("corrupt: integrity")
    if archive.contents(connection, SILENT)["damaged"]:
        return Database("corrupt: rows")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    kept = 0
    if version == sqlite.SCHEMA_VERSION:
        damage = [*verifying._journal_damage(connection), *verifying._listing_damage(connection)]
        if damage:
            return Database(f"corrupt: {damage[0]}")
        kept = len(drafts.load_all(connection, "Lan"))
    chains = dict(connection.execute("SELECT id, chain FROM journal_entry").fetchall())
    files = connection.execute("SELECT DISTINCT sha256 FROM attachment").fetchall()
    newest = verifying._newest_entry(connection)
    return Database("", version, kept, newest, chains, tuple(name for (name,) in files))


class Looker:
    """Opens what a power cut has left, and says what is wrong with it; blank where nothing is.

    ``new``: there was no store before, so none need be there until somebody was told of it.
    """

    def __init__(self, new: bool) -> None:
        self._new, self._whole, self._known = new, set[str](), dict[bytes, Database]()

    def trouble(self, folder: Path, told: Told) -> str:
        store = folder / "store"
        try:
            connection = sqlite.connect(store)
        except UserError as error:
            return "" if self._new and not told.entry else f"corrupt: {error.code}"
        try:
            said = self._in_database(connection, store, told)
        except (sqlite.Error, UnicodeDecodeError) as error:
            said = f"corrupt: {error}"
        finally:
            connection.close()
        return said or self._beside(folder, told)

    def _in_database(self, connection: Connection, store: Path, told: Told) -> str:
        """Whether the database is whole, and holds what was acknowledged."""
        found = self._looked_through(connection, store)
        if found.trouble:
            return found.trouble
        if found.version < told.version:
            return "lost: migration"
        if found.version == sqlite.SCHEMA_VERSION and found.drafts < told.drafts:
            return "lost: draft"
        if told.restored and found.newest != 2:
            return "lost: restored store"
        if told.entry and found.chains.get(told.entry) != told.chain:
            return "lost: entry"
        unsound = [digest for digest in found.attachments if not is_sound(store, digest)]
        return f"attachment: {len(unsound)}" if unsound else ""

    def _looked_through(self, connection: Connection, store: Path) -> Database:
        """What the database holds; the same to the last byte is looked through once."""
        # The first question rolls back what was half done; what is left of a journal says nothing.
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        files = [
            path for path in sorted(store.glob(f"{sqlite.STORE_FILE}*")) if path.suffix != JOURNAL
        ]
        key = hashlib.sha256(b"".join(path.read_bytes() for path in files)).digest()
        if key not in self._known:
            self._known[key] = held_by(connection)
        return self._known[key]

    def _beside(self, folder: Path, told: Told) -> str:
        """Whether what lies beside the database is there as well."""
        store = folder / "store"
        if told.entry and self._last_change(store) < told.entry and not told.version:
            return "changes: lost"
        kept = store / reserve.NAME
        if kept.exists() and kept.stat().st_size < reserve.SIZE:
            return "reserve: too small"
        offered = {line.path.name: line.path for line in backup.backups(store)}
        if told.backups - set(offered):
            return "backup: lost"
        if not all(self._is_whole(path) for path in offered.values()):
            return "backup: torn one offered"
        books = {path.name: path for path in folder.glob("*.xlsx")}
        if told.workbooks - set(books) or not all(map(zipfile.is_zipfile, books.values())):
            return "workbook: lost"
        return ""

    def _last_change(self, store: Path) -> int:
        name = next((one.name[:32] for one in (store / "changes").glob("*.jsonl")), "none")
        for path in reversed(files_of(store / "changes" / f"{name}.jsonl")):
            for line in reversed(list(ChangeFile(path).lines())):
                return int(line["entry"]["id"])
        return 0

    def _is_whole(self, path: Path) -> bool:
        """Whether a backup is what it says; its attachments are looked at each time."""
        names = archive.manifest_in(path)["attachments"]
        pooled = [archive.pool_path(path.parent, name) for name in names]
        key = hashlib.sha256(path.read_bytes() + str([p.exists() for p in pooled]).encode())
        if key.hexdigest() not in self._whole:
            try:
                archive.read_back(path, SILENT)
            except UserError:
                return False
            self._whole.add(key.hexdigest())
        return all(archive.hash_of(one) == one.name for one in pooled if one.exists())


def look(recording: Recording, place: Path, count: int, seed: int, after: str = "") -> Counter[str]:
    """How many images of power cuts there were, and how many of them show which trouble."""
    dice, looker, found = (
        random.Random(seed),
        Looker("store/store.db" not in recording.before),
        Counter[str](),
    )
    for image, told in recording.cuts(count, dice, after=after):
        with tempfile.TemporaryDirectory(dir=place) as folder:
            write_image(image, Path(folder))
            said = looker.trouble(Path(folder), Told(told))
        found["images"] += 1
        if said:
            found[said.partition(":")[0]] += 1
            found[said] += 1
    return found


def test_a_recording_tells_of_everything_that_was_done(recorded: Recorder) -> None:
    made = recorded("day")
    disk = Disk(made.before)
    for op in made.ops:
        disk.do(op)
    assert disk.settled() == {name: each for name, each in made.after.items() if name[-1] != "/"}


@pytest.mark.parametrize("session", ["day", "new", "restore", "migrate"])
def test_a_power_cut_takes_nothing_that_was_acknowledged(
    recorded: Recorder, place: Path, session: str
) -> None:
    assert look(recorded(session), place, 40, 1) == {"images": 40}


@pytest.mark.slow
@pytest.mark.parametrize("part", range(len(IMAGES)))
def test_ten_thousand_power_cuts_take_nothing_that_was_acknowledged(
    recorded: Recorder, place: Path, part: int
) -> None:
    session, count = IMAGES[part]
    assert look(recorded(session), place, count, 2 + part) == {"images": count}


# The controls: what is left out, and how many images in a hundred must show which trouble.
SETTINGS = {
    "wal, normal": ("lost", 10),
    "delete, full": ("lost", 5),
    "delete, off": ("corrupt", 50),
    "no journal": ("corrupt", 50),
}
SYNCS = {
    "change file": ("hours", "entry", "changes"),
    "attachment": ("hours", "files", "attachment"),
    "attachment's folder": ("hours", "files", "attachment"),
    "attachment's folders": ("hours", "files", "attachment"),
    "backup": ("hours", "backup", "backup"),
    "backup's folder": ("hours", "backup", "backup"),
    "workbook's folder": ("hours", "workbook", "workbook"),
    "reserve": ("new", "entry", "reserve"),
    "new store's folder": ("new", "entry", "corrupt"),
    "restored store": ("restore", "restored", "corrupt"),
    "restored folder": ("restore", "restored", "lost"),
}
"""What is left out: in which session, and after which word to the user the power is cut."""


@pytest.mark.parametrize("careless", SETTINGS)
def test_settings_that_lose_or_corrupt_are_caught(
    recorded: Recorder, place: Path, careless: str
) -> None:
    trouble, least = SETTINGS[careless]
    found = look(recorded("hours", careless), place, 60, 3)
    assert found[trouble] * 100 > least * 60


@pytest.mark.parametrize("careless", SYNCS)
def test_a_sync_that_is_left_out_is_caught(recorded: Recorder, place: Path, careless: str) -> None:
    session, told, trouble = SYNCS[careless]
    assert look(recorded(session, careless), place, 40, 4, told)[trouble] >= 10


# A store that has to be restored.


class Restorer:
    """Does what the program asks for after a power cut, and counts the changes that are gone."""

    def __init__(self, place: Path, *, with_changes: bool = True) -> None:
        self.place, self.with_changes, self.restored = place, with_changes, 0

    def missing(self, image: Image, told: Told) -> int:
        """How many acknowledged changes are gone once the store is open and sound."""
        with tempfile.TemporaryDirectory(dir=self.place) as name:
            folder = Path(name)
            write_image(image, folder)
            if not self._is_sound(folder):
                self.restored += 1
                self._restore(folder)
            assert self._is_sound(folder)
            with acts.opened(folder, write=False) as store, store.reading() as connection:
                return told.entry - verifying._newest_entry(connection)

    def _is_sound(self, folder: Path) -> bool:
        """Whether the program opens the store for writing and finds no damage to records."""
        try:
            with acts.opened(folder) as store:
                damage = backup.verify(store)
                return store.refusal is None and all(
                    one.kind in {"attachment", "changes"} for one in damage
                )
        except UserError:
            return False

    def _restore(self, folder: Path) -> None:
        if not self.with_changes:
            shutil.rmtree(folder / "store" / "changes")
        prepared = prepare_restore(
            None, folder / "store", programmes=acts.PROGRAMMES, clock=acts.clock
        )
        put_in_place(prepared, user="Lan", clock=acts.clock)


def missing_in_swap(made: Recording, restorer: Restorer, seed: int) -> set[int]:
    """How many changes are gone after a power cut, at each moment since the swap began."""
    told = Told([op[1] for op in made.ops if op[0] == "ack"])
    disk, dice, began, found = Disk(made.before), random.Random(seed), False, set[int]()
    for op in made.ops:
        disk.do(op)
        began |= "before-restore" in op[1]
        if began:
            found.add(restorer.missing(disk.after_cut(dice), told))
    return found


def test_a_power_cut_while_a_damaged_store_is_restored_takes_no_later_change(
    recorded: Recorder, place: Path
) -> None:
    restorer = Restorer(place)
    assert missing_in_swap(recorded("mend"), restorer, 1) == {0}
    assert restorer.restored > 0


def test_a_swap_whose_order_is_not_synced_is_caught(recorded: Recorder, place: Path) -> None:
    """The control: the changes may be set aside on a disk that has the damaged store still."""
    made = recorded("mend", "restored folder")
    assert any(1 in missing_in_swap(made, Restorer(place), seed) for seed in range(1, 9))


# A disk that lies.


def lie(recording: Recording, restorer: Restorer, count: int, lag: int) -> list[int]:
    """How many changes each of so many power cuts took, on a disk whose syncs come late."""
    dice = random.Random(lag)
    return [
        restorer.missing(image, Told(told)) for image, told in recording.cuts(count, dice, lag=lag)
    ]


@pytest.mark.parametrize("lag", [10, 60])
def test_on_a_disk_that_lies_at_most_two_changes_are_gone_after_restoring(
    recorded: Recorder, place: Path, lag: int
) -> None:
    restorer = Restorer(place)
    assert max(lie(recorded("day"), restorer, 30, lag)) <= 2
    assert restorer.restored > 0


@pytest.mark.slow
@pytest.mark.parametrize("lag", [10, 60])
def test_a_thousand_cuts_on_disks_that_lie_take_two_changes_at_most(
    recorded: Recorder, place: Path, lag: int
) -> None:
    restorer = Restorer(place)
    assert max(lie(recorded("days"), restorer, 500, lag)) <= 2
    assert restorer.restored > 50


def test_on_a_disk_that_lies_the_change_file_is_what_saves(recorded: Recorder, place: Path) -> None:
    """The control: with the backup alone all changes since are gone."""
    restorer = Restorer(place, with_changes=False)
    assert max(lie(recorded("day"), restorer, 30, 60)) > 2
