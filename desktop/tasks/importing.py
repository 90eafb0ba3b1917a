"""Importing a workbook: read it, show what would happen, record it as one act."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from desktop.exchange import template_v1
from desktop.exchange.rows import Problem, ProgrammeLists, Reading
from desktop.models.actions.initiatives import ImportInitiatives
from desktop.models.engines.sqlite import Connection
from desktop.models.entry import InitiativeDraft
from desktop.models.store import Store
from desktop.programme.definition import Programme
from desktop.progress import SILENT, CancelledError, Progress
from desktop.tasks.lookalikes import compare, count_due
from desktop.tasks.stores import DEFAULT_PROGRAMME, MANY, before_bulk
from desktop.text import _, counted
from desktop.vietnamese.folding import syllable_key


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do.

    ``drafts`` will be recorded, ``rows`` are their rows in the workbook; ``problems`` tell of rows
    that are left out; ``new_units`` are units that will be made; ``notes`` what else was seen.
    """

    file: Path
    reading: Reading
    drafts: tuple[InitiativeDraft, ...]
    rows: tuple[int, ...]
    problems: tuple[Problem, ...]
    new_units: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: ``entry`` is its entry in the journal, None for a trial run.

    ``readable`` counts the rows whose cells can be read, ``ready`` those that can be recorded.
    """

    read: int
    imported: int
    problems: tuple[Problem, ...]
    entry: int | None
    notes: tuple[str, ...] = field(default=())
    ready: int = 0
    readable: int = 0

    def sentences(self) -> list[str]:
        """The report as lines for people."""
        done = _("{count} initiatives recorded.").format(count=self.imported)
        if self.entry is None:
            done = _("{count} initiatives can be recorded.").format(count=self.ready)
        lines = [
            counted("{count} row read.", "{count} rows read.", self.read).format(count=self.read),
            done,
        ]
        lines += [
            _("Row {row}, column {column}: {message}").format(
                row=problem.row, column=problem.column or "-", message=problem.message
            )
            for problem in self.problems
        ]
        return [*lines, *self.notes]


def default_programme(programmes: Mapping[str, Programme]) -> Programme:
    """The programme whose lists an empty template offers."""
    return programmes[DEFAULT_PROGRAMME]


def write_empty_template(out: Path, programme: Programme) -> None:
    """Write the empty workbook to fill in; UserError where it cannot be written."""
    template_v1.write_template(out, programme_lists(programme))


def programme_lists(programme: Programme) -> ProgrammeLists:
    """The lists that the template's cells offer."""
    return ProgrammeLists(
        categories=tuple(f"{one.code} {one.name}" for one in programme.categories),
        fields=tuple(one.name for one in programme.fields),
        groups=tuple(one.name for one in programme.groups),
        regions=tuple(one.name for one in programme.regions),
    )


def preview(store: Store, file: Path, progress: Progress = SILENT) -> Preview:
    """Read a workbook and say what recording it would do; UserError where it cannot be read."""
    reading = template_v1.read_workbook(
        file, programme_lists(store.programme), today=store.clock().date(), progress=progress
    )
    drafts, rows, problems = [], [], list(reading.problems)
    with store.reading() as connection:
        kept = _codes(connection)
        given: dict[str, int] = {}
        for row in reading.rows:
            code = row.draft.code
            if code and (code in kept or code in given):
                problems.append(_taken(row.row_number, code, given.get(code)))
                continue
            if code:
                given[code] = row.row_number
            drafts.append(row.draft)
            rows.append(row.row_number)
        units = _new_units(connection, drafts)
    notes = [*reading.notes]
    notes += [
        _("Row {row}: {note}").format(row=row.row_number, note=note)
        for row in reading.rows
        for note in row.notes
    ]
    notes += [
        _("The column “{name}” is not known and was ignored.").format(name=name)
        for name in reading.unknown_columns
    ]
    notes += [_("New unit: {name}").format(name=name) for name in units]
    problems.sort(key=lambda problem: (problem.row, problem.column))
    return Preview(file, reading, tuple(drafts), tuple(rows), tuple(problems), units, tuple(notes))


def _codes(connection: Connection) -> set[str]:
    return {row[0] for row in connection.execute("SELECT code FROM initiative").fetchall()}


def _taken(row: int, code: str, first: int | None) -> Problem:
    if first is None:
        message = _(
            "The code {code} is in the register already, so the row was left out. Clear the code "
            "to record it as a new initiative."
        )
        return Problem(row, "Mã hồ sơ", "code.taken", message.format(code=code))
    message = _(
        "The code {code} stands in row {first} too, so this row was left out. Give it a code of "
        "its own, or clear the code."
    )
    return Problem(row, "Mã hồ sơ", "code.twice", message.format(code=code, first=first))


def _new_units(connection: Connection, drafts: list[InitiativeDraft]) -> tuple[str, ...]:
    known = {row[0] for row in connection.execute("SELECT key FROM unit").fetchall()}
    found = []
    for draft in drafts:
        for name in (draft.superior, draft.unit):
            key = syllable_key(name)
            if name and key not in known:
                known.add(key)
                found.append(name)
    return tuple(found)


def commit(store: Store, previewed: Preview, progress: Progress = SILENT) -> ImportReport:
    """Record what was previewed as one act that one undo takes back; a backup is made before."""
    progress.step(0, 0, _("Recording"))
    if not previewed.drafts:
        return report_of(previewed, entry=None)
    before_bulk(store, MANY, "import", progress)
    outcome = store.journal.do(ImportInitiatives(previewed.drafts, previewed.file.name), progress)
    _compare(store, progress)
    return report_of(previewed, entry=outcome.entry)


def _compare(store: Store, progress: Progress) -> None:
    """Look for look-alikes of what a large import has left to be compared.

    Stopping this keeps the import: what is left waits for the next time.
    """
    if count_due(store):
        with suppress(CancelledError):
            compare(store, progress=progress)


def report_of(previewed: Preview, *, entry: int | None) -> ImportReport:
    """What was done, or would be where there is no entry."""
    imported = len(previewed.drafts) if entry is not None else 0
    return ImportReport(
        previewed.reading.read,
        imported,
        previewed.problems,
        entry,
        previewed.notes,
        len(previewed.drafts),
        len(previewed.reading.rows),
    )
