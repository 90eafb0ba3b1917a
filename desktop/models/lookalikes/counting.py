"""How near the titles of all initiatives are to some words: columns of bits added up.

The columns are added with a counter that is sliced into bits, so that one pass over some two
megabytes tells, of a million initiatives, which differ from the words in the fewest syllables.
"""

import re
from bisect import bisect
from collections.abc import Iterable, Iterator
from itertools import islice, zip_longest

from desktop.models.engines.sqlite import Connection
from desktop.models.lookalikes.bits import LENGTHS, PART, word_columns
from desktop.models.lookalikes.memory import columns_in

_SET = re.compile(rb"[^\0]")
_CHUNK = 128
_PAGE = 4_096
_BLANK = bytes(_CHUNK)


class Counted:
    """How near every initiative's title is to some words.

    The measure is twice the columns shared, and what the title is shorter than 31: the more of it,
    the fewer columns stand in one of the two alone.
    """

    def __init__(self, connection: Connection, words: str) -> None:
        columns = columns_in(connection).read(connection, [*word_columns(words), *LENGTHS])
        parts = [list(part) for part in zip_longest(*columns, fillvalue=0)]
        self._parts = [_added(part[: -len(LENGTHS)], part[-len(LENGTHS) :]) for part in parts]

    def closest(
        self, wanted: int, within: Iterable[int] | None = None, beside: int = 0
    ) -> list[int]:
        """About ``wanted`` initiatives that share the most columns, of all or of those within.

        Where many tie, those are given whose ids lie around ``beside``; the newest where that is 0.
        """
        ties = [-1] * len(self._parts) if within is None else _masks(within, len(self._parts))
        nearer, sure = [0] * len(ties), 0
        for place in reversed(range(max(map(len, self._parts), default=0))):
            more = [
                tie & planes[place] if place < len(planes) else 0
                for tie, planes in zip(ties, self._parts, strict=True)
            ]
            count = sum(part.bit_count() for part in more)
            if sure + count >= wanted:
                ties = more
            elif count:
                sure += count
                nearer = [one | other for one, other in zip(nearer, more, strict=True)]
                ties = [tie ^ one for tie, one in zip(ties, more, strict=True)]
        # Where fewer than wanted have a column in common, the rest is everything else.
        ties = [max(0, tie) for tie in ties]
        return [*_ids(nearer), *_around(ties, wanted, beside)]


def _added(shared: list[int], lengths: list[int]) -> list[int]:
    """Twice the number of columns shared and what is missing of the length, sliced into planes.

    Three columns of one weight become one of it and one of twice the weight, until there are no
    more than one of each: half the work of adding them one by one.
    """
    waiting = [[length] for length in lengths]
    waiting[1] += shared
    planes: list[int] = []
    while len(planes) < len(waiting):
        parts, carried = waiting[len(planes)], list[int]()
        while len(parts) > 1:
            one, other = parts.pop(), parts.pop()
            third = parts.pop() if parts else 0
            either = one ^ other
            parts.append(either ^ third)
            carried.append((one & other) | (either & third))
        planes += parts
        if carried and len(planes) == len(waiting):
            waiting.append([])
        if carried:
            waiting[len(planes)] += carried
    return planes


def _masks(ids: Iterable[int], parts: int) -> list[int]:
    """These initiatives as bits, part by part."""
    made = [bytearray(PART // 8) for _part in range(parts)]
    for key in ids:
        part, bit = divmod(key, PART)
        if part < parts:
            made[part][bit >> 3] |= 1 << (bit & 7)
    return [int.from_bytes(bits, "little") for bits in made]


def _around(parts: list[int], wanted: int, beside: int) -> list[int]:
    """So many of the bits around one place, or the last of them; no more is looked at."""
    middle, bit = divmod(beside, PART) if beside else (len(parts), 0)
    before, after = parts[:middle], [0] * middle
    if middle < len(parts):
        before = [*before, parts[middle] & ((1 << bit) - 1)]
        after = [*after, parts[middle] >> bit << bit, *parts[middle + 1 :]]
    both = [*_last(before, wanted), *islice(_ids(after), wanted)]
    start = max(0, min(bisect(both, beside or 2**62) - wanted // 2, len(both) - wanted))
    return both[start : start + wanted]


def _last(parts: list[int], wanted: int) -> list[int]:
    """The last of the bits, in order; they are looked for from the end."""
    found: list[int] = []
    for part in reversed(range(len(parts))):
        whole = _bytes(parts[part])
        for start in range((len(whole) - 1) // _PAGE * _PAGE, -1, -_PAGE):
            page = whole[start : start + _PAGE]
            found[:0] = _in_page(page, part * PART + start * 8)
            if len(found) >= wanted:
                return found[-wanted:]
    return found


def _ids(parts: list[int]) -> Iterator[int]:
    """The places of the bits, in order."""
    for part, bits in enumerate(parts):
        yield from _in_page(_bytes(bits), part * PART)


def _in_page(page: bytes, first: int) -> Iterator[int]:
    """The places of the bits of some bytes; what is blank is passed over in large steps."""
    for start in range(0, len(page), _CHUNK):
        chunk = page[start : start + _CHUNK]
        if chunk != _BLANK:
            yield from _in_bytes(chunk, first + start * 8)


def _bytes(bits: int) -> bytes:
    return bits.to_bytes((bits.bit_length() + 7) // 8, "little")


def _in_bytes(chunk: bytes, first: int) -> Iterator[int]:
    for found in _SET.finditer(chunk):
        value, base = found.group()[0], (found.start() << 3) + first
        while value:
            lowest = value & -value
            yield base + lowest.bit_length() - 1
            value ^= lowest
