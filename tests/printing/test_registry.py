"""The list of papers: what can be printed, known without any printing library."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from desktop.models.dossiers import Dossier, OfficeSheet, ResultFigures, Sitting, StandingLine
from desktop.printing import papers, pdf
from desktop.printing.forms import FormSet
from desktop.printing.paper import as_json, from_json
from desktop.printing.papers import Material
from tests.printing.conftest import FONTS, leaves_of

ORDER = [
    "application",
    "description",
    "dossier",
    "summary-list",
    "commendation-list",
    "score-sheet",
    "score-sheet-secret",
    "council-minutes",
    "recognition-decision",
    "certificate",
    "submission",
    "commendation-decision",
    "award-paper",
    "award-calibration",
    "progress-report",
    "register-book",
    "outgoing-register",
    "receipt",
    "effect-confirmation",
    "share-statement",
    "return-slip",
    "reply-slip",
    "support-team",
    "invitation",
    "publicity",
    "application-enterprise",
    "application-education",
]


def test_the_papers_stand_in_the_order_in_which_an_office_meets_them() -> None:
    assert [kind.key for kind in papers.PAPERS] == ORDER


def test_each_paper_has_a_name_in_both_languages() -> None:
    assert all(kind.vietnamese and kind.english for kind in papers.PAPERS)
    assert len({kind.english for kind in papers.PAPERS}) == len(papers.PAPERS)


def test_a_paper_that_does_not_exist_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        papers.kind("poster")


def test_several_initiatives_give_each_its_own_papers(material: Material) -> None:
    thrice = Material(material.office, material.forms, material.on, material.dossiers * 3)
    assert len(list(papers.kind("application").build(thrice))) == 3
    assert len(list(papers.kind("dossier").build(thrice))) == 15


@pytest.mark.parametrize("key", [kind.key for kind in papers.PAPERS])
def test_no_paper_has_a_character_that_its_letters_lack(key: str, material: Material) -> None:
    assert pdf.lacking(papers.kind(key).build(material), fonts=FONTS) == ()


@pytest.mark.parametrize("key", [kind.key for kind in papers.PAPERS])
def test_an_issued_paper_is_had_back_as_it_was(key: str, material: Material) -> None:
    for paper in papers.kind(key).build(material):
        assert from_json(json.loads(json.dumps(as_json(paper)))) == paper


@pytest.mark.parametrize("key", [kind.key for kind in papers.PAPERS])
def test_a_paper_of_which_nothing_is_known_is_printed(
    key: str, blank: Dossier, form_set: FormSet
) -> None:
    office = OfficeSheet("", (), "", ())
    bare = Material(office, form_set, date(2026, 2, 3), (blank,))
    bare = replace(bare, figures=ResultFigures("", date(2026, 2, 3), StandingLine("")))
    data, pages = pdf.render(papers.kind(key).build(bare), fonts=FONTS)
    assert pages == len(leaves_of(data))
    assert "None" not in " ".join(leaf.text for leaf in leaves_of(data))


@pytest.mark.parametrize(
    "key",
    [
        *("score-sheet", "council-minutes", "recognition-decision", "certificate", "award-paper"),
        *("receipt", "return-slip", "reply-slip", "share-statement", "effect-confirmation"),
        *("register-book", "invitation", "publicity", "application-enterprise"),
        *("application-education",),
    ],
)
def test_hostile_names_and_titles_are_printed_as_they_are_written(
    key: str, material: Material, dossier: Dossier, sitting: Sitting
) -> None:
    nasty = "<b>{office}</b> & 'A' %s"
    authors = tuple(replace(one, name=nasty) for one in dossier.entry.authors)
    entry = replace(dossier.entry, title=nasty, authors=authors)
    results = (replace(sitting.results[0], title=nasty, authors=(nasty,)),)
    hostile = replace(
        material,
        office=replace(material.office, signer=nasty, programme_title=nasty),
        dossiers=(replace(dossier, entry=entry),),
        sitting=replace(sitting, results=results),
        people=(replace(material.people[0], name=nasty),),
    )
    data, _pages = pdf.render(papers.kind(key).build(hostile), fonts=FONTS)
    text = "".join("".join(leaf.text for leaf in leaves_of(data)).split())
    assert "".join(nasty.split()) in text


def test_the_list_of_papers_needs_no_printing_library() -> None:
    program = (
        "import sys; import desktop.printing.papers; "
        "print({'reportlab', 'sqlalchemy', 'PySide6'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"
