"""Syllables: onset, rhyme, tone, and what is legal."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given

from desktop.vietnamese.letters import Tone
from desktop.vietnamese.syllables import (
    ONSETS,
    RHYMES,
    RHYMES_AFTER_QU,
    Syllable,
    is_legal,
    parse_syllable,
)
from tests.vietnamese.texts import ANY_TEXT, prose_words

FOREIGN = {"Zalo", "website"}

ILLEGAL = "cơng lơc ka gê nge ngha cát1 tac kàt iên kyê tyêu qu xyz"
PLACED = "của mía nghĩa người được nước thuở khuya khuỷu yếu giữa quốc"


@given(ANY_TEXT)
def test_any_text_is_a_syllable_or_none(text: str) -> None:
    syllable = parse_syllable(text)
    assert is_legal(text) == (syllable is not None and syllable.legal)


@pytest.mark.parametrize(
    ("text", "onset", "rhyme", "tone"),
    [
        ("nghiêng", "ngh", "iêng", Tone.NGANG),
        ("Thuở", "th", "uơ", Tone.HOI),
        ("gì", "gi", "i", Tone.HUYEN),
        ("giếng", "gi", "iêng", Tone.SAC),
        ("gìn", "gi", "in", Tone.HUYEN),
        ("già", "gi", "a", Tone.HUYEN),
        ("quý", "qu", "y", Tone.SAC),
        ("QUỐC", "qu", "ôc", Tone.SAC),
        ("hoà", "h", "oa", Tone.HUYEN),
        ("hòa", "h", "oa", Tone.HUYEN),
        ("ư", "", "ư", Tone.NGANG),
        ("yêu", "", "yêu", Tone.NGANG),
        ("đẹ\u0302p", "đ", "êp", Tone.NANG),
    ],
)
def test_a_syllable_is_taken_apart(text: str, onset: str, rhyme: str, tone: Tone) -> None:
    assert parse_syllable(text) == Syllable(onset, rhyme, tone)
    assert is_legal(text)


@pytest.mark.parametrize("text", ILLEGAL.split())
def test_what_cannot_be_written_is_not_legal(text: str) -> None:
    assert not is_legal(text)


@pytest.mark.parametrize("text", ["", " ", "bcd", "wa", "áà", "a b", "12", "H'Hen", "a" * 99])
def test_what_has_not_the_shape_of_a_syllable_is_none(text: str) -> None:
    assert parse_syllable(text) is None


def test_every_word_of_the_prose_but_abbreviations_and_foreign_ones_is_legal() -> None:
    words = set(re.findall(r"[^\W\d_]+", " ".join(prose_words())))
    plain = {word for word in words if len(word) > 1 and word[1:] == word[1:].lower()}
    assert len(plain) > 600
    assert {word for word in plain if not is_legal(word)} <= FOREIGN


def every_syllable() -> Iterator[Syllable]:
    for onset in ("", *ONSETS):
        for rhyme in RHYMES_AFTER_QU if onset == "qu" else RHYMES:
            yield from (Syllable(onset, rhyme, tone) for tone in Tone)


def test_every_legal_syllable_is_written_and_read_back_in_both_styles() -> None:
    legal = [syllable for syllable in every_syllable() if syllable.legal]
    assert len(legal) > 14_000
    for syllable in legal:
        for new_style in (False, True):
            written = syllable.written(new_style=new_style)
            assert parse_syllable(written) == syllable, written


@pytest.mark.parametrize(
    ("common", "new"),
    [("hòa", "hoà"), ("khỏe", "khoẻ"), ("thủy", "thuỷ"), ("quý", "quý"), ("hoàn", "hoàn")],
)
def test_the_two_styles_of_writing_tones(common: str, new: str) -> None:
    syllable = parse_syllable(new)
    assert syllable is not None
    assert (syllable.written(), syllable.written(new_style=True)) == (common, new)


@pytest.mark.parametrize("word", PLACED.split())
def test_the_tone_stands_where_it_is_written(word: str) -> None:
    syllable = parse_syllable(word)
    assert syllable is not None
    assert syllable.written() == word
