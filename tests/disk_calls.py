"""Standing between a program and its disk: the kernel hands its calls over before it does them.

So (by seccomp, on Linux, x86-64) what runs is the program itself with the driver and the libraries
that it ships; we look at each call, and may make it fail.
"""

import ctypes
import fcntl
import os
import platform
import select
import socket
import struct
import sys
import traceback
from collections.abc import Callable
from typing import IO, NamedTuple


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
    20: Call("writev", takes_room=True, at=0),
    40: Call("sendfile", takes_room=True, at=0),
    74: Call("fsync", takes_room=True, at=0),
    75: Call("fdatasync", takes_room=True, at=0),
    77: Call("ftruncate", takes_room=True, at=0),
    82: Call("rename", takes_room=True, at=0, path=True),
    83: Call("mkdir", takes_room=True, at=0, path=True),
    84: Call("rmdir", takes_room=False, at=0, path=True),
    87: Call("unlink", takes_room=False, at=0, path=True),
    257: Call("openat", takes_room=True, at=1, path=True),
    258: Call("mkdirat", takes_room=True, at=1, path=True),
    263: Call("unlinkat", takes_room=False, at=1, path=True),
    264: Call("renameat", takes_room=True, at=1, path=True),
    285: Call("fallocate", takes_room=True, at=0),
    326: Call("copy_file_range", takes_room=True, at=2),
}
READS = frozenset({0, 5, 17})
"""The calls that change nothing."""
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


def hand_calls_over(numbers: list[int]) -> int:
    """From now on these calls of this thread wait for an answer; the descriptor to answer at.

    Raises OSError where the kernel does not offer it.
    """
    library = ctypes.CDLL(None, use_errno=True)
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
            hand_calls_over(sorted(CALLS))
        except OSError:
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


class Asked:
    """A call that waits for its answer: its number, its arguments, and whose it is."""

    def __init__(self, child: int, memory: IO[bytes], number: int, given: tuple[int, ...]) -> None:
        self.child, self.memory, self.number, self.given = child, memory, number, given
        self.call = CALLS[number]

    def place(self) -> str:
        """The file that the call is about; blank where it names none."""
        if self.call.path:
            base = self.given[self.call.at - 1] if self.call.at else 0
            return self.named(self.given[self.call.at], base)
        return self.file(self.given[self.call.at])

    def file(self, descriptor: int) -> str:
        """The file behind a descriptor."""
        try:
            return os.readlink(f"/proc/{self.child}/fd/{descriptor & 0xFFFFFFFF}")  # noqa: PTH115 - as text
        except OSError:
            return ""

    def named(self, address: int, base: int) -> str:
        """The file named at an address, as seen from the folder with the descriptor ``base``."""
        name = os.fsdecode(self.bytes_at(address, 512).partition(b"\0")[0])
        return name if name.startswith("/") else f"{self.file(base)}/{name}"

    def bytes_at(self, address: int, length: int) -> bytes:
        """What the child has in its memory."""
        try:
            self.memory.seek(address)
            return self.memory.read(length)
        except (OSError, OverflowError, ValueError):
            return b""

    def position(self, descriptor: int) -> tuple[int, bool]:
        """Where the next write to a descriptor goes, and whether always to the end."""
        with open(f"/proc/{self.child}/fdinfo/{descriptor}", encoding="ascii") as file:  # noqa: PTH123 - no usual file
            told = dict(line.split(":", 1) for line in file if ":" in line)
        return int(told["pos"]), bool(int(told["flags"], 8) & os.O_APPEND)


def watch(
    work: Callable[[Callable[[], None]], str],
    decide: Callable[[Asked], int],
    numbers: list[int],
    begin: Callable[[], None] = lambda: None,
) -> str:
    """Do ``work`` in a fork; what it said.

    It calls what it is handed when its calls are to be looked at from then on; then ``begin`` is
    called here. ``decide`` answers each call: 0, or the error with which it is to fail.
    """
    ours, theirs = socket.socketpair()
    end, result = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            said = work(lambda: _offer(theirs, numbers))
        except BaseException:
            said = f"crashed {traceback.format_exc()}"
        os.write(result, said.encode()[:60000])
        os._exit(0)
    theirs.close()
    os.close(result)
    _nothing, (listener,), _flags, _address = socket.recv_fds(ours, 1, 1)
    begin()
    ours.send(b".")
    _answer_all(listener, child, decide)
    with os.fdopen(end, "rb") as pipe:
        said = pipe.read().decode(errors="replace")
    os.waitpid(child, 0)
    os.close(listener)
    ours.close()
    return said


def _offer(link: socket.socket, numbers: list[int]) -> None:
    socket.send_fds(link, [b"."], [hand_calls_over(numbers)])
    link.recv(1)


def _answer_all(listener: int, child: int, decide: Callable[[Asked], int]) -> None:
    """Answer the calls until the child ends."""
    poll = select.poll()
    poll.register(listener, select.POLLIN)
    note = bytearray(80)
    with open(f"/proc/{child}/mem", "rb", buffering=0) as memory:  # noqa: PTH123 - no usual file
        while not poll.poll()[0][1] & select.POLLHUP:
            note[:] = bytes(80)
            try:
                fcntl.ioctl(listener, _RECEIVE, note)
            except OSError:
                continue
            key, _pid, _flags, number = struct.unpack_from("<QIIi", note)
            error = decide(Asked(child, memory, number, struct.unpack_from("<6Q", note, 32)))
            answer = struct.pack("<QqiI", key, 0, -error, 0 if error else 1)
            try:
                fcntl.ioctl(listener, _ANSWER, bytearray(answer))
            except OSError:
                continue
