"""Issuing: papers with their numbers, kept with their files; printed again, compared, voided."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from desktop import lasting
from desktop.errors import UserError, reason_of
from desktop.models import issuing, registers
from desktop.models.actions.issuing import (
    IssuePapers,
    PaperToIssue,
    disorder_of,
    refuse_day,
    refuse_disorder,
)
from desktop.models.attachments import is_sound, keep_content, path_of
from desktop.models.engines import sqlite
from desktop.models.engines.sqlite import Connection
from desktop.models.issuing import IssuedLine
from desktop.models.journal import Outcome
from desktop.models.numbering import Numbering, written
from desktop.models.store import Store, refuse_store_files
from desktop.printing import papers, pdf, seals, voiding
from desktop.printing.forms import fill
from desktop.printing.issuing import (
    Written,
    blanks_in,
    halves_apart,
    lines_of,
    name_in,
    recipients_of,
    signer_of,
    subject_of,
    symbol_of,
    unfinished,
    write_in,
)
from desktop.printing.paper import Paper, Table, as_json, from_json
from desktop.printing.papers import award_forms
from desktop.printing.papers.phrases import BLANK_COUNT, capitalised
from desktop.progress import SILENT, Progress
from desktop.tasks.line_differences import Difference, compared
from desktop.tasks.papers import BLANK, gather
from desktop.tasks.wording import spoilt_words, standing
from desktop.text import _, counted
from desktop.vietnamese.dates import short_date
from desktop.vietnamese.folding import syllable_key


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be issued: a paper by its key, of these initiatives, on a day (None: its own).

    ``offset`` is what a printer prints beside on stock, in millimetres.
    """

    key: str
    ids: tuple[int, ...]
    on: date | None = None
    offset: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Unit:
    """Papers that go out under one number, and the initiatives that they speak of."""

    papers: tuple[Paper, ...]
    initiatives: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """What would be issued: each unit with its number written in, its count and number.

    ``signer`` signs; ``floors`` are the numbers given elsewhere that were heeded; ``passed`` says
    in words which numbers this store does not know, but its folder remembers; ``disorder`` that the
    day is before that of the number given last; ``spoilt`` which of the office's words cannot be
    used; ``misfit`` that a commendation is not one which its organ gives; ``unfinished`` which
    articles still have blanks.
    They are blank where there is nothing to say.
    """

    kind: papers.PaperKind
    day: date
    units: tuple[Unit, ...]
    counts: tuple[int, ...]
    numbers: tuple[str, ...]
    signer: str
    form_set: str
    floors: issuing.Highest
    passed: str = ""
    disorder: str = ""
    spoilt: str = ""
    misfit: str = ""

    @property
    def said(self) -> str:
        """The number, or the first and the last of several."""
        first, last = self.numbers[0], self.numbers[-1]
        return first if first == last else f"{first} – {last}"

    @property
    def blanks(self) -> int:
        """How many blanks are left to be written in by hand."""
        return sum(blanks_in(unit.papers) for unit in self.units)

    @property
    def blanks_words(self) -> str:
        """How many blanks are left, in words; blank where there are none."""
        left = self.blanks
        if not left:
            return ""
        return counted(
            "{count} blank (……) is left to be written in by hand.",
            "{count} blanks (……) are left to be written in by hand.",
            left,
        ).format(count=left)

    @property
    def unfinished(self) -> str:
        """That articles of a decision still have blanks, in words; blank where none has."""
        found = dict.fromkeys(name for unit in self.units for name in unfinished(unit.papers))
        if not found:
            return ""
        return _(
            "{articles} of the decision has blanks (……). Fill in what is missing first (the money: "
            "the usual amounts in the wording of the paper), or confirm that they are to be "
            "written in by hand."
        ).format(articles=", ".join(found))

    @property
    def subject(self) -> str:
        """What the register will say of the first."""
        return subject_of(self.units[0].papers, named=self.kind.each)


class Issued(NamedTuple):
    """What was issued: what became of the act, what was planned, and what went wrong afterwards.

    ``unwritten`` says in words that the file that was asked for could not be written; blank where
    it was.
    """

    outcome: Outcome
    planned: Planned
    unwritten: str = ""


