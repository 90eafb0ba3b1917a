"""The change file: one hash-chained line for each committed change, kept beside the store.

Append-only and synced to the disk after each commit, so that where a disk lied and the store itself
is lost, what was acknowledged still stands here in full. A verified backup closes the file under a
name with its last entry, and the next change begins a new one.
"""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from json.encoder import encode_basestring as _quoted
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO

from desktop.errors import reason_of
from desktop.lasting import make_folder, replace, sync_folder

FIRST = "0" * 64
_HEAD = 200
_ENTRY = re.compile(rb'[0-9a-f]{64} \{"entry":\{"id":(\d+),')
_PIECE = 1 << 20
_IN_MEMORY = 16 << 20
"""Up to so many bytes of an entry wait in memory, more in a temporary file."""
_READ_AT_OPENING = 64 << 20
"""A last line up to so many bytes is checked when the store is opened."""
_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _once_more(image: bytes) -> bytes:
    """What stands between the quotation marks of JSON text that says JSON text."""
    return image.replace(b"\\", b"\\\\").replace(b'"', b'\\"')


class _Waiting:
    """Text that waits until an entry is committed: in memory, much of it in a temporary file.

    ``trouble`` is the reason why that could not be written, blank where it was.
    """

    def __init__(self, folder: Path) -> None:
        self.trouble = ""
        self._folder = folder
        self._file: SpooledTemporaryFile[bytes] | None = None

    def _write(self, *texts: bytes) -> None:
        if self.trouble:
            return
        try:
            if self._file is None:
                self._folder.mkdir(exist_ok=True)
                self._file = SpooledTemporaryFile(max_size=_IN_MEMORY, dir=str(self._folder))  # noqa: SIM115 - closed by close
            self._file.writelines(texts)
        except OSError as error:
            self.trouble = reason_of(error)

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return self._file is None

    def _read(self) -> Iterator[bytes]:
        """Everything, from its beginning."""
        if self._file is not None:
            self._file.seek(0)
            while piece := self._file.read(_PIECE):
                yield piece

    def close(self) -> None:
        """Let the temporary file go."""
        if self._file is not None:
            self._file.close()


class InsertedRows(_Waiting):
    """The images of the rows that an entry inserted, table after table, as its line will say them.

    A large import's are hundreds of megabytes.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._table = ""

    def add(self, table: str, images: Sequence[bytes]) -> None:
        """Append images of rows of a table; the rows of one table come one after the other.

        An image is JSON, in which every control character is written in letters: quoting it once
        more takes backslashes alone.
        """
        if not images:
            return
        told = b'"%b"' % b'","'.join([_once_more(image) for image in images])
        if table == self._table:
            before = b","
        else:
            before = b"%b%b:[" % (b"]," if self._table else b"{", _quoted(table).encode())
        self._table = table
        self._write(before, told)

    def pieces(self) -> Iterator[bytes]:
        """The JSON object of all images by table, in pieces; may be asked for more than once."""
        if self.is_empty:
            yield b"{}"
            return
        yield from self._read()
        yield b"]}"


class ToldChanges(_Waiting):
    """The changes of an entry, each a list of table, row, image before, image after, salt."""

    def add(self, changes: Iterable[Sequence[Any]]) -> None:
        """Append changes."""
        told = ",".join(map(_compact, changes)).encode()
        if told:
            self._write(*(() if self.is_empty else (b",",)), told)

    def pieces(self) -> Iterator[bytes]:
        """The JSON list of all changes, in pieces; may be asked for more than once."""
        yield b"["
        yield from self._read()
        yield b"]"


class ToldEntry:
    """What the change file is to say of an entry: itself, its changes and ranges, its new rows."""

    def __init__(self, folder: Path) -> None:
        self.entry: dict[str, Any] = {}
        self.ranges: Sequence[Sequence[Any]] = ()
        self.changes, self.inserted = ToldChanges(folder), InsertedRows(folder)

    @property
    def trouble(self) -> str:
        """Why it could not be gathered, blank where it was."""
        return self.changes.trouble or self.inserted.trouble

    def pieces(self) -> Iterator[bytes]:
        """The line's body in pieces; may be asked for more than once."""
        yield f'{{"entry":{_compact(self.entry)},"changes":'.encode()
        yield from self.changes.pieces()
        yield f',"ranges":{_compact(self.ranges)},"inserted":'.encode()
        yield from self.inserted.pieces()
        yield b"}"

    def close(self) -> None:
        """Let the temporary files go."""
        self.changes.close()
        self.inserted.close()


