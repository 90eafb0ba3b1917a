"""The lists: grouped, summed and ordered."""

from collections import Counter
from dataclasses import replace

import pytest

from desktop.models.dossiers import (
    CollectiveLine,
    CommendationLine,
    Dossier,
    ListHead,
    OfficeSheet,
)
from desktop.printing.forms import FormSet
from desktop.printing.paper import Paper, Row, RowKind, Table, Text, Title
from desktop.printing.papers.commendation_list import commendation_list
from desktop.printing.papers.parts import recognition
from desktop.printing.papers.summary_list import roman, summary_list
from desktop.vietnamese.dates import PartialDate


def rows(paper: Paper, which: int = 0) -> tuple[Row, ...]:
    return [block for block in paper.blocks if isinstance(block, Table)][which].rows


@pytest.fixture
def summary(
    dossiers: tuple[Dossier, ...], office: OfficeSheet, form_set: FormSet, head: ListHead
) -> Paper:
    return summary_list(dossiers, office, form_set, head)


def test_each_union_has_its_head_and_its_sum(summary: Paper) -> None:
    heads = [row.cells[0] for row in rows(summary) if row.kind is RowKind.GROUP]
    assert heads == [
        "I. CĐCS Công ty Cổ phần Chè Bản Bo – LĐLĐ huyện Tam Đường",
        "II. CĐCS Điện lực Tân Uyên – LĐLĐ huyện Tam Đường",
        "III. CĐCS Trung tâm Y tế huyện Phong Thổ – LĐLĐ huyện Tam Đường",
        "IV. CĐCS Trường PTDTBT Tiểu học Sà Dề Phìn – LĐLĐ huyện Tam Đường",
    ]
    assert Counter(row.kind for row in rows(summary))[RowKind.SUBTOTAL] == 4


def test_sums_leave_out_what_is_no_money_and_count_it(
    summary: Paper, dossiers: tuple[Dossier, ...]
) -> None:
    total = rows(summary)[-1]
    money = sum(dossier.entry.benefit or 0 for dossier in dossiers)
    assert total.cells == (
        "TỔNG CỘNG: 15 sáng kiến, trong đó 03 sáng kiến không quy đổi được thành tiền",
        f"{money:,}".replace(",", "."),
        "",
    )
    told = [int(row.cells[1].replace(".", "")) for row in rows(summary)[:-1] if len(row.cells) == 3]
    assert sum(told) == money


def test_a_sum_of_nothing_that_is_money_is_a_dash_and_not_nought(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet, head: ListHead
) -> None:
    bare = replace(dossier, entry=replace(dossier.entry, benefit=None))
    paper = summary_list((bare,), office, form_set, head)
    assert [row.cells[1] for row in rows(paper) if len(row.cells) == 3] == ["–", "–"]
    assert not [block for block in paper.blocks if isinstance(block, Text)]


def test_a_topic_without_a_decision_shows_its_acceptance_and_its_effect(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet, head: ListHead
) -> None:
    topic = replace(
        dossier.entry,
        category="1.7",
        decision=None,
        topic_accepted=PartialDate(2021, 10, 12),
        effect_confirmed_by="HTX Dược liệu",
        effect_confirmed_on=PartialDate(2022, 3),
    )
    words = "Nghiệm thu ngày 12/10/2021; xác nhận hiệu quả tháng 3/2022 (HTX Dược liệu)"
    paper = summary_list((replace(dossier, entry=topic),), office, form_set, head)
    assert rows(paper)[1].cells[8] == words == recognition(topic, "QĐ số ")
    assert recognition(replace(topic, topic_accepted=None, effect_confirmed_on=None)) == (
        "Xác nhận hiệu quả (HTX Dược liệu)"
    )
    assert recognition(dossier.entry, "QĐ số ") == "QĐ số 118/QĐ-HĐSK ngày 20/12/2021"


def test_the_total_stands_in_words_below(summary: Paper) -> None:
    words = [block.runs[0].text for block in summary.blocks if isinstance(block, Text)]
    assert words == ["(Bằng chữ: Ba tỷ tám trăm hai mươi lăm triệu đồng./.)"]