@dataclass(frozen=True, slots=True)
class Reprint:
    """A paper printed again: how many pages, and what is to be said of it (blank: nothing)."""

    pages: int
    said: str = ""


def plan(store: Store, wanted: Wanted, resources: Path) -> Planned:
    """What issuing would give; nothing is changed.

    UserError where the paper takes no number, there is nothing to issue, the day cannot be its
    date, the office's abbreviation is missing, or the numbers given before cannot be read.
    """
    kind = _issuable(wanted)
    wanted = wanted if kind.of_initiatives else replace(wanted, ids=())
    day = wanted.on or _own_day(store, kind, wanted, resources)
    refuse_day(day, store.clock())
    material = _material(store, replace(wanted, on=day), resources)
    units = _units(store, material, wanted)
    symbol, office = _symbol(units[0]), store.office()
    with store.reading() as connection:
        numbering = issuing.read_numbering(connection)
        floors, passed = _floors(store, connection, numbering, kind.type, day.year)
        first = issuing.next_ordinal(connection, numbering, kind.type, day.year, floors)
        disorder = disorder_of(connection, numbering, kind.type, day)
    rule, counts = numbering.rule(kind.type), tuple(range(first, first + len(units)))
    numbers = tuple(
        written(rule, count, symbol=symbol, organ=office.symbol, year=day.year) for count in counts
    )
    done = tuple(
        replace(unit, papers=write_in(unit.papers, Written(number, day, symbol)))
        for unit, number in zip(units, numbers, strict=True)
    )
    # On stock who signs stands at a place like any other.
    signer = office.signer if kind.on_stock else signer_of(done[0].papers)
    form_set = store.programme.form_set
    given = (kind, day, done, counts, numbers, signer, form_set, floors, passed, disorder)
    spoilt = spoilt_words(standing(store, resources))
    return Planned(*given, spoilt, _misfit(kind, material))


def _issuable(wanted: Wanted) -> papers.PaperKind:
    """The kind of paper that is wanted; UserError where it is not issued, or for nobody."""
    kind = papers.kind(wanted.key)
    if not kind.type:
        raise UserError(
            _("“{name}” takes no number of its own. Print it.").format(name=kind.name),
            code="issue.no_number",
        )
    if BLANK in wanted.ids or (not wanted.ids and kind.of_initiatives):
        raise UserError(
            _("There is nothing to issue. Choose initiatives first."), code="issue.none"
        )
    return kind


def _own_day(store: Store, kind: papers.PaperKind, wanted: Wanted, resources: Path) -> date:
    """Minutes bear the day of their session, everything else that of today."""
    today = store.clock().date()
    if kind.key != "council-minutes":
        return today
    sitting = gather(store, kind, wanted.ids, resources).sitting
    return sitting.held if sitting is not None and sitting.held else today


def units_of(store: Store, wanted: Wanted, resources: Path) -> tuple[Unit, ...]:
    """The papers as today's data give them, apart as they are numbered, their numbers blank.

    UserError where there is nobody to issue them for.
    """
    return _units(store, _material(store, wanted, resources), wanted)


def _material(store: Store, wanted: Wanted, resources: Path) -> papers.Material:
    """What the papers are made of; UserError where there is nobody to issue them for."""
    kind = papers.kind(wanted.key)
    material = gather(store, kind, wanted.ids, resources, wanted.on)
    material = replace(material, offset=wanted.offset)
    if kind.scope is papers.Scope.OFFICE:
        own = syllable_key(material.office.name)
        teams = tuple(one for one in material.teams if syllable_key(one.unit) == own)
        material = replace(material, teams=teams)
    if _is_empty(kind, material):
        raise UserError(
            _("There is nothing to issue: the records name nobody. Complete them first."),
            code="issue.empty",
        )
    return material


