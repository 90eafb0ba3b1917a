"""The letters papers are set in: Liberation Serif, what it can print, and where lines break.

Widths of words are remembered, so that a long list costs little more than its words once.
"""

import logging
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError

from desktop.errors import UserError
from desktop.printing.alphabet import VIETNAMESE, PageFont, encoded
from desktop.text import _

# Nothing in a paper may make the library open an address; our flowables read no markup either.
rl_config.trustedSchemes = []

FILES = {
    "SoSerif": "LiberationSerif-Regular.ttf",
    "SoSerif-Bold": "LiberationSerif-Bold.ttf",
    "SoSerif-Italic": "LiberationSerif-Italic.ttf",
    "SoSerif-BoldItalic": "LiberationSerif-BoldItalic.ttf",
}
"""The name of each face inside the program and its file in the folder of fonts."""

RAISED = 0.65
"""Size of a raised mark against the letters beside it."""
STAND_IN = "□"
"""Printed for a character that the letters lack, so that nothing vanishes unseen."""

_WORDS_KEPT = 200_000
_BREAKS = "/-._?&=,;:@"
_BLANKS = re.compile(r"[ \t\r\n\f\v\u2028\u2029]+")
_log = logging.getLogger(__name__)


class _Widths(dict[str, float]):
    """Widths of words at size 1, worked out when first asked for."""

    def __init__(self, letters: dict[str, float], other: float) -> None:
        super().__init__()
        self.letters = letters
        self.other = other

    def __missing__(self, word: str) -> float:
        width = sum(self.letters.get(letter, self.other) for letter in word)
        if len(self) > _WORDS_KEPT:
            self.clear()
        self[word] = width
        return width


class Face:
    """One face: its font, its name in the file, and the widths of words at size 1."""

    def __init__(self, font: PageFont) -> None:
        self.font = font
        self.name: str = font.fontName
        self.letters: frozenset[int] = frozenset(font.face.charToGlyph)
        widths = {chr(code): width / 1000 for code, width in font.face.charWidths.items()}
        widths["\xa0"] = widths[" "]
        self.widths = _Widths(widths, font.face.defaultWidth / 1000)
        self.space: float = widths[" "]

    def cumulated(self, word: str) -> list[float]:
        """The width of each beginning of the word at size 1."""
        letters, other = self.widths.letters, self.widths.other
        return list(accumulate(letters.get(letter, other) for letter in word))


class Piece(NamedTuple):
    """Part of a line in one face."""

    face: Face
    text: str
    raised: bool = False

    @property
    def width(self) -> float:
        """Its width at size 1, spaces and all."""
        width = self.face.widths[self.text]
        return width * RAISED if self.raised else width


class Line(NamedTuple):
    """A broken line: its pieces, natural width in points, number of spaces, and what it is.

    ``indent`` is its distance from the left edge in points; ``last`` ends its paragraph.
    """

    pieces: tuple[Piece, ...]
    width: float
    gaps: int
    indent: float = 0.0
    last: bool = False


class _Glyphs(dict[int, str | None]):
    """What is printed for each character: itself, nothing, a likeness or the stand-in."""

    def __init__(self, letters: frozenset[int]) -> None:
        super().__init__({code: chr(code) for code in letters})
        self.letters = letters
        self.lacking: set[str] = set()
        for blank in "\t\f\v\u2028\u2029\r":
            self[ord(blank)] = " "
        self[ord("\n")] = "\n"
        for code in [*letters, *range(0xA0)]:
            if (
                unicodedata.category(chr(code)) in {"Cc", "Cf", "Cs"}
                and chr(code) not in "\t\f\v\r\n"
            ):
                self[code] = None

    def __missing__(self, code: int) -> str | None:
        letter = chr(code)
        category = unicodedata.category(letter)
        like: str | None = unicodedata.normalize("NFKC", letter)
        if category in {"Cc", "Cf"}:
            like = None
        elif category == "Zs":
            like = " "
        elif like is None or any(ord(other) not in self.letters for other in like):
            like = STAND_IN
            self.lacking.add(letter)
        self[code] = like
        return like


