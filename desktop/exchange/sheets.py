"""The sheets of a checked workbook as plain values: what the worker read, on our side."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from desktop.exchange.preflight import check_workbook, refusal
from desktop.exchange.worker import Bounds, ExhaustedError, RefusedError, run_bounded
from desktop.progress import Progress
from desktop.vietnamese.cleaning import clean

SCALAR = ""
"""The mark of a value that is just what it is."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One filled cell; ``mark`` says what the value alone does not.

    "date": a date known to the day; "month", "year": a date that shows no more than that;
    "moment": a date and time; "time": a time of day as text; "percent": a number shown as per cent;
    "error": a failed formula; "formula": one that has not been worked out; "": the value is text, a
    number or a truth.
    """

    value: str | float | bool | date | datetime
    mark: str = SCALAR

    @property
    def text(self) -> str:
        """The value as a clerk would have typed it, whole numbers without a point."""
        value = self.value
        if isinstance(value, bool):
            return "Có" if value else "Không"
        if isinstance(value, float | int):
            return plain_number(value)
        if isinstance(value, datetime):
            return value.strftime("%d/%m/%Y %H:%M:%S")
        if isinstance(value, date):
            return value.strftime("%d/%m/%Y")
        return value

    @property
    def line(self) -> str:
        """The value as cleaned text on one line."""
        return clean(self.text)


def plain_number(value: float) -> str:
    """A number of a spreadsheet as digits: 15 significant ones, as the spreadsheet itself shows."""
    if math.isfinite(value) and value == int(value) and abs(value) < 1e21:
        return str(int(value))
    return format(value, ".15g")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One visible sheet: its filled cells by row and column from 1, and its merged ranges.

    A range is top row, left column, bottom row, right column.
    """

    name: str
    rows: Mapping[int, Mapping[int, Cell]] = field(default_factory=dict)
    merges: tuple[tuple[int, int, int, int], ...] = ()


def load_sheets(path: Path, *, progress: Progress, bounds: Bounds | None = None) -> list[Sheet]:
    """The visible sheets of the workbook, read in a bounded process after a check.

    Raises UserError with a code of preflight.REFUSALS where the file is not one to read.
    """
    kind = check_workbook(path, progress=progress)
    arguments = [str(path.resolve()), kind.value]
    try:
        lines = run_bounded("cells", arguments, bounds=bounds, progress=progress)
    except RefusedError as refused:
        raise refusal(refused.code, path) from refused
    except ExhaustedError as exhausted:
        raise refusal("workbook-too-heavy", path) from exhausted
    return _sheets(lines)


def _sheets(lines: list[dict[str, Any]]) -> list[Sheet]:
    """The sheets that the worker's lines tell of."""
    sheets: list[Sheet] = []
    rows: dict[int, dict[int, Cell]] = {}
    for line in lines:
        if "sheet" in line:
            rows = {}
            merges = tuple((top, left, low, right) for top, left, low, right in line["merges"])
            sheets.append(Sheet(line["sheet"], rows, merges))
        else:
            cells = {column: _cell(value) for column, value in line["cells"]}
            rows[line["row"]] = {column: cell for column, cell in cells.items() if _filled(cell)}
    return [_uncovered(sheet) for sheet in sheets]


def _uncovered(sheet: Sheet) -> Sheet:
    """The sheet without what lies hidden under merged ranges: only their top left cell counts."""
    rows = {number: dict(cells) for number, cells in sheet.rows.items()}
    for top, left, low, right in sheet.merges:
        for number in range(top, low + 1):
            for column in [at for at in rows.get(number, ()) if left <= at <= right]:
                if (number, column) != (top, left):
                    del rows[number][column]
    return Sheet(sheet.name, {at: cells for at, cells in rows.items() if cells}, sheet.merges)


def _cell(value: Any) -> Cell:
    """One cell from its line."""
    if isinstance(value, bool | str):
        return Cell(value)
    if isinstance(value, int | float):
        return Cell(float(value) if math.isfinite(value) else str(value))
    mark, content = value
    if mark == "moment":
        return Cell(datetime.fromisoformat(content), mark)
    if mark in {"date", "month", "year"}:
        return Cell(date.fromisoformat(content), mark)
    return Cell(content, mark)


def _filled(cell: Cell) -> bool:
    """Whether anything stands in the cell: blanks and unseen characters are nothing."""
    text = cell.value
    if not isinstance(text, str):
        return True
    return cell.mark in {"error", "formula"} or text[:1].isalnum() or bool(clean(text))
