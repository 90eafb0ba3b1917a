"""The language against its peers: folding, keys, numerals, and telling and decoding old letters.

Each round runs every contender once over the same texts, so that all meet the same mood of the
machine; figures are medians over the rounds. ``fold`` and ``sort_key`` remember the words that they
met, so their first pass over a corpus is measured besides, with their memory emptied.
"""

import os
import random
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from unidecode import unidecode
from vn_money import to_words

from desktop.vietnamese import collation, folding
from desktop.vietnamese.collation import person_key, sort_key
from desktop.vietnamese.detection import detect, restore_column
from desktop.vietnamese.folding import fold, syllable_key
from desktop.vietnamese.legacy import Encoding, decode, encode
from desktop.vietnamese.numerals import in_words
from tests.vietnamese.icu import vietnamese_sort_key
from tests.vietnamese.texts import cells, names

ROUNDS = int(os.environ.get("ROUNDS", "7"))
COUNT = 20_000
CELLS_IN_COLUMN = 20
GOAL = "goal at least 1.00"


@dataclass(frozen=True)
class Contender:
    """Something that is done once to each of a number of things."""

    name: str
    run: Callable[[], object]
    count: int


def each(name: str, function: Callable[[Any], object], items: Sequence[Any]) -> Contender:
    """A contender that calls the function for each item."""
    return Contender(name, lambda: [function(item) for item in items], len(items))


def emptied(name: str, function: Callable[[str], str], items: Sequence[str]) -> Contender:
    """The same with the memory of words emptied first."""
    memories = [folding._fold_word, collation._part_of, collation._case_of]  # noqa: SLF001 - the memories to empty have no public name

    def run() -> object:
        for memory in memories:
            memory.__self__.clear()  # type: ignore[attr-defined] # a bound method of a dict
        return [function(item) for item in items]

    return Contender(name, run, len(items))


def measure(contenders: Sequence[Contender]) -> dict[str, list[float]]:
    """Seconds of each contender in each round, in turn; the first turn warms and is not counted."""
    seconds: dict[str, list[float]] = {contender.name: [] for contender in contenders}
    for turn in range(ROUNDS + 1):
        for contender in contenders:
            began = time.perf_counter()
            contender.run()
            if turn:
                seconds[contender.name].append(time.perf_counter() - began)
    return seconds


def report(what: str, contenders: Sequence[Contender], ours: str, peer: str) -> None:
    """Print how many a second each does, and the first one's speed over its peer's."""
    seconds = measure(contenders)
    print(f"{what}:")
    for contender in contenders:
        rate = contender.count / statistics.median(seconds[contender.name])
        print(f"  {contender.name:34} {rate:12,.0f} a second")
    pairs = zip(seconds[ours], seconds[peer], strict=True)
    print(f"  {what}: {statistics.median(b / a for a, b in pairs):.2f}x {peer} ({GOAL})")


def folding_and_keys() -> None:
    """Names and titles in equal parts, as an import brings them."""
    texts = [*names(1, COUNT // 2), *cells(2, COUNT // 2, (6, 10, 14))]
    report(
        "folding",
        [
            each("fold", fold, texts),
            emptied("fold, memory emptied", fold, texts),
            each("unidecode", lambda text: unidecode(text).lower(), texts),
        ],
        "fold",
        "unidecode",
    )
    icu = vietnamese_sort_key()
    # What ICU costs without being called for each text: many texts as one, in few calls.
    at_once = [" ".join(texts[at : at + 100]) for at in range(0, len(texts), 100)]
    icu_at_once = vietnamese_sort_key(longest=1 << 20)
    report(
        "sort keys",
        [
            each("sort_key", sort_key, texts),
            emptied("sort_key, memory emptied", sort_key, texts),
            each("person_key", person_key, texts),
            each("syllable_key", syllable_key, texts),
            each("ICU", icu, texts),
            Contender("ICU, 100 at once", lambda: [icu_at_once(t) for t in at_once], len(texts)),
        ],
        "sort_key",
        "ICU",
    )


def numerals() -> None:
    """Amounts of money of every length."""
    chance = random.Random(3)
    amounts = [chance.randrange(10 ** chance.randrange(5, 13)) for _ in range(COUNT)]
    report(
        "numerals",
        [each("in_words", in_words, amounts), each("vn-money", to_words, amounts)],
        "in_words",
        "vn-money",
    )


def old_letters() -> None:
    """Columns of 20 cells of TCVN3: told by us, and merely decoded by us and by iconv."""
    old = [encode(cell, "tcvn3") for cell in cells(4, COUNT, (2, 3))]
    columns = [old[at : at + CELLS_IN_COLUMN] for at in range(0, COUNT, CELLS_IN_COLUMN)]
    data = "\n".join(old).encode("latin-1", "replace") * 50
    command = ["iconv", "-f", "TCVN5712-1", "-t", "UTF-8"]
    print("columns of 20 cells, by cell:")

    def by_iconv() -> None:
        subprocess.run(command, input=data, stdout=subprocess.DEVNULL, check=True)

    contenders = [
        Contender("detect", lambda: [detect(column) for column in columns], COUNT),
        each("decode", lambda text: decode(text, "tcvn3"), old),
        Contender("iconv", by_iconv, COUNT * 50),
    ]
    seconds = measure(contenders)
    rates = {c.name: c.count / statistics.median(seconds[c.name]) for c in contenders}
    for name, rate in rates.items():
        print(f"  {name:34} {rate:12,.0f} a second")
    # iconv is told the encoding and reads one stream; no goal is set by it.
    for ours in ("detect", "decode"):
        print(f"  {ours}: {rates[ours] / rates['iconv']:.2f}x iconv, one process for all (no goal)")


def recognised(encoding: Encoding, columns: Sequence[Sequence[str]]) -> float:
    """The share of columns, re-encoded, that are found to be what they are, in per cent."""
    old = [[encode(cell, encoding) for cell in column] for column in columns]
    weighable = [column for column in old if not all(cell.isascii() for cell in column)]
    right = sum(detect(column).encoding is encoding for column in weighable)
    return 100 * right / len(weighable)


def recognition() -> None:
    """How often real prose, re-encoded, is recognised: lone cells, and columns of 20 short ones."""
    print("recognised, in per cent:        " + "".join(f"{each:>9}" for each in Encoding))
    for words in (1, 2, 3, 5, 8):
        columns = [[cell] for cell in cells(words, 4_000, (words,))]
        shares = [recognised(encoding, columns) for encoding in Encoding]
        goal = " (goal: Unicode 100, others 99)" if words == 5 else ""
        print(f"  cells of {words} words               " + _in_row(shares) + goal)
    columns = [cells(seed, CELLS_IN_COLUMN, (2, 3)) for seed in range(500)]
    shares = [recognised(encoding, columns) for encoding in Encoding]
    print("  columns of 20 cells of 2 or 3 " + _in_row(shares) + " (goal: 100)")
    changed = sum(restore_column(column).texts != tuple(column) for column in columns)
    print(f"  Unicode columns changed: {changed} of {len(columns)} (goal: 0)")


def _in_row(shares: Sequence[float]) -> str:
    return "".join(f"{share:9.2f}" for share in shares)


def main() -> None:
    """Print every figure."""
    recognition()
    folding_and_keys()
    numerals()
    old_letters()


if __name__ == "__main__":
    main()