@dataclass(frozen=True, slots=True)
class ChangeFile:
    """The file ``<store id>.jsonl``: each line is ``sha256(previous hash + body) SP body``.

    ``known`` remembers the length of the file and its last hash as this object left them.
    """

    path: Path
    known: dict[int, str] = field(default_factory=dict, compare=False, repr=False)

    def append(self, told: ToldEntry) -> str:
        """Append one entry and sync it; the reason where the disk refuses, else blank."""
        if told.trouble:
            return told.trouble
        try:
            make_folder(self.path.parent)
            with self.path.open("ab+") as file:
                end = file.seek(0, os.SEEK_END)
                fresh = end not in self.known
                previous = self.known.get(end) or _last_hash(file)
                self.known.clear()
                digest = hashlib.sha256(previous.encode())
                for piece in told.pieces():
                    digest.update(piece)
                file.write(f"{digest.hexdigest()} ".encode())
                file.writelines(told.pieces())
                file.write(b"\n")
                file.flush()
                os.fsync(file.fileno())
                if fresh:
                    # Its name may be as new as its content.
                    sync_folder(self.path.parent)
                self.known[file.seek(0, os.SEEK_END)] = digest.hexdigest()
        except OSError as error:
            return reason_of(error)
        return ""

    def last_entry(self) -> int | None:
        """The id of the last entry that this file and the closed ones tell of.

        0 where there is none; None where the newest file cannot be read.
        """
        for path in reversed(files_of(self.path)):
            found = last_entry_in(path)
            if found != 0:
                return found
        return 0

    def close(self) -> None:
        """Close the file under a name with its last entry; does nothing where it is new or torn.

        A disk or another program that forbids it now is asked again after the next backup.
        """
        last = last_entry_in(self.path)
        if last:
            with suppress(OSError):
                self.path.rename(self.path.with_name(f"{self.path.stem}-{last:010d}.jsonl"))
                sync_folder(self.path.parent)

    def prune(self, entry: int) -> None:
        """Delete the closed files of which no kept backup can need a line: all up to an entry."""
        for path in files_of(self.path):
            last = last_entry_in(path)
            if path != self.path and last is not None and last <= entry:
                path.unlink(missing_ok=True)

    def is_end_whole(self) -> bool:
        """Whether the last line fits the one before it; it does not where a disk tore its middle.

        A line of over 64 MB, as a very large import makes, is taken for whole: reading it at each
        opening would take its time; ``verify`` reads it. Raises OSError where it cannot be read.
        """
        if not self.path.exists():
            return True
        with self.path.open("rb") as file:
            end = file.seek(0, os.SEEK_END)
            end -= _torn_tail(file, end)
            start = _line_start(file, end)
            if start == end or end - start > _READ_AT_OPENING:
                return True
            file.seek(_line_start(file, start))
            previous = file.read(64).decode("latin-1") if start else FIRST
            file.seek(start)
            digest, _space, body = file.read(end - start).rstrip(b"\n").partition(b" ")
        return hashlib.sha256(previous.encode() + body).hexdigest() == digest.decode("latin-1")

    def mend(self) -> str:
        """Go on with the valid beginning of a file whose end cannot be read.

        What it was is kept under another name. Gives the reason where the disk refuses.
        """
        number = 1
        while (kept := self.path.with_name(f"{self.path.name}.broken-{number}")).exists():
            number += 1
        mended = self.path.with_name(f"{self.path.name}.mended")
        try:
            whole = max((end for _entry, end in self.measured()), default=0)
            with self.path.open("rb") as source, mended.open("wb") as file:
                while whole > 0 and (piece := source.read(min(_PIECE, whole))):
                    whole -= file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            self._set_aside(kept)
            replace(mended, self.path)
            sync_folder(self.path.parent)
        except OSError as error:
            return reason_of(error)
        self.known.clear()
        return ""

    def _set_aside(self, kept: Path) -> None:
        """Keep the file as it is under another name; where it cannot be read, that alone."""
        try:
            shutil.copyfile(self.path, kept)
        except OSError:
            replace(self.path, kept)

    def whole_entries(self) -> Iterator[int]:
        """The entries of the file's valid beginning; no line is read whole."""
        return (entry for entry, _end in self.measured())

    def is_whole(self) -> bool:
        """Whether nothing stands behind the valid beginning; OSError where it cannot be read."""
        end = max((end for _entry, end in self.measured()), default=0)
        return end == self.path.stat().st_size

    def measured(self) -> Iterator[tuple[int, int]]:
        """The entries of the valid beginning, and where each ends; what cannot be read ends it."""
        if not self.path.exists():
            return
        previous = FIRST
        with suppress(OSError), self.path.open("rb") as file:
            while head := file.read(65):
                total, told, piece = hashlib.sha256(previous.encode()), head, b""
                while not piece.endswith(b"\n") and (piece := file.readline(_PIECE)):
                    told += piece[: _HEAD if len(told) < _HEAD else 0]
                    total.update(piece.removesuffix(b"\n"))
                found, previous = _ENTRY.match(told), total.hexdigest()
                if found is None or not piece or head != f"{previous} ".encode():
                    return
                yield int(found[1]), file.tell()

    def last_whole_entry(self) -> int:
        """The last entry of the file's valid beginning, 0 where there is none."""
        return max(self.whole_entries(), default=0)

    def lines(self) -> Iterator[dict[str, Any]]:
        """The changes of the file's valid beginning; ends at the first line that does not fit."""
        for raw in self._whole_lines():
            yield json.loads(raw.rstrip(b"\n").partition(b" ")[2])

    def _whole_lines(self) -> Iterator[bytes]:
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
                yield raw


def files_of(path: Path) -> list[Path]:
    """The closed change files of a store and then the open one at ``path``, in order."""
    closed = re.compile(re.escape(path.stem) + r"-\d{10}\.jsonl")
    if not path.parent.is_dir():
        return []
    found = sorted(one for one in path.parent.iterdir() if closed.fullmatch(one.name))
    return [*found, path] if path.exists() else found


def last_entry_in(path: Path) -> int | None:
    """The last entry that one file tells of, 0 where it is empty or missing; None: unreadable."""
    try:
        with path.open("rb") as file:
            line = _last_line(file)
    except FileNotFoundError:
        return 0
    except OSError:
        return None
    told = _ENTRY.match(line)
    if told is None:
        return None if line else 0
    return int(told[1])


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
    """The beginning of the last whole line, as far as its entry's id; blank where there is none.

    An import is one line of many megabytes: only its beginning is read.
    """
    end = file.seek(0, os.SEEK_END)
    end -= _torn_tail(file, end)
    start = _line_start(file, end)
    file.seek(start)
    return file.read(min(_HEAD, end - start)).rstrip(b"\n")


def _line_start(file: BinaryIO, end: int) -> int:
    """Where the line begins that ends, with its line break, at ``end``."""
    return end - _torn_tail(file, end - 1) - 1 if end else 0
