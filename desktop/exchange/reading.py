"""Reading a workbook of initiatives: every row that can be read as a draft, every other explained.

Whether a row is complete or breaks a rule is not asked here; the rules judge it once it is kept.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from desktop.errors import UserError
from desktop.exchange.coauthor_sheet import CoauthorRow, read_coauthor_rows, share_out
from desktop.exchange.coauthors import merge_coauthors, parse_coauthors
from desktop.exchange.decoding import CellFault, Setting, read_cell
from desktop.exchange.headers import Found, Table, find_table
from desktop.exchange.old_letters import in_unicode
from desktop.exchange.rows import (
    ALIASES,
    COAUTHORS,
    COAUTHORS_SHEET,
    COLUMNS,
    GUIDE_SHEET,
    INITIATIVES_SHEET,
    PROTECTED,
    PROTECTION,
    TITLE,
    CellKind,
    Column,
    Owner,
    Problem,
    ProgrammeLists,
    Reading,
    ReadRow,
)
from desktop.exchange.sheets import Cell, Sheet, load_sheets
from desktop.exchange.wording import doubt, explain, fault
from desktop.models.entry import AuthorDraft, DecisionDraft, InitiativeDraft
from desktop.programme.facts import Protection
from desktop.progress import SILENT, Progress
from desktop.text import _
from desktop.vietnamese.folding import fold
from desktop.vietnamese.identity import Gender, read_identity
from desktop.vietnamese.unreadable import Unreadable

_GENDERS = {"Nam": Gender.MAN, "Nữ": Gender.WOMAN}
_LISTED = ("category", "field", "object_group", "region")


def read_workbook(
    path: Path,
    lists: ProgrammeLists | None = None,
    *,
    today: date,
    progress: Progress = SILENT,
) -> Reading:
    """What the workbook says, row by row.

    ``lists`` are the programme's: values that they do not have are kept as written and noted.
    ``today`` is the day in Vietnam; it tells the century of years of two digits. Raises UserError
    where the file is not to be read (codes of preflight.REFUSALS) or no sheet has a column “Tên
    sáng kiến” (``workbook-no-title``).
    """
    setting = Setting(today, lists=lists or ProgrammeLists())
    progress.step(0, 0, _("Opening the workbook"))
    sheets = load_sheets(path, progress=progress)
    tables = _tables(sheets)
    table = _main_table(tables)
    if table is None:
        raise UserError(
            _(
                "The file “{file}” has no column “Tên sáng kiến”. Use the template, or give the "
                "column of titles this name."
            ).format(file=path.name),
            code="workbook-no-title",
        )
    left_out = [_left_out(other, table) for other in tables if other is not table]
    table, letters = in_unicode(table)
    notes = [*(note for note in left_out if note), *letters]
    return _Reader(table, setting, progress, notes).read(sheets)


def _tables(sheets: Sequence[Sheet]) -> list[Table]:
    """The tables of initiatives in the workbook, one a sheet."""
    apart = {fold(COAUTHORS_SHEET), fold(GUIDE_SHEET)}
    wanted = [sheet for sheet in sheets if fold(sheet.name) not in apart]
    found = [find_table(sheet, COLUMNS, ALIASES, TITLE) for sheet in wanted]
    return [table for table in found if table is not None]


def _main_table(tables: Sequence[Table]) -> Table | None:
    """The table to read: on the sheet of that name, else the one with most known headers."""
    named = [one for one in tables if fold(one.sheet.name) == fold(INITIATIVES_SHEET)]
    return max(named or tables, key=lambda table: len(table.columns), default=None)


def _left_out(other: Table, read: Table) -> str:
    """The note on a table that is not read; "" where nothing stands below its header."""
    places = other.columns.keys()
    filled = [
        number
        for number, cells in other.sheet.rows.items()
        if number >= other.first and places & cells.keys()
    ]
    if not filled:
        return ""
    return _(
        "Only the sheet “{read}” was read. Rows left out on the sheet “{left}”: {count}. Move "
        "them to “{read}”, or import them from a file of their own."
    ).format(read=read.sheet.name, left=other.sheet.name, count=len(filled))


@dataclass(slots=True)
class _Row:
    """A row half read: its values by owner and field, what was doubtful, what could not be read."""

    number: int
    values: dict[Owner, dict[str, Any]] = field(
        default_factory=lambda: {owner: {} for owner in Owner}
    )
    coauthors: tuple[AuthorDraft, ...] = ()
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class _Reader:
    """Reads the rows of one table; ``Found`` headers tell how."""

    def __init__(
        self, table: Table, setting: Setting, progress: Progress, notes: Sequence[str]
    ) -> None:
        self.table = table
        self.setting = setting
        self.progress = progress
        self.notes = list(notes)
        self.unlisted: Counter[tuple[str, str]] = Counter()
        self.settings = {
            place: replace(setting, header=found.text) for place, found in table.columns.items()
        }

    def read(self, sheets: Sequence[Sheet]) -> Reading:
        """Everything that the workbook gives."""
        rows = self._rows()
        others = [sheet for sheet in sheets if fold(sheet.name) == fold(COAUTHORS_SHEET)]
        loose: list[Problem] = []
        for sheet in others:
            found = read_coauthor_rows(sheet, self.setting)
            self.notes.extend(found.notes)
            keys = {row.number: self._keys(row) for row in rows}
            shared, lost = share_out(found.rows, keys)
            loose.extend((*found.problems, *lost))
            for row in rows:
                _take_in(row, shared.get(row.number, []))
        good = [_finished(row) for row in rows if not row.problems]
        bad = [problem for row in rows for problem in row.problems]
        return Reading(
            rows=tuple(good),
            problems=(*bad, *loose),
            unknown_columns=tuple(text for text in self.table.unknown.values() if text),
            notes=(*self.notes, *self._unlisted_notes()),
            read=len(rows),
        )

    def _rows(self) -> list[_Row]:
        """The filled rows below the header."""
        rows = []
        filled = self.table.sheet.rows
        numbers = [number for number in sorted(filled) if number >= self.table.first]
        covered = self._covered_titles()
        for at, number in enumerate(numbers):
            if at % 64 == 0:
                self.progress.step(at, len(numbers), _("Reading the rows"))
            cells = {
                place: cell for place, cell in filled[number].items() if place in self.settings
            }
            if cells:
                rows.append(self._row(number, cells, covered.get(number)))
        return rows

    def _covered_titles(self) -> dict[int, int]:
        """Rows whose title cell lies under a merged range, and the row where that begins."""
        place = next(at for at, found in self.table.columns.items() if found.column is TITLE)
        return {
            number: top
            for top, left, low, right in self.table.sheet.merges
            if left <= place <= right and top >= self.table.first
            for number in range(top + 1, low + 1)
        }

    def _row(self, number: int, cells: Mapping[int, Cell], top: int | None) -> _Row:
        """One row with all its cells read, or with the problems of those that cannot be."""
        row = _Row(number)
        if top is not None:
            text = _(
                "This row is merged with row {top}. Unmerge the cells; write co-authors into the "
                "column “Đồng tác giả” or on the sheet of that name."
            ).format(top=top)
            row.problems.append(Problem(number, TITLE.header, "row.merged", text))
            return row
        for place in sorted(cells):
            found = self.table.columns[place]
            _read_into(row, cells[place], found, self.settings[place])
        self._check_lists(row)
        return row

    def _check_lists(self, row: _Row) -> None:
        """Count the values that the programme's lists do not have."""
        values = row.values[Owner.INITIATIVE]
        columns = {found.column.key: found.column for found in self.table.columns.values()}
        for key in _LISTED:
            allowed = self.setting.lists.named(columns[key].choices) if key in columns else ()
            if key == "category":
                allowed = tuple(label.split(maxsplit=1)[0] for label in allowed)
            value = values.get(key, "")
            known = {fold(one): one for one in allowed}
            if value and known and fold(value) in known:
                values[key] = known[fold(value)]
            elif value and known:
                self.unlisted[key, value] += 1

    def _unlisted_notes(self) -> list[str]:
        """One note for each value outside the lists, with the number of its rows."""
        headers = {found.column.key: found.column.header for found in self.table.columns.values()}
        return [
            doubt(f"list.{key}", headers[key], text=value, count=str(count))
            for (key, value), count in self.unlisted.items()
        ]

    def _keys(self, row: _Row) -> tuple[str, str]:
        """Code and title by which the sheet of co-authors finds a row."""
        values = row.values[Owner.INITIATIVE]
        return fold(values.get("code", "")), fold(values.get("title", ""))


