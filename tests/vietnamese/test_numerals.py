"""Numbers in words, against vn-money."""

import random
from decimal import Decimal

import pytest
from vn_money import to_words

from desktop.vietnamese.numerals import LARGEST, NumeralStyle, in_words, money_in_words

PLAIN = NumeralStyle(capital=False)
WITH_ZEROS = NumeralStyle(capital=False, empty_groups=True)
BILLION = 10**9


def oracle(number: int) -> str:
    """vn-money's words, with what lies above a billion read as one number of tỷ.

    vn-money repeats "tỷ" for each group above ("một nghìn tỷ năm trăm tỷ"); papers say "một nghìn
    năm trăm tỷ". The parts are vn-money's own.
    """
    high, low = divmod(number, BILLION)
    if not high:
        return to_words(low)
    words = f"{to_words(high)} tỷ"
    return words + to_words(BILLION + low).removeprefix("một tỷ") if low else words


def without_empty_groups(words: str) -> str:
    return words.replace(" không nghìn", "").replace(" không triệu", "")


def test_every_number_below_100_000_is_read_as_vn_money_reads_it() -> None:
    for number in range(100_000):
        assert in_words(number, style=WITH_ZEROS) == to_words(number)


def test_300_000_random_numbers_are_read_as_vn_money_reads_them() -> None:
    chance = random.Random(1)
    for _ in range(300_000):
        number = chance.randrange(10 ** chance.randrange(6, 16))
        expected = oracle(number)
        assert in_words(number, style=WITH_ZEROS) == expected
        assert in_words(number, style=PLAIN) == without_empty_groups(expected)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "Không"),
        (-5, "Âm năm"),
        (14, "Mười bốn"),
        (1_001, "Một nghìn không trăm linh một"),
        (1_000_008, "Một triệu không trăm linh tám"),
        (21_044_055, "Hai mươi mốt triệu không trăm bốn mươi tư nghìn không trăm năm mươi lăm"),
        (1_500_000_000_000, "Một nghìn năm trăm tỷ"),
        (LARGEST, "Một tỷ tỷ"),
        (-LARGEST, "Âm một tỷ tỷ"),
        (Decimal("2.50"), "Hai phẩy năm"),
        (Decimal("12.25"), "Mười hai phẩy hai mươi lăm"),
        (Decimal("0.05"), "Không phẩy không năm"),
        (Decimal("3.1416"), "Ba phẩy một bốn một sáu"),
        (Decimal("-1.1"), "Âm một phẩy một"),
        (Decimal("1E+3"), "Một nghìn"),
        (Decimal("0." + "0" * 30 + "1"), "Không phẩy" + " không" * 30 + " một"),
    ],
)
def test_numbers_beyond_the_oracle(number: int | Decimal, words: str) -> None:
    assert in_words(number) == words


def test_money_is_read_as_papers_say_it() -> None:
    assert money_in_words(104_300_000) == "Một trăm linh bốn triệu ba trăm nghìn đồng"


def test_offices_choose_their_words() -> None:
    style = NumeralStyle(linh="lẻ", thousand="ngàn", four="bốn", capital=False)
    assert in_words(24_104, style=style) == "hai mươi bốn ngàn một trăm lẻ bốn"


@pytest.mark.parametrize("number", [LARGEST + 1, Decimal("1E19"), Decimal("NaN"), Decimal("-Inf")])
def test_what_cannot_be_said_is_refused(number: int | Decimal) -> None:
    with pytest.raises(ValueError, match="said"):
        in_words(number)
