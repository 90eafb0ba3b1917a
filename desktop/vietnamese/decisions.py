"""Numbers of decisions: 15/QĐ-UBND however it was typed, as printed and as a key for comparing."""

import re

from desktop.vietnamese.cleaning import clean
from desktop.vietnamese.folding import fold

_LEAD = re.compile(r"^(?:(?:quyết\s*định|qđ)\s*)?(?:số|so|no\.?)?\s*[:.]?\s*(?=\d)", re.IGNORECASE)
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_SPACES = re.compile(r"\s+")
_JOINT = re.compile(r"\s*([/\-&.])\s*")
_NUMBER = re.compile(r"0*(\d+)([^\W\d_]?)(?:(?:/|\s+(?=[^\W\d_]))(.*))?", re.DOTALL)
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATED = re.compile(r"\s*(?:,|;|\(|\bngày\b|\bngay\b).*$", re.IGNORECASE | re.DOTALL)
_TYPES = {"QD": "QĐ", "HD": "HD", "ND": "NĐ", "HDSK": "HĐSK", "LDLD": "LĐLĐ", "CDCS": "CĐCS"}
"""Groups of a symbol typed without marks that have one meaning only."""


def tidy_decision_number(text: str) -> str:
    """The number as papers print it: "Số 15 /QĐ- UBND" gives "15/QĐ-UBND", "5/QĐ" gives "05/QĐ".

    Symbol letters are capitals, no spaces, numbers below 10 with a leading zero (Nghị định
    30/2020/NĐ-CP, Phụ lục I). What has not the shape of a number is only cleaned. Never fails.
    """
    number, suffix, symbol = _parts(text)
    if number is None:
        return clean(text)
    return f"{number:02d}{suffix}/{symbol}" if symbol else f"{number:02d}{suffix}"


def decision_key(number: str, year: int | None) -> str:
    """What two spellings of one decision share: "15|QĐ-UBND|2022"; "" where nothing was typed.

    ``year`` is that of the decision's date; without it a year inside the number (15/2022/QĐ-UBND)
    is taken. Never fails.
    """
    count, suffix, symbol = _parts(number)
    groups = symbol.split("/") if symbol else []
    if count is not None and groups and _YEAR.fullmatch(groups[0]):
        year = year or int(groups.pop(0))
        groups = [group for group in groups if group != str(year)]
    if count is None:
        plain = fold(clean(number)).upper()
        return f"{plain}||{year or ''}" if plain else ""
    return f"{count}{suffix}|{'/'.join(groups)}|{year or ''}"


def _parts(text: str) -> tuple[int | None, str, str]:
    """The running number, a letter after it, the symbol in capitals; None for no number."""
    plain = _DATED.sub("", _LEAD.sub("", clean(text).translate(_DASHES)))
    plain = _JOINT.sub(r"\1", plain).strip(" ./")
    match = _NUMBER.fullmatch(plain)
    if match is None or len(match[1]) > 9:
        return None, "", ""
    symbol = _SPACES.sub("", match[3] or "").upper()
    groups = re.split(r"([/\-])", symbol)
    symbol = "".join(_TYPES.get(group, group) for group in groups)
    return int(match[1]), match[2].lower(), symbol
