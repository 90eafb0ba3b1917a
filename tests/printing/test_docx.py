"""The editable copies: LibreOffice, a stranger, opens each and shows what is printed."""

import os
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pypdfium2 as pdfium
import pytest

from desktop.errors import UserError
from desktop.models.dossiers import Dossier
from desktop.printing import docx, papers, pdf
from desktop.printing.paper import (
    Align,
    Block,
    Column,
    Halves,
    Header,
    LabelledLine,
    Orientation,
    PageBreak,
    Paper,
    Row,
    RowKind,
    Run,
    Scan,
    Signatures,
    Signer,
    Table,
    Text,
    Title,
    plain,
)
from desktop.printing.papers import Material
from desktop.progress import CancelledError, Progress
from desktop.vietnamese.cleaning import clean
from tests.printing.conftest import FONTS, MM, Leaf
from tests.printing.test_scans import jpeg

COPIED = [kind.key for kind in papers.PAPERS if kind.key != "award-calibration"]
SLIPS = {"receipt", "reply-slip", "return-slip"}
LONG = {"summary-list", "council-minutes", "recognition-decision", "register-book"}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def as_pages(files: list[Path], folder: Path) -> dict[str, pdfium.PdfDocument]:
    """What LibreOffice makes of the files with the letters that papers are printed in."""
    fontconfig = folder / "fonts.conf"
    alias = "<alias binding='same'><family>Times New Roman</family>"
    alias += "<accept><family>Liberation Serif</family></accept></alias>"
    fontconfig.write_text(
        f"<fontconfig><dir>{FONTS}</dir><cachedir>{folder}/cache</cachedir>{alias}</fontconfig>"
    )
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--norestore", "--convert-to", "pdf", "--outdir", str(folder), *map(str, files)]
    environment = {**os.environ, "FONTCONFIG_FILE": str(fontconfig)}
    subprocess.run(command, check=True, capture_output=True, timeout=240, env=environment)
    return {file.stem: pdfium.PdfDocument(folder / f"{file.stem}.pdf") for file in files}


def letters_of(document: pdfium.PdfDocument) -> str:
    """The letters and figures of a file in any order: words are broken in other places."""
    return "".join(sorted(c for page in document for c in Leaf(page).text if c.isalnum()))


def test_libreoffice_shows_of_every_copy_what_is_printed(
    material: Material, dossiers: tuple[Dossier, ...], tmp_path: Path
) -> None:
    files, printed = [], {}
    for key in COPIED:
        of = replace(material, dossiers=dossiers) if key in LONG else material
        made = list(papers.kind(key).build(of))
        files.append(tmp_path / f"{key}.docx")
        assert docx.write(made, files[-1], fonts=FONTS) == len(made)
        printed[key] = pdfium.PdfDocument(pdf.render(made, fonts=FONTS)[0])
    shown = as_pages(files, tmp_path)
    for key in COPIED:
        assert abs(len(shown[key]) - len(printed[key])) <= (0 if key in SLIPS else 1), key
        ours, theirs = letters_of(printed[key]), letters_of(shown[key])
        # Headings of tables are repeated where pages are broken elsewhere.
        assert set(theirs) - set("23456789") == set(ours) - set("23456789"), key
        assert abs(len(theirs) - len(ours)) <= 0.03 * len(ours) + 4, key


def pages_of(blocks: tuple[Block, ...], folder: Path) -> list[Leaf]:
    """A paper of these blocks as LibreOffice shows it."""
    docx.write([Paper("x", "Thử", blocks)], folder / "x.docx", fonts=FONTS)
    return [Leaf(page) for page in as_pages([folder / "x.docx"], folder)["x"]]


HEADER = Header(
    ("LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU", "CÔNG ĐOÀN CƠ SỞ"), "Số: 05/QĐ", "Lai Châu, ngày 04"
)
SENTENCE = "Một câu ngắn của văn bản này. "


