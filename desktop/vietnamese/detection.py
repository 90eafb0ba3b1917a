"""Telling what a column is written in: Unicode, TCVN3 or VNI, where no font says it.

A whole column is weighed, never a lone cell, and Unicode has the benefit of every doubt. Nothing
here changes text by itself: callers show before and after, and keep the originals.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from desktop.vietnamese.capitals import Kind, repair_capitals
from desktop.vietnamese.cleaning import compose, has_vietnamese_unicode
from desktop.vietnamese.frequent import FREQUENT
from desktop.vietnamese.legacy import Encoding, decode, decode_run, font_rule, restore
from desktop.vietnamese.letters import LETTERS
from desktop.vietnamese.syllables import is_legal


@dataclass(frozen=True, slots=True)
class Finding:
    """What a column of texts is written in, and how sure that is.

    ``counted`` cells had letters beyond ASCII; ``agreed`` of them spoke for ``encoding``;
    ``strong`` ones proved it by signs that no other encoding has; ``evident`` ones are Unicode by
    letters that nothing else has. ``gained`` words more are syllables than when read as Unicode.
    ``sure`` says whether converting may be offered for the column.
    """

    encoding: Encoding
    counted: int = 0
    agreed: int = 0
    strong: int = 0
    evident: int = 0
    gained: int = 0
    through_cp1258: bool = False

    @property
    def sure(self) -> bool:
        """One strong cell, or four of five agreeing and two words gained; Unicode always is."""
        if self.encoding is Encoding.UNICODE or self.strong:
            return True
        return self.gained > 1 and self.agreed * 5 >= self.counted * 4


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read the bytes."""

    encoding: Encoding
    through_cp1258: bool = False

    def of(self, text: str) -> str:
        """The text read this way."""
        return decode(text, self.encoding, through_cp1258=self.through_cp1258)


_BY_CP1258 = (
    _Reading(Encoding.TCVN3, through_cp1258=True),
    _Reading(Encoding.VNI, through_cp1258=True),
)
_PIECE = re.compile(r"[^\s!-/:-@\[-`{-~0-9\u2013\u2014\u2018-\u201d\u2026]+")
_SIGNS = "\u00a1-\u00ae\u00b5-\u00b9\u00bb-\u00be\u00d7\u00f7\u03bc\u2212"
_LETTER = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff"
_SIGN = re.compile(f"[{_SIGNS}]")
_WITH_LETTER = re.compile(f"[{_LETTER}\u0100-\u1eff]")
_TCVN3_SIGN = re.compile(f"[{_LETTER}][{_SIGNS}]|[{_SIGNS}][{_LETTER}]")
_QUOTED = re.compile(f"(?<![{_LETTER}{_SIGNS}])«([^«»]*)»(?![{_LETTER}{_SIGNS}])")
"""French quotation marks; as TCVN3 the last would be ằ at the end of a word, where none has it."""
_MEASURE = re.compile(
    "[\u00b0-\u00b3\u00b7\u00b9\u00bc-\u00be\u00d7\u00f7\u2190-\u22ff]+|[Øø]|[\u00b5\u03bc][A-Za-z]{0,3}"
    "|[\u00b0\u00ba][A-Za-z]?|[A-Za-z]{1,3}[\u00b2\u00b3]|[A-Za-z]{1,2}[\u00b7\u00d7][A-Za-z]"
)
"""Signs and units that stand for themselves: ×, m², °C, µm, N·m, Ø."""
_NEVER_OF_CP1258 = re.compile("[ĨĩŨũ\u1ea0-\u1ef9]")
"""Letters of Unicode that code page 1258 has no byte for: text read by it cannot hold them."""
_STRANGE = re.compile(f"[^\\x00-\\x7f{LETTERS}]|[a-zà-ỹđ][ĂĐƠƯ]")
"""What no Vietnamese word in Unicode holds, once composed: foreign signs, capitals after small."""
_CONSONANTS = re.compile("[b-df-hj-np-tv-zđ]+|[B-DF-HJ-NP-TV-ZĐ]+")
"""An abbreviation or unit, such as đ, QĐ or HĐND: no word, so no proof against Unicode."""
_WEIGHED_CELLS = 5_000
"""More cells than these say nothing new about a column."""


class _Weight(NamedTuple):
    """How words read as Unicode, TCVN3 and VNI: legal syllables, and frequent ones among them."""

    words: int = 0
    unicode: int = 0
    tcvn3: int = 0
    vni: int = 0
    frequent_unicode: int = 0
    frequent_tcvn3: int = 0
    frequent_vni: int = 0
    strong: int = 0

    def legal_in(self, encoding: Encoding) -> int:
        """How many of the words are legal syllables in the old encoding."""
        return self.tcvn3 if encoding is Encoding.TCVN3 else self.vni

    def frequent_in(self, encoding: Encoding) -> int:
        """How many of the words are frequent ones in the old encoding."""
        return self.frequent_tcvn3 if encoding is Encoding.TCVN3 else self.frequent_vni