def _read_into(row: _Row, cell: Cell, found: Found, setting: Setting) -> None:
    """Read one cell into the row, or note the problem."""
    column = found.column
    try:
        read = read_cell(cell, column, setting)
        if column.kind is CellKind.COAUTHORS:
            row.coauthors = parse_coauthors(read.value or "")
            return
    except Unreadable as error:
        if not error.code.endswith(".empty"):
            message = explain(error, found.text)
            row.problems.append(Problem(row.number, column.header, error.code, message))
        return
    except CellFault as error:
        message = fault(error.code, found.text, **error.values)
        row.problems.append(Problem(row.number, column.header, error.code, message))
        return
    key = "protected" if column is PROTECTED else column.key
    if read.value is not None:
        row.values[column.owner][key] = read.value
    row.notes.extend(
        doubt(code, found.text, text=cell.text, value=str(read.value)) for code in read.warnings
    )


def _take_in(row: _Row, others: Sequence[CoauthorRow]) -> None:
    """Add what the sheet of co-authors says to the row it belongs to."""
    row.coauthors, torn = merge_coauthors(row.coauthors, [other.author for other in others])
    for name in torn:
        shares = [one.share for one in row.coauthors if one.name == name]
        row.notes.append(
            doubt("share.contradiction", COAUTHORS.header, name=name, value=str(shares[0]))
        )
    for other in others:
        row.notes.extend(other.notes)
        row.problems.extend(
            Problem(row.number, COAUTHORS.header, code, message) for code, message in other.faults
        )