def test_the_head_of_a_copy_stands_as_in_print(tmp_path: Path) -> None:
    blocks = (HEADER, Title(("QUYẾT ĐỊNH",), ("Về việc công nhận",), rule=True))
    page = pages_of((*blocks, Text(plain(SENTENCE * 20))), tmp_path)[0]
    country, motto = page.box("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), page.box("Độc lập")
    assert abs(country.right - 189) < 2
    assert abs(country.width - 88.3) < 1.0
    assert country.bottom < motto.top
    assert abs(page.box("QUYẾT ĐỊNH").centre - 110) < 1
    assert abs(page.box("Số: 05/QĐ").bottom - page.box("Lai Châu, ngày 04").bottom) < 1
    lengths = sorted(rule.width for rule in page.rules)
    assert any(abs(length - 56.1) < 1.5 for length in lengths)
    assert page.ink().left >= 29


def test_the_heading_of_a_table_is_repeated_and_pages_are_numbered_from_the_second(
    tmp_path: Path,
) -> None:
    columns = (Column("Số TT", 20), Column("Tên sáng kiến", 140))
    rows = tuple(Row((str(at), SENTENCE * 3)) for at in range(60))
    rows = (Row(("Nhóm một",), RowKind.GROUP, (2,)), *rows)
    pages = pages_of((Table(columns, rows),), tmp_path)
    assert len(pages) > 2
    assert all("Tên sáng kiến" in page.text for page in pages)
    tops = [page.text.strip().split()[0] for page in pages]
    assert tops[1:] == [str(at) for at in range(2, len(pages) + 1)]
    assert tops[0] == "Số"


def test_the_signatures_of_a_copy_take_two_lines_along(tmp_path: Path) -> None:
    signed = Signatures((Signer(("CHỦ TỊCH",), "Lò Thị Mai Hoa"),), ("- Như trên;",))
    for count in range(33, 44):
        texts = tuple(Text(plain(SENTENCE)) for _one in range(count))
        pages = pages_of((*texts, signed), tmp_path)
        if len(pages) > 1:
            break
    assert SENTENCE.strip() in pages[-1].text
    assert "CHỦ TỊCH" in pages[-1].text
    assert "Lò Thị Mai Hoa" in pages[-1].text


def test_papers_of_one_file_are_numbered_each_for_itself_and_lie_as_they_are(
    tmp_path: Path,
) -> None:
    long = (Text(plain(SENTENCE * 120)), PageBreak(), Text(plain("Sau đó.")))
    made = [Paper("a", "A", long), Paper("b", "B", long, Orientation.LANDSCAPE)]
    docx.write(made, tmp_path / "two.docx", fonts=FONTS)
    pages = [Leaf(page) for page in as_pages([tmp_path / "two.docx"], tmp_path)["two"]]
    lies = [page.width > page.height for page in pages]
    assert lies == sorted(lies)
    heads = [page.text.split()[0] for page in pages]
    for part in (heads[: lies.index(True)], heads[lies.index(True) :]):
        assert len(part) > 1
        assert part == ["Một", *(str(at) for at in range(2, len(part) + 1))]


HOSTILE = (
    "<b>đậm</b> & <img src='/etc/passwd'/>",
    "=1+1",
    "dấu \u202e ngược \x00\x0b\ud800",
    "á a\u0301 \U0001f600",
    "x" * 3000,
    "]]> <!-- --> &amp;",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_in_a_copy_is_never_read_as_anything_else(text: str, tmp_path: Path) -> None:
    blocks: tuple[Block, ...] = (
        Text((Run(text, bold=True),), Align.LEFT),
        LabelledLine(plain("Nhãn:"), text),
        Table((Column("Cột", 100),), (Row((text,)),)),
    )
    docx.write([Paper("x", text, blocks)], tmp_path / "x.docx", fonts=FONTS)
    with zipfile.ZipFile(tmp_path / "x.docx") as file:
        root = ET.fromstring(file.read("word/document.xml"))
        assert not [name for name in file.namelist() if "media" in name]
    shown = ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p")]
    kept = "".join(clean(text).replace("\ufffd", "?").split())
    for found in (shown[0], shown[1].removeprefix("Nhãn: "), shown[3]):
        assert "".join(found.split()) == kept


def test_a_scan_stands_in_a_copy_as_large_as_its_page_allows(tmp_path: Path) -> None:
    paper = Paper("x", "Hồ sơ", (Text(plain("Trước.")), Scan("ab" * 32, 1, "Quyết định 118")))
    out = tmp_path / "x.docx"
    docx.write([paper], out, fonts=FONTS, pictures=lambda _scan: jpeg())
    pages = list(as_pages([out], tmp_path)["x"])
    pictures = [drawn for page in pages for drawn in page.get_objects() if drawn.type == 3]
    (left, _bottom, right, _top) = pictures[0].get_bounds()
    assert len(pictures) == 1
    assert 150 < (right - left) / MM < 161
    assert len(pages) <= 2


def test_equal_papers_give_equal_files(material: Material) -> None:
    made = list(papers.kind("dossier").build(material))
    assert docx.render(made, fonts=FONTS) == docx.render(made, fonts=FONTS)


def test_two_slips_stay_on_one_sheet(tmp_path: Path) -> None:
    slip: tuple[Block, ...] = (HEADER, Title(("PHIẾU",)), Text(plain(SENTENCE * 60)))
    assert len(pages_of((Halves(slip, slip),), tmp_path)) == 1


def test_the_sheet_that_measures_a_printer_has_no_copy(material: Material, tmp_path: Path) -> None:
    made = papers.kind("award-calibration").build(material)
    with pytest.raises(UserError) as refused:
        docx.write(made, tmp_path / "x.docx", fonts=FONTS)
    assert refused.value.code == "print.no-copy"
    assert not list(tmp_path.iterdir())


class Stopping(Progress):
    """Told to stop before the second paper."""

    def step(self, done: int, total: int, doing: str = "") -> None:
        del total, doing
        if done:
            raise CancelledError


def test_a_copy_that_is_broken_off_leaves_no_file(material: Material, tmp_path: Path) -> None:
    made = list(papers.kind("dossier").build(material))
    with pytest.raises(CancelledError):
        docx.write(made, tmp_path / "x.docx", fonts=FONTS, progress=Stopping())
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_said(material: Material, tmp_path: Path) -> None:
    made = list(papers.kind("dossier").build(material))
    with pytest.raises(UserError, match="missing"):
        docx.write(made, tmp_path / "missing" / "x.docx", fonts=FONTS)
