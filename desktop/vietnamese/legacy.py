"""The letters of before Unicode: TCVN3 (.VnTime), VNI-Windows, and the rule of their fonts.

Old text reaches us as Latin-1 characters that only a font could read. The font of a run says what
they are where it is known; elsewhere ``detection`` weighs a whole column.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from desktop.vietnamese.capitals import Kind, repair_capitals
from desktop.vietnamese.cleaning import has_vietnamese_unicode
from desktop.vietnamese.letters import Tone, WordMemory, with_tone
from desktop.vietnamese.syllables import is_legal
from desktop.vietnamese.tables import TCVN3_LETTERS, TCVN5712_CAPITALS, VNI_LETTERS


class Encoding(StrEnum):
    """How letters are written: the old encodings, or Unicode, where nothing is to do."""

    UNICODE = "unicode"
    TCVN3 = "tcvn3"
    VNI = "vni"


@dataclass(frozen=True, slots=True)
class FontRule:
    """What a font's name says: the encoding, and whether small letters are drawn as capitals."""

    encoding: Encoding
    capitals: bool = False


_STYLE = re.compile(
    r"[\s,_-]+(?:bold|italic|regular|normal|narrow|light|oblique|medium)\b.*$", re.IGNORECASE
)


def font_rule(font: str | None) -> FontRule | None:
    """The rule of a font: .VnTime and its kin are TCVN3, those ending in H capital, VNI-Times VNI.

    None for every other font, which then says nothing: Unicode fonts can hold old letters.
    """
    name = _STYLE.sub("", (font or "").strip().lstrip("@"))
    if re.match(r"\.vn(?!i[- ])", name, re.IGNORECASE):
        capitals = name.endswith("H") or (name.endswith("h") and name == name.lower())
        return FontRule(Encoding.TCVN3, capitals)
    if re.match(r"vni[- ]", name, re.IGNORECASE):
        return FontRule(Encoding.VNI)
    return None


# Letters lost on the way, put back before decoding TCVN3: what became of the bytes B5 and AD.
_DAMAGED = str.maketrans({"\u03bc": "\u00b5"})
_DAMAGED_HYPHEN = re.compile(r"(?<=[^\W\d_])[\u2212\u2010\u2011]|[\u2212\u2010\u2011](?=[^\W\d_])")
_CP1258 = str.maketrans(
    {
        "Ă": "\xc3",
        "\u0300": "\xcc",
        "Đ": "\xd0",
        "\u0309": "\xd2",
        "Ơ": "\xd5",
        "Ư": "\xdd",
        "\u0303": "\xde",
        "ă": "\xe3",
        "\u0301": "\xec",
        "đ": "\xf0",
        "\u0323": "\xf2",
        "ơ": "\xf5",
        "ư": "\xfd",
        "₫": "\xfe",
    }
)
"""Where code page 1258 differs from Latin-1 in its letters: back to the bytes."""
_FROM_TCVN3 = {**TCVN3_LETTERS, **TCVN5712_CAPITALS}
_TO_TCVN3 = {ord(letter): chr(byte) for byte, letter in _FROM_TCVN3.items()}
_VNI_PAIRS = {
    **VNI_LETTERS,
    # The case follows the base: a small mark after a capital base, and the reverse, occur.
    **{pair[0] + pair[1].lower(): letter for pair, letter in VNI_LETTERS.items() if len(pair) == 2},
    **{pair[0] + pair[1].upper(): letter for pair, letter in VNI_LETTERS.items() if len(pair) == 2},
}
_VNI = re.compile("|".join(re.escape(pair) for pair in sorted(_VNI_PAIRS, key=len, reverse=True)))
_TO_VNI = {ord(letter): pair for pair, letter in VNI_LETTERS.items()}


def decode(text: str, encoding: str, *, through_cp1258: bool = False) -> str:
    """The Unicode text of old letters that stand as Latin-1 characters; undoes ``encode``.

    ``encoding`` is "tcvn3", "vni" or "unicode" (nothing changes); ValueError otherwise.
    ``through_cp1258`` where the bytes were read as code page 1258. In TCVN3 a Greek mu and a minus
    or hyphen glued to a letter count as the bytes they were; the toned capitals are read where TCVN
    5712-1 has them. Words with letters that only Unicode has are left. Capitals of H fonts are not
    made here: see ``decode_run``.
    """
    # Compared as text, not looked up: this is called for every word of a column.
    if encoding == "tcvn3":
        decode_word = _tcvn3_word_by_cp1258 if through_cp1258 else _tcvn3_word
    elif encoding == "vni":
        decode_word = _vni_word_by_cp1258 if through_cp1258 else _vni_word
    else:
        Encoding(encoding)
        return text
    # Letters never reach across a space, and most words come again.
    return " ".join(map(decode_word, text.split(" ")))