def _units(store: Store, material: papers.Material, wanted: Wanted) -> tuple[Unit, ...]:
    """The papers apart as they are numbered."""
    kind = papers.kind(wanted.key)
    if not kind.each:
        return (Unit(tuple(kind.build(material)), wanted.ids),)
    if kind.scope is not papers.Scope.INITIATIVE:
        named = _with_decision(store, material, kind.build(material), wanted.ids)
        return tuple(Unit((paper,), wanted.ids) for paper in named)
    return tuple(
        Unit((paper,), (dossier.initiative_id,))
        for dossier in material.dossiers
        for paper in _single(kind, replace(material, dossiers=(dossier,)))
    )


def _misfit(kind: papers.PaperKind, material: papers.Material) -> str:
    """That a commendation is not one which its organ gives, in words; blank where all are.

    Or that nobody can tell, where the organ's name has no level and the office chose no form.
    """
    if kind.scope is not papers.Scope.COMMENDATION:
        return ""
    organs = award_forms.giver_of(material.office, material.forms, asked=not kind.kept)
    named = [line.form for line in material.collectives]
    named += [line.form for line in material.people]
    level = award_forms.level_of(organs)
    odd = award_forms.misfits(named, level)
    if odd:
        said = _(
            "“{form}” is not given by {organ}: a Giấy khen is given below the province, a Bằng "
            "khen from the province up, a Bằng Lao động sáng tạo by the Tổng Liên đoàn. Correct "
            "the form of commendation first, unless this is meant."
        )
    elif not level and not award_forms.chosen_form(material.forms, asked=not kind.kept):
        said = _(
            "Whether {organ} gives Giấy khen or Bằng khen cannot be told from its name: see that "
            "“{form}” is right, or choose the form of commendation in the wording of the list."
        )
    else:
        return ""
    organ = capitalised(organs[-1]) if organs else _("the superior organ")
    return said.format(form=", ".join(odd or dict.fromkeys(named)), organ=organ)


def _with_decision(
    store: Store, material: papers.Material, made: Iterable[Paper], ids: Sequence[int]
) -> tuple[Paper, ...]:
    """Commendations with the newest decision that was issued for all of these initiatives.

    Where there is none, the dots stay: a decision on others did not commend these.
    """
    wanted, on = set(ids), material.on
    with store.reading() as connection:
        decisions = [
            one
            for one in issuing.issued(connection, year=on.year)
            if one.kind == "commendation-decision"
            and one.voided is None
            and one.dated <= on
            and wanted.issubset(one.initiatives)
        ]
    if not decisions:
        return tuple(made)
    form, office = material.forms.commendation_decision, material.office
    symbol = fill(form.symbol, symbol=office.symbol or BLANK_COUNT)
    return name_in(tuple(made), Written(decisions[0].number, decisions[0].dated, symbol))


def _single(kind: papers.PaperKind, material: papers.Material) -> list[Paper]:
    """The papers of one initiative, slips apart."""
    made = list(kind.build(material))
    return halves_apart(made) if kind.slips else made


def _is_empty(kind: papers.PaperKind, material: papers.Material) -> bool:
    if kind.scope is papers.Scope.COMMENDATION:
        return not (material.people or material.collectives)
    if kind.scope is papers.Scope.OFFICE:
        return not material.teams
    if kind.scope is papers.Scope.REPORT:
        return material.figures is None
    return not material.dossiers


def _symbol(unit: Unit) -> str:
    """The symbol that the paper has a place for; UserError where it is still dots."""
    symbol = symbol_of(unit.papers)
    if symbol is None:
        raise UserError(
            _("This paper has its number already, or no place for one. Print it."),
            code="issue.no_place",
        )
    if "…" in symbol:
        raise UserError(
            _(
                "The office's abbreviation in paper numbers is missing. Fill it in (Settings, the "
                "office), then issue the paper."
            ),
            code="issue.symbol",
        )
    return symbol


