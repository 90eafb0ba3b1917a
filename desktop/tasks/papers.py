"""Printing: what a paper needs is gathered from the store, the paper goes to a PDF file."""

from collections.abc import Sequence
from pathlib import Path

from desktop import text
from desktop.errors import UserError
from desktop.models import figures, reading, register
from desktop.models.checking import check_kept
from desktop.models.deriving import kept_lookalikes
from desktop.models.dossiers import (
    CollectiveLine,
    CommendationLine,
    Dossier,
    ListHead,
    OfficeSheet,
)
from desktop.models.engines.sqlite import Connection
from desktop.models.entry import AuthorDraft
from desktop.models.store import Store, refuse_store_files
from desktop.printing import forms, papers, pdf
from desktop.programme.verdict import Eligibility
from desktop.progress import SILENT, Progress
from desktop.text import _
from desktop.vietnamese.collation import person_key
from desktop.vietnamese.dates import short_date
from desktop.vietnamese.folding import syllable_key

PERSON_FORM = "Giấy khen"
COLLECTIVE_FORM = "Giấy khen"


def ids_of(store: Store, codes: Sequence[str]) -> list[int]:
    """The ids of these codes, all kept initiatives in order of codes where none is given.

    UserError naming the codes that are not there.
    """
    with store.reading() as connection:
        if not codes:
            return list(register.ids(connection, register.Listing(order="code")))
        sql = "SELECT code, id FROM initiative WHERE removed_at IS NULL"
        known = dict(connection.execute(sql).fetchall())
    missing = [code for code in codes if code not in known]
    if missing:
        raise UserError(
            _("There is no initiative with the code {codes}. Look it up in the list.").format(
                codes=", ".join(missing)
            ),
            code="initiative.unknown",
        )
    return list(dict.fromkeys(known[code] for code in codes))


def print_papers(
    store: Store,
    key: str,
    ids: Sequence[int],
    out: Path,
    resources: Path,
    progress: Progress = SILENT,
) -> int:
    """Print a paper of these initiatives to a PDF file; how many pages it has.

    ``key`` names a paper of printing.papers. Raises UserError where there is nothing to print, a
    font or a form set is missing, or the file cannot be written.
    """
    if not ids:
        raise UserError(
            _("There is nothing to print. Choose initiatives first."), code="print.none"
        )
    refuse_store_files(out)
    kind = papers.kind(key)
    material = gather(store, kind, ids, resources)
    return pdf.write(kind.build(material), out, fonts=resources / "fonts", progress=progress)


def gather(
    store: Store, kind: papers.PaperKind, ids: Sequence[int], resources: Path
) -> papers.Material:
    """What a paper of these initiatives is made of; in Vietnamese, whatever the screen."""
    form_set = forms.read(resources / "forms", store.programme.form_set)
    today = store.clock().date()
    with text.speaking("vi"), store.reading() as connection:
        sheet = office_sheet(store)
        dossiers = _checked(store, connection, ids)
        people: tuple[CommendationLine, ...] = ()
        collectives: tuple[CollectiveLine, ...] = ()
        if kind.scope is papers.Scope.COMMENDATION:
            people = commended_people(dossiers)
            collectives = commended_units(store, connection)
    return papers.Material(
        sheet, form_set, today, tuple(dossiers), ListHead(today), people, collectives
    )


def office_sheet(store: Store) -> OfficeSheet:
    """The office's sheet, with the title of the programme in force where it names none."""
    sheet = store.office()
    if sheet.programme_title:
        return sheet
    return OfficeSheet(
        sheet.name,
        sheet.header,
        sheet.place,
        sheet.signature,
        sheet.signer,
        sheet.symbol,
        store.programme.title,
    )


def _checked(store: Store, connection: Connection, ids: Sequence[int]) -> list[Dossier]:
    """The dossiers with their verdicts as of now."""
    alike = kept_lookalikes(connection, set(ids))
    now = store.clock()
    verdicts = check_kept(connection, store.programme, ids, now=now, alike=alike)
    return [
        Dossier(
            one.initiative_id,
            one.code,
            one.entry,
            one.unit_path,
            verdicts.get(one.initiative_id),
            one.attachments,
        )
        for one in reading.dossiers(connection, ids)
    ]


def commended_people(dossiers: Sequence[Dossier]) -> tuple[CommendationLine, ...]:
    """The credited authors of eligible initiatives, one line a person, by given name.

    The typical initiative of a person is the one with the greatest benefit.
    """
    found: dict[tuple[str, ...], list[Dossier]] = {}
    for dossier in dossiers:
        author = dossier.entry.credited
        is_eligible = dossier.verdict and dossier.verdict.eligibility is Eligibility.ELIGIBLE
        if author is not None and is_eligible:
            found.setdefault(_same_person(author, dossier), []).append(dossier)
    lines = [_person_line(mine) for mine in found.values()]
    return tuple(sorted(lines, key=lambda line: (person_key(line.name), line.unit)))


def _same_person(author: AuthorDraft, dossier: Dossier) -> tuple[str, ...]:
    if author.identity:
        return (author.identity,)
    born = author.birth.isoformat() if author.birth else dossier.entry.unit
    return (syllable_key(author.name), born)


def _person_line(mine: list[Dossier]) -> CommendationLine:
    best = max(mine, key=lambda dossier: dossier.entry.benefit_year or 0)
    author = best.entry.credited
    if author is None:
        raise AssertionError(best.code)
    benefits = [one.entry.benefit_year for one in mine if one.entry.benefit_year]
    post = ", ".join(part for part in (author.job, author.workplace or author.team) if part)
    return CommendationLine(
        author.name,
        best.entry.unit,
        PERSON_FORM,
        author.birth.year if author.birth else None,
        author.gender,
        post,
        len(mine),
        best.entry.title,
        _decision_words(best),
        sum(benefits) if benefits else None,
    )


def _decision_words(dossier: Dossier) -> str:
    decision = dossier.entry.decision
    if decision is None or not decision.number:
        return ""
    if decision.issued is None:
        return f"QĐ số {decision.number}"
    return f"QĐ số {decision.number} ngày {short_date(decision.issued)}"


def commended_units(store: Store, connection: Connection) -> tuple[CollectiveLine, ...]:
    """The units with more eligible initiatives than their target: "vượt" is more, not equal."""
    lines = []
    names, above = reading.unit_names(connection), reading.superiors(connection)
    heads = dict(connection.execute("SELECT id, headcount FROM unit").fetchall())
    for unit in figures.progress(connection, store.programme.code):
        target = unit.targets.get("total")
        if target is not None and unit.eligible > target:
            lines.append(
                CollectiveLine(
                    unit.unit,
                    COLLECTIVE_FORM,
                    names.get(above.get(unit.unit_id, 0), ""),
                    target,
                    unit.eligible,
                    figures.credited_people(connection, unit.unit_id),
                    heads.get(unit.unit_id),
                )
            )
    return tuple(lines)
