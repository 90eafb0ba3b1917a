"""Columns written in the fonts of the 1990s (TCVN3, VNI), put into Unicode before they are read.

Only whole columns are judged, by their words; a lone doubtful cell is left as it is.
"""

from collections.abc import Mapping
from dataclasses import replace

from desktop.exchange.headers import Table
from desktop.exchange.rows import CellKind, Column
from desktop.exchange.sheets import Cell, Sheet
from desktop.text import N_, _
from desktop.vietnamese.capitals import Kind
from desktop.vietnamese.detection import Restored, detect, restore_column
from desktop.vietnamese.legacy import Encoding

_ENOUGH_CELLS = 3
"""With fewer cells and no sign that only old letters have, a column proves nothing."""
_KINDS: Mapping[str, Kind] = {
    "name": Kind.NAME,
    "signer": Kind.NAME,
    "title": Kind.TITLE,
    "unit": Kind.TITLE,
    "superior": Kind.TITLE,
    "issuer": Kind.TITLE,
}
_NAMES = {Encoding.TCVN3: "TCVN3 (.VnTime)", Encoding.VNI: "VNI"}
CONVERTED = N_(
    "Column “{column}” is written in old {letters} letters and was converted in {count} cells: "
    "“{before}” became “{after}”. Check these rows."
)
SUSPECTED = N_(
    "Column “{column}” may be written in old {letters} letters. It was kept as it is; look at it, "
    "and convert the file to Unicode if the letters are wrong."
)


def in_unicode(table: Table) -> tuple[Table, tuple[str, ...]]:
    """The table with its old letters decoded, and a note for each column that was or may be old."""
    columns = {
        place: restored
        for place in table.columns
        if (restored := _restored(table, place)) is not None
    }
    proven = {one.finding.encoding for one in columns.values() if one.finding.strong}
    cells: dict[tuple[int, int], Cell] = {}
    notes = []
    for place, restored in columns.items():
        convert = _is_proven(restored, proven)
        column = table.columns[place].column
        if convert and restored.changed:
            numbers = _text_rows(table, place)
            cells |= {(numbers[at], place): Cell(restored.texts[at]) for at in restored.changed}
            first = table.sheet.rows[numbers[restored.changed[0]]][place]
            notes.append(_note(CONVERTED, column, restored, first))
        elif not convert:
            notes.append(_note(SUSPECTED, column, restored, None))
    rows = {
        number: {at: cells.get((number, at), cell) for at, cell in row.items()}
        for number, row in table.sheet.rows.items()
    }
    sheet = Sheet(table.sheet.name, rows, table.sheet.merges) if cells else table.sheet
    return replace(table, sheet=sheet), tuple(notes)


def _is_proven(restored: Restored, proven: set[Encoding]) -> bool:
    """Whether a column is to be converted: sure by itself, and not by one or two cells alone.

    Letters misread by way of code page 1258 come in text files; a workbook keeps Unicode.
    """
    finding = restored.finding
    enough = finding.counted >= _ENOUGH_CELLS or finding.encoding in proven
    return finding.sure and enough and not finding.through_cp1258


def _text_rows(table: Table, place: int) -> list[int]:
    """The rows in which the column holds text."""
    return [
        number
        for number, row in table.sheet.rows.items()
        if number >= table.first and place in row and isinstance(row[place].value, str)
    ]


def _restored(table: Table, place: int) -> Restored | None:
    """The column after decoding, None where it is in Unicode."""
    column = table.columns[place].column
    texts = [str(table.sheet.rows[number][place].value) for number in _text_rows(table, place)]
    if all(text.isascii() for text in texts) or column.kind is CellKind.MONEY:
        return None
    if detect(texts).encoding is Encoding.UNICODE:
        return None
    return restore_column(texts, kind=_KINDS.get(column.key, Kind.PROSE))


def _note(pattern: str, column: Column, restored: Restored, before: Cell | None) -> str:
    """What was done with a column."""
    after = restored.texts[restored.changed[0]] if restored.changed else ""
    return _(pattern).format(
        column=column.header.partition("(")[0].strip(),
        letters=_NAMES[restored.finding.encoding],
        count=len(restored.changed),
        before=str(before.value)[:40] if before else "",
        after=after[:40],
    )
