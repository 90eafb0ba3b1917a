"""How papers leave: the bytes, the outline, the numbers of pages, and what cannot be written."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from desktop.errors import UserError
from desktop.models.dossiers import Dossier
from desktop.printing import papers, pdf
from desktop.printing.paper import Paper, Text, plain
from desktop.printing.papers import Material
from desktop.progress import CancelledError
from tests.printing.conftest import FONTS, Leaf

GOLDEN = Path(__file__).parents[1] / "golden"


def simple(title: str, sentences: int = 1, bookmark: tuple[str, ...] = ()) -> Paper:
    return Paper("x", title, (Text(plain("Một câu ngắn. " * sentences)),), bookmark=bookmark)


def geometry(data: bytes) -> list[dict[str, object]]:
    """Of each page its size, its text, its lines, and where its ink lies, to 0,1 mm."""
    leaves = [Leaf(page) for page in pdfium.PdfDocument(data)]
    return [
        {
            "size": [round(leaf.width, 1), round(leaf.height, 1)],
            "ink": [round(edge, 1) for edge in leaf.ink()],
            "rules": len(leaf.rules),
            "text": leaf.text.splitlines(),
        }
        for leaf in leaves
    ]


def pictures(data: bytes) -> list[bytes]:
    """Each page as it looks, in grey, about 70 dots to the inch."""
    file = pdfium.PdfDocument(data)
    return [bytes(page.render(scale=1, grayscale=True).buffer) for page in file]


@pytest.mark.parametrize("key", [kind.key for kind in papers.PAPERS])
def test_every_paper_is_printed_as_its_golden_file(
    key: str, material: Material, dossiers: tuple[Dossier, ...], renew: bool
) -> None:
    if key in {"summary-list", "council-minutes", "recognition-decision", "register-book"}:
        material = replace(material, dossiers=dossiers)
    data, _pages = pdf.render(papers.kind(key).build(material), fonts=FONTS)
    seen, golden = GOLDEN / f"{key}.json", GOLDEN / f"{key}.pdf"
    if renew:
        golden.write_bytes(data)
        told = json.dumps(geometry(data), ensure_ascii=False, indent=1)
        seen.write_text(told + "\n", encoding="utf-8")
    assert geometry(data) == json.loads(seen.read_text(encoding="utf-8"))
    assert pictures(golden.read_bytes()) == pictures(data)


@pytest.mark.parametrize("key", [kind.key for kind in papers.PAPERS])
def test_two_runs_give_the_same_bytes(key: str, material: Material) -> None:
    first, _pages = pdf.render(papers.kind(key).build(material), fonts=FONTS)
    second, _pages = pdf.render(papers.kind(key).build(material), fonts=FONTS)
    assert first == second


def test_every_font_is_embedded_as_a_subset(material: Material) -> None:
    data, _pages = pdf.render(papers.kind("dossier").build(material), fonts=FONTS)
    names = re.findall(rb"/BaseFont /(\S+)", data)
    assert names
    assert all(re.fullmatch(rb"[A-Z]{6}\+LiberationSerif\S*", name) for name in names)
    assert len(re.findall(rb"/FontFile2", data)) == len(names)
    assert len(data) < 200_000


def test_the_file_says_its_title_author_and_language(material: Material) -> None:
    data, _pages = pdf.render(papers.kind("application").build(material), fonts=FONTS)
    said = pdfium.PdfDocument(data).get_metadata_dict()
    assert said["Title"] == "Đơn yêu cầu công nhận sáng kiến"
    assert said["Author"] == "Liên đoàn Lao động tỉnh Lai Châu"
    assert b"/Lang (vi-VN)" in data


def test_a_dossier_opens_with_its_outline(material: Material) -> None:
    data, _pages = pdf.render(papers.kind("dossier").build(material), fonts=FONTS)
    outline = list(pdfium.PdfDocument(data).get_toc())
    assert [(mark.level, mark.get_title()) for mark in outline] == [
        (0, "SK22-0001 – " + material.dossiers[0].entry.title),
        (1, "Danh mục hồ sơ"),
        (1, "Đơn yêu cầu công nhận sáng kiến"),
        (1, "Mô tả sáng kiến"),
        (1, "Bản xác nhận tỷ lệ đóng góp"),
        (1, "Phiếu kiểm tra điều kiện"),
    ]


def test_bookmarks_lead_to_the_first_pages_of_several_dossiers(material: Material) -> None:
    other = replace(material.dossiers[0], code="SK22-0002")
    both = replace(material, dossiers=(*material.dossiers, other))
    data, _pages = pdf.render(papers.kind("dossier").build(both), fonts=FONTS)
    file = pdfium.PdfDocument(data)
    heads = ("DANH MỤC", "ĐƠN YÊU CẦU", "MÔ TẢ SÁNG KIẾN", "BẢN XÁC NHẬN", "PHIẾU KIỂM TRA")
    below = [mark for mark in file.get_toc() if mark.level == 1]
    for mark, head in zip(below, heads * 2, strict=True):
        index = mark.get_dest().get_index()
        assert index is not None
        assert head in Leaf(file[index]).text


def test_each_paper_of_a_file_is_numbered_from_one() -> None:
    data, pages = pdf.render([simple("A", 800), simple("B", 800)], fonts=FONTS)
    firsts = [Leaf(page).text.splitlines()[0].strip() for page in pdfium.PdfDocument(data)]
    numbers = [line if line.isdigit() else "" for line in firsts]
    half = ["", *(str(number) for number in range(2, pages // 2 + 1))]
    assert numbers == half * 2


def test_a_paper_of_nothing_is_one_empty_page() -> None:
    assert pdf.render([Paper("x", "Trống", ())], fonts=FONTS)[1] == 1


def test_no_paper_at_all_is_a_bug() -> None:
    with pytest.raises(ValueError, match="no paper"):
        pdf.render([], fonts=FONTS)


def test_a_file_is_written_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    out = tmp_path / "don.pdf"
    out.write_bytes(b"before")
    assert pdf.write([simple("A")], out, fonts=FONTS) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["don.pdf"]
    assert len(pdfium.PdfDocument(out)) == 1


@pytest.mark.parametrize("place", ["nowhere/don.pdf", "file.txt/don.pdf", "folder.pdf"])
def test_what_cannot_be_written_is_said_and_nothing_is_left(place: str, tmp_path: Path) -> None:
    (tmp_path / "file.txt").write_text("x")
    (tmp_path / "folder.pdf").mkdir()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(UserError) as caught:
        pdf.write([simple("A")], tmp_path / place, fonts=FONTS)
    assert caught.value.code == "cannot-write"
    assert str(tmp_path / place) in str(caught.value)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_missing_font_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        pdf.write([simple("A")], tmp_path / "don.pdf", fonts=tmp_path)
    assert caught.value.code == "font-missing"
    assert list(tmp_path.iterdir()) == []


class Impatient:
    """Stops the job at the third step and keeps what it was told."""

    def __init__(self) -> None:
        self.told: list[tuple[int, int, str]] = []

    def step(self, done: int, total: int, doing: str = "") -> None:
        self.told.append((done, total, doing))
        if len(self.told) == 3:
            raise CancelledError


def test_a_job_says_which_paper_it_prints_and_stops_when_told(tmp_path: Path) -> None:
    watch = Impatient()
    with pytest.raises(CancelledError):
        pdf.write([simple("A"), simple("B")], tmp_path / "x.pdf", fonts=FONTS, progress=watch)
    assert watch.told == [(0, 2, "A"), (0, 2, "A"), (1, 2, "B")]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("texts", "missing"), [(("chữ 字 và 👍 và 字",), ("字", "👍")), (("Sáng kiến",), ())]
)
def test_characters_without_letters_are_named_before_printing(
    texts: Sequence[str], missing: Sequence[str]
) -> None:
    told = pdf.lacking([simple(text) for text in texts], fonts=FONTS)
    assert tuple(told) == tuple(missing)
