"""The boxes: what clerks type is understood, and what cannot be read is said, never guessed."""

from decimal import Decimal

import pytest
from PySide6.QtWidgets import QCompleter
from pytestqt.qtbot import QtBot

from desktop.vietnamese.dates import Moment, PartialDate
from desktop.views.boxes import (
    ChoiceBox,
    DateBox,
    MomentBox,
    MoneyBox,
    NumberBox,
    TextBox,
    TruthBox,
    matching,
    read_share,
)


@pytest.mark.parametrize(
    ("typed", "value", "shown"),
    [
        ("1/9/2021", PartialDate(2021, 9, 1), "01/09/2021"),
        ("9/2021", PartialDate(2021, 9), "09/2021"),
        ("2021", PartialDate(2021), "2021"),
        ("", None, ""),
    ],
)
def test_a_date_keeps_the_precision_it_was_typed_with(
    typed: str, value: PartialDate | None, shown: str, qtbot: QtBot
) -> None:
    box = DateBox()
    qtbot.addWidget(box)
    box.setText(typed)
    box.settle()
    assert (box.value(), box.text(), box.trouble()) == (value, shown, "")


def test_an_impossible_date_stays_as_typed_and_is_marked(qtbot: QtBot) -> None:
    box = DateBox()
    qtbot.addWidget(box)
    box.setText("31/02/2022")
    box.settle()
    assert box.value() is None
    assert box.text() == "31/02/2022"
    assert "31/02/2022" in box.trouble()
    assert box.property("wrong") == "true"


def test_a_portal_time_may_be_the_day_alone(qtbot: QtBot) -> None:
    box = MomentBox()
    qtbot.addWidget(box)
    box.setText("15/5/2022")
    assert box.value() == Moment.fromiso("2022-05-15")
    box.setText("15/05/2022 09:30")
    assert box.value() == Moment.fromiso("2022-05-15T09:30:00+07:00")


@pytest.mark.parametrize(
    ("typed", "value"),
    [("15050000", 15_050_000), ("15.050.000 đ", 15_050_000), ("", None), ("mười triệu", None)],
)
def test_an_amount_is_whole_dong(typed: str, value: int | None, qtbot: QtBot) -> None:
    box = MoneyBox()
    qtbot.addWidget(box)
    box.setText(typed)
    assert box.value() == value
    assert bool(box.trouble()) == (typed == "mười triệu")


def test_a_number_out_of_bounds_is_refused(qtbot: QtBot) -> None:
    box = NumberBox(12, 1, 240)
    qtbot.addWidget(box)
    box.setText("0")
    assert box.trouble()
    box.setText("")
    assert box.value() == 12


@pytest.mark.parametrize(
    ("typed", "share"), [("33,3", "33.3"), ("60 %", "60"), ("100", "100"), ("0", "0")]
)
def test_a_share_is_read_with_comma_or_point(typed: str, share: str) -> None:
    assert read_share(typed) == Decimal(share)


@pytest.mark.parametrize("typed", ["101", "-1", "một nửa", "NaN"])
def test_a_share_beyond_all_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_share(typed)


def test_an_unknown_value_is_kept_as_it_was_written(qtbot: QtBot) -> None:
    box = ChoiceBox([("council", "Hội đồng"), ("head", "Thủ trưởng")])
    qtbot.addWidget(box)
    box.set_value("Ban chỉ đạo")
    assert box.value() == "Ban chỉ đạo"
    box.set_value("head")
    assert (box.value(), box.currentText()) == ("head", "Thủ trưởng")


def test_a_choice_that_can_be_typed_never_completes_inside_the_box(qtbot: QtBot) -> None:
    box = ChoiceBox([("Khác", "Khác")], editable=True)
    qtbot.addWidget(box)
    completer = box.completer()
    assert completer is not None
    modes = QCompleter.CompletionMode
    assert completer.completionMode() is modes.UnfilteredPopupCompletion
    box.setEditText("Dịch vụ lạ")
    assert box.value() == "Dịch vụ lạ"


def test_a_question_may_stay_unanswered(qtbot: QtBot) -> None:
    box = TruthBox()
    qtbot.addWidget(box)
    for answer in (True, False, None):
        box.set_value(answer)
        assert box.value() is answer


def test_pasted_text_is_cleaned_but_keeps_its_lines(qtbot: QtBot) -> None:
    box = TextBox()
    qtbot.addWidget(box)
    box.set_value("dòng một\ndòng\u202e hai")
    assert box.value() == "dòng một\ndòng hai"


def test_names_are_matched_without_tone_marks_from_their_start_first() -> None:
    names = ["Nông nghiệp", "Dịch vụ nông thôn", "Y tế"]
    assert matching(names, "nong") == ["Nông nghiệp", "Dịch vụ nông thôn"]
