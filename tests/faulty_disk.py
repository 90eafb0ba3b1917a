"""A disk that fails: a process of its own does one act, and a chosen file-system call of it fails.

The kernel hands each call over to us before it does it (seccomp, Linux on x86-64): so what runs is
the program itself with the driver and the libraries that it ships. Run as a program it waits for
orders, one a line; each order gets a fork of its own.
"""

import ctypes
import errno
import fcntl
import json
import os
import platform
import select
import socket
import struct
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from desktop.errors import UserError
from desktop.models import backup, drafts
from desktop.models.actions.initiatives import AttachFile, ImportInitiatives, RecordInitiative
from desktop.models.attachments import keep
from desktop.models.faults import explain
from desktop.models.journal import Journal
from desktop.models.store import Store, open_store
from desktop.programme.definition import load_programmes
from desktop.tasks.stores import prepare_restore, put_in_place
from desktop.vietnamese.dates import VIETNAM
from tests.stores import COMPLETE, complete

ROOT = Path(__file__).resolve().parent.parent
FORGETFUL = "--forgetful"
"""Does not look whether a save whose commit reported an error was made all the same."""


class Call(NamedTuple):
    """A call of the kernel: its name, whether it takes room on the disk, where it names a file.

    ``at`` is the argument with the descriptor, or, with ``path``, with the address of the name.
    """

    name: str
    takes_room: bool
    at: int
    path: bool = False


CALLS = {
    0: Call("read", takes_room=False, at=0),
    1: Call("write", takes_room=True, at=0),
    5: Call("fstat", takes_room=False, at=0),
    17: Call("pread64", takes_room=False, at=0),
    18: Call("pwrite64", takes_room=True, at=0),
    40: Call("sendfile", takes_room=True, at=0),
    74: Call("fsync", takes_room=True, at=0),
    75: Call("fdatasync", takes_room=True, at=0),
    77: Call("ftruncate", takes_room=True, at=0),
    82: Call("rename", takes_room=True, at=0, path=True),
    83: Call("mkdir", takes_room=True, at=0, path=True),
    87: Call("unlink", takes_room=False, at=0, path=True),
    257: Call("openat", takes_room=True, at=1, path=True),
    258: Call("mkdirat", takes_room=True, at=1, path=True),
    263: Call("unlinkat", takes_room=False, at=1, path=True),
    264: Call("renameat", takes_room=True, at=1, path=True),
    285: Call("fallocate", takes_room=True, at=0),
    326: Call("copy_file_range", takes_room=True, at=2),
}
_ALLOW, _NOTIFY = 0x7FFF0000, 0x7FC00000
_RECEIVE, _ANSWER = 0xC0502100, 0xC0182101
_SECCOMP, _NEW_LISTENER, _NO_NEW_PRIVILEGES = 317, 8, 38


class _Instruction(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_ushort),
        ("if_true", ctypes.c_ubyte),
        ("if_false", ctypes.c_ubyte),
        ("value", ctypes.c_uint),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("first", ctypes.POINTER(_Instruction)))


def hand_calls_over() -> int:
    """From now on this thread's calls wait for an answer; the descriptor to answer at.

    Raises OSError where the kernel does not offer it.
    """
    library = ctypes.CDLL(None, use_errno=True)
    numbers = sorted(CALLS)
    steps = [_Instruction(0x20, 0, 0, 0)]
    steps += [_Instruction(0x15, len(numbers) - i, 0, each) for i, each in enumerate(numbers)]
    steps += [_Instruction(0x06, 0, 0, _ALLOW), _Instruction(0x06, 0, 0, _NOTIFY)]
    array = (_Instruction * len(steps))(*steps)
    program = _Program(len(steps), array)
    library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    found = library.syscall(_SECCOMP, 1, _NEW_LISTENER, ctypes.byref(program))
    if found < 0:
        raise OSError(ctypes.get_errno(), "seccomp")
    return int(found)


