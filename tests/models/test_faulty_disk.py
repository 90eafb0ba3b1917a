"""A full disk and one that does not answer, at each file-system call of each act that writes.

Whatever call fails: the act is done or refused in words, the store is whole and as it was told,
and it can be written again as soon as the disk works.
"""

import errno
import hashlib
import os
import shutil
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.models import backup, drafts
from desktop.models.actions.initiatives import RecordInitiative
from desktop.models.backup.archive import read_back
from desktop.models.engines import sqlite
from desktop.progress import SILENT
from tests.acts import ACTS, PAPER, WORKBOOK, opened, prepare
from tests.disk_calls import is_offered
from tests.faulty_disk import FORGETFUL, Answer, FaultyDisk, Order
from tests.stores import complete

STRIDES = {
    **dict.fromkeys(("revise", "undo", "redo", "import", "attach", "decide", "restore"), 2),
    "backup": 4,
    "migrate": 16,
}
"""The long run lets every call of an act fail, both once and for good.

Of acts that save as "save" does, and of restoring, each call fails in one of the two ways, every
second in the one and the others in the other. Of the two longest acts it is every second call and
every eighth.
"""
EVERY = "SOSANGKIEN_TORTURE_EVERY" in os.environ
"""Set to anything: every call of these too, in both ways."""
OLD = Path(__file__).resolve().parent.parent / "golden" / "stores" / "schema-1.skbackup"
pytestmark = pytest.mark.skipif(
    not is_offered(), reason="this kernel lets nobody stand between a program and its disk"
)


@pytest.fixture(scope="module")
def disk() -> Iterator[FaultyDisk]:
    with FaultyDisk() as made:
        yield made


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Folders to begin from: a store with two records and a backup of the first; an old store."""
    plain, old = tmp_path_factory.mktemp("plain"), tmp_path_factory.mktemp("old")
    prepare(plain)
    (old / "tmp").mkdir()
    backup.restore(OLD, old / "store")
    undone = Path(shutil.copytree(plain, tmp_path_factory.mktemp("undone") / "redo"))
    with opened(undone) as store:
        store.journal.undo()
    return {act: {"migrate": old, "redo": undone}.get(act, plain) for act in ACTS}


def state_of(act: str, folder: Path) -> object:
    """What an act changes: before it one value, after it another, and nothing else may be."""
    if act == "backup":
        return len(backup.backups(folder / "store"))
    if act == "print":
        return (folder / PAPER).exists()
    connection = sqlite.connect(folder / "store")
    try:
        if act == "migrate":
            return connection.execute("PRAGMA user_version").fetchone()[0]
        if act == "draft":
            return len(drafts.load_all(connection, "Lan"))
        return connection.execute("SELECT count(*), max(chain) FROM journal_entry").fetchone()[0]
    finally:
        connection.close()


def trouble_with(act: str, folder: Path, answer: Answer, before: object, after: object) -> str:
    """What is wrong after an act on a faulty disk, blank where every promise was kept."""
    if answer.result == "crashed":
        return f"crashed: {answer.words}"
    if answer.words.startswith("backup.unfinished"):
        # Restoring once more, as is said, must do what it was to do.
        ACTS[act](folder)()
        before = after
    found = state_of(act, folder)
    if (act in {"backup", "draft", "print"} or answer.words.startswith("journal.in_doubt")) or (
        act == "migrate" and not answer.words.startswith("store.migration")
    ):
        # What is whole may be there although its last sync failed: that harms nobody.
        # A store that did not open may have been migrated before.
        before = found if found in {before, after} else before
    if found != (after if answer.result == "done" else before):
        return f"{answer.result} ({answer.words}), but the store says {found!r}"
    if not all(is_whole(folder / name) for name in (PAPER, WORKBOOK)):
        return "a torn file"
    with opened(folder, keep=lambda _store: None) as store:
        # Saving mends no damage but that of the change file, which may lack what failed.
        outcome = store.journal.do(RecordInitiative(complete(code="Z", title="Việc sau đó")))
        damage = backup.verify(store)
    for path in (folder / "store" / "backups").glob("*.skbackup"):
        read_whole(path.read_bytes(), path)
    return "" if not damage and outcome.entry else f"{damage} {outcome}"


_read: set[bytes] = set()
"""The backups that were whole, by hash: those from before an act are the same every time."""


def read_whole(content: bytes, path: Path) -> None:
    """Read a backup back, unless the same was whole before."""
    digest = hashlib.sha256(content).digest()
    if digest not in _read:
        read_back(path, SILENT)
        _read.add(digest)


def is_whole(file: Path) -> bool:
    """Whether a paper or a workbook is not there, or all of it."""
    if not file.exists():
        return True
    if file.suffix == ".pdf":
        return file.read_bytes().rstrip().endswith(b"%%EOF")
    return zipfile.is_zipfile(file)


def content_of(folder: Path) -> str:
    """A hash of all files that an act may change; not of who writes."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(("store.lock", "store.writer")):
            total.update(f"{path} ".encode() + path.read_bytes())
    return total.hexdigest()


