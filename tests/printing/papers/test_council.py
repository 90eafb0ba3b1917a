"""The council's papers: score sheets, minutes, the decision of recognition and its list."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.models.dossiers import Dossier, OfficeSheet, Sitting
from desktop.printing.forms import FormSet
from desktop.printing.official_forms import Criterion
from desktop.printing.paper import (
    Article,
    LabelledLine,
    LegalBases,
    Paper,
    Row,
    Signatures,
    Table,
    Text,
    Title,
)
from desktop.printing.papers.council_minutes import council_minutes
from desktop.printing.papers.recognition_decision import recognition_papers
from desktop.printing.papers.score_sheet import score_sheets, secret_sheet
from tests.printing.conftest import Reader

ON = date(2022, 8, 4)


def rows(paper: Paper) -> tuple[Row, ...]:
    return next(block for block in paper.blocks if isinstance(block, Table)).rows


def articles(paper: Paper) -> list[str]:
    return [" ".join(one.paragraphs) for one in paper.blocks if isinstance(one, Article)]


def texts(paper: Paper) -> list[str]:
    return ["".join(run.text for run in one.runs) for one in paper.blocks if isinstance(one, Text)]


def test_each_member_has_a_sheet_with_their_name(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet, sitting: Sitting
) -> None:
    sheets = list(score_sheets(dossier, office, form_set, sitting))
    signed = [next(b for b in one.blocks if isinstance(b, Signatures)) for one in sheets]
    assert [one.signers[0].name for one in signed] == [one.name for one in sitting.members]


def test_an_author_has_no_sheet_for_their_own_unless_the_office_wants_it(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet, sitting: Sitting
) -> None:
    author = replace(dossier.entry.authors[0], name="Lò thị Mai Hoa")
    own = replace(dossier, entry=replace(dossier.entry, authors=(author,)))
    assert len(list(score_sheets(own, office, form_set, sitting))) == 2
    scoring = replace(form_set.score_sheet, authors_abstain=False)
    forms = replace(form_set, score_sheet=scoring)
    assert len(list(score_sheets(own, office, forms, sitting))) == 3


def test_a_secret_sheet_names_nobody_and_is_not_signed(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet, sitting: Sitting, read: Reader
) -> None:
    (leaf,) = read(secret_sheet(dossier, office, form_set, sitting))
    assert not any(member.name in leaf.text for member in sitting.members)
    assert "Phiếu kín" in leaf.text
    assert "Mẫu số 03a" in leaf.text


def test_the_sheet_shows_the_rubric_and_when_it_passes(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet, read: Reader
) -> None:
    (sheet,) = score_sheets(dossier, office, form_set, None)
    points = [row.cells[2] for row in rows(sheet) if len(row.cells) == 4]
    assert points == ["0 – 30 điểm", "0 – 30 điểm", "0 – 40 điểm"]
    (leaf,) = read(sheet)
    assert leaf.text.count("Nhận xét: ....") == 3
    assert "từ 50/100 điểm trở lên và không có tiêu chí nào 0 điểm" in " ".join(leaf.text.split())


def test_parts_of_a_criterion_are_numbered_below_it(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    rubric = (
        Criterion("Tính mới", 20, "Mới", 10, kill_if_fail=True),
        Criterion("Tính mới", 20, "Sáng tạo", 10, kill_if_fail=True),
        Criterion("Hiệu quả", 60),
    )
    forms = replace(form_set, score_sheet=replace(form_set.score_sheet, rubric=rubric))
    (sheet,) = score_sheets(dossier, office, forms, None)
    assert [row.cells[0] for row in rows(sheet)] == [
        *("1. Tính mới", "1.1", "1.2", "Nhận xét:", "2", "Nhận xét:", "Tổng điểm")
    ]
    assert rows(sheet)[1].cells[2] == "0 – 20 điểm\n(đạt từ 10 điểm)"
    assert texts(sheet)[0].endswith("và không tiêu chí nào dưới mức điểm đạt.")


def test_the_minutes_say_what_was_found_and_why_not(
    dossiers: tuple[Dossier, ...], office: OfficeSheet, form_set: FormSet, sitting: Sitting
) -> None:
    paper = council_minutes(sitting, dossiers, office, form_set)
    assert [row.cells[3:] for row in rows(paper)] == [
        ("86,5", "6", "0", "Đạt"),
        ("78", "5", "1", "Đạt"),
        ("41", "1", "5", "Không đạt"),
        ("–", "–", "–", "Tác giả xin rút"),
    ]
    said = texts(paper)
    assert any("công nhận 02 sáng kiến đạt yêu cầu" in text for text in said)
    assert any("Không đạt (lý do: Không mới so với giải pháp năm 2020)." in text for text in said)
    assert said[-1] == "Cuộc họp kết thúc vào …… giờ ……, ngày 04 tháng 8 năm 2022./."


@pytest.mark.parametrize(
    ("present", "total", "words"),
    [
        (6, 9, "06/09 thành viên, đủ"),
        (5, 9, "05/09 thành viên, chưa đủ"),
        (5, 7, "05/07 thành viên, đủ"),
        (4, 7, "04/07 thành viên, chưa đủ"),
        (None, 9, "……/…… thành viên"),
    ],
)
def test_the_minutes_count_the_quorum(
    present: int | None,
    total: int,
    words: str,
    office: OfficeSheet,
    form_set: FormSet,
    sitting: Sitting,
    read: Reader,
) -> None:
    held = replace(sitting, present=present, total=total)
    text = " ".join(
        " ".join(x.text for x in read(council_minutes(held, (), office, form_set))).split()
    )
    assert f"Số thành viên có mặt: {words}" in text
    assert "Đại diện công đoàn nơi tác giả là đoàn viên: Lò Thị Mai Hoa" in text


@pytest.mark.parametrize(("present", "absent"), [(9, "Không."), (8, ""), (None, "")])
def test_the_minutes_say_that_nobody_was_absent(
    present: int | None, absent: str, office: OfficeSheet, form_set: FormSet, sitting: Sitting
) -> None:
    paper = council_minutes(replace(sitting, present=present), (), office, form_set)
    lines = [block for block in paper.blocks if isinstance(block, LabelledLine)]
    told = {line.label[0].text: line.value for line in lines}
    assert told["Vắng mặt (lý do):"] == absent
    assert all(value.endswith(".") for value in told.values() if value)


def test_the_secretary_signs_left_the_chair_right_and_recipients_stand_below(
    office: OfficeSheet, form_set: FormSet, sitting: Sitting, read: Reader
) -> None:
    last = read(council_minutes(sitting, (), office, form_set))[-1]
    assert last.box("THƯ KÝ").centre == pytest.approx(70, abs=1)
    assert last.box("CHỦ TỌA").centre == pytest.approx(150, abs=1)
    assert last.box("Nơi nhận:").top > last.box("Giàng A Chu").bottom


def test_the_decision_recognises_only_what_passed(
    dossiers: tuple[Dossier, ...], office: OfficeSheet, form_set: FormSet, sitting: Sitting
) -> None:
    decision, listed = recognition_papers(dossiers, sitting, office, form_set, ON)
    first = articles(decision)[0]
    assert first == ("Công nhận 02 sáng kiến của 02 tác giả, đồng tác giả (có danh sách kèm theo).")
    assert [row.cells[3] for row in rows(listed)] == [one.entry.title for one in dossiers[:2]]
    assert rows(listed)[0].cells[1] == "1. Lù Văn Páo (70%)\n2. Vàng Thị Dợ (30%)"


def test_a_single_initiative_is_named_and_needs_no_list(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    (decision,) = recognition_papers((dossier,), None, office, form_set, ON)
    assert articles(decision)[0] == (
        f"Công nhận sáng kiến “{dossier.entry.title}” của ông (bà) Lù Văn Páo, "
        "ông (bà) Vàng Thị Dợ."
    )


def test_bases_are_those_of_the_day_and_end_as_they_are_to_be_read(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet, sitting: Sitting
) -> None:
    for on, count in ((date(2013, 1, 1), 3), (date(2014, 1, 1), 4)):
        decision = next(recognition_papers((dossier,), sitting, office, form_set, on))
        (bases,) = [block for block in decision.blocks if isinstance(block, LegalBases)]
        assert len(bases.lines) == count
        assert all(line.endswith(";") for line in bases.lines[:-1])
        assert bases.lines[-1].endswith("tại Biên bản số ……/BB-HĐSK ngày 04 tháng 8 năm 2022.")


@pytest.mark.parametrize(
    ("signature", "words"),
    [
        (("TM. BAN THƯỜNG VỤ", "PHÓ CHỦ TỊCH"), "BAN THƯỜNG VỤ LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU"),
        (("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "GIÁM ĐỐC LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU"),
        (("TUQ. BAN THƯỜNG VỤ",), "BAN THƯỜNG VỤ LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU"),
    ],
)
def test_the_authority_is_named_without_whom_it_is_signed_for(
    signature: tuple[str, ...],
    words: str,
    dossier: Dossier,
    office: OfficeSheet,
    form_set: FormSet,
) -> None:
    signed = replace(office, signature=signature)
    decision = next(recognition_papers((dossier,), None, signed, form_set, ON))
    titles = [block.lines[0] for block in decision.blocks if isinstance(block, Title)]
    assert titles == ["QUYẾT ĐỊNH", words, "QUYẾT ĐỊNH:"]
    (places,) = [block for block in decision.blocks if isinstance(block, Signatures)]
    assert places.signers[0].authority == signature


def test_the_parts_of_a_decision_stand_where_the_decree_puts_them(
    dossiers: tuple[Dossier, ...],
    office: OfficeSheet,
    form_set: FormSet,
    sitting: Sitting,
    read: Reader,
) -> None:
    first, *_annex = read(*recognition_papers(dossiers, sitting, office, form_set, ON))
    organ, country = first.box("TỈNH LAI CHÂU"), first.box("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert first.box("Số: ……/QĐ-LĐLĐ").centre == pytest.approx(organ.centre, abs=1)
    date_line = first.box("Lai Châu, ngày 04 tháng 8 năm 2022")
    assert date_line.centre == pytest.approx(country.centre, abs=1)
    assert date_line.bottom == pytest.approx(first.box("Số: ……/QĐ-LĐLĐ").bottom, abs=1)
    subject = first.box("Về việc công nhận sáng kiến")
    under = next(rule for rule in first.rules if 0 < rule.top - subject.bottom < 3)
    assert under.width / subject.width == pytest.approx(0.4, abs=0.02)
    for words in ("QUYẾT ĐỊNH", "BAN THƯỜNG VỤ LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU", "QUYẾT ĐỊNH:"):
        assert first.box(words).centre == pytest.approx(110, abs=0.8)
    for words in ("Căn cứ Nghị định", "Điều 1.", "Điều 2.", "Điều 3."):
        assert first.box(words).left == pytest.approx(42.7, abs=0.6)
    assert first.box("Nơi nhận:").left == pytest.approx(30, abs=0.5)
    assert first.box("TM. BAN THƯỜNG VỤ").centre == pytest.approx(150, abs=1)
