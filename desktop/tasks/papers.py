"""Printing: what a paper needs is gathered from the store, the paper goes to a PDF file."""

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from desktop import text
from desktop.errors import UserError
from desktop.models import figures, issuing, reading, register, registers, reports
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
from desktop.printing import docx, papers, pdf
from desktop.printing.paper import Paper
from desktop.printing.papers import award_forms
from desktop.printing.papers.parts import recognition
from desktop.printing.wording import Wording
from desktop.programme import periods
from desktop.programme.shape import Programme
from desktop.programme.verdict import Eligibility
from desktop.progress import SILENT, Progress
from desktop.samples.kept import sample_initiatives
from desktop.tasks.batches import LARGE, Making, file_names, print_bound, print_each
from desktop.tasks.shown_files import ShownFiles, Trouble
from desktop.tasks.wording import dated_sheet, wording_of
from desktop.text import _, counted
from desktop.vietnamese.collation import person_key
from desktop.vietnamese.dates import official_date
from desktop.vietnamese.folding import syllable_key

BLANK = 0
"""Among the ids of initiatives: an empty form, to be filled in by hand."""
WHOLE = "dossier"
"""The key of the paper that is a whole dossier, printed with its scans."""
SAMPLE = -1
"""The id of what is invented and kept nowhere."""


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
    files: ShownFiles | None = None,
) -> int:
    """Print a paper of these initiatives to a PDF file; how many pages it has.

    Where ``out`` ends in .docx, an editable copy for a word processor is written instead, and how
    many papers it holds is given. ``key`` names a paper of printing.papers. ``offset``: how far a
    printer must print to the right and further down on stock printed before, in millimetres.
    ``files`` draws the scans of whole dossiers, keeps their pictures and afterwards names what
    could not be drawn. Papers of very many initiatives are made in parts by two processes. Raises
    UserError where there is nothing to print, a font or a form set is missing, or the file cannot
    be written.
    """
    kind, fonts = papers.kind(key), resources / "fonts"
    _refuse_nothing(kind, ids)
    refuse_store_files(out)
    with _drawn(store, files) as shown:
        if kind.scope is papers.Scope.INITIATIVE and len(ids) >= LARGE and not is_editable(out):
            bench = Bench(store, kind, ids, resources, shown)
            making = Making(bench.together, fonts, shown.folder, progress)
            pages = print_bound(making, ids, out)
            bench.tell()
            return pages
        material = replace(gather(store, kind, ids, resources), offset=offset)
        return _written(material, kind, out, fonts, shown, progress)


@contextmanager
def _drawn(store: Store, files: ShownFiles | None) -> Iterator[ShownFiles]:
    """Where pictures of scans are kept: as given, or in a folder that is gone afterwards."""
    if files is not None:
        yield files
        return
    with tempfile.TemporaryDirectory(prefix="so-sang-kien-") as folder:
        yield ShownFiles(store.folder, Path(folder))


class Apart(NamedTuple):
    """What was printed each to a file of its own: how many files, their pages all together."""

    files: int
    pages: int


def files_written(count: int, folder: Path) -> str:
    """How many files were written to which folder, in words."""
    said = counted(
        "{count} file written to the folder {folder}.",
        "{count} files written to the folder {folder}.",
        count,
    )
    return said.format(count=count, folder=folder)


def prints_each(kind: papers.PaperKind) -> bool:
    """Whether a paper can be printed to a file of its own for each initiative or each person."""
    by_person = kind.scope is papers.Scope.COMMENDATION and kind.each
    return kind.scope is papers.Scope.INITIATIVE or by_person


def print_each_paper(
    store: Store,
    key: str,
    ids: Sequence[int],
    out: Path,
    resources: Path,
    progress: Progress = SILENT,
    files: ShownFiles | None = None,
    *,
    offset: tuple[float, float] = (0.0, 0.0),
    replacing: bool = True,
) -> Apart:
    """Print a paper of each initiative, or person, to a file of its own in the folder ``out``.

    The files are named by the codes of the initiatives, those of persons by their names; ``files``
    and ``offset`` as for ``print_papers``. Raises UserError where there is nothing to print, the
    paper is none of single initiatives or persons, a file cannot be written, or, unless
    ``replacing``, is there already (code ``print.there``).
    """
    kind = papers.kind(key)
    _refuse_nothing(kind, ids)
    if not prints_each(kind):
        raise UserError(
            _("“{paper}” is not printed for each initiative. Print it to one file.").format(
                paper=kind.name
            ),
            code="print.each",
        )
    with _drawn(store, files) as shown:
        bench = Bench(store, kind, ids, resources, shown, offset)
        make, names = _named(store, kind, ids, bench)
        for name in names.values():
            refuse_store_files(out / name)
        if not replacing:
            _refuse_there(out, names.values())
        making = Making(make, resources / "fonts", shown.folder, progress)
        pages = print_each(making, names, out)
        bench.tell()
        return Apart(len(names), pages)


