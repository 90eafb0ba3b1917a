"""The application as enterprises and schools lay it out; the matter is that of the prescribed one.

Both are personal papers: no organ stands at their head.
"""

from desktop.models.dossiers import OfficeSheet
from desktop.models.entry import AuthorDraft, InitiativeDraft
from desktop.printing.forms import ApplicationForm
from desktop.printing.paper import (
    Align,
    Block,
    Column,
    Header,
    LabelledLine,
    Row,
    Signatures,
    Signer,
    Table,
    Text,
    Title,
    bold,
    plain,
)
from desktop.printing.papers.parts import (
    applied,
    benefit,
    in_order,
    place_date,
    reach,
    shown,
    workplace,
)
from desktop.printing.papers.phrases import place_of_work
from desktop.vietnamese.money import format_share

_TITLE = Title(("ĐƠN YÊU CẦU CÔNG NHẬN SÁNG KIẾN",))
_AUTHORS = (
    Column("TT", 8, Align.CENTRE),
    Column("Họ và tên", 32),
    Column("Nam/Nữ", 12, Align.CENTRE),
    Column("Trình độ", 20),
    Column("Chức vụ, đơn vị", 36),
    Column("Chủ trì (X)", 12, Align.CENTRE),
    Column("Tỷ lệ đóng góp", 16, Align.CENTRE, whole=True),
    Column("Ký tên", 24),
)


def enterprise(entry: InitiativeDraft, form: ApplicationForm, addressee: str) -> list[Block]:
    """With a table in which every author signs, and eight points on the solution."""
    first = next(iter(in_order(entry.authors)), AuthorDraft())
    return [
        Header(form_code=form.code),
        _TITLE,
        LabelledLine(plain("Kính gửi:"), addressee),
        LabelledLine(bold("Tên sáng kiến:"), entry.title, 2),
        LabelledLine(bold("Lĩnh vực áp dụng:"), entry.field),
        Text(bold("Tác giả (nhóm tác giả):"), lead=True),
        _authors(entry),
        LabelledLine(plain("Điện thoại:"), first.phone),
        LabelledLine(plain("Email:"), first.email),
        LabelledLine(plain("Địa chỉ:"), place_of_work(first, entry)),
        LabelledLine(bold("1. Mục tiêu của sáng kiến:"), "", 2),
        LabelledLine(bold("2. Lý do đề xuất:"), _joined(entry.before, entry.origin), 3),
        LabelledLine(bold("3. Nội dung sáng kiến:"), entry.content, 4),
        LabelledLine(bold("4. Nguyên lý của giải pháp:"), "", 2),
        LabelledLine(bold("5. Giá trị mới của sáng kiến:"), entry.novelty, 3),
        LabelledLine(bold("6. Lợi ích của sáng kiến:"), benefit(entry), 3),
        LabelledLine(bold("7. Khả năng áp dụng:"), reach(entry), 2),
        LabelledLine(bold("8. Hướng mở rộng:"), "", 2),
        LabelledLine(bold("Cam đoan:"), form.statement),
    ]


def enterprise_foot(
    entry: InitiativeDraft, office: OfficeSheet, form: ApplicationForm
) -> Signatures:
    """The unit confirms, left; the author signs, right."""
    first = next(iter(in_order(entry.authors)), AuthorDraft())
    return Signatures(
        (
            Signer((form.confirmer,), "", form.confirmer_hint),
            Signer(
                (form.enterprise_signer,),
                first.name,
                form.hint,
                place_date(office.place, None),
            ),
        )
    )


def _authors(entry: InitiativeDraft) -> Table:
    """Everyone who had a part; the one put forward for credit leads."""
    rows = [
        Row(
            (
                str(number),
                one.name,
                one.gender,
                one.education,
                ", ".join(part for part in (one.job, workplace(one, entry)) if part),
                "X" if one.credited else " ",
                _percent(one),
                "",
            )
        )
        for number, one in enumerate(in_order(entry.authors), 1)
    ]
    return Table(_AUTHORS, tuple(rows) or (Row(("1", *[""] * 7)),), dotted=True)


def education(entry: InitiativeDraft, form: ApplicationForm, addressee: str) -> list[Block]:
    """Without a table: who applies, the investor, and eleven points on the solution."""
    confirmed = ""
    if entry.effect_confirmed_by:
        confirmed = f"Giấy xác nhận hiệu quả áp dụng của {entry.effect_confirmed_by}."
    place = _joined(shown(applied(entry)), entry.scope, between=", ")
    return [
        Header(form_code=form.code),
        _TITLE,
        LabelledLine(plain("Kính gửi:"), addressee),
        *_people(entry),
        LabelledLine(bold("2. Chủ đầu tư tạo ra sáng kiến:"), entry.investor),
        Text(bold("3. Nội dung đề nghị công nhận:"), lead=True),
        LabelledLine(bold("3.1. Tên sáng kiến:"), entry.title, 2),
        LabelledLine(bold("3.2. Lĩnh vực áp dụng sáng kiến:"), entry.field),
        LabelledLine(bold("3.3. Hiện trạng trước khi áp dụng:"), entry.before, 3),
        LabelledLine(bold("3.4. Mục đích của giải pháp:"), "", 2),
        LabelledLine(
            bold("3.5. Nội dung của giải pháp:"), _joined(entry.content, entry.novelty), 4
        ),
        LabelledLine(bold("3.6. Các bước thực hiện:"), "", 2),
        LabelledLine(bold("3.7. Khả năng áp dụng:"), entry.applicability, 2),
        LabelledLine(bold("3.8. Các điều kiện cần thiết để áp dụng:"), entry.conditions, 2),
        LabelledLine(bold("3.9. Lợi ích thu được:"), benefit(entry), 3),
        LabelledLine(bold("3.10. Ý kiến của tổ chức, cá nhân đã áp dụng:"), confirmed, 2),
        LabelledLine(bold("3.11. Ngày, nơi áp dụng lần đầu hoặc áp dụng thử:"), place),
        Text(plain(form.statement)),
    ]


def education_foot(
    entry: InitiativeDraft, office: OfficeSheet, form: ApplicationForm
) -> Signatures:
    """Who applies signs; where there are several, each of them."""
    names = [author.name for author in in_order(entry.authors)] or [""]
    dated = min(len(names), 2) - 1
    return Signatures(
        tuple(
            Signer(
                (form.education_signer,),
                name,
                form.hint,
                place_date(office.place, None) if number == dated else "",
            )
            for number, name in enumerate(names)
        )
    )


def _people(entry: InitiativeDraft) -> list[Block]:
    """Point 1, once for each author."""
    blocks: list[Block] = []
    for one in in_order(entry.authors) or [AuthorDraft()]:
        mark = "1. " if not blocks else ""
        where = place_of_work(one, entry)
        blocks += [
            LabelledLine(bold(f"{mark}Tôi tên là:"), one.name),
            LabelledLine(plain("Sinh ngày:"), shown(one.birth)),
            LabelledLine(plain("Nơi công tác:"), where),
            LabelledLine(plain("Chức danh:"), one.job),
            LabelledLine(plain("Trình độ chuyên môn:"), one.education),
            LabelledLine(plain("Tỷ lệ đóng góp vào việc tạo ra sáng kiến:"), _percent(one)),
        ]
    return blocks


def _percent(author: AuthorDraft) -> str:
    return f"{format_share(author.share)}%" if author.share is not None else ""


def _joined(*parts: str, between: str = "\n") -> str:
    """What is known of the parts."""
    return between.join(part for part in parts if part)
