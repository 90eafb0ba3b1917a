"""A file bound of parts is the file that printing everything at once would give."""

from pathlib import Path

import pikepdf
import pypdfium2 as pdfium

from desktop.printing import pdf
from desktop.printing.binding import bind
from desktop.printing.paper import Paper, Text, bold, italic, plain
from tests.printing.conftest import FONTS

LONG = "Một câu ngắn về sáng kiến. " * 300


def papers(numbers: range) -> list[Paper]:
    """Of each number two papers below a bookmark of its own, the first of several pages."""
    return [
        Paper("x", f"Tờ {name}", blocks, author="Đơn vị", bookmark=(f"SK-{number}", name))
        for number in numbers
        for name, blocks in (
            ("Đơn", (Text(plain(f"Đơn {number}. {LONG}")), Text(bold("Hết")))),
            ("Mô tả", (Text(italic(f"Mô tả {number} Ω")),)),
        )
    ]


def printed(folder: Path, *shares: range) -> list[Path]:
    files = [folder / f"{share.start}.pdf" for share in shares]
    for file, share in zip(files, shares, strict=True):
        pdf.write(papers(share), file, fonts=FONTS)
    return files


def outline(file: Path) -> list[tuple[int, str, int | None]]:
    marks = pdfium.PdfDocument(file).get_toc()
    return [(mark.level, mark.get_title(), mark.get_dest().get_index()) for mark in marks]


def words(file: Path) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(file)]


def test_pages_outline_and_properties_are_those_of_one_run(tmp_path: Path) -> None:
    pages = bind(printed(tmp_path, range(3), range(3, 5), range(5, 6)), tmp_path / "bound.pdf")
    (whole,) = printed(tmp_path, range(6))
    bound = tmp_path / "bound.pdf"
    assert words(bound) == words(whole)
    assert len(words(bound)) == pages
    assert outline(bound) == outline(whole)
    told = [pdfium.PdfDocument(file).get_metadata_dict() for file in (bound, whole)]
    assert told[0] == told[1]


def test_every_font_is_there_once_and_those_of_one_part_alone_stay(tmp_path: Path) -> None:
    bind(printed(tmp_path, range(2), range(2, 4), range(4, 6)), tmp_path / "bound.pdf")
    with pikepdf.open(tmp_path / "bound.pdf") as file:
        named = [
            str(each.BaseFont)
            for each in file.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font"
        ]
    assert sorted(named) == [
        "/AAAAAA+LiberationSerif",
        "/AAAAAA+LiberationSerif-Bold",
        "/AAAAAA+LiberationSerif-Italic",
        "/AAAAAB+LiberationSerif-Italic",
    ]


def test_parts_may_have_fonts_that_only_share_a_name(tmp_path: Path) -> None:
    files = [tmp_path / "a.pdf", tmp_path / "b.pdf"]
    for file, letter in zip(files, "Ωж", strict=True):
        pdf.write([Paper("x", "x", (Text(plain(letter)),))], file, fonts=FONTS)
    bind(files, tmp_path / "bound.pdf")
    assert [told.strip() for told in words(tmp_path / "bound.pdf")] == ["Ω", "ж"]


def test_labels_of_pages_are_kept_at_their_pages(tmp_path: Path) -> None:
    files = printed(tmp_path, range(1), range(1, 2))
    for file, style in zip(files, "rD", strict=True):
        with pikepdf.open(file, allow_overwriting_input=True) as opened:
            label = pikepdf.Dictionary(S=pikepdf.Name(f"/{style}"))
            opened.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, label]))
            opened.save()
    bind(files, tmp_path / "bound.pdf")
    with pikepdf.open(tmp_path / "bound.pdf") as bound:
        half = len(bound.pages) // 2
        assert [page.label for page in bound.pages][half - 1 : half + 1] == ["iv", "1"]


def test_two_bindings_give_the_same_bytes(tmp_path: Path) -> None:
    files = printed(tmp_path, range(2), range(2, 4))
    for name in ("one.pdf", "other.pdf"):
        bind(files, tmp_path / name)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "other.pdf").read_bytes()
