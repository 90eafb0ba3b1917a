"""Giấy xác nhận hiệu quả áp dụng: the organ that applies an initiative says what it brings.

Topics need it (HD 46/HD-TLĐ, mục I.2.3); it bears that organ's head, not the office's.
"""

from desktop.models.dossiers import Dossier, OfficeSheet
from desktop.models.entry import InitiativeDraft
from desktop.printing.forms import FormSet, fill
from desktop.printing.paper import (
    Header,
    LabelledLine,
    Paper,
    Signatures,
    Signer,
    Text,
    Title,
    bold,
    plain,
)
from desktop.printing.papers.parts import TOPIC, applied, employer, in_order, place_date
from desktop.printing.papers.phrases import BLANK, in_full, or_blank
from desktop.vietnamese.dates import PartialDate
from desktop.vietnamese.money import format_money

NAME = "Giấy xác nhận hiệu quả áp dụng"


def effect_confirmation(dossier: Dossier, office: OfficeSheet, forms: FormSet) -> Paper:
    """The confirmation for one initiative; what is not known is printed as dotted lines."""
    form, entry = forms.effect_confirmation, dossier.entry
    organ = in_full(entry.effect_confirmed_by or employer(entry.unit))
    kind = "đề tài" if entry.category == TOPIC else "sáng kiến"
    said = {
        "organ": or_blank(organ),
        "kind": kind,
        "title": or_blank(entry.title),
        "authors": or_blank(", ".join(author.name for author in in_order(entry.authors))),
        "since": _since(entry),
    }
    conclusion = fill(form.conclusion, **{**said, "kind": kind[0].upper() + kind[1:]})
    blocks = (
        Header(
            (or_blank(organ).upper(),), f"Số: ……/{form.symbol}", place_date("", None), form.code
        ),
        Title((form.title,)),
        Text(plain(fill(form.confirms, **said))),
        LabelledLine(bold("1. Hiệu quả kinh tế:"), _money(entry), 3),
        LabelledLine(bold("2. Lợi ích xã hội:"), entry.social_benefit, 3),
        LabelledLine(bold("3. Khả năng nhân rộng:"), entry.applicability, 3),
        LabelledLine(bold("4. Kết luận:"), conclusion),
        Signatures((Signer((form.signer,), "", form.hint),), form.recipients),
    )
    return Paper("effect-confirmation", NAME, blocks, author=office.name, bookmark=(NAME,))


def _since(entry: InitiativeDraft) -> str:
    """As in "tháng 11 năm 2021", from the first application."""
    since: PartialDate | None = applied(entry)
    if since is None:
        return f"tháng {BLANK[:2]} năm {BLANK[:2]}"
    month = f"tháng {since.month:02d} " if since.month and since.month < 3 else ""
    month = month or (f"tháng {since.month} " if since.month else "")
    return f"{month}năm {since.year}"


def _money(entry: InitiativeDraft) -> str:
    """One year's benefit and how it was worked out."""
    year = entry.benefit_year
    lines = (
        [f"Giá trị làm lợi trong 01 năm: {format_money(year)} đồng."] if year is not None else []
    )
    if entry.benefit_method:
        lines.append(f"Cách tính: {entry.benefit_method}")
    return "\n".join(lines)
