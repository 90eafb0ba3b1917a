"""The letter tables of the two old encodings, as the fonts of the 1990s draw their bytes.

TCVN3 (ABC) is the part of TCVN 5712-1:1993 that Windows fonts (.VnTime and its kin) hold: 67 small
letters and 7 capitals. VNI writes a base letter and a mark byte. Bytes are given as the Latin-1
characters U+0080 to U+00FF that they become when nobody decodes them.
"""

from desktop.vietnamese.letters import TONED, Tone, with_tone

_TCVN3_ROWS = {
    "a": "  B5 B6 B7 B8 B9",
    "ă": "A8 BB BC BD BE C6",
    "â": "A9 C7 C8 C9 CA CB",
    "đ": "AE",
    "e": "  CC CE CF D0 D1",
    "ê": "AA D2 D3 D4 D5 D6",
    "i": "  D7 D8 DC DD DE",
    "o": "  DF E1 E2 E3 E4",
    "ô": "AB E5 E6 E7 E8 E9",
    "ơ": "AC EA EB EC ED EE",
    "u": "  EF F1 F2 F3 F4",
    "ư": "AD F5 F6 F7 F8 F9",
    "y": "  FA FB FC FD FE",
    "Ă": "A1",
    "Â": "A2",
    "Ê": "A3",
    "Ô": "A4",
    "Ơ": "A5",
    "Ư": "A6",
    "Đ": "A7",
}
"""For each letter its byte and those of its tones in dictionary order; ASCII letters have none."""
_TCVN5712_CAPITALS = {
    "A": "80 81 82 83 84",
    "Ă": "AF BA BF C0 85",
    "Â": "C1 C2 C3 C4 86",
    "E": "87 88 89 8A 8B",
    "Ê": "C5 CD D9 DA 8C",
    "I": "8D 8E 8F 90 91",
    "O": "92 93 94 95 96",
    "Ô": "DB E0 F0 FF 97",
    "Ơ": "98 99 9A 9B 9C",
    "U": "9D 9E 9F 01 02",
    "Ư": "04 05 06 11 12",
    "Y": "13 14 15 16 17",
}
"""The toned capitals of TCVN 5712-1, which the fonts do not have; partly in control places."""


def _tcvn3() -> dict[int, str]:
    table = {}
    for letter, row in _TCVN3_ROWS.items():
        first = Tone.HUYEN if row.startswith("  ") else Tone.NGANG
        for tone, byte in enumerate(row.split(), start=first):
            table[int(byte, 16)] = with_tone(letter, Tone(tone))
    return table


def _capitals() -> dict[int, str]:
    return {
        int(byte, 16): with_tone(letter, Tone(tone))
        for letter, row in _TCVN5712_CAPITALS.items()
        for tone, byte in enumerate(row.split(), start=1)
    }


TCVN3_LETTERS = _tcvn3()
"""Code point of a byte to its letter: the 74 that the fonts draw."""
TCVN5712_CAPITALS = _capitals()
"""The 60 toned capitals, for text declared to be TCVN 5712-1 and for writing capitals at all."""

_VNI_TONES = {Tone.HUYEN: "ø", Tone.HOI: "û", Tone.NGA: "õ", Tone.SAC: "ù", Tone.NANG: "ï"}
_VNI_CIRCUMFLEX = dict(zip(Tone, "âàåãáä", strict=True))
_VNI_BREVE = dict(zip(Tone, "êèúüéë", strict=True))
_VNI_SINGLES = {
    "đ": "ñ",
    "ơ": "ô",
    "ư": "ö",
    "ì": "ì",
    "ỉ": "æ",
    "ĩ": "ó",
    "í": "í",
    "ị": "ò",
    "ỵ": "î",
}


def _vni_of(letter: str) -> str:
    if letter in _VNI_SINGLES:
        return _VNI_SINGLES[letter]
    vowel, tone = TONED.get(letter, (letter, Tone.NGANG))
    if vowel in "âêô":
        return {"â": "a", "ê": "e", "ô": "o"}[vowel] + _VNI_CIRCUMFLEX[tone]
    if vowel == "ă":
        return "a" + _VNI_BREVE[tone]
    return {"ơ": "ô", "ư": "ö"}.get(vowel, vowel) + _VNI_TONES[tone]


def _vni() -> dict[str, str]:
    small = [*(c for c in TONED if c.islower()), *"ăâđêôơư"]
    table = {}
    for letter in small:
        written = _vni_of(letter)
        table[written] = letter
        table[written.upper()] = letter.upper()
    return table


VNI_LETTERS = _vni()
"""One or two characters to their letter: all 134."""
