"""Two states of a paper line by line: each line beside what it was, whatever the length."""

import time

import pytest

from desktop.tasks.line_differences import compared

LONG = 14_000


def told(issued: list[str], today: list[str]) -> list[tuple[str, str]]:
    return [(one.issued, one.today) for one in compared(issued, today)]


@pytest.mark.parametrize(
    ("issued", "today", "found"),
    [
        ("abc", "abc", []),
        ("abc", "axc", [("b", "x")]),
        ("abc", "ac", [("b", "")]),
        ("ac", "abc", [("", "b")]),
        ("abc", "", [("a", ""), ("b", ""), ("c", "")]),
        ("abcd", "dabc", [("", "d"), ("d", "")]),
        ("aab", "aaab", [("", "a")]),
        ("axbyc", "axbxc", [("y", "x")]),
    ],
)
def test_lines_are_told_beside_those_that_they_were(
    issued: str, today: str, found: list[tuple[str, str]]
) -> None:
    assert told(list(issued), list(today)) == found


def test_a_row_that_is_put_in_moves_the_numbers_of_the_rows_below_and_no_more() -> None:
    before = ["TT · Tên", "1 · Páo · x", "2 · Dợ · y"]
    after = ["TT · Tên", "1 · Lù · z", "2 · Páo · x", "3 · Dợ · y"]
    assert told(before, after) == [
        ("", "1 · Lù · z"),
        ("1 · Páo · x", "2 · Páo · x"),
        ("2 · Dợ · y", "3 · Dợ · y"),
    ]


def rows(change: int) -> list[str]:
    """A long list, of which every so many rows are not as they were."""
    return [f"{at} · Sáng kiến {at if at % change else -at}" for at in range(1, LONG + 1)]


@pytest.mark.parametrize("change", [2, 10, 1])
def test_long_lists_are_compared_in_no_time(change: int) -> None:
    before, after = rows(LONG + 1), rows(change)
    begun = time.process_time()
    found = compared(before, after)
    assert time.process_time() - begun < 2
    assert len(found) == LONG // change
    assert {one.issued.partition(" · ")[0] for one in found} == {
        one.today.partition(" · ")[0] for one in found
    }


def test_a_long_list_in_another_order_is_compared_in_no_time() -> None:
    before = rows(LONG + 1)
    begun = time.process_time()
    found = compared(before, before[::-1])
    assert time.process_time() - begun < 2
    assert 2 * (LONG - 1) >= len(found) >= LONG - 1


def test_long_lists_of_lines_that_are_alike_are_compared_in_no_time() -> None:
    begun = time.process_time()
    found = compared(["a", "b"] * LONG, ["b", "a"] * LONG)
    assert time.process_time() - begun < 2
    assert found
