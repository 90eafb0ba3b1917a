"""Đơn yêu cầu công nhận sáng kiến: what it says of a record."""

from dataclasses import replace

from desktop.models.dossiers import Dossier, OfficeSheet
from desktop.models.entry import AuthorDraft
from desktop.printing.forms import FormSet
from desktop.printing.paper import Header, LabelledLine, Notes, Paper, Signatures, Signer, Table
from desktop.printing.papers.application import application
from desktop.vietnamese.dates import PartialDate

DATED = "Lai Châu, ngày …… tháng …… năm ……"


def values(paper: Paper) -> dict[str, str]:
    """Each label with what was filled in after it."""
    lines = [block for block in paper.blocks if isinstance(block, LabelledLine)]
    return {"".join(run.text for run in line.label): line.value for line in lines}


def test_the_authors_stand_in_the_table_with_their_shares(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    table = next(
        block for block in application(dossier, office, form_set).blocks if isinstance(block, Table)
    )
    place = "Xưởng chế biến"
    assert [row.cells for row in table.rows] == [
        (
            "1",
            "Lù Văn Páo",
            "19/3/1986",
            place,
            "Tổ trưởng tổ nhiệt",
            "Trung cấp",
            "70%",
        ),
        ("2", "Vàng Thị Dợ", "02/11/1992", "Xưởng chế biến", "Công nhân lò héo", "12/12", "30%"),
    ]
    assert sum(column.width for column in table.columns) == 160


def test_the_date_of_application_is_the_earlier_of_trial_and_use(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    entry = replace(dossier.entry, trial=PartialDate(2021, 12, 1), use=PartialDate(2021, 2, 5))
    told = values(application(replace(dossier, entry=entry), office, form_set))
    label = "- Ngày sáng kiến được áp dụng lần đầu hoặc áp dụng thử (ghi ngày nào sớm hơn):"
    assert told[label] == "05/02/2021"


def test_the_benefit_is_a_years_in_figures_and_words(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    entry = replace(dossier.entry, benefit=10_000_000, benefit_months=6)
    told = values(application(replace(dossier, entry=entry), office, form_set))
    lines = next(value for label, value in told.items() if "ý kiến của tác giả" in label)
    assert lines.splitlines()[0] == (
        "Giá trị làm lợi trong 01 năm: 20.000.000 đồng (Bằng chữ: Hai mươi triệu đồng)."
    )


def test_a_benefit_that_is_no_money_is_not_nought(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    entry = replace(dossier.entry, benefit=None)
    told = values(application(replace(dossier, entry=entry), office, form_set))
    lines = next(value for label, value in told.items() if "ý kiến của tác giả" in label)
    assert lines.splitlines()[0] == "Giá trị làm lợi: không quy đổi được thành tiền."
    assert "0 đồng" not in lines


def test_it_opens_without_organ_and_ends_with_both_signatures(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    blocks = application(dossier, office, form_set).blocks
    assert blocks[0] == Header()
    assert blocks[-1] == Signatures(
        (
            Signer(("Người nộp đơn",), "Lù Văn Páo", "(Ký và ghi rõ họ tên)"),
            Signer(("Người nộp đơn",), "Vàng Thị Dợ", "(Ký và ghi rõ họ tên)", DATED),
        )
    )


def test_the_first_author_may_sign_for_the_group(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    forms = replace(form_set, application=replace(form_set.application, all_sign=False))
    block = application(dossier, office, forms).blocks[-1]
    authority = ("Người nộp đơn", "Đại diện nhóm tác giả")
    assert block == Signatures((Signer(authority, "Lù Văn Páo", "(Ký và ghi rõ họ tên)", DATED),))


def test_the_credited_author_leads_wherever_entered(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    authors = (AuthorDraft("Thào A Sùng"), AuthorDraft("Lò Thị Ín", credited=True))
    entry = replace(dossier.entry, authors=authors)
    blocks = application(replace(dossier, entry=entry), office, form_set).blocks
    table = next(block for block in blocks if isinstance(block, Table))
    assert [row.cells[1] for row in table.rows] == ["Lò Thị Ín", "Thào A Sùng"]


def test_nothing_known_leaves_every_line_and_cell_to_dots(
    blank: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    paper = application(blank, office, form_set)
    assert set(values(paper).values()) == {""}
    assert all(block.dotted for block in paper.blocks if isinstance(block, Table))


def test_the_notes_of_the_form_are_printed_where_the_set_wants_them(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    forms = replace(form_set, application=replace(form_set.application, notes=True))
    notes = application(dossier, office, forms).blocks[-1]
    assert isinstance(notes, Notes)
    assert [mark for mark, _text in notes.lines] == ["1", "2", "3", "4", "5", "6", "7"]


def test_who_confirmed_the_effect_speaks_for_those_who_applied_it(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    entry = replace(
        dossier.entry,
        effect_confirmed_by="Nhà máy Chè Than Uyên",
        effect_confirmed_on=PartialDate(2022, 3, 1),
    )
    told = values(application(replace(dossier, entry=entry), office, form_set))
    line = next(value for label, value in told.items() if "tham gia áp dụng" in label)
    assert line == "Giấy xác nhận hiệu quả áp dụng của Nhà máy Chè Than Uyên ngày 01/3/2022."


def test_before_a_decision_it_goes_to_the_authors_unit(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    entry = replace(dossier.entry, decision=None, unit="CĐCS HTX Nông sản Nậm Nhùn")
    told = values(application(replace(dossier, entry=entry), office, form_set))
    assert told["Kính gửi:"] == "Hợp tác xã Nông sản Nậm Nhùn"
