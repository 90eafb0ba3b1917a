"""Printing: what a paper needs is gathered from the store, the paper goes to a PDF file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from desktop import text
from desktop.errors import UserError
from desktop.models import figures, reading, register, registers, reports
from desktop.models.checking import check_kept
from desktop.models.deriving import kept_lookalikes
from desktop.models.dossiers import (
    CollectiveLine,
    CommendationLine,
    Dossier,
    ListHead,
    OfficeSheet,
    Sitting,
)
from desktop.models.engines.sqlite import Connection
from desktop.models.entry import AuthorDraft, InitiativeDraft
from desktop.models.sittings import sitting_of
from desktop.models.store import Store, refuse_store_files
from desktop.printing import forms, papers, pdf
from desktop.printing.paper import Paper
from desktop.programme import periods
from desktop.programme.verdict import Eligibility
from desktop.progress import SILENT, Progress
from desktop.tasks.batches import LARGE, file_names, print_bound, print_each
from desktop.text import _
from desktop.vietnamese.collation import person_key
from desktop.vietnamese.dates import short_date
from desktop.vietnamese.folding import syllable_key

BLANK = 0
"""Among the ids of initiatives: an empty form, to be filled in by hand."""
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
    offset: tuple[float, float] = (0.0, 0.0),
) -> int:
    """Print a paper of these initiatives to a PDF file; how many pages it has.

    ``key`` names a paper of printing.papers. ``offset``: how far a printer must print to the right
    and further down on stock printed before, in millimetres. Raises UserError where there is
    nothing to print, a font or a form set is missing, or the file cannot be written.
    """
    kind = papers.kind(key)
    _refuse_nothing(kind, ids)
    refuse_store_files(out)
    fonts = resources / "fonts"
    if kind.scope is papers.Scope.INITIATIVE and len(ids) >= LARGE:
        bench = Bench(store, kind, ids, resources)
        return print_bound(bench.together, ids, out, fonts, progress)
    material = replace(gather(store, kind, ids, resources), offset=offset)
    return pdf.write(kind.build(material), out, fonts=fonts, progress=progress)


def print_each_paper(
    store: Store,
    key: str,
    ids: Sequence[int],
    out: Path,
    resources: Path,
    progress: Progress = SILENT,
) -> int:
    """Print a paper of each initiative to a file of its own in the folder ``out``; all pages.

    The files are named by the codes of the initiatives. Raises UserError where there is nothing to
    print, the paper is none of single initiatives, or a file cannot be written.
    """
    kind = papers.kind(key)
    _refuse_nothing(kind, ids)
    if kind.scope is not papers.Scope.INITIATIVE:
        raise UserError(
            _("“{paper}” is not printed for each initiative. Print it to one file.").format(
                paper=kind.name
            ),
            code="print.each",
        )
    with store.reading() as connection:
        codes = dict(connection.execute("SELECT id, code FROM initiative").fetchall())
    names = dict(zip(ids, file_names([codes[one] for one in ids]), strict=True))
    for name in names.values():
        refuse_store_files(out / name)
    bench = Bench(store, kind, ids, resources)
    return print_each(bench.apart, names, out, resources / "fonts", progress)


def _refuse_nothing(kind: papers.PaperKind, ids: Sequence[int]) -> None:
    if not ids and kind.of_initiatives:
        raise UserError(
            _("There is nothing to print. Choose initiatives first."), code="print.none"
        )


class Bench:
    """Where the papers of many initiatives are made, some at a time.

    What they share, the session of a council, is of all of them.
    """

    def __init__(
        self, store: Store, kind: papers.PaperKind, ids: Sequence[int], resources: Path
    ) -> None:
        self._store, self._kind, self._resources = store, kind, resources
        self._sitting: Sitting | None = None
        if kind.council:
            with store.reading() as connection:
                self._sitting = sitting_of(connection, ids)

    def together(self, ids: Sequence[int]) -> list[Paper]:
        """The papers of some initiatives, to stand in one file with the others."""
        return list(self._kind.build(self._material(ids)))

    def apart(self, ids: Sequence[int]) -> dict[int, Sequence[Paper]]:
        """The papers of each of some initiatives, to stand alone, by the initiative."""
        material = self._material(ids)
        return {
            one.initiative_id: tuple(self._kind.build(replace(material, dossiers=(one,))))
            for one in material.dossiers
        }

    def _material(self, ids: Sequence[int]) -> papers.Material:
        material = gather(self._store, self._kind, ids, self._resources)
        return replace(material, sitting=self._sitting) if self._kind.council else material


def gather(
    store: Store, kind: papers.PaperKind, ids: Sequence[int], resources: Path
) -> papers.Material:
    """What a paper of these initiatives is made of; in Vietnamese, whatever the screen."""
    form_set = forms.read(resources / "forms", store.programme.form_set)
    today = store.clock().date()
    with text.speaking("vi"), store.reading() as connection:
        sheet = office_sheet(store)
        dossiers = _checked(store, connection, ids)
        if BLANK in ids:
            dossiers.append(Dossier(BLANK, "", InitiativeDraft()))
        people: tuple[CommendationLine, ...] = ()
        collectives: tuple[CollectiveLine, ...] = ()
        if kind.scope is papers.Scope.COMMENDATION and BLANK not in ids:
            people = commended_people(dossiers)
            collectives = commended_units(store, connection)
            if kind.kept:
                people, collectives = _kept(store, connection, ids, people, collectives)
        material = papers.Material(
            sheet, form_set, today, tuple(dossiers), ListHead(today), people, collectives
        )
        material = _with_others(store, connection, kind, material)
        return _with_books(store, connection, kind, material)


def _with_others(
    store: Store, connection: Connection, kind: papers.PaperKind, material: papers.Material
) -> papers.Material:
    """The council's session about the initiatives, or the figures of the programme, as needed."""
    ids = [one.initiative_id for one in material.dossiers]
    if (kind.scope is papers.Scope.SESSION or kind.council) and BLANK not in ids:
        return replace(material, sitting=sitting_of(connection, ids))
    if kind.scope is papers.Scope.REPORT:
        period = periods.whole(store.programme)
        counted = reports.result_figures(connection, store.programme, period, material.on)
        return replace(material, figures=counted)
    return material


