"""Hostile, broken and foreign workbooks are refused at once, in words that say what to do."""

import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.exchange.preflight import Kind, Limits, check_workbook, name_of, place_of
from desktop.exchange.reading import read_workbook
from tests.exchange.workbooks import (
    BOOK,
    NS,
    PLAIN,
    STRINGS,
    TITLE_CELL,
    TODAY,
    TYPES,
    hand_made,
    sheet_xml,
    with_sheet,
)

LAUGHS = '<!DOCTYPE w [<!ENTITY l0 "lol">{}]>'.format(
    "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
)
CORNER = '<row r="1"><c r="A1"><v>1</v></c></row><row r="{row}"><c r="{at}"><v>1</v></c></row>'
MERGE = '<mergeCells count="1"><mergeCell ref="{}"/></mergeCells>'


def doctype(part: str) -> Callable[[Path], Path]:
    texts = {"xl/worksheets/sheet1.xml": PLAIN, "xl/sharedStrings.xml": STRINGS}
    texts |= {"xl/workbook.xml": BOOK, "[Content_Types].xml": TYPES}
    return lambda path: hand_made(path, {part: LAUGHS + texts[part].replace(">x<", ">&l9;<")})


def swollen(path: Path) -> Path:
    text = TITLE_CELL.format(at="A1", text="A" * (8 << 20))
    return with_sheet(path, sheet_xml(f'<row r="1">{text}</row>'))


def many_rows(path: Path) -> Path:
    rows = "".join(f"<row><c><v>{number}</v></c></row>" for number in range(60_000))
    return with_sheet(path, sheet_xml(rows))


def external_entity(path: Path) -> Path:
    start = '<!DOCTYPE s [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return hand_made(path, {"xl/sharedStrings.xml": start + STRINGS.replace(">x<", ">&a;<")})


def encrypted_flag(path: Path) -> Path:
    data = bytearray(hand_made(path).read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        data[at + offset] |= 1
    path.write_bytes(data)
    return path


def truncated(path: Path) -> Path:
    whole = hand_made(path).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    return path


def encrypted_container(path: Path) -> Path:
    start = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    path.write_bytes(start + bytes(1024) + "EncryptedPackage".encode("utf-16-le") + bytes(512))
    return path


def flipped_contents(path: Path) -> Path:
    data = bytearray(hand_made(path).read_bytes())
    at = data.find(b"xl/worksheets/sheet1.xml") + 40
    data[at] ^= 0xFF
    path.write_bytes(data)
    return path


def written(content: bytes) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return make


def sheet(rows: str, after: str = "") -> Callable[[Path], Path]:
    return lambda path: with_sheet(path, sheet_xml(rows, after))


HOSTILE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "billion laughs in the sheet": (doctype("xl/worksheets/sheet1.xml"), "workbook-dangerous"),
    "billion laughs in the texts": (doctype("xl/sharedStrings.xml"), "workbook-dangerous"),
    "billion laughs in the workbook": (doctype("xl/workbook.xml"), "workbook-dangerous"),
    "billion laughs in the types": (doctype("[Content_Types].xml"), "workbook-dangerous"),
    "foreign file": (external_entity, "workbook-dangerous"),
    "part outside": (lambda path: hand_made(path, {"../../x": "x"}), "workbook-dangerous"),
    "far corner": (sheet(CORNER.format(row=1048576, at="XFD1048576")), "workbook-far-cell"),
    "far column": (sheet(CORNER.format(row=60000, at="XFD60000")), "workbook-far-cell"),
    "huge merge": (sheet("", MERGE.format("A1:XFD1048576")), "workbook-merges"),
    "one swollen cell": (swollen, "workbook-too-heavy"),
    "row bomb": (many_rows, "workbook-far-cell"),
    "not a reference": (sheet('<row r="9"><c r="ZZZZ9"><v>1</v></c></row>'), "workbook-damaged"),
    "not a row": (sheet('<row r="99999999999"></row>'), "workbook-damaged"),
    "encrypted part": (encrypted_flag, "workbook-encrypted"),
    "encrypted workbook": (encrypted_container, "workbook-encrypted"),
    "truncated": (truncated, "workbook-damaged"),
    "flipped": (flipped_contents, "workbook-damaged"),
    "empty": (written(b""), "workbook-empty-file"),
    "not a zip": (written(b"PK\x03\x04" + bytes(range(256))), "workbook-damaged"),
    "web page": (written(b"<html><table><tr><td>1</td></tr></table></html>"), "workbook-not-one"),
    "commas": (written(b"a,b\n1,2\n"), "workbook-not-one"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_is_refused_at_once_with_words_that_say_what_to_do(
    tmp_path: Path, name: str
) -> None:
    make, code = HOSTILE[name]
    path = make(tmp_path / "la.xlsx")
    start = time.monotonic()
    with pytest.raises(UserError) as caught:
        read_workbook(path, today=TODAY)
    assert caught.value.code == code
    assert "la.xlsx" in str(caught.value)
    assert len(str(caught.value).split(".")) >= 3, "what is wrong, and what to do"
    assert time.monotonic() - start < 3


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.xlsx", tmp_path):
        with pytest.raises(UserError) as caught:
            check_workbook(path)
        assert caught.value.code == "workbook-missing"


def test_other_zips_and_binary_workbooks_are_told_apart(tmp_path: Path) -> None:
    expected = {"word/document.xml": "workbook-not-one", "xl/workbook.bin": "workbook-other-kind"}
    for part, code in expected.items():
        path = tmp_path / "x.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(part, "x")
        with pytest.raises(UserError) as caught:
            check_workbook(path)
        assert caught.value.code == code


def test_a_part_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    path = hand_made(tmp_path / "x.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/Workbook.xml", BOOK)
    with pytest.raises(UserError) as caught:
        check_workbook(path)
    assert caught.value.code == "workbook-dangerous"


def test_a_lying_dimension_and_rows_formatted_to_the_very_end_are_read(tmp_path: Path) -> None:
    empty = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    text = sheet_xml(
        f'<row r="1">{TITLE_CELL.format(at="A1", text="Tên sáng kiến")}</row>'
        f'<row r="2">{TITLE_CELL.format(at="A2", text="Máy tuốt lạc")}</row>{empty}',
        before='<dimension ref="A1:XFD1048576"/>',
    )
    reading = read_workbook(with_sheet(tmp_path / "x.xlsx", text), today=TODAY)
    assert [row.draft.title for row in reading.rows] == ["Máy tuốt lạc"]


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(file=100), "workbook-too-big"),
        (Limits(parts=3), "workbook-too-heavy"),
        (Limits(total=500), "workbook-too-heavy"),
        (Limits(part=100), "workbook-too-heavy"),
        (Limits(cells=2), "workbook-too-many-cells"),
        (Limits(area=1), "workbook-far-cell"),
        (Limits(elements=3), "workbook-too-heavy"),
    ],
)
def test_each_limit_is_kept(tmp_path: Path, limits: Limits, code: str) -> None:
    path = hand_made(tmp_path / "x.xlsx")
    assert check_workbook(path) is Kind.XLSX
    with pytest.raises(UserError) as caught:
        check_workbook(path, limits)
    assert caught.value.code == code


