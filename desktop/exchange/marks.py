"""What the look of a cell says about its value, where the value alone would mislead.

A cell typed as 9/2021 is kept by Excel as 1 September 2021 and only shown as "Sep-21"; 70 % is kept
as 0.7; a formula that failed is kept as an error that readers take for a blank, and so do they take
a formula that no spreadsheet has worked out yet. The number formats and types in the parts of an
.xlsx tell.
"""

import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.parsers import expat

from desktop.exchange.preflight import place_of

Marks = Mapping[tuple[int, int], str]
"""By row and column from 1: "error", "formula", "percent", "month", "year" or "moment"."""

BUILT_IN = {9: "percent", 10: "percent", 17: "month", 22: "moment"}
"""Formats without a text of their own (ECMA-376 part 1, 18.8.30): 0%, mmm-yy, m/d/yy h:mm."""

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)

Starts = Callable[[str, dict[str, str]], None]


def marks_of_sheets(path: Path) -> dict[str, Marks]:
    """The marks of each sheet of an .xlsx that was checked before, by the sheet's name.

    A workbook whose parts cannot be found has none.
    """
    with zipfile.ZipFile(path) as archive:
        styles = _styles(archive)
        sheets = _sheets(archive)
        return {name: _marks(archive, part, styles) for name, part in sheets.items()}


def mark_of_format(text: str) -> str:
    """What a number format such as ``mm/yyyy`` or ``0.0%`` says of its values; "" for nothing."""
    bare = _LITERAL.sub("", text.partition(";")[0]).lower()
    if "%" in bare:
        return "percent"
    if "general" in bare:
        return ""
    if "h" in bare:
        return "moment"
    if "y" in bare and "d" not in bare:
        return "month" if "m" in bare else "year"
    return ""


def _parse(archive: zipfile.ZipFile, part: str, start: Starts) -> None:
    """Hand every start of an element of the part, by local name, to ``start``."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, values: start(name.rpartition(":")[2], values)
    _feed(archive, part, parser)


def _feed(archive: zipfile.ZipFile, part: str, parser: expat.XMLParserType) -> None:
    """Give the parser the whole part, where there is one."""
    if part not in archive.NameToInfo:
        return
    with archive.open(part) as file:
        parser.ParseFile(file)


def _styles(archive: zipfile.ZipFile) -> dict[str, str]:
    """The mark of each cell style that says something, by its index as written in cells."""
    formats: dict[str, str] = {str(number): mark for number, mark in BUILT_IN.items()}
    found: dict[str, str] = {}
    inside, count = "", 0

    def start(name: str, values: dict[str, str]) -> None:
        nonlocal inside, count
        if name == "numFmt":
            formats[values.get("numFmtId", "")] = mark_of_format(values.get("formatCode", ""))
        elif name in {"cellXfs", "cellStyleXfs", "dxfs"}:
            inside = name
        elif name == "xf" and inside == "cellXfs":
            mark = formats.get(values.get("numFmtId", ""), "")
            if mark:
                found[str(count)] = mark
            count += 1

    _parse(archive, "xl/styles.xml", start)
    return found


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of each sheet, by the sheet's name."""
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(name: str, values: dict[str, str]) -> None:
        if name == "Relationship":
            target = posixpath.join("/xl", values.get("Target", ""))
            targets[values.get("Id", "")] = posixpath.normpath(target).lstrip("/")

    def sheet(name: str, values: dict[str, str]) -> None:
        if name == "sheet":
            wanted = next((text for key, text in values.items() if key.endswith(":id")), "")
            sheets[values.get("name", "")] = targets.get(wanted, "")

    _parse(archive, "xl/_rels/workbook.xml.rels", relation)
    _parse(archive, "xl/workbook.xml", sheet)
    return sheets


def _marks(archive: zipfile.ZipFile, part: str, styles: Mapping[str, str]) -> Marks:
    """The marks of one sheet: only cells that hold a value or a formula have one."""
    walk = _SheetWalk(styles)
    _feed(archive, part, walk.parser)
    walk.finish_cell()
    return walk.marks


class _SheetWalk:
    """Walks the cells of one sheet and keeps their marks.

    A cell is judged when the next one starts. Text is listened to only within the value of a
    formula: everywhere else it would only cost time.
    """

    def __init__(self, styles: Mapping[str, str]) -> None:
        self.styles = styles
        self.marks: dict[tuple[int, int], str] = {}
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.row = 0
        self.column = 0
        self.mark = ""
        self.type = ""
        self.formula = False
        self.value = False

    def finish_cell(self) -> None:
        """Keep the mark of the cell that has just ended."""
        if self.formula and not self.value:
            self.marks[self.row, self.column] = "formula"
        elif self.value and self.mark:
            self.marks[self.row, self.column] = self.mark
        self.mark, self.type, self.formula, self.value = "", "", False, False
        self.parser.CharacterDataHandler = None

    def _start(self, name: str, values: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self.finish_cell()
            self._cell(values)
        elif name == "row":
            self.finish_cell()
            self.row, self.column = int(values.get("r", self.row + 1)), 0
        elif name == "f":
            self.formula = True
        elif name == "v":
            # The empty value of a formula of type "str" is its result, a text without letters.
            self.value = not self.formula or self.type == "str"
            self.parser.CharacterDataHandler = None if self.value else self._text

    def _cell(self, values: dict[str, str]) -> None:
        place = place_of(values.get("r", ""))
        self.row, self.column = place or (self.row, self.column + 1)
        self.type = values.get("t", "")
        self.mark = "error" if self.type == "e" else self.styles.get(values.get("s", ""), "")

    def _text(self, text: str) -> None:
        self.value = self.value or bool(text.strip())
