"""Formulas, units and marks in Unicode: never taken for old letters, alone or in columns."""

import random
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from desktop.vietnamese.cleaning import clean
from desktop.vietnamese.detection import detect, restore_column
from desktop.vietnamese.legacy import Encoding, encode
from tests.vietnamese.texts import cells

SAMPLES = Path(__file__).parents[2] / "resources" / "samples" / "initiatives.toml"
_SIGNS_TEXT = "× ÷ ² ³ ° ± · « » “ ” … – — → ≥ ≤ ≈ − µ μ ½ ¼ ¹ º § © ® ₫"
_UNITS_TEXT = (
    "m² m³ km² cm² cm³ °C ºC 180° 75–80 °C kWh/m² m³/h m³/ngày N·m kg·m kW·h A·h µm µg/m³ μm g/m² "
    "30×40 2×3 n×m a×b d×r D×R×C ±5 ±0,5 5÷7 6,5÷7,2 1½ 10³ 10² x² đ 45.000đ 45.000₫ đ/m² đ/ha QĐ "
    "GĐ LĐ HĐND LĐLĐ ATLĐ ĐA ĐK TĐKT NĐ-CP CĐCS 5/QĐ-LĐ Đăk Chư Păh Kơ 2× ×3 = + 12 1.150.000 / "
    "→58 (×2) (m²) nº5 Nº1 «A» «kg» “B” 10°30′ 3→2 Ø20 Ø6a200 φ8 Ω 100Ω"
)
_SIGNS, _UNITS = _SIGNS_TEXT.split(), _UNITS_TEXT.split()
_COLUMNS = (
    ("45.000 đ", "7.500 đ", "1.350.000 đ", "60.000đ"),
    ("QĐ 12", "HĐND", "LĐLĐ", "GĐ", "ĐK"),
    ("5 N·m", "7 N·m", "N·m", "0,5 N·m"),
    ("n×m", "d×r", "2 × 3 m", "×"),
    ("«kg»", "«m»", "«n × m»", "« Hoa »"),
    ("Cơng khơng", "thơng", "khơng cơng", "phơng"),
    ("12 m³/ngày", "kWh/m²", "75–80 °C", "±5 °C", "Ø20"),
)


@cache
def sample_words() -> tuple[str, ...]:
    """Every word of the samples' texts, the formulas of their benefits included."""
    entries = tomllib.loads(SAMPLES.read_text(encoding="utf-8"))["initiatives"]
    texts = (text for entry in entries for text in entry.values() if isinstance(text, str))
    return tuple(word for text in texts for word in text.split())


def _glued(word: str, sign: str) -> str:
    """The word with the sign where people put it; a unit stands alone."""
    if sign in "«»":
        return f"«{word}»"
    if sign in "²³°·”…¹":
        return f"{word}{sign}"
    return f"{sign}{word}" if sign in "×÷±→≥≤≈“–—" else sign


def formulas(seed: int, count: int, words: int) -> list[str]:
    """Cells of that many words of the samples, a sign or unit in each, free or glued to a word."""
    chance, known = random.Random(seed), sample_words()
    made = []
    for _ in range(count):
        start = chance.randrange(len(known) - words)
        cell = list(known[start : start + words])
        for _ in range(chance.randint(1, words)):
            place, sign = chance.randrange(words), chance.choice([*_SIGNS, *_UNITS])
            cell[place] = _glued(cell[place], sign) if chance.random() < 0.3 else sign
        made.append(" ".join(cell))
    return made


@pytest.mark.parametrize("words", range(1, 9))
def test_no_cell_with_signs_is_ever_taken_for_old(words: int) -> None:
    for cell in formulas(words, 4_000, words):
        assert detect([cell]).encoding is Encoding.UNICODE, cell
        assert restore_column([cell]).texts == (cell,)


@pytest.mark.parametrize("words", range(1, 9))
def test_no_column_with_signs_is_ever_changed(words: int) -> None:
    for seed in range(100):
        column = tuple(formulas(1_000 + seed, 20, words))
        restored = restore_column(column)
        assert (restored.finding.encoding, restored.texts) == (Encoding.UNICODE, column)


@pytest.mark.parametrize("words", range(1, 9))
def test_decomposed_cells_with_signs_are_unicode_too(words: int) -> None:
    for cell in formulas(words, 2_000, words):
        decomposed = unicodedata.normalize("NFD", cell)
        assert detect([decomposed]).encoding is Encoding.UNICODE, cell


@pytest.mark.parametrize("sign", [*_SIGNS, *_UNITS])
def test_no_column_of_one_sign_or_unit_is_ever_changed(sign: str) -> None:
    for column in ((sign,) * 20, (f"100 {sign}",) * 20, (f"100{sign}",) * 20):
        restored = restore_column(column)
        assert (restored.finding.encoding, restored.texts) == (Encoding.UNICODE, column)


@pytest.mark.parametrize("column", _COLUMNS, ids=lambda column: column[0])
def test_no_column_of_signs_and_abbreviations_is_ever_changed(column: tuple[str, ...]) -> None:
    restored = restore_column(column * 5)
    assert (restored.finding.encoding, restored.texts) == (Encoding.UNICODE, column * 5)


@pytest.mark.parametrize("words", range(1, 9))
def test_cleaning_leaves_signs_as_they_are(words: int) -> None:
    for cell in formulas(words, 4_000, words):
        assert clean(cell) == cell


@pytest.mark.parametrize("encoding", [Encoding.TCVN3, Encoding.VNI])
@pytest.mark.parametrize("through_cp1258", [False, True])
def test_unicode_formulas_in_a_column_of_old_letters_are_left(
    encoding: Encoding, through_cp1258: bool
) -> None:
    old = [encode(cell, encoding) for cell in cells(5, 40, (4, 5)) if not set(cell) & set("“”–")]
    if through_cp1258:
        old = [cell.encode("latin-1").decode("cp1258", "replace") for cell in old]
    formula = ("giờ công × 45.000 đ", "45.000 đ", "LĐ", "12 m³", "25 °C", "2 × 3", "5 N·m", "5 µm")
    restored = restore_column([*old, *formula])
    finding = restored.finding
    assert (finding.encoding, finding.through_cp1258) == (encoding, through_cp1258)
    assert restored.texts[len(old) :] == formula


def test_words_of_tcvn3_that_look_like_measures_are_restored_in_their_column() -> None:
    words = ("hãy ghi", "tìm", "Hãy", "là", "mã", "10 ngày", "bã chè", "45.000 đ", "số QĐ")
    old = [encode(cell, "tcvn3") for cell in [*cells(5, 40, (4, 5)), *words]]
    assert restore_column(old).texts[40:] == words