@dataclass(frozen=True)
class Family:
    """The four faces together, and the text they can print."""

    regular: Face
    bold: Face
    italic: Face
    bold_italic: Face
    glyphs: _Glyphs

    def face(self, *, bold: bool = False, italic: bool = False) -> Face:
        """The face of that weight and slope."""
        if bold:
            return self.bold_italic if italic else self.bold
        return self.italic if italic else self.regular

    def printable(self, text: str) -> str:
        """The text as it can be printed: composed (NFC), without invisible characters.

        A character that the letters lack becomes its nearest likeness (NFKC) or ``STAND_IN``.
        """
        if encoded(text) is not None and text.isprintable():
            return text
        if not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
        return text.translate(self.glyphs)

    def lacking(self, text: str) -> tuple[str, ...]:
        """The characters of the text for which only the stand-in can be printed, each once."""
        self.printable(text)
        return tuple(dict.fromkeys(c for c in text if c in self.glyphs.lacking))


@lru_cache(maxsize=4)
def load(folder: Path) -> Family:
    """The family from its four files in ``folder``.

    Raises UserError where a file is missing, damaged, or lacks Vietnamese letters.
    """
    fonts = [_font(name, folder / file) for name, file in FILES.items()]
    faces = [Face(font) for font in fonts]
    letters = frozenset.intersection(*(face.letters for face in faces))
    wanted = VIETNAMESE + VIETNAMESE.upper() + "0123456789.…–“”□"
    if not letters.issuperset(map(ord, wanted)):
        raise _unusable(folder)
    for font in fonts:
        pdfmetrics.registerFont(font)
    regular, bold, italic, bold_italic = faces
    return Family(regular, bold, italic, bold_italic, _Glyphs(letters))


def _font(name: str, file: Path) -> PageFont:
    """The font of one file."""
    try:
        return PageFont(name, str(file))
    except (OSError, TTFError) as error:
        _log.info("font %s: %s", file, error)
        raise _unusable(file) from error


def _unusable(file: Path) -> UserError:
    """What to say where the letters cannot be used."""
    return UserError(
        _(
            "The printing font {file} is missing or damaged. Install the program again, or copy "
            "the folder “fonts” from another PC that has it."
        ).format(file=file.name),
        code="font-missing",
    )


class _Word(NamedTuple):
    """A word of several pieces; ``spaced`` where a space stands before it."""

    pieces: tuple[Piece, ...]
    width: float
    spaced: bool


def break_plain(
    text: str, face: Face, size: float, width: float, first: float = 0.0
) -> list[tuple[str, float]]:
    """The lines of a text in one face, each with its natural width in points.

    ``text`` has been through ``printable``; its own line ends are kept. A word wider than ``width``
    (points) is broken, after a slash, hyphen or point where there is one. ``first`` is the indent
    of the first line.
    """
    lines: list[tuple[str, float]] = []
    widths, space = face.widths, face.space
    full = width / size + 1e-6
    room = full - first / size
    for part in text.split("\n"):
        current: list[str] = []
        used = 0.0
        for word in _BLANKS.split(part.strip(" ")):
            extent = widths[word] if len(word) < 64 else full + 1
            if current and used + space + extent <= room:
                current.append(word)
                used += space + extent
                continue
            if current:
                lines.append((" ".join(current), used * size))
                room = full
            if extent > room:
                *whole, word = _chop(word, face, room)  # noqa: PLW2901 - the rest goes on as a word
                lines += [(piece, widths[piece] * size) for piece in whole]
                room = full if whole else room
                extent = widths[word]
            current, used = [word], extent
        lines.append((" ".join(current), used * size))
        room = full
    return lines