def _floors(
    store: Store, connection: Connection, numbering: Numbering, kind: str, year: int
) -> tuple[issuing.Highest, str]:
    """Numbers given elsewhere: written down by hand in records, or remembered by the folder."""
    lines = registers.written_by_hand(connection, store.office().name)
    counted = [one.type for one in numbering.types if not one.apart]
    by_hand = issuing.written_down(lines, counted)
    known = issuing.next_ordinal(connection, numbering, kind, year, by_hand)
    floors = issuing.highest_of(by_hand, issuing.remembered(store.folder))
    due = issuing.next_ordinal(connection, numbering, kind, year, floors)
    if due == known:
        return floors, ""
    said = _(
        "Numbers {first} to {last} were given before this store was put back to an older backup; "
        "they are not given again."
    )
    return floors, said.format(first=f"{known:02d}", last=f"{due - 1:02d}")


def issue(
    store: Store,
    wanted: Wanted,
    resources: Path,
    *,
    out: Path | None = None,
    expected: tuple[str, ...] = (),
    out_of_order: bool = False,
    with_blanks: bool = False,
    progress: Progress = SILENT,
) -> Issued:
    """Issue papers: their numbers given, their content and files kept; all of them or none.

    ``out`` gets them as one PDF; where its name cannot be given any more, what is returned says so.
    ``expected`` are the numbers that somebody has seen before: where they are no longer the next
    ones, nothing is issued. ``with_blanks`` lets articles of a decision have blanks to be written
    in by hand. Raises UserError as ``plan`` and the action do, and where the disk refuses; then no
    number was given, and no file is left.
    """
    if out is not None:
        refuse_store_files(out)
    if store.refusal is not None:
        raise store.refusal
    planned = plan(store, wanted, resources)
    if expected and expected != planned.numbers:
        raise UserError(
            _("The number {number} has just been given. Issue the paper again.").format(
                number=expected[0]
            ),
            code="issue.given",
        )
    refuse_disorder(planned.disorder, out_of_order=out_of_order)
    if planned.unfinished and not with_blanks:
        raise UserError(planned.unfinished, code="issue.blanks")
    part = out.with_name(f".{out.name}.issued") if out is not None else None
    fresh: list[str] = []
    try:
        kept = _every_kept(store, planned, resources, fresh, progress)
        # Before the numbers are given: a place that cannot be written must not cost one.
        if part is not None:
            _write(store, kept, part, resources)
        outcome = store.journal.do(IssuePapers(kept, planned.floors, out_of_order))
    except BaseException:
        _drop(store, fresh, part)
        raise
    outcome = _remembered(store, outcome)
    unwritten = _put(part, out) if part is not None and out is not None else ""
    return Issued(outcome, planned, unwritten)


def _every_kept(
    store: Store, planned: Planned, resources: Path, fresh: list[str], progress: Progress
) -> tuple[PaperToIssue, ...]:
    """All units with their files in the store; ``fresh`` gets the files that were not there."""
    kept = []
    for at, unit in enumerate(planned.units):
        progress.step(at, len(planned.units), planned.kind.name)
        kept.append(_kept(store, planned, at, unit, resources, fresh))
    return tuple(kept)


def _drop(store: Store, fresh: Sequence[str], part: Path | None) -> None:
    """Take away what was written for papers that are not issued; what a row names stays."""
    with suppress(OSError, sqlite.Error):
        if part is not None:
            part.unlink(missing_ok=True)
        with store.reading() as connection:
            digests = issuing.unnamed(connection, fresh)
        for digest in digests:
            path_of(store.folder, digest).unlink(missing_ok=True)


def _write(store: Store, kept: Sequence[PaperToIssue], part: Path, resources: Path) -> None:
    """All the papers in one file; a single one as it is kept."""
    if len(kept) == 1:
        pdf.keep(path_of(store.folder, kept[0].pdf).read_bytes(), part)
    else:
        contents = [Content(one.content, one.number, one.dated) for one in kept]
        data, _pages = rendered(contents, resources)
        pdf.keep(data, part)


def _put(part: Path, out: Path) -> str:
    """Give the file its name; in words where the disk refuses: the papers are issued."""
    try:
        lasting.replace(part, out)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        said = _(
            "The papers are issued, but {file} cannot be written ({reason}). Print them again."
        )
        return said.format(file=out, reason=reason_of(error))
    return ""