def is_offered() -> bool:
    """Whether this machine lets us stand between a program and its disk."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        return False
    child = os.fork()
    if child == 0:
        try:
            hand_calls_over()
        except OSError:
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@dataclass(frozen=True)
class Order:
    """What to do in a folder, which call is to fail (0: none), how, and whether all after it do."""

    folder: str
    act: str
    at: int = 0
    error: int = errno.EIO
    lasting: bool = False


@dataclass(frozen=True)
class Answer:
    """What became of an order.

    ``result`` is "done", "refused" (said in words) or "crashed"; ``words`` what was said; ``calls``
    how many calls there were, ``failed`` the name of the first that failed.
    """

    result: str
    words: str
    calls: int
    failed: str


class FaultyDisk:
    """The process that takes orders."""

    def __init__(self, *options: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faulty_disk", *options],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def do(self, order: Order) -> Answer:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asdict(order)) + "\n")
        self._process.stdin.flush()
        return Answer(**json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        self._process.communicate()


# What the process does.


def clock() -> datetime:
    return datetime(2022, 6, 15, 9, 0, tzinfo=VIETNAM)


Act = Callable[[Path], object]
PROGRAMMES = load_programmes(ROOT / "resources" / "programmes")


def opened(folder: Path, **how: Any) -> Store:
    return open_store(folder / "store", user="Lan", clock=clock, programmes=PROGRAMMES, **how)


def _in_store(act: Callable[[Store], object]) -> Callable[[Path], Callable[[], object]]:
    """An act in a store that is open already when the disk begins to fail."""

    def prepare(folder: Path) -> Callable[[], object]:
        store = opened(folder)
        return lambda: act(store)

    return prepare


def _attach(store: Store) -> None:
    kept = keep(store.folder, store.folder.parent / "scan.pdf")
    store.journal.do(AttachFile(1, kept, "decision"))


def _draft(store: Store) -> None:
    with store.derived_writes() as connection:
        drafts.save(connection, "new", COMPLETE, user="Lan", now=clock())


def _restore(folder: Path) -> Callable[[], object]:
    def act() -> None:
        (file,) = (folder / "store" / "backups").glob("*.skbackup")
        prepared = prepare_restore(
            file, folder / "store", programmes=PROGRAMMES, clock=clock, later=False
        )
        put_in_place(prepared, user="Lan", clock=clock)

    return act


def _migrate(folder: Path) -> Callable[[], object]:
    return lambda: opened(folder, keep=lambda _store: None).close()


_ROWS = tuple(complete(code=f"N{number}", title=f"Việc số {number}") for number in range(30))
ACTS: dict[str, Callable[[Path], Callable[[], object]]] = {
    "save": _in_store(lambda store: store.journal.do(RecordInitiative(complete(code="B")))),
    "undo": _in_store(lambda store: store.journal.undo()),
    "import": _in_store(lambda store: store.journal.do(ImportInitiatives(_ROWS, "a.xlsx"))),
    "attach": _in_store(_attach),
    "draft": _in_store(_draft),
    "backup": _in_store(backup.back_up),
    "restore": _restore,
    "migrate": _migrate,
}


def _child(order: Order, link: socket.socket) -> str:
    """Do the order's act with every call handed over; what became of it."""
    folder = Path(order.folder)
    tempfile.tempdir = str(folder / "tmp")
    act = ACTS[order.act](folder)
    listener = hand_calls_over()
    socket.send_fds(link, [b"."], [listener])
    try:
        act()
    except UserError as error:
        return f"refused {error.code}: {error}"
    except Exception as error:
        known = explain(error, folder)
        if known is not None:
            return f"refused {known.code}: {known}"
        return f"crashed {traceback.format_exc()}"
    return "done "


def carry_out(order: Order) -> Answer:
    """Fork, stand between the child and the disk, and say what became of it."""
    ours, theirs = socket.socketpair()
    end, result = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            said = _child(order, theirs)
        except BaseException:
            said = f"crashed {traceback.format_exc()}"
        os.write(result, said.encode()[:60000])
        os._exit(0)
    theirs.close()
    os.close(result)
    _nothing, (listener,), _flags, _address = socket.recv_fds(ours, 1, 1)
    calls, failed = _stand_between(listener, child, order)
    with os.fdopen(end, "rb") as pipe:
        said = pipe.read().decode(errors="replace")
    os.waitpid(child, 0)
    os.close(listener)
    ours.close()
    word, _space, words = said.partition(" ")
    return Answer(word or "crashed", words, calls, failed)


def _stand_between(listener: int, child: int, order: Order) -> tuple[int, str]:
    """Answer the calls until the child ends; how many concerned the folder, which failed first."""
    watched = order.folder.encode()
    calls, failed = 0, ""
    poll = select.poll()
    poll.register(listener, select.POLLIN)
    with open(f"/proc/{child}/mem", "rb", buffering=0) as memory:  # noqa: PTH123 - no usual file
        while not poll.poll()[0][1] & select.POLLHUP:
            note = bytearray(80)
            try:
                fcntl.ioctl(listener, _RECEIVE, note)
            except OSError:
                continue
            key, _pid, _flags, number = struct.unpack_from("<QIIi", note)
            given = struct.unpack_from("<6Q", note, 32)
            call, error = CALLS[number], 0
            counts = order.error == errno.EIO or call.takes_room
            if counts and _place(call, given, child, memory).startswith(watched):
                calls += 1
                if order.at and (calls == order.at or (order.lasting and calls > order.at)):
                    error, failed = order.error, failed or call.name
            answer = struct.pack("<QqiI", key, 0, -error, 0 if error else 1)
            try:
                fcntl.ioctl(listener, _ANSWER, bytearray(answer))
            except OSError:
                continue
    return calls, failed


def _place(call: Call, given: tuple[int, ...], child: int, memory: Any) -> bytes:
    """The file that a call is about."""
    try:
        if not call.path:
            return bytes(Path(f"/proc/{child}/fd/{given[call.at]}").readlink())
        memory.seek(given[call.at])
        return bytes(memory.read(512)).partition(b"\0")[0]
    except (OSError, OverflowError, ValueError):
        return b""


def serve() -> None:
    """Do what the orders on standard input say."""
    if FORGETFUL in sys.argv:
        setattr(Journal, "_was_committed", lambda _self, _op_id: False)  # noqa: B010 - for mypy
    for line in sys.stdin:
        answer = carry_out(Order(**json.loads(line)))
        sys.stdout.write(json.dumps(asdict(answer)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
