"""Receipts, return slips and reply slips: what they say of a dossier and to its authors."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from desktop.models.dossiers import Dossier, OfficeSheet, Reception
from desktop.printing.forms import FormSet
from desktop.printing.paper import Block, Halves, LabelledLine, Paper, Row, Signatures, Table, Text
from desktop.printing.papers.outcomes import citations, cited
from desktop.printing.papers.receipt import receipt
from desktop.printing.papers.reply_slip import reply_slips
from desktop.printing.papers.return_slip import return_slip
from desktop.printing.papers.verdict_sheet import verdict_sheet
from desktop.programme.shape import Document
from desktop.programme.verdict import (
    Eligibility,
    Finding,
    Overruling,
    Result,
    Severity,
    Verdict,
)
from tests.printing.conftest import Reader

ON = date(2022, 11, 30)
RULING = Overruling(
    "DK-14", "x", "Quyết định ký bù, đã đối chiếu bản gốc.", "Lò Minh Sơn",
    datetime(2022, 11, 29, 7, 5, tzinfo=UTC),
)  # fmt: skip


def halves(paper: Paper) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    (block,) = paper.blocks
    assert isinstance(block, Halves)
    return block.upper, block.lower


def rows(blocks: tuple[Block, ...]) -> tuple[Row, ...]:
    return next(block.rows for block in blocks if isinstance(block, Table))


def told(blocks: tuple[Block, ...]) -> str:
    """All sentences of a paper."""
    said = []
    for block in blocks:
        if isinstance(block, Text):
            said.append("".join(run.text for run in block.runs))
        if isinstance(block, LabelledLine):
            said.append("".join(run.text for run in block.label) + " " + block.value)
    return "\n".join(said)


def finding(
    rule: str, result: Result, severity: Severity = Severity.BLOCK, by: Overruling | None = None
) -> Finding:
    message = f"{rule} chưa có ngày. Hãy bổ sung {rule}; nếu không có thì ghi rõ."
    return Finding(rule, severity, result, f"HD 46, mục {rule}", message, overruled=by)


@pytest.fixture
def overruled(dossier: Dossier) -> Dossier:
    """Two blocking findings, one of them overruled; a warning; and one that passed."""
    findings = (
        finding("DK-05", Result.FAIL),
        finding("DK-09", Result.REVIEW),
        finding("DK-14", Result.FAIL, by=RULING),
        finding("DK-20", Result.REVIEW, Severity.WARN),
        finding("DK-01", Result.PASS),
    )
    return replace(dossier, verdict=Verdict(Eligibility.INELIGIBLE, None, (), findings, "x"))


def test_a_receipt_is_the_same_twice_but_for_whose_copy_it_is(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    upper, lower = halves(receipt(dossier, None, office, form_set, ON))
    differing = [one for one, other in zip(upper, lower, strict=True) if one != other]
    assert [type(one).__name__ for one in differing] == ["Title"]


def test_a_receipt_counts_what_is_kept_and_leaves_the_rest_to_be_counted(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    files = (
        replace(dossier.attachments[0], kind="decision"),
        replace(dossier.attachments[1], kind="decision"),
        replace(dossier.attachments[1], kind=""),
    )
    upper, _lower = halves(receipt(replace(dossier, attachments=files), None, office, form_set, ON))
    assert [row.cells[1:3] for row in rows(upper)] == [
        ("Đơn yêu cầu công nhận sáng kiến", ""),
        ("Mô tả sáng kiến", ""),
        ("Quyết định công nhận sáng kiến", "02"),
        ("lo-heo.jpg", "01"),
    ]


def test_only_a_topic_needs_its_effect_confirmed(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    topic = replace(dossier, entry=replace(dossier.entry, category="1.7"))
    for one, needed in ((dossier, False), (topic, True)):
        upper, _lower = halves(receipt(one, None, office, form_set, ON))
        named = [row.cells[1] for row in rows(upper)]
        assert ("Giấy xác nhận hiệu quả áp dụng" in named) is needed


@pytest.mark.parametrize(
    ("received", "answer"),
    [
        (date(2022, 8, 4), "Ngày hẹn trả kết quả: 04/11/2022."),
        (date(2022, 11, 30), "Ngày hẹn trả kết quả: 28/02/2023."),
        (date(2023, 11, 30), "Ngày hẹn trả kết quả: 29/02/2024."),
    ],
)
def test_the_answer_is_due_three_months_after_the_dossier_came_in(
    received: date, answer: str, dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    came = Reception(1, 7, received, "Đỗ Quang Khải")
    upper, _lower = halves(receipt(dossier, came, office, form_set, ON))
    assert answer in told(upper)


def test_a_dossier_goes_back_for_blocking_findings_alone(
    overruled: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    blocks = return_slip(overruled, office, form_set, ON).blocks
    assert [row.cells for row in rows(blocks)] == [
        (
            str(number),
            f"HD 46, mục {rule}",
            f"{rule} chưa có ngày.",
            f"Hãy bổ sung {rule}; nếu không có thì ghi rõ.",
        )
        for number, rule in ((1, "DK-05"), (2, "DK-09"))
    ]


def test_what_was_overruled_stands_with_reason_name_and_time(
    overruled: Dossier, office: OfficeSheet, form_set: FormSet, read: Reader
) -> None:
    paper = return_slip(overruled, office, form_set, ON)
    words = (
        "- HD 46, mục DK-14: DK-14 chưa có ngày. Đã chấp nhận với lý do: Quyết định ký "
        "bù, đã đối chiếu bản gốc (Lò Minh Sơn, 14:05 ngày 29/11/2022)."
    )
    assert words in told(paper.blocks)
    printed = " ".join(" ".join(leaf.text for leaf in read(paper)).split())
    assert words in printed


def test_nothing_is_said_of_overruling_where_nothing_was_overruled(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    assert form_set.return_slip.overruled not in told(
        return_slip(dossier, office, form_set, ON).blocks
    )


def test_the_check_sheet_shows_who_overruled_what(
    overruled: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    blocks = verdict_sheet(overruled, office, form_set, ON).blocks
    by_rule = {row.cells[1]: row.cells[3:] for row in rows(blocks)}
    result, message = by_rule["DK-14"]
    assert result == "Không đạt (đã được chấp nhận)"
    assert "đã đối chiếu bản gốc (Lò Minh Sơn, 14:05 ngày 29/11/2022)" in message
    assert by_rule["DK-05"][0] == "Không đạt"
    assert "Số nội dung chưa đạt hoặc cần xem xét: 03." in told(blocks)


def test_a_slip_without_a_finding_is_left_to_be_filled_in(
    blank: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    lines = rows(return_slip(blank, office, form_set, ON).blocks)
    assert [row.cells[1:] for row in lines] == [("", "", "")] * 3


def test_what_is_missing_may_be_added_for_a_month_or_as_the_form_set_says(
    overruled: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    assert "trước hết ngày 30 tháng 12 năm 2022." in told(
        return_slip(overruled, office, form_set, ON).blocks
    )
    forms = replace(form_set, return_slip=replace(form_set.return_slip, months=0))
    assert "trước hết ngày …… tháng …… năm ……." in told(
        return_slip(overruled, office, forms, ON).blocks
    )


def test_each_author_has_a_slip_and_two_stand_on_a_sheet(
    dossiers: tuple[Dossier, ...], office: OfficeSheet, form_set: FormSet
) -> None:
    alone = replace(
        dossiers[0], entry=replace(dossiers[0].entry, authors=dossiers[0].entry.authors[:1])
    )
    sheets = list(reply_slips((*dossiers[1:3], alone), {}, office, form_set, ON))
    assert [len([half for half in halves(sheet) if half]) for sheet in sheets] == [2, 2, 1]
    assert sheets[0].bookmark == ("Phiếu trả lời tác giả – Lù Văn Páo, Vàng Thị Dợ",)


RECOGNISED = (
    "Sáng kiến đã được công nhận theo Quyết định số 118/QĐ-HĐSK ngày 20/12/2021 của Hội đồng "
    "sáng kiến Công ty Cổ phần Chè Bản Bo."
)


@pytest.mark.parametrize(
    ("decided", "outcome", "note", "expected"),
    [
        (True, "failed", "", RECOGNISED),
        (False, "passed", "", "họp ngày 04 tháng 8 năm 2022: Đạt; đang chờ quyết định công nhận."),
        (False, "failed", "Không mới", "tháng 8 năm 2022: Không đạt. Lý do: Không mới."),
        (False, "withdrawn", "", "tháng 8 năm 2022: tác giả xin rút."),
        (False, "struck", "", "tháng 8 năm 2022: đưa ra khỏi danh sách xét."),
    ],
)
def test_the_decision_answers_and_else_the_council(
    decided: bool,
    outcome: str,
    note: str,
    expected: str,
    dossier: Dossier,
    office: OfficeSheet,
    form_set: FormSet,
) -> None:
    entry = dossier.entry if decided else replace(dossier.entry, decision=None)
    came = Reception(
        1, 1, date(2022, 1, 10), to_council=date(2022, 8, 4), outcome=outcome, note=note
    )
    one = replace(dossier, entry=entry)
    (sheet,) = reply_slips((one,), {1: came}, office, form_set, ON)
    line = next(words for words in told(halves(sheet)[0]).splitlines() if "xét công nhận" in words)
    assert line.endswith(expected)


@pytest.mark.parametrize(
    ("eligibility", "words"),
    [
        (Eligibility.ELIGIBLE, "Hồ sơ đủ điều kiện tham gia Chương trình."),
        (Eligibility.REVIEW, "Hồ sơ đang được xem xét điều kiện tham gia Chương trình."),
        (
            Eligibility.INELIGIBLE,
            "Hồ sơ chưa đủ điều kiện tham gia Chương trình (HD 46, mục DK-05; HD 46, mục DK-09);",
        ),
    ],
)
def test_the_check_answers_with_the_rules_that_hold_it_up(
    eligibility: Eligibility,
    words: str,
    overruled: Dossier,
    office: OfficeSheet,
    form_set: FormSet,
) -> None:
    assert overruled.verdict is not None
    verdict = Verdict(eligibility, None, (), overruled.verdict.findings, "x")
    (sheet,) = reply_slips((replace(overruled, verdict=verdict),), {}, office, form_set, ON)
    assert words in told(halves(sheet)[0])


def test_a_slip_may_have_a_sheet_of_its_own(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet, read: Reader
) -> None:
    form = replace(form_set.reply_slip, half_sheet=False)
    sheets = list(reply_slips((dossier,), {}, office, replace(form_set, reply_slip=form), ON))
    assert len(sheets) == len(dossier.entry.authors) == len(read(*sheets))
    assert not any(isinstance(block, Halves) for sheet in sheets for block in sheet.blocks)
    assert all(told(sheet.blocks).endswith("thông báo để tác giả biết./.") for sheet in sheets)


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("46/HD-TLĐ I.3 gạch 1", "Hướng dẫn số 46/HD-TLĐ, Mục I.3, gạch đầu dòng thứ 1"),
        ("1298/LĐLĐ mục 6", "Công văn số 1298/LĐLĐ, Mục 6"),
        ("Kế hoạch LĐLĐ tỉnh II.1", "Kế hoạch LĐLĐ tỉnh II.1"),
    ],
)
def test_a_clause_is_cited_as_papers_cite_it(clause: str, words: str) -> None:
    assert cited(clause) == words


def test_a_document_is_named_whole_where_a_paper_names_it_first() -> None:
    guide = Document("x", "46/HD-TLĐ", "", "Tổng Liên đoàn", date(2021, 12, 30))
    assert citations(["46/HD-TLĐ I.2", "46/HD-TLĐ I.3", "DK 1"], [guide]) == [
        "Hướng dẫn số 46/HD-TLĐ ngày 30 tháng 12 năm 2021 của Tổng Liên đoàn, Mục I.2",
        "Hướng dẫn số 46/HD-TLĐ, Mục I.3",
        "DK 1",
    ]


def test_who_received_it_is_named_only_by_a_persons_name(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    for user, shown in (("root", ""), ("Đỗ Quang Khải", "Đỗ Quang Khải")):
        came = Reception(1, 7, ON, user)
        upper, _lower = halves(receipt(dossier, came, office, form_set, ON))
        places = next(block for block in upper if isinstance(block, Signatures))
        assert places.signers[-1].name == shown


def test_authors_learn_how_the_portal_stands_only_once_it_was_sent(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    for state, said in (("accepted", True), ("exported", False), ("unsent", False)):
        one = replace(dossier, entry=replace(dossier.entry, portal_state=state))
        (sheet,) = reply_slips((one,), {}, office, form_set, ON)
        assert ("Trên Cổng trực tuyến: hợp lệ." in told(halves(sheet)[0])) is said
