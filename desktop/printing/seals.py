"""Seals of papers that were issued: the code printed on each page, and what its QR code says.

The code is 80 bits of the hash of what was issued, the QR code holds 160 of them; neither is
secret, and both are letters that keyboards of any layout type alike.
"""

import re
from base64 import b32encode
from datetime import date

from desktop.printing.paper import Seal
from desktop.vietnamese.folding import fold

LONGEST = 64
"""Signs of the QR code: more could not be read from a poor copy."""
_MARK = "SKG1"
_LETTERS = 16
_HELD = 20
_READ = re.compile(r"SKG1\|([A-Z2-7]{32})\|([^|]*)\|(\d{4}-\d{2}-\d{2}|)")
_MISREAD = str.maketrans("0189", "OIBG")
_NO_CODE = re.compile(r"[^A-Z2-7]")


def seal(digest: bytes, number: str = "", day: date | None = None) -> Seal:
    """The seal of what has this SHA-256, issued under a number on a day.

    Raises ValueError for fewer than 20 bytes.
    """
    if len(digest) < _HELD:
        raise ValueError("a digest has at least 20 bytes")
    return Seal(b32encode(digest[:_HELD]).decode(), number, day.isoformat() if day else "")


def payload(sealed: Seal) -> str:
    """What the QR code says: ``SKG1|digest|number|date``, at most 64 signs of ASCII.

    The number loses its marks (05/QD-CDCS), and its end where it is very long.
    """
    room = LONGEST - len(f"{_MARK}|{sealed.digest}||{sealed.date}")
    number = fold(sealed.number).upper().encode("ascii", "ignore").decode().replace("|", "")
    return f"{_MARK}|{sealed.digest}|{number[:room]}|{sealed.date}"


def read(scanned: str) -> Seal | None:
    """The seal that a scanned QR code tells of, its number without marks; None for other codes."""
    found = _READ.fullmatch(scanned.strip())
    return Seal(*found.groups()) if found else None


def typed(code: str) -> str:
    """A code as it was typed or scanned, in the one way it is kept: XXXX-XXXX-XXXX-XXXX.

    Figures that look like letters are taken for them. "" for what is no such code.
    """
    scanned = read(code)
    if scanned is not None:
        return scanned.code
    letters = _NO_CODE.sub("", code.upper().translate(_MISREAD))
    return Seal(letters).code if len(letters) == _LETTERS else ""
