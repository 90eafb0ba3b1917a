"""Text converted once too often: Unicode taken for VNI or TCVN3 and "decoded" all the same.

The web is full of it: "Cơng đồn", "phịng", "khơng" (as if it were VNI), "cụng đoàn", "cỏc", "trỡnh"
(as if it were TCVN3). A repair is offered, never done: hồn and hoàn, tồn and toàn are all words.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from desktop.vietnamese.frequent import FREQUENT
from desktop.vietnamese.syllables import is_legal
from desktop.vietnamese.tables import TCVN3_LETTERS

_WORD = re.compile(r"[^\W\d_]+")
_VIETNAMESE_LATIN_1 = "àáâãèéêìíòóôõùúý"
"""The letters of Vietnamese in Unicode that an old encoding could mistake for its own."""
_VNI = {"ơ": "ô", "ị": "ò", "ĩ": "ó", "ồ": "oà", "ố": "oá", "ỗ": "oã"}
_TCVN3 = {
    letter: chr(byte) for byte, letter in TCVN3_LETTERS.items() if chr(byte) in _VIETNAMESE_LATIN_1
}
_LEAST_PROOFS = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A repair to offer.

    ``encoding`` is what the text was wrongly taken for ("vni", "tcvn3"); ``text`` the repaired
    text; ``proofs`` how many words were impossible and are words again; ``changes`` each changed
    word with its repair, once, in order.
    """

    encoding: str
    text: str
    proofs: int
    changes: tuple[tuple[str, str], ...]


def suggest_reconversion(text: str) -> Suggestion | None:
    """The repair of a doubly converted text (of a cell, or better a column's cells in lines).

    None where fewer than two words are impossible as they stand and possible when turned back, or
    where as many would become impossible. Words possible both ways are turned back only where the
    repaired word is frequent in office papers and the present one is not.
    """
    best: Suggestion | None = None
    for encoding, back in (("vni", _VNI), ("tcvn3", _TCVN3)):
        suggestion = _suggestion(text, encoding, str.maketrans(_both_cases(back)))
        if suggestion and (best is None or suggestion.proofs > best.proofs):
            best = suggestion
    return best


def _both_cases(table: dict[str, str]) -> dict[str, str]:
    capitals = {letter.upper(): turned.upper() for letter, turned in table.items()}
    return {**table, **capitals}


def _suggestion(text: str, encoding: str, back: dict[int, str]) -> Suggestion | None:
    changes: dict[str, str] = {}
    proofs, impossible = 0, 0
    for word in _WORD.findall(text):
        turned = word.translate(back)
        if is_legal(word):
            if turned != word and _better(word, turned):
                changes[word] = turned
        elif turned != word and is_legal(turned):
            proofs += 1
            changes[word] = turned
        elif not word.isascii():
            impossible += 1
    if proofs < _LEAST_PROOFS or impossible > proofs:
        return None
    repaired = _WORD.sub(lambda found: changes.get(found.group(), found.group()), text)
    return Suggestion(encoding, repaired, proofs, tuple(changes.items()))


@lru_cache(maxsize=1 << 12)
def _better(word: str, turned: str) -> bool:
    """Whether the word turned back is the likelier of two possible ones."""
    return is_legal(turned) and turned.lower() in FREQUENT and word.lower() not in FREQUENT
