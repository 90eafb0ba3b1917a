"""Old letters: TCVN3 and VNI there and back, fonts, and damage on the way."""

import csv
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.vietnamese.capitals import Kind
from desktop.vietnamese.cleaning import clean
from desktop.vietnamese.legacy import (
    Encoding,
    FontRule,
    decode,
    decode_run,
    decode_runs,
    encode,
    font_rule,
    restore,
)
from desktop.vietnamese.letters import LETTERS
from desktop.vietnamese.tables import TCVN3_LETTERS, TCVN5712_CAPITALS, VNI_LETTERS
from tests.vietnamese.texts import ANY_TEXT, PROSE

OLD = (Encoding.TCVN3, Encoding.VNI)
with Path(__file__).with_name("vectors.tsv").open(encoding="utf-8", newline="") as file:
    VECTORS = list(csv.DictReader(file, delimiter="\t"))


def iconv(text: str, *, from_code: str, to_code: str, by: str = "utf-8", out: str = "utf-8") -> str:
    """What the system's iconv makes of the text."""
    command = ["iconv", "-f", from_code, "-t", to_code]
    result = subprocess.run(command, input=text.encode(by), capture_output=True, check=True)
    return result.stdout.decode(out)


@pytest.mark.parametrize("encoding", OLD)
def test_decoding_undoes_encoding_for_all_134_letters(encoding: Encoding) -> None:
    assert len(LETTERS) == 134
    for letter in LETTERS:
        assert decode(encode(letter, encoding), encoding) == letter


@pytest.mark.parametrize("encoding", OLD)
def test_decoding_undoes_encoding_for_prose(encoding: Encoding) -> None:
    text = PROSE.read_text(encoding="utf-8")
    assert decode(encode(text, encoding), encoding) == text


@given(st.text(LETTERS + " bcdghklmnpqrstvxBCDN.,"))
def test_decoding_undoes_encoding_for_text_whose_letters_do_not_run_together(text: str) -> None:
    assert decode(encode(text, "tcvn3"), "tcvn3") == text
    assert decode(encode(text, "vni"), "vni") == text


@given(ANY_TEXT, st.sampled_from(Encoding), st.booleans())
def test_any_text_is_decoded_and_encoded_without_fail(
    text: str, encoding: Encoding, through: bool
) -> None:
    decode(text, encoding, through_cp1258=through)
    restore(text, encoding)
    encode(text, encoding)


def test_tcvn3_is_what_iconv_has_for_tcvn_5712_1_in_both_directions() -> None:
    assert {**TCVN3_LETTERS, **TCVN5712_CAPITALS}.keys() == {
        ord(encode(c, "tcvn3")) for c in LETTERS
    }
    spaced = " ".join(LETTERS)
    encoded = iconv(spaced, from_code="UTF-8", to_code="TCVN5712-1", out="latin-1")
    assert encode(spaced, "tcvn3") == encoded
    assert decode(encoded, "tcvn3") == iconv(
        encoded, from_code="TCVN5712-1", to_code="UTF-8", by="latin-1"
    )


def test_prose_in_tcvn3_is_what_iconv_writes() -> None:
    keep = str.maketrans({"“": '"', "”": '"', "–": "-", "…": "."})
    text = PROSE.read_text(encoding="utf-8").translate(keep)
    assert encode(text, "tcvn3") == iconv(
        text, from_code="UTF-8", to_code="TCVN5712-1", out="latin-1"
    )


def test_vni_has_two_codes_for_no_letter() -> None:
    assert len(VNI_LETTERS) == len(set(VNI_LETTERS.values())) == 134


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["bytes"][:16])
def test_the_given_vectors_are_restored(vector: dict[str, str]) -> None:
    old = bytes.fromhex(vector["bytes"]).decode("latin-1")
    rule = font_rule(vector["font"])
    if rule and rule.capitals:
        assert decode_run(old, vector["font"]) == vector["text"]
    elif vector["text"] == "Nguyễn Văn Ánh":
        assert restore(old, vector["encoding"], kind=Kind.NAME) == vector["text"]
    else:
        assert restore(old, vector["encoding"]) == vector["text"]


@pytest.mark.parametrize(
    ("font", "rule"),
    [
        (".VnTime", FontRule(Encoding.TCVN3)),
        (".VnTimeH", FontRule(Encoding.TCVN3, capitals=True)),
        (".VNTIME", FontRule(Encoding.TCVN3)),
        (".vntimeh", FontRule(Encoding.TCVN3, capitals=True)),
        (".VnArialH Bold", FontRule(Encoding.TCVN3, capitals=True)),
        (".VnArial Narrow", FontRule(Encoding.TCVN3)),
        ("VNI-Times", FontRule(Encoding.VNI)),
        ("VNI Helve", FontRule(Encoding.VNI)),
        ("Times New Roman", None),
        ("Vnifont", None),
        ("", None),
        (None, None),
    ],
)
def test_the_name_of_a_font_says_what_its_letters_are(
    font: str | None, rule: FontRule | None
) -> None:
    assert font_rule(font) == rule


def test_a_cell_is_decoded_run_by_run() -> None:
    runs = [
        (encode("quyết định ", "tcvn3"), ".VnTimeH"),
        (encode("số 15/QĐ của Chủ tịch", "tcvn3"), ".VnTime"),
        (" – đúng ", "Times New Roman"),
        (encode("Hồng", "vni")[:2], "VNI-Times"),
        (encode("Hồng", "vni")[2:], "VNI-Times Bold"),
    ]
    assert decode_runs(runs) == "QUYẾT ĐỊNH số 15/QĐ của Chủ tịch – đúng Hồng"


def test_unicode_typed_in_an_old_font_is_left() -> None:
    assert decode_run("Người lao động", ".VnTime") == "Người lao động"


@pytest.mark.parametrize(
    ("damaged", "text"),
    [
        ("®oμn", "đoàn"),
        ("®\u2212îc", "được"),
        ("tr\u2010êng", "trường"),
        ("trêng", "trường"),
        ("®îc n\u00adíc", "được nước"),
        ("TR¦êNG HäC", "TRƯỜNG HỌC"),
        ("10 \u2212 5", "10 \u2212 5"),
    ],
)
def test_damage_on_the_way_is_repaired(damaged: str, text: str) -> None:
    assert restore(damaged, "tcvn3") == text


@pytest.mark.parametrize("encoding", OLD)
def test_bytes_read_as_code_page_1258_come_back(encoding: Encoding) -> None:
    text = "Trường Tiểu học: kỹ thuật viên ý tứ, đúng lúc, ừ nhỉ, lỡ ĩ, mới ĐÂU Ư"
    arrived = encode(text, encoding).encode("latin-1").decode("cp1258")
    assert arrived != encode(text, encoding)
    assert decode(arrived, encoding, through_cp1258=True) == text


@pytest.mark.parametrize("encoding", OLD)
def test_a_unicode_word_among_old_ones_is_left(encoding: Encoding) -> None:
    mixed = f"{encode('Hội đồng', encoding)} Đoàn trường {encode('sáng kiến', encoding)}"
    assert decode(mixed, encoding) == "Hội đồng Đoàn trường sáng kiến"


def test_an_unknown_encoding_is_refused() -> None:
    with pytest.raises(ValueError, match="viscii"):
        decode("a", "viscii")


def test_vni_takes_marks_in_the_other_case() -> None:
    assert decode("Aùnh, ÑOÁi", "vni") == "Ánh, ĐỐi"


@given(st.text(LETTERS + " abc"))
def test_restoring_unicode_changes_nothing(text: str) -> None:
    assert restore(clean(text), Encoding.UNICODE) == clean(text)
