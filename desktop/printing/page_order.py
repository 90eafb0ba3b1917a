"""Which pages are printed and on which sides of which sheets: ranges, copies, fronts and backs."""

import re
from collections.abc import Iterable, Sequence

from desktop.errors import UserError
from desktop.text import _

EMPTY = 0
"""Among numbers of pages: a side that stays empty."""

_PART = re.compile(r"(\d+)?\s*(-)?\s*(\d+)?")
_DASHES = str.maketrans({"–": "-", "—": "-", ";": ","})


def chosen(typed: str, pages: int) -> tuple[int, ...]:
    """The pages that a range such as "1-3,5" or "7-" names, in its order; all where it is blank.

    UserError for what is no range and for pages that are not there.
    """
    parts = [part.strip() for part in typed.translate(_DASHES).split(",") if part.strip()]
    if not parts:
        return tuple(range(1, pages + 1))
    found = [page for part in parts for page in _part(part, pages)]
    return tuple(dict.fromkeys(found))


def _part(part: str, pages: int) -> range:
    read = _PART.fullmatch(part)
    first, dash, last = read.groups() if read else (None, None, None)
    if first is None and last is None:
        raise _refusal(part, pages)
    start = int(first) if first else 1
    end = (int(last) if last else pages) if dash else start
    if not 1 <= start <= end <= pages:
        raise _refusal(part, pages)
    return range(start, end + 1)


def _refusal(part: str, pages: int) -> UserError:
    said = _("“{part}” names no pages of this paper. Give pages from 1 to {pages}, such as 1-3,5.")
    return UserError(said.format(part=part, pages=pages), code="print.range")


def sides(pages: Sequence[int], starts: Iterable[int] = ()) -> tuple[int, ...]:
    """The sides of the sheets in order, front and back in turn.

    Each page of ``starts`` begins on a front, so that two papers never share a sheet; a side that
    stays empty for it, and the back of the last sheet, are EMPTY.
    """
    fresh = frozenset(starts)
    order: list[int] = []
    for page in pages:
        if page in fresh and len(order) % 2:
            order.append(EMPTY)
        order.append(page)
    if len(order) % 2:
        order.append(EMPTY)
    return tuple(order)


def repeated(order: Sequence[int], copies: int, *, collated: bool, step: int = 1) -> list[int]:
    """So many copies of an order: set after set where collated, else each sheet so many times.

    ``step`` is the number of sides of a sheet that are printed at once.
    """
    if collated:
        return list(order) * copies
    sheets = [order[at : at + step] for at in range(0, len(order), step)]
    return [page for sheet in sheets for _copy in range(copies) for page in sheet]


def fronts(order: Sequence[int]) -> list[int]:
    """What is printed first where sheets are turned by hand."""
    return list(order[0::2])


def backs(order: Sequence[int], *, last_on_top: bool) -> list[int]:
    """What is printed once the pile was put back, the topmost sheet being drawn in first.

    ``last_on_top``: the sheet printed last lies on top of the pile, as where sheets come out with
    the print facing down.
    """
    found = list(order[1::2])
    return found[::-1] if last_on_top else found
