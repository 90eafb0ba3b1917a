"""Words that no line end may part: an article and its number, a figure and its unit.

They are bound where lines are broken, so that nobody need think of it in the texts themselves.
"""

import re
from functools import lru_cache

_NUMBERED = frozenset((
    "điều", "khoản", "điểm", "mục", "chương", "lục", "số", "ngày", "tháng", "năm", "quý", "đoạn",
    "trang", "gạch", "liên",
))  # fmt: skip
"""Words that a number follows, as in “khoản 2 Điều 5” or “Giai đoạn 1”."""
_UNITS = (
    "đồng", "đ", "nghìn", "triệu", "tỷ", "giờ", "phút", "mm", "cm", "m", "km", "m²", "m³", "ha",
    "g", "kg", "tấn", "lít", "kW", "kWh", "°C", "%",
)  # fmt: skip
"""What a figure counts."""
_LONGEST = 7
"""So many signs a figure has at most that its unit is bound to."""
_BREAK = re.compile(
    rf" (?:(?<=\d )(?=(?P<unit>{'|'.join(_UNITS)})(?!\w))"
    r"|(?=[\d…]|[a-eghiđIVX](?!\w)|[IVX]+(?!\w)))"
)
"""A space before a number, a letter that stands for one, or a unit."""


_FIGURES = frozenset("0123456789…")
_STARTS = _FIGURES | frozenset("IVX")
_AFTER = frozenset(" ),.;")


def torn(line: str, other: str) -> bool:
    """Whether a line ends with what belongs to a number that the other begins with."""
    if not (other[:1] in _STARTS or line[-1:] in _FIGURES or other[1:2] in _AFTER):
        return False
    last, first = line.rpartition(" ")[2], other.partition(" ")[0]
    return "\xa0" in unparted(f"{last} {first}")


@lru_cache(maxsize=1024)
def unparted(text: str) -> str:
    """The text with spaces that do not break between words that belong to a number and it."""
    parts, done = [], 0
    for found in _BREAK.finditer(text):
        at = found.start()
        word = text[text.rfind(" ", 0, at) + 1 : at].lstrip("(“").lower()
        # A long sum goes to the next line without its unit: words before it would be torn apart.
        if (found["unit"] and len(word) <= _LONGEST) or word in _NUMBERED:
            parts.append(text[done:at])
            done = at + 1
    if not parts:
        return text
    return "\xa0".join((*parts, text[done:]))
