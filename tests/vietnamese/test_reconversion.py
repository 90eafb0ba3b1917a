"""Text converted once too often: found, and offered back."""

import pytest
from hypothesis import given

from desktop.vietnamese.legacy import decode
from desktop.vietnamese.reconversion import suggest_reconversion
from desktop.vietnamese.tables import TCVN3_LETTERS
from tests.vietnamese.texts import ANY_TEXT, PROSE, cells, names


@given(ANY_TEXT)
def test_any_text_is_looked_at_without_fail(text: str) -> None:
    suggest_reconversion(text)


def test_sound_prose_and_names_get_no_suggestion() -> None:
    for line in PROSE.read_text(encoding="utf-8").splitlines():
        assert suggest_reconversion(line) is None
    for seed in range(300):
        assert suggest_reconversion("\n".join(cells(seed, 20, (1, 2, 3)))) is None
    assert suggest_reconversion("\n".join(names(1, 2_000))) is None


def test_copies_from_the_web_are_repaired() -> None:
    as_vni = suggest_reconversion("Cơng đồn cơ sở khơng hồn thành, phịng mơ tả, THƠNG TƯ")
    as_tcvn3 = suggest_reconversion("cụng đoàn, cỏc sỏng kiến, trỡnh, viờn, liờn, xó")
    assert as_vni is not None
    assert as_tcvn3 is not None
    assert as_vni.text == "Công đoàn cơ sở không hoàn thành, phòng mô tả, THÔNG TƯ"
    assert as_tcvn3.text == "công đoàn, các sáng kiến, trình, viên, liên, xã"
    assert ("đồn", "đoàn") in as_vni.changes


@pytest.mark.parametrize(("encoding", "share"), [("vni", 0.98), ("tcvn3", 0.95)])
def test_prose_decoded_in_vain_is_offered_back_nearly_whole(encoding: str, share: float) -> None:
    right = total = 0
    for line in PROSE.read_text(encoding="utf-8").splitlines():
        damaged = decode(line, "vni") if encoding == "vni" else line.translate(TCVN3_LETTERS)
        suggestion = suggest_reconversion(damaged)
        if suggestion is None:
            continue
        assert suggestion.encoding == encoding
        pairs = list(zip(suggestion.text.split(), line.split(), strict=True))
        right += sum(one == other for one, other in pairs)
        total += len(pairs)
    assert total > 5_000
    assert right >= share * total


def test_one_strange_word_is_not_enough() -> None:
    assert suggest_reconversion("Ông Cơng ở xã") is None
