"""Đơn yêu cầu công nhận sáng kiến: the authors ask their unit to recognise an initiative.

Thông tư 18/2013/TT-BKHCN, Phụ lục I; the form set may have it as enterprises or schools do. A
personal paper: no organ stands at its head.
"""

from desktop.models.dossiers import Dossier, OfficeSheet
from desktop.models.entry import InitiativeDraft
from desktop.printing.forms import ApplicationForm, FormSet, Variant
from desktop.printing.paper import (
    Align,
    Block,
    Column,
    Header,
    LabelledLine,
    Notes,
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
from desktop.printing.papers.application_variants import (
    education,
    education_foot,
    enterprise,
    enterprise_foot,
)
from desktop.printing.papers.parts import (
    applied,
    benefit,
    employer,
    in_order,
    place_date,
    shown,
    titled,
    workplace,
)
from desktop.printing.papers.phrases import in_full
from desktop.vietnamese.money import format_share

NAME = "Đơn yêu cầu công nhận sáng kiến"

_AUTHORS = (
    Column("Số TT", 10, Align.CENTRE),
    Column("Họ và tên", 34),
    Column("Ngày tháng năm sinh", 22, Align.CENTRE, whole=True),
    Column("Nơi công tác (hoặc nơi thường trú)", 34),
    Column("Chức danh", 20),
    Column("Trình độ chuyên môn", 20),
    Column(
        "Tỷ lệ (%) đóng góp vào việc tạo ra sáng kiến (ghi rõ đối với từng đồng tác giả, nếu có)",
        20,
        Align.CENTRE,
        whole=True,
    ),
)
_TRIERS = (
    Column("", 10, Align.CENTRE),
    Column("", 36),
    Column("", 22, Align.CENTRE, whole=True),
    *(Column("", width) for width in (32, 18, 18, 24)),
)
"""Those who tried it; the titles are the form's."""


def application(dossier: Dossier, office: OfficeSheet, forms: FormSet) -> Paper:
    """The application for one initiative; what is not known is printed as dotted lines."""
    form, entry = forms.application, dossier.entry
    addressee = _addressee(entry)
    if form.variant is Variant.ENTERPRISE:
        blocks = [*enterprise(entry, form, addressee), enterprise_foot(entry, office, form)]
    elif form.variant is Variant.EDUCATION:
        blocks = [*education(entry, form, addressee), education_foot(entry, office, form)]
    else:
        blocks = _prescribed(entry, office, form, addressee)
    return Paper("application", NAME, tuple(blocks), author=office.name, bookmark=(NAME,))


def _addressee(entry: InitiativeDraft) -> str:
    """Who recognised it; before that the unit that is asked to."""
    issuer = entry.decision.issuer if entry.decision else ""
    return in_full(issuer or employer(entry.unit))


def _prescribed(
    entry: InitiativeDraft, office: OfficeSheet, form: ApplicationForm, addressee: str
) -> list[Block]:
    """As Thông tư 18/2013 has it."""
    blocks: list[Block] = [
        Header(form_code=form.code),
        Title(("ĐƠN YÊU CẦU CÔNG NHẬN SÁNG KIẾN",)),
        LabelledLine(_label("Kính gửi", form, 1), addressee),
        Text(plain("Tôi (chúng tôi) ghi tên dưới đây:"), lead=True),
        _authors(entry),
        *_matter(entry, form),
        Text(plain(form.triers), lead=True),
        Table(
            titled(_TRIERS, form.triers_columns),
            tuple(Row((str(number), *[""] * 6)) for number in (1, 2)),
            dotted=True,
        ),
        Text(plain(form.statement)),
        _signatures(entry, office, form),
    ]
    if form.notes:
        blocks.append(Notes(tuple((str(n), text) for n, text in enumerate(form.footnotes, 1))))
    return blocks


def _label(text: str, form: ApplicationForm, note: int) -> tuple[Run, ...]:
    """A label, with the mark of its note where the notes are printed."""
    if form.notes:
        return (Run(text), Run(str(note), raised=True), Run(":"))
    return (Run(text + ":"),)


def _authors(entry: InitiativeDraft) -> Table:
    """Everyone who had a part, the credited author first; an empty line where nobody is known."""
    rows = [
        Row(
            (
                str(number),
                author.name,
                shown(author.birth),
                workplace(author, entry),
                author.job,
                author.education,
                f"{format_share(author.share)}%" if author.share is not None else "",
            )
        )
        for number, author in enumerate(in_order(entry.authors), 1)
    ]
    return Table(_AUTHORS, tuple(rows) or (Row(("1", *[""] * 6)),), dotted=True)


def _matter(entry: InitiativeDraft, form: ApplicationForm) -> list[LabelledLine]:
    """What is asked to be recognised, in the order of the form."""
    return [
        LabelledLine(
            _label("Là tác giả (nhóm tác giả) đề nghị xét công nhận sáng kiến", form, 2),
            entry.title,
            2,
        ),
        LabelledLine(
            _label(
                "- Chủ đầu tư tạo ra sáng kiến (trường hợp tác giả không đồng thời là chủ đầu tư "
                "tạo ra sáng kiến)",
                form,
                3,
            ),
            entry.investor,
        ),
        LabelledLine(_label("- Lĩnh vực áp dụng sáng kiến", form, 4), entry.field),
        LabelledLine(
            plain("- Ngày sáng kiến được áp dụng lần đầu hoặc áp dụng thử (ghi ngày nào sớm hơn):"),
            shown(applied(entry)),
        ),
        LabelledLine(_label("- Mô tả bản chất của sáng kiến", form, 5), _nature(entry), 4),
        LabelledLine(plain("- Những thông tin cần được bảo mật (nếu có):"), entry.secrets),
        LabelledLine(plain(f"{form.conditions}:"), entry.conditions, 2),
        *_benefits(entry, form),
    ]


def _nature(entry: InitiativeDraft) -> str:
    """The known solution, the new one and what is new in it, a paragraph each."""
    return "\n".join(part for part in (entry.before, entry.content, entry.novelty) if part)


def _benefits(entry: InitiativeDraft, form: ApplicationForm) -> list[LabelledLine]:
    """The benefit as the author sees it, and as those see it who have applied the initiative."""
    confirmed = ""
    if entry.effect_confirmed_by:
        on = f" ngày {shown(entry.effect_confirmed_on)}" if entry.effect_confirmed_on else ""
        confirmed = f"Giấy xác nhận hiệu quả áp dụng của {entry.effect_confirmed_by}{on}."
    return [
        LabelledLine(_label(form.benefit_author, form, 6), benefit(entry), 3),
        LabelledLine(_label(form.benefit_others, form, 7), confirmed, 2),
    ]


def _signatures(entry: InitiativeDraft, office: OfficeSheet, form: ApplicationForm) -> Signatures:
    """Every author signs, or the first for the group; the day is written by hand."""
    names = [author.name for author in in_order(entry.authors)] or [""]
    authority: tuple[str, ...] = (form.signer,)
    if len(names) > 1 and not form.all_sign:
        names, authority = names[:1], (form.signer, form.representative)
    dated = min(len(names), 2) - 1
    return Signatures(
        tuple(
            Signer(
                authority,
                name,
                form.hint,
                place_date(office.place, None) if number == dated else "",
            )
            for number, name in enumerate(names)
        )
    )
