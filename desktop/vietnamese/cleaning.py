"""Cleaning of text from outside: one form for each letter, and nothing that cannot be seen.

Where Unicode is known to be meant. Text of unknown letters goes through ``legacy`` first; ``clean``
itself keeps soft hyphens and Ð where the text reads better as TCVN3, whose letters they are.
"""

import re
import unicodedata

from desktop.vietnamese.syllables import all_legal
from desktop.vietnamese.tables import TCVN3_LETTERS

_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t"
_BREAKS = "\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029"
_UNSEEN = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # controls
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # direction
    "\u180b-\u180f\u200b-\u200d\u2060-\u2065\ufeff"  # zero width
    "\ufe00-\ufe0f\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e0fff"
)
_SPACE = re.compile(f"[{_SPACES}]")
_BREAK = re.compile(f"\r\n|[{_BREAKS}]")
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_RUN_OF_SPACES = re.compile(" {2,}")
_SPACE_AT_LINE_END = re.compile(" ?\n ?")
_SUSPECT = re.compile(
    f"[{_SPACES}{_BREAKS}{_UNSEEN}\ud800-\udfff\u00ad\u00d0\u00f0\u0189\u0256\u01a2\u01a3]"
)
_TONE_BEFORE_SHAPE = re.compile("([\u0300\u0301\u0303\u0309]+)([\u0302\u0306])")
_LOOKS_SAME = str.maketrans({"\u0189": "Đ", "\u0256": "đ", "Ƣ": "Ư", "ƣ": "ư"})
_ETH = str.maketrans({"Ð": "Đ", "ð": "đ", "\u00ad": None})
_PERHAPS_TCVN3 = re.compile("[\u00ad\u00d0\u00f0]")
_LOST = re.compile(r"[^\W\d_]\?[^\W\d_]|\ufffd")
_UNICODE_ONLY = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9\u0300\u0301\u0303\u0309\u0323]")


def has_vietnamese_unicode(text: str) -> bool:
    """Whether the text holds a letter or mark that only Vietnamese in Unicode has."""
    return _UNICODE_ONLY.search(text) is not None


def has_lost_letters(text: str) -> bool:
    """Whether letters were lost on the way, which nothing brings back: "T?NG LIÊN", U+FFFD."""
    return _LOST.search(text) is not None


def without_unseen(text: str) -> str:
    """The text without controls, direction marks, zero-width characters and variation selectors."""
    return _INVISIBLE.sub("", text)


def clean(text: str, *, multiline: bool = False) -> str:
    r"""The text as it is kept: NFC, no unseen characters, single spaces, none at either end.

    Controls, direction marks, zero-width characters and soft hyphens go; every kind of space is a
    space; Ð and Ƣ become Đ and Ư; marks in wrong order (a + U+0301 + U+0302) are put right; halves
    of surrogate pairs are joined, lone ones become U+FFFD. Line breaks become spaces, or ``\n``
    where ``multiline``. Takes any string and never fails; cleaning twice changes nothing more.
    """
    if not _SUSPECT.search(text) and _composed(text):
        return text if "  " not in text and text.strip(" ") == text else _tidied(text)
    text = _SPACE.sub(" ", _BREAK.sub("\n" if multiline else " ", _joined(text)))
    text = compose(_INVISIBLE.sub("", text).translate(_LOOKS_SAME))
    text = _tidied(text)
    if _PERHAPS_TCVN3.search(text) and not _reads_as_tcvn3(text):
        text = _tidied(compose(text.translate(_ETH)))
    return text


def compose(text: str) -> str:
    """The text in NFC, tone marks typed before circumflex or breve included."""
    if _composed(text):
        return text
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", _TONE_BEFORE_SHAPE.sub(r"\2\1", apart))


def _composed(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text) and not ("\u0302" in text or "\u0306" in text)


def _joined(text: str) -> str:
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _tidied(text: str) -> str:
    return _SPACE_AT_LINE_END.sub("\n", _RUN_OF_SPACES.sub(" ", text)).strip(" \n")


def _reads_as_tcvn3(text: str) -> bool:
    """Whether more of its words are Vietnamese when its Latin-1 letters are taken as TCVN3."""
    if has_vietnamese_unicode(text):
        return False
    words = [word for word in text.split() if not word.isascii()]
    as_tcvn3 = sum(all_legal(word.translate(TCVN3_LETTERS)) for word in words)
    return as_tcvn3 > sum(all_legal(word.translate(_ETH)) for word in words)
