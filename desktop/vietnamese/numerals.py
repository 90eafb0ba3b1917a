"""Numbers and money in words, as official papers write them below their totals.

Rules (handbook of offices; prescribed by custom, not by decree): mốt, tư, lăm after tens, mười and
mươi, linh or lẻ, "không trăm linh" inside a number; a group of three zeros is silent; what lies
above a billion is read as a number of "tỷ" ("một nghìn năm trăm tỷ").
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
LARGEST = 10**18
"""The largest number that can be said."""
_BILLION = 10**9


@dataclass(frozen=True, slots=True)
class NumeralStyle:
    """The choices that offices make.

    ``linh``: "linh" or "lẻ"; ``thousand``: "nghìn" or "ngàn"; ``four``: "tư" or "bốn" after tens;
    ``capital``: a capital at the start; ``empty_groups``: say "không nghìn" for a group of zeros.
    """

    linh: str = "linh"
    thousand: str = "nghìn"
    four: str = "tư"
    capital: bool = True
    empty_groups: bool = False


OFFICIAL = NumeralStyle()
"""As Nghị định 30/2020 papers are written: linh, nghìn, tư, with a capital."""


def in_words(number: int | Decimal, *, style: NumeralStyle = OFFICIAL) -> str:
    """The number in words: 104 is "Một trăm linh bốn", Decimal("2.5") "Hai phẩy năm".

    From minus to plus 10 to the 18th; ValueError beyond, and for a Decimal that is no number.
    """
    words = _decimal(number, style) if isinstance(number, Decimal) else _signed(number, style)
    return words[0].upper() + words[1:] if style.capital else words


def money_in_words(dong: int, *, style: NumeralStyle = OFFICIAL) -> str:
    """The amount in words: 104300000 is "Một trăm linh bốn triệu ba trăm nghìn đồng"."""
    return f"{in_words(dong, style=style)} đồng"


def _signed(number: int, style: NumeralStyle) -> str:
    if abs(number) > LARGEST:
        raise ValueError(f"{number} is beyond what can be said")
    return f"âm {_whole(-number, style)}" if number < 0 else _whole(number, style)


def _decimal(number: Decimal, style: NumeralStyle) -> str:
    if not number.is_finite() or number.copy_abs() > LARGEST:
        raise ValueError(f"{number} cannot be said")
    whole, _, fraction = f"{number.copy_abs():f}".partition(".")
    fraction = fraction.rstrip("0")
    words = _whole(int(whole), style)
    if fraction:
        words = f"{words} phẩy {_fraction(fraction, style)}"
    return f"âm {words}" if number < 0 else words


def _fraction(digits: str, style: NumeralStyle) -> str:
    """Two digits as a number (hai mươi lăm), more or with a leading zero digit by digit."""
    if len(digits) == 2 and digits[0] != "0":
        return _tens(int(digits), style, after_hundreds=False)
    return " ".join(_DIGITS[int(digit)] for digit in digits)


def _whole(number: int, style: NumeralStyle) -> str:
    if number == 0:
        return _DIGITS[0]
    if number < _BILLION:
        return _below_billion(number, style, inner=False)
    high, low = divmod(number, _BILLION)
    words = f"{_whole(high, style)} tỷ"
    return f"{words} {_below_billion(low, style, inner=True)}" if low else words


def _below_billion(number: int, style: NumeralStyle, *, inner: bool) -> str:
    """Up to three groups; ``inner`` where something larger was said before."""
    first, inside = _groups(style)
    thousands, units = divmod(number, 1000)
    millions, thousands = divmod(thousands, 1000)
    words = []
    if millions:
        words.append(f"{(inside if inner else first)[millions]} triệu")
        inner = True
    elif inner and number and style.empty_groups:
        words.append("không triệu")
    if thousands:
        words.append(f"{(inside if inner else first)[thousands]} {style.thousand}")
        inner = True
    elif inner and units and style.empty_groups:
        words.append(f"không {style.thousand}")
    if units:
        words.append((inside if inner else first)[units])
    return " ".join(words)


@lru_cache(maxsize=64)
def _groups(style: NumeralStyle) -> tuple[list[str], list[str]]:
    """The words of 0 to 999 at the start of a number, and inside it with their hundreds said."""
    numbers = range(1000)
    return [_group(number, style, inner=False) for number in numbers], [
        _group(number, style, inner=True) for number in numbers
    ]


def _group(number: int, style: NumeralStyle, *, inner: bool) -> str:
    hundreds, rest = divmod(number, 100)
    words = [f"{_DIGITS[hundreds]} trăm"] if hundreds or inner else []
    if rest:
        words.append(_tens(rest, style, after_hundreds=bool(words)))
    return " ".join(words)


def _tens(number: int, style: NumeralStyle, *, after_hundreds: bool) -> str:
    tens, units = divmod(number, 10)
    if tens == 0:
        return f"{style.linh} {_DIGITS[units]}" if after_hundreds else _DIGITS[units]
    words = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    if units == 0:
        return words
    special = {5: "lăm"} if tens == 1 else {1: "mốt", 4: style.four, 5: "lăm"}
    return f"{words} {special.get(units, _DIGITS[units])}"
