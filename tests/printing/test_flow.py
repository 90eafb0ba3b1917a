"""Whatever blocks a paper is made of: every word of it is printed, once, and nothing overflows."""

from collections.abc import Iterator
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as some

from desktop.printing import pdf
from desktop.printing.paper import (
    Align,
    Block,
    Column,
    Gap,
    LabelledLine,
    Orientation,
    PageBreak,
    Paper,
    Row,
    RowKind,
    Signatures,
    Signer,
    Table,
    Text,
    Title,
    plain,
)
from tests.printing.conftest import FONTS, leaves_of

LENGTHS = some.integers(1, 60) | some.integers(300, 900)


def words(numbers: Iterator[int], length: int) -> str:
    return " ".join(f"chữ{next(numbers)}." for _each in range(length))


def table(numbers: Iterator[int], lengths: list[int]) -> Table:
    """Rows of every kind, some of them taller than a page."""
    kinds = (RowKind.GROUP, RowKind.BODY, RowKind.BODY, RowKind.SUBTOTAL)
    columns = (Column("A", 30, Align.CENTRE), Column("B", 130))
    rows = tuple(
        Row((words(numbers, 1), words(numbers, length)), kinds[place % 4])
        for place, length in enumerate(lengths)
    )
    return Table(columns, rows)


@some.composite
def made(draw: some.DrawFn) -> tuple[Paper, int]:
    """A paper, and how many numbered words are in it."""
    numbers = count()
    blocks: list[Block] = []
    for _each in range(draw(some.integers(1, 7))):
        length = draw(LENGTHS)
        kind = draw(some.integers(0, 6))
        lines: list[Block] = [
            Text(plain(words(numbers, length))),
            Text(plain(words(numbers, length)), lead=True),
            LabelledLine(plain(words(numbers, 3)), words(numbers, length)),
            Title((words(numbers, min(length, 30)),), rule=True),
            Gap(length),
            PageBreak(),
        ]
        blocks += lines[kind : kind + 1] or [table(numbers, draw(some.lists(LENGTHS, max_size=9)))]
        if draw(some.booleans()):
            blocks.append(Signatures((Signer((words(numbers, 2),), words(numbers, 1)),)))
    across = draw(some.sampled_from(Orientation))
    return Paper("x", "x", tuple(blocks), across), next(numbers)


@settings(max_examples=60)
@given(made())
def test_every_word_of_any_paper_is_printed_once_within_the_margins(
    example: tuple[Paper, int],
) -> None:
    paper, _count = example
    expected = sorted(word for text in pdf.texts(paper) for word in text.split() if "chữ" in word)
    data, _pages = pdf.render([paper], fonts=FONTS)
    told: list[str] = []
    for leaf in leaves_of(data):
        told += [f"chữ{part}" for part in "".join(leaf.text.split()).split("chữ")[1:]]
        if leaf.letters.count_chars():
            assert leaf.ink().bottom <= leaf.height - 19.5
    assert sorted(word[: word.index(".") + 1] for word in told) == expected
