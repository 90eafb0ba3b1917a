"""Identity and telephone numbers: what clerks type, the digits kept, and what is shown of them.

Numbers are text: a leading zero counts. The 12-digit number is province of birth registration,
century and gender, year of birth, and six digits by chance; it has no check digit (Thông tư
59/2021/TT-BCA).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from desktop.vietnamese.cleaning import clean
from desktop.vietnamese.provinces import ABROAD, PROVINCES
from desktop.vietnamese.unreadable import Read, Unreadable


class Gender(StrEnum):
    """The gender that an identity number states."""

    MAN = "man"
    WOMAN = "woman"


@dataclass(frozen=True, slots=True)
class IdentityFacts:
    """What a 12-digit number says. ``province`` is "" for a birth abroad or an unknown code."""

    province: str
    gender: Gender
    birth_year: int


_PARTING = re.compile(r"[\s.\-]+")
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")
_WHOLE_FLOAT = re.compile(r"(\d{8,12})[.,]0+")
_HIDDEN = "•"


def identity_facts(number: str) -> IdentityFacts:
    """Province, gender and year of birth of a 12-digit number; ValueError for anything else."""
    if not re.fullmatch("[0-9]{12}", number):
        raise ValueError("a 12-digit number is needed")
    century, is_woman = divmod(int(number[3]), 2)
    return IdentityFacts(
        PROVINCES.get(number[:3], ("", ""))[0],
        Gender.WOMAN if is_woman else Gender.MAN,
        1900 + 100 * century + int(number[4:6]),
    )


def parse_identity(text: str) -> str:
    """The number's digits; ``read_identity`` says besides what is doubtful about them."""
    return read_identity(text).value


def read_identity(
    text: str, *, gender: Gender | None = None, birth_year: int | None = None
) -> Read[str]:
    """Read a 12-digit identity number or an old one of 9 digits, with spaces or points anywhere.

    8 or 11 digits have lost a leading zero to a spreadsheet: it is put back with a warning. Warns
    of an unknown province and where gender or year of birth differ from those given. Raises
    Unreadable with a code ``identity...``.
    """
    digits = _digits_of(text)
    warnings = []
    if len(digits) in (8, 11):
        digits = f"0{digits}"
        warnings.append("identity.lost_zero")
    if len(digits) == 9:
        return Read(digits, (*warnings, "identity.old_card"))
    if len(digits) != 12:
        raise Unreadable("identity.length", text)
    return Read(digits, (*warnings, *_doubts(digits, gender, birth_year)))


def _doubts(digits: str, gender: Gender | None, birth_year: int | None) -> Iterator[str]:
    """What in a 12-digit number is unknown or differs from what is known of the person."""
    facts = identity_facts(digits)
    if not facts.province and int(digits[:3]) not in ABROAD:
        yield "identity.province"
    if gender is not None and gender is not facts.gender:
        yield "identity.gender"
    if birth_year is not None and birth_year != facts.birth_year:
        yield "identity.birth_year"


def _digits_of(text: str) -> str:
    plain = clean(text).lstrip("'")
    if not plain:
        raise Unreadable("identity.empty", text)
    if _ROUNDED.fullmatch(plain):
        raise Unreadable("identity.rounded", text)
    if match := _WHOLE_FLOAT.fullmatch(plain):
        plain = match[1]
    digits = _PARTING.sub("", plain)
    if not re.fullmatch("[0-9]+", digits):
        raise Unreadable("identity.unreadable", text)
    return digits


def show_identity(number: str) -> str:
    """In groups of three, easy to compare with the card: 012 186 000 123."""
    return " ".join(number[place : place + 3] for place in range(0, len(number), 3))


def mask_identity(number: str) -> str:
    """As shown by default: 012•••••0123 of 12 digits, 045•••123 of 9; all hidden if shorter."""
    if len(number) == 12:
        return f"{number[:3]}{_HIDDEN * 5}{number[-4:]}"
    if len(number) == 9:
        return f"{number[:3]}{_HIDDEN * 3}{number[-3:]}"
    return _HIDDEN * len(number)


