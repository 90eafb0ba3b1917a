"""Where two states of a paper differ, line by line, also where they list many thousands."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

_RUNNING = re.compile(r"^\d+ · ")
"""The running number of a row, which changes for all rows below one that is put in."""
_CLOSELY = 40_000
"""So many pairs of lines are compared each with each; of more, those at the same place."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A line that was issued, and what today's data give instead; blank where there is none."""

    issued: str
    today: str


def compared(issued: Sequence[str], today: Sequence[str]) -> tuple[Difference, ...]:
    """The lines that differ, in their order.

    A line that stands once on each side, whatever its running number, is the same line; only what
    lies between two of these is compared closely. So the time grows with the lines, not with their
    square.
    """
    found: list[Difference] = []
    old = new = 0
    for at, place in _same(issued, today):
        found += _between(issued[old:at], today[new:place])
        found += _between(issued[at : at + 1], today[place : place + 1])
        old, new = at + 1, place + 1
    return (*found, *_between(issued[old:], today[new:]))


def _same(issued: Sequence[str], today: Sequence[str]) -> list[tuple[int, int]]:
    """Where the lines that stand once on each side stand, those that are in one order."""
    places = _once(today)
    pairs = [(at, places[key]) for key, at in _once(issued).items() if key in places]
    return _rising(pairs)


def _once(lines: Sequence[str]) -> dict[str, int]:
    """The places of the lines that stand there once, without their running numbers."""
    keys = [_RUNNING.sub("", line) for line in lines]
    counts = Counter(keys)
    return {key: at for at, key in enumerate(keys) if counts[key] == 1}


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most pairs that rise on both sides; they are given in the order of the first."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for at, (_first, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        last[length : length + 1] = [at]
    found, at = [], last[-1] if last else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


def _between(issued: Sequence[str], today: Sequence[str]) -> list[Difference]:
    """What differs in a stretch of lines."""
    if issued == today:
        return []
    if len(issued) * len(today) > _CLOSELY:
        return _paired(issued, today)
    found: list[Difference] = []
    matcher = SequenceMatcher(None, issued, today, autojunk=False)
    for act, first, last, start, stop in matcher.get_opcodes():
        if act != "equal":
            found += _paired(issued[first:last], today[start:stop])
    return found


def _paired(issued: Sequence[str], today: Sequence[str]) -> list[Difference]:
    """Lines beside those at the same place."""
    return [
        Difference(old, new) for old, new in zip_longest(issued, today, fillvalue="") if old != new
    ]
