"""Giấy chứng nhận sáng kiến: one an author or one an initiative, framed, on one page."""

from dataclasses import replace

import pytest

from desktop.models.dossiers import Dossier, OfficeSheet
from desktop.printing.forms import FormSet
from desktop.printing.papers.certificate import certificates, summary
from tests.printing.conftest import Reader


def test_each_author_has_a_certificate_of_one_page_inside_its_frame(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet, read: Reader
) -> None:
    leaves = read(*certificates(dossier, office, form_set))
    assert len(leaves) == 2
    for leaf, name in zip(leaves, ("Lù Văn Páo", "Vàng Thị Dợ"), strict=True):
        assert name in leaf.text
        outer, inner = sorted(leaf.rules, key=lambda rule: -rule.width)[:2]
        assert tuple(outer) == pytest.approx((10, 10, 287, 200), abs=0.8)
        assert tuple(inner) == pytest.approx((12, 12, 285, 198), abs=0.8)
        ink = leaf.ink()
        assert ink.left >= 29.6
        assert ink.right <= 267.4
        assert ink.bottom <= 192
    assert "Lù Văn Páo" not in leaves[1].text


def test_one_certificate_names_all_authors_where_the_form_says_so(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet, read: Reader
) -> None:
    forms = replace(form_set, certificate=replace(form_set.certificate, per_author=False))
    (leaf,) = read(*certificates(dossier, office, forms))
    assert leaf.text.count("Ông/Bà:") == 2
    assert "là đồng tác giả của sáng kiến" in leaf.text


def test_the_name_of_the_certificate_is_large_and_in_the_middle(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet, read: Reader
) -> None:
    leaf = read(*certificates(dossier, office, form_set))[0]
    title = leaf.box("GIẤY CHỨNG NHẬN SÁNG KIẾN")
    assert title.centre == pytest.approx(148.5, abs=0.5)
    assert title.width > 1.3 * leaf.box("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").width
    assert leaf.box("CỘNG HÒA").top < leaf.box("LIÊN ĐOÀN LAO ĐỘNG").top < title.top


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Ngắn.", "Ngắn."),
        ("Câu một. Câu hai dài hơn nhiều lắm.", "Câu một."),
        ("Một câu rất dài không có chỗ dừng", "Một câu rất dài…"),
        ("x" * 40, "x" * 20 + "…"),
    ],
)
def test_a_summary_is_whole_sentences_where_they_fit(text: str, short: str) -> None:
    assert summary(text, 20) == short


def test_an_initiative_of_which_nothing_is_known_gives_a_certificate_to_fill_in(
    blank: Dossier, office: OfficeSheet, form_set: FormSet, read: Reader
) -> None:
    (leaf,) = read(*certificates(blank, office, form_set))
    assert "Ông/Bà: ....." in leaf.text
    assert "của sáng kiến: ……" in leaf.text
