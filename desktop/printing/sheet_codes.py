"""Codes of score sheets: which session, initiative and member a sheet that comes back belongs to.

Figures and hyphens alone, so that they are typed on the block of figures and no way of typing
Vietnamese changes them. The last two are a check: one wrong figure, or two changed about, is found.
"""

import re
from typing import NamedTuple

_MARK = "SKP1:"
_READ = re.compile(r"(\d{1,9})-(\d{1,9})-(\d{1,9})-(\d{2})")
_PRIME = 97


class SheetCode(NamedTuple):
    """The ids of session, initiative and member; member 0 is the sheet of a secret ballot."""

    session: int
    initiative: int
    member: int

    @property
    def text(self) -> str:
        """The code as it is printed: 3-1204-2-57."""
        return f"{self.session}-{self.initiative}-{self.member}-{self.check:02d}"

    @property
    def payload(self) -> str:
        """What the QR code says."""
        return _MARK + self.text

    @property
    def check(self) -> int:
        """A number below a prime, which every single figure changes."""
        return (self.session * 7 + self.initiative * 31 + self.member * 59 + 11) % _PRIME


def read(typed: str) -> SheetCode | None:
    """The code that was typed or scanned; None for what is none, or was typed wrongly."""
    text = typed.strip().upper().removeprefix(_MARK)
    found = _READ.fullmatch(text)
    if found is None:
        return None
    code = SheetCode(*map(int, found.groups()[:3]))
    return code if int(found[4]) == code.check else None
