"""Letters and line breaks: nothing is lost, nothing is too wide, nothing vanishes unseen."""

import shutil
import time
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
import reportlab
from hypothesis import given
from hypothesis import strategies as some
from reportlab.pdfbase.pdfmetrics import stringWidth

from desktop.errors import UserError
from desktop.printing import papers, typeface
from desktop.printing.papers import Material
from desktop.printing.typeface import STAND_IN, Family, Piece, break_plain, break_runs

FONTS = Path(__file__).parents[2] / "resources" / "fonts"
FAMILY = typeface.load(FONTS)
WORDS = some.text(alphabet="aáặđ Ư.,/-\u00a0", max_size=300)


def squeezed(text: str) -> str:
    return "".join(text.split(" "))


@given(WORDS, some.floats(30, 300))
def test_broken_lines_hold_every_letter_and_fit(text: str, width: float) -> None:
    lines = break_plain(text, FAMILY.regular, 12, width)
    assert squeezed("".join(words for words, _extent in lines)) == squeezed(text)
    assert all(extent <= width + 1e-3 for _words, extent in lines)


@given(some.lists(WORDS, min_size=1, max_size=4), some.floats(60, 300))
def test_broken_runs_hold_every_letter_in_order(texts: list[str], width: float) -> None:
    faces = (FAMILY.regular, FAMILY.bold, FAMILY.italic, FAMILY.bold_italic)
    runs = [Piece(face, text) for face, text in zip(faces, texts, strict=False)]
    lines = break_runs(runs, 14, width, 36)
    told = "".join(piece.text for line in lines for piece in line.pieces)
    assert squeezed(told) == squeezed("".join(texts))
    assert all(line.indent + line.width <= width + 1e-3 for line in lines)


@given(WORDS)
def test_widths_agree_with_the_librarys_own(text: str) -> None:
    text = text.replace("\u00a0", " ")
    expected = stringWidth(text, "SoSerif-Bold", 12)
    assert FAMILY.bold.widths[text] * 12 == pytest.approx(expected)


def test_the_end_of_a_web_address_is_broken_after_a_slash(family: Family) -> None:
    lines = break_plain("https://sangkien.congdoan.vn/chuong-trinh", family.regular, 14, 170)
    assert [words for words, _extent in lines] == ["https://sangkien.congdoan.vn/", "chuong-trinh"]


def test_three_hundred_thousand_letters_without_a_space_break_within_seconds(
    family: Family,
) -> None:
    begun = time.perf_counter()
    lines = break_plain("x" * 300_000, family.regular, 14, 450)
    assert sum(len(words) for words, _extent in lines) == 300_000
    assert time.perf_counter() - begun < 3


def test_what_cannot_be_seen_is_left_out_and_marks_are_composed(family: Family) -> None:
    assert family.printable("Sa\u0301ng\u200b ki\u202ee\u0302\u0301n\x00\ufeff") == "Sáng kiến"


def test_a_character_that_the_letters_lack_prints_a_box_and_is_named(family: Family) -> None:
    assert family.printable("thẻ 👍 字 ①") == f"thẻ {STAND_IN} {STAND_IN} 1"
    assert family.lacking("thẻ 👍 字 ①") == ("👍", "字")


@pytest.mark.parametrize("key", [kind.key for kind in papers.PAPERS])
def test_every_character_of_every_paper_is_in_the_letters(
    key: str, material: Material, family: Family
) -> None:
    texts: list[str] = []

    def gather(value: object) -> None:
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, tuple):
            for item in value:
                gather(item)
        elif is_dataclass(value):
            for field in fields(value):
                gather(getattr(value, field.name))

    for paper in papers.kind(key).build(material):
        gather(paper)
    assert len("".join(texts)) > 500
    assert family.lacking("".join(texts)) == ()


def test_every_character_of_the_form_sets_is_in_the_letters(family: Family) -> None:
    for file in (FONTS.parent / "forms").glob("*.toml"):
        assert family.lacking(file.read_text(encoding="utf-8")) == ()


def test_a_missing_font_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"LiberationSerif-Regular\.ttf"):
        typeface.load(tmp_path / "nowhere")


def test_a_damaged_font_is_said_in_one_sentence(tmp_path: Path) -> None:
    shutil.copytree(FONTS, tmp_path / "fonts")
    (tmp_path / "fonts" / "LiberationSerif-Bold.ttf").write_bytes(b"no font at all" * 100)
    with pytest.raises(UserError, match=r"LiberationSerif-Bold\.ttf"):
        typeface.load(tmp_path / "fonts")


def test_letters_without_vietnamese_are_refused(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    for file in typeface.FILES.values():
        shutil.copy(
            Path(reportlab.__file__).parent / "fonts" / "Vera.ttf", tmp_path / "fonts" / file
        )
    with pytest.raises(UserError):
        typeface.load(tmp_path / "fonts")
