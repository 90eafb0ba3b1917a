"""Sổ theo dõi sáng kiến: what came in, in the order of its numbers, a book for each year."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from desktop.models.dossiers import Dossier, OfficeSheet, Reception
from desktop.models.entry import AuthorDraft, InitiativeDraft
from desktop.printing.forms import FormSet, fill
from desktop.printing.paper import Align, Block, Column, Orientation, Paper, Row, Table, Title
from desktop.printing.papers.outcomes import standing
from desktop.printing.papers.parts import (
    file_kind,
    header,
    in_order,
    officer,
    recognition,
    shown,
    titled,
)
from desktop.printing.papers.phrases import BLANK_COUNT
from desktop.vietnamese.dates import short_date

NAME = "Sổ theo dõi sáng kiến"

_COLUMNS = (
    Column("", 11, Align.CENTRE, whole=True),
    Column("", 17, Align.CENTRE, whole=True),
    *(Column("", width) for width in (20, 34, 24, 20, 16, 14, 15)),
    Column("", 17, Align.CENTRE, whole=True),
    *(Column("", width) for width in (20, 18, 11, 10)),
)
"""Fourteen; the titles are the form's."""


def register_books(
    dossiers: Sequence[Dossier],
    receptions: Mapping[int, Reception],
    office: OfficeSheet,
    forms: FormSet,
    on: date,
) -> Iterator[Paper]:
    """A book for each year; an empty one where nothing came in.

    What is not known is dotted, to be written in by hand.
    """
    written = [one for one in dossiers if one.entry != InitiativeDraft()]
    received = [(receptions.get(one.initiative_id), one) for one in written]
    known = [(came or Reception(one.initiative_id), one) for came, one in received]
    known.sort(key=lambda pair: _place(pair[0]))
    for year, lines in groupby(known, key=lambda pair: _year(pair[0])):
        yield _book(year, tuple(_row(came, one) for came, one in lines), office, forms, on)
    if not known:
        count = forms.register_book.empty_rows
        yield _book(on.year, tuple(Row(("",) * 14) for _at in range(count)), office, forms, on)


def _place(came: Reception) -> tuple[int, int, int]:
    """By year and number; what has no number stands last."""
    return (_year(came) or 9999, came.number is None, came.number or 0)


def _year(came: Reception) -> int | None:
    return came.received.year if came.received else None


def _book(
    year: int | None, rows: tuple[Row, ...], office: OfficeSheet, forms: FormSet, on: date
) -> Paper:
    form = forms.register_book
    told = str(year) if year else BLANK_COUNT
    blocks: tuple[Block, ...] = (
        header(office, on, form.code),
        Title((form.title,), (fill(form.subject, year=told),)),
        Table(titled(_COLUMNS, form.columns), rows, dense=True, dotted=True),
    )
    marks = (NAME, f"Năm {told}") if year else (NAME,)
    return Paper("register-book", NAME, blocks, Orientation.LANDSCAPE, office.name, marks)


def _row(came: Reception, dossier: Dossier) -> Row:
    """One initiative; the author put forward for credit handed it in."""
    entry = dossier.entry
    authors = in_order(entry.authors)
    decided = _decided(entry)
    sent = (short_date(entry.sent.day) if entry.sent else "", entry.portal_code)
    return Row(
        (
            f"{came.number:02d}" if came.number is not None else "",
            short_date(came.received) if came.received else "",
            _submitter(authors),
            entry.title,
            "\n".join(author.name for author in authors),
            entry.unit,
            "\n".join(dict.fromkeys(file_kind(kept) for kept in dossier.attachments)),
            officer(came.receiver),
            standing(dossier, came),
            short_date(came.to_council) if came.to_council else "",
            "\n".join(part for part in decided if part),
            "\n".join(part for part in sent if part),
            "",
            "",
        )
    )


def _decided(entry: InitiativeDraft) -> tuple[str, ...]:
    """Number and day of the decision; of a topic without one, what stands in its place."""
    decision = entry.decision
    if decision is None or decision.is_blank():
        return (recognition(entry),)
    return (decision.number, shown(decision.issued))


def _submitter(authors: Sequence[AuthorDraft]) -> str:
    """Name and telephone."""
    first = authors[0] if authors else AuthorDraft()
    return "\n".join(part for part in (first.name, first.phone) if part)
