"""Books, confirmations, invitations, support teams and publicity: what they say of the records."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.models.dossiers import (
    Dossier,
    OfficeSheet,
    OutgoingLine,
    Reception,
    Sitting,
    SupportTeamSheet,
)
from desktop.models.entry import AuthorDraft, InitiativeDraft
from desktop.printing.forms import FormSet, Variant
from desktop.printing.paper import (
    Article,
    Block,
    Header,
    LabelledLine,
    LegalBases,
    Paper,
    RowKind,
    Signatures,
    Table,
    Text,
)
from desktop.printing.papers import Material, kind
from desktop.printing.papers.application import application
from desktop.printing.papers.effect_confirmation import effect_confirmation
from desktop.printing.papers.invitation import invitations
from desktop.printing.papers.outgoing_register import outgoing_registers
from desktop.printing.papers.publicity import publicity, publicity_text
from desktop.printing.papers.register_book import register_books
from desktop.printing.papers.share_statement import share_statement
from desktop.printing.papers.support_team import support_team_decisions
from tests.printing.conftest import Reader

ON = date(2022, 8, 4)


def table(paper: Paper) -> Table:
    return next(block for block in paper.blocks if isinstance(block, Table))


def values(blocks: tuple[Block, ...]) -> dict[str, str]:
    """Each label with what was filled in after it."""
    lines = [block for block in blocks if isinstance(block, LabelledLine)]
    return {"".join(run.text for run in line.label): line.value for line in lines}


def texts(paper: Paper) -> str:
    """All that stands in paragraphs."""
    return "\n".join(
        run.text for block in paper.blocks if isinstance(block, Text) for run in block.runs
    )


def test_a_book_holds_a_year_and_numbers_run_in_it(
    dossiers: tuple[Dossier, ...],
    receptions: tuple[Reception, ...],
    office: OfficeSheet,
    form_set: FormSet,
) -> None:
    came = {one.initiative_id: one for one in receptions}
    books = list(register_books(dossiers[::-1], came, office, form_set, ON))
    assert [book.bookmark[-1] for book in books] == ["Năm 2022", "Năm 2023", books[2].title]
    numbers = [[row.cells[0] for row in table(book).rows] for book in books]
    assert numbers == [[f"{n:02d}" for n in range(1, 13)], ["01", "02"], [""]]
    assert all(sum(column.width for column in table(book).columns) == 247 for book in books)


def test_a_line_of_the_book_says_how_far_the_initiative_has_come(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    came = Reception(1, 7, date(2022, 1, 12), "Đỗ Quang Khải", date(2022, 2, 3), "failed")
    undecided = replace(dossier, entry=replace(dossier.entry, decision=None))
    unheard = replace(came, outcome="", to_council=None)
    before = replace(came, to_council=date(2021, 12, 1))
    told = []
    for one, line in (
        *((dossier, came), (undecided, came)),
        *((undecided, unheard), (dossier, unheard), (dossier, before)),
    ):
        (book,) = register_books((one,), {1: line}, office, form_set, ON)
        told.append(table(book).rows[0].cells)
    assert [cells[8] for cells in told] == [
        *("Hội đồng: Không đạt", "Hội đồng: Không đạt"),
        *("Không đủ điều kiện", "Đã được công nhận", "Đã được công nhận"),
    ]
    assert told[0][1] == "12/01/2022"
    assert told[0][7] == "Đỗ Quang Khải"
    assert told[0][9] == "03/02/2022"
    assert told[0][10] == "118/QĐ-HĐSK\n20/12/2021"


def test_a_register_of_outgoing_papers_holds_a_year_and_ten_columns(
    outgoing: tuple[OutgoingLine, ...], office: OfficeSheet, form_set: FormSet
) -> None:
    registers = list(outgoing_registers(outgoing[::-1], office, form_set, ON))
    assert [len(table(one).rows) for one in registers] == [2, 1]
    assert len(table(registers[0]).columns) == 10
    assert sum(column.width for column in table(registers[0]).columns) == 247
    assert table(registers[0]).rows[1].cells == (
        "05/QĐ-LĐLĐ",
        "15/02/2022",
        "Quyết định về việc thành lập Tổ hỗ trợ sáng kiến",
        "Lò Thị Mai Hoa",
        "Công đoàn cơ sở; các thành viên",
        "Văn phòng",
        "05",
        "16/02/2022",
        "",
        "Gửi cả bản điện tử",
    )


def test_an_empty_book_has_lines_to_write_on(office: OfficeSheet, form_set: FormSet) -> None:
    (book,) = register_books((), {}, office, form_set, ON)
    (register,) = outgoing_registers((), office, form_set, ON)
    for paper in (book, register):
        assert len(table(paper).rows) == 10
        assert table(paper).dotted


def test_the_organ_that_applied_it_confirms_the_effect(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    entry = replace(dossier.entry, category="1.7", effect_confirmed_by="HTX Dược liệu Sì Lở Lầu")
    blocks = effect_confirmation(replace(dossier, entry=entry), office, form_set).blocks
    assert isinstance(blocks[0], Header)
    assert blocks[0].organs == ("HỢP TÁC XÃ DƯỢC LIỆU SÌ LỞ LẦU",)
    told = values(blocks)
    assert told["4. Kết luận:"] == (
        "Đề tài đã được áp dụng có hiệu quả tại đơn vị từ tháng 11 năm 2021./."
    )
    assert told["1. Hiệu quả kinh tế:"].startswith("Giá trị làm lợi trong 01 năm: 37.500.000 đồng.")


@pytest.mark.parametrize(("second", "total"), [(Decimal(30), "100%"), (Decimal("29.9"), "99,9%")])
def test_shares_are_summed_as_they_are(
    second: Decimal, total: str, dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    first, other = dossier.entry.authors
    entry = replace(dossier.entry, authors=(first, replace(other, share=second)))
    rows = table(share_statement(replace(dossier, entry=entry), office, form_set)).rows
    assert [row.cells[1] for row in rows[:-1]] == ["Lù Văn Páo", "Vàng Thị Dợ"]
    assert rows[-1].kind is RowKind.TOTAL
    assert rows[-1].cells[1] == total


def test_the_offices_own_team_is_decided_by_the_office(
    teams: tuple[SupportTeamSheet, ...], office: OfficeSheet, form_set: FormSet
) -> None:
    own, _other = (paper.blocks for paper in support_team_decisions(teams, office, form_set, ON))
    assert own[0] == Header(
        office.header, "Số: 05/QĐ-LĐLĐ", "Lai Châu, ngày 15 tháng 02 năm 2022", ""
    )
    first = next(block for block in own if isinstance(block, Article))
    assert first.paragraphs == (
        (
            "Thành lập Tổ hỗ trợ sáng kiến của Liên đoàn Lao động tỉnh Lai Châu, gồm 02 thành "
            "viên có tên sau:"
        ),
        "1. Ông (bà) Lò Thị Mai Hoa – Tổ trưởng;",
        "2. Ông (bà) Giàng A Chu.",
    )


def test_another_units_team_is_decided_by_that_unit_in_full_words(
    teams: tuple[SupportTeamSheet, ...], office: OfficeSheet, form_set: FormSet
) -> None:
    _own, other = (paper.blocks for paper in support_team_decisions(teams, office, form_set, ON))
    assert other[0] == Header(
        ("LIÊN ĐOÀN LAO ĐỘNG HUYỆN TAM ĐƯỜNG", "CÔNG ĐOÀN CƠ SỞ CÔNG TY CỔ PHẦN CHÈ BẢN BO"),
        "Số: ……/QĐ-CĐCS",
        "………………, ngày …… tháng …… năm ……",
        "",
    )
    signatures = other[-1]
    assert isinstance(signatures, Signatures)
    assert signatures.signers[0].authority == ("TM. BAN CHẤP HÀNH", "CHỦ TỊCH")
    assert signatures.signers[0].name == ""


@pytest.mark.parametrize(
    ("on", "law"), [(date(2022, 8, 4), "20 tháng 6 năm 2012"), (date(2025, 7, 1), "27 tháng 11")]
)
def test_a_decision_names_the_law_in_force_on_its_day(
    on: date, law: str, office: OfficeSheet, form_set: FormSet
) -> None:
    (paper,) = support_team_decisions((), office, form_set, on)
    bases = next(block for block in paper.blocks if isinstance(block, LegalBases))
    assert law in bases.lines[0]
    assert all(line.endswith(";") for line in bases.lines[:-1])
    assert bases.lines[-1].endswith(".")


def test_each_member_is_invited_or_all_in_one(
    sitting: Sitting, dossiers: tuple[Dossier, ...], office: OfficeSheet, form_set: FormSet
) -> None:
    known = replace(sitting.members[2], gender="Nam")
    sitting = replace(sitting, members=(*sitting.members[:2], known))
    office = replace(office, signer=sitting.chair)
    papers = list(invitations(sitting, dossiers, office, form_set, ON))
    label = "Liên đoàn Lao động tỉnh Lai Châu trân trọng kính mời:"
    assert [values(paper.blocks)[label] for paper in papers] == [
        "Bà Lò Thị Mai Hoa, Chủ tịch Công đoàn cơ sở – Ủy viên.",
        "Ông Đỗ Quang Khải, Trưởng phòng Kỹ thuật – Thư ký.",
    ]
    assert "Rất mong bà tới dự đúng" in texts(papers[0])
    forms = replace(form_set, invitation=replace(form_set.invitation, per_member=False))
    (paper,) = invitations(sitting, dossiers, office, forms, ON)
    assert len(values(paper.blocks)[label].splitlines()) == 2


def test_nobody_invites_himself(
    sitting: Sitting, dossiers: tuple[Dossier, ...], office: OfficeSheet, form_set: FormSet
) -> None:
    label = "Liên đoàn Lao động tỉnh Lai Châu trân trọng kính mời:"
    (paper,) = invitations(sitting, dossiers, office, form_set, ON)
    told = values(paper.blocks)
    assert told[label].startswith("Ông (bà) Đỗ Quang Khải")
    assert told["Chủ trì:"] == "Ông (bà) Giàng A Chu – Chủ tịch Hội đồng."


def test_a_co_author_from_outside_is_of_their_own_organ_alone(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    first, other = dossier.entry.authors
    outside = replace(other, workplace="HTX Dược liệu Sì Lở Lầu")
    entry = replace(dossier.entry, authors=(first, outside))
    rows = table(share_statement(replace(dossier, entry=entry), office, form_set)).rows
    assert [row.cells[2] for row in rows[:2]] == [
        "Xưởng chế biến, Công ty Cổ phần Chè Bản Bo",
        "HTX Dược liệu Sì Lở Lầu",
    ]


def test_an_invitation_bears_no_day_after_the_session(
    sitting: Sitting, dossiers: tuple[Dossier, ...], office: OfficeSheet, form_set: FormSet
) -> None:
    for on, place in ((ON, "ngày 04 tháng 8"), (date(2022, 8, 5), "ngày …… tháng ……")):
        paper = next(invitations(sitting, dossiers, office, form_set, on))
        assert isinstance(paper.blocks[0], Header)
        assert place in paper.blocks[0].place_date


def test_publicity_tells_no_trade_secret_and_nothing_personal(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    author = replace(dossier.entry.authors[0], phone="0912345678", identity="012086001234")
    entry = replace(dossier.entry, confidential=True, authors=(author,))
    told = publicity_text(replace(dossier, entry=entry), office, form_set)
    for kept_back in ("0912345678", "012086001234", "1986", entry.content[:30], "cơ sở chế biến"):
        assert kept_back not in told
    assert form_set.publicity.confidential in told
    assert "37.500.000 đồng" in told


def test_publicity_as_text_is_what_the_sheet_says(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet, read: Reader
) -> None:
    told = publicity_text(dossier, office, form_set)
    (leaf,) = read(publicity(dossier, office, form_set))
    printed = " ".join(leaf.text.split())
    for line in filter(None, told.splitlines()):
        assert line in printed


def test_publicity_keeps_to_one_page_whatever_was_written(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet, read: Reader
) -> None:
    long = "Người thợ tổ nhiệt ghi lại từng mẻ chè héo để so sánh. " * 60
    people = tuple(AuthorDraft(f"Nguyễn Thị Hoàng Phương {n}", job="Công nhân") for n in range(8))
    entry = replace(
        dossier.entry,
        title=dossier.entry.title * 2,
        before=long,
        origin=long,
        content=long,
        social_benefit=long,
        applicability=long,
        authors=people,
    )
    assert len(read(publicity(replace(dossier, entry=entry), office, form_set))) == 1


def variant(form_set: FormSet, which: Variant) -> FormSet:
    return replace(form_set, application=replace(form_set.application, variant=which))


def test_enterprises_sign_in_the_table_and_have_eight_points(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    paper = application(dossier, office, variant(form_set, Variant.ENTERPRISE))
    assert sum(column.width for column in table(paper).columns) == 160
    assert [row.cells[5] for row in table(paper).rows] == ["X", " "]
    points = [label[0] for label in values(paper.blocks) if label[0].isdigit()]
    assert points == list("12345678")
    foot = paper.blocks[-1]
    assert isinstance(foot, Signatures)
    assert [signer.authority for signer in foot.signers] == [("XÁC NHẬN CỦA ĐƠN VỊ",), ("TÁC GIẢ",)]


def test_schools_have_eleven_points_and_no_table(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    paper = application(dossier, office, variant(form_set, Variant.EDUCATION))
    assert not any(isinstance(block, Table) for block in paper.blocks)
    points = [label.split()[0] for label in values(paper.blocks) if label.startswith("3.")]
    assert points == [f"3.{number}." for number in range(1, 12)]
    told = values(paper.blocks)
    assert told["3.11. Ngày, nơi áp dụng lần đầu hoặc áp dụng thử:"].startswith("01/11/2021")


@pytest.mark.parametrize("which", list(Variant))
def test_every_variant_bears_the_mandatory_statement_and_starts_without_organ(
    which: Variant, dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    blocks = application(dossier, office, variant(form_set, which)).blocks
    said = [run.text for block in blocks if isinstance(block, Text) for run in block.runs]
    statement = form_set.application.statement
    assert statement in said or statement in values(blocks).values()
    assert blocks[0] == Header()


def test_a_blank_initiative_fills_in_nothing(office: OfficeSheet, form_set: FormSet) -> None:
    blank = Dossier(2, "", InitiativeDraft())
    for which in (Variant.ENTERPRISE, Variant.EDUCATION):
        told = values(application(blank, office, variant(form_set, which)).blocks)
        told.pop("Cam đoan:", "")
        assert set(told.values()) == {""}


SECTIONS = {
    "register-book": "register_book",
    "outgoing-register": "outgoing_register",
    "receipt": "receipt",
    "effect-confirmation": "effect_confirmation",
    "share-statement": "share_statement",
    "return-slip": "return_slip",
    "reply-slip": "reply_slip",
    "support-team": "support_team",
    "invitation": "invitation",
    "application-enterprise": "application",
    "application-education": "application",
}


@pytest.mark.parametrize(("key", "section"), SECTIONS.items())
def test_the_offices_own_form_code_stands_in_the_top_right_corner(
    key: str, section: str, material: Material, read: Reader
) -> None:
    form = replace(getattr(material.forms, section), code="Mẫu số 09/SK")
    coded = replace(material, forms=replace(material.forms, **{section: form}))
    leaf = read(*kind(key).build(coded))[0]
    code, country = leaf.box("Mẫu số 09/SK"), leaf.box("CỘNG HÒA XÃ HỘI")
    assert code.bottom < country.top
    assert code.right == pytest.approx(leaf.width - 20, abs=0.5)
    assert code.top == pytest.approx(20, abs=3)