def _with_books(
    store: Store, connection: Connection, kind: papers.PaperKind, material: papers.Material
) -> papers.Material:
    """How the initiatives came in, or what the office has sent out and set up, as needed."""
    ids = [one.initiative_id for one in material.dossiers]
    if BLANK in ids:
        return material
    if kind.receptions:
        return replace(material, receptions=registers.receptions(connection, ids))
    if kind.scope is papers.Scope.OFFICE:
        sent = registers.outgoing(connection, material.office.name, store.programme.code)
        return replace(material, outgoing=sent, teams=registers.support_sheets(connection))
    return material


def publicity_text(store: Store, ids: Sequence[int], resources: Path) -> str:
    """The publicity sheets of these initiatives as plain text; UserError where there are none."""
    kind = papers.kind("publicity")
    _refuse_nothing(kind, ids)
    return papers.publicity_text(gather(store, kind, ids, resources))


def _kept(
    store: Store,
    connection: Connection,
    ids: Sequence[int],
    people: tuple[CommendationLine, ...],
    collectives: tuple[CollectiveLine, ...],
) -> tuple[tuple[CommendationLine, ...], tuple[CollectiveLine, ...]]:
    """The commendations that are kept and speak of these initiatives, or of units.

    Where there are none, those that the figures put forward.
    """
    wanted = set(ids)
    kept = [
        one
        for one in reports.kept_commendations(connection, store.programme.code)
        if not one.person or one.initiative_id is None or one.initiative_id in wanted
    ]
    if not kept:
        return people, collectives
    spoken_for = [one.initiative_id for one in kept if one.person and one.initiative_id]
    found = {one.initiative_id: one for one in _checked(store, connection, spoken_for)}
    known = {line.name: line for line in collectives}
    units = tuple(
        replace(
            known.get(one.unit, CollectiveLine(one.unit, one.form)),
            form=one.form,
            note=one.note,
            amount=one.amount,
        )
        for one in kept
        if not one.person
    )
    return tuple(_kept_person(one, found) for one in kept if one.person), units


def _kept_person(one: reports.KeptCommendation, found: Mapping[int, Dossier]) -> CommendationLine:
    """A kept commendation of a person with what their initiative says of them."""
    dossier = found.get(one.initiative_id or 0)
    line = CommendationLine(one.person, one.unit, one.form)
    if dossier is not None and dossier.entry.credited is not None:
        line = _person_line([dossier])
    return replace(line, name=one.person, form=one.form, note=one.note, amount=one.amount)


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
