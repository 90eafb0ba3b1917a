"""The list of papers: what can be printed, known without any printing library."""

import subprocess
import sys

import pytest

from desktop.printing import papers
from desktop.printing.papers import Material


def test_the_papers_stand_in_the_order_in_which_an_office_meets_them() -> None:
    assert [kind.key for kind in papers.PAPERS] == [
        "application",
        "description",
        "dossier",
        "summary-list",
        "commendation-list",
    ]


def test_each_paper_has_a_name_in_both_languages() -> None:
    assert all(kind.vietnamese and kind.english for kind in papers.PAPERS)
    assert len({kind.english for kind in papers.PAPERS}) == len(papers.PAPERS)


def test_a_paper_that_does_not_exist_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        papers.kind("poster")


def test_several_initiatives_give_each_its_own_papers(material: Material) -> None:
    thrice = Material(material.office, material.forms, material.on, material.dossiers * 3)
    assert len(list(papers.kind("application").build(thrice))) == 3
    assert len(list(papers.kind("dossier").build(thrice))) == 9


def test_the_list_of_papers_needs_no_printing_library() -> None:
    program = (
        "import sys; import desktop.printing.papers; "
        "print({'reportlab', 'sqlalchemy', 'PySide6'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"