def _decoded_vni(word: str) -> str:
    return word if word.isascii() else _VNI.sub(lambda found: _VNI_PAIRS[found.group()], word)


def _decoded_tcvn3(word: str) -> str:
    return _DAMAGED_HYPHEN.sub("\u00ad", word.translate(_DAMAGED)).translate(_FROM_TCVN3)


def _unless_unicode(decoded: Callable[[str], str]) -> WordMemory:
    """Words with letters that only Unicode has are left, in whatever text they stand."""
    return WordMemory(lambda word: word if has_vietnamese_unicode(word) else decoded(word))


def _after_cp1258(decoded: Callable[[str], str]) -> WordMemory:
    return WordMemory(lambda word: decoded(word.translate(_CP1258)))


_tcvn3_word = _unless_unicode(_decoded_tcvn3).__getitem__
_vni_word = _unless_unicode(_decoded_vni).__getitem__
_tcvn3_word_by_cp1258 = _after_cp1258(_decoded_tcvn3).__getitem__
_vni_word_by_cp1258 = _after_cp1258(_decoded_vni).__getitem__


def encode(text: str, encoding: str) -> str:
    """The text in old letters, as Latin-1 characters; what they do not have stays as it is.

    TCVN3 has no toned capitals: they are written in the places of TCVN 5712-1, partly control
    characters, which programs for that standard read but the old fonts do not draw.
    """
    encoding = Encoding(encoding)
    if encoding is Encoding.UNICODE:
        return text
    return text.translate(_TO_VNI if encoding is Encoding.VNI else _TO_TCVN3)


def decode_run(text: str, font: str | None) -> str:
    """The Unicode text of one run of a cell by its font, capitals of H fonts made."""
    rule = font_rule(font)
    if rule is None or has_vietnamese_unicode(text):
        return text
    decoded = decode(text, rule.encoding)
    return decoded.upper() if rule.capitals else decoded


def decode_runs(runs: Iterable[tuple[str, str | None]]) -> str:
    """The Unicode text of a cell from its runs, each a text and its font; a cell may mix fonts.

    Neighbouring runs whose fonts say the same are read together: a letter of VNI may be cut.
    """
    together: list[tuple[str, str | None]] = []
    for text, font in runs:
        if together and font_rule(together[-1][1]) == font_rule(font):
            together[-1] = (together[-1][0] + text, font)
        else:
            together.append((text, font))
    return "".join(decode_run(text, font) for text, font in together)


def restore(
    text: str, encoding: str, *, kind: Kind = Kind.PROSE, through_cp1258: bool = False
) -> str:
    """The text decoded, with its lost letters and capitals repaired; not yet cleaned.

    In TCVN3 a deleted soft hyphen is put back as ư where the word is impossible without it
    (trêng: trường), and toned letters among capitals become capitals.
    """
    decoded = decode(text, encoding, through_cp1258=through_cp1258)
    if Encoding(encoding) is Encoding.TCVN3:
        decoded = repair_capitals(_with_lost_horn(decoded), kind)
    return decoded


_WORD = re.compile(r"[^\W\d_]+")
_TONED_O = {with_tone("ơ", tone) for tone in Tone}


def _with_lost_horn(text: str) -> str:
    return _WORD.sub(lambda word: _word_with_horn(word.group()), text)


def _word_with_horn(word: str) -> str:
    """An impossible word with ơ becomes one with ươ, if that is possible: trờng, trường."""
    if word.isascii() or is_legal(word):
        return word
    for place, letter in enumerate(word.lower()):
        if letter in _TONED_O and word[place - 1 : place].lower() != "ư":
            whole = f"{word[:place]}{'Ư' if word[place].isupper() else 'ư'}{word[place:]}"
            return whole if is_legal(whole) else word
    return word
