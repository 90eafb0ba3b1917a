"""Money and percentages as clerks type them and as papers print them; whole đồng, never floats."""

import re
from decimal import Decimal, InvalidOperation
from enum import IntEnum

from desktop.vietnamese.cleaning import clean
from desktop.vietnamese.folding import fold
from desktop.vietnamese.unreadable import Read, Unreadable


class MoneyUnit(IntEnum):
    """What a bare number counts, as the head of a column says; the value is in đồng."""

    DONG = 1
    THOUSAND = 1_000
    MILLION = 1_000_000
    BILLION = 1_000_000_000


LARGEST = 10**15
"""A million billion đồng: more is a slip of the hand."""
_LONGEST = 100
"""More characters are no amount, and would only keep the parser busy."""
_LEAST_BARE = 10_000
"""A smaller bare number under "đồng" was probably meant in thousands or millions."""
_UNITS = {
    **dict.fromkeys(("d", "dong", "vnd", "vn dong"), MoneyUnit.DONG),
    **dict.fromkeys(("k", "ng", "nghin", "ngan", "nghin dong", "ngan dong"), MoneyUnit.THOUSAND),
    **dict.fromkeys(("tr", "trd", "trieu", "trieu dong", "tr dong"), MoneyUnit.MILLION),
    **dict.fromkeys(("t", "ty", "ti", "tyd", "ty dong", "ti dong"), MoneyUnit.BILLION),
}
_NUMBER = re.compile(r"\d[\d.,\s]*")
_YEARLY = re.compile(r"\s*/\s*(?:0?1\s*|mot\s*)?nam$")
"""Benefits are those of one year: "37,5 triệu/năm" says nothing more."""
_STEP = re.compile(r"\s*(\d[\d.,\s]*)([a-z. ]*)")
_VIETNAMESE_GROUPS = re.compile(r"\d{1,3}(?:[. ]\d{3})+(?:,\d+)?")
_ENGLISH_GROUPS = re.compile(r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?")
_WHOLE_NUMBER = re.compile(r"([-\u2212]?) ?(\d{1,3}(?:[. ]\d{3})+|\d+)(?:,(\d+))?", re.ASCII)
_HEADER = (
    (re.compile(r"\b(?:ty|ti) ?(?:dong|d)?\b"), MoneyUnit.BILLION),
    (re.compile(r"\b(?:trieu|trd|tr\.? ?d)"), MoneyUnit.MILLION),
    (re.compile(r"\b(?:nghin|ngan|1\.?000) ?(?:dong|d)?\b"), MoneyUnit.THOUSAND),
    (re.compile(r"\b(?:dong|vnd|d)\b"), MoneyUnit.DONG),
)


def unit_in_header(header: str) -> MoneyUnit | None:
    """The unit that the head of a column names: "Giá trị (triệu đồng)"; None where none."""
    plain = fold(header)
    inside = re.findall(r"\(([^()]*)\)|(?:dvt|don vi tinh|don vi):? *(.*)", plain)
    places = [a or b for a, b in inside] or [plain]
    for place in places:
        for pattern, unit in _HEADER:
            if pattern.search(place):
                return unit
    return None


def parse_number(text: str) -> int | Decimal:
    """A bare number, with points between thousands and a decimal comma: -1.234,5 or 104300000.

    Raises Unreadable with ``number.empty`` or ``number.unreadable``.
    """
    plain = clean(text)
    if not plain:
        raise Unreadable("number.empty", text)
    match = _WHOLE_NUMBER.fullmatch(plain)
    if match is None or len(plain) > _LONGEST:
        raise Unreadable("number.unreadable", text)
    whole = int(f"{match[1]}{match[2]}".replace(".", "").replace(" ", ""))
    return Decimal(f"{match[1]}{abs(whole)}.{match[3]}") if match[3] else whole


def parse_money(text: str, *, unit: MoneyUnit = MoneyUnit.DONG) -> int:
    """The amount in đồng; ``read_money`` says besides what is doubtful about it."""
    return read_money(text, unit=unit).value


def read_money(text: str, *, unit: MoneyUnit = MoneyUnit.DONG) -> Read[int]:
    """Read an amount: 37.500.000, 37,5 triệu, 1,2 tỷ, 120.000.000đ, 1 tỷ 200 triệu.

    ``unit`` is what a bare number counts (the head of its column). Raises Unreadable with a code
    ``money...``: among them ``money.ambiguous_unit`` for a bare number below 10.000 under đồng.
    An empty text is no amount (``money.empty``), never 0.
    """
    plain = _YEARLY.sub("", fold(clean(text)).strip(" .,;"))
    if not plain:
        raise Unreadable("money.empty", text)
    if len(plain) > _LONGEST:
        raise Unreadable("money.unreadable", text)
    if plain.startswith(("-", "(")) and _NUMBER.search(plain):
        raise Unreadable("money.negative", text)
    total, warnings = _sum(plain, unit, text)
    if total != total.to_integral_value():
        raise Unreadable("money.fraction", text)
    if total > LARGEST:
        raise Unreadable("money.too_large", text)
    return Read(int(total), tuple(dict.fromkeys(warnings)))


def _sum(plain: str, unit: MoneyUnit, text: str) -> tuple[Decimal, list[str]]:
    """The parts of "1 tỷ 200 triệu" together; each smaller than the one before."""
    total, warnings, place, before = Decimal(0), list[str](), 0, None
    while place < len(plain):
        step = _STEP.match(plain, place)
        if step is None:
            raise Unreadable("money.unreadable", text)
        named = _named(step[2], text)
        factor = unit if named is None else named
        if before is not None and (named is None or factor >= before):
            raise Unreadable("money.unreadable", text)
        amount = _amount(step[1].strip(), factor, warnings, text)
        if named is None:
            _demand_unit(amount, unit, text)
        elif unit is not MoneyUnit.DONG and named is not unit:
            warnings.append("money.unit_in_cell")
        total, place, before = total + amount * factor, step.end(), factor
    return total, warnings


def _named(words: str, text: str) -> MoneyUnit | None:
    name = " ".join(words.replace(".", " ").split())
    if not name:
        return None
    if name not in _UNITS:
        raise Unreadable("money.unreadable", text)
    return _UNITS[name]


def _amount(number: str, factor: int, warnings: list[str], text: str) -> Decimal:
    """The number itself: points part thousands and a comma decimals, unless that cannot be."""
    if _ENGLISH_GROUPS.fullmatch(number):
        warnings.append("money.english_grouping")
        return Decimal(number.replace(",", ""))
    if _VIETNAMESE_GROUPS.fullmatch(number):
        return Decimal(number.replace(".", "").replace(" ", "").replace(",", "."))
    if re.fullmatch(r"\d{1,3},\d{3}", number):
        if factor == 1:
            warnings.append("money.english_grouping")
            return Decimal(number.replace(",", ""))
        warnings.append("money.three_decimals")
    if re.fullmatch(r"\d+(?:[.,]\d+)?", number):
        return Decimal(number.replace(",", "."))
    code = "money.ambiguous_separator" if re.search("[.,]", number) else "money.unreadable"
    raise Unreadable(code, text)


def _demand_unit(amount: Decimal, unit: MoneyUnit, text: str) -> None:
    """A bare 37 under đồng, or 37.500.000 under triệu đồng, needs its unit said."""
    small = unit is MoneyUnit.DONG and 0 < amount < _LEAST_BARE
    if small or (unit is not MoneyUnit.DONG and amount >= 1_000_000):
        raise Unreadable("money.ambiguous_unit", text)


def format_money(dong: int) -> str:
    """The amount with points between thousands: 37500000 gives "37.500.000"."""
    return f"{dong:,}".replace(",", ".")


def parse_share(text: str) -> Decimal:
    """A share in per cent, more than 0 and at most 100: "33,3", "33,3%", "33.3 %".

    Raises Unreadable with ``share.empty``, ``share.unreadable`` or ``share.range``.
    """
    plain = clean(text).removesuffix("%").strip()
    if not plain:
        raise Unreadable("share.empty", text)
    if not re.fullmatch(r"\d{1,9}(?:[.,]\d{1,9})?", plain, re.ASCII):
        raise Unreadable("share.unreadable", text)
    share = Decimal(plain.replace(",", "."))
    if not 0 < share <= 100:
        raise Unreadable("share.range", text)
    return share


def format_share(share: Decimal) -> str:
    """The share with a decimal comma and no idle zeros: Decimal("33.30") gives "33,3"."""
    if not share.is_finite():
        raise InvalidOperation(f"{share} is no share")
    text = f"{share:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")
