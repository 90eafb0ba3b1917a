"""Workbooks made for the tests: by hand, part by part, and by openpyxl, a stranger's program."""

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

TODAY = date(2022, 6, 15)
"""The day on which the tests read."""
NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
RELS = (
    f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
BOOK = (
    f'<workbook {NS} xmlns:r="{REL}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>'
    "</workbook>"
)
BOOK_RELS = (
    f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{REL}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
    f'Type="{REL}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
STRINGS = f"<sst {NS}><si><t>x</t></si></sst>"


def sheet_xml(rows: str, after: str = "", before: str = "") -> str:
    return f"<worksheet {NS}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


TITLE_CELL = '<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'
PLAIN = sheet_xml(
    f'<row r="1">{TITLE_CELL.format(at="A1", text="Tên sáng kiến")}</row>'
    f'<row r="2">{TITLE_CELL.format(at="A2", text="Máy tuốt lạc")}</row>'
)


def hand_made(path: Path, parts: Mapping[str, str | bytes] | None = None) -> Path:
    """A workbook of one sheet, with some of its parts replaced or added."""
    whole: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELS,
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": BOOK_RELS,
        "xl/worksheets/sheet1.xml": PLAIN,
        "xl/sharedStrings.xml": STRINGS,
        **(parts or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in whole.items():
            archive.writestr(name, content)
    return path


def with_sheet(path: Path, sheet: str) -> Path:
    return hand_made(path, {"xl/worksheets/sheet1.xml": sheet})


def by_openpyxl(path: Path, rows: Sequence[Any], name: str = "Sáng kiến") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    book.close()
    return path


CORNER_SHEET = sheet_xml(
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
)
"""Two cells between which a reader reserves the whole sheet."""
