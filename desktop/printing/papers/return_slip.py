"""Phiếu trả hồ sơ: why a dossier goes back, by which clause, and what its authors have to do."""

from collections.abc import Sequence
from datetime import date

from desktop.models.dossiers import Dossier, OfficeSheet
from desktop.printing.forms import FormSet, fill
from desktop.printing.office_forms import ReturnForm
from desktop.printing.paper import (
    Addressees,
    Align,
    Block,
    Column,
    LabelledLine,
    Paper,
    Row,
    Table,
    Text,
    Title,
    bold,
    plain,
)
from desktop.printing.papers.outcomes import (
    blocking,
    citations,
    overruled,
    overruling_words,
    reason_and_remedy,
)
from desktop.printing.papers.parts import BLANK_DATE, file_kind, in_order, months_after
from desktop.printing.papers.phrases import addressed, in_full, office_header, programme_of, signed
from desktop.programme.shape import Document
from desktop.programme.verdict import Finding
from desktop.vietnamese.dates import official_date

NAME = "Phiếu trả hồ sơ"

_COLUMNS = (
    Column("TT", 10, Align.CENTRE),
    Column("Căn cứ", 42),
    Column("Lý do", 56),
    Column("Việc cần làm", 52),
)


def return_slip(
    dossier: Dossier,
    office: OfficeSheet,
    forms: FormSet,
    on: date,
    documents: Sequence[Document] = (),
) -> Paper:
    """The slip for one dossier; without a blocking finding its table is left to be filled in.

    ``documents`` are those of the programme, which the clauses of the reasons stand in.
    """
    form, entry = forms.return_slip, dossier.entry
    stop, passed = blocking(dossier.verdict), overruled(dossier.verdict)
    cites = citations([one.clause for one in (*stop, *passed)], documents)
    names = ", ".join(author.name for author in in_order(entry.authors))
    blocks: tuple[Block, ...] = (
        office_header(office, on, form.code, form.symbol),
        Title((form.title,), (programme_of(form.subject, office),), rule=True),
        Addressees("Kính gửi:", _to(dossier)),
        Text(plain(programme_of(form.opening, office))),
        LabelledLine(plain("- Mã hồ sơ:"), dossier.code),
        LabelledLine(plain("- Tên sáng kiến:"), entry.title),
        LabelledLine(plain("- Tác giả:"), names),
        LabelledLine(plain("- Hồ sơ trả lại gồm:"), _returned(dossier)),
        Text(bold(form.reasons), lead=True),
        Table(_COLUMNS, _reasons(stop, cites), dotted=True),
        *_set_aside(passed, cites[len(stop) :], form),
        Text(plain(fill(form.deadline, day=_deadline(form, on)))),
        Text(plain(programme_of(form.closing, office))),
        signed(office, form.recipients),
    )
    return Paper("return-slip", NAME, blocks, author=office.name, bookmark=(NAME,))


def _to(dossier: Dossier) -> tuple[str, ...]:
    """The author put forward for credit, and their union."""
    entry = dossier.entry
    first = next((one for one in in_order(entry.authors) if one.name), None)
    name = addressed(first.name, first.gender) if first else ""
    return tuple(part for part in (name, in_full(entry.unit)) if part)


def _returned(dossier: Dossier) -> str:
    return "; ".join(dict.fromkeys(file_kind(kept) for kept in dossier.attachments))


def _reasons(findings: Sequence[Finding], cites: Sequence[str]) -> tuple[Row, ...]:
    """A row for each blocking finding, in the order of the verdict; its clause, not our code."""
    rows = []
    for number, (one, cite) in enumerate(zip(findings, cites, strict=False), 1):
        why, to_do = reason_and_remedy(one)
        rows.append(Row((str(number), cite, why, to_do)))
    return tuple(rows) or tuple(Row((str(number), *[""] * 3)) for number in (1, 2, 3))


def _set_aside(findings: Sequence[Finding], cites: Sequence[str], form: ReturnForm) -> list[Block]:
    """What an officer overruled, with the reason, who and when."""
    if not findings:
        return []
    return [
        Text(bold(form.overruled), lead=True),
        *(
            Text(plain(f"- {cite}: {overruling_words(one)}"))
            for one, cite in zip(findings, cites, strict=True)
        ),
    ]


def _deadline(form: ReturnForm, on: date) -> str:
    return official_date(months_after(on, form.months)) if form.months else BLANK_DATE
