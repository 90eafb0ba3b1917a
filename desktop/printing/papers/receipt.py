"""Giấy biên nhận hồ sơ: what was handed in, in two copies on one sheet.

The months to answer are those of Nghị định 13/2012/NĐ-CP (Điều lệ Sáng kiến).
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from desktop.models.dossiers import Dossier, OfficeSheet, Reception
from desktop.models.entry import AuthorDraft, InitiativeDraft
from desktop.printing.forms import FormSet
from desktop.printing.office_forms import DossierPart, ReceiptForm
from desktop.printing.paper import (
    Align,
    Block,
    Column,
    Halves,
    LabelledLine,
    Paper,
    Row,
    Run,
    Signatures,
    Signer,
    Table,
    Text,
    Title,
    plain,
)
from desktop.printing.papers.parts import (
    TOPIC,
    file_kind,
    in_order,
    months_after,
    officer,
    titled,
    two_digits,
)
from desktop.printing.papers.phrases import BLANK, office_header, or_blank, place_of_work
from desktop.vietnamese.dates import short_date

NAME = "Giấy biên nhận hồ sơ"

_COLUMNS = (
    Column("", 10, Align.CENTRE),
    Column("", 90),
    Column("", 20, Align.CENTRE, whole=True),
    Column("", 40, Align.CENTRE),
)
"""The parts of a dossier; the titles are the form's."""


def receipt(
    dossier: Dossier, came: Reception | None, office: OfficeSheet, forms: FormSet, on: date
) -> Paper:
    """The receipt for one initiative, once for the file and once for who handed it in."""
    copies = (*forms.receipt.copies, "", "")[:2]
    named = _title(forms.receipt).capitalize()
    upper, lower = (_copy(copy, dossier, came, office, forms.receipt, on) for copy in copies)
    return Paper("receipt", NAME, (Halves(upper, lower),), author=office.name, bookmark=(named,))


def _copy(
    copy: str,
    dossier: Dossier,
    came: Reception | None,
    office: OfficeSheet,
    form: ReceiptForm,
    on: date,
) -> tuple[Block, ...]:
    entry = dossier.entry
    author = next(iter(in_order(entry.authors)), AuthorDraft())
    day = came.received if came and came.received else on
    rows = _parts(dossier, form)
    return (
        office_header(office, day, form.code, form.symbol),
        Title((_title(form).upper(),), notes=(f"({copy})",) if copy else ()),
        Text(_from(author, entry, form)),
        LabelledLine(plain(form.initiative), entry.title),
        Table(titled(_COLUMNS, form.columns), rows, dotted=True),
        Text(_deadlines(rows, form, day)),
        Signatures(
            (
                Signer((form.submitter,), author.name, form.hint),
                Signer((form.receiver,), officer(came.receiver) if came else "", form.hint),
            )
        ),
    )


def _title(form: ReceiptForm) -> str:
    """Name and subject in one: such a receipt has no line between them."""
    return f"{form.title} {form.subject}".strip()


def _from(author: AuthorDraft, entry: InitiativeDraft, form: ReceiptForm) -> tuple[Run, ...]:
    """Who handed it in, where they work, and how they are reached."""
    where = place_of_work(author, entry)
    return (
        Run(f"{form.received_from} "),
        Run(or_blank(author.name), bold=bool(author.name)),
        Run(f", {form.unit} {or_blank(where)}, {form.phone} {or_blank(author.phone)}"),
    )


def _parts(dossier: Dossier, form: ReceiptForm) -> tuple[Row, ...]:
    """The parts that a dossier has, those that are missing with dots, and whatever else is kept."""
    wanted = list(form.parts)
    if dossier.entry.category == TOPIC and form.topic_part:
        wanted.append(DossierPart(form.topic_part, "effect"))
    names = [one.name for one in wanted]
    by_kind = {one.kind: one.name for one in wanted if one.kind}
    kept = Counter(by_kind.get(one.kind) or file_kind(one) for one in dossier.attachments)
    return tuple(
        Row(
            (
                str(number),
                name,
                two_digits(kept[name]) if name in kept else "",
                form.kept_as if name in kept else "",
            )
        )
        for number, name in enumerate((*names, *(one for one in kept if one not in names)), 1)
    )


def _deadlines(rows: Sequence[Row], form: ReceiptForm, day: date) -> tuple[Run, ...]:
    """Until when what is missing may be added, and when the answer is due; dots for no months."""
    missing = any(not row.cells[2] for row in rows)
    add = _due(day, form.supplement_months) if missing else form.complete
    return (
        Run(f"{form.supplement} {add}. "),
        Run(f"{form.answer} {_due(day, form.decide_months)}./."),
    )


def _due(day: date, months: int) -> str:
    return short_date(months_after(day, months)) if months else BLANK
