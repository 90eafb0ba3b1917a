"""The pages of a PDF file as pictures, its outline, and its text searched; without any widget.

The library behind it must not be used by two threads at once: call it on the printing worker.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from pypdfium2 import raw
from PySide6.QtGui import QImage

from desktop.progress import Progress
from desktop.text import _
from desktop.vietnamese.folding import fold

INCH = 72
"""Points of a PDF in an inch."""
MOST_HITS = 2000
"""So many places are marked at most; nobody goes through more."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom on a page, as parts of its width and height from its top left."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One drawn page: its picture, its number from 1, how many there are, its size in points."""

    picture: QImage
    number: int
    pages: int
    size: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the words were found: its page, and the boxes around it."""

    page: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds: its number of pages, the size of the first in points, its outline.

    ``outline`` are (words, depth, page).
    """

    pages: int
    size: tuple[float, float]
    outline: tuple[tuple[str, int, int], ...]

    @property
    def starts(self) -> frozenset[int]:
        """The pages on which a paper begins."""
        return frozenset(page for _words, _depth, page in self.outline)


@contextmanager
def opened(file: Path) -> Iterator[Any]:
    """The document of a file, closed again afterwards."""
    document = pypdfium2.PdfDocument(file)
    try:
        yield document
    finally:
        document.close()


def draw_page(file: Path, number: int, dots: float) -> Sheet:
    """Draw a page (from 1; the nearest there is) of a PDF file at so many dots an inch."""
    with opened(file) as document:
        number = min(max(number, 1), len(document))
        page = document[number - 1]
        return Sheet(picture_of(page, dots), number, len(document), page.get_size())


def draw_small(file: Path, number: int, wide: float, high: float) -> QImage:
    """Draw a page of a PDF file as large as fits into so many dots."""
    with opened(file) as document:
        page = document[min(max(number, 1), len(document)) - 1]
        width, height = page.get_size()
        return picture_of(page, min(wide / width, high / height) * INCH)


def picture_of(page: Any, dots: float, *, grey: bool = False) -> QImage:
    """A page of an open document as a picture."""
    bitmap = page.render(scale=dots / INCH, rev_byteorder=True, grayscale=grey)
    return QImage(
        bytes(bitmap.buffer),
        bitmap.width,
        bitmap.height,
        bitmap.stride,
        _format(bitmap.n_channels),
    ).copy()


def _format(channels: int) -> QImage.Format:
    return {1: QImage.Format.Format_Grayscale8, 3: QImage.Format.Format_RGB888}.get(
        channels, QImage.Format.Format_RGBX8888
    )


def contents(file: Path) -> Contents:
    """How many pages a file has, and its outline."""
    with opened(file) as document:
        outline = []
        for mark in document.get_toc():
            target = mark.get_dest()
            if target is not None and target.get_index() is not None:
                outline.append((mark.get_title(), mark.level, target.get_index() + 1))
        return Contents(len(document), document[0].get_size(), tuple(outline))


def search(file: Path, words: str, progress: Progress) -> tuple[Hit, ...]:
    """Where the words stand in a file, from its first page on, in any spelling of marks and case.

    At most MOST_HITS places. Words that run over the end of a line are found, too.
    """
    wanted = fold(words).strip()
    found: list[Hit] = []
    if not wanted:
        return ()
    with opened(file) as document:
        for number in range(len(document)):
            progress.step(number, len(document), _("Searching"))
            found += _hits(document[number], number + 1, wanted)
            if len(found) >= MOST_HITS:
                break
    return tuple(found[:MOST_HITS])


def _hits(page: Any, number: int, wanted: str) -> list[Hit]:
    width, height = page.get_size()
    letters = page.get_textpage()
    text, places = _folded_text(letters)
    hits = []
    at = text.find(wanted)
    while at >= 0:
        first, last = places[at], places[at + len(wanted) - 1]
        boxes = []
        for part in range(letters.count_rects(first, last - first + 1)):
            left, bottom, right, top = letters.get_rect(part)
            boxes.append((left / width, 1 - top / height, right / width, 1 - bottom / height))
        hits.append(Hit(number, tuple(boxes)))
        at = text.find(wanted, at + len(wanted))
    letters.close()
    return hits


_FOLDED: dict[int, str] = {}


def _folded_text(letters: Any) -> tuple[str, list[int]]:
    """The page's text folded letter by letter, and for each letter its place on the page."""
    folded: list[str] = []
    places: list[int] = []
    for place in range(letters.count_chars()):
        code = raw.FPDFText_GetUnicode(letters, place)
        if code not in _FOLDED:
            char = chr(code) if code else ""
            _FOLDED[code] = " " if char.isspace() else fold(char).strip()
        for letter in _FOLDED[code]:
            if letter != " " or (folded and folded[-1] != " "):
                folded.append(letter)
                places.append(place)
    return "".join(folded), places
