"""A paper as it would print with other wording: of what the office keeps, or of samples."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path

from desktop.models.dossiers import (
    CommendationLine,
    Dossier,
    ListHead,
    MemberLine,
    OfficeSheet,
    Reception,
    ResultLine,
    Sitting,
)
from desktop.models.store import Store
from desktop.printing import papers, pdf
from desktop.printing.form_fields import FormName
from desktop.printing.paper import Orientation
from desktop.printing.papers import Material, PaperKind, Scope
from desktop.printing.papers.award_forms import usual_form
from desktop.printing.wording import Wording
from desktop.progress import SILENT, Progress
from desktop.samples.kept import sample_initiatives
from desktop.tasks.papers import gather, office_sheet
from desktop.tasks.wording import dated_sheet

_SHOWN = 4
"""So many initiatives stand on lists."""
_PAPERS = 3


def preview_material(
    store: Store, paper: str, resources: Path, wording: Wording | None = None
) -> Material:
    """What the preview of a paper is made of; it need be gathered once, whatever is typed.

    The newest initiatives of the store, or samples where it has none; a session and people to
    commend are made up where none are kept.
    """
    kind = papers.kind(paper)
    ids = _newest(store, 1 if kind.scope is Scope.INITIATIVE else _SHOWN)
    found = gather(store, kind, ids, resources, wording=wording)
    if not ids:
        found = replace(found, dossiers=_samples(resources))
    if kind.scope is Scope.INITIATIVE:
        found = replace(found, dossiers=found.dossiers[:1])
    return _completed(found, kind)


def _newest(store: Store, count: int) -> list[int]:
    with store.reading() as connection:
        rows = connection.execute(
            "SELECT id FROM initiative WHERE removed_at IS NULL ORDER BY id DESC LIMIT ?", (count,)
        ).fetchall()
    return [row[0] for row in rows]


def _samples(resources: Path) -> tuple[Dossier, ...]:
    entries = sample_initiatives(resources)[:_SHOWN]
    return tuple(Dossier(-at, entry.code, entry) for at, entry in enumerate(entries, 1))


def _completed(found: Material, kind: PaperKind) -> Material:
    """With people to commend and a session with results, where the paper speaks of them."""
    if kind.scope is Scope.COMMENDATION and not (found.people or found.collectives):
        form = usual_form(found.office, found.forms, asked=not kind.kept)
        found = replace(found, people=_people(found.dossiers, form))
    council = kind.scope is Scope.SESSION or kind.council
    if council and not (found.sitting and found.sitting.results):
        found = replace(found, sitting=_sitting(found))
    return found


def _people(dossiers: Sequence[Dossier], form: str) -> tuple[CommendationLine, ...]:
    credited = [(one.entry, one.entry.credited) for one in dossiers]
    return tuple(
        CommendationLine(
            *(author.name, entry.unit, form),
            gender=author.gender,
            post=author.job,
            title=entry.title,
            benefit_year=entry.benefit_year,
        )
        for entry, author in credited
        if author is not None
    )


def _sitting(found: Material) -> Sitting:
    """The session that is kept, or one on the day of the paper, with results for everything."""
    results = tuple(
        ResultLine(
            *(one.initiative_id, one.entry.title),
            tuple(author.name for author in one.entry.authors),
            one.entry.unit,
            "failed" if at == 1 else "passed",
            Decimal("41.5") if at == 1 else Decimal("86.5"),
            *((2, 5) if at == 1 else (7, 0)),
        )
        for at, one in enumerate(found.dossiers)
    )
    made = Sitting(
        "Hội đồng sáng kiến",
        found.office.name,
        held=found.on,
        chair="Nguyễn Văn A",
        secretary="Trần Thị B",
        present=7,
        total=9,
        members=(
            MemberLine("Nguyễn Văn A", "", "Chủ tịch Hội đồng"),
            MemberLine("Trần Thị B", "", "Thư ký"),
        ),
    )
    return replace(found.sitting or made, results=results)


def preview(
    material: Material,
    form: FormName,
    wording: Wording,
    sheet: OfficeSheet,
    on: date,
    out: Path,
    fonts: Path,
    progress: Progress = SILENT,
) -> bool:
    """Print the form's paper of that day with that wording to ``out``; whether it lies across.

    Its own paper stands first where several are printed together, and of many alike the first few
    are enough. UserError where it cannot be printed.
    """
    paper = form.paper
    dated = dated_sheet(wording, sheet, paper)
    office, form_set = dated(on)
    sitting = material.sitting
    came = [
        Reception(one.initiative_id, at, on, "", on, "passed")
        for at, one in enumerate(material.dossiers, 1)
    ]
    # Whatever bears a day of its own bears the one that is looked at.
    shown = replace(
        material,
        office=office,
        forms=form_set,
        on=on,
        head=ListHead(on),
        sitting=replace(sitting, held=on) if sitting else None,
        receptions=tuple(came),
        teams=(),
        dated=dated,
    )
    built = list(islice(papers.kind(paper).build(shown), _PAPERS))
    built.sort(key=lambda one: one.key != form.shows)
    pdf.write(built, out, fonts=fonts, progress=progress)
    return built[0].orientation is Orientation.LANDSCAPE


def preview_sheet(store: Store) -> OfficeSheet:
    """The office's sheet as papers are headed with it."""
    return office_sheet(store)
