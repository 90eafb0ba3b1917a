"""Mô tả sáng kiến: what it says of a record."""

from dataclasses import replace

from desktop.models.dossiers import Dossier, OfficeSheet
from desktop.printing.forms import FormSet
from desktop.printing.paper import LabelledLine, Paper, Signatures, Text
from desktop.printing.papers.description import description


def values(paper: Paper) -> dict[str, str]:
    """Each label with what was filled in after it."""
    lines = [block for block in paper.blocks if isinstance(block, LabelledLine)]
    return {"".join(run.text for run in line.label): line.value for line in lines}


def test_its_points_stand_in_the_order_of_the_form(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    runs = [
        block.label if isinstance(block, LabelledLine) else block.runs
        for block in description(dossier, office, form_set).blocks
        if isinstance(block, LabelledLine | Text)
    ]
    numbered = [run[0].text.split(" ")[0] for run in runs if run[0].text[0].isdigit()]
    assert numbered == ["1.", "2.", "3.", "3.1.", "3.2.", "3.3.", "3.4.", "3.5."]


def test_the_councils_number_is_left_to_the_council(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    told = values(description(dossier, office, form_set))
    assert told["Mã số (do Thường trực Hội đồng ghi):"] == ""


def test_kept_files_are_counted_by_kind(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    twice = replace(dossier, attachments=dossier.attachments + dossier.attachments[1:])
    texts = [
        block.runs[0].text
        for block in description(twice, office, form_set).blocks
        if isinstance(block, Text)
    ]
    assert texts[-3:] == [
        "- Bản vẽ, sơ đồ: 02 bản.",
        "- Bản tính toán: ……… bản.",
        "- Tài liệu khác: ……… bản.",
    ]


def test_what_goes_with_the_description_is_not_the_description(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    kinds = ("description", "decision", "effect", "other")
    kept = [replace(dossier.attachments[0], kind=kind) for kind in kinds]
    texts = [
        block.runs[0].text
        for block in description(replace(dossier, attachments=tuple(kept)), office, form_set).blocks
        if isinstance(block, Text)
    ]
    assert texts[-2:] == ["- Giấy xác nhận hiệu quả áp dụng: 01 bản.", "- Tài liệu khác: 01 bản."]
    assert not any("- Mô tả" in text or "Quyết định" in text for text in texts)


def test_the_head_of_the_unit_confirms_and_the_author_signs(
    dossier: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    block = description(dossier, office, form_set).blocks[-1]
    assert isinstance(block, Signatures)
    assert [(signer.authority, signer.name) for signer in block.signers] == [
        (("Xác nhận của thủ trưởng đơn vị",), ""),
        (("Tác giả sáng kiến",), "Lù Văn Páo"),
    ]


def test_without_kept_files_their_number_is_left_to_the_hand(
    blank: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    paper = description(blank, office, form_set)
    texts = [block.runs[0].text for block in paper.blocks if isinstance(block, Text)]
    assert texts[-1] == "- Tài liệu khác: ……… bản."
    assert set(values(paper).values()) == {""}


def test_the_steps_have_a_place_where_the_content_does_not_tell_them(
    dossier: Dossier, blank: Dossier, office: OfficeSheet, form_set: FormSet
) -> None:
    for one, is_there in ((dossier, False), (blank, True)):
        told = values(description(one, office, form_set))
        assert ("- Các bước thực hiện:" in told) is is_there
