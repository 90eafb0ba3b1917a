"""What a workbook from a stranger must be before anything opens it: small, whole and harmless.

A workbook of a few kilobytes can unpack to gigabytes, hide a cell that makes a reader reserve the
whole sheet, or be no workbook at all. Everything here streams and stops at the first excess; it
never holds a sheet in memory. Only cells that hold something count, because offices' sheets are
often formatted down to row 1,048,576.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO
from xml.parsers import expat

from desktop.errors import UserError
from desktop.progress import SILENT, Progress
from desktop.text import N_, _


class Kind(StrEnum):
    """The kinds of workbook that are read."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a workbook may hold: sizes in bytes, the rest in numbers of things.

    ``ratio`` is unpacked to packed size of a part above a megabyte. ``rows`` and ``columns`` bound
    where a filled cell may stand, ``area`` the rectangle that they span, ``merged`` the cells lying
    under merged ranges.
    """

    file: int = 20 << 20
    parts: int = 2_000
    part: int = 100 << 20
    total: int = 150 << 20
    ratio: int = 200
    rows: int = 50_000
    columns: int = 256
    area: int = 6_000_000
    cells: int = 1_500_000
    text: int = 1 << 20
    merges: int = 20_000
    merged: int = 1_000_000
    elements: int = 12_000_000


LIMITS = Limits()

REFUSALS = {
    "workbook-missing": N_(
        "The file “{file}” cannot be opened. Check that it is still there and that you may read it."
    ),
    "workbook-empty-file": N_(
        "The file “{file}” is empty (0 bytes). Ask for it again, or open the original and save it "
        "once more."
    ),
    "workbook-too-big": N_(
        "The file “{file}” is larger than {limit} MB. Remove pictures and sheets that are not "
        "needed, or split it into several files."
    ),
    "workbook-not-one": N_(
        "The file “{file}” is not an Excel workbook. Open it in Excel, choose Save As and the type "
        "“Excel Workbook (*.xlsx)”, then import the new file."
    ),
    "workbook-other-kind": N_(
        "The file “{file}” is a kind of workbook that this program does not read. Open it in "
        "Excel, choose Save As and the type “Excel Workbook (*.xlsx)”, then import the new file."
    ),
    "workbook-encrypted": N_(
        "The file “{file}” is protected with a password. Open it in Excel, remove the password "
        "(File, Info, Protect Workbook), save it and import it again."
    ),
    "workbook-damaged": N_(
        "The file “{file}” is damaged and cannot be read. Open it in Excel and let Excel repair "
        "it, save it under a new name, or ask the sender for it again."
    ),
    "workbook-dangerous": N_(
        "The file “{file}” holds parts that no ordinary workbook has and is not opened, for "
        "safety. Copy the rows into a new file made from the template."
    ),
    "workbook-too-heavy": N_(
        "The file “{file}” unpacks to far more than an ordinary workbook and is not opened. Copy "
        "the rows that matter into a new file made from the template."
    ),
    "workbook-far-cell": N_(
        "In the file “{file}” something stands far outside the table (cell {cell}). Delete what is "
        "there, or copy the table into a new file made from the template."
    ),
    "workbook-too-many-cells": N_(
        "The file “{file}” has too many filled cells. Split it into several files of at most "
        "{limit} rows."
    ),
    "workbook-merges": N_(
        "The file “{file}” has merged cells over too large an area. Select everything, unmerge the "
        "cells and import it again."
    ),
}
"""What is said for each code; the message names the file and what to do."""


def refusal(code: str, path: Path, **values: object) -> UserError:
    """The error for a workbook that is not read, in the user's language; codes: REFUSALS."""
    return UserError(_(REFUSALS[code]).format(file=path.name, **values), code=code)


class _Excess(Exception):  # noqa: N818 - not an error yet: the caller adds the file's name
    """Something in the workbook goes beyond a limit; ``code`` is in REFUSALS."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGIC = b"PK"
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    expat.ExpatError,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    LookupError,
    OverflowError,
)
"""What the standard library raises on damaged zips and XML, as found by trying thousands."""


def check_workbook(path: Path, limits: Limits = LIMITS, *, progress: Progress = SILENT) -> Kind:
    """Which kind of workbook the file is, once it is known to be harmless.

    Raises UserError (a code of REFUSALS) for a file that is missing, empty, too large, no workbook,
    encrypted, damaged, or built to exhaust memory or time.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(8)
    except OSError as error:
        raise refusal("workbook-missing", path) from error
    if size == 0:
        raise refusal("workbook-empty-file", path)
    if size > limits.file:
        raise refusal("workbook-too-big", path, limit=limits.file >> 20)
    if start == OLE_MAGIC:
        return _check_ole(path)
    if not start.startswith(ZIP_MAGIC):
        raise refusal("workbook-not-one", path)
    try:
        return _check_zip(path, limits, progress)
    except _Excess as excess:
        raise refusal(excess.code, path, **excess.values) from excess
    except DAMAGE as error:
        raise refusal("workbook-damaged", path) from error


