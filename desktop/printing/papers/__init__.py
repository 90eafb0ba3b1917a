"""The official papers, one module each: what a paper says. Here stands what there is to print.

Nothing in this package knows how a paper looks, so it is imported without any printing library.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from desktop import text
from desktop.models.dossiers import (
    CollectiveLine,
    CommendationLine,
    Dossier,
    ListHead,
    OfficeSheet,
)
from desktop.printing.forms import FormSet
from desktop.printing.paper import Paper
from desktop.printing.papers import application as application_module
from desktop.printing.papers import commendation_list as commendation_module
from desktop.printing.papers import description as description_module
from desktop.printing.papers import dossier as dossier_module
from desktop.printing.papers import summary_list as summary_module


class Scope(StrEnum):
    """What a paper is printed of."""

    INITIATIVE = "initiative"
    LIST = "list"
    COMMENDATION = "commendation"


@dataclass(frozen=True, slots=True)
class Material:
    """What papers are made of; each kind takes what its scope names.

    INITIATIVE: ``dossiers``, each with its own papers, and ``on``, the day of printing. LIST:
    ``dossiers`` and ``head``. COMMENDATION: ``people``, ``collectives`` and ``head``.
    """

    office: OfficeSheet
    forms: FormSet
    on: date
    dossiers: tuple[Dossier, ...] = ()
    head: ListHead | None = None
    people: tuple[CommendationLine, ...] = ()
    collectives: tuple[CollectiveLine, ...] = ()

    @property
    def heading(self) -> ListHead:
        """What stands over a list; the day of printing where nothing else was said."""
        return self.head or ListHead(self.on)


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One kind of paper: its key on the command line, its names, what it is of, how it is made.

    ``build`` yields the papers one by one, so that a thousand dossiers need no memory at once.
    """

    key: str
    vietnamese: str
    english: str
    scope: Scope
    build: Callable[[Material], Iterator[Paper]]

    @property
    def name(self) -> str:
        """Its name in the language in use."""
        return self.vietnamese if text.language() == "vi" else self.english


def _applications(material: Material) -> Iterator[Paper]:
    for dossier in material.dossiers:
        paper = application_module.application(dossier, material.office, material.forms)
        yield _placed(paper, dossier, material)


def _descriptions(material: Material) -> Iterator[Paper]:
    for dossier in material.dossiers:
        paper = description_module.description(dossier, material.office, material.forms)
        yield _placed(paper, dossier, material)


def _placed(paper: Paper, dossier: Dossier, material: Material) -> Paper:
    """The paper with a bookmark that tells it from those of the other initiatives."""
    if len(material.dossiers) == 1:
        return paper
    return replace(paper, bookmark=(dossier_module.below(dossier),))


def _dossiers(material: Material) -> Iterator[Paper]:
    for dossier in material.dossiers:
        yield from dossier_module.dossier_papers(
            dossier, material.office, material.forms, material.on
        )


def _summary(material: Material) -> Iterator[Paper]:
    yield summary_module.summary_list(
        material.dossiers, material.office, material.forms, material.heading
    )


def _commendation(material: Material) -> Iterator[Paper]:
    yield commendation_module.commendation_list(
        material.people, material.collectives, material.office, material.forms, material.heading
    )


PAPERS: tuple[PaperKind, ...] = (
    PaperKind(
        "application",
        application_module.NAME,
        "Application for recognition",
        Scope.INITIATIVE,
        _applications,
    ),
    PaperKind(
        "description",
        description_module.NAME,
        "Description of the initiative",
        Scope.INITIATIVE,
        _descriptions,
    ),
    PaperKind(
        "dossier",
        dossier_module.NAME,
        "Dossier: application, description, check sheet",
        Scope.INITIATIVE,
        _dossiers,
    ),
    PaperKind(
        "summary-list", summary_module.NAME, "Summary list of initiatives", Scope.LIST, _summary
    ),
    PaperKind(
        "commendation-list",
        commendation_module.NAME,
        "List put forward for commendation",
        Scope.COMMENDATION,
        _commendation,
    ),
)
"""All papers, in the order in which an office meets them."""


def kind(key: str) -> PaperKind:
    """The paper of that key; KeyError where there is none."""
    for paper in PAPERS:
        if paper.key == key:
            return paper
    raise KeyError(key)