_sound: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
"""By act what was said and left behind, as a hash, and was found in order."""


class Sweep:
    """Does one act over and over, each time with another call failing."""

    def __init__(self, disk: FaultyDisk, source: Path, act: str, work: Path) -> None:
        self.disk, self.source, self.act, self.work = disk, source, act, work
        self.points, self._sound = 0, _sound[act]
        self.after = self._do(Order(str(work), act))[1]
        self.before = state_of(act, source)

    def _do(self, order: Order) -> tuple[Answer, Any]:
        shutil.rmtree(self.work, ignore_errors=True)
        shutil.copytree(self.source, self.work)
        answer = self.disk.do(order)
        return answer, state_of(self.act, self.work) if not order.at else None

    def run(self, error: int, stride: int, *, lasting: bool, first: int = 1) -> list[str]:
        """The troubles; ``stride`` leaves calls out, ``first`` below 0 counts from the last."""
        calls = self._do(Order(str(self.work), self.act, error=error))[0].calls
        found = []
        for at in range(first if first > 0 else calls + first, calls + 1, stride):
            order = Order(str(self.work), self.act, at, error, lasting)
            answer = self._do(order)[0]
            self.points += 1
            # What left the same behind in the same words before need not be looked at again.
            key = answer.result + answer.words, content_of(self.work)
            if key in self._sound:
                continue
            said = trouble_with(self.act, self.work, answer, self.before, self.after)
            if not said:
                self._sound.add(key)
            else:
                found.append(f"call {at} ({answer.failed}) of {calls}: {said}")
        return found


@pytest.fixture
def sweep(disk: FaultyDisk, sources: dict[str, Path], place: Path) -> Callable[[str], Sweep]:
    return lambda act: Sweep(disk, sources[act], act, place / "work")


ERRORS = {"full": errno.ENOSPC, "dead": errno.EIO}


@pytest.mark.parametrize("act", ACTS)
def test_a_failing_call_loses_nothing_and_is_said(sweep: Callable[[str], Sweep], act: str) -> None:
    one, often = sweep(act), 6 if act == "migrate" else 1
    assert one.run(errno.ENOSPC, 47 * often, lasting=True, first=3) == []
    assert one.run(errno.EIO, 131 * often, lasting=False, first=11) == []


def test_a_program_that_does_not_ask_the_journal_is_caught(
    sources: dict[str, Path], place: Path
) -> None:
    """The control: it says that saving failed although the record is there."""
    with FaultyDisk(FORGETFUL) as forgetful:
        one = Sweep(forgetful, sources["save"], "save", place / "work")
        said = one.run(errno.EIO, 1, lasting=False, first=-12)
    assert any("refused" in line for line in said)


def test_a_disk_that_does_not_answer_is_not_called_full(sweep: Callable[[str], Sweep]) -> None:
    one, said = sweep("backup"), set[str]()
    calls = one._do(Order(str(one.work), "backup"))[0].calls
    for at in range(5, calls, 17):
        said.add(one._do(Order(str(one.work), "backup", at, errno.EIO, lasting=True))[0].words)
    assert len(said) > 5
    assert not any("full" in words for words in said)
    assert any("the store cannot be read" in words for words in said)


@pytest.mark.slow
@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("lasting", [False, True], ids=["once", "lasting"])
@pytest.mark.parametrize("act", ACTS)
def test_any_failing_call_loses_nothing_and_is_said(
    sweep: Callable[[str], Sweep], act: str, error: str, lasting: bool
) -> None:
    stride = 1 if EVERY else STRIDES.get(act, 1)
    one = sweep(act)
    assert one.run(ERRORS[error], stride, lasting=lasting, first=1 + lasting * stride // 2) == []
    assert one.points > 5
