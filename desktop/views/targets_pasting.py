"""A table of targets pasted from a sheet or a document: titles, units, figures, the row of sums."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from desktop.programme import periods
from desktop.programme.shape import Programme
from desktop.vietnamese.cleaning import clean
from desktop.vietnamese.folding import fold

_NUMBER = re.compile(r"\d{1,3}(?:[., \u00a0]\d{3})+|\d+")
_ORDINAL = re.compile(r"\d{1,4}[.)]?|[IVXLC]+[.)]?|[A-Za-z][.)]?")
_SUMS = frozenset(
    {"tong", "tong cong", "tong so", "cong", "toan tinh", "toan nganh", "total", "sum"}
)


@dataclass(frozen=True, slots=True)
class PastedTable:
    """What was pasted.

    ``titles`` are those of the columns of figures as the plan has them; ``rows`` a unit with its
    figures, None for a cell without one; ``sums`` the plan's own row of sums, empty where it has
    none; ``unread`` what could not be read, as "unit: text".
    """

    titles: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int | None, ...]], ...]
    sums: tuple[int | None, ...] = ()
    unread: tuple[str, ...] = ()


def number_of(text: str) -> int | None:
    """A whole number as typed: 1.200, 1 200 and 1,200 are 1200; None for anything else."""
    bare = text.strip().replace("\u00a0", " ")
    if not _NUMBER.fullmatch(bare):
        return None
    return int(re.sub(r"[., ]", "", bare))


def read_pasted(text: str) -> PastedTable:
    """Read rows whose cells are parted by tabs; an empty table where nothing is one."""
    cells = [[clean(cell) for cell in row] for row in _split(text)]
    grid = [row for row in cells if any(row)]
    width = max((len(row) for row in grid), default=0)
    grid = [row + [""] * (width - len(row)) for row in grid]
    heads = list(takewhile(lambda row: not _is_body(row), grid))
    body = grid[len(heads) :]
    at = _unit_column(body)
    figures = [place for place in range(at + 1, width) if _has_figures(body, place)]
    titles = tuple(_title(heads, place) for place in figures)
    return _table(titles, body, at, figures)


def _split(text: str) -> Iterable[list[str]]:
    """Rows and cells; a cell in quotation marks may hold line breaks, as a sheet copies them."""
    joined = re.sub(
        r'(^|\t|\n)"((?:[^"]|"")*)"(?=\t|\n|$)',
        lambda found: found[1] + found[2].replace("\n", " ").replace('""', '"'),
        text.replace("\r\n", "\n").replace("\r", "\n"),
    )
    return [row.split("\t") for row in joined.split("\n")]


def _is_body(row: Sequence[str]) -> bool:
    """Whether a row has a name and a figure behind it, other than numbered column titles."""
    words = [at for at, cell in enumerate(row) if _is_name(cell)]
    return bool(words) and any(number_of(cell) is not None for cell in row[words[0] + 1 :])


def _is_name(cell: str) -> bool:
    return bool(cell) and number_of(cell) is None and not _ORDINAL.fullmatch(cell)


def _unit_column(body: Sequence[Sequence[str]]) -> int:
    """The column in which most rows have a name."""
    width = len(body[0]) if body else 0
    counts = [sum(_is_name(row[at]) for row in body) for at in range(width)]
    return counts.index(max(counts)) if counts else 0


def _has_figures(body: Sequence[Sequence[str]], at: int) -> bool:
    found = sum(number_of(row[at]) is not None for row in body)
    return found * 2 >= len(body)


def _title(heads: Sequence[Sequence[str]], at: int) -> str:
    """The title of a column; merged cells above it stand in the row's cell to the left."""
    parts = [row[at] for row in heads if row[at] and number_of(row[at]) is None]
    return " ".join(dict.fromkeys(parts))


def _table(
    titles: tuple[str, ...], body: Sequence[Sequence[str]], at: int, figures: Sequence[int]
) -> PastedTable:
    rows: list[tuple[str, tuple[int | None, ...]]] = []
    sums: tuple[int | None, ...] = ()
    unread: list[str] = []
    for row in body:
        unit, values = row[at], tuple(number_of(row[place]) for place in figures)
        named = unit or next((cell for cell in row if _is_name(cell)), "")
        if fold(named).strip(" :.") in _SUMS:
            sums = values
        elif unit:
            rows.append((unit, values))
            unread += [
                f"{unit}: {row[place]}"
                for place, value in zip(figures, values, strict=True)
                if row[place] and row[place] not in {"-", "–"} and value is None
            ]
    return PastedTable(titles, tuple(rows), sums, tuple(unread))


def period_guesses(titles: Sequence[str], programme: Programme) -> list[str]:
    """For each column of a plan the key of the period that it seems to mean.

    As the title names it; otherwise, as plans have them, the total first and the stages after it. A
    year is read as the stage at its place in the plan (MT-03).
    """
    stages = [period.key for period in periods.stages(programme)]
    usual = [periods.TOTAL, *stages]
    if len(titles) < len(usual) and len(titles) == len(stages) and len(stages) > 1:
        usual = stages
    found: list[str] = []
    for at, title in enumerate(titles):
        key = _named(fold(title), stages)
        if not key or key in found:
            free = [each for each in usual if each not in found]
            key = usual[at] if at < len(usual) and usual[at] in free else next(iter(free), "")
        found.append(key)
    return found


def _named(words: str, stages: Sequence[str]) -> str:
    for number, key in enumerate(stages, start=1):
        roman = ("i", "ii", "iii", "iv", "v")[number - 1] if number <= 5 else str(number)
        if re.search(rf"\b(giai doan|gd|stage) ?0?({number}|{roman})\b", words):
            return key
    if re.search(r"\btong|\bca chuong trinh|\bca dot|\btotal\b|\bwhole\b", words):
        return periods.TOTAL
    return ""


def sums_of(rows: Iterable[Sequence[int | None]], width: int) -> list[int]:
    """The sum of each column."""
    found = [0] * width
    for row in rows:
        for at, value in enumerate(row):
            found[at] += value or 0
    return found
