"""Numbers of decisions: five spellings, one decision."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.vietnamese.decisions import decision_key, tidy_decision_number
from tests.vietnamese.texts import ANY_TEXT


@pytest.mark.parametrize(
    "typed",
    [
        "15/QĐ-UBND",
        "15 /QĐ- UBND",
        "Số 15/QĐ-UBND",
        "Số: 015/QĐ–UBND",
        "QĐ số 15/qđ-ubnd",
        "Quyết định số 15/QĐ-UBND ngày 03/4/2022",
        "15 QĐ-UBND",
        "15/QD-UBND",
        "15/QÐ-UBND",
        "15/QĐ-UBND (bản sao)",
    ],
)
def test_spellings_of_one_decision_share_key_and_print(typed: str) -> None:
    assert decision_key(typed, 2022) == "15|QĐ-UBND|2022"
    assert tidy_decision_number(typed) == "15/QĐ-UBND"


@pytest.mark.parametrize(
    ("typed", "printed", "key"),
    [
        ("5/QĐ-CĐCS", "05/QĐ-CĐCS", "5|QĐ-CĐCS|2022"),
        ("268/KH - LĐLĐ", "268/KH-LĐLĐ", "268|KH-LĐLĐ|2022"),
        ("78/CĐN-CSPL&QHLĐ", "78/CĐN-CSPL&QHLĐ", "78|CĐN-CSPL&QHLĐ|2022"),
        ("07/2022/CN-HR", "07/2022/CN-HR", "7|CN-HR|2022"),
        ("118/QD-HDSK", "118/QĐ-HĐSK", "118|QĐ-HĐSK|2022"),
        ("15a/QĐ-TTYT", "15a/QĐ-TTYT", "15a|QĐ-TTYT|2022"),
        ("118", "118", "118||2022"),
        ("không số", "không số", "KHONG SO||2022"),
        ("", "", ""),
        ("  ", "", ""),
    ],
)
def test_numbers_have_one_print_and_one_key(typed: str, printed: str, key: str) -> None:
    assert tidy_decision_number(typed) == printed
    assert decision_key(typed, 2022) == key


def test_the_year_of_the_date_goes_before_the_year_inside_the_number() -> None:
    assert decision_key("15/2022/QĐ-UBND", None) == "15|QĐ-UBND|2022"
    assert decision_key("15/2021/QĐ-UBND", 2022) == "15|2021/QĐ-UBND|2022"
    assert decision_key("15/QĐ-UBND", None) == "15|QĐ-UBND|"


@given(ANY_TEXT | st.from_regex(r"[0-9]{1,5} ?/ ?[A-ZĐ]{1,4} ?- ?[A-ZĐ]{1,5}", fullmatch=True))
def test_any_text_has_a_print_and_a_key_and_printing_changes_no_key(text: str) -> None:
    printed = tidy_decision_number(text)
    assert tidy_decision_number(printed) == printed
    assert decision_key(printed, 2022) == decision_key(text, 2022)