_PREFIXES_TEXT = """
0162>032 0163>033 0164>034 0165>035 0166>036 0167>037 0168>038 0169>039 0120>070 0121>079 0122>077
0126>076 0128>078 0123>083 0124>084 0125>085 0127>081 0129>082 0186>056 0188>058 0199>059
"""
_OLD_PREFIXES = dict(pair.split(">") for pair in _PREFIXES_TEXT.split())
"""Mobile numbers of 11 digits became 10 from 15 September 2018 (Thông tư 22/2014/TT-BTTTT)."""
_MOBILE = frozenset({"03", "05", "07", "08", "09"})
_LONGEST = 100
"""More characters are no telephone number, and would only keep the parser busy."""
_PHONE_PARTING = re.compile(r"[\s.\-()]+")
_COUNTRY = re.compile(r"(?:\+|00)?84(?:0?)([1-9]\d{8,9})")
_SEVERAL = re.compile(r"\d{9,}.*?(?:[/,;]|\b(?:hoặc|và)\b|\s-\s).*?\d{9,}", re.IGNORECASE)
_PHONE_LABEL = re.compile(r"^(?:đt|sđt|điện thoại|tel|phone|di động|dđ)\s*[:.]?\s*", re.IGNORECASE)


def parse_phone(text: str) -> str:
    """The number's digits from its leading 0; ``read_phone`` says besides what is doubtful."""
    return read_phone(text).value


def read_phone(text: str) -> Read[str]:
    """Read a telephone number: 0900.000123, +84 900 000 123, 0213 3876 543.

    Gives 10 digits for a mobile and 11 for a landline with its area code. Old mobiles of 11 digits
    are changed to those of 2018, a lost leading zero is put back, each with a warning. Raises
    Unreadable with a code ``phone...``.
    """
    plain = _PHONE_LABEL.sub("", clean(text).lstrip("'"))
    if not plain:
        raise Unreadable("phone.empty", text)
    if len(plain) > _LONGEST:
        raise Unreadable("phone.unreadable", text)
    if _SEVERAL.search(re.sub(r"(?<=\d)[. ](?=\d)", "", plain)):
        raise Unreadable("phone.several", text)
    digits = _PHONE_PARTING.sub("", plain)
    if match := _COUNTRY.fullmatch(digits):
        digits = f"0{match[1]}"
    if not re.fullmatch("[0-9]+", digits):
        raise Unreadable("phone.unreadable", text)
    return _phone(digits, text)


def _phone(digits: str, text: str) -> Read[str]:
    warnings = []
    if not digits.startswith("0") and len(digits) in (9, 10):
        digits = f"0{digits}"
        warnings.append("phone.lost_zero")
    if len(digits) == 11 and digits[:4] in _OLD_PREFIXES:
        digits = _OLD_PREFIXES[digits[:4]] + digits[4:]
        warnings.append("phone.old_prefix")
    mobile, landline = digits[:2] in _MOBILE, digits.startswith("02")
    if not mobile and not landline:
        code = "phone.prefix" if len(digits) in (10, 11) else "phone.length"
        raise Unreadable(code, text)
    if len(digits) != (10 if mobile else 11):
        raise Unreadable("phone.length", text)
    return Read(digits, tuple(warnings))


def show_phone(number: str) -> str:
    """As printed: 0900 000 123; landlines 024 3825 6789 and 0213 387 6543."""
    if len(number) == 11 and number.startswith(("024", "028")):
        return f"{number[:3]} {number[3:7]} {number[7:]}"
    return f"{number[:4]} {number[4:7]} {number[7:]}".strip()


def mask_phone(number: str) -> str:
    """As shown by default: 0900•••123; all hidden if shorter than 10 digits."""
    if len(number) < 10:
        return _HIDDEN * len(number)
    return f"{number[:4]}{_HIDDEN * (len(number) - 7)}{number[-3:]}"
