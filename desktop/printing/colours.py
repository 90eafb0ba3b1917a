"""What grey and red mean on paper: the colours of sRGB as an ICC profile, version 2.

Made from the definition (IEC 61966-2-1), its primaries as seen under the D50 light of profiles.
"""

from collections.abc import Mapping
from functools import lru_cache
from struct import pack

NAME = "sRGB IEC61966-2.1"

_WHITE = (0.96420, 1.0, 0.82491)
_PRIMARIES = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}
_STEPS = 256
_HEAD = 128


@lru_cache(maxsize=1)
def profile() -> bytes:
    """The profile as a file."""
    tags = {
        b"desc": _described(NAME),
        b"cprt": b"text" + bytes(4) + b"No copyright, use freely\0",
        b"wtpt": _place(_WHITE),
        **{name: _place(place) for name, place in _PRIMARIES.items()},
    }
    # The three curves are one.
    curve = _curve()
    table, body = _laid({**tags, b"rTRC": curve, b"gTRC": curve, b"bTRC": curve})
    return _head(_HEAD + len(table) + len(body)) + table + body


def _head(size: int) -> bytes:
    """What every profile begins with: version 2.1, of a display, RGB to XYZ, perceptual."""
    made = (2022, 1, 1, 0, 0, 0)
    kind = b"\0\0\0\0\x02\x10\0\0mntrRGB XYZ "
    opening = pack(">I", size) + kind + pack(">6H", *made) + b"acsp"
    return opening + bytes(28) + b"".join(map(_fixed, _WHITE)) + bytes(48)


def _laid(tags: Mapping[bytes, bytes]) -> tuple[bytes, bytes]:
    """The table of tags and what they hold; equal contents lie once."""
    places: dict[bytes, int] = {}
    body, at = b"", _HEAD + 4 + 12 * len(tags)
    for content in tags.values():
        if content not in places:
            places[content] = at + len(body)
            body += content + bytes(-len(content) % 4)
    rows = [name + pack(">2I", places[held], len(held)) for name, held in tags.items()]
    return pack(">I", len(tags)) + b"".join(rows), body


def _described(name: str) -> bytes:
    """A description in plain letters, with nothing in the two other spellings it could have."""
    letters = name.encode("ascii") + b"\0"
    return b"desc" + bytes(4) + pack(">I", len(letters)) + letters + bytes(4 + 4 + 2 + 1 + 67)


def _place(place: tuple[float, float, float]) -> bytes:
    """A place in XYZ."""
    return b"XYZ " + bytes(4) + b"".join(map(_fixed, place))


def _fixed(value: float) -> bytes:
    """A number with sixteen bits after the point."""
    return pack(">i", round(value * 65536))


def _curve() -> bytes:
    """How much light each of the steps from black to white is."""
    lights = [round(_light(step / (_STEPS - 1)) * 65535) for step in range(_STEPS)]
    return b"curv" + bytes(4) + pack(f">I{_STEPS}H", _STEPS, *lights)


def _light(value: float) -> float:
    """The light of a value, both from 0 to 1."""
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
