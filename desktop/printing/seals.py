"""Seals of papers that were issued: the code printed on each page, and what its QR code says.

The code is 80 bits of the hash of what was issued, the QR code holds 160 of them; neither is
secret, and both are letters that keyboards of any layout type alike. ``models.issuing`` reads them.
"""

from base64 import b32encode
from datetime import date

from desktop.printing.paper import Seal
from desktop.vietnamese.folding import fold

LONGEST = 64
"""Signs of the QR code: more could not be read from a poor copy."""
_MARK = "SKG1"
_HELD = 20


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
