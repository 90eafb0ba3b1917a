"""How papers look, measured in millimetres on the printed page (Nghị định 30/2020, Phụ lục I)."""

from dataclasses import replace

import pytest

from desktop.printing import papers
from desktop.printing.paper import (
    Align,
    Article,
    Block,
    Choice,
    Column,
    Gap,
    Header,
    LabelledLine,
    LegalBases,
    Notes,
    Orientation,
    PageBreak,
    Paper,
    Row,
    RowKind,
    Run,
    Signatures,
    Signer,
    Table,
    Text,
    TickBoxes,
    Title,
    plain,
)
from desktop.printing.papers import Material
from tests.printing.conftest import Reader

ORGANS = ("LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU", "CÔNG ĐOÀN CƠ SỞ CÔNG TY CỔ PHẦN CHÈ BẢN BO")
SENTENCE = "Các đơn vị có tên trên chịu trách nhiệm thi hành quyết định này kể từ ngày ký. "


def paper(*blocks: Block, across: bool = False) -> Paper:
    orientation = Orientation.LANDSCAPE if across else Orientation.PORTRAIT
    return Paper("x", "Thử", blocks, orientation)


def text(sentences: int) -> Text:
    return Text(plain(SENTENCE * sentences))


def table(*rows: Row) -> Table:
    return Table((Column("TT", 10, Align.CENTRE), Column("Nội dung", 150)), rows)


SIGNED = Signatures((Signer(("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"), "Lò Thị Mai Hoa"),))


@pytest.mark.parametrize("key", [kind.key for kind in papers.PAPERS if not kind.on_stock])
def test_all_text_of_every_paper_keeps_the_margins(
    key: str, material: Material, read: Reader
) -> None:
    for leaf in read(*(replace(one, tag=None) for one in papers.kind(key).build(material))):
        ink = leaf.ink()
        assert ink.left >= 29.5
        assert ink.right <= leaf.width - 19.5
        assert ink.bottom <= leaf.height - 19.5