def test_an_ods_whose_one_row_stands_for_millions_is_refused(tmp_path: Path) -> None:
    content = (
        '<office:c xmlns:office="o" xmlns:table="t"><table:table><table:table-row '
        'table:number-rows-repeated="{}"><table:table-cell office:value-type="string"/>'
        "</table:table-row></table:table></office:c>"
    )
    for times, refused in ((2, False), (900_000, True)):
        path = tmp_path / "x.ods"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr("content.xml", content.format(times))
        if refused:
            with pytest.raises(UserError, match="A900000"):
                check_workbook(path)
        else:
            assert check_workbook(path) is Kind.ODS


def mutated(whole: bytes, dice: random.Random) -> bytes:
    data = bytearray(whole)
    for _ in range(dice.randint(1, 8)):
        at = dice.randrange(len(data))
        kind = dice.randrange(4)
        if kind == 0:
            data[at] = dice.randrange(256)
        elif kind == 1:
            del data[at : at + dice.randint(1, 60)]
        elif kind == 2:
            data[at:at] = dice.randbytes(dice.randint(1, 30))
        else:
            data[at : at + 16] = bytes(16)
    return bytes(data)


def remade(path: Path, dice: random.Random) -> None:
    """The workbook with one part mutated, but a zip that is whole."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = dice.choice(sorted(parts))
    parts[name] = mutated(parts[name], dice)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)


def test_three_hundred_mutants_are_checked_without_an_uncaught_exception(tmp_path: Path) -> None:
    dice = random.Random(20211215)
    whole = hand_made(tmp_path / "whole.xlsx").read_bytes()
    path = tmp_path / "mutant.xlsx"
    refused = 0
    for number in range(300):
        path.write_bytes(whole if number % 2 else mutated(whole, dice))
        if number % 2:
            remade(path, dice)
        try:
            check_workbook(path)
            if number % 6 == 1:
                read_workbook(path, today=TODAY)
        except UserError:
            refused += 1
    assert 100 < refused < 300


def test_references_are_read_and_named() -> None:
    assert place_of("A1") == (1, 1)
    assert place_of("XFD1048576") == (1_048_576, 16_384)
    for wrong in ("", "A", "1", "A0", "XFE1", "A1048577", "a1", "A1 ", "A١"):
        assert place_of(wrong) is None
    for reference in ("A1", "Z9", "AA10", "AZ1", "ZZ3", "XFD1048576"):
        place = place_of(reference)
        assert place is not None
        assert name_of(*place) == reference


def test_the_crafted_parts_make_a_sound_workbook(tmp_path: Path) -> None:
    assert NS in PLAIN
    reading = read_workbook(hand_made(tmp_path / "x.xlsx"), today=TODAY)
    assert [row.draft.title for row in reading.rows] == ["Máy tuốt lạc"]