def _named(
    store: Store, kind: papers.PaperKind, ids: Sequence[int], bench: "Bench"
) -> tuple[Callable[[Sequence[int]], Mapping[int, Sequence[Paper]]], dict[int, str]]:
    """How the papers of each are made, and the names of their files."""
    if kind.scope is papers.Scope.INITIATIVE:
        with store.reading() as connection:
            codes = dict(connection.execute("SELECT id, code FROM initiative").fetchall())
        names = file_names([codes[one] for one in ids])
        return bench.apart, dict(zip(ids, names, strict=True))
    made = bench.together(ids)
    marks = [one.bookmark[-1] if one.bookmark else one.title for one in made]
    return lambda share: {at: (made[at],) for at in share}, dict(enumerate(file_names(marks)))


def _refuse_there(out: Path, names: Iterable[str]) -> None:
    """UserError where one of these files is in the folder already."""
    there = [name for name in names if (out / name).exists()]
    if there:
        said = counted(
            "{count} of these files is in {folder} already, such as {name}.",
            "{count} of these files are in {folder} already, such as {name}.",
            len(there),
        )
        words = said.format(count=len(there), folder=out, name=there[0])
        raise UserError(words, code="print.there")


def _refuse_nothing(kind: papers.PaperKind, ids: Sequence[int]) -> None:
    if not ids and kind.of_initiatives:
        raise UserError(
            _("There is nothing to print. Choose initiatives first."), code="print.none"
        )


class Bench:
    """Where the papers of many initiatives are made, some at a time.

    What they share, the session of a council, is of all of them. What could not be printed whole is
    gathered over all parts, and told at the end.
    """

    def __init__(
        self,
        store: Store,
        kind: papers.PaperKind,
        ids: Sequence[int],
        resources: Path,
        files: ShownFiles,
        offset: tuple[float, float] = (0.0, 0.0),
    ) -> None:
        self._store, self._kind, self._resources, self._files = store, kind, resources, files
        self._offset = offset
        self._troubles: tuple[Trouble, ...] = ()
        self._lacking: dict[str, None] = {}
        self._sitting: Sitting | None = None
        if kind.council:
            with store.reading() as connection:
                self._sitting = sitting_of(connection, ids)

    def together(self, ids: Sequence[int]) -> list[Paper]:
        """The papers of some initiatives, to stand in one file with the others."""
        return self._noted(self._kind.build(self._material(ids)))

    def apart(self, ids: Sequence[int]) -> dict[int, Sequence[Paper]]:
        """The papers of each of some initiatives, to stand alone, by the initiative."""
        material = self._material(ids)
        return {
            one.initiative_id: self._noted(self._kind.build(replace(material, dossiers=(one,))))
            for one in material.dossiers
        }

    def tell(self) -> None:
        """Leave with the files what of all parts could not be printed."""
        self._files.troubles = self._troubles
        self._files.unprintable = "".join(self._lacking)

    def _material(self, ids: Sequence[int]) -> papers.Material:
        material = gather(self._store, self._kind, ids, self._resources)
        material = replace(material, offset=self._offset)
        if self._kind.key == WHOLE:
            material = replace(material, shown=self._files.draw(material.dossiers))
            self._troubles += self._files.troubles
        return replace(material, sitting=self._sitting) if self._kind.council else material

    def _noted(self, made: Iterable[Paper]) -> list[Paper]:
        every = list(made)
        lacking = pdf.lacking(every, fonts=self._resources / "fonts")
        self._lacking.update(dict.fromkeys(lacking))
        return every


def _written(
    material: papers.Material,
    kind: papers.PaperKind,
    out: Path,
    fonts: Path,
    files: ShownFiles,
    progress: Progress,
) -> int:
    """Write the papers, of whole dossiers with their files; what was lacking is noted in those."""
    files.troubles, files.unprintable = (), ""
    if kind.key == WHOLE:
        material = replace(material, shown=files.draw(material.dossiers, progress))
    made = _watched(kind.build(material), fonts, files)
    write = docx.write if is_editable(out) else pdf.write
    return write(made, out, fonts=fonts, pictures=files.picture, progress=progress)