def test_country_and_motto_stand_right_and_the_line_is_as_long_as_the_motto(read: Reader) -> None:
    (leaf,) = read(paper(Header(ORGANS)))
    country = leaf.box("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    motto = leaf.box("Độc lập - Tự do - Hạnh phúc")
    line = min(leaf.rules, key=lambda rule: abs(rule.centre - motto.centre))
    assert country.width == pytest.approx(88.3, abs=1)
    assert country.left >= 210 - 20 - 90
    assert country.right <= 190
    assert motto.centre == pytest.approx(country.centre, abs=0.5)
    assert line.width == pytest.approx(motto.width, abs=1)
    assert 0 < line.top - motto.bottom < 2


def test_the_line_under_the_organ_is_a_third_to_a_half_of_its_last_line(read: Reader) -> None:
    (leaf,) = read(paper(Header(ORGANS)))
    last = leaf.box("CHÈ BẢN BO")
    line = min(leaf.rules, key=lambda rule: abs(rule.centre - last.centre))
    assert 1 / 3 <= line.width / last.width <= 0.52
    assert line.centre == pytest.approx(last.centre, abs=0.5)
    assert leaf.box("CÔNG TY CỔ PHẦN").bottom < last.top


def test_number_and_date_stand_level_below_their_cells(read: Reader) -> None:
    date = "Lai Châu, ngày 04 tháng 8 năm 2023"
    (leaf,) = read(paper(Header(ORGANS, "Số: 05/QĐ-CĐCS", date)))
    number, day = leaf.box("Số: 05/QĐ-CĐCS"), leaf.box(date)
    country = leaf.box("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert number.centre == pytest.approx(leaf.box("CHÈ BẢN BO").centre, abs=0.5)
    assert day.centre == pytest.approx(country.centre, abs=0.5)
    assert abs(number.bottom - day.bottom) < 1
    assert day.top > leaf.box("CHÈ BẢN BO").bottom


def test_a_date_longer_than_its_cell_still_ends_at_the_margin(read: Reader) -> None:
    date = "Thành phố Hồ Chí Minh, ngày 29 tháng 6 năm 2019"
    (leaf,) = read(paper(Header(ORGANS, "", date)))
    assert leaf.box(date).right <= 190.2


def test_a_personal_paper_has_the_country_in_the_middle(read: Reader) -> None:
    (leaf,) = read(paper(Header(form_code="Mẫu số 01")))
    assert leaf.box("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").centre == pytest.approx(110, abs=0.5)
    assert leaf.box("Mẫu số 01").right == pytest.approx(190, abs=0.5)


def test_body_lines_reach_both_margins_and_open_12_7_mm_inwards(read: Reader) -> None:
    (leaf,) = read(paper(text(5)))
    lines = leaf.text.splitlines()
    first, second = leaf.box(lines[0].strip()), leaf.box(lines[1].strip())
    assert first.left == pytest.approx(30 + 12.7, abs=0.4)
    assert first.top == pytest.approx(20, abs=3)
    assert second.left == pytest.approx(30, abs=0.4)
    assert first.right == pytest.approx(190, abs=0.4)
    assert second.right == pytest.approx(190, abs=0.4)


def test_the_first_page_has_no_number_and_the_others_have_it_in_the_upper_margin(
    read: Reader,
) -> None:
    first, second, third = read(paper(text(90)))
    assert not first.text.strip().startswith("1")
    for number, leaf in (("2", second), ("3", third)):
        assert leaf.text.splitlines()[0].strip() == number
        assert leaf.box(number).centre == pytest.approx(110, abs=0.5)
        assert 5 < leaf.box(number).top < leaf.box(number).bottom < 18


@pytest.mark.parametrize("sentences", range(20, 34))
def test_signatures_carry_two_lines_to_their_page(sentences: int, read: Reader) -> None:
    leaves = read(paper(text(sentences), SIGNED))
    last = leaves[-1]
    assert "Lò Thị Mai Hoa" in last.text
    before = last.text.split("TM. BAN THƯỜNG VỤ")[0].strip().removeprefix(str(len(leaves)))
    assert len(before.strip().splitlines()) >= 2


@pytest.mark.parametrize("gap", range(150, 225, 6))
def test_signatures_carry_two_paragraphs_of_a_line_each(gap: int, read: Reader) -> None:
    last = read(
        paper(text(1), Gap(gap), text(2), Text(plain("Một.")), Text(plain("Hai.")), SIGNED)
    )[-1]
    assert "Một." in last.text
    assert "Hai." in last.text


@pytest.mark.parametrize("count", range(38, 48))
def test_signatures_below_a_table_carry_its_last_rows(count: int, read: Reader) -> None:
    rows = [Row((str(number), f"Dòng {number}.")) for number in range(1, count + 1)]
    last = read(paper(table(*rows), SIGNED))[-1]
    assert f"Dòng {count}." in last.text
    assert f"Dòng {count - 1}." in last.text


@pytest.mark.parametrize("count", range(36, 48))
def test_signatures_below_a_sum_and_a_sentence_carry_what_was_summed(
    count: int, read: Reader
) -> None:
    rows = [Row((str(number), f"Dòng {number}.")) for number in range(1, count + 1)]
    total = Row(("Cộng", "9"), RowKind.TOTAL)
    last = read(paper(table(*rows, total), Text(plain("(Bằng chữ.)")), SIGNED))[-1]
    assert f"Dòng {count}." in last.text


def test_the_signature_stands_in_the_right_half_and_recipients_level_on_the_left(
    read: Reader,
) -> None:
    block = Signatures(SIGNED.signers, ("- Như Điều 3;", "- Lưu: VT."))
    (leaf,) = read(paper(text(1), block))
    authority = leaf.box("TM. BAN THƯỜNG VỤ")
    assert authority.centre == pytest.approx(150, abs=1)
    assert leaf.box("Lò Thị Mai Hoa").centre == pytest.approx(150, abs=1)
    assert leaf.box("Nơi nhận:").left == pytest.approx(30, abs=0.5)
    assert abs(leaf.box("Nơi nhận:").top - authority.top) < 2
    assert 25 <= leaf.box("Lò Thị Mai Hoa").top - leaf.box("CHỦ TỊCH").bottom <= 32


def test_an_unknown_name_is_dotted_and_a_long_one_stays_whole(read: Reader) -> None:
    name = " ".join(["Nguyễn"] * 30)
    (leaf,) = read(paper(text(1), Signatures((Signer(("A",)), Signer(("B",), name)))))
    assert "......" in leaf.text
    assert leaf.text.count("Nguyễn") == 30


def test_a_heading_never_stands_last_on_a_page(read: Reader) -> None:
    for gap in range(180, 250, 5):
        heading = Text(plain("Phần thứ nhất"), lead=True)
        for leaf in read(paper(text(1), Gap(gap), heading, text(6))):
            assert not leaf.text.strip().endswith("Phần thứ nhất")


def test_a_heading_of_a_table_stays_with_its_first_row(read: Reader) -> None:
    for gap in range(180, 250, 5):
        heading = Text(plain("Phần thứ nhất"), lead=True)
        body = table(*(Row((str(number), "Dòng.")) for number in range(9)))
        for leaf in read(paper(text(1), Gap(gap), heading, body)):
            assert not leaf.text.strip().endswith("Nội dung")
            assert not leaf.text.strip().endswith("Phần thứ nhất")


def test_the_head_of_a_table_is_repeated_on_every_page(read: Reader) -> None:
    rows = [Row((str(number), SENTENCE * 2)) for number in range(60)]
    leaves = read(paper(table(*rows)))
    assert len(leaves) == 3
    assert all("Nội dung" in leaf.text for leaf in leaves)


def test_no_group_head_stands_last_and_no_sum_first_on_a_page(read: Reader) -> None:
    rows: list[Row] = []
    for number in range(80):
        rows.append(Row((f"Nhóm {number}",), RowKind.GROUP, (2,)))
        rows += [Row((str(number), "Dòng.")) for _each in range(number % 4 + 1)]
        rows.append(Row(("Cộng", str(number)), RowKind.SUBTOTAL))
    for leaf in read(paper(table(*rows)))[1:]:
        first, *_middle, last = leaf.text.split("Nội dung")[1].strip().splitlines()
        assert not first.startswith("Cộng")
        assert not last.startswith("Nhóm")


def test_a_cell_taller_than_a_page_is_continued_on_the_next(read: Reader) -> None:
    words = [f"từ{number}" for number in range(3000)]
    leaves = read(paper(table(Row(("1", "Trước")), Row(("2", " ".join(words))), Row(("3", "Sau")))))
    assert len(leaves) > 2
    assert "từ0 " in leaves[0].text
    told = [word for leaf in leaves for word in leaf.text.split() if word.startswith("từ")]
    assert told == words


def test_figures_too_wide_for_their_column_are_set_smaller_and_whole(read: Reader) -> None:
    figure = "123.456.789.123.456"
    column = Column("Giá trị", 22, Align.RIGHT, whole=True)
    (leaf,) = read(paper(Table((column,), (Row((figure,)),))))
    assert leaf.box(figure).width <= 22
    assert leaf.box(figure).right <= 52


def test_columns_have_the_widths_asked_for(read: Reader) -> None:
    columns = (Column("A", 20), Column("B", 35), Column("C", 60))
    (leaf,) = read(paper(Table(columns, (Row(("a", "b", "c")),))))
    grid = max(leaf.rules, key=lambda rule: rule.width)
    assert grid.left == pytest.approx(30, abs=0.4)
    assert grid.width == pytest.approx(115, abs=0.5)
    assert leaf.box("b").left - leaf.box("a").left == pytest.approx(20, abs=0.4)
    assert leaf.box("c").left - leaf.box("b").left == pytest.approx(35, abs=0.4)


def test_blanks_are_dotted_to_the_right_margin(read: Reader) -> None:
    (leaf,) = read(paper(LabelledLine(plain("Kính gửi:"), "", 3)))
    lines = leaf.text.strip().splitlines()
    assert len(lines) == 3
    assert all(line.strip().endswith("..........") for line in lines)
    assert leaf.ink().right == pytest.approx(190, abs=1.5)


def test_an_empty_cell_of_a_form_is_dotted_and_one_of_a_list_is_not(read: Reader) -> None:
    columns = (Column("Tên", 80), Column("Ghi chú", 80))
    (form,) = read(paper(Table(columns, (Row(("a", "")),), dotted=True)))
    (listed,) = read(paper(Table(columns, (Row(("a", "")),))))
    assert "........" in form.text
    assert "..." not in listed.text


def test_boxes_to_tick_are_drawn_and_the_ticked_one_is_crossed(read: Reader) -> None:
    choices = (Choice("Đạt"), Choice("Không đạt"))
    (none,) = read(paper(TickBoxes(plain("Kết luận:"), choices)))
    (one,) = read(
        paper(TickBoxes(plain("Kết luận:"), (choices[0], Choice("Không đạt", ticked=True))))
    )
    assert [round(rule.width, 1) for rule in none.rules] == [4.1, 4.1]
    assert len(one.rules) == 3
    assert one.rules[-1].right < one.box("Không đạt").left


def test_a_page_break_and_a_gap_do_what_they_say(read: Reader) -> None:
    first, second = read(
        paper(text(1), Gap(50), Text(plain("Dưới")), PageBreak(), Gap(50), text(1))
    )
    assert first.box("Dưới").top > 75
    assert second.box("Các đơn vị").top < 25


def test_decisions_set_bases_in_italics_and_names_of_articles_bold(read: Reader) -> None:
    blocks = (
        Title(("QUYẾT ĐỊNH",), ("Về việc công nhận sáng kiến năm 2023",), rule=True),
        LegalBases(("Căn cứ Nghị định số 13/2012/NĐ-CP;", "Theo đề nghị của Hội đồng sáng kiến.")),
        Article("Điều 1.", ("Công nhận.", "Khoản thứ hai.")),
    )
    (leaf,) = read(paper(*blocks))
    subject = leaf.box("Về việc công nhận sáng kiến năm 2023")
    assert leaf.rules[0].width == pytest.approx(subject.width * 0.4, abs=1)
    assert "Điều 1. Công nhận." in leaf.text
    assert leaf.box("Khoản thứ hai.").left == pytest.approx(42.7, abs=0.5)


def test_bold_italic_and_raised_letters_stand_in_one_line(read: Reader) -> None:
    runs = (Run("Kính gửi", bold=True), Run("1", raised=True), Run(": ông "), Run("A", italic=True))
    (leaf,) = read(paper(Text(runs)))
    assert leaf.text.replace("\n", "").strip() == "Kính gửi1: ông A"
    assert leaf.box("1").bottom < leaf.box("ông").bottom - 1


def test_a_list_lies_across(read: Reader) -> None:
    (leaf,) = read(paper(Header(ORGANS), text(1), across=True))
    assert (round(leaf.width), round(leaf.height)) == (297, 210)
    assert leaf.box("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").right <= 277
    assert "TỈNH LAI CHÂU" in leaf.text.splitlines()[0]


def test_notes_stand_small_under_a_short_line_with_their_marks_raised(read: Reader) -> None:
    (leaf,) = read(paper(text(1), Notes((("1", "Tên của cơ sở."), ("2", "Tên của sáng kiến.")))))
    line = leaf.rules[0]
    assert line.width == pytest.approx(50, abs=1)
    assert line.top < leaf.box("1").top < leaf.box("2").top
    assert leaf.box("1").bottom < leaf.box("Tên của cơ sở.").bottom - 0.5


def test_the_unit_of_a_table_stands_above_it_at_the_right_margin(read: Reader) -> None:
    columns = (Column("Đơn vị", 80), Column("Chỉ tiêu", 80))
    (leaf,) = read(paper(Table(columns, (Row(("A", "9")),), unit="ĐVT: Sáng kiến")))
    assert leaf.box("ĐVT: Sáng kiến").right == pytest.approx(190, abs=0.5)
    assert leaf.box("ĐVT: Sáng kiến").bottom < leaf.box("Chỉ tiêu").top


def test_every_blank_leaves_room_to_write_whatever_the_length_of_its_label(read: Reader) -> None:
    for length in range(1, 30):
        (leaf,) = read(paper(LabelledLine(plain("Dài " * length + "hết:"))))
        last = leaf.text.strip().splitlines()[-1]
        assert last.count(".") * 14 * 0.25 / 72 * 25.4 > 14


def test_the_code_of_a_form_stands_above_the_organs_too(read: Reader) -> None:
    (leaf,) = read(paper(Header(ORGANS, form_code="Mẫu số 03")))
    assert leaf.box("Mẫu số 03").right == pytest.approx(190, abs=0.5)
    assert leaf.box("Mẫu số 03").bottom < leaf.box("CỘNG HÒA").top


def test_a_quoted_name_in_a_title_has_its_own_line_and_long_ones_are_even(read: Reader) -> None:
    (leaf,) = read(
        paper(
            Title(
                ("DANH SÁCH",),
                ("sáng kiến tham gia trong thực hiện Chương trình “" + "A " * 30 + "”",),
            ),
            Title((("MỘT HAI BA BỐN NĂM " * 6).strip(),)),
        )
    )
    lines = [line.strip() for line in leaf.text.strip().splitlines()]
    assert lines[1].endswith("Chương trình")
    assert lines[2].startswith("“A A")
    first, second = (leaf.box(lines[3]).width, leaf.box(lines[4]).width)
    assert abs(first - second) < 25


def test_a_date_in_a_title_is_never_parted(read: Reader) -> None:
    date = "ngày …… tháng …… năm ……"
    for length in range(1, 40):
        note = (
            f"(Kèm theo Quyết định số {'a' * length} {date} của Liên đoàn Lao động tỉnh Lai Châu)"
        )
        (leaf,) = read(paper(Title(("DANH SÁCH",), notes=(note,))))
        assert any(date in line for line in leaf.text.splitlines())
