"""Telling old letters apart: figures measured on prose re-encoded."""

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from desktop.vietnamese.capitals import Kind
from desktop.vietnamese.detection import Finding, detect, restore_column
from desktop.vietnamese.legacy import Encoding, encode
from desktop.vietnamese.tables import TCVN5712_CAPITALS
from tests.vietnamese.texts import ANY_TEXT, cells, names

OLD = (Encoding.TCVN3, Encoding.VNI)
_NO_TCVN3_CAPITAL = {ord(letter) for letter in TCVN5712_CAPITALS.values()}


@given(st.lists(ANY_TEXT, max_size=8))
def test_any_column_is_weighed_and_restored_without_fail(texts: list[str]) -> None:
    restored = restore_column(texts)
    assert len(restored.texts) == len(texts)
    for place, text in enumerate(texts):
        assert (place in restored.changed) == (restored.texts[place] != text)


@pytest.mark.parametrize("words", [1, 2, 3, 5, 8])
def test_no_unicode_cell_is_ever_taken_for_old(words: int) -> None:
    for cell in cells(words, 4_000, (words,)):
        assert detect([cell]).encoding is Encoding.UNICODE, cell


def test_no_unicode_column_is_ever_changed() -> None:
    for seed in range(300):
        column = tuple(cells(seed, 20, (1, 2, 3)))
        assert restore_column(column).texts == column


def test_no_unicode_name_is_ever_changed() -> None:
    people = tuple(names(1, 5_000))
    for start in range(0, len(people), 20):
        assert restore_column(people[start : start + 20]).texts == people[start : start + 20]


@pytest.mark.parametrize("encoding", OLD)
def test_every_column_of_20_short_cells_is_recognised(encoding: Encoding) -> None:
    for seed in range(300):
        column = [encode(cell, encoding) for cell in cells(seed, 20, (2, 3))]
        finding = detect(column)
        assert (finding.encoding, finding.sure) == (encoding, True)


@pytest.mark.parametrize("encoding", OLD)
def test_99_in_100_cells_of_5_words_are_recognised(encoding: Encoding) -> None:
    old = [encode(cell, encoding) for cell in cells(7, 5_000, (5,))]
    weighable = [cell for cell in old if not cell.isascii()]
    right = sum(detect([cell]).encoding is encoding for cell in weighable)
    assert right >= 0.99 * len(weighable)


@pytest.mark.parametrize("encoding", OLD)
def test_a_recognised_column_is_restored_but_for_capitals_that_tcvn3_never_had(
    encoding: Encoding,
) -> None:
    right = total = 0
    for seed in range(100):
        column = [cell for cell in cells(seed, 20, (2, 3, 4)) if not cell.isupper()]
        restored = restore_column([encode(cell, encoding) for cell in column])
        right += sum(a == b for a, b in zip(restored.texts, column, strict=True))
        total += len(column)
    assert right >= 0.99 * total


def test_names_in_tcvn3_are_restored_with_the_capitals_it_does_not_have() -> None:
    people = [name for name in names(3, 500) if name == name.title()]
    typed = [
        "".join(c.lower() if ord(c) in _NO_TCVN3_CAPITAL else c for c in name) for name in people
    ]
    assert typed != people
    restored = restore_column([encode(name, "tcvn3") for name in typed], kind=Kind.NAME)
    assert restored.texts == tuple(people)


def test_the_font_of_a_cell_outweighs_the_column() -> None:
    texts = ["Công đoàn", encode("công", "tcvn3"), encode("hội đồng", "tcvn3"), "Lê Hà"]
    restored = restore_column(texts, ["Arial", ".VnTime", ".VnTimeH", None])
    assert restored.texts == ("Công đoàn", "công", "HỘI ĐỒNG", "Lê Hà")
    assert restored.changed == (1, 2)


def test_a_unicode_cell_in_a_column_of_tcvn3_is_left() -> None:
    old = [encode(cell, "tcvn3") for cell in cells(2, 10, (3,))]
    unicode_cells = ("Trường Tiểu học", "thành công", "Sở Giáo dục và Đào tạo tỉnh Lai Châu")
    restored = restore_column([*old, *unicode_cells])
    assert (restored.finding.encoding, restored.finding.sure) == (Encoding.TCVN3, True)
    assert restored.texts[-3:] == unicode_cells


@pytest.mark.parametrize(
    "text", ["100 m²", "25 °C", "5 µm", "§ 5", "© 2022", "café", "Müller", "×"]
)
def test_signs_and_foreign_letters_are_no_proof_of_old_letters(text: str) -> None:
    assert detect([text]).encoding is Encoding.UNICODE
    assert restore_column([text] * 20).texts == (text,) * 20


@pytest.mark.parametrize("language", ["fr", "de", "es", "pt", "sv", "cs", "tr", "vi"])
def test_no_name_of_a_land_or_language_in_any_language_is_changed(language: str) -> None:
    locale = Locale(language)
    words = (*locale.territories.values(), *locale.languages.values())
    assert len(words) > 500
    for start in range(0, len(words), 20):
        assert restore_column(words[start : start + 20]).texts == words[start : start + 20]
    assert all(restore_column([word]).texts == (word,) for word in words)


def test_a_lone_word_that_reads_both_ways_is_unicode() -> None:
    for word in ("công", "nhân", "môn", "hòa", "toàn", "là"):
        assert detect([word]).encoding is Encoding.UNICODE


def test_one_word_alone_is_recognised_but_not_enough_to_convert() -> None:
    finding = detect([encode("Phòng", "vni")])
    assert (finding.encoding, finding.sure) == (Encoding.VNI, False)
    assert restore_column([encode("Phòng", "vni")]).changed == ()


def test_in_a_mixed_column_a_cell_that_reads_both_ways_is_left_and_told() -> None:
    old = [encode(cell, "tcvn3") for cell in cells(2, 10, (3,))]
    restored = restore_column([*old, "Đề án", encode("giỏ", "tcvn3")])
    assert restored.texts[-1] == encode("giỏ", "tcvn3")
    assert restored.doubtful[-1] == 11


def test_a_sign_glued_to_a_letter_proves_tcvn3() -> None:
    finding = detect([encode("Điều 5 của xã", "tcvn3")])
    assert (finding.encoding, finding.strong, finding.sure) == (Encoding.TCVN3, 1, True)


def test_ascii_says_nothing() -> None:
    assert detect(["Lai Chau", "", "2022"]) == Finding(Encoding.UNICODE)


@pytest.mark.parametrize("encoding", OLD)
def test_a_column_read_as_code_page_1258_is_recognised_and_restored(encoding: Encoding) -> None:
    column = [cell for cell in cells(5, 20, (4, 5)) if not set(cell) & set("“”–")]
    arrived = [
        encode(cell, encoding).encode("latin-1").decode("cp1258", "replace") for cell in column
    ]
    restored = restore_column(arrived)
    assert (restored.finding.encoding, restored.finding.through_cp1258) == (encoding, True)
    assert sum(a == b for a, b in zip(restored.texts, column, strict=True)) >= len(column) - 1