def is_editable(out: Path) -> bool:
    """Whether a file of this name is an editable copy and no paper to be printed."""
    return out.suffix.lower() == ".docx"


def _watched(made: Iterable[Paper], fonts: Path, files: ShownFiles) -> Iterator[Paper]:
    """The papers as they are made; the characters that cannot be printed are noted meanwhile."""
    lacking: dict[str, None] = {}
    for paper in made:
        lacking.update(dict.fromkeys(pdf.lacking([paper], fonts=fonts)))
        files.unprintable = "".join(lacking)
        yield paper


def unprintable_words(characters: str) -> str:
    """A sentence about characters that are printed as boxes; blank where there are none."""
    if not characters:
        return ""
    said = _("These characters are printed as boxes, for the letters of papers lack them: {chars}")
    return said.format(chars=" ".join(characters[:20]))


def print_sample(
    store: Store, key: str, out: Path, resources: Path, progress: Progress = SILENT
) -> int:
    """Print a paper about an invented initiative, to show what it looks like; its pages."""
    kind, fonts = papers.kind(key), resources / "fonts"
    entry = sample_initiatives(resources)[0]
    path = tuple(part for part in (entry.superior, entry.unit) if part)
    dossier = Dossier(SAMPLE, entry.code, entry, path)
    material = replace(
        gather(store, kind, (), resources),
        dossiers=(dossier,),
        people=(_person_line([dossier], award_forms.PRAISE),),
        sitting=None,
    )
    return pdf.write(kind.build(material), out, fonts=fonts, progress=progress)


def gather(
    store: Store,
    kind: papers.PaperKind,
    ids: Sequence[int],
    resources: Path,
    on: date | None = None,
    wording: Wording | None = None,
) -> papers.Material:
    """What a paper of these initiatives is made of; in Vietnamese, whatever the screen.

    ``on`` is the day that it is to bear, today where none is given. The wording is, where none is
    given, that of the form set with the office's own over it, as of the paper's day.
    """
    today = on or store.clock().date()
    with text.speaking("vi"), store.reading() as connection:
        worded = wording or wording_of(store, connection, resources)
        dated = dated_sheet(worded, office_sheet(store), kind.key)
        dossiers = _checked(store, connection, ids)
        if BLANK in ids:
            dossiers.append(Dossier(BLANK, "", InitiativeDraft()))
        people: tuple[CommendationLine, ...] = ()
        collectives: tuple[CollectiveLine, ...] = ()
        if kind.scope is papers.Scope.COMMENDATION and BLANK not in ids:
            form = award_forms.usual_form(*dated(today), asked=not kind.kept)
            people = commended_people(dossiers, form)
            collectives = commended_units(store, connection, form)
            if kind.kept:
                people, collectives = _kept(store, connection, ids, people, collectives)
        material = papers.Material(
            *(*dated(today), today, tuple(dossiers), ListHead(today), people, collectives),
            launched=_launched(store.programme, today),
            dated=dated,
            documents=tuple(store.programme.documents),
        )
        material = _with_others(store, connection, kind, material)
        return _with_books(connection, kind, material)


def _with_others(
    store: Store, connection: Connection, kind: papers.PaperKind, material: papers.Material
) -> papers.Material:
    """The council's session about the initiatives, or the figures of the programme, as needed."""
    ids = [one.initiative_id for one in material.dossiers]
    if (kind.scope is papers.Scope.SESSION or kind.council) and BLANK not in ids:
        found = sitting_of(connection, ids)
        number = _minutes_number(connection, found, ids) if found else ""
        return replace(material, sitting=replace(found, number=number) if found else None)
    if kind.scope is papers.Scope.REPORT:
        period = periods.whole(store.programme)
        counted = reports.result_figures(connection, store.programme, period, material.on)
        return replace(material, figures=counted)
    return material


def _minutes_number(connection: Connection, sitting: Sitting, ids: Sequence[int]) -> str:
    """The number under which the minutes of a session about these initiatives were issued."""
    if sitting.held is None:
        return ""
    found = (
        one.number
        for one in issuing.issued(connection, year=sitting.held.year)
        if one.kind == "council-minutes" and one.voided is None and one.dated == sitting.held
        if not set(ids).isdisjoint(one.initiatives)
    )
    return next(found, "")


