"""A process of its own does an act, and every change that it makes to its folder is recorded.

It can be told to do without one of the things that keep a store safe: each such *carelessness* must
show in the images of power cuts, or the images would prove nothing.
"""

import os
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from desktop import lasting
from desktop.exchange import writing
from desktop.models import attachments, backup, change_file, reserve
from desktop.models import store as stores
from desktop.models.actions.initiatives import (
    ImportInitiatives,
    RecordInitiative,
    RemoveInitiatives,
    ReviseInitiative,
)
from desktop.models.backup import archive, restoring
from desktop.models.engines import sqlite
from desktop.models.store import Store
from desktop.tasks.portal import export_portal
from tests import acts
from tests.disk_calls import CALLS, READS, Asked, watch
from tests.orders import Ordered, serve
from tests.power_cut import Op, Recording, image_of
from tests.stores import complete

_ACK = os.devnull
"""Where the child writes what it tells its user: the call stands in the recording in its order."""


# What the child does, and what it acknowledges.


class Teller:
    """Says to the user what is safe from now on: that is what a power cut must not take."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._out = folder, os.open(_ACK, os.O_WRONLY)

    def __call__(self, *words: object) -> None:
        os.write(self._out, " ".join(str(word) for word in words).encode())

    def entry(self, store: Store) -> None:
        """The newest entry, with its link of the chain."""
        with store.reading() as connection:
            row = connection.execute("SELECT max(id), chain FROM journal_entry").fetchone()
        self("entry", *row)


def _office_days(folder: Path, tell: Teller, rounds: int) -> None:
    """Everything that an office does with an open store, over and over."""
    store = acts.opened(folder)

    def done(*words: object) -> None:
        tell.entry(store)
        if words:
            tell(*words)

    for number in range(rounds):
        key = store.journal.do(RecordInitiative(complete(title=f"Việc {number}"))).result
        done()
        store.journal.do(ReviseInitiative(key, complete(title=f"Sửa {number}", content="x" * 9000)))
        done()
        acts.save_draft(store, f"new-{number}")
        tell("drafts", number + 1)
        (folder / acts.SCAN).write_bytes(b"%PDF-1.4 " + f"{number} ".encode() * 900)
        if number % 2:
            acts.decide(store, f"{number}/QĐ-LĐLĐ")
        else:
            acts.attach(store)
        done("files", number + 1)
        store.journal.do(RemoveInitiatives((key,)))
        done()
        store.journal.undo()
        done()
        store.journal.redo()
        done()
        _rarely(store, number, done, tell)


def _rarely(store: Store, number: int, done: Callable[..., None], tell: Teller) -> None:
    """What is not done every hour: an import, a workbook for the portal, a backup."""
    if number % 3 == 1:
        line = backup.back_up(store)
        tell("backup", line.path.name)
    if number % 3 == 2:
        rows = tuple(complete(title=f"Nhập {number}-{each}") for each in range(30))
        store.journal.do(ImportInitiatives(rows, "a.xlsx"))
        done()
    if number % 3 == 0:
        out = store.folder.parent / f"out-{number}.xlsx"
        export_portal(store, out, ids=[1, 2])
        done("workbook", out.name)


def _new(folder: Path, tell: Teller) -> None:
    acts.make(folder)
    with acts.opened(folder) as store:
        tell.entry(store)


def _migrate(folder: Path, tell: Teller) -> None:
    with acts.opened(folder, keep=backup.before_migration) as store:
        tell("version", sqlite.SCHEMA_VERSION)
        tell.entry(store)
        tell("backup", backup.backups(store.folder)[0].path.name)


def _restore(folder: Path, tell: Teller) -> None:
    acts.restore(folder)
    tell("restored")


def _mend(folder: Path, tell: Teller) -> None:
    with acts.opened(folder) as store:
        tell.entry(store)
    acts.mend(folder)


SESSIONS: dict[str, Callable[[Path, Teller], None]] = {
    "days": lambda folder, tell: _office_days(folder, tell, 12),
    "day": lambda folder, tell: _office_days(folder, tell, 3),
    "hours": lambda folder, tell: _office_days(folder, tell, 2),
    "new": _new,
    "migrate": _migrate,
    "restore": _restore,
    "mend": _mend,
}


# What it is told to do without.


def settings(**changed: str | int) -> Callable[[], None]:
    """Other settings of the engine: of each its value as it reads back."""

    def change() -> None:
        others = tuple(
            (name, str(changed.get(name, value)), changed.get(name, told))
            for name, value, told in sqlite._SETTINGS
        )
        setattr(sqlite, "_SETTINGS", others)  # noqa: B010 - for mypy

    return change


def _without(module: Any, name: str) -> Callable[[], None]:
    """A function of a module does nothing."""
    return lambda: setattr(module, name, lambda *_given: None)


def _unsynced(module: Any) -> Callable[[], None]:
    """A module that syncs nothing."""

    def change() -> None:
        module.os = SimpleNamespace(**{**vars(os), "fsync": lambda _handle: None})

    return change


def _unlasting(module: Any) -> Callable[[], None]:
    """A module that makes folders without syncing what they lie in."""
    return lambda: setattr(module, "make_folder", lambda one: one.mkdir(parents=True))


CARELESS: dict[str, Callable[[], None]] = {
    "wal, normal": settings(journal_mode="wal", synchronous=1),
    "delete, full": settings(journal_mode="delete", synchronous=2),
    "delete, off": settings(journal_mode="delete", synchronous=0),
    "no journal": settings(journal_mode="off", synchronous=0),
    "change file": _unsynced(change_file),
    "attachment": _unsynced(attachments),
    "attachment's folder": _without(attachments, "sync_folder"),
    "backup": _without(archive, "sync"),
    "backup's folder": _without(archive, "sync_folder"),
    "reserve": _unsynced(reserve),
    "restored store": _without(archive, "sync"),
    "attachment's folders": _without(lasting, "sync_folder"),
    "workbook's folder": _without(writing, "sync_folder"),
    "restored folder": _without(restoring, "sync_folder"),
    "new store's folder": _unlasting(stores),
}


# The recording.


class Recorder:
    """Writes down each call that changes a folder, in order."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.ops = folder, list[Op]()
        self._root = f"{folder}/"

    def __call__(self, asked: Asked) -> int:
        name, given, place = asked.call.name, asked.given, asked.place()
        if place == _ACK and name == "write":
            self.ops.append(("ack", asked.bytes_at(given[1], given[2]).decode(), 0, b""))
            return 0
        if not place.startswith(self._root) and place != str(self.folder):
            return 0
        getattr(self, f"_{name}")(asked, place[len(self._root) :])
        return 0

    def _add(self, kind: str, place: str, at: int = 0, content: bytes = b"") -> None:
        if not place.endswith(" (deleted)"):
            self.ops.append((kind, place, at, content))

    def _write(self, asked: Asked, place: str) -> None:
        handle, address, length = asked.given[:3]
        self._add("write", place, self._at(asked, handle), asked.bytes_at(address, length))

    def _at(self, asked: Asked, handle: int) -> int:
        """Where a write goes; -1 for the end, wherever that is then."""
        at, to_the_end = asked.position(handle)
        return -1 if to_the_end else at

    def _pwrite64(self, asked: Asked, place: str) -> None:
        _handle, address, length, at = asked.given[:4]
        self._add("write", place, at, asked.bytes_at(address, length))

    def _sendfile(self, asked: Asked, place: str) -> None:
        out, source, address, length = asked.given[:4]
        at = int.from_bytes(asked.bytes_at(address, 8), "little")
        self._add("write", place, self._at(asked, out), self._part(asked, source, at, length))

    def _part(self, asked: Asked, source: int, at: int, length: int) -> bytes:
        with Path(f"/proc/{asked.child}/fd/{source}").open("rb") as file:
            file.seek(at)
            return file.read(length)

    def _ftruncate(self, asked: Asked, place: str) -> None:
        self._add("size", place, asked.given[1])

    def _fallocate(self, asked: Asked, place: str) -> None:
        # It only ever makes a file longer, with zeros.
        end = asked.given[2] + asked.given[3]
        self._add("write", place, end - 1, b"\0")

    def _fsync(self, _asked: Asked, place: str) -> None:
        self._add("sync", place)

    _fdatasync = _fsync

    def _openat(self, asked: Asked, place: str) -> None:
        flags = asked.given[2]
        if flags & os.O_CREAT:
            self._add("create", place)
        if flags & os.O_TRUNC:
            self._add("size", place, 0)

    def _rename(self, asked: Asked, place: str) -> None:
        new = asked.named(asked.given[1], 0)[len(self._root) :]
        self._add("rename", place, 0, new.encode())

    def _unlink(self, _asked: Asked, place: str) -> None:
        self._add("remove", place)

    _unlinkat = _rmdir = _unlink

    def _mkdir(self, _asked: Asked, place: str) -> None:
        self._add("mkdir", place)

    _mkdirat = _mkdir

    def _writev(self, asked: Asked, place: str) -> None:
        raise AssertionError(f"a call that is not recorded yet: {asked.call.name} {place}")

    _renameat = _copy_file_range = _writev


def record(session: str, place: str, out: str, careless: str) -> str:
    """Record a session in a folder; what went wrong, blank where nothing did.

    The recording goes to the file ``out``.
    """
    folder = Path(place)
    recorder, before = Recorder(folder), [image_of(folder)]

    def work(begin: Callable[[], None]) -> str:
        tempfile.tempdir = str(folder / "tmp")
        if careless:
            CARELESS[careless]()
        tell = Teller(folder)
        begin()
        try:
            SESSIONS[session](folder, tell)
        except Exception:
            return traceback.format_exc()
        return ""

    said = watch(
        work,
        recorder,
        sorted(set(CALLS) - READS),
        lambda: before.__setitem__(0, image_of(folder)),
    )
    Recording(before[0], recorder.ops, image_of(folder)).save(Path(out))
    return said


class RecordedDisk(Ordered):
    """The process that takes orders."""

    module = "tests.recorded_disk"

    def record(self, session: str, folder: Path, careless: str = "") -> Recording:
        """Record a session in a folder."""
        out = folder.parent / f"{folder.name}.recording"
        said = self.order(session, str(folder), str(out), careless)
        assert said == ""
        return Recording.load(out)


if __name__ == "__main__":
    acts.warm_up()
    serve(record)