_OLD = (Encoding.TCVN3, Encoding.VNI)


def detect(texts: Iterable[str]) -> Finding:
    """What a column is written in (or a text, as its only cell), by its words alone.

    Cells with letters that only Unicode has are Unicode; ASCII says nothing; every other cell is
    weighed as Unicode, TCVN3 and VNI by how many of its words are legal syllables, ties going to
    Unicode. Bytes read as code page 1258 are recognised only where hardly a word reads as it stands
    and most hold what no Vietnamese word in Unicode has.
    """
    informative = (text for text in texts if not text.isascii())
    cells: list[str] = []
    evident: list[str] = []
    for cell in islice(informative, _WEIGHED_CELLS):
        (evident if has_vietnamese_unicode(cell) else cells).append(cell)
    counted = len(cells) + len(evident)
    if evident and (reading := _by_cp1258(evident)):
        return Finding(reading.encoding, counted, counted, gained=counted, through_cp1258=True)
    return _found([_word_weights(cell) for cell in cells], counted, len(evident))


def _found(cells: Sequence[Sequence[_Weight]], counted: int, evident: int) -> Finding:
    """What the cells say that are not evidently Unicode, each by the weights of its words."""
    whole = _added([weight for weights in cells for weight in weights])
    is_tcvn3 = (whole.tcvn3, whole.frequent_tcvn3) >= (whole.vni, whole.frequent_vni)
    encoding = Encoding.TCVN3 if is_tcvn3 else Encoding.VNI
    gained = whole.legal_in(encoding) - whole.unicode
    if gained <= 0:
        return Finding(Encoding.UNICODE, counted, counted, evident=evident)
    place = _Weight._fields.index(encoding)
    unicode = _Weight._fields.index(Encoding.UNICODE)
    agreed = sum(sum(each[place] - each[unicode] for each in weights) >= 0 for weights in cells)
    strong = sum(any(each.strong for each in weights) for weights in cells) if is_tcvn3 else 0
    return Finding(encoding, counted, agreed, strong, evident, gained)


def _weigh(cell: str) -> _Weight:
    return _added(_word_weights(cell))


def _word_weights(cell: str) -> list[_Weight]:
    """The weights of its words; ASCII words weigh nothing."""
    if "»" in cell:
        cell = _QUOTED.sub(r" \1 ", cell)
    return [_weigh_word(word) for word in cell.split() if not word.isascii()]


def _added(weights: Sequence[_Weight]) -> _Weight:
    if len(weights) == 1:
        return weights[0]
    return _Weight._make(map(sum, zip(*weights, strict=True))) if weights else _Weight()


@lru_cache(maxsize=1 << 15)
def _weigh_word(word: str) -> _Weight:
    return _added([_weigh_piece(piece) for piece in _PIECE.findall(word) if not piece.isascii()])


def _weigh_piece(piece: str) -> _Weight:
    readings = [piece, *(decode(piece, encoding) for encoding in _OLD)]
    legal = [is_legal(reading) for reading in readings]
    frequent = [reading.lower() in FREQUENT for reading in readings]
    if _marks(piece) and not (len(piece) > 1 and frequent[1]):
        legal[1] = False
    strong = frequent[1] and _TCVN3_SIGN.search(piece) is not None
    return _Weight._make(map(int, (True, *legal, *frequent, strong)))


def _marks(piece: str) -> bool:
    """Whether it may be no word: "µm", "×", "m·", "N·m", the Ø of "Ø20", "cho¹" and its note."""
    if _MEASURE.fullmatch(piece) or (len(piece) < 4 and _SIGN.search(piece)):
        return True
    return piece[-1] in "¹·" and is_legal(piece[:-1])


def _by_cp1258(cells: Sequence[str]) -> _Reading | None:
    """The old encoding whose bytes were read as code page 1258, on overwhelming evidence only.

    Four words at least, and half of all, are illegal as they stand; an eighth hold what no
    Vietnamese word in Unicode does; nine of ten are legal when read anew. A word with a letter that
    the code page does not have was not read by it, and speaks against.
    """
    if not _STRANGE.search(compose("\n".join(cells))):
        return None  # most columns: spares the words
    words = [word for cell in cells for word in _words_beyond_ascii(cell)]
    strange = sum(map(_is_strange, words))
    illegal = len(words) - _legal(words)
    if illegal < 4 or 2 * illegal < len(words) or 8 * strange < len(words):
        return None
    possible = [word for word in words if not _NEVER_OF_CP1258.search(word)]
    best = max(_BY_CP1258, key=lambda reading: _legal(possible, reading))
    return best if 10 * _legal(possible, best) >= 9 * len(words) else None


