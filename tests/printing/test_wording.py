"""The office's own wording: laid over the shipped one by days, refused where it does not fit."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.errors import UserError
from desktop.models.dossiers import Dossier, OfficeSheet
from desktop.printing import papers, pdf, typeface, wording_file
from desktop.printing.form_fields import FIELDS, FORMS, PLACEHOLDERS, Field, fields_of
from desktop.printing.forms import FormSet, fill
from desktop.printing.office_forms import DossierPart
from desktop.printing.official_forms import Basis, Criterion, Signatory
from desktop.printing.paper import as_json
from desktop.printing.papers import Material
from desktop.printing.wording import (
    Own,
    Wording,
    forms_named,
    kept_words,
    own_text,
    plain,
    typed,
    value_in,
)
from desktop.printing.wording_checks import check, sound_values
from tests.printing.conftest import FONTS, leaves_of

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


def lacking(text: str) -> tuple[str, ...]:
    return typeface.load(FONTS).lacking(text)


def everything(form_set: FormSet) -> list[Own]:
    return [Own(key, value_in(form_set, key)) for key in FIELDS]


def test_the_shipped_wording_fits_and_names_only_what_is_filled_in(form_set: FormSet) -> None:
    check(everything(form_set), lacking)


def test_every_form_and_every_field_has_a_name_in_plain_words() -> None:
    assert {one.form for one in FIELDS.values()} == {one.form for one in FORMS}
    assert [key for key, one in FIELDS.items() if not one.label] == []
    parts = [part.key for one in FIELDS.values() for part in one.parts if not part.label]
    assert parts == []
    assert {one.paper for one in FORMS} <= {kind.key for kind in papers.PAPERS}


def test_each_name_that_may_be_filled_in_is_told_what_it_stands_for() -> None:
    named = {name for one in FIELDS.values() for name in one.fills}
    assert named == set(PLACEHOLDERS)


def with_names(field: Field, form_set: FormSet) -> Any:
    """The value of a field that holds every name it may."""
    text = " ".join("{" + name + "}" for name in field.fills)
    value = value_in(form_set, field.key)
    if isinstance(value, tuple):
        return tuple(replace(one, text=text) if field.parts else text for one in value[:1])
    return text


def texts_in(kept: Any) -> Iterator[str]:
    if isinstance(kept, dict):
        kept = list(kept.values())
    if isinstance(kept, list):
        for one in kept:
            yield from texts_in(one)
    elif isinstance(kept, str):
        yield kept


@pytest.mark.parametrize("form", [one.form for one in FORMS])
def test_papers_fill_in_every_name_that_their_fields_may_hold(
    form: str, material: Material, dossier: Dossier, form_set: FormSet
) -> None:
    own = [Own(one.key, with_names(one, form_set)) for one in fields_of(form) if one.fills]
    laid = Wording(form_set, own).on(date(2022, 8, 4))
    shown = replace(material, forms=laid, dossiers=(dossier, replace(dossier, initiative_id=3)))
    named = next(one for one in FORMS if one.form == form)
    built = [as_json(one) for one in papers.kind(named.paper).build(shown)]
    assert [text for text in texts_in(built) if "{" in text] == []


def test_the_papers_day_chooses_the_wording(form_set: FormSet) -> None:
    wording = Wording(
        form_set,
        [
            Own("submission.closing", "cũ", None, BEFORE),
            Own("submission.closing", "mới", AFTER, date(2026, 1, 1)),
        ],
    )
    shipped = form_set.submission.closing
    said = [wording.on(day).submission.closing for day in (BEFORE, AFTER, date(2026, 1, 2))]
    assert said == ["cũ", "mới", shipped]


def test_without_own_values_the_form_set_is_the_shipped_one(form_set: FormSet) -> None:
    assert Wording(form_set).on(AFTER) == form_set


def test_the_papers_day_finds_the_signer_in_force(form_set: FormSet, office: OfficeSheet) -> None:
    chair = Signatory(("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"), "A", valid_to=BEFORE)
    deputy = Signatory(("TM. BAN THƯỜNG VỤ", "PHÓ CHỦ TỊCH"), "B", valid_from=AFTER)
    executive = Signatory(("TM. BAN CHẤP HÀNH", "CHỦ TỊCH"), "C", papers=("award-paper",))
    wording = Wording(form_set, [Own("office.signatories", (executive, chair, deputy))])
    signed = [wording.office(office, "submission", day).signer for day in (BEFORE, AFTER)]
    assert signed == ["A", "B"]
    assert wording.office(office, "submission", AFTER).signature == deputy.lines
    assert wording.office(office, "award-paper", AFTER).signer == "C"


def test_where_nobody_signs_on_a_day_the_offices_sheet_does(
    form_set: FormSet, office: OfficeSheet
) -> None:
    past = Signatory(("CHỦ TỊCH",), "A", valid_to=date(2000, 1, 1))
    wording = Wording(form_set, [Own("office.signatories", (past,))])
    assert wording.office(office, "submission", AFTER) == office


def test_papers_that_bear_a_day_of_their_own_have_the_wording_of_that_day(
    material: Material, form_set: FormSet, office: OfficeSheet
) -> None:
    keys = ("council_minutes", "receipt", "support_team")
    wording = Wording(form_set, [Own(f"{key}.code", "Mẫu cũ", None, BEFORE) for key in keys])
    dated = replace(material, on=AFTER, dated=lambda day: (office, wording.on(day)))
    dated = replace(dated, forms=wording.on(AFTER))
    for paper in ("council-minutes", "receipt", "support-team"):
        first = next(iter(papers.kind(paper).build(dated)))
        assert "Mẫu cũ" in set(texts_in(as_json(first)))
    later = papers.kind("support-team").build(replace(dated, teams=dated.teams[1:]))
    assert "Mẫu cũ" not in set(texts_in(as_json(next(later))))


def test_a_part_of_a_dossier_that_is_renamed_is_still_shown_by_its_files(
    material: Material, form_set: FormSet, dossier: Dossier
) -> None:
    parts = (DossierPart("Đơn đề nghị", "application"), DossierPart("Bản vẽ"))
    laid = Wording(form_set, [Own("receipt.parts", parts)]).on(AFTER)
    file = replace(dossier.attachments[0], kind="application")
    shown = replace(material, forms=laid, dossiers=(replace(dossier, attachments=(file,)),))
    (paper,) = papers.kind("receipt").build(shown)
    said = list(texts_in(as_json(paper)))
    assert said[said.index("Đơn đề nghị") + 1] == "01"
    assert "Đơn yêu cầu công nhận sáng kiến" not in said


def test_head_and_symbol_change_with_the_days(form_set: FormSet, office: OfficeSheet) -> None:
    organs = ("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "LIÊN ĐOÀN LAO ĐỘNG TỈNH MỚI")
    wording = Wording(form_set, [Own("office.organs", organs, AFTER)])
    assert wording.office(office, "submission", AFTER).header == organs
    assert wording.office(office, "submission", BEFORE).header == office.header


REFUSED: list[tuple[str, Any, str]] = [
    ("submission.closing", "Kính trình {unit}", "placeholder"),
    ("submission.closing", "Kính trình {office.name}", "braces"),
    ("submission.closing", "Kính trình {", "braces"),
    ("submission.closing", "Kính trình {}", "placeholder"),
    ("application.statement", "Tôi cam đoan với {office}", "placeholder"),
    ("submission.closing", "x" * 601, "long"),
    ("summary_list.maker", "x" * 161, "long"),
    ("submission.closing", "Kính trình 👍", "letters"),
    ("summary_list.title", "", "blank"),
    ("summary_list.title", " ", "blank"),
    ("score_sheet.pass_from", 1001, "number"),
    ("score_sheet.rubric", (Criterion("Tính mới", 0),), "number"),
    ("commendation_list.order", "rank", "choice"),
    ("receipt.columns", ("TT", "Tên"), "count"),
    ("submission.recipients", ("- Lưu",) * 41, "count"),
    ("submission.bases", (Basis("Căn cứ", AFTER, BEFORE),), "days"),
    ("submission.bases", (Basis("Căn cứ {office}"),), "placeholder"),
    ("office.signatories", (Signatory(()),), "blank"),
    ("office.signatories", (Signatory(("CHỦ TỊCH",), papers=("poster",)),), "paper"),
]


@pytest.mark.parametrize(("key", "value", "code"), REFUSED)
def test_what_does_not_fit_is_refused_with_its_key(key: str, value: Any, code: str) -> None:
    with pytest.raises(UserError, match=key) as caught:
        check([Own(key, value)], lacking)
    assert caught.value.code == f"forms.{code}"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((None, None), (AFTER, None)),
        ((None, AFTER), (AFTER, None)),
        ((date(2020, 1, 1), None), (None, date(2020, 1, 1))),
        ((BEFORE, AFTER), (BEFORE, AFTER)),
    ],
)
def test_days_that_overlap_are_refused(first: Any, second: Any) -> None:
    own = [Own("submission.closing", "x", *first), Own("submission.closing", "y", *second)]
    with pytest.raises(UserError, match=r"submission\.closing") as caught:
        check(own, lacking)
    assert caught.value.code == "forms.overlap"


def test_an_unknown_key_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(UserError, match=r"submission\.closing"):
        check([Own("submission.closng", "x")], lacking)


def test_own_values_are_had_back_from_the_store_as_they_were(form_set: FormSet) -> None:
    own = [
        Own(key, value_in(form_set, key), AFTER, None, plain(value_in(form_set, key)))
        for key in sorted(FIELDS)
    ]
    assert sound_values({one.key: own_text([one]) for one in own}, lacking) == (tuple(own), {})


DEEP = "[" * 50_000
UNREADABLE = [
    *("[", "5", DEEP, "[" * 900 + "]" * 900, "[3]", '[{"value": "x"}]'),
    '[{"value": 3, "from": null, "to": null, "instead_of": ""}]',
    '[{"value": "x", "from": "mai", "to": null, "instead_of": ""}]',
    '[{"value": "x", "from": null, "to": 5, "instead_of": ""}]',
    '[{"value": ' + "[" * 400 + "]" * 400 + ', "from": null, "to": null, "instead_of": ""}]',
    '[{"value": "x {unit}", "from": null, "to": null, "instead_of": ""}]',
]


@pytest.mark.parametrize("text", UNREADABLE, ids=range(len(UNREADABLE)))
def test_a_kept_value_that_papers_cannot_bear_is_left_out_and_told(text: str) -> None:
    kept = {"submission.closing": text, "submission.code": own_text([Own("submission.code", "M")])}
    own, spoilt = sound_values(kept, lacking)
    assert ([one.key for one in own], spoilt) == (
        ["submission.code"],
        {"submission.closing": text},
    )


def test_a_list_of_titles_that_has_become_too_short_does_not_stand_on_papers(
    material: Material, form_set: FormSet
) -> None:
    titles = Own("register_book.columns", form_set.register_book.columns[:-1])
    own, spoilt = sound_values({titles.key: own_text([titles])}, lacking)
    laid = Wording(form_set, own, spoilt)
    shown = replace(material, forms=laid.on(AFTER))
    assert pdf.render(papers.kind("register-book").build(shown), fonts=FONTS)[1] > 0
    assert list(laid.spoilt) == [titles.key]


def test_of_values_of_several_days_those_that_fit_still_count() -> None:
    own = [Own("submission.closing", "cũ", None, BEFORE), Own("submission.closing", "{", AFTER)]
    assert sound_values({"submission.closing": own_text(own)}, lacking)[0] == (own[0],)


def test_the_words_of_what_is_kept_can_be_looked_at() -> None:
    signs = Own("office.signatories", (Signatory(("CHỦ TỊCH",), "A"), Signatory(("B",), "C")))
    assert kept_words(own_text([signs, signs])) == "CHỦ TỊCH | A | B | C\nCHỦ TỊCH | A | B | C"
    for text in ("", "[", "5", DEEP, '["x"]'):
        assert kept_words(text) == text


def test_own_values_are_had_back_from_a_file_as_they_were(form_set: FormSet) -> None:
    own = tuple(replace(one, valid_from=BEFORE, valid_to=AFTER) for one in everything(form_set))
    text = wording_file.to_toml("tt18-2013", own)
    assert wording_file.from_toml(text.encode(), "x.toml") == ("tt18-2013", own)


HEAD = 'format = "so-sang-kien-wording"\nversion = 1\nform_set = "x"\n'
NESTED = ["[" * depth + "]" * depth for depth in (100, 300, 450, 20_000)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "format = 3",
        'format = "so-sang-kien-wording"\nversion = 9\nform_set = "x"',
        'format = "so-sang-kien-wording"\nversion = 1\nform_set = "x"\nvalues = 3',
        'format = "so-sang-kien-wording"\nversion = 1\nform_set = "x"\n[[values]]\nkey = "a.b"',
        (
            'format = "so-sang-kien-wording"\nversion = 1\nform_set = "x"\n[[values]]\n'
            'key = "submission.closing"\nvalue = 3'
        ),
        (
            'format = "so-sang-kien-wording"\nversion = 1\nform_set = "x"\n[[values]]\n'
            'key = "submission.closing"\nvalue = "x"\nfrom = "mai"'
        ),
        "\ufeff\x00",
        DEEP,
        *(HEAD + f"[[values]]\nkey = 'submission.closing'\nvalue = {deep}" for deep in NESTED),
        HEAD + f"[[values]]\nkey = 'submission.closing'\nvalue = 'x'\nfrom = {NESTED[0]}",
    ],
)
def test_a_file_that_is_something_else_is_refused(text: str) -> None:
    with pytest.raises(UserError) as caught:
        wording_file.from_toml(text.encode(), "x.toml")
    assert len(str(caught.value)) < 400


def test_texts_are_cleaned_when_they_are_taken() -> None:
    field = FIELDS["submission.recipients"]
    assert typed(field, ["- Như\u200b trên;\n", "Tie\u0302\u0301ng"]) == ("- Như trên;", "Tiếng")


def test_an_own_value_says_when_the_shipped_one_has_changed(form_set: FormSet) -> None:
    old = Own("submission.closing", "x", instead_of="như bản cũ")
    same = Own("submission.code", "Mẫu 1", instead_of="")
    assert Wording(form_set, [old, same]).hidden() == (old,)


@pytest.mark.parametrize("nasty", ["<b>x</b> & 'A' %s %(a)d", "\\u0000 $(rm) `x`", "&lt;i&gt;"])
def test_hostile_wording_is_printed_as_it_is_written(
    nasty: str, material: Material, form_set: FormSet
) -> None:
    own = [Own(key, nasty) for key in ("submission.closing", "submission.code")]
    own.append(Own("submission.recipients", (nasty,)))
    check(own, lacking)
    laid = Wording(form_set, own).on(AFTER)
    data, _pages = pdf.render(
        papers.kind("submission").build(replace(material, forms=laid)), fonts=FONTS
    )
    text = "".join("".join(leaf.text for leaf in leaves_of(data)).split())
    assert text.count("".join(nasty.split())) == 3


@pytest.mark.parametrize("named", FORMS)
def test_a_paper_whose_texts_are_all_left_empty_is_printed(
    named: Any, material: Material, form_set: FormSet
) -> None:
    def emptied(field: Field) -> Any:
        value = value_in(form_set, field.key)
        if isinstance(value, tuple):
            return ("",) * (field.count or 0)
        return "" if type(value) is str and not field.choices else value

    own = [Own(one.key, emptied(one)) for one in fields_of(named.form) if not one.needed]
    check(own, lacking)
    laid = Wording(form_set, own).on(AFTER)
    built = papers.kind(named.paper).build(replace(material, forms=laid))
    _data, pages = pdf.render(built, fonts=FONTS)
    assert pages > 0


def test_forms_are_named_by_their_own_key_or_by_their_papers() -> None:
    assert forms_named("submission") == ("submission",)
    assert forms_named("score-sheet") == ("score_sheet",)
    assert forms_named("commendation-decision") == ("commendation_decision", "commended_list")
    assert forms_named("poster") == ()


def test_filling_a_field_leaves_no_other_name_alone() -> None:
    assert fill("{superior} {x}", superior="A") == "A {x}"


def test_no_official_sentence_of_the_shipped_set_stands_in_the_code(form_set: FormSet) -> None:
    folder = Path(papers.__file__).parent
    code = "\n".join(file.read_text(encoding="utf-8") for file in folder.glob("*.py"))
    values = [value_in(form_set, key) for key in FIELDS]
    said = [value for value in values if isinstance(value, str) and len(value) > 40]
    assert [text for text in said if f'"{text}"' in code] == []
