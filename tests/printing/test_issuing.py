"""What issuing writes into a paper: its own number and day, and nothing else."""

from datetime import date

import pytest

from desktop.printing.issuing import (
    Written,
    blanks_in,
    halves_apart,
    lines_of,
    name_in,
    recipients_of,
    signer_of,
    subject_of,
    symbol_of,
    write_in,
)
from desktop.printing.paper import (
    Addressees,
    Block,
    Halves,
    Header,
    LabelledLine,
    LegalBases,
    Paper,
    Row,
    Signatures,
    Signer,
    Spot,
    Stock,
    Table,
    Text,
    Title,
    plain,
)

DAY = date(2023, 8, 4)
OWN = "Số: ……/QĐ-LĐLĐ"


def paper(*blocks: Block, mark: str = "Quyết định") -> Paper:
    return Paper("decision", "Quyết định", blocks, bookmark=(mark,))


def stock(*texts: str) -> Stock:
    return Stock(tuple(Spot(text, 0, 0, 100) for text in texts))


def write(one: Paper, symbol: str = "QĐ-LĐLĐ") -> str:
    (made,) = write_in([one], Written("05/QĐ-LĐLĐ", DAY, symbol))
    return "\n".join(lines_of([made]))


def test_number_and_day_are_written_into_the_head() -> None:
    head = Header(("A",), OWN, "Lai Châu, ngày …… tháng …… năm ……")
    assert write(paper(head)) == "A\nSố: 05/QĐ-LĐLĐ\nLai Châu, ngày 04 tháng 8 năm 2023"


def test_a_day_of_printing_becomes_the_day_of_issue() -> None:
    head = Header(("A",), OWN, "Thành phố Lai Châu, ngày 01 tháng 01 năm 2020")
    assert "Thành phố Lai Châu, ngày 04 tháng 8 năm 2023" in write(paper(head))


def test_a_list_names_its_decision_and_other_numbers_stay_blank() -> None:
    note = "(Kèm theo Quyết định số ……/QĐ-LĐLĐ ngày …… tháng …… năm …… của A)"
    other = "(Kèm theo Biên bản số ……/BB-LĐLĐ ngày …… tháng …… năm ……)"
    longer = "(Kèm theo Quyết định số ……/QĐ-LĐLĐ-VP)"
    found = write(paper(Title(("A",), (), (note, other, longer))))
    assert "số 05/QĐ-LĐLĐ ngày 04 tháng 8 năm 2023 của A" in found
    assert other in found
    assert longer in found


def test_a_legal_basis_of_the_same_symbol_keeps_its_blanks() -> None:
    bases = "Căn cứ Quyết định số ……/QĐ-LĐLĐ ngày …… tháng …… năm ……;"
    said = "Theo Quyết định số ……/QĐ-LĐLĐ ngày …… tháng …… năm ……"
    found = write(paper(Header(("A",), OWN), LegalBases((bases,)), Text(plain(said))))
    assert found == f"A\nSố: 05/QĐ-LĐLĐ\n{bases}\n{said}"


def test_a_symbol_with_spaces_takes_its_number_and_its_annex_names_it() -> None:
    head = Header(("A",), "Số: ……/QĐ - LĐLĐ TP")
    note = "(Ban hành kèm theo Quyết định số ……/QĐ-LĐLĐ TP ngày …… tháng …… năm …… của A)"
    found = write(paper(head, Title(("B",), (), (note,))), "QĐ - LĐLĐ TP")
    assert "Số: 05/QĐ-LĐLĐ\n" in found
    assert "kèm theo Quyết định số 05/QĐ-LĐLĐ ngày 04 tháng 8 năm 2023 của A" in found


@pytest.mark.parametrize(
    ("blocks", "symbol"),
    [
        ((Header(("A",), OWN),), "QĐ-LĐLĐ"),
        ((Header(("A",), "Số: 05/QĐ-LĐLĐ"),), None),
        ((Header(("A",), "Số: ……/QĐ - LĐLĐ TP"),), "QĐ - LĐLĐ TP"),
        ((stock("Vào sổ khen thưởng số: ……"),), ""),
        ((Signatures((Signer((), " ", number="Số: ……/GCN-A"),)),), "GCN-A"),
        ((Halves((Header(("A",), OWN),)),), "QĐ-LĐLĐ"),
        ((Text(plain(OWN)),), None),
        ((Text(plain("Quyết định số ……/QĐ-A ngày ……")),), None),
        ((), None),
    ],
)
def test_the_symbol_that_waits_for_a_number_is_found(
    blocks: tuple[Block, ...], symbol: str | None
) -> None:
    assert symbol_of([paper(*blocks)]) == symbol


def test_a_number_of_the_book_stands_alone() -> None:
    (made,) = write_in([paper(stock("Vào sổ khen thưởng số: ……"))], Written("05", DAY, ""))
    assert lines_of([made]) == ["Vào sổ khen thưởng số: 05"]


def test_naming_a_decision_leaves_the_paper_its_own_day() -> None:
    one = paper(
        stock("Quyết định số: ……/QĐ-A ngày …… tháng …… năm ……", "Vào sổ khen thưởng số: ……"),
        Signatures((Signer(("CHỦ TỊCH",), "", "", "X, ngày …… tháng …… năm ……"),)),
    )
    (made,) = name_in([one], Written("07/QĐ-A", DAY, "QĐ-A"))
    assert "Quyết định số: 07/QĐ-A ngày 04 tháng 8 năm 2023" in lines_of([made])
    assert blanks_in([made]) == 4


def test_two_slips_on_a_sheet_become_two_papers_named_after_whom_they_are_for() -> None:
    slips = [(Addressees("Kính gửi:", (name,)),) for name in ("Bà A", "Ông B")]
    first, second = halves_apart([paper(Halves(*slips))])
    assert (first.bookmark, second.bookmark) == (("Quyết định – Bà A",), ("Quyết định – Ông B",))
    assert first.blocks == (Halves(slips[0]),)
    whole = paper(Header(("A",)))
    assert halves_apart([whole]) == [whole]


def test_the_register_says_kind_and_subject_signer_and_recipients() -> None:
    one = paper(
        Title(("QUYẾT ĐỊNH",), ("Về việc công nhận", "sáng kiến")),
        Signatures(
            (Signer(("THƯ KÝ",), "Lan"), Signer(("CHỦ TỊCH",), "Sơn")),
            ("- Như trên;", "- Lưu: VT."),
        ),
        mark="Giấy – Páo",
    )
    assert subject_of([one]) == "Quyết định về việc công nhận sáng kiến"
    assert subject_of([one], named=True) == "Giấy – Páo"
    assert signer_of([one]) == "Sơn"
    assert recipients_of([one]) == "- Như trên;\n- Lưu: VT."


def test_without_recipients_it_goes_to_whom_it_addresses() -> None:
    assert recipients_of([paper(Addressees("Kính gửi:", ("A", "B")))]) == "A\nB"
    assert (signer_of([paper()]), recipients_of([paper()])) == ("", "")


def test_a_row_of_a_table_is_one_line_and_every_other_text_is_one() -> None:
    table = Table((), (Row(("1", "Páo", "")), Row(("2", "Dợ", "x"))))
    said = lines_of([paper(LabelledLine(plain("Tên:"), "Lò"), table)])
    assert said == ["Tên:", "Lò", "1 · Páo", "2 · Dợ · x"]