def _check_ole(path: Path) -> Kind:
    """An old .xls, unless the container holds an encrypted workbook or no workbook at all."""
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise refusal("workbook-encrypted", path)
    if not any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        raise refusal("workbook-not-one", path)
    return Kind.XLS


def _check_zip(path: Path, limits: Limits, progress: Progress) -> Kind:
    """The kind of a zipped workbook whose parts were all walked through."""
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        _check_directory(parts, limits)
        kind = _kind_of(archive, {part.filename.lower() for part in parts})
        tally = _Tally(limits)
        for at, part in enumerate(parts):
            progress.step(at, len(parts))
            if part.filename.lower().endswith((".xml", ".rels")) and _matters(part, kind):
                watcher = _OdsWatcher(tally) if kind is Kind.ODS else _Watcher(tally)
                with archive.open(part) as file:
                    watcher.walk(file, part.file_size)
    return kind


def _matters(part: zipfile.ZipInfo, kind: Kind) -> bool:
    """Whether a reader opens this part: the manifests of old .ods carry a harmless DTD."""
    return kind is not Kind.ODS or part.filename == "content.xml"


def _check_directory(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Refuse what the zip's own directory gives away, before anything is unpacked."""
    if len(parts) > limits.parts:
        raise _Excess("workbook-too-heavy")
    seen: set[str] = set()
    total = 0
    for part in parts:
        _check_part(part, limits)
        name = part.filename.lower()
        if name in seen:
            raise _Excess("workbook-dangerous")
        seen.add(name)
        total += part.file_size
        if total > limits.total:
            raise _Excess("workbook-too-heavy")


def _check_part(part: zipfile.ZipInfo, limits: Limits) -> None:
    """Refuse one part that is encrypted, oddly named, a link, or far larger than it looks."""
    if part.flag_bits & 0x41:
        raise _Excess("workbook-encrypted")
    name = part.filename.replace("\\", "/")
    if name.startswith("/") or ".." in name.split("/") or ":" in name or "\0" in part.orig_filename:
        raise _Excess("workbook-dangerous")
    if part.external_attr >> 28 == 0xA:
        raise _Excess("workbook-dangerous")
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _Excess("workbook-damaged")
    packed = max(1, part.compress_size)
    swollen = part.file_size > 1 << 20 and part.file_size > limits.ratio * packed
    if part.file_size > limits.part or swollen:
        raise _Excess("workbook-too-heavy")


def _kind_of(archive: zipfile.ZipFile, names: set[str]) -> Kind:
    """The kind of workbook that the parts make up."""
    if "[content_types].xml" in names and "xl/workbook.xml" in names:
        return Kind.XLSX
    if "mimetype" in names and "content.xml" in names:
        if archive.read("mimetype").strip() == ODS_TYPE:
            return Kind.ODS
        raise _Excess("workbook-not-one")
    if "xl/workbook.bin" in names:
        raise _Excess("workbook-other-kind")
    if "[content_types].xml" in names and any(name.startswith("xl/") for name in names):
        raise _Excess("workbook-damaged")
    raise _Excess("workbook-not-one")


REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.ASCII)
LAST_ROW = 1_048_576
LAST_COLUMN = 16_384


def place_of(reference: str) -> tuple[int, int] | None:
    """Row and column, both from 1, of a reference such as ``B12``; None where it is none."""
    match = REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    return (row, column) if 0 < row <= LAST_ROW and column <= LAST_COLUMN else None


