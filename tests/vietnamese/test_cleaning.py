"""Cleaning: one form for each letter, and nothing unseen."""

import unicodedata

import pytest
from hypothesis import example, given

from desktop.vietnamese.cleaning import clean, has_lost_letters
from tests.vietnamese.texts import ANY_TEXT, PROSE


@given(ANY_TEXT)
@example("a\u0301\u0302")
@example("tr\u00adêng \u00d0")
def test_cleaning_any_text_twice_is_cleaning_it_once(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    lines = clean(text, multiline=True)
    assert clean(lines, multiline=True) == lines


@given(ANY_TEXT)
def test_what_is_clean_is_composed_printable_and_can_be_stored(text: str) -> None:
    cleaned = clean(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == cleaned.strip()
    assert "  " not in cleaned
    assert not set(cleaned) & set("\n\t\u00a0\u200b\ufeff\u202e\x00\x85")
    cleaned.encode("utf-8")


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("a\u0301\u0302n", "ấn"),
        ("tru\u031bo\u0323\u031bng", "trượng"),
        ("e\u0302\u0301", "ế"),
        ("Ðề án, ðúng", "Đề án, đúng"),
        ("TRƢỜNG ngƣời", "TRƯỜNG người"),
        ("Sáng\u00a0kiến\u2003hay", "Sáng kiến hay"),
        ("\ufeffLai\u200b Châu\u200d", "Lai Châu"),
        ("\u202eLai Châu\u202c", "Lai Châu"),
        ("người\u00ad", "người"),
        ("co\u00adop", "coop"),
        ("  hai\t khoảng \r\n trắng ", "hai khoảng trắng"),
        ("\ud83d\ude00 \ud800", "😀 \ufffd"),
        ("T?NG LIÊN ÐOÀN", "T?NG LIÊN ĐOÀN"),
        ("", ""),
    ],
)
def test_what_arrives_is_brought_to_one_form(typed: str, cleaned: str) -> None:
    assert clean(typed) == cleaned


def test_line_breaks_are_kept_where_asked_for() -> None:
    typed = "\r\nDòng một  \r\n\r\n dòng hai\u2028dòng ba\x0b\n"
    assert clean(typed, multiline=True) == "Dòng một\n\ndòng hai\ndòng ba"
    assert clean(typed) == "Dòng một dòng hai dòng ba"


@pytest.mark.parametrize("old", ["tr\u00adêng häc", "®\u00adîc", "nh\u00ad thÕ", "vÐ xe tèt"])
def test_a_soft_hyphen_or_eth_that_is_a_letter_of_tcvn3_is_left(old: str) -> None:
    assert clean(old) == old


def test_prose_that_is_clean_stays_as_it_is() -> None:
    text = PROSE.read_text(encoding="utf-8")
    assert clean(text, multiline=True) == text.strip()


def test_decomposed_prose_is_composed_again() -> None:
    text = PROSE.read_text(encoding="utf-8").strip()
    assert clean(unicodedata.normalize("NFD", text), multiline=True) == text


@pytest.mark.parametrize("text", ["T?NG LIÊN ÐOÀN", "c\ufffdng đoàn"])
def test_lost_letters_are_seen(text: str) -> None:
    assert has_lost_letters(text)
    assert not has_lost_letters("Có sáng kiến không? Có.")
