"""The alphabet of the papers: the same page of letters in every file, others in pages beyond it."""

from io import BytesIO

import pikepdf
import pytest

from desktop.printing import alphabet, pdf
from desktop.printing.paper import Paper, Text, bold, italic, plain
from tests.printing.conftest import FONTS, Reader


def words(*texts: str) -> Paper:
    """Each text upright, bold and in italics."""
    blocks = (Text(run(text)) for text in texts for run in (plain, bold, italic))
    return Paper("x", "x", tuple(blocks))


def outlines(*texts: str) -> dict[str, bytes]:
    """The outlines in a file with these texts, by the name of their font."""
    data, _pages = pdf.render([words(*texts)], fonts=FONTS)
    with pikepdf.open(BytesIO(data)) as file:
        fonts = file.pages[0].Resources.Font.values()
        return {str(f.BaseFont): f.FontDescriptor.FontFile2.read_bytes() for f in fonts}


def test_the_page_holds_every_vietnamese_letter_and_ascii_at_its_own_codes() -> None:
    assert len(set(alphabet.PAGE)) == 256
    assert set(alphabet.VIETNAMESE + alphabet.VIETNAMESE.upper()) <= set(alphabet.PAGE)
    assert alphabet.encoded("So 05/QD-CDCS ~") == b"So 05/QD-CDCS ~"
    assert alphabet.encoded("Ω") is None


def test_files_of_different_words_have_the_same_fonts() -> None:
    assert outlines("Sáng kiến") == outlines("Đơn vị", "Tổng: 1.350.000 đồng – 10 %")


@pytest.mark.parametrize("text", ["Ω", "điện trở 5 kΩ ± 1 %, góc α = 30°", "Ж" * 300, "ÀÉÎõü ŷ"])
def test_letters_beyond_the_alphabet_are_printed_from_a_page_of_their_own(
    text: str, read: Reader
) -> None:
    (leaf,) = read(words(text))
    assert "".join(leaf.text.split()) == "".join(text.split()) * 3


def test_more_letters_than_two_pages_hold_are_printed(read: Reader) -> None:
    beyond = [
        chr(code) for code in (*range(0xC0, 0x180), *range(0x391, 0x3C9), *range(0x410, 0x450))
    ]
    text = "".join(letter for letter in beyond if letter != "\u03a2")
    (leaf,) = read(Paper("x", "x", (Text(plain(text)),)))
    assert "".join(leaf.text.split()) == text


def test_the_letters_of_one_file_do_not_reach_the_next() -> None:
    assert len(outlines("Ω")) == len(outlines("a")) * 2
    assert outlines("a") == outlines("b")


def test_a_space_that_does_not_break_is_as_wide_as_the_others(read: Reader) -> None:
    (leaf,) = read(words("từ\xa0từ Ω\xa0Ω"))
    assert "từ từ Ω Ω" in leaf.text
