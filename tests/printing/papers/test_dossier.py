"""Hồ sơ: the papers of one initiative in order, and its sheet of findings."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.models.dossiers import AttachmentLine, Dossier, OfficeSheet, ShownFile
from desktop.printing.forms import FormSet
from desktop.printing.paper import Block, LabelledLine, Scan, Table, Text, TickBoxes
from desktop.printing.papers.dossier import dossier_papers
from desktop.printing.papers.verdict_sheet import verdict_sheet
from desktop.programme.verdict import Eligibility, Verdict

ON = date(2022, 8, 4)


def ticked(blocks: tuple[Block, ...]) -> list[str]:
    boxes = next(block for block in blocks if isinstance(block, TickBoxes))
    return [choice.label for choice in boxes.choices if choice.ticked]


def test_its_papers_stand_in_order_below_the_initiatives_bookmark(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    papers = dossier_papers(dossier, office, form_set, ON)
    keys = ["dossier-contents", "application", "description", "share-statement", "verdict-sheet"]
    assert [paper.key for paper in papers] == keys
    assert {paper.bookmark[0] for paper in papers} == {f"SK22-0001 – {dossier.entry.title}"}


def test_scans_stand_where_their_paper_belongs_each_page_as_it_lies(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    files = (
        AttachmentLine("ảnh.jpg", "image/jpeg", 9, "a" * 64, "other"),
        AttachmentLine("qd.pdf", "application/pdf", 9, "d" * 64, "decision"),
    )
    shown = {"a" * 64: ShownFile((True,), 1), "d" * 64: ShownFile((False, False, True), 5)}
    with_files = replace(dossier, attachments=files)
    papers = dossier_papers(with_files, office, form_set, ON, shown)[4:-1]
    scans = [block for paper in papers for block in paper.blocks if isinstance(block, Scan)]
    assert [(scan.source[0], scan.page) for scan in scans] == [
        *(("d", 1), ("d", 2), ("d", 3)),
        ("a", 1),
    ]
    assert [paper.orientation.value for paper in papers] == ["portrait", "landscape", "landscape"]
    assert scans[2].caption.endswith("– trang 3/5 (các trang sau không in)")


@pytest.mark.parametrize(
    ("shown", "keys"),
    [
        (ShownFile((False,), 1), ["scan", "scan", "scan"]),
        (ShownFile(trouble="scan-damaged"), [*("application", "scan"), *("description", "scan")]),
    ],
)
def test_what_was_signed_and_scanned_is_not_printed_again(
    shown: ShownFile, keys: list[str], dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    kinds = ("application", "description", "effect")
    files = tuple(AttachmentLine("x.pdf", "application/pdf", 9, kind, kind) for kind in kinds)
    entry = replace(dossier.entry, effect_confirmed=True, authors=dossier.entry.authors[:1])
    one = replace(dossier, entry=entry, attachments=files)
    papers = dossier_papers(one, office, form_set, ON, dict.fromkeys(kinds, shown))
    made = [paper.key for paper in papers[1:-1]]
    assert made[: len(keys)] == keys
    assert ("effect-confirmation" in made) is bool(shown.trouble)


def test_what_a_dossier_lacks_stands_on_its_first_page(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    topic = replace(dossier, entry=replace(dossier.entry, category="1.7"), attachments=())
    blocks = dossier_papers(topic, office, form_set, ON)[0].blocks
    rows = next(block.rows for block in blocks if isinstance(block, Table))
    assert [row.cells[2] for row in rows] == [*["Bản in, chờ ký"] * 2, *["Thiếu"] * 2]
    last = blocks[-1]
    assert isinstance(last, LabelledLine)
    assert last.value == "Quyết định công nhận sáng kiến, Giấy xác nhận hiệu quả áp dụng."


def test_the_findings_stand_as_the_verdict_orders_them_with_their_clauses(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    blocks = verdict_sheet(dossier, office, form_set, ON).blocks
    table = next(block for block in blocks if isinstance(block, Table))
    assert [row.cells[1:4] for row in table.rows] == [
        ("DK-05", "HD 46, mục I.2.2", "Không đạt"),
        ("DK-12", "HD 46, mục III.2", "Cần xem xét (cảnh báo)"),
        ("DK-01", "HD 46, mục I.1", "Đạt"),
        ("DK-10", "HD 46, mục I.1.7", "Không áp dụng"),
    ]
    assert ticked(blocks) == ["Không đủ điều kiện"]


@pytest.mark.parametrize(
    ("eligibility", "words"),
    [(Eligibility.ELIGIBLE, "Đủ điều kiện"), (Eligibility.REVIEW, "Cần xem xét")],
)
def test_the_box_of_the_verdict_is_ticked(
    eligibility: Eligibility, words: str, dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    judged = replace(dossier, verdict=Verdict(eligibility, None, (1, 2), (), "x"))
    assert ticked(verdict_sheet(judged, office, form_set, ON).blocks) == [words]


def test_an_unchecked_initiative_ticks_no_box(
    blank: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    assert ticked(verdict_sheet(blank, office, form_set, ON).blocks) == []


@pytest.mark.parametrize(
    ("stage", "open_stages", "sentence"),
    [
        (2, (), "Thời điểm cập nhật Cổng thuộc giai đoạn 2."),
        (None, (1, 2), "Chưa cập nhật Cổng; còn cập nhật được trong giai đoạn 1, 2."),
        (None, (), "Không thuộc giai đoạn nào của Chương trình."),
    ],
)
def test_the_stage_follows_the_verdict(
    stage: int | None,
    open_stages: tuple[int, ...],
    sentence: str,
    dossier: Dossier,
    office: OfficeSheet,
    form_set: FormSet,
) -> None:
    verdict = Verdict(Eligibility.ELIGIBLE, stage, open_stages, (), "x")
    blocks = verdict_sheet(replace(dossier, verdict=verdict), office, form_set, ON).blocks
    told = [block.runs[0].text for block in blocks if isinstance(block, Text)]
    assert told[-1].endswith(sentence)
