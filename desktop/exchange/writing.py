"""Writing workbooks: text stays text, the file is whole or not there, equal content equal bytes.

A workbook is built in memory and written at once: a library that writes into files leaves parts of
them open and half-written where the disk is full.
"""

import hashlib
import io
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from desktop.errors import UserError, reason_of
from desktop.lasting import replace, sync_folder
from desktop.text import _

LONGEST_TEXT = 32_767
"""The most that a cell holds, in UTF-16 units (Excel specifications and limits)."""
FIRST_REAL_YEAR = 1901
"""Spreadsheets disagree about dates before March 1900; older ones are written as text."""
_CREATED = datetime(2021, 12, 15)  # noqa: DTZ001 - a workbook's properties have no zone
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
DARK_BLUE = "#1F3864"
PALE_BLUE = "#DCE6F1"
FONT = {"font_name": "Times New Roman", "font_size": 11}

Book = Any
"""An xlsxwriter.Workbook; the library has no types."""
Page = Any
"""An xlsxwriter worksheet."""
Look = Any
"""An xlsxwriter format."""


@contextmanager
def new_workbook(path: Path, *, title: str) -> Iterator[Book]:
    """A workbook to fill; it stands at ``path`` once the block ends well, and not before.

    Raises UserError (``workbook-not-written``) where the folder or the file cannot be written, as
    when the disk is full or Excel has the old file open; nothing is left behind then.
    """
    content = io.BytesIO()
    book: Book = xlsxwriter.Workbook(content, _OPTIONS)
    book.set_properties({"title": title, "created": _CREATED, "author": "Sổ Sáng Kiến"})
    yield book
    book.close()
    try:
        _write_whole(path, content.getbuffer())
    except OSError as error:
        raise UserError(
            _(
                "The file “{file}” cannot be written: {reason}. Close it if it is open in Excel, "
                "check the folder and the free space, or choose another name."
            ).format(file=path, reason=reason_of(error)),
            code="workbook-not-written",
        ) from error


def _write_whole(path: Path, content: memoryview) -> None:
    """Put the content at ``path`` in one step; OSError where that fails, the old file kept."""
    temporary = path.parent / f".{path.name}.{secrets.token_hex(4)}.tmp"
    try:
        with temporary.open("xb", buffering=0) as file:
            rest = content
            while rest:
                rest = rest[file.write(rest) :]
            os.fsync(file.fileno())
        replace(temporary, path)
        with suppress(OSError):  # it is written; some shares cannot say that its name is, too
            sync_folder(path.parent)
    except BaseException:
        with suppress(OSError):  # the first error is the one to tell
            temporary.unlink(missing_ok=True)
        raise


def digest_of(path: Path) -> str:
    """The SHA-256 of the file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def units_of(text: str) -> int:
    """The length of a text as spreadsheets count it, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def cut_to(text: str, limit: int) -> str:
    """The text, cut to ``limit`` UTF-16 units at a letter's end, with a sign that it was cut."""
    if units_of(text) <= limit:
        return text
    return text.encode("utf-16-le")[: 2 * (limit - 1)].decode("utf-16-le", "ignore") + "…"


def header_look(book: Book) -> Look:
    """Bold white on dark blue, wrapped, framed."""
    return book.add_format(
        {
            **FONT,
            "bold": True,
            "font_color": "#FFFFFF",
            "bg_color": DARK_BLUE,
            "align": "center",
            "valign": "vcenter",
            "text_wrap": True,
            "border": 1,
        }
    )


def lay_out_page(sheet: Page, *, columns: int) -> None:
    """A4 landscape, one page wide, the header on each page and frozen on the screen, a filter."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.repeat_rows(0)
    sheet.set_footer("&CTrang &P/&N")
    sheet.freeze_panes(1, 2)
    sheet.set_row(0, 48)
    sheet.autofilter(0, 0, 0, columns - 1)