def _with_books(
    connection: Connection, kind: papers.PaperKind, material: papers.Material
) -> papers.Material:
    """How the initiatives came in, or what the office has sent out and set up, as needed."""
    ids = [one.initiative_id for one in material.dossiers]
    if BLANK in ids:
        return material
    if kind.receptions:
        return replace(material, receptions=registers.receptions(connection, ids))
    if kind.scope is papers.Scope.OFFICE:
        sent = registers.outgoing(connection, material.office.name)
        return replace(material, outgoing=sent, teams=registers.support_sheets(connection))
    return material


def _launched(programme: Programme, on: date) -> str:
    """By which paper the programme was launched, as follows its name; blank where not known."""
    known = (one for one in programme.documents if one.key in _LAUNCHES and one.issued)
    one = next(known, None)
    if one is None or one.issued is None or one.issued > on:
        return ""
    number = f" số {one.number}" if _NUMBER.fullmatch(one.number) else ""
    said = f"{number} {official_date(one.issued)}" + (f" của {one.organ}" if one.organ else "")
    name = _LAUNCHES[one.key]
    return f" ({name}{said})" if name else said


_LAUNCHES: Mapping[str, str] = MappingProxyType({"programme": "", "plan": "Kế hoạch"})
"""The documents that launch a programme, and what they are called where they are not it."""
_NUMBER = re.compile(r"\d+\S*/\S+")


def publicity_text(store: Store, ids: Sequence[int], resources: Path) -> str:
    """The publicity sheets of these initiatives as plain text; UserError where there are none."""
    if not ids:
        raise UserError(
            _("There is nothing to print. Choose initiatives first."), code="print.none"
        )
    return papers.publicity_text(gather(store, papers.kind("publicity"), ids, resources))


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
        line = _person_line([dossier], one.form)
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


def commended_people(dossiers: Sequence[Dossier], form: str) -> tuple[CommendationLine, ...]:
    """The credited authors of eligible initiatives, one line a person, by given name.

    Each is put forward for this form of commendation. The typical initiative of a person is the one
    with the greatest benefit.
    """
    found: dict[tuple[str, ...], list[Dossier]] = {}
    for dossier in dossiers:
        author = dossier.entry.credited
        is_eligible = dossier.verdict and dossier.verdict.eligibility is Eligibility.ELIGIBLE
        if author is not None and is_eligible:
            found.setdefault(_same_person(author, dossier), []).append(dossier)
    lines = [_person_line(mine, form) for mine in found.values()]
    return tuple(sorted(lines, key=lambda line: (person_key(line.name), line.unit)))


def _same_person(author: AuthorDraft, dossier: Dossier) -> tuple[str, ...]:
    if author.identity:
        return (author.identity,)
    born = author.birth.isoformat() if author.birth else dossier.entry.unit
    return (syllable_key(author.name), born)


def _person_line(mine: list[Dossier], form: str) -> CommendationLine:
    best = max(mine, key=lambda dossier: dossier.entry.benefit_year or 0)
    author = best.entry.credited
    if author is None:
        raise AssertionError(best.code)
    benefits = [one.entry.benefit_year for one in mine]
    known = [year for year in benefits if year is not None]
    post = ", ".join(part for part in (author.job, author.workplace or author.team) if part)
    return CommendationLine(
        author.name,
        best.entry.unit,
        form,
        author.birth.year if author.birth else None,
        author.gender,
        post,
        len(mine),
        best.entry.title,
        recognition(best.entry, "QĐ số "),
        sum(known) if known else None,
    )


def commended_units(store: Store, connection: Connection, form: str) -> tuple[CollectiveLine, ...]:
    """The units with more eligible initiatives than their target: "vượt" is more, not equal.

    Each is put forward for this form of commendation.
    """
    lines = []
    names, above = reading.unit_names(connection), reading.superiors(connection)
    heads = dict(connection.execute("SELECT id, headcount FROM unit").fetchall())
    for unit in figures.progress(connection, store.programme.code):
        target = unit.targets.get("total")
        if target is not None and unit.eligible > target:
            lines.append(
                CollectiveLine(
                    unit.unit,
                    form,
                    names.get(above.get(unit.unit_id, 0), ""),
                    target,
                    unit.eligible,
                    figures.credited_people(connection, unit.unit_id),
                    heads.get(unit.unit_id),
                )
            )
    return tuple(lines)
