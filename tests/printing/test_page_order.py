"""Ranges, fronts and backs: which page stands on which side of which sheet."""

import pytest

from desktop.errors import UserError
from desktop.printing.page_order import EMPTY, backs, chosen, fronts, repeated, sides


@pytest.mark.parametrize(
    ("typed", "pages"),
    [
        ("", (1, 2, 3, 4, 5)),
        ("1-3,5", (1, 2, 3, 5)),
        (" 4 ", (4,)),
        ("3-", (3, 4, 5)),
        ("-2", (1, 2)),
        ("2–3; 3, 1", (2, 3, 1)),
    ],
)
def test_a_range_names_its_pages_once_in_its_order(typed: str, pages: tuple[int, ...]) -> None:
    assert chosen(typed, 5) == pages


@pytest.mark.parametrize("typed", ["6", "0", "3-1", "a", "-", "1-9", "1.5"])
def test_a_range_that_names_no_pages_is_refused_with_what_can_be_typed(typed: str) -> None:
    with pytest.raises(UserError, match="5") as caught:
        chosen(typed, 5)
    assert caught.value.code == "print.range"


def test_an_odd_number_of_pages_leaves_the_last_back_empty() -> None:
    assert sides((1, 2, 3)) == (1, 2, 3, EMPTY)


def test_two_papers_never_share_a_sheet() -> None:
    assert sides((1, 2, 3, 4, 5), starts={1, 4}) == (1, 2, 3, EMPTY, 4, 5)


def test_sorted_copies_come_set_by_set_and_others_sheet_by_sheet() -> None:
    assert repeated((1, 2, 3, 4), 2, collated=True, step=2) == [1, 2, 3, 4, 1, 2, 3, 4]
    assert repeated((1, 2, 3, 4), 2, collated=False, step=2) == [1, 2, 1, 2, 3, 4, 3, 4]


@pytest.mark.parametrize("last_on_top", [True, False])
def test_each_back_meets_its_front_whichever_sheet_is_drawn_in_first(last_on_top: bool) -> None:
    order = sides(tuple(range(1, 6)))
    pile = fronts(order)[::-1] if last_on_top else fronts(order)
    sheets = dict(zip(pile, backs(order, last_on_top=last_on_top), strict=True))
    assert sheets == {1: 2, 3: 4, 5: EMPTY}
