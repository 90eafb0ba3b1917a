"""The change file: one hash-chained line for each committed change, kept beside the store.

Append-only and synced to the disk after each commit, so that where a disk lied and the store itself
is lost, what was acknowledged still stands here in full.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from desktop.errors import reason_of

FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class ChangeFile:
    """The file ``<store id>.jsonl``: each line is ``sha256(previous hash + body) SP body``."""

    path: Path

    def append(self, content: dict[str, Any]) -> str:
        """Append one change and sync it; the reason where the disk refuses, else blank."""
        body = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        try:
            self.path.parent.mkdir(exist_ok=True)
            with self.path.open("ab+") as file:
                previous = _last_hash(file)
                digest = hashlib.sha256((previous + body).encode()).hexdigest()
                file.write(f"{digest} {body}\n".encode())
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            return reason_of(error)
        return ""

    def last_entry(self) -> int | None:
        """The id of the last entry that the file tells of, 0 where it is new; None: unreadable."""
        try:
            with self.path.open("rb") as file:
                line = _last_line(file)
            body = line.partition(b" ")[2]
            return int(json.loads(body)["entry"]["id"]) if line else 0
        except FileNotFoundError:
            return 0
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def set_aside(self) -> str:
        """Keep an unreadable file under another name; the reason where the disk refuses."""
        number = 1
        while self.path.with_name(f"{self.path.name}.broken-{number}").exists():
            number += 1
        try:
            self.path.replace(self.path.with_name(f"{self.path.name}.broken-{number}"))
        except OSError as error:
            return reason_of(error)
        return ""

    def lines(self) -> Iterator[dict[str, Any]]:
        """The changes of the file's valid beginning; ends at the first line that does not fit."""
        if not self.path.exists():
            return
        previous = FIRST
        with self.path.open("rb") as file:
            for raw in file:
                digest, _space, body = raw.rstrip(b"\n").partition(b" ")
                expected = hashlib.sha256(previous.encode() + body).hexdigest()
                if not raw.endswith(b"\n") or digest.decode("latin-1") != expected:
                    return
                previous = expected
                yield json.loads(body)


def _last_hash(file: BinaryIO) -> str:
    """The hash of the last whole line; a torn tail is cut off first."""
    end = file.seek(0, os.SEEK_END)
    torn = _torn_tail(file, end)
    if torn:
        file.truncate(end - torn)
    line = _last_line(file)
    return line[:64].decode("latin-1") if line else FIRST


def _torn_tail(file: BinaryIO, end: int) -> int:
    """How many bytes stand after the last line break."""
    position, torn = end, 0
    while position > 0:
        step = min(1 << 16, position)
        position -= step
        file.seek(position)
        part = file.read(step)
        found = part.rfind(b"\n")
        if found >= 0:
            return torn + step - found - 1
        torn += step
    return torn


def _last_line(file: BinaryIO) -> bytes:
    """The last whole line, without its break; blank where there is none."""
    end = file.seek(0, os.SEEK_END)
    end -= _torn_tail(file, end)
    position, tail = end, b""
    while position > 0 and tail.count(b"\n") < 2:
        step = min(1 << 16, position)
        position -= step
        file.seek(position)
        tail = file.read(step) + tail
    return tail.rstrip(b"\n").rpartition(b"\n")[2]
