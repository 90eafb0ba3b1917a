"""The sheet “Đồng tác giả”: one row a co-author, brought to its initiative by code or by title."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from desktop.exchange.decoding import CellFault, Setting, read_cell
from desktop.exchange.headers import Table, find_table
from desktop.exchange.old_letters import in_unicode
from desktop.exchange.rows import (
    COAUTHOR_ALIASES,
    COAUTHOR_COLUMNS,
    COAUTHOR_NAME,
    COAUTHORS_SHEET,
    Owner,
    Problem,
)
from desktop.exchange.sheets import Sheet
from desktop.exchange.wording import doubt, explain, fault
from desktop.models.entry import AuthorDraft
from desktop.text import _
from desktop.vietnamese.folding import fold
from desktop.vietnamese.unreadable import Unreadable


@dataclass(slots=True)
class CoauthorRow:
    """One row of the sheet: whose initiative it belongs to, the co-author, doubts and faults.

    ``faults`` are pairs of code and message; the messages name sheet and row.
    """

    number: int
    code: str = ""
    title: str = ""
    author: AuthorDraft = field(default_factory=AuthorDraft)
    notes: list[str] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CoauthorReading:
    """What the sheet gives: its filled rows, notes on it as a whole, and why it was not read."""

    rows: tuple[CoauthorRow, ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_coauthor_rows(sheet: Sheet, setting: Setting) -> CoauthorReading:
    """The filled rows of the sheet; a problem where something stands on it but no column of names.

    The initiatives themselves can be read all the same, but their co-authors would be lost.
    """
    table = find_table(sheet, COAUTHOR_COLUMNS, COAUTHOR_ALIASES, COAUTHOR_NAME)
    if table is None:
        return CoauthorReading(problems=_nameless(sheet) if sheet.rows else ())
    table, notes = in_unicode(table)
    numbers = [number for number in sorted(table.sheet.rows) if number >= table.first]
    rows = [_row(table, number, setting) for number in numbers]
    return CoauthorReading(tuple(row for row in rows if row is not None), notes)


def _nameless(sheet: Sheet) -> tuple[Problem]:
    """The problem of a sheet that does not say which column holds the names."""
    message = _(
        "The sheet “{sheet}” has no column “{column}”, so none of its rows was read. Give the "
        "column of names this header, then import the file again."
    ).format(sheet=sheet.name, column=COAUTHOR_NAME.header)
    return (Problem(min(sheet.rows), COAUTHORS_SHEET, "coauthors.no_names", message),)


def _row(table: Table, number: int, setting: Setting) -> CoauthorRow | None:
    """One row, None where none of the known columns is filled."""
    row = CoauthorRow(number)
    values = {}
    cells = table.sheet.rows[number]
    for place, found in table.columns.items():
        if place not in cells:
            continue
        where = _("{column} (sheet “{sheet}”, row {row})").format(
            column=found.text, sheet=COAUTHORS_SHEET, row=number
        )
        try:
            read = read_cell(cells[place], found.column, replace(setting, header=found.text))
        except Unreadable as error:
            if not error.code.endswith(".empty"):
                row.faults.append((error.code, explain(error, where)))
            continue
        except CellFault as error:
            row.faults.append((error.code, fault(error.code, where, **error.values)))
            continue
        values[found.column.owner, found.column.key] = read.value
        row.notes.extend(
            doubt(code, where, text=cells[place].text, value=str(read.value))
            for code in read.warnings
        )
    row.code = values.pop((Owner.INITIATIVE, "code"), None) or ""
    row.title = values.pop((Owner.INITIATIVE, "title"), None) or ""
    filled = {key: value for (_owner, key), value in values.items() if value is not None}
    row.author = AuthorDraft(**filled)
    return row if filled or row.faults else None


def share_out(
    rows: Sequence[CoauthorRow], keys: Mapping[int, tuple[str, str]]
) -> tuple[dict[int, list[CoauthorRow]], list[Problem]]:
    """The co-authors of each initiative by its row, and a problem for each that belongs to none.

    ``keys`` are the folded code and title of each initiative, by the number of its row.
    """
    by_code: dict[str, list[int]] = {}
    by_title: dict[str, list[int]] = {}
    for number, (code, title) in keys.items():
        by_code.setdefault(code, []).append(number)
        by_title.setdefault(title, []).append(number)
    shared: dict[int, list[CoauthorRow]] = {}
    lost: list[Problem] = []
    for row in rows:
        owners = _owners(row, by_code, by_title)
        if len(owners) == 1:
            shared.setdefault(owners[0], []).append(row)
        elif row.faults:  # the very cell that names the initiative may be the unreadable one
            lost.extend(
                Problem(row.number, COAUTHORS_SHEET, code, message) for code, message in row.faults
            )
        else:
            lost.append(_homeless(row, several=len(owners) > 1))
    return shared, lost


def _owners(
    row: CoauthorRow, by_code: Mapping[str, list[int]], by_title: Mapping[str, list[int]]
) -> list[int]:
    """The rows of the initiatives that a co-author may belong to."""
    found = by_code.get(fold(row.code), []) if row.code else []
    return found or (by_title.get(fold(row.title), []) if row.title else [])


def _homeless(row: CoauthorRow, *, several: bool) -> Problem:
    """The problem of a co-author whose initiative is not clear."""
    if several:
        code, pattern = (
            "coauthor.several",
            _(
                "Sheet “{sheet}”, row {row}: several initiatives have this code or title. "
                "Give each its own Mã hồ sơ and write it here."
            ),
        )
    else:
        code, pattern = (
            "coauthor.unmatched",
            _(
                "Sheet “{sheet}”, row {row}: no initiative has this code or title. Write the "
                "Mã hồ sơ or the title exactly as on the sheet “Sáng kiến”."
            ),
        )
    message = pattern.format(sheet=COAUTHORS_SHEET, row=row.number)
    return Problem(row.number, COAUTHORS_SHEET, code, message)
