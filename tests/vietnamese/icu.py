"""ICU's own collation, called by ctypes in the library that icu4py carries."""

import ctypes
from collections.abc import Callable
from pathlib import Path
from typing import Any

import icu4py
from icu4py import locale


def _library() -> Any:
    """The collation part of ICU; importing icu4py's modules has loaded what it needs."""
    assert locale.__name__
    folder = Path(icu4py.__file__).parent.parent / "icu4py.libs"
    found = [path for path in folder.iterdir() if "icui18n" in path.name or "icuin" in path.name]
    return ctypes.CDLL(str(found[0]))


def vietnamese_sort_key(longest: int = 4096) -> Callable[[str], bytes]:
    """A function that gives ICU's sort key in the locale vi, of ``longest`` bytes at most."""
    library = _library()
    version = icu4py.icu_version.partition(".")[0]
    opening = library[f"ucol_open_{version}"]
    opening.restype = ctypes.c_void_p
    opening.argtypes = [ctypes.c_char_p, ctypes.POINTER(ctypes.c_int)]
    status = ctypes.c_int(0)
    collator = opening(b"vi", ctypes.byref(status))
    assert status.value <= 0, "ICU has no collation for vi"
    get = library[f"ucol_getSortKey_{version}"]
    get.restype = ctypes.c_int32
    get.argtypes = [
        ctypes.c_void_p,
        ctypes.c_char_p,
        ctypes.c_int32,
        ctypes.c_void_p,
        ctypes.c_int32,
    ]
    buffer = ctypes.create_string_buffer(longest)

    def sort_key(text: str) -> bytes:
        encoded = text.encode("utf-16-le")
        size = get(collator, encoded, len(encoded) // 2, buffer, longest)
        assert size <= longest, "the text is too long for the buffer"
        return ctypes.string_at(buffer, size)

    return sort_key