def name_of(row: int, column: int) -> str:
    """The reference of a cell such as ``B12``, from row and column counted from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


@dataclass(slots=True)
class _Tally:
    """What has been met so far in the whole workbook."""

    limits: Limits
    cells: int = 0
    merges: int = 0
    merged: int = 0

    def filled(self, count: int = 1) -> None:
        """Count filled cells, or texts of the shared table."""
        self.cells += count
        if self.cells > self.limits.cells:
            raise _Excess("workbook-too-many-cells", limit=self.limits.rows)

    def merge(self, area: int) -> None:
        """Count a merged range."""
        self.merges += 1
        self.merged += area
        if self.merges > self.limits.merges or self.merged > self.limits.merged:
            raise _Excess("workbook-merges")


@dataclass(slots=True)
class _Extent:
    """The rectangle that the filled cells of one sheet span."""

    limits: Limits
    rows: int = 0
    columns: int = 0

    def reach(self, row: int, column: int) -> None:
        """Note a filled cell, counted from 1."""
        self.rows = max(self.rows, row)
        self.columns = max(self.columns, column)
        limits = self.limits
        if row > limits.rows or column > limits.columns or self.rows * self.columns > limits.area:
            raise _Excess("workbook-far-cell", cell=name_of(row, column))


class _Watcher:
    """Walks one XML part of an .xlsx and stops at the first excess."""

    def __init__(self, tally: _Tally) -> None:
        self.tally = tally
        self.extent = _Extent(tally.limits)
        self.elements = 0
        self.letters = 0
        self.row = 0
        self.column = 0
        self.reference: str | None = None
        self.counted = False
        self.known: dict[str, Callable[[dict[str, str]], None]] = {
            "row": self._row,
            "c": self._cell,
            "f": self._value,
            "v": self._value,
            "is": self._value,
            "si": self._shared,
            "mergeCell": self._merge,
        }

    def walk(self, file: IO[bytes], declared: int) -> None:
        """Read the part to its end; it may not be longer than the zip says."""
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.CharacterDataHandler = self._text
        read = 0
        for block in _blocks(file):
            read += len(block)
            if read > declared:
                raise _Excess("workbook-too-heavy")
            parser.Parse(block, False)  # noqa: FBT003 - expat takes it by place only
            if self.elements > self.tally.limits.elements:
                raise _Excess("workbook-too-heavy")
        parser.Parse(b"", True)  # noqa: FBT003 - the same

    def _doctype(self, *_args: object) -> None:
        """Entity bombs and foreign files come in by a document type; no workbook needs one."""
        raise _Excess("workbook-dangerous")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.letters = 0
        self.elements += 1
        handle = self.known.get(name.rpartition(":")[2] if ":" in name else name)
        if handle is not None:
            handle(attributes)

    def _text(self, text: str) -> None:
        self.letters += len(text)
        if self.letters > self.tally.limits.text:
            raise _Excess("workbook-too-heavy")

    def _row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        if number and not (number.isascii() and number.isdigit() and len(number) < 8):
            raise _Excess("workbook-damaged")
        self.row = int(number) if number else self.row + 1
        self.column = 0

    def _cell(self, attributes: dict[str, str]) -> None:
        self.counted = False
        self.column += 1
        self.reference = attributes.get("r")

    def _value(self, _attributes: dict[str, str]) -> None:
        if self.counted:
            return
        self.counted = True
        if self.reference is not None:
            place = place_of(self.reference)
            if place is None:
                raise _Excess("workbook-damaged")
            self.row, self.column = place
        self.tally.filled()
        self.extent.reach(self.row, self.column)

    def _shared(self, _attributes: dict[str, str]) -> None:
        self.tally.filled()

    def _merge(self, attributes: dict[str, str]) -> None:
        first, _colon, last = attributes.get("ref", "").partition(":")
        start, end = place_of(first), place_of(last or first)
        if start is None or end is None:
            raise _Excess("workbook-damaged")
        self.tally.merge((abs(end[0] - start[0]) + 1) * (abs(end[1] - start[1]) + 1))


class _OdsWatcher(_Watcher):
    """Walks the content of an .ods, where one cell or row may stand for millions."""

    def __init__(self, tally: _Tally) -> None:
        super().__init__(tally)
        self.repeat = 1
        self.known = {
            "table": self._table,
            "table-row": self._ods_row,
            "table-cell": self._ods_cell,
            "covered-table-cell": self._ods_cell,
        }

    def _table(self, _attributes: dict[str, str]) -> None:
        self.extent = _Extent(self.tally.limits)
        self.row, self.repeat = 0, 1

    def _ods_row(self, attributes: dict[str, str]) -> None:
        self.repeat = _repeats(attributes, "table:number-rows-repeated")
        self.row += self.repeat
        self.column = 0

    def _ods_cell(self, attributes: dict[str, str]) -> None:
        count = _repeats(attributes, "table:number-columns-repeated")
        self.column += count
        if "office:value-type" in attributes:
            self.tally.filled(count * self.repeat)
            self.extent.reach(self.row, self.column)


def _repeats(attributes: dict[str, str], name: str) -> int:
    """How often an .ods says that a row or cell is repeated."""
    text = attributes.get(name, "1")
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 9):
        raise _Excess("workbook-damaged")
    return int(text)


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    """The file in blocks of 64 KiB."""
    while block := file.read(1 << 16):
        yield block
