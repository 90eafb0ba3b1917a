"""Hồ sơ sáng kiến: the papers of one initiative in order, as one file with bookmarks."""

from dataclasses import replace
from datetime import date

from desktop.models.dossiers import Dossier, OfficeSheet
from desktop.printing.forms import FormSet
from desktop.printing.paper import Paper
from desktop.printing.papers.application import application
from desktop.printing.papers.description import description
from desktop.printing.papers.verdict_sheet import verdict_sheet

NAME = "Hồ sơ sáng kiến"


def dossier_papers(
    dossier: Dossier, office: OfficeSheet, forms: FormSet, on: date
) -> tuple[Paper, ...]:
    """Application, description and verdict sheet, with bookmarks below the initiative's own."""
    papers = (
        application(dossier, office, forms),
        description(dossier, office, forms),
        verdict_sheet(dossier, office, forms, on),
    )
    own = below(dossier)
    return tuple(replace(paper, bookmark=(own, *paper.bookmark)) for paper in papers)


def below(dossier: Dossier) -> str:
    """The bookmark of one initiative: its code and title."""
    title = dossier.entry.title or "(chưa có tên sáng kiến)"
    return f"{dossier.code} – {title}" if dossier.code else title
