"""Bản xác nhận tỷ lệ đóng góp: all authors sign what part each had; the parts make 100 %."""

from decimal import Decimal

from desktop.models.dossiers import Dossier, OfficeSheet
from desktop.models.entry import AuthorDraft, InitiativeDraft
from desktop.printing.forms import FormSet
from desktop.printing.paper import (
    Align,
    Block,
    Column,
    Header,
    LabelledLine,
    Paper,
    Row,
    RowKind,
    Signatures,
    Signer,
    Table,
    Text,
    Title,
    bold,
    italic,
    plain,
)
from desktop.printing.papers.parts import in_order, place_date
from desktop.printing.papers.phrases import place_of_work
from desktop.vietnamese.money import format_share

NAME = "Bản xác nhận tỷ lệ đóng góp"

_COLUMNS = (
    Column("STT", 12, Align.CENTRE),
    Column("Họ và tên", 44),
    Column("Đơn vị công tác", 52),
    Column("% đóng góp", 22, Align.CENTRE, whole=True),
    Column("Ký tên", 30),
)


def share_statement(dossier: Dossier, office: OfficeSheet, forms: FormSet) -> Paper:
    """The statement for one initiative; what is not known is printed as dotted lines."""
    form, entry = forms.share_statement, dossier.entry
    first = next(iter(in_order(entry.authors)), AuthorDraft())
    post = ", ".join(part for part in (first.job, place_of_work(first, entry)) if part)
    blocks: tuple[Block, ...] = (
        Header(form_code=form.code),
        Title((form.title,), (form.subject,), rule=True),
        LabelledLine(bold("1. Tên sáng kiến:"), entry.title, 2),
        LabelledLine(bold("2. Tác giả chính (đại diện nhóm tác giả):"), first.name),
        LabelledLine(plain("- Chức vụ, đơn vị công tác:"), post),
        LabelledLine(plain("- Tỷ lệ đóng góp:"), _percent(first.share)),
        LabelledLine(plain("- Ngày nộp hồ sơ:")),
        Text(bold("3. Danh sách tác giả, đồng tác giả và tỷ lệ đóng góp:"), lead=True),
        _authors(entry),
        Text(italic(f"(Tổng tỷ lệ đóng góp phải bằng {form.total}%)")),
        Text(plain(form.statement)),
        Signatures(
            (
                Signer((form.confirmer,), "", form.confirmer_hint),
                Signer((form.signer,), first.name, form.hint, place_date(office.place, None)),
            )
        ),
    )
    return Paper("share-statement", NAME, blocks, author=office.name, bookmark=(NAME,))


def _authors(entry: InitiativeDraft) -> Table:
    """Everyone with their part and a place to sign, and the sum of what is known."""
    authors = in_order(entry.authors)
    rows = [
        Row(
            (
                str(number),
                one.name,
                place_of_work(one, entry),
                _percent(one.share),
                "",
            )
        )
        for number, one in enumerate(authors, 1)
    ]
    rows = rows or [Row((str(number), "", "", "", "")) for number in (1, 2)]
    shares = [one.share for one in authors if one.share is not None]
    total = _percent(sum(shares, Decimal())) if shares else "……%"
    rows.append(Row(("Cộng", total, " "), RowKind.TOTAL, (3, 1, 1)))
    return Table(_COLUMNS, tuple(rows), dotted=True)


def _percent(share: Decimal | None) -> str:
    return f"{format_share(share)}%" if share is not None else ""