def _words_beyond_ascii(text: str) -> list[str]:
    """Its words with letters beyond ASCII; signs, units and abbreviations are no words."""
    return [
        piece
        for piece in _PIECE.findall(text)
        if not piece.isascii()
        and not _CONSONANTS.fullmatch(piece)
        and not _is_measure(piece)
        and _WITH_LETTER.search(piece)
    ]


def _is_strange(word: str) -> bool:
    """Whether it holds what no Vietnamese word in Unicode does, and nothing that proves Unicode."""
    return not _NEVER_OF_CP1258.search(word) and _STRANGE.search(compose(word)) is not None


def _legal(words: Sequence[str], reading: _Reading | None = None) -> int:
    """How many of the words are legal as they stand, or in a reading."""
    read = compose if reading is None else reading.of
    return sum(is_legal(read(word)) for word in words)


@dataclass(frozen=True, slots=True)
class Restored:
    """A column after decoding, with what it was found to be.

    ``changed`` and ``doubtful`` are places in the column: cells that are different now, and those
    that read well both ways and need somebody's eye.
    """

    texts: tuple[str, ...]
    finding: Finding
    changed: tuple[int, ...] = ()
    doubtful: tuple[int, ...] = ()


def restore_column(
    texts: Sequence[str], fonts: Sequence[str | None] | None = None, *, kind: Kind = Kind.PROSE
) -> Restored:
    """The column in Unicode: each cell by its font where that speaks, else by the whole column.

    Cells that are evidently Unicode, or read better so, are left alone in any column. Show before
    and after, and keep the originals.
    """
    fonts = fonts or [None] * len(texts)
    silent = [text for text, font in zip(texts, fonts, strict=True) if font_rule(font) is None]
    finding = detect(silent)
    done, changed, doubtful = [], [], []
    for place, (text, font) in enumerate(zip(texts, fonts, strict=True)):
        restored, doubt = _restored_cell(text, font, finding, kind)
        done.append(restored)
        if restored != text:
            changed.append(place)
        if doubt:
            doubtful.append(place)
    return Restored(tuple(done), finding, tuple(changed), tuple(doubtful))


def _restored_cell(text: str, font: str | None, finding: Finding, kind: Kind) -> tuple[str, bool]:
    """The cell in Unicode, and whether it reads well both ways."""
    rule = font_rule(font)
    if rule is not None:
        decoded = decode_run(text, font)
        plain_tcvn3 = rule.encoding is Encoding.TCVN3 and not rule.capitals and decoded != text
        return (repair_capitals(decoded, kind) if plain_tcvn3 else decoded), False
    if text.isascii() or finding.encoding is Encoding.UNICODE or not finding.sure:
        return text, False
    if finding.through_cp1258:
        return _cell_of_cp1258(text, finding.encoding, kind), False
    if has_vietnamese_unicode(text) or _only_measures(text):
        return text, False
    return _weighed_cell(text, finding, kind)


def _cell_of_cp1258(text: str, encoding: Encoding, kind: Kind) -> str:
    """A cell of a column read as code page 1258, decoded where more of its words are legal then."""
    words = _words_beyond_ascii(text)
    reading = _Reading(encoding, through_cp1258=True)
    if _NEVER_OF_CP1258.search(text) or _legal(words, reading) <= _legal(words):
        return text
    return restore(text, encoding, kind=kind, through_cp1258=True)


def _only_measures(text: str) -> bool:
    """Whether all that is beyond ASCII in it are signs and units, which no old letters are."""
    return all(piece.isascii() or _is_measure(piece) for piece in _PIECE.findall(text))


def _is_measure(piece: str) -> bool:
    """Whether it is a sign or unit, and no frequent word of TCVN3, as "t×m" is (tìm)."""
    if not _MEASURE.fullmatch(piece):
        return False
    return len(piece) == 1 or decode(piece, Encoding.TCVN3).lower() not in FREQUENT


def _weighed_cell(text: str, finding: Finding, kind: Kind) -> tuple[str, bool]:
    """A cell of a column in old letters whose own letters prove nothing."""
    weight, old = _weigh(text), finding.encoding
    if weight.unicode > weight.legal_in(old):
        return text, False
    restored = restore(text, old, kind=kind)
    doubtful = weight.unicode == weight.legal_in(old) and restored != text
    if doubtful and (finding.evident or weight.frequent_unicode > weight.frequent_in(old)):
        return text, True
    return restored, doubtful