def _kept(
    store: Store, planned: Planned, at: int, unit: Unit, resources: Path, fresh: list[str]
) -> PaperToIssue:
    """One unit with its file in the store; ``fresh`` gets it where it was not there."""
    content = issuing.content_text(as_json(paper) for paper in unit.papers)
    number = planned.numbers[at]
    data, pages = rendered([Content(content, number, planned.day)], resources)
    digest = issuing.content_hash_of(data)
    if not path_of(store.folder, digest).exists():
        fresh.append(digest)
    return PaperToIssue(
        planned.kind.type,
        planned.counts[at],
        number,
        planned.kind.key,
        subject_of(unit.papers, named=planned.kind.each),
        planned.day,
        planned.signer if planned.kind.on_stock else signer_of(unit.papers),
        recipients_of(unit.papers),
        unit.initiatives,
        planned.form_set,
        content,
        keep_content(store.folder, data),
        pages,
    )


def _remembered(store: Store, outcome: Outcome) -> Outcome:
    """Note the numbers beside the store too; the outcome says where that failed."""
    try:
        with store.reading() as connection:
            issuing.remember(store.folder, connection)
    except UserError as error:
        told = str(error)
    except OSError as error:
        said = _("The numbers could not be noted beside the store: {reason}.")
        told = said.format(reason=reason_of(error))
    else:
        return outcome
    return replace(outcome, unsaved_copy=" ".join(filter(None, (outcome.unsaved_copy, told))))


def papers_in(content: str) -> tuple[Paper, ...]:
    """The papers of a kept content; ValueError for what this program cannot read."""
    return tuple(from_json(one) for one in json.loads(content))


class Content(NamedTuple):
    """What is kept of an issued paper: its words, its number and its day."""

    text: str
    number: str
    day: date


def rendered(contents: Iterable[Content], resources: Path) -> tuple[bytes, int]:
    """What was issued, drawn from what is kept of it and nothing else; and how many pages.

    Lists carry the code of what was issued on every page, so that a page that was exchanged is
    found out.
    """
    every = [sealed for content in contents for sealed in _sealed(content)]
    return pdf.render(every, fonts=resources / "fonts")


def _sealed(content: Content) -> Iterator[Paper]:
    digest = bytes.fromhex(issuing.content_hash(content.text))
    seal = seals.seal(digest, content.number, content.day)
    for paper in papers_in(content.text):
        listed = any(isinstance(block, Table) for block in paper.blocks)
        yield replace(paper, seal=seal) if listed else paper


def reprint(store: Store, line: IssuedLine, resources: Path) -> tuple[bytes, Reprint]:
    """An issued paper as a file, the same for ever.

    A voided one is marked so on every page. Where the file is lost it is made again from the kept
    content, kept again where it comes out equal, and that is said.
    """
    data, said = _file_of(store, line, resources)
    if line.voided is not None:
        data = voiding.mark(
            data, day=line.voided.date(), reason=line.void_reason, fonts=resources / "fonts"
        )
        said = _("{number} is void; it is printed with that on every page.").format(
            number=line.number
        )
    return data, Reprint(line.pages, said)


def _file_of(store: Store, line: IssuedLine, resources: Path) -> tuple[bytes, str]:
    """The bytes of an issued paper, and what is to be said where they are not those kept."""
    if is_sound(store.folder, line.pdf):
        return path_of(store.folder, line.pdf).read_bytes(), ""
    with store.reading() as connection:
        content = issuing.content_of(connection, line.id)
    if issuing.content_hash(content) != line.content_hash:
        raise UserError(
            _(
                "{number} cannot be printed again: its file is lost and its content is damaged. "
                "Restore a backup."
            ).format(number=line.number),
            code="issue.damaged",
        )
    data, _pages = rendered([Content(content, line.number, line.dated)], resources)
    if issuing.content_hash_of(data) == line.pdf:
        if store.refusal is None:
            keep_content(store.folder, data)
        return data, _(
            "The file of {number} was lost; it was made again, equal to the last byte."
        ).format(number=line.number)
    return data, _(
        "The file of {number} was lost; it was made again from what was issued. The words are the "
        "same, the look may differ."
    ).format(number=line.number)


