"""Finding the table in a sheet: the header row under any titles, its columns, where data begin.

Offices put titles above the table, a row of column numbers below the header, and spread a header
over two rows; the columns stand in any order.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop.exchange.rows import Column
from desktop.exchange.sheets import Cell, Sheet
from desktop.vietnamese.cleaning import clean
from desktop.vietnamese.folding import fold
from desktop.vietnamese.legacy import Encoding, decode

_HEADER_ROWS = 60
"""So far down a header is looked for: titles, the national motto and legal bases take room."""
_NUMBERS = re.compile(r"[(\[]?\s*(\d{1,2})\s*[)\]]?(\s*=[\d\s()\[\]+\-x*/:]+)?")
_LETTER = re.compile(r"[(\[]?\s*[a-z]\s*[)\]]?")
_AROUND = " .,:;*_-/\\"


@dataclass(frozen=True, slots=True)
class Found:
    """A header as it stands in the sheet: the column it means and the text as written."""

    column: Column
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table found in a sheet.

    ``columns`` are those known, by their place from 1; ``unknown`` the texts of the other headers,
    by place; ``first`` is the first row that may hold data.
    """

    sheet: Sheet
    header: int
    first: int
    columns: Mapping[int, Found]
    unknown: Mapping[int, str]


def header_key(text: str) -> str:
    """What a header is matched by: the text before the first parenthesis, folded."""
    return fold(text.partition("(")[0]).strip(_AROUND)


def known_headers(
    columns: Iterable[Column], aliases: Mapping[str, str]
) -> tuple[dict[str, Column], dict[str, Column]]:
    """The columns by header key, and by the keys of their aliases."""
    by_key = {header_key(column.header): column for column in columns}
    return by_key, {
        header_key(alias): by_key[header_key(meant)] for alias, meant in aliases.items()
    }


def find_table(
    sheet: Sheet, columns: Sequence[Column], aliases: Mapping[str, str], needed: Column
) -> Table | None:
    """The table under the row with the most known headers, the ``needed`` one among them.

    The headers may be written in old letters. None where no row has the header of ``needed`` or an
    alias of it.
    """
    known, other = known_headers(columns, aliases)
    wanted = {key for names in (known, other) for key, one in names.items() if one is needed}
    for letters in Encoding:
        best: tuple[int, int] | None = None
        for row in sorted(sheet.rows)[:_HEADER_ROWS]:
            keys = {header_key(text) for text in _texts(sheet, row, letters).values()}
            score = len(keys & (known.keys() | other.keys()))
            if keys & wanted and (best is None or score > best[0]):
                best = (score, row)
        if best is not None:
            return _table(sheet, best[1], letters, (known, other))
    return None


def _texts(sheet: Sheet, row: int, letters: Encoding) -> dict[int, str]:
    """The texts of a row by place, decoded from these letters."""
    return {
        place: clean(decode(cell.text, letters)) for place, cell in sheet.rows.get(row, {}).items()
    }


def _table(
    sheet: Sheet, row: int, letters: Encoding, names: tuple[dict[str, Column], dict[str, Column]]
) -> Table:
    """The table whose header stands in ``row``, and in the row below where that continues it."""
    known, other = names
    texts, below = _texts(sheet, row, letters), _texts(sheet, row + 1, letters)
    last = row
    if _continues(texts, below, known):
        texts |= {place: text for place, text in below.items() if header_key(text)}
        last = row + 1
    found = _assign(texts, known, other)
    first = last + 1
    if _is_numbering(sheet.rows.get(first, {}), len(texts)):
        first += 1
    unknown = {place: text for place, text in texts.items() if place not in found}
    return Table(sheet, row, first, found, unknown)


def _continues(
    texts: Mapping[int, str], below: Mapping[int, str], known: dict[str, Column]
) -> bool:
    """Whether the row below holds headers too: known ones, none under a known one."""
    keys = [header_key(text) for text in below.values()]
    above = {place for place, text in texts.items() if header_key(text) in known}
    return any(key in known for key in keys) and not above & below.keys()


def _assign(
    texts: Mapping[int, str], known: dict[str, Column], other: dict[str, Column]
) -> dict[int, Found]:
    """Which column stands where; the first of two equal headers counts.

    Aliases come second, in their order: of "Tác giả" and "Đồng tác giả" the sheet of co-authors
    means the latter.
    """
    found: dict[int, Found] = {}
    taken: set[str] = set()
    places: dict[str, int] = {}
    for place in sorted(texts):
        places.setdefault(header_key(texts[place]), place)
    for key, column in (*known.items(), *other.items()):
        if key in places and column.header not in taken:
            found[places[key]] = Found(column, texts[places[key]])
            taken.add(column.header)
    return found


def _is_numbering(cells: Mapping[int, Cell], width: int) -> bool:
    """Whether a row only numbers most of the ``width`` columns: (1) (2) (3)=(1)x(2), A B 1 2."""
    texts = [fold(cells[place].line) for place in sorted(cells)]
    numbers = [int(match[1]) for text in texts if (match := _NUMBERS.fullmatch(text))]
    others = [text for text in texts if not _NUMBERS.fullmatch(text)]
    counting = bool(numbers) and numbers == list(range(1, len(numbers) + 1))
    plain = all(_LETTER.fullmatch(text) for text in others)
    return len(texts) >= max(2, width // 2) and counting and plain
