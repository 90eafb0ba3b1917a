"""Folding and keys: what makes two spellings the same."""

import pytest
from hypothesis import given
from unidecode import unidecode

from desktop.vietnamese.cleaning import clean
from desktop.vietnamese.folding import fold, lookalike_key, syllable_key
from desktop.vietnamese.letters import LETTERS, WordMemory
from tests.vietnamese.texts import ANY_TEXT, PROSE

STYLES = "hòa=hoà hóa=hoá họa=hoạ tỏa=toả khỏe=khoẻ thủy=thuỷ thúy=thuý húy=huý xõa=xoã loè=lòe"
SAME_Y = "kỹ=kĩ Lý=Lí Mỹ=Mĩ Sỹ=Sĩ hy=hi tỷ=tỉ quý=quí quỹ=quĩ"
TWO_LETTERS = "Vỹ=Vĩ thuý=thúi mây=mâi tay=tai y=i yên=iên huyên=huiên"


@given(ANY_TEXT)
def test_folding_any_text_twice_is_folding_it_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_any_text_has_keys_that_can_be_stored(text: str) -> None:
    for key in (fold(text), syllable_key(text), lookalike_key(text)):
        key.encode("utf-8")
        assert key == " ".join(key.split())


@given(ANY_TEXT)
def test_cleaning_first_changes_no_key_of_text_that_is_unicode(text: str) -> None:
    whole = not any("\ud800" <= char <= "\udfff" for char in text)
    if whole and not set(text) & set("\u00adÐð"):
        assert fold(clean(text)) == fold(text)
        assert syllable_key(clean(text)) == syllable_key(text)


def test_every_letter_folds_to_ascii_as_unidecode_has_it() -> None:
    assert fold(" ".join(LETTERS)) == unidecode(" ".join(LETTERS)).lower()


def test_prose_folds_as_unidecode_has_it() -> None:
    text = PROSE.read_text(encoding="utf-8")
    assert fold(text) == " ".join(unidecode(text).lower().replace("--", "-").split())


@pytest.mark.parametrize("pair", STYLES.split())
def test_the_place_of_the_tone_mark_does_not_matter(pair: str) -> None:
    common, new = pair.split("=")
    assert syllable_key(common) == syllable_key(new)
    assert syllable_key(common.upper()) == syllable_key(new)


def test_tones_letters_and_order_do_matter() -> None:
    different = ["hoa", "hòa", "hóa", "hỏa", "họa", "hõa", "hoă", "hoâ", "đoa", "kỹ", "kĩ"]
    assert len({syllable_key(word) for word in different}) == len(different)


def test_punctuation_does_not_part_equal_titles() -> None:
    assert syllable_key("Phòng dịch “Covid – 19”") == syllable_key("phòng dịch Covid-19,")


@pytest.mark.parametrize("pair", SAME_Y.split())
def test_look_alikes_share_i_and_y(pair: str) -> None:
    one, other = pair.split("=")
    assert lookalike_key(one) == lookalike_key(other)


@pytest.mark.parametrize("pair", TWO_LETTERS.split())
def test_elsewhere_i_and_y_are_two_letters(pair: str) -> None:
    one, other = pair.split("=")
    assert lookalike_key(one) != lookalike_key(other)


def test_a_memory_of_words_is_bounded() -> None:
    memory = WordMemory(str.upper, limit=3)
    assert [memory[word] for word in ("a", "b", "c", "d", "x" * 99)] == [
        "A",
        "B",
        "C",
        "D",
        "X" * 99,
    ]
    assert set(memory) == {"d"}
