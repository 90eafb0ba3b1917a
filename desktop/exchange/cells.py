"""The cells of a workbook as plain values; runs only inside the worker, on a file already checked.

Each line that comes out is JSON-able: first a sheet with its name and merged ranges, then its rows.
A cell is its value, or a list of a mark and the value: ``["date", "2021-09-01"]``.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from desktop.exchange.marks import Marks, marks_of_sheets
from desktop.exchange.worker import RefusedError


def read_cells(path: str, kind: str) -> Iterator[dict[str, Any]]:
    """The visible sheets of the workbook and their filled rows, in the order of the workbook.

    A sheet comes as ``{"sheet", "merges"}`` with ranges as row, column, row, column counted from 1;
    a row as ``{"row", "cells"}`` with pairs of column and cell. Raises RefusedError for a workbook
    that the reader does not understand.
    """
    marks = marks_of_sheets(Path(path)) if kind == "xlsx" else {}
    with _reading():
        book = CalamineWorkbook.from_path(path)
        wanted = [
            about.name
            for about in book.sheets_metadata
            if about.typ == SheetTypeEnum.WorkSheet and about.visible == SheetVisibleEnum.Visible
        ]
    for name in wanted:
        with _reading():
            sheet = book.get_sheet_by_name(name)
            merges = sheet.merged_cell_ranges or []
        yield {"sheet": name, "merges": [_range(merge) for merge in merges]}
        yield from _rows(sheet, marks.get(name, {}))


@contextmanager
def _reading() -> Iterator[None]:
    """Turn whatever the reader raises on damage, a panic too, into a refusal."""
    try:
        yield
    except MemoryError:
        raise
    except BaseException as error:
        secret = isinstance(error, PasswordError) or "password" in str(error).lower()
        raise RefusedError("workbook-encrypted" if secret else "workbook-damaged") from error


def _range(merge: tuple[tuple[int, int], tuple[int, int]]) -> list[int]:
    """A merged range as row, column, row, column counted from 1."""
    (top, left), (bottom, right) = merge
    return [top + 1, left + 1, bottom + 1, right + 1]


def _rows(sheet: CalamineSheet, marks: Marks) -> Iterator[dict[str, Any]]:
    """The rows in which anything stands, formulas without a value among it.

    The reader's rows end with the last value; such formulas may stand further right and below.
    """
    waiting = _unworked(marks)
    number = 0
    for number, values in enumerate(sheet.iter_rows() if sheet.start is not None else (), start=1):
        beyond = [at for at in waiting.get(number, ()) if at > len(values)]
        cells = [*_filled(number, values, marks), *((at, ["formula", ""]) for at in beyond)]
        if cells:
            yield {"row": number, "cells": cells}
    for below in sorted(row for row in waiting if row > number):
        yield {"row": below, "cells": [(at, ["formula", ""]) for at in waiting[below]]}


def _filled(row: int, values: Sequence[object], marks: Marks) -> list[tuple[int, object]]:
    """The cells of a row in which anything stands, by column."""
    cells = [
        (column, _plain(value, marks.get((row, column), "")))
        for column, value in enumerate(values, start=1)
        if value != "" or (row, column) in marks
    ]
    return [cell for cell in cells if cell[1] != ""]


def _unworked(marks: Marks) -> dict[int, list[int]]:
    """The columns of the formulas without a value, by row."""
    found: dict[int, list[int]] = {}
    for (row, column), mark in marks.items():
        if mark == "formula":
            found.setdefault(row, []).append(column)
    return found


def _plain(value: object, mark: str) -> object:
    """A cell's value, with a mark where the value alone would not say what it is."""
    if mark in {"error", "formula"}:
        return [mark, ""]
    if isinstance(value, datetime):
        return ["moment", value.isoformat()]
    if isinstance(value, date):
        return [mark if mark in {"month", "year", "moment"} else "date", value.isoformat()]
    if isinstance(value, time):
        return ["time", value.isoformat()]
    if isinstance(value, timedelta):
        return ["time", str(value)]
    if mark == "percent" and isinstance(value, float):
        return ["percent", value]
    return value
