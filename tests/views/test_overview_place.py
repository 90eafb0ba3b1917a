"""The overview as a chairperson sees it: figures of a period, the units, targets pasted."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from desktop.models.actions.initiatives import RecordInitiative
from desktop.models.actions.units import HeadcountDraft, RecordHeadcount, SetTargets, TargetDraft
from desktop.models.standings import target_lines
from desktop.programme.definition import Programme
from desktop.vietnamese.dates import PartialDate
from desktop.views.main_window import MainWindow
from desktop.views.overview_pane import arrival_words, days_words
from desktop.views.targets_pasting import number_of, period_guesses, read_pasted
from tests.stores import complete
from tests.views.conftest import Hands

CODE = "1TR-2021-2023"
DISTRICT = "LĐLĐ huyện Tam Đường"
PLAN = (
    "STT\tĐơn vị\tTổng chỉ tiêu\tCHỈ TIÊU NĂM 2022\tCHỈ TIÊU NĂM 2023\n"
    "1\tLĐLĐ huyện Tam Đường\t180\t95\t85\n"
    "2\tLĐLĐ huyện Mường Tè\t180\t95\t80\n"
    "Tổng cộng\t\t365\t190\t170\n"
)


def targets(*lines: tuple[str, str, int], origin: Any = "given") -> SetTargets:
    return SetTargets(tuple(TargetDraft(unit, key, n, origin=origin) for unit, key, n in lines))


def do(window: MainWindow, hands: Hands, action: Any) -> None:
    assert window.doing.do(action) is not None
    hands.rest()


def cell(place: Any, row: int, key: str) -> str:
    grid = place.targets.grid
    column = [one.key for one in grid.columns].index(key)
    return str(grid.index(row, column).data())


def units(place: Any) -> list[str]:
    return [cell(place, row, "unit") for row in range(place.targets.grid.rowCount())]


def stand_on(place: Any, row: int, key: str) -> None:
    table = place.targets.table
    column = [one.key for one in place.targets.grid.columns].index(key)
    table.setCurrentIndex(place.targets.grid.index(row, column))
    table.setFocus()


def said(widget: Any) -> list[str]:
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget)]


@pytest.fixture
def sheet(window: MainWindow, hands: Hands) -> Iterator[Any]:
    place: Any = hands.go("overview")
    place.open_sheet("targets")
    hands.rest()
    found = [one for one in window.findChildren(QDialog) if one.isVisible()]
    yield found[-1]
    found[-1].close()


def test_each_percentage_names_its_own_target(window: MainWindow, hands: Hands) -> None:
    do(window, hands, targets((DISTRICT, "total", 4)))
    do(window, hands, targets((DISTRICT, "total", 3), origin="pledged"))
    place: Any = hands.go("overview")
    row = units(place).index(DISTRICT)
    assert cell(place, row, "given") == "4"
    assert cell(place, row, "share") == "25,0%"
    assert cell(place, row, "pledged") == "3"
    assert cell(place, row, "share2") == "33,3%"
    shown = said(place.targets.pane)
    assert "Chỉ tiêu giao: 4" in shown
    assert "Chỉ tiêu đăng ký: 3" in shown


def test_a_unit_opens_to_those_below_it_by_the_arrow_keys(hands: Hands) -> None:
    place: Any = hands.go("overview")
    before = units(place)
    stand_on(place, before.index(DISTRICT), "unit")
    hands.press(Qt.Key.Key_Left)
    assert "CĐCS Công ty Chè Bản Bo" not in units(place)
    hands.press(Qt.Key.Key_Right)
    assert "CĐCS Công ty Chè Bản Bo" in units(place)


def test_enter_on_a_number_opens_its_list(window: MainWindow, hands: Hands) -> None:
    place: Any = hands.go("overview")
    place.chooser.choose("stage1")
    hands.rest()
    stand_on(place, units(place).index(DISTRICT), "eligible")
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    register: Any = window.place
    assert window.current == "initiatives"
    assert register.listing.stage == 1
    assert register.listing.verdict == "eligible"
    assert register.grid.rowCount() == 1
    assert DISTRICT in register.unit_chip.text()


@pytest.mark.parametrize(
    ("key", "entered"), [("total", "1"), ("stage1", "1"), ("stage2", "0"), ("2022-Q1", "1")]
)
def test_a_period_counts_what_was_entered_in_it(key: str, entered: str, hands: Hands) -> None:
    place: Any = hands.go("overview")
    place.chooser.choose(key)
    hands.rest()
    assert cell(place, 0, "entered") == entered


def test_the_day_as_of_which_is_counted_can_be_typed(hands: Hands) -> None:
    place: Any = hands.go("overview")
    place.chooser.day.setFocus()
    place.chooser.day.selectAll()
    hands.type("11/01/2022")
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    assert place.targets.board.on == date(2022, 1, 11)
    assert cell(place, 0, "entered") == "0"


def test_without_a_headcount_participation_has_no_figures(window: MainWindow, hands: Hands) -> None:
    place: Any = hands.go("overview")
    assert "chưa có số liệu" in said(place.targets.pane)
    tops = [one.standing.unit for one in place.targets.board.lines if one.depth == 0]
    drafts = tuple(HeadcountDraft(unit, date(2022, 1, 1), 20) for unit in tops)
    do(window, hands, RecordHeadcount(drafts))
    shown = said(place.targets.pane)
    assert "chưa có số liệu" not in shown
    assert f"Người tham gia: 1/{20 * len(tops)}" in shown


def test_benefit_not_in_money_is_counted_apart(window: MainWindow, hands: Hands) -> None:
    do(window, hands, RecordInitiative(complete(title="Chưa tính được tiền", benefit=None)))
    place: Any = hands.go("overview")
    shown = said(place.targets)
    assert any("1 chưa quy ra tiền" in one for one in shown)
    assert "Chưa quy ra tiền" in said(place.targets.pane)


@pytest.mark.parametrize(
    ("day", "words", "tone"),
    [
        (date(2022, 6, 1), "Còn 30 ngày, kể cả hôm nay", "warn"),
        (date(2022, 6, 30), "Còn 1 ngày, kể cả hôm nay", "warn"),
        (date(2022, 7, 1), "Đã kết thúc 1 ngày", "quiet"),
        (date(2022, 5, 31), "Còn 1 ngày nữa mở", "quiet"),
    ],
)
def test_a_period_says_how_long_it_still_runs(
    day: date, words: str, tone: str, hands: Hands
) -> None:
    place: Any = hands.go("overview")
    place.chooser.choose("2022-06")
    hands.rest()
    assert days_words(replace(place.targets.board, on=day)) == (words, tone)


def test_the_day_a_target_was_reached_is_said(window: MainWindow, hands: Hands) -> None:
    do(window, hands, targets((DISTRICT, "stage1", 1)))
    place: Any = hands.go("overview")
    place.chooser.choose("stage1")
    hands.rest()
    hands.rest()
    assert place.targets.pane.arrival.text() == "Đạt chỉ tiêu ngày 12/01/2022, sớm 139 ngày"


def test_two_hundred_and_sixty_five_days_early_as_the_report_says() -> None:
    words = arrival_words(date(2022, 12, 10), 265)
    assert words == "Đạt chỉ tiêu ngày 10/12/2022, sớm 265 ngày"


def test_units_that_entered_nothing_are_named(window: MainWindow, hands: Hands) -> None:
    do(window, hands, targets(("LĐLĐ huyện Mường Tè", "total", 5)))
    place: Any = hands.go("overview")
    place.targets.shown.setCurrentIndex(place.targets.shown.findData("silent"))
    assert "LĐLĐ huyện Mường Tè" in units(place)
    assert DISTRICT not in units(place)


# Pasting a plan.


def test_a_plan_is_read_with_its_own_titles(programmes: dict[str, Programme]) -> None:
    table = read_pasted(PLAN)
    assert table.titles == ("Tổng chỉ tiêu", "CHỈ TIÊU NĂM 2022", "CHỈ TIÊU NĂM 2023")
    assert table.rows[0] == (DISTRICT, (180, 95, 85))
    assert table.sums == (365, 190, 170)
    assert period_guesses(table.titles, programmes[CODE]) == ["total", "stage1", "stage2"]


@pytest.mark.parametrize(
    ("text", "number"),
    [("1.200", 1200), ("1 200", 1200), ("1,200", 1200), ("2300", 2300), ("12,5", None), ("", None)],
)
def test_numbers_are_read_as_offices_write_them(text: str, number: int | None) -> None:
    assert number_of(text) == number


def test_titles_over_two_rows_and_in_quotation_marks_are_one(
    programmes: dict[str, Programme],
) -> None:
    text = 'TT\tTên đơn vị\t"Giai\nđoạn 2"\tGiai đoạn 1\tTổng\nA\tLĐLĐ thành phố\t1\t2\t3\n'
    table = read_pasted(text)
    assert table.titles == ("Giai đoạn 2", "Giai đoạn 1", "Tổng")
    assert period_guesses(table.titles, programmes[CODE]) == ["stage2", "stage1", "total"]


def test_a_pasted_plan_shows_what_does_not_add_up_and_is_kept_as_it_is(
    window: MainWindow, hands: Hands, sheet: Any
) -> None:
    QApplication.clipboard().setText(PLAN)
    sheet.table.setFocus()
    hands.control(Qt.Key.Key_V)
    told = sheet.told.text()
    assert "dòng tổng của kế hoạch ghi 365, cộng các dòng được 360" in told
    assert "LĐLĐ huyện Mường Tè: các giai đoạn cộng lại được 175, cột tổng ghi 180." in told
    assert "LĐLĐ huyện Mường Tè" in told.split("Sẽ thêm 1 đơn vị mới: ")[1]
    sheet.keep.click()
    hands.rest()
    assert window.desk.store is not None
    with window.desk.store.reading() as connection:
        lines = [one for mine in target_lines(connection, CODE).values() for one in mine]
    assert [(one.period, one.value) for one in lines] == [
        *(("total", 180), ("stage1", 95), ("stage2", 85)),
        *(("total", 180), ("stage1", 95), ("stage2", 80)),
    ]
    assert {one.label for one in lines} == set(read_pasted(PLAN).titles)
    place: Any = window.place
    assert "LĐLĐ huyện Mường Tè: các giai đoạn 175, tổng 180" in place.targets.off.text()


def test_pledged_targets_leave_the_given_ones_alone(window: MainWindow, hands: Hands) -> None:
    do(window, hands, targets((DISTRICT, "total", 9)))
    place: Any = hands.go("overview")
    place.open_sheet("targets")
    hands.rest()
    sheet: Any = [one for one in window.findChildren(QDialog) if one.isVisible()][-1]
    sheet.origin.setCurrentIndex(1)
    sheet.paste(f"Đơn vị\tTổng\n{DISTRICT}\t12\n")
    sheet.save()
    hands.rest()
    row = units(place).index(DISTRICT)
    assert (cell(place, row, "given"), cell(place, row, "pledged")) == ("9", "12")


def test_a_cell_that_is_no_number_is_named_and_nothing_is_saved(hands: Hands, sheet: Any) -> None:
    sheet.paste(PLAN)
    sheet.table.set_cell(0, 1, "mười")
    sheet.save()
    assert sheet.isVisible()
    assert "“mười”" in sheet.trouble.text()
    assert (sheet.table.currentRow(), sheet.table.currentColumn()) == (0, 1)
    hands.rest()


def test_headcounts_are_entered_for_a_day(window: MainWindow, hands: Hands) -> None:
    place: Any = hands.go("overview")
    place.open_sheet("headcounts")
    hands.rest()
    sheet: Any = [one for one in window.findChildren(QDialog) if one.isVisible()][-1]
    sheet.paste(f"{DISTRICT}\t1.250\nĐơn vị lạ\t3\n")
    assert "Đơn vị lạ" in sheet.trouble.text()
    sheet.save()
    hands.rest()
    line = next(one for one in place.targets.board.lines if one.standing.unit == DISTRICT)
    assert line.standing.headcount == 1250


def test_a_campaign_of_the_office_becomes_a_period(window: MainWindow, hands: Hands) -> None:
    place: Any = hands.go("overview")
    place.open_sheet("campaigns")
    hands.rest()
    sheet: Any = [one for one in window.findChildren(QDialog) if one.isVisible()][-1]
    sheet.grid.boxes["name"].setFocus()
    hands.type("Tuần cao điểm")
    sheet.save()
    assert "Hãy ghi ngày đầu và ngày cuối" in sheet.trouble.text()
    sheet.grid.boxes["first"].set_value(PartialDate(2022, 6, 20))
    sheet.grid.boxes["last"].set_value(PartialDate(2022, 6, 13))
    sheet.save()
    hands.rest()
    assert "kết thúc" in sheet.trouble.text()
    sheet.grid.boxes["first"].set_value(PartialDate(2022, 6, 10))
    sheet.grid.boxes["baseline"].set_value(40)
    sheet.grid.boxes["target"].set_value(100)
    sheet.save()
    hands.rest()
    sheet.close()
    place.chooser.choose("campaign:own1")
    hands.rest()
    assert place.chooser.period.label == "Tuần cao điểm"
    assert cell(place, 0, "given") == "100"
    assert cell(place, 0, "share") == "40,0%"


@pytest.fixture
def kinds(window: MainWindow, hands: Hands) -> Any:
    """The page of kinds over initiatives of two categories, groups and fields, and one of none."""
    for at, (category, group, field) in enumerate(
        (("1.1", "Công nhân", "Y tế"), ("1.2", "Công nhân", "Nông nghiệp"), ("", "", ""))
    ):
        draft = complete(
            title=f"Thứ {at}", category=category, object_group=group, field=field, code=f"K{at}"
        )
        do(window, hands, RecordInitiative(draft))
    place: Any = hands.go("overview", "kinds")
    return place.kinds


def open_kind(hands: Hands, page: Any, choice: str, at: int) -> Any:
    """Press Enter on a figure of a choice; the list that opens."""
    hands.window.walk("overview")
    hands.rest()
    row = next(n for n, one in enumerate(page.lines) if one.choice == choice)
    page.table.setCurrentCell(row, at)
    page.table.setFocus()
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    assert hands.window.current == "initiatives"
    return hands.window.place


@pytest.mark.parametrize(
    ("dimension", "choice"), [("category", "1.2"), ("group", "Công nhân"), ("field", "Y tế")]
)
def test_enter_on_a_kind_lists_what_its_figure_counts(
    dimension: str, choice: str, hands: Hands, kinds: Any
) -> None:
    kinds.by.setCurrentIndex(kinds.by.findData(dimension))
    hands.rest()
    counts = next(one.counts for one in kinds.lines if one.choice == choice)
    for at, figure in ((0, "recorded"), (1, "recorded"), (2, "entered"), (3, "eligible")):
        register = open_kind(hands, kinds, choice, at)
        assert getattr(register.listing, dimension) == choice
        assert register.grid.rowCount() == counts.of(figure)
        assert not register.more_chip.isHidden()
    assert counts.recorded >= 1


def test_what_says_no_kind_is_counted_and_listed_too(hands: Hands, kinds: Any) -> None:
    for dimension in ("category", "group", "field"):
        kinds.by.setCurrentIndex(kinds.by.findData(dimension))
        hands.rest()
        total = kinds.lines[0].counts.recorded
        assert total == sum(one.counts.recorded for one in kinds.lines[1:])
        register = open_kind(hands, kinds, "", 1)
        assert register.grid.rowCount() == 1
        assert "chưa ghi" in register.more_chip.text()


def test_the_kinds_follow_the_period_and_a_double_click_opens_too(hands: Hands, kinds: Any) -> None:
    place: Any = hands.window.place
    place.chooser.choose("stage2")
    hands.rest()
    assert kinds.lines[0].counts.entered == 0
    place.chooser.choose("stage1")
    hands.rest()
    item = kinds.table.item(1, 2)
    spot = kinds.table.visualItemRect(item).center()
    viewport = kinds.table.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=spot)
    hands.rest()
    register: Any = hands.window.place
    assert (register.listing.category, register.listing.stage) == (kinds.lines[1].choice, 1)
