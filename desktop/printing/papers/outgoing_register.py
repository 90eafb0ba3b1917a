"""Sổ đăng ký văn bản đi: the office's own papers by number, a register for each year.

Nghị định 30/2020/NĐ-CP, Phụ lục IV: ten columns at least.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from desktop.models.dossiers import OfficeSheet, OutgoingLine
from desktop.printing.forms import FormSet, fill
from desktop.printing.paper import Align, Block, Column, Orientation, Paper, Row, Table, Title
from desktop.printing.papers.parts import header, titled
from desktop.printing.papers.phrases import BLANK_COUNT
from desktop.vietnamese.dates import short_date

NAME = "Sổ đăng ký văn bản đi"

_COLUMNS = (
    Column("", 25),
    Column("", 20, Align.CENTRE, whole=True),
    *(Column("", width) for width in (56, 26, 30, 24)),
    Column("", 13, Align.CENTRE, whole=True),
    Column("", 18, Align.CENTRE, whole=True),
    *(Column("", width) for width in (15, 20)),
)
"""Ten; the titles are the form's."""


def outgoing_registers(
    lines: Sequence[OutgoingLine], office: OfficeSheet, forms: FormSet, on: date
) -> Iterator[Paper]:
    """A register for each year, in the order handed over; an empty one where nothing went out.

    What is not known is dotted, to be written in by hand.
    """
    ordered = sorted(lines, key=lambda line: line.issued.year if line.issued else 9999)
    for year, group in groupby(ordered, key=lambda line: line.issued.year if line.issued else None):
        yield _register(year, tuple(map(_row, group)), office, forms, on)
    if not ordered:
        empty = (Row(("",) * len(_COLUMNS)),) * forms.outgoing_register.empty_rows
        yield _register(on.year, empty, office, forms, on)


def _register(
    year: int | None, rows: tuple[Row, ...], office: OfficeSheet, forms: FormSet, on: date
) -> Paper:
    form = forms.outgoing_register
    told = str(year) if year else BLANK_COUNT
    blocks: tuple[Block, ...] = (
        header(office, on, form.code),
        Title((form.title,), (fill(form.subject, year=told),)),
        Table(titled(_COLUMNS, form.columns), rows, dense=True, dotted=True),
    )
    marks = (NAME, f"Năm {told}") if year else (NAME,)
    return Paper("outgoing-register", NAME, blocks, Orientation.LANDSCAPE, office.name, marks)


def _row(line: OutgoingLine) -> Row:
    return Row(
        (
            line.number,
            short_date(line.issued) if line.issued else "",
            line.subject,
            line.signer,
            line.recipients,
            line.keeper,
            f"{line.copies:02d}" if line.copies is not None else "",
            short_date(line.sent) if line.sent else "",
            "",
            line.note,
        )
    )