def _chop(word: str, face: Face, room: float) -> list[str]:
    """The word in pieces that are each at most ``room`` wide at size 1, one letter at the least."""
    pieces = []
    ends = face.cumulated(word)
    start, base = 0, 0.0
    while start < len(word):
        stop = start + 1
        while stop < len(word) and ends[stop] - base <= room:
            stop += 1
        if stop < len(word):
            stop = _break_point(word, start, stop)
        pieces.append(word[start:stop])
        start, base = stop, ends[stop - 1]
    return pieces


def _break_point(word: str, start: int, stop: int) -> int:
    """Where to break before ``stop``: after the last sign that invites it in the second half."""
    for at in range(stop - 1, (start + stop) // 2, -1):
        if word[at] in _BREAKS:
            return at + 1
    return stop


def break_runs(
    runs: Sequence[Piece], size: float, width: float, first: float = 0.0
) -> tuple[Line, ...]:
    """The lines of one paragraph of several runs, whose text has been through ``printable``.

    ``width`` is the full width in points, ``first`` the indent of the first line.
    """
    if len(runs) == 1 and not runs[0].raised and "\n" not in runs[0].text:
        return _break_one(runs[0], size, width, first)
    words = _words(runs, size, width - first)
    lines: list[Line] = []
    current: list[_Word] = []
    used, room = 0.0, width - first
    for word in words:
        gap = word.pieces[0].face.space * size if word.spaced and current else 0.0
        if current and used + gap + word.width > room + 1e-6:
            lines.append(_line(current, used, width - room))
            current, used, gap, room = [], 0.0, 0.0, width
        current.append(word)
        used += gap + word.width
    lines.append(_line(current, used, width - room)._replace(last=True))
    return tuple(lines)


def _break_one(run: Piece, size: float, width: float, first: float) -> tuple[Line, ...]:
    """The same for the usual paragraph, which has one run."""
    face = run.face
    broken = break_plain(run.text, face, size, width, first)
    end = len(broken) - 1
    return tuple(
        Line(
            (Piece(face, text),),
            extent,
            text.count(" ") + text.count("\xa0"),
            0.0 if number else first,
            number == end,
        )
        for number, (text, extent) in enumerate(broken)
    )


def _words(runs: Sequence[Piece], size: float, room: float) -> list[_Word]:
    """The runs as words; one wider than ``room`` points as several without a space between."""
    words: list[_Word] = []
    joined: list[Piece] = []
    for run in runs:
        parts = _BLANKS.split(run.text)
        for number, part in enumerate(parts):
            if number and joined:
                words += _finish(joined, size, room)
                joined = []
            if part:
                joined.append(Piece(run.face, part, run.raised))
    if joined:
        words += _finish(joined, size, room)
    return words


def _finish(joined: Sequence[Piece], size: float, room: float) -> Iterable[_Word]:
    """The pieces as one word, or chopped where they are too wide for a line."""
    width = sum(piece.width for piece in joined) * size
    if width <= room:
        return [_Word(tuple(joined), width, spaced=True)]
    words: list[_Word] = []
    for piece in joined:
        scale = size * (RAISED if piece.raised else 1.0)
        words += [
            _Word((piece._replace(text=text),), piece.face.widths[text] * scale, not words)
            for text in _chop(piece.text, piece.face, room / scale)
        ]
    return words


def _line(words: Sequence[_Word], width: float, indent: float) -> Line:
    """The words as one line; neighbours in one face become one piece."""
    pieces: list[Piece] = []
    for number, word in enumerate(words):
        for place, piece in enumerate(word.pieces):
            text = f" {piece.text}" if number and not place and word.spaced else piece.text
            if pieces and pieces[-1].face is piece.face and pieces[-1].raised == piece.raised:
                pieces[-1] = Piece(piece.face, pieces[-1].text + text, piece.raised)
            else:
                pieces.append(Piece(piece.face, text, piece.raised))
    gaps = sum(piece.text.count(" ") + piece.text.count("\xa0") for piece in pieces)
    return Line(tuple(pieces), width, gaps, indent)
