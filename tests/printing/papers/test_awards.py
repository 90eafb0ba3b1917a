"""Papers of commendation: submission, decision with its list, and giấy khen on stock."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from desktop.models.dossiers import CollectiveLine, CommendationLine, OfficeSheet
from desktop.printing.forms import FormSet
from desktop.printing.paper import Addressees, Article, LegalBases, Paper, Stock, Table, Text
from desktop.printing.papers import Material, kind
from desktop.printing.papers.award_forms import Level, level_of, misfits, usual_form
from desktop.printing.papers.award_stock import award_sheets, calibration_sheet
from desktop.printing.papers.commendation_decision import commendation_decision
from desktop.printing.papers.submission import submission
from tests.printing.conftest import Reader

ON = date(2022, 8, 4)
NOWHERE = (0.0, 0.0)


def articles(paper: Paper) -> list[str]:
    return [" ".join(one.paragraphs) for one in paper.blocks if isinstance(one, Article)]


def bases(paper: Paper) -> Sequence[str]:
    return next(block.lines for block in paper.blocks if isinstance(block, LegalBases))


@pytest.mark.parametrize(
    ("on", "law", "decree", "statute"),
    [
        (date(2022, 8, 4), "ngày 26 tháng 11 năm 2003", "91/2017/NĐ-CP", "1689/QĐ-TLĐ"),
        (date(2024, 3, 1), "ngày 15 tháng 6 năm 2022", "98/2023/NĐ-CP", "1689/QĐ-TLĐ"),
        (date(2025, 6, 30), "ngày 15 tháng 6 năm 2022", "98/2023/NĐ-CP", "999/QĐ-TLĐ"),
        (date(2025, 8, 5), "ngày 15 tháng 6 năm 2022", "152/2025/NĐ-CP", "999/QĐ-TLĐ"),
    ],
)
def test_a_submission_names_the_law_of_its_day(
    on: date, law: str, decree: str, statute: str, material: Material
) -> None:
    paper = submission(material.people, material.collectives, material.office, material.forms, on)
    lines = bases(paper)
    assert [line for line in lines if law in line]
    assert [line for line in lines if "NĐ-CP" in line] == [
        line for line in lines if decree and decree in line
    ]
    assert next(line for line in lines if "QĐ-TLĐ" in line).count(statute) == 1
    assert lines[-1].endswith(".")
    circular = {date(2024, 3, 1): "01/2024/TT-BNV", date(2025, 8, 5): "15/2025/TT-BNV"}.get(on, "")
    assert circular in " ".join(lines)
    decided = commendation_decision((), (), material.office, material.forms, on)
    assert [line.rstrip(".;") for line in lines] == [
        line.rstrip(".;") for line in bases(decided)[1 : len(lines) + 1]
    ]


def test_a_submission_asks_the_organ_above_for_what_the_lists_hold(material: Material) -> None:
    asked, *lists = kind("submission").build(material)
    (to,) = [block for block in asked.blocks if isinstance(block, Addressees)]
    assert to.names == ("Tổng Liên đoàn Lao động Việt Nam",)
    said = " ".join(run.text for one in asked.blocks if isinstance(one, Text) for run in one.runs)
    assert "tặng Bằng khen cho 02 tập thể và 05 cá nhân" in said
    assert said.endswith("Tổng Liên đoàn Lao động Việt Nam xem xét, quyết định./.")
    assert [paper.key for paper in lists] == ["commendation-list"]


def test_of_whom_there_is_none_is_not_asked_for(material: Material) -> None:
    asked = submission(material.people, (), material.office, material.forms, ON)
    said = " ".join(run.text for one in asked.blocks if isinstance(one, Text) for run in one.runs)
    assert "cho 05 cá nhân đã có thành tích" in said
    assert "tập thể" not in said


@pytest.mark.parametrize(
    ("organs", "level", "usual"),
    [
        (("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM",), Level.TOP, "Bằng khen"),
        (("LĐLĐ tỉnh Lai Châu",), Level.PROVINCE, "Bằng khen"),
        (("LIÊN ĐOÀN LAO ĐỘNG THÀNH PHỐ HÀ NỘI",), Level.PROVINCE, "Bằng khen"),
        (("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "CÔNG ĐOÀN Y TẾ VIỆT NAM"), Level.PROVINCE,
         "Bằng khen"),
        (("LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU", "LĐLĐ thành phố Lai Châu"), Level.BELOW, "Giấy khen"),
        (("LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU", "CÔNG ĐOÀN NGÀNH Y TẾ"), Level.BELOW, "Giấy khen"),
        (("LĐLĐ huyện Tam Đường", "CĐCS Công ty Chè"), Level.BELOW, "Giấy khen"),
        (("LIÊN ĐOÀN LAO ĐỘNG THÀNH PHỐ LAI CHÂU",), Level.UNKNOWN, "Giấy khen"),
        (("Công ty Chè",), Level.UNKNOWN, "Giấy khen"),
    ],
)  # fmt: skip
def test_a_commendation_is_that_of_the_level_of_who_gives_it(
    organs: tuple[str, ...], level: Level, usual: str, office: OfficeSheet, form_set: FormSet
) -> None:
    own = replace(office, header=organs)
    assert level_of(organs) is level
    assert usual_form(own, form_set, asked=False) == usual
    asking = replace(office, header=(*organs, "CÔNG ĐOÀN CƠ SỞ"))
    assert usual_form(asking, form_set, asked=True) == usual


def test_the_offices_own_choice_goes_before_the_level(
    office: OfficeSheet, form_set: FormSet
) -> None:
    chosen = replace(form_set.commendation_list, usual_form="Bằng Lao động sáng tạo")
    forms = replace(form_set, commendation_list=chosen)
    assert usual_form(office, forms, asked=True) == "Bằng Lao động sáng tạo"
    assert usual_form(office, forms, asked=False) == "Bằng khen"


@pytest.mark.parametrize(
    ("level", "given"),
    [
        (Level.TOP, {"Bằng khen", "Bằng Lao động sáng tạo", "Bằng khen của Tổng Liên đoàn"}),
        (Level.PROVINCE, {"Bằng khen"}),
        (Level.BELOW, {"Giấy khen"}),
    ],
)
def test_what_an_organ_does_not_give_is_told(level: Level, given: set[str]) -> None:
    every = ("Giấy khen", "Bằng khen", "Bằng Lao động sáng tạo", "Bằng khen của Tổng Liên đoàn",
             "Biểu dương hàng tháng")  # fmt: skip
    assert set(misfits(every, level)) == {*every} - given - {"Biểu dương hàng tháng"}
    assert misfits(every, Level.UNKNOWN) == []


@pytest.mark.parametrize("key", ["submission", "commendation-decision"])
@pytest.mark.parametrize(
    ("without", "sorts"), [("people", "tập thể"), ("collectives", "cá nhân"), ("", None)]
)
def test_who_is_commended_is_said_by_whom_the_list_names(
    key: str, without: str, sorts: str | None, material: Material, read: Reader
) -> None:
    people = () if without == "people" else material.people
    collectives = () if without == "collectives" else material.collectives
    named = replace(material, people=people, collectives=collectives)
    text = " ".join(" ".join(leaf.text for leaf in read(*kind(key).build(named))).split())
    wanted = sorts or "tập thể, cá nhân"
    assert f"{wanted} có " in text or f"{wanted} có ".capitalize() in text
    assert ("tập thể, cá nhân" in text.lower()) is (sorts is None)


def test_the_decision_sums_the_money_in_figures_and_words(
    people: tuple[CommendationLine, ...],
    collectives: tuple[CollectiveLine, ...],
    office: OfficeSheet,
    form_set: FormSet,
) -> None:
    form = replace(form_set.commendation_decision, person_amount=400_000, collective_amount=500_000)
    forms = replace(form_set, commendation_decision=form)
    second = articles(commendation_decision(people, collectives, office, forms, ON))[1]
    assert "500.000 đồng đối với mỗi tập thể, 400.000 đồng đối với mỗi cá nhân" in second
    assert "3.000.000 đồng (Bằng chữ: Ba triệu đồng)" in second


def test_an_amount_that_is_kept_goes_before_the_usual_one_and_an_unknown_one_is_dotted(
    people: tuple[CommendationLine, ...], office: OfficeSheet, form_set: FormSet
) -> None:
    paid = tuple(replace(line, amount=250_000) for line in people)
    assert "250.000 đồng đối với mỗi cá nhân; tổng số tiền thưởng là 1.250.000 đồng" in " ".join(
        articles(commendation_decision(paid, (), office, form_set, ON))
    )
    mixed = (paid[0], *people[1:])
    assert "…… đồng đối với mỗi cá nhân; tổng số tiền thưởng là …… đồng." in " ".join(
        articles(commendation_decision(mixed, (), office, form_set, ON))
    )


def test_the_annex_of_the_decision_is_numbered_again_and_not_signed(
    material: Material, read: Reader
) -> None:
    decision, listed = kind("commendation-decision").build(material)
    assert len([block for block in listed.blocks if isinstance(block, Table)]) == 2
    leaves = read(decision, listed)
    annex = next(leaf for leaf in leaves if "DANH SÁCH" in leaf.text)
    assert not annex.text.strip().startswith("2")
    assert "(Kèm theo Quyết định số ……/QĐ-LĐLĐ" in annex.text
    assert "Lò Thị Mai Hoa" not in annex.text


def test_every_text_stands_where_the_stock_wants_it(material: Material, read: Reader) -> None:
    named = "Công đoàn cơ sở Điện lực Tân Uyên"
    leaves = read(*kind("award-paper").build(material))
    first = next(leaf for leaf in leaves if named in leaf.text)
    assert (round(first.width), round(first.height)) == (297, 210)
    name = first.box(named)
    assert name.centre == pytest.approx(148.5, abs=0.4)
    assert name.bottom == pytest.approx(113.5, abs=2)
    assert first.box("Quyết định số").left == pytest.approx(40, abs=0.6)
    assert first.box("PHÓ CHỦ TỊCH").centre == pytest.approx(208, abs=0.4)
    assert "TM. BAN CHẤP HÀNH" in first.text


def test_each_collective_and_person_has_a_sheet_with_the_word_for_them(
    material: Material, read: Reader
) -> None:
    leaves = read(*kind("award-paper").build(material))
    assert len(leaves) == 7
    assert "Bà Vàng Thị Dợ" in " ".join(leaf.text for leaf in leaves)
    assert "Ông Lù Văn Páo" in " ".join(leaf.text for leaf in leaves)


def test_the_sheets_are_in_the_order_of_the_list_that_goes_with_the_decision(
    material: Material, read: Reader
) -> None:
    _decision, listed = kind("commendation-decision").build(material)
    tables = [block for block in listed.blocks if isinstance(block, Table)]
    names = [row.cells[1] for table in tables for row in table.rows]
    leaves = read(*kind("award-paper").build(material))
    assert len(names) == len(leaves)
    for name, leaf in zip(names, leaves, strict=True):
        assert name.removeprefix("CĐCS ") in leaf.text


def test_an_offset_moves_everything_by_so_many_millimetres(
    material: Material, read: Reader
) -> None:
    (still, *_rest) = read(*kind("award-paper").build(material))
    (moved, *_rest) = read(*kind("award-paper").build(replace(material, offset=(3.5, -2.0))))
    for words in ("TM. BAN CHẤP HÀNH", "Vào sổ khen thưởng"):
        assert moved.box(words).left - still.box(words).left == pytest.approx(3.5, abs=0.05)
        assert moved.box(words).top - still.box(words).top == pytest.approx(-2.0, abs=0.05)


def test_a_long_name_on_stock_is_set_smaller_and_stays_inside_its_place(
    office: OfficeSheet, form_set: FormSet, read: Reader
) -> None:
    name = " ".join(["Nguyễn"] * 20)
    sheets = award_sheets(
        (CommendationLine(name, "", "Giấy khen"),), (), office, form_set, ON, NOWHERE
    )
    (leaf,) = read(*sheets)
    assert leaf.text.count("Nguyễn") == 20
    assert leaf.box(name).width <= 200


def test_a_stock_for_nobody_is_dotted(office: OfficeSheet, form_set: FormSet, read: Reader) -> None:
    (leaf,) = read(*award_sheets((), (), office, form_set, ON, NOWHERE))
    assert "........" in leaf.text


def test_the_calibration_sheet_has_scales_true_to_the_millimetre(
    office: OfficeSheet, form_set: FormSet, read: Reader
) -> None:
    paper = calibration_sheet(office, form_set, (1.5, -2.0))
    (leaf,) = read(paper)
    assert "sang phải 1,5 mm, xuống dưới -2 mm" in leaf.text
    (stock,) = [block for block in paper.blocks if isinstance(block, Stock)]
    crossed = [spot for spot in stock.spots if spot.cross]
    assert len(crossed) == len(form_set.award_stock.spots)
    edges = sorted(round(rule.centre, 1) for rule in leaf.rules if rule.width < 1 and rule.top < 8)
    steps = {round(after - before, 1) for before, after in pairwise(edges)}
    assert steps == {1.0}
    assert round(edges[0] - 1.5, 1) == 15.0