def _finished(row: _Row) -> ReadRow:
    """The row as a draft."""
    values = row.values[Owner.INITIATIVE]
    if not values.get("title"):
        row.notes.append(doubt("title.blank", TITLE.header))
    _settle_protection(row)
    if "sent" in values:
        values.setdefault("portal_state", "sent")
    draft = InitiativeDraft(**values, authors=_authors(row), decision=_decision(row))
    return ReadRow(row.number, draft, tuple(row.notes))


def _settle_protection(row: _Row) -> None:
    """One state out of the tick and the words; where they contradict, the one that blocks."""
    values = row.values[Owner.INITIATIVE]
    tick: Protection | None = values.pop("protected", None)
    if tick is None:
        return
    state: Protection = values.setdefault("protection", tick)
    if (tick is Protection.PROTECTED) != (state is Protection.PROTECTED):
        values["protection"] = Protection.PROTECTED
        row.notes.append(
            doubt(
                "protection.contradiction",
                PROTECTED.header,
                text=_protection_name(state),
                other=_bare(PROTECTION),
            )
        )


def _protection_name(state: Protection) -> str:
    """The state as the workbook says it."""
    return ProgrammeLists().named("protection")[list(Protection).index(state)]


def _bare(column: Column) -> str:
    """A header without what stands in parentheses."""
    return column.header.partition("(")[0].strip()


def _authors(row: _Row) -> tuple[AuthorDraft, ...]:
    """The credited author first, where the row names one, then the others."""
    values = row.values[Owner.AUTHOR]
    if not any(value not in {"", None} for value in values.values()):
        return row.coauthors
    author = AuthorDraft(**values, credited=True)
    row.notes.extend(_identity_doubts(author))
    return (author, *row.coauthors)


def _identity_doubts(author: AuthorDraft) -> list[str]:
    """Whether the identity number says another gender or year of birth than the row."""
    if len(author.identity) != 12:
        return []
    read = read_identity(
        author.identity,
        gender=_GENDERS.get(author.gender),
        birth_year=author.birth.year if author.birth else None,
    )
    wanted = {"identity.gender", "identity.birth_year"}
    header = next(_bare(column) for column in COLUMNS if column.key == "identity")
    return [doubt(code, header, text=author.identity) for code in read.warnings if code in wanted]


def _decision(row: _Row) -> DecisionDraft | None:
    """The decision, where anything of it is filled in."""
    decision = DecisionDraft(**row.values[Owner.DECISION])
    return None if decision.is_blank() else decision
