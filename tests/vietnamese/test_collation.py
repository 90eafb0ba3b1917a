"""The Vietnamese order, against ICU's."""

import random
import re
import unicodedata
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given

from desktop.vietnamese.cleaning import clean
from desktop.vietnamese.collation import person_key, sort_key
from desktop.vietnamese.letters import TONED
from desktop.vietnamese.syllables import parse_syllable
from tests.vietnamese.icu import vietnamese_sort_key
from tests.vietnamese.texts import ANY_TEXT, cells, names

PEOPLE = (
    "Nguyễn Văn An, Trần Thị Anh, Vàng A Ánh, Lò Thị Ân, Nguyễn Thị Thu Ân, Nguyễn Văn Ân, "
    "Giàng A Dê, Lù Thị Dung, Hoàng Văn Dũng, Đào Văn Đê, H'Hen, Lê Thị Hoa, Nguyễn Thị Hoà, "
    "Lê Thị Hóa, Tẩn Lở Mẩy, Vàng A Sử, Đỗ Thị Uyên, Phạm Văn Ước, Phạm Thị Ươm"
)
ALPHABET = "a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z"
TONES = "a à ả ã á ạ"


def one_style(word: re.Match[str]) -> str:
    """The word with its tone mark where the common style has it; the handbook's one rule."""
    syllable = parse_syllable(word[0])
    plain = syllable.written() if syllable else word[0]
    if word[0].isupper():
        return plain.upper()
    return plain[0].upper() + plain[1:] if word[0][0].isupper() else plain


def syllables(text: str) -> list[str]:
    """The syllables in one style, and what stands between them character by character."""
    return re.findall(r"[^\W\d_]+|.", re.sub(r"[^\W\d_]+", one_style, text))


def level(text: str) -> str:
    return "".join(TONED.get(letter, (letter, 0))[0] for letter in text).lower()


def first_differing(one: str, other: str) -> tuple[str, str]:
    """The first syllables that are not the same apart from case."""
    for left, right in zip(syllables(one), syllables(other), strict=False):
        if left.lower() != right.lower():
            return left, right
    return "", ""


@given(ANY_TEXT)
def test_any_text_has_a_printable_key_and_utf_8_sorts_as_code_points_do(text: str) -> None:
    for key in (sort_key(text), person_key(text)):
        assert all(char.isprintable() for char in key)
        key.encode("utf-8")


@given(ANY_TEXT)
def test_cleaning_first_changes_no_key_of_text_that_is_unicode(text: str) -> None:
    whole = not any("\ud800" <= char <= "\udfff" for char in text)
    if whole and not set(text) & set("\u00adÐð"):
        assert sort_key(clean(text)) == sort_key(text)


@pytest.mark.parametrize("order", [ALPHABET, TONES, "an An AN", "ba bà bá bac", "1 2 10 a"])
def test_letters_tones_and_case_have_their_order(order: str) -> None:
    expected = order.split()
    if order.startswith("1"):
        expected = ["1", "10", "2", "a"]
    shuffled = random.Random(1).sample(expected, len(expected))
    assert sorted(shuffled, key=sort_key) == expected


def test_people_go_by_given_then_family_then_middle_names() -> None:
    people = PEOPLE.split(", ")
    shuffled = random.Random(1).sample(people, len(people))
    assert sorted(shuffled, key=person_key) == people


def test_the_two_spellings_of_one_tone_are_one_in_order() -> None:
    assert person_key("Nguyễn Thị Hoà") == person_key("Nguyễn Thị Hòa")
    assert sort_key("H’Hen") == sort_key("H'Hen")
    assert sort_key(unicodedata.normalize("NFD", "Thuỷ")) == sort_key("Thủy")


@pytest.mark.parametrize("name", ["Lê Thị Hoa (A)", "Lê Thị Hoa, Sở Y tế", "Lê Thị Hoa(B)"])
def test_what_follows_a_name_is_not_part_of_it(name: str) -> None:
    assert person_key("Lê Thị Hoa") < person_key(name) < person_key("Lê Thị Hòa")


def weights(icu: Callable[[str], bytes], text: str) -> tuple[list[bytes], list[bytes]]:
    """ICU's weights for each syllable in one style: first without case, then the case of all."""
    parts = syllables(text)
    return [icu(part.lower()) for part in parts], [icu(part) for part in parts]


def test_50_000_names_and_titles_stand_as_icu_orders_them_syllable_by_syllable() -> None:
    icu = vietnamese_sort_key()
    texts = sorted([*names(2, 30_000), *cells(3, 20_000, (1, 2, 4, 8))], key=sort_key)
    for one, other in pairwise([(weights(icu, text), text) for text in texts]):
        assert one[0] <= other[0], (one[1], other[1])


def test_people_stand_as_icu_orders_given_family_and_middle_names() -> None:
    icu = vietnamese_sort_key()
    people = sorted(names(9, 10_000), key=person_key)
    turned = [" ".join([*name.split()[-1:], *name.split()[:-1]]) for name in people]
    for one, other in pairwise([(weights(icu, name), name) for name in turned]):
        assert one[0] <= other[0], (one[1], other[1])


def test_every_difference_from_icu_is_a_tone_of_an_earlier_syllable_or_its_place() -> None:
    icu = vietnamese_sort_key()
    texts = sorted([*names(5, 30_000), *cells(6, 20_000, (1, 2, 4, 8))], key=icu)
    keys = [sort_key(text) for text in texts]
    differing = 0
    for step in (1, 3, 10):
        for place in range(len(texts) - step):
            if keys[place] <= keys[place + step]:
                continue
            differing += 1
            one, other = texts[place], texts[place + step]
            left, right = first_differing(one, other)
            assert level(left) == level(right), (one, other)
    assert differing > 1000, "the rules would not have been tried"


def test_without_tones_the_order_is_icus_own() -> None:
    icu = vietnamese_sort_key()
    texts = sorted({level(text) for text in [*names(7, 3_000), *cells(8, 3_000, (1, 3, 6))]})
    for one, other in pairwise(sorted(texts, key=sort_key)):
        assert icu(one) <= icu(other), (one, other)