def test_lines_are_numbered_through_all_unions_and_name_the_co_authors(summary: Paper) -> None:
    body = [row.cells for row in rows(summary) if row.kind is RowKind.BODY]
    assert [cells[0] for cells in body] == [str(number) for number in range(1, 16)]
    assert body[0][1:4] == (
        "Lù Văn Páo\n(đồng tác giả: Vàng Thị Dợ)",
        "1986 (Nam)",
        "Tổ trưởng tổ nhiệt\nXưởng chế biến",
    )
    assert body[1][9:] == ("Không quy đổi", "Đã cập nhật")


def test_every_row_fills_all_columns(summary: Paper) -> None:
    columns = next(block for block in summary.blocks if isinstance(block, Table)).columns
    assert sum(column.width for column in columns) == 247
    assert {sum(row.spans) if row.spans else len(row.cells) for row in rows(summary)} == {11}


def test_a_list_of_nothing_still_says_so(
    office: OfficeSheet, form_set: FormSet, head: ListHead
) -> None:
    (total,) = rows(summary_list((), office, form_set, head))
    assert total.cells[:2] == ("TỔNG CỘNG: 0 sáng kiến", "0")


def test_persons_stand_in_the_order_of_their_given_names(
    people: tuple[CommendationLine, ...], office: OfficeSheet, form_set: FormSet, head: ListHead
) -> None:
    paper = commendation_list(people, (), office, form_set, head)
    names = [row.cells[1] for row in rows(paper)]
    assert names == ["Vàng Thị Dợ", "Đỗ Quang Khải", "Tẩn Lở Mẩy", "Lù Văn Páo", "Hoàng Văn Ước"]


def test_persons_may_stand_in_the_order_of_their_rank(
    people: tuple[CommendationLine, ...], office: OfficeSheet, form_set: FormSet, head: ListHead
) -> None:
    ranked = replace(form_set.commendation_list, order="given")
    forms = replace(form_set, commendation_list=ranked)
    paper = commendation_list(people, (), office, forms, head)
    assert [row.cells[1] for row in rows(paper)] == [line.name for line in people]


def test_collectives_show_their_shares_of_target_and_people(
    collectives: tuple[CollectiveLine, ...], office: OfficeSheet, form_set: FormSet, head: ListHead
) -> None:
    paper = commendation_list((), collectives, office, form_set, head)
    assert [row.cells[3:8] for row in rows(paper)] == [
        ("12", "15", "125,0", "11/84", "13,1%"),
        ("8", "9", "112,5", "7/52", "13,5%"),
    ]


def test_the_last_sentence_counts_both_and_ends_the_paper(
    people: tuple[CommendationLine, ...],
    collectives: tuple[CollectiveLine, ...],
    office: OfficeSheet,
    form_set: FormSet,
    head: ListHead,
) -> None:
    paper = commendation_list(people, collectives, office, form_set, head)
    texts = [block.runs[0].text for block in paper.blocks if isinstance(block, Text)]
    assert texts == ["I. TẬP THỂ", "II. CÁ NHÂN", "Danh sách gồm: 02 tập thể và 05 cá nhân./."]
    assert len([block for block in paper.blocks if isinstance(block, Table)]) == 2


def test_an_office_without_programme_prints_no_empty_quotation_marks(
    office: OfficeSheet, form_set: FormSet, head: ListHead
) -> None:
    paper = summary_list((), replace(office, programme_title=""), form_set, head)
    title = next(block for block in paper.blocks if isinstance(block, Title))
    assert title.subject == ("Giai đoạn 1",)


@pytest.mark.parametrize(
    ("number", "numeral"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (44, "XLIV"), (99, "XCIX")]
)
def test_roman_numerals(number: int, numeral: str) -> None:
    assert roman(number) == numeral


def test_what_is_not_known_of_a_collective_is_dotted(
    office: OfficeSheet, form_set: FormSet, head: ListHead
) -> None:
    paper = commendation_list((), (CollectiveLine("Tổ hàn", "Giấy khen"),), office, form_set, head)
    assert rows(paper)[0].cells[3:8] == ("……", "……", "……", "……/……", "……")


def test_an_initiative_without_anything_known_is_still_a_line(
    blank: Dossier, office: OfficeSheet, form_set: FormSet, head: ListHead
) -> None:
    group, line, *_sums = rows(summary_list((blank,), office, form_set, head))
    assert group.cells == ("I. Chưa ghi công đoàn cơ sở",)
    assert line.cells == ("1", *[""] * 8, "Không quy đổi", "Chưa gửi")