def reprint_to(store: Store, line: IssuedLine, out: Path, resources: Path) -> Reprint:
    """Write an issued paper to a PDF file as ``reprint`` gives it; UserError as for printing."""
    refuse_store_files(out)
    data, said = reprint(store, line, resources)
    pdf.keep(data, out)
    return said


def differences(store: Store, line: IssuedLine, resources: Path) -> tuple[Difference, ...]:
    """Where today's data would give another paper than the one that was issued, line by line.

    What was issued stays as it is; this only tells.
    """
    with store.reading() as connection:
        content = issuing.content_of(connection, line.id)
    kept = papers_in(content)
    issued = lines_of(kept)
    others = [compared(issued, lines_of(one)) for one in _today(store, line, kept, resources)]
    return min(others, key=len, default=compared(issued, ()))


def _today(
    store: Store, line: IssuedLine, kept: Sequence[Paper], resources: Path
) -> list[tuple[Paper, ...]]:
    """What today's data give for the same paper, with the number and day that it had.

    Several where two are named alike (an author's slips), none where it would not be made now.
    """
    kind, wanted = papers.kind(line.kind), Wanted(line.kind, line.initiatives, line.dated)
    try:
        units = units_of(store, wanted, resources)
    except UserError:
        return []
    found = []
    for unit in units:
        symbol = symbol_of(unit.papers)
        same = not kind.each or unit.papers[0].bookmark == kept[0].bookmark
        if symbol is not None and same:
            found.append(write_in(unit.papers, Written(line.number, line.dated, symbol)))
    return found


def difference_words(found: Sequence[Difference]) -> str:
    """How many lines differ, in words."""
    if not found:
        return _("Today's data say the same as what was issued.")
    if not any(one.today for one in found):
        return _("Today's data no longer give this paper.")
    return counted(
        "Today's data differ from what was issued in {count} line.",
        "Today's data differ from what was issued in {count} lines.",
        len(found),
    ).format(count=len(found))


def find(store: Store, typed: str, year: int | None = None) -> IssuedLine:
    """The issued paper of that number; UserError where there is none, or another may be meant.

    Figures alone are a number of a book, never an id. Where another paper has them as its id it is
    not guessed which is meant, unless the year is given: an id has none.
    """
    bare = typed.strip()
    with store.reading() as connection:
        found = issuing.by_number(connection, typed, year)
        is_id = bare.isdecimal() and len(bare) < _LONGEST and year is None
        other = issuing.by_id(connection, int(bare)) if is_id else None
    if not found:
        raise _unknown(typed, other)
    several = list(dict.fromkeys((*found, *([other] if other is not None else []))))
    if len(several) == 1:
        return several[0]
    told = ", ".join(f"{id_words(one)} ({one.number}, {one.year})" for one in several)
    said = _("{number} may be several papers: {papers}. Name the one that is meant, as {example}.")
    raise UserError(
        said.format(number=typed, papers=told, example=id_words(several[0])), code="issue.several"
    )


def id_words(one: IssuedLine) -> str:
    """How an issued paper is named by its id on the command line."""
    return f"--id {one.id}"


def of_id(store: Store, issued_id: int) -> IssuedLine:
    """The issued paper of that id; UserError where there is none."""
    with store.reading() as connection:
        known = len(str(issued_id)) < _LONGEST
        one = issuing.by_id(connection, issued_id) if known else None
    if one is None:
        raise UserError(
            _("No issued paper has the id {id}. Look it up among the issued papers.").format(
                id=issued_id
            ),
            code="issue.unknown",
        )
    return one


_LONGEST = 18
"""An id of so many figures is none."""


def _unknown(typed: str, other: IssuedLine | None) -> UserError:
    """That no paper has this number; which has it as its id, where one has."""
    said = _("No paper was issued under {number}. Look it up among the issued papers.")
    words = said.format(number=typed)
    if other is not None:
        hint = _("{id} is the paper {number} of {day}.")
        words += " " + hint.format(
            id=id_words(other), number=other.number, day=short_date(other.dated)
        )
    return UserError(words, code="issue.unknown")
